// tests/unit/keyword_support.hpp - the grammar of data/keywords, the corpora, and the scope words that it uses.
#pragma once
#include <filesystem>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "jawort/keyword.hpp"

namespace keyword_test {

inline std::string read(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) throw std::runtime_error{"cannot read " + path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

inline std::vector<jawort::language_source> const& files() {
  static auto const all = [] {
    std::vector<jawort::language_source> out;
    for (std::string const code : {"de", "en", "fr", "it", "es", "nl", "pl", "tr"}) out.push_back({code + ".words", read(std::string{JAWORT_KEYWORDS} + "/" + code + ".words")});
    return out;
  }();
  return all;
}

inline jawort::keyword_grammar load(std::vector<jawort::language_source> const& from) {
  auto made = jawort::keyword_grammar::load(from);
  if (!made) throw std::runtime_error{made.error().message.en};
  return *std::move(made);
}

/// The rules alone.
inline jawort::keyword_grammar const& grammar() {
  static auto const g = load(files());
  return g;
}

inline std::string const& weight_text() {
  static auto const text = read(std::string{JAWORT_KEYWORDS} + "/learnt.weights");
  return text;
}

/// The rules and what words weigh.
inline jawort::keyword_grammar const& weighed() {
  static auto const g = [] {
    auto all = files();
    all.push_back({"learnt.weights", weight_text()});
    return load(all);
  }();
  return g;
}

inline std::vector<jawort::scope_word> const& topics() {
  static auto const all = [] {
    std::vector<jawort::scope_word> out;
    auto const add = [&](char const* word, char const* means) { out.push_back({word, *jawort::purpose::parse(means)}); };
    for (auto const* w : {"angebote", "schnäppchen", "offers", "deals"}) add(w, "offers");
    for (auto const* w : {"newsletter", "reisenews"}) add(w, "newsletter");
    for (auto const* w : {"kreuzfahrten", "cruises"}) add(w, "newsletter/cruises");
    for (auto const* w : {"städtereisen", "city trips"}) add(w, "newsletter/city-trips");
    return out;
  }();
  return all;
}

struct labelled {
  std::string id, language, intent, scope, text;
  bool plain = false, trap = false;
  /// The second answer that a careful reader could give; empty for most.
  [[nodiscard]] std::string second() const {
    if (!id.starts_with("two-")) return {};
    auto const end = id.find("-" + language + "-");
    return id.substr(4, end - 4);
  }
};

inline std::vector<labelled> corpus(std::string const& name) {
  std::istringstream in{read(std::string{JAWORT_KEYWORD_CORPUS} + "/" + name)};
  std::vector<labelled> out;
  for (std::string line; std::getline(in, line);) {
    std::vector<std::string> f;
    std::istringstream cells{line};
    for (std::string cell; std::getline(cells, cell, '\t');) f.push_back(cell);
    if (!f.empty() && f[0] == "id") continue;
    if (f.size() != 7) throw std::runtime_error{name + ": not seven columns: " + f.at(0)};
    std::string text;
    for (std::size_t i = 0; i < f[6].size(); ++i) {
      bool const escape = f[6][i] == '\\' && i + 1 < f[6].size() && (f[6][i + 1] == 'n' || f[6][i + 1] == 't');
      text += escape ? (f[6][i + 1] == 'n' ? '\n' : '\t') : f[6][i];
      i += escape ? 1U : 0U;
    }
    out.push_back({f[0], f[1], f[2], f[3], text, f[4] == "yes", f[5] == "yes"});
  }
  return out;
}

/// The name of the answer; a bare yes is a start as far as the corpus goes.
inline std::string answer(jawort::classification const& c) { return c.bare_yes ? "start" : std::string{name_of(c.what)}; }

/// What answers are worth against labels.
struct score {
  std::size_t lines = 0, right = 0, stops = 0, stops_found = 0, plain_stops = 0, plain_missed = 0, unheard = 0, false_stops = 0, scopes = 0, scopes_right = 0;
  jawort::classification add(labelled const& m, jawort::keyword_grammar const& by, jawort::weighing how = jawort::weighing::careful) {
    auto const c = by.classify(m.text, topics(), how);
    auto const got = answer(c);
    ++lines;
    right += got == m.intent || got == m.second() ? 1U : 0U;
    if (m.intent == "stop") {
      ++stops;
      stops_found += got == "stop" ? 1U : 0U;
      plain_stops += m.plain ? 1U : 0U;
      plain_missed += m.plain && got != "stop" ? 1U : 0U;
      unheard += m.plain && !jawort::keyword::bars(c.what) ? 1U : 0U;
    }
    // Erasure and a wrong number bar what a stop bars and more: to hear a stop there stops nobody falsely.
    false_stops += got == "stop" && m.intent != "stop" && m.second() != "stop" && m.intent != "erase" && m.intent != "wrong-number" ? 1U : 0U;
    if (got != m.intent || (got != "stop" && got != "start") || m.scope == "-") return c;
    ++scopes;
    auto const scope = c.topic ? "topic:" + std::string{c.topic->text()} : std::string{name_of(c.scope)};
    scopes_right += scope == m.scope ? 1U : 0U;
    return c;
  }
  [[nodiscard]] double per_cent() const { return 100.0 * static_cast<double>(right) / static_cast<double>(lines); }
};

}  // namespace keyword_test
