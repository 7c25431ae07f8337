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

/// The weights are the last of the files compiled in.
std::vector<language_source> compiled_in(bool weigh) {
  auto files = data::keyword_files();
  if (!weigh) files.pop_back();
  return files;
}

/// The files compiled in are right: a test loads them.
keyword_grammar load_built_in(bool weigh) {
  auto grammar = keyword_grammar::load(compiled_in(weigh));
  if (!grammar) std::abort();
  return *std::move(grammar);
}
}  // namespace

std::vector<language_source> built_in_languages() { return compiled_in(false); }

keyword_grammar const& built_in_grammar() {
  static keyword_grammar const grammar = load_built_in(false);
  return grammar;
}

keyword_grammar const& built_in_weighed_grammar() {
  static keyword_grammar const grammar = load_built_in(true);
  return grammar;
}

result<keyword_grammar> load_keywords(std::string const& path, bool weigh) {
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
  auto files = compiled_in(weigh);
  for (auto const& p : paths) {
    auto f = read_file(p);
    if (!f) return f.error();
    files.push_back(*std::move(f));
  }
  return keyword_grammar::load(files);
}

}  // namespace jawort
