// jawort/policy.hpp - the thresholds that rules use.
//
// Every number of the rule book that is a cautious choice rather than a law stands here, with its default; none is
// a constant in code.
#pragma once
#include <chrono>
#include <cstdint>

#include "channel.hpp"
#include "time.hpp"

namespace jawort {

enum class quiet_mode : std::uint8_t { off, warn, hold };

struct policy {
  milliseconds confirmation_window = std::chrono::hours{24 * 7};  ///< from `requested`, its last instant included
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
  bool quiet_sundays = true;
  bool coupling_denies = false;                                    ///< `coupling` warns unless this is set
  bool existing_customer_email = true;
  bool existing_customer_sms = true;
  bool existing_customer_whatsapp = false;
  bool existing_customer_messenger = false;

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
};

}  // namespace jawort
