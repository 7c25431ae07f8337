// jawort/incoming.hpp - what a platform told us, in one shape for all platforms.
//
// A payload (a webhook, a form, a mail, a line of text) is read into items; each stands for one thing that somebody did
// or that a platform reports. Items say nothing about consent: that is for the keyword grammar and for reaction.hpp.
//
//   incoming item;
//   item.kind = incoming_kind::message;
//   item.on = channel::whatsapp;
//   item.from = address::parse("+491713920001").value();
//   item.text = "Start";
//
// Times are UTC. Media are never kept: an item says only that there was one. Values; no shared state.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "address.hpp"
#include "channel.hpp"
#include "result.hpp"
#include "time.hpp"

namespace jawort {

enum class incoming_kind : std::uint8_t {
  message,          ///< a person wrote, pressed a button, sent a medium
  platform_stop,    ///< the person ended advertising in the platform's own settings
  platform_resume,  ///< … and let it in again: lifts the platform's bar, gives no consent
  provider_stop,    ///< a gateway reports that the person had told it to stop
  complaint,        ///< the mail was reported as spam
  unsubscribe,      ///< one-click unsubscribe
  undeliverable,    ///< the address cannot be reached
  address_change,   ///< the person moved from `from` to `other`
  identity_change,  ///< the platform asks to verify anew who it is
  echo,             ///< our own sending
  group_joined,     ///< `from` became a member of `group`
  group_left,
  delivery,         ///< sent, delivered, read, failed for reasons that are nobody's will
  unknown           ///< named by `what`
};

[[nodiscard]] constexpr std::string_view name(incoming_kind k) {
  switch (k) {
    case incoming_kind::message: return "message";
    case incoming_kind::platform_stop: return "platform-stop";
    case incoming_kind::platform_resume: return "platform-resume";
    case incoming_kind::provider_stop: return "provider-stop";
    case incoming_kind::complaint: return "complaint";
    case incoming_kind::unsubscribe: return "unsubscribe";
    case incoming_kind::undeliverable: return "undeliverable";
    case incoming_kind::address_change: return "address-change";
    case incoming_kind::identity_change: return "identity-change";
    case incoming_kind::echo: return "echo";
    case incoming_kind::group_joined: return "group-joined";
    case incoming_kind::group_left: return "group-left";
    case incoming_kind::delivery: return "delivery";
    case incoming_kind::unknown: return "unknown";
  }
  return "";
}

/// Whether the item itself says no, whatever its words are.
[[nodiscard]] constexpr bool is_stop(incoming_kind k) {
  return k == incoming_kind::platform_stop || k == incoming_kind::provider_stop || k == incoming_kind::complaint ||
         k == incoming_kind::unsubscribe;
}

/// A part of a long SMS.
struct message_part {
  std::string reference;   ///< the same for all parts of one message
  unsigned number = 0;     ///< from 1
  unsigned total = 0;
};

struct incoming {
  incoming_kind kind = incoming_kind::unknown;
  channel on = channel::whatsapp;
  std::optional<address> from;           ///< the person
  std::vector<address> also;             ///< further addresses of the same person that the item names
  std::optional<address> instead;        ///< whom another part of the payload names for it: a stop counts for both
  std::optional<address> other;          ///< the new address of a change
  std::string message_id;                ///< the provider's; personal data (a wamid contains the number)
  std::optional<instant> at;             ///< nothing: the payload does not say, so it is now
  bool time_unreadable = false;          ///< the payload says something that is no time
  std::string name;                      ///< the person's, as the platform shows it; for replies, never stored
  std::string text;                      ///< the person's own words
  std::vector<std::string> hints;        ///< other words in it: a button's payload, text in a shape that nobody expected
  std::string media;                     ///< what kind of medium there was; empty for none
  std::string group;                     ///< the group it was written in
  std::string what;                      ///< the platform's own name of the kind: "text", "status:read", "error:131050"
  std::optional<message_part> part;
  std::string token;                     ///< a confirmation token that an e-mail quotes
  bool automatic = false;                ///< written by a machine (an out-of-office note)
  bool mass = false;                     ///< from a list, or from where nobody reads answers: counts, and gets no automatic reply
  bool answered = false;                 ///< the provider has answered it itself
  std::vector<bilingual> remarks;        ///< what is odd about it, for the report
  std::optional<error> refused;          ///< it cannot be taken, and why; the rest of the payload can
};

/// What one payload held. `kinds` is not counted here: every item names its own.
struct payload {
  std::vector<incoming> items;
};

}  // namespace jawort
