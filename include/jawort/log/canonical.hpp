// jawort/log/canonical.hpp - reading the canonical bytes that a leaf's C_e commits to (written by `canonical_bytes`).
//
// Whoever is shown an entry's evidence gets these bytes and k_e, checks HMAC(k_e, bytes) against the leaf, and reads here
// what they say. Strict: nothing where a length does not go up or bytes are left over. Values; no shared state.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leaf.hpp"

namespace jawort::log {

struct canonical_event {
  std::uint64_t seq = 0;
  std::uint64_t occurred_ms = 0, recorded_ms = 0;   ///< milliseconds since 1970, UTC
  std::string address;                              ///< empty for entries about the ledger
  std::uint8_t channel = 0;                         ///< 0: none said
  std::string purpose, via, notice, other, source, operator_name;
  std::vector<std::pair<std::string, std::string>> evidence;
};

[[nodiscard]] inline std::optional<canonical_event> parse_canonical(std::string_view in) {
  bool good = in.starts_with("JWe1");
  if (good) in.remove_prefix(4);
  auto const number = [&](std::size_t bytes) {
    std::uint64_t n = 0;
    if (in.size() < bytes) good = false;
    if (!good) return n;
    for (std::size_t i = 0; i < bytes; ++i) n = n << 8 | static_cast<unsigned char>(in[i]);
    in.remove_prefix(bytes);
    return n;
  };
  auto const text = [&] {
    auto const size = number(4);
    if (in.size() < size) good = false;
    if (!good) return std::string{};
    std::string out{in.substr(0, size)};
    in.remove_prefix(size);
    return out;
  };
  canonical_event e;
  e.seq = number(8);
  e.occurred_ms = number(8);
  e.recorded_ms = number(8);
  e.address = text();
  e.channel = static_cast<std::uint8_t>(number(1));
  for (std::string* const field : {&e.purpose, &e.via, &e.notice, &e.other, &e.source, &e.operator_name}) *field = text();
  auto const entries = number(4);
  for (std::uint64_t k = 0; good && k < entries; ++k) {
    auto key = text();
    auto value = text();
    e.evidence.emplace_back(std::move(key), std::move(value));
  }
  return good && in.empty() ? std::optional{std::move(e)} : std::nullopt;
}

/// The fields of a leaf's bytes; nothing where they do not begin with `JWv1` or name a kind that does not exist.
[[nodiscard]] inline std::optional<leaf> decode_leaf(bytes_view in) {
  if (in.size() != leaf_size || std::memcmp(in.data(), "JWv1", 4) != 0) return std::nullopt;
  auto const number = [&](std::size_t at, std::size_t bytes) {
    std::uint64_t n = 0;
    for (std::size_t i = 0; i < bytes; ++i) n = n << 8 | in[at + i];
    return n;
  };
  auto const kind = event_kind_of(in[4]);
  if (!kind) return std::nullopt;
  leaf l;
  l.kind = *kind;
  l.flags = in[5];
  l.purpose_code = static_cast<std::uint16_t>(number(6, 2));
  l.minute = number(8, 8);
  std::memcpy(l.nonce.data(), in.data() + 16, 16);
  std::memcpy(l.subject_commitment.data(), in.data() + 32, 32);
  std::memcpy(l.event_commitment.data(), in.data() + 64, 32);
  std::memcpy(l.notice_digest.data(), in.data() + 96, 32);
  l.epoch = static_cast<std::uint32_t>(number(128, 4));
  return l;
}

}  // namespace jawort::log
