// What the tests of erasure, access and sweep share: a small ledger, and a search through the bytes of its files.
#pragma once
#include <doctest/doctest.h>
#include <sqlite3.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <jawort/ledger/access.hpp>
#include <jawort/ledger/erasure.hpp>
#include <jawort/ledger/import.hpp>
#include <jawort/ledger/sweep.hpp>

#include "scratch.hpp"

namespace rights {
using namespace jawort;

inline instant at(char const* text) { return *instant::parse(text); }
inline address who(char const* text) { return *address::parse(text); }

inline std::string slurp(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

inline ledger fresh(scratch const& dir, char const* name = "a.db") {
  auto book = ledger::create(dir.path(name), {"Agency", "agency.example/jawort", "DE", true}, at("2022-01-01T00:00:00Z"));
  REQUIRE(book);
  REQUIRE(book->publish(slurp(std::string{JAWORT_EXAMPLES} + "/newsletter.toml"), "newsletter.toml", at("2022-01-01T00:00:00Z"), false, at("2022-01-01T00:00:00Z")));
  return std::move(*book);
}

inline import_report take(ledger& book, std::string const& rows, char const* now = "2026-07-01T10:00:00Z") {
  std::istringstream in{"occurred_at,event,address,channel,purpose,notice,evidence\n" + rows};
  import_options o;
  o.file_name = "rows.csv";
  auto r = import_file(book, in, o, at(now));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  std::string bad;
  for (auto const& b : r->bad) bad += b.why.message.en + "; ";
  REQUIRE_MESSAGE(r->bad.empty(), bad);
  return *r;
}

inline decision ask(ledger& book, char const* number, char const* time = "2026-07-01T10:00:00Z", channel on = channel::whatsapp) {
  auto const a = who(number);
  question q;
  q.who = &a;
  q.on = on;
  q.about = *purpose::parse("newsletter");
  q.at = at(time);
  q.template_message = true;
  auto d = book.ask(q);
  REQUIRE(d);
  return *d;
}

inline erasure_report gone(ledger& book, char const* number, char const* now, bool final = false) {
  erasure_options o;
  o.final = final;
  auto r = erase(book, who(number), o, at(now));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  return *r;
}

inline void sound(ledger& book) {
  auto v = book.verify();
  REQUIRE(v);
  std::string all;
  for (auto const& p : v->problems) all += (p.seq ? "#" + std::to_string(*p.seq) + " " : "") + p.kind + ": " + p.text.en + "; ";
  CHECK_MESSAGE(v->ok(), all);
}

inline std::vector<std::string> problems(ledger& book) {
  auto v = book.verify();
  REQUIRE(v);
  std::vector<std::string> out;
  for (auto const& p : v->problems) out.push_back(p.kind);
  return out;
}

inline void sql(std::string const& path, std::string const& text) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  char* why = nullptr;
  int const rc = sqlite3_exec(db, text.c_str(), nullptr, nullptr, &why);
  CHECK_MESSAGE(rc == SQLITE_OK, (why == nullptr ? "" : why));
  sqlite3_free(why);
  sqlite3_close(db);
}

inline std::string base64(std::string_view s) {
  return log::base64(log::bytes_view{reinterpret_cast<std::uint8_t const*>(s.data()), s.size()});
}

/// The middle of every base64 text that contains `s`, wherever in it `s` begins.
inline std::vector<std::string> base64_forms(std::string const& s) {
  std::vector<std::string> out;
  for (std::size_t before = 0; before < 3; ++before) {
    auto const all = base64(std::string(before, '\0') + s + "\0\0\0");
    std::size_t const from = (before * 8 + 5) / 6, to = (before + s.size()) * 8 / 6;
    out.push_back(all.substr(from, to - from));
  }
  return out;
}

/// A number's integer key in every width and order in which SQLite or we could write it.
inline std::vector<std::string> integer_forms(std::uint64_t n) {
  std::vector<std::string> out;
  for (std::size_t const width : {6U, 8U}) {
    std::string big;
    for (std::size_t k = width; k-- > 0;) big += static_cast<char>(n >> (8 * k) & 0xff);
    out.push_back(big.substr(width == 8 ? 2 : 0));   // without leading zeros: finds the longer forms too
    out.emplace_back(out.back().rbegin(), out.back().rend());
  }
  std::string sqlite, ours;
  for (std::uint64_t rest = n; rest != 0; rest >>= 7) sqlite.insert(sqlite.begin(), static_cast<char>((rest & 0x7f) | (sqlite.empty() ? 0 : 0x80)));
  for (std::uint64_t rest = n; rest != 0; rest >>= 7) ours += static_cast<char>((rest & 0x7f) | (rest >> 7 != 0 ? 0x80 : 0));
  out.push_back(sqlite);
  out.push_back(ours);
  return out;
}

inline std::vector<std::string> number_forms(std::string const& e164) {
  std::string const digits = e164.substr(1), national = digits.substr(2);
  std::vector<std::string> out{e164, digits, "0" + national, national, national.substr(0, 3) + " " + national.substr(3)};
  for (std::string const& s : {e164, digits, "0" + national}) {
    auto const forms = base64_forms(s);
    out.insert(out.end(), forms.begin(), forms.end());
  }
  auto const integers = integer_forms(std::stoull(digits));
  out.insert(out.end(), integers.begin(), integers.end());
  return out;
}

/// Which of the texts stand in a byte of a file of the ledger: "a.db-wal: …".
inline std::vector<std::string> found_in(std::string const& ledger, std::vector<std::string> const& texts) {
  std::vector<std::string> out;
  for (char const* const end : {"", "-wal", "-shm", ".checkpoints", ".keys", ".erasures"}) {
    auto const bytes = slurp(ledger + end);
    for (std::size_t k = 0; k < texts.size(); ++k)
      if (bytes.find(texts[k]) != std::string::npos) out.push_back(std::string{"file"} + end + ": form " + std::to_string(k));
  }
  return out;
}

inline std::string listed(std::vector<std::string> const& all) {
  std::string out;
  for (auto const& s : all) out += s + "; ";
  return out;
}

inline void nowhere(std::string const& ledger, std::vector<std::string> const& texts) {
  auto const f = found_in(ledger, texts);
  CHECK_MESSAGE(f.empty(), listed(f));
}

}  // namespace rights
