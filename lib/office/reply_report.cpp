#include "jawort/ledger/reply_report.hpp"

#include "../ledger_impl.hpp"
#include "jawort/assistant/marks.hpp"

namespace jawort {
namespace {
error no_such_reply(std::string const& id) {
  return {failure::unknown_name, {"keine Antwort '" + id + "'", "no reply '" + id + "'"}, {"die id steht bei `receive` unter reply.id, z. B. r-1042", "`receive` gives the id as reply.id, e.g. r-1042"}};
}

std::optional<sequence> number_of(std::string_view id) {
  if (!id.starts_with("r-") || id.size() < 3 || id.size() > 20) return std::nullopt;
  sequence n = 0;
  for (char const c : id.substr(2)) {
    if (!detail::is_digit(c)) return std::nullopt;
    n = n * 10 + static_cast<sequence>(c - '0');
  }
  return n;
}
}  // namespace

result<reported> report_reply_sent(ledger& book, sent_reply const& sent, instant now) {
  auto const seq = number_of(sent.id);
  if (!seq) return no_such_reply(sent.id);
  reported out = reported::already;
  bool looked = false;
  auto done = book.append_all(
      [&]() -> result<std::vector<event>> {
        std::vector<event> none;
        if (looked) return none;
        looked = true;
        auto const row = ledger_parts::of(book).db->entry(*seq);
        if (!row || row->e.kind != event_kind::inbound || row->e.proof.get(mark::reply).empty() || !row->e.who) return no_such_reply(sent.id);
        event const& heard = row->e;
        if (sent.at.ms() / 1000 < heard.occurred_at.ms() / 1000) return error{failure::refused, {"die Antwort wäre vor der Nachricht gesendet", "the reply would have been sent before the message"}, {}};
        if (sent.at > now + std::chrono::minutes{5}) return error{failure::refused, {"Zeitpunkt liegt in der Zukunft", "the time lies in the future"}, {"Uhr prüfen", "check the clock"}};
        auto history = book.history(*heard.who);
        if (!history) return history.error();
        std::string const number = std::to_string(*seq);
        for (event const& e : *history) {
          bool const same = e.kind == event_kind::outbound && (e.proof.get(mark::answers) == number || (!sent.message_id.empty() && e.on == heard.on && e.proof.get("message_id") == sent.message_id));
          if (same) return none;
        }
        event e;
        e.kind = event_kind::outbound;
        e.occurred_at = std::min(sent.at, now);
        e.who = heard.who;
        e.on = heard.on;
        e.about = purpose::service();
        e.source = "assistant";
        e.proof.set(mark::automatic, "true");
        e.proof.set(mark::answers, number);
        e.proof.set("message_id", sent.message_id);
        return std::vector<event>{std::move(e)};
      },
      now, [&](append_report const& r) { if (!r.each.empty() && r.each.front() == appended::added) out = reported::recorded; });
  if (!done) return done.error();
  return out;
}

}  // namespace jawort
