// jawort/address.hpp - a channel's way to reach somebody, canonical.
//
// An address is not a person: a data subject has one or more. Five kinds exist:
//   number        E.164, `+491713920001`                (WhatsApp, SMS, call)
//   mailbox       `name@domain`, lower-case             (e-mail)
//   page_scoped   `messenger:4815162342`, `messenger:ref:…` for a user_ref
//   business_user `US.13491208655302741918`             (WhatsApp business-scoped user id)
//   customer      `customer:K-4711`, the agency's own reference
//
// `address::parse` takes canonical text only: national spellings of a number need a numbering plan, which the
// ledger part brings (`jawort/ledger/normalise.hpp`). Letters are never stripped to make a number of an id.
//
//   auto a = address::parse("+491713920001");
//   a->country_code();     // 49
//
// Values; ordered by kind, then text.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "channel.hpp"
#include "result.hpp"

namespace jawort {

/// Stored; never renumber.
enum class address_kind : std::uint8_t { number = 1, mailbox = 2, page_scoped = 3, business_user = 4, customer = 5 };

class address {
 public:
  /// Reads canonical text. Errors: `failure::malformed`, saying what the text looks like and lacks.
  [[nodiscard]] static result<address> parse(std::string_view text);
  /// From the digits of an E.164 number, country code first, no plus: 7 to 15 digits, the first not 0.
  [[nodiscard]] static result<address> from_digits(std::uint64_t digits);

  [[nodiscard]] address_kind kind() const { return kind_; }
  [[nodiscard]] std::string const& text() const { return text_; }
  /// The digits as an integer, for a number; 0 for every other kind.
  [[nodiscard]] std::uint64_t digits() const { return digits_; }
  /// 49, 43, 41, or 0 where it is another number or none. (Only the three countries whose law the rules know.)
  [[nodiscard]] unsigned known_country_code() const {
    if (kind_ != address_kind::number) return 0;
    std::string_view const t = text_;
    for (unsigned const code : {49U, 43U, 41U})
      if (t[1] == static_cast<char>('0' + code / 10) && t[2] == static_cast<char>('0' + code % 10)) return code;
    return 0;
  }
  /// Whether an address of this kind can be written to on the channel. A number answers for e-mail too: it may
  /// name a person whose mailbox is linked or kept elsewhere; a mailbox never answers for a telephone channel.
  [[nodiscard]] bool fits(channel c) const {
    switch (kind_) {
      case address_kind::number: return c != channel::messenger;
      case address_kind::mailbox: return c == channel::email;
      case address_kind::page_scoped: return c == channel::messenger;
      case address_kind::business_user: return c == channel::whatsapp;
      case address_kind::customer: return true;
    }
    return false;
  }

  friend bool operator==(address const& a, address const& b) { return a.kind_ == b.kind_ && a.text_ == b.text_; }
  friend bool operator<(address const& a, address const& b) {
    return a.kind_ != b.kind_ ? a.kind_ < b.kind_ : a.text_ < b.text_;
  }

 private:
  address(address_kind kind, std::string text, std::uint64_t digits)
      : kind_(kind), text_(std::move(text)), digits_(digits) {}
  address_kind kind_;
  std::string text_;
  std::uint64_t digits_;
};

namespace detail {
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
[[nodiscard]] constexpr bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
[[nodiscard]] constexpr bool is_letter(char c) { return is_lower(c) || is_upper(c); }
[[nodiscard]] constexpr char to_lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

[[nodiscard]] inline bool all_of(std::string_view s, auto&& test) {
  for (char const c : s)
    if (!test(c)) return false;
  return true;
}

[[nodiscard]] inline std::string lower(std::string_view s) {
  std::string out{s};
  for (char& c : out) c = to_lower(c);
  return out;
}

/// A WhatsApp business-scoped user id: two letters, a dot, optionally `ENT.`, then 1 to 128 letters and digits.
[[nodiscard]] inline bool looks_like_business_user(std::string_view s) {
  if (s.size() < 4 || !is_upper(s[0]) || !is_upper(s[1]) || s[2] != '.') return false;
  s.remove_prefix(3);
  if (s.substr(0, 4) == "ENT.") s.remove_prefix(4);
  return !s.empty() && s.size() <= 128 && all_of(s, [](char c) { return is_digit(c) || is_letter(c); });
}

/// The common form of a mailbox (RFC 5321 dot-atom; UTF-8 as of RFC 6531), not every form that the RFC allows:
/// quoted local parts and address literals are refused, since nobody subscribes with one.
[[nodiscard]] inline bool looks_like_mailbox(std::string_view s) {
  auto const at = s.find('@');
  if (at == std::string_view::npos || at == 0 || at > 64 || s.size() > 254 || s.find('@', at + 1) != s.npos) return false;
  std::string_view const local = s.substr(0, at), domain = s.substr(at + 1);
  auto const good = [](char c) {
    return is_digit(c) || is_letter(c) || (static_cast<unsigned char>(c) >= 0x80) ||
           std::string_view{"!#$%&'*+-/=?^_`{|}~."}.find(c) != std::string_view::npos;
  };
  if (!all_of(local, good) || local.front() == '.' || local.back() == '.' || local.find("..") != local.npos) return false;
  if (domain.find('.') == domain.npos || domain.front() == '.' || domain.back() == '.' || domain.front() == '-' ||
      domain.back() == '-' || domain.find("..") != domain.npos)
    return false;
  return all_of(domain, [](char c) {
    return is_digit(c) || is_letter(c) || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}
}  // namespace detail

inline result<address> address::from_digits(std::uint64_t digits) {
  std::string const text = "+" + std::to_string(digits);
  if (text.size() < 8 || text.size() > 16)
    return error{failure::malformed, {"keine Rufnummer", "not a telephone number"},
                 {"E.164 hat 7 bis 15 Ziffern mit Ländervorwahl", "E.164 has 7 to 15 digits with the country code"}};
  return address{address_kind::number, text, digits};
}

inline result<address> address::parse(std::string_view s) {
  using namespace detail;
  if (!s.empty() && s.front() == '+') {
    std::string_view const digits = s.substr(1);
    if (digits.size() >= 7 && digits.size() <= 15 && digits.front() != '0' && all_of(digits, is_digit)) {
      std::uint64_t value = 0;
      for (char const c : digits) value = value * 10 + static_cast<std::uint64_t>(c - '0');
      return address{address_kind::number, std::string{s}, value};
    }
    return error{failure::malformed, {"keine Rufnummer nach E.164", "not a number as of E.164"},
                 {"+, Ländervorwahl, 7 bis 15 Ziffern ohne Zwischenraum, z. B. +491713920001",
                  "+, country code, 7 to 15 digits without spaces, e.g. +491713920001"}};
  }
  if (s.substr(0, 10) == "messenger:") {
    std::string_view id = s.substr(10);
    bool const ref = id.substr(0, 4) == "ref:";
    if (ref) id.remove_prefix(4);
    bool const good = !id.empty() && id.size() <= 255 &&
                      (ref ? all_of(id, [](char c) { return c > ' ' && c < 0x7f; }) : all_of(id, is_digit));
    if (good) return address{address_kind::page_scoped, std::string{s}, 0};
    return error{failure::malformed, {"keine Messenger-Kennung", "not a Messenger id"},
                 {"messenger: und Ziffern", "messenger: and digits"}};
  }
  if (s.substr(0, 9) == "customer:") {
    std::string_view const id = s.substr(9);
    if (!id.empty() && id.size() <= 128 && all_of(id, [](char c) { return static_cast<unsigned char>(c) > ' ' && c != 0x7f; }))
      return address{address_kind::customer, std::string{s}, 0};
    return error{failure::malformed, {"keine Kundennummer", "not a customer reference"},
                 {"customer: und 1 bis 128 Zeichen ohne Leerzeichen", "customer: and 1 to 128 characters without spaces"}};
  }
  if (looks_like_business_user(s)) return address{address_kind::business_user, std::string{s}, 0};
  if (looks_like_mailbox(s)) return address{address_kind::mailbox, lower(s), 0};
  return error{failure::malformed, {"keine Adresse", "not an address"},
               {"Rufnummer (+49…), E-Mail-Adresse, messenger:…, WhatsApp-Kennung (US.…) oder customer:…",
                "a number (+49…), an e-mail address, messenger:…, a WhatsApp id (US.…) or customer:…"}};
}

}  // namespace jawort
