// jawort/group.hpp - a group chat before it exists: whose number would be shown to whom, and the ways out.
//
// The seed's first exposure: people who do not know each other see each other's numbers in a group. `check_group` lists
// every disclosure that nobody agreed to, and computes: whom to ask, whom to leave out (the smallest set), and how to part
// the group so that no part holds strangers. The fourth way out, a broadcast, is a question for each member (decision.hpp).
//
//   group::group_facts g{3};
//   g.circle({0, 1});
//   group_answer const a = check_group(g);
//   a.what;                     // outcome::deny: 2 meets strangers
//   a.cover.leave_out;          // {2}
//
// Bounds: 1,024 members. Pure; the same answer on every machine, because searching is bounded by steps, not by a clock.
#pragma once
#include "group/cover.hpp"
#include "group/exposure.hpp"
#include "group/split.hpp"
#include "policy.hpp"

namespace jawort {

struct group_answer {
  explicit group_answer(group::group_facts const& g) : exposed(g) {}
  group::exposure exposed;
  outcome what = outcome::permit;
  reason_list reasons;                 ///< group-exposure, group-profile-exposure
  std::vector<group::member> ask;      ///< whose agreement is missing
  group::cover_result cover;           ///< whom to leave out
  group::split_result split;           ///< into which groups
};

/// `rules` may make an outcome worse, never better. `steps` bounds the search for the smallest set and for the fewest groups.
[[nodiscard]] inline group_answer check_group(group::group_facts const& g, policy const& rules = {}, std::uint64_t steps = group::default_steps) {
  group_answer a{g};
  if (a.exposed.disclosures() != 0) a.reasons.add({reason_code::group_exposure, outcome::deny});
  if (a.exposed.profiles() != 0) a.reasons.add({reason_code::group_profile_exposure, outcome::warn});
  a.reasons.raise([&](reason_code c) { return rules.least(c); });
  a.reasons.sort();
  a.what = a.reasons.worst();
  a.ask = a.exposed.ask();
  group::step_budget leaving{steps / 2}, parting{steps / 2};
  a.cover = group::smallest_cover(a.exposed.conflicts(), leaving);
  a.split = group::fewest_groups(a.exposed.conflicts(), parting);
  return a;
}

}  // namespace jawort
