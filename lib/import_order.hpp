// lib/import_order.hpp - the events of a large file, given back in order of their addresses. Internal.
//
// A ledger keeps states, addresses and the index of events by address. The rows of a file touch them in any order, and once
// they no longer fit into memory each row costs some reads of the disk. Here the addresses are cut into ranges of about
// the same number of rows; events go into a spill (spill.hpp) and come back one range after the other, within a range in
// the order of the file. So the events of one address stay in order, and a page of a table is touched while one range is
// written. Memory is bounded, whatever the file holds.
#pragma once
#include <memory>
#include <unordered_map>
#include <vector>

#include "jawort/event.hpp"
#include "spill.hpp"

namespace jawort {

class import_order {
 public:
  /// Where an address stands: numbers by their digits, others behind them by their text.
  [[nodiscard]] static spill::key key_of(address const& a);
  /// Whether a file of that size is worth it. Smaller ones fit into memory as they are.
  [[nodiscard]] static bool worth(std::uint64_t bytes, spill_limits const& limits) { return bytes / 16 > limits.part; }

  /// `sample`: keys of some rows from everywhere in a file of so many bytes. A poor sample costs time only.
  import_order(std::string folder, std::vector<spill::key> sample, std::uint64_t bytes, spill_limits const& limits);

  /// One thread at a time. Throws `store_error`, as `next` does, where the temporary file is not what was written.
  void put(event const& e);
  /// Everything was put.
  void all_put();
  /// The next events, some ten thousand at most; none where this pass is over.
  [[nodiscard]] std::vector<event> next();
  /// Whether there was no room for all: everything has to be put once more then, and what was not given yet comes next.
  [[nodiscard]] bool again();

 private:
  [[nodiscard]] std::uint32_t number_of(std::string const& text);
  [[nodiscard]] event read(std::string_view bytes) const;
  std::unique_ptr<spill> spill_;
  std::unique_ptr<spill::writer> writer_;
  std::uint64_t order_ = 0;
  std::size_t part_ = 0;
  std::string record_;
  std::vector<std::string> texts_;                          ///< names of sources and operators, and purposes
  std::unordered_map<std::string, std::uint32_t> numbers_;  ///< where they stand there
};

}  // namespace jawort
