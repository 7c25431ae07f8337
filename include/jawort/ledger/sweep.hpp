// jawort/ledger/sweep.hpp - what time does: requests expire, data whose date has passed go.
//
//   - a request whose window has passed without a yes gets its `expired` entry;
//   - 30 days (policy) after that the data of a person of whom nothing but unanswered requests is known go for good;
//   - people whose retention date has passed (retention.hpp) are erased for good, unless they are restricted or wait for
//     an answer;
//   - sealed boxes whose date has passed go;
//   - bytes that an erasure had to leave pending go.
//
//   auto plan = sweep(*book, {.dry_run = true}, now);   // writes nothing
//   auto done = sweep(*book, {}, now);                  // a second one does nothing
//
// Works in transactions of at most `batch` people, so that other writers get in between; each is in or out. Memory grows
// with what is due, not with the ledger. Thread safety and errors as the ledger.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace jawort {

struct sweep_options {
  bool dry_run = false;
  std::string operator_name;
  std::size_t batch = 500;
  milliseconds wait = std::chrono::seconds{10};
};

/// Why something is due.
enum class sweep_reason : std::uint8_t { request_expired, lapsed_request, retention, box_date, bytes_pending };
/// Stable text: `request-expired`, `lapsed-request`, `retention`, `box-date`, `bytes-pending`.
[[nodiscard]] std::string_view name(sweep_reason r);

struct sweep_item {
  sweep_reason why{};
  std::optional<address> who;          ///< nothing for boxes and bytes: who it was is sealed
  std::optional<channel> on;           ///< of an expired request
  std::optional<purpose> about;
  instant since;                       ///< the date that has passed
};

/// People whose date has passed and who stay nevertheless.
struct sweep_kept {
  address who;
  bool restricted = false;             ///< else: a request of theirs is open
  instant since;
};

struct sweep_report {
  std::vector<sweep_item> items;       ///< by reason, in the order above, each oldest first
  std::vector<sweep_kept> kept;
  std::size_t expired = 0, lapsed = 0, retention = 0, boxes = 0;   ///< requests, people, people, boxes
  std::size_t entries = 0;             ///< whose personal columns went (0 in a dry run)
  bool bytes_were_pending = false;     ///< from before
  bool bytes_pending = false;          ///< still
  bilingual why_pending;
  [[nodiscard]] bool nothing() const { return items.empty(); }
};

[[nodiscard]] result<sweep_report> sweep(ledger& book, sweep_options const& options, instant now);

}  // namespace jawort
