#include "sealing.hpp"

#include <openssl/evp.h>

#include <memory>

#include "crypto.hpp"

namespace jawort {
namespace {
constexpr std::size_t nonce_size = 12, mac_size = 16;

log::digest keyed(log::secret const& key, std::string_view what, address const& who) {
  std::string m{what};
  m += '\0';
  m += who.text();
  return crypto::hmac_sha256{}(log::bytes_view{key}, log::detail::view(m));
}

struct free_cipher { void operator()(EVP_CIPHER_CTX* c) const { EVP_CIPHER_CTX_free(c); } };
using cipher_ptr = std::unique_ptr<EVP_CIPHER_CTX, free_cipher>;

unsigned char* bytes(std::string& s) { return reinterpret_cast<unsigned char*>(s.data()); }
unsigned char const* bytes(std::string_view s) { return reinterpret_cast<unsigned char const*>(s.data()); }
}  // namespace

log::digest lookup_tag(key_file const& keys, address const& who) { return keyed(keys.lasting("lookup"), "jawort/v1/lookup", who); }
log::digest tombstone_tag(key_file const& keys, address const& who) { return keyed(keys.lasting("tombstone"), "jawort/v1/tombstone", who); }

std::string box_binding(sequence seq, std::uint32_t person, instant until) {
  std::string out{"jawort/v1/box"};
  out += '\0';
  log::detail::writer w{out};
  w.number(seq, 8);
  w.number(person, 4);
  w.number(static_cast<std::uint64_t>(until.ms()), 8);
  return out;
}

result<std::string> seal(log::secret const& key, std::string_view binding, std::string_view body) {
  std::array<std::uint8_t, nonce_size> nonce{};
  if (auto r = crypto::fill_random(nonce); !r) return r.error();
  std::string out(nonce_size + mac_size + body.size(), '\0');
  std::memcpy(out.data(), nonce.data(), nonce_size);
  cipher_ptr const c{EVP_CIPHER_CTX_new()};
  int n = 0;
  bool const good = c && EVP_EncryptInit_ex2(c.get(), EVP_aes_256_gcm(), key.data(), nonce.data(), nullptr) == 1 &&
                    EVP_EncryptUpdate(c.get(), nullptr, &n, bytes(binding), static_cast<int>(binding.size())) == 1 &&
                    EVP_EncryptUpdate(c.get(), bytes(out) + nonce_size + mac_size, &n, bytes(body), static_cast<int>(body.size())) == 1 &&
                    EVP_EncryptFinal_ex(c.get(), bytes(out) + nonce_size + mac_size + n, &n) == 1 &&
                    EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_GET_TAG, mac_size, bytes(out) + nonce_size) == 1;
  if (!good) return error{failure::environment, {"Verschlüsseln ging nicht (OpenSSL)", "sealing failed (OpenSSL)"}, {}};
  return out;
}

std::optional<std::string> open_sealed(log::secret const& key, std::string_view binding, std::string_view box) {
  if (box.size() < nonce_size + mac_size) return std::nullopt;
  std::string mac{box.substr(nonce_size, mac_size)};
  auto const body = box.substr(nonce_size + mac_size);
  std::string out(body.size(), '\0');
  cipher_ptr const c{EVP_CIPHER_CTX_new()};
  int n = 0;
  bool const good = c && EVP_DecryptInit_ex2(c.get(), EVP_aes_256_gcm(), key.data(), bytes(box), nullptr) == 1 &&
                    EVP_DecryptUpdate(c.get(), nullptr, &n, bytes(binding), static_cast<int>(binding.size())) == 1 &&
                    EVP_DecryptUpdate(c.get(), bytes(out), &n, bytes(body), static_cast<int>(body.size())) == 1 &&
                    EVP_CIPHER_CTX_ctrl(c.get(), EVP_CTRL_GCM_SET_TAG, mac_size, bytes(mac)) == 1 &&
                    EVP_DecryptFinal_ex(c.get(), bytes(out) + n, &n) == 1;
  if (!good) return std::nullopt;
  return out;
}

}  // namespace jawort
