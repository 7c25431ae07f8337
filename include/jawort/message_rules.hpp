// jawort/message_rules.hpp - the rules about a message's own words, whoever it goes to.
//
//   reason_list found;
//   judge_message(facts, {true, channel::whatsapp, at, words_consented_to}, found);
//
// Pure.
#pragma once
#include "message.hpp"
#include "notice.hpp"
#include "reason.hpp"
#include "rule.hpp"

namespace jawort {

/// What the rules about words take beside the words.
struct message_setting {
  bool advertising = true;                 ///< the purpose asked for
  channel on{};
  instant at;
  notice_view const* consented = nullptr;  ///< the words consented to, where there is a consent
};

/// A message is advertising where its purpose or a part of it is.
[[nodiscard]] inline bool is_advertising(message_facts const& m, bool purpose_is) {
  return purpose_is || !m.promotional.empty() || !m.third_party_words.empty() || !m.third_parties.empty();
}

namespace detail {
[[nodiscard]] inline bool names_all(notice_view const* n, std::vector<std::string> const& parties) {
  return n != nullptr && std::all_of(parties.begin(), parties.end(), [&](std::string const& p) {
    return names_somebody(n->words, name_words(p));
  });
}
}  // namespace detail

/// Adds every rule about the message's words that applies.
inline void judge_message(message_facts const& m, message_setting const& s, reason_list& out) {
  bool const advertising = is_advertising(m, s.advertising);
  auto const put = [&out](reason_code c, outcome o) { out.add(reason{c, o}); };
  if (advertising && !s.advertising) put(reason_code::advertising_broad, outcome::deny);
  if (!m.payment_data.empty()) put(reason_code::payment_data_in_chat, outcome::deny);
  if (!m.contract.empty() && !m.withdrawal_right) put(reason_code::contract_by_message, outcome::warn);
  if (!advertising) {
    if (!m.operator_named) put(reason_code::operator_named, outcome::warn);
    return;
  }
  if (!m.sender_named || m.refuses_answers) put(reason_code::sender_identified, outcome::deny);
  if ((!m.sender_named || m.disguised) && s.at >= law::tmg) put(reason_code::commercial_recognisable, outcome::deny);
  if (!m.way_out) put(reason_code::stop_hint_present, outcome::deny);
  if (!m.third_party_words.empty() || !detail::names_all(s.consented, m.third_parties)) {
    if (!m.third_party_words.empty() || !m.third_parties.empty()) put(reason_code::third_party_advertising, outcome::deny);
  }
}

}  // namespace jawort
