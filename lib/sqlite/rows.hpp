// lib/sqlite/rows.hpp - the rows of the entries, in sequence, in place. Internal.
#pragma once
#include "../store.hpp"
#include "statement.hpp"

namespace jawort {

/// Goes along the table itself, never along an index.
class row_scan {
 public:
  /// The rows from `from` on, before `to`.
  row_scan(sqlite3* db, std::int64_t from, std::int64_t to, row_wish const& wish);
  /// False at the end. The views live until the next call. Throws what SQLite says (`SQLite::Exception`).
  [[nodiscard]] bool next(stored_row& row);

 private:
  [[nodiscard]] std::int64_t bounded(int column, std::int64_t highest, stored_row& row) const;

  row_wish const& wish_;
  quick_statement q_;
};

}  // namespace jawort
