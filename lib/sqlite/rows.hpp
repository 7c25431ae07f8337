// lib/sqlite/rows.hpp - the rows of the entries, in sequence, by SQLite's C interface. Internal.
#pragma once
#include <sqlite3.h>

#include <string>

#include "../store.hpp"

namespace jawort {

/// Goes along the table itself, never along an index.
class row_scan {
 public:
  /// The rows from `from` on, before `to`.
  row_scan(sqlite3* db, std::int64_t from, std::int64_t to, row_wish const& wish);
  ~row_scan();
  row_scan(row_scan const&) = delete;
  row_scan& operator=(row_scan const&) = delete;
  /// False at the end, and where SQLite failed: `failed` tells which. The views live until the next call.
  [[nodiscard]] bool next(stored_row& row);
  [[nodiscard]] bool failed() const { return failed_; }

 private:
  [[nodiscard]] std::string_view bytes(int column) const;
  [[nodiscard]] std::int64_t bounded(int column, std::int64_t highest, stored_row& row) const;

  row_wish const& wish_;
  sqlite3_stmt* q_ = nullptr;
  bool failed_ = false;
};

}  // namespace jawort
