// jawort/fold.hpp - from events to state.
//
// The same events give the same state on every machine, in whatever order they were recorded: they are folded by
// `occurred_at`, stops last within an instant, then sequence. Only events up to the moment asked for count.
//
//   subject_state const s = fold(events, subject, moment{at, as_recorded}, {&notices, &policies});
//
// Addresses that get linked are folded alone up to the link; there they become one chain in which a stop of either
// side stands against the consents of the other, until a later consent answers it.
//
// Pure; no shared state; linear in events, apart from sorting, as long as a subject has few addresses and purposes.
#pragma once
#include <algorithm>
#include <span>
#include <vector>

#include "double_opt_in.hpp"
#include "notice.hpp"
#include "policy.hpp"
#include "state.hpp"

namespace jawort {

/// The two times of a question: what had happened by `at`, as the ledger knew it at `as_recorded`.
struct moment {
  instant at = instant::latest();
  instant as_recorded = instant::latest();
  [[nodiscard]] bool sees(event const& e) const { return e.occurred_at <= at && e.recorded_at <= as_recorded; }
};

/// What the fold needs to know beside the events.
struct fold_rules {
  notice_book const* notices = nullptr;
  policy_book const* policies = nullptr;
};

/// Months that have fully passed from `from` to `to` reach `n`. Between 28 and 31 days a month the calendar decides.
[[nodiscard]] inline bool months_reached(instant from, instant to, int n) {
  constexpr std::int64_t day = 86400000;
  std::int64_t const passed = to.ms() - from.ms();
  if (n >= 0 && to < instant::latest()) {
    if (passed < 28 * day * n) return false;
    if (passed >= 31 * day * n) return true;
  }
  return to >= add_months(from, n);
}

/// One line of events being folded: applies events in order to a state. `apply` must be called in the order of
/// `fold_key`; link events are the business of `fold`, which joins two lines.
class folding {
 public:
  folding(subject_state& state, fold_rules rules, instant as_recorded = instant::latest())
      : s_(state), notices_(*rules.notices), policies_(*rules.policies), as_recorded_(as_recorded) {}

  /// Applies one event of the address `who`. `pos` is greater than every position before it.
  void apply(event const& e, address_index who, fold_position pos) {
    place const here{pos, s_.current_branch(), e.seq};
    ++s_.events;
    s_.last = key_of(e);
    s_.next_pos = pos + 1;
    switch (e.kind) {
      case event_kind::requested: request(e, who, here); break;
      case event_kind::confirmation_sent: confirmation_sent(e, who); break;
      case event_kind::confirmed: confirm(e, who, here); break;
      case event_kind::given: case event_kind::renewed: give(e, who, here); break;
      case event_kind::withdrawn: case event_kind::refused: case event_kind::revoked: case event_kind::invalidated:
        end({here, e.kind, e.on, e.about}); break;
      case event_kind::objected:
        s_.objected_ever = e.seq;
        end({here, e.kind, {}, {}});
        break;
      case event_kind::expired: expire(e, here); break;
      case event_kind::suspended: case event_kind::resumed: put_mark({here, e.kind, e.on, e.about}); break;
      case event_kind::imported: put_scope(s_.imports, {here, e.on, e.about}); break;
      case event_kind::restricted: s_.restricted = e.seq; break;
      case event_kind::unrestricted: s_.restricted.reset(); break;
      case event_kind::blocked: each_channel(e.on, [&](channel_standing& c) { c.blocked = e.seq; }); break;
      case event_kind::unblocked: each_channel(e.on, [](channel_standing& c) { c.blocked.reset(); }); break;
      case event_kind::platform_stopped: each_channel(e.on, [&](channel_standing& c) { c.platform_stopped = e.seq; }); break;
      case event_kind::platform_resumed: each_channel(e.on, [](channel_standing& c) { c.platform_stopped.reset(); }); break;
      case event_kind::wrong_number: s_.address_standings[who].barred = e.seq; break;
      case event_kind::number_cleared:
        s_.address_standings[who].barred.reset();
        s_.address_standings[who].cleared = here;
        break;
      case event_kind::inbound:
        if (e.on) { s_.at(*e.on).inbound = e.seq; s_.at(*e.on).last_inbound = e.occurred_at; }
        break;
      case event_kind::outbound: sent(e, who); break;
      case event_kind::sale_recorded:
        if (sale_conditions_shown(e.proof)) put_scope(s_.sales, {here, e.on, e.about});
        break;
      case event_kind::erased: erase(here); break;
      default: break;  // links are joined by `fold`; the other kinds change no permission
    }
  }

 private:
  /// The policy in force when the event happened.
  [[nodiscard]] policy const& rules(event const& e) const { return policies_.at(e.occurred_at, as_recorded_); }
  [[nodiscard]] bool published(notice_number n, instant by) const {
    auto const* v = notices_.find(n);
    return v != nullptr && v->published_at <= by;
  }

  void request(event const& e, address_index who, place here) {
    open_request* r = find_request(s_, who, *e.on, *e.about);
    if (r != nullptr && lapsed(*r, e.occurred_at)) {
      s_.requests.erase(s_.requests.begin() + (r - s_.requests.data()));
      r = nullptr;
    }
    if (r == nullptr) {
      s_.requests.push_back({});
      r = &s_.requests.back();
      r->on = *e.on;
      r->about = *e.about;
      r->who = who;
    }
    r->where = here;
    r->since = e.occurred_at;
    r->until = e.occurred_at + rules(e).confirmation_window;
    r->answered_elsewhere.reset();
    r->answered_unproven.reset();
    if (e.notice != 0) r->notice = e.notice;
  }

  void confirmation_sent(event const& e, address_index who) {
    for (open_request& r : s_.requests)
      if (r.who == who && (!e.on || r.on == *e.on) && (!e.about || r.about == *e.about) &&
          !lapsed(r, e.occurred_at))
        r.sent = e.seq;
  }

  void confirm(event const& e, address_index who, place here) {
    open_request* own = find_request(s_, who, *e.on, *e.about);
    open_request* elsewhere = nullptr;
    for (open_request& r : s_.requests)
      if (r.who == who && r.on != *e.on && r.about == *e.about && !lapsed(r, e.occurred_at)) elsewhere = &r;
    auto const facts = facts_of(e);
    notice_number const notice = e.notice != 0 ? e.notice : own != nullptr ? own->notice : 0;
    instant const stands_on = e.notice != 0 || own == nullptr ? e.occurred_at : own->since;
    bool const proven = facts.words_or_act && facts.recorded_by && published(notice, stands_on);
    if (own == nullptr && by_message(e) && s_.follows_stop(*e.on, *e.about)) { request(e, who, here); return; }
    switch (judge_confirmation(s_, own, elsewhere, e, who, proven)) {
      case confirmation_worth::whole: {
        consent_record r{here, e.kind, *e.on, *e.about, who, notice, e.occurred_at, e.occurred_at, facts,
                         own->where.seq, *own->sent};
        s_.requests.erase(s_.requests.begin() + (own - s_.requests.data()));
        put_consent(r);
        break;
      }
      case confirmation_worth::wrong_channel:
        if (own != nullptr && !lapsed(*own, e.occurred_at)) {
          own->answered_elsewhere = e.seq;
        } else {
          elsewhere->answered_elsewhere = e.seq;
          put_unproven({here, *e.on, *e.about});
        }
        break;
      case confirmation_worth::unproven:
        if (own != nullptr) own->answered_unproven = e.seq;
        put_unproven({here, *e.on, *e.about});
        break;
      case confirmation_worth::too_late: case confirmation_worth::repeated: break;
    }
  }

  /// Recorded by `receive` from the person's message. Such a start word was taken for an answer or a first message when
  /// it came; a stop or a request that was written before it, and came later, makes it a request again.
  [[nodiscard]] static bool by_message(event const& e) { return e.source.starts_with("receive:") && e.via.empty(); }
  [[nodiscard]] bool in_the_way(event const& e) const {
    return s_.follows_stop(*e.on, *e.about) || std::any_of(s_.requests.begin(), s_.requests.end(), [&](open_request const& r) {
      return r.on == *e.on && r.about.related(*e.about);
    });
  }

  /// … and an open question, or a link to the address that was asked, that came to be known later makes it its answer.
  bool answers_request(event const& e, place here) {
    auto const facts = facts_of(e);
    for (open_request& r : s_.requests) {
      if (r.on != *e.on || r.about != *e.about || !r.sent || lapsed(r, e.occurred_at) || !facts.words_or_act || !published(e.notice, e.occurred_at)) continue;
      consent_record const c{here, event_kind::confirmed, *e.on, *e.about, r.who, e.notice, e.occurred_at, e.occurred_at, facts, r.where.seq, *r.sent};
      s_.requests.erase(s_.requests.begin() + (&r - s_.requests.data()));
      put_consent(c);
      return true;
    }
    return std::any_of(s_.consents.begin(), s_.consents.end(), [&](consent_record const& c) {
      return c.kind == event_kind::confirmed && c.about == *e.about && s_.counts(c, *e.on, *e.about);
    });
  }

  void give(event const& e, address_index who, place here) {
    if (by_message(e)) {
      if (answers_request(e, here)) return;
      if (in_the_way(e)) { request(e, who, here); return; }
    }
    auto const facts = facts_of(e);
    if (facts.words_or_act && facts.recorded_by && published(e.notice, e.occurred_at))
      put_consent({here, e.kind, *e.on, *e.about, who, e.notice, e.occurred_at, e.occurred_at, facts, 0, 0});
    else
      put_unproven({here, *e.on, *e.about});
  }

  /// A mark that ends consents ends the open requests in its scope too.
  void end(stop_mark const& m) {
    std::erase_if(s_.requests, [&](open_request const& r) { return m.covers(r.on, r.about); });
    put_mark(m);
  }

  void expire(event const& e, place here) {
    stop_mark const m{here, e.kind, e.on, e.about};
    bool found = false;
    for (open_request& r : s_.requests)
      if (m.covers(r.on, r.about)) {
        found = true;
        r.closed = e.seq;
      }
    if (!found && e.source != "sweep") end(m);
  }

  void sent(event const& e, address_index who) {
    if (!e.on || !e.about) return;
    if (!e.about->is_service()) s_.sends.push_back({e.occurred_at, *e.on, *e.about});
    if (s_.barred(who, *e.on, *e.about)) return;  // an unlawful send refreshes nothing
    for (consent_record& r : s_.consents)
      if (s_.counts(r, *e.on, *e.about) && !months_reached(r.last_use, e.occurred_at, rules(e).stale_hold_months))
        r.last_use = e.occurred_at;
  }

  void erase(place here) {
    subject_state fresh;
    fresh.addresses = std::move(s_.addresses);
    fresh.address_standings.resize(fresh.addresses.size());
    fresh.branches = std::move(s_.branches);
    fresh.objected_ever = s_.objected_ever;
    fresh.events = s_.events;
    fresh.next_pos = s_.next_pos;
    fresh.last = s_.last;
    s_ = std::move(fresh);
    put_mark({here, event_kind::erased, {}, {}});
  }

  /// A proven act with the same qualities restarts the clock of the one that is there.
  void put_consent(consent_record const& fresh) {
    for (consent_record& r : s_.consents) {
      if (r.where.branch == fresh.where.branch && r.kind == fresh.kind && r.on == fresh.on && r.about == fresh.about &&
          r.who == fresh.who && r.notice == fresh.notice && r.facts == fresh.facts) {
        r = fresh;
        return;
      }
    }
    s_.consents.push_back(fresh);
  }

  void put_unproven(unproven_consent const& fresh) {
    for (unproven_consent& u : s_.unproven)
      if (u.where.branch == fresh.where.branch && u.on == fresh.on && u.about == fresh.about) { u = fresh; return; }
    s_.unproven.push_back(fresh);
  }

  void put_mark(stop_mark const& fresh) {
    for (stop_mark& m : s_.marks)
      if (m.where.branch == fresh.where.branch && m.kind == fresh.kind && m.on == fresh.on && m.about == fresh.about) {
        m = fresh;
        return;
      }
    s_.marks.push_back(fresh);
  }

  static void put_scope(std::vector<scope_mark>& all, scope_mark const& fresh) {
    for (scope_mark const& m : all)
      if (m.on == fresh.on && m.about == fresh.about) return;
    all.push_back(fresh);
  }

  void each_channel(std::optional<channel> on, auto&& change) {
    for (channel const c : all_channels)
      if (!on || *on == c) change(s_.at(c));
  }

  subject_state& s_;
  notice_book const& notices_;
  policy_book const& policies_;
  instant as_recorded_;
};

namespace detail {
template <class T>
void append(std::vector<T>& to, std::vector<T> const& from) { to.insert(to.end(), from.begin(), from.end()); }

[[nodiscard]] inline std::optional<sequence> later(std::optional<sequence> a, std::optional<sequence> b) {
  return !a ? b : !b ? a : std::max(*a, *b);
}
}  // namespace detail

/// Two lines become one: everything of both is kept, on branches of its own, and a new branch begins. Stops of one
/// side stand against consents of the other (see `subject_state::counts`); bars are united.
[[nodiscard]] inline subject_state join(subject_state a, subject_state b) {
  auto const branch_shift = static_cast<branch_index>(a.branches.size());
  auto const address_shift = static_cast<address_index>(a.addresses.size());
  auto const joined = static_cast<branch_index>(a.branches.size() + b.branches.size());
  branch_index const open_a = a.current_branch();
  for (branch_index const to : b.branches) a.branches.push_back(static_cast<branch_index>(to + branch_shift));
  branch_index const open_b = a.current_branch();
  a.branches.push_back(joined);
  a.branches[open_a] = joined;
  a.branches[open_b] = joined;

  auto const shift = [&](auto& all) {
    for (auto& x : all) x.where.branch = static_cast<branch_index>(x.where.branch + branch_shift);
  };
  shift(b.consents); shift(b.marks); shift(b.requests); shift(b.unproven); shift(b.imports); shift(b.sales);
  for (consent_record& r : b.consents) r.who = static_cast<address_index>(r.who + address_shift);
  for (open_request& r : b.requests) r.who = static_cast<address_index>(r.who + address_shift);
  for (address_standing& st : b.address_standings)
    if (st.cleared) st.cleared->branch = static_cast<branch_index>(st.cleared->branch + branch_shift);

  detail::append(a.addresses, b.addresses);
  detail::append(a.address_standings, b.address_standings);
  detail::append(a.consents, b.consents);
  detail::append(a.marks, b.marks);
  detail::append(a.requests, b.requests);
  detail::append(a.unproven, b.unproven);
  detail::append(a.imports, b.imports);
  detail::append(a.sales, b.sales);
  detail::append(a.sends, b.sends);
  std::stable_sort(a.sends.begin(), a.sends.end(), [](send_mark const& x, send_mark const& y) { return x.at < y.at; });
  for (std::size_t i = 0; i < channel_slots; ++i) {
    channel_standing& x = a.channels[i];
    channel_standing const& y = b.channels[i];
    x.blocked = detail::later(x.blocked, y.blocked);
    x.platform_stopped = detail::later(x.platform_stopped, y.platform_stopped);
    if (y.inbound && (!x.inbound || y.last_inbound > x.last_inbound)) {
      x.inbound = y.inbound;
      x.last_inbound = y.last_inbound;
    }
  }
  a.restricted = detail::later(a.restricted, b.restricted);
  a.objected_ever = detail::later(a.objected_ever, b.objected_ever);
  a.events += b.events;
  a.next_pos = std::max(a.next_pos, b.next_pos);
  a.last = std::max(a.last, b.last);
  return a;
}

/// The line of an address of which nothing is known.
[[nodiscard]] inline subject_state line_of_one(address const& a) {
  subject_state line;
  line.addresses.push_back(a);
  line.address_standings.emplace_back();
  return line;
}

/// Applies an event to the line that its address is in. What a link joins must be one line already.
inline void apply_in_line(subject_state& line, event const& e, fold_position pos, fold_rules rules, instant as_recorded = instant::latest()) {
  folding{line, rules, as_recorded}.apply(e, *line.index_of(*e.who), pos);
  if (e.kind == event_kind::address_changed && e.other && *e.other != *e.who) {
    line.address_standings[*line.index_of(*e.who)].barred = e.seq;
    line.address_standings[*line.index_of(*e.other)].barred.reset();
  }
}

/// The state of the subject who has `subject` among their addresses, from all events that may concern them (events
/// of other subjects among them do no harm). Events are taken in any order. A `subject` without events has the empty
/// state, with that one address.
[[nodiscard]] inline subject_state fold(std::span<event const> events, address const& subject, moment when, fold_rules rules) {
  std::vector<event const*> order;
  order.reserve(events.size());
  for (event const& e : events)
    if (e.who && when.sees(e)) order.push_back(&e);
  std::sort(order.begin(), order.end(), [](event const* a, event const* b) { return key_of(*a) < key_of(*b); });

  std::vector<subject_state> lines;
  auto const line_of = [&](address const& a) -> std::size_t {
    for (std::size_t i = 0; i < lines.size(); ++i)
      if (lines[i].index_of(a)) return i;
    lines.push_back(line_of_one(a));
    return lines.size() - 1;
  };
  line_of(subject);

  fold_position pos = 0;
  for (event const* e : order) {
    ++pos;
    std::size_t at = line_of(*e->who);
    bool const links = e->kind == event_kind::address_linked || e->kind == event_kind::address_changed;
    if (links && e->other && *e->other != *e->who) {
      std::size_t const with = line_of(*e->other);
      if (with != at) {
        subject_state one = join(std::move(lines[at]), std::move(lines[with]));
        lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(std::max(at, with)));
        at = std::min(at, with);
        lines[at] = std::move(one);
      }
    }
    apply_in_line(lines[at], *e, pos, rules, when.as_recorded);
  }
  return std::move(lines[line_of(subject)]);
}

}  // namespace jawort
