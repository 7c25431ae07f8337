// lib/receive/mail.hpp - a raw mail as parts: headers, decoded text. Internal.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "jawort/time.hpp"

namespace jawort::receive {

struct mail_part {
  std::vector<std::pair<std::string, std::string>> headers;   ///< names in lower case, folded lines joined
  std::string type = "text/plain";                            ///< lower case, without parameters
  std::string charset, boundary, report_type;
  bool attachment = false;
  std::string body;                                           ///< transfer encoding taken off, text as UTF-8
  std::vector<mail_part> parts;

  /// The first header of that (lower-case) name; empty if there is none.
  [[nodiscard]] std::string_view header(std::string_view name) const;
  /// The first part of that type, itself included; nullptr if there is none.
  [[nodiscard]] mail_part const* find(std::string_view type) const;
};

/// Reads a mail or a part of one. Never fails: what is broken is taken as text. Depth and number of parts are bounded.
[[nodiscard]] mail_part parse_mail(std::string_view bytes, int depth = 0);

/// Header fields of a block: of a mail, of a delivery status, of a feedback report.
[[nodiscard]] std::vector<std::pair<std::string, std::string>> parse_headers(std::string_view& bytes);

/// `=?utf-8?Q?…?=` and `=?…?B?…?=` as UTF-8 (RFC 2047).
[[nodiscard]] std::string decoded_words(std::string_view text);
/// The mailbox of `Name <a@b>` or `rfc822; a@b`, as it is written.
[[nodiscard]] std::string mailbox_in(std::string_view header);
/// A date as of RFC 5322, with numeric or the common named zones.
[[nodiscard]] std::optional<instant> mail_date(std::string_view text);
/// What the person wrote themself: without quoted lines, the lines that introduce them, and the signature.
[[nodiscard]] std::string own_words(std::string_view body);
/// Text of a page: tags taken off, the common entities decoded, quoted blocks left out.
[[nodiscard]] std::string html_text(std::string_view page);

}  // namespace jawort::receive
