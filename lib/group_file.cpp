#include "jawort/ledger/group_file.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <unordered_map>

#include "jawort/nearest.hpp"
#include "written.hpp"

namespace jawort {
namespace {

class reading_group {
 public:
  reading_group(written_file const& whole, std::string where, normaliser const& numbers, address_book_reader const& read_book)
      : file_(whole.root), texts_(whole.texts), where_(std::move(where)), numbers_(numbers), read_book_(read_book) {}

  [[nodiscard]] result<group_plan> run() {
    unknown_keys();
    text("id", plan_.id);
    text("title", plan_.title);
    text("name", plan_.title);
    members();
    pairs();
    circles("circles");
    circles("bookings");
    books();
    profile();
    if (problem_) return *problem_;
    return std::move(plan_);
  }

 private:
  void fail(std::size_t line, std::string const& de, std::string const& en, bilingual hint, failure code = failure::malformed) {
    if (problem_) return;
    auto const at = where_ + ":" + std::to_string(line) + ": ";
    problem_ = error{code, {at + de, at + en}, std::move(hint)};
  }
  void note(std::size_t line, std::string const& de, std::string const& en) {
    auto const at = where_ + ":" + std::to_string(line) + ": ";
    plan_.notes.push_back({at + de, at + en});
  }

  void unknown_keys() {
    static std::set<std::string> const known{"id", "title", "name", "members", "knows", "circles", "bookings", "address_books", "profile"};
    for (auto const& [key, value] : file_.entries) {
      if (known.contains(key)) continue;
      auto const near = nearest(key, known);
      note(value.line, "unbekannter Schlüssel '" + key + "' bleibt außer Acht" + (near.empty() ? "" : "; gemeint " + near + "?"),
           "unknown key '" + key + "' is left aside" + (near.empty() ? "" : "; did you mean " + near + "?"));
    }
  }

  void text(char const* key, std::string& out) {
    auto const* v = file_.get(key);
    if (v == nullptr) return;
    if (v->is != written::kind::text) fail(v->line, "'" + std::string{key} + "' muss Text sein", "'" + std::string{key} + "' must be text", {});
    else out = v->text;
  }

  [[nodiscard]] written const* list(char const* key) {
    auto const* v = file_.get(key);
    if (v == nullptr || v->is == written::kind::list) return v;
    fail(v->line, "'" + std::string{key} + "' muss eine Liste sein", "'" + std::string{key} + "' must be a list", {});
    return nullptr;
  }

  [[nodiscard]] std::optional<address> who(written const& v) {
    if (v.is != written::kind::text) {
      fail(v.line, "hier gehört eine Adresse in Anführungszeichen hin", "an address in quotes belongs here", {"z. B. \"+491713920001\"", "e.g. \"+491713920001\""});
      return std::nullopt;
    }
    if (auto const known = seen_.find(v.text); known != seen_.end()) return known->second;
    auto a = numbers_.parse(v.text, channel::whatsapp);
    if (a) {
      seen_.emplace(v.text, *a);
      return *a;
    }
    fail(v.line, "'" + v.text + "': " + a.error().message.de, "'" + v.text + "': " + a.error().message.en, a.error().hint);
    return std::nullopt;
  }

  void members() {
    auto const* all = file_.get("members");
    if (all == nullptr) {
      fail(file_.line == 0 ? 1 : file_.line, "'members' fehlt", "'members' is missing", {"members = [\"+491713920001\", …]", "members = [\"+491713920001\", …]"}, failure::incomplete);
      return;
    }
    if (list("members") == nullptr) return;
    if (!all->pairs.empty()) {
      fail(all->pairs[0].line, "'members' ist eine Liste von Adressen", "'members' is a list of addresses", {"members = [\"+491713920001\", …]", "members = [\"+491713920001\", …]"});
      return;
    }
    for (written const& v : all->items) {
      written const* at = &v;
      std::string name;
      if (v.is == written::kind::table) {
        at = v.get("address");
        if (at == nullptr) { fail(v.line, "dem Mitglied fehlt 'address'", "the member lacks 'address'", {}); return; }
        if (auto const* n = v.get("name"); n != nullptr && n->is == written::kind::text) name = n->text;
      }
      auto const a = who(*at);
      if (!a) return;
      if (!members_.emplace(*a, static_cast<group::member>(members_.size())).second) {
        note(v.line, "'" + at->text + "' steht schon unter den Mitgliedern und zählt einmal", "'" + at->text + "' is a member already and counts once");
        continue;
      }
      plan_.members.push_back({*a, std::move(name)});
      if (plan_.members.size() > group::largest)
        fail(v.line, "mehr als 1024 Mitglieder: so viele fasst keine WhatsApp-Gruppe", "more than 1,024 members: no WhatsApp group holds so many",
             {"auf mehrere Gruppen verteilen, oder einzeln senden", "part it into several groups, or send one by one"}, failure::refused);
      if (problem_) return;
    }
  }

  /// The member with that address. Somebody else neither sees nor is seen.
  [[nodiscard]] std::optional<group::member> inside(written const& v) {
    auto const a = who(v);
    if (!a) return std::nullopt;
    if (auto const at = members_.find(*a); at != members_.end()) return at->second;
    if (strangers_.insert(*a).second) note(v.line, "'" + v.text + "' ist kein Mitglied und bleibt außer Acht", "'" + v.text + "' is no member and is left aside");
    return std::nullopt;
  }
  [[nodiscard]] written text_of(std::uint32_t place, std::size_t line) const { return {written::kind::text, line, texts_[place], {}, {}, {}}; }

  void pairs() {
    auto const* all = list("knows");
    if (all == nullptr) return;
    if (!all->items.empty()) {
      fail(all->items[0].line, "'knows' besteht aus Paaren", "'knows' is made of pairs", {"[\"A\", \"B\"]: A hat die Nummer von B", "[\"A\", \"B\"]: A has B's number"});
      return;
    }
    constexpr auto unread = ~std::uint32_t{0}, outside = unread - 1;
    std::vector<std::uint32_t> places(texts_.size(), unread);   // each text is read once
    for (written_pair const& p : all->pairs) {
      for (auto const t : {p.first, p.second}) {
        if (places[t] != unread) continue;
        places[t] = inside(text_of(t, p.line)).value_or(outside);
        if (problem_) return;
      }
      if (places[p.first] != outside && places[p.second] != outside) plan_.knows.emplace_back(places[p.first], places[p.second]);
    }
  }

  void circles(char const* key) {
    auto const* all = list(key);
    if (all == nullptr) return;
    for (written_pair const& p : all->pairs) circle({text_of(p.first, p.line), text_of(p.second, p.line)});
    for (written const& v : all->items) {
      written const* people = &v;
      if (v.is == written::kind::table) people = v.get("members");
      if (people == nullptr || people->is != written::kind::list || !people->pairs.empty()) {
        fail(v.line, "'" + std::string{key} + "' besteht aus Listen von Adressen", "'" + std::string{key} + "' is made of lists of addresses", {"[[\"A\", \"B\", \"C\"], …]", "[[\"A\", \"B\", \"C\"], …]"});
        return;
      }
      circle(people->items);
      if (problem_) return;
    }
  }
  void circle(std::vector<written> const& people) {
    std::vector<group::member> out;
    for (written const& item : people)
      if (auto const m = inside(item)) out.push_back(*m);
    std::sort(out.begin(), out.end());
    out.erase(std::unique(out.begin(), out.end()), out.end());
    if (out.size() > 1) plan_.circles.push_back(std::move(out));
  }

  void books() {
    auto const* all = list("address_books");
    if (all == nullptr) return;
    for (written const& v : all->items) {
      auto const* of = v.get("of");
      auto const* file = v.get("file");
      if (of == nullptr || file == nullptr || file->is != written::kind::text) {
        fail(v.line, "einem Adressbuch fehlt 'of' oder 'file'", "an address book lacks 'of' or 'file'", {"{ of = \"+49…\", file = \"anna.vcf\" }", "{ of = \"+49…\", file = \"anna.vcf\" }"});
        return;
      }
      auto const owner = inside(*of);
      if (problem_) return;
      if (!owner) continue;
      auto const numbers = read_book_(file->text);
      if (!numbers) {
        fail(file->line, numbers.error().message.de, numbers.error().message.en, numbers.error().hint, numbers.error().code);
        return;
      }
      for (address const& a : *numbers)
        if (auto const at = members_.find(a); at != members_.end()) plan_.knows.emplace_back(*owner, at->second);
    }
  }

  void profile() {
    auto const* v = file_.get("profile");
    if (v == nullptr) return;
    auto const open = [&](written const& w) {
      if (auto const m = inside(w)) plan_.open_profiles.push_back(*m);
    };
    if (v->is == written::kind::list && v->pairs.empty()) {
      for (written const& item : v->items) open(item);
    } else if (v->is == written::kind::table) {
      for (auto const& [name, setting] : v->entries)
        if (visible(setting)) open({written::kind::text, setting.line, name, {}, {}, {}});
    } else {
      fail(v->line, "'profile' ist eine Liste von Adressen oder eine Tabelle", "'profile' is a list of addresses or a table", {"profile = { \"+49…\" = \"everyone\" }", "profile = { \"+49…\" = \"everyone\" }"});
    }
  }

  /// Whether everybody sees something of the profile: photo and status may be set apart.
  [[nodiscard]] bool visible(written const& v) {
    if (v.is == written::kind::yes_no) return v.text == "true";
    if (v.is == written::kind::table)
      return std::any_of(v.entries.begin(), v.entries.end(), [&](auto const& e) { return visible(e.second); });
    std::string const t = detail::lower(v.text);
    for (char const* const yes : {"everyone", "everybody", "open", "public", "all", "alle", "offen"})
      if (v.is == written::kind::text && t == yes) return true;
    for (char const* const no : {"contacts", "nobody", "closed", "private", "none", "kontakte", "niemand", "meine kontakte"})
      if (v.is == written::kind::text && t == no) return false;
    fail(v.line, "für wen das Profil sichtbar ist: everyone, contacts oder nobody", "to whom the profile is visible: everyone, contacts or nobody", {});
    return true;
  }

  written const& file_;
  std::vector<std::string> const& texts_;
  std::string where_;
  normaliser const& numbers_;
  address_book_reader const& read_book_;
  group_plan plan_;
  std::map<address, group::member> members_;
  std::set<address> strangers_;
  std::unordered_map<std::string, address> seen_;
  std::optional<error> problem_;
};
}  // namespace

result<group_plan> parse_group(std::string_view text, std::string const& where, normaliser const& numbers, address_book_reader const& read_book) {
  auto const file = parse_written(text, where);
  if (!file) return file.error();
  return reading_group{*file, where, numbers, read_book}.run();
}

group::group_facts facts_of(group_plan const& plan) {
  group::group_facts g{plan.members.size()};
  for (auto const& [a, b] : plan.knows) g.has_number(a, b);
  for (auto const& circle : plan.circles) g.circle(circle);
  for (auto const m : plan.open_profiles) g.open_profile.set(m);
  return g;
}

}  // namespace jawort
