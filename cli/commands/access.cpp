// access: everything about one person, for the person.
#include "jawort/ledger/access.hpp"

#include <fmt/format.h>

#include <iostream>
#include <map>

#include "document.hpp"
#include "jawort/ledger/digest.hpp"
#include "jawort/ledger/normalise.hpp"
#include "person_words.hpp"
#include "render.hpp"
#include "safe_file.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

/// The pages are written in the person's language, whatever the terminal speaks.
struct page {
  access_report const& r;
  ledger const& book;
  tongue lang;
  document d;

  [[nodiscard]] std::string say(bilingual const& t) const { return lang == tongue::de ? t.de : t.en; }
  [[nodiscard]] std::string say(char const* de, char const* en) const { return lang == tongue::de ? de : en; }
};

std::string joined(auto const& all, auto&& text) {
  std::string out;
  for (auto const& x : all) out += (out.empty() ? "" : ", ") + std::string{text(x)};
  return out;
}
std::string joined(std::vector<std::string> const& all) {
  return joined(all, [](std::string const& s) { return s; });
}

void who_we_are(page& p) {
  document::fact const name{p.say("Verantwortlich", "controller"), p.book.controller()};
  std::vector<document::fact> facts{name};
  if (!p.r.notices.empty()) {
    notice const& n = p.book.published()[p.r.notices.back() - 1].words;
    facts.push_back({p.say("Anschrift", "address"), n.controller_address});
    facts.push_back({p.say("Erreichbar", "contact"), n.controller_contact});
    facts.push_back({p.say("Datenschutzbeauftragte Person", "data protection officer"), n.data_protection_officer});
  }
  facts.push_back({p.say("Stand", "as of"), readable(p.r.at)});
  facts.push_back({p.say("Ihre Adressen bei uns", "your addresses with us"), joined(p.r.addresses, [](address const& a) { return a.text(); })});
  p.d.facts(std::move(facts));
}

void standing(page& p) {
  if (p.r.standing.empty() && !p.r.restricted) return;
  p.d.heading(p.say("Was heute gilt", "What holds today"));
  if (p.r.restricted) p.d.paragraph(p.say("Die Verarbeitung Ihrer Daten ist auf Ihr Verlangen eingeschränkt (Art. 18 DSGVO).", "The processing of your data is restricted at your request (Art. 18 GDPR)."));
  document::table t{{p.say("Kanal", "channel"), p.say("Zweck", "purpose"), p.say("Stand", "status"), p.say("Folge", "consequence")}, {}};
  for (auto const& s : p.r.standing)
    t.rows.push_back({p.say(channel_words(s.on)), p.say(purpose_words(s.about)), p.say(status_words(s.said.status)),
                      s.said.may_send() ? p.say("wir dürfen Ihnen schreiben", "we may write to you") : p.say("wir schreiben Ihnen nicht", "we do not write to you")});
  p.d.rows(std::move(t));
}

std::string details(page const& p, event const& e) {
  std::vector<std::string> lines;
  if (auto const said = e.proof.get("text"); !said.empty()) lines.push_back(p.say("„", "“") + std::string{said} + p.say("“", "”"));
  for (auto const& [k, v] : e.proof.entries())
    if (k != "text") lines.push_back(k + ": " + v);
  if (!e.via.empty()) lines.push_back(p.say("auf dem Weg: ", "by way of: ") + e.via);
  if (e.other) lines.push_back(p.say("andere Adresse: ", "other address: ") + e.other->text());
  std::string out;
  for (auto const& l : lines) out += (out.empty() ? "" : "\n") + l;
  return out;
}

std::string day_and_time(instant t) { return readable(t).substr(0, 16); }

void entries(page& p, std::vector<event> const& all) {
  document::table t{{p.say("Wann (UTC)", "when (UTC)"), p.say("Was", "what"), p.say("Worte und Belege", "words and evidence"), p.say("Herkunft", "source")}, {}, {17, 27, 36, 20}};
  for (event const& e : all) {
    std::string what = p.say(kind_words(e.kind));
    if (e.on || e.about) what += "\n" + (e.on ? p.say(channel_words(*e.on)) : "") + (e.on && e.about ? ", " : "") + (e.about ? p.say(purpose_words(*e.about)) : "");
    what += "\n" + e.who->text();
    std::string when = day_and_time(e.occurred_at);
    if (e.recorded_at - e.occurred_at > std::chrono::minutes{5}) when += p.say("\neingetragen ", "\nrecorded ") + day_and_time(e.recorded_at);
    std::string words = details(p, e);
    if (e.notice != 0 && e.notice <= p.book.published().size()) words += (words.empty() ? "" : "\n") + p.say("gezeigt: ", "shown: ") + p.book.published()[e.notice - 1].words.reference();
    t.rows.push_back({when, what, words, p.say(source_words(e.source))});
  }
  p.d.rows(std::move(t));
}

void history_of(page& p) {
  if (!p.r.events.empty()) {
    p.d.heading(p.say("Jeder Eintrag", "Every entry"));
    entries(p, p.r.events);
  }
  for (auto const& box : p.r.sealed) {
    p.d.heading(p.say("Versiegelter Nachweis", "Sealed proof"));
    p.d.paragraph(p.say("Diese Einträge sind gelöscht. Was ein Gericht bräuchte, bleibt versiegelt bis zum ", "These entries are erased. What a court would need stays sealed until ") + last_day(box.until) +
                  p.say(" und ist nur zu öffnen, wenn Ihre Adresse vorgelegt wird (Art. 17 Abs. 3 lit. b, e DSGVO). Darin steht:", " and opens only when your address is presented (Art. 17(3)(b), (e) GDPR). It holds:"));
    std::vector<event> all;
    for (auto const& [e, ignored] : box.events) all.push_back(e);
    entries(p, all);
  }
}

void purposes_and_recipients(page& p) {
  if (p.r.notices.empty()) return;
  p.d.heading(p.say("Wofür, wer die Daten erhält, wie lange", "What for, who receives the data, how long"));
  document::table to{{p.say("Empfänger", "recipient"), p.say("Land", "country"), p.say("Drittland", "third country"), p.say("Grundlage der Übermittlung", "safeguard")}, {}};
  for (notice_number const n : p.r.notices) {
    notice const& w = p.book.published()[n - 1].words;
    p.d.facts({{p.say("Hinweis", "notice"), w.reference()},
               {p.say("Zwecke", "purposes"), joined(w.purposes, [](purpose const& x) { return x.text(); })},
               {p.say("Inhalt", "content"), joined(w.products)},
               {p.say("Rechtsgrundlage", "legal basis"), p.say("Ihre Einwilligung (Art. 6 Abs. 1 lit. a DSGVO)", "your consent (Art. 6(1)(a) GDPR)")},
               {p.say("Daten", "data"), joined(w.data_categories)},
               {p.say("Speicherdauer", "retention"), w.retention},
               {p.say("Datenschutzerklärung", "privacy notice"), w.privacy_url}});
    for (auto const& r : w.recipients) {
      std::vector<std::string> row{r.name, r.country, detail::third_country(r.country) ? p.say("ja", "yes") : p.say("nein", "no"), r.safeguard};
      if (std::find(to.rows.begin(), to.rows.end(), row) == to.rows.end()) to.rows.push_back(std::move(row));
    }
  }
  p.d.rows(std::move(to));
}

void where_from(page& p) {
  std::map<std::string, std::size_t> sources;
  for (event const& e : p.r.events)
    if (!e.source.empty()) ++sources[p.say(source_words(e.source))];
  if (sources.empty()) return;
  p.d.heading(p.say("Woher die Daten stammen", "Where the data come from"));
  document::table t{{p.say("Herkunft", "source"), p.say("Einträge", "entries")}, {}};
  for (auto const& [s, n] : sources) t.rows.push_back({s, std::to_string(n)});
  p.d.rows(std::move(t));
}

void how_long(page& p) {
  p.d.heading(p.say("Löschung und Ihre Anfragen", "Erasure and your requests"));
  std::vector<document::fact> facts;
  if (p.r.kept_until) facts.push_back({p.say("gespeichert bis", "stored until"), last_day(*p.r.kept_until) + p.say(" (längstens, ohne neuen Eintrag: §§ 195, 199 BGB, § 31 OWiG, § 41 BDSG)", " (at the longest, without a new entry: §§ 195, 199 BGB, § 31 OWiG, § 41 BDSG)")});
  for (auto const& t : p.r.erased) facts.push_back({p.say("gelöscht am", "erased on"), readable(t)});
  p.d.facts(std::move(facts));
  document::table t{{p.say("Anfrage", "request"), p.say("eingegangen", "received"), p.say("zu beantworten bis", "to be answered by"), p.say("beantwortet", "answered")}, {}};
  for (auto const& q : p.r.requests) t.rows.push_back({p.say(kind_words(q.kind)), readable(q.requested), readable(q.due), q.answered ? readable(*q.answered) : p.say("noch offen", "still open")});
  p.d.rows(std::move(t));
}

void rights(page& p) {
  p.d.heading(p.say("Ihre Rechte", "Your rights"));
  p.d.paragraph(p.say("Sie können von uns verlangen: Auskunft (Art. 15 DSGVO), Berichtigung (Art. 16), Löschung (Art. 17), Einschränkung der Verarbeitung (Art. 18) und Ihre Daten in maschinenlesbarer Form (Art. 20). Der Werbung können Sie jederzeit widersprechen (Art. 21), "
                      "eine Einwilligung jederzeit für die Zukunft widerrufen (Art. 7 Abs. 3). Sie können sich bei einer Aufsichtsbehörde beschweren (Art. 77). Über Sie wird nicht automatisiert im Sinn von Art. 22 entschieden: geprüft wird nur, ob wir Ihnen schreiben dürfen.",
                      "You can ask us for access (Art. 15 GDPR), rectification (Art. 16), erasure (Art. 17), restriction of processing (Art. 18) and your data in machine-readable form (Art. 20). You can object to advertising at any time (Art. 21) and withdraw a consent at any time for the future (Art. 7(3)). "
                      "You can lodge a complaint with a supervisory authority (Art. 77). No automated decisions within the meaning of Art. 22 are made about you: all that is checked is whether we may write to you."));
  if (p.r.notices.empty()) return;
  notice const& n = p.book.published()[p.r.notices.back() - 1].words;
  p.d.facts({{p.say("Aufsichtsbehörde", "supervisory authority"), n.rights_authority}, {p.say("Abmelden", "how to stop"), n.stop_text}});
}

void words_shown(page& p) {
  for (notice_number const k : p.r.notices) {
    auto const& n = p.book.published()[k - 1];
    p.d.heading(p.say("Was Ihnen gezeigt wurde: ", "What you were shown: ") + n.words.reference());
    p.d.facts({{p.say("veröffentlicht", "published"), readable(n.words.published_at)}, {p.say("Sprache", "language"), n.words.language}, {"SHA-256", n.digest_hex}});
    p.d.quote(n.words.text);
    if (n.words.confirmation.empty()) continue;
    p.d.paragraph(p.say("Bitte um Bestätigung:", "Request to confirm:"));
    p.d.quote(n.words.confirmation);
  }
}

document page_of(access_report const& r, ledger const& book, tongue lang) {
  page p{r, book, lang, {}};
  p.d.language = lang == tongue::de ? "de" : "en";
  p.d.title = p.say("Auskunft über Ihre Daten", "Your data with us");
  who_we_are(p);
  if (r.knows_nothing()) p.d.paragraph(p.say("Zu dieser Adresse ist bei uns nichts gespeichert.", "We store nothing about this address."));
  else if (!r.kept_until && r.sealed.empty()) p.d.paragraph(p.say("Ihre Daten sind gelöscht. Geblieben ist ein Schlüsselwert Ihrer Adresse, der verhindert, dass Sie durch eine alte Liste wieder aufgenommen werden.", "Your data are erased. What has stayed is a keyed value of your address, which keeps you from being taken in again by an old list."));
  standing(p);
  history_of(p);
  where_from(p);
  purposes_and_recipients(p);
  if (!r.knows_nothing()) how_long(p);
  rights(p);
  words_shown(p);
  return std::move(p.d);
}

json access_json(access_report const& r, ledger const& book) {
  json addresses = json::array(), events = json::array(), standing = json::array(), notices = json::array(), requests = json::array(), erased = json::array(), sealed = json::array();
  for (auto const& a : r.addresses) addresses.push_back(a.text());
  for (event const& e : r.events) events.push_back(event_json(book, e, false));
  for (auto const& s : r.standing)
    standing.push_back({{"channel", name(s.on)}, {"purpose", s.about.text()}, {"status", name(s.said.status)}, {"decision", name(s.said.what)}, {"reasons", codes_json(s.said.reasons)}});
  for (auto const n : r.notices) notices.push_back(words_json(book.published()[n - 1]));
  for (auto const& q : r.requests)
    requests.push_back({{"request", name(q.kind)}, {"seq", q.seq}, {"requested_at", to_string(q.requested)}, {"answer_due", to_string(q.due)}, {"answered_at", q.answered ? json(to_string(*q.answered)) : json(nullptr)}});
  for (auto const& t : r.erased) erased.push_back(to_string(t));
  for (auto const& box : r.sealed) {
    json inside = json::array();
    for (auto const& [e, intact] : box.events) {
      inside.push_back(event_json(book, e, false));
      inside.back()["intact"] = intact;
    }
    sealed.push_back({{"until", last_day(box.until)}, {"erased_by", box.erased_by}, {"events", inside}});
  }
  return {{"subject", addresses.empty() ? json(nullptr) : addresses.front()}, {"at", to_string(r.at)}, {"controller", book.controller()}, {"origin", book.origin()}, {"addresses", addresses},
          {"restricted", r.restricted.has_value()}, {"standing", standing}, {"events", events}, {"notices", notices}, {"requests", requests},
          {"kept_until", r.kept_until ? json(last_day(*r.kept_until)) : json(nullptr)}, {"erased", erased}, {"sealed", sealed}};
}

/// The language of what the person was shown last; the terminal's where nothing was.
tongue language_for(context const& c, access_report const& r, ledger const& book) {
  if (c.global.lang_given || r.notices.empty()) return c.global.lang;
  auto const& said = book.published()[r.notices.back() - 1].words.language;
  return said.starts_with("de") || said.empty() ? tongue::de : tongue::en;
}

std::string rendered(context const& c, std::string const& format, access_report const& r, ledger const& book) {
  if (format == "json") {
    auto j = access_json(r, book);
    if (book.test_clock()) j["test_clock"] = true;
    return j.dump(-1, ' ', false, json::error_handler_t::replace) + "\n";
  }
  auto const d = page_of(r, book, language_for(c, r, book));
  return format == "html" ? to_html(d) : to_text(d);
}

int access_person(context& c) {
  std::string const format = c.args.get("format").value_or(c.global.json ? "json" : "text");
  if (format != "json" && format != "html" && format != "text") return report(c, {failure::malformed, {"--format ist json, html oder text", "--format is json, html or text"}, {}}, usage);
  auto requested = time_option(c, "requested");
  if (!requested) return report(c, requested.error(), usage);
  instant const now = now_of(c);
  if (*requested && **requested > now + std::chrono::minutes{5}) return report(c, {failure::malformed, {"--requested liegt in der Zukunft", "--requested lies in the future"}, {}}, usage);
  bool const answered = c.args.has("answered");
  int status = done;
  auto book = open_ledger(c, status, *requested || answered);
  if (!book) return status;
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  auto const operator_name = c.args.get("operator").value_or("");
  if (*requested)
    if (auto r = record_request(*book, *who, event_kind::access_requested, **requested, operator_name, now); !r) return report(c, r.error());
  auto r = access_of(*book, *who, now);
  if (!r) return report(c, r.error());
  auto const bytes = rendered(c, format, *r, *book);
  auto const out = c.args.get("out").value_or("-");
  if (auto w = write_beside(out, bytes, c.global.ledger); !w) return report(c, w.error());
  if (out != "-" && !c.global.quiet) std::cerr << fmt::format(fmt::runtime(c.say("{} Einträge, {} Adressen: {}\n", "{} entries, {} addresses: {}\n")), r->events.size(), r->addresses.size(), inert(out));
  if (answered)
    if (auto a = record_answer(*book, *who, event_kind::access_requested, sha256_hex(bytes), operator_name, now); !a) return report(c, a.error());
  return done;
}
}  // namespace

std::vector<command> access_commands() {
  return {{"access", "ADDRESS", 1, 1, {"alles über eine Person, für die Person (Art. 15, 20)", "everything about a person, for the person (Art. 15, 20)"},
           {"jawort access +491713920001 --format html --out auskunft.html", "jawort access +491713920001 --requested 2026-05-04T09:00:00+02:00 --answered --format json --out auskunft.json"},
           {{"format", {"FORM", "FORM"}, {"text (Standard), html oder json", "text (default), html or json"}},
            {"out", {"DATEI", "FILE"}, {"in eine Datei statt zur Ausgabe", "to a file instead of the output"}},
            {"requested", {"ZEIT", "TIME"}, {"trägt ein, wann die Person es verlangt hat", "records when the person asked for it"}},
            {"answered", {}, {"trägt ein, dass damit geantwortet wurde", "records that this was the answer"}},
            {"operator", {"NAME", "NAME"}, {"wer es tut", "who does it"}}},
           access_person}};
}

}  // namespace jawort::cli
