// backup, restore, upgrade, key rotate, anchor add|remove|list|resolve, checkpoint stamp|cosign
#include <fmt/format.h>

#include <iostream>

#include "jawort/ledger/anchor.hpp"
#include "jawort/ledger/backup.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

/// A line in the language of this call, its places filled.
template <class... T>
void say(std::ostream& out, context const& c, char const* de, char const* en, T const&... values) {
  out << fmt::format(fmt::runtime(c.say(de, en)), values...);
}

json checkpoint_json(log::checkpoint const& c) {
  return {{"origin", c.origin}, {"size", c.size}, {"root", log::base64(log::bytes_view{c.root})}};
}

/// Something in the way is usage here, not a ledger that is there; what is not ours was not verified.
int report_file(context& c, error const& why) {
  switch (why.code) {
    case failure::already_exists: case failure::malformed: case failure::unknown_name: return report(c, why, usage);
    case failure::damaged: return report(c, why, not_verified);
    default: return report(c, why);
  }
}

// --- backup, restore, upgrade ------------------------------------------------------------------------------------

int backup(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  backup_options o;
  o.with_keys = c.args.has("with-keys");
  auto made = back_up(*book, c.args.words[0], o);
  if (!made) return report_file(c, made.error());
  if (c.global.json) {
    json files = json::array();
    for (auto const& f : made->files) files.push_back(f);
    print_json({{"files", files}, {"checkpoint", checkpoint_json(made->head)}, {"with_keys", o.with_keys}}, &*book);
    return done;
  }
  for (auto const& f : made->files) std::cout << inert(f) << "\n";
  if (c.global.quiet) return done;
  if (o.with_keys)
    std::cerr << c.say("Die Schlüssel liegen dabei: wer diese Dateien hat, kann alles lesen und in Ihrem Namen unterschreiben.\n",
                       "The keys are with it: whoever has these files can read everything and sign in your name.\n");
  else
    say(std::cerr, c, "Nicht dabei ist {0}.keys: ohne diese Datei ist die Sicherung nicht zu beweisen. Sichern Sie sie getrennt, an einem anderen Ort.\n",
        "Not with it is {0}.keys: without that file the backup cannot be proven. Back it up apart, in another place.\n", c.global.ledger);
  return done;
}

int restore(context& c) {
  auto given = given_checkpoints(c);
  if (!given) return report(c, given.error());
  auto r = restore_ledger(c.global.ledger, c.args.words[0], *given, now_of(c));
  if (!r) return r.error().code == failure::already_exists ? report(c, r.error(), no_ledger) : report_file(c, r.error());
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  if (c.global.json) {
    print_json({{"ledger", c.global.ledger}, {"origin", r->origin}, {"first_seq", r->first_seq}, {"lost", r->lost}, {"erased_again", r->erased_again},
                {"last_known", checkpoint_json(r->last_known)}, {"verifier_key", book->verifier_key()}}, &*book);
    return done;
  }
  say(std::cout, c, "{} neu begonnen als {}, ab #{}\n", "{} begun anew as {}, from #{}\n", c.global.ledger, r->origin, r->first_seq);
  say(std::cout, c, "letzter bekannter Prüfpunkt: Größe {}\n", "last known checkpoint: size {}\n", r->last_known.size);
  if (r->lost > 0)
    say(std::cout, c, "{0} Einträge fehlen: sie waren unterschrieben und stehen nicht in der Sicherung. Abmeldungen können darunter sein: erst nachtragen (Webhooks, Posteingang), dann senden.\n",
        "{0} entries are missing: they were signed and are not in the backup. Stops may be among them: enter those again first (webhooks, inbox), then send.\n", r->lost);
  if (r->erased_again > 0) say(std::cout, c, "{} Löschungen nachgeholt, die jünger sind als die Sicherung\n", "{} erasures made again that are newer than the backup\n", r->erased_again);
  std::cout << book->verifier_key() << "\n";
  return done;
}

int upgrade(context& c) {
  auto r = upgrade_ledger(c.global.ledger);
  if (!r) return r.error().code == failure::already_exists ? report(c, r.error(), done) : report_file(c, r.error());
  if (c.global.json) print_json({{"ledger", c.global.ledger}, {"entries", *r}}, nullptr);
  else say(std::cout, c, "{} hat jetzt das neueste Schema; {} Einträge geprüft\n", "{} has the newest schema now; {} entries verified\n", c.global.ledger, *r);
  return done;
}

int key_rotate(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto const before = book->verifier_key();
  auto r = rotate_keys(*book, now_of(c));
  if (!r) return report_file(c, r.error());
  if (c.global.json) {
    print_json({{"verifier_key", *r}, {"previous_verifier_key", before}}, &*book);
    return done;
  }
  std::cout << *r << "\n";
  if (!c.global.quiet)
    say(std::cerr, c, "Neue Schlüssel in {0}.keys; die alten bleiben zum Prüfen. Sichern Sie die Datei jetzt neu. Prüfpunkte tragen von nun an beide Unterschriften.\n",
        "New keys in {0}.keys; the old ones stay for verifying. Back that file up again now. Checkpoints carry both signatures from now on.\n", c.global.ledger);
  return done;
}

// --- anchors -----------------------------------------------------------------------------------------------------

int anchor_add(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto r = add_anchor(*book, c.args.words[0], now_of(c));
  if (!r) return report_file(c, r.error());
  if (c.global.json) print_json({{"anchor", *r}}, &*book);
  else say(std::cout, c, "jeder Prüfpunkt steht von nun an auch in {}\n", "every checkpoint goes to {} too from now on\n", inert(*r));
  return done;
}

int anchor_remove(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  if (auto r = remove_anchor(*book, c.args.words[0], now_of(c)); !r) return report_file(c, r.error());
  if (c.global.json) print_json({{"removed", c.args.words[0]}}, &*book);
  else say(std::cout, c, "{} wird nicht mehr geschrieben; die Datei bleibt\n", "{} is no longer written; the file stays\n", inert(c.args.words[0]));
  return done;
}

int anchor_list(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto copies = anchor_copies(*book);
  if (!copies) return report(c, copies.error());
  auto stamped = stamps(*book);
  if (!stamped) return report(c, stamped.error());
  if (c.global.json) {
    json all = json::array(), times = json::array();
    for (auto const& a : *copies) all.push_back({{"path", a.path}, {"readable", a.readable}, {"checkpoints", a.notes}, {"newest", a.newest ? checkpoint_json(*a.newest) : json(nullptr)}});
    for (auto const& s : *stamped) times.push_back({{"checkpoint", checkpoint_json(s.of)}, {"at", to_string(s.at)}, {"file", s.file}});
    print_json({{"alarm", book->alarmed()}, {"anchors", all}, {"stamps", times}}, &*book);
    return done;
  }
  for (auto const& a : *copies) {
    if (!a.readable) say(std::cout, c, "{}  nicht erreichbar\n", "{}  not reachable\n", inert(a.path));
    else say(std::cout, c, "{}  {} Prüfpunkte, der neueste von Größe {}\n", "{}  {} checkpoints, the newest of size {}\n", inert(a.path), a.notes, a.newest ? std::to_string(a.newest->size) : "-");
  }
  for (auto const& s : *stamped)
    say(std::cout, c, "{}  Zeitstempel {} für Größe {}\n", "{}  time stamp {} of size {}\n", inert(s.file), readable(s.at), s.of.size);
  return done;
}

void explain_loss(std::ostream& out, context const& c, resolved_loss const& l) {
  say(out, c, "Der neueste Prüfpunkt sagt: {}, Größe {}.\n", "The newest checkpoint says: {}, size {}.\n", l.lost.origin, l.lost.size);
  if (l.entries > 0) say(out, c, "Dieses Hauptbuch ist älter; {} unterschriebene Einträge fehlen darin, Abmeldungen vielleicht auch.\n", "This ledger is older; {} signed entries are missing from it, perhaps stops among them.\n", l.entries);
  else out << c.say("Dieses Hauptbuch ist ein anderes von gleicher Länge: es wurde eine zweite Fassung geschrieben.\n", "This ledger is another one of the same length: a second history was written.\n");
}

int anchor_resolve(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto found = loss(*book);
  if (!found) return report(c, found.error());
  if (!*found) {
    std::cout << c.say("kein Alarm: das Hauptbuch ist so weit wie sein neuester Prüfpunkt\n", "no alarm: the ledger is as far as its newest checkpoint\n");
    return done;
  }
  if (!c.args.has("accept-loss") || !c.args.has("yes")) {
    explain_loss(std::cerr, c, **found);
    return report(c, {failure::refused, {"erst die neuere Kopie suchen und zurücklegen: damit ist nichts verloren", "look for the newer copy first and put it back: nothing is lost then"},
                      {"ist sie wirklich weg: `jawort anchor resolve --accept-loss --yes`", "if it is really gone: `jawort anchor resolve --accept-loss --yes`"}}, usage);
  }
  auto r = accept_loss(*book, now_of(c));
  if (!r) return report_file(c, r.error());
  if (c.global.json) {
    print_json({{"lost", checkpoint_json(r->lost)}, {"entries_lost", r->entries}, {"origin", r->origin}, {"first_seq", r->first_seq}}, &*book);
    return done;
  }
  explain_loss(std::cout, c, **found);
  say(std::cout, c, "Neu begonnen als {}, ab #{}; der erste Eintrag nennt den verlorenen Prüfpunkt. Fragen werden wieder beantwortet.\nVor dem nächsten Versand die fehlenden Abmeldungen nachtragen (Webhooks, Posteingang).\n",
      "Begun anew as {}, from #{}; the first entry cites the lost checkpoint. Questions are answered again.\nEnter the missing stops again before the next send (webhooks, inbox).\n", r->origin, r->first_seq);
  return done;
}

// --- what others say ---------------------------------------------------------------------------------------------

int checkpoint_stamp(context& c) {
  auto der = read_text(c.args.words[0]);
  if (!der) return report(c, der.error());
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto r = keep_stamp(*book, *der, c.args.words[0], c.args.get("ca"));
  if (!r) return report_file(c, r.error());
  if (c.global.json) {
    print_json({{"checkpoint", checkpoint_json(r->of)}, {"at", to_string(r->at)}, {"file", r->file}, {"authority_checked", r->authority_checked}}, &*book);
    return done;
  }
  say(std::cout, c, "Größe {} gab es am {}; aufbewahrt als {}\n", "size {} existed at {}; kept as {}\n", r->of.size, readable(r->at), inert(r->file));
  if (!r->authority_checked && !c.global.quiet)
    std::cerr << c.say("Geprüft ist der Abdruck, nicht wer stempelte: mit --ca ZERTIFIKATE auch das.\n", "Checked is the imprint, not who stamped: with --ca CERTIFICATES that too.\n");
  return done;
}

int checkpoint_cosign(context& c) {
  auto note = read_text(c.args.words[0]);
  if (!note) return report(c, note.error());
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto r = keep_cosigned(*book, *note, c.args.words[0], c.args.get("key"));
  if (!r) return report_file(c, r.error());
  if (c.global.json) {
    print_json({{"checkpoint", checkpoint_json(r->of)}, {"verified", r->verified}, {"unknown", r->unknown}}, &*book);
    return done;
  }
  say(std::cout, c, "aufbewahrt: Prüfpunkt der Größe {}\n", "kept: checkpoint of size {}\n", r->of.size);
  for (auto const& n : r->verified) say(std::cout, c, "  {}  Unterschrift geprüft\n", "  {}  signature verified\n", inert(n));
  for (auto const& n : r->unknown) say(std::cout, c, "  {}  Schlüssel unbekannt, nicht geprüft (--key)\n", "  {}  key unknown, not verified (--key)\n", inert(n));
  return done;
}

}  // namespace

std::vector<command> ledger_commands() {
  option_spec const yes{"yes", {}, {"ohne Rückfrage", "without asking back"}};
  return {
      {"backup", "FILE", 1, 1, {"sichert das Hauptbuch, auch während andere schreiben", "copies the ledger, even while others write"},
       {"jawort backup /sicherung/jawort-2026-11-25.db"},
       {{"with-keys", {}, {"auch die Schlüsseldatei (nur an einen ebenso sicheren Ort)", "the key file too (only to a place that is as safe)"}}}, backup},
      {"restore", "FILE", 1, 1, {"macht aus einer Sicherung wieder ein Hauptbuch, als neuer Beginn", "makes a ledger of a backup again, as a new beginning"},
       {"jawort --ledger jawort.db restore /sicherung/jawort-2026-11-25.db"},
       {{"checkpoint", {"DATEI", "FILE"}, {"ein Prüfpunkt, der anderswo aufbewahrt wurde", "a checkpoint that was kept elsewhere"}, false, true}}, restore},
      {"upgrade", "", 0, 0, {"bringt ein Hauptbuch einer älteren Version auf den neuesten Stand", "brings a ledger of an older version up to date"}, {"jawort upgrade"}, {}, upgrade},
      {"key rotate", "", 0, 0, {"neue Schlüssel; die alten bleiben zum Prüfen", "new keys; the old ones stay for verifying"}, {"jawort key rotate"}, {}, key_rotate},
      {"anchor add", "PATH", 1, 1, {"schreibt jeden Prüfpunkt auch in diese Datei", "writes every checkpoint to this file too"}, {"jawort anchor add /media/stick/jawort.checkpoints"}, {}, anchor_add},
      {"anchor remove", "PATH", 1, 1, {"schreibt diese Kopie nicht mehr", "no longer writes this copy"}, {"jawort anchor remove /media/stick/jawort.checkpoints"}, {}, anchor_remove},
      {"anchor list", "", 0, 0, {"alle Kopien der Prüfpunkte und die Zeitstempel", "all copies of the checkpoints, and the time stamps"}, {"jawort anchor list"}, {}, anchor_list},
      {"anchor resolve", "", 0, 0, {"beendet den Alarm, dass ein neuerer Prüfpunkt vorliegt", "ends the alarm that there is a newer checkpoint"}, {"jawort anchor resolve", "jawort anchor resolve --accept-loss --yes"},
       {{"accept-loss", {}, {"was fehlt, ist verloren", "what is missing is lost"}}, yes}, anchor_resolve},
      {"checkpoint stamp", "FILE.tsr", 1, 1, {"bewahrt einen Zeitstempel (RFC 3161) eines Prüfpunkts auf", "keeps a time stamp (RFC 3161) of a checkpoint"}, {"jawort checkpoint stamp heute.tsr --ca stelle.pem"},
       {{"ca", {"DATEI", "FILE"}, {"Zertifikate der Zeitstempelstelle (PEM)", "certificates of the time stamping authority (PEM)"}}}, checkpoint_stamp},
      {"checkpoint cosign", "FILE", 1, 1, {"bewahrt einen Prüfpunkt mit Unterschriften von Zeugen auf", "keeps a checkpoint with witnesses' signatures"}, {"jawort checkpoint cosign heute.cosigned --key zeuge.example+0a1b2c3d+BA…"},
       {{"key", {"SCHLÜSSEL", "KEY"}, {"Prüfschlüssel des Zeugen; wird gemerkt", "the witness's verifier key; it is remembered"}}}, checkpoint_cosign},
  };
}

}  // namespace jawort::cli
