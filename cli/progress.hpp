// cli/progress.hpp - progress with rate and time left on stderr, at a terminal only; Ctrl-C as a wish to stop.
#pragma once
#include <chrono>

#include "jawort/ledger/job.hpp"
#include "options.hpp"

namespace jawort::cli {

/// Shows one job. The line is wiped when it ends. Nothing is shown with --quiet, or where stderr is no terminal.
class progress {
 public:
  /// `what` stands before the numbers; `unit` behind them: rows, bytes.
  progress(context const& c, bilingual what, bilingual unit);
  ~progress();
  progress(progress const&) = delete;
  progress& operator=(progress const&) = delete;
  /// What the job gets; Ctrl-C stops it from now on until this object ends, a second one ends the program.
  [[nodiscard]] job_watch watch();

 private:
  void show(job_progress p);
  context const& c_;
  bilingual what_, unit_;
  bool shown_ = false, on_ = false;
  std::chrono::steady_clock::time_point begun_ = std::chrono::steady_clock::now(), last_{};
};

/// 3 min 20 s; for tests.
[[nodiscard]] std::string time_left(std::uint64_t done, std::uint64_t all, double seconds);

}  // namespace jawort::cli
