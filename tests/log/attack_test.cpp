// The attacker: has leaves, proofs, tiles and checkpoints, knows how they are made, and tries every number of a mobile
// prefix with hashes that need no key, or whose salt is public. Nothing may match. By default a part of the prefix is
// tried, all 10 million numbers with JAWORT_ATTACK=full.
#include <doctest/doctest.h>

#include <openssl/hmac.h>

#include <cstdlib>
#include <iostream>
#include <unordered_set>

#include <jawort/ledger/check_files.hpp>

#include "../ledger/scratch.hpp"
#include "support.hpp"

using namespace jawort;
namespace fs = std::filesystem;
using support::slurp;

namespace {
constexpr std::uint64_t prefix = 49151'0000000;  // +49151, and seven digits

instant at(char const* text) { return *instant::parse(text); }

/// Everything that is given out about a small ledger: every 32 bytes in a row of it, wherever they begin.
class published {
 public:
  void add(std::string_view bytes) {
    for (std::size_t i = 0; i + 32 <= bytes.size(); ++i) targets_.insert(word(reinterpret_cast<std::uint8_t const*>(bytes.data()) + i));
    all_.append(bytes);
    all_ += '\n';
  }
  /// Text files hold their hashes in base64.
  void add_text(std::string const& text) {
    add(text);
    std::istringstream lines{text};
    for (std::string line; std::getline(lines, line);)
      if (auto const raw = log::from_base64(line.substr(line.rfind(' ') + 1))) add(std::string(raw->begin(), raw->end()));
  }
  [[nodiscard]] bool has(std::uint8_t const* digest) const { return targets_.contains(word(digest)); }
  [[nodiscard]] bool shows(std::string_view what) const { return all_.find(what) != all_.npos; }
  [[nodiscard]] std::size_t size() const { return targets_.size(); }

 private:
  /// Eight bytes: a match by chance has the odds of one in 10^11 for the whole test.
  static std::uint64_t word(std::uint8_t const* b) {
    std::uint64_t w = 0;
    std::memcpy(&w, b, 8);
    return w;
  }
  std::unordered_set<std::uint64_t> targets_;
  std::string all_;
};

struct small_ledger {
  scratch dir;
  published out;
  std::vector<log::nonce> nonces;
  std::string origin;

  explicit small_ledger(std::vector<std::uint64_t> const& people) {
    auto book = ledger::create(dir.path("a.db"), {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-01T00:00:00Z"));
    REQUIRE(book);
    origin = book->origin();
    std::vector<event> events;
    for (auto const number : people) {
      event e;
      e.kind = event_kind::inbound;
      e.occurred_at = at("2026-01-02T10:00:00Z");
      e.who = *address::from_digits(number);
      e.on = channel::whatsapp;
      e.source = "test";
      e.proof.set("text", "Guten Tag");
      events.push_back(e);
    }
    REQUIRE(book->append(events, at("2026-01-02T10:00:00Z")));
    for (sequence seq = 0; seq <= people.size(); ++seq) {
      auto p = prove(*book, seq, opened_evidence::no);
      REQUIRE(p);
      nonces.push_back(log::decode_leaf(p->proofs[0].leaf)->nonce);
      out.add({reinterpret_cast<char const*>(p->proofs[0].leaf.data()), log::leaf_size});
      out.add_text(p->proofs[0].file);
    }
    REQUIRE(export_tiles(*book, dir.path("tiles")));
    for (auto const& f : fs::recursive_directory_iterator{dir.path("tiles")})
      if (f.is_regular_file()) f.path().filename() == "checkpoint" ? out.add_text(slurp(f.path())) : out.add(slurp(f.path()));
    out.add_text(slurp(dir.path("a.db.checkpoints")));
  }
};

/// What an attacker would try for one number: each hash goes to `each`; those with a salt for every salt there is.
class dictionary {
 public:
  dictionary(std::vector<log::nonce> nonces, std::string origin) : nonces_(std::move(nonces)), origin_(std::move(origin)) {}

  template <class Each>
  void run(std::uint64_t number, Each&& each) {
    auto const digits = std::to_string(number), e164 = "+" + digits;
    auto const sha = [&](std::string const& m) {
      SHA256(reinterpret_cast<unsigned char const*>(m.data()), m.size(), d_);
      each(d_);
    };
    sha(e164);
    sha(digits);
    sha("0" + digits.substr(2));
    sha(origin_ + e164);
    sha(std::string{"jawort/v1/lookup"} + '\0' + e164);
    hmac(std::string(32, '\0'), e164, each);
    for (auto const& n : nonces_) {
      std::string const salt(n.begin(), n.end());
      sha(salt + e164);
      sha(e164 + salt);
      sha(std::string{"jawort/v1/commit"} + '\0' + salt + e164);
      hmac(salt + std::string(16, '\0'), e164, each);
      hmac(std::string(32, '\0'), std::string{"jawort/v1/commit"} + '\0' + salt + e164, each);
    }
  }

 private:
  template <class Each>
  void hmac(std::string const& key, std::string const& m, Each&& each) {
    // Two SHA-256 by hand: OpenSSL's HMAC call looks its algorithm up each time.
    std::string inner(64, '\x36'), outer(64, '\x5c');
    for (std::size_t i = 0; i < key.size(); ++i) {
      inner[i] = static_cast<char>(inner[i] ^ key[i]);
      outer[i] = static_cast<char>(outer[i] ^ key[i]);
    }
    inner += m;
    SHA256(reinterpret_cast<unsigned char const*>(inner.data()), inner.size(), d_);
    outer.append(reinterpret_cast<char const*>(d_), 32);
    SHA256(reinterpret_cast<unsigned char const*>(outer.data()), outer.size(), d_);
    each(d_);
  }
  std::vector<log::nonce> nonces_;
  std::string origin_;
  unsigned char d_[32]{};
};
}  // namespace

TEST_CASE("every number of a prefix against everything that is published: nothing matches") {
  std::vector<std::uint64_t> const people{prefix + 17, prefix + 4711, prefix + 29999};
  small_ledger book{people};
  char const* const how = std::getenv("JAWORT_ATTACK");
  std::uint64_t const range = how != nullptr && std::string_view{how} == "full" ? 10'000'000 : 30'000;
  dictionary attack{book.nonces, book.origin};
  std::uint64_t hashes = 0, matches = 0;
  for (std::uint64_t n = 0; n < range; ++n)
    attack.run(prefix + n, [&](unsigned char const* d) {
      ++hashes;
      if (book.out.has(d)) ++matches;
    });
  std::cout << "  " << range << " numbers, " << hashes << " hashes against " << book.out.size() << " places: " << matches << " matches\n";
  CHECK(matches == 0);
}

TEST_CASE("the attack works where a leaf is a plain or publicly salted hash") {
  std::vector<std::uint64_t> const people{prefix + 17};
  small_ledger book{people};
  log::nonce const salt = book.nonces[1];
  std::string const e164 = "+" + std::to_string(people[0]);
  for (std::string const& weak : {e164, std::string(salt.begin(), salt.end()) + e164, std::string{"jawort/v1/commit"} + '\0' + std::string(salt.begin(), salt.end()) + e164}) {
    published out;
    log::digest const d = support::sha256(log::detail::view(weak));
    out.add("JWv1" + std::string(28, 'x') + std::string(d.begin(), d.end()));
    dictionary attack{book.nonces, book.origin};
    std::vector<std::uint64_t> found;
    for (std::uint64_t n = 0; n < 100; ++n)
      attack.run(prefix + n, [&](unsigned char const* h) {
        if (out.has(h)) found.push_back(prefix + n);
      });
    CHECK(found == people);
  }
}

TEST_CASE("no spelling of a number, and none of the words, stands in what is published") {
  std::vector<std::uint64_t> const people{prefix + 17, prefix + 4711};
  small_ledger book{people};
  for (auto const number : people) {
    auto const digits = std::to_string(number);
    std::string big(8, '\0'), little(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) {
      little[i] = static_cast<char>(number >> (8 * i) & 0xff);
      big[7 - i] = little[i];
    }
    for (std::string const& form : {digits, digits.substr(2), big.substr(3), little.substr(0, 5), log::base64(log::detail::view(digits)), log::base64(log::detail::view("+" + digits))})
      CHECK_FALSE(book.out.shows(form));
  }
  CHECK_FALSE(book.out.shows("Guten Tag"));
}
