// jawort/ledger/case_file.hpp - cases as data: a history, questions, and the answers expected.
//
// TOML. The project's own cases and those of users have the same form:
//
//   notices = [{file = "newsletter.toml", published = "2022-01-01T00:00:00Z"}]   # beside the case file; `historical = true`
//   policy = "policy.toml"                                                        # optional
//   [defaults]                                   # of every question
//   channel = "whatsapp"
//   [[case]]
//   name = "a stop counts at once"
//   history = """
//   2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter@1,Start
//   2026-05-02T10:00:00Z,withdrawn,+491713920001,whatsapp,,,Stop
//   """                                          # rows of an import: …,evidence and, as an eighth, recorded_at
//   [[case.ask]]
//   address = "+491713920001"                    # channel, purpose, template, at, as_recorded, message, recipients, austrian_list
//   decision = "deny"                            # status, first, reasons, contains, without
//
// Errors name file and line. Names that begin with OPEN are asked and told, and never fail. Thread-safe.
#pragma once
#include <string>
#include <vector>

#include "../decision.hpp"
#include "../result.hpp"

namespace jawort {

/// One question of a case and what became of it.
struct asked_question {
  std::string address, channel, purpose;
  instant at;
  decision said;
  std::vector<reason_code> expected, excluded;   ///< codes that the question says must, and must not, be there
  std::vector<bilingual> wrong;      ///< what was expected otherwise; empty where all was right
};

struct case_result {
  std::string name;
  std::size_t line = 0;
  bool open = false;
  std::vector<asked_question> asked;
  [[nodiscard]] bool right() const {
    return std::all_of(asked.begin(), asked.end(), [](asked_question const& a) { return a.wrong.empty(); });
  }
};

/// What cases are asked with where their file names no notices or policy of its own.
struct case_setting {
  notice_book notices;
  policy_book policies;
  message_names names;
};

/// Runs every case of the file.
[[nodiscard]] result<std::vector<case_result>> run_cases(std::string const& path, case_setting setting = {});

}  // namespace jawort
