// jawort/opt_in_machine.hpp - the double opt-in of one address, channel and purpose, as one table.
//
// A number is typed into a form (`request`), one neutral confirmation goes out (`sent`), the person answers by the same
// channel (`yes`). Everything that can happen in every state stands in `opt_in_table`; what a yes is worth is read off
// there and nowhere else. The consent's status is another matter (state.hpp).
//
//   opt_in_step const s = step(opt_in_state::confirmation_sent, opt_in_input::yes);
//   s.next == opt_in_state::confirmed && s.effect == opt_in_effect::consent
//
//                     request     sent        yes         unproven    elsewhere   stop     dispute   lapse
//   none              requested   -           ! unproven  ! unproven  ! unproven  stopped  disputed  -
//   requested         requested+  sent        ! unproven  ! unproven  ! channel   stopped  disputed  expired
//   confirmation-sent sent+       sent        CONFIRMED   ! unproven  ! channel   stopped  disputed  expired
//   confirmed         asked again -           = repeated  = repeated  = repeated  stopped  disputed  -
//   asked again       asked ag.+  sent again  ! unproven  ! unproven  ! channel   stopped  disputed  confirmed
//   sent again        sent ag.+   sent again  CONFIRMED   ! unproven  ! channel   stopped  disputed  confirmed
//   expired           requested   -           ! too late  ! too late  ! too late  stopped  disputed  -
//   stopped           requested   -           ! unproven  ! unproven  ! unproven  -        disputed  -
//   disputed          requested   -           ! unproven  ! unproven  ! unproven  stopped  -         -
//
//   + the window begins anew and a confirmation already sent counts; ! the state stays, the yes proves nothing;
//   = as once; - nothing happens. "Asked again" and "sent again" are a request while the consent of an earlier one stands.
//   A yes is used once: the request that it answers is gone.
//
// Sources: BGH 10.2.2011 I ZR 164/09 (a yes by e-mail proves nothing for the telephone); window, cool-down and number of
// tries are policy. Pure; constexpr.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "time.hpp"

namespace jawort {

enum class opt_in_state : std::uint8_t { none, requested, confirmation_sent, confirmed, asked_again, sent_again, expired, stopped, disputed };
inline constexpr std::size_t opt_in_states = 9;

enum class opt_in_input : std::uint8_t {
  request,        ///< an address was typed in, or a start word that is no consent by itself
  sent,           ///< the confirmation went out
  yes,            ///< by the same channel, with words or act, a published notice, and somebody who recorded it
  yes_unproven,   ///< by the same channel, with something of that missing
  yes_elsewhere,  ///< by another channel
  stop,           ///< anything that ends consent for this channel and purpose
  dispute,        ///< the holder says that it was not them
  lapse           ///< the window has passed
};
inline constexpr std::size_t opt_in_inputs = 8;

enum class opt_in_effect : std::uint8_t {
  nothing,
  opened,         ///< a request is open; its window runs
  extended,       ///< the window begins anew
  asked,          ///< the confirmation counts as sent
  consent,        ///< a consent with its whole proof
  unproven,       ///< a yes that proves nothing: never asked, nothing sent, or its own proof is not whole
  wrong_channel,  ///< a yes that proves nothing for this channel; the request stays open
  too_late,       ///< a yes after the window
  repeated,       ///< a yes to what was answered already: as once
  ended           ///< the request is over
};

[[nodiscard]] constexpr std::string_view name(opt_in_state s) {
  constexpr std::array<std::string_view, opt_in_states> names{"none", "requested", "confirmation-sent", "confirmed", "asked-again", "sent-again", "expired", "stopped", "disputed"};
  return names[static_cast<std::size_t>(s)];
}
[[nodiscard]] constexpr std::string_view name(opt_in_input i) {
  constexpr std::array<std::string_view, opt_in_inputs> names{"request", "sent", "yes", "yes-unproven", "yes-elsewhere", "stop", "dispute", "lapse"};
  return names[static_cast<std::size_t>(i)];
}
[[nodiscard]] constexpr std::string_view name(opt_in_effect e) {
  constexpr std::array<std::string_view, 10> names{"nothing", "opened", "extended", "asked", "consent", "unproven", "wrong-channel", "too-late", "repeated", "ended"};
  return names[static_cast<std::size_t>(e)];
}

struct opt_in_step {
  opt_in_state next{};
  opt_in_effect effect{};
  friend constexpr bool operator==(opt_in_step const&, opt_in_step const&) = default;
};

namespace detail {
consteval auto make_opt_in_table() {
  using s = opt_in_state;
  using e = opt_in_effect;
  using row = std::array<opt_in_step, opt_in_inputs>;
  // In the order: request, sent, yes, yes_unproven, yes_elsewhere, stop, dispute, lapse.
  constexpr auto open = [](s self, s sent, opt_in_step yes, s lapsed) {
    return row{{{self, e::extended}, {sent, e::asked}, yes, {self, e::unproven}, {self, e::wrong_channel},
                {s::stopped, e::ended}, {s::disputed, e::ended}, {lapsed, e::ended}}};
  };
  constexpr auto closed = [](s self, e answer, s after_stop, s after_dispute) {
    return row{{{s::requested, e::opened}, {self, e::nothing}, {self, answer}, {self, answer}, {self, answer},
                {after_stop, e::nothing}, {after_dispute, e::nothing}, {self, e::nothing}}};
  };
  std::array<row, opt_in_states> t{};
  auto const at = [&](s state) -> row& { return t[static_cast<std::size_t>(state)]; };
  at(s::none) = closed(s::none, e::unproven, s::stopped, s::disputed);
  at(s::requested) = open(s::requested, s::confirmation_sent, {s::requested, e::unproven}, s::expired);
  at(s::confirmation_sent) = open(s::confirmation_sent, s::confirmation_sent, {s::confirmed, e::consent}, s::expired);
  at(s::confirmed) = row{{{s::asked_again, e::opened}, {s::confirmed, e::nothing}, {s::confirmed, e::repeated}, {s::confirmed, e::repeated},
                          {s::confirmed, e::repeated}, {s::stopped, e::ended}, {s::disputed, e::ended}, {s::confirmed, e::nothing}}};
  at(s::asked_again) = open(s::asked_again, s::sent_again, {s::asked_again, e::unproven}, s::confirmed);
  at(s::sent_again) = open(s::sent_again, s::sent_again, {s::confirmed, e::consent}, s::confirmed);
  at(s::expired) = closed(s::expired, e::too_late, s::stopped, s::disputed);
  at(s::stopped) = closed(s::stopped, e::unproven, s::stopped, s::disputed);
  at(s::disputed) = closed(s::disputed, e::unproven, s::stopped, s::disputed);
  return t;
}
}  // namespace detail

/// Every state (row) with every input (column).
inline constexpr std::array<std::array<opt_in_step, opt_in_inputs>, opt_in_states> opt_in_table = detail::make_opt_in_table();

[[nodiscard]] constexpr opt_in_step step(opt_in_state state, opt_in_input input) {
  return opt_in_table[static_cast<std::size_t>(state)][static_cast<std::size_t>(input)];
}

// -- asking ------------------------------------------------------------------------------------------------------

/// The confirmation requests that one address got so far, whatever form, source, channel or purpose they came from.
struct confirmations_so_far {
  std::optional<instant> newest;   ///< when the last one was sent
  int unanswered = 0;              ///< how many never got a yes
};

/// Whether one more may be sent. Protects the person whose address is typed in again and again; a limit by sender does not.
enum class asking : std::uint8_t { allowed, cooling_down, too_many_unanswered };

/// `cooldown`: the least time between two, its last instant excluded. `tries`: how many may stay unanswered, ever.
[[nodiscard]] constexpr asking may_ask(confirmations_so_far const& c, instant at, milliseconds cooldown, int tries) {
  if (c.unanswered >= tries) return asking::too_many_unanswered;
  // A sent one from the future (a clock that ran ahead) cools down as well.
  if (c.newest && at < *c.newest + cooldown) return asking::cooling_down;
  return asking::allowed;
}

}  // namespace jawort
