// The slow second reading of the rule book: outcome, status and every reason of a question, read off the tables of the
// design by searching the sorted events anew for each rule. There is no state, and no line is shared with the product:
// of its headers only the types of facts, questions and books are used.
//
// One event comes before another on one line if it is earlier and their addresses had been linked by the time of the
// later one. The numbers in comments are those of "The meaning of histories" in docs/DECISIONS.md.
#pragma once
#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

#include <jawort/decision.hpp>

#include "slow_words.hpp"

namespace slow {

using jawort::channel;
using jawort::event_kind;

// --- one question ----------------------------------------------------------------------------------------------------

class reading {
 public:
  reading(std::vector<jawort::event> const& events, jawort::question const& q, jawort::notice_book const& notices, jawort::policy_book const& policies)
      : q_(q), c_(q.on), notices_(notices), policies_(policies), now_(q.at.ms()), rules_(policy_at(now_)) {
    for (auto const& e : events)
      if (e.who && e.occurred_at <= q.at && e.recorded_at <= q.as_recorded) all_.push_back(&e);
    std::sort(all_.begin(), all_.end(), [](jawort::event const* a, jawort::event const* b) {
      int const sa = comes_last(a->kind) ? 1 : 0, sb = comes_last(b->kind) ? 1 : 0;
      return a->occurred_at != b->occurred_at ? a->occurred_at < b->occurred_at : sa != sb ? sa < sb : a->seq < b->seq;
    });
    for (auto const* e : all_) links_ = links_ || is_link(*e);
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (linked(*all_[i]->who, *q.who, all_.size())) {
        known_ = true;
        if (!voided(i)) mine_.push_back(i);
      }
    for (std::size_t i = 0; i < all_.size(); ++i) proof_.push_back(proof_of(i));
  }

  verdict ask() {
    bars(all_.size(), *q_.who, c_, q_.about, [&](std::string_view code) { say(code, outcome::deny); });
    stops();
    if (is_service(q_.about)) judge_service(); else judge_advertising();
    windows();
    circumstances();
    if (q_.message != nullptr) words(*q_.message);
    for (auto& f : found_) f.what = std::max(f.what, rules_.least(*jawort::reason_code_named(f.code)));
    std::sort(found_.begin(), found_.end(), [](finding const& a, finding const& b) { return a.what != b.what ? a.what > b.what : rank(a.code) < rank(b.code); });
    return {found_.empty() ? outcome::deny : found_.front().what, status(), found_};
  }

 private:
  using place = std::size_t;
  static constexpr place nowhere = static_cast<place>(-1);

  // --- events ---------------------------------------------------------------------------------------------------------
  static bool comes_last(event_kind k) {
    return ends_consent(k) || k == event_kind::suspended || k == event_kind::expired || k == event_kind::blocked ||
           k == event_kind::platform_stopped || k == event_kind::wrong_number || k == event_kind::restricted;
  }
  static bool ends_consent(event_kind k) {
    return k == event_kind::withdrawn || k == event_kind::objected || k == event_kind::refused || k == event_kind::revoked || k == event_kind::invalidated || k == event_kind::erased;
  }
  static bool is_link(jawort::event const& e) { return (e.kind == event_kind::address_linked || e.kind == event_kind::address_changed) && e.other; }
  jawort::event const& at(place i) const { return *all_[i]; }
  std::int64_t ms(place i) const { return all_[i]->occurred_at.ms(); }
  bool linked(jawort::address const& a, jawort::address const& b, place n) const {
    if (a == b) return true;
    if (!links_) return false;
    std::vector<jawort::address> group{a};
    for (bool grown = true; grown;) {
      grown = false;
      for (place i = 0; i < n && i < all_.size(); ++i) {
        if (!is_link(at(i))) continue;
        bool const x = std::find(group.begin(), group.end(), *at(i).who) != group.end(), y = std::find(group.begin(), group.end(), *at(i).other) != group.end();
        if (x != y) { group.push_back(x ? *at(i).other : *at(i).who); grown = true; }
      }
    }
    return std::find(group.begin(), group.end(), b) != group.end();
  }
  bool before(place i, place j) const { return i < j && linked(*at(i).who, *at(j).who, j + 1); }
  /// Erased: everything before it is void (13).
  bool voided(place i) const {
    for (place k = i + 1; k < all_.size(); ++k)
      if (at(k).kind == event_kind::erased && before(i, k)) return true;
    return false;
  }
  jawort::policy const& policy_at(std::int64_t t) const {
    jawort::policy const* p = nullptr;
    for (auto const& v : policies_.all())
      if (p == nullptr || (v.from.ms() <= t && v.recorded_at <= q_.as_recorded)) p = &v.rules;
    return *p;
  }
  /// One promotional part makes a service message advertising.
  bool advertising() const { return !is_service(q_.about) || promotional(); }

  // --- stops ----------------------------------------------------------------------------------------------------------
  static bool everything(jawort::event const& e) { return e.kind == event_kind::objected || e.kind == event_kind::erased; }
  /// The scope of a stop, or of what lifts one, reaches that question (1, 2).
  static bool touches(jawort::event const& m, channel c, jawort::purpose const& p) {
    if (m.kind == event_kind::erased) return true;
    if (m.kind == event_kind::objected) return !is_service(p);
    return (!m.on || *m.on == c) && (m.about ? under(p, *m.about) : !is_service(p));
  }
  /// A consent for `p` that came later overcomes the stop.
  static bool yields(jawort::event const& m, jawort::purpose const& p) { return everything(m) || !m.about || under(p, *m.about); }

  bool ending(place m) const {
    if (ends_consent(at(m).kind)) return true;
    if (at(m).kind != event_kind::expired || at(m).source == "sweep") return false;
    for (place r = 0; r < m; ++r)  // it ended a request, and no consent (5)
      if (at(r).kind == event_kind::requested && before(r, m) && touches(at(m), *at(r).on, *at(r).about) && request_before(*at(r).who, *at(r).on, *at(r).about, m).there) return false;
    return true;
  }
  bool overcome(place m, channel c, jawort::purpose const& p, place n) const {
    for (place j = m + 1; j < n; ++j)
      if (whole(j) && *at(j).on == c && under(p, *at(j).about) && before(m, j) && yields(at(m), *at(j).about)) return true;
    return false;
  }
  bool stands(place m, channel c, jawort::purpose const& p, place n) const { return ending(m) && !voided(m) && touches(at(m), c, p) && !overcome(m, c, p, n); }

  // --- double opt-in --------------------------------------------------------------------------------------------------
  struct request {
    bool there = false, sent = false, ended_by_expiry = false;
    place first = nowhere, last = nowhere, named = nowhere;  // its first row, its last, the last that names a notice
    std::int64_t until = 0;
    [[nodiscard]] bool open(std::int64_t t) const { return there && !ended_by_expiry && t <= until; }
  };
  request request_before(jawort::address const& who, channel c, jawort::purpose const& p, place n) const {
    request r;
    for (place i = 0; i < n; ++i) {
      auto const& e = at(i);
      if (ends_consent(e.kind) || e.kind == event_kind::expired) {
        if (!touches(e, c, p) || !linked(*e.who, who, i + 1)) continue;
        if (e.kind == event_kind::expired) r.ended_by_expiry = r.there; else r = {};
        continue;
      }
      if (!e.on || !e.about || *e.on != c || !(*e.about == p) || !(*e.who == who)) continue;
      bool const open = r.open(ms(i));
      if (e.kind == event_kind::requested) {
        if (!open) { r = {}; r.first = i; }
        r.there = true;
        r.last = i;
        if (e.notice != 0 || r.named == nowhere) r.named = i;
        r.until = ms(i) + policy_at(ms(i)).confirmation_window.count();
      } else if (e.kind == event_kind::confirmation_sent && open) {
        r.sent = true;
      } else if (e.kind == event_kind::confirmed && open && r.sent && by_own_channel(e) && has_proof(i, r.named)) {
        r = {};
      }
    }
    return r;
  }
  static bool by_own_channel(jawort::event const& e) { return e.via.empty() || e.via == jawort::name(*e.on); }

  // --- proof ----------------------------------------------------------------------------------------------------------
  bool known_notice(jawort::notice_number n, std::int64_t when) const {
    auto const* v = notices_.find(n);
    return v != nullptr && v->published_at.ms() <= when && v->recorded_at <= q_.as_recorded;
  }
  jawort::notice_number notice_of(place i, place asked) const { return at(i).notice != 0 || asked == nowhere ? at(i).notice : at(asked).notice; }
  /// Words or act, somebody who recorded it, a notice published by then.
  bool has_proof(place i, place asked = nowhere) const {
    auto const& e = at(i);
    bool const own = e.notice != 0 || asked == nowhere;
    return (!e.proof.get("text").empty() || !e.proof.get("act").empty()) && (!e.source.empty() || !e.operator_name.empty()) && known_notice(notice_of(i, asked), own ? ms(i) : ms(asked));
  }
  enum class proof { none, whole, unproven, other_channel, late, repeated };
  struct proven { proof what = proof::none; place asked = nowhere, named = nowhere; };

  proven proof_of(place i) const {
    auto const& e = at(i);
    if (e.kind == event_kind::given || e.kind == event_kind::renewed) return {has_proof(i) ? proof::whole : proof::unproven, nowhere};
    if (e.kind != event_kind::confirmed) return {};
    auto const r = request_before(*e.who, *e.on, *e.about, i);
    if (r.open(ms(i))) {
      if (!by_own_channel(e)) return {proof::other_channel, r.last};
      return {r.sent && has_proof(i, r.named) ? proof::whole : proof::unproven, r.last, r.named};
    }
    if (r.there) return {proof::late, r.last};
    for (place k = i; k-- > 0;)  // a second yes to the same request (8)
      if (proof_[k].what == proof::whole && at(k).kind == event_kind::confirmed && *at(k).who == *e.who && *at(k).on == *e.on && *at(k).about == *e.about && counts(k, *e.on, *e.about, i)) return {proof::repeated, nowhere};
    place asked = nowhere, begun = 0;  // the request that began last among those open on another channel
    for (channel const c : jawort::all_channels) {
      auto const other = request_before(*e.who, c, *e.about, i);
      if (c != *e.on && other.open(ms(i)) && (asked == nowhere || other.first > begun)) { asked = other.last; begun = other.first; }
    }
    return {asked == nowhere ? proof::unproven : proof::other_channel, asked};
  }
  bool whole(place j) const { return proof_[j].what == proof::whole && !voided(j); }

  /// The consent at `j` answers a question for that channel and purpose just before place `n` (1, 15).
  bool counts(place j, channel c, jawort::purpose const& p, place n) const {
    if (!whole(j) || *at(j).on != c || !under(p, *at(j).about)) return false;
    for (place m = 0; m < n; ++m) {
      if (!ending(m) || voided(m) || !touches(at(m), c, p)) continue;
      if (!linked(*at(m).who, *at(j).who, n)) continue;
      if (before(m, j) ? !yields(at(m), *at(j).about) : before(j, m) || !overcome(m, c, p, n)) return false;
    }
    return true;
  }

  // --- bars -----------------------------------------------------------------------------------------------------------
  bool later(place i, event_kind lift, place n, bool (*fits)(jawort::event const&, channel), channel c) const {
    for (place j = i + 1; j < n; ++j)
      if (at(j).kind == lift && before(i, j) && fits(at(j), c)) return true;
    return false;
  }
  static bool any(jawort::event const&, channel) { return true; }
  static bool on_channel(jawort::event const& e, channel c) { return !e.on || *e.on == c; }

  template <class Say>
  void bars(place n, jawort::address const& who, channel c, jawort::purpose const& p, Say say) const {
    bool bad_number = false;
    for (place i = 0; i < n; ++i) {
      auto const& e = at(i);
      if (voided(i) || !linked(*e.who, who, n)) continue;
      if (e.kind == event_kind::restricted && !later(i, event_kind::unrestricted, n, any, c)) say("restricted");
      if (e.kind == event_kind::blocked)
        for (channel const b : jawort::all_channels)
          if (on_channel(e, b) && !later(i, event_kind::unblocked, n, on_channel, b)) say("known-unwanted");
      if (e.kind == event_kind::platform_stopped && (!is_service(p) || (n == all_.size() && promotional())) && on_channel(e, c) && !later(i, event_kind::platform_resumed, n, on_channel, c))
        say(c == channel::whatsapp ? "whatsapp-marketing-stopped" : "known-unwanted");
      if (e.kind == event_kind::suspended && touches(e, c, p) && !overcome(i, c, p, n)) {
        bool resumed = false;
        for (place j = i + 1; j < n; ++j) resumed = resumed || (at(j).kind == event_kind::resumed && before(i, j) && touches(at(j), c, p));
        if (!resumed) say("unclear-stop");
      }
      if (*e.who == who && (e.kind == event_kind::wrong_number || e.kind == event_kind::address_changed)) bad_number = true;
      if ((*e.who == who && e.kind == event_kind::number_cleared) || (e.kind == event_kind::address_changed && e.other && *e.other == who)) bad_number = false;
    }
    if (bad_number) say("number-holder");
  }
  bool barred(place n, jawort::address const& who, channel c, jawort::purpose const& p) const {
    bool any_bar = false;
    bars(n, who, c, p, [&](std::string_view) { any_bar = true; });
    return any_bar;
  }

  // --- what stopped it -------------------------------------------------------------------------------------------------
  /// A later request that as a consent would overcome the stop.
  bool asked_anew(place m) const {
    for (auto const i : mine_) {
      auto const& e = at(i);
      if (e.kind != event_kind::requested || i < m || !before(m, i) || *e.on != c_ || !under(q_.about, *e.about) || !yields(at(m), *e.about)) continue;
      auto const r = request_before(*e.who, c_, *e.about, all_.size());
      if (r.there && r.last == i) return true;
    }
    return false;
  }
  void stops() {
    for (auto const m : mine_) {
      if (!stands(m, c_, q_.about, all_.size())) continue;
      auto const kind = at(m).kind;
      if (kind == event_kind::erased) say("erased", outcome::deny);
      if (kind == event_kind::objected) say("objected", outcome::deny);
      stopped_ = true;
      if (asked_anew(m)) continue;
      if (kind == event_kind::withdrawn) say("withdrawn", outcome::deny);
      if (kind == event_kind::refused) say("known-unwanted", outcome::deny);
      if (kind == event_kind::revoked) say("revoked", outcome::deny);
      if (kind == event_kind::invalidated) say("confirmation-disputed", outcome::deny);
      if (kind == event_kind::expired) say("confirmation-expired", outcome::deny);
    }
  }

  // --- the consent itself ----------------------------------------------------------------------------------------------
  std::int64_t last_use(place j) const {
    std::int64_t last = ms(j);
    for (place o = j + 1; o < all_.size(); ++o) {
      auto const& e = at(o);
      if (e.kind != event_kind::outbound || !e.on || !e.about || *e.on != *at(j).on || !under(*e.about, *at(j).about) || !before(j, o)) continue;
      if (counts(j, *e.on, *e.about, o) && !barred(o, *e.who, *e.on, *e.about) && ms(o) < months_later(last, policy_at(ms(o)).stale_hold_months)) last = ms(o);
    }
    return last;
  }
  bool given_by_other(place j) const {
    auto const giver = at(j).proof.get("number_given_by");
    if (giver.empty() || is_one_of(giver, {"self", "subject", "customer", "selbst", "person"})) return false;
    for (place k = j + 1; k < all_.size(); ++k)
      if (at(k).kind == event_kind::number_cleared && *at(k).who == *at(j).who && before(j, k)) return false;
    return true;
  }
  std::string_view ground(place j) const {
    auto const& e = at(j);
    if (e.kind == event_kind::confirmed) return "double-opt-in-confirmed";
    return !e.proof.get("text").empty() && is_one_of(e.proof.get("act"), {"", "message", "keyword", "reply", "sms"}) ? "keyword-started" : "consent-proven";
  }
  jawort::notice_view const& words_shown(place j) const { return *notices_.find(notice_of(j, proof_[j].named)); }

  std::vector<finding> judged(place j) const {
    std::vector<finding> out;
    auto const say = [&out](std::string_view code, outcome o) { out.push_back({code, o}); };
    auto const& e = at(j);
    auto const& n = words_shown(j);
    bool const today = now_ >= dsgvo, old = ms(j) < dsgvo;
    auto const coupled = yes_or_no(e.proof.get("coupled")), in_terms = yes_or_no(e.proof.get("in_terms")), parents = yes_or_no(e.proof.get("parental_consent"));
    int const age = age_in(e.proof.get("age"));
    if (given_by_other(j)) say("number-holder", outcome::deny);
    if (!n.specific) say("specific", outcome::deny);
    if (!n.names(c_)) say("channel-covered", outcome::deny);
    if (!is_service(*e.about) && std::none_of(n.purposes.begin(), n.purposes.end(), [&](jawort::purpose const& p) { return under(*e.about, p); })) say("purpose-not-covered", outcome::deny); // built in
    if (coupled == said::nonsense || in_terms == said::nonsense || parents == said::nonsense || age == -2) say("evaluation-failed", outcome::deny);
    if (today) {
      if (is_one_of(e.proof.get("act"), {"silence", "pre-ticked", "inactivity", "implied"})) say("affirmative-act", outcome::deny);
      if (!n.withdrawal_easy) say("withdrawal-easy", outcome::hold);
      if (!old && !n.complete) say("informed", outcome::deny);
      if (in_terms == said::yes) say("distinguishable", outcome::hold);
      if (coupled == said::yes) say("coupling", outcome::warn);
      if (age >= 0 && age < rules_.age_of_consent && parents != said::yes) say("age-of-consent", outcome::hold);
      changed_notice(n, say);
      if (c_ == channel::whatsapp || c_ == channel::messenger) {
        bool const basis = now_ >= adequacy ? n.safeguard : n.standard_clauses;
        if (!n.third_country || !basis) say("third-country", outcome::deny);
      }
    }
    if (old) {
      bool const free_and_of_age = coupled == said::no && (age >= rules_.age_of_consent || parents == said::yes);
      say("consent-before-2018", !today || free_and_of_age ? outcome::permit : outcome::deny);
    }
    auto const since = last_use(j);
    if (now_ >= months_later(since, rules_.stale_deny_months)) say("stale-consent", outcome::deny);
    else if (now_ >= months_later(since, rules_.stale_hold_months)) say("stale-consent", outcome::hold);
    else if (now_ >= months_later(since, rules_.stale_warn_months)) say("stale-consent", outcome::warn);
    return out;
  }
  template <class Say>
  void changed_notice(jawort::notice_view const& n, Say say) const {
    jawort::notice_view const* newest = nullptr;
    for (auto const& v : notices_.all())
      if (v.id == n.id && v.published_at.ms() <= now_ && v.recorded_at <= q_.as_recorded && (newest == nullptr || v.published_at >= newest->published_at)) newest = &v;
    if (newest == nullptr) return;
    auto const names = [&](jawort::notice_view const& v) { return std::any_of(v.purposes.begin(), v.purposes.end(), [&](auto const& p) { return under(q_.about, p); }); };
    if (newest->controller != n.controller || more_recipients(*newest, n) || (!is_service(q_.about) && names(n) && !names(*newest))) say("notice-changed", outcome::deny);
  }
  static bool more_recipients(jawort::notice_view const& later, jawort::notice_view const& shown) {
    return std::any_of(later.recipients.begin(), later.recipients.end(), [&](auto const& r) { return std::find(shown.recipients.begin(), shown.recipients.end(), r) == shown.recipients.end(); });
  }
  static outcome worst(std::vector<finding> const& f) {
    outcome w = outcome::permit;
    for (auto const& x : f) w = std::max(w, x.what);
    return w;
  }

  // --- advertising -----------------------------------------------------------------------------------------------------
  /// The same words, way in and circumstances: the later act takes the place of the earlier (10).
  bool same_qualities(place a, place b) const {
    auto const& x = at(a);
    auto const& y = at(b);
    if (!(*x.about == *y.about) || (x.kind == event_kind::renewed) != (y.kind == event_kind::renewed) || ground(a) != ground(b) || notice_of(a, proof_[a].named) != notice_of(b, proof_[b].named)) return false;
    for (std::string_view const key : {"coupled", "in_terms", "parental_consent"})
      if (yes_or_no(x.proof.get(key)) != yes_or_no(y.proof.get(key))) return false;
    auto const silent = [](jawort::event const& e) { return is_one_of(e.proof.get("act"), {"silence", "pre-ticked", "inactivity", "implied"}); };
    auto const other = [](jawort::event const& e) { auto const g = e.proof.get("number_given_by"); return !g.empty() && !is_one_of(g, {"self", "subject", "customer", "selbst", "person"}); };
    return age_in(x.proof.get("age")) == age_in(y.proof.get("age")) && silent(x) == silent(y) && other(x) == other(y);
  }
  bool replaced(place j) const {
    for (auto const k : mine_)
      if (before(j, k) && whole(k) && *at(k).on == *at(j).on && same_qualities(j, k)) return true;
    return false;
  }
  /// Least bad, then the most specific purpose, then a yes in two steps before one in one, then the latest.
  place best(bool counting) const {
    place b = nowhere;
    outcome b_worst{};
    for (auto const j : mine_) {
      if (!whole(j) || *at(j).on != c_ || !under(q_.about, *at(j).about) || counts(j, c_, q_.about, all_.size()) != counting || replaced(j)) continue;
      auto const w = worst(judged(j));
      auto const words = [&](place k) { return at(k).about->text().size(); };
      auto const one_step = [&](place k) { return at(k).kind == event_kind::given; };
      bool const goes_before = b == nowhere || words(j) > words(b) || (words(j) == words(b) && (!one_step(j) || one_step(b)));
      if (b == nowhere || w < b_worst || (w == b_worst && goes_before)) { b = j; b_worst = w; }
    }
    return b;
  }
  void judge_advertising() {
    place const j = best(true);
    if (j != nowhere) {
      auto const f = judged(j);
      for (auto const& x : f) say(x.code, x.what);
      if (worst(f) != outcome::deny) say(ground(j), outcome::permit);
      consent_ = true;
      frequency(words_shown(j));
      status_ = at(j).kind == event_kind::renewed ? "renewed" : "given";
      return;
    }
    if (existing_customer()) {
      say("existing-customer-exception", outcome::permit);
      return;
    }
    no_consent();
  }
  /// Why there is none, and what was wrong besides with one that was ended (case 50).
  void no_consent() {
    missing();
    if (place const e = best(false); e != nowhere)
      for (auto const& x : judged(e))
        if (x.what != outcome::permit) say(x.code, x.what);
  }
  void frequency(jawort::notice_view const& n) {
    if (n.frequency_max <= 0 || n.frequency_days <= 0) return;
    int sent = 0;
    for (auto const o : mine_) {
      auto const& e = at(o);
      if (e.kind != event_kind::outbound || !e.on || *e.on != c_ || ms(o) <= now_ - n.frequency_days * day_ms) continue;
      if (e.about && !is_service(*e.about) && std::any_of(n.purposes.begin(), n.purposes.end(), [&](auto const& p) { return under(*e.about, p) || under(p, *e.about); })) ++sent;
    }
    if (sent >= n.frequency_max) say("frequency-promised", outcome::hold);
  }
  /// A sale with the conditions that a history can show.
  static bool sale_shown(jawort::event const& e) {
    auto const sale = e.proof.get("sale");
    return e.kind == event_kind::sale_recorded && !sale.empty() && yes_or_no(sale) != said::no && yes_or_no(e.proof.get("similar_goods")) == said::yes && yes_or_no(e.proof.get("objection_notice")) == said::yes;
  }
  bool existing_customer() const {
    bool const allowed = (c_ == channel::email && rules_.existing_customer_email) || (c_ == channel::sms && rules_.existing_customer_sms) ||
                         (c_ == channel::whatsapp && rules_.existing_customer_whatsapp) || (c_ == channel::messenger && rules_.existing_customer_messenger);
    if (!allowed || q_.on_austrian_list) return false;
    for (auto const m : mine_)
      if (at(m).kind == event_kind::objected || stands(m, c_, q_.about, all_.size())) return false;
    return std::any_of(mine_.begin(), mine_.end(), [&](place i) { return sale_shown(at(i)) && (!at(i).about || under(q_.about, *at(i).about)) && on_channel(at(i), c_); });
  }

  // --- why consent is missing ------------------------------------------------------------------------------------------
  bool stopped_after(place i) const {
    for (auto const m : mine_)
      if (before(i, m) && ending(m) && touches(at(m), c_, q_.about)) return true;
    return false;
  }
  void missing() {
    bool explained = stopped_, here = stopped_;
    auto const because = [&](std::string_view code) { say(code, outcome::deny); explained = true; };
    if (!known_) because("no-evidence");
    bool wrote = false, more = false;
    for (auto const i : mine_) {
      auto const& e = at(i);
      if (e.kind == event_kind::imported && advertising() && (!e.on || *e.on == c_) && (!e.about || under(q_.about, *e.about))) because("imported-unproven");
      wrote = wrote || e.kind == event_kind::inbound;
      more = more || (static_cast<int>(e.kind) <= 14 && e.kind != event_kind::confirmation_sent && (e.kind != event_kind::expired || ending(i))) || e.kind == event_kind::erased;
      if (e.kind == event_kind::requested && *e.on == c_ && under(q_.about, *e.about)) {
        auto const r = request_before(*e.who, c_, *e.about, all_.size());
        if (r.there && r.last == i) {
          here = true;
          if (!answered_badly(r)) because(r.open(now_) ? "double-opt-in-pending" : "confirmation-expired");
        }
      }
      if (failed_here(i) && !stopped_after(i) && !superseded(i)) {
        here = true;
        because(by_another_channel(i) ? "confirmed-on-other-channel" : "demonstrable");
      }
    }
    if (!here && advertising()) consents_elsewhere(because);
    if (wrote && !more && advertising()) because("inbound-is-not-consent");
    if (!explained) say(c_ == channel::call ? "consent-required-call" : "consent-required-electronic-mail", outcome::deny);
  }
  /// An unproven consent, or a yes that came by another channel, bears on the question.
  bool by_another_channel(place i) const { return proof_[i].what == proof::other_channel && *at(proof_[i].asked).on == c_; }
  bool failed_here(place i) const {
    auto const& p = proof_[i];
    if ((p.what != proof::unproven && p.what != proof::other_channel) || !under(q_.about, *at(i).about)) return false;
    return *at(i).on == c_ || by_another_channel(i);
  }
  /// A yes by another channel speaks of its own request only, not of one begun later.
  bool superseded(place i) const {
    if (!by_another_channel(i)) return false;
    auto const& asked = at(proof_[i].asked);
    auto const r = request_before(*asked.who, *asked.on, *asked.about, all_.size());
    return !r.there || proof_[i].asked != r.last;
  }
  bool answered_badly(request const& r) const {
    for (auto const i : mine_)
      if (proof_[i].asked != nowhere && proof_[i].asked == r.last && failed_here(i)) return true;
    return false;
  }
  template <class Because>
  void consents_elsewhere(Because because) {
    bool purpose = false, channel_ = false, neither = false;
    for (auto const j : mine_) {
      if (!whole(j)) continue;
      auto const& e = at(j);
      if (counts(j, *e.on, *e.about, all_.size())) (*e.on == c_ ? purpose : under(q_.about, *e.about) ? channel_ : neither) = true;
    }
    if (neither && !purpose && !channel_) purpose = channel_ = true;
    if (purpose) because("purpose-not-covered");
    if (channel_) because("channel-covered");
  }

  std::string_view status() const {
    if (!status_.empty()) return status_;
    std::string_view s = "unknown";
    for (auto const i : mine_) {
      auto const& e = at(i);
      if (stands(i, c_, q_.about, all_.size())) s = e.kind == event_kind::erased ? "unknown" : e.kind == event_kind::objected ? "withdrawn" : jawort::name(e.kind);
      if (e.kind != event_kind::requested || *e.on != c_ || !under(q_.about, *e.about)) continue;
      auto const r = request_before(*e.who, c_, *e.about, all_.size());
      if (r.there && r.last == i) s = r.open(now_) ? "requested" : "expired";
    }
    return s;
  }

  // --- service, windows, circumstances ---------------------------------------------------------------------------------
  std::int64_t last_inbound() const {
    std::int64_t last = -1;
    for (auto const i : mine_)
      if (at(i).kind == event_kind::inbound && at(i).on && *at(i).on == c_) last = ms(i);
    return last;
  }
  bool in_conversation() const { return last_inbound() >= 0 && now_ <= last_inbound() + rules_.conversation.count(); }
  bool promotional() const { return q_.message != nullptr && (!q_.message->promotional.empty() || !q_.message->third_parties.empty() || !q_.message->third_party_words.empty()); }
  void judge_service() {
    place const j = best(true);
    if (j != nowhere) {
      auto const f = judged(j);
      for (auto const& x : f) say(x.code, x.what);
      if (worst(f) != outcome::deny) say(ground(j), outcome::permit);
      consent_ = true;
      if (promotional()) frequency(words_shown(j));
      status_ = at(j).kind == event_kind::renewed ? "renewed" : "given";
    }
    bool const answer = in_conversation() && !promotional() && !stopped_;
    if (answer && j == nowhere) say("customer-wrote-first", outcome::permit);
    if (j == nowhere && !answer) no_consent();
  }
  void windows() {
    auto const wrote = last_inbound();
    auto const within = [&](jawort::milliseconds window) { return wrote >= 0 && now_ <= wrote + window.count(); };
    if (c_ == channel::whatsapp && !q_.template_message && !within(rules_.platform_window)) say("whatsapp-window", outcome::deny);
    if (c_ == channel::messenger && !within(advertising() ? rules_.platform_window : rules_.human_agent_window)) say("messenger-window", outcome::deny);
    if (c_ == channel::whatsapp && rules_.whatsapp_app && advertising())
      say("whatsapp-app-newsletter", q_.recipients > static_cast<std::uint32_t>(rules_.whatsapp_app_limit) ? outcome::deny : outcome::warn);
  }
  void circumstances() {
    if (!advertising()) return;
    std::int64_t const local = now_ + q_.utc_offset_minutes * std::int64_t{60000};
    std::int64_t const minute = local / 60000 % 1440, weekday = (local / day_ms + 4) % 7;  // 1 January 1970 was a Thursday
    bool const wraps = rules_.quiet_from_minute > rules_.quiet_until_minute;
    bool const from = minute >= rules_.quiet_from_minute, until = minute < rules_.quiet_until_minute;
    bool const night = wraps ? from || until : from && until;
    if (rules_.quiet != jawort::quiet_mode::off && (night || (rules_.quiet_sundays && (weekday == 0 || q_.holiday))))
      say("quiet-hours", rules_.quiet == jawort::quiet_mode::hold ? outcome::hold : outcome::warn);
    std::string_view const text = q_.who->text();
    // The list closes what the law allows without consent; beside a consent it warns.
    if (q_.on_austrian_list) say("austria", consent_ ? outcome::warn : outcome::deny);
    if (text.substr(0, 1) != "+") return;
    if (text.substr(0, 3) == "+43") say("austria", outcome::permit);
    else if (text.substr(0, 3) == "+41") say("switzerland", outcome::permit);
    else if (text.substr(0, 3) != "+49") say("jurisdiction-unchecked", outcome::warn);
  }

  /// The person asked on this channel, for whatever purpose: a message that asks back is the confirmation request.
  bool request_open() const {
    return std::any_of(mine_.begin(), mine_.end(), [&](place i) { return at(i).kind == event_kind::requested && *at(i).on == c_ && request_before(*at(i).who, c_, *at(i).about, all_.size()).open(now_); });
  }

  // --- the words of a message ------------------------------------------------------------------------------------------
  void words(jawort::message_facts const& m) {
    bool const ad = advertising();
    if (is_service(q_.about) && promotional()) say("advertising-broad", outcome::deny);
    if (ad && (!m.sender_named || m.refuses_answers)) say("sender-identified", outcome::deny);
    if (ad && (m.disguised || !m.sender_named)) say("commercial-recognisable", outcome::deny);
    if (ad && !m.way_out) say("stop-hint-present", outcome::deny);
    if (!m.asks_for_consent.empty() && !consent_) {
      if (!request_open() && !in_conversation()) say("asked-by-message", outcome::deny);
      if (request_open() && ad) say("confirmation-neutral", outcome::deny);
    }
    if (!m.payment_data.empty()) say("payment-data-in-chat", outcome::deny);
    place const j = best(true);
    for (auto const& name : m.third_parties)
      if (j == nowhere || std::find(words_shown(j).words.begin(), words_shown(j).words.end(), name) == words_shown(j).words.end()) say("third-party-advertising", outcome::deny);
    if (!m.third_party_words.empty()) say("third-party-advertising", outcome::deny);
    if (!m.operator_named && !ad) say("operator-named", outcome::warn);
    if (!m.contract.empty() && !m.withdrawal_right) say("contract-by-message", outcome::warn);
  }

  void say(std::string_view code, outcome o) {
    for (auto& f : found_)
      if (f.code == code) { f.what = std::max(f.what, o); return; }
    found_.push_back({code, o});
  }

  jawort::question const& q_;
  channel c_;
  jawort::notice_book const& notices_;
  jawort::policy_book const& policies_;
  std::int64_t now_;
  jawort::policy const& rules_;
  std::vector<jawort::event const*> all_;
  std::vector<place> mine_;
  std::vector<proven> proof_;
  bool links_ = false, known_ = false, stopped_ = false, consent_ = false;
  std::string_view status_;
  std::vector<finding> found_;
};

[[nodiscard]] inline verdict answer(std::vector<jawort::event> const& events, jawort::question const& q, jawort::notice_book const& notices, jawort::policy_book const& policies) {
  return reading{events, q, notices, policies}.ask();
}

}  // namespace slow
