// lib/audit/document.hpp - the audit as sections of tables and charts in one language, before it is text or HTML. Internal.
#pragma once
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "jawort/ledger/audit.hpp"

namespace jawort::audit {

enum class tone : std::uint8_t { plain, good, careful, bad };

/// What stands in a table. With `behind`, its text is a number that leads to entries.
struct cell {
  std::string text;
  bool number = false;
  tone how = tone::plain;
  figure const* behind = nullptr;      ///< points into the report, or into `document::sums`
  std::string label;                   ///< what the entries behind it are
  std::string link;                    ///< id of a section that says more
};

struct table {
  std::string caption;
  std::vector<std::string> head;
  std::vector<std::vector<cell>> rows;  ///< the first cell of each is its header
};

/// Values over time (or over categories): bars beside each other, or stacked.
struct chart {
  std::string title, what;             ///< `what` says in a sentence what is to be seen
  std::vector<std::string> labels;
  struct line { std::string name; std::vector<std::int64_t> values; };
  std::vector<line> series;
  bool stacked = false;
  bool categories = false;             ///< labels are names, not times
};

struct words {
  std::string text;
  tone how = tone::plain;
  bool verbatim = false;               ///< bytes to be kept as they are, in a fixed pitch
};

struct section {
  std::string id, heading;
  std::vector<std::variant<words, table, chart>> blocks;
};

struct document {
  std::string title, subtitle;
  std::vector<section> sections;
  std::vector<std::unique_ptr<figure>> sums;   ///< figures that were added up for a table
  figure const* sum(figure f) { return sums.emplace_back(std::make_unique<figure>(std::move(f))).get(); }
};

/// The report in a language, at most `list` rows in each list.
[[nodiscard]] document write_document(audit_report const& report, tongue lang);

// --- words ---------------------------------------------------------------------------------------------------

[[nodiscard]] bilingual words_of(event_kind k);
[[nodiscard]] bilingual words_of(consent_status s);
[[nodiscard]] bilingual words_of(way_in w);
[[nodiscard]] bilingual words_of(outcome o);
[[nodiscard]] bilingual words_of(request_state s);
[[nodiscard]] bilingual words_of(channel c);

[[nodiscard]] inline std::string const& say(bilingual const& t, tongue lang) { return lang == tongue::de ? t.de : t.en; }
/// `1.234` in German, `1,234` in English.
[[nodiscard]] std::string number_text(std::uint64_t n, tongue lang);
/// `2 Std. 5 Min.`
[[nodiscard]] std::string length_text(std::int64_t seconds, tongue lang);
/// `2026-07-01 09:55 UTC`, seconds where there are any.
[[nodiscard]] std::string time_text(instant t);
[[nodiscard]] std::string day_text(instant t);
/// `3–7, 12`
[[nodiscard]] std::string ranges_text(std::vector<sequence> const& entries, std::size_t most);
/// Words that a person may have chosen, with everything that acts on a terminal or on reading order made visible.
[[nodiscard]] std::string inert_text(std::string_view text);

}  // namespace jawort::audit
