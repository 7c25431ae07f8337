// audit
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <memory>

#include "jawort/ledger/audit.hpp"
#include "progress.hpp"
#include "render.hpp"
#include "safe_file.hpp"

namespace jawort::cli {
namespace {

enum class format : std::uint8_t { text, json, html };

result<format> format_of(context const& c) {
  auto const named = c.args.get("format");
  if (!named) return c.global.json ? format::json : format::text;
  if (*named == "text") return c.global.json ? format::json : format::text;
  if (*named == "json") return format::json;
  if (*named == "html") return format::html;
  return error{failure::malformed, {"unbekanntes Format '" + *named + "'", "unknown format '" + *named + "'"}, {"text, json oder html", "text, json or html"}};
}

result<audit_request> request_of(context const& c) {
  audit_request r;
  auto const from = time_option(c, "from"), to = time_option(c, "to"), recorded = time_option(c, "as-recorded");
  for (auto const* t : {&from, &to, &recorded})
    if (!*t) return t->error();
  r.when.from = from->value_or(instant::earliest());
  r.when.to = *to ? **to : now_of(c) + milliseconds{1};  // what happens at this very moment counts
  r.when.as_recorded = recorded->value_or(instant::latest());
  if (r.when.from >= r.when.to) return error{failure::malformed, {"der Zeitraum ist leer", "the period is empty"}, {"--from liegt vor --to", "--from is before --to"}};
  return r;
}

bool same_file(std::string const& a, std::string const& b) {
  struct stat x {}, y {};
  return ::stat(a.c_str(), &x) == 0 && ::stat(b.c_str(), &y) == 0 && x.st_dev == y.st_dev && x.st_ino == y.st_ino;
}
error cannot_write(std::string const& path) { return {failure::environment, {"nicht zu schreiben: " + path, "cannot write: " + path}, {}}; }

/// The list of unlawful sends while the walk goes on: it may be long, so it waits in an unnamed file. It holds entry
/// numbers and codes, nothing of a person.
class spool {
 public:
  spool() : file_(std::tmpfile(), &std::fclose) {}
  [[nodiscard]] bool open() const { return file_ != nullptr; }
  void add(std::string const& element) {
    if (any_) good_ = std::fputc(',', file_.get()) != EOF && good_;
    any_ = true;
    good_ = std::fwrite(element.data(), 1, element.size(), file_.get()) == element.size() && good_;
  }
  [[nodiscard]] bool good() { return good_ && std::fflush(file_.get()) == 0; }
  void copy_to(std::ostream& out) {
    std::rewind(file_.get());
    std::array<char, 65536> piece{};
    for (std::size_t n; (n = std::fread(piece.data(), 1, piece.size(), file_.get())) > 0;) out.write(piece.data(), static_cast<std::streamsize>(n));
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  bool any_ = false, good_ = true;
};

/// Writes what may not fit into memory: beside the file first, then in its place.
result<> stream_to(std::string const& path, std::function<void(std::ostream&)> const& body) {
  if (path == "-") {
    body(std::cout);
    return std::cout ? result<>{nothing{}} : result<>{cannot_write(path)};
  }
  struct stat there {};
  bool const plain = ::stat(path.c_str(), &there) != 0 || S_ISREG(there.st_mode);
  std::string part = plain ? path + ".part-XXXXXX" : path;
  if (plain) {
    int const fd = ::mkstemp(part.data());
    if (fd < 0) return cannot_write(path);
    ::close(fd);
  }
  std::ofstream out{part, std::ios::binary | std::ios::trunc};
  body(out);
  out.close();
  if (out && (!plain || ::rename(part.c_str(), path.c_str()) == 0)) return nothing{};
  if (plain) ::unlink(part.c_str());
  return cannot_write(path);
}

int audit_command(context& c) {
  auto const as = format_of(c);
  if (!as) return report(c, as.error(), usage);
  auto request = request_of(c);
  if (!request) return report(c, request.error(), usage);
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  std::string const to = c.args.get("out").value_or("-");
  for (char const* const own : {"", ".keys", ".checkpoints"})
    if (same_file(to, c.global.ledger + own)) return report(c, {failure::refused, {"das Hauptbuch wird nicht überschrieben: " + to, "the ledger is not written over: " + to}, {"mit --out eine andere Datei nennen", "name another file with --out"}}, usage);
  spool unlawful;
  if (*as == format::json) {
    if (!unlawful.open()) return report(c, cannot_write("tmp"));
    request->keep = 100000;
    request->list = 100000;
    request->each_unlawful = [&](audit::unlawful_send const& u) { unlawful.add(audit_json_send(u)); };
  }
  auto const found = [&] {
    progress shown{c, {"Prüfung", "audit"}, {"Einträge", "entries"}};
    request->watch = shown.watch();
    return audit_ledger(*book, *request, now_of(c));
  }();
  if (!found) return report(c, found.error());
  if (!unlawful.open() || !unlawful.good()) return report(c, cannot_write("tmp"));
  auto const written = *as == format::json
                           ? stream_to(to, [&](std::ostream& out) { audit_json(*found, c.global.lang, out, [&](std::ostream& o) { unlawful.copy_to(o); }); })
                           : write_beside(to, *as == format::html ? audit_html(*found, c.global.lang) : audit_text(*found, c.global.lang), c.global.ledger);
  if (!written) return report(c, written.error());
  return done;
}
}  // namespace

std::vector<command> audit_commands() {
  bilingual const time{"ZEIT", "TIME"};
  return {{"audit", "", 0, 0, {"der Prüfbericht: Einwilligungen, Sendungen, Abmeldungen, Fristen, Pflichten", "the audit report: consents, sends, stops, deadlines, duties"},
           {"jawort audit --format html --out bericht.html", "jawort audit --from 2026-01-01T00:00:00+01:00 --to 2027-01-01T00:00:00+01:00", "jawort audit --to 2026-04-05T00:00:00+02:00 --as-recorded 2026-04-05T00:00:00+02:00 --format json"},
           {{"from", time, {"Beginn des Zeitraums, eingeschlossen (sonst der Beginn des Hauptbuchs)", "begin of the period, included (else that of the ledger)"}},
            {"to", time, {"sein Ende, ausgeschlossen (sonst jetzt)", "its end, excluded (else now)"}},
            {"as-recorded", time, {"mit dem Wissensstand des Hauptbuchs von damals", "with what the ledger knew then"}},
            {"format", {"FORMAT", "FORMAT"}, {"text, json oder html", "text, json or html"}},
            {"out", {"DATEI", "FILE"}, {"dorthin statt auf die Ausgabe", "there instead of stdout"}}},
           audit_command}};
}

}  // namespace jawort::cli
