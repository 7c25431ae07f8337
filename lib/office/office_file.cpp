// Offices as people write them.
#include "jawort/ledger/office_file.hpp"

#include <date/tz.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "reading.hpp"

namespace jawort {
namespace {
using office_files::line_of;
using office_files::table_in;

constexpr std::array<char const*, 7> day_keys{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};

bool two_numbers(std::string_view s, char between, int& a, int& b) {
  auto const cut = s.find(between);
  if (cut == s.npos || cut == 0 || cut > 2 || s.size() != cut + 3) return false;
  for (std::size_t i = 0; i < s.size(); ++i)
    if (i != cut && !detail::is_digit(s[i])) return false;
  a = std::stoi(std::string{s.substr(0, cut)});
  b = std::stoi(std::string{s.substr(cut + 1)});
  return true;
}

/// "9:00-12:30", half-open; until 24:00.
std::optional<opening> opening_of(std::string_view text) {
  auto const dash = text.find('-');
  int fh = 0, fm = 0, uh = 0, um = 0;
  if (dash == text.npos || !two_numbers(text.substr(0, dash), ':', fh, fm) || !two_numbers(text.substr(dash + 1), ':', uh, um) || fm > 59 || um > 59) return std::nullopt;
  opening const o{fh * 60 + fm, uh * 60 + um};
  return o.from < o.until && o.until <= 1440 ? std::optional{o} : std::nullopt;
}

/// "2026-12-24"
std::optional<date::year_month_day> day_of_text(std::string_view s) {
  if (s.size() != 10) return std::nullopt;
  auto const at = instant::parse(std::string{s} + "T00:00:00Z");
  if (!at) return std::nullopt;
  return date::year_month_day{date::floor<date::days>(detail::to_sys(*at))};
}
/// … or "2026-12-24..2026-12-31", both included.
std::optional<closed_days> days_of_text(std::string_view s) {
  auto const dots = s.find("..");
  auto const from = day_of_text(s.substr(0, dots)), until = dots == s.npos ? from : day_of_text(s.substr(dots + 2));
  return from && until && *from <= *until ? std::optional{closed_days{*from, *until}} : std::nullopt;
}

/// An office out of its table.
class office_reading {
 public:
  office_reading(toml::table const& all, std::string where, file_beside const& beside) : all_(all), where_(where), in_(all, std::move(where)), beside_(beside) {}

  result<office> run() {
    in_.known(all_, "", {"name", "language", "zone", "phone", "notice", "channels", "dialogues", "hours", "holidays", "greeting", "away", "instant", "human", "dialogue", "response", "rota"});
    head();
    hours();
    holidays();
    rota_of();
    texts();
    response();
    dialogues();
    if (in_.problem) return *in_.problem;
    return std::move(o_);
  }

 private:
  void head() {
    in_.text(all_, "name", o_.name);
    if (o_.name.empty()) in_.fail(1, "der Name des Büros fehlt", "the office's name is missing", {"name = \"Reisestube Beispiel\"", "name = \"Example Travel\""});
    in_.text(all_, "language", o_.language);
    if (o_.language != "de" && o_.language != "en") in_.type(*all_.get("language"), "language", "\"de\" oder \"en\"", "\"de\" or \"en\"");
    in_.text(all_, "zone", o_.zone);
    try {
      static_cast<void>(date::locate_zone(o_.zone));
    } catch (std::exception const&) {
      in_.fail(all_.get("zone") == nullptr ? 1 : line_of(*all_.get("zone")), "unbekannte Zeitzone '" + o_.zone + "'", "unknown time zone '" + o_.zone + "'", {"z. B. Europe/Berlin", "e.g. Europe/Berlin"});
    }
    in_.text(all_, "phone", o_.phone);
    if (!o_.phone.empty() && o_.phone.find_first_not_of("0123456789 +()/-") != o_.phone.npos) in_.type(*all_.get("phone"), "phone", "Rufnummer", "telephone number");
    in_.text(all_, "notice", o_.notice);
    if (all_.get("channels") != nullptr) o_.channels.clear();
    in_.texts(all_, "channels", [&](std::string const& c, std::size_t line) {
      auto const on = channel_named(c);
      if (on && *on != channel::call) o_.channels.push_back(*on);
      else in_.fail(line, "unbekannter Kanal '" + c + "'", "unknown channel '" + c + "'", {"whatsapp, messenger, sms, email", "whatsapp, messenger, sms, email"});
    });
  }

  std::vector<opening> openings(toml::table const& t, char const* key) {
    std::vector<opening> out;
    in_.texts(t, key, [&](std::string const& text, std::size_t line) {
      auto const o = opening_of(text);
      if (!o) in_.fail(line, "'" + text + "' ist keine Öffnungszeit", "'" + text + "' are no hours", {"z. B. \"9:00-12:30\"", "e.g. \"9:00-12:30\""});
      else if (!out.empty() && o->from < out.back().until) in_.fail(line, "'" + text + "' beginnt, bevor die Zeit davor endet", "'" + text + "' begins before the one before it ends", {});
      else out.push_back(*o);
    });
    return out;
  }

  void hours() {
    toml::table const& t = in_.section("hours");
    std::set<std::string> keys{"closed", "different"};
    for (auto const* d : day_keys) keys.insert(d);
    in_.known(t, "hours.", keys);
    for (std::size_t d = 0; d < 7; ++d) o_.hours.week[d] = openings(t, day_keys[d]);
    in_.texts(t, "closed", [&](std::string const& text, std::size_t line) {
      if (auto const c = days_of_text(text)) o_.hours.closed.push_back(*c);
      else in_.fail(line, "'" + text + "' ist kein Tag", "'" + text + "' is no day", {"\"2026-12-24\" oder \"2026-12-24..2026-12-31\"", "\"2026-12-24\" or \"2026-12-24..2026-12-31\""});
    });
    if (auto const* different = table_in(in_, t, "different"))
      for (auto const& [key, node] : *different) {
        std::string const day{key.str()};
        auto const on = day_of_text(day);
        if (!on) in_.fail(line_of(node), "'" + day + "' ist kein Tag", "'" + day + "' is no day", {"\"2026-12-31\" = [\"9:00-12:00\"]", "\"2026-12-31\" = [\"9:00-12:00\"]"});
        else o_.hours.different[*on] = openings(*different, day.c_str());
      }
  }

  void holidays() {
    toml::table const& t = in_.section("holidays");
    in_.known(t, "holidays.", {"state", "assumption", "corpus_christi", "augsburg"});
    std::string state;
    in_.text(t, "state", state);
    in_.flag(t, "assumption", o_.hours.local.assumption);
    in_.flag(t, "corpus_christi", o_.hours.local.corpus_christi);
    in_.flag(t, "augsburg", o_.hours.local.augsburg);
    if (state.empty()) return;
    auto const r = region::parse(state);
    if (!r) { in_.fail(line_of(*t.get("state")), r.error().message.de, r.error().message.en, r.error().hint); return; }
    o_.hours.state = *r;
    auto const only = [&](char const* key, bool set, std::initializer_list<std::string_view> where) {
      if (set && std::find(where.begin(), where.end(), r->name()) == where.end()) in_.fail(line_of(*t.get(key)), "'" + std::string{key} + "' gibt es in " + std::string{r->name()} + " nicht", "there is no '" + std::string{key} + "' in " + std::string{r->name()}, {});
    };
    only("assumption", o_.hours.local.assumption, {"DE-BY"});
    only("augsburg", o_.hours.local.augsburg, {"DE-BY"});
    only("corpus_christi", o_.hours.local.corpus_christi, {"DE-SN", "DE-TH"});
  }

  void rota_of() {
    toml::table const& t = in_.section("rota");
    in_.known(t, "rota.", {"order", "since", "instead"});
    in_.texts(t, "order", [&](std::string const& who, std::size_t) { o_.who.order.push_back(who); });
    auto const day = [&](toml::table const& in, char const* key, date::year_month_day& out) {
      std::string text;
      in_.text(in, key, text);
      auto const d = day_of_text(text);
      if (d) out = *d;
      else in_.fail(in.get(key) == nullptr ? std::max<std::size_t>(1, line_of(in)) : line_of(*in.get(key)), "'" + std::string{key} + "' muss ein Tag sein", "'" + std::string{key} + "' must be a day", {"z. B. \"2026-01-05\"", "e.g. \"2026-01-05\""});
    };
    if (!o_.who.order.empty()) day(t, "since", o_.who.since);
    office_files::tables_in(in_, t, "instead", [&](toml::table const& one) {
      rota::instead i;
      in_.known(one, "rota.instead.", {"from", "until", "who"});
      day(one, "from", i.from);
      i.until = i.from;
      if (one.get("until") != nullptr) day(one, "until", i.until);
      in_.text(one, "who", i.who);
      if (i.who.empty()) in_.fail(line_of(one), "wer vertritt, fehlt", "who stands in is missing", {"who = \"…\"", "who = \"…\""});
      if (i.until < i.from) in_.fail(line_of(one), "until liegt vor from", "until lies before from", {});
      o_.who.others.push_back(std::move(i));
    });
  }

  /// The placeholders that have a value in this office.
  std::vector<std::string_view> usable(bool closed = false) const {
    std::vector<std::string_view> out{"name", "office", "salute"};
    if (!o_.phone.empty()) out.push_back("phone");
    if (closed && o_.hours.said()) out.push_back("next_open");
    if (!operators_of(o_.who).empty()) out.push_back("operator");
    return out;
  }
  void pair(toml::table const& t, char const* de, char const* en, bilingual& out, std::vector<std::string_view> const& allowed) {
    office_files::text_rules const rules{allowed, o_.name};
    office_files::read_text(in_, t, de, out.de, rules);
    office_files::read_text(in_, t, en, out.en, rules);
  }

  void texts() {
    auto const allowed = usable(), closed = usable(true);
    toml::table const& greeting = in_.section("greeting");
    in_.known(greeting, "greeting.", {"de", "en", "closed_de", "closed_en"});
    pair(greeting, "de", "en", o_.greeting, allowed);
    pair(greeting, "closed_de", "closed_en", o_.greeting_closed, closed);
    toml::table const& away = in_.section("away");
    in_.known(away, "away.", {"de", "en"});
    pair(away, "de", "en", o_.away, closed);
    if (all_.get("away") != nullptr && !o_.hours.said()) in_.fail(line_of(away), "eine Abwesenheitsnachricht braucht Öffnungszeiten", "an away message needs office hours", {"[hours] monday = [\"9:00-18:00\"]", "[hours] monday = [\"9:00-18:00\"]"});
    toml::table const& instant_reply = in_.section("instant");
    in_.known(instant_reply, "instant.", {"de", "en", "pause_minutes"});
    pair(instant_reply, "de", "en", o_.instant_reply, allowed);
    int minutes = 240, hours = 12, still = 24;
    in_.number(instant_reply, "pause_minutes", minutes, 10, 10080);
    o_.pause = std::chrono::minutes{minutes};
    toml::table const& human = in_.section("human");
    in_.known(human, "human.", {"de", "en", "closed_de", "closed_en", "words", "silent_hours"});
    pair(human, "de", "en", o_.handover, allowed);
    pair(human, "closed_de", "closed_en", o_.handover_closed, closed);
    in_.texts(human, "words", [&](std::string const& w, std::size_t line) {
      if (auto const what = office_files::heard_as(w, false); !what.de.empty()) in_.fail(line, "'" + w + "' hört das Programm als etwas anderes: " + what.de, "the program hears '" + w + "' as something else: " + what.en, {});
      o_.human_words.push_back(w);
    });
    in_.number(human, "silent_hours", hours, 1, 168);
    o_.human_turn = std::chrono::hours{hours};
    toml::table const& dialogue = in_.section("dialogue");
    in_.known(dialogue, "dialogue.", {"again_de", "again_en", "still_hours"});
    pair(dialogue, "again_de", "again_en", o_.again, allowed);
    in_.number(dialogue, "still_hours", still, 1, 24);
    o_.still = std::chrono::hours{still};
  }

  void response() {
    toml::table const& t = in_.section("response");
    in_.known(t, "response.", {"label", "days"});
    std::string label = "automatic";
    in_.text(t, "label", label);
    in_.number(t, "days", o_.label_days, 7, 366);
    if (auto const l = response_label_named(label)) { o_.label = *l; return; }
    std::vector<std::string> known;
    for (auto const& s : response_steps()) known.emplace_back(s.name);
    std::string list;
    for (auto const& k : known) list += (list.empty() ? "" : ", ") + k;
    auto const near = nearest(label, known);
    in_.fail(line_of(*t.get("label")), "unbekannte Angabe '" + label + "'", "unknown label '" + label + "'", near.empty() ? bilingual{"bekannt sind: " + list, "known are: " + list} : bilingual{"meinten Sie " + near + "?", "did you mean " + near + "?"});
  }

  void dialogues() {
    in_.texts(all_, "dialogues", [&](std::string const& name, std::size_t line) {
      auto source = beside_(name);
      if (!source) { in_.fail(line, source.error().message.de, source.error().message.en, source.error().hint); return; }
      add(name, *source);
    });
  }
  void add(std::string const& name, std::string const& source) {
    auto const folder = where_.rfind('/');
    std::string const file = folder == where_.npos ? name : where_.substr(0, folder + 1) + name;
    auto const parsed = parse_toml(source, file);
    if (!parsed) { if (!in_.problem) in_.problem = parsed.error(); return; }
    reading own{*parsed, file};
    auto allowed = usable();
    for (std::string_view const p : {"notice", "keyword", "stop"}) allowed.push_back(p);
    auto d = office_files::read_dialogue(own, *parsed, {allowed, o_.name});
    d.file = file;
    for (auto const& other : o_.dialogues) {
      if (other.id == d.id) own.fail(d.line, "zwei Dialoge heißen '" + d.id + "'", "two dialogues are called '" + d.id + "'", {});
      auto words = d.begins;
      words.insert(words.end(), d.begins_en.begin(), d.begins_en.end());
      for (auto const& w : words)
        if (is_one_of_words(w, other.begins) || is_one_of_words(w, other.begins_en)) own.fail(d.line, "'" + w + "' beginnt schon den Dialog '" + other.id + "'", "'" + w + "' begins the dialogue '" + other.id + "' already", {});
    }
    if (own.problem && !in_.problem) in_.problem = own.problem;
    o_.dialogues.push_back(std::move(d));
  }

  toml::table const& all_;
  std::string where_;
  reading in_;
  file_beside const& beside_;
  office o_;
};

std::optional<std::string> bytes_of(std::filesystem::path const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return std::nullopt;
  std::ostringstream all;
  all << in.rdbuf();
  return in.bad() || all.fail() ? std::nullopt : std::optional{all.str()};
}
error unreadable(std::string const& file) { return {failure::environment, {"Datei nicht lesbar: " + file, "cannot read file: " + file}, {}}; }

error wrong_notice(std::string const& where, std::string de, std::string en, bilingual hint) { return {failure::refused, {where + std::move(de), where + std::move(en)}, std::move(hint)}; }
}  // namespace

result<office> parse_office(std::string_view toml, std::string const& where, file_beside const& beside) {
  auto const parsed = parse_toml(toml, where);
  if (!parsed) return parsed.error();
  return office_reading{*parsed, where, beside}.run();
}

result<office> load_office(std::string const& path) {
  auto const text = bytes_of(path);
  if (!text) return unreadable(path);
  auto const folder = std::filesystem::path{path}.parent_path();
  return parse_office(*text, path, [&](std::string const& name) -> result<std::string> {
    auto more = bytes_of(folder / name);
    if (!more) return unreadable((folder / name).string());
    return *std::move(more);
  });
}

result<> check_notices(office const& o, ledger const& book) {
  bilingual const list{"jawort notice list; jawort notice add FILE.toml", "jawort notice list; jawort notice add FILE.toml"};
  auto const newest = [&](std::string const& id) {
    notice const* found = nullptr;
    for (auto const& n : book.published())
      if (n.words.id == id && !n.words.historical) found = &n.words;
    return found;
  };
  if (!o.notice.empty() && newest(o.notice) == nullptr) return wrong_notice("", "Hinweis '" + o.notice + "' ist nicht veröffentlicht", "notice '" + o.notice + "' is not published", list);
  for (dialogue const& d : o.dialogues)
    for (auto const& id : notices_of(d)) {
      std::string const where = d.file + ":" + std::to_string(d.line) + ": ";
      notice const* const n = newest(id);
      if (n == nullptr) return wrong_notice(where, "Hinweis '" + id + "' ist nicht veröffentlicht", "notice '" + id + "' is not published", list);
      for (channel const c : d.channels.empty() ? o.channels : d.channels)
        if (!n->names(c)) return wrong_notice(where, "Hinweis '" + id + "' nennt den Kanal " + std::string{name(c)} + " nicht", "notice '" + id + "' does not name the channel " + std::string{name(c)}, {"channels des Dialogs anpassen, oder den Hinweis neu veröffentlichen", "change the dialogue's channels, or publish the notice anew"});
      for (purpose const& p : purposes_of(d))
        if (!n->covers(p)) return wrong_notice(where, "Hinweis '" + id + "' nennt den Zweck '" + std::string{p.text()} + "' nicht", "notice '" + id + "' does not name the purpose '" + std::string{p.text()} + "'", {});
      if (n->purposes.empty()) return wrong_notice(where, "Hinweis '" + id + "' nennt keinen Zweck", "notice '" + id + "' names no purpose", {});
    }
  return nothing{};
}

}  // namespace jawort
