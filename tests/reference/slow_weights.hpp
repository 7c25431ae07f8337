// tests/reference/slow_weights.hpp - weights by plain strings: a map of lines, and features written out.
#pragma once
#include <array>
#include <cmath>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace slow {

/// A file of weights: what each feature weighs for each of the nine intents, and the settings.
struct weight_file {
  std::map<std::string, std::array<int, 9>> features;
  std::array<double, 9> bias{};
  double scale = 1;
};

inline weight_file read_weights(std::string const& text) {
  weight_file out;
  std::istringstream in{text};
  for (std::string line; std::getline(in, line);) {
    auto const tab = line.find('\t');
    std::istringstream numbers{tab == std::string::npos ? line : line.substr(tab + 1)};
    std::string word;
    if (tab != std::string::npos)
      for (auto& n : out.features[line.substr(0, tab)]) numbers >> n;
    else if (line.rfind("bias ", 0) == 0) {
      numbers >> word;
      for (auto& b : out.bias) numbers >> b;
    } else if (line.rfind("scale ", 0) == 0) {
      numbers >> word >> out.scale;
    }
  }
  return out;
}

inline std::array<double, 9> likely(weight_file const& w, std::vector<std::string> const& features) {
  std::array<double, 9> sum{};
  int known = 0;
  for (auto const& f : features) {
    auto const at = w.features.find(f);
    if (at == w.features.end()) continue;
    ++known;
    for (std::size_t i = 0; i < 9; ++i) sum[i] += at->second[i];
  }
  std::array<double, 9> p{};
  double all = 0;
  for (std::size_t i = 0; i < 9; ++i) all += p[i] = std::exp(w.bias[i] + w.scale * sum[i] / std::pow(1.0 + known, 0.3));
  for (auto& x : p) x /= all;
  return p;
}

struct word {
  std::string text;
  bool letters = false;
  std::vector<std::string> classes;
};

inline std::multiset<std::string> features_of(std::vector<word> const& words, bool asks) {
  std::multiset<std::string> out;
  if (words.empty()) return out;
  out.insert(asks ? "ends ?" : "ends .");
  std::vector<std::string> edged{"^"};
  for (auto const& w : words) edged.push_back(w.text);
  edged.push_back("$");
  for (std::size_t i = 1; i < edged.size(); ++i) out.insert("pair " + edged[i - 1] + " " + edged[i]);
  for (std::size_t i = 0; i < words.size(); ++i) {
    out.insert("word " + words[i].text);
    for (auto const& c : words[i].classes) out.insert("class " + c);
    for (std::size_t k = i + 1; k < words.size() && k <= i + 3; ++k)
      for (auto const& a : words[i].classes)
        for (auto const& b : words[k].classes) out.insert("classes " + a + " " + b);
    if (!words[i].letters) continue;
    std::string const bounded = "<" + words[i].text + ">";
    for (std::size_t at = 0; at + 4 <= bounded.size(); ++at) out.insert("part " + bounded.substr(at, 4));
  }
  return out;
}

}  // namespace slow
