// jawort/assistant/dialogue.hpp - dialogues as plain data, and where a conversation stands in one.
//
// A dialogue is a list of steps. A step asks; an accepted answer leads to the next. Where a conversation stands is read
// off its events (marks.hpp): the newest message on the channel says which step is open. So a repeated webhook changes
// nothing, a late one does not jump ahead, and a stop, an erasure wish or a human's message ends it, whenever it is
// learned of.
//
//   auto const open = open_step_of(history, channel::whatsapp, dialogues, written, now, still);
//   if (open) { dialogue_move m = answer_step(*open, "2"); … }
//
// A dialogue never records a consent itself. Its step that asks for one shows the notice and puts the question of the
// double opt-in (`requested`, `confirmation-sent`); the person's "Start" after it is heard by the receiver as any other.
//
// Pure; nothing is owned by what is returned but text.
#pragma once
#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../event.hpp"
#include "../message/text.hpp"
#include "marks.hpp"

namespace jawort {

enum class step_kind : std::uint8_t {
  choice,     ///< one of its answers, or several
  words,      ///< whatever the person writes, kept under a name
  consent,    ///< the notice and the question of the double opt-in
  end         ///< says something, and that is all
};

struct dialogue_answer {
  std::vector<std::string> words;         ///< any of them, as the whole message
  std::string value;                      ///< what is kept: the first of the words, unless said
  std::optional<purpose> about;           ///< a topic that it chooses
  std::string notice;                     ///< a notice that it chooses (another frequency is another notice)
  std::string next;                       ///< a step's id
};

struct dialogue_step {
  std::string id;
  step_kind kind = step_kind::end;
  bilingual text;
  std::vector<dialogue_answer> answers;
  bool several = false;                   ///< a choice of more than one; then every answer leads to one step
  std::string keep;                       ///< under which name the answer is kept; empty: the step's id
  std::string next;                       ///< of `words`
  std::string notice;                     ///< of `consent`: where no answer chose one
  bool hand_over = false;                 ///< of `end`: what was kept is for the office
  std::size_t line = 0;
};

struct dialogue {
  std::string id;
  std::vector<channel> channels;          ///< empty: all
  std::vector<std::string> begins;        ///< the whole message is one of these …
  std::vector<std::string> begins_en;     ///< … or of these, and then the dialogue is in English
  std::vector<dialogue_step> steps;       ///< the first one begins
  std::string file;
  std::size_t line = 0;

  [[nodiscard]] dialogue_step const* find(std::string_view step) const {
    for (auto const& s : steps)
      if (s.id == step) return &s;
    return nullptr;
  }
  [[nodiscard]] bool speaks_on(channel c) const { return channels.empty() || std::find(channels.begin(), channels.end(), c) != channels.end(); }
};

/// What a dialogue has learned so far.
struct dialogue_memory {
  std::vector<std::pair<std::string, std::string>> kept;   ///< name and answer, in order
  std::vector<purpose> purposes;
  std::string notice;
};

struct open_step {
  dialogue const* in = nullptr;
  dialogue_step const* at = nullptr;
  dialogue_memory so_far;
  std::string language;
  int tries = 0;                          ///< how often an answer was not understood here
};

namespace detail {

[[nodiscard]] inline std::vector<std::string> plain_words(std::string_view text) {
  auto out = folded_words{text}.all();
  std::erase_if(out, [](std::string const& w) { return w == folded_words::line_end; });
  return out;
}

/// Words that say nothing about which answer is meant.
[[nodiscard]] inline bool is_filler(std::string const& w) {
  constexpr std::array<std::string_view, 30> all{"bitte", "gern", "gerne", "danke", "nur", "die", "der", "das", "den", "nummer", "nr", "ich", "moechte", "nehme", "und", "oder", "sowie", "please", "thanks", "thank",
                                                 "you", "only", "the", "number", "i", "would", "like", "and", "or", "just"};
  return is_one_of(w, all);
}

/// The answers that a message names, each once; nothing if any word in it is not understood.
[[nodiscard]] inline std::vector<dialogue_answer const*> named_answers(std::span<dialogue_answer const> answers, std::string_view text) {
  auto const words = plain_words(text);
  std::vector<dialogue_answer const*> out;
  for (std::size_t i = 0; i < words.size();) {
    std::size_t longest = 0;
    dialogue_answer const* found = nullptr;
    for (auto const& a : answers)
      for (auto const& w : a.words) {
        auto const wanted = plain_words(w);
        if (wanted.size() <= longest || i + wanted.size() > words.size()) continue;
        if (std::equal(wanted.begin(), wanted.end(), words.begin() + static_cast<std::ptrdiff_t>(i))) { longest = wanted.size(); found = &a; }
      }
    if (found != nullptr) {
      if (std::find(out.begin(), out.end(), found) == out.end()) out.push_back(found);
      i += longest;
    } else if (is_filler(words[i])) {
      ++i;
    } else {
      return {};
    }
  }
  return out;
}

/// Event order of a conversation: when it was written, then when it was learned.
[[nodiscard]] inline bool told_before(event const& a, event const& b) {
  return a.occurred_at != b.occurred_at ? a.occurred_at < b.occurred_at : a.seq < b.seq;
}

inline void remember(dialogue_memory& m, event const& e, dialogue_step const* answered) {
  if (answered != nullptr && !e.proof.get(mark::answer).empty())
    m.kept.emplace_back(answered->keep.empty() ? answered->id : answered->keep, std::string{e.proof.get(mark::answer)});
  std::string_view list = e.proof.get(mark::purposes);
  while (!list.empty()) {
    auto const comma = list.find(',');
    if (auto p = purpose::parse(list.substr(0, comma)); p && std::find(m.purposes.begin(), m.purposes.end(), *p) == m.purposes.end()) m.purposes.push_back(*p);
    list.remove_prefix(comma == list.npos ? list.size() : comma + 1);
  }
  if (auto const n = e.proof.get(mark::notice); !n.empty()) m.notice = n;
}
}  // namespace detail

/// Whether a message, as a whole, is one of these words.
[[nodiscard]] inline bool is_one_of_words(std::string_view text, std::span<std::string const> list) {
  auto const said = detail::plain_words(text);
  return !said.empty() && std::any_of(list.begin(), list.end(), [&](std::string const& w) { return detail::plain_words(w) == said; });
}

/// The dialogue that a message begins on that channel.
[[nodiscard]] inline dialogue const* begun_by(std::string_view text, channel on, std::span<dialogue const> all) {
  for (auto const& d : all)
    if (d.speaks_on(on) && (is_one_of_words(text, d.begins) || is_one_of_words(text, d.begins_en))) return &d;
  return nullptr;
}

/// The step that waits for an answer to a message written at `written` and looked at now; nothing where none is open: it was
/// answered, a stop or an erasure wish or a human's message came, it waits for longer than `still`, or the message was
/// written before the question went out.
[[nodiscard]] inline std::optional<open_step> open_step_of(std::span<event const> history, channel on, std::span<dialogue const> all, instant written, instant now, milliseconds still) {
  std::vector<event const*> said;
  for (event const& e : history)
    if (is_heard(e) && e.on == on) said.push_back(&e);
  if (said.empty()) return std::nullopt;
  std::sort(said.begin(), said.end(), [](event const* a, event const* b) { return detail::told_before(*a, *b); });
  event const& newest = *said.back();
  auto const id = newest.proof.get(mark::dialogue), step = newest.proof.get(mark::step);
  if (id.empty() || step.empty()) return std::nullopt;
  auto const d = std::find_if(all.begin(), all.end(), [&](dialogue const& x) { return x.id == id; });
  if (d == all.end()) return std::nullopt;
  open_step out;
  out.in = &*d;
  out.at = d->find(step);
  if (out.at == nullptr || out.at->kind == step_kind::end) return std::nullopt;
  // Platforms tell whole seconds: an answer is written in a later one than the question.
  if (now > newest.recorded_at + still || written.ms() / 1000 <= newest.recorded_at.ms() / 1000) return std::nullopt;
  std::size_t first = said.size() - 1;
  while (first > 0 && !said[first]->proof.get(mark::answered).empty() && said[first - 1]->proof.get(mark::dialogue) == id) --first;
  for (event const& e : history) {
    bool const stop = is_stop(e.kind) || e.kind == event_kind::erasure_requested;
    bool const human = is_human_answer(e) && e.on == on;
    if ((stop || human) && (e.seq > newest.seq || e.occurred_at >= said[first]->occurred_at)) return std::nullopt;
  }
  for (std::size_t i = first; i < said.size(); ++i) detail::remember(out.so_far, *said[i], d->find(said[i]->proof.get(mark::answered)));
  out.language = newest.proof.get(mark::language);
  auto const tries = newest.proof.get(mark::tries);
  out.tries = tries.empty() ? 0 : tries[0] - '0';
  return out;
}

/// What follows from a message in a dialogue.
struct dialogue_move {
  enum class what : std::uint8_t { asks, again, hands_over } then = what::asks;
  dialogue_step const* step = nullptr;    ///< that is shown (asks), or shown once more (again)
  evidence marks;                         ///< for the inbound
  dialogue_memory so_far;                 ///< with this answer
};

/// The first step.
[[nodiscard]] inline dialogue_move begin_dialogue(dialogue const& d, std::string_view language) {
  dialogue_move m;
  m.step = &d.steps.front();
  m.marks.set(mark::dialogue, d.id);
  if (m.step->kind != step_kind::end) m.marks.set(mark::step, m.step->id);
  m.marks.set(mark::language, language);
  return m;
}

/// Whether the message is an accepted answer of a choice.
[[nodiscard]] inline bool accepts(open_step const& o, std::string_view text) {
  if (o.at->kind != step_kind::choice) return false;
  auto const named = detail::named_answers(o.at->answers, text);
  return !named.empty() && (named.size() == 1 || o.at->several);
}

/// How much of a person's words is kept as an answer.
inline constexpr std::size_t longest_answer = 500;

/// The move that a message makes. A question is put once more where the answer is not understood, then a person takes over;
/// the question of the double opt-in is never put twice. `text` must be free of payment data.
[[nodiscard]] inline dialogue_move answer_step(open_step const& o, std::string_view text) {
  dialogue_move m;
  m.so_far = o.so_far;
  m.marks.set(mark::dialogue, o.in->id);
  m.marks.set(mark::language, o.language);
  m.marks.set(mark::answered, o.at->id);
  std::string next;
  if (o.at->kind == step_kind::words && !detail::plain_words(text).empty()) {
    std::size_t cut = std::min(text.size(), longest_answer);
    while (cut > 0 && cut < text.size() && (static_cast<unsigned char>(text[cut]) & 0xC0U) == 0x80U) --cut;
    m.marks.set(mark::answer, text.substr(0, cut));
    next = o.at->next;
  } else if (accepts(o, text)) {
    auto const named = detail::named_answers(o.at->answers, text);
    std::string values, purposes;
    for (auto const* a : named) {
      values += (values.empty() ? "" : ", ") + (a->value.empty() ? a->words.front() : a->value);
      if (a->about) purposes += (purposes.empty() ? "" : ",") + std::string{a->about->text()};
      if (!a->notice.empty()) m.marks.set(mark::notice, a->notice);
      next = a->next;
    }
    m.marks.set(mark::answer, values);
    m.marks.set(mark::purposes, purposes);
  } else {
    bool const once_more = o.tries == 0 && o.at->kind != step_kind::consent;
    m.then = once_more ? dialogue_move::what::again : dialogue_move::what::hands_over;
    if (!once_more) return m;
    m.step = o.at;
    m.marks.set(mark::step, o.at->id);
    m.marks.set(mark::tries, "1");
    return m;
  }
  event heard;
  heard.proof = m.marks;
  detail::remember(m.so_far, heard, o.at);
  m.step = o.in->find(next);
  if (m.step == nullptr) { m.then = dialogue_move::what::hands_over; return m; }
  if (m.step->kind != step_kind::end) m.marks.set(mark::step, m.step->id);
  return m;
}

}  // namespace jawort
