// lib/receive/replies.hpp - the words of our own replies, and the words by which people name purposes. Internal.
#pragma once
#include <string>
#include <vector>

#include "jawort/keyword.hpp"
#include "jawort/ledger/receiver.hpp"

namespace jawort::receive {

/// The reply of that kind; `n` is the notice it shows or speaks of, or nullptr. `language` is that of the person's words
/// where it was found.
[[nodiscard]] outgoing_reply make_reply(reply_kind kind, notice const* n, std::string_view language, std::string const& controller);

/// How people may name the purposes of these notices.
[[nodiscard]] std::vector<scope_word> topic_words(std::vector<published_notice> const& notices);

}  // namespace jawort::receive
