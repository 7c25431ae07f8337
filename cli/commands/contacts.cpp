// contacts check
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "jawort/ledger/address_book.hpp"
#include "render.hpp"
#include "safe_file.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

constexpr std::size_t largest_file = std::size_t{512} << 20;

/// A whole file, which may be empty.
result<std::string> read_bytes(std::string const& path) {
  std::ostringstream all;
  if (path == "-") {
    if (std::cin.peek() != std::char_traits<char>::eof()) all << std::cin.rdbuf();
  } else {
    std::error_code why;
    std::ifstream in{path, std::ios::binary};
    if (!in || std::filesystem::is_directory(path, why)) return error{failure::environment, {"Datei nicht lesbar: " + path, "cannot read file: " + path}, {}};
    if (auto const size = std::filesystem::file_size(path, why); !why && size > largest_file)
      return error{failure::refused, {path + ": größer als 512 MiB", path + ": larger than 512 MiB"}, {"in Teilen ausgeben", "export it in parts"}};
    if (in.peek() != std::char_traits<char>::eof()) all << in.rdbuf();
  }
  return std::move(all).str();
}

bilingual words(contact_basis b) {
  switch (b) {
    case contact_basis::agreed: return {"hat der Übertragung zugestimmt", "agreed to the transfer"};
    case contact_basis::wrote: return {"hat uns auf WhatsApp geschrieben", "wrote to us on WhatsApp"};
    case contact_basis::registered: return {"laut Liste auf WhatsApp, selbst hat die Person nichts getan", "on WhatsApp by the list, but by nothing that the person did"};
    case contact_basis::none: return {"nicht als WhatsApp-Nummer bekannt, und keine Zustimmung", "not known to be on WhatsApp, and no agreement"};
    case contact_basis::stopped: return {"hat widerrufen, widersprochen oder ist gesperrt", "withdrew, objected, or is barred"};
    case contact_basis::unreadable: return {"Nummer unlesbar, nicht zu prüfen", "number cannot be read, nor checked"};
  }
  return {};
}

json findings_json(address_book const& book, book_report const& r) {
  json out = json::array();
  for (auto const& f : r.findings) {
    auto const& contact = book.contacts[f.contact];
    auto const& number = contact.numbers[f.number];
    out.push_back({{"line", number.line}, {"name", contact.name}, {"written", number.written}, {"address", number.who ? json(number.who->text()) : json(nullptr)}, {"why", name(f.why)}});
  }
  return out;
}

void print_json_report(context const& c, address_book const& book, book_report const& r, registered_list const& listed, instant at, ledger const* ledger_or_null) {
  json remove = json::array(), unreadable = json::array(), doubles = json::array(), damaged = json::array();
  std::set<std::string> named;
  for (auto const& f : r.findings) {
    auto const& number = book.contacts[f.contact].numbers[f.number];
    if (std::string const text = number.who ? number.who->text() : number.written; named.insert(text).second) remove.push_back(text);
  }
  std::size_t numbers = 0, not_on_whatsapp = 0;
  for (std::size_t k = 0; k < book.contacts.size(); ++k) {
    if (book.contacts[k].damaged) damaged.push_back(book.contacts[k].line);
    for (std::size_t n = 0; n < book.contacts[k].numbers.size(); ++n, ++numbers) {
      if (r.bases[k][n] == contact_basis::none) ++not_on_whatsapp;
      if (r.bases[k][n] == contact_basis::unreadable) unreadable.push_back({{"line", book.contacts[k].numbers[n].line}, {"written", book.contacts[k].numbers[n].written}});
    }
  }
  for (auto const& [a, places] : r.doubles) {
    json lines = json::array();
    for (auto const p : places) lines.push_back(book.contacts[p].line);
    doubles.push_back({{"address", a.text()}, {"lines", lines}});
  }
  print_json({{"decision", name(r.what)}, {"contacts", book.contacts.size()}, {"upload_without_basis", r.upload_without_basis}, {"remove", remove},
              {"format", book.is == address_book::form::vcard ? "vcard" : "csv"}, {"numbers", numbers}, {"not_known_on_whatsapp", not_on_whatsapp}, {"unreadable", unreadable},
              {"doubles", doubles}, {"damaged", damaged}, {"findings", findings_json(book, r)}, {"registered_unreadable", listed.unreadable},
              {"reasons", reasons_json(c, r.reasons, at, channel::whatsapp)}, {"at", to_string(at)}}, ledger_or_null);
}

void print_text(context const& c, address_book const& book, book_report const& r, instant at) {
  constexpr std::size_t shown = 20;
  std::cout << fmt::format(fmt::runtime(c.say("{}: {} Kontakte, {} würden ohne Grundlage übertragen ({} Nummern)\n", "{}: {} contacts, {} would be uploaded without a basis ({} numbers)\n")),
                           outcome_text(c, r.what), book.contacts.size(), r.upload_without_basis, r.findings.size());
  std::size_t n = 0;
  for (auto const& f : r.findings) {
    if (++n > shown) break;
    auto const& contact = book.contacts[f.contact];
    auto const& number = contact.numbers[f.number];
    std::cout << fmt::format("  {:>5}  {:<24} {:<18} {}\n", number.line, inert(contact.name), inert(number.who ? number.who->text() : number.written), c.say(words(f.why)));
  }
  if (r.findings.size() > shown) std::cout << fmt::format(fmt::runtime(c.say("         … und {} weitere (alle mit --json)\n", "         … and {} more (all of them with --json)\n")), r.findings.size() - shown);
  std::size_t listed = 0;
  for (auto const& bases : r.bases) listed += static_cast<std::size_t>(std::count(bases.begin(), bases.end(), contact_basis::registered));
  if (listed != 0) std::cout << fmt::format("  {} × {}\n", listed, c.say(words(contact_basis::registered)));
  if (r.wordy != 0) std::cout << fmt::format(fmt::runtime(c.say("  {} Nummernfelder enthalten nur Worte und bleiben\n", "  {} number fields hold words only, and stay\n")), r.wordy);
  for (auto const& [a, places] : r.doubles) {
    std::cout << "  " << c.say("doppelt: ", "double: ") << a.text() << c.say(" in Zeile", " in lines");
    for (auto const p : places) std::cout << " " << book.contacts[p].line;
    std::cout << "\n";
  }
  for (auto const& contact : book.contacts)
    if (contact.damaged)
      std::cout << fmt::format(fmt::runtime(book.is == address_book::form::vcard ? c.say("  Zeile {}: die Karte bricht ab\n", "  line {}: the card breaks off\n")
                                                                                 : c.say("  Zeile {}: Anführungszeichen nicht geschlossen oder Zeile unlesbar\n", "  line {}: a quote is not closed, or the row cannot be read\n")), contact.line);
  for (reason const& x : r.reasons) std::cout << reason_text(c, x, at, channel::whatsapp);
}

int contacts_check(context& c) {
  std::string const& file = c.args.words[0];
  auto at = time_option(c, "at"), recorded = time_option(c, "as-recorded");
  if (!at) return report(c, at.error(), usage);
  if (!recorded) return report(c, recorded.error(), usage);
  auto const out_file = c.args.get("out");
  if (out_file == "-" && c.global.json) return report(c, {failure::malformed, {"--out - und --json wollen beide die Standardausgabe", "--out - and --json both want stdout"}, {"--out DATEI", "--out FILE"}}, usage);
  auto bytes = read_bytes(file);
  if (!bytes) return report(c, bytes.error());

  int status = done;
  std::optional<ledger> book;
  std::error_code ignored;
  if (c.global.ledger != "jawort.db" || std::filesystem::exists(c.global.ledger, ignored)) {
    book = open_ledger(c, status);
    if (!book) return status;
  } else if (!c.global.quiet) {
    std::cerr << c.say("kein Hauptbuch: niemand gilt als einverstanden\n", "no ledger: nobody is taken to have agreed\n");
  }
  normaliser const numbers{book ? book->region() : "DE"};
  auto contacts = read_address_book(*std::move(bytes), file, numbers);
  if (!contacts) return report(c, contacts.error(), contacts.error().code == failure::malformed ? std::optional<int>{usage} : std::nullopt);
  registered_list listed;
  if (auto const list = c.args.get("registered")) {
    auto text = read_bytes(*list);
    if (!text) return report(c, text.error());
    auto r = read_registered(*text, numbers);
    if (!r) return report(c, r.error(), usage);
    listed = *std::move(r);
    if (listed.unreadable != 0 && !c.global.quiet)
      std::cerr << fmt::format(fmt::runtime(c.say("{}: {} Zeilen sind keine Rufnummer\n", "{}: {} rows are no telephone number\n")), *list, listed.unreadable);
  }
  if (contacts->by_look && !contacts->contacts.empty() && !c.global.quiet)
    std::cerr << c.say("keine Spalte mit Rufnummern erkannt: jede Zelle wurde angesehen\n", "no column of telephone numbers found: every cell was looked at\n");

  instant const when = at->value_or(now_of(c));
  auto const r = check_address_book(*contacts, book ? &*book : nullptr, listed.numbers, when, recorded->value_or(instant::latest()));
  if (!r) return report(c, r.error());
  if (out_file)
    if (auto const w = write_beside(*out_file, cleaned(*contacts, *r), file); !w) return report(c, w.error(), w.error().code == failure::refused ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) print_json_report(c, *contacts, *r, listed, when, book ? &*book : nullptr);
  else if (out_file != "-") print_text(c, *contacts, *r, when);
  return status_of(r->what);
}
}  // namespace

std::vector<command> contacts_commands() {
  bilingual const file{"DATEI", "FILE"}, time{"ZEIT", "TIME"};
  return {
      {"contacts check", "FILE.vcf|csv", 1, 1, {"welche Kontakte vom Telefon müssen, bevor ein Messenger sie überträgt", "which contacts must leave the phone before a messenger uploads them"},
       {"jawort contacts check handy.vcf --out handy-sauber.vcf", "jawort contacts check kontakte.csv --registered auf-whatsapp.txt --json"},
       {{"registered", file, {"Nummern, von denen bekannt ist, dass sie bei WhatsApp sind", "numbers known to be on WhatsApp"}},
        {"out", file, {"dieselbe Datei ohne die Nummern, die wegmüssen", "the same file without the numbers that must go"}},
        {"at", time, {"gefragt für diesen Zeitpunkt statt jetzt", "asked for this time instead of now"}},
        {"as-recorded", time, {"mit dem Wissensstand des Hauptbuchs von damals", "with what the ledger knew then"}}},
       contacts_check},
  };
}

}  // namespace jawort::cli
