// jawort/reason.hpp - why a decision is what it is: codes, outcomes, and the fixed order of both.
//
// Codes are for ever: the text names are part of the command line's contract, the order below is the order in which
// reasons of one outcome stand in an answer. A test lists them all and fails when a code has no rule.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "event.hpp"

namespace jawort {

/// What a rule says, and what a decision comes to: the worst of its reasons. Greater is worse.
enum class outcome : std::uint8_t { permit = 0, warn = 1, hold = 2, deny = 3 };

[[nodiscard]] constexpr std::string_view name(outcome o) {
  switch (o) {
    case outcome::permit: return "permit";
    case outcome::warn: return "warn";
    case outcome::hold: return "hold";
    case outcome::deny: return "deny";
  }
  return "";
}

/// In the order in which reasons of one outcome stand.
enum class reason_code : std::uint8_t {
  evaluation_failed, ledger_behind_anchor, erased, objected, withdrawn, restricted, whatsapp_marketing_stopped,
  known_unwanted, unclear_stop, revoked, confirmation_disputed, number_holder, no_evidence, imported_unproven,
  inbound_is_not_consent, double_opt_in_pending, confirmation_expired, confirmed_on_other_channel,
  purpose_not_covered, demonstrable, channel_covered, advertising_broad, consent_required_electronic_mail,
  consent_required_call, sender_identified, commercial_recognisable, frequency_promised, quiet_hours,
  consent_before_2018, affirmative_act, specific, informed, distinguishable, coupling, age_of_consent, stale_consent,
  notice_changed, third_country, confirmation_neutral, confirmation_once, asked_by_message, withdrawal_easy,
  whatsapp_window, messenger_window, whatsapp_app_newsletter, group_exposure, group_profile_exposure,
  address_book_upload, payment_data_in_chat, third_party_advertising, operator_named, stop_hint_present,
  contract_by_message, austria, switzerland, jurisdiction_unchecked, existing_customer_exception,
  customer_wrote_first, keyword_started, double_opt_in_confirmed, consent_proven
};
inline constexpr std::size_t reason_code_count = static_cast<std::size_t>(reason_code::consent_proven) + 1;

/// The text names, by code.
inline constexpr std::array<std::string_view, reason_code_count> reason_names{
    "evaluation-failed", "ledger-behind-anchor", "erased", "objected", "withdrawn", "restricted",
    "whatsapp-marketing-stopped", "known-unwanted", "unclear-stop", "revoked", "confirmation-disputed",
    "number-holder", "no-evidence", "imported-unproven", "inbound-is-not-consent", "double-opt-in-pending",
    "confirmation-expired", "confirmed-on-other-channel", "purpose-not-covered", "demonstrable", "channel-covered",
    "advertising-broad", "consent-required-electronic-mail", "consent-required-call", "sender-identified",
    "commercial-recognisable", "frequency-promised", "quiet-hours", "consent-before-2018", "affirmative-act",
    "specific", "informed", "distinguishable", "coupling", "age-of-consent", "stale-consent", "notice-changed",
    "third-country", "confirmation-neutral", "confirmation-once", "asked-by-message", "withdrawal-easy",
    "whatsapp-window", "messenger-window", "whatsapp-app-newsletter", "group-exposure", "group-profile-exposure",
    "address-book-upload", "payment-data-in-chat", "third-party-advertising", "operator-named", "stop-hint-present",
    "contract-by-message", "austria", "switzerland", "jurisdiction-unchecked", "existing-customer-exception",
    "customer-wrote-first", "keyword-started", "double-opt-in-confirmed", "consent-proven"};

[[nodiscard]] constexpr std::string_view name(reason_code c) { return reason_names[static_cast<std::size_t>(c)]; }

/// The code with that text name.
[[nodiscard]] constexpr std::optional<reason_code> reason_code_named(std::string_view text) {
  for (std::size_t i = 0; i < reason_code_count; ++i)
    if (reason_names[i] == text) return static_cast<reason_code>(i);
  return std::nullopt;
}

/// Reasons that let a message go: they are grounds, not findings.
[[nodiscard]] constexpr bool is_ground(reason_code c) { return c >= reason_code::existing_customer_exception; }

[[nodiscard]] constexpr std::optional<outcome> outcome_named(std::string_view text) {
  for (outcome const o : {outcome::permit, outcome::warn, outcome::hold, outcome::deny})
    if (name(o) == text) return o;
  return std::nullopt;
}

/// One reason: code, outcome, and up to four entries of the ledger that it rests on. Citation and words follow from
/// the code and the day (rule.hpp).
struct reason {
  reason_code code{};
  outcome what{};
  std::uint8_t event_count = 0;
  std::array<sequence, 4> events{};

  reason() = default;
  template <class... Seq>
  reason(reason_code c, outcome o, Seq... seqs)
      : code(c), what(o), event_count(sizeof...(seqs)), events{static_cast<sequence>(seqs)...} {}
};

/// Worse outcomes first, then the fixed order of codes.
[[nodiscard]] inline bool stands_before(reason const& a, reason const& b) {
  return a.what != b.what ? a.what > b.what : a.code < b.code;
}

/// The reasons of one decision, without allocation. One code stands at most once, with its worst outcome; so there
/// is room for all.
class reason_list {
 public:
  // Only the reasons that are there are copied: room for all of them takes two kilobytes, and a decision has a handful.
  reason_list() {}
  reason_list(reason_list const& o) : size_(o.size_) { std::copy_n(o.items_, o.size_, items_); }
  reason_list& operator=(reason_list const& o) {
    std::copy_n(o.items_, o.size_, items_);
    size_ = o.size_;
    return *this;
  }

  void add(reason const& r) {
    for (std::size_t i = 0; i < size_; ++i)
      if (items_[i].code == r.code) {
        if (r.what > items_[i].what) items_[i] = r;
        return;
      }
    items_[size_++] = r;
  }
  /// Raises the outcome of what is there; nothing is lowered.
  void raise(auto&& least) {
    for (std::size_t i = 0; i < size_; ++i)
      if (outcome const o = least(items_[i].code); o > items_[i].what) items_[i].what = o;
  }
  void sort() {  // insertion sort: a handful of items, stable, no allocation
    for (std::size_t i = 1; i < size_; ++i)
      for (std::size_t j = i; j > 0 && stands_before(items_[j], items_[j - 1]); --j) std::swap(items_[j], items_[j - 1]);
  }
  [[nodiscard]] outcome worst() const {
    outcome w = outcome::permit;
    for (reason const& r : *this)
      if (r.what > w) w = r.what;
    return w;
  }
  [[nodiscard]] bool has(reason_code c) const {
    for (reason const& r : *this)
      if (r.code == c) return true;
    return false;
  }
  [[nodiscard]] reason const* begin() const { return items_; }
  [[nodiscard]] reason const* end() const { return items_ + size_; }
  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] reason const& operator[](std::size_t i) const { return items_[i]; }

 private:
  union { reason items_[reason_code_count]; };  ///< the first `size_` of them alive; in a union, so that nothing is set up
  std::size_t size_ = 0;
};

}  // namespace jawort
