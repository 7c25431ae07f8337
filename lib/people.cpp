#include "people.hpp"

#include <algorithm>
#include <filesystem>

#include "two_threads.hpp"

namespace jawort {
namespace {
constexpr std::uint64_t worth_a_thread = 20000, worth_parts = 1U << 20;
constexpr std::size_t most_parts = 512, fewest_parts = 16, sampled_a_part = 32;
constexpr std::uint64_t between_looks = 4096;

std::uint64_t mixed(address_key k) { return static_cast<std::uint64_t>(k) * 0x9e3779b97f4a7c15U; }
}  // namespace

linked_addresses::linked_addresses(store& db) {
  db.scan_linked([&](address_key key, address_key subject) { by_subject_.push_back({subject, key}); });
  index();
}

void linked_addresses::index() {
  by_key_ = by_subject_;
  std::sort(by_subject_.begin(), by_subject_.end());
  std::sort(by_key_.begin(), by_key_.end(), [](link const& a, link const& b) { return a.key < b.key; });
  std::size_t words = 1;
  while (words * 64 < by_key_.size() * 8) words *= 2;
  bits_.resize(words);
  for (link const& l : by_key_) bits_[bit_of(l.key) / 64] |= std::uint64_t{1} << bit_of(l.key) % 64;
}

std::size_t linked_addresses::bit_of(address_key k) const { return (mixed(k) >> 20) & (bits_.size() * 64 - 1); }

address_key linked_addresses::subject_of(address_key k) const {
  auto const bit = bit_of(k);
  if ((bits_[bit / 64] >> bit % 64 & 1) == 0) return k;
  auto const at = std::lower_bound(by_key_.begin(), by_key_.end(), k, [](link const& l, address_key x) { return l.key < x; });
  return at != by_key_.end() && at->key == k ? at->subject : k;
}

std::span<linked_addresses::link const> linked_addresses::between(std::optional<address_key> from, std::optional<address_key> to) const {
  auto const less = [](link const& l, address_key x) { return l.subject < x; };
  auto const begin = from ? std::lower_bound(by_subject_.begin(), by_subject_.end(), *from, less) : by_subject_.begin();
  auto const end = to ? std::lower_bound(begin, by_subject_.end(), *to, less) : by_subject_.end();
  return {begin, end};
}

std::unique_ptr<spill> spill_for(ledger_parts::impl& i, std::uint64_t bytes, unsigned writers) {
  std::size_t parts = 1;
  if (bytes > worth_parts || (bytes > 0 && i.spilling.part < worth_parts))
    parts = std::clamp<std::size_t>(static_cast<std::size_t>(bytes / i.spilling.part) + 1, fewest_parts, most_parts);
  std::vector<spill::key> bounds;
  if (parts > 1) bounds = bounds_of(i.db->sample_addresses(parts * sampled_a_part), parts);
  return std::make_unique<spill>(spill_folder(i), std::move(bounds), writers, i.spilling);
}

std::string spill_folder(ledger_parts::impl& i) {
  auto folder = std::filesystem::path{i.path}.parent_path().string();
  return folder.empty() ? "." : folder;
}

unsigned threads_for(ledger_parts::impl& i, job_watch const& watch) {
  if (watch.threads != 0) return std::min(watch.threads, 2U);
  return std::thread::hardware_concurrency() > 1 && i.db->next_sequence() >= worth_a_thread ? 2 : 1;
}

void look_ahead(std::vector<spill::record> const& records, std::size_t at) {
  constexpr std::size_t ahead = 6;
  if (at + ahead < records.size()) __builtin_prefetch(records[at + ahead].bytes.data());
}

std::span<spill::record const> person_at(std::vector<spill::record> const& records, std::size_t from) {
  std::size_t to = from + 1;
  while (to < records.size() && records[to].k == records[from].k) ++to;
  return {records.data() + from, to - from};
}

people_walk::people_walk(ledger_parts::impl& i, std::function<bool(event_kind)> const& with_evidence, job_watch const& watch)
    : i_(i), watch_(watch), head_(i.db->head()), labels_(i.db->labels()), linked_(*i.db), threads_(threads_for(i, watch)) {
  for (auto const& k : event_kinds) wish_.evidence[static_cast<std::uint8_t>(k.kind)] = with_evidence(k.kind);
}

std::uint64_t people_walk::run(std::function<void(unsigned, std::span<event const>)> const& each, std::function<void(unsigned, std::size_t)> const& done) {
  constexpr std::uint64_t bytes_a_record = 90;
  auto const spilled = spill_for(i_, head_.next() * bytes_a_record, threads_);
  spill& s = *spilled;
  do {
    fill(s);
    next_part_ = s.first();
    on_threads(threads_, [&](unsigned k) {
      try {
        judge(s, k, each, done);
      } catch (...) {
        give_up_ = true;
        throw;
      }
    });
  } while (s.again());
  watch_.show(head_.next(), head_.next());  // the other thread may have done the last part
  return judged_;
}

/// Both threads read a half where both see the same ledger.
void people_walk::fill(spill& s) {
  if (threads_ == 1) return read(*i_.db, s, every_row_from, every_row_to, true);
  auto const half = static_cast<std::int64_t>(i_.db->next_sequence() / 2);
  bool beside = false;
  on_threads(2, [&](unsigned k) {
    try {
      if (k == 0) read(*i_.db, s, every_row_from, half, true);
      else beside = fill_beside(s, half, every_row_to);
    } catch (...) {
      give_up_ = true;
      throw;
    }
  });
  if (!beside) read(*i_.db, s, half, every_row_to, true);
}

bool people_walk::fill_beside(spill& s, std::int64_t from, std::int64_t to) {
  bool same = false;
  try {
    auto const db = open_sqlite_store(i_.path);
    db->snapshot([&] {
      auto const head = db->head();
      same = head.tree == head_.tree && head.first_seq == head_.first_seq && head.restores == head_.restores;
      if (same) read(*db, s, from, to, false);
    });
  } catch (store_error const&) {
    if (same) throw;  // else the first thread does all
  }
  return same;
}

void people_walk::read(store& db, spill& s, std::int64_t from, std::int64_t to, bool here) {
  spill::writer out{s};
  std::string record;
  std::uint64_t n = 0;
  db.scan_rows(from, to, wish_, [&](stored_row const& row) {
    if (++n % between_looks == 0) {
      read_ += between_looks;
      look(here);
    }
    if (!row.who) return true;
    if (!row.plain) damaged_row(db, row.seq);
    record.clear();
    write_record(record, row);
    out.put(linked_.subject_of(*row.who), static_cast<std::uint64_t>(row.seq), record);
    return true;
  });
  out.end();
  read_ += n % between_looks;
}

/// Reading and judging are about a half each.
void people_walk::look(bool here) {
  if (watch_.stopped() || give_up_) raise(interrupted_error());
  if (here) watch_.show(std::min<std::uint64_t>((read_ + judged_) / 2, head_.next()), head_.next());
}

void people_walk::judge(spill& s, unsigned thread, std::function<void(unsigned, std::span<event const>)> const& each, std::function<void(unsigned, std::size_t)> const& done) {
  event_maker maker{i_.purposes, labels_, [&](address_key k) {
                      std::lock_guard const lock{mutex_};
                      return i_.db->address_of(k);
                    }};
  std::vector<event> events;
  for (std::size_t p; (p = next_part_++) < s.end();) {
    auto const part = s.take(p);
    auto const& records = part.records();
    for (std::size_t at = 0; at < records.size();) {
      auto const person = person_at(records, at);
      if (events.size() < person.size()) events.resize(person.size());
      for (std::size_t k = 0; k < person.size(); ++k) {
        look_ahead(records, at + k);
        auto const row = read_record(person[k].bytes);
        if (maker.make(row, events[k])) continue;
        std::lock_guard const lock{mutex_};
        damaged_row(*i_.db, row.seq);
      }
      each(thread, {events.data(), person.size()});
      at += person.size();
      judged_ += person.size();
      if (at % 256 < person.size()) look(thread == 0);
    }
    done(thread, p);
  }
}

/// Says what is wrong with a row, in the words of whoever reads it for itself.
void people_walk::damaged_row(store& db, std::int64_t seq) {
  auto const row = db.row_at(seq);
  auto const where = "#" + std::to_string(seq);
  raise({failure::damaged, row.row ? bilingual{"Eintrag unlesbar: " + where, "the entry cannot be read: " + where} : row.flaw,
         {"`jawort verify` zeigt, was betroffen ist; sonst aus der Sicherung wiederherstellen", "`jawort verify` shows what is affected; else restore from backup"}});
}

}  // namespace jawort
