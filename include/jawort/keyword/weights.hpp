// jawort/keyword/weights.hpp - what words weigh: a second opinion where rules are silent or in doubt.
//
// People find wordings that no rule foresees. A file of weights says, for each word, pair of words, part of a word and
// class of the language files, how much it speaks for each intent; the weights of all that stands in a message are added
// up and give a probability for each intent (multinomial logistic regression). What the rules found is weighed too. The
// file is made by tools/learn from labelled messages and is text like the language files (docs/KEYWORDS.md).
//
// Emoji and polite words at the ends of a sentence are not weighed, nor is what stands in quotation marks: they never
// change an answer.
//
// Bounds: at most 2^20 features a file. Thread safety: filled by one thread, then only read. Adding up allocates nothing.
#pragma once
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../result.hpp"
#include "classification.hpp"
#include "lexicon.hpp"
#include "tokens.hpp"

namespace jawort::keyword {

inline constexpr std::size_t intents = 9;

/// What can weigh something. The names are those of the file.
enum class feature_kind : std::uint8_t {
  word,       ///< a word as it is folded
  pair,       ///< a word and the one behind it; ^ and $ are the ends of the sentence
  piece,      ///< four letters of a word; < and > are its ends
  group,      ///< a class of the language that knows most words of the sentence
  groups,     ///< a class, and another at most three words behind it
  ends,       ///< how the sentence ends: ? or .
  answer      ///< what the rules answer, alone and with their kind
};
inline constexpr std::array<std::string_view, 7> feature_names{"word", "pair", "part", "class", "classes", "ends", "rule"};

/// A text and its number, so that it is hashed once.
struct side {
  std::string_view text;
  std::uint64_t number = 0;
  static side of(std::string_view t) { return {t, hash_of(t)}; }
};

struct feature {
  feature_kind kind;
  side a, b;
  [[nodiscard]] std::uint64_t number() const {
    std::uint64_t h = (a.number ^ (static_cast<std::uint64_t>(kind) + 1) * 0x9E3779B97F4A7C15ULL) * 0xff51afd7ed558ccdULL;
    h = (h ^ (h >> 32U) ^ std::rotl(b.number, 23)) * 0xc4ceb9fe1a85ec53ULL;
    return h ^ (h >> 29U);
  }
};

/// As a file of weights has it: "pair nie wieder".
[[nodiscard]] inline std::string text_of(feature const& f) {
  auto const kind = feature_names[static_cast<std::size_t>(f.kind)];
  return f.b.text.empty() ? fmt::format("{} {}", kind, f.a.text) : fmt::format("{} {} {}", kind, f.a.text, f.b.text);
}

/// A word of a sentence as it is weighed.
struct weighed_word {
  side word;
  bool letters = false;                  ///< it has parts
  std::span<std::uint32_t const> groups; ///< numbers of classes in `group_names`
};

/// Calls `use` with each feature of a sentence.
template <class Use>
void each_feature(std::span<weighed_word const> words, std::span<side const> group_names, bool asks, Use const& use) {
  static side const question = side::of("?"), statement = side::of("."), first = side::of("^"), last = side::of("$");
  constexpr std::size_t near = 3, letters = 4;
  if (words.empty()) return;
  use(feature{feature_kind::ends, asks ? question : statement, {}});
  for (std::size_t i = 0; i < words.size(); ++i) {
    auto const& w = words[i];
    use(feature{feature_kind::word, w.word, {}});
    use(feature{feature_kind::pair, i == 0 ? first : words[i - 1].word, w.word});
    for (auto const g : w.groups) {
      use(feature{feature_kind::group, group_names[g], {}});
      for (std::size_t k = 1; k <= near && k <= i; ++k)
        for (auto const before : words[i - k].groups) use(feature{feature_kind::groups, group_names[before], group_names[g]});
    }
    if (!w.letters) continue;
    std::array<char, longest_word + 2> bounded;
    std::size_t size = 0;
    bounded[size++] = '<';
    for (char const c : w.word.text) bounded[size++] = c;
    bounded[size++] = '>';
    for (std::size_t at = 0; at + letters <= size; ++at) use(feature{feature_kind::piece, side::of({bounded.data() + at, letters}), {}});
  }
  use(feature{feature_kind::pair, words.back().word, last});
}

/// The weights of one file.
class weights {
 public:
  using row = std::array<std::int8_t, 12>;    ///< one for each intent; the rest is 0
  /// When an answer is sure enough.
  struct bounds {
    double stop = 1;            ///< a stop that no rule hears
    double stop_by_rule = 0;    ///< a stop that a rule hears as well
    double unclear = 1;         ///< stop, erasure and wrong number together, or unclear itself: not `none`, but unclear
  };
  /// What `weighing::careful` demands of a message in one language: that the weights know this share of its words, that
  /// one is about messages, and other bounds.
  struct reserve {
    std::string language;
    double known = 0, stop = 1, unclear = 1;
  };

  [[nodiscard]] static bool is(std::string_view text) { return text.starts_with("weights "); }
  /// Errors, each with file and line: `failure::malformed`, `failure::unknown_name` for a kind of feature or a bound
  /// that does not exist, `failure::refused` for a feature that stands there twice.
  [[nodiscard]] static result<weights> read(language_source const& file);

  [[nodiscard]] bool empty() const { return cells_.empty(); }
  [[nodiscard]] row const* find(feature const& f) const { return find(f.number()); }
  [[nodiscard]] row const* find(std::uint64_t number) const {
    std::size_t const mask = cells_.size() - 1;
    auto const tag = tag_of(number);
    for (std::size_t at = number & mask;; at = (at + 1) & mask) {
      cell const& c = cells_[at];
      if (c.tag == tag) return &c.weigh;
      if (c.tag == 0) return nullptr;
    }
  }
  [[nodiscard]] std::array<double, intents> const& bias() const { return bias_; }
  [[nodiscard]] double scale() const { return scale_; }
  [[nodiscard]] bounds const& sure() const { return sure_; }
  /// Null for a language without one.
  [[nodiscard]] reserve const* reserve_of(std::string_view language) const {
    auto const at = std::find_if(reserves_.begin(), reserves_.end(), [&](reserve const& r) { return r.language == language; });
    return at == reserves_.end() ? nullptr : &*at;
  }

 private:
  struct cell {
    std::uint32_t tag = 0;
    row weigh{};
  };
  static std::uint32_t tag_of(std::uint64_t number) { return static_cast<std::uint32_t>(number >> 32U) | 1U; }
  struct reader;

  std::vector<cell> cells_;
  std::array<double, intents> bias_{};
  double scale_ = 1;
  bounds sure_;
  std::vector<reserve> reserves_;
};

/// What has been put on the scales.
struct load {
  std::array<std::int32_t, 12> sum{};
  std::uint32_t features = 0;
  void add(weights::row const& r) {
    for (std::size_t i = 0; i < r.size(); ++i) sum[i] += r[i];
    ++features;
  }
  void add(load const& o) {
    for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += o.sum[i];
    features += o.features;
  }
};

/// What a sum of so many weights is multiplied with: long messages have more to weigh, and grow with the power of 0.7.
[[nodiscard]] inline double share(std::size_t features) { return std::pow(static_cast<double>(features) + 1, -0.3); }

/// How likely each intent is.
[[nodiscard]] inline std::array<double, intents> probabilities(weights const& w, load const& l) {
  double const by = w.scale() * share(l.features);
  std::array<double, intents> p{};
  double most = -1e300, all = 0;
  for (std::size_t i = 0; i < intents; ++i) most = std::max(most, p[i] = w.bias()[i] + by * l.sum[i]);
  for (auto& x : p) all += x = std::exp(x - most);
  for (auto& x : p) x /= all;
  return p;
}

/// Whether this intent bars messages, at least until somebody has asked.
[[nodiscard]] constexpr bool bars(intent i) {
  return i == intent::stop || i == intent::erase || i == intent::wrong_number || i == intent::dispute || i == intent::unclear;
}

/// The intent that the rules and the weights give together. What a rule has heard stands, unless the weights hold another
/// for likelier; then it is unclear, as it is where what bars is likely enough though no answer is. Weights alone start
/// nothing: a start falsely heard would let messages through.
[[nodiscard]] inline intent settle(weights::bounds const& sure, intent by_rule, std::array<double, intents> const& p) {
  auto const of = [&p](intent i) { return p[static_cast<std::size_t>(i)]; };
  auto const likeliest = static_cast<intent>(std::max_element(p.begin(), p.end()) - p.begin());
  if (by_rule == intent::stop && of(intent::stop) >= sure.stop_by_rule) return intent::stop;
  if (by_rule != intent::none && by_rule != intent::unclear) return bars(by_rule) == bars(likeliest) && by_rule != intent::stop ? by_rule : intent::unclear;
  bool const asks = likeliest == intent::stop || likeliest == intent::unclear;
  if (likeliest == intent::stop && of(intent::stop) >= sure.stop) return intent::stop;
  if (bars(likeliest) && !asks) return likeliest;
  double const ends = of(intent::stop) + of(intent::erase) + of(intent::wrong_number);
  if (std::max(ends, of(intent::unclear)) >= sure.unclear || (asks && by_rule == intent::unclear)) return intent::unclear;
  return asks || likeliest == intent::start ? intent::none : likeliest;
}

/// Reads a file line by line:
///     weights 1
///     bias 0.5 -0.25 …          one for each intent, in the order of their numbers
///     scale 0.01                what a whole number below stands for
///     sure stop 0.6             a bound: stop, stop-by-rule, unclear
///     reserve en 0.75 0.95 0.8  in this language: the share of words known, and the bounds stop and unclear
///     word danke<TAB>12 -3 …    a feature and what it weighs, -127 to 127 for each intent
struct weights::reader {
  language_source const& file;
  weights made{};
  std::size_t line = 0;
  struct entry {
    std::uint64_t number;
    row weigh;
    std::size_t line;
  };
  std::vector<entry> rows{};

  [[nodiscard]] error wrong(failure f, bilingual m, bilingual hint) const {
    auto const where = fmt::format("{}:{}: ", file.name, line);
    return {f, {where + m.de, where + m.en}, std::move(hint)};
  }
  [[nodiscard]] error not_understood() const {
    return wrong(failure::malformed, {"Zeile nicht verstanden", "line not understood"},
                 {"die Form steht in docs/KEYWORDS.md, z. B. word danke<Tabulator>12 0 -3 0 0 0 0 0 0", "the form is in docs/KEYWORDS.md, e.g. word danke<tab>12 0 -3 0 0 0 0 0 0"});
  }

  /// Numbers with one space between them, as many as there is room for.
  template <class Number>
  [[nodiscard]] static bool numbers(std::string_view text, std::span<Number> out) {
    for (std::size_t i = 0; i < out.size(); ++i) {
      auto const [end, bad] = std::from_chars(text.data(), text.data() + text.size(), out[i]);
      if (bad != std::errc{}) return false;
      text.remove_prefix(static_cast<std::size_t>(end - text.data()));
      if (i + 1 == out.size()) return text.empty();
      if (!text.starts_with(' ')) return false;
      text.remove_prefix(1);
    }
    return false;
  }

  result<nothing> setting(std::string_view name, std::string_view value) {
    auto const finite = [](double d) { return std::isfinite(d); };
    if (name == "bias") return numbers<double>(value, made.bias_) && std::all_of(made.bias_.begin(), made.bias_.end(), finite) ? result<nothing>{nothing{}} : not_understood();
    if (name == "scale") return numbers<double>(value, {&made.scale_, 1}) && made.scale_ > 0 && made.scale_ < 1e6 ? result<nothing>{nothing{}} : not_understood();
    if (name != "sure" && name != "reserve") return not_understood();
    auto const space = value.find(' ');
    auto const which = value.substr(0, space);
    if (name == "reserve") {
      std::array<double, 3> bound{};
      bool const ok = space != std::string_view::npos && space > 0 && numbers<double>(value.substr(space + 1), bound) &&
                      std::all_of(bound.begin(), bound.end(), [](double d) { return d >= 0 && d <= 1; });
      if (!ok || made.reserve_of(which) != nullptr) return not_understood();
      made.reserves_.push_back({std::string{which}, bound[0], bound[1], bound[2]});
      return nothing{};
    }
    double* const at = which == "stop" ? &made.sure_.stop : which == "stop-by-rule" ? &made.sure_.stop_by_rule : which == "unclear" ? &made.sure_.unclear : nullptr;
    if (at == nullptr)
      return wrong(failure::unknown_name, {fmt::format("unbekannte Grenze '{}'", which), fmt::format("unknown bound '{}'", which)}, {"stop, stop-by-rule oder unclear", "stop, stop-by-rule or unclear"});
    bool const ok = space != std::string_view::npos && numbers<double>(value.substr(space + 1), {at, 1}) && *at >= 0 && *at <= 1;
    return ok ? result<nothing>{nothing{}} : not_understood();
  }

  result<nothing> feature_line(std::string_view what, std::string_view weighs) {
    auto const space = what.find(' ');
    auto const name = what.substr(0, space);
    auto const kind = std::find(feature_names.begin(), feature_names.end(), name);
    if (kind == feature_names.end())
      return wrong(failure::unknown_name, {fmt::format("unbekannte Art '{}'", name), fmt::format("unknown kind '{}'", name)},
                   {"word, pair, part, class, classes, ends oder rule", "word, pair, part, class, classes, ends or rule"});
    std::array<int, intents> each{};
    if (space == std::string_view::npos || !numbers<int>(weighs, each)) return not_understood();
    row r{};
    for (std::size_t i = 0; i < intents; ++i) {
      if (each[i] < -127 || each[i] > 127)
        return wrong(failure::malformed, {fmt::format("{} ist nicht zwischen -127 und 127", each[i]), fmt::format("{} is not between -127 and 127", each[i])}, {"mit `scale` verkleinern", "use a larger `scale`"});
      r[i] = static_cast<std::int8_t>(each[i]);
    }
    auto const sides = what.substr(space + 1);
    auto const second = sides.find(' ');
    feature const f{static_cast<feature_kind>(kind - feature_names.begin()), side::of(sides.substr(0, second)), second == std::string_view::npos ? side{} : side::of(sides.substr(second + 1))};
    rows.push_back({f.number(), r, line});
    if (rows.size() > (std::size_t{1} << 20U))
      return wrong(failure::refused, {"mehr als 1.048.576 Merkmale", "more than 1,048,576 features"}, {"weniger Merkmale angeben", "give fewer features"});
    return nothing{};
  }

  result<nothing> fill() {
    std::size_t size = 64;
    while (size < rows.size() + rows.size() / 2) size *= 2;
    made.cells_.resize(size);
    for (auto const& e : rows) {
      line = e.line;
      if (made.find(e.number) != nullptr)
        return wrong(failure::refused, {"dieses Merkmal steht schon vorher da", "this feature is there already"}, {"eines von beiden streichen", "take one of the two out"});
      std::size_t at = e.number & (size - 1);
      while (made.cells_[at].tag != 0) at = (at + 1) & (size - 1);
      made.cells_[at] = {tag_of(e.number), e.weigh};
    }
    return nothing{};
  }

  result<weights> run() {
    for (std::string_view rest = file.text; !rest.empty();) {
      ++line;
      auto const end = std::min(rest.find('\n'), rest.size());
      auto text = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (text.ends_with('\r')) text.remove_suffix(1);
      if (line == 1 && text != "weights 1")
        return wrong(failure::wrong_version, {"nur Gewichte der Form 1 sind bekannt", "only weights of form 1 are known"}, {"die erste Zeile ist: weights 1", "the first line is: weights 1"});
      if (line == 1 || text.empty() || text.starts_with('#')) continue;
      auto const tab = text.find('\t');
      auto const space = std::min(text.find(' '), text.size());
      auto ok = tab != std::string_view::npos ? feature_line(text.substr(0, tab), text.substr(tab + 1)) : setting(text.substr(0, space), text.substr(std::min(space + 1, text.size())));
      if (!ok) return ok.error();
    }
    if (auto ok = fill(); !ok) return ok.error();
    return std::move(made);
  }
};

inline result<weights> weights::read(language_source const& file) { return reader{file}.run(); }

}  // namespace jawort::keyword
