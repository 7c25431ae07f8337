// policy show, policy set, rules, austria-list, test
#include <fmt/format.h>

#include <iostream>

#include "jawort/ledger/case_file.hpp"
#include "jawort/ledger/policy_file.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

int policy_show(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto at = time_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  policy_version const& v = book->policies().version_at(at->value_or(now_of(c)));
  if (c.global.json) {
    json keys = json::array();
    for (auto const& item : policy_items(v.rules))
      keys.push_back({{"key", item.key}, {"value", json::parse(item.value, nullptr, false)}, {"default", json::parse(item.standard, nullptr, false)}, {"text", c.say(item.meaning)}});
    print_json({{"policy", v.seq ? json(*v.seq) : json(nullptr)}, {"from", v.seq ? json(to_string(v.from)) : json(nullptr)}, {"keys", keys}}, &*book);
    return done;
  }
  if (v.seq) std::cout << fmt::format(fmt::runtime(c.say("# Eintrag #{}, gilt seit {}\n", "# entry #{}, in force since {}\n")), *v.seq, readable(v.from));
  else std::cout << c.say("# die Voreinstellung; noch keine Richtlinie gesetzt\n", "# the defaults; no policy was set yet\n");
  std::cout << policy_toml(v.rules, c.global.lang);
  return done;
}

int policy_set(context& c) {
  auto text = read_text(c.args.words[0]);
  if (!text) return report(c, text.error());
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  policy const before = book->rules();
  auto v = book->set_policy(*text, c.args.words[0], now_of(c));
  if (!v) return report(c, v.error(), v.error().code == failure::malformed ? std::optional<int>{usage} : std::nullopt);
  auto const old = policy_items(before);
  json changed = json::array();
  std::string shown;
  for (auto const& item : policy_items(v->rules)) {
    auto const was = std::find_if(old.begin(), old.end(), [&](policy_item const& o) { return o.key == item.key; });
    std::string const from = was == old.end() ? item.standard : was->value;
    if (from == item.value) continue;
    changed.push_back({{"key", item.key}, {"from", json::parse(from, nullptr, false)}, {"to", json::parse(item.value, nullptr, false)}});
    shown += fmt::format("  {}: {} → {}\n", item.key, from, inert(item.value));
  }
  if (c.global.json) print_json({{"policy", *v->seq}, {"from", to_string(v->from)}, {"changed", changed}}, &*book);
  else std::cout << fmt::format(fmt::runtime(c.say("Richtlinie #{}, gilt ab {}\n", "policy #{}, in force from {}\n")), *v->seq, readable(v->from)) << shown;
  return done;
}

int rules(context& c) {
  auto at = time_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  channel on = channel::whatsapp;
  if (auto const text = c.args.get("channel")) {
    auto const named = channel_named(detail::lower(*text));
    if (!named) return report(c, unknown_channel(*text), usage);
    on = *named;
  }
  instant const when = at->value_or(now_of(c));
  auto const day = [](instant t) { return to_string(t + milliseconds{std::chrono::hours{2}}).substr(0, 10); };  // of Berlin's midnight
  json all = json::array();
  for (rule const& r : all_rules()) {
    bool const in_force = when >= r.holds_from;
    auto const cite = citation_text(r, when, on, c.global.lang);
    if (c.global.json) {
      json cites = json::array();
      for (citation const& x : r.citations)
        if (!x.de.empty())
          cites.push_back({{"citation", citation_words(x, std::max(x.from, std::min(when, x.until - milliseconds{1})), on, c.global.lang)},
                           {"from", x.from == law::begin ? json(nullptr) : json(to_string(x.from))}, {"until", x.until == law::end ? json(nullptr) : json(to_string(x.until))}});
      all.push_back({{"code", name(r.code)}, {"outcome", name(r.usual)}, {"standing", name(r.standing)}, {"in_force", in_force}, {"holds_from", r.holds_from == law::begin ? json(nullptr) : json(to_string(r.holds_from))},
                     {"citation", cite}, {"citations", cites}, {"text", r.text(c.global.lang)}, {"remedy", r.remedy(c.global.lang)}});
      continue;
    }
    std::cout << fmt::format("{:<34} {:<5} {:<10}{}\n    {}\n", name(r.code), name(r.usual), name(r.standing),
                             in_force ? "" : c.say(" (gilt erst seit ", " (holds only since ") + day(r.holds_from) + ")", r.text(c.global.lang));
    if (!cite.empty()) std::cout << "    " << painted(cite, paint::faint, c.global.colour) << "\n";
  }
  if (c.global.json) print_json({{"at", to_string(when)}, {"channel", name(on)}, {"rules", all}}, nullptr);
  else std::cout << c.say("\njawort ist keine Rechtsberatung.\n", "\njawort is not legal advice.\n");
  return done;
}

int austria_list(context& c) {
  auto text = read_text(c.args.words[0]);
  if (!text) return report(c, text.error());
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto n = book->load_austrian_list(*text, c.args.words[0], now_of(c));
  if (!n) return report(c, n.error(), n.error().code == failure::malformed ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) print_json({{"entries", *n}}, &*book);
  else std::cout << fmt::format(fmt::runtime(c.say("{} Einträge geladen\n", "{} entries loaded\n")), *n);
  return done;
}

/// The case file's own notices and policy, or else the ledger's, if there is one.
case_setting setting_of(context const& c) {
  auto book = ledger::open(c.global.ledger);
  if (!book) return {};
  return {book->notices(), book->policies(), book->names_in_messages()};
}

int test_cases(context& c) {
  auto r = run_cases(c.args.words[0], setting_of(c));
  if (!r) return report(c, r.error(), r.error().code == failure::malformed || r.error().code == failure::unknown_name ? std::optional<int>{usage} : std::nullopt);
  std::size_t right = 0, wrong = 0, open = 0;
  for (case_result const& one : *r) {
    ++(one.right() ? right : one.open ? open : wrong);
    if (c.global.json) {
      json asked = json::array();
      for (asked_question const& q : one.asked) {
        json diff = json::array();
        for (auto const& w : q.wrong) diff.push_back(c.say(w));
        asked.push_back({{"address", q.address}, {"channel", q.channel}, {"purpose", q.purpose}, {"at", to_string(q.at)}, {"decision", name(q.said.what)}, {"status", name(q.said.status)},
                         {"reasons", codes_json(q.said.reasons)}, {"wrong", diff}});
      }
      print_json({{"type", "case"}, {"name", one.name}, {"line", one.line}, {"right", one.right()}, {"open", one.open}, {"asked", asked}}, nullptr);
      continue;
    }
    auto const sign = one.right() ? painted("✓", paint::good, c.global.colour) : one.open ? painted("?", paint::careful, c.global.colour) : painted("✗", paint::bad, c.global.colour);
    if (!c.global.quiet || !one.right()) std::cout << fmt::format("{} {:>5}  {}\n", sign, one.line, inert(one.name));
    for (asked_question const& q : one.asked)
      for (auto const& w : q.wrong)
        std::cout << fmt::format("           {} · {} · {} · {}\n           {}\n", inert(q.address), q.channel, q.purpose, readable(q.at), inert(c.say(w)));
  }
  if (c.global.json) print_json({{"type", "summary"}, {"cases", r->size()}, {"right", right}, {"wrong", wrong}, {"open", open}}, nullptr);
  else std::cout << fmt::format(fmt::runtime(c.say("{} Fälle: {} richtig, {} falsch, {} offen\n", "{} cases: {} right, {} wrong, {} open\n")), r->size(), right, wrong, open);
  return wrong == 0 ? done : answer_is_no;
}
}  // namespace

std::vector<command> rule_commands() {
  bilingual const file{"DATEI", "FILE"}, time{"ZEIT", "TIME"};
  return {
      {"policy show", "", 0, 0, {"jeder Schwellenwert mit seiner Bedeutung, als Datei", "every threshold with its meaning, as a file"},
       {"jawort policy show > richtlinie.toml"}, {{"at", time, {"die Richtlinie, die damals galt", "the policy in force then"}}}, policy_show},
      {"policy set", "FILE.toml", 1, 1, {"setzt die Richtlinie von jetzt an; die Änderung wird ein Eintrag", "sets the policy from now on; the change becomes an entry"},
       {"jawort policy set richtlinie.toml"}, {}, policy_set},
      {"rules", "", 0, 0, {"alle Regeln mit ihrer Quelle an einem Tag", "all rules with their source on a day"},
       {"jawort rules", "jawort rules --at 2016-09-01T12:00:00+02:00 --channel call"},
       {{"at", time, {"an diesem Tag statt heute", "on that day instead of today"}}, {"channel", {"KANAL", "CHANNEL"}, {"die Fundstelle für diesen Kanal (whatsapp)", "the citation for that channel (whatsapp)"}}}, rules},
      {"austria-list", "FILE", 1, 1, {"lädt die Liste nach § 7 Abs. 2 ECG (Österreich) für E-Mail-Adressen", "loads the list under § 7(2) ECG (Austria) of e-mail addresses"},
       {"jawort austria-list ecg-liste.txt"}, {}, austria_list},
      {"test", "FILE.toml", 1, 1, {"eigene Fälle: Verlauf, Frage, erwartete Antwort", "your own cases: history, question, expected answer"},
       {"jawort test faelle.toml"}, {}, test_cases},
  };
}

}  // namespace jawort::cli
