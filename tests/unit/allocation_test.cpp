// A permitted decision allocates nothing, nor does a denied one: every `new` of this program is counted.
#include <doctest/doctest.h>

#include <cstdlib>
#include <new>

#include <jawort/decision.hpp>

namespace {
thread_local std::size_t allocations = 0;
}

// The replaced operators serve the whole test program; they do nothing but count.
void* operator new(std::size_t size) {
  ++allocations;
  if (void* const p = std::malloc(size == 0 ? 1 : size)) return p;
  throw std::bad_alloc{};
}
void operator delete(void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }

using namespace jawort;

TEST_CASE("a decision allocates nothing") {
  auto const at = [](char const* t) { return *instant::parse(t); };
  notice_view n;
  n.id = "a notice with a name too long for a small string";
  n.version = 1;
  n.published_at = at("2022-01-01T00:00:00Z");
  n.channels = {channel::whatsapp, channel::email};
  n.purposes = {*purpose::parse("newsletter"), *purpose::parse("offers")};
  n.frequency_max = 4;
  n.frequency_days = 28;
  n.controller = "an agency whose name is too long for a small string";
  n.recipients = {"WhatsApp Ireland Limited and others", "somebody else with a long name"};
  n.complete = n.specific = n.third_country = n.safeguard = n.standard_clauses = true;
  notice_book notices;
  notices.add(n);
  n.version = 2;
  n.published_at = at("2023-01-01T00:00:00Z");
  notices.add(n);
  policy_book const policies;
  address const who = *address::parse("+491713920001");
  std::vector<event> events;
  auto const add = [&](event_kind k, char const* when, notice_number notice = 0) {
    event e;
    e.seq = events.size() + 1;
    e.kind = k;
    e.occurred_at = e.recorded_at = at(when);
    e.who = who;
    e.on = channel::whatsapp;
    e.about = *purpose::parse("newsletter");
    e.notice = notice;
    e.source = "test";
    e.proof.set("text", "Start");
    events.push_back(e);
  };
  add(event_kind::given, "2026-01-01T10:00:00Z", 1);
  add(event_kind::outbound, "2026-05-01T10:00:00Z");
  add(event_kind::inbound, "2026-05-31T11:00:00Z");
  question q{&who, channel::whatsapp, *purpose::parse("newsletter"), at("2026-06-01T10:00:00Z"), true, 120};
  auto const s = fold(events, who, {q.at}, {&notices, &policies});
  message_facts facts;
  facts.sender_named = facts.way_out = true;
  q.message = &facts;

  std::size_t before = allocations;
  decision const d = decide(q, s, notices, policies);
  CHECK(allocations == before);
  CHECK(d.what == outcome::permit);

  q.about = *purpose::parse("offers");
  before = allocations;
  decision const no = decide(q, s, notices, policies);
  CHECK(allocations == before);
  CHECK(no.what == outcome::deny);

  before = allocations;
  std::string const counted(100, 'x');
  CHECK(allocations == before + 1);  // the counter counts
}
