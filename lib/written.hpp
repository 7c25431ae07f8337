// lib/written.hpp - what TOML and JSON have in common, with lines: texts, lists, tables. Internal.
//
// nlohmann's tree keeps no lines; this one does, for JSON as for TOML, so that an error can name them.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jawort/result.hpp"

namespace jawort {

/// A list of two texts, small: a group of a thousand may have half a million of them.
struct written_pair {
  std::uint32_t first = 0, second = 0;                     ///< places in `written_file::texts`
  std::uint32_t line = 0;
};

struct written {
  enum class kind : unsigned char { text, list, table, yes_no, other };
  kind is = kind::other;
  std::size_t line = 0;
  std::string text;                                        ///< of a text; `true` or `false`
  std::vector<written> items;                              ///< of a list, but for those in `pairs`
  std::vector<written_pair> pairs;                         ///< of a list: its items that are lists of two texts
  std::vector<std::pair<std::string, written>> entries;    ///< of a table

  [[nodiscard]] written const* get(std::string_view key) const {
    for (auto const& [name, value] : entries)
      if (name == key) return &value;
    return nullptr;
  }
};

struct written_file {
  written root;
  std::vector<std::string> texts;                          ///< of pairs, each once
};

/// At most 16 levels deep. Errors: `malformed`, with file and line.
[[nodiscard]] result<written_file> parse_written(std::string_view source, std::string const& where);

}  // namespace jawort
