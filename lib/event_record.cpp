#include "event_record.hpp"

#include <cassert>
#include <cstring>

#include "jawort/ledger/json.hpp"
#include "own_bytes.hpp"

namespace jawort {
using own_bytes::put, own_bytes::take;
namespace {
struct fixed {
  std::int64_t seq, occurred_at, recorded_at;
  std::uint32_t notice, source, operator_name, via, evidence;
  std::uint16_t purpose, leaf;
  std::uint8_t kind, channel, flags;
};
enum : std::uint8_t { has_who = 1, has_other = 2, is_plain = 4, is_marked = 8 };
}  // namespace

void write_record(std::string& out, stored_row const& r) {
  fixed f;
  std::memset(static_cast<void*>(&f), 0, sizeof f);  // the padding too: equal rows have equal bytes
  f.seq = r.seq;
  f.occurred_at = r.occurred_at.ms();
  f.recorded_at = r.recorded_at.ms();
  f.notice = r.notice;
  f.source = r.source;
  f.operator_name = r.operator_name;
  f.via = static_cast<std::uint32_t>(r.via.size());
  f.evidence = static_cast<std::uint32_t>(r.evidence.size());
  f.purpose = r.purpose_code;
  f.leaf = static_cast<std::uint16_t>(r.leaf.size());
  f.kind = static_cast<std::uint8_t>(r.kind);
  f.channel = r.channel;
  f.flags = static_cast<std::uint8_t>((r.who ? has_who : 0) | (r.other ? has_other : 0) | (r.plain ? is_plain : 0) | (r.marked ? is_marked : 0));
  put(out, f);
  if (r.who) put(out, *r.who);
  if (r.other) put(out, *r.other);
  out.append(r.via).append(r.evidence).append(r.leaf);
}

stored_row read_record(std::string_view bytes) {
  auto const f = take<fixed>(bytes);
  stored_row r;
  r.seq = f.seq;
  r.occurred_at = instant::clamped(f.occurred_at);
  r.recorded_at = instant::clamped(f.recorded_at);
  r.notice = f.notice;
  r.source = f.source;
  r.operator_name = f.operator_name;
  r.purpose_code = f.purpose;
  r.kind = static_cast<event_kind>(f.kind);
  r.channel = f.channel;
  r.plain = (f.flags & is_plain) != 0;
  r.marked = (f.flags & is_marked) != 0;
  if ((f.flags & has_who) != 0) r.who = take<address_key>(bytes);
  if ((f.flags & has_other) != 0) r.other = take<address_key>(bytes);
  r.via = take(bytes, f.via);
  r.evidence = take(bytes, f.evidence);
  r.leaf = take(bytes, f.leaf);
  return r;
}

address event_maker::address_of(address_key key) {
  if (key != last_key_ || !last_) {
    last_ = is_number_key(key) ? *address::from_digits(static_cast<std::uint64_t>(key)) : other_address_(key);
    last_key_ = key;
  }
  return *last_;
}

bool event_maker::name(std::uint32_t id, std::string& to) const {
  to.clear();
  if (id == 0) return true;
  auto const at = labels_.find(id);
  if (at != labels_.end()) to = at->second;
  return at != labels_.end();
}

bool event_maker::knows(stored_row const& r) const {
  return r.purpose_code <= purposes_.size() && (r.source == 0 || labels_.contains(r.source)) && (r.operator_name == 0 || labels_.contains(r.operator_name));
}

bool is_evidence(std::string_view text) {
  if (text.empty() || text.front() != '{') return static_cast<bool>(parse_evidence(text));
  // {"key":"value",…} of plain ASCII, which nearly all of it is, needs no parser: quotes come in fours between commas.
  enum { before_key, in_key, before_colon, before_value, in_value, behind } at = before_key;
  for (char const c : text.substr(1)) {
    if (c < ' ' || c > '~' || c == '\\') return static_cast<bool>(parse_evidence(text));
    bool good = true;
    switch (at) {
      case before_key: good = c == '"'; at = in_key; break;
      case in_key: if (c == '"') at = before_colon; break;
      case before_colon: good = c == ':'; at = before_value; break;
      case before_value: good = c == '"'; at = in_value; break;
      case in_value: if (c == '"') at = behind; break;
      case behind:
        if (c == '}') return &c == &text.back() || static_cast<bool>(parse_evidence(text));
        good = c == ',';
        at = before_key;
        break;
    }
    if (!good) return static_cast<bool>(parse_evidence(text));
  }
  return static_cast<bool>(parse_evidence(text));
}

bool event_maker::make(stored_row const& r, event& e) {
  assert(r.plain);
  e.seq = static_cast<sequence>(r.seq);
  e.kind = r.kind;
  e.occurred_at = r.occurred_at;
  e.recorded_at = r.recorded_at;
  if (r.who) e.who = address_of(*r.who); else e.who.reset();
  if (r.other) e.other = is_number_key(*r.other) ? *address::from_digits(static_cast<std::uint64_t>(*r.other)) : other_address_(*r.other); else e.other.reset();
  if (r.channel != 0) e.on = static_cast<channel>(r.channel); else e.on.reset();
  if (r.purpose_code > purposes_.size()) return false;
  if (r.purpose_code != 0) e.about = purposes_[r.purpose_code - 1U]; else e.about.reset();
  e.via = r.via;
  e.notice = r.notice;
  if (!name(r.source, e.source) || !name(r.operator_name, e.operator_name)) return false;
  if (r.evidence.empty()) {
    e.proof = {};
    return true;
  }
  auto proof = parse_evidence(r.evidence);
  if (!proof) return false;
  e.proof = *std::move(proof);
  return true;
}

}  // namespace jawort
