// jawort/ledger/group_file.hpp - a group as people write it down: TOML or JSON.
//
//   id = "kreta-2026"                          # optional; the agreements asked for are those of group:kreta-2026
//   members = ["+491713920001", "0171 3920002", { address = "+491713920003", name = "Anna" }]
//   knows = [["+491713920001", "+491713920003"]]       # the first has the second's number
//   circles = [["+491713920001", "+491713920002"]]     # a family, a travel party: all have each other's numbers
//   bookings = [{ name = "B-4711", members = [ … ] }]  # the same, by booking
//   address_books = [{ of = "+491713920001", file = "anna.vcf" }]   # whose numbers somebody's own address book holds
//   profile = { "+491713920001" = "everyone" }         # or a list of those whose photo or status everybody sees
//
// What is wrong is refused with file, line and remedy. What does no harm is noted and left aside: a member named twice, an
// unknown key, somebody in a circle who is no member. Leaving it aside can only show more disclosures, never fewer.
//
// Pure but for address books, which `parse_group` reads through the function it is given. Thread-safe.
#pragma once
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "../group.hpp"
#include "normalise.hpp"

namespace jawort {

struct group_member {
  address who;
  std::string name;                  ///< as the file has it; may be empty
};

struct group_plan {
  std::string id;                    ///< may be empty
  std::string title;
  std::vector<group_member> members; ///< each address once, in the file's order
  std::vector<std::pair<group::member, group::member>> knows;   ///< places in `members`: the first has the second's number
  std::vector<std::vector<group::member>> circles;
  std::vector<group::member> open_profiles;
  std::vector<bilingual> notes;      ///< what was left aside, with its line
};

/// Reads somebody's address book: the file as the group file names it, and whose numbers it holds.
using address_book_reader = std::function<result<std::vector<address>>(std::string const& file)>;

/// `where` names the file in errors (`FILE:LINE: …`). JSON is told from TOML by its first brace. Errors: `malformed`, with
/// the line; `incomplete` without members; `refused` for more than 1,024 of them.
[[nodiscard]] result<group_plan> parse_group(std::string_view text, std::string const& where, normaliser const& numbers,
                                             address_book_reader const& read_book);

/// The plan as relations between its members; nobody has agreed yet.
[[nodiscard]] group::group_facts facts_of(group_plan const& plan);

}  // namespace jawort
