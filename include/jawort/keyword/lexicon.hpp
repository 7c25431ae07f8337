// jawort/keyword/lexicon.hpp - the words of all languages, found as people type them.
//
// A word belongs to classes ("stop", "message", "neg", …) of one or more languages. It is found by its folded spelling
// (normalise.hpp), and where that is unknown: by a stem written with `*` in the file, with repeated letters drawn
// together (STOOOPP), with digits read as letters (ST0P), and with one typing error, for classes that the file names
// under `typos`. Phrases of several words are found as paths from word to word.
//
// Bounds: at most 16 languages, 2,048 classes of at most 1,248 kinds a language; a word is looked at up to `longest_word` bytes.
// Thread safety: filled by one thread, then only read. Looking up allocates nothing.
#pragma once
#include <array>
#include <bit>
#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace jawort::keyword {

inline constexpr std::size_t longest_word = 48;
inline constexpr std::size_t most_languages = 16;

/// Numbers below 64, tested at once: the reserved classes and the roles that the engine asks for have the lowest ones.
struct flags {
  std::uint64_t bits = 0;
  static constexpr flags of(std::size_t n) { return {std::uint64_t{1} << n}; }
  friend constexpr flags operator|(flags a, flags b) { return {a.bits | b.bits}; }
  [[nodiscard]] constexpr flags without(flags o) const { return {bits & ~o.bits}; }
};

/// A set of numbers below 64 * Words. No initial values: rows of them are filled as far as a sentence goes.
template <std::size_t Words>
struct number_set {
  std::array<std::uint64_t, Words> bits;
  static constexpr std::size_t limit = Words * 64;
  static constexpr number_set of(std::size_t n) {
    number_set s{};
    s.bits[n / 64] = std::uint64_t{1} << (n % 64);
    return s;
  }
  [[nodiscard]] constexpr bool any(number_set const& o) const {
    std::uint64_t both = 0;
    for (std::size_t i = 0; i < Words; ++i) both |= bits[i] & o.bits[i];
    return both != 0;
  }
  [[nodiscard]] constexpr bool any(flags f) const { return (bits[0] & f.bits) != 0; }
  [[nodiscard]] constexpr bool none() const { return *this == number_set{}; }
  [[nodiscard]] constexpr bool has(std::size_t n) const { return (bits[n / 64] >> (n % 64) & 1U) != 0; }
  constexpr void add(std::size_t n) { bits[n / 64] |= std::uint64_t{1} << (n % 64); }
  /// Calls `use` with each number in it, the lowest first.
  template <class Use>
  constexpr void each(Use const& use) const {
    for (std::size_t i = 0; i < Words; ++i)
      for (std::uint64_t rest = bits[i]; rest != 0; rest &= rest - 1) use(i * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
  }
  [[nodiscard]] constexpr number_set without(number_set const& o) const {
    number_set s{};
    for (std::size_t i = 0; i < Words; ++i) s.bits[i] = bits[i] & ~o.bits[i];
    return s;
  }
  constexpr number_set& operator|=(number_set const& o) {
    for (std::size_t i = 0; i < Words; ++i) bits[i] |= o.bits[i];
    return *this;
  }
  friend constexpr number_set operator|(number_set a, number_set const& b) { return a |= b; }
  friend constexpr bool operator==(number_set const&, number_set const&) = default;
};

/// Classes as a language file names them.
using named_set = number_set<32>;
/// Kinds of words: classes that no rule tells apart are one kind. This is what messages are compared with.
using class_set = number_set<20>;

/// A word found; 0 is none.
using word_id = std::uint32_t;
inline constexpr word_id no_word = 0;

struct meaning {
  class_set classes{};
  std::uint8_t language = 0;
};

[[nodiscard]] inline std::uint64_t hash_of(std::string_view s, std::uint64_t seed = 0x9E3779B97F4A7C15ULL) {
  std::uint64_t h = seed ^ (s.size() * 0xff51afd7ed558ccdULL);
  std::size_t i = 0;
  auto const mix = [&h](std::uint64_t v) {
    h = (h ^ v) * 0xc4ceb9fe1a85ec53ULL;
    h ^= h >> 32U;
  };
  auto const load = [&](std::size_t at, std::size_t n) {
    std::uint64_t v = 0;
    for (std::size_t k = 0; k < n; ++k) v |= static_cast<std::uint64_t>(static_cast<unsigned char>(s[at + k])) << (8 * k);
    return v;
  };
  for (; i + 8 <= s.size(); i += 8) mix(load(i, 8));
  if (i < s.size()) mix(load(i, s.size() - i));
  return h ^ (h >> 29U);
}

/// Open addressing from a string's hash to a number; the strings stay with their owner.
class string_index {
 public:
  void reserve(std::size_t n) {
    std::size_t size = 64;
    while (size < n * 3) size *= 2;
    cells_.assign(size, {});
  }
  /// The number under this hash for which `same(number)` holds, or 0.
  template <class Same>
  [[nodiscard]] std::uint32_t find(std::uint64_t hash, Same const& same) const {
    if (cells_.empty()) return 0;
    for (std::size_t at = hash & (cells_.size() - 1);; at = (at + 1) & (cells_.size() - 1)) {
      cell const& c = cells_[at];
      if (c.value == 0) return 0;
      if (c.tag == static_cast<std::uint32_t>(hash >> 32U) && same(c.value)) return c.value;
    }
  }
  void add(std::uint64_t hash, std::uint32_t value) {
    std::size_t at = hash & (cells_.size() - 1);
    while (cells_[at].value != 0) at = (at + 1) & (cells_.size() - 1);
    cells_[at] = {static_cast<std::uint32_t>(hash >> 32U), value};
  }

 private:
  struct cell { std::uint32_t tag = 0, value = 0; };
  std::vector<cell> cells_;
};

class lexicon {
 public:
  /// Gives a language's word these classes. `folded` is its spelling after folding; `*` at one end makes a stem of
  /// three letters or more. With `typos`, one typing error in it is forgiven (words of six letters and more).
  /// Returns the word.
  word_id add(std::string_view folded, std::uint8_t language, class_set classes, bool typos);
  /// Gives a phrase (folded words) of one language these classes. Returns the phrase, itself a word.
  word_id add_phrase(std::vector<std::string> const& folded, std::uint8_t language, class_set classes);
  /// Makes room for so many words at once.
  void expect(std::size_t words) {
    words_.reserve(words);
    loading_.reserve(words);
  }
  /// Builds the indexes; nothing is added afterwards.
  void finish();

  /// The word with this folded spelling, forgiving what is said above; `no_word` if there is none.
  [[nodiscard]] word_id find(std::string_view folded) const;
  /// The same without forgiving anything.
  [[nodiscard]] word_id find_exactly(std::string_view folded) const {
    return exact_.find(hash_of(folded), [&](word_id w) { return words_[w].text == folded; });
  }

  /// What a word means in a language; the empty set if nothing.
  [[nodiscard]] class_set meaning_of(word_id w, std::size_t language) const {
    for (auto const& m : words_[w].meanings)
      if (m.language == language) return m.classes;
    return {};
  }
  [[nodiscard]] std::vector<meaning> const& meanings(word_id w) const { return words_[w].meanings; }
  /// Whether a dot behind the word belongs to it ("Art.", "Hr.").
  void set_abbreviation(word_id w) { words_[w].abbreviation = true; }
  [[nodiscard]] bool abbreviation(word_id w) const { return words_[w].abbreviation; }
  [[nodiscard]] bool begins_phrase(word_id w) const { return words_[w].begins_phrase; }

  /// The step from a place in the phrases (0: their beginning) by a word; 0 if no phrase goes on so.
  [[nodiscard]] std::uint32_t phrase_step(std::uint32_t from, word_id w) const {
    return steps_.find(step_hash(from, w), [&](std::uint32_t n) { return nodes_[n].from == from && nodes_[n].by == w; });
  }
  /// The phrase that ends at a place, `no_word` if none does.
  [[nodiscard]] word_id phrase_end(std::uint32_t place) const { return nodes_[place].ends; }

 private:
  struct word {
    std::string text;
    std::vector<meaning> meanings;
    bool begins_phrase = false, typos = false, abbreviation = false, stem_before = false, stem_after = false;
  };
  struct node { std::uint32_t from = 0; word_id by = 0; word_id ends = 0; };
  struct spelling { std::string text; word_id of = no_word; };

  word_id put(std::string_view text, bool before, bool after);
  static void mean(word& w, std::uint8_t language, class_set classes);
  [[nodiscard]] word_id by_stem(std::string_view w) const;
  [[nodiscard]] word_id by_repeats(std::string_view w) const;
  [[nodiscard]] word_id by_digits(std::string_view w) const;
  [[nodiscard]] word_id by_typo(std::string_view w) const;
  [[nodiscard]] word_id misspelled(std::string_view key, std::string_view typed) const;
  [[nodiscard]] static std::size_t three(std::string_view s) { return hash_of(s.substr(0, 3)) & 0xFFFU; }
  [[nodiscard]] static std::uint64_t step_hash(std::uint32_t from, word_id w) {
    return (((static_cast<std::uint64_t>(from) << 32U) | w) + 1) * 0x9E3779B97F4A7C15ULL;
  }
  static constexpr std::size_t shortest_typo = 6;

  std::vector<word> words_{word{}};
  std::vector<node> nodes_{node{}};
  std::unordered_map<std::string, word_id> loading_;         // spelling with its stars -> word, until finish()
  std::unordered_map<std::uint64_t, std::uint32_t> loading_steps_;  // place and word -> place, until finish()
  string_index exact_, stems_before_, stems_after_, together_, typos_, steps_;
  std::bitset<0x1000> head_, tail_;                          // the first and last three letters of stems
  std::uint64_t stem_lengths_ = 0;
  std::vector<spelling> together_text_{spelling{}}, deletions_{spelling{}};
};

namespace detail {
/// Runs of one letter as a single one: stooopp, stop.
inline std::string_view drawn_together(std::string_view w, std::array<char, longest_word>& out) {
  std::size_t n = 0;
  for (char const c : w)
    if (n == 0 || out[n - 1] != c) out[n++] = c;
  return {out.data(), n};
}

/// `w` without its letter at `i`.
inline std::string_view without_letter(std::string_view w, std::size_t i, std::array<char, longest_word>& out) {
  w.copy(out.data(), i);
  w.substr(i + 1).copy(out.data() + i, w.size() - i - 1);
  return {out.data(), w.size() - 1};
}

/// Whether one substituted or missing letter, one too many, or two exchanged neighbours make `a` of `b`.
[[nodiscard]] inline bool one_error(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > 1) return false;
  std::size_t i = 0;
  while (i < a.size() && a[i] == b[i]) ++i;
  if (a.size() < b.size()) return a.substr(i) == b.substr(i + 1);
  if (i == a.size() || a.substr(i + 1) == b.substr(i + 1)) return true;
  return i + 1 < a.size() && a[i] == b[i + 1] && a[i + 1] == b[i] && a.substr(i + 2) == b.substr(i + 2);
}
}  // namespace detail

inline word_id lexicon::put(std::string_view text, bool before, bool after) {
  auto const [at, fresh] = loading_.try_emplace((before ? "*" : "") + std::string{text} + (after ? "*" : ""), static_cast<word_id>(words_.size()));
  if (fresh) {
    words_.emplace_back();
    words_.back().text = std::string{text};
    words_.back().stem_before = before;
    words_.back().stem_after = after;
  }
  return at->second;
}

inline void lexicon::mean(word& w, std::uint8_t language, class_set classes) {
  for (auto& m : w.meanings)
    if (m.language == language) { m.classes |= classes; return; }
  w.meanings.push_back({classes, language});
}

inline word_id lexicon::add(std::string_view folded, std::uint8_t language, class_set classes, bool typos) {
  bool const before = folded.starts_with('*'), after = folded.ends_with('*');
  word_id const id = put(folded.substr(before ? 1 : 0, folded.size() - (before ? 1U : 0U) - (after ? 1U : 0U)), before, after);
  mean(words_[id], language, classes);
  words_[id].typos = words_[id].typos || typos;
  return id;
}

inline word_id lexicon::add_phrase(std::vector<std::string> const& folded, std::uint8_t language, class_set classes) {
  std::uint32_t place = 0;
  std::string whole;
  for (auto const& w : folded) {
    word_id const id = put(w, false, false);
    if (place == 0) words_[id].begins_phrase = true;
    auto const [next, fresh] = loading_steps_.try_emplace(static_cast<std::uint64_t>(place) << 32U | id, static_cast<std::uint32_t>(nodes_.size()));
    if (fresh) nodes_.push_back({place, id, no_word});
    place = next->second;
    whole += (whole.empty() ? "" : " ") + w;
  }
  word_id const id = put(whole, false, false);
  mean(words_[id], language, classes);
  nodes_[place].ends = id;
  return id;
}

inline void lexicon::finish() {
  auto const count = words_.size();
  exact_.reserve(count);
  stems_before_.reserve(count);
  stems_after_.reserve(count);
  together_.reserve(count);
  steps_.reserve(nodes_.size());
  together_text_.reserve(count);
  for (std::uint32_t n = 1; n < nodes_.size(); ++n) steps_.add(step_hash(nodes_[n].from, nodes_[n].by), n);
  std::array<char, longest_word> room{};
  for (word_id id = 1; id < count; ++id) {
    auto const& w = words_[id];
    auto const h = hash_of(w.text);
    if (w.stem_before || w.stem_after) {
      (w.stem_before ? stems_before_ : stems_after_).add(h, id);
      (w.stem_before ? tail_ : head_).set(three(w.stem_before ? std::string_view{w.text}.substr(w.text.size() - 3) : std::string_view{w.text}));
      stem_lengths_ |= std::uint64_t{1} << w.text.size();
      continue;
    }
    exact_.add(h, id);
    if (w.meanings.empty() || w.text.size() > longest_word || w.text.find(' ') != std::string::npos) continue;
    together_text_.push_back({std::string{detail::drawn_together(w.text, room)}, id});
    together_.add(hash_of(together_text_.back().text), static_cast<std::uint32_t>(together_text_.size() - 1));
    if (!w.typos || w.text.size() < shortest_typo) continue;
    deletions_.push_back({w.text, id});
    for (std::size_t i = 1; i < w.text.size(); ++i) deletions_.push_back({std::string{detail::without_letter(w.text, i, room)}, id});
  }
  // A word that one class has in full keeps what its stem means to others.
  for (word_id id = 1; id < count; ++id) {
    auto const& w = words_[id];
    if (w.stem_before || w.stem_after || w.text.size() < 3 || w.text.find(' ') != std::string::npos) continue;
    if (word_id const stem = by_stem(w.text); stem != no_word)
      for (auto const& m : words_[stem].meanings) mean(words_[id], m.language, m.classes);
  }
  typos_.reserve(deletions_.size());
  for (std::uint32_t d = 1; d < deletions_.size(); ++d) typos_.add(hash_of(deletions_[d].text), d);
  loading_ = {};
  loading_steps_ = {};
}

inline word_id lexicon::find(std::string_view w) const {
  if (w.empty() || w.size() > longest_word) return no_word;
  if (auto const id = find_exactly(w); id != no_word) return id;
  if (w.size() < 3) return no_word;
  if (auto const id = by_stem(w); id != no_word) return id;
  if (auto const id = by_repeats(w); id != no_word) return id;
  if (auto const id = by_digits(w); id != no_word) return id;
  return w.size() >= shortest_typo ? by_typo(w) : no_word;
}

/// The longest stem wins.
inline word_id lexicon::by_stem(std::string_view w) const {
  bool const head = head_.test(three(w)), tail = tail_.test(three(w.substr(w.size() - 3)));
  if (!head && !tail) return no_word;
  for (std::size_t n = w.size(); n >= 3; --n) {
    if ((stem_lengths_ & (std::uint64_t{1} << n)) == 0) continue;
    auto const in = [&](string_index const& index, std::string_view part) { return index.find(hash_of(part), [&](word_id id) { return words_[id].text == part; }); };
    if (tail)
      if (auto const id = in(stems_before_, w.substr(w.size() - n)); id != no_word) return id;
    if (head)
      if (auto const id = in(stems_after_, w.substr(0, n)); id != no_word) return id;
  }
  return no_word;
}

/// Only where a letter stands three times or more in a row: no word of these languages has that.
inline word_id lexicon::by_repeats(std::string_view w) const {
  bool found = false;
  for (std::size_t i = 2; i < w.size() && !found; ++i) found = w[i] == w[i - 1] && w[i] == w[i - 2];
  if (!found) return no_word;
  std::array<char, longest_word> room{};
  auto const t = detail::drawn_together(w, room);
  auto const n = together_.find(hash_of(t), [&](std::uint32_t i) { return together_text_[i].text == t; });
  return n == 0 ? no_word : together_text_[n].of;
}

inline word_id lexicon::by_digits(std::string_view w) const {
  std::array<char, longest_word> room{};
  bool digits = false, letters = false;
  for (std::size_t i = 0; i < w.size(); ++i) {
    constexpr std::string_view from = "013457", to = "oieast";
    auto const at = from.find(w[i]);
    room[i] = at == std::string_view::npos ? w[i] : to[at];
    digits = digits || at != std::string_view::npos;
    letters = letters || (w[i] >= 'a' && w[i] <= 'z');
  }
  return digits && letters ? find_exactly({room.data(), w.size()}) : no_word;
}

inline word_id lexicon::misspelled(std::string_view key, std::string_view typed) const {
  auto const d = typos_.find(hash_of(key), [&](std::uint32_t i) {
    return deletions_[i].text == key && detail::one_error(typed, words_[deletions_[i].of].text);
  });
  return d == 0 ? no_word : deletions_[d].of;
}

/// The first letter is taken as right: errors there are rare, and other words near.
inline word_id lexicon::by_typo(std::string_view w) const {
  if (auto const id = misspelled(w, w); id != no_word) return id;
  std::array<char, longest_word> room{};
  for (std::size_t i = 1; i < w.size(); ++i)
    if (auto const id = misspelled(detail::without_letter(w, i, room), w); id != no_word) return id;
  return no_word;
}

}  // namespace jawort::keyword
