// cli/terminal.hpp - what is safe and pleasant to print.
#pragma once
#include <string>
#include <string_view>

namespace jawort::cli {

/// Control characters, bidi and zero-width marks made visible, so that nobody's words can move a cursor.
[[nodiscard]] std::string inert(std::string_view text);

enum class paint { plain, good, bad, careful, faint };
/// The text in colour, where colour is on.
[[nodiscard]] std::string painted(std::string_view text, paint p, bool colour);

/// Whether a stream is a terminal; `fd` is 1 or 2.
[[nodiscard]] bool is_terminal(int fd);

}  // namespace jawort::cli
