// jawort/group/exposure.hpp - whose number would become visible to whom in a group chat.
//
// In a group chat every member sees every other member's number. A disclosure *of a to b* exists where b does not have
// a's number and a has not agreed for this group (rule `group-exposure`). Where a's profile is open to everybody, photo
// and status come with it (rule `group-profile-exposure`).
//
//   group_facts g{3};
//   g.has_number(0, 1);                   // 0 has the number of 1
//   g.agreed.set(2);
//   exposure const e{g};
//   e.disclosures();                      // 3: of 0 to 1, of 0 to 2, of 1 to 2
//
// Bounds: 1,024 members (WhatsApp's limit). Values; pure.
#pragma once
#include <cassert>
#include <vector>

#include "bits.hpp"

namespace jawort::group {

/// WhatsApp's limit for a group.
inline constexpr std::size_t largest = 1024;

/// What is known of a group that is to be.
struct group_facts {
  explicit group_facts(std::size_t members) : knows(members), agreed(members), open_profile(members) { assert(members <= largest); }
  [[nodiscard]] std::size_t size() const { return agreed.size(); }

  /// `who` has the number of `whose`; that says nothing of the other way round.
  void has_number(member who, member whose) { if (who != whose) knows.set(who, whose); }
  /// All of them have each other's numbers: a family, a travel party, the people of one booking.
  void circle(std::vector<member> const& all) {
    for (member const a : all)
      for (member const b : all) has_number(a, b);
  }

  bit_matrix knows;       ///< row: whose numbers the member has
  bit_set agreed;         ///< to being seen in this group
  bit_set open_profile;   ///< photo or status visible to everybody
};

/// A number that would become visible: of one member to another.
struct disclosure {
  member of = 0, to = 0;
  friend bool operator==(disclosure const&, disclosure const&) = default;
};

class exposure {
 public:
  explicit exposure(group_facts const& g) : to_(g.size()), conflicts_(g.size()), open_(g.open_profile) {
    for (member of = 0; of < g.size(); ++of) {
      if (g.agreed.has(of)) continue;
      for (member to = 0; to < g.size(); ++to) {
        if (of == to || g.knows.has(to, of)) continue;
        to_.set(of, to);
        conflicts_.set(of, to);
        conflicts_.set(to, of);
        ++count_;
        if (open_.has(of)) ++profiles_;
      }
    }
  }

  [[nodiscard]] std::size_t size() const { return to_.size(); }
  [[nodiscard]] std::size_t disclosures() const { return count_; }
  /// How many of the disclosures bring photo or status along.
  [[nodiscard]] std::size_t profiles() const { return profiles_; }
  [[nodiscard]] bool shows_profile(disclosure d) const { return open_.has(d.of); }
  [[nodiscard]] bool of_to(member of, member to) const { return to_.has(of, to); }
  /// To how many strangers the member's number would be shown.
  [[nodiscard]] std::size_t shown_to(member of) const { return to_.row(of).count(); }
  /// Every disclosure, by member of, then to.
  void each(auto&& f) const {
    for (member of = 0; of < size(); ++of)
      for (member to = 0; to < size(); ++to)
        if (to_.has(of, to)) f(disclosure{of, to});
  }

  /// Whom to ask: the members whose agreement is missing. If all of them agree, nothing is disclosed; if one does not,
  /// something is. So this is the smallest such set, and the only one.
  [[nodiscard]] std::vector<member> ask() const {
    std::vector<member> out;
    for (member m = 0; m < size(); ++m)
      if (shown_to(m) != 0) out.push_back(m);
    return out;
  }

  /// Who cannot be in one group with whom, whichever of the two is disclosed. Symmetric.
  [[nodiscard]] bit_matrix const& conflicts() const { return conflicts_; }

 private:
  bit_matrix to_, conflicts_;
  bit_set open_;
  std::size_t count_ = 0, profiles_ = 0;
};

}  // namespace jawort::group
