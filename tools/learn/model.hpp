// tools/learn/model.hpp - multinomial logistic regression, fitted by L-BFGS. The same input gives the same weights.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <deque>
#include <functional>
#include <thread>
#include <vector>

#include "jawort/keyword/weights.hpp"

namespace learn {

inline constexpr std::size_t classes = jawort::keyword::intents;

/// A message as numbers of features, each as often as it stands there.
struct example {
  std::vector<std::uint32_t> features;
  std::size_t intent = 0;
  float counts = 1;       ///< as so many messages
};

using numbers = std::vector<float>;

class model {
 public:
  /// One row of weights for each feature, and the bias behind them.
  numbers weights;
  std::size_t features = 0;

  [[nodiscard]] float weight(std::size_t feature, std::size_t intent) const { return weights[feature * classes + intent]; }
  [[nodiscard]] float bias(std::size_t intent) const { return weights[features * classes + intent]; }

  /// Least loss with `rigour` times half the squares of the weights added.
  void fit(std::vector<example> const& all, std::size_t feature_count, double rigour, int rounds) {
    features = feature_count;
    weights.assign((features + 1) * classes, 0.0F);
    numbers slope, next_slope, next;
    double loss = slope_at(all, weights, rigour, slope);
    std::deque<numbers> moved, turned;
    for (int round = 0; round < rounds; ++round) {
      numbers const way = direction(slope, moved, turned);
      double const fall = -dot(slope, way);
      double step = moved.empty() ? 1.0 / std::max(1.0, std::sqrt(dot(slope, slope))) : 1.0, next_loss = 0;
      for (int tries = 0;; ++tries, step *= 0.5) {
        next = weights;
        for (std::size_t i = 0; i < next.size(); ++i) next[i] -= static_cast<float>(step) * way[i];
        next_loss = slope_at(all, next, rigour, next_slope);
        if (next_loss <= loss + 1e-4 * step * fall || tries == 20) break;
      }
      remember(moved, turned, next, next_slope, slope);
      bool const still = loss - next_loss < 1e-6 * std::max(1.0, std::abs(loss));
      weights.swap(next);
      slope.swap(next_slope);
      loss = next_loss;
      if (still) break;
    }
  }

 private:
  [[nodiscard]] static double dot(numbers const& a, numbers const& b) {
    double sum = 0;
    for (std::size_t i = 0; i < a.size(); ++i) sum += static_cast<double>(a[i]) * static_cast<double>(b[i]);
    return sum;
  }

  void remember(std::deque<numbers>& moved, std::deque<numbers>& turned, numbers const& next, numbers const& next_slope, numbers const& slope) const {
    constexpr std::size_t remembered = 6;
    numbers m(next.size()), t(next.size());
    for (std::size_t i = 0; i < next.size(); ++i) {
      m[i] = next[i] - weights[i];
      t[i] = next_slope[i] - slope[i];
    }
    if (dot(m, t) <= 1e-10) return;
    moved.push_back(std::move(m));
    turned.push_back(std::move(t));
    if (moved.size() <= remembered) return;
    moved.pop_front();
    turned.pop_front();
  }

  [[nodiscard]] static numbers direction(numbers const& slope, std::deque<numbers> const& moved, std::deque<numbers> const& turned) {
    numbers way = slope;
    std::vector<double> part(moved.size());
    auto const add = [&way](double by, numbers const& what) {
      for (std::size_t i = 0; i < way.size(); ++i) way[i] += static_cast<float>(by * static_cast<double>(what[i]));
    };
    for (std::size_t k = moved.size(); k-- > 0;) add(-(part[k] = dot(moved[k], way) / dot(moved[k], turned[k])), turned[k]);
    if (!moved.empty()) {
      auto const by = static_cast<float>(dot(moved.back(), turned.back()) / dot(turned.back(), turned.back()));
      for (auto& x : way) x *= by;
    }
    for (std::size_t k = 0; k < moved.size(); ++k) add(part[k] - dot(turned[k], way) / dot(moved[k], turned[k]), moved[k]);
    return way;
  }

  /// The loss and its slope over a part of the messages.
  [[nodiscard]] double part_of_slope(std::vector<example> const& all, std::size_t from, std::size_t to, numbers const& at, numbers& slope) const {
    double loss = 0;
    std::size_t const bias_at = features * classes;
    for (std::size_t n = from; n < to; ++n) {
      auto const& e = all[n];
      auto const by = static_cast<float>(jawort::keyword::share(e.features.size()));
      std::array<float, classes> z{}, sum{};
      for (auto const f : e.features)
        for (std::size_t c = 0; c < classes; ++c) sum[c] += at[f * classes + c];
      for (std::size_t c = 0; c < classes; ++c) z[c] = at[bias_at + c] + by * sum[c];
      float const most = *std::max_element(z.begin(), z.end());
      float total = 0;
      for (auto const x : z) total += std::exp(x - most);
      loss += static_cast<double>(e.counts * (most + std::log(total) - z[e.intent]));
      for (std::size_t c = 0; c < classes; ++c) z[c] = e.counts * (std::exp(z[c] - most) / total - (c == e.intent ? 1.0F : 0.0F));
      for (std::size_t c = 0; c < classes; ++c) slope[bias_at + c] += z[c];
      for (auto const f : e.features)
        for (std::size_t c = 0; c < classes; ++c) slope[f * classes + c] += by * z[c];
    }
    return loss;
  }

  /// Two halves on two threads, added in one order.
  [[nodiscard]] double slope_at(std::vector<example> const& all, numbers const& at, double rigour, numbers& slope) const {
    slope.assign(at.size(), 0.0F);
    numbers other(at.size(), 0.0F);
    double second = 0;
    std::thread half{[&] { second = part_of_slope(all, all.size() / 2, all.size(), at, other); }};
    double loss = part_of_slope(all, 0, all.size() / 2, at, slope);
    half.join();
    loss += second;
    double squares = 0;
    for (std::size_t i = 0; i < at.size(); ++i) {
      slope[i] += other[i];
      if (i >= features * classes) continue;
      squares += static_cast<double>(at[i]) * static_cast<double>(at[i]);
      slope[i] += static_cast<float>(rigour) * at[i];
    }
    return loss + 0.5 * rigour * squares;
  }
};

}  // namespace learn
