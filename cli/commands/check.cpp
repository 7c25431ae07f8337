// check
#include <fmt/format.h>

#include <iostream>

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

}  // namespace jawort::cli
