// From the check of a list to the record of its sends, and the loop in between that no stop is too late for.
#include <doctest/doctest.h>

#include <array>
#include <atomic>
#include <fstream>
#include <sstream>
#include <thread>

#include <jawort/ledger/permit.hpp>
#include <jawort/ledger/sending.hpp>

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
address person(std::size_t i) { return *address::parse("+4917139" + std::to_string(20000 + i)); }

event fact(event_kind kind, address const& who, char const* when) {
  event e;
  e.kind = kind;
  e.occurred_at = at(when);
  e.who = who;
  e.on = channel::whatsapp;
  e.about = *purpose::parse("newsletter");
  e.source = "test";
  e.proof.set("text", kind == event_kind::given ? "Start" : "Stop");
  return e;
}

ledger agency(std::string const& path, std::size_t people) {
  auto book = ledger::create(path, {"Reisestube Silberkranich GmbH", "agency.example/sending", "DE", true}, at("2022-01-01T00:00:00Z"));
  REQUIRE(book);
  auto n = book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "n", at("2022-01-01T00:00:00Z"), false, at("2022-01-01T00:00:00Z"));
  REQUIRE(n);
  std::vector<event> all;
  for (std::size_t i = 0; i < people; ++i) {
    all.push_back(fact(event_kind::given, person(i), "2026-05-01T10:00:00Z"));
    all.back().notice = n->number;
  }
  REQUIRE(book->append(std::move(all), at("2026-05-01T10:00:00Z")));
  return *std::move(book);
}

question plan() { return {nullptr, channel::whatsapp, *purpose::parse("newsletter"), at("2026-06-01T10:00:00Z"), true}; }
std::string list_of(std::size_t people) {
  std::string out;
  for (std::size_t i = 0; i < people; ++i) out += std::string{person(i).text()} + "\n";
  return out;
}
}  // namespace

TEST_CASE("permit: only for a list that may be sent to as a whole; bound to its bytes, its message and its time") {
  scratch dir;
  auto book = agency(dir.path("a.db"), 5);
  std::istringstream list{list_of(5)};
  auto const checked = check_list(book, list, "list", plan(), {});
  REQUIRE(checked);
  auto const note = issue_permit(book, *checked, plan(), "", plan().at);
  REQUIRE(note);
  auto const p = read_permit(book, *note, "permit");
  REQUIRE(p);
  CHECK(p->recipients == 5);
  CHECK(p->list_sha256 == checked->list_sha256);
  CHECK(p->expires == plan().at + milliseconds{std::chrono::hours{24}});
  CHECK(note->find("+49") == std::string::npos);  // a permit names nobody

  SUBCASE("a changed byte is no permit of ours") {
    for (std::size_t i = 0; i < note->size(); i += 7) {
      auto forged = *note;
      forged[i] = forged[i] == 'x' ? 'y' : 'x';
      CHECK_FALSE(read_permit(book, forged, "permit"));
    }
  }
  SUBCASE("another ledger's permit") {
    auto other = agency(dir.path("b.db"), 1);
    auto const r = read_permit(other, *note, "permit");
    REQUIRE_FALSE(r);
    CHECK(r.error().code == failure::damaged);
  }
  SUBCASE("another list") {
    std::istringstream longer{list_of(4)};
    CHECK_FALSE(recheck_permit(book, *p, longer, "list", plan(), "", {}));
    std::istringstream again{list_of(4)};
    CHECK_FALSE(record_sent(book, *p, *note, again, "list", plan().at, {}, "", plan().at));
  }
  SUBCASE("after its time") {
    auto late = plan();
    late.at = p->expires + milliseconds{1};
    std::istringstream same{list_of(5)};
    CHECK_FALSE(recheck_permit(book, *p, same, "list", late, "", {}));
  }
  SUBCASE("a stop since then") {
    REQUIRE(book.append({fact(event_kind::withdrawn, person(3), "2026-06-01T10:05:00Z")}, at("2026-06-01T10:05:00Z")));
    auto now = plan();
    now.at = at("2026-06-01T10:06:00Z");
    std::istringstream same{list_of(5)};
    auto const r = recheck_permit(book, *p, same, "list", now, "", {});
    REQUIRE(r);
    CHECK(r->events_since == 1);
    CHECK(r->report.denied == 1);
    CHECK(r->report.rows[3].what == verdict::denied);
    CHECK_FALSE(r->renewed);
  }
  SUBCASE("nothing since then: renewed; recorded once however often it is said") {
    std::istringstream same{list_of(5)};
    auto const r = recheck_permit(book, *p, same, "list", plan(), "", {});
    REQUIRE(r);
    CHECK(r->renewed);
    for (std::size_t const added : {std::size_t{5}, std::size_t{0}}) {
      std::istringstream once{list_of(5)};
      auto const n = record_sent(book, *p, *note, once, "list", at("2026-06-01T10:10:00Z"), {}, "Meier", at("2026-06-01T10:10:00Z"));
      REQUIRE(n);
      CHECK(*n == added);
    }
    auto const events = book.history(person(2));
    REQUIRE(events);
    CHECK(events->back().kind == event_kind::outbound);
    CHECK(events->size() == 2);
  }
}

TEST_CASE("permit: refused where one row may not be written to") {
  scratch dir;
  auto book = agency(dir.path("a.db"), 2);
  std::istringstream list{list_of(3)};
  auto const checked = check_list(book, list, "list", plan(), {});
  REQUIRE(checked);
  CHECK(checked->denied == 1);
  CHECK_FALSE(issue_permit(book, *checked, plan(), "", plan().at));
}

TEST_CASE("the loop: a stop that arrives between planning and sending is honoured") {
  scratch dir;
  { auto const book = agency(dir.path("a.db"), 10); }
  auto gate = send_gate::open(dir.path("a.db"), plan());
  REQUIRE(gate);
  std::vector<std::string> left;
  for (std::size_t i = 0; i < 10; ++i) {
    if (i == 4) {  // the webhook's thread: person 7 stops while the loop is at person 4
      REQUIRE(gate->append({fact(event_kind::withdrawn, person(7), "2026-06-01T10:00:00Z")}, at("2026-06-01T10:00:00Z")));
    }
    auto const r = gate->send(person(i), at("2026-06-01T10:00:01Z"), [&] { left.emplace_back(person(i).text()); });
    REQUIRE(r);
    CHECK(r->sent == (i != 7));
  }
  CHECK(left.size() == 9);
}

TEST_CASE("the loop: eight threads, a million planned messages, stops meanwhile: none leaves after its stop was acknowledged") {
  // 20,000 people, 50 planned messages each; every person stops somewhere on the way. A ticket orders what happens.
  constexpr std::size_t people = 20000, rounds = 50, threads = 8;
  scratch dir;
  { auto const book = agency(dir.path("a.db"), people); }
  auto gate = send_gate::open(dir.path("a.db"), plan());
  REQUIRE(gate);
  std::atomic<std::uint64_t> ticket{0}, planned{0}, sent{0};
  std::vector<std::atomic<std::uint64_t>> last_left(people), acknowledged(people);
  std::atomic<bool> failed{false};
  std::vector<address> who;
  for (std::size_t i = 0; i < people; ++i) who.push_back(person(i));

  std::vector<std::thread> crew;
  for (std::size_t t = 0; t < threads; ++t)
    crew.emplace_back([&, t] {
      for (std::size_t round = 0; round < rounds; ++round)
        for (std::size_t i = t; i < people; i += threads) {
          ++planned;
          // Once stopped, a person is not asked about again in every round: the ledger has answered for good.
          if (round % 10 != 9 && acknowledged[i] != 0) continue;
          auto const r = gate->send(who[i], at("2026-06-01T10:00:01Z"), [&] {
            last_left[i] = ++ticket;
            ++sent;
          });
          if (!r) failed = true;
        }
    });
  std::thread stopper{[&] {
    for (std::size_t from = 0; from < people; from += 100) {
      std::vector<event> stops;
      for (std::size_t i = from; i < from + 100; ++i) stops.push_back(fact(event_kind::withdrawn, who[i], "2026-06-01T10:00:00Z"));
      if (!gate->append(std::move(stops), at("2026-06-01T10:00:00Z"))) failed = true;
      for (std::size_t i = from; i < from + 100; ++i) acknowledged[i] = ++ticket;
    }
  }};
  for (auto& t : crew) t.join();
  stopper.join();
  CHECK_FALSE(failed);
  CHECK(planned == people * rounds);
  CHECK(sent > 0);
  std::size_t late = 0;
  for (std::size_t i = 0; i < people; ++i) late += last_left[i] > acknowledged[i];
  CHECK(late == 0);
  MESSAGE(planned.load(), " planned, ", sent.load(), " sent, 20,000 stops");
}
