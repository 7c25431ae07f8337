// The way into the readers; plain text lines; signatures.
#include "jawort/ledger/payload.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <algorithm>

#include "../crypto.hpp"
#include "jawort/ledger/normalise.hpp"
#include "values.hpp"

namespace jawort {

namespace receive {
/// ADDRESS<TAB>TIME<TAB>WORDS; words may be empty and may hold tabs.
result<payload> read_text_line(std::string_view line, channel on, std::string const& region) {
  while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
  if (line.starts_with("\xef\xbb\xbf")) line.remove_prefix(3);
  auto const one = line.find('\t');
  auto const two = one == line.npos ? line.npos : line.find('\t', one + 1);
  if (two == line.npos)
    return error{failure::malformed, {"erwartet: ADRESSE<TAB>ZEIT<TAB>WORTE", "expected: ADDRESS<TAB>TIME<TAB>WORDS"},
                 {"drei Felder, mit Tabulatoren getrennt", "three fields, separated by tabs"}};
  payload p;
  p.items.emplace_back();
  incoming& i = p.items.back();
  i.kind = incoming_kind::message;
  i.on = on;
  i.what = "text";
  i.text = line.substr(two + 1);
  put_time(i, time_of(line.substr(one + 1, two - one - 1)));
  auto who = normaliser{region}.parse(line.substr(0, one), on);
  if (who) i.from = *who;
  else i.refused = who.error();
  return p;
}
}  // namespace receive

result<payload> read_payload(payload_format format, std::string_view bytes, channel on, std::string const& region) {
  if (bytes.size() > greatest_payload)
    return error{failure::malformed, {"Nutzlast größer als 16 MiB", "payload greater than 16 MiB"}, {}};
  try {
    switch (format) {
      case payload_format::whatsapp_cloud: return receive::read_whatsapp_cloud(bytes);
      case payload_format::messenger: return receive::read_messenger(bytes);
      case payload_format::twilio: return receive::read_twilio(bytes);
      case payload_format::messagebird: return receive::read_messagebird(bytes);
      case payload_format::vonage: return receive::read_vonage(bytes);
      case payload_format::telnyx: return receive::read_telnyx(bytes);
      case payload_format::email: return receive::read_email(bytes);
      case payload_format::text: return receive::read_text_line(bytes, on, region);
    }
  } catch (std::bad_alloc const&) {
    return error{failure::environment, {"Speicher reicht nicht", "out of memory"}, {}};
  } catch (receive::json::exception const&) {
    return error{failure::malformed, {"Nutzlast nicht lesbar", "payload cannot be read"}, {}};
  }
  return error{failure::malformed, {"unbekanntes Format", "unknown format"}, {}};
}

bool is_whole_payload(payload_format format, std::string_view line) {
  if (format == payload_format::email) return false;
  if (format == payload_format::text) return true;
  auto const from = line.find_first_not_of(" \t\xef\xbb\xbf");
  if (from == line.npos) return false;
  if (line[from] == '{' || line[from] == '[') return receive::json::accept(line.begin() + static_cast<std::ptrdiff_t>(from), line.end());
  return true;
}

namespace {

std::string hmac(EVP_MD const* md, std::string_view key, std::string_view message) {
  unsigned char out[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  HMAC(md, key.data(), static_cast<int>(key.size()), reinterpret_cast<unsigned char const*>(message.data()), message.size(), out, &size);
  return {reinterpret_cast<char const*>(out), size};
}

std::string hex(std::string_view bytes) { return crypto::hex({reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()}); }

/// Every byte is looked at, whatever the first ones are.
bool same(std::string_view a, std::string_view b) { return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

result<> genuine(bool yes) {
  if (yes) return nothing{};
  return error{failure::refused, {"die Unterschrift passt nicht zur Nutzlast; nichts wurde eingetragen", "the signature does not match the payload; nothing was recorded"},
               {"richtiges Geheimnis? unveränderter Rumpf, auch ohne zusätzlichen Zeilenumbruch?", "the right secret? the body unchanged, without an added line break?"}};
}

error lacking(char const* de, char const* en) { return error{failure::malformed, {de, en}, {}}; }

/// X-Hub-Signature-256: sha256=<hex>
result<> meta(std::string_view body, signature_context const& c) {
  std::string_view given = c.signature;
  if (given.starts_with("sha256=")) given.remove_prefix(7);
  return genuine(same(hex(hmac(EVP_sha256(), c.secret, body)), detail::lower(given)));
}

/// X-Twilio-Signature: base64 of HMAC-SHA1 over the address and the sorted parameters.
result<> twilio(std::string_view body, signature_context const& c) {
  if (c.url.empty()) return lacking("Twilio unterschreibt die aufgerufene Adresse: --url fehlt", "Twilio signs the address that was called: --url is missing");
  auto parameters = receive::parse_form(body);
  std::sort(parameters.begin(), parameters.end());
  parameters.erase(std::unique(parameters.begin(), parameters.end()), parameters.end());
  std::string all = c.url;
  for (auto const& [key, value] : parameters) all += key + value;
  auto const given = receive::base64_decoded(c.signature);
  return genuine(given && same(hmac(EVP_sha1(), c.secret, all), *given));
}

std::optional<std::pair<std::string, std::string>> stamped(std::string const& signature) {
  auto const comma = signature.find(',');
  if (comma == signature.npos) return std::nullopt;
  return std::pair{signature.substr(0, comma), signature.substr(comma + 1)};
}

/// MessageBird-Signature: HMAC-SHA256 over time, sorted query and the body's digest, a line each.
result<> messagebird(std::string_view body, signature_context const& c) {
  auto const given = stamped(c.signature);
  if (!given) return lacking("Unterschrift als ZEITSTEMPEL,BASE64 angeben", "give the signature as TIMESTAMP,BASE64");
  auto const at = c.url.find('?');
  auto query = at == c.url.npos ? receive::form{} : receive::parse_form(std::string_view{c.url}.substr(at + 1));
  std::sort(query.begin(), query.end());
  std::string sorted;
  for (auto const& [key, value] : query) sorted += (sorted.empty() ? "" : "&") + key + "=" + value;
  crypto::sha256 digest;
  auto const d = digest(body);
  std::string all = given->first + "\n" + sorted + "\n";
  all.append(reinterpret_cast<char const*>(d.data()), d.size());
  auto const mac = receive::base64_decoded(given->second);
  return genuine(mac && same(hmac(EVP_sha256(), c.secret, all), *mac));
}

/// Vonage's `sig`: HMAC-SHA256 over the other parameters, sorted, `&` and `=` in them as `_`. It stands in the payload.
result<> vonage(std::string_view body, signature_context const& c) {
  auto q = receive::parameters::read(body);
  if (!q) return q.error();
  std::string given = c.signature;
  auto parameters = q->entries();
  std::erase_if(parameters, [&](auto const& e) {
    if (e.first != "sig") return false;
    if (given.empty()) given = e.second;
    return true;
  });
  std::sort(parameters.begin(), parameters.end());
  std::string all;
  for (auto& [key, value] : parameters) {
    std::replace_if(value.begin(), value.end(), [](char x) { return x == '&' || x == '='; }, '_');
    all += "&" + key + "=" + value;
  }
  return genuine(same(hex(hmac(EVP_sha256(), c.secret, all)), detail::lower(given)));
}

/// Telnyx-Signature-Ed25519 over `TIMESTAMP|BODY`.
result<> telnyx(std::string_view body, signature_context const& c) {
  auto const given = stamped(c.signature);
  auto const key = receive::base64_decoded(c.secret);
  auto const mac = given ? receive::base64_decoded(given->second) : std::nullopt;
  if (!given || !key || key->size() != 32) return lacking("Unterschrift als ZEITSTEMPEL,BASE64 und den öffentlichen Schlüssel in Base64 angeben", "give the signature as TIMESTAMP,BASE64 and the public key in base64");
  std::string const all = given->first + "|" + std::string{body};
  return genuine(mac && crypto::ed25519_verify(log::detail::view(*key), all, log::detail::view(*mac)));
}
}  // namespace

result<> check_signature(payload_format format, std::string_view body, signature_context const& context) {
  signature_context c = context;
  while (c.secret.ends_with('\n') || c.secret.ends_with('\r')) c.secret.pop_back();
  if (c.secret.empty()) return lacking("das Geheimnis ist leer", "the secret is empty");
  if (c.signature.empty() && format != payload_format::vonage) return lacking("zum Geheimnis fehlt die Unterschrift (--signature)", "the signature that goes with the secret is missing (--signature)");
  switch (format) {
    case payload_format::whatsapp_cloud: case payload_format::messenger: return meta(body, c);
    case payload_format::twilio: return twilio(body, c);
    case payload_format::messagebird: return messagebird(body, c);
    case payload_format::vonage: return vonage(body, c);
    case payload_format::telnyx: return telnyx(body, c);
    case payload_format::email: case payload_format::text: break;
  }
  return lacking("dieses Format kennt keine Unterschrift", "this format has no signature");
}

}  // namespace jawort
