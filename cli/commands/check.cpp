// check, history
#include <fmt/format.h>

#include <iostream>

#include "jawort/ledger/json.hpp"
#include "jawort/ledger/normalise.hpp"
#include "jawort/rule.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
json explain_json(context const& c, std::vector<explanation> const& all) {
  json out = json::array();
  for (explanation const& e : all)
    out.push_back({{"code", name(e.code)}, {"applied", e.applied ? json(name(*e.applied)) : json(nullptr)}, {"in_force", e.in_force}, {"saw", c.say(e.saw)}});
  return out;
}

void print_explanations(context const& c, std::vector<explanation> const& all) {
  std::cout << c.say("\nJede Regel, und was sie sah\n", "\nEach rule, and what it saw\n");
  for (explanation const& e : all) {
    std::string const applied = e.applied ? outcome_text(c, *e.applied) : painted(c.say("–", "–"), paint::faint, c.global.colour);
    std::cout << fmt::format("  {:<34} {}  {}{}\n", name(e.code), applied, inert(c.say(e.saw)), e.in_force ? "" : c.say(" (gilt an diesem Tag noch nicht)", " (not in force on that day)"));
  }
}
}  // namespace

int check(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto q = question_of(c, *book);
  if (!q) return report(c, q.error(), usage);
  auto who = normaliser{book->region()}.parse(c.args.words[0], q->on);
  if (!who) return report(c, who.error(), usage);
  auto reached = book->reach(*who, q->on);
  if (!reached) return report(c, reached.error(), usage);
  *who = *std::move(reached);
  q->who = &*who;
  auto message = message_of(c, *book);
  if (!message) return report(c, message.error());
  if (*message) q->message = &(*message)->facts;
  bool const explains = c.args.has("explain");
  explained e;
  auto d = [&]() -> result<decision> {
    if (!explains) return book->ask(*q);
    auto r = book->explain(*q);
    if (!r) return r.error();
    e = *std::move(r);
    return e.said;
  }();
  if (!d) return report(c, d.error(), d.error().code == failure::unknown_name ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) {
    json j{{"decision", name(d->what)}, {"address", who->text()}, {"channel", name(q->on)}, {"purpose", q->about.text()}, {"status", name(d->status)},
           {"at", to_string(q->at)}, {"reasons", reasons_json(c, d->reasons, q->at, q->on)}, {"policy", d->policy_seq ? json(*d->policy_seq) : json(nullptr)}};
    if (explains) j["explain"] = explain_json(c, e.rules);
    print_json(j, &*book);
    return status_of(d->what);
  }
  std::cout << fmt::format("{}: {} · {} · {} · {} · {}\n", outcome_text(c, d->what), who->text(), name(q->on), q->about.text(), c.say(status_words(d->status)), readable(q->at));
  for (reason const& r : d->reasons) std::cout << reason_text(c, r, q->at, q->on);
  if (d->policy_seq && !c.global.quiet) std::cout << c.say("  Richtlinie #", "  policy #") << *d->policy_seq << "\n";
  if (explains) print_explanations(c, e.rules);
  return status_of(d->what);
}

int history(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto recorded = time_option(c, "as-recorded");
  if (!recorded) return report(c, recorded.error(), usage);
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  auto at = time_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  auto events = book->history(*who, recorded->value_or(instant::latest()));
  if (!events) return report(c, events.error());
  if (*at) std::erase_if(*events, [&](event const& e) { return e.occurred_at > **at; });
  std::stable_sort(events->begin(), events->end(), [](event const& a, event const& b) { return key_of(a) < key_of(b); });
  auto const text_or = [](auto const& v, auto&& text) { return v ? std::string{text(*v)} : std::string{}; };
  if (c.global.json) {
    json all = json::array();
    for (event const& e : *events) {
      json j{{"seq", e.seq}, {"event", name(e.kind)}, {"occurred_at", to_string(e.occurred_at)}, {"recorded_at", to_string(e.recorded_at)}, {"address", e.who->text()},
             {"channel", text_or(e.on, [](channel x) { return name(x); })}, {"purpose", text_or(e.about, [](purpose const& p) { return p.text(); })}, {"via", e.via},
             {"notice", e.notice == 0 ? "" : book->published()[e.notice - 1].words.reference()}, {"source", e.source}, {"operator", e.operator_name}};
      if (e.other) j["other_address"] = e.other->text();
      json proof = json::object();
      for (auto const& [k, v] : e.proof.entries()) proof[k] = v;
      j["evidence"] = proof;
      all.push_back(j);
    }
    print_json({{"address", who->text()}, {"events", all}}, &*book);
    return done;
  }
  if (events->empty()) std::cout << c.say("das Hauptbuch weiß nichts von ", "the ledger knows nothing of ") << who->text() << "\n";
  for (event const& e : *events) {
    std::cout << fmt::format("{}  #{:<6} {:<20} {:<10} {:<26} {}{}\n", readable(e.occurred_at), e.seq, name(e.kind), text_or(e.on, [](channel x) { return name(x); }),
                             text_or(e.about, [](purpose const& p) { return p.text(); }), e.notice == 0 ? "" : book->published()[e.notice - 1].words.reference(),
                             e.who->text() == who->text() ? "" : "  " + e.who->text());
    if (e.other) std::cout << "                              ↔ " << e.other->text() << "\n";
    for (auto const& [k, v] : e.proof.entries())
      std::cout << "                              " << (k == "text" ? c.say("„", "“") + inert(v) + c.say("“", "”") : inert(k) + ": " + inert(v)) << "\n";
    if (e.recorded_at - e.occurred_at > std::chrono::minutes{5} || !e.operator_name.empty())
      std::cout << "                              " << painted(c.say("eingetragen ", "recorded ") + readable(e.recorded_at) + (e.operator_name.empty() ? "" : " · " + inert(e.operator_name)), paint::faint, c.global.colour) << "\n";
  }
  return done;
}

}  // namespace jawort::cli
