#include "render.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

#include "jawort/ledger/digest.hpp"
#include "jawort/rule.hpp"
#include "terminal.hpp"

namespace jawort::cli {

void print_json(json value, ledger const* book) {
  if (book != nullptr && book->test_clock()) value["test_clock"] = true;
  std::cout << value.dump(-1, ' ', false, json::error_handler_t::replace) << "\n";
}

json reasons_json(context const& c, reason_list const& reasons, instant at, channel on) {
  json out = json::array();
  for (reason const& r : reasons) {
    rule const& row = rule_of(r.code);
    json events = json::array();
    for (std::size_t i = 0; i < r.event_count; ++i) events.push_back(r.events[i]);
    out.push_back({{"code", name(r.code)}, {"outcome", name(r.what)}, {"standing", name(row.standing)},
                   {"citation", citation_text(row, at, on, c.global.lang)}, {"text", row.text(c.global.lang)},
                   {"remedy", row.remedy(c.global.lang)}, {"events", events}});
  }
  return out;
}

std::string outcome_text(context const& c, outcome o) {
  switch (o) {
    case outcome::permit: return painted(c.say("erlaubt", "permit"), paint::good, c.global.colour);
    case outcome::warn: return painted(c.say("Warnung", "warn"), paint::careful, c.global.colour);
    case outcome::hold: return painted(c.say("zurückhalten", "hold"), paint::careful, c.global.colour);
    case outcome::deny: return painted(c.say("nein", "deny"), paint::bad, c.global.colour);
  }
  return {};
}

std::string reason_text(context const& c, reason const& r, instant at, channel on) {
  rule const& row = rule_of(r.code);
  std::string entries;
  for (std::size_t i = 0; i < r.event_count; ++i) entries += fmt::format("{}#{}", i == 0 ? "" : " ", r.events[i]);
  std::string out = fmt::format("  {} {}{}\n    {}\n", outcome_text(c, r.what), name(r.code), entries.empty() ? "" : "  [" + entries + "]", row.text(c.global.lang));
  if (auto const cite = citation_text(row, at, on, c.global.lang); !cite.empty()) out += fmt::format("    {}\n", painted(cite, paint::faint, c.global.colour));
  out += fmt::format("    → {}\n", row.remedy(c.global.lang));
  return out;
}

bilingual status_words(consent_status s) {
  switch (s) {
    case consent_status::unknown: return {"unbekannt", "unknown"};
    case consent_status::requested: return {"angefragt", "requested"};
    case consent_status::request_deferred: return {"Anfrage aufgeschoben", "request deferred"};
    case consent_status::given: return {"eingewilligt", "given"};
    case consent_status::renewed: return {"erneuert", "renewed"};
    case consent_status::refused: return {"abgelehnt", "refused"};
    case consent_status::withdrawn: return {"widerrufen", "withdrawn"};
    case consent_status::revoked: return {"von uns beendet", "revoked"};
    case consent_status::expired: return {"abgelaufen", "expired"};
    case consent_status::invalidated: return {"für ungültig erklärt", "invalidated"};
  }
  return {};
}

std::string readable(instant t) {
  std::string s = to_string(t);
  s[10] = ' ';
  return s.substr(0, 16) + " UTC";
}

json codes_json(reason_list const& reasons) {
  json out = json::array();
  for (reason const& r : reasons) out.push_back(name(r.code));
  return out;
}

int status_of(outcome o) { return o == outcome::permit || o == outcome::warn ? done : answer_is_no; }

error unknown_channel(std::string const& text) {
  return {failure::unknown_name, {"unbekannter Kanal '" + text + "'", "unknown channel '" + text + "'"},
          {"bekannt sind: whatsapp, messenger, sms, email, call", "known are: whatsapp, messenger, sms, email, call"}};
}

result<std::string> read_text(std::string const& path) {
  std::ostringstream all;
  if (path == "-") {
    all << std::cin.rdbuf();
    return all.str();
  }
  std::ifstream in{path, std::ios::binary};
  if (!in || !(all << in.rdbuf()))
    return error{failure::environment, {"Datei nicht lesbar oder leer: " + path, "cannot read file, or it is empty: " + path}, {}};
  return all.str();
}

result<std::optional<given_message>> message_of(context const& c, ledger const& book) {
  auto const file = c.args.get("message");
  if (!file) return std::optional<given_message>{};
  auto text = read_text(*file);
  if (!text) return text.error();
  return std::optional{given_message{read_message(*text, book.names_in_messages()), sha256_hex(*text)}};
}

result<std::vector<std::pair<std::string, std::string>>> given_checkpoints(context const& c) {
  std::vector<std::pair<std::string, std::string>> out;
  std::istringstream files{c.args.get("checkpoint").value_or("")};
  for (std::string file; std::getline(files, file);) {
    auto text = read_text(file);
    if (!text) return text.error();
    std::size_t at = 0;
    for (auto end = text->find("\n\n\n"); end != text->npos; at = end + 3, end = text->find("\n\n\n", at)) out.emplace_back(file, text->substr(at, end + 1 - at));
    if (at < text->size()) out.emplace_back(file, text->substr(at));
  }
  return out;
}

result<question> question_of(context const& c, ledger const& book) {
  question q;
  auto const on = channel_named(detail::lower(*c.args.get("channel")));
  if (!on) return unknown_channel(*c.args.get("channel"));
  q.on = *on;
  auto about = purpose::parse(*c.args.get("purpose"));
  if (!about) return about.error();
  q.about = *about;
  if (!book.notices().declares(q.about)) {
    std::string known;
    for (auto const& v : book.notices().all())
      for (auto const& p : v.purposes)
        if (known.find(std::string{p.text()}) == std::string::npos) known += (known.empty() ? "" : ", ") + std::string{p.text()};
    std::string const text{q.about.text()};
    return error{failure::unknown_name, {"kein Hinweis nennt den Zweck '" + text + "'", "no notice declares the purpose '" + text + "'"},
                 {known.empty() ? "noch kein Hinweis veröffentlicht: jawort notice add FILE.toml" : "erklärt sind: " + known + "; eingebaut: service, address-book, group:ID",
                  known.empty() ? "no notice published yet: jawort notice add FILE.toml" : "declared are: " + known + "; built in: service, address-book, group:ID"}};
  }
  q.template_message = c.args.has("template");
  auto at = time_option(c, "at"), recorded = time_option(c, "as-recorded");
  if (!at) return at.error();
  if (!recorded) return recorded.error();
  q.at = at->value_or(now_of(c));
  q.as_recorded = recorded->value_or(instant::latest());
  return q;
}

std::optional<ledger> open_ledger(context const& c, int& status, bool writing) {
  auto book = ledger::open(c.global.ledger);
  if (!book) {
    status = report(c, book.error());
    return std::nullopt;
  }
  if (writing && c.global.now && !book->test_clock()) {
    status = report(c, {failure::refused, {"--now zum Schreiben nur bei einem Hauptbuch mit Testuhr", "--now for writing needs a ledger with a test clock"},
                        {"für Proben eines mit `jawort init --test-clock` anlegen", "for trials create one with `jawort init --test-clock`"}}, usage);
    return std::nullopt;
  }
  // Told at once and once for each file, although the command goes on: nothing is lost by it.
  book->on_anchor_failure([c, told = std::set<std::string>{}](error const& why) mutable {
    if (!told.insert(why.message.en).second || c.global.quiet) return;
    std::cerr << "jawort: " << c.say(why.message) << "\n  → " << c.say(why.hint) << "\n";
  });
  return std::move(*book);
}

}  // namespace jawort::cli
