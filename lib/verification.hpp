// lib/verification.hpp - one run of `verify`: what it knows, and a function for each thing that it looks at. Internal.
//
// Nothing stored is trusted: rows are read from the tables, never from an index, and compared with the leaves, the leaves
// with the checkpoints outside. The other tables are compared with what the entries say. A row that cannot be read is
// a problem like any other, and the run goes on behind it.
#pragma once
#include <filesystem>
#include <map>
#include <set>
#include <unordered_map>

#include "erasure_check.hpp"
#include "index_check.hpp"
#include "ledger_impl.hpp"

namespace jawort {

struct anchored {
  log::checkpoint what;
  std::uint32_t number = 1;   ///< of its origin
  std::string file;
};

class verification {
 public:
  /// `foreign_key`: verifies without a key file, the checkpoints with this verifier key.
  verification(ledger_parts::impl& i, std::vector<std::pair<std::string, std::string>> const& checkpoints, std::optional<std::string> foreign_key = {});
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
  void check_entry(audited_row const& a);
  void check_place(audited_row const& a);
  void end_origin(event const* restored);
  void pass_lost_checkpoints(std::uint32_t next, std::map<std::uint32_t, std::uint64_t> const& known);
  void check_row(audited_row const& a, stored_event const& s);
  void check_open_fields(stored_event const& s);
  void pass_checkpoints(sequence seq);
  void remember(audited_row const& a, event const& e);
  [[nodiscard]] address_key joined(address_key k) const;

  // verify_tables.cpp: everything else that is stored
  void check_file();
  void check_head();
  void check_nodes();
  void check_meta();
  void check_notices();
  void check_policies();
  void check_austrian_list();
  void read_addresses();
  void check_addresses();
  void check_states();
  void check_index();
  void check_anchor_list();
  void check_witnessed();
  void check_stamps();

  ledger_parts::impl& i_;
  verify_report report_;
  std::optional<std::string> foreign_key_;
  erasure_check erasures_;
  std::vector<anchored> anchors_;
  std::size_t other_keys_ = 0;      ///< checkpoints of keys that we were not given

  index_check index_;

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
  std::vector<stored_address> addresses_;
  std::unordered_map<address_key, std::size_t> place_of_;                  ///< in `addresses_`
  std::unordered_map<address_key, address_key> joined_;                    ///< whom each person was united with
  std::unordered_map<address_key, sequence> last_entry_;                   ///< of each address
};

}  // namespace jawort
