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
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "purpose.hpp"
#include "result.hpp"

namespace jawort {

/// What a message asks for. The numbers are stable.
enum class intent : std::uint8_t { none = 0, start = 1, stop = 2, help = 3, access = 4, erase = 5, wrong_number = 6, dispute = 7, unclear = 8 };

/// The stable text name: none start stop help access erase wrong-number dispute unclear.
[[nodiscard]] constexpr std::string_view name_of(intent i) {
  switch (i) {
    case intent::none: return "none";
    case intent::start: return "start";
    case intent::stop: return "stop";
    case intent::help: return "help";
    case intent::access: return "access";
    case intent::erase: return "erase";
    case intent::wrong_number: return "wrong-number";
    case intent::dispute: return "dispute";
    case intent::unclear: return "unclear";
  }
  return "none";
}

/// How far a stop reaches.
enum class stop_scope : std::uint8_t {
  unsaid,     ///< not said: the channel it came by
  topic,      ///< the topic named
  everything  ///< every channel
};

[[nodiscard]] constexpr std::string_view name_of(stop_scope s) {
  return s == stop_scope::unsaid ? "unsaid" : s == stop_scope::topic ? "topic" : "everything";
}

/// A word by which people name a purpose or topic: "angebote" means `offers`, "kreuzfahrten" means
/// `newsletter/cruises`. Singular and plural, umlauts and their spellings, hyphens and one typing error are forgiven;
/// several words ("city trips") are one name.
struct scope_word {
  std::string word;
  purpose means;
};

/// A language file: `name` appears in errors, `text` is its content (the form is in docs/KEYWORDS.md).
struct language_source {
  std::string name;
  std::string text;
};

struct classification {
  intent what = intent::none;
  stop_scope scope = stop_scope::unsaid;
  std::optional<purpose> topic;       ///< of a stop where scope is `topic`, or of a start that names one
  std::string_view language;          ///< "de", "en", …; empty where nothing matched
  std::size_t begin = 0, end = 0;     ///< the bytes of the message that matched, [begin, end)
  std::string_view why;               ///< the stable id of the deciding rule, "de/no-more-messages"; empty for none
  bool bare_yes = false;              ///< nothing but a yes ("ja", "ok", "yes please")
};

namespace keyword { class engine; }

/// All rules of all languages, compiled. Cheap to copy (shared, immutable).
class keyword_grammar {
 public:
  /// Compiles language files. A file that begins with `language xx` replaces an earlier one of the same language,
  /// `extend xx` adds to it. Errors, each with file and line: `failure::malformed` for a line that is not understood,
  /// `failure::unknown_name` for a class or intent that does not exist, `failure::refused` for contradictions (a word
  /// that is both stop and start, a rule that can never match, two rules with one pattern and different intents).
  [[nodiscard]] static result<keyword_grammar> load(std::span<language_source const> files);

  /// What the message asks for. Never fails: any bytes are a message. `topics` are the names of the caller's purposes.
  [[nodiscard]] classification classify(std::string_view message, std::span<scope_word const> topics = {}) const;

  /// The pattern of a rule as its file has it, for people who want to know why; empty for an unknown id.
  [[nodiscard]] std::string_view rule_text(std::string_view why) const;

  /// The languages in their order, "de", "en", …
  [[nodiscard]] std::span<std::string const> languages() const;

 private:
  explicit keyword_grammar(std::shared_ptr<keyword::engine const> e) : engine_(std::move(e)) {}
  std::shared_ptr<keyword::engine const> engine_;
};

}  // namespace jawort

#include "keyword/engine.hpp"
