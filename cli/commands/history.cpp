// history: a person's timeline, with the words shown and said.
#include <fmt/format.h>

#include <iostream>
#include <set>

#include "document.hpp"
#include "jawort/ledger/access.hpp"
#include "jawort/ledger/normalise.hpp"
#include "person_words.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
constexpr std::string_view indent = "    ";

std::string line(context const& c, std::string const& de, std::string const& en, std::string_view text) {
  std::string const name = fmt::format("{:<12}", c.say(bilingual{de, en}));  // plain ASCII words
  std::string const deep(indent.size() + name.size(), ' ');
  return std::string{indent} + name + wrapped(text, deep).substr(deep.size());
}

void print_event(context const& c, ledger const& book, event const& e, address const& asked) {
  std::string const what = c.say(kind_words(e.kind));
  std::string where;
  if (e.on) where += " · " + c.say(channel_words(*e.on));
  if (e.about) where += " · " + inert(e.about->text());
  std::cout << fmt::format("{}  #{}  {} ({}){}{}\n", readable(e.occurred_at), e.seq, what, name(e.kind), where, *e.who == asked ? "" : "  " + inert(e.who->text()));
  if (e.other) std::cout << line(c, "und", "and", e.other->text());
  for (auto const& [k, v] : e.proof.entries())
    if (k == "text") std::cout << line(c, "gesagt", "said", c.say("„", "“") + v + c.say("“", "”"));
  if (e.notice != 0 && e.notice <= book.published().size()) std::cout << line(c, "gezeigt", "shown", book.published()[e.notice - 1].words.reference());
  if (!e.via.empty()) std::cout << line(c, "auf dem Weg", "by way of", e.via);
  for (auto const& [k, v] : e.proof.entries())
    if (k != "text") std::cout << line(c, "Beleg", "evidence", k + ": " + v);
  std::string by = inert(c.say(source_words(e.source)));
  if (!e.operator_name.empty()) by += (by.empty() ? "" : " · ") + inert(e.operator_name);
  if (e.recorded_at - e.occurred_at > std::chrono::minutes{5}) by += c.say(" · eingetragen ", " · recorded ") + readable(e.recorded_at);
  if (!by.empty()) std::cout << painted(line(c, "Herkunft", "source", by), paint::faint, c.global.colour);
}

void print_words(context const& c, ledger const& book, std::set<notice_number> const& shown) {
  if (shown.empty() || c.global.quiet) return;
  std::cout << c.say("\nWas gezeigt wurde\n", "\nWhat was shown\n");
  for (notice_number const n : shown) {
    auto const& p = book.published()[n - 1];
    std::cout << fmt::format("{}  {}  {}  sha256 {}\n", p.words.reference(), p.words.language, readable(p.words.published_at), p.digest_hex) << wrapped(p.words.text, "  | ");
    if (!p.words.confirmation.empty()) std::cout << c.say("  Bitte um Bestätigung:\n", "  Request to confirm:\n") << wrapped(p.words.confirmation, "  | ");
  }
}
}  // namespace

int history(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto recorded = time_option(c, "as-recorded"), at = time_option(c, "at");
  if (!recorded) return report(c, recorded.error(), usage);
  if (!at) return report(c, at.error(), usage);
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  auto events = book->history(*who, recorded->value_or(instant::latest()));
  if (!events) return report(c, events.error());
  *events = as_timeline(*std::move(events));
  if (*at) std::erase_if(*events, [&](event const& e) { return e.occurred_at > **at; });
  std::set<notice_number> shown;
  for (event const& e : *events)
    if (e.notice != 0 && e.notice <= book->published().size()) shown.insert(e.notice);
  if (c.global.json) {
    json all = json::array(), words = json::array();
    for (event const& e : *events) all.push_back(event_json(*book, e, true));
    for (notice_number const n : shown) words.push_back(words_json(book->published()[n - 1]));
    print_json({{"address", who->text()}, {"events", all}, {"notices", words}}, &*book);
    return done;
  }
  if (events->empty()) {
    std::cout << c.say("das Hauptbuch weiß nichts von ", "the ledger knows nothing of ") << inert(who->text()) << "\n";
    return done;
  }
  for (event const& e : *events) print_event(c, *book, e, *who);
  print_words(c, *book, shown);
  return done;
}

}  // namespace jawort::cli
