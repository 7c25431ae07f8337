// jawort/assistant/marks.hpp - what the assistant leaves in the ledger, and how it is read back.
//
// There is no state beside the events. An `inbound` carries in its evidence which automatic reply it got and where a
// dialogue stands after it; an `outbound` of an automatic reply says that it is one. So the assistant's memory is as
// old, as complete and as erasable as the ledger's.
//
//   inbound:   reply         the kind of reply it was given ("away", "dialogue", "welcome" …)
//              reply_digest  by which an echo of that reply is known as our own
//              part          "true": a piece of a long SMS; the whole has an entry of its own
//              dialogue, step, answered, answer, purposes, chosen_notice, tries, lang      see dialogue.hpp
//   outbound:  automatic     "true"
//              answers       sequence of the inbound that it answers
//
// Pure.
#pragma once
#include <algorithm>
#include <span>
#include <string_view>

#include "../event.hpp"

namespace jawort {

namespace mark {
inline constexpr std::string_view reply = "reply", reply_digest = "reply_digest", dialogue = "dialogue", step = "step", answered = "answered", answer = "answer",
                                  purposes = "purposes", notice = "chosen_notice", tries = "tries", language = "lang", automatic = "automatic", answers = "answers", part = "part";
}

/// A message of somebody of the office to this person: no broadcast, and none of our own machine's replies.
[[nodiscard]] inline bool is_human_answer(event const& e) {
  return e.kind == event_kind::outbound && (!e.about || e.about->is_service()) && e.proof.get(mark::automatic).empty();
}

/// A message of the person's, as a whole.
[[nodiscard]] inline bool is_heard(event const& e) { return e.kind == event_kind::inbound && e.proof.get(mark::part).empty(); }

/// Automatic replies that leave the person's message to a human.
[[nodiscard]] inline bool leaves_it_to_a_human(std::string_view reply) {
  return reply.empty() || reply == "greeting" || reply == "away" || reply == "instant" || reply == "handover" || reply == "question" || reply == "access" || reply == "erasure" || reply == "dispute";
}

/// Whether the machine has settled what this message asked for.
[[nodiscard]] inline bool settled_by_machine(event const& inbound, std::span<event const> history) {
  if (!leaves_it_to_a_human(inbound.proof.get(mark::reply))) return true;
  auto const id = inbound.proof.get("message_id");
  return std::any_of(history.begin(), history.end(), [&](event const& e) {
    bool const settles = e.kind == event_kind::withdrawn || e.kind == event_kind::given || e.kind == event_kind::confirmed || e.kind == event_kind::resumed || e.kind == event_kind::wrong_number;
    return settles && e.occurred_at == inbound.occurred_at && !id.empty() && e.proof.get("message_id") == id;
  });
}

}  // namespace jawort
