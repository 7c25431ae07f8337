// lib/event_record.hpp - a row of the entries as it is stored, as bytes that are quick to make and to read. Internal.
//
// Names (purposes, labels, addresses of other kinds than numbers) stay the numbers that they are stored as, so that a row
// becomes bytes and bytes become a row without a look-up; `event_maker` makes an event of it where one is needed.
#pragma once
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "store.hpp"

namespace jawort {

/// Bytes of a leaf that say something which its row does not: nonce and commitments.
inline constexpr std::size_t leaf_secrets_at = 16, leaf_secrets_size = 80;

/// Bytes of a record, to be taken apart by `read_record`. Only ever read by the process that wrote them.
void write_record(std::string& out, stored_row const& row);
/// The views are into `bytes`.
[[nodiscard]] stored_row read_record(std::string_view bytes);

/// Makes events of rows. One thread at a time.
class event_maker {
 public:
  using labels = std::unordered_map<std::int64_t, std::string>;
  /// `text_of` gives the text of an address that is no number; throws where there is none. Keeps references.
  event_maker(std::vector<purpose> const& purposes, labels const& names, std::function<address(address_key)> other_address)
      : purposes_(purposes), labels_(names), other_address_(std::move(other_address)) {}

  /// Into an event whose strings are used again. The row is plain. False where what it names is not there or
  /// its evidence cannot be read.
  [[nodiscard]] bool make(stored_row const& row, event& e);
  /// Whether the row's purpose and labels are there.
  [[nodiscard]] bool knows(stored_row const& row) const;
  [[nodiscard]] address address_of(address_key key);

 private:
  [[nodiscard]] bool name(std::uint32_t id, std::string& to) const;
  std::vector<purpose> const& purposes_;
  labels const& labels_;
  std::function<address(address_key)> other_address_;
  std::optional<address> last_;     ///< the events of one person often come one after the other
  address_key last_key_ = -1;
};

/// Whether `parse_evidence` reads it.
[[nodiscard]] bool is_evidence(std::string_view text);

/// Digits of a number that can be an address: as many as `address::from_digits` takes.
[[nodiscard]] constexpr bool is_number_key(address_key k) { return k >= 1000000 && k <= 999999999999999; }

}  // namespace jawort
