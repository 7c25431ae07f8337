// jawort/message/text.hpp - a text as words that can be compared, and phrases found among them.
//
// Pure; linear in the text. Invalid UTF-8 parts words and is never an error.
#pragma once
#include <utf8proc.h>

#include <algorithm>
#include <cstdlib>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "words.hpp"

namespace jawort {
namespace detail {

/// Words of a text: NFKC, small letters, without marks that nobody sees, ae oe ue ss, no apostrophes. A percent sign and
/// a line's end are words of their own. Bytes that are no UTF-8 part words.
class folded_words {
 public:
  explicit folded_words(std::string_view text) {
    std::string const clean = fold(text);
    auto const* at = reinterpret_cast<utf8proc_uint8_t const*>(clean.data());
    auto left = static_cast<utf8proc_ssize_t>(clean.size());
    std::string word;
    auto const close = [&] { if (!word.empty()) words_.push_back(std::move(word)); word.clear(); };
    while (left > 0) {
      utf8proc_int32_t c = 0;
      auto const n = utf8proc_iterate(at, left, &c);
      if (n <= 0) { close(); ++at; --left; continue; }
      put(c, std::string_view{reinterpret_cast<char const*>(at), static_cast<std::size_t>(n)}, word, close);
      at += n;
      left -= n;
    }
    close();
  }
  [[nodiscard]] std::vector<std::string> const& all() const { return words_; }
  static constexpr std::string_view line_end = "\n";

 private:
  static std::string fold(std::string_view text) {
    utf8proc_uint8_t* out = nullptr;
    auto const n = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &out,
                                static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
    std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> const owned{out, &std::free};
    if (n < 0) return ascii(text);
    return {reinterpret_cast<char const*>(out), static_cast<std::size_t>(n)};
  }
  /// For text that is no UTF-8.
  static std::string ascii(std::string_view text) {
    std::string out;
    for (char const c : text) out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : static_cast<unsigned char>(c) < 0x80 ? c : ' ';
    return out;
  }
  void put(utf8proc_int32_t c, std::string_view bytes, std::string& word, auto&& close) {
    switch (c) {
      case 0xE4: word += "ae"; return;
      case 0xF6: word += "oe"; return;
      case 0xFC: word += "ue"; return;
      case '\'': case 0x2019: case 0xB4: case '`': return;
      case '\n': case '\r': close(); words_.emplace_back(line_end); return;
      case '%': close(); words_.emplace_back("%"); return;
      default: break;
    }
    auto const category = utf8proc_category(c);
    bool const of_word = (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC) ||
                         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
    if (of_word) word += bytes;
    else close();
  }
  std::vector<std::string> words_;
};

/// Whether the phrase stands at that place; line ends are passed over between its words. Gives the place behind it, or 0.
[[nodiscard]] inline std::size_t phrase_ends(std::vector<std::string> const& words, std::size_t at, std::string_view phrase) {
  for (;;) {
    auto const blank = phrase.find(' ');
    std::string_view one = phrase.substr(0, blank);
    if (at >= words.size()) return 0;
    bool const open = one.ends_with('*');
    if (open) one.remove_suffix(1);
    if (open ? !words[at].starts_with(one) : words[at] != one) return 0;
    ++at;
    if (blank == std::string_view::npos) return at;
    phrase.remove_prefix(blank + 1);
    while (at < words.size() && words[at] == folded_words::line_end) ++at;
  }
}

/// The first of the phrases that stands in the words, as it stands there; empty for none.
[[nodiscard]] inline std::string first_phrase(std::vector<std::string> const& words, auto const& phrases) {
  for (std::size_t i = 0; i < words.size(); ++i)
    for (std::string_view const p : phrases)
      if (auto const end = phrase_ends(words, i, p); end != 0) {
        std::string out;
        for (std::size_t k = i; k < end; ++k)
          if (words[k] != folded_words::line_end) out += (out.empty() ? "" : " ") + words[k];
        return out;
      }
  return {};
}

[[nodiscard]] inline bool is_one_of(std::string_view word, auto const& list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// A name as people write it: without its legal form.
[[nodiscard]] inline std::vector<std::string> name_words(std::string_view name) {
  auto words = folded_words{name}.all();
  std::erase_if(words, [](std::string const& w) { return w == folded_words::line_end; });
  while (words.size() > 1 && is_one_of(words.back(), legal_forms)) words.pop_back();
  return words;
}

[[nodiscard]] inline bool names_somebody(std::span<std::string const> words, std::vector<std::string> const& name) {
  if (name.empty()) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::size_t k = i, found = 0;
    for (; k < words.size() && found < name.size(); ++k) {  // a name may run over a line's end
      if (words[k] == name[found]) ++found;
      else if (words[k] != folded_words::line_end || found == 0) break;
    }
    if (found == name.size()) return true;
  }
  return false;
}

}  // namespace detail

}  // namespace jawort
