// jawort/ledger/import.hpp - rows of files become events.
//
// `events` is CSV with a header: occurred_at, event, address, channel, purpose, notice, evidence, in any order. The keys of
// evidence (event.hpp) may be columns too; other columns are kept as evidence. `list` is a list of addresses that came
// without evidence: each becomes `imported`, which proves nothing.
//
// A file is in or out as a whole, unless `partial`. Every refused row is reported with line, column and remedy.
//
// The events of one address stay in the order of the file. A file of more than 32 MiB is read to its end before anything
// is written, and its addresses are taken range by range; like an audit it may use a file without a name beside the
// ledger. Where several addresses name one `customer`, the links made of that may then be others than row by row.
#pragma once
#include <istream>
#include <map>
#include <string>
#include <vector>

#include "job.hpp"
#include "ledger.hpp"
#include "normalise.hpp"

namespace jawort {

struct import_options {
  std::string file_name;              ///< for messages
  bool list = false;
  bool partial = false;
  bool dry_run = false;               ///< everything is tried, nothing stays
  std::optional<std::string> column;  ///< of the address, in a list
  std::optional<channel> on;          ///< of a list
  std::optional<purpose> about;
  std::string operator_name;
  job_watch watch;                    ///< progress in bytes of the file, of a large one read and written; a stop rolls everything back
};

struct refused_row {
  std::size_t line = 0;
  std::string column;
  error why;
};

struct import_report {
  std::uint64_t rows = 0, appended = 0, duplicates = 0, suppressed = 0, refused = 0;
  bool rolled_back = false;           ///< some row was bad and the file is out; `refused` counts every row then
  std::vector<refused_row> bad;
  std::vector<refused_row> remarks;   ///< rows that were taken, with something to say (a stop from the future)
};

/// Reads `in` (seekable) to its end. Errors are those of the file as a whole; bad rows are in the report.
[[nodiscard]] result<import_report> import_file(ledger& book, std::istream& in, import_options const& options, instant now);

/// The fields of one row or of one `record` command, by column name.
using row_fields = std::map<std::string, std::string>;

/// Makes an event of fields, with every check at the door. `column` gets the name of the field at fault.
[[nodiscard]] result<event> read_event(row_fields const& fields, notice_book const& notices, normaliser const& numbers, instant now, std::string& column);
[[nodiscard]] inline result<event> read_event(row_fields const& fields, ledger const& book, normaliser const& numbers, instant now, std::string& column) {
  return read_event(fields, book.notices(), numbers, now, column);
}

}  // namespace jawort
