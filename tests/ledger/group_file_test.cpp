// Group files in TOML and JSON: what they say, and that errors name the line; groups in time from a ledger.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <jawort/ledger/group_ledger.hpp>

#include "scratch.hpp"

using namespace jawort;
using group::member;

namespace {
result<group_plan> read(std::string const& text) {
  static normaliser const n{"DE"};
  return parse_group(text, "g", n, [](std::string const& file) -> result<std::vector<address>> {
    if (file != "anna.vcf") return error{failure::environment, {"nicht da", "not there"}, {}};
    return std::vector<address>{*address::parse("+491713920003"), *address::parse("+491713920099")};
  });
}
void refused(std::string const& text, char const* says) {
  auto const r = read(text);
  INFO(text);
  REQUIRE_FALSE(r);
  INFO(r.error().message.en);
  CHECK(r.error().message.en.find(says) != std::string::npos);
  CHECK_FALSE(r.error().message.de.empty());
}
instant at(char const* t) { return *instant::parse(t); }
}  // namespace

TEST_CASE("group file: TOML and JSON say the same") {
  auto const toml = read("id = \"k\"\nmembers = [\"+491713920001\", \"0171 3920002\",\n { address = \"+491713920003\", name = \"Anna\" }, \"+49 171 3920001\"]\n"
                         "knows = [[\"+491713920001\", \"+491713920003\"]]\ncircles = [[\"+491713920001\", \"+491713920002\"], [\"+491713920001\", \"+491713920002\", \"+491713920003\"]]\n"
                         "address_books = [{ of = \"0171 3920002\", file = \"anna.vcf\" }]\n[profile]\n\"+491713920003\" = \"everyone\"\n\"+491713920001\" = \"contacts\"\n");
  auto const json = read("{\"id\": \"k\", \"members\": [\"+491713920001\", \"0171 3920002\",\n{\"address\": \"+491713920003\", \"name\": \"Anna\"}, \"+49 171 3920001\"],\n"
                         "\"knows\": [[\"+491713920001\", \"+491713920003\"]], \"circles\": [[\"+491713920001\", \"+491713920002\"], [\"+491713920001\", \"+491713920002\", \"+491713920003\"]],\n"
                         "\"address_books\": [{\"of\": \"0171 3920002\", \"file\": \"anna.vcf\"}], \"profile\": [\"+491713920003\"]}");
  for (auto const* r : {&toml, &json}) {
    REQUIRE(*r);
    auto const& p = **r;
    CHECK(p.id == "k");
    REQUIRE(p.members.size() == 3);
    CHECK(p.members[1].who.text() == "+491713920002");
    CHECK(p.members[2].name == "Anna");
    CHECK(p.notes.size() == 1);
    CHECK(p.notes[0].en.starts_with(r == &toml ? "g:" : "g:2: "));
    CHECK(p.circles.size() == 2);
    CHECK(p.knows == std::vector<std::pair<member, member>>{{0, 2}, {1, 2}});
    CHECK(p.open_profiles == std::vector<member>{2});
    auto const g = facts_of(p);
    CHECK(g.knows.has(0, 1));
    CHECK(g.knows.has(2, 1));
  }
}

TEST_CASE("group file: what is wrong is named with its line") {
  refused("id = \"x\"\n", "'members' is missing");
  refused("{\"id\": \"x\"}", "'members' is missing");
  refused("members = [\n\"+491713920001\",\n\"01x\"]\n", "g:3: '01x'");
  refused("{\"members\": [\n\"+491713920001\",\n\"01x\"]}", "g:3: '01x'");
  refused("members = [\"+491713920001\"]\nknows = [[\"+491713920001\"]]\n", "g:2: 'knows' is made of pairs");
  refused("members = [\"+491713920001\"]\nknows = \"x\"\n", "g:2: 'knows' must be a list");
  refused("members = [\"a@example.org\"]\n", "cannot be reached by whatsapp");
  refused("members = [[\"+491713920001\", \"+491713920002\"]]\n", "list of addresses");
  refused("members = [\"+491713920001\"]\ncircles = [\"+491713920001\"]\n", "g:2: 'circles' is made of lists");
  refused("members = [\"+491713920001\"]\nprofile = { \"+491713920001\" = \"perhaps\" }\n", "g:2: to whom the profile is visible");
  refused("members = [\"+491713920001\"]\naddress_books = [{ of = \"+491713920001\", file = \"b.vcf\" }]\n", "g:2: not there");
  refused("{\"members\": [\n\"+49", "g:2: not valid JSON");
  refused("members = [\n\"+49", "not valid TOML");
  refused("{\"members\": [], \"members\": []}", "stands there twice");
  refused(std::string(100, '{'), "not valid JSON");
  std::string many = "{\"members\": [\"+491713900000\"";
  for (int n = 1; n <= 1024; ++n) many += ", \"+49171390" + std::to_string(10000 + n).substr(1) + "\"";
  refused(many + "]}", "more than 1,024 members");
}

TEST_CASE("groups in time: agreements from the ledger, members added later, withdrawn afterwards, a number changed") {
  scratch s;
  auto book = ledger::create(s.path("a.db"), {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-01T00:00:00Z"));
  REQUIRE(book);
  std::ifstream notice{std::filesystem::path{JAWORT_EXAMPLES} / "newsletter.toml", std::ios::binary};
  std::ostringstream words;
  words << notice.rdbuf();
  REQUIRE(book->publish(words.str(), "newsletter.toml", at("2026-01-02T00:00:00Z"), false, at("2026-01-02T00:00:00Z")));
  purpose const kreta = *purpose::parse("group:kreta");
  auto const add = [&](char const* who, event_kind kind, bool named, char const* when, char const* other = nullptr) {
    event e;
    e.kind = kind;
    e.who = *address::parse(who);
    if (other != nullptr) e.other = *address::parse(other);
    if (named) e.about = kreta;
    if (kind == event_kind::given || kind == event_kind::withdrawn) e.on = channel::whatsapp;
    if (kind == event_kind::given) { e.notice = 1; e.proof.set("text", "Ja"); }
    e.occurred_at = at(when);
    e.source = "test";
    REQUIRE(book->append({e}, at("2026-06-30T00:00:00Z")));
  };
  char const *const a = "+491713920001", *const b = "+491713920002", *const c = "+491713920003", *const d = "+491713920004";
  for (auto const* m : {a, b}) {
    add(m, event_kind::given, true, "2026-05-01T10:00:00Z");
    add(m, event_kind::group_member_added, true, "2026-05-02T10:00:00Z");
  }
  auto const show = [&](char const* when) { auto g = group_in_ledger(*book, kreta, nullptr, false, at(when)); REQUIRE(g); return *std::move(g); };
  CHECK(show("2026-05-01T00:00:00Z").members.empty());
  CHECK(show("2026-05-03T00:00:00Z").answer.what == outcome::permit);
  add(c, event_kind::group_member_added, true, "2026-05-04T10:00:00Z");   // nobody asked
  auto g = show("2026-05-05T00:00:00Z");
  CHECK(g.answer.exposed.disclosures() == 2);
  CHECK(g.answer.ask == std::vector<member>{2});
  CHECK(g.remove.empty());
  add(a, event_kind::withdrawn, false, "2026-05-06T10:00:00Z");           // of everything
  g = show("2026-05-07T00:00:00Z");
  REQUIRE(g.remove.size() == 1);
  CHECK(g.members[g.remove[0]].member.who.text() == a);
  auto const family = read("{\"members\": [\"+491713920001\", \"+491713920002\", \"+491713920003\"], \"circles\": [[\"+491713920001\", \"+491713920002\", \"+491713920003\"]]}");
  auto const known = group_in_ledger(*book, kreta, &*family, false, at("2026-05-07T00:00:00Z"));
  CHECK(known->remove.empty());                                           // they all have that number
  add(a, event_kind::group_member_left, true, "2026-05-08T10:00:00Z");
  add(b, event_kind::address_changed, false, "2026-05-09T10:00:00Z", d);
  g = show("2026-05-10T00:00:00Z");
  CHECK(g.left.size() == 1);
  REQUIRE(g.members.size() == 2);
  CHECK(g.members[0].member.who.text() == d);
  auto const entries = group_history(*book, kreta, nullptr, at("2026-06-01T00:00:00Z"));
  REQUIRE(entries);
  std::size_t exposing = 0, last = 0;
  bool withdrawal = false;
  for (auto const& e : *entries) {
    if (e.shown_to != 0) { ++exposing; CHECK(e.what.who->text() == c); CHECK(e.shown_to == 2); CHECK(e.sees == 0); }
    withdrawal = withdrawal || e.what.kind == event_kind::withdrawn;
    last = e.there;
  }
  CHECK(exposing == 1);
  CHECK(withdrawal);
  CHECK(last == 2);
  // Planned members are checked with those who are there.
  auto const planned = group_in_ledger(*book, kreta, &*family, true, at("2026-05-10T00:00:00Z"));
  CHECK(planned->members.size() == 4);
  CHECK(planned->not_in_plan.size() == 1);
  auto const said = ask_broadcast(*book, planned->members.empty() ? std::vector<jawort::group_member>{} : std::vector<jawort::group_member>{planned->members[0].member},
                                  {nullptr, channel::whatsapp, purpose::service(), at("2026-05-10T00:00:00Z"), true});
  REQUIRE(said);
  CHECK_FALSE(said->possible());
}
