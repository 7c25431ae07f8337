// Random histories that mean something: sign-ups whole and broken, stops before, between and after, uses, sales,
// imports, corrections, around the days and thresholds at which answers change. Repeatable from a seed.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <jawort/decision.hpp>

namespace reference {

using namespace jawort;

/// SplitMix64.
class generator {
 public:
  explicit generator(std::uint64_t seed) : state_(seed) {}
  std::uint64_t operator()(std::uint64_t n) {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return (z ^ (z >> 31)) % n;
  }
  bool one_in(std::uint64_t n) { return (*this)(n) == 0; }
  template <class List>
  auto const& of(List const& list) { return list[(*this)(list.size())]; }

 private:
  std::uint64_t state_;
};

/// The notices of the histories, by number.
struct notices_known {
  notice_book book;
  std::vector<notice_number> of_2016, of_2018, flawed, changing;
};

[[nodiscard]] inline notices_known make_notices() {
  notices_known k;
  auto const base = [](char const* id, std::uint32_t version, instant published) {
    notice_view n;
    n.id = id;
    n.version = version;
    n.published_at = n.recorded_at = published;
    n.channels = {channel::whatsapp, channel::messenger, channel::sms, channel::email, channel::call};
    n.purposes = {*purpose::parse("newsletter"), *purpose::parse("offers"), purpose::service()};
    n.frequency_max = 4;
    n.frequency_days = 28;
    n.controller = "Reisestube";
    n.recipients = {"Meta", "Versand"};
    n.complete = n.specific = n.third_country = n.safeguard = n.standard_clauses = true;
    n.words = {"reisen", "reisestube"};
    return n;
  };
  auto const y2016 = midnight(2016, 8, 1), y2018 = midnight(2018, 5, 1), y2022 = midnight(2022, 1, 1), y2026 = midnight(2026, 5, 20);
  auto n = base("alt", 1, y2016);
  n.complete = false;
  k.of_2016.push_back(k.book.add(n));
  n = base("alt-ganz", 1, y2016);
  k.of_2016.push_back(k.book.add(n));
  k.of_2018.push_back(k.book.add(base("n", 1, y2018)));
  n = base("klein", 1, y2018);
  n.frequency_max = 2;
  n.frequency_days = 7;
  n.words.push_back("acme");
  k.of_2018.push_back(k.book.add(n));
  auto const flawed = [&](auto change) {
    auto v = base(("f" + std::to_string(k.book.size())).c_str(), 1, y2018);
    change(v);
    k.flawed.push_back(k.book.add(v));
  };
  flawed([](notice_view& v) { v.complete = false; });
  flawed([](notice_view& v) { v.specific = false; });
  flawed([](notice_view& v) { v.third_country = v.safeguard = v.standard_clauses = false; });
  flawed([](notice_view& v) { v.safeguard = v.standard_clauses = false; });
  flawed([](notice_view& v) { v.standard_clauses = false; });
  flawed([](notice_view& v) { v.channels = {channel::email}; });
  flawed([](notice_view& v) { v.channels = {channel::whatsapp, channel::sms}; });
  flawed([](notice_view& v) { v.purposes = {*purpose::parse("newsletter/cruises")}; });
  flawed([](notice_view& v) { v.purposes = {*purpose::parse("offers")}; });
  flawed([](notice_view& v) { v.frequency_max = v.frequency_days = 0; });
  flawed([](notice_view& v) { v.withdrawal_easy = false; });
  flawed([&](notice_view& v) { v.published_at = v.recorded_at = y2022; });
  flawed([&](notice_view& v) { v.published_at = y2018; v.recorded_at = y2022; });
  auto const versions = [&](char const* id, auto change) {
    k.changing.push_back(k.book.add(base(id, 1, y2018)));
    for (auto const when : {y2022, y2026}) {
      auto v = base(id, when == y2022 ? 2 : 3, when);
      if (when == y2026) change(v);
      k.changing.push_back(k.book.add(v));
    }
  };
  versions("firma", [](notice_view& v) { v.controller = "Reisestube Nord"; });
  versions("empfaenger", [](notice_view& v) { v.recipients.push_back("Werbepartner"); });
  versions("weniger-empfaenger", [](notice_view& v) { v.recipients.pop_back(); });
  versions("anders-geordnet", [](notice_view& v) { std::swap(v.recipients[0], v.recipients[1]); });
  versions("weniger", [](notice_view& v) { v.purposes = {*purpose::parse("offers")}; });
  versions("mehr", [](notice_view& v) { v.purposes.push_back(*purpose::parse("survey")); });
  return k;
}

[[nodiscard]] inline std::vector<policy_book> make_policies() {
  std::vector<policy_book> books;
  books.emplace_back();
  policy calm;
  calm.quiet = quiet_mode::off;
  for (int i = 0; i < 3; ++i) books.emplace_back(calm);
  policy p = calm;
  p.quiet = quiet_mode::hold;
  p.quiet_sundays = false;
  p.quiet_from_minute = 22 * 60;
  p.quiet_until_minute = 7 * 60 + 30;
  p.existing_customer_whatsapp = p.existing_customer_messenger = true;
  p.existing_customer_sms = false;
  p.whatsapp_app = true;
  p.stale_warn_months = 6;
  p.stale_hold_months = 12;
  p.stale_deny_months = 24;
  books.emplace_back(p);
  policy raised = calm;
  auto const raise = [&](reason_code c, outcome o) { raised.severity[static_cast<std::size_t>(c)] = o; };
  raise(reason_code::coupling, outcome::deny);
  raise(reason_code::distinguishable, outcome::deny);
  raise(reason_code::stale_consent, outcome::hold);
  raise(reason_code::jurisdiction_unchecked, outcome::deny);
  raise(reason_code::keyword_started, outcome::warn);
  raise(reason_code::switzerland, outcome::hold);
  raise(reason_code::withdrawn, outcome::permit);
  raised.quiet_from_minute = 60;
  raised.quiet_until_minute = 300;
  raised.quiet = quiet_mode::warn;
  books.emplace_back(raised);
  // A policy that changes while people sign up and are written to.
  policy_book changing{calm};
  for (int year = 2016; year < 2027; ++year)
    for (int month = 1; month < 12; month += 2) {
      policy c = month % 4 == 1 ? calm : p;
      c.confirmation_window = std::chrono::hours{24 * (month % 4 == 1 ? 2 : 14)};
      c.conversation = std::chrono::hours{24 * (month % 4 == 1 ? 7 : 3)};
      c.platform_window = std::chrono::hours{month % 4 == 1 ? 24 : 12};
      c.human_agent_window = std::chrono::hours{24 * (month % 4 == 1 ? 7 : 5)};
      c.age_of_consent = month % 4 == 1 ? 16 : 14;
      auto const from = midnight(year, static_cast<unsigned>(month), 3);
      changing.set({c, from, month == 5 ? from + std::chrono::hours{48} : from, static_cast<sequence>(year * 100 + month)});
    }
  books.push_back(changing);
  books.push_back(std::move(changing));
  return books;
}

/// A history and what is asked of it. `asked.who` and `asked.message` are for the caller to set, when the story rests.
struct story {
  std::vector<event> events;
  address who = *address::parse("+491713920001");
  question asked;
  message_facts message;
  bool has_message = false;
  std::size_t rules = 0;
};

class storyteller {
 public:
  storyteller(std::uint64_t seed, notices_known const& notices, std::size_t policies) : r_(seed), notices_(notices), policies_(policies) {}

  /// With other addresses of the same person where `linked`.
  story tell(bool linked) {
    linked_ = linked;
    mild_ = r_.one_in(3);
    story s;
    e_ = &s.events;
    s.events.reserve(24);
    s.who = me_ = someone();
    c_ = channel_for(me_);
    p_ = about();
    anchors_.clear();
    now_ = r_.of(beginnings_)->ms() + static_cast<std::int64_t>(r_(4)) * hour;
    for (std::size_t n = r_.one_in(25) ? 0 : 1 + r_(linked || r_.one_in(6) ? 9 : 4); n > 0; --n) episode();
    if (linked) links();
    if (r_.one_in(6)) late();
    for (auto& e : s.events)  // a ledger takes no row that names a notice that it does not know yet
      if (auto const* n = notices_.book.find(e.notice); n != nullptr) e.recorded_at = std::max(e.recorded_at, n->recorded_at);
    ask(s);
    return s;
  }
  generator& random() { return r_; }

 private:
  static constexpr std::int64_t second = 1000, hour = 3600000, day = 86400000;

  address someone() {
    if (linked_) return *address::parse(r_.of(numbers_));
    return *address::parse(r_.of(people_));
  }
  channel channel_for(address const& a) {
    if (linked_) return r_.one_in(6) ? channel::sms : channel::whatsapp;
    for (;;) {
      channel const c = r_.one_in(2) ? channel::whatsapp : r_.of(all_channels);
      if (a.fits(c)) return c;
    }
  }
  purpose about() { return *purpose::parse(r_.of(purposes_)); }
  /// The purpose of the story, or now and then another.
  purpose mostly() { return r_.one_in(mild_ ? 20 : 5) ? about() : p_; }
  channel mostly_channel() { return r_.one_in(mild_ ? 30 : 7) ? r_.of(all_channels) : c_; }
  notice_number some_notice() {
    if (r_.one_in(24)) return 0;
    if (r_.one_in(6)) return r_.of(notices_.flawed);
    if (r_.one_in(6)) return r_.of(notices_.changing);
    if (now_ < midnight(2018, 5, 1).ms() || r_.one_in(30)) return r_.of(notices_.of_2016);
    return r_.of(notices_.of_2018);
  }
  void pass() {
    switch (r_(12)) {
      case 0: break;
      case 1: now_ += 1; break;
      case 2: case 3: now_ += static_cast<std::int64_t>(1 + r_(50)) * 60 * second; break;
      case 4: case 5: now_ += static_cast<std::int64_t>(1 + r_(30)) * hour; break;
      case 6: now_ = add_months(here(), 1 + static_cast<int>(r_(30))).ms(); break;
      case 7: now_ = std::max(now_, r_.of(days_of_law_)->ms() + static_cast<std::int64_t>(r_(5)) - 2); break;
      default: now_ += static_cast<std::int64_t>(1 + r_(9)) * day; break;
    }
  }
  instant here() const { return instant::clamped(now_); }

  event& put(event_kind k) {
    event e;
    e.seq = 1000 + e_->size();
    e.kind = k;
    e.occurred_at = e.recorded_at = here();
    e.who = linked_ && r_.one_in(3) ? someone() : me_;
    e.source = r_.one_in(60) ? "" : "test";
    e_->push_back(e);
    anchors_.push_back(now_);
    return e_->back();
  }
  event& about_that(event_kind k, channel c, purpose const& p) {
    event& e = put(k);
    e.on = c;
    e.about = p;
    return e;
  }
  /// A stop or its end: a channel and a purpose each named or not.
  event& scoped(event_kind k) {
    event& e = put(k);
    if (r_.one_in(2)) e.on = mostly_channel();
    if (r_.one_in(2)) e.about = mostly();
    return e;
  }
  void circumstances(event& e) {
    if (!r_.one_in(20)) e.proof.set("text", "Start");
    if (r_.one_in(6)) e.proof.set("act", r_.of(acts_));
    bool const old = now_ < midnight(2018, 5, 25).ms();
    if (old ? !r_.one_in(4) : r_.one_in(10)) e.proof.set("coupled", r_.one_in(4) ? "true" : r_.one_in(25) ? "kaum" : "false");
    if (old ? !r_.one_in(4) : r_.one_in(10)) e.proof.set("age", r_.of(ages_));
    if (r_.one_in(16)) e.proof.set("in_terms", r_.one_in(2) ? "true" : r_.one_in(9) ? "?" : "false");
    if (r_.one_in(14)) e.proof.set("parental_consent", r_.one_in(3) ? "false" : r_.one_in(20) ? "vielleicht" : "true");
    if (r_.one_in(20)) e.proof.set("number_given_by", r_.one_in(3) ? "self" : "Nachbar");
  }
  void sign_up() {
    channel const c = mostly_channel();
    purpose const p = mostly();
    address who = me_;
    auto const n = some_notice();
    if (!r_.one_in(12)) {
      event& e = about_that(event_kind::requested, c, p);
      who = *e.who;
      if (!r_.one_in(6)) e.notice = n;
      if (r_.one_in(10)) circumstances(e);
    }
    disturb();
    if (!r_.one_in(12)) about_that(event_kind::confirmation_sent, c, p).who = who;
    std::int64_t const asked = now_;
    now_ += static_cast<std::int64_t>(r_(40)) * 60 * second;
    if (r_.one_in(8)) now_ = asked + r_.of(edges_) + static_cast<std::int64_t>(r_(3)) - 1;
    disturb();
    if (r_.one_in(6)) { if (r_.one_in(3)) expiry(); return; }
    event& e = about_that(event_kind::confirmed, r_.one_in(14) ? channel::email : c, r_.one_in(14) ? about() : p);
    e.who = who;
    if (!r_.one_in(6)) e.notice = r_.one_in(10) ? some_notice() : n;
    if (r_.one_in(12)) e.via = r_.one_in(3) ? "letter" : name(r_.of(all_channels));
    circumstances(e);
    if (r_.one_in(12)) { event again = e; again.seq += 500; again.occurred_at = again.recorded_at = instant::clamped(now_ + 1000); e_->push_back(again); }
  }
  void give() {
    event& e = about_that(r_.one_in(6) ? event_kind::renewed : event_kind::given, mostly_channel(), mostly());
    e.notice = some_notice();
    circumstances(e);
    if (r_.one_in(8)) { event again = e; again.seq += 500; again.occurred_at = again.recorded_at = add_months(here(), static_cast<int>(r_(3) * 12)); if (r_.one_in(2)) circumstances(again); e_->push_back(again); }
  }
  void expiry() {
    event& e = scoped(event_kind::expired);
    if (r_.one_in(2)) { e.source = "sweep"; e.on = c_; e.about = p_; }
  }
  void disturb() {
    if (r_.one_in(mild_ ? 40 : 10)) scoped(r_.of(stops_));
    else if (r_.one_in(30)) expiry();
  }
  void use() {
    int const months = r_.one_in(3) ? 6 + static_cast<int>(r_(20)) : 1;
    bool const often = r_.one_in(3);
    for (std::size_t n = 1 + r_(often ? 5 : 3); n > 0; --n) {
      now_ = often ? now_ + static_cast<std::int64_t>(1 + r_(7)) * day : add_months(here(), months).ms() - static_cast<std::int64_t>(r_(2));
      event& e = put(event_kind::outbound);
      e.on = mostly_channel();
      if (!r_.one_in(10)) e.about = r_.one_in(8) ? purpose::service() : mostly();
    }
  }
  void sale() {
    event& e = put(event_kind::sale_recorded);
    if (r_.one_in(3)) e.about = mostly();
    if (r_.one_in(3)) e.on = mostly_channel();
    if (!r_.one_in(8)) e.proof.set("sale", r_.one_in(8) ? "false" : "R-2024-17");
    if (!r_.one_in(8)) e.proof.set("similar_goods", r_.one_in(8) ? "false" : "true");
    if (!r_.one_in(8)) e.proof.set("objection_notice", r_.one_in(8) ? "?" : "true");
  }
  void episode() {
    pass();
    if (mild_ && r_.one_in(2)) return r_.one_in(2) ? sign_up() : give();
    switch (mild_ ? 16 - r_(8) : r_(16)) {
      case 0: case 1: case 2: sign_up(); break;
      case 3: case 4: case 5: give(); break;
      case 6: case 7: scoped(r_.of(stops_)); break;
      case 8: scoped(r_.of(lifts_)); break;
      case 9: scoped(event_kind::imported); break;
      case 10: case 11: put(event_kind::inbound).on = mostly_channel(); break;
      case 12: case 13: use(); break;
      case 14: sale(); break;
      default: {
        if (r_.one_in(4)) expiry();
        else if (r_.one_in(2)) scoped(r_.of(nothings_));
        else about_that(event_kind::requested, mostly_channel(), mostly()).notice = some_notice();
      }
    }
  }
  void links() {
    for (std::size_t n = 1 + r_(2); n > 0 && !e_->empty(); --n) {
      now_ = r_.of(anchors_) + (r_.one_in(3) ? 0 : static_cast<std::int64_t>(r_(3)) * hour);
      event& e = put(r_.one_in(3) ? event_kind::address_changed : event_kind::address_linked);
      e.who = someone();
      e.other = someone();
      if (*e.who == *e.other) e_->pop_back();
    }
  }
  /// Some events became known later than they happened.
  void late() {
    for (auto& e : *e_)
      if (r_.one_in(4)) {
        e.recorded_at = e.occurred_at + milliseconds{static_cast<std::int64_t>(r_(40)) * day};
        e.seq += 1000;
      }
  }
  void ask(story& s) {
    question& q = s.asked;
    q.on = r_.one_in(mild_ ? 40 : 12) ? channel_for(me_) : c_;
    q.about = r_.one_in(mild_ ? 12 : 4) ? about() : p_;
    if (linked_ && q.about.is_service()) q.about = *purpose::parse("newsletter");
    std::int64_t t = anchors_.empty() ? now_ : r_.one_in(3) ? r_.of(anchors_) : anchors_.back();
    switch (r_(10)) {
      case 0: t += r_.of(edges_) + static_cast<std::int64_t>(r_(3)) - 1; break;
      case 1: t += r_.of(edges_) + (static_cast<std::int64_t>(r_(3)) - 1) * second; break;
      case 2: case 3: t = add_months(instant::clamped(t), r_.of(months_)).ms() + static_cast<std::int64_t>(r_(3)) - 1; break;
      case 4: t = r_.of(days_of_law_)->ms() + static_cast<std::int64_t>(r_(3)) - 1; break;
      case 5: break;
      case 6: t = (t / day + static_cast<std::int64_t>(r_(8))) * day + r_.of(minutes_) * 60 * second + static_cast<std::int64_t>(r_(3)) - 1; break;
      default: t += static_cast<std::int64_t>(r_(12 * 24)) * hour; break;
    }
    if (linked_) t = std::min(t, now_ + 300 * day);
    q.at = instant::clamped(t);
    if (r_.one_in(8)) q.as_recorded = instant::clamped(t + (r_.one_in(2) ? 0 : static_cast<std::int64_t>(r_(20)) * day));
    q.template_message = !r_.one_in(mild_ ? 12 : 4);
    q.utc_offset_minutes = r_.of(offsets_);
    q.holiday = r_.one_in(20);
    q.on_austrian_list = r_.one_in(4);
    q.recipients = r_.of(recipients_);
    s.rules = r_(policies_);
    if (r_.one_in(6)) { message(s.message); s.has_message = true; }
  }
  void message(message_facts& m) {
    if (r_.one_in(2)) m.promotional = "rabatt";
    if (r_.one_in(8)) m.asks_for_consent = "duerfen wir";
    if (r_.one_in(4)) m.contract = "angebot";
    if (r_.one_in(5)) m.third_parties = {"acme"};
    if (r_.one_in(10)) m.third_party_words = "unser partner";
    m.sender_named = !r_.one_in(4);
    m.way_out = !r_.one_in(4);
    m.refuses_answers = r_.one_in(8);
    m.disguised = r_.one_in(8);
    m.operator_named = r_.one_in(2);
    m.withdrawal_right = r_.one_in(2);
    if (r_.one_in(8)) m.payment_data.emplace_back();
  }

  static constexpr std::array people_{"+491713920001", "+491713920001", "+491713920001", "+436641234567", "+41791234567", "+33612345678", "kundin@example.org", "messenger:4815162342", "customer:K-4711", "US.13491208655302741918"};
  static constexpr std::array numbers_{"+491713920001", "+491713920001", "+491713920002", "+491713920003"};
  static constexpr std::array purposes_{"newsletter", "newsletter", "newsletter", "newsletter/cruises", "newsletter/cruises", "newsletter/cruises/nile", "offers", "service"};
  static constexpr std::array acts_{"paper", "counter", "keyword", "silence", "pre-ticked", "message", "inactivity"};
  static constexpr std::array ages_{"34", "16", "15", "14", "13", "70", "alt"};
  static constexpr std::array stops_{event_kind::withdrawn, event_kind::withdrawn, event_kind::withdrawn, event_kind::objected, event_kind::refused, event_kind::revoked, event_kind::suspended, event_kind::suspended,
                                     event_kind::invalidated, event_kind::blocked, event_kind::platform_stopped, event_kind::wrong_number, event_kind::restricted, event_kind::erased};
  static constexpr std::array lifts_{event_kind::resumed, event_kind::unrestricted, event_kind::unblocked, event_kind::platform_resumed, event_kind::number_cleared};
  static constexpr std::array nothings_{event_kind::undeliverable, event_kind::access_requested, event_kind::group_member_added, event_kind::request_answered};
  static constexpr std::array<std::int64_t, 7> edges_{24 * hour, 7 * day, 2 * day, 14 * day, 12 * hour, 28 * day, 3 * day};
  static constexpr std::array months_{17, 24, 48, 6, 12, 49};
  static constexpr std::array<std::int64_t, 7> minutes_{18 * 60, 6 * 60, 5 * 60 + 30, 20 * 60, 8 * 60, 22 * 60, 10 * 60};
  static constexpr std::array offsets_{60, 120, 120, 60, -300};
  static constexpr std::array<std::uint32_t, 5> recipients_{1, 2, 256, 257, 40};
  std::vector<result<instant>> beginnings_{instant::parse("2016-09-01T10:00:00Z"), instant::parse("2017-06-01T10:00:00Z"), instant::parse("2018-05-20T10:00:00Z"), instant::parse("2019-02-28T09:00:00Z"),
                                           instant::parse("2022-05-20T10:00:00Z"), instant::parse("2023-07-01T10:00:00Z"), instant::parse("2023-08-31T10:00:00Z"), instant::parse("2024-05-01T10:00:00Z"), instant::parse("2026-04-28T10:00:00Z")};
  std::vector<result<instant>> days_of_law_{instant::parse("2018-05-24T22:00:00Z"), instant::parse("2022-05-27T22:00:00Z"), instant::parse("2023-07-09T22:00:00Z"), instant::parse("2024-05-13T22:00:00Z")};

  generator r_;
  notices_known const& notices_;
  std::size_t policies_;
  bool linked_ = false, mild_ = false;  // mild: mostly what ends in a yes
  std::vector<event>* e_ = nullptr;
  std::vector<std::int64_t> anchors_;
  address me_ = *address::parse("+491713920001");
  channel c_{};
  purpose p_ = purpose::service();
  std::int64_t now_ = 0;
};

}  // namespace reference
