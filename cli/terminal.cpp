#include "terminal.hpp"

#include <unistd.h>

#include <cstdio>

namespace jawort::cli {

std::string inert(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    auto const c = static_cast<unsigned char>(text[i]);
    auto const code3 = i + 2 < text.size() ? std::string_view{text.data() + i, 3} : std::string_view{};
    bool const mark = code3.size() == 3 && ((code3[0] == '\xe2' && code3[1] == '\x80' && ((static_cast<unsigned char>(code3[2]) >= 0x8b && static_cast<unsigned char>(code3[2]) <= 0x8f) || (static_cast<unsigned char>(code3[2]) >= 0xaa && static_cast<unsigned char>(code3[2]) <= 0xae))) ||
                                            (code3[0] == '\xe2' && code3[1] == '\x81' && static_cast<unsigned char>(code3[2]) >= 0xa6 && static_cast<unsigned char>(code3[2]) <= 0xa9));
    if (c < 0x20 || c == 0x7f) {
      char buffer[8];
      std::snprintf(buffer, sizeof buffer, "\\x%02x", c);
      out += buffer;
    } else if (c == 0xc2 && i + 1 < text.size() && static_cast<unsigned char>(text[i + 1]) < 0xa0) {
      out += "\\u00..";  // C1 control
      ++i;
    } else if (mark) {
      out += "\\u20..";
      i += 2;
    } else {
      out += static_cast<char>(c);
    }
  }
  return out;
}

std::string painted(std::string_view text, paint p, bool colour) {
  if (!colour || p == paint::plain) return std::string{text};
  char const* const code = p == paint::good ? "32" : p == paint::bad ? "31" : p == paint::careful ? "33" : "2";
  return "\x1b[" + std::string{code} + "m" + std::string{text} + "\x1b[0m";
}

bool is_terminal(int fd) { return ::isatty(fd) == 1; }

}  // namespace jawort::cli
