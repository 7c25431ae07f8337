// broadcast check, broadcast recheck, broadcast sent
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "jawort/ledger/permit.hpp"
#include "jawort/rule.hpp"
#include "progress.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
std::string codes(std::span<reason const> reasons) {
  std::string out;
  for (reason const& r : reasons) out += (out.empty() ? "" : ";") + std::string{name(r.code)};
  return out;
}

bool write_file(std::string const& path, std::string const& text) {
  if (path == "-") return static_cast<bool>(std::cout << text << std::flush);
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  return static_cast<bool>(out << text << std::flush);
}

result<std::unique_ptr<std::istream>> open_list(std::string const& file) {
  if (file == "-") return std::make_unique<std::istream>(std::cin.rdbuf());
  auto in = std::make_unique<std::ifstream>(file, std::ios::binary);
  if (!*in) return error{failure::environment, {"Liste nicht lesbar: " + file, "cannot read list: " + file}, {}};
  return std::unique_ptr<std::istream>{std::move(in)};
}

/// The addresses that may be written to, each once.
bool write_permitted(std::string const& path, broadcast_report const& r) {
  std::string all;
  for (list_row const& row : r.rows)
    if (row.what == verdict::permitted || row.what == verdict::warned) all += std::string{row.who->text()} + "\n";
  return write_file(path, all);
}

json list_json(broadcast_report const& r, instant at) {
  json reasons = json::object();
  for (auto const& [code, count] : r.reasons) reasons[std::string{name(code)}] = count;
  return {{"decision", name(r.worst())}, {"checked", r.checked}, {"permitted", r.permitted}, {"warned", r.warned}, {"held", r.held}, {"denied", r.denied},
          {"invalid", r.invalid}, {"duplicates", r.duplicates}, {"reasons", reasons}, {"list_sha256", r.list_sha256},
          {"checkpoint", {{"size", r.head.size}, {"root", log::base64(log::bytes_view{r.head.root})}}}, {"at", to_string(at)}};
}

bool write_verdicts(std::string const& path, broadcast_report const& r) {
  auto const to = [&](std::ostream& out) {
    return out && jawort::write_verdicts(r, [&](std::string_view piece) { return static_cast<bool>(out << piece); }) && out.flush();
  };
  if (path == "-") return to(std::cout);
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  return to(out);
}

void print_list(context const& c, broadcast_report const& r, instant at, channel on) {
  constexpr std::size_t shown = 12;
  std::cout << fmt::format(fmt::runtime(c.say("{} geprüft: {} erlaubt, {} mit Warnung, {} zurückhalten, {} nein, {} unlesbar, {} doppelt\n",
                                              "{} checked: {} permitted, {} warned, {} held, {} denied, {} invalid, {} duplicates\n")),
                           r.checked, r.permitted, r.warned, r.held, r.denied, r.invalid, r.duplicates);
  for (auto const v : {verdict::permitted, verdict::warned, verdict::held, verdict::denied, verdict::invalid, verdict::duplicate}) {
    std::size_t n = 0;
    for (std::size_t k = 0; k < r.rows.size(); ++k) {
      if (r.rows.all()[k].what != v) continue;
      if (n >= shown) { ++n; continue; }
      list_row const row = r.rows[k];
      if (n == 0) {
        bilingual const title = v == verdict::permitted ? bilingual{"erlaubt", "permitted"} : v == verdict::warned ? bilingual{"mit Warnung", "warned"}
                              : v == verdict::held ? bilingual{"zurückhalten", "held"} : v == verdict::denied ? bilingual{"nein", "denied"}
                              : v == verdict::invalid ? bilingual{"unlesbar", "invalid"} : bilingual{"doppelt", "duplicates"};
        std::cout << "\n" << painted(c.say(title), v == verdict::permitted ? paint::good : v == verdict::denied || v == verdict::invalid ? paint::bad : paint::careful, c.global.colour) << "\n";
      }
      if (++n <= (v == verdict::permitted ? 3U : shown))
        std::cout << fmt::format("  {:>5}  {:<24} {}\n", row.line, inert(row.what == verdict::invalid ? row.input : std::string_view{row.who->text()}), codes(row.reasons));
    }
    std::size_t const limit = v == verdict::permitted ? 3 : shown;
    if (n > limit) std::cout << fmt::format(fmt::runtime(c.say("         … und {} weitere (alle mit --out DATEI)\n", "         … and {} more (all of them with --out FILE)\n")), n - limit);
  }
  if (!r.reasons.empty()) std::cout << c.say("\nGründe\n", "\nReasons\n");
  for (auto const& [code, count] : r.reasons) {
    rule const& row = rule_of(code);
    std::cout << fmt::format("  {:>5} × {} – {}\n", count, name(code), row.text(c.global.lang));
    if (auto const cite = citation_text(row, at, on, c.global.lang); !cite.empty()) std::cout << "          " << painted(cite, paint::faint, c.global.colour) << "\n";
    std::cout << "          → " << row.remedy(c.global.lang) << "\n";
  }
}
}  // namespace

int broadcast_check(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto q = question_of(c, *book);
  if (!q) return report(c, q.error(), usage);
  std::string const& file = c.args.words[0];
  auto in = open_list(file);
  if (!in) return report(c, in.error());
  auto message = message_of(c, *book);
  if (!message) return report(c, message.error());
  if (*message) q->message = &(*message)->facts;
  auto r = [&] {
    progress shown{c, {"Liste prüfen", "checking the list"}, {"Adressen", "addresses"}};
    return check_list(*book, **in, file, *q, c.args.get("column"), shown.watch());
  }();
  if (!r) return report(c, r.error(), r.error().code == failure::unknown_name ? std::optional<int>{usage} : std::nullopt);
  if (auto const out = c.args.get("out"); out && !write_verdicts(*out, *r))
    return report(c, {failure::environment, {"nicht zu schreiben: " + *out, "cannot write: " + *out}, {}});
  if (auto const out = c.args.get("permitted-list"); out && !write_permitted(*out, *r))
    return report(c, {failure::environment, {"nicht zu schreiben: " + *out, "cannot write: " + *out}, {}});
  bool const to_stdout = c.args.get("out") == "-" || c.args.get("permitted-list") == "-";
  if (c.global.json) print_json(list_json(*r, q->at), &*book);
  else if (!to_stdout) print_list(c, *r, q->at, q->on);
  if (auto const path = c.args.get("permit"); path && status_of(r->worst()) == done) {
    auto note = issue_permit(*book, *r, *q, *message ? (*message)->sha256 : "", q->at);
    if (!note) return report(c, note.error());
    if (!write_file(*path, *note)) return report(c, {failure::environment, {"nicht zu schreiben: " + *path, "cannot write: " + *path}, {}});
  } else if (path && !c.global.quiet) {
    std::cerr << c.say("jawort: keine Freigabe, weil nicht jede Zeile erlaubt ist; --permitted-list FILE schreibt die erlaubten heraus\n",
                       "jawort: no permit, because not every row may be written to; --permitted-list FILE writes out those that may\n");
  }
  return status_of(r->worst());
}

namespace {
/// The permit file named first, and the list named second.
struct permit_call {
  permit given;
  std::string note;
  std::unique_ptr<std::istream> list;
};

result<permit_call> permit_call_of(context const& c, ledger const& book) {
  permit_call out;
  auto note = read_text(c.args.words[0]);
  if (!note) return note.error();
  out.note = *std::move(note);
  auto p = read_permit(book, out.note, c.args.words[0]);
  if (!p) return p.error();
  out.given = *std::move(p);
  auto list = open_list(c.args.words[1]);
  if (!list) return list.error();
  out.list = *std::move(list);
  return out;
}

/// A forged permit is a proof that does not verify; a list or time that does not fit is a no.
std::optional<int> status_for(error const& e) {
  switch (e.code) {
    case failure::damaged: return not_verified;
    case failure::refused: return answer_is_no;
    case failure::malformed: case failure::unknown_name: return usage;
    default: return std::nullopt;
  }
}

int broadcast_recheck(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto call = permit_call_of(c, *book);
  if (!call) return report(c, call.error(), status_for(call.error()));
  auto message = message_of(c, *book);
  if (!message) return report(c, message.error());
  question q;
  q.at = now_of(c);
  if (*message) q.message = &(*message)->facts;
  auto r = recheck_permit(*book, call->given, *call->list, c.args.words[1], q, *message ? (*message)->sha256 : "", c.args.get("column"));
  if (!r) return report(c, r.error(), status_for(r.error()));
  for (auto const& [option, write] : {std::pair{"out", &write_verdicts}, std::pair{"permitted-list", &write_permitted}})
    if (auto const out = c.args.get(option); out && !write(*out, r->report))
      return report(c, {failure::environment, {"nicht zu schreiben: " + *out, "cannot write: " + *out}, {}});
  if (r->renewed && c.args.words[0] != "-" && !write_file(c.args.words[0], *r->renewed))
    return report(c, {failure::environment, {"nicht zu schreiben: " + c.args.words[0], "cannot write: " + c.args.words[0]}, {}});
  if (c.global.json) {
    json j = list_json(r->report, q.at);
    j["events_since"] = r->events_since;
    j["renewed"] = r->renewed.has_value();
    print_json(j, &*book);
  } else {
    std::cout << fmt::format(fmt::runtime(c.say("{} neue Einträge seit der Freigabe\n", "{} new entries since the permit\n")), r->events_since);
    print_list(c, r->report, q.at, call->given.on);
  }
  return status_of(r->report.worst());
}

int broadcast_sent(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto call = permit_call_of(c, *book);
  if (!call) return report(c, call.error(), status_for(call.error()));
  auto at = time_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  instant const now = now_of(c);
  if (*at && **at > now + std::chrono::minutes{5}) return report(c, {failure::refused, {"--at liegt in der Zukunft", "--at lies in the future"}, {}}, usage);
  auto n = record_sent(*book, call->given, call->note, *call->list, c.args.words[1], at->value_or(now), c.args.get("column"), c.args.get("operator").value_or(""), now);
  if (!n) return report(c, n.error(), status_for(n.error()));
  if (c.global.json) print_json({{"recorded", *n}, {"channel", name(call->given.on)}, {"purpose", call->given.about.text()}, {"at", to_string(at->value_or(now))}}, &*book);
  else std::cout << fmt::format(fmt::runtime(c.say("{} Sendungen eingetragen\n", "{} sends recorded\n")), *n);
  return done;
}
}  // namespace

std::vector<command> permit_commands() {
  bilingual const file{"DATEI", "FILE"}, column{"SPALTE", "COLUMN"}, which{"Spalte der Adresse", "column of the address"};
  return {
      {"broadcast recheck", "PERMIT LIST", 2, 2, {"kurz vor dem Senden: gilt die Freigabe noch?", "just before sending: does the permit still hold?"},
       {"jawort broadcast recheck freigabe.txt liste.csv"},
       {{"column", column, which}, {"message", file, {"die freigegebene Nachricht", "the permitted message"}},
        {"out", file, {"CSV mit dem Ergebnis jeder Zeile", "CSV with each row's verdict"}}, {"permitted-list", file, {"die erlaubten Adressen, je Zeile eine", "the permitted addresses, one a line"}}},
       broadcast_recheck},
      {"broadcast sent", "PERMIT LIST", 2, 2, {"trägt ein, dass an die Liste gesendet wurde", "records that the list was sent to"},
       {"jawort broadcast sent freigabe.txt liste.csv --operator Meier"},
       {{"column", column, which}, {"at", {"ZEIT", "TIME"}, {"wann gesendet wurde (jetzt)", "when it was sent (now)"}}, {"operator", {"NAME", "NAME"}, {"wer gesendet hat", "who sent it"}}},
       broadcast_sent},
  };
}

}  // namespace jawort::cli
