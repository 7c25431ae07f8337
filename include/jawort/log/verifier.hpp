// jawort/log/verifier.hpp - whose signature a note carries: verifier keys, plain signatures, witnesses' cosignatures.
//
// A verifier key is `name+hex8(key id)+base64(type | public key)`. Type 01 signs the note's text; type 04 (a witness,
// C2SP tlog-cosignature) signs `cosignature/v1\ntime <t>\n` and the text, and puts the time before its signature. The
// Ed25519 check is passed in: `bool operator()(bytes_view public_key, std::string_view message, bytes_view signature)`.
//
//   auto const key = parse_verifier(hash, "agency.example/jawort+0a1b2c3d+AR…");
//   if (key && check_signature(*note, *key, ed25519).state == signature_state::good) …
//
// Signatures of other keys in the same note say nothing for or against it. Values; no shared state.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "checkpoint.hpp"

namespace jawort::log {

inline constexpr std::uint8_t cosignature_type = 4;

struct verifier {
  std::string name;
  std::uint32_t key_id = 0;
  std::uint8_t type = ed25519_type;
  digest public_key{};
  friend bool operator==(verifier const&, verifier const&) = default;
};

/// The key id for any type: the first four bytes of SHA-256(name 0A type public key).
template <class Hash>
[[nodiscard]] std::uint32_t key_id_of(Hash&& hash, std::string_view name, std::uint8_t type, bytes_view public_key) {
  std::string m{name};
  m += '\n';
  m += static_cast<char>(type);
  detail::writer{m}.raw(public_key);
  digest const d = hash(detail::view(m));
  return static_cast<std::uint32_t>(d[0]) << 24 | static_cast<std::uint32_t>(d[1]) << 16 | static_cast<std::uint32_t>(d[2]) << 8 | d[3];
}

/// Reads a verifier key of type 01 or 04; nothing where it has another form, or its key id is not that of its key.
template <class Hash>
[[nodiscard]] std::optional<verifier> parse_verifier(Hash&& hash, std::string_view text) {
  auto const first = text.find('+');
  if (first == text.npos) return std::nullopt;
  auto const second = text.find('+', first + 1);  // base64 may contain more
  if (second == text.npos || second - first != 9) return std::nullopt;
  verifier v;
  v.name = text.substr(0, first);
  if (!is_key_name(v.name)) return std::nullopt;
  for (char const c : text.substr(first + 1, 8)) {
    int const d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (d < 0) return std::nullopt;
    v.key_id = v.key_id << 4 | static_cast<std::uint32_t>(d);
  }
  auto const key = from_base64(text.substr(second + 1));
  if (!key || key->size() != 33 || ((*key)[0] != ed25519_type && (*key)[0] != cosignature_type)) return std::nullopt;
  v.type = (*key)[0];
  std::memcpy(v.public_key.data(), key->data() + 1, 32);
  if (key_id_of(hash, v.name, v.type, v.public_key) != v.key_id) return std::nullopt;
  return v;
}

enum class signature_state : std::uint8_t {
  absent,   ///< no signature of that key
  bad,      ///< there is one, and it does not verify: the note is not what was signed
  good
};

struct checked_signature {
  signature_state state = signature_state::absent;
  std::uint64_t time = 0;   ///< Unix seconds at which a witness saw it; 0 for type 01
};

/// The time of a cosignature and its 64 bytes, of what stands behind the key id; nothing where it is none.
struct cosignature {
  std::uint64_t time = 0;
  std::vector<std::uint8_t> signature;
};
[[nodiscard]] inline std::optional<cosignature> parse_cosignature(bytes_view payload) {
  if (payload.size() != 72) return std::nullopt;
  cosignature c;
  for (std::size_t i = 0; i < 8; ++i) c.time = c.time << 8 | payload[i];
  c.signature.assign(payload.begin() + 8, payload.end());
  return c;
}

/// What a witness signs for a checkpoint's text at a time.
[[nodiscard]] inline std::string cosigned_message(std::uint64_t time, std::string_view checkpoint_text) {
  return "cosignature/v1\ntime " + std::to_string(time) + "\n" + std::string{checkpoint_text};
}

/// A witness's signature line from its 64 bytes.
[[nodiscard]] inline std::string cosignature_line(std::string_view name, std::uint32_t key_id, std::uint64_t time, bytes_view signature) {
  std::string payload;
  detail::writer w{payload};
  w.number(time, 8);
  w.raw(signature);
  return signature_line(name, key_id, detail::view(payload));
}

/// The signature of one key in a note. Several of the same key must all verify.
template <class Verify>
[[nodiscard]] checked_signature check_signature(signed_note const& note, verifier const& key, Verify&& verify) {
  checked_signature out;
  for (note_signature const& s : note.signatures) {
    if (s.name != key.name || s.key_id != key.key_id) continue;
    bool good = false;
    if (key.type == ed25519_type) {
      good = s.bytes.size() == 64 && verify(bytes_view{key.public_key}, std::string_view{note.text}, bytes_view{s.bytes});
    } else if (auto const c = parse_cosignature(s.bytes)) {
      good = verify(bytes_view{key.public_key}, std::string_view{cosigned_message(c->time, note.text)}, bytes_view{c->signature});
      out.time = std::max(out.time, c->time);
    }
    if (!good) return {signature_state::bad, 0};
    out.state = signature_state::good;
  }
  return out;
}

}  // namespace jawort::log
