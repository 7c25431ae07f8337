// jawort/group/split.hpp - a group in as few groups as found, none of them with strangers.
//
// No part may hold two members who are in conflict: a colouring of the graph of conflicts. Found greedily (always the
// member whose conflicts already lie in most parts; Brélaz 1979), then improved by branch and bound within the budget.
// The lower bound is a set of members who are all in conflict with each other: each needs a part of their own.
//
// Pure and deterministic.
#pragma once
#include <algorithm>
#include <vector>

#include "clique.hpp"

namespace jawort::group {

struct split_result {
  std::vector<std::vector<member>> groups;   ///< each in order; the largest first
  std::size_t at_least = 0;                  ///< nobody can do with fewer
  [[nodiscard]] bool exact() const { return groups.size() == at_least; }
};

namespace detail {

class colouring {
 public:
  colouring(bit_matrix const& g, step_budget& budget) : g_(g), budget_(budget), colour_(g.size(), none) {}

  /// Fewest parts found; `clique` gets the first colours and bounds the number from below.
  [[nodiscard]] std::vector<std::uint32_t> run(std::vector<member> const& clique) {
    least_ = std::max<std::size_t>(clique.size(), g_.size() == 0 ? 0 : 1);
    fill(clique);
    best_ = colour_;
    best_count_ = parts_.size();
    if (best_count_ > least_ && g_.size() <= searched_up_to) {
      clear();
      for (member const v : clique) put(v, static_cast<std::uint32_t>(parts_.size()));
      search(clique.size());
    }
    return best_;
  }

 private:
  static constexpr std::uint32_t none = ~std::uint32_t{0};
  static constexpr std::size_t searched_up_to = 256;   ///< beyond, branching finds nothing within any budget of ours

  void clear() {
    parts_.clear();
    blocked_.clear();
    std::fill(colour_.begin(), colour_.end(), none);
  }
  void put(member v, std::uint32_t c) {
    if (c == parts_.size()) {
      parts_.emplace_back(g_.size());
      blocked_.emplace_back(g_.size(), 0);
    }
    parts_[c].set(v);
    colour_[v] = c;
    change(v, c, 1);
  }
  void take(member v, std::uint32_t c) {
    parts_[c].reset(v);
    colour_[v] = none;
    change(v, c, -1);
    if (c + 1 == parts_.size() && parts_[c].empty()) {
      parts_.pop_back();
      blocked_.pop_back();
    }
  }
  /// How often a member's conflicts lie in a part.
  void change(member v, std::uint32_t c, int by) {
    bit_row const r = g_.row(v);
    for (std::size_t w = 0; w < r.words(); ++w)
      for (std::uint64_t word = r.word(w); word != 0; word &= word - 1) {
        auto const u = w * 64 + static_cast<std::size_t>(std::countr_zero(word));
        blocked_[c][u] = static_cast<std::uint16_t>(blocked_[c][u] + by);
      }
    budget_.spend(r.words() * 4);
  }

  /// The uncoloured member with fewest parts to choose from, then with most conflicts.
  [[nodiscard]] member tightest() const {
    member pick = static_cast<member>(g_.size());
    std::size_t most = 0, degree = 0;
    for (member v = 0; v < g_.size(); ++v) {
      if (colour_[v] != none) continue;
      std::size_t closed = 0;
      for (auto const& b : blocked_) closed += b[v] != 0 ? 1U : 0U;
      if (pick < g_.size() && closed < most) continue;
      std::size_t const d = g_.row(v).count();
      if (pick == g_.size() || closed > most || d > degree) { pick = v; most = closed; degree = d; }
    }
    budget_.spend(g_.size() * (1 + blocked_.size() / 4));
    return pick;
  }

  /// Puts everybody into the first part that takes them. Counts of closed parts are kept up as it goes along.
  void fill(std::vector<member> const& clique) {
    std::size_t const n = g_.size();
    std::vector<std::size_t> closed(n, 0), degree(n);
    for (member v = 0; v < n; ++v) degree[v] = g_.row(v).count();
    auto const place = [&](member v, std::uint32_t c) {
      put(v, c);
      bit_row const r = g_.row(v);
      for (member u = 0; u < n; ++u)
        if (r.has(u) && blocked_[c][u] == 1) ++closed[u];
    };
    for (member const v : clique) place(v, static_cast<std::uint32_t>(parts_.size()));
    for (std::size_t done = clique.size(); done < n; ++done) {
      member pick = static_cast<member>(n);
      for (member v = 0; v < n; ++v) {
        if (colour_[v] != none) continue;
        if (pick == n || closed[v] > closed[pick] || (closed[v] == closed[pick] && degree[v] > degree[pick])) pick = v;
      }
      std::uint32_t c = 0;
      while (c < parts_.size() && blocked_[c][pick] != 0) ++c;
      place(pick, c);
    }
  }

  void search(std::size_t placed) {
    if (best_count_ <= least_ || budget_.spent()) return;
    if (placed == g_.size()) {
      best_ = colour_;
      best_count_ = parts_.size();
      return;
    }
    member const v = tightest();
    for (std::uint32_t c = 0; c <= parts_.size() && c + 1 < best_count_; ++c) {
      if (c < parts_.size() && blocked_[c][v] != 0) continue;
      bool const fresh = c == parts_.size();
      put(v, c);
      search(placed + 1);
      take(v, c);
      if (fresh || best_count_ <= least_ || budget_.spent()) return;
    }
  }

  bit_matrix const& g_;
  step_budget& budget_;
  std::vector<std::uint32_t> colour_, best_;
  std::vector<bit_set> parts_;
  std::vector<std::vector<std::uint16_t>> blocked_;
  std::size_t least_ = 0, best_count_ = 0;
};
}  // namespace detail

/// `conflicts` is symmetric. Every member is in exactly one of the groups; a group may have one member.
[[nodiscard]] inline split_result fewest_groups(bit_matrix const& conflicts, step_budget& budget) {
  std::size_t const n = conflicts.size();
  split_result out;
  if (n == 0) return out;
  step_budget half{budget.left() / 2};
  auto const clique = largest_clique(conflicts, half);
  budget.spend(budget.left() / 2 - half.left());
  auto const colours = detail::colouring{conflicts, budget}.run(clique.members);
  for (member v = 0; v < n; ++v) {
    if (colours[v] >= out.groups.size()) out.groups.resize(colours[v] + 1);
    out.groups[colours[v]].push_back(v);
  }
  std::stable_sort(out.groups.begin(), out.groups.end(), [](auto const& a, auto const& b) { return a.size() > b.size(); });
  out.at_least = clique.members.size();
  return out;
}

}  // namespace jawort::group
