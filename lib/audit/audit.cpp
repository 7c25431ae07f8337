// The walk over the ledger: people to the auditor, then what concerns the ledger as a whole.
#include "jawort/ledger/audit.hpp"

#include <map>
#include <memory>
#include <unordered_map>

#include "../ledger_impl.hpp"
#include "../people.hpp"
#include "jawort/audit/merge.hpp"
#include "jawort/ledger/group_ledger.hpp"

namespace jawort {
namespace {

/// Local time and holidays of a recipient, remembered for a country and a quarter of an hour.
class times_of_people {
 public:
  void put_into(question& q) {
    auto const slot = static_cast<std::uint64_t>(q.at.ms() / 900000);
    auto const [at, fresh] = known_.try_emplace(slot << 12 | country(*q.who));
    if (fresh) {
      at->second = {utc_offset_minutes(*q.who, q.at), is_holiday(*q.who, q.at)};
      if (known_.size() > 200000) {
        auto const keep = at->second;
        known_.clear();
        q.utc_offset_minutes = keep.first;
        q.holiday = keep.second;
        return;
      }
    }
    q.utc_offset_minutes = at->second.first;
    q.holiday = at->second.second;
  }

 private:
  /// The three digits that tell a number's country; 0 for every other address.
  static std::uint64_t country(address const& a) {
    if (a.kind() != address_kind::number) return 0;
    std::uint64_t d = a.digits();
    while (d > 999) d /= 10;
    return d;
  }
  std::unordered_map<std::uint64_t, std::pair<int, bool>> known_;
};

bool facts_needed(event_kind k) {
  return k == event_kind::given || k == event_kind::confirmed || k == event_kind::renewed || k == event_kind::sale_recorded || k == event_kind::request_answered;
}

void describe_notices(audit_report& report, std::vector<published_notice> const& all) {
  for (auto const& n : all) {
    if (n.words.recorded_at > report.found.when.as_recorded || n.words.published_at > report.found.when.at()) continue;
    audited_notice a{n.words.reference(), n.digest_hex, n.words.language, n.words.published_at, n.words.recorded_at, n.words.historical,
                     n.words.channels, n.words.purposes, missing_parts(n.words), {}};
    for (auto& flaw : notice_flaws(n.words)) a.gaps.push_back(std::move(flaw));
    if (auto const use = report.found.notices.find(n.number); use != report.found.notices.end()) a.use = use->second;
    for (auto const& r : n.words.recipients) {
      auto const same = [&](audited_recipient const& x) { return x.name == r.name && x.country == r.country && x.safeguard == r.safeguard; };
      auto at = std::find_if(report.recipients.begin(), report.recipients.end(), same);
      if (at == report.recipients.end()) at = report.recipients.insert(at, {r.name, r.country, r.safeguard, detail::third_country(r.country), {}});
      at->notices.push_back(a.reference);
    }
    report.notices.push_back(std::move(a));
  }
}

result<> describe_groups(audit_report& report, ledger& book, std::vector<purpose> const& purposes, std::size_t keep) {
  auto const when = report.found.when.end();
  for (purpose const& p : purposes) {
    if (!p.is_group()) continue;
    auto const g = group_in_ledger(book, p, nullptr, false, when.at, when.as_recorded);
    if (!g) return g.error();
    if (g->members.empty()) continue;
    audited_group a;
    a.id = p.text().substr(6);
    a.members = g->members.size();
    a.disclosures = g->answer.exposed.disclosures();
    a.to_ask = g->answer.ask.size();
    a.to_remove = g->remove.size();
    for (auto const& m : g->members) a.entries.add(m.added, keep);
    report.groups.push_back(std::move(a));
  }
  std::sort(report.groups.begin(), report.groups.end(), [](auto const& a, auto const& b) { return a.id < b.id; });
  return nothing{};
}

/// Unlawful sends in the order of persons, whichever thread found them: parts of the walk end in another order than they
/// began.
class in_order {
 public:
  explicit in_order(std::function<void(audit::unlawful_send const&)> each) : each_(std::move(each)) {}
  void end(std::size_t part, std::vector<audit::unlawful_send>&& found) {
    if (!each_) return;
    std::lock_guard const lock{mutex_};
    waiting_[part] = std::move(found);
    for (auto at = waiting_.begin(); at != waiting_.end() && at->first == next_; at = waiting_.erase(at), ++next_)
      for (auto const& u : at->second) each_(u);
  }

 private:
  std::function<void(audit::unlawful_send const&)> each_;
  std::mutex mutex_;
  std::map<std::size_t, std::vector<audit::unlawful_send>> waiting_;
  std::size_t next_ = 0;
};

/// The people of a ledger and those who judge them, one a thread.
class walk_and_judge {
 public:
  walk_and_judge(ledger_parts::impl& i, audit_request const& request) : i_(i), request_(request), walk_(i, facts_needed, request.watch), unlawful_(request.each_unlawful), erasures_(i.db->has_tombstones()) {
    for (unsigned k = 0; k < walk_.threads(); ++k) judges_.push_back(std::make_unique<judge>(*this));
  }
  /// Gives the number of entries that were of people.
  std::uint64_t run() {
    return walk_.run([&](unsigned k, std::span<event const> person) { judges_[k]->add(person); },
                     [&](unsigned k, std::size_t part) { unlawful_.end(part, std::exchange(judges_[k]->unlawful, {})); });
  }
  [[nodiscard]] audit::findings found() const {
    auto all = judges_.front()->auditor.result();
    for (std::size_t k = 1; k < judges_.size(); ++k) audit::merge(all, judges_[k]->auditor.result(), {request_.keep, request_.list});
    return all;
  }

 private:
  struct judge {
    explicit judge(walk_and_judge& w)
        : all(w), auditor{w.request_.when, w.i_.folding_rules(), [this](question& q) { look_around(q); },
                          {w.request_.keep, w.request_.list, w.request_.each_unlawful ? [this](audit::unlawful_send const& u) { unlawful.push_back(u); } : std::function<void(audit::unlawful_send const&)>{}}} {}
    void add(std::span<event const> person) { auditor.add(all.erasures_ ? completed(person) : person); }
    void look_around(question& q) {
      local.put_into(q);
      if (!all.i_.austrian_list || q.who->kind() != address_kind::mailbox) return;
      std::lock_guard const lock{all.walk_.mutex()};
      q.on_austrian_list = all.i_.listed_in_austria(*q.who);
    }
    /// People who came back after an erasure: what is left of it bars them.
    std::span<event const> completed(std::span<event const> person) {
      std::vector<address> who;
      for (event const& e : person)
        if (std::find(who.begin(), who.end(), *e.who) == who.end()) who.push_back(*e.who);
      std::lock_guard const lock{all.walk_.mutex()};
      auto const more = all.i_.forgotten(who);
      if (more.empty()) return person;
      with_erasures.assign(person.begin(), person.end());
      with_erasures.insert(with_erasures.end(), more.begin(), more.end());
      return with_erasures;
    }
    walk_and_judge& all;
    times_of_people local;
    std::vector<event> with_erasures;
    std::vector<audit::unlawful_send> unlawful;
    audit::auditor auditor;
  };

  ledger_parts::impl& i_;
  audit_request const& request_;
  people_walk walk_;
  in_order unlawful_;
  bool erasures_;
  std::vector<std::unique_ptr<judge>> judges_;
};

}  // namespace

result<audit_report> audit_ledger(ledger& book, audit_request const& request, instant now) {
  if (request.when.from >= request.when.to)
    return error{failure::refused, {"der Zeitraum ist leer", "the period is empty"}, {"--from liegt vor --to", "--from is before --to"}};
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<audit_report> {
    audit_report report;
    std::optional<error> failed;
    i.db->snapshot([&] {
      i.refresh();
      auto const head = i.db->head();
      report.origin = i.origin;
      report.controller = i.controller;
      report.region = i.region;
      report.test_clock = i.test_clock;
      report.behind = i.alarm.has_value();
      report.made_at = now;
      report.verifier_key = i.keys.verifier(i.origin);
      report.entries = head.next();
      report.restores = head.restores;
      report.head = {i.origin, head.tree.size(), head.tree.root(i.hash)};
      report.checkpoint_note = i.keys.sign(report.head);
      walk_and_judge people{i, request};
      report.not_of_people = report.entries - people.run();
      report.found = people.found();
      describe_notices(report, i.notices);
      auto const groups = describe_groups(report, book, i.purposes, request.keep);
      if (!groups) failed = groups.error();
    });
    if (failed) return *failed;
    report.duties = duties_of(report);
    return report;
  });
}

}  // namespace jawort
