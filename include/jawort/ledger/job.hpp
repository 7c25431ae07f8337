// jawort/ledger/job.hpp - watching and stopping a job that takes long.
//
//   std::atomic<bool> stop = false;
//   job_watch const watch{[](job_progress p) { show(p.done, p.all); }, &stop};
//   auto r = check_list(book, in, "list.csv", q, {}, watch);     // failure::interrupted once stop is true
//
// A job that is stopped leaves nothing half done. `progress` is called on the thread of the call, some times a second at
// most for a fast job; it must not call the ledger.
#pragma once
#include <atomic>
#include <cstdint>
#include <functional>

#include "../result.hpp"

namespace jawort {

struct job_progress {
  std::uint64_t done = 0;
  std::uint64_t all = 0;     ///< 0: not known
};

struct job_watch {
  std::function<void(job_progress)> progress;        ///< may be empty
  std::atomic<bool> const* stop = nullptr;           ///< not owned; may be null
  unsigned threads = 0;                              ///< at most so many; 0: two where the machine has them
  [[nodiscard]] bool stopped() const { return stop != nullptr && stop->load(std::memory_order_relaxed); }
  void show(std::uint64_t done, std::uint64_t all) const { if (progress) progress({done, all}); }
};

/// For a program in which nothing but jawort uses SQLite: switches SQLite's memory statistics off for the whole process.
/// Jobs on two threads otherwise wait for each other at their lock. Call it before anything opens a database, on one
/// thread; false, and nothing changed, where SQLite is in use already.
bool sqlite_without_statistics();

[[nodiscard]] inline error interrupted_error() {
  return {failure::interrupted, {"abgebrochen; nichts wurde geändert", "interrupted; nothing was changed"}, {}};
}

}  // namespace jawort
