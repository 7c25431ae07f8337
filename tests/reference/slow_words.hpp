// What the slow second reading (slow_rules.hpp) answers with, and what it takes words, purposes and time for. Shares no
// line with the product.
#pragma once
#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <vector>

#include <jawort/purpose.hpp>
#include <jawort/reason.hpp>

namespace slow {

using jawort::outcome;

// --- the answer ---------------------------------------------------------------------------------------------------

struct finding {
  std::string_view code;
  outcome what{};
  friend bool operator==(finding const&, finding const&) = default;
};

struct verdict {
  outcome what = outcome::deny;
  std::string_view status;
  std::vector<finding> reasons;
};

/// The order of RULES.md: the precedence named in its head, then the tables; what permits stands last (21).
inline constexpr std::string_view order[] = {
    "evaluation-failed", "ledger-behind-anchor", "erased", "objected", "withdrawn", "restricted", "whatsapp-marketing-stopped",
    "known-unwanted", "unclear-stop", "revoked", "confirmation-disputed", "number-holder", "no-evidence", "imported-unproven",
    "inbound-is-not-consent", "double-opt-in-pending", "confirmation-expired", "confirmed-on-other-channel",
    "purpose-not-covered", "demonstrable", "channel-covered",
    "advertising-broad", "consent-required-electronic-mail", "consent-required-call", "sender-identified",
    "commercial-recognisable", "frequency-promised", "quiet-hours",
    "consent-before-2018", "affirmative-act", "specific", "informed", "distinguishable", "coupling", "age-of-consent",
    "stale-consent", "notice-changed", "third-country",
    "confirmation-neutral", "confirmation-once", "asked-by-message", "withdrawal-easy",
    "whatsapp-window", "messenger-window", "whatsapp-app-newsletter", "group-exposure", "group-profile-exposure",
    "address-book-upload", "payment-data-in-chat", "third-party-advertising", "operator-named", "stop-hint-present",
    "contract-by-message", "austria", "switzerland", "jurisdiction-unchecked",
    "existing-customer-exception", "customer-wrote-first", "keyword-started", "double-opt-in-confirmed", "consent-proven"};

[[nodiscard]] inline std::size_t rank(std::string_view code) {
  return static_cast<std::size_t>(std::find(std::begin(order), std::end(order), code) - std::begin(order));
}

// --- words -----------------------------------------------------------------------------------------------------------

[[nodiscard]] inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

enum class said { nothing, no, yes, nonsense };
[[nodiscard]] inline said yes_or_no(std::string_view s) {
  if (s.empty()) return said::nothing;
  if (is_one_of(s, {"true", "yes", "ja", "1"})) return said::yes;
  if (is_one_of(s, {"false", "no", "nein", "0"})) return said::no;
  return said::nonsense;
}

/// Years of age, -1 where nothing is said, -2 for what is no number.
[[nodiscard]] inline int age_in(std::string_view s) {
  if (s.empty()) return -1;
  int years = 0;
  for (char const c : s) {
    if (c < '0' || c > '9' || years > 99) return -2;
    years = years * 10 + (c - '0');
  }
  return years;
}

/// `below` is `above` or a topic of it.
[[nodiscard]] inline bool under(jawort::purpose const& below, jawort::purpose const& above) {
  std::string_view const b = below.text(), a = above.text();
  return b == a || (b.size() > a.size() && b.substr(0, a.size()) == a && b[a.size()] == '/');
}
[[nodiscard]] inline bool is_service(jawort::purpose const& p) { return p.text() == "service"; }

// --- time ------------------------------------------------------------------------------------------------------------

inline constexpr std::int64_t day_ms = 86400000;
inline constexpr std::int64_t dsgvo = 1527199200000;        // 25 May 2018, 00:00 in Berlin
inline constexpr std::int64_t adequacy = 1688940000000;     // 10 July 2023, 00:00 in Berlin

/// UTC calendar months, counted one by one, the day clamped to the month's end.
[[nodiscard]] inline std::int64_t months_later(std::int64_t ms, int months) {
  auto const leap = [](int y) { return (y % 4 == 0 && y % 100 != 0) || y % 400 == 0; };
  auto const days_of = [&](int y, int m) { return m == 1 ? (leap(y) ? 29 : 28) : m == 3 || m == 5 || m == 8 || m == 10 ? 30 : 31; };
  std::int64_t day = ms / day_ms;
  std::int64_t const rest = ms % day_ms;
  int year = 1970, month = 0;
  std::int64_t first = 0;  // of the month, in days since 1970
  for (; day - first >= (leap(year) ? 366 : 365); ++year) first += leap(year) ? 366 : 365;
  for (; day - first >= days_of(year, month); ++month) first += days_of(year, month);
  std::int64_t const in_month = day - first;
  for (int i = 0; i < months; ++i) {
    first += days_of(year, month);
    if (++month == 12) { month = 0; ++year; }
  }
  return (first + std::min<std::int64_t>(in_month, days_of(year, month) - 1)) * day_ms + rest;
}

}  // namespace slow
