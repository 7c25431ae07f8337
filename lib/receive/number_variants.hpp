// lib/receive/number_variants.hpp - other spellings under which WhatsApp may know the same number. Internal.
//
// Brazil's mobile numbers have a 9 after the area code that a WhatsApp id may lack; Mexico's may have a 1 after the 52,
// Argentina's a 9 after the 54. Matched, never rewritten: both spellings stay, and a link says that they are one person.
#pragma once
#include <string>
#include <vector>

#include "jawort/address.hpp"

namespace jawort::receive {

/// The other spellings of the number that came, none for most. Argentina's goes one way: 54 9 … is a mobile and 54 … may
/// be a landline, so that a number without the 9 is not led to one with it.
[[nodiscard]] inline std::vector<address> number_variants(address const& a) {
  std::vector<address> out;
  if (a.kind() != address_kind::number) return out;
  std::string const d = a.text().substr(1);
  auto const put = [&](std::string const& digits) {
    if (auto v = address::parse("+" + digits)) out.push_back(*v);
  };
  if (d.starts_with("55") && d.size() == 13 && d[4] == '9' && d[5] >= '6') put(d.substr(0, 4) + d.substr(5));
  if (d.starts_with("55") && d.size() == 12 && d[4] >= '6') put(d.substr(0, 4) + "9" + d.substr(4));
  if (d.starts_with("521") && d.size() == 13) put("52" + d.substr(3));
  if (d.starts_with("52") && d.size() == 12) put("521" + d.substr(2));
  if (d.starts_with("549") && d.size() == 13) put("54" + d.substr(3));
  return out;
}

}  // namespace jawort::receive
