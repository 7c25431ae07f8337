#include "jawort/ledger/normalise.hpp"

#include <phonenumbers/phonenumberutil.h>

#include <array>
#include <vector>

#include "number_plan.hpp"

namespace jawort {
namespace {
using i18n::phonenumbers::PhoneNumber;
using i18n::phonenumbers::PhoneNumberUtil;

/// Spaces of every kind, zero-width and bidi marks: what copying from a web page or a chat brings along.
std::size_t mark_length(std::string_view s) {
  constexpr std::array<std::string_view, 4> three_from{"\xe2\x80\x80", "\xe2\x80\xaa", "\xe2\x81\xa0", "\xef\xbb\xbf"};
  if (s.empty()) return 0;
  if (s[0] == ' ' || s[0] == '\t' || s[0] == '\r' || s[0] == '\n') return 1;
  if (s.substr(0, 2) == "\xc2\xa0") return 2;
  if (s.size() < 3) return 0;
  auto const last = static_cast<unsigned char>(s[2]);
  if (s.substr(0, 2) == three_from[0].substr(0, 2) && (last <= 0x8f || (last >= 0xa8 && last <= 0xaf))) return 3;
  if (s.substr(0, 2) == three_from[2].substr(0, 2) && last >= 0xa0 && last <= 0xaf) return 3;
  return s.substr(0, 3) == three_from[3] ? 3 : 0;
}

/// Marks are dropped, except that inside a text they become one space.
std::string cleaned(std::string_view in) {
  std::string out;
  bool space = false;
  while (!in.empty()) {
    if (auto const n = mark_length(in); n != 0) {
      bool const zero_width = n == 3 && (static_cast<unsigned char>(in[2]) >= 0x8b || in[0] == '\xef' || in[1] == '\x81') && in.substr(0, 3) != "\xe2\x80\xaf";
      space = space || !zero_width;
      in.remove_prefix(n);
      continue;
    }
    if (space && !out.empty()) out += ' ';
    space = false;
    out += in.front();
    in.remove_prefix(1);
  }
  return out;
}

/// Full-width signs (U+FF01–U+FF3F), dashes and the minus sign as ASCII: what is looked at below has to be what the library reads.
std::string narrowed(std::string_view s) {
  std::string out;
  while (!s.empty()) {
    auto const last = s.size() < 3 ? 0U : static_cast<unsigned>(static_cast<unsigned char>(s[2]));
    bool const wide = s.substr(0, 2) == "\xef\xbc" && last >= 0x81;
    bool const dash = (s.substr(0, 2) == "\xe2\x80" && last >= 0x90 && last <= 0x95) || s.substr(0, 3) == "\xe2\x88\x92";
    out += wide ? static_cast<char>(last - 0x60) : dash ? '-' : s.front();
    s.remove_prefix(wide || dash ? 3 : 1);
  }
  return out;
}

/// Letters, any other text beyond ASCII, and control characters (the library would stop at a NUL): no number.
bool has_letter(std::string_view s) {
  return !detail::all_of(s, [](char c) { return !detail::is_letter(c) && static_cast<unsigned char>(c) >= 0x20 && static_cast<unsigned char>(c) < 0x7f; });
}

/// 4,91714E+11, 4.91714E11
bool scientific(std::string_view s) {
  auto const e = s.find_first_of("eE");
  if (e == s.npos || e == 0) return false;
  std::string_view power = s.substr(e + 1);
  if (power.starts_with('+') || power.starts_with('-')) power.remove_prefix(1);
  return !power.empty() && detail::all_of(power, detail::is_digit) && detail::all_of(s.substr(0, e), [](char c) { return detail::is_digit(c) || c == '.' || c == ','; });
}

/// 24.11.2026 or 2026-11-24: the library finds valid numbers in both.
bool is_date(std::string_view s) {
  std::string shape;
  for (char const c : s)
    if (!detail::is_digit(c)) shape += c;
    else if (shape.size() < 12) shape += '9';
  return shape == "9999-99-99" || shape == "99.99.9999" || shape == "9.9.9999" || shape == "99.9.9999" || shape == "9.99.9999";
}

error not_a_number(char const* de, char const* en) {
  return error{failure::malformed, {de, en}, {"z. B. +49 171 3920001 oder 0171 3920001", "e.g. +49 171 3920001 or 0171 3920001"}};
}

error invalid_number(bool for_messages) {
  return for_messages ? not_a_number("keine gültige Rufnummer für Nachrichten", "not a valid telephone number for messages")
                      : not_a_number("keine gültige Rufnummer", "not a valid telephone number");
}

/// Premium and shared-cost numbers (0900, 0180): nobody receives messages there. German mobile numbers take the short way.
bool takes_no_messages(PhoneNumber const& n) {
  auto first = n.national_number();
  while (first >= 100) first /= 10;
  if (n.country_code() == 49 && first >= 15 && first <= 17) return false;
  auto const type = PhoneNumberUtil::GetInstance()->GetNumberType(n);
  return type == PhoneNumberUtil::PREMIUM_RATE || type == PhoneNumberUtil::SHARED_COST;
}

std::optional<std::uint64_t> valid_digits(std::string const& text, std::string const& region, bool for_messages) {
  auto const& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber n;
  if (util.Parse(text, region, &n) != PhoneNumberUtil::NO_PARSING_ERROR || n.has_extension() || !util.IsValidNumber(n)) return std::nullopt;
  if (for_messages && takes_no_messages(n)) return std::nullopt;
  std::string e164;
  util.Format(n, PhoneNumberUtil::E164, &e164);
  return std::stoull(e164.substr(1));
}
}  // namespace

normaliser::normaliser(std::string region) : region_(std::move(region)) {
  // The library takes milliseconds to wake: it is left asleep where it is not needed.
  country_code_ = region_ == "DE" ? "49" : region_ == "AT" ? "43" : region_ == "CH" ? "41"
                  : std::to_string(PhoneNumberUtil::GetInstance()->GetCountryCodeForRegion(region_));
}

result<address> normaliser::number(std::string const& written, bool for_messages) const {
  std::string const text = narrowed(written);
  if (text.empty()) return not_a_number("leer, keine Adresse", "empty, no address");
  if (scientific(text))
    return error{failure::malformed, {"die Tabellenkalkulation hat die Nummer gerundet", "the spreadsheet has rounded the number"},
                 {"die Spalte als Text formatieren und neu ausgeben", "format the column as text and export anew"}};
  if (has_letter(text)) return not_a_number("keine Adresse: Buchstaben in einer Rufnummer", "not an address: letters in a number");
  if (is_date(text)) return not_a_number("ein Datum, keine Rufnummer", "a date, not a telephone number");
  std::vector<std::string> tries{text};
  // A spreadsheet ate the + or the 0: taken only where the plan finds the number valid. The + comes first: 491713920001 is
  // also a valid national number (of Leer), and nobody means that. Looked at from the first digit on: "(49) 171…".
  if (auto const from = text.find_first_of("+0123456789"); from != text.npos && text[from] != '+' && text[from] != '0') {
    std::string const digits = text.substr(from);
    if (digits.starts_with(country_code_)) tries.insert(tries.begin(), std::string{"+"}.append(digits));
    tries.push_back(std::string{"0"}.append(digits));
  }
  for (auto const& t : tries)
    if (auto const digits = valid_digits(t, region_, for_messages)) return address::from_digits(*digits);
  return invalid_number(for_messages);
}

std::optional<std::uint64_t> normaliser::quick(std::string_view raw, std::optional<channel> on) const {
  if (on == channel::messenger) return std::nullopt;  // digits are no number there
  auto const v = by_plan(raw, country_code_, on == channel::whatsapp || on == channel::sms);
  if (v.what == plan_answer::library) return std::nullopt;
  return v.digits;
}

result<address> normaliser::parse(std::string_view raw, std::optional<channel> on) const {
  if (auto const digits = quick(raw, on)) {
    if (*digits != 0) return address::from_digits(*digits);
    return invalid_number(on == channel::whatsapp || on == channel::sms);
  }
  std::string text = cleaned(raw);
  while (text.size() > 1 && (text.front() == '"' || text.front() == '\'') ) {
    if (text.back() == text.front()) text.pop_back();
    text.erase(0, 1);
  }
  auto const starts = [&](std::string_view p) { return detail::lower(std::string_view{text}.substr(0, p.size())) == p; };
  for (std::string_view const prefix : {"tel:", "whatsapp:", "mailto:"})
    if (starts(prefix)) text = cleaned(text.substr(prefix.size()));
  if (auto const open = text.find('<'); open != text.npos && text.ends_with(">") && text.find('@', open) != text.npos)
    text = text.substr(open + 1, text.size() - open - 2);

  auto a = [&]() -> result<address> {
    if (on == channel::messenger && !text.empty() && detail::all_of(text, detail::is_digit)) return address::parse(std::string{"messenger:"}.append(text));
    bool const other = text.find('@') != text.npos || starts("messenger:") || starts("customer:") || detail::looks_like_business_user(text);
    return other ? address::parse(text) : number(text, on == channel::whatsapp || on == channel::sms);
  }();
  if (a && on && !a->fits(*on)) {
    std::string const channel_name{name(*on)};
    return error{failure::malformed, {"diese Adresse ist über " + channel_name + " nicht zu erreichen", "this address cannot be reached by " + channel_name},
                 {is_telephone(*on) ? "eine Rufnummer angeben" : "eine Adresse dieses Kanals angeben", is_telephone(*on) ? "give a telephone number" : "give an address of this channel"}};
  }
  return a;
}

}  // namespace jawort
