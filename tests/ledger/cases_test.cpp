// The case files of tests/cases, and that each rule has a case on each side of its edge.
#include <doctest/doctest.h>

#include <filesystem>
#include <algorithm>
#include <map>

#include <jawort/ledger/case_file.hpp>
#include <jawort/rule.hpp>

using namespace jawort;

namespace {
std::vector<case_result> const& run_file(std::string const& file) {
  static std::map<std::string, std::vector<case_result>> done;
  auto const [at, fresh] = done.try_emplace(file);
  if (fresh) {
    auto r = run_cases(std::string{JAWORT_CASES} + "/" + file);
    REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
    at->second = *std::move(r);
  }
  return at->second;
}

void check_file(std::string const& file, std::size_t least) {
  std::size_t asks = 0, failed = 0;
  auto const& cases = run_file(file);
  for (case_result const& c : cases)
    for (asked_question const& q : c.asked) {
      ++asks;
      for (bilingual const& w : q.wrong) {
        // A choice that the design leaves open is told, not failed; docs/DECISIONS.md says which way we went.
        if (c.open) { MESSAGE("open: ", c.name, ": ", w.en); continue; }
        ++failed;
        FAIL_CHECK(file, ":", c.line, ": ", c.name, ": at ", to_string(q.at), ": ", w.en);
      }
    }
  MESSAGE(file, ": ", cases.size(), " cases, ", asks, " questions, ", failed, " wrong");
  CHECK(cases.size() >= least);
}
}  // namespace

TEST_CASE("cases: the lines of the design") { check_file("cases-md.toml", 90); }
TEST_CASE("cases: boundaries") { check_file("boundaries.toml", 200); }
TEST_CASE("cases: linked addresses") { check_file("linked.toml", 50); }
TEST_CASE("cases: the edge of each rule") { check_file("coverage.toml", 100); }

TEST_CASE("cases: every rule has a case where it decides and one where it just does not") {
  // What no question to one person can bring about is tested elsewhere.
  std::map<reason_code, char const*> const elsewhere{
      {reason_code::ledger_behind_anchor, "ledger_test.cpp: a ledger older than its checkpoint denies everything"},
      {reason_code::confirmation_once, "belongs to requests"},
      {reason_code::group_exposure, "belongs to groups"},
      {reason_code::group_profile_exposure, "belongs to groups"},
      {reason_code::address_book_upload, "belongs to address books"}};
  std::map<reason_code, std::pair<std::ptrdiff_t, std::ptrdiff_t>> table;
  for (case_result const& c : run_file("coverage.toml"))
    for (asked_question const& q : c.asked) {
      auto const own = reason_code_named(c.name.substr(0, c.name.find(':')));
      REQUIRE_MESSAGE(own, c.name);
      table[*own].first += std::count(q.expected.begin(), q.expected.end(), *own);
      table[*own].second += std::count(q.excluded.begin(), q.excluded.end(), *own);
    }
  for (rule const& r : all_rules()) {
    if (elsewhere.contains(r.code)) continue;
    CAPTURE(std::string{name(r.code)});
    CHECK(table[r.code].first >= 1);
    CHECK(table[r.code].second >= 1);
  }
}
TEST_CASE("cases: the seed") { check_file("seed.toml", 60); }
