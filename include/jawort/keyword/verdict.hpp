// jawort/keyword/verdict.hpp - from what was found in the clauses of a message to one answer.
//
// Rules that matched are compared by what protects more. A keyword ("Stop", "Hilfe", "nein") is a clause that says
// nothing else, and counts by its place: alone in the message always; a stop also as a sentence of its own, or beside a
// clause that neither corrects it nor speaks of a booking or asks (then it is unclear: "Stop, warten Sie …"). A start that
// the file does not call `alone` counts beside other words if no rule matched and nothing denies, corrects, asks or books.
// What stands in quotation marks counts only where the sender wrote nothing else.
//
// Thread safety: values. Nothing allocates.
#pragma once
#include <array>
#include <cstdint>

#include "rules.hpp"

namespace jawort::keyword {

/// Larger protects more.
[[nodiscard]] constexpr int rank_of(intent i) {
  switch (i) {
    case intent::none: return 0;
    case intent::start: return 1;
    case intent::help: return 2;
    case intent::access: return 3;
    case intent::unclear: return 4;
    case intent::dispute: return 5;
    case intent::stop: return 6;
    case intent::wrong_number: return 7;
    case intent::erase: return 8;
  }
  return 0;
}

// What follows has no initial values: a message asks only as many views as there are languages.

/// The topics that a stop or start names.
struct topics_named {
  scope_word const* one;
  bool several;  ///< two that do not lie one below the other

  void add(scope_word const* w) {
    if (w == nullptr || several) return;
    if (one == nullptr || one->means.covers(w->means)) one = w;   // the narrower of two
    else if (!w->means.covers(one->means)) several = true;
  }
  void add(topics_named const& o) {
    add(o.one);
    several = several || o.several;
  }
};

struct finding {
  rule const* why;
  intent what;
  bool everything;
  std::uint8_t language;
  std::uint32_t known;            ///< how many words of its clause the language knows
  std::size_t begin, end;
};

/// What a language has seen of the message so far.
struct language_view {
  std::uint32_t known;                  ///< words of the whole message
  std::uint32_t names_left;             ///< words that may still belong to a signature
  bool content;                     ///< a clause outside quotation marks that says something
  bool everything;
  finding keyword, stop;                ///< the strongest keyword, and the stop among them that counts by its place
  bool any_keyword, any_stop, stop_own, stop_doubted;
  finding start;                        ///< a start that is a sentence of its own
  bool any_start, doubted;              ///< … and whether anything in the message puts one in doubt
  bool exclaimed, contact;              ///< the stop may be an exclamation ("Hör auf!"); the message speaks of messages
  topics_named topics, start_topics;
  // the sentence under way
  bool sentence_content, sentence_doubt, sentence_corrects;
  finding sentence_stop, sentence_start;
  bool sentence_has_stop, sentence_has_start;
  topics_named sentence_topics;           ///< in clauses that say nothing else
};

class verdict {
 public:
  explicit verdict(std::size_t languages) : languages_(languages) {
    for (std::size_t l = 0; l < languages; ++l) views_[l] = language_view{};
  }

  language_view& view(std::size_t l) { return views_[l]; }
  [[nodiscard]] std::size_t languages() const { return languages_; }

  /// A rule matched. Quoted ones wait until it is clear that nothing else was written.
  void found(finding const& f, bool quoted) {
    auto& best = quoted ? quoted_ : best_;
    auto& has = quoted ? has_quoted_ : has_;
    auto const i = static_cast<std::size_t>(f.what);
    if ((has >> i & 1U) == 0 || f.known > best[i].known) best[i] = f;
    has |= 1U << i;
  }

  /// A clause of language `l` that is only a keyword.
  void found_keyword(finding const& f, bool alone_only) {
    auto& v = views_[f.language];
    if (!v.any_keyword || rank_of(f.what) > rank_of(v.keyword.what)) v.keyword = f;
    v.any_keyword = true;
    if (f.what == intent::stop && !alone_only && !v.sentence_has_stop) {
      v.sentence_stop = f;
      v.sentence_has_stop = true;
    }
    if (f.what == intent::start && !alone_only) {
      v.sentence_start = f;
      v.sentence_has_start = true;
    }
  }

  /// A clause that says something; `doubt` where that would put a stop in the same sentence in doubt, `corrects` where
  /// it would put one before it in doubt.
  void found_content(std::size_t l, bool doubt, bool corrects) {
    auto& v = views_[l];
    v.sentence_content = true;
    v.sentence_doubt = v.sentence_doubt || doubt || corrects;
    v.sentence_corrects = v.sentence_corrects || corrects;
  }

  /// The sentence is over: what a stop in it counts for can be said.
  void end_sentence() {
    for (std::size_t l = 0; l < languages_; ++l) {
      auto& v = views_[l];
      if (v.any_stop && v.sentence_content) v.stop_doubted = v.stop_doubted || v.sentence_corrects;
      if (v.sentence_has_stop) {
        bool const own = !v.sentence_content;
        if (!v.any_stop || (own && !v.stop_own)) {
          v.stop = v.sentence_stop;
          v.stop_own = own;
          v.stop_doubted = v.sentence_doubt;
        }
        v.any_stop = true;
      }
      if (v.sentence_has_stop || !v.sentence_content) {
        v.topics.add(v.sentence_topics);
        v.start_topics.add(v.sentence_topics);
      }
      if (v.sentence_has_start && !v.any_start) v.start = v.sentence_start;
      v.any_start = v.any_start || v.sentence_has_start;
      v.doubted = v.doubted || v.sentence_doubt;
      v.content = v.content || v.sentence_content;
      v.sentence_content = v.sentence_doubt = v.sentence_corrects = v.sentence_has_stop = v.sentence_has_start = false;
      v.sentence_topics = {};
    }
  }

  /// The answer; `codes` are the languages' codes.
  [[nodiscard]] classification answer(std::span<std::string const> codes) {
    bool bare_yes = false;
    for (std::size_t l = 0; l < languages_; ++l) weigh_keywords(l, bare_yes);
    bool const content = !only_keywords();
    if (!content)
      for (std::size_t i = 0; i < quoted_.size(); ++i)
        if ((has_quoted_ >> i & 1U) != 0) found(quoted_[i], false);
    finding const* best = nullptr;
    for (std::size_t i = 0; i < best_.size(); ++i)
      if ((has_ >> i & 1U) != 0 && (best == nullptr || rank_of(best_[i].what) > rank_of(best->what))) best = &best_[i];
    classification c;
    c.bare_yes = bare_yes && best == nullptr;
    how_ = best != nullptr && best->what != intent::none ? name_of(best->why->kind) : denied_ ? "denied" : "silent";
    if (best == nullptr || best->what == intent::none) return c;
    c.what = best->what;
    c.language = codes[best->language];
    c.begin = best->begin;
    c.end = best->end;
    c.why = best->why->id;
    auto const& v = views_[best->language];
    if (c.what != intent::stop && c.what != intent::start) return c;
    auto const& named = c.what == intent::stop ? v.topics : v.start_topics;
    if (named.one != nullptr && !named.several) c.topic = named.one->means;
    if (c.what == intent::stop) c.scope = c.topic ? stop_scope::topic : v.everything || best->everything ? stop_scope::everything : stop_scope::unsaid;
    return c;
  }

  /// A veto or a frame says that a clause asks for nothing.
  void found_nothing() { denied_ = true; }

  /// After the answer: what gave it, "keyword", "plain", …; "denied" for none that a rule says, else "silent".
  [[nodiscard]] std::string_view how() const { return how_; }
  /// So far: no language has read anything but keywords.
  [[nodiscard]] bool only_keywords() const {
    for (std::size_t l = 0; l < languages_; ++l)
      if (views_[l].content && views_[l].known >= most_known()) return false;
    return true;
  }

 private:
  [[nodiscard]] std::uint32_t most_known() const {
    std::uint32_t most = 0;
    for (std::size_t l = 0; l < languages_; ++l) most = std::max(most, views_[l].known);
    return most;
  }

  void weigh_keywords(std::size_t l, bool& bare_yes) {
    auto& v = views_[l];
    if (!v.any_keyword) return;
    finding f = v.keyword;
    if (!v.content) {
      if (f.what == intent::none) { bare_yes = true; return; }
    } else {
      if (v.known * 4 < most_known() * 3) return;  // another language was written
      if (v.any_stop) {
        f = v.stop;
        f.what = !v.stop_doubted && (!v.exclaimed || v.contact) ? intent::stop : intent::unclear;
      } else if (v.any_start && !v.doubted && has_ == 0) {
        f = v.start;  // a start beside other words counts only where nothing speaks against it
      } else {
        return;
      }
    }
    f.known = v.known;
    found(f, false);
  }

  std::size_t languages_;
  std::array<language_view, most_languages> views_;
  std::array<finding, 9> best_, quoted_;  // those that has_ and has_quoted_ say
  std::uint32_t has_ = 0, has_quoted_ = 0;
  std::string_view how_;
  bool denied_ = false;
};

}  // namespace jawort::keyword
