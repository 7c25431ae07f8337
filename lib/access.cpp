#include "jawort/ledger/access.hpp"

#include <algorithm>
#include <set>

#include "jawort/retention.hpp"
#include "ledger_impl.hpp"

namespace jawort {

std::vector<event> as_timeline(std::vector<event> history) {
  std::set<sequence> erasures;
  for (event const& e : history)
    if (e.kind == event_kind::erased && e.source == "jawort") erasures.insert(e.seq);
  std::set<sequence> shown;
  std::erase_if(history, [&](event const& e) { return erasures.contains(e.seq) && (e.kind != event_kind::erased || !shown.insert(e.seq).second); });
  std::stable_sort(history.begin(), history.end(), [](event const& a, event const& b) { return key_of(a) < key_of(b); });
  return history;
}

std::vector<rights_request> requests_in(std::vector<event> const& history) {
  std::vector<rights_request> out;
  auto const order = as_timeline(history);
  for (event const& e : order) {
    if (e.kind == event_kind::access_requested || e.kind == event_kind::erasure_requested)
      out.push_back({e.kind, e.seq, e.occurred_at, answer_due(e.occurred_at), {}});
    if (e.kind != event_kind::request_answered) continue;
    // The one that it names; without a name the oldest that is open.
    auto const named = e.proof.get("request"), kind = e.proof.get("answers");
    for (auto& r : out) {
      if (r.answered || (!named.empty() && named != std::to_string(r.seq)) || (!kind.empty() && kind != name(r.kind))) continue;
      r.answered = e.occurred_at;
      break;
    }
  }
  return out;
}

namespace {
std::vector<access_standing> standing_of(ledger_parts::impl const& i, std::vector<address> const& addresses, subject_state const& s, std::vector<event> const& events, instant now) {
  std::set<std::pair<channel, purpose>> pairs;
  for (event const& e : events)
    if (e.on && e.about && static_cast<int>(e.kind) < static_cast<int>(event_kind::restricted)) pairs.emplace(*e.on, *e.about);
  std::vector<access_standing> out;
  for (auto const& [on, about] : pairs) {
    question q;
    q.on = on;
    q.about = about;
    q.at = now;
    q.template_message = true;
    // The address that the last entry for this channel was about.
    for (event const& e : events)
      if (e.on == on && e.who->fits(on)) q.who = &*std::find(addresses.begin(), addresses.end(), *e.who);
    if (q.who != nullptr) out.push_back({on, about, i.answer(q, s)});
  }
  return out;
}
}  // namespace

result<access_report> access_of(ledger& book, address const& who, instant now) {
  access_report out;
  out.at = now;
  auto sealed = unseal(book, who);
  if (!sealed) return sealed.error();
  out.sealed = *std::move(sealed);
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<access_report> {
    i.db->snapshot([&] {
      i.refresh();
      auto const row = i.db->find(who);
      std::vector<event> history;
      if (row) {
        for (address_key const k : i.db->addresses_of(row->subject)) out.addresses.push_back(i.db->address_of(k));
        history = i.events_of_subject(row->subject);
      } else {
        out.addresses.push_back(who);
        history = i.forgotten({&who, 1});
      }
      auto const s = fold(history, who, {now, instant::latest()}, i.folding_rules());
      out.restricted = s.restricted;
      out.requests = requests_in(history);
      out.events = as_timeline(std::move(history));
      for (event const& e : out.events)
        if (e.kind == event_kind::erased && e.source == "jawort") out.erased.push_back(e.occurred_at);
      if (row) out.kept_until = keep_until(out.events, i.policies.newest().rules);
      out.standing = standing_of(i, out.addresses, s, out.events, now);
    });
    std::set<notice_number> shown;
    for (event const& e : out.events)
      if (e.notice != 0) shown.insert(e.notice);
    for (auto const& box : out.sealed)
      for (auto const& [e, ignored] : box.events)
        if (e.notice != 0) shown.insert(e.notice);
    out.notices.assign(shown.begin(), shown.end());
    return std::move(out);
  });
}

namespace {
result<sequence> appended_as(ledger& book, event e, instant now) {
  auto r = book.append({std::move(e)}, now);
  if (!r) return r.error();
  if (r->each[0] != appended::added)
    return error{failure::refused, {"steht schon da, oder liegt vor der Löschung der Person", "is there already, or lies before the person was erased"}, {}};
  return r->sequences[0];
}

result<std::optional<rights_request>> open_request_of(ledger& book, address const& who, event_kind kind) {
  auto history = book.history(who);
  if (!history) return history.error();
  for (auto const& r : requests_in(*history))
    if (r.kind == kind && !r.answered) return std::optional{r};
  return std::optional<rights_request>{};
}
}  // namespace

result<sequence> record_request(ledger& book, address const& who, event_kind kind, instant requested, std::string const& operator_name, instant now) {
  assert(kind == event_kind::access_requested || kind == event_kind::erasure_requested);
  auto open = open_request_of(book, who, kind);
  if (!open) return open.error();
  if (*open) return (*open)->seq;
  event e;
  e.kind = kind;
  e.who = who;
  e.occurred_at = requested;
  e.source = "cli";
  e.operator_name = operator_name;
  return appended_as(book, std::move(e), now);
}

result<sequence> record_answer(ledger& book, address const& who, event_kind kind, std::string const& sha256, std::string const& operator_name, instant now) {
  auto open = open_request_of(book, who, kind);
  if (!open) return open.error();
  if (!*open)
    return error{failure::refused, {"keine offene Anfrage dieser Person", "no open request of this person"}, {"erst mit --requested ZEIT eintragen, wann sie kam", "first record with --requested TIME when it came"}};
  event e;
  e.kind = event_kind::request_answered;
  e.who = who;
  e.occurred_at = std::max(now, (*open)->requested);
  e.source = "cli";
  e.operator_name = operator_name;
  e.proof.set("answers", name(kind));
  e.proof.set("request", std::to_string((*open)->seq));
  e.proof.set("sha256", sha256);
  return appended_as(book, std::move(e), now);
}

}  // namespace jawort
