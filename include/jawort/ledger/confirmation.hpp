// jawort/ledger/confirmation.hpp - asking for a confirmation, and the token by which a mail is confirmed.
//
//   auto asked = request_confirmation(book, {who, channel::whatsapp, *purpose::parse("newsletter"), "newsletter"}, now);
//   if (asked && asked->allowed()) send(who, asked->text);
//
// By e-mail a sender's name proves nothing, so a mail is confirmed by a token: 128 random bits, in the ledger only as a
// keyed hash, compared in constant time, used once. A link with it leads to a page; the page's button sends a POST, and
// only that confirms. Mail scanners call every link with GET: a GET must do no more than `look_at_token`.
//
//   GET  /bestaetigen?t=TOKEN   ->  look_at_token(book, t, now)      shows the button if it says `open`
//   POST /bestaetigen  t=TOKEN  ->  confirm_by_token(book, t, now)   records it
//
// Thread safety: as the ledger's, one thread at a time for each object.
#pragma once
#include <string>
#include <vector>

#include "../reason.hpp"
#include "ledger.hpp"

namespace jawort {

struct confirmation_request {
  address who;
  channel on{};
  purpose about;
  std::string notice;               ///< `newsletter`, or `newsletter@2`
  std::string source = "form";      ///< which form or program it came from; recorded, and no way around the cool-down
  std::string operator_name = {};
  evidence proof = {};              ///< of the request: what the form knows (`ip`, `customer`, …)
};

struct asked_confirmation {
  std::optional<reason_code> refused;   ///< `confirmation_once`, or what bars this person
  std::vector<sequence> rests_on;       ///< the entries that it was refused for
  std::optional<instant> again_at;      ///< from when on it would be allowed; nothing: never, or when the bar is lifted
  std::string text;                     ///< the notice's neutral confirmation, to send once, by the same channel, now
  std::string language;
  std::string notice;                   ///< `newsletter@2`
  std::string token;                    ///< e-mail only; put it into the link
  std::vector<sequence> events;
  [[nodiscard]] bool allowed() const { return !refused; }
};

/// Records the request and that its confirmation goes out, in one transaction, or refuses. At most one confirmation to
/// one address in the cool-down, and no more than the policy's number unanswered ever, whatever form, source, channel or
/// purpose. Errors: `unknown_name` (notice), `refused` (a notice that cannot be used for this), `malformed` (channel).
[[nodiscard]] result<asked_confirmation> request_confirmation(ledger& book, confirmation_request const& request, instant now);

enum class token_state : std::uint8_t {
  open,        ///< a POST would confirm
  confirmed,   ///< just now
  used,        ///< was confirmed by it before: as once, and nothing was added
  expired,     ///< the window has passed
  ended,       ///< a stop came in between
  unknown      ///< not one of ours
};
[[nodiscard]] constexpr std::string_view name(token_state s) {
  switch (s) {
    case token_state::open: return "open";
    case token_state::confirmed: return "confirmed";
    case token_state::used: return "used";
    case token_state::expired: return "expired";
    case token_state::ended: return "ended";
    case token_state::unknown: return "unknown";
  }
  return "";
}

struct token_answer {
  token_state state = token_state::unknown;
  std::optional<address> who;           ///< nothing for `unknown`
  std::optional<channel> on;
  std::optional<purpose> about;
  std::optional<sequence> event;        ///< of `confirmed`
};

/// Says what a token is good for. Changes nothing: for GET.
[[nodiscard]] result<token_answer> look_at_token(ledger& book, std::string_view token, instant now);
/// Confirms, once: for POST. `act` is what the person did ("button on the confirmation page").
[[nodiscard]] result<token_answer> confirm_by_token(ledger& book, std::string_view token, instant now, std::string const& act = "link");

/// A token for `List-Unsubscribe` that names nobody: it is known by its MAC and needs no storage. Nothing for an address
/// that the ledger does not know.
[[nodiscard]] result<std::optional<std::string>> unsubscribe_token(ledger& book, address const& who);
/// Whom an unsubscribe token is for; nothing if it is not one of ours.
[[nodiscard]] result<std::optional<address>> unsubscriber(ledger& book, std::string_view token);

/// The confirmation requests that a person got so far.
[[nodiscard]] confirmations_so_far confirmations_of(std::span<event const> history);

}  // namespace jawort
