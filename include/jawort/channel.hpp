// jawort/channel.hpp - the ways a message can be sent.
//
// The integers are stored in ledgers and never change their meaning.
#pragma once
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace jawort {

enum class channel : std::uint8_t { whatsapp = 1, messenger = 2, sms = 3, email = 4, call = 5 };

inline constexpr std::array all_channels{channel::whatsapp, channel::messenger, channel::sms, channel::email,
                                         channel::call};
/// One past the greatest stored integer: the size of a table indexed by channel.
inline constexpr std::size_t channel_slots = 6;

[[nodiscard]] constexpr std::string_view name(channel c) {
  switch (c) {
    case channel::whatsapp: return "whatsapp";
    case channel::messenger: return "messenger";
    case channel::sms: return "sms";
    case channel::email: return "email";
    case channel::call: return "call";
  }
  return "";
}

/// The channel of that name; also `e-mail`, `mail`, `phone` and `voice`. Nothing for any other word.
[[nodiscard]] constexpr std::optional<channel> channel_named(std::string_view text) {
  for (channel const c : all_channels)
    if (name(c) == text) return c;
  if (text == "e-mail" || text == "mail") return channel::email;
  if (text == "phone" || text == "voice") return channel::call;
  return std::nullopt;
}

/// Whether the channel reaches people by their telephone number.
[[nodiscard]] constexpr bool is_telephone(channel c) {
  return c == channel::whatsapp || c == channel::sms || c == channel::call;
}

/// Whether the provider of the channel transfers data to a third country, so that the notice has to say so.
[[nodiscard]] constexpr bool transfers_to_third_country(channel c) {
  return c == channel::whatsapp || c == channel::messenger;
}

}  // namespace jawort
