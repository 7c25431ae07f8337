#include "jawort/ledger/json.hpp"

#include <nlohmann/json.hpp>

namespace jawort {

std::string to_json(evidence const& e) {
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
