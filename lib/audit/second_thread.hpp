// lib/audit/second_thread.hpp - persons handed from the thread that reads to one that thinks. Internal.
//
// Two pieces go round: while one is filled the other is worked on, so that memory stays that of two pieces. What the worker
// throws is thrown again where the persons are handed in. Nothing but `work` runs on the second thread.
#pragma once
#include <condition_variable>
#include <exception>
#include <functional>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "jawort/event.hpp"

namespace jawort {

class second_thread {
 public:
  explicit second_thread(std::function<void(std::span<event const>)> work) : work_(std::move(work)), thread_([this] { run(); }) {}
  ~second_thread() {
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [&] { return !full_; });
      over_ = full_ = true;
      theirs_.clear();
    }
    wake_.notify_all();
    thread_.join();
  }
  second_thread(second_thread const&) = delete;
  second_thread& operator=(second_thread const&) = delete;

  /// One person's events; copied.
  void hand(std::span<event const> person) {
    for (event const& e : person) {
      if (ours_.used == ours_.events.size()) ours_.events.push_back(e);
      else ours_.events[ours_.used] = e;
      ++ours_.used;
    }
    ours_.ends.push_back(ours_.used);
    if (ours_.used >= at_once) pass_on();
  }
  /// Waits until all that was handed in is done.
  void finish() {
    pass_on();
    std::unique_lock lock{mutex_};
    wake_.wait(lock, [&] { return !full_; });
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  static constexpr std::size_t at_once = 4096;
  struct piece {
    std::vector<event> events;           ///< `used` of them; the others' strings are kept for the next
    std::size_t used = 0;
    std::vector<std::size_t> ends;       ///< of each person
    void clear() { used = 0; ends.clear(); }
  };

  void pass_on() {
    {
      std::unique_lock lock{mutex_};
      wake_.wait(lock, [&] { return !full_; });
      if (failure_) std::rethrow_exception(failure_);
      std::swap(ours_, theirs_);
      full_ = true;
    }
    wake_.notify_all();
    ours_.clear();
  }
  void run() {
    for (;;) {
      {
        std::unique_lock lock{mutex_};
        wake_.wait(lock, [&] { return full_; });
        if (over_) return;
      }
      try {
        std::size_t from = 0;
        for (std::size_t const end : theirs_.ends) {
          work_({theirs_.events.data() + from, end - from});
          from = end;
        }
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

  std::function<void(std::span<event const>)> work_;
  std::mutex mutex_;
  std::condition_variable wake_;
  piece ours_, theirs_;
  bool full_ = false, over_ = false;     ///< `theirs_` waits to be worked on; there is no more
  std::exception_ptr failure_;
  std::thread thread_;                   // last: it uses the others
};

}  // namespace jawort
