// The rule table: one row a code in order, words in both languages, and the citation in force on each side of each
// change of law. Expectations come from the design's RULES.md, not from the header; a citation that the design does not
// give for a code is not pinned here.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

#include <jawort/rule.hpp>

using namespace jawort;

namespace {
instant at(char const* text) { return *instant::parse(text); }
std::string cited(reason_code c, instant t) { return std::string{citation_at(rule_of(c), t)}; }
bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The last millisecond before, and the first moment of, a German day.
struct change { instant before, on; };
change gdpr() { return {at("2018-05-24T23:59:59.999+02:00"), at("2018-05-25T00:00:00+02:00")}; }
change uwg() { return {at("2022-05-27T23:59:59.999+02:00"), at("2022-05-28T00:00:00+02:00")}; }
change adequacy() { return {at("2023-07-09T23:59:59.999+02:00"), at("2023-07-10T00:00:00+02:00")}; }
}  // namespace

TEST_CASE("rules: names of standings and codes are frozen") {
  CHECK(name(standing::statute) == "statute");
  CHECK(name(standing::court) == "court");
  CHECK(name(standing::authority) == "authority");
  CHECK(name(standing::platform) == "platform");
  CHECK(name(standing::practice) == "practice");
  // Written out once more: the order is the order of reasons within an outcome.
  std::vector<std::string> const frozen{
      "evaluation-failed", "ledger-behind-anchor", "erased", "objected", "withdrawn", "restricted",
      "whatsapp-marketing-stopped", "known-unwanted", "unclear-stop", "revoked", "confirmation-disputed",
      "number-holder", "no-evidence", "imported-unproven", "inbound-is-not-consent", "double-opt-in-pending",
      "confirmation-expired", "confirmed-on-other-channel", "purpose-not-covered", "demonstrable", "channel-covered",
      "consent-required-electronic-mail", "consent-required-call", "frequency-promised", "quiet-hours",
      "consent-before-2018", "affirmative-act", "specific", "informed", "distinguishable", "coupling",
      "age-of-consent", "stale-consent", "notice-changed", "third-country", "whatsapp-window", "messenger-window",
      "austria", "switzerland", "jurisdiction-unchecked", "existing-customer-exception", "customer-wrote-first",
      "keyword-started", "double-opt-in-confirmed", "consent-proven"};
  REQUIRE(frozen.size() == rules.size());
  for (std::size_t i = 0; i < rules.size(); ++i) CHECK(std::string{name(rules[i].code)} == frozen[i]);
}

TEST_CASE("rules: every code has its row in order, with four texts of its own language") {
  REQUIRE(rules.size() == reason_code_count);
  for (std::size_t i = 0; i < rules.size(); ++i) {
    rule const& r = rules[i];
    auto const code = static_cast<reason_code>(i);
    CAPTURE(std::string{name(code)});
    CHECK(r.code == code);
    CHECK(&rule_of(code) == &r);
    CHECK_FALSE(name(r.standing).empty());
    CHECK_FALSE(r.text_de.empty());
    CHECK_FALSE(r.text_en.empty());
    CHECK_FALSE(r.remedy_de.empty());
    CHECK_FALSE(r.remedy_en.empty());
    CHECK(r.text_de != r.text_en);
    CHECK(r.remedy_de != r.remedy_en);
    CHECK(r.text_de != r.remedy_de);
    CHECK(r.text_en != r.remedy_en);
  }
}

TEST_CASE("rules: texts name no threshold that the policy may change") {
  for (rule const& r : rules) {
    // The one is the date of a law, the other its section.
    if (r.code == reason_code::consent_before_2018 || r.code == reason_code::austria) continue;
    CAPTURE(std::string{name(r.code)});
    for (std::string_view const text : {r.text_de, r.text_en, r.remedy_de, r.remedy_en})
      CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
  }
}

TEST_CASE("rules: citations are dated without overlap; each holds from its first to its last moment") {
  for (rule const& r : rules) {
    CAPTURE(std::string{name(r.code)});
    bool ended = false;
    instant last;
    for (citation const& c : r.citations) {
      if (c.text.empty()) { ended = true; continue; }
      CHECK_FALSE(ended);  // unused ones stand behind
      CHECK(c.from < c.until);
      CHECK(c.from >= last);
      last = c.until;
      CHECK(citation_at(r, c.from) == c.text);
      CHECK(citation_at(r, c.until - milliseconds{1}) == c.text);
      CHECK(citation_at(r, c.until) != c.text);
      if (c.from > instant::earliest()) CHECK(citation_at(r, c.from - milliseconds{1}) != c.text);
    }
  }
}

TEST_CASE("rules: section 7 UWG is numbered anew on 28.5.2022") {
  auto const [before, on] = uwg();
  CHECK(cited(reason_code::consent_required_electronic_mail, before) == "§ 7 Abs. 2 Nr. 3 UWG");
  CHECK(cited(reason_code::consent_required_electronic_mail, on) == "§ 7 Abs. 2 Nr. 2 UWG");
  CHECK(cited(reason_code::consent_required_call, before) == "§ 7 Abs. 2 Nr. 2 UWG");
  CHECK(cited(reason_code::consent_required_call, on) == "§ 7 Abs. 2 Nr. 1 UWG");
  CHECK(cited(reason_code::consent_required_electronic_mail, gdpr().before) == "§ 7 Abs. 2 Nr. 3 UWG");
}

TEST_CASE("rules: what permits is cited under BDSG, then DSGVO, then the new number") {
  for (reason_code const c : {reason_code::keyword_started, reason_code::double_opt_in_confirmed, reason_code::consent_proven}) {
    CAPTURE(std::string{name(c)});
    CHECK(cited(c, gdpr().before) == "§ 7 Abs. 2 Nr. 3 UWG; §§ 4a, 28 Abs. 3 BDSG (alte Fassung)");
    for (instant const t : {gdpr().on, uwg().before}) {
      CHECK(has(cited(c, t), "DSGVO"));
      CHECK(has(cited(c, t), "§ 7 Abs. 2 Nr. 3 UWG"));
      CHECK_FALSE(has(cited(c, t), "BDSG"));
    }
    CHECK(has(cited(c, uwg().on), "DSGVO"));
    CHECK(has(cited(c, uwg().on), "§ 7 Abs. 2 Nr. 2 UWG"));
    CHECK_FALSE(has(cited(c, uwg().on), "Nr. 3"));
  }
  CHECK(has(cited(reason_code::consent_before_2018, gdpr().before), "§§ 4a, 28 Abs. 3 BDSG"));
  CHECK(cited(reason_code::consent_before_2018, gdpr().on) == "ErwGr. 171 DSGVO");
}

TEST_CASE("rules: what rests on the DSGVO has no citation the day before it applies") {
  struct row { reason_code code; char const* part; };
  for (row const& x : {row{reason_code::erased, "Art. 17 Abs. 1, 3 lit. b, e DSGVO"},
                       row{reason_code::objected, "Art. 21 Abs. 2, 3 DSGVO"},
                       row{reason_code::withdrawn, "Art. 7 Abs. 3 DSGVO"},
                       row{reason_code::restricted, "Art. 18 DSGVO"},
                       row{reason_code::affirmative_act, "Art. 4 Nr. 11, ErwGr. 32 DSGVO"},
                       row{reason_code::informed, "Art. 7, 12, 13 DSGVO"},
                       row{reason_code::distinguishable, "Art. 7 Abs. 2 DSGVO"},
                       row{reason_code::coupling, "Art. 7 Abs. 4, ErwGr. 43 DSGVO"},
                       row{reason_code::age_of_consent, "Art. 8 DSGVO"},
                       row{reason_code::demonstrable, "Art. 5 Abs. 2"},
                       row{reason_code::imported_unproven, "Art. 5 Abs. 2"},
                       row{reason_code::notice_changed, "05/2020 Nr. 110"},
                       row{reason_code::third_country, "Art. 44–49 DSGVO"},
                       row{reason_code::confirmation_expired, "Art. 5 Abs. 1 lit. e DSGVO"},
                       row{reason_code::customer_wrote_first, "Art. 6 Abs. 1 lit. b/f DSGVO"}}) {
    CAPTURE(std::string{name(x.code)});
    CHECK(cited(x.code, gdpr().before).empty());
    CHECK(has(cited(x.code, gdpr().on), x.part));
  }
}

TEST_CASE("rules: the adequacy decision is cited from its own day") {
  CHECK(cited(reason_code::third_country, adequacy().before) == "Art. 44–49 DSGVO");
  CHECK(has(cited(reason_code::third_country, adequacy().on), "(EU) 2023/1795"));
}

TEST_CASE("rules: what always held has one citation throughout") {
  struct row { reason_code code; char const* part; };
  for (row const& x : {row{reason_code::known_unwanted, "§ 7 Abs. 1 S. 2 UWG"},
                       row{reason_code::existing_customer_exception, "§ 7 Abs. 3 UWG"},
                       row{reason_code::specific, "BGH 28.5.2020 I ZR 7/16"},
                       row{reason_code::channel_covered, "BGH 1.2.2018 III ZR 196/17"},
                       row{reason_code::number_holder, "OLG Köln 12.5.2011 6 W 99/11"},
                       row{reason_code::unclear_stop, "LG Braunschweig 18.10.2012 22 O 66/12"},
                       row{reason_code::double_opt_in_pending, "BGH 10.2.2011 I ZR 164/09"},
                       row{reason_code::confirmed_on_other_channel, "BGH 10.2.2011 I ZR 164/09"},
                       row{reason_code::confirmation_disputed, "BGH 10.2.2011 I ZR 164/09"},
                       row{reason_code::whatsapp_window, "WhatsApp Business Messaging Policy"},
                       row{reason_code::switzerland, "Art. 3 Abs. 1 lit. o UWG"}}) {
    CAPTURE(std::string{name(x.code)});
    for (instant const t : {gdpr().before, gdpr().on, uwg().before, uwg().on, adequacy().on})
      CHECK(has(cited(x.code, t), x.part));
  }
  CHECK(has(cited(reason_code::austria, adequacy().on), "§ 174 TKG 2021"));
}

TEST_CASE("rules: secondary sources are named as such; a default of ours without a source cites nothing") {
  for (rule const& r : rules)
    for (citation const& c : r.citations)
      for (char const* read_second_hand : {"OLG Köln", "LG Braunschweig", "AG München", "LG München", "Messenger"})
        if (has(c.text, read_second_hand)) CHECK(has(c.text, "(nach Sekundärquellen)"));
  for (reason_code const c : {reason_code::evaluation_failed, reason_code::ledger_behind_anchor, reason_code::revoked,
                              reason_code::frequency_promised, reason_code::quiet_hours, reason_code::jurisdiction_unchecked}) {
    CAPTURE(std::string{name(c)});
    CHECK(rule_of(c).standing == standing::practice);
    CHECK(cited(c, uwg().on).empty());
  }
}
