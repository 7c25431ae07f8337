// Erasure: what goes, what stays, what is found again, and that not a byte of it is left.
#include <algorithm>

#include <jawort/ledger/confirmation.hpp>
#include <jawort/ledger/proof.hpp>
#include <jawort/retention.hpp>

#include "rights_support.hpp"

using namespace rights;

namespace {
constexpr char const* anna = "+491713920001";
constexpr char const* bert = "+491713920002";

/// A double opt-in, its words and provider id, a customer reference, an operator of her own; and somebody else.
void two_people(ledger& book) {
  take(book,
       "2026-05-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Formular von Annabell Quittengelee\"\",\"\"customer\"\":\"\"K-77123\"\"}\"\n"
       "2026-05-01T10:00:01Z,confirmation-sent,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"message_id\"\":\"\"wamid.QUJDREVG491713920001\"\"}\"\n"
       "2026-05-01T10:02:00Z,confirmed,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Start bitte Zwetschgenkuchen\"\",\"\"message_id\"\":\"\"wamid.HBgNNDkxNzEzOTIwMDAx\"\"}\"\n"
       "2026-05-02T09:00:00Z,outbound,+491713920001,whatsapp,newsletter,,\n"
       "2026-05-01T11:00:00Z,given,+491713920002,whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Start\"\"}\"\n");
  event e;
  e.kind = event_kind::inbound;
  e.who = who(anna);
  e.on = channel::whatsapp;
  e.occurred_at = at("2026-05-03T10:00:00Z");
  e.source = "receive:only-hers";
  e.operator_name = "Operator Mispelbaum";
  e.proof.set("text", "Ich heiße Annabell");
  REQUIRE(book.append({e}, at("2026-07-01T10:00:00Z")));
}

std::vector<std::string> hers() {
  auto out = number_forms(anna);
  for (char const* const s : {"Annabell", "Quittengelee", "Zwetschgenkuchen", "wamid.QUJD", "wamid.HBgN", "K-77123", "Mispelbaum", "only-hers"}) out.emplace_back(s);
  return out;
}

std::vector<std::string> leaves(std::string const& path) {
  std::vector<std::string> out;
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  sqlite3_exec(db, "SELECT hex(leaf) FROM event ORDER BY seq", [](void* to, int, char** v, char**) { static_cast<std::vector<std::string>*>(to)->emplace_back(v[0]); return 0; }, &out, nullptr);
  sqlite3_close(db);
  return out;
}

/// A reader who keeps an old view of the file open.
struct reader {
  sqlite3* db = nullptr;
  explicit reader(std::string const& path) {
    REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
    REQUIRE(sqlite3_exec(db, "BEGIN; SELECT count(*) FROM event", nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  ~reader() { sqlite3_close(db); }
  reader(reader const&) = delete;
  reader& operator=(reader const&) = delete;
};
}  // namespace

TEST_CASE("sealed: everything goes but what a court needs, which only her number opens") {
  scratch dir;
  auto book = fresh(dir);
  two_people(book);
  auto const path = dir.path("a.db");
  CHECK(ask(book, anna).may_send());
  auto const before = leaves(path);
  auto const old_head = *book.head();
  // The search would find her: the forms are right.
  auto const there = found_in(path, hers());
  CHECK(there.size() >= 12);

  auto const r = gone(book, anna, "2026-07-02T10:00:00Z");
  CHECK(r.what == erasure_result::erased);
  CHECK(r.addresses.size() == 2);
  CHECK(r.entries == 8);            // five of hers, the link to K-77123, her request to be erased and its answer
  CHECK_FALSE(r.bytes_pending);
  CHECK(r.sealed_until == at("2029-12-31T23:00:00Z"));
  nowhere(path, hers());

  auto const after = leaves(path);
  REQUIRE(after.size() > before.size());
  CHECK(std::equal(before.begin(), before.end(), after.begin()));
  CHECK(book.head()->size > old_head.size);
  sound(book);

  auto const d = ask(book, anna);
  CHECK(d.what == outcome::deny);
  CHECK(ask(book, anna, "2026-07-03T10:00:00Z").reasons.has(reason_code::erased));
  CHECK(ask(book, bert, "2026-07-03T10:00:00Z").may_send());

  auto const boxes = unseal(book, who(anna));
  REQUIRE(boxes);
  REQUIRE(boxes->size() == 1);
  CHECK(boxes->front().people.size() == 2);
  CHECK(boxes->front().events.size() == r.entries);
  std::string words;
  for (auto const& [e, intact] : boxes->front().events) {
    CHECK(intact);
    words += std::string{e.proof.get("text")} + "|";
  }
  CHECK(words.find("Zwetschgenkuchen") != std::string::npos);
  CHECK(unseal(book, who("customer:K-77123"))->size() == 1);

  // A court still gets every entry with its proof, by the number alone.
  auto const proofs = prove(book, who(anna), opened_evidence::yes);
  REQUIRE_MESSAGE(proofs, (proofs ? "" : proofs.error().message.en));
  CHECK(proofs->proofs.size() == r.entries);
  CHECK(proofs->opened.entries.size() == r.entries);
  CHECK(proofs->opened.keys.size() == 2);
  CHECK(unseal(book, who(bert))->empty());
}

TEST_CASE("final: the box goes too; a second call does nothing and says so") {
  scratch dir;
  auto book = fresh(dir);
  two_people(book);
  CHECK(gone(book, anna, "2026-07-02T10:00:00Z").what == erasure_result::erased);
  auto const size = book.head()->size;
  auto const again = gone(book, anna, "2026-07-02T11:00:00Z");
  CHECK(again.what == erasure_result::nothing);
  CHECK(again.sealed_until == at("2029-12-31T23:00:00Z"));
  CHECK(book.head()->size == size);
  auto const final = gone(book, anna, "2026-07-02T12:00:00Z", true);
  CHECK(final.what == erasure_result::finalised);
  CHECK(final.boxes_gone == 1);
  CHECK(unseal(book, who(anna))->empty());
  CHECK_FALSE(prove(book, who(anna), opened_evidence::yes));
  CHECK(gone(book, anna, "2026-07-02T13:00:00Z", true).what == erasure_result::nothing);
  CHECK(gone(book, bert, "2026-07-02T13:00:00Z", true).what == erasure_result::erased);
  CHECK(unseal(book, who(bert))->empty());
  CHECK(ask(book, bert, "2026-07-03T10:00:00Z").reasons.has(reason_code::erased));
  nowhere(dir.path("a.db"), hers());
  sound(book);
}

TEST_CASE("an import does not revive her, a whole proof of her own does (cases 38, 39)") {
  scratch dir;
  auto book = fresh(dir);
  two_people(book);
  gone(book, anna, "2026-07-02T10:00:00Z");
  auto const r = take(book,
                      "2026-07-03T10:00:00Z,imported,+491713920001,whatsapp,newsletter,,\n"
                      "2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,Start\n"
                      "2026-05-01T10:00:00Z,address-linked,+491713920002,,,,+491713920001\n",
                      "2026-07-04T10:00:00Z");
  CHECK(r.suppressed == 3);
  CHECK(r.appended == 0);
  nowhere(dir.path("a.db"), hers());
  CHECK(ask(book, anna, "2026-07-05T10:00:00Z").reasons.has(reason_code::erased));
  CHECK(ask(book, bert, "2026-07-05T10:00:00Z").may_send());

  take(book, "2026-08-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Formular\"\",\"\"customer\"\":\"\"K-77123\"\"}\"\n", "2026-08-02T10:00:00Z");
  CHECK_FALSE(ask(book, anna, "2026-08-01T11:00:00Z").may_send());
  take(book,
       "2026-08-01T10:00:01Z,confirmation-sent,+491713920001,whatsapp,newsletter,newsletter,\n"
       "2026-08-01T10:02:00Z,confirmed,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Start\"\",\"\"customer\"\":\"\"K-77123\"\"}\"\n",
       "2026-08-02T10:00:00Z");
  CHECK(ask(book, anna, "2026-08-03T10:00:00Z").may_send());
  sound(book);
  // Asked for the time before: still erased then; and she can go again.
  CHECK_FALSE(ask(book, anna, "2026-07-05T10:00:00Z").may_send());
  CHECK(gone(book, anna, "2026-08-04T10:00:00Z").what == erasure_result::erased);
  CHECK(unseal(book, who(anna))->size() == 2);
  CHECK(erasures_of(book, who(anna))->size() == 2);
  CHECK(gone(book, anna, "2026-08-05T10:00:00Z", true).boxes_gone == 2);
  sound(book);
}

TEST_CASE("a consent in one step that names the customer reference counts after an erasure") {
  scratch dir;
  auto book = fresh(dir);
  two_people(book);
  gone(book, anna, "2026-07-02T10:00:00Z");
  take(book, "2026-08-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Start\"\",\"\"customer\"\":\"\"K-77123\"\"}\"\n", "2026-08-02T10:00:00Z");
  CHECK(ask(book, anna, "2026-08-03T10:00:00Z").may_send());
  sound(book);
}

TEST_CASE("an objection outlasts the erasure") {
  scratch dir;
  auto book = fresh(dir);
  take(book,
       "2026-05-01T10:00:00Z,objected,anna@example.org,,,,keine Werbung\n"
       "2026-05-01T10:00:00Z,withdrawn,bert@example.org,email,newsletter,,Stop\n");
  gone(book, "anna@example.org", "2026-07-02T10:00:00Z");
  gone(book, "bert@example.org", "2026-07-02T10:00:00Z");
  for (char const* const mail : {"anna@example.org", "bert@example.org"})
    take(book, std::string{"2026-07-03T10:00:00Z,given,"} + mail + ",email,newsletter,newsletter,Ja\n" +
               "2026-07-03T11:00:00Z,sale-recorded," + mail + ",email,,,\"{\"\"sale\"\":\"\"Reise\"\",\"\"similar_goods\"\":true,\"\"objection_notice\"\":true}\"\n" +
               "2026-07-04T11:00:00Z,revoked," + mail + ",email,newsletter/kreuzfahrten,,\n",
         "2026-07-05T10:00:00Z");
  auto const history = *book.history(who("anna@example.org"));
  CHECK(std::any_of(history.begin(), history.end(), [](event const& e) { return e.kind == event_kind::objected; }));
  auto const other = *book.history(who("bert@example.org"));
  CHECK(std::none_of(other.begin(), other.end(), [](event const& e) { return e.kind == event_kind::objected; }));
  sound(book);
}

TEST_CASE("somebody unknown: a tombstone, nothing else") {
  scratch dir;
  auto book = fresh(dir);
  auto const r = gone(book, anna, "2026-07-02T10:00:00Z");
  CHECK(r.what == erasure_result::stranger);
  CHECK(r.entries == 0);
  CHECK_FALSE(r.sealed_until);
  nowhere(dir.path("a.db"), number_forms(anna));
  CHECK(take(book, "2026-07-03T10:00:00Z,imported,+491713920001,whatsapp,newsletter,,\n", "2026-07-04T10:00:00Z").suppressed == 1);
  CHECK(gone(book, anna, "2026-07-04T10:00:00Z").what == erasure_result::nothing);
  sound(book);
}

TEST_CASE("a reader keeps bytes alive: said, and finished by the next call") {
  scratch dir;
  auto book = fresh(dir);
  two_people(book);
  auto const path = dir.path("a.db");
  erasure_options o;
  o.wait = milliseconds{0};
  {
    reader const open{path};
    auto const r = erase(book, who(anna), o, at("2026-07-02T10:00:00Z"));
    REQUIRE(r);
    CHECK(r->bytes_pending);
    CHECK(r->what == erasure_result::erased);
    CHECK_FALSE(found_in(path, hers()).empty());
    CHECK(erase(book, who(anna), o, at("2026-07-02T10:00:00Z"))->bytes_pending);  // still
  }
  auto s = sweep(book, {}, at("2026-07-02T11:00:00Z"));
  REQUIRE(s);
  CHECK(s->bytes_were_pending);
  CHECK_FALSE(s->bytes_pending);
  nowhere(path, hers());
  CHECK(sweep(book, {}, at("2026-07-02T11:00:00Z"))->nothing());
  sound(book);
}

TEST_CASE("another process writes on while labels go") {
  scratch dir;
  auto book = fresh(dir);
  two_people(book);
  auto other = ledger::open(dir.path("a.db"));
  REQUIRE(other);
  REQUIRE(other->history(who(anna)));
  gone(book, anna, "2026-07-02T10:00:00Z");
  event e;
  e.kind = event_kind::inbound;
  e.who = who(bert);
  e.on = channel::whatsapp;
  e.occurred_at = at("2026-07-03T10:00:00Z");
  e.source = "receive:only-hers";   // a label that went, and comes again
  e.operator_name = "Somebody else";
  REQUIRE(other->append({e}, at("2026-07-03T10:00:00Z")));
  sound(*other);
  sound(book);
  CHECK(book.history(who(bert))->back().operator_name == "Somebody else");
}

TEST_CASE("an older copy of the ledger comes back: the list carries the erasure out again") {
  scratch dir;
  auto const path = dir.path("a.db");
  {
    auto book = fresh(dir);
    two_people(book);
  }
  std::filesystem::copy_file(path, dir.path("backup.db"));
  {
    auto book = *ledger::open(path);
    gone(book, anna, "2026-07-02T10:00:00Z");
    gone(book, "+491713920009", "2026-07-02T10:05:00Z");
  }
  for (char const* const end : {".keys", ".erasures"}) std::filesystem::copy_file(path + end, dir.path("backup.db") + end);
  auto book = *ledger::open(dir.path("backup.db"));
  CHECK(ask(book, anna).may_send());
  auto const r = replay_erasures(book, at("2026-07-09T10:00:00Z"));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  CHECK(r->people == 1);
  CHECK(r->remembered == 1);
  nowhere(dir.path("backup.db"), hers());
  CHECK(ask(book, anna, "2026-07-03T10:00:00Z").reasons.has(reason_code::erased));
  CHECK(erasures_of(book, who(anna))->front() == at("2026-07-02T10:00:00Z"));
  CHECK(erasures_of(book, who("+491713920009"))->size() == 1);
  CHECK(unseal(book, who(anna))->size() == 1);
  sound(book);
  auto const size = book.head()->size;
  CHECK(replay_erasures(book, at("2026-07-10T10:00:00Z"))->people == 0);
  CHECK(book.head()->size == size);
}

TEST_CASE("verify names what was done to erased entries, tombstones and boxes") {
  struct { char const* change; char const* kind; } const all[] = {
      {"UPDATE event SET evidence = '{\"text\":\"x\"}' WHERE seq = 2", "row"},
      {"UPDATE event SET evidence = '{bad' WHERE seq = 2", "row"},
      {"UPDATE event SET channel = 1 WHERE seq = 2", "row"},
      {"UPDATE event SET via = 'letter' WHERE seq = 2", "row"},
      {"UPDATE event SET source = 1 WHERE seq = 2", "row"},
      {"UPDATE event SET operator = 1 WHERE seq = 2", "row"},
      {"UPDATE event SET other = 491713920002 WHERE seq = 2", "row"},
      {"UPDATE event SET kind = 12 WHERE seq = 2", "row"},
      {"UPDATE event SET purpose = 2 WHERE seq = 2", "row"},
      {"UPDATE event SET notice = NULL WHERE seq = 2", "row"},
      {"UPDATE event SET occurred_at = occurred_at + 60000 WHERE seq = 2", "row"},
      {"UPDATE event SET recorded_at = 5 WHERE seq = 2", "row"},
      {"UPDATE event SET address = 491713920002 WHERE seq = 2", "row"},
      {"UPDATE event SET address = NULL WHERE address = 491713920002", "row"},
      {"UPDATE event SET evidence = replace(evidence, 'covers', 'hovers') WHERE kind = 73", "row"},
      {"DELETE FROM tombstone", "tombstone"},
      {"UPDATE tombstone SET objected = 1", "tombstone"},
      {"UPDATE tombstone SET tries = 7", "tombstone"},
      {"UPDATE tombstone SET person = 7", "tombstone"},
      {"UPDATE tombstone SET seq = 1", "tombstone"},
      {"UPDATE tombstone SET tag = randomblob(32)", "tombstone"},
      {"INSERT INTO tombstone SELECT randomblob(32), seq, 0, 0, 0 FROM tombstone LIMIT 1", "tombstone"},
      {"DELETE FROM box", "box"},
      {"UPDATE box SET body = NULL, until = 0; DELETE FROM box_tag", "box"},
      {"UPDATE box SET until = until + 1", "box"},
      {"UPDATE box SET person = 3; UPDATE box_tag SET person = 3", "box"},
      {"UPDATE box SET digest = randomblob(32)", "box"},
      {"UPDATE box SET body = randomblob(200)", "box"},
      {"INSERT INTO box VALUES(1, 0, 5, randomblob(32), randomblob(50))", "box"},
      {"DELETE FROM box_tag", "box"},
      {"UPDATE box_tag SET tag = randomblob(32)", "box"},
      {"INSERT INTO box_tag VALUES(1, 0, randomblob(32))", "box"},
  };
  scratch dir;
  {
    auto book = fresh(dir);
    two_people(book);
    gone(book, anna, "2026-07-02T10:00:00Z");
    sound(book);
  }
  auto const good = slurp(dir.path("a.db"));
  for (auto const& one : all) {
    CAPTURE(one.change);
    for (char const* const end : {"-wal", "-shm"}) std::filesystem::remove(dir.path("a.db") + end);
    std::ofstream{dir.path("a.db"), std::ios::binary} << good;
    sql(dir.path("a.db"), one.change);
    auto book = ledger::open(dir.path("a.db"));
    REQUIRE(book);
    auto v = book->verify();
    if (!v) continue;  // damaged: refused as a whole
    auto const found = problems(*book);
    CHECK(std::find(found.begin(), found.end(), one.kind) != found.end());
  }
}

TEST_CASE("unanswered confirmations still count after the sweep took the entries") {
  scratch dir;
  auto book = fresh(dir);
  auto const ask_once = [&](char const* now) {
    auto a = request_confirmation(book, {who(anna), channel::whatsapp, *purpose::parse("newsletter"), "newsletter"}, at(now));
    REQUIRE_MESSAGE(a, (a ? "" : a.error().message.en));
    return a->refused;
  };
  CHECK_FALSE(ask_once("2026-01-01T10:00:00Z"));
  CHECK_FALSE(ask_once("2026-01-03T10:00:00Z"));
  CHECK_FALSE(ask_once("2026-01-05T10:00:00Z"));
  auto s = sweep(book, {}, at("2026-03-01T10:00:00Z"));
  REQUIRE(s);
  CHECK(s->lapsed == 1);
  nowhere(dir.path("a.db"), number_forms(anna));
  CHECK(ask_once("2026-03-02T10:00:00Z") == reason_code::confirmation_once);
  sound(book);
}

TEST_CASE("how long proof is kept") {
  policy const p;
  auto const until = [&](char const* last, bool call = false) { return to_string(keep_until(at(last), call, p)); };
  CHECK(until("2022-03-01T10:00:00Z") == "2025-12-31T23:00:00Z");
  CHECK(until("2022-12-31T22:59:59Z") == "2025-12-31T23:00:00Z");
  CHECK(until("2022-12-31T23:00:00Z") == "2026-12-31T23:00:00Z");  // 2023 in Germany
  CHECK(until("2022-03-01T10:00:00Z", true) == "2027-03-01T10:00:00Z");
  CHECK(until("2022-01-01T10:00:00Z", true) == "2027-01-01T10:00:00Z");
  CHECK(to_string(answer_due(at("2026-01-31T10:00:00Z"))) == "2026-02-28T10:00:00Z");
}

TEST_CASE("keys in the inner pages of the trees go too") {
  scratch dir;
  auto book = fresh(dir);
  constexpr std::uint64_t first = 491713930000, n = 3000;
  std::string rows;
  for (std::uint64_t k = 0; k < n; ++k)
    rows += std::string{k % 2 == 0 ? "2022-03-01" : "2026-03-01"} + "T10:00:00Z,given,+" + std::to_string(first + k) + ",whatsapp,newsletter,newsletter,Start\n";
  take(book, rows);
  /// Keys of the even ones, as SQLite writes them: as an integer of six bytes, as a varint (row ids, also in inner pages).
  auto const left = [&] {
    std::size_t found = 0;
    for (char const* const end : {"", "-wal", "-shm", ".checkpoints", ".erasures"}) {
      auto const bytes = slurp(dir.path("a.db") + end);
      auto const hers = [&](std::uint64_t v) { return v >= first && v < first + n && (v - first) % 2 == 0; };
      for (std::size_t at = 0; at + 6 <= bytes.size(); ++at) {
        std::uint64_t six = 0, varint = 0;
        bool ended = false;
        for (std::size_t k = 0; k < 6; ++k) {
          auto const c = static_cast<unsigned char>(bytes[at + k]);
          six = six << 8 | c;
          if (!ended) varint = varint << 7 | (c & 0x7f);
          ended = ended || c < 0x80;
        }
        found += hers(six) + (ended && hers(varint) ? 1U : 0U);
      }
    }
    return found;
  };
  CHECK(left() > n);
  auto const s = sweep(book, {}, at("2026-07-01T10:00:00Z"));
  REQUIRE(s);
  CHECK(s->retention == n / 2);
  CHECK(left() == 0);
  CHECK(ask(book, "+491713930001").may_send());
  sound(book);
}
