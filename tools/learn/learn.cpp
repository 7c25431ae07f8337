// Learns what words weigh from labelled messages: tools/learn/learn.cpp (docs/KEYWORDS.md, "What words weigh")
//   jawort_learn OUT      writes data/keywords/learnt.weights anew from tests/keywords
//   jawort_learn          instead learns without each writer in turn and says how the grammar reads that one's messages
// The same messages and language files give the same weights, byte for byte, with one compiler on one machine.
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <set>

#include "corpus.hpp"
#include "model.hpp"

namespace {
using namespace jawort;
using namespace learn;

constexpr std::size_t in_messages = 3;      // a feature must stand in so many
constexpr std::size_t kept = 16'000;        // features of the file
constexpr double rigour = 0.2;
constexpr int rounds = 200;
constexpr keyword::weights::bounds sure{0.9, 0.5, 0.6};
// English private talk was seen to be taken for a wish to a sender.
constexpr std::string_view reserves = "reserve en 0.75 0.95 0.8\n";

struct set {
  std::vector<message> messages;
  std::vector<std::vector<std::string>> features;
};

set read_all() {
  set out;
  auto const add = [&](std::vector<message> const& more) { out.messages.insert(out.messages.end(), more.begin(), more.end()); };
  for (auto const* name : {"tune.tsv", "tune2.tsv", "tune3.tsv", "tune7.tsv"}) add(read_corpus(name, rules_from::all));
  add(read_corpus("tune4.tsv", rules_from::other_six));
  for (auto const* name : {"tune5.tsv", "tune8.tsv", "chat.tsv"}) add(read_corpus(name, rules_from::none));
  add(read_wordings("wordings.tsv"));
  for (auto const& m : out.messages) out.features.push_back(features_of(keyword_test::grammar(), m));
  return out;
}

/// The features that count, numbered, and the messages in their terms.
struct terms {
  std::map<std::string, std::uint32_t> numbers;
  std::vector<std::string> names;
  std::vector<example> examples;
};

terms in_terms(set const& all, std::string const& without, std::set<std::string> const* only) {
  std::map<std::string, std::size_t> messages;
  for (std::size_t i = 0; i < all.messages.size(); ++i)
    if (all.messages[i].writer != without)
      for (auto const& f : std::set<std::string>(all.features[i].begin(), all.features[i].end())) ++messages[f];
  terms out;
  for (auto const& [name, n] : messages) {
    if (n < in_messages || (only != nullptr && !only->contains(name))) continue;
    out.numbers.emplace(name, static_cast<std::uint32_t>(out.names.size()));
    out.names.push_back(name);
  }
  for (std::size_t i = 0; i < all.messages.size(); ++i) {
    if (all.messages[i].writer == without) continue;
    example e;
    for (auto const& f : all.features[i])
      if (auto const at = out.numbers.find(f); at != out.numbers.end()) e.features.push_back(at->second);
    e.intent = static_cast<std::size_t>(intent_of(all.messages[i].said.intent));
    e.counts = all.messages[i].counts;
    out.examples.push_back(std::move(e));
  }
  return out;
}

/// The features that move most: how far their weights lie apart, times how often they stand somewhere.
std::set<std::string> heaviest(terms const& t, model const& m, std::size_t most) {
  std::vector<double> often(t.names.size(), 0);
  for (auto const& e : t.examples)
    for (auto const f : e.features) often[f] += 1;
  std::vector<std::pair<double, std::string>> by;
  for (std::size_t f = 0; f < t.names.size(); ++f) {
    double mean = 0, apart = 0;
    for (std::size_t c = 0; c < classes; ++c) mean += static_cast<double>(m.weight(f, c)) / classes;
    for (std::size_t c = 0; c < classes; ++c) apart += std::pow(static_cast<double>(m.weight(f, c)) - mean, 2);
    by.emplace_back(std::sqrt(apart * often[f]), t.names[f]);
  }
  std::sort(by.begin(), by.end(), [](auto const& a, auto const& b) { return a.first != b.first ? a.first > b.first : a.second < b.second; });
  std::set<std::string> out;
  for (std::size_t i = 0; i < std::min(most, by.size()); ++i) out.insert(by[i].second);
  return out;
}

std::string written(terms const& t, model const& m, keyword::weights::bounds const& at) {
  float most = 0;
  std::vector<float> size;
  for (std::size_t i = 0; i < m.features * classes; ++i) size.push_back(std::abs(m.weights[i]));
  std::sort(size.begin(), size.end());
  most = size[size.size() - 1 - size.size() / 20'000];  // the few beyond it are cut
  float const scale = most / 127;
  std::string out = "weights 1\n# What words weigh, learnt from tests/keywords by tools/learn; the form is in docs/KEYWORDS.md.\n";
  out += "# Behind a tab: for none, start, stop, help, access, erase, wrong-number, dispute, unclear.\nbias";
  for (std::size_t c = 0; c < classes; ++c) out += fmt::format(" {:.4f}", m.bias(c));
  out += fmt::format("\nscale {:.6f}\nsure stop {}\nsure stop-by-rule {}\nsure unclear {}\n", scale, at.stop, at.stop_by_rule, at.unclear);
  out += reserves;
  for (std::size_t f = 0; f < t.names.size(); ++f) {
    std::array<int, classes> whole{};
    bool any = false;
    for (std::size_t c = 0; c < classes; ++c) any |= (whole[c] = std::clamp(static_cast<int>(std::lround(m.weight(f, c) / scale)), -127, 127)) != 0;
    if (!any) continue;
    out += t.names[f] + "\t" + fmt::format("{}\n", fmt::join(whole, " "));
  }
  return out;
}

std::string learnt(set const& all, std::string const& without) {
  auto const wide = in_terms(all, without, nullptr);
  model first;
  first.fit(wide.examples, wide.names.size(), rigour, rounds / 2);
  auto const keep = heaviest(wide, first, kept);
  auto const narrow = in_terms(all, without, &keep);
  model second;
  second.fit(narrow.examples, narrow.names.size(), rigour, rounds);
  return written(narrow, second, sure);
}

/// The figures of the corpora, and ordinary messages that would be asked about.
struct score : keyword_test::score {
  std::size_t asked = 0;
  void add(message const& m, keyword_grammar const& by) {
    auto const c = keyword_test::score::add(m.said, by);
    asked += c.what == intent::unclear && m.said.intent == "none" ? 1U : 0U;
  }
  [[nodiscard]] std::string text() const {
    return fmt::format("right {:.1f} % of {}, plain stops missed {} of {} ({} unheard), false stops {}, none taken for unclear {}", per_cent(), lines, plain_missed, plain_stops, unheard, false_stops, asked);
  }
};

/// A file of weights with other bounds.
std::string with_bounds(std::string text, keyword::weights::bounds const& b) {
  auto const from = text.find("sure stop "), to = text.find("\n", text.find("sure unclear "));
  return text.replace(from, to - from, fmt::format("sure stop {}\nsure stop-by-rule {}\nsure unclear {}", b.stop, b.stop_by_rule, b.unclear));
}

std::string group(message const& m) { return m.said.language == "de" || m.said.language == "en" ? m.said.language : "other"; }

int cross(set const& all) {
  std::set<std::string> writers;
  for (auto const& m : all.messages)
    if (!m.seen) writers.insert(m.writer);
  std::vector<keyword::weights::bounds> const tried{sure, {0, 0, 1}, {0.75, 0.5, 0.4}, {0.85, 0.5, 0.5}, {0.9, 0.5, 0.5}, {0.9, 0.4, 0.6}, {0.95, 0.5, 0.6}};
  std::map<std::string, score> by;
  for (auto const& w : writers) {
    auto files = keyword_test::files();
    files.push_back({"learnt.weights", learnt(all, w)});
    for (std::size_t b = 0; b < tried.size(); ++b) {
      files.back().text = with_bounds(files.back().text, tried[b]);
      auto const grammar = keyword_test::load(files);
      for (auto const& m : all.messages) {
        if (m.writer != w) continue;
        auto const language = group(m);
        by[fmt::format("bounds {} {} {} {}", tried[b].stop, tried[b].stop_by_rule, tried[b].unclear, language)].add(m, grammar);
        if (b == 0) by[fmt::format("writer {:>3} {}", w, language)].add(m, grammar);
      }
    }
  }
  for (auto const& m : all.messages)
    if (!m.seen) by["rules alone " + group(m)].add(m, keyword_test::grammar());
  for (auto const& [name, s] : by) fmt::print("{:<28} {}\n", name, s.text());
  return 0;
}
}  // namespace

int main(int argc, char** argv) {
  try {
    auto const all = read_all();
    if (argc < 2) return cross(all);
    std::ofstream out{argv[1], std::ios::binary};
    out << learnt(all, "");
    out.close();
    if (!out) throw std::runtime_error{std::string{argv[1]} + ": cannot be written"};
  } catch (std::exception const& e) {
    fmt::print(stderr, "jawort_learn: {}\n", e.what());
    return 1;
  }
}
