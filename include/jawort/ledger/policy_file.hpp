// jawort/ledger/policy_file.hpp - the policy as people write it: TOML, one section a rule.
//
// A file is a whole policy: what it does not name has its default. Unknown keys are errors with a suggestion, values out of
// bounds name the line. A severity may be raised and never lowered below what the rule says by itself.
//
//   auto p = parse_policy("[stale-consent]\nwarn_months = 12\n", "policy.toml");
//
// Pure functions; thread-safe.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "../policy.hpp"
#include "../result.hpp"
#include "../rule.hpp"

namespace jawort {

/// One threshold, for people: `stale-consent.warn_months`, its value and default as TOML, and what it means.
struct policy_item {
  std::string key, value, standard;
  bilingual meaning;
};

/// `where` names the file in errors (`FILE:LINE: …`).
[[nodiscard]] result<policy> parse_policy(std::string_view toml, std::string const& where);

/// Every key in order, but for the severities that are as the rules have them.
[[nodiscard]] std::vector<policy_item> policy_items(policy const& p);

/// The policy as a file with comments; `parse_policy` reads it back the same.
[[nodiscard]] std::string policy_toml(policy const& p, tongue in);

}  // namespace jawort
