// lib/ledger_impl.hpp - what the parts of the ledger share: its open files, its keys, the tree, the fold. Internal.
#pragma once
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <functional>
#include <map>

#include "anchors.hpp"
#include "crypto.hpp"
#include "jawort/ledger/keys.hpp"
#include "jawort/ledger/ledger.hpp"
#include "jawort/ledger/notice_file.hpp"
#include "jawort/ledger/policy_file.hpp"
#include "jawort/ledger/zone.hpp"
#include "sealing.hpp"
#include "spill.hpp"
#include "state_codec.hpp"
#include "store.hpp"
#include "tree_nodes.hpp"

namespace jawort {

/// Runs `body`, turning what the store throws into an error.
inline auto guarded(auto&& body) -> decltype(body()) {
  try {
    return body();
  } catch (store_error const& e) {
    return e.why;
  } catch (std::bad_alloc const&) {
    return error{failure::environment, {"Speicher reicht nicht", "out of memory"}, {}};
  }
}

[[noreturn]] inline void raise(error e) { throw store_error{std::move(e)}; }

/// The notes in a checkpoint file; `newest_only` reads its end alone.
[[nodiscard]] std::vector<std::string> read_notes(std::string const& path, bool newest_only);
[[nodiscard]] log::secret decode_secret(std::string const& text);

/// Why every question is denied: a checkpoint outside says that the ledger was longer, or was another.
struct anchor_alarm {
  enum kind { older, forked } what;
  log::checkpoint newest;
};

/// Where a new origin begins.
struct new_beginning {
  sequence first_seq = 0;
  sequence present = 0;        ///< the number behind the last entry that is there
  std::uint64_t lost = 0;      ///< numbers between the two: entries that were signed and are gone
};

struct ledger::impl {
  std::string path;
  std::unique_ptr<store> db;
  key_file keys;
  std::string base_origin;     ///< the name of the log; `origin` has `#n` behind it after a restore
  std::string origin, controller, region;
  bool test_clock = false;
  std::optional<anchor_alarm> alarm;
  std::function<void(error const&)> on_anchor_failure;
  log::secret own_secret{};
  policy_book policies;
  notice_book book;
  std::vector<published_notice> notices;
  std::vector<purpose> purposes;
  std::array<std::int64_t, 4> seen_sizes{-1, -1, -1, -1};
  bool austrian_list = false;
  std::vector<std::string> references;    ///< by notice number
  std::vector<log::digest> notice_digests;
  crypto::sha256 hash;
  spill_limits spilling;                  ///< of jobs that go by persons; smaller in tests

  explicit impl(std::string p) : path(std::move(p)) {}

  void load() {
    load_without_keys();
    refuse_older_keys(announced_epoch());
    refresh();
  }
  void load_without_keys() {
    base_origin = db->meta("origin");
    read_head();
    controller = db->meta("controller");
    region = db->meta("region");
    test_clock = db->meta("test_clock") == "1";
    own_secret = decode_secret(db->meta("secret"));
  }

  /// The head; a restore by another process gave the log another name.
  stored_head read_head() {
    auto h = db->head();
    origin = origin_name(base_origin, h.restores + 1);
    return h;
  }

  /// Takes in what other processes published or set.
  void refresh() {
    auto const sizes = db->catalogue_sizes();
    if (sizes == seen_sizes) return;
    purposes = db->purposes();
    policies = {};
    for (auto const& s : db->policies()) {
      auto p = parse_policy(s.body, "policy");
      if (!p) raise({failure::damaged, {"Richtlinie im Hauptbuch unlesbar: #" + std::to_string(s.seq), "policy in the ledger cannot be read: #" + std::to_string(s.seq)}, {}});
      policies.set({*std::move(p), s.from, s.recorded_at, s.seq});
    }
    austrian_list = db->has_austrian_list();
    read_notices();
    seen_sizes = sizes;
  }

  void read_notices() {
    auto const stored = db->notices();
    if (stored.size() == notices.size()) return;
    book = {};
    notices.clear();
    references.clear();
    notice_digests.clear();
    for (auto const& s : stored) {
      auto words = parse_notice(s.body, s.id);
      if (!words) raise({failure::damaged, {"Hinweis im Hauptbuch unlesbar: " + s.id, "notice in the ledger cannot be read: " + s.id}, {}});
      words->version = s.version;
      words->published_at = s.published_at;
      words->recorded_at = s.recorded_at;
      words->historical = s.historical;
      auto const number = book.add(view_of(*words));
      references.push_back(words->reference());
      notice_digests.push_back(hash(s.body));
      notices.push_back({*std::move(words), number, crypto::hex(s.digest), s.body});
    }
  }

  [[nodiscard]] std::string_view reference(notice_number n) const { return n == 0 ? std::string_view{} : references[n - 1]; }
  [[nodiscard]] log::digest digest_of(notice_number n) const {
    return n == 0 || n > notices.size() ? log::digest{} : notice_digests[n - 1];
  }
  /// The leaf of an event that is about to be put; may be called by several threads at once.
  [[nodiscard]] log::leaf_bytes leaf_of(event const& e, std::uint16_t purpose_code, log::secret const& s, log::nonce const& n) const {
    return log::make_leaf(crypto::hmac_sha256{}, e, reference(e.notice), digest_of(e.notice), purpose_code, *keys.master(keys.epoch()), keys.epoch(), s, n);
  }

  std::uint16_t code_of(purpose const& p) {
    for (std::size_t i = 0; i < purposes.size(); ++i)
      if (purposes[i] == p) return static_cast<std::uint16_t>(i + 1);
    if (purposes.size() >= 65535) raise({failure::refused, {"mehr als 65535 Zwecke", "more than 65535 purposes"}, {}});
    purposes.push_back(p);
    auto const code = static_cast<std::uint16_t>(purposes.size());
    db->add_purpose(code, p);
    return code;
  }

  address_row row_for(address const& a) {
    if (auto const row = db->find(a)) return *row;
    log::secret s{};
    if (auto r = crypto::fill_random(s); !r) raise(r.error());
    return db->add(a, s);
  }

  /// Puts one event behind the others: leaf, row, tree. `head` goes on.
  sequence put(event& e, stored_head& head, instant now, address_key who, std::optional<address_key> other, log::secret const& s) {
    e.seq = head.next();
    e.recorded_at = std::max(now, head.last_recorded);
    head.last_recorded = e.recorded_at;
    stored_event row;
    log::nonce n{};
    if (auto r = crypto::fill_random(n); !r) raise(r.error());
    row.purpose_code = e.about ? code_of(*e.about) : std::uint16_t{0};
    row.leaf = leaf_of(e, row.purpose_code, s, n);
    row.e = e;
    db->append(row, who, other);
    if (e.who) db->index({{{who, e.seq}}});
    grow(head, log::leaf_hash(hash, row.leaf));
    return e.seq;
  }

  /// Adds a leaf to the tree and keeps the subtrees that it completes, as far as they are kept (tree_nodes.hpp).
  void grow(stored_head& head, log::digest const& leaf) {
    head.tree.append(leaf, hash, [&](unsigned level, std::uint64_t index, log::digest const& d) {
      if (is_kept(level)) db->put_node({head.first_seq, level, index, d});
    });
  }

  /// All events of everybody linked with the subject.
  std::vector<event> events_of_subject(address_key subject) {
    std::vector<event> out;
    for (address_key const key : db->addresses_of(subject)) {
      auto more = db->events_of(key);
      out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    std::vector<address> who;
    if (db->has_tombstones())
      for (address_key const key : db->addresses_of(subject)) who.push_back(db->address_of(key));
    return in_order(std::move(out), who);
  }

  /// A person's events with what erasures left of `who`, in the order of the ledger.
  std::vector<event> in_order(std::vector<event> out, std::span<address const> who) {
    auto more = forgotten(who);
    out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    std::sort(out.begin(), out.end(), [](event const& a, event const& b) { return a.seq != b.seq ? a.seq < b.seq : a.occurred_at < b.occurred_at; });
    return out;
  }

  /// What erasures left of these addresses, which are one person's: `erased` each time, with what outlasts it (that they
  /// had objected, and that the addresses belonged together, a few milliseconds before). All under the sequence of the
  /// entry that erased them.
  std::vector<event> forgotten(std::span<address const> who) {
    std::vector<event> out;
    if (!db->has_tombstones()) return out;
    std::map<std::pair<sequence, std::uint32_t>, std::pair<address, int>> first;
    for (address const& a : who)
      for (auto const& t : db->tombstones(tombstone_tag(keys, a))) {
        auto const entry = db->entry(t.seq);
        if (!entry || entry->e.kind != event_kind::erased)
          raise({failure::damaged, {"Eintrag einer Löschung fehlt: #" + std::to_string(t.seq), "the entry of an erasure is missing: #" + std::to_string(t.seq)}, {}});
        event e;
        e.seq = t.seq;
        e.recorded_at = entry->e.recorded_at;
        e.who = a;
        e.source = entry->e.source;
        auto const put = [&](event_kind kind, int before) {
          e.kind = kind;
          e.occurred_at = entry->e.occurred_at - milliseconds{before};
          out.push_back(e);
        };
        put(event_kind::erased, 0);
        if (t.objected) put(event_kind::objected, 1);
        auto const [at, fresh] = first.try_emplace({t.seq, t.person}, a, 0);
        if (fresh || at->second.first == a) continue;
        e.other = at->second.first;
        put(event_kind::address_linked, 2 + at->second.second++);
      }
    return out;
  }

  [[nodiscard]] fold_rules folding_rules() const { return {&book, &policies}; }

  /// Stores the state of a subject anew, under each of its addresses.
  void refold(address_key subject) {
    auto const s = fold(events_of_subject(subject), db->address_of(subject), {}, folding_rules());
    auto const body = encode_state(s);
    for (address_key const k : db->addresses_of(subject)) db->put_state(k, s.last.at, body);
  }

  subject_state state_of(address const& who, moment when) {
    auto const row = db->find(who);
    if (!row) return fold(forgotten({&who, 1}), who, when, folding_rules());
    return fold(events_of_subject(row->subject), who, when, folding_rules());
  }

  /// The address itself or its whole domain stands on the list.
  [[nodiscard]] bool listed_in_austria(address const& mailbox) const {
    auto const text = mailbox.text();
    auto const domain = text.substr(text.find('@'));
    return db->on_austrian_list(crypto::sha1(text)) || db->on_austrian_list(crypto::sha1(domain)) || db->on_austrian_list(crypto::sha1(domain.substr(1)));
  }

  /// The key under which an address's state stands; -1 for one that is no number and unknown.
  address_key state_key(address const& who) {
    if (who.kind() == address_kind::number) return static_cast<address_key>(who.digits());
    auto const row = db->find(who);
    return row ? row->key : -1;
  }

  /// The stored state where it answers the question, otherwise the events folded.
  decision answer_one(question const& q) {
    std::optional<decision> d;
    address_key const key = state_key(*q.who);
    if (q.as_recorded == instant::latest() && key >= 0)
      db->states({&key, 1}, [&](std::size_t, instant horizon, std::string_view body) {
        if (q.at < horizon) return;
        auto const s = decode_state(body);
        if (!s) raise({failure::damaged, {"gespeicherter Stand unlesbar", "stored state cannot be read"}, {"`jawort verify` zeigt, welcher", "`jawort verify` shows which"}});
        d = answer(q, *s);
      });
    return d ? *d : answer(q, state_of(*q.who, {q.at, q.as_recorded}));
  }

  /// The address that a customer reference stands for on that channel: the one that was heard of last and is not barred.
  address reach(address const& who, channel on) {
    if (who.kind() != address_kind::customer) return who;
    auto const row = db->find(who);
    if (!row) raise({failure::unknown_name, {"unbekannte Kundennummer " + std::string{who.text()}, "unknown customer reference " + std::string{who.text()}},
                     {"eintragen mit `jawort record … --customer`", "record it with `jawort record … --customer`"}});
    auto const s = state_of(who, {});
    std::optional<address> best;
    sequence heard = 0;
    for (std::size_t k = 0; k < s.addresses.size(); ++k) {
      if (!s.addresses[k].fits(on) || s.addresses[k].kind() == address_kind::customer || s.address_standings[k].barred) continue;
      auto const own = db->find(s.addresses[k]);
      auto const events = own ? db->events_of(own->key) : std::vector<event>{};
      if (sequence const last = events.empty() ? 0 : events.back().seq; !best || last > heard) {
        best = s.addresses[k];
        heard = last;
      }
    }
    if (!best) raise({failure::unknown_name, {"zu " + std::string{who.text()} + " ist keine Adresse für diesen Kanal bekannt", "no address for this channel is known of " + std::string{who.text()}}, {}});
    return *best;
  }

  decision denied_behind() const {
    decision d;
    d.reasons.add({reason_code::ledger_behind_anchor, outcome::deny});
    return d;
  }

  /// What the core is told about the recipient: local time, holidays, Austria's list.
  void look_around(question& q) const {
    q.utc_offset_minutes = utc_offset_minutes(*q.who, q.at);
    q.holiday = is_holiday(*q.who, q.at);
    if (austrian_list && q.who->kind() == address_kind::mailbox) q.on_austrian_list = listed_in_austria(*q.who);
  }

  decision answer(question q, subject_state const& s) const {
    look_around(q);
    return decide(q, s, book, policies);
  }

  // In anchors.cpp:
  /// Whether the file is the one that the newest checkpoint outside was made of, or a later one. The notes have to be
  /// read before the snapshot is taken: others go on signing.
  void check_anchor(std::vector<found_note> const& notes);
  [[nodiscard]] log::digest root_at(stored_head const& head, std::uint64_t size);
  /// Signs the committed tree and adds it to the files outside. A failure here loses no event: the ledger is ahead of
  /// its anchor, which is normal; it is told to `on_anchor_failure`.
  void anchor(stored_head const& head);
  void refuse_while_alarmed() const;
  /// What every writing transaction begins with: no alarm, the newest keys, their leaf where a crash kept it out.
  stored_head begin_writing(instant now);
  [[nodiscard]] std::uint32_t announced_epoch();
  void refuse_older_keys(std::uint32_t announced) const;
  void announce_keys(stored_head& head, instant now);
  /// In anchoring.cpp: gives the log its next origin, whose first entry cites the newest checkpoint of what is gone.
  new_beginning begin_anew(stored_head& head, log::checkpoint const& lost, std::vector<found_note> const& notes, char const* why, instant now);
};


/// The inside of a ledger, for the functions beside it.
struct ledger_parts {
  using impl = ledger::impl;
  static impl& of(ledger& book) { return *book.impl_; }
  static ledger make(std::unique_ptr<impl> i) { return ledger{std::move(i)}; }
};

}  // namespace jawort
