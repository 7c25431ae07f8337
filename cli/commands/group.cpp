// group check, group show, group history
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>

#include "jawort/group/picture.hpp"
#include "jawort/ledger/address_book.hpp"
#include "jawort/ledger/group_ledger.hpp"
#include "render.hpp"
#include "safe_file.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
using group::member;

/// Address books named in a group file lie beside it.
address_book_reader books_beside(std::string const& group_file, normaliser const& numbers) {
  return [folder = std::filesystem::path{group_file}.parent_path(), &numbers](std::string const& name) -> result<std::vector<address>> {
    auto const path = (folder / name).string();
    auto bytes = read_text(path);
    if (!bytes) return bytes.error();
    auto book = read_address_book(*std::move(bytes), path, numbers);
    if (!book) return book.error();
    std::vector<address> out;
    for (auto const& contact : book->contacts)
      for (auto const& number : contact.numbers)
        if (number.who) out.push_back(*number.who);
    return out;
  };
}

result<group_plan> read_plan(context const& c, std::string const& file, normaliser const& numbers) {
  auto text = read_text(file);
  if (!text) return text.error();
  auto plan = parse_group(*text, file, numbers, books_beside(file, numbers));
  if (plan && !c.global.quiet)
    for (auto const& n : plan->notes) std::cerr << c.say(n) << "\n";
  return plan;
}

result<purpose> group_purpose(std::string const& id) {
  auto const text = id.starts_with("group:") ? id : "group:" + id;
  auto p = purpose::parse(text);
  if (!p) return error{p.error().code, {"Gruppe '" + id + "': " + p.error().message.de, "group '" + id + "': " + p.error().message.en}, p.error().hint};
  return p;
}

int parse_status(error const& e) { return e.code == failure::environment ? could_not : usage; }

/// The text to ask a member with.
std::string ask_text(context const& c, std::string const& title, std::size_t members, bool profile) {
  auto const others = members == 0 ? 0 : members - 1;
  std::string out = fmt::format(fmt::runtime(c.say("Guten Tag, dürfen wir Sie in die WhatsApp-Gruppe{} aufnehmen? Ihre Telefonnummer wird dann für alle {} anderen Mitglieder sichtbar, auch für Menschen, die Sie nicht kennen",
                                                   "Hello, may we add you to the WhatsApp group{}? Your telephone number will then be visible to all {} other members, also to people whom you do not know")),
                                title.empty() ? "" : c.say(" „", " “") + title + c.say("“", "”"), others);
  if (profile) out += c.say(", ebenso Ihr Profilbild und Status, wenn sie für alle sichtbar sind", ", and so will your profile photo and status, if everybody may see them");
  out += c.say(". Wenn Sie einverstanden sind, antworten Sie bitte mit „Ja“. Ohne Ihr Ja nehmen wir Sie nicht auf. Sie können Ihr Ja jederzeit widerrufen; dann entfernen wir Sie aus der Gruppe.",
               ". If you agree, please answer “Yes”. Without your yes we will not add you. You can withdraw it at any time; we will then remove you from the group.");
  return out;
}
std::string loses(context const& c) {
  return c.say("kein Austausch zwischen den Mitgliedern: jedes bekommt die Nachricht einzeln und sieht die anderen nicht; Antworten gehen nur an das Büro",
               "no exchange between members: each gets the message alone and does not see the others; answers reach the office only");
}

struct checked {
  group_in_time group;
  std::optional<purpose> about;
  std::string title;
  std::optional<broadcast_instead> broadcast;
  purpose broadcast_for = purpose::service();
  instant at;
};

json addresses(checked const& x, std::vector<member> const& who) {
  json out = json::array();
  for (member const m : who) out.push_back(x.group.members[m].member.who.text());
  return out;
}

json broadcast_json(context const& c, checked const& x) {
  json out{{"possible", x.broadcast && x.broadcast->possible()}, {"loses", loses(c)}, {"purpose", x.broadcast_for.text()}};
  if (!x.broadcast) {
    out["why"] = c.say("ohne Hauptbuch nicht geprüft", "not checked without a ledger");
    return out;
  }
  json reasons = json::object();
  for (auto const& [code, n] : x.broadcast->reasons) reasons[std::string{name(code)}] = n;
  out["permitted"] = x.broadcast->permitted;
  out["denied"] = x.broadcast->denied;
  out["reasons"] = reasons;
  return out;
}

/// The answer as one object. A group of strangers has a million pairs: they are written as they come, never held.
void print_group_json(context const& c, checked const& x, json more, ledger const* book) {
  auto const& a = x.group.answer;
  json head{{"decision", name(a.what)}, {"members", x.group.members.size()}, {"disclosures", a.exposed.disclosures()}};
  std::string text = head.dump(-1, ' ', false, json::error_handler_t::replace);
  text.pop_back();
  std::cout << text << ",\"pairs\":[";
  std::string buffer;
  char const* between = "";
  std::vector<std::string> quoted;
  for (auto const& m : x.group.members) quoted.push_back(json(m.member.who.text()).dump());
  a.exposed.each([&](group::disclosure d) {
    buffer.append(between).append("{\"of\":").append(quoted[d.of]).append(",\"to\":").append(quoted[d.to]).append("}");
    between = ",";
    if (buffer.size() > 65536) { std::cout << buffer; buffer.clear(); }
  });
  std::cout << buffer << "],";
  json split = json::array(), unplanned = addresses(x, x.group.not_in_plan);
  for (auto const& part : a.split.groups) split.push_back(addresses(x, part));
  json rest{{"ask", addresses(x, a.ask)}, {"leave_out", addresses(x, a.cover.leave_out)}, {"split", split}, {"broadcast", broadcast_json(c, x)},
            {"group", x.about ? json(x.about->text().substr(6)) : json(nullptr)}, {"ask_text", ask_text(c, x.title, x.group.members.size(), a.exposed.profiles() != 0)},
            {"leave_out_at_least", a.cover.at_least}, {"split_at_least", a.split.at_least}, {"profile_disclosures", a.exposed.profiles()}, {"there_already", unplanned},
            {"reasons", reasons_json(c, a.reasons, x.at, channel::whatsapp)}, {"at", to_string(x.at)}};
  for (auto const& [key, value] : more.items()) rest[key] = value;
  if (book != nullptr && book->test_clock()) rest["test_clock"] = true;
  std::cout << rest.dump(-1, ' ', false, json::error_handler_t::replace).substr(1) << "\n";
}

/// How many characters of UTF-8 a text has.
std::size_t letters(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

std::string called(group_standing const& s) { return s.member.who.text() + (s.member.name.empty() ? "" : " " + inert(s.member.name)); }

void list_members(checked const& x, std::vector<member> const& who, auto&& more) {
  constexpr std::size_t shown = 12;
  for (std::size_t k = 0; k < who.size() && k < shown; ++k) std::cout << "    " << called(x.group.members[who[k]]) << more(who[k]) << "\n";
  if (who.size() > shown) std::cout << "    … " << who.size() - shown << "\n";
}

void print_ways_out(context const& c, checked const& x) {
  auto const& a = x.group.answer;
  auto const at_least = [&](std::size_t found, std::size_t least) {
    return found == least ? c.say("weniger geht nicht", "fewer is not possible") : fmt::format(fmt::runtime(c.say("weniger als {} geht sicher nicht", "fewer than {} is certainly not possible")), least);
  };
  std::cout << c.say("\nAuswege\n", "\nWays out\n");
  std::cout << fmt::format(fmt::runtime(c.say("  1. fragen: {} Mitglieder\n", "  1. ask: {} members\n")), a.ask.size());
  list_members(x, a.ask, [&](member m) { return fmt::format(fmt::runtime(c.say("  – sichtbar für {}{}", "  – shown to {}{}")), a.exposed.shown_to(m), x.group.facts.open_profile.has(m) ? c.say(" mit Profil", " with profile") : ""); });
  std::cout << "     " << inert(ask_text(c, x.title, x.group.members.size(), a.exposed.profiles() != 0)) << "\n";
  std::cout << c.say("  2. einzeln senden (Broadcast): ", "  2. send one by one (broadcast): ");
  if (!x.broadcast) std::cout << c.say("ohne Hauptbuch nicht geprüft", "not checked without a ledger");
  else if (x.broadcast->possible()) std::cout << fmt::format(fmt::runtime(c.say("für '{}' an alle erlaubt", "permitted to everybody for '{}'")), x.broadcast_for.text());
  else {
    std::cout << fmt::format(fmt::runtime(c.say("für '{}' nur an {} erlaubt, an {} nicht:", "for '{}' permitted to {} only, not to {}:")), x.broadcast_for.text(), x.broadcast->permitted, x.broadcast->denied);
    for (auto const& [code, n] : x.broadcast->reasons) std::cout << fmt::format(" {} × {}", n, name(code));
  }
  std::cout << "\n     " << loses(c) << "\n";
  std::cout << fmt::format(fmt::runtime(c.say("  3. weglassen: {} ({})\n", "  3. leave out: {} ({})\n")), a.cover.leave_out.size(), at_least(a.cover.leave_out.size(), a.cover.at_least));
  list_members(x, a.cover.leave_out, [](member) { return std::string{}; });
  std::cout << fmt::format(fmt::runtime(c.say("  4. teilen: {} Gruppen ohne Fremde ({})\n", "  4. split: {} groups without strangers ({})\n")), a.split.groups.size(), at_least(a.split.groups.size(), a.split.at_least));
  std::size_t n = 0;
  for (auto const& part : a.split.groups) {
    if (++n > 8) { std::cout << "    …\n"; break; }
    std::cout << "    " << n << ":";
    for (std::size_t k = 0; k < part.size() && k < 6; ++k) std::cout << " " << called(x.group.members[part[k]]) << (k + 1 < part.size() ? "," : "");
    std::cout << (part.size() > 6 ? " …" : "") << "\n";
  }
}

void print_group(context const& c, checked const& x) {
  constexpr std::size_t shown = 12;
  auto const& a = x.group.answer;
  std::cout << fmt::format(fmt::runtime(c.say("{}: {} Mitglieder, {} Offenlegungen an Fremde\n", "{}: {} members, {} disclosures to strangers\n")), outcome_text(c, a.what), x.group.members.size(), a.exposed.disclosures());
  std::size_t n = 0;
  a.exposed.each([&](group::disclosure d) {
    if (++n <= shown) std::cout << "  " << called(x.group.members[d.of]) << " → " << called(x.group.members[d.to]) << (a.exposed.shows_profile(d) ? c.say("  (mit Profil)", "  (with profile)") : "") << "\n";
  });
  if (n > shown) std::cout << fmt::format(fmt::runtime(c.say("  … und {} weitere (alle mit --json, im Bild mit --svg DATEI)\n", "  … and {} more (all of them with --json, as a picture with --svg FILE)\n")), n - shown);
  if (!x.group.not_in_plan.empty()) {
    std::cout << c.say("schon in der Gruppe, nicht in der Datei:\n", "in the group already, not in the file:\n");
    list_members(x, x.group.not_in_plan, [](member) { return std::string{}; });
  }
  for (reason const& r : a.reasons) std::cout << reason_text(c, r, x.at, channel::whatsapp);
  if (a.exposed.disclosures() != 0) print_ways_out(c, x);
}

std::string short_label(group_standing const& s) {
  if (!s.member.name.empty()) return inert(s.member.name);
  auto const& t = s.member.who.text();
  return t.size() > 4 ? "…" + t.substr(t.size() - 4) : t;
}

result<> draw(context const& c, checked const& x, std::string const& file, std::string const& input) {
  group::picture_labels labels{inert(x.title), {}};
  for (auto const& s : x.group.members) labels.members.push_back(short_label(s));
  return write_beside(file, group::draw_group(x.group.facts, x.group.answer, labels, c.global.lang), input);
}

/// The question for the broadcast: --purpose, or service.
result<question> broadcast_question(context const& c, ledger const& book, instant at, instant as_recorded) {
  question q;
  q.on = channel::whatsapp;
  q.template_message = true;
  q.at = at;
  q.as_recorded = as_recorded;
  if (auto const text = c.args.get("purpose")) {
    auto p = purpose::parse(*text);
    if (!p) return p.error();
    if (!book.notices().declares(*p)) return error{failure::unknown_name, {"kein Hinweis nennt den Zweck '" + *text + "'", "no notice declares the purpose '" + *text + "'"}, {"jawort notice list", "jawort notice list"}};
    q.about = *p;
  }
  return q;
}

/// What both group check and group show do once the ledger is open, or is not.
struct opened {
  std::optional<ledger> book;
  std::optional<group_plan> plan;
  instant at, as_recorded;
};

/// 0, or the exit status of what went wrong and was reported.
int open_all(context& c, std::string const& plan_file, bool needs_ledger, opened& out) {
  auto at = time_option(c, "at"), recorded = time_option(c, "as-recorded");
  if (!at) return report(c, at.error(), usage);
  if (!recorded) return report(c, recorded.error(), usage);
  out.at = at->value_or(now_of(c));
  out.as_recorded = recorded->value_or(instant::latest());
  int status = done;
  std::error_code ignored;
  if (needs_ledger || c.global.ledger != "jawort.db" || std::filesystem::exists(c.global.ledger, ignored)) {
    out.book = open_ledger(c, status);
    if (!out.book) return status;
  }
  if (plan_file.empty()) return done;
  normaliser const numbers{out.book ? out.book->region() : "DE"};
  auto plan = read_plan(c, plan_file, numbers);
  if (!plan) return report(c, plan.error(), parse_status(plan.error()));
  out.plan = *std::move(plan);
  return done;
}

int finish(context& c, opened& o, checked& x, std::string const& input, json more) {
  if (o.book) {
    auto q = broadcast_question(c, *o.book, o.at, o.as_recorded);
    if (!q) return report(c, q.error(), usage);
    x.broadcast_for = q->about;
    std::vector<group_member> members;
    for (auto const& s : x.group.members) members.push_back(s.member);
    auto b = ask_broadcast(*o.book, members, *q);
    if (!b) return report(c, b.error());
    x.broadcast = *std::move(b);
  }
  if (auto const svg = c.args.get("svg"))
    if (auto const w = draw(c, x, *svg, input); !w) return report(c, w.error(), w.error().code == failure::refused ? std::optional<int>{usage} : std::nullopt);
  if (c.global.json) print_group_json(c, x, std::move(more), o.book ? &*o.book : nullptr);
  return -1;
}

int group_check(context& c) {
  std::string const& file = c.args.words[0];
  opened o;
  if (int const status = open_all(c, file, c.args.has("id"), o); status != done) return status;
  checked x{{{}, {}, facts_of(*o.plan), group_answer{group::group_facts{0}}, {}, {}}, {}, o.plan->title, {}, purpose::service(), o.at};
  auto const id = c.args.get("id").value_or(o.plan->id);
  if (!id.empty()) {
    auto p = group_purpose(id);
    if (!p) return report(c, p.error(), usage);
    x.about = *p;
    if (x.title.empty()) x.title = id;
    if (!o.book) return report(c, {failure::not_found, {"kein Hauptbuch da für die Zustimmungen zur Gruppe '" + id + "'", "no ledger there for the agreements to group '" + id + "'"}, {"jawort init, oder --ledger DATEI", "jawort init, or --ledger FILE"}});
  }
  if (x.about) {
    auto g = group_in_ledger(*o.book, *x.about, &*o.plan, true, o.at, o.as_recorded);
    if (!g) return report(c, g.error(), g.error().code == failure::refused ? std::optional<int>{usage} : std::nullopt);
    x.group = *std::move(g);
  } else {
    for (auto const& m : o.plan->members) x.group.members.push_back({m, {}, false, false, {}, 0});
    x.group.answer = check_group(x.group.facts, o.book ? o.book->policies().at(o.at, o.as_recorded) : policy{});
    if (!c.global.quiet) std::cerr << c.say("ohne --id gilt niemand als einverstanden\n", "without --id nobody is taken to have agreed\n");
  }
  if (int const status = finish(c, o, x, file, json::object()); status >= 0) return status;
  if (!c.global.json && c.args.get("svg") != "-") print_group(c, x);
  return status_of(x.group.answer.what);
}

int group_show(context& c) {
  std::string const& id = c.args.words[0];
  auto p = group_purpose(id);
  if (!p) return report(c, p.error(), usage);
  opened o;
  std::string const file = c.args.get("knows").value_or("");
  if (int const status = open_all(c, file, true, o); status != done) return status;
  auto g = group_in_ledger(*o.book, *p, o.plan ? &*o.plan : nullptr, false, o.at, o.as_recorded);
  if (!g) return report(c, g.error());
  checked x{*std::move(g), *p, o.plan && !o.plan->title.empty() ? o.plan->title : id, {}, purpose::service(), o.at};
  auto const& members = x.group.members;
  json rows = json::array(), left = json::array();
  for (member m = 0; m < members.size(); ++m)
    rows.push_back({{"address", members[m].member.who.text()}, {"since", to_string(members[m].since)}, {"seq", members[m].added}, {"agreed", members[m].agreement.may_send()},
                    {"status", name(members[m].agreement.status)}, {"shown_to", x.group.answer.exposed.shown_to(m)}, {"reasons", codes_json(members[m].agreement.reasons)}});
  for (auto const& m : x.group.left) left.push_back({{"address", m.who.text()}, {"until", to_string(m.until)}, {"seq", m.left}});
  if (int const status = finish(c, o, x, file, {{"remove", addresses(x, x.group.remove)}, {"there", rows}, {"left", left}}); status >= 0) return status;
  if (c.global.json || c.args.get("svg") == "-") return status_of(x.group.answer.what);
  if (members.empty()) std::cout << c.say("das Hauptbuch kennt niemanden in der Gruppe ", "the ledger knows nobody in the group ") << x.about->text().substr(6) << "\n";
  std::size_t width = 20;  // of what is shown of a member
  for (auto const& m : members) width = std::max(width, letters(called(m)));
  for (member m = 0; m < members.size(); ++m) {
    auto const n = x.group.answer.exposed.shown_to(m);
    std::cout << fmt::format("{:<{}} {}  {}{}\n", called(members[m]), width, readable(members[m].since),
                             members[m].agreement.may_send() ? painted(c.say("einverstanden", "agreed"), paint::good, c.global.colour) : painted(c.say("nicht einverstanden: ", "not agreed: ") + c.say(status_words(members[m].agreement.status)), paint::bad, c.global.colour),
                             n == 0 ? "" : fmt::format(fmt::runtime(c.say(", sichtbar für {} Fremde", ", shown to {} strangers")), n));
  }
  for (auto const& m : x.group.left) std::cout << fmt::format("{:<{}} {}  {}\n", m.who.text(), width, readable(m.until), c.say("ausgetreten", "left"));
  if (!x.group.remove.empty()) {
    std::cout << painted(c.say("\naus der Gruppe nehmen: die Zustimmung ist beendet\n", "\nremove from the group: the agreement has ended\n"), paint::bad, c.global.colour);
    list_members(x, x.group.remove, [](member) { return std::string{}; });
  }
  std::cout << "\n";
  print_group(c, x);
  return status_of(x.group.answer.what);
}

int group_history_command(context& c) {
  std::string const& id = c.args.words[0];
  auto p = group_purpose(id);
  if (!p) return report(c, p.error(), usage);
  opened o;
  if (int const status = open_all(c, c.args.get("knows").value_or(""), true, o); status != done) return status;
  auto entries = group_history(*o.book, *p, o.plan ? &*o.plan : nullptr, o.at, o.as_recorded);
  if (!entries) return report(c, entries.error());
  json all = json::array();
  if (entries->empty() && !c.global.json) std::cout << c.say("das Hauptbuch weiß nichts von der Gruppe ", "the ledger knows nothing of the group ") << p->text().substr(6) << "\n";
  for (auto const& e : *entries) {
    bool const added = e.what.kind == event_kind::group_member_added;
    if (c.global.json) {
      json j{{"seq", e.what.seq}, {"event", name(e.what.kind)}, {"occurred_at", to_string(e.what.occurred_at)}, {"recorded_at", to_string(e.what.recorded_at)},
             {"address", e.what.who ? json(e.what.who->text()) : json(nullptr)}, {"purpose", e.what.about ? std::string{e.what.about->text()} : std::string{}}, {"members", e.there}};
      if (e.what.other) j["other_address"] = e.what.other->text();
      if (added) { j["shown_to"] = e.shown_to; j["sees"] = e.sees; }
      all.push_back(j);
      continue;
    }
    std::cout << fmt::format(fmt::runtime(c.say("{}  #{:<6} {:<20} {:<18} {:>4} Mitglieder", "{}  #{:<6} {:<20} {:<18} {:>4} members")), readable(e.what.occurred_at), e.what.seq, name(e.what.kind), e.what.who ? e.what.who->text() : "", e.there);
    if (added && e.shown_to + e.sees != 0) std::cout << painted(fmt::format(fmt::runtime(c.say("  ohne Zustimmung: sichtbar für {}, sieht {}", "  without agreement: shown to {}, sees {}")), e.shown_to, e.sees), paint::bad, c.global.colour);
    std::cout << "\n";
  }
  if (c.global.json) print_json({{"group", p->text().substr(6)}, {"events", all}}, &*o.book);
  return done;
}
}  // namespace

std::vector<command> group_commands() {
  bilingual const file{"DATEI", "FILE"}, time{"ZEIT", "TIME"}, purpose_value{"ZWECK", "PURPOSE"};
  option_spec const at{"at", time, {"gefragt für diesen Zeitpunkt statt jetzt", "asked for this time instead of now"}},
      recorded{"as-recorded", time, {"mit dem Wissensstand des Hauptbuchs von damals", "with what the ledger knew then"}},
      svg{"svg", file, {"die Gruppe als Bild", "the group as a picture"}},
      broadcast{"purpose", purpose_value, {"wofür stattdessen einzeln gesendet würde (service)", "what a broadcast instead would be for (service)"}},
      knows{"knows", file, {"Gruppendatei: wer wessen Nummer hat", "a group file: who has whose number"}};
  return {
      {"group check", "FILE", 1, 1, {"wessen Nummer würde in einer Gruppe für wen sichtbar, und welche Auswege gibt es?", "whose number would a group show to whom, and what are the ways out?"},
       {"jawort group check kreta.toml --id kreta-2026", "jawort group check kreta.toml --id kreta-2026 --svg kreta.svg --purpose newsletter"},
       {{"id", {"GRUPPE", "GROUP"}, {"Zustimmungen zu dieser Gruppe gelten", "agreements for this group count"}}, svg, broadcast, at, recorded}, group_check},
      {"group show", "GROUP", 1, 1, {"wer in der Gruppe ist, wer zugestimmt hat und wer hinausmuss", "who is in the group, who agreed, and who must be removed"},
       {"jawort group show kreta-2026 --knows kreta.toml"}, {knows, svg, broadcast, at, recorded}, group_show},
      {"group history", "GROUP", 1, 1, {"was in der Gruppe geschah, und was jede Aufnahme offenlegte", "what happened in the group, and what each addition disclosed"},
       {"jawort group history kreta-2026"}, {knows, at, recorded}, group_history_command},
  };
}

}  // namespace jawort::cli
