// jawort/ledger/audit.hpp - the audit of a ledger: what an auditor, a data protection officer or a court asks for.
//
//   audit_request r;
//   r.when.to = now + milliseconds{1};
//   auto report = audit_ledger(book, r, now);
//   audit_text(*report, tongue::de);  audit_html(*report, tongue::en);  audit_json(*report, tongue::de, out);
//
// One walk over the events, then person by person, in constant memory; one unchanging view of the ledger. The report names
// entries by their sequence numbers and holds no address and no words of a person, so that it can be handed out. What each
// figure means: docs/AUDIT.md. Not legal advice.
//
// Errors: those of `ledger::ask`; `refused` where the period is empty; `interrupted`. A large ledger's entries wait, encrypted
// under a key that is never written, in a file without a name in the ledger's folder; without room for it the audit takes
// more passes. Thread safety: that of the ledger given; it runs on two threads, and says the same on one.
#pragma once
#include <functional>
#include <iosfwd>
#include <string>
#include <vector>

#include "../audit/auditor.hpp"
#include "../rule.hpp"
#include "job.hpp"
#include "ledger.hpp"

namespace jawort {

struct audit_request {
  audit::period when;
  std::size_t keep = 200;                                        ///< entries kept for each figure
  std::size_t list = 500;                                        ///< unlawful sends and requests kept in the report
  std::function<void(audit::unlawful_send const&)> each_unlawful;  ///< gets all of them, one at a time, in the order of persons, on any thread
  job_watch watch;                                               ///< progress in entries; `interrupted` once it says stop
};

struct audited_notice {
  std::string reference, digest_hex, language;
  instant published_at, recorded_at;
  bool historical = false;
  std::vector<channel> channels;
  std::vector<purpose> purposes;
  std::vector<missing_part> gaps;                                ///< missing parts and flaws
  audit::notice_use use;
};

struct audited_recipient {
  std::string name, country, safeguard;
  bool third_country = false;
  std::vector<std::string> notices;                              ///< that name it so
};

struct audited_group {
  std::string id;
  std::size_t members = 0;
  std::size_t disclosures = 0;                                   ///< numbers shown to a member without agreement; who knows whom is not in the ledger
  std::size_t to_ask = 0;                                        ///< members whose agreement is missing
  std::size_t to_remove = 0;                                     ///< members whose agreement has ended
  audit::figure entries;                                         ///< by which those who are there came in
};

/// What the ledger can say of a duty.
enum class duty_state : std::uint8_t { shown, gap, by_hand };
[[nodiscard]] constexpr std::string_view name(duty_state s) {
  return s == duty_state::shown ? "shown" : s == duty_state::gap ? "gap" : "by-hand";
}

struct audited_duty {
  std::string id;                                                ///< stable
  std::string citation;
  bilingual duty, finding, todo;                                 ///< `todo` may be empty
  duty_state state{};
};

struct audit_report {
  std::string origin, controller, region, verifier_key, checkpoint_note;
  log::checkpoint head;
  instant made_at;
  bool test_clock = false;
  bool behind = false;                                           ///< behind its newest checkpoint outside
  std::uint64_t entries = 0;                                     ///< numbers given, of every origin
  std::uint32_t restores = 0;                                    ///< how often it began anew from an older copy; numbers lost then count among the next
  std::uint64_t not_of_people = 0;                               ///< about the ledger itself, or of erased people
  audit::findings found;
  std::vector<audited_notice> notices;
  std::vector<audited_recipient> recipients;
  std::vector<audited_group> groups;
  std::vector<audited_duty> duties;
};

[[nodiscard]] result<audit_report> audit_ledger(ledger& book, audit_request const& request, instant now);

/// The duties of the controller, with what the rest of the report says of each.
[[nodiscard]] std::vector<audited_duty> duties_of(audit_report const& report);

/// For a terminal: lines of plain text, inert.
[[nodiscard]] std::string audit_text(audit_report const& report, tongue lang);
/// One self-contained page: no script, nothing loaded, below two MiB for any ledger.
[[nodiscard]] std::string audit_html(audit_report const& report, tongue lang);
/// One object. `unlawful` writes the elements of the list of unlawful sends (nothing: those that the report kept).
void audit_json(audit_report const& report, tongue lang, std::ostream& out, std::function<void(std::ostream&)> const& unlawful = {});
/// One element of that list.
[[nodiscard]] std::string audit_json_send(audit::unlawful_send const& send);

}  // namespace jawort
