// Payloads and exports that others wrote: each is read, and comes to what the table says. The files are not part of the
// project: they are looked for in $JAWORT_FIXTURES or beside the checkout.
#include <doctest/doctest.h>

#include <jawort/ledger/chat_export.hpp>
#include <jawort/ledger/payload.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

using namespace jawort;
namespace fs = std::filesystem;

namespace {

fs::path fixtures() {
  if (char const* const there = std::getenv("JAWORT_FIXTURES"); there != nullptr) return there;
  return fs::path{JAWORT_ROOT} / ".." / "shared" / "fixtures";
}

std::string read(fs::path const& p) {
  std::ifstream in{p, std::ios::binary};
  std::ostringstream all;
  all << in.rdbuf();
  return all.str();
}

/// An item in one line: what it is, of whom, and what is said about it. Words are left out, their being there is not.
std::string told(incoming const& i) {
  std::string out = std::string{i.refused ? "REFUSED " : ""} + std::string{name(i.kind)};
  if (i.kind == incoming_kind::unknown || i.kind == incoming_kind::delivery) out += "(" + i.what + ")";
  if (i.from) out += " " + i.from->text();
  for (auto const& a : i.also) out += "=" + a.text();
  if (i.instead) out += " or " + i.instead->text();
  if (i.other) out += " -> " + i.other->text();
  if (!i.media.empty()) out += " [" + i.media + "]";
  if (!i.group.empty()) out += " in " + i.group;
  if (!i.text.empty()) out += " words";
  if (!i.remarks.empty()) out += " remark";
  return out;
}

std::string told(payload const& p) {
  std::string out;
  for (auto const& i : p.items) out += (out.empty() ? "" : "; ") + told(i);
  return out;
}

std::string told(chat_file const& c) {
  std::size_t own = 0, system = 0, media = 0;
  std::set<std::string> authors, numbers;
  for (auto const& m : c.messages) {
    ++(m.author.empty() ? system : own);
    if (m.medium) ++media;
    if (!m.author.empty()) authors.insert(m.author);
    for (auto const& a : numbers_in(m.author.empty() ? m.text : m.author)) numbers.insert(a.text());
  }
  std::ostringstream out;
  out << own << " messages of " << authors.size() << ", " << system << " system, " << media << " media, " << numbers.size() << " numbers" << (c.group ? ", group" : "")
      << (c.inferred == day_order::day_first ? ", day first" : c.inferred == day_order::month_first ? ", month first" : "");
  return out.str();
}

std::string came_to(fs::path const& file, std::string const& folder) {
  std::string const bytes = read(file);
  if (folder == "chat_export") {
    auto c = read_chat_export(bytes, day_order::unsaid);
    return c ? told(*c) : "error: " + c.error().message.en;
  }
  auto const format = folder == "wa_cloud" ? payload_format::whatsapp_cloud : folder == "messenger" ? payload_format::messenger : payload_format::twilio;
  auto p = read_payload(format, bytes);
  return p ? told(*p) : "error: " + p.error().message.en;
}

/// What each file comes to. Where the collection's own list names an outcome, this one says the same.
std::map<std::string, std::string> const expected{
#include "fixtures_expected.inc"
};
}  // namespace

TEST_CASE("payloads that others wrote: every file is read, with the outcome stated here") {
  if (!fs::exists(fixtures())) {
    MESSAGE("skipped: no fixtures at " << fixtures().string());
    return;
  }
  std::set<std::string> met;
  for (std::string const folder : {"wa_cloud", "messenger", "sms", "chat_export"}) {
    std::vector<fs::path> files;
    for (auto const& f : fs::directory_iterator{fixtures() / folder}) files.push_back(f.path());
    std::sort(files.begin(), files.end());
    for (auto const& f : files) {
      std::string const key = folder + "/" + f.filename().string();
      std::string const got = came_to(f, folder);
      std::cout << key << "\n    " << got << "\n";
      met.insert(key);
      auto const want = expected.find(key);
      INFO(key);
      if (want == expected.end()) CHECK_MESSAGE(!got.empty(), "a file without a stated outcome must at least be read");
      else CHECK(got == want->second);
    }
  }
  for (auto const& [key, want] : expected) CHECK_MESSAGE(met.contains(key), key);
}
