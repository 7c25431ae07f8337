// jawort/ledger/payload.hpp - payloads of platforms, read into items (incoming.hpp).
//
// Readers are lenient: unknown fields are passed over, unknown kinds become items that name them, one broken item never
// stops the rest. What is not readable at all is an error. Nothing is stored and nobody's words are judged here.
//
//   auto p = read_payload(payload_format::whatsapp_cloud, body);
//   for (incoming const& i : p->items) …
//
// Sources: Meta's reference of the WhatsApp Cloud API and Messenger webhooks; Twilio, MessageBird, Vonage and Telnyx
// on inbound messages and delivery reports; RFC 5322, 2045-2047 (mail), 3464 (delivery status), 5965 (abuse reports),
// 8058 (one-click unsubscribe).
// Bounds: a payload of up to 16 MiB. Thread safety: functions without shared state.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "../incoming.hpp"
#include "../result.hpp"

namespace jawort {

enum class payload_format : std::uint8_t { whatsapp_cloud, messenger, twilio, messagebird, vonage, telnyx, email, text };

inline constexpr std::array<std::pair<payload_format, std::string_view>, 8> payload_formats{{
    {payload_format::whatsapp_cloud, "whatsapp-cloud"}, {payload_format::messenger, "messenger"},
    {payload_format::twilio, "twilio"}, {payload_format::messagebird, "messagebird"},
    {payload_format::vonage, "vonage"}, {payload_format::telnyx, "telnyx"},
    {payload_format::email, "email"}, {payload_format::text, "text"}}};

[[nodiscard]] constexpr std::string_view name(payload_format f) {
  for (auto const& [format, text] : payload_formats)
    if (format == f) return text;
  return "";
}
[[nodiscard]] constexpr std::optional<payload_format> payload_format_named(std::string_view text) {
  for (auto const& [format, word] : payload_formats)
    if (word == text) return format;
  return std::nullopt;
}

inline constexpr std::size_t greatest_payload = std::size_t{16} << 20;

/// Reads one payload. `on` is the channel of `text`, which does not say it; other formats say it themselves (the SMS
/// gateways' is SMS where they do not). `region` is where national numbers of `text` lines are from.
/// Errors: `failure::malformed` where the bytes are not of the format, with the remedy.
[[nodiscard]] result<payload> read_payload(payload_format format, std::string_view bytes, channel on = channel::sms,
                                           std::string const& region = "DE");

/// Whether the bytes are one whole payload rather than the first of several lines (JSON that ends there, a form).
[[nodiscard]] bool is_whole_payload(payload_format format, std::string_view line);

/// What a platform signs, beside the body.
struct signature_context {
  std::string secret;      ///< app secret, auth token, signing key; Telnyx: the public key in base64
  std::string signature;   ///< the header's value; MessageBird and Telnyx: `TIMESTAMP,SIGNATURE`
  std::string url;         ///< Twilio and MessageBird sign the address that was called
};

/// Checks a platform's signature of the raw body, in constant time. Errors: `failure::refused` where it is not genuine,
/// `failure::malformed` where the format has no signature or something that it needs is missing.
[[nodiscard]] result<> check_signature(payload_format format, std::string_view body, signature_context const& context);

}  // namespace jawort
