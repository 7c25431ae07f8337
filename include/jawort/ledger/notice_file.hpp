// jawort/ledger/notice_file.hpp - notices as people write them: TOML.
//
// Unknown keys, wrong types and unknown channels are errors that name the line; missing parts are not (see
// `missing_parts`), since historical words are kept with their gaps.
#pragma once
#include <string>
#include <string_view>

#include "../notice.hpp"
#include "../result.hpp"

namespace jawort {

/// `where` names the file in errors (`FILE:LINE: …`). Version and times stay unset.
[[nodiscard]] result<notice> parse_notice(std::string_view toml, std::string const& where);

}  // namespace jawort
