// lib/erasing.hpp - one `erased` entry being made: what it takes away, seals and remembers. Internal.
//
// Used inside one write transaction. `subject` and the others may be called for many people; `close` appends the entry,
// which names the sequences that it covers and commits to the tombstones and boxes made with it.
//
// The entry names nobody: it has no address, so its leaf is made under the ledger's own secret, and its evidence is
//   covers      "3-5,9": entries whose personal columns went; `verify` accepts missing ones nowhere else
//   tombstones  SHA-256 over (tag | person u32 | objected u8 | tries u32), by tag; numbers big-endian
//   sealed      SHA-256 over (person u32 | digest of the box), by person; missing where nothing was sealed
//   gone        "17.0,20.3": boxes (sequence.person) that went for good with this entry
//   reason      request, retention, lapsed-request, replay
//   final       "true" where nothing was sealed
#pragma once
#include <map>
#include <span>
#include <utility>

#include "ledger_impl.hpp"

namespace jawort {

using sequence_range = std::pair<sequence, sequence>;  ///< both included

/// "3-5,9" of sequences in any order, without doubles.
[[nodiscard]] std::string ranges_text(std::vector<sequence> all);
/// Nothing where the text is none, or the ranges do not ascend.
[[nodiscard]] std::optional<std::vector<sequence_range>> parse_ranges(std::string_view text);

/// What the leaf's evidence commits to; `all` by tag and by person.
[[nodiscard]] std::string tombstones_digest(crypto::sha256& hash, std::vector<stored_tombstone> all);
[[nodiscard]] std::string boxes_digest(crypto::sha256& hash, std::span<stored_box const> all);
/// Digest of one box: until u64be, number of tags u32be, the tags, the body.
[[nodiscard]] log::digest box_digest(crypto::sha256& hash, stored_box const& b);

/// The body of a box: who the person was, their secrets, and what the stripped rows had.
[[nodiscard]] std::string encode_box(std::span<std::pair<address, log::secret> const> who, std::span<event const> events);

class erasing {
 public:
  erasing(ledger_parts::impl& i, stored_head& head, std::string reason) : i_(i), head_(head), reason_(std::move(reason)), seq_(head.next()) {}

  /// Takes everything of the subject who has that address row. Sealed until `until`, unless that has passed by `now` or
  /// `final` is said. Gives the date, if sealed.
  /// What is known of them besides (from a list of erasures): that they objected, and tries.
  std::optional<instant> subject(address_key any, bool final, instant now, bool objected = false, std::uint32_t tries = 0);
  /// A tombstone alone, for an address of which nothing is known.
  void stranger(address const& who);
  /// A tombstone that is remembered elsewhere; `person` counts anew here. Tags that came already are passed over.
  void remember(stored_tombstone t);
  /// Empties that box.
  void box_goes(sequence seq, std::uint32_t person);

  [[nodiscard]] bool empty() const { return covered_.empty() && tombs_.empty() && gone_.empty(); }
  [[nodiscard]] std::size_t people() const { return person_; }
  [[nodiscard]] std::vector<sequence> const& covered() const { return covered_; }
  /// Appends the entry. `at` is when it happened; `more` goes into its evidence. The bytes are pending from here on.
  sequence close(instant at, instant now, std::string const& operator_name, evidence more = {});

 private:
  void tombstone(address const& who, bool objected, std::uint32_t tries);

  ledger_parts::impl& i_;
  stored_head& head_;
  std::string reason_;
  sequence seq_;
  std::uint32_t person_ = 0;
  std::vector<sequence> covered_;
  std::vector<stored_tombstone> tombs_;
  std::vector<stored_box> boxes_;
  std::vector<std::pair<sequence, std::uint32_t>> gone_;
};

/// Confirmations sent to these addresses and never answered, of which erasures took the entries.
[[nodiscard]] std::uint32_t tries_before(ledger_parts::impl& i, std::span<address const> who);

/// Finishes what erasures left to do after their commit: the list beside the ledger, labels that nobody uses any more,
/// the bytes. `bytes_gone` is false where a reader keeps bytes alive, or the disk is full (`why`).
struct scrubbed {
  bool bytes_gone = true;
  bilingual why;
};
[[nodiscard]] scrubbed finish_erasures(ledger_parts::impl& i, milliseconds wait);
inline constexpr char const* bytes_pending_key = "bytes_pending";

}  // namespace jawort
