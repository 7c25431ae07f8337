// jawort/ledger/erasure.hpp - a person's data go; what a court would need stays sealed until its date.
//
// `erase` takes away every address of the subject, their secrets, the states, and the personal columns of every entry.
// The leaves stay, so every proof made before still verifies. Sealed (the default), the address, the secrets, the words
// and the exact times stay in one AES-256-GCM box that is found only by presenting the address, until the retention date
// (retention.hpp). Final, nothing of it stays. A keyed tombstone stays in both cases: imports and facts from before are
// suppressed, questions answer `erased`; a new consent with its whole proof counts again.
//
//   auto r = erase(*book, who, {}, now);
//   if (r && r->bytes_pending) again_later();        // somebody is reading; the next erase or sweep finishes
//
// After the commit the file is rewritten and the WAL emptied, so that no byte of the data is left in the database. That
// waits for readers (`wait`). A kill at any moment leaves a state that the next `erase` or `sweep` finishes.
//
// Thread safety: as the ledger. Errors: those of the ledger; `damaged` where a box is not what was sealed.
#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "../log/leaf.hpp"
#include "ledger.hpp"

namespace jawort {

struct erasure_options {
  bool final = false;                          ///< nothing is sealed; a box from before goes too
  std::optional<instant> requested;            ///< when the person asked; else the open `erasure-requested`, else now
  std::string operator_name;
  std::string source = "cli";
  milliseconds wait = std::chrono::seconds{10};  ///< for readers, before the bytes are called pending
};

enum class erasure_result : std::uint8_t {
  erased,     ///< data were there and went
  finalised,  ///< data had been erased before; the box went now
  stranger,   ///< nothing was there; a tombstone keeps imports out from now on
  nothing     ///< everything had been done before
};

struct erasure_report {
  erasure_result what = erasure_result::nothing;
  std::vector<address> addresses;              ///< of the subject, as they were
  std::size_t entries = 0;                     ///< whose personal columns went
  std::optional<sequence> entry;               ///< the `erased` entry
  std::optional<instant> sealed_until;         ///< a box stays until then; nothing where none stays
  std::size_t boxes_gone = 0;
  std::optional<instant> requested, due;       ///< the request, and the day by which it had to be answered
  bool bytes_pending = false;
  bilingual why_pending;
};

[[nodiscard]] result<erasure_report> erase(ledger& book, address const& who, erasure_options const& options, instant now);

/// What a box holds, opened by presenting one of the person's addresses. Each event is as it was before the erasure;
/// `true` where its leaf in the ledger is made of exactly these bytes.
struct sealed_proof {
  sequence erased_by = 0;
  instant until;
  std::vector<std::pair<address, log::secret>> people;   ///< addresses with their secrets s
  std::vector<std::pair<event, bool>> events;
};
/// Every box that the address opens, oldest first; empty where there is none.
[[nodiscard]] result<std::vector<sealed_proof>> unseal(ledger& book, address const& who);

/// When the address was erased, newest last; empty if never.
[[nodiscard]] result<std::vector<instant>> erasures_of(ledger& book, address const& who);

/// Confirmation requests that were sent to the address and never answered, of which erasures took the entries: they
/// still count against the number of tries.
[[nodiscard]] result<int> unanswered_before_erasure(ledger& book, address const& who);

/// Carries erasures out again in a ledger that came back from an older copy. The list beside the ledger
/// (`FILE.erasures`, or `list`) holds the tombstone of every erased address with its time; it names nobody without the
/// key file. Whoever restores copies that list beside the restored file (never the older one of the backup over a newer
/// one), opens the ledger with its key file, and calls this before anything else is written. People in the older copy
/// who were erased since are erased again, with the time of their erasure; tombstones of addresses that the copy does
/// not know are remembered. A second call does nothing.
struct replay_report {
  std::size_t listed = 0;      ///< tombstones in the list
  std::size_t people = 0;      ///< erased again
  std::size_t remembered = 0;  ///< tombstones taken over for addresses that the copy does not know
  std::size_t boxes_gone = 0;
  bool bytes_pending = false;
};
[[nodiscard]] result<replay_report> replay_erasures(ledger& book, instant now, std::string const& list = {});

}  // namespace jawort
