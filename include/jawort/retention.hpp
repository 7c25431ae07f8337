// jawort/retention.hpp - how long the proof of a person's consents is kept.
//
// Claims and fines fall under limitation from the end of the year, so the proof stays until 31 December of the third
// year after the last use or withdrawal, and three years after that use at least (§§ 195, 199 BGB, § 31 OWiG,
// § 41 BDSG); for calls five years from giving and from each use (§ 7a UWG). The years are keys of the policy.
//
//   instant const until = keep_until(events, book.rules());
//   if (now >= until) erase();
//
// Pure. `until` is half-open: the first instant at which nothing keeps the data any more.
#pragma once
#include <span>

#include "event.hpp"
#include "policy.hpp"

namespace jawort {

/// Midnight in Germany at the end of the year `years` after that of `last` (around New Year it is one hour ahead of UTC).
[[nodiscard]] inline instant end_of_year_after(instant last, int years) {
  auto const day = date::floor<date::days>(detail::to_sys(last) + std::chrono::hours{1});
  int const year = static_cast<int>(date::year_month_day{day}.year()) + years + 1;
  return year > 9999 ? instant::latest() : midnight(year, 1, 1) - milliseconds{std::chrono::hours{1}};
}

/// Kept until (for a use or withdrawal at `last`, on a call or not).
[[nodiscard]] inline instant keep_until(instant last, bool call, policy const& rules) {
  auto const plain = std::max(end_of_year_after(last, rules.retention_years), add_months(last, 12 * rules.retention_years));
  return call ? std::max(plain, add_months(last, 12 * rules.retention_years_calls)) : plain;
}

/// Kept until, for everything that is recorded of a person. Every entry counts as a use: also how a request was
/// handled has to be shown for as long. Without entries nothing is kept.
[[nodiscard]] inline instant keep_until(std::span<event const> events, policy const& rules) {
  instant until = instant::earliest();
  for (event const& e : events) until = std::max(until, keep_until(e.occurred_at, e.on == channel::call, rules));
  return until;
}

/// The day by which a request of the person must be answered: one month (Art. 12 Abs. 3 DSGVO).
[[nodiscard]] inline instant answer_due(instant requested) { return add_months(requested, 1); }

}  // namespace jawort
