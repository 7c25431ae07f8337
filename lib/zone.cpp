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
}  // namespace

int utc_offset_minutes(address const& who, instant at) {
  char const* name = "Europe/Berlin";
  if (who.kind() == address_kind::number)
    for (auto const& z : zones)
      if (who.text().substr(0, z.code.size()) == z.code) { name = z.zone; break; }
  try {
    auto const* zone = date::locate_zone(name);
    auto const info = zone->get_info(date::floor<std::chrono::seconds>(detail::to_sys(at)));
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
  } catch (std::exception const&) {
    return 60;  // no zone data on this machine: Central European Time, which errs by an hour in summer
  }
}

instant system_now() {
  return instant::clamped(std::chrono::duration_cast<milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count());
}

}  // namespace jawort
