// jawort/ledger/broadcast.hpp - one question for a whole list, before a broadcast.
//
// Each row counts once: permitted, warned, held, denied, invalid (no address that the channel reaches) or duplicate
// (the same address stood above; it is sent to once). Rows are answered exactly as `ledger::ask` answers them.
//
// Memory: 40 bytes a row that is a number in E.164, besides the bytes of rows written otherwise.
#pragma once
#include <array>
#include <istream>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "job.hpp"
#include "ledger.hpp"
#include "normalise.hpp"

namespace jawort {

enum class verdict : std::uint8_t { permitted, warned, held, denied, invalid, duplicate };
[[nodiscard]] std::string_view name(verdict v);

/// One row, as it is looked at; lives no longer than the rows.
struct list_row {
  std::size_t line = 0;
  std::string_view input;            ///< as it stood in the list
  std::optional<address> who;
  verdict what = verdict::invalid;
  std::span<reason const> reasons;   ///< codes and outcomes; `ledger::ask` tells the entries they rest on
};

/// The rows of a list in its order, kept small.
class list_rows {
 public:
  [[nodiscard]] std::size_t size() const { return rows_.size(); }
  [[nodiscard]] bool empty() const { return rows_.empty(); }
  /// `input` of a row written in E.164 lives until the next call.
  [[nodiscard]] list_row operator[](std::size_t k) const;

  class iterator {
   public:
    iterator(list_rows const* rows, std::size_t k) : rows_(rows), k_(k) {}
    list_row operator*() const { return (*rows_)[k_]; }
    iterator& operator++() { ++k_; return *this; }
    friend bool operator==(iterator const& a, iterator const& b) { return a.k_ == b.k_; }

   private:
    list_rows const* rows_;
    std::size_t k_;
  };
  [[nodiscard]] iterator begin() const { return {this, 0}; }
  [[nodiscard]] iterator end() const { return {this, size()}; }

  // For the making of reports.
  struct packed {
    std::uint64_t number = 0;        ///< digits; else the place in `others()` and one more; 0: no address
    std::uint32_t line = 0, input = 0;
    std::uint32_t input_high : 8 = 0, reasons : 24 = 0;
    verdict what = verdict::invalid;
    bool is_number = false, same = false;   ///< `same`: the input is the number in E.164
  };
  void add(std::size_t line, std::string_view input, std::uint64_t number);
  void add(std::size_t line, std::string_view input, std::optional<address> who);
  [[nodiscard]] std::vector<packed>& all() { return rows_; }
  [[nodiscard]] std::vector<packed> const& all() const { return rows_; }
  /// As the row was written, if it is not `same`.
  [[nodiscard]] std::string_view input_of(packed const& p) const;
  [[nodiscard]] address const& other(packed const& p) const { return others_[p.number - 1]; }
  /// The place of a list of reasons; equal ones have one place.
  [[nodiscard]] std::uint32_t place_of(reason_list const& found);
  [[nodiscard]] std::span<reason const> reasons_at(std::uint32_t place) const { return reasons_[place]; }
  [[nodiscard]] std::size_t reason_places() const { return reasons_.size(); }

 private:
  void put_input(packed& p, std::string_view input);
  std::vector<packed> rows_;
  std::string inputs_;               ///< each with its length before it
  std::vector<address> others_;
  std::vector<std::vector<reason>> reasons_{{}};
  std::map<std::string, std::uint32_t, std::less<>> places_;
  mutable std::string written_;
};

struct broadcast_report {
  std::uint64_t checked = 0, permitted = 0, warned = 0, held = 0, denied = 0, invalid = 0, duplicates = 0;
  std::map<reason_code, std::uint64_t> reasons;   ///< what kept rows from being permitted, or warned about them
  std::string list_sha256;
  log::checkpoint head;
  list_rows rows;                    ///< in the list's order
  [[nodiscard]] outcome worst() const {
    return denied + invalid > 0 ? outcome::deny : held > 0 ? outcome::hold : warned > 0 ? outcome::warn : outcome::permit;
  }
};

/// A list as it was read, before anything is asked.
struct read_rows {
  std::string sha256;                ///< of its bytes
  list_rows rows;                    ///< in its order
};

/// Reads a list: one address a line, or CSV. `customer:…` becomes the person's address on the channel. `file_name` is for
/// messages. Errors: an empty list, one without a column of addresses, `failure::interrupted`.
[[nodiscard]] result<read_rows> read_list(ledger& book, std::istream& in, std::string const& file_name, channel on, std::optional<std::string> const& column,
                                          job_watch const& watch = {});

/// `q.who` is ignored. `in` is read once, from where it stands to its end. Errors: those of `read_list`. The answers are the same on one and on two threads.
[[nodiscard]] result<broadcast_report> check_list(ledger& book, std::istream& in, std::string const& file_name, question q,
                                                  std::optional<std::string> const& column, job_watch const& watch = {});

/// The verdicts as CSV with a header: line, input, address, verdict, reasons joined by `;`. `write` gets pieces; false ends it.
[[nodiscard]] bool write_verdicts(broadcast_report const& r, std::function<bool(std::string_view)> const& write);

}  // namespace jawort
