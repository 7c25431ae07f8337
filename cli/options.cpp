#include "options.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <cstdlib>
#include <iostream>
#include <nlohmann/json.hpp>

#include "jawort/ledger/zone.hpp"
#include "jawort/nearest.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

bilingual const file_value{"DATEI", "FILE"}, time_value{"ZEIT", "TIME"};
option_spec const channel_option{"channel", {"KANAL", "CHANNEL"}, {"whatsapp, messenger, sms, email oder call", "whatsapp, messenger, sms, email or call"}, true};
option_spec const purpose_option{"purpose", {"ZWECK", "PURPOSE"}, {"wofür, z. B. newsletter", "what for, e.g. newsletter"}, true};
option_spec const template_option{"template", {}, {"von der Plattform genehmigte Vorlage, keine freie Nachricht", "a template that the platform approved, not a free-form message"}};
option_spec const message_option{"message", file_value, {"die Nachricht; ihre Worte werden mitgeprüft", "the message; its words are checked as well"}};
option_spec const at_option{"at", time_value, {"gefragt für diesen Zeitpunkt statt jetzt", "asked for this time instead of now"}};
option_spec const recorded_option{"as-recorded", time_value, {"mit dem Wissensstand des Hauptbuchs von damals", "with what the ledger knew then"}};

option_spec optional(option_spec o) { o.required = false; return o; }
}  // namespace

namespace {
/// The commands of cli/commands/{setup,import,check,log}.cpp; the other files bring their own rows.
std::vector<command> basic_commands() {
  return {
      {"init", "", 0, 0, {"legt ein Hauptbuch an, mit Schlüsseldatei und Prüfpunktdatei daneben", "creates a ledger, with its key file and checkpoint file beside it"},
       {"jawort init --controller \"Reisebüro Beispiel\" --origin reisebuero.example/jawort"},
       {{"controller", {"NAME", "NAME"}, {"der Verantwortliche", "the controller"}, true},
        {"origin", {"URSPRUNG", "ORIGIN"}, {"Name des Protokolls, ohne Leerzeichen", "name of the log, without spaces"}},
        {"region", {"LAND", "REGION"}, {"Land, aus dem nationale Rufnummern sind (DE)", "country of national numbers (DE)"}},
        {"test-clock", {}, {"für wiederholbare Läufe: --now ersetzt die Uhr", "for repeatable runs: --now replaces the clock"}}},
       init},
      {"notice add", "FILE.toml", 1, 1, {"veröffentlicht einen Hinweis: die Worte, denen Menschen zustimmen", "publishes a notice: the words that people agree to"},
       {"jawort notice add newsletter.toml", "jawort notice add alt.toml --published 2016-03-01T00:00:00+01:00 --historical"},
       {{"published", time_value, {"seit wann die Worte öffentlich sind", "since when the words are public"}},
        {"historical", {}, {"früher gezeigte Worte, auch mit Lücken", "words once shown, gaps and all"}}},
       notice_add},
      {"notice check", "FILE.toml", 1, 1, {"sagt, was einem Hinweis fehlt", "says what a notice lacks"}, {"jawort notice check newsletter.toml"}, {}, notice_check},
      {"notice list", "", 0, 0, {"alle Hinweise und ihre Fassungen", "all notices and their versions"}, {"jawort notice list"}, {}, notice_list},
      {"notice show", "ID[@VERSION]", 1, 1, {"die Worte einer Fassung, wie sie veröffentlicht wurden", "the words of a version, as they were published"}, {"jawort notice show newsletter@1"}, {}, notice_show},
      {"import", "FILE", 1, 1, {"liest Ereignisse oder Listen aus CSV", "reads events or lists from CSV"},
       {"jawort import ereignisse.csv", "jawort import kunden.csv --format list --column Handy --channel whatsapp"},
       {{"format", {"FORMAT", "FORMAT"}, {"events (Standard), list oder chat-export", "events (default), list or chat-export"}},
        {"order", {"dmy|mdy", "dmy|mdy"}, {"Chat-Export: was zuerst steht, Tag oder Monat", "chat export: what stands first, day or month"}},
        {"self", {"NAME", "NAME"}, {"Chat-Export: der eigene Name darin", "chat export: the office's own name in it"}},
        {"address", {"ADRESSE", "ADDRESS"}, {"Chat-Export: für wen der andere Name steht", "chat export: whom the other name stands for"}},
        {"column", {"SPALTE", "COLUMN"}, {"Spalte der Adresse in einer Liste", "column of the address in a list"}},
        optional(channel_option), optional(purpose_option),
        {"operator", {"NAME", "NAME"}, {"wer einliest", "who imports"}},
        {"partial", {}, {"gute Zeilen nehmen, schlechte melden", "take the good rows, report the bad ones"}},
        {"dry-run", {}, {"nur prüfen, nichts schreiben", "check only, write nothing"}}},
       import_rows},
      {"record", "KIND ADDRESS", 2, 2, {"trägt ein einzelnes Ereignis ein", "records a single event"},
       {"jawort record withdrawn +491713920001 --channel whatsapp --evidence \"Bitte keine Nachrichten mehr\" --operator Meier",
        "jawort record given +491713920001 --channel whatsapp --purpose newsletter --notice newsletter --evidence '{\"act\":\"paper\"}' --operator Meier"},
       {optional(channel_option), optional(purpose_option), {"notice", {"ID[@VERSION]", "ID[@VERSION]"}, {"die gezeigten Worte", "the words shown"}},
        {"at", time_value, {"wann es geschah (jetzt)", "when it happened (now)"}},
        {"customer", {"NR", "REF"}, {"Ihre Kundennummer; die Person ist danach auch als customer:NR zu finden", "your customer reference; the person can then be found as customer:REF too"}},
        {"evidence", {"DATEI|TEXT", "FILE|TEXT"}, {"Worte, JSON, oder eine Datei damit", "words, JSON, or a file with either"}},
        {"operator", {"NAME", "NAME"}, {"wer einträgt", "who records it"}}},
       record},
      {"check", "ADDRESS", 1, 1, {"darf ich dieser Person schreiben?", "may I write to this person?"},
       {"jawort check +491713920001 --channel whatsapp --purpose newsletter --template", "jawort check '0171 3920001' --channel whatsapp --purpose newsletter --at 2026-04-04T10:00:00Z --as-recorded 2026-04-04T10:00:00Z"},
       {channel_option, purpose_option, template_option, message_option, at_option, recorded_option, {"explain", {}, {"jede Regel: was sie sah, und ob sie galt", "each rule: what it saw, and whether it applied"}}}, check},
      {"broadcast check", "LIST", 1, 1, {"darf ich allen auf dieser Liste schreiben?", "may I write to everybody on this list?"},
       {"jawort broadcast check liste.csv --channel whatsapp --purpose newsletter --template --out ergebnis.csv"},
       {channel_option, purpose_option, template_option, {"column", {"SPALTE", "COLUMN"}, {"Spalte der Adresse", "column of the address"}},
        message_option, at_option, recorded_option, {"out", file_value, {"CSV mit dem Ergebnis jeder Zeile", "CSV with each row's verdict"}},
        {"permitted-list", file_value, {"die erlaubten Adressen, je Zeile eine", "the permitted addresses, one a line"}},
        {"permit", file_value, {"unterschriebene Freigabe, wenn jede Zeile erlaubt ist", "signed permit, if every row may be written to"}}},
       broadcast_check},
      {"history", "ADDRESS", 1, 1, {"alles, was das Hauptbuch von einer Person weiß", "everything that the ledger knows of a person"},
       {"jawort history +491713920001", "jawort history customer:4711"}, {at_option, recorded_option}, history},
      {"checkpoint", "", 0, 0, {"der neueste unterschriebene Prüfpunkt", "the newest signed checkpoint"}, {"jawort checkpoint > heute.checkpoint"}, {}, checkpoint},
      {"verify", "", 0, 0, {"liest jede Zeile neu und vergleicht sie mit dem, was unterschrieben ist", "rereads every row and compares it with what was signed"},
       {"jawort verify", "jawort verify --checkpoint /media/stick/heute.checkpoint", "jawort verify --proof 12.tlog-proof --leaf 12.leaf --key reisebuero.example/jawort+…"}, verify_options(), verify},
  };
}
}  // namespace

std::vector<command> const& commands() {
  static std::vector<command> const all = [] {
    std::vector<command> out = basic_commands();
    for (auto const& more : {permit_commands(), message_commands(), rule_commands(), receive_commands(), keyword_commands(), group_commands(),
                             contacts_commands(), proof_commands(), receipt_commands(), audit_commands(), office_commands(), ledger_commands(),
                             access_commands(), rights_commands(), sweep_commands(), manual_commands()})
      out.insert(out.end(), more.begin(), more.end());
    return out;
  }();
  return all;
}

std::vector<option_spec> const& global_option_specs() {
  static std::vector<option_spec> const all{
      {"ledger", file_value, {"das Hauptbuch (sonst JAWORT_LEDGER, sonst jawort.db)", "the ledger (else JAWORT_LEDGER, else jawort.db)"}},
      {"now", time_value, {"ersetzt die Uhr; zum Schreiben nur bei init --test-clock", "replaces the clock; for writing only with init --test-clock"}},
      {"json", {}, {"Antwort als JSON", "the answer as JSON"}},
      {"lang", {"de|en", "de|en"}, {"Sprache (sonst JAWORT_LANG, sonst die des Systems)", "language (else JAWORT_LANG, else the system's)"}},
      {"quiet", {}, {"nur die Antwort", "the answer only"}},
      {"color", {"WANN", "WHEN"}, {"Farben: auto, always oder never", "colours: auto, always or never"}}};
  return all;
}

std::vector<std::pair<exit_status, bilingual>> const& exit_meanings() {
  static std::vector<std::pair<exit_status, bilingual>> const all{
      {done, {"erledigt; bei einer Frage: erlaubt, auch mit Warnung", "done; for a question: permitted, warnings allowed"}},
      {could_not, {"ging nicht (Dateien, Umgebung)", "could not be done (files, environment)"}},
      {usage, {"falscher Aufruf", "wrong command line"}},
      {answer_is_no, {"die Antwort ist nein", "the answer is no"}},
      {not_verified, {"Hauptbuch oder Beweis ist nicht, was unterschrieben wurde", "ledger or proof is not what was signed"}},
      {rows_refused, {"Zeilen oder Meldungen abgelehnt, jede genannt", "rows or items refused, each named"}},
      {no_ledger, {"kein Hauptbuch da (bei init: es gibt schon eines)", "no ledger there (for init: there is one already)"}},
      {ledger_busy, {"Hauptbuch zu lange belegt", "ledger busy for too long"}},
      {interrupted, {"abgebrochen, nichts halb getan", "interrupted, nothing half done"}}};
  return all;
}

namespace {
namespace po = boost::program_options;

void help_option(context const& c, option_spec const& o, int width) {
  std::string const left = "--" + o.name + (c.say(o.value).empty() ? "" : " " + c.say(o.value));
  std::cout << fmt::format("  {:<{}} {}{}\n", left, width, c.say(o.what), o.required ? c.say(" (nötig)", " (required)") : "");
}

void help_all(context const& c) {
  std::cout << c.say("jawort – darf ich dieser Person auf diesem Kanal schreiben, und wie beweise ich es?\n\nBeispiele\n",
                     "jawort – may I write to this person on this channel, and how do I prove it?\n\nExamples\n");
  for (char const* const name : {"init", "notice add", "import", "broadcast check", "check"})
    for (auto const& cmd : commands())
      if (cmd.name == name) std::cout << "  " << cmd.examples.front() << "\n";
  std::cout << c.say("\nBefehle (jawort BEFEHL --help)\n", "\nCommands (jawort COMMAND --help)\n");
  for (auto const& cmd : commands()) std::cout << fmt::format("  {:<18} {}\n", cmd.name, c.say(cmd.summary));
  std::cout << c.say("\nÜberall\n", "\nEverywhere\n");
  for (auto const& o : global_option_specs()) help_option(c, o, 16);
  std::cout << c.say("\nRückgabe (senden nur bei 0)\n", "\nExit status (send on 0 only)\n");
  for (auto const& [status, what] : exit_meanings()) std::cout << fmt::format("  {:<16} {}\n", static_cast<int>(status), c.say(what));
  std::cout << c.say("\njawort ist keine Rechtsberatung.\n", "\njawort is not legal advice.\n");
}

void help_command(context const& c, command const& cmd) {
  std::cout << "jawort " << cmd.name << (cmd.positionals.empty() ? "" : " ") << cmd.positionals << " – " << c.say(cmd.summary) << "\n\n"
            << c.say("Beispiele\n", "Examples\n");
  for (auto const& e : cmd.examples) std::cout << "  " << e << "\n";
  if (!cmd.options.empty()) std::cout << c.say("\nAngaben\n", "\nOptions\n");
  for (auto const& o : cmd.options) help_option(c, o, 24);
}

error unknown(std::string const& de, std::string const& en, std::string const& word, std::vector<std::string> const& names) {
  auto const near = nearest(word, names);
  bilingual hint{"jawort --help zeigt alle", "jawort --help shows all"};
  if (!near.empty()) hint = {"meinten Sie " + near + "?", "did you mean " + near + "?"};
  return error{failure::malformed, {de + " '" + word + "'", en + " '" + word + "'"}, hint};
}

tongue default_language() {
  for (char const* const name : {"JAWORT_LANG", "LC_ALL", "LC_MESSAGES", "LANG"})
    if (char const* const v = std::getenv(name); v != nullptr && *v != '\0') return std::string_view{v}.starts_with("de") ? tongue::de : tongue::en;
  return tongue::en;
}

/// Takes the options that go with every command out of the words, wherever they stand.
result<std::vector<std::string>> take_global(std::vector<std::string> const& in, global_options& g) {
  std::vector<std::string> rest;
  std::string color = "auto";
  for (std::size_t i = 0; i < in.size(); ++i) {
    std::string const& word = in[i];
    if (word == "--") { rest.insert(rest.end(), in.begin() + static_cast<std::ptrdiff_t>(i), in.end()); break; }
    auto const split = word.find('=');
    std::string const name = word.substr(0, split);
    if (word == "--json") { g.json = true; continue; }
    if (word == "--quiet") { g.quiet = true; continue; }
    if (name != "--ledger" && name != "--now" && name != "--lang" && name != "--color") { rest.push_back(word); continue; }
    std::string value;
    if (split != std::string::npos) value = word.substr(split + 1);
    else if (i + 1 < in.size()) value = in[++i];
    else return error{failure::malformed, {name + " braucht einen Wert", name + " needs a value"}, {}};
    if (name == "--ledger") g.ledger = value;
    else if (name == "--color") color = value;
    else if (name == "--now") {
      auto t = instant::parse(value);
      if (!t) return error{t.error().code, {"--now: " + t.error().message.de, "--now: " + t.error().message.en}, t.error().hint};
      g.now = *t;
    } else if (value == "de" || value == "en") {
      g.lang = value == "de" ? tongue::de : tongue::en;
      g.lang_given = true;
    } else {
      return error{failure::malformed, {"--lang ist de oder en", "--lang is de or en"}, {}};
    }
  }
  if (color != "auto" && color != "always" && color != "never") return error{failure::malformed, {"--color ist auto, always oder never", "--color is auto, always or never"}, {}};
  g.colour = color == "always" || (color == "auto" && is_terminal(1) && std::getenv("NO_COLOR") == nullptr);
  return rest;
}

/// The options of one command, by Boost.Program_options, told neither to guess nor to take `-49…` for an option.
result<arguments> parse_command(command const& cmd, std::vector<std::string> const& words) {
  po::options_description described;
  for (auto const& o : cmd.options) {
    if (o.value.en.empty()) described.add_options()(o.name.c_str(), "");
    else if (o.many) described.add_options()(o.name.c_str(), po::value<std::vector<std::string>>()->composing(), "");
    else described.add_options()(o.name.c_str(), po::value<std::string>(), "");
  }
  described.add_options()("jawort-words", po::value<std::vector<std::string>>(), "");
  po::positional_options_description positional;
  positional.add("jawort-words", -1);
  po::variables_map found;
  namespace style = po::command_line_style;
  try {
    po::store(po::command_line_parser(words).options(described).positional(positional)
                  .style(style::allow_long | style::long_allow_adjacent | style::long_allow_next).run(), found);
  } catch (po::unknown_option const& e) {
    std::vector<std::string> names;
    for (auto const& o : cmd.options) names.push_back("--" + o.name);
    std::string name = e.get_option_name();
    if (!name.starts_with("--")) name = "--" + name;
    return unknown("unbekannte Angabe", "unknown option", name, names);
  } catch (po::multiple_occurrences const& e) {
    return error{failure::malformed, {e.get_option_name() + " steht mehrmals da", e.get_option_name() + " stands there more than once"}, {}};
  } catch (po::error_with_option_name const& e) {
    return error{failure::malformed, {e.get_option_name() + " braucht einen Wert", e.get_option_name() + " needs a value"}, {"jawort " + cmd.name + " --help", "jawort " + cmd.name + " --help"}};
  } catch (po::error const&) {
    return error{failure::malformed, {"Aufruf nicht verstanden", "command line not understood"}, {"jawort " + cmd.name + " --help", "jawort " + cmd.name + " --help"}};
  }
  arguments a;
  for (auto const& [name, value] : found) {
    if (name == "jawort-words") a.words = value.as<std::vector<std::string>>();
    else if (value.value().type() == typeid(std::vector<std::string>)) a.options[name] = fmt::format("{}", fmt::join(value.as<std::vector<std::string>>(), "\n"));
    else a.options[name] = value.value().type() == typeid(std::string) ? value.as<std::string>() : std::string{};
  }
  for (auto const& o : cmd.options)
    if (o.required && !a.has(o.name)) return error{failure::malformed, {"--" + o.name + " fehlt", "--" + o.name + " is missing"}, {cmd.examples.front(), cmd.examples.front()}};
  if (a.words.size() < cmd.least_words || a.words.size() > cmd.most_words)
    return error{failure::malformed, {"erwartet: jawort " + cmd.name + " " + cmd.positionals, "expected: jawort " + cmd.name + " " + cmd.positionals}, {cmd.examples.front(), cmd.examples.front()}};
  return a;
}
}  // namespace

int report(context const& c, error const& why, std::optional<int> status) {
  int code = could_not;
  if (why.code == failure::not_found) code = no_ledger;
  if (why.code == failure::busy) code = ledger_busy;
  if (why.code == failure::interrupted) code = interrupted;
  if (c.global.json) {
    nlohmann::ordered_json const j{{"error", {{"code", code_name(why.code)}, {"message", c.say(why.message)}, {"hint", c.say(why.hint)}}}};
    std::cerr << j.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) << "\n";
  } else {
    std::cerr << "jawort: " << c.say(why.message) << "\n";
    if (auto const& hint = c.say(why.hint); !hint.empty()) std::cerr << "  → " << hint << "\n";
  }
  return status.value_or(code);
}

instant now_of(context const& c) { return c.global.now.value_or(system_now()); }

result<std::optional<instant>> time_option(context const& c, std::string const& name) {
  auto const text = c.args.get(name);
  if (!text) return std::optional<instant>{};
  auto t = instant::parse(*text);
  if (!t) return error{t.error().code, {"--" + name + ": " + t.error().message.de, "--" + name + ": " + t.error().message.en}, t.error().hint};
  return std::optional{*t};
}

int run(int argc, char const* const* argv) {
  std::ios::sync_with_stdio(false);
  context c;
  c.global.lang = default_language();
  if (char const* const v = std::getenv("JAWORT_LEDGER"); v != nullptr && *v != '\0') c.global.ledger = v;
  // --json counts even where the rest of the line is wrong, so that errors are JSON then too.
  std::vector<std::string> const all(argv + 1, argv + argc);
  auto words = take_global(all, c.global);
  if (!words) {
    c.global.json = c.global.json || std::find(all.begin(), all.end(), "--json") != all.end();
    return report(c, words.error(), usage);
  }
  if (words->empty() || words->front() == "--help" || words->front() == "help") {
    help_all(c);
    std::cout.flush();
    return words->empty() ? usage : done;
  }
  if (words->front() == "--version") {
    std::cout << "jawort " << program_version << "\n" << std::flush;
    return done;
  }
  command const* found = nullptr;
  std::size_t used = 0;
  for (auto const& cmd : commands()) {
    auto const space = cmd.name.find(' ');
    bool const two = space != std::string::npos;
    bool const fits = two ? words->size() > 1 && (*words)[0] == cmd.name.substr(0, space) && (*words)[1] == cmd.name.substr(space + 1) : (*words)[0] == cmd.name;
    if (fits) { found = &cmd; used = two ? 2 : 1; }
  }
  if (found == nullptr) {
    std::vector<std::string> names;
    for (auto const& cmd : commands()) names.push_back(cmd.name);
    std::string word = (*words)[0];
    bool const group = std::any_of(names.begin(), names.end(), [&](std::string const& n) { return n.starts_with(word + " "); });
    if (group && words->size() > 1) word += " " + (*words)[1];
    return report(c, unknown("unbekannter Befehl", "unknown command", word, names), usage);
  }
  words->erase(words->begin(), words->begin() + static_cast<std::ptrdiff_t>(used));
  if (std::find(words->begin(), words->end(), "--help") != words->end()) {
    help_command(c, *found);
    std::cout.flush();
    return done;
  }
  auto args = parse_command(*found, *words);
  if (!args) return report(c, args.error(), usage);
  c.args = *std::move(args);
  int status = found->run(c);
  std::cout.flush();
  if (!std::cout && status == done)
    status = report(c, {failure::environment, {"Ausgabe nicht geschrieben (Datenträger voll?)", "output not written (disk full?)"}, {}});
  return status;
}

}  // namespace jawort::cli
