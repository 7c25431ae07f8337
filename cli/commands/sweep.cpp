// sweep: what has expired is marked, what must go goes.
#include "jawort/ledger/sweep.hpp"

#include <fmt/format.h>

#include <iostream>

#include "person_words.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
constexpr std::size_t shown_lines = 20;

bilingual reason_words(sweep_reason r) {
  switch (r) {
    case sweep_reason::request_expired: return {"Anmeldung ohne Antwort: läuft ab", "sign-up without an answer: expires"};
    case sweep_reason::lapsed_request: return {"nie bestätigt: Daten gehen endgültig", "never confirmed: data go for good"};
    case sweep_reason::retention: return {"Nachweis nicht mehr nötig: wird gelöscht", "proof no longer needed: is erased"};
    case sweep_reason::box_date: return {"versiegelter Nachweis: Datum erreicht, geht", "sealed proof: its date has come, goes"};
    case sweep_reason::bytes_pending: return {"Reste einer Löschung in der Datei: werden überschrieben", "remains of an erasure in the file: are overwritten"};
  }
  return {};
}

json sweep_json(sweep_report const& r, bool dry_run) {
  json items = json::array(), kept = json::array();
  for (auto const& x : r.items) {
    json j{{"reason", name(x.why)}};
    if (x.who) j["address"] = x.who->text();
    if (x.on) j["channel"] = name(*x.on);
    if (x.about) j["purpose"] = x.about->text();
    if (x.why != sweep_reason::bytes_pending && x.why != sweep_reason::box_date) j["since"] = to_string(x.since);
    items.push_back(std::move(j));
  }
  for (auto const& k : r.kept) kept.push_back({{"address", k.who.text()}, {"because", k.restricted ? "restricted" : "open-request"}, {"since", to_string(k.since)}});
  return {{"dry_run", dry_run}, {"expired", r.expired}, {"lapsed", r.lapsed}, {"retention", r.retention}, {"boxes", r.boxes}, {"entries", r.entries},
          {"bytes", r.bytes_pending || (dry_run && r.bytes_were_pending) ? "pending" : "gone"}, {"items", items}, {"kept", kept}};
}

void print_items(context const& c, sweep_report const& r) {
  std::size_t lines = 0;
  sweep_reason last{};
  bool first = true;
  std::size_t of_kind = 0;
  for (auto const& x : r.items) {
    if (first || x.why != last) {
      auto const n = std::count_if(r.items.begin(), r.items.end(), [&](auto const& y) { return y.why == x.why; });
      std::cout << fmt::format("{:>7}  {} ({})\n", n, c.say(reason_words(x.why)), name(x.why));
      last = x.why;
      first = false;
      lines = of_kind = 0;
    }
    ++of_kind;
    if (c.global.quiet || !x.who) continue;
    if (++lines <= shown_lines)
      std::cout << fmt::format("         {}  {}{}{}\n", readable(x.since), inert(x.who->text()), x.on ? " · " + std::string{name(*x.on)} : "", x.about ? " · " + inert(x.about->text()) : "");
    else if (lines == shown_lines + 1) std::cout << c.say("         … --json nennt alle\n", "         … --json lists all\n");
  }
  for (std::size_t k = 0; k < r.kept.size() && k < shown_lines; ++k)
    std::cout << fmt::format("         {}  {}  {}\n", readable(r.kept[k].since), inert(r.kept[k].who.text()),
                             r.kept[k].restricted ? c.say("bleibt: Verarbeitung eingeschränkt", "stays: processing is restricted") : c.say("bleibt: eine Anfrage der Person ist offen", "stays: a request of the person is open"));
}

int sweep_ledger(context& c) {
  sweep_options o;
  o.dry_run = c.args.has("dry-run");
  o.operator_name = c.args.get("operator").value_or("");
  if (auto const text = c.args.get("wait")) {
    if (text->empty() || text->size() > 4 || text->find_first_not_of("0123456789") != std::string::npos)
      return report(c, {failure::malformed, {"--wait braucht Sekunden, 0 bis 3600", "--wait takes seconds, 0 to 3600"}, {}}, usage);
    o.wait = std::chrono::seconds{std::stoi(*text)};
  }
  int status = done;
  auto book = open_ledger(c, status, !o.dry_run);
  if (!book) return status;
  auto r = sweep(*book, o, now_of(c));
  if (!r) return report(c, r.error());
  if (c.global.json) {
    print_json(sweep_json(*r, o.dry_run), &*book);
  } else {
    if (r->nothing()) std::cout << c.say("nichts zu tun\n", "nothing to do\n");
    print_items(c, *r);
    if (o.dry_run && !r->nothing() && !c.global.quiet) std::cerr << c.say("jawort: nur gezeigt, nichts geschrieben\n", "jawort: only shown, nothing written\n");
  }
  if (!r->bytes_pending) return done;
  return report(c, {failure::busy, {"erledigt, aber alte Bytes stehen noch in der Datei: " + r->why_pending.de, "done, but old bytes are still in the file (bytes pending): " + r->why_pending.en},
                    {"nichts verloren: der nächste `jawort sweep` räumt sie weg", "nothing is lost: the next `jawort sweep` clears them away"}}, ledger_busy);
}
}  // namespace

std::vector<command> sweep_commands() {
  return {{"sweep", "", 0, 0, {"räumt auf: was abgelaufen ist, wird vermerkt; was gehen muss, geht", "tidies up: what has expired is marked, what must go goes"},
           {"jawort sweep --dry-run", "jawort sweep --operator Nachtlauf"},
           {{"dry-run", {}, {"nur zeigen, nichts schreiben", "only show, write nothing"}},
            {"operator", {"NAME", "NAME"}, {"wer es tut", "who does it"}},
            {"wait", {"SEKUNDEN", "SECONDS"}, {"so lange auf andere warten, die das Hauptbuch lesen (10)", "wait that long for others who read the ledger (10)"}}},
           sweep_ledger}};
}

}  // namespace jawort::cli
