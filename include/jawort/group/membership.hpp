// jawort/group/membership.hpp - who is in a group at a time, from what happened.
//
// Folded like every state: by `occurred_at`, then sequence; only events up to the moment asked for count. Added again while
// there says nothing new; left without having been added counts as left.
//
//   auto const all = memberships(events, {now});
//   all[0].there;
//
// Pure; linear in events apart from sorting.
#pragma once
#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include "../fold.hpp"

namespace jawort::group {

struct membership {
  address who;
  bool there = false;
  instant since, until;              ///< last added, last left; `until` counts where `there` is false
  sequence added = 0, left = 0;      ///< their entries
  bool ever_added = false;
};

/// `events` are those of one group's purpose; other kinds among them are passed over. In the order of first appearance.
[[nodiscard]] inline std::vector<membership> memberships(std::span<event const> events, moment when) {
  std::vector<event const*> order;
  for (event const& e : events)
    if (e.who && when.sees(e) && (e.kind == event_kind::group_member_added || e.kind == event_kind::group_member_left)) order.push_back(&e);
  std::sort(order.begin(), order.end(), [](event const* a, event const* b) { return key_of(*a) < key_of(*b); });
  std::vector<membership> out;
  std::map<address, std::size_t> places;
  for (event const* e : order) {
    auto const [at, fresh] = places.emplace(*e->who, out.size());
    if (fresh) out.push_back({*e->who, false, {}, {}, 0, 0, false});
    membership& m = out[at->second];
    if (e->kind == event_kind::group_member_added) {
      if (m.there) continue;
      m.there = m.ever_added = true;
      m.since = e->occurred_at;
      m.added = e->seq;
    } else {
      m.there = false;
      m.until = e->occurred_at;
      m.left = e->seq;
    }
  }
  return out;
}

}  // namespace jawort::group
