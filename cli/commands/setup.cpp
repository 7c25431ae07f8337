// init, notice add, notice check, notice list, notice show
#include <fmt/format.h>

#include <iostream>

#include "jawort/ledger/notice_file.hpp"
#include "render.hpp"

namespace jawort::cli {
namespace {

json notice_json(published_notice const& n) {
  json channels = json::array(), purposes = json::array();
  for (auto const c : n.words.channels) channels.push_back(name(c));
  for (auto const& p : n.words.purposes) purposes.push_back(p.text());
  return {{"id", n.words.id}, {"version", n.words.version}, {"notice", n.words.reference()}, {"published_at", to_string(n.words.published_at)},
          {"historical", n.words.historical}, {"language", n.words.language}, {"channels", channels}, {"purposes", purposes}, {"sha256", n.digest_hex}};
}

std::string joined(auto const& list, auto&& text) {
  std::string out;
  for (auto const& x : list) out += (out.empty() ? "" : ", ") + std::string{text(x)};
  return out;
}
}  // namespace

int init(context& c) {
  ledger_options o;
  o.controller = c.args.get("controller").value_or("");
  o.origin = c.args.get("origin").value_or("");
  o.region = c.args.get("region").value_or("DE");
  o.test_clock = c.args.has("test-clock");
  if (c.global.now && !o.test_clock)
    return report(c, {failure::refused, {"--now zum Schreiben nur mit --test-clock", "--now for writing needs --test-clock"}, {}}, usage);
  auto book = ledger::create(c.global.ledger, o, now_of(c));
  if (!book) return report(c, book.error(), book.error().code == failure::already_exists ? std::optional<int>{no_ledger} : book.error().code == failure::malformed ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) {
    print_json({{"ledger", c.global.ledger}, {"origin", book->origin()}, {"controller", book->controller()}, {"verifier_key", book->verifier_key()}}, &*book);
    return done;
  }
  std::cout << book->verifier_key() << "\n";
  if (!c.global.quiet)
    std::cerr << fmt::format(fmt::runtime(c.say("Hauptbuch {0} angelegt, Schlüssel in {0}.keys (getrennt sichern), Prüfpunkte in {0}.checkpoints.\n",
                                                "Ledger {0} created, keys in {0}.keys (back them up apart), checkpoints in {0}.checkpoints.\n")), c.global.ledger);
  return done;
}

int notice_add(context& c) {
  auto text = read_text(c.args.words[0]);
  if (!text) return report(c, text.error());
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto published = time_option(c, "published");
  if (!published) return report(c, published.error(), usage);
  auto n = book->publish(*text, c.args.words[0], published->value_or(now_of(c)), c.args.has("historical"), now_of(c));
  if (!n) return report(c, n.error(), n.error().code == failure::incomplete ? std::optional<int>{answer_is_no} : n.error().code == failure::malformed ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) print_json(notice_json(*n), &*book);
  else std::cout << fmt::format("{}  {}  sha256 {}\n", n->words.reference(), readable(n->words.published_at), n->digest_hex);
  return done;
}

int notice_check(context& c) {
  auto text = read_text(c.args.words[0]);
  if (!text) return report(c, text.error());
  auto n = parse_notice(*text, c.args.words[0]);
  if (!n) return report(c, n.error(), usage);
  auto missing = missing_parts(*n);
  for (auto& flaw : notice_flaws(*n)) missing.push_back(std::move(flaw));
  if (c.global.json) {
    json parts = json::array();
    for (auto const& m : missing) parts.push_back({{"key", m.key}, {"law", m.law}, {"text", c.say(m.what)}});
    print_json({{"complete", missing.empty()}, {"missing", parts}}, nullptr);
  } else if (missing.empty()) {
    std::cout << c.say("vollständig\n", "complete\n");
  } else {
    std::cout << c.say("unvollständig, es fehlen:\n", "incomplete, missing are:\n");
    for (auto const& m : missing) std::cout << fmt::format("  {:<28} {} ({})\n", m.key, c.say(m.what), m.law);
  }
  return missing.empty() ? done : answer_is_no;
}

int notice_list(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  if (c.global.json) {
    json all = json::array();
    for (auto const& n : book->published()) all.push_back(notice_json(n));
    print_json({{"notices", all}}, &*book);
    return done;
  }
  for (auto const& n : book->published())
    std::cout << fmt::format("{:<16} {}  {:<20} {}{}\n", n.words.reference(), readable(n.words.published_at), joined(n.words.channels, [](channel x) { return name(x); }),
                             joined(n.words.purposes, [](purpose const& p) { return p.text(); }), n.words.historical ? c.say("  (früher)", "  (historical)") : "");
  if (book->published().empty() && !c.global.quiet) std::cerr << c.say("noch kein Hinweis: jawort notice add FILE.toml\n", "no notice yet: jawort notice add FILE.toml\n");
  return done;
}

int notice_show(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  std::string const& wanted = c.args.words[0];
  published_notice const* found = nullptr;
  for (auto const& n : book->published())
    if (n.words.reference() == wanted || n.words.id == wanted) found = &n;
  if (found == nullptr) return report(c, {failure::unknown_name, {"unbekannter Hinweis '" + wanted + "'", "unknown notice '" + wanted + "'"}, {"jawort notice list", "jawort notice list"}}, usage);
  if (c.global.json) {
    auto j = notice_json(*found);
    j["body"] = found->body;
    print_json(j, &*book);
  } else {
    std::cout << found->body;
  }
  return done;
}

}  // namespace jawort::cli
