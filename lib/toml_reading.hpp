// lib/toml_reading.hpp - typed values out of TOML, with the line of the first thing that was wrong. Internal.
#pragma once
// toml++ asserts what some files are not (`[.a]`): a debug build would abort on them and a release take it for granted.
// Its assertions stay on in every build and become an error.
namespace jawort {
struct toml_assertion {};
constexpr void toml_holds(bool holds) {
  if (!holds) throw toml_assertion{};
}
}  // namespace jawort
#define TOML_ASSERT(expr) jawort::toml_holds(static_cast<bool>(expr))
#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#pragma push_macro("NDEBUG")
#undef NDEBUG
#include <toml++/toml.h>
#pragma pop_macro("NDEBUG")

#include <optional>
#include <set>
#include <string>

#include "jawort/nearest.hpp"
#include "jawort/result.hpp"

namespace jawort {

/// The whole file as a table, or where it is no TOML.
inline result<toml::table> parse_toml(std::string_view source, std::string const& where) {
  std::optional<toml::parse_result> read;
  try {
    read.emplace(toml::parse(source));
  } catch (toml_assertion) {
    return error{failure::malformed, {where + ": kein gültiges TOML", where + ": not valid TOML"}, {"etwa Klammern ohne Namen, oder ein Gleichheitszeichen ohne Wert", "such as brackets without a name, or an equals sign without a value"}};
  }
  toml::parse_result& parsed = *read;
  if (parsed) return std::move(parsed).table();
  auto const& e = parsed.error();
  auto const at = where + ":" + std::to_string(e.source().begin.line) + ":" + std::to_string(e.source().begin.column) + ": ";
  std::string const why{e.description()};
  return error{failure::malformed, {at + "kein gültiges TOML: " + why, at + "not valid TOML: " + why}, {}};
}

/// Reads typed values and remembers the first thing that was wrong.
class reading {
 public:
  reading(toml::table const& table, std::string where) : table_(table), where_(std::move(where)) {}

  void known(toml::table const& t, std::string const& prefix, std::set<std::string> const& keys) {
    for (auto const& [key, node] : t) {
      std::string const k{key.str()};
      if (keys.contains(k)) continue;
      std::string list;
      for (auto const& x : keys) list += (list.empty() ? "" : ", ") + x;
      bilingual hint{"bekannt sind: " + list, "known are: " + list};
      if (auto const near = nearest(k, keys); !near.empty()) hint = {"meinten Sie " + prefix + near + "?", "did you mean " + prefix + near + "?"};
      fail(node.source().begin.line, "unbekannter Schlüssel '" + prefix + k + "'", "unknown key '" + prefix + k + "'", std::move(hint));
    }
  }
  void text(toml::table const& t, char const* key, std::string& out) {
    if (auto const* node = t.get(key)) {
      if (auto const v = node->value_exact<std::string>()) out = *v;
      else type(*node, key, "Text", "text");
    }
  }
  void number(toml::table const& t, char const* key, int& out, int least = 1, int most = 366) {
    if (auto const* node = t.get(key)) {
      auto const v = node->value_exact<std::int64_t>();
      if (v && *v >= least && *v <= most) out = static_cast<int>(*v);
      else type(*node, key, ("ganze Zahl von " + std::to_string(least) + " bis " + std::to_string(most)).c_str(),
                ("whole number from " + std::to_string(least) + " to " + std::to_string(most)).c_str());
    }
  }
  bool flag(toml::table const& t, char const* key, bool& out) {
    auto const* node = t.get(key);
    if (node == nullptr) return false;
    if (auto const v = node->value_exact<bool>()) out = *v;
    else type(*node, key, "true oder false", "true or false");
    return true;
  }
  void texts(toml::table const& t, char const* key, auto&& take) {
    auto const* node = t.get(key);
    if (node == nullptr) return;
    auto const* list = node->as_array();
    if (list == nullptr) { type(*node, key, "Liste von Texten", "list of texts"); return; }
    for (auto const& item : *list) {
      if (auto const v = item.value_exact<std::string>()) take(*v, item.source().begin.line);
      else type(item, key, "Liste von Texten", "list of texts");
    }
  }
  toml::table const& section(char const* key) {
    static toml::table const none;
    auto const* node = table_.get(key);
    if (node == nullptr) return none;
    if (auto const* t = node->as_table()) return *t;
    type(*node, key, "Abschnitt", "section");
    return none;
  }
  void fail(std::size_t line, std::string const& de, std::string const& en, bilingual hint) {
    if (problem) return;
    auto const at = where_ + ":" + std::to_string(line) + ": ";
    problem = error{failure::malformed, {at + de, at + en}, std::move(hint)};
  }
  std::optional<error> problem;

  void type(toml::node const& node, char const* key, char const* de, char const* en) {
    fail(node.source().begin.line, "'" + std::string{key} + "' muss sein: " + de, "'" + std::string{key} + "' must be: " + en, {});
  }
 private:
  toml::table const& table_;
  std::string where_;
};

}  // namespace jawort
