// lib/erasure_check.hpp - what `verify` asks of erased entries, tombstones and boxes. Internal.
//
// A row without its person is accepted only where a later `erased` entry covers it; what it keeps must be what its leaf
// says, and nothing else may stand in it. Tombstones and boxes must be those that the entries commit to.
#pragma once
#include <functional>
#include <map>
#include <set>

#include "erasing.hpp"

namespace jawort {

class erasure_check {
 public:
  using complaint = std::function<void(std::optional<sequence>, char const* kind, std::string de, std::string en)>;
  erasure_check(ledger_parts::impl& i, complaint problem) : i_(i), problem_(std::move(problem)) {}

  /// Looks at one row; called for every row, in sequence. True where it is a row whose personal columns went: it is
  /// compared with its leaf here, as far as that can be.
  bool take(stored_event const& s);
  /// After the last row: coverage, tombstones, boxes.
  void finish();

 private:
  struct claim {
    std::vector<sequence_range> covers;
    std::string tombstones, sealed;
  };
  void compare(stored_event const& s);
  void check_coverage();
  void check_tombstones();
  void check_boxes();

  ledger_parts::impl& i_;
  complaint problem_;
  std::vector<sequence_range> stripped_;         ///< as runs
  std::map<sequence, claim> claims_;
  std::set<std::pair<sequence, std::uint32_t>> gone_;
};

}  // namespace jawort
