// lib/index_check.hpp - whether the index of addresses says what the events say, in constant memory. Internal.
//
// Both are summed up in their own order, entry by entry, each mixed with numbers that are drawn anew each time: sums that are
// equal come from the same entries, and nobody can make up other entries that give the same.
#pragma once
#include <cstring>

#include "crypto.hpp"
#include "store.hpp"

namespace jawort {

class index_check {
 public:
  index_check() {
    if (auto r = crypto::fill_random({reinterpret_cast<std::uint8_t*>(keys_.data()), sizeof keys_}); !r) throw store_error{r.error()};
  }
  void event(address_key who, sequence seq) { take(events_, {who, seq}); }
  void entry(indexed_event const& e) { take(entries_, e); }
  [[nodiscard]] bool same() const { return events_ == entries_; }

 private:
  struct sum {
    std::uint64_t count = 0, first = 0, second = 0;
    friend bool operator==(sum const&, sum const&) = default;
  };
  /// MurmurHash3's and splitmix64's last steps (public domain): every bit of the input reaches every bit of the result.
  static std::uint64_t mixed(std::uint64_t x) {
    x = (x ^ x >> 33) * 0xff51afd7ed558ccdU;
    x = (x ^ x >> 33) * 0xc4ceb9fe1a85ec53U;
    return x ^ x >> 33;
  }
  void take(sum& s, indexed_event const& e) const {
    auto const of = [&](std::size_t k) { return mixed(mixed(mixed(static_cast<std::uint64_t>(e.who) + keys_[k]) ^ keys_[k + 1]) + mixed(e.seq ^ keys_[k + 2])); };
    ++s.count;
    s.first += of(0);
    s.second += of(3);
  }
  std::array<std::uint64_t, 6> keys_{};
  sum events_, entries_;
};

}  // namespace jawort
