// The ledger's tables, in SQLite. See docs/ARCHITECTURE.md for what each column is.
#include "../store.hpp"

#include <SQLiteCpp/Backup.h>
#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <map>
#include <unordered_map>

#include "jawort/ledger/job.hpp"
#include "jawort/ledger/json.hpp"
#include "rows.hpp"
#include "statement.hpp"

namespace jawort {
namespace {

constexpr int application_id = 0x4a57524c;  // "JWRL"
constexpr int busy_wait_ms = 10000;

// Schema 1, as it was released; never changed. Every ledger begins with it.
constexpr char const* schema_1 = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id = 0), size INTEGER NOT NULL, edge BLOB NOT NULL, recorded_at INTEGER NOT NULL) STRICT;
CREATE TABLE label(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE purpose(code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE notice(number INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, published_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, historical INTEGER NOT NULL, body BLOB NOT NULL, digest BLOB NOT NULL, UNIQUE(id, version)) STRICT;
CREATE TABLE address(key INTEGER PRIMARY KEY, text TEXT, secret BLOB NOT NULL, subject INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX address_text ON address(text) WHERE text IS NOT NULL;
CREATE INDEX address_subject ON address(subject) WHERE subject <> key;
CREATE TABLE event(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, address INTEGER, channel INTEGER, purpose INTEGER NOT NULL,
  via TEXT, notice INTEGER, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, other INTEGER, source INTEGER,
  operator INTEGER, evidence TEXT, leaf BLOB NOT NULL) STRICT;
CREATE INDEX event_address ON event(address, seq) WHERE address IS NOT NULL;
CREATE TABLE state(address INTEGER PRIMARY KEY, horizon INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
INSERT INTO head VALUES(0, 0, x'', 0);
)sql";

// What schema 2 adds to it: a new ledger and an upgraded one run the same statements, so that both have the same tables.
constexpr char const* schema_2_additions = R"sql(
CREATE TABLE policy(number INTEGER PRIMARY KEY, set_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE austrian_list(digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
ALTER TABLE head ADD COLUMN first_seq INTEGER NOT NULL DEFAULT 0;
ALTER TABLE head ADD COLUMN restores INTEGER NOT NULL DEFAULT 0;
)sql";

/// Follows from the leaves; a ledger without it proves as well, only slower.
constexpr char const* tree_schema = R"sql(
CREATE TABLE IF NOT EXISTS node(first INTEGER NOT NULL, level INTEGER NOT NULL, idx INTEGER NOT NULL, hash BLOB NOT NULL,
  PRIMARY KEY(first, level, idx)) STRICT, WITHOUT ROWID;
)sql";

/// What erasures leave (docs/RIGHTS.md).
constexpr char const* erasure_schema = R"sql(
CREATE TABLE IF NOT EXISTS tombstone(tag BLOB NOT NULL, seq INTEGER NOT NULL, person INTEGER NOT NULL, objected INTEGER NOT NULL,
  tries INTEGER NOT NULL, PRIMARY KEY(tag, seq)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS box(seq INTEGER NOT NULL, person INTEGER NOT NULL, until INTEGER NOT NULL, digest BLOB NOT NULL, body BLOB,
  PRIMARY KEY(seq, person)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS box_due ON box(until) WHERE body IS NOT NULL;
CREATE TABLE IF NOT EXISTS box_tag(seq INTEGER NOT NULL, person INTEGER NOT NULL, tag BLOB NOT NULL, PRIMARY KEY(seq, person, tag)) STRICT, WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS box_tag_tag ON box_tag(tag);
)sql";

// What schema 3 has in place of an index of SQLite's: that one takes every entry at once, in the order of events, which for
// an address is none. This table's are written sorted, many at a time (lib/appending.hpp).
constexpr char const* schema_3_changes = R"sql(
CREATE TABLE event_of(address INTEGER NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY(address, seq)) STRICT, WITHOUT ROWID;
INSERT INTO event_of SELECT address, seq FROM event WHERE address IS NOT NULL ORDER BY address, seq;
DROP INDEX event_address;
)sql";

[[noreturn]] void fail(failure code, std::string de, std::string en, bilingual hint = {}) {
  throw store_error{error{code, {std::move(de), std::move(en)}, std::move(hint)}};
}

[[noreturn]] void translate(SQLite::Exception const& e, std::string const& path) {
  std::string const why = e.what();
  switch (e.getErrorCode() & 0xff) {
    case SQLITE_BUSY: case SQLITE_LOCKED:
      fail(failure::busy, "Hauptbuch ist belegt: " + path, "ledger is busy: " + path,
           {"ein anderer Vorgang schreibt; gleich noch einmal versuchen", "another process is writing; try again in a moment"});
    case SQLITE_NOTADB:
      fail(failure::malformed, "kein jawort-Hauptbuch: " + path, "not a jawort ledger: " + path,
           {"mit --ledger die richtige Datei angeben", "name the right file with --ledger"});
    case SQLITE_CORRUPT:
      fail(failure::damaged, "Hauptbuch ist beschädigt: " + path + ": " + why, "ledger is damaged: " + path + ": " + why,
           {"aus der Sicherung wiederherstellen", "restore it from your backup"});
    case SQLITE_INTERRUPT: throw store_error{interrupted_error()};
    case SQLITE_FULL:
      fail(failure::environment, "Datenträger voll: " + path, "disk full: " + path, {"Platz schaffen; geschrieben wurde nichts", "make room; nothing was written"});
    case SQLITE_READONLY: case SQLITE_CANTOPEN: case SQLITE_PERM:
      fail(failure::environment, "Hauptbuch oder Ordner nicht beschreibbar: " + path + ": " + why,
           "ledger or folder not writable: " + path + ": " + why,
           {"SQLite muss neben das Hauptbuch schreiben dürfen (WAL)", "SQLite must be allowed to write beside the ledger (WAL)"});
    default:
      fail(failure::environment, "SQLite: " + why + ": " + path, "SQLite: " + why + ": " + path);
  }
}

constexpr int events_cache = 16'000;   ///< KiB

/// Goes along the table of states.
class sqlite_state_cursor final : public state_cursor {
 public:
  sqlite_state_cursor(sqlite3* db, std::string const& path) : db_(db), path_(path) {}

  bool seek(address_key key, stored_state& out) override {
    try {
      if (!begun_ || (!ended_ && at_ < key && !walk_to(key))) {
        q_.reset();
        q_.at(db_, "SELECT address, horizon, body FROM state WHERE address >= ? ORDER BY address").put(key);
        begun_ = true;
        step();
      }
    } catch (SQLite::Exception const& e) {
      translate(e, path_);
    }
    if (ended_ || at_ != key) return false;
    out.horizon = instant::clamped(q_.number(1));
    out.body = q_.bytes(2);
    return true;
  }

 private:
  static constexpr int most_steps = 16;

  /// False where it is still before the key after as many steps as seemed worth it.
  bool walk_to(address_key key) {
    for (int n = 0; n < steps_; ++n) {
      step();
      if (ended_ || at_ >= key) {
        steps_ = std::min(most_steps, steps_ * 2);
        return true;
      }
    }
    steps_ = std::max(1, steps_ / 2);
    return false;
  }
  void step() {
    ended_ = !q_.step();
    if (!ended_) at_ = q_.number(0);
  }

  sqlite3* db_;
  std::string path_;
  quick_statement q_;
  address_key at_ = 0;
  int steps_ = most_steps;
  bool begun_ = false, ended_ = false;
};

class sqlite_store final : public store {
 public:
  enum class mode { fresh, present, older };

  sqlite_store(std::string path, mode how) : path_(std::move(path)) {
    bool const fresh = how == mode::fresh;
    guarded([&] {
      // A ledger is one thread's at a time: without SQLite's own lock, which every column read takes, a scan is a tenth faster.
      db_ = std::make_unique<SQLite::Database>(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_NOMUTEX, busy_wait_ms);
      if (fresh) {
        db_->exec("PRAGMA application_id=" + std::to_string(application_id));
        db_->exec("PRAGMA journal_mode=WAL");
      } else {
        check_kind(how == mode::older);
      }
      db_->exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-" + std::to_string(events_cache));
      if (fresh) {
        db_->exec("BEGIN IMMEDIATE");
        db_->exec(schema_1);
        add_to_schema(*db_);
        db_->exec("PRAGMA user_version=" + std::to_string(schema_version));
        db_->exec("COMMIT");
      }
    });
  }

  void transaction(std::function<void()> const& body) override { run("BEGIN IMMEDIATE", body); }
  void snapshot(std::function<void()> const& body) override {
    if (depth_ > 0) { body(); return; }
    run("BEGIN", body);
  }

  std::string meta(std::string const& key) override {
    return guarded([&]() -> std::string {
      auto& q = prepared("SELECT value FROM meta WHERE key = ?");
      q.bind(1, key);
      return q.executeStep() ? q.getColumn(0).getString() : std::string{};
    });
  }
  void put_meta(std::string const& key, std::string const& value) override {
    guarded([&] {
      auto& q = prepared("INSERT OR REPLACE INTO meta VALUES(?, ?)");
      q.bind(1, key);
      q.bind(2, value);
      q.exec();
    });
  }

  stored_head head() override {
    return guarded([&] {
      auto& q = prepared("SELECT size, edge, recorded_at, first_seq, restores FROM head WHERE id = 0");
      if (!q.executeStep()) damaged("head");
      auto const size = static_cast<std::uint64_t>(q.getColumn(0).getInt64());
      std::string const edge = blob(q.getColumn(1));
      if (edge.size() % 32 != 0) damaged("head.edge");
      std::vector<log::digest> parts(edge.size() / 32);
      for (std::size_t i = 0; i < parts.size(); ++i) std::memcpy(parts[i].data(), edge.data() + 32 * i, 32);
      auto tree = log::frontier::from(size, std::move(parts));
      if (!tree) damaged("head.edge");
      std::int64_t const first = q.getColumn(3).getInt64(), restores = q.getColumn(4).getInt64();
      if (first < 0 || restores < 0 || restores > 999999) damaged("head.first_seq");
      return stored_head{*tree, instant::clamped(q.getColumn(2).getInt64()), static_cast<sequence>(first), static_cast<std::uint32_t>(restores)};
    });
  }
  void put_head(stored_head const& h) override {
    guarded([&] {
      std::string edge;
      for (auto const& d : h.tree.edge()) edge.append(reinterpret_cast<char const*>(d.data()), d.size());
      auto& q = prepared("UPDATE head SET size = ?, edge = ?, recorded_at = ?, first_seq = ?, restores = ? WHERE id = 0");
      q.bind(1, static_cast<std::int64_t>(h.tree.size()));
      q.bindNoCopy(2, edge.data(), static_cast<int>(edge.size()));
      q.bind(3, h.last_recorded.ms());
      q.bind(4, static_cast<std::int64_t>(h.first_seq));
      q.bind(5, static_cast<std::int64_t>(h.restores));
      q.exec();
    });
  }

  std::vector<purpose> purposes() override {
    return guarded([&] {
      std::vector<purpose> out;
      auto& q = prepared("SELECT code, name FROM purpose ORDER BY code");
      while (q.executeStep()) {
        auto p = purpose::parse(q.getColumn(1).getString());
        if (!p || q.getColumn(0).getInt64() != static_cast<std::int64_t>(out.size()) + 1) damaged("purpose");
        out.push_back(*p);
      }
      return out;
    });
  }
  void add_purpose(std::uint16_t code, purpose const& p) override {
    guarded([&] {
      auto& q = prepared("INSERT INTO purpose VALUES(?, ?)");
      q.bind(1, static_cast<int>(code));
      q.bind(2, std::string{p.text()});
      q.exec();
    });
  }

  std::vector<stored_notice> notices() override {
    return guarded([&] {
      std::vector<stored_notice> out;
      auto& q = prepared("SELECT number, id, version, published_at, recorded_at, historical, body, digest FROM notice ORDER BY number");
      while (q.executeStep()) {
        stored_notice n;
        if (q.getColumn(0).getInt64() != static_cast<std::int64_t>(out.size()) + 1) damaged("notice.number");
        n.id = q.getColumn(1).getString();
        n.version = static_cast<std::uint32_t>(bounded(q.getColumn(2), 0xffffffff, "notice.version"));
        n.published_at = instant::clamped(q.getColumn(3).getInt64());
        n.recorded_at = instant::clamped(q.getColumn(4).getInt64());
        n.historical = bounded(q.getColumn(5), 1, "notice.historical") != 0;
        n.body = blob(q.getColumn(6));
        copy(blob(q.getColumn(7)), n.digest, "notice.digest");
        out.push_back(std::move(n));
      }
      return out;
    });
  }
  void add_notice(notice_number number, stored_notice const& n) override {
    guarded([&] {
      auto& q = prepared("INSERT INTO notice VALUES(?, ?, ?, ?, ?, ?, ?, ?)");
      q.bind(1, number);
      q.bind(2, n.id);
      q.bind(3, n.version);
      q.bind(4, n.published_at.ms());
      q.bind(5, n.recorded_at.ms());
      q.bind(6, n.historical ? 1 : 0);
      q.bindNoCopy(7, n.body.data(), static_cast<int>(n.body.size()));
      q.bindNoCopy(8, n.digest.data(), static_cast<int>(n.digest.size()));
      q.exec();
    });
  }

  std::vector<stored_policy> policies() override {
    return guarded([&] {
      std::vector<stored_policy> out;
      auto& q = prepared("SELECT number, set_at, recorded_at, seq, body FROM policy ORDER BY number");
      while (q.executeStep()) {
        if (q.getColumn(0).getInt64() != static_cast<std::int64_t>(out.size()) + 1) damaged("policy.number");
        out.push_back({instant::clamped(q.getColumn(1).getInt64()), instant::clamped(q.getColumn(2).getInt64()),
                       static_cast<sequence>(q.getColumn(3).getInt64()), blob(q.getColumn(4))});
      }
      return out;
    });
  }
  void add_policy(stored_policy const& p) override {
    guarded([&] {
      auto& q = prepared("INSERT INTO policy SELECT ifnull(max(number), 0) + 1, ?, ?, ?, ? FROM policy");
      q.bind(1, p.from.ms());
      q.bind(2, p.recorded_at.ms());
      q.bind(3, static_cast<std::int64_t>(p.seq));
      q.bind(4, p.body.data(), static_cast<int>(p.body.size()));
      q.exec();
    });
  }
  std::array<std::int64_t, 4> catalogue_sizes() override {
    return guarded([&] {
      auto& q = prepared("SELECT (SELECT ifnull(max(code), 0) FROM purpose), (SELECT ifnull(max(number), 0) FROM notice), (SELECT ifnull(max(number), 0) FROM policy), "
                         "EXISTS(SELECT 1 FROM austrian_list)");
      if (!q.executeStep()) damaged("purpose");
      return std::array<std::int64_t, 4>{q.getColumn(0).getInt64(), q.getColumn(1).getInt64(), q.getColumn(2).getInt64(), q.getColumn(3).getInt64()};
    });
  }

  void replace_austrian_list(std::span<sha1_digest const> digests) override {
    guarded([&] {
      prepared("DELETE FROM austrian_list").exec();
      for (auto const& d : digests) {
        auto& q = prepared("INSERT OR IGNORE INTO austrian_list VALUES(?)");
        q.bind(1, d.data(), static_cast<int>(d.size()));
        q.exec();
      }
    });
  }
  bool has_austrian_list() override {
    return guarded([&] { return prepared("SELECT 1 FROM austrian_list LIMIT 1").executeStep(); });
  }
  bool on_austrian_list(sha1_digest const& digest) override {
    return guarded([&] {
      auto& q = prepared("SELECT 1 FROM austrian_list WHERE digest = ?");
      q.bind(1, digest.data(), static_cast<int>(digest.size()));
      return q.executeStep();
    });
  }

  std::optional<address_row> find(address const& a) override {
    return guarded([&]() -> std::optional<address_row> {
      if (a.kind() == address_kind::number) return row_of(static_cast<address_key>(a.digits()));
      auto& q = prepared("SELECT key, subject, secret FROM address WHERE text = ?");
      q.bind(1, a.text());
      return read_row(q);
    });
  }
  std::optional<address_row> row_of(address_key key) override {
    return guarded([&]() -> std::optional<address_row> {
      auto& q = row_of_.at(db_->getHandle(), "SELECT subject, secret FROM address WHERE key = ?").put(key);
      if (!q.step()) return std::nullopt;
      address_row row{key, q.number(0), {}};
      auto const secret = q.bytes(1);
      bool const whole = secret.size() == row.secret.size();
      if (whole) std::memcpy(row.secret.data(), secret.data(), secret.size());
      q.reset();
      if (!whole) damaged("address.secret");
      return row;
    });
  }
  address_row add(address const& a, log::secret const& secret) override {
    return guarded([&] {
      address_row row;
      bool const number = a.kind() == address_kind::number;
      row.key = number ? static_cast<address_key>(a.digits()) : next_other_key();
      row.subject = row.key;
      row.secret = secret;
      auto& q = prepared("INSERT INTO address VALUES(?, ?, ?, ?)");
      q.bind(1, row.key);
      if (number) q.bind(2); else q.bind(2, a.text());
      q.bindNoCopy(3, secret.data(), static_cast<int>(secret.size()));
      q.bind(4, row.subject);
      q.exec();
      return row;
    });
  }
  address_row add_number(address_key key, log::secret const& secret) override {
    return guarded([&] {
      add_number_.at(db_->getHandle(), "INSERT INTO address VALUES(?1, NULL, ?2, ?1)").put(key).put_blob(secret).run();
      return address_row{key, key, secret};
    });
  }
  void expect(workload w) override {
    auto const kib = w == workload::import ? 98'304 : w == workload::walk ? 512 : events_cache;
    guarded([&] { db_->exec("PRAGMA cache_size=-" + std::to_string(kib)); });
  }
  address address_of(address_key key) override {
    return guarded([&] {
      std::string text = "+" + std::to_string(key);
      if (key >= first_other_key) {
        auto& q = prepared("SELECT text FROM address WHERE key = ?");
        q.bind(1, key);
        if (!q.executeStep()) damaged("address");
        text = q.getColumn(0).getString();
      }
      auto a = address::parse(text);
      if (!a) damaged("address.text");
      return *a;
    });
  }
  std::vector<address_key> addresses_of(address_key subject) override {
    return guarded([&] {
      std::vector<address_key> out{subject};
      auto& q = prepared("SELECT key FROM address WHERE subject = ? AND subject <> key ORDER BY key");
      q.bind(1, subject);
      while (q.executeStep()) out.push_back(q.getColumn(0).getInt64());
      return out;
    });
  }
  void unite(address_key subject, address_key into) override {
    guarded([&] {
      auto& q = prepared("UPDATE address SET subject = ? WHERE key IN (SELECT ?2 UNION SELECT key FROM address WHERE subject = ?2 AND subject <> key)");
      q.bind(1, into);
      q.bind(2, subject);
      q.exec();
    });
  }

  void append(stored_event const& s, address_key who, std::optional<address_key> other) override {
    guarded([&] {
      event const& e = s.e;
      auto const source = label(e.source), operator_name = label(e.operator_name);
      std::string const proof = e.proof.empty() ? std::string{} : to_json(e.proof);
      auto& q = append_.at(db_->getHandle(), "INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
      auto const maybe = [&](std::optional<std::int64_t> v) { v ? q.put(*v) : q.put_null(); };
      auto const maybe_text = [&](std::string_view v) { v.empty() ? q.put_null() : q.put_text(v); };
      q.put(static_cast<std::int64_t>(e.seq)).put(static_cast<int>(e.kind));
      maybe(e.who ? std::optional{who} : std::nullopt);
      maybe(e.on ? std::optional{static_cast<std::int64_t>(*e.on)} : std::nullopt);
      q.put(s.purpose_code);
      maybe_text(e.via);
      maybe(e.notice != 0 ? std::optional<std::int64_t>{e.notice} : std::nullopt);
      q.put(e.occurred_at.ms()).put(e.recorded_at.ms());
      maybe(other);
      maybe(source);
      maybe(operator_name);
      maybe_text(proof);
      q.put_blob(s.leaf).run();
    });
  }
  void index(std::span<indexed_event const> entries) override {
    guarded([&] {
      for (auto const& e : entries)
        index_.at(db_->getHandle(), "INSERT INTO event_of VALUES(?, ?)").put(e.who).put(static_cast<std::int64_t>(e.seq)).run();
    });
  }
  std::vector<event> events_of(address_key key) override {
    return guarded([&] {
      std::vector<event> out;
      auto& q = prepared("SELECT e.seq,kind,e.address,channel,purpose,via,notice,occurred_at,recorded_at,other,source,operator,evidence,leaf "
                         "FROM event_of AS o CROSS JOIN event AS e ON e.seq = o.seq WHERE o.address = ? ORDER BY o.seq");
      q.bind(1, key);
      std::vector<std::optional<address_key>> others;
      std::optional<address> const who = address_of(key);
      while (q.executeStep()) {
        out.push_back(read_event(q).e);
        out.back().who = who;
        others.push_back(q.getColumn(9).isNull() ? std::nullopt : std::optional{q.getColumn(9).getInt64()});
      }
      for (std::size_t i = 0; i < out.size(); ++i)
        if (others[i]) out[i].other = address_of(*others[i]);
      return out;
    });
  }
  void scan(std::function<bool(stored_event const&)> const& each) override {
    guarded([&] {
      // NOT INDEXED: verification reads the stored rows, never an index.
      SQLite::Statement q{*db_, "SELECT seq,kind,address,channel,purpose,via,notice,occurred_at,recorded_at,other,source,operator,evidence,leaf "
                                "FROM event NOT INDEXED ORDER BY seq"};
      while (q.executeStep()) {
        stored_event s = read_event(q);
        if (!q.getColumn(2).isNull()) s.e.who = address_of(q.getColumn(2).getInt64());
        if (!q.getColumn(9).isNull()) s.e.other = address_of(q.getColumn(9).getInt64());
        if (!each(s)) return;
      }
    });
  }
  void scan_leaves(sequence from, std::uint64_t count, std::function<void(log::leaf_bytes const&)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT leaf FROM event NOT INDEXED WHERE seq >= ? AND seq < ? ORDER BY seq"};
      q.bind(1, static_cast<std::int64_t>(from));
      q.bind(2, static_cast<std::int64_t>(from + count));
      log::leaf_bytes leaf{};
      while (q.executeStep()) {
        copy(blob(q.getColumn(0)), leaf, "event.leaf");
        each(leaf);
      }
    });
  }
  std::optional<stored_event> entry(sequence seq) override {
    return guarded([&]() -> std::optional<stored_event> {
      auto& q = prepared("SELECT seq,kind,address,channel,purpose,via,notice,occurred_at,recorded_at,other,source,operator,evidence,leaf "
                         "FROM event WHERE seq = ?");
      q.bind(1, static_cast<std::int64_t>(seq));
      if (!q.executeStep()) return std::nullopt;
      stored_event s = read_event(q);
      auto const key = [&](int column) { return q.getColumn(column).isNull() ? std::nullopt : std::optional{q.getColumn(column).getInt64()}; };
      auto const who = key(2), other = key(9);
      if (who) s.e.who = address_of(*who);
      if (other) s.e.other = address_of(*other);
      return s;
    });
  }

  std::vector<event> events_about(std::uint16_t purpose_code) override {
    return guarded([&] {
      std::vector<event> out;
      SQLite::Statement q{*db_, "SELECT seq,kind,address,channel,purpose,via,notice,occurred_at,recorded_at,other,source,operator,evidence,leaf "
                                "FROM event WHERE purpose = ? AND address IS NOT NULL ORDER BY seq"};
      q.bind(1, static_cast<int>(purpose_code));
      while (q.executeStep()) {
        out.push_back(read_event(q).e);
        if (!q.getColumn(2).isNull()) out.back().who = address_of(q.getColumn(2).getInt64());
        if (!q.getColumn(9).isNull()) out.back().other = address_of(q.getColumn(9).getInt64());
      }
      return out;
    });
  }

  void put_node(kept_node const& n) override {
    guarded([&] {
      if (!has_nodes()) return;
      auto& q = prepared("INSERT OR REPLACE INTO node VALUES(?, ?, ?, ?)");
      q.bind(1, static_cast<std::int64_t>(n.first));
      q.bind(2, static_cast<int>(n.level));
      q.bind(3, static_cast<std::int64_t>(n.index));
      q.bindNoCopy(4, n.value.data(), static_cast<int>(n.value.size()));
      q.exec();
    });
  }
  std::optional<log::digest> node(sequence first, unsigned level, std::uint64_t index) override {
    return guarded([&]() -> std::optional<log::digest> {
      if (!has_nodes()) return std::nullopt;
      auto& q = prepared("SELECT hash FROM node WHERE first = ? AND level = ? AND idx = ?");
      q.bind(1, static_cast<std::int64_t>(first));
      q.bind(2, static_cast<int>(level));
      q.bind(3, static_cast<std::int64_t>(index));
      if (!q.executeStep()) return std::nullopt;
      log::digest d{};
      copy(blob(q.getColumn(0)), d, "node.hash");
      return d;
    });
  }
  void scan_nodes(std::function<void(kept_node const&)> const& each) override {
    guarded([&] {
      if (!has_nodes()) return;
      SQLite::Statement q{*db_, "SELECT first, level, idx, hash FROM node ORDER BY first, level, idx"};
      while (q.executeStep()) {
        kept_node n;
        n.first = static_cast<sequence>(q.getColumn(0).getInt64());
        n.level = static_cast<unsigned>(bounded(q.getColumn(1), 255, "node.level"));
        n.index = static_cast<std::uint64_t>(q.getColumn(2).getInt64());
        // A digest of another length is passed on as zeros: it is wrong either way, and the scan goes on.
        if (auto const bytes = blob(q.getColumn(3)); bytes.size() == n.value.size()) std::memcpy(n.value.data(), bytes.data(), bytes.size());
        each(n);
      }
    });
  }

  sequence next_sequence() override {
    return guarded([&] {
      auto& q = prepared("SELECT coalesce(max(seq) + 1, 0) FROM event");
      return q.executeStep() ? static_cast<sequence>(q.getColumn(0).getInt64()) : sequence{0};
    });
  }
  std::optional<std::vector<address_key>> touched_since(sequence from) override {
    return guarded([&]() -> std::optional<std::vector<address_key>> {
      auto& q = prepared("SELECT kind, address, other FROM event WHERE seq >= ?");
      q.bind(1, static_cast<std::int64_t>(from));
      std::vector<address_key> keys;
      while (q.executeStep()) {
        auto const kind = event_kind_of(q.getColumn(0).getInt());
        if (!kind || *kind == event_kind::erased || *kind == event_kind::restored) return std::nullopt;
        for (int const column : {1, 2})
          if (!q.getColumn(column).isNull()) keys.push_back(q.getColumn(column).getInt64());
      }
      std::sort(keys.begin(), keys.end());
      keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
      return keys;
    });
  }

  void put_state(address_key key, instant horizon, std::string const& body) override {
    guarded([&] {
      put_state_.at(db_->getHandle(), "INSERT INTO state VALUES(?, ?, ?) ON CONFLICT(address) DO UPDATE SET horizon = excluded.horizon, body = excluded.body")
          .put(key).put(horizon.ms()).put_blob({reinterpret_cast<std::uint8_t const*>(body.data()), body.size()}).run();
    });
  }
  void states(std::span<address_key const> keys,
              std::function<void(std::size_t, instant, std::string_view)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT horizon, body FROM state WHERE address = ?"};
      for (std::size_t i = 0; i < keys.size(); ++i) {
        q.bind(1, keys[i]);
        if (q.executeStep()) {
          auto const body = q.getColumn(1);
          each(i, instant::clamped(q.getColumn(0).getInt64()),
               {static_cast<char const*>(body.getBlob()), static_cast<std::size_t>(body.getBytes())});
        }
        q.reset();
      }
    });
  }
  std::unique_ptr<jawort::state_cursor> state_cursor() override { return std::make_unique<sqlite_state_cursor>(db_->getHandle(), path_); }
  void scan_states(std::function<void(address_key, instant, std::string_view)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT address, horizon, body FROM state ORDER BY address"};
      while (q.executeStep()) {
        auto const body = q.getColumn(2);
        each(q.getColumn(0).getInt64(), instant::clamped(q.getColumn(1).getInt64()),
             {static_cast<char const*>(body.getBlob()), static_cast<std::size_t>(body.getBytes())});
      }
    });
  }
  void scan_rows(std::int64_t from, std::int64_t to, row_wish const& wish, std::function<bool(stored_row const&)> const& each) override {
    guarded([&] {
      row_scan rows{db_->getHandle(), from, to, wish};
      stored_row row;
      while (rows.next(row))
        if (!each(row)) return;
    });
  }
  std::unordered_map<std::int64_t, std::string> labels() override {
    return guarded([&] {
      std::unordered_map<std::int64_t, std::string> out;
      SQLite::Statement q{*db_, "SELECT id, text FROM label"};
      while (q.executeStep()) out.emplace(q.getColumn(0).getInt64(), q.getColumn(1).getString());
      return out;
    });
  }
  void scan_linked(std::function<void(address_key, address_key)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT key, subject FROM address WHERE subject <> key"};
      while (q.executeStep()) each(q.getColumn(0).getInt64(), q.getColumn(1).getInt64());
    });
  }
  std::vector<address_key> sample_addresses(std::size_t count) override {
    return guarded([&] {
      std::vector<address_key> out;
      std::int64_t const all = static_cast<std::int64_t>(next_sequence()), n = static_cast<std::int64_t>(count);
      SQLite::Statement q{*db_, "SELECT address FROM event NOT INDEXED WHERE seq = ?"};
      for (std::int64_t k = 0; k < n; ++k) {
        q.reset();
        q.bind(1, static_cast<std::int64_t>(static_cast<double>(k) / static_cast<double>(n) * static_cast<double>(all)));
        if (q.executeStep() && !q.getColumn(0).isNull()) out.push_back(q.getColumn(0).getInt64());
      }
      return out;
    });
  }
  audited_row row_at(std::int64_t seq) override {
    return guarded([&] {
      audited_row a;
      a.seq = seq;
      auto& q = prepared("SELECT seq,kind,address,channel,purpose,via,notice,occurred_at,recorded_at,other,source,operator,evidence,leaf FROM event NOT INDEXED WHERE seq = ?");
      q.bind(1, seq);
      if (!q.executeStep()) damaged("event.seq");
      if (!q.getColumn(2).isNull()) a.who = q.getColumn(2).getInt64();
      if (!q.getColumn(9).isNull()) a.other = q.getColumn(9).getInt64();
      try {
        stored_event s = read_event(q);
        if (a.who) s.e.who = address_of(*a.who);
        if (a.other) s.e.other = address_of(*a.other);
        a.row = std::move(s);
      } catch (store_error const& e) {
        if (e.why.code != failure::damaged) throw;
        a.flaw = e.why.message;
      }
      return a;
    });
  }
  std::vector<stored_address> address_rows() override {
    std::vector<stored_address> out;
    scan_address_rows({}, {}, [&](stored_address&& a) { out.push_back(std::move(a)); });
    return out;
  }
  void scan_address_rows(std::optional<address_key> from, std::optional<address_key> to, std::function<void(stored_address&&)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT key, text, secret, subject FROM address NOT INDEXED WHERE key >= ? AND key <= ? ORDER BY key"};
      bind_range(q, from, to);
      while (q.executeStep()) each(read_address(q));
    });
  }
  std::optional<stored_address> stored_address_of(address_key key) override {
    return guarded([&]() -> std::optional<stored_address> {
      auto& q = prepared("SELECT key, text, secret, subject FROM address WHERE key = ?");
      q.bind(1, key);
      return q.executeStep() ? std::optional{read_address(q)} : std::nullopt;
    });
  }
  void scan_states(std::optional<address_key> from, std::optional<address_key> to, std::function<void(address_key, instant, std::string_view)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT address, horizon, body FROM state WHERE address >= ? AND address <= ? ORDER BY address"};
      bind_range(q, from, to);
      while (q.executeStep()) {
        auto const body = q.getColumn(2);
        each(q.getColumn(0).getInt64(), instant::clamped(q.getColumn(1).getInt64()),
             {static_cast<char const*>(body.getBlob()), static_cast<std::size_t>(body.getBytes())});
      }
    });
  }
  std::vector<std::pair<std::string, std::string>> meta_rows() override {
    return guarded([&] {
      std::vector<std::pair<std::string, std::string>> out;
      SQLite::Statement q{*db_, "SELECT key, value FROM meta ORDER BY key"};
      while (q.executeStep()) out.emplace_back(q.getColumn(0).getString(), q.getColumn(1).getString());
      return out;
    });
  }
  std::vector<sha1_digest> austrian_list() override {
    return guarded([&] {
      std::vector<sha1_digest> out;
      SQLite::Statement q{*db_, "SELECT digest FROM austrian_list ORDER BY digest"};
      while (q.executeStep()) copy(blob(q.getColumn(0)), out.emplace_back(), "austrian_list.digest");
      return out;
    });
  }
  std::vector<std::string> file_flaws() override {
    return guarded([&] {
      std::vector<std::string> out;
      SQLite::Statement q{*db_, "PRAGMA integrity_check(100)"};
      while (q.executeStep())
        if (auto line = q.getColumn(0).getString(); line != "ok") out.push_back(std::move(line));
      // The tables, indexes and whatever else is in the file have to be those that this version makes itself.
      SQLite::Database model{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
      model.exec(schema_1);
      add_to_schema(model);
      auto const wanted = objects_of(model), found = objects_of(*db_);
      for (auto const& [name, sql] : found)
        if (!wanted.contains(name) || wanted.at(name) != sql) out.push_back("schema: " + name);
      for (auto const& [name, sql] : wanted)
        if (!found.contains(name)) out.push_back("schema: " + name);
      return out;
    });
  }

  void scan_address_index(std::function<void(address_key, std::int64_t)> const& each) override {
    guarded([&] {
      quick_statement q;
      q.at(db_->getHandle(), "SELECT address, seq FROM event_of ORDER BY address, seq");
      while (q.step()) each(q.number(0), q.number(1));
    });
  }
  void stop_on(std::atomic<bool> const* stop) override {
    auto const look = [](void* flag) { return static_cast<std::atomic<bool> const*>(flag)->load(std::memory_order_relaxed) ? 1 : 0; };
    // SQLite hands the pointer back as it got it; nothing is written through it.
    sqlite3_progress_handler(db_->getHandle(), stop == nullptr ? 0 : 100000, stop == nullptr ? nullptr : +look, const_cast<std::atomic<bool>*>(stop));
  }
  void upgrade() override {
    guarded([&] {
      int const present = db_->execAndGet("PRAGMA user_version").getInt();
      reset_all();  // no index goes while a statement reads
      add_to_schema(*db_, present);
      nodes_.reset();
      has_erasure_tables_ = false;
      db_->exec("PRAGMA user_version=" + std::to_string(schema_version));
    });
  }
  void copy_to(std::string const& path) override {
    guarded([&] {
      SQLite::Database to{path, SQLite::OPEN_READWRITE, busy_wait_ms};
      SQLite::Backup copy{to, *db_};
      // In one step: a single view of the ledger, whatever others write meanwhile; in WAL mode it keeps nobody waiting.
      if (copy.executeStep(-1) != SQLITE_DONE) fail(failure::busy, "Hauptbuch ist belegt: " + path_, "ledger is busy: " + path_);
    });
  }

  void scan_addresses(std::function<void(address_key, address const&)> const& each) override {
    guarded([&] {
      SQLite::Statement q{*db_, "SELECT key, text FROM address ORDER BY key"};
      while (q.executeStep()) {
        auto const key = q.getColumn(0).getInt64();
        auto const a = address::parse(q.getColumn(1).isNull() ? "+" + std::to_string(key) : q.getColumn(1).getString());
        if (!a) damaged("address.text");
        each(key, *a);
      }
    });
  }
  void strip(sequence seq, instant minute) override {
    guarded([&] {
      auto& found = prepared("DELETE FROM event_of WHERE address = (SELECT address FROM event WHERE seq = ?1) AND seq = ?1");
      found.bind(1, static_cast<std::int64_t>(seq));
      found.exec();
      auto& q = prepared("UPDATE event SET address = NULL, channel = NULL, via = NULL, other = NULL, source = NULL, operator = NULL, evidence = NULL, "
                         "occurred_at = ?2, recorded_at = ?2 WHERE seq = ?1");
      q.bind(1, static_cast<std::int64_t>(seq));
      q.bind(2, minute.ms());
      q.exec();
    });
  }
  void forget(address_key key) override {
    guarded([&] {
      for (char const* const sql : {"DELETE FROM state WHERE address = ?", "DELETE FROM address WHERE key = ?"}) {
        auto& q = prepared(sql);
        q.bind(1, key);
        q.exec();
      }
    });
  }
  void add_tombstone(stored_tombstone const& t) override {
    guarded([&] {
      auto& q = prepared("INSERT INTO tombstone VALUES(?, ?, ?, ?, ?)");
      q.bind(1, t.tag.data(), static_cast<int>(t.tag.size()));
      q.bind(2, static_cast<std::int64_t>(t.seq));
      q.bind(3, static_cast<std::int64_t>(t.person));
      q.bind(4, t.objected ? 1 : 0);
      q.bind(5, static_cast<std::int64_t>(t.tries));
      q.exec();
    });
  }
  bool has_tombstones() override {
    return guarded([&] { return erasure_tables() && prepared("SELECT 1 FROM tombstone LIMIT 1").executeStep(); });
  }
  std::vector<stored_tombstone> tombstones(log::digest const& tag) override {
    return guarded([&] {
      std::vector<stored_tombstone> out;
      if (!erasure_tables()) return out;
      auto& q = prepared("SELECT tag, seq, person, objected, tries FROM tombstone WHERE tag = ? ORDER BY seq");
      q.bind(1, tag.data(), static_cast<int>(tag.size()));
      while (q.executeStep()) out.push_back(read_tombstone(q));
      return out;
    });
  }
  void scan_tombstones(std::function<void(stored_tombstone const&)> const& each) override {
    guarded([&] {
      if (!erasure_tables()) return;
      SQLite::Statement q{*db_, "SELECT tag, seq, person, objected, tries FROM tombstone ORDER BY seq, tag"};
      while (q.executeStep()) each(read_tombstone(q));
    });
  }
  void add_box(stored_box const& b) override {
    guarded([&] {
      auto& q = prepared("INSERT INTO box VALUES(?, ?, ?, ?, ?)");
      q.bind(1, static_cast<std::int64_t>(b.seq));
      q.bind(2, static_cast<std::int64_t>(b.person));
      q.bind(3, b.until.ms());
      q.bind(4, b.digest.data(), static_cast<int>(b.digest.size()));
      q.bind(5, b.body.data(), static_cast<int>(b.body.size()));
      q.exec();
      for (auto const& tag : b.tags) {
        auto& t = prepared("INSERT INTO box_tag VALUES(?, ?, ?)");
        t.bind(1, static_cast<std::int64_t>(b.seq));
        t.bind(2, static_cast<std::int64_t>(b.person));
        t.bind(3, tag.data(), static_cast<int>(tag.size()));
        t.exec();
      }
    });
  }
  std::vector<stored_box> boxes(log::digest const& tag) override {
    return guarded([&] {
      std::vector<stored_box> out;
      if (!erasure_tables()) return out;
      auto& q = prepared("SELECT seq, person, until, digest, body FROM box WHERE body IS NOT NULL AND (seq, person) IN (SELECT seq, person FROM box_tag WHERE tag = ?) ORDER BY seq, person");
      q.bind(1, tag.data(), static_cast<int>(tag.size()));
      while (q.executeStep()) out.push_back(read_box(q));
      for (auto& b : out) b.tags = tags_of(b);
      return out;
    });
  }
  void scan_boxes(std::function<void(stored_box const&)> const& each) override {
    guarded([&] {
      if (!erasure_tables()) return;
      SQLite::Statement q{*db_, "SELECT seq, person, until, digest, body FROM box ORDER BY seq, person"};
      while (q.executeStep()) {
        auto b = read_box(q);
        b.tags = tags_of(b);
        each(b);
      }
    });
  }
  std::size_t box_tags() override {
    return guarded([&] {
      if (!erasure_tables()) return std::size_t{0};
      auto& q = prepared("SELECT count(*) FROM box_tag");
      return q.executeStep() ? static_cast<std::size_t>(q.getColumn(0).getInt64()) : std::size_t{0};
    });
  }
  std::vector<std::pair<sequence, std::uint32_t>> boxes_due(instant now, std::size_t most) override {
    return guarded([&] {
      std::vector<std::pair<sequence, std::uint32_t>> out;
      if (!erasure_tables()) return out;
      auto& q = prepared("SELECT seq, person FROM box WHERE body IS NOT NULL AND until <= ? ORDER BY until, seq, person LIMIT ?");
      q.bind(1, now.ms());
      q.bind(2, static_cast<std::int64_t>(std::min<std::size_t>(most, 1U << 30)));
      while (q.executeStep()) out.emplace_back(static_cast<sequence>(q.getColumn(0).getInt64()), q.getColumn(1).getUInt());
      return out;
    });
  }
  void empty_box(sequence seq, std::uint32_t person) override {
    guarded([&] {
      for (char const* const sql : {"UPDATE box SET body = NULL, until = 0 WHERE seq = ? AND person = ?", "DELETE FROM box_tag WHERE seq = ? AND person = ?"}) {
        auto& q = prepared(sql);
        q.bind(1, static_cast<std::int64_t>(seq));
        q.bind(2, static_cast<std::int64_t>(person));
        q.exec();
      }
    });
  }
  void drop_unused_labels() override {
    guarded([&] {
      db_->exec("DELETE FROM label WHERE id NOT IN (SELECT source FROM event WHERE source IS NOT NULL UNION SELECT operator FROM event WHERE operator IS NOT NULL)");
      labels_.clear();
      label_texts_.clear();
    });
  }
  void delete_meta(std::string const& key) override {
    guarded([&] {
      auto& q = prepared("DELETE FROM meta WHERE key = ?");
      q.bind(1, key);
      q.exec();
    });
  }
  bool scrub(milliseconds wait) override {
    reset_all();
    int const patience = static_cast<int>(std::clamp<std::int64_t>(wait.count(), 0, 3600000));
    bool clean = false;
    try {
      db_->setBusyTimeout(patience);
      db_->exec("VACUUM");
      SQLite::Statement q{*db_, "PRAGMA wal_checkpoint(TRUNCATE)"};
      clean = q.executeStep() && q.getColumn(0).getInt() == 0;
    } catch (SQLite::Exception const& e) {
      db_->setBusyTimeout(busy_wait_ms);
      if ((e.getErrorCode() & 0xff) == SQLITE_BUSY || (e.getErrorCode() & 0xff) == SQLITE_LOCKED) return false;
      translate(e, path_);
    }
    db_->setBusyTimeout(busy_wait_ms);
    return clean;
  }

 private:
  /// All that newer schemas have beside schema 1, or what they have beside the given one.
  static void add_to_schema(SQLite::Database& db, int present = 1) {
    if (present < 2) db.exec(schema_2_additions);
    for (char const* const sql : {tree_schema, erasure_schema, schema_3_changes}) db.exec(sql);
  }
  static std::map<std::string, std::string> objects_of(SQLite::Database& db) {
    std::map<std::string, std::string> out;
    SQLite::Statement q{db, "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'"};
    while (q.executeStep()) out[q.getColumn(0).getString()] = q.getColumn(1).getString();
    return out;
  }
  /// A ledger of schema 1 has none.
  bool erasure_tables() {
    if (!has_erasure_tables_) has_erasure_tables_ = db_->execAndGet("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name IN ('tombstone', 'box', 'box_tag')").getInt() == 3;
    return has_erasure_tables_;
  }
  stored_tombstone read_tombstone(SQLite::Statement& q) {
    stored_tombstone t;
    copy(blob(q.getColumn(0)), t.tag, "tombstone.tag");
    t.seq = static_cast<sequence>(q.getColumn(1).getInt64());
    t.person = static_cast<std::uint32_t>(bounded(q.getColumn(2), 0xffffffff, "tombstone.person"));
    t.objected = bounded(q.getColumn(3), 1, "tombstone.objected") != 0;
    t.tries = static_cast<std::uint32_t>(bounded(q.getColumn(4), 0xffffffff, "tombstone.tries"));
    return t;
  }
  stored_box read_box(SQLite::Statement& q) {
    stored_box b;
    b.seq = static_cast<sequence>(q.getColumn(0).getInt64());
    b.person = static_cast<std::uint32_t>(bounded(q.getColumn(1), 0xffffffff, "box.person"));
    b.until = instant::clamped(q.getColumn(2).getInt64());
    copy(blob(q.getColumn(3)), b.digest, "box.digest");
    if (!q.getColumn(4).isNull()) b.body = blob(q.getColumn(4));
    return b;
  }
  std::vector<log::digest> tags_of(stored_box const& b) {
    std::vector<log::digest> out;
    auto& q = prepared("SELECT tag FROM box_tag WHERE seq = ? AND person = ? ORDER BY tag");
    q.bind(1, static_cast<std::int64_t>(b.seq));
    q.bind(2, static_cast<std::int64_t>(b.person));
    while (q.executeStep()) {
      out.emplace_back();
      copy(blob(q.getColumn(0)), out.back(), "box_tag.tag");
    }
    return out;
  }

  auto guarded(auto&& body) -> decltype(body()) {
    try {
      return body();
    } catch (SQLite::Exception const& e) {
      translate(e, path_);
    }
  }
  static void bind_range(SQLite::Statement& q, std::optional<address_key> from, std::optional<address_key> to) {
    q.bind(1, from.value_or(std::numeric_limits<address_key>::min()));
    q.bind(2, to ? *to - 1 : std::numeric_limits<address_key>::max());
  }
  static stored_address read_address(SQLite::Statement& q) {
    stored_address a;
    a.row.key = q.getColumn(0).getInt64();
    if (!q.getColumn(1).isNull()) a.text = q.getColumn(1).getString();
    a.whole = q.getColumn(2).getBytes() == static_cast<int>(a.row.secret.size());
    if (a.whole) std::memcpy(a.row.secret.data(), q.getColumn(2).getBlob(), a.row.secret.size());
    a.row.subject = q.getColumn(3).getInt64();
    return a;
  }
  [[noreturn]] void damaged(char const* where) {
    fail(failure::damaged, "Hauptbuch ist beschädigt bei " + std::string{where} + ": " + path_,
         "ledger is damaged at " + std::string{where} + ": " + path_,
         {"`jawort verify` zeigt, was betroffen ist; sonst aus der Sicherung wiederherstellen", "`jawort verify` shows what is affected; else restore from backup"});
  }

  void check_kind(bool older_wanted) {
    if (db_->execAndGet("PRAGMA application_id").getInt() != application_id)
      fail(failure::malformed, "kein jawort-Hauptbuch: " + path_, "not a jawort ledger: " + path_,
           {"mit --ledger die richtige Datei angeben", "name the right file with --ledger"});
    int const version = db_->execAndGet("PRAGMA user_version").getInt();
    if (version > schema_version)
      fail(failure::wrong_version, "Hauptbuch von einer neueren Version (Schema " + std::to_string(version) + ")",
           "ledger of a newer version (schema " + std::to_string(version) + ")",
           {"jawort aktualisieren; diese Version kennt Schema " + std::to_string(schema_version),
            "update jawort; this version knows schema " + std::to_string(schema_version)});
    if (version < 1) damaged("user_version");
    if (older_wanted && version == schema_version)
      fail(failure::already_exists, "Hauptbuch hat schon das neueste Schema (" + std::to_string(version) + ")", "ledger has the newest schema already (" + std::to_string(version) + ")");
    if (!older_wanted && version < schema_version)
      fail(failure::wrong_version, "Hauptbuch hat noch Schema " + std::to_string(version) + ", diese Version schreibt Schema " + std::to_string(schema_version),
           "ledger has schema " + std::to_string(version) + " still, this version writes schema " + std::to_string(schema_version),
           {"einmal `jawort upgrade` aufrufen; es geht ganz oder gar nicht", "run `jawort upgrade` once; it is done wholly or not at all"});
  }

  void run(char const* begin, std::function<void()> const& body) {
    if (depth_ == 0) {  // another process's erasure may have taken labels away
      labels_.clear();
      label_texts_.clear();
    }
    guarded([&] { db_->exec(begin); });
    ++depth_;
    try {
      body();
      reset_all();
      guarded([&] { db_->exec("COMMIT"); });
    } catch (...) {
      --depth_;
      reset_all();
      try { db_->exec("ROLLBACK"); } catch (SQLite::Exception const&) {}  // nothing to roll back: SQLite did it already
      labels_.clear();
      throw;
    }
    --depth_;
  }

  /// A statement left in the middle keeps its view of the file open, and a later write on that old view is refused.
  void reset_all() {
    for (auto& [sql, q] : prepared_)
      if (q) q->tryReset();  // none where the statement could not be made: the tables are damaged
  }

  SQLite::Statement& prepared(char const* sql) {
    auto& q = prepared_[sql];
    if (!q) q = std::make_unique<SQLite::Statement>(*db_, sql);
    q->reset();
    q->clearBindings();
    return *q;
  }

  static std::string blob(SQLite::Column const& c) {
    return {static_cast<char const*>(c.getBlob()), static_cast<std::size_t>(c.getBytes())};
  }
  /// A stored number that must lie in its range: cutting off high bits would read a changed row as the old one.
  std::int64_t bounded(SQLite::Column const& c, std::int64_t highest, char const* where) {
    auto const v = c.getInt64();
    if (v < 0 || v > highest) damaged(where);
    return v;
  }
  template <std::size_t N>
  void copy(std::string const& from, std::array<std::uint8_t, N>& to, char const* where) {
    if (from.size() != N) damaged(where);
    std::memcpy(to.data(), from.data(), N);
  }
  std::optional<address_row> read_row(SQLite::Statement& q) {
    if (!q.executeStep()) return std::nullopt;
    address_row row;
    row.key = q.getColumn(0).getInt64();
    row.subject = q.getColumn(1).getInt64();
    copy(blob(q.getColumn(2)), row.secret, "address.secret");
    return row;
  }
  address_key next_other_key() {
    auto& q = prepared("SELECT max(key) FROM address WHERE key >= ?");
    q.bind(1, first_other_key);
    return q.executeStep() && !q.getColumn(0).isNull() ? q.getColumn(0).getInt64() + 1 : first_other_key;
  }

  /// The address columns are left to the caller: they need statements of their own.
  stored_event read_event(SQLite::Statement& q) {
    stored_event s;
    event& e = s.e;
    e.seq = static_cast<sequence>(q.getColumn(0).getInt64());
    auto const kind = event_kind_of(static_cast<int>(bounded(q.getColumn(1), 255, "event.kind")));
    if (!kind) damaged("event.kind");
    e.kind = *kind;
    if (!q.getColumn(3).isNull()) {
      auto const c = static_cast<channel>(bounded(q.getColumn(3), 255, "event.channel"));
      if (name(c).empty()) damaged("event.channel");
      e.on = c;
    }
    s.purpose_code = static_cast<std::uint16_t>(bounded(q.getColumn(4), 65535, "event.purpose"));
    if (s.purpose_code != 0) e.about = purpose_of(s.purpose_code);
    if (!q.getColumn(5).isNull()) e.via = q.getColumn(5).getString();
    if (!q.getColumn(6).isNull()) e.notice = static_cast<notice_number>(bounded(q.getColumn(6), 0xffffffff, "event.notice"));
    e.occurred_at = instant::clamped(q.getColumn(7).getInt64());
    e.recorded_at = instant::clamped(q.getColumn(8).getInt64());
    if (!q.getColumn(10).isNull()) e.source = label_text(q.getColumn(10).getInt64());
    if (!q.getColumn(11).isNull()) e.operator_name = label_text(q.getColumn(11).getInt64());
    if (!q.getColumn(12).isNull()) {
      auto proof = parse_evidence(q.getColumn(12).getString());
      if (!proof) damaged("event.evidence");
      e.proof = *std::move(proof);
    }
    copy(blob(q.getColumn(13)), s.leaf, "event.leaf");
    return s;
  }
  purpose purpose_of(std::uint16_t code) {
    if (code > purposes_.size()) purposes_ = purposes();
    if (code > purposes_.size()) damaged("event.purpose");
    return purposes_[code - 1U];
  }

  /// A ledger of an older schema has none until it is upgraded.
  bool has_nodes() {
    if (!nodes_) nodes_ = db_->execAndGet("SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'node'").getInt() != 0;
    return *nodes_;
  }

  std::optional<std::int64_t> label(std::string const& text) {
    if (text.empty()) return std::nullopt;
    if (auto const at = labels_.find(text); at != labels_.end()) return at->second;
    auto& q = prepared("SELECT id FROM label WHERE text = ?");
    q.bind(1, text);
    std::int64_t id = 0;
    if (q.executeStep()) {
      id = q.getColumn(0).getInt64();
    } else {
      auto& add = prepared("INSERT INTO label(text) VALUES(?)");
      add.bind(1, text);
      add.exec();
      id = db_->getLastInsertRowid();
    }
    labels_[text] = id;
    return id;
  }
  std::string label_text(std::int64_t id) {
    if (auto const at = label_texts_.find(id); at != label_texts_.end()) return at->second;
    auto& q = prepared("SELECT text FROM label WHERE id = ?");
    q.bind(1, id);
    if (!q.executeStep()) damaged("label");
    return label_texts_[id] = q.getColumn(0).getString();
  }

  std::string path_;
  std::unique_ptr<SQLite::Database> db_;
  std::unordered_map<char const*, std::unique_ptr<SQLite::Statement>> prepared_;   ///< by the literal's place: its text is not compared
  quick_statement row_of_, add_number_, append_, index_, put_state_;
  std::map<std::string, std::int64_t> labels_;
  std::map<std::int64_t, std::string> label_texts_;
  std::vector<purpose> purposes_;
  std::optional<bool> nodes_;
  int depth_ = 0;
  bool has_erasure_tables_ = false;
};

}  // namespace

std::unique_ptr<store> create_sqlite_store(std::string const& path) {
  // Made by hand so that the file never exists with wider permissions than 0600; SQLite gives its WAL the same.
  int const fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    std::string const why = std::strerror(errno);
    if (errno == EEXIST)
      fail(failure::already_exists, "Hauptbuch gibt es schon: " + path, "ledger exists already: " + path,
           {"ein anderes mit --ledger nennen; dieses weiterführen geht ohne init", "name another one with --ledger; this one goes on without init"});
    fail(failure::environment, "Hauptbuch nicht anzulegen: " + path + ": " + why, "cannot create ledger: " + path + ": " + why);
  }
  ::close(fd);
  try {
    return std::make_unique<sqlite_store>(path, sqlite_store::mode::fresh);
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

std::unique_ptr<store> open_sqlite_store(std::string const& path, bool older) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
    fail(failure::not_found, "kein Hauptbuch: " + path, "no ledger there: " + path,
         {"mit `jawort init` anlegen oder mit --ledger das richtige nennen", "create one with `jawort init`, or name the right one with --ledger"});
  return std::make_unique<sqlite_store>(path, older ? sqlite_store::mode::older : sqlite_store::mode::present);
}

bool sqlite_without_statistics() { return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0) == SQLITE_OK; }

}  // namespace jawort
