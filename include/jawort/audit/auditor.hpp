// jawort/audit/auditor.hpp - from events, person by person, to what an audit finds.
//
//   auditor a{period, {&notices, &policies}, look_around, {}};
//   for each person: a.add(events of all their linked addresses);
//   a.result().sends.now;
//
// A send is judged by `decide` as any question is, as a template (whether the platform had approved it is not recorded),
// without the message's words. Consents are those of one person for one channel and purpose.
//
// Pure: local time, holidays and lists are put into questions by `look_around`. Memory: that of the largest person, and of
// as many figures as there are purposes. Not thread-safe.
#pragma once
#include <functional>
#include <set>

#include "double_opt_ins.hpp"
#include "judged_sends.hpp"
#include "report.hpp"
#include "retention.hpp"

namespace jawort::audit {

/// Reasons that say that the person (or somebody for them) had said no, or that nothing may go to the address.
[[nodiscard]] constexpr bool is_stop_reason(reason_code c) {
  switch (c) {
    case reason_code::erased: case reason_code::objected: case reason_code::withdrawn: case reason_code::restricted:
    case reason_code::whatsapp_marketing_stopped: case reason_code::known_unwanted: case reason_code::unclear_stop:
    case reason_code::revoked: case reason_code::confirmation_disputed: case reason_code::number_holder: return true;
    default: return false;
  }
}

/// A send whose entry came later than this was not recorded when it was made.
inline constexpr milliseconds entered_in_time{std::chrono::hours{24}};

struct auditor_options {
  std::size_t keep = 200;                                   ///< entries kept for each figure
  std::size_t list = 500;                                   ///< unlawful sends, and requests, kept
  std::function<void(unlawful_send const&)> each_unlawful;  ///< gets every one of them, in the order of persons
};

class auditor {
 public:
  auditor(period const& p, fold_rules rules, std::function<void(question&)> look_around, auditor_options options)
      : p_(p), rules_(rules), look_around_(std::move(look_around)), options_(std::move(options)), now_(rules, p.as_recorded), sends_(rules, p.as_recorded) {
    out_.when = p;
    sends_.begin();
  }

  /// All events of one person, of every address that is linked by now; in any order.
  void add(std::span<event const> events) {
    order_.clear();
    for (event const& e : events)
      if (e.who && p_.end().sees(e)) order_.push_back(&e);
    if (order_.empty()) return;
    std::sort(order_.begin(), order_.end(), [](event const* a, event const* b) { return key_of(*a) < key_of(*b); });
    begin();
    for (std::size_t i = 0; i < order_.size(); ++i) step(i);
    settle(p_.last_bucket());
    stock(p_.last_bucket());
    end();
  }

  /// What was found so far.
  [[nodiscard]] findings result() const {
    findings out = out_;
    std::sort(out.sends.newest.begin(), out.sends.newest.end(), newer_send);
    std::sort(out.newest_requests.begin(), out.newest_requests.end(), newer_request);
    return out;
  }

 private:
  /// How a consent came in, by one event.
  struct entrance {
    address who;
    scope_key scope;
    way_in way{};
    sequence seq = 0;
    [[nodiscard]] int rank() const { return way == way_in::list ? 0 : way == way_in::request ? 1 : 2; }
  };
  struct waiting_request {
    rights_request request;
    address who;
  };
  static bool newer_send(unlawful_send const& a, unlawful_send const& b) { return a.seq > b.seq; }
  static bool newer_request(rights_request const& a, rights_request const& b) { return a.seq > b.seq; }

  void begin() {
    now_ = timeline{rules_, p_.as_recorded};
    sends_.begin();
    opt_ins_.clear();
    entrances_.clear();
    requests_.clear();
    held_.clear();
    previous_.clear();
    dirty_ = false;
    bucket_ = p_.bucket_of(order_.front()->occurred_at);
  }

  void step(std::size_t i) {
    event const& e = *order_[i];
    if (int const b = p_.bucket_of(e.occurred_at); b != bucket_) {
      settle(b);
      bucket_ = b;
    }
    if (e.kind == event_kind::outbound && p_.has(e.occurred_at)) judge(i);
    now_.apply(e);
    opt_ins_.after(e, now_);
    entrance_of(e);
    hold(e);
    rights(e);
    dirty_ = true;
    if (stands_for_erasure(e)) return;
    if (p_.has(e.occurred_at)) count(e);
    ++out_.entries;
    if (!out_.first || e.occurred_at < *out_.first) out_.first = e.occurred_at;
    if (!out_.last || e.occurred_at > *out_.last) out_.last = e.occurred_at;
  }

  /// What the ledger puts into a history in place of what an erasure took: it bars, and is no entry of the person.
  static bool stands_for_erasure(event const& e) { return e.source == "jawort"; }

  void put(figure& f, sequence seq) const { f.add(seq, options_.keep); }

  // --- what happened ------------------------------------------------------------------------------------------

  void count(event const& e) {
    put(out_.kinds[e.kind], e.seq);
    bool const yes = e.kind == event_kind::given || e.kind == event_kind::confirmed || e.kind == event_kind::renewed;
    if (yes) ++flow_of(e, flow::yes);
    if (is_stop(e.kind) && e.kind != event_kind::erased) {
      ++flow_of(e, flow::stop);
      auto& s = out_.stops[e.kind];
      put(s.all, e.seq);
      s.delay.add(e.recorded_at - e.occurred_at);
    }
    if (e.notice == 0) return;
    if (yes) put(out_.notices[e.notice].consents, e.seq);
    if (e.kind == event_kind::requested) put(out_.notices[e.notice].requests, e.seq);
  }
  std::uint64_t& flow_of(event const& e, flow f) { return out_.flows[p_.bucket_of(e.occurred_at)][static_cast<std::size_t>(f)]; }

  void entrance_of(event const& e) {
    if (e.kind == event_kind::erased) {
      subject_state const& line = now_.state_of(*e.who);
      std::erase_if(entrances_, [&](entrance const& x) { return line.index_of(x.who).has_value(); });
      return;
    }
    if (!e.on || !e.about) return;
    way_in way{};
    switch (e.kind) {
      case event_kind::confirmed: way = way_in::double_opt_in; break;
      case event_kind::given: case event_kind::renewed: way = facts_of(e).by_message ? way_in::first_message : way_in::act; break;
      case event_kind::requested: way = way_in::request; break;
      case event_kind::imported: way = way_in::list; break;
      default: return;
    }
    entrances_.push_back({*e.who, {*e.on, *e.about}, way, e.seq});
  }

  void hold(event const& e) {
    if (stands_for_erasure(e)) return;  // and keeps nothing
    auto at = std::find_if(held_.begin(), held_.end(), [&](held_data const& h) { return h.who == *e.who; });
    if (at == held_.end()) at = held_.insert(at, {*e.who, {}, false, true, 0});
    at->take(e, rules_.policies->at(p_.at(), p_.as_recorded));
  }

  void rights(event const& e) {
    if (e.kind == event_kind::access_requested || e.kind == event_kind::erasure_requested)
      requests_.push_back({{e.seq, e.kind, e.occurred_at, answer_due(e.occurred_at), {}, {}, {}}, *e.who});
    if (requests_.empty() || (e.kind != event_kind::request_answered && e.kind != event_kind::erased)) return;
    subject_state const& line = now_.state_of(*e.who);
    // The one that it names; without a name the oldest that is open. An erasure answers every request for one.
    auto const named = e.proof.get("request"), kind = e.proof.get("answers");
    for (auto& [r, who] : requests_) {
      bool const meant = e.kind == event_kind::erased ? r.kind == event_kind::erasure_requested : (named.empty() || named == std::to_string(r.seq)) && (kind.empty() || kind == name(r.kind));
      if (r.answer || !meant || !line.index_of(who)) continue;
      r.answer = e.seq;
      r.answered_at = e.occurred_at;
      if (e.kind != event_kind::erased) break;
    }
  }

  // --- sends --------------------------------------------------------------------------------------------------

  void judge(std::size_t i) {
    event const& e = *order_[i];
    put(out_.sends.all, e.seq);
    if (!e.on || !e.about) { put(out_.sends.unjudged, e.seq); return; }
    question q{&*e.who, *e.on, *e.about, e.occurred_at, true};
    look_around_(q);
    sends_.at(order_, i, now_, [&](subject_state const& now, subject_state const& then) {
      q.as_recorded = p_.as_recorded;
      decision const known_now = decide(q, now, *rules_.notices, *rules_.policies);
      q.as_recorded = std::min(e.occurred_at, p_.as_recorded);
      note(e, decide(q, then, *rules_.notices, *rules_.policies), known_now);
    });
  }

  static side_of_send side(decision const& d) {
    side_of_send out{d.what, {}};
    for (reason const& r : d.reasons)
      if (r.what >= outcome::hold) out.reasons.push_back(r);
    return out;
  }
  static bool stopped(decision const& d) {
    return std::any_of(d.reasons.begin(), d.reasons.end(), [](reason const& r) { return r.what == outcome::deny && is_stop_reason(r.code); });
  }

  void note(event const& e, decision const& then, decision const& now) {
    auto& s = out_.sends;
    bool const later = e.recorded_at - e.occurred_at > entered_in_time;
    put(s.now[static_cast<std::size_t>(now.what)], e.seq);
    put(later ? s.entered_later[now.may_send()] : s.in_time[then.may_send()][now.may_send()], e.seq);
    ++flow_of(e, now.may_send() ? flow::send_permitted : flow::send_unlawful);
    if (stopped(now)) put(stopped(then) ? s.after_known_stop : s.after_unknown_stop, e.seq);
    bool const listed_then = !later && !then.may_send();
    if (now.may_send() && !listed_then) return;
    for (reason const& r : now.reasons)
      if (r.what >= outcome::hold) put(s.reasons_now[r.code], e.seq);
    if (listed_then)
      for (reason const& r : then.reasons)
        if (r.what >= outcome::hold) put(s.reasons_then[r.code], e.seq);
    list({e.seq, e.occurred_at, e.recorded_at, {*e.on, *e.about}, later, side(then), side(now)});
  }

  void list(unlawful_send u) {
    ++out_.sends.listed;
    if (options_.each_unlawful) options_.each_unlawful(u);
    keep_newest(out_.sends.newest, std::move(u), newer_send);
  }
  template <class T>
  void keep_newest(std::vector<T>& kept, T fresh, bool (*newer)(T const&, T const&)) const {
    if (options_.list == 0) return;
    if (kept.size() == options_.list) {  // a heap with the oldest on top
      if (!newer(fresh, kept.front())) return;
      std::pop_heap(kept.begin(), kept.end(), newer);
      kept.back() = std::move(fresh);
    } else {
      kept.push_back(std::move(fresh));
    }
    std::push_heap(kept.begin(), kept.end(), newer);
  }

  // --- consents over time -------------------------------------------------------------------------------------

  /// Puts the consents of the bucket at hand on record, and of those up to `next` in which a request lapses.
  void settle(int next) {
    if (bucket_ == next) return;
    if (dirty_) stock(bucket_);
    dirty_ = false;
    std::set<int> lapses;
    if (several_kinds())
      for (int b = bucket_ + 1; b < next; ++b) lapses.insert(b);
    for (auto const& line : now_.lines())
      for (open_request const& r : line.requests)
        if (!r.closed)
          if (int const b = p_.bucket_of(r.until + milliseconds{1}); b > bucket_ && b < next) lapses.insert(b);
    for (int const b : lapses) stock(b);
  }

  /// A renewed consent beside another: which of them is the better, and so the status, may change as they grow old.
  [[nodiscard]] bool several_kinds() const {
    return std::any_of(now_.lines().begin(), now_.lines().end(), [](subject_state const& line) {
      auto const renewed = std::count_if(line.consents.begin(), line.consents.end(), [](consent_record const& r) { return r.kind == event_kind::renewed; });
      return renewed != 0 && renewed != static_cast<std::ptrdiff_t>(line.consents.size());
    });
  }

  /// The consents of a line: for each channel and purpose the entrance that tells how it came in.
  [[nodiscard]] std::vector<entrance const*> consents_of(subject_state const& line) const {
    std::vector<entrance const*> best;
    for (entrance const& x : entrances_) {
      if (!line.index_of(x.who)) continue;
      auto const at = std::find_if(best.begin(), best.end(), [&](entrance const* y) { return y->scope == x.scope; });
      if (at == best.end()) best.push_back(&x);
      else if (x.rank() >= (*at)->rank()) *at = &x;
    }
    return best;
  }

  [[nodiscard]] decision ask(subject_state const& line, entrance const& x, address const& who, instant at) const {
    question q{&who, x.scope.on, x.scope.about, at, true};
    q.as_recorded = p_.as_recorded;
    return decide(q, line, *rules_.notices, *rules_.policies);
  }

  void stock(int bucket) {
    std::vector<consent_key> found;
    for (auto const& line : now_.lines())
      for (entrance const* x : consents_of(line)) found.push_back({x->scope, x->way, ask(line, *x, x->who, p_.end_of(bucket)).status});
    std::sort(found.begin(), found.end());
    if (found == previous_) return;
    for (consent_key const& k : found) ++out_.changes[k][bucket];
    for (consent_key const& k : previous_) --out_.changes[k][bucket];
    previous_ = std::move(found);
  }

  // --- at the end of the period -------------------------------------------------------------------------------

  void end() {
    opt_ins_.finish(p_.at());
    for (double_opt_in const& d : opt_ins_.list())
      if (p_.has(d.began)) fell(d);
    for (auto& [r, who] : requests_) request_at_end(r);
    for (auto const& line : now_.lines()) {
      if (line.events == 0) continue;
      ++out_.persons;
      out_.addresses += line.addresses.size();
      out_.linked_persons += line.addresses.size() > 1;
      for (entrance const* x : consents_of(line)) consent_at_end(line, *x);
      due_of(line);
    }
  }

  void fell(double_opt_in const& d) {
    auto& f = out_.double_opt_in;
    put(f.requested, d.first);
    if (d.sent) put(f.sent, d.first);
    if (d.yes) f.to_confirm.add(d.to_confirm);
    switch (d.end) {
      case opt_in_end::open: put(f.open, d.first); break;
      case opt_in_end::confirmed: put(f.confirmed, d.first); break;
      case opt_in_end::expired: put(f.expired, d.first); break;
      case opt_in_end::stopped: put(f.stopped, d.first); break;
      case opt_in_end::disputed: put(f.disputed, d.first); break;
      case opt_in_end::erased: put(f.erased, d.first); break;
    }
  }

  void request_at_end(rights_request& r) {
    if (r.asked_at < p_.from && r.answer && r.answered_at < p_.from) return;
    r.state = r.answer ? (r.answered_at <= r.deadline ? request_state::answered : request_state::answered_late)
                       : (p_.at() > r.deadline ? request_state::overdue : request_state::open);
    put(out_.requests[r.state][r.kind], r.seq);
    keep_newest(out_.newest_requests, rights_request{r}, newer_request);
  }

  static outcome stale_in(decision const& d) {
    for (reason const& r : d.reasons)
      if (r.code == reason_code::stale_consent) return r.what;
    return outcome::permit;
  }

  /// The address by which the consent came in; where it is barred, the one heard of last of the person that is not.
  [[nodiscard]] address const& reached(subject_state const& line, entrance const& x) const {
    auto const good = [&](address const& a) {
      auto const at = line.index_of(a);
      return at && !line.address_standings[*at].barred && a.fits(x.scope.on) && a.kind() != address_kind::customer;
    };
    if (!line.address_standings[*line.index_of(x.who)].barred) return x.who;
    for (std::size_t i = order_.size(); i-- > 0;) {
      event const& e = *order_[i];
      bool const links = e.kind == event_kind::address_linked || e.kind == event_kind::address_changed;
      if (links && e.other && good(*e.other)) return *e.other;
      if (good(*e.who)) return *e.who;
    }
    return x.who;
  }

  void consent_at_end(subject_state const& line, entrance const& x) {
    address const& who = reached(line, x);
    decision const d = ask(line, x, who, p_.at());
    put(out_.consents[{x.scope, x.way, d.status}], x.seq);
    auto& standing = out_.standing[x.scope];
    outcome worst = outcome::permit;
    for (reason const& r : d.reasons) {
      if (r.code == reason_code::quiet_hours) continue;
      worst = std::max(worst, r.what);
      if (r.what != outcome::permit) put(standing.reasons[r.code], x.seq);
    }
    put(standing.by_outcome[static_cast<std::size_t>(worst)], x.seq);
    if (d.reasons.has(reason_code::demonstrable)) put(out_.unproven, x.seq);
    if (d.reasons.has(reason_code::imported_unproven)) put(out_.imported, x.seq);
    if (d.status != consent_status::given && d.status != consent_status::renewed) return;
    outcome const is = stale_in(d), becomes = stale_in(ask(line, x, who, p_.at() + stale_ahead));
    if (is != outcome::permit) put(out_.stale.is[static_cast<std::size_t>(is)], x.seq);
    if (becomes > is) put(out_.stale.becomes[static_cast<std::size_t>(becomes)], x.seq);
  }

  void due_of(subject_state const& line) {
    bool const waits = std::any_of(requests_.begin(), requests_.end(), [&](waiting_request const& w) { return !w.request.answer && line.index_of(w.who); });
    if (waits) return;
    due_for const what = due(held_, line, rules_.policies->at(p_.at(), p_.as_recorded), p_.at());
    if (what == due_for::retention) put(out_.retention_due, line.last.seq);
    if (what == due_for::lapsed_request) put(out_.pending_due, line.last.seq);
  }

  period p_;
  fold_rules rules_;
  std::function<void(question&)> look_around_;
  auditor_options options_;
  findings out_;
  std::vector<event const*> order_;
  timeline now_;
  judged_sends sends_;
  double_opt_ins opt_ins_;
  std::vector<entrance> entrances_;
  std::vector<waiting_request> requests_;
  std::vector<held_data> held_;
  std::vector<consent_key> previous_;
  int bucket_ = 0;
  bool dirty_ = false;
};

}  // namespace jawort::audit
