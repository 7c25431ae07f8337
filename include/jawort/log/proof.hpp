// jawort/log/proof.hpp - proofs made from a tree's nodes, and the files that carry them.
//
// A node is a complete subtree: `level` 0 are leaf hashes, node `index` of `level` covers the leaves
// [index << level, (index + 1) << level). A source is a callable `digest operator()(unsigned level, std::uint64_t index)`
// that is asked for nodes inside the tree only; where the nodes come from is its own matter (rows, tiles, memory).
//
//   auto const path = inclusion_proof(source, hash, index, size);
//   tlog_proof const file{{}, index, path, checkpoint_note};
//   std::string const bytes = text_of(file);         // c2sp.org/tlog-proof@v1
//
// Files: `.tlog-proof` (C2SP tlog-proof) and the body of an add-checkpoint request (C2SP tlog-witness), here called a
// consistency file. Reading is strict: what would not be written again byte for byte is nothing. Bounds are half open.
// Values; no shared state.
#pragma once
#include <bit>
#include <cassert>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "checkpoint.hpp"

namespace jawort::log {

/// A path from a leaf has at most 63 hashes below 2^63 leaves, and so has a consistency proof in its file.
inline constexpr std::size_t max_proof_hashes = 63;

namespace detail {
/// The root of the leaves [from, to), where `from` is a multiple of the largest power of two in it, as in every split.
template <class Source, class Hash>
[[nodiscard]] digest range_root(Source&& source, Hash&& hash, std::uint64_t from, std::uint64_t to) {
  assert(from < to);
  std::vector<digest> parts;  // complete subtrees, largest first
  for (std::uint64_t at = from; at < to;) {
    unsigned const level = static_cast<unsigned>(std::bit_width(to - at) - 1);
    parts.push_back(source(level, at >> level));
    at += std::uint64_t{1} << level;
  }
  digest d = parts.back();
  for (std::size_t i = parts.size() - 1; i-- > 0;) d = node_hash(hash, parts[i], d);
  return d;
}

/// Where a tree of n > 1 leaves splits: the largest power of two below n.
[[nodiscard]] constexpr std::uint64_t split_of(std::uint64_t n) { return std::bit_floor(n - 1); }
}  // namespace detail

/// The root of the first `size` leaves.
template <class Source, class Hash>
[[nodiscard]] digest root_of(Source&& source, Hash&& hash, std::uint64_t size) {
  return size == 0 ? hash(bytes_view{}) : detail::range_root(source, hash, 0, size);
}

/// PATH(index, D[size]) of RFC 6962, from the leaf's sibling up. `index < size` (asserted).
template <class Source, class Hash>
[[nodiscard]] std::vector<digest> inclusion_proof(Source&& source, Hash&& hash, std::uint64_t index, std::uint64_t size) {
  assert(index < size);
  std::vector<digest> path;
  std::uint64_t from = 0, to = size;
  while (to - from > 1) {
    std::uint64_t const middle = from + detail::split_of(to - from);
    bool const left = index < middle;
    path.push_back(left ? detail::range_root(source, hash, middle, to) : detail::range_root(source, hash, from, middle));
    (left ? to : from) = middle;
  }
  return {path.rbegin(), path.rend()};
}

/// SUBPROOF(old_size, D[size], true) of RFC 6962; empty for equal sizes. `0 < old_size <= size` (asserted).
template <class Source, class Hash>
[[nodiscard]] std::vector<digest> consistency_proof(Source&& source, Hash&& hash, std::uint64_t old_size, std::uint64_t size) {
  assert(old_size > 0 && old_size <= size);
  std::vector<digest> proof;
  std::uint64_t from = 0, to = size;
  while (old_size != to) {
    std::uint64_t const middle = from + detail::split_of(to - from);
    bool const left = old_size <= middle;
    proof.push_back(left ? detail::range_root(source, hash, middle, to) : detail::range_root(source, hash, from, middle));
    (left ? to : from) = middle;
  }
  if (from != 0) proof.push_back(detail::range_root(source, hash, from, to));  // else the verifier has it: the old root
  return {proof.rbegin(), proof.rend()};
}

// ---------------------------------------------------------------------------------------------------------------

/// The content of a `.tlog-proof` file.
struct tlog_proof {
  std::optional<std::vector<std::uint8_t>> extra;   ///< bytes with a meaning of the application; ours write none
  std::uint64_t index = 0;
  std::vector<digest> path;
  std::string checkpoint;                           ///< the signed note
  friend bool operator==(tlog_proof const&, tlog_proof const&) = default;
};

/// The content of a consistency file.
struct consistency_file {
  std::uint64_t old_size = 0;
  std::vector<digest> proof;
  std::string checkpoint;                           ///< the newer one, a signed note
  friend bool operator==(consistency_file const&, consistency_file const&) = default;
};

inline constexpr std::string_view tlog_proof_header = "c2sp.org/tlog-proof@v1";

namespace detail {
[[nodiscard]] inline std::string hash_lines(std::vector<digest> const& hashes) {
  std::string out;
  for (digest const& d : hashes) out += base64(bytes_view{d}) + "\n";
  return out;
}

/// The first line without its newline, which is taken off as well.
[[nodiscard]] inline std::optional<std::string_view> take_line(std::string_view& rest) {
  auto const end = rest.find('\n');
  if (end == rest.npos) return std::nullopt;
  auto const line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

/// Decimal without leading zeros, up to 2^63 - 1.
[[nodiscard]] inline std::optional<std::uint64_t> decimal(std::string_view text) {
  if (text.empty() || text.size() > 19 || (text.size() > 1 && text[0] == '0')) return std::nullopt;
  std::uint64_t n = 0;
  for (char const c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    n = n * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return n >> 63 == 0 ? std::optional{n} : std::nullopt;
}

/// Hashes one a line up to the empty line, which is taken off too.
[[nodiscard]] inline std::optional<std::vector<digest>> take_hashes(std::string_view& rest) {
  std::vector<digest> out;
  for (;;) {
    auto const line = take_line(rest);
    if (!line) return std::nullopt;
    if (line->empty()) return out;
    auto const raw = from_base64(*line);
    if (!raw || raw->size() != 32 || out.size() == max_proof_hashes) return std::nullopt;
    std::memcpy(out.emplace_back().data(), raw->data(), 32);
  }
}

/// A signed note whose text is a checkpoint.
[[nodiscard]] inline bool is_checkpoint_note(std::string_view text) {
  auto const note = parse_note(text);
  return note && parse_checkpoint(note->text);
}
}  // namespace detail

[[nodiscard]] inline std::string text_of(tlog_proof const& p) {
  std::string out{tlog_proof_header};
  out += '\n';
  if (p.extra) out += "extra " + base64(*p.extra) + "\n";
  return out + "index " + std::to_string(p.index) + "\n" + detail::hash_lines(p.path) + "\n" + p.checkpoint;
}

/// Nothing where the bytes are no such file, or what stands for the checkpoint is none.
[[nodiscard]] inline std::optional<tlog_proof> parse_tlog_proof(std::string_view in) {
  if (in.size() > max_note_size) return std::nullopt;
  tlog_proof p;
  if (detail::take_line(in) != tlog_proof_header) return std::nullopt;
  auto line = detail::take_line(in);
  constexpr std::string_view extra = "extra ", index = "index ";
  if (line && line->starts_with(extra)) {
    auto raw = from_base64(line->substr(extra.size()));
    if (!raw) return std::nullopt;
    p.extra = *std::move(raw);
    line = detail::take_line(in);
  }
  if (!line || !line->starts_with(index)) return std::nullopt;
  auto const n = detail::decimal(line->substr(index.size()));
  if (!n) return std::nullopt;
  p.index = *n;
  auto hashes = detail::take_hashes(in);
  if (!hashes || !detail::is_checkpoint_note(in)) return std::nullopt;
  p.path = *std::move(hashes);
  p.checkpoint = in;
  return p;
}

[[nodiscard]] inline std::string text_of(consistency_file const& c) {
  return "old " + std::to_string(c.old_size) + "\n" + detail::hash_lines(c.proof) + "\n" + c.checkpoint;
}

[[nodiscard]] inline std::optional<consistency_file> parse_consistency_file(std::string_view in) {
  if (in.size() > max_note_size) return std::nullopt;
  consistency_file c;
  auto const line = detail::take_line(in);
  constexpr std::string_view old = "old ";
  if (!line || !line->starts_with(old)) return std::nullopt;
  auto const n = detail::decimal(line->substr(old.size()));
  if (!n) return std::nullopt;
  c.old_size = *n;
  auto hashes = detail::take_hashes(in);
  if (!hashes || !detail::is_checkpoint_note(in)) return std::nullopt;
  c.proof = *std::move(hashes);
  c.checkpoint = in;
  return c;
}

}  // namespace jawort::log
