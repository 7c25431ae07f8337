// The published vectors of the formats, and 196 proofs that others wrote, each with one thing changed. The latter are not
// part of the project: they are looked for in $JAWORT_FIXTURES or beside the checkout.
#include <doctest/doctest.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "../reference/slow_merkle.hpp"
#include "support.hpp"

using namespace support;
namespace fs = std::filesystem;

namespace {
constexpr std::array leaves_in_hex{"", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
constexpr std::array roots_in_hex{
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125", "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7", "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef", "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

memory_tree eight_leaves() {
  memory_tree t;
  for (char const* leaf : leaves_in_hex) t.add(unhex(leaf));
  return t;
}

fs::path fixtures() {
  if (char const* const there = std::getenv("JAWORT_FIXTURES"); there != nullptr) return there;
  return fs::path{JAWORT_ROOT} / ".." / "shared" / "fixtures";
}

/// A field that must be 32 bytes; anything else can be no hash and is refused where bytes come in.
std::optional<digest> hash_in(nlohmann::json const& text) {
  auto const raw = text.is_string() ? from_base64(text.get<std::string>()) : std::nullopt;
  if (!raw || raw->size() != 32) return std::nullopt;
  digest d{};
  std::memcpy(d.data(), raw->data(), 32);
  return d;
}
std::optional<std::vector<digest>> hashes_in(nlohmann::json const& list) {
  std::vector<digest> out;
  if (list.is_null()) return out;
  for (auto const& one : list) {
    auto const d = hash_in(one);
    if (!d) return std::nullopt;
    out.push_back(*d);
  }
  return out;
}

bool accepted(nlohmann::json const& j) {
  auto const proof = hashes_in(j.at("proof"));
  if (!proof) return false;
  if (j.contains("leafIdx")) {
    auto const leaf = hash_in(j.at("leafHash")), root = hash_in(j.at("root"));
    return leaf && root && verify_inclusion(sha256, j.at("leafIdx").get<std::uint64_t>(), j.at("treeSize").get<std::uint64_t>(), *leaf, *proof, *root);
  }
  auto const old_root = hash_in(j.at("root1")), root = hash_in(j.at("root2"));
  return old_root && root && verify_consistency(sha256, j.at("size1").get<std::uint64_t>(), j.at("size2").get<std::uint64_t>(), *proof, *old_root, *root);
}

/// Where we answer otherwise than the case wants, and why.
std::map<std::string, std::string> const differing{
#include "merkle_differing.inc"
};
}  // namespace

TEST_CASE("roots for 0 to 8 leaves, from the frontier, from nodes and from the slow twin") {
  auto const tree = eight_leaves();
  frontier f;
  slow_merkle::leaves slow;
  for (std::size_t n = 0; n <= 8; ++n) {
    CHECK(f.root(sha256) == from_hex(roots_in_hex[n]));
    CHECK(root_of(tree, sha256, n) == from_hex(roots_in_hex[n]));
    CHECK(slow_merkle::root(slow, 0, n) == from_hex(roots_in_hex[n]));
    if (n == 8) break;
    std::string const data = unhex(leaves_in_hex[n]);
    f.append(leaf_hash(sha256, detail::view(data)), sha256);
    slow.push_back(data);
  }
}

TEST_CASE("inclusion of 5 in 8 and consistency from 6 to 8, hash for hash") {
  auto const tree = eight_leaves();
  std::vector<digest> const inclusion{from_hex("bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b"),
                                      from_hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"), from_hex(roots_in_hex[4])};
  CHECK(inclusion_proof(tree, sha256, 5, 8) == inclusion);
  CHECK(verify_inclusion(sha256, 5, 8, tree(0, 5), inclusion, from_hex(roots_in_hex[8])));
  std::vector<digest> const consistency{from_hex("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a"),
                                        from_hex("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0"), from_hex(roots_in_hex[4])};
  CHECK(consistency_proof(tree, sha256, 6, 8) == consistency);
  CHECK(verify_consistency(sha256, 6, 8, consistency, from_hex(roots_in_hex[6]), from_hex(roots_in_hex[8])));
}

TEST_CASE("the example note of the format is verified with its key, and no longer with a changed word") {
  auto const key = parse_verifier(sha256, "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");
  REQUIRE(key);
  std::string const signature = "Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=";
  auto note = parse_note("This is an example message.\n\n\u2014 example.com/foo " + signature + "\n");
  REQUIRE(note);
  CHECK(check_signature(*note, *key, ed25519).state == signature_state::good);
  note->text = "This is another message.\n";
  CHECK(check_signature(*note, *key, ed25519).state == signature_state::bad);
  note->signatures[0].name = "example.com/bar";
  CHECK(check_signature(*note, *key, ed25519).state == signature_state::absent);
}

TEST_CASE("proofs that others wrote, one mutation a file") {
  auto const folder = fixtures() / "merkle";
  if (!fs::exists(folder)) {
    MESSAGE("skipped: no fixtures at " << folder.string());
    return;
  }
  std::vector<fs::path> files;
  for (auto const& f : fs::recursive_directory_iterator{folder})
    if (f.path().extension() == ".json") files.push_back(f.path());
  std::sort(files.begin(), files.end());
  std::size_t refused = 0, taken = 0, other = 0;
  for (auto const& f : files) {
    auto const name = f.lexically_relative(folder).string();
    auto const j = nlohmann::json::parse(slurp(f));
    bool const wanted = !j.at("wantErr").get<bool>(), got = accepted(j);
    ++(got ? taken : refused);
    if (got != wanted) ++other;
    auto const known = differing.find(name);
    std::cout << "  " << (got ? "accepted " : "refused  ") << (got == wanted ? "as wanted  " : "OTHERWISE  ") << name << "  (" << j.at("desc").get<std::string>() << ")"
              << (known == differing.end() ? "" : ": " + known->second) << "\n";
    INFO(name);
    CHECK((got != wanted) == (known != differing.end()));
  }
  std::cout << "  " << files.size() << " cases: " << taken << " accepted, " << refused << " refused, " << other << " otherwise than wanted\n";
  CHECK(files.size() == 196);
}
