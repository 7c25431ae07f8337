// cli/grammar.hpp - which grammar reads messages: the built-in one, one's own words beside it; and how far it weighs.
#pragma once
#include "jawort/ledger/keywords.hpp"
#include "options.hpp"

namespace jawort::cli {

/// The grammar with the files of `--keywords`.
[[nodiscard]] inline result<keyword_grammar> grammar_of(context const& c) {
  if (auto const path = c.args.get("keywords")) return load_keywords(*path);
  return built_in_grammar();
}

/// `--weigh`, else careful.
[[nodiscard]] inline result<weighing> weighing_of(context const& c) {
  auto const how = c.args.get("weigh").value_or("careful");
  if (how == "none") return weighing::none;
  if (how == "careful") return weighing::careful;
  if (how == "all") return weighing::all;
  return error{failure::unknown_name, {"--weigh '" + how + "' gibt es nicht", "there is no --weigh '" + how + "'"}, {"none, careful oder all", "none, careful or all"}};
}

[[nodiscard]] inline option_spec weigh_option() {
  return {"weigh", {"none|careful|all", "none|careful|all"},
          {"ob gewogen wird, was keine Regel kennt: nein; ja, aber englisches Geplauder nicht (Vorgabe); alles", "whether what no rule knows is weighed: no; yes, but no English small talk (default); all"}};
}
[[nodiscard]] inline option_spec keywords_option() {
  return {"keywords", {"DATEI|ORDNER", "FILE|FOLDER"}, {"eigene Sprachdateien *.words zu den mitgelieferten", "your own *.words language files beside those that come along"}};
}

}  // namespace jawort::cli
