#include "jawort/ledger/group_ledger.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>

namespace jawort {
namespace {

/// The agreement has ended, or the person said no: not merely nobody asked.
bool has_ended(decision const& d) {
  constexpr std::array<reason_code, 9> codes{reason_code::erased, reason_code::objected, reason_code::withdrawn, reason_code::restricted, reason_code::known_unwanted,
                                             reason_code::unclear_stop, reason_code::revoked, reason_code::confirmation_disputed, reason_code::number_holder};
  return !d.may_send() && std::any_of(codes.begin(), codes.end(), [&](reason_code c) { return d.reasons.has(c); });
}

question agreement_of(purpose const& group, moment when) {
  question q;
  q.on = channel::whatsapp;
  q.about = group;
  q.at = when.at;
  q.as_recorded = when.as_recorded;
  return q;
}

result<std::vector<decision>> ask_everybody(ledger& book, question const& q, std::vector<address> const& who) {
  std::vector<decision> out(who.size());
  auto const r = book.ask_all(q, who, [&](std::size_t k, decision const& d) { out[k] = d; });
  if (!r) return r.error();
  return out;
}

/// The plan with other members: relations among those who are in both stay.
group_plan with_members(group_plan const& plan, std::vector<group_member> members) {
  constexpr auto gone = ~group::member{0};
  std::map<address, group::member> places;
  for (auto const& m : members) places.emplace(m.who, static_cast<group::member>(places.size()));
  std::vector<group::member> to(plan.members.size(), gone);
  for (std::size_t k = 0; k < plan.members.size(); ++k)
    if (auto const at = places.find(plan.members[k].who); at != places.end()) to[k] = at->second;
  group_plan out;
  out.id = plan.id;
  out.title = plan.title;
  out.members = std::move(members);
  for (auto const& [a, b] : plan.knows)
    if (to[a] != gone && to[b] != gone) out.knows.emplace_back(to[a], to[b]);
  for (auto const& circle : plan.circles) {
    std::vector<group::member> in;
    for (auto const m : circle)
      if (to[m] != gone) in.push_back(to[m]);
    out.circles.push_back(std::move(in));
  }
  for (auto const m : plan.open_profiles)
    if (to[m] != gone) out.open_profiles.push_back(to[m]);
  return out;
}

/// Where the member's number was changed since they were added, the newest one.
result<address> number_now(ledger& book, group::membership const& m, moment when) {
  address now = m.who;
  auto const history = book.history(m.who, when.as_recorded);
  if (!history) return history.error();
  std::vector<event const*> changes;
  for (event const& e : *history)
    if (e.kind == event_kind::address_changed && e.other && when.sees(e) && e.occurred_at >= m.since) changes.push_back(&e);
  std::sort(changes.begin(), changes.end(), [](event const* a, event const* b) { return key_of(*a) < key_of(*b); });
  for (event const* e : changes)
    if (*e->who == now) now = *e->other;
  return now;
}
}  // namespace

result<group_in_time> group_in_ledger(ledger& book, purpose const& group, group_plan const* plan, bool planned_too, instant at, instant as_recorded) {
  moment const when{at, as_recorded};
  auto const events = book.events_about(group, as_recorded);
  if (!events) return events.error();
  static group_plan const nobody;
  group_plan const& known = plan == nullptr ? nobody : *plan;

  std::vector<group_standing> members;
  std::map<address, std::size_t> places;
  std::vector<group::membership> left;
  for (auto const& m : known.members) {
    if (!planned_too) break;
    places.emplace(m.who, members.size());
    members.push_back({m, {}, false, false, {}, 0});
  }
  std::vector<group::member> not_in_plan;
  for (auto const& m : group::memberships(*events, when)) {
    if (!m.there) { left.push_back(m); continue; }
    auto const now = number_now(book, m, when);
    if (!now) return now.error();
    auto const [place, fresh] = places.emplace(*now, members.size());
    if (fresh) {
      if (planned_too) not_in_plan.push_back(static_cast<group::member>(members.size()));
      members.push_back({{*now, {}}, {}, false, true, m.since, m.added});
      for (auto const& p : known.members)
        if (p.who == *now) members.back().member.name = p.name;
    } else {
      auto& s = members[place->second];
      s.in_ledger = true;
      s.since = m.since;
      s.added = m.added;
    }
  }
  if (members.size() > group::largest)
    return error{failure::refused, {"mehr als 1024 Mitglieder: so viele fasst keine WhatsApp-Gruppe", "more than 1,024 members: no WhatsApp group holds so many"}, {}};

  std::vector<address> who;
  std::vector<group_member> as_plan;
  for (auto const& s : members) { who.push_back(s.member.who); as_plan.push_back(s.member); }
  auto const decisions = ask_everybody(book, agreement_of(group, when), who);
  if (!decisions) return decisions.error();
  auto facts = facts_of(with_members(known, std::move(as_plan)));
  for (group::member m = 0; m < members.size(); ++m) {
    members[m].agreement = (*decisions)[m];
    members[m].ended = has_ended((*decisions)[m]);
    if ((*decisions)[m].may_send()) facts.agreed.set(m);
  }
  auto answer = check_group(facts, book.policies().at(at, as_recorded));
  group_in_time out{std::move(members), std::move(left), std::move(facts), std::move(answer), {}, std::move(not_in_plan)};
  for (group::member m = 0; m < out.members.size(); ++m)
    if (out.members[m].ended && out.answer.exposed.shown_to(m) != 0) out.remove.push_back(m);
  return out;
}

namespace {
/// Kinds that end or change agreements to everything, and so to this group.
bool concerns_agreement(event const& e) {
  switch (e.kind) {
    case event_kind::withdrawn: case event_kind::refused: case event_kind::objected: case event_kind::revoked: case event_kind::invalidated:
    case event_kind::suspended: case event_kind::resumed: case event_kind::restricted: case event_kind::unrestricted: case event_kind::blocked:
    case event_kind::unblocked: case event_kind::wrong_number: case event_kind::number_cleared: case event_kind::address_changed:
    case event_kind::address_linked: case event_kind::erased: return !e.about;
    default: return false;
  }
}
}  // namespace

result<std::vector<group_entry>> group_history(ledger& book, purpose const& group, group_plan const* plan, instant at, instant as_recorded) {
  moment const when{at, as_recorded};
  auto own = book.events_about(group, as_recorded);
  if (!own) return own.error();
  std::map<sequence, event> all;
  std::set<address> people;
  for (event& e : *own) {
    if (e.who) people.insert(*e.who);
    if (when.sees(e)) all.emplace(e.seq, e);
  }
  for (address const& a : people) {
    auto const history = book.history(a, as_recorded);
    if (!history) return history.error();
    for (event const& e : *history)
      if (when.sees(e) && concerns_agreement(e)) all.emplace(e.seq, e);
  }
  std::vector<group_entry> out;
  for (auto& [seq, e] : all) out.push_back({std::move(e), 0, 0, 0});
  std::stable_sort(out.begin(), out.end(), [](group_entry const& a, group_entry const& b) { return key_of(a.what) < key_of(b.what); });

  // Members as they come: everybody of one instant is checked by what was agreed then.
  std::set<address> there;
  for (std::size_t k = 0; k < out.size();) {
    std::size_t end = k;
    bool added = false;
    std::set<address> fresh;
    for (; end < out.size() && out[end].what.occurred_at == out[k].what.occurred_at; ++end) {
      event const& e = out[end].what;
      if (e.kind == event_kind::group_member_left) there.erase(*e.who);
      if (e.kind == event_kind::group_member_added && there.insert(*e.who).second) { fresh.insert(*e.who); added = true; }
    }
    std::vector<address> const who(there.begin(), there.end());
    std::vector<decision> agreed;
    group_plan now;
    if (added) {
      auto d = ask_everybody(book, agreement_of(group, {out[k].what.occurred_at, as_recorded}), who);
      if (!d) return d.error();
      agreed = *std::move(d);
    }
    std::vector<group_member> as_plan;
    for (auto const& a : who) as_plan.push_back({a, {}});
    static group_plan const nobody;
    if (added && who.size() <= group::largest) {
      auto facts = facts_of(with_members(plan == nullptr ? nobody : *plan, as_plan));
      for (group::member m = 0; m < who.size(); ++m)
        if (agreed[m].may_send()) facts.agreed.set(m);
      group::exposure const exposed{facts};
      for (std::size_t i = k; i < end; ++i) {
        event const& e = out[i].what;
        if (e.kind != event_kind::group_member_added || !fresh.contains(*e.who)) continue;
        auto const place = static_cast<group::member>(std::lower_bound(who.begin(), who.end(), *e.who) - who.begin());
        out[i].shown_to = exposed.shown_to(place);
        for (group::member m = 0; m < who.size(); ++m)
          if (exposed.of_to(m, place)) ++out[i].sees;
      }
    }
    for (std::size_t i = k; i < end; ++i) out[i].there = there.size();
    k = end;
  }
  return out;
}

result<broadcast_instead> ask_broadcast(ledger& book, std::vector<group_member> const& members, question q) {
  std::vector<address> who;
  for (auto const& m : members) who.push_back(m.who);
  q.recipients = static_cast<std::uint32_t>(std::max<std::size_t>(who.size(), 1));
  broadcast_instead out;
  auto const r = book.ask_all(q, who, [&](std::size_t, decision const& d) {
    if (d.may_send()) { ++out.permitted; return; }
    ++out.denied;
    for (reason const& x : d.reasons)
      if (x.what == outcome::deny || x.what == outcome::hold) ++out.reasons[x.code];
  });
  if (!r) return r.error();
  return out;
}

}  // namespace jawort
