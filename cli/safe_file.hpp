// cli/safe_file.hpp - writing a result without ever writing over what it was made from.
#pragma once
#include <string>

#include "jawort/result.hpp"

namespace jawort::cli {

/// Writes `bytes` to `path` (`-`: stdout). `input` is the file that was read: the same file, by whatever name or link, is
/// refused (`refused`) and left as it is. Anything else that stands there is replaced as a whole. `failure::environment`
/// where it cannot be written.
[[nodiscard]] result<> write_beside(std::string const& path, std::string const& bytes, std::string const& input);

}  // namespace jawort::cli
