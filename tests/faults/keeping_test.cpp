// Checkpoints outside, the alarm and its end, new keys, copies, older schemas, a lost key file, time stamps, witnesses.
#include <sys/stat.h>

#include <cstdlib>

#include <jawort/ledger/keys.hpp>
#include <jawort/log/verifier.hpp>

#include "sample_ledger.hpp"

using namespace sample;
namespace fs = std::filesystem;

namespace {
ledger open(std::string const& path) {
  auto book = ledger::open(path);
  REQUIRE_MESSAGE(book, (book ? "" : book.error().message.en));
  return std::move(*book);
}
void stop(ledger& book, char const* when) { take(book, std::string{when} + ",withdrawn,+491713920001,whatsapp,,,Stop\n", when); }
std::string kinds(verify_report const& v) {
  std::string out;
  for (auto const& p : v.problems) out += p.kind + ": " + p.text.en + "\n";
  return out;
}
void sound(ledger& book) {
  auto const v = book.verify();
  REQUIRE(v);
  CHECK_MESSAGE(v->ok(), kinds(*v));
}
/// A ledger whose older copy came back: five entries and their stop are gone.
void lose_tail(std::string const& path, std::string const& spare) {
  { auto book = create(path); take(book, some_rows, "2026-06-01T10:00:00Z"); }
  copy(path, spare);
  { auto book = open(path); stop(book, "2026-06-02T10:00:00Z"); stop(book, "2026-06-03T10:00:00Z"); }
  fs::copy_file(spare, path, fs::copy_options::overwrite_existing);
}
mode_t mode(std::string const& path) {
  struct stat info {};
  REQUIRE(::stat(path.c_str(), &info) == 0);
  return info.st_mode & 0777;
}
}  // namespace

TEST_CASE("the alarm denies until the loss is accepted; then the log goes on under another name, citing what is gone") {
  scratch dir;
  auto const path = dir.path("a.db");
  lose_tail(path, dir.path("old.db"));
  {
    auto book = open(path);
    REQUIRE(book.alarmed());
    auto const before = book.head()->size;
    auto const found = loss(book);
    REQUIRE(found);
    REQUIRE(*found);
    CHECK((*found)->entries == 2);
    auto const r = accept_loss(book, at("2026-06-05T10:00:00Z"));
    REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
    CHECK(r->origin == "agency.example/jawort/test#2");
    CHECK(r->entries == 2);
    CHECK(r->first_seq == before + 2);
    CHECK_FALSE(book.alarmed());
    CHECK(answers(book).find("ledger-behind-anchor") == std::string::npos);
    stop(book, "2026-06-06T10:00:00Z");
    CHECK(book.head()->size == 2);
    CHECK(book.history(*address::parse("+491713920001"))->back().seq == before + 3);
    sound(book);
    auto const v = book.verify();
    REQUIRE(v->origins.size() == 2);
    CHECK(v->origins[0].entries == before);
    CHECK(v->origins[0].lost == 2);
    CHECK(v->origins[1].first_seq == before + 2);
    CHECK(v->remarks.size() == 1);
    CHECK_FALSE(open(path).alarmed());
    CHECK_FALSE(accept_loss(book, at("2026-06-07T10:00:00Z")));  // no alarm, nothing to accept
  }
  // The first ledger, come back now, is the older one, although its tree is larger.
  fs::copy_file(dir.path("old.db"), path, fs::copy_options::overwrite_existing);
  CHECK(open(path).alarmed());
}

TEST_CASE("a new beginning that a stranger writes, or that hides a cut-off tail, is found") {
  scratch dir;
  auto const path = dir.path("a.db"), changed = dir.path("b.db");
  lose_tail(path, dir.path("old.db"));
  sequence first = 0;
  {
    auto book = open(path);
    first = accept_loss(book, at("2026-06-05T10:00:00Z"))->first_seq;
    stop(book, "2026-06-06T10:00:00Z");
  }
  for (std::string const& sql : {std::string{"DELETE FROM event WHERE seq = "} + std::to_string(first), "DELETE FROM event WHERE seq = " + std::to_string(first - 3),
                                 std::string{"UPDATE head SET restores = 0"}, std::string{"UPDATE head SET first_seq = first_seq + 1"},
                                 "UPDATE event SET evidence = replace(evidence, '\"previous_size\":\"', '\"previous_size\":\"1') WHERE seq = " + std::to_string(first)}) {
    copy(path, changed);
    { database db{changed}; REQUIRE(db.run(sql)); }
    CHECK_MESSAGE(!look(changed).sound, sql);
  }
}

TEST_CASE("further copies: written with each batch, compared, listed; the newest of all counts") {
  scratch dir;
  auto const path = dir.path("a.db");
  fs::create_directory(dir.path("stick"));
  {
    auto book = create(path);
    int told = 0;
    book.on_anchor_failure([&](error const&) { ++told; });
    auto const added = add_anchor(book, dir.path("stick"), at("2026-02-01T10:00:00Z"));
    REQUIRE_MESSAGE(added, (added ? "" : added.error().message.en));
    CHECK(*added == dir.path("stick/a.db.checkpoints"));
    CHECK(add_anchor(book, dir.path("stick"), at("2026-02-01T10:00:00Z")).error().code == failure::already_exists);
    spit(dir.path("letter.txt"), "Sehr geehrte Damen und Herren\n");
    CHECK(add_anchor(book, dir.path("letter.txt"), at("2026-02-01T10:00:00Z")).error().code == failure::refused);
    CHECK(slurp(dir.path("letter.txt")) == "Sehr geehrte Damen und Herren\n");
    take(book, some_rows, "2026-06-01T10:00:00Z");
    CHECK(slurp(*added) == slurp(path + ".checkpoints"));
    CHECK(mode(*added) == 0600);
    CHECK(mode(path + ".anchors") == 0600);
    auto const list = anchor_copies(book);
    REQUIRE(list->size() == 2);
    CHECK((*list)[1].newest->size == book.head()->size);
    sound(book);
    // Unplugged: nothing is lost, and it is told.
    fs::rename(dir.path("stick"), dir.path("drawer"));
    stop(book, "2026-06-02T10:00:00Z");
    CHECK(told == 1);
    auto const v = book.verify();
    CHECK(v->ok());
    CHECK(v->remarks.size() == 1);
    fs::rename(dir.path("drawer"), dir.path("stick"));
    stop(book, "2026-06-03T10:00:00Z");
    CHECK(told == 1);
    sound(book);
  }
  // Both the database and the file beside it are put back by one who does not know of the stick.
  copy(path, dir.path("old.db"));
  { auto book = open(path); stop(book, "2026-06-04T10:00:00Z"); }
  copy(dir.path("old.db"), path);
  CHECK(open(path).alarmed());
  // Whoever takes the copy off the list as well has an entry against them.
  fs::remove(path + ".anchors");
  auto book = open(path);
  CHECK_FALSE(book.alarmed());
  CHECK(kinds(*book.verify()).find("anchor: the copy of the checkpoints is no longer written") == 0);
  auto const back = add_anchor(book, dir.path("stick/a.db.checkpoints"), at("2026-06-05T10:00:00Z"));
  REQUIRE_FALSE(back);  // it knows more than this ledger
  CHECK(back.error().code == failure::damaged);
}

TEST_CASE("a copy struck from the list is no longer missed") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto book = create(path);
  REQUIRE(add_anchor(book, dir.path("copy"), at("2026-02-01T10:00:00Z")));
  CHECK(remove_anchor(book, dir.path("none"), at("2026-02-01T10:00:00Z")).error().code == failure::unknown_name);
  REQUIRE(remove_anchor(book, dir.path("copy"), at("2026-02-01T10:00:00Z")));
  auto const before = slurp(dir.path("copy"));
  stop(book, "2026-06-02T10:00:00Z");
  CHECK(slurp(dir.path("copy")) == before);
  sound(book);
}

TEST_CASE("a torn last checkpoint is mended, a missing file is told") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto book = create(path);
  auto const whole = slurp(path + ".checkpoints");
  spit(path + ".checkpoints", whole + whole.substr(0, 50));
  sound(book);
  stop(book, "2026-06-02T10:00:00Z");
  CHECK(slurp(path + ".checkpoints").find(whole) == 0);
  sound(book);
  fs::remove(path + ".checkpoints");
  CHECK(kinds(*book.verify()).find("anchor: no checkpoint") == 0);
  stop(book, "2026-06-03T10:00:00Z");
  sound(book);
}

TEST_CASE("new keys: old entries and checkpoints verify, overlapping checkpoints carry both signatures, tags stay") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto book = create(path);
  take(book, some_rows, "2026-06-01T10:00:00Z");
  auto const first = book.verifier_key();
  auto const lookup = slurp(path + ".keys");
  auto const second = rotate_keys(book, at("2026-06-02T10:00:00Z"));
  REQUIRE(second);
  CHECK(*second != first);
  CHECK(slurp(path + ".keys").find(lookup) == 0);  // lines were added, none changed
  CHECK(mode(path + ".keys") == 0600);
  stop(book, "2026-06-03T10:00:00Z");
  auto const note = log::parse_note(*book.checkpoint_note());
  REQUIRE(note);
  CHECK(note->signatures.size() == 2);
  CHECK(note->signatures[0].key_id != note->signatures[1].key_id);
  sound(book);
  REQUIRE(rotate_keys(book, at("2026-06-04T10:00:00Z")));
  CHECK(log::parse_note(*book.checkpoint_note())->signatures.size() == 2);
  sound(book);
  auto again = open(path);
  sound(again);
  CHECK(answers(again) == answers(book));
  // An older key file is told, not used.
  auto const newest = slurp(path + ".keys");
  spit(path + ".keys", lookup);
  CHECK(ledger::open(path).error().code == failure::key_missing);
  spit(path + ".keys", newest);
  sound(again);
}

TEST_CASE("another process goes on with the new keys; a rotation that a crash cut off is made up for") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto one = create(path);
  auto two = open(path);
  REQUIRE(rotate_keys(one, at("2026-06-02T10:00:00Z")));
  stop(two, "2026-06-03T10:00:00Z");
  CHECK(two.verifier_key() == one.verifier_key());
  sound(two);
  // The key file is there, its entry is not.
  auto keys = key_file::open(path + ".keys");
  REQUIRE(keys->rotate(path + ".keys"));
  auto three = open(path);
  sound(three);
  stop(three, "2026-06-04T10:00:00Z");
  sound(three);
  int rotations = 0;
  { database db{path}; rotations = std::stoi(db.rows("SELECT count(*) FROM event WHERE kind = 93")[0][0]); }
  CHECK(rotations == 2);
  // A temporary file left by a crash is no obstacle.
  spit(path + ".keys.new", "half");
  REQUIRE(rotate_keys(three, at("2026-06-05T10:00:00Z")));
  sound(three);
}

TEST_CASE("backup: consistent, private, never over anything; restored as a new origin") {
  scratch dir;
  auto const path = dir.path("a.db"), file = dir.path("copy.db");
  std::string said;
  {
    auto book = create(path);
    take(book, some_rows, "2026-06-01T10:00:00Z");
    said = answers(book);
    auto const made = back_up(book, file, {});
    REQUIRE_MESSAGE(made, (made ? "" : made.error().message.en));
    CHECK(made->head == *book.head());
    CHECK(mode(file) == 0600);
    CHECK(mode(file + ".checkpoints") == 0600);
    CHECK_FALSE(fs::exists(file + ".keys"));
    CHECK_FALSE(fs::exists(file + "-wal"));
    CHECK(back_up(book, file, {}).error().code == failure::already_exists);
    auto const with = back_up(book, dir.path("with.db"), {true});
    REQUIRE(with);
    CHECK(slurp(dir.path("with.db.keys")) == slurp(path + ".keys"));
    auto copied = open(dir.path("with.db"));
    sound(copied);
    CHECK(answers(copied) == said);
    stop(book, "2026-06-02T10:00:00Z");
    CHECK(restore_ledger(path, file, {}, at("2026-06-09T10:00:00Z")).error().code == failure::already_exists);
  }
  auto const size_before = open(path).head()->size;
  fs::remove(path);
  for (char const* const tail : {"-wal", "-shm"}) fs::remove(path + tail);
  auto const r = restore_ledger(path, file, {}, at("2026-06-10T10:00:00Z"));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  CHECK(r->origin == "agency.example/jawort/test#2");
  CHECK(r->lost == 1);
  CHECK(r->first_seq == size_before);
  CHECK(r->last_known.size == size_before);
  auto book = open(path);
  CHECK_FALSE(book.alarmed());
  sound(book);
  CHECK(mode(path) == 0600);
  stop(book, "2026-06-11T10:00:00Z");
  sound(book);
  // Restored once more, from a copy of the second origin, elsewhere, the keys with it.
  REQUIRE(back_up(book, dir.path("second.db"), {true}));
  auto const again = restore_ledger(dir.path("b.db"), dir.path("second.db"), {}, at("2026-06-12T10:00:00Z"));
  REQUIRE_MESSAGE(again, (again ? "" : again.error().message.en));
  CHECK(again->origin == "agency.example/jawort/test#3");
  CHECK(again->lost == 0);
  auto third = open(dir.path("b.db"));
  sound(third);
  CHECK(third.verify()->origins.size() == 3);
  CHECK(answers(third).find("+491713920001") != std::string::npos);
}

TEST_CASE("restore: without keys, with others' keys, from a damaged copy, over an old WAL, with a checkpoint kept elsewhere") {
  scratch dir;
  auto const path = dir.path("a.db"), file = dir.path("copy.db");
  std::string kept;
  {
    auto book = create(path);
    take(book, some_rows, "2026-06-01T10:00:00Z");
    REQUIRE(back_up(book, file, {}));
    stop(book, "2026-06-02T10:00:00Z");
    stop(book, "2026-06-03T10:00:00Z");
    kept = *book.checkpoint_note();
  }
  auto const target = dir.path("new/a.db");
  fs::create_directory(dir.path("new"));
  CHECK(restore_ledger(target, file, {}, at("2026-06-10T10:00:00Z")).error().code == failure::key_missing);
  CHECK_FALSE(fs::exists(target));
  { auto other = create(dir.path("other.db")); }
  fs::copy_file(dir.path("other.db.keys"), target + ".keys");
  CHECK(restore_ledger(target, file, {}, at("2026-06-10T10:00:00Z")).error().code == failure::damaged);
  CHECK_FALSE(fs::exists(target));
  fs::copy_file(path + ".keys", target + ".keys", fs::copy_options::overwrite_existing);
  fs::remove(target + ".checkpoints");
  spit(target + "-wal", "old");
  CHECK(restore_ledger(target, file, {}, at("2026-06-10T10:00:00Z")).error().code == failure::already_exists);
  fs::remove(target + "-wal");
  copy(file, dir.path("bad.db"));
  { database db{dir.path("bad.db")}; REQUIRE(db.run("UPDATE event SET occurred_at = occurred_at + 1 WHERE seq = 3")); }
  CHECK(restore_ledger(target, dir.path("bad.db"), {}, at("2026-06-10T10:00:00Z")).error().code == failure::damaged);
  CHECK_FALSE(fs::exists(target));
  fs::remove(target + ".checkpoints");
  auto const r = restore_ledger(target, file, {{"kept", kept}}, at("2026-06-10T10:00:00Z"));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  CHECK(r->lost == 2);
  auto book = open(target);
  sound(book);
}

TEST_CASE("a backup does not bring an erased person back") {
  scratch dir;
  auto const path = dir.path("a.db"), file = dir.path("copy.db");
  auto const who = *address::parse("+491713920001");
  {
    auto book = create(path);
    take(book, some_rows, "2026-06-01T10:00:00Z");
    REQUIRE(back_up(book, file, {}));
    REQUIRE(erase(book, who, {}, at("2026-06-02T10:00:00Z")));
    CHECK(erasures_of(book, who)->size() == 1);
  }
  fs::remove(path);
  auto const r = restore_ledger(path, file, {}, at("2026-06-10T10:00:00Z"));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  CHECK(r->erased_again == 1);
  auto book = open(path);
  sound(book);
  CHECK(erasures_of(book, who)->size() == 1);
  question q;
  q.who = &who;
  q.on = channel::whatsapp;
  q.about = *purpose::parse("newsletter");
  q.at = at("2026-06-11T10:00:00Z");
  q.template_message = true;
  CHECK(book.ask(q)->reasons.has(reason_code::erased));
  CHECK(slurp(path).find("address-changed") == std::string::npos);
  stop(book, "2026-06-12T10:00:00Z");
  sound(book);
}

TEST_CASE("a ledger of an older schema: told, upgraded in one piece, verified, answers as before") {
  std::string frozen;
  SUBCASE("schema 1") { frozen = std::string{JAWORT_FROZEN} + "/schema-1/"; }
  SUBCASE("schema 2") { frozen = std::string{JAWORT_FROZEN} + "/schema-2/"; }
  scratch dir;
  auto const path = dir.path("a.db");
  for (char const* const tail : {"", ".keys", ".checkpoints", ".erasures"}) {
    if (!fs::exists(frozen + "a.db" + tail)) continue;
    fs::copy_file(frozen + "a.db" + tail, path + tail);
    fs::permissions(path + tail, fs::perms::owner_read | fs::perms::owner_write);
  }
  auto const refused = ledger::open(path);
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == failure::wrong_version);
  CHECK(refused.error().hint.en.find("jawort upgrade") != std::string::npos);
  // Damaged, it stays as it is.
  auto const bytes = slurp(path);
  { database db{path}; REQUIRE(db.run("UPDATE event SET occurred_at = occurred_at + 1 WHERE seq = 3")); }
  CHECK(upgrade_ledger(path).error().code == failure::damaged);
  CHECK(ledger::open(path).error().code == failure::wrong_version);
  fs::remove(path + "-wal");
  fs::remove(path + "-shm");
  spit(path, bytes);
  auto const entries = upgrade_ledger(path);
  REQUIRE_MESSAGE(entries, (entries ? "" : entries.error().message.en));
  CHECK(upgrade_ledger(path).error().code == failure::already_exists);
  auto book = open(path);
  sound(book);
  CHECK(book.verify()->events == *entries);
  // The verdicts that the schema's own binary gave, kept beside it.
  std::istringstream verdicts{slurp(frozen + "verdicts.tsv")};
  std::size_t asked = 0;
  for (std::string line; std::getline(verdicts, line);) {
    std::istringstream words{line};
    std::string number, about, when, wanted, codes;
    words >> number >> about >> when >> wanted >> codes;
    auto const who = *address::parse(number);
    question q;
    q.who = &who;
    q.on = channel::whatsapp;
    q.about = *purpose::parse(about);
    q.at = at(when.c_str());
    q.template_message = true;
    auto const d = book.ask(q);
    REQUIRE(d);
    std::string found;
    for (auto const& r : d->reasons) found += (found.empty() ? "" : ",") + std::string{name(r.code)};
    CHECK_MESSAGE(name(d->what) == wanted, line << ": " << found);
    CHECK_MESSAGE(found == codes, line);
    ++asked;
  }
  CHECK(asked > 20);
  stop(book, "2026-08-02T10:00:00Z");
  sound(book);
}

TEST_CASE("without the key file: tree, checkpoints, order and open fields are verified, and the rest is said") {
  scratch dir;
  auto const path = dir.path("a.db"), changed = dir.path("b.db");
  std::string key;
  { auto book = create(path); take(book, some_rows, "2026-06-01T10:00:00Z"); key = book.verifier_key(); }
  fs::remove(path + ".keys");
  CHECK(ledger::open(path).error().code == failure::key_missing);
  auto const v = ledger::verify_without_keys(path, key);
  REQUIRE_MESSAGE(v, (v ? "" : v.error().message.en));
  CHECK_FALSE(v->ok());
  REQUIRE_MESSAGE(v->problems.size() == 1, kinds(*v));
  CHECK(v->problems[0].kind == "key-file");
  struct damage { char const* sql; char const* kind; };
  for (auto const& d : {damage{"UPDATE event SET leaf = zeroblob(132) WHERE seq = 3", "checkpoint"}, damage{"DELETE FROM event WHERE seq = 3", "sequence"}, damage{"UPDATE event SET kind = 7 WHERE seq = 2", "row"},
                        damage{"DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)", "behind"}, damage{"UPDATE event SET occurred_at = occurred_at + 60000 WHERE seq = 2", "row"},
                        damage{"UPDATE notice SET body = CAST(replace(body, 'Stop', 'Halt') AS BLOB)", "notice"}, damage{"UPDATE state SET horizon = 5", "state"}}) {
    copy(path, changed);
    { database db{changed}; REQUIRE(db.run(d.sql)); }
    auto const found = ledger::verify_without_keys(changed, key);
    REQUIRE(found);
    CHECK_MESSAGE(kinds(*found).find(d.kind) != std::string::npos, d.sql << "\n" << kinds(*found));
  }
  { auto other = create(dir.path("c.db")); key = other.verifier_key(); }
  auto const foreign = ledger::verify_without_keys(path, key);
  REQUIRE(foreign);
  CHECK(foreign->remarks.size() == 1);  // checkpoints of another key
  CHECK(ledger::verify_without_keys(path, "agency+00000000+AA").error().code == failure::malformed);
}

namespace {
int shell(std::string const& command) { return std::system(command.c_str()); }

/// A time stamping authority of the test, by `openssl` alone.
bool make_authority(std::string const& dir) {
  spit(dir + "/tsa.cnf",
       "[tsa]\ndefault_tsa = t\n[t]\nserial = " + dir + "/serial\nsigner_cert = " + dir + "/tsa.pem\nsigner_key = " + dir + "/tsa.key\ncerts = " + dir +
           "/ca.pem\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256, sha512\naccuracy = secs:1\nordering = no\ntsa_name = no\ness_cert_id_chain = no\n"
           "[req]\ndistinguished_name = d\nprompt = no\n[d]\nCN = Test\n[ext]\nextendedKeyUsage = critical, timeStamping\n");
  spit(dir + "/serial", "01\n");
  std::string const quiet = " >/dev/null 2>&1";
  return shell("cd " + dir + " && openssl req -config tsa.cnf -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -subj /CN=TestCA -days 30" + quiet) == 0 &&
         shell("cd " + dir + " && openssl req -config tsa.cnf -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=TestTSA" + quiet) == 0 &&
         shell("cd " + dir + " && openssl x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile tsa.cnf -extensions ext -out tsa.pem" + quiet) == 0;
}
std::string stamp(std::string const& dir, std::string const& bytes, std::string const& options = "-sha256") {
  spit(dir + "/data", bytes);
  REQUIRE(shell("cd " + dir + " && openssl ts -query -data data " + options + " -cert -out q.tsq >/dev/null 2>&1 && openssl ts -reply -config tsa.cnf -queryfile q.tsq -out r.tsr >/dev/null 2>&1") == 0);
  return slurp(dir + "/r.tsr");
}
}  // namespace

TEST_CASE("time stamps: of our checkpoints only, kept so that openssl verifies them, compared by verify") {
  if (shell("openssl version >/dev/null 2>&1") != 0) { MESSAGE("no openssl here"); return; }
  scratch dir;
  auto const path = dir.path("a.db"), tsa = dir.path("tsa");
  fs::create_directory(tsa);
  REQUIRE(make_authority(tsa));
  auto book = create(path);
  take(book, some_rows, "2026-06-01T10:00:00Z");
  auto const note = *book.checkpoint_note();
  auto const der = stamp(tsa, note);
  auto const kept = keep_stamp(book, der, "r.tsr", tsa + "/ca.pem");
  REQUIRE_MESSAGE(kept, (kept ? "" : kept.error().message.en));
  CHECK(kept->of == *book.head());
  CHECK(kept->authority_checked);
  CHECK(kept->at > at("2020-01-01T00:00:00Z"));
  CHECK(mode(kept->file) == 0600);
  auto const stem = kept->file.substr(0, kept->file.size() - 4);
  CHECK(shell("openssl ts -verify -in " + kept->file + " -data " + stem + ".checkpoint -CAfile " + tsa + "/ca.pem >/dev/null 2>&1") == 0);
  CHECK(keep_stamp(book, der, "r.tsr", {}).error().code == failure::already_exists);
  CHECK(keep_stamp(book, stamp(tsa, "something else"), "r.tsr", {}).error().code == failure::refused);
  CHECK(keep_stamp(book, stamp(tsa, note, "-sha512"), "r.tsr", {}).error().code == failure::malformed);
  CHECK(keep_stamp(book, "no stamp", "r.tsr", {}).error().code == failure::malformed);
  CHECK(keep_stamp(book, der + "x", "r.tsr", {}).error().code == failure::malformed);
  fs::create_directory(dir.path("other"));
  REQUIRE(make_authority(dir.path("other")));
  CHECK(keep_stamp(book, stamp(tsa, note), "r.tsr", dir.path("other") + "/ca.pem").error().code == failure::damaged);
  stop(book, "2026-06-02T10:00:00Z");  // an older checkpoint may be stamped later
  REQUIRE(keep_stamp(book, stamp(tsa, note), "r.tsr", {}));
  CHECK(stamps(book)->size() == 2);
  sound(book);
  auto changed = slurp(kept->file);
  spit(kept->file, stamp(tsa, "another"));
  CHECK(kinds(*book.verify()).find("stamp: ") == 0);
  spit(kept->file, changed);
  // The stamp's checkpoint counts as one kept outside: it survives the loss of the checkpoint file.
  spit(path + ".checkpoints", "");
  { database db{path}; REQUIRE(db.run("UPDATE event SET leaf = zeroblob(132) WHERE seq = 3")); }
  CHECK(kinds(*book.verify()).find("checkpoint: ") != std::string::npos);
}

TEST_CASE("witnesses: kept if the text is one of our checkpoints; checked where the key is known") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto book = create(path);
  take(book, some_rows, "2026-06-01T10:00:00Z");
  auto const note = *book.checkpoint_note();
  // Vectors made outside: a witness's key (seed of 32 bytes 07) and openssl's signature over it.
  if (shell("openssl version >/dev/null 2>&1") != 0) { MESSAGE("no openssl here"); return; }
  std::string der{"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20", 16};
  der += std::string(32, '\x07');
  spit(dir.path("w.der"), der);
  REQUIRE(shell("cd " + dir.path("") + " && openssl pkey -inform DER -in w.der -out w.pem 2>/dev/null && openssl pkey -in w.pem -pubout -outform DER -out w.pub 2>/dev/null") == 0);
  auto const pub = slurp(dir.path("w.pub")).substr(12);
  REQUIRE(pub.size() == 32);
  auto const sha = [&](log::bytes_view data) {
    spit(dir.path("in"), std::string{reinterpret_cast<char const*>(data.data()), data.size()});
    REQUIRE(shell("cd " + dir.path("") + " && openssl dgst -sha256 -binary -out out in") == 0);
    log::digest d{};
    std::memcpy(d.data(), slurp(dir.path("out")).data(), d.size());
    return d;
  };
  log::bytes_view const key{reinterpret_cast<std::uint8_t const*>(pub.data()), 32};
  auto const id = log::key_id_of(sha, "witness.example/w", log::cosignature_type, key);
  std::string typed(1, '\x04');
  typed += pub;
  char hex[9];
  std::snprintf(hex, sizeof hex, "%08x", id);
  std::string const vkey = std::string{"witness.example/w+"} + hex + "+" + log::base64(log::detail::view(typed));
  auto const cosigned_by = [&](std::string const& text, std::uint64_t time) {
    spit(dir.path("m"), log::cosigned_message(time, text));
    REQUIRE(shell("cd " + dir.path("") + " && openssl pkeyutl -sign -inkey w.pem -rawin -in m -out s 2>/dev/null") == 0);
    auto const s = slurp(dir.path("s"));
    return log::cosignature_line("witness.example/w", id, time, log::detail::view(s));
  };
  auto const text = note.substr(0, note.find("\n\n") + 1);
  auto const line = cosigned_by(text, 1780000000);
  auto r = keep_cosigned(book, note + line, "n", {});
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  CHECK(r->unknown == std::vector<std::string>{"witness.example/w"});
  r = keep_cosigned(book, text + "\n" + cosigned_by(text, 1780000001), "n", vkey);  // without our own signature
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  CHECK(r->verified == std::vector<std::string>{"witness.example/w"});
  CHECK(r->of == *book.head());
  sound(book);
  CHECK(keep_cosigned(book, note, "n", {}).error().code == failure::refused);  // nobody else's signature in it
  CHECK(keep_cosigned(book, "no note", "n", {}).error().code == failure::malformed);
  CHECK(keep_cosigned(book, text + "\n" + cosigned_by(note, 1780000002), "n", {}).error().code == failure::damaged);  // signed something else; the key is remembered
  std::string other = "agency.example/jawort/test\n3\n" + log::base64(log::bytes_view{log::digest{}}) + "\n";
  CHECK(keep_cosigned(book, other + "\n" + cosigned_by(other, 1780000003), "n", {}).error().code == failure::refused);  // we did not sign it
  other = "someone.example/log\n3\n" + log::base64(log::bytes_view{log::digest{}}) + "\n";
  CHECK(keep_cosigned(book, other + "\n" + cosigned_by(other, 1780000003), "n", {}).error().code == failure::refused);
  // The kept notes are checked again by every verify.
  auto kept = slurp(path + ".witnessed");
  REQUIRE(kept.find(line) != std::string::npos);
  auto const at_time = kept.find(line) + line.size() - 10;
  kept[at_time] = kept[at_time] == 'A' ? 'B' : 'A';
  spit(path + ".witnessed", kept);
  CHECK(kinds(*book.verify()).find("cosignature: ") != std::string::npos);
}
