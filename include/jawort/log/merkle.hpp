// jawort/log/merkle.hpp - the tree over all entries (RFC 6962, SHA-256 or any hasher).
//
// A hasher is a callable `digest operator()(std::span<const std::uint8_t>)`; the core brings none. `frontier` holds
// the roots of the complete subtrees on the right edge, which is all that appending needs: at most 64 digests.
//
//   frontier f;
//   f.append(leaf_hash(hash, leaf_bytes), hash);
//   digest const root = f.root(hash);
//
// Format: leaf SHA-256(00 | data), node SHA-256(01 | left | right), empty tree SHA-256("").
// Proofs run from the leaf's sibling up to the root's child. Values; no shared state.
#pragma once
#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <vector>

namespace jawort::log {

using digest = std::array<std::uint8_t, 32>;
using bytes_view = std::span<std::uint8_t const>;

template <class Hash>
[[nodiscard]] digest leaf_hash(Hash&& hash, bytes_view data) {
  if (std::array<std::uint8_t, 160> small; data.size() < small.size()) {  // every leaf of ours; no allocation
    small[0] = 0;
    if (!data.empty()) std::memcpy(small.data() + 1, data.data(), data.size());
    return hash(bytes_view{small}.first(data.size() + 1));
  }
  std::vector<std::uint8_t> buffer(data.size() + 1);
  buffer[0] = 0;
  if (!data.empty()) std::memcpy(buffer.data() + 1, data.data(), data.size());
  return hash(bytes_view{buffer});
}

template <class Hash>
[[nodiscard]] digest node_hash(Hash&& hash, digest const& left, digest const& right) {
  std::array<std::uint8_t, 65> buffer;
  buffer[0] = 1;
  std::memcpy(buffer.data() + 1, left.data(), 32);
  std::memcpy(buffer.data() + 33, right.data(), 32);
  return hash(bytes_view{buffer});
}

/// The right edge of a growing tree.
class frontier {
 public:
  frontier() = default;
  /// From stored parts; nothing if the number of digests is not the number of one bits in `size`.
  [[nodiscard]] static std::optional<frontier> from(std::uint64_t size, std::vector<digest> edge) {
    if (static_cast<std::size_t>(__builtin_popcountll(size)) != edge.size()) return std::nullopt;
    frontier f;
    f.size_ = size;
    f.edge_ = std::move(edge);
    return f;
  }
  template <class Hash>
  void append(digest const& leaf, Hash&& hash) {
    append(leaf, hash, [](unsigned, std::uint64_t, digest const&) {});
  }
  /// `completed(level, index, digest)` is told of every subtree that this leaf completes, the leaf itself (level 0) first.
  template <class Hash, class Completed>
  void append(digest const& leaf, Hash&& hash, Completed&& completed) {
    digest d = leaf;
    unsigned level = 0;
    completed(level, size_, d);
    for (std::uint64_t n = size_; (n & 1) != 0; n >>= 1) {
      d = node_hash(hash, edge_.back(), d);
      edge_.pop_back();
      ++level;
      completed(level, size_ >> level, d);
    }
    edge_.push_back(d);
    ++size_;
  }
  template <class Hash>
  [[nodiscard]] digest root(Hash&& hash) const {
    if (edge_.empty()) return hash(bytes_view{});
    digest d = edge_.back();
    for (std::size_t i = edge_.size() - 1; i-- > 0;) d = node_hash(hash, edge_[i], d);
    return d;
  }
  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Largest subtree first.
  [[nodiscard]] std::vector<digest> const& edge() const { return edge_; }
  friend bool operator==(frontier const&, frontier const&) = default;

 private:
  std::uint64_t size_ = 0;
  std::vector<digest> edge_;
};

/// Whether `proof` shows that `leaf` stands at `index` in the tree of `size` leaves with that root. RFC 9162, 2.1.3.2.
template <class Hash>
[[nodiscard]] bool verify_inclusion(Hash&& hash, std::uint64_t index, std::uint64_t size, digest const& leaf,
                                    std::span<digest const> proof, digest const& root) {
  if (index >= size) return false;
  std::uint64_t fn = index, sn = size - 1;
  digest r = leaf;
  for (digest const& p : proof) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      r = node_hash(hash, p, r);
      while ((fn & 1) == 0 && fn != 0) { fn >>= 1; sn >>= 1; }
    } else {
      r = node_hash(hash, r, p);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && r == root;
}

/// Whether `proof` shows that the tree (old_size, old_root) is the beginning of (size, root). Nothing can be shown
/// from size 0, so that is false. RFC 9162, 2.1.4.2.
template <class Hash>
[[nodiscard]] bool verify_consistency(Hash&& hash, std::uint64_t old_size, std::uint64_t size, std::span<digest const> proof,
                                      digest const& old_root, digest const& root) {
  if (old_size == 0 || old_size > size) return false;
  if (old_size == size) return proof.empty() && old_root == root;
  if (proof.empty()) return false;
  std::uint64_t fn = old_size - 1, sn = size - 1;
  while ((fn & 1) != 0) { fn >>= 1; sn >>= 1; }
  std::size_t i = 0;
  digest const first = fn == 0 ? old_root : proof[i++];
  digest fr = first, sr = first;
  for (; i < proof.size(); ++i) {
    if (sn == 0) return false;
    if ((fn & 1) != 0 || fn == sn) {
      fr = node_hash(hash, proof[i], fr);
      sr = node_hash(hash, proof[i], sr);
      while ((fn & 1) == 0 && fn != 0) { fn >>= 1; sn >>= 1; }
    } else {
      sr = node_hash(hash, sr, proof[i]);
    }
    fn >>= 1;
    sn >>= 1;
  }
  return sn == 0 && fr == old_root && sr == root;
}

}  // namespace jawort::log
