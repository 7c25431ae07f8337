// tools/learn/corpus.hpp - the labelled messages of tests/keywords as they are learnt from, and their features.
#pragma once
#include "unit/keyword_support.hpp"

namespace learn {

struct message {
  keyword_test::labelled said;
  std::string writer;
  bool seen = false;                    ///< the rules were written with it: what they answer says nothing
  float counts = 1;
};

[[nodiscard]] inline jawort::intent intent_of(std::string const& name) {
  for (std::size_t i = 0; i < jawort::keyword::intents; ++i)
    if (name == jawort::name_of(static_cast<jawort::intent>(i))) return static_cast<jawort::intent>(i);
  throw std::runtime_error{"'" + name + "' is no intent"};
}

/// Of which languages rules were written with a corpus.
enum class rules_from { none, other_six, all };

/// The number in an id says who wrote a message that was not seen: ten thousand each.
[[nodiscard]] inline std::vector<message> read_corpus(std::string const& name, rules_from from) {
  std::vector<message> out;
  for (auto& m : keyword_test::corpus(name)) {
    bool const seen = from == rules_from::all || (from == rules_from::other_six && m.language != "de" && m.language != "en");
    auto const writer = seen ? name : std::to_string(std::stoul(m.id.substr(m.id.rfind('-') + 1)) / 10'000);
    out.push_back({std::move(m), writer, seen});
  }
  return out;
}

/// `expect text`: wordings that somebody thought of while writing the rules; they count half. Where one is only known to be
/// no stop, the answer of the rules is taken: a test holds that it is none.
[[nodiscard]] inline std::vector<message> read_wordings(std::string const& name) {
  std::istringstream in{keyword_test::read(std::string{JAWORT_KEYWORD_CORPUS} + "/" + name)};
  std::vector<message> out;
  for (std::string line; std::getline(in, line);) {
    auto const tab = line.find('\t');
    if (tab == std::string::npos || line.starts_with("expect")) continue;
    message m;
    m.said.text = line.substr(tab + 1);
    m.said.intent = line.substr(0, tab);
    if (m.said.intent == "no-stop") m.said.intent = name_of(keyword_test::grammar().classify(m.said.text, keyword_test::topics()).what);
    m.seen = true;
    m.writer = name;
    m.counts = 0.5F;
    out.push_back(std::move(m));
  }
  return out;
}

/// The features of a message by name, as often as they stand there. Every second message is read without scope words, as
/// most callers give none.
[[nodiscard]] inline std::vector<std::string> features_of(jawort::keyword_grammar const& grammar, message const& m) {
  std::vector<std::string> out;
  bool const named = jawort::keyword::hash_of(m.said.text) % 2 == 0;
  grammar.weigh(m.said.text, named ? std::span<jawort::scope_word const>{keyword_test::topics()} : std::span<jawort::scope_word const>{}, [&](jawort::keyword::feature const& f, auto const*) {
    if (f.kind != jawort::keyword::feature_kind::answer || !m.seen) out.push_back(jawort::keyword::text_of(f));
  });
  return out;
}

}  // namespace learn
