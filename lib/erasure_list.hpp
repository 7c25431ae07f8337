// lib/erasure_list.hpp - the list of erasures beside the ledger (`FILE.erasures`, mode 0600, append-only). Internal.
//
// `jawort-erasures 1`, then one tombstone a line:
//   SEQUENCE TIME PERSON sealed|final OBJECTED TRIES BASE64(tombstone tag)
// A later line about the same tag and time stands for the earlier one (a box that went). Nobody is named in it.
#pragma once
#include <vector>

#include "ledger_impl.hpp"

namespace jawort {

struct listed_erasure {
  instant at;
  stored_tombstone tomb;     ///< its sequence is that of the ledger that wrote the line
  bool final = false;
};

[[nodiscard]] std::string erasure_list_path(ledger_parts::impl const& i);
/// Lines that cannot be read are passed over: a torn last line is written again by the next erasure.
[[nodiscard]] std::vector<listed_erasure> read_erasure_list(std::string const& path);
/// Adds what the ledger knows and the list does not, and syncs it to disk.
void write_erasure_list(ledger_parts::impl& i);

}  // namespace jawort
