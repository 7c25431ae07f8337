// How many short messages a second the keyword grammar reads on one core: bench/classify.cpp
//   build/release/bench/classify_bench [FILE]     one message a line; without a file, sixteen of its own
#include <fmt/format.h>

#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "jawort/ledger/keywords.hpp"

namespace {
std::vector<std::string> const own{"Stop", "STOP", "Start", "Ja", "Danke!", "Bitte keine Nachrichten mehr", "Ok, bis morgen", "abmelden bitte", "Wann kommen die Unterlagen?", "stop",
                                   "Unsubscribe", "Vielen Dank für die schnelle Antwort!", "Kein Interesse", "Wir landen um 14 Uhr", "Ich möchte keine Werbung mehr erhalten.", "Super, danke 😊"};

double measure(std::vector<std::string> const& messages, std::size_t rounds, std::span<jawort::scope_word const> topics, jawort::weighing how, std::size_t& stops) {
  auto const& grammar = jawort::built_in_grammar();
  std::clock_t const begin = std::clock();  // processor time: other programs on the machine do not count
  for (std::size_t r = 0; r < rounds; ++r)
    for (auto const& m : messages) stops += grammar.classify(m, topics, how).what == jawort::intent::stop ? 1U : 0U;
  return static_cast<double>(rounds * messages.size()) * CLOCKS_PER_SEC / static_cast<double>(std::clock() - begin);
}
}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> messages = own;
  if (argc > 1) {
    messages.clear();
    std::ifstream in{argv[1]};
    for (std::string line; std::getline(in, line);) messages.push_back(line);
    if (messages.empty()) { fmt::print("{}: no messages\n", argv[1]); return 1; }
  }
  std::size_t bytes = 0, stops = 0;
  for (auto const& m : messages) bytes += m.size();
  auto const rounds = 1 + 1'000'000 / messages.size();
  std::vector<jawort::scope_word> const topics{{"angebote", *jawort::purpose::parse("offers")}, {"newsletter", *jawort::purpose::parse("newsletter")}, {"kreuzfahrten", *jawort::purpose::parse("newsletter/cruises")}};
  using jawort::weighing;
  (void)measure(messages, 1 + rounds / 10, {}, weighing::careful, stops);  // warm
  double const bare = measure(messages, rounds, {}, weighing::careful, stops), named = measure(messages, rounds, topics, weighing::careful, stops);
  double const rules = measure(messages, rounds, {}, weighing::none, stops);
  std::string long_text;
  while (long_text.size() < (1U << 20U)) long_text += messages[long_text.size() % messages.size()] + " ";
  std::vector<std::string> const one{long_text};
  double const megabytes = measure(one, 20, {}, weighing::careful, stops);
  fmt::print("{:.0f} messages a second, {:.0f} with three scope words, {:.0f} by the rules alone ({:.1f} bytes each); a text of one megabyte in {:.1f} ms ({} stops)\n", bare, named, rules,
             static_cast<double>(bytes) / static_cast<double>(messages.size()), 1000 / megabytes, stops);
}
