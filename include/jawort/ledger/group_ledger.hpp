// jawort/ledger/group_ledger.hpp - groups as the ledger knows them: who agreed, who is there, what happened.
//
// An agreement for a group is a consent with its whole proof to the purpose `group:<id>`, asked like any other consent.
// Members come and go by `group-member-added` and `group-member-left`, whose purpose names the group.
//
//   auto g = group_in_ledger(book, *purpose::parse("group:kreta-2026"), nullptr, now);
//   g->remove;       // whose agreement has ended while strangers see their number
//
// Errors: those of `ledger::ask`. Thread safety: that of the ledger given.
#pragma once
#include <map>
#include <vector>

#include "../group/membership.hpp"
#include "group_file.hpp"
#include "ledger.hpp"

namespace jawort {

/// A member with what they agreed to.
struct group_standing {
  group_member member;
  decision agreement;
  bool ended = false;                ///< stopped, objected, erased, or the number is not theirs any more: not merely never asked
  bool in_ledger = false;            ///< added, by an event
  instant since;                     ///< … at that time
  sequence added = 0;
};

struct group_in_time {
  std::vector<group_standing> members;       ///< indices as in `answer`
  std::vector<group::membership> left;       ///< who was there once
  group::group_facts facts;
  group_answer answer;
  std::vector<group::member> remove;         ///< whose agreement ended while strangers see their number
  std::vector<group::member> not_in_plan;    ///< there by the ledger, and not in the file
};

/// Everybody who is there, checked against each other; with `plan`, who knows whom, and the plan's members besides if
/// `planned_too`. A member whose number changed since stands there with the new one.
[[nodiscard]] result<group_in_time> group_in_ledger(ledger& book, purpose const& group, group_plan const* plan, bool planned_too, instant at,
                                                    instant as_recorded = instant::latest());

/// An entry of a group's history. Where members were added: how many were there, and what that disclosed to whom.
struct group_entry {
  event what;
  std::size_t there = 0;             ///< members afterwards
  std::size_t shown_to = 0;          ///< members there who could see the new one's number without agreement
  std::size_t sees = 0;              ///< members there whose number the new one could see without agreement
};

/// What happened in and about the group, in the order in which it happened: members, agreements, and stops that end them.
/// Who knows whom is taken from `plan`, if there is one.
[[nodiscard]] result<std::vector<group_entry>> group_history(ledger& book, purpose const& group, group_plan const* plan, instant at,
                                                             instant as_recorded = instant::latest());

/// Whether each member may be written to one by one instead: a broadcast.
struct broadcast_instead {
  std::size_t permitted = 0, denied = 0;
  std::map<reason_code, std::size_t> reasons;   ///< of those who may not
  [[nodiscard]] bool possible() const { return denied == 0 && permitted != 0; }
};
[[nodiscard]] result<broadcast_instead> ask_broadcast(ledger& book, std::vector<group_member> const& members, question q);

}  // namespace jawort
