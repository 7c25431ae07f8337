#include "jawort/ledger/keys.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

#include "anchors.hpp"
#include "crypto.hpp"

namespace jawort {

result<key_file> key_file::create(std::string const& path) {
  key_file keys;
  keys.epoch_ = 1;
  std::string text = "jawort-keys 1\n";
  for (char const* const name : {"master", "signing", "lookup", "tombstone", "box"}) {
    log::secret s{};
    if (auto r = crypto::fill_random(s); !r) return r.error();
    keys.keys_[name][1] = s;
    text += std::string{name} + " 1 " + log::base64(log::bytes_view{s}) + "\n";
  }
  int const fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) {
    if (errno == EEXIST)
      return error{failure::already_exists, {"Schlüsseldatei gibt es schon: " + path, "key file exists already: " + path},
                   {"nie überschreiben: ohne sie ist ihr Hauptbuch nicht mehr beweisbar", "never overwrite it: its ledger can no longer be proven without it"}};
    std::string const why = std::strerror(errno);
    return error{failure::environment, {"Schlüsseldatei nicht anzulegen: " + path + ": " + why, "cannot create key file: " + path + ": " + why}, {}};
  }
  bool const written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(fd) == 0;
  ::close(fd);
  if (!written) {
    ::unlink(path.c_str());
    return error{failure::environment, {"Schlüsseldatei nicht zu schreiben: " + path, "cannot write key file: " + path}, {}};
  }
  return keys;
}

result<key_file> key_file::open(std::string const& path) {
  std::ifstream in{path};
  if (!in)
    return error{failure::key_missing, {"Schlüsseldatei fehlt: " + path, "key file is missing: " + path},
                 {"aus der Sicherung neben das Hauptbuch legen; ohne sie lässt sich nichts schreiben und nichts beweisen",
                  "put it beside the ledger from your backup; without it nothing can be written or proven"}};
  auto const bad = [&](std::size_t line) {
    auto const at = path + ":" + std::to_string(line);
    return error{failure::malformed, {at + ": keine Schlüsselzeile", at + ": not a key line"}, {}};
  };
  key_file keys;
  std::string line;
  std::size_t number = 1;
  if (!std::getline(in, line) || line != "jawort-keys 1") return bad(1);
  while (std::getline(in, line)) {
    ++number;
    std::istringstream words{line};
    std::string name, encoded;
    std::uint32_t epoch = 0;
    if (!(words >> name >> epoch >> encoded) || epoch == 0) return bad(number);
    auto const raw = log::from_base64(encoded);
    if (!raw || raw->size() != 32) return bad(number);
    log::secret s{};
    std::memcpy(s.data(), raw->data(), s.size());
    keys.keys_[name][epoch] = s;
    if (name == "master") keys.epoch_ = std::max(keys.epoch_, epoch);
  }
  for (char const* const name : {"master", "signing", "lookup", "tombstone", "box"})
    if (keys.keys_[name].empty()) return bad(number);
  return keys;
}

log::secret const* key_file::master(std::uint32_t epoch) const {
  auto const& all = keys_.at("master");
  auto const at = all.find(epoch);
  return at == all.end() ? nullptr : &at->second;
}

namespace {
std::uint32_t id_of(std::string const& origin, std::array<std::uint8_t, 32> const& public_key) {
  crypto::sha256 hash;
  return log::key_id_of(hash, origin, public_key);
}
}  // namespace

std::string key_file::verifier(std::string const& origin) const {
  auto const pub = crypto::ed25519_public(keys_.at("signing").rbegin()->second);
  return log::verifier_key(origin, id_of(origin, pub), pub);
}

result<> key_file::rotate(std::string const& path) {
  auto text = file_text(path);
  auto now = open(path);
  if (!now) return now.error();
  key_file next = *std::move(now);
  std::uint32_t const epoch = next.epoch_ + 1;
  if (!text->ends_with('\n')) *text += '\n';
  for (char const* const name : {"master", "signing"}) {
    log::secret s{};
    if (auto r = crypto::fill_random(s); !r) return r.error();
    next.keys_[name][epoch] = s;
    *text += std::string{name} + " " + std::to_string(epoch) + " " + log::base64(log::bytes_view{s}) + "\n";
  }
  next.epoch_ = epoch;
  if (auto written = replace_file(path, *text); !written) return written.error();
  *this = std::move(next);
  return nothing{};
}

std::vector<std::string> key_file::verifiers(std::string const& origin) const {
  std::vector<std::string> out;
  for (auto const& [epoch, seed] : keys_.at("signing")) {
    auto const pub = crypto::ed25519_public(seed);
    out.push_back(log::verifier_key(origin, id_of(origin, pub), pub));
  }
  return out;
}

std::string key_file::sign(log::checkpoint const& c) const {
  std::string const text = log::text_of(c);
  std::string note = text + "\n";
  auto const& all = keys_.at("signing");
  auto key = all.rbegin();
  for (int k = 0; k < 2 && key != all.rend(); ++k, ++key) {
    auto const pub = crypto::ed25519_public(key->second);
    note += log::signature_line(c.origin, id_of(c.origin, pub), crypto::ed25519_sign(key->second, text));
  }
  return note;
}

std::string key_file::sign_text(std::string const& origin, std::string const& text) const {
  auto const& seed = keys_.at("signing").rbegin()->second;
  auto const pub = crypto::ed25519_public(seed);
  return text + "\n" + log::signature_line(origin, id_of(origin, pub), crypto::ed25519_sign(seed, text));
}

bool key_file::signed_by_us(std::string const& origin, std::string_view note_text) const {
  auto const note = log::parse_note(note_text);
  if (!note) return false;
  for (auto const& [epoch, seed] : keys_.at("signing")) {
    auto const pub = crypto::ed25519_public(seed);
    auto const id = id_of(origin, pub);
    for (auto const& s : note->signatures)
      if (s.name == origin && s.key_id == id && crypto::ed25519_verify(pub, note->text, s.bytes)) return true;
  }
  return false;
}

std::optional<log::checkpoint> key_file::verified(std::string_view note_text) const {
  auto const note = log::parse_note(note_text);
  if (!note) return std::nullopt;
  auto c = log::parse_checkpoint(note->text);
  if (!c || !signed_by_us(c->origin, note_text)) return std::nullopt;
  return c;
}

}  // namespace jawort
