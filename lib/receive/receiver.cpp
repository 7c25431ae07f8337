#include "jawort/ledger/receiver.hpp"

#include <mutex>

#include "../crypto.hpp"
#include "jawort/assistant/marks.hpp"
#include "jawort/ledger/confirmation.hpp"
#include "jawort/ledger/erasure.hpp"
#include "jawort/ledger/digest.hpp"
#include "jawort/ledger/keywords.hpp"
#include "jawort/ledger/zone.hpp"
#include "number_variants.hpp"
#include "replies.hpp"
#include "values.hpp"

namespace jawort {
namespace {

constexpr milliseconds clock_slack = std::chrono::minutes{5};
constexpr std::size_t most_open_parts = 10000;

/// Parts of long SMS that wait for the rest, by sender and reference.
struct open_message {
  std::vector<std::optional<std::string>> parts;
  std::string first_id;
};

/// An id for messages that bring none: the same words at the same time from the same person are the same message.
std::string made_id(incoming const& i) {
  crypto::sha256 hash;
  hash.begin();
  for (std::string const& part : {std::string{name(i.on)}, i.from ? i.from->text() : "", i.at ? std::to_string(i.at->ms()) : "", i.what, i.text, i.group}) {
    hash.more(part);
    hash.more(std::string_view{"\0", 1});
  }
  return "made:" + crypto::hex(log::bytes_view{hash.end()}).substr(0, 32);
}

/// By this an echo of a reply is known as ours.
std::string reply_digest(std::string_view text) { return sha256_hex(text).substr(0, 16); }

bool may_bring_events(incoming const& i) {
  return i.kind != incoming_kind::delivery && i.kind != incoming_kind::identity_change && !(i.kind == incoming_kind::unknown && i.hints.empty());
}
}  // namespace

struct receiver::impl {
  ledger book;
  receive_options options;
  assistant helper;
  std::mutex one_at_a_time;
  std::map<std::string, open_message> parts;
  std::vector<scope_word> topics;
  std::size_t topics_of = 0;   ///< the number of versions they were made of

  impl(ledger b, receive_options o) : book(std::move(b)), options(std::move(o)) {}
  class session;
};

/// The items of one transaction, one after the other: for each its links, its facts, and what its reply adds.
class receiver::impl::session {
 public:
  session(impl& i, payload_format format, instant now, receive_report& report)
      : i_(i), now_(now), source_(std::string{received_source} + std::string{name(format)}), report_(report) {
  }

  void add(incoming item, std::size_t payload_index) {
    received r;
    r.payload_index = payload_index;
    r.kind = item.kind;
    r.what = item.what;
    r.message_id = item.message_id;
    r.who = item.from;
    r.on = item.on;
    r.remarks = item.remarks;
    items_.push_back(std::move(item));
    report_.items.push_back(std::move(r));
    if (items_.back().part) assemble(payload_index);
  }
  [[nodiscard]] bool nothing_to_record() const { return std::none_of(items_.begin(), items_.end(), may_bring_events); }

  /// The next events to append; empty at the end. Called inside the transaction.
  result<std::vector<event>> more() {
    if (at_ == 0 && phase_ == phase::links) look_notices_up();
    while (at_ < items_.size()) {
      auto events = next();
      if (!events) return events.error();
      if (events->empty()) continue;
      for (event& e : *events)
        if (e.source.empty()) e.source = source_;
      appending_ = &report_.items[recording_];
      kinds_.clear();
      for (event const& e : *events) kinds_.push_back(e.kind);
      return events;
    }
    return std::vector<event>{};
  }
  void done(append_report const& r) {
    for (std::size_t k = 0; k < r.each.size(); ++k) {
      if (r.each[k] == appended::added) {
        appending_->events.push_back(kinds_[k]);
        appending_->sequences.push_back(r.sequences[k]);
        ++report_.added;
      } else if (r.each[k] == appended::duplicate) {
        ++report_.duplicates;
      } else {
        ++report_.suppressed;
        if (appending_->skipped.empty()) appending_->skipped = "erased";
      }
    }
  }

 private:
  enum class phase { links, facts, others, reply };

  /// Inside the transaction no other process can publish one, so that what is pointed at stays.
  void look_notices_up() {
    auto const& all = i_.book.published();
    if (i_.topics_of != all.size()) {
      i_.topics = receive::topic_words(all);
      i_.topics_of = all.size();
    }
    notices_.clear();
    for (auto const& n : all) notices_.push_back({n.number, &n.words});
  }

  result<std::vector<event>> next() {
    incoming& item = items_[at_];
    received& out = report_.items[at_];
    recording_ = at_;
    switch (phase_) {
      case phase::links:
        phase_ = phase::facts;
        prepare(item, out);
        return finished_early(out) ? end_item() : links(item);
      case phase::facts: phase_ = phase::others; return facts(item, out);
      case phase::others: phase_ = phase::reply; return for_the_other(item);
      case phase::reply: {
        auto events = reply(item, out);
        static_cast<void>(end_item());
        return events;
      }
    }
    return std::vector<event>{};
  }
  std::vector<event> end_item() {
    ++at_;
    phase_ = phase::links;
    wanted_ = reply_kind::none;
    return {};
  }
  static bool finished_early(received const& r) { return r.refused || !r.skipped.empty(); }

  classification classify(std::string_view text, bool reply = false) const {
    if (text.empty()) return {};
    auto const how = reply ? i_.options.replies : weighing::none;
    return i_.options.classify ? i_.options.classify(text, i_.topics, how) : built_in_grammar().classify(text, i_.topics, how);
  }

  /// The words of an item and what is hidden beside them: where a button's payload or an unknown shape says stop, it counts.
  void listen(incoming& item, received& out) {
    said_ = classify(item.text, item.group.empty());
    if (item.part && !protects(said_.what)) said_ = {};
    if (item.automatic) said_ = {};
    bool const odd = item.kind == incoming_kind::unknown;
    if (!protects(said_.what) && !item.automatic)
      for (auto const& h : item.hints) {
        auto const c = classify(h);
        if (c.what != intent::stop && c.what != intent::erase && c.what != intent::wrong_number) continue;
        said_ = c;
        item.text = h;
        if (odd || item.hints.size() > 1)
          out.remarks.push_back({"Abmeldung in unerwarteter Form", "a stop in an unexpected shape"});
        break;
      }
    out.means = said_.what;
    out.scope = said_.scope;
    out.topic = said_.topic;
  }

  /// What kind of thing it is, whether it can be taken, and at what time.
  void prepare(incoming& item, received& out) {
    said_ = {};
    wanted_ = reply_kind::none;
    wanted_notice_ = 0;
    wanted_about_.reset();
    prepared_.reset();
    assisted_.clear();
    history_.clear();
    if (item.kind == incoming_kind::message || item.kind == incoming_kind::unknown || item.kind == incoming_kind::provider_stop) listen(item, out);
    if (is_stop(item.kind) && !protects(out.means)) out.means = intent::stop;
    bool const stops = is_stop(item.kind) || protects(out.means);
    if (!item.token.empty() && item.kind == incoming_kind::unsubscribe) {
      auto who = unsubscriber(i_.book, item.token);
      if (who && *who) item.from = out.who = **who;
      else if (!item.from) item.refused = receive::no_address();
    }
    if (item.refused) { refuse(out, *item.refused, stops); return; }
    if (item.kind == incoming_kind::delivery) out.skipped = "status";
    else if (item.kind == incoming_kind::identity_change) out.skipped = "identity-changed";
    else if (item.kind == incoming_kind::unknown && !(stops && item.from)) {
      out.skipped = "unknown-kind";
      ++report_.unknown[item.what];
      if (stops) refuse(out, receive::no_address(), true);
    } else if (item.kind == incoming_kind::echo && (!item.from || !item.group.empty())) {
      out.skipped = "echo";
    } else if (!item.from) {
      refuse(out, receive::no_address(), stops);
    }
    if (!finished_early(out)) time_of(item, out, stops);
  }

  void time_of(incoming& item, received& out, bool stops) {
    at_time_ = item.at.value_or(now_);
    if (item.time_unreadable) {
      if (!stops) { refuse(out, receive::refusal("Zeitpunkt nicht lesbar", "the time cannot be read", "Unix-Sekunden oder RFC 3339", "Unix seconds or RFC 3339"), false); return; }
      out.remarks.push_back({"Zeitpunkt nicht lesbar; die Abmeldung gilt ab jetzt", "the time cannot be read; the stop counts from now"});
    }
    if (at_time_ > now_ + clock_slack) {
      if (!stops) { refuse(out, {failure::refused, {"Zeitpunkt liegt in der Zukunft", "the time lies in the future"}, {"Uhr prüfen", "check the clock"}}, false); return; }
      out.remarks.push_back({"Zeitpunkt liegt in der Zukunft; die Abmeldung gilt ab jetzt", "the time lies in the future; the stop counts from now"});
    }
    // What a skewed clock puts ahead of ours happened now: the next question must see it.
    at_time_ = std::min(at_time_, now_);
    if (item.message_id.empty() && item.kind == incoming_kind::message && item.from) item.message_id = made_id(item);
  }

  void refuse(received& out, error why, bool was_stop) {
    out.refused = std::move(why);
    ++report_.refused;
    if (was_stop) out.remarks.push_back({"das ist eine Abmeldung: bitte ansehen und von Hand eintragen", "this is a stop: please look at it and record it by hand"});
  }

  [[nodiscard]] event make(incoming const& item, event_kind kind, std::optional<channel> on) const {
    event e;
    e.kind = kind;
    e.occurred_at = at_time_;
    e.who = item.from;
    e.on = on;
    if (!item.message_id.empty()) e.proof.set("message_id", item.message_id);
    return e;
  }

  /// That two addresses are one person, as far as no link says so that is as old.
  void link(std::vector<event>& out, std::vector<event> const& known, address const& a, address const& b, char const* why) const {
    auto const joins = [&](event const& e) {
      return (e.kind == event_kind::address_linked || e.kind == event_kind::address_changed) && e.other && e.occurred_at <= at_time_ &&
             ((e.who == a && e.other == b) || (e.who == b && e.other == a));
    };
    if (a == b || std::any_of(known.begin(), known.end(), joins)) return;
    event e;
    e.kind = event_kind::address_linked;
    e.occurred_at = at_time_;
    e.who = a;
    e.other = b;
    e.proof.set("act", why);
    out.push_back(std::move(e));
  }

  result<std::vector<event>> links(incoming const& item) {
    std::vector<event> out;
    auto known = i_.book.history(*item.from);
    if (!known) return known.error();
    for (address const& a : item.also) link(out, *known, *item.from, a, "named together");
    for (address const& v : receive::number_variants(*item.from)) {
      auto other = i_.book.history(v);
      if (!other) return other.error();
      if (!other->empty()) link(out, *known, *item.from, v, "the same number in another spelling");
    }
    return out;
  }

  result<std::vector<event>> facts(incoming& item, received& out) {
    if (finished_early(out)) return std::vector<event>{};
    channel const on = item.on;
    std::vector<event> e;
    switch (item.kind) {
      case incoming_kind::message: return message(item, out);
      case incoming_kind::unknown: return message(item, out);
      case incoming_kind::provider_stop:
        if (!item.text.empty()) e.push_back(make(item, event_kind::inbound, on));
        e.push_back(make(item, event_kind::withdrawn, on));
        if (said_.what == intent::stop && said_.scope == stop_scope::everything) e.back().on.reset();
        break;
      case incoming_kind::platform_stop: e.push_back(make(item, event_kind::platform_stopped, on)); break;
      case incoming_kind::platform_resume: e.push_back(make(item, event_kind::platform_resumed, on)); break;
      case incoming_kind::complaint:
        e.push_back(make(item, event_kind::withdrawn, on));
        e.push_back(make(item, event_kind::blocked, on));
        break;
      case incoming_kind::unsubscribe: e.push_back(make(item, event_kind::withdrawn, on)); break;
      case incoming_kind::undeliverable: e.push_back(make(item, event_kind::undeliverable, on)); break;
      case incoming_kind::address_change:
        e.push_back(make(item, event_kind::address_changed, {}));
        e.back().other = item.other;
        break;
      case incoming_kind::echo: return echo(item);
      case incoming_kind::group_joined: case incoming_kind::group_left: {
        auto const g = purpose::parse("group:" + item.group);
        if (!g) { refuse(out, g.error(), false); return std::vector<event>{}; }
        e.push_back(make(item, item.kind == incoming_kind::group_joined ? event_kind::group_member_added : event_kind::group_member_left, on));
        e.back().about = *g;
        break;
      }
      case incoming_kind::delivery: case incoming_kind::identity_change: break;
    }
    if (is_stop(item.kind) || item.kind == incoming_kind::platform_resume || item.kind == incoming_kind::undeliverable) e.back().proof.set("act", item.what);
    if (item.kind == incoming_kind::provider_stop && !item.text.empty()) e.back().proof.set("text", item.text);
    return e;
  }

  /// Whether a message with this id was taken before.
  [[nodiscard]] static bool taken_before(std::vector<event> const& history, incoming const& item) {
    return std::any_of(history.begin(), history.end(), [&](event const& k) {
      return k.on == item.on && k.kind == event_kind::inbound && k.proof.get("message_id") == item.message_id;
    });
  }

  result<std::vector<event>> message(incoming& item, received& out) {
    auto history = i_.book.history(*item.from);
    if (!history) return history.error();
    std::optional<purpose> token_about;
    if (!item.token.empty()) {
      auto t = look_at_token(i_.book, item.token, now_);
      if (!t) return t.error();
      if (t->state == token_state::open && t->who == item.from) token_about = t->about;
      else item.token.clear();
    }
    fold_rules const rules{&i_.book.notices(), &i_.book.policies()};
    auto const now_state = fold(*history, *item.from, {}, rules);
    bool const newest = history->empty() || std::all_of(history->begin(), history->end(), [&](event const& k) { return k.occurred_at <= at_time_; });
    auto const then_state = newest ? now_state : fold(*history, *item.from, moment{at_time_, instant::latest()}, rules);
    assistance const asked{item, said_, *history, at_time_, now_, notices_};
    bool const expected = i_.helper.expects && item.kind == incoming_kind::message && item.group.empty() && !item.automatic && i_.helper.expects(asked);
    hearing const h{item, said_, at_time_, then_state, now_state, *history, notices_, i_.options.notice_id, token_about, expected};
    reaction r;
    if (taken_before(*history, item)) {
      out.skipped = "duplicate";
      r = react_protectively(h);  // a repeated id adds nothing, unless it hides a stop that is not there yet
      r.reply = reply_kind::none;
    } else if (item.kind == incoming_kind::unknown) {
      r = react_protectively(h);
    } else if (item.automatic) {
      out.skipped = "auto-reply";
    } else {
      r = react(h);
      if (!item.group.empty()) out.skipped = protects(said_.what) ? "" : "group-message";
    }
    if (!r.remark.en.empty()) out.remarks.push_back(r.remark);
    wanted_ = r.reply;
    wanted_notice_ = r.notice;
    wanted_about_ = r.about;
    bool const again = said_often(*history, item.on, wanted_);
    if (again) wanted_ = reply_kind::none;  // recorded all the same
    bool const offered = expected && said_.what == intent::unclear;
    bool const plain = item.kind == incoming_kind::message && item.group.empty() && !item.automatic && !item.mass && !item.answered && !item.part && (!protects(said_.what) || offered) && out.skipped.empty();
    if (item.part && !r.events.empty() && r.events.front().kind == event_kind::inbound) r.events.front().proof.set(mark::part, "true");
    if (wanted_ != reply_kind::none) prepare_own(item, *history, r);
    else if (!again && i_.helper.answer && plain && !r.events.empty() && r.events.front().kind == event_kind::inbound) consult(asked, r, out);
    history_ = *std::move(history);
    return std::move(r.events);
  }

  /// What `ask` will say once these facts are in: the message says beforehand which reply it gets.
  [[nodiscard]] bool will_be_allowed(incoming const& item, std::span<event const> history, std::span<event const> added, message_facts const* words) const {
    std::vector<event> all{history.begin(), history.end()};
    sequence seq = all.empty() ? 0 : all.back().seq;
    for (event e : added) {
      e.seq = ++seq;
      e.recorded_at = now_;
      e.source = source_;
      all.push_back(std::move(e));
    }
    auto const state = fold(all, *item.from, moment{now_, instant::latest()}, {&i_.book.notices(), &i_.book.policies()});
    question q{&*item.from, item.on, purpose::service(), now_};
    q.utc_offset_minutes = utc_offset_minutes(*item.from, now_);
    q.message = words;
    return decide(q, state, i_.book.notices(), i_.book.policies()).may_send();
  }
  /// Whether the person has had this very reply lately: two machines that take each other's words for requests fall silent.
  [[nodiscard]] bool said_often(std::span<event const> history, channel on, reply_kind kind) const {
    bool const once_a_day = kind == reply_kind::access || kind == reply_kind::erasure || kind == reply_kind::dispute;
    if (!once_a_day && kind != reply_kind::help) return false;
    milliseconds const within = once_a_day ? std::chrono::hours{24} : std::chrono::hours{1};
    auto const before = std::count_if(history.begin(), history.end(), [&](event const& e) {
      return e.kind == event_kind::inbound && e.on == on && e.proof.get(mark::reply) == name(kind) && now_ - e.recorded_at < within;
    });
    return before >= (once_a_day ? 1 : 3);
  }
  void mark_reply(event& inbound) const {
    inbound.proof.set(mark::reply, name(prepared_->kind));
    inbound.proof.set(mark::reply_digest, reply_digest(prepared_->text));
  }
  void prepare_own(incoming const& item, std::span<event const> history, reaction& r) {
    prepared_ = receive::make_reply(wanted_, words_of(wanted_notice_), said_.language, i_.book.controller());
    if (r.events.empty() || r.events.front().kind != event_kind::inbound || !will_be_allowed(item, history, r.events, nullptr)) return;
    mark_reply(r.events.front());
  }
  void consult(assistance const& asked, reaction& r, received& out) {
    assisted a = i_.helper.answer(asked);
    if (!a.reply) {
      for (auto const& [key, value] : a.marks.entries()) r.events.front().proof.set(key, value);
      out.dialogue = std::move(a.dialogue);
      return;
    }
    auto const facts = read_message(a.own_words, i_.book.names_in_messages());
    if (!will_be_allowed(asked.message, asked.history, r.events, &facts)) {
      out.withheld = a.reply->kind;
      return;
    }
    prepared_ = std::move(a.reply);
    assisted_ = std::move(a.events);
    assisted_facts_ = facts;
    for (auto const& [key, value] : a.marks.entries()) r.events.front().proof.set(key, value);
    mark_reply(r.events.front());
    out.dialogue = std::move(a.dialogue);
  }

  /// Our own sending. An echo of a reply that the receiver gave is that reply, and no human's message.
  result<std::vector<event>> echo(incoming const& item) {
    std::vector<event> e;
    e.push_back(make(item, event_kind::outbound, item.on));
    if (item.text.empty()) return e;
    auto history = i_.book.history(*item.from);
    if (!history) return history.error();
    auto const digest = reply_digest(item.text);
    for (event const& k : *history) {
      bool const ours = k.kind == event_kind::inbound && k.on == item.on && k.proof.get(mark::reply_digest) == digest && at_time_ + clock_slack >= k.recorded_at && at_time_ - k.recorded_at <= std::chrono::hours{24};
      if (!ours) continue;
      std::string const seq = std::to_string(k.seq);
      bool const known = std::any_of(history->begin(), history->end(), [&](event const& o) { return o.kind == event_kind::outbound && o.proof.get(mark::answers) == seq; });
      if (known) continue;  // reported already; a later echo of the same words may be of a later reply
      e.back().about = purpose::service();
      e.back().proof.set(mark::automatic, "true");
      e.back().proof.set(mark::answers, seq);
      return e;
    }
    bool const any = std::any_of(history->begin(), history->end(), [&](event const& k) { return k.kind == event_kind::inbound && k.on == item.on && k.proof.get(mark::reply_digest) == digest && at_time_ - k.recorded_at <= std::chrono::hours{24}; });
    if (any) e.clear();  // of a reply that was reported
    return e;
  }

  /// A stop counts for the other person too whom the payload names for it.
  result<std::vector<event>> for_the_other(incoming const& item) {
    std::vector<event> e;
    received const& out = report_.items[at_];
    if (!item.instead || out.refused || !(is_stop(item.kind) || protects(out.means))) return e;
    incoming copy = item;
    copy.from = item.instead;
    e.push_back(make(copy, item.kind == incoming_kind::platform_stop ? event_kind::platform_stopped : out.means == intent::unclear ? event_kind::suspended : event_kind::withdrawn, item.on));
    e.back().proof.set("act", "named beside another person");
    return e;
  }

  [[nodiscard]] notice const* words_of(notice_number n) const { return n == 0 || n > notices_.size() ? nullptr : notices_[n - 1].words; }

  /// Whether a free message of this kind may go to them now.
  result<bool> may_reply(incoming const& item, message_facts const* words = nullptr) {
    question q{&*item.from, item.on, purpose::service(), now_};
    q.message = words;
    auto d = i_.book.ask(q);
    if (!d) return d.error();
    if (d->may_send() || (wanted_ != reply_kind::confirmation && wanted_ != reply_kind::welcome)) return d->may_send();
    // Somebody who was erased and now starts anew is asked and welcomed as anybody: an erasure bars us, not them.
    return std::none_of(d->reasons.begin(), d->reasons.end(), [](reason const& r) { return (r.what == outcome::deny || r.what == outcome::hold) && r.code != reason_code::erased; });
  }

  /// Whether one more confirmation may go to this address. On WhatsApp and Messenger the platform vouches for the sender,
  /// who asked in person; senders of SMS and mail can be forged.
  [[nodiscard]] bool may_confirm(incoming const& item) const {
    policy const& rules = i_.book.policies().at(now_);
    if (now_ > at_time_ + rules.confirmation_window) return false;  // over before it began
    if (item.on == channel::whatsapp || item.on == channel::messenger) return true;
    auto const erased = unanswered_before_erasure(i_.book, *item.from);
    if (!erased) return false;
    auto so_far = confirmations_of(history_);
    so_far.unanswered += *erased;
    return may_ask(so_far, now_, rules.confirmation_cooldown, rules.confirmation_tries) == asking::allowed;
  }

  result<std::vector<event>> reply(incoming const& item, received& out) {
    std::vector<event> e;
    if (finished_early(out) && out.skipped != "duplicate") return e;
    if (wanted_ == reply_kind::none) {
      return prepared_ ? assist(item, out) : result<std::vector<event>>{std::move(e)};
    }
    auto allowed = may_reply(item);
    if (!allowed) return allowed.error();
    if (!*allowed || (wanted_ == reply_kind::confirmation && !may_confirm(item))) {
      out.withheld = wanted_;
      return e;
    }
    give(out);
    if (wanted_ != reply_kind::confirmation) return e;
    event sent = make(item, event_kind::confirmation_sent, item.on);
    sent.occurred_at = asked_at();
    sent.about = wanted_about_;
    sent.notice = wanted_notice_;
    e.push_back(std::move(sent));
    return e;
  }

  /// When a question goes out: in whole seconds, as platforms tell the time of an answer, and not before what it follows.
  [[nodiscard]] instant asked_at() const { return std::max(at_time_, instant::clamped(now_.ms() / 1000 * 1000)); }

  /// Puts the prepared reply into the report, with the number of the message that it answers.
  void give(received& out) {
    out.reply = *std::move(prepared_);
    for (std::size_t k = 0; k < out.events.size(); ++k)
      if (out.events[k] == event_kind::inbound) out.reply->id = "r-" + std::to_string(out.sequences[k]);
  }

  result<std::vector<event>> assist(incoming const& item, received& out) {
    auto allowed = may_reply(item, &assisted_facts_);
    if (!allowed) return allowed.error();
    bool const asks = std::any_of(assisted_.begin(), assisted_.end(), [](event const& e) { return e.kind == event_kind::confirmation_sent; });
    if (!*allowed || (asks && !may_confirm(item))) {
      out.withheld = prepared_->kind;
      return std::vector<event>{};
    }
    give(out);
    for (event& e : assisted_)
      if (e.kind == event_kind::confirmation_sent) e.occurred_at = asked_at();
    return std::move(assisted_);
  }

  /// Puts the parts of a long SMS together, in whatever order they come; the whole is one more item, when all are there.
  void assemble(std::size_t payload_index) {
    incoming const part = items_.back();
    if (!part.from || part.refused) return;
    std::string const key = std::string{name(part.on)} + " " + part.from->text() + " " + part.part->reference;
    if (i_.parts.size() >= most_open_parts && !i_.parts.contains(key)) i_.parts.erase(i_.parts.begin());
    open_message& m = i_.parts[key];
    if (m.parts.size() != part.part->total) { m.parts.assign(part.part->total, std::nullopt); m.first_id.clear(); }
    m.parts[part.part->number - 1] = part.text;
    if (part.part->number == 1) m.first_id = part.message_id;
    if (std::any_of(m.parts.begin(), m.parts.end(), [](auto const& p) { return !p; })) return;
    incoming whole = part;
    whole.part.reset();
    whole.text.clear();
    for (auto const& p : m.parts) whole.text += *p;
    whole.message_id = m.first_id.empty() ? "" : m.first_id + ":whole";
    whole.what = "text:whole";
    i_.parts.erase(key);
    add(std::move(whole), payload_index);
  }

  impl& i_;
  instant now_;
  std::string source_;
  receive_report& report_;
  std::vector<offered_notice> notices_;
  std::vector<incoming> items_;
  std::size_t at_ = 0, recording_ = 0;
  phase phase_ = phase::links;
  classification said_;
  instant at_time_;
  reply_kind wanted_ = reply_kind::none;
  notice_number wanted_notice_ = 0;
  std::optional<purpose> wanted_about_;
  std::optional<outgoing_reply> prepared_;   ///< the reply, before it is known whether it may go out
  std::vector<event> assisted_;              ///< what the assistant adds with it
  message_facts assisted_facts_;
  std::vector<event> history_;
  received* appending_ = nullptr;
  std::vector<event_kind> kinds_;
};

receiver::receiver(std::unique_ptr<impl> i) : impl_(std::move(i)) {}
receiver::receiver(receiver&&) noexcept = default;
receiver& receiver::operator=(receiver&&) noexcept = default;
receiver::~receiver() = default;

result<receiver> receiver::open(std::string const& ledger_path, receive_options options) {
  auto book = ledger::open(ledger_path);
  if (!book) return book.error();
  return over(*std::move(book), std::move(options));
}

result<receiver> receiver::over(ledger book, receive_options options) {
  if (!options.notice_id.empty() && book.notices().number_of(options.notice_id, 0, instant::latest()) == 0)
    return error{failure::unknown_name, {"unbekannter Hinweis '" + options.notice_id + "'", "unknown notice '" + options.notice_id + "'"}, {"jawort notice list", "jawort notice list"}};
  return receiver{std::make_unique<impl>(std::move(book), std::move(options))};
}

ledger& receiver::book() { return impl_->book; }
void receiver::set_assistant(assistant a) {
  std::lock_guard const lock{impl_->one_at_a_time};
  impl_->helper = std::move(a);
}

result<receive_report> receiver::feed(payload_format format, std::string_view bytes, instant now, channel on) {
  auto p = read_payload(format, bytes, on, impl_->book.region());  // before the lock: many threads read at once
  if (!p) return p.error();
  std::vector<payload> one;
  one.push_back(*std::move(p));
  return take(format, std::move(one), now);
}

result<receive_report> receiver::take(payload_format format, std::vector<payload> payloads, instant now) {
  std::lock_guard const lock{impl_->one_at_a_time};
  receive_report report;
  impl::session s{*impl_, format, now, report};
  for (std::size_t k = 0; k < payloads.size(); ++k)
    for (incoming& item : payloads[k].items) s.add(std::move(item), k);
  if (s.nothing_to_record()) {
    auto none = s.more();
    if (!none) return none.error();
    return report;
  }
  auto done = impl_->book.append_all([&] { return s.more(); }, now, [&](append_report const& r) { s.done(r); });
  if (!done) return done.error();
  return report;
}

}  // namespace jawort
