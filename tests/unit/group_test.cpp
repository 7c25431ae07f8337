// Groups: disclosures and ways out against a twin that tries everything; bounds; large groups.
#include <doctest/doctest.h>

#include <jawort/group/membership.hpp>
#include <jawort/group/picture.hpp>

#include "../reference/slow_group.hpp"

using namespace jawort;
using group::member;

namespace {

struct dice {
  std::uint64_t state;
  std::uint64_t operator()(std::uint64_t n) {
    state = state * 6364136223846793005U + 1442695040888963407U;
    return (state >> 33) % n;
  }
};

/// Members knowing each other at random, in families, or in families on overlapping trips.
group::group_facts invented(std::size_t n, dice& random, unsigned shape, unsigned density, unsigned agreeing) {
  group::group_facts g{n};
  for (member m = 0; m < n; ++m) {
    if (random(100) < agreeing) g.agreed.set(m);
    if (random(4) == 0) g.open_profile.set(m);
  }
  if (shape == 0)
    for (member a = 0; a < n; ++a)
      for (member b = 0; b < n; ++b)
        if (random(100) < density) g.has_number(a, b);
  if (shape >= 1)
    for (member from = 0; from < n;) {
      std::vector<member> family;
      for (std::uint64_t k = 1 + random(5); k > 0 && from < n; --k) family.push_back(from++);
      g.circle(family);
    }
  if (shape == 2)
    for (std::size_t trip = 0; trip < n / 4; ++trip) {
      std::vector<member> party;
      for (std::uint64_t k = 2 + random(std::max<std::uint64_t>(n / 8, 3)); k > 0; --k) party.push_back(static_cast<member>(random(n)));
      g.circle(party);
    }
  return g;
}

bool free_of_conflict(group::exposure const& e, std::vector<member> const& all) {
  for (member const a : all)
    for (member const b : all)
      if (a != b && e.conflicts().has(a, b)) return false;
  return true;
}

/// What holds for every answer, whatever the group.
void check_answer(group_answer const& a) {
  auto const& e = a.exposed;
  std::vector<member> left;
  group::bit_set out{e.size()};
  for (member const m : a.cover.leave_out) out.set(m);
  for (member m = 0; m < e.size(); ++m)
    if (!out.has(m)) left.push_back(m);
  CHECK(free_of_conflict(e, left));
  CHECK(a.cover.at_least <= a.cover.leave_out.size());
  std::vector<unsigned> times(e.size(), 0);
  for (auto const& part : a.split.groups) {
    CHECK_FALSE(part.empty());
    CHECK(free_of_conflict(e, part));
    for (member const m : part) ++times[m];
  }
  for (unsigned const t : times) CHECK(t == 1);
  CHECK(a.split.at_least <= a.split.groups.size());
}
}  // namespace

TEST_CASE("group: 10,000 random groups up to 12 members equal the twin that tries everything") {
  dice random{7};
  std::size_t fewest_equal = 0;
  for (int round = 0; round < 10'000; ++round) {
    std::size_t const n = random(13);
    auto const g = invented(n, random, static_cast<unsigned>(random(3)), static_cast<unsigned>(random(101)), static_cast<unsigned>(random(3) * 30));
    slow::group twin;
    twin.members = n;
    for (member x = 0; x < n; ++x) {
      if (g.agreed.has(x)) twin.agreed.insert(x);
      for (member y = 0; y < n; ++y)
        if (g.knows.has(x, y)) twin.knows.insert({x, y});
    }
    auto const a = check_group(g);
    std::set<std::pair<unsigned, unsigned>> found;
    std::size_t open = 0;
    a.exposed.each([&](group::disclosure d) {
      found.insert({d.of, d.to});
      if (g.open_profile.has(d.of)) ++open;
    });
    REQUIRE(found == twin.disclosures(twin.everybody()));
    REQUIRE(a.exposed.disclosures() == found.size());
    REQUIRE(a.exposed.profiles() == open);
    REQUIRE(a.what == (found.empty() ? outcome::permit : outcome::deny));
    REQUIRE(a.reasons.has(reason_code::group_profile_exposure) == (open != 0));
    REQUIRE(a.cover.leave_out.size() == twin.fewest_left_out());
    REQUIRE(a.cover.exact());
    std::set<unsigned> const asked(a.ask.begin(), a.ask.end());
    REQUIRE(twin.disclosures(twin.everybody(), asked).empty());
    for (unsigned const m : asked) {  // nobody is asked in vain
      auto fewer = asked;
      fewer.erase(m);
      REQUIRE_FALSE(twin.disclosures(twin.everybody(), fewer).empty());
    }
    check_answer(a);
    if (n <= 9) {
      std::size_t const fewest = twin.fewest_groups();
      REQUIRE(a.split.groups.size() >= fewest);
      REQUIRE(a.split.at_least <= fewest);
      if (a.split.groups.size() == fewest) ++fewest_equal;
      else MESSAGE("split in more groups than needed");
    } else {
      ++fewest_equal;
    }
  }
  CHECK(fewest_equal == 10'000);
}

TEST_CASE("group: middle-sized graphs of conflicts, sparse to dense, against a plain branching") {
  // A second twin for sizes where subsets are too many: branch on the first conflict left, without any reduction.
  struct plain {
    static std::size_t cover(group::bit_matrix const& g, group::bit_set alive, std::size_t sofar, std::size_t best) {
      if (sofar >= best) return best;
      member u = 0, v = 0;
      std::size_t most = 0;
      for (member a = 0; a < g.size(); ++a)
        if (alive.has(a))
          if (std::size_t const d = alive.common(g.row(a)); d > most) { most = d; u = a; }
      if (most == 0) return sofar;
      group::bit_set around = alive;
      around.keep(g.row(u));
      v = u;
      auto without = alive;
      without.reset(v);
      best = cover(g, without, sofar + 1, best);
      std::size_t const n = around.count();
      alive.drop(g.row(u));
      alive.reset(u);
      return cover(g, alive, sofar + n, best);
    }
  };
  dice random{11};
  for (int round = 0; round < 400; ++round) {
    std::size_t const n = 20 + random(21);
    std::uint64_t const density = 3 + random(60);
    group::bit_matrix g{n};
    for (member a = 0; a < n; ++a)
      for (member b = 0; b < a; ++b)
        if (random(100) < density) { g.set(a, b); g.set(b, a); }
    group::step_budget budget{group::default_steps};
    auto const r = group::smallest_cover(g, budget);
    CHECK(r.exact());
    CHECK(r.leave_out.size() == plain::cover(g, group::bit_set{n, true}, 0, n));
  }
}

TEST_CASE("group: a budget of steps gives a bound that holds, however small it is") {
  dice random{3};
  for (int round = 0; round < 300; ++round) {
    auto const g = invented(8 + random(40), random, static_cast<unsigned>(random(3)), static_cast<unsigned>(20 + random(75)), static_cast<unsigned>(random(60)));
    auto const full = check_group(g);
    REQUIRE(full.cover.exact());
    for (std::uint64_t const steps : {0U, 1U, 50U, 1000U, 20000U}) {
      auto const a = check_group(g, {}, steps);
      check_answer(a);
      CHECK(a.cover.leave_out.size() >= full.cover.leave_out.size());
      CHECK(a.cover.at_least <= full.cover.leave_out.size());
    }
  }
}

TEST_CASE("group: 1,024 members of three shapes are answered, with bounds that hold") {
  dice random{5};
  for (unsigned const shape : {0U, 1U, 2U}) {
    auto const g = invented(1024, random, shape, 50, 10);
    auto const a = check_group(g, {}, 20'000'000);
    check_answer(a);
    CHECK(a.what == outcome::deny);
    if (shape == 1) CHECK(a.cover.exact());
  }
}

TEST_CASE("group: strangers, one family, one who agreed; knowing is not mutual") {
  group::group_facts g{4};
  auto a = check_group(g);
  CHECK(a.exposed.disclosures() == 12);
  CHECK(a.cover.leave_out.size() == 3);
  CHECK(a.split.groups.size() == 4);
  CHECK(a.split.exact());
  g.has_number(0, 1);
  CHECK(check_group(g).exposed.disclosures() == 11);
  g.has_number(1, 0);
  a = check_group(g);
  CHECK(a.cover.leave_out == std::vector<member>{2, 3});
  for (member m = 0; m < 4; ++m) g.agreed.set(m);
  CHECK(check_group(g).what == outcome::permit);
  CHECK(check_group(group::group_facts{0}).what == outcome::permit);
  CHECK(check_group(group::group_facts{1}).what == outcome::permit);
}

TEST_CASE("group: an open profile warns for the same pairs, and policy may make it worse") {
  group::group_facts g{2};
  g.open_profile.set(1);
  g.agreed.set(0);
  auto const a = check_group(g);
  CHECK(a.exposed.profiles() == 1);
  CHECK(a.reasons[0].code == reason_code::group_exposure);
  CHECK(a.reasons[1].code == reason_code::group_profile_exposure);
  CHECK(a.reasons[1].what == outcome::warn);
  policy strict;
  strict.severity[static_cast<std::size_t>(reason_code::group_profile_exposure)] = outcome::deny;
  CHECK(check_group(g, strict).reasons[1].what == outcome::deny);
}

TEST_CASE("group: the picture holds every member and marks what is disclosed, small and large") {
  dice random{9};
  for (std::size_t const n : {0U, 1U, 8U, 16U, 17U, 256U, 1024U}) {
    auto const g = invented(n, random, 1, 0, 20);
    auto const a = check_group(g);
    group::picture_labels labels{"Kreta <2026> & \"Rhodos\"", {}};
    for (member m = 0; m < n; ++m) labels.members.push_back("m" + std::to_string(m) + "x\x01");
    auto const svg = group::draw_group(g, a, labels, tongue::de);
    CHECK(svg.starts_with("<svg "));
    CHECK(svg.ends_with("</svg>\n"));
    CHECK(svg.find("Kreta &lt;2026&gt; &amp;") != std::string::npos);
    CHECK(svg.find('\x01') == std::string::npos);
    if (n <= 256)
      for (member m = 0; m < n; ++m) CHECK(svg.find("m" + std::to_string(m) + "x<") != std::string::npos);
    // Small ones have an arrow head a disclosure, and one in the legend.
    std::size_t heads = 0;
    for (auto at = svg.find("=\"url(#shown)\""); at != std::string::npos; at = svg.find("=\"url(#shown)\"", at + 1)) ++heads;
    CHECK(heads == (n <= 16 ? a.exposed.disclosures() + 1 : 0));
  }
}

TEST_CASE("membership: who is there at a time, late events in their place, added twice, left twice") {
  auto const at = [](char const* t) { return *instant::parse(t); };
  auto const make = [&](sequence seq, event_kind k, char const* who, char const* when) {
    event e;
    e.seq = seq;
    e.kind = k;
    e.who = *address::parse(who);
    e.occurred_at = e.recorded_at = at(when);
    return e;
  };
  std::vector<event> const events{
      make(1, event_kind::group_member_added, "+491713920001", "2026-05-01T10:00:00Z"), make(2, event_kind::group_member_left, "+491713920001", "2026-05-03T10:00:00Z"),
      make(3, event_kind::group_member_added, "+491713920001", "2026-05-02T10:00:00Z"), make(4, event_kind::group_member_left, "+491713920002", "2026-05-04T10:00:00Z"),
      make(5, event_kind::group_member_added, "+491713920003", "2026-05-05T10:00:00Z"), make(6, event_kind::given, "+491713920004", "2026-05-05T10:00:00Z")};
  auto const all = group::memberships(events, {at("2026-06-01T00:00:00Z")});
  REQUIRE(all.size() == 3);
  CHECK_FALSE(all[0].there);
  CHECK(all[0].since == at("2026-05-01T10:00:00Z"));
  CHECK(all[0].left == 2);
  CHECK_FALSE(all[1].there);
  CHECK(all[2].there);
  CHECK(group::memberships(events, {at("2026-05-02T12:00:00Z")})[0].there);
}
