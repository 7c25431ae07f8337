// The ledger's tables, in SQLite. See docs/ARCHITECTURE.md for what each column is.
#include "../store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <map>
#include <unordered_map>

#include "jawort/ledger/json.hpp"

namespace jawort {
namespace {

constexpr int application_id = 0x4a57524c;  // "JWRL"
constexpr int busy_wait_ms = 10000;

constexpr char const* schema = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE head(id INTEGER PRIMARY KEY CHECK(id = 0), size INTEGER NOT NULL, edge BLOB NOT NULL, recorded_at INTEGER NOT NULL) STRICT;
CREATE TABLE label(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE purpose(code INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT;
CREATE TABLE notice(number INTEGER PRIMARY KEY, id TEXT NOT NULL, version INTEGER NOT NULL, published_at INTEGER NOT NULL,
  recorded_at INTEGER NOT NULL, historical INTEGER NOT NULL, body BLOB NOT NULL, digest BLOB NOT NULL, UNIQUE(id, version)) STRICT;
CREATE TABLE policy(number INTEGER PRIMARY KEY, set_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, seq INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
CREATE TABLE austrian_list(digest BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE address(key INTEGER PRIMARY KEY, text TEXT, secret BLOB NOT NULL, subject INTEGER NOT NULL) STRICT;
CREATE UNIQUE INDEX address_text ON address(text) WHERE text IS NOT NULL;
CREATE INDEX address_subject ON address(subject) WHERE subject <> key;
CREATE TABLE event(seq INTEGER PRIMARY KEY, kind INTEGER NOT NULL, address INTEGER, channel INTEGER, purpose INTEGER NOT NULL,
  via TEXT, notice INTEGER, occurred_at INTEGER NOT NULL, recorded_at INTEGER NOT NULL, other INTEGER, source INTEGER,
  operator INTEGER, evidence TEXT, leaf BLOB NOT NULL) STRICT;
CREATE INDEX event_address ON event(address, seq) WHERE address IS NOT NULL;
CREATE TABLE state(address INTEGER PRIMARY KEY, horizon INTEGER NOT NULL, body BLOB NOT NULL) STRICT;
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

/// Goes along the table of states. SQLite's C interface: a step is a tenth of what SQLiteCpp's columns cost.
class sqlite_state_cursor final : public state_cursor {
 public:
  sqlite_state_cursor(sqlite3* db, std::string const& path) : path_(path) {
    if (sqlite3_prepare_v2(db, "SELECT address, horizon, body FROM state WHERE address >= ? ORDER BY address", -1, &q_, nullptr) != SQLITE_OK) broken(db);
  }
  ~sqlite_state_cursor() override { sqlite3_finalize(q_); }
  sqlite_state_cursor(sqlite_state_cursor const&) = delete;
  sqlite_state_cursor& operator=(sqlite_state_cursor const&) = delete;

  bool seek(address_key key, stored_state& out) override {
    if (!begun_ || (!ended_ && at_ < key && !walk_to(key))) {
      sqlite3_reset(q_);
      sqlite3_bind_int64(q_, 1, key);
      begun_ = true;
      ended_ = false;
      step();
    }
    if (ended_ || at_ != key) return false;
    out.horizon = instant::clamped(sqlite3_column_int64(q_, 1));
    out.body = {static_cast<char const*>(sqlite3_column_blob(q_, 2)), static_cast<std::size_t>(sqlite3_column_bytes(q_, 2))};
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
    int const r = sqlite3_step(q_);
    if (r == SQLITE_ROW) at_ = sqlite3_column_int64(q_, 0);
    else if (r == SQLITE_DONE) ended_ = true;
    else broken(sqlite3_db_handle(q_));
  }
  [[noreturn]] void broken(sqlite3* db) const { translate(SQLite::Exception{db}, path_); }

  std::string path_;
  sqlite3_stmt* q_ = nullptr;
  address_key at_ = 0;
  int steps_ = most_steps;
  bool begun_ = false, ended_ = false;
};

class sqlite_store final : public store {
 public:
  sqlite_store(std::string path, bool fresh) : path_(std::move(path)) {
    guarded([&] {
      db_ = std::make_unique<SQLite::Database>(path_, SQLite::OPEN_READWRITE, busy_wait_ms);
      if (fresh) {
        db_->exec("PRAGMA application_id=" + std::to_string(application_id));
        db_->exec("PRAGMA journal_mode=WAL");
      } else {
        check_kind();
      }
      db_->exec("PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA cache_size=-16000;");
      if (fresh) {
        db_->exec("BEGIN IMMEDIATE");
        db_->exec(schema);
        db_->exec("INSERT INTO head VALUES(0, 0, x'', 0)");
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
      auto& q = prepared("SELECT size, edge, recorded_at FROM head WHERE id = 0");
      if (!q.executeStep()) damaged("head");
      auto const size = static_cast<std::uint64_t>(q.getColumn(0).getInt64());
      std::string const edge = blob(q.getColumn(1));
      if (edge.size() % 32 != 0) damaged("head.edge");
      std::vector<log::digest> parts(edge.size() / 32);
      for (std::size_t i = 0; i < parts.size(); ++i) std::memcpy(parts[i].data(), edge.data() + 32 * i, 32);
      auto tree = log::frontier::from(size, std::move(parts));
      if (!tree) damaged("head.edge");
      return stored_head{*tree, instant::clamped(q.getColumn(2).getInt64())};
    });
  }
  void put_head(stored_head const& h) override {
    guarded([&] {
      std::string edge;
      for (auto const& d : h.tree.edge()) edge.append(reinterpret_cast<char const*>(d.data()), d.size());
      auto& q = prepared("UPDATE head SET size = ?, edge = ?, recorded_at = ? WHERE id = 0");
      q.bind(1, static_cast<std::int64_t>(h.tree.size()));
      q.bindNoCopy(2, edge.data(), static_cast<int>(edge.size()));
      q.bind(3, h.last_recorded.ms());
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
        n.version = q.getColumn(2).getUInt();
        n.published_at = instant::clamped(q.getColumn(3).getInt64());
        n.recorded_at = instant::clamped(q.getColumn(4).getInt64());
        n.historical = q.getColumn(5).getInt() != 0;
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
    return guarded([&] {
      auto& q = prepared("SELECT key, subject, secret FROM address WHERE key = ?");
      q.bind(1, key);
      return read_row(q);
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
      auto& q = prepared("INSERT INTO address VALUES(?, NULL, ?, ?1)");
      q.bind(1, key);
      q.bindNoCopy(2, secret.data(), static_cast<int>(secret.size()));
      q.exec();
      return address_row{key, key, secret};
    });
  }
  void expect_bulk(bool bulk) override {
    guarded([&] { db_->exec(bulk ? "PRAGMA cache_size=-98304" : "PRAGMA cache_size=-16000"); });
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
      auto& q = prepared("INSERT INTO event VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
      q.bind(1, static_cast<std::int64_t>(e.seq));
      q.bind(2, static_cast<int>(e.kind));
      if (e.who) q.bind(3, who); else q.bind(3);
      if (e.on) q.bind(4, static_cast<int>(*e.on)); else q.bind(4);
      q.bind(5, static_cast<int>(s.purpose_code));
      if (e.via.empty()) q.bind(6); else q.bindNoCopy(6, e.via);
      if (e.notice == 0) q.bind(7); else q.bind(7, e.notice);
      q.bind(8, e.occurred_at.ms());
      q.bind(9, e.recorded_at.ms());
      if (other) q.bind(10, *other); else q.bind(10);
      if (source) q.bind(11, *source); else q.bind(11);
      if (operator_name) q.bind(12, *operator_name); else q.bind(12);
      std::string const proof = e.proof.empty() ? std::string{} : to_json(e.proof);
      if (e.proof.empty()) q.bind(13); else q.bindNoCopy(13, proof);
      q.bindNoCopy(14, s.leaf.data(), static_cast<int>(s.leaf.size()));
      q.exec();
    });
  }
  std::vector<event> events_of(address_key key) override {
    return guarded([&] {
      std::vector<event> out;
      auto& q = prepared("SELECT seq,kind,address,channel,purpose,via,notice,occurred_at,recorded_at,other,source,operator,evidence,leaf "
                         "FROM event WHERE address = ? ORDER BY seq");
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
                                "FROM event WHERE purpose = ? ORDER BY seq"};
      q.bind(1, static_cast<int>(purpose_code));
      while (q.executeStep()) {
        out.push_back(read_event(q).e);
        if (!q.getColumn(2).isNull()) out.back().who = address_of(q.getColumn(2).getInt64());
        if (!q.getColumn(9).isNull()) out.back().other = address_of(q.getColumn(9).getInt64());
      }
      return out;
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
      auto& q = prepared("INSERT INTO state VALUES(?, ?, ?) ON CONFLICT(address) DO UPDATE SET horizon = excluded.horizon, body = excluded.body");
      q.bind(1, key);
      q.bind(2, horizon.ms());
      q.bindNoCopy(3, body.data(), static_cast<int>(body.size()));
      q.exec();
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

 private:
  auto guarded(auto&& body) -> decltype(body()) {
    try {
      return body();
    } catch (SQLite::Exception const& e) {
      translate(e, path_);
    }
  }
  [[noreturn]] void damaged(char const* where) {
    fail(failure::damaged, "Hauptbuch ist beschädigt bei " + std::string{where} + ": " + path_,
         "ledger is damaged at " + std::string{where} + ": " + path_,
         {"`jawort verify` zeigt, was betroffen ist; sonst aus der Sicherung wiederherstellen", "`jawort verify` shows what is affected; else restore from backup"});
  }

  void check_kind() {
    if (db_->execAndGet("PRAGMA application_id").getInt() != application_id)
      fail(failure::malformed, "kein jawort-Hauptbuch: " + path_, "not a jawort ledger: " + path_,
           {"mit --ledger die richtige Datei angeben", "name the right file with --ledger"});
    int const version = db_->execAndGet("PRAGMA user_version").getInt();
    if (version > schema_version)
      fail(failure::wrong_version, "Hauptbuch von einer neueren Version (Schema " + std::to_string(version) + ")",
           "ledger of a newer version (schema " + std::to_string(version) + ")",
           {"jawort aktualisieren; diese Version kennt Schema " + std::to_string(schema_version),
            "update jawort; this version knows schema " + std::to_string(schema_version)});
  }

  void run(char const* begin, std::function<void()> const& body) {
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
    for (auto& [sql, q] : prepared_) q->tryReset();
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
    auto const kind = event_kind_of(q.getColumn(1).getInt());
    if (!kind) damaged("event.kind");
    e.kind = *kind;
    if (!q.getColumn(3).isNull()) {
      auto const c = static_cast<channel>(q.getColumn(3).getInt());
      if (name(c).empty()) damaged("event.channel");
      e.on = c;
    }
    s.purpose_code = static_cast<std::uint16_t>(q.getColumn(4).getInt());
    if (s.purpose_code != 0) e.about = purpose_of(s.purpose_code);
    if (!q.getColumn(5).isNull()) e.via = q.getColumn(5).getString();
    if (!q.getColumn(6).isNull()) e.notice = q.getColumn(6).getUInt();
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
  std::map<std::string, std::int64_t> labels_;
  std::map<std::int64_t, std::string> label_texts_;
  std::vector<purpose> purposes_;
  int depth_ = 0;
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
    return std::make_unique<sqlite_store>(path, true);
  } catch (...) {
    ::unlink(path.c_str());
    throw;
  }
}

std::unique_ptr<store> open_sqlite_store(std::string const& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0 || !S_ISREG(info.st_mode))
    fail(failure::not_found, "kein Hauptbuch: " + path, "no ledger there: " + path,
         {"mit `jawort init` anlegen oder mit --ledger das richtige nennen", "create one with `jawort init`, or name the right one with --ledger"});
  return std::make_unique<sqlite_store>(path, false);
}

}  // namespace jawort
