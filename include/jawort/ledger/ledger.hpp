// jawort/ledger/ledger.hpp - the consent ledger: one SQLite file, its key file, its checkpoint file.
//
// `create` and `open` are different verbs: open never creates. An event is acknowledged when `append` returns: it then
// survives kill -9 and power loss. A batch is in or out. Several processes may write at once.
//
//   auto book = ledger::open("jawort.db");
//   question q{&who, channel::whatsapp, *purpose::parse("newsletter"), now, true};
//   auto d = book->ask(q);
//   if (d && d->may_send()) send();
//
// Thread safety: one thread at a time for each object; open several for several threads. Owns its files' handles.
// Errors: `failure::busy` when another process writes for longer than ten seconds, `environment` for the operating
// system's, `damaged` for bytes that cannot be read. A ledger that is behind its newest checkpoint outside opens, and
// denies every question (`ledger_behind_anchor`).
#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "../decision.hpp"
#include "../explain.hpp"
#include "../log/checkpoint.hpp"
#include "../notice.hpp"
#include "../result.hpp"
#include "job.hpp"

namespace jawort {

struct ledger_options {
  std::string controller;
  std::string origin;       ///< empty: made of the controller's name; `/test` is added for a test clock
  std::string region = "DE";
  bool test_clock = false;
};

/// What became of one event handed in.
enum class appended : std::uint8_t { added, duplicate, suppressed };

struct append_report {
  std::vector<appended> each;       ///< in the order handed in
  std::vector<sequence> sequences;  ///< of each, where added
};

struct published_notice {
  notice words;
  notice_number number = 0;
  std::string digest_hex;
  std::string body;
};

struct explained {
  decision said;
  std::vector<explanation> rules;
};

struct verify_problem {
  std::optional<sequence> seq;
  std::string kind;
  bilingual text;
};

/// A beginning of the log and what is there of it: one, and one more for each restore.
struct verified_origin {
  std::string origin;
  sequence first_seq = 0;
  std::uint64_t entries = 0;
  std::uint64_t lost = 0;     ///< entries that were signed and are gone since the restore that follows
};

struct verify_report {
  std::uint64_t events = 0;
  log::checkpoint head;
  std::vector<verify_problem> problems;
  std::vector<verified_origin> origins;
  std::vector<bilingual> remarks;   ///< what a reader should know although nothing is wrong
  [[nodiscard]] bool ok() const { return problems.empty(); }
};

class ledger {
 public:
  [[nodiscard]] static result<ledger> create(std::string const& path, ledger_options const& options, instant now);
  [[nodiscard]] static result<ledger> open(std::string const& path);
  ledger(ledger&&) noexcept;
  ledger& operator=(ledger&&) noexcept;
  ~ledger();

  [[nodiscard]] std::string const& origin() const;
  [[nodiscard]] std::string const& controller() const;
  [[nodiscard]] std::string const& region() const;
  [[nodiscard]] bool test_clock() const;
  [[nodiscard]] std::string verifier_key() const;
  [[nodiscard]] policy const& rules() const;            ///< the policy set last
  [[nodiscard]] policy_book const& policies() const;    ///< every one that held
  [[nodiscard]] notice_book const& notices() const;
  [[nodiscard]] std::vector<published_notice> const& published() const;

  /// Publishes a version. Incomplete words are `failure::incomplete`, unless `historical`.
  [[nodiscard]] result<published_notice> publish(std::string const& toml, std::string const& where, instant published_at, bool historical, instant now);

  /// Sets the policy from now on; the file is recorded, and every decision says which policy it used. Errors: those of
  /// `parse_policy`, and `already_exists` where it is the policy in force.
  [[nodiscard]] result<policy_version> set_policy(std::string const& toml, std::string const& where, instant now);

  /// Takes the list under § 7 Abs. 2 ECG (Austria) in place of the one before: a text of addresses, domains (`@a.example`)
  /// or their SHA-1 in hex, one a line, or a file of plain 20-byte digests. Gives the number of entries.
  [[nodiscard]] result<std::size_t> load_austrian_list(std::string_view file, std::string const& where, instant now);

  /// Names by which `read_message` recognises the sender, staff, others' advertising and stop words.
  [[nodiscard]] message_names names_in_messages() const;

  /// Appends events in one transaction that `more` feeds piece by piece (an empty piece ends it): constant memory, all
  /// or nothing. `more` may return an error, which rolls everything back and is returned.
  [[nodiscard]] result<> append_all(std::function<result<std::vector<event>>()> const& more, instant now,
                                    std::function<void(append_report const&)> const& done);
  /// One batch.
  [[nodiscard]] result<append_report> append(std::vector<event> events, instant now);

  /// Answers one question; the recipient's local time is looked up from the number. `customer:…` stands for the person's
  /// address on that channel (see `reach`).
  [[nodiscard]] result<decision> ask(question const& q);
  /// The same answer, with each rule looked at and what it saw.
  [[nodiscard]] result<explained> explain(question const& q);
  /// The address that a `customer:…` reference stands for on that channel: of those linked to it that the channel reaches
  /// and nothing bars, the one heard of last. Every other address is given back as it is. `unknown_name` where there is none.
  [[nodiscard]] result<address> reach(address const& who, channel on);
  /// Answers the same question for many addresses: `each` is called with the index, in order of the addresses' keys.
  [[nodiscard]] result<> ask_all(question const& q, std::span<address const> who,
                                 std::function<void(std::size_t, decision const&)> const& each);

  /// Every address of the subject who has this one, itself among them; itself alone where nothing is known.
  [[nodiscard]] result<std::vector<address>> addresses_of(address const& who);

  /// All events of the subject who has this address, in sequence; empty if there is none.
  [[nodiscard]] result<std::vector<event>> history(address const& who, instant as_recorded = instant::latest());

  /// A text (with its last newline) as a signed note of this ledger, and whether a note is one.
  [[nodiscard]] std::string sign(std::string const& text) const;
  [[nodiscard]] bool signed_here(std::string_view note) const;
  /// All events of exactly this purpose, whoever they are of, in sequence.
  [[nodiscard]] result<std::vector<event>> events_about(purpose const& about, instant as_recorded = instant::latest());

  /// The newest tree head, and the same as a signed note.
  [[nodiscard]] result<log::checkpoint> head();
  [[nodiscard]] result<std::string> checkpoint_note();

  /// Rereads and rehashes every row of every table, refolds every state, compares with the checkpoints outside, and with
  /// those handed in (signed notes; `first` says where each came from). Lists every problem. Memory does not grow with the
  /// ledger; like an audit it may use a file without a name beside the ledger. Two threads say the same as one.
  [[nodiscard]] result<verify_report> verify(std::vector<std::pair<std::string, std::string>> const& checkpoints = {}, job_watch const& watch = {});

  /// What can be verified of a ledger whose key file is lost: the tree over the stored leaves, the checkpoints with a
  /// verifier key that was kept elsewhere, what a leaf shows openly. Never `ok()`: that a row is what its leaf stands for
  /// cannot be told without the keys, and the report says so (`key-file`).
  [[nodiscard]] static result<verify_report> verify_without_keys(std::string const& path, std::string const& verifier_key, job_watch const& watch = {});

  /// Called with the reason when a checkpoint could not be written to one of its files; nothing is lost by it.
  void on_anchor_failure(std::function<void(error const&)> tell);
  /// Whether a checkpoint outside says that this is an older or another ledger; every question is denied then.
  [[nodiscard]] bool alarmed() const;

 private:
  friend struct ledger_parts;  // proof.hpp, erasure.hpp, backup.hpp, anchor.hpp
  struct impl;
  explicit ledger(std::unique_ptr<impl> i);
  std::unique_ptr<impl> impl_;
};

}  // namespace jawort
