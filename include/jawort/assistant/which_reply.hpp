// jawort/assistant/which_reply.hpp - which automatic reply a message gets: one table, one reply at most.
//
// The first row that fits wins. What fits is said in yes and no about the circumstances; what a row does not name may be
// either way. The last row fits always, so that every message has an answer to the question, "nothing" among them.
//
//   circumstances c;
//   c.first = true;
//   which_reply(c).wins;          // automatic_reply::greeting_closed
//
// Pure.
#pragma once
#include <array>
#include <cstdint>
#include <string_view>

namespace jawort {

enum class automatic_reply : std::uint8_t {
  nothing,
  own,               ///< what the receiver says itself: welcome, goodbye, question back, help, confirmation …
  step,              ///< the next step of a dialogue, or the question once more
  handover,          ///< the dialogue ends: a person takes over
  begin,             ///< the first step of a dialogue
  greeting_closed,   ///< first contact while nobody is there
  away,
  greeting,          ///< first contact
  instant_reply      ///< the message has arrived
};

[[nodiscard]] constexpr std::string_view name(automatic_reply r) {
  constexpr std::array<std::string_view, 9> names{"nothing", "own", "step", "handover", "begin", "greeting-closed", "away", "greeting", "instant"};
  return names[static_cast<std::size_t>(r)];
}

/// What is the case when a message is looked at.
struct circumstances {
  bool machine = false;      ///< no person's message to us: our own echo, a report, an automatic or mass mail, a mere reaction
  bool group = false;        ///< written in a group
  bool repeated = false;     ///< its id was taken before
  bool own = false;          ///< the receiver has a reply of its own, or what was said takes something away
  bool overtaken = false;    ///< the person wrote again, or was answered, before this one came
  bool human = false;        ///< somebody of the office is in this conversation
  bool asks_human = false;   ///< in a dialogue: wants a person
  bool stepping = false;     ///< a step of a dialogue is open
  bool begins = false;       ///< the words begin a dialogue
  bool open = false;         ///< the office is there
  bool first = false;        ///< the first message of this person on this channel
  bool told = false;         ///< has had an automatic reply in this pause, or a reply of any kind since the office closed
};
inline constexpr std::size_t circumstance_count = 12;

namespace detail {
/// One bit each, in the order of `circumstances`.
namespace when {
inline constexpr unsigned machine = 1, group = 2, repeated = 4, own = 8, overtaken = 16, human = 32, asks_human = 64, stepping = 128, begins = 256,
                          open = 512, first = 1024, told = 2048;
}
[[nodiscard]] constexpr unsigned bits_of(circumstances const& c) {
  unsigned out = 0, bit = 1;
  for (bool const b : {c.machine, c.group, c.repeated, c.own, c.overtaken, c.human, c.asks_human, c.stepping, c.begins, c.open, c.first, c.told}) {
    if (b) out |= bit;
    bit <<= 1U;
  }
  return out;
}
}  // namespace detail

struct reply_row {
  std::string_view name;   ///< stable
  unsigned yes, no;        ///< circumstances that must be, and must not be
  automatic_reply wins;
};

/// The table.
inline constexpr std::array<reply_row, 17> reply_table = [] {
  using namespace detail::when;
  using r = automatic_reply;
  return std::array<reply_row, 17>{{
      // name                 must be              must not be   wins
      {"machine",             machine,             0,            r::nothing},          // two assistants never talk
      {"group",               group,               0,            r::nothing},
      {"repeated",            repeated,            0,            r::nothing},
      {"own-reply",           own,                 0,            r::own},              // stop beats everything
      {"overtaken",           overtaken,           0,            r::nothing},          // no reply behind its time
      {"human-open",          human | open,        0,            r::nothing},          // a person is answering
      {"human-closed-told",   human | told,        open,         r::nothing},
      {"human-closed",        human,               open,         r::away},             // … and has gone home
      {"wants-a-person",      stepping | asks_human, 0,          r::handover},
      {"dialogue-step",       stepping,            0,            r::step},
      {"dialogue-begins",     begins,              0,            r::begin},
      {"closed-told",         told,                open,         r::nothing},
      {"closed-first",        first,               open,         r::greeting_closed},
      {"closed",              0,                   open,         r::away},
      {"open-told",           told,                0,            r::nothing},
      {"open-first",          first,               0,            r::greeting},
      {"open",                0,                   0,            r::instant_reply},     // fits always
  }};
}();

/// The row that decides.
[[nodiscard]] constexpr reply_row const& which_reply(circumstances const& c) {
  unsigned const is = detail::bits_of(c);
  std::size_t at = 0;
  while ((is & reply_table[at].yes) != reply_table[at].yes || (is & reply_table[at].no) != 0) ++at;
  return reply_table[at];
}

}  // namespace jawort
