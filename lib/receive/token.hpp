// lib/receive/token.hpp - the form of tokens that stand in links and mails. Internal.
//
// `jc-SEQ-HEX` confirms, `ju-SEQ-HEX` unsubscribes: SEQ is the ledger entry it belongs to, HEX 128 bits. Neither names a
// person.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace jawort::receive {

enum class token_kind : char { confirm = 'c', unsubscribe = 'u' };

struct token_parts {
  std::uint64_t seq = 0;
  std::string secret;   ///< 32 lower-case hex digits
};

[[nodiscard]] std::string make_token(token_kind kind, std::uint64_t seq, std::string_view secret_hex);
/// The parts of a token of that kind; nothing if it is none.
[[nodiscard]] std::optional<token_parts> parse_token(std::string_view token, token_kind kind);
/// The first token of that kind anywhere in a text; empty if there is none.
[[nodiscard]] std::string find_token(std::string_view text, token_kind kind);

}  // namespace jawort::receive
