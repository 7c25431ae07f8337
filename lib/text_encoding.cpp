#include "text_encoding.hpp"

#include <utf8proc.h>

#include <array>

namespace jawort {

void put_utf8(std::string& out, std::int32_t code) {
  std::array<utf8proc_uint8_t, 4> bytes{};
  auto const n = utf8proc_encode_char(code, bytes.data());
  out.append(reinterpret_cast<char const*>(bytes.data()), static_cast<std::size_t>(n));
}

bool is_utf8(std::string_view s) {
  auto const* p = reinterpret_cast<utf8proc_uint8_t const*>(s.data());
  auto left = static_cast<utf8proc_ssize_t>(s.size());
  while (left > 0) {
    utf8proc_int32_t code = 0;
    auto const n = utf8proc_iterate(p, left, &code);
    if (n <= 0) return false;
    p += n;
    left -= n;
  }
  return true;
}

std::string from_windows_1252(std::string_view s) {
  // 0x80–0x9f; the rest is Latin-1. Source: the code page's table at unicode.org.
  constexpr std::array<std::int32_t, 32> upper{0x20ac, 0xfffd, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
                                               0x2039, 0x0152, 0xfffd, 0x017d, 0xfffd, 0xfffd, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
                                               0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0xfffd, 0x017e, 0x0178};
  std::string out;
  for (char const c : s) {
    auto const b = static_cast<unsigned char>(c);
    put_utf8(out, b >= 0x80 && b < 0xa0 ? upper[b - 0x80U] : b);
  }
  return out;
}

text_form form_of(std::string_view file) {
  if (file.starts_with("\xef\xbb\xbf")) return {text_width::bytes, 3};
  if (file.starts_with("\xff\xfe")) return {text_width::utf16_little, 2};
  if (file.starts_with("\xfe\xff")) return {text_width::utf16_big, 2};
  if (file.size() >= 2 && file[0] != '\0' && file[1] == '\0') return {text_width::utf16_little, 0};
  if (file.size() >= 2 && file[0] == '\0' && file[1] != '\0') return {text_width::utf16_big, 0};
  return {};
}

std::string from_utf16(std::string_view bytes, bool big) {
  std::string out;
  auto const unit = [&](std::size_t at) {
    auto const a = static_cast<unsigned char>(bytes[at]), b = static_cast<unsigned char>(bytes[at + 1]);
    return static_cast<std::int32_t>(big ? a << 8 | b : b << 8 | a);
  };
  std::size_t at = 0;
  for (; at + 1 < bytes.size(); at += 2) {
    std::int32_t code = unit(at);
    if (code >= 0xd800 && code < 0xdc00 && at + 3 < bytes.size()) {
      auto const low = unit(at + 2);
      if (low >= 0xdc00 && low < 0xe000) {
        code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
        at += 2;
      }
    }
    put_utf8(out, code >= 0xd800 && code < 0xe000 ? 0xfffd : code);
  }
  if (at < bytes.size()) put_utf8(out, 0xfffd);
  return out;
}

}  // namespace jawort
