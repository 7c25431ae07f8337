// The walk over the ledger: people to the auditor, then what concerns the ledger as a whole.
#include "jawort/ledger/audit.hpp"

#include <map>
#include <unordered_map>

#include "../ledger_impl.hpp"
#include "jawort/ledger/group_ledger.hpp"
#include "second_thread.hpp"

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

void walk(ledger_parts::impl& i, audit_request const& request, audit_report& report, auto& auditor) {
  std::uint64_t seen = 0, next = 0;
  bool const erasures = i.db->has_tombstones();
  std::vector<event> with_erasures;
  // People who came back after an erasure: what is left of it bars them.
  auto const completed = [&](std::span<event const> person) -> std::span<event const> {
    std::vector<address> who;
    for (event const& e : person)
      if (std::find(who.begin(), who.end(), *e.who) == who.end()) who.push_back(*e.who);
    auto const more = i.forgotten(who);
    if (more.empty()) return person;
    with_erasures.assign(person.begin(), person.end());
    with_erasures.insert(with_erasures.end(), more.begin(), more.end());
    return with_erasures;
  };
  auto const read = [&](auto const& take) {
    i.db->scan_people(facts_needed, [&](std::span<event const> person) {
      take(erasures ? completed(person) : person);
      seen += person.size();
      if (request.progress && seen >= next) {
        request.progress(seen, report.entries);
        next = seen + 50000;
      }
      return true;
    });
  };
  if (i.austrian_list) {  // its look-ups need the ledger's connection, which belongs to one thread
    read([&](std::span<event const> person) { auditor.add(person); });
  } else {
    second_thread thinking{[&](std::span<event const> person) { auditor.add(person); }};
    read([&](std::span<event const> person) { thinking.hand(person); });
    thinking.finish();
  }
  if (request.progress) request.progress(report.entries, report.entries);
  report.not_of_people = report.entries - seen;
}

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
      times_of_people local;
      auto const look_around = [&](question& q) {
        local.put_into(q);
        if (i.austrian_list && q.who->kind() == address_kind::mailbox) q.on_austrian_list = i.listed_in_austria(*q.who);
      };
      audit::auditor auditor{request.when, i.folding_rules(), look_around, {request.keep, request.list, request.each_unlawful}};
      walk(i, request, report, auditor);
      report.found = auditor.result();
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
