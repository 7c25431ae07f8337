// jawort/group/clique.hpp - the largest set of members who are all related to each other.
//
// Branch and bound with bit sets: candidates are coloured greedily, and a candidate whose colour cannot lift the set
// above the best one is left out (the idea of Tomita's MCS and San Segundo's BBMC). When the budget is spent the best set
// so far comes back with a bound that is proven: no larger set than `at_most` exists.
//
// Pure; memory is quadratic in members, with one set of candidates for each member of the clique.
#pragma once
#include <algorithm>
#include <vector>

#include "bits.hpp"

namespace jawort::group {

struct clique_result {
  std::vector<member> members;   ///< all related to each other
  std::size_t at_most = 0;       ///< no larger one exists; equal to `members.size()` where that is proven to be largest
};

namespace detail {

/// Members in an order in which each has the fewest relations among those before it: colouring works well along it.
[[nodiscard]] inline std::vector<member> degeneracy_order(bit_matrix const& g) {
  std::size_t const n = g.size();
  std::vector<std::size_t> degree(n);
  for (member v = 0; v < n; ++v) degree[v] = g.row(v).count();
  bit_set left{n, true};
  std::vector<member> order(n);
  for (std::size_t k = n; k-- > 0;) {
    member least = left.first();
    left.each([&](member v) { if (degree[v] < degree[least]) least = v; });
    left.reset(least);
    order[k] = least;
    left.each([&](member v) { if (g.has(least, v)) --degree[v]; });
  }
  return order;
}

class clique_search {
 public:
  /// Only sets of more than `floor` members are of interest.
  clique_search(bit_matrix const& g, step_budget& budget, std::size_t floor)
      : order_(degeneracy_order(g)), g_(among(g, order_)), budget_(budget), best_size_(floor) {
    std::size_t const n = g_.size();
    apart_.assign(n, bit_set{});
    for (member v = 0; v < n; ++v) {
      apart_[v] = bit_set{n, true};
      apart_[v].drop(g_.row(v));
      apart_[v].reset(v);
    }
  }

  [[nodiscard]] clique_result run() {
    greedy();
    bit_set const all{g_.size(), true};
    std::size_t const bound = expand(all, 0);
    clique_result out;
    for (member const v : best_) out.members.push_back(order_[v]);
    std::sort(out.members.begin(), out.members.end());
    out.at_most = std::max(bound, best_.size());
    return out;
  }

 private:
  struct coloured {
    std::vector<member> order;
    std::vector<std::uint32_t> colour;   ///< never falling
  };

  /// Colours the candidates so that those of one colour are not related; keeps the ones whose colour exceeds `least`.
  void colour(bit_set const& candidates, std::size_t least, coloured& out) {
    out.order.clear();
    out.colour.clear();
    bit_set left = candidates;
    for (std::uint32_t c = 1; !left.empty(); ++c) {
      bit_set same = left;
      for (member v = same.first(); v < same.size(); v = same.next(v + 1)) {
        left.reset(v);
        same.keep(apart_[v].row());
        budget_.spend(2 * g_.width());
        if (c > least) {
          out.order.push_back(v);
          out.colour.push_back(c);
        }
      }
    }
  }

  /// Looks for a larger set in `candidates` on top of `current_`. Returns a bound on every set that contains `current_`
  /// and otherwise candidates only.
  std::size_t expand(bit_set candidates, std::size_t depth) {
    if (levels_.size() <= depth) levels_.emplace_back();
    std::size_t const have = current_.size();
    std::size_t const least = best_size_ > have ? best_size_ - have : 0;
    colour(candidates, least, levels_[depth]);
    std::size_t bound = best_size_;   // what is left out by colour cannot exceed it
    for (std::size_t k = levels_[depth].order.size(); k-- > 0;) {
      std::size_t const can = have + levels_[depth].colour[k];
      if (can <= best_size_) return std::max(bound, best_size_);
      if (budget_.spent()) return std::max(bound, can);
      member const v = levels_[depth].order[k];
      bit_set next = candidates;
      next.keep(g_.row(v));
      budget_.spend(2 * g_.width());
      current_.push_back(v);
      if (current_.size() > best_size_) take(current_);
      if (!next.empty()) bound = std::max(bound, expand(std::move(next), depth + 1));
      current_.pop_back();
      candidates.reset(v);
    }
    return std::max(bound, best_size_);
  }

  void take(std::vector<member> const& better) {
    best_ = better;
    best_size_ = better.size();
  }

  /// Good sets to begin with: from each member on, the candidate with most relations among the candidates.
  void greedy() {
    std::size_t const n = g_.size();
    std::uint64_t const stop = budget_.left() - budget_.left() / 8;
    for (member start = 0; start < n && budget_.left() > stop; ++start) {
      std::vector<member> set{start};
      bit_set candidates{n, true};
      candidates.keep(g_.row(start));
      while (!candidates.empty() && set.size() + candidates.count() > best_size_) {
        member pick = 0;
        std::size_t most = 0;
        candidates.each([&](member v) {
          budget_.spend(g_.width());
          if (auto const d = candidates.common(g_.row(v)) + 1; d > most) { most = d; pick = v; }
        });
        set.push_back(pick);
        candidates.keep(g_.row(pick));
      }
      if (set.size() > best_size_) take(set);
    }
  }

  std::vector<member> order_;
  bit_matrix g_;
  std::vector<bit_set> apart_;
  step_budget& budget_;
  std::size_t best_size_;
  std::vector<member> best_, current_;
  std::vector<coloured> levels_;
};
}  // namespace detail

/// `g` is symmetric. Sets of at most `floor` members are not looked for: the answer is empty where there is no larger one.
[[nodiscard]] inline clique_result largest_clique(bit_matrix const& g, step_budget& budget, std::size_t floor = 0) {
  if (g.size() == 0) return {};
  return detail::clique_search{g, budget, floor}.run();
}

}  // namespace jawort::group
