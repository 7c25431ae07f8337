#include "jawort/ledger/sweep.hpp"

#include <algorithm>
#include <set>

#include "erasing.hpp"
#include "jawort/retention.hpp"

namespace jawort {

std::string_view name(sweep_reason r) {
  switch (r) {
    case sweep_reason::request_expired: return "request-expired";
    case sweep_reason::lapsed_request: return "lapsed-request";
    case sweep_reason::retention: return "retention";
    case sweep_reason::box_date: return "box-date";
    case sweep_reason::bytes_pending: return "bytes-pending";
  }
  return "";
}

namespace {

/// The window is over from the millisecond behind its last one.
instant end_of(open_request const& r) { return r.until + milliseconds{1}; }

/// Nothing is known of the person but requests that nobody answered (and what links a customer reference to them).
bool only_unanswered(std::vector<event> const& events) {
  return std::all_of(events.begin(), events.end(), [](event const& e) {
    return e.kind == event_kind::requested || e.kind == event_kind::confirmation_sent || (e.kind == event_kind::expired && e.source == "sweep") ||
           e.kind == event_kind::address_linked || e.kind == event_kind::undeliverable || e.kind == event_kind::imported;
  }) && std::any_of(events.begin(), events.end(), [](event const& e) { return e.kind == event_kind::requested; });
}

/// A request of the person that waits for its answer.
bool waits_for_answer(std::vector<event> const& events) {
  int open = 0;
  for (event const& e : events) {
    if (e.kind == event_kind::access_requested || e.kind == event_kind::erasure_requested) ++open;
    if (e.kind == event_kind::request_answered && open > 0) --open;
  }
  return open > 0;
}

/// What is due for one subject, looked at on its events.
struct verdict {
  std::vector<sweep_item> expired;
  std::optional<sweep_item> goes;
  std::optional<sweep_kept> kept;
};

class sweeping {
 public:
  sweeping(ledger_parts::impl& i, sweep_options const& o, instant now) : i_(i), o_(o), now_(now) {}

  sweep_report run() {
    find();
    if (o_.dry_run) look();
    else write();
    std::stable_sort(out_.items.begin(), out_.items.end(), [](auto const& a, auto const& b) { return a.why != b.why ? a.why < b.why : a.since < b.since; });
    return std::move(out_);
  }

 private:
  /// Whether a stored state can have anything due; wide enough, the events decide.
  [[nodiscard]] bool candidate(instant horizon, std::string_view body) const {
    policy const& rules = i_.policies.newest().rules;
    if (keep_until(horizon, false, rules) <= now_) return true;
    auto const s = decode_state(body);
    return s && std::any_of(s->requests.begin(), s->requests.end(), [&](open_request const& r) { return end_of(r) <= now_; });
  }

  void find() {
    i_.db->snapshot([&] {
      i_.refresh();
      out_.bytes_were_pending = !i_.db->meta(bytes_pending_key).empty();
      std::vector<address_key> keys;
      i_.db->scan_states([&](address_key key, instant horizon, std::string_view body) {
        if (candidate(horizon, body)) keys.push_back(key);
      });
      std::set<address_key> seen;
      for (address_key const k : keys)
        if (auto const row = i_.db->row_of(k); row && seen.insert(row->subject).second) subjects_.push_back(row->subject);
    });
    if (out_.bytes_were_pending) out_.items.push_back({sweep_reason::bytes_pending, {}, {}, {}, now_});
  }

  [[nodiscard]] verdict judge(address_key subject, std::vector<event> const& events) const {
    verdict v;
    policy const& rules = i_.policies.newest().rules;
    address const who = i_.db->address_of(subject);
    auto const s = fold(events, who, {}, i_.folding_rules());
    instant lapsed = instant::earliest();
    bool all_closed = true;
    for (open_request const& r : s.requests) {
      if (end_of(r) > now_) { all_closed = false; continue; }
      lapsed = std::max(lapsed, end_of(r));
      if (!r.closed) v.expired.push_back({sweep_reason::request_expired, s.addresses[r.who], r.on, r.about, end_of(r)});
    }
    std::set<sequence> erasures;  // what stands for an earlier erasure keeps nothing any longer
    for (event const& e : events)
      if (e.kind == event_kind::erased && e.source == "jawort") erasures.insert(e.seq);
    std::vector<event> own = events;
    std::erase_if(own, [&](event const& e) { return erasures.contains(e.seq); });
    std::optional<sweep_item> due;
    if (own.empty()) return v;
    if (!s.requests.empty() && all_closed && only_unanswered(own) && lapsed + rules.pending_data <= now_)
      due = sweep_item{sweep_reason::lapsed_request, who, {}, {}, lapsed + rules.pending_data};
    else if (instant const until = keep_until(own, rules); until <= now_)
      due = sweep_item{sweep_reason::retention, who, {}, {}, until};
    if (!due) return v;
    if (s.restricted || waits_for_answer(events)) v.kept = sweep_kept{who, s.restricted.has_value(), due->since};
    else v.goes = due;
    return v;
  }

  void note(verdict const& v) {
    out_.expired += v.expired.size();
    out_.items.insert(out_.items.end(), v.expired.begin(), v.expired.end());
    if (v.kept) out_.kept.push_back(*v.kept);
    if (!v.goes) return;
    (v.goes->why == sweep_reason::lapsed_request ? out_.lapsed : out_.retention) += 1;
    out_.items.push_back(*v.goes);
  }

  void look() {
    i_.db->snapshot([&] {
      for (address_key const subject : subjects_) note(judge(subject, i_.events_of_subject(subject)));
      for (auto const& [seq, person] : i_.db->boxes_due(now_, ~std::size_t{0})) note_box(seq, person);
    });
  }
  void note_box(sequence, std::uint32_t) {
    ++out_.boxes;
    out_.items.push_back({sweep_reason::box_date, {}, {}, {}, now_});
  }

  void write() {
    for (std::size_t from = 0; from < subjects_.size(); from += o_.batch) {
      auto const to = std::min(subjects_.size(), from + o_.batch);
      std::vector<verdict> done;
      in_transaction([&](stored_head& head) {
        done.clear();
        for (std::size_t k = from; k < to; ++k) one_subject(subjects_[k], head, done);
        erase_subjects(head);
      });
      for (auto const& v : done) note(v);
    }
    bool more = true;
    while (more) {
      std::vector<std::pair<sequence, std::uint32_t>> due;
      in_transaction([&](stored_head& head) {
        due = i_.db->boxes_due(now_, o_.batch);
        if (due.empty()) return;
        erasing one{i_, head, "retention"};
        for (auto const& [seq, person] : due) one.box_goes(seq, person);
        one.close(now_, now_, o_.operator_name);
      });
      for (auto const& [seq, person] : due) note_box(seq, person);
      more = due.size() == o_.batch;
    }
    auto const bytes = finish_erasures(i_, o_.wait);
    out_.bytes_pending = !bytes.bytes_gone;
    out_.why_pending = bytes.why;
  }

  void in_transaction(std::function<void(stored_head&)> const& body) {
    stored_head head;
    bool written = false;
    i_.db->transaction([&] {
      i_.refresh();
      head = i_.begin_writing(now_);
      auto const before = head.tree.size();
      body(head);
      written = head.tree.size() != before;
      if (written) i_.db->put_head(head);
    });
    if (written) i_.anchor(head);
  }

  /// Looks again inside the transaction, appends what has expired.
  void one_subject(address_key subject, stored_head& head, std::vector<verdict>& done) {
    auto const row = i_.db->row_of(subject);
    if (!row || row->subject != subject) return;  // gone, or linked with another, meanwhile
    auto v = judge(subject, i_.events_of_subject(subject));
    for (auto const& x : v.expired) {
      event e;
      e.kind = event_kind::expired;
      e.who = x.who;
      e.on = x.on;
      e.about = x.about;
      e.occurred_at = x.since;
      e.source = "sweep";
      e.operator_name = o_.operator_name;
      auto const own = i_.db->find(*x.who);
      i_.put(e, head, now_, own->key, {}, own->secret);
    }
    if (!v.expired.empty() && !v.goes) i_.refold(subject);
    if (v.goes) due_.emplace_back(subject, v.goes->why);
    done.push_back(std::move(v));
  }

  void erase_subjects(stored_head& head) {
    for (auto const why : {sweep_reason::lapsed_request, sweep_reason::retention}) {
      erasing one{i_, head, std::string{name(why)}};
      for (auto const& [subject, reason] : due_)
        if (reason == why) one.subject(subject, true, now_);
      if (one.empty()) continue;
      out_.entries += one.covered().size();
      one.close(now_, now_, o_.operator_name);
    }
    due_.clear();
  }

  ledger_parts::impl& i_;
  sweep_options o_;
  instant now_;
  std::vector<address_key> subjects_;
  std::vector<std::pair<address_key, sweep_reason>> due_;
  sweep_report out_;
};

}  // namespace

result<sweep_report> sweep(ledger& book, sweep_options const& options, instant now) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<sweep_report> { return sweeping{i, options, now}.run(); });
}

}  // namespace jawort
