// jawort/double_opt_in.hpp - the process by which a typed-in address becomes a consent.
//
// Kept apart from the consent's status (state.hpp): this machine has five states, and what a yes is worth is read
// off one table.
//
//   state of the request  | its own channel         | another channel
//   ----------------------|-------------------------|---------------------
//   none                  | unproven, or repeated   | unproven
//   open, nothing sent    | unproven (no message)   | wrong channel
//   open, sent            | whole, if proven        | wrong channel
//   lapsed                | too late                | unproven
//   ended by a stop       | as none                 | as none
//
// Sources: BGH 10.2.2011 I ZR 164/09 (a confirmation by e-mail proves nothing for the telephone); the windows are
// policy.
#pragma once
#include "policy.hpp"
#include "state.hpp"

namespace jawort {

/// What a `confirmed` is worth.
enum class confirmation_worth : std::uint8_t { whole, unproven, wrong_channel, too_late, repeated };

/// Whether the window of a request has passed at `at` (its last instant still counts), or it was closed before.
[[nodiscard]] inline bool lapsed(open_request const& r, instant at, policy const& rules) {
  return r.closed || at > r.since + rules.confirmation_window;
}

/// The request that a yes of this address, channel and purpose would answer, lapsed or not; nullptr if none.
[[nodiscard]] inline open_request* find_request(subject_state& s, address_index who, channel on, purpose const& about) {
  for (open_request& r : s.requests)
    if (r.who == who && r.on == on && r.about == about) return &r;
  return nullptr;
}

/// The table above. `proven` says that the yes has its own words or act, a published notice (its own or the
/// request's) and somebody who recorded it; `via` is how it came, empty for the channel itself.
[[nodiscard]] inline confirmation_worth judge_confirmation(subject_state const& s, open_request const* own, open_request const* elsewhere,
                                                           event const& e, address_index who, bool proven, policy const& rules) {
  bool const other_way = !e.via.empty() && e.via != name(*e.on);
  if (own != nullptr && !lapsed(*own, e.occurred_at, rules)) {
    if (other_way) return confirmation_worth::wrong_channel;
    return own->sent && proven ? confirmation_worth::whole : confirmation_worth::unproven;
  }
  bool const stands = std::any_of(s.consents.begin(), s.consents.end(), [&](consent_record const& r) {
    return r.kind == event_kind::confirmed && r.who == who && r.about == *e.about && s.counts(r, *e.on, *e.about);
  });
  if (stands) return confirmation_worth::repeated;
  if (own != nullptr) return confirmation_worth::too_late;
  return elsewhere != nullptr ? confirmation_worth::wrong_channel : confirmation_worth::unproven;
}

}  // namespace jawort
