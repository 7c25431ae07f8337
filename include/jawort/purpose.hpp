// jawort/purpose.hpp - what a message is for.
//
// Notices declare advertising purposes (`newsletter`, `offers`); a topic is a purpose below another
// (`newsletter/cruises`). Built in are `service`, `address-book` and `group:<id>`.
//
// A consent to a purpose covers its topics, not the other way round.
//
//   purpose const letter = *purpose::parse("newsletter"), cruises = *purpose::parse("newsletter/cruises");
//   letter.covers(cruises);   // true
//   cruises.covers(letter);   // false
//
// A purpose is 128 bytes, trivially copyable, never empty, and never allocates. Bounds: at most 127 bytes.
#pragma once
#include <array>
#include <compare>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "result.hpp"

namespace jawort {

class purpose {
 public:
  static constexpr std::size_t max_size = 127;

  /// Reads a purpose: lower-case letters a-z, digits, `-`, `_` and `.`, in parts divided by `/`. Upper-case letters
  /// are taken for lower-case ones, except in a group's id, which is kept as it is.
  /// Errors: `failure::malformed`.
  [[nodiscard]] static result<purpose> parse(std::string_view text);

  /// The built-in purpose of answers to a customer's own question.
  [[nodiscard]] static purpose service() { return purpose{"service"}; }
  /// The built-in purpose of keeping a contact in the address book of a phone with a messenger on it.
  [[nodiscard]] static purpose address_book() { return purpose{"address-book"}; }

  [[nodiscard]] std::string_view text() const { return {chars_.data(), size_}; }

  [[nodiscard]] bool is_group() const { return text().substr(0, 6) == "group:"; }
  [[nodiscard]] bool is_service() const { return text() == "service" || text().substr(0, 8) == "service/"; }
  [[nodiscard]] bool is_built_in() const { return is_service() || is_group() || text() == "address-book"; }
  /// Everything that is not built in is advertising.
  [[nodiscard]] bool is_advertising() const { return !is_built_in(); }

  /// Equal, or `other` is a topic below this.
  [[nodiscard]] bool covers(purpose const& other) const {
    return other.size_ >= size_ && std::memcmp(chars_.data(), other.chars_.data(), size_) == 0 &&
           (other.size_ == size_ || (other.chars_[size_] == '/' && !is_group()));
  }
  /// One of the two covers the other.
  [[nodiscard]] bool related(purpose const& other) const { return covers(other) || other.covers(*this); }

  friend bool operator==(purpose const& a, purpose const& b) { return a.text() == b.text(); }
  friend auto operator<=>(purpose const& a, purpose const& b) { return a.text() <=> b.text(); }

 private:
  explicit purpose(std::string_view text) : size_(static_cast<std::uint8_t>(text.size())) {
    std::memcpy(chars_.data(), text.data(), text.size());
  }
  std::array<char, max_size> chars_{};
  std::uint8_t size_ = 0;
};

inline result<purpose> purpose::parse(std::string_view s) {
  auto const wrong = [](char const* de, char const* en) {
    return error{failure::malformed, {de, en},
                 {"erlaubt sind a-z, 0-9, '-', '_', '.', und '/' vor einem Thema, z. B. newsletter/kreuzfahrten",
                  "allowed are a-z, 0-9, '-', '_', '.', and '/' before a topic, e.g. newsletter/cruises"}};
  };
  if (s.empty()) return wrong("leerer Zweck", "empty purpose");
  if (s.size() > max_size) return wrong("Zweck zu lang", "purpose too long");
  purpose p{s};
  bool const group = p.is_group();
  bool part_empty = true;
  for (std::size_t i = group ? 6 : 0; i < s.size(); ++i) {
    char& c = p.chars_[i];
    bool const upper = c >= 'A' && c <= 'Z';
    if (upper && !group) c = static_cast<char>(c - 'A' + 'a');
    bool const plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.';
    bool const in_group = group && (upper || c == '@' || c == '=' || c == '+' || c == '/' || c == ':');
    if (c == '/' && !group) {
      if (part_empty) return wrong("leerer Teil im Zweck", "empty part in the purpose");
      part_empty = true;
    } else if (plain || in_group) {
      part_empty = false;
    } else {
      return wrong("unerlaubtes Zeichen im Zweck", "character not allowed in a purpose");
    }
  }
  if (part_empty) return wrong("leerer Teil im Zweck", "empty part in the purpose");
  return p;
}

}  // namespace jawort
