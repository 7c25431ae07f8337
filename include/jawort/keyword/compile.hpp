// jawort/keyword/compile.hpp - language files to an engine; contradictions are refused.
#pragma once
#include "engine.hpp"

namespace jawort::keyword {

namespace detail {
/// Roles that no word can have together: what it asks for would depend on chance.
inline constexpr std::pair<std::string_view, std::string_view> exclusive[] = {
    {"stop", "start"}, {"stop", "help"}, {"stop", "yes"}, {"stop", "weak"}, {"stop", "polite"}, {"stop", "light"}, {"start", "no"}, {"start", "help"},
    {"start", "polite"}, {"start", "light"}, {"start", "weak"}, {"yes", "no"}, {"yes", "neg"}, {"neg", "polite"}, {"neg", "light"}, {"stop", "greeting"},
    {"stop", "closing"}, {"help", "polite"}, {"help", "light"}, {"no", "polite"}};

[[nodiscard]] inline std::string text_of(language::entry const& e) {
  std::string out = e.word;
  for (auto const& w : e.phrase) out += (out.empty() ? "" : " ") + w;
  return out;
}
}  // namespace detail

/// One language's roles against each other, and the keywords of all languages against each other. Spaces do not count:
/// people write "opt out" and "optout".
inline result<nothing> engine::contradictions(std::vector<language> const& all) {
  using words = std::unordered_map<std::string, language::entry const*>;
  auto const together = [](std::string s) { std::erase(s, ' '); return s; };
  auto const words_of = [&](language const& l, std::string_view name) {
    words out;
    if (auto const c = l.find_class(name))
      for (auto const& e : l.words[*c])
        for (auto const& s : e.spellings) out.emplace(together(s), &e);
    return out;
  };
  auto const clash = [&](language const& a, words const& known, std::string_view ra, language const& b, std::string_view rb) -> std::optional<jawort::error> {
    auto const cb = b.find_class(rb);
    if (!cb || known.empty()) return std::nullopt;
    for (auto const& e : b.words[*cb])
      for (auto const& s : e.spellings)
        if (auto const at = known.find(together(s)); at != known.end()) {
          auto const& o = *at->second;
          return error{failure::refused,
                       {fmt::format("{}:{}: '{}' ist '{}', in {}:{} aber '{}'", b.files[e.file], e.line, detail::text_of(e), rb, a.files[o.file], o.line, ra),
                        fmt::format("{}:{}: '{}' is '{}', but '{}' at {}:{}", b.files[e.file], e.line, detail::text_of(e), rb, ra, a.files[o.file], o.line)},
                       {"das Wort aus einer der beiden Klassen nehmen", "take the word out of one of the two classes"}};
        }
    return std::nullopt;
  };
  for (auto const& l : all) {
    std::unordered_map<std::string_view, words> known;
    for (auto const& [a, b] : detail::exclusive) {
      auto const [at, fresh] = known.try_emplace(a);
      if (fresh) at->second = words_of(l, a);
      if (auto e = clash(l, at->second, a, l, b)) return *e;
    }
    named_set placed{};
    for (auto const& r : l.rules)
      for (auto const& p : r.parts)
        for (auto const& st : p.steps) placed |= st.any;
    auto const polite = words_of(l, "polite");
    for (std::size_t c = 0; c < l.class_names.size(); ++c)  // a filling word is gone before patterns are compared
      if (l.class_names[c].front() == '"' && placed.has(c))
        if (auto e = clash(l, polite, "polite", l, l.class_names[c])) return *e;
  }
  for (auto const& a : all) {
    auto const stops = words_of(a, "stop");
    for (auto const& b : all)
      if (&a != &b)
        if (auto e = clash(a, stops, "stop", b, "start")) return *e;
  }
  return nothing{};
}

inline void engine::add_words(language const& l, compiled const& made, std::uint8_t n) {
  for (std::size_t c = 0; c < l.words.size(); ++c)
    for (auto const& e : l.words[c])
      for (auto const& s : e.spellings) {
        if (e.phrase.empty()) {
          auto const id = words_.add(s, n, made.word_of[c], l.forgiving[c]);
          if (l.class_names[c] == "abbreviation") words_.set_abbreviation(id);
          continue;
        }
        std::vector<std::string> phrase(1);
        for (char const letter : s)
          if (letter == ' ') phrase.emplace_back();
          else phrase.back() += letter;
        words_.add_phrase(phrase, n, made.word_of[c]);
      }
}

namespace detail {
/// Roles have the numbers from here to 63, so that one word of a set tells all of them.
inline constexpr std::size_t first_role = 32;

/// The kind of each class: those that occur in exactly the same steps, exclusions and roles are one. Empty for a class
/// that nothing asks for; nothing at all if there are more kinds than a set holds.
[[nodiscard]] inline std::vector<class_set> kinds(language const& l, std::vector<named_set> const& roles) {
  std::vector<std::vector<std::uint32_t>> where(l.class_names.size());  // the sets that have each class
  std::uint32_t sets = 0;
  auto const enter = [&](named_set const& s) {
    s.each([&](std::size_t c) { where[c].push_back(sets); });
    ++sets;
  };
  for (auto const& s : roles) enter(s);
  for (auto const& r : l.rules) {
    enter(r.unless);
    for (auto const& p : r.parts)
      for (auto const& s : p.steps) enter(s.any);
  }
  std::vector<class_set> out;
  std::map<std::vector<std::uint32_t>, std::size_t> known;
  std::size_t next = reserved_count;
  for (std::size_t c = 0; c < l.class_names.size(); ++c) {
    if (c < reserved_count) { out.push_back(class_set::of(c)); continue; }
    if (where[c].empty()) { out.push_back(class_set{}); continue; }
    auto const [at, fresh] = known.try_emplace(std::move(where[c]), next);
    next += fresh ? 1U : 0U;
    if (next == first_role) next = 64;
    if (next > class_set::limit) return {};
    out.push_back(class_set::of(at->second));
  }
  return out;
}

/// Makes sets of classes sets of kinds.
struct narrower {
  std::vector<class_set> const& kind_of;
  [[nodiscard]] class_set operator()(named_set const& s) const {
    class_set out{};
    s.each([&](std::size_t c) { out |= kind_of[c]; });
    return out;
  }
  [[nodiscard]] rule operator()(rule_of<named_set> const& r) const {
    rule out;
    out.kind = r.kind;
    out.what = r.what;
    out.everything = r.everything;
    out.only = r.only;
    out.alone = r.alone;
    out.unless = (*this)(r.unless);
    out.needs = (*this)(r.needs);
    out.id = r.id;
    out.text = r.text;
    out.file = r.file;
    out.line = r.line;
    for (auto const& p : r.parts) {
      part q;
      q.at_start = p.at_start;
      q.at_end = p.at_end;
      for (auto const& s : p.steps) {
        auto const any = (*this)(s.any);
        q.steps.push_back({any, s.gap, s.optional, probe::of(any)});
      }
      out.parts.push_back(std::move(q));
    }
    out.excluded = probe::of(out.unless);
    return out;
  }
};
}  // namespace detail

/// Each rule hangs on the step that the fewest words fit; vetoes come first in each list.
inline result<compiled> engine::arrange(language const& l) {
  compiled out;
  out.code = l.code;
  out.title = l.title;
  out.class_names = l.class_names;
  auto& role = out.role;
  std::pair<char const*, flags*> const named[] = {
      {"stop", &role.stop}, {"weak", &role.weak}, {"start", &role.start}, {"help", &role.help}, {"yes", &role.yes}, {"no", &role.no}, {"polite", &role.polite}, {"light", &role.light},
      {"greeting", &role.greeting}, {"closing", &role.closing}, {"title", &role.title}, {"everything", &role.everything}, {"correction", &role.correction}, {"booking", &role.booking},
      {"break", &role.breaks}, {"header", &role.header}, {"loan", &role.loan}, {"join", &role.join}, {"nobreak", &role.nobreak}, {"request", &role.request}, {"annoyed", &role.annoyed},
      {"neg", &role.neg}, {"more", &role.more}, {"want", &role.want}, {"goes-on", &role.goes_on},
      {"interjection", &role.interjection}, {"contact", &role.contact}};
  static_assert(detail::first_role + std::size(named) <= 64 && reserved_count < detail::first_role);
  std::vector<named_set> sets;
  for (auto const& [name, at] : named) {
    sets.push_back(l.role(name));
    if (at == &role.booking) sets.back() |= l.role("life");  // beside a stop they raise the same doubt
  }
  for (auto const* speaks : {"message", "ads", "send"}) sets.back() |= l.role(speaks);  // the last is contact
  out.kind_of = detail::kinds(l, sets);
  if (out.kind_of.empty())
    return error{failure::refused, {l.code + ": mehr als 1248 Arten von Wörtern", l.code + ": more than 1,248 kinds of words"}, {"Wörter in Klassen zusammenfassen", "put words together in classes"}};
  out.word_of = out.kind_of;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    *named[i].second = flags::of(detail::first_role + i);
    sets[i].each([&](std::size_t c) { out.word_of[c].add(detail::first_role + i); });
  }
  auto const word_of = [&](char const* name) { auto const c = l.find_class(name); return c ? out.word_of[*c] : class_set{}; };
  role.as_polite = word_of("polite");
  role.as_light = word_of("light");
  role.as_closing = word_of("closing");
  role.as_title = word_of("title");
  role.light = role.light | role.polite | role.greeting | role.closing | role.title | role.everything | role.breaks | flags::of(topic_class) | flags::of(mail_class) | flags::of(emoji_class);
  detail::narrower const narrow{out.kind_of};
  std::array<std::size_t, class_set::limit> words{};
  words[unknown_class] = words[topic_class] = words[number_class] = 10'000;
  for (std::size_t c = 0; c < l.words.size(); ++c)
    out.kind_of[c].each([&](std::size_t k) { words[k] += l.words[c].size(); });
  auto const weight = [&](class_set const& s) {
    std::size_t n = 0;
    s.each([&](std::size_t k) { n += words[k]; });
    return n;
  };
  out.rules.reserve(l.rules.size());
  for (bool const vetoes : {true, false})
    for (auto const& r : l.rules)
      if ((r.kind == rule_kind::veto) == vetoes) out.rules.push_back(narrow(r));
  out.before.by_class.resize(class_set::limit);
  out.after.by_class.resize(class_set::limit);
  std::vector<std::pair<std::size_t, step const*>> needed;
  for (std::size_t i = 0; i < out.rules.size(); ++i) {
    auto& made = out.rules[i];
    needed.clear();
    for (auto const& p : made.parts)
      for (auto const& s : p.steps)
        if (!s.optional) needed.emplace_back(weight(s.any), &s);
    std::stable_sort(needed.begin(), needed.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    if (needed.empty()) continue;
    class_set const& least = needed.front().second->any;
    if (made.kind != rule_kind::history) {  // that is asked for elsewhere
      auto& hooks = made.kind == rule_kind::plain || made.kind == rule_kind::keyword ? out.after : out.before;
      compiled::hook hook{static_cast<std::uint16_t>(i), {}};
      if (needed.size() > 1) hook.next = needed[1].second->find;
      least.each([&](std::size_t k) { hooks.by_class[k].push_back(hook); });
      hooks.triggers |= least;
    }
    made.required.reserve(needed.size());
    for (std::size_t k = 1; k < needed.size(); ++k) made.required.push_back(*needed[k].second);
    made.required.push_back(*needed.front().second);  // last: the rule hangs on it, so it is known to be there
  }
  return out;
}

/// Classes of one name are one group in all languages. A word that a rule names itself ("mehr") is none.
inline void engine::number_groups(compiled& c) {
  c.groups_of.resize(class_set::limit);
  for (std::size_t n = 0; n < c.class_names.size(); ++n) {
    auto const& name = c.class_names[n];
    if (n == unknown_class || name.starts_with('"')) continue;
    std::uint32_t number = 0;
    while (number < groups_.size() && groups_[number].text != name) ++number;
    if (number == groups_.size()) {
      groups_.push_back(side::of(group_texts_.emplace_back(name)));
      static constexpr std::array<std::string_view, 12> about{"message", "ads", "adslaw", "list", "topic", "unsub", "consent", "contact", "contacted", "data", "object", "sending"};
      of_messages_.push_back(std::find(about.begin(), about.end(), name) != about.end());
    }
    c.kind_of[n].each([&](std::size_t k) { c.groups_of[k].push_back(number); });
  }
}

inline result<std::shared_ptr<engine const>> engine::compile(std::span<language_source const> files) {
  auto made = std::make_shared<engine>();
  std::vector<language> all;
  for (auto const& f : files) {
    if (weights::is(f.text)) {
      auto read = weights::read(f);
      if (!read) return read.error();
      made->weights_ = *std::move(read);
      continue;
    }
    if (auto ok = file_reader{f, made->folds_}.read(all); !ok) return ok.error();
  }
  if (all.empty()) return error{failure::incomplete, {"keine Sprache angegeben", "no language given"}, {}};
  if (auto ok = made->contradictions(all); !ok) return ok.error();
  std::size_t entries = 0;
  for (auto const& l : all)
    for (auto const& c : l.words) entries += c.size();
  made->words_.expect(entries + entries / 2);  // with the parts of phrases and second spellings
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto one = arrange(all[i]);
    if (!one) return one.error();
    made->add_words(all[i], *one, static_cast<std::uint8_t>(i));
    made->number_groups(*one);
    made->codes_.push_back(all[i].code);
    made->languages_.push_back(*std::move(one));
  }
  made->words_.finish();
  return std::shared_ptr<engine const>{std::move(made)};
}

}  // namespace jawort::keyword
