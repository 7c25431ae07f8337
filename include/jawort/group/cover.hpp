// jawort/group/cover.hpp - the smallest set of people to leave out, so that nobody is disclosed to a stranger.
//
// That is a minimum vertex cover of the graph of conflicts: whoever is left in must be in conflict with nobody left in.
// Exact by reductions (reduction.hpp) and branch and bound; dense graphs are searched as a largest clique among those
// who may be together (clique.hpp). When the budget of steps is spent, the best set found comes with a proven bound.
//
//   step_budget budget{default_steps};
//   cover_result const r = smallest_cover(exposure{g}.conflicts(), budget);
//   r.exact();   // leave_out.size() == at_least
//
// Pure and deterministic: no clock. Memory: below 32 MiB at 1,024 members.
#pragma once
#include <algorithm>
#include <numeric>
#include <vector>

#include "clique.hpp"
#include "reduction.hpp"

namespace jawort::group {

/// About half a second of searching.
inline constexpr std::uint64_t default_steps = 240'000'000;

struct cover_result {
  std::vector<member> leave_out;   ///< in order
  std::size_t at_least = 0;        ///< nobody can do with fewer
  [[nodiscard]] bool exact() const { return leave_out.size() == at_least; }
};

namespace detail {

struct independent_result {
  std::vector<member> members;
  std::size_t at_most = 0;
};

/// The members fall into so many sets who are all in conflict with each other; only one of each can be kept.
[[nodiscard]] inline std::size_t clique_cover(bit_matrix const& g, step_budget& budget) {
  bit_set left{g.size(), true};
  std::size_t cliques = 0;
  while (!left.empty()) {
    ++cliques;
    member const v = left.first();
    left.reset(v);
    bit_set candidates = left;
    candidates.keep(g.row(v));
    for (member u = candidates.first(); u < candidates.size(); u = candidates.next(u + 1)) {
      left.reset(u);
      candidates.keep(g.row(u));
      budget.spend(g.width());
    }
    budget.spend(4 * g.width());
  }
  return cliques;
}

/// Members in no conflict with each other: always the one in conflict with fewest, then single members exchanged for two.
[[nodiscard]] inline std::vector<member> kept_greedily(bit_matrix const& g, step_budget& budget) {
  std::size_t const n = g.size();
  std::vector<std::size_t> degree(n);
  for (member v = 0; v < n; ++v) degree[v] = g.row(v).count();
  bit_set left{n, true}, kept{n};
  while (!left.empty()) {
    member least = left.first();
    left.each([&](member v) { if (degree[v] < degree[least]) least = v; });
    kept.set(least);
    left.reset(least);
    bit_set gone = left;
    gone.keep(g.row(least));
    left.drop(g.row(least));
    gone.each([&](member u) { left.each([&](member w) { if (g.has(u, w)) --degree[w]; }); });
    budget.spend(8 + gone.count() * n / 8);
  }
  for (bool better = true; better && !budget.spent();) {
    better = false;
    for (member out = kept.first(); out < n && !better; out = kept.next(out + 1)) {
      // Who is in conflict with `out` and nobody else that is kept: two of them who get along are worth more.
      std::vector<member> free;
      for (member v = 0; v < n; ++v)
        if (!kept.has(v) && g.has(out, v) && kept.common(g.row(v)) == 1) free.push_back(v);
      budget.spend(n * g.width());
      for (std::size_t i = 0; i < free.size() && !better; ++i)
        for (std::size_t k = i + 1; k < free.size() && !better; ++k)
          if (!g.has(free[i], free[k])) {
            kept.reset(out);
            kept.set(free[i]);
            kept.set(free[k]);
            for (member v = 0; v < n; ++v)
              if (!kept.has(v) && kept.common(g.row(v)) == 0) kept.set(v);
            better = true;
          }
    }
  }
  std::vector<member> out;
  kept.each([&](member v) { out.push_back(v); });
  return out;
}

/// The parts of a graph that no conflict joins, smallest first.
[[nodiscard]] inline std::vector<std::vector<member>> components(bit_matrix const& g) {
  std::vector<std::vector<member>> out;
  bit_set left{g.size(), true};
  while (!left.empty()) {
    std::vector<member> part{left.first()};
    left.reset(part[0]);
    for (std::size_t k = 0; k < part.size(); ++k) {
      bit_set more = left;
      more.keep(g.row(part[k]));
      more.each([&](member u) { part.push_back(u); });
      left.drop(g.row(part[k]));
    }
    std::sort(part.begin(), part.end());
    out.push_back(std::move(part));
  }
  std::stable_sort(out.begin(), out.end(), [](auto const& a, auto const& b) { return a.size() < b.size(); });
  return out;
}

[[nodiscard]] inline std::vector<member> renamed(std::vector<member> const& local, std::vector<member> const& names) {
  std::vector<member> out;
  for (member const v : local) out.push_back(names[v]);
  return out;
}

class independent_search {
 public:
  explicit independent_search(step_budget& budget) : budget_(budget) {}

  /// A largest independent set, if it has more than `floor` members; `at_most` bounds every one in any case.
  [[nodiscard]] independent_result solve(bit_matrix g, std::size_t floor) {
    if (g.size() == 0) return {};
    if (budget_.spent() || held_ > most_held) return {{}, clique_cover(g, budget_)};
    std::uint64_t const before = budget_.left();
    reduction r{std::move(g), budget_};
    budget_.spend(2 * (before - budget_.left()));   // its steps take longer than those of the other searches
    std::vector<member> const rest = r.rest();
    if (rest.empty()) return {r.undo({}), r.gained()};
    std::size_t const bound = r.rest_at_most();
    std::size_t const rest_floor = floor > r.gained() ? floor - r.gained() : 0;
    bit_matrix core = among(r.graph(), rest);
    budget_.spend(2 * rest.size() * r.graph().width());
    r.forget_graph();
    auto found = bound <= rest_floor ? independent_result{{}, bound} : parts(std::move(core), rest_floor, bound);
    return {r.undo(renamed(found.members, rest)), found.at_most + r.gained()};
  }

 private:
  [[nodiscard]] independent_result parts(bit_matrix g, std::size_t floor, std::size_t bound) {
    auto const all = components(g);
    if (all.size() == 1) return connected(std::move(g), floor, bound);
    std::vector<bit_matrix> graphs;
    std::vector<std::size_t> bounds;
    for (auto const& part : all) {
      graphs.push_back(among(g, part));
      bounds.push_back(clique_cover(graphs.back(), budget_));
    }
    g = {};
    std::size_t open = std::accumulate(bounds.begin(), bounds.end(), std::size_t{0});
    independent_result out;
    for (std::size_t k = 0; k < all.size(); ++k) {
      open -= bounds[k];
      std::size_t const others = out.at_most + open;
      auto const part = solve(std::move(graphs[k]), floor > others ? floor - others : 0);
      for (member const v : part.members) out.members.push_back(all[k][v]);
      out.at_most += std::min(part.at_most, bounds[k]);
    }
    out.at_most = std::min(out.at_most, bound);
    return out;
  }

  [[nodiscard]] independent_result connected(bit_matrix g, std::size_t floor, std::size_t bound) {
    bound = std::min(bound, clique_cover(g, budget_));
    if (bound <= floor) return {{}, bound};
    if (budget_.spent()) return {{}, bound};
    std::size_t const n = g.size();
    std::size_t conflicts = 0;
    member busiest = 0;
    std::size_t most = 0;
    for (member v = 0; v < n; ++v) {
      std::size_t const degree = g.row(v).count();
      conflicts += degree;
      if (degree > most) { most = degree; busiest = v; }
    }
    if (conflicts * 4 > n * (n - 1)) {  // every fourth pair or more
      auto const found = largest_clique(complement(g), budget_, floor);
      return {found.members, std::min(found.at_most, bound)};
    }
    return branch(std::move(g), busiest, floor, bound);
  }

  /// The one in most conflicts goes, or stays and all of theirs go.
  [[nodiscard]] independent_result branch(bit_matrix g, member busiest, std::size_t floor, std::size_t bound) {
    std::vector<member> without, beside;
    for (member v = 0; v < g.size(); ++v) {
      if (v == busiest) continue;
      without.push_back(v);
      if (!g.has(busiest, v)) beside.push_back(v);
    }
    bit_matrix second = among(g, beside);
    std::size_t const held = second.size() * second.width() * sizeof(std::uint64_t);
    budget_.spend(4 * g.size() * g.width());
    held_ += held;
    auto goes = [&] {
      bit_matrix first = among(g, without);
      g = {};
      return solve(std::move(first), floor);
    }();
    held_ -= held;
    independent_result out{renamed(goes.members, without), goes.at_most};
    std::size_t const reached = std::max(floor, out.members.size());
    if (out.at_most >= bound && out.members.size() == bound) return {std::move(out.members), bound};
    auto stays = solve(std::move(second), reached > 0 ? reached - 1 : 0);
    if (stays.members.size() + 1 > out.members.size()) {
      out.members = renamed(stays.members, beside);
      out.members.push_back(busiest);
    }
    out.at_most = std::min(bound, std::max(out.at_most, stays.at_most + 1));
    return out;
  }

  static constexpr std::size_t most_held = std::size_t{12} << 20;   ///< bytes of graphs waiting; deeper is not searched
  step_budget& budget_;
  std::size_t held_ = 0;
};
}  // namespace detail

/// `conflicts` is symmetric, and nobody is in conflict with themselves.
[[nodiscard]] inline cover_result smallest_cover(bit_matrix const& conflicts, step_budget& budget) {
  std::size_t const n = conflicts.size();
  cover_result out;
  std::vector<member> kept = detail::kept_greedily(conflicts, budget);
  auto const found = detail::independent_search{budget}.solve(conflicts, kept.size());
  if (found.members.size() > kept.size()) kept = found.members;
  bit_set in{n};
  for (member const v : kept) in.set(v);
  for (member v = 0; v < n; ++v)
    if (!in.has(v)) out.leave_out.push_back(v);
  out.at_least = n - std::max(found.at_most, kept.size());
  return out;
}

}  // namespace jawort::group
