// lib/appending.hpp - events on their way into the ledger, piece by piece, in one transaction. Internal.
//
// Each event is looked at (new, repeated, kept out), gets its sequence, and changes the state of its subject. Most events
// stand behind everything that is known of their person: the state goes on from the stored one, without the history being
// read; a link to a number that nobody has heard of, too. The others (late ones, links of two people, provider message ids,
// lists read again) have their person folded anew. A person's state is kept with the subject's own address.
//
// Leaves are hashed on a second thread while rows are written. States, rows of new addresses and entries of the index wait in
// memory, and are written in order of their keys when there are many: a page is then touched once for all that is on it.
// Memory is bounded by `most_waiting` and `most_indexed`.
#pragma once
#include <atomic>
#include <limits>
#include <unordered_map>
#include <unordered_set>

#include "ledger_impl.hpp"

namespace jawort {

class appending {
 public:
  /// `head` goes on with each piece. Lives inside one transaction of `i`.
  appending(ledger_parts::impl& i, stored_head& head, instant now) : i_(i), head_(head), now_(now) {}

  /// Takes the events of a piece out of it.
  append_report take(std::vector<event>& piece);
  /// Writes what waits. Must be called before the transaction ends.
  void finish();

 private:
  static constexpr std::size_t most_waiting = 200000;   ///< subjects
  static constexpr std::size_t most_indexed = 1000000;  ///< entries of the index
  static constexpr std::size_t most_kept = 100000;      ///< events whose histories were read
  static constexpr std::size_t worth_writing = 1000;    ///< subjects
  static constexpr std::size_t worth_a_thread = 512;    ///< events of a piece
  static constexpr std::int32_t none = -1;

  struct known_subject {
    address_row row;
    std::string body;              ///< the state; empty where there is none
    instant horizon;
    bool dirty = false;
    bool shared = false;           ///< the person has further addresses; theirs is this state
    bool fresh = false;            ///< the address has no row yet
    std::int32_t pending = none;   ///< the last event of this address that is not written yet
  };
  struct pending_event {
    stored_event s;
    address_key who = 0;
    std::optional<address_key> other;
    log::secret secret{};
    log::nonce nonce{};
    log::digest hashed{};          ///< of the leaf
    std::int32_t before = none;    ///< the one of the same address before it
  };

  std::vector<bool> without_erased(std::vector<event> const& piece);
  void leave_behind(std::vector<event> const& piece);
  void look_ahead(std::vector<event> const& piece, std::vector<bool> const& kept);
  known_subject& subject_of(address const& who);
  known_subject& known_as(address_row const& row);
  bool newcomer(event const& e);
  bool goes_on(event& e, known_subject& k, std::optional<address_key>& joined);
  address_key link_newcomer(address const& who, known_subject& person);
  appended take_slowly(event& e, known_subject& k, sequence& seq);
  void link_customer(event const& e);
  void unite(address_row const& from, address_row const& into);
  sequence add(event&& e, known_subject& k, std::optional<address_key> other);
  std::vector<event>& history_of(address_key key);
  subject_state fold_anew(address_key subject, std::vector<address_key> const& addresses);
  void hash_pending(crypto::sha256& leaf_hash, std::atomic<std::size_t>& ready, std::atomic<bool> const& stop);
  void write_rows();
  void refold();
  void ensure_row(known_subject& k);
  void write_waiting();

  ledger_parts::impl& i_;
  stored_head& head_;
  instant now_;
  bool erasures_ = false;      ///< somebody was erased once
  address_key reached_ = 0;    ///< the highest number so far
  std::unordered_map<address_key, known_subject> known_;
  std::vector<pending_event> pending_;
  std::unordered_map<address_key, std::vector<event>> histories_;   ///< of those who were folded anew, whole
  std::unordered_set<address_key> slow_, dirty_;                     ///< of the piece: addresses; subjects to fold anew
  std::vector<indexed_event> index_;   ///< waits to be written: sorted pieces, which end at `runs_`
  std::vector<std::size_t> runs_;
  subject_state state_, empty_;
};

}  // namespace jawort
