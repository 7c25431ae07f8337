#include "rows.hpp"

namespace jawort {
namespace {
// In the order in which they are stored: SQLite then reads a row's header once.
constexpr char const* columns = "SELECT seq, kind, address, channel, purpose, via, notice, occurred_at, recorded_at, other, source, operator, evidence, leaf "
                                "FROM event NOT INDEXED WHERE seq >= ? AND seq <= ? ORDER BY seq";

constexpr std::array<bool, 256> known_kinds = [] {
  std::array<bool, 256> out{};
  for (auto const& k : event_kinds) out[static_cast<std::uint8_t>(k.kind)] = true;
  return out;
}();
}  // namespace

row_scan::row_scan(sqlite3* db, std::int64_t from, std::int64_t to, row_wish const& wish) : wish_(wish) {
  q_.at(db, columns).put(from).put(to == every_row_to ? to : to - 1);
}

std::int64_t row_scan::bounded(int column, std::int64_t highest, stored_row& row) const {
  auto const v = q_.number(column);
  if (v >= 0 && v <= highest) return v;
  row.plain = false;
  return 0;
}

bool row_scan::next(stored_row& r) {
  if (!q_.step()) return false;
  auto const there = [&](int column) { return !q_.is_null(column); };
  auto const key = [&](int column) { return there(column) ? std::optional{q_.number(column)} : std::nullopt; };
  r = {};
  r.seq = q_.number(0);
  auto const kind = static_cast<std::uint8_t>(bounded(1, 255, r));
  r.kind = static_cast<event_kind>(kind);
  r.plain = r.plain && known_kinds[kind];
  r.who = key(2);
  if (there(3)) {
    r.channel = static_cast<std::uint8_t>(bounded(3, 255, r));
    r.plain = r.plain && !name(static_cast<channel>(r.channel)).empty();
  }
  r.purpose_code = static_cast<std::uint16_t>(bounded(4, 65535, r));
  r.via = q_.bytes(5);
  r.notice = static_cast<notice_number>(bounded(6, 0xffffffff, r));
  r.occurred_at = instant::clamped(q_.number(7));
  r.recorded_at = instant::clamped(q_.number(8));
  r.other = key(9);
  for (auto const& [column, to] : {std::pair{10, &r.source}, std::pair{11, &r.operator_name}})
    if (there(column)) {
      *to = static_cast<std::uint32_t>(bounded(column, 0xffffffff, r));
      r.plain = r.plain && *to != 0;  // 0 stands for none here
    }
  if (wish_.evidence[static_cast<std::uint8_t>(r.kind)]) r.evidence = q_.bytes(12);
  if (wish_.leaf) r.leaf = q_.bytes(13);
  r.plain = r.plain && (!wish_.leaf || r.leaf.size() == log::leaf_size);
  return true;
}

}  // namespace jawort
