// The pure core: nouns, order of reasons, the fold and the decision without any storage.
#include <doctest/doctest.h>

#include <set>

#include <jawort/decision.hpp>
#include <jawort/rule.hpp>

#if __has_include(<sqlite3.h>) && defined(SQLITE_VERSION)
#error "the core must not bring SQLite"
#endif

using namespace jawort;

namespace {
instant at(char const* text) { return *instant::parse(text); }
purpose to(char const* text) { return *purpose::parse(text); }
address who(char const* text) { return *address::parse(text); }

struct world {
  notice_book notices;
  policy_book rules;
  std::vector<event> events;
  world() {
    notice_view n;
    n.id = "n";
    n.version = 1;
    n.published_at = at("2022-01-01T00:00:00Z");
    n.channels = {channel::whatsapp};
    n.purposes = {to("newsletter"), to("offers")};
    n.frequency_max = 4;
    n.frequency_days = 28;
    n.controller = "Agency";
    n.recipients = {"WhatsApp"};
    n.complete = n.specific = n.third_country = n.safeguard = n.standard_clauses = true;
    notices.add(n);
  }
  void add(char const* time, event_kind kind, char const* about = "newsletter", notice_number notice = 0) {
    event e;
    e.seq = events.size();
    e.kind = kind;
    e.occurred_at = e.recorded_at = at(time);
    e.who = who("+491713920001");
    e.on = channel::whatsapp;
    if (*about != '\0') e.about = to(about);
    e.notice = notice;
    e.source = "test";
    e.proof.set("text", "Start");
    events.push_back(e);
  }
  decision ask(char const* time = "2026-06-01T10:00:00Z", char const* about = "newsletter") const {
    address const a = who("+491713920001");
    auto const s = fold(events, a, {at(time), instant::latest()}, {&notices, &rules});
    return decide({&a, channel::whatsapp, to(about), at(time), true, 120}, s, notices, rules);
  }
};
}  // namespace

TEST_CASE("time: RFC 3339 and nothing else") {
  CHECK(to_string(at("2026-06-01T12:00:00+02:00")) == "2026-06-01T10:00:00Z");
  CHECK(to_string(at("2026-06-01 12:00:00.2509z")) == "2026-06-01T12:00:00.250Z");
  for (char const* bad : {"", "2026-06-01", "2026-06-01T12:00:00", "2026-02-30T00:00:00Z", "2026-06-01T24:00:00Z", "2026-06-01T12:00:00+2:00", "2026-06-01T12:00:00Zx", "1969-12-31T23:59:59Z"})
    CHECK_FALSE(instant::parse(bad));
  CHECK(to_string(add_months(at("2024-01-31T08:00:00Z"), 1)) == "2024-02-29T08:00:00Z");
  CHECK(to_string(add_months(at("2025-11-30T08:00:00Z"), 27)) == "2028-02-29T08:00:00Z");
  CHECK(german_midnight(2018, 5, 25) == at("2018-05-24T22:00:00Z"));
}

TEST_CASE("purpose: covers its topics, not the other way round, not words that begin alike") {
  CHECK(to("newsletter").covers(to("newsletter/cruises")));
  CHECK_FALSE(to("newsletter/cruises").covers(to("newsletter")));
  CHECK_FALSE(to("news").covers(to("newsletter")));
  for (char const* bad : {"", "/", "a/", "/a", "a//b", "a b", "ü"}) CHECK_FALSE(purpose::parse(bad));
  CHECK(to("Newsletter") == to("newsletter"));
  CHECK(to("group:ABC=").text() == "group:ABC=");
}

TEST_CASE("address: canonical, and letters never become digits") {
  CHECK(who("+491713920001").digits() == 491713920001U);
  CHECK(who("Kunde@Example.org").text() == "kunde@example.org");
  CHECK(who("US.13491208655302741918").kind() == address_kind::business_user);
  for (char const* bad : {"+49", "+0491713920001", "+49171392000a", "01713920001", "x@y", "@example.org", "a@b@c.de", "messenger:abc", ""}) CHECK_FALSE(address::parse(bad));
}

TEST_CASE("months reached: by days where they decide, else by the calendar, always as the calendar says") {
  std::uint64_t seed = 5;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return static_cast<std::int64_t>((seed >> 33) % n); };
  constexpr std::int64_t day = 86400000;
  for (int round = 0; round < 200000; ++round) {
    auto const from = instant::clamped(random(250000) * day + random(2) * random(86400000));
    int const n = static_cast<int>(random(40)) - 2;
    auto const near = n * (28 * day + random(4 * static_cast<std::uint64_t>(day))) + (random(3) - 1) * random(3);
    for (auto const to : {instant::clamped(from.ms() + near), instant::clamped(from.ms() + random(2000) * day), add_months(from, n), add_months(from, n) - milliseconds{1}, instant::latest()})
      REQUIRE(months_reached(from, to, n) == (to >= add_months(from, n)));
  }
}

TEST_CASE("codes are frozen and in order") {
  CHECK(static_cast<int>(event_kind::given) == 4);
  CHECK(static_cast<int>(event_kind::erased) == 73);
  CHECK(static_cast<int>(event_kind::restored) == 94);
  CHECK(static_cast<int>(channel::email) == 4);
  std::set<std::string_view> names;
  for (auto const& k : event_kinds) {
    CHECK(event_kind_named(k.name) == k.kind);
    names.insert(k.name);
  }
  CHECK(names.size() == 39);
  std::set<std::string_view> codes(reason_names.begin(), reason_names.end());
  CHECK(codes.size() == reason_code_count);
  CHECK(name(reason_code::evaluation_failed) == "evaluation-failed");
  CHECK(name(reason_code::consent_proven) == "consent-proven");
  reason_list list;
  list.add({reason_code::keyword_started, outcome::permit});
  list.add({reason_code::stale_consent, outcome::deny});
  list.add({reason_code::frequency_promised, outcome::hold});
  list.add({reason_code::withdrawn, outcome::deny});
  list.sort();
  CHECK(name(list[0].code) == "withdrawn");
  CHECK(name(list[1].code) == "stale-consent");
  CHECK(name(list[2].code) == "frequency-promised");
}

TEST_CASE("citations change on the day the law does") {
  auto const cited = [](reason_code c, char const* when) { return citation_text(rule_of(c), at(when), channel::whatsapp, tongue::de); };
  CHECK(cited(reason_code::consent_required_electronic_mail, "2022-05-27T21:59:59Z").find("§ 7 Abs. 2 Nr. 3 UWG") != std::string::npos);
  CHECK(cited(reason_code::consent_required_electronic_mail, "2022-05-27T22:00:00Z").find("§ 7 Abs. 2 Nr. 2 UWG") != std::string::npos);
  CHECK(cited(reason_code::keyword_started, "2018-05-24T21:59:59Z").find("BDSG") != std::string::npos);
  CHECK(cited(reason_code::keyword_started, "2018-05-24T22:00:00Z").find("DSGVO") != std::string::npos);
}

TEST_CASE("decision: nothing known is a no") {
  world w;
  auto const d = w.ask();
  CHECK(d.what == outcome::deny);
  CHECK(d.reasons[0].code == reason_code::no_evidence);
}

TEST_CASE("decision: given, withdrawn, given anew; a topic that was stopped stays stopped") {
  world w;
  w.add("2026-05-01T10:00:00Z", event_kind::given, "newsletter", 1);
  CHECK(w.ask().what == outcome::permit);
  CHECK(w.ask("2026-06-01T10:00:00Z", "newsletter/cruises").what == outcome::permit);
  w.add("2026-05-02T10:00:00Z", event_kind::withdrawn, "newsletter/cruises");
  CHECK(w.ask().what == outcome::permit);
  CHECK(w.ask("2026-06-01T10:00:00Z", "newsletter/cruises").what == outcome::deny);
  w.add("2026-05-03T10:00:00Z", event_kind::withdrawn, "");
  CHECK(w.ask().status == consent_status::withdrawn);
  w.add("2026-05-04T10:00:00Z", event_kind::given, "newsletter", 1);
  CHECK(w.ask().what == outcome::permit);
  CHECK(w.ask("2026-06-01T10:00:00Z", "newsletter/cruises").what == outcome::deny);
}

TEST_CASE("a stop wins a tie, in either order of recording") {
  for (bool const stop_first : {true, false}) {
    world w;
    if (stop_first) w.add("2026-05-01T10:00:00Z", event_kind::withdrawn);
    w.add("2026-05-01T10:00:00Z", event_kind::given, "newsletter", 1);
    if (!stop_first) w.add("2026-05-01T10:00:00Z", event_kind::withdrawn);
    CHECK(w.ask().what == outcome::deny);
  }
}

TEST_CASE("monotony: a stop added anywhere never turns a no into a yes, and its own instant is a no") {
  std::uint64_t seed = 1;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return (seed >> 33) % n; };
  constexpr std::array kinds{event_kind::given, event_kind::requested, event_kind::confirmation_sent, event_kind::confirmed, event_kind::withdrawn,
                             event_kind::inbound, event_kind::outbound, event_kind::imported, event_kind::resumed, event_kind::suspended, event_kind::unblocked};
  constexpr std::array stops{event_kind::withdrawn, event_kind::objected, event_kind::blocked, event_kind::erased, event_kind::restricted};
  for (int round = 0; round < 4000; ++round) {
    world w;
    for (std::uint64_t n = 1 + random(7); n > 0; --n) {
      std::string const time = "2026-05-0" + std::to_string(1 + random(9)) + "T10:00:00Z";
      w.add(time.c_str(), kinds[random(kinds.size())], random(3) == 0 ? "newsletter/cruises" : "newsletter", random(5) == 0 ? 0 : 1);
    }
    bool const before = w.ask("2026-05-20T10:00:00Z").may_send();
    auto const stop = stops[random(stops.size())];
    std::string const time = "2026-05-1" + std::to_string(random(9)) + "T10:00:00Z";
    w.add(time.c_str(), stop, stop == event_kind::withdrawn ? "newsletter" : "");
    CHECK_FALSE(w.ask("2026-05-20T10:00:00Z").may_send());
    world early = w;
    early.events.back().occurred_at = at("2026-04-01T10:00:00Z");
    if (!before) CHECK_FALSE(early.ask("2026-05-20T10:00:00Z").may_send());
  }
}
