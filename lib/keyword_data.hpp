// lib/keyword_data.hpp - the language files as compiled in; its .cpp is made at build time from data/keywords.
#pragma once
#include <vector>

#include "jawort/keyword.hpp"

namespace jawort::data {

/// In the order in which the languages are asked.
[[nodiscard]] std::vector<language_source> keyword_files();

}  // namespace jawort::data
