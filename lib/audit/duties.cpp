// The controller's duties as a checklist, and what the ledger can say of each.
#include <fmt/format.h>

#include <set>

#include "document.hpp"

namespace jawort {
namespace {
using audit::request_state;

std::uint64_t count_of(audit_report const& r, request_state s) {
  std::uint64_t n = 0;
  if (auto const at = r.found.requests.find(s); at != r.found.requests.end())
    for (auto const& [kind, f] : at->second) n += f.count();
  return n;
}

bilingual numbers(char const* de, char const* en, auto... n) {
  return {fmt::format(fmt::runtime(de), audit::number_text(static_cast<std::uint64_t>(n), tongue::de)...), fmt::format(fmt::runtime(en), audit::number_text(static_cast<std::uint64_t>(n), tongue::en)...)};
}

audited_duty processing_record(audit_report const& r) {
  std::set<std::string> purposes;
  for (auto const& n : r.notices)
    for (auto const& p : n.purposes) purposes.insert(std::string{p.text()});
  audited_duty d{"processing-record", "Art. 30 DSGVO", {"Verzeichnis der Verarbeitungstätigkeiten", "record of processing activities"}, {}, {}, duty_state::by_hand};
  std::string list;
  for (auto const& p : purposes) list += (list.empty() ? "" : ", ") + p;
  d.finding = purposes.empty() ? bilingual{"kein Hinweis veröffentlicht", "no notice published"}
                               : bilingual{"Zwecke: " + list + "; Empfänger, Daten und Fristen stehen in den Hinweisen", "purposes: " + list + "; recipients, data and periods are in the notices"};
  d.todo = {"Das Verzeichnis selbst führen; die Angaben hier gehören hinein.", "Keep the record yourself; what stands here belongs in it."};
  return d;
}

audited_duty processors(audit_report const& r) {
  std::set<std::string> names;
  for (auto const& x : r.recipients) names.insert(x.name);
  audited_duty d{"processor-contract", "Art. 28 DSGVO", {"Vertrag mit jedem Auftragsverarbeiter", "a contract with each processor"}, {}, {}, duty_state::by_hand};
  std::string list;
  for (auto const& n : names) list += (list.empty() ? "" : ", ") + n;
  d.finding = names.empty() ? bilingual{"die Hinweise nennen keine Empfänger", "the notices name no recipients"} : bilingual{"genannte Empfänger: " + list, "recipients named: " + list};
  d.todo = {"Für jeden prüfen, ob er Auftragsverarbeiter ist, und den Vertrag ablegen.", "For each, find out whether it is a processor, and file the contract."};
  return d;
}

audited_duty transfers(audit_report const& r) {
  std::uint64_t third = 0, bare = 0;
  for (auto const& x : r.recipients) {
    third += x.third_country;
    bare += x.third_country && x.safeguard.empty();
  }
  audited_duty d{"transfers", "Art. 44–49 DSGVO", {"Grundlage für jede Übermittlung in ein Drittland", "a basis for each transfer to a third country"}, {}, {}, duty_state::shown};
  d.finding = numbers("{} Empfänger in Drittländern, {} davon ohne genannte Garantie", "{} recipients in third countries, {} of them without a safeguard named", third, bare);
  if (bare != 0) { d.state = duty_state::gap; d.todo = {"Garantie klären und eine neue Fassung des Hinweises veröffentlichen.", "Settle the safeguard and publish a new version of the notice."}; }
  else if (third != 0) d.todo = {"Prüfen, ob die genannte Garantie noch gilt (Liste der zertifizierten Unternehmen, Standardvertragsklauseln).", "Check that the safeguard still holds (list of certified companies, standard contractual clauses)."};
  return d;
}

audited_duty information(audit_report const& r) {
  std::uint64_t gaps = 0;
  for (auto const& n : r.notices) gaps += !n.gaps.empty();
  audited_duty d{"information", "Art. 13 DSGVO", {"Vollständige Hinweise", "complete notices"}, numbers("{} Fassungen, {} mit Lücken", "{} versions, {} with gaps", r.notices.size(), gaps), {}, duty_state::shown};
  if (r.notices.empty() || gaps != 0) { d.state = duty_state::gap; d.todo = {"Siehe Abschnitt Hinweise; Einwilligungen aus lückenhaften Fassungen neu einholen.", "See the section on notices; get consents given under incomplete versions anew."}; }
  return d;
}

audited_duty proof(audit_report const& r) {
  auto const bare = r.found.unproven.count() + r.found.imported.count();
  audited_duty d{"proof", "Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO", {"Jede Einwilligung ist nachweisbar", "each consent can be proved"}, numbers("{} ohne ganzen Beleg, {} nur aus einer Liste", "{} without a whole proof, {} from a list alone", r.found.unproven.count(), r.found.imported.count()), {}, duty_state::shown};
  if (bare != 0) { d.state = duty_state::gap; d.todo = {"Nicht anschreiben; Belege nachtragen oder neu fragen.", "Do not write to them; record the evidence or ask anew."}; }
  return d;
}

audited_duty lawful_sends(audit_report const& r) {
  auto const& s = r.found.sends;
  auto const bad = s.now[2].count() + s.now[3].count();
  audited_duty d{"advertising", "§ 7 UWG, Art. 6, 7 Abs. 3, Art. 21 DSGVO", {"Keine Werbung ohne Einwilligung oder nach einer Abmeldung", "no advertising without consent or after a stop"},
                 numbers("{} von {} Sendungen nicht erlaubt, {} trotz eingetragener Abmeldung", "{} of {} sends not permitted, {} in spite of a stop entered", bad, s.all.count(), s.after_known_stop.count()), {}, duty_state::shown};
  if (bad + s.unjudged.count() != 0) { d.state = duty_state::gap; d.todo = {"Vor jedem Versand prüfen (`broadcast check`, Versandschleife); die genannten Fälle klären.", "Check before every send (`broadcast check`, the sending loop); look into the cases named."}; }
  return d;
}

audited_duty requests(audit_report const& r) {
  auto const overdue = count_of(r, request_state::overdue), late = count_of(r, request_state::answered_late), open = count_of(r, request_state::open);
  audited_duty d{"requests", "Art. 12 Abs. 3, 15, 17 DSGVO", {"Auskunft und Löschung binnen eines Monats", "access and erasure within one month"}, numbers("{} überfällig, {} zu spät beantwortet, {} offen in der Frist", "{} overdue, {} answered late, {} open in time", overdue, late, open), {}, duty_state::shown};
  if (overdue + late != 0) { d.state = duty_state::gap; d.todo = {"Überfällige sofort beantworten (`access`, `erase`).", "Answer the overdue ones at once (`access`, `erase`)."}; }
  return d;
}

audited_duty storage(audit_report const& r) {
  auto const due = r.found.retention_due.count() + r.found.pending_due.count();
  audited_duty d{"storage", "Art. 5 Abs. 1 lit. e, Art. 17 DSGVO", {"Nichts länger behalten als nötig", "keep nothing longer than needed"}, numbers("{} Personen und {} verfallene Anfragen sind fällig", "{} persons and {} lapsed requests are due", r.found.retention_due.count(), r.found.pending_due.count()), {}, duty_state::shown};
  if (due != 0) { d.state = duty_state::gap; d.todo = {"`jawort sweep --dry-run` ansehen, dann `jawort sweep`.", "Look at `jawort sweep --dry-run`, then `jawort sweep`."}; }
  return d;
}

audited_duty group_exposure(audit_report const& r) {
  std::uint64_t open = 0;
  for (auto const& g : r.groups) open += g.disclosures != 0;
  audited_duty d{"groups", "Art. 5 Abs. 1 lit. f, Art. 6, 32 DSGVO", {"Gruppen legen keine Nummern ohne Zustimmung offen", "groups disclose no numbers without agreement"}, numbers("{} Gruppen mit Mitgliedern, {} mit Offenlegungen", "{} groups with members, {} with disclosures", r.groups.size(), open), {}, duty_state::shown};
  if (open != 0) { d.state = duty_state::gap; d.todo = {"`jawort group check` zeigt die Auswege.", "`jawort group check` shows the ways out."}; }
  return d;
}

audited_duty security(audit_report const& r) {
  audited_duty d{"security", "Art. 32 DSGVO", {"Unversehrtheit und Vertraulichkeit", "integrity and confidentiality"}, numbers("{} Einträge unter einem unterschriebenen Prüfpunkt", "{} entries under a signed checkpoint", r.head.size), {"`jawort verify` laufen lassen, Prüfpunkte außer Haus aufbewahren, Sicherungen und Zugriffsrechte belegen.", "Run `jawort verify`, keep checkpoints outside the house, document backups and access rights."}, duty_state::by_hand};
  if (r.behind) { d.state = duty_state::gap; d.finding = {"das Hauptbuch ist älter als sein neuester Prüfpunkt", "the ledger is older than its newest checkpoint"}; }
  return d;
}
}  // namespace

std::vector<audited_duty> duties_of(audit_report const& r) {
  return {lawful_sends(r), proof(r), information(r), requests(r), storage(r), group_exposure(r), transfers(r), processors(r), processing_record(r), security(r)};
}

}  // namespace jawort
