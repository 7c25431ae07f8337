// lib/kept_notes.hpp - what others said about our checkpoints: time stamps and cosigned notes, kept beside the ledger.
// Internal.
//
// `FILE.witnessed` holds notes as the checkpoint file does; `FILE.witnesses` a verifier key a line. `FILE.stamps/` holds,
// for each stamp, `ORIGIN-SIZE-N.tsr` (the authority's answer) and `ORIGIN-SIZE-N.checkpoint` (the bytes that it stamped),
// so that `openssl ts -verify -in X.tsr -data X.checkpoint -CAfile ca.pem` needs nothing else.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "anchors.hpp"
#include "jawort/log/verifier.hpp"
#include "jawort/time.hpp"

namespace jawort {

[[nodiscard]] std::vector<found_note> kept_witnessed(std::string const& ledger);
[[nodiscard]] std::vector<log::verifier> known_witnesses(std::string const& ledger);

struct kept_stamp {
  std::string file;   ///< the .tsr
  std::string der;
  std::string note;   ///< the stamped bytes
};
[[nodiscard]] std::vector<kept_stamp> kept_stamps(std::string const& ledger);

/// What an RFC 3161 answer says.
struct stamp {
  log::digest imprint{};   ///< SHA-256
  instant at;
};
/// `malformed` where it is no granted answer with a SHA-256 imprint.
[[nodiscard]] result<stamp> read_stamp(std::string const& der, std::string const& where);
/// Whether the answer's signature leads to one of the certificates in the PEM file.
[[nodiscard]] result<> check_authority(std::string const& der, std::string const& stamped, std::string const& ca_file);

}  // namespace jawort
