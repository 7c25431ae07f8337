// lib/verification.hpp - one run of `verify`: what it knows, and a function for each thing that it looks at. Internal.
//
// Nothing stored is trusted: rows are read from the tables, never from an index, and compared with the leaves, the leaves
// with the checkpoints outside. The other tables are compared with what the entries say. A row that cannot be read is
// a problem like any other, and the run goes on behind it.
//
// The rows are read once, in sequence: the tree grows, and each row about a person goes into a spill under the person's
// key. Then person by person: what the leaves commit to, the addresses, the state. Memory does not grow with the ledger, but
// for the addresses that are linked (about 100 bytes each) and for problems.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <unordered_map>

#include "erasure_check.hpp"
#include "ledger_impl.hpp"
#include "people.hpp"
#include "two_threads.hpp"

namespace jawort {

struct anchored {
  log::checkpoint what;
  std::uint32_t number = 1;   ///< of its origin
  std::string file;
};

/// Which addresses that are no numbers can be read: one bit each, in the order in which keys are given out.
class readable_addresses {
 public:
  void read(store& db);
  [[nodiscard]] bool has(address_key k) const;

 private:
  std::vector<bool> near_;
  std::set<address_key> far_;    ///< keys that the ledger never gave out
};

/// Entries on their way from the thread that reads to the one that hashes.
struct entry_piece {
  struct odd {
    audited_row row;
    std::optional<stored_address> whose;
  };
  std::string bytes;
  std::vector<std::size_t> ends;
  std::vector<odd> odd_ones;    ///< read the long way; in the order of the rows that are not plain
};

/// A sum over (address, sequence), equal for equal sets in any order. Keyed by chance: nobody can aim at it.
class set_sum {
 public:
  set_sum();
  void add(address_key k, std::int64_t seq);
  friend bool operator==(set_sum const& a, set_sum const& b) { return a.count_ == b.count_ && a.sum_ == b.sum_; }
  /// Of nothing yet, under the same key.
  [[nodiscard]] set_sum empty() const;

 private:
  std::array<std::uint64_t, 2> key_{};
  std::uint64_t count_ = 0, sum_ = 0;
};

/// What is found out about people, before it stands in its place in the report.
struct people_problem {
  enum order : std::uint8_t { leaf, address, state, missing, damage } what{};
  std::int64_t at = 0;          ///< entry or address: problems of one kind are told in this order
  verify_problem told;
};

class verification {
 public:
  /// `foreign_key`: verifies without a key file, the checkpoints with this verifier key.
  verification(ledger_parts::impl& i, std::vector<std::pair<std::string, std::string>> const& checkpoints, job_watch watch, std::optional<std::string> foreign_key = {});
  ~verification();
  verify_report run();

 private:
  void problem(std::optional<sequence> seq, char const* kind, std::string de, std::string en);
  /// Runs one part; bytes that cannot be read end this part, not the run.
  void part(std::function<void()> const& body);
  void say_without_keys();

  // verify.cpp: entries, tree, checkpoints
  void read_checkpoints(std::vector<std::pair<std::string, std::string>> const& given);
  void take_checkpoint(std::string const& note, std::string const& file, bool beside_us);
  [[nodiscard]] std::optional<log::checkpoint> verified(std::string const& note, bool& another_key);
  void check_entries();
  void make_spill();
  void read_entries(store& db, relay<entry_piece>& to);
  [[nodiscard]] event_maker names_alone() const;
  [[nodiscard]] bool is_quick(stored_row const& row, event_maker& maker);
  void check_piece(entry_piece const& piece, spill::writer& out);
  void check_entry(stored_row const& row, spill::writer& out);
  void check_odd_entry(entry_piece::odd const& odd, spill::writer& out);
  void grow(log::bytes_view leaf, sequence seq);
  void check_clock(sequence seq, instant recorded_at);
  void check_place(sequence seq, event_kind kind, event const* whole);
  void end_origin(event const* restored);
  void pass_lost_checkpoints(std::uint32_t next, std::map<std::uint32_t, std::uint64_t> const& known);
  void check_row(entry_piece::odd const& odd);
  [[nodiscard]] bool is_openly(log::bytes_view leaf, event_kind kind, bool who, std::uint16_t purpose_code, instant occurred_at, notice_number notice) const;
  void pass_checkpoints(sequence seq);
  void remember(event const& e);
  void remember_link(event_kind kind, std::optional<address_key> who, std::optional<address_key> other);
  [[nodiscard]] address_key joined(address_key k) const;

  // verify_people.cpp: leaves, addresses and states, person by person
  friend class people_part;
  [[nodiscard]] static stored_row mark_of(std::int64_t seq, address_key who);
  void put_person(spill::writer& out, stored_row const& row, bool readable);
  void check_address_index();
  void check_people();
  [[nodiscard]] std::vector<people_problem> check_part(std::size_t p);
  void fill_again();
  void find_twisted();
  void check_address(stored_address const& a, std::vector<people_problem>& found) const;
  void check_twisted(std::vector<people_problem>& found);
  void check_one_state(address_key key, address_key person, sequence last, instant horizon, std::string_view body, std::vector<people_problem>& found);
  [[nodiscard]] std::unordered_map<address_key, sequence> last_entries(std::set<address_key> const& of);
  void tell(std::vector<people_problem>& found);

  // verify_tables.cpp: everything else that is stored
  void check_file();
  void check_head();
  void check_nodes();
  void check_meta();
  void check_notices();
  void check_policies();
  void check_austrian_list();
  void check_anchor_list();
  void check_witnessed();
  void check_stamps();

  ledger_parts::impl& i_;
  job_watch watch_;
  verify_report report_;
  std::optional<std::string> foreign_key_;
  erasure_check erasures_;
  std::vector<anchored> anchors_;
  std::size_t other_keys_ = 0;      ///< checkpoints of keys that we were not given

  // the present origin, while entries are read
  log::frontier tree_;
  bool whole_ = true;               ///< no entry of this origin is missing so far
  std::string origin_;
  std::uint32_t number_ = 1;
  sequence first_seq_ = 0;
  std::size_t next_anchor_ = 0;
  sequence expected_ = 0;
  instant last_recorded_;

  // what the entries say about the other tables
  std::optional<event> created_;
  std::vector<event> published_, policies_set_, anchor_changes_;
  std::uint32_t announced_epoch_ = 1;
  std::optional<event> austrian_list_;
  std::unordered_map<address_key, address_key> joined_;                    ///< whom each person was united with

  // people
  unsigned threads_;
  event_maker::labels labels_;
  linked_addresses linked_;                  ///< as it is stored: a hint where to look, compared with `joined_`
  readable_addresses readable_;
  std::unique_ptr<spill> spill_;
  std::string record_;                       ///< being written; of the thread that hashes
  set_sum rows_sum_;
  std::size_t entry_problems_ = 0, entry_problems_end_ = 0;   ///< their places in the report
  bool states_too_ = true, erased_any_ = false;
  std::set<address_key> twisted_;            ///< of whom the table of addresses says otherwise than the entries
  std::mutex db_mutex_;
  std::atomic<std::uint64_t> read_{0}, judged_{0}, all_{0};
};

}  // namespace jawort
