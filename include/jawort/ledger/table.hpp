// jawort/ledger/table.hpp - rows of CSV-like files as offices export them.
//
// UTF-8 with or without BOM, UTF-16 with BOM, windows-1252 (a field that is no UTF-8); CRLF, LF, CR; comma, semicolon, tab
// or bar, found from the first line; quoted fields with line breaks inside. Blank lines are skipped; line numbers are
// those of the file. Constant memory: a row of more than 1 MiB is passed over and flagged.
//
// Own code rather than libcsv: that keeps no physical line numbers and takes broken quotes in silence.
#pragma once
#include <atomic>
#include <cstdint>
#include <istream>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "normalise.hpp"

namespace jawort {

struct table_row {
  std::size_t line = 0;             ///< physical line where the row begins, from 1
  std::vector<std::string> fields;
  bool bad_quotes = false;          ///< a quote is not closed, or text stands behind a closing one
  bool has_nul = false;
  bool too_long = false;
  std::uint64_t begin = 0, end = 0;  ///< bytes of the file: the row with its line's end
  std::vector<std::uint64_t> ends;   ///< with `keep_spans`: where each field ends; the next begins a delimiter behind it
};

class table_reader {
 public:
  /// Does not own `in`, which must outlive it.
  [[nodiscard]] static result<table_reader> open(std::istream& in);
  /// The next row, nothing at the end; `failure::environment` where reading fails.
  [[nodiscard]] result<std::optional<table_row>> next();
  /// The next row, if it is a plain one: whole in the buffer, without quotes, NUL bytes and windows-1252. The fields live until
  /// the next call. False where only `next` can tell (nothing is read then). For bulk work: `next` gives the same.
  [[nodiscard]] bool plain(std::vector<std::string_view>& fields, std::size_t& line);
  /// How far it has read; may be asked from another thread.
  [[nodiscard]] std::uint64_t bytes_read() const { return progress_->load(std::memory_order_relaxed); }
  [[nodiscard]] char delimiter() const { return delimiter_; }
  /// Rows come with the place of each field from now on.
  void keep_spans() { spans_ = true; }

 private:
  explicit table_reader(std::istream& in) : in_(&in) {}
  int get();      ///< next byte as UTF-8, -1 at the end
  int peek();
  int raw();
  bool fill();
  void utf16();
  [[nodiscard]] std::uint64_t offset() const;   ///< of the next byte that `get` gives
  std::istream* in_;
  std::string buffer_, pending_;
  std::size_t at_ = 0, pending_at_ = 0;
  int wide_ = 0;  ///< 0 bytes, 1 UTF-16LE, 2 UTF-16BE
  std::uint64_t base_ = 0, pending_from_ = 0;
  char delimiter_ = ',';
  bool spans_ = false;
  std::size_t line_ = 1;
  std::shared_ptr<std::atomic<std::uint64_t>> progress_ = std::make_shared<std::atomic<std::uint64_t>>(0);   ///< shared, so that readers can be moved
};

struct list_layout {
  bool has_header = false;
  std::size_t address_column = 0;
};

/// Which column of a list holds the addresses, from its first row: by `wanted`, by well-known names, or because the cell
/// itself is an address. `failure::unknown_name` where that cannot be told, with the columns there are.
[[nodiscard]] result<list_layout> find_address_column(std::vector<std::string> const& first_row, std::optional<std::string> const& wanted,
                                                      normaliser const& numbers, std::optional<channel> on);

}  // namespace jawort
