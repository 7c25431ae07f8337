// jawort/audit/double_opt_ins.hpp - what became of each double opt-in of a person.
//
// A double opt-in begins with a request where none of the same address, channel and purpose is open; a further request
// while it is open belongs to it. It ends confirmed, expired, stopped, disputed or erased, or is still open.
//
//   double_opt_ins all;
//   for each event in order: state.apply(e); all.after(e, state);
//   all.finish(at); all.list();
#pragma once
#include "timeline.hpp"

namespace jawort::audit {

enum class opt_in_end : std::uint8_t { open, confirmed, expired, stopped, disputed, erased };

struct double_opt_in {
  address who;
  channel on{};
  purpose about = purpose::service();
  sequence first = 0, latest = 0;      ///< its requests
  instant began, asked;                ///< when the first and the latest came
  instant until;
  bool closed = false;                 ///< `expired` was recorded
  std::optional<sequence> sent;
  opt_in_end end = opt_in_end::open;
  bool yes = false;                    ///< it was confirmed, whatever came of that later
  milliseconds to_confirm{};           ///< from the request that was answered
};

class double_opt_ins {
 public:
  void clear() { all_.clear(); }
  [[nodiscard]] std::vector<double_opt_in> const& list() const { return all_; }

  /// Takes in what an event, just applied to `state`, changed.
  void after(event const& e, timeline const& state) {
    if (all_.empty() && e.kind != event_kind::requested && e.kind != event_kind::confirmed && e.kind != event_kind::given && e.kind != event_kind::renewed) return;
    subject_state const* const s = state.known(*e.who);
    for (open_request const& r : s->requests)
      if (r.where.seq == e.seq) begin(e, r, s->addresses[r.who]);
    for (consent_record const& c : s->consents)
      if (c.where.seq == e.seq && c.kind == event_kind::confirmed) confirm(c);
    for (double_opt_in& d : all_) {
      subject_state const* const own = state.known(d.who);
      if (own != s) continue;
      if (d.end == opt_in_end::open) follow(d, e, *s);
      else if (d.end == opt_in_end::confirmed && e.kind == event_kind::invalidated && covers(e, d)) d.end = opt_in_end::disputed;
    }
  }
  void finish(instant at) {
    for (double_opt_in& d : all_)
      if (d.end == opt_in_end::open && (d.closed || at > d.until)) d.end = opt_in_end::expired;
  }

 private:
  static bool covers(event const& e, double_opt_in const& d) { return stop_mark{{}, e.kind, e.on, e.about}.covers(d.on, d.about); }

  void begin(event const& e, open_request const& r, address const& who) {
    for (double_opt_in& d : all_) {
      if (d.end != opt_in_end::open || d.who != who || d.on != r.on || d.about != r.about) continue;
      if (!d.closed && e.occurred_at <= d.until) {
        d.latest = e.seq;
        d.asked = e.occurred_at;
        d.until = r.until;
        return;
      }
      d.end = opt_in_end::expired;
    }
    all_.push_back({who, r.on, r.about, e.seq, e.seq, e.occurred_at, e.occurred_at, r.until, false, {}, opt_in_end::open, false, {}});
  }
  void confirm(consent_record const& c) {
    for (double_opt_in& d : all_)
      if (d.end == opt_in_end::open && d.latest == c.requested_seq) {
        d.end = opt_in_end::confirmed;
        d.yes = true;
        d.to_confirm = c.since - d.asked;
      }
  }
  static void follow(double_opt_in& d, event const& e, subject_state const& s) {
    for (open_request const& r : s.requests)
      if (r.where.seq == d.latest) {
        d.until = r.until;
        d.closed = r.closed.has_value();
        d.sent = r.sent;
        return;
      }
    if (d.closed || e.occurred_at > d.until) { d.end = opt_in_end::expired; return; }  // it had lapsed before it was cleared away
    d.end = e.kind == event_kind::invalidated ? opt_in_end::disputed : e.kind == event_kind::erased ? opt_in_end::erased : opt_in_end::stopped;
  }

  std::vector<double_opt_in> all_;
};

}  // namespace jawort::audit
