// lib/ask_list.hpp - one question for many addresses, in order of their keys, with nothing allocated a row. Internal.
#pragma once
#include "ledger_impl.hpp"

namespace jawort {

/// A row of a list by the key of its address; -1 for an address that is no number and unknown.
struct keyed {
  address_key key = 0;
  std::uint32_t row = 0;
  friend bool operator<(keyed const& a, keyed const& b) { return a.key != b.key ? a.key < b.key : a.row < b.row; }
};

/// Answers one question for one address after the other. Keys ascend; runs inside a snapshot of `i`.
class list_asking {
 public:
  list_asking(ledger_parts::impl& i, question const& q) : i_(i), q_(q), times_(q.at), cursor_(i.db->state_cursor()) {
    erasures_ = i.db->has_tombstones();
    newest_ = q.as_recorded == instant::latest();
    i_.db->expect(workload::walk);
    none_ = fold({}, *address::from_digits(491710000000U), {}, i.folding_rules());
  }

  ~list_asking() {
    try {
      i_.db->expect(workload::events);
    } catch (store_error const&) {  // a smaller cache than it might be: slower, no more
    }
  }
  list_asking(list_asking const&) = delete;
  list_asking& operator=(list_asking const&) = delete;

  decision answer(address_key key, address const& who) {
    q_.who = &who;
    q_.utc_offset_minutes = times_.utc_offset_minutes(who);
    q_.holiday = times_.is_holiday(who);
    q_.on_austrian_list = i_.austrian_list && who.kind() == address_kind::mailbox && i_.listed_in_austria(who);
    stored_state s;
    if (key < 0 || !cursor_->seek(key, s)) {  // without a stored state there are no events; an erasure may have left its mark
      if (erasures_)
        if (auto const left = i_.forgotten({&who, 1}); !left.empty())
          return decide(q_, fold(left, who, {q_.at, q_.as_recorded}, i_.folding_rules()), i_.book, i_.policies);
      none_.addresses.front() = who;
      return decide(q_, none_, i_.book, i_.policies);
    }
    if (!newest_ || q_.at < s.horizon) return decide(q_, i_.state_of(who, {q_.at, q_.as_recorded}), i_.book, i_.policies);
    if (!decode_state(s.body, state_))
      raise({failure::damaged, {"gespeicherter Stand unlesbar", "stored state cannot be read"}, {"`jawort verify` zeigt, welcher", "`jawort verify` shows which"}});
    return decide(q_, state_, i_.book, i_.policies);
  }

 private:
  ledger_parts::impl& i_;
  question q_;
  local_times times_;
  std::unique_ptr<jawort::state_cursor> cursor_;
  bool newest_ = true, erasures_ = false;
  subject_state none_, state_;
};

}  // namespace jawort
