// tests/reference/slow_keyword.hpp - the keyword grammar's core a second time: patterns as text over words as text.
//
// Shares nothing with include/jawort/keyword/rules.hpp but the pattern's text: it splits that text itself, tries every
// placement of every step, and takes the one that ends first, and of these the shortest.
#pragma once
#include <algorithm>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace slow {

using names = std::set<std::string>;

struct placement { std::size_t begin, end; };

struct piece {
  std::string alternatives;  // "message|ads|\"word\""
  bool gap = false, optional = false;
};

struct sequence {
  std::vector<piece> pieces;
  bool at_start = false, at_end = false;
};

inline bool fits(std::string const& alternatives, names const& word) {
  std::istringstream in{alternatives};
  for (std::string one; std::getline(in, one, '|');)
    if (word.contains(one)) return true;
  return false;
}

inline void place(sequence const& s, std::vector<names> const& words, std::size_t k, std::size_t begin, std::size_t last, std::vector<placement>& out) {
  if (k == s.pieces.size()) {
    if (!s.at_end || last + 1 == words.size()) out.push_back({begin, last + 1});
    return;
  }
  auto const& p = s.pieces[k];
  if (p.optional) place(s, words, k + 1, begin, last, out);
  for (std::size_t i = last + 1; i < words.size() && (p.gap || i == last + 1); ++i)
    if (fits(p.alternatives, words[i])) place(s, words, k + 1, begin, i, out);
}

inline std::optional<placement> best(sequence const& s, std::vector<names> const& words) {
  std::vector<placement> all;
  for (std::size_t i = 0; i < words.size() && (!s.at_start || i == 0); ++i)
    if (fits(s.pieces[0].alternatives, words[i])) place(s, words, 1, i, i, all);
  if (all.empty()) return std::nullopt;
  return *std::min_element(all.begin(), all.end(), [](auto a, auto b) { return a.end != b.end ? a.end < b.end : a.begin > b.begin; });
}

/// Where the pattern fits the clause; `whole` are the names that are true of the clause, `quiet` those that may stand
/// between under `only`.
inline std::optional<placement> match(std::string const& text, bool only, std::vector<names> const& words, names const& whole, names const& quiet, std::size_t widest) {
  std::vector<sequence> parts(1);
  std::istringstream in{text};
  bool unless = false, gap = false;
  std::string all_alternatives;
  for (std::string t; in >> t;) {
    auto& s = parts.back();
    if (t == "unless") unless = true;
    else if (unless) { if (fits(t, whole)) return std::nullopt; }
    else if (t == "&") parts.emplace_back();
    else if (t == "..") gap = true;
    else if (t == "^") s.at_start = true;
    else if (t == "$") s.at_end = true;
    else {
      bool const optional = t.back() == '?';
      if (optional) t.pop_back();
      s.pieces.push_back({t, gap && !s.pieces.empty(), optional});
      gap = false;
      all_alternatives += t + "|";
    }
  }
  placement sum{words.size(), 0};
  for (auto const& s : parts) {
    if (s.pieces.size() == 1 && (s.pieces[0].alternatives == "asked" || s.pieces[0].alternatives == "first" || s.pieces[0].alternatives == "colon" || s.pieces[0].alternatives == "mentioned")) {
      if (!whole.contains(s.pieces[0].alternatives)) return std::nullopt;
      continue;
    }
    auto const at = best(s, words);
    if (!at) return std::nullopt;
    sum.begin = std::min(sum.begin, at->begin);
    sum.end = std::max(sum.end, at->end);
  }
  if (sum.end - sum.begin > widest) return std::nullopt;
  if (only)
    for (auto const& w : words) {
      bool allowed = fits(all_alternatives, w);
      for (auto const& n : w) allowed = allowed || quiet.contains(n);
      if (!allowed) return std::nullopt;
    }
  return sum;
}

}  // namespace slow
