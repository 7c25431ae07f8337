// import, record
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "jawort/ledger/chat_export.hpp"
#include "jawort/ledger/import.hpp"
#include "progress.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

json row_json(context const& c, refused_row const& r, char const* type) {
  return {{"type", type}, {"line", r.line}, {"column", r.column}, {"message", c.say(r.why.message)}, {"hint", c.say(r.why.hint)}};
}

void print_rows(context const& c, std::string const& file, std::vector<refused_row> const& rows) {
  for (auto const& r : rows) {
    std::cerr << fmt::format("{}:{}: {}: {}\n", file, r.line, r.column.empty() ? c.say("Zeile", "row") : r.column, inert(c.say(r.why.message)));
    if (auto const& hint = c.say(r.why.hint); !hint.empty()) std::cerr << "  → " << hint << "\n";
  }
}
}  // namespace

int import_chat_file(context& c);
int show_import(context& c, std::string const& file, import_report const& r, ledger const& book);

int import_rows(context& c) {
  if (c.args.get("format") == "chat-export") return import_chat_file(c);
  std::string const& file = c.args.words[0];
  std::string const format = c.args.get("format").value_or("events");
  if (format != "events" && format != "list")
    return report(c, {failure::malformed, {"unbekanntes Format '" + format + "'", "unknown format '" + format + "'"}, {"bekannt sind: events, list, chat-export", "known are: events, list, chat-export"}}, usage);
  import_options o;
  o.file_name = file;
  o.list = format == "list";
  o.partial = c.args.has("partial");
  o.column = c.args.get("column");
  o.operator_name = c.args.get("operator").value_or("");
  if (auto const text = c.args.get("channel")) {
    o.on = channel_named(*text);
    if (!o.on) return report(c, {failure::unknown_name, {"unbekannter Kanal '" + *text + "'", "unknown channel '" + *text + "'"}, {}}, usage);
  }
  if (auto const text = c.args.get("purpose")) {
    auto p = purpose::parse(*text);
    if (!p) return report(c, p.error(), usage);
    o.about = *p;
  }
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;

  std::unique_ptr<std::istream> in;
  if (file == "-") {
    auto spool = std::make_unique<std::stringstream>();
    *spool << std::cin.rdbuf();
    spool->clear();
    in = std::move(spool);
  } else {
    in = std::make_unique<std::ifstream>(file, std::ios::binary);
    if (!*in || in->peek() == std::char_traits<char>::eof()) {
      bool const missing = !std::ifstream{file};
      return report(c, {failure::environment, {(missing ? "Datei nicht lesbar: " : "die Datei ist leer: ") + file, (missing ? "cannot read file: " : "the file is empty: ") + file}, {}});
    }
  }
  o.dry_run = c.args.has("dry-run");
  progress shown{c, {"einlesen", "importing"}, {"B", "B"}};
  o.watch = shown.watch();
  auto r = import_file(*book, *in, o, now_of(c));
  if (!r) return report(c, r.error());
  return show_import(c, file, *r, *book);
}

/// What an import came to, row by row and in numbers.
int show_import(context& c, std::string const& file, import_report const& r, ledger const& book) {
  if (c.global.json) {
    for (auto const& x : r.bad) print_json(row_json(c, x, "refused"), nullptr);
    for (auto const& x : r.remarks) print_json(row_json(c, x, "remark"), nullptr);
    print_json({{"type", "summary"}, {"rows", r.rows}, {"appended", r.appended}, {"duplicates", r.duplicates}, {"suppressed", r.suppressed},
                {"refused", r.refused}, {"bad", r.bad.size()}, {"rolled_back", r.rolled_back}}, &book);
  } else {
    print_rows(c, file, r.bad);
    print_rows(c, file, r.remarks);
    std::cout << fmt::format(fmt::runtime(c.say("{} Zeilen: {} eingetragen, {} doppelt, {} gesperrt (gelöschte Personen), {} abgelehnt\n",
                                                "{} rows: {} appended, {} duplicates, {} suppressed (erased people), {} refused\n")),
                             r.rows, r.appended, r.duplicates, r.suppressed, r.refused);
    if (r.rolled_back)
      std::cerr << c.say("jawort: nichts eingetragen, weil Zeilen schlecht waren; mit --partial kommen die guten hinein\n",
                         "jawort: nothing was recorded because of bad rows; --partial takes the good ones\n");
  }
  return r.bad.empty() ? done : rows_refused;
}

/// A chat that WhatsApp exported: whose it is may have to be said.
int import_chat_file(context& c) {
  std::string const& file = c.args.words[0];
  chat_import_options o;
  o.file_name = file;
  o.partial = c.args.has("partial");
  o.dry_run = c.args.has("dry-run");
  o.operator_name = c.args.get("operator").value_or("");
  o.self = c.args.get("self").value_or("");
  if (auto const order = c.args.get("order")) {
    if (*order != "dmy" && *order != "mdy") return report(c, {failure::malformed, {"--order ist dmy oder mdy", "--order is dmy or mdy"}, {}}, usage);
    o.order = *order == "dmy" ? day_order::day_first : day_order::month_first;
  }
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  if (auto const text = c.args.get("address")) {
    auto who = normaliser{book->region()}.parse(*text, channel::whatsapp);
    if (!who) return report(c, who.error(), usage);
    o.other = *who;
  }
  std::ostringstream all;
  if (file == "-") {
    all << std::cin.rdbuf();
  } else {
    std::ifstream in{file, std::ios::binary};
    if (!in) return report(c, {failure::environment, {"Datei nicht lesbar: " + file, "cannot read file: " + file}, {}});
    all << in.rdbuf();
  }
  auto r = import_chat(*book, all.str(), o, now_of(c));
  if (!r) return report(c, r.error());
  return show_import(c, file, *r, *book);
}

int record(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  instant const now = now_of(c);
  row_fields f{{"event", c.args.words[0]}, {"address", c.args.words[1]}, {"occurred_at", c.args.get("at").value_or(to_string(now))}};
  for (char const* const key : {"channel", "purpose", "notice", "operator"})
    if (auto const v = c.args.get(key)) f[key] = *v;
  if (auto const v = c.args.get("evidence")) {
    f["evidence"] = *v;
    // A name of a file that is there is read; anything else is the words themselves.
    if (std::ifstream in{*v, std::ios::binary}; v->size() < 4096 && in && in.peek() != std::char_traits<char>::eof()) {
      std::ostringstream all;
      all << in.rdbuf();
      f["evidence"] = all.str();
    }
  }
  if (auto const v = c.args.get("customer")) f["customer"] = *v;
  std::string column;
  auto e = read_event(f, *book, normaliser{book->region()}, now, column);
  if (!e) return report(c, {e.error().code, {column + ": " + e.error().message.de, column + ": " + e.error().message.en}, e.error().hint}, usage);
  e->source = "cli";
  instant const at = e->occurred_at;
  auto r = book->append({*std::move(e)}, now);
  if (!r) return report(c, r.error());
  appended const became = r->each[0];
  if (c.global.json) {
    json j{{"result", became == appended::added ? "appended" : became == appended::duplicate ? "duplicate" : "suppressed"}, {"event", c.args.words[0]}};
    if (became == appended::added) j["seq"] = r->sequences[0];
    print_json(j, &*book);
  } else if (became == appended::added) {
    std::cout << fmt::format("#{} {} {}\n", r->sequences[0], c.args.words[0], readable(at));
  } else {
    std::cout << (became == appended::duplicate ? c.say("steht schon da\n", "is there already\n") : c.say("gesperrt: die Person wurde gelöscht\n", "suppressed: the person was erased\n"));
  }
  if (at > now + std::chrono::minutes{5} && !c.global.quiet)
    std::cerr << c.say("jawort: der Zeitpunkt liegt in der Zukunft; als Abmeldung trotzdem angenommen\n", "jawort: the time lies in the future; taken nevertheless, as a stop\n");
  return done;
}

}  // namespace jawort::cli
