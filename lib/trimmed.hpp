// lib/trimmed.hpp - text without the blanks around it. Internal.
#pragma once
#include <string_view>

namespace jawort {

[[nodiscard]] inline std::string_view trimmed(std::string_view s, std::string_view blanks = " \t\r\n") {
  auto const from = s.find_first_not_of(blanks);
  if (from == s.npos) return {};
  return s.substr(from, s.find_last_not_of(blanks) - from + 1);
}

}  // namespace jawort
