// jawort/ledger/office_file.hpp - an office as people write it: one TOML file, with its dialogues in files beside it.
//
//   auto o = load_office("buero.toml");
//   if (!o) show(o.error());                       // buero.toml:12: unknown key 'awya' … did you mean away?
//   if (auto fits = check_notices(*o, book); !fits) show(fits.error());
//
// What a file does not name has its default. Unknown keys are errors with a suggestion; values name the line. Refused are
// also: a text that advertises, names a placeholder that does not exist or has no value, or carries payment data; an
// answer of a dialogue that the receiver would hear as something else; a dialogue that asks for consent without having
// shown the notice. The form is in docs/ASSISTANT.md.
//
// Thread safety: functions of their arguments; `load_office` reads files.
#pragma once
#include <functional>
#include <string>
#include <string_view>

#include "../assistant/dialogue_check.hpp"
#include "../assistant/office.hpp"
#include "ledger.hpp"

namespace jawort {

/// Gives the content of a file that an office file names.
using file_beside = std::function<result<std::string>(std::string const& name)>;

/// `where` names the file in errors (`FILE:LINE: …`).
[[nodiscard]] result<office> parse_office(std::string_view toml, std::string const& where, file_beside const& beside);

/// Reads the file, and those that it names, from its folder.
[[nodiscard]] result<office> load_office(std::string const& path);

/// Whether the notices that the office and its dialogues name are published, may be used, and cover what is asked for.
[[nodiscard]] result<> check_notices(office const& o, ledger const& book);

/// A dialogue's file alone.
[[nodiscard]] result<dialogue> parse_dialogue(std::string_view toml, std::string const& where);

}  // namespace jawort
