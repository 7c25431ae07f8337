// lib/snapshot.hpp - the inside of a snapshot. Internal.
#pragma once
#include <unordered_map>

#include "jawort/ledger/snapshot.hpp"
#include "ledger_impl.hpp"

namespace jawort {

struct state_snapshot::whole {
  std::vector<address_key> keys;                            ///< ascending
  std::vector<std::uint64_t> ends;                          ///< of each state in `bytes`
  std::string bytes;
  std::unordered_map<std::string, address_key> others;      ///< addresses that are no numbers
};

struct state_snapshot::since {
  std::unordered_map<address_key, std::string> states;
  std::unordered_map<std::string, address_key> others;
};

struct state_snapshot::catalogue {
  notice_book notices;
  policy_book policies;
  bool austrian_list = false;
  std::array<std::int64_t, 4> sizes{};
};

/// One question for one address after the other; keys ascend. One thread at a time.
class snapshot_asking {
 public:
  snapshot_asking(state_snapshot const& s, question const& q);
  /// The key of an address; -1 for one that is no number and unknown.
  [[nodiscard]] static address_key key_of(state_snapshot const& s, address const& who);
  /// Nothing where only the ledger can tell.
  [[nodiscard]] decision const* answer(address_key key, address const& who);

 private:
  [[nodiscard]] std::optional<std::string_view> find(address_key key);
  state_snapshot const& s_;
  question q_;
  local_times times_;
  std::size_t at_ = 0;
  subject_state state_, none_;
  decision said_;
};

}  // namespace jawort
