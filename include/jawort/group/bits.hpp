// jawort/group/bits.hpp - sets of members and relations between them, as bits.
//
// A group has at most 1,024 members (group_facts), so that a relation between all of them takes 128 KiB and a set
// operation sixteen words. Indices are below `size()`; that is the caller's duty and asserted.
//
//   bit_matrix m{3};
//   m.set(0, 1);
//   m.row(0).count();        // 1
//
// Values; no shared state.
#pragma once
#include <bit>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace jawort::group {

/// Place of a member in a group, from 0.
using member = std::uint32_t;

/// A row of bits somewhere else: does not own them, and must not outlive them.
class bit_row {
 public:
  bit_row(std::uint64_t const* words, std::size_t count) : words_(words), count_(count) {}
  [[nodiscard]] bool has(member i) const { return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  [[nodiscard]] std::size_t words() const { return count_; }
  [[nodiscard]] std::uint64_t word(std::size_t w) const { return words_[w]; }
  [[nodiscard]] std::size_t count() const {
    std::size_t n = 0;
    for (std::size_t w = 0; w < count_; ++w) n += static_cast<std::size_t>(std::popcount(words_[w]));
    return n;
  }

 private:
  std::uint64_t const* words_;
  std::size_t count_;
};

/// A set of members.
class bit_set {
 public:
  bit_set() = default;
  explicit bit_set(std::size_t size, bool full = false) : size_(size), words_((size + 63) / 64, full ? ~std::uint64_t{0} : 0) {
    if (full && size % 64 != 0) words_.back() >>= 64 - size % 64;
  }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool has(member i) const { assert(i < size_); return (words_[i / 64] >> (i % 64) & 1U) != 0; }
  void set(member i) { assert(i < size_); words_[i / 64] |= std::uint64_t{1} << (i % 64); }
  void reset(member i) { assert(i < size_); words_[i / 64] &= ~(std::uint64_t{1} << (i % 64)); }
  [[nodiscard]] bit_row row() const { return {words_.data(), words_.size()}; }
  [[nodiscard]] std::size_t count() const { return row().count(); }
  [[nodiscard]] bool empty() const {
    for (auto const w : words_)
      if (w != 0) return false;
    return true;
  }
  void keep(bit_row r) { for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= r.word(w); }
  void drop(bit_row r) { for (std::size_t w = 0; w < words_.size(); ++w) words_[w] &= ~r.word(w); }
  [[nodiscard]] std::size_t common(bit_row r) const {
    std::size_t n = 0;
    for (std::size_t w = 0; w < words_.size(); ++w) n += static_cast<std::size_t>(std::popcount(words_[w] & r.word(w)));
    return n;
  }
  /// The lowest member of the set; `size()` if it is empty.
  [[nodiscard]] member first() const { return next(0); }
  /// The lowest member that is not below `from`; `size()` if there is none.
  [[nodiscard]] member next(member from) const {
    if (from >= size_) return static_cast<member>(size_);
    std::size_t w = from / 64;
    std::uint64_t word = words_[w] & (~std::uint64_t{0} << (from % 64));
    while (word == 0) {
      if (++w == words_.size()) return static_cast<member>(size_);
      word = words_[w];
    }
    return static_cast<member>(w * 64 + static_cast<std::size_t>(std::countr_zero(word)));
  }
  void each(auto&& f) const {
    for (std::size_t w = 0; w < words_.size(); ++w)
      for (std::uint64_t word = words_[w]; word != 0; word &= word - 1)
        f(static_cast<member>(w * 64 + static_cast<std::size_t>(std::countr_zero(word))));
  }
  friend bool operator==(bit_set const&, bit_set const&) = default;

 private:
  std::size_t size_ = 0;
  std::vector<std::uint64_t> words_;
};

/// A relation between members: row i holds everybody that i is related to.
class bit_matrix {
 public:
  bit_matrix() = default;
  explicit bit_matrix(std::size_t size) : size_(size), width_((size + 63) / 64), words_(size * width_, 0) {}
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] std::size_t width() const { return width_; }
  [[nodiscard]] bool has(member i, member j) const { assert(i < size_ && j < size_); return row(i).has(j); }
  void set(member i, member j) { assert(i < size_ && j < size_); words_[i * width_ + j / 64] |= std::uint64_t{1} << (j % 64); }
  void reset(member i, member j) { assert(i < size_ && j < size_); words_[i * width_ + j / 64] &= ~(std::uint64_t{1} << (j % 64)); }
  void clear(member i) { for (std::size_t w = 0; w < width_; ++w) words_[i * width_ + w] = 0; }
  [[nodiscard]] bit_row row(member i) const { return {words_.data() + i * width_, width_}; }
  friend bool operator==(bit_matrix const&, bit_matrix const&) = default;

 private:
  std::size_t size_ = 0, width_ = 0;
  std::vector<std::uint64_t> words_;
};

/// Everybody is related to whom they were not, and nobody to themselves.
[[nodiscard]] inline bit_matrix complement(bit_matrix const& m) {
  bit_matrix out{m.size()};
  for (member i = 0; i < m.size(); ++i) {
    bit_set others{m.size(), true};
    others.drop(m.row(i));
    others.reset(i);
    others.each([&](member j) { out.set(i, j); });
  }
  return out;
}

/// The relation among those members alone, renumbered in their order.
[[nodiscard]] inline bit_matrix among(bit_matrix const& m, std::vector<member> const& who) {
  bit_matrix out{who.size()};
  bit_set in{m.size()};
  std::vector<member> place(m.size(), 0);
  for (member i = 0; i < who.size(); ++i) {
    in.set(who[i]);
    place[who[i]] = i;
  }
  for (member i = 0; i < who.size(); ++i) {
    bit_set row = in;
    row.keep(m.row(who[i]));
    row.each([&](member j) { out.set(i, place[j]); });
  }
  return out;
}

/// How much searching is allowed, counted in words looked at, some three hundred to the microsecond. The same steps
/// give the same answer on every machine, which a clock would not.
class step_budget {
 public:
  explicit step_budget(std::uint64_t steps) : left_(steps) {}
  [[nodiscard]] bool spent() const { return left_ == 0; }
  void spend(std::uint64_t n) { left_ -= n < left_ ? n : left_; }
  [[nodiscard]] std::uint64_t left() const { return left_; }

 private:
  std::uint64_t left_;
};

}  // namespace jawort::group
