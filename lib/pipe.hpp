// lib/pipe.hpp - one thread makes batches, another takes them, in order. Internal.
#pragma once
#include <condition_variable>
#include <deque>
#include <exception>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace jawort {

/// Calls `take(item)` on a thread of its own, in the order of `give`. `take` returns false to stop: `give` does then, too.
/// With one thread, `take` is called at once. Memory: a few batches.
template <class Item, class Take>
class pipe {
 public:
  pipe(Take take, bool own_thread) : take_(std::move(take)) {
    if (own_thread) taker_ = std::thread{[this] { run(); }};
  }
  ~pipe() { close(); }
  pipe(pipe const&) = delete;
  pipe& operator=(pipe const&) = delete;

  bool give(Item&& item) {
    if (!taker_.joinable()) return good_ = good_ && take_(std::move(item));
    batch_.push_back(std::move(item));
    if (batch_.size() < batch_size) return true;
    return send();
  }
  /// Waits until everything is taken; throws what `take` threw.
  void finish() {
    if (taker_.joinable() && !batch_.empty()) send();
    close();
    if (wrong_) std::rethrow_exception(std::exchange(wrong_, nullptr));
  }

 private:
  static constexpr std::size_t batch_size = 256, most_batches = 16;

  bool send() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [&] { return batches_.size() < most_batches || !good_; });
    if (!good_) return false;
    batches_.push_back(std::move(batch_));
    batch_ = {};
    batch_.reserve(batch_size);
    changed_.notify_all();
    return true;
  }
  void close() {
    {
      std::lock_guard const lock{mutex_};
      closed_ = true;
    }
    changed_.notify_all();
    if (taker_.joinable()) taker_.join();
  }
  void run() noexcept {
    for (;;) {
      std::vector<Item> batch;
      {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return !batches_.empty() || closed_; });
        if (batches_.empty()) return;
        batch = std::move(batches_.front());
        batches_.pop_front();
      }
      changed_.notify_all();
      bool good = true;
      try {
        for (Item& item : batch)
          if (!take_(std::move(item))) { good = false; break; }
      } catch (...) {
        wrong_ = std::current_exception();
        good = false;
      }
      if (good) continue;
      std::lock_guard const lock{mutex_};
      good_ = false;
      batches_.clear();
      changed_.notify_all();
      return;
    }
  }

  Take take_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<std::vector<Item>> batches_;
  std::vector<Item> batch_;
  std::exception_ptr wrong_;
  bool good_ = true, closed_ = false;
  std::thread taker_;
};

}  // namespace jawort
