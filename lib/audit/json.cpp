// The audit as one JSON object; what may be long is written as it goes.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <ostream>

#include "document.hpp"

namespace jawort {
namespace {
using namespace audit;
using json = nlohmann::ordered_json;

/// ASCII only, so that no character of a name can act on a terminal or on the order of reading.
std::string dumped(json const& j) { return j.dump(-1, ' ', true, json::error_handler_t::replace); }

json of(figure const& f) {
  json j{{"count", f.count()}, {"entries", f.entries()}};
  if (!f.complete()) j["newest_only"] = true;
  return j;
}
json of(durations const& d) {
  auto const or_null = [](std::optional<std::int64_t> s) { return s ? json(*s) : json(nullptr); };
  return {{"count", d.count()}, {"median_seconds", or_null(d.median())}, {"p90_seconds", or_null(d.within(0.9))}, {"p95_seconds", or_null(d.within(0.95))}, {"longest_seconds", or_null(d.longest())}};
}
json of(side_of_send const& s) {
  json reasons = json::array();
  for (reason const& r : s.reasons) reasons.push_back({{"code", name(r.code)}, {"outcome", name(r.what)}, {"events", std::vector<sequence>(r.events.begin(), r.events.begin() + r.event_count)}});
  return {{"decision", name(s.what)}, {"reasons", std::move(reasons)}};
}
json of_reasons(std::map<reason_code, figure> const& all) {
  json j = json::object();
  for (auto const& [code, f] : all) j[std::string{name(code)}] = of(f);
  return j;
}
json of_outcomes(std::array<figure, 4> const& all) {
  json j = json::object();
  for (auto const o : {outcome::permit, outcome::warn, outcome::hold, outcome::deny}) j[std::string{name(o)}] = of(all[static_cast<std::size_t>(o)]);
  return j;
}

json ledger_part(audit_report const& r) {
  auto const& f = r.found;
  json j{{"controller", r.controller}, {"origin", r.origin}, {"region", r.region}, {"entries", r.entries}, {"of_people", f.entries}, {"not_of_people", r.not_of_people}, {"restores", r.restores},
         {"persons", f.persons}, {"addresses", f.addresses}, {"linked_persons", f.linked_persons}, {"first", f.first ? json(to_string(*f.first)) : json(nullptr)}, {"last", f.last ? json(to_string(*f.last)) : json(nullptr)},
         {"checkpoint", {{"size", r.head.size}, {"root", log::base64(log::bytes_view{r.head.root})}, {"note", r.checkpoint_note}}}, {"verifier_key", r.verifier_key}, {"behind_checkpoint", r.behind}};
  json kinds = json::object();
  for (auto const& [kind, x] : f.kinds) kinds[std::string{name(kind)}] = of(x);
  j["kinds"] = std::move(kinds);
  return j;
}

json consents_part(findings const& f) {
  json now = json::array(), over_time = json::array(), standing = json::array();
  auto const key = [](consent_key const& k) { return json{{"channel", name(k.scope.on)}, {"purpose", k.scope.about.text()}, {"way_in", name(k.way)}, {"status", name(k.status)}}; };
  for (auto const& [k, x] : f.consents) {
    json j = key(k);
    j.update(of(x));
    now.push_back(std::move(j));
  }
  for (auto const& [k, changes] : f.changes) {
    json j = key(k), points = json::array();
    std::int64_t n = 0;
    for (auto const& [bucket, change] : changes) {
      if (change == 0) continue;
      n += change;
      points.push_back({to_string(f.when.end_of(bucket)), n});
    }
    j["from_the_end_of"] = std::move(points);
    over_time.push_back(std::move(j));
  }
  for (auto const& [scope, s] : f.standing)
    standing.push_back({{"channel", name(scope.on)}, {"purpose", scope.about.text()}, {"outcomes", of_outcomes(s.by_outcome)}, {"reasons", of_reasons(s.reasons)}});
  json flows = json::array();
  for (auto const& [bucket, n] : f.flows)
    flows.push_back({{"from", to_string(std::max(f.when.begin_of(bucket), f.when.from))}, {"yes", n[0]}, {"stop", n[1]}, {"send_permitted", n[2]}, {"send_unlawful", n[3]}});
  return {{"at_end", std::move(now)}, {"over_time", std::move(over_time)}, {"may_be_written_to", std::move(standing)}, {"flows", std::move(flows)}};
}

json sends_part(findings const& f) {
  auto const& s = f.sends;
  return {{"all", of(s.all)}, {"not_judged", of(s.unjudged)}, {"as_known_now", of_outcomes(s.now)},
          {"then_and_now", {{"permitted_both", of(s.in_time[1][1])}, {"permitted_then_only", of(s.in_time[1][0])}, {"permitted_now_only", of(s.in_time[0][1])}, {"permitted_neither", of(s.in_time[0][0])},
                            {"entered_later_permitted_now", of(s.entered_later[1])}, {"entered_later_not_permitted_now", of(s.entered_later[0])}}},
          {"reasons_as_known_now", of_reasons(s.reasons_now)}, {"reasons_as_recorded_then", of_reasons(s.reasons_then)},
          {"after_stop", {{"entered_before", of(s.after_known_stop)}, {"entered_later", of(s.after_unknown_stop)}}}, {"unlawful_count", s.listed}};
}

json stops_part(findings const& f) {
  json j = json::object();
  for (auto const& [kind, s] : f.stops) {
    json x = of(s.all);
    x["until_entered"] = of(s.delay);
    j[std::string{name(kind)}] = std::move(x);
  }
  return j;
}

json funnel_part(funnel const& f) {
  return {{"requested", of(f.requested)}, {"confirmation_sent", of(f.sent)}, {"confirmed", of(f.confirmed)}, {"expired", of(f.expired)}, {"disputed", of(f.disputed)}, {"stopped", of(f.stopped)},
          {"erased", of(f.erased)}, {"open", of(f.open)}, {"time_to_confirm", of(f.to_confirm)}};
}

json stale_part(staleness const& s) {
  json j{{"ahead_days", stale_ahead / std::chrono::hours{24}}, {"already", json::object()}, {"becomes", json::object()}};
  for (auto const o : {outcome::warn, outcome::hold, outcome::deny}) {
    j["already"][std::string{name(o)}] = of(s.is[static_cast<std::size_t>(o)]);
    j["becomes"][std::string{name(o)}] = of(s.becomes[static_cast<std::size_t>(o)]);
  }
  return j;
}

json rights_part(findings const& f) {
  json states = json::object(), list = json::array();
  for (auto const& [state, kinds] : f.requests)
    for (auto const& [kind, x] : kinds) states[std::string{name(state)}][std::string{name(kind)}] = of(x);
  for (auto const& r : f.newest_requests)
    list.push_back({{"seq", r.seq}, {"kind", name(r.kind)}, {"asked_at", to_string(r.asked_at)}, {"deadline", to_string(r.deadline)}, {"answer", r.answer ? json(*r.answer) : json(nullptr)},
                    {"answered_at", r.answer ? json(to_string(r.answered_at)) : json(nullptr)}, {"state", name(r.state)}});
  return {{"states", std::move(states)}, {"requests", std::move(list)}};
}

json notices_part(audit_report const& r, tongue lang) {
  json j = json::array();
  for (auto const& n : r.notices) {
    json gaps = json::array(), channels = json::array(), purposes = json::array();
    for (auto const& m : n.gaps) gaps.push_back({{"part", m.key}, {"law", m.law}, {"text", say(m.what, lang)}});
    for (channel const c : n.channels) channels.push_back(name(c));
    for (auto const& p : n.purposes) purposes.push_back(p.text());
    j.push_back({{"notice", n.reference}, {"sha256", n.digest_hex}, {"language", n.language}, {"published_at", to_string(n.published_at)}, {"recorded_at", to_string(n.recorded_at)}, {"historical", n.historical},
                 {"channels", channels}, {"purposes", purposes}, {"gaps", gaps}, {"requests", of(n.use.requests)}, {"consents", of(n.use.consents)}});
  }
  return j;
}

json duties_part(audit_report const& r, tongue lang) {
  json list = json::array(), recipients = json::array();
  for (auto const& d : r.duties) list.push_back({{"id", d.id}, {"state", name(d.state)}, {"citation", d.citation}, {"duty", say(d.duty, lang)}, {"finding", say(d.finding, lang)}, {"to_do", say(d.todo, lang)}});
  for (auto const& x : r.recipients) recipients.push_back({{"name", x.name}, {"country", x.country}, {"third_country", x.third_country}, {"safeguard", x.safeguard}, {"notices", x.notices}});
  return {{"checklist", std::move(list)}, {"recipients", std::move(recipients)}};
}

json groups_part(audit_report const& r) {
  json j = json::array();
  for (auto const& g : r.groups) j.push_back({{"group", g.id}, {"members", g.members}, {"disclosures", g.disclosures}, {"ask", g.to_ask}, {"agreement_ended", g.to_remove}, {"entries", g.entries.entries()}});
  return j;
}
}  // namespace

std::string audit_json_send(unlawful_send const& u) {
  return dumped({{"seq", u.seq}, {"occurred_at", to_string(u.occurred_at)}, {"recorded_at", to_string(u.recorded_at)}, {"channel", name(u.scope.on)}, {"purpose", u.scope.about.text()},
                 {"entered_later", u.recorded_later}, {"as_recorded_then", of(u.then)}, {"as_known_now", of(u.now)}});
}

void audit_json(audit_report const& r, tongue lang, std::ostream& out, std::function<void(std::ostream&)> const& unlawful) {
  auto const& f = r.found;
  auto const& p = f.when;
  bool first = true;
  auto const put = [&](char const* key, json const& value) {
    out << (first ? "{\"" : ",\"") << key << "\":" << dumped(value);
    first = false;
  };
  put("audit", 1);
  put("made_at", to_string(r.made_at));
  put("period", {{"from", p.from > instant::earliest() ? json(to_string(p.from)) : json(nullptr)}, {"to", to_string(p.to)}, {"as_recorded", p.as_recorded < instant::latest() ? json(to_string(p.as_recorded)) : json(nullptr)}});
  put("ledger", ledger_part(r));
  put("consents", consents_part(f));
  put("double_opt_in", funnel_part(f.double_opt_in));
  put("stops", stops_part(f));
  put("sends", sends_part(f));
  put("stale", stale_part(f.stale));
  put("proofs", {{"not_whole", of(f.unproven)}, {"imported", of(f.imported)}});
  put("notices", notices_part(r, lang));
  put("rights", rights_part(f));
  put("retention", {{"persons_due", of(f.retention_due)}, {"lapsed_requests_due", of(f.pending_due)}});
  put("groups", groups_part(r));
  put("duties", duties_part(r, lang));
  if (r.test_clock) put("test_clock", true);
  out << ",\"unlawful_sends\":[";
  if (unlawful) unlawful(out);
  else
    for (std::size_t i = 0; i < f.sends.newest.size(); ++i) out << (i == 0 ? "" : ",") << audit_json_send(f.sends.newest[i]);
  out << "]}\n";
}

}  // namespace jawort
