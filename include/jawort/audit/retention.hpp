// jawort/audit/retention.hpp - whose data are due, as `sweep` sees it: what the audit counts, sweep would take.
//
// Proof is kept as retention.hpp says, every entry counting as a use. A person of whom nothing but unanswered requests is
// known goes when the last of them has lapsed and the policy's days have passed.
#pragma once
#include "../fold.hpp"
#include "../retention.hpp"

namespace jawort::audit {

/// What is held of one address.
struct held_data {
  address who;
  instant until;                       ///< kept so long
  bool requested = false;
  bool only_unanswered = true;         ///< nothing but requests that nobody answered, and what comes with them
  sequence last_seq = 0;

  void take(event const& e, policy const& rules) {
    until = std::max(until, keep_until(e.occurred_at, e.on == channel::call, rules));
    last_seq = e.seq;
    requested = requested || e.kind == event_kind::requested;
    only_unanswered = only_unanswered && (e.kind == event_kind::requested || e.kind == event_kind::confirmation_sent || (e.kind == event_kind::expired && e.source == "sweep") ||
                                          e.kind == event_kind::address_linked || e.kind == event_kind::undeliverable || e.kind == event_kind::imported);
  }
};

enum class due_for : std::uint8_t { nothing, lapsed_request, retention };

/// What is due of a person at `at`, from what is held of each of their addresses and the state then.
[[nodiscard]] inline due_for due(std::vector<held_data> const& held, subject_state const& s, policy const& rules, instant at) {
  bool any = false, requested = false, only_unanswered = true, all_closed = true;
  instant until, lapsed;
  for (held_data const& h : held) {
    if (!s.index_of(h.who)) continue;
    any = true;
    until = std::max(until, h.until);
    requested = requested || h.requested;
    only_unanswered = only_unanswered && h.only_unanswered;
  }
  for (open_request const& r : s.requests) {
    all_closed = all_closed && at > r.until;
    lapsed = std::max(lapsed, r.until + milliseconds{1});
  }
  if (!any || s.restricted) return due_for::nothing;
  if (!s.requests.empty() && all_closed && requested && only_unanswered && at >= lapsed + rules.pending_data) return due_for::lapsed_request;
  return at >= until ? due_for::retention : due_for::nothing;
}

}  // namespace jawort::audit
