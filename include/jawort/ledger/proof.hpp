// jawort/ledger/proof.hpp - proofs of a ledger's entries for people who do not have the ledger.
//
// A proof is three things: an entry's leaf (132 bytes that say nothing about a person), its `.tlog-proof` file (that it
// stands in the signed log), and an opening (the keys with which one person's leaves, and nobody else's, can be read).
//
//   auto book = ledger::open("jawort.db");
//   auto p = prove(*book, *address::parse("+491713920001"), opened_evidence::no);
//   for (auto const& e : p->proofs) save(e.name + ".leaf", e.leaf), save(e.name + ".tlog-proof", e.file);
//   save("opening.json", to_json(p->opened));
//
// An opening is a secret of the person: who has it can find every entry about them in an exported log, later ones too
// while the key epoch lasts. It shows no other person's entries, and what an entry's evidence says only where k_e is in it.
//
// Errors: `not_found` where there is no such entry or nothing about that address; `refused` for an entry of an origin
// before a restore; `damaged` where the stored rows do not come to the signed root (`verify` says which). Each proof is
// checked before it is given out. Thread safety: as the ledger's.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "../log/canonical.hpp"
#include "../log/proof.hpp"
#include "ledger.hpp"

namespace jawort {

struct entry_proof {
  sequence seq = 0;
  std::uint64_t index = 0;        ///< in its origin's tree: sequence less the origin's first
  log::leaf_bytes leaf{};
  std::string file;               ///< the `.tlog-proof` file's bytes
};

/// What opens one entry of a person: C_s with `k_s`; C_e with `k_e`, where it is given.
struct opened_entry {
  sequence seq = 0;
  std::uint64_t index = 0;
  std::string address;            ///< empty for an entry about the ledger, which has only evidence to open
  log::digest k_s{};
  log::nonce nonce{};
  std::optional<log::digest> k_e;
  std::string canonical;          ///< the bytes that C_e commits to, with `k_e`
};

/// With which the person's entries can be found in an exported log: one for each address and key epoch.
struct subject_key {
  std::string address;
  std::uint32_t epoch = 0;
  log::digest k_s{};
};

struct opening {
  std::string origin;
  std::string verifier_key;
  std::string checkpoint;         ///< the signed note up to which the opening is complete
  std::vector<subject_key> keys;
  std::vector<opened_entry> entries;
};

struct proven {
  std::vector<entry_proof> proofs;
  opening opened;
};

enum class opened_evidence : bool { no, yes };

/// One entry. Its opening is empty where the person was erased.
[[nodiscard]] result<proven> prove(ledger& book, sequence seq, opened_evidence evidence);
/// Every entry about the person who has this address, under each of their addresses. What is sealed after an erasure is
/// opened by the address presented, and proven as well.
[[nodiscard]] result<proven> prove(ledger& book, address const& who, opened_evidence evidence);

/// The consistency file from an older checkpoint of this ledger to the newest. `damaged` where the ledger is not one that
/// the old checkpoint is the beginning of: a fork.
[[nodiscard]] result<std::string> prove_since(ledger& book, std::string_view old_checkpoint);

/// `{"format":"jawort-opening/1",…}`, and back; `malformed` says what is missing.
[[nodiscard]] std::string to_json(opening const& o);
[[nodiscard]] result<opening> parse_opening(std::string_view text);

struct export_report {
  log::checkpoint head;
  std::uint64_t old_size = 0;     ///< of the checkpoint that was there
  std::size_t written = 0;        ///< tiles and bundles
  std::size_t removed = 0;        ///< partial ones whose place a wider one took
};

/// Writes the log as C2SP tlog-tiles into a folder, which is made if it is not there: only what is new since the checkpoint
/// in it, which is replaced last, so that a broken export goes on where it ended. `refused` where the folder holds another
/// log, `damaged` where it holds a fork of this one.
[[nodiscard]] result<export_report> export_tiles(ledger& book, std::string const& folder);

}  // namespace jawort
