// lib/sealing.hpp - the keyed digests and the box that an erasure leaves. Internal.
//
//   tag        = HMAC(lookup key,    "jawort/v1/lookup"    00 address)   finds the box when the address is presented
//   tombstone  = HMAC(tombstone key, "jawort/v1/tombstone" 00 address)   keeps imports out, after the box is gone too
//   box        = nonce 12 | GCM tag 16 | AES-256-GCM(box key, body), bound to its place and date
//
// All three keys live in the key file and are never rotated.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "jawort/address.hpp"
#include "jawort/ledger/keys.hpp"
#include "jawort/log/leaf.hpp"

namespace jawort {

[[nodiscard]] log::digest lookup_tag(key_file const& keys, address const& who);
[[nodiscard]] log::digest tombstone_tag(key_file const& keys, address const& who);

/// What a box is bound to: it opens at no other place and with no other date.
[[nodiscard]] std::string box_binding(sequence seq, std::uint32_t person, instant until);

/// Seals; fails only where the operating system gives no randomness.
[[nodiscard]] result<std::string> seal(log::secret const& key, std::string_view binding, std::string_view body);
/// Opens; nothing where a byte is not what was sealed.
[[nodiscard]] std::optional<std::string> open_sealed(log::secret const& key, std::string_view binding, std::string_view box);

}  // namespace jawort
