// Names of kinds, states and ways, numbers and times, in German and English.
#include <fmt/format.h>

#include "document.hpp"

namespace jawort::audit {

bilingual words_of(event_kind k) {
  switch (k) {
    case event_kind::requested: return {"Anfrage", "request"};
    case event_kind::confirmation_sent: return {"Bitte um Bestätigung versandt", "confirmation sent"};
    case event_kind::confirmed: return {"Bestätigung", "confirmation"};
    case event_kind::given: return {"Einwilligung", "consent given"};
    case event_kind::renewed: return {"Einwilligung erneuert", "consent renewed"};
    case event_kind::refused: return {"Ablehnung", "refusal"};
    case event_kind::withdrawn: return {"Widerruf", "withdrawal"};
    case event_kind::objected: return {"Widerspruch", "objection"};
    case event_kind::revoked: return {"Beendet durch das Büro", "revoked by the agency"};
    case event_kind::suspended: return {"Unklare Abmeldung", "unclear stop"};
    case event_kind::resumed: return {"Unklarheit aufgelöst", "suspension lifted"};
    case event_kind::expired: return {"Anfrage verfallen", "request expired"};
    case event_kind::invalidated: return {"Bestätigung bestritten", "confirmation disputed"};
    case event_kind::imported: return {"Aus einer Liste", "imported"};
    case event_kind::restricted: return {"Verarbeitung eingeschränkt", "processing restricted"};
    case event_kind::unrestricted: return {"Einschränkung aufgehoben", "restriction lifted"};
    case event_kind::blocked: return {"Blockiert", "blocked"};
    case event_kind::unblocked: return {"Blockade aufgehoben", "unblocked"};
    case event_kind::platform_stopped: return {"Auf der Plattform abbestellt", "stopped on the platform"};
    case event_kind::platform_resumed: return {"Auf der Plattform wieder zugelassen", "resumed on the platform"};
    case event_kind::undeliverable: return {"Unzustellbar", "undeliverable"};
    case event_kind::wrong_number: return {"Falsche Nummer", "wrong number"};
    case event_kind::number_cleared: return {"Nummer geklärt", "number cleared"};
    case event_kind::inbound: return {"Nachricht von der Person", "message from the person"};
    case event_kind::outbound: return {"Sendung", "send"};
    case event_kind::sale_recorded: return {"Verkauf", "sale"};
    case event_kind::address_linked: return {"Adressen verbunden", "addresses linked"};
    case event_kind::address_changed: return {"Adresse geändert", "address changed"};
    case event_kind::group_member_added: return {"In eine Gruppe aufgenommen", "added to a group"};
    case event_kind::group_member_left: return {"Gruppe verlassen", "left a group"};
    case event_kind::access_requested: return {"Auskunft verlangt", "access requested"};
    case event_kind::erasure_requested: return {"Löschung verlangt", "erasure requested"};
    case event_kind::request_answered: return {"Verlangen beantwortet", "request answered"};
    case event_kind::erased: return {"Gelöscht", "erased"};
    case event_kind::ledger_created: return {"Hauptbuch angelegt", "ledger created"};
    case event_kind::notice_published: return {"Hinweis veröffentlicht", "notice published"};
    case event_kind::policy_set: return {"Richtlinie gesetzt", "policy set"};
    case event_kind::key_rotated: return {"Schlüssel gewechselt", "key rotated"};
    case event_kind::restored: return {"Wiederhergestellt", "restored"};
  }
  return {};
}

bilingual words_of(consent_status s) {
  switch (s) {
    case consent_status::unknown: return {"unbekannt", "unknown"};
    case consent_status::requested: return {"angefragt", "requested"};
    case consent_status::request_deferred: return {"aufgeschoben", "request deferred"};
    case consent_status::given: return {"eingewilligt", "given"};
    case consent_status::renewed: return {"erneuert", "renewed"};
    case consent_status::refused: return {"abgelehnt", "refused"};
    case consent_status::withdrawn: return {"widerrufen", "withdrawn"};
    case consent_status::revoked: return {"vom Büro beendet", "revoked"};
    case consent_status::expired: return {"verfallen", "expired"};
    case consent_status::invalidated: return {"bestritten", "invalidated"};
  }
  return {};
}

bilingual words_of(way_in w) {
  switch (w) {
    case way_in::double_opt_in: return {"Anfrage und Bestätigung", "double opt-in"};
    case way_in::first_message: return {"Erste Nachricht der Person", "the person's first message"};
    case way_in::act: return {"Handlung (Papier, am Schalter …)", "act (paper, counter …)"};
    case way_in::request: return {"Anfrage ohne Bestätigung", "request without confirmation"};
    case way_in::list: return {"Liste ohne Beleg", "list without evidence"};
  }
  return {};
}

bilingual words_of(outcome o) {
  switch (o) {
    case outcome::permit: return {"erlaubt", "permitted"};
    case outcome::warn: return {"mit Warnung", "with a warning"};
    case outcome::hold: return {"zurückzuhalten", "to be held"};
    case outcome::deny: return {"nicht erlaubt", "denied"};
  }
  return {};
}

bilingual words_of(request_state s) {
  switch (s) {
    case request_state::open: return {"offen, in der Frist", "open, in time"};
    case request_state::overdue: return {"überfällig", "overdue"};
    case request_state::answered: return {"beantwortet", "answered"};
    case request_state::answered_late: return {"zu spät beantwortet", "answered late"};
  }
  return {};
}

bilingual words_of(channel c) {
  switch (c) {
    case channel::whatsapp: return {"WhatsApp", "WhatsApp"};
    case channel::messenger: return {"Messenger", "Messenger"};
    case channel::sms: return {"SMS", "SMS"};
    case channel::email: return {"E-Mail", "e-mail"};
    case channel::call: return {"Anruf", "call"};
  }
  return {};
}

std::string number_text(std::uint64_t n, tongue lang) {
  std::string digits = std::to_string(n);
  for (std::size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, 1, lang == tongue::de ? '.' : ',');
  return digits;
}

std::string length_text(std::int64_t s, tongue lang) {
  bool const de = lang == tongue::de;
  auto const two = [&](std::int64_t big, char const* big_name, std::int64_t small, char const* small_name) {
    return small == 0 ? fmt::format("{} {}", big, big_name) : fmt::format("{} {} {} {}", big, big_name, small, small_name);
  };
  if (s < 60) return fmt::format("{} s", s);
  if (s < 3600) return two(s / 60, "min", s % 60, "s");
  if (s < 86400) return two(s / 3600, "h", s % 3600 / 60, "min");
  if (s >= 100 * 86400) return number_text(static_cast<std::uint64_t>(s / 86400), lang) + (de ? " Tage" : " days");
  return two(s / 86400, s / 86400 == 1 ? (de ? "Tag" : "day") : (de ? "Tage" : "days"), s % 86400 / 3600, "h");
}

std::string time_text(instant t) {
  std::string s = to_string(t);  // 2026-07-01T09:55:00Z
  bool const plain = s.substr(17) == "00Z";
  return s.substr(0, 10) + " " + s.substr(11, plain ? 5 : 8) + " UTC";
}
std::string day_text(instant t) { return to_string(t).substr(0, 10); }

std::string ranges_text(std::vector<sequence> const& e, std::size_t most) {
  std::string out;
  std::size_t shown = 0;
  for (std::size_t i = 0; i < e.size();) {
    std::size_t j = i;
    while (j + 1 < e.size() && e[j + 1] == e[j] + 1) ++j;
    if (shown++ == most) return out + " …";
    out += (out.empty() ? "" : ", ") + (j == i ? std::to_string(e[i]) : j == i + 1 ? fmt::format("{}, {}", e[i], e[j]) : fmt::format("{}–{}", e[i], e[j]));
    i = j + 1;
  }
  return out;
}

namespace {
/// Code points that act on a terminal or on the order of reading, or that cannot be seen.
bool acts(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c <= 0x9f) || c == 0xad || c == 0x61c || c == 0x180e || (c >= 0x200b && c <= 0x200f) || (c >= 0x2028 && c <= 0x202e) ||
         (c >= 0x2060 && c <= 0x206f) || c == 0xfeff || (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}
/// The code point at `at`, and its length; a broken byte is one by itself, and acts.
std::pair<char32_t, std::size_t> code_point(std::string_view s, std::size_t at) {
  auto const byte = [&](std::size_t k) { return static_cast<unsigned char>(s[at + k]); };
  std::size_t const n = byte(0) < 0x80 ? 1 : byte(0) >= 0xf0 && byte(0) < 0xf5 ? 4 : byte(0) >= 0xe0 ? 3 : byte(0) >= 0xc2 ? 2 : 0;
  if (n == 0 || byte(0) >= 0xf5 || at + n > s.size()) return {0, 1};
  char32_t c = n == 1 ? byte(0) : static_cast<char32_t>(byte(0) & (0xff >> (n + 1)));
  for (std::size_t k = 1; k < n; ++k) {
    if ((byte(k) & 0xc0) != 0x80) return {0, 1};
    c = c << 6 | static_cast<char32_t>(byte(k) & 0x3f);
  }
  return {c, n};
}
}  // namespace

std::string inert_text(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    auto const [c, n] = code_point(text, at);
    if (!acts(c)) out += text.substr(at, n);
    else out += fmt::format("\\u{{{:x}}}", c == 0 ? static_cast<unsigned>(static_cast<unsigned char>(text[at])) : static_cast<unsigned>(c));
    at += n;
  }
  return out;
}

}  // namespace jawort::audit
