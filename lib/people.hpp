// lib/people.hpp - the ledger's entries person by person, in constant memory. Internal.
//
// The entries are read once in sequence, each is put into a `spill` under its person's key, and the parts are taken out
// again: in order of persons, a person's entries in sequence. Following the index of addresses instead costs a search
// and a page for every entry, since a person's rows lie apart.
#pragma once
#include <functional>
#include <mutex>
#include <span>
#include <utility>
#include <vector>

#include "event_record.hpp"
#include "jawort/ledger/job.hpp"
#include "ledger_impl.hpp"
#include "spill.hpp"

namespace jawort {

/// Which addresses belong to another's person, as it is stored. Memory: 32 bytes for each of them.
class linked_addresses {
 public:
  struct link {
    address_key subject = 0, key = 0;
    friend auto operator<=>(link const&, link const&) = default;
  };
  linked_addresses() { index(); }
  explicit linked_addresses(store& db);
  /// Of an address that is not linked, its own key.
  [[nodiscard]] address_key subject_of(address_key k) const;
  /// Those of the subjects from `from` on, before `to` (nothing: without a bound), by subject, then key.
  [[nodiscard]] std::span<link const> between(std::optional<address_key> from, std::optional<address_key> to) const;
  [[nodiscard]] std::span<link const> of(address_key subject) const { return between(subject, subject == every_row_to ? std::nullopt : std::optional{subject + 1}); }
  [[nodiscard]] std::span<link const> all() const { return by_subject_; }

 private:
  void index();
  [[nodiscard]] std::size_t bit_of(address_key k) const;
  std::vector<link> by_subject_, by_key_;
  std::vector<std::uint64_t> bits_;   ///< most addresses are not linked, and are told by one bit
};

/// A spill for the entries of a ledger, `bytes` of records in all; 0: in one part, without looking at the addresses.
[[nodiscard]] std::unique_ptr<spill> spill_for(ledger_parts::impl& i, std::uint64_t bytes, unsigned writers);
/// Where a spill of that ledger may have its file.
[[nodiscard]] std::string spill_folder(ledger_parts::impl& i);
[[nodiscard]] unsigned threads_for(ledger_parts::impl& i, job_watch const& watch);

/// The piece of a spilled part that is one person's.
[[nodiscard]] std::span<spill::record const> person_at(std::vector<spill::record> const& records, std::size_t from);
/// Sorted records lie anywhere in their part: those behind `at` are called for while that one is looked at.
void look_ahead(std::vector<spill::record> const& records, std::size_t at);

/// One walk over all people, on one or two threads. Runs inside a snapshot of the ledger; nobody else uses it meanwhile but
/// under `mutex`.
class people_walk {
 public:
  /// Evidence is read of the kinds that `with_evidence` names.
  people_walk(ledger_parts::impl& i, std::function<bool(event_kind)> const& with_evidence, job_watch const& watch);

  [[nodiscard]] unsigned threads() const { return threads_; }
  [[nodiscard]] std::mutex& mutex() { return mutex_; }
  /// Calls `each(thread, events)` for every person, in order of their keys within a part, then `done(thread, part)`. Parts are
  /// dealt to the threads in their order. Gives the number of entries that were of people. The events are the callee's
  /// until it returns. Throws `store_error`: `interrupted` where the watch says stop.
  std::uint64_t run(std::function<void(unsigned, std::span<event const>)> const& each, std::function<void(unsigned, std::size_t)> const& done);

 private:
  void fill(spill& s);
  [[nodiscard]] bool fill_beside(spill& s, std::int64_t from, std::int64_t to);
  void read(store& db, spill& s, std::int64_t from, std::int64_t to, bool here);
  void judge(spill& s, unsigned thread, std::function<void(unsigned, std::span<event const>)> const& each, std::function<void(unsigned, std::size_t)> const& done);
  void look(bool here);
  [[noreturn]] static void damaged_row(store& db, std::int64_t seq);

  ledger_parts::impl& i_;
  job_watch const& watch_;
  row_wish wish_;
  stored_head head_;
  event_maker::labels labels_;
  linked_addresses linked_;
  unsigned threads_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> read_{0}, judged_{0};
  std::atomic<std::size_t> next_part_{0};
  std::atomic<bool> give_up_{false};
};

}  // namespace jawort
