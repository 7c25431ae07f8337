// lib/proof_parts.hpp - the signed tree of one snapshot, as the makers of proofs and tiles share it. Internal.
#pragma once
#include <memory>

#include "jawort/ledger/proof.hpp"
#include "ledger_impl.hpp"

namespace jawort {

/// Within a snapshot of the store: the head, the note that signs it, and its nodes.
class signed_tree {
 public:
  explicit signed_tree(ledger_parts::impl& i);
  [[nodiscard]] node_source& nodes() { return *nodes_; }
  sequence first = 0;
  log::checkpoint head;
  std::string note;

 private:
  std::unique_ptr<node_source> nodes_;
};

[[nodiscard]] error not_the_signed_tree();

}  // namespace jawort
