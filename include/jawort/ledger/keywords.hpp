// jawort/ledger/keywords.hpp - the keyword grammar with the languages that come with jawort.
#pragma once
#include <string>
#include <vector>

#include "../keyword.hpp"

namespace jawort {

/// The languages and weights compiled in, made at first use; de en fr it es nl pl tr. Any thread.
[[nodiscard]] keyword_grammar const& built_in_grammar();

/// The language files and the weights compiled in, as they are in data/keywords/: to read, or to load with one's own
/// behind them.
[[nodiscard]] std::vector<language_source> built_in_languages();

/// The built-in languages and then a user's: a file, or every `*.words` and `*.weights` file of a folder in the order of
/// their names. A file `language xx` replaces that language, `extend xx` adds to it, a file of weights replaces them.
/// Errors: `failure::environment` if nothing can be read there, else those of `keyword_grammar::load`.
[[nodiscard]] result<keyword_grammar> load_keywords(std::string const& path);

}  // namespace jawort
