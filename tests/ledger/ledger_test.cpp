// The ledger: what is promised about create, open, append, states and verification.
#include <doctest/doctest.h>
#include <sqlite3.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <thread>

#include <jawort/ledger/broadcast.hpp>
#include <jawort/ledger/import.hpp>

#include "scratch.hpp"

using namespace jawort;

namespace {
instant at(char const* text) { return *instant::parse(text); }

std::string slurp(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

ledger fresh(scratch const& dir) {
  auto book = ledger::create(dir.path("a.db"), {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-01T00:00:00Z"));
  REQUIRE(book);
  auto n = book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "newsletter.toml", at("2026-01-01T00:00:00Z"), false, at("2026-01-01T00:00:00Z"));
  REQUIRE(n);
  return std::move(*book);
}

import_report take(ledger& book, std::string const& rows, bool partial = false) {
  std::istringstream in{"occurred_at,event,address,channel,purpose,notice,evidence\n" + rows};
  import_options o;
  o.file_name = "rows.csv";
  o.partial = partial;
  auto r = import_file(book, in, o, at("2026-07-01T10:00:00Z"));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  return *r;
}

outcome ask(ledger& book, char const* number, char const* time = "2026-07-01T10:00:00Z") {
  auto const who = *address::parse(number);
  question q;
  q.who = &who;
  q.on = channel::whatsapp;
  q.about = *purpose::parse("newsletter");
  q.at = at(time);
  q.template_message = true;
  auto d = book.ask(q);
  REQUIRE(d);
  return d->what;
}

void damage(std::string const& path, char const* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  char* why = nullptr;
  REQUIRE_MESSAGE(sqlite3_exec(db, sql, nullptr, nullptr, &why) == SQLITE_OK, (why == nullptr ? "" : why));
  sqlite3_close(db);
}

constexpr char const* given = "2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter@1,Start\n";
constexpr char const* withdrawn = "2026-05-02T10:00:00Z,withdrawn,+491713920001,whatsapp,newsletter,,Stop\n";
}  // namespace

TEST_CASE("create refuses what is there, open never creates, files are private") {
  scratch dir;
  { auto book = fresh(dir); }
  for (char const* name : {"a.db", "a.db.keys", "a.db.checkpoints"}) {
    struct stat info {};
    REQUIRE(::stat(dir.path(name).c_str(), &info) == 0);
    CHECK((info.st_mode & 0777) == 0600);
  }
  auto again = ledger::create(dir.path("a.db"), {"Agency", "", "DE", false}, at("2026-01-01T00:00:00Z"));
  REQUIRE_FALSE(again);
  CHECK(again.error().code == failure::already_exists);
  auto none = ledger::open(dir.path("none.db"));
  REQUIRE_FALSE(none);
  CHECK(none.error().code == failure::not_found);
  CHECK_FALSE(std::filesystem::exists(dir.path("none.db")));
  CHECK(ledger::open(dir.path("a.db")));
  damage(dir.path("a.db"), "PRAGMA user_version=99");
  CHECK(ledger::open(dir.path("a.db")).error().code == failure::wrong_version);
  damage(dir.path("a.db"), "PRAGMA user_version=3");
  std::filesystem::rename(dir.path("a.db.keys"), dir.path("away"));
  CHECK(ledger::open(dir.path("a.db")).error().code == failure::key_missing);
  std::ofstream{dir.path("text.db")} << "this is no ledger at all, only some words that are long enough to be read as a header of one hundred bytes";
  CHECK(ledger::open(dir.path("text.db")).error().code == failure::malformed);
}

TEST_CASE("the same row twice adds nothing; stops are taken; bad rows keep the file out") {
  scratch dir;
  auto book = fresh(dir);
  auto r = take(book, std::string{given} + given + "2026-05-01T12:00:00+02:00,given,0171 3920001,whatsapp,newsletter,newsletter@1,Start\n");
  CHECK(r.appended == 1);
  CHECK(r.duplicates == 2);
  CHECK(ask(book, "+491713920001") == outcome::permit);
  r = take(book, std::string{withdrawn} + "2026-05-02T10:00:00Z,given,nonsense,whatsapp,newsletter,newsletter@1,Start\n");
  CHECK(r.rolled_back);
  CHECK(r.refused == r.rows);
  REQUIRE(r.bad.size() == 1);
  CHECK(r.bad[0].line == 3);
  CHECK(r.bad[0].column == "address");
  CHECK(ask(book, "+491713920001") == outcome::permit);
  r = take(book, std::string{withdrawn} + "2026-05-02T10:00:00Z,given,nonsense,whatsapp,newsletter,newsletter@1,Start\n", true);
  CHECK(r.appended == 1);
  CHECK(r.refused == 1);
  CHECK(ask(book, "+491713920001") == outcome::deny);
  CHECK(ask(book, "+491713920001", "2026-05-02T09:59:59Z") == outcome::permit);
  r = take(book, "2027-05-02T10:00:00Z,withdrawn,+491713920002,whatsapp,nobody-declared-it,unknown@7,Stop\n");
  CHECK(r.appended == 1);
  CHECK(r.remarks.size() == 1);
  auto v = book.verify();
  REQUIRE(v);
  CHECK(v->ok());
}

TEST_CASE("a list is answered exactly as each address alone") {
  scratch dir;
  auto book = fresh(dir);
  std::ifstream events{std::string{JAWORT_EXAMPLES} + "/events.csv", std::ios::binary};
  import_options o;
  o.file_name = "events.csv";
  auto imported = import_file(book, events, o, at("2026-07-01T09:55:00Z"));
  REQUIRE(imported);
  CHECK(imported->bad.empty());
  for (char const* time : {"2026-03-01T10:00:00Z", "2026-06-28T10:00:00Z", "2026-07-01T10:00:00Z", "2028-07-01T21:00:00Z"}) {
    question q;
    q.on = channel::whatsapp;
    q.about = *purpose::parse("newsletter");
    q.at = at(time);
    q.template_message = true;
    std::ifstream list{std::string{JAWORT_EXAMPLES} + "/list.csv", std::ios::binary};
    auto r = check_list(book, list, "list.csv", q, {});
    REQUIRE(r);
    CHECK(r->checked == 117);
    CHECK(r->duplicates == 2);
    CHECK(r->invalid == 1);
    for (auto const& row : r->rows) {
      if (!row.who || row.what == verdict::duplicate) continue;
      q.who = &*row.who;
      auto d = book.ask(q);
      REQUIRE(d);
      REQUIRE(d->reasons.size() == row.reasons.size());
      for (std::size_t i = 0; i < row.reasons.size(); ++i) {
        CHECK(d->reasons[i].code == row.reasons[i].code);
        CHECK(d->reasons[i].what == row.reasons[i].what);
      }
    }
  }
}

TEST_CASE("verify names what was changed") {
  struct change { char const* sql; char const* kind; };
  for (auto const& c : {change{"UPDATE event SET occurred_at = occurred_at + 1 WHERE seq = 2", "row"}, change{"UPDATE event SET evidence = '{\"text\":\"Stop\"}' WHERE seq = 2", "row"},
                        change{"UPDATE event SET kind = 7 WHERE seq = 2", "row"}, change{"UPDATE event SET purpose = 2 WHERE seq = 3", "row"},
                        change{"UPDATE event SET leaf = zeroblob(132) WHERE seq = 2", "key"}, change{"DELETE FROM event WHERE seq = 2", "sequence"},
                        change{"DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "behind"}, change{"UPDATE state SET body = x'00'", "state"},
                        change{"DELETE FROM state", "state"}, change{"UPDATE head SET size = size + 0, recorded_at = 0, edge = zeroblob(length(edge))", "tree"},
                        change{"UPDATE address SET secret = zeroblob(32)", "row"}, change{"UPDATE notice SET body = CAST(x'41' || substr(body, 2) AS BLOB)", ""}}) {
    scratch dir;
    {
      auto book = fresh(dir);
      take(book, std::string{given} + withdrawn + "2026-05-03T10:00:00Z,inbound,+491713920002,whatsapp,,,Hallo\n2026-05-03T11:00:00Z,outbound,+491713920002,whatsapp,offers,,Hallo\n");
    }
    damage(dir.path("a.db"), c.sql);
    auto book = ledger::open(dir.path("a.db"));
    if (!book) { CHECK(std::string_view{c.kind}.empty()); continue; }
    auto v = book->verify();
    if (!v) { CHECK(v.error().code == failure::damaged); continue; }
    CHECK_FALSE_MESSAGE(v->ok(), c.sql);
    bool named = false;
    for (auto const& p : v->problems) named = named || p.kind == c.kind;
    CHECK_MESSAGE(named, c.sql);
  }
}

TEST_CASE("a ledger older than its newest checkpoint denies everything") {
  scratch dir;
  { auto book = fresh(dir); take(book, given); }
  std::filesystem::copy_file(dir.path("a.db"), dir.path("old"));
  { auto book = ledger::open(dir.path("a.db")); take(*book, withdrawn); }
  for (char const* tail : {"-wal", "-shm"}) std::filesystem::remove(dir.path(std::string{"a.db"} + tail));
  std::filesystem::rename(dir.path("old"), dir.path("a.db"));
  auto book = ledger::open(dir.path("a.db"));
  REQUIRE(book);
  CHECK(ask(*book, "+491713920001") == outcome::deny);
  auto v = book->verify();
  REQUIRE(v);
  CHECK_FALSE(v->ok());
}

TEST_CASE("two writers lose nothing") {
  scratch dir;
  { auto book = fresh(dir); }
  auto const write = [&](int from) {
    auto book = ledger::open(dir.path("a.db"));
    for (int i = 0; i < 50; ++i) {
      event e;
      e.kind = event_kind::inbound;
      e.who = *address::from_digits(491713920000U + static_cast<std::uint64_t>(i % 7));
      e.on = channel::whatsapp;
      e.occurred_at = at("2026-05-01T10:00:00Z") + milliseconds{from + i};
      e.source = "test";
      if (!book->append({e}, at("2026-06-01T10:00:00Z"))) return false;
    }
    return true;
  };
  bool one = false, two = false;
  std::thread a{[&] { one = write(0); }}, b{[&] { two = write(1000); }};
  a.join();
  b.join();
  CHECK(one);
  CHECK(two);
  auto book = ledger::open(dir.path("a.db"));
  auto v = book->verify();
  REQUIRE(v);
  CHECK(v->ok());
  CHECK(v->events == 102);
}

TEST_CASE("state: stored and folded answers agree over random histories, late and repeated rows among them") {
  std::uint64_t seed = 7;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return (seed >> 33) % n; };
  constexpr std::array kinds{"given", "requested", "confirmation-sent", "confirmed", "withdrawn", "objected", "suspended", "resumed", "blocked", "unblocked", "inbound",
                             "outbound", "imported", "restricted", "unrestricted", "wrong-number", "number-cleared", "expired", "erased", "revoked"};
  scratch dir;
  auto book = fresh(dir);
  std::string rows;
  for (int i = 0; i < 3000; ++i) {
    std::string const number = "+4917139200" + std::to_string(10 + random(80));
    rows += "2026-0" + std::to_string(1 + random(6)) + "-1" + std::to_string(random(10)) + "T10:00:00Z," + kinds[random(kinds.size())] + "," + number + ",whatsapp," +
            (random(3) == 0 ? "offers" : "newsletter") + ",newsletter@1,Start\n";
  }
  rows += "2026-06-20T10:00:00Z,address-linked,+491713920010,,,,+491713920011\n2026-06-20T11:00:00Z,address-changed,+491713920012,,,,+491713920013\n";
  auto const report = take(book, rows, true);
  CHECK(report.appended + report.duplicates + report.suppressed + report.refused == report.rows);
  std::vector<address> everybody;
  for (std::uint64_t n = 10; n < 95; ++n) everybody.push_back(*address::from_digits(491713920000U + n));
  question q;
  q.on = channel::whatsapp;
  q.about = *purpose::parse("newsletter");
  q.at = at("2026-07-01T10:00:00Z");
  q.template_message = true;
  std::size_t answered = 0;
  auto done = book.ask_all(q, everybody, [&](std::size_t i, decision const& d) {
    ++answered;
    auto one = q;
    one.who = &everybody[i];
    auto folded = book.ask(one);
    REQUIRE(folded);
    CHECK(folded->what == d.what);
    CHECK(folded->status == d.status);
    REQUIRE(folded->reasons.size() == d.reasons.size());
    for (std::size_t k = 0; k < d.reasons.size(); ++k) CHECK(folded->reasons[k].code == d.reasons[k].code);
  });
  CHECK(done);
  CHECK(answered == everybody.size());
  CHECK(book.verify()->ok());
}
