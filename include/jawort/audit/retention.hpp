// jawort/audit/retention.hpp - whose data are due, as `sweep` sees it: what the audit counts, sweep would take.
//
// Proof is kept until 31 December of the third year after the last entry and three years after it at least; for calls five
// years (§§ 195, 199 BGB; § 31 OWiG, § 41 BDSG; § 7a UWG). The years are policy. Every entry counts as a use. A person of
// whom nothing but unanswered requests is known goes when the last of them has lapsed and the policy's days have passed.
#pragma once
#include "../fold.hpp"

namespace jawort::audit {

/// Midnight in Germany at the end of the year `years` after that of `last` (around New Year it is an hour ahead of UTC).
[[nodiscard]] inline instant end_of_year_after(instant last, int years) {
  auto const day = date::floor<date::days>(jawort::detail::to_sys(last) + std::chrono::hours{1});
  int const year = static_cast<int>(date::year_month_day{day}.year()) + years + 1;
  return year > 9999 ? instant::latest() : midnight(year, 1, 1) - milliseconds{std::chrono::hours{1}};
}

/// Until when one entry keeps the person's data; half-open.
[[nodiscard]] inline instant kept_until(event const& e, policy const& rules) {
  auto const plain = std::max(end_of_year_after(e.occurred_at, rules.retention_years), add_months(e.occurred_at, 12 * rules.retention_years));
  return e.on == channel::call ? std::max(plain, add_months(e.occurred_at, 12 * rules.retention_years_calls)) : plain;
}

/// What is held of one address.
struct held_data {
  address who;
  instant until;                       ///< kept so long
  bool requested = false;
  bool only_unanswered = true;         ///< nothing but requests that nobody answered, and what comes with them
  sequence last_seq = 0;

  void take(event const& e, policy const& rules) {
    until = std::max(until, kept_until(e, rules));
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
