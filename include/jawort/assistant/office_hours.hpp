// jawort/assistant/office_hours.hpp - when somebody is there: weekly hours, public holidays, days that are different.
//
//   office_hours h;
//   h.week[1] = {{9 * 60, 12 * 60 + 30}, {14 * 60, 18 * 60}};        // Mondays
//   h.state = *region::parse("BY");
//   is_open(h, now);  next_open(h, now);                             // civil minutes of the office
//
// Everything here is civil time of the office, to the minute; whoever asks turns instants into it with the offset of
// their zone, so that summer time needs no care here. Openings are half-open: at 18:00 an office that is there until
// 18:00 is closed. Pure; thread-safe.
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <map>
#include <optional>
#include <vector>

#include "../time.hpp"
#include "holidays.hpp"

namespace jawort {

/// A minute by the clock on the office's wall.
using local_minute = date::local_time<std::chrono::minutes>;

[[nodiscard]] constexpr local_minute local_at(instant t, int utc_offset_minutes) {
  return local_minute{std::chrono::floor<std::chrono::minutes>(milliseconds{t.ms()}) + std::chrono::minutes{utc_offset_minutes}};
}
[[nodiscard]] constexpr date::year_month_day day_of(local_minute t) { return date::year_month_day{date::floor<date::days>(t)}; }
[[nodiscard]] constexpr int minute_of_day(local_minute t) { return static_cast<int>((t - date::floor<date::days>(t)).count()); }

/// Minutes of a day, [from, until), 0 to 1440.
struct opening {
  int from = 0, until = 0;
  friend bool operator==(opening const&, opening const&) = default;
};

/// Days on which the office is closed, both included.
struct closed_days {
  date::year_month_day from, until;
};

struct office_hours {
  std::array<std::vector<opening>, 7> week;                           ///< from Sunday; in order, apart from each other
  std::optional<region> state;                                        ///< whose public holidays close the office
  local_holidays local;
  std::vector<closed_days> closed;                                    ///< company holidays
  std::map<date::year_month_day, std::vector<opening>> different;     ///< a day with hours of its own, holiday or not

  /// Whether any hours are said at all; without them the office counts as always there.
  [[nodiscard]] bool said() const {
    return std::any_of(week.begin(), week.end(), [](auto const& d) { return !d.empty(); });
  }
};

/// The openings of a day, after holidays and exceptions.
[[nodiscard]] inline std::vector<opening> openings_on(office_hours const& h, date::year_month_day day) {
  if (auto const own = h.different.find(day); own != h.different.end()) return own->second;
  for (closed_days const& c : h.closed)
    if (c.from <= day && day <= c.until) return {};
  if (h.state && holiday_on(*h.state, h.local, day)) return {};
  return h.week[date::weekday{date::local_days{day}}.c_encoding()];
}

[[nodiscard]] inline bool is_open(office_hours const& h, local_minute t) {
  if (!h.said()) return true;
  int const minute = minute_of_day(t);
  auto const today = openings_on(h, day_of(t));
  return std::any_of(today.begin(), today.end(), [&](opening const& o) { return o.from <= minute && minute < o.until; });
}

/// As far as openings are looked for, forwards and back.
inline constexpr int days_looked_at = 90;

/// The first minute from `t` on at which the office is open; nothing if it is not within 90 days.
[[nodiscard]] inline std::optional<local_minute> next_open(office_hours const& h, local_minute t) {
  if (is_open(h, t)) return t;
  auto const today = date::floor<date::days>(t);
  for (int d = 0; d <= days_looked_at; ++d) {
    auto const day = today + date::days{d};
    std::optional<int> first;
    for (opening const& o : openings_on(h, date::year_month_day{day}))
      if ((d > 0 || o.from > minute_of_day(t)) && (!first || o.from < *first)) first = o.from;
    if (first) return local_minute{day} + std::chrono::minutes{*first};
  }
  return std::nullopt;
}

/// Since when a closed office has been closed; nothing if it is open, or has been closed for 90 days.
[[nodiscard]] inline std::optional<local_minute> closed_since(office_hours const& h, local_minute t) {
  if (is_open(h, t)) return std::nullopt;
  auto const today = date::floor<date::days>(t);
  for (int d = 0; d <= days_looked_at; ++d) {
    auto const day = today - date::days{d};
    std::optional<int> last;
    for (opening const& o : openings_on(h, date::year_month_day{day}))
      if ((d > 0 || o.until <= minute_of_day(t)) && (!last || o.until > *last)) last = o.until;
    if (last) return local_minute{day} + std::chrono::minutes{*last};
  }
  return std::nullopt;
}

}  // namespace jawort
