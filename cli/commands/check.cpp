// check, broadcast check, history
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <sstream>

#include "jawort/ledger/broadcast.hpp"
#include "jawort/ledger/json.hpp"
#include "jawort/rule.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
int status_of(outcome o) { return o == outcome::permit || o == outcome::warn ? done : answer_is_no; }

/// One field; NUL bytes, which no reader of CSV takes, are left out.
std::string csv(std::string text) {
  std::erase(text, '\0');
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (char const c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + "\"";
}

std::string codes(reason_list const& reasons) {
  std::string out;
  for (reason const& r : reasons) out += (out.empty() ? "" : ";") + std::string{name(r.code)};
  return out;
}

bool write_verdicts(std::string const& path, broadcast_report const& r) {
  auto const write = [&](std::ostream& out) {
    out << "line,input,address,verdict,reasons\n";
    for (list_row const& row : r.rows)
      out << row.line << ',' << csv(row.input) << ',' << (row.what == verdict::invalid || !row.who ? "" : csv(row.who->text())) << ',' << name(row.what) << ','
          << csv(codes(row.reasons)) << '\n';
    out.flush();
    return static_cast<bool>(out);
  };
  if (path == "-") return write(std::cout);
  std::ofstream out{path, std::ios::binary | std::ios::trunc};
  return out && write(out);
}

void print_list(context const& c, broadcast_report const& r, instant at) {
  constexpr std::size_t shown = 12;
  std::cout << fmt::format(fmt::runtime(c.say("{} geprüft: {} erlaubt, {} mit Warnung, {} zurückhalten, {} nein, {} unlesbar, {} doppelt\n",
                                              "{} checked: {} permitted, {} warned, {} held, {} denied, {} invalid, {} duplicates\n")),
                           r.checked, r.permitted, r.warned, r.held, r.denied, r.invalid, r.duplicates);
  for (auto const v : {verdict::permitted, verdict::warned, verdict::held, verdict::denied, verdict::invalid, verdict::duplicate}) {
    std::size_t n = 0;
    for (list_row const& row : r.rows) {
      if (row.what != v) continue;
      if (n == 0) {
        bilingual const title = v == verdict::permitted ? bilingual{"erlaubt", "permitted"} : v == verdict::warned ? bilingual{"mit Warnung", "warned"}
                              : v == verdict::held ? bilingual{"zurückhalten", "held"} : v == verdict::denied ? bilingual{"nein", "denied"}
                              : v == verdict::invalid ? bilingual{"unlesbar", "invalid"} : bilingual{"doppelt", "duplicates"};
        std::cout << "\n" << painted(c.say(title), v == verdict::permitted ? paint::good : v == verdict::denied || v == verdict::invalid ? paint::bad : paint::careful, c.global.colour) << "\n";
      }
      if (++n <= (v == verdict::permitted ? 3U : shown))
        std::cout << fmt::format("  {:>5}  {:<24} {}\n", row.line, inert(row.what == verdict::invalid ? row.input : row.who->text()), codes(row.reasons));
    }
    std::size_t const limit = v == verdict::permitted ? 3 : shown;
    if (n > limit) std::cout << fmt::format(fmt::runtime(c.say("         … und {} weitere (alle mit --out DATEI)\n", "         … and {} more (all of them with --out FILE)\n")), n - limit);
  }
  if (!r.reasons.empty()) std::cout << c.say("\nGründe\n", "\nReasons\n");
  for (auto const& [code, count] : r.reasons) {
    rule const& row = rule_of(code);
    std::cout << fmt::format("  {:>5} × {} – {}\n", count, name(code), c.global.lang == language::de ? row.text_de : row.text_en);
    if (auto const cite = citation_at(row, at); !cite.empty()) std::cout << "          " << painted(cite, paint::faint, c.global.colour) << "\n";
    std::cout << "          → " << (c.global.lang == language::de ? row.remedy_de : row.remedy_en) << "\n";
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
  q->who = &*who;
  auto d = book->ask(*q);
  if (!d) return report(c, d.error());
  if (c.global.json) {
    print_json({{"decision", name(d->what)}, {"address", who->text()}, {"channel", name(q->on)}, {"purpose", q->about.text()}, {"status", name(d->status)},
                {"at", to_string(q->at)}, {"reasons", reasons_json(c, d->reasons, q->at)}}, &*book);
    return status_of(d->what);
  }
  std::cout << fmt::format("{}: {} · {} · {} · {} · {}\n", outcome_text(c, d->what), who->text(), name(q->on), q->about.text(), c.say(status_words(d->status)), readable(q->at));
  for (reason const& r : d->reasons) std::cout << reason_text(c, r, q->at);
  return status_of(d->what);
}

int broadcast_check(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto q = question_of(c, *book);
  if (!q) return report(c, q.error(), usage);
  std::string const& file = c.args.words[0];
  std::unique_ptr<std::istream> in;
  if (file == "-") {
    auto spool = std::make_unique<std::stringstream>();
    *spool << std::cin.rdbuf();
    spool->clear();
    in = std::move(spool);
  } else {
    in = std::make_unique<std::ifstream>(file, std::ios::binary);
    if (!*in) return report(c, {failure::environment, {"Liste nicht lesbar: " + file, "cannot read list: " + file}, {}});
  }
  auto r = check_list(*book, *in, file, *q, c.args.get("column"));
  if (!r) return report(c, r.error(), r.error().code == failure::unknown_name ? std::optional<int>{usage} : std::nullopt);
  if (auto const out = c.args.get("out"); out && !write_verdicts(*out, *r))
    return report(c, {failure::environment, {"nicht zu schreiben: " + *out, "cannot write: " + *out}, {}});
  bool const to_stdout = c.args.get("out") == "-";
  if (c.global.json) {
    json reasons = json::object();
    for (auto const& [code, count] : r->reasons) reasons[std::string{name(code)}] = count;
    json const j{{"decision", name(r->worst())}, {"checked", r->checked}, {"permitted", r->permitted}, {"warned", r->warned}, {"held", r->held}, {"denied", r->denied},
                 {"invalid", r->invalid}, {"duplicates", r->duplicates}, {"reasons", reasons}, {"list_sha256", r->list_sha256},
                 {"checkpoint", {{"size", r->head.size}, {"root", log::base64(log::bytes_view{r->head.root})}}}, {"at", to_string(q->at)}};
    print_json(j, &*book);
  } else if (!to_stdout) {
    print_list(c, *r, q->at);
  }
  return status_of(r->worst());
}

int history(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto recorded = time_option(c, "as-recorded");
  if (!recorded) return report(c, recorded.error(), usage);
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  auto events = book->history(*who, recorded->value_or(instant::latest()));
  if (!events) return report(c, events.error());
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
