// classify
#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <iostream>
#include <span>

#include "grammar.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

/// `--topic kreuzfahrten=newsletter/cruises,angebote=offers`; a name alone is its own purpose.
result<std::vector<scope_word>> topics_of(context const& c) {
  std::vector<scope_word> out;
  std::string const text = c.args.get("topic").value_or("");
  for (std::size_t at = 0; at < text.size();) {
    std::size_t const end = std::min(text.find(',', at), text.size());
    std::string const one = text.substr(at, end - at);
    at = end + 1;
    auto const equal = one.find('=');
    auto p = purpose::parse(equal == std::string::npos ? one : one.substr(equal + 1));
    if (!p) return error{p.error().code, {"--topic " + one + ": " + p.error().message.de, "--topic " + one + ": " + p.error().message.en},
                         {"--topic kreuzfahrten=newsletter/cruises,angebote=offers", "--topic cruises=newsletter/cruises,offers"}};
    out.push_back({one.substr(0, equal), *p});
  }
  return out;
}

json as_json(std::string const& text, classification const& k, keyword_grammar const& g, std::span<scope_word const> topics, bool explain) {
  json j{{"text", text},
         {"intent", name_of(k.what)},
         {"scope", k.what == intent::stop ? json(name_of(k.scope)) : json(nullptr)},
         {"language", k.language.empty() ? json(nullptr) : json(k.language)},
         {"matched", text.substr(k.begin, k.end - k.begin)},
         {"topic", k.topic ? json(k.topic->text()) : json(nullptr)},
         {"bare_yes", k.bare_yes}};
  if (explain) {
    j["begin"] = k.begin;
    j["end"] = k.end;
    j["rule"] = k.why.empty() ? json(nullptr) : json(k.why);
    auto const pattern = g.rule_text(k.why);
    j["pattern"] = pattern.empty() ? json(nullptr) : json(pattern);
    if (k.sure > 0) {
      j["sure"] = std::round(k.sure * 1000) / 1000;
      j["weighed"] = json::array();
      for (auto const& r : g.explain(text, topics, k.what).reasons) j["weighed"].push_back({{"feature", r.feature}, {"weighs", std::round(r.weighs * 1000) / 1000}});
    }
  }
  return j;
}

bilingual words_of(intent i) {
  switch (i) {
    case intent::stop: return {"Stop", "stop"};
    case intent::start: return {"Start", "start"};
    case intent::help: return {"Hilfe", "help"};
    case intent::access: return {"Auskunft", "access"};
    case intent::erase: return {"Löschung", "erasure"};
    case intent::wrong_number: return {"falsche Nummer", "wrong number"};
    case intent::dispute: return {"bestreitet", "dispute"};
    case intent::unclear: return {"unklar", "unclear"};
    case intent::none: break;
  }
  return {"nichts", "none"};
}

void print_text(context const& c, std::string const& text, classification const& k, keyword_grammar const& g, std::span<scope_word const> topics, bool explain) {
  std::string what = c.say(words_of(k.what));
  if (k.bare_yes) what = c.say("bloßes Ja", "bare yes");
  if (k.topic) what += fmt::format(" ({})", k.topic->text());
  else if (k.what == intent::stop && k.scope == stop_scope::everything) what += c.say(" (alles)", " (everything)");
  paint const p = k.what == intent::stop || k.what == intent::erase || k.what == intent::wrong_number ? paint::bad : k.what == intent::none ? paint::faint : paint::careful;
  std::cout << painted(what, p, c.global.colour) << "\t" << inert(text) << "\n";
  if (!explain) return;
  auto const pattern = g.rule_text(k.why);
  if (!k.why.empty())
    std::cout << fmt::format("  {} \"{}\"  {}{}{}\n", c.say("gelesen:", "read:"), inert(text.substr(k.begin, k.end - k.begin)), k.why, pattern.empty() ? "" : " = ", pattern);
  if (k.sure == 0) return;
  std::string reasons;
  for (auto const& r : g.explain(text, topics, k.what).reasons) reasons += fmt::format("{}{} {:+.2f}", reasons.empty() ? "" : ", ", inert(r.feature), r.weighs);
  std::cout << fmt::format("  {} {:.0f} % {}: {}\n", c.say("gewogen:", "weighed:"), 100 * k.sure, c.say(words_of(k.what)), reasons);
}

int classify(context& c) {
  auto topics = topics_of(c);
  if (!topics) return report(c, topics.error(), usage);
  auto const how = weighing_of(c);
  if (!how) return report(c, how.error(), usage);
  auto grammar = grammar_of(c);
  if (!grammar) return report(c, grammar.error(), could_not);
  std::string const name = c.args.words.empty() ? "-" : c.args.words[0];
  std::ifstream file;
  if (name != "-") {
    file.open(name, std::ios::binary);
    if (!file) return report(c, {failure::environment, {name + ": nicht lesbar", name + ": cannot be read"}, {}}, could_not);
  }
  std::istream& in = name == "-" ? std::cin : file;
  bool const explain = c.args.has("explain");
  std::string line;
  while (std::getline(in, line)) {
    if (!line.empty() && line.back() == '\r') line.pop_back();
    auto const k = grammar->classify(line, *topics, *how);
    if (c.global.json) print_json(as_json(line, k, *grammar, *topics, explain), nullptr);
    else print_text(c, line, k, *grammar, *topics, explain);
  }
  if (in.bad()) return report(c, {failure::environment, {name + ": Lesefehler", name + ": read error"}, {}}, could_not);
  return done;
}
}  // namespace

std::vector<command> keyword_commands() {
  return {{"classify", "[FILE]", 0, 1,
           {"was Nachrichten wollen: Stop, Start, Hilfe, …, eine je Zeile", "what messages ask for: stop, start, help, …, one a line"},
           {"echo \"Bitte keine Nachrichten mehr\" | jawort classify -", "jawort classify antworten.txt --topic kreuzfahrten=newsletter/cruises,angebote=offers --json"},
           {{"explain", {}, {"dazu die Regel und die Stelle, die entschieden haben", "with the rule and the words that decided"}},
            {"topic", {"WORT=ZWECK,…", "WORD=PURPOSE,…"}, {"Namen der Themen, wie die Empfänger sie schreiben", "names of topics as recipients write them"}},
            weigh_option(), keywords_option()},
           classify}};
}

}  // namespace jawort::cli
