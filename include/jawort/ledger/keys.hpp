// jawort/ledger/keys.hpp - the key file beside a ledger (`FILE.keys`, mode 0600).
//
// Lines of text: `jawort-keys 1`, then one `NAME EPOCH BASE64` a line, each 32 bytes: `master` (K of LOG-FORMAT, one an
// epoch), `signing` (Ed25519 seed), `lookup`, `tombstone`, `box` (not rotated). Whoever has this file can open what the
// log seals: keep it apart from copies of the ledger.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "../log/checkpoint.hpp"
#include "../result.hpp"

namespace jawort {

class key_file {
 public:
  /// Makes fresh keys and writes them; refuses to touch a file that is there (`failure::already_exists`).
  [[nodiscard]] static result<key_file> create(std::string const& path);
  /// Reads them; `failure::key_missing` if there is none, `failure::malformed` if it is not one.
  [[nodiscard]] static result<key_file> open(std::string const& path);

  [[nodiscard]] std::uint32_t epoch() const { return epoch_; }
  /// K of an epoch, or nullptr.
  [[nodiscard]] log::secret const* master(std::uint32_t epoch) const;
  /// A key that is never rotated: `lookup`, `tombstone` or `box`.
  [[nodiscard]] log::secret const& lasting(std::string const& name) const { return keys_.at(name).begin()->second; }
  /// The verifier key of the newest signing key for that origin.
  [[nodiscard]] std::string verifier(std::string const& origin) const;
  /// Every verifier key for that origin, oldest first.
  [[nodiscard]] std::vector<std::string> verifiers(std::string const& origin) const;
  /// Adds keys of a new epoch (`master`, `signing`) to the file, which is replaced as a whole: a crash leaves the old one
  /// or the new one. Every other line stays. The old keys stay for verifying.
  [[nodiscard]] result<> rotate(std::string const& path);
  /// A checkpoint as a signed note; after a rotation with two signatures, the newest key's and that of the one before,
  /// so that whoever knows the older one alone can go on.
  [[nodiscard]] std::string sign(log::checkpoint const& c) const;
  /// Any text (with its last newline) as a signed note of that origin.
  [[nodiscard]] std::string sign_text(std::string const& origin, std::string const& text) const;
  /// Whether one of our signing keys signed the note for that origin.
  [[nodiscard]] bool signed_by_us(std::string const& origin, std::string_view note) const;
  /// The checkpoint of a note that one of our signing keys signed; nothing otherwise.
  [[nodiscard]] std::optional<log::checkpoint> verified(std::string_view note) const;

 private:
  using by_epoch = std::map<std::uint32_t, log::secret>;
  std::map<std::string, by_epoch> keys_;
  std::uint32_t epoch_ = 0;
};

}  // namespace jawort
