// jawort/audit/report.hpp - what an audit finds, as plain values. docs/AUDIT.md says what each figure means to a reader.
//
// Made by `auditor` (auditor.hpp) from a ledger's events; rendered as text, JSON and HTML from this same value. It holds
// no address and no words of a person: entries are named by their sequence numbers.
//
// Values; read by any number of threads once filled.
#pragma once
#include <array>
#include <map>
#include <optional>
#include <vector>

#include "../decision.hpp"
#include "figure.hpp"
#include "period.hpp"

namespace jawort::audit {

/// How a consent came in. `request`: typed into a form and never confirmed; `list`: imported without evidence.
enum class way_in : std::uint8_t { double_opt_in, first_message, act, request, list };
inline constexpr std::array<way_in, 5> ways_in{way_in::double_opt_in, way_in::first_message, way_in::act, way_in::request, way_in::list};

[[nodiscard]] constexpr std::string_view name(way_in w) {
  switch (w) {
    case way_in::double_opt_in: return "double-opt-in";
    case way_in::first_message: return "first-message";
    case way_in::act: return "act";
    case way_in::request: return "request";
    case way_in::list: return "list";
  }
  return "";
}

/// A channel and purpose.
struct scope_key {
  channel on{};
  purpose about = purpose::service();
  friend bool operator==(scope_key const&, scope_key const&) = default;
  friend auto operator<=>(scope_key const& a, scope_key const& b) = default;
};

/// What a consent (one person, channel and purpose) counts under.
struct consent_key {
  scope_key scope;
  way_in way{};
  consent_status status{};
  friend bool operator==(consent_key const&, consent_key const&) = default;
  friend auto operator<=>(consent_key const& a, consent_key const& b) = default;
};

/// One consent at the end of the period, by what it would permit (quiet hours left out of account).
struct consents_at_end {
  std::array<figure, 4> by_outcome;                   ///< permit, warn, hold, deny
  std::map<reason_code, figure> reasons;              ///< of those that are not plainly permitted
};

struct side_of_send {
  outcome what{};
  std::vector<reason> reasons;                        ///< those that keep it from being permitted
};

/// A send that is not permitted, on either side.
struct unlawful_send {
  sequence seq = 0;
  instant occurred_at, recorded_at;
  scope_key scope;
  bool recorded_later = false;
  side_of_send then, now;
};

struct sends_judged {
  figure all;                                         ///< recorded in the period
  figure unjudged;                                    ///< of those, without channel or purpose
  std::array<std::array<figure, 2>, 2> in_time;       ///< entered when they were sent: [permitted then][permitted now]
  std::array<figure, 2> entered_later;                ///< brought in afterwards: [permitted now]
  std::array<figure, 4> now;                          ///< by outcome as known now
  std::map<reason_code, figure> reasons_then, reasons_now;  ///< of those held or denied; `then` of those entered in time
  figure after_known_stop, after_unknown_stop;        ///< a stop or bar stood: known when sent, or learned of later
  std::vector<unlawful_send> newest;                  ///< the newest of those to be listed, newest first
  std::uint64_t listed = 0;                           ///< how many there are to be listed
};

/// Double opt-ins whose request came in the period.
struct funnel {
  figure requested, sent, confirmed, expired, disputed, stopped, erased, open;
  durations to_confirm;                               ///< from the request that was answered to the yes
};

struct stops_of_kind {
  figure all;
  durations delay;                                    ///< from the stop to its entry
};

/// How soon a consent grows stale, by what the rule says: warn, hold, deny.
struct staleness {
  std::array<figure, 4> is, becomes;                  ///< index: outcome; `becomes` within the days ahead
};
inline constexpr milliseconds stale_ahead{std::chrono::hours{24 * 90}};

enum class request_state : std::uint8_t { open, overdue, answered, answered_late };
[[nodiscard]] constexpr std::string_view name(request_state s) {
  switch (s) {
    case request_state::open: return "open";
    case request_state::overdue: return "overdue";
    case request_state::answered: return "answered";
    case request_state::answered_late: return "answered-late";
  }
  return "";
}

struct rights_request {
  sequence seq = 0;
  event_kind kind{};
  instant asked_at, deadline;
  std::optional<sequence> answer;
  instant answered_at;
  request_state state{};
};

/// What is counted in each bucket of time.
enum class flow : std::uint8_t { yes, stop, send_permitted, send_unlawful };

/// Entries that name one notice version.
struct notice_use {
  figure requests, consents;
};

struct findings {
  period when;
  std::uint64_t entries = 0;                          ///< seen, of people
  std::uint64_t persons = 0, addresses = 0, linked_persons = 0;
  std::optional<instant> first, last;                 ///< of events of people up to the period's end
  std::map<event_kind, figure> kinds;                 ///< in the period
  std::map<consent_key, std::map<int, std::int64_t>> changes;  ///< how many more (or fewer) consents, by bucket
  std::map<consent_key, figure> consents;             ///< at the end
  std::map<scope_key, consents_at_end> standing;      ///< at the end
  std::map<int, std::array<std::uint64_t, 4>> flows;  ///< by bucket; index: flow
  sends_judged sends;
  funnel double_opt_in;
  std::map<event_kind, stops_of_kind> stops;
  staleness stale;
  figure unproven, imported;                          ///< consents at the end without a whole proof, or from a list alone
  std::map<notice_number, notice_use> notices;        ///< in the period
  std::map<request_state, std::map<event_kind, figure>> requests;
  std::vector<rights_request> newest_requests;        ///< newest first
  figure retention_due;                               ///< persons whose proof is not kept any longer; by their last entry
  figure pending_due;                                 ///< persons of whom only lapsed requests are known that should be gone; by their last entry
};

}  // namespace jawort::audit
