// jawort/address_book.hpp - which contacts may stay on a phone with a messenger on it.
//
// A messenger sends every number of the phone's address book to its provider. A contact may stay where the person agreed
// to that (purpose `address-book`), or is known to be on WhatsApp already: they wrote to us there, or a list says so. A list
// alone is a warning: the provider has that number, but nothing of the person's own doing is behind it. Who stopped,
// objected or was erased goes, whatever else is known (rule `address-book-upload`).
//
//   judge_contact({.wrote = true});          // contact_basis::wrote
//   outcome_of(contact_basis::none);         // outcome::deny
//
// Pure values.
#pragma once
#include <vector>

#include "address.hpp"
#include "reason.hpp"

namespace jawort {

/// What is known of one number.
struct contact_evidence {
  bool agreed = false;       ///< a consent to `address-book` stands
  bool wrote = false;        ///< the person wrote to us on WhatsApp
  bool registered = false;   ///< stands in a list of numbers on WhatsApp
  bool stopped = false;      ///< withdrawn, objected, erased, restricted, blocked, or not this person's number
};

enum class contact_basis : std::uint8_t { agreed, wrote, registered, none, stopped, unreadable };

[[nodiscard]] constexpr contact_basis judge_contact(contact_evidence const& e) {
  if (e.stopped) return contact_basis::stopped;
  if (e.agreed) return contact_basis::agreed;
  if (e.wrote) return contact_basis::wrote;
  return e.registered ? contact_basis::registered : contact_basis::none;
}

[[nodiscard]] constexpr outcome outcome_of(contact_basis b) {
  switch (b) {
    case contact_basis::agreed: case contact_basis::wrote: return outcome::permit;
    case contact_basis::registered: return outcome::warn;
    case contact_basis::none: case contact_basis::stopped: case contact_basis::unreadable: return outcome::deny;
  }
  return outcome::deny;
}

[[nodiscard]] constexpr std::string_view name(contact_basis b) {
  switch (b) {
    case contact_basis::agreed: return "agreed";
    case contact_basis::wrote: return "wrote-on-whatsapp";
    case contact_basis::registered: return "on-whatsapp-by-list";
    case contact_basis::none: return "not-known-on-whatsapp";
    case contact_basis::stopped: return "stopped";
    case contact_basis::unreadable: return "unreadable";
  }
  return "";
}

/// The numbers under which WhatsApp may know a dialled one, itself first: Brazil with and without the 9 of mobile numbers,
/// Mexico with and without the 1, Argentina dialled without the 9. For matching only; nothing is ever rewritten to them.
[[nodiscard]] inline std::vector<address> whatsapp_numbers_of(address const& dialled) {
  std::vector<address> out{dialled};
  if (dialled.kind() != address_kind::number) return out;
  std::string const& t = dialled.text();
  auto const also = [&out](std::string const& text) {
    if (auto a = address::parse(text)) out.push_back(*std::move(a));
  };
  bool const brazil = t.starts_with("+55"), mexico = t.starts_with("+52"), argentina = t.starts_with("+54");
  if (brazil && t.size() == 14 && t[5] == '9' && t[6] >= '6') also(t.substr(0, 5) + t.substr(6));
  if (brazil && t.size() == 13 && t[5] >= '6') also(t.substr(0, 5) + '9' + t.substr(5));
  if (mexico && t.size() == 14 && t[3] == '1') also("+52" + t.substr(4));
  if (mexico && t.size() == 13) also("+521" + t.substr(3));
  if (argentina && t.size() == 13 && t[3] != '9') also("+549" + t.substr(3));
  return out;
}

}  // namespace jawort
