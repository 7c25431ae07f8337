// Office and dialogue files: the example reads, and each mistake is named with its line.
#include "desk.hpp"

using namespace desks;

namespace {
std::string wrong(std::string const& toml, std::string const& beside = "") {
  auto const o = parse_office(toml, "buero.toml", [&](std::string const&) -> result<std::string> { return beside; });
  return o ? "fine" : o.error().message.en + (o.error().hint.en.empty() ? "" : " → " + o.error().hint.en);
}
std::string wrong_dialogue(std::string const& toml) {
  auto const d = parse_dialogue(toml, "d.toml");
  return d ? "fine" : d.error().message.en + (d.error().hint.en.empty() ? "" : " → " + d.error().hint.en);
}
std::string const head = "name = \"Büro\"\n";
}  // namespace

TEST_CASE("the example office reads, and its notices fit") {
  auto const o = load_office(agency + "buero.toml");
  if (!o) FAIL(o.error().message.en);
  CHECK(o->name == "Reisestube Silberkranich");
  CHECK(o->hours.week[1].size() == 2);
  CHECK(o->hours.state->name() == "DE-BY");
  CHECK(o->dialogues.size() == 2);
  CHECK(o->dialogues[0].steps.size() == 3);
  CHECK(o->dialogues[0].steps[2].kind == step_kind::consent);
  CHECK(operators_of(o->who).size() == 3);
  desk d;
  CHECK(check_notices(*o, d.in.book()).has_value());
  scratch dir;
  ledger_options options;
  options.controller = "Büro";
  auto empty = ledger::create(dir.path("e.db"), options, at("2026-01-01T00:00:00Z"));
  REQUIRE(empty);
  auto const start = check_notices(*o, *empty);
  REQUIRE_FALSE(start);
  CHECK(start.error().message.en == "notice 'newsletter' is not published");
  office of_dialogues = *o;
  of_dialogues.notice.clear();
  auto const missing = check_notices(of_dialogues, *empty);
  REQUIRE_FALSE(missing);
  CHECK(missing.error().message.en.find("anmeldung.toml:") != std::string::npos);
  CHECK(missing.error().message.en.find("notice 'newsletter' is not published") != std::string::npos);
}

TEST_CASE("each mistake in an office file is named with its line and a remedy") {
  CHECK(wrong(head) == "fine");
  CHECK(wrong("language = \"de\"\n").starts_with("buero.toml:1: the office's name is missing"));
  CHECK(wrong(head + "awya = 1\n") == "buero.toml:2: unknown key 'awya' → did you mean away?");
  CHECK(wrong(head + "[hours]\nmonday = [\"9-12\"]\n").starts_with("buero.toml:3: '9-12' are no hours"));
  CHECK(wrong(head + "[hours]\nmonday = [\"12:00-9:00\"]\n").starts_with("buero.toml:3: '12:00-9:00' are no hours"));
  CHECK(wrong(head + "[hours]\nmonday = [\"9:00-12:00\", \"11:00-14:00\"]\n").starts_with("buero.toml:3: '11:00-14:00' begins before"));
  CHECK(wrong(head + "[hours]\nmontag = [\"9:00-12:00\"]\n").starts_with("buero.toml:3: unknown key 'hours.montag'"));
  CHECK(wrong(head + "[hours]\nmonday = [\"9:00-24:00\"]\n") == "fine");
  CHECK(wrong(head + "[hours]\nclosed = [\"2026-02-30\"]\n").starts_with("buero.toml:3: '2026-02-30' is no day"));
  CHECK(wrong(head + "[hours]\nclosed = [\"2026-03-02..2026-03-01\"]\n").starts_with("buero.toml:3: '2026-03-02..2026-03-01' is no day"));
  CHECK(wrong(head + "[holidays]\nstate = \"DE-BX\"\n").starts_with("buero.toml:3: unknown state 'DE-BX' → did you mean DE-B"));
  CHECK(wrong(head + "[holidays]\nstate = \"NW\"\nassumption = true\n").starts_with("buero.toml:4: there is no 'assumption' in DE-NW"));
  CHECK(wrong(head + "zone = \"Europa/Berlin\"\n").starts_with("buero.toml:2: unknown time zone"));
  CHECK(wrong(head + "[away]\nde = \"Niemand da.\"\n").starts_with("buero.toml:2: an away message needs office hours"));
  CHECK(wrong(head + "[greeting]\nde = \"Guten Tag {nmae}\"\n") == "buero.toml:3: there is no placeholder {nmae} here → did you mean {name}?");
  CHECK(wrong(head + "[greeting]\nde = \"Guten Tag, {phone}\"\n").starts_with("buero.toml:3: there is no placeholder {phone} here"));   // no phone is said
  CHECK(wrong(head + "[greeting]\nde = \"{operator}\"\n").starts_with("buero.toml:3: there is no placeholder {operator} here"));        // no rota
  CHECK(wrong(head + "[greeting]\nde = \"{notice}\"\n").starts_with("buero.toml:3: there is no placeholder {notice} here"));
  CHECK(wrong(head + "[hours]\nmonday = [\"9:00-12:00\"]\n[greeting]\nde = \"{next_open}\"\n").starts_with("buero.toml:5: there is no placeholder {next_open} here"));  // while the office is open
  CHECK(wrong(head + "[response]\nlabel = \"instantely\"\n") == "buero.toml:3: unknown label 'instantely' → did you mean instantly?");
  CHECK(wrong(head + "[instant]\nde = \"Da.\"\npause_minutes = 1\n").starts_with("buero.toml:4: 'pause_minutes' must be"));
  CHECK(wrong(head + "[rota]\norder = [\"A B\"]\n").starts_with("buero.toml:2: 'since' must be a day"));
  CHECK(wrong(head + "[human]\nwords = [\"stop\"]\n").starts_with("buero.toml:3: the program hears 'stop' as something else: a stop"));
  CHECK(wrong(head + "phone = \"www.evil.example\"\n").starts_with("buero.toml:2: 'phone' must be"));
}

TEST_CASE("no text that advertises is taken, in either language") {
  for (char const* const advert : {"Jetzt sparen Sie 20 Prozent auf Kreuzfahrten.", "Entdecken Sie unsere Angebote!", "Kennen Sie schon unseren Newsletter?", "Bewerten Sie uns gern.", "Besuchen Sie unseren Infoabend."}) {
    CAPTURE(advert);
    for (char const* const section : {"greeting", "instant", "human"}) {
      auto const said = wrong(head + "[" + section + "]\nde = \"" + advert + "\"\n");
      CHECK(said.starts_with("buero.toml:3: 'de' advertises"));
    }
    CHECK(wrong(head + "[hours]\nmonday = [\"9:00-12:00\"]\n[away]\nde = \"" + advert + "\"\n").starts_with("buero.toml:5: 'de' advertises"));
    CHECK(wrong(head + "[dialogue]\nagain_de = \"" + advert + "\"\n").starts_with("buero.toml:3: 'again_de' advertises"));
    CHECK(wrong_dialogue(std::string{"id = \"a\"\nbegins = [\"Wunsch\"]\n[[step]]\nid = \"x\"\nde = \""} + advert + "\"\n").starts_with("d.toml:5: 'de' advertises"));
  }
  CHECK(wrong(head + "[greeting]\nen = \"Special offer: book now!\"\n").starts_with("buero.toml:3: 'en' advertises"));
  CHECK(wrong(head + "[greeting]\nde = \"Konto DE89 3704 0044 0532 0130 00\"\n").starts_with("buero.toml:3: 'de' contains payment data"));
}

TEST_CASE("dialogues: every way is walked when the file is read") {
  std::string const top = "id = \"a\"\nbegins = [\"Wunsch\"]\n";
  std::string const end = "[[step]]\nid = \"ende\"\nde = \"Danke.\"\n";
  CHECK(wrong_dialogue(top + end) == "fine");
  CHECK(wrong_dialogue(top).starts_with("d.toml:1: the dialogue 'a' has no step"));
  CHECK(wrong_dialogue("id = \"a\"\n" + end).starts_with("d.toml:1: nothing begins the dialogue 'a'"));
  CHECK(wrong_dialogue("id = \"a\"\nbegins = [\"Start\"]\n" + end).starts_with("d.toml:2: the program hears 'Start' as something else: a sign-up"));
  CHECK(wrong_dialogue(top + "[[step]]\nid = \"x\"\nde = \"?\"\nnext = \"endde\"\n" + end).starts_with("d.toml:3: unknown step 'endde' → did you mean ende?"));
  CHECK(wrong_dialogue(top + end + "[[step]]\nid = \"y\"\nde = \"?\"\n").starts_with("d.toml:6: step 'y' is never reached"));
  CHECK(wrong_dialogue(top + "[[step]]\nid = \"x\"\nde = \"?\"\n[[step.answer]]\nwords = [\"stop\"]\nnext = \"ende\"\n" + end).find("d.toml:7: the program hears 'stop'") == 0);
  CHECK(wrong_dialogue(top + "[[step]]\nid = \"x\"\nde = \"?\"\n[[step.answer]]\nwords = [\"1\"]\nnext = \"ende\"\n[[step.answer]]\nwords = [\" 1. \"]\nnext = \"ende\"\n" + end).find("stands twice in step 'x'") != std::string::npos);
  CHECK(wrong_dialogue(top + "[[step]]\nid = \"x\"\nde = \"?\"\n[[step.answer]]\nwords = [\"1\"]\n" + end).starts_with("d.toml:3: nothing follows step 'x'"));
  CHECK(wrong_dialogue(top + "[[step]]\nid = \"x\"\nde = \"?\"\n[[step.answer]]\nwords = [\"1\"]\npurpose = \"service\"\nnext = \"ende\"\n" + end).find("needs no consent") != std::string::npos);
  CHECK(wrong_dialogue(top + end + end).find("stands there twice") != std::string::npos);
}

TEST_CASE("a step that asks for consent shows the notice first, on every way to it") {
  std::string const top = "id = \"a\"\nbegins = [\"Wunsch\"]\n";
  auto const ask = [](std::string const& more) { return "[[step]]\nid = \"ja\"\nasks_consent = true\n" + more; };
  CHECK(wrong_dialogue(top + ask("notice = \"n\"\nde = \"{notice} Einverstanden? Dann bitte Start.\"\n")) == "fine");
  CHECK(wrong_dialogue(top + ask("notice = \"n\"\nde = \"Einverstanden? Dann bitte Start.\"\n")).starts_with("d.toml:3: step 'ja' asks for consent, and the notice was not shown before"));
  CHECK(wrong_dialogue(top + ask("notice = \"n\"\nde = \"{notice} Ja?\"\nen = \"All right?\"\n")).starts_with("d.toml:3: step 'ja' asks for consent, and the notice was not shown before"));  // in one language only
  CHECK(wrong_dialogue(top + ask("de = \"{notice} Ja?\"\n")).starts_with("d.toml:3: step 'ja' asks for consent, but no notice is chosen"));
  // Shown before it is chosen, or another one than the chosen: not shown.
  std::string const choose = "[[step]]\nid = \"wahl\"\nde = \"Wie oft?\"\n[[step.answer]]\nwords = [\"1\"]\nnotice = \"n\"\nnext = \"zeigen\"\n[[step.answer]]\nwords = [\"2\"]\nnotice = \"m\"\nnext = \"ja\"\n";
  std::string const show = "[[step]]\nid = \"zeigen\"\nde = \"{notice} Weiter?\"\n[[step.answer]]\nwords = [\"weiter\"]\nnext = \"ja\"\n";
  CHECK(wrong_dialogue(top + choose + show + ask("de = \"Einverstanden? Dann bitte Start.\"\n")).find("was not shown before") != std::string::npos);  // the way of answer 2
  std::string both = choose;
  both.replace(both.find("notice = \"m\"\nnext = \"ja\""), 24, "notice = \"m\"\nnext = \"zeigen\"");
  CHECK(wrong_dialogue(top + both + show + ask("de = \"Einverstanden? Dann bitte Start.\"\n")) == "fine");
  std::string again = show;
  again.replace(again.find("next = \"ja\""), 11, "notice = \"k\"\nnext = \"ja\"");
  CHECK(wrong_dialogue(top + both + again + ask("de = \"Einverstanden? Dann bitte Start.\"\n")).find("was not shown before") != std::string::npos);
  CHECK(wrong_dialogue(top + ask("notice = \"n\"\nde = \"{notice}\"\nnext = \"ja\"\n")).find("hears only “Start” or “Yes”") != std::string::npos);
}
