// The slow twin of the tree: RFC 6962, section 2.1, word for word, over a list of leaf hashes. Nothing is shared with the
// product but the type of a digest; hashing is OpenSSL's one-shot call.
#pragma once
#include <openssl/sha.h>

#include <string>
#include <vector>

#include <jawort/log/merkle.hpp>

namespace slow_merkle {

using jawort::log::digest;
using leaves = std::vector<std::string>;   ///< the data of each leaf

inline digest sha256(std::string const& bytes) {
  digest d{};
  SHA256(reinterpret_cast<unsigned char const*>(bytes.data()), bytes.size(), d.data());
  return d;
}
inline std::string text(digest const& d) { return {reinterpret_cast<char const*>(d.data()), d.size()}; }

inline std::size_t largest_power_below(std::size_t n) {
  std::size_t k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/// MTH(D[from:to])
inline digest root(leaves const& d, std::size_t from, std::size_t to) {
  if (from == to) return sha256("");
  if (to - from == 1) return sha256(std::string(1, '\0') + d[from]);
  std::size_t const k = largest_power_below(to - from);
  return sha256("\x01" + text(root(d, from, from + k)) + text(root(d, from + k, to)));
}

/// PATH(m, D[from:to]), m counted from `from`
inline std::vector<digest> path(leaves const& d, std::size_t m, std::size_t from, std::size_t to) {
  if (to - from == 1) return {};
  std::size_t const k = largest_power_below(to - from);
  std::vector<digest> out;
  if (m < k) {
    out = path(d, m, from, from + k);
    out.push_back(root(d, from + k, to));
  } else {
    out = path(d, m - k, from + k, to);
    out.push_back(root(d, from, from + k));
  }
  return out;
}

/// SUBPROOF(m, D[from:to], whole)
inline std::vector<digest> subproof(leaves const& d, std::size_t m, std::size_t from, std::size_t to, bool whole) {
  if (m == to - from) return whole ? std::vector<digest>{} : std::vector<digest>{root(d, from, to)};
  std::size_t const k = largest_power_below(to - from);
  std::vector<digest> out;
  if (m <= k) {
    out = subproof(d, m, from, from + k, whole);
    out.push_back(root(d, from + k, to));
  } else {
    out = subproof(d, m - k, from + k, to, false);
    out.push_back(root(d, from, from + k));
  }
  return out;
}

}  // namespace slow_merkle
