// jawort/keyword.hpp - what a person's message asks of us: stop, start, help, … as people write it.
//
// A message is read as bytes (UTF-8; a byte that is not UTF-8 counts as ISO-8859-1). Quoted history, lines beginning
// with `>`, signatures, links and our own "reply STOP" footers are left out; what remains is cut into sentences and
// compared with word classes and short patterns that the language files define (docs/KEYWORDS.md). Where several
// intents fit, the one that protects more is the answer:
//     erase > wrong-number > stop > dispute > unclear > access > help > start > none
// (an erasure and a wrong number bar everything a stop bars, and more).
//
// `stop` is answered only where the words say so. `unclear` means: suspend, and ask once. Bookings ("Bitte stornieren",
// "cancel my trip") are unclear, never a stop. A bare yes is `none` with `bare_yes`: a start only as the answer to our
// own open question, which the caller alone knows.
//
//   result<keyword_grammar> grammar = keyword_grammar::load(sources);     // or built_in_grammar() of the compiled part
//   classification const c = grammar->classify("Bitte keine Angebote mehr, danke", topics);
//   if (c.what == intent::stop && c.scope == stop_scope::topic) withdraw(*c.topic);
//
// Time is linear in the message's length, memory is constant: classifying allocates nothing.
// Thread safety: a grammar is immutable; any number of threads may classify with it.
// Ownership: the views inside a classification point into the grammar and live as long as it does.
#pragma once
#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "keyword/classification.hpp"
#include "keyword/engine.hpp"
#include "result.hpp"

namespace jawort {

/// All rules of all languages, compiled. Cheap to copy (shared, immutable).
class keyword_grammar {
 public:
  /// Compiles language files. A file that begins with `language xx` replaces an earlier one of the same language,
  /// `extend xx` adds to it. Errors, each with file and line: `failure::malformed` for a line that is not understood,
  /// `failure::unknown_name` for a class or intent that does not exist, `failure::refused` for contradictions (a word
  /// that is both stop and start, a rule that can never match, two rules with one pattern and different intents).
  [[nodiscard]] static result<keyword_grammar> load(std::span<language_source const> files);

  /// What the message asks for. Never fails: any bytes are a message. `topics` are the names of the caller's purposes.
  /// A grammar that was loaded without weights reads by the rules alone, whatever `how` says.
  [[nodiscard]] classification classify(std::string_view message, std::span<scope_word const> topics = {}, weighing how = weighing::careful) const;

  /// The pattern of a rule as its file has it, for people who want to know why; empty for an unknown id.
  [[nodiscard]] std::string_view rule_text(std::string_view why) const;

  /// How likely the weights hold each intent, and what weighs most for the answer. For people who want to know why:
  /// this allocates.
  struct explanation {
    std::array<double, keyword::intents> likely{};            ///< by the number of the intent; all 0 if nothing was weighed
    struct reason { std::string feature; double weighs; };    ///< "word danke"; above 0 it speaks for the answer
    std::vector<reason> reasons;                              ///< the heaviest first
  };
  [[nodiscard]] explanation explain(std::string_view message, std::span<scope_word const> topics, intent answer, std::size_t most = 5) const;

  /// What is weighed of a message: `keyword::engine::weigh`. For learning weights.
  template <class Use>
  bool weigh(std::string_view message, std::span<scope_word const> topics, Use const& use) const { return engine_->weigh(message, topics, use); }

  /// The languages in their order, "de", "en", …
  [[nodiscard]] std::span<std::string const> languages() const;

 private:
  explicit keyword_grammar(std::shared_ptr<keyword::engine const> e) : engine_(std::move(e)) {}
  std::shared_ptr<keyword::engine const> engine_;
};

inline result<keyword_grammar> keyword_grammar::load(std::span<language_source const> files) {
  auto made = keyword::engine::compile(files);
  if (!made) return made.error();
  return keyword_grammar{*std::move(made)};
}
inline classification keyword_grammar::classify(std::string_view message, std::span<scope_word const> topics, weighing how) const {
  return engine_->classify(message, topics, how);
}
inline std::string_view keyword_grammar::rule_text(std::string_view why) const {
  for (auto const& l : engine_->languages())
    for (auto const& r : l.rules)
      if (r.id == why) return r.text;
  return {};
}
inline std::span<std::string const> keyword_grammar::languages() const { return engine_->codes(); }

inline keyword_grammar::explanation keyword_grammar::explain(std::string_view message, std::span<scope_word const> topics, intent answer, std::size_t most) const {
  explanation out;
  std::map<std::string, double> by_name;
  keyword::load all;
  auto const at = static_cast<std::size_t>(answer);
  bool const open = engine_->weigh(message, topics, [&](keyword::feature const& f, keyword::weights::row const* row) {
    if (row == nullptr) return;
    all.add(*row);
    if (f.kind == keyword::feature_kind::ends) return;  // every sentence has one: true, but no reason to a reader
    double sum = 0;
    for (auto const w : *row) sum += w;
    by_name[keyword::text_of(f)] += (*row)[at] - sum / keyword::intents;
  });
  if (!open || all.features == 0) return out;
  out.likely = keyword::probabilities(engine_->scales(), all);
  double const by = engine_->scales().scale() * keyword::share(all.features);
  for (auto const& [name, w] : by_name) out.reasons.push_back({name, w * by});
  std::stable_sort(out.reasons.begin(), out.reasons.end(), [](auto const& a, auto const& b) { return a.weighs > b.weighs; });
  if (out.reasons.size() > most) out.reasons.resize(most);
  return out;
}

}  // namespace jawort
