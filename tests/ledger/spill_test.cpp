// Entries person by person: the spill against a map of vectors, with and without room; audit and verify through small spills
// and large ones, on one thread and two; leaves checked one person after the other against `make_leaf`.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <jawort/ledger/audit.hpp>
#include <jawort/ledger/backup.hpp>
#include <jawort/ledger/erasure.hpp>
#include <jawort/ledger/import.hpp>

#include "import_order.hpp"
#include "leaf_check.hpp"
#include "ledger_impl.hpp"
#include "people.hpp"
#include "scratch.hpp"
#include "spill.hpp"
#include "two_threads.hpp"

using namespace jawort;

namespace {
instant at(char const* text) { return *instant::parse(text); }
instant const now = at("2026-07-01T10:00:00Z");

class dice {
 public:
  explicit dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()(std::uint64_t n) {
    state_ = state_ * 6364136223846793005U + 1442695040888963407U;
    return (state_ >> 33U) % n;
  }

 private:
  std::uint64_t state_;
};

struct put_record {
  std::int64_t key = 0;
  std::uint64_t order = 0;
  std::string bytes;
};
/// Few keys with many records, many with few; records of no bytes, of some, and one of more than any block.
std::vector<put_record> random_records(std::size_t n, std::uint64_t seed) {
  dice d{seed};
  std::vector<put_record> out;
  for (std::size_t k = 0; k < n; ++k) {
    std::int64_t const key = d(3) == 0 ? static_cast<std::int64_t>(d(5)) : static_cast<std::int64_t>(d(1000000)) - 500000;
    std::string bytes(k == n / 2 ? 100000 : d(40), '\0');
    for (char& c : bytes) c = static_cast<char>(d(256));
    out.push_back({key, k * 7919 % n, std::move(bytes)});  // 7919 is prime: every order once
  }
  return out;
}

using twin = std::map<std::int64_t, std::map<std::uint64_t, std::string>>;

struct used {
  std::size_t passes = 0;
  bool in_file = false;
};
/// Takes everything through a spill and compares it with the twin.
used through(spill& s, std::vector<put_record> const& all, unsigned writers = 1) {
  twin expected;
  for (auto const& r : all) expected[r.key][r.order] = r.bytes;
  used out;
  std::vector<put_record> got;
  do {
    ++out.passes;
    on_threads(writers, [&](unsigned k) {
      spill::writer w{s};
      for (std::size_t n = k; n < all.size(); n += writers) {
        std::string_view const b = all[n].bytes;
        w.put(all[n].key, all[n].order, b.substr(0, b.size() / 3), b.substr(b.size() / 3, b.size() / 3), b.substr(b.size() / 3 * 2));
      }
      w.end();
    });
    out.in_file = out.in_file || s.in_file();
    REQUIRE(s.first() < s.end());
    for (auto p = s.first(); p < s.end(); ++p) {
      auto const part = s.take(p);
      for (auto const& r : part.records()) {
        CHECK((!s.lower(p) || r.k >= *s.lower(p)));
        CHECK((!s.upper(p) || r.k < *s.upper(p)));
        got.push_back({r.k, r.order, std::string{r.bytes}});
      }
    }
  } while (s.again());
  auto at = got.begin();
  bool same = got.size() == all.size();
  for (auto const& [key, records] : expected)
    for (auto const& [order, bytes] : records) {
      if (!same) break;
      same = at->key == key && at->order == order && at->bytes == bytes;
      ++at;
    }
  CHECK(same);
  return out;
}
std::vector<spill::key> some_bounds(std::vector<put_record> const& all, std::size_t parts) {
  std::vector<spill::key> sample;
  for (std::size_t k = 0; k < all.size(); k += 11) sample.push_back(all[k].key);
  return bounds_of(std::move(sample), parts);
}

/// The file without a name that this process has open in that folder; -1 where there is none.
int nameless_file(std::string const& folder) {
  int found = -1;
  for (auto const& e : std::filesystem::directory_iterator{"/proc/self/fd"}) {
    std::error_code gone;
    auto const to = std::filesystem::read_symlink(e.path(), gone).string();
    if (!gone && to.starts_with(folder) && to.ends_with(" (deleted)") && to.find(".db") == to.npos) found = std::stoi(e.path().filename().string());
  }
  return found;
}

/// No file of more than `bytes` while it lives: a full disk, as far as a program can tell.
class small_disk {
 public:
  explicit small_disk(rlim_t bytes) {
    handler_ = std::signal(SIGXFSZ, SIG_IGN);
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const r{bytes, before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &r);
  }
  ~small_disk() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }
  small_disk(small_disk const&) = delete;
  small_disk& operator=(small_disk const&) = delete;

 private:
  rlimit before_{};
  void (*handler_)(int) = nullptr;
};

spill_limits tiny(std::size_t memory = 3000) { return {memory, 2000, 4096}; }
}  // namespace

TEST_CASE("a spill gives back what a map of vectors holds, in memory, in a file, on two threads, and without room in more passes") {
  scratch dir;
  for (std::uint64_t seed = 1; seed <= 12; ++seed) {
    auto const all = random_records(1 + 400 * seed, seed);
    auto const bounds = some_bounds(all, 1 + seed * 3);
    INFO("seed " << seed);
    for (unsigned const writers : {1U, 2U}) {
      spill large{dir.path(""), bounds, writers};
      auto u = through(large, all, writers);
      CHECK_FALSE(u.in_file);
      CHECK(u.passes == 1);
      spill small{dir.path(""), bounds, writers, tiny()};
      u = through(small, all, writers);
      CHECK(u.in_file);
      CHECK(u.passes == 1);
      spill nowhere{dir.path("no such folder"), bounds, writers, tiny(40000)};
      u = through(nowhere, all, writers);
      CHECK_FALSE(u.in_file);
      CHECK(u.passes > 1);
      small_disk const full{60000};
      spill cramped{dir.path(""), bounds, writers, tiny(40000)};
      u = through(cramped, all, writers);
      CHECK((seed < 4 || u.passes > 1));
    }
  }
  spill none{dir.path(""), {}, 1};
  through(none, {});
}

TEST_CASE("a spill's file has no name, nothing readable, and every flipped bit is an error") {
  scratch dir;
  std::string const words = "Guten Tag, hier ist +491713920001";
  dice d{5};
  std::size_t found = 0;
  for (int round = 0; round < 40; ++round) {
    spill s{dir.path(""), {50}, 1, tiny(0)};
    spill::writer w{s};
    for (std::uint64_t k = 0; k < 100; ++k) w.put(static_cast<std::int64_t>(k), k, words);
    w.end();
    REQUIRE(s.in_file());
    CHECK(std::filesystem::is_empty(dir.path("")));
    int const fd = nameless_file(std::filesystem::canonical(dir.path("")).string());
    REQUIRE(fd >= 0);
    std::string bytes(20000, '\0');
    auto const size = ::pread(fd, bytes.data(), bytes.size(), 0);
    REQUIRE(size > 5000);
    CHECK(bytes.find("Guten") == bytes.npos);
    CHECK(bytes.find("49171") == bytes.npos);
    auto const at = static_cast<off_t>(d(static_cast<std::uint64_t>(size)));
    char const flipped = static_cast<char>(bytes[static_cast<std::size_t>(at)] ^ (1 << d(8)));
    REQUIRE(::pwrite(fd, &flipped, 1, at) == 1);
    try {
      for (auto p = s.first(); p < s.end(); ++p) (void)s.take(p);
    } catch (store_error const& e) {
      ++found;
      CHECK(e.why.code == failure::environment);
    }
  }
  CHECK(found == 40);
}

namespace {
std::string slurp(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

std::string phone(std::uint64_t n) { return "+49171" + std::to_string(3920000 + n * 37 % 9973); }

event fact(event_kind k, std::string const& who, instant when, char const* about = nullptr) {
  event e;
  e.kind = k;
  e.who = *address::parse(who);
  e.occurred_at = when;
  e.source = "test";
  if (about != nullptr) { e.on = channel::whatsapp; e.about = *purpose::parse(about); }
  return e;
}

/// People with one entry and with many, linked with mailboxes and customer references, erased, come back; late sends and stops.
void fill(ledger& book, std::size_t entries, std::uint64_t seed) {
  dice d{seed};
  std::vector<event> events;
  auto const someone = [&] { return d(4) == 0 ? phone(d(5)) : d(12) == 0 ? "kundin" + std::to_string(d(40)) + "@example.org" : phone(d(entries / 3 + 10)); };
  for (std::size_t k = 0; k < entries; ++k) {
    instant const when = at("2026-03-01T08:00:00Z") + std::chrono::minutes{k * 2} - std::chrono::minutes{d(9) == 0 ? d(30000) : 0};
    event e = fact(event_kind::inbound, someone(), when);
    e.on = channel::whatsapp;
    e.proof.set("text", "Guten Tag " + std::to_string(d(100)));
    switch (d(8)) {
      case 0: case 1:
        e = fact(event_kind::given, *e.who == *address::parse("+491713920000") ? phone(1) : std::string{e.who->text()}, when, "newsletter");
        e.notice = 1;
        e.proof.set("text", "Start");
        e.operator_name = d(2) == 0 ? "Meier" : "";
        break;
      case 2: case 3: e = fact(event_kind::outbound, std::string{e.who->text()}, when, "newsletter"); break;
      case 4: e = fact(event_kind::withdrawn, std::string{e.who->text()}, when, "newsletter"); e.via = "letter"; break;
      case 5:
        if (d(6) != 0) break;
        e = fact(event_kind::address_linked, phone(d(entries / 3 + 10)), when);
        e.other = *address::parse(d(2) == 0 ? "customer:K-" + std::to_string(d(30)) : phone(d(entries / 3 + 10)));
        if (*e.other == *e.who) e.other = *address::parse("customer:K-1");
        break;
      default: break;
    }
    events.push_back(std::move(e));
    if (events.size() == 500) { REQUIRE(book.append(std::exchange(events, {}), at("2026-06-01T10:00:00Z") + std::chrono::minutes{k})); }
  }
  REQUIRE(book.append(std::move(events), at("2026-06-10T10:00:00Z")));
}

ledger fresh(std::string const& path) {
  auto book = ledger::create(path, {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-02T08:00:00Z"));
  REQUIRE(book);
  REQUIRE(book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "newsletter.toml", at("2026-01-02T08:00:00Z"), false, at("2026-01-02T08:00:00Z")));
  return std::move(*book);
}

/// All that an audit says, with every unlawful send in its order.
std::string audited(ledger& book, unsigned threads, spill_limits const& limits = {}) {
  ledger_parts::of(book).spilling = limits;
  audit_request r;
  r.when.to = now;
  r.keep = 50;
  r.list = 20;
  r.watch.threads = threads;
  std::ostringstream out;
  r.each_unlawful = [&](audit::unlawful_send const& u) { out << u.seq << '\n'; };
  auto const report = audit_ledger(book, r, now);
  REQUIRE_MESSAGE(report, (report ? "" : report.error().message.en));
  audit_json(*report, tongue::en, out);
  return out.str();
}
std::string verified(ledger& book, unsigned threads, spill_limits const& limits = {}) {
  ledger_parts::of(book).spilling = limits;
  job_watch w;
  w.threads = threads;
  auto const report = book.verify({}, w);
  REQUIRE_MESSAGE(report, (report ? "" : report.error().message.en));
  std::ostringstream out;
  out << report->events << ' ' << log::base64(log::bytes_view{report->head.root}) << '\n';
  for (auto const& p : report->problems) out << (p.seq ? std::to_string(*p.seq) : "-") << ' ' << p.kind << ' ' << p.text.de << '\n';
  for (auto const& t : report->remarks) out << t.de << '\n';
  return out.str();
}
}  // namespace

namespace {
/// Events of every shape: all kinds of addresses, with and without each field, evidence of many words or none.
std::vector<event> random_events(std::size_t n, std::uint64_t seed) {
  dice d{seed};
  constexpr std::array addresses{"+491713920001", "+491713920002", "+436601234567", "a@example.org", "b@example.org", "zz@example.org", "messenger:4815162342",
                                 "messenger:ref:x", "US.13491208655302741918", "customer:K-4711"};
  auto const some = [&] { return *address::parse(addresses[d(addresses.size())]); };
  std::vector<event> out(n);
  for (std::size_t k = 0; k < n; ++k) {
    event& e = out[k];
    e.kind = event_kinds[d(event_kinds.size())].kind;
    e.occurred_at = at("2026-01-01T00:00:00Z") + milliseconds{static_cast<std::int64_t>(d(1U << 30U))};
    e.who = d(2) == 0 ? *address::from_digits(491700000000 + d(90000)) : some();
    if (d(2) == 0) e.on = static_cast<channel>(1 + d(5));
    if (d(2) == 0) e.about = *purpose::parse(d(2) == 0 ? "newsletter" : "offers/cruises");
    if (d(3) == 0) e.other = some();
    if (d(3) == 0) e.via = "counter";
    if (d(3) == 0) e.operator_name = "Ida " + std::to_string(d(3));
    e.notice = static_cast<notice_number>(d(3));
    e.source = "import:x";
    for (auto words = d(4); words > 0; --words) e.proof.set("k" + std::to_string(d(9)), std::string(1 + d(200), static_cast<char>('a' + d(20))));
    e.proof.set("place", std::to_string(k));
  }
  return out;
}
bool same(event const& a, event const& b) {
  return a.kind == b.kind && a.occurred_at == b.occurred_at && a.who == b.who && a.on == b.on && a.about == b.about && a.other == b.other && a.via == b.via &&
         a.operator_name == b.operator_name && a.notice == b.notice && a.source == b.source && a.proof == b.proof;
}
std::size_t place(event const& e) { return std::stoul(std::string{e.proof.get("place")}); }

/// Puts all, takes all, and says in how many passes.
std::size_t ordered(import_order& o, std::vector<event> const& all) {
  std::vector<event> got;
  std::size_t passes = 0;
  do {
    ++passes;
    for (event const& e : all) o.put(e);
    o.all_put();
    for (auto piece = o.next(); !piece.empty(); piece = o.next()) got.insert(got.end(), piece.begin(), piece.end());
  } while (o.again());
  REQUIRE(got.size() == all.size());
  std::vector<bool> seen(all.size(), false);
  std::map<std::string, std::size_t> last;
  bool whole = true, in_order = true;
  for (event const& e : got) {
    auto const p = place(e);
    whole = whole && !seen[p] && same(e, all[p]);
    seen[p] = true;
    auto const [known, fresh] = last.try_emplace(e.who->text(), p);
    in_order = in_order && (fresh || known->second < p);
    known->second = p;
  }
  CHECK(whole);
  CHECK(in_order);
  return passes;
}
}  // namespace

TEST_CASE("events of an import come back whole, those of one address in order: in memory, from a file, without room in passes") {
  scratch dir;
  for (std::uint64_t seed = 1; seed <= 6; ++seed) {
    auto const all = random_events(600 * seed, seed);
    std::vector<spill::key> sample;
    for (std::size_t k = 0; k < all.size(); k += 7) sample.push_back(import_order::key_of(*all[k].who));
    for (bool const known : {true, false}) {
      import_order large{dir.path(""), known ? sample : std::vector<spill::key>{}, 1000000, {}};
      CHECK(ordered(large, all) == 1);
      import_order small{dir.path(""), known ? sample : std::vector<spill::key>{}, 60000, tiny(0)};
      CHECK(ordered(small, all) == 1);
    }
    import_order nowhere{dir.path("no such folder"), sample, 60000, tiny(60000)};
    CHECK(ordered(nowhere, all) > 1);
  }
}

TEST_CASE("ranges of addresses follow one another: numbers by their digits, then the others") {
  scratch dir;
  auto const all = random_events(4000, 77);
  std::vector<spill::key> sample;
  for (event const& e : all) sample.push_back(import_order::key_of(*e.who));
  import_order o{dir.path(""), sample, 60000, tiny(0)};
  for (event const& e : all) o.put(e);
  o.all_put();
  spill::key reached = 0;
  std::size_t pieces = 0;
  for (auto piece = o.next(); !piece.empty(); piece = o.next(), ++pieces) {
    auto highest = reached;
    for (event const& e : piece) {
      auto const k = import_order::key_of(*e.who);
      CHECK(k >= reached);
      highest = std::max(highest, k);
    }
    reached = highest;
  }
  CHECK(pieces > 10);
  CHECK(import_order::key_of(*address::parse("+999999999999999")) < import_order::key_of(*address::parse("0@example.org")));
}

TEST_CASE("audit and verify say the same on one thread and two, in memory, through a file, and without room for one") {
  scratch dir;
  auto book = fresh(dir.path("a.db"));
  fill(book, 3000, 7);
  for (int k = 0; k < 5; ++k) REQUIRE(erase(book, *address::parse(phone(static_cast<std::uint64_t>(k))), {}, at("2026-06-11T10:00:00Z")));
  event back = fact(event_kind::outbound, phone(2), at("2026-06-12T10:00:00Z"), "newsletter");
  REQUIRE(book.append({back}, at("2026-06-12T10:00:01Z")));
  auto const audit = audited(book, 1), verify = verified(book, 1);
  CHECK(verify.find('\n') == verify.size() - 1);  // no problem, no remark
  CHECK(audit.find('\n') != 0);
  for (unsigned const threads : {1U, 2U}) {
    CHECK(audited(book, threads, {}) == audit);
    CHECK(verified(book, threads, {}) == verify);
    for (std::size_t const memory : {std::size_t{0}, std::size_t{20000}}) {
      CHECK(audited(book, threads, {memory, 8000, 8192}) == audit);
      CHECK(verified(book, threads, {memory, 8000, 8192}) == verify);
    }
    // Without room: SQLite itself writes nothing here, and the spill's file reaches the limit at once.
    small_disk const full{4096};
    CHECK(audited(book, threads, {20000, 8000, 8192}) == audit);
    CHECK(verified(book, threads, {20000, 8000, 8192}) == verify);
  }
}

TEST_CASE("Ctrl-C ends an audit and a verification") {
  scratch dir;
  auto book = fresh(dir.path("a.db"));
  fill(book, 6000, 3);
  std::atomic<bool> stop{true};
  for (unsigned const threads : {1U, 2U}) {
    audit_request r;
    r.when.to = now;
    r.watch.threads = threads;
    r.watch.stop = &stop;
    auto const a = audit_ledger(book, r, now);
    REQUIRE_FALSE(a);
    CHECK(a.error().code == failure::interrupted);
    auto const v = book.verify({}, r.watch);
    REQUIRE_FALSE(v);
    CHECK(v.error().code == failure::interrupted);
    std::uint64_t done = 0, all = 0;
    r.watch.stop = nullptr;
    r.watch.progress = [&](job_progress p) { CHECK(p.done >= done); CHECK(p.done <= p.all); done = p.done; all = p.all; };
    REQUIRE(audit_ledger(book, r, now));
    CHECK(all > 6000);
    CHECK(done * 10 > all * 8);
    done = 0;
    REQUIRE(book.verify({}, r.watch));
    CHECK(done * 10 > all * 8);
  }
}

TEST_CASE("a restored ledger is audited: the entries that are there, each once, as before those that are lost") {
  scratch dir;
  auto const path = dir.path("a.db"), kept = dir.path("kept.db");
  std::uint64_t present = 0;
  audit_request r;
  r.when.to = now;
  audit::findings before;
  {
    auto book = fresh(path);
    fill(book, 800, 11);
    REQUIRE(back_up(book, kept, {}));
    before = audit_ledger(book, r, now)->found;
    present = book.head()->size;
    for (std::uint64_t k = 0; k < 3; ++k) REQUIRE(book.append({fact(event_kind::withdrawn, phone(k), at("2026-06-20T10:00:00Z"), "newsletter")}, at("2026-06-20T10:00:00Z")));
  }
  for (char const* const tail : {"", "-wal", "-shm"}) std::filesystem::remove(path + tail);
  auto const restored = restore_ledger(path, kept, {}, at("2026-06-21T10:00:00Z"));
  REQUIRE_MESSAGE(restored, (restored ? "" : restored.error().message.en));
  CHECK(restored->lost == 3);
  auto book = ledger::open(path);
  REQUIRE(book);
  auto report = audit_ledger(*book, r, now);
  REQUIRE(report);
  CHECK(report->restores == 1);
  CHECK(report->origin == restored->origin);
  CHECK(report->found.entries == before.entries);
  CHECK(report->found.persons == before.persons);
  CHECK(report->found.sends.listed == before.sends.listed);
  CHECK(report->found.sends.all.entries() == before.sends.all.entries());
  CHECK(report->entries == present + 3 + 1);  // numbers given: what was there, what is lost, the new beginning
  CHECK(report->found.entries + report->not_of_people == report->entries);
  REQUIRE(book->append({fact(event_kind::outbound, phone(1), at("2026-06-22T10:00:00Z"), "newsletter")}, at("2026-06-22T10:00:01Z")));
  auto const more = audit_ledger(*book, r, now);
  REQUIRE(more);
  CHECK(more->found.entries == before.entries + 1);
  CHECK(more->found.sends.all.entries().back() == present + 4);
  auto const said = audited(*book, 1), verify = verified(*book, 1);
  for (unsigned const threads : {1U, 2U}) {
    CHECK(audited(*book, threads, {0, 8000, 8192}) == said);
    CHECK(verified(*book, threads, {0, 8000, 8192}) == verify);
  }
  CHECK(book->verify()->ok());
  for (tongue const lang : {tongue::de, tongue::en}) {
    CHECK(audit_text(*more, lang).find(restored->origin) != std::string::npos);
    CHECK(audit_html(*more, lang).find(restored->origin) != std::string::npos);
  }
}

TEST_CASE("a row as bytes is the row again, and its event") {
  dice d{9};
  event_maker::labels const labels{{1, "import:abc"}, {7, "Meier"}};
  std::vector<purpose> const purposes{*purpose::parse("newsletter"), *purpose::parse("offers/kreuzfahrten")};
  event_maker maker{purposes, labels, [](address_key k) { return *address::parse("customer:" + std::to_string(k)); }};
  for (int round = 0; round < 2000; ++round) {
    stored_row r;
    r.seq = static_cast<std::int64_t>(d(1U << 30));
    if (d(5) != 0) r.who = d(4) == 0 ? first_other_key + static_cast<std::int64_t>(d(100)) : 491713920000 + static_cast<std::int64_t>(d(9999));
    if (d(5) == 0) r.other = d(2) == 0 ? first_other_key + static_cast<std::int64_t>(d(100)) : 491713920000;
    r.kind = event_kinds[d(event_kinds.size())].kind;
    r.channel = static_cast<std::uint8_t>(d(6));
    r.purpose_code = static_cast<std::uint16_t>(d(3));
    r.notice = static_cast<notice_number>(d(3) == 0 ? 0xffffffff : d(4));
    r.source = d(2) == 0 ? 1 : 0;
    r.operator_name = d(3) == 0 ? 7 : 0;
    r.occurred_at = instant::clamped(static_cast<std::int64_t>(d(1U << 31) * 100));
    r.recorded_at = r.occurred_at + milliseconds{static_cast<std::int64_t>(d(100000))};
    std::string const via(d(3) * d(200), 'v'), leaf(d(2) * 84, 'l');
    std::string const evidence = d(3) == 0 ? "" : d(2) == 0 ? "{\"text\":\"Gr\xc3\xbc\xc3\x9f Gott\"}" : "{\"act\":\"paper\",\"text\":\"Start\"}";
    r.via = via;
    r.evidence = evidence;
    r.leaf = leaf;
    r.marked = d(2) == 0;
    std::string bytes;
    write_record(bytes, r);
    auto const back = read_record(bytes);
    CHECK((back.seq == r.seq && back.who == r.who && back.other == r.other && back.kind == r.kind && back.channel == r.channel && back.purpose_code == r.purpose_code));
    CHECK((back.notice == r.notice && back.source == r.source && back.operator_name == r.operator_name && back.occurred_at == r.occurred_at && back.recorded_at == r.recorded_at));
    CHECK((back.via == r.via && back.evidence == r.evidence && back.leaf == r.leaf && back.plain == r.plain && back.marked == r.marked));
    event e;
    e.source = e.operator_name = e.via = "left over";
    REQUIRE(maker.knows(back));
    REQUIRE(maker.make(back, e));
    CHECK((e.who.has_value() == r.who.has_value() && e.source == (r.source == 0 ? "" : "import:abc") && e.operator_name == (r.operator_name == 0 ? "" : "Meier") && e.via == via));
    CHECK((e.about ? e.about->text() : "") == (r.purpose_code == 0 ? "" : purposes[r.purpose_code - 1U].text()));
    CHECK((e.on ? static_cast<int>(*e.on) : 0) == r.channel);
    CHECK((evidence.empty() || !e.proof.get("text").empty()));
  }
  stored_row stranger;
  stranger.source = 2;
  CHECK_FALSE(maker.knows(stranger));
  event e;
  CHECK_FALSE(maker.make(stranger, e));
  for (auto const& sample : {std::pair{"{\"a\":\"b\"}", true}, {"{\"a\":\"b\"", false}, {"{\"a\":\"b\"}x", false}, {"{\"a\" \"b\"}", false}, {"{}", true}, {"", true}, {"Start", true}, {"{\"a\":[1]}", true}, {"{\"a\":\"b\",}", false}, {"{\"a\":\"\\u00e4\"}", true}, {"{\"a\":\"b\"}}", false}, {" {", false}})
    CHECK_MESSAGE(is_evidence(sample.first) == sample.second, sample.first);
}

TEST_CASE("a leaf checked beside the others of its person is what make_leaf makes, and every changed bit is seen") {
  dice d{13};
  auto const random = [&](auto& bytes) { for (auto& b : bytes) b = static_cast<std::uint8_t>(d(256)); };
  log::secret master;
  random(master);
  leaf_check check{master};
  for (int person = 0; person < 20; ++person) {
    log::secret s;
    random(s);
    std::string const who = person % 3 == 0 ? "kundin@example.org" : phone(static_cast<std::uint64_t>(person));
    check.person(s, who);
    for (int k = 0; k < 20; ++k) {
      event e = fact(event_kind::given, who, at("2026-05-01T10:00:00Z") + std::chrono::minutes{k}, "newsletter");
      e.seq = d(1000000);
      e.proof.set("text", std::string(d(300), 'x'));
      log::nonce n;
      random(n);
      auto leaf = log::make_leaf(crypto::hmac_sha256{}, e, "newsletter@1", {}, 1, master, 1, s, n);
      auto const secrets = [&] { return std::string_view{reinterpret_cast<char const*>(leaf.data()), leaf.size()}.substr(leaf_secrets_at, leaf_secrets_size); };
      CHECK(check.holds(secrets(), e, "newsletter@1"));
      auto const byte = leaf_secrets_at + d(leaf_secrets_size);
      leaf[byte] = static_cast<std::uint8_t>(leaf[byte] ^ (1U << d(8)));
      CHECK_FALSE(check.holds(secrets(), e, "newsletter@1"));
    }
  }
  // The keyed hash with its blocks hashed beforehand is the other one, at every length around the edges of blocks.
  crypto::hmac_key const ready{log::bytes_view{master}};
  for (std::size_t size = 0; size < 200; ++size) {
    std::vector<std::uint8_t> message(size);
    random(message);
    CHECK(ready(log::bytes_view{message}) == crypto::hmac_sha256{}(log::bytes_view{master}, log::bytes_view{message}));
  }
}
