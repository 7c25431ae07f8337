// jawort/keyword/language_file.hpp - reads a language: its classes of words and its rules.
//
//     language de Deutsch                      or: extend de
//     class neg = kein keine nicht nichts "auf keinen fall"
//         niemals nie                          (a line that begins with a space goes on)
//     typos message                            one typing error is forgiven in the words of these classes
//     rule stop no-more = neg & message & more unless asked booking
//     keyword stop stop = stop                 a clause that says nothing else
//     veto none negated = neg stop .. send
//     history wrote = on .. wrote $
//
// The first word of a rule is its kind: `rule`, `keyword`, `veto`, `frame`, `mention`, `history`; `only` and `alone` before the name narrow
// it. A step of a pattern is a class, a "word", or several with `|` between; `?` behind it makes it optional, `..`
// before it lets other words stand between, `&` begins a part that may stand anywhere, `^` and `$` are the clause's
// beginning and end. The whole form is told in docs/KEYWORDS.md.
//
// Contradictions are refused with file and line.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "normalise.hpp"
#include "rules.hpp"

namespace jawort::keyword {

/// Classes that the engine sets itself; a file may use them in rules and not define them.
enum reserved : std::size_t {
  unknown_class,  ///< a word that this language does not have
  number_class,
  link_class,
  mail_class,
  topic_class,    ///< a scope word of the caller
  asked_class,    ///< the sentence ends with a question mark
  first_class,    ///< the clause is the message's first
  emoji_class,    ///< an emoji beside words
  colon_class,    ///< a colon stands behind the sentence's first word
  mentioned_class,  ///< a clause before spoke of what a rule of kind `mention` looks for
  reserved_count
};
inline constexpr std::array<std::string_view, reserved_count> reserved_names{"unknown", "number", "link", "mail-address", "topic", "asked", "first", "emoji", "colon", "mentioned"};

/// Those of them that are true of a clause as a whole.
[[nodiscard]] inline named_set clause_classes() { return named_set::of(asked_class) | named_set::of(first_class) | named_set::of(colon_class) | named_set::of(mentioned_class); }

/// A language as read, before its words are in the lexicon.
struct language {
  struct entry {
    std::string word;
    std::vector<std::string> phrase;
    std::size_t line = 0;
    std::size_t file = 0;                     ///< in `files`
    std::vector<std::string> spellings;       ///< of the word, or of the whole phrase
  };
  std::string code, title;
  std::vector<std::string> files;             ///< the names of those read
  std::vector<std::string> class_names{reserved_names.begin(), reserved_names.end()};
  std::vector<std::vector<entry>> words{reserved_count};   ///< by class
  std::vector<bool> forgiving = std::vector<bool>(reserved_count, false);
  std::vector<rule_of<named_set>> rules;
  // To find again what was read.
  std::unordered_map<std::string, std::size_t> class_numbers = reserved_numbers();
  std::vector<std::unordered_set<std::string>> said = std::vector<std::unordered_set<std::string>>(reserved_count);  ///< the words of each class
  std::unordered_map<std::string, std::size_t> rule_by_id;
  std::unordered_multimap<std::string, std::size_t> rules_by_text;

  [[nodiscard]] static std::unordered_map<std::string, std::size_t> reserved_numbers() {
    std::unordered_map<std::string, std::size_t> out;
    for (std::size_t i = 0; i < reserved_names.size(); ++i) out.emplace(reserved_names[i], i);
    return out;
  }
  [[nodiscard]] std::optional<std::size_t> find_class(std::string_view name) const {
    auto const at = class_numbers.find(std::string{name});
    return at == class_numbers.end() ? std::nullopt : std::optional{at->second};
  }
  std::size_t add_class(std::string const& name) {
    class_numbers.emplace(name, class_names.size());
    class_names.push_back(name);
    words.emplace_back();
    said.emplace_back();
    forgiving.push_back(false);
    return class_names.size() - 1;
  }
  [[nodiscard]] named_set role(std::string_view name) const {
    auto const n = find_class(name);
    return n ? named_set::of(*n) : named_set{};
  }
};

class file_reader {
 public:
  file_reader(language_source const& source, fold_table const& folds) : source_(source), folds_(folds) {}
  /// Reads the file into `known`: a language of the same code is replaced, or added to with `extend`.
  result<nothing> read(std::vector<language>& known);

  /// A word's spellings after folding: with umlauts dropped, and with ae oe ue for them.
  [[nodiscard]] static std::vector<std::string> spellings(std::string_view word, fold_table const& folds);

 private:
  struct lexeme { std::string text; bool quoted = false; };
  [[nodiscard]] error wrong(failure f, bilingual message, bilingual hint = {}) const;
  result<std::vector<lexeme>> split(std::string_view line) const;
  result<nothing> line(std::vector<lexeme> const& l, std::vector<language>& known);
  result<nothing> begin(std::vector<lexeme> const& l, std::vector<language>& known);
  result<nothing> words(std::vector<lexeme> const& l, std::size_t from);
  result<nothing> rule_line(std::vector<lexeme> const& l);
  result<nothing> pattern(rule_of<named_set>& r, std::vector<lexeme> const& l, std::size_t from);
  result<named_set> classes(lexeme const& l);
  result<std::size_t> literal(std::string const& word);

  language_source const& source_;
  fold_table const& folds_;
  language* now_ = nullptr;
  std::size_t line_ = 0, class_ = 0;
};

inline error file_reader::wrong(failure f, bilingual m, bilingual hint) const {
  auto const where = fmt::format("{}:{}: ", source_.name, line_);
  return {f, {where + m.de, where + m.en}, std::move(hint)};
}

/// The spelling with umlauts as ae oe ue is a second one; words of other languages simply do not occur so.
inline std::vector<std::string> file_reader::spellings(std::string_view word, fold_table const& folds) {
  std::string plain, wide;
  for (std::size_t at = 0; at < word.size();) {
    if (word[at] == '*') { plain += '*'; wide += '*'; ++at; continue; }
    if (word[at] == ' ') { plain += ' '; wide += ' '; ++at; continue; }  // between the words of a phrase
    glyph const g = folds.read(word, at);
    at += g.size;
    if (g.kind != glyph_kind::letter && g.kind != glyph_kind::digit && g.kind != glyph_kind::symbol) continue;
    plain += g.text();
    wide += g.text();
    if (g.code == 0xE4 || g.code == 0xF6 || g.code == 0xFC || g.code == 0xC4 || g.code == 0xD6 || g.code == 0xDC) wide += 'e';
  }
  if (plain == wide) return {plain};
  return {plain, wide};
}

inline result<std::vector<file_reader::lexeme>> file_reader::split(std::string_view s) const {
  std::vector<lexeme> out;
  for (std::size_t i = 0; i < s.size();) {
    if (s[i] == ' ' || s[i] == '\t' || s[i] == '\r') { ++i; continue; }
    if (s[i] == '#') break;
    std::string text;
    bool quoted = false;
    while (i < s.size() && s[i] != ' ' && s[i] != '\t' && s[i] != '\r') {
      if (s[i] != '"') { text += s[i++]; continue; }
      auto const close = s.find('"', i + 1);
      if (close == std::string_view::npos) return wrong(failure::malformed, {"Anführungszeichen nicht geschlossen", "quotation mark not closed"});
      text += s.substr(i, close + 1 - i);
      quoted = true;
      i = close + 1;
    }
    out.push_back({std::move(text), quoted});
  }
  return out;
}

inline result<nothing> file_reader::read(std::vector<language>& known) {
  std::string_view rest = source_.text;
  if (rest.starts_with("\xEF\xBB\xBF")) rest.remove_prefix(3);
  while (!rest.empty()) {
    ++line_;
    auto const end = rest.find('\n');
    auto const text = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
    auto l = split(text);
    if (!l) return l.error();
    if (l->empty()) continue;
    if (text.front() == ' ' || text.front() == '\t') {
      if (class_ == 0) return wrong(failure::malformed, {"Fortsetzung ohne Klasse davor", "continuation without a class before it"});
      if (auto ok = words(*l, 0); !ok) return ok;
      continue;
    }
    class_ = 0;
    if (auto ok = line(*l, known); !ok) return ok;
  }
  if (now_ == nullptr) return wrong(failure::malformed, {"keine Zeile 'language …' in der Datei", "no line 'language …' in the file"}, {"language de Deutsch", "language en English"});
  return nothing{};
}

inline result<nothing> file_reader::line(std::vector<lexeme> const& l, std::vector<language>& known) {
  std::string const& verb = l[0].text;
  if (verb == "language" || verb == "extend") return begin(l, known);
  if (now_ == nullptr) return wrong(failure::malformed, {"die Datei beginnt nicht mit 'language …' oder 'extend …'", "the file does not begin with 'language …' or 'extend …'"});
  if (verb == "class") {
    if (l.size() < 4 || l[2].text != "=") return wrong(failure::malformed, {"erwartet: class NAME = Wort …", "expected: class NAME = word …"});
    if (std::find(reserved_names.begin(), reserved_names.end(), l[1].text) != reserved_names.end())
      return wrong(failure::refused, {"'" + l[1].text + "' ist vergeben", "'" + l[1].text + "' is reserved"});
    auto const found = now_->find_class(l[1].text);
    class_ = found ? *found : now_->class_names.size();
    if (!found) {
      if (class_ >= named_set::limit) return wrong(failure::refused, {"mehr als 2048 Klassen", "more than 2048 classes"});
      now_->add_class(l[1].text);
    }
    return words(l, 3);
  }
  if (verb == "typos") {
    for (std::size_t i = 1; i < l.size(); ++i) {
      auto const c = now_->find_class(l[i].text);
      if (!c) return wrong(failure::unknown_name, {"unbekannte Klasse '" + l[i].text + "'", "unknown class '" + l[i].text + "'"});
      now_->forgiving[*c] = true;
    }
    return nothing{};
  }
  if (verb == "rule" || verb == "keyword" || verb == "veto" || verb == "frame" || verb == "mention" || verb == "history") return rule_line(l);
  return wrong(failure::malformed, {"'" + verb + "' nicht verstanden", "'" + verb + "' not understood"},
               {"eine Zeile beginnt mit language, extend, class, typos, rule, keyword, veto, frame, mention, history oder #", "a line begins with language, extend, class, typos, rule, keyword, veto, frame, mention, history or #"});
}

inline result<nothing> file_reader::begin(std::vector<lexeme> const& l, std::vector<language>& known) {
  if (now_ != nullptr) return wrong(failure::malformed, {"eine Datei hat eine Sprache", "a file has one language"});
  bool const fresh = l[0].text == "language";
  if (l.size() < 2 || l[1].text.size() < 2 || l[1].text.size() > 8) return wrong(failure::malformed, {"erwartet: language de Deutsch", "expected: language en English"});
  auto at = std::find_if(known.begin(), known.end(), [&](language const& x) { return x.code == l[1].text; });
  if (!fresh && at == known.end()) return wrong(failure::unknown_name, {"keine Sprache '" + l[1].text + "' zum Ergänzen", "no language '" + l[1].text + "' to extend"}, {"language " + l[1].text + " …", "language " + l[1].text + " …"});
  if (at == known.end()) {
    if (known.size() >= most_languages) return wrong(failure::refused, {"mehr als 16 Sprachen", "more than 16 languages"});
    at = known.insert(known.end(), language{});
  } else if (fresh) {
    *at = language{};
  }
  at->code = l[1].text;
  for (std::size_t i = 2; i < l.size() && fresh; ++i) at->title += (i > 2 ? " " : "") + l[i].text;
  now_ = &*at;
  now_->files.push_back(source_.name);
  return nothing{};
}

inline result<nothing> file_reader::words(std::vector<lexeme> const& l, std::size_t from) {
  for (std::size_t i = from; i < l.size(); ++i) {
    std::string text = l[i].text;
    std::erase(text, '"');
    bool const star = !text.empty() && (text.front() == '*' || text.back() == '*');
    language::entry e{{}, {}, line_, now_->files.size() - 1, {}};
    std::string piece;
    for (char const c : text + " ") {
      if (c != ' ') { piece += c; continue; }
      if (!piece.empty()) e.phrase.push_back(std::exchange(piece, {}));
    }
    if (e.phrase.size() <= 1) e.word = e.phrase.empty() ? text : e.phrase[0], e.phrase.clear();
    std::string whole = e.word;
    for (auto const& w : e.phrase) whole += (whole.empty() ? "" : " ") + w;
    e.spellings = spellings(whole, folds_);
    auto const plain = e.phrase.empty() ? e.spellings[0] : spellings(e.phrase[0], folds_)[0];
    if (plain.empty()) return wrong(failure::malformed, {"'" + text + "' hat keine Buchstaben", "'" + text + "' has no letters"});
    if (star && (!e.phrase.empty() || plain.size() < 4 || (plain.front() == '*' && plain.back() == '*')))
      return wrong(failure::malformed, {"'" + text + "': ein Wortstamm hat drei Buchstaben oder mehr und einen Stern an einem Ende", "'" + text + "': a stem has three letters or more and a star at one end"});
    if (now_->said[class_].insert(std::move(whole)).second) now_->words[class_].push_back(std::move(e));  // or it is said twice
  }
  return nothing{};
}

inline result<nothing> file_reader::rule_line(std::vector<lexeme> const& l) {
  rule_of<named_set> r;
  static constexpr std::pair<std::string_view, rule_kind> kinds[] = {
      {"rule", rule_kind::plain}, {"keyword", rule_kind::keyword}, {"veto", rule_kind::veto}, {"frame", rule_kind::frame}, {"mention", rule_kind::mention}, {"history", rule_kind::history}};
  for (auto const& [name, kind] : kinds)
    if (l[0].text == name) r.kind = kind;
  r.only = r.kind == rule_kind::keyword;
  r.line = line_;
  r.file = source_.name;
  std::size_t i = 1;
  if (r.kind != rule_kind::history && r.kind != rule_kind::mention) {
    static constexpr intent all[] = {intent::none, intent::start, intent::stop, intent::help, intent::access, intent::erase, intent::wrong_number, intent::dispute, intent::unclear};
    std::string name = i < l.size() ? l[i++].text : std::string{};
    if (name == "stop-everything") { r.everything = true; name = "stop"; }
    bool found = false;
    for (auto const n : all)
      if (name_of(n) == name) { r.what = n; found = true; }
    if (!found || (r.what == intent::none && r.kind == rule_kind::plain))
      return wrong(failure::unknown_name, {"'" + name + "' ist keine Absicht", "'" + name + "' is no intent"},
                   {"start stop stop-everything help access erase wrong-number dispute unclear (none nur bei veto, frame und keyword)", "start stop stop-everything help access erase wrong-number dispute unclear (none in veto, frame and keyword only)"});
  }
  for (; i < l.size() && (l[i].text == "only" || l[i].text == "alone"); ++i) (l[i].text == "only" ? r.only : r.alone) = true;
  if (i + 2 >= l.size() || l[i + 1].text != "=") return wrong(failure::malformed, {"erwartet: rule ABSICHT NAME = Muster", "expected: rule INTENT NAME = pattern"});
  r.id = now_->code + "/" + l[i].text;
  if (auto const [at, fresh] = now_->rule_by_id.try_emplace(r.id, now_->rules.size()); !fresh) {
    auto const& other = now_->rules[at->second];
    return wrong(failure::refused, {fmt::format("die Regel '{}' gibt es schon in {}:{}", l[i].text, other.file, other.line), fmt::format("the rule '{}' exists already at {}:{}", l[i].text, other.file, other.line)});
  }
  if (auto ok = pattern(r, l, i + 2); !ok) return ok;
  auto const [first, last] = now_->rules_by_text.equal_range(r.text);
  for (auto at = first; at != last; ++at) {
    auto const& other = now_->rules[at->second];
    if (other.kind == r.kind && other.what != r.what)
      return wrong(failure::refused, {fmt::format("dasselbe Muster hat in {}:{} eine andere Absicht", other.file, other.line), fmt::format("the same pattern has another intent at {}:{}", other.file, other.line)});
  }
  now_->rules_by_text.emplace(r.text, now_->rules.size());
  now_->rules.push_back(std::move(r));
  return nothing{};
}

inline result<nothing> file_reader::pattern(rule_of<named_set>& r, std::vector<lexeme> const& l, std::size_t from) {
  bool unless = false, gap = false;
  r.parts.emplace_back();
  for (std::size_t i = from; i < l.size(); ++i) {
    std::string const& t = l[i].text;
    r.text += (i > from ? " " : "") + t;
    part_of<named_set>& p = r.parts.back();
    if (t == "unless") { unless = true; continue; }
    if (unless) {
      auto c = classes(l[i]);
      if (!c) return c.error();
      r.unless |= *c;
      continue;
    }
    if (t == "&") {
      if (p.steps.empty()) return wrong(failure::malformed, {"'&' ohne Schritt davor", "'&' without a step before it"});
      r.parts.emplace_back();
    } else if (t == "..") { gap = true;
    } else if (t == "^") { p.at_start = true;
    } else if (t == "$") { p.at_end = true;
    } else {
      lexeme bare = l[i];
      bool const optional = bare.text.back() == '?';
      if (optional) bare.text.pop_back();
      if (optional && p.steps.empty()) return wrong(failure::malformed, {"der erste Schritt kann nicht fehlen", "the first step cannot be optional"});
      auto c = classes(bare);
      if (!c) return c.error();
      if (p.steps.size() >= most_steps) return wrong(failure::refused, {"mehr als acht Schritte", "more than eight steps"});
      p.steps.push_back({*c, std::exchange(gap, false) && !p.steps.empty(), optional});
    }
  }
  // What is true of a whole clause is no place in it.
  std::erase_if(r.parts, [&](part_of<named_set> const& p) {
    bool const whole = p.steps.size() == 1 && p.steps[0].any.without(clause_classes()).none() && !p.steps[0].any.none();
    if (whole) r.needs |= p.steps[0].any;
    return whole;
  });
  if (r.parts.empty() || r.parts.back().steps.empty()) return wrong(failure::malformed, {"das Muster ist leer", "the pattern is empty"});
  for (auto const& p : r.parts)
    for (auto const& s : p.steps)
      if (!s.optional && s.any.without(r.unless).none())
        return wrong(failure::refused, {"die Regel verlangt, was sie ausschließt, und kann nie zutreffen", "the rule demands what it excludes and can never match"});
  return nothing{};
}

/// `message|ads|"word"` as a set.
inline result<named_set> file_reader::classes(lexeme const& l) {
  named_set out{};
  for (std::size_t i = 0; i <= l.text.size();) {
    std::size_t const end = l.text[i] == '"' ? l.text.find('"', i + 1) + 1 : std::min(l.text.find('|', i), l.text.size());
    std::string const name = l.text.substr(i, end - i);
    i = end + 1;
    if (name.starts_with('"')) {
      auto c = literal(name.substr(1, name.size() - 2));
      if (!c) return c.error();
      out |= named_set::of(*c);
      continue;
    }
    auto const c = now_->find_class(name);
    if (!c) return wrong(failure::unknown_name, {"unbekannte Klasse '" + name + "'", "unknown class '" + name + "'"}, {"eine Klasse steht vor der ersten Regel, die sie nennt", "a class stands before the first rule that names it"});
    out |= named_set::of(*c);
  }
  return out;
}

/// A word written in a rule is a class of its own.
inline result<std::size_t> file_reader::literal(std::string const& word) {
  std::string const name = "\"" + word + "\"";
  if (auto const c = now_->find_class(name)) return *c;
  std::size_t const c = now_->class_names.size();
  if (c >= named_set::limit) return wrong(failure::refused, {"mehr als 2048 Klassen", "more than 2048 classes"}, {"Wörter in Klassen zusammenfassen", "put words together in classes"});
  now_->add_class(name);
  auto const before = std::exchange(class_, c);
  auto ok = words({{name, true}}, 0);
  class_ = before;
  if (!ok) return ok.error();
  return c;
}

}  // namespace jawort::keyword
