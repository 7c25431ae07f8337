#include "state_codec.hpp"

namespace jawort {
namespace {

// One description of the layout serves both ways: `out` writes, `in` reads, and both walk `walk`.
class out {
 public:
  static constexpr bool reads = false;
  std::string bytes;
  void number(auto const& value) { put(static_cast<std::uint64_t>(value)); }
  void put(std::uint64_t v) {
    while (v >= 0x80) { bytes += static_cast<char>((v & 0x7f) | 0x80); v >>= 7; }
    bytes += static_cast<char>(v);
  }
  void text(auto const& value) { put(value.text().size()); bytes += value.text(); }
  void time(instant const& t) { put(static_cast<std::uint64_t>(t.ms())); }
  void each(auto const& list, auto&& item) { put(list.size()); for (auto const& x : list) item(x); }
  template <class T> void maybe(std::optional<T> const& v, auto&& item) { put(v ? 1 : 0); if (v) item(*v); }
};

class in {
 public:
  static constexpr bool reads = true;
  explicit in(std::string_view b) : bytes(b) {}
  std::string_view bytes;
  bool good = true;
  std::uint64_t get() {
    std::uint64_t v = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      if (bytes.empty()) { good = false; return 0; }
      auto const b = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      v |= static_cast<std::uint64_t>(b & 0x7f) << shift;
      if (b < 0x80) return v;
    }
    good = false;
    return 0;
  }
  template <class T> void number(T& value) { value = static_cast<T>(get()); }
  template <class T> void text(T& value) {
    auto const size = get();
    if (size > bytes.size()) { good = false; return; }
    auto parsed = T::parse(bytes.substr(0, size));
    bytes.remove_prefix(size);
    if (parsed) value = *std::move(parsed); else good = false;
  }
  void time(instant& t) { t = instant::clamped(static_cast<std::int64_t>(get())); }
  void each(auto& list, auto&& item) {
    auto const n = get();
    if (n > bytes.size()) { good = false; return; }  // every item takes a byte at least
    list.clear();
    for (std::uint64_t i = 0; i < n && good; ++i) {
      if constexpr (std::is_same_v<typename std::decay_t<decltype(list)>::value_type, address>) {
        auto const size = get();
        if (size > bytes.size()) { good = false; return; }
        auto parsed = address::parse(bytes.substr(0, size));
        bytes.remove_prefix(size);
        if (parsed) list.push_back(*std::move(parsed)); else good = false;
      } else {
        list.emplace_back();
        item(list.back());
      }
    }
  }
  template <class T> void maybe(std::optional<T>& v, auto&& item) {
    v.reset();
    if (get() == 0) return;
    if constexpr (std::is_same_v<T, purpose>) v.emplace(purpose::service());
    else v.emplace();
    item(*v);
  }
};

/// `s` is const where it is written.
template <class Io>
void walk(Io& io, auto& s) {
  auto const number = [&](auto& v) { io.number(v); };
  auto const where = [&](auto& p) { io.number(p.pos); io.number(p.branch); io.number(p.seq); };
  io.each(s.addresses, [&](auto& a) { io.text(a); });
  io.each(s.address_standings, [&](auto& a) { io.maybe(a.barred, number); io.maybe(a.cleared, where); });
  io.each(s.branches, number);
  auto const scope = [&](auto& m) {
    where(m.where);
    io.maybe(m.on, number);
    io.maybe(m.about, [&](auto& p) { io.text(p); });
  };
  io.each(s.consents, [&](auto& r) {
    where(r.where); io.number(r.kind); io.number(r.on); io.text(r.about); io.number(r.who); io.number(r.notice);
    io.time(r.since); io.time(r.last_use);
    std::uint8_t bits = static_cast<std::uint8_t>(r.facts.words_or_act | r.facts.by_message << 1 | r.facts.no_affirmative_act << 2 |
                                                  r.facts.recorded_by << 3 | r.facts.given_by_other << 4);
    io.number(bits);
    if constexpr (Io::reads) {
      r.facts.words_or_act = (bits & 1) != 0; r.facts.by_message = (bits & 2) != 0; r.facts.no_affirmative_act = (bits & 4) != 0;
      r.facts.recorded_by = (bits & 8) != 0; r.facts.given_by_other = (bits & 16) != 0;
    }
    io.number(r.facts.coupled); io.number(r.facts.in_terms); io.number(r.facts.parental_consent);
    auto age = static_cast<std::uint16_t>(r.facts.age + 2);
    io.number(age);
    if constexpr (Io::reads) r.facts.age = static_cast<std::int16_t>(age - 2);
    io.number(r.requested_seq); io.number(r.sent_seq);
  });
  io.each(s.marks, [&](auto& m) { io.number(m.kind); scope(m); });
  io.each(s.requests, [&](auto& r) {
    where(r.where); io.number(r.on); io.text(r.about); io.number(r.who); io.number(r.notice); io.time(r.since); io.time(r.until);
    io.maybe(r.closed, number); io.maybe(r.sent, number); io.maybe(r.answered_elsewhere, number); io.maybe(r.answered_unproven, number);
  });
  io.each(s.unproven, [&](auto& u) { where(u.where); io.number(u.on); io.text(u.about); });
  io.each(s.imports, scope);
  io.each(s.sales, scope);
  io.each(s.sends, [&](auto& m) { io.time(m.at); io.number(m.on); io.text(m.about); });
  for (auto& c : s.channels) {
    io.maybe(c.blocked, number); io.maybe(c.platform_stopped, number); io.maybe(c.inbound, number);
    io.time(c.last_inbound);
  }
  io.maybe(s.restricted, number);
  io.maybe(s.objected_ever, number);
  io.number(s.events); io.number(s.next_pos);
  io.time(s.last.at); io.number(s.last.last); io.number(s.last.seq);
}
}  // namespace

std::string encode_state(subject_state const& s) {
  out io;
  walk(io, s);
  return std::move(io.bytes);
}

std::optional<subject_state> decode_state(std::string_view bytes) {
  subject_state s;
  if (!decode_state(bytes, s)) return std::nullopt;
  return s;
}

bool decode_state(std::string_view bytes, subject_state& s) {
  in io{bytes};
  walk(io, s);
  // What a place or an owner points to must be there: the rules follow it without looking.
  bool good = io.good && io.bytes.empty() && !s.addresses.empty() && s.addresses.size() == s.address_standings.size() && !s.branches.empty();
  auto const inside = [&](auto const& all) {
    for (auto const& x : all) good = good && x.where.branch < s.branches.size();
  };
  inside(s.consents); inside(s.marks); inside(s.requests); inside(s.unproven); inside(s.imports); inside(s.sales);
  for (auto const& r : s.consents) good = good && r.who < s.addresses.size();
  for (auto const& r : s.requests) good = good && r.who < s.addresses.size();
  for (std::size_t i = 0; i < s.branches.size(); ++i) good = good && s.branches[i] >= i && s.branches[i] < s.branches.size();
  return good;
}

}  // namespace jawort
