// jawort/explain.hpp - each rule looked at: what it saw, and whether it applied.
//
//   decision const d = decide(q, state, notices, policies);
//   for (auto const& e : explain(q, state, notices, policies, d)) show(name(e.code), e.applied, e.saw.en);
//
// Whether a rule applied is read off the decision; what it saw is told from the same state. For people: it allocates.
// Pure; thread-safe.
#pragma once
#include <fmt/format.h>

#include <optional>
#include <string>
#include <vector>

#include "decision.hpp"
#include "rule.hpp"

namespace jawort {

struct explanation {
  reason_code code{};
  std::optional<outcome> applied;   ///< nothing: it did not apply
  bool in_force = true;             ///< the rule holds at the question's time
  bilingual saw;
};

namespace detail {

class explaining {
 public:
  explaining(question const& q, subject_state const& s, notice_book const& notices, policy const& rules)
      : q_(q), s_(s), notices_(notices), rules_(rules) {
    who_ = s_.index_of(*q_.who).value_or(0);
    for (consent_record const& r : s_.consents)
      if (r.on == q_.on && r.about.covers(q_.about) && (consent_ == nullptr || s_.counts(r, q_.on, q_.about) || !s_.counts(*consent_, q_.on, q_.about))) consent_ = &r;
    if (consent_ != nullptr) notice_ = notices_.find(consent_->notice);
    for (open_request const& r : s_.requests)
      if (r.on == q_.on && r.about.covers(q_.about)) request_ = &r;
  }

  [[nodiscard]] bilingual saw(reason_code c) const {
    using enum reason_code;
    switch (c) {
      case evaluation_failed: return {"die Belege, auf die es ankommt", "the evidence that matters"};
      case ledger_behind_anchor: return {"Hauptbuch und Prüfpunkte daneben", "the ledger and the checkpoints beside it"};
      case erased: return mark(event_kind::erased);
      case objected: return mark(event_kind::objected);
      case withdrawn: return mark(event_kind::withdrawn);
      case revoked: return mark(event_kind::revoked);
      case confirmation_disputed: return mark(event_kind::invalidated);
      case restricted: return entry(s_.restricted, "Einschränkung", "restriction");
      case whatsapp_marketing_stopped: return entry(s_.at(channel::whatsapp).platform_stopped, "Abwahl in WhatsApp", "opt-out in WhatsApp");
      case known_unwanted: return blocks();
      case unclear_stop: {
        auto const* m = s_.suspended(q_.on, q_.about);
        return entry(m == nullptr ? std::nullopt : std::optional{m->where.seq}, "unklare Worte", "unclear words");
      }
      case number_holder: return entry(s_.address_standings[who_].barred, "Meldung, dass die Nummer jemand anderem gehört", "report that the number is somebody else's");
      case no_evidence: return say("{} Einträge zu dieser Person", "{} entries of this person", s_.events);
      case imported_unproven: return say("{} Einträge aus Listen ohne Beleg", "{} entries from lists without evidence", s_.imports.size());
      case inbound_is_not_consent: return inbound();
      case double_opt_in_pending: case confirmation_expired: return request();
      case confirmed_on_other_channel: return entry(request_ == nullptr ? std::nullopt : request_->answered_elsewhere, "Bestätigung auf anderem Weg", "confirmation by another way");
      case purpose_not_covered: case channel_covered: return consents();
      case demonstrable: return say("{} Einwilligungen mit ganzem, {} ohne ganzen Nachweis", "{} consents with a whole proof, {} without", s_.consents.size(), s_.unproven.size());
      case consent_required_electronic_mail: case consent_required_call: case keyword_started: case double_opt_in_confirmed: case consent_proven: return consent();
      case frequency_promised: return frequency();
      case quiet_hours: return local_time();
      case consent_before_2018: return consent_ == nullptr ? consent() : say("gegeben am {}", "given on {}", day(consent_->since));
      case affirmative_act: return consent_ == nullptr ? consent() : consent_->facts.no_affirmative_act ? bilingual{"keine eindeutige Handlung", "no clear act"} : bilingual{"Worte oder Handlung der Person", "words or an act of the person"};
      case specific: case informed: case withdrawal_easy: return notice();
      case distinguishable: return said("in den Geschäftsbedingungen", "within terms and conditions", &consent_facts::in_terms);
      case coupling: return said("an den Vertrag gekoppelt", "a condition of the contract", &consent_facts::coupled);
      case age_of_consent: return age();
      case stale_consent: return stale();
      case notice_changed: return newest_notice();
      case third_country: return transfer();
      case whatsapp_window: case messenger_window: return window();
      case whatsapp_app_newsletter: return rules_.whatsapp_app ? say("{} Empfänger, die App fasst {}", "{} recipients, the app takes {}", q_.recipients, rules_.whatsapp_app_limit) : bilingual{"gesendet wird über die Business-API (Richtlinie)", "sent by the business API (policy)"};
      case austria: case switzerland: case jurisdiction_unchecked: return country();
      case existing_customer_exception: return exception();
      case customer_wrote_first: return inbound();
      case confirmation_once: return {"gehört zu `jawort request`", "belongs to `jawort request`"};
      case group_exposure: case group_profile_exposure: return {"gehört zu `jawort group check`", "belongs to `jawort group check`"};
      case address_book_upload: return {"gehört zu `jawort contacts check`", "belongs to `jawort contacts check`"};
      default: return words(c);
    }
  }

 private:
  template <class... T>
  static bilingual say(char const* de, char const* en, T const&... values) {
    return {fmt::format(fmt::runtime(de), values...), fmt::format(fmt::runtime(en), values...)};
  }
  static std::string day(instant t) { return to_string(t).substr(0, 10); }
  static std::string clock(instant t) {
    std::string s = to_string(t).substr(0, 16);
    s[10] = ' ';
    return s + " UTC";
  }
  static bilingual entry(std::optional<sequence> seq, char const* de, char const* en) {
    if (seq) return {fmt::format("{}: Eintrag #{}", de, *seq), fmt::format("{}: entry #{}", en, *seq)};
    return {fmt::format("nicht vermerkt: {}", de), fmt::format("not recorded: {}", en)};
  }
  [[nodiscard]] bilingual mark(event_kind k) const {
    std::size_t any = 0;
    stop_mark const* standing = nullptr;
    for (stop_mark const& m : s_.marks) {
      if (m.kind != k) continue;
      ++any;
      if (s_.stands(m, q_.on, q_.about)) standing = &m;
    }
    if (standing != nullptr) return say("Eintrag #{} steht", "entry #{} stands", standing->where.seq);
    if (any > 0) return say("{} Einträge, für diese Frage überholt oder nicht einschlägig", "{} entries, for this question overcome or not concerned", any);
    return {"kein solcher Eintrag", "no such entry"};
  }
  [[nodiscard]] bilingual blocks() const {
    for (channel const c : all_channels)
      if (s_.at(c).blocked) return say("blockiert auf {}: Eintrag #{}", "blocked on {}: entry #{}", name(c), *s_.at(c).blocked);
    return mark(event_kind::refused);
  }
  [[nodiscard]] bilingual inbound() const {
    auto const& c = s_.at(q_.on);
    if (!c.inbound) return {"keine Nachricht der Person auf diesem Kanal", "no message of the person on this channel"};
    return say("letzte Nachricht der Person {} (#{})", "the person's last message {} (#{})", clock(c.last_inbound), *c.inbound);
  }
  [[nodiscard]] bilingual request() const {
    if (request_ == nullptr) return {"keine offene Anmeldung", "no open sign-up"};
    return say("Anmeldung #{}, Frist bis {}", "sign-up #{}, window until {}", request_->where.seq, clock(request_->until));
  }
  [[nodiscard]] bilingual consents() const {
    std::string list;
    for (consent_record const& r : s_.consents)
      list += fmt::format("{}{} {} #{}", list.empty() ? "" : ", ", name(r.on), r.about.text(), r.where.seq);
    if (list.empty()) return {"keine Einwilligung mit ganzem Nachweis", "no consent with a whole proof"};
    return say("eingewilligt: {}", "consented: {}", list);
  }
  [[nodiscard]] bilingual consent() const {
    if (consent_ == nullptr) return {"keine Einwilligung für Kanal und Zweck", "no consent for channel and purpose"};
    if (!s_.counts(*consent_, q_.on, q_.about)) return say("Einwilligung #{}, beendet", "consent #{}, ended", consent_->where.seq);
    return say("Einwilligung #{} vom {}", "consent #{} of {}", consent_->where.seq, day(consent_->since));
  }
  [[nodiscard]] bilingual notice() const {
    if (notice_ == nullptr) return consent();
    return say("Hinweis {}@{}: {}", "notice {}@{}: {}", notice_->id, notice_->version, notice_->complete ? "✓" : "✗");
  }
  [[nodiscard]] bilingual newest_notice() const {
    if (notice_ == nullptr) return consent();
    auto const* now = notices_.newest_of(*notice_, q_.at, q_.as_recorded);
    return say("eingewilligt in {0}@{1}, neueste Fassung {0}@{2}", "consented to {0}@{1}, newest version {0}@{2}", notice_->id, notice_->version, now == nullptr ? notice_->version : now->version);
  }
  [[nodiscard]] bilingual said(char const* de, char const* en, answer consent_facts::* fact) const {
    if (consent_ == nullptr) return consent();
    auto const word = [&](char const* yes, char const* no, char const* none) {
      switch (consent_->facts.*fact) {
        case answer::yes: return yes;
        case answer::no: return no;
        case answer::malformed: return "?";
        case answer::absent: break;
      }
      return none;
    };
    return {fmt::format("{}: {}", de, word("ja", "nein", "nicht vermerkt")), fmt::format("{}: {}", en, word("yes", "no", "not recorded"))};
  }
  [[nodiscard]] bilingual age() const {
    if (consent_ == nullptr) return consent();
    if (consent_->facts.age < 0) return {"kein Alter vermerkt", "no age recorded"};
    return say("Alter {}, Grenze {}", "age {}, limit {}", consent_->facts.age, rules_.age_of_consent);
  }
  [[nodiscard]] bilingual stale() const {
    if (consent_ == nullptr) return consent();
    return say("zuletzt genutzt oder gegeben am {}; Grenzen {}, {}, {} Monate", "last used or given on {}; limits {}, {}, {} months", day(consent_->last_use), rules_.stale_warn_months,
               rules_.stale_hold_months, rules_.stale_deny_months);
  }
  [[nodiscard]] bilingual frequency() const {
    if (notice_ == nullptr || notice_->frequency_max <= 0) return {"keine Häufigkeit versprochen", "no frequency promised"};
    auto const span = milliseconds{static_cast<std::int64_t>(notice_->frequency_days) * 86400000};
    auto const sends = std::count_if(s_.sends.begin(), s_.sends.end(), [&](send_mark const& m) { return m.on == q_.on && m.at <= q_.at && q_.at - m.at < span; });
    return say("{} Nachrichten auf diesem Kanal in {} Tagen, versprochen höchstens {}", "{} messages on this channel in {} days, promised at most {}", sends, notice_->frequency_days, notice_->frequency_max);
  }
  [[nodiscard]] bilingual local_time() const {
    std::int64_t const local = q_.at.ms() / 60000 + q_.utc_offset_minutes;
    auto const minute = ((local % 1440) + 1440) % 1440;
    bool const sunday = ((local - minute) / 1440 + 4) % 7 == 0;
    return {fmt::format("beim Empfänger {:02}:{:02} Uhr{}{}", minute / 60, minute % 60, sunday ? ", Sonntag" : "", q_.holiday ? ", Feiertag" : ""),
            fmt::format("{:02}:{:02} at the recipient's{}{}", minute / 60, minute % 60, sunday ? ", Sunday" : "", q_.holiday ? ", holiday" : "")};
  }
  [[nodiscard]] bilingual transfer() const {
    if (q_.on != channel::whatsapp && q_.on != channel::messenger) return {"dieser Kanal überträgt nach unserer Kenntnis nicht von selbst in ein Drittland", "this channel does not by itself transfer to a third country, as far as we know"};
    if (notice_ == nullptr) return consent();
    return {fmt::format("Hinweis nennt Drittland: {}, Garantie: {}", notice_->third_country ? "ja" : "nein", notice_->safeguard ? "ja" : "nein"),
            fmt::format("notice names a third country: {}, safeguard: {}", notice_->third_country ? "yes" : "no", notice_->safeguard ? "yes" : "no")};
  }
  [[nodiscard]] bilingual window() const {
    bilingual b = inbound();
    b.de += q_.template_message ? "; genehmigte Vorlage" : "; freie Nachricht";
    b.en += q_.template_message ? "; approved template" : "; free-form message";
    return b;
  }
  [[nodiscard]] bilingual country() const {
    if (q_.who->kind() != address_kind::number) return q_.on_austrian_list ? bilingual{"steht auf Österreichs Liste", "stands on Austria's list"} : bilingual{"keine Rufnummer; deutsches Recht", "not a number; German law"};
    unsigned const code = q_.who->known_country_code();
    return code == 0 ? bilingual{"Rufnummer eines anderen Landes", "number of another country"} : say("Rufnummer mit +{}", "number of +{}", code);
  }
  [[nodiscard]] bilingual exception() const {
    if (!rules_.existing_customer(q_.on)) return {"für diesen Kanal abgeschaltet (Richtlinie)", "switched off for this channel (policy)"};
    return say("{} Verkäufe mit allen Voraussetzungen{}", "{} sales with every condition{}", s_.sales.size(), s_.objected_ever ? "; ✗" : "");
  }
  /// The rules about the message's words.
  [[nodiscard]] bilingual words(reason_code c) const {
    if (q_.message == nullptr) return {"keine Nachricht angegeben (--message)", "no message given (--message)"};
    message_facts const& m = *q_.message;
    auto const found = [](std::string const& w) { return w.empty() ? bilingual{"nichts gefunden", "nothing found"} : bilingual{"„" + w + "“", "“" + w + "”"}; };
    auto const yes = [](bool b) { return b ? bilingual{"ja", "yes"} : bilingual{"nein", "no"}; };
    switch (c) {
      case reason_code::advertising_broad: return found(m.promotional);
      case reason_code::sender_identified: case reason_code::commercial_recognisable: {
        auto const y = yes(m.sender_named);
        return {"Absender genannt: " + y.de, "sender named: " + y.en};
      }
      case reason_code::confirmation_neutral: case reason_code::asked_by_message: return found(m.asks_for_consent);
      case reason_code::payment_data_in_chat: return say("{} Karten- oder Kontonummern", "{} card or account numbers", m.payment_data.size());
      case reason_code::third_party_advertising: return found(!m.third_party_words.empty() ? m.third_party_words : m.third_parties.empty() ? std::string{} : m.third_parties.front());
      case reason_code::operator_named: {
        auto const y = yes(m.operator_named);
        return {"Name am Ende: " + y.de, "name at the end: " + y.en};
      }
      case reason_code::stop_hint_present: {
        auto const y = yes(m.way_out);
        return {"Weg zur Abmeldung: " + y.de, "way out: " + y.en};
      }
      default: return found(m.contract);
    }
  }

  question const& q_;
  subject_state const& s_;
  notice_book const& notices_;
  policy const& rules_;
  address_index who_ = 0;
  consent_record const* consent_ = nullptr;
  notice_view const* notice_ = nullptr;
  open_request const* request_ = nullptr;
};
}  // namespace detail

/// One explanation a rule, in the order of reasons. `d` is the answer to the same question from the same state.
[[nodiscard]] inline std::vector<explanation> explain(question const& q, subject_state const& state, notice_book const& notices, policy_book const& policies, decision const& d) {
  detail::explaining const look{q, state, notices, policies.at(q.at, q.as_recorded)};
  std::vector<explanation> out;
  for (rule const& r : all_rules()) {
    explanation e{r.code, {}, q.at >= r.holds_from, look.saw(r.code)};
    for (reason const& x : d.reasons)
      if (x.code == r.code) e.applied = x.what;
    out.push_back(std::move(e));
  }
  return out;
}

}  // namespace jawort
