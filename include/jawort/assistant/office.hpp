// jawort/assistant/office.hpp - an office as its file says it: hours, words, rota, dialogues. Plain data.
#pragma once
#include <string>
#include <vector>

#include "dialogue.hpp"
#include "office_hours.hpp"
#include "response_time.hpp"
#include "rota.hpp"
#include "which_reply.hpp"
#include "wording.hpp"

namespace jawort {

struct office {
  std::string name;
  std::string language = "de";                  ///< where the person's cannot be told
  std::string zone = "Europe/Berlin";           ///< IANA name; resolved by who has a clock
  std::string phone;                            ///< for what is urgent
  std::string notice;                           ///< which one start words are for; empty: the one that fits
  std::vector<channel> channels{channel::whatsapp, channel::messenger, channel::sms};   ///< where the assistant answers
  office_hours hours;
  bilingual greeting, greeting_closed, away, instant_reply, handover, handover_closed, again;   ///< empty: no such reply
  milliseconds pause = std::chrono::minutes{240};        ///< between two automatic replies while the office is open
  milliseconds human_turn = std::chrono::hours{12};      ///< so long after a human's message the assistant is silent
  milliseconds still = std::chrono::hours{24};           ///< so long an open step waits
  response_label label = response_label::automatic;
  int label_days = 28;
  std::vector<std::string> human_words;                  ///< by which a person in a dialogue asks for a human
  rota who;
  std::vector<dialogue> dialogues;
};

/// The text in that language; the other one where it has none.
[[nodiscard]] inline std::string const& in_language(bilingual const& t, std::string_view language) {
  if (language == "de") return t.de.empty() ? t.en : t.de;
  return t.en.empty() ? t.de : t.en;
}

/// How a personal message closes today: a greeting, the name on duty, the office.
[[nodiscard]] inline std::string closing(office const& o, date::year_month_day day, std::string_view language) {
  auto const who = operator_on(o.who, day);
  return std::string{language == "de" ? "Viele Grüße\n" : "Kind regards\n"} + (who.empty() ? "" : who + "\n") + o.name;
}

}  // namespace jawort
