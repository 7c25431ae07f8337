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

[[nodiscard]] json reasons_json(context const& c, reason_list const& reasons, instant at, channel on);
/// `DENY  withdrawn – text (citation) [#3]` and the remedy below, indented.
[[nodiscard]] std::string reason_text(context const& c, reason const& r, instant at, channel on);
[[nodiscard]] std::string outcome_text(context const& c, outcome o);
/// The codes alone, in order.
[[nodiscard]] json codes_json(reason_list const& reasons);
/// 0 for permit and warn, 3 for the others.
[[nodiscard]] int status_of(outcome o);
[[nodiscard]] error unknown_channel(std::string const& text);
/// A file's bytes, or stdin's for `-`; an empty file is an error.
[[nodiscard]] result<std::string> read_text(std::string const& path);

/// The message of `--message`: what its words say, and the digest of its bytes.
struct given_message {
  message_facts facts;
  std::string sha256;
};
[[nodiscard]] result<std::optional<given_message>> message_of(context const& c, ledger const& book);

/// The signed notes in the files of `--checkpoint`, each with the name of its file; a file may hold several, as the
/// checkpoint file does.
[[nodiscard]] result<std::vector<std::pair<std::string, std::string>>> given_checkpoints(context const& c);

[[nodiscard]] bilingual status_words(consent_status s);

/// The channel, purpose, template and times that `check` and `broadcast check` ask with. `who` stays unset.
[[nodiscard]] result<question> question_of(context const& c, ledger const& book);

/// A time as people read it: day, time, UTC.
[[nodiscard]] std::string readable(instant t);

/// Opens the ledger of this call; reports why not and gives the exit status in `status`.
[[nodiscard]] std::optional<ledger> open_ledger(context const& c, int& status, bool writing = false);

}  // namespace jawort::cli
