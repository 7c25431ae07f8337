// lib/two_threads.hpp - work on more than one thread: side by side, or one that reads and one that thinks. Internal.
#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace jawort {

/// Calls body(0) here and body(1) … on threads of their own, where the system gives any, else here; waits for all and
/// throws what the first of them threw.
inline void on_threads(unsigned count, std::function<void(unsigned)> const& body) {
  std::vector<std::exception_ptr> wrong(count);
  auto const guarded = [&](unsigned k) {
    try {
      body(k);
    } catch (...) {
      wrong[k] = std::current_exception();
    }
  };
  {
    std::vector<std::jthread> others;
    unsigned started = 1;
    try {
      for (; started < count; ++started) others.emplace_back(guarded, started);
    } catch (std::system_error const&) {
    }
    guarded(0);
    for (; started < count; ++started) guarded(started);
  }
  for (auto const& w : wrong)
    if (w) std::rethrow_exception(w);
}

/// Pieces handed from the thread that fills them to one that works on them, in order. Two go round, so that memory is
/// that of two and what is in them is used again. What the worker throws is thrown again at the next `pass` or `finish`.
/// Without a thread of its own, `pass` works at once.
template <class Piece>
class relay {
 public:
  relay(std::function<void(Piece&)> work, bool own_thread) : work_(std::move(work)) {
    if (own_thread) thread_ = std::thread{[this] { run(); }};
  }
  ~relay() {
    if (!thread_.joinable()) return;
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [&] { return !full_; });
      over_ = full_ = true;
    }
    wake_.notify_all();
    thread_.join();
  }
  relay(relay const&) = delete;
  relay& operator=(relay const&) = delete;

  /// The piece to be filled; not emptied.
  [[nodiscard]] Piece& piece() { return ours_; }
  void pass() {
    if (!thread_.joinable()) return work_(ours_);
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [&] { return !full_; });
      if (failure_) std::rethrow_exception(failure_);
      std::swap(ours_, theirs_);
      full_ = true;
    }
    wake_.notify_all();
  }
  /// Waits until all that was passed is done.
  void finish() {
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [&] { return !full_; });
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  void run() {
    for (;;) {
      {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [&] { return full_; });
        if (over_) return;
      }
      try {
        if (!failure_) work_(theirs_);
      } catch (...) {
        failure_ = std::current_exception();
      }
      {
        std::unique_lock lock{mutex_};
        full_ = false;
      }
      wake_.notify_all();
    }
  }

  std::function<void(Piece&)> work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  Piece ours_{}, theirs_{};
  bool full_ = false, over_ = false;   ///< `theirs_` waits to be worked on; there is no more
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace jawort
