// Openings as JSON.
#include <nlohmann/json.hpp>

#include "crypto.hpp"
#include "jawort/ledger/proof.hpp"

namespace jawort {
namespace {
using json = nlohmann::ordered_json;
constexpr char const* format = "jawort-opening/1";

error malformed(std::string const& what) {
  return {failure::malformed, {"keine Öffnung: " + what, "not an opening: " + what}, {"eine Datei, wie `jawort prove` sie schreibt", "a file as `jawort prove` writes it"}};
}

/// A field that is missing or has another form ends the reading.
struct bad_field {
  std::string name;
};

json const& field(json const& in, char const* name) {
  if (!in.is_object() || !in.contains(name)) throw bad_field{name};
  return in.at(name);
}
std::string text_in(json const& in, char const* name) {
  auto const& f = field(in, name);
  if (!f.is_string()) throw bad_field{name};
  return f.get<std::string>();
}
std::uint64_t number_in(json const& in, char const* name, std::uint64_t most) {
  auto const& f = field(in, name);
  if (!f.is_number_unsigned() || f.get<std::uint64_t>() > most) throw bad_field{name};
  return f.get<std::uint64_t>();
}
template <std::size_t N>
void hex_in(json const& in, char const* name, std::array<std::uint8_t, N>& out) {
  auto const text = text_in(in, name);
  if (text.size() != 2 * N) throw bad_field{name};
  for (std::size_t i = 0; i < text.size(); ++i) {
    char const c = text[i];
    int const d = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
    if (d < 0) throw bad_field{name};
    out[i / 2] = static_cast<std::uint8_t>(out[i / 2] << 4 | d);
  }
}

opened_entry entry_in(json const& in) {
  opened_entry e;
  e.seq = number_in(in, "sequence", INT64_MAX);
  e.index = number_in(in, "index", INT64_MAX);
  hex_in(in, "nonce", e.nonce);
  if (in.contains("address")) {
    e.address = text_in(in, "address");
    hex_in(in, "k_s", e.k_s);
  }
  if (in.contains("k_e")) {
    log::digest k{};
    hex_in(in, "k_e", k);
    e.k_e = k;
    auto const raw = log::from_base64(text_in(in, "canonical"));
    if (!raw) throw bad_field{"canonical"};
    e.canonical.assign(raw->begin(), raw->end());
  }
  return e;
}
}  // namespace

std::string to_json(opening const& o) {
  json out{{"format", format}, {"origin", o.origin}, {"verifier_key", o.verifier_key}, {"checkpoint", o.checkpoint}};
  json keys = json::array(), entries = json::array();
  for (subject_key const& k : o.keys) keys.push_back({{"address", k.address}, {"epoch", k.epoch}, {"k_s", crypto::hex(k.k_s)}});
  for (opened_entry const& e : o.entries) {
    json one{{"sequence", e.seq}, {"index", e.index}, {"leaf", std::to_string(e.seq) + ".leaf"}, {"proof", std::to_string(e.seq) + ".tlog-proof"}};
    if (!e.address.empty()) {
      one["address"] = e.address;
      one["k_s"] = crypto::hex(e.k_s);
    }
    one["nonce"] = crypto::hex(e.nonce);
    if (e.k_e) {
      one["k_e"] = crypto::hex(*e.k_e);
      one["canonical"] = log::base64(log::detail::view(e.canonical));
    }
    entries.push_back(one);
  }
  out["keys"] = keys;
  out["entries"] = entries;
  return out.dump(1, ' ', false, json::error_handler_t::replace) + "\n";
}

result<opening> parse_opening(std::string_view text) {
  auto const in = json::parse(text, nullptr, false);
  if (in.is_discarded()) return malformed("JSON");
  try {
    if (text_in(in, "format") != format) return malformed("format");
    opening o;
    o.origin = text_in(in, "origin");
    o.verifier_key = text_in(in, "verifier_key");
    o.checkpoint = text_in(in, "checkpoint");
    if (!field(in, "keys").is_array() || !field(in, "entries").is_array()) return malformed("keys, entries");
    for (auto const& k : in.at("keys")) {
      subject_key key;
      key.address = text_in(k, "address");
      key.epoch = static_cast<std::uint32_t>(number_in(k, "epoch", UINT32_MAX));
      hex_in(k, "k_s", key.k_s);
      o.keys.push_back(std::move(key));
    }
    for (auto const& e : in.at("entries")) o.entries.push_back(entry_in(e));
    return o;
  } catch (bad_field const& f) {
    return malformed(f.name);
  }
}

}  // namespace jawort
