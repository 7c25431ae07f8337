// tools/learn/corpus.hpp - labelled messages read from tests/keywords, and their features.
#pragma once
#include <fmt/format.h>

#include <array>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "jawort/keyword.hpp"

namespace learn {

struct message {
  std::string text, language, writer;
  jawort::intent what{}, second{};      ///< the second answer that a careful reader could give, else the first
  bool plain = false;
  bool seen = false;                    ///< the rules were written with it: what they answer says nothing
  float counts = 1;
};

[[nodiscard]] inline std::string read_file(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) throw std::runtime_error{path + ": cannot be read"};
  return {std::istreambuf_iterator<char>{in}, {}};
}

[[nodiscard]] inline jawort::intent intent_of(std::string const& name, std::string const& where) {
  for (std::size_t i = 0; i < jawort::keyword::intents; ++i)
    if (name == jawort::name_of(static_cast<jawort::intent>(i))) return static_cast<jawort::intent>(i);
  throw std::runtime_error{fmt::format("{}: '{}' is no intent", where, name)};
}

[[nodiscard]] inline std::vector<std::string> cells_of(std::string const& line) {
  std::vector<std::string> out;
  std::istringstream in{line};
  for (std::string cell; std::getline(in, cell, '\t');) out.push_back(cell);
  return out;
}

[[nodiscard]] inline std::string unescaped(std::string const& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    bool const escape = text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == 'n' || text[i + 1] == 't');
    out += escape ? (text[i + 1] == 'n' ? '\n' : '\t') : text[i];
    i += escape ? 1U : 0U;
  }
  return out;
}

/// `id language intent scope plain trap text`. The number in an id says who wrote the message: ten thousand each.
[[nodiscard]] inline std::vector<message> read_corpus(std::string const& path, bool seen) {
  std::istringstream in{read_file(path)};
  std::vector<message> out;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    auto const where = fmt::format("{}:{}", path, number);
    if (number == 1) continue;
    auto const f = cells_of(line);
    if (f.size() != 7) throw std::runtime_error{where + ": not seven columns"};
    message m;
    m.text = unescaped(f[6]);
    m.language = f[1];
    m.what = m.second = intent_of(f[2], where);
    if (f[0].starts_with("two-")) m.second = intent_of(f[0].substr(4, f[0].find("-" + f[1] + "-") - 4), where);
    m.plain = f[4] == "yes";
    m.seen = seen;
    m.writer = seen ? path : std::to_string(std::stoul(f[0].substr(f[0].rfind('-') + 1)) / 10'000);
    out.push_back(std::move(m));
  }
  return out;
}

/// `expect text`: wordings that somebody thought of while writing the rules; they count half.
[[nodiscard]] inline std::vector<message> read_wordings(std::string const& path) {
  std::istringstream in{read_file(path)};
  std::vector<message> out;
  for (std::string line; std::getline(in, line);) {
    auto const tab = line.find('\t');
    if (tab == std::string::npos || line.starts_with("expect") || line.starts_with("no-stop")) continue;
    message m;
    m.text = line.substr(tab + 1);
    m.what = m.second = intent_of(line.substr(0, tab), path);
    m.seen = true;
    m.writer = path;
    m.counts = 0.5F;
    out.push_back(std::move(m));
  }
  return out;
}

/// The scope words that the corpora use; every second message is learnt without them, as most callers give none.
[[nodiscard]] inline std::vector<jawort::scope_word> const& topics() {
  static auto const all = [] {
    std::vector<jawort::scope_word> out;
    for (auto const& [word, means] : std::initializer_list<std::pair<char const*, char const*>>{
             {"angebote", "offers"}, {"schnäppchen", "offers"}, {"offers", "offers"}, {"deals", "offers"}, {"newsletter", "newsletter"}, {"reisenews", "newsletter"},
             {"kreuzfahrten", "newsletter/cruises"}, {"cruises", "newsletter/cruises"}, {"städtereisen", "newsletter/city-trips"}, {"city trips", "newsletter/city-trips"}})
      out.push_back({word, *jawort::purpose::parse(means)});
    return out;
  }();
  return all;
}

/// The features of a message by name, as often as they stand there.
[[nodiscard]] inline std::vector<std::string> features_of(jawort::keyword_grammar const& grammar, message const& m) {
  std::vector<std::string> out;
  bool const named = jawort::keyword::hash_of(m.text) % 2 == 0;
  grammar.weigh(m.text, named ? std::span<jawort::scope_word const>{topics()} : std::span<jawort::scope_word const>{}, [&](jawort::keyword::feature const& f, auto const*) {
    if (f.kind != jawort::keyword::feature_kind::answer || !m.seen) out.push_back(jawort::keyword::text_of(f));
  });
  return out;
}

}  // namespace learn
