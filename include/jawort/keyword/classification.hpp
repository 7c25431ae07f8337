// jawort/keyword/classification.hpp - what reading a message gives: intent, scope, what matched and why.
#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "../purpose.hpp"

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

/// Whether what words weigh is asked beside the rules (docs/KEYWORDS.md, "What words weigh").
enum class weighing : std::uint8_t {
  none,     ///< the rules alone: for talk among people, as in a group
  careful,  ///< but not where the weights' file has a reserve: in English, messages that may be talk among people
  all       ///< without reserve: for what comes back after messages of one's own
};

struct classification {
  intent what = intent::none;
  stop_scope scope = stop_scope::unsaid;
  std::optional<purpose> topic;       ///< of a stop where scope is `topic`, or of a start that names one
  std::string_view language;          ///< "de", "en", …; empty where nothing matched
  std::size_t begin = 0, end = 0;     ///< the bytes of the message that matched, [begin, end)
  std::string_view why;               ///< the stable id of the deciding rule, "de/no-more-messages", or "weighed/stop"; empty for none
  bool bare_yes = false;              ///< nothing but a yes ("ja", "ok", "yes please")
  double sure = 0;                    ///< how likely the weights hold the answer to be, 0 to 1; 0 where they were not asked
};

}  // namespace jawort
