// jawort/assistant/holidays.hpp - public holidays of the German states, Austria and the Swiss cantons, computed.
//
// One table: each row is a holiday, the regions that have it and the years in which it is one. Easter is computed
// (Gregorian calendar). What municipalities decide (Mariä Himmelfahrt in Bavaria, Fronleichnam in Saxony and Thuringia,
// Augsburg's Friedensfest) is an option. The table holds for 2018 and later; earlier years have what is written here and
// may lack days that have since been abolished.
//
//   auto const by = region::parse("BY");
//   holiday_on(*by, {}, date::year{2026} / 4 / 3)->de;      // "Karfreitag"
//
// Dates are civil dates of the region. Sources: the holiday acts of the states (as in force in 2026); Austria's
// Arbeitsruhegesetz § 7; the cantons' days of rest by the list of the Swiss Federal Office of Justice. Pure; thread-safe.
#pragma once
#include <date/date.h>

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "../nearest.hpp"
#include "../result.hpp"

namespace jawort {

/// A place with holidays of its own: a German state, Austria, a Swiss canton. ISO 3166-2 names; a German state may be
/// written without its country ("BY").
class region {
 public:
  static constexpr std::array<std::string_view, 43> names{
      "DE-BW", "DE-BY", "DE-BE", "DE-BB", "DE-HB", "DE-HH", "DE-HE", "DE-MV", "DE-NI", "DE-NW", "DE-RP", "DE-SL", "DE-SN", "DE-ST", "DE-SH", "DE-TH", "AT",
      "CH-ZH", "CH-BE", "CH-LU", "CH-UR", "CH-SZ", "CH-OW", "CH-NW", "CH-GL", "CH-ZG", "CH-FR", "CH-SO", "CH-BS", "CH-BL", "CH-SH", "CH-AR", "CH-AI",
      "CH-SG", "CH-GR", "CH-AG", "CH-TG", "CH-TI", "CH-VD", "CH-VS", "CH-NE", "CH-GE", "CH-JU"};

  /// Errors: `failure::unknown_name`, with the nearest name.
  [[nodiscard]] static result<region> parse(std::string_view text) {
    for (std::size_t i = 0; i < names.size(); ++i)
      if (names[i] == text || (i < 16 && names[i].substr(3) == text)) return region{static_cast<std::uint8_t>(i)};
    std::vector<std::string> const all{names.begin(), names.end()};
    auto const near = nearest(std::string{text}, all);
    bilingual hint{"z. B. BY, NW, AT, CH-ZH", "e.g. BY, NW, AT, CH-ZH"};
    if (!near.empty()) hint = {"meinten Sie " + near + "? (" + hint.de + ")", "did you mean " + near + "? (" + hint.en + ")"};
    return error{failure::unknown_name, {"unbekanntes Land '" + std::string{text} + "'", "unknown state '" + std::string{text} + "'"}, hint};
  }
  [[nodiscard]] constexpr std::uint8_t index() const { return index_; }
  [[nodiscard]] constexpr std::string_view name() const { return names[index_]; }
  friend constexpr bool operator==(region, region) = default;

 private:
  explicit constexpr region(std::uint8_t i) : index_(i) {}
  std::uint8_t index_;
};

/// Holidays that a municipality has or has not.
struct local_holidays {
  bool assumption = false;       ///< Mariä Himmelfahrt, in the municipalities of Bavaria that have it
  bool corpus_christi = false;   ///< Fronleichnam, in some places of Saxony and Thuringia
  bool augsburg = false;         ///< Hohes Friedensfest, in the city of Augsburg
  friend bool operator==(local_holidays const&, local_holidays const&) = default;
};

struct holiday {
  date::year_month_day on;
  std::string_view de, en;
};

/// Easter Sunday in the Gregorian calendar (the anonymous algorithm, published in Nature in 1876).
[[nodiscard]] constexpr date::sys_days easter_sunday(date::year year) {
  int const y = static_cast<int>(year);
  int const a = y % 19, b = y / 100, c = y % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  int const h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7, m = (a + 11 * h + 22 * l) / 451;
  int const month = (h + l - 7 * m + 114) / 31, day = (h + l - 7 * m + 114) % 31 + 1;
  return date::sys_days{year / date::month{static_cast<unsigned>(month)} / date::day{static_cast<unsigned>(day)}};
}

namespace detail {

/// How the day is found.
struct holiday_rule {
  enum class by : std::uint8_t { day, easter, weekday_from };
  std::string_view de, en;
  std::string_view where;          ///< regions; "DE" and "CH" for all of theirs
  by how = by::day;
  int month = 0, day = 0;          ///< of `day` and `weekday_from`; `day` is the distance from Easter Sunday for `easter`
  unsigned weekday = 0;            ///< of `weekday_from`: the first one from that date on (0 Sunday) …
  int plus = 0;                    ///< … and so many days later
  int from = 1, until = 9999;      ///< years, both included
  bool local_holidays::*option = nullptr;
  enum class unless : std::uint8_t { never, not_monday, tuesday_or_saturday, maundy_thursday } except = unless::never;
};

inline constexpr auto fixed = holiday_rule::by::day;
inline constexpr auto moving = holiday_rule::by::easter;
inline constexpr auto from_on = holiday_rule::by::weekday_from;

/// Every holiday, in the order of an ordinary year.
inline constexpr std::array holiday_rules{
    // Germany
    holiday_rule{"Neujahr", "New Year's Day", "DE AT CH", fixed, 1, 1},
    holiday_rule{"Heilige Drei Könige", "Epiphany", "DE-BW DE-BY DE-ST AT CH-SZ CH-TI CH-UR", fixed, 1, 6},
    holiday_rule{"Internationaler Frauentag", "International Women's Day", "DE-BE", fixed, 3, 8, 0, 0, 2019},
    holiday_rule{"Internationaler Frauentag", "International Women's Day", "DE-MV", fixed, 3, 8, 0, 0, 2023},
    holiday_rule{"Karfreitag", "Good Friday", "DE CH-ZH CH-BE CH-LU CH-UR CH-SZ CH-OW CH-NW CH-GL CH-ZG CH-FR CH-SO CH-BS CH-BL CH-SH CH-AR CH-AI CH-SG CH-AG CH-TG CH-VD CH-NE CH-GE CH-JU", moving, 0, -2},
    holiday_rule{"Ostersonntag", "Easter Sunday", "DE-BB", moving, 0, 0},
    holiday_rule{"Ostermontag", "Easter Monday", "DE AT CH-ZH CH-BE CH-LU CH-UR CH-SZ CH-GL CH-BS CH-BL CH-SH CH-AR CH-AI CH-SG CH-GR CH-AG CH-TG CH-TI CH-VD CH-GE CH-JU", moving, 0, 1},
    holiday_rule{"Tag der Arbeit", "Labour Day", "DE AT CH-ZH CH-BS CH-BL CH-SH CH-AG CH-TG CH-TI CH-NE CH-JU", fixed, 5, 1},
    holiday_rule{"Tag der Befreiung", "Liberation Day", "DE-BE", fixed, 5, 8, 0, 0, 2020, 2020},
    holiday_rule{"Tag der Befreiung", "Liberation Day", "DE-BE", fixed, 5, 8, 0, 0, 2025, 2025},
    holiday_rule{"Christi Himmelfahrt", "Ascension Day", "DE AT CH", moving, 0, 39},
    holiday_rule{"Pfingstsonntag", "Whit Sunday", "DE-BB", moving, 0, 49},
    holiday_rule{"Pfingstmontag", "Whit Monday", "DE AT CH-ZH CH-BE CH-LU CH-UR CH-SZ CH-GL CH-BS CH-BL CH-SH CH-AR CH-AI CH-SG CH-GR CH-AG CH-TG CH-TI CH-VD CH-GE CH-JU", moving, 0, 50},
    holiday_rule{"Fronleichnam", "Corpus Christi", "DE-BW DE-BY DE-HE DE-NW DE-RP DE-SL AT CH-LU CH-UR CH-SZ CH-OW CH-NW CH-ZG CH-AI CH-AG CH-TI CH-VS CH-NE CH-JU", moving, 0, 60},
    holiday_rule{"Fronleichnam", "Corpus Christi", "DE-SN DE-TH", moving, 0, 60, 0, 0, 1, 9999, &local_holidays::corpus_christi},
    holiday_rule{"75 Jahre Aufstand vom 17. Juni", "75 years since the uprising of 17 June", "DE-BE", fixed, 6, 17, 0, 0, 2028, 2028},
    holiday_rule{"Augsburger Hohes Friedensfest", "Augsburg Peace Festival", "DE-BY", fixed, 8, 8, 0, 0, 1, 9999, &local_holidays::augsburg},
    holiday_rule{"Mariä Himmelfahrt", "Assumption Day", "DE-SL AT CH-LU CH-UR CH-SZ CH-OW CH-NW CH-ZG CH-AI CH-AG CH-TI CH-VS CH-JU", fixed, 8, 15},
    holiday_rule{"Mariä Himmelfahrt", "Assumption Day", "DE-BY", fixed, 8, 15, 0, 0, 1, 9999, &local_holidays::assumption},
    holiday_rule{"Weltkindertag", "Children's Day", "DE-TH", fixed, 9, 20, 0, 0, 2019},
    holiday_rule{"Tag der Deutschen Einheit", "German Unity Day", "DE", fixed, 10, 3, 0, 0, 1990},
    holiday_rule{"Reformationstag", "Reformation Day", "DE-BB DE-MV DE-SN DE-ST DE-TH", fixed, 10, 31},
    holiday_rule{"Reformationstag", "Reformation Day", "DE-HB DE-HH DE-NI DE-SH", fixed, 10, 31, 0, 0, 2017},
    holiday_rule{"Reformationstag", "Reformation Day", "DE-BW DE-BY DE-BE DE-HE DE-NW DE-RP DE-SL", fixed, 10, 31, 0, 0, 2017, 2017},
    holiday_rule{"Allerheiligen", "All Saints' Day", "DE-BW DE-BY DE-NW DE-RP DE-SL AT CH-LU CH-UR CH-SZ CH-OW CH-NW CH-GL CH-ZG CH-AI CH-SG CH-AG CH-TI CH-VS CH-JU", fixed, 11, 1},
    holiday_rule{"Buß- und Bettag", "Day of Repentance and Prayer", "DE-SN", from_on, 11, 16, 3},
    holiday_rule{"1. Weihnachtstag", "Christmas Day", "DE AT CH", fixed, 12, 25},
    holiday_rule{"2. Weihnachtstag", "Boxing Day", "DE AT CH-ZH CH-BE CH-LU CH-SZ CH-GL CH-BS CH-BL CH-SH CH-SG CH-GR CH-AG CH-TG CH-TI", fixed, 12, 26},
    // Austria
    holiday_rule{"Nationalfeiertag", "National Day", "AT", fixed, 10, 26},
    holiday_rule{"Mariä Empfängnis", "Immaculate Conception", "AT CH-LU CH-UR CH-SZ CH-OW CH-NW CH-ZG CH-AI CH-AG CH-TI CH-VS", fixed, 12, 8},
    // Switzerland
    holiday_rule{"Berchtoldstag", "Berchtold's Day", "CH-AG CH-BE CH-JU CH-LU CH-TG CH-VD", fixed, 1, 2},
    holiday_rule{"Berchtoldstag", "Berchtold's Day", "CH-NE", fixed, 1, 2, 0, 0, 1, 9999, nullptr, holiday_rule::unless::not_monday},
    holiday_rule{"Ausrufung der Republik", "Republic Day", "CH-NE", fixed, 3, 1},
    holiday_rule{"Josefstag", "Saint Joseph's Day", "CH-NW CH-SZ CH-TI CH-UR CH-VS", fixed, 3, 19},
    holiday_rule{"Näfelser Fahrt", "Battle of Näfels", "CH-GL", from_on, 4, 1, 4, 0, 1, 9999, nullptr, holiday_rule::unless::maundy_thursday},
    holiday_rule{"Fest der Unabhängigkeit", "Independence Day", "CH-JU", fixed, 6, 23},
    holiday_rule{"Peter und Paul", "Saints Peter and Paul", "CH-TI", fixed, 6, 29},
    holiday_rule{"Bundesfeier", "Swiss National Day", "CH", fixed, 8, 1, 0, 0, 1994},
    holiday_rule{"Genfer Bettag", "Geneva Fast", "CH-GE", from_on, 9, 1, 0, 4},
    holiday_rule{"Bettagsmontag", "Fast Monday", "CH-VD", from_on, 9, 15, 0, 1},
    holiday_rule{"Bruder Klaus", "Saint Nicholas of Flüe", "CH-OW", fixed, 9, 25},
    holiday_rule{"Stephanstag", "Saint Stephen's Day", "CH-AR CH-AI CH-UR", fixed, 12, 26, 0, 0, 1, 9999, nullptr, holiday_rule::unless::tuesday_or_saturday},
    holiday_rule{"Stephanstag", "Saint Stephen's Day", "CH-NE", fixed, 12, 26, 0, 0, 1, 9999, nullptr, holiday_rule::unless::not_monday},
    holiday_rule{"Wiederherstellung der Republik", "Restoration of the Republic", "CH-GE", fixed, 12, 31},
};

/// Whether a list of regions has this one, by itself or by its country.
[[nodiscard]] constexpr bool lists(std::string_view where, std::string_view name) {
  while (!where.empty()) {
    auto const blank = where.find(' ');
    std::string_view const one = where.substr(0, blank);
    if (one == name || (one.size() == 2 && one == name.substr(0, 2))) return true;
    if (blank == std::string_view::npos) return false;
    where.remove_prefix(blank + 1);
  }
  return false;
}

/// The day of that year; nothing where it is none in that year.
[[nodiscard]] constexpr std::optional<date::sys_days> day_of(holiday_rule const& r, date::year year) {
  int const y = static_cast<int>(year);
  if (y < r.from || y > r.until) return std::nullopt;
  auto const easter = easter_sunday(year);
  date::sys_days on{};
  if (r.how == moving) on = easter + date::days{r.day};
  else on = date::sys_days{year / date::month{static_cast<unsigned>(r.month)} / date::day{static_cast<unsigned>(r.day)}};
  if (r.how == from_on) on += (date::weekday{r.weekday} - date::weekday{on}) + date::days{r.plus};
  auto const day = date::weekday{on};
  switch (r.except) {
    case holiday_rule::unless::never: break;
    case holiday_rule::unless::not_monday: if (day != date::Monday) return std::nullopt; break;
    case holiday_rule::unless::tuesday_or_saturday: if (day == date::Tuesday || day == date::Saturday) return std::nullopt; break;
    case holiday_rule::unless::maundy_thursday: if (on == easter - date::days{3}) on += date::days{7}; break;
  }
  return on;
}
}  // namespace detail

/// The holidays of a year, by date.
[[nodiscard]] inline std::vector<holiday> holidays_of(region r, local_holidays const& local, date::year year) {
  std::vector<holiday> out;
  for (auto const& rule : detail::holiday_rules) {
    if (!detail::lists(rule.where, r.name()) || (rule.option != nullptr && !(local.*rule.option))) continue;
    if (auto const on = detail::day_of(rule, year)) out.push_back({date::year_month_day{*on}, rule.de, rule.en});
  }
  std::stable_sort(out.begin(), out.end(), [](holiday const& a, holiday const& b) { return a.on < b.on; });
  return out;
}

/// The holiday of that day, if it is one.
[[nodiscard]] inline std::optional<holiday> holiday_on(region r, local_holidays const& local, date::year_month_day on) {
  for (holiday const& h : holidays_of(r, local, on.year()))
    if (h.on == on) return h;
  return std::nullopt;
}

}  // namespace jawort
