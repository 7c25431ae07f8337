// Kill between commit and signing, full disk, locked file, clock running backwards, processes side by side, flipped bits.
#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <thread>

#include <jawort/log/verifier.hpp>

#include "sample_ledger.hpp"

using namespace sample;
namespace fs = std::filesystem;

namespace {
/// Runs `body` in a process of its own; its status is what `body` gives.
pid_t process(std::function<int()> const& body) {
  pid_t const p = ::fork();
  if (p == 0) {
    int status = 99;
    try { status = body(); } catch (...) {}
    ::_exit(status);
  }
  REQUIRE(p > 0);
  return p;
}
int ended(pid_t p) {
  int status = 0;
  ::waitpid(p, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}
bool add(ledger& book, std::uint64_t n, char const* now = "2026-06-01T10:00:00Z") {
  return book.append({inbound(491713920000U + n % 7, at("2026-05-01T10:00:00Z") + milliseconds{static_cast<std::int64_t>(n)}, "Hallo")}, at(now)).has_value();
}
int entries(std::string const& path) {
  database db{path};
  auto const r = db.run("SELECT count(*) FROM event");
  return r ? std::stoi((*r)[0][0]) : -1;
}
int setting(char const* name, int otherwise) {
  char const* const v = std::getenv(name);
  return v == nullptr ? otherwise : std::atoi(v);
}
struct sha256 {
  log::digest operator()(log::bytes_view data) const {
    log::digest d{};
    unsigned size = 0;
    EVP_Digest(data.data(), data.size(), d.data(), &size, EVP_sha256(), nullptr);
    return d;
  }
};
}  // namespace

TEST_CASE("killed between commit and signing: the entry is there, the ledger works, the next checkpoint covers it") {
  scratch dir;
  auto const path = dir.path("a.db");
  { auto book = create(path); CHECK(add(book, 1)); }
  int const before = entries(path);
  int const lock = ::open((path + ".checkpoints").c_str(), O_RDONLY | O_CLOEXEC);
  REQUIRE(lock >= 0);
  REQUIRE(::flock(lock, LOCK_EX) == 0);  // the writer has committed and now waits here for its turn to sign
  auto const anchored = slurp(path + ".checkpoints");
  pid_t const p = process([&] { auto book = ledger::open(path); return add(*book, 2) ? 0 : 1; });
  for (int k = 0; k < 500 && entries(path) == before; ++k) std::this_thread::sleep_for(std::chrono::milliseconds{5});
  ::kill(p, SIGKILL);
  CHECK(ended(p) == -SIGKILL);
  ::close(lock);
  CHECK(entries(path) == before + 1);
  CHECK(slurp(path + ".checkpoints") == anchored);  // not signed
  auto book = ledger::open(path);
  REQUIRE(book);
  CHECK_FALSE(book->alarmed());  // ahead is normal
  CHECK(book->verify()->ok());
  CHECK(add(*book, 3));
  CHECK(book->verify()->ok());
  // Ahead of its anchor, and another history up to there: told at once.
  book = ledger::open(path);
  spit(path + ".checkpoints", anchored);
  { database db{path}; REQUIRE(db.run("UPDATE event SET leaf = (SELECT leaf FROM event WHERE seq = 1) WHERE seq = 2")); }
  auto changed = ledger::open(path);
  REQUIRE(changed);
  CHECK(changed->alarmed());
}

TEST_CASE("full disk: the batch is out as a whole, what was told stays; a checkpoint that finds no room loses nothing") {
  scratch dir;
  auto const path = dir.path("a.db");
  { auto book = create(path); CHECK(add(book, 1)); }
  int const before = entries(path);
  int const status = ended(process([&] {
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit const little{300000, 300000};
    ::setrlimit(RLIMIT_FSIZE, &little);
    auto book = ledger::open(path);
    if (!book || !add(*book, 2)) return 1;
    std::vector<event> many;
    for (std::uint64_t n = 0; n < 4000; ++n) many.push_back(inbound(491713930000U + n, at("2026-05-01T10:00:00Z"), std::string(200, 'x')));
    auto const r = book->append(std::move(many), at("2026-06-01T10:00:00Z"));
    if (r || r.error().code != failure::environment) return 2;
    return add(*book, 3) ? 0 : 3;  // there is room for one
  }));
  CHECK(status == 0);
  CHECK(entries(path) == before + 2);
  auto book = ledger::open(path);
  REQUIRE(book);
  CHECK(book->verify()->ok());
  // A disk that is full for the checkpoints alone.
  fs::rename(path + ".checkpoints", dir.path("kept"));
  fs::create_symlink("/dev/full", path + ".checkpoints");
  int told = 0;
  book->on_anchor_failure([&](error const& e) { ++told; CHECK(e.code == failure::environment); });
  CHECK(add(*book, 4));
  CHECK(told == 1);
  fs::remove(path + ".checkpoints");
  fs::rename(dir.path("kept"), path + ".checkpoints");
  auto again = ledger::open(path);
  CHECK_FALSE(again->alarmed());
  CHECK(again->verify()->ok());
}

TEST_CASE("locked file: a writer waits its turn, and says so when it does not come") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto book = create(path);
  database other{path};
  REQUIRE(other.run("BEGIN IMMEDIATE"));
  std::thread release{[&] { std::this_thread::sleep_for(std::chrono::milliseconds{300}); other.run("COMMIT"); }};
  CHECK(add(book, 1));
  release.join();
  REQUIRE(other.run("BEGIN IMMEDIATE"));
  auto const r = book.append({inbound(491713920001U, at("2026-05-01T10:00:00Z"), "Hallo")}, at("2026-06-01T10:00:00Z"));
  REQUIRE_FALSE(r);
  CHECK(r.error().code == failure::busy);
  other.run("ROLLBACK");
  CHECK(add(book, 2));
  CHECK(book.verify()->ok());
}

TEST_CASE("a clock that runs backwards: the time of recording does not, and verify agrees") {
  scratch dir;
  auto const path = dir.path("a.db");
  auto book = create(path);
  CHECK(add(book, 1, "2026-06-01T10:00:00Z"));
  CHECK(add(book, 2, "2026-05-20T10:00:00Z"));
  CHECK(add(book, 3, "2020-01-01T00:00:00Z"));
  REQUIRE(rotate_keys(book, at("2019-01-01T00:00:00Z")));
  CHECK(add(book, 4, "2026-06-02T10:00:00Z"));
  CHECK(book.verify()->ok());
  database db{path};
  auto const times = db.rows("SELECT recorded_at FROM event ORDER BY seq");
  for (std::size_t k = 1; k < times.size(); ++k) CHECK(std::stoll(times[k][0]) >= std::stoll(times[k - 1][0]));
  CHECK(times[3] == times[2]);
}

TEST_CASE("two processes append, a third opens, signs and verifies: no false alarm, every checkpoint consistent with every other") {
  scratch dir;
  auto const path = dir.path("a.db"), notes = dir.path("notes");
  { auto book = create(path); }
  auto const until = std::chrono::steady_clock::now() + std::chrono::seconds{setting("JAWORT_FAULT_SECONDS", 3)};
  auto const going = [&] { return std::chrono::steady_clock::now() < until; };
  auto const writer = [&](std::uint64_t from) {
    return [&, from] {
      auto book = ledger::open(path);
      if (!book) return 1;
      for (std::uint64_t n = from; going(); ++n)
        if (!add(*book, n)) return 2;
      return 0;
    };
  };
  pid_t const one = process(writer(0)), two = process(writer(1000000));
  pid_t const three = process([&] {
    std::ofstream out{notes, std::ios::binary};
    for (int n = 0; going(); ++n) {
      auto book = ledger::open(path);
      if (!book) return 1;
      if (book->alarmed()) return 2;
      auto const note = book->checkpoint_note();
      if (!note) return 3;
      out << *note << "\n\n";
      if (n % 20 == 0)
        if (auto const v = book->verify(); !v || !v->ok()) return 4;
    }
    return 0;
  });
  CHECK(ended(one) == 0);
  CHECK(ended(two) == 0);
  CHECK(ended(three) == 0);
  // The roots of every size, from the leaves that are there at the end.
  auto book = ledger::open(path);
  REQUIRE(book);
  std::vector<log::digest> roots{sha256{}(log::bytes_view{})};
  log::frontier tree;
  {
    database db{path};
    for (auto const& row : db.rows("SELECT hex(leaf) FROM event ORDER BY seq")) {
      log::leaf_bytes leaf{};
      for (std::size_t k = 0; k < leaf.size(); ++k) leaf[k] = static_cast<std::uint8_t>(std::stoi(row[0].substr(2 * k, 2), nullptr, 16));
      tree.append(log::leaf_hash(sha256{}, leaf), sha256{});
      roots.push_back(tree.root(sha256{}));
    }
  }
  std::size_t checked = 0;
  for (std::string const& file : {notes, path + ".checkpoints"}) {
    auto const all = slurp(file);
    std::size_t from = 0;
    for (auto end = all.find("\n\n\n"); end != all.npos; from = end + 3, end = all.find("\n\n\n", from)) {
      auto const note = all.substr(from, end + 1 - from);
      REQUIRE(book->signed_here(note));
      auto const c = log::parse_checkpoint(log::parse_note(note)->text);
      REQUIRE(c);
      REQUIRE(c->size < roots.size());
      CHECK(c->root == roots[c->size]);
      ++checked;
    }
    CHECK(from == all.size());
  }
  CHECK(book->verify()->ok());
  MESSAGE(checked << " checkpoints of " << roots.size() - 1 << " entries");
  CHECK(checked > 20);
}

TEST_CASE("a flipped bit anywhere in the file is found, or changes no answer") {
  scratch dir;
  auto const whole = dir.path("whole.db"), path = dir.path("flipped.db");
  fill(whole);
  {
    // Small pages: a small file, the same tables.
    database db{whole};
    REQUIRE(db.run("PRAGMA journal_mode=DELETE; PRAGMA page_size=512; VACUUM; PRAGMA journal_mode=WAL"));
  }
  auto const before = look(whole);
  REQUIRE_MESSAGE(before.sound, before.kinds);
  auto const bytes = slurp(whole);
  copy(whole, path);
  // In the suite a sample; JAWORT_FLIP_STEP=1 tries every byte, which takes some minutes.
  auto const step = static_cast<std::size_t>(setting("JAWORT_FLIP_STEP", 97)), from = static_cast<std::size_t>(setting("JAWORT_FLIP_FROM", 0));
  std::size_t found = 0, refused = 0, silent = 0, tried = 0;
  for (std::size_t k = from; k < bytes.size(); k += step) {
    auto flipped = bytes;
    flipped[k] = static_cast<char>(flipped[k] ^ (1 << k * 5 % 8));
    for (char const* const tail : {"-wal", "-shm"}) fs::remove(path + tail);
    spit(path, flipped);
    auto const l = look(path);
    ++tried;
    if (!l.opened) ++refused;
    else if (!l.sound) ++found;
    else {
      ++silent;
      CHECK_MESSAGE(l.said == before.said, "byte " << k << " changes an answer in silence");
    }
  }
  MESSAGE(tried << " flips in " << bytes.size() << " bytes: " << found << " named by verify, " << refused << " refused at opening, " << silent << " change no answer");
  CHECK(found > silent / 4);
}
