// cli/render.hpp - decisions and events as text and as JSON, from the same value.
#pragma once
#include <nlohmann/json.hpp>
#include <string>

#include "jawort/ledger/ledger.hpp"
#include "options.hpp"

namespace jawort::cli {

using json = nlohmann::ordered_json;

/// One object on one line; adds `"test_clock":true` where the ledger has one.
void print_json(json value, ledger const* book);

[[nodiscard]] json reasons_json(context const& c, reason_list const& reasons, instant at);
/// `DENY  withdrawn – text (citation) [#3]` and the remedy below, indented.
[[nodiscard]] std::string reason_text(context const& c, reason const& r, instant at);
[[nodiscard]] std::string outcome_text(context const& c, outcome o);
[[nodiscard]] bilingual status_words(consent_status s);

/// The channel, purpose, template and times that `check` and `broadcast check` ask with. `who` stays unset.
[[nodiscard]] result<question> question_of(context const& c, ledger const& book);

/// A time as people read it: day, time, UTC.
[[nodiscard]] std::string readable(instant t);

/// Opens the ledger of this call; reports why not and gives the exit status in `status`.
[[nodiscard]] std::optional<ledger> open_ledger(context const& c, int& status, bool writing = false);

}  // namespace jawort::cli
