#include "jawort/ledger/notice_file.hpp"

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <set>

namespace jawort {
namespace {

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
      fail(node.source().begin.line, "unbekannter Schlüssel '" + prefix + k + "'", "unknown key '" + prefix + k + "'",
           {"bekannt sind: " + list, "known are: " + list});
    }
  }
  void text(toml::table const& t, char const* key, std::string& out) {
    if (auto const* node = t.get(key)) {
      if (auto const v = node->value_exact<std::string>()) out = *v;
      else type(*node, key, "Text", "text");
    }
  }
  void number(toml::table const& t, char const* key, int& out) {
    if (auto const* node = t.get(key)) {
      auto const v = node->value_exact<std::int64_t>();
      if (v && *v > 0 && *v <= 366) out = static_cast<int>(*v);
      else type(*node, key, "ganze Zahl von 1 bis 366", "whole number from 1 to 366");
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

 private:
  void type(toml::node const& node, char const* key, char const* de, char const* en) {
    fail(node.source().begin.line, "'" + std::string{key} + "' muss sein: " + de, "'" + std::string{key} + "' must be: " + en, {});
  }
  toml::table const& table_;
  std::string where_;
};

void read_recipients(reading& in, toml::table const& t, notice& n) {
  auto const* node = t.get("recipient");
  if (node == nullptr) return;
  auto const* list = node->as_array();
  if (list == nullptr) { in.fail(node->source().begin.line, "Empfänger als [[recipient]] schreiben", "write recipients as [[recipient]]", {}); return; }
  for (auto const& item : *list) {
    auto const* r = item.as_table();
    if (r == nullptr) { in.fail(item.source().begin.line, "Empfänger als [[recipient]] schreiben", "write recipients as [[recipient]]", {}); return; }
    in.known(*r, "recipient.", {"name", "country", "safeguard"});
    notice_recipient out;
    in.text(*r, "name", out.name);
    in.text(*r, "country", out.country);
    in.text(*r, "safeguard", out.safeguard);
    n.recipients.push_back(std::move(out));
  }
}
}  // namespace

result<notice> parse_notice(std::string_view source, std::string const& where) {
  toml::parse_result const parsed = toml::parse(source);
  if (!parsed) {
    auto const& e = parsed.error();
    auto const at = where + ":" + std::to_string(e.source().begin.line) + ":" + std::to_string(e.source().begin.column) + ": ";
    std::string const why{e.description()};
    return error{failure::malformed, {at + "kein gültiges TOML: " + why, at + "not valid TOML: " + why}, {}};
  }
  toml::table const& t = parsed.table();
  reading in{t, where};
  notice n;
  in.known(t, "", {"id", "language", "channels", "purposes", "keyword", "double_opt_in", "text", "confirmation", "frequency",
                   "content", "controller", "data", "recipient", "privacy", "stop", "rights"});
  in.text(t, "id", n.id);
  in.text(t, "language", n.language);
  in.text(t, "keyword", n.keyword);
  in.text(t, "text", n.text);
  in.text(t, "confirmation", n.confirmation);
  in.flag(t, "double_opt_in", n.double_opt_in);
  in.texts(t, "channels", [&](std::string const& v, std::size_t line) {
    if (auto const c = channel_named(v)) n.channels.push_back(*c);
    else in.fail(line, "unbekannter Kanal '" + v + "'", "unknown channel '" + v + "'",
                 {"bekannt sind: whatsapp, messenger, sms, email, call", "known are: whatsapp, messenger, sms, email, call"});
  });
  in.texts(t, "purposes", [&](std::string const& v, std::size_t line) {
    auto p = purpose::parse(v);
    if (p) n.purposes.push_back(*p);
    else in.fail(line, p.error().message.de + " '" + v + "'", p.error().message.en + " '" + v + "'", p.error().hint);
  });
  auto const& frequency = in.section("frequency");
  in.known(frequency, "frequency.", {"max", "days"});
  in.number(frequency, "max", n.frequency_max);
  in.number(frequency, "days", n.frequency_days);
  auto const& content = in.section("content");
  in.known(content, "content.", {"products"});
  in.texts(content, "products", [&](std::string const& v, std::size_t) { n.products.push_back(v); });
  auto const& controller = in.section("controller");
  in.known(controller, "controller.", {"name", "address", "contact", "data_protection_officer"});
  in.text(controller, "name", n.controller_name);
  in.text(controller, "address", n.controller_address);
  in.text(controller, "contact", n.controller_contact);
  in.text(controller, "data_protection_officer", n.data_protection_officer);
  auto const& data = in.section("data");
  in.known(data, "data.", {"categories", "retention"});
  in.texts(data, "categories", [&](std::string const& v, std::size_t) { n.data_categories.push_back(v); });
  in.text(data, "retention", n.retention);
  read_recipients(in, t, n);
  auto const& privacy = in.section("privacy");
  in.known(privacy, "privacy.", {"url", "sha256"});
  in.text(privacy, "url", n.privacy_url);
  in.text(privacy, "sha256", n.privacy_sha256);
  auto const& stop = in.section("stop");
  in.known(stop, "stop.", {"keyword", "text"});
  in.text(stop, "keyword", n.stop_keyword);
  in.text(stop, "text", n.stop_text);
  auto const& rights = in.section("rights");
  in.known(rights, "rights.", {"text", "authority", "data_required", "automated_decisions"});
  in.text(rights, "text", n.rights_text);
  in.text(rights, "authority", n.rights_authority);
  bool said = false;
  n.data_required_said = in.flag(rights, "data_required", said);
  n.automated_decisions_said = in.flag(rights, "automated_decisions", said);

  if (n.id.empty() || n.id.find_first_of("@, ;\t\n") != std::string::npos)
    in.fail(1, "der Hinweis braucht eine id ohne Leerzeichen, Komma und @", "the notice needs an id without spaces, commas and @", {"id = \"newsletter\"", "id = \"newsletter\""});
  if (in.problem) return *in.problem;
  return n;
}

}  // namespace jawort
