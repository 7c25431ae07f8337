// Messenger webhooks. People have page-scoped ids or a user_ref, never a number. Elements of messaging[] also come bare.
#include "values.hpp"

namespace jawort::receive {
namespace {

/// `stop notifications`, `STOP_NOTIFICATIONS` and the like, made alike.
std::string flat(std::string s) {
  for (char& c : s) c = c == ' ' || c == '-' ? '_' : detail::to_lower(c);
  return s;
}

/// A member whose name may be written with spaces instead of underscores.
json const* loose_member(json const& j, std::string const& key) {
  if (json const* const m = member(j, key)) return m;
  if (j.is_object())
    for (auto const& [k, v] : j.items())
      if (flat(k) == key) return &v;
  return nullptr;
}

class reader {
 public:
  explicit reader(payload& out) : out_(out) {}

  void any(json const& j, int depth = 0) {
    if (j.is_array() && depth < 4) {
      for (auto const& x : j) any(x, depth + 1);
      return;
    }
    if (member(j, "entry") != nullptr) for_each(j, "entry", [&](json const& e) { entry(e); });
    else if (member(j, "messaging") != nullptr || member(j, "standby") != nullptr) entry(j);
    else element(j, {});
  }

 private:
  void entry(json const& e) {
    std::string const page = text(e, "id");
    bool known = false;
    for (char const* const key : {"messaging", "standby"})
      if (member(e, key) != nullptr) {
        known = true;
        for_each(e, key, [&](json const& m) { element(m, page); });
      }
    if (known) return;
    std::string what = "entry-without-messaging";
    for_each(e, "changes", [&](json const& c) { what = text(c, "field"); });
    unknown(e, what);
  }

  incoming& add(incoming_kind kind, std::string what) {
    incoming i;
    i.kind = kind;
    i.on = channel::messenger;
    i.what = std::move(what);
    out_.items.push_back(std::move(i));
    return out_.items.back();
  }
  void unknown(json const& j, std::string what) { add(incoming_kind::unknown, std::move(what)).hints = strings_below(j); }

  static void person(incoming& i, json const& m, char const* side) {
    std::string id, ref;
    if (json const* const s = member(m, side)) {
      id = text(*s, "id");
      ref = text(*s, "user_ref");
    }
    if (json const* const o = member(m, "optin"); o != nullptr && ref.empty()) ref = text(*o, "user_ref");
    auto by_id = page_scoped(id), by_ref = ref.empty() ? std::nullopt : page_scoped("ref:" + ref);
    i.from = by_id ? by_id : by_ref;
    if (by_id && by_ref) i.also.push_back(*by_ref);
    if (!i.from) i.refused = no_address();
  }

  void element(json const& m, std::string const& page) {
    if (!m.is_object()) { unknown(m, "no-object"); return; }
    std::size_t const before = out_.items.size();
    if (json const* const x = member(m, "message"); x != nullptr && x->is_object()) message(m, *x, page);
    else if (json const* const b = member(m, "postback"); b != nullptr && b->is_object()) postback(m, *b);
    else if (json const* const o = member(m, "optin"); o != nullptr && o->is_object()) optin(m, *o);
    else if (member(m, "delivery") != nullptr) add(incoming_kind::delivery, "delivery");
    else if (member(m, "read") != nullptr) add(incoming_kind::delivery, "read");
    else other(m);
    for (std::size_t k = before; k < out_.items.size(); ++k) put_time(out_.items[k], time_of(member(m, "timestamp")));
  }

  void message(json const& m, json const& x, std::string const& page) {
    json const* const flag = member(x, "is_echo");
    json const* const sender = member(m, "sender");
    bool const own = (flag != nullptr && flag->is_boolean() && flag->get<bool>()) || (!page.empty() && sender != nullptr && text(*sender, "id") == page);
    incoming& i = add(own ? incoming_kind::echo : incoming_kind::message, "text");
    i.message_id = text(x, "mid");
    person(i, m, own ? "recipient" : "sender");
    i.text = text(x, "text");
    if (own) { i.refused.reset(); return; }
    if (json const* const q = member(x, "quick_reply")) i.hints.push_back(text(*q, "payload"));
    for_each(x, "attachments", [&](json const& a) {
      if (i.media.empty()) i.media = text(a, "type").empty() ? "attachment" : text(a, "type");
    });
    if (i.text.empty()) {
      i.what = i.media.empty() ? "message" : i.media;
      if (i.media.empty()) i.hints = strings_below(x);
    }
  }

  void postback(json const& m, json const& b) {
    incoming& i = add(incoming_kind::message, "postback");
    i.message_id = text(b, "mid");
    person(i, m, "sender");
    i.text = text(b, "title");
    if (auto const p = text(b, "payload"); !p.empty()) {
      if (i.text.empty()) i.text = p;
      else i.hints.push_back(p);
    }
  }

  /// Recurring notifications are switched on and off here. Switched on is the platform's consent, not ours.
  void optin(json const& m, json const& o) {
    json const* const status = loose_member(o, "notification_messages_status");
    std::string said = flat(text(status));
    incoming& i = add(incoming_kind::unknown, "optin");
    person(i, m, "sender");
    if (said.find("stop") != said.npos) i.kind = incoming_kind::platform_stop;
    else if (said.find("resume") != said.npos) i.kind = incoming_kind::platform_resume;
    else if (!said.empty()) {
      i.kind = incoming_kind::platform_stop;  // a status that nobody expected: in doubt a stop, and said
      i.remarks.push_back({"Abmeldung in unerwarteter Form", "a stop in an unexpected shape"});
    } else {
      for (auto const& s : strings_below(o))
        if (flat(s).find("stop_notification") != std::string::npos) {
          i.kind = incoming_kind::platform_stop;
          i.remarks.push_back({"Abmeldung in unerwarteter Form", "a stop in an unexpected shape"});
        }
      if (i.kind == incoming_kind::unknown) i.kind = incoming_kind::message;  // the person acted; that is all
    }
    i.what = "optin:" + (said.empty() ? (text(o, "type").empty() ? std::string{"plain"} : text(o, "type")) : said);
  }

  void other(json const& m) {
    std::string what = "unknown";
    for (auto const& [key, value] : m.items())
      if (key != "sender" && key != "recipient" && key != "timestamp") what = key;
    if (what == "referral" || what == "reaction") {  // the person did something, without words
      incoming& i = add(incoming_kind::message, what);
      person(i, m, "sender");
      if (json const* const r = member(m, "reaction")) i.message_id = text(*r, "mid").empty() ? "" : "reaction:" + text(*r, "mid") + ":" + text(*r, "action");
      return;
    }
    incoming& i = add(incoming_kind::unknown, what);
    person(i, m, "sender");
    i.refused.reset();
    i.hints = strings_below(m);
  }

  payload& out_;
};

}  // namespace

result<payload> read_messenger(std::string_view bytes) {
  auto j = parse_json(bytes);
  if (!j) return j.error();
  payload p;
  reader{p}.any(*j);
  return p;
}

}  // namespace jawort::receive
