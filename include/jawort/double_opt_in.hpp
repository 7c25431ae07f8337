// jawort/double_opt_in.hpp - the process by which a typed-in address becomes a consent.
//
// Kept apart from the consent's status (state.hpp): what a yes is worth is read off the table of opt_in_machine.hpp;
// this header says in which of its states a subject's request is.
#pragma once
#include "opt_in_machine.hpp"
#include "state.hpp"

namespace jawort {

/// What a `confirmed` is worth.
enum class confirmation_worth : std::uint8_t { whole, unproven, wrong_channel, too_late, repeated };

/// Whether the window of a request has passed at `at` (its last instant still counts), or it was closed before.
[[nodiscard]] inline bool lapsed(open_request const& r, instant at) {
  return r.closed || at > r.until;
}

/// The request that a yes of this address, channel and purpose would answer, lapsed or not; nullptr if none.
[[nodiscard]] inline open_request* find_request(subject_state& s, address_index who, channel on, purpose const& about) {
  for (open_request& r : s.requests)
    if (r.who == who && r.on == on && r.about == about) return &r;
  return nullptr;
}

/// In which state of the machine the double opt-in of this address, channel and purpose is at `at`. `own` is what
/// `find_request` gives.
[[nodiscard]] inline opt_in_state opt_in_state_of(subject_state const& s, open_request const* own, address_index who, channel on,
                                                  purpose const& about, instant at) {
  bool const stands = std::any_of(s.consents.begin(), s.consents.end(), [&](consent_record const& r) {
    return r.kind == event_kind::confirmed && r.who == who && r.about == about && s.counts(r, on, about);
  });
  if (own != nullptr && !lapsed(*own, at)) {
    if (stands) return own->sent ? opt_in_state::sent_again : opt_in_state::asked_again;
    return own->sent ? opt_in_state::confirmation_sent : opt_in_state::requested;
  }
  if (stands) return opt_in_state::confirmed;
  if (own != nullptr) return opt_in_state::expired;
  stop_mark const* last = nullptr;
  for (stop_mark const& m : s.marks)
    if (s.stands(m, on, about) && (last == nullptr || m.where.pos > last->where.pos)) last = &m;
  if (last == nullptr) return opt_in_state::none;
  return last->kind == event_kind::invalidated ? opt_in_state::disputed : opt_in_state::stopped;
}

/// What a yes is worth. `proven` says that it has its own words or act, a published notice (its own or the request's)
/// and somebody who recorded it; its `via` is how it came, empty for the channel itself. `elsewhere` is a request for
/// the same purpose that is open on another channel.
[[nodiscard]] inline confirmation_worth judge_confirmation(subject_state const& s, open_request const* own, open_request const* elsewhere,
                                                           event const& e, address_index who, bool proven) {
  bool const other_way = !e.via.empty() && e.via != name(*e.on);
  auto const input = other_way ? opt_in_input::yes_elsewhere : proven ? opt_in_input::yes : opt_in_input::yes_unproven;
  switch (step(opt_in_state_of(s, own, who, *e.on, *e.about, e.occurred_at), input).effect) {
    case opt_in_effect::consent: return confirmation_worth::whole;
    case opt_in_effect::wrong_channel: return confirmation_worth::wrong_channel;
    case opt_in_effect::too_late: return confirmation_worth::too_late;
    case opt_in_effect::repeated: return confirmation_worth::repeated;
    default: break;
  }
  bool const open = own != nullptr && !lapsed(*own, e.occurred_at);
  return !open && elsewhere != nullptr ? confirmation_worth::wrong_channel : confirmation_worth::unproven;
}

}  // namespace jawort
