// lib/crypto.hpp - hashes, MACs, signatures and randomness, from OpenSSL's libcrypto. Internal.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "jawort/log/checkpoint.hpp"
#include "jawort/result.hpp"

namespace jawort::crypto {

/// SHA-256. One thread at a time.
class sha256 {
 public:
  log::digest operator()(log::bytes_view data);
  log::digest operator()(std::string_view data) { return (*this)(log::detail::view(data)); }
  /// Piecewise: `begin`, `more` …, `end`.
  void begin();
  void more(std::string_view data);
  void more(log::bytes_view data);
  log::digest end();

 private:
  alignas(8) std::array<unsigned char, 128> context_{};   ///< OpenSSL's, whose header stays out of this one
};

/// HMAC-SHA-256; the key has exactly 32 bytes (asserted).
struct hmac_sha256 {
  log::digest operator()(log::bytes_view key, log::bytes_view message) const;
};

/// The same under one key for many messages: what depends on the key alone is hashed once, which saves two of four blocks
/// of a short message. A value; may be used by several threads.
class hmac_key {
 public:
  explicit hmac_key(log::bytes_view key);
  [[nodiscard]] log::digest operator()(log::bytes_view message) const;

 private:
  std::array<std::uint32_t, 8> inner_{}, outer_{};
};

/// Ed25519 (RFC 8032) from a 32-byte seed.
[[nodiscard]] std::array<std::uint8_t, 32> ed25519_public(std::array<std::uint8_t, 32> const& seed);
[[nodiscard]] std::array<std::uint8_t, 64> ed25519_sign(std::array<std::uint8_t, 32> const& seed, std::string_view message);
[[nodiscard]] bool ed25519_verify(log::bytes_view public_key, std::string_view message, log::bytes_view signature);

/// Fills with random bytes of the operating system's generator; fails only where that does.
[[nodiscard]] result<> fill_random(std::span<std::uint8_t> out);

/// SHA-1, for lists that authorities give out as such; never for proofs.
[[nodiscard]] std::array<std::uint8_t, 20> sha1(std::string_view data);

[[nodiscard]] std::string hex(log::bytes_view bytes);

}  // namespace jawort::crypto
