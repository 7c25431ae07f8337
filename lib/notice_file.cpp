#include "jawort/ledger/notice_file.hpp"

#include "toml_reading.hpp"

namespace jawort {
namespace {

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

void read_variants(reading& in, toml::table const& t, notice& n) {
  auto const* node = t.get("variant");
  if (node == nullptr) return;
  auto const* list = node->as_array();
  bilingual const how{"die Worte in einer weiteren Sprache", "the words in a further language"};
  if (list == nullptr) { in.fail(node->source().begin.line, "Sprachfassungen als [[variant]] schreiben", "write language variants as [[variant]]", how); return; }
  for (auto const& item : *list) {
    auto const* v = item.as_table();
    if (v == nullptr) { in.fail(item.source().begin.line, "Sprachfassungen als [[variant]] schreiben", "write language variants as [[variant]]", how); return; }
    in.known(*v, "variant.", {"language", "text", "confirmation", "keyword", "stop_keyword", "stop_text", "rights_text"});
    notice_variant out;
    in.text(*v, "language", out.language);
    in.text(*v, "text", out.text);
    in.text(*v, "confirmation", out.confirmation);
    in.text(*v, "keyword", out.keyword);
    in.text(*v, "stop_keyword", out.stop_keyword);
    in.text(*v, "stop_text", out.stop_text);
    in.text(*v, "rights_text", out.rights_text);
    bool const again = out.language == n.language || std::any_of(n.variants.begin(), n.variants.end(), [&](notice_variant const& x) { return x.language == out.language; });
    if (again && !out.language.empty())
      in.fail(item.source().begin.line, "Sprache '" + out.language + "' steht mehrmals da", "language '" + out.language + "' stands there more than once", {});
    n.variants.push_back(std::move(out));
  }
}
}  // namespace

result<notice> parse_notice(std::string_view source, std::string const& where) {
  auto const parsed = parse_toml(source, where);
  if (!parsed) return parsed.error();
  toml::table const& t = *parsed;
  reading in{t, where};
  notice n;
  in.known(t, "", {"id", "language", "channels", "purposes", "keyword", "double_opt_in", "text", "confirmation", "frequency",
                   "content", "controller", "data", "recipient", "privacy", "stop", "rights", "variant"});
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
  read_variants(in, t, n);
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
