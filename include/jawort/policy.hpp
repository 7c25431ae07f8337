// jawort/policy.hpp - the thresholds that rules use, and which of them held when.
//
// Every number of the rule book that is a cautious choice rather than a law stands here with its default; none is
// a constant in code. A policy is set for the future: an event is judged by the policy in force when it happened, a
// question by the policy in force at its time.
//
//   policy_book rules;                               // the defaults
//   rules.set({stricter, from, recorded_at, seq});
//   rules.at(when).stale_warn_months;
//
// Values; read by any number of threads once filled.
#pragma once
#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "channel.hpp"
#include "reason.hpp"
#include "time.hpp"

namespace jawort {

enum class quiet_mode : std::uint8_t { off, warn, hold };

struct policy {
  milliseconds confirmation_window = std::chrono::hours{24 * 7};   ///< from `requested`, its last instant included
  milliseconds confirmation_cooldown = std::chrono::hours{24};     ///< between two confirmation requests to one address
  int confirmation_tries = 3;                                      ///< unanswered ones to one address, ever
  milliseconds pending_data = std::chrono::hours{24 * 30};         ///< personal data of a lapsed request go after this
  int stale_warn_months = 17;
  int stale_hold_months = 24;
  int stale_deny_months = 48;
  int age_of_consent = 16;
  milliseconds conversation = std::chrono::hours{24 * 7};          ///< how long an answer belongs to a question
  milliseconds platform_window = std::chrono::hours{24};           ///< free-form messages (WhatsApp, Messenger)
  milliseconds human_agent_window = std::chrono::hours{24 * 7};    ///< Messenger, not promotional
  quiet_mode quiet = quiet_mode::warn;
  int quiet_from_minute = 20 * 60;                                 ///< local minute of the day, inclusive
  int quiet_until_minute = 8 * 60;                                 ///< exclusive
  bool quiet_sundays = true;                                       ///< Sundays and holidays all day
  bool existing_customer_email = true;
  bool existing_customer_sms = true;
  bool existing_customer_whatsapp = false;
  bool existing_customer_messenger = false;
  bool whatsapp_app = false;                                       ///< the office sends with the app, not the API
  int whatsapp_app_limit = 256;                                    ///< recipients of one broadcast list in the app
  milliseconds permit_validity = std::chrono::hours{24};           ///< of a permit for a list
  int retention_years = 3;                                         ///< proof is kept; calls longer
  int retention_years_calls = 5;
  std::vector<std::string> senders;                                ///< names by which the controller is known, besides its own
  std::vector<std::string> operators;                              ///< staff who sign personal messages
  std::vector<std::string> third_parties;                          ///< others whose goods a message may advertise
  std::array<outcome, reason_code_count> severity{};               ///< at least this bad, where the rule applies

  [[nodiscard]] outcome least(reason_code c) const { return severity[static_cast<std::size_t>(c)]; }
  [[nodiscard]] bool existing_customer(channel c) const {
    switch (c) {
      case channel::email: return existing_customer_email;
      case channel::sms: return existing_customer_sms;
      case channel::whatsapp: return existing_customer_whatsapp;
      case channel::messenger: return existing_customer_messenger;
      case channel::call: return false;  // § 7 Abs. 3 UWG speaks of electronic mail only
    }
    return false;
  }
  friend bool operator==(policy const&, policy const&) = default;
};

/// A policy with the time from which it holds and when the ledger learned of it.
struct policy_version {
  policy rules;
  instant from = instant::earliest();
  instant recorded_at = instant::earliest();
  std::optional<sequence> seq;       ///< its `policy-set` entry; nothing for the defaults
};

/// Every policy that held, in the order in which they were set. The defaults hold before the first.
class policy_book {
 public:
  policy_book() : versions_(1) {}
  explicit policy_book(policy p) : versions_(1) { versions_[0].rules = std::move(p); }

  void set(policy_version v) { versions_.push_back(std::move(v)); }
  /// In force at `at`, as known at `as_recorded`: the last one set by then.
  [[nodiscard]] policy_version const& version_at(instant at, instant as_recorded = instant::latest()) const {
    for (std::size_t i = versions_.size(); i-- > 1;)
      if (versions_[i].from <= at && versions_[i].recorded_at <= as_recorded) return versions_[i];
    return versions_[0];
  }
  [[nodiscard]] policy const& at(instant at, instant as_recorded = instant::latest()) const { return version_at(at, as_recorded).rules; }
  [[nodiscard]] policy_version const& newest() const { return versions_.back(); }
  [[nodiscard]] std::vector<policy_version> const& all() const { return versions_; }

 private:
  std::vector<policy_version> versions_;
};

}  // namespace jawort
