// jawort/decision.hpp - may I send this message to this person, on this channel, for this purpose, at this time?
//
//   subject_state const s = fold(events, who, moment{at}, {&notices, &policies});
//   decision const d = decide({&who, channel::whatsapp, *purpose::parse("newsletter"), at}, s, notices, policies);
//   if (d.may_send()) send(); else show(d.reasons[0]);
//
// `decide` is a function of its arguments: no clock, no file, no locale. Every rule that applied is in the answer, in
// fixed order; a rule that cannot be evaluated denies. It is not legal advice.
//
// Thread safety: pure. A permitted decision allocates nothing.
#pragma once
#include "double_opt_in.hpp"
#include "fold.hpp"
#include "message_rules.hpp"
#include "notice.hpp"
#include "policy.hpp"
#include "reason.hpp"
#include "state.hpp"

namespace jawort {

/// What is asked.
struct question {
  address const* who = nullptr;      ///< the address to be written to; not owned; never null
  channel on{};
  purpose about = purpose::service();
  instant at;
  bool template_message = false;     ///< approved by the platform; otherwise free-form
  int utc_offset_minutes = 60;       ///< of the recipient's local time at `at`
  bool holiday = false;              ///< a public holiday where the recipient is
  instant as_recorded = instant::latest();
  message_facts const* message = nullptr;  ///< what its words say, where they are known; not owned
  std::uint32_t recipients = 1;      ///< of the whole broadcast
  bool on_austrian_list = false;     ///< the address stands on the list under § 7 Abs. 2 ECG
};

struct decision {
  outcome what = outcome::deny;
  consent_status status = consent_status::unknown;
  reason_list reasons;
  std::optional<sequence> policy_seq;   ///< the `policy-set` entry that held; nothing for the defaults
  /// Permit or warn. Scripts send on exactly this.
  [[nodiscard]] bool may_send() const { return what == outcome::permit || what == outcome::warn; }
};

namespace detail {

/// One question being answered; lives for the call.
class deciding {
 public:
  deciding(question const& q, subject_state const& s, notice_book const& notices, policy_version const& version)
      : q_(q), s_(s), notices_(notices), version_(version), rules_(version.rules) {}

  [[nodiscard]] decision answer() {
    who_ = s_.index_of(*q_.who).value_or(0);
    bool const meant = q_.about.is_advertising();
    advertising_ = q_.message != nullptr && (meant || q_.about.is_service()) ? is_advertising(*q_.message, meant) : meant;
    bars();
    consent_record const* const best = best_consent();
    bool const permitted = best != nullptr ? consent(*best) : other_ground();
    if (best == nullptr && !permitted) missing();
    if (advertising_) {
      if (best != nullptr) frequency(*best);
      quiet();
      country(best != nullptr);
      app();
    }
    windows();
    words(best, meant);
    decision d;
    d.policy_seq = version_.seq;
    d.reasons = reasons_;
    d.reasons.raise([&](reason_code c) { return rules_.least(c); });
    d.reasons.sort();
    d.what = d.reasons.worst();
    d.status = status(best);
    // Nothing said that it may: never a permit by silence.
    if (d.reasons.empty() || (d.may_send() && !permitted)) {
      d.reasons.add({reason_code::evaluation_failed, outcome::deny});
      d.reasons.sort();
      d.what = outcome::deny;
    }
    return d;
  }

 private:
  static constexpr outcome deny = outcome::deny;

  template <class... Seq>
  void add(reason_code c, outcome o, Seq... seqs) { reasons_.add(reason{c, o, seqs...}); }

  /// What forbids whatever was consented to.
  void bars() {
    if (s_.restricted) add(reason_code::restricted, deny, *s_.restricted);
    if (auto const& barred = s_.address_standings[who_].barred) add(reason_code::number_holder, deny, *barred);
    for (channel const c : all_channels)
      if (auto const& blocked = s_.at(c).blocked) add(reason_code::known_unwanted, deny, *blocked);
    if (auto const& stopped = s_.at(q_.on).platform_stopped; stopped && advertising_)
      add(q_.on == channel::whatsapp ? reason_code::whatsapp_marketing_stopped : reason_code::known_unwanted, deny, *stopped);
    if (auto const* m = s_.suspended(q_.on, q_.about)) add(reason_code::unclear_stop, deny, m->where.seq);
  }

  /// The consent that answers the question best, of those that count: least bad, then most specific, then what was
  /// confirmed or renewed before what was given in one step, then latest.
  [[nodiscard]] consent_record const* best_consent() const {
    return best_of([&](consent_record const& r) { return s_.counts(r, q_.on, q_.about); });
  }

  [[nodiscard]] consent_record const* best_of(auto&& wanted) const {
    consent_record const* best = nullptr;
    outcome best_worst = outcome::deny;
    for (consent_record const& r : s_.consents) {
      if (!wanted(r)) continue;
      reason_list found;
      qualities(r, found);
      outcome const w = found.worst();
      auto const rank = [](consent_record const& x) { return std::tuple{x.about.text().size(), x.kind != event_kind::given, x.where.pos}; };
      if (best == nullptr || w < best_worst || (w == best_worst && rank(r) > rank(*best))) { best = &r; best_worst = w; }
    }
    return best;
  }

  /// The consent's own rules, and what it permits. True if it permits or warns or waits, false if it is denied itself.
  bool consent(consent_record const& r) {
    reason_list found;
    qualities(r, found);
    for (reason const& x : found) reasons_.add(x);
    if (found.worst() == deny) return true;  // explained; nothing further is missing
    if (r.kind == event_kind::confirmed)
      add(reason_code::double_opt_in_confirmed, outcome::permit, r.requested_seq, r.sent_seq, r.where.seq);
    else
      add(r.facts.by_message ? reason_code::keyword_started : reason_code::consent_proven, outcome::permit, r.where.seq);
    return true;
  }

  /// Everything that is wrong with a consent as such, at the time of the question.
  void qualities(consent_record const& r, reason_list& out) const {
    bool const gdpr = q_.at >= law::gdpr;
    auto const put = [&](reason_code c, outcome o) { out.add({c, o, r.where.seq}); };
    notice_view const* const n = notices_.find(r.notice);
    if (n == nullptr) { put(reason_code::evaluation_failed, deny); return; }
    consent_facts const& f = r.facts;

    bool const old = r.since < law::gdpr;
    bool const of_age = f.age >= rules_.age_of_consent || f.parental_consent == answer::yes;
    if (old) {
      bool const still_valid = f.coupled == answer::no && of_age;
      put(reason_code::consent_before_2018, gdpr && !still_valid ? deny : outcome::permit);
    }
    if (f.age == consent_facts::malformed_age || f.coupled == answer::malformed || f.in_terms == answer::malformed ||
        f.parental_consent == answer::malformed)
      put(reason_code::evaluation_failed, deny);
    if (!n->names(r.on)) put(reason_code::channel_covered, deny);
    if (!r.about.is_built_in() && !n->covers(r.about)) put(reason_code::purpose_not_covered, deny);  // notices declare advertising
    if (!n->specific) put(reason_code::specific, deny);
    if (f.given_by_other && !cleared_since(r)) put(reason_code::number_holder, deny);
    if (gdpr) {
      if (f.no_affirmative_act) put(reason_code::affirmative_act, deny);
      if (!old && !n->complete) put(reason_code::informed, deny);
      if (f.in_terms == answer::yes) put(reason_code::distinguishable, outcome::hold);
      if (f.coupled == answer::yes) put(reason_code::coupling, outcome::warn);
      if (f.age >= 0 && f.age < rules_.age_of_consent && f.parental_consent != answer::yes)
        put(reason_code::age_of_consent, outcome::hold);
      if (!n->withdrawal_easy) put(reason_code::withdrawal_easy, outcome::hold);
      if (changed(*n)) put(reason_code::notice_changed, deny);
      if (transfers_to_third_country(r.on) && !transfer_has_basis(*n)) put(reason_code::third_country, deny);
    }
    if (months_reached(r.last_use, q_.at, rules_.stale_deny_months)) put(reason_code::stale_consent, deny);
    else if (months_reached(r.last_use, q_.at, rules_.stale_hold_months)) put(reason_code::stale_consent, outcome::hold);
    else if (months_reached(r.last_use, q_.at, rules_.stale_warn_months)) put(reason_code::stale_consent, outcome::warn);
  }

  [[nodiscard]] bool cleared_since(consent_record const& r) const {
    auto const& cleared = s_.address_standings[r.who].cleared;
    return cleared && s_.before(r.where, *cleared);
  }

  /// The newest version names another controller, does not name the purpose any more, or names a recipient that the
  /// words consented to do not.
  [[nodiscard]] bool changed(notice_view const& n) const {
    notice_view const* const now = notices_.newest_of(n, q_.at, q_.as_recorded);
    if (now == nullptr || now->version == n.version) return false;
    if (now->controller != n.controller || (!q_.about.is_built_in() && !now->covers(q_.about))) return true;
    return std::any_of(now->recipients.begin(), now->recipients.end(), [&](std::string const& name) {
      return std::find(n.recipients.begin(), n.recipients.end(), name) == n.recipients.end();
    });
  }

  [[nodiscard]] bool transfer_has_basis(notice_view const& n) const {
    if (!n.third_country || !n.safeguard) return false;
    return q_.at >= law::dpf || n.standard_clauses;
  }

  /// Grounds beside consent: the customer's own question, and the sale.
  bool other_ground() {
    if (q_.about.is_service()) {
      if (advertising_) return false;  // its words are
      auto const& c = s_.at(q_.on);
      bool const stopped = std::any_of(s_.marks.begin(), s_.marks.end(), [&](stop_mark const& m) {
        return s_.stands(m, q_.on, q_.about);
      });
      if (stopped || !c.inbound || q_.at > c.last_inbound + rules_.conversation) return false;
      add(reason_code::customer_wrote_first, outcome::permit, *c.inbound);
      return true;
    }
    if (!advertising_ || !rules_.existing_customer(q_.on) || s_.objected_ever || q_.on_austrian_list) return false;
    for (stop_mark const& m : s_.marks)
      if (s_.stands(m, q_.on, q_.about)) return false;
    for (scope_mark const& sale : s_.sales)
      if (sale.covers(q_.on, q_.about)) {
        add(reason_code::existing_customer_exception, outcome::permit, sale.where.seq);
        return true;
      }
    return false;
  }

  /// Why there is no consent that counts.
  void missing() {
    std::size_t const before = reasons_.size();
    bool const was_ended = ended(), waits = waiting(), tried = unproven();
    bool const explained_here = was_ended || waits || tried;
    imported();
    if (s_.events == 0) add(reason_code::no_evidence, deny);
    if (!explained_here && (advertising_ || !q_.about.is_service())) covered_elsewhere();
    if (reasons_.size() == before && advertising_ && only_inbound()) {
      for (channel const c : all_channels)
        if (s_.at(c).inbound) { add(reason_code::inbound_is_not_consent, deny, *s_.at(c).inbound); break; }
    }
    if (reasons_.size() == before)
      add(q_.on == channel::call ? reason_code::consent_required_call : reason_code::consent_required_electronic_mail, deny);
  }

  /// The rules about the message's own words, where they are given.
  void words(consent_record const* best, bool meant) {
    if (q_.message == nullptr) return;
    message_facts const& m = *q_.message;
    notice_view const* const consented = best == nullptr ? nullptr : notices_.find(best->notice);
    judge_message(m, {meant, q_.on, q_.at, consented}, reasons_);
    if (m.asks_for_consent.empty() || best != nullptr) return;
    bool const asked = std::any_of(s_.requests.begin(), s_.requests.end(), [&](open_request const& r) {
      return r.on == q_.on && !lapsed(r, q_.at);
    });
    auto const& c = s_.at(q_.on);
    bool const in_conversation = c.inbound && q_.at <= c.last_inbound + rules_.conversation;
    if (asked && advertising_) add(reason_code::confirmation_neutral, deny);
    else if (!asked && !in_conversation) add(reason_code::asked_by_message, deny);
  }

  /// A broadcast from the WhatsApp app, where the office sends so.
  void app() {
    if (!rules_.whatsapp_app || q_.on != channel::whatsapp) return;
    bool const too_many = q_.recipients > static_cast<std::uint32_t>(rules_.whatsapp_app_limit);
    add(reason_code::whatsapp_app_newsletter, too_many ? deny : outcome::warn);
  }

  [[nodiscard]] static reason_code code_of(event_kind k) {
    switch (k) {
      case event_kind::erased: return reason_code::erased;
      case event_kind::objected: return reason_code::objected;
      case event_kind::withdrawn: return reason_code::withdrawn;
      case event_kind::revoked: return reason_code::revoked;
      case event_kind::invalidated: return reason_code::confirmation_disputed;
      case event_kind::expired: return reason_code::confirmation_expired;
      default: return reason_code::known_unwanted;  // refused
    }
  }

  /// A request for the purpose on this channel that came after the mark and could overcome it.
  [[nodiscard]] bool asked_anew(stop_mark const& m) const {
    return std::any_of(s_.requests.begin(), s_.requests.end(), [&](open_request const& r) {
      return answers(r) && m.yields_to(r.about) && s_.before(m.where, r.where);
    });
  }
  [[nodiscard]] bool answers(open_request const& r) const { return r.on == q_.on && r.about.covers(q_.about); }

  bool ended() {
    bool found = false;
    for (stop_mark const& m : s_.marks) {
      if (!s_.stands(m, q_.on, q_.about)) continue;
      bool const hidden = m.kind != event_kind::objected && m.kind != event_kind::erased && asked_anew(m);
      found = true;
      if (!hidden) add(code_of(m.kind), deny, m.where.seq);
    }
    // What was wrong with the consent that was ended is said besides.
    consent_record const* const last = best_of([&](consent_record const& r) { return r.on == q_.on && r.about.covers(q_.about); });
    if (last != nullptr) {
      reason_list worse;
      qualities(*last, worse);
      for (reason const& r : worse)
        if (r.what != outcome::permit) reasons_.add(r);
    }
    return found;
  }

  bool waiting() {
    bool found = false;
    for (open_request const& r : s_.requests) {
      if (!answers(r)) continue;
      found = true;
      if (r.answered_elsewhere) add(reason_code::confirmed_on_other_channel, deny, r.where.seq, *r.answered_elsewhere);
      if (r.answered_unproven) add(reason_code::demonstrable, deny, r.where.seq, *r.answered_unproven);
      if (r.answered_elsewhere || r.answered_unproven) continue;
      add(lapsed(r, q_.at) ? reason_code::confirmation_expired : reason_code::double_opt_in_pending, deny, r.where.seq);
    }
    return found;
  }

  bool unproven() {
    bool found = false;
    for (unproven_consent const& u : s_.unproven) {
      if (u.on != q_.on || !u.about.covers(q_.about)) continue;
      bool const stopped = std::any_of(s_.marks.begin(), s_.marks.end(), [&](stop_mark const& m) {
        return s_.stands(m, q_.on, q_.about) && s_.before(u.where, m.where);
      });
      if (stopped) continue;
      found = true;
      add(reason_code::demonstrable, deny, u.where.seq);
    }
    return found;
  }

  void imported() {
    if (!advertising_) return;
    for (scope_mark const& m : s_.imports)
      if (m.covers(q_.on, q_.about)) add(reason_code::imported_unproven, deny, m.where.seq);
  }

  void covered_elsewhere() {
    consent_record const *here = nullptr, *there = nullptr, *any = nullptr;
    for (consent_record const& r : s_.consents) {
      if (!s_.counts(r, r.on, r.about)) continue;
      any = &r;
      if (r.on == q_.on) here = &r;
      else if (r.about.covers(q_.about)) there = &r;
    }
    if (any == nullptr) return;
    if (here == nullptr && there == nullptr) here = there = any;
    if (here != nullptr) add(reason_code::purpose_not_covered, deny, here->where.seq);
    if (there != nullptr) add(reason_code::channel_covered, deny, there->where.seq);
  }

  [[nodiscard]] bool only_inbound() const {
    return std::any_of(all_channels.begin(), all_channels.end(), [&](channel c) { return s_.at(c).inbound.has_value(); }) &&
           s_.consents.empty() && s_.requests.empty() && s_.unproven.empty() && s_.marks.empty() && s_.imports.empty();
  }

  /// Sends of the notice's purposes in (at - days, at] against what the words promised.
  void frequency(consent_record const& r) {
    notice_view const* const n = notices_.find(r.notice);
    if (n == nullptr || n->frequency_max <= 0) return;
    auto const span = milliseconds{static_cast<std::int64_t>(n->frequency_days) * 86400000};
    int sends = 0;
    for (send_mark const& m : s_.sends) {
      if (m.on != q_.on || m.at > q_.at || q_.at - m.at >= span) continue;
      bool const of_notice = std::any_of(n->purposes.begin(), n->purposes.end(), [&](purpose const& p) { return p.related(m.about); });
      if (of_notice) ++sends;
    }
    if (sends >= n->frequency_max) add(reason_code::frequency_promised, outcome::hold, r.where.seq);
  }

  void quiet() {
    if (rules_.quiet == quiet_mode::off) return;
    std::int64_t const local = q_.at.ms() / 60000 + q_.utc_offset_minutes;
    auto const minute = static_cast<int>(((local % 1440) + 1440) % 1440);
    std::int64_t const day = (local - minute) / 1440;
    bool const sunday = (day + 4) % 7 == 0;  // 1970-01-01 was a Thursday
    bool const hours = rules_.quiet_from_minute > rules_.quiet_until_minute
                           ? minute >= rules_.quiet_from_minute || minute < rules_.quiet_until_minute
                           : minute >= rules_.quiet_from_minute && minute < rules_.quiet_until_minute;
    if (hours || ((sunday || q_.holiday) && rules_.quiet_sundays))
      add(reason_code::quiet_hours, rules_.quiet == quiet_mode::hold ? outcome::hold : outcome::warn);
  }

  void country(bool consented) {
    // The list closes the exception for customers; an express consent stands beside it, and deserves a look.
    if (q_.on_austrian_list) add(reason_code::austria, consented ? outcome::warn : deny);
    if (q_.who->kind() != address_kind::number) return;
    switch (q_.who->known_country_code()) {
      case 49: break;
      case 43: add(reason_code::austria, outcome::permit); break;
      case 41: add(reason_code::switzerland, outcome::permit); break;
      default: add(reason_code::jurisdiction_unchecked, outcome::warn);
    }
  }

  void windows() {
    auto const& c = s_.at(q_.on);
    auto const older = [&](milliseconds window) { return !c.inbound || q_.at > c.last_inbound + window; };
    if (!advertising_ && !q_.about.is_service()) return;
    if (q_.on == channel::whatsapp && !q_.template_message && older(rules_.platform_window))
      add(reason_code::whatsapp_window, deny);
    if (q_.on == channel::messenger && older(advertising_ ? rules_.platform_window : rules_.human_agent_window))
      add(reason_code::messenger_window, deny);
  }

  [[nodiscard]] consent_status status(consent_record const* best) const {
    if (best != nullptr) return best->kind == event_kind::renewed ? consent_status::renewed : consent_status::given;
    consent_status found = consent_status::unknown;
    place latest;
    bool any = false;
    auto const take = [&](place const& where, consent_status as) {
      if (any && where.pos < latest.pos) return;
      any = true;
      latest = where;
      found = as;
    };
    for (stop_mark const& m : s_.marks) {
      if (!s_.stands(m, q_.on, q_.about)) continue;
      switch (m.kind) {
        case event_kind::refused: take(m.where, consent_status::refused); break;
        case event_kind::revoked: take(m.where, consent_status::revoked); break;
        case event_kind::invalidated: take(m.where, consent_status::invalidated); break;
        case event_kind::expired: take(m.where, consent_status::expired); break;
        case event_kind::erased: take(m.where, consent_status::unknown); break;
        default: take(m.where, consent_status::withdrawn);
      }
    }
    for (open_request const& r : s_.requests)
      if (answers(r)) take(r.where, lapsed(r, q_.at) ? consent_status::expired : consent_status::requested);
    return found;
  }

  question const& q_;
  subject_state const& s_;
  notice_book const& notices_;
  policy_version const& version_;
  policy const& rules_;
  address_index who_ = 0;
  bool advertising_ = true;
  reason_list reasons_;
};
}  // namespace detail

/// Answers the question from the state at that moment (folded with events up to `q.at` only).
/// Precondition: `q.who` is not null. A subject without events has the state that `fold` gives for no events.
[[nodiscard]] inline decision decide(question const& q, subject_state const& state, notice_book const& notices, policy_book const& policies) {
  assert(q.who != nullptr && !state.address_standings.empty());
  return detail::deciding{q, state, notices, policies.version_at(q.at, q.as_recorded)}.answer();
}

}  // namespace jawort
