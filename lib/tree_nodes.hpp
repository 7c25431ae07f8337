// lib/tree_nodes.hpp - the nodes that proofs are made of: kept ones from the store, the others from the leaves. Internal.
//
// Of the tree above the entries only one node for 256 entries is kept (level 8), one for 65,536 (level 16), and so on: a
// row for 256 appended, written in their transaction. A proof reads a few blocks of 256 leaves or kept nodes and hashes
// those. A kept node that is not there is made from what lies below it. Kept nodes are never trusted: whoever makes a proof
// checks it against the signed root, and `verify` holds them against the leaves.
#pragma once
#include <functional>
#include <map>

#include "crypto.hpp"
#include "jawort/log/tile.hpp"
#include "store.hpp"

namespace jawort {

[[nodiscard]] constexpr bool is_kept(unsigned level) { return level != 0 && level % log::tile_height == 0; }

/// The source of `log::inclusion_proof` and the like, for the first `size` entries of the tree that begins at `first`.
/// Throws `store_error` where a leaf is missing.
class node_source {
 public:
  node_source(store& db, crypto::sha256& hash, sequence first, std::uint64_t size) : db_(db), hash_(hash), first_(first), size_(size) {}
  log::digest operator()(unsigned level, std::uint64_t index);
  /// The hashes of a tile, 256 or as many as there are.
  std::vector<log::digest> tile(unsigned tile_level, std::uint64_t index);

 private:
  using levels = std::array<std::vector<log::digest>, log::tile_height>;
  levels const& block(unsigned tile_level, std::uint64_t index);  ///< valid until the next call
  std::vector<log::digest> base(unsigned tile_level, std::uint64_t index);

  store& db_;
  crypto::sha256& hash_;
  sequence first_;
  std::uint64_t size_;
  std::map<std::pair<unsigned, std::uint64_t>, levels> blocks_;
};

/// Tells `problem(text)` of each kept node that does not follow from the leaves, is missing, or stands where none belongs.
/// `root` is that of the present tree, known to be the leaves'.
void check_kept_nodes(store& db, crypto::sha256& hash, sequence first, std::uint64_t size, log::digest const& root,
                      std::function<void(bilingual)> const& problem);

/// Makes the kept nodes of the present tree anew (upgrade of a ledger that had none).
void rebuild_kept_nodes(store& db, crypto::sha256& hash, sequence first, std::uint64_t size);

}  // namespace jawort
