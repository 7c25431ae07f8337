// jawort/audit/judged_sends.hpp - the state in which a send was made: as known now, and as the ledger knew it then.
//
// For a send at T counts what had happened by T, stops and consents of the same instant among it, but not the send itself nor
// those after it in that instant. Known then is what was recorded by T besides. Where nothing came in late the two are the
// same state, which costs nothing; else the known part is folded on its own, and anew only when something old becomes known.
//
// Not thread-safe; one person at a time.
#pragma once
#include <span>

#include "timeline.hpp"

namespace jawort::audit {

class judged_sends {
 public:
  using order = std::span<event const* const>;  ///< a person's events, in the order of the fold

  judged_sends(fold_rules rules, instant as_recorded) : rules_(rules), as_recorded_(as_recorded), then_(rules) {
    // A policy that was recorded after it began would be another one to a fold of that time.
    for (auto const& v : rules.policies->all()) late_policy_ = late_policy_ || v.recorded_at > v.from;
  }
  void clear() {
    then_ = timeline{rules_};
    known_.clear();
    waiting_.clear();
    next_ = 0;
    latest_recorded_ = instant::earliest();
    least_waiting_ = instant::latest();
  }

  /// Calls `judge(state now, state then)` for the send at `place`; `now` holds all before it. To be called in order.
  void at(order events, std::size_t place, timeline& now, auto&& judge) {
    event const& e = *events[place];
    for (; passed_ < place; ++passed_) latest_recorded_ = std::max(latest_recorded_, events[passed_]->recorded_at);
    std::vector<event const*> same;
    for (std::size_t k = place + 1; k < events.size() && events[k]->occurred_at == e.occurred_at; ++k)
      if (events[k]->kind != event_kind::outbound) same.push_back(events[k]);
    auto known_by_then = [&](event const* x) { return x->recorded_at <= e.occurred_at; };
    bool const all_known = latest_recorded_ <= e.occurred_at && std::all_of(same.begin(), same.end(), known_by_then) && !late_policy_;
    with(now, same, *e.who, [&](subject_state const& state_now) {
      if (all_known) { judge(state_now, state_now); return; }
      if (late_policy_) { judge(state_now, fold_anew(events, place, same)); return; }
      take_in(events, place, e.occurred_at);
      std::erase_if(same, [&](event const* x) { return !known_by_then(x); });
      with(then_, same, *e.who, [&](subject_state const& state_then) { judge(state_now, state_then); });
    });
  }
  /// Before the first event of the next person.
  void begin() { clear(); passed_ = 0; }

 private:
  static void with(timeline& base, std::vector<event const*> const& more, address const& who, auto&& body) {
    if (more.empty()) { body(base.state_of(who)); return; }
    timeline copy = base;
    for (event const* e : more) copy.apply(*e);
    body(copy.state_of(who));
  }

  subject_state fold_anew(order events, std::size_t place, std::vector<event const*> const& same) const {
    std::vector<event> seen;
    event const& e = *events[place];
    for (std::size_t k = 0; k < place; ++k) seen.push_back(*events[k]);
    for (event const* x : same) seen.push_back(*x);
    return fold(seen, *e.who, {e.occurred_at, std::min(e.occurred_at, as_recorded_)}, rules_);
  }

  /// Brings `then_` up to what was recorded by `t` of the events before `place`.
  void take_in(order events, std::size_t place, instant t) {
    for (; next_ < place; ++next_) {
      waiting_.push_back(events[next_]);
      least_waiting_ = std::min(least_waiting_, events[next_]->recorded_at);
    }
    if (least_waiting_ > t) return;
    std::vector<event const*> fresh, rest;
    least_waiting_ = instant::latest();
    for (event const* x : waiting_) {
      bool const known = x->recorded_at <= t;
      (known ? fresh : rest).push_back(x);
      if (!known) least_waiting_ = std::min(least_waiting_, x->recorded_at);
    }
    waiting_ = std::move(rest);
    bool const behind = known_.empty() || key_of(*known_.back()) < key_of(*fresh.front());
    known_.insert(known_.end(), fresh.begin(), fresh.end());
    if (!behind) {
      std::sort(known_.begin(), known_.end(), [](event const* a, event const* b) { return key_of(*a) < key_of(*b); });
      then_ = timeline{rules_};
    }
    for (event const* x : behind ? fresh : known_) then_.apply(*x);
  }

  fold_rules rules_;
  instant as_recorded_;
  timeline then_;
  bool late_policy_ = false;
  std::vector<event const*> known_, waiting_;
  std::size_t next_ = 0, passed_ = 0;
  instant latest_recorded_, least_waiting_ = instant::latest();
};

}  // namespace jawort::audit
