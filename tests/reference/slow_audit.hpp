// The slow audit: each figure counted straight from its definition in docs/AUDIT.md, by searching a person's events anew for
// each of them. Decisions come from the slow reading of the rule book, or from whatever `ask` the caller gives. No state is
// carried from one event to the next, and nothing of include/jawort/audit/ is used but the names of ways in.
#pragma once
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <jawort/audit/report.hpp>

#include "slow_rules.hpp"

namespace slow {

using jawort::event;
using jawort::instant;

/// Answers a question from the events given.
using ask_events = std::function<verdict(std::vector<event> const&, jawort::question const&)>;

class audit {
 public:
  audit(jawort::audit::period p, jawort::notice_book const& notices, jawort::policy_book const& policies, ask_events ask, std::function<void(jawort::question&)> look_around)
      : p_(p), notices_(notices), policies_(policies), ask_(std::move(ask)), look_around_(std::move(look_around)) {}

  /// What was found: a name for each figure, and the entries behind it.
  std::map<std::string, std::multiset<std::uint64_t>> figures;
  /// Seconds between a stop and its entry, by kind, and from request to yes; each rounded as durations are.
  std::map<std::string, std::vector<std::int64_t>> lengths;
  /// How many consents stood at the end of each bucket, by the name of their key.
  std::map<int, std::map<std::string, std::int64_t>> stock;

  void add(std::vector<event> const& person) {
    all_.clear();
    for (event const& e : person)
      if (e.who && e.occurred_at <= p_.at() && e.recorded_at <= p_.as_recorded) all_.push_back(e);
    std::sort(all_.begin(), all_.end(), before);
    for (event const& e : all_) happened(e);
    opt_ins();
    rights();
    std::set<std::string> done;
    for (auto const& a : addresses(all_))
      if (auto const l = linked_to(a, all_); done.insert(joined(l)).second) at_end(l);
    for (int b = p_.bucket_of(all_.empty() ? p_.at() : all_.front().occurred_at); b <= p_.last_bucket(); ++b) count_stock(b);
  }

 private:
  using line = std::set<std::string>;
  static bool last(event const& e) { return jawort::ends_or_bars(e.kind); }
  static bool before(event const& a, event const& b) {
    if (a.occurred_at != b.occurred_at) return a.occurred_at < b.occurred_at;
    if (last(a) != last(b)) return last(b);
    return a.seq < b.seq;
  }
  static std::string joined(line const& l) {
    std::string out;
    for (auto const& a : l) out += a + " ";
    return out;
  }
  static std::vector<jawort::address> addresses(std::vector<event> const& events) {
    std::vector<jawort::address> out;
    auto const put = [&](jawort::address const& a) { if (std::find(out.begin(), out.end(), a) == out.end()) out.push_back(a); };
    for (event const& e : events) {
      put(*e.who);
      if (links(e)) put(*e.other);
    }
    return out;
  }
  static bool links(event const& e) { return e.other && (e.kind == event_kind::address_linked || e.kind == event_kind::address_changed); }
  /// Every address linked with this one by these events.
  static line linked_to(jawort::address const& a, std::vector<event> const& events) {
    line out{a.text()};
    for (bool grown = true; grown;) {
      grown = false;
      for (event const& e : events)
        if (links(e) && out.contains(e.who->text()) != out.contains(e.other->text())) {
          out.insert(e.who->text());
          out.insert(e.other->text());
          grown = true;
        }
    }
    return out;
  }
  std::vector<event> up_to(std::size_t n) const { return {all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(n)}; }
  std::vector<event> by(instant t) const {
    std::vector<event> out;
    for (event const& e : all_)
      if (e.occurred_at <= t) out.push_back(e);
    return out;
  }
  bool in_period(instant t) const { return p_.from <= t && t < p_.to; }
  void put(std::string const& figure, std::uint64_t seq) { figures[figure].insert(seq); }
  static std::int64_t rounded(std::int64_t ms) {
    std::int64_t const s = std::max<std::int64_t>(ms, 0) / 1000;
    std::string digits = std::to_string(s);
    for (std::size_t i = 3; i < digits.size(); ++i) digits[i] = '0';
    return std::stoll(digits);
  }

  // --- what happened --------------------------------------------------------------------------------------------------

  void happened(event const& e) {
    put("entries", e.seq);
    if (!in_period(e.occurred_at)) return;
    put("kind " + std::string{jawort::name(e.kind)}, e.seq);
    bool const yes = e.kind == event_kind::given || e.kind == event_kind::renewed || e.kind == event_kind::confirmed;
    if (jawort::is_stop(e.kind) && e.kind != event_kind::erased) lengths["stop " + std::string{jawort::name(e.kind)}].push_back(rounded(e.recorded_at.ms() - e.occurred_at.ms()));
    if (e.notice != 0 && yes) put("notice " + std::to_string(e.notice) + " consents", e.seq);
    if (e.notice != 0 && e.kind == event_kind::requested) put("notice " + std::to_string(e.notice) + " requests", e.seq);
    if (e.kind == event_kind::outbound) send(e);
  }

  // --- sends ----------------------------------------------------------------------------------------------------------

  void send(event const& e) {
    put("sends", e.seq);
    if (!e.on || !e.about) { put("sends unjudged", e.seq); return; }
    std::vector<event> now, then;
    for (event const& x : all_) {
      if (x.occurred_at > e.occurred_at || (x.kind == event_kind::outbound && x.occurred_at == e.occurred_at && x.seq >= e.seq)) continue;
      now.push_back(x);
      if (x.recorded_at <= e.occurred_at) then.push_back(x);
    }
    jawort::question q{&*e.who, *e.on, *e.about, e.occurred_at, true};
    look_around_(q);
    q.as_recorded = p_.as_recorded;
    verdict const v_now = ask_(now, q);
    q.as_recorded = std::min(e.occurred_at, p_.as_recorded);
    verdict const v_then = ask_(then, q);
    bool const later = e.recorded_at.ms() - e.occurred_at.ms() > 24LL * 3600 * 1000;
    bool const ok_now = v_now.what < outcome::hold, ok_then = v_then.what < outcome::hold;
    put("sends now " + std::string{jawort::name(v_now.what)}, e.seq);
    std::string const side = later ? "later" : ok_then ? "then permitted" : "then not";
    put("sends " + side + (ok_now ? ", now permitted" : ", now not"), e.seq);
    if (stop_in(v_now)) put(stop_in(v_then) ? "sends after a known stop" : "sends after an unknown stop", e.seq);
    if (!ok_now || (!later && !ok_then)) {
      put("sends listed", e.seq);
      for (auto const& r : v_now.reasons)
        if (r.what >= outcome::hold) put("now because " + std::string{r.code}, e.seq);
    }
    if (!later && !ok_then)
      for (auto const& r : v_then.reasons)
        if (r.what >= outcome::hold) put("then because " + std::string{r.code}, e.seq);
  }
  static bool stop_in(verdict const& v) {
    return std::any_of(v.reasons.begin(), v.reasons.end(), [](finding const& f) {
      return f.what == outcome::deny && is_one_of(f.code, {"erased", "objected", "withdrawn", "restricted", "whatsapp-marketing-stopped", "known-unwanted", "unclear-stop", "revoked", "confirmation-disputed", "number-holder"});
    });
  }

  // --- consents -------------------------------------------------------------------------------------------------------

  struct entrance { jawort::address who; channel on; jawort::purpose about; std::string way; std::uint64_t seq; };

  /// The consents of a line at a time: for each channel and purpose the newest yes, else the newest request, else list row.
  std::vector<entrance> entrances(line const& l, std::vector<event> const& events) const {
    std::vector<entrance> found;
    for (char const* const group : {"imported", "requested", "yes"})
      for (std::size_t i = 0; i < events.size(); ++i) {
        event const& e = events[i];
        bool const yes = e.kind == event_kind::given || e.kind == event_kind::renewed || e.kind == event_kind::confirmed;
        bool const fits = std::string{group} == "yes" ? yes : jawort::name(e.kind) == group;
        if (!fits || !e.on || !e.about || !l.contains(e.who->text()) || erased_after(events, i)) continue;
        auto const act = e.proof.get("act");
        bool const message = !e.proof.get("text").empty() && is_one_of(jawort::detail::lower(act), {"", "message", "keyword", "reply", "sms"});
        std::string const way = e.kind == event_kind::confirmed ? "double-opt-in" : yes ? (message ? "first-message" : "act") : e.kind == event_kind::requested ? "request" : "list";
        std::erase_if(found, [&](entrance const& x) { return x.on == *e.on && x.about == *e.about; });
        found.push_back({*e.who, *e.on, *e.about, way, e.seq});
      }
    return found;
  }
  /// An erasure that came after event `i`, of an address linked with its own by then.
  static bool erased_after(std::vector<event> const& events, std::size_t i) {
    for (std::size_t k = i + 1; k < events.size(); ++k)
      if (events[k].kind == event_kind::erased && linked_to(*events[k].who, {events.begin(), events.begin() + static_cast<std::ptrdiff_t>(k + 1)}).contains(events[i].who->text())) return true;
    return false;
  }
  verdict ask(std::vector<event> const& events, entrance const& x, jawort::address const& who, instant at) const {
    jawort::question q{&who, x.on, x.about, at, true};
    q.as_recorded = p_.as_recorded;
    return ask_(events, q);
  }

  void count_stock(int bucket) {
    instant const at = p_.end_of(bucket);
    auto const events = by(at);
    std::set<std::string> done;
    for (auto const& a : addresses(events)) {
      auto const l = linked_to(a, events);
      if (!done.insert(joined(l)).second) continue;
      for (auto const& x : entrances(l, events))
        ++stock[bucket][key(x, ask(events, x, x.who, at))];
    }
  }
  static std::string key(entrance const& x, verdict const& v) {
    return std::string{jawort::name(x.on)} + " " + std::string{x.about.text()} + " " + x.way + " " + std::string{v.status};
  }

  // --- at the end -----------------------------------------------------------------------------------------------------

  static bool barred(std::vector<event> const& events, std::string const& a) {
    bool out = false;
    for (std::size_t i = 0; i < events.size(); ++i) {
      event const& e = events[i];
      if (e.kind == event_kind::wrong_number && e.who->text() == a) out = true;
      if (e.kind == event_kind::number_cleared && e.who->text() == a) out = false;
      if (e.kind == event_kind::erased && linked_to(*e.who, {events.begin(), events.begin() + static_cast<std::ptrdiff_t>(i + 1)}).contains(a)) out = false;
      if (e.kind == event_kind::address_changed && e.other && *e.other != *e.who) {
        if (e.who->text() == a) out = true;
        if (e.other->text() == a) out = false;
      }
    }
    return out;
  }
  /// The address that came with the consent; where it is barred, the one heard of last that is not.
  jawort::address reached(line const& l, entrance const& x) const {
    if (!barred(all_, x.who.text())) return x.who;
    auto const good = [&](jawort::address const& a) { return l.contains(a.text()) && !barred(all_, a.text()) && a.fits(x.on) && a.kind() != jawort::address_kind::customer; };
    for (std::size_t i = all_.size(); i-- > 0;) {
      if (links(all_[i]) && good(*all_[i].other)) return *all_[i].other;
      if (good(*all_[i].who)) return *all_[i].who;
    }
    return x.who;
  }

  void at_end(line const& l) {
    event const* newest = nullptr;
    for (event const& e : all_)
      if (l.contains(e.who->text())) newest = &e;
    if (newest == nullptr) return;
    put("persons", newest->seq);
    for (auto const& x : entrances(l, all_)) {
      auto const who = reached(l, x);
      verdict const v = ask(all_, x, who, p_.at()), later = ask(all_, x, who, p_.at() + jawort::milliseconds{90LL * 86400000});
      put("consent " + key(x, v), x.seq);
      std::string const scope = std::string{jawort::name(x.on)} + " " + std::string{x.about.text()};
      outcome worst = outcome::permit;
      for (auto const& r : v.reasons) {
        if (r.code == "quiet-hours") continue;
        worst = std::max(worst, r.what);
        if (r.what != outcome::permit) put("standing " + scope + " because " + std::string{r.code}, x.seq);
        if (r.code == "demonstrable") put("unproven", x.seq);
        if (r.code == "imported-unproven") put("imported", x.seq);
      }
      put("standing " + scope + " " + std::string{jawort::name(worst)}, x.seq);
      if (v.status != "given" && v.status != "renewed") continue;
      outcome const is = stale(v), becomes = stale(later);
      if (is > outcome::permit) put("stale " + std::string{jawort::name(is)}, x.seq);
      if (becomes > is) put("grows stale " + std::string{jawort::name(becomes)}, x.seq);
    }
    retention(l, *newest);
  }
  static outcome stale(verdict const& v) {
    for (auto const& r : v.reasons)
      if (r.code == "stale-consent") return r.what;
    return outcome::permit;
  }

  void retention(line const& l, event const& newest) {
    auto const& rules = policies_.at(p_.at(), p_.as_recorded);
    instant until;
    bool any = false, restricted = false, requested = false, answered = false;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      event const& e = all_[i];
      if (!l.contains(e.who->text())) continue;
      if (e.kind == event_kind::restricted) restricted = true;
      if (e.kind == event_kind::unrestricted || e.kind == event_kind::erased) restricted = false;
      if (e.kind == event_kind::erased && e.source == "jawort") continue;
      any = true;
      int const years = e.on == channel::call ? std::max(rules.retention_years, rules.retention_years_calls) : rules.retention_years;
      // The day after the last of the year, midnight in Germany; what happened in the last hour of a year (UTC) is of the next.
      int const year = std::stoi(jawort::to_string(e.occurred_at + std::chrono::hours{1}).substr(0, 4));
      until = std::max({until, jawort::midnight(year + rules.retention_years + 1, 1, 1) - std::chrono::hours{1}, jawort::add_months(e.occurred_at, 12 * years)});
      requested = requested || e.kind == event_kind::requested;
      answered = answered || !(e.kind == event_kind::requested || e.kind == event_kind::confirmation_sent || e.kind == event_kind::address_linked || e.kind == event_kind::undeliverable ||
                               e.kind == event_kind::imported || (e.kind == event_kind::expired && e.source == "sweep"));
    }
    if (!any || restricted || std::any_of(unanswered_.begin(), unanswered_.end(), [&](std::string const& a) { return l.contains(a); })) return;
    instant last_window;
    bool some = false;
    for (auto const& r : left_)
      if (l.contains(r.who.text())) {
        some = true;
        last_window = std::max(last_window, r.until);
      }
    if (some && requested && !answered && p_.at() > last_window && p_.at().ms() >= last_window.ms() + 1 + rules.pending_data.count()) put("lapsed requests due", newest.seq);
    else if (p_.at() >= until) put("retention due", newest.seq);
  }

  // --- double opt-ins: which requests are open before and after each event, each time folded from the beginning ----------

  struct asked { jawort::address who; channel on; jawort::purpose about; std::uint64_t seq; instant until; bool closed, sent; };
  std::vector<asked> open_after(std::size_t n) const {
    std::vector<asked> out;
    std::set<std::string> done;
    auto const events = up_to(n);
    for (auto const& a : addresses(events)) {
      if (!done.insert(joined(linked_to(a, events))).second) continue;
      auto const s = jawort::fold(events, a, {instant::latest(), p_.as_recorded}, {&notices_, &policies_});
      for (auto const& r : s.requests) out.push_back({s.addresses[r.who], r.on, r.about, r.where.seq, r.until, r.closed.has_value(), r.sent.has_value()});
    }
    return out;
  }
  static asked const* of(std::vector<asked> const& all, std::uint64_t seq) {
    for (auto const& r : all)
      if (r.seq == seq) return &r;
    return nullptr;
  }

  void opt_ins() {
    std::vector<std::vector<asked>> after;
    for (std::size_t n = 0; n <= all_.size(); ++n) after.push_back(open_after(n));
    std::set<std::uint64_t> continued;
    for (std::size_t i = 0; i < all_.size(); ++i) {
      asked const* const begun = of(after[i + 1], all_[i].seq);
      if (begun == nullptr || continued.contains(all_[i].seq)) continue;
      follow(i, after, continued);
    }
    left_ = after.back();
  }
  /// One double opt-in that began with event `i`, to its end.
  void follow(std::size_t i, std::vector<std::vector<asked>> const& after, std::set<std::uint64_t>& continued) {
    std::uint64_t now = all_[i].seq;
    instant asked_at = all_[i].occurred_at;
    bool sent = false;
    std::string end;
    for (std::size_t k = i + 1; k < all_.size() && end.empty(); ++k) {
      asked const& r = *of(after[k], now);
      event const& e = all_[k];
      sent = r.sent;
      if (of(after[k + 1], now) != nullptr) continue;
      asked const* const again = of(after[k + 1], e.seq);
      bool const lapsed_by_then = r.closed || e.occurred_at > r.until;
      bool const same = again != nullptr && again->who == r.who && again->on == r.on && again->about == r.about;
      if (same && !lapsed_by_then) {
        continued.insert(e.seq);
        now = e.seq;
        asked_at = e.occurred_at;
        continue;
      }
      if (auto const yes = confirmed_by(k, now)) {
        end = "confirmed";
        if (in_period(all_[i].occurred_at)) lengths["to confirm"].push_back(rounded(yes->ms() - asked_at.ms()));
        for (std::size_t m = k + 1; m < all_.size(); ++m)
          if (all_[m].kind == event_kind::invalidated && (!all_[m].on || *all_[m].on == r.on) && (all_[m].about ? all_[m].about->covers(r.about) : !r.about.is_service()) &&
              linked_to(*all_[m].who, up_to(m + 1)).contains(r.who.text())) end = "disputed";
        sent = true;
      } else if (lapsed_by_then) {
        end = "expired";
      } else {
        end = e.kind == event_kind::invalidated ? "disputed" : e.kind == event_kind::erased ? "erased" : "stopped";
      }
    }
    if (end.empty()) {
      asked const& r = *of(after.back(), now);
      sent = r.sent;
      end = r.closed || p_.at() > r.until ? "expired" : "open";
    }
    if (!in_period(all_[i].occurred_at)) return;
    put("opt-in requested", all_[i].seq);
    if (sent) put("opt-in sent", all_[i].seq);
    put("opt-in " + end, all_[i].seq);
  }
  /// When event `k` made a consent of that request.
  std::optional<instant> confirmed_by(std::size_t k, std::uint64_t request) const {
    auto const s = jawort::fold(up_to(k + 1), *all_[k].who, {instant::latest(), p_.as_recorded}, {&notices_, &policies_});
    for (auto const& c : s.consents)
      if (c.where.seq == all_[k].seq && c.kind == event_kind::confirmed && c.requested_seq == request) return c.since;
    return std::nullopt;
  }

  // --- rights ---------------------------------------------------------------------------------------------------------

  void rights() {
    std::map<std::size_t, std::size_t> answer_of;  // request to answer, by place
    for (std::size_t k = 0; k < all_.size(); ++k) {
      event const& a = all_[k];
      bool const erased = a.kind == event_kind::erased;
      if (!erased && a.kind != event_kind::request_answered) continue;
      auto const mine = linked_to(*a.who, up_to(k + 1));
      for (std::size_t i = 0; i < k; ++i) {
        event const& e = all_[i];
        bool const erasure = e.kind == event_kind::erasure_requested;
        if ((!erasure && e.kind != event_kind::access_requested) || answer_of.contains(i) || !mine.contains(e.who->text())) continue;
        auto const request = a.proof.get("request"), kind = a.proof.get("answers");
        if (erased ? !erasure : (!request.empty() && request != std::to_string(e.seq)) || (!kind.empty() && kind != jawort::name(e.kind))) continue;
        answer_of[i] = k;
        if (!erased) break;
      }
    }
    unanswered_.clear();
    for (std::size_t i = 0; i < all_.size(); ++i) {
      event const& e = all_[i];
      if (e.kind != event_kind::erasure_requested && e.kind != event_kind::access_requested) continue;
      event const* const answer = answer_of.contains(i) ? &all_[answer_of[i]] : nullptr;
      if (answer == nullptr) unanswered_.push_back(e.who->text());
      if (e.occurred_at < p_.from && answer != nullptr && answer->occurred_at < p_.from) continue;
      instant const deadline = jawort::add_months(e.occurred_at, 1);
      std::string const state = answer == nullptr ? (p_.at() > deadline ? "overdue" : "open") : answer->occurred_at <= deadline ? "answered" : "answered-late";
      put("rights " + state + " " + std::string{jawort::name(e.kind)}, e.seq);
    }
  }

  jawort::audit::period p_;
  jawort::notice_book const& notices_;
  jawort::policy_book const& policies_;
  ask_events ask_;
  std::function<void(jawort::question&)> look_around_;
  std::vector<event> all_;
  std::vector<asked> left_;               // requests that nothing has consumed or ended
  std::vector<std::string> unanswered_;   // addresses of requests for access or erasure without an answer
};

}  // namespace slow
