// Dialogues as people write them: TOML, one [[step]] each step.
#include "jawort/assistant/dialogue_check.hpp"
#include "jawort/ledger/keywords.hpp"
#include "jawort/ledger/office_file.hpp"
#include "jawort/reaction.hpp"
#include "reading.hpp"

namespace jawort::office_files {

toml::table const* table_in(reading& in, toml::table const& t, char const* key) {
  auto const* node = t.get(key);
  if (node == nullptr) return nullptr;
  if (auto const* table = node->as_table()) return table;
  in.type(*node, key, "Abschnitt", "section");
  return nullptr;
}

void read_text(reading& in, toml::table const& t, char const* key, std::string& out, text_rules const& rules) {
  in.text(t, key, out);
  auto const* node = t.get(key);
  if (node == nullptr || out.empty()) return;
  std::size_t const line = line_of(*node);
  for (auto const& p : placeholders_in(out)) {
    if (std::find(rules.allowed.begin(), rules.allowed.end(), p) != rules.allowed.end()) continue;
    std::vector<std::string> const known{rules.allowed.begin(), rules.allowed.end()};
    std::string list;
    for (auto const& k : known) list += (list.empty() ? "{" : ", {") + k + "}";
    bilingual hint{"hier gibt es: " + list, "here are: " + list};
    if (auto const near = nearest(p, known); !near.empty()) hint = {"meinten Sie {" + near + "}?", "did you mean {" + near + "}?"};
    in.fail(line, "Platzhalter {" + p + "} gibt es hier nicht", "there is no placeholder {" + p + "} here", std::move(hint));
  }
  auto const facts = read_message(expand(out, {"Anna", "+49 911 3920000", "morgen um 9 Uhr", rules.office_name, "Sabine Meier", "", "Start", "Stop", "Guten Tag"}), {{rules.office_name}, {}, {}, {}});
  std::string const words = !facts.promotional.empty() ? facts.promotional : facts.third_party_words;
  if (!words.empty())
    in.fail(line, "'" + std::string{key} + "' wirbt („" + words + "“): eine automatische Antwort darf das nicht", "'" + std::string{key} + "' advertises (“" + words + "”): an automatic reply must not",
            {"die Stelle streichen; Werbung braucht eine Einwilligung", "take it out; advertising needs consent"});
  if (!facts.payment_data.empty()) in.fail(line, "'" + std::string{key} + "' enthält Zahlungsdaten", "'" + std::string{key} + "' contains payment data", {"Kartennummern und IBAN gehören in keinen Chat", "card numbers and IBANs belong into no chat"});
}

bilingual heard_as(std::string_view word, bool may_be_unclear) {
  auto const said = built_in_grammar().classify(word);
  switch (said.what) {
    case intent::none: return {};
    case intent::unclear: return may_be_unclear ? bilingual{} : bilingual{"vielleicht eine Abmeldung", "perhaps a stop"};
    case intent::start: return {"eine Anmeldung", "a sign-up"};
    case intent::stop: return {"eine Abmeldung", "a stop"};
    case intent::help: return {"eine Bitte um Hilfe", "a call for help"};
    case intent::access: return {"eine Auskunftsbitte", "a request for access"};
    case intent::erase: return {"ein Löschwunsch", "an erasure wish"};
    case intent::wrong_number: return {"eine falsche Nummer", "a wrong number"};
    case intent::dispute: return {"ein Widerspruch gegen die Anmeldung", "a disputed sign-up"};
  }
  return {};
}

namespace {
void read_words(reading& in, toml::table const& t, char const* key, std::vector<std::string>& out, bool may_be_unclear) {
  in.texts(t, key, [&](std::string const& w, std::size_t line) {
    if (jawort::detail::plain_words(w).empty()) in.fail(line, "leeres Wort in '" + std::string{key} + "'", "empty word in '" + std::string{key} + "'", {});
    if (auto const what = heard_as(w, may_be_unclear); !what.de.empty())
      in.fail(line, "'" + w + "' hört das Programm als etwas anderes: " + what.de, "the program hears '" + w + "' as something else: " + what.en, {"ein anderes Wort wählen; Stop und Start gehen jedem Dialog vor", "choose another word; stop and start come before any dialogue"});
    out.push_back(w);
  });
}

void read_purpose(reading& in, toml::table const& t, dialogue_answer& a) {
  std::string text;
  in.text(t, "purpose", text);
  if (text.empty()) return;
  auto p = purpose::parse(text);
  if (!p) in.fail(line_of(*t.get("purpose")), p.error().message.de + " '" + text + "'", p.error().message.en + " '" + text + "'", p.error().hint);
  else if (!p->is_advertising()) in.fail(line_of(*t.get("purpose")), "'" + text + "' braucht keine Einwilligung", "'" + text + "' needs no consent", {});
  else a.about = *p;
}

dialogue_answer read_answer(reading& in, toml::table const& t) {
  dialogue_answer a;
  in.known(t, "answer.", {"words", "value", "purpose", "notice", "next"});
  read_words(in, t, "words", a.words, true);
  if (a.words.empty()) in.fail(line_of(t), "eine Antwort ohne Worte", "an answer without words", {"words = [\"1\", \"Kreuzfahrten\"]", "words = [\"1\", \"cruises\"]"});
  in.text(t, "value", a.value);
  read_purpose(in, t, a);
  in.text(t, "notice", a.notice);
  in.text(t, "next", a.next);
  return a;
}

void check_answers(reading& in, dialogue_step const& s) {
  std::set<std::vector<std::string>> seen;
  for (auto const& a : s.answers) {
    for (auto const& w : a.words)
      if (!seen.insert(jawort::detail::plain_words(w)).second) in.fail(s.line, "'" + w + "' steht in Schritt '" + s.id + "' zweimal", "'" + w + "' stands twice in step '" + s.id + "'", {});
    if (s.several && a.next != s.answers.front().next)
      in.fail(s.line, "Schritt '" + s.id + "' erlaubt mehrere Antworten, die zu verschiedenen Schritten führen", "step '" + s.id + "' takes several answers that lead to different steps", {"bei several = true überall dasselbe next", "with several = true the same next everywhere"});
    if (s.several && !a.notice.empty())
      in.fail(s.line, "Schritt '" + s.id + "' erlaubt mehrere Antworten und wählt damit mehrere Hinweise", "step '" + s.id + "' takes several answers, and so would choose several notices", {"den Hinweis in einem eigenen Schritt wählen", "choose the notice in a step of its own"});
  }
}

dialogue_step read_step(reading& in, toml::table const& t, text_rules const& rules) {
  dialogue_step s;
  s.line = line_of(t);
  in.known(t, "step.", {"id", "de", "en", "several", "keep", "next", "answer", "asks_consent", "notice", "for_office"});
  in.text(t, "id", s.id);
  if (s.id.empty()) in.fail(s.line, "ein Schritt ohne id", "a step without an id", {});
  read_text(in, t, "de", s.text.de, rules);
  read_text(in, t, "en", s.text.en, rules);
  if (s.text.de.empty() && s.text.en.empty()) in.fail(s.line, "Schritt '" + s.id + "' hat keinen Text", "step '" + s.id + "' has no text", {"de = \"…\" und en = \"…\"", "de = \"…\" and en = \"…\""});
  in.text(t, "keep", s.keep);
  in.text(t, "next", s.next);
  in.text(t, "notice", s.notice);
  bool consent = false;
  in.flag(t, "several", s.several);
  in.flag(t, "asks_consent", consent);
  in.flag(t, "for_office", s.hand_over);
  tables_in(in, t, "answer", [&](toml::table const& a) { s.answers.push_back(read_answer(in, a)); });
  s.kind = consent ? step_kind::consent : !s.answers.empty() ? step_kind::choice : !s.next.empty() ? step_kind::words : step_kind::end;
  auto const odd = [&](bool is, char const* de, char const* en) { if (is) in.fail(s.line, "Schritt '" + s.id + "': " + de, "step '" + s.id + "': " + en, {}); };
  odd(consent && (!s.answers.empty() || !s.next.empty()), "wer um eine Einwilligung bittet, hört nur „Start“ oder „Ja“; answer und next gehören nicht dazu", "what asks for consent hears only “Start” or “Yes”; no answer and no next");
  odd(!consent && !s.notice.empty(), "notice gehört zu asks_consent = true oder zu einer Antwort", "notice belongs to asks_consent = true, or to an answer");
  odd(s.kind == step_kind::choice && !s.next.empty(), "next steht bei den Antworten", "next stands with the answers");
  odd(s.several && s.kind != step_kind::choice, "several braucht Antworten", "several needs answers");
  odd(s.hand_over && s.kind != step_kind::end, "for_office steht im letzten Schritt", "for_office stands in the last step");
  check_answers(in, s);
  return s;
}
}  // namespace

dialogue read_dialogue(reading& in, toml::table const& t, text_rules const& rules) {
  dialogue d;
  d.line = std::max<std::size_t>(1, line_of(t));
  in.known(t, "", {"id", "channels", "begins", "begins_en", "step"});
  in.text(t, "id", d.id);
  if (d.id.empty()) in.fail(d.line, "ein Dialog ohne id", "a dialogue without an id", {});
  in.texts(t, "channels", [&](std::string const& c, std::size_t line) {
    if (auto const on = channel_named(c)) d.channels.push_back(*on);
    else in.fail(line, "unbekannter Kanal '" + c + "'", "unknown channel '" + c + "'", {"whatsapp, messenger, sms, email", "whatsapp, messenger, sms, email"});
  });
  read_words(in, t, "begins", d.begins, false);
  read_words(in, t, "begins_en", d.begins_en, false);
  if (d.begins.empty() && d.begins_en.empty()) in.fail(d.line, "nichts beginnt den Dialog '" + d.id + "'", "nothing begins the dialogue '" + d.id + "'", {"begins = [\"Newsletter\"]", "begins = [\"newsletter\"]"});
  std::set<std::string> ids;
  tables_in(in, t, "step", [&](toml::table const& s) {
    d.steps.push_back(read_step(in, s, rules));
    if (!ids.insert(d.steps.back().id).second) in.fail(d.steps.back().line, "Schritt '" + d.steps.back().id + "' steht zweimal da", "step '" + d.steps.back().id + "' stands there twice", {});
  });
  if (d.steps.empty()) in.fail(d.line, "der Dialog '" + d.id + "' hat keinen Schritt", "the dialogue '" + d.id + "' has no step", {"[[step]]", "[[step]]"});
  if (in.problem) return d;
  if (auto const p = check_ways(d)) in.fail(p->line, p->text.de, p->text.en, p->hint);
  return d;
}

}  // namespace jawort::office_files

namespace jawort {

result<dialogue> parse_dialogue(std::string_view toml, std::string const& where) {
  auto const parsed = parse_toml(toml, where);
  if (!parsed) return parsed.error();
  reading in{*parsed, where};
  auto d = office_files::read_dialogue(in, *parsed, {placeholders, ""});
  d.file = where;
  if (in.problem) return *in.problem;
  return d;
}

}  // namespace jawort
