// erase, restrict, unrestrict
#include <fmt/format.h>

#include <iostream>

#include "document.hpp"
#include "jawort/ledger/access.hpp"
#include "jawort/ledger/erasure.hpp"
#include "jawort/ledger/normalise.hpp"
#include "person_words.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

/// --wait SECONDS, for readers of the ledger.
result<milliseconds> wait_option(context const& c) {
  auto const text = c.args.get("wait");
  if (!text) return milliseconds{std::chrono::seconds{10}};
  if (text->empty() || text->size() > 4 || text->find_first_not_of("0123456789") != std::string::npos)
    return error{failure::malformed, {"--wait braucht Sekunden, 0 bis 3600", "--wait takes seconds, 0 to 3600"}, {}};
  return milliseconds{std::chrono::seconds{std::min(std::stoi(*text), 3600)}};
}

/// A time in the past, of an option.
result<std::optional<instant>> past_option(context const& c, std::string const& name) {
  auto t = time_option(c, name);
  if (t && *t && **t > now_of(c) + std::chrono::minutes{5})
    return error{failure::malformed, {"--" + name + " liegt in der Zukunft", "--" + name + " lies in the future"}, {}};
  return t;
}

struct staying {
  char const* key;
  bilingual what, why;
  std::optional<instant> until;
};

std::vector<staying> what_stays(erasure_report const& r) {
  std::vector<staying> out;
  if (r.sealed_until)
    out.push_back({"sealed-proof", {"versiegelt, was ein Gericht bräuchte: Adresse, Schlüssel, Worte, genaue Zeiten; zu öffnen nur mit der Adresse und der Schlüsseldatei", "sealed, what a court would need: address, keys, words, exact times; opens only with the address and the key file"},
                   {"Nachweis der Einwilligung, Abwehr von Ansprüchen (Art. 17 Abs. 3 lit. b, e DSGVO)", "proof of consent, defence of claims (Art. 17(3)(b), (e) DSGVO)"}, r.sealed_until});
  out.push_back({"tombstone", {"ein Grabstein: ein Schlüsselwert, der ohne Schlüsseldatei niemanden nennt", "a tombstone: a keyed value that names nobody without the key file"},
                 {"damit kein Import und keine alte Liste die Person wiederbelebt (Art. 17 Abs. 3 lit. b DSGVO)", "so that no import and no old list revives the person (Art. 17(3)(b) DSGVO)"}, {}});
  if (r.entries != 0)
    out.push_back({"leaves", {"je Eintrag 132 Byte, dazu Art, Zweck, Hinweis und Minute", "132 bytes of each entry, with kind, purpose, notice and minute"},
                   {"damit alle Beweise und Prüfpunkte gültig bleiben; ohne das Geheimnis der Person sagen sie niemandem etwas", "so that all proofs and checkpoints stay valid; without the person's secret they say nothing to anybody"}, {}});
  return out;
}

bilingual headline(erasure_report const& r) {
  auto const n = std::to_string(r.entries);
  switch (r.what) {
    case erasure_result::erased: return {r.sealed_until ? "gelöscht, Nachweis versiegelt: " + n + " Einträge" : "endgültig gelöscht: " + n + " Einträge", r.sealed_until ? "erased, proof sealed: " + n + " entries" : "erased for good: " + n + " entries"};
    case erasure_result::finalised: return {"war gelöscht; jetzt ist auch der versiegelte Nachweis fort", "had been erased; now the sealed proof is gone too"};
    case erasure_result::stranger: return {"nichts gespeichert; ab jetzt hält ein Grabstein Importe ab", "nothing was stored; from now on a tombstone keeps imports out"};
    case erasure_result::nothing: return {"schon gelöscht; nichts zu tun", "erased already; nothing to do"};
  }
  return {};
}

std::string_view result_name(erasure_result r) {
  switch (r) {
    case erasure_result::erased: return "erased";
    case erasure_result::finalised: return "finalised";
    case erasure_result::stranger: return "unknown";
    case erasure_result::nothing: return "nothing";
  }
  return "";
}

json erasure_json(context const& c, address const& who, erasure_report const& r) {
  json addresses = json::array(), stays = json::array();
  for (auto const& a : r.addresses) addresses.push_back(a.text());
  for (auto const& s : what_stays(r))
    stays.push_back({{"what", s.key}, {"text", c.say(s.what)}, {"why", c.say(s.why)}, {"until", s.until ? json(last_day(*s.until)) : json(nullptr)}});
  return {{"result", result_name(r.what)}, {"address", who.text()}, {"addresses", addresses}, {"entries", r.entries}, {"entry", r.entry ? json(*r.entry) : json(nullptr)},
          {"boxes_gone", r.boxes_gone}, {"sealed_until", r.sealed_until ? json(last_day(*r.sealed_until)) : json(nullptr)}, {"stays", stays},
          {"requested_at", r.requested ? json(to_string(*r.requested)) : json(nullptr)}, {"answer_due", r.due ? json(to_string(*r.due)) : json(nullptr)},
          {"bytes", r.bytes_pending ? "pending" : "gone"}};
}

void print_erasure(context const& c, address const& who, erasure_report const& r) {
  std::cout << inert(who.text()) << ": " << c.say(headline(r)) << (r.entry ? fmt::format("  [#{}]", *r.entry) : "") << "\n";
  for (auto const& a : r.addresses)
    if (!(a == who)) std::cout << "  " << c.say("dieselbe Person: ", "the same person: ") << inert(a.text()) << "\n";
  if (r.what == erasure_result::erased)
    std::cout << wrapped(c.say("fort: Adressen, Geheimnis der Person, Stand, Worte, Kennungen von Nachrichten, Herkunft, genaue Zeiten", "gone: addresses, the person's secret, state, words, message ids, sources, exact times"), "  ");
  if (r.boxes_gone != 0) std::cout << "  " << c.say("fort: der versiegelte Nachweis einer früheren Löschung", "gone: the sealed proof of an earlier erasure") << "\n";
  for (auto const& s : what_stays(r)) {
    std::cout << wrapped(c.say("bleibt: ", "stays: ") + c.say(s.what) + (s.until ? c.say(" – bis ", " – until ") + last_day(*s.until) : ""), "  ")
              << wrapped(c.say("weil: ", "because: ") + c.say(s.why), "    ");
  }
  if (r.requested) std::cout << "  " << c.say("verlangt ", "requested ") << readable(*r.requested) << c.say(", zu beantworten bis ", ", to be answered by ") << readable(*r.due) << "\n";
}

/// What an erasure would take, without taking it.
int show_plan(context& c, ledger& book, address const& who) {
  auto r = access_of(book, who, now_of(c));
  if (!r) return report(c, r.error());
  bool const final = c.args.has("final") || !r->kept_until || *r->kept_until <= now_of(c);
  bool const known = r->kept_until.has_value();
  if (c.global.json) {
    json addresses = json::array();
    for (auto const& a : r->addresses) addresses.push_back(a.text());
    print_json({{"dry_run", true}, {"address", who.text()}, {"addresses", addresses}, {"entries", known ? r->events.size() : 0}, {"erased_before", !r->erased.empty()},
                {"sealed_until", known && !final ? json(last_day(*r->kept_until)) : json(nullptr)}, {"boxes", r->sealed.size()}}, &book);
    return done;
  }
  std::cout << inert(who.text()) << ": "
            << (known ? fmt::format(fmt::runtime(c.say("{} Einträge gingen", "{} entries would go")), r->events.size()) + (final ? c.say(", endgültig", ", for good") : c.say("; der Nachweis bliebe versiegelt bis ", "; the proof would stay sealed until ") + last_day(*r->kept_until))
                      : r->erased.empty() ? c.say("nichts gespeichert; ein Grabstein käme dazu", "nothing is stored; a tombstone would be set")
                      : c.args.has("final") && !r->sealed.empty() ? c.say("schon gelöscht; der versiegelte Nachweis ginge", "erased already; the sealed proof would go") : c.say("schon gelöscht; nichts zu tun", "erased already; nothing to do"))
            << "\n";
  for (auto const& a : r->addresses)
    if (!(a == who)) std::cout << "  " << c.say("dieselbe Person: ", "the same person: ") << inert(a.text()) << "\n";
  return done;
}

int erase_person(context& c) {
  if (!c.args.has("yes") && !c.args.has("dry-run"))
    return report(c, {failure::refused, {"Löschen lässt sich nicht zurücknehmen; gelöscht wurde nichts", "an erasure cannot be taken back; nothing was erased"},
                      {"mit --yes wiederholen; --dry-run zeigt vorher, was ginge", "repeat with --yes; --dry-run shows first what would go"}}, usage);
  auto wait = wait_option(c);
  if (!wait) return report(c, wait.error(), usage);
  auto requested = past_option(c, "requested");
  if (!requested) return report(c, requested.error(), usage);
  int status = done;
  auto book = open_ledger(c, status, !c.args.has("dry-run"));
  if (!book) return status;
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  if (c.args.has("dry-run")) return show_plan(c, *book, *who);
  erasure_options o;
  o.final = c.args.has("final");
  o.requested = *requested;
  o.operator_name = c.args.get("operator").value_or("");
  o.wait = *wait;
  auto r = erase(*book, *who, o, now_of(c));
  if (!r) return report(c, r.error());
  if (c.global.json) print_json(erasure_json(c, *who, *r), &*book);
  else print_erasure(c, *who, *r);
  if (!r->bytes_pending) return done;
  return report(c, {failure::busy, {"gelöscht, aber die alten Bytes stehen noch in der Datei: " + r->why_pending.de, "erased, but the old bytes are still in the file (bytes pending): " + r->why_pending.en},
                    {"nichts verloren: der nächste `jawort sweep` oder `jawort erase` räumt sie weg", "nothing is lost: the next `jawort sweep` or `jawort erase` clears them away"}}, ledger_busy);
}

int change_restriction(context& c, event_kind kind) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto at = past_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  instant const now = now_of(c);
  auto before = access_of(*book, *who, now);
  if (!before) return report(c, before.error());
  bool const restricts = kind == event_kind::restricted;
  bool const already = before->restricted.has_value() == restricts;
  event e;
  e.kind = kind;
  e.who = *who;
  e.occurred_at = (*at).value_or(now);
  e.source = "cli";
  e.operator_name = c.args.get("operator").value_or("");
  e.proof.set("text", c.args.get("reason").value_or(""));
  std::optional<sequence> seq;
  if (!already) {
    auto r = book->append({e}, now);
    if (!r) return report(c, r.error());
    if (r->each[0] == appended::added) seq = r->sequences[0];
  }
  if (c.global.json) {
    print_json({{"result", seq ? "appended" : "nothing"}, {"event", name(kind)}, {"address", who->text()}, {"restricted", restricts}, {"seq", seq ? json(*seq) : json(nullptr)}}, &*book);
    return done;
  }
  std::string const text = inert(who->text()) + ": ";
  if (already) std::cout << text << (restricts ? c.say("war schon eingeschränkt; nichts zu tun\n", "was restricted already; nothing to do\n") : c.say("war nicht eingeschränkt; nichts zu tun\n", "was not restricted; nothing to do\n"));
  else if (restricts) std::cout << text << c.say("eingeschränkt: nichts wird gesendet, und kein Aufräumen löscht etwas, bis zu `jawort unrestrict` (Art. 18 DSGVO)", "restricted: nothing is sent, and no sweep erases anything, until `jawort unrestrict` (Art. 18 DSGVO)") << fmt::format("  [#{}]\n", seq.value_or(0));
  else std::cout << text << c.say("Einschränkung aufgehoben; die Person ist vorher zu unterrichten (Art. 18 Abs. 3 DSGVO)", "restriction lifted; the person has to be told beforehand (Art. 18(3) DSGVO)") << fmt::format("  [#{}]\n", seq.value_or(0));
  return done;
}
int restrict_person(context& c) { return change_restriction(c, event_kind::restricted); }
int unrestrict_person(context& c) { return change_restriction(c, event_kind::unrestricted); }
}  // namespace

std::vector<command> rights_commands() {
  option_spec const operator_option{"operator", {"NAME", "NAME"}, {"wer es tut", "who does it"}};
  option_spec const wait{"wait", {"SEKUNDEN", "SECONDS"}, {"so lange auf andere warten, die das Hauptbuch lesen (10)", "wait that long for others who read the ledger (10)"}};
  option_spec const at{"at", {"ZEIT", "TIME"}, {"wann es galt (jetzt)", "when it took effect (now)"}};
  option_spec const reason{"reason", {"TEXT", "TEXT"}, {"warum, in Worten", "why, in words"}};
  return {
      {"erase", "ADDRESS", 1, 1, {"löscht eine Person; der Nachweis bleibt bis zu seinem Datum versiegelt (Art. 17)", "erases a person; the proof stays sealed until its date (Art. 17)"},
       {"jawort erase +491713920001 --requested 2026-05-04T09:00:00+02:00 --yes", "jawort erase +491713920001 --final --yes"},
       {{"yes", {}, {"ja, wirklich", "yes, really"}},
        {"final", {}, {"auch der versiegelte Nachweis geht", "the sealed proof goes too"}},
        {"requested", {"ZEIT", "TIME"}, {"wann die Person es verlangt hat", "when the person asked for it"}},
        {"dry-run", {}, {"nur zeigen, was ginge", "only show what would go"}},
        operator_option, wait},
       erase_person},
      {"restrict", "ADDRESS", 1, 1, {"schränkt die Verarbeitung ein: nichts wird gesendet, nichts gelöscht (Art. 18)", "restricts processing: nothing is sent, nothing erased (Art. 18)"},
       {"jawort restrict +491713920001 --reason \"bestreitet die Richtigkeit\" --operator Meier"}, {reason, at, operator_option}, restrict_person},
      {"unrestrict", "ADDRESS", 1, 1, {"hebt die Einschränkung auf", "lifts the restriction"}, {"jawort unrestrict +491713920001 --operator Meier"}, {reason, at, operator_option}, unrestrict_person},
  };
}

}  // namespace jawort::cli
