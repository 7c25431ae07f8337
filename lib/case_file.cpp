#include "jawort/ledger/case_file.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "jawort/ledger/import.hpp"
#include "jawort/ledger/notice_file.hpp"
#include "jawort/ledger/policy_file.hpp"
#include "jawort/ledger/table.hpp"
#include "jawort/ledger/zone.hpp"
#include "toml_reading.hpp"

namespace jawort {
namespace {

result<std::string> slurp(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  std::ostringstream all;
  if (!in || !(all << in.rdbuf())) return error{failure::environment, {"Datei nicht lesbar oder leer: " + path, "cannot read file, or it is empty: " + path}, {}};
  return all.str();
}

/// Reads one case file; every throw inside is an `error`, caught at its end.
class case_reader {
 public:
  case_reader(std::string path, case_setting setting) : path_(std::move(path)), setting_(std::move(setting)), numbers_("DE") {}

  result<std::vector<case_result>> run() {
    try {
      auto text = slurp(path_);
      if (!text) throw text.error();
      auto parsed = parse_toml(*text, path_);
      if (!parsed) throw parsed.error();
      root_ = *std::move(parsed);
      reading in{root_, path_};
      in.known(root_, "", {"notices", "policy", "defaults", "case"});
      in.known(in.section("defaults"), "defaults.", ask_keys());
      if (in.problem) throw *in.problem;
      notices();
      if (auto const file = root_["policy"].value<std::string>()) setting_.policies = policy_book{policy_of(*file)};
      auto const* cases = root_["case"].as_array();
      if (cases == nullptr || cases->empty()) throw at_line(1, "kein [[case]]", "no [[case]]");
      std::vector<case_result> out;
      for (auto const& node : *cases) {
        auto const* one = node.as_table();
        if (one == nullptr) throw at_line(node.source().begin.line, "Fälle als [[case]] schreiben", "write cases as [[case]]");
        out.push_back(run(*one));
      }
      return out;
    } catch (error const& e) {
      return e;
    }
  }

 private:
  static std::set<std::string> ask_keys() {
    return {"address", "channel", "purpose", "template", "at", "as_recorded", "message", "recipients", "austrian_list",
            "decision", "status", "first", "reasons", "contains", "without"};
  }
  [[nodiscard]] error at_line(std::size_t line, std::string const& de, std::string const& en, bilingual hint = {}) const {
    auto const at = path_ + ":" + std::to_string(line) + ": ";
    return {failure::malformed, {at + de, at + en}, std::move(hint)};
  }
  [[nodiscard]] std::string beside(std::string const& file) const { return (std::filesystem::path{path_}.parent_path() / file).string(); }

  [[nodiscard]] policy policy_of(std::string const& file) const {
    auto text = slurp(beside(file));
    if (!text) throw text.error();
    auto p = parse_policy(*text, beside(file));
    if (!p) throw p.error();
    return *std::move(p);
  }

  void notices() {
    auto const* list = root_["notices"].as_array();
    if (list == nullptr) return;
    setting_.notices = {};
    setting_.names = {};
    std::map<std::string, std::uint32_t> versions;
    for (auto const& node : *list) {
      auto const* row = node.as_table();
      auto const line = node.source().begin.line;
      auto const file = row == nullptr ? std::nullopt : (*row)["file"].value<std::string>();
      auto const published = row == nullptr ? std::nullopt : (*row)["published"].value<std::string>();
      if (!file || !published) throw at_line(line, "Hinweise als {file = …, published = …} schreiben", "write notices as {file = …, published = …}");
      auto const when = instant::parse(*published);
      if (!when) throw at_line(line, when.error().message.de, when.error().message.en, when.error().hint);
      auto text = slurp(beside(*file));
      if (!text) throw text.error();
      auto n = parse_notice(*text, beside(*file));
      if (!n) throw n.error();
      n->version = ++versions[n->id];
      n->published_at = n->recorded_at = *when;
      n->historical = (*row)["historical"].value<bool>().value_or(false);
      if (!n->controller_name.empty()) setting_.names.senders.push_back(n->controller_name);
      if (!n->stop_keyword.empty()) setting_.names.stop_words.push_back(n->stop_keyword);
      setting_.notices.add(view_of(*n));
    }
  }

  /// Rows as an import would take them, in a ledger of their own: sequence from 1, repeated ones once.
  std::vector<event> history(toml::table const& one) {
    std::vector<event> out;
    auto const* node = one.get("history");
    std::string const text = node == nullptr ? "" : node->value<std::string>().value_or("");
    std::size_t const first = node == nullptr ? 0 : node->source().begin.line;
    std::istringstream in{text};
    auto table = table_reader::open(in);
    if (!table) return out;  // nothing happened
    for (;;) {
      auto row = table->next();
      if (!row) throw row.error();
      if (!*row) return out;
      auto f = (*row)->fields;
      if (f.size() == 1 && f[0].empty()) continue;
      f.resize(std::max<std::size_t>(f.size(), 8));
      row_fields fields{{"occurred_at", f[0]}, {"event", f[1]}, {"address", f[2]}, {"channel", f[3]}, {"purpose", f[4]}, {"notice", f[5]}, {"evidence", f[6]}};
      std::string column;
      auto e = read_event(fields, setting_.notices, numbers_, instant::latest(), column);
      std::size_t const line = first + (*row)->line;
      if (!e) throw at_line(line, column + ": " + e.error().message.de, column + ": " + e.error().message.en, e.error().hint);
      e->source = "case";
      e->recorded_at = e->occurred_at;
      if (!f[7].empty()) {
        auto const recorded = instant::parse(f[7]);
        if (!recorded) throw at_line(line, "recorded_at: " + recorded.error().message.de, "recorded_at: " + recorded.error().message.en, recorded.error().hint);
        e->recorded_at = *recorded;
      }
      if (std::any_of(out.begin(), out.end(), [&](event const& k) { return k.who == e->who && repeats(*e, k); })) continue;
      e->seq = out.size() + 1;
      out.push_back(*std::move(e));
    }
  }

  case_result run(toml::table const& one) {
    reading in{root_, path_};
    in.known(one, "case.", {"name", "why", "history", "policy", "ask"});
    if (in.problem) throw *in.problem;
    case_result r;
    r.line = one.source().begin.line;
    r.name = one["name"].value<std::string>().value_or("");
    if (r.name.empty()) throw at_line(r.line, "der Fall braucht einen Namen", "the case needs a name", {"name = \"…\"", "name = \"…\""});
    r.open = r.name.starts_with("OPEN");
    auto const events = history(one);
    auto const own = one["policy"].value<std::string>();
    policy_book const policies = own ? policy_book{policy_of(*own)} : setting_.policies;
    auto const* asks = one["ask"].as_array();
    if (asks == nullptr || asks->empty()) throw at_line(r.line, "der Fall fragt nichts", "the case asks nothing", {"[[case.ask]] anfügen", "add [[case.ask]]"});
    for (auto const& node : *asks) {
      auto const* ask = node.as_table();
      if (ask == nullptr) throw at_line(node.source().begin.line, "Fragen als [[case.ask]] schreiben", "write questions as [[case.ask]]");
      in.known(*ask, "case.ask.", ask_keys());
      if (in.problem) throw *in.problem;
      r.asked.push_back(question_of(*ask, events, policies));
    }
    return r;
  }

  template <class T>
  [[nodiscard]] std::optional<T> value(toml::table const& ask, char const* key) const {
    if (auto const v = ask[key].value<T>()) return v;
    return root_["defaults"][key].value<T>();
  }

  asked_question question_of(toml::table const& ask, std::vector<event> const& events, policy_book const& policies) {
    std::size_t const line = ask.source().begin.line;
    auto const text = [&](char const* key) { return value<std::string>(ask, key).value_or(""); };
    auto const good = [&](auto&& r, char const* key) {
      if (!r) throw at_line(line, std::string{key} + ": " + r.error().message.de, std::string{key} + ": " + r.error().message.en, r.error().hint);
      return *std::move(r);
    };
    asked_question out;
    question q;
    auto const on = channel_named(text("channel"));
    if (!on) throw at_line(line, "unbekannter Kanal '" + text("channel") + "'", "unknown channel '" + text("channel") + "'");
    q.on = *on;
    auto const who = good(numbers_.parse(text("address"), std::nullopt), "address");
    q.who = &who;
    q.about = good(purpose::parse(text("purpose")), "purpose");
    q.at = good(instant::parse(text("at")), "at");
    if (auto const t = text("as_recorded"); !t.empty()) q.as_recorded = good(instant::parse(t), "as_recorded");
    q.template_message = value<bool>(ask, "template").value_or(false);
    q.recipients = static_cast<std::uint32_t>(value<std::int64_t>(ask, "recipients").value_or(1));
    q.on_austrian_list = value<bool>(ask, "austrian_list").value_or(false);
    q.utc_offset_minutes = utc_offset_minutes(who, q.at);
    q.holiday = is_holiday(who, q.at);
    std::optional<message_facts> facts;
    if (auto const words = value<std::string>(ask, "message")) {
      auto names = setting_.names;
      policy const& p = policies.at(q.at);
      for (auto const& [from, to] : {std::pair{&p.senders, &names.senders}, std::pair{&p.operators, &names.operators}, std::pair{&p.third_parties, &names.third_parties}})
        to->insert(to->end(), from->begin(), from->end());
      facts = read_message(*words, names);
      q.message = &*facts;
    }
    auto const s = fold(events, who, {q.at, q.as_recorded}, {&setting_.notices, &policies});
    out.said = decide(q, s, setting_.notices, policies);
    out.address = who.text();
    out.channel = name(q.on);
    out.purpose = q.about.text();
    out.at = q.at;
    compare(ask, out);
    return out;
  }

  void compare(toml::table const& ask, asked_question& out) const {
    decision const& d = out.said;
    std::string list;
    for (auto const& r : d.reasons) list += (list.empty() ? "" : " ") + std::string{name(r.code)};
    auto const expect = [&](char const* key, std::string_view is) {
      if (auto const v = ask[key].value<std::string>(); v && *v != is)
        out.wrong.push_back({std::string{key} + ": erwartet " + *v + ", ist " + std::string{is}, std::string{key} + ": expected " + *v + ", is " + std::string{is}});
    };
    expect("decision", name(d.what));
    expect("status", name(d.status));
    expect("first", d.reasons.empty() ? "" : name(d.reasons[0].code));
    auto const each = [&](char const* key, auto&& take) {
      if (auto const* all = ask[key].as_array())
        for (auto const& c : *all) take(c.value<std::string>().value_or(""));
    };
    auto const codes = [&](char const* key, std::vector<reason_code>& to) {
      each(key, [&](std::string const& c) {
        auto const code = reason_code_named(c);
        if (!code) throw at_line(ask.source().begin.line, "unbekannter Grund '" + c + "'", "unknown reason '" + c + "'", {nearest(c, reason_names), nearest(c, reason_names)});
        to.push_back(*code);
      });
    };
    codes("contains", out.expected);
    codes("reasons", out.expected);
    codes("without", out.excluded);
    auto const has = [&](std::string const& c) { return (" " + list + " ").find(" " + c + " ") != std::string::npos; };
    if (ask.contains("reasons")) {
      std::string wanted;
      each("reasons", [&](std::string const& c) { wanted += (wanted.empty() ? "" : " ") + c; });
      if (wanted != list) out.wrong.push_back({"reasons: erwartet " + wanted + ", sind " + list, "reasons: expected " + wanted + ", are " + list});
    }
    each("contains", [&](std::string const& c) { if (!has(c)) out.wrong.push_back({"es fehlt " + c + "; Gründe sind " + list, c + " is missing; reasons are " + list}); });
    each("without", [&](std::string const& c) { if (has(c)) out.wrong.push_back({c + " sollte fehlen; Gründe sind " + list, c + " should not be there; reasons are " + list}); });
  }

  std::string path_;
  case_setting setting_;
  normaliser numbers_;
  toml::table root_;
};
}  // namespace

result<std::vector<case_result>> run_cases(std::string const& path, case_setting setting) {
  return case_reader{path, std::move(setting)}.run();
}

}  // namespace jawort
