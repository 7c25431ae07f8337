// jawort/audit/figure.hpp - a number that leads to the entries behind it, and a heap of durations.
//
// A ledger may have millions of entries behind one number; a `figure` counts them all and keeps the newest `keep` of their
// sequence numbers, so that memory is bounded and the answer does not depend on the order in which entries came.
//
//   figure f;
//   f.add(17, 200);
//   f.count();      // 1
//   f.entries();    // {17}
//
// `durations` counts lengths of time rounded down to seconds and to three digits (1234 s is 1230 s), so that medians need no
// list of them all.
//
// Values; read by any number of threads once filled.
#pragma once
#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "../event.hpp"

namespace jawort::audit {

class figure {
 public:
  void add(sequence seq, std::size_t keep) {
    ++count_;
    if (kept_.size() < keep) {
      kept_.push_back(seq);
      std::push_heap(kept_.begin(), kept_.end(), std::greater<>{});
    } else if (keep > 0 && seq > kept_.front()) {
      std::pop_heap(kept_.begin(), kept_.end(), std::greater<>{});
      kept_.back() = seq;
      std::push_heap(kept_.begin(), kept_.end(), std::greater<>{});
    }
  }
  /// Takes in another figure's entries.
  void add(figure const& other, std::size_t keep) {
    std::uint64_t const total = count_ + other.count_;
    for (sequence const seq : other.kept_) add(seq, keep);
    count_ = total;
  }
  [[nodiscard]] std::uint64_t count() const { return count_; }
  /// Those that were kept, in sequence, each once.
  [[nodiscard]] std::vector<sequence> entries() const {
    auto out = kept_;
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    return out;
  }
  /// Every entry is among the kept ones.
  [[nodiscard]] bool complete() const { return count_ == kept_.size(); }

 private:
  std::uint64_t count_ = 0;
  std::vector<sequence> kept_;  // the least on top
};

/// Seconds, rounded down to three digits.
[[nodiscard]] constexpr std::int64_t rounded_seconds(milliseconds d) {
  std::int64_t const s = d.count() <= 0 ? 0 : d.count() / 1000;
  std::int64_t unit = 1;
  while (s / unit >= 1000) unit *= 10;
  return s / unit * unit;
}

class durations {
 public:
  void add(milliseconds d) {
    ++total_;
    ++counts_[rounded_seconds(d)];
  }
  /// Takes in another heap's.
  void add(durations const& other) {
    total_ += other.total_;
    for (auto const& [seconds, n] : other.counts_) counts_[seconds] += n;
  }
  [[nodiscard]] std::uint64_t count() const { return total_; }
  /// The least length that at least `part` of all (0 < part <= 1) do not exceed, in seconds; nothing where there are none.
  [[nodiscard]] std::optional<std::int64_t> within(double part) const {
    if (total_ == 0) return std::nullopt;
    std::uint64_t seen = 0;
    for (auto const& [seconds, n] : counts_) {
      seen += n;
      if (static_cast<double>(seen) >= part * static_cast<double>(total_)) return seconds;
    }
    return counts_.rbegin()->first;
  }
  [[nodiscard]] std::optional<std::int64_t> median() const { return within(0.5); }
  [[nodiscard]] std::optional<std::int64_t> longest() const { return within(1.0); }

 private:
  std::uint64_t total_ = 0;
  std::map<std::int64_t, std::uint64_t> counts_;  // a few thousand lengths can exist
};

}  // namespace jawort::audit
