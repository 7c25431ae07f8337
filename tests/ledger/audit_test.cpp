// The audit over a ledger: figures of the example agency against the slow twin, the walk by persons, and outputs that stay
// inert, well-formed and small whatever stands in the ledger.
#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include <jawort/ledger/audit.hpp>
#include <jawort/ledger/erasure.hpp>
#include <jawort/ledger/import.hpp>
#include <jawort/ledger/zone.hpp>

#include "../../lib/two_threads.hpp"
#include "../reference/slow_audit.hpp"
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

ledger fresh(scratch const& dir, std::string const& controller = "Reisestube Silberkranich GmbH", instant created = at("2026-01-02T08:00:00Z")) {
  auto book = ledger::create(dir.path("a.db"), {controller, "agency.example/jawort", "DE", true}, created);
  REQUIRE(book);
  REQUIRE(book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "newsletter.toml", created, false, created));
  return std::move(*book);
}

event fact(event_kind k, char const* who, char const* when, char const* about = nullptr) {
  event e;
  e.kind = k;
  e.who = *address::parse(who);
  e.occurred_at = at(when);
  e.source = "test";
  if (about != nullptr) { e.on = channel::whatsapp; e.about = *purpose::parse(about); }
  return e;
}
event yes(char const* who, char const* when) {
  event e = fact(event_kind::given, who, when, "newsletter");
  e.notice = 1;
  e.proof.set("text", "Start");
  return e;
}
void put(ledger& book, event e, instant now) {
  auto r = book.append({std::move(e)}, now);
  REQUIRE(r);
  REQUIRE(r->each[0] == appended::added);
}

audit_report audited(ledger& book, audit_request r, instant now = at("2026-07-01T10:00:00Z")) {
  auto report = audit_ledger(book, r, now);
  REQUIRE(report);
  return *std::move(report);
}

/// Balanced tags, quoted attributes, unique ids, links that lead somewhere. A cheap stand-in for a validator, which was run
/// once (docs/DECISIONS.md).
std::string html_flaw(std::string const& page) {
  std::vector<std::string> open;
  std::set<std::string> ids, links;
  for (std::size_t i = page.find('<'); i != page.npos; i = page.find('<', i + 1)) {
    auto const end = page.find('>', i);
    if (end == page.npos) return "tag without an end";
    std::string tag = page.substr(i + 1, end - i - 1);
    if (tag.starts_with("!doctype")) continue;
    if (tag == "style") { i = page.find("</style>", i); open.push_back("style"); i -= 1; continue; }
    if (tag.starts_with("/")) {
      if (open.empty() || open.back() != tag.substr(1)) return "unexpected </" + tag.substr(1) + ">";
      open.pop_back();
      continue;
    }
    std::string const name = tag.substr(0, tag.find_first_of(" /"));
    if (std::count(tag.begin(), tag.end(), '"') % 2 != 0) return "quotes in " + tag;
    for (auto const* attribute : {" id=\"", " href=\""})
      if (auto const a = tag.find(attribute); a != tag.npos) {
        auto const from = a + std::string{attribute}.size();
        std::string const value = tag.substr(from, tag.find('"', from) - from);
        if (attribute[1] == 'i' && !ids.insert(value).second) return "id twice: " + value;
        if (attribute[1] == 'h') links.insert(value);
      }
    if (name != "meta" && !tag.ends_with('/')) open.push_back(name);
  }
  if (!open.empty()) return "left open: " + open.back();
  for (auto const& l : links)
    if (!l.starts_with("#") || !ids.contains(l.substr(1))) return "link to nowhere: " + l;
  return "";
}

/// Nothing that acts on a terminal or on the order of reading.
bool inert(std::string const& s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    auto const c = static_cast<unsigned char>(s[i]);
    if ((c < 0x20 && c != '\n') || c == 0x7f) return false;
    if (c == 0xc2 && static_cast<unsigned char>(s[i + 1]) < 0xa0) return false;
    if (s.compare(i, 3, "\u202e") == 0 || s.compare(i, 3, "\u2066") == 0 || s.compare(i, 3, "\u200b") == 0) return false;
  }
  return true;
}
}  // namespace

TEST_CASE("the figures of the example agency equal what a slow query gives, for several periods and states of knowledge") {
  scratch dir;
  auto book = fresh(dir);
  std::ifstream rows{std::string{JAWORT_EXAMPLES} + "/events.csv", std::ios::binary};
  REQUIRE(import_file(book, rows, {}, at("2026-07-01T09:55:00Z")));
  // What each person is asked for one by one, through the face that `history` uses.
  std::map<std::string, std::vector<event>> persons;
  {
    std::ifstream again{std::string{JAWORT_EXAMPLES} + "/events.csv"};
    std::string line;
    std::getline(again, line);
    while (std::getline(again, line)) {
      // Third column; the two before it hold no comma.
      auto const from = line.find(',', line.find(',') + 1) + 1;
      auto const who = std::optional{address::parse(line.substr(from, line.find(',', from) - from))};
      REQUIRE(*who);
      auto const all = book.addresses_of(**who);
      REQUIRE(all);
      persons[all->front().text()] = *book.history(**who);
    }
  }
  for (auto const& [from, to, recorded] : std::vector<std::array<char const*, 3>>{{"", "2026-07-01T10:00:00Z", ""}, {"2026-04-01T00:00:00Z", "2026-06-01T00:00:00Z", ""}, {"", "2026-05-01T00:00:00Z", "2026-06-30T00:00:00Z"}}) {
    audit_request r;
    if (*from != '\0') r.when.from = at(from);
    r.when.to = at(to);
    if (*recorded != '\0') r.when.as_recorded = at(recorded);
    auto const report = audited(book, r);
    auto const look = [](question& q) { q.utc_offset_minutes = utc_offset_minutes(*q.who, q.at); q.holiday = is_holiday(*q.who, q.at); };
    slow::audit slow{r.when, book.notices(), book.policies(), [&](std::vector<event> const& events, question const& q) {
                       decision const d = decide(q, fold(events, *q.who, {q.at, q.as_recorded}, {&book.notices(), &book.policies()}), book.notices(), book.policies());
                       slow::verdict v{d.what, name(d.status), {}};
                       for (reason const& x : d.reasons) v.reasons.push_back({name(x.code), x.what});
                       return v;
                     }, look};
    for (auto const& [key, events] : persons) slow.add(events);
    auto const& f = report.found;
    auto const same = [&](char const* name, audit::figure const& ours) {
      INFO(name);
      auto const& theirs = slow.figures[name];
      CHECK(ours.count() == theirs.size());
      CHECK((!ours.complete() || std::multiset<std::uint64_t>(theirs) == [&] { auto const e = ours.entries(); return std::multiset<std::uint64_t>(e.begin(), e.end()); }()));
    };
    CHECK(f.persons == slow.figures["persons"].size());
    CHECK(f.entries == slow.figures["entries"].size());
    same("sends", f.sends.all);
    same("sends now permit", f.sends.now[0]);
    same("sends now warn", f.sends.now[1]);
    same("sends now deny", f.sends.now[3]);
    same("sends later, now permitted", f.sends.entered_later[1]);
    same("sends later, now not", f.sends.entered_later[0]);
    same("unproven", f.unproven);
    same("imported", f.imported);
    same("opt-in requested", f.double_opt_in.requested);
    same("opt-in confirmed", f.double_opt_in.confirmed);
    same("opt-in expired", f.double_opt_in.expired);
    same("opt-in open", f.double_opt_in.open);
    same("retention due", f.retention_due);
    same("lapsed requests due", f.pending_due);
    for (auto const& [key, x] : f.consents)
      same(("consent " + std::string{name(key.scope.on)} + " " + std::string{key.scope.about.text()} + " " + std::string{name(key.way)} + " " + std::string{name(key.status)}).c_str(), x);
    for (auto const& [kind, x] : f.kinds) same(("kind " + std::string{name(kind)}).c_str(), x);
  }
}

TEST_CASE("a letter that was typed in late: lawful as recorded then, not as known now") {
  scratch dir;
  auto book = fresh(dir);
  put(book, yes("+491713920001", "2026-05-01T10:00:00Z"), at("2026-05-01T10:00:00Z"));
  put(book, fact(event_kind::outbound, "+491713920001", "2026-05-26T10:00:00Z", "newsletter"), at("2026-05-26T10:00:01Z"));
  event letter = fact(event_kind::withdrawn, "+491713920001", "2026-05-20T10:00:00Z", "newsletter");
  put(book, letter, at("2026-06-02T10:00:00Z"));
  put(book, fact(event_kind::outbound, "+491713920001", "2026-06-03T10:00:00Z", "newsletter"), at("2026-06-03T10:00:01Z"));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  auto const report = audited(book, r);
  auto const& s = report.found.sends;
  CHECK(s.in_time[1][0].count() == 1);
  CHECK(s.in_time[0][0].count() == 1);
  CHECK(s.after_unknown_stop.count() == 1);
  CHECK(s.after_known_stop.count() == 1);
  REQUIRE(s.newest.size() == 2);
  CHECK(s.newest[0].then.reasons[0].code == reason_code::withdrawn);
  CHECK(s.newest[1].then.what == outcome::permit);
  CHECK(s.newest[1].now.what == outcome::deny);
  CHECK(*report.found.stops.at(event_kind::withdrawn).delay.median() == 1120000);  // 13 days, in three digits
  // As of the day before the letter was entered nothing was amiss.
  r.when.to = at("2026-06-01T10:00:00Z");
  r.when.as_recorded = at("2026-06-01T10:00:00Z");
  CHECK(audited(book, r).found.sends.listed == 0);
}

TEST_CASE("linked addresses are walked as one person, whichever of them came first") {
  scratch dir;
  auto book = fresh(dir);
  put(book, yes("+491713920009", "2026-05-01T10:00:00Z"), at("2026-05-01T10:00:00Z"));
  put(book, fact(event_kind::withdrawn, "kundin@example.org", "2026-05-02T10:00:00Z"), at("2026-05-02T10:00:00Z"));
  put(book, yes("+491713920001", "2026-05-03T10:00:00Z"), at("2026-05-03T10:00:00Z"));
  event link = fact(event_kind::address_linked, "kundin@example.org", "2026-05-04T10:00:00Z");
  link.other = *address::parse("+491713920001");
  put(book, link, at("2026-05-04T10:00:00Z"));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  auto const report = audited(book, r);
  CHECK(report.found.persons == 2);
  CHECK(report.found.addresses == 3);
  CHECK(report.found.linked_persons == 1);
  CHECK(report.found.entries == 4);
  CHECK(report.not_of_people == 2);
  CHECK(report.found.entries + report.not_of_people == report.entries);
  CHECK(report.found.consents.at({{channel::whatsapp, *purpose::parse("newsletter")}, audit::way_in::first_message, consent_status::withdrawn}).count() == 1);
}

TEST_CASE("the walk gives each event once, and to the person that history gives it to, however addresses were linked") {
  scratch dir;
  auto book = fresh(dir);
  std::uint64_t state = 7;
  auto const dice = [&](std::uint64_t n) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33U) % n;
  };
  std::vector<address> all;
  for (int i = 0; i < 30; ++i) all.push_back(*address::parse("+49171392" + std::to_string(1000 + i * 37 % 101)));
  for (int i = 0; i < 15; ++i) all.push_back(*address::parse("kundin" + std::to_string(i) + "@example.org"));
  for (int i = 0; i < 8; ++i) all.push_back(*address::parse("customer:K-" + std::to_string(i)));
  std::vector<event> events;
  for (int i = 0; i < 400; ++i) {
    event e = dice(3) == 0 ? yes("+491713920001", "2026-03-01T10:00:00Z") : fact(dice(2) == 0 ? event_kind::inbound : event_kind::withdrawn, "+491713920001", "2026-03-01T10:00:00Z");
    e.who = all[dice(all.size())];
    e.occurred_at = e.occurred_at + std::chrono::minutes{i};
    if (i % 14 == 0) {
      e = fact(event_kind::address_linked, "+491713920001", "2026-03-01T10:00:00Z");
      e.occurred_at = e.occurred_at + std::chrono::minutes{i};
      e.who = all[dice(all.size())];
      e.other = all[dice(all.size())];
      if (*e.who == *e.other) continue;
    }
    events.push_back(e);
  }
  REQUIRE(book.append(events, at("2026-03-10T10:00:00Z")));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  auto const report = audited(book, r);
  audit::auditor one_by_one{r.when, {&book.notices(), &book.policies()}, [](question&) {}, {}};
  std::set<std::string> done;
  std::uint64_t seen = 0;
  for (auto const& a : all) {
    auto const mine = *book.addresses_of(a);
    if (!done.insert(std::min_element(mine.begin(), mine.end())->text()).second) continue;
    auto const history = *book.history(a);
    seen += history.size();
    one_by_one.add(history);
  }
  auto const expected = one_by_one.result();
  CHECK(report.found.entries == seen);
  CHECK(report.found.entries + report.not_of_people == report.entries);
  CHECK(report.found.persons == expected.persons);
  CHECK(report.found.addresses == expected.addresses);
  CHECK(report.found.linked_persons == expected.linked_persons);
  CHECK(report.found.linked_persons > 3);
  REQUIRE(report.found.consents.size() == expected.consents.size());
  for (auto const& [key, f] : expected.consents) CHECK(report.found.consents.at(key).entries() == f.entries());
}

TEST_CASE("who was erased is in no figure, and bars them when they come back by a list") {
  scratch dir;
  auto book = fresh(dir);
  put(book, yes("+491713920001", "2026-05-01T10:00:00Z"), at("2026-05-01T10:00:00Z"));
  put(book, yes("+491713920002", "2026-05-01T10:00:00Z"), at("2026-05-01T10:00:00Z"));
  REQUIRE(erase(book, *address::parse("+491713920001"), {}, at("2026-05-10T10:00:00Z")));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  auto report = audited(book, r);
  CHECK(report.found.persons == 1);
  CHECK(report.found.entries == 1);
  CHECK(report.not_of_people == report.entries - 1);
  put(book, fact(event_kind::outbound, "+491713920001", "2026-06-02T10:00:00Z", "newsletter"), at("2026-06-02T10:00:00Z"));
  report = audited(book, r);
  CHECK(report.found.entries == 2);
  REQUIRE(report.found.sends.listed == 1);
  CHECK(report.found.sends.newest[0].now.reasons[0].code == reason_code::erased);
  CHECK(report.found.sends.after_known_stop.count() == 1);
  CHECK_FALSE(report.found.kinds.contains(event_kind::erased));
}

TEST_CASE("pieces handed to a second thread arrive once and in order, and what it throws comes back") {
  for (bool const own_thread : {false, true}) {
    std::vector<int> got;
    {
      relay<std::vector<int>> other{[&](std::vector<int>& p) { got.insert(got.end(), p.begin(), p.end()); }, own_thread};
      for (int s = 0; s < 30000; s += 3) {
        other.piece() = {s, s + 1, s + 2};
        other.pass();
      }
      other.finish();
    }
    REQUIRE(got.size() == 30000);
    for (int s = 0; s < 30000; ++s) REQUIRE(got[static_cast<std::size_t>(s)] == s);
  }
  relay<std::vector<int>> bad{[](std::vector<int>&) { throw std::bad_alloc{}; }, true};
  bad.pass();
  CHECK_THROWS_AS(bad.finish(), std::bad_alloc);
  CHECK_THROWS_AS(on_threads(2, [](unsigned k) { if (k == 1) throw std::bad_alloc{}; }), std::bad_alloc);
}

TEST_CASE("deadlines, groups and gaps") {
  scratch dir;
  auto book = fresh(dir);
  put(book, fact(event_kind::access_requested, "+491713920001", "2026-05-31T10:00:00Z"), at("2026-05-31T10:00:00Z"));
  put(book, fact(event_kind::erasure_requested, "+491713920002", "2026-06-20T10:00:00Z"), at("2026-06-20T10:00:00Z"));
  for (char const* who : {"+491713920003", "+491713920004", "+491713920005"}) put(book, fact(event_kind::group_member_added, who, "2026-06-01T10:00:00Z", "group:kreta"), at("2026-06-01T10:00:00Z"));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  auto const report = audited(book, r);
  REQUIRE(report.found.newest_requests.size() == 2);
  CHECK(report.found.newest_requests[1].deadline == at("2026-06-30T10:00:00Z"));
  CHECK(report.found.newest_requests[1].state == audit::request_state::overdue);
  CHECK(report.found.newest_requests[0].state == audit::request_state::open);
  REQUIRE(report.groups.size() == 1);
  CHECK(report.groups[0].members == 3);
  CHECK(report.groups[0].disclosures == 6);
  CHECK(report.groups[0].to_ask == 3);
  auto const duty = [&](char const* id) { return std::find_if(report.duties.begin(), report.duties.end(), [&](auto const& d) { return d.id == id; })->state; };
  CHECK(duty("requests") == duty_state::gap);
  CHECK(duty("groups") == duty_state::gap);
  CHECK(duty("information") == duty_state::shown);
  CHECK(duty("processor-contract") == duty_state::by_hand);
}

TEST_CASE("hostile names and messages stay inert in every output") {
  scratch dir;
  std::string const nasty = "<script>alert(1)</script>\x1b[2J\u202egnp.exe\u2066=HYPERLINK(\"http://x\")&'`code\x07";
  auto book = fresh(dir, "GmbH " + nasty);
  auto toml = slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml");
  auto const name = toml.find("name = \"WhatsApp");
  REQUIRE(name != toml.npos);
  toml.replace(name, toml.find('\n', name) - name, "name = \"<img src=x onerror=alert(1)>\\u001b[31m\\u202e=cmd|' /C calc'!A0\"");
  REQUIRE(book.publish(toml, "n.toml", at("2026-02-01T00:00:00Z"), false, at("2026-02-01T00:00:00Z")));
  event e = yes("+491713920001", "2026-05-01T10:00:00Z");
  e.proof.set("text", nasty);
  e.operator_name = nasty;
  put(book, e, at("2026-05-01T10:00:00Z"));
  put(book, fact(event_kind::group_member_added, "+491713920001", "2026-06-01T10:00:00Z", "group:=1+1/x"), at("2026-06-01T10:00:00Z"));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  auto const report = audited(book, r);
  for (tongue const lang : {tongue::de, tongue::en}) {
    auto const text = audit_text(report, lang), html = audit_html(report, lang);
    std::ostringstream json;
    audit_json(report, lang, json);
    CHECK(inert(text));
    CHECK(inert(html));
    CHECK(inert(json.str()));
    CHECK(html.find("<script") == html.npos);
    CHECK(html.find("<img") == html.npos);
    CHECK(html_flaw(html) == "");
    std::string const as_json = json.str();
    CHECK(std::all_of(as_json.begin(), as_json.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }));
    auto const parsed = nlohmann::json::parse(json.str(), nullptr, false);
    REQUIRE(parsed.is_object());
    CHECK(parsed["ledger"]["controller"] == "GmbH " + nasty);
    for (auto const& out : {text, html, json.str()}) CHECK(out.find("491713920001") == out.npos);
  }
}

TEST_CASE("the page loads nothing and stays small however much there is to list") {
  scratch dir;
  auto book = fresh(dir);
  std::vector<event> many;
  for (int i = 0; i < 4000; ++i) {
    auto e = fact(event_kind::outbound, ("+4917604" + std::to_string(100000 + i)).c_str(), "2026-05-25T10:00:00Z", i % 2 == 0 ? "newsletter" : ("thema-" + std::to_string(i)).c_str());
    many.push_back(e);
    e.kind = event_kind::imported;
    e.occurred_at = at("2026-05-24T10:00:00Z");
    many.push_back(e);
    e.kind = event_kind::access_requested;
    many.push_back(e);
  }
  REQUIRE(book.append(many, at("2026-05-25T10:00:01Z")));
  audit_request r;
  r.when.to = at("2026-07-01T10:00:00Z");
  std::size_t streamed = 0;
  r.each_unlawful = [&](audit::unlawful_send const&) { ++streamed; };
  auto const report = audited(book, r);
  CHECK(streamed == 4000);
  CHECK(report.found.sends.listed == 4000);
  CHECK(report.found.sends.newest.size() == 500);
  auto const html = audit_html(report, tongue::de);
  CHECK(html.size() < 2 * 1024 * 1024);
  CHECK(html_flaw(html) == "");
  CHECK(html.find("3.500 weitere") != html.npos);
  for (char const* loads : {"src=", "url(", "@import", "<link", "http://", "https://"}) CHECK(html.find(loads) == html.npos);
}

TEST_CASE("an empty period is refused, an empty ledger is reported") {
  scratch dir;
  auto book = fresh(dir);
  audit_request r;
  r.when.from = r.when.to = at("2026-07-01T10:00:00Z");
  CHECK(audit_ledger(book, r, r.when.to).error().code == failure::refused);
  r.when.from = instant::earliest();
  auto const report = audited(book, r);
  CHECK(report.found.persons == 0);
  CHECK(html_flaw(audit_html(report, tongue::en)) == "");
  CHECK(audit_text(report, tongue::en).find("None in the period.") != std::string::npos);
}
