// jawort/audit/period.hpp - which period an audit is about, and its days or months.
//
// A period is half-open, [from, to), in UTC; states are those of its last millisecond. Its buckets are days where it is short
// and its beginning is known, months otherwise; what happened before it falls into one bucket before the first.
//
//   period const p{instant::earliest(), now + milliseconds{1}, instant::latest()};
//   p.bucket_of(t);
//
// Values.
#pragma once
#include "../fold.hpp"

namespace jawort::audit {

enum class bucket_unit : std::uint8_t { day, month };

struct period {
  instant from = instant::earliest();
  instant to = instant::latest();            ///< exclusive
  instant as_recorded = instant::latest();

  [[nodiscard]] instant at() const { return to - milliseconds{1}; }
  [[nodiscard]] moment end() const { return {at(), as_recorded}; }
  [[nodiscard]] bool has(instant t) const { return t >= from && t < to; }
  [[nodiscard]] bucket_unit unit() const {
    return from > instant::earliest() && to - from <= std::chrono::hours{24 * 62} ? bucket_unit::day : bucket_unit::month;
  }
  [[nodiscard]] int bucket_of(instant t) const {
    if (t < from) return calendar(from) - 1;
    return calendar(t < to ? t : at());
  }
  [[nodiscard]] int last_bucket() const { return calendar(at()); }
  /// The last millisecond of a bucket, or of the period where that comes first.
  [[nodiscard]] instant end_of(int bucket) const {
    instant const next = begin_of(bucket + 1);
    return (bucket < calendar(from) && from > instant::earliest() ? from : next < to ? next : to) - milliseconds{1};
  }
  [[nodiscard]] instant begin_of(int bucket) const {
    if (unit() == bucket_unit::day) return instant::clamped(static_cast<std::int64_t>(bucket) * 86400000);
    return midnight(bucket / 12, static_cast<unsigned>(bucket % 12) + 1, 1);
  }

 private:
  [[nodiscard]] int calendar(instant t) const {
    if (unit() == bucket_unit::day) return static_cast<int>(t.ms() / 86400000);
    date::year_month_day const ymd{date::floor<date::days>(jawort::detail::to_sys(t))};
    return static_cast<int>(ymd.year()) * 12 + static_cast<int>(static_cast<unsigned>(ymd.month())) - 1;
  }
};

}  // namespace jawort::audit
