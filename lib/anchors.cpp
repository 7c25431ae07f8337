#include "anchors.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "ledger_impl.hpp"

namespace jawort {

std::optional<std::uint32_t> origin_number(std::string_view base, std::string_view origin) {
  if (origin == base) return 1;
  if (!origin.starts_with(base) || origin.size() < base.size() + 2 || origin[base.size()] != '#') return std::nullopt;
  auto const digits = origin.substr(base.size() + 1);
  if (digits.size() > 6 || digits[0] == '0' || !detail::all_of(digits, detail::is_digit)) return std::nullopt;
  std::uint32_t n = 0;
  for (char const c : digits) n = n * 10 + static_cast<std::uint32_t>(c - '0');
  return n < 2 ? std::nullopt : std::optional{n};
}

std::string origin_name(std::string const& base, std::uint32_t number) {
  return number < 2 ? base : base + "#" + std::to_string(number);
}

std::string beside(std::string const& ledger, char const* what) { return ledger + "." + what; }

std::optional<std::string> file_text(std::string const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return std::nullopt;
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

std::vector<std::string> file_lines(std::string const& path) {
  std::vector<std::string> out;
  std::ifstream in{path};
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) out.push_back(line);
  return out;
}

std::vector<std::string> anchor_paths(std::string const& ledger) {
  std::vector<std::string> out{beside(ledger, "checkpoints")};
  for (auto& path : file_lines(beside(ledger, "anchors"))) out.push_back(std::move(path));
  return out;
}

std::vector<found_note> read_anchors(std::string const& ledger, bool newest_only) {
  std::vector<found_note> out;
  for (auto const& path : anchor_paths(ledger))
    for (auto& note : read_notes(path, newest_only)) out.push_back({std::move(note), path});
  return out;
}

/// Three newlines end each note in the file.
std::vector<std::string> read_notes(std::string const& path, bool newest_only) {
  std::ifstream in{path, std::ios::binary | std::ios::ate};
  if (!in) return {};
  auto const size = static_cast<std::int64_t>(in.tellg());
  if (size <= 0) return {};
  // The newest stands in the last few; two processes may have written them in another order than their sizes.
  std::int64_t const from = newest_only && size > 65536 ? size - 65536 : 0;
  in.seekg(from);
  std::string all(static_cast<std::size_t>(size - from), '\0');
  in.read(all.data(), size - from);
  std::vector<std::string> notes;
  std::size_t at = 0;
  if (from > 0) at = std::min(all.size(), all.find("\n\n\n"));  // the first one is cut
  if (from > 0 && at < all.size()) at += 3;
  while (at < all.size()) {
    auto const end = all.find("\n\n\n", at);  // text, empty line, signatures, two newlines more
    if (end == std::string::npos) break;      // torn by a crash while it was written
    notes.push_back(all.substr(at, end + 1 - at));
    at = end + 3;
  }
  return notes;
}

namespace {
error cannot_write(std::string const& path, int why) {
  std::string const text = std::strerror(why);
  return {failure::environment, {"Prüfpunkt nicht zu schreiben: " + path + ": " + text, "cannot write checkpoint: " + path + ": " + text},
          {"eingetragen ist alles; die Datei wieder erreichbar machen oder mit `jawort anchor remove` streichen",
           "everything is recorded; make the file reachable again, or strike it with `jawort anchor remove`"}};
}

/// Others that add to the file wait for each other, but for no more than two seconds: a lock that is stuck, or a
/// file system that has none, must not keep a checkpoint from being written.
void lock_for_a_moment(int fd) {
  for (int tries = 0; tries < 100 && ::flock(fd, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK; ++tries) ::usleep(20000);
}

/// Cuts off a last note that was not written to its end. False where the file holds something else.
bool mend_tail(int fd, off_t size) {
  std::array<char, 4096> tail;
  auto const wanted = static_cast<std::size_t>(std::min<off_t>(size, static_cast<off_t>(tail.size())));
  if (::pread(fd, tail.data(), wanted, size - static_cast<off_t>(wanted)) != static_cast<ssize_t>(wanted)) return false;
  std::string_view const text{tail.data(), wanted};
  if (text.ends_with("\n\n\n")) return true;
  auto const whole = text.rfind("\n\n\n");
  if (whole == std::string_view::npos) return size <= static_cast<off_t>(tail.size()) && text.find("\n\n") != text.npos && ::ftruncate(fd, 0) == 0;
  return ::ftruncate(fd, size - static_cast<off_t>(wanted - whole - 3)) == 0;
}
}  // namespace

result<> append_note(std::string const& path, std::string const& note) {
  int const fd = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NONBLOCK, 0600);
  if (fd < 0) return cannot_write(path, errno);
  lock_for_a_moment(fd);
  struct stat info {};
  std::string const text = note + "\n\n";
  int why = 0;
  if (::fstat(fd, &info) != 0 || !S_ISREG(info.st_mode) || (info.st_size > 0 && !mend_tail(fd, info.st_size))) {
    why = EINVAL;
  } else if (auto const written = ::write(fd, text.data(), text.size()); written != static_cast<ssize_t>(text.size())) {
    why = written < 0 ? errno : ENOSPC;
    [[maybe_unused]] int const cut = ::ftruncate(fd, info.st_size);  // half a note helps nobody
  }
  ::close(fd);
  if (why != 0) return cannot_write(path, why);
  return nothing{};
}

result<> replace_file(std::string const& path, std::string const& text) {
  std::string const fresh = path + ".new";
  ::unlink(fresh.c_str());  // left over from a crash
  int const fd = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  auto const failed = [&](int why) {
    std::string const words = std::strerror(why);
    ::unlink(fresh.c_str());
    return error{failure::environment, {"nicht zu schreiben: " + path + ": " + words, "cannot write: " + path + ": " + words}, {}};
  };
  if (fd < 0) return failed(errno);
  bool const written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  int const why = errno;
  ::close(fd);
  if (!written) return failed(why == 0 ? ENOSPC : why);
  if (::rename(fresh.c_str(), path.c_str()) != 0) return failed(errno);
  auto const slash = path.rfind('/');
  int const folder = ::open(slash == std::string::npos ? "." : path.substr(0, slash + 1).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder >= 0) {
    ::fsync(folder);  // the new name survives a power cut
    ::close(folder);
  }
  return nothing{};
}

// --- what a ledger does with them --------------------------------------------------------------------------------

namespace {
struct candidate {
  std::uint32_t number;
  log::checkpoint what;
  std::string const* note;
};

/// Newest first; the signatures are not looked at yet, because they cost more than the rest.
std::vector<candidate> newest_first(std::vector<found_note> const& notes, std::string const& base) {
  std::vector<candidate> out;
  for (auto const& n : notes) {
    auto const parsed = log::parse_note(n.text);
    auto c = parsed ? log::parse_checkpoint(parsed->text) : std::nullopt;
    if (!c) continue;
    if (auto const number = origin_number(base, c->origin)) out.push_back({*number, *std::move(c), &n.text});
  }
  std::stable_sort(out.begin(), out.end(), [](candidate const& a, candidate const& b) {
    return a.number != b.number ? a.number > b.number : a.what.size > b.what.size;
  });
  return out;
}
}  // namespace

log::digest ledger::impl::root_at(stored_head const& head, std::uint64_t size) {
  log::frontier tree;
  db->scan_leaves(head.first_seq, size, [&](log::leaf_bytes const& leaf) { tree.append(log::leaf_hash(hash, leaf), hash); });
  return tree.size() == size ? tree.root(hash) : log::digest{};
}

void ledger::impl::check_anchor(std::vector<found_note> const& notes) {
  alarm.reset();
  auto const head = read_head();
  std::optional<std::uint64_t> newest;  // size of the newest good one of this origin
  log::digest root{};
  for (auto const& c : newest_first(notes, base_origin)) {
    if (c.number < head.restores + 1 || (newest && c.what.size != *newest)) return;
    if (!keys.verified(*c.note)) continue;
    if (c.number > head.restores + 1 || c.what.size > head.tree.size()) {
      alarm = anchor_alarm{anchor_alarm::older, c.what};
      return;
    }
    // Usually the newest checkpoint is of the tree as it is. It is older where a crash or a full disk kept one from
    // being written; then the entries up to there are hashed again.
    if (!newest) root = c.what.size == head.tree.size() ? head.tree.root(hash) : root_at(head, c.what.size);
    newest = c.what.size;
    if (root != c.what.root) {
      alarm = anchor_alarm{anchor_alarm::forked, c.what};
      return;
    }
  }
}

void ledger::impl::anchor(stored_head const& head) {
  auto const note = keys.sign({origin_name(base_origin, head.restores + 1), head.tree.size(), head.tree.root(hash)});
  for (auto const& copy : anchor_paths(path))
    if (auto const written = append_note(copy, note); !written && on_anchor_failure) on_anchor_failure(written.error());
}

void ledger::impl::refuse_while_alarmed() const {
  if (!alarm) return;
  raise({failure::damaged,
         {"das Hauptbuch ist älter als sein neuester Prüfpunkt oder ein anderes (Größe " + std::to_string(alarm->newest.size) + "): es wird nichts eingetragen",
          "the ledger is older than its newest checkpoint, or another one (size " + std::to_string(alarm->newest.size) + "): nothing is recorded"},
         {"die neuere Kopie zurücklegen; ist sie verloren: `jawort anchor resolve --accept-loss --yes`",
          "put the newer copy back; if it is lost: `jawort anchor resolve --accept-loss --yes`"}});
}

stored_head ledger::impl::begin_writing(instant now) {
  refuse_while_alarmed();
  auto head = read_head();
  std::uint32_t const announced = announced_epoch();
  if (announced > keys.epoch()) {
    auto newer = key_file::open(beside(path, "keys"));
    if (!newer) raise(newer.error());
    keys = *std::move(newer);
    refuse_older_keys(announced);
  }
  if (announced < keys.epoch()) announce_keys(head, now);
  return head;
}

std::uint32_t ledger::impl::announced_epoch() {
  auto const text = db->meta("epoch");
  if (text.empty()) return 1;
  if (text.size() > 9 || !detail::all_of(text, detail::is_digit)) raise({failure::damaged, {"Hauptbuch ist beschädigt bei meta.epoch", "ledger is damaged at meta.epoch"}, {}});
  return static_cast<std::uint32_t>(std::stoul(text));
}

void ledger::impl::refuse_older_keys(std::uint32_t announced) const {
  if (announced <= keys.epoch()) return;
  raise({failure::key_missing,
         {"die Schlüsseldatei ist älter als das Hauptbuch: die Schlüssel der Epoche " + std::to_string(announced) + " fehlen", "the key file is older than the ledger: the keys of epoch " + std::to_string(announced) + " are missing"},
         {"die neuere Schlüsseldatei aus der Sicherung neben das Hauptbuch legen", "put the newer key file beside the ledger from your backup"}});
}

void ledger::impl::announce_keys(stored_head& head, instant now) {
  event e;
  e.kind = event_kind::key_rotated;
  e.occurred_at = now;
  e.source = "jawort";
  e.proof.set("epoch", std::to_string(keys.epoch()));
  e.proof.set("verifier", keys.verifier(origin));
  put(e, head, now, 0, {}, own_secret);
  db->put_meta("epoch", std::to_string(keys.epoch()));
  db->put_head(head);
}

}  // namespace jawort
