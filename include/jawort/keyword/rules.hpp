// jawort/keyword/rules.hpp - patterns over classes of words, matched with one bit a token.
//
// A pattern has parts that may stand in any order in the clause; a part is a sequence of steps, each a set of classes:
//     neg & message & more          three parts of one step
//     stop sending .. message       one part: "stop", directly behind it "sending", anywhere behind it a message
// Filling words (please, really, just) are taken out before matching, so that "directly" means what people mean.
// Among the places where a part fits, the one that ends first counts, and of these the shortest. Parts that stand
// farther apart than `widest` tokens do not belong together.
//
// Bounds: clauses of at most 64 tokens, parts of at most 8 steps.
#pragma once
#include <array>
#include <bit>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "classification.hpp"
#include "lexicon.hpp"

namespace jawort::keyword {

inline constexpr std::size_t widest = 18;
inline constexpr std::size_t most_steps = 8;

/// A set as the few words of it that are not empty; `wide` where those are more than three.
struct probe {
  std::array<std::uint64_t, 3> mask{};
  std::array<std::uint8_t, 3> at{};
  std::uint8_t size = 0;
  bool wide = false;
  static probe of(class_set const& s) {
    probe p;
    for (std::size_t i = 0; i < s.bits.size(); ++i) {
      if (s.bits[i] == 0) continue;
      if (p.size == p.at.size()) { p.wide = true; break; }
      p.at[p.size] = static_cast<std::uint8_t>(i);
      p.mask[p.size++] = s.bits[i];
    }
    return p;
  }
  /// Whether `in` has a number of the set that this probe was made of, `whole`.
  [[nodiscard]] bool hits(class_set const& in, class_set const& whole) const {
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < size; ++i) both |= in.bits[at[i]] & mask[i];
    return both != 0 || (wide && in.any(whole));
  }
};

template <class Set>
struct step_of {
  Set any{};              ///< a token of one of these classes
  bool gap = false;       ///< other tokens may stand before it
  bool optional = false;
  probe find{};
};

template <class Set>
struct part_of {
  std::vector<step_of<Set>> steps;
  bool at_start = false, at_end = false;  ///< of the clause
};

enum class rule_kind : std::uint8_t {
  plain,    ///< its intent, wherever in the message its clause stands
  keyword,  ///< the clause says nothing else; what it counts for depends on the rest of the message
  veto,     ///< the clause's other findings are replaced by its intent
  frame,    ///< what this clause and those behind it in the sentence would say is replaced by its intent
  mention,  ///< says nothing itself; clauses behind it in the message have `mentioned`, to which "that" may refer
  history   ///< the sentence announces quoted history
};

/// As a file of weights names it.
[[nodiscard]] constexpr std::string_view name_of(rule_kind k) {
  switch (k) {
    case rule_kind::plain: return "plain";
    case rule_kind::keyword: return "keyword";
    case rule_kind::veto: return "veto";
    case rule_kind::frame: return "frame";
    case rule_kind::mention: return "mention";
    case rule_kind::history: return "history";
  }
  return "plain";
}

template <class Set>
struct rule_of {
  rule_kind kind{};
  intent what{};
  bool everything = false;
  bool only = false;               ///< every other token of the clause is light
  bool alone = false;              ///< every other clause of the message is light
  std::vector<part_of<Set>> parts;
  Set unless{};              ///< classes that must not stand in the clause
  Set needs{};               ///< what must be true of the clause as a whole, every one of them
  probe excluded{};
  std::vector<step_of<Set>> required;     ///< the steps that must be there, those that fewest words fit first
  std::string id, text;            ///< "de/no-more-messages", the pattern as written
  std::string file;
  std::size_t line = 0;
};

using step = step_of<class_set>;
using part = part_of<class_set>;
using rule = rule_of<class_set>;

/// Tokens of a clause that matched, [begin, end).
struct extent {
  std::size_t begin = 0, end = 0;
};

namespace detail {
inline std::uint64_t places(std::span<class_set const> tokens, step const& s) {
  std::uint64_t out = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) out |= std::uint64_t{s.find.hits(tokens[i], s.any)} << i;
  return out;
}
}  // namespace detail

/// Where a part fits. Bit i of `reach[k]` says: the first k+1 steps fit so that the last of them stands at token i.
[[nodiscard]] inline bool match(part const& p, std::span<class_set const> tokens, extent& where) {
  std::array<std::uint64_t, most_steps> reach{};
  for (std::size_t k = 0; k < p.steps.size(); ++k) {
    step const& s = p.steps[k];
    std::uint64_t here = detail::places(tokens, s);
    if (k == 0) {
      if (p.at_start) here &= 1U;
    } else {
      std::uint64_t const before = reach[k - 1];
      std::uint64_t const lowest = before & (~before + 1);
      here &= s.gap ? ~(lowest | (lowest - 1)) : before << 1U;
      if (s.optional) here |= before;
    }
    if (here == 0) return false;
    reach[k] = here;
  }
  std::uint64_t last = reach[p.steps.size() - 1];
  if (p.at_end) last &= std::uint64_t{1} << (tokens.size() - 1);
  if (last == 0) return false;
  auto at = static_cast<std::size_t>(std::countr_zero(last));
  where.end = at + 1;
  for (std::size_t k = p.steps.size() - 1; k > 0; --k) {
    std::uint64_t const before = reach[k - 1];
    if (p.steps[k].optional && (before >> at & 1U) != 0) continue;  // left out
    std::uint64_t const below = before & ((std::uint64_t{1} << at) - 1);
    at = p.steps[k].gap ? static_cast<std::size_t>(63 - std::countl_zero(below)) : at - 1;
  }
  where.begin = at;
  return true;
}

/// Whether a rule fits a clause, given as the classes of its tokens without filling words. `present` is their union and
/// what else is known of the clause, `light` the roles of words that say nothing of their own.
[[nodiscard]] inline bool match(rule const& r, std::span<class_set const> tokens, class_set const& present, flags light, extent& where) {
  for (auto const& s : r.required)
    if (!s.find.hits(present, s.any)) return false;
  if (tokens.empty() || r.excluded.hits(present, r.unless) || !r.needs.without(present).none()) return false;
  extent all{tokens.size(), 0};
  for (auto const& p : r.parts) {
    extent e;
    if (!match(p, tokens, e)) return false;
    all.begin = std::min(all.begin, e.begin);
    all.end = std::max(all.end, e.end);
  }
  if (all.end - all.begin > widest) return false;
  if (r.only) {
    class_set used{};
    for (auto const& p : r.parts)
      for (auto const& s : p.steps) used |= s.any;
    for (auto const& t : tokens)
      if (!t.any(light) && !t.any(used)) return false;
  }
  where = all;
  return true;
}

}  // namespace jawort::keyword
