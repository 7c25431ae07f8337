// erase, unseal, replay.
#include "jawort/ledger/erasure.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "erasing.hpp"
#include "erasure_list.hpp"
#include "jawort/retention.hpp"

namespace jawort {
namespace {

/// The person's request that nobody has answered yet.
std::optional<event> open_request_for_erasure(std::vector<event> const& events) {
  std::optional<event> open;
  for (event const& e : events) {
    if (e.kind == event_kind::erasure_requested && !open) open = e;
    if (e.kind == event_kind::request_answered && open && e.proof.get("answers") == name(event_kind::erasure_requested)) open.reset();
  }
  return open;
}

/// Records that the person asked, unless it stands there, and that they are answered; both go with the rest.
instant record_request(ledger_parts::impl& i, stored_head& head, address const& who, address_row const& row, erasure_options const& o, instant now) {
  auto const make = [&](event_kind kind, instant at) {
    event e;
    e.kind = kind;
    e.who = who;
    e.occurred_at = at;
    e.source = o.source;
    e.operator_name = o.operator_name;
    return e;
  };
  std::optional<event> asked = open_request_for_erasure(i.events_of_subject(row.subject));
  if (!asked) {
    asked = make(event_kind::erasure_requested, o.requested.value_or(now));
    i.put(*asked, head, now, row.key, {}, row.secret);
  }
  event answer = make(event_kind::request_answered, now);
  answer.proof.set("answers", name(event_kind::erasure_requested));
  answer.proof.set("request", std::to_string(asked->seq));
  i.put(answer, head, now, row.key, {}, row.secret);
  return o.requested.value_or(asked->occurred_at);
}

std::vector<stored_box> boxes_of(ledger_parts::impl& i, std::vector<address> const& who) {
  std::vector<stored_box> out;
  for (address const& a : who)
    for (auto& b : i.db->boxes(lookup_tag(i.keys, a)))
      if (std::none_of(out.begin(), out.end(), [&](auto const& k) { return k.seq == b.seq && k.person == b.person; })) out.push_back(std::move(b));
  return out;
}

}  // namespace

result<erasure_report> erase(ledger& book, address const& who, erasure_options const& o, instant now) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<erasure_report> {
    erasure_report out;
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      head = i.begin_writing(now);
      auto const row = i.db->find(who);
      evidence more;
      if (row) {
        for (address_key const k : i.db->addresses_of(row->subject)) out.addresses.push_back(i.db->address_of(k));
        out.requested = record_request(i, head, who, *row, o, now);
      } else {
        out.addresses.push_back(who);
        out.requested = o.requested;
      }
      if (out.requested) {
        out.due = answer_due(*out.requested);
        more.set("requested_at", to_string(instant::clamped(static_cast<std::int64_t>(out.requested->minute()) * 60000)));
      }
      erasing one{i, head, "request"};
      auto const before = boxes_of(i, out.addresses);
      for (auto const& b : before) {
        if (o.final || b.until <= now) one.box_goes(b.seq, b.person);
        else out.sealed_until = std::max(out.sealed_until.value_or(b.until), b.until);
      }
      out.boxes_gone = o.final ? before.size() : 0;
      if (row) {
        out.what = erasure_result::erased;
        if (auto const until = one.subject(row->key, o.final, now)) out.sealed_until = std::max(out.sealed_until.value_or(*until), *until);
      } else if (!one.empty()) {
        out.what = erasure_result::finalised;
      } else if (i.db->tombstones(tombstone_tag(i.keys, who)).empty()) {
        out.what = erasure_result::stranger;
        one.stranger(who);
      }
      out.entries = one.covered().size();
      if (one.empty()) return;
      out.entry = one.close(now, now, o.operator_name, more);
      i.db->put_head(head);
    });
    if (out.entry) i.anchor(head);
    auto const done = finish_erasures(i, o.wait);
    out.bytes_pending = !done.bytes_gone;
    out.why_pending = done.why;
    return out;
  });
}

namespace {
std::string text_or(nlohmann::json const& row, char const* key) { return row.contains(key) ? row[key].get<std::string>() : std::string{}; }

[[noreturn]] void bad_box(sequence seq) {
  raise({failure::damaged, {"das versiegelte Päckchen von #" + std::to_string(seq) + " ist nicht mehr, was versiegelt wurde", "the sealed box of #" + std::to_string(seq) + " is not what was sealed"},
         {"`jawort verify` zeigt, was betroffen ist; sonst aus der Sicherung wiederherstellen", "`jawort verify` shows what is affected; else restore from backup"}});
}

/// The event as it was, of what the box and the row keep; and whether the leaf is made of exactly that.
std::pair<event, bool> rebuilt(ledger_parts::impl& i, nlohmann::json const& row, std::vector<std::pair<address, log::secret>> const& people, sequence erased_by) {
  auto const stored = i.db->entry(row.at("seq").get<sequence>());
  if (!stored) bad_box(erased_by);
  event e = stored->e;
  auto const who = address::parse(row.at("address").get<std::string>());
  if (!who) bad_box(erased_by);
  e.who = *who;
  e.occurred_at = instant::clamped(row.at("occurred_at").get<std::int64_t>());
  e.recorded_at = instant::clamped(row.at("recorded_at").get<std::int64_t>());
  if (auto const c = channel_named(text_or(row, "channel"))) e.on = *c;
  e.via = text_or(row, "via");
  if (auto const other = address::parse(text_or(row, "other"))) e.other = *other;
  e.source = text_or(row, "source");
  e.operator_name = text_or(row, "operator");
  if (row.contains("evidence"))
    for (auto const& pair : row["evidence"]) e.proof.set(pair.at(0).get<std::string>(), pair.at(1).get<std::string>());
  log::nonce n{};
  std::memcpy(n.data(), stored->leaf.data() + 16, n.size());
  std::uint32_t epoch = 0;
  for (std::size_t k = 128; k < 132; ++k) epoch = epoch << 8 | stored->leaf[k];
  auto const secret = std::find_if(people.begin(), people.end(), [&](auto const& p) { return p.first == *who; });
  auto const* master = i.keys.master(epoch);
  bool const same = master != nullptr && secret != people.end() &&
                    log::make_leaf(crypto::hmac_sha256{}, e, i.reference(e.notice), i.digest_of(e.notice), stored->purpose_code, *master, epoch, secret->second, n) == stored->leaf;
  return {std::move(e), same};
}

sealed_proof opened(ledger_parts::impl& i, stored_box const& b) {
  auto const body = open_sealed(i.keys.lasting("box"), box_binding(b.seq, b.person, b.until), b.body);
  if (!body) bad_box(b.seq);
  sealed_proof out;
  out.erased_by = b.seq;
  out.until = b.until;
  try {
    auto const all = nlohmann::json::from_cbor(*body);
    for (auto const& p : all.at("people")) {
      auto const who = address::parse(p.at(0).get<std::string>());
      if (!who) bad_box(b.seq);
      out.people.emplace_back(*who, decode_secret(p.at(1).get<std::string>()));
    }
    for (auto const& row : all.at("events")) out.events.push_back(rebuilt(i, row, out.people, b.seq));
  } catch (nlohmann::json::exception const&) {
    bad_box(b.seq);
  }
  return out;
}
}  // namespace

result<std::vector<sealed_proof>> unseal(ledger& book, address const& who) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::vector<sealed_proof>> {
    std::vector<sealed_proof> out;
    i.db->snapshot([&] {
      i.refresh();
      for (auto const& b : i.db->boxes(lookup_tag(i.keys, who))) out.push_back(opened(i, b));
    });
    return out;
  });
}

result<std::vector<instant>> erasures_of(ledger& book, address const& who) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::vector<instant>> {
    std::vector<instant> out;
    i.db->snapshot([&] {
      for (event const& e : i.forgotten({&who, 1}))
        if (e.kind == event_kind::erased) out.push_back(e.occurred_at);
    });
    return out;
  });
}

result<int> unanswered_before_erasure(ledger& book, address const& who) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<int> {
    int tries = 0;
    i.db->snapshot([&] {
      std::vector<address> all{who};
      if (auto const row = i.db->find(who))
        for (address_key const k : i.db->addresses_of(row->subject)) all.push_back(i.db->address_of(k));
      tries = static_cast<int>(tries_before(i, all));
    });
    return tries;
  });
}

namespace {
using listed_group = std::map<std::uint32_t, std::vector<listed_erasure>>;  ///< by person

/// One past erasure, as far as this copy does not know it.
void replay_one(ledger_parts::impl& i, stored_head& head, instant at, listed_group const& people, std::map<log::digest, address_key> const& here, instant now, replay_report& out) {
  erasing one{i, head, "replay"};
  for (auto const& [ignored, listed] : people) {
    std::uint32_t person = static_cast<std::uint32_t>(one.people());
    for (auto const& l : listed)
      if (auto const known = here.find(l.tomb.tag); known != here.end() && i.db->row_of(known->second)) {
        person = static_cast<std::uint32_t>(one.people());
        one.subject(known->second, l.final, now, l.tomb.objected, l.tomb.tries);
        ++out.people;
      }
    for (auto const& l : listed) {
      auto t = l.tomb;
      t.person = person;
      if (!here.contains(t.tag)) ++out.remembered;
      one.remember(t);
    }
  }
  if (!one.empty()) one.close(at, now, {});
}
}  // namespace

result<replay_report> replay_erasures(ledger& book, instant now, std::string const& list) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<replay_report> {
    replay_report out;
    auto const all = read_erasure_list(list.empty() ? erasure_list_path(i) : list);
    std::map<std::pair<instant, log::digest>, listed_erasure> newest;  // a later line stands for an earlier one
    for (auto const& l : all) newest.insert_or_assign({l.at, l.tomb.tag}, l);
    out.listed = newest.size();
    stored_head head;
    bool written = false;
    i.db->transaction([&] {
      i.refresh();
      head = i.begin_writing(now);
      auto const before = head.tree.size();
      std::map<std::pair<instant, sequence>, listed_group> missing;
      std::set<std::pair<sequence, std::uint32_t>> late;  // boxes that had gone
      for (auto const& [key, l] : newest) {
        bool known = false;
        for (auto const& t : i.db->tombstones(l.tomb.tag)) {
          auto const entry = i.db->entry(t.seq);
          if (!entry || entry->e.occurred_at != l.at) continue;
          known = true;
          if (l.final) late.emplace(t.seq, t.person);
        }
        if (!known) missing[{l.at, l.tomb.seq}][l.tomb.person].push_back(l);
      }
      if (!late.empty()) {
        std::vector<std::pair<sequence, std::uint32_t>> full;
        i.db->scan_boxes([&](stored_box const& b) {
          if (!b.body.empty() && late.contains({b.seq, b.person})) full.emplace_back(b.seq, b.person);
        });
        erasing one{i, head, "replay"};
        for (auto const& [seq, person] : full) one.box_goes(seq, person);
        out.boxes_gone = full.size();
        if (!one.empty()) one.close(now, now, {});
      }
      if (!missing.empty()) {
        std::map<log::digest, address_key> here;
        i.db->scan_addresses([&](address_key k, address const& a) { here.emplace(tombstone_tag(i.keys, a), k); });
        for (auto const& [key, people] : missing) replay_one(i, head, key.first, people, here, now, out);
      }
      written = head.tree.size() != before;
      if (written) i.db->put_head(head);
    });
    if (written) i.anchor(head);
    out.bytes_pending = !finish_erasures(i, std::chrono::seconds{10}).bytes_gone;
    return out;
  });
}

}  // namespace jawort
