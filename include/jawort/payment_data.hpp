// jawort/payment_data.hpp - card numbers and IBANs in a text, found and masked.
//
// Cards: 13 to 19 digits, parted by single blanks, dashes or dots, that pass the check of ISO/IEC 7812 (Luhn) and begin
// like a card of that length; a number with a plus or zeros in front is a telephone, and an airline's 13-digit ticket
// number begins otherwise. IBANs: ISO 13616, check digits modulo 97, of the country's own length where it is known.
//
//   mask_payment_data("Karte 4111 1111 1111 1111");   // "Karte **** **** **** 1111"
//
// Pure; linear in the text. Offsets are bytes.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jawort {

enum class payment_kind : std::uint8_t { card, iban };

struct payment_span {
  payment_kind what{};
  std::size_t begin = 0, end = 0;   ///< bytes of the text, [begin, end)
};

namespace detail {

/// One character that matters here: its value, where it stands.
struct pay_char {
  char c = 0;              ///< '0'–'9', 'A'–'Z', ' ' for a separator, 0 for anything else
  std::size_t at = 0, size = 1;
};

/// Digits and letters (full-width ones too), separators, and everything else as a break.
[[nodiscard]] inline std::vector<pay_char> pay_chars(std::string_view t) {
  std::vector<pay_char> out;
  out.reserve(t.size());
  for (std::size_t i = 0; i < t.size();) {
    auto const b = [&](std::size_t k) { return i + k < t.size() ? static_cast<unsigned char>(t[i + k]) : 0U; };
    pay_char p{0, i, 1};
    if (t[i] >= '0' && t[i] <= '9') p.c = t[i];
    else if ((t[i] >= 'A' && t[i] <= 'Z') || (t[i] >= 'a' && t[i] <= 'z')) p.c = static_cast<char>(t[i] & ~0x20);
    else if (t[i] == '+') p.c = '+';
    else if (t[i] == ' ' || t[i] == '-' || t[i] == '.' || t[i] == '\t') p.c = ' ';
    else if (b(0) == 0xC2 && (b(1) == 0xA0 || b(1) == 0xAD)) { p.c = ' '; p.size = 2; }                      // no-break space, soft hyphen
    else if (b(0) == 0xE2 && b(1) == 0x80 && ((b(2) >= 0x80 && b(2) <= 0x95) || b(2) == 0xAF)) { p.c = ' '; p.size = 3; }  // narrow spaces, dashes
    else if (b(0) == 0xEF && b(1) == 0xBC && b(2) >= 0x90 && b(2) <= 0x99) { p.c = static_cast<char>('0' + (b(2) - 0x90)); p.size = 3; }
    out.push_back(p);
    i += p.size;
  }
  return out;
}

[[nodiscard]] inline bool pay_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] inline bool pay_letter(char c) { return c >= 'A' && c <= 'Z'; }

[[nodiscard]] inline bool luhn(std::string_view digits) {
  int sum = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    int d = digits[digits.size() - 1 - i] - '0';
    if (i % 2 == 1) d = d > 4 ? 2 * d - 9 : 2 * d;
    sum += d;
  }
  return sum % 10 == 0;
}

/// Whether a card of that many digits may begin like this.
[[nodiscard]] inline bool begins_like_a_card(std::string_view d) {
  int const two = (d[0] - '0') * 10 + (d[1] - '0');
  int const four = two * 100 + (d[2] - '0') * 10 + (d[3] - '0');
  std::size_t const n = d.size();
  if (d[0] == '4') return n == 13 || n == 16 || n == 19;
  if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) return n == 16;
  if (two == 34 || two == 37 || d[0] == '1') return n == 15;
  if (two == 35) return n >= 16;
  if (d[0] == '3') return n >= 14;
  if (two == 50 || (two >= 56 && two <= 59)) return true;
  if (d[0] == '6' || d[0] == '8') return n >= 16;
  return false;
}

/// The card that begins at `from` (the first digit of a group), or an empty span.
[[nodiscard]] inline payment_span card_at(std::vector<pay_char> const& t, std::size_t from) {
  std::string digits;
  payment_span found;
  for (std::size_t i = from; i < t.size() && digits.size() < 20; ++i) {
    if (pay_digit(t[i].c)) {
      digits += t[i].c;
      bool const group_ends = i + 1 == t.size() || !pay_digit(t[i + 1].c);
      bool const word_goes_on = i + 1 < t.size() && pay_letter(t[i + 1].c);
      if (group_ends && !word_goes_on && digits.size() >= 13 && digits.size() <= 19 && begins_like_a_card(digits) && luhn(digits))
        found = {payment_kind::card, t[from].at, t[i].at + t[i].size};
    } else if (t[i].c != ' ' || i + 1 == t.size() || !pay_digit(t[i + 1].c)) {
      break;
    }
  }
  return found;
}

[[nodiscard]] inline std::size_t iban_length(char a, char b) {
  constexpr std::array<std::pair<std::string_view, std::size_t>, 30> known{{
      {"DE", 22}, {"AT", 20}, {"CH", 21}, {"LI", 21}, {"LU", 20}, {"NL", 18}, {"BE", 16}, {"FR", 27}, {"IT", 27}, {"ES", 24},
      {"PT", 25}, {"PL", 28}, {"CZ", 24}, {"SK", 24}, {"HU", 28}, {"DK", 18}, {"SE", 24}, {"NO", 15}, {"FI", 18}, {"IE", 22},
      {"GB", 22}, {"TR", 26}, {"GR", 27}, {"HR", 21}, {"SI", 19}, {"RO", 24}, {"BG", 22}, {"EE", 20}, {"LV", 21}, {"LT", 20}}};
  for (auto const& k : known)
    if (k.first[0] == a && k.first[1] == b) return k.second;
  return 0;
}

/// The IBAN that begins at `from` (a letter at the beginning of a word), or an empty span.
[[nodiscard]] inline payment_span iban_at(std::vector<pay_char> const& t, std::size_t from) {
  std::string s;
  std::vector<std::size_t> index;
  for (std::size_t i = from; i < t.size() && s.size() < 35; ++i) {
    if (pay_digit(t[i].c) || pay_letter(t[i].c)) { s += t[i].c; index.push_back(i); }
    else if (t[i].c != ' ' || (i > 0 && t[i - 1].c == ' ')) break;
    if (s.size() == 4 && !(pay_letter(s[0]) && pay_letter(s[1]) && pay_digit(s[2]) && pay_digit(s[3]))) return {};
  }
  if (s.size() < 15) return {};
  std::size_t const own = iban_length(s[0], s[1]);
  for (std::size_t n = own != 0 ? own : 34; n >= (own != 0 ? own : 15) && n >= 15; --n) {
    if (n > s.size()) continue;
    std::size_t const last = index[n - 1];
    if (last + 1 < t.size() && (pay_digit(t[last + 1].c) || pay_letter(t[last + 1].c))) continue;  // ends inside a word
    int rest = 0;
    for (std::size_t k = 0; k < n; ++k) {
      char const c = s[(k + 4) % n];
      rest = pay_digit(c) ? (rest * 10 + (c - '0')) % 97 : (rest * 100 + (c - 'A' + 10)) % 97;
    }
    if (rest == 1) return {payment_kind::iban, t[from].at, t[last].at + t[last].size};
  }
  return {};
}
}  // namespace detail

/// Every card number and IBAN, in order, without overlaps.
[[nodiscard]] inline std::vector<payment_span> find_payment_data(std::string_view text) {
  auto const t = detail::pay_chars(text);
  std::vector<payment_span> out;
  for (std::size_t i = 0; i < t.size();) {
    char const before = i == 0 ? '\0' : t[i - 1].c;
    payment_span found;
    bool const fresh = !detail::pay_digit(before) && !detail::pay_letter(before);
    if (fresh && detail::pay_digit(t[i].c) && t[i].c != '0' && before != '+') found = detail::card_at(t, i);
    else if (fresh && detail::pay_letter(t[i].c)) found = detail::iban_at(t, i);
    if (found.end == 0) { ++i; continue; }
    out.push_back(found);
    while (i < t.size() && t[i].at < found.end) ++i;
  }
  return out;
}

/// The text with every digit and letter of them but the last four turned into stars.
[[nodiscard]] inline std::string mask_payment_data(std::string_view text) {
  std::string out;
  std::size_t done = 0;
  for (payment_span const& p : find_payment_data(text)) {
    out += text.substr(done, p.begin - done);
    auto const chars = detail::pay_chars(text.substr(p.begin, p.end - p.begin));
    auto left = std::count_if(chars.begin(), chars.end(), [](detail::pay_char const& c) { return detail::pay_digit(c.c) || detail::pay_letter(c.c); });
    for (auto const& c : chars) {
      bool const figure = detail::pay_digit(c.c) || detail::pay_letter(c.c);
      if (figure && left-- > 4) out += '*';
      else out += text.substr(p.begin + c.at, c.size);
    }
    done = p.end;
  }
  return out += text.substr(done);
}

}  // namespace jawort
