// jawort/reaction.hpp - what follows from one message: the facts to record, and the reply to give.
//
// A function of the message, what it means (keyword.hpp), the person's state and the notices. The facts depend on when a
// message was written, not on when it came: whatever the order of arrival, the fold of the same messages is the same.
//
//   reaction const r = react({item, said, at, then, now, history, notices});
//   for (event const& e : r.events) append(e);
//   if (r.reply != reply_kind::none) …
//
// Stop beats everything; unclear suspends first and asks then; a start after a stop is a request, never a consent. A yes
// counts only where the question was ours and open: sent before the yes was written.
//
// Pure; no shared state.
#pragma once
#include <algorithm>
#include <span>
#include <string>
#include <vector>

#include "event.hpp"
#include "incoming.hpp"
#include "keyword.hpp"
#include "notice.hpp"
#include "double_opt_in.hpp"
#include "state.hpp"

namespace jawort {

/// The first ten are the receiver's own; the others come from an assistant (ledger/office_assistant.hpp).
enum class reply_kind : std::uint8_t { none, confirmation, welcome, resumed, goodbye, help, question, access, erasure, dispute, greeting, away, instant, dialogue, handover };

[[nodiscard]] constexpr std::string_view name(reply_kind k) {
  constexpr std::array<std::string_view, 15> names{"none", "confirmation", "welcome", "resumed", "goodbye", "help", "question", "access", "erasure", "dispute", "greeting", "away", "instant", "dialogue", "handover"};
  return names[static_cast<std::size_t>(k)];
}

/// A published version of a notice as far as messages need it. Not owned.
struct offered_notice {
  notice_number number = 0;
  notice const* words = nullptr;
};

/// What is known when one message is looked at. Nothing is owned.
struct hearing {
  incoming const& item;                    ///< a message; `from` is set
  classification const& said;              ///< of its words
  instant at;                              ///< when it was written, not after the clock
  subject_state const& then;               ///< the person's state at `at`, as known now
  subject_state const& now;                ///< … with everything that is known
  std::span<event const> history;          ///< the person's events
  std::span<offered_notice const> notices; ///< every version, in the order of their numbers
  std::string_view notice_id;              ///< the notice that start words are for; empty: the one that fits
  std::optional<purpose> token_about;      ///< e-mail: what the token that it quotes confirms
  bool expected = false;                   ///< its words are an answer that the open step of a dialogue offered
};

struct reaction {
  std::vector<event> events;               ///< without sequence and recorded time
  reply_kind reply = reply_kind::none;
  notice_number notice = 0;                ///< whose words the reply shows
  std::optional<purpose> about;            ///< what a confirmation is asked for
  bilingual remark;                        ///< what a person should know about it; empty for nothing
};

/// Intents that take something away: taken from a message in whatever state it comes (repeated, late, in a group).
[[nodiscard]] constexpr bool protects(intent i) {
  return i == intent::stop || i == intent::erase || i == intent::wrong_number || i == intent::dispute || i == intent::unclear;
}

/// Source of the facts that messages make; the fold knows a start word by it.
inline constexpr std::string_view received_source = "receive:";

namespace detail {

/// Letters and digits of a text, lower case, for comparing a whole message with a keyword; umlauts as they are.
[[nodiscard]] inline std::string only_word(std::string_view s) {
  std::string out;
  for (char const c : s)
    if (is_digit(c) || is_letter(c) || static_cast<unsigned char>(c) >= 0x80) out += to_lower(c);
  return out;
}

/// A plain no, as the answer to our own question.
[[nodiscard]] inline bool bare_no(std::string_view text) {
  auto const w = only_word(text);
  for (std::string_view const no : {"nein", "nö", "nee", "nope", "no", "non", "nie", "hayır", "hayir", "neindanke", "nothanks", "nothankyou", "nonmerci", "nograzie", "nogracias"})
    if (w == no) return true;
  return false;
}

class reacting {
 public:
  explicit reacting(hearing const& h) : h_(h) {}

  [[nodiscard]] reaction react() {
    message();
    return std::move(out_);
  }
  /// Only what takes something away.
  [[nodiscard]] reaction protect() {
    if (protects(h_.said.what)) stop_words();
    return std::move(out_);
  }

 private:
  event make(event_kind kind, std::optional<channel> on, std::optional<purpose> about = {}) const {
    event e;
    e.kind = kind;
    e.occurred_at = h_.at;
    e.who = h_.item.from;
    e.on = on;
    e.about = about;
    if (!h_.item.message_id.empty()) e.proof.set("message_id", h_.item.message_id);
    return e;
  }
  event& add(event e) {
    out_.events.push_back(std::move(e));
    return out_.events.back();
  }
  /// An event that the person's words prove.
  event& say(event_kind kind, std::optional<channel> on, std::optional<purpose> about = {}) {
    event& e = add(make(kind, on, about));
    e.proof.set("text", h_.item.text.empty() ? std::string_view{h_.item.what} : std::string_view{h_.item.text});
    return e;
  }

  void message() {
    channel const on = h_.item.on;
    if (h_.item.group.empty()) {
      event e = make(event_kind::inbound, on);
      if (!h_.item.media.empty()) e.proof.set("media", h_.item.media);
      add(std::move(e));
      if (h_.then.at(on).blocked) add(make(event_kind::unblocked, on));
    }
    stop_mark const* const asked = h_.item.group.empty() ? open_question() : nullptr;
    bool const no = asked != nullptr && bare_no(h_.item.text);  // unclear by itself, and clear as our question's answer
    // "Nein" is unclear by itself, and clear where a step of a dialogue offered it.
    bool const offered = h_.expected && h_.said.what == intent::unclear && h_.item.group.empty();
    if (protects(h_.said.what) && !no && !offered) { stop_words(); return; }
    if (!h_.item.group.empty()) return;
    if (no) {
      say(event_kind::withdrawn, on, asked->about);
      out_.reply = reply_kind::goodbye;
      return;
    }
    bool const start = h_.said.what == intent::start || is_keyword();
    bool const yes = (h_.said.bare_yes && !h_.expected) || start;  // a yes to another question is no yes to this one
    if (yes && asked != nullptr) resume(*asked, start);
    else if (yes && confirm()) return;
    else if (start) begin();
    else if (h_.said.what == intent::help) out_.reply = reply_kind::help;
    else if (h_.said.what == intent::access) { say(event_kind::access_requested, on); out_.reply = reply_kind::access; }
    if (h_.said.what == intent::help) out_.notice = any_notice();
  }

  void stop_words() {
    channel const on = h_.item.on;
    bool const everywhere = h_.said.scope == stop_scope::everything;
    auto const topic = h_.said.scope == stop_scope::topic ? h_.said.topic : std::nullopt;
    bool answer = h_.item.group.empty() && !h_.item.answered;
    switch (h_.said.what) {
      case intent::stop: {
        // A machine that answers our goodbye with another stop is not answered again.
        bool const again = std::any_of(h_.then.marks.begin(), h_.then.marks.end(), [&](stop_mark const& m) {
          return m.kind == event_kind::withdrawn && m.on == (everywhere ? std::nullopt : std::optional{on}) && m.about == topic &&
                 h_.then.stands(m, on, topic ? *topic : probe());
        });
        say(event_kind::withdrawn, everywhere ? std::nullopt : std::optional{on}, topic);
        if (!again && answer) out_.reply = reply_kind::goodbye;
        break;
      }
      case intent::erase:
        say(event_kind::erasure_requested, on);
        say(event_kind::withdrawn, std::nullopt);
        if (answer) out_.reply = reply_kind::erasure;
        break;
      case intent::wrong_number: say(event_kind::wrong_number, on); break;
      case intent::dispute:
        say(event_kind::invalidated, on);
        if (answer) out_.reply = reply_kind::dispute;
        break;
      case intent::unclear:
        // Asked once: silence changes nothing, and more unclear words ask no second time.
        if (answer && h_.then.suspended(on, probe()) == nullptr) out_.reply = reply_kind::question;
        say(event_kind::suspended, on, topic);
        break;
      default: break;
    }
  }

  /// A purpose by which a mark for everything is found: the first that a notice names.
  [[nodiscard]] purpose probe() const {
    for (offered_notice const& n : h_.notices)
      if (!n.words->purposes.empty()) return n.words->purposes.front();
    return purpose::parse("newsletter").value();
  }

  [[nodiscard]] event const* find(sequence seq) const {
    for (event const& e : h_.history)
      if (e.seq == seq) return &e;
    return nullptr;
  }
  /// Written in a later second than `t`: platforms tell whole seconds.
  [[nodiscard]] bool after(instant t) const { return h_.at.ms() / 1000 > t.ms() / 1000; }

  /// The suspension about which we have asked before this was written.
  [[nodiscard]] stop_mark const* open_question() const {
    for (stop_mark const& m : h_.then.marks) {
      if (m.kind != event_kind::suspended || m.on != h_.item.on || h_.then.suspended(h_.item.on, m.about ? *m.about : probe()) != &m) continue;
      event const* const e = find(m.where.seq);
      if (e != nullptr && e->source.starts_with(received_source) && after(e->recorded_at)) return &m;
    }
    return nullptr;
  }

  void resume(stop_mark const& m, bool start) {
    event& e = say(event_kind::resumed, h_.item.on, m.about);
    e.proof.set("act", "message");
    purpose const about = start_purpose(start_notice());
    bool const stands = std::any_of(h_.then.consents.begin(), h_.then.consents.end(), [&](consent_record const& r) { return h_.then.counts(r, h_.item.on, about); });
    if (stands || !start) out_.reply = reply_kind::resumed;
    else begin();
  }

  /// The whole message is the word that a notice asks for.
  [[nodiscard]] bool is_keyword() const {
    if (h_.said.bare_yes || h_.item.text.empty()) return false;
    auto const word = only_word(h_.item.text);
    return std::any_of(h_.notices.begin(), h_.notices.end(), [&](offered_notice const& n) {
      return !n.words->historical && n.words->names(h_.item.on) && !n.words->keyword.empty() && only_word(n.words->keyword) == word;
    });
  }

  /// The answer to our confirmation. False if none was open.
  bool confirm() {
    channel const on = h_.item.on;
    bool any = false, elsewhere = false;
    if (on == channel::email && !h_.token_about) return false;  // a sender's name proves nothing: the token does
    for (open_request const& r : h_.then.requests) {
      if (lapsed(r, h_.at) || !r.sent) continue;
      if (on == channel::email && r.about != *h_.token_about) continue;
      if (h_.said.topic && !h_.said.topic->covers(r.about)) continue;
      event const* const sent = find(*r.sent);
      if (sent == nullptr || !after(sent->occurred_at)) continue;
      if (r.on != on) { elsewhere = true; continue; }
      event& e = say(event_kind::confirmed, on, r.about);
      e.who = h_.then.addresses[r.who];  // the same person, by whichever address they answer
      e.notice = r.notice;
      out_.notice = r.notice;
      any = true;
    }
    if (any) { out_.reply = reply_kind::welcome; return true; }
    if (elsewhere) other_channel();
    return false;
  }

  /// A yes to a question that was put on another channel: kept, and worth nothing there.
  void other_channel() {
    for (open_request const& r : h_.then.requests) {
      if (lapsed(r, h_.at) || !r.sent || r.on == h_.item.on) continue;
      event& e = say(event_kind::confirmed, r.on, r.about);
      e.via = name(h_.item.on);
      e.notice = r.notice;
      out_.remark = {"die Bestätigung kam auf einem anderen Weg als die Anfrage und gilt dort nicht", "the confirmation came by another channel than the request and does not count there"};
    }
  }

  /// The version that a start word written at `at` is about; else one that was published later; 0 for none or for too many.
  [[nodiscard]] notice_number start_notice() const {
    for (bool const later : {false, true}) {
      std::vector<offered_notice> fit;
      for (offered_notice const& n : h_.notices) {
        notice const& w = *n.words;
        if (w.historical || !w.names(h_.item.on) || w.purposes.empty() || (!later && w.published_at > h_.at)) continue;
        if (!h_.notice_id.empty() && w.id != h_.notice_id) continue;
        if (h_.said.topic && !w.covers(*h_.said.topic)) continue;
        std::erase_if(fit, [&](offered_notice const& o) { return o.words->id == w.id && o.words->published_at <= w.published_at; });
        if (std::none_of(fit.begin(), fit.end(), [&](offered_notice const& o) { return o.words->id == w.id; })) fit.push_back(n);
      }
      if (fit.size() > 1) {
        auto const word = only_word(h_.item.text);
        std::vector<offered_notice> named;
        for (offered_notice const& n : fit)
          if (only_word(n.words->keyword) == word) named.push_back(n);
        fit = std::move(named);
        if (fit.size() != 1) return 0;
      }
      if (!fit.empty()) return fit.front().number;
    }
    return 0;
  }
  [[nodiscard]] notice const* words(notice_number n) const {
    for (offered_notice const& o : h_.notices)
      if (o.number == n) return o.words;
    return nullptr;
  }
  /// The topic that was named, else the notice's first purpose: what its bare keyword is for.
  [[nodiscard]] purpose start_purpose(notice_number n) const {
    if (h_.said.topic) return *h_.said.topic;
    notice const* const w = words(n);
    return w == nullptr ? probe() : w->purposes.front();
  }
  [[nodiscard]] notice_number any_notice() const {
    if (auto const n = start_notice()) return n;
    for (std::size_t i = h_.notices.size(); i-- > 0;)
      if (!h_.notices[i].words->historical && h_.notices[i].words->names(h_.item.on)) return h_.notices[i].number;
    return 0;
  }

  /// A start word that answers no question of ours.
  void begin() {
    channel const on = h_.item.on;
    notice_number const n = start_notice();
    if (n == 0) {
      out_.remark = {"Startwort, aber kein Hinweis nennt diesen Kanal, oder mehrere passen: nichts davon folgt (--notice nennt einen)",
                     "a start word, but no notice names this channel, or several fit: nothing follows from it (--notice names one)"};
      return;
    }
    purpose const about = start_purpose(n);
    bool const public_then = words(n)->published_at <= h_.at;
    bool const dated = !h_.item.time_unreadable;
    bool const forgeable = on == channel::email;
    // A start word while the consent of a double opt-in stands repeats its yes.
    for (consent_record const& r : h_.then.consents)
      if (r.kind == event_kind::confirmed && r.about == about && h_.then.counts(r, on, about)) {
        event& e = say(event_kind::confirmed, on, about);
        e.who = h_.then.addresses[r.who];
        e.notice = n;
        return;
      }
    bool const request = !public_then || !dated || forgeable || follows_stop(on, about) || asked_before(on, about) || stopped_later(on, about);
    event& e = say(request ? event_kind::requested : event_kind::given, on, about);
    e.notice = n;
    out_.notice = n;
    out_.about = about;
    if (!request) out_.reply = reply_kind::welcome;
    else if (!stopped_later(on, about)) out_.reply = reply_kind::confirmation;
  }

  [[nodiscard]] bool follows_stop(channel on, purpose const& about) const {
    return h_.then.follows_stop(on, about);
  }
  /// A request is in the way that this was no answer to: lapsed, or without its confirmation.
  [[nodiscard]] bool asked_before(channel on, purpose const& about) const {
    return std::any_of(h_.then.requests.begin(), h_.then.requests.end(), [&](open_request const& r) {
      return r.on == on && r.about.related(about);
    });
  }
  /// Late: a stop that was written after it is known already.
  [[nodiscard]] bool stopped_later(channel on, purpose const& about) const {
    return std::any_of(h_.now.marks.begin(), h_.now.marks.end(), [&](stop_mark const& m) { return h_.now.stands(m, on, about); }) && !follows_stop(on, about);
  }

  hearing const& h_;
  reaction out_;
};
}  // namespace detail

/// What a message brings about.
[[nodiscard]] inline reaction react(hearing const& h) { return detail::reacting{h}.react(); }
/// Only its protective part: for what is repeated, half readable, or somebody else's as well.
[[nodiscard]] inline reaction react_protectively(hearing const& h) { return detail::reacting{h}.protect(); }

}  // namespace jawort
