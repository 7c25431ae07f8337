// lib/state_codec.hpp - the state of a subject as stored bytes. Internal.
//
// Little-endian varints; equal states have equal bytes.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "jawort/state.hpp"

namespace jawort {

[[nodiscard]] std::string encode_state(subject_state const& s);
/// Nothing if the bytes are no state.
[[nodiscard]] std::optional<subject_state> decode_state(std::string_view bytes);
/// Into a state that is used again and again, so that its memory is, too; false if the bytes are no state.
[[nodiscard]] bool decode_state(std::string_view bytes, subject_state& s);

}  // namespace jawort
