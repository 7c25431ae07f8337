// jawort/ledger/json.hpp - evidence as JSON, and back.
#pragma once
#include <string>
#include <string_view>

#include "../event.hpp"
#include "../result.hpp"

namespace jawort {

/// A JSON object with the keys in order; `{}` when there is none. Values are strings.
[[nodiscard]] std::string to_json(evidence const& e);

/// Reads evidence as people and programs write it: a JSON object (values may be strings, numbers, booleans; nested ones
/// are kept as JSON), or plain words, which are `text`. A text that begins with `{` and is no JSON object is
/// `failure::malformed`.
[[nodiscard]] result<evidence> parse_evidence(std::string_view text);

}  // namespace jawort
