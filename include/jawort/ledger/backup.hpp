// jawort/ledger/backup.hpp - copies of a ledger, a beginning from a copy, ledgers of older versions.
//
// A backup is a consistent copy, made while others write. It holds everybody's data and, with the keys, can forge: keep the
// key file apart from it. What is restored begins a new origin (`NAME#2`) whose first entry cites the last checkpoint that
// is known, so that no restore goes unnoticed and no signed checkpoint is contradicted.
//
//   auto made = back_up(book, "/backup/agency.db", {});
//   auto r = restore_ledger("agency.db", "/backup/agency.db", {}, now);    // agency.db must not be there
//
// Errors: `already_exists` where a file is in the way, `key_missing` without a key file, `damaged` where the copy does
// not verify; nothing is changed then.
#pragma once
#include <string>
#include <utility>
#include <vector>

#include "ledger.hpp"

namespace jawort {

struct backup_options {
  bool with_keys = false;   ///< the key file too: only for a place that is as safe as the ledger's
};

struct backup_made {
  std::vector<std::string> files;   ///< those that were written, the copy first
  log::checkpoint head;             ///< of the copy
};

/// Copies the ledger to `file` (mode 0600), its checkpoints, stamps, cosigned notes and lists to `file.…`.
[[nodiscard]] result<backup_made> back_up(ledger& book, std::string const& file, backup_options const& options);

struct restored_ledger {
  log::checkpoint last_known;   ///< the newest that any file tells of
  std::string origin;           ///< the new one
  sequence first_seq = 0;
  std::uint64_t lost = 0;       ///< entries that were signed and are not in the copy
  std::uint64_t erased_again = 0;   ///< people whose erasure is newer than the copy
};

/// Makes the ledger `path` of the copy `file`. Keys: `path.keys`, else `file.keys`. Checkpoints: those beside either, the
/// further copies that `path.anchors` names, and those handed in (where each came from, the signed note).
[[nodiscard]] result<restored_ledger> restore_ledger(std::string const& path, std::string const& file,
                                                     std::vector<std::pair<std::string, std::string>> const& checkpoints, instant now);

/// Brings a ledger of an older schema up to this version's, in one transaction; verifies it before it commits. Gives the
/// number of entries. `already_exists` where it is new enough.
[[nodiscard]] result<std::uint64_t> upgrade_ledger(std::string const& path);

}  // namespace jawort
