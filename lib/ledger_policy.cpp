// What rules take from the agency: its policy, Austria's list, the names that messages are read with.
#include "ledger_impl.hpp"

namespace jawort {

result<policy_version> ledger::set_policy(std::string const& toml, std::string const& where, instant now) {
  auto p = parse_policy(toml, where);
  if (!p) return p.error();
  impl& i = *impl_;
  return guarded([&]() -> result<policy_version> {
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      if (i.policies.newest().rules == *p)
        raise({failure::already_exists, {"genau diese Richtlinie gilt schon", "exactly this policy is in force already"}, {}});
      head = i.begin_writing(now);
      event e;
      e.kind = event_kind::policy_set;
      e.occurred_at = now;
      e.source = "jawort";
      e.proof.set("sha256", crypto::hex(i.hash(toml)));
      auto const seq = i.put(e, head, now, 0, {}, i.own_secret);
      i.db->add_policy({now, e.recorded_at, seq, toml});
      i.db->put_head(head);
    });
    i.anchor(head);
    i.db->snapshot([&] { i.refresh(); });
    return i.policies.newest();
  });
}

namespace {
using sha1_digest = std::array<std::uint8_t, 20>;

int hex_value(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1; }

std::optional<sha1_digest> from_hex(std::string_view text) {
  sha1_digest d{};
  if (text.size() != 40) return std::nullopt;
  for (std::size_t i = 0; i < 20; ++i) {
    int const high = hex_value(text[2 * i]), low = hex_value(text[2 * i + 1]);
    if (high < 0 || low < 0) return std::nullopt;
    d[i] = static_cast<std::uint8_t>(high * 16 + low);
  }
  return d;
}

result<std::vector<sha1_digest>> read_list(std::string_view file, std::string const& where) {
  std::vector<sha1_digest> out;
  bool const binary = std::any_of(file.begin(), file.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\r' && c != '\t'; });
  if (binary) {
    if (file.size() % 20 != 0)
      return error{failure::malformed, {where + ": keine Datei aus 20-Byte-Prüfsummen", where + ": not a file of 20-byte digests"}, {"Adressen oder SHA-1 in Hex gehen auch, je Zeile eine", "addresses or SHA-1 in hex will do too, one a line"}};
    for (std::size_t at = 0; at < file.size(); at += 20) std::memcpy(out.emplace_back().data(), file.data() + at, 20);
    return out;
  }
  std::size_t line = 0;
  while (!file.empty()) {
    ++line;
    auto const end = file.find('\n');
    std::string text = detail::lower(file.substr(0, end));
    file.remove_prefix(end == std::string_view::npos ? file.size() : end + 1);
    while (!text.empty() && (text.back() == '\r' || text.back() == ' ' || text.back() == '\t')) text.pop_back();
    text.erase(0, text.find_first_not_of(" \t"));
    if (text.empty() || text[0] == '#') continue;
    if (auto const d = from_hex(text)) { out.push_back(*d); continue; }
    if (text.find('.') == text.npos || text.find_first_of(" ,;") != text.npos) {
      auto const at = where + ":" + std::to_string(line) + ": ";
      return error{failure::malformed, {at + "weder Adresse noch Domain noch SHA-1", at + "neither an address nor a domain nor a SHA-1"}, {"je Zeile: name@firma.example, @firma.example oder 40 Hexziffern", "a line each: name@firm.example, @firm.example or 40 hex digits"}};
    }
    out.push_back(crypto::sha1(text));
  }
  return out;
}
}  // namespace

result<std::size_t> ledger::load_austrian_list(std::string_view file, std::string const& where, instant now) {
  auto list = read_list(file, where);
  if (!list) return list.error();
  if (list->empty()) return error{failure::refused, {where + ": die Liste ist leer", where + ": the list is empty"}, {}};
  impl& i = *impl_;
  return guarded([&]() -> result<std::size_t> {
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      head = i.begin_writing(now);
      i.db->replace_austrian_list(*list);
      std::string rows;
      for (auto const& d : i.db->austrian_list()) rows.append(reinterpret_cast<char const*>(d.data()), d.size());
      event e;
      e.kind = event_kind::policy_set;
      e.occurred_at = now;
      e.source = "jawort";
      e.proof.set("austrian_list", crypto::hex(i.hash(file)));
      e.proof.set("entries", std::to_string(list->size()));
      e.proof.set("rows_sha256", crypto::hex(i.hash(rows)));  // what is stored, so that `verify` can compare it
      i.put(e, head, now, 0, {}, i.own_secret);
      i.db->put_head(head);
    });
    i.anchor(head);
    i.austrian_list = true;
    return list->size();
  });
}

message_names ledger::names_in_messages() const {
  impl const& i = *impl_;
  policy const& p = i.policies.newest().rules;
  message_names n{p.senders, p.operators, p.third_parties, {}};
  n.senders.push_back(i.controller);
  for (auto const& published : i.notices) {
    if (!published.words.controller_name.empty()) n.senders.push_back(published.words.controller_name);
    if (!published.words.stop_keyword.empty()) n.stop_words.push_back(published.words.stop_keyword);
    for (auto const& v : published.words.variants)
      if (!v.stop_keyword.empty()) n.stop_words.push_back(v.stop_keyword);
  }
  return n;
}

}  // namespace jawort
