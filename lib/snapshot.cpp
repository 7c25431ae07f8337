#include "snapshot.hpp"

#include <set>

namespace jawort {

// ------------------------------------------------------------------------------------------------------- asking

snapshot_asking::snapshot_asking(state_snapshot const& s, question const& q) : s_(s), q_(q), times_(q.at) {
  none_ = fold({}, *address::from_digits(491710000000U), {}, {&s.rules_->notices, &s.rules_->policies});
}

address_key snapshot_asking::key_of(state_snapshot const& s, address const& who) {
  if (who.kind() == address_kind::number) return static_cast<address_key>(who.digits());
  std::string const text{who.text()};
  for (auto const* const known : {&s.changed_->others, &s.base_->others})
    if (auto const at = known->find(text); at != known->end()) return at->second;
  return -1;
}

/// A few steps on from the last one where keys are dense, by halving where they are not.
std::optional<std::string_view> snapshot_asking::find(address_key key) {
  if (!s_.changed_->states.empty())
    if (auto const at = s_.changed_->states.find(key); at != s_.changed_->states.end()) return at->second;
  auto const& keys = s_.base_->keys;
  constexpr std::size_t near = 16;
  std::size_t const look = std::min(keys.size(), at_ + near);
  while (at_ < look && keys[at_] < key) ++at_;
  if (at_ == look && at_ < keys.size())
    at_ = static_cast<std::size_t>(std::lower_bound(keys.begin() + static_cast<std::ptrdiff_t>(at_), keys.end(), key) - keys.begin());
  if (at_ == keys.size() || keys[at_] != key) return std::nullopt;
  std::uint64_t const from = at_ == 0 ? 0 : s_.base_->ends[at_ - 1];
  return std::string_view{s_.base_->bytes}.substr(from, s_.base_->ends[at_] - from);
}

decision const* snapshot_asking::answer(address_key key, address const& who) {
  if (q_.as_recorded != instant::latest() || who.kind() == address_kind::customer || (s_.rules_->austrian_list && who.kind() == address_kind::mailbox)) return nullptr;
  q_.who = &who;
  q_.utc_offset_minutes = times_.utc_offset_minutes(who);
  q_.holiday = times_.is_holiday(who);
  auto const body = key < 0 ? std::nullopt : find(key);
  if (!body) {
    if (s_.erasures_) return nullptr;  // the ledger knows who was erased
    none_.addresses.front() = who;
    said_ = decide(q_, none_, s_.rules_->notices, s_.rules_->policies);
    return &said_;
  }
  if (!decode_state(*body, state_)) return nullptr;  // the ledger says what is wrong
  if (q_.at < state_.last.at) return nullptr;
  said_ = decide(q_, state_, s_.rules_->notices, s_.rules_->policies);
  return &said_;
}

std::optional<decision> state_snapshot::ask(question const& q) const {
  snapshot_asking one{*this, q};
  auto const* const d = one.answer(snapshot_asking::key_of(*this, *q.who), *q.who);
  return d == nullptr ? std::nullopt : std::optional{*d};
}

std::size_t state_snapshot::addresses() const { return base_->keys.size(); }

std::size_t state_snapshot::bytes() const {
  std::size_t n = base_->keys.capacity() * sizeof(address_key) + base_->ends.capacity() * sizeof(std::uint64_t) + base_->bytes.capacity();
  for (auto const* const known : {&base_->others, &changed_->others})
    for (auto const& [text, key] : *known) n += sizeof(key) + sizeof(text) + text.capacity() + 2 * sizeof(void*);
  for (auto const& [key, body] : changed_->states) n += sizeof(key) + sizeof(body) + body.capacity() + 2 * sizeof(void*);
  return n;
}

// ------------------------------------------------------------------------------------------------------ keeping

std::shared_ptr<state_snapshot const> snapshot_keeper::current() const {
  std::lock_guard const lock{mutex_};
  return now_;
}

result<> snapshot_keeper::refresh(ledger& book) {
  auto& i = ledger_parts::of(book);
  auto const before = current();
  auto fresh = std::make_shared<state_snapshot>();
  auto done = guarded([&]() -> result<> {
    i.db->snapshot([&] {
      i.refresh();
      if (i.alarm) raise({failure::refused, {"Hauptbuch ist älter als sein neuester Prüfpunkt", "ledger is behind its newest checkpoint"}, {"jawort verify", "jawort verify"}});
      auto const head = i.db->head();
      fresh->head_ = {i.origin, head.tree.size(), head.tree.root(i.hash)};
      fresh->next_seq_ = i.db->next_sequence();
      fresh->erasures_ = i.db->has_tombstones();
      if (before && before->rules_->sizes == i.seen_sizes) {
        fresh->rules_ = before->rules_;
      } else {
        state_snapshot::catalogue c{i.book, i.policies, i.austrian_list, i.seen_sizes};
        fresh->rules_ = std::make_shared<state_snapshot::catalogue const>(std::move(c));
      }
      // What has changed since, as long as that is little.
      std::optional<std::vector<address_key>> keys;
      if (before && before->head_.origin == i.origin && before->next_seq_ <= fresh->next_seq_) {
        std::size_t const most = 1000 + before->base_->keys.size() / 20;
        if (fresh->next_seq_ - before->next_seq_ <= most && before->changed_->states.size() <= most) keys = i.db->touched_since(before->next_seq_);
      }
      if (keys) {
        auto changed = std::make_shared<state_snapshot::since>(*before->changed_);
        std::set<address_key> all;
        for (address_key const k : *keys)
          if (auto const row = i.db->row_of(k))
            for (address_key const a : i.db->addresses_of(row->subject)) all.insert(a);
        auto const cursor = i.db->state_cursor();
        for (address_key const k : all) {
          if (stored_state s; cursor->seek(k, s)) changed->states[k] = s.body;
          if (k >= first_other_key) changed->others[std::string{i.db->address_of(k).text()}] = k;
        }
        fresh->base_ = before->base_;
        fresh->changed_ = std::move(changed);
        return;
      }
      auto base = std::make_shared<state_snapshot::whole>();
      i.db->scan_states([&](address_key key, instant, std::string_view body) {
        base->keys.push_back(key);
        base->bytes += body;
        base->ends.push_back(base->bytes.size());
        if (key >= first_other_key) base->others[std::string{i.db->address_of(key).text()}] = key;
      });
      base->keys.shrink_to_fit();
      base->ends.shrink_to_fit();
      base->bytes.shrink_to_fit();
      fresh->base_ = std::move(base);
      fresh->changed_ = std::make_shared<state_snapshot::since const>();
    });
    return nothing{};
  });
  if (!done) return done.error();
  std::lock_guard const lock{mutex_};
  now_ = std::move(fresh);
  return nothing{};
}

}  // namespace jawort
