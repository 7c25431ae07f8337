// jawort/keyword/topics.hpp - the caller's names of purposes, found in a message.
//
// Compared by stem: umlauts in any spelling, singular and plural, hyphens and spaces, one typing error in words of six
// letters and more, and compounds with a word that means messages (Kreuzfahrtangebote).
//
// Thread safety: values. Nothing allocates.
#pragma once
#include <array>
#include <span>
#include <string_view>

#include "classification.hpp"
#include "tokens.hpp"

namespace jawort::keyword {

/// A name reduced to what its spellings have in common.
struct stem {
  std::array<char, longest_word> chars;
  std::size_t size, whole;  ///< without and with its ending
  [[nodiscard]] std::string_view view() const { return {chars.data(), size}; }
  void add(char c) { if (size < chars.size()) chars[size++] = c; }

  /// ae oe ue as in umlauts' other spelling, however they came to stand there; then the endings of plurals and cases.
  void reduce() {
    std::size_t n = 0;
    for (std::size_t i = 0; i < size; ++i) {
      chars[n++] = chars[i];
      bool const umlaut = chars[i] == 'a' || chars[i] == 'o' || chars[i] == 'u';
      if (umlaut && i + 2 < size && chars[i + 1] == 'e') ++i;
    }
    size = whole = n;
    for (std::string_view const ending : {"ern", "en", "es", "er", "n", "e", "s"})
      if (size >= ending.size() + 4 && view().ends_with(ending)) { size -= ending.size(); break; }
  }
};

[[nodiscard]] inline stem stem_of_name(std::string_view name, fold_table const& folds) {
  stem s;
  s.size = 0;
  for (std::size_t at = 0; at < name.size();) {
    glyph const g = folds.read(name, at);
    at += g.size;
    if (g.kind == glyph_kind::letter || g.kind == glyph_kind::digit)
      for (char const c : g.text()) s.add(c);
  }
  s.reduce();
  return s;
}

/// The stem of `count` tokens written together.
[[nodiscard]] inline stem stem_of_tokens(sentence const& s, std::size_t first, std::size_t count) {
  stem out;
  out.size = 0;
  for (std::size_t i = first; i < first + count; ++i)
    for (char const c : s.spelling(s.tokens[i])) out.add(c);
  out.reduce();
  return out;
}

/// Finds scope words in sentences. Keeps the stems of up to 16; more are reduced anew each time.
class topic_finder {
 public:
  topic_finder(std::span<scope_word const> names, fold_table const& folds, lexicon const& words) : names_(names), folds_(folds), words_(words) {}

  /// The scope word that stands at token `at`, and over how many tokens; nullptr if none does.
  [[nodiscard]] scope_word const* find(sentence const& s, std::size_t at, std::size_t& tokens) {
    if (names_.empty() || s.tokens[at].kind != token_kind::word || s.tokens[at].text_size == 0) return nullptr;
    if (!may_begin(s.text[s.tokens[at].text_at])) return nullptr;
    scope_word const* best = nullptr;
    std::size_t longest = 0;
    for (std::size_t n = 1; n <= 3 && at + n <= s.size; ++n) {
      if (s.tokens[at + n - 1].kind != token_kind::word) break;
      if (n > 1 && (s.breaks >> (at + n - 1) & 1U) != 0) break;
      stem const typed = stem_of_tokens(s, at, n);
      for (std::size_t k = 0; k < names_.size(); ++k) {
        stem const name = name_at(k);
        if (name.size == 0 || !same(name, typed, n == 1)) continue;
        if (n > longest || (best != nullptr && best->means.covers(names_[k].means))) best = &names_[k];
        longest = n;
      }
    }
    tokens = longest;
    return best;
  }

 private:
  /// Whether any name begins with this letter; most words of a message do not.
  [[nodiscard]] bool may_begin(char c) {
    if (names_.size() > kept_.size()) return true;
    if (made_ == 0)
      for (; made_ < names_.size(); ++made_) {
        kept_[made_] = stem_of_name(names_[made_].word, folds_);
        if (kept_[made_].size > 0) letters_ |= letter_bit(kept_[made_].chars[0]);
      }
    return (letters_ & letter_bit(c)) != 0;
  }
  [[nodiscard]] static std::uint64_t letter_bit(char c) { return std::uint64_t{1} << (static_cast<unsigned char>(c) & 63U); }
  [[nodiscard]] stem name_at(std::size_t k) {
    return names_.size() > kept_.size() ? stem_of_name(names_[k].word, folds_) : kept_[k];
  }
  [[nodiscard]] bool same(stem const& named, stem const& typed, bool one_word) const {
    std::string_view const name = named.view(), word = typed.view();
    if (word.empty() || name[0] != word[0]) return false;
    if (name == word) return true;
    if (name.size() >= 4 && word.size() >= 4 && std::max(name.size(), word.size()) >= 5 && detail::one_error(name, word)) return true;
    std::string_view const whole{typed.chars.data(), typed.whole};
    if (!one_word || name.size() < 6 || !whole.starts_with(name)) return false;
    auto const rest = whole.substr(name.size());                             // kreuzfahrt|angebot, kreuzfahrt|en|newsletter
    for (std::size_t skip = 0; skip <= 3 && skip + 4 <= rest.size(); ++skip)
      if (words_.find_exactly(rest.substr(skip)) != no_word) return true;
    return false;
  }

  std::span<scope_word const> names_;
  fold_table const& folds_;
  lexicon const& words_;
  std::array<stem, 16> kept_;
  std::size_t made_ = 0;
  std::uint64_t letters_ = 0;
};

}  // namespace jawort::keyword
