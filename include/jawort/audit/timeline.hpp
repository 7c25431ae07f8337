// jawort/audit/timeline.hpp - the fold, event by event: the state after each of a person's events without folding anew.
//
// `fold` gives the state at one moment; an audit needs it before every send and at the end of every month. A `timeline` is
// handed the events in the order of `fold_key` and holds the same states that `fold` would give for those handed in so far
// (a test compares the two after every event). Addresses that are not linked yet are lines of their own.
//
//   timeline t{{&notices, &policies}};
//   t.apply(event);
//   t.state_of(who);
//
// Not thread-safe; copies are independent.
#pragma once
#include "../fold.hpp"

namespace jawort::audit {

class timeline {
 public:
  explicit timeline(fold_rules rules, instant as_recorded = instant::latest()) : rules_(rules), as_recorded_(as_recorded) {}

  /// Applies the next event; it has an address.
  void apply(event const& e) {
    ++pos_;
    std::size_t at = line(*e.who);
    bool const moves = e.other && *e.other != *e.who;
    if (moves && (e.kind == event_kind::address_linked || e.kind == event_kind::address_changed))
      if (std::size_t const with = line(*e.other); with != at) at = unite(at, with);
    subject_state& s = lines_[at];
    folding{s, rules_, as_recorded_}.apply(e, *s.index_of(*e.who), pos_);
    if (moves && e.kind == event_kind::address_changed) {
      s.address_standings[*s.index_of(*e.who)].barred = e.seq;
      s.address_standings[*s.index_of(*e.other)].barred.reset();
    }
  }

  /// The state of the subject who has the address; the empty one where nothing is known of it.
  [[nodiscard]] subject_state const& state_of(address const& a) { return lines_[line(a)]; }
  /// … or nullptr.
  [[nodiscard]] subject_state const* known(address const& a) const {
    for (auto const& s : lines_)
      if (s.index_of(a)) return &s;
    return nullptr;
  }
  [[nodiscard]] std::vector<subject_state> const& lines() const { return lines_; }

 private:
  std::size_t line(address const& a) {
    for (std::size_t i = 0; i < lines_.size(); ++i)
      if (lines_[i].index_of(a)) return i;
    lines_.emplace_back();
    lines_.back().addresses.push_back(a);
    lines_.back().address_standings.emplace_back();
    return lines_.size() - 1;
  }
  std::size_t unite(std::size_t at, std::size_t with) {
    subject_state one = join(std::move(lines_[at]), std::move(lines_[with]));
    lines_.erase(lines_.begin() + static_cast<std::ptrdiff_t>(std::max(at, with)));
    at = std::min(at, with);
    lines_[at] = std::move(one);
    return at;
  }

  fold_rules rules_;
  instant as_recorded_;
  std::vector<subject_state> lines_;
  fold_position pos_ = 0;
};

}  // namespace jawort::audit
