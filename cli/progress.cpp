#include "progress.hpp"

#include <fmt/format.h>

#include <csignal>
#include <iostream>

#include "terminal.hpp"

namespace jawort::cli {
namespace {
std::atomic<bool> stop_wished{false};
static_assert(std::atomic<bool>::is_always_lock_free);  // or a signal handler must not touch it

extern "C" void on_interrupt(int) {
  stop_wished.store(true, std::memory_order_relaxed);
  std::signal(SIGINT, SIG_DFL);  // whoever insists is not kept waiting
}

std::string short_number(double n) {
  if (n >= 1e9) return fmt::format("{:.1f} G", n / 1e9);
  if (n >= 1e6) return fmt::format("{:.1f} M", n / 1e6);
  if (n >= 1e4) return fmt::format("{:.0f} k", n / 1e3);
  return fmt::format("{:.0f}", n);
}
}  // namespace

std::string time_left(std::uint64_t done, std::uint64_t all, double seconds) {
  if (done == 0 || all <= done) return {};
  auto const left = static_cast<long>(seconds * static_cast<double>(all - done) / static_cast<double>(done) + 0.5);
  return left < 60 ? fmt::format("{} s", left) : fmt::format("{} min {} s", left / 60, left % 60);
}

progress::progress(context const& c, bilingual what, bilingual unit) : c_(c), what_(std::move(what)), unit_(std::move(unit)), on_(!c.global.quiet && is_terminal(2)) {
  stop_wished = false;
  std::signal(SIGINT, on_interrupt);
}

progress::~progress() {
  std::signal(SIGINT, SIG_DFL);
  if (shown_) std::cerr << "\r\x1b[K" << std::flush;
}

job_watch progress::watch() {
  job_watch w;
  w.stop = &stop_wished;
  if (on_) w.progress = [this](job_progress p) { show(p); };
  return w;
}

void progress::show(job_progress p) {
  using namespace std::chrono_literals;
  auto const now = std::chrono::steady_clock::now();
  if (now - begun_ < 300ms || now - last_ < 200ms) return;  // a short job needs no line
  last_ = now;
  shown_ = true;
  double const seconds = std::chrono::duration<double>(now - begun_).count();
  std::string line = fmt::format("\r\x1b[K{}: ", c_.say(what_));
  if (p.all != 0) line += fmt::format("{} % · ", p.done * 100 / p.all);
  line += fmt::format("{} {} · {} {}/s", short_number(static_cast<double>(p.done)), c_.say(unit_), short_number(static_cast<double>(p.done) / seconds), c_.say(unit_));
  if (auto const left = time_left(p.done, p.all, seconds); !left.empty()) line += " · " + c_.say("noch ", "left: ") + left;
  std::cerr << line << std::flush;
}

}  // namespace jawort::cli
