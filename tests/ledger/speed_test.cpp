// What was made fast says what it said before: lists on one and two threads, the snapshot, plain rows, states that go on.
#include <doctest/doctest.h>

#include <atomic>
#include <sstream>
#include <thread>

#include "jawort/ledger/import.hpp"
#include "jawort/ledger/snapshot.hpp"
#include "jawort/ledger/table.hpp"
#include "import_order.hpp"
#include "ledger_impl.hpp"
#include "scratch.hpp"

using namespace jawort;
namespace {
instant at(char const* t) { return *instant::parse(t); }

struct dice {
  std::uint64_t seed;
  std::uint64_t operator()(std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return (seed >> 33) % n; }
};

ledger fresh(scratch const& dir, char const* name = "a.db") {
  ledger_options o;
  o.controller = "Agency";
  o.test_clock = true;
  auto book = ledger::create(dir.path(name), o, at("2025-01-01T08:00:00Z"));
  REQUIRE(book);
  constexpr char const* words = R"(id = "newsletter"
language = "de"
channels = ["whatsapp"]
purposes = ["newsletter", "offers"]
keyword = "Start"
double_opt_in = true
text = "Die Agency schickt Ihnen Reiseangebote per WhatsApp, höchstens 366 Nachrichten in 28 Tagen."
confirmation = "Bitte antworten Sie mit Start."
[frequency]
max = 366
days = 28
[content]
products = ["Reisen"]
[controller]
name = "Agency"
address = "Weg 1, Ort"
contact = "post@example.org"
[data]
categories = ["telephone number"]
retention = "bis zum Widerruf"
[[recipient]]
name = "WhatsApp"
country = "US"
safeguard = "Standardvertragsklauseln"
[privacy]
url = "https://example.org/datenschutz"
sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
[stop]
keyword = "Stop"
text = "Jederzeit mit Stop"
[rights]
text = "Auskunft, Berichtigung, Löschung, Einschränkung, Widerspruch, Übertragbarkeit"
authority = "Landesbeauftragte"
data_required = false
automated_decisions = false
)";
  REQUIRE(book->publish(words, "notice", at("2025-01-01T08:00:00Z"), true, at("2025-01-01T08:00:00Z")));
  return *std::move(book);
}

std::string header() { return "occurred_at,event,address,channel,purpose,notice,evidence\n"; }

/// Rows in the order of time with late ones, links, customers, message ids, repeated rows and erased people among them.
std::string rows(dice& d, int count, int people) {
  constexpr std::array kinds{"given", "withdrawn", "inbound", "outbound", "requested", "objected", "imported", "suspended", "resumed", "blocked", "unblocked", "restricted", "unrestricted", "expired"};
  std::string out = header();
  std::string last;
  for (int i = 0; i < count; ++i) {
    if (!last.empty() && d(30) == 0) { out += last; continue; }
    std::string const who = d(25) == 0 ? "kundin" + std::to_string(d(9)) + "@example.org" : "+49171392" + std::to_string(1000 + d(static_cast<std::uint64_t>(people)));
    auto const minute = d(20) == 0 ? d(static_cast<std::uint64_t>(i) + 1) : static_cast<std::uint64_t>(i);
    last = to_string(at("2026-01-01T10:00:00Z") + milliseconds{static_cast<std::int64_t>(minute) * 60000}) + ",";
    if (d(60) == 0) last += "address-linked," + who + ",,,,+49171392" + std::to_string(1000 + d(static_cast<std::uint64_t>(people))) + "\n";
    else if (d(150) == 0) last += "erased," + who + ",,,,\n";
    else if (d(20) == 0) last += "inbound," + who + ",whatsapp,,,\"{\"\"message_id\"\":\"\"m" + std::to_string(d(40)) + "\"\",\"\"text\"\":\"\"Hallo\"\"}\"\n";
    else if (d(40) == 0) last += "inbound," + who + ",whatsapp,,,\"{\"\"customer\"\":\"\"K" + std::to_string(d(8)) + "\"\",\"\"text\"\":\"\"Grüße\"\"}\"\n";
    else last += std::string{kinds[d(kinds.size())]} + "," + who + ",whatsapp," + (d(4) == 0 ? "offers" : "newsletter") + ",newsletter@1,Start\n";
    out += last;
  }
  return out;
}

import_report take(ledger& book, std::string const& text, unsigned threads = 0) {
  std::istringstream in{text};
  import_options o;
  o.file_name = "rows.csv";
  o.partial = true;
  o.watch.threads = threads;
  auto r = import_file(book, in, o, at("2026-10-01T08:00:00Z"));
  REQUIRE(r);
  return *r;
}

std::string list_of(dice& d, int rows, int people) {
  std::string out = "Name;Handy\n";
  for (int i = 0; i < rows; ++i) {
    std::string const rest = "392" + std::to_string(1000 + d(static_cast<std::uint64_t>(people) * 2));
    switch (d(9)) {
      case 0: out += "A;0171/" + rest + "\n"; break;
      case 1: out += "B;\"0171 " + rest + "\"\n"; break;
      case 2: out += "Müller;+49 171 " + rest + "\r\n"; break;
      case 3: out += "C;kundin" + std::to_string(d(12)) + "@example.org\n"; break;
      case 4: out += "D;+4911300" + std::to_string(100000 + d(99999)) + "\n"; break;
      case 5: out += "E\n"; break;
      default: out += ";+49171" + rest + "\n";
    }
  }
  return out;
}

question newsletter(char const* when) {
  question q;
  q.on = channel::whatsapp;
  q.about = *purpose::parse("newsletter");
  q.at = at(when);
  q.template_message = true;
  return q;
}

std::string verdicts(broadcast_report const& r) {
  std::string out;
  CHECK(write_verdicts(r, [&](std::string_view piece) { out += piece; return true; }));
  return out;
}

broadcast_report check(ledger& book, std::string const& list, question const& q, unsigned threads) {
  std::istringstream in{list};
  job_watch w;
  w.threads = threads;
  auto r = check_list(book, in, "list.csv", q, {}, w);
  REQUIRE(r);
  return *std::move(r);
}
}  // namespace

TEST_CASE("list: one and two threads say the same, and what `ask` says") {
  scratch dir;
  dice d{3};
  auto book = fresh(dir);
  take(book, rows(d, 4000, 200));
  std::string const list = list_of(d, 3000, 200);
  for (char const* const when : {"2026-09-01T10:00:00Z", "2026-01-02T10:00:00Z"}) {
    auto q = newsletter(when);
    auto const one = check(book, list, q, 1), two = check(book, list, q, 2);
    CHECK(verdicts(one) == verdicts(two));
    CHECK(one.reasons == two.reasons);
    CHECK(one.list_sha256 == two.list_sha256);
    CHECK(one.reasons.size() > 5);
    CHECK(one.denied > 0);
    q.recipients = static_cast<std::uint32_t>(one.checked - one.invalid - one.duplicates);
    for (list_row const& row : one.rows) {
      if (row.what == verdict::invalid || row.what == verdict::duplicate) continue;
      q.who = &*row.who;
      auto const said = book.ask(q);
      REQUIRE(said);
      INFO(row.line);
      CHECK(std::string{name(row.what)}.substr(0, 3) == std::string{name(said->what)}.substr(0, 3));  // denied, deny
      REQUIRE(row.reasons.size() == said->reasons.size());
      for (std::size_t k = 0; k < row.reasons.size(); ++k) CHECK(row.reasons[k].code == said->reasons[k].code);
    }
  }
}

TEST_CASE("list: the lines of a long one, made by two threads, are those made row by row") {
  scratch dir;
  dice d{17};
  auto book = fresh(dir);
  take(book, rows(d, 2000, 200));
  auto const field = [](std::string_view text) {
    if (text.find_first_of(",\"\r\n") == text.npos) return std::string{text};
    std::string out = "\"";
    for (char const c : text) out += c == '"' ? std::string{"\"\""} : std::string{c};
    return out + "\"";
  };
  auto const r = check(book, list_of(d, 45000, 50000), newsletter("2026-09-01T10:00:00Z"), 2);
  std::string slow = "line,input,address,verdict,reasons\n";
  for (list_row const& row : r.rows) {
    slow += std::to_string(row.line) + "," + field(row.input) + "," + (row.who && row.what != verdict::invalid ? field(row.who->text()) : "") + "," + std::string{name(row.what)} + ",";
    std::string codes;
    for (auto const& x : row.reasons) codes += (codes.empty() ? "" : ";") + std::string{name(x.code)};
    slow += codes + "\n";
  }
  CHECK(verdicts(r) == slow);
  CHECK(r.checked >= 45000);
  CHECK(r.permitted > 0);
  std::size_t pieces = 0;
  CHECK_FALSE(write_verdicts(r, [&](std::string_view) { return ++pieces < 3; }));
  CHECK(pieces == 3);
}

TEST_CASE("import: one and two threads, small pieces and large ones make the same states; all of them follow from the entries") {
  dice a{5}, b{5};
  std::string const text = rows(a, 6000, 150);
  CHECK(text == rows(b, 6000, 150));
  scratch dir;
  auto one = fresh(dir, "one.db"), two = fresh(dir, "two.db"), bits = fresh(dir, "bits.db");
  auto const r1 = take(one, text, 1), r2 = take(two, text, 2);
  std::size_t appended = 0;
  std::istringstream in{text};
  std::string line, piece;
  std::getline(in, line);
  for (int n = 0; std::getline(in, line);) {
    piece += line + "\n";
    if (++n % 173 == 0) { appended += take(bits, header() + piece).appended; piece.clear(); }
  }
  appended += take(bits, header() + piece).appended;
  CHECK(r1.appended == r2.appended);
  CHECK(r1.appended == appended);
  CHECK(r1.duplicates > 50);
  for (ledger* const book : {&one, &two, &bits}) {
    auto const v = book->verify();
    REQUIRE(v);
    CHECK(v->ok());
    CHECK(v->events == one.verify()->events);
  }
  dice d{9};
  std::string const list = list_of(d, 500, 150);
  auto const q = newsletter("2026-09-01T10:00:00Z");
  CHECK(verdicts(check(one, list, q, 1)) == verdicts(check(two, list, q, 1)));
  CHECK(verdicts(check(one, list, q, 1)) == verdicts(check(bits, list, q, 1)));
}

namespace {
std::string first_difference(std::string const& a, std::string const& b) {
  std::istringstream left{a}, right{b};
  for (std::string x, y;;) {
    bool const more_left = static_cast<bool>(std::getline(left, x)), more_right = static_cast<bool>(std::getline(right, y));
    if (!more_left && !more_right) return {};
    if (more_left != more_right || x != y) return "'" + x + "' and '" + y + "'";
  }
}

/// All that is known of everybody in `rows`, whatever sequence it has.
std::string known(ledger& book, int people) {
  std::vector<address> who;
  for (int k = 0; k < people; ++k) who.push_back(*address::parse("+49171392" + std::to_string(1000 + k)));
  for (int k = 0; k < 9; ++k) who.push_back(*address::parse("kundin" + std::to_string(k) + "@example.org"));
  for (int k = 0; k < 8; ++k) who.push_back(*address::parse("customer:K" + std::to_string(k)));
  std::string out;
  for (address const& a : who) {
    auto const history = book.history(a);
    REQUIRE(history);
    std::vector<std::string> lines;
    for (event const& e : *history) {
      if (e.kind == event_kind::address_linked && e.other->kind() == address_kind::customer) continue;  // made for who was not linked yet: by order
      std::string line = std::string{name(e.kind)} + " " + to_string(e.occurred_at) + " " + e.who->text() + " " + (e.on ? std::string{name(*e.on)} : "-") + " " +
                         (e.about ? std::string{e.about->text()} : "-") + " " + (e.other ? e.other->text() : "-") + " " + std::to_string(e.notice) + e.via + " " +
                         e.source + e.operator_name;
      for (auto const& [key, value] : e.proof.entries()) line += " " + key + "=" + value;
      lines.push_back(std::move(line));
    }
    std::sort(lines.begin(), lines.end());
    out += a.text() + ":\n";
    for (auto const& l : lines) out += l + "\n";
  }
  return out;
}
}  // namespace

TEST_CASE("import: a large file, taken in order of the addresses, says what it says in its own order") {
  dice d{31};
  std::string const text = rows(d, 9000, 4000);
  scratch dir;
  auto plain = fresh(dir, "plain.db");
  auto const expected = take(plain, text, 1);
  auto const facts = known(plain, 4000);
  std::string const list = list_of(d, 3000, 4000);
  auto const q = newsletter("2026-09-01T10:00:00Z");
  auto const verdict_of_all = verdicts(check(plain, list, q, 1));
  CHECK(expected.duplicates > 50);
  CHECK(expected.suppressed > 5);
  int n = 0;
  for (std::size_t const memory : {std::size_t{1} << 20, std::size_t{4000}, std::size_t{200000}})
    for (unsigned const threads : {1U, 2U}) {
      auto book = fresh(dir, ("ordered" + std::to_string(++n) + ".db").c_str());
      ledger_parts::of(book).spilling = {memory, 8000, 8192};
      auto const place = ledger_parts::of(book).path;
      if (memory == 200000) ledger_parts::of(book).path = dir.path("no such folder/a.db");  // no temporary file: in passes
      REQUIRE(import_order::worth(text.size(), ledger_parts::of(book).spilling));
      auto const r = take(book, text, threads);
      ledger_parts::of(book).path = place;
      CHECK(r.rows == expected.rows);
      CHECK(r.appended == expected.appended);
      CHECK(r.duplicates == expected.duplicates);
      CHECK(r.suppressed == expected.suppressed);
      CHECK(first_difference(known(book, 4000), facts) == "");
      CHECK(verdicts(check(book, list, q, 1)) == verdict_of_all);
      auto const v = book.verify();
      REQUIRE(v);
      CHECK(v->ok());
      auto const again = take(book, text, threads);
      CHECK(again.appended == 0);
    }
}

TEST_CASE("import: a large file with bad rows stays out, one tried changes nothing, and a stop ends both halves") {
  dice d{33};
  std::string const good = rows(d, 3000, 100);
  scratch dir;
  auto book = fresh(dir);
  ledger_parts::of(book).spilling = {4000, 8000, 8192};
  auto const before = book.head()->root;
  auto const job = [&](std::string const& text, import_options o) {
    std::istringstream in{text};
    o.file_name = "rows.csv";
    return import_file(book, in, o, at("2026-10-01T08:00:00Z"));
  };
  std::string const bad = good + "2026-01-01T10:00:00Z,given,0049,whatsapp,newsletter,newsletter@1,Start\n";
  auto r = job(bad, {});
  REQUIRE(r);
  CHECK(r->rolled_back);
  REQUIRE(r->bad.size() == 1);
  CHECK(r->bad[0].line == 3002);
  CHECK(r->refused == 3001);
  CHECK(r->appended == 0);
  CHECK(book.head()->root == before);
  import_options o;
  o.dry_run = true;
  r = job(good, o);
  REQUIRE(r);
  CHECK_FALSE(r->rolled_back);
  auto const tried = r->appended;
  CHECK(tried > 2000);
  CHECK(book.head()->root == before);
  for (std::uint64_t const when : {std::uint64_t{0}, std::uint64_t{1}}) {  // while it is read, and while it is written
    std::atomic<bool> stop{false};
    import_options stopped;
    stopped.watch.threads = 2;
    stopped.watch.stop = &stop;
    stopped.watch.progress = [&](job_progress p) { if (p.done * 2 >= p.all * when) stop = true; };
    auto const none = job(good, stopped);
    REQUIRE_FALSE(none);
    CHECK(none.error().code == failure::interrupted);
    CHECK(book.head()->root == before);
  }
  std::uint64_t done = 0, all = 0;
  import_options watched;
  watched.partial = true;
  watched.watch.threads = 2;
  watched.watch.progress = [&](job_progress p) { CHECK(p.done >= done); CHECK(p.done <= p.all); done = p.done; all = p.all; };
  r = job(bad, watched);
  REQUIRE(r);
  CHECK(r->appended == tried);
  CHECK(r->refused == 1);
  CHECK(all == 2 * bad.size());
  CHECK(done == all);
}

TEST_CASE("snapshot: answers are the ledger's, when built and when brought up to date") {
  scratch dir;
  dice d{21};
  auto book = fresh(dir);
  take(book, rows(d, 3000, 120));
  snapshot_keeper states;
  CHECK(states.current() == nullptr);
  auto const same = [&] {
    REQUIRE(states.refresh(book));
    auto const now = states.current();
    CHECK(now->head().root == book.head()->root);
    CHECK(now->bytes() > now->addresses() * 16);
    std::size_t told = 0;
    for (char const* const when : {"2026-09-01T10:00:00Z", "2026-01-02T10:00:00Z"})
      for (std::uint64_t n = 0; n < 260; ++n) {
        auto const who = n < 240 ? *address::from_digits(491713921000U + n) : *address::parse("kundin" + std::to_string(n - 240) + "@example.org");
        auto q = newsletter(when);
        if (who.kind() == address_kind::mailbox) q.on = channel::email;
        q.who = &who;
        auto const quick = now->ask(q);
        auto const said = book.ask(q);
        REQUIRE(said);
        if (!quick) continue;
        ++told;
        CHECK(quick->what == said->what);
        CHECK(quick->status == said->status);
        REQUIRE(quick->reasons.size() == said->reasons.size());
        for (std::size_t k = 0; k < said->reasons.size(); ++k) CHECK(quick->reasons[k].code == said->reasons[k].code);
      }
    CHECK(told > 250);
    std::string const list = list_of(d, 400, 120);
    std::istringstream in{list};
    auto const q = newsletter("2026-09-01T10:00:00Z");
    auto const r = check_list(book, *now, in, "list.csv", q, {});
    REQUIRE(r);
    CHECK(verdicts(*r) == verdicts(check(book, list, q, 1)));
  };
  same();
  for (int n = 0; n < 4; ++n) {
    dice more{static_cast<std::uint64_t>(100 + n)};
    take(book, rows(more, n % 2 == 0 ? 60 : 1500, 140));
    same();
  }
}

TEST_CASE("snapshot: threads read while another brings it up to date") {
  scratch dir;
  dice d{8};
  auto book = fresh(dir);
  take(book, rows(d, 500, 50));
  snapshot_keeper states;
  REQUIRE(states.refresh(book));
  std::atomic<bool> stop{false};
  std::atomic<std::size_t> asked{0};
  std::vector<std::thread> readers;
  for (int n = 0; n < 2; ++n)
    readers.emplace_back([&] {
      auto const who = *address::from_digits(491713921005U);
      auto q = newsletter("2026-09-01T10:00:00Z");
      q.who = &who;
      while (!stop || asked == 0) asked += states.current()->ask(q) ? 1U : 0U;
    });
  for (int n = 0; n < 5; ++n) {
    dice more{static_cast<std::uint64_t>(n)};
    take(book, rows(more, 50, 50));
    REQUIRE(states.refresh(book));
  }
  stop = true;
  for (auto& t : readers) t.join();
  CHECK(asked > 0);
}

TEST_CASE("table: plain rows are the rows of `next`") {
  dice d{17};
  constexpr std::array pieces{"a", "0171 3920001", ",", ",", "\n", "\n", "\r\n", "\"", "\"\"", " ", "\t", "ä", "\xe4", ";", "\r"};
  std::size_t plain_rows = 0;
  for (int n = 0; n < 3000; ++n) {
    std::string text = "x,y\n";
    for (auto left = d(60); left-- > 0;) text += pieces[d(d(3) == 0 ? pieces.size() : 7)];
    if (n % 50 == 0) text.insert(4, std::string(70000, 'z') + "\n");
    std::istringstream in1{text}, in2{text};
    auto slow = table_reader::open(in1), quick = table_reader::open(in2);
    std::vector<std::string_view> fields;
    std::size_t line = 0;
    for (;;) {
      auto const expected = slow->next();
      REQUIRE(expected);
      if (quick->plain(fields, line)) {
        ++plain_rows;
        INFO(text);
        REQUIRE(*expected);
        CHECK((**expected).line == line);
        CHECK(std::vector<std::string>(fields.begin(), fields.end()) == (**expected).fields);
        continue;
      }
      auto const row = quick->next();
      REQUIRE(row);
      REQUIRE(expected->has_value() == row->has_value());
      if (!*row) break;
      CHECK((**row).fields == (**expected).fields);
      CHECK((**row).line == (**expected).line);
    }
  }
  CHECK(plain_rows > 3000);
}

TEST_CASE("jobs: a stop leaves everything as it was") {
  scratch dir;
  dice d{4};
  auto book = fresh(dir);
  take(book, rows(d, 300, 30));
  auto const before = *book.head();
  std::atomic<bool> const stop{true};
  std::istringstream in{rows(d, 300, 30)}, list{list_of(d, 100, 30)};
  import_options o;
  o.file_name = "rows.csv";
  o.watch.stop = &stop;
  auto const r = import_file(book, in, o, at("2026-10-01T08:00:00Z"));
  REQUIRE(!r);
  CHECK(r.error().code == failure::interrupted);
  CHECK(book.head()->root == before.root);
  auto const c = check_list(book, list, "list.csv", newsletter("2026-09-01T10:00:00Z"), {}, o.watch);
  REQUIRE(!c);
  CHECK(c.error().code == failure::interrupted);
}
