// jawort/message.hpp - what kind of message a text is: advertising or service, from whom, with which way out.
//
// The words decide, not what the sender calls it: one promotional part makes a service message advertising. The answer is
// plain facts; message_rules.hpp makes reasons of them.
//
//   message_facts const m = read_message(text, {{"Reisestube Silberkranich GmbH"}});
//   m.promotional;   // "fruehbucher" or empty
//
// Sources: RULES of the design; § 7 UWG; BGH 10.7.2018 VI ZR 225/17 (a request for feedback is advertising). Pure; linear in
// the text; the facts own what they say. Recognition by words is a net, not a proof: what it misses, it misses silently.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "message/text.hpp"
#include "message/words.hpp"
#include "payment_data.hpp"

namespace jawort {

/// Names that the reader of a message is to look for.
struct message_names {
  std::vector<std::string> senders;        ///< the controller, and other names that it goes by
  std::vector<std::string> operators;      ///< staff; empty: any name after a closing
  std::vector<std::string> third_parties;  ///< others whose goods may be advertised
  std::vector<std::string> stop_words;     ///< besides "stop", as the notices say
};

struct message_facts {
  std::string promotional;                 ///< the words that make it advertising; empty for none
  std::string asks_for_consent;            ///< the words that ask; empty for none
  std::string contract;                    ///< the words of an offer or booking; empty for none
  std::vector<std::string> third_parties;  ///< of the names given
  std::string third_party_words;           ///< somebody else's advertising, whoever it is
  bool sender_named = false;
  bool way_out = false;                    ///< says how to stop it
  bool refuses_answers = false;            ///< says that nobody reads answers, and names no other way
  bool disguised = false;                  ///< a subject that pretends an earlier exchange
  bool operator_named = false;
  bool withdrawal_right = false;           ///< speaks of the right of withdrawal
  std::vector<payment_span> payment_data;
};

namespace detail {

/// "stop" beside a word that makes it an instruction, or one of the plain words of a way out.
[[nodiscard]] inline bool has_way_out(std::vector<std::string> const& words, std::vector<std::string> const& own) {
  if (!first_phrase(words, way_out_words).empty()) return true;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_one_of(words[i], stop_words) && !is_one_of(words[i], own)) continue;
    std::size_t const from = i > 6 ? i - 6 : 0, to = std::min(words.size(), i + 7);
    for (std::size_t k = from; k < to; ++k)
      for (std::string_view const near : stop_company)
        if (k != i && phrase_ends(words, k, near) != 0) return true;
  }
  return false;
}

/// The last lines that hold anything.
[[nodiscard]] inline std::span<std::string const> last_lines(std::vector<std::string> const& words, int lines) {
  std::size_t from = words.size();
  bool in_line = false;
  for (; from > 0; --from) {
    bool const ends = words[from - 1] == folded_words::line_end;
    if (ends && in_line && --lines == 0) break;
    in_line = !ends && (in_line || true);
    if (ends) in_line = false;
  }
  return std::span{words}.subspan(from);
}

/// "Ihre Sabine Meier" closes a letter, "Ihr Flug geht um 14 Uhr" does not: first in a line of a few words.
[[nodiscard]] inline bool alone_in_a_short_line(std::span<std::string const> words, std::size_t i) {
  if (i > 0 && words[i - 1] != folded_words::line_end) return false;
  auto const end = std::find(words.begin() + static_cast<std::ptrdiff_t>(i), words.end(), folded_words::line_end);
  return i > 0 && end - (words.begin() + static_cast<std::ptrdiff_t>(i)) <= 4;
}

[[nodiscard]] inline bool closes_with_a_name(std::vector<std::string> const& words, message_names const& names) {
  auto const end = last_lines(words, 4);
  for (auto const& o : names.operators)
    if (names_somebody(end, name_words(o))) return true;
  if (!names.operators.empty()) return false;
  for (std::size_t i = 0; i + 1 < end.size(); ++i) {
    if (!end[i].starts_with("gruess") && !is_one_of(end[i], closings) && !(is_one_of(end[i], possessives) && alone_in_a_short_line(end, i))) continue;
    for (std::size_t k = i + 1; k < end.size() && k < i + 6; ++k) {
      std::string const& w = end[k];
      bool const of_sender = std::any_of(names.senders.begin(), names.senders.end(), [&](std::string const& s) { return is_one_of(w, name_words(s)); });
      bool const of_firm = w == "team" || w.starts_with("reisebuero") || w == "buero" || w == "aus" || w == "dem" || w == "vom" || w == "von" || w == "und" || w == "wishes";
      if (w == folded_words::line_end || of_sender || of_firm || is_one_of(w, closings) || is_one_of(w, possessives) || w[0] < 'a' || w.size() < 2) continue;
      return true;
    }
  }
  return false;
}

/// Re:, AW:, WG: at the beginning, behind "Betreff:" too.
[[nodiscard]] inline bool pretends_a_reply(std::string_view text) {
  auto const colon = [](std::string_view t) -> std::pair<std::string, std::string_view> {
    auto const c = t.find(':');
    if (c == std::string_view::npos || c > 16) return {};
    auto const w = folded_words{t.substr(0, c)}.all();
    return {w.size() == 1 ? w[0] : std::string{}, t.substr(c + 1)};
  };
  auto [word, rest] = colon(text);
  if (word == "betreff" || word == "subject") word = colon(rest).first;
  return is_one_of(word, disguises);
}
}  // namespace detail

/// Reads a message as its recipient would.
[[nodiscard]] inline message_facts read_message(std::string_view text, message_names const& names) {
  namespace d = detail;
  message_facts m;
  d::folded_words const folded{text};
  auto const& words = folded.all();
  m.promotional = d::first_phrase(words, d::promotional_words);
  m.asks_for_consent = d::first_phrase(words, d::consent_words);
  m.contract = d::first_phrase(words, d::contract_words);
  m.withdrawal_right = !d::first_phrase(words, d::withdrawal_words).empty();
  m.third_party_words = d::first_phrase(words, d::third_party_words);
  for (auto const& n : names.third_parties)
    if (d::names_somebody(words, d::name_words(n))) m.third_parties.push_back(n);
  m.sender_named = std::any_of(names.senders.begin(), names.senders.end(), [&](std::string const& n) { return d::names_somebody(words, d::name_words(n)); });
  std::vector<std::string> own;
  for (auto const& w : names.stop_words)
    if (auto const f = d::name_words(w); f.size() == 1) own.push_back(f[0]);
  m.way_out = d::has_way_out(words, own);
  m.refuses_answers = !d::first_phrase(words, d::no_reply_words).empty() && d::first_phrase(words, d::other_way_words).empty();
  m.disguised = d::pretends_a_reply(text);
  m.operator_named = d::closes_with_a_name(words, names);
  m.payment_data = find_payment_data(text);
  // The first word "Anzeige" is the label of paid advertising.
  if (!words.empty() && (words[0] == "anzeige" || words[0] == "advertisement") && m.third_party_words.empty()) m.third_party_words = words[0];
  return m;
}

}  // namespace jawort
