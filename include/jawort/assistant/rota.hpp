// jawort/assistant/rota.hpp - who answers this week, and whose name closes a personal message.
//
//   rota r;
//   r.order = {"Sabine Meier", "Jonas Weber"};
//   r.since = date::year{2026} / 1 / 5;                 // a Monday: the first week of the first
//   operator_on(r, date::year{2026} / 1 / 14);          // "Jonas Weber"
//
// Weeks begin on Monday. Pure.
#pragma once
#include <date/date.h>

#include <algorithm>
#include <string>
#include <vector>

#include "../message.hpp"

namespace jawort {

struct rota {
  struct instead {
    date::year_month_day from, until;   ///< both included
    std::string who;
  };
  std::vector<std::string> order;       ///< a week each, again and again
  date::year_month_day since{};         ///< any day of the first one's week
  std::vector<instead> others;          ///< who stands in, on which days
};

/// Whose turn it is on that day; empty where nobody is named.
[[nodiscard]] inline std::string operator_on(rota const& r, date::year_month_day day) {
  for (auto const& o : r.others)
    if (o.from <= day && day <= o.until) return o.who;
  if (r.order.empty()) return {};
  auto const monday = [](date::local_days d) { return d - (date::weekday{d} - date::Monday); };
  auto const weeks = (monday(date::local_days{day}) - monday(date::local_days{r.since})).count() / 7;
  auto const n = static_cast<std::ptrdiff_t>(r.order.size());
  return r.order[static_cast<std::size_t>(((weeks % n) + n) % n)];
}

/// Everybody who is on it, once.
[[nodiscard]] inline std::vector<std::string> operators_of(rota const& r) {
  std::vector<std::string> out = r.order;
  for (auto const& o : r.others) out.push_back(o.who);
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

/// The names by which `read_message` recognises who closes a message (rule `operator-named`), with the rota's.
[[nodiscard]] inline message_names with_operators(message_names names, rota const& r) {
  for (auto const& who : operators_of(r))
    if (std::find(names.operators.begin(), names.operators.end(), who) == names.operators.end()) names.operators.push_back(who);
  return names;
}

}  // namespace jawort
