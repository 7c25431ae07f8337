#include "write.hpp"

#include <fmt/format.h>

#include <set>

namespace jawort::audit {

cell writer::share(std::uint64_t part, std::uint64_t all) const {
  if (all == 0) return {"–", true, tone::plain, nullptr, {}, {}};
  std::uint64_t const tenths = part * 1000 / all;
  return {fmt::format("{}{}{} %", tenths / 10, lang == tongue::de ? "," : ".", tenths % 10), true, tone::plain, nullptr, {}, {}};
}

std::string writer::reasons_text(std::vector<reason> const& all) const {
  std::string out;
  for (reason const& r : all) {
    std::vector<sequence> entries(r.events.begin(), r.events.begin() + r.event_count);
    std::sort(entries.begin(), entries.end());
    out += (out.empty() ? "" : "; ") + std::string{name(r.code)};
    if (!entries.empty()) out += " [#" + ranges_text(entries, 4) + "]";
  }
  return out.empty() ? "–" : out;
}

axis axis_of(findings const& f) {
  axis a;
  if (!f.first) return a;
  period const& p = f.when;
  instant const from = std::max(p.from, std::min(*f.first, p.at()));
  int const first = p.bucket_of(from), last = p.last_bucket();
  bool const days = p.unit() == bucket_unit::day;
  int const n = last - first + 1;
  int const step = days ? 1 : n <= 36 ? 1 : n <= 120 ? 3 : 12;
  for (int b = first; b <= last; ++b) {
    if (!days && (b + 1) % step != 0 && b != last) continue;
    a.ends.push_back(b);
    std::string const day = day_text(p.begin_of(b));
    a.labels.push_back(days ? day.substr(5) : step == 1 ? day.substr(0, 7) : step == 3 ? fmt::format("{}-Q{}", day.substr(0, 4), b % 12 / 3 + 1) : day.substr(0, 4));
  }
  return a;
}

namespace {

std::int64_t at_bucket(std::map<int, std::int64_t> const& changes, int bucket) {
  std::int64_t n = 0;
  for (auto const& [b, change] : changes)
    if (b <= bucket) n += change;
  return n;
}

/// How many consents stood at each label, one line for each name that `name_of` gives; an empty name is left out.
chart stock_chart(findings const& f, std::string title, std::string what, auto&& name_of) {
  axis const a = axis_of(f);
  chart c{std::move(title), std::move(what), a.labels, {}, true, false};
  for (auto const& [key, changes] : f.changes) {
    std::string const name = name_of(key);
    if (name.empty()) continue;
    auto at = std::find_if(c.series.begin(), c.series.end(), [&](auto const& s) { return s.name == name; });
    if (at == c.series.end()) at = c.series.insert(at, {name, std::vector<std::int64_t>(a.ends.size())});
    for (std::size_t i = 0; i < a.ends.size(); ++i) at->values[i] += at_bucket(changes, a.ends[i]);
  }
  std::erase_if(c.series, [](auto const& s) { return std::all_of(s.values.begin(), s.values.end(), [](std::int64_t v) { return v == 0; }); });
  return c;
}

bool stands(consent_status s) { return s == consent_status::given || s == consent_status::renewed; }

/// By status: what stands below, then what waits, then what has ended.
chart status_chart(writer& w) {
  chart c = stock_chart(w.found, w.say("Stand über die Zeit", "Status over time"), w.say("Einwilligungen nach ihrem Stand, jeweils am Ende des Abschnitts.", "Consents by status, each at the end of the stretch of time."), [&](consent_key const& k) { return w.name_of(k.status); });
  constexpr std::array order{consent_status::given, consent_status::renewed, consent_status::requested, consent_status::unknown, consent_status::withdrawn, consent_status::expired, consent_status::refused, consent_status::revoked, consent_status::invalidated};
  auto const place = [&](chart::line const& l) { return std::find_if(order.begin(), order.end(), [&](consent_status s) { return w.name_of(s) == l.name; }); };
  std::sort(c.series.begin(), c.series.end(), [&](auto const& a, auto const& b) { return place(a) < place(b); });
  return c;
}

/// The greatest lines by themselves, the others together.
void gather_small(chart& c, std::size_t most, std::string const& rest) {
  std::stable_sort(c.series.begin(), c.series.end(), [](auto const& x, auto const& y) { return x.values.back() > y.values.back(); });
  if (c.series.size() <= most) return;
  chart::line others{rest, std::vector<std::int64_t>(c.labels.size())};
  for (std::size_t k = most - 1; k < c.series.size(); ++k)
    for (std::size_t i = 0; i < others.values.size(); ++i) others.values[i] += c.series[k].values[i];
  c.series.resize(most - 1);
  c.series.push_back(std::move(others));
}

/// Rows by `row_of`, columns by status.
table by_status(writer& w, std::string caption, std::string first, auto&& row_of) {
  std::set<consent_status> statuses;
  std::map<std::string, std::map<consent_status, std::vector<figure const*>>> rows;
  for (auto const& [key, f] : w.found.consents) {
    statuses.insert(key.status);
    rows[row_of(key)][key.status].push_back(&f);
  }
  table t{std::move(caption), {std::move(first)}, {}};
  for (auto const s : statuses) t.head.push_back(w.name_of(s));
  t.head.push_back(w.say("zusammen", "total"));
  for (auto const& [name, cells] : rows) {
    std::vector<cell> row{w.text(name)};
    std::vector<figure const*> all;
    for (auto const s : statuses) {
      auto const at = cells.find(s);
      if (at == cells.end()) { row.push_back(w.plain_count(0)); continue; }
      all.insert(all.end(), at->second.begin(), at->second.end());
      row.push_back(w.count(w.sum_of(at->second), name + ": " + w.name_of(s)));
    }
    row.push_back(w.count(w.sum_of(all), name));
    t.rows.push_back(std::move(row));
  }
  return t;
}

table standing_table(writer& w) {
  constexpr std::array outcomes{outcome::permit, outcome::warn, outcome::hold, outcome::deny};
  table t{w.say("Wer darf am Ende des Zeitraums angeschrieben werden? Ruhezeiten bleiben außer Betracht.", "Who may be written to at the end of the period? Quiet hours are left out of account."),
          {w.say("Kanal · Zweck", "Channel · purpose")}, {}};
  for (auto const o : outcomes) t.head.push_back(w.name_of(o));
  std::map<std::string, std::array<std::vector<figure const*>, 4>> rows;
  for (auto const& [scope, s] : w.found.standing)
    for (std::size_t o = 0; o < outcomes.size(); ++o) rows[w.row_text(scope)][o].push_back(&s.by_outcome[o]);
  for (auto const& [name, figures] : rows) {
    std::vector<cell> row{w.text(name)};
    for (std::size_t o = 0; o < outcomes.size(); ++o) row.push_back(w.count(w.sum_of(figures[o]), name + ": " + w.name_of(outcomes[o])));
    t.rows.push_back(std::move(row));
  }
  return t;
}

table reasons_table(writer& w, std::string caption, std::map<reason_code, figure> const& reasons, std::string const& what) {
  table t{std::move(caption), {w.say("Grund", "Reason"), w.say("Bedeutung", "Meaning"), w.say("Anzahl", "Number")}, {}};
  for (auto const& [code, f] : reasons)
    t.rows.push_back({w.text(std::string{name(code)}), w.text(std::string{rule_of(code).text(w.lang)}), w.count(f, what + ": " + std::string{name(code)})});
  return t;
}

void add_chart(section& s, chart c) {
  if (!c.series.empty() && !c.labels.empty()) s.blocks.emplace_back(std::move(c));
}

chart flow_chart(writer& w, std::string title, std::string what, std::vector<std::pair<flow, std::string>> const& lines, bool stacked) {
  axis const a = axis_of(w.found);
  chart c{std::move(title), std::move(what), a.labels, {}, stacked, false};
  for (auto const& [f, name] : lines) {
    chart::line line{name, std::vector<std::int64_t>(a.ends.size())};
    for (auto const& [bucket, counts] : w.found.flows) {
      auto const at = std::lower_bound(a.ends.begin(), a.ends.end(), bucket);
      if (at != a.ends.end()) line.values[static_cast<std::size_t>(at - a.ends.begin())] += static_cast<std::int64_t>(counts[static_cast<std::size_t>(f)]);
    }
    if (std::any_of(line.values.begin(), line.values.end(), [](std::int64_t v) { return v != 0; })) c.series.push_back(std::move(line));
  }
  return c;
}

}  // namespace

section consents(writer& w) {
  section s{"consents", w.say("Einwilligungen", "Consents"), {}};
  s.blocks.emplace_back(words{w.say("Gezählt wird je Person, Kanal und Zweck; verbundene Adressen sind eine Person. Stand ist das Ende des Zeitraums. „Unbekannt“ heißt: nur aus einer Liste, oder ohne ganzen Beleg.",
                                    "Counted for each person, channel and purpose; linked addresses are one person. As of the end of the period. “Unknown” means: from a list alone, or without a whole proof."), tone::plain, false});
  if (w.found.consents.empty()) {
    s.blocks.emplace_back(words{w.say("Keine.", "None."), tone::plain, false});
    return s;
  }
  s.blocks.emplace_back(by_status(w, w.say("Stand nach Kanal und Zweck", "Status by channel and purpose"), w.say("Kanal · Zweck", "Channel · purpose"), [&](consent_key const& k) { return w.row_text(k.scope); }));
  s.blocks.emplace_back(by_status(w, w.say("Stand nach dem Weg, auf dem sie kamen", "Status by the way in"), w.say("Weg", "Way in"), [&](consent_key const& k) { return w.name_of(k.way); }));
  add_chart(s, status_chart(w));
  auto scopes = stock_chart(w.found, w.say("Bestehende Einwilligungen nach Kanal und Zweck", "Standing consents by channel and purpose"),
                            w.say("Eingewilligte und erneuerte.", "Given and renewed ones."), [&](consent_key const& k) { return stands(k.status) ? w.row_text(k.scope) : std::string{}; });
  if (!scopes.series.empty()) gather_small(scopes, 6, w.say("übrige", "others"));
  add_chart(s, std::move(scopes));
  add_chart(s, stock_chart(w.found, w.say("Bestehende Einwilligungen nach dem Weg", "Standing consents by way in"), w.say("Eingewilligte und erneuerte.", "Given and renewed ones."),
                           [&](consent_key const& k) { return stands(k.status) ? w.name_of(k.way) : std::string{}; }));
  add_chart(s, flow_chart(w, w.say("Zusagen und Abmeldungen", "Yeses and stops"), w.say("Wie viele im Zeitabschnitt eintrafen.", "How many came in each stretch of time."),
                          {{flow::yes, w.say("Zusagen", "yeses")}, {flow::stop, w.say("Abmeldungen und Sperren", "stops and bars")}}, false));
  s.blocks.emplace_back(standing_table(w));
  std::map<reason_code, figure> reasons;
  for (auto const& [scope, at_end] : w.found.standing)
    for (auto const& [code, f] : at_end.reasons) reasons[code].add(f, 200);
  table t = reasons_table(w, w.say("Was dem Anschreiben entgegensteht oder zur Vorsicht rät", "What stands against writing, or asks for care"), {}, {});
  for (auto& [code, f] : reasons)
    t.rows.push_back({w.text(std::string{name(code)}), w.text(std::string{rule_of(code).text(w.lang)}), w.count(*w.doc.sum(std::move(f)), w.say("Stand", "standing") + ": " + std::string{name(code)})});
  if (!t.rows.empty()) s.blocks.emplace_back(std::move(t));
  return s;
}

section double_opt_in_section(writer& w) {
  auto const& f = w.found.double_opt_in;
  section s{"double-opt-in", w.say("Anfrage und Bestätigung (Double-Opt-in)", "Double opt-in"), {}};
  if (f.requested.count() == 0) {
    s.blocks.emplace_back(words{w.say("Keine Anfragen im Zeitraum.", "No requests in the period."), tone::plain, false});
    return s;
  }
  table t{w.say("Was aus den Anfragen des Zeitraums wurde", "What became of the requests of the period"), {w.say("Schritt", "Step"), w.say("Anzahl", "Number"), w.say("Anteil", "Share")}, {}};
  chart c{w.say("Von der Anfrage zur Bestätigung", "From request to confirmation"), w.say("Wie viele Anfragen jeden Schritt erreichten.", "How many requests reached each step."), {}, {{w.say("Anfragen", "requests"), {}}}, false, true};
  auto const row = [&](char const* de, char const* en, figure const& n, tone how = tone::plain) {
    t.rows.push_back({w.text(w.say(de, en)), w.count(n, w.say("Double-Opt-in", "double opt-in") + ": " + w.say(de, en), how), w.share(n.count(), f.requested.count())});
    if (n.count() == 0) return;
    c.labels.push_back(w.say(de, en));
    c.series[0].values.push_back(static_cast<std::int64_t>(n.count()));
  };
  row("angefragt", "requested", f.requested);
  row("Bestätigung versandt", "confirmation sent", f.sent);
  row("bestätigt", "confirmed", f.confirmed);
  row("verfallen", "expired", f.expired);
  row("bestritten", "disputed", f.disputed, tone::bad);
  row("vorher abgemeldet", "stopped before", f.stopped);
  row("gelöscht", "erased", f.erased);
  row("noch offen", "still open", f.open);
  std::erase_if(t.rows, [](auto const& r) { return r[1].text == "0" && r[1].behind == nullptr; });
  s.blocks.emplace_back(std::move(t));
  add_chart(s, std::move(c));
  if (auto const m = f.to_confirm.median())
    s.blocks.emplace_back(words{w.say("Von der Anfrage bis zur Bestätigung vergingen im Median ", "From request to confirmation the median time was ") + length_text(*m, w.lang) +
                                    w.say(", bei neun von zehn höchstens ", ", for nine in ten at most ") + length_text(*f.to_confirm.within(0.9), w.lang) + ".", tone::plain, false});
  return s;
}

section stops(writer& w) {
  section s{"stops", w.say("Abmeldungen und Sperren", "Stops and bars"), {}};
  table t{w.say("Wie schnell sie ins Hauptbuch kamen: von der Erklärung bis zum Eintrag", "How soon they were in the ledger: from the stop to its entry"),
          {w.say("Art", "Kind"), w.say("Anzahl", "Number"), "Median", w.say("95 % binnen", "95% within"), w.say("längste", "longest")}, {}};
  for (auto const& [kind, k] : w.found.stops)
    t.rows.push_back({w.text(w.name_of(kind)), w.count(k.all, w.name_of(kind)), w.length(k.delay.median()), w.length(k.delay.within(0.95)), w.length(k.delay.longest())});
  if (t.rows.empty()) s.blocks.emplace_back(words{w.say("Keine im Zeitraum.", "None in the period."), tone::plain, false});
  else s.blocks.emplace_back(std::move(t));
  table after{w.say("Sendungen trotz Abmeldung oder Sperre", "Sends in spite of a stop or bar"), {w.say("Wissen beim Senden", "Known when sent"), w.say("Anzahl", "Number")}, {}};
  after.rows.push_back({w.text(w.say("stand beim Senden schon im Hauptbuch", "was in the ledger already")), w.count(w.found.sends.after_known_stop, w.say("Sendungen nach bekannter Abmeldung", "sends after a known stop"), tone::bad)});
  after.rows.push_back({w.text(w.say("wurde erst später eingetragen", "was entered later")), w.count(w.found.sends.after_unknown_stop, w.say("Sendungen nach einer Abmeldung, die später eingetragen wurde", "sends after a stop that was entered later"), tone::careful)});
  s.blocks.emplace_back(std::move(after));
  return s;
}

namespace {
table matrix(writer& w) {
  auto const& s = w.found.sends;
  table t{w.say("Damals und heute", "Then and now"), {w.say("Nach dem Wissen beim Senden", "By what was known when sent"), w.say("heute: erlaubt", "now: permitted"), w.say("heute: nicht erlaubt", "now: not permitted")}, {}};
  std::string const sends = w.say("Sendungen", "sends");
  t.rows.push_back({w.text(w.say("erlaubt", "permitted")), w.count(s.in_time[1][1], sends + w.say(": damals und heute erlaubt", ": permitted then and now"), tone::good), w.count(s.in_time[1][0], sends + w.say(": damals erlaubt, heute nicht", ": permitted then, not now"), tone::careful)});
  t.rows.push_back({w.text(w.say("nicht erlaubt", "not permitted")), w.count(s.in_time[0][1], sends + w.say(": damals nicht erlaubt, heute schon", ": not permitted then, but now"), tone::careful), w.count(s.in_time[0][0], sends + w.say(": damals und heute nicht erlaubt", ": permitted neither then nor now"), tone::bad)});
  t.rows.push_back({w.text(w.say("Sendung erst mehr als einen Tag später eingetragen", "send entered more than a day later")), w.count(s.entered_later[1], sends + w.say(": später eingetragen, heute erlaubt", ": entered later, permitted now")), w.count(s.entered_later[0], sends + w.say(": später eingetragen, heute nicht erlaubt", ": entered later, not permitted now"), tone::bad)});
  return t;
}

table unlawful_table(writer& w) {
  auto const& s = w.found.sends;
  table t{w.say("Nicht erlaubte Sendungen, die neuesten zuerst", "Sends that were not permitted, the newest first"),
          {w.say("Eintrag", "Entry"), w.say("gesendet", "sent"), w.say("Kanal · Zweck", "Channel · purpose"), w.say("nach damaligem Wissen", "as recorded then"), w.say("nach heutigem Wissen", "as known now")}, {}};
  for (unlawful_send const& u : s.newest) {
    auto const side = [&](side_of_send const& x) { return x.what >= outcome::hold ? w.name_of(x.what) + ": " + w.reasons_text(x.reasons) : w.name_of(x.what); };
    auto const how = [](side_of_send const& x) { return x.what >= outcome::hold ? tone::bad : tone::good; };
    t.rows.push_back({w.text("#" + std::to_string(u.seq)), w.text(time_text(u.occurred_at)), w.text(w.scope_text(u.scope)),
                      u.recorded_later ? w.text(w.say("später eingetragen", "entered later")) : w.text(side(u.then), how(u.then)), w.text(side(u.now), how(u.now))});
  }
  return t;
}
}  // namespace

section sends(writer& w) {
  auto const& s = w.found.sends;
  section out{"sends", w.say("Sendungen", "Sends"), {}};
  if (s.all.count() == 0) {
    out.blocks.emplace_back(words{w.say("Keine im Zeitraum.", "None in the period."), tone::plain, false});
    return out;
  }
  table t{w.say("Sendungen des Zeitraums, beurteilt nach heutigem Wissen", "Sends of the period, judged as known now"), {w.say("Ergebnis", "Outcome"), w.say("Anzahl", "Number"), w.say("Anteil", "Share")}, {}};
  for (auto const o : {outcome::permit, outcome::warn, outcome::hold, outcome::deny}) {
    figure const& f = s.now[static_cast<std::size_t>(o)];
    t.rows.push_back({w.text(w.name_of(o)), w.count(f, w.say("Sendungen", "sends") + ": " + w.name_of(o), o >= outcome::hold ? tone::bad : tone::plain), w.share(f.count(), s.all.count())});
  }
  t.rows.push_back({w.text(w.say("nicht zu beurteilen: ohne Kanal oder Zweck", "not judged: no channel or purpose")), w.count(s.unjudged, w.say("Sendungen ohne Kanal oder Zweck", "sends without channel or purpose"), tone::careful), w.share(s.unjudged.count(), s.all.count())});
  t.rows.push_back({w.text(w.say("zusammen", "total")), w.count(s.all, w.say("Sendungen", "sends")), w.share(s.all.count(), s.all.count())});
  out.blocks.emplace_back(std::move(t));
  out.blocks.emplace_back(matrix(w));
  add_chart(out, flow_chart(w, w.say("Sendungen über die Zeit", "Sends over time"), w.say("Nach heutigem Wissen.", "As known now."),
                            {{flow::send_permitted, w.say("erlaubt", "permitted")}, {flow::send_unlawful, w.say("nicht erlaubt", "not permitted")}}, true));
  if (!s.reasons_now.empty()) out.blocks.emplace_back(reasons_table(w, w.say("Warum nicht, nach heutigem Wissen", "Why not, as known now"), s.reasons_now, w.say("Sendungen, heute", "sends, now")));
  if (!s.reasons_then.empty()) out.blocks.emplace_back(reasons_table(w, w.say("Warum nicht, nach damaligem Wissen", "Why not, as recorded then"), s.reasons_then, w.say("Sendungen, damals", "sends, then")));
  if (s.newest.empty()) return out;
  out.blocks.emplace_back(unlawful_table(w));
  if (s.listed > s.newest.size())
    out.blocks.emplace_back(words{fmt::format(fmt::runtime(w.say("… und {} weitere; vollständig in der JSON-Ausgabe.", "… and {} more; all of them are in the JSON output.")), number_text(s.listed - s.newest.size(), w.lang)), tone::careful, false});
  return out;
}

section stale(writer& w) {
  section s{"stale", w.say("Alternde Einwilligungen", "Consents growing stale"), {}};
  table t{w.say("Nach der Regel über lange nicht genutzte Einwilligungen (Schwellen: Richtlinie), wenn nichts geschieht", "By the rule on consents long unused (thresholds: policy), if nothing happens"),
          {w.say("Folge", "Consequence"), w.say("schon jetzt", "already"), w.say("in den nächsten 90 Tagen", "within 90 days")}, {}};
  for (auto const o : {outcome::warn, outcome::hold, outcome::deny}) {
    auto const i = static_cast<std::size_t>(o);
    t.rows.push_back({w.text(w.name_of(o)), w.count(w.found.stale.is[i], w.say("schon alt", "stale already") + ": " + w.name_of(o)), w.count(w.found.stale.becomes[i], w.say("wird in 90 Tagen alt", "stale within 90 days") + ": " + w.name_of(o), tone::careful)});
  }
  s.blocks.emplace_back(std::move(t));
  return s;
}

section proofs(writer& w) {
  section s{"proofs", w.say("Einwilligungen ohne ganzen Beleg", "Consents without a whole proof"), {}};
  table t{w.say("Am Ende des Zeitraums", "At the end of the period"), {w.say("Was fehlt", "What is missing"), w.say("Anzahl", "Number")}, {}};
  t.rows.push_back({w.text(w.say("Zusage da, Beleg unvollständig (demonstrable)", "a yes, but its proof is not whole (demonstrable)")), w.count(w.found.unproven, w.say("Beleg unvollständig", "proof not whole"), tone::bad)});
  t.rows.push_back({w.text(w.say("nur aus einer Liste, kein Beleg (imported-unproven)", "from a list alone, no evidence (imported-unproven)")), w.count(w.found.imported, w.say("nur aus einer Liste", "from a list alone"), tone::careful)});
  s.blocks.emplace_back(std::move(t));
  return s;
}

document write_document(audit_report const& report, tongue lang) {
  document d;
  writer w{report, lang, d};
  d.title = w.say("Prüfbericht", "Audit report") + std::string{" – "} + inert_text(report.controller);
  auto const& p = report.found.when;
  std::string const from = p.from > instant::earliest() ? time_text(p.from) : report.found.first ? w.say("Beginn (", "the beginning (") + day_text(*report.found.first) + ")" : w.say("Beginn", "the beginning");
  d.subtitle = w.say("Zeitraum: ", "Period: ") + from + w.say(" bis ", " to ") + time_text(p.at());
  if (p.as_recorded < instant::latest()) d.subtitle += w.say(" · Wissensstand: ", " · as recorded: ") + time_text(p.as_recorded);
  d.subtitle += w.say(" · erstellt ", " · made ") + time_text(report.made_at);
  for (auto* const part : {summary, ledger_state, consents, double_opt_in_section, stops, sends, stale, proofs, notices, rights, retention, groups, duties, limits})
    d.sections.push_back(part(w));
  return d;
}

}  // namespace jawort::audit
