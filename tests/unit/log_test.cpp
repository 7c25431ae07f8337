// Tree and proofs with a hasher of the test's own: structure is checked here, SHA-256 in the ledger's tests.
#include <doctest/doctest.h>

#include <jawort/log/checkpoint.hpp>

using namespace jawort::log;

namespace {
// Any function will do for the shape; this one is a weak mixing of all bytes.
digest mix(bytes_view data) {
  digest d{};
  std::uint64_t h = 1469598103934665603U;
  for (auto const b : data) h = (h ^ b) * 1099511628211U;
  for (std::size_t i = 0; i < d.size(); ++i) { h = (h ^ i) * 1099511628211U; d[i] = static_cast<std::uint8_t>(h >> 32); }
  return d;
}
/// The slow twin: the definition of RFC 6962, word for word.
digest slow_root(std::vector<digest> const& leaves, std::size_t from, std::size_t to) {
  if (from == to) return mix({});
  if (to - from == 1) return leaves[from];
  std::size_t k = 1;
  while (k * 2 < to - from) k *= 2;
  return node_hash(mix, slow_root(leaves, from, from + k), slow_root(leaves, from + k, to));
}
}  // namespace

TEST_CASE("frontier equals the definition for every size up to 300") {
  std::vector<digest> leaves;
  frontier f;
  for (std::uint32_t n = 0; n < 300; ++n) {
    CHECK(f.root(mix) == slow_root(leaves, 0, leaves.size()));
    std::array<std::uint8_t, 2> const data{static_cast<std::uint8_t>(n), static_cast<std::uint8_t>(n >> 8)};
    leaves.push_back(leaf_hash(mix, data));
    f.append(leaves.back(), mix);
    auto const again = frontier::from(f.size(), f.edge());
    REQUIRE(again);
    CHECK(*again == f);
  }
  CHECK_FALSE(frontier::from(5, f.edge()));
}

TEST_CASE("base64 is strict") {
  CHECK(base64(detail::view("ab")) == "YWI=");
  CHECK(from_base64("YWI=").has_value());
  for (char const* bad : {"YWI", "YWJ=", "Y=I=", "YW I", "====", "YWI=\n"}) CHECK_FALSE(from_base64(bad));
}

TEST_CASE("a checkpoint is three lines, a note ends in signatures") {
  checkpoint c{"agency.example/jawort", 17, mix({})};
  CHECK(parse_checkpoint(text_of(c)) == c);
  CHECK_FALSE(parse_checkpoint(text_of(c) + "extension\n"));
  CHECK_FALSE(parse_checkpoint("o\n017\n" + base64(mix({})) + "\n"));
  std::array<std::uint8_t, 64> const signature{};
  std::string const note = text_of(c) + "\n" + signature_line("agency.example/jawort", 0x01020304, signature);
  auto const parsed = parse_note(note);
  REQUIRE(parsed);
  CHECK(parsed->text == text_of(c));
  CHECK(parsed->signatures[0].key_id == 0x01020304);
  CHECK_FALSE(parse_note(text_of(c)));
}
