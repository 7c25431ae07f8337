#include "crypto.hpp"

#include "jawort/ledger/digest.hpp"

// The plain calls, which OpenSSL 3 calls deprecated and keeps: they take no context from the heap, and their state can be
// set, which the keyed hash below lives on. Measured in docs/DECISIONS.md.
#define OPENSSL_SUPPRESS_DEPRECATED
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <openssl/sha.h>

#include <algorithm>
#include <cassert>
#include <memory>

namespace jawort::crypto {
namespace {
struct free_key { void operator()(EVP_PKEY* k) const { EVP_PKEY_free(k); } };
struct free_context { void operator()(EVP_MD_CTX* c) const { EVP_MD_CTX_free(c); } };
using key_ptr = std::unique_ptr<EVP_PKEY, free_key>;
using context_ptr = std::unique_ptr<EVP_MD_CTX, free_context>;
}  // namespace

namespace {
SHA256_CTX* context(std::array<unsigned char, 128>& c) {
  static_assert(sizeof(SHA256_CTX) <= sizeof c && alignof(SHA256_CTX) <= 8);
  return reinterpret_cast<SHA256_CTX*>(c.data());
}
log::digest finished(SHA256_CTX& c) {
  log::digest d;
  SHA256_Final(d.data(), &c);
  return d;
}
constexpr std::size_t block_size = 64;
using block = std::array<std::uint8_t, block_size>;

/// The key as the first block of the inner (0x36) or outer (0x5c) hash, RFC 2104.
block padded(log::bytes_view key, std::uint8_t with) {
  assert(key.size() == 32);
  block b;
  b.fill(with);
  for (std::size_t k = 0; k < key.size(); ++k) b[k] ^= key[k];
  return b;
}
void begin_with(SHA256_CTX& c, block const& b) {
  SHA256_Init(&c);
  SHA256_Update(&c, b.data(), b.size());
}
std::array<std::uint32_t, 8> state_behind(block const& b) {
  SHA256_CTX c;
  begin_with(c, b);
  std::array<std::uint32_t, 8> out;
  std::copy(std::begin(c.h), std::end(c.h), out.begin());
  return out;
}
/// As if the block behind which `state` stands had just been hashed.
void go_on(SHA256_CTX& c, std::array<std::uint32_t, 8> const& state) {
  SHA256_Init(&c);
  std::copy(state.begin(), state.end(), std::begin(c.h));
  c.Nl = block_size * 8;
}
}  // namespace

void sha256::begin() { SHA256_Init(context(context_)); }
void sha256::more(std::string_view data) { SHA256_Update(context(context_), data.data(), data.size()); }
void sha256::more(log::bytes_view data) { SHA256_Update(context(context_), data.data(), data.size()); }
log::digest sha256::end() { return finished(*context(context_)); }
log::digest sha256::operator()(log::bytes_view data) {
  begin();
  more(data);
  return end();
}

log::digest hmac_sha256::operator()(log::bytes_view key, log::bytes_view message) const {
  SHA256_CTX c;
  begin_with(c, padded(key, 0x36));
  SHA256_Update(&c, message.data(), message.size());
  log::digest const d = finished(c);
  begin_with(c, padded(key, 0x5c));
  SHA256_Update(&c, d.data(), d.size());
  return finished(c);
}

hmac_key::hmac_key(log::bytes_view key) : inner_(state_behind(padded(key, 0x36))), outer_(state_behind(padded(key, 0x5c))) {}

log::digest hmac_key::operator()(log::bytes_view message) const {
  SHA256_CTX c;
  go_on(c, inner_);
  SHA256_Update(&c, message.data(), message.size());
  log::digest const d = finished(c);
  go_on(c, outer_);
  SHA256_Update(&c, d.data(), d.size());
  return finished(c);
}

std::array<std::uint8_t, 20> sha1(std::string_view data) {
  std::array<std::uint8_t, 20> d{};
  std::size_t size = 0;
  EVP_Q_digest(nullptr, "SHA1", nullptr, data.data(), data.size(), d.data(), &size);
  assert(size == d.size());
  return d;
}

namespace {
struct signing_key {
  std::array<std::uint8_t, 32> seed{}, pub{};
  key_ptr key;
};

/// A key from its seed costs as much as a signature: the two used last stay (after a rotation two sign), for each thread.
signing_key const& loaded(std::array<std::uint8_t, 32> const& seed) {
  thread_local std::array<signing_key, 2> kept;
  thread_local std::size_t oldest = 0;
  for (auto const& k : kept)
    if (k.key && CRYPTO_memcmp(k.seed.data(), seed.data(), seed.size()) == 0) return k;
  signing_key& k = kept[oldest];
  oldest = 1 - oldest;
  k.seed = seed;
  k.key.reset(EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, nullptr, seed.data(), seed.size()));
  std::size_t size = k.pub.size();
  EVP_PKEY_get_raw_public_key(k.key.get(), k.pub.data(), &size);
  return k;
}
}  // namespace

std::array<std::uint8_t, 32> ed25519_public(std::array<std::uint8_t, 32> const& seed) { return loaded(seed).pub; }

std::array<std::uint8_t, 64> ed25519_sign(std::array<std::uint8_t, 32> const& seed, std::string_view message) {
  context_ptr const c{EVP_MD_CTX_new()};
  std::array<std::uint8_t, 64> out{};
  std::size_t size = out.size();
  EVP_DigestSignInit(c.get(), nullptr, nullptr, nullptr, loaded(seed).key.get());
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
