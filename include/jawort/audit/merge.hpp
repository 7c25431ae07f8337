// jawort/audit/merge.hpp - findings of some of the people and of the others, as if one auditor had seen them all.
//
//   findings all = a.result();
//   merge(all, b.result(), {keep, list});
//
// Of the same period; no person in both. Pure.
#pragma once
#include "report.hpp"

namespace jawort::audit {

struct merge_bounds {
  std::size_t keep = 200;   ///< as in `auditor_options`
  std::size_t list = 500;
};

namespace detail {
template <std::size_t N>
void add(std::array<figure, N>& to, std::array<figure, N> const& from, std::size_t keep) {
  for (std::size_t k = 0; k < N; ++k) to[k].add(from[k], keep);
}
template <class Key>
void add(std::map<Key, figure>& to, std::map<Key, figure> const& from, std::size_t keep) {
  for (auto const& [key, f] : from) to[key].add(f, keep);
}
template <class T>
void newest_of(std::vector<T>& to, std::vector<T> const& from, std::size_t most) {
  to.insert(to.end(), from.begin(), from.end());
  std::sort(to.begin(), to.end(), [](T const& a, T const& b) { return a.seq > b.seq; });
  if (to.size() > most) to.erase(to.begin() + static_cast<std::ptrdiff_t>(most), to.end());
}
inline void add(sends_judged& to, sends_judged const& from, merge_bounds b) {
  to.all.add(from.all, b.keep);
  to.unjudged.add(from.unjudged, b.keep);
  for (std::size_t k = 0; k < 2; ++k) add(to.in_time[k], from.in_time[k], b.keep);
  add(to.entered_later, from.entered_later, b.keep);
  add(to.now, from.now, b.keep);
  add(to.reasons_then, from.reasons_then, b.keep);
  add(to.reasons_now, from.reasons_now, b.keep);
  to.after_known_stop.add(from.after_known_stop, b.keep);
  to.after_unknown_stop.add(from.after_unknown_stop, b.keep);
  newest_of(to.newest, from.newest, b.list);
  to.listed += from.listed;
}
inline void add(funnel& to, funnel const& from, std::size_t keep) {
  for (auto const part : {&funnel::requested, &funnel::sent, &funnel::confirmed, &funnel::expired, &funnel::disputed, &funnel::stopped, &funnel::erased, &funnel::open})
    (to.*part).add(from.*part, keep);
  to.to_confirm.add(from.to_confirm);
}
}  // namespace detail

inline void merge(findings& to, findings const& from, merge_bounds b) {
  std::size_t const keep = b.keep;
  to.entries += from.entries;
  to.persons += from.persons;
  to.addresses += from.addresses;
  to.linked_persons += from.linked_persons;
  if (from.first && (!to.first || *from.first < *to.first)) to.first = from.first;
  if (from.last && (!to.last || *from.last > *to.last)) to.last = from.last;
  detail::add(to.kinds, from.kinds, keep);
  for (auto const& [key, buckets] : from.changes)
    for (auto const& [bucket, n] : buckets) to.changes[key][bucket] += n;
  detail::add(to.consents, from.consents, keep);
  for (auto const& [scope, x] : from.standing) {
    detail::add(to.standing[scope].by_outcome, x.by_outcome, keep);
    detail::add(to.standing[scope].reasons, x.reasons, keep);
  }
  for (auto const& [bucket, counts] : from.flows)
    for (std::size_t k = 0; k < counts.size(); ++k) to.flows[bucket][k] += counts[k];
  detail::add(to.sends, from.sends, b);
  detail::add(to.double_opt_in, from.double_opt_in, keep);
  for (auto const& [kind, x] : from.stops) {
    to.stops[kind].all.add(x.all, keep);
    to.stops[kind].delay.add(x.delay);
  }
  detail::add(to.stale.is, from.stale.is, keep);
  detail::add(to.stale.becomes, from.stale.becomes, keep);
  to.unproven.add(from.unproven, keep);
  to.imported.add(from.imported, keep);
  for (auto const& [number, x] : from.notices) {
    to.notices[number].requests.add(x.requests, keep);
    to.notices[number].consents.add(x.consents, keep);
  }
  for (auto const& [state, kinds] : from.requests) detail::add(to.requests[state], kinds, keep);
  detail::newest_of(to.newest_requests, from.newest_requests, b.list);
  to.retention_due.add(from.retention_due, keep);
  to.pending_due.add(from.pending_due, keep);
}

}  // namespace jawort::audit
