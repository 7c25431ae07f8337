// One payload in, facts and replies out: what the design's cases say, any order of arrival, bombs, several threads.
#include <doctest/doctest.h>

#include <jawort/ledger/confirmation.hpp>
#include <jawort/ledger/receiver.hpp>

#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include "../ledger/scratch.hpp"

using namespace jawort;

namespace {
instant at(char const* text) { return *instant::parse(text); }
instant const january = at("2026-01-01T00:00:00Z");

std::string notice_text() {
  std::ifstream in{std::string{JAWORT_ROOT} + "/examples/agency/newsletter.toml"};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

/// A ledger with the example's notice, published on 1 January 2026 (whatsapp and e-mail).
struct office {
  scratch dir;
  receiver in;
  explicit office(bool sms = false) : in(*receiver::over(made(dir.path("a.db"), sms))) {}
  static ledger made(std::string const& path, bool sms) {
    ledger_options o;
    o.controller = "Reisestube";
    o.origin = "office.example/jawort";
    o.test_clock = true;
    auto book = ledger::create(path, o, january);
    REQUIRE(book);
    std::string text = notice_text();
    if (sms) text.replace(text.find("\"whatsapp\", \"email\""), 19, "\"whatsapp\", \"email\", \"sms\"");
    auto n = book->publish(text, "newsletter.toml", january, false, january);
    REQUIRE(n);
    return *std::move(book);
  }
  decision ask(char const* who, instant when, channel on = channel::whatsapp, char const* what = "newsletter") {
    auto const a = *address::parse(who);
    auto d = in.book().ask({&a, on, *purpose::parse(what), when, true});
    REQUIRE(d);
    return *d;
  }
  receive_report feed(std::string const& body, instant now) {
    auto r = in.feed(payload_format::whatsapp_cloud, body, now);
    REQUIRE(r);
    return *r;
  }
};

struct message { std::string from, text, id; instant when; std::string user; };
std::string webhook(message const& m) {
  std::ostringstream o;
  o << R"({"entry":[{"changes":[{"field":"messages","value":{"messages":[{)";
  if (!m.from.empty()) o << R"("from":")" << m.from << R"(",)";
  if (!m.user.empty()) o << R"("from_user_id":")" << m.user << R"(",)";
  o << R"("id":")" << m.id << R"(","timestamp":")" << m.when.ms() / 1000 << R"(","type":"text","text":{"body":")" << m.text << R"("}}]}}]}]})";
  return o.str();
}
std::string preference(std::string const& who, std::string const& value, instant when) {
  return R"({"entry":[{"changes":[{"field":"user_preferences","value":{"user_preferences":[{"wa_id":")" + who + R"(","category":"marketing_messages","value":")" + value + R"(","timestamp":)" +
         std::to_string(when.ms() / 1000) + "}]}}]}]}";
}
std::string number_change(std::string const& from, std::string const& to, instant when, std::string const& id) {
  return R"({"entry":[{"changes":[{"field":"messages","value":{"messages":[{"from":")" + from + R"(","id":")" + id + R"(","timestamp":")" + std::to_string(when.ms() / 1000) +
         R"(","type":"system","system":{"type":"user_changed_number","wa_id":")" + to + R"("}}]}}]}]})";
}

std::string kinds(received const& r) {
  std::string out;
  for (auto const k : r.events) out += (out.empty() ? "" : " ") + std::string{name(k)};
  return out;
}
std::string codes(decision const& d) {
  std::string out = std::string{name(d.what)} + " " + std::string{name(d.status)};
  for (reason const& r : d.reasons) out += " " + std::string{name(r.code)};
  return out;
}
}  // namespace

TEST_CASE("a start word, a stop, a start word after it, and the yes that follows") {
  office o;
  auto const a = "+491713920001";
  auto r = o.feed(webhook({"491713920001", "Start", "m1", at("2026-05-01T10:00:00Z"), ""}), at("2026-05-01T10:00:01Z"));
  CHECK(kinds(r.items.at(0)) == "inbound given");
  CHECK(r.items[0].reply->kind == reply_kind::welcome);
  CHECK(o.ask(a, at("2026-05-01T12:00:00Z")).may_send());
  CHECK(codes(o.ask(a, at("2026-05-01T12:00:00Z"))).find("keyword-started") != std::string::npos);
  r = o.feed(webhook({"491713920001", "Stop. Danke", "m2", at("2026-05-02T10:00:00Z"), ""}), at("2026-05-02T10:00:01Z"));
  CHECK(kinds(r.items.at(0)) == "inbound withdrawn");
  CHECK(r.items[0].reply->kind == reply_kind::goodbye);
  CHECK(o.ask(a, at("2026-05-02T12:00:00Z")).status == consent_status::withdrawn);
  r = o.feed(webhook({"491713920001", "Start", "m3", at("2026-05-03T10:00:00Z"), ""}), at("2026-05-03T10:00:01Z"));
  CHECK(kinds(r.items.at(0)) == "inbound requested confirmation-sent");
  CHECK(r.items[0].reply->kind == reply_kind::confirmation);
  CHECK(r.items[0].reply->text.find("höchstens vier Nachrichten in 28 Tagen") != std::string::npos);
  CHECK(codes(o.ask(a, at("2026-05-04T09:00:00Z"))).find("deny requested double-opt-in-pending") == 0);
  r = o.feed(webhook({"491713920001", "Start", "m4", at("2026-05-04T10:00:00Z"), ""}), at("2026-05-04T10:00:01Z"));
  CHECK(kinds(r.items.at(0)) == "inbound confirmed");
  CHECK(codes(o.ask(a, at("2026-05-04T12:00:00Z"))).find("permit given double-opt-in-confirmed") == 0);
  // The same webhooks again add nothing.
  for (auto const* id : {"m1", "m2", "m3", "m4"}) {
    auto again = o.feed(webhook({"491713920001", id[1] == '2' ? "Stop. Danke" : "Start", id, at("2026-05-01T10:00:00Z"), ""}), at("2026-05-05T10:00:01Z"));
    CHECK(again.added == 0);
    CHECK(again.items[0].skipped == "duplicate");
  }
  CHECK(o.in.book().verify()->ok());
}

TEST_CASE("a yes counts only for our own open question: late, repeated, too early, by another channel, words of a machine") {
  office o{true};
  auto const a = *address::parse("+491713920001");
  auto const news = *purpose::parse("newsletter");
  auto const ja = [&](char const* id, char const* when, char const* words = "ja") { return o.feed(webhook({"491713920001", words, id, at(when), ""}), at(when) + milliseconds{1500}).items.at(0); };
  CHECK(kinds(ja("m0", "2026-05-01T09:00:00Z")) == "inbound");                       // nobody asked
  auto asked = request_confirmation(o.in.book(), {a, channel::whatsapp, news, "newsletter"}, at("2026-05-01T10:00:00.700Z"));
  REQUIRE(asked);
  CHECK(asked->allowed());
  CHECK(kinds(ja("m1", "2026-05-01T09:59:59Z")) == "inbound");                       // written before we asked
  CHECK(kinds(ja("m2", "2026-05-01T10:02:00Z")) == "inbound confirmed");
  CHECK(kinds(ja("m3", "2026-05-01T10:03:00Z")) == "inbound");                       // used once
  CHECK(o.ask("+491713920001", at("2026-05-01T11:00:00Z")).may_send());

  auto const b = *address::parse("+491713920002");
  auto const start = [&](char const* id, char const* when) { return o.feed(webhook({"491713920002", "Start", id, at(when), ""}), at(when) + milliseconds{1500}).items.at(0); };
  REQUIRE(request_confirmation(o.in.book(), {b, channel::whatsapp, news, "newsletter"}, at("2026-05-01T10:00:00Z"))->allowed());
  CHECK(kinds(start("n1", "2026-05-09T10:00:00Z")) == "inbound requested confirmation-sent");   // late: a new request, never a consent
  CHECK_FALSE(o.ask("+491713920002", at("2026-05-09T11:00:00Z")).may_send());

  auto const c = *address::parse("+491713920003");
  REQUIRE(request_confirmation(o.in.book(), {c, channel::sms, news, "newsletter"}, at("2026-05-01T10:00:00Z"))->allowed());
  auto r = o.feed(webhook({"491713920003", "Ja", "k1", at("2026-05-01T10:05:00Z"), ""}), at("2026-05-01T10:05:02Z")).items.at(0);
  CHECK(kinds(r) == "inbound confirmed");
  CHECK(codes(o.ask("+491713920003", at("2026-05-01T11:00:00Z"), channel::sms)).find("deny requested confirmed-on-other-channel") == 0);
  CHECK_FALSE(o.ask("+491713920003", at("2026-05-01T11:00:00Z"), channel::whatsapp).may_send());
}

TEST_CASE("unclear words suspend first and ask then, once; the answer ends it") {
  office o;
  auto const say = [&](char const* id, char const* words, char const* when) { return o.feed(webhook({"491713920001", words, id, at(when), ""}), at(when) + milliseconds{900}).items.at(0); };
  say("m1", "Start", "2026-05-01T10:00:00Z");
  auto r = say("m2", "Bitte meine Buchung stornieren", "2026-05-02T10:00:00Z");
  CHECK(kinds(r) == "inbound suspended");
  CHECK(r.reply->kind == reply_kind::question);
  CHECK(codes(o.ask("+491713920001", at("2026-05-02T11:00:00Z"))).find("deny given unclear-stop") == 0);
  CHECK_FALSE(say("m3", "Bitte die Buchung stornieren!", "2026-05-02T10:01:00Z").reply);   // asked once
  CHECK(kinds(say("m4", "Ja", "2026-05-02T10:02:00Z")) == "inbound resumed");
  CHECK(o.ask("+491713920001", at("2026-05-02T11:00:00Z")).may_send());
  say("m5", "Bitte meine Buchung stornieren", "2026-05-03T10:00:00Z");
  CHECK(kinds(say("m6", "Nein", "2026-05-03T10:02:00Z")) == "inbound withdrawn");
  CHECK(o.ask("+491713920001", at("2026-05-03T11:00:00Z")).status == consent_status::withdrawn);
}

TEST_CASE("what else a message can say, and what no message says") {
  office o;
  auto const now = at("2026-05-01T10:00:01Z");
  auto const say = [&](std::string const& who, char const* words) { return o.feed(webhook({who, words, "id-" + who, at("2026-05-01T10:00:00Z"), ""}), now).items.at(0); };
  CHECK(kinds(say("491713920011", "Löschen Sie meine Daten")) == "inbound erasure-requested withdrawn");
  auto wrong = say("491713920012", "Falsche Nummer");
  CHECK(kinds(wrong) == "inbound wrong-number");
  CHECK_FALSE(wrong.reply);
  CHECK(kinds(say("491713920014", "Wann fährt der Bus nach Rom?")) == "inbound");
  auto const group = o.feed(R"({"messages":[{"from":"491713920015","group_id":"G1","id":"g1","timestamp":"1777629600","type":"text","text":{"body":"Start"}}]})", now);
  CHECK(kinds(group.items.at(0)).empty());
  CHECK(group.items[0].skipped == "group-message");
  auto const stop_in_group = o.feed(R"({"messages":[{"from":"491713920015","group_id":"G1","id":"g2","timestamp":"1777629600","type":"text","text":{"body":"Stop"}}]})", now);
  CHECK(kinds(stop_in_group.items.at(0)) == "withdrawn");
  CHECK_FALSE(stop_in_group.items[0].reply);
  auto const echo = o.feed(R"({"field":"smb_message_echoes","value":{"message_echoes":[{"from":"4915500","to":"491713920016","id":"e1","timestamp":"1777629600","type":"text","text":{"body":"Start"}}]}})", now);
  CHECK(kinds(echo.items.at(0)) == "outbound");
  CHECK_FALSE(o.ask("+491713920016", at("2026-05-01T11:00:00Z")).may_send());
  auto const revoked = o.feed(R"({"messages":[{"from":"491713920017","id":"r1","timestamp":"1777629600","type":"text","text":{"body":"Stop"}},{"from":"491713920017","id":"r2","timestamp":"1777629601","type":"revoke","revoke":{"original_message_id":"r1"}}]})", at("2026-05-01T10:00:05Z"));
  CHECK(o.ask("+491713920017", at("2026-05-01T11:00:00Z")).status == consent_status::withdrawn);
  // Only that there was a medium is kept; no words of an ordinary message are.
  auto const media = o.feed(R"({"messages":[{"from":"491713920018","id":"p1","timestamp":"1777629600","type":"image","image":{"caption":"unser Hotel","id":"9","sha256":"x"}}]})", now);
  auto const kept = *o.in.book().history(*address::parse("+491713920018"));
  REQUIRE(kept.size() == 1);
  CHECK(kept[0].proof.get("media") == "image");
  CHECK(kept[0].proof.entries().size() == 2);
}

TEST_CASE("words to the sender alone are weighed as one asked, a group's never") {
  scratch dir;
  receive_options options;
  options.replies = weighing::all;
  options.classify = [](std::string_view text, std::span<scope_word const>, weighing how) {
    classification k;
    if (text == (how == weighing::all ? "one" : how == weighing::none ? "all" : "")) k.what = intent::stop;
    return k;
  };
  auto in = receiver::over(office::made(dir.path("a.db"), false), options);
  REQUIRE(in);
  auto const now = at("2026-05-01T10:00:00Z");
  int n = 0;
  auto const said = [&](std::string const& group, std::string const& text) {
    auto r = in->feed(payload_format::whatsapp_cloud, R"({"messages":[{"from":"491713920015",)" + group + R"("id":"m)" + std::to_string(++n) +
                      R"(","timestamp":"1777629600","type":"text","text":{"body":")" + text + R"("}}]})", now);
    REQUIRE(r);
    return r->items.at(0).means == intent::stop;
  };
  CHECK(said("", "one"));
  CHECK_FALSE(said("", "all"));
  CHECK(said(R"("group_id":"G1",)", "all"));
  CHECK_FALSE(said(R"("group_id":"G1",)", "one"));
}

TEST_CASE("one broken item never stops the rest; a stop in an odd shape counts or is reported") {
  office o;
  auto const now = at("2026-05-01T10:00:01Z");
  auto r = o.feed(R"({"messages":[{"from":"491713920001","id":"a","timestamp":"asdf","type":"text","text":{"body":"Hallo"}},
    {"from":"491713920002","id":"b","timestamp":"asdf","type":"text","text":{"body":"Stop"}},
    {"from":"491713920003","id":"c","timestamp":"4102444800","type":"text","text":{"body":"Start"}},
    {"from":"NUMMER","id":"d","timestamp":"1777629600","type":"text","text":{"body":"Stop"}},
    {"from":"491713920004","id":"e","timestamp":"1777629600","type":"hologram","hologram":{"words":"STOP"}},
    {"from":"491713920005","id":"f","timestamp":1777629600,"type":"text","text":{"body":"Start"}}],
    "automatic_events":[{"x":1}]})", now);
  REQUIRE(r.items.size() == 6);
  CHECK(r.items[0].refused.has_value());
  CHECK(kinds(r.items[1]) == "inbound withdrawn");
  CHECK_FALSE(r.items[1].remarks.empty());
  CHECK(r.items[2].refused.has_value());
  CHECK(r.items[3].refused.has_value());
  CHECK_FALSE(r.items[3].remarks.empty());
  CHECK(kinds(r.items[4]) == "inbound withdrawn");
  CHECK_FALSE(r.items[4].remarks.empty());
  CHECK(kinds(r.items[5]) == "inbound given");
  CHECK(r.refused == 3);
  r = o.feed(R"({"field":"brand_new","value":{"x":1}})", now);
  CHECK(r.unknown.at("brand_new") == 1);
  // Opt-outs that are none, and one that is.
  for (char const* const code : {"131047", "130472", "131049", "131026"}) {
    auto s = o.feed(std::string{R"({"statuses":[{"id":"s","status":"failed","timestamp":"1777629600","recipient_id":"491713920005","errors":[{"code":)"} + code + "}]}]}", now);
    CHECK(kinds(s.items.at(0)) == (std::string{code} == "131026" ? "undeliverable" : ""));
  }
  CHECK(o.ask("+491713920005", at("2026-05-01T11:00:00Z")).may_send());
  auto s = o.feed(R"({"statuses":[{"id":"s","status":"failed","timestamp":"1777629600","recipient_id":"491713920005","errors":[{"code":131050}]}]})", now);
  CHECK(kinds(s.items.at(0)) == "platform-stopped");
  CHECK_FALSE(o.ask("+491713920005", at("2026-05-01T11:00:00Z")).may_send());
  CHECK(kinds(o.feed(preference("491713920005", "resume", at("2026-05-01T10:00:00Z")), at("2026-05-01T10:00:30Z")).items.at(0)) == "platform-resumed");
}

TEST_CASE("a business-scoped id first, its number later: one person, and the stop wins") {
  office o;
  o.feed(webhook({"", "Stop", "m1", at("2026-05-01T10:00:00Z"), "DE.4711"}), at("2026-05-01T10:00:01Z"));
  o.feed(webhook({"491713920001", "Start", "m2", at("2026-05-01T09:00:00Z"), ""}), at("2026-05-01T10:00:02Z"));
  CHECK(o.ask("+491713920001", at("2026-05-01T11:00:00Z")).may_send());              // nobody knows yet that they are one
  auto r = o.feed(webhook({"491713920001", "Hallo", "m3", at("2026-05-01T12:00:00Z"), "DE.4711"}), at("2026-05-01T12:00:01Z"));
  CHECK(kinds(r.items.at(0)) == "address-linked inbound");
  CHECK(codes(o.ask("+491713920001", at("2026-05-01T13:00:00Z"))).find("deny withdrawn withdrawn") == 0);
  // Brazil with and without the 9: matched by a link, never rewritten.
  o.feed(webhook({"5541988887777", "Stop", "b1", at("2026-05-01T10:00:00Z"), ""}), at("2026-05-01T10:00:01Z"));
  r = o.feed(webhook({"554188887777", "Hallo", "b2", at("2026-05-01T10:05:00Z"), ""}), at("2026-05-01T10:05:01Z"));
  CHECK(kinds(r.items.at(0)) == "address-linked inbound");
  CHECK(o.ask("+554188887777", at("2026-05-01T11:00:00Z")).status == consent_status::withdrawn);
  r = o.feed(webhook({"5541932345678", "Hallo", "b3", at("2026-05-01T10:06:00Z"), ""}), at("2026-05-01T10:06:01Z"));
  CHECK(kinds(r.items.at(0)) == "inbound");
}

TEST_CASE("10,000 requests for one number from 10,000 sources within a day send one confirmation") {
  office o;
  auto const who = *address::parse("+491713920001");
  int sent = 0;
  for (int k = 0; k < 10000; ++k) {
    confirmation_request r{who, k % 3 == 0 ? channel::email : channel::whatsapp, *purpose::parse(k % 2 == 0 ? "newsletter" : "offers"), "newsletter", "form-" + std::to_string(k)};
    r.on = channel::whatsapp;
    r.proof.set("ip", "192.0.2." + std::to_string(k % 256));
    auto a = request_confirmation(o.in.book(), r, at("2026-05-01T00:00:00Z") + milliseconds{k * 8600LL});
    REQUIRE(a);
    if (a->allowed()) ++sent;
    else CHECK(*a->refused == reason_code::confirmation_once);
  }
  CHECK(sent == 1);
  auto const events = *o.in.book().history(who);
  CHECK(std::count_if(events.begin(), events.end(), [](event const& e) { return e.kind == event_kind::confirmation_sent; }) == 1);
  // … and three unanswered are the last ever, however many years pass.
  for (int year = 0; year < 6; ++year)
    if (request_confirmation(o.in.book(), {who, channel::whatsapp, *purpose::parse("newsletter"), "newsletter"}, add_months(at("2026-06-01T00:00:00Z"), 12 * year))->allowed()) ++sent;
  CHECK(sent == 3);
}

TEST_CASE("whatever the order of arrival: the same state; a stop anywhere leaves may-not-send") {
  std::uint64_t seed = 20261124;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return static_cast<std::size_t>((seed >> 33) % n); };
  instant const day = at("2026-05-01T08:00:00Z"), now = at("2026-05-01T20:00:00Z");
  constexpr std::array words{"Start", "Start", "Start", "Stop", "Hallo, wann fliegen wir?", "ja", "Bitte Buchung stornieren", "Stop Kreuzfahrten", "Start Kreuzfahrten", "Stop alles"};
  std::size_t with_stop = 0, without = 0, permits = 0;
  for (int round = 0; round < 24; ++round) {
    std::vector<std::string> set;
    bool stop = false, form = random(3) == 0;
    for (std::size_t n = 3 + random(2); n > 0; --n) {
      instant const when = day + milliseconds{static_cast<long long>(random(9)) * 3600000};
      std::string const id = "r" + std::to_string(round) + "n" + std::to_string(n);
      std::size_t const what = random(14);
      if (what < words.size()) {
        std::string const from = random(5) == 0 ? "" : "491713920001";
        set.push_back(webhook({from, words[what], id, when, from.empty() || random(3) == 0 ? "DE.4711" : ""}));
        if (what == 3 || what == 9) stop = true;
      } else if (what == 10) {
        set.push_back(preference("491713920001", "stop", when));
        stop = true;
      } else if (what == 11) {
        set.push_back(number_change("491713920001", "491713920002", when, id));
      } else {
        set.push_back(webhook({"491713920001", "Start", id, when, "DE.4711"}));
      }
    }
    std::vector<std::size_t> order(set.size());
    for (std::size_t k = 0; k < order.size(); ++k) order[k] = k;
    std::map<std::string, std::string> first;
    do {
      office o;
      if (form) REQUIRE(request_confirmation(o.in.book(), {*address::parse("+491713920001"), channel::whatsapp, *purpose::parse("newsletter"), "newsletter"}, day + milliseconds{1800000}));
      for (std::size_t const k : order) o.feed(set[k], now);
      bool permitted = false;
      for (char const* const who : {"+491713920001", "+491713920002"})
        for (char const* const what : {"newsletter", "newsletter/kreuzfahrten", "offers"}) {
          auto const d = o.ask(who, now + milliseconds{60000}, channel::whatsapp, what);
          std::string const key = std::string{who} + " " + what;
          auto const [it, fresh] = first.emplace(key, codes(d));
          std::string told;
          for (std::size_t const k : order) told += set[k] + "\n";
          INFO(key << std::string{form ? " form" : ""} << "\n" << told);
          CHECK(codes(d) == it->second);
          permitted = permitted || d.may_send();
          if (stop && std::string_view{who} == "+491713920001" && set.size() > 0) {
            bool const known_person = true;
            if (known_person && o.in.book().history(*address::parse("+491713920001"))->size() > 0 && d.may_send()) {
              // A stop by the business-scoped id alone binds the number only where something links the two.
              bool const linked = std::any_of(set.begin(), set.end(), [](std::string const& s) { return s.find("491713920001") != s.npos && s.find("DE.4711") != s.npos; });
              bool const by_number = std::any_of(set.begin(), set.end(), [](std::string const& s) {
                return s.find("491713920001") != s.npos && (s.find("\"Stop\"") != s.npos || s.find("Stop alles") != s.npos || s.find("user_preferences") != s.npos);
              });
              CHECK_MESSAGE(!(linked || by_number), "a stop is in the set and it may be sent");
            }
          }
        }
      if (permitted) ++permits;
    } while (std::next_permutation(order.begin(), order.end()));
    ++(stop ? with_stop : without);
  }
  CHECK(with_stop >= 5);
  CHECK(without >= 5);
  CHECK(permits > 0);
}

TEST_CASE("a mail is confirmed by its token: once, within the window, by POST and not by looking") {
  office o;
  ledger& book = o.in.book();
  auto const who = *address::parse("kunde@example.org");
  auto const news = *purpose::parse("newsletter");
  auto asked = request_confirmation(book, {who, channel::email, news, "newsletter"}, at("2026-05-01T10:00:00Z"));
  REQUIRE(asked);
  REQUIRE(asked->token.size() > 32);
  auto const text = [&] { std::string all; auto const events = book.history(who); for (event const& known : *events) for (auto const& [key, value] : known.proof.entries()) all += key + "=" + value + "\n"; return all; };
  CHECK(text().find(asked->token.substr(asked->token.rfind('-') + 1)) == std::string::npos);   // only its hash is kept
  for (int k = 0; k < 5; ++k) CHECK(look_at_token(book, asked->token, at("2026-05-01T11:00:00Z"))->state == token_state::open);
  CHECK_FALSE(o.ask("kunde@example.org", at("2026-05-01T11:00:00Z"), channel::email).may_send());
  std::string wrong = asked->token;
  wrong.back() = wrong.back() == '0' ? '1' : '0';
  CHECK(confirm_by_token(book, wrong, at("2026-05-01T11:00:00Z"))->state == token_state::unknown);
  CHECK(confirm_by_token(book, "jc-99999-" + asked->token.substr(asked->token.rfind('-') + 1), at("2026-05-01T11:00:00Z"))->state == token_state::unknown);
  CHECK(confirm_by_token(book, asked->token, at("2026-05-01T11:00:00Z"))->state == token_state::confirmed);
  CHECK(o.ask("kunde@example.org", at("2026-05-01T12:00:00Z"), channel::email).may_send());
  auto const size = book.head()->size;
  CHECK(confirm_by_token(book, asked->token, at("2026-05-01T11:05:00Z"))->state == token_state::used);
  CHECK(book.head()->size == size);

  auto const late = *address::parse("spaet@example.org");
  auto second = request_confirmation(book, {late, channel::email, news, "newsletter"}, at("2026-05-01T10:00:00Z"));
  CHECK(confirm_by_token(book, second->token, at("2026-05-08T10:00:01Z"))->state == token_state::expired);
  auto const stopped = *address::parse("stop@example.org");
  auto third = request_confirmation(book, {stopped, channel::email, news, "newsletter"}, at("2026-05-01T10:00:00Z"));
  REQUIRE(o.in.feed(payload_format::email, "From: stop@example.org\r\nDate: Fri, 1 May 2026 10:30:00 +0000\r\nMessage-ID: <a@b>\r\nSubject: Re: Hallo\r\n\r\nStop\r\n", at("2026-05-01T10:31:00Z")).has_value());
  CHECK(confirm_by_token(book, third->token, at("2026-05-01T11:00:00Z"))->state == token_state::ended);

  // A sender's name proves nothing: a yes by mail counts with the token that the mail quotes, and not without.
  auto const answering = *address::parse("antwort@example.org");
  auto fourth = request_confirmation(book, {answering, channel::email, news, "newsletter"}, at("2026-05-01T10:00:00Z"));
  auto const mail = [&](char const* id, std::string const& quoted) {
    return o.in.feed(payload_format::email, std::string{"From: antwort@example.org\r\nDate: Fri, 1 May 2026 10:30:00 +0000\r\nMessage-ID: <"} + id + ">\r\nSubject: Re: Anmeldung\r\n\r\nStart\r\n\r\n> " + quoted + "\r\n",
                     at("2026-05-01T10:31:00Z")).value().items.at(0);
  };
  CHECK(kinds(mail("x1@b", "nichts")) == "inbound requested");
  CHECK(kinds(mail("x2@b", fourth->token)) == "inbound confirmed");
  CHECK(o.ask("antwort@example.org", at("2026-05-01T12:00:00Z"), channel::email).may_send());

  auto const leave = *unsubscribe_token(book, who);
  REQUIRE(leave);
  auto r = o.in.feed(payload_format::email, "POST /ab?t=" + *leave + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\nList-Unsubscribe=One-Click", at("2026-05-02T10:00:00Z")).value();
  CHECK(kinds(r.items.at(0)) == "withdrawn");
  CHECK(o.ask("kunde@example.org", at("2026-05-02T12:00:00Z"), channel::email).status == consent_status::withdrawn);
  CHECK(o.in.feed(payload_format::email, "GET /ab?t=" + *leave + " HTTP/1.1\r\n\r\n", at("2026-05-02T10:00:00Z")).value().refused == 1);
  CHECK(book.verify()->ok());
}

TEST_CASE("several threads feed one receiver: every payload is recorded once") {
  office o;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t)
    threads.emplace_back([&] {
      for (int k = 0; k < 50; ++k) {
        auto r = o.in.feed(payload_format::whatsapp_cloud, webhook({"4917139200" + std::to_string(10 + k % 25), k % 2 == 0 ? "Start" : "Stop", "t" + std::to_string(k), at("2026-05-01T10:00:00Z") + milliseconds{k * 60000}, ""}), at("2026-05-01T18:00:00Z"));
        CHECK(r.has_value());
      }
    });
  for (auto& t : threads) t.join();
  std::size_t messages = 0;
  for (int n = 10; n < 35; ++n) {
    auto const events = o.in.book().history(*address::parse("+4917139200" + std::to_string(n)));
    messages += static_cast<std::size_t>(std::count_if(events->begin(), events->end(), [](event const& e) { return e.kind == event_kind::inbound; }));
    CHECK_FALSE(o.ask(("+4917139200" + std::to_string(n)).c_str(), at("2026-05-01T19:00:00Z")).may_send());   // every one of them has a stop
  }
  CHECK(messages == 50);
  CHECK(o.in.book().verify()->ok());
}
