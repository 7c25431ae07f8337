// Trees, proofs and tiles against the slow twin and against each other.
#include <doctest/doctest.h>

#include <random>
#include <set>

#include "../reference/slow_merkle.hpp"
#include "support.hpp"

using namespace support;

namespace {
std::string data_of(std::size_t n) { return "leaf " + std::to_string(n); }

struct both {
  memory_tree tree;
  slow_merkle::leaves slow;
  explicit both(std::size_t size) {
    for (std::size_t n = 0; n < size; ++n) {
      tree.add(data_of(n));
      slow.push_back(data_of(n));
    }
  }
};
}  // namespace

TEST_CASE("every proof of every tree up to 40 leaves is the twin's, and verifies for no other place, size or root") {
  both const all{40};
  for (std::size_t size = 1; size <= 40; ++size) {
    digest const root = slow_merkle::root(all.slow, 0, size);
    REQUIRE(root_of(all.tree, sha256, size) == root);
    for (std::size_t m = 0; m < size; ++m) {
      auto const path = inclusion_proof(all.tree, sha256, m, size);
      REQUIRE(path == slow_merkle::path(all.slow, m, 0, size));
      for (std::size_t other = 0; other < size; ++other)
        REQUIRE(verify_inclusion(sha256, other, size, all.tree(0, m), path, root) == (other == m));
      REQUIRE_FALSE(verify_inclusion(sha256, m, size, all.tree(0, m), path, slow_merkle::root(all.slow, 0, size - 1)));
      auto const proof = consistency_proof(all.tree, sha256, m + 1, size);
      REQUIRE(proof == slow_merkle::subproof(all.slow, m + 1, 0, size, true));
      for (std::size_t other = 1; other <= size; ++other)
        REQUIRE(verify_consistency(sha256, m + 1, size, proof, slow_merkle::root(all.slow, 0, other), root) == (other == m + 1));
    }
  }
}

TEST_CASE("trees up to 1,000 leaves: root of each size, and proofs at random, are the twin's") {
  both const all{1000};
  frontier f;
  for (std::size_t size = 1; size <= 1000; ++size) {
    f.append(leaf_hash(sha256, detail::view(data_of(size - 1))), sha256);
    digest const root = root_of(all.tree, sha256, size);
    REQUIRE(f.root(sha256) == root);
    if (size % 25 != 0 && !std::has_single_bit(size)) continue;  // the twin takes a millisecond a root
    REQUIRE(slow_merkle::root(all.slow, 0, size) == root);
  }
  std::mt19937 random{6};
  for (int k = 0; k < 60; ++k) {
    std::size_t const size = 2 + random() % 999, m = random() % size;
    INFO(m << " in " << size);
    REQUIRE(inclusion_proof(all.tree, sha256, m, size) == slow_merkle::path(all.slow, m, 0, size));
    REQUIRE(consistency_proof(all.tree, sha256, m + 1, size) == slow_merkle::subproof(all.slow, m + 1, 0, size, true));
  }
}

TEST_CASE("nothing is shown from size 0, and a proof for equal sizes is empty") {
  both const all{5};
  digest const root = root_of(all.tree, sha256, 5);
  CHECK_FALSE(verify_consistency(sha256, 0, 5, {}, sha256({}), root));
  CHECK(consistency_proof(all.tree, sha256, 5, 5).empty());
  CHECK(verify_consistency(sha256, 5, 5, {}, root, root));
  CHECK_FALSE(verify_consistency(sha256, 6, 5, {}, root, root));
}

TEST_CASE("tile paths: groups of three, widths, and back; nothing else is read") {
  CHECK(path_of({false, 0, 0, 256}) == "tile/0/000");
  CHECK(path_of({false, 1, 1234067, 256}) == "tile/1/x001/x234/067");
  CHECK(path_of({false, 2, 1000, 7}) == "tile/2/x001/000.p/7");
  CHECK(path_of({true, 0, 273, 112}) == "tile/entries/273.p/112");
  std::mt19937_64 random{1};
  for (int k = 0; k < 2000; ++k) {
    tile const t{k % 5 == 0, k % 5 == 0 ? 0 : static_cast<unsigned>(random() % 6), random() >> (20 + random() % 40), static_cast<std::uint32_t>(1 + random() % 256)};
    REQUIRE(parse_tile_path(path_of(t)) == t);
  }
  for (char const* bad : {"", "tile/", "tile/0/", "tile/0/00", "tile/0/0000", "tile/6/000", "tile/00/000", "tile/0/001/002", "tile/0/x001", "tile/0/x000/001",
                          "tile/0/x001/x002", "tile/0/000.p/", "tile/0/000.p/0", "tile/0/000.p/256", "tile/0/000.p/07", "tile/0/000.p/1/", "/tile/0/000", "tile/data/000",
                          "tile/0/00a", "tile/0/000/", "tile/entries/", "tile/0/x001/x001/x001/x001/x001/x001/x001/001", "tile/0/-01"})
    CHECK_FALSE(parse_tile_path(bad));
}

TEST_CASE("the tiles of a log rebuild its root, and what a grown log adds is named") {
  for (std::size_t const size : {std::size_t{1}, std::size_t{2}, std::size_t{255}, std::size_t{256}, std::size_t{257}, std::size_t{1000}, std::size_t{70000}}) {
    memory_tree tree;
    for (std::size_t n = 0; n < size; ++n) tree.add(data_of(n));
    std::size_t bundles = 0;
    for (tile const& t : tiles_of(size)) {
      if (t.entries) { ++bundles; continue; }
      if (t.width != tile_width) continue;
      std::vector<digest> hashes;
      for (std::uint64_t k = 0; k < tile_width; ++k) hashes.push_back(tree(8 * t.level, t.index * 256 + k));
      REQUIRE(parse_tile(tile_bytes(hashes), 256) == hashes);
      REQUIRE(tile_root(hashes, sha256) == tree(8 * t.level + 8, t.index));
    }
    CHECK(bundles == (size + 255) / 256);
  }
  auto const paths = [](std::uint64_t size, std::uint64_t old) {
    std::vector<std::string> out;
    for (tile const& t : tiles_of(size, old)) out.push_back(path_of(t));
    return out;
  };
  CHECK(paths(0, 0).empty());
  CHECK(paths(257, 257).empty());
  CHECK(paths(257, 0) == std::vector<std::string>{"tile/entries/000", "tile/entries/001.p/1", "tile/0/000", "tile/0/001.p/1", "tile/1/000.p/1"});
  CHECK(paths(300, 256) == std::vector<std::string>{"tile/entries/001.p/44", "tile/0/001.p/44"});
  CHECK(paths(512, 300) == std::vector<std::string>{"tile/entries/001", "tile/0/001", "tile/1/000.p/2"});
}

TEST_CASE("bundles: lengths and entries, and nothing that does not go up") {
  std::string bundle;
  add_entry(bundle, detail::view("ab"));
  add_entry(bundle, detail::view(""));
  CHECK(bundle == std::string("\0\x02" "ab\0\0", 6));
  auto const two = parse_bundle(bundle, 2);
  REQUIRE(two);
  CHECK((*two)[0].size() == 2);
  CHECK((*two)[1].empty());
  CHECK_FALSE(parse_bundle(bundle, 1));
  CHECK_FALSE(parse_bundle(bundle, 3));
  CHECK_FALSE(parse_bundle(bundle.substr(0, 5), 2));
  CHECK_FALSE(parse_bundle(bundle.substr(0, 3), 1));
  CHECK_FALSE(parse_tile("short", 1));
}
