#include "people.hpp"

#include <algorithm>

#include "jawort/ledger/json.hpp"

namespace jawort {
namespace {
// The columns of one event, in the order in which `read` takes them.
std::string columns(std::string const& evidence_kinds) {
  return "e.seq, kind, channel, purpose, via, notice, occurred_at, recorded_at, other, source, operator, o.address, "
         "CASE WHEN kind IN (" + evidence_kinds + ") THEN evidence END FROM event_of AS o CROSS JOIN event AS e ON e.seq = o.seq ";
}
std::string_view text_of(sqlite3_stmt* q, int column) {
  auto const* const text = sqlite3_column_text(q, column);
  return text == nullptr ? std::string_view{} : std::string_view{reinterpret_cast<char const*>(text), static_cast<std::size_t>(sqlite3_column_bytes(q, column))};
}
bool is_null(sqlite3_stmt* q, int column) { return sqlite3_column_type(q, column) == SQLITE_NULL; }
}  // namespace

people_scan::people_scan(sqlite3* db, std::vector<purpose> const& purposes, std::function<bool(event_kind)> const& with_evidence)
    : db_(db), purposes_(purposes) {
  // A person's rows lie apart: read in place instead of copying a page for each. Nothing is lost where it is not to be had.
  sqlite3_exec(db_, "PRAGMA mmap_size=2147418112", nullptr, nullptr, nullptr);
  for (auto const& k : event_kinds)
    if (with_evidence(k.kind)) evidence_kinds_ += (evidence_kinds_.empty() ? "" : ",") + std::to_string(static_cast<int>(k.kind));
  walk_ = prepare("SELECT " + columns(evidence_kinds_) + "ORDER BY o.address, o.seq");
  of_address_ = prepare("SELECT " + columns(evidence_kinds_) + "WHERE o.address = ? ORDER BY o.seq");
  belongs_.q = prepare("SELECT key, subject FROM address WHERE subject <> key ORDER BY key");
  has_.q = prepare("SELECT subject, key FROM address INDEXED BY address_subject WHERE subject <> key ORDER BY subject, key");
  text_ = prepare("SELECT text FROM address WHERE key = ?");
  label_ = prepare("SELECT text FROM label WHERE id = ?");
}

people_scan::~people_scan() {
  for (auto* q : {&walk_, &of_address_, &belongs_.q, &has_.q, &text_, &label_}) q->reset();
  sqlite3_exec(db_, "PRAGMA mmap_size=0", nullptr, nullptr, nullptr);
}

people_scan::statement people_scan::prepare(std::string const& sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db_, sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) failed_ = true;
  return {raw, sqlite3_finalize};
}

void people_scan::advance(cursor& c) {
  int const step = sqlite3_step(c.q.get());
  c.there = step == SQLITE_ROW;
  if (!c.there && step != SQLITE_DONE) failed_ = true;
  if (!c.there) return;
  c.first = sqlite3_column_int64(c.q.get(), 0);
  c.second = sqlite3_column_int64(c.q.get(), 1);
}

bool people_scan::run(std::function<bool(std::span<event const>)> const& each) {
  if (failed_) return false;
  advance(belongs_);
  advance(has_);
  int step = sqlite3_step(walk_.get());
  while (!failed_ && (step == SQLITE_ROW || has_.there)) {
    bool const rows = step == SQLITE_ROW;
    address_key const key = rows ? sqlite3_column_int64(walk_.get(), 11) : 0;
    if (has_.there && (!rows || has_.first < key)) {  // a subject whose own address has no events
      used_ = 0;
      if (!add_linked(has_.first) || !give(each)) break;
      continue;
    }
    while (belongs_.there && belongs_.first < key) advance(belongs_);
    bool const of_another = belongs_.there && belongs_.first == key;
    used_ = 0;
    auto const who = of_another ? std::nullopt : address_of(key);
    if (!of_another && !who) break;
    for (; step == SQLITE_ROW && sqlite3_column_int64(walk_.get(), 11) == key; step = sqlite3_step(walk_.get()))
      if (!of_another && !read(walk_.get(), *who)) return !failed_;
    if (of_another) continue;
    if (has_.there && has_.first == key && !add_linked(key)) break;
    if (!give(each)) break;
  }
  if (step != SQLITE_ROW && step != SQLITE_DONE) failed_ = true;
  return !failed_;
}

/// The events of the other addresses of a subject, and the cursor past them.
bool people_scan::add_linked(address_key subject) {
  std::vector<address_key> keys;
  for (; has_.there && has_.first == subject; advance(has_)) keys.push_back(has_.second);
  for (address_key const key : keys) {
    auto const who = address_of(key);
    if (!who) return false;
    auto* const q = of_address_.get();
    sqlite3_reset(q);
    sqlite3_bind_int64(q, 1, key);
    int step = sqlite3_step(q);
    for (; step == SQLITE_ROW; step = sqlite3_step(q))
      if (!read(q, *who)) return false;
    sqlite3_reset(q);
    if (step != SQLITE_DONE) { failed_ = true; return false; }
  }
  return true;
}

bool people_scan::give(std::function<bool(std::span<event const>)> const& each) {
  return used_ == 0 || each({person_.data(), used_});
}

bool people_scan::read(sqlite3_stmt* row, address const& who) {
  if (used_ == person_.size()) person_.emplace_back();
  event& e = person_[used_++];
  auto const kind = event_kind_of(sqlite3_column_int(row, 1));
  if (!kind) return damaged("event.kind");
  e.seq = static_cast<sequence>(sqlite3_column_int64(row, 0));
  e.kind = *kind;
  e.who = who;
  e.on.reset();
  if (!is_null(row, 2)) {
    e.on = static_cast<channel>(sqlite3_column_int(row, 2));
    if (name(*e.on).empty()) return damaged("event.channel");
  }
  auto const code = static_cast<std::size_t>(sqlite3_column_int(row, 3));
  if (code > purposes_.size()) return damaged("event.purpose");
  if (code == 0) e.about.reset(); else e.about = purposes_[code - 1];
  e.via = text_of(row, 4);
  e.notice = static_cast<notice_number>(sqlite3_column_int64(row, 5));
  e.occurred_at = instant::clamped(sqlite3_column_int64(row, 6));
  e.recorded_at = instant::clamped(sqlite3_column_int64(row, 7));
  e.other.reset();
  if (!is_null(row, 8)) {
    e.other = address_of(sqlite3_column_int64(row, 8));
    if (!e.other) return false;
  }
  auto const named = [&](int column, std::string& to) {
    to.clear();
    if (is_null(row, column)) return true;
    auto const* const text = label(sqlite3_column_int64(row, column));
    if (text == nullptr) return damaged("label");
    to = *text;
    return true;
  };
  return named(9, e.source) && named(10, e.operator_name) && read_evidence(row, e);
}

bool people_scan::read_evidence(sqlite3_stmt* row, event& e) {
  e.proof = {};
  if (is_null(row, 12)) return true;
  auto proof = parse_evidence(std::string{text_of(row, 12)});
  if (!proof) return damaged("event.evidence");
  e.proof = *std::move(proof);
  return true;
}

std::optional<address> people_scan::address_of(address_key key) {
  if (key < first_other_key) {
    auto a = address::from_digits(static_cast<std::uint64_t>(key));
    if (a) return *a;
  } else {
    auto* const q = text_.get();
    sqlite3_reset(q);
    sqlite3_bind_int64(q, 1, key);
    auto a = sqlite3_step(q) == SQLITE_ROW ? address::parse(text_of(q, 0)) : address::parse("");
    sqlite3_reset(q);
    if (a) return *a;
  }
  damaged("address.text");
  return std::nullopt;
}

std::string const* people_scan::label(std::int64_t id) {
  if (auto const at = labels_.find(id); at != labels_.end()) return &at->second;
  auto* const q = label_.get();
  sqlite3_reset(q);
  sqlite3_bind_int64(q, 1, id);
  if (sqlite3_step(q) != SQLITE_ROW) return nullptr;
  auto const* const text = &(labels_[id] = text_of(q, 0));
  sqlite3_reset(q);
  return text;
}

}  // namespace jawort
