// The audit: every figure equals what a slow query over the events gives, on random histories; its parts by themselves.
#include <doctest/doctest.h>

#include <sstream>

#include <jawort/audit/auditor.hpp>
#include <jawort/audit/merge.hpp>

#include "../reference/random_histories.hpp"
#include "../reference/slow_audit.hpp"

using namespace jawort;

namespace {

struct setting {
  reference::notices_known notices = reference::make_notices();
  std::vector<policy_book> policies = reference::make_policies();
};

/// Figures by name, as the slow audit names them.
using named = std::map<std::string, std::multiset<std::uint64_t>>;

struct flat {
  named figures;
  std::map<std::string, std::uint64_t> counts;
  void put(std::string const& name, audit::figure const& f) {
    if (f.count() == 0) return;
    counts[name] += f.count();
    for (auto const s : f.entries()) figures[name].insert(s);
  }
};

std::string text(audit::scope_key const& k) { return std::string{name(k.on)} + " " + std::string{k.about.text()}; }
std::string text(audit::consent_key const& k) { return text(k.scope) + " " + std::string{name(k.way)} + " " + std::string{name(k.status)}; }

flat flattened(audit::findings const& f) {
  flat out;
  for (auto const& [kind, x] : f.kinds) out.put("kind " + std::string{name(kind)}, x);
  for (auto const& [key, x] : f.consents) out.put("consent " + text(key), x);
  for (auto const& [scope, s] : f.standing) {
    for (auto const o : {outcome::permit, outcome::warn, outcome::hold, outcome::deny}) out.put("standing " + text(scope) + " " + std::string{name(o)}, s.by_outcome[static_cast<std::size_t>(o)]);
    for (auto const& [code, x] : s.reasons) out.put("standing " + text(scope) + " because " + std::string{name(code)}, x);
  }
  auto const& s = f.sends;
  out.put("sends", s.all);
  out.put("sends unjudged", s.unjudged);
  for (auto const o : {outcome::permit, outcome::warn, outcome::hold, outcome::deny}) out.put("sends now " + std::string{name(o)}, s.now[static_cast<std::size_t>(o)]);
  for (bool const now : {false, true}) {
    std::string const n = now ? ", now permitted" : ", now not";
    out.put("sends then permitted" + n, s.in_time[1][now]);
    out.put("sends then not" + n, s.in_time[0][now]);
    out.put("sends later" + n, s.entered_later[now]);
  }
  for (auto const& [code, x] : s.reasons_now) out.put("now because " + std::string{name(code)}, x);
  for (auto const& [code, x] : s.reasons_then) out.put("then because " + std::string{name(code)}, x);
  out.put("sends after a known stop", s.after_known_stop);
  out.put("sends after an unknown stop", s.after_unknown_stop);
  auto const& d = f.double_opt_in;
  out.put("opt-in requested", d.requested);
  out.put("opt-in sent", d.sent);
  out.put("opt-in confirmed", d.confirmed);
  out.put("opt-in expired", d.expired);
  out.put("opt-in disputed", d.disputed);
  out.put("opt-in stopped", d.stopped);
  out.put("opt-in erased", d.erased);
  out.put("opt-in open", d.open);
  for (auto const o : {outcome::warn, outcome::hold, outcome::deny}) {
    out.put("stale " + std::string{name(o)}, f.stale.is[static_cast<std::size_t>(o)]);
    out.put("grows stale " + std::string{name(o)}, f.stale.becomes[static_cast<std::size_t>(o)]);
  }
  out.put("unproven", f.unproven);
  out.put("imported", f.imported);
  for (auto const& [n, use] : f.notices) {
    out.put("notice " + std::to_string(n) + " requests", use.requests);
    out.put("notice " + std::to_string(n) + " consents", use.consents);
  }
  for (auto const& [state, kinds] : f.requests)
    for (auto const& [kind, x] : kinds) out.put("rights " + std::string{name(state)} + " " + std::string{name(kind)}, x);
  out.put("retention due", f.retention_due);
  out.put("lapsed requests due", f.pending_due);
  return out;
}

/// Stories with numbers of their own, so that entries can be told apart.
std::vector<reference::story> stories(setting const& w, std::uint64_t seed, bool linked, std::size_t n) {
  std::vector<reference::story> out;
  for (std::size_t i = 0; i < n; ++i) {
    reference::storyteller teller{seed * 1000 + i, w.notices, w.policies.size()};
    out.push_back(teller.tell(linked));
    auto& r = teller.random();
    for (auto& e : out.back().events) {
      e.seq += 10000 * (i + 1);
      if (r.one_in(40)) { e.proof.set("answers", r.one_in(2) ? "erasure-requested" : "access-requested"); e.kind = event_kind::request_answered; }
      if (r.one_in(12)) e.kind = r.one_in(3) ? event_kind::erasure_requested : r.one_in(2) ? event_kind::access_requested : event_kind::request_answered;
    }
  }
  return out;
}

void look_around(question& q) {
  q.utc_offset_minutes = 120;
  q.holiday = q.at.ms() % 7 == 0;
}

/// Folded from the beginning for each question. For people without links the slow reading of the rule book has to come to
/// the same end.
slow::ask_events asks(setting const& w, policy_book const& rules, bool linked) {
  return [&w, &rules, linked](std::vector<event> const& events, question const& q) {
    decision const d = decide(q, fold(events, *q.who, {q.at, q.as_recorded}, {&w.notices.book, &rules}), w.notices.book, rules);
    slow::verdict v{d.what, name(d.status), {}};
    for (reason const& r : d.reasons) v.reasons.push_back({name(r.code), r.what});
    if (linked) return v;
    auto const read = slow::reading{events, q, w.notices.book, rules}.ask();
    CHECK(read.what == v.what);
    CHECK(read.status == v.status);
    return v;
  };
}

std::string differing(flat const& ours, slow::audit const& theirs) {
  std::ostringstream out;
  auto const show = [&](std::string const& name, auto const& a, auto const& b) {
    if (a == b) return;
    out << name << ": ours";
    for (auto const s : a) out << ' ' << s;
    out << ", slow";
    for (auto const s : b) out << ' ' << s;
    out << '\n';
  };
  for (auto const& [name, entries] : theirs.figures) {
    if (name == "entries" || name == "persons" || name == "sends listed") continue;
    auto const at = ours.figures.find(name);
    std::set<std::uint64_t> const once(entries.begin(), entries.end());
    show(name, at == ours.figures.end() ? std::set<std::uint64_t>{} : std::set<std::uint64_t>(at->second.begin(), at->second.end()), once);
    auto const n = ours.counts.find(name);
    if (n != ours.counts.end() && n->second != entries.size()) out << name << ": ours " << n->second << ", slow " << entries.size() << '\n';
  }
  for (auto const& [name, entries] : ours.figures)
    if (!theirs.figures.contains(name)) show(name, entries, std::multiset<std::uint64_t>{});
  return out.str();
}

std::string lengths_differing(audit::findings const& f, slow::audit const& theirs) {
  std::ostringstream out;
  auto const compare = [&](std::string const& name, audit::durations const& ours) {
    auto const at = theirs.lengths.find(name);
    auto list = at == theirs.lengths.end() ? std::vector<std::int64_t>{} : at->second;
    std::sort(list.begin(), list.end());
    if (list.size() != ours.count()) { out << name << ": " << ours.count() << " and " << list.size() << '\n'; return; }
    if (list.empty()) return;
    auto const nth = [&](std::size_t percent) { return list[(list.size() * percent + 99) / 100 - 1]; };
    if (ours.median() != nth(50) || ours.within(0.95) != nth(95) || ours.longest() != list.back()) out << name << ": median " << *ours.median() << " and " << nth(50) << '\n';
  };
  compare("to confirm", f.double_opt_in.to_confirm);
  for (auto const& [kind, s] : f.stops) compare("stop " + std::string{name(kind)}, s.delay);
  return out.str();
}

std::string stock_differing(audit::findings const& f, slow::audit const& theirs) {
  std::ostringstream out;
  for (auto const& [bucket, counts] : theirs.stock) {
    std::map<std::string, std::int64_t> ours;
    for (auto const& [key, changes] : f.changes)
      for (auto const& [b, n] : changes)
        if (b <= bucket) ours[text(key)] += n;
    std::erase_if(ours, [](auto const& x) { return x.second == 0; });
    if (ours == counts) continue;
    out << "bucket " << bucket << ":";
    for (auto const& [k, n] : ours) out << " [" << k << "] " << n;
    out << " / slow:";
    for (auto const& [k, n] : counts) out << " [" << k << "] " << n;
    out << '\n';
  }
  return out.str();
}

audit::period some_period(reference::generator& r, std::vector<reference::story> const& all) {
  audit::period p;
  instant const t = all[r(all.size())].asked.at;
  p.to = t + milliseconds{1};
  if (r.one_in(2)) p.from = r.one_in(3) ? t - std::chrono::hours{24 * 40} : add_months(t, -static_cast<int>(1 + r(40)));
  if (r.one_in(3)) p.as_recorded = t - std::chrono::hours{24 * r(60)};
  return p;
}

}  // namespace

TEST_CASE("every figure equals what a slow query over the events gives") {
  setting const w;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    bool const linked = seed % 3 == 0;
    auto const all = stories(w, seed, linked, 12);
    reference::generator r{seed};
    auto const p = some_period(r, all);
    auto const& rules = w.policies[r(w.policies.size())];
    std::uint64_t listed = 0;
    audit::auditor fast{p, {&w.notices.book, &rules}, look_around, {100000, 100000, [&](audit::unlawful_send const&) { ++listed; }}};
    slow::audit slow{p, w.notices.book, rules, asks(w, rules, linked), look_around};
    for (auto const& s : all) {
      fast.add(s.events);
      slow.add(s.events);
    }
    auto const found = fast.result();
    INFO("seed " << seed << ", from " << to_string(p.from) << " to " << to_string(p.to) << ", as recorded " << to_string(p.as_recorded));
    CHECK(differing(flattened(found), slow) == "");
    CHECK(lengths_differing(found, slow) == "");
    CHECK(found.entries == slow.figures["entries"].size());
    CHECK(found.persons == slow.figures["persons"].size());
    CHECK(found.sends.listed == slow.figures["sends listed"].size());
    CHECK(listed == found.sends.listed);
    CHECK(found.sends.newest.size() == listed);
    // One story at a time, since the buckets of the slow audit begin with the story.
    for (auto const& s : all) {
      audit::auditor one{p, {&w.notices.book, &rules}, look_around, {}};
      slow::audit again{p, w.notices.book, rules, asks(w, rules, linked), look_around};
      one.add(s.events);
      again.add(s.events);
      CHECK(stock_differing(one.result(), again) == "");
    }
  }
}

TEST_CASE("findings of some people and of the others, merged, are those of one auditor who saw them all") {
  setting const w;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    auto const all = stories(w, seed, seed % 3 == 0, 12);
    reference::generator r{seed};
    auto const p = some_period(r, all);
    auto const& rules = w.policies[r(w.policies.size())];
    for (std::size_t const keep : {std::size_t{0}, std::size_t{3}, std::size_t{100000}}) {
      audit::auditor_options const o{keep, keep, {}};
      audit::auditor whole{p, {&w.notices.book, &rules}, look_around, o}, some{p, {&w.notices.book, &rules}, look_around, o}, others{p, {&w.notices.book, &rules}, look_around, o};
      for (auto const& s : all) {
        whole.add(s.events);
        (r.one_in(2) ? some : others).add(s.events);
      }
      auto merged = some.result();
      audit::merge(merged, others.result(), {keep, keep});
      auto const expected = whole.result();
      INFO("seed " << seed << ", keep " << keep);
      auto const a = flattened(merged), b = flattened(expected);
      CHECK(a.figures == b.figures);
      CHECK(a.counts == b.counts);
      CHECK(merged.changes == expected.changes);
      CHECK(merged.flows == expected.flows);
      CHECK((merged.entries == expected.entries && merged.persons == expected.persons && merged.addresses == expected.addresses && merged.linked_persons == expected.linked_persons));
      CHECK((merged.first == expected.first && merged.last == expected.last));
      CHECK(merged.sends.listed == expected.sends.listed);
      auto const sequences = [](auto const& list) { std::vector<sequence> out; for (auto const& x : list) out.push_back(x.seq); return out; };
      CHECK(sequences(merged.sends.newest) == sequences(expected.sends.newest));
      CHECK(sequences(merged.newest_requests) == sequences(expected.newest_requests));
      for (double const part : {0.5, 0.95, 1.0}) {
        CHECK(merged.double_opt_in.to_confirm.within(part) == expected.double_opt_in.to_confirm.within(part));
        for (auto const& [kind, x] : expected.stops) CHECK(merged.stops.at(kind).delay.within(part) == x.delay.within(part));
      }
    }
  }
}

TEST_CASE("a timeline holds after every event what the fold gives") {
  setting const w;
  for (std::uint64_t seed = 1; seed <= 400; ++seed) {
    reference::storyteller teller{seed, w.notices, w.policies.size()};
    auto s = teller.tell(seed % 2 == 0);
    auto const& rules = w.policies[s.rules];
    std::sort(s.events.begin(), s.events.end(), [](event const& a, event const& b) { return key_of(a) < key_of(b); });
    audit::timeline t{{&w.notices.book, &rules}};
    for (std::size_t n = 0; n < s.events.size(); ++n) {
      t.apply(s.events[n]);
      auto const folded = fold(std::span{s.events}.first(n + 1), *s.events[n].who, {}, {&w.notices.book, &rules});
      auto const& ours = t.state_of(*s.events[n].who);
      CHECK(ours.consents.size() == folded.consents.size());
      CHECK(ours.marks.size() == folded.marks.size());
      CHECK(ours.last == folded.last);
      CHECK(ours.events == folded.events);
      question q{&*s.events[n].who, s.asked.on, s.asked.about, s.events[n].occurred_at, true};
      decision const a = decide(q, ours, w.notices.book, rules), b = decide(q, folded, w.notices.book, rules);
      CHECK(a.what == b.what);
      CHECK(a.status == b.status);
      REQUIRE(a.reasons.size() == b.reasons.size());
      for (std::size_t k = 0; k < a.reasons.size(); ++k) CHECK(a.reasons[k].code == b.reasons[k].code);
    }
  }
}

TEST_CASE("a figure keeps the newest entries, in whatever order they come") {
  audit::figure up, down;
  for (sequence s = 0; s < 1000; ++s) {
    up.add(s, 3);
    down.add(999 - s, 3);
  }
  CHECK(up.count() == 1000);
  CHECK(up.entries() == std::vector<sequence>{997, 998, 999});
  CHECK(up.entries() == down.entries());
  CHECK_FALSE(up.complete());
  up.add(down, 3);
  CHECK(up.count() == 2000);
}

TEST_CASE("lengths of time are rounded down to three digits") {
  using audit::rounded_seconds;
  CHECK(rounded_seconds(milliseconds{-5}) == 0);
  CHECK(rounded_seconds(milliseconds{999}) == 0);
  CHECK(rounded_seconds(milliseconds{999999}) == 999);
  CHECK(rounded_seconds(milliseconds{1234567}) == 1230);
  CHECK(rounded_seconds(milliseconds{86399999999}) == 86300000);
  audit::durations d;
  CHECK_FALSE(d.median());
  for (int s = 1; s <= 10; ++s) d.add(milliseconds{s * 1000});
  CHECK(d.median() == 5);
  CHECK(d.within(0.9) == 9);
  CHECK(d.longest() == 10);
}

TEST_CASE("a period's buckets end where it ends, and what came before it is one") {
  audit::period p{*instant::parse("2026-01-15T00:00:00Z"), *instant::parse("2026-06-10T00:00:00Z"), instant::latest()};
  CHECK(p.unit() == audit::bucket_unit::month);
  CHECK(p.bucket_of(*instant::parse("2019-05-05T00:00:00Z")) == p.bucket_of(p.from) - 1);
  CHECK(p.end_of(p.bucket_of(p.from) - 1) == p.from - milliseconds{1});
  CHECK(p.end_of(p.bucket_of(p.from)) == *instant::parse("2026-01-31T23:59:59.999Z"));
  CHECK(p.end_of(p.last_bucket()) == p.at());
  CHECK_FALSE(p.has(p.to));
  CHECK(p.has(p.from));
  p.from = *instant::parse("2026-06-01T00:00:00Z");
  CHECK(p.unit() == audit::bucket_unit::day);
}
