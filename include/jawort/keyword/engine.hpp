// jawort/keyword/engine.hpp - all languages compiled, and the way of one message through them.
//
// compile: words into the lexicon, rules into lists by the rarest class that each needs. read: sentence by sentence,
// every language that knows most of its words looks for its rules; verdict.hpp weighs what was found.
#pragma once
#include <algorithm>
#include <array>
#include <deque>
#include <memory>
#include <optional>
#include <vector>

#include "language_file.hpp"
#include "tokens.hpp"
#include "topics.hpp"
#include "verdict.hpp"
#include "weights.hpp"

namespace jawort::keyword {

/// The roles of one language that the engine asks for, and what tokens are that it gives a role to.
struct roles {
  flags stop, weak, start, help, yes, no, polite, light, greeting, closing, title, everything, correction, booking, breaks, header, loan, join, nobreak, request, annoyed, neg, more, want, goes_on, interjection, contact;
  class_set as_polite{}, as_light{}, as_closing{}, as_title{};
  [[nodiscard]] flags keyword() const { return stop | weak | start | help | yes | no; }
  [[nodiscard]] flags naming() const { return greeting | title | closing; }
  /// A phrase that is a keyword ("no need") may be the beginning of a sentence that says more: its words keep their own
  /// meanings beside it. Any other phrase stands for all its words.
  [[nodiscard]] bool loose(class_set const& phrase) const {
    return phrase.any(keyword() | annoyed) && !phrase.any(polite | greeting | closing | title | neg | more | want | everything);
  }
};

struct compiled {
  std::string code, title;
  std::vector<rule> rules;                                    ///< vetoes first
  roles role;
  /// Rules by the class they hang on, and the classes that any hangs on.
  struct hook {
    std::uint16_t rule = 0;
    probe next{};                                             ///< the step after it that fewest words fit; none: fits always
    [[nodiscard]] bool may_fit(class_set const& present) const {
      if (next.size == 0 || next.wide) return true;
      std::uint64_t both = 0;
      for (std::size_t i = 0; i < next.size; ++i) both |= present.bits[next.at[i]] & next.mask[i];
      return both != 0;
    }
  };
  struct hooks {
    class_set triggers{};
    std::vector<std::vector<hook>> by_class;
  };
  hooks before, after;                                        ///< vetoes, frames and mentions come before the others
  std::vector<std::string> class_names;                       ///< as the files name them
  std::vector<class_set> kind_of;                             ///< the kind of each
  std::vector<class_set> word_of;                             ///< the kind of each and its role: what a word of it is
  std::vector<std::vector<std::uint32_t>> groups_of;          ///< by kind: numbers of its classes in `engine::groups`
};

class engine {
 public:
  [[nodiscard]] static result<std::shared_ptr<engine const>> compile(std::span<language_source const> files);
  [[nodiscard]] classification classify(std::string_view message, std::span<scope_word const> topics, weighing how) const;

  [[nodiscard]] std::vector<compiled> const& languages() const { return languages_; }
  [[nodiscard]] lexicon const& words() const { return words_; }
  [[nodiscard]] fold_table const& folds() const { return folds_; }
  [[nodiscard]] std::span<std::string const> codes() const { return codes_; }
  /// Calls `use(feature, row)` with all that is weighed of a message, what the rules answer last; the row is null for a
  /// feature without weights. Says whether the rules leave anything to weigh: a message that is only a keyword does not.
  template <class Use>
  bool weigh(std::string_view message, std::span<scope_word const> topics, Use const& use) const;
  [[nodiscard]] weights const& scales() const { return weights_; }

  /// Characters looked at and rules tried for a message, a measure of work that no clock blurs.
  [[nodiscard]] std::size_t steps(std::string_view message) const;

 private:
  using row = std::array<class_set, sentence::most_tokens>;
  /// One message on its way.
  struct clause {
    sentence const* of;
    std::array<class_set, sentence::most_tokens> tokens;      ///< without filling words
    std::array<std::uint8_t, sentence::most_tokens> place;    ///< of each in the sentence
    std::size_t size, from, to;
    class_set present;
    bool quoted, light;
  };
  struct reading {
    std::string_view message;
    topic_finder topics;
    verdict found;
    std::array<row, most_languages> meant;                    ///< classes of each token, by language
    std::array<std::uint32_t, most_languages> known{};        ///< two for each word that the language knows
    std::array<scope_word const*, sentence::most_tokens> named;  ///< the caller's topic at each token
    rule const* frame = nullptr;                              ///< of the sentence and language under way
    std::uint32_t speaks = 0;                                 ///< bit l: language l has a word of the sentence
    std::uint32_t mentioned = 0;                              ///< bit l: a rule of kind `mention` of language l has matched
    std::uint32_t requests = 0;                               ///< bit l: its question is a request ("would it be possible to …?")
    bool says = false;                                        ///< there is more in it than emoji and addresses
    std::size_t sentences = 0, tried = 0;
    reading(std::string_view m, topic_finder t, std::size_t languages) : message(m), topics(std::move(t)), found(languages) {}
  };

  /// What has been weighed of a message.
  struct weighed {
    /// The sentence that speaks most for an intent.
    struct place {
      std::int32_t sum;
      std::size_t begin, end;
      topics_named topics;
      bool everything;
      std::uint8_t language;
    };
    load all;
    std::array<place, intents> most;
    std::array<std::uint32_t, most_languages> words_in{};     ///< by language
    std::uint32_t words = 0, known = 0;                       ///< known: to the weights
    bool any = false, books = false, of_messages = false;
  };
  /// Room for the words of a sentence and their classes.
  struct word_room {
    static constexpr std::size_t most_groups = 8;             ///< of a word
    std::array<weighed_word, sentence::most_tokens> words;
    std::array<std::uint32_t, sentence::most_tokens * most_groups> groups;
    std::size_t size = 0;
  };

  static result<nothing> contradictions(std::vector<language> const& all);
  void add_words(language const& l, compiled const& c, std::uint8_t n);
  static result<compiled> arrange(language const& l);
  template <class Each>
  void read_all(reading& r, std::size_t& steps, Each const& each) const;
  void number_groups(compiled& c);
  [[nodiscard]] std::size_t best_known(reading const& r) const;
  void weighable(reading const& r, sentence const& s, word_room& room) const;
  void weigh_sentence(reading const& r, sentence const& s, weighed& w) const;
  template <class Use>
  void weigh_rules(verdict const& found, classification const& c, Use const& use) const;
  void second_opinion(verdict const& found, weighed& w, weighing how, classification& c) const;
  [[nodiscard]] std::optional<weights::bounds> bounds_for(weighed const& w, weighing how) const;
  void give_meaning(reading& r, sentence const& s) const;
  void find_phrases(reading& r, sentence const& s) const;
  void find_topics(reading& r, sentence const& s) const;
  [[nodiscard]] bool history(reading const& r, sentence const& s, scanner const& from) const;
  void read_sentence(reading& r, sentence const& s) const;
  /// What reading a clause gave.
  enum class said : std::uint8_t { nothing, keyword, something };
  said read_clause(reading& r, sentence const& s, std::size_t l, std::size_t from, std::size_t to, std::uint64_t joins, bool joined = false) const;
  void read_neighbours(reading& r, sentence const& s, std::size_t l, std::uint64_t starts, std::uint64_t spoke, std::uint64_t keywords) const;
  [[nodiscard]] bool all_light(reading const& r, sentence const& s, std::size_t l) const;
  bool apply_rules(reading& r, std::size_t l, clause const& c, std::uint64_t joins, bool& any, bool& vetoed) const;
  void note_names(reading& r, sentence const& s, std::size_t l) const;
  [[nodiscard]] std::uint32_t most_known(reading const& r) const { return *std::max_element(r.known.begin(), r.known.begin() + static_cast<std::ptrdiff_t>(languages_.size())); }
  [[nodiscard]] std::uint64_t clause_starts(reading const& r, sentence const& s, std::size_t l, std::uint64_t& joins) const;

  fold_table folds_;
  lexicon words_;
  std::vector<compiled> languages_;
  std::vector<std::string> codes_;
  weights weights_;
  std::deque<std::string> group_texts_;
  std::vector<side> groups_;                                  ///< class names of all languages
  std::vector<bool> of_messages_;                             ///< which of them are about messages
};

}  // namespace jawort::keyword

#include "compile.hpp"
#include "read.hpp"
#include "weigh.hpp"
