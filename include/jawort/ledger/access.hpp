// jawort/ledger/access.hpp - everything about one person, for the person (Art. 15, 20 DSGVO).
//
// All addresses of the subject, every entry of theirs in order, the words that they were shown, where the data came
// from, to whom they go, how long they stay, and what follows from them today. Nobody else's: entries of groups are
// their own alone, and the names of staff who recorded something are left out (they are the staff's data).
//
//   auto r = access_of(*book, who, now);
//
// Also for somebody who was erased: what stays sealed is theirs too, and is opened by the address that they present.
// Thread safety and errors as the ledger.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "erasure.hpp"
#include "ledger.hpp"

namespace jawort {

/// What the ledger would answer today for one channel and purpose that the person has to do with.
struct access_standing {
  channel on{};
  purpose about = purpose::service();
  decision said;
};

/// A request of the person under Art. 12 ff.: when it came, by when it is to be answered, when it was.
struct rights_request {
  event_kind kind{};                    ///< access_requested or erasure_requested
  sequence seq = 0;
  instant requested, due;
  std::optional<instant> answered;
};

struct access_report {
  instant at;
  std::vector<address> addresses;
  std::vector<event> events;            ///< in order of time; what stands for an erasure is one `erased` each
  std::vector<access_standing> standing;
  std::vector<notice_number> notices;   ///< whose words the person was shown, oldest first
  std::vector<rights_request> requests;
  std::optional<sequence> restricted;
  std::optional<instant> kept_until;    ///< nothing where nothing is kept
  std::vector<instant> erased;
  std::vector<sealed_proof> sealed;
  [[nodiscard]] bool knows_nothing() const { return events.empty() && sealed.empty() && erased.empty(); }
};

[[nodiscard]] result<access_report> access_of(ledger& book, address const& who, instant now);

/// The requests in a person's history, each with its answer.
[[nodiscard]] std::vector<rights_request> requests_in(std::vector<event> const& history);

/// A person's history as people read it: in order of time, each erasure once (the fold sees what outlasts it as entries
/// of its own, all under the sequence of the `erased` one).
[[nodiscard]] std::vector<event> as_timeline(std::vector<event> history);

/// Records a request (`access_requested`, `erasure_requested`) or its answer; the sequence of what was appended, or of
/// the open request that stands there already. An answer without an open request is `refused`.
[[nodiscard]] result<sequence> record_request(ledger& book, address const& who, event_kind kind, instant requested, std::string const& operator_name, instant now);
[[nodiscard]] result<sequence> record_answer(ledger& book, address const& who, event_kind kind, std::string const& sha256, std::string const& operator_name, instant now);

}  // namespace jawort
