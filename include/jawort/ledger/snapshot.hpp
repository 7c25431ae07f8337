// jawort/ledger/snapshot.hpp - every subject's state in memory, for software that checks many lists.
//
//   snapshot_keeper states;
//   if (auto r = states.refresh(book); !r) …               // built once, then brought up to date from the events since
//   auto const now = states.current();                     // shared with other threads for reading
//   auto report = check_list(book, *now, in, "list.csv", q, {});
//
// A `state_snapshot` is the ledger at one size of its tree and never changes; later ones share its memory. Answers are those
// that `ledger::ask` gave at that size.
//
// Memory: 16 bytes a known address and its stored state (`bytes()` tells how much), kept once for all snapshots.
// Thread safety: any number of threads may use one snapshot, and call `current`; `refresh` is for one thread at a time.
// Errors: those of `ledger::ask_all`; `failure::refused` for a ledger that is behind its newest checkpoint.
#pragma once
#include <memory>
#include <mutex>

#include "broadcast.hpp"

namespace jawort {

class state_snapshot {
 public:
  /// The answer; nothing where only the ledger can tell: a time before the subject's last event, or `as_recorded`, a
  /// customer reference, an unknown address where somebody was ever erased, a mailbox where Austria's list is loaded.
  [[nodiscard]] std::optional<decision> ask(question const& q) const;
  [[nodiscard]] log::checkpoint const& head() const { return head_; }
  [[nodiscard]] std::size_t addresses() const;   ///< known ones
  [[nodiscard]] std::size_t bytes() const;       ///< of memory, shared parts included

 private:
  friend class snapshot_keeper;
  friend class snapshot_asking;
  struct whole;                                   ///< as it was when built
  struct since;                                   ///< what has changed, by key
  struct catalogue;                               ///< notices, policies
  std::shared_ptr<whole const> base_;
  std::shared_ptr<since const> changed_;
  std::shared_ptr<catalogue const> rules_;
  log::checkpoint head_;
  std::uint64_t next_seq_ = 0;
  bool erasures_ = false;
};

class snapshot_keeper {
 public:
  /// Builds the first snapshot, or one from the events since. Where much has changed, or somebody was erased, all is read anew.
  [[nodiscard]] result<> refresh(ledger& book);
  /// The newest one; null before the first `refresh`.
  [[nodiscard]] std::shared_ptr<state_snapshot const> current() const;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<state_snapshot const> now_;
};

/// `check_list` of broadcast.hpp from a snapshot; what it cannot tell is asked of `book`.
[[nodiscard]] result<broadcast_report> check_list(ledger& book, state_snapshot const& states, std::istream& in, std::string const& file_name, question q,
                                                  std::optional<std::string> const& column, job_watch const& watch = {});

}  // namespace jawort
