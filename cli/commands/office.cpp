// office check, office show, sent: the assistant's file, and reporting its replies
#include "jawort/ledger/office_assistant.hpp"

#include <fmt/format.h>

#include <iostream>

#include "jawort/ledger/reply_report.hpp"
#include "jawort/ledger/zone.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

std::string day_text(date::year_month_day d) { return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(d.year()), static_cast<unsigned>(d.month()), static_cast<unsigned>(d.day())); }
std::string minute_text(local_minute t) { return fmt::format("{} {:02}:{:02}", day_text(day_of(t)), minute_of_day(t) / 60, minute_of_day(t) % 60); }
std::string duration_text(milliseconds m) {
  auto const minutes = std::chrono::duration_cast<std::chrono::minutes>(m).count();
  return minutes < 120 ? fmt::format("{} min", minutes) : fmt::format("{}:{:02} h", minutes / 60, minutes % 60);
}

/// The ledger, where there is one; without it an office can be looked at too.
result<std::optional<ledger>> ledger_if_there(context const& c) {
  auto book = ledger::open(c.global.ledger);
  if (!book) return book.error().code == failure::not_found ? result<std::optional<ledger>>{std::optional<ledger>{}} : result<std::optional<ledger>>{book.error()};
  return std::optional<ledger>{*std::move(book)};
}

int refused_file(context const& c, error const& why) { return report(c, why, why.code == failure::environment ? could_not : why.code == failure::refused ? answer_is_no : usage); }

int office_check(context& c) {
  auto o = load_office(c.args.words[0]);
  if (!o) return refused_file(c, o.error());
  auto book = ledger_if_there(c);
  if (!book) return report(c, book.error());
  if (*book)
    if (auto fits = check_notices(*o, **book); !fits) return refused_file(c, fits.error());
  if (c.global.json) {
    json j{{"ok", true}, {"office", o->name}, {"notices_checked", book->has_value()}, {"dialogues", json::array()}};
    for (auto const& d : o->dialogues) j["dialogues"].push_back({{"id", d.id}, {"file", d.file}, {"steps", d.steps.size()}});
    print_json(j, *book ? &**book : nullptr);
    return done;
  }
  std::cout << fmt::format(fmt::runtime(c.say("{}: in Ordnung\n", "{}: in order\n")), inert(o->name));
  for (auto const& d : o->dialogues) std::cout << fmt::format(fmt::runtime(c.say("  Dialog {}: {} Schritte ({})\n", "  dialogue {}: {} steps ({})\n")), inert(d.id), d.steps.size(), inert(d.file));
  if (!*book && !c.global.quiet) std::cerr << c.say("jawort: kein Hauptbuch, daher sind die Hinweise der Dialoge nicht geprüft\n", "jawort: no ledger, so the dialogues' notices are not checked\n");
  return done;
}

/// What may be said about one channel's response time.
struct spoken_time {
  channel on;
  response_times times;
  response_label truth = response_label::none, shown = response_label::none;
  bool too_good = false;
};

result<std::vector<spoken_time>> response_labels(ledger& book, office const& o, instant now) {
  std::vector<spoken_time> out;
  for (channel const on : o.channels) {
    auto t = measure_responses(book, o, on, now);
    if (!t) return t.error();
    spoken_time s{on, *std::move(t)};
    s.truth = label_for(s.times);
    s.too_good = promises_too_much(o.label, s.truth);
    // What may be shown is never better than the truth, whatever the office chose.
    s.shown = o.label == response_label::automatic || s.too_good ? s.truth : o.label;
    out.push_back(std::move(s));
  }
  return out;
}

json response_json(context const& c, office const& o, std::vector<spoken_time> const& all) {
  json j = json::array();
  for (auto const& s : all) {
    auto const m = s.times.median();
    j.push_back({{"channel", name(s.on)}, {"answered", s.times.answered.size()}, {"unanswered", s.times.unanswered}, {"last_words", s.times.last_words},
                 {"median_seconds", m ? json(m->count() / 1000) : json(nullptr)}, {"chosen", step_of(o.label).name}, {"truth", step_of(s.truth).name}, {"label", step_of(s.shown).name},
                 {"text", c.say(step_of(s.shown).text)}, {"worse_than_chosen", s.too_good}});
  }
  return j;
}

void print_responses(context const& c, std::vector<spoken_time> const& all, office const& o) {
  std::cout << fmt::format(fmt::runtime(c.say("\nAntwortzeit der letzten {} Tage\n", "\nResponse time of the last {} days\n")), o.label_days);
  for (auto const& s : all) {
    auto const m = s.times.median();
    std::string const said = step_of(s.shown).text.de.empty() ? c.say("keine Angabe", "nothing is said") : c.say(step_of(s.shown).text);
    std::cout << fmt::format(fmt::runtime(c.say("  {:<10} {} (Median {}; {} beantwortet, {} offen)\n", "  {:<10} {} (median {}; {} answered, {} open)\n")), name(s.on), said, m ? duration_text(*m) : "–", s.times.answered.size(), s.times.unanswered);
    if (!s.too_good) continue;
    std::cout << "             " << c.say("WARNUNG: gewählt ist „", "WARNING: chosen is “") << c.say(step_of(o.label).text)
              << (s.times.waits() < least_waits ? c.say("“; so wenige Wartezeiten belegen das nicht", "”; so few waits do not bear it out") : c.say("“; das ist besser als die Wahrheit", "”; that is better than the truth")) << "\n";
  }
}

int office_show(context& c) {
  auto o = load_office(c.args.words[0]);
  if (!o) return refused_file(c, o.error());
  auto at = time_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  instant const now = at->value_or(now_of(c));
  auto book = ledger_if_there(c);
  if (!book) return report(c, book.error());
  std::vector<spoken_time> times;
  if (*book) {
    auto t = response_labels(**book, *o, now);
    if (!t) return report(c, t.error());
    times = *std::move(t);
  }
  auto const here = office_minute(*o, now);
  auto const today = day_of(here);
  bool const open = is_open(o->hours, here);
  auto const next = next_open(o->hours, here);
  auto const lang = c.global.lang == tongue::de ? "de" : "en";
  auto const days = o->hours.state ? holidays_of(*o->hours.state, o->hours.local, today.year()) : std::vector<holiday>{};
  std::string const on_duty = operator_on(o->who, today);
  if (c.global.json) {
    json j{{"office", o->name}, {"at", to_string(now)}, {"local", minute_text(here)}, {"open", open}, {"next_open", next ? json(minute_text(*next)) : json(nullptr)},
           {"operator", on_duty.empty() ? json(nullptr) : json(on_duty)}, {"closing", closing(*o, today, lang)}, {"state", o->hours.state ? json(o->hours.state->name()) : json(nullptr)}, {"holidays", json::array()}, {"response", response_json(c, *o, times)}};
    for (auto const& h : days) j["holidays"].push_back({{"date", day_text(h.on)}, {"name", lang == std::string_view{"de"} ? h.de : h.en}});
    print_json(j, *book ? &**book : nullptr);
    return done;
  }
  std::cout << inert(o->name) << "\n" << c.say("Ortszeit ", "Local time ") << minute_text(here) << ": ";
  if (open) std::cout << c.say("geöffnet", "open") << "\n";
  else std::cout << c.say("geschlossen; wieder da ", "closed; back ") << next_open_words(here, next, lang) << "\n";
  if (!on_duty.empty()) std::cout << c.say("Es antwortet: ", "Answers: ") << inert(on_duty) << "\n";
  std::cout << c.say("\nSchluss einer persönlichen Nachricht\n", "\nClose of a personal message\n");
  std::string line;
  for (char const ch : closing(*o, today, o->language) + "\n") {
    if (ch != '\n') { line += ch; continue; }
    std::cout << "  " << inert(line) << "\n";
    line.clear();
  }
  if (!days.empty()) {
    std::cout << fmt::format(fmt::runtime(c.say("\nFeiertage {} ({})\n", "\nPublic holidays {} ({})\n")), static_cast<int>(today.year()), o->hours.state->name());
    for (auto const& h : days) std::cout << "  " << day_text(h.on) << "  " << (c.global.lang == tongue::de ? h.de : h.en) << "\n";
  }
  if (!times.empty()) print_responses(c, times, *o);
  return done;
}

int sent(context& c) {
  auto at = time_option(c, "at");
  if (!at) return report(c, at.error(), usage);
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  instant const now = now_of(c);
  auto r = report_reply_sent(*book, {c.args.words[0], at->value_or(now), c.args.get("message-id").value_or("")}, now);
  if (!r) return report(c, r.error(), r.error().code == failure::unknown_name || r.error().code == failure::refused ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) print_json({{"reply", c.args.words[0]}, {"recorded", *r == reported::recorded}}, &*book);
  else if (!c.global.quiet) std::cout << c.args.words[0] << ": " << (*r == reported::recorded ? c.say("eingetragen", "recorded") : c.say("stand schon da", "was there already")) << "\n";
  return done;
}
}  // namespace

std::vector<command> office_commands() {
  bilingual const time_value{"ZEIT", "TIME"};
  return {
      {"office check", "FILE.toml", 1, 1, {"prüft die Datei eines Büros und ihre Dialoge", "checks an office's file and its dialogues"}, {"jawort office check buero.toml"}, {}, office_check},
      {"office show", "FILE.toml", 1, 1, {"geöffnet? wer antwortet? Feiertage, und wie schnell das Büro wirklich antwortet", "open? who answers? holidays, and how fast the office really answers"},
       {"jawort office show buero.toml", "jawort --json office show buero.toml --at 2026-12-24T20:00:00+01:00"},
       {{"at", time_value, {"für diesen Zeitpunkt statt jetzt", "for this time instead of now"}}}, office_show},
      {"sent", "REPLY", 1, 1, {"meldet, dass eine Antwort von receive gesendet wurde", "reports that a reply of receive was sent"},
       {"jawort sent r-1042", "jawort sent r-1042 --message-id wamid.…"},
       {{"message-id", {"NR", "ID"}, {"Nachrichtennummer der Plattform; ihr Echo zählt dann nicht noch einmal", "the platform's message id; its echo then counts no second time"}},
        {"at", time_value, {"wann sie gesendet wurde (jetzt)", "when it was sent (now)"}}}, sent},
  };
}

}  // namespace jawort::cli
