// jawort/ledger/anchor.hpp - checkpoints outside the database, and what others say about them.
//
// Every batch ends with a signed checkpoint in `FILE.checkpoints`. Whoever can change the database and that file together
// can take both back; so keep further copies elsewhere (another disk, another machine, a mailbox), let a time stamping
// authority stamp one now and then (RFC 3161), or have witnesses cosign them.
//
//   add_anchor(book, "/media/stick/agency.checkpoints", now);
//   auto r = keep_stamp(book, der_bytes, "today.tsr", {});      // made with `openssl ts`
//
// Thread safety: as the ledger's. Errors: `refused` for what is not ours, `malformed` for what cannot be read, `damaged`
// where a checkpoint is not of this ledger although our key signed it.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace jawort {

struct anchor_copy {
  std::string path;
  bool readable = false;
  std::uint64_t notes = 0;
  std::optional<log::checkpoint> newest;   ///< that our key signed
};

/// The file beside the ledger first, then the further copies.
[[nodiscard]] result<std::vector<anchor_copy>> anchor_copies(ledger& book);

/// A further copy of every checkpoint, written with each batch from now on; those so far are copied into it. A folder
/// gets a file of the ledger's name. An entry records it. Gives the path of the file.
[[nodiscard]] result<std::string> add_anchor(ledger& book, std::string const& path, instant now);
/// Strikes a copy from the list; the file stays. An entry records it.
[[nodiscard]] result<> remove_anchor(ledger& book, std::string const& path, instant now);

struct resolved_loss {
  log::checkpoint lost;        ///< the newest checkpoint, of what is gone
  std::string origin;          ///< the new one
  sequence first_seq = 0;
  std::uint64_t entries = 0;   ///< how many are gone, as far as the checkpoints tell; 0 for another history of the same size
};

/// What the alarm is about: the newest checkpoint and what is gone; nothing where there is no alarm.
[[nodiscard]] result<std::optional<resolved_loss>> loss(ledger& book);
/// Ends the alarm: a new origin begins whose first entry cites the lost checkpoint. Signed checkpoints of the old origin
/// are never contradicted. `refused` where there is no alarm.
[[nodiscard]] result<resolved_loss> accept_loss(ledger& book, instant now);

/// New keys of the next epoch for leaves and checkpoints; an entry tells the new verifier key. The old ones stay for
/// verifying. A crash in between leaves a ledger that works: the entry is made up for by the next batch.
[[nodiscard]] result<std::string> rotate_keys(ledger& book, instant now);

// --- time stamps (RFC 3161) -----------------------------------------------------------------------------------------

struct kept_stamp_info {
  log::checkpoint of;
  instant at;                  ///< the authority's time
  std::string file;            ///< where it is kept, the checkpoint beside it
  bool authority_checked = false;
};

/// Keeps an authority's answer (`openssl ts -reply`) whose imprint is the SHA-256 of one of our signed checkpoints, as the
/// checkpoint file has it or as `jawort checkpoint` printed it, in `FILE.stamps/`. `ca_file`: PEM certificates that the
/// answer's signature has to lead to; without it the imprint alone is checked.
[[nodiscard]] result<kept_stamp_info> keep_stamp(ledger& book, std::string const& der, std::string const& where, std::optional<std::string> const& ca_file);
[[nodiscard]] result<std::vector<kept_stamp_info>> stamps(ledger& book);

// --- witnesses ------------------------------------------------------------------------------------------------------

struct cosigned {
  log::checkpoint of;
  std::vector<std::string> verified;   ///< names of witnesses whose signature was checked with a known key
  std::vector<std::string> unknown;    ///< names whose key nobody gave; kept, and not checked
};

/// Keeps a note with others' signatures (C2SP tlog-cosignature, type 04, or type 01) below one of our checkpoints, in
/// `FILE.witnessed`. `witness_key`: a verifier key, remembered in `FILE.witnesses` for this and every later note.
[[nodiscard]] result<cosigned> keep_cosigned(ledger& book, std::string const& note, std::string const& where, std::optional<std::string> const& witness_key);

}  // namespace jawort
