// lib/text_encoding.hpp - the encodings of office files, as UTF-8. Internal.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace jawort {

void put_utf8(std::string& out, std::int32_t code);
[[nodiscard]] bool is_utf8(std::string_view s);
[[nodiscard]] std::string from_windows_1252(std::string_view s);

/// How a file's bytes stand for text: bytes (UTF-8, or windows-1252 where that fails), or two-byte units of UTF-16.
enum class text_width : std::uint8_t { bytes, utf16_little, utf16_big };

struct text_form {
  text_width width = text_width::bytes;
  std::size_t mark = 0;              ///< bytes of the byte order mark
  [[nodiscard]] std::size_t unit() const { return width == text_width::bytes ? 1 : 2; }
};

/// By byte order mark; UTF-16 without one is told by a zero beside the first letter.
[[nodiscard]] text_form form_of(std::string_view file);

/// UTF-16 as UTF-8; half a pair, and half a unit at the end, become U+FFFD.
[[nodiscard]] std::string from_utf16(std::string_view bytes, bool big);

}  // namespace jawort
