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
std::string cited(reason_code c, instant t, channel on = channel::whatsapp, tongue in = tongue::de) { return citation_text(rule_of(c), t, on, in); }
bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// The last millisecond before, and the first moment of, a German day.
struct change { instant before, on; };
change gdpr() { return {at("2018-05-24T23:59:59.999+02:00"), at("2018-05-25T00:00:00+02:00")}; }
change uwg() { return {at("2022-05-27T23:59:59.999+02:00"), at("2022-05-28T00:00:00+02:00")}; }
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
      "advertising-broad", "consent-required-electronic-mail", "consent-required-call", "sender-identified",
      "commercial-recognisable", "frequency-promised", "quiet-hours", "consent-before-2018", "affirmative-act",
      "specific", "informed", "distinguishable", "coupling", "age-of-consent", "stale-consent", "notice-changed",
      "third-country", "confirmation-neutral", "confirmation-once", "asked-by-message", "withdrawal-easy",
      "whatsapp-window", "messenger-window", "whatsapp-app-newsletter", "group-exposure", "group-profile-exposure",
      "address-book-upload", "payment-data-in-chat", "third-party-advertising", "operator-named",
      "stop-hint-present", "contract-by-message", "austria", "switzerland", "jurisdiction-unchecked",
      "existing-customer-exception", "customer-wrote-first", "keyword-started", "double-opt-in-confirmed",
      "consent-proven"};
  REQUIRE(frozen.size() == all_rules().size());
  for (std::size_t i = 0; i < all_rules().size(); ++i) CHECK(std::string{name(all_rules()[i].code)} == frozen[i]);
}

TEST_CASE("rules: every code has its row in order, with four texts of its own language") {
  REQUIRE(all_rules().size() == reason_code_count);
  for (std::size_t i = 0; i < all_rules().size(); ++i) {
    rule const& r = all_rules()[i];
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
  for (rule const& r : all_rules()) {
    // The one is the date of a law, the other its section.
    if (r.code == reason_code::consent_before_2018 || r.code == reason_code::austria) continue;  // § 7 ECG
    CAPTURE(std::string{name(r.code)});
    for (std::string_view const text : {r.text_de, r.text_en, r.remedy_de, r.remedy_en})
      CHECK(std::none_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
  }
}

TEST_CASE("rules: citations are dated without overlap; each holds from its first to its last moment") {
  for (rule const& r : all_rules()) {
    CAPTURE(std::string{name(r.code)});
    bool ended = false;
    instant last;
    for (citation const& c : r.citations) {
      CHECK(c.de.empty() == c.en.empty());
      if (c.de.empty()) { ended = true; continue; }
      CHECK_FALSE(ended);  // unused ones stand behind
      CHECK(c.from < c.until);
      CHECK(c.from >= last);
      last = c.until;
      CHECK(citation_at(r, c.from) == &c);
      CHECK(citation_at(r, c.until - milliseconds{1}) == &c);
      CHECK(citation_at(r, c.until) != &c);
      if (c.from > instant::earliest()) CHECK(citation_at(r, c.from - milliseconds{1}) != &c);
      CHECK(c.from >= r.holds_from);
    }
  }
}

TEST_CASE("rules: section 7 UWG is numbered anew on 28.5.2022; calls have a number of their own") {
  auto const [before, on] = uwg();
  CHECK(has(cited(reason_code::consent_required_electronic_mail, before), "§ 7 Abs. 2 Nr. 3 UWG"));
  CHECK(has(cited(reason_code::consent_required_electronic_mail, on), "§ 7 Abs. 2 Nr. 2 UWG"));
  CHECK(has(cited(reason_code::consent_required_call, before, channel::call), "§ 7 Abs. 2 Nr. 2 UWG"));
  CHECK(has(cited(reason_code::consent_required_call, on, channel::call), "§ 7 Abs. 2 Nr. 1 UWG"));
  CHECK(has(cited(reason_code::no_evidence, on, channel::call), "§ 7 Abs. 2 Nr. 1 UWG"));
  CHECK(has(cited(reason_code::keyword_started, on, channel::call), "§ 7 Abs. 2 Nr. 1 UWG"));
  CHECK(cited(reason_code::sender_identified, before) == "§ 7 Abs. 2 Nr. 4 UWG");
  CHECK(cited(reason_code::sender_identified, on) == "§ 7 Abs. 2 Nr. 3 UWG");
  // The same send in 2017 is refused under BDSG and the old number, today under DSGVO and the new one.
  for (reason_code const c : {reason_code::no_evidence, reason_code::consent_required_electronic_mail}) {
    CHECK(has(cited(c, gdpr().before), "BDSG"));
    CHECK(has(cited(c, gdpr().before), "§ 7 Abs. 2 Nr. 3 UWG"));
    CHECK_FALSE(has(cited(c, gdpr().on), "BDSG"));
    CHECK(has(cited(c, gdpr().on), "DSGVO"));
  }
}

TEST_CASE("rules: what permits is cited under BDSG, then DSGVO, then the new number") {
  for (reason_code const c : {reason_code::keyword_started, reason_code::double_opt_in_confirmed, reason_code::consent_proven}) {
    CAPTURE(std::string{name(c)});
    CHECK(cited(c, gdpr().before) == "§§ 4a, 28 Abs. 3 BDSG (alte Fassung); § 7 Abs. 2 Nr. 3 UWG");
    for (instant const t : {gdpr().on, uwg().before}) {
      CHECK(has(cited(c, t), "DSGVO"));
      CHECK(has(cited(c, t), "§ 7 Abs. 2 Nr. 3 UWG"));
      CHECK_FALSE(has(cited(c, t), "BDSG"));
    }
    CHECK(has(cited(c, uwg().on), "§ 7 Abs. 2 Nr. 2 UWG"));
    CHECK_FALSE(has(cited(c, uwg().on), "Nr. 3"));
  }
  CHECK(has(cited(reason_code::consent_before_2018, gdpr().before), "§§ 4a, 28 Abs. 3 BDSG"));
  CHECK(cited(reason_code::consent_before_2018, gdpr().on) == "ErwGr. 171 DSGVO");
}

TEST_CASE("rules: no article of the DSGVO is cited the day before it applies") {
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
                       row{reason_code::third_country, "Art. 44–49 DSGVO"},
                       row{reason_code::withdrawal_easy, "Art. 7 Abs. 3 S. 4 DSGVO"},
                       row{reason_code::confirmation_expired, "Art. 5 Abs. 1 lit. e DSGVO"},
                       row{reason_code::customer_wrote_first, "Art. 6 Abs. 1 lit. b/f DSGVO"}}) {
    CAPTURE(std::string{name(x.code)});
    CHECK(has(cited(x.code, gdpr().on), x.part));
  }
  for (rule const& r : all_rules()) CHECK_FALSE(has(cited(r.code, gdpr().before), "DSGVO"));
}

TEST_CASE("rules: a ruling or an act is cited from its own day on, and not before") {
  struct row { reason_code code; char const* part; char const* day; };
  for (row const& x : {row{reason_code::channel_covered, "BGH 1.2.2018", "2018-02-01T00:00:00+01:00"},
                       row{reason_code::specific, "BGH 28.5.2020", "2020-05-28T00:00:00+02:00"},
                       row{reason_code::affirmative_act, "BGH 28.5.2020", "2020-05-28T00:00:00+02:00"},
                       row{reason_code::withdrawn, "AG München 5.8.2022", "2022-08-05T00:00:00+02:00"},
                       row{reason_code::stale_consent, "AG München 14.2.2023", "2023-02-14T00:00:00+01:00"},
                       row{reason_code::stale_consent, "BGH 1.2.2018", "2018-02-01T00:00:00+01:00"},
                       row{reason_code::unclear_stop, "LG Braunschweig 18.10.2012", "2012-10-18T00:00:00+02:00"},
                       row{reason_code::number_holder, "OLG Köln 12.5.2011", "2011-05-12T00:00:00+02:00"},
                       row{reason_code::double_opt_in_pending, "BGH 10.2.2011", "2011-02-10T00:00:00+01:00"},
                       row{reason_code::confirmation_neutral, "OLG Düsseldorf 17.3.2016", "2016-03-17T00:00:00+01:00"},
                       row{reason_code::confirmation_neutral, "OLG München 27.9.2012", "2012-09-27T00:00:00+02:00"},
                       row{reason_code::advertising_broad, "VI ZR 225/17", "2018-07-10T00:00:00+02:00"},
                       row{reason_code::advertising_broad, "C-654/23", "2025-11-13T00:00:00+01:00"},
                       row{reason_code::third_country, "(EU) 2023/1795", "2023-07-10T00:00:00+02:00"},
                       row{reason_code::third_country, "T-553/23", "2025-09-03T00:00:00+02:00"},
                       row{reason_code::commercial_recognisable, "§ 6 DDG", "2024-05-14T00:00:00+02:00"},
                       row{reason_code::commercial_recognisable, "§ 6 TMG", "2007-03-01T00:00:00+01:00"},
                       row{reason_code::contract_by_message, "356a BGB", "2026-06-19T00:00:00+02:00"},
                       row{reason_code::austria, "TKG 2021", "2021-11-01T00:00:00+01:00"},
                       row{reason_code::address_book_upload, "AG Bad Hersfeld", "2017-05-15T00:00:00+02:00"}}) {
    CAPTURE(std::string{name(x.code)});
    CAPTURE(std::string{x.part});
    CHECK_FALSE(has(cited(x.code, at(x.day) - milliseconds{1}), x.part));
    CHECK(has(cited(x.code, at(x.day)), x.part));
  }
  CHECK(has(cited(reason_code::commercial_recognisable, at("2024-05-13T12:00:00Z")), "§ 6 TMG"));
  CHECK(has(cited(reason_code::austria, at("2020-01-01T00:00:00Z")), "§ 107 TKG 2003"));
}

TEST_CASE("rules: secondary sources are named as such in each language; a default of ours cites nothing") {
  instant const now = at("2026-06-01T10:00:00Z");
  for (rule const& r : all_rules())
    for (citation const& c : r.citations)
      for (char const* read_second_hand : {"OLG Köln", "LG Braunschweig", "AG München", "Messenger", "C-654/23", "1682/12"})
        if (has(c.de, read_second_hand)) {
          CHECK(has(citation_words(c, now, channel::sms, tongue::de), "(nach Sekundärquellen)"));
          CHECK(has(citation_words(c, now, channel::sms, tongue::en), "(according to secondary sources)"));
          CHECK_FALSE(has(citation_words(c, now, channel::sms, tongue::en), "nach Sekundärquellen"));
        }
  for (reason_code const c : {reason_code::evaluation_failed, reason_code::ledger_behind_anchor, reason_code::revoked,
                              reason_code::frequency_promised, reason_code::quiet_hours, reason_code::jurisdiction_unchecked,
                              reason_code::confirmation_once, reason_code::operator_named}) {
    CAPTURE(std::string{name(c)});
    CHECK(rule_of(c).standing == standing::practice);
    CHECK(cited(c, now).empty());
  }
  for (rule const& r : all_rules())
    for (tongue const t : {tongue::de, tongue::en}) CHECK_FALSE(has(citation_text(r, now, channel::email, t), "{"));
}
