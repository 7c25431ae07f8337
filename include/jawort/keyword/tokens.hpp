// jawort/keyword/tokens.hpp - a message as sentences of words, without what its sender did not write.
//
// The scanner gives one sentence after the other in a room of fixed size. Left out: lines that begin with `>`,
// everything behind a signature line (`--`), behind an "-----Original Message-----" and behind Outlook's header. Links
// and e-mail addresses become a single token, so that nothing inside them is a word. Words in quotation marks are
// marked. Words joined by a hyphen or an apostrophe are one word where the lexicon knows it (opt-out, don't), else
// several. Letters spaced out (S T O P) are one word where they make one.
//
// Bounds: 64 tokens a sentence; a longer one is given in parts. Every byte is looked at a bounded number of times.
// Thread safety: a scanner belongs to one thread. Nothing allocates.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

#include "lexicon.hpp"
#include "normalise.hpp"

namespace jawort::keyword {

enum class token_kind : std::uint8_t { word, emoji, number, link, mail_address };

struct token {  // no initial values: a sentence has room for 64
  std::size_t begin, end;    ///< bytes of the message
  word_id word;
  std::uint16_t text_at;     ///< of the folded spelling in `sentence::text`
  std::uint8_t text_size;    ///< 0 where the word was too long to keep
  token_kind kind;
  bool quoted;
};

struct sentence {
  static constexpr std::size_t most_tokens = 64;
  std::array<token, most_tokens> tokens;
  std::size_t size = 0;
  std::uint64_t breaks = 0;         ///< bit i: a comma, colon or dash stands before token i
  bool asks = false;                ///< ended by a question mark
  bool announces = false;           ///< ended by a colon at the end of its line
  bool heads = false;               ///< a colon stands behind its first word
  std::array<char, 2048> text;
  std::size_t text_size = 0;

  void clear() { size = 0; breaks = 0; asks = announces = heads = false; text_size = 0; }
  [[nodiscard]] std::string_view spelling(token const& t) const { return {text.data() + t.text_at, t.text_size}; }
};

class scanner {
 public:
  scanner(std::string_view message, fold_table const& folds, lexicon const& words)
      : text_(message), folds_(folds), words_(words), may_link_(inside(message, '.') || inside(message, '@') || inside(message, ':')) {}

  /// The next sentence with at least one token; false at the end of the message.
  bool next(sentence& out);
  /// Nothing behind this place was written by the sender.
  void end_here() { at_ = text_.size(); }
  /// Whether the next line that is not empty begins with `>`.
  [[nodiscard]] bool quoted_line_follows() const;
  /// The folded word before a colon at the beginning of the next line; `no_word` if there is none.
  [[nodiscard]] word_id header_of_next_line() const;
  /// Characters looked at so far, a measure of work.
  [[nodiscard]] std::size_t steps() const { return steps_; }

 private:
  struct building {
    std::array<char, longest_word> chars{};
    std::size_t size = 0, begin = 0, end = 0, parts = 1;
    std::array<std::uint8_t, 8> joint{};             // where a part ends, in chars
    std::array<std::size_t, 8> part_end{}, part_begin{};  // and in the message: part i ends, part i+1 begins
    bool too_long = false, hyphens = false;
    std::size_t digits = 0, glyphs = 0;
  };

  /// Whether the character stands anywhere but at the end: most short messages have no link to look for.
  [[nodiscard]] static bool inside(std::string_view text, char c) { return text.find(c) < text.size() - (text.empty() ? 0U : 1U); }
  glyph look(std::size_t at) { ++steps_; return folds_.read(text_, at); }
  [[nodiscard]] bool line_of(std::string_view signs, std::size_t least) const;
  void skip_line();
  bool begin_line(sentence& s);
  bool newline(sentence& s);
  void quote(glyph const& g);
  bool link(sentence& s);
  void word(sentence& s);
  bool joins(building& b, glyph const& g);
  bool pictures_letter(building& b, glyph const& g);
  void emit(sentence& s, building& b);
  void emit_part(sentence& s, std::string_view folded, std::size_t begin, std::size_t end, word_id id);
  void symbol(sentence& s, glyph const& g);
  void join_spaced(sentence& s);
  bool mark(sentence& s, glyph const& g);

  std::string_view text_;
  fold_table const& folds_;
  lexicon const& words_;
  std::size_t at_ = 0, line_ = 0, chunk_end_ = 0, quote_end_ = 0, steps_ = 0;
  bool at_line_start_ = true, any_ = false, may_link_;
};

inline bool scanner::next(sentence& s) {
  s.clear();
  while (at_ < text_.size()) {
    if (at_line_start_ && !begin_line(s)) {
      if (s.size > 0) break;
      continue;
    }
    if (s.size + 8 > sentence::most_tokens) break;  // room for the parts of one joined word
    if (may_link_ && at_ >= chunk_end_ && link(s)) continue;
    glyph const g = look(at_);
    if (g.kind == glyph_kind::letter || g.kind == glyph_kind::digit) { word(s); continue; }
    bool const ends = mark(s, g);
    if (ends && s.size > 0) break;
  }
  if (s.size == 0) return false;
  any_ = true;
  join_spaced(s);
  return true;
}

/// A character that is no letter; true where it ends the sentence.
inline bool scanner::mark(sentence& s, glyph const& g) {
  std::size_t const here = at_;
  at_ += g.size;
  auto const soft = [&] { if (s.size > 0 && s.size < sentence::most_tokens) s.breaks |= std::uint64_t{1} << s.size; return false; };
  switch (g.kind) {
    case glyph_kind::newline: at_ = here; return newline(s);
    case glyph_kind::question: s.asks = s.size > 0; return true;
    case glyph_kind::bang: return true;
    case glyph_kind::comma: return soft();
    case glyph_kind::colon: s.heads = s.heads || s.size == 1; return soft();
    case glyph_kind::quote: quote(g); return false;
    case glyph_kind::symbol: symbol(s, g); return false;
    case glyph_kind::hyphen: return here > 0 && at_ < text_.size() && text_[here - 1] == ' ' && text_[at_] == ' ' ? soft() : false;
    case glyph_kind::dot: {
      if (at_ < text_.size() && text_[at_] == '.') return soft();           // "..." hesitates
      if (s.size == 0) return false;
      token const& last = s.tokens[s.size - 1];
      bool const abbreviated = last.end == here && (last.kind == token_kind::number || last.text_size == 1 || words_.abbreviation(last.word));
      return !abbreviated;
    }
    default: return false;
  }
}

/// A blank line ends a sentence, and so does the end of a short line; a long line was wrapped by a mail program.
inline bool scanner::newline(sentence& s) {
  std::size_t const length = at_ - line_;
  std::size_t breaks = 0, i = at_;
  for (; i < text_.size(); ++i) {
    char const c = text_[i];
    if (c == '\n' || (c == '\r' && (i + 1 >= text_.size() || text_[i + 1] != '\n'))) ++breaks;
    else if (c != ' ' && c != '\t' && c != '\r' && c != '\v' && c != '\f') break;
  }
  if (i == at_) i = at_ + look(at_).size, breaks = 1;  // a newline beyond ASCII
  steps_ += i - at_;
  std::size_t before = at_;
  while (before > line_ && (text_[before - 1] == ' ' || text_[before - 1] == '\t')) --before;
  s.announces = before > line_ && text_[before - 1] == ':';
  at_ = i;
  line_ = i;
  at_line_start_ = true;
  return breaks > 1 || length < 45 || s.announces;
}

/// Whether the line at `at_` consists of at least so many of these signs, then anything.
inline bool scanner::line_of(std::string_view signs, std::size_t least) const {
  std::size_t n = 0;
  while (at_ + n < text_.size() && n < least && signs.find(text_[at_ + n]) != std::string_view::npos) ++n;
  return n == least;
}

inline void scanner::skip_line() {
  while (at_ < text_.size() && text_[at_] != '\n') { ++at_; ++steps_; }
  if (at_ < text_.size()) ++at_;
  line_ = at_;
}

/// What is left out by lines. False where a line was, so that the sentence before it ends.
inline bool scanner::begin_line(sentence&) {
  while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t')) ++at_;
  at_line_start_ = false;
  if (at_ >= text_.size()) return false;
  if (text_[at_] == '>') {
    skip_line();
    at_line_start_ = true;
    return false;
  }
  if (!any_) return true;  // a message that begins with dashes is not all signature
  bool const dashes = line_of("-_=*", 5);
  auto const rest = text_.substr(at_, 4);
  bool const signature = rest.starts_with("--") && (rest.size() == 2 || rest[2] == '\n' || rest[2] == '\r' || (rest[2] == ' ' && (rest.size() == 3 || rest[3] == '\n' || rest[3] == '\r')));
  if (dashes || signature) { end_here(); return false; }
  return true;
}

inline bool scanner::quoted_line_follows() const {
  std::size_t i = at_;
  while (i < text_.size() && (text_[i] == ' ' || text_[i] == '\n' || text_[i] == '\r' || text_[i] == '\t')) ++i;
  return i < text_.size() && text_[i] == '>';
}

inline word_id scanner::header_of_next_line() const {
  std::array<char, longest_word> chars{};
  std::size_t n = 0, i = at_;
  while (i < text_.size() && i < at_ + 24 && text_[i] != ':') {
    glyph const g = folds_.read(text_, i);
    i += g.size;
    if (g.kind == glyph_kind::space && g.code == ' ') continue;
    if (g.kind != glyph_kind::letter || n + g.length > chars.size()) return no_word;
    for (char const c : g.text()) chars[n++] = c;
  }
  return i < text_.size() && text_[i] == ':' ? words_.find_exactly({chars.data(), n}) : no_word;
}

/// Opens a quotation if it is closed within the paragraph; a lone mark (inches, a slip) quotes nothing.
inline void scanner::quote(glyph const&) {
  if (at_ <= quote_end_) return;
  constexpr std::size_t farthest = 300;
  char last = ' ';
  for (std::size_t i = at_; i < text_.size() && i < at_ + farthest;) {
    if (text_[i] == '\n' && last == '\n') return;
    if (text_[i] != '\r') last = text_[i];
    if (static_cast<unsigned char>(text_[i]) < 0x80 && text_[i] != '"') { ++i; continue; }
    glyph const g = look(i);
    i += g.size;
    if (g.kind == glyph_kind::quote) { quote_end_ = i; return; }
  }
}

/// A link or an e-mail address as one token. Looks at each run without spaces once.
inline bool scanner::link(sentence& s) {
  std::size_t end = at_;
  bool dotted = false, scheme = false, mail = false;
  auto const plain = [&](std::size_t i) {
    auto const c = static_cast<unsigned char>(text_[i]);
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
  };
  for (; end < text_.size(); ++end) {
    char const c = text_[end];
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '<' || c == '>' || c == '"') break;
    bool const inside = end > at_ && end + 1 < text_.size() && plain(end - 1) && plain(end + 1);
    dotted = dotted || (c == '.' && inside);
    mail = mail || (c == '@' && inside);
    scheme = scheme || (c == ':' && text_.substr(end, 3) == "://");
  }
  steps_ += end - at_;
  chunk_end_ = end == at_ ? at_ + 1 : end;
  auto const chunk = text_.substr(at_, end - at_);
  bool site = dotted && (chunk.starts_with("www.") || chunk.starts_with("WWW.") || chunk.starts_with("Www."));
  if (dotted && !site && !mail) {
    // name.tld or name.tld/path: only the endings that people paste, so that "STOP.Danke" stays two words.
    static constexpr std::string_view ends[] = {"com", "de", "net", "org", "eu", "at", "ch", "info", "ly", "fr", "nl", "pl", "travel", "reisen", "app", "example", "uk", "tr", "io"};
    auto const head = chunk.substr(0, chunk.find('/'));
    auto const path = head.size() < chunk.size();
    auto name = head;
    while (!path && !name.empty() && (name.back() == '.' || name.back() == ',' || name.back() == '!' || name.back() == '?' || name.back() == ')')) name.remove_suffix(1);
    auto const dot = name.rfind('.');
    if (dot != std::string_view::npos && dot > 0)
      for (auto const e : ends) site = site || name.substr(dot + 1) == e;
  }
  if (!scheme && !mail && !site) return false;
  if (s.size < sentence::most_tokens) {
    token& t = s.tokens[s.size++];
    t = {};
    t.begin = at_;
    t.end = end;
    t.kind = mail && !scheme ? token_kind::mail_address : token_kind::link;
    t.quoted = at_ < quote_end_;
  }
  char const last = text_[end - 1];
  at_ = end - ((last == '.' || last == '!' || last == '?') && end - at_ > 1 ? 1U : 0U);
  if (s.size > 0) s.tokens[s.size - 1].end = at_;
  return true;
}

inline void scanner::word(sentence& s) {
  building b;
  b.begin = at_;
  while (at_ < text_.size()) {
    glyph const g = look(at_);
    if (g.kind == glyph_kind::nothing) { at_ += g.size; continue; }
    if (g.kind != glyph_kind::letter && g.kind != glyph_kind::digit) {
      if (!joins(b, g) && !pictures_letter(b, g)) break;
      continue;
    }
    if (b.size + g.length > b.chars.size()) b.too_long = true;
    else for (char const c : g.text()) b.chars[b.size++] = c;
    ++b.glyphs;
    b.digits += g.kind == glyph_kind::digit ? 1U : 0U;
    at_ += g.size;
    b.end = at_;
  }
  emit(s, b);
}

/// A round sign between letters stands for an o: St🛑p.
inline bool scanner::pictures_letter(building& b, glyph const& g) {
  bool const round = g.kind == glyph_kind::symbol && (g.code == 0x1F6D1 || g.code == 0x2B55 || g.code == 0x1F6AB || g.code == 0x26D4 || (g.code >= 0x1F534 && g.code <= 0x1F535));
  if (!round || b.parts > 1 || b.size >= b.chars.size()) return false;
  std::size_t behind = at_ + g.size;
  while (behind < text_.size() && behind < at_ + 8 && look(behind).kind == glyph_kind::nothing) behind += look(behind).size;
  if (behind >= text_.size() || look(behind).kind != glyph_kind::letter) return false;
  b.chars[b.size++] = 'o';
  ++b.glyphs;
  at_ = behind;
  return true;
}

/// Whether this hyphen, apostrophe, or dot of an abbreviation joins the word with more letters behind it.
inline bool scanner::joins(building& b, glyph const& g) {
  bool const dot = g.kind == glyph_kind::dot && b.glyphs - (b.parts > 1 ? b.joint[b.parts - 2] : 0U) == 1 && b.digits == 0;
  if (g.kind != glyph_kind::hyphen && g.kind != glyph_kind::apostrophe && !dot) return false;
  std::size_t const behind = at_ + g.size;
  if (behind >= text_.size() || b.parts >= b.joint.size()) return false;
  glyph const n = look(behind);
  if (n.kind != glyph_kind::letter && (n.kind != glyph_kind::digit || dot)) return false;
  if (!b.too_long && b.size < 256) {
    b.joint[b.parts - 1] = static_cast<std::uint8_t>(b.size);
    b.part_end[b.parts - 1] = at_;
    b.part_begin[b.parts - 1] = behind;
    ++b.parts;
  }
  b.hyphens = b.hyphens || g.kind != glyph_kind::apostrophe;
  at_ = behind;
  return true;
}

inline void scanner::emit_part(sentence& s, std::string_view folded, std::size_t begin, std::size_t end, word_id id) {
  if (s.size >= sentence::most_tokens) return;
  token& t = s.tokens[s.size++];
  t = {};
  t.begin = begin;
  t.end = end;
  t.word = id;
  t.quoted = begin < quote_end_;
  bool digits = !folded.empty();
  for (char const c : folded) digits = digits && c >= '0' && c <= '9';
  if (digits) t.kind = token_kind::number;
  if (s.text_size + folded.size() <= s.text.size()) {
    t.text_at = static_cast<std::uint16_t>(s.text_size);
    t.text_size = static_cast<std::uint8_t>(folded.size());
    folded.copy(s.text.data() + s.text_size, folded.size());
    s.text_size += folded.size();
  }
}

inline void scanner::emit(sentence& s, building& b) {
  std::string_view const whole{b.chars.data(), b.too_long ? 0 : b.size};
  if (b.too_long) { emit_part(s, {}, b.begin, b.end, no_word); return; }
  if (b.parts == 1) { emit_part(s, whole, b.begin, b.end, words_.find(whole)); return; }
  word_id const joined = b.hyphens ? words_.find(whole) : words_.find_exactly(whole);
  if (joined != no_word) { emit_part(s, whole, b.begin, b.end, joined); return; }
  std::array<word_id, 8> found{};
  bool all = true;
  auto const piece = [&](std::size_t i) {
    std::size_t const from = i == 0 ? 0U : b.joint[i - 1], to = i + 1 < b.parts ? b.joint[i] : b.size;
    return whole.substr(from, to - from);
  };
  for (std::size_t i = 0; i < b.parts; ++i) all = (found[i] = words_.find(piece(i))) != no_word && all;
  if (b.hyphens && !all) { emit_part(s, whole, b.begin, b.end, no_word); return; }
  for (std::size_t i = 0; i < b.parts; ++i)
    emit_part(s, piece(i), i == 0 ? b.begin : b.part_begin[i - 1], i + 1 < b.parts ? b.part_end[i] : b.end, found[i]);
}

/// An emoji is a token only where a language file has it.
inline void scanner::symbol(sentence& s, glyph const& g) {
  if (g.length == 0) return;
  if (word_id const id = words_.find_exactly(g.text()); id != no_word && s.size < sentence::most_tokens) {
    emit_part(s, g.text(), at_ - g.size, at_, id);
    s.tokens[s.size - 1].kind = token_kind::emoji;
  }
}

/// S T O P: three single letters or more that make a known word.
inline void scanner::join_spaced(sentence& s) {
  for (std::size_t i = 0; i + 2 < s.size; ++i) {
    std::array<char, longest_word> chars{};
    std::size_t n = 0;
    while (i + n < s.size && n < chars.size() && s.tokens[i + n].text_size == 1) { chars[n] = s.text[s.tokens[i + n].text_at]; ++n; }
    if (n < 3) continue;
    word_id const id = words_.find({chars.data(), n});
    if (id == no_word) { i += n - 1; continue; }
    token& t = s.tokens[i];
    t.end = s.tokens[i + n - 1].end;
    t.word = id;
    t.kind = token_kind::word;
    if (s.text_size + n <= s.text.size()) {
      std::string_view{chars.data(), n}.copy(s.text.data() + s.text_size, n);
      t.text_at = static_cast<std::uint16_t>(s.text_size);
      t.text_size = static_cast<std::uint8_t>(n);
      s.text_size += n;
    }
    std::uint64_t const below = (std::uint64_t{2} << i) - 1;
    std::size_t const gone = n - 1;
    for (std::size_t k = i + 1; k + gone < s.size; ++k) s.tokens[k] = s.tokens[k + gone];
    s.size -= gone;
    s.breaks = (s.breaks & below) | ((s.breaks >> gone) & ~below);
  }
}

}  // namespace jawort::keyword
