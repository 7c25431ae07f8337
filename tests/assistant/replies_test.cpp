// Each row of the table through the real receiver; dialogues from the first word to the consent, interrupted by every kind
// of no; echoes, machines, two assistants wired to each other; reports of what was sent.
#include <jawort/ledger/confirmation.hpp>

#include <deque>
#include <thread>

#include "desk.hpp"

using namespace desks;

namespace {
// Tuesday 2 June 2026: open 9:00–12:30 and 14:00–18:00 in Musterhausen (UTC+2). Thursday 4 June is Corpus Christi.
char const* const morning = "2026-06-02T10:00:00+02:00";
char const* const lunch = "2026-06-02T13:00:00+02:00";
char const* const night = "2026-06-02T22:15:00+02:00";
}  // namespace

TEST_CASE("open-first, open-told, open: a greeting once, the instant reply after the pause") {
  desk d;
  auto r = d.write("Guten Tag, haben Sie noch etwas auf Kreta?", morning, "Anna Berger");
  REQUIRE(r.reply);
  CHECK(kind_of(r) == "greeting");
  CHECK(r.reply->text == "Guten Morgen Anna Berger, schön, dass Sie uns schreiben. Ihre Nachricht ist angekommen, und Sabine Meier antwortet Ihnen, sobald es geht. Wenn es eilt, rufen Sie uns gern an: +49 89 99998 123.");
  CHECK(r.reply->language == "de");
  CHECK(kinds(r) == "inbound");
  CHECK(kind_of(d.write("Und auf Rhodos?", "2026-06-02T10:05:00+02:00")) == "-");
  CHECK(kind_of(d.write("Haben Sie auch etwas im Herbst?", "2026-06-02T14:00:30+02:00")) == "instant");   // four hours later
  CHECK(kind_of(d.write("Hallo?", "2026-06-02T15:00:00+02:00")) == "-");
}

TEST_CASE("closed-first, closed-told, closed: one word about the hours in each closing") {
  desk d;
  auto r = d.write("Hallo, ich bin gerade erst nach Hause gekommen", night);
  CHECK(kind_of(r) == "greeting");
  CHECK(r.reply->text == "Guten Abend, schön, dass Sie uns schreiben. Im Moment ist niemand im Büro. Wir sind morgen um 9 Uhr wieder da und melden uns dann bei Ihnen. Wenn es nicht warten kann, rufen Sie uns bitte an: +49 89 99998 123.");
  CHECK(kind_of(d.write("Noch etwas", "2026-06-02T22:20:00+02:00")) == "-");
  auto const next = d.write("Guten Abend noch einmal", "2026-06-03T21:00:00+02:00");                      // the next evening, before the holiday
  CHECK(kind_of(next) == "away");
  CHECK(next.reply->text == "Danke für Ihre Nachricht. Im Moment ist niemand im Büro; wir sind am Freitag um 9 Uhr wieder da und antworten Ihnen dann. Wenn es nicht warten kann, rufen Sie uns bitte an: +49 89 99998 123.");
  CHECK(kind_of(d.write("Und heute?", "2026-06-04T11:00:00+02:00")) == "-");                               // Corpus Christi: the same closing
  auto const noon = d.write("Hallo", lunch, "", "491713920002");
  CHECK(noon.reply->text.find("heute um 14 Uhr") != std::string::npos);
}

TEST_CASE("human-open, human-closed, human-closed-told: nobody is interrupted, and nobody waits without a word") {
  desk d;
  d.write("Guten Tag", "2026-06-02T14:30:00+02:00");
  d.answer("2026-06-02T15:00:00+02:00");
  CHECK(kind_of(d.write("Danke, und das Frühstück?", "2026-06-02T15:10:00+02:00")) == "-");
  CHECK(kind_of(d.write("Noch eine Frage", "2026-06-02T19:00:00+02:00")) == "away");
  CHECK(kind_of(d.write("Noch eine", "2026-06-02T19:30:00+02:00")) == "-");
  d.answer("2026-06-03T13:30:00+02:00");                                                                   // somebody stayed longer
  CHECK(kind_of(d.write("Das ist ja nett", "2026-06-03T13:40:00+02:00")) == "-");
  CHECK(kind_of(d.write("Gute Nacht", "2026-06-05T20:00:00+02:00")) == "away");
}

TEST_CASE("overtaken, repeated, group: no reply behind its time, none twice, none in groups") {
  desk d;
  auto const late = at("2026-06-02T09:50:00+02:00");
  d.write("Guten Tag", morning);
  d.answer("2026-06-02T10:30:00+02:00");
  auto r = d.feed(payload_format::whatsapp_cloud, whatsapp("491713920001", "Hallo, bin ich da richtig?", "late", late), at("2026-06-02T16:00:00+02:00")).items.at(0);
  CHECK(kind_of(r) == "-");
  CHECK(kinds(r) == "inbound");
  auto const first = whatsapp("491713920002", "Hallo", "same", at(morning));
  CHECK(kind_of(d.feed(payload_format::whatsapp_cloud, first, at(morning)).items.at(0)) == "greeting");
  auto const again = d.feed(payload_format::whatsapp_cloud, first, at("2026-06-03T16:00:00+02:00")).items.at(0);
  CHECK(kind_of(again) == "-");
  CHECK(again.skipped == "duplicate");
  auto body = nlohmann::json::parse(whatsapp("491713920003", "Hallo zusammen", "g1", at(morning)));
  body["entry"][0]["changes"][0]["value"]["messages"][0]["group_id"] = "g@1";
  auto const grouped = d.feed(payload_format::whatsapp_cloud, body.dump(), at(morning)).items.at(0);
  CHECK(kind_of(grouped) == "-");
  CHECK(grouped.skipped == "group-message");
}

TEST_CASE("own-reply: stop, start, help, an erasure wish and an unclear word have the receiver's words alone") {
  desk d;
  CHECK(kind_of(d.write("Start", morning)) == "welcome");
  CHECK(kind_of(d.write("Stop", "2026-06-02T10:01:00+02:00")) == "goodbye");
  CHECK(kind_of(d.write("Stop", "2026-06-02T10:02:00+02:00")) == "-");                                    // the one goodbye
  CHECK(kind_of(d.write("Hilfe", "2026-06-02T10:03:00+02:00", "", "491713920002")) == "help");
  CHECK(kind_of(d.write("Bitte löschen Sie alle meine Daten", "2026-06-02T10:04:00+02:00", "", "491713920003")) == "erasure");
  CHECK(kind_of(d.write("Bitte stornieren", "2026-06-02T10:05:00+02:00", "", "491713920004")) == "question");
  CHECK(kind_of(d.write("Bitte stornieren", "2026-06-02T10:06:00+02:00", "", "491713920004")) == "-");    // asked once, and no instant reply instead
  CHECK(kind_of(d.write("Falsche Nummer", "2026-06-02T10:07:00+02:00", "", "491713920005")) == "-");
  CHECK(kind_of(d.write("Hallo?", "2026-06-02T22:07:00+02:00", "", "491713920005")) != "away");           // their number is barred
}

TEST_CASE("machine: reactions, automatic and mass mails, reports; a picture is a message") {
  desk d{"name = \"Büro\"\nchannels = [\"whatsapp\", \"email\"]\n[greeting]\nde = \"Guten Tag {name}, Ihre Nachricht ist da.\"\n[instant]\nde = \"Ihre Nachricht ist da.\"\n"};
  CHECK(kind_of(d.write("👍", morning, "", "491713920001", "reaction")) == "-");
  CHECK(kind_of(d.write("", "2026-06-02T10:01:00+02:00", "", "491713920001", "image")) == "instant");
  auto const mail = [&](std::string const& headers, std::string const& from) {
    auto const t = at(morning);
    return d.feed(payload_format::email, "From: " + from + "\nTo: buero@office.example\nDate: Tue, 02 Jun 2026 10:00:00 +0200\nMessage-ID: <" + std::to_string(++d.ids) + "@x.example>\n" + headers + "Subject: Frage\n\nWann sind Sie da?\n", t).items.at(0);
  };
  CHECK(kind_of(mail("", "anna@x.example")) == "greeting");
  CHECK(kind_of(mail("Auto-Submitted: auto-replied\n", "b@x.example")) == "-");
  CHECK(kind_of(mail("Precedence: bulk\n", "c@x.example")) == "-");
  CHECK(kind_of(mail("Precedence: list\n", "d@x.example")) == "-");
  CHECK(kind_of(mail("List-Id: <reisen.x.example>\n", "e@x.example")) == "-");
  CHECK(kind_of(mail("Return-Path: <>\n", "f@x.example")) == "-");
  CHECK(kind_of(mail("X-Auto-Response-Suppress: All\n", "g@x.example")) == "-");
  CHECK(kind_of(mail("", "noreply@x.example")) == "-");
  CHECK(kind_of(mail("", "MAILER-DAEMON@x.example")) == "-");
  auto const status = R"({"entry":[{"changes":[{"field":"messages","value":{"statuses":[{"id":"w","status":"delivered","timestamp":"1780387200","recipient_id":"491713920001"}]}}]}]})";
  CHECK(kind_of(d.feed(payload_format::whatsapp_cloud, status, at(morning)).items.at(0)) == "-");
}

TEST_CASE("a message gets one reply at most, in the language it is written in, with a name that is one") {
  desk d;
  CHECK(d.write("Hello, do you have anything on Crete?", morning, "Ann").reply->text.starts_with("Good morning Ann, it is good to hear from you."));
  CHECK(d.write("Hello, is anybody there?", night, "Ann", "491713920002").reply->text.find("We are back tomorrow at 9:00 and will get in touch then.") != std::string::npos);
  int n = 10;
  for (char const* const name : {"https://evil.example/x", "Anna\nKlicken Sie hier", "{phone}", "Rabatt Gutschein", "\u202Egnp.exe", "+49 900 123456", "Jetzt buchen"}) {
    auto const r = d.write("Guten Tag", morning, name, "4917139200" + std::to_string(++n));
    REQUIRE(r.reply);
    CAPTURE(name);
    CHECK(r.reply->text.find("evil") == std::string::npos);
    CHECK(r.reply->text.find('\n') == std::string::npos);
    CHECK(r.reply->text.find("900 1") == std::string::npos);
    CHECK(r.reply->text.find('{') == std::string::npos);
    CHECK(read_message(r.reply->text, {}).promotional.empty());
    CHECK(r.reply->text.find("+49 89 99998 123") != std::string::npos);
  }
}

// -- dialogues -----------------------------------------------------------------------------------------------------

TEST_CASE("a sign-up in a conversation: topics, frequency, the notice, Start; the consent has its whole proof") {
  desk d;
  auto r = d.write("Newsletter", night, "Anna");                                                          // at night too
  CHECK(kind_of(r) == "dialogue");
  CHECK(r.reply->text.starts_with("Gern. Worüber möchten Sie etwas von uns lesen?"));
  CHECK(r.dialogue->step == "themen");
  r = d.write("1 und 2 bitte", "2026-06-02T22:16:00+02:00");
  CHECK(r.reply->text.starts_with("Und wie oft dürfen wir schreiben?"));
  CHECK(r.dialogue->answers.at(0) == std::pair<std::string, std::string>{"themen", "Kreuzfahrten, Städtereisen"});
  CHECK_FALSE(d.ask("2026-06-02T22:16:30+02:00", "newsletter/kreuzfahrten").may_send());
  r = d.write("2", "2026-06-02T22:17:00+02:00");
  CHECK(kind_of(r) == "confirmation");
  CHECK(r.reply->notice == "newsletter-monatlich@1");
  CHECK(r.reply->text.starts_with("Ja, die Reisestube Silberkranich GmbH, Musterhausen, darf mir Werbung für Reisen"));
  CHECK(r.reply->text.find("höchstens eine Nachricht in 28 Tagen") != std::string::npos);
  CHECK(r.reply->text.ends_with("Ist das so in Ordnung für Sie? Dann antworten Sie bitte mit „Start“. Ohne Ihre Antwort schicken wir nichts."));
  CHECK(kinds(r) == "inbound requested confirmation-sent requested confirmation-sent");
  CHECK_FALSE(d.ask("2026-06-02T22:17:30+02:00", "newsletter/kreuzfahrten").may_send());
  r = d.write("Start", "2026-06-02T22:18:00+02:00");
  CHECK(kinds(r) == "inbound confirmed confirmed");
  CHECK(kind_of(r) == "welcome");
  CHECK(d.ask("2026-06-03T10:00:00+02:00", "newsletter/kreuzfahrten").may_send());
  CHECK(d.ask("2026-06-03T10:00:00+02:00", "newsletter/staedtereisen").may_send());
  CHECK_FALSE(d.ask("2026-06-03T10:00:00+02:00", "newsletter").may_send());                                // what was chosen, and no more
  CHECK_FALSE(d.ask("2026-06-03T10:00:00+02:00", "offers").may_send());
  // The frequency that was chosen holds the second message back.
  event sent;
  sent.kind = event_kind::outbound;
  sent.who = *address::parse("+491713920001");
  sent.on = channel::whatsapp;
  sent.about = *purpose::parse("newsletter/kreuzfahrten");
  sent.occurred_at = at("2026-06-03T11:00:00+02:00");
  sent.source = "cli";
  REQUIRE(d.in.book().append({sent}, sent.occurred_at));
  CHECK_FALSE(d.ask("2026-06-04T11:00:00+02:00", "newsletter/staedtereisen").may_send());
  CHECK(d.in.book().verify()->ok());
}

TEST_CASE("every step of a sign-up is ended by a stop, an erasure wish, a human, a question and a day's silence") {
  std::vector<std::string> const way{"Newsletter", "3", "1", "Start"};
  for (std::size_t steps = 1; steps <= 3; ++steps)
    for (std::string const& end : {std::string{"Stop"}, std::string{"Bitte löschen Sie meine Daten"}, std::string{"human"}, std::string{"echo"}, std::string{"late stop"}, std::string{"day"}, std::string{"Falsche Nummer"}}) {
      CAPTURE(steps);
      CAPTURE(end);
      desk d;
      int minute = 0;
      auto const when = [&](int more = 0) { return "2026-06-02T10:" + std::string{minute + more < 10 ? "0" : ""} + std::to_string(minute + more) + ":00+02:00"; };
      for (std::size_t i = 0; i < steps; ++i) { d.write(way[i], when()); ++minute; }
      if (end == "human") d.answer(when());
      else if (end == "echo") {
        auto const body = R"({"entry":[{"changes":[{"field":"smb_message_echoes","value":{"message_echoes":[{"from":"49899999","to":"491713920001","id":"e1","timestamp":")" + std::to_string(at(when()).ms() / 1000) + R"(","type":"text","text":{"body":"Hier ist Jonas, ich übernehme."}}]}}]}]})";
        CHECK(kinds(d.feed(payload_format::whatsapp_cloud, body, at(when())).items.at(0)) == "outbound");
      } else if (end == "late stop") {
        // Written before the dialogue began, and learned of only now.
        d.feed(payload_format::whatsapp_cloud, whatsapp("491713920001", "Stop", "late", at("2026-06-02T09:00:00+02:00")), at(when()));
      } else if (end != "day") {
        auto const r = d.write(end, when());
        CHECK(kind_of(r) != "dialogue");
      }
      ++minute;
      auto const next = end == "day" ? "2026-06-03T10:30:00+02:00" : when(1);
      auto const r = d.write(steps < 3 ? way[steps] : "2", next);
      CHECK(kind_of(r) != "dialogue");
      CHECK(kind_of(r) != "confirmation");
      CHECK_FALSE(r.dialogue);
      for (event_kind const k : r.events) CHECK(k == event_kind::inbound);
      CHECK_FALSE(d.ask("2026-06-05T10:00:00+02:00", "newsletter").may_send());
    }
}

TEST_CASE("after the notice a Start that follows a stop asks anew and is no consent") {
  desk d;
  d.write("Newsletter", "2026-06-02T10:00:00+02:00");
  d.write("3", "2026-06-02T10:01:00+02:00");
  d.write("1", "2026-06-02T10:02:00+02:00");
  CHECK(kind_of(d.write("Stop", "2026-06-02T10:03:00+02:00")) == "goodbye");
  auto const r = d.write("Start", "2026-06-02T10:04:00+02:00");
  CHECK(kind_of(r) == "confirmation");
  CHECK(kinds(r).find("confirmed") == std::string::npos);
  CHECK_FALSE(d.ask("2026-06-05T10:00:00+02:00", "newsletter").may_send());
}

TEST_CASE("webhooks of a dialogue twice and out of order") {
  desk d;
  d.write("Newsletter", "2026-06-02T10:00:00+02:00");
  auto const answer = whatsapp("491713920001", "3", "a1", at("2026-06-02T10:01:00+02:00"));
  CHECK(kind_of(d.feed(payload_format::whatsapp_cloud, answer, at("2026-06-02T10:01:01+02:00")).items.at(0)) == "dialogue");
  CHECK(kind_of(d.feed(payload_format::whatsapp_cloud, answer, at("2026-06-02T10:01:02+02:00")).items.at(0)) == "-");   // twice
  // Written before the question went out: an answer to something else.
  auto const early = whatsapp("491713920001", "1", "a0", at("2026-06-02T10:00:30+02:00"));
  CHECK(kind_of(d.feed(payload_format::whatsapp_cloud, early, at("2026-06-02T10:01:30+02:00")).items.at(0)) == "-");
  auto const r = d.write("1", "2026-06-02T10:02:00+02:00");
  CHECK(r.reply->notice == "newsletter@1");
  // Within the second of the question: platforms tell whole seconds, so it cannot be an answer to it.
  desk e;
  e.feed(payload_format::whatsapp_cloud, whatsapp("491713920001", "Newsletter", "b0", at("2026-06-02T10:00:00+02:00")), at("2026-06-02T10:00:05+02:00"));
  auto const same = e.feed(payload_format::whatsapp_cloud, whatsapp("491713920001", "3", "b1", at("2026-06-02T10:00:05+02:00")), at("2026-06-02T10:00:06+02:00")).items.at(0);
  CHECK_FALSE(same.dialogue);
  // A restart in the middle: another process goes on where the first one was.
  desk f;
  f.write("Newsletter", "2026-06-02T10:00:00+02:00");
  auto other = receiver::open(f.dir.path("a.db"), {{}, "newsletter", {}});
  REQUIRE(other);
  other->set_assistant(*office_assistant(*load_office(agency + "buero.toml"), other->book()));
  auto const gone_on = other->feed(payload_format::whatsapp_cloud, whatsapp("491713920001", "1", "c1", at("2026-06-02T10:01:00+02:00")), at("2026-06-02T10:01:01+02:00"));
  CHECK(gone_on->items.at(0).dialogue->step == "wie-oft");
}

TEST_CASE("what is not understood is asked once more; then, or when asked for, a person takes over") {
  desk d;
  d.write("Newsletter", "2026-06-02T10:00:00+02:00");
  auto r = d.write("Was kostet das?", "2026-06-02T10:01:00+02:00");
  CHECK(kind_of(r) == "dialogue");
  CHECK(r.reply->text.starts_with("Das habe ich leider nicht verstanden."));
  CHECK(r.reply->text.find("1 Kreuzfahrten") != std::string::npos);
  r = d.write("Hm", "2026-06-02T10:02:00+02:00");
  CHECK(kind_of(r) == "handover");
  CHECK(r.reply->text.starts_with("Gern. Sabine Meier übernimmt"));
  CHECK_FALSE(d.write("1", "2026-06-02T10:03:00+02:00").dialogue);
  d.write("Newsletter", "2026-06-02T10:10:00+02:00", "", "491713920002");
  CHECK(kind_of(d.write("Mitarbeiterin", "2026-06-02T10:11:00+02:00", "", "491713920002")) == "handover");
  // The question of the double opt-in is put once and never again.
  d.write("Newsletter", "2026-06-02T10:20:00+02:00", "", "491713920004");
  d.write("1", "2026-06-02T10:21:00+02:00", "", "491713920004");
  CHECK(kind_of(d.write("1", "2026-06-02T10:22:00+02:00", "", "491713920004")) == "confirmation");
  CHECK(kind_of(d.write("Muss ich überlegen", "2026-06-02T10:23:00+02:00", "", "491713920004")) == "handover");
  CHECK(kinds(d.write("Ja", "2026-06-02T10:24:00+02:00", "", "491713920004")) == "inbound confirmed");   // the question itself stays open for seven days
  d.write("Newsletter", night, "", "491713920003");
  r = d.write("Mensch", "2026-06-02T22:16:00+02:00", "", "491713920003");
  CHECK(r.reply->text.find("morgen um 9 Uhr sind wir wieder da") != std::string::npos);
}

TEST_CASE("a request for an offer: three answers, then the office; payment data are masked") {
  desk d;
  CHECK(kind_of(d.write("Reisewunsch", morning)) == "dialogue");
  d.write("Ans Meer, gern Griechenland. Karte 4111 1111 1111 1111", "2026-06-02T10:01:00+02:00");
  d.write("Im September, zwei Wochen", "2026-06-02T10:02:00+02:00");
  auto const r = d.write("2 Erwachsene, 1 Kind (6)", "2026-06-02T10:03:00+02:00");
  REQUIRE(r.dialogue);
  CHECK(r.dialogue->for_office);
  CHECK(r.dialogue->step.empty());
  REQUIRE(r.dialogue->answers.size() == 3);
  CHECK(r.dialogue->answers[0].first == "Ziel");
  CHECK(r.dialogue->answers[0].second.find("4111 1111") == std::string::npos);
  CHECK(r.dialogue->answers[1].second == "Im September, zwei Wochen");
  CHECK(r.reply->text.find("Sabine Meier sieht es sich an") != std::string::npos);
  CHECK_FALSE(d.ask("2026-06-05T10:00:00+02:00", "newsletter").may_send());
  auto const english = d.write("travel request", "2026-06-02T10:10:00+02:00", "", "491713920002");
  CHECK(english.reply->text.starts_with("Lovely, just a few questions."));
  CHECK(d.write("Crete", "2026-06-02T10:11:00+02:00", "", "491713920002").reply->text == "And roughly when, and for how long?");
  auto const meant = d.write("Hello, I would like to ask you something", "2026-06-02T10:20:00+02:00", "", "491713920003");
  CHECK(meant.reply->language == "en");
}

TEST_CASE("a no and a yes that a step offers are answers to it; elsewhere they keep their meaning") {
  std::string const office = "name = \"Büro\"\nchannels = [\"whatsapp\"]\ndialogues = [\"d.toml\"]\n[instant]\nde = \"Ihre Nachricht ist da.\"\n";
  std::string const dialogue = "id = \"frage\"\nbegins = [\"Rückruf\"]\n[[step]]\nid = \"heute\"\nde = \"Sollen wir Sie heute noch anrufen?\"\n[[step.answer]]\nwords = [\"ja\"]\nnext = \"gut\"\n[[step.answer]]\nwords = [\"nein\"]\nnext = \"dann\"\n"
                               "[[step]]\nid = \"gut\"\nde = \"Gut, bis gleich.\"\n[[step]]\nid = \"dann\"\nde = \"Gut, dann morgen.\"\n";
  desk d;
  auto o = parse_office(office, "o.toml", [&](std::string const&) -> result<std::string> { return dialogue; });
  if (!o) FAIL(o.error().message.en);
  d.sit(*o);
  auto const who = *address::parse("+491713920001");
  // A form asked for a confirmation yesterday; the yes below is not its answer.
  REQUIRE(request_confirmation(d.in.book(), {who, channel::whatsapp, *purpose::parse("newsletter"), "newsletter"}, at("2026-06-01T10:00:00+02:00"))->allowed());
  d.write("Rückruf", "2026-06-02T10:00:00+02:00");
  auto r = d.write("Ja", "2026-06-02T10:01:00+02:00");
  CHECK(kinds(r) == "inbound");
  CHECK(r.reply->text == "Gut, bis gleich.");
  CHECK_FALSE(d.ask("2026-06-03T10:00:00+02:00", "newsletter").may_send());
  d.write("Rückruf", "2026-06-02T10:10:00+02:00");
  r = d.write("Nein", "2026-06-02T10:11:00+02:00");
  CHECK(r.reply->text == "Gut, dann morgen.");
  CHECK(kinds(r) == "inbound");
  CHECK(kinds(d.write("Start", "2026-06-02T10:20:00+02:00")) == "inbound confirmed");
}

// -- no reply without a decision, none to ourselves, none for ever -----------------------------------------------

TEST_CASE("no automatic reply where decide() says no") {
  desk d;
  d.write("Guten Tag", morning);
  event e;
  e.kind = event_kind::restricted;
  e.who = *address::parse("+491713920001");
  e.occurred_at = at("2026-06-02T10:30:00+02:00");
  e.source = "cli";
  REQUIRE(d.in.book().append({e}, e.occurred_at));
  auto const r = d.write("Hallo?", night);
  CHECK(kind_of(r) == "withheld away");
  CHECK(kinds(r) == "inbound");
  auto const history = d.in.book().history(*address::parse("+491713920001"));
  CHECK(history->back().proof.get(mark::reply).empty());   // and the ledger does not say that one was given
}

TEST_CASE("after a stop nothing goes out but the one goodbye, until the person writes something new") {
  desk d;
  d.write("Newsletter", "2026-06-02T10:00:00+02:00");
  CHECK(kind_of(d.write("Stop", "2026-06-02T10:01:00+02:00")) == "goodbye");
  for (int i = 2; i < 6; ++i) CHECK(kind_of(d.write("Stop!!", "2026-06-02T10:0" + std::to_string(i) + ":00+02:00")) == "-");
  CHECK(kind_of(d.write("bitte keine Nachrichten mehr", night)) == "-");
  auto const r = d.write("Wann habt ihr morgen offen?", "2026-06-02T22:30:00+02:00");                       // their own question gets its answer
  CHECK(kind_of(r) == "away");
  CHECK(read_message(r.reply->text, {}).promotional.empty());
}

TEST_CASE("our own echo is no human, and no message") {
  desk d;
  auto const when = at(morning);
  auto const r = d.feed(payload_format::messenger, messenger("7100200300400", "Guten Tag, noch frei?", "m1", when), when + std::chrono::seconds{1}).items.at(0);
  REQUIRE(kind_of(r) == "greeting");
  auto const echo = d.feed(payload_format::messenger, messenger("7100200300400", r.reply->text, "m2", when + std::chrono::seconds{3}, true), when + std::chrono::seconds{4}).items.at(0);
  CHECK(kind_of(echo) == "-");
  CHECK(kinds(echo) == "outbound");
  auto const who = *r.who;
  CHECK(d.in.book().history(who)->back().proof.get(mark::automatic) == "true");
  CHECK(*report_reply_sent(d.in.book(), {r.reply->id, when + std::chrono::seconds{3}, "m2"}, when + std::chrono::seconds{5}) == reported::already);
  // A dialogue is not ended by the echo of its own question, and is by a human's.
  auto const later = when + std::chrono::minutes{10};
  auto const ask = d.feed(payload_format::messenger, messenger("7100200300400", "Reisewunsch", "m3", later), later + std::chrono::seconds{1}).items.at(0);
  d.feed(payload_format::messenger, messenger("7100200300400", ask.reply->text, "m4", later + std::chrono::seconds{2}, true), later + std::chrono::seconds{3});
  auto const step = d.feed(payload_format::messenger, messenger("7100200300400", "Kreta", "m5", later + std::chrono::seconds{30}), later + std::chrono::seconds{31}).items.at(0);
  CHECK(kind_of(step) == "dialogue");
  d.feed(payload_format::messenger, messenger("7100200300400", "Hier ist Jonas Weber, ich helfe gern.", "m6", later + std::chrono::seconds{60}, true), later + std::chrono::seconds{61});
  CHECK(kind_of(d.feed(payload_format::messenger, messenger("7100200300400", "September", "m7", later + std::chrono::seconds{90}), later + std::chrono::seconds{91}).items.at(0)) == "-");
}

TEST_CASE("two assistants end after one exchange, whatever begins it and at whatever time") {
  for (char const* const opening : {"Guten Tag, haben Sie noch etwas frei?", "Newsletter", "Reisewunsch", "Hilfe", "Start", "Bitte stornieren", "Stop", "Welche Daten haben Sie über mich gespeichert?", "Hello, is anybody there?", "Ich habe mich nie angemeldet", "Bitte löschen Sie alle meine Daten"})
    for (char const* const hour : {morning, night}) {
      CAPTURE(opening);
      CAPTURE(hour);
      desk a, b;
      instant now = at(hour);
      std::string text = opening;
      bool to_a = true;
      std::vector<std::string> said;
      for (int turn = 0; turn < 40 && !text.empty(); ++turn) {
        desk& d = to_a ? a : b;
        auto const r = d.feed(payload_format::whatsapp_cloud, whatsapp(to_a ? "491713920002" : "491713920001", text, "t" + std::to_string(turn), now), now + std::chrono::seconds{1}).items.at(0);
        if (r.reply) CHECK(*report_reply_sent(d.in.book(), {r.reply->id, now + std::chrono::seconds{2}, ""}, now + std::chrono::seconds{2}) == reported::recorded);
        text = r.reply ? r.reply->text : "";
        if (r.reply) said.push_back(kind_of(r));
        now = now + std::chrono::seconds{5};
        to_a = !to_a;
      }
      std::string all;
      for (auto const& s : said) all += s + " ";
      CAPTURE(all);
      CHECK(text.empty());
      CHECK(said.size() <= 4);
    }
}

// -- reports -------------------------------------------------------------------------------------------------------

TEST_CASE("a reply is recorded when it is reported sent, once, and only if there was one") {
  desk d;
  auto const r = d.write("Guten Tag", morning);
  REQUIRE(r.reply);
  auto const who = *address::parse("+491713920001");
  auto const outbounds = [&] {
    std::size_t n = 0;
    auto const all = d.in.book().history(who);
    for (auto const& e : *all) n += e.kind == event_kind::outbound ? 1U : 0U;
    return n;
  };
  CHECK(outbounds() == 0);
  auto const sent = at("2026-06-02T10:00:05+02:00");
  CHECK(*report_reply_sent(d.in.book(), {r.reply->id, sent, "wamid.out"}, sent) == reported::recorded);
  CHECK(*report_reply_sent(d.in.book(), {r.reply->id, sent, "wamid.out"}, sent) == reported::already);
  CHECK(*report_reply_sent(d.in.book(), {r.reply->id, sent + std::chrono::seconds{9}, ""}, sent + std::chrono::seconds{9}) == reported::already);
  CHECK(outbounds() == 1);
  for (char const* const bad : {"", "r-", "r-x", "x-1", "r-99999", "r-0", "r-1", "r-18446744073709551616"}) {
    auto const no = report_reply_sent(d.in.book(), {bad, sent, ""}, sent);
    REQUIRE_FALSE(no);
    CHECK(no.error().code == failure::unknown_name);
  }
  auto const more = d.write("Haben Sie auch etwas im Herbst?", "2026-06-02T14:30:00+02:00");
  REQUIRE(more.reply);
  CHECK(report_reply_sent(d.in.book(), {more.reply->id, sent, ""}, at("2026-06-02T15:00:00+02:00")).error().code == failure::refused);
  CHECK(report_reply_sent(d.in.book(), {more.reply->id, at("2026-06-02T16:00:00+02:00"), ""}, at("2026-06-02T15:00:00+02:00")).error().code == failure::refused);
  CHECK(d.in.book().verify()->ok());
}

TEST_CASE("the label comes from the ledger's own median") {
  desk d;
  office const o = *load_office(agency + "buero.toml");
  for (int i = 0; i < 6; ++i) {
    std::string const who = "49171392000" + std::to_string(i);
    d.write("Guten Tag, eine Frage", "2026-06-02T10:0" + std::to_string(i) + ":00+02:00", "", who);
    if (i < 5) d.answer("2026-06-02T10:" + std::to_string(20 + 5 * i) + ":00+02:00", "+" + who);
  }
  auto const t = measure_responses(d.in.book(), o, channel::whatsapp, at("2026-06-03T10:00:00+02:00"));
  REQUIRE(t);
  CHECK(t->answered.size() == 5);
  CHECK(t->unanswered == 1);
  CHECK(label_for(*t) == response_label::hour);
  CHECK(promises_too_much(response_label::minutes, label_for(*t)));
  CHECK(measure_responses(d.in.book(), o, channel::sms, at("2026-06-03T10:00:00+02:00"))->waits() == 0);
  CHECK(measure_responses(d.in.book(), o, channel::whatsapp, at("2026-08-03T10:00:00+02:00"))->waits() == 0);   // outside of the period
}
