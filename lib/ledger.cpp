#include "jawort/ledger/ledger.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <fstream>

#include "appending.hpp"
#include "ask_list.hpp"
#include "ledger_impl.hpp"

namespace jawort {
namespace {

constexpr std::size_t large_piece = 5000;   ///< events from which an append counts as an import

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

}  // namespace

log::secret decode_secret(std::string const& text) {
  auto const raw = log::from_base64(text);
  if (!raw || raw->size() != 32)
    raise({failure::damaged, {"Hauptbuch ist beschädigt bei meta.secret", "ledger is damaged at meta.secret"}, {}});
  log::secret s{};
  std::memcpy(s.data(), raw->data(), s.size());
  return s;
}

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
        head = i->read_head();
        event e;
        e.kind = event_kind::ledger_created;
        e.occurred_at = now;
        e.source = "jawort";
        e.proof.set("controller", options.controller);
        e.proof.set("origin", origin);
        e.proof.set("first_seq", "0");
        e.proof.set("verifier", i->keys.verifier(origin));
        e.proof.set("region", options.region);
        e.proof.set("test_clock", options.test_clock ? "true" : "false");
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
    auto const notes = read_anchors(path, true);  // before the snapshot: others go on signing
    i->db->snapshot([&] {
      i->load();
      i->check_anchor(notes);
    });
    return ledger{std::move(i)};
  });
}

void ledger::on_anchor_failure(std::function<void(error const&)> tell) { impl_->on_anchor_failure = std::move(tell); }
bool ledger::alarmed() const { return impl_->alarm.has_value(); }
std::string ledger::sign(std::string const& text) const { return impl_->keys.sign_text(impl_->origin, text); }
bool ledger::signed_here(std::string_view note) const { return impl_->keys.signed_by_us(impl_->origin, note); }
std::string const& ledger::origin() const { return impl_->origin; }
std::string const& ledger::controller() const { return impl_->controller; }
std::string const& ledger::region() const { return impl_->region; }
bool ledger::test_clock() const { return impl_->test_clock; }
std::string ledger::verifier_key() const { return impl_->keys.verifier(impl_->origin); }
policy const& ledger::rules() const { return impl_->policies.newest().rules; }
policy_book const& ledger::policies() const { return impl_->policies; }
notice_book const& ledger::notices() const { return impl_->book; }
std::vector<published_notice> const& ledger::published() const { return impl_->notices; }

result<published_notice> ledger::publish(std::string const& toml, std::string const& where, instant published_at, bool historical, instant now) {
  auto words = parse_notice(toml, where);
  if (!words) return words.error();
  auto missing = missing_parts(*words);
  for (auto& flaw : notice_flaws(*words)) missing.push_back(std::move(flaw));
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
      head = i.begin_writing(now);
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

result<> ledger::append_all(std::function<result<std::vector<event>>()> const& more, instant now,
                            std::function<void(append_report const&)> const& done) {
  impl& i = *impl_;
  bool bulk = false;
  auto const r = guarded([&]() -> result<> {
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      head = i.begin_writing(now);
      appending in{i, head, now};
      for (;;) {
        auto piece = more();
        if (!piece) raise(piece.error());
        if (piece->empty()) break;
        if (!bulk && piece->size() >= large_piece) {
          bulk = true;
          i.db->expect(workload::import);
        }
        done(in.take(*piece));
      }
      in.finish();
      i.db->put_head(head);
    });
    i.anchor(head);
    return nothing{};
  });
  if (bulk) i.db->expect(workload::events);
  return r;
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
    if (i.alarm) return i.denied_behind();
    decision d;
    i.db->snapshot([&] {
      i.refresh();
      question one = q;
      address const who = i.reach(*q.who, q.on);
      one.who = &who;
      d = i.answer_one(one);
    });
    return d;
  });
}

result<explained> ledger::explain(question const& q) {
  impl& i = *impl_;
  return guarded([&]() -> result<explained> {
    explained out;
    i.db->snapshot([&] {
      i.refresh();
      question one = q;
      address const who = i.reach(*q.who, q.on);
      one.who = &who;
      auto const s = i.state_of(who, {q.at, q.as_recorded});
      i.look_around(one);
      out.said = i.alarm ? i.denied_behind() : decide(one, s, i.book, i.policies);
      out.rules = jawort::explain(one, s, i.book, i.policies, out.said);
    });
    return out;
  });
}

result<std::vector<address>> ledger::addresses_of(address const& who) {
  impl& i = *impl_;
  return guarded([&]() -> result<std::vector<address>> {
    std::vector<address> out;
    i.db->snapshot([&] {
      auto const row = i.db->find(who);
      if (!row) { out.push_back(who); return; }
      for (address_key const k : i.db->addresses_of(row->subject)) out.push_back(i.db->address_of(k));
    });
    return out;
  });
}

result<address> ledger::reach(address const& who, channel on) {
  if (who.kind() != address_kind::customer) return who;
  impl& i = *impl_;
  return guarded([&]() -> result<address> {
    std::optional<address> found;
    i.db->snapshot([&] { found = i.reach(who, on); });
    return *found;
  });
}

result<> ledger::ask_all(question const& q, std::span<address const> who, std::function<void(std::size_t, decision const&)> const& each) {
  impl& i = *impl_;
  return guarded([&]() -> result<> {
    if (i.alarm) {
      for (std::size_t k = 0; k < who.size(); ++k) each(k, i.denied_behind());
      return nothing{};
    }
    i.db->snapshot([&] {
      i.refresh();
      std::vector<keyed> order;
      order.reserve(who.size());
      for (std::size_t k = 0; k < who.size(); ++k) order.push_back({i.state_key(who[k]), static_cast<std::uint32_t>(k)});
      std::sort(order.begin(), order.end());
      list_asking asking{i, q};
      for (keyed const& k : order) each(k.row, asking.answer(k.key, who[k.row]));
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
      else out = i.forgotten({&who, 1});
    });
    std::erase_if(out, [&](event const& e) { return e.recorded_at > as_recorded; });
    return out;
  });
}

result<std::vector<event>> ledger::events_about(purpose const& about, instant as_recorded) {
  impl& i = *impl_;
  return guarded([&]() -> result<std::vector<event>> {
    std::vector<event> out;
    i.db->snapshot([&] {
      i.refresh();
      auto const at = std::find(i.purposes.begin(), i.purposes.end(), about);
      if (at != i.purposes.end()) out = i.db->events_about(static_cast<std::uint16_t>(at - i.purposes.begin() + 1));
    });
    std::erase_if(out, [&](event const& e) { return e.recorded_at > as_recorded; });
    return out;
  });
}

result<log::checkpoint> ledger::head() {
  impl& i = *impl_;
  return guarded([&]() -> result<log::checkpoint> {
    stored_head h;
    i.db->snapshot([&] { h = i.read_head(); });
    return log::checkpoint{i.origin, h.tree.size(), h.tree.root(i.hash)};
  });
}

result<std::string> ledger::checkpoint_note() {
  auto const h = head();
  if (!h) return h.error();
  return impl_->keys.sign(*h);
}

}  // namespace jawort
