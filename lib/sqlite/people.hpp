// lib/sqlite/people.hpp - the ledger's events person by person, in constant memory. Internal.
//
// One walk along the index of addresses; two more cursors in the same order say which address belongs to another's subject
// and which subject has further addresses, whose events are fetched beside.
#pragma once
#include <sqlite3.h>

#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "../store.hpp"

namespace jawort {

class people_scan {
 public:
  people_scan(sqlite3* db, std::vector<purpose> const& purposes, std::function<bool(event_kind)> const& with_evidence);
  ~people_scan();
  people_scan(people_scan const&) = delete;
  people_scan& operator=(people_scan const&) = delete;

  /// False where SQLite failed (its handle says why). Ends early where something is damaged, or `each` says so.
  [[nodiscard]] bool run(std::function<bool(std::span<event const>)> const& each);
  /// The column that could not be read; empty if all could.
  [[nodiscard]] std::string const& damaged_at() const { return damaged_; }

 private:
  using statement = std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)>;
  struct cursor {
    statement q{nullptr, sqlite3_finalize};
    bool there = false;
    std::int64_t first = 0, second = 0;
  };
  [[nodiscard]] statement prepare(std::string const& sql);
  void advance(cursor& c);
  [[nodiscard]] bool read(sqlite3_stmt* row, address const& who);
  [[nodiscard]] bool read_evidence(sqlite3_stmt* row, event& e);
  [[nodiscard]] std::optional<address> address_of(address_key key);
  [[nodiscard]] std::string const* label(std::int64_t id);
  [[nodiscard]] bool add_linked(address_key subject);
  [[nodiscard]] bool give(std::function<bool(std::span<event const>)> const& each);
  bool damaged(char const* where) { damaged_ = where; return false; }

  sqlite3* db_;
  std::vector<purpose> const& purposes_;
  std::string evidence_kinds_;
  bool failed_ = false;
  std::string damaged_;
  statement walk_{nullptr, sqlite3_finalize}, of_address_{nullptr, sqlite3_finalize}, text_{nullptr, sqlite3_finalize}, label_{nullptr, sqlite3_finalize};
  cursor belongs_, has_;
  std::map<std::int64_t, std::string> labels_;
  std::vector<event> person_;
  std::size_t used_ = 0;   ///< of `person_`, whose strings are kept for the next person
};

}  // namespace jawort
