// Access and history: every entry of the person, and nobody else's, whatever was linked, erased or begun anew.
#include <algorithm>
#include <map>
#include <random>
#include <set>

#include "rights_support.hpp"

using namespace rights;

namespace {
/// Who belongs together, kept beside the ledger and without it.
class together {
 public:
  explicit together(std::size_t n) : of_(n) {
    for (std::size_t k = 0; k < n; ++k) of_[k] = k;
  }
  std::size_t root(std::size_t k) const { return of_[k]; }
  void unite(std::size_t a, std::size_t b) {
    std::size_t const from = of_[b], to = of_[a];
    for (auto& x : of_)
      if (x == from) x = to;
  }
  void apart(std::size_t k) {   // the person is gone: each address begins anew
    std::size_t const root = of_[k];
    std::size_t fresh = of_.size() * 2 + counter_;
    for (auto& x : of_)
      if (x == root) x = fresh++;
    counter_ += of_.size();
  }

 private:
  std::vector<std::size_t> of_;
  std::size_t counter_ = 0;
};

std::multiset<std::string> words_of(std::vector<event> const& events) {
  std::multiset<std::string> out;
  for (event const& e : events)
    if (auto const w = e.proof.get("text"); !w.empty()) out.emplace(w);
  return out;
}
}  // namespace

TEST_CASE("property: every entry of the person and nobody else's") {
  std::mt19937 random{20261125};
  for (int round = 0; round < 12; ++round) {
    scratch dir;
    auto book = fresh(dir);
    constexpr std::size_t n = 10;
    std::vector<address> people;
    for (std::size_t k = 0; k < n; ++k)
      people.push_back(k % 3 == 2 ? who(("p" + std::to_string(k) + "@example.org").c_str()) : who(("+4917139200" + std::to_string(10 + k)).c_str()));
    together groups{n};
    std::map<std::size_t, std::multiset<std::string>> said;           // by address
    struct box { std::set<std::size_t> of; std::multiset<std::string> words; };
    std::vector<box> boxes;
    instant now = at("2026-01-01T10:00:00Z");
    auto const pick = [&](std::size_t below) { return static_cast<std::size_t>(random() % below); };
    for (int step = 0; step < 60; ++step) {
      now = now + std::chrono::minutes{7};
      std::size_t const k = pick(n);
      std::size_t const what = pick(20);
      if (what == 0) {
        bool const final = pick(2) == 0;
        erasure_options o;
        o.final = final;
        REQUIRE(erase(book, people[k], o, now));
        std::size_t const root = groups.root(k);
        box one;
        for (std::size_t j = 0; j < n; ++j)
          if (groups.root(j) == root) {
            one.of.insert(j);
            one.words.insert(said[j].begin(), said[j].end());
            said[j].clear();
          }
        if (final) std::erase_if(boxes, [&](box const& b) { return std::any_of(b.of.begin(), b.of.end(), [&](std::size_t j) { return one.of.contains(j); }); });
        else boxes.push_back(one);
        groups.apart(k);
        continue;
      }
      event e;
      e.occurred_at = now;
      e.who = people[k];
      e.source = "cli";
      std::string const words = "w" + std::to_string(round) + "-" + std::to_string(step);
      e.proof.set("text", words);
      if (what == 1) {
        std::size_t const other = pick(n);
        if (other == k) continue;
        e.kind = event_kind::address_linked;
        e.other = people[other];
        groups.unite(k, other);
      } else if (what < 6) {
        e.kind = event_kind::group_member_added;
        e.on = channel::whatsapp;
        e.about = *purpose::parse("group:reise");
      } else {
        e.kind = what < 12 ? event_kind::given : event_kind::inbound;
        e.on = people[k].kind() == address_kind::mailbox ? channel::email : channel::whatsapp;
        if (e.kind == event_kind::given) { e.about = *purpose::parse("newsletter"); e.notice = 1; }
      }
      auto const r = book.append({e}, now);
      REQUIRE(r);
      REQUIRE(r->each[0] == appended::added);
      said[k].insert(words);
    }
    for (std::size_t k = 0; k < n; ++k) {
      std::multiset<std::string> mine;
      for (std::size_t j = 0; j < n; ++j)
        if (groups.root(j) == groups.root(k)) mine.insert(said[j].begin(), said[j].end());
      auto const r = access_of(book, people[k], now);
      REQUIRE(r);
      CHECK(words_of(r->events) == mine);
      CHECK(words_of(*book.history(people[k])) == mine);
      std::multiset<std::string> boxed;
      for (auto const& box : r->sealed)
        for (auto const& [e, intact] : box.events) {
          CHECK(intact);
          if (auto const w = e.proof.get("text"); !w.empty()) boxed.emplace(w);
        }
      std::multiset<std::string> wanted;
      for (auto const& b : boxes)
        if (b.of.contains(k)) wanted.insert(b.words.begin(), b.words.end());
      CHECK(boxed == wanted);
    }
    sound(book);
  }
}

TEST_CASE("requests have their deadline, and their answer") {
  scratch dir;
  auto book = fresh(dir);
  take(book, "2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,Start\n");
  auto const anna = who("+491713920001");
  CHECK_FALSE(record_answer(book, anna, event_kind::access_requested, "", "", at("2026-07-02T10:00:00Z")));
  auto const seq = record_request(book, anna, event_kind::access_requested, at("2026-06-30T10:00:00Z"), "Meier", at("2026-07-02T10:00:00Z"));
  REQUIRE(seq);
  CHECK(*record_request(book, anna, event_kind::access_requested, at("2026-06-30T10:00:00Z"), "Meier", at("2026-07-02T10:00:00Z")) == *seq);
  auto r = access_of(book, anna, at("2026-07-02T10:00:00Z"));
  REQUIRE(r->requests.size() == 1);
  CHECK(r->requests[0].due == at("2026-07-30T10:00:00Z"));
  CHECK_FALSE(r->requests[0].answered);
  REQUIRE(record_answer(book, anna, event_kind::access_requested, "abc", "Meier", at("2026-07-03T10:00:00Z")));
  r = access_of(book, anna, at("2026-07-04T10:00:00Z"));
  CHECK(r->requests[0].answered == at("2026-07-03T10:00:00Z"));
  CHECK_FALSE(record_answer(book, anna, event_kind::access_requested, "", "", at("2026-07-05T10:00:00Z")));
}

TEST_CASE("what stands today is what check answers") {
  scratch dir;
  auto book = fresh(dir);
  take(book,
       "2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,Start\n"
       "2026-05-02T10:00:00Z,address-linked,+491713920001,,,,anna@example.org\n"
       "2026-05-03T10:00:00Z,given,anna@example.org,email,offers,newsletter,\"{\"\"act\"\":\"\"paper\"\"}\"\n"
       "2026-05-04T10:00:00Z,withdrawn,anna@example.org,email,offers,,Stop\n");
  for (char const* const a : {"+491713920001", "anna@example.org"}) {
    auto const r = access_of(book, who(a), at("2026-07-01T10:00:00Z"));
    REQUIRE(r);
    CHECK(r->addresses.size() == 2);
    REQUIRE(r->standing.size() == 2);
    for (auto const& s : r->standing) CHECK(s.said.may_send() == (s.on == channel::whatsapp));
    CHECK(r->kept_until == at("2029-12-31T23:00:00Z"));
    CHECK(r->notices.size() == 1);
  }
  auto const nobody = access_of(book, who("+491713920009"), at("2026-07-01T10:00:00Z"));
  CHECK(nobody->knows_nothing());
}
