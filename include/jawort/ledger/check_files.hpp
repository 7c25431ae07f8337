// jawort/ledger/check_files.hpp - verification from files alone, without a ledger and without its keys.
//
//   auto r = check_proof(proof_file, leaf_bytes, "agency.example/jawort+0a1b2c3d+AR…");
//   if (r.ok()) accept(r.head.origin, r.index);
//
// Nothing is trusted but the verifier key handed in. A file that cannot be read is a problem, not an error: the answer to
// "does this prove it?" is no. Pure functions over bytes; thread-safe.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "proof.hpp"

namespace jawort {

struct file_check {
  log::checkpoint head;                    ///< as signed, where the signature held
  std::uint64_t index = 0;
  std::optional<log::leaf> entry;          ///< what the leaf shows openly
  std::size_t other_signatures = 0;        ///< of keys that were not handed in: witnesses, older or newer keys
  std::vector<verify_problem> problems;
  [[nodiscard]] bool ok() const { return problems.empty(); }
};

/// A `.tlog-proof` file for the bytes of a leaf.
[[nodiscard]] file_check check_proof(std::string_view proof_file, std::string_view leaf, std::string_view verifier_key);

/// A consistency file from the checkpoint `old_checkpoint` on.
[[nodiscard]] file_check check_consistency(std::string_view consistency_file, std::string_view old_checkpoint, std::string_view verifier_key);

/// One opened entry, as it was found.
struct opened_check {
  opened_entry const* entry = nullptr;
  std::optional<log::leaf> leaf;
  std::optional<log::canonical_event> said;   ///< where its evidence was opened and holds
};

struct opening_check {
  log::checkpoint head;
  std::vector<opened_check> entries;          ///< views into the opening
  std::uint64_t scanned = 0;                  ///< entries of an exported log that were searched
  std::vector<std::uint64_t> left_out;        ///< indexes of entries about the person that the opening does not have
  std::vector<verify_problem> problems;
  [[nodiscard]] bool ok() const { return problems.empty(); }
};

/// Gives the bytes of a file by its name (`12.leaf`, `tile/0/000`), or nothing.
using file_reader = std::function<std::optional<std::string>(std::string const& name)>;

/// Every entry of an opening against its leaf and proof, which stand beside it as `SEQ.leaf` and `SEQ.tlog-proof`.
[[nodiscard]] opening_check check_opening(opening const& o, file_reader const& beside, std::string_view verifier_key);

/// Searches an exported log (`export_tiles`) for entries about the person, having checked that its entries come to the signed
/// root: an entry that the opening does not have is a problem, unless it is newer than the opening's checkpoint.
void check_completeness(opening const& o, file_reader const& tiles, std::string_view verifier_key, opening_check& into);

/// A folder of tiles: every entry rehashed, every tile compared, the checkpoint's signature and root.
[[nodiscard]] file_check check_tiles(file_reader const& tiles, std::string_view verifier_key);

}  // namespace jawort
