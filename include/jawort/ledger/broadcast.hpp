// jawort/ledger/broadcast.hpp - one question for a whole list, before a broadcast.
//
// Each row counts once: permitted, warned, held, denied, invalid (no address that the channel reaches) or duplicate
// (the same address stood above; it is sent to once). Rows are answered exactly as `ledger::ask` answers them.
#pragma once
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "ledger.hpp"
#include "normalise.hpp"

namespace jawort {

enum class verdict : std::uint8_t { permitted, warned, held, denied, invalid, duplicate };
[[nodiscard]] std::string_view name(verdict v);

struct list_row {
  std::size_t line = 0;
  std::string input;                 ///< as it stood in the list
  std::optional<address> who;
  verdict what = verdict::invalid;
  reason_list reasons;
};

struct broadcast_report {
  std::uint64_t checked = 0, permitted = 0, warned = 0, held = 0, denied = 0, invalid = 0, duplicates = 0;
  std::map<reason_code, std::uint64_t> reasons;   ///< what kept rows from being permitted, or warned about them
  std::string list_sha256;
  log::checkpoint head;
  std::vector<list_row> rows;        ///< in the list's order
  [[nodiscard]] outcome worst() const {
    return denied + invalid > 0 ? outcome::deny : held > 0 ? outcome::hold : warned > 0 ? outcome::warn : outcome::permit;
  }
};

/// A list as it was read, before anything is asked.
struct read_rows {
  std::string sha256;                ///< of its bytes
  std::vector<list_row> rows;        ///< in its order
};

/// Reads a list: one address a line, or CSV. `customer:…` becomes the person's address on the channel.
[[nodiscard]] result<read_rows> read_list(ledger& book, std::istream& in, std::string const& file_name, channel on, std::optional<std::string> const& column);

/// `q.who` is ignored. `in` is seekable. Errors: an empty list, or one without a column of addresses.
[[nodiscard]] result<broadcast_report> check_list(ledger& book, std::istream& in, std::string const& file_name, question q,
                                                  std::optional<std::string> const& column);

}  // namespace jawort
