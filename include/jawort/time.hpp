// jawort/time.hpp - instants and calendar months, in UTC.
//
// An `instant` is a point in time in milliseconds since 1970-01-01T00:00:00Z, at least 0, before the year 10000.
// Leap seconds are not counted (a `:60` is read as `:59`). The core has no clock and no time zones: whoever asks
// passes the instant, and the recipient's offset from UTC, in.
//
//   auto t = instant::parse("2026-06-01T12:00:00+02:00");   // 10:00 UTC
//   add_months(*t, 24);                                      // 2028-06-01T10:00:00Z
//
// Source of the format: RFC 3339. A time without a zone is refused (`failure::malformed`).
#pragma once
#include <date/date.h>

#include <chrono>
#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "result.hpp"

namespace jawort {

/// A point in time, UTC, to the millisecond. Ordered; trivially copyable.
class instant {
 public:
  constexpr instant() = default;

  /// Greatest and least instants that can exist inside: [1970-01-01, 10000-01-01).
  static constexpr std::int64_t greatest_ms = 253402300799999;
  [[nodiscard]] static constexpr instant earliest() { return instant{}; }
  [[nodiscard]] static constexpr instant latest() { return instant{greatest_ms}; }

  /// From milliseconds since the epoch; out of bounds is `failure::malformed`.
  [[nodiscard]] static result<instant> from_ms(std::int64_t ms) {
    if (ms < 0 || ms > greatest_ms)
      return error{failure::malformed,
                   {"Zeitpunkt außerhalb von 1970 bis 9999", "time outside of the years 1970 to 9999"}, {}};
    return instant{ms};
  }

  /// For instants that are known to be in bounds (stored ones, sums that were checked): clamps.
  [[nodiscard]] static constexpr instant clamped(std::int64_t ms) {
    return instant{ms < 0 ? 0 : ms > greatest_ms ? greatest_ms : ms};
  }

  /// Reads RFC 3339 (`2026-06-01T12:00:00.250+02:00`, `…Z`; `t`, `z` and a space for `T` too). Digits behind the
  /// millisecond are cut. Errors: `failure::malformed`, with the missing zone named when that is what is missing.
  [[nodiscard]] static result<instant> parse(std::string_view text);

  [[nodiscard]] constexpr std::int64_t ms() const { return ms_; }
  /// Unix minutes, rounded down: what a leaf of the log may show.
  [[nodiscard]] constexpr std::uint64_t minute() const { return static_cast<std::uint64_t>(ms_ / 60000); }
  friend constexpr auto operator<=>(instant, instant) = default;

 private:
  explicit constexpr instant(std::int64_t ms) : ms_(ms) {}
  std::int64_t ms_ = 0;
};

/// A length of time in milliseconds; may be negative.
using milliseconds = std::chrono::milliseconds;

[[nodiscard]] constexpr instant operator+(instant t, milliseconds d) { return instant::clamped(t.ms() + d.count()); }
[[nodiscard]] constexpr instant operator-(instant t, milliseconds d) { return instant::clamped(t.ms() - d.count()); }
[[nodiscard]] constexpr milliseconds operator-(instant a, instant b) { return milliseconds{a.ms() - b.ms()}; }

namespace detail {
using sys_ms = date::sys_time<milliseconds>;
[[nodiscard]] constexpr sys_ms to_sys(instant t) { return sys_ms{milliseconds{t.ms()}}; }
}  // namespace detail

/// The instant `months` UTC calendar months later, the day clamped to the month's end (31 Jan + 1 = 28/29 Feb).
[[nodiscard]] constexpr instant add_months(instant t, int months) {
  auto const at = detail::to_sys(t);
  auto const day = date::floor<date::days>(at);
  date::year_month_day const ymd{day};
  auto moved = ymd.year() / ymd.month() / date::day{1};
  moved += date::months{months};
  auto const last = date::year_month_day_last{moved.year(), date::month_day_last{moved.month()}};
  auto const clamped_day = ymd.day() > last.day() ? last.day() : ymd.day();
  date::sys_days const to{moved.year() / moved.month() / clamped_day};
  return instant::clamped((to.time_since_epoch() + (at - day)).count());
}

/// Midnight UTC of a civil date; for dates written in the source (laws in force).
[[nodiscard]] constexpr instant midnight(int year, unsigned month, unsigned day) {
  date::sys_days const d{date::year{year} / date::month{month} / date::day{day}};
  return instant::clamped(milliseconds{d.time_since_epoch()}.count());
}

/// Midnight in Berlin of a civil date, i.e. the moment at which a German law of that date enters into force.
/// In summer time (April to September here) Berlin is two hours ahead of UTC, otherwise one. Dates in the weeks in which
/// the clocks change (from 25 March, October) are not needed by any rule and must not be passed.
[[nodiscard]] constexpr instant german_midnight(int year, unsigned month, unsigned day) {
  assert(month != 10 && (month != 3 || day < 25));
  int const hours = month >= 4 && month <= 9 ? 2 : 1;
  return midnight(year, month, day) - milliseconds{std::chrono::hours{hours}};
}

/// `2026-06-01T10:00:00Z`; with milliseconds only when there are any.
[[nodiscard]] inline std::string to_string(instant t) {
  auto const at = detail::to_sys(t);
  auto const day = date::floor<date::days>(at);
  date::year_month_day const ymd{day};
  auto const ms_of_day = (at - day).count();
  std::string out;
  out.reserve(24);
  auto const put = [&out](std::int64_t value, int width) {
    char digits[8];
    for (int i = width - 1; i >= 0; --i) { digits[i] = static_cast<char>('0' + value % 10); value /= 10; }
    out.append(digits, static_cast<std::size_t>(width));
  };
  put(static_cast<int>(ymd.year()), 4);
  out += '-'; put(static_cast<unsigned>(ymd.month()), 2);
  out += '-'; put(static_cast<unsigned>(ymd.day()), 2);
  out += 'T'; put(ms_of_day / 3600000, 2);
  out += ':'; put(ms_of_day / 60000 % 60, 2);
  out += ':'; put(ms_of_day / 1000 % 60, 2);
  if (ms_of_day % 1000 != 0) { out += '.'; put(ms_of_day % 1000, 3); }
  out += 'Z';
  return out;
}

inline result<instant> instant::parse(std::string_view s) {
  auto const bad = [](char const* de, char const* en) {
    return error{failure::malformed, {de, en},
                 {"RFC 3339 mit Zone schreiben, z. B. 2026-06-01T12:00:00+02:00",
                  "write RFC 3339 with a zone, e.g. 2026-06-01T12:00:00+02:00"}};
  };
  auto const plain = [&] { return bad("kein Zeitpunkt nach RFC 3339", "not a time as of RFC 3339"); };
  std::size_t at = 0;
  bool good = true;
  auto const number = [&](int width) {
    int value = 0;
    for (int i = 0; i < width; ++i, ++at) {
      if (at >= s.size() || s[at] < '0' || s[at] > '9') { good = false; return 0; }
      value = value * 10 + (s[at] - '0');
    }
    return value;
  };
  auto const skip = [&](std::string_view any) {
    if (at < s.size() && any.find(s[at]) != std::string_view::npos) ++at; else good = false;
  };
  int const year = number(4); skip("-");
  int const month = number(2); skip("-");
  int const day = number(2); skip("Tt ");
  int const hour = number(2); skip(":");
  int const minute = number(2); skip(":");
  int second = number(2);
  if (!good) return plain();
  std::int64_t fraction = 0;
  if (at < s.size() && s[at] == '.') {
    ++at;
    std::size_t const from = at;
    for (std::int64_t unit = 100; at < s.size() && s[at] >= '0' && s[at] <= '9'; ++at, unit /= 10)
      fraction += unit * (s[at] - '0');
    if (at == from) return plain();
  }
  if (at == s.size()) return bad("Zeitpunkt ohne Zeitzone", "time without a zone");
  int offset = 0;
  if (s[at] == 'Z' || s[at] == 'z') {
    ++at;
  } else {
    int const sign = s[at] == '-' ? -1 : 1;
    skip("+-");
    int const oh = number(2); skip(":");
    int const om = number(2);
    if (!good || oh > 23 || om > 59) return plain();
    offset = sign * (oh * 60 + om);
  }
  if (at != s.size()) return plain();
  if (second == 60) second = 59;
  date::year_month_day const ymd{date::year{year}, date::month{static_cast<unsigned>(month)},
                                 date::day{static_cast<unsigned>(day)}};
  if (!ymd.ok() || hour > 23 || minute > 59 || second > 59) return plain();
  std::int64_t const days = date::sys_days{ymd}.time_since_epoch().count();
  return from_ms(((days * 24 + hour) * 60 + minute - offset) * 60000LL + second * 1000LL + fraction);
}

}  // namespace jawort
