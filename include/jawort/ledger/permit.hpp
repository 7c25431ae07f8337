// jawort/ledger/permit.hpp - a broadcast from the check to the record: permit, recheck, sent.
//
// A permit says that this list, to the byte, may be written to on this channel for this purpose, by what the ledger knew at
// a checkpoint. It is a signed note of the ledger's key, with an end. Before sending it is brought up to date from the
// events since; afterwards the sends are recorded as use.
//
//   jawort-permit/1
//   origin reisestube.example/jawort
//   list 3b5c…                    SHA-256 of the list's bytes
//   channel whatsapp
//   purpose newsletter
//   template yes
//   message 9f86…                 SHA-256 of the message, or none
//   recipients 52
//   checkpoint 731 q83v…          size, root
//   issued 2026-06-01T10:00:00Z
//   expires 2026-06-02T10:00:00Z
//
// A permit names nobody: it holds digests and counts. Values; thread-safe.
#pragma once
#include <optional>
#include <string>

#include "broadcast.hpp"

namespace jawort {

struct permit {
  std::string origin, list_sha256;
  channel on{};
  purpose about = purpose::service();
  bool template_message = false;
  std::string message_sha256;   ///< empty for none
  std::uint64_t recipients = 0;
  log::checkpoint basis;
  instant issued, expires;
};

/// Issues a permit for a checked list, signed. `refused` unless every row may be written to (a `permitted` or `warned` verdict,
/// or a duplicate of one).
[[nodiscard]] result<std::string> issue_permit(ledger& book, broadcast_report const& checked, question const& q, std::string const& message_sha256, instant now);

/// Reads a permit and checks its signature. `damaged` where this ledger did not sign it, `malformed` where it is none.
[[nodiscard]] result<permit> read_permit(ledger const& book, std::string_view note, std::string const& where);

/// What a permit is worth now.
struct rechecked {
  broadcast_report report;               ///< of the list as it is now
  std::uint64_t events_since = 0;        ///< entries since the permit's checkpoint
  std::optional<std::string> renewed;    ///< a fresh permit, where everybody may still be written to
};

/// Asks the list anew. `refused` where the list is not the one permitted, or the permit has expired; `q` gives the message
/// facts, where there is a message, and the time.
[[nodiscard]] result<rechecked> recheck_permit(ledger& book, permit const& p, std::istream& list, std::string const& file_name, question q,
                                               std::string const& message_sha256, std::optional<std::string> const& column);

/// Records that the list was sent to: one `outbound` for each address, once, however often it is called. Gives the number
/// of new entries. The permit may have expired meanwhile: what was sent was sent.
[[nodiscard]] result<std::size_t> record_sent(ledger& book, permit const& p, std::string_view note, std::istream& list, std::string const& file_name, instant at,
                                              std::optional<std::string> const& column, std::string const& operator_name, instant now);

}  // namespace jawort
