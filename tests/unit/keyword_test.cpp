// Words and shapes of messages, spans, loading of language files.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "keyword_support.hpp"

using namespace jawort;
using namespace keyword_test;

namespace {
std::string what(std::string_view text) { return answer(grammar().classify(text, topics())); }

std::string refusal(std::string const& text) {
  std::vector<language_source> const one{{"mine.words", text}};
  auto const g = keyword_grammar::load(one);
  REQUIRE_MESSAGE(!g, text);
  CHECK(!g.error().message.de.empty());
  return g.error().message.en;
}
}  // namespace

TEST_CASE("The span is of the message's own bytes") {
  auto const at = [](std::string const& text) {
    auto const c = grammar().classify(text, topics());
    return text.substr(c.begin, c.end - c.begin);
  };
  CHECK(at("Guten Tag, STOP. Danke") == "STOP");
  CHECK(at("👋 Ｓtop 🙏") == "Ｓtop");
  CHECK(at("Liebes Team, ich möchte bitte keine Nachrichten mehr bekommen, danke") == "keine Nachrichten mehr");
  CHECK(at("\xEF\xBB\xBFStop") == "Stop");
  CHECK(at("S\xC2\xADtop") == "S\xC2\xADtop");
  CHECK(grammar().classify("Hallo").language.empty());
}

TEST_CASE("Bytes that are not UTF-8 are read as ISO-8859-1") {
  CHECK(what("Ich m\xF6" "chte keine Nachrichten mehr") == "stop");
  CHECK(what("L\xF6schen Sie meine Daten") == "erase");
  CHECK(what("Stop \x84\x80") == "stop");
  CHECK(what(std::string_view{"Stop\0", 5}) == "stop");
  CHECK(what("\xC3") == "none");
  CHECK(what("") == "none");
}

TEST_CASE("What the sender did not write is not read") {
  CHECK(what("Danke, bis morgen\n\n> STOP") == "none");
  CHECK(what("Danke, bis morgen\n\nAm 3. Mai 2026 schrieb Reisebüro Beispiel:\nAntworten Sie mit Stop\nSTOP") == "none");
  CHECK(what("Thanks\n\nOn 3 May 2026 Example Travel wrote:\n\nSTOP") == "none");
  CHECK(what("Danke\n\nVon: Reisebüro\nGesendet: Montag\nAn: mich\n\nSTOP") == "none");
  CHECK(what("Danke, bis morgen\n-- \nAbmelden") == "none");
  CHECK(what("https://beispiel.example/stop") == "none");
  CHECK(what("stop@beispiel.example") == "none");
  CHECK(what("Antworten Sie mit STOP, um sich abzumelden") == "none");
  CHECK(what("Am 3. Mai schrieb Reisebüro:\n> Hallo\n\nSTOP") == "stop");  // an answer below the quotation
}

TEST_CASE("A yes alone says so and starts nothing by itself") {
  for (auto const* text : {"ja", "Ja!", "ok", "yes please", "👍", "oui", "sì", "evet"}) {
    CAPTURE(text);
    auto const c = grammar().classify(text);
    CHECK(c.bare_yes);
    CHECK(c.what == intent::none);
  }
  CHECK(!grammar().classify("Ja, Stop").bare_yes);
  CHECK(!grammar().classify("Ja, wir kommen am Dienstag").bare_yes);
}

TEST_CASE("Scope words in every spelling") {
  auto const topic = [](std::string const& text) {
    auto const c = grammar().classify(text, topics());
    return c.what == intent::stop && c.scope == stop_scope::topic ? std::string{c.topic->text()} : std::string{"no topic"};
  };
  for (auto const* text : {"Stop Städtereisen", "Stop Staedtereisen", "STOP STÄDTEREISE", "stop sta\xCC\x88" "dtereisen", "Bitte keine Städtereisen mehr", "Stop Städtereise-Angebote"})
    CHECK_MESSAGE(topic(text) == "newsletter/city-trips", text);
  CHECK(topic("STOP cruises") == "newsletter/cruises");
  CHECK(topic("Stop Newsletter Kreuzfahrten") == "newsletter/cruises");
  CHECK(topic("Stop Angebote und Kreuzfahrten") == "no topic");
  CHECK(grammar().classify("Stop alles").scope == stop_scope::everything);
  CHECK(grammar().classify("Keine Werbung mehr, auf keinem Weg").scope == stop_scope::everything);
}

TEST_CASE("Bookings and talk never stop") {
  for (auto const* text : {"Bitte stornieren", "Storno", "Cancel my booking", "Bitte den Flug stornieren", "Ich stopfe gerade Socken", "Please don't stop sending offers", "bitte nicht abmelden",
                           "Ich höre mit dem Rauchen auf", "Zwischenstopp in Dubai?", "We have got to wait at the bus stop", "Kein Interesse"})
    CHECK_MESSAGE(what(text) != "stop", text);
}

TEST_CASE("Every rule of the language files belongs to its language and says its pattern") {
  for (auto const& code : grammar().languages()) CHECK(code.size() == 2);
  CHECK(grammar().rule_text("de/stop") == "stop");
  CHECK(grammar().rule_text("no/such").empty());
}

TEST_CASE("A language file is refused with its line and what is wrong") {
  CHECK(refusal("class a = b\n").starts_with("mine.words:1: "));
  CHECK(refusal("language xx\n\nclass stop = halt\nclass start = los halt\n").starts_with("mine.words:4: 'halt' is 'start', but 'stop' at mine.words:3"));
  CHECK(refusal("language xx\nrule stop a = nosuch\n") == "mine.words:2: unknown class 'nosuch'");
  CHECK(refusal("language xx\nclass a = b\nrule nonsense x = a\n").starts_with("mine.words:3: 'nonsense' is no intent"));
  CHECK(refusal("language xx\nclass a = b\nrule stop x = a unless a\n").starts_with("mine.words:3: the rule demands"));
  CHECK(refusal("language xx\nclass a = b\nrule stop x = a\nrule start y = a\n").starts_with("mine.words:4: the same pattern"));
  CHECK(refusal("language xx\nclass a = b\nrule stop x = a\nrule stop x = a a\n").starts_with("mine.words:4: the rule 'x' exists already"));
  CHECK(refusal("language xx\nclass a = \"b\n").starts_with("mine.words:2: quotation mark"));
  CHECK(refusal("language xx\nclass a = x*\n").starts_with("mine.words:2: 'x*'"));
  CHECK(refusal("language xx\nclass unknown = x\n").starts_with("mine.words:2: 'unknown' is reserved"));
  CHECK(refusal("language xx\nfoo\n").starts_with("mine.words:2: 'foo' not understood"));
  CHECK(refusal("extend xx\n").starts_with("mine.words:1: no language 'xx'"));
  CHECK(refusal("").find("no line 'language") != std::string::npos);
  CHECK(refusal("language xx\nclass a = b\nrule stop r = a?\n").find("first step") != std::string::npos);
  CHECK(refusal("language xx\nclass polite = gern\nrule stop r = \"gern\"\n").find("'gern' is") != std::string::npos);
}

TEST_CASE("A user's file adds to a language or replaces it") {
  auto all = files();
  all.push_back({"mine.words", "extend de\nclass stop = Feierabend\n"});
  auto const more = keyword_grammar::load(all);
  REQUIRE(more);
  CHECK(more->classify("Feierabend!").what == intent::stop);
  CHECK(more->classify("Bitte abmelden").what == intent::stop);
  CHECK(grammar().classify("Feierabend!").what == intent::none);
  all.back().text = "language de\nclass stop = Feierabend\nkeyword stop stop = stop\n";
  auto const other = keyword_grammar::load(all);
  REQUIRE(other);
  CHECK(other->classify("Feierabend").what == intent::stop);
  CHECK(other->classify("Bitte keine Nachrichten mehr").what == intent::none);
}

TEST_CASE("Work grows with the length and no faster, whatever the bytes") {
  std::string every;
  for (int i = 0; i < 256; ++i) every += static_cast<char>(i);
  auto made = keyword::engine::compile(files());
  REQUIRE(made);
  auto const& engine = **made;
  for (std::string const& unit : {std::string{"a"}, std::string{"stop "}, std::string{"\""}, std::string{"> x\n"}, std::string{"\n"}, std::string{"keine Nachrichten mehr "}, std::string{"s.t.o.p."},
                                 std::string{"a-"}, std::string{"nicht "}, std::string{"\xF0\x9F\x9B\x91"}, std::string{"„stop “"}, std::string{"http://x "}, std::string{"x@y."}, std::string{"Von: x\n"},
                                 std::string{"Am schrieb:\n"}, std::string{"\xC3"}, std::string{"bitte nicht mehr, "}, std::string{"don't "}, every}) {
    CAPTURE(unit);
    std::string text;
    while (text.size() < 64 * 1024) text += unit;
    auto const one = engine.steps(text);
    std::string const sixteen = [&] { std::string t; while (t.size() < 16 * text.size()) t += text; return t; }();
    auto const many = engine.steps(sixteen);
    CHECK(many <= 17 * one + 1000);
    CHECK(one <= 400 * text.size());
    (void)engine.classify(sixteen, topics(), weighing::careful);
  }
}

TEST_CASE("A clause that goes on is read with the one before it") {
  CHECK(what("Ich erlaube Ihnen nicht länger, mir zu schreiben") == "stop");
  CHECK(what("Die Erlaubnis, mir zu schreiben, ziehe ich zurück.") == "stop");
  CHECK(what("Könnt ihr bitte aufhören, so laut zu singen?") != "stop");
  CHECK(what("Die Airline soll aufhören, mir Mails zu schicken!") != "stop");
}

TEST_CASE("That refers to what was said before, and to nothing where nothing was") {
  CHECK(what("Man kann sich jederzeit abmelden. Das möchte ich hiermit tun.") == "stop");
  CHECK(what("Wir können am Montag fahren. Das möchte ich hiermit tun.") == "none");
  CHECK(what("Das möchte ich hiermit tun. Man kann sich jederzeit abmelden.") != "stop");
}

TEST_CASE("A dot behind an abbreviation ends no sentence") {
  CHECK(what("Ich widerspreche gemäß Art. 21 der Werbung.") == "stop");
  CHECK(what("Danke. Stopp.") == "stop");
}

TEST_CASE("A veto ends where a new request begins") {
  CHECK(what("Ich brauche das nicht und bitte um Abmeldung.") == "stop");
  CHECK(what("Bitte nicht abmelden und danke") != "stop");
}

TEST_CASE("A start beside other words counts where nothing speaks against it") {
  CHECK(what("Start! Ich freue mich auf die Angebote.") == "start");
  CHECK(what("START. Ich will aber nichts.") != "start");
  CHECK(what("Start! Wann fährt der Bus?") != "start");
  CHECK(what("Start bitte. Die Reise war toll.") != "start");
}

TEST_CASE("What may be an exclamation stops only beside words about messages") {
  CHECK(what("Hör auf, das glaub ich nicht, so günstig!") == "unclear");
  CHECK(what("Hört auf, ihr schickt ja täglich Mails!") == "stop");
  CHECK(what("Hört endlich auf!") == "stop");
}

TEST_CASE("Parts of a clause may ask for more than the whole") {
  CHECK(what("Bitte schreiben Sie mir nicht mehr und löschen Sie meine Nummer") == "erase");
}
