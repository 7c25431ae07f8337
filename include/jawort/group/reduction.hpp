// jawort/group/reduction.hpp - making a graph of conflicts smaller without losing its largest independent set.
//
// A set is independent where no two of its members are in conflict; everybody outside the largest one is the smallest
// set of people to leave out. Rules, applied until none fits:
//   - nobody in conflict, or one only: the member is kept (degree 0, 1);
//   - two in conflict: kept if those two are in conflict, otherwise the three become one (folding);
//   - u and v in conflict and everybody else in conflict with u is in conflict with v as well: v goes (domination);
//   - the linear relaxation, solved by a matching, says keep or go (Nemhauser and Trotter 1975); its half-integral rest
//     also bounds the answer.
//
// Pure. Time is counted in the budget given.
#pragma once
#include <algorithm>
#include <array>
#include <queue>
#include <vector>

#include "bits.hpp"

namespace jawort::group::detail {

class reduction {
 public:
  reduction(bit_matrix g, step_budget& budget) : g_(std::move(g)), alive_(g_.size(), true), kept_(g_.size()), budget_(budget) {
    degree_.resize(g_.size());
    for (member v = 0; v < g_.size(); ++v) degree_[v] = g_.row(v).count();
    do { while (small_degrees() || domination()) {} } while (relaxation());
  }

  /// Members that no rule decided.
  [[nodiscard]] std::vector<member> rest() const {
    std::vector<member> out;
    alive_.each([&](member v) { out.push_back(v); });
    return out;
  }
  [[nodiscard]] bit_matrix const& graph() const { return g_; }
  /// Gives the graph's memory back; `undo` does without it.
  void forget_graph() {
    g_ = {};
    left_ = right_ = level_ = {};
    degree_ = {};
    low_ = {};
  }
  /// How many members every largest independent set has besides those of the rest.
  [[nodiscard]] std::size_t gained() const { return gained_; }
  /// No independent set of the rest is larger.
  [[nodiscard]] std::size_t rest_at_most() const { return alive_.count() - (matching_ + 1) / 2; }

  /// An independent set of the graph as it was, from one of the rest.
  [[nodiscard]] std::vector<member> undo(std::vector<member> const& of_rest) const {
    bit_set s = kept_;
    for (member const v : of_rest) s.set(v);
    for (std::size_t k = folds_.size(); k-- > 0;) {
      auto const [middle, one, other] = folds_[k];
      if (s.has(one)) s.set(other);
      else s.set(middle);
    }
    std::vector<member> out;
    s.each([&](member v) { out.push_back(v); });
    return out;
  }

 private:
  void remove(member v) {
    alive_.reset(v);
    each_neighbour(v, [&](member u) {
      g_.reset(u, v);
      if (--degree_[u] <= 2) low_.push_back(u);
    });
    g_.clear(v);
    degree_[v] = 0;
    budget_.spend(g_.width());
  }
  void keep(member v) {
    std::vector<member> around;
    each_neighbour(v, [&](member u) { around.push_back(u); });
    for (member const u : around) remove(u);
    alive_.reset(v);
    kept_.set(v);
    ++gained_;
  }
  void each_neighbour(member v, auto&& f) const {
    bit_row const r = g_.row(v);
    for (std::size_t w = 0; w < r.words(); ++w)
      for (std::uint64_t word = r.word(w); word != 0; word &= word - 1)
        f(static_cast<member>(w * 64 + static_cast<std::size_t>(std::countr_zero(word))));
  }

  bool small_degrees() {
    if (first_) {
      for (member v = 0; v < g_.size(); ++v)
        if (degree_[v] <= 2) low_.push_back(v);
      first_ = false;
    }
    bool changed = false;
    while (!low_.empty()) {
      member const v = low_.back();
      low_.pop_back();
      if (!alive_.has(v) || degree_[v] > 2) continue;
      changed = true;
      if (degree_[v] < 2) { keep(v); continue; }
      std::array<member, 2> ends{};
      std::size_t n = 0;
      each_neighbour(v, [&](member u) { ends[n++] = u; });
      if (g_.has(ends[0], ends[1])) keep(v);
      else fold(v, ends[0], ends[1]);
    }
    return changed;
  }

  /// `middle` and its two neighbours become one, in the place of `one`: kept means both neighbours, otherwise `middle`.
  void fold(member middle, member one, member other) {
    std::vector<member> joined;
    each_neighbour(other, [&](member u) { if (u != middle && !g_.has(one, u)) joined.push_back(u); });
    remove(middle);
    remove(other);
    for (member const u : joined) {
      g_.set(one, u);
      g_.set(u, one);
      ++degree_[one];
      ++degree_[u];
    }
    if (degree_[one] <= 2) low_.push_back(one);
    folds_.push_back({middle, one, other});
    ++gained_;
    budget_.spend(4 * g_.width());
  }

  /// Everybody in conflict with `u`, and `u`, is in conflict with `v` (or is `v`).
  [[nodiscard]] bool within(member u, member v) const {
    bit_row const a = g_.row(u), b = g_.row(v);
    for (std::size_t w = 0; w < a.words(); ++w) {
      std::uint64_t more = a.word(w) & ~b.word(w);
      if (v / 64 == w) more &= ~(std::uint64_t{1} << (v % 64));
      if (more != 0) return false;
    }
    return true;
  }

  bool domination() {
    bool changed = false;
    for (member v = 0; v < g_.size() && !budget_.spent(); ++v) {
      if (!alive_.has(v)) continue;
      budget_.spend(g_.width() + degree_[v]);
      bool dominates = false;
      each_neighbour(v, [&](member u) {
        if (dominates || degree_[u] > degree_[v]) return;
        budget_.spend(4);
        dominates = within(u, v);
      });
      if (!dominates) continue;
      remove(v);
      changed = true;
      if (!low_.empty()) return true;
    }
    return changed;
  }

  // The relaxation: every member twice, left and right, and each conflict from left to right both ways. A largest
  // matching there is twice the relaxed answer; König's cover of it gives each member 0, 1 or a half.
  bool relaxation() {
    std::size_t const n = g_.size();
    if (alive_.empty() || budget_.spent()) { matching_ = 0; return false; }
    left_.assign(n, none);
    right_.assign(n, none);
    alive_.each([&](member v) {  // a good beginning
      budget_.spend(g_.width() + degree_[v]);
      bool found = false;
      each_neighbour(v, [&](member u) {
        if (!found && right_[u] == none) { right_[u] = v; left_[v] = u; found = true; }
      });
    });
    while (layers() && !budget_.spent()) {
      bit_set tried{n};
      alive_.each([&](member v) { if (left_[v] == none) augment(v, tried); });
    }
    if (budget_.spent()) { matching_ = 0; return false; }
    matching_ = 0;
    alive_.each([&](member v) { if (left_[v] != none) ++matching_; });
    // Reachable from what is free on the left: there the left is out of the cover, and the right in it.
    std::vector<member> stack;
    bit_set seen_left{n}, seen_right{n};
    alive_.each([&](member v) { if (left_[v] == none) { seen_left.set(v); stack.push_back(v); } });
    while (!stack.empty()) {
      member const v = stack.back();
      stack.pop_back();
      budget_.spend(g_.width() + degree_[v]);
      each_neighbour(v, [&](member u) {
        if (seen_right.has(u)) return;
        seen_right.set(u);
        member const next = right_[u];
        if (next != none && !seen_left.has(next)) { seen_left.set(next); stack.push_back(next); }
      });
    }
    bool changed = false;
    for (member const v : rest())  // in neither half of the cover: some largest set has them
      if (alive_.has(v) && seen_left.has(v) && !seen_right.has(v)) { keep(v); changed = true; }
    return changed;
  }

  /// Breadth first from the free ones on the left; whether a free one on the right was reached.
  bool layers() {
    level_.assign(g_.size(), none);
    std::queue<member> next;
    alive_.each([&](member v) { if (left_[v] == none) { level_[v] = 0; next.push(v); } });
    bool reached = false;
    while (!next.empty()) {
      member const v = next.front();
      next.pop();
      budget_.spend(g_.width() + degree_[v]);
      each_neighbour(v, [&](member u) {
        member const w = right_[u];
        if (w == none) reached = true;
        else if (level_[w] == none) { level_[w] = level_[v] + 1; next.push(w); }
      });
    }
    return reached;
  }

  /// One path along the layers from `v`, without recursion: the path may be as long as the group.
  void augment(member v, bit_set& tried) {
    struct step { member at; std::vector<member> around; std::size_t k; };
    std::vector<step> path;
    auto const enter = [&](member m) {
      path.push_back({m, {}, 0});
      each_neighbour(m, [&](member u) { if (!tried.has(u)) path.back().around.push_back(u); });
      budget_.spend(g_.width() + degree_[m]);
    };
    enter(v);
    while (!path.empty()) {
      step& s = path.back();
      if (s.k == s.around.size()) { path.pop_back(); continue; }
      member const u = s.around[s.k++];
      if (tried.has(u)) continue;
      member const w = right_[u];
      if (w != none && level_[w] != level_[s.at] + 1) continue;
      tried.set(u);
      if (w != none) { enter(w); continue; }
      for (std::size_t i = path.size(); i-- > 0;) {  // each step's last choice becomes its match
        member const to = path[i].around[path[i].k - 1];
        right_[to] = path[i].at;
        left_[path[i].at] = to;
      }
      return;
    }
  }

  static constexpr member none = ~member{0};
  bit_matrix g_;
  bit_set alive_, kept_;
  step_budget& budget_;
  std::vector<std::size_t> degree_;
  std::vector<member> low_;
  std::vector<std::array<member, 3>> folds_;   ///< middle, one, other
  std::vector<member> left_, right_, level_;
  std::size_t gained_ = 0, matching_ = 0;
  bool first_ = true;
};

}  // namespace jawort::group::detail
