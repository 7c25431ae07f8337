// jawort/audit/retention.hpp - until when the proof of a person's consents is kept.
//
// max(31 December of the third year after the last use or withdrawal, last use + 3 years); for calls 5 years from giving and
// from each use (§§ 195, 199 BGB; § 31 OWiG, § 41 BDSG; § 7a UWG). The years are policy. A person of whom neither is known
// counts from the last event.
#pragma once
#include "../fold.hpp"

namespace jawort::audit {

/// Greatest date that one event asks for; nothing where it asks for none.
[[nodiscard]] inline std::optional<instant> proof_kept_until(event const& e, policy const& rules) {
  auto const year_end = [&] {
    auto const year = static_cast<int>(date::year_month_day{date::floor<date::days>(jawort::detail::to_sys(e.occurred_at))}.year());
    return midnight(year + rules.retention_years + 1, 1, 1);
  };
  bool const call = e.on == channel::call;
  instant const call_end = call ? add_months(e.occurred_at, 12 * rules.retention_years_calls) : instant::earliest();
  switch (e.kind) {
    case event_kind::outbound:
      if (e.about && e.about->is_service()) return std::nullopt;
      return std::max({year_end(), add_months(e.occurred_at, 12 * rules.retention_years), call_end});
    case event_kind::withdrawn: case event_kind::objected: case event_kind::refused: case event_kind::revoked: case event_kind::invalidated:
      return year_end();
    case event_kind::given: case event_kind::confirmed: case event_kind::renewed:
      return call ? std::optional{call_end} : std::nullopt;
    default: return std::nullopt;
  }
}

}  // namespace jawort::audit
