// lib/state_codec.hpp - the state of a subject with one address, as stored bytes. Internal.
//
// Little-endian varints; equal states have equal bytes. Subjects with several addresses are not stored this way: they
// are few, and are folded from their events when asked.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "jawort/state.hpp"

namespace jawort {

[[nodiscard]] std::string encode_state(subject_state const& s);
/// Nothing if the bytes are no state.
[[nodiscard]] std::optional<subject_state> decode_state(std::string_view bytes);

}  // namespace jawort
