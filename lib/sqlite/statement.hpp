// lib/sqlite/statement.hpp - a prepared statement by SQLite's own interface, for what runs a million times. Internal.
//
// SQLiteCpp makes an object for every column and counts references on the way: most of the time of a short statement. It
// stays where that does not matter. Errors are thrown as SQLiteCpp's, so that one place translates both.
#pragma once
#include <SQLiteCpp/SQLiteCpp.h>
#include <sqlite3.h>

#include <span>
#include <string_view>

namespace jawort {

class quick_statement {
 public:
  quick_statement() = default;
  ~quick_statement() { sqlite3_finalize(q_); }
  quick_statement(quick_statement const&) = delete;
  quick_statement& operator=(quick_statement const&) = delete;

  /// Ready for its values; made at the first call.
  quick_statement& at(sqlite3* db, char const* sql) {
    if (q_ == nullptr && sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q_, nullptr) != SQLITE_OK) throw SQLite::Exception{db};
    next_ = 1;
    return *this;
  }
  quick_statement& put(std::int64_t v) { return checked(sqlite3_bind_int64(q_, next_++, v)); }
  quick_statement& put_null() { return checked(sqlite3_bind_null(q_, next_++)); }
  /// The bytes must live until the statement is reset.
  quick_statement& put_text(std::string_view s) { return checked(sqlite3_bind_text(q_, next_++, s.data(), static_cast<int>(s.size()), SQLITE_STATIC)); }
  quick_statement& put_blob(std::span<std::uint8_t const> b) { return checked(sqlite3_bind_blob(q_, next_++, b.data(), static_cast<int>(b.size()), SQLITE_STATIC)); }

  /// Whether there is a row. Reset when there is none, or something went wrong.
  bool step() {
    int const r = sqlite3_step(q_);
    if (r == SQLITE_ROW) return true;
    if (r != SQLITE_DONE) {
      SQLite::Exception const why{sqlite3_db_handle(q_), r};
      reset();
      throw why;
    }
    reset();
    return false;
  }
  /// One that gives no rows.
  void run() { while (step()) {} }
  void reset() { sqlite3_reset(q_); }

  [[nodiscard]] bool is_null(int column) const { return sqlite3_column_type(q_, column) == SQLITE_NULL; }
  [[nodiscard]] std::int64_t number(int column) const { return sqlite3_column_int64(q_, column); }
  /// As a blob: asked for as text, a value is copied to get a zero behind it. Lives until the next step.
  [[nodiscard]] std::string_view bytes(int column) const {
    auto const* const b = static_cast<char const*>(sqlite3_column_blob(q_, column));
    return b == nullptr ? std::string_view{} : std::string_view{b, static_cast<std::size_t>(sqlite3_column_bytes(q_, column))};
  }

 private:
  quick_statement& checked(int result) {
    if (result != SQLITE_OK) throw SQLite::Exception{sqlite3_db_handle(q_), result};
    return *this;
  }
  sqlite3_stmt* q_ = nullptr;
  int next_ = 1;
};

}  // namespace jawort
