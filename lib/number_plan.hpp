// lib/number_plan.hpp - telephone numbers told valid or not from their first digits and length, without libphonenumber. Internal.
//
// The library takes tens of microseconds a number; a list has a million. For the plans of a few countries, four digits and
// the length decide nearly always: number_plan.inc holds what the library said, and a test asks it again for every entry.
// Where digits further back decide, or the writing is unusual, the answer is `library`.
//
//   by_plan("0171/392 00 01", "49", true);   // valid, 491713920001
//
// Pure; thread-safe.
#pragma once
#include <cstdint>
#include <string_view>

namespace jawort {

enum class plan_answer : std::uint8_t { library, invalid, valid };

struct plan_verdict {
  plan_answer what = plan_answer::library;
  std::uint64_t digits = 0;   ///< E.164 without the plus, where valid
};

/// `home` is the calling code of the country whose national numbers are meant. National spellings are understood for 49, 43
/// and 41. With `for_messages`, premium and shared-cost numbers are invalid.
[[nodiscard]] plan_verdict by_plan(std::string_view written, std::string_view home, bool for_messages);

}  // namespace jawort
