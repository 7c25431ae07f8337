// What words weigh: the file's form, the sums against a slow twin, and what weights may never do.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "keyword_support.hpp"
#include "reference/slow_weights.hpp"

using namespace jawort;
using namespace keyword_test;

namespace {
/// A grammar with the language files and these weights.
result<keyword_grammar> with(std::string text) {
  auto all = files();
  all.push_back({"learnt.weights", std::move(text)});
  return keyword_grammar::load(all);
}

std::string what(keyword_grammar const& g, std::string const& text) { return answer(g.classify(text, topics())); }
}  // namespace

TEST_CASE("A file of weights is refused with its line and what is wrong") {
  struct bad { char const* text; failure code; char const* says; };
  bad const all[] = {
      {"weights 2\n", failure::wrong_version, "learnt.weights:1: only weights of form 1"},
      {"weights 1 \n", failure::wrong_version, "learnt.weights:1:"},
      {"weights 1\nword danke 1 2 3\n", failure::malformed, "learnt.weights:2: line not understood"},
      {"weights 1\nword danke\t1 0 0 0 0 0 0 0\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nword danke\t1 0 0 0 0 0 0 0 0 0\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nword danke\t1  0 0 0 0 0 0 0 0\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nword\t1 0 0 0 0 0 0 0 0\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nword danke\t128 0 0 0 0 0 0 0 0\n", failure::malformed, "128 is not between -127 and 127"},
      {"weights 1\nwort danke\t1 0 0 0 0 0 0 0 0\n", failure::unknown_name, "learnt.weights:2: unknown kind 'wort'"},
      {"weights 1\nsure start 0.5\n", failure::unknown_name, "unknown bound 'start'"},
      {"weights 1\nsure stop 1.5\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nsure stop\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nreserve en 0.5 0.9\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nreserve en 0.5 0.9 1.1\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nreserve  0.5 0.9 0.8\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nreserve en 0.5 0.9 0.8\nreserve en 0.5 0.9 0.8\n", failure::malformed, "learnt.weights:3:"},
      {"weights 1\nscale 0\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nscale nan\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nbias 1 2 3\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\nbias nan 0 0 0 0 0 0 0 0\n", failure::malformed, "learnt.weights:2:"},
      {"weights 1\n\n# twice\nword a\t1 0 0 0 0 0 0 0 0\nword b\t1 0 0 0 0 0 0 0 0\nword a\t2 0 0 0 0 0 0 0 0\n", failure::refused, "learnt.weights:6: this feature is there already"},
  };
  for (auto const& b : all) {
    CAPTURE(b.text);
    auto const g = with(b.text);
    REQUIRE_FALSE(g);
    CHECK(g.error().code == b.code);
    CHECK_MESSAGE(g.error().message.en.find(b.says) != std::string::npos, g.error().message.en);
    CHECK_FALSE(g.error().hint.de.empty());
  }
  CHECK(with("weights 1\r\n# nothing\r\nsure stop 0.5\r\nword a\t1 0 0 0 0 0 0 0 0"));
}

TEST_CASE("Weights without features leave the rules alone") {
  auto const g = with("weights 1\nbias 0 0 9 0 0 0 0 0 0\n");
  REQUIRE(g);
  for (auto const& m : corpus("tune.tsv")) CHECK_MESSAGE(what(*g, m.text) == answer(grammar().classify(m.text, topics())), m.id);
}

TEST_CASE("The features of a sentence are those of the slow twin") {
  std::vector<std::string> const vocabulary{"stop", "nachrichten", "keine", "a", "xy", "newsletter", "#number", "\xD1\x81\xD1\x82", "abc"};
  std::vector<std::string> const names{"neg", "message", "more", "want"};
  std::vector<keyword::side> numbered;
  for (auto const& n : names) numbered.push_back(keyword::side::of(n));
  std::mt19937 random{20261126};
  for (int round = 0; round < 5000; ++round) {
    std::vector<slow::word> slow_words;
    std::vector<keyword::weighed_word> words;
    std::vector<std::vector<std::uint32_t>> groups(random() % 12);
    for (auto& g : groups) {
      auto const& text = vocabulary[random() % vocabulary.size()];
      bool const letters = text[0] >= 'a' && text[0] <= 'z';
      slow_words.push_back({text, letters, {}});
      for (std::uint32_t c = 0; c < names.size(); ++c)
        if (random() % 3 == 0) {
          g.push_back(c);
          slow_words.back().classes.push_back(names[c]);
        }
      words.push_back({keyword::side::of(text), letters, g});
    }
    bool const asks = random() % 2 == 0;
    std::multiset<std::string> fast;
    keyword::each_feature(words, numbered, asks, [&](keyword::feature const& f) { fast.insert(keyword::text_of(f)); });
    REQUIRE(fast == slow::features_of(slow_words, asks));
  }
}

TEST_CASE("What a message weighs is what the slow twin adds up") {
  auto const file = slow::read_weights(weight_text());
  CHECK(file.features.size() > 10'000);
  std::size_t compared = 0;
  for (auto const& m : corpus("tune3.tsv")) {
    std::vector<std::string> features;
    bool const open = weighed().weigh(m.text, topics(), [&](keyword::feature const& f, auto const* row) {
      features.push_back(keyword::text_of(f));
      auto const known = file.features.find(features.back());
      REQUIRE((row != nullptr) == (known != file.features.end()));
      if (row == nullptr) return;
      for (std::size_t i = 0; i < 9; ++i) REQUIRE((*row)[i] == known->second[i]);
    });
    auto const c = weighed().classify(m.text, topics(), weighing::all);
    if (c.sure == 0) continue;
    REQUIRE(open);
    auto const twin = slow::likely(file, features);
    CHECK(c.sure == doctest::Approx(twin[static_cast<std::size_t>(c.what)]).epsilon(1e-6));
    auto const told = weighed().explain(m.text, topics(), c.what);
    for (std::size_t i = 0; i < 9; ++i) CHECK(told.likely[i] == doctest::Approx(twin[i]).epsilon(1e-6));
    ++compared;
  }
  CHECK(compared > 1500);
}

TEST_CASE("Weights start nothing, take no booking for a stop, and say nothing about what nobody knows") {
  // Whatever is weighed is a start, or a stop.
  auto const everything_is = [](int start, int stop) {
    return with(fmt::format("weights 1\nscale 1\nsure stop 0.5\nsure stop-by-rule 0.5\nends .\t0 {0} {1} 0 0 0 0 0 0\nends ?\t0 {0} {1} 0 0 0 0 0 0\n", start, stop));
  };
  auto const starts = everything_is(100, 0), stops = everything_is(0, 100);
  REQUIRE(starts);
  REQUIRE(stops);
  CHECK(what(*starts, "Wann kommen die Unterlagen?") == "none");
  CHECK(what(*starts, "Bitte keine Nachrichten mehr") == "unclear");
  CHECK(what(*stops, "Wann kommen die Unterlagen?") == "stop");
  CHECK(what(*stops, "Ich muss die Reise leider stornieren") == "unclear");
  CHECK(what(*stops, "Please cancel my booking") == "unclear");
  for (auto const* silent : {"", "Hallo", "Danke!", "👍", "Feierabend!", "stop@beispiel.example", "xyzzy plugh", "Ja", "12"}) {
    auto const c = stops->classify(silent, topics());
    CHECK_MESSAGE(answer(c) != "stop", silent);
    CHECK_MESSAGE(c.sure == 0, silent);
  }
}

TEST_CASE("Weights say nothing of a word alone, nor where a rule says that nothing is asked") {
  auto const g = with("weights 1\nscale 1\nsure stop 0.5\nends .\t0 0 100 0 0 0 0 0 0\nends ?\t0 0 100 0 0 0 0 0 0\n");
  REQUIRE(g);
  CHECK(what(*g, "Katalog") == "none");
  CHECK(what(*g, "Katalog morgen") == "stop");
  CHECK(what(*g, "Ich möchte mich nicht abmelden") == "none");
  CHECK(what(*g, "Ich möchte mich umsehen") == "stop");
}

TEST_CASE("A language with a reserve is weighed where words are known and about messages, or on request") {
  auto const words = [](std::string const& reserve) {
    return with("weights 1\nscale 1\nsure stop 0.5\n" + reserve + "word the\t0 0 3 0 0 0 0 0 0\nword messages\t0 0 3 0 0 0 0 0 0\nword house\t0 0 3 0 0 0 0 0 0\nword das\t0 0 3 0 0 0 0 0 0\nends .\t0 0 2 0 0 0 0 0 0\n");
  };
  auto const g = words("reserve en 0.6 0.7 1\n");
  REQUIRE(g);
  auto const heard = [](keyword_grammar const& by, std::string const& text, weighing how) { return by.classify(text, {}, how).what == intent::stop; };
  CHECK(heard(*g, "the messages", weighing::careful));
  CHECK_FALSE(heard(*g, "the house", weighing::careful));                       // not about messages
  CHECK_FALSE(heard(*g, "the messages arrived this week", weighing::careful));  // two of five words are known
  CHECK(heard(*g, "das ist ein Haus", weighing::careful));                      // no reserve in German
  for (auto const* text : {"the messages", "the house", "the messages arrived this week"}) {
    CHECK(heard(*g, text, weighing::all));
    CHECK_FALSE(heard(*g, text, weighing::none));
  }
  auto const strict = words("reserve en 0.6 0.99 1\n");
  REQUIRE(strict);
  CHECK_FALSE(heard(*strict, "the messages", weighing::careful));               // below the bound of a stop
}

TEST_CASE("A weighed answer says where it was read and why") {
  auto const g = with("weights 1\nscale 0.1\nsure stop 0.5\nword fluch\t0 0 100 0 0 0 0 0 0\nword wetter\t50 0 0 0 0 0 0 0 0\n");
  REQUIRE(g);
  std::string const text = "Das Wetter ist schön. Der Newsletter wird mir zum Fluch! Bis bald";
  auto const c = g->classify(text, topics());
  CHECK(c.what == intent::stop);
  CHECK(c.why == "weighed/stop");
  CHECK(c.language == "de");
  CHECK(text.substr(c.begin, c.end - c.begin) == "Der Newsletter wird mir zum Fluch");
  CHECK(c.scope == stop_scope::topic);
  REQUIRE(c.topic);
  CHECK(c.topic->text() == "newsletter");
  auto const told = g->explain(text, topics(), c.what);
  REQUIRE_FALSE(told.reasons.empty());
  CHECK(told.reasons[0].feature == "word fluch");
  CHECK(told.reasons[0].weighs > 0);
  CHECK(g->rule_text(c.why).empty());
}
