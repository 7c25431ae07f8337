#include "jawort/ledger/office_assistant.hpp"

#include <date/tz.h>

#include <memory>
#include <set>

#include "../ledger_impl.hpp"

namespace jawort {

int office_offset_minutes(office const& o, instant at) {
  try {
    auto const info = date::locate_zone(o.zone)->get_info(date::floor<std::chrono::seconds>(detail::to_sys(at)));
    return static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(info.offset).count());
  } catch (std::exception const&) {
    return 60;  // no zone data on this machine; the office file was checked with them
  }
}
local_minute office_minute(office const& o, instant at) { return local_at(at, office_offset_minutes(o, at)); }

namespace {

/// One message and its answer.
class answering {
 public:
  answering(office const& o, assistance const& a) : o_(o), a_(a), here_(office_minute(o, a.now)) {}

  [[nodiscard]] bool served() const { return std::find(o_.channels.begin(), o_.channels.end(), a_.message.on) != o_.channels.end(); }
  [[nodiscard]] std::optional<open_step> step() const { return open_step_of(a_.history, a_.message.on, o_.dialogues, a_.written, a_.now, o_.still); }

  assisted run() {
    if (!served()) return {};
    step_ = step();
    circumstances c = look();
    language_ = language();
    switch (which_reply(c).wins) {
      case automatic_reply::step: move(answer_step(*step_, mask_payment_data(a_.message.text)), c); break;
      case automatic_reply::handover: hand_over(c); break;
      case automatic_reply::begin: move(begin_dialogue(*begun_, language_), c); break;
      default: say_hours(c); break;
    }
    return std::move(out_);
  }

 private:
  [[nodiscard]] bool without_words() const {
    incoming const& m = a_.message;
    bool const nothing_said = m.text.empty() && m.media.empty() && m.what != "request_welcome";
    return nothing_said || m.what == "reaction" || m.what == "edit" || m.what == "revoke";
  }

  circumstances look() {
    channel const on = a_.message.on;
    circumstances c;
    c.machine = a_.message.automatic || a_.message.mass || without_words();
    c.group = !a_.message.group.empty();
    c.open = is_open(o_.hours, here_);
    c.stepping = step_.has_value();
    c.asks_human = is_one_of_words(a_.message.text, o_.human_words);
    begun_ = begun_by(a_.message.text, on, o_.dialogues);
    c.begins = begun_ != nullptr;
    c.first = true;
    auto const shut = closed_since(o_.hours, here_);
    for (event const& e : a_.history) {
      if (e.on != on) continue;
      bool const human = is_human_answer(e), heard = is_heard(e);
      if (heard || e.kind == event_kind::outbound) c.first = false;
      if ((heard && e.occurred_at > a_.written) || (human && e.occurred_at >= a_.written)) c.overtaken = true;
      if (human && e.occurred_at <= a_.now && a_.now - e.occurred_at <= o_.human_turn) c.human = true;
      auto const reply = e.proof.get(mark::reply);
      if (c.open) c.told = c.told || (heard && !reply.empty() && a_.now - e.recorded_at < o_.pause);
      else c.told = c.told || ((human || (heard && (reply == "away" || reply == "greeting" || reply == "handover"))) && (!shut || office_minute(o_, human ? e.occurred_at : e.recorded_at) >= *shut));
    }
    return c;
  }

  [[nodiscard]] std::string language() const {
    if (step_ && !step_->language.empty()) return step_->language;
    if (begun_ != nullptr && is_one_of_words(a_.message.text, begun_->begins_en)) return "en";
    if (a_.said.language == "de" || a_.said.language == "en") return std::string{a_.said.language};
    auto const guessed = guess_language(a_.message.text);
    return guessed.empty() ? o_.language : std::string{guessed};
  }

  /// Greeting, away message, instant reply, or nothing.
  void say_hours(circumstances const& c) {
    switch (which_reply(c).wins) {
      case automatic_reply::greeting_closed:
        if (has(o_.greeting_closed)) say(reply_kind::greeting, o_.greeting_closed);
        else say(reply_kind::away, o_.away);
        break;
      case automatic_reply::away: say(reply_kind::away, o_.away); break;
      case automatic_reply::greeting:
        if (has(o_.greeting)) say(reply_kind::greeting, o_.greeting);
        else say(reply_kind::instant, o_.instant_reply);
        break;
      case automatic_reply::instant_reply: say(reply_kind::instant, o_.instant_reply); break;
      default: break;
    }
  }
  [[nodiscard]] static bool has(bilingual const& t) { return !t.de.empty() || !t.en.empty(); }

  void hand_over(circumstances c) {
    out_.marks.set(mark::dialogue, step_ ? step_->in->id : begun_->id);
    if (step_) out_.dialogue = dialogue_news{step_->in->id, "", step_->so_far.kept, false};
    bilingual const& text = !c.open && has(o_.handover_closed) ? o_.handover_closed : o_.handover;
    if (has(text)) { say(reply_kind::handover, text); return; }
    c.stepping = c.begins = false;
    say_hours(c);
  }

  void move(dialogue_move m, circumstances const& c) {
    if (m.then == dialogue_move::what::hands_over) { hand_over(c); return; }
    dialogue const& d = step_ ? *step_->in : *begun_;
    dialogue_news news{d.id, m.step->kind == step_kind::end ? "" : m.step->id, m.so_far.kept, m.step->kind == step_kind::end && m.step->hand_over};
    if (m.step->kind == step_kind::consent && m.then == dialogue_move::what::asks) {
      if (!ask_consent(*m.step, m.so_far)) { hand_over(c); return; }
    } else if (m.then == dialogue_move::what::again) {
      bilingual text = has(o_.again) ? o_.again : bilingual{"Das habe ich leider nicht verstanden.", "Sorry, I did not understand that."};
      text = {in_language(text, "de") + "\n\n" + in_language(m.step->text, "de"), in_language(text, "en") + "\n\n" + in_language(m.step->text, "en")};
      say(reply_kind::dialogue, text, notice_named(m.so_far.notice));
    } else {
      say(reply_kind::dialogue, m.step->text, notice_named(m.so_far.notice));
    }
    out_.marks = std::move(m.marks);
    out_.dialogue = std::move(news);
  }

  /// The version of a notice that may be shown now.
  [[nodiscard]] offered_notice notice_named(std::string const& id) const {
    offered_notice found;
    for (offered_notice const& n : a_.notices)
      if (!id.empty() && n.words->id == id && !n.words->historical && n.words->published_at <= a_.now) found = n;
    return found;
  }

  /// Shows the notice and asks the question of the double opt-in. False where that cannot be.
  bool ask_consent(dialogue_step const& s, dialogue_memory const& m) {
    offered_notice const n = notice_named(m.notice.empty() ? s.notice : m.notice);
    if (n.words == nullptr || !n.words->names(a_.message.on) || n.words->purposes.empty()) return false;
    auto about = m.purposes;
    if (about.empty()) about.push_back(n.words->purposes.front());
    auto const all = about;
    std::erase_if(about, [&](purpose const& p) { return std::any_of(all.begin(), all.end(), [&](purpose const& q) { return q != p && q.covers(p); }); });
    for (purpose const& p : about) {
      if (!n.words->covers(p)) return false;
      for (event_kind const k : {event_kind::requested, event_kind::confirmation_sent}) {
        event e;
        e.kind = k;
        e.occurred_at = a_.written;
        e.who = a_.message.from;
        e.on = a_.message.on;
        e.about = p;
        e.notice = n.number;
        e.proof.set("message_id", a_.message.message_id);
        if (k == event_kind::requested) {
          e.proof.set("act", "dialogue");
          e.proof.set("text", mask_payment_data(a_.message.text));
        }
        out_.events.push_back(std::move(e));
      }
    }
    language_ = n.words->language.starts_with("en") ? "en" : "de";  // the question stands beside the notice and is in its language
    say(reply_kind::confirmation, s.text, n);
    out_.reply->notice = n.words->reference();
    return true;
  }

  void say(reply_kind kind, bilingual const& text, offered_notice const& n = {}) {
    std::string const& words = in_language(text, language_);
    if (words.empty()) return;
    bool const own = !(language_ == "de" ? text.de : text.en).empty();
    std::string const spoken = own ? language_ : language_ == "de" ? "en" : "de";
    reply_values v{clean_name(a_.message.name), o_.phone, next_open_words(here_, next_open(o_.hours, here_), spoken), o_.name, operator_on(o_.who, day_of(here_)), "", "Start", "Stop", salute_words(here_, spoken)};
    // A name must not make advertising or a way to pay of our words.
    auto const harmless = [&](std::string const& s) {
      auto const f = read_message(s, {{o_.name}, {}, {}, {}});
      return f.promotional.empty() && f.third_party_words.empty() && f.payment_data.empty();
    };
    if (!harmless(expand(words, v))) v.name.clear();
    if (n.words != nullptr) {
      if (!n.words->keyword.empty()) v.keyword = n.words->keyword;
      if (!n.words->stop_keyword.empty()) v.stop = n.words->stop_keyword;
    }
    out_.own_words = expand(words, v);
    if (n.words != nullptr) {
      v.notice = n.words->text;
      while (!v.notice.empty() && (v.notice.back() == '\n' || v.notice.back() == ' ')) v.notice.pop_back();
    }
    out_.reply = outgoing_reply{kind, expand(words, v), spoken, "", ""};
  }

  office const& o_;
  assistance const& a_;
  local_minute here_;
  std::optional<open_step> step_;
  dialogue const* begun_ = nullptr;
  std::string language_;
  assisted out_;
};
}  // namespace

result<assistant> office_assistant(office o, ledger const& book) {
  if (auto fits = check_notices(o, book); !fits) return fits.error();
  auto const shared = std::make_shared<office const>(std::move(o));
  assistant out;
  out.expects = [shared](assistance const& a) {
    answering const one{*shared, a};
    if (!one.served() || shared->dialogues.empty()) return false;
    auto const open = one.step();
    return open && accepts(*open, a.message.text);
  };
  out.answer = [shared](assistance const& a) { return answering{*shared, a}.run(); };
  return out;
}

result<response_times> measure_responses(ledger& book, office const& o, channel on, instant now) {
  instant const from = now - std::chrono::hours{24 * o.label_days};
  std::vector<address> who;
  auto scanned = guarded([&]() -> result<> {
    auto& i = ledger_parts::of(book);
    i.db->snapshot([&] {
      i.db->scan([&](stored_event const& s) {
        if (s.e.kind == event_kind::inbound && s.e.on == on && s.e.who && s.e.occurred_at >= from && s.e.occurred_at < now) who.push_back(*s.e.who);
        return true;
      });
    });
    return nothing{};
  });
  if (!scanned) return scanned.error();
  response_times out;
  std::set<std::string> done;
  for (address const& a : who) {
    if (done.contains(std::string{a.text()})) continue;
    auto all = book.addresses_of(a);
    if (!all) return all.error();
    for (address const& x : *all) done.insert(std::string{x.text()});
    done.insert(std::string{a.text()});
    auto const history = book.history(a);
    if (!history) return history.error();
    measure(*history, on, from, now, out);
  }
  return out;
}

}  // namespace jawort
