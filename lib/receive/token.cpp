#include "token.hpp"

#include <charconv>

namespace jawort::receive {
namespace {
constexpr std::size_t secret_size = 32;
bool is_hex(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); }
bool is_word(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
}  // namespace

std::string make_token(token_kind kind, std::uint64_t seq, std::string_view secret_hex) {
  return std::string{"j"} + static_cast<char>(kind) + "-" + std::to_string(seq) + "-" + std::string{secret_hex};
}

std::optional<token_parts> parse_token(std::string_view t, token_kind kind) {
  if (t.size() < 4 || t[0] != 'j' || t[1] != static_cast<char>(kind) || t[2] != '-') return std::nullopt;
  t.remove_prefix(3);
  auto const dash = t.find('-');
  if (dash == t.npos || dash == 0 || dash > 19 || t.size() - dash - 1 != secret_size) return std::nullopt;
  token_parts p;
  auto const [end, wrong] = std::from_chars(t.data(), t.data() + dash, p.seq);
  if (wrong != std::errc{} || end != t.data() + dash) return std::nullopt;
  p.secret = t.substr(dash + 1);
  for (char const c : p.secret)
    if (!is_hex(c)) return std::nullopt;
  return p;
}

std::string find_token(std::string_view text, token_kind kind) {
  std::string const mark = std::string{"j"} + static_cast<char>(kind) + "-";
  for (auto at = text.find(mark); at != text.npos; at = text.find(mark, at + 1)) {
    if (at > 0 && is_word(text[at - 1])) continue;
    auto end = at + mark.size();
    while (end < text.size() && (is_hex(text[end]) || text[end] == '-')) ++end;
    auto const candidate = text.substr(at, end - at);
    if (parse_token(candidate, kind)) return std::string{candidate};
  }
  return {};
}

}  // namespace jawort::receive
