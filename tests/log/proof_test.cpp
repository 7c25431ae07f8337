// Proofs of a real ledger: made, checked from files alone, and refused when one thing is changed.
#include <doctest/doctest.h>
#include <openssl/hmac.h>
#include <sqlite3.h>

#include <map>

#include <jawort/ledger/check_files.hpp>
#include <jawort/ledger/receipt.hpp>

#include "../ledger/scratch.hpp"
#include "support.hpp"

using namespace jawort;
namespace fs = std::filesystem;
using support::slurp;

namespace {
instant at(char const* text) { return *instant::parse(text); }
instant const now = at("2026-02-01T10:00:00Z");

event fact(event_kind kind, std::string const& who, std::string const& words = "") {
  event e;
  e.kind = kind;
  e.occurred_at = at("2026-01-10T09:00:00Z");
  e.who = *address::parse(who);
  e.on = channel::whatsapp;
  e.about = *purpose::parse("newsletter");
  e.source = "test";
  if (!words.empty()) e.proof.set("text", words);
  return e;
}

ledger fresh(scratch const& dir, std::string const& name = "a.db") {
  auto book = ledger::create(dir.path(name), {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-01T00:00:00Z"));
  REQUIRE(book);
  return std::move(*book);
}

void fill(ledger& book, std::size_t from, std::size_t to) {
  std::vector<event> events;
  for (std::size_t n = from; n < to; ++n) events.push_back(fact(event_kind::imported, "+4915" + std::to_string(100000000 + n)));
  REQUIRE(book.append(events, now));
}

/// A person with a yes and a no, and somebody else.
void add_person(ledger& book) {
  REQUIRE(book.append({fact(event_kind::inbound, "+491713920001", "Start bitte"), fact(event_kind::inbound, "+491713920002", "Hallo"), fact(event_kind::withdrawn, "+491713920001", "Stop")}, now));
}

std::string bytes_of(log::leaf_bytes const& l) { return {reinterpret_cast<char const*>(l.data()), l.size()}; }

/// The files that `prove` would write, in memory.
struct given_out {
  proven p;
  std::map<std::string, std::string> files;
  explicit given_out(proven made) : p(std::move(made)) {
    for (auto const& e : p.proofs) {
      files[std::to_string(e.seq) + ".leaf"] = bytes_of(e.leaf);
      files[std::to_string(e.seq) + ".tlog-proof"] = e.file;
    }
  }
  [[nodiscard]] file_reader reader() const {
    return [this](std::string const& name) -> std::optional<std::string> {
      auto const at = files.find(name);
      return at == files.end() ? std::nullopt : std::optional{at->second};
    };
  }
};
given_out person(ledger& book, opened_evidence evidence = opened_evidence::yes) {
  auto p = prove(book, *address::parse("+491713920001"), evidence);
  REQUIRE(p);
  return given_out{std::move(*p)};
}

file_reader folder(std::string const& path) {
  return [path](std::string const& name) -> std::optional<std::string> {
    if (!fs::exists(fs::path{path} / name)) return std::nullopt;
    return slurp(fs::path{path} / name);
  };
}

std::vector<std::string> kinds(std::vector<verify_problem> const& problems) {
  std::vector<std::string> out;
  for (auto const& p : problems) out.push_back(p.kind);
  return out;
}
bool has(std::vector<verify_problem> const& problems, char const* kind) {
  auto const k = kinds(problems);
  return std::find(k.begin(), k.end(), kind) != k.end();
}

void sql(std::string const& path, std::string const& text) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  char* why = nullptr;
  REQUIRE_MESSAGE(sqlite3_exec(db, text.c_str(), nullptr, nullptr, &why) == SQLITE_OK, (why == nullptr ? "" : why));
  sqlite3_close(db);
}
}  // namespace

TEST_CASE("every entry of ledgers around the tile widths is proven, and checked without the ledger") {
  scratch dir;
  auto book = fresh(dir);
  std::size_t size = 1;
  for (std::size_t const wanted : {1U, 2U, 255U, 256U, 257U, 513U}) {
    fill(book, size, wanted);
    size = wanted;
    for (sequence seq = 0; seq < size; seq += size > 300 ? 37 : size > 3 ? 11 : 1) {
      auto p = prove(book, seq, opened_evidence::no);
      REQUIRE(p);
      auto const c = check_proof(p->proofs[0].file, bytes_of(p->proofs[0].leaf), book.verifier_key());
      REQUIRE(c.ok());
      REQUIRE(c.index == seq);
      REQUIRE(c.head.size == size);
    }
  }
  auto const none = prove(book, size, opened_evidence::no);
  REQUIRE_FALSE(none);
  CHECK(none.error().code == failure::not_found);
}

TEST_CASE("an opening shows one person's entries and nobody else's; with evidence it says what they are") {
  scratch dir;
  auto book = fresh(dir);
  fill(book, 1, 300);
  add_person(book);
  auto const out = person(book);
  REQUIRE(out.p.opened.entries.size() == 2);
  auto const again = parse_opening(to_json(out.p.opened));
  REQUIRE(again);
  auto const r = check_opening(*again, out.reader(), book.verifier_key());
  CHECK(r.ok());
  REQUIRE(r.entries.size() == 2);
  REQUIRE(r.entries[1].said);
  CHECK(r.entries[1].leaf->kind == event_kind::withdrawn);
  CHECK(r.entries[1].said->evidence == std::vector<std::pair<std::string, std::string>>{{"text", "Stop"}});
  // The other person's leaf is not opened by any of the keys, nor is this one's by another address.
  auto other = prove(book, 301, opened_evidence::no);
  REQUIRE(other);
  auto const leaf = *log::decode_leaf(other->proofs[0].leaf);
  auto const mac = [](log::bytes_view key, log::bytes_view m) {
    log::digest d{};
    unsigned n = 0;
    HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), m.data(), m.size(), d.data(), &n);
    return d;
  };
  for (auto const& k : out.p.opened.keys)
    for (char const* who : {"+491713920001", "+491713920002"}) CHECK(log::subject_commitment(mac, k.k_s, leaf.nonce, who) != leaf.subject_commitment);
  CHECK(to_json(out.p.opened).find("3920002") == std::string::npos);
  // Without --evidence the words stay closed.
  auto const closed = person(book, opened_evidence::no);
  CHECK(to_json(closed.p.opened).find("canonical") == std::string::npos);
  CHECK(check_opening(closed.p.opened, closed.reader(), book.verifier_key()).ok());
}

TEST_CASE("one thing changed in an opening or beside it is a problem of its own") {
  scratch dir;
  auto book = fresh(dir);
  add_person(book);
  auto const good = person(book);
  auto const key = book.verifier_key();
  auto const wrong = [&](char const* kind, auto&& change) {
    given_out x = good;
    change(x);
    auto const r = check_opening(x.p.opened, x.reader(), key);
    INFO(kind);
    CHECK(has(r.problems, kind));
  };
  REQUIRE(check_opening(good.p.opened, good.reader(), key).ok());
  wrong("subject", [](given_out& x) { x.p.opened.entries[0].address = "+491713920002"; x.p.opened.entries[0].k_e.reset(); });
  wrong("subject", [](given_out& x) { x.p.opened.entries[0].k_s[0] ^= 1; });
  wrong("nonce", [](given_out& x) { x.p.opened.entries[0].nonce[0] ^= 1; });
  wrong("evidence", [](given_out& x) { x.p.opened.entries[0].canonical.back() ^= 1; });
  wrong("evidence", [](given_out& x) { (*x.p.opened.entries[0].k_e)[0] ^= 1; });
  wrong("address", [](given_out& x) { x.p.opened.entries[0].address.clear(); });
  wrong("index", [](given_out& x) { x.p.opened.entries[0].index = 2; });
  wrong("opening", [](given_out& x) { x.p.opened.entries[1] = x.p.opened.entries[0]; });
  wrong("opening", [](given_out& x) { x.p.opened.entries.clear(); });
  wrong("file", [](given_out& x) { x.files.erase("1.leaf"); });
  wrong("inclusion", [](given_out& x) { x.files["1.leaf"] = x.files["3.leaf"]; });
  wrong("inclusion", [](given_out& x) { x.files["1.leaf"][40] ^= 1; });
  wrong("leaf", [](given_out& x) { x.files["1.leaf"] += "x"; });
  wrong("proof", [](given_out& x) { x.files["1.tlog-proof"] += "x"; });
  wrong("signature", [](given_out& x) { x.p.opened.checkpoint.replace(x.p.opened.checkpoint.find("\n4\n"), 3, "\n5\n"); });
  scratch second;
  auto other = fresh(second);
  CHECK(has(check_opening(good.p.opened, good.reader(), other.verifier_key()).problems, "signature"));
  CHECK(has(check_opening(good.p.opened, good.reader(), "nonsense").problems, "verifier-key"));
}

TEST_CASE("openings that are none are refused with what is missing") {
  scratch dir;
  auto book = fresh(dir);
  add_person(book);
  auto const text = to_json(person(book).p.opened);
  for (auto const& one : std::vector<std::pair<std::string, std::string>>{
           {"jawort-opening/1", "jawort-opening/2"}, {"\"keys\"", "\"kexs\""}, {"\"nonce\": \"", "\"nonce\": \"0"}, {"\"k_s\": \"", "\"k_s\": \"G"}, {"\"sequence\": ", "\"sequence\": -"},
           {"\"canonical\": \"", "\"canonical\": \"!"}, {"{", "["}, {"\"index\": 1", "\"index\": \"1\""}}) {
    std::string const &what = one.first, &with = one.second;  // no bindings: clang 14 cannot show them in INFO
    std::string bad = text;
    REQUIRE(bad.find(what) != bad.npos);
    bad.replace(bad.find(what), what.size(), with);
    INFO(with);
    CHECK_FALSE(parse_opening(bad));
  }
  CHECK_FALSE(parse_opening(""));
  CHECK_FALSE(parse_opening("[]"));
}

TEST_CASE("who has an opening finds the entries that it leaves out, in the exported log") {
  scratch dir;
  auto book = fresh(dir);
  fill(book, 1, 520);
  add_person(book);
  auto all = person(book);
  REQUIRE(export_tiles(book, dir.path("tiles")));
  auto const key = book.verifier_key();
  auto const search = [&](opening const& o) {
    auto r = check_opening(o, all.reader(), key);
    check_completeness(o, folder(dir.path("tiles")), key, r);
    return r;
  };
  auto r = search(all.p.opened);
  CHECK(r.ok());
  CHECK(r.scanned == 523);
  CHECK(r.left_out.empty());
  opening hidden = all.p.opened;
  hidden.entries.pop_back();  // the withdrawal
  r = search(hidden);
  CHECK(has(r.problems, "left-out"));
  CHECK(r.left_out == std::vector<std::uint64_t>{522});
  // What came after the opening is found and is nobody's fault.
  REQUIRE(book.append({fact(event_kind::inbound, "+491713920001", "Noch da?")}, now));
  REQUIRE(export_tiles(book, dir.path("tiles")));
  r = search(all.p.opened);
  CHECK(r.ok());
  CHECK(r.left_out == std::vector<std::uint64_t>{523});
}

TEST_CASE("growth is proven from every earlier checkpoint, a fork is named") {
  scratch dir;
  auto book = fresh(dir);
  std::vector<std::string> olds{*book.checkpoint_note()};
  for (std::size_t n = 1; n < 300; n += 43) {
    fill(book, n, n + 43);
    olds.push_back(*book.checkpoint_note());
    for (auto const& old : olds) {
      auto const file = prove_since(book, old);
      REQUIRE(file);
      REQUIRE(check_consistency(*file, old, book.verifier_key()).ok());
      if (old != olds[1]) CHECK_FALSE(check_consistency(*file, olds[1], book.verifier_key()).ok());
    }
  }
  // The same keys, another history.
  fs::copy_file(dir.path("a.db.keys"), dir.path("b.db.keys"));
  { auto copy = fresh(dir, "c.db"); }
  fs::rename(dir.path("c.db"), dir.path("b.db"));
  auto fork = ledger::open(dir.path("b.db"));
  REQUIRE(fork);
  fill(*fork, 1000, 1400);
  auto const refused = prove_since(*fork, olds[2]);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == failure::damaged);
  CHECK(refused.error().message.en.find("fork") != std::string::npos);
  CHECK_FALSE(prove_since(book, "no note"));
  // Both signed checkpoints are good by themselves; no proof leads from one to the other.
  CHECK_FALSE(check_consistency(*prove_since(*fork, *fork->checkpoint_note()), olds[2], book.verifier_key()).ok());
  REQUIRE(export_tiles(book, dir.path("tiles")));
  auto const folder_of_another = export_tiles(*fork, dir.path("tiles"));
  REQUIRE_FALSE(folder_of_another);
  CHECK(folder_of_another.error().code == failure::damaged);
}

TEST_CASE("an export writes what is new, goes on where it broke, and takes no other log's folder") {
  scratch dir;
  auto book = fresh(dir);
  fill(book, 1, 600);
  auto const where = dir.path("tiles");
  auto r = export_tiles(book, where);
  REQUIRE(r);
  CHECK(r->written == 7);  // bundles 256, 256, 88; the same hashes; level 1
  CHECK(check_tiles(folder(where), book.verifier_key()).ok());
  auto const first = fs::last_write_time(fs::path{where} / "tile/0/000");
  r = export_tiles(book, where);
  REQUIRE(r);
  CHECK(r->written == 0);
  fill(book, 600, 800);
  r = export_tiles(book, where);
  REQUIRE(r);
  CHECK(r->old_size == 600);
  CHECK(r->written == 5);  // bundles 002 and 003.p, hashes of both, level 1
  CHECK(r->removed == 3);
  CHECK(fs::last_write_time(fs::path{where} / "tile/0/000") == first);
  CHECK_FALSE(fs::exists(fs::path{where} / "tile/0/002.p"));
  CHECK(check_tiles(folder(where), book.verifier_key()).ok());
  // Broken before the checkpoint was written: it begins anew from the one that is there.
  fill(book, 800, 900);
  fs::remove(fs::path{where} / "tile/0/003.p/32");
  std::ofstream{fs::path{where} / "tile/0/003.p/132", std::ios::binary} << "torn";
  REQUIRE(export_tiles(book, where));
  CHECK(check_tiles(folder(where), book.verifier_key()).ok());
  scratch second;
  auto other = fresh(second);
  auto const refused = export_tiles(other, where);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == failure::refused);
}

TEST_CASE("a log of more tiles than are kept in memory at once is exported whole") {
  scratch dir;
  auto book = fresh(dir);
  fill(book, 1, 17'000);  // 67 tiles; 64 blocks of nodes are kept
  REQUIRE(export_tiles(book, dir.path("tiles")));
  CHECK(check_tiles(folder(dir.path("tiles")), book.verifier_key()).ok());
}

TEST_CASE("a tile, a bundle or a checkpoint that was changed is named") {
  scratch dir;
  auto book = fresh(dir);
  fill(book, 1, 600);
  auto const where = dir.path("tiles");
  REQUIRE(export_tiles(book, where));
  auto const with = [&](std::string const& changed, std::size_t byte) {
    return check_tiles([&](std::string const& name) -> std::optional<std::string> {
      auto bytes = folder(where)(name);
      if (bytes && name == changed) (*bytes)[byte] = static_cast<char>((*bytes)[byte] ^ 1);
      return bytes;
    }, book.verifier_key());
  };
  REQUIRE(check_tiles(folder(where), book.verifier_key()).ok());
  CHECK(with("tile/0/001", 5).problems[0].text.en == "tile/0/001 does not follow from the entries");
  CHECK(with("tile/1/000.p/2", 40).problems[0].text.en == "tile/1/000.p/2 does not follow from the entries");
  CHECK(has(with("tile/entries/001", 50).problems, "root"));
  CHECK(with("tile/entries/002.p/88", 0).problems[0].text.en == "tile/entries/002.p/88 cannot be read");
  CHECK_FALSE(with("checkpoint", 30).ok());
  auto const gone = check_tiles([&](std::string const& name) { return name == "tile/0/000" ? std::nullopt : folder(where)(name); }, book.verifier_key());
  CHECK(gone.problems[0].text.en == "tile/0/000 is missing");
}

TEST_CASE("kept nodes: changed, deleted, added and swapped ones are named; proofs are refused or right, never wrong") {
  for (auto const& one : std::vector<std::pair<std::string, std::string>>{
           {"UPDATE node SET hash = zeroblob(32) WHERE idx = 1", "node 0/8/1 of the tree does not follow from the leaves"},
           {"DELETE FROM node WHERE idx = 0", "node 0/8/0 of the tree is missing"},
           {"INSERT INTO node VALUES(0, 8, 2, zeroblob(32))", "node 0/8/2 does not belong in the tree"},
           {"INSERT INTO node VALUES(5, 8, 0, zeroblob(32))", "node 5/8/0 does not belong in the tree"},
           {"INSERT INTO node VALUES(0, 16, 0, zeroblob(32))", "node 0/16/0 does not belong in the tree"},
           {"UPDATE node SET level = 7 WHERE idx = 1", "node 0/8/1 of the tree is missing"},
           {"UPDATE node SET idx = 5 WHERE idx = 1", "node 0/8/1 of the tree is missing"},
           {"UPDATE node SET first = 1 WHERE idx = 1", "node 0/8/1 of the tree is missing"},
           {"UPDATE node SET hash = x'00' WHERE idx = 0", "node 0/8/0 of the tree does not follow from the leaves"}}) {
    std::string const &change = one.first, &said = one.second;
    INFO(change);
    scratch dir;
    {
      auto book = fresh(dir);
      fill(book, 1, 700);
    }
    sql(dir.path("a.db"), change);
    auto book = ledger::open(dir.path("a.db"));
    REQUIRE(book);
    auto const r = book->verify();
    REQUIRE(r);
    bool named = false;
    for (auto const& p : r->problems) named = named || (p.kind == "node" && p.text.en == said);
    CHECK(named);
    for (sequence const seq : {0U, 300U, 699U}) {
      auto const p = prove(*book, seq, opened_evidence::no);
      if (p) CHECK(check_proof(p->proofs[0].file, bytes_of(p->proofs[0].leaf), book->verifier_key()).ok());
      else CHECK(p.error().code == failure::damaged);
    }
  }
}

TEST_CASE("an edited leaf is not exported and not proven") {
  scratch dir;
  {
    auto book = fresh(dir);
    fill(book, 1, 700);
  }
  sql(dir.path("a.db"), "UPDATE event SET leaf = CAST(zeroblob(132) AS BLOB) WHERE seq = 100");
  auto book = ledger::open(dir.path("a.db"));
  REQUIRE(book);
  auto const p = prove(*book, 100, opened_evidence::no);
  REQUIRE_FALSE(p);
  CHECK(p.error().code == failure::damaged);
  CHECK(export_tiles(*book, dir.path("tiles")).error().code == failure::damaged);
  CHECK_FALSE(fs::exists(dir.path("tiles") + "/checkpoint"));
}

TEST_CASE("a receipt says what was agreed to, and that it was taken back") {
  scratch dir;
  auto book = fresh(dir);
  auto n = book.publish(slurp(fs::path{JAWORT_ROOT} / "examples/agency/newsletter.toml"), "newsletter.toml", at("2026-01-01T00:00:00Z"), false, at("2026-01-01T00:00:00Z"));
  REQUIRE(n);
  auto yes = fact(event_kind::given, "+491713920001", "Start");
  yes.notice = n->number;
  auto no = fact(event_kind::withdrawn, "+491713920001", "Stop");
  no.occurred_at = at("2026-01-20T09:00:00Z");
  REQUIRE(book.append({yes, no}, now));
  auto const who = *address::parse("+491713920001");
  auto const before = receipt_of(book, who, at("2026-01-15T00:00:00Z"));
  REQUIRE(before);
  REQUIRE(before->consents.size() == 1);
  CHECK(before->consents[0].status == consent_status::given);
  auto const after = receipt_of(book, who, now);
  REQUIRE(after);
  CHECK(after->consents[0].status == consent_status::withdrawn);
  CHECK(after->consents[0].entries.size() == 2);
  auto const dpv = to_dpv(*after);
  for (char const* part : {"\"dpv:ConsentReceipt\"", "\"dpv:ConsentWithdrawn\"", "\"dpv:hasDataController\"", "\"dpv:ConsentNotice\"", "newsletter@1", "\"dpv:WithdrawConsent\""})
    CHECK_MESSAGE(dpv.find(part) != dpv.npos, part);
  auto const kantara = to_kantara(*after);
  for (char const* part : {"\"version\": \"KI-CR-v1.1.0\"", "\"consentTimestamp\": 1768035600", "\"piiPrincipalId\": \"+491713920001\"", "\"policyUrl\"", "\"purposeCategory\""})
    CHECK_MESSAGE(kantara.find(part) != kantara.npos, part);
  CHECK(to_text(*after, true).find("von Ihnen widerrufen") != std::string::npos);
  CHECK(to_text(*after, false).find("withdrawn by you") != std::string::npos);
  CHECK_FALSE(receipt_of(book, *address::parse("+491713920009"), now));
  for (int k = 0; k < 10; ++k) CHECK_FALSE(dpv_name(static_cast<consent_status>(k)).empty());
}
