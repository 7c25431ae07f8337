// What libphonenumber says about numbers that begin alike: asked in full, for the table of the fast path and its test.
#pragma once
#include <phonenumbers/phonenumberutil.h>

#include <array>
#include <compare>
#include <cstdint>
#include <string>

namespace jawort::number_plan_probe {

inline constexpr std::array countries{49, 43, 41, 33, 31};
inline constexpr unsigned shortest = 4, longest = 14;   ///< national digits

struct masks {
  unsigned messages = 0, valid = 0, open = 0;
  friend auto operator<=>(masks const&, masks const&) = default;
};

/// As lib/normalise.cpp asks. `text` begins with a plus.
inline int answer(std::string const& text, std::string const& e164) {
  using namespace i18n::phonenumbers;
  auto const& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber n;
  if (util.Parse(text, "DE", &n) != PhoneNumberUtil::NO_PARSING_ERROR || n.has_extension() || !util.IsValidNumber(n)) return 0;
  std::string written;
  util.Format(n, PhoneNumberUtil::E164, &written);
  if (written != e164) return 3;  // the library changed digits: never a matter of the fast path
  auto const type = util.GetNumberType(n);
  return type == PhoneNumberUtil::PREMIUM_RATE || type == PhoneNumberUtil::SHARED_COST ? 1 : 2;
}

/// The same without reading text, which takes most of the time: for making the table. The test asks in full.
inline int quick_answer(int code, std::string const& national) {
  using namespace i18n::phonenumbers;
  auto const& util = *PhoneNumberUtil::GetInstance();
  PhoneNumber n;
  n.set_country_code(code);
  n.set_national_number(std::stoull(national));
  auto const type = util.GetNumberType(n);
  if (type == PhoneNumberUtil::UNKNOWN) return 0;
  return type == PhoneNumberUtil::PREMIUM_RATE || type == PhoneNumberUtil::SHARED_COST ? 1 : 2;
}

/// Digits that follow: same ones, and a few without pattern.
inline std::string filled(std::string prefix, unsigned length, unsigned how) {
  while (prefix.size() < length) {
    auto const i = static_cast<unsigned>(prefix.size());
    prefix += static_cast<char>('0' + (how < 10 ? how : (how * 7 + i * i * 3 + (how >> 3) * i) % 10));
  }
  return prefix;
}

/// For numbers that begin with these four digits. The fifth digit is tried in full, with six kinds of digits behind it.
inline masks probe(int code, unsigned prefix) {
  masks m;
  for (unsigned length = shortest; length <= longest; ++length) {
    unsigned const bit = 1U << length;
    int same = -1;
    bool open = false;
    for (unsigned fifth = 0; fifth < 10 && !open; ++fifth) {
      std::string const begin = std::to_string(prefix) + static_cast<char>('0' + fifth);
      for (unsigned const how : {0U, 3U, 5U, 7U, 9U, 11U}) {
        if (length <= 5 && how != 0U) break;
        int const a = quick_answer(code, filled(length == 4 ? begin.substr(0, 4) : begin, length, how));
        if (same == -1) same = a;
        if (a != same) { open = true; break; }
      }
      if (length == 4) break;
    }
    if (open) m.open |= bit;
    else if (same == 1) m.valid |= bit;
    else if (same == 2) { m.valid |= bit; m.messages |= bit; }
  }
  return m;
}

}  // namespace jawort::number_plan_probe
