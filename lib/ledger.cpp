#include "jawort/ledger/ledger.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <fstream>
#include <map>
#include <set>

#include "crypto.hpp"
#include "jawort/ledger/json.hpp"
#include "jawort/ledger/keys.hpp"
#include "jawort/ledger/notice_file.hpp"
#include "jawort/ledger/zone.hpp"
#include "state_codec.hpp"
#include "store.hpp"

namespace jawort {
namespace {

/// Runs `body`, turning what the store throws into an error.
auto guarded(auto&& body) -> decltype(body()) {
  try {
    return body();
  } catch (store_error const& e) {
    return e.why;
  } catch (std::bad_alloc const&) {
    return error{failure::environment, {"Speicher reicht nicht", "out of memory"}, {}};
  }
}

[[noreturn]] void raise(error e) { throw store_error{std::move(e)}; }

/// Blank lines part the notes in the checkpoint file.
std::vector<std::string> read_notes(std::string const& path, bool newest_only) {
  std::ifstream in{path, std::ios::binary | std::ios::ate};
  if (!in) return {};
  auto const size = static_cast<std::int64_t>(in.tellg());
  // The newest stands in the last few; two processes may have written them in another order than their sizes.
  std::int64_t const from = newest_only && size > 65536 ? size - 65536 : 0;
  in.seekg(from);
  std::string all(static_cast<std::size_t>(size - from), '\0');
  in.read(all.data(), size - from);
  std::vector<std::string> notes;
  std::size_t at = 0;
  while (at < all.size()) {
    auto end = all.find("\n\n\n", at);  // text, empty line, signature, two newlines more
    if (end == std::string::npos) break;
    notes.push_back(all.substr(at, end + 1 - at));
    at = end + 3;
  }
  return notes;
}

std::string origin_for(ledger_options const& o) {
  std::string origin = o.origin;
  if (origin.empty()) {
    for (char const c : o.controller) {
      char const l = detail::to_lower(c);
      if (detail::is_lower(l) || detail::is_digit(l)) origin += l;
      else if (!origin.empty() && origin.back() != '-') origin += '-';
    }
    while (!origin.empty() && origin.back() == '-') origin.pop_back();
    if (origin.empty()) origin = "ledger";
    origin += ".example/jawort";
  }
  if (o.test_clock && !origin.ends_with("/test")) origin += "/test";
  return origin;
}

log::secret decode_secret(std::string const& text) {
  auto const raw = log::from_base64(text);
  if (!raw || raw->size() != 32)
    raise({failure::damaged, {"Hauptbuch ist beschädigt bei meta.secret", "ledger is damaged at meta.secret"}, {}});
  log::secret s{};
  std::memcpy(s.data(), raw->data(), s.size());
  return s;
}

}  // namespace

struct ledger::impl {
  std::string path;
  std::unique_ptr<store> db;
  key_file keys;
  std::string origin, controller, region;
  bool test_clock = false;
  bool behind = false;
  log::secret own_secret{};
  policy rules;
  notice_book book;
  std::vector<published_notice> notices;
  std::vector<purpose> purposes;
  crypto::sha256 hash;

  explicit impl(std::string p) : path(std::move(p)) {}
  [[nodiscard]] std::string anchor_path() const { return path + ".checkpoints"; }

  void load() {
    origin = db->meta("origin");
    controller = db->meta("controller");
    region = db->meta("region");
    test_clock = db->meta("test_clock") == "1";
    own_secret = decode_secret(db->meta("secret"));
    refresh();
  }

  /// Takes in what other processes published.
  void refresh() {
    purposes = db->purposes();
    auto const stored = db->notices();
    if (stored.size() == notices.size()) return;
    book = {};
    notices.clear();
    for (auto const& s : stored) {
      auto words = parse_notice(s.body, s.id);
      if (!words) raise({failure::damaged, {"Hinweis im Hauptbuch unlesbar: " + s.id, "notice in the ledger cannot be read: " + s.id}, {}});
      words->version = s.version;
      words->published_at = s.published_at;
      words->recorded_at = s.recorded_at;
      words->historical = s.historical;
      auto const number = book.add(view_of(*words));
      notices.push_back({*std::move(words), number, crypto::hex(s.digest), s.body});
    }
  }

  [[nodiscard]] std::string reference(notice_number n) const { return n == 0 ? "" : notices[n - 1].words.reference(); }
  [[nodiscard]] log::digest digest_of(notice_number n) {
    return n == 0 || n > notices.size() ? log::digest{} : hash(notices[n - 1].body);
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
    e.seq = head.tree.size();
    e.recorded_at = std::max(now, head.last_recorded);
    head.last_recorded = e.recorded_at;
    stored_event row;
    log::nonce n{};
    if (auto r = crypto::fill_random(n); !r) raise(r.error());
    row.purpose_code = e.about ? code_of(*e.about) : std::uint16_t{0};
    row.leaf = log::make_leaf(crypto::hmac_sha256{}, e, reference(e.notice), digest_of(e.notice), row.purpose_code,
                              *keys.master(keys.epoch()), keys.epoch(), s, n);
    row.e = e;
    db->append(row, who, other);
    head.tree.append(log::leaf_hash(hash, row.leaf), hash);
    return e.seq;
  }

  /// All events of everybody linked with the subject.
  std::vector<event> events_of_subject(address_key subject) {
    std::vector<event> out;
    for (address_key const key : db->addresses_of(subject)) {
      auto more = db->events_of(key);
      out.insert(out.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
    }
    std::sort(out.begin(), out.end(), [](event const& a, event const& b) { return a.seq < b.seq; });
    return out;
  }

  [[nodiscard]] fold_rules folding_rules() const { return {&book, &rules}; }

  /// Stores the state of a subject anew. A linked subject gets a row without a body for each address: folded when asked.
  void refold(address_key subject) {
    auto const keys_of = db->addresses_of(subject);
    if (keys_of.size() > 1) {
      for (address_key const k : keys_of) db->put_state(k, instant{}, {});
      return;
    }
    auto const s = fold(db->events_of(subject), db->address_of(subject), {}, folding_rules());
    db->put_state(subject, s.last.at, encode_state(s));
  }

  subject_state state_of(address const& who, moment when) {
    auto const row = db->find(who);
    if (!row) return fold({}, who, when, folding_rules());
    return fold(events_of_subject(row->subject), who, when, folding_rules());
  }

  decision denied_behind() const {
    decision d;
    d.reasons.add({reason_code::ledger_behind_anchor, outcome::deny});
    return d;
  }

  decision answer(question q, subject_state const& s) const {
    q.utc_offset_minutes = utc_offset_minutes(*q.who, q.at);
    q.holiday = is_holiday(*q.who, q.at);
    return decide(q, s, book, rules);
  }

  /// Whether the file is the one that the newest checkpoint outside was made of, or a later one.
  void check_anchor() {
    std::optional<log::checkpoint> newest;
    for (auto const& note : read_notes(anchor_path(), true))
      if (auto const c = keys.verified(note); c && c->origin == origin && (!newest || c->size > newest->size)) newest = c;
    if (!newest) return;
    auto const head = db->head();
    behind = head.tree.size() < newest->size || (head.tree.size() == newest->size && head.tree.root(hash) != newest->root);
  }

  /// Signs the committed tree and adds it to the file outside. A failure here loses no event: the ledger is ahead of
  /// its anchor, which is normal.
  void anchor(stored_head const& head) {
    std::string const note = keys.sign({origin, head.tree.size(), head.tree.root(hash)}) + "\n\n";
    int const fd = ::open(anchor_path().c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if (fd < 0) return;
    [[maybe_unused]] auto const written = ::write(fd, note.data(), note.size());
    ::close(fd);
  }
};

ledger::ledger(std::unique_ptr<impl> i) : impl_(std::move(i)) {}
ledger::ledger(ledger&&) noexcept = default;
ledger& ledger::operator=(ledger&&) noexcept = default;
ledger::~ledger() = default;

result<ledger> ledger::create(std::string const& path, ledger_options const& options, instant now) {
  if (options.controller.empty())
    return error{failure::malformed, {"Name des Verantwortlichen fehlt", "the controller's name is missing"}, {"--controller \"Reisebüro …\"", "--controller \"Travel agency …\""}};
  std::string const origin = origin_for(options);
  if (origin.find_first_of(" +\n\t") != std::string::npos)
    return error{failure::malformed, {"Ursprung darf weder Leerzeichen noch '+' enthalten", "an origin has neither spaces nor '+'"}, {"z. B. reisebuero.example/jawort", "e.g. agency.example/jawort"}};
  return guarded([&]() -> result<ledger> {
    struct stat info {};
    if (::stat(path.c_str(), &info) == 0)
      raise({failure::already_exists, {"Hauptbuch gibt es schon: " + path, "ledger exists already: " + path},
             {"ein anderes mit --ledger nennen; dieses weiterführen geht ohne init", "name another one with --ledger; this one goes on without init"}});
    auto keys = key_file::create(path + ".keys");
    if (!keys) raise(keys.error());
    auto i = std::make_unique<impl>(path);
    i->keys = *std::move(keys);
    try {
      i->db = create_sqlite_store(path);
      log::secret s{};
      if (auto r = crypto::fill_random(s); !r) raise(r.error());
      stored_head head;
      i->db->transaction([&] {
        i->db->put_meta("origin", origin);
        i->db->put_meta("controller", options.controller);
        i->db->put_meta("region", options.region);
        i->db->put_meta("test_clock", options.test_clock ? "1" : "0");
        i->db->put_meta("secret", log::base64(log::bytes_view{s}));
        i->load();
        head = i->db->head();
        event e;
        e.kind = event_kind::ledger_created;
        e.occurred_at = now;
        e.source = "jawort";
        e.proof.set("controller", options.controller);
        e.proof.set("origin", origin);
        e.proof.set("first_seq", "0");
        e.proof.set("verifier", i->keys.verifier(origin));
        i->put(e, head, now, 0, {}, i->own_secret);
        i->db->put_head(head);
      });
      i->anchor(head);
    } catch (...) {
      ::unlink((path + ".keys").c_str());
      throw;
    }
    return ledger{std::move(i)};
  });
}

result<ledger> ledger::open(std::string const& path) {
  return guarded([&]() -> result<ledger> {
    auto i = std::make_unique<impl>(path);
    i->db = open_sqlite_store(path);
    auto keys = key_file::open(path + ".keys");
    if (!keys) raise(keys.error());
    i->keys = *std::move(keys);
    i->db->snapshot([&] {
      i->load();
      i->check_anchor();
    });
    return ledger{std::move(i)};
  });
}

std::string const& ledger::origin() const { return impl_->origin; }
std::string const& ledger::controller() const { return impl_->controller; }
std::string const& ledger::region() const { return impl_->region; }
bool ledger::test_clock() const { return impl_->test_clock; }
std::string ledger::verifier_key() const { return impl_->keys.verifier(impl_->origin); }
policy const& ledger::rules() const { return impl_->rules; }
notice_book const& ledger::notices() const { return impl_->book; }
std::vector<published_notice> const& ledger::published() const { return impl_->notices; }

result<published_notice> ledger::publish(std::string const& toml, std::string const& where, instant published_at, bool historical, instant now) {
  auto words = parse_notice(toml, where);
  if (!words) return words.error();
  auto const missing = missing_parts(*words);
  if (!missing.empty() && !historical) {
    error e{failure::incomplete, {where + ": Hinweis unvollständig:", where + ": incomplete notice:"},
            {"die Teile ergänzen; Worte, die früher so gezeigt wurden, mit --historical aufbewahren",
             "add the parts; keep words that were once shown like this with --historical"}};
    for (auto const& m : missing) {
      e.message.de += "\n  " + std::string{m.key} + " – " + m.what.de + " (" + std::string{m.law} + ")";
      e.message.en += "\n  " + std::string{m.key} + " – " + m.what.en + " (" + std::string{m.law} + ")";
    }
    return e;
  }
  if (published_at > now + std::chrono::minutes{5})
    return error{failure::refused, {"Veröffentlichung liegt in der Zukunft", "publication lies in the future"}, {"erst veröffentlichen, dann eintragen", "publish first, then record it"}};
  impl& i = *impl_;
  return guarded([&]() -> result<published_notice> {
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      stored_notice s;
      s.id = words->id;
      s.version = 1;
      for (auto const& n : i.notices)
        if (n.words.id == words->id) {
          s.version = std::max(s.version, n.words.version + 1);
          if (n.body == toml && n.words.historical == historical)
            raise({failure::already_exists, {"genau diese Worte sind schon veröffentlicht: " + n.words.reference(), "exactly these words are published already: " + n.words.reference()}, {}});
        }
      head = i.db->head();
      s.published_at = published_at;
      s.recorded_at = std::max(now, head.last_recorded);
      s.historical = historical;
      s.body = toml;
      s.digest = i.hash(toml);
      i.db->add_notice(static_cast<notice_number>(i.notices.size() + 1), s);
      i.refresh();
      event e;
      e.kind = event_kind::notice_published;
      e.occurred_at = published_at;
      e.notice = i.notices.back().number;
      e.source = "jawort";
      e.proof.set("notice", i.notices.back().words.reference());
      e.proof.set("sha256", i.notices.back().digest_hex);
      if (historical) e.proof.set("historical", "true");
      i.put(e, head, now, 0, {}, i.own_secret);
      i.db->put_head(head);
    });
    i.anchor(head);
    return i.notices.back();
  });
}

namespace {
/// The same fact: equal in all fields that say what happened, or the same provider message id for the same fact.
bool repeats(event const& a, event const& b) {
  if (a.kind != b.kind || a.on != b.on || a.about != b.about) return false;
  if (a.kind == event_kind::imported && a.proof == b.proof) return true;  // a list read again says nothing new
  auto const id = a.proof.get("message_id");
  if (!id.empty() && id == b.proof.get("message_id")) return true;
  return a.occurred_at == b.occurred_at && a.via == b.via && a.notice == b.notice && a.other == b.other &&
         a.operator_name == b.operator_name && a.proof == b.proof;
}

/// What an erasure keeps out: facts from before it, and rows of lists. What the person does afterwards counts.
bool kept_out(event const& e, std::vector<event> const& known) {
  if (e.kind == event_kind::erased) return false;
  return std::any_of(known.begin(), known.end(), [&](event const& k) {
    return k.kind == event_kind::erased && (e.kind == event_kind::imported || e.occurred_at <= k.occurred_at);
  });
}
}  // namespace

result<> ledger::append_all(std::function<result<std::vector<event>>()> const& more, instant now,
                            std::function<void(append_report const&)> const& done) {
  impl& i = *impl_;
  return guarded([&]() -> result<> {
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      head = i.db->head();
      for (;;) {
        auto piece = more();
        if (!piece) raise(piece.error());
        if (piece->empty()) break;
        append_report report;
        std::map<address_key, std::vector<event>> known;
        std::set<address_key> dirty;
        for (event& e : *piece) {
          assert(e.who && !is_ledger_kind(e.kind));
          address_row const row = i.row_for(*e.who);
          auto [at, fresh] = known.try_emplace(row.key);
          if (fresh) at->second = i.db->events_of(row.key);
          auto const& before = at->second;
          appended became = appended::added;
          if (std::any_of(before.begin(), before.end(), [&](event const& k) { return repeats(e, k); })) became = appended::duplicate;
          else if (kept_out(e, before)) became = appended::suppressed;
          sequence seq = 0;
          if (became == appended::added) {
            std::optional<address_key> other;
            address_key subject = row.subject;
            if (e.other) {
              address_row const second = i.row_for(*e.other);
              other = second.key;
              bool const links = e.kind == event_kind::address_linked || e.kind == event_kind::address_changed;
              if (links && second.subject != subject) {
                i.db->unite(second.subject, subject);
                dirty.erase(second.subject);
              }
            }
            seq = i.put(e, head, now, row.key, other, row.secret);
            dirty.insert(subject);
            at->second.push_back(e);
          }
          report.each.push_back(became);
          report.sequences.push_back(seq);
        }
        // A subject may have been united with another after it got dirty.
        std::set<address_key> subjects;
        for (address_key const k : dirty) subjects.insert(i.db->row_of(k)->subject);
        for (address_key const k : subjects) i.refold(k);
        done(report);
      }
      i.db->put_head(head);
    });
    i.anchor(head);
    return nothing{};
  });
}

result<append_report> ledger::append(std::vector<event> events, instant now) {
  append_report out;
  bool first = true;
  auto r = append_all([&]() -> result<std::vector<event>> {
    if (!first) return std::vector<event>{};
    first = false;
    return std::move(events);
  }, now, [&](append_report const& report) { out = report; });
  if (!r) return r.error();
  return out;
}

result<decision> ledger::ask(question const& q) {
  impl& i = *impl_;
  return guarded([&]() -> result<decision> {
    if (i.behind) return i.denied_behind();
    decision d;
    i.db->snapshot([&] {
      i.refresh();
      d = i.answer(q, i.state_of(*q.who, {q.at, q.as_recorded}));
    });
    return d;
  });
}

result<> ledger::ask_all(question const& q, std::span<address const> who, std::function<void(std::size_t, decision const&)> const& each) {
  impl& i = *impl_;
  return guarded([&]() -> result<> {
    if (i.behind) {
      for (std::size_t k = 0; k < who.size(); ++k) each(k, i.denied_behind());
      return nothing{};
    }
    i.db->snapshot([&] {
      i.refresh();
      std::vector<std::pair<address_key, std::size_t>> order;
      for (std::size_t k = 0; k < who.size(); ++k) {
        address_key key = -1;  // an address that is no number and unknown
        if (who[k].kind() == address_kind::number) key = static_cast<address_key>(who[k].digits());
        else if (auto const row = i.db->find(who[k])) key = row->key;
        order.emplace_back(key, k);
      }
      std::sort(order.begin(), order.end());
      std::vector<address_key> keys;
      for (auto const& [key, k] : order)
        if (key >= 0 && (keys.empty() || keys.back() != key)) keys.push_back(key);

      auto const ask_one = [&](std::size_t k, subject_state const& s) {
        question one = q;
        one.who = &who[k];
        each(k, i.answer(one, s));
      };
      std::size_t next = 0;
      // Rows without a stored state have no events.
      auto const pass_until = [&](address_key key) {
        for (; next < order.size() && order[next].first < key; ++next)
          ask_one(order[next].second, fold({}, who[order[next].second], {}, i.folding_rules()));
      };
      bool const newest = q.as_recorded == instant::latest();
      i.db->states(keys, [&](std::size_t index, instant horizon, std::string_view body) {
        pass_until(keys[index]);
        for (; next < order.size() && order[next].first == keys[index]; ++next) {
          address const& a = who[order[next].second];
          if (newest && !body.empty() && q.at >= horizon) {
            auto s = decode_state(body, a);
            if (!s) raise({failure::damaged, {"gespeicherter Stand unlesbar", "stored state cannot be read"}, {"`jawort verify` zeigt, welcher", "`jawort verify` shows which"}});
            ask_one(order[next].second, *s);
          } else {
            ask_one(order[next].second, i.state_of(a, {q.at, q.as_recorded}));
          }
        }
      });
      pass_until(std::numeric_limits<address_key>::max());
    });
    return nothing{};
  });
}

result<std::vector<event>> ledger::history(address const& who, instant as_recorded) {
  impl& i = *impl_;
  return guarded([&]() -> result<std::vector<event>> {
    std::vector<event> out;
    i.db->snapshot([&] {
      i.refresh();
      if (auto const row = i.db->find(who)) out = i.events_of_subject(row->subject);
    });
    std::erase_if(out, [&](event const& e) { return e.recorded_at > as_recorded; });
    return out;
  });
}

result<log::checkpoint> ledger::head() {
  impl& i = *impl_;
  return guarded([&]() -> result<log::checkpoint> {
    stored_head h;
    i.db->snapshot([&] { h = i.db->head(); });
    return log::checkpoint{i.origin, h.tree.size(), h.tree.root(i.hash)};
  });
}

result<std::string> ledger::checkpoint_note() {
  auto const h = head();
  if (!h) return h.error();
  return impl_->keys.sign(*h);
}

result<verify_report> ledger::verify() {
  impl& i = *impl_;
  return guarded([&]() -> result<verify_report> {
    verify_report report;
    auto const problem = [&](std::optional<sequence> seq, char const* kind, std::string de, std::string en) {
      report.problems.push_back({seq, kind, {std::move(de), std::move(en)}});
    };
    i.db->snapshot([&] {
      i.refresh();
      std::vector<log::checkpoint> anchors;
      for (auto const& note : read_notes(i.anchor_path(), false)) {
        auto const c = i.keys.verified(note);
        if (!c) problem({}, "checkpoint-signature", "ein Prüfpunkt in der Datei daneben trägt keine gültige Unterschrift", "a checkpoint in the file beside has no valid signature");
        else if (c->origin == i.origin) anchors.push_back(*c);
      }
      std::sort(anchors.begin(), anchors.end(), [](auto const& a, auto const& b) { return a.size < b.size; });

      for (auto const& n : i.notices)
        if (crypto::hex(i.hash(n.body)) != n.digest_hex)
          problem({}, "notice", "Worte von " + n.words.reference() + " passen nicht zu ihrem Fingerabdruck", "the words of " + n.words.reference() + " do not match their digest");

      log::frontier tree;
      instant last_recorded;
      std::size_t next_anchor = 0;
      i.db->scan([&](stored_event const& s) {
        event const& e = s.e;
        ++report.events;
        if (e.seq != tree.size()) {
          problem(e.seq, "sequence", "Nummer " + std::to_string(tree.size()) + " fehlt", "number " + std::to_string(tree.size()) + " is missing");
          return false;  // every later position of the tree would be wrong as well
        }
        log::nonce n{};
        std::memcpy(n.data(), s.leaf.data() + 16, n.size());
        std::uint32_t epoch = 0;
        for (std::size_t k = 128; k < 132; ++k) epoch = epoch << 8 | s.leaf[k];
        auto const* master = i.keys.master(epoch);
        std::optional<address_row> row;
        if (e.who) row = i.db->find(*e.who);
        if (master == nullptr) {
          problem(e.seq, "key", "Schlüssel der Epoche " + std::to_string(epoch) + " fehlt", "the key of epoch " + std::to_string(epoch) + " is missing");
        } else if (e.who && !row) {
          problem(e.seq, "address", "die Zeile der Adresse fehlt", "the row of the address is missing");
        } else if (e.notice > i.notices.size()) {
          problem(e.seq, "notice", "der genannte Hinweis fehlt", "the notice that it names is missing");
        } else {
          auto const again = log::make_leaf(crypto::hmac_sha256{}, e, i.reference(e.notice), i.digest_of(e.notice), s.purpose_code,
                                            *master, epoch, row ? row->secret : i.own_secret, n);
          if (again != s.leaf)
            problem(e.seq, "row", "die Zeile ist nicht mehr die, für die ihr Blatt steht", "the row is no longer what its leaf stands for");
        }
        if (e.recorded_at < last_recorded) problem(e.seq, "clock", "die Zeit des Eintragens läuft rückwärts", "the time of recording runs backwards");
        last_recorded = e.recorded_at;
        tree.append(log::leaf_hash(i.hash, s.leaf), i.hash);
        for (; next_anchor < anchors.size() && anchors[next_anchor].size <= tree.size(); ++next_anchor)
          if (anchors[next_anchor].size == tree.size() && anchors[next_anchor].root != tree.root(i.hash))
            problem(e.seq, "checkpoint", "bis hierher stimmt das Buch nicht mit dem unterschriebenen Prüfpunkt der Größe " + std::to_string(tree.size()),
                    "up to here the ledger is not what the signed checkpoint of size " + std::to_string(tree.size()) + " says");
        return true;
      });
      if (next_anchor < anchors.size())
        problem({}, "behind", "Prüfpunkt der Größe " + std::to_string(anchors.back().size) + " liegt vor, das Buch hat nur " + std::to_string(tree.size()) + " Einträge",
                "there is a checkpoint of size " + std::to_string(anchors.back().size) + ", the ledger has only " + std::to_string(tree.size()) + " entries");
      auto const head = i.db->head();
      if (head.tree != tree) problem({}, "tree", "der gespeicherte Baumkopf passt nicht zu den Einträgen", "the stored tree head does not match the entries");
      report.head = {i.origin, tree.size(), tree.root(i.hash)};

      std::set<address_key> with_state;
      i.db->scan_states([&](address_key key, instant horizon, std::string_view body) {
        with_state.insert(key);
        auto const row = i.db->row_of(key);
        if (!row) { problem({}, "state", "ein Stand gehört zu keiner Adresse", "a state belongs to no address"); return; }
        auto const linked = i.db->addresses_of(row->subject).size() > 1;
        auto const events = i.db->events_of(key);
        std::optional<sequence> const last = events.empty() ? std::nullopt : std::optional{events.back().seq};
        if (linked) {
          if (!body.empty()) problem(last, "state", "gespeicherter Stand einer verknüpften Person", "stored state of a linked subject");
          return;
        }
        auto const s = fold(events, i.db->address_of(key), {}, i.folding_rules());
        if (encode_state(s) != body || s.last.at != horizon)
          problem(last, "state", "der gespeicherte Stand folgt nicht aus den Einträgen", "the stored state does not follow from the entries");
      });
      i.db->scan([&](stored_event const& s) {
        if (s.e.who)
          if (auto const row = i.db->find(*s.e.who); row && with_state.insert(row->key).second)
            problem(s.e.seq, "state", "zu dieser Person fehlt der gespeicherte Stand", "the stored state of this person is missing");
        return true;
      });
    });
    return report;
  });
}

}  // namespace jawort
