// checkpoint, verify
#include <fmt/format.h>

#include <iostream>

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

int verify(context& c) {
  if (auto const answered = verify_files(c)) return *answered;
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status == could_not ? could_not : status;
  auto r = book->verify();
  if (!r) return report(c, r.error(), r.error().code == failure::damaged ? std::optional<int>{not_verified} : std::nullopt);
  if (c.global.json) {
    json problems = json::array();
    for (auto const& p : r->problems) problems.push_back({{"seq", p.seq ? json(*p.seq) : json(nullptr)}, {"kind", p.kind}, {"text", c.say(p.text)}});
    print_json({{"ok", r->ok()}, {"events", r->events}, {"checkpoint", {{"size", r->head.size}, {"root", log::base64(log::bytes_view{r->head.root})}}}, {"problems", problems}}, &*book);
    return r->ok() ? done : not_verified;
  }
  for (auto const& p : r->problems)
    std::cout << painted(p.kind, paint::bad, c.global.colour) << (p.seq ? fmt::format(" #{}", *p.seq) : "") << ": " << c.say(p.text) << "\n";
  if (r->ok())
    std::cout << fmt::format(fmt::runtime(c.say("in Ordnung: {} Einträge neu gelesen, alle Blätter, Stände und Prüfpunkte stimmen\n", "sound: {} entries reread, all leaves, states and checkpoints agree\n")), r->events);
  else
    std::cout << fmt::format(fmt::runtime(c.say("{} Probleme in {} Einträgen. Nichts mehr eintragen, die Datei beiseitelegen und aus der Sicherung wiederherstellen.\n",
                                                "{} problems in {} entries. Record nothing more, put the file aside and restore from your backup.\n")), r->problems.size(), r->events);
  return r->ok() ? done : not_verified;
}

}  // namespace jawort::cli
