#include "jawort/ledger/keywords.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "keyword_data.hpp"

namespace jawort {
namespace {

error unreadable(std::string const& path) {
  return {failure::environment, {path + ": nicht lesbar", path + ": cannot be read"},
          {"eine Datei oder ein Ordner mit Dateien *.words", "a file, or a folder of *.words files"}};
}

result<language_source> read_file(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  std::string text{std::istreambuf_iterator<char>{in}, {}};
  if (!in.is_open() || in.bad()) return unreadable(path.string());
  return language_source{path.string(), std::move(text)};
}

/// The files compiled in are right: a test loads them.
keyword_grammar load_built_in() {
  auto grammar = keyword_grammar::load(built_in_languages());
  if (!grammar) std::abort();
  return *std::move(grammar);
}
}  // namespace

std::vector<language_source> built_in_languages() { return data::keyword_files(); }

keyword_grammar const& built_in_grammar() {
  static keyword_grammar const grammar = load_built_in();
  return grammar;
}

result<keyword_grammar> load_keywords(std::string const& path) {
  namespace fs = std::filesystem;
  std::error_code none;
  std::vector<fs::path> paths;
  if (fs::is_directory(path, none)) {
    for (auto const& e : fs::directory_iterator{path, none})
      if (e.path().extension() == ".words" || e.path().extension() == ".weights") paths.push_back(e.path());
    std::sort(paths.begin(), paths.end());
  } else {
    paths.emplace_back(path);
  }
  if (paths.empty()) return unreadable(path);
  auto files = built_in_languages();
  for (auto const& p : paths) {
    auto f = read_file(p);
    if (!f) return f.error();
    files.push_back(*std::move(f));
  }
  return keyword_grammar::load(files);
}

}  // namespace jawort
