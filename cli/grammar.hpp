// cli/grammar.hpp - which grammar reads messages: the built-in one, one's own words beside it, weights or none.
#pragma once
#include "jawort/ledger/keywords.hpp"
#include "options.hpp"

namespace jawort::cli {

/// The grammar with the files of `--keywords`.
[[nodiscard]] inline result<keyword_grammar> grammar_of(context const& c, bool weigh) {
  if (auto const path = c.args.get("keywords")) return load_keywords(*path, weigh);
  return weigh ? built_in_weighed_grammar() : built_in_grammar();
}

[[nodiscard]] inline option_spec weigh_option() {
  return {"weigh", {}, {"auch wägen, was keine Regel kennt: hört mehr Stopps, irrt in Gesprächen unter Leuten öfter", "also weigh what no rule knows: hears more stops, errs more often in talk among people"}};
}
[[nodiscard]] inline option_spec keywords_option() {
  return {"keywords", {"DATEI|ORDNER", "FILE|FOLDER"}, {"eigene Sprachdateien *.words zu den mitgelieferten", "your own *.words language files beside those that come along"}};
}

}  // namespace jawort::cli
