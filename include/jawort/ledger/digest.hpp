// jawort/ledger/digest.hpp - SHA-256 as people compare it.
#pragma once
#include <string>
#include <string_view>

namespace jawort {

/// 64 hex digits, as `sha256sum` prints them. Thread-safe.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace jawort
