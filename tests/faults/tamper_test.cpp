// For every column of every table: a changed value, a deleted, an inserted, two swapped rows. `verify` names it, or it is
// in the table of exceptions with its reason, and then no answer changes. The tables are read from the file, so a new
// column is covered without a word here.
#include <map>
#include <set>

#include "sample_ledger.hpp"

using namespace sample;

namespace {

/// What may be changed in silence, and why no answer follows from it. `only`: SQL that narrows it down.
struct exception {
  char const* what;
  char const* only;
  char const* why;
};
std::vector<exception> const exceptions{
    {"label insert", "", "a label that no entry names is never read"},
    {"purpose insert", "", "a purpose that no entry names is never asked for: notices declare purposes"},
    {"meta insert", "", "a setting that nobody reads"},
    {"address secret", "key = 1152921504606846977", "customer:4711 is named by a link alone: no leaf is under its secret"},
};

/// Tables that this small ledger leaves empty, and where they are tampered with.
std::map<std::string, char const*> const elsewhere{
    {"node", "kept from 256 entries on: tests/log/proof_test.cpp"},
};

struct table {
  std::string name;
  std::vector<std::string> columns, keys;   ///< keys: those of the primary key
};

std::vector<table> tables_of(database& db) {
  std::vector<table> out;
  for (auto const& t : db.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")) {
    table one{t[0], {}, {}};
    for (auto const& c : db.rows("SELECT name, pk FROM pragma_table_info('" + t[0] + "')")) {
      one.columns.push_back(c[0]);
      if (c[1] != "0") one.keys.push_back(c[0]);
    }
    out.push_back(std::move(one));
  }
  return out;
}

std::string listed(std::vector<std::string> const& names, std::string const& before = "", std::string const& after = "") {
  std::string out;
  for (auto const& n : names) out += (out.empty() ? "" : ", ") + before + n + after;
  return out;
}

struct bench {
  scratch dir;
  std::string whole = dir.path("whole.db"), path = dir.path("changed.db");
  std::string said;
  std::map<std::string, int> silent;   ///< exceptions that were met
  int found = 0, prevented = 0;

  bench() {
    fill(whole);
    auto const l = look(whole);
    REQUIRE_MESSAGE(l.sound, l.kinds);
    said = l.said;
  }
  /// Applies SQL to a fresh copy and looks at it. `what` names the change, `table column` or `table insert`.
  void change(std::string const& what, std::string const& sql) {
    copy(whole, path);
    {
      database db{path};
      auto const before = db.rows("SELECT total_changes()");
      if (!db.run(sql) || db.rows("SELECT total_changes()") == before) { ++prevented; return; }
    }
    auto const l = look(path);
    if (!l.sound) { ++found; CHECK_FALSE(l.kinds.empty()); return; }
    bool const allowed = std::any_of(exceptions.begin(), exceptions.end(), [&](exception const& e) { return what == e.what && sql.find(e.only) != sql.npos; });
    CHECK_MESSAGE(allowed, "not found: " << what << ": " << sql);
    CHECK_MESSAGE(l.said == said, "an answer changed in silence: " << what << ": " << sql);
    ++silent[what];
  }
};

std::string where(table const& t, database::row const& key) {
  std::string out;
  for (std::size_t k = 0; k < t.keys.size(); ++k) out += (k == 0 ? " WHERE " : " AND ") + t.keys[k] + " = " + key[k];
  return out;
}

/// Other values for a column whose value is quoted as SQL.
std::vector<std::string> others(std::string const& value, std::string const& type) {
  if (type == "integer") return {value + " + 1", value + " - 1", value + " + 4294967296", value + " + 65536", "NULL", "0"};
  if (type == "text") return {value + " || 'x'", "''", "NULL", "'{'"};
  if (type == "blob") {
    auto flipped = value;  // X'0a…': another last digit
    if (auto& digit = flipped[flipped.size() - 2]; value.size() > 4) digit = digit == '0' ? '1' : '0';
    return {"CAST(zeroblob(length(" + value + ")) AS BLOB)", flipped, "CAST(" + value + " || x'00' AS BLOB)", "NULL"};
  }
  return {"1", "'x'", "x'00'", "'{'"};
}

}  // namespace

TEST_CASE("every column, every row: what is changed behind the ledger's back is found, or changes no answer") {
  bench b;
  std::vector<table> tables;
  std::map<std::string, std::vector<database::row>> keys;
  std::map<std::pair<std::string, std::string>, std::vector<database::row>> values;
  {
    database db{b.whole};
    tables = tables_of(db);
    for (auto const& t : tables) {
      keys[t.name] = db.rows("SELECT " + listed(t.keys, "quote(", ")") + " FROM " + t.name + " ORDER BY " + listed(t.keys));
      for (auto const& c : t.columns) values[{t.name, c}] = db.rows("SELECT quote(" + c + "), typeof(" + c + ") FROM " + t.name + " ORDER BY " + listed(t.keys));
    }
  }
  std::set<std::string> names;
  for (auto const& t : tables) {
    names.insert(t.name);
    auto const& rows = keys[t.name];
    CHECK_MESSAGE(rows.empty() == elsewhere.contains(t.name), t.name << " has no rows to try, or is said to have none");
    for (std::size_t r = 0; r < rows.size(); ++r) {
      bool const tried = r < 4 || r + 2 >= rows.size() || t.name == "meta";
      if (!tried) continue;
      for (auto const& c : t.columns) {
        auto const& v = values[{t.name, c}][r];
        for (auto const& other : others(v[0], v[1]))
          if (other != v[0]) b.change(t.name + " " + c, "UPDATE " + t.name + " SET " + c + " = " + other + where(t, rows[r]));
      }
      b.change(t.name + " delete", "DELETE FROM " + t.name + where(t, rows[r]));
    }
    // A row that was not there: a copy of another under a key of its own.
    if (!rows.empty()) {
      std::string columns, from;
      for (auto const& c : t.columns) {
        bool const unique = !t.keys.empty() && c == t.keys.back();
        auto const& v = values[{t.name, c}].back();
        std::string fresh = c;
        if (unique) fresh = v[1] == "integer" ? "(SELECT max(" + c + ") FROM " + t.name + ") + 1" : v[1] == "text" ? "'zz-' || " + c : "CAST(x'ff' || substr(" + c + ", 2) AS BLOB)";
        else if (t.name == "label" || t.name == "purpose") fresh = "'zz-' || " + c;        // unique as well
        else if (t.name == "notice" && c == "version") fresh = c + " + 1";
        columns += (columns.empty() ? "" : ", ") + c;
        from += (from.empty() ? "" : ", ") + fresh;
      }
      b.change(t.name + " insert", "INSERT INTO " + t.name + "(" + columns + ") SELECT " + from + " FROM " + t.name + where(t, rows.back()));
    }
    // Two rows that change places: all that is not their key.
    std::vector<std::string> rest;
    for (auto const& c : t.columns)
      if (std::find(t.keys.begin(), t.keys.end(), c) == t.keys.end()) rest.push_back(c);
    for (std::size_t r = 0; r + 1 < rows.size() && !rest.empty(); ++r) {
      std::string const one = where(t, rows[r]), two = where(t, rows[r + 1]);
      std::string sql = "PRAGMA ignore_check_constraints=ON; CREATE TEMP TABLE a AS SELECT * FROM " + t.name + one + "; CREATE TEMP TABLE b AS SELECT * FROM " + t.name + two + "; DELETE FROM " + t.name + one +
                        "; DELETE FROM " + t.name + two + ";";
      for (auto const& [key_from, rest_from] : {std::pair{"a", "b"}, std::pair{"b", "a"}})
        sql += "INSERT INTO " + t.name + "(" + listed(t.keys) + ", " + listed(rest) + ") SELECT " + listed(t.keys, std::string{key_from} + ".") + ", " + listed(rest, std::string{rest_from} + ".") + " FROM temp.a a, temp.b b;";
      bool same = true;
      for (auto const& c : rest) same = same && values[{t.name, c}][r][0] == values[{t.name, c}][r + 1][0];
      if (!same) b.change(t.name + " swap", sql);
    }
  }
  for (char const* const wanted : {"address", "austrian_list", "event", "event_of", "head", "label", "meta", "notice", "policy", "purpose", "state"}) CHECK(names.contains(wanted));
  for (auto const& e : exceptions) CHECK_MESSAGE(b.silent.contains(e.what), "an exception that is none: " << e.what << " (" << e.why << ")");
  MESSAGE(b.found << " changes found, " << b.prevented << " refused by the database, kinds of silent ones: " << b.silent.size());
  CHECK(b.found > 500);
}

TEST_CASE("tables, indexes and triggers of a stranger are found") {
  bench b;
  for (char const* const sql : {"DROP INDEX address_subject", "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM state; END", "CREATE TABLE more(x)",
                                "CREATE VIEW v AS SELECT 1", "DROP INDEX address_text; CREATE INDEX address_text ON address(key)"}) {
    copy(b.whole, b.path);
    { database db{b.path}; REQUIRE(db.run(sql)); }
    auto const l = look(b.path);
    CHECK_MESSAGE(!l.sound, sql);
    CHECK_MESSAGE(l.kinds.find("file") != std::string::npos, sql);
  }
}

TEST_CASE("an index that does not say what its table says is found") {
  bench b;
  copy(b.whole, b.path);
  {
    database db{b.path};
    // The table is changed while the index is not told.
    REQUIRE(db.run("PRAGMA writable_schema=ON; DELETE FROM sqlite_master WHERE name = 'address_subject'"));
  }
  {
    database db{b.path};
    REQUIRE(db.run("UPDATE address SET subject = 491713920099 WHERE key = (SELECT min(key) FROM address)"));
    REQUIRE(db.run("PRAGMA writable_schema=ON; INSERT INTO sqlite_master SELECT 'index', 'address_subject', 'address', (SELECT rootpage FROM sqlite_master WHERE name = 'address_subject'), "
                   "'CREATE INDEX address_subject ON address(subject) WHERE subject <> key'"));
  }
  CHECK_FALSE(look(b.path).sound);
}

TEST_CASE("the index of addresses: an entry gone, one too many, one of another's, two that changed places") {
  bench b;
  for (char const* const sql : {"DELETE FROM event_of WHERE seq = 2", "INSERT INTO event_of VALUES(491713920099, 2)",
                                "UPDATE event_of SET address = 491713920099 WHERE seq = 2", "UPDATE event_of SET seq = seq + 1000 WHERE seq = 2",
                                "CREATE TEMP TABLE t AS SELECT a.address AS one, a.seq AS x, b.address AS two, b.seq AS y FROM event_of a, event_of b "
                                "WHERE a.address < b.address LIMIT 1; DELETE FROM event_of WHERE (address, seq) IN (SELECT one, x FROM t UNION SELECT two, y FROM t); "
                                "INSERT INTO event_of SELECT one, y FROM t UNION SELECT two, x FROM t"}) {
    copy(b.whole, b.path);
    { database db{b.path}; REQUIRE(db.run(sql)); }
    auto const l = look(b.path);
    CHECK_MESSAGE(!l.sound, sql);
    CHECK_MESSAGE(l.kinds.find("index") != std::string::npos, sql);
  }
}

TEST_CASE("a tail that is cut off cleanly is found by the checkpoint outside") {
  scratch dir;
  auto const path = dir.path("a.db"), old = dir.path("old.db");
  { auto book = create(path); take(book, some_rows, "2026-06-01T10:00:00Z"); }
  copy(path, old);
  { auto book = ledger::open(path); take(*book, "2026-06-02T10:00:00Z,withdrawn,+491713920001,whatsapp,,,Stop\n", "2026-06-02T10:00:00Z"); }
  std::filesystem::copy_file(old, path, std::filesystem::copy_options::overwrite_existing);  // sound in itself
  auto const l = look(path);
  CHECK(l.kinds.find("behind") != std::string::npos);
  auto book = ledger::open(path);
  REQUIRE(book);
  CHECK(book->alarmed());
  // Nothing may be signed on the older history: it would be a second one.
  auto const refused = book->append({inbound(491713920004, at("2026-06-03T10:00:00Z"), "Hallo")}, at("2026-06-03T10:00:00Z"));
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == failure::damaged);
  CHECK(answers(*book).find("ledger-behind-anchor") != std::string::npos);
}

TEST_CASE("older copies of database and checkpoints both: not found alone, found with a checkpoint kept elsewhere") {
  scratch dir;
  auto const path = dir.path("a.db"), old = dir.path("old.db");
  { auto book = create(path); take(book, some_rows, "2026-06-01T10:00:00Z"); }
  copy(path, old);
  std::string kept;
  {
    auto book = ledger::open(path);
    take(*book, "2026-06-02T10:00:00Z,withdrawn,+491713920001,whatsapp,,,Stop\n", "2026-06-02T10:00:00Z");
    kept = *book->checkpoint_note();
  }
  copy(old, path);
  auto book = ledger::open(path);
  REQUIRE(book);
  CHECK_FALSE(book->alarmed());
  CHECK(book->verify()->ok());
  auto const v = book->verify({{"kept", kept}});
  REQUIRE(v);
  REQUIRE(v->problems.size() == 1);
  CHECK(v->problems[0].kind == "behind");
}

TEST_CASE("two histories with valid signatures: each is sound alone, a checkpoint of the other names the first entry that differs") {
  scratch dir;
  auto const one = dir.path("one.db"), two = dir.path("two.db");
  { auto book = create(one); take(book, some_rows, "2026-06-01T10:00:00Z"); }
  copy(one, two);
  std::string note;
  {
    auto a = ledger::open(one), b = ledger::open(two);
    take(*a, "2026-06-02T10:00:00Z,inbound,+491713920001,whatsapp,,,Ja\n", "2026-06-02T10:00:00Z");
    take(*b, "2026-06-02T10:00:00Z,withdrawn,+491713920001,whatsapp,,,Stop\n", "2026-06-02T10:00:00Z");
    note = *b->checkpoint_note();
    CHECK(a->verify()->ok());
    CHECK(b->verify()->ok());
    auto const v = a->verify({{"two", note}});
    REQUIRE(v->problems.size() == 1);
    CHECK(v->problems[0].kind == "checkpoint");
    CHECK(v->problems[0].seq == v->events - 1);
    CHECK(v->problems[0].text.en.find("two") != std::string::npos);
  }
  // Brought to the other's files, the alarm says so at once.
  std::ofstream{one + ".checkpoints", std::ios::app | std::ios::binary} << note << "\n\n";
  auto a = ledger::open(one);
  REQUIRE(a);
  CHECK(a->alarmed());
  // And after one has grown longer as well: the entries up to the checkpoint are hashed again.
  { auto b = ledger::open(two); take(*b, "2026-06-03T10:00:00Z,inbound,+491713920001,whatsapp,,,Hallo\n", "2026-06-03T10:00:00Z"); note = *b->checkpoint_note(); }
  copy(two, dir.path("three.db"));
  { auto c = ledger::open(dir.path("three.db")); take(*c, "2026-06-04T10:00:00Z,inbound,+491713920001,whatsapp,,,Hallo\n", "2026-06-04T10:00:00Z"); }
  spit(dir.path("three.db.checkpoints"), slurp(one + ".checkpoints"));
  auto c = ledger::open(dir.path("three.db"));
  REQUIRE(c);
  CHECK(c->alarmed());
}
