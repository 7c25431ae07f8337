#include "erasure_list.hpp"

#include <cerrno>
#include <fstream>
#include <set>
#include <sstream>

namespace jawort {
namespace {
constexpr char const* header = "jawort-erasures 1";

std::string line_of(stored_tombstone const& t, instant at, bool final) {
  return std::to_string(t.seq) + " " + to_string(at) + " " + std::to_string(t.person) + (final ? " final " : " sealed ") + (t.objected ? "1 " : "0 ") +
         std::to_string(t.tries) + " " + log::base64(log::bytes_view{t.tag});
}

void append_synced(std::string const& path, std::string const& text) {
  int const fd = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
  bool const good = fd >= 0 && ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  int const why = errno;
  if (fd >= 0) ::close(fd);
  if (!good)
    raise({failure::environment, {"Löschliste nicht zu schreiben: " + path + ": " + std::strerror(why), "cannot write the list of erasures: " + path + ": " + std::strerror(why)}, {}});
}
}  // namespace

std::string erasure_list_path(ledger_parts::impl const& i) { return i.path + ".erasures"; }

std::vector<listed_erasure> read_erasure_list(std::string const& path) {
  std::vector<listed_erasure> out;
  std::ifstream in{path};
  std::string line;
  while (std::getline(in, line)) {
    std::istringstream words{line};
    listed_erasure e;
    std::string at, kind, tag;
    int objected = 0;
    if (!(words >> e.tomb.seq >> at >> e.tomb.person >> kind >> objected >> e.tomb.tries >> tag)) continue;
    auto const time = instant::parse(at);
    auto const raw = log::from_base64(tag);
    if (!time || !raw || raw->size() != e.tomb.tag.size() || (kind != "sealed" && kind != "final")) continue;
    e.at = *time;
    e.tomb.objected = objected != 0;
    e.final = kind == "final";
    std::memcpy(e.tomb.tag.data(), raw->data(), e.tomb.tag.size());
    out.push_back(e);
  }
  return out;
}

void write_erasure_list(ledger_parts::impl& i) {
  auto const path = erasure_list_path(i);
  std::set<std::string> known;
  std::string text;
  {
    std::ifstream in{path};
    std::string line;
    bool whole = true;
    while (std::getline(in, line)) {
      known.insert(line);
      whole = !in.eof();
    }
    if (known.empty()) text = std::string{header} + "\n";
    else if (!whole) text = "\n";  // a torn line ends here
  }
  i.db->snapshot([&] {
    std::set<std::pair<sequence, std::uint32_t>> sealed;
    i.db->scan_boxes([&](stored_box const& b) {
      if (!b.body.empty()) sealed.emplace(b.seq, b.person);
    });
    std::map<sequence, instant> when;
    i.db->scan_tombstones([&](stored_tombstone const& t) {
      auto const [at, fresh] = when.try_emplace(t.seq);
      if (fresh)
        if (auto const entry = i.db->entry(t.seq)) at->second = entry->e.occurred_at;
      auto const line = line_of(t, at->second, !sealed.contains({t.seq, t.person}));
      if (!known.contains(line)) text += line + "\n";
    });
  });
  if (!text.empty()) append_synced(path, text);
}

}  // namespace jawort
