// The log as a folder of tiles.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "proof_parts.hpp"

namespace jawort {
namespace {
namespace fs = std::filesystem;

[[noreturn]] void cannot(char const* de, char const* en, std::string const& path) {
  raise({failure::environment, {std::string{de} + ": " + path, std::string{en} + ": " + path}, {}});
}

/// As a whole or not at all: beside it, then renamed.
void write_whole(fs::path const& path, std::string_view bytes) {
  std::error_code why;
  fs::create_directories(path.parent_path(), why);
  if (why) cannot("Ordner nicht anzulegen", "cannot create folder", path.parent_path().string());
  fs::path const part = path.string() + ".part";
  std::ofstream out{part, std::ios::binary | std::ios::trunc};
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) cannot("nicht zu schreiben", "cannot write", part.string());
  fs::rename(part, path, why);
  if (why) cannot("nicht zu schreiben", "cannot write", path.string());
}

/// What was written before reaches the disk before what comes after.
void settle(fs::path const& folder) {
  int const fd = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (fd < 0) return;
  ::syncfs(fd);
  ::close(fd);
}

std::optional<std::string> bytes_of(fs::path const& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) return std::nullopt;
  return std::string{std::istreambuf_iterator<char>{in}, {}};
}

/// The size of the checkpoint that is there; what it signs must be the beginning of this log.
std::uint64_t size_there(ledger_parts::impl& i, signed_tree& tree, fs::path const& folder) {
  auto const note = bytes_of(folder / "checkpoint");
  if (!note) return 0;
  auto const old = i.keys.verified(*note);
  if (!old || old->origin != i.origin)
    raise({failure::refused, {"dort liegt ein anderes Protokoll: " + folder.string(), "another log is there: " + folder.string()}, {"einen anderen Ordner nennen", "name another folder"}});
  bool const beginning = old->size <= tree.head.size && log::root_of(tree.nodes(), i.hash, old->size) == old->root;
  if (!beginning)
    raise({failure::damaged, {"Gabelung: die Kacheln in " + folder.string() + " sind nicht der Anfang dieses Hauptbuchs", "fork: the tiles in " + folder.string() + " are not the beginning of this ledger"},
           {"den Ordner aufheben: sein Prüfpunkt beweist es", "keep the folder: its checkpoint proves it"}});
  return old->size;
}

std::string bundle_of(ledger_parts::impl& i, signed_tree const& tree, log::tile const& t) {
  std::string out;
  std::uint32_t found = 0;
  i.db->scan_leaves(tree.first + t.index * log::tile_width, t.width, [&](log::leaf_bytes const& leaf) {
    log::add_entry(out, leaf);
    ++found;
  });
  if (found != t.width) raise(not_the_signed_tree());
  return out;
}

/// A tile of hashes; a full one of leaves must come to the node above it, which is part of the signed root.
std::string hashes_of(ledger_parts::impl& i, signed_tree& tree, log::tile const& t) {
  auto const hashes = tree.nodes().tile(t.level, t.index);
  auto const bytes = log::tile_bytes(hashes);
  if (t.level == 0 && t.width == log::tile_width && log::tile_root(hashes, i.hash) != tree.nodes()(log::tile_height, t.index)) raise(not_the_signed_tree());
  return bytes;
}

/// Partial tiles whose place a wider one took.
std::size_t remove_narrower(fs::path const& folder, std::vector<log::tile> const& written) {
  std::size_t removed = 0;
  for (log::tile t : written) {
    auto const kept = log::path_of(t);
    t.width = log::tile_width;
    fs::path const partials = folder / (log::path_of(t) + ".p");
    std::error_code none;
    for (auto const& f : fs::directory_iterator{partials, none})
      if (f.path() != folder / kept && fs::remove(f.path(), none)) ++removed;
    fs::remove(partials, none);  // if it is empty
  }
  return removed;
}
}  // namespace

result<export_report> export_tiles(ledger& book, std::string const& folder_name) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<export_report> {
    export_report out;
    fs::path const folder{folder_name};
    i.db->snapshot([&] {
      signed_tree tree{i};
      if (log::root_of(tree.nodes(), i.hash, tree.head.size) != tree.head.root) raise(not_the_signed_tree());
      out.old_size = size_there(i, tree, folder);
      out.head = tree.head;
      auto const tiles = log::tiles_of(tree.head.size, out.old_size);
      for (log::tile const& t : tiles) {
        std::string const bytes = t.entries ? bundle_of(i, tree, t) : hashes_of(i, tree, t);
        write_whole(folder / log::path_of(t), bytes);
        ++out.written;
      }
      settle(folder);
      write_whole(folder / "checkpoint", tree.note);
      out.removed = remove_narrower(folder, tiles);
    });
    return out;
  });
}

}  // namespace jawort
