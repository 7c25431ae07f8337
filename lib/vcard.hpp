// lib/vcard.hpp - vCard 2.1, 3.0 and 4.0 as phones and mail programs export it, with the place of every byte. Internal.
//
// Reads any bytes and never fails: what is no card is passed over and counted. Understands folded lines, quoted-printable
// with soft breaks (also without `ENCODING=`), property groups (`item3.TEL`), CHARSET, UTF-8 with or without BOM, UTF-16,
// windows-1252, cards inside cards (AGENT) and cards that break off. Sources: the vCard 2.1 specification (versit 1996),
// RFC 2426, RFC 6350. Linear in bytes.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace jawort {

/// Bytes of a file: from `from` up to, not including, `to`.
struct byte_span {
  std::size_t from = 0, to = 0;
  friend bool operator==(byte_span const&, byte_span const&) = default;
};

struct vcard_property {
  std::string name;                  ///< upper-case, without its group
  std::string value;                 ///< unfolded, decoded, UTF-8; backslashes as they stand
  std::size_t line = 0;              ///< physical line, from 1
  byte_span bytes;                   ///< all its lines, with their ends
};

struct vcard {
  std::size_t line = 0;
  byte_span bytes;                   ///< from BEGIN to END, with the line's end
  bool complete = false;             ///< END was there
  std::vector<vcard_property> properties;   ///< names, numbers and cards within; everything else is passed over
};

struct vcard_file {
  std::vector<vcard> cards;
  std::vector<std::size_t> strays;   ///< lines outside of cards that say something
};

[[nodiscard]] vcard_file read_vcards(std::string_view bytes);

/// The value with `\n`, `\,`, `\;` and `\\` resolved.
[[nodiscard]] std::string without_escapes(std::string_view value);

}  // namespace jawort
