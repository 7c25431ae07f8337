// jawort/keyword/normalise.hpp - one letter of a message, as every spelling of it reads.
//
// Unicode's compatibility decomposition and case folding (utf8proc), then marks dropped, look-alike letters of other
// scripts taken for the Latin ones they imitate, and what cannot be seen left out: NFC, NFD, full-width, mathematical
// and circled letters, Cyrillic and Greek twins, zero-width and bidi marks all give the same letters. A byte that is not
// UTF-8 is read as ISO-8859-1, so that an old gateway's `k\xfcndigen` is `kuendigen` spelled with an umlaut.
//
// Both the words of the language files and the messages pass through here: they can only agree.
//
//   fold_table const table;
//   glyph const g = table.read("Ü", 0);   // g.kind == glyph_kind::letter, g.text() == "u", g.size == 2 (bytes)
//
// Thread safety: immutable after construction. Nothing allocates after it.
#pragma once
#include <utf8proc.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace jawort::keyword {

enum class glyph_kind : std::uint8_t {
  nothing,     ///< invisible: zero-width, bidi, variation selectors, combining marks, control characters
  letter,
  digit,
  space,       ///< and everything that divides words without dividing sentences
  newline,
  dot,
  bang,        ///< ends a sentence
  question,    ///< ends a sentence, which then is a question
  comma,       ///< divides clauses
  colon,
  apostrophe,  ///< inside a word it joins
  hyphen,      ///< inside a word it joins
  quote,       ///< a quotation mark, opening or closing
  symbol       ///< emoji and other signs
};

/// One character as read: `size` bytes of the message, and what it folds to.
struct glyph {
  glyph_kind kind{};
  std::uint8_t size = 0;       ///< bytes taken from the message, 1 to 4
  std::uint8_t length = 0;     ///< bytes of the folded text, 0 to 6
  std::array<char, 6> chars{};
  std::uint32_t code = 0;      ///< the code point
  [[nodiscard]] std::string_view text() const { return {chars.data(), length}; }
};

namespace detail {

struct code_at { std::uint32_t code; std::uint8_t size; };

/// The code point at `at`; a byte that is not UTF-8 stands for itself, as in ISO-8859-1.
[[nodiscard]] inline code_at decode(std::string_view s, std::size_t at) {
  auto const byte = [&](std::size_t i) { return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i])); };
  auto const tail = [&](std::size_t i) { return i < s.size() && (byte(i) & 0xC0U) == 0x80U; };
  std::uint32_t const a = byte(at);
  if (a >= 0xC2 && a <= 0xDF && tail(at + 1)) return {((a & 0x1FU) << 6) | (byte(at + 1) & 0x3FU), 2};
  if (a >= 0xE0 && a <= 0xEF && tail(at + 1) && tail(at + 2)) {
    std::uint32_t const c = ((a & 0x0FU) << 12) | ((byte(at + 1) & 0x3FU) << 6) | (byte(at + 2) & 0x3FU);
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) return {c, 3};
  }
  if (a >= 0xF0 && a <= 0xF4 && tail(at + 1) && tail(at + 2) && tail(at + 3)) {
    std::uint32_t const c = ((a & 0x07U) << 18) | ((byte(at + 1) & 0x3FU) << 12) | ((byte(at + 2) & 0x3FU) << 6) | (byte(at + 3) & 0x3FU);
    if (c >= 0x10000 && c <= 0x10FFFF) return {c, 4};
  }
  return {a, 1};
}

struct twin { std::uint32_t code; char latin; };

/// Letters that are taken for the Latin ones they look like, or that Unicode does not decompose (ł, ø, ı). The case
/// matters (Η looks like H, η like n), so they are looked up before folding.
inline constexpr twin twins[] = {
    {0x00F8, 'o'}, {0x00D8, 'o'}, {0x0142, 'l'}, {0x0141, 'l'}, {0x0131, 'i'}, {0x0111, 'd'}, {0x0110, 'd'}, {0x0127, 'h'}, {0x0126, 'h'},
    {0x0167, 't'}, {0x0166, 't'}, {0x0237, 'j'}, {0x0251, 'a'}, {0x0261, 'g'}, {0x0269, 'i'}, {0x026A, 'i'}, {0x0274, 'n'}, {0x0280, 'r'},
    // Greek
    {0x0391, 'a'}, {0x0392, 'b'}, {0x0395, 'e'}, {0x0396, 'z'}, {0x0397, 'h'}, {0x0399, 'i'}, {0x039A, 'k'}, {0x039C, 'm'}, {0x039D, 'n'},
    {0x039F, 'o'}, {0x03A1, 'p'}, {0x03A4, 't'}, {0x03A5, 'y'}, {0x03A7, 'x'}, {0x03B1, 'a'}, {0x03B2, 'b'}, {0x03B5, 'e'}, {0x03B7, 'n'},
    {0x03B9, 'i'}, {0x03BA, 'k'}, {0x03BC, 'u'}, {0x03BD, 'v'}, {0x03BF, 'o'}, {0x03C1, 'p'}, {0x03C3, 'o'}, {0x03C4, 't'}, {0x03C5, 'u'},
    {0x03C7, 'x'}, {0x03C9, 'w'}, {0x03F2, 'c'}, {0x03F9, 'c'}, {0x03F3, 'j'}, {0x037F, 'j'},
    // Cyrillic
    {0x0405, 's'}, {0x0406, 'i'}, {0x0408, 'j'}, {0x0410, 'a'}, {0x0412, 'b'}, {0x0415, 'e'}, {0x041A, 'k'}, {0x041C, 'm'}, {0x041D, 'h'},
    {0x041E, 'o'}, {0x0420, 'p'}, {0x0421, 'c'}, {0x0422, 't'}, {0x0423, 'y'}, {0x0425, 'x'}, {0x0430, 'a'}, {0x0432, 'b'}, {0x0435, 'e'},
    {0x043A, 'k'}, {0x043C, 'm'}, {0x043D, 'h'}, {0x043E, 'o'}, {0x0440, 'p'}, {0x0441, 'c'}, {0x0442, 't'}, {0x0443, 'y'}, {0x0445, 'x'},
    {0x0455, 's'}, {0x0456, 'i'}, {0x0458, 'j'}, {0x0475, 'v'}, {0x0474, 'v'}, {0x04AE, 'y'}, {0x04AF, 'y'}, {0x04BA, 'h'}, {0x04BB, 'h'},
    {0x04C0, 'l'}, {0x04CF, 'l'}, {0x0501, 'd'}, {0x0500, 'd'}, {0x051A, 'q'}, {0x051B, 'q'}, {0x051C, 'w'}, {0x051D, 'w'}, {0x0261, 'g'},
    // Armenian, Georgian-free; phonetic small capitals
    {0x0585, 'o'}, {0x0555, 'o'}, {0x057D, 'u'}, {0x0578, 'n'}, {0x0570, 'h'}, {0x0563, 'q'}, {0x054D, 'u'}, {0x054F, 's'}, {0x1D00, 'a'},
    {0x0299, 'b'}, {0x1D04, 'c'}, {0x1D05, 'd'}, {0x1D07, 'e'}, {0xA730, 'f'}, {0x0262, 'g'}, {0x029C, 'h'}, {0x1D0A, 'j'}, {0x1D0B, 'k'},
    {0x029F, 'l'}, {0x1D0D, 'm'}, {0x1D0F, 'o'}, {0x1D18, 'p'}, {0xA731, 's'}, {0x1D1B, 't'}, {0x1D1C, 'u'}, {0x1D20, 'v'}, {0x1D21, 'w'},
    {0x028F, 'y'}, {0x1D22, 'z'}, {0x0455, 's'},
    // Lisu and Cherokee capitals
    {0xA4D0, 'b'}, {0xA4D1, 'p'}, {0xA4D3, 'd'}, {0xA4D4, 't'}, {0xA4D6, 'g'}, {0xA4D7, 'k'}, {0xA4D9, 'j'}, {0xA4DA, 'c'}, {0xA4DC, 'z'},
    {0xA4DD, 'f'}, {0xA4DF, 'm'}, {0xA4E0, 'n'}, {0xA4E1, 'l'}, {0xA4E2, 's'}, {0xA4E3, 'r'}, {0xA4E6, 'v'}, {0xA4E7, 'h'}, {0xA4EA, 'w'},
    {0xA4EB, 'x'}, {0xA4EC, 'y'}, {0xA4EE, 'a'}, {0xA4F0, 'e'}, {0xA4F2, 'i'}, {0xA4F3, 'o'}, {0xA4F4, 'u'}, {0x13DA, 's'}, {0x13A2, 't'},
    {0x13E2, 'p'}, {0x13AA, 'a'}, {0x13AC, 'e'},
};

[[nodiscard]] inline char latin_twin(std::uint32_t code) {
  if (code >= 0x1F150 && code <= 0x1F169) return static_cast<char>('a' + (code - 0x1F150));  // negative circled letters
  if (code >= 0x1F170 && code <= 0x1F189) return static_cast<char>('a' + (code - 0x1F170));  // negative squared letters
  for (auto const& t : twins)
    if (t.code == code) return t.latin;
  return '\0';
}

[[nodiscard]] constexpr glyph_kind ascii_kind(unsigned char c) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return glyph_kind::letter;
  if (c >= '0' && c <= '9') return glyph_kind::digit;
  switch (c) {
    case '\n': case '\r': case '\v': case '\f': return glyph_kind::newline;
    case '.': return glyph_kind::dot;
    case '!': case ';': return glyph_kind::bang;
    case '?': return glyph_kind::question;
    case ',': return glyph_kind::comma;
    case ':': return glyph_kind::colon;
    case '\'': case '`': return glyph_kind::apostrophe;
    case '-': case '_': return glyph_kind::hyphen;
    case '"': return glyph_kind::quote;
    default: return c < 0x20 && c != '\t' ? glyph_kind::nothing : glyph_kind::space;
  }
}

/// What is neither letter nor digit in any script, beyond ASCII.
[[nodiscard]] inline glyph_kind sign_kind(std::uint32_t code) {
  switch (code) {
    case 0x2018: case 0x2019: case 0x201B: case 0x2032: case 0x00B4: case 0x02BC: case 0x02B9: case 0xFF07: return glyph_kind::apostrophe;
    case 0x201A: case 0x201C: case 0x201D: case 0x201E: case 0x201F: case 0x00AB: case 0x00BB: case 0x2039: case 0x203A: case 0x300C: case 0x300D:
    case 0xFF02: return glyph_kind::quote;
    case 0x2010: case 0x2011: case 0xFF0D: return glyph_kind::hyphen;
    case 0x2012: case 0x2013: case 0x2014: case 0x2015: case 0x2026: case 0x3001: case 0xFF0C: return glyph_kind::comma;
    case 0x3002: case 0xFF0E: case 0xFF61: return glyph_kind::dot;
    case 0x203C: case 0xFF01: case 0x2757: case 0x00A1: return glyph_kind::bang;
    case 0x2047: case 0x2048: case 0x2049: case 0xFF1F: return glyph_kind::question;
    case 0xFF1A: return glyph_kind::colon;
    case 0x0085: case 0x2028: case 0x2029: return glyph_kind::newline;
    case 0x2122: case 0x2139: case 0x3297: case 0x3299: return glyph_kind::symbol;  // their letters are pictures
    default: break;
  }
  auto const* const p = utf8proc_get_property(static_cast<utf8proc_int32_t>(code));
  if (p->ignorable) return glyph_kind::nothing;
  switch (p->category) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_NL: return glyph_kind::letter;
    case UTF8PROC_CATEGORY_ND: return glyph_kind::digit;
    case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME: case UTF8PROC_CATEGORY_CF: case UTF8PROC_CATEGORY_CC:
      return code >= 0x80 && code <= 0x9F ? glyph_kind::space : glyph_kind::nothing;
    case UTF8PROC_CATEGORY_SO: case UTF8PROC_CATEGORY_SK: case UTF8PROC_CATEGORY_SM: return glyph_kind::symbol;
    default: return glyph_kind::space;
  }
}

inline void append_utf8(glyph& g, std::uint32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  auto const n = utf8proc_encode_char(static_cast<utf8proc_int32_t>(code), bytes.data());
  if (n <= 0 || static_cast<std::size_t>(g.length) + static_cast<std::size_t>(n) > g.chars.size()) return;
  for (utf8proc_ssize_t i = 0; i < n; ++i) g.chars[g.length++] = static_cast<char>(bytes[static_cast<std::size_t>(i)]);
}

/// Decomposed, case-folded, without marks, twins replaced.
inline void fold_letters(glyph& g, std::uint32_t code) {
  if (char const t = latin_twin(code); t != '\0') {
    g.kind = glyph_kind::letter;
    append_utf8(g, static_cast<std::uint32_t>(t));
    return;
  }
  std::array<utf8proc_int32_t, 32> out{};
  int boundclass = 0;
  auto const n = utf8proc_decompose_char(static_cast<utf8proc_int32_t>(code), out.data(), static_cast<utf8proc_ssize_t>(out.size()),
                                         static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK), &boundclass);
  bool letter = false, digit = false;
  for (utf8proc_ssize_t i = 0; i < std::min<utf8proc_ssize_t>(n, static_cast<utf8proc_ssize_t>(out.size())); ++i) {
    auto const c = static_cast<std::uint32_t>(out[static_cast<std::size_t>(i)]);
    glyph_kind const k = c < 0x80 ? ascii_kind(static_cast<unsigned char>(c)) : sign_kind(c);
    if (k != glyph_kind::letter && k != glyph_kind::digit) continue;
    (k == glyph_kind::letter ? letter : digit) = true;
    char const t = c < 0x80 ? '\0' : latin_twin(c);
    append_utf8(g, t != '\0' ? static_cast<std::uint32_t>(t) : k == glyph_kind::digit && c >= 0x80 ? std::uint32_t{'0'} : c);
  }
  if (letter || digit) g.kind = letter ? glyph_kind::letter : glyph_kind::digit;
}

[[nodiscard]] inline glyph fold(std::uint32_t code) {
  glyph g;
  g.code = code;
  if (code < 0x80) {
    g.kind = ascii_kind(static_cast<unsigned char>(code));
    if (g.kind == glyph_kind::letter || g.kind == glyph_kind::digit) {
      char const c = static_cast<char>(code);
      g.chars[0] = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
      g.length = 1;
    }
    return g;
  }
  g.kind = sign_kind(code);
  if (g.kind == glyph_kind::letter || g.kind == glyph_kind::digit || g.kind == glyph_kind::space ||
      (g.kind == glyph_kind::symbol && code != 0x2122 && code != 0x2139 && code != 0x3297 && code != 0x3299))
    fold_letters(g, code);
  if (g.kind == glyph_kind::symbol) {
    g.length = 0;
    append_utf8(g, code);
  }
  return g;
}

}  // namespace detail

/// The folding of every character: the first 1,536 code points from a table, the rest from Unicode's data.
class fold_table {
 public:
  fold_table() {
    low_.reserve(limit);
    for (std::uint32_t c = 0; c < limit; ++c) low_.push_back(detail::fold(c));
    for (std::uint32_t c = 0; c < 0x80; ++c) low_[c].size = 1;
  }

  /// The character at `at` (< text.size()).
  [[nodiscard]] glyph read(std::string_view text, std::size_t at) const {
    auto const a = static_cast<unsigned char>(text[at]);
    if (a < 0x80 && (at + 1 >= text.size() || static_cast<unsigned char>(text[at + 1]) < 0x80)) return low_[a];  // most of all text
    return read_beside_others(text, at);
  }

 private:
  static constexpr std::uint32_t limit = 0x600;
  /// A character that is not ASCII, or stands before one.
  [[nodiscard]] glyph read_beside_others(std::string_view text, std::size_t at) const {
    if (auto const a = static_cast<unsigned char>(text[at]); a < 0x80) {
      glyph g = low_[a];
      if (g.kind == glyph_kind::digit) pictured_digit(text, at, g);
      return g;
    }
    auto const [code, size] = detail::decode(text, at);
    glyph g = code < limit ? low_[code] : detail::fold(code);
    g.size = size;
    // A letter with an emoji's variation selector behind it is a picture.
    if (g.kind == glyph_kind::letter && code >= 0x2100 && text.substr(at + size, 3) == "\xEF\xB8\x8F") g.kind = glyph_kind::symbol;
    return g;
  }
  /// A digit in a key cap is an emoji.
  static void pictured_digit(std::string_view text, std::size_t at, glyph& g) {
    auto const rest = text.substr(at + 1, 6);
    if (rest.starts_with("\xE2\x83\xA3") || rest.starts_with("\xEF\xB8\x8F\xE2\x83\xA3")) g.kind = glyph_kind::symbol;
  }
  std::vector<glyph> low_;
};

}  // namespace jawort::keyword
