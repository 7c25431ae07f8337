// lib/spill.hpp - records put in any order and taken back sorted by key, in bounded memory. Internal.
//
// The keys are cut into parts, so that one part fits into memory. Records are appended to the part that their key falls
// into; what does not fit into memory goes to a file without a name in the folder given: block by block, encrypted
// and authenticated (AES-256-GCM) under a key that lives in memory only. A small job touches no file. Where there can be no file, or the disk is full,
// parts are dropped from the end: `again` then begins another pass, in which the caller puts everything once more.
//
//   spill s{folder, bounds, 1};
//   do {
//     spill::writer w{s};
//     for (each record) w.put(key, order, bytes);
//     w.end();
//     for (auto p = s.first(); p < s.end(); ++p) use(s.take(p));
//   } while (s.again());
//
// One writer belongs to one thread; different writers, and `take` of different parts, to different ones. Throws
// `store_error` where what comes back is not what was put.
#pragma once
#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace jawort {

struct spill_limits {
  std::size_t memory = std::size_t{24} << 20;   ///< bytes that wait in memory before a file is made
  std::size_t part = std::size_t{2} << 20;      ///< bytes that one part should have: about what a processor's own memory holds
  std::size_t filling = std::size_t{12} << 20;  ///< bytes of all blocks that are being filled
};

class spill {
 public:
  using key = std::int64_t;
  /// `bounds` ascend: part n holds the keys from bounds[n - 1] (inclusive) to bounds[n] (exclusive).
  spill(std::string folder, std::vector<key> bounds, unsigned writers, spill_limits limits = {});
  ~spill();
  spill(spill const&) = delete;
  spill& operator=(spill const&) = delete;

  class writer {
   public:
    explicit writer(spill& s);
    /// The bytes of a record are those of the three pieces behind one another.
    void put(key k, std::uint64_t order, std::string_view a, std::string_view b = {}, std::string_view c = {});
    /// Everything that was put is in its place.
    void end();

   private:
    void pass_on(std::size_t part);
    spill& s_;
    std::vector<std::string> filling_;   ///< a block a part
    std::string sealed_;
    key last_key_ = 0;
    std::size_t last_part_ = 0;
    bool any_ = false;
  };

  struct record {
    key k = 0;
    std::uint64_t order = 0;
    std::string_view bytes;
  };
  /// The records of one part, by key, then order.
  class part {
   public:
    [[nodiscard]] std::vector<record> const& records() const { return records_; }

   private:
    friend class spill;
    std::unique_ptr<char[]> bytes_;
    std::vector<record> records_;
  };

  [[nodiscard]] std::size_t parts() const { return parts_.size(); }
  [[nodiscard]] std::optional<key> lower(std::size_t p) const { return p == 0 ? std::nullopt : std::optional{bounds_[p - 1]}; }
  [[nodiscard]] std::optional<key> upper(std::size_t p) const { return p == bounds_.size() ? std::nullopt : std::optional{bounds_[p]}; }
  /// The parts [first, end) are whole in this pass.
  [[nodiscard]] std::size_t first() const { return first_; }
  [[nodiscard]] std::size_t end() const { return end_; }
  /// Takes one of them out; its memory is the caller's.
  [[nodiscard]] part take(std::size_t p);
  /// Takes the next block of one of them out, however large the part is: records in the order in which they were put,
  /// by one writer. Nothing where there is no more.
  [[nodiscard]] std::optional<part> take_block(std::size_t p);
  /// Begins another pass for the parts that were dropped; false where there are none.
  [[nodiscard]] bool again();
  [[nodiscard]] bool in_file() const { return file_ >= 0; }

 private:
  struct block {
    std::string kept;                          ///< in memory, or
    std::uint64_t at = 0, number = 0;          ///< in the file: its place, and its number, which is its nonce
    std::uint32_t size = 0;
    std::array<std::uint8_t, 16> mac{};
  };
  class cipher;
  [[nodiscard]] std::size_t part_of(key k) const;
  void keep(std::size_t p, std::string&& bytes);
  void make_room();
  [[nodiscard]] bool file_wanted(std::size_t more);
  [[nodiscard]] bool write(block& b, std::string_view plain, std::string& sealed);
  [[nodiscard]] part opened(std::deque<block>&& blocks);

  std::string folder_;
  std::vector<key> bounds_;
  spill_limits limits_;
  std::size_t block_size_;
  std::array<std::uint8_t, 32> secret_{};
  std::mutex mutex_;
  // Under the mutex:
  std::vector<std::deque<block>> parts_;
  std::size_t first_ = 0, end_ = 0;
  std::size_t in_memory_ = 0;
  int file_ = -1;
  bool no_file_ = false;
  std::uint64_t file_end_ = 0, next_number_ = 0;
};

/// Bounds that cut a sample of keys into parts of about the same number.
[[nodiscard]] std::vector<spill::key> bounds_of(std::vector<spill::key> sample, std::size_t parts);

}  // namespace jawort
