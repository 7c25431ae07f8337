// An office with a ledger for one test: the example agency's notices and office file, WhatsApp, Messenger and SMS by webhook.
#pragma once
#include <doctest/doctest.h>

#include <jawort/ledger/office_assistant.hpp>
#include <jawort/ledger/reply_report.hpp>

#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>

#include "../ledger/scratch.hpp"

namespace desks {
using namespace jawort;

inline instant at(std::string const& text) { return *instant::parse(text); }
inline std::string file_text(std::string const& path) {
  std::ifstream in{path};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}
inline std::string const agency = std::string{JAWORT_ROOT} + "/examples/agency/";

inline std::string whatsapp(std::string const& from, std::string const& text, std::string const& id, instant when, std::string const& name = "", std::string const& type = "text") {
  nlohmann::json m{{"from", from}, {"id", id}, {"timestamp", std::to_string(when.ms() / 1000)}, {"type", type}};
  if (type == "text") m["text"] = {{"body", text}};
  if (type == "reaction") m["reaction"] = {{"message_id", "x"}, {"emoji", text}};
  if (type == "image") m["image"] = {{"id", "1"}};
  nlohmann::json value{{"messages", nlohmann::json::array({m})}};
  if (!name.empty()) value["contacts"] = nlohmann::json::array({{{"wa_id", from}, {"profile", {{"name", name}}}}});
  return nlohmann::json{{"entry", {{{"changes", {{{"field", "messages"}, {"value", value}}}}}}}}.dump();
}
inline std::string messenger(std::string const& from, std::string const& text, std::string const& id, instant when, bool echo = false) {
  nlohmann::json m{{"mid", id}, {"text", text}};
  if (echo) m["is_echo"] = true;
  nlohmann::json one{{"sender", {{"id", echo ? "900100200300" : from}}}, {"recipient", {{"id", echo ? from : "900100200300"}}}, {"timestamp", when.ms()}, {"message", m}};
  return nlohmann::json{{"object", "page"}, {"entry", {{{"id", "900100200300"}, {"messaging", {one}}}}}}.dump();
}
inline std::string sms(std::string const& from, std::string const& text, instant when) { return from + "\t" + to_string(when) + "\t" + text; }

struct desk {
  scratch dir;
  receiver in;
  int ids = 0;

  explicit desk(std::string const& office_toml = "", std::string const& controller = "Reisestube Silberkranich GmbH") : in(*receiver::over(made(dir.path("a.db"), controller), {{}, "newsletter", {}})) {
    if (office_toml.empty()) sit(*load_office(agency + "buero.toml"));
    else {
      auto o = parse_office(office_toml, "buero.toml", [](std::string const& name) -> result<std::string> { return file_text(agency + name); });
      if (!o) FAIL(o.error().message.en);
      sit(*o);
    }
  }
  void sit(office o) {
    auto a = office_assistant(std::move(o), in.book());
    if (!a) FAIL(a.error().message.en);
    in.set_assistant(*a);
  }
  static ledger made(std::string const& path, std::string const& controller) {
    ledger_options options;
    options.controller = controller;
    options.origin = "office.example/jawort";
    options.test_clock = true;
    instant const january = at("2026-01-01T00:00:00Z");
    auto book = ledger::create(path, options, january);
    REQUIRE(book);
    for (char const* const n : {"newsletter.toml", "newsletter-monatlich.toml"}) {
      auto published = book->publish(file_text(agency + n), n, january, false, january);
      if (!published) FAIL(published.error().message.en);
    }
    return *std::move(book);
  }

  receive_report feed(payload_format f, std::string const& body, instant now, channel on = channel::sms) {
    auto r = in.feed(f, body, now, on);
    if (!r) FAIL(r.error().message.en);
    return *r;
  }
  /// Somebody writes on WhatsApp; a second later the webhook is here.
  received write(std::string const& text, std::string const& when, std::string const& name = "", std::string const& from = "491713920001", std::string const& type = "text") {
    auto const t = at(when);
    return feed(payload_format::whatsapp_cloud, whatsapp(from, text, "wamid." + std::to_string(++ids), t, name, type), t + std::chrono::seconds{1}).items.at(0);
  }
  /// Somebody of the office writes back.
  void answer(std::string const& when, std::string const& who = "+491713920001", channel on = channel::whatsapp) {
    event e;
    e.kind = event_kind::outbound;
    e.who = *address::parse(who);
    e.on = on;
    e.occurred_at = at(when);
    e.source = "cli";
    e.operator_name = "Sabine Meier";
    auto r = in.book().append({e}, at(when));
    REQUIRE(r);
  }
  decision ask(std::string const& when, char const* what, std::string const& who = "+491713920001") {
    auto const a = *address::parse(who);
    auto d = in.book().ask({&a, channel::whatsapp, *purpose::parse(what), at(when), true});
    REQUIRE(d);
    return *d;
  }
};

inline std::string kind_of(received const& r) { return r.reply ? std::string{name(r.reply->kind)} : r.withheld ? "withheld " + std::string{name(*r.withheld)} : "-"; }
inline std::string kinds(received const& r) {
  std::string out;
  for (auto const k : r.events) out += (out.empty() ? "" : " ") + std::string{name(k)};
  return out;
}
}  // namespace desks
