// jawort/assistant/response_time.hpp - how fast an office answers, and what it may say about that.
//
// Measured from messages alone: a conversation waits from the first message of the person that nobody has answered yet
// until somebody of the office writes. Automatic replies answer nothing. The median over all waits decides; a wait without
// an answer counts as endless, so that the label is never better than the truth. Two kinds of messages wait for nobody:
// those that the receiver settled itself (start, stop, a step of a dialogue), and the last word of a person within a day
// after the office's answer ("Danke, bis dann"), when nothing followed; the latter are counted and shown.
//
//   response_times times;
//   measure(history, channel::messenger, from, until, times);     // for each person
//   label_for(times);                                              // response_label::hours
//
// Pure.
#pragma once
#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "../event.hpp"
#include "marks.hpp"

namespace jawort {

/// The seed's steps; `none` says nothing.
enum class response_label : std::uint8_t { automatic, instantly, minutes, hour, hours, day, none };

struct response_step {
  response_label label;
  std::string_view name;
  milliseconds at_most;        ///< of the median, included
  bilingual text;
};

/// From the best to the worst. The first is the truth, whichever of the others that is.
[[nodiscard]] inline std::array<response_step, 7> const& response_steps() {
  using std::chrono::minutes;
  using std::chrono::hours;
  static std::array<response_step, 7> const all{{
      {response_label::automatic, "automatic", {}, {"nach der tatsächlichen Dauer", "by the actual time"}},
      {response_label::instantly, "instantly", minutes{1}, {"Antwortet normalerweise sofort", "Usually answers at once"}},
      {response_label::minutes, "minutes", minutes{10}, {"Antwortet normalerweise innerhalb von ein paar Minuten", "Usually answers within a few minutes"}},
      {response_label::hour, "hour", minutes{60}, {"Antwortet normalerweise innerhalb von einer Stunde", "Usually answers within an hour"}},
      {response_label::hours, "hours", hours{6}, {"Antwortet normalerweise innerhalb von ein paar Stunden", "Usually answers within a few hours"}},
      {response_label::day, "day", hours{24}, {"Antwortet normalerweise innerhalb von einem Tag", "Usually answers within a day"}},
      {response_label::none, "none", milliseconds::max(), {"", ""}},
  }};
  return all;
}
[[nodiscard]] inline response_step const& step_of(response_label l) { return response_steps()[static_cast<std::size_t>(l)]; }
[[nodiscard]] inline std::optional<response_label> response_label_named(std::string_view text) {
  for (auto const& s : response_steps())
    if (s.name == text) return s.label;
  return std::nullopt;
}

struct response_times {
  std::vector<milliseconds> answered;
  std::size_t unanswered = 0;      ///< still waiting: they count as endless
  std::size_t last_words = 0;      ///< within a day after an answer, and nothing followed: they count as nothing

  [[nodiscard]] std::size_t waits() const { return answered.size() + unanswered; }
  /// The middle wait (of two middle ones the longer); nothing where there is none, or it has no answer.
  [[nodiscard]] std::optional<milliseconds> median() const {
    auto sorted = answered;
    std::sort(sorted.begin(), sorted.end());
    std::size_t const middle = waits() / 2;
    return waits() == 0 || middle >= sorted.size() ? std::nullopt : std::optional{sorted[middle]};
  }
};

/// With fewer waits than this nothing is said: a median of three is an accident.
inline constexpr std::size_t least_waits = 5;

/// What the office may say by the truth.
[[nodiscard]] inline response_label label_for(response_times const& t) {
  auto const m = t.median();
  if (t.waits() < least_waits || !m) return response_label::none;
  for (auto const& s : response_steps())
    if (s.label != response_label::automatic && *m <= s.at_most) return s.label;
  return response_label::none;
}

/// Whether a label chosen by the office promises more than is true.
[[nodiscard]] inline bool promises_too_much(response_label chosen, response_label truth) {
  return chosen != response_label::automatic && chosen != response_label::none && chosen < truth;
}

/// Adds the waits of one person on one channel that began in [from, until). `history` holds all of the person's events, in
/// any order.
inline void measure(std::span<event const> history, channel on, instant from, instant until, response_times& out) {
  std::vector<event const*> told;
  for (event const& e : history)
    if (e.on == on && ((e.kind == event_kind::inbound) || is_human_answer(e))) told.push_back(&e);
  std::stable_sort(told.begin(), told.end(), [](event const* a, event const* b) { return a->occurred_at < b->occurred_at; });
  event const *waits = nullptr, *answer = nullptr;
  auto const counts = [&] { return waits != nullptr && waits->occurred_at >= from && waits->occurred_at < until; };
  for (event const* e : told) {
    if (e->kind == event_kind::inbound) {
      if (waits == nullptr && !settled_by_machine(*e, history)) waits = e;
      continue;
    }
    if (counts()) out.answered.push_back(e->occurred_at - waits->occurred_at);
    waits = nullptr;
    answer = e;
  }
  if (!counts()) return;
  if (answer != nullptr && waits->occurred_at - answer->occurred_at <= std::chrono::hours{24}) ++out.last_words;
  else ++out.unanswered;
}

}  // namespace jawort
