// cli/document.hpp - a page for people: written once, rendered as a self-contained HTML page and as text.
//
// Every text is taken as data: markup, terminal escapes, control and bidi characters come out visible and inert.
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace jawort::cli {

struct document {
  struct fact {
    std::string name, value;
  };
  struct table {
    std::vector<std::string> head;
    std::vector<std::vector<std::string>> rows;
    std::vector<int> widths = {};   ///< of the columns in per cent; empty: as their words need
  };
  /// One of these is filled; a section begins with its heading.
  struct block {
    std::string heading, paragraph, quote;
    std::vector<fact> facts;
    table grid;
  };

  std::string language;   ///< "de", "en"
  std::string title;
  std::vector<block> blocks;

  void heading(std::string text) { blocks.push_back({std::move(text), {}, {}, {}, {}}); }
  void paragraph(std::string text) { blocks.push_back({{}, std::move(text), {}, {}, {}}); }
  void quote(std::string text) { blocks.push_back({{}, {}, std::move(text), {}, {}}); }
  /// Facts without a value are left out.
  void facts(std::vector<fact> all);
  void rows(table t) { if (!t.rows.empty()) blocks.push_back({{}, {}, {}, {}, std::move(t)}); }
};

[[nodiscard]] std::string to_html(document const& d);
/// Lines of at most `width` characters, except where a word is longer.
[[nodiscard]] std::string to_text(document const& d, std::size_t width = 100);

/// Markup made harmless, after `inert`; line breaks stay.
[[nodiscard]] std::string html_text(std::string_view text);
/// The text in lines of at most `width` characters, each behind `indent`; its own line breaks stay.
[[nodiscard]] std::string wrapped(std::string_view text, std::string_view indent, std::size_t width = 100);

}  // namespace jawort::cli
