// jawort/assistant/wording.hpp - templates with placeholders, and values that are safe to put into them.
//
//   reply_values v{.name = "Anna", .phone = "+49 911 3920000"};
//   expand("Guten Tag {name}, in dringenden Fällen: {phone}", v);
//
// A template is read once, from left to right: what a value brings in is never read as a placeholder. A name is somebody
// else's text, so only what can be a name is let through (`clean_name`). Pure; linear.
#pragma once
#include <utf8proc.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../message.hpp"
#include "office_hours.hpp"

namespace jawort {

/// What stands for placeholders. An empty one takes the blank before it with it, and a comma before that ("Guten Tag {name},"
/// -> "Guten Tag,"; "Danke, {name}." -> "Danke.").
struct reply_values {
  std::string name, phone, next_open, office, operator_name, notice, keyword, stop, salute;
};
inline constexpr std::array<std::string_view, 9> placeholders{"name", "phone", "next_open", "office", "operator", "notice", "keyword", "stop", "salute"};

namespace detail {
[[nodiscard]] inline std::string const* value_of(reply_values const& v, std::string_view placeholder) {
  std::array<std::string const*, 9> const all{&v.name, &v.phone, &v.next_open, &v.office, &v.operator_name, &v.notice, &v.keyword, &v.stop, &v.salute};
  for (std::size_t i = 0; i < placeholders.size(); ++i)
    if (placeholders[i] == placeholder) return all[i];
  return nullptr;
}
}  // namespace detail

/// Every `{…}` of a template, known or not, in order.
[[nodiscard]] inline std::vector<std::string> placeholders_in(std::string_view text) {
  std::vector<std::string> out;
  for (auto open = text.find('{'); open != text.npos; open = text.find('{', open + 1)) {
    auto const close = text.find('}', open);
    if (close == text.npos) break;
    out.emplace_back(text.substr(open + 1, close - open - 1));
  }
  return out;
}

[[nodiscard]] inline std::string expand(std::string_view text, reply_values const& v) {
  std::string out;
  while (!text.empty()) {
    auto const open = text.find('{');
    out += text.substr(0, open);
    if (open == text.npos) break;
    text.remove_prefix(open);
    auto const close = text.find('}');
    std::string const* const value = close == text.npos ? nullptr : detail::value_of(v, text.substr(1, close - 1));
    if (value == nullptr) {  // no placeholder: as it is
      out += '{';
      text.remove_prefix(1);
      continue;
    }
    if (value->empty() && !out.empty() && out.back() == ' ') {
      out.pop_back();
      if (!out.empty() && out.back() == ',') out.pop_back();
    }
    out += *value;
    text.remove_prefix(close + 1);
  }
  while (!out.empty() && (out.back() == '\n' || out.back() == ' ')) out.pop_back();
  return out;
}

/// A person's name as their platform shows it, if it can be one; else empty. Letters of any script with their marks,
/// blanks, hyphens, apostrophes, and full stops behind a short word ("Dr. Meier", "J. Weber") make a name; pictures and
/// marks that nobody sees are left out; anything else (digits, @, /, braces, a dot inside a word) makes it none, for it may
/// be a link, a number or a placeholder. At most 40 characters and five words.
[[nodiscard]] inline std::string clean_name(std::string_view text) {
  std::string out, word;
  std::size_t letters = 0, characters = 0, words = 0, in_word = 0;
  bool dot = false;
  auto const end_word = [&] {
    if (word.empty()) return;
    if (!out.empty()) out += ' ';
    out += word;
    word.clear();
    in_word = 0;
    dot = false;
    ++words;
  };
  auto const* at = reinterpret_cast<utf8proc_uint8_t const*>(text.data());
  auto left = static_cast<utf8proc_ssize_t>(text.size());
  while (left > 0) {
    utf8proc_int32_t c = 0;
    auto const n = utf8proc_iterate(at, left, &c);
    if (n <= 0) return {};
    std::string_view const bytes{reinterpret_cast<char const*>(at), static_cast<std::size_t>(n)};
    at += n;
    left -= n;
    switch (utf8proc_category(c)) {
      case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
        if (dot) return {};  // a letter right behind a dot: a web address rather than a name
        word += bytes; ++letters; ++characters; ++in_word;
        break;
      case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC:
        if (in_word > 0 && c != 0x20E3 && (c < 0xFE00 || c > 0xFE0F)) word += bytes;
        break;
      case UTF8PROC_CATEGORY_ZS: case UTF8PROC_CATEGORY_CC: case UTF8PROC_CATEGORY_ZL: case UTF8PROC_CATEGORY_ZP: end_word(); break;
      case UTF8PROC_CATEGORY_CF: case UTF8PROC_CATEGORY_SO: case UTF8PROC_CATEGORY_SK: break;  // invisible, or a picture
      default:
        if ((c == '-' || c == 0x2010 || c == '\'' || c == 0x2019) && in_word > 0) { word += bytes; ++characters; dot = false; }
        else if (c == '.' && in_word > 0 && in_word <= 4 && !dot) { word += '.'; dot = true; ++characters; }
        else return {};
    }
  }
  end_word();
  return letters < 2 || characters > 40 || words > 5 ? std::string{} : out;
}

/// "heute um 14 Uhr", "morgen um 9:30 Uhr", "am Montag um 9 Uhr", "am Montag, 28. Dezember, um 9 Uhr"; and in English. Where
/// no opening is known: "so bald wie möglich".
[[nodiscard]] inline std::string next_open_words(local_minute now, std::optional<local_minute> next, std::string_view language) {
  constexpr std::array<std::string_view, 7> de_days{"Sonntag", "Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag"},
      en_days{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};
  constexpr std::array<std::string_view, 12> de_months{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
      en_months{"January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"};
  bool const de = language == "de";
  if (!next) return de ? "so bald wie möglich" : "as soon as possible";
  auto const day = date::floor<date::days>(*next);
  auto const ahead = (day - date::floor<date::days>(now)).count();
  int const minute = minute_of_day(*next);
  std::string const minutes = minute % 60 < 10 ? "0" + std::to_string(minute % 60) : std::to_string(minute % 60);
  std::string const clock = de ? std::to_string(minute / 60) + (minute % 60 == 0 ? "" : ":" + minutes) + " Uhr" : std::to_string(minute / 60) + ":" + minutes;
  auto const weekday = date::weekday{day}.c_encoding();
  date::year_month_day const ymd{day};
  auto const number = std::to_string(static_cast<unsigned>(ymd.day()));
  auto const month = static_cast<unsigned>(ymd.month()) - 1;
  std::string when;
  if (ahead == 0) when = de ? "heute" : "today";
  else if (ahead == 1) when = de ? "morgen" : "tomorrow";
  else if (ahead < 7) when = std::string{de ? "am " : "on "} + std::string{de ? de_days[weekday] : en_days[weekday]};
  else when = de ? "am " + std::string{de_days[weekday]} + ", " + number + ". " + std::string{de_months[month]} + "," : "on " + std::string{en_days[weekday]} + ", " + number + " " + std::string{en_months[month]} + ",";
  return when + (de ? " um " : " at ") + clock;
}

/// "Guten Morgen", "Guten Tag", "Guten Abend"; and in English.
[[nodiscard]] inline std::string salute_words(local_minute now, std::string_view language) {
  int const hour = minute_of_day(now) / 60;
  bool const de = language == "de", morning = hour >= 5 && hour < 11, evening = hour >= 18 || hour < 5;
  if (morning) return de ? "Guten Morgen" : "Good morning";
  if (evening) return de ? "Guten Abend" : "Good evening";
  return de ? "Guten Tag" : "Good afternoon";
}

/// German or English, by the small words that both use all the time; empty where neither is clearly ahead.
[[nodiscard]] inline std::string_view guess_language(std::string_view text) {
  using namespace std::string_view_literals;
  constexpr std::array de{"ich"sv, "sie"sv, "wir"sv, "und"sv, "der"sv, "das"sv, "ist"sv, "nicht"sv, "ein"sv, "eine"sv, "mit"sv, "auch"sv, "noch"sv, "bitte"sv, "danke"sv, "hallo"sv, "guten"sv,
                          "haben"sv, "hat"sv, "wie"sv, "wann"sv, "fuer"sv, "von"sv, "zum"sv, "zur"sv, "bei"sv, "uns"sv, "unsere"sv, "ihr"sv, "ihre"sv, "moechte"sv, "kann"sv, "koennen"sv, "gibt"sv, "es"sv, "moin"sv, "servus"sv};
  constexpr std::array en{"i"sv, "you"sv, "we"sv, "and"sv, "the"sv, "is"sv, "not"sv, "a"sv, "an"sv, "with"sv, "do"sv, "please"sv, "thanks"sv, "thank"sv, "hello"sv, "hi"sv, "have"sv, "has"sv, "how"sv, "when"sv,
                          "for"sv, "of"sv, "to"sv, "my"sv, "our"sv, "your"sv, "would"sv, "like"sv, "can"sv, "could"sv, "there"sv, "it"sv, "are"sv, "good"sv, "what"sv, "any"sv};
  std::size_t german = 0, english = 0;
  detail::folded_words const words{text};
  for (auto const& w : words.all()) {
    if (detail::is_one_of(w, de)) ++german;
    if (detail::is_one_of(w, en)) ++english;
  }
  return german > english ? "de"sv : english > german ? "en"sv : ""sv;
}

}  // namespace jawort
