#include "erasing.hpp"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>
#include <set>

#include "erasure_list.hpp"
#include "jawort/ledger/confirmation.hpp"
#include "jawort/retention.hpp"

namespace jawort {

std::string ranges_text(std::vector<sequence> all) {
  std::sort(all.begin(), all.end());
  std::string out;
  for (std::size_t k = 0; k < all.size();) {
    std::size_t last = k;
    while (last + 1 < all.size() && all[last + 1] == all[last] + 1) ++last;
    out += (out.empty() ? "" : ",") + std::to_string(all[k]);
    if (last > k) out += "-" + std::to_string(all[last]);
    k = last + 1;
  }
  return out;
}

std::optional<std::vector<sequence_range>> parse_ranges(std::string_view text) {
  std::vector<sequence_range> out;
  char const* at = text.data();
  char const* const end = at + text.size();
  while (at != end) {
    sequence_range r{};
    auto got = std::from_chars(at, end, r.first);
    if (got.ec != std::errc{}) return std::nullopt;
    r.second = r.first;
    if (got.ptr != end && *got.ptr == '-') got = std::from_chars(got.ptr + 1, end, r.second);
    if (got.ec != std::errc{} || r.second < r.first || (!out.empty() && r.first <= out.back().second)) return std::nullopt;
    out.push_back(r);
    at = got.ptr;
    if (at == end) break;
    if (*at != ',' || ++at == end) return std::nullopt;
  }
  return out;
}

std::string tombstones_digest(crypto::sha256& hash, std::vector<stored_tombstone> all) {
  std::sort(all.begin(), all.end(), [](auto const& a, auto const& b) { return a.tag < b.tag; });
  std::string bytes;
  log::detail::writer w{bytes};
  for (auto const& t : all) {
    w.raw(t.tag);
    w.number(t.person, 4);
    w.number(t.objected ? 1 : 0, 1);
    w.number(t.tries, 4);
  }
  return crypto::hex(hash(bytes));
}

std::string boxes_digest(crypto::sha256& hash, std::span<stored_box const> all) {
  std::string bytes;
  log::detail::writer w{bytes};
  for (auto const& b : all) {
    w.number(b.person, 4);
    w.raw(b.digest);
  }
  return crypto::hex(hash(bytes));
}

log::digest box_digest(crypto::sha256& hash, stored_box const& b) {
  std::string bytes;
  log::detail::writer w{bytes};
  w.number(static_cast<std::uint64_t>(b.until.ms()), 8);
  w.number(b.tags.size(), 4);
  for (auto const& t : b.tags) w.raw(t);
  w.text(b.body);
  return hash(bytes);
}

std::string encode_box(std::span<std::pair<address, log::secret> const> who, std::span<event const> events) {
  using json = nlohmann::json;
  json people = json::array(), rows = json::array();
  for (auto const& [a, s] : who) people.push_back({a.text(), log::base64(log::bytes_view{s})});
  for (event const& e : events) {
    json row{{"seq", e.seq}, {"address", e.who->text()}, {"occurred_at", e.occurred_at.ms()}, {"recorded_at", e.recorded_at.ms()}};
    if (e.on) row["channel"] = name(*e.on);
    if (!e.via.empty()) row["via"] = e.via;
    if (e.other) row["other"] = e.other->text();
    if (!e.source.empty()) row["source"] = e.source;
    if (!e.operator_name.empty()) row["operator"] = e.operator_name;
    for (auto const& [key, value] : e.proof.entries()) row["evidence"].push_back({key, value});
    rows.push_back(std::move(row));
  }
  auto const bytes = json::to_cbor(json{{"version", 1}, {"people", people}, {"events", rows}});
  return {bytes.begin(), bytes.end()};
}

std::uint32_t tries_before(ledger_parts::impl& i, std::span<address const> who) {
  std::uint32_t most = 0;
  for (address const& a : who)
    for (auto const& t : i.db->tombstones(tombstone_tag(i.keys, a))) most = std::max(most, t.tries);
  return most;
}

void erasing::tombstone(address const& who, bool objected, std::uint32_t tries) {
  remember({tombstone_tag(i_.keys, who), seq_, person_, objected, tries});
}

void erasing::remember(stored_tombstone t) {
  t.seq = seq_;
  if (std::any_of(tombs_.begin(), tombs_.end(), [&](auto const& k) { return k.tag == t.tag; })) return;
  person_ = std::max(person_, t.person + 1);
  i_.db->add_tombstone(t);
  tombs_.push_back(t);
}

void erasing::stranger(address const& who) {
  tombstone(who, false, tries_before(i_, {&who, 1}));
}

std::optional<instant> erasing::subject(address_key any, bool final, instant now, bool objected, std::uint32_t known_tries) {
  address_key const root = i_.db->row_of(any)->subject;
  auto const keys = i_.db->addresses_of(root);
  std::vector<std::pair<address, log::secret>> who;
  std::vector<address> addresses;
  std::vector<event> events;
  for (address_key const k : keys) {
    who.emplace_back(i_.db->address_of(k), i_.db->row_of(k)->secret);
    addresses.push_back(who.back().first);
    auto more = i_.db->events_of(k);
    events.insert(events.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
  }
  std::sort(events.begin(), events.end(), [](event const& a, event const& b) { return a.seq < b.seq; });

  std::uint32_t const person = person_;
  std::optional<instant> sealed;
  if (!final && !events.empty()) {
    stored_box b{seq_, person, keep_until(events, i_.policies.newest().rules), {}, {}, {}};
    if (b.until > now) {
      for (address const& a : addresses) b.tags.push_back(lookup_tag(i_.keys, a));
      std::sort(b.tags.begin(), b.tags.end());
      auto body = seal(i_.keys.lasting("box"), box_binding(seq_, person, b.until), encode_box(who, events));
      if (!body) raise(body.error());
      b.body = *std::move(body);
      b.digest = box_digest(i_.hash, b);
      i_.db->add_box(b);
      sealed = b.until;
      b.body.clear();
      boxes_.push_back(std::move(b));
    }
  }
  objected = objected || std::any_of(events.begin(), events.end(), [](event const& e) { return e.kind == event_kind::objected; });
  for (address const& a : addresses)
    for (auto const& t : i_.db->tombstones(tombstone_tag(i_.keys, a))) objected = objected || t.objected;
  auto const tries = std::max(known_tries, tries_before(i_, addresses) + static_cast<std::uint32_t>(confirmations_of(events).unanswered));
  for (address const& a : addresses) {
    person_ = person;
    tombstone(a, objected, tries);
  }
  person_ = person + 1;
  for (event const& e : events) {
    i_.db->strip(e.seq, instant::clamped(static_cast<std::int64_t>(e.occurred_at.minute()) * 60000));
    covered_.push_back(e.seq);
  }
  for (address_key const k : keys) i_.db->forget(k);
  return sealed;
}

void erasing::box_goes(sequence seq, std::uint32_t person) {
  i_.db->empty_box(seq, person);
  gone_.emplace_back(seq, person);
}

sequence erasing::close(instant at, instant now, std::string const& operator_name, evidence more) {
  event e;
  e.kind = event_kind::erased;
  e.occurred_at = at;
  e.source = "jawort";
  e.operator_name = operator_name;
  e.proof = std::move(more);
  e.proof.set("reason", reason_);
  e.proof.set("covers", ranges_text(covered_));
  e.proof.set("tombstones", tombstones_digest(i_.hash, tombs_));
  if (!boxes_.empty()) e.proof.set("sealed", boxes_digest(i_.hash, boxes_));
  else e.proof.set("final", "true");
  std::string gone;
  for (auto const& [seq, person] : gone_) gone += (gone.empty() ? "" : ",") + std::to_string(seq) + "." + std::to_string(person);
  e.proof.set("gone", gone);
  assert(head_.next() == seq_);
  sequence const seq = i_.put(e, head_, now, 0, {}, i_.own_secret);
  i_.db->put_meta(bytes_pending_key, std::to_string(seq));
  return seq;
}

scrubbed finish_erasures(ledger_parts::impl& i, milliseconds wait) {
  scrubbed out;
  try {
    std::string pending;
    i.db->snapshot([&] { pending = i.db->meta(bytes_pending_key); });
    if (pending.empty()) return out;
    write_erasure_list(i);
    i.db->transaction([&] { i.db->drop_unused_labels(); });
    if (!i.db->scrub(wait)) {
      out.bytes_gone = false;
      out.why = {"ein anderer Vorgang liest das Hauptbuch gerade", "another process is reading the ledger"};
      return out;
    }
    // Somebody else may have erased meanwhile: theirs is still to do.
    i.db->transaction([&] {
      if (i.db->meta(bytes_pending_key) == pending) i.db->delete_meta(bytes_pending_key);
    });
  } catch (store_error const& e) {
    out.bytes_gone = false;
    out.why = e.why.message;
  }
  return out;
}

}  // namespace jawort
