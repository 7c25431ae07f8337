// checkpoint, verify
#include <fmt/format.h>

#include <iostream>

#include "progress.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {

int checkpoint(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto note = book->checkpoint_note();
  if (!note) return report(c, note.error());
  if (!c.global.json) {
    std::cout << *note;
    return done;
  }
  auto const head = book->head();
  if (!head) return report(c, head.error());
  print_json({{"origin", head->origin}, {"size", head->size}, {"root", log::base64(log::bytes_view{head->root})}, {"note", *note}, {"verifier_key", book->verifier_key()}}, &*book);
  return done;
}

namespace {
json problems_json(context const& c, std::vector<verify_problem> const& all) {
  json out = json::array();
  for (auto const& p : all) out.push_back({{"seq", p.seq ? json(*p.seq) : json(nullptr)}, {"kind", p.kind}, {"text", c.say(p.text)}});
  return out;
}

int show_verified(context const& c, verify_report const& r, ledger const* book) {
  if (c.global.json) {
    json origins = json::array(), remarks = json::array();
    for (auto const& o : r.origins) origins.push_back({{"origin", o.origin}, {"first_seq", o.first_seq}, {"entries", o.entries}, {"lost", o.lost}});
    for (auto const& text : r.remarks) remarks.push_back(c.say(text));
    print_json({{"ok", r.ok()}, {"events", r.events}, {"checkpoint", {{"size", r.head.size}, {"root", log::base64(log::bytes_view{r.head.root})}}},
                {"problems", problems_json(c, r.problems)}, {"origins", origins}, {"remarks", remarks}}, book);
    return r.ok() ? done : not_verified;
  }
  for (auto const& p : r.problems)
    std::cout << painted(p.kind, paint::bad, c.global.colour) << (p.seq ? fmt::format(" #{}", *p.seq) : "") << ": " << inert(c.say(p.text)) << "\n";
  for (auto const& text : r.remarks) std::cout << inert(c.say(text)) << "\n";
  if (r.ok())
    std::cout << fmt::format(fmt::runtime(c.say("in Ordnung: {} Einträge neu gelesen, alle Blätter, Stände und Prüfpunkte stimmen\n", "sound: {} entries reread, all leaves, states and checkpoints agree\n")), r.events);
  else
    std::cout << fmt::format(fmt::runtime(c.say("{} Probleme in {} Einträgen. Nichts mehr eintragen, die Datei beiseitelegen und aus der Sicherung wiederherstellen.\n",
                                                "{} problems in {} entries. Record nothing more, put the file aside and restore from your backup.\n")), r.problems.size(), r.events);
  return r.ok() ? done : not_verified;
}

bilingual const verifying{"prüfen", "verifying"}, entries{"Einträge", "entries"};

/// A ledger so damaged that it does not open is a finding as well; anything else is an error.
int could_not_verify(context const& c, error const& why) {
  if (why.code != failure::damaged) return report(c, why);
  verify_report r;
  r.problems.push_back({std::nullopt, "damaged", why.message});
  return show_verified(c, r, nullptr);
}
}  // namespace

std::vector<option_spec> verify_options() {
  std::vector<option_spec> out{{"checkpoint", {"DATEI", "FILE"}, {"mit diesem Prüfpunkt vergleichen, der anderswo aufbewahrt wurde", "compare with this checkpoint, which was kept elsewhere"}, false, true}};
  // --key among them: with a ledger whose key file is lost it says what can still be verified.
  for (auto& o : file_verification_options()) out.push_back(std::move(o));
  return out;
}

int verify(context& c) {
  if (auto const answered = verify_files(c)) return *answered;
  auto given = given_checkpoints(c);
  if (!given) return report(c, given.error());
  auto book = ledger::open(c.global.ledger);
  if (!book && book.error().code == failure::key_missing && c.args.has("key")) {
    auto r = [&] {
      progress shown{c, verifying, entries};
      return ledger::verify_without_keys(c.global.ledger, *c.args.get("key"), shown.watch());
    }();
    if (!r) return r.error().code == failure::malformed ? report(c, r.error(), usage) : could_not_verify(c, r.error());
    return show_verified(c, *r, nullptr);
  }
  if (!book) return could_not_verify(c, book.error());
  auto r = [&] {
    progress shown{c, verifying, entries};
    return book->verify(*given, shown.watch());
  }();
  return r ? show_verified(c, *r, &*book) : could_not_verify(c, r.error());
}

}  // namespace jawort::cli
