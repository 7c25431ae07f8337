// jawort/ledger/zone.hpp - the recipient's local time, as an offset from UTC, from the country of a number.
#pragma once
#include <array>
#include <string>

#include "../address.hpp"
#include "../time.hpp"

namespace jawort {

/// Minutes east of UTC at that instant, where the number's country is (its capital's zone, where it has several). Other
/// kinds of addresses, and countries that are not in the table, get Berlin's. Thread-safe.
[[nodiscard]] int utc_offset_minutes(address const& who, instant at);

/// Whether the recipient's local day is a public holiday in the whole of Germany, Austria or Switzerland (Germany's for
/// every other address). Holidays of single states are not counted: a number does not tell the state.
[[nodiscard]] bool is_holiday(address const& who, instant at);

/// The same for many addresses at one instant: each zone is looked up once. One thread at a time.
class local_times {
 public:
  explicit local_times(instant at) : at_(at) {}
  [[nodiscard]] int utc_offset_minutes(address const& who);
  [[nodiscard]] bool is_holiday(address const& who);

 private:
  struct known { int offset = 0; signed char holiday = -1; bool there = false; };
  known& of(address const& who);
  instant at_;
  std::array<known, 40> zones_{};
};

/// The system's clock.
[[nodiscard]] instant system_now();

}  // namespace jawort
