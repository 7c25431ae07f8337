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

/// One language's roles against each other, and the keywords of all languages against each other.
inline result<nothing> engine::contradictions(std::vector<language> const& all) const {
  auto const clash = [&](language const& a, std::string_view ra, language const& b, std::string_view rb) -> std::optional<jawort::error> {
    auto const ca = a.find_class(ra), cb = b.find_class(rb);
    if (!ca || !cb) return std::nullopt;
    std::map<std::string, language::entry const*> seen;
    for (auto const& e : a.words[*ca])
      for (auto const& s : file_reader::spellings(detail::text_of(e), folds_)) seen.emplace(s, &e);
    for (auto const& e : b.words[*cb])
      for (auto const& s : file_reader::spellings(detail::text_of(e), folds_))
        if (auto const at = seen.find(s); at != seen.end())
          return error{failure::refused,
                       {fmt::format("{}:{}: '{}' ist '{}', in {}:{} aber '{}'", e.file, e.line, detail::text_of(e), rb, at->second->file, at->second->line, ra),
                        fmt::format("{}:{}: '{}' is '{}', but '{}' at {}:{}", e.file, e.line, detail::text_of(e), rb, ra, at->second->file, at->second->line)},
                       {"das Wort aus einer der beiden Klassen nehmen", "take the word out of one of the two classes"}};
    return std::nullopt;
  };
  for (auto const& l : all) {
    for (auto const& [a, b] : detail::exclusive)
      if (auto e = clash(l, a, l, b)) return *e;
    named_set placed{};
    for (auto const& r : l.rules)
      for (auto const& p : r.parts)
        for (auto const& st : p.steps) placed |= st.any;
    for (std::size_t c = 0; c < l.class_names.size(); ++c)  // a filling word is gone before patterns are compared
      if (l.class_names[c].front() == '"' && placed.any(named_set::of(c)))
        if (auto e = clash(l, "polite", l, l.class_names[c])) return *e;
  }
  for (auto const& a : all)
    for (auto const& b : all)
      if (&a != &b)
        if (auto e = clash(a, "stop", b, "start")) return *e;
  return nothing{};
}

inline void engine::add_words(language const& l, compiled const& made, std::uint8_t n) {
  for (std::size_t c = 0; c < l.words.size(); ++c)
    for (auto const& e : l.words[c]) {
      if (e.phrase.empty()) {
        for (auto const& s : file_reader::spellings(e.word, folds_)) words_.add(s, n, made.word_of[c], l.forgiving[c]);
        continue;
      }
      std::vector<std::string> plain, wide;
      for (auto const& w : e.phrase) {
        auto const s = file_reader::spellings(w, folds_);
        plain.push_back(s.front());
        wide.push_back(s.back());
      }
      words_.add_phrase(plain, n, made.word_of[c]);
      if (wide != plain) words_.add_phrase(wide, n, made.word_of[c]);
    }
}

namespace detail {
/// Roles have the numbers from here to 63, so that one word of a set tells all of them.
inline constexpr std::size_t first_role = 40;

/// The kind of each class: those that occur in exactly the same steps, exclusions and roles are one. Empty for a class
/// that nothing asks for; nothing at all if there are more kinds than a set holds.
[[nodiscard]] inline std::vector<class_set> kinds(language const& l, std::vector<named_set> const& roles) {
  std::vector<named_set> sets = roles;
  for (auto const& r : l.rules) {
    sets.push_back(r.unless);
    for (auto const& p : r.parts)
      for (auto const& s : p.steps) sets.push_back(s.any);
  }
  std::vector<class_set> out;
  std::map<std::vector<bool>, std::size_t> known;
  std::size_t next = reserved_count;
  for (std::size_t c = 0; c < l.class_names.size(); ++c) {
    if (c < reserved_count) { out.push_back(class_set::of(c)); continue; }
    std::vector<bool> where;
    bool used = false;
    for (auto const& s : sets) {
      where.push_back(s.any(named_set::of(c)));
      used = used || where.back();
    }
    if (!used) { out.push_back(class_set{}); continue; }
    auto const [at, fresh] = known.try_emplace(std::move(where), next);
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
    for (std::size_t c = 0; c < kind_of.size(); ++c)
      if (s.any(named_set::of(c))) out |= kind_of[c];
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
      {"neg", &role.neg}, {"more", &role.more}, {"want", &role.want}};
  static_assert(detail::first_role + std::size(named) <= 64 && reserved_count < detail::first_role);
  std::vector<named_set> sets;
  for (auto const& [name, at] : named) sets.push_back(l.role(name));
  out.kind_of = detail::kinds(l, sets);
  if (out.kind_of.empty())
    return error{failure::refused, {l.code + ": mehr als 744 Arten von Wörtern", l.code + ": more than 744 kinds of words"}, {"Wörter in Klassen zusammenfassen", "put words together in classes"}};
  out.word_of = out.kind_of;
  for (std::size_t i = 0; i < sets.size(); ++i) {
    *named[i].second = flags::of(detail::first_role + i);
    for (std::size_t c = 0; c < out.word_of.size(); ++c)
      if (sets[i].any(named_set::of(c))) out.word_of[c] |= class_set::of(detail::first_role + i);
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
    for (std::size_t k = 0; k < class_set::limit; ++k)
      if (out.kind_of[c].any(class_set::of(k))) words[k] += l.words[c].size();
  auto const weight = [&](class_set s) {
    std::size_t n = 0;
    for (std::size_t k = 0; k < class_set::limit; ++k) n += s.any(class_set::of(k)) ? words[k] : 0U;
    return n;
  };
  for (auto const& r : l.rules) {
    out.rules.push_back(narrow(r));
    auto& made = out.rules.back();
    for (auto const& p : made.parts)
      for (auto const& s : p.steps)
        if (!s.optional) made.required.push_back(s);
    std::stable_sort(made.required.begin(), made.required.end(), [&](step const& a, step const& b) { return weight(a.any) < weight(b.any); });
    if (made.required.size() > 1) std::rotate(made.required.begin(), made.required.begin() + 1, made.required.end());  // the rule hangs on the first
  }
  std::stable_sort(out.rules.begin(), out.rules.end(), [](rule const& a, rule const& b) { return (a.kind == rule_kind::veto) > (b.kind == rule_kind::veto); });
  out.by_class.resize(class_set::limit);
  for (std::size_t i = 0; i < out.rules.size(); ++i) {
    class_set least{};
    for (auto const& p : out.rules[i].parts)
      for (auto const& s : p.steps)
        if (!s.optional && (least.none() || weight(s.any) < weight(least))) least = s.any;
    for (std::size_t k = 0; k < class_set::limit; ++k)
      if (least.any(class_set::of(k))) out.by_class[k].push_back(static_cast<std::uint16_t>(i));
    out.triggers |= least;
  }
  return out;
}

inline result<std::shared_ptr<engine const>> engine::compile(std::span<language_source const> files) {
  auto made = std::make_shared<engine>();
  std::vector<language> all;
  for (auto const& f : files)
    if (auto ok = file_reader{f, made->folds_}.read(all); !ok) return ok.error();
  if (all.empty()) return error{failure::incomplete, {"keine Sprache angegeben", "no language given"}, {}};
  if (auto ok = made->contradictions(all); !ok) return ok.error();
  for (std::size_t i = 0; i < all.size(); ++i) {
    auto one = arrange(all[i]);
    if (!one) return one.error();
    made->add_words(all[i], *one, static_cast<std::uint8_t>(i));
    made->codes_.push_back(all[i].code);
    made->languages_.push_back(*std::move(one));
  }
  made->words_.finish();
  return std::shared_ptr<engine const>{std::move(made)};
}

}  // namespace jawort::keyword
