// jawort/log/tile.hpp - a whole log as files (C2SP tlog-tiles): 256 hashes a tile, 256 entries a bundle.
//
//   checkpoint                      the signed note
//   tile/<L>/<N>[.p/<W>]            hashes of level 8 L: those of index 256 N on, 256 or W of them
//   tile/entries/<N>[.p/<W>]        entries 256 N on, each u16be length and bytes
//
// N is written in groups of three digits, all but the last with an `x` before: 1234067 is x001/x234/067. A tile at the
// right edge that is not full has `.p/<W>`; one without hashes does not exist.
//
//   for (auto const& t : tiles_of(size)) fetch(path_of(t));
//
// Values; no shared state.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "proof.hpp"

namespace jawort::log {

inline constexpr unsigned tile_height = 8;
inline constexpr std::uint64_t tile_width = 256;
/// Levels 0 to 5 are in use; the root of 2^48 entries stands on level 5.
inline constexpr unsigned max_tile_level = 5;

struct tile {
  bool entries = false;       ///< a bundle of entries; `level` is 0 then
  unsigned level = 0;
  std::uint64_t index = 0;
  std::uint32_t width = 256;  ///< 1 to 256
  friend bool operator==(tile const&, tile const&) = default;
};

[[nodiscard]] inline std::string path_of(tile const& t) {
  std::string groups;
  std::uint64_t n = t.index;
  for (bool last = true; last || n != 0; last = false, n /= 1000) {
    auto const three = std::to_string(1000 + n % 1000).substr(1);
    groups = last ? three : "x" + three + "/" + groups;
  }
  std::string out = "tile/" + (t.entries ? std::string{"entries"} : std::to_string(t.level)) + "/" + groups;
  if (t.width != tile_width) out += ".p/" + std::to_string(t.width);
  return out;
}

/// Nothing for anything that `path_of` would not write.
[[nodiscard]] inline std::optional<tile> parse_tile_path(std::string_view in) {
  constexpr std::string_view root = "tile/", entries = "entries/", part = ".p/";
  tile t;
  if (!in.starts_with(root)) return std::nullopt;
  in.remove_prefix(root.size());
  if (in.starts_with(entries)) {
    t.entries = true;
    in.remove_prefix(entries.size());
  } else {
    if (in.size() < 2 || in[0] < '0' || in[0] > '0' + static_cast<char>(max_tile_level) || in[1] != '/') return std::nullopt;
    t.level = static_cast<unsigned>(in[0] - '0');
    in.remove_prefix(2);
  }
  if (auto const at = in.find(part); at != in.npos) {
    auto const width = detail::decimal(in.substr(at + part.size()));
    if (!width || *width == 0 || *width >= tile_width) return std::nullopt;
    t.width = static_cast<std::uint32_t>(*width);
    in = in.substr(0, at);
  }
  bool first = true;
  for (;;) {
    bool const more = in.starts_with("x");
    if (more) in.remove_prefix(1);
    if (in.size() < 3 || (first && more && in.substr(0, 3) == "000") || t.index > (std::uint64_t{1} << 53)) return std::nullopt;
    for (char const c : in.substr(0, 3)) {
      if (c < '0' || c > '9') return std::nullopt;
      t.index = t.index * 10 + static_cast<std::uint64_t>(c - '0');
    }
    in.remove_prefix(3);
    first = false;
    if (!more) return in.empty() ? std::optional{t} : std::nullopt;
    if (!in.starts_with("/")) return std::nullopt;
    in.remove_prefix(1);
  }
}

/// The number of hashes on a tile level in a log of `size` entries.
[[nodiscard]] constexpr std::uint64_t hashes_on(unsigned tile_level, std::uint64_t size) { return size >> (tile_height * tile_level); }

/// Every tile and bundle that a log of `size` entries consists of and one of `old_size` did not have as it is now:
/// bundles first, then level after level.
[[nodiscard]] inline std::vector<tile> tiles_of(std::uint64_t size, std::uint64_t old_size = 0) {
  std::vector<tile> out;
  auto const level = [&](bool entries, unsigned l) {
    std::uint64_t const n = hashes_on(l, size), old = hashes_on(l, old_size);
    if (n == old) return;
    for (std::uint64_t at = old / tile_width; at * tile_width < n; ++at)
      out.push_back({entries, l, at, static_cast<std::uint32_t>(std::min<std::uint64_t>(tile_width, n - at * tile_width))});
  };
  level(true, 0);
  for (unsigned l = 0; l <= max_tile_level && hashes_on(l, size) != 0; ++l) level(false, l);
  return out;
}

/// The bytes of a tile of hashes, and back; nothing where they are not `width` hashes.
[[nodiscard]] inline std::string tile_bytes(std::vector<digest> const& hashes) {
  std::string out;
  out.reserve(hashes.size() * 32);
  for (digest const& d : hashes) out.append(reinterpret_cast<char const*>(d.data()), d.size());
  return out;
}
[[nodiscard]] inline std::optional<std::vector<digest>> parse_tile(std::string_view bytes, std::uint32_t width) {
  if (bytes.size() != std::size_t{width} * 32) return std::nullopt;
  std::vector<digest> out(width);
  for (std::size_t i = 0; i < out.size(); ++i) std::memcpy(out[i].data(), bytes.data() + 32 * i, 32);
  return out;
}

/// Adds an entry to a bundle; it has less than 2^16 bytes (asserted).
inline void add_entry(std::string& bundle, bytes_view entry) {
  assert(entry.size() < 65536);
  detail::writer w{bundle};
  w.number(entry.size(), 2);
  w.raw(entry);
}
/// The entries of a bundle, views into it; nothing where the lengths do not go up or their number is not `width`.
[[nodiscard]] inline std::optional<std::vector<bytes_view>> parse_bundle(std::string_view bytes, std::uint32_t width) {
  std::vector<bytes_view> out;
  bytes_view rest = detail::view(bytes);
  while (!rest.empty()) {
    if (rest.size() < 2 || out.size() == width) return std::nullopt;
    std::size_t const length = static_cast<std::size_t>(rest[0]) << 8 | rest[1];
    if (rest.size() - 2 < length) return std::nullopt;
    out.push_back(rest.subspan(2, length));
    rest = rest.subspan(2 + length);
  }
  return out.size() == width ? std::optional{out} : std::nullopt;
}

/// The root of the complete subtree above the hashes of a full tile.
template <class Hash>
[[nodiscard]] digest tile_root(std::vector<digest> hashes, Hash&& hash) {
  assert(std::has_single_bit(hashes.size()));
  for (; hashes.size() > 1; hashes.resize(hashes.size() / 2))
    for (std::size_t i = 0; i < hashes.size() / 2; ++i) hashes[i] = node_hash(hash, hashes[2 * i], hashes[2 * i + 1]);
  return hashes[0];
}

}  // namespace jawort::log
