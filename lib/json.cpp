#include "jawort/ledger/json.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace jawort {

namespace {
bool plain(std::string_view s) {
  for (char const c : s)
    if (c < ' ' || c > '~' || c == '"' || c == '\\') return false;
  return true;
}

/// `{"key":"value",…}` of plain ASCII, which needs no parser; false for everything else, with `out` as it was.
bool parse_plainly(std::string_view s, evidence& out) {
  evidence found;
  auto const take = [&](char c) { bool const there = !s.empty() && s.front() == c; if (there) s.remove_prefix(1); return there; };
  auto const word = [&](std::string_view& w) {
    if (!take('"')) return false;
    auto const end = s.find('"');
    if (end == s.npos || !plain(s.substr(0, end))) return false;
    w = s.substr(0, end);
    s.remove_prefix(end + 1);
    return true;
  };
  if (!take('{')) return false;
  do {
    std::string_view key, value;
    if (!word(key) || key.empty() || !take(':') || !word(value)) return false;
    found.set(key, value);
  } while (take(','));
  if (!take('}') || !s.empty()) return false;
  out = std::move(found);
  return true;
}
}  // namespace

std::string to_json(evidence const& e) {
  bool const simple = std::all_of(e.entries().begin(), e.entries().end(), [](auto const& x) { return plain(x.first) && plain(x.second); });
  if (simple) {
    std::string text = "{";
    for (auto const& [key, value] : e.entries()) {
      if (text.size() > 1) text += ',';
      text.append("\"").append(key).append("\":\"").append(value).append("\"");
    }
    return text + "}";
  }
  nlohmann::json out = nlohmann::json::object();
  for (auto const& [key, value] : e.entries()) out[key] = value;
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

result<evidence> parse_evidence(std::string_view text) {
  evidence out;
  auto const first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return out;
  if (text[first] != '{') {
    out.set("text", text);
    return out;
  }
  if (parse_plainly(text, out)) return out;
  auto const json = nlohmann::json::parse(text, nullptr, false);
  if (!json.is_object())
    return error{failure::malformed, {"Beleg ist kein gültiges JSON", "evidence is not valid JSON"},
                 {"einfache Worte oder ein Objekt wie {\"text\":\"Start\"}", "plain words, or an object like {\"text\":\"Start\"}"}};
  for (auto const& [key, value] : json.items()) {
    if (value.is_null()) continue;
    if (key.empty()) continue;
    out.set(key, value.is_string() ? value.get<std::string>() : value.dump());
  }
  return out;
}

}  // namespace jawort
