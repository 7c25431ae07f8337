// jawort/ledger/normalise.hpp - addresses as people write them, made canonical.
//
// National spellings need a numbering plan: libphonenumber brings it. Letters are never turned into digits.
//
//   normaliser const n{"DE"};
//   n.parse("0171/392 00 01", channel::whatsapp);   // +491713920001
//
// Thread-safe once constructed.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "../address.hpp"
#include "../result.hpp"

namespace jawort {

class normaliser {
 public:
  /// `region`: ISO 3166 code of the country whose national numbers are meant, e.g. "DE".
  explicit normaliser(std::string region);

  /// Any spelling of an address. With `on`, an address that this channel cannot reach is refused, and digits on Messenger
  /// are a page-scoped id; premium and shared-cost numbers take no WhatsApp or SMS. Errors: `failure::malformed`, with the remedy.
  [[nodiscard]] result<address> parse(std::string_view text, std::optional<channel> on) const;

  /// For bulk work: a number that built-in plans decide (number_plan.hpp in lib), as its digits, 0 where it is invalid;
  /// nothing where only `parse` can tell. `parse` gives the same answer.
  [[nodiscard]] std::optional<std::uint64_t> quick(std::string_view text, std::optional<channel> on) const;

 private:
  [[nodiscard]] result<address> number(std::string const& text, bool for_messages) const;
  std::string region_;
  std::string country_code_;
};

}  // namespace jawort
