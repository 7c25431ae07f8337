// The group search a second time, slow and obvious: every subset is tried. Shares nothing with include/jawort/group/.
#pragma once
#include <set>
#include <utility>
#include <vector>

namespace slow {

struct group {
  std::size_t members = 0;
  std::set<std::pair<unsigned, unsigned>> knows;   ///< first has the second's number
  std::set<unsigned> agreed;

  [[nodiscard]] std::set<std::pair<unsigned, unsigned>> disclosures(unsigned kept, std::set<unsigned> const& also_agreed = {}) const {
    std::set<std::pair<unsigned, unsigned>> out;
    for (unsigned of = 0; of < members; ++of)
      for (unsigned to = 0; to < members; ++to)
        if (of != to && (kept >> of & 1U) != 0 && (kept >> to & 1U) != 0 && !knows.contains({to, of}) && !agreed.contains(of) && !also_agreed.contains(of))
          out.insert({of, to});
    return out;
  }
  [[nodiscard]] unsigned everybody() const { return (1U << members) - 1; }

  /// How few must be left out so that nothing is disclosed.
  [[nodiscard]] std::size_t fewest_left_out() const {
    std::vector<unsigned> meets(members, 0);   // with whom somebody cannot be together
    for (auto const& [of, to] : disclosures(everybody())) { meets[of] |= 1U << to; meets[to] |= 1U << of; }
    std::size_t best = members;
    for (unsigned kept = 0; kept <= everybody(); ++kept) {
      bool good = true;
      std::size_t out = 0;
      for (unsigned m = 0; m < members && good; ++m) {
        if ((kept >> m & 1U) == 0) ++out;
        else good = (meets[m] & kept) == 0;
      }
      if (good && out < best) best = out;
    }
    return best;
  }

  /// In how few groups without strangers everybody can be: over all subsets.
  [[nodiscard]] std::size_t fewest_groups() const {
    std::vector<unsigned> meets(members, 0);
    for (auto const& [of, to] : disclosures(everybody())) { meets[of] |= 1U << to; meets[to] |= 1U << of; }
    std::vector<std::size_t> need(std::size_t{1} << members, 0);
    for (unsigned s = 1; s <= everybody(); ++s) {
      need[s] = members;
      unsigned const first = s & (~s + 1);
      for (unsigned part = s; part != 0; part = (part - 1) & s) {
        if ((part & first) == 0) continue;
        bool good = true;
        for (unsigned m = 0; m < members && good; ++m) good = (part >> m & 1U) == 0 || (meets[m] & part) == 0;
        if (good && need[s & ~part] + 1 < need[s]) need[s] = need[s & ~part] + 1;
      }
    }
    return need[everybody()];
  }
};

}  // namespace slow
