// The sections about the ledger, its notices, the rights of persons and the duties of the office.
#include <fmt/format.h>

#include "write.hpp"

namespace jawort::audit {
namespace {
std::string join(auto const& list, auto&& text) {
  std::string out;
  for (auto const& x : list) out += (out.empty() ? "" : ", ") + std::string{text(x)};
  return out.empty() ? "–" : out;
}
figure const& requests_figure(writer& w, request_state s) {
  std::vector<figure const*> parts;
  if (auto const at = w.found.requests.find(s); at != w.found.requests.end())
    for (auto const& [kind, x] : at->second) parts.push_back(&x);
  return w.sum_of(parts);
}
/// Of the period: as known now, or, where the send was entered in time, as recorded then.
figure const& unlawful_sends(writer& w) {
  auto const& s = w.found.sends;
  return w.sum(s.in_time[0][0], s.in_time[1][0], s.entered_later[0]);
}
}  // namespace

section summary(writer& w) {
  section s{"summary", w.say("Auf einen Blick", "At a glance"), {}};
  table t{w.say("Was auffällt", "What stands out"), {w.say("Prüfung", "Check"), w.say("Ergebnis", "Result"), w.say("Näheres", "More")}, {}};
  auto const row = [&](std::string what, cell n, char const* section_id, std::string section_name) {
    cell link = w.text(std::move(section_name));
    link.link = section_id;
    t.rows.push_back({w.text(std::move(what)), std::move(n), std::move(link)});
  };
  auto const found = [&](figure const& f, std::string label, tone how) {
    cell c = w.count(f, std::move(label), how);
    if (f.count() == 0) c.how = tone::good;
    return c;
  };
  auto const& sends = w.found.sends;
  std::string const in_sends = w.say("Sendungen", "Sends"), in_proofs = w.say("Belege", "Proofs"), in_rights = w.say("Rechte", "Rights");
  row(w.say("Sendungen, die nach heutigem Wissen nicht erlaubt waren", "sends that were not permitted, as known now"), found(unlawful_sends(w), w.say("nicht erlaubte Sendungen, heute", "sends not permitted, now"), tone::bad), "sends", in_sends);
  row(w.say("davon trotz einer Abmeldung, die schon eingetragen war", "of these in spite of a stop already entered"), found(sends.after_known_stop, w.say("Sendungen nach bekannter Abmeldung", "sends after a known stop"), tone::bad), "stops", w.say("Abmeldungen", "Stops"));
  row(w.say("Sendungen, die nach damaligem Wissen nicht erlaubt waren", "sends that were not permitted by what was recorded then"), found(w.sum(sends.in_time[0][0], sends.in_time[0][1]), w.say("nicht erlaubte Sendungen, damals", "sends not permitted, then"), tone::bad), "sends", in_sends);
  row(w.say("Einwilligungen ohne ganzen Beleg", "consents without a whole proof"), found(w.found.unproven, w.say("Beleg unvollständig", "proof not whole"), tone::bad), "proofs", in_proofs);
  row(w.say("Adressen nur aus einer Liste, ohne Beleg", "addresses from a list alone, without evidence"), found(w.found.imported, w.say("nur aus einer Liste", "from a list alone"), tone::careful), "proofs", in_proofs);
  row(w.say("Einwilligungen, die in 90 Tagen zu alt werden", "consents that grow too old within 90 days"), found(w.sum(w.found.stale.becomes[2], w.found.stale.becomes[3]), w.say("wird in 90 Tagen zu alt", "too old within 90 days"), tone::careful), "stale", w.say("Alternde Einwilligungen", "Growing stale"));
  row(w.say("Auskunft oder Löschung überfällig", "access or erasure overdue"), found(requests_figure(w, request_state::overdue), w.say("überfällige Verlangen", "overdue requests"), tone::bad), "rights", in_rights);
  row(w.say("Auskunft oder Löschung offen, in der Frist", "access or erasure open, in time"), found(requests_figure(w, request_state::open), w.say("offene Verlangen", "open requests"), tone::careful), "rights", in_rights);
  row(w.say("Belege, deren Aufbewahrung endete", "proofs whose retention has ended"), found(w.sum(w.found.retention_due, w.found.pending_due), w.say("Aufbewahrung beendet", "retention ended"), tone::careful), "retention", w.say("Aufbewahrung", "Retention"));
  std::uint64_t gaps = 0, open_groups = 0;
  for (auto const& n : w.report.notices) gaps += !n.gaps.empty();
  for (auto const& g : w.report.groups) open_groups += g.disclosures != 0;
  auto const plain = [&](std::uint64_t n, tone how) { cell c = w.plain_count(n); c.how = n == 0 ? tone::good : how; return c; };
  row(w.say("Hinweise mit Lücken", "notices with gaps"), plain(gaps, tone::careful), "notices", w.say("Hinweise", "Notices"));
  row(w.say("Gruppen, die Nummern offenlegen", "groups that disclose numbers"), plain(open_groups, tone::bad), "groups", w.say("Gruppen", "Groups"));
  s.blocks.emplace_back(std::move(t));
  return s;
}

section ledger_state(writer& w) {
  auto const& r = w.report;
  section s{"ledger", w.say("Das Hauptbuch", "The ledger"), {}};
  table t{w.say("Stand", "State"), {w.say("Angabe", "Item"), w.say("Wert", "Value")}, {}};
  auto const row = [&](char const* de, char const* en, std::string value, tone how = tone::plain) { t.rows.push_back({w.text(w.say(de, en)), w.text(std::move(value), how)}); };
  row("Verantwortlicher", "Controller", inert_text(r.controller));
  row("Ursprung", "Origin", inert_text(r.origin));
  row("Einträge", "Entries", number_text(r.entries, w.lang));
  row("davon über Personen, bis zum Ende des Zeitraums", "of these about persons, up to the end of the period", number_text(w.found.entries, w.lang));
  row("über das Hauptbuch selbst oder über Gelöschte", "about the ledger itself or about erased persons", number_text(r.not_of_people, w.lang));
  if (r.restores != 0) row("neu begonnen nach einer Wiederherstellung; dabei verlorene Nummern zählen hier mit", "begun anew after a restore; numbers lost then count here too", number_text(r.restores, w.lang), tone::careful);
  row("Personen", "Persons", number_text(w.found.persons, w.lang));
  row("davon mit mehreren Adressen", "of these with several addresses", number_text(w.found.linked_persons, w.lang));
  row("Adressen", "Addresses", number_text(w.found.addresses, w.lang));
  if (w.found.first) row("erstes und letztes Ereignis", "first and last event", day_text(*w.found.first) + " – " + day_text(*w.found.last));
  row("Prüfpunkt: Größe", "Checkpoint: size", number_text(r.head.size, w.lang));
  row("Prüfpunkt: Wurzel", "Checkpoint: root", log::base64(log::bytes_view{r.head.root}));
  row("Prüfschlüssel", "Verifier key", inert_text(r.verifier_key));
  if (r.behind) row("Achtung", "Attention", w.say("Das Hauptbuch ist älter als sein neuester Prüfpunkt. Es können Einträge fehlen.", "The ledger is older than its newest checkpoint. Entries may be missing."), tone::bad);
  if (r.test_clock) row("Uhr", "Clock", w.say("Testuhr: kein echtes Hauptbuch", "test clock: no real ledger"), tone::careful);
  s.blocks.emplace_back(std::move(t));
  s.blocks.emplace_back(words{w.say("Der Prüfpunkt dazu, unterschrieben. Ob jeder Eintrag noch der ist, für den er steht, sagt `jawort verify`.", "Its checkpoint, signed. Whether each entry is still what it stands for is said by `jawort verify`."), tone::plain, false});
  s.blocks.emplace_back(words{r.checkpoint_note, tone::plain, true});
  table kinds{w.say("Einträge des Zeitraums nach Art", "Entries of the period by kind"), {w.say("Art", "Kind"), w.say("Name", "Name"), w.say("Anzahl", "Number")}, {}};
  for (auto const& [kind, f] : w.found.kinds)
    kinds.rows.push_back({w.text(w.name_of(kind)), w.text(std::string{name(kind)}), w.count(f, w.say("Einträge", "entries") + ": " + w.name_of(kind))});
  if (!kinds.rows.empty()) s.blocks.emplace_back(std::move(kinds));
  return s;
}

section notices(writer& w) {
  section s{"notices", w.say("Hinweise", "Notices"), {}};
  if (w.report.notices.empty()) {
    s.blocks.emplace_back(words{w.say("Kein Hinweis veröffentlicht.", "No notice published."), tone::careful, false});
    return s;
  }
  table t{w.say("Fassungen der Worte, denen Menschen zustimmen", "Versions of the words that people agree to"),
          {w.say("Fassung", "Version"), w.say("öffentlich seit", "public since"), w.say("Kanäle", "Channels"), w.say("Zwecke", "Purposes"), w.say("Anfragen", "Requests"), w.say("Zusagen", "Yeses"), w.say("Lücken", "Gaps")}, {}};
  table digests{w.say("Fingerabdrücke der Dateien (SHA-256)", "Digests of the files (SHA-256)"), {w.say("Fassung", "Version"), "SHA-256"}, {}};
  for (auto const& n : w.report.notices) {
    std::string const gaps = join(n.gaps, [&](missing_part const& m) { return audit::say(m.what, w.lang) + " (" + std::string{m.law} + ")"; });
    t.rows.push_back({w.text(inert_text(n.reference)), w.text(day_text(n.published_at) + (n.historical ? w.say(", nachgetragen", ", historical") : "")), w.text(join(n.channels, [&](channel c) { return w.name_of(c); })),
                      w.text(join(n.purposes, [](purpose const& p) { return p.text(); })), w.count(n.use.requests, w.say("Anfragen mit ", "requests with ") + inert_text(n.reference)),
                      w.count(n.use.consents, w.say("Zusagen mit ", "yeses with ") + inert_text(n.reference)), w.text(n.gaps.empty() ? w.say("keine", "none") : inert_text(gaps), n.gaps.empty() ? tone::good : tone::careful)});
    digests.rows.push_back({w.text(inert_text(n.reference)), w.text(n.digest_hex)});
  }
  s.blocks.emplace_back(std::move(t));
  s.blocks.emplace_back(std::move(digests));
  return s;
}

section rights(writer& w) {
  section s{"rights", w.say("Rechte der Personen", "Rights of persons"), {}};
  if (w.found.newest_requests.empty()) {
    s.blocks.emplace_back(words{w.say("Im Zeitraum kein Verlangen nach Auskunft oder Löschung, und kein offenes.", "No request for access or erasure in the period, and none open."), tone::plain, false});
    return s;
  }
  table by_state{w.say("Auskunft und Löschung: Frist ein Monat (Art. 12 Abs. 3 DSGVO)", "Access and erasure: one month (Art. 12(3) GDPR)"), {w.say("Stand", "State"), w.say("Anzahl", "Number")}, {}};
  for (auto const& [state, kinds] : w.found.requests) {
    tone const how = state == request_state::overdue || state == request_state::answered_late ? tone::bad : tone::plain;
    by_state.rows.push_back({w.text(w.name_of(state)), w.count(requests_figure(w, state), w.say("Verlangen", "requests") + ": " + w.name_of(state), how)});
  }
  table t{w.say("Die Verlangen, die neuesten zuerst", "The requests, the newest first"), {w.say("Eintrag", "Entry"), w.say("Art", "Kind"), w.say("verlangt", "asked"), w.say("Frist", "due"), w.say("beantwortet", "answered"), w.say("Stand", "State")}, {}};
  for (auto const& r : w.found.newest_requests) {
    tone const how = r.state == request_state::overdue || r.state == request_state::answered_late ? tone::bad : r.state == request_state::open ? tone::careful : tone::good;
    t.rows.push_back({w.text("#" + std::to_string(r.seq)), w.text(w.name_of(r.kind)), w.text(day_text(r.asked_at)), w.text(day_text(r.deadline)),
                      w.text(r.answer ? fmt::format("{} [#{}]", day_text(r.answered_at), *r.answer) : "–"), w.text(w.name_of(r.state), how)});
  }
  s.blocks.emplace_back(std::move(by_state));
  s.blocks.emplace_back(std::move(t));
  std::uint64_t all = 0;
  for (auto const& [state, kinds] : w.found.requests)
    for (auto const& [kind, f] : kinds) all += f.count();
  if (all > w.found.newest_requests.size())
    s.blocks.emplace_back(words{fmt::format(fmt::runtime(w.say("… und {} ältere.", "… and {} older ones.")), number_text(all - w.found.newest_requests.size(), w.lang)), tone::careful, false});
  return s;
}

section retention(writer& w) {
  section s{"retention", w.say("Aufbewahrung", "Retention"), {}};
  table t{w.say("Was nach der Richtlinie gehen darf oder muss (`jawort sweep`)", "What may or must go by the policy (`jawort sweep`)"), {w.say("Frist", "Rule"), w.say("Anzahl", "Number")}, {}};
  t.rows.push_back({w.text(w.say("Personen ohne bestehende Einwilligung, deren Beleg nicht länger gebraucht wird", "persons without a standing consent whose proof is not needed any longer")), w.count(w.found.retention_due, w.say("Aufbewahrung beendet (letzter Eintrag der Person)", "retention ended (the person's last entry)"), tone::careful)});
  t.rows.push_back({w.text(w.say("verfallene Anfragen, deren Daten gelöscht sein sollten", "lapsed requests whose data should be gone")), w.count(w.found.pending_due, w.say("verfallene Anfragen", "lapsed requests"), tone::careful)});
  s.blocks.emplace_back(std::move(t));
  return s;
}

section groups(writer& w) {
  section s{"groups", w.say("Gruppen", "Groups"), {}};
  if (w.report.groups.empty()) {
    s.blocks.emplace_back(words{w.say("Keine Gruppe mit Mitgliedern.", "No group with members."), tone::plain, false});
    return s;
  }
  s.blocks.emplace_back(words{w.say("Wer wessen Nummer schon hat, steht nicht im Hauptbuch: gezählt ist jede Nummer, die ein anderes Mitglied ohne Zustimmung sehen kann. Mit der Gruppendatei rechnet `jawort group check`.",
                                    "Who has whose number already is not in the ledger: counted is each number that another member can see without agreement. `jawort group check` reckons with the group's file."), tone::plain, false});
  table t{w.say("Offenlegungen am Ende des Zeitraums", "Disclosures at the end of the period"), {w.say("Gruppe", "Group"), w.say("Mitglieder", "Members"), w.say("Offenlegungen", "Disclosures"), w.say("ohne Zustimmung", "without agreement"), w.say("Zustimmung beendet", "agreement ended")}, {}};
  for (auto const& g : w.report.groups) {
    auto const bad = [&](std::uint64_t n) { cell c = w.plain_count(n); c.how = n == 0 ? tone::good : tone::bad; return c; };
    t.rows.push_back({w.text(inert_text(g.id)), w.count(g.entries, w.say("Mitglieder von ", "members of ") + inert_text(g.id)), bad(g.disclosures), bad(g.to_ask), bad(g.to_remove)});
  }
  s.blocks.emplace_back(std::move(t));
  return s;
}

section duties(writer& w) {
  section s{"duties", w.say("Pflichten des Büros", "Duties of the office"), {}};
  s.blocks.emplace_back(words{w.say("Was das Hauptbuch zu jeder Pflicht sagen kann. „Von Hand“ heißt: dazu weiß es nichts, bitte selbst belegen.", "What the ledger can say of each duty. “By hand” means: it knows nothing of that, please show it yourself."), tone::plain, false});
  table t{w.say("Prüfliste", "Checklist"), {w.say("Pflicht", "Duty"), w.say("Stand", "State"), w.say("Was das Hauptbuch zeigt", "What the ledger shows"), w.say("Zu tun", "To do")}, {}};
  for (auto const& d : w.report.duties) {
    std::string const state = d.state == duty_state::shown ? w.say("✓ belegt", "✓ shown") : d.state == duty_state::gap ? w.say("✗ Lücke", "✗ gap") : w.say("✎ von Hand", "✎ by hand");
    tone const how = d.state == duty_state::shown ? tone::good : d.state == duty_state::gap ? tone::bad : tone::careful;
    t.rows.push_back({w.text(audit::say(d.duty, w.lang) + " (" + d.citation + ")"), w.text(state, how), w.text(inert_text(audit::say(d.finding, w.lang))), w.text(audit::say(d.todo, w.lang).empty() ? "–" : audit::say(d.todo, w.lang))});
  }
  s.blocks.emplace_back(std::move(t));
  if (w.report.recipients.empty()) return s;
  table r{w.say("Empfänger, wie die Hinweise sie nennen (Art. 13, 28, 30, 44 ff. DSGVO)", "Recipients as the notices name them (Art. 13, 28, 30, 44 ff. GDPR)"), {w.say("Empfänger", "Recipient"), w.say("Land", "Country"), w.say("Garantie für das Drittland", "Safeguard for the third country"), w.say("genannt in", "named in")}, {}};
  for (auto const& x : w.report.recipients)
    r.rows.push_back({w.text(inert_text(x.name)), w.text(inert_text(x.country)), x.third_country ? w.text(x.safeguard.empty() ? w.say("fehlt", "missing") : inert_text(x.safeguard), x.safeguard.empty() ? tone::bad : tone::plain) : w.text(w.say("kein Drittland", "no third country")),
                      w.text(inert_text(join(x.notices, [](std::string const& n) { return n; })))});
  s.blocks.emplace_back(std::move(r));
  return s;
}

section limits(writer& w) {
  section s{"limits", w.say("Was dieser Bericht nicht sagt", "What this report does not say"), {}};
  auto const line = [&](char const* de, char const* en) { s.blocks.emplace_back(words{w.say(de, en), tone::plain, false}); };
  line("Dieser Bericht ist keine Rechtsberatung. Er rechnet aus, was aus den Einträgen folgt; was nie eingetragen wurde, kennt er nicht.",
       "This report is not legal advice. It works out what follows from the entries; it does not know what was never entered.");
  line("Sendungen werden als genehmigte Vorlagen und ohne ihre Worte beurteilt: das 24-Stunden-Fenster der Plattformen und Regeln über den Text prüft vor dem Senden `check --message`.",
       "Sends are judged as approved templates and without their words: the platforms' 24-hour window and the rules about the text are checked before sending by `check --message`.");
  line("„Damals“ ist, was bis zum Augenblick der Sendung eingetragen war. Wurde die Sendung selbst erst mehr als einen Tag später eingetragen, war das Hauptbuch nicht dabei; dann zählt das Urteil nach heutigem Wissen.",
       "“Then” is what was entered up to the moment of the send. Where the send itself was entered more than a day later, the ledger was not there; then the judgement as known now counts.");
  line("Der Bericht nennt Einträge mit ihren Nummern, keine Adressen und keine Worte von Personen, damit er weitergegeben werden kann. Beurteilt ist auch, was bis zum Ende des Zeitraums geschah und später eingetragen wurde, wenn kein Wissensstand genannt ist.",
       "The report names entries by their numbers, and no addresses and no words of persons, so that it can be handed on. What happened by the end of the period and was entered later is judged as well, unless a state of knowledge is given.");
  return s;
}

}  // namespace jawort::audit
