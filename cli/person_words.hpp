// cli/person_words.hpp - entries in words that the person whom they are about understands.
#pragma once
#include <string>

#include "jawort/event.hpp"
#include "jawort/ledger/ledger.hpp"
#include "render.hpp"

namespace jawort::cli {

[[nodiscard]] bilingual kind_words(event_kind k);
[[nodiscard]] bilingual channel_words(channel c);
[[nodiscard]] bilingual purpose_words(purpose const& p);
/// Where an entry came from, of its stored source.
[[nodiscard]] bilingual source_words(std::string const& source);
/// The day until whose end something is kept, of a half-open instant.
[[nodiscard]] std::string last_day(instant until);

/// An entry as `history` and `access` write it in JSON; `operators` says whether staff are named.
[[nodiscard]] json event_json(ledger const& book, event const& e, bool operators);
/// A notice's words, as JSON.
[[nodiscard]] json words_json(published_notice const& n);

}  // namespace jawort::cli
