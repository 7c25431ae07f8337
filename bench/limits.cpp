// What the machine and SQLite can do at best, beside what the ledger does.
//
//   bench_limits insert LEDGER NEW    bare inserts of the ledger's event rows and their index, in the order of events, in one transaction: seconds
//   bench_limits scan LEDGER          stepping over every event row and column, half the rows on each core: seconds
//   bench_limits second LEDGER LIST OUT AT   a second check in one process through the snapshot, verdicts written: seconds,
//                                     then bytes of the snapshot an address
//   bench_limits durable LEDGER       one event at a time against pwrite + fdatasync of 4 KiB in the same folder: milliseconds
#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "jawort/ledger/snapshot.hpp"
#include "jawort/ledger/zone.hpp"

namespace {
using clock_type = std::chrono::steady_clock;
double since(clock_type::time_point from) { return std::chrono::duration<double>(clock_type::now() - from).count(); }

struct database {
  sqlite3* db = nullptr;
  explicit database(std::string const& path, int flags = SQLITE_OPEN_READWRITE) {
    if (sqlite3_open_v2(path.c_str(), &db, flags, nullptr) != SQLITE_OK) std::puts(sqlite3_errmsg(db)), std::exit(1);
  }
  ~database() { sqlite3_close(db); }
  void run(std::string const& sql) const {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) std::puts(sqlite3_errmsg(db)), std::exit(1);
  }
  [[nodiscard]] sqlite3_stmt* prepare(std::string const& sql) const {
    sqlite3_stmt* s = nullptr;
    if (sqlite3_prepare_v2(db, sql.c_str(), -1, &s, nullptr) != SQLITE_OK) std::puts(sqlite3_errmsg(db)), std::exit(1);
    return s;
  }
};

std::string ddl(database const& from) {
  auto* const q = from.prepare("SELECT sql FROM sqlite_master WHERE tbl_name IN ('event', 'event_of') AND sql IS NOT NULL ORDER BY type DESC");
  std::string out;
  while (sqlite3_step(q) == SQLITE_ROW) out += std::string{reinterpret_cast<char const*>(sqlite3_column_text(q, 0))} + ";";
  sqlite3_finalize(q);
  return out;
}

int insert(std::string const& ledger, std::string const& fresh) {
  database const from{ledger}, to{fresh, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
  to.run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16000;" + ddl(from));
  auto* const read = from.prepare("SELECT * FROM event ORDER BY seq");
  int const columns = sqlite3_column_count(read);
  std::string marks = "?";
  for (int i = 1; i < columns; ++i) marks += ",?";
  auto* const put = to.prepare("INSERT INTO event VALUES(" + marks + ")");
  auto* const index = to.prepare("INSERT INTO event_of SELECT ?1, ?2 WHERE ?1 IS NOT NULL");
  std::vector<sqlite3_value*> held;
  double seconds = 0;
  to.run("BEGIN");
  for (bool more = true; more;) {
    held.clear();
    for (int n = 0; n < 20000 && more; ++n) {
      more = sqlite3_step(read) == SQLITE_ROW;
      for (int i = 0; more && i < columns; ++i) held.push_back(sqlite3_value_dup(sqlite3_column_value(read, i)));
    }
    auto const begin = clock_type::now();
    for (std::size_t at = 0; at < held.size(); at += static_cast<std::size_t>(columns)) {
      for (int i = 0; i < columns; ++i) sqlite3_bind_value(put, i + 1, held[at + static_cast<std::size_t>(i)]);
      sqlite3_step(put);
      sqlite3_reset(put);
      sqlite3_bind_value(index, 1, held[at + 2]);
      sqlite3_bind_value(index, 2, held[at]);
      sqlite3_step(index);
      sqlite3_reset(index);
    }
    seconds += since(begin);
    for (auto* const v : held) sqlite3_value_free(v);
  }
  auto const begin = clock_type::now();
  to.run("COMMIT");
  seconds += since(begin);
  sqlite3_finalize(read);
  sqlite3_finalize(put);
  sqlite3_finalize(index);
  std::printf("%.4f\n", seconds);
  return 0;
}

std::uint64_t scan_part(std::string const& ledger, std::int64_t from, std::int64_t to) {
  database const db{ledger};
  auto* const q = db.prepare("SELECT * FROM event NOT INDEXED WHERE seq >= " + std::to_string(from) + " AND seq < " + std::to_string(to) + " ORDER BY seq");
  int const columns = sqlite3_column_count(q);
  std::uint64_t bytes = 0;
  while (sqlite3_step(q) == SQLITE_ROW)
    for (int i = 0; i < columns; ++i) {
      if (sqlite3_column_type(q, i) == SQLITE_INTEGER) bytes += static_cast<std::uint64_t>(sqlite3_column_int64(q, i)) & 1U;
      else bytes += (sqlite3_column_blob(q, i), static_cast<std::uint64_t>(sqlite3_column_bytes(q, i)));
    }
  sqlite3_finalize(q);
  return bytes;
}

int scan(std::string const& ledger) {
  database const db{ledger};
  auto* const q = db.prepare("SELECT max(seq) + 1 FROM event");
  sqlite3_step(q);
  std::int64_t const size = sqlite3_column_int64(q, 0);
  sqlite3_finalize(q);
  auto const begin = clock_type::now();
  std::uint64_t other = 0;
  std::thread second{[&] { other = scan_part(ledger, size / 2, size); }};
  std::uint64_t const mine = scan_part(ledger, 0, size / 2);
  second.join();
  double const seconds = since(begin);
  std::printf("%.4f\n", seconds);
  return mine + other == 0 ? 1 : 0;
}

int durable(std::string const& path) {
  using namespace jawort;
  auto book = ledger::open(path);
  if (!book) return std::puts(book.error().message.en.c_str()), 1;
  std::string const beside = path + ".limit";
  int const fd = ::open(beside.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  std::string const block(4096, 'x');
  std::vector<double> ours, bare;
  instant const now = system_now();
  for (int i = 0; i < 400; ++i) {
    auto begin = clock_type::now();
    if (::pwrite(fd, block.data(), block.size(), 4096L * i) != 4096 || ::fdatasync(fd) != 0) return 1;
    bare.push_back(since(begin) * 1000);
    event e;
    e.kind = event_kind::inbound;
    e.occurred_at = now + milliseconds{i};
    e.who = *address::from_digits(static_cast<std::uint64_t>(491713000000 + i * 7919 % 1000000));
    e.on = channel::whatsapp;
    e.source = "bench";
    e.proof.set("text", "Guten Tag");
    begin = clock_type::now();
    if (!book->append({e}, now + milliseconds{i})) return 1;
    ours.push_back(since(begin) * 1000);
  }
  ::close(fd);
  ::unlink(beside.c_str());
  auto const median = [](std::vector<double>& v) { std::sort(v.begin(), v.end()); return v[v.size() / 2]; };
  std::printf("%.4f %.4f\n", median(ours), median(bare));
  return 0;
}

int second(std::string const& path, std::string const& list, std::string const& out, std::string const& at) {
  using namespace jawort;
  auto book = ledger::open(path);
  snapshot_keeper states;
  if (!book || !states.refresh(*book)) return std::puts("no ledger"), 1;
  auto const now = states.current();
  question q;
  q.on = channel::whatsapp;
  q.about = *purpose::parse("newsletter");
  q.at = *instant::parse(at);
  q.template_message = true;
  double seconds = 0;
  for (int round = 0; round < 2; ++round) {
    auto const begin = clock_type::now();
    std::ifstream in{list, std::ios::binary};
    auto r = check_list(*book, *now, in, list, q, {});
    std::ofstream to{out, std::ios::binary | std::ios::trunc};
    if (!r || !write_verdicts(*r, [&](std::string_view piece) { return static_cast<bool>(to << piece); }) || !to.flush()) return std::puts("not checked"), 1;
    seconds = since(begin);
  }
  std::printf("%.4f %.1f\n", seconds, static_cast<double>(now->bytes()) / static_cast<double>(std::max<std::size_t>(1, now->addresses())));
  return 0;
}
}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> const a(argv + 1, argv + argc);
  if (a.size() == 3 && a[0] == "insert") return insert(a[1], a[2]);
  if (a.size() == 2 && a[0] == "scan") return scan(a[1]);
  if (a.size() == 2 && a[0] == "durable") return durable(a[1]);
  if (a.size() == 5 && a[0] == "second") return second(a[1], a[2], a[3], a[4]);
  std::puts("bench_limits insert LEDGER NEW | scan LEDGER | second LEDGER LIST OUT AT | durable LEDGER");
  return 2;
}
