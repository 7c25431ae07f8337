// jawort/ledger/reply_report.hpp - reporting that a reply of the receiver was sent.
//
//   auto r = report_reply_sent(book, {"r-1042", sent_at, platform_message_id}, system_now());
//
// Records one `outbound` (purpose `service`, marked as automatic, with the number of the message that it answers). Once:
// reporting again, or the platform's own echo of the same message, adds nothing, in whatever order they come.
#pragma once
#include <string>

#include "ledger.hpp"

namespace jawort {

struct sent_reply {
  std::string id;           ///< `outgoing_reply::id`
  instant at;               ///< when it was sent
  std::string message_id;   ///< the platform's, if it gave one
};

enum class reported : std::uint8_t { recorded, already };

/// Errors: `unknown_name` for an id that no reply has (or whose person was erased), `refused` for a time before the message
/// or ahead of the clock.
[[nodiscard]] result<reported> report_reply_sent(ledger& book, sent_reply const& sent, instant now);

}  // namespace jawort
