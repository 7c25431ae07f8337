#include "jawort/ledger/backup.hpp"

#include <sys/stat.h>

#include <cerrno>
#include <filesystem>

#include "jawort/ledger/erasure.hpp"
#include "kept_notes.hpp"
#include "verification.hpp"

namespace jawort {
namespace {

/// Small files beside a ledger that go with it. The key file is not among them.
constexpr std::array companions{"anchors", "erasures", "witnesses", "witnessed"};

bool there(std::string const& path) {
  struct stat info {};
  return ::lstat(path.c_str(), &info) == 0;
}

void refuse_existing(std::string const& path) {
  if (there(path))
    raise({failure::already_exists, {"gibt es schon: " + path, "exists already: " + path}, {"einen anderen Namen nehmen, oder die alte Datei beiseitelegen", "take another name, or put the old file aside"}});
}

[[noreturn]] void cannot(char const* de, char const* en, std::string const& path, int why) {
  std::string const text = std::strerror(why);
  raise({failure::environment, {std::string{de} + ": " + path + ": " + text, std::string{en} + ": " + path + ": " + text}, {}});
}

/// An empty file that nobody else may read, never one that was there.
void make_private(std::string const& path) {
  int const fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0 && errno == EEXIST) refuse_existing(path);
  if (fd < 0) cannot("nicht anzulegen", "cannot create", path, errno);
  ::close(fd);
}

void sync(std::string const& path) {
  int const fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0 || ::fsync(fd) != 0) {
    int const why = errno;
    if (fd >= 0) ::close(fd);
    cannot("nicht zu sichern", "cannot sync", path, why);
  }
  ::close(fd);
}

void must(result<> done) {
  if (!done) raise(done.error());
}

std::string joined(std::vector<std::string> const& notes) {
  std::string out;
  for (auto const& n : notes) out += n + "\n\n";
  return out;
}

/// Copies `from.what` to `to.what` where there is one and the other is not there.
bool copy_small(std::string const& from, std::string const& to, char const* what) {
  auto const text = file_text(beside(from, what));
  if (!text || there(beside(to, what))) return false;
  must(replace_file(beside(to, what), *text));
  return true;
}

void copy_stamps(std::string const& from, std::string const& to) {
  auto const kept = kept_stamps(from);
  if (kept.empty() || there(beside(to, "stamps"))) return;
  if (::mkdir(beside(to, "stamps").c_str(), 0700) != 0) cannot("nicht anzulegen", "cannot create", beside(to, "stamps"), errno);
  for (auto const& k : kept) {
    auto const name = beside(to, "stamps") + k.file.substr(beside(from, "stamps").size());
    must(replace_file(name.substr(0, name.size() - 4) + ".checkpoint", k.note));
    must(replace_file(name, k.der));
  }
}

/// The copy's own checkpoints: those of its entries and not of later ones, so that it is no older than they are.
std::string checkpoints_up_to(ledger_parts::impl const& i, stored_head const& head, std::string const& newest) {
  std::vector<std::string> out;
  for (auto& note : read_notes(beside(i.path, "checkpoints"), false)) {
    auto const parsed = log::parse_note(note);
    auto const c = parsed ? log::parse_checkpoint(parsed->text) : std::nullopt;
    auto const number = c ? origin_number(i.base_origin, c->origin) : std::nullopt;
    if (number && (*number <= head.restores || (*number == head.restores + 1 && c->size <= head.tree.size()))) out.push_back(std::move(note));
  }
  if (out.empty() || out.back() != newest) out.push_back(newest);
  return joined(out);
}

stored_head head_of(std::string const& file) {
  auto const copy = open_sqlite_store(file);
  stored_head head;
  copy->snapshot([&] { head = copy->head(); });
  return head;
}
}  // namespace

result<backup_made> back_up(ledger& book, std::string const& file, backup_options const& options) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<backup_made> {
    for (char const* const tail : {"", "-wal", "-shm"}) refuse_existing(file + tail);
    for (char const* const what : {"checkpoints", "keys", "anchors", "erasures", "witnesses", "witnessed", "stamps"}) refuse_existing(beside(file, what));
    make_private(file);
    backup_made made;
    try {
      i.db->copy_to(file);
      auto const head = head_of(file);
      made.head = {origin_name(i.base_origin, head.restores + 1), head.tree.size(), head.tree.root(i.hash)};
      sync(file);
      made.files.push_back(file);
      must(replace_file(beside(file, "checkpoints"), checkpoints_up_to(i, head, i.keys.sign(made.head))));
      made.files.push_back(beside(file, "checkpoints"));
      for (char const* const what : companions)
        if (copy_small(i.path, file, what)) made.files.push_back(beside(file, what));
      copy_stamps(i.path, file);
      if (options.with_keys && copy_small(i.path, file, "keys")) made.files.push_back(beside(file, "keys"));
    } catch (...) {
      ::unlink(file.c_str());  // half a backup is none
      for (char const* const tail : {"-wal", "-shm", ".checkpoints", ".anchors", ".erasures", ".witnesses", ".witnessed", ".keys"}) ::unlink((file + tail).c_str());
      throw;
    }
    return made;
  });
}

// --- restore -----------------------------------------------------------------------------------------------------

namespace {
/// The key file beside the ledger that is to be, or the one beside the copy.
key_file keys_for(std::string const& path, std::string const& file) {
  if (!there(beside(path, "keys"))) copy_small(file, path, "keys");
  auto keys = key_file::open(beside(path, "keys"));
  if (!keys) raise(keys.error());
  return *std::move(keys);
}

/// Brings together the checkpoints that lie beside both.
void gather_checkpoints(std::string const& path, std::string const& file, std::vector<std::pair<std::string, std::string>> const& given) {
  auto notes = read_notes(beside(path, "checkpoints"), false);
  std::set<std::string> known(notes.begin(), notes.end());
  auto const take = [&](std::string const& note) {
    if (known.insert(note).second) notes.push_back(note);
  };
  for (auto const& note : read_notes(beside(file, "checkpoints"), false)) take(note);
  for (auto const& [where, note] : given) take(note);
  must(replace_file(beside(path, "checkpoints"), joined(notes)));
}

log::checkpoint newest_of(ledger_parts::impl const& i, std::vector<found_note> const& notes, log::checkpoint own) {
  auto number = origin_number(i.base_origin, own.origin).value_or(1);
  for (auto const& n : notes) {
    auto const c = i.keys.verified(n.text);
    auto const theirs = c ? origin_number(i.base_origin, c->origin) : std::nullopt;
    if (theirs && (*theirs > number || (*theirs == number && c->size > own.size))) { own = *c; number = *theirs; }
  }
  return own;
}

/// A copy that does not verify is not made a ledger: its first problem says why.
void refuse_damaged(ledger_parts::impl& i, char const* de, char const* en) {
  auto const report = verification{i, {}, {}}.run();
  for (auto const& p : report.problems) {
    if (p.kind == "behind" || p.kind == "anchor") continue;  // older than the checkpoints outside: that is what a copy is
    raise({failure::damaged, {std::string{de} + ": " + p.text.de, std::string{en} + ": " + p.text.en},
           {"eine andere Sicherung nehmen, oder die Schlüsseldatei prüfen, die dazugehört", "take another backup, or check the key file that belongs to it"}});
  }
}

void remove_database(std::string const& path) {
  for (char const* const tail : {"", "-wal", "-shm"}) ::unlink((path + tail).c_str());
}
}  // namespace

result<restored_ledger> restore_ledger(std::string const& path, std::string const& file, std::vector<std::pair<std::string, std::string>> const& checkpoints, instant now) {
  return guarded([&]() -> result<restored_ledger> {
    for (char const* const tail : {"", "-wal", "-shm"}) refuse_existing(path + tail);  // an old WAL would be played into it
    auto source = open_sqlite_store(file);
    std::string const fresh = path + ".restoring";
    remove_database(fresh);
    make_private(fresh);
    restored_ledger out;
    try {
      auto book = ledger_parts::make(std::make_unique<ledger_parts::impl>(path));
      auto& i = ledger_parts::of(book);
      i.keys = keys_for(path, file);
      source->copy_to(fresh);
      source.reset();
      gather_checkpoints(path, file, checkpoints);
      for (char const* const what : companions) copy_small(file, path, what);  // never over a newer one
      copy_stamps(file, path);
      auto const notes = read_anchors(path, false);
      i.db = open_sqlite_store(fresh);
      i.db->snapshot([&] { i.load(); });
      refuse_damaged(i, "die Sicherung ist nicht echt", "the backup is not what was signed");
      i.db->transaction([&] {
        auto head = i.read_head();
        out.last_known = newest_of(i, notes, {i.origin, head.tree.size(), head.tree.root(i.hash)});
        auto const begun = i.begin_anew(head, out.last_known, notes, "backup", now);
        i.db->put_head(head);
        out.origin = i.origin;
        out.first_seq = begun.first_seq;
        out.lost = begun.lost;
      });
      // Before anybody can ask it anything: whoever was erased since the copy was made, is erased again.
      auto const again = replay_erasures(book, now);
      if (!again) raise(again.error());
      out.erased_again = again->people;
      stored_head head;
      i.db->snapshot([&] { head = i.read_head(); });
      i.db.reset();  // the WAL goes into the file
      sync(fresh);
      if (::rename(fresh.c_str(), path.c_str()) != 0) cannot("nicht umzubenennen", "cannot rename", fresh, errno);
      i.anchor(head);
    } catch (...) {
      remove_database(fresh);
      throw;
    }
    return out;
  });
}

// --- upgrade -----------------------------------------------------------------------------------------------------

result<std::uint64_t> upgrade_ledger(std::string const& path) {
  return guarded([&]() -> result<std::uint64_t> {
    ledger_parts::impl i{path};
    i.db = open_sqlite_store(path, true);
    auto keys = key_file::open(beside(path, "keys"));
    if (!keys) raise(keys.error());
    i.keys = *std::move(keys);
    std::uint64_t entries = 0;
    i.db->transaction([&] {
      i.db->upgrade();
      i.load();
      auto const head = i.read_head();
      rebuild_kept_nodes(*i.db, i.hash, head.first_seq, head.tree.size());
      // States are kept in another form now: fold everybody anew.
      for (auto const& a : i.db->address_rows())
        if (a.row.subject == a.row.key && !i.events_of_subject(a.row.key).empty()) i.refold(a.row.key);
      refuse_damaged(i, "das Hauptbuch ist nicht echt, es bleibt, wie es ist", "the ledger is not what was signed, it stays as it is");
      entries = i.read_head().next();
    });
    return entries;
  });
}

}  // namespace jawort
