// jawort/log/checkpoint.hpp - signed tree heads (C2SP tlog-checkpoint in a C2SP signed note).
//
//   <origin>\n<size>\n<base64 root>\n
//   \n
//   — <key name> <base64(key id 4 | signature 64)>\n
//
// Signing and verifying are passed in; this header knows the bytes only. Ed25519 keys have type 01; a key id is the
// first four bytes of SHA-256(name 0A type public key). Values; no shared state.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "leaf.hpp"

namespace jawort::log {

/// Standard base64 with padding.
[[nodiscard]] inline std::string base64(bytes_view in) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve((in.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < in.size(); i += 3) {
    unsigned const left = static_cast<unsigned>(in.size() - i);
    unsigned const v = static_cast<unsigned>(in[i]) << 16 | (left > 1 ? static_cast<unsigned>(in[i + 1]) << 8 : 0U) |
                       (left > 2 ? static_cast<unsigned>(in[i + 2]) : 0U);
    out += alphabet[v >> 18];
    out += alphabet[v >> 12 & 63];
    out += left > 1 ? alphabet[v >> 6 & 63] : '=';
    out += left > 2 ? alphabet[v & 63] : '=';
  }
  return out;
}

/// Strict: padding required, unused bits zero, nothing else between. Nothing on any deviation.
[[nodiscard]] inline std::optional<std::vector<std::uint8_t>> from_base64(std::string_view in) {
  if (in.size() % 4 != 0) return std::nullopt;
  std::vector<std::uint8_t> out;
  unsigned value = 0;
  int bits = 0;
  std::size_t const padding = in.ends_with("==") ? 2 : in.ends_with("=") ? 1 : 0;
  for (char const c : in.substr(0, in.size() - padding)) {
    int const d = c >= 'A' && c <= 'Z' ? c - 'A' : c >= 'a' && c <= 'z' ? c - 'a' + 26 : c >= '0' && c <= '9' ? c - '0' + 52
                  : c == '+' ? 62 : c == '/' ? 63 : -1;
    if (d < 0) return std::nullopt;
    value = value << 6 | static_cast<unsigned>(d);
    bits += 6;
    if (bits >= 8) {
      bits -= 8;
      out.push_back(static_cast<std::uint8_t>(value >> bits & 0xff));
    }
  }
  if ((value & ((1U << bits) - 1)) != 0) return std::nullopt;
  return out;
}

struct checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  digest root{};
  friend bool operator==(checkpoint const&, checkpoint const&) = default;
};

/// The three lines that are signed.
[[nodiscard]] inline std::string text_of(checkpoint const& c) {
  return c.origin + "\n" + std::to_string(c.size) + "\n" + base64(bytes_view{c.root}) + "\n";
}

/// Reads the three lines; extension lines behind them are not ours and make it nothing.
[[nodiscard]] inline std::optional<checkpoint> parse_checkpoint(std::string_view text) {
  std::array<std::string_view, 3> lines;
  for (auto& line : lines) {
    auto const end = text.find('\n');
    if (end == std::string_view::npos) return std::nullopt;
    line = text.substr(0, end);
    text.remove_prefix(end + 1);
  }
  if (!text.empty() || lines[0].empty() || lines[1].empty() || lines[1].size() > 19) return std::nullopt;
  checkpoint c;
  c.origin = lines[0];
  if (lines[1].size() > 1 && lines[1][0] == '0') return std::nullopt;
  for (char const d : lines[1]) {
    if (d < '0' || d > '9') return std::nullopt;
    c.size = c.size * 10 + static_cast<std::uint64_t>(d - '0');
  }
  auto const root = from_base64(lines[2]);
  if (!root || root->size() != c.root.size()) return std::nullopt;
  std::memcpy(c.root.data(), root->data(), c.root.size());
  return c;
}

struct note_signature {
  std::string name;
  std::uint32_t key_id = 0;
  std::vector<std::uint8_t> bytes;   ///< behind the key id
};

struct signed_note {
  std::string text;                  ///< with its last newline
  std::vector<note_signature> signatures;
};

/// A note that is longer, or has more signatures, is none.
inline constexpr std::size_t max_note_size = 1'000'000;
inline constexpr std::size_t max_note_signatures = 100;

namespace detail {
/// Valid UTF-8 without characters below U+0020 but newlines.
[[nodiscard]] inline bool is_note_text(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    auto const c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      if (c < 0x20 && c != '\n') return false;
      ++i;
      continue;
    }
    std::size_t const length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
    if (c < 0xc2 || c > 0xf4 || i + length > text.size()) return false;
    std::uint32_t code = c & (0xffU >> (length + 1));
    for (std::size_t k = 1; k < length; ++k) {
      auto const next = static_cast<unsigned char>(text[i + k]);
      if ((next & 0xc0) != 0x80) return false;
      code = code << 6 | (next & 0x3fU);
    }
    constexpr std::array<std::uint32_t, 5> least{0, 0, 0x80, 0x800, 0x10000};
    if (code < least[length] || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return false;
    i += length;
  }
  return true;
}
}  // namespace detail

/// The name of a key: neither empty, nor with a space of any kind, nor with `+`.
[[nodiscard]] inline bool is_key_name(std::string_view name) {
  if (name.empty() || name.find_first_of("+ \n") != name.npos || !detail::is_note_text(name)) return false;
  constexpr std::array<std::string_view, 8> spaces{"\u00a0", "\u1680", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\u0085"};
  for (auto const space : spaces)
    if (name.find(space) != name.npos) return false;
  for (auto at = name.find("\xe2\x80"); at != name.npos; at = name.find("\xe2\x80", at + 1))  // U+2000 to U+200A
    if (static_cast<unsigned char>(name[at + 2]) <= 0x8a) return false;
  return true;
}

/// Splits a note at its last empty line. Nothing if it is not a note. Signatures of keys that nobody here knows are
/// kept as they are.
[[nodiscard]] inline std::optional<signed_note> parse_note(std::string_view in) {
  auto const split = in.rfind("\n\n");
  if (split == std::string_view::npos || in.back() != '\n' || in.size() > max_note_size || !detail::is_note_text(in)) return std::nullopt;
  signed_note note;
  note.text = in.substr(0, split + 1);
  std::string_view rest = in.substr(split + 2);
  if (rest.empty()) return std::nullopt;
  while (!rest.empty()) {
    auto const end = rest.find('\n');
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    constexpr std::string_view dash = "\u2014 ";
    if (line.substr(0, dash.size()) != dash) return std::nullopt;
    line.remove_prefix(dash.size());
    auto const space = line.find(' ');
    if (space == std::string_view::npos || !is_key_name(line.substr(0, space))) return std::nullopt;
    auto const payload = from_base64(line.substr(space + 1));
    if (!payload || payload->size() < 5 || note.signatures.size() == max_note_signatures) return std::nullopt;
    note_signature s;
    s.name = line.substr(0, space);
    for (std::size_t i = 0; i < 4; ++i) s.key_id = s.key_id << 8 | (*payload)[i];
    s.bytes.assign(payload->begin() + 4, payload->end());
    note.signatures.push_back(std::move(s));
  }
  return note;
}

/// One signature line.
[[nodiscard]] inline std::string signature_line(std::string_view name, std::uint32_t key_id, bytes_view signature) {
  std::string payload;
  detail::writer w{payload};
  w.number(key_id, 4);
  w.raw(signature);
  return "\u2014 " + std::string{name} + " " + base64(detail::view(payload)) + "\n";
}

inline constexpr std::uint8_t ed25519_type = 1;

template <class Hash>
[[nodiscard]] std::uint32_t key_id_of(Hash&& hash, std::string_view name, bytes_view public_key) {
  std::string m{name};
  m += '\n';
  m += static_cast<char>(ed25519_type);
  detail::writer{m}.raw(public_key);
  digest const d = hash(detail::view(m));
  return static_cast<std::uint32_t>(d[0]) << 24 | static_cast<std::uint32_t>(d[1]) << 16 |
         static_cast<std::uint32_t>(d[2]) << 8 | d[3];
}

/// `name+hex8(key id)+base64(type | public key)`
[[nodiscard]] inline std::string verifier_key(std::string_view name, std::uint32_t key_id, bytes_view public_key) {
  std::string out{name};
  out += '+';
  constexpr std::string_view hex = "0123456789abcdef";
  for (int shift = 28; shift >= 0; shift -= 4) out += hex[key_id >> shift & 15];
  out += '+';
  std::string typed(1, static_cast<char>(ed25519_type));
  detail::writer{typed}.raw(public_key);
  return out + base64(detail::view(typed));
}

}  // namespace jawort::log
