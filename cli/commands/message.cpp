// message check: what a text is, before it goes to anybody
#include "jawort/ledger/office_file.hpp"
#include "jawort/message_rules.hpp"

#include <fmt/format.h>

#include <iostream>
#include <sstream>

#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

/// Outcomes as the policy of that time raises them, in order.
void settle(reason_list& found, policy const& p) {
  found.raise([&](reason_code c) { return p.least(c); });
  found.sort();
}

int message_check(context& c) {
  auto text = read_text(c.args.words[0]);
  if (!text) return report(c, text.error());
  message_setting s;
  s.at = now_of(c);
  s.on = channel::whatsapp;
  if (auto const on = c.args.get("channel")) {
    auto const named = channel_named(detail::lower(*on));
    if (!named) return report(c, unknown_channel(*on), usage);
    s.on = *named;
  }
  auto const purpose_text = c.args.get("purpose");
  std::optional<purpose> about;
  if (purpose_text) {
    auto p = purpose::parse(*purpose_text);
    if (!p) return report(c, p.error(), usage);
    about = *std::move(p);
  }
  auto book = ledger::open(c.global.ledger);
  if (!book && book.error().code != failure::not_found) return report(c, book.error());
  message_names names;
  policy rules;
  if (book) {
    names = book->names_in_messages();
    rules = book->policies().at(s.at);
  }
  if (auto const sender = c.args.get("sender")) names.senders.push_back(*sender);
  if (auto const path = c.args.get("office")) {
    auto const desk = load_office(*path);
    if (!desk) return report(c, desk.error(), desk.error().code == failure::environment ? could_not : usage);
    names = with_operators(std::move(names), desk->who);
  }
  auto const facts = read_message(*text, names);
  // Without a purpose the words decide alone.
  bool const advertising = is_advertising(facts, about ? about->is_advertising() : false);
  s.advertising = about ? about->is_advertising() : advertising;
  reason_list found;
  judge_message(facts, s, found);
  settle(found, rules);
  if (names.senders.empty() && !c.global.quiet)
    std::cerr << c.say("jawort: kein Hauptbuch, daher ist kein Absendername bekannt: --sender NAME\n", "jawort: no ledger, so no sender's name is known: --sender NAME\n");
  outcome const what = found.worst();
  if (c.global.json) {
    print_json({{"decision", name(what)}, {"class", advertising ? "advertising" : "service"}, {"channel", name(s.on)}, {"purpose", about ? json(about->text()) : json(nullptr)}, {"at", to_string(s.at)},
                {"promotional", mask_payment_data(facts.promotional)}, {"reasons", reasons_json(c, found, s.at, s.on)}, {"masked", mask_payment_data(*text)}}, book ? &*book : nullptr);
  } else {
    std::cout << fmt::format("{}: {}{}\n", outcome_text(c, what), advertising ? c.say("Werbung", "advertising") : c.say("Service", "service"),
                             facts.promotional.empty() ? "" : " („" + inert(mask_payment_data(facts.promotional)) + "“)");
    for (reason const& r : found) std::cout << reason_text(c, r, s.at, s.on);
    if (!facts.payment_data.empty()) {
      std::istringstream lines{mask_payment_data(*text)};
      std::cout << c.say("\nMit verdeckten Zahlungsdaten\n", "\nWith payment data masked\n");
      for (std::string line; std::getline(lines, line);) std::cout << "  " << inert(line) << "\n";
    }
  }
  return status_of(what);
}
}  // namespace

std::vector<command> message_commands() {
  return {{"message check", "FILE", 1, 1, {"prüft die Worte einer Nachricht: Werbung, Absender, Abmeldung, Zahlungsdaten", "checks a message's words: advertising, sender, way out, payment data"},
           {"jawort message check nachricht.txt --channel whatsapp --purpose newsletter"},
           {{"channel", {"KANAL", "CHANNEL"}, {"worüber sie gehen soll (whatsapp)", "by which it is to go (whatsapp)"}},
            {"purpose", {"ZWECK", "PURPOSE"}, {"wofür; ohne Angabe entscheiden die Worte", "what for; the words decide where it is not said"}},
            {"sender", {"NAME", "NAME"}, {"noch ein Name, unter dem man das Büro kennt", "another name by which the office is known"}},
            {"office", {"DATEI", "FILE"}, {"wer unterschreibt, sagt der Dienstplan dieses Büros", "this office's rota says who signs"}}},
           message_check}};
}

}  // namespace jawort::cli
