// lib/anchors.hpp - checkpoints kept outside the database: the file beside the ledger and its further copies. Internal.
//
// A checkpoint file holds signed notes, each followed by two empty lines, and is only ever added to. The list of further
// copies is `FILE.anchors`, a path a line.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jawort/log/checkpoint.hpp"
#include "jawort/result.hpp"

namespace jawort {

/// Which beginning of a log an origin is: 1 for its first, n for `BASE#n`, nothing for another log's.
[[nodiscard]] std::optional<std::uint32_t> origin_number(std::string_view base, std::string_view origin);
[[nodiscard]] std::string origin_name(std::string const& base, std::uint32_t number);

struct found_note {
  std::string text;
  std::string file;   ///< where it was read
};

[[nodiscard]] std::string beside(std::string const& ledger, char const* what);   ///< FILE.checkpoints, FILE.anchors …

/// The file beside the ledger, then each further copy.
[[nodiscard]] std::vector<std::string> anchor_paths(std::string const& ledger);
/// All notes of all copies; `newest_only` reads the end of each. A copy that cannot be read has none.
[[nodiscard]] std::vector<found_note> read_anchors(std::string const& ledger, bool newest_only);

/// Adds a note to a file of notes, which is made if it is not there (0600). A torn last note is cut off first.
[[nodiscard]] result<> append_note(std::string const& path, std::string const& note);

/// Replaces a small file as a whole (0600): a new one beside it, synced, renamed.
[[nodiscard]] result<> replace_file(std::string const& path, std::string const& text);
[[nodiscard]] std::optional<std::string> file_text(std::string const& path);
[[nodiscard]] std::vector<std::string> file_lines(std::string const& path);

}  // namespace jawort
