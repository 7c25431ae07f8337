#include "crypto.hpp"

#include "jawort/ledger/digest.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <memory>

namespace jawort::crypto {
namespace {
EVP_MD const* fetched_sha256() {
  static EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return md;
}
EVP_MD_CTX* context(void* c) { return static_cast<EVP_MD_CTX*>(c); }

struct free_key { void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); } };
struct free_context { void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); } };
using key_ptr = std::unique_ptr<EVP_PKEY, free_key>;
using context_ptr = std::unique_ptr<EVP_MD_CTX, free_context>;
}  // namespace

sha256::sha256() : context_(EVP_MD_CTX_new()) {}
sha256::~sha256() { EVP_MD_CTX_free(context(context_)); }

void sha256::begin() { EVP_DigestInit_ex2(context(context_), fetched_sha256(), nullptr); }
void sha256::more(std::string_view data) { EVP_DigestUpdate(context(context_), data.data(), data.size()); }
void sha256::more(log::bytes_view data) { EVP_DigestUpdate(context(context_), data.data(), data.size()); }
log::digest sha256::end() {
  log::digest d{};
  unsigned size = 0;
  EVP_DigestFinal_ex(context(context_), d.data(), &size);
  assert(size == d.size());
  return d;
}
log::digest sha256::operator()(log::bytes_view data) {
  begin();
  EVP_DigestUpdate(context(context_), data.data(), data.size());
  return end();
}

log::digest hmac_sha256::operator()(log::bytes_view key, log::bytes_view message) const {
  // RFC 2104 over the hash: OpenSSL's one-shot HMAC sets up contexts for a microsecond each time.
  assert(key.size() == 32);
  constexpr std::size_t block_size = 64;
  thread_local sha256 hash;
  std::array<std::uint8_t, block_size> inner, outer;
  inner.fill(0x36);
  outer.fill(0x5c);
  for (std::size_t k = 0; k < key.size(); ++k) {
    inner[k] ^= key[k];
    outer[k] ^= key[k];
  }
  hash.begin();
  hash.more(log::bytes_view{inner});
  hash.more(message);
  log::digest const d = hash.end();
  hash.begin();
  hash.more(log::bytes_view{outer});
  hash.more(log::bytes_view{d});
  return hash.end();
}

std::array<std::uint8_t, 20> sha1(std::string_view data) {
  std::array<std::uint8_t, 20> d{};
  std::size_t size = 0;
  EVP_Q_digest(nullptr, "SHA1", nullptr, data.data(), data.size(), d.data(), &size);
  assert(size == d.size());
  return d;
}

std::array<std::uint8_t, 32> ed25519_public(std::array<std::uint8_t, 32> const& seed) {
  key_ptr const key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())};
  std::array<std::uint8_t, 32> out{};
  std::size_t size = out.size();
  EVP_PKEY_get_raw_public_key(key.get(), out.data(), &size);
  return out;
}

std::array<std::uint8_t, 64> ed25519_sign(std::array<std::uint8_t, 32> const& seed, std::string_view message) {
  key_ptr const key{EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size())};
  context_ptr const c{EVP_MD_CTX_new()};
  std::array<std::uint8_t, 64> out{};
  std::size_t size = out.size();
  EVP_DigestSignInit(c.get(), nullptr, nullptr, nullptr, key.get());
  EVP_DigestSign(c.get(), out.data(), &size, reinterpret_cast<unsigned char const*>(message.data()), message.size());
  return out;
}

bool ed25519_verify(log::bytes_view public_key, std::string_view message, log::bytes_view signature) {
  if (public_key.size() != 32 || signature.size() != 64) return false;
  key_ptr const key{EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, nullptr, public_key.data(), public_key.size())};
  context_ptr const c{EVP_MD_CTX_new()};
  if (!key || EVP_DigestVerifyInit(c.get(), nullptr, nullptr, nullptr, key.get()) != 1) return false;
  return EVP_DigestVerify(c.get(), signature.data(), signature.size(),
                          reinterpret_cast<unsigned char const*>(message.data()), message.size()) == 1;
}

result<> fill_random(std::span<std::uint8_t> out) {
  if (RAND_bytes(out.data(), static_cast<int>(out.size())) != 1)
    return error{failure::environment, {"keine Zufallszahlen vom Betriebssystem", "no random numbers from the operating system"}, {}};
  return nothing{};
}

std::string hex(log::bytes_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size() * 2);
  for (auto const b : bytes) {
    out += digits[b >> 4];
    out += digits[b & 15];
  }
  return out;
}

}  // namespace jawort::crypto

namespace jawort {
std::string sha256_hex(std::string_view bytes) { return crypto::hex(crypto::sha256{}(bytes)); }
}  // namespace jawort
