// A small ledger in which every table has rows, what it answers, and ways to damage it.
#pragma once
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include <jawort/ledger/anchor.hpp>
#include <jawort/ledger/backup.hpp>
#include <jawort/ledger/erasure.hpp>
#include <jawort/ledger/import.hpp>
#include <jawort/ledger/json.hpp>

#include "../ledger/scratch.hpp"

namespace sample {
using namespace jawort;

inline instant at(char const* text) { return *instant::parse(text); }

inline std::string slurp(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}
inline void spit(std::string const& path, std::string const& bytes) { std::ofstream{path, std::ios::binary | std::ios::trunc} << bytes; }

inline void take(ledger& book, std::string const& rows, char const* now) {
  std::istringstream in{"occurred_at,event,address,channel,purpose,notice,evidence\n" + rows};
  import_options o;
  o.file_name = "rows.csv";
  o.operator_name = "Meier";
  auto r = import_file(book, in, o, at(now));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  REQUIRE_MESSAGE(r->bad.empty(), (r->bad.empty() ? "" : r->bad[0].why.message.en));
}

inline event inbound(std::uint64_t number, instant when, std::string const& words) {
  event e;
  e.kind = event_kind::inbound;
  e.who = *address::from_digits(number);
  e.on = channel::whatsapp;
  e.occurred_at = when;
  e.source = "test";
  e.proof.set("text", words);
  return e;
}

inline ledger create(std::string const& path) {
  auto book = ledger::create(path, {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-01T00:00:00Z"));
  REQUIRE_MESSAGE(book, (book ? "" : book.error().message.en));
  auto n = book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "newsletter.toml", at("2026-01-01T00:00:00Z"), false, at("2026-01-01T00:00:00Z"));
  REQUIRE(n);
  return std::move(*book);
}

constexpr char const* some_rows =
    "2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter@1,Start\n"
    "2026-05-01T11:00:00Z,requested,+491713920002,whatsapp,newsletter/kreuzfahrten,newsletter@1,\n"
    "2026-05-01T11:00:05Z,confirmation-sent,+491713920002,whatsapp,newsletter/kreuzfahrten,newsletter@1,\n"
    "2026-05-01T11:03:00Z,confirmed,+491713920002,whatsapp,newsletter/kreuzfahrten,newsletter@1,\"{\"\"text\"\":\"\"Start\"\",\"\"message_id\"\":\"\"wamid.1\"\"}\"\n"
    "2026-05-02T10:00:00Z,given,kundin@firma.example,email,offers,newsletter@1,\"{\"\"act\"\":\"\"paper\"\"}\"\n"
    "2026-05-02T12:00:00Z,given,+491713920003,whatsapp,offers,newsletter@1,\"{\"\"text\"\":\"\"Start\"\",\"\"customer\"\":\"\"4711\"\"}\"\n"
    "2026-05-03T10:00:00Z,withdrawn,+491713920003,whatsapp,offers,,\"{\"\"text\"\":\"\"Stop\"\",\"\"via\"\":\"\"letter\"\"}\"\n"
    "2026-05-04T10:00:00Z,address-changed,+491713920001,,,,+491713920009\n"
    "2026-05-05T10:00:00Z,inbound,+491713920004,whatsapp,,,Hallo\n"
    "2026-05-06T10:00:00Z,given,+491713920005,whatsapp,newsletter,newsletter@1,Start\n"
    "2026-05-06T11:00:00Z,objected,+491713920006,whatsapp,,,Nein\n";

/// Rows in every table, keys of two epochs.
inline void fill(std::string const& path) {
  auto book = create(path);
  take(book, some_rows, "2026-06-01T10:00:00Z");
  REQUIRE(book.set_policy("[confirmation]\nwindow_days = 14\n", "p", at("2026-06-02T10:00:00Z")));
  REQUIRE(book.set_policy("[confirmation]\nwindow_days = 13\n", "p", at("2026-06-03T10:00:00Z")));
  REQUIRE(book.load_austrian_list("gast@hotel.example\n@andere.example\n", "ecg", at("2026-06-04T10:00:00Z")));
  erasure_options final;
  final.final = true;
  REQUIRE(erase(book, *address::parse("+491713920005"), {}, at("2026-06-04T11:00:00Z")));
  REQUIRE(erase(book, *address::parse("+491713920006"), final, at("2026-06-04T12:00:00Z")));
  REQUIRE(rotate_keys(book, at("2026-06-05T10:00:00Z")));
  take(book, "2026-06-06T10:00:00Z,outbound,+491713920001,whatsapp,newsletter,,Neues\n2026-06-06T11:00:00Z,inbound,gast@hotel.example,email,,,Guten Tag\n", "2026-06-06T12:00:00Z");
}

inline std::vector<std::string> whom() {
  return {"+491713920001", "+491713920002", "+491713920003", "+491713920004", "+491713920005", "+491713920006", "+491713920009", "+491713920099", "kundin@firma.example", "gast@hotel.example", "customer:4711"};
}

inline std::string told(event const& e) {
  std::ostringstream out;
  out << e.seq << ' ' << name(e.kind) << ' ' << e.occurred_at.ms() << ' ' << e.recorded_at.ms() << ' ' << (e.who ? e.who->text() : "") << ' ' << (e.on ? name(*e.on) : "") << ' '
      << (e.about ? e.about->text() : "") << ' ' << e.via << ' ' << e.notice << ' ' << (e.other ? e.other->text() : "") << ' ' << e.source << ' ' << e.operator_name << ' ' << to_json(e.proof) << '\n';
  return out.str();
}

/// Everything that the ledger says, as text: settings, notices, policies, histories, and decisions now, then, and as known
/// then.
inline std::string answers(ledger& book) {
  std::ostringstream out;
  out << book.origin() << '|' << book.controller() << '|' << book.region() << '|' << book.test_clock() << '\n';
  for (auto const& n : book.published())
    out << n.words.reference() << ' ' << n.number << ' ' << n.words.published_at.ms() << ' ' << n.words.historical << ' ' << n.digest_hex << ' ' << std::hash<std::string>{}(n.body) << '\n';
  for (char const* const when : {"2026-05-01T00:00:00Z", "2026-06-02T12:00:00Z", "2026-06-04T10:00:00Z"}) out << book.policies().at(at(when)).confirmation_window.count() << '\n';
  for (auto const& text : whom()) {
    auto const who = *address::parse(text);
    auto const h = book.history(who);
    if (!h) { out << text << ": " << code_name(h.error().code) << '\n'; continue; }
    for (event const& e : *h) out << told(e);
    for (channel const on : {channel::whatsapp, channel::email})
      for (char const* const about : {"newsletter", "newsletter/kreuzfahrten", "offers", "service"})
        for (auto const& [when, known] : {std::pair{"2026-06-10T10:00:00Z", "9999-01-01T00:00:00Z"}, {"2026-05-03T09:00:00Z", "9999-01-01T00:00:00Z"}, {"2026-06-10T10:00:00Z", "2026-06-01T10:00:00Z"}}) {
          question q;
          q.who = &who;
          q.on = on;
          q.about = *purpose::parse(about);
          q.at = at(when);
          if (known[0] != '9') q.as_recorded = at(known);
          q.template_message = true;
          auto const d = book.ask(q);
          out << text << ' ' << name(on) << ' ' << about << ' ' << when << ' ' << known << ": ";
          if (!d) { out << code_name(d.error().code) << '\n'; continue; }
          out << static_cast<int>(d->what) << ' ' << static_cast<int>(d->status);
          for (auto const& r : d->reasons) out << ' ' << name(r.code);
          out << '\n';
        }
  }
  for (char const* const about : {"newsletter", "newsletter/kreuzfahrten", "offers"}) {
    auto const all = book.events_about(*purpose::parse(about));
    if (all) for (event const& e : *all) out << told(e);
    else out << code_name(all.error().code) << '\n';
  }
  return out.str();
}

/// The files of a ledger at another place; the WAL must be in the database.
inline void copy(std::string const& from, std::string const& to) {
  namespace fs = std::filesystem;
  for (char const* const tail : {"-wal", "-shm"}) fs::remove(to + tail);
  for (char const* const tail : {"", ".keys", ".checkpoints", ".anchors", ".erasures", ".witnessed", ".witnesses"})
    if (fs::exists(from + tail)) fs::copy_file(from + tail, to + tail, fs::copy_options::overwrite_existing);
}

struct looked_at {
  bool opened = false;
  bool sound = false;          ///< `verify` found nothing
  std::string kinds;           ///< of its findings, or why it did not open
  std::string said;            ///< what the ledger answered
};

inline looked_at look(std::string const& path) {
  looked_at out;
  auto book = ledger::open(path);
  if (!book) {
    out.kinds = std::string{"open:"} + code_name(book.error().code);
    return out;
  }
  out.opened = true;
  auto const v = book->verify();
  if (!v) out.kinds = std::string{"verify:"} + code_name(v.error().code);
  else for (auto const& p : v->problems) out.kinds += p.kind + (p.seq ? "#" + std::to_string(*p.seq) : "") + " ";
  out.sound = v && v->ok();
  if (out.sound) out.said = answers(*book);
  return out;
}

class database {
 public:
  explicit database(std::string const& path) { REQUIRE(sqlite3_open(path.c_str(), &db_) == SQLITE_OK); }
  ~database() { sqlite3_close(db_); }
  database(database const&) = delete;
  database& operator=(database const&) = delete;

  using row = std::vector<std::string>;
  /// Runs a statement; nothing where the database refuses it.
  std::optional<std::vector<row>> run(std::string const& sql) {
    std::vector<row> out;
    auto const keep = [](void* to, int n, char** values, char**) {
      row r;
      for (int k = 0; k < n; ++k) r.emplace_back(values[k] == nullptr ? "" : values[k]);
      static_cast<std::vector<row>*>(to)->push_back(std::move(r));
      return 0;
    };
    if (sqlite3_exec(db_, sql.c_str(), keep, &out, nullptr) != SQLITE_OK) return std::nullopt;
    return out;
  }
  /// The rows of a query that must succeed.
  std::vector<row> rows(std::string const& sql) {
    auto r = run(sql);
    REQUIRE_MESSAGE(r, sql);
    return *std::move(r);
  }

 private:
  sqlite3* db_ = nullptr;
};

}  // namespace sample
