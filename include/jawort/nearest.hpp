// jawort/nearest.hpp - "did you mean", without guessing: only a name at most two letters away.
//
//   nearest("stale_wran", names);   // "stale_warn"
//
// Pure.
#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace jawort {

/// Letters to change, put in or take out on the way from one word to the other.
[[nodiscard]] inline std::size_t letters_apart(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0]++;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      std::size_t const above = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row[b.size()];
}

/// The name that is nearest, at most two letters away; empty for none.
[[nodiscard]] inline std::string nearest(std::string_view word, auto const& names) {
  std::string best;
  std::size_t least = 3;
  for (auto const& n : names)
    if (auto const d = letters_apart(word, n); d < least) { least = d; best = n; }
  return best;
}

}  // namespace jawort
