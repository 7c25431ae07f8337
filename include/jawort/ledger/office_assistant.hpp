// jawort/ledger/office_assistant.hpp - an office's automatic replies, for a receiver.
//
//   auto o = load_office("buero.toml");
//   auto in = receiver::open("jawort.db", {{}, o->notice});
//   in->set_assistant(*office_assistant(*o, in->book()));
//   auto report = in->feed(…);                                      // replies are in report->items[…].reply
//   report_reply_sent(in->book(), {reply.id, system_now()}, system_now());   // after it was sent
//
// Which reply a message gets is the table of assistant/which_reply.hpp; where a dialogue stands is in the ledger. The file
// is no part of the ledger: it permits nothing, for each reply passes `decide()` under the ledger's own policy, and each
// message says in the ledger which kind of reply it was given.
//
// Thread safety: an assistant may be asked by any number of threads; it owns its office.
#pragma once
#include "office_file.hpp"
#include "receiver.hpp"

namespace jawort {

/// Errors: those of `check_notices`.
[[nodiscard]] result<assistant> office_assistant(office o, ledger const& book);

/// Minutes east of UTC in the office's zone.
[[nodiscard]] int office_offset_minutes(office const& o, instant at);
/// The minute on the office's wall.
[[nodiscard]] local_minute office_minute(office const& o, instant at);

/// How long people waited for an answer on that channel in the office's period up to now. Reads the whole ledger.
[[nodiscard]] result<response_times> measure_responses(ledger& book, office const& o, channel on, instant now);

}  // namespace jawort
