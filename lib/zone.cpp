#include "jawort/ledger/zone.hpp"

#include <date/tz.h>

#include <array>
#include <chrono>

namespace jawort {
namespace {
struct country_zone {
  std::string_view code;
  char const* zone;
};
// Calling codes of the countries that German travel agencies' customers live in; longer codes before their prefixes.
constexpr std::array<country_zone, 38> zones{{
    {"+351", "Europe/Lisbon"}, {"+352", "Europe/Luxembourg"}, {"+353", "Europe/Dublin"}, {"+354", "Atlantic/Reykjavik"},
    {"+355", "Europe/Tirane"}, {"+356", "Europe/Malta"}, {"+357", "Asia/Nicosia"}, {"+358", "Europe/Helsinki"},
    {"+359", "Europe/Sofia"}, {"+370", "Europe/Vilnius"}, {"+371", "Europe/Riga"}, {"+372", "Europe/Tallinn"},
    {"+380", "Europe/Kiev"}, {"+381", "Europe/Belgrade"}, {"+385", "Europe/Zagreb"}, {"+386", "Europe/Ljubljana"},
    {"+420", "Europe/Prague"}, {"+421", "Europe/Bratislava"}, {"+423", "Europe/Vaduz"}, {"+30", "Europe/Athens"},
    {"+31", "Europe/Amsterdam"}, {"+32", "Europe/Brussels"}, {"+33", "Europe/Paris"}, {"+34", "Europe/Madrid"},
    {"+36", "Europe/Budapest"}, {"+39", "Europe/Rome"}, {"+40", "Europe/Bucharest"}, {"+41", "Europe/Zurich"},
    {"+43", "Europe/Vienna"}, {"+44", "Europe/London"}, {"+45", "Europe/Copenhagen"}, {"+46", "Europe/Stockholm"},
    {"+47", "Europe/Oslo"}, {"+48", "Europe/Warsaw"}, {"+49", "Europe/Berlin"}, {"+90", "Europe/Istanbul"},
    {"+81", "Asia/Tokyo"}, {"+1", "America/New_York"},
}};
/// Place in `zones` for the first three digits of a number; `zones.size()` for every other country.
std::array<std::uint8_t, 1000> places() {
  std::array<std::uint8_t, 1000> out{};
  for (unsigned n = 0; n < out.size(); ++n) {
    std::string const digits = std::to_string(1000 + n).substr(1);
    std::uint8_t place = 0;
    while (place < zones.size() && !digits.starts_with(zones[place].code.substr(1))) ++place;
    out[n] = place;
  }
  return out;
}

std::size_t zone_of(address const& who) {
  static auto const all = places();
  if (who.kind() != address_kind::number) return zones.size();
  auto const& t = who.text();
  return all[static_cast<std::size_t>((t[1] - '0') * 100 + (t[2] - '0') * 10 + (t[3] - '0'))];
}
}  // namespace

int utc_offset_minutes(address const& who, instant at) {
  std::size_t const place = zone_of(who);
  char const* const name = place < zones.size() ? zones[place].zone : "Europe/Berlin";
  try {
    auto const* zone = date::locate_zone(name);
    auto const info = zone->get_info(date::floor<std::chrono::seconds>(detail::to_sys(at)));
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
  } catch (std::exception const&) {
    return 60;  // no zone data on this machine: Central European Time, which errs by an hour in summer
  }
}

namespace {
/// Easter Sunday in the Gregorian calendar (the anonymous algorithm, published in Nature in 1876).
date::sys_days easter(int year) {
  int const a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int const h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  int const month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return date::sys_days{date::year{year} / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)}};
}

struct fixed_day { unsigned country, month, day; };
constexpr std::array<fixed_day, 16> fixed_days{{{49, 1, 1}, {49, 5, 1}, {49, 10, 3}, {49, 12, 25}, {49, 12, 26}, {43, 1, 1}, {43, 1, 6}, {43, 5, 1},
                                                {43, 8, 15}, {43, 10, 26}, {43, 11, 1}, {43, 12, 8}, {43, 12, 25}, {43, 12, 26}, {41, 1, 1}, {41, 8, 1}}};
struct moving_day { unsigned country; int after_easter; };
constexpr std::array<moving_day, 9> moving_days{{{49, -2}, {49, 1}, {49, 39}, {49, 50}, {43, 1}, {43, 39}, {43, 50}, {43, 60}, {41, 39}}};
}  // namespace

bool is_holiday(address const& who, instant at) {
  auto const local = date::floor<date::days>(detail::to_sys(at) + std::chrono::minutes{utc_offset_minutes(who, at)});
  date::year_month_day const ymd{local};
  unsigned const known = who.known_country_code(), country = known == 0 ? 49 : known;
  for (auto const& f : fixed_days)
    if (f.country == country && date::month{f.month} == ymd.month() && date::day{f.day} == ymd.day()) return true;
  auto const sunday = easter(static_cast<int>(ymd.year()));
  for (auto const& m : moving_days)
    if (m.country == country && sunday + date::days{m.after_easter} == local) return true;
  return country == 41 && ymd.month() == date::December && ymd.day() == date::day{25};
}

local_times::known& local_times::of(address const& who) {
  known& k = zones_[zone_of(who)];
  if (!k.there) {
    k.offset = jawort::utc_offset_minutes(who, at_);
    k.there = true;
  }
  return k;
}

int local_times::utc_offset_minutes(address const& who) { return of(who).offset; }

bool local_times::is_holiday(address const& who) {
  known& k = of(who);  // a zone has one country, as far as holidays are known
  if (k.holiday < 0) k.holiday = jawort::is_holiday(who, at_) ? 1 : 0;
  return k.holiday != 0;
}

instant system_now() {
  return instant::clamped(std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

}  // namespace jawort
