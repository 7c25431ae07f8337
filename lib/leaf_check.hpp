// lib/leaf_check.hpp - whether rows are what their leaves stand for, one person's after the other. Internal.
//
// `log::make_leaf` hashes twenty blocks for a short entry. Here those are saved that depend on the person (whose key is
// derived once) or on the ledger's key alone (whose two blocks are hashed once): eleven are left. What a leaf shows
// openly is compared elsewhere. A test holds this against `make_leaf`.
#pragma once
#include <cstring>

#include "crypto.hpp"
#include "event_record.hpp"
#include "jawort/log/leaf.hpp"

namespace jawort {

/// Of one key epoch. One thread at a time.
class leaf_check {
 public:
  explicit leaf_check(log::secret const& master) : master_(master), mac_(log::bytes_view{master}) {}

  /// The person whose entries come next: their secret, and the address in the leaves.
  void person(log::secret const& s, std::string_view address) {
    secret_ = s;
    address_ = address;
    subject_.emplace(log::bytes_view{log::subject_key([&](log::bytes_view, log::bytes_view m) { return mac_(m); }, master_, s, address)});
  }
  /// `secrets`: nonce and commitments of a leaf about that person.
  [[nodiscard]] bool holds(std::string_view secrets, event const& e, std::string_view notice_reference) {
    log::nonce n;
    std::memcpy(n.data(), secrets.data(), n.size());
    auto const under_master = [&](log::bytes_view, log::bytes_view m) { return mac_(m); };
    auto const c_s = log::subject_commitment([&](log::bytes_view, log::bytes_view m) { return (*subject_)(m); }, log::digest{}, n, address_);
    if (std::memcmp(c_s.data(), secrets.data() + 16, c_s.size()) != 0) return false;
    auto const k_e = log::evidence_key(under_master, master_, secret_, n);
    auto const c_e = crypto::hmac_sha256{}(log::bytes_view{k_e}, log::detail::view(log::canonical_bytes(e, notice_reference)));
    return std::memcmp(c_e.data(), secrets.data() + 48, c_e.size()) == 0;
  }

 private:
  log::secret const& master_;
  crypto::hmac_key mac_;
  std::optional<crypto::hmac_key> subject_;
  log::secret secret_{};
  std::string_view address_;
};

}  // namespace jawort
