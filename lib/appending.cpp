#include "appending.hpp"

#include <exception>
#include <set>
#include <thread>

namespace jawort {
namespace {

/// What an erasure keeps out: facts from before it, and rows of lists. What the person does afterwards counts.
bool kept_out(event const& e, std::vector<event> const& known) {
  if (e.kind == event_kind::erased) return false;
  return std::any_of(known.begin(), known.end(), [&](event const& k) {
    return k.kind == event_kind::erased && (e.kind == event_kind::imported || e.occurred_at <= k.occurred_at);
  });
}

/// The agency's own reference in an event's evidence.
std::optional<address> customer_reference(event const& e) {
  auto const reference = e.proof.get("customer");
  if (reference.empty() || e.who->kind() == address_kind::customer) return std::nullopt;
  auto who = address::parse(reference.starts_with("customer:") ? std::string{reference} : "customer:" + std::string{reference});
  if (!who) return std::nullopt;  // words in that field, no reference
  return *std::move(who);
}

bool links(event const& e) { return e.kind == event_kind::address_linked || e.kind == event_kind::address_changed; }

}  // namespace

append_report appending::take(std::vector<event>& piece) {
  append_report report;
  report.each.reserve(piece.size());
  report.sequences.reserve(piece.size());
  pending_.clear();
  pending_.reserve(piece.size());
  erasures_ = i_.db->has_tombstones();
  auto const kept = without_erased(piece);
  leave_behind(piece);
  look_ahead(piece, kept);
  for (std::size_t n = 0; n < piece.size(); ++n) {
    event& e = piece[n];
    if (!kept[n]) {
      report.each.push_back(appended::suppressed);
      report.sequences.push_back(0);
      continue;
    }
    known_subject& k = subject_of(*e.who);
    sequence seq = 0;
    appended became = appended::added;
    std::optional<address_key> joined;
    if (goes_on(e, k, joined)) seq = add(std::move(e), k, joined);
    else became = take_slowly(e, k, seq);
    report.each.push_back(became);
    report.sequences.push_back(seq);
  }
  write_rows();
  refold();
  if (known_.size() > most_waiting || index_.size() > most_indexed) {
    write_waiting();
    if (known_.size() > most_waiting) known_.clear();
  }
  return report;
}

void appending::finish() { write_waiting(); }

/// Which events no erasure keeps out; known before any row of an erased person would be made again.
std::vector<bool> appending::without_erased(std::vector<event> const& piece) {
  std::vector<bool> kept(piece.size(), true);
  for (std::size_t n = 0; n < piece.size(); ++n) {
    event const& e = piece[n];
    assert(e.who && !is_ledger_kind(e.kind));
    if (erasures_) kept[n] = !kept_out(e, i_.forgotten({&*e.who, 1})) && !(e.other && kept_out(e, i_.forgotten({&*e.other, 1})));
  }
  return kept;
}

/// Where all numbers of a piece stand behind those before, the events come in order of their addresses, and nobody who
/// waits is expected again.
void appending::leave_behind(std::vector<event> const& piece) {
  auto lowest = std::numeric_limits<address_key>::max();
  auto const reached = reached_;
  for (event const& e : piece)
    if (e.who->kind() == address_kind::number) {
      auto const key = static_cast<address_key>(e.who->digits());
      lowest = std::min(lowest, key);
      reached_ = std::max(reached_, key);
    }
  if (lowest <= reached || reached_ == reached || known_.size() < worth_writing) return;
  write_waiting();
  known_.clear();
  histories_.clear();
}

/// Rows and states of the numbers of a piece, in order of their keys.
void appending::look_ahead(std::vector<event> const& piece, std::vector<bool> const& kept) {
  std::vector<address_key> keys;
  for (std::size_t n = 0; n < piece.size(); ++n)
    if (event const& e = piece[n]; kept[n] && e.who->kind() == address_kind::number)
      if (auto const key = static_cast<address_key>(e.who->digits()); !known_.contains(key)) keys.push_back(key);
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
  std::vector<address_key> fresh;  // to the ledger; their rows wait as the states do
  auto const states = i_.db->state_cursor();
  for (address_key const key : keys) {
    auto const row = i_.db->row_of(key);
    if (!row) { fresh.push_back(key); continue; }
    known_subject& k = known_[key];
    k.row = *row;
    if (stored_state s; states->seek(key, s)) {
      k.body = s.body;
      k.horizon = s.horizon;
    }
  }
  if (fresh.empty()) return;
  std::vector<log::secret> secrets(fresh.size());
  if (auto r = crypto::fill_random({secrets.data()->data(), secrets.size() * sizeof(log::secret)}); !r) raise(r.error());
  for (std::size_t n = 0; n < fresh.size(); ++n) {
    known_subject& k = known_[fresh[n]];
    k.row = {fresh[n], fresh[n], secrets[n]};
    k.fresh = true;
  }
}

/// Writes the address's row at once, for those who will look for it.
void appending::ensure_row(known_subject& k) {
  if (!k.fresh) return;
  i_.db->add_number(k.row.key, k.row.secret);
  k.fresh = false;
}

appending::known_subject& appending::subject_of(address const& who) {
  if (who.kind() == address_kind::number) return known_.at(static_cast<address_key>(who.digits()));
  return known_as(i_.row_for(who));
}

/// The entry of an address that has a row, with its state.
appending::known_subject& appending::known_as(address_row const& row) {
  auto const [at, fresh] = known_.try_emplace(row.key);
  if (fresh) {
    at->second.row = row;
    auto const states = i_.db->state_cursor();  // the body lives as long as it
    if (stored_state s; states->seek(row.key, s)) {
      at->second.body = s.body;
      at->second.horizon = s.horizon;
    }
  }
  return at->second;
}

/// Whether an address of a link is a number that nobody has heard of: its line is empty then.
bool appending::newcomer(event const& e) {
  if (!e.other || e.other->kind() != address_kind::number || *e.other == *e.who || erasures_) return false;
  auto const key = static_cast<address_key>(e.other->digits());
  return !known_.contains(key) && !i_.db->row_of(key);
}

/// Whether the event cannot be a repetition and stands behind all that was folded of its person; the state goes on then.
/// `joined` is the address that it links, if it does.
bool appending::goes_on(event& e, known_subject& k, std::optional<address_key>& joined) {
  if (slow_.contains(k.row.key) || slow_.contains(k.row.subject) || e.kind == event_kind::imported) return false;
  for (auto const& [key, value] : e.proof.entries())
    if (key == "message_id" || key == "customer") return false;
  known_subject& person = k.row.subject == k.row.key ? k : known_as(*i_.db->row_of(k.row.subject));
  if (person.row.subject != person.row.key) return false;
  if (person.body.empty()) {
    if (&person != &k || (erasures_ && !i_.forgotten({&*e.who, 1}).empty())) return false;
    if (empty_.addresses.empty()) empty_ = fold({}, *e.who, {}, i_.folding_rules());
    empty_.addresses.front() = *e.who;
    state_ = empty_;
  } else if (!decode_state(person.body, state_)) {
    raise({failure::damaged, {"gespeicherter Stand unlesbar", "stored state cannot be read"}, {"`jawort verify` zeigt, welcher", "`jawort verify` shows which"}});
  }
  bool const erased = std::any_of(state_.marks.begin(), state_.marks.end(), [](stop_mark const& m) { return m.kind == event_kind::erased; });
  if (erased || !state_.index_of(*e.who) || (state_.addresses.size() == 1 && &person != &k)) return false;
  if (state_.events != 0 && (e.occurred_at <= state_.last.at || state_.next_pos != state_.events + 1)) return false;
  if ((e.other || links(e)) && !(links(e) && newcomer(e))) return false;
  if (e.other) joined = link_newcomer(*e.other, person);
  e.seq = head_.next() + pending_.size();
  apply_in_line(state_, e, std::max<fold_position>(1, state_.next_pos), i_.folding_rules());
  person.body = encode_state(state_);
  person.horizon = state_.last.at;
  person.dirty = true;
  person.shared = state_.addresses.size() > 1;
  return true;
}

/// An address that joins a person with its first event; `state_` is the person's.
address_key appending::link_newcomer(address const& who, known_subject& person) {
  log::secret secret{};
  if (auto r = crypto::fill_random(secret); !r) raise(r.error());
  ensure_row(person);
  address_row const row = i_.db->add(who, secret);
  i_.db->unite(row.subject, person.row.key);
  known_[row.key].row = {row.key, person.row.key, secret};
  state_ = join(std::move(state_), line_of_one(who));
  return row.key;
}

/// All events of an address, those that wait to be written among them; kept for the pieces to come.
std::vector<event>& appending::history_of(address_key key) {
  auto const [at, fresh] = histories_.try_emplace(key);
  if (fresh) {
    at->second = i_.db->events_of(key);
    for (std::size_t from = 0; std::size_t const end : runs_) {  // those whose index entries wait
      auto const to = index_.begin() + static_cast<std::ptrdiff_t>(end);
      for (auto e = std::lower_bound(index_.begin() + static_cast<std::ptrdiff_t>(from), to, indexed_event{key, 0}); e != to && e->who == key; ++e)
        at->second.push_back(i_.db->entry(e->seq)->e);
      from = end;
    }
    std::vector<event> waiting;
    auto const known = known_.find(key);
    for (auto p = known == known_.end() ? none : known->second.pending; p != none; p = pending_[static_cast<std::size_t>(p)].before)
      waiting.push_back(pending_[static_cast<std::size_t>(p)].s.e);
    at->second.insert(at->second.end(), waiting.rbegin(), waiting.rend());
  }
  return at->second;
}

appended appending::take_slowly(event& e, known_subject& k, sequence& seq) {
  ensure_row(k);
  if (e.other && e.other->kind() == address_kind::number)
    if (auto const at = known_.find(static_cast<address_key>(e.other->digits())); at != known_.end()) ensure_row(at->second);
  auto const& before = history_of(k.row.key);
  if (std::any_of(before.begin(), before.end(), [&](event const& b) { return repeats(e, b); })) return appended::duplicate;
  if (kept_out(e, before)) return appended::suppressed;
  address_row const row = *i_.db->row_of(k.row.key);  // a link of this piece may have changed whose it is
  slow_.insert({row.key, row.subject, k.row.subject});
  std::optional<address_key> other;
  if (e.other) {
    address_row const second = i_.row_for(*e.other);
    other = second.key;
    if (links(e) && second.subject != row.subject) unite(second, row);
  }
  dirty_.insert(row.subject);
  event const kept = e;
  seq = add(std::move(e), k, other);
  link_customer(kept);
  return appended::added;
}

void appending::unite(address_row const& from, address_row const& into) {
  for (address_key const key : {from.key, from.subject, into.key, into.subject}) slow_.insert(key);
  i_.db->unite(from.subject, into.subject);
}

/// The agency's own reference beside an address links the two, so that the person is found by it.
void appending::link_customer(event const& e) {
  auto const who = customer_reference(e);
  if (!who) return;
  address_row const row = i_.row_for(*e.who), second = i_.row_for(*who);
  if (row.subject == second.subject) return;
  event link;
  link.kind = event_kind::address_linked;
  link.occurred_at = e.occurred_at;
  link.who = e.who;
  link.other = *who;
  link.source = e.source;
  link.operator_name = e.operator_name;
  unite(second, row);
  add(std::move(link), subject_of(*e.who), second.key);
}

sequence appending::add(event&& e, known_subject& k, std::optional<address_key> other) {
  pending_event& p = pending_.emplace_back();
  p.s.e = std::move(e);
  p.s.e.seq = head_.next() + pending_.size() - 1;
  p.s.e.recorded_at = std::max(now_, head_.last_recorded);
  head_.last_recorded = p.s.e.recorded_at;
  p.s.purpose_code = p.s.e.about ? i_.code_of(*p.s.e.about) : std::uint16_t{0};
  p.who = k.row.key;
  p.other = other;
  p.secret = k.row.secret;
  p.before = k.pending;
  k.pending = static_cast<std::int32_t>(pending_.size() - 1);
  if (auto const at = histories_.find(k.row.key); at != histories_.end()) at->second.push_back(p.s.e);
  return p.s.e.seq;
}

void appending::hash_pending(crypto::sha256& leaf_hash, std::atomic<std::size_t>& ready, std::atomic<bool> const& stop) {
  for (std::size_t k = 0; k < pending_.size() && !stop.load(std::memory_order_relaxed); ++k) {
    pending_event& p = pending_[k];
    p.s.leaf = i_.leaf_of(p.s.e, p.s.purpose_code, p.secret, p.nonce);
    p.hashed = log::leaf_hash(leaf_hash, p.s.leaf);
    ready.store(k + 1, std::memory_order_release);
    if (k % 64 == 0) ready.notify_one();
  }
}

/// Rows are written while the second thread is some leaves ahead.
void appending::write_rows() {
  std::vector<std::uint8_t> random(pending_.size() * sizeof(log::nonce));
  if (auto r = crypto::fill_random(random); !r) raise(r.error());
  for (std::size_t k = 0; k < pending_.size(); ++k) std::memcpy(pending_[k].nonce.data(), random.data() + k * sizeof(log::nonce), sizeof(log::nonce));
  std::atomic<std::size_t> ready{0};
  std::atomic<bool> stop{false};
  std::exception_ptr wrong;
  stored_head grown = head_;
  auto const hash_all = [&]() noexcept {
    try {
      crypto::sha256 leaf_hash;
      hash_pending(leaf_hash, ready, stop);
    } catch (...) {
      wrong = std::current_exception();
      ready.store(pending_.size(), std::memory_order_release);
    }
    ready.notify_one();
  };
  std::thread second;
  if (pending_.size() >= worth_a_thread) second = std::thread{hash_all};
  else hash_all();
  try {
    for (std::size_t k = 0; k < pending_.size(); ++k) {
      for (std::size_t r = ready.load(std::memory_order_acquire); r <= k; r = ready.load(std::memory_order_acquire)) ready.wait(r, std::memory_order_acquire);
      i_.db->append(pending_[k].s, pending_[k].who, pending_[k].other);
      i_.grow(grown, pending_[k].hashed);
    }
  } catch (...) {
    stop = true;
    if (second.joinable()) second.join();
    throw;
  }
  if (second.joinable()) second.join();
  if (wrong) std::rethrow_exception(wrong);  // what was written with it is rolled back
  head_ = grown;
  for (pending_event const& p : pending_) index_.push_back({p.who, p.s.e.seq});
  std::sort(index_.begin() + static_cast<std::ptrdiff_t>(runs_.empty() ? 0 : runs_.back()), index_.end());
  runs_.push_back(index_.size());
  for (pending_event const& p : pending_)
    if (auto const at = known_.find(p.who); at != known_.end()) at->second.pending = none;
  pending_.clear();
}

/// The state of a subject, folded from its kept histories.
subject_state appending::fold_anew(address_key subject, std::vector<address_key> const& addresses) {
  address const who = i_.db->address_of(subject);
  if (addresses.size() == 1 && !erasures_) return fold(history_of(subject), who, {}, i_.folding_rules());
  std::vector<event> all;
  std::vector<address> names;
  for (address_key const a : addresses) {
    auto const& more = history_of(a);
    all.insert(all.end(), more.begin(), more.end());
    if (erasures_) names.push_back(i_.db->address_of(a));
  }
  return fold(i_.in_order(std::move(all), names), who, {}, i_.folding_rules());
}

void appending::refold() {
  // A subject may have been united with another after it got dirty.
  std::set<address_key> subjects;
  for (address_key const k : dirty_) subjects.insert(i_.db->row_of(k)->subject);
  for (address_key const k : slow_) known_.erase(k);
  for (address_key const k : subjects) {
    auto const addresses = i_.db->addresses_of(k);
    auto const state = fold_anew(k, addresses);
    auto const body = encode_state(state);
    for (address_key const a : addresses) {
      known_.erase(a);
      i_.db->put_state(a, state.last.at, body);
    }
  }
  dirty_.clear();
  slow_.clear();
  std::size_t kept = 0;
  for (auto const& [key, events] : histories_) kept += events.size();
  if (kept > most_kept) histories_.clear();
}

/// Rows of new addresses, states, and the index, each in order of the keys.
void appending::write_waiting() {
  std::vector<std::pair<address_key, known_subject*>> waiting;
  for (auto& [key, k] : known_)
    if (k.fresh || k.dirty) waiting.emplace_back(key, &k);
  std::sort(waiting.begin(), waiting.end());
  for (auto const& [key, k] : waiting) ensure_row(*k);
  for (auto const& [key, k] : waiting) {
    if (!k->dirty) continue;
    auto const addresses = k->shared ? i_.db->addresses_of(key) : std::vector<address_key>{key};
    for (address_key const a : addresses) i_.db->put_state(a, k->horizon, k->body);
    k->dirty = false;
  }
  std::sort(index_.begin(), index_.end());
  i_.db->index(index_);
  index_.clear();
  runs_.clear();
}

}  // namespace jawort
