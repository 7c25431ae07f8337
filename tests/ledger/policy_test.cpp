// The policy as a file, as an event, and over time; Austria's list; customer references.
#include <doctest/doctest.h>

#include <fstream>
#include <sstream>

#include <jawort/ledger/ledger.hpp>
#include <jawort/ledger/policy_file.hpp>

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
ledger agency(scratch const& dir) {
  auto book = ledger::create(dir.path("a.db"), {"Reisestube Silberkranich GmbH", "agency.example/policy", "DE", true}, at("2022-01-01T00:00:00Z"));
  REQUIRE(book);
  REQUIRE(book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "n", at("2022-01-01T00:00:00Z"), false, at("2022-01-01T00:00:00Z")));
  return *std::move(book);
}
event fact(event_kind kind, char const* who, char const* when, char const* words = "Start") {
  event e;
  e.kind = kind;
  e.occurred_at = at(when);
  e.who = *address::parse(who);
  e.on = channel::whatsapp;
  e.about = *purpose::parse("newsletter");
  e.source = "test";
  e.proof.set("text", words);
  if (kind == event_kind::given || kind == event_kind::requested) e.notice = 1;
  return e;
}
decision ask(ledger& book, char const* who, char const* when, instant recorded = instant::latest(), channel on = channel::whatsapp) {
  address const a = *address::parse(who);
  question q{&a, on, *purpose::parse("newsletter"), at(when), true};
  q.as_recorded = recorded;
  auto d = book.ask(q);
  REQUIRE_MESSAGE(d, (d ? "" : d.error().message.en));
  return *d;
}
char const* const anna = "+491713920001";
}  // namespace

TEST_CASE("policy: what is shown reads back the same, in both languages") {
  policy p;
  p.stale_warn_months = 12;
  p.quiet = quiet_mode::hold;
  p.quiet_from_minute = 19 * 60 + 30;
  p.third_parties = {"Musterflug \"AG\"", "a\\b"};
  p.severity[static_cast<std::size_t>(reason_code::coupling)] = outcome::deny;
  for (tongue const t : {tongue::de, tongue::en}) {
    auto const again = parse_policy(policy_toml(p, t), "policy");
    REQUIRE_MESSAGE(again, (again ? "" : again.error().message.en));
    CHECK(*again == p);
  }
  CHECK(*parse_policy("", "empty") == policy{});
}

TEST_CASE("policy: refused with line and remedy") {
  struct row { char const* toml; char const* says; char const* hint; };
  for (row const& x : {row{"[stale-consent]\nwarn_month = 3\n", "p:2: unknown key 'stale-consent.warn_month'", "did you mean stale-consent.warn_months?"},
                       row{"[stale_consent]\n", "unknown key 'stale_consent'", "did you mean stale-consent?"},
                       row{"[stale-consent]\nwarn_months = 30\n", "must not fall", ""},
                       row{"[age-of-consent]\nyears = 14\n", "p:2: 'years' must be: whole number from 16 to 21", ""},
                       row{"[whatsapp-window]\nhours = 25\n", "from 1 to 24", ""},
                       row{"[quiet-hours]\nfrom = \"25:00\"\n", "p:2: 'from' must be: time of day", ""},
                       row{"[quiet-hours]\nmode = \"loud\"\n", "\"off\", \"warn\" or \"hold\"", ""},
                       row{"[severity]\nwithdrawn = \"warn\"\n", "p:2: 'withdrawn' cannot be lowered below deny", "can only be raised"},
                       row{"[severity]\nkeyword-started = \"deny\"\n", "is a ground to send", ""},
                       row{"[severity]\ncouplin = \"deny\"\n", "unknown key 'severity.couplin'", "did you mean severity.coupling?"},
                       row{"[message]\nsenders = [\" \"]\n", "p:2: empty name", ""},
                       row{"nonsense", "not valid TOML", ""}}) {
    CAPTURE(x.toml);
    auto const r = parse_policy(x.toml, "p");
    REQUIRE_FALSE(r);
    CHECK(r.error().message.en.find(x.says) != std::string::npos);
    CHECK(r.error().hint.en.find(x.hint) != std::string::npos);
  }
}

TEST_CASE("policy: each change is an entry; an event is judged by the policy in force when it happened, a question by that at its time") {
  scratch dir;
  auto book = agency(dir);
  REQUIRE(book.append({fact(event_kind::given, anna, "2026-01-01T10:00:00Z"), fact(event_kind::requested, "+491713920002", "2026-05-01T10:00:00Z")}, at("2026-05-01T10:00:00Z")));
  auto const before = ask(book, anna, "2026-06-01T10:00:00Z");
  CHECK(before.what == outcome::permit);
  CHECK_FALSE(before.policy_seq);
  auto const v = book.set_policy("[stale-consent]\nwarn_months = 3\n[confirmation]\nwindow_days = 14\n", "p", at("2026-05-12T10:00:00Z"));
  REQUIRE_MESSAGE(v, (v ? "" : v.error().message.en));
  auto const after = ask(book, anna, "2026-06-01T10:00:00Z");
  CHECK(after.what == outcome::warn);
  CHECK(after.policy_seq == v->seq);
  CHECK(ask(book, anna, "2026-05-12T09:59:59Z").what == outcome::permit);                       // the day before it was set
  CHECK(ask(book, anna, "2026-06-01T10:00:00Z", at("2026-05-12T09:59:59Z")).what == outcome::permit);  // by what was known then
  // The request of 1 May keeps its seven days.
  CHECK(ask(book, "+491713920002", "2026-05-09T10:00:00Z").reasons.has(reason_code::confirmation_expired));
  CHECK_FALSE(book.set_policy("[stale-consent]\nwarn_months = 3\n[confirmation]\nwindow_days = 14\n", "p", at("2026-05-13T10:00:00Z")));  // the same again
  auto again = ledger::open(dir.path("a.db"));
  REQUIRE(again);
  CHECK(again->rules().stale_warn_months == 3);
  auto const report = again->verify();
  REQUIRE(report);
  CHECK(report->ok());
}

TEST_CASE("policy: a severity raises what applies and nothing else") {
  scratch dir;
  auto book = agency(dir);
  auto coupled = fact(event_kind::given, anna, "2026-05-01T10:00:00Z");
  coupled.proof.set("coupled", "true");
  REQUIRE(book.append({coupled, fact(event_kind::given, "+491713920002", "2026-05-01T10:00:00Z")}, at("2026-05-01T10:00:00Z")));
  CHECK(ask(book, anna, "2026-06-01T10:00:00Z").what == outcome::warn);
  REQUIRE(book.set_policy("[severity]\ncoupling = \"deny\"\n", "p", at("2026-05-12T10:00:00Z")));
  CHECK(ask(book, anna, "2026-06-01T10:00:00Z").what == outcome::deny);
  CHECK(ask(book, "+491713920002", "2026-06-01T10:00:00Z").what == outcome::permit);
}

TEST_CASE("Austria's list: addresses, domains, digests; it closes the exception for customers and warns beside a consent") {
  scratch dir;
  auto book = agency(dir);
  auto const sale = [&](char const* who) {
    event e = fact(event_kind::sale_recorded, who, "2026-05-01T10:00:00Z", "");
    e.on = channel::email;
    e.about.reset();
    for (char const* const k : {"sale", "similar_goods", "objection_notice"}) e.proof.set(k, "true");
    return e;
  };
  REQUIRE(book.append({sale("kundin@firma.example"), sale("kunde@andere.example"), sale("frei@dritte.example")}, at("2026-05-01T10:00:00Z")));
  auto const answer = [&](char const* who) { return ask(book, who, "2026-06-01T10:00:00Z", instant::latest(), channel::email); };
  CHECK(answer("kundin@firma.example").what == outcome::permit);
  auto const n = book.load_austrian_list("# Liste\nKundin@Firma.example\r\n@andere.example\n", "ecg", at("2026-05-02T10:00:00Z"));
  REQUIRE(n);
  CHECK(*n == 2);
  for (char const* const listed : {"kundin@firma.example", "kunde@andere.example"}) {
    CHECK(answer(listed).what == outcome::deny);
    CHECK(answer(listed).reasons.has(reason_code::austria));
  }
  CHECK(answer("frei@dritte.example").what == outcome::permit);
  // SHA-1 of "frei@dritte.example", as `printf %s … | sha1sum` prints it, in hex and as plain bytes.
  REQUIRE(book.load_austrian_list("3daf3b781775cbb1c896718132edb95c167515db" "\n", "ecg", at("2026-05-03T10:00:00Z")));
  CHECK(answer("frei@dritte.example").what == outcome::deny);
  CHECK(answer("kundin@firma.example").what == outcome::permit);  // the list before is gone
  CHECK_FALSE(book.load_austrian_list("", "ecg", at("2026-05-03T10:00:00Z")));
  auto const bad = book.load_austrian_list("a@b.example\nkeine Adresse\n", "ecg", at("2026-05-03T10:00:00Z"));
  REQUIRE_FALSE(bad);
  CHECK(bad.error().message.en.find("ecg:2") == 0);
  CHECK_FALSE(book.load_austrian_list(std::string(21, '\x01'), "ecg", at("2026-05-03T10:00:00Z")));
  REQUIRE(book.load_austrian_list(std::string(20, '\x01'), "ecg", at("2026-05-03T10:00:00Z")));
  auto const report = book.verify();
  REQUIRE(report);
  CHECK(report->ok());
}

TEST_CASE("customer reference: beside an address it finds the person, on every channel, and a stop of one address is a stop of all") {
  scratch dir;
  auto book = agency(dir);
  auto given = fact(event_kind::given, anna, "2026-05-01T10:00:00Z");
  given.proof.set("customer", "4711");
  auto mail = fact(event_kind::inbound, "anna@kundin.example", "2026-05-02T10:00:00Z", "Frage");
  mail.on = channel::email;
  mail.about.reset();
  mail.proof.set("customer", "customer:4711");
  REQUIRE(book.append({given, mail}, at("2026-05-02T10:00:00Z")));
  CHECK(ask(book, "customer:4711", "2026-06-01T10:00:00Z").what == outcome::permit);
  auto const number = book.reach(*address::parse("customer:4711"), channel::whatsapp);
  REQUIRE(number);
  CHECK(number->text() == anna);
  auto const mailbox = book.reach(*address::parse("customer:4711"), channel::email);
  REQUIRE(mailbox);
  CHECK(mailbox->text() == "anna@kundin.example");
  auto const history = book.history(*address::parse("customer:4711"));
  REQUIRE(history);
  CHECK(history->size() == 4);  // two facts, two links
  // The same reference again links nothing anew.
  auto again = fact(event_kind::outbound, anna, "2026-05-03T10:00:00Z", "");
  again.proof.set("customer", "4711");
  REQUIRE(book.append({again}, at("2026-05-03T10:00:00Z")));
  CHECK(book.history(*address::parse(anna))->size() == 5);
  auto objection = fact(event_kind::objected, "anna@kundin.example", "2026-05-04T10:00:00Z", "");
  objection.on.reset();
  objection.about.reset();
  REQUIRE(book.append({objection}, at("2026-05-04T10:00:00Z")));
  CHECK(ask(book, anna, "2026-06-01T10:00:00Z").what == outcome::deny);
  CHECK(ask(book, "customer:4711", "2026-06-01T10:00:00Z").what == outcome::deny);
  // After a change of number the reference stands for the new one.
  event changed = fact(event_kind::address_changed, anna, "2026-05-05T10:00:00Z", "");
  changed.other = *address::parse("+491713920099");
  changed.on.reset();
  changed.about.reset();
  REQUIRE(book.append({changed}, at("2026-05-05T10:00:00Z")));
  CHECK(book.reach(*address::parse("customer:4711"), channel::whatsapp)->text() == "+491713920099");
  address const nobody = *address::parse("customer:0815");
  CHECK_FALSE(book.reach(nobody, channel::sms));
  auto const report = book.verify();
  REQUIRE(report);
  CHECK(report->ok());
}

TEST_CASE("explain: every rule looked at, and the same answer") {
  scratch dir;
  auto book = agency(dir);
  REQUIRE(book.append({fact(event_kind::given, anna, "2025-01-01T10:00:00Z")}, at("2025-01-01T10:00:00Z")));
  address const a = *address::parse(anna);
  question q{&a, channel::whatsapp, *purpose::parse("newsletter"), at("2026-06-01T19:00:00Z"), true};
  auto const e = book.explain(q);
  auto const d = book.ask(q);
  REQUIRE(e);
  REQUIRE(d);
  CHECK(e->said.what == d->what);
  CHECK(e->rules.size() == reason_code_count);
  for (explanation const& x : e->rules) {
    CAPTURE(std::string{name(x.code)});
    CHECK_FALSE(x.saw.de.empty());
    CHECK_FALSE(x.saw.en.empty());
    CHECK(x.applied.has_value() == d->reasons.has(x.code));
  }
  CHECK(e->rules[static_cast<std::size_t>(reason_code::stale_consent)].saw.en.find("2025-01-01") != std::string::npos);
  CHECK(e->rules[static_cast<std::size_t>(reason_code::quiet_hours)].saw.en.find("21:00") == 0);
}
