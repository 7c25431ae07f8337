// jawort/notice.hpp - the words a person was shown before they said yes.
//
// A notice is versioned; a consent refers to one version by its number, and to its words by their digest. A notice
// that lacks a mandatory part cannot be published, except as historical: words that were once shown are kept with
// their gaps, and cannot be used for a new request.
//
// `notice_book` is the pure view that rules take: every version that the ledger knew at the time asked for.
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "channel.hpp"
#include "event.hpp"
#include "message/text.hpp"
#include "purpose.hpp"
#include "time.hpp"

namespace jawort {

struct notice_recipient {
  std::string name;
  std::string country;    ///< ISO 3166, e.g. "US"
  std::string safeguard;  ///< the basis of a transfer to a third country
  friend bool operator==(notice_recipient const&, notice_recipient const&) = default;
};

/// The same words in another language. What is empty is as in the notice itself.
struct notice_variant {
  std::string language;
  std::string text, confirmation, keyword, stop_keyword, stop_text, rights_text;
  friend bool operator==(notice_variant const&, notice_variant const&) = default;
};

/// One version of a notice, as its file says it. Missing parts are empty.
struct notice {
  std::string id;
  std::uint32_t version = 0;          ///< counted by the ledger, from 1
  instant published_at;
  instant recorded_at;
  bool historical = false;
  std::string language;
  std::vector<channel> channels;
  std::vector<purpose> purposes;
  std::string keyword;
  bool double_opt_in = true;
  std::string text;
  std::string confirmation;
  int frequency_max = 0;              ///< 0: none promised
  int frequency_days = 0;
  std::vector<std::string> products;
  std::string controller_name, controller_address, controller_contact, data_protection_officer;
  std::vector<std::string> data_categories;
  std::string retention;
  std::vector<notice_recipient> recipients;
  std::string privacy_url, privacy_sha256;
  std::string stop_keyword, stop_text;
  std::string rights_text, rights_authority;
  bool data_required_said = false, automated_decisions_said = false;
  std::vector<notice_variant> variants;

  [[nodiscard]] bool names(channel c) const {
    return std::find(channels.begin(), channels.end(), c) != channels.end();
  }
  [[nodiscard]] bool covers(purpose const& p) const {
    return std::any_of(purposes.begin(), purposes.end(), [&](purpose const& q) { return q.covers(p); });
  }
  /// `newsletter@2`
  [[nodiscard]] std::string reference() const { return id + "@" + std::to_string(version); }
  /// The words in that language ("de-AT" is served by "de"); in the notice's own where there is no such variant.
  [[nodiscard]] notice_variant in(std::string_view wanted) const {
    notice_variant own{language, text, confirmation, keyword, stop_keyword, stop_text, rights_text};
    for (notice_variant const& v : variants) {
      if (v.language != wanted && v.language != wanted.substr(0, wanted.find('-'))) continue;
      own.language = v.language;
      auto const take = [](std::string& to, std::string const& from) { if (!from.empty()) to = from; };
      take(own.text, v.text); take(own.confirmation, v.confirmation); take(own.keyword, v.keyword);
      take(own.stop_keyword, v.stop_keyword); take(own.stop_text, v.stop_text); take(own.rights_text, v.rights_text);
      break;
    }
    return own;
  }
};

/// A mandatory part that a notice lacks: its key in the file, and the law that asks for it.
struct missing_part {
  std::string_view key;
  std::string_view law;
  bilingual what;
};

namespace detail {
[[nodiscard]] inline bool third_country(std::string_view country) {
  // The European Economic Area; anything else named is a third country.
  constexpr std::array<std::string_view, 30> eea{"AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR",
                                                 "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL",
                                                 "PL", "PT", "RO", "SK", "SI", "ES", "SE", "IS", "LI", "NO"};
  return !country.empty() && std::find(eea.begin(), eea.end(), country) == eea.end();
}
}  // namespace detail

/// The notice says that data go to a third country.
[[nodiscard]] inline bool names_third_country(notice const& n) {
  return std::any_of(n.recipients.begin(), n.recipients.end(),
                     [](notice_recipient const& r) { return detail::third_country(r.country); });
}

/// … and names a safeguard for it.
[[nodiscard]] inline bool names_safeguard(notice const& n) {
  return std::any_of(n.recipients.begin(), n.recipients.end(), [](notice_recipient const& r) {
    return detail::third_country(r.country) && !r.safeguard.empty();
  });
}

/// … which is standard contractual clauses or binding corporate rules, not an adequacy decision alone. Recognised
/// by their German and English names and by the numbers of the Commission's decisions on the clauses.
[[nodiscard]] inline bool names_standard_clauses(notice const& n) {
  constexpr std::array<std::string_view, 9> words{"standardvertragsklausel", "standarddatenschutzklausel",
                                                  "standard contractual", "standard data protection clause",
                                                  "model clause", "binding corporate", "verbindliche interne datenschutz",
                                                  "2021/914", "2010/87"};
  return std::any_of(n.recipients.begin(), n.recipients.end(), [&](notice_recipient const& r) {
    if (!detail::third_country(r.country)) return false;
    auto const s = detail::lower(r.safeguard);
    return std::any_of(words.begin(), words.end(), [&](std::string_view w) { return s.find(w) != s.npos; });
  });
}

/// Controller, product field and purpose are named in the words shown (rule `specific`).
[[nodiscard]] inline bool is_specific(notice const& n) {
  return !n.controller_name.empty() && !n.products.empty() && !n.purposes.empty();
}

/// Every mandatory part that is not there; empty for a complete notice.
[[nodiscard]] inline std::vector<missing_part> missing_parts(notice const& n) {
  std::vector<missing_part> out;
  auto const need = [&out](bool there, std::string_view key, std::string_view law, char const* de, char const* en) {
    if (!there) out.push_back({key, law, {de, en}});
  };
  need(!n.language.empty(), "language", "Art. 12 Abs. 1 DSGVO", "Sprache der Worte", "language of the words");
  need(!n.channels.empty(), "channels", "Art. 13 Abs. 1 lit. c DSGVO", "die Kanäle", "the channels");
  need(!n.purposes.empty(), "purposes", "Art. 4 Nr. 11, 13 Abs. 1 lit. c DSGVO", "die Zwecke", "the purposes");
  need(!n.text.empty(), "text", "Art. 7 Abs. 1 DSGVO", "die gezeigten Worte", "the words shown");
  need(!n.keyword.empty(), "keyword", "Art. 4 Nr. 11 DSGVO", "das Wort, mit dem die Person zustimmt", "the word by which the person agrees");
  need(!n.double_opt_in || !n.confirmation.empty(), "confirmation", "Art. 7 Abs. 1 DSGVO", "die neutrale Bitte um Bestätigung",
       "the neutral message that asks for confirmation");
  need(n.frequency_max > 0 && n.frequency_days > 0, "frequency", "Art. 13 Abs. 1 lit. c DSGVO", "wie viele Nachrichten in welchem Zeitraum (max, days)",
       "how many messages in which period (max, days)");
  need(!n.products.empty(), "content.products", "Art. 4 Nr. 11 DSGVO", "für welche Produkte geworben wird", "which products are advertised");
  need(!n.controller_name.empty(), "controller.name", "Art. 13 Abs. 1 lit. a DSGVO", "der Verantwortliche", "the controller");
  need(!n.controller_address.empty(), "controller.address", "Art. 13 Abs. 1 lit. a DSGVO", "die Anschrift des Verantwortlichen", "the controller's address");
  need(!n.controller_contact.empty(), "controller.contact", "Art. 13 Abs. 1 lit. a DSGVO", "wie man ihn erreicht", "how to reach the controller");
  need(!n.data_categories.empty(), "data.categories", "Art. 13 Abs. 1 DSGVO", "welche Daten gespeichert werden", "which data are stored");
  need(!n.retention.empty(), "data.retention", "Art. 13 Abs. 2 lit. a DSGVO", "wie lange sie gespeichert werden", "how long they are stored");
  need(!n.recipients.empty(), "recipient", "Art. 13 Abs. 1 lit. e DSGVO", "die Empfänger der Daten", "the recipients of the data");
  for (auto const& r : n.recipients) {
    need(!r.name.empty(), "recipient.name", "Art. 13 Abs. 1 lit. e DSGVO", "der Name eines Empfängers", "a recipient's name");
    need(!detail::third_country(r.country) || !r.safeguard.empty(), "recipient.safeguard", "Art. 13 Abs. 1 lit. f DSGVO",
         "die Garantie für das Drittland", "the safeguard for the third country");
  }
  need(!n.privacy_url.empty(), "privacy.url", "Art. 13 DSGVO", "wo die Datenschutzhinweise stehen", "where the privacy notice is");
  need(n.privacy_sha256.size() == 64, "privacy.sha256", "Art. 7 Abs. 1 DSGVO", "der Fingerabdruck ihres Textes (64 Hexziffern)", "the digest of its text (64 hex digits)");
  need(!n.stop_keyword.empty(), "stop.keyword", "Art. 7 Abs. 3 DSGVO", "das Wort, mit dem man sich abmeldet", "the word that stops");
  need(!n.stop_text.empty(), "stop.text", "Art. 7 Abs. 3, 13 Abs. 2 lit. c DSGVO", "der Hinweis auf den Widerruf", "the words about withdrawal");
  need(!n.rights_text.empty(), "rights.text", "Art. 13 Abs. 2 lit. b DSGVO", "die Rechte der Person", "the person's rights");
  need(!n.rights_authority.empty(), "rights.authority", "Art. 13 Abs. 2 lit. d DSGVO", "die Aufsichtsbehörde", "the supervisory authority");
  need(n.data_required_said, "rights.data_required", "Art. 13 Abs. 2 lit. e DSGVO", "ob die Angaben nötig sind", "whether the data are required");
  need(n.automated_decisions_said, "rights.automated_decisions", "Art. 13 Abs. 2 lit. f DSGVO", "ob automatisch entschieden wird", "whether decisions are automated");
  return out;
}

namespace detail {
/// The promotional words of a request for confirmation; the name of what is confirmed ("our newsletter") is none.
[[nodiscard]] inline std::string promotion_in_confirmation(std::string_view text) {
  std::vector<std::string_view> phrases;
  for (std::string_view const p : promotional_words)
    if (p.find("newsletter") == p.npos && p != "reisenews") phrases.push_back(p);
  return first_phrase(folded_words{text}.all(), phrases);
}

/// Words that make stopping a matter of another way than an answer.
inline constexpr std::array hard_ways{"schriftlich"sv, "per brief"sv, "per post"sv, "postalisch"sv, "per einschreiben"sv, "per fax"sv, "telefonisch"sv, "rufen sie"sv, "in writing"sv, "by letter"sv, "by post"sv, "call us"sv};
}  // namespace detail

/// The way out is on the same channel and one step (rule `withdrawal-easy`): a word to answer, or for e-mail alone a link.
[[nodiscard]] inline bool withdrawal_is_easy(notice const& n) {
  auto const words = detail::folded_words{n.stop_text}.all();
  bool const by_word = !n.stop_keyword.empty();
  bool const names_word = by_word && detail::names_somebody(words, detail::name_words(n.stop_keyword));
  bool const hard = !detail::first_phrase(words, detail::hard_ways).empty();
  bool const by_link = !detail::first_phrase(words, std::array{std::string_view{"link"}, std::string_view{"abmeldelink"}, std::string_view{"abmeld*"}, std::string_view{"unsubscrib*"}}).empty();
  bool const answers = std::any_of(n.channels.begin(), n.channels.end(), [](channel c) { return c != channel::email && c != channel::call; });
  if (hard && !names_word) return false;
  return by_word || (!answers && by_link);
}

/// What else keeps a notice from being published: advertising in the request for confirmation, no easy way out, variants
/// that lack their words. Empty for a good one.
[[nodiscard]] inline std::vector<missing_part> notice_flaws(notice const& n) {
  std::vector<missing_part> out;
  auto const neutral = [&](std::string const& text) {
    if (auto const p = detail::promotion_in_confirmation(text); !p.empty())
      out.push_back({"confirmation", "OLG Düsseldorf 17.3.2016 I-15 U 64/15", {"Werbung in der Bitte um Bestätigung („" + p + "“)", "advertising in the request for confirmation (“" + p + "”)"}});
  };
  neutral(n.confirmation);
  if (!n.stop_text.empty() && !withdrawal_is_easy(n))
    out.push_back({"stop", "Art. 7 Abs. 3 S. 4 DSGVO", {"Abmeldung in einem Schritt auf demselben Kanal", "a way out on the same channel in one step"}});
  for (notice_variant const& v : n.variants) {
    auto const lacks = [&](bool there, char const* key, char const* de, char const* en) {
      if (!there) out.push_back({key, "Art. 12 Abs. 1 DSGVO", {std::string{de} + " (Sprache " + v.language + ")", std::string{en} + " (language " + v.language + ")"}});
    };
    lacks(!v.language.empty(), "variant.language", "die Sprache der Übersetzung", "the variant's language");
    lacks(!v.text.empty(), "variant.text", "die gezeigten Worte", "the words shown");
    lacks(!n.double_opt_in || !v.confirmation.empty(), "variant.confirmation", "die Bitte um Bestätigung", "the request for confirmation");
    lacks(!v.stop_text.empty(), "variant.stop_text", "der Hinweis auf den Widerruf", "the words about withdrawal");
    neutral(v.confirmation);
  }
  return out;
}

/// What the rules need of a version, computed once when it is put into a book.
struct notice_view {
  std::string id;
  std::uint32_t version = 0;
  instant published_at, recorded_at;
  std::vector<channel> channels;
  std::vector<purpose> purposes;
  int frequency_max = 0, frequency_days = 0;
  std::string controller;
  std::vector<std::string> recipients;
  bool complete = false, specific = false;
  bool third_country = false, safeguard = false, standard_clauses = false;
  bool withdrawal_easy = true;
  std::vector<std::string> words;     ///< of the text and the products, folded; for rules that look a name up

  [[nodiscard]] bool names(channel c) const {
    return std::find(channels.begin(), channels.end(), c) != channels.end();
  }
  [[nodiscard]] bool covers(purpose const& p) const {
    return std::any_of(purposes.begin(), purposes.end(), [&](purpose const& q) { return q.covers(p); });
  }
};

[[nodiscard]] inline notice_view view_of(notice const& n) {
  notice_view v;
  v.id = n.id;
  v.version = n.version;
  v.published_at = n.published_at;
  v.recorded_at = n.recorded_at;
  v.channels = n.channels;
  v.purposes = n.purposes;
  v.frequency_max = n.frequency_max;
  v.frequency_days = n.frequency_days;
  v.controller = n.controller_name;
  for (auto const& r : n.recipients) v.recipients.push_back(r.name);
  v.complete = missing_parts(n).empty();
  v.specific = is_specific(n);
  v.third_country = names_third_country(n);
  v.safeguard = names_safeguard(n);
  v.standard_clauses = names_standard_clauses(n);
  v.withdrawal_easy = n.stop_text.empty() || withdrawal_is_easy(n);
  std::string shown = n.text;
  for (auto const& p : n.products) shown += "\n" + p;
  v.words = detail::folded_words{shown}.all();
  return v;
}

/// All versions of all notices, by number. Owns its views. Read by any number of threads once it is filled.
class notice_book {
 public:
  /// Adds a version and returns its number (1 for the first).
  notice_number add(notice_view v) {
    views_.push_back(std::move(v));
    return static_cast<notice_number>(views_.size());
  }
  /// The version, or nullptr for 0 and for numbers that nobody gave.
  [[nodiscard]] notice_view const* find(notice_number n) const {
    return n == 0 || n > views_.size() ? nullptr : &views_[n - 1];
  }
  [[nodiscard]] std::size_t size() const { return views_.size(); }

  /// The number of `id@version`; with version 0, of the version in force at `at` (the newest published by then),
  /// or else of the first one. 0 if there is none.
  [[nodiscard]] notice_number number_of(std::string_view id, std::uint32_t version, instant at) const {
    notice_number best = 0, first = 0;
    for (std::size_t i = 0; i < views_.size(); ++i) {
      if (views_[i].id != id) continue;
      auto const n = static_cast<notice_number>(i + 1);
      if (version != 0) {
        if (views_[i].version == version) return n;
        continue;
      }
      if (first == 0 || views_[i].published_at < views_[first - 1].published_at) first = n;
      if (views_[i].published_at <= at && (best == 0 || views_[i].published_at >= views_[best - 1].published_at)) best = n;
    }
    return best != 0 ? best : first;
  }

  /// The newest version of the same notice that was published and known by then.
  [[nodiscard]] notice_view const* newest_of(notice_view const& v, instant at, instant as_recorded) const {
    notice_view const* best = nullptr;
    for (auto const& w : views_)
      if (w.id == v.id && w.published_at <= at && w.recorded_at <= as_recorded &&
          (best == nullptr || w.published_at >= best->published_at))
        best = &w;
    return best;
  }

  /// Whether some version declares the purpose, a purpose above it, or a topic below it.
  [[nodiscard]] bool declares(purpose const& p) const {
    return p.is_built_in() || std::any_of(views_.begin(), views_.end(), [&](notice_view const& v) {
      return std::any_of(v.purposes.begin(), v.purposes.end(), [&](purpose const& q) { return q.related(p); });
    });
  }
  [[nodiscard]] std::vector<notice_view> const& all() const { return views_; }

 private:
  std::vector<notice_view> views_;
};

}  // namespace jawort
