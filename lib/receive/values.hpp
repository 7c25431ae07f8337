// lib/receive/values.hpp - what the readers of payloads share: JSON that may have any shape, forms, times, ids. Internal.
//
// Nothing here throws on input. A getter gives nothing where the shape is another than hoped for.
#pragma once
#include <functional>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "jawort/incoming.hpp"
#include "jawort/ledger/payload.hpp"

namespace jawort::receive {

using json = nlohmann::json;

/// Bytes as JSON; a byte order mark is passed over. `failure::malformed` with the place.
[[nodiscard]] result<json> parse_json(std::string_view bytes);

/// The member of that name, or written in lowerCamelCase; nullptr if there is none or `j` is no object.
[[nodiscard]] json const* member(json const& j, std::string_view key);
/// Text of a member: a string, or a number as written. Empty if there is none.
[[nodiscard]] std::string text(json const& j, std::string_view key);
[[nodiscard]] std::string text(json const* j);
/// Calls `each` with every element of an array member; a member that is a single object counts as one element.
void for_each(json const& j, std::string_view key, std::function<void(json const&)> const& each);
/// All strings anywhere below, at most 64 of them and of 2,000 bytes each: where a stop might stand that nobody expected.
[[nodiscard]] std::vector<std::string> strings_below(json const& j);

/// A time as platforms write it: Unix seconds, milliseconds or microseconds, as number or digits, or RFC 3339.
struct read_time {
  std::optional<instant> at;
  bool unreadable = false;   ///< something stands there that is no time
};
[[nodiscard]] read_time time_of(json const* j);
[[nodiscard]] read_time time_of(std::string_view text);
void put_time(incoming& item, read_time t);

/// A WhatsApp identity: digits with or without +, or a business-scoped id. Letters are never stripped.
[[nodiscard]] std::optional<address> whatsapp_address(std::string_view text);
/// A number as gateways write it: digits with or without + or 00.
[[nodiscard]] std::optional<address> gateway_number(std::string_view text);
/// `messenger:ID`
[[nodiscard]] std::optional<address> page_scoped(std::string_view id);

[[nodiscard]] error refusal(char const* de, char const* en, char const* hint_de = "", char const* hint_en = "");
/// The item without a person whom it could be about.
[[nodiscard]] error no_address();

// -- forms -------------------------------------------------------------------------------------------------------

/// Parameters of a form or a query in their order; names may repeat.
using form = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] form parse_form(std::string_view body);
[[nodiscard]] std::string percent_decoded(std::string_view text, bool plus_is_space);
/// Base64 with or without padding, in either alphabet, line breaks passed over; nothing if it is something else.
[[nodiscard]] std::optional<std::string> base64_decoded(std::string_view text);

/// Parameters of a gateway, however they came: a form, a flat JSON object, either of them in base64. Names are compared
/// without regard to case.
class parameters {
 public:
  [[nodiscard]] static result<parameters> read(std::string_view body);
  /// The first value that is not empty, of the first name that has one.
  [[nodiscard]] std::string get(std::initializer_list<std::string_view> names) const;
  [[nodiscard]] std::vector<std::string> all(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const;
  [[nodiscard]] form const& entries() const { return entries_; }
  /// The object, where it came as JSON.
  [[nodiscard]] json const* object() const { return object_ ? &*object_ : nullptr; }

 private:
  form entries_;
  std::optional<json> object_;
};

// -- the readers, one file each -----------------------------------------------------------------------------------

[[nodiscard]] result<payload> read_whatsapp_cloud(std::string_view bytes);
[[nodiscard]] result<payload> read_messenger(std::string_view bytes);
[[nodiscard]] result<payload> read_twilio(std::string_view bytes);
[[nodiscard]] result<payload> read_messagebird(std::string_view bytes);
[[nodiscard]] result<payload> read_vonage(std::string_view bytes);
[[nodiscard]] result<payload> read_telnyx(std::string_view bytes);
[[nodiscard]] result<payload> read_email(std::string_view bytes);
[[nodiscard]] result<payload> read_text_line(std::string_view bytes, channel on, std::string const& region);

}  // namespace jawort::receive
