// lib/office/reading.hpp - what the readers of office and dialogue files share. Internal.
#pragma once
#include <span>
#include <string>

#include "../toml_reading.hpp"
#include "jawort/assistant/office.hpp"
#include "jawort/assistant/wording.hpp"

namespace jawort::office_files {

/// Where a text is used, and so which placeholders have a value there.
struct text_rules {
  std::span<std::string_view const> allowed;
  std::string office_name;
};

/// Reads `key` as a text for people: refuses unknown placeholders, advertising and payment data.
void read_text(reading& in, toml::table const& t, char const* key, std::string& out, text_rules const& rules);

/// A table below another; nullptr where it is not there.
toml::table const* table_in(reading& in, toml::table const& t, char const* key);

/// Calls `each` with every table of an array of tables.
void tables_in(reading& in, toml::table const& t, char const* key, auto&& each) {
  auto const* node = t.get(key);
  if (node == nullptr) return;
  auto const* list = node->as_array();
  if (list == nullptr) { in.type(*node, key, "Abschnitte mit [[…]]", "sections with [[…]]"); return; }
  for (auto const& item : *list) {
    if (auto const* one = item.as_table()) each(*one);
    else in.type(item, key, "Abschnitte mit [[…]]", "sections with [[…]]");
  }
}

inline std::size_t line_of(toml::node const& n) { return n.source().begin.line; }

/// What the receiver would hear in a word, when that keeps a dialogue from ever getting it; empty where it gets it.
[[nodiscard]] bilingual heard_as(std::string_view word, bool may_be_unclear);

/// One dialogue out of its table.
[[nodiscard]] dialogue read_dialogue(reading& in, toml::table const& t, text_rules const& rules);

}  // namespace jawort::office_files
