#include "jawort/ledger/sending.hpp"

#include <array>
#include <mutex>
#include <set>
#include <shared_mutex>

namespace jawort {

/// Ledger handles that threads take and give back, and a lock for each part of the people: senders share it while a message
/// leaves, an append takes it alone.
struct send_gate::impl {
  static constexpr std::size_t parts = 256;

  std::string path;
  question plan;
  std::mutex handles_lock;
  std::vector<std::unique_ptr<ledger>> idle;
  std::array<std::shared_mutex, parts> locks;

  [[nodiscard]] static std::size_t part_of(address const& a) { return std::hash<std::string_view>{}(a.text()) % parts; }

  [[nodiscard]] result<std::unique_ptr<ledger>> take() {
    {
      std::lock_guard const hold{handles_lock};
      if (!idle.empty()) {
        auto one = std::move(idle.back());
        idle.pop_back();
        return one;
      }
    }
    auto opened = ledger::open(path);
    if (!opened) return opened.error();
    return std::make_unique<ledger>(*std::move(opened));
  }
  void give_back(std::unique_ptr<ledger> one) {
    std::lock_guard const hold{handles_lock};
    idle.push_back(std::move(one));
  }

  [[nodiscard]] result<decision> ask(address const& who, instant now) {
    auto book = take();
    if (!book) return book.error();
    question q = plan;
    q.who = &who;
    q.at = now;
    auto d = (*book)->ask(q);
    give_back(*std::move(book));
    return d;
  }
};

send_gate::send_gate(std::unique_ptr<impl> i) : impl_(std::move(i)) {}
send_gate::send_gate(send_gate&&) noexcept = default;
send_gate& send_gate::operator=(send_gate&&) noexcept = default;
send_gate::~send_gate() = default;

result<send_gate> send_gate::open(std::string const& path, question const& plan) {
  auto i = std::make_unique<impl>();
  i->path = path;
  i->plan = plan;
  auto first = i->take();
  if (!first) return first.error();
  i->give_back(*std::move(first));
  return send_gate{std::move(i)};
}

result<decision> send_gate::may_send(address const& who, instant now) { return impl_->ask(who, now); }

result<send_answer> send_gate::send(address const& who, instant now, std::function<void()> const& message) {
  std::shared_lock const leaving{impl_->locks[impl::part_of(who)]};
  auto d = impl_->ask(who, now);
  if (!d) return d.error();
  send_answer out{*std::move(d), false};
  if (out.said.may_send()) {
    message();
    out.sent = true;
  }
  return out;
}

result<append_report> send_gate::append(std::vector<event> events, instant now) {
  auto book = impl_->take();
  if (!book) return book.error();
  // Every address of the people concerned: a stop on one is a stop on all that are linked with it.
  std::set<std::size_t> parts;
  for (event const& e : events) {
    if (!e.who) continue;
    parts.insert(impl::part_of(*e.who));
    if (e.other) parts.insert(impl::part_of(*e.other));
    auto known = (*book)->addresses_of(*e.who);
    if (!known) return known.error();
    for (address const& a : *known) parts.insert(impl::part_of(a));
  }
  std::vector<std::unique_lock<std::shared_mutex>> alone;
  for (std::size_t const p : parts) alone.emplace_back(impl_->locks[p]);  // in order, so that two appends never wait for each other
  auto report = (*book)->append(std::move(events), now);
  alone.clear();
  impl_->give_back(*std::move(book));
  return report;
}

}  // namespace jawort
