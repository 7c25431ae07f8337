// What the tests of the log share: SHA-256 and Ed25519 straight from OpenSSL, a tree in memory, files.
#pragma once
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <jawort/log/tile.hpp>
#include <jawort/log/verifier.hpp>

namespace support {
using namespace jawort::log;

inline digest sha256(bytes_view data) {
  digest d{};
  SHA256(data.data(), data.size(), d.data());
  return d;
}

inline bool ed25519(bytes_view key, std::string_view message, bytes_view signature) {
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> k{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, key.data(), key.size()), EVP_PKEY_free};
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> c{EVP_MD_CTX_new(), EVP_MD_CTX_free};
  return k && EVP_DigestVerifyInit(c.get(), nullptr, nullptr, nullptr, k.get()) == 1 &&
         EVP_DigestVerify(c.get(), signature.data(), signature.size(), reinterpret_cast<unsigned char const*>(message.data()), message.size()) == 1;
}

inline digest from_hex(std::string_view hex) {
  digest d{};
  for (std::size_t i = 0; i < d.size(); ++i) d[i] = static_cast<std::uint8_t>(std::stoi(std::string{hex.substr(2 * i, 2)}, nullptr, 16));
  return d;
}
inline std::string unhex(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i < hex.size(); i += 2) out += static_cast<char>(std::stoi(std::string{hex.substr(i, 2)}, nullptr, 16));
  return out;
}

/// Every complete subtree, in memory; also a source for proofs.
class memory_tree {
 public:
  void add(std::string_view data) {
    front_.append(leaf_hash(sha256, detail::view(data)), sha256, [&](unsigned level, std::uint64_t index, digest const& d) {
      if (levels_.size() <= level) levels_.resize(level + 1);
      if (levels_[level].size() != index) throw std::logic_error("a node came out of its turn");
      levels_[level].push_back(d);
    });
  }
  digest operator()(unsigned level, std::uint64_t index) const { return levels_.at(level).at(index); }
  [[nodiscard]] frontier const& front() const { return front_; }

 private:
  frontier front_;
  std::vector<std::vector<digest>> levels_;
};

inline std::string slurp(std::filesystem::path const& p) {
  std::ifstream in{p, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

}  // namespace support
