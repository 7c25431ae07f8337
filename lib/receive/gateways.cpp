// SMS gateways: Twilio, MessageBird, Vonage, Telnyx. Forms or JSON; a raw + arrives as a space, parameters repeat.
#include "values.hpp"

namespace jawort::receive {
namespace {

/// `whatsapp:+49…`, `messenger:…`, or a number: which channel, and whom. A channel that we do not know is no address.
struct reached {
  channel on = channel::sms;
  std::optional<address> who;
};
reached reached_by(std::string_view text) {
  auto const starts = [&](std::string_view p) { return detail::lower(text.substr(0, p.size())) == p; };
  if (starts("whatsapp:")) return {channel::whatsapp, whatsapp_address(text.substr(9))};
  if (starts("messenger:")) return {channel::messenger, page_scoped(text.substr(10))};
  if (detail::looks_like_business_user(text)) return {channel::whatsapp, whatsapp_address(text)};
  return {channel::sms, gateway_number(text)};
}

incoming& add(payload& p, incoming_kind kind, std::string what) {
  p.items.emplace_back();
  incoming& i = p.items.back();
  i.kind = kind;
  i.on = channel::sms;
  i.what = std::move(what);
  return i;
}

void whom(incoming& i, reached const& r) {
  i.on = r.on;
  i.from = r.who;
  if (!i.from) i.refused = no_address();
}

/// The first value is the words; a parameter that repeats may hide a stop.
void words(incoming& i, std::vector<std::string> const& all) {
  for (auto const& w : all) {
    if (i.text.empty()) i.text = w;
    else if (w != i.text) i.hints.push_back(w);
  }
}

unsigned small(std::string const& s) { return s.empty() || s.size() > 3 || !detail::all_of(s, detail::is_digit) ? 0U : static_cast<unsigned>(std::stoul(s)); }
}  // namespace

result<payload> read_twilio(std::string_view bytes) {
  auto q = parameters::read(bytes);
  if (!q) return q.error();
  payload p;
  std::string const state = detail::lower(q->get({"MessageStatus", "SmsStatus"})), code = q->get({"ErrorCode"});
  std::string const opt = detail::lower(q->get({"OptOutType"}));
  bool const report = q->all("Body").empty() && opt.empty() && !q->has("NumMedia") && !state.empty() && state != "received" && state != "receiving";
  incoming& i = add(p, report ? incoming_kind::delivery : incoming_kind::message, report ? "status:" + state : "text");
  i.message_id = q->get({"MessageSid", "SmsMessageSid", "SmsSid"});
  if (report) {
    if (!code.empty()) i.what = "error:" + code;
    if (code == "21610") i.kind = incoming_kind::provider_stop;
    if (code == "30005" || code == "30006" || code == "63024") i.kind = incoming_kind::undeliverable;
    whom(i, reached_by(q->get({"To", "RecipientId"})));
    if (i.kind == incoming_kind::delivery) i.refused.reset();
    return p;
  }
  reached by = reached_by(q->get({"From"}));
  if (auto const id = q->get({"ExternalUserId"}); !id.empty()) {
    if (auto const user = whatsapp_address(id); user && user->kind() == address_kind::business_user) {
      if (!by.who) by = {channel::whatsapp, user};
      else if (*user != *by.who) i.also.push_back(*user);
    }
  }
  if (!by.who)
    if (auto const wa = whatsapp_address(q->get({"WaId"}))) by = {channel::whatsapp, wa};
  whom(i, by);
  i.name = q->get({"ProfileName"});
  words(i, q->all("Body"));
  for (auto const& w : {q->get({"ButtonText"}), q->get({"ButtonPayload"})})
    if (!w.empty() && w != i.text) words(i, {w});
  if (auto const media = q->get({"NumMedia"}); !media.empty() && media != "0") i.media = q->get({"MediaContentType0"}).substr(0, q->get({"MediaContentType0"}).find('/'));
  if (auto const media = q->get({"NumMedia"}); !media.empty() && media != "0" && i.media.empty()) i.media = "medium";
  if (opt == "stop") {
    i.kind = incoming_kind::provider_stop;
    i.what = "OptOutType=STOP";
    i.answered = true;
  } else if (opt == "help") {
    i.answered = true;
    i.what = "OptOutType=HELP";
  } else if (!opt.empty()) {
    i.what = "OptOutType=" + q->get({"OptOutType"});
  }
  return p;
}

result<payload> read_messagebird(std::string_view bytes) {
  auto q = parameters::read(bytes);
  if (!q) return q.error();
  payload p;
  std::string body;
  if (json const* const j = q->object(); j != nullptr && member(*j, "message") != nullptr && member(*j, "message")->is_object()) {  // Conversations
    json const& m = *member(*j, "message");
    json const* const contact = member(*j, "contact");
    json const* const content = member(m, "content");
    bool const ours = detail::lower(text(m, "direction")) == "sent";
    incoming& i = add(p, ours ? incoming_kind::echo : incoming_kind::message, text(m, "type"));
    bool const whatsapp = detail::lower(text(m, "platform")) == "whatsapp";
    std::string const who = !text(m, ours ? "to" : "from").empty() ? text(m, ours ? "to" : "from") : contact != nullptr ? text(*contact, "msisdn") : "";
    i.from = gateway_number(who);
    i.on = whatsapp ? channel::whatsapp : channel::sms;
    i.message_id = text(m, "id");
    put_time(i, time_of(member(m, "createdDatetime")));
    if (content != nullptr) i.text = content->is_string() ? text(content) : text(*content, "text");
    if (i.text.empty() && content != nullptr && !ours) { i.media = text(m, "type"); i.hints = strings_below(*content); }
    if (!i.from && !ours) i.refused = no_address();
    return p;
  }
  auto const code = q->get({"statusErrorCode", "errorCode"}), state = q->get({"status"});
  bool const report = !state.empty() || !code.empty();
  incoming& i = add(p, report ? incoming_kind::delivery : incoming_kind::message, report ? (code.empty() ? "status:" + state : "error:" + code) : "text");
  i.message_id = q->get({"id", "message_id"});
  put_time(i, time_of(q->get({"createdDatetime", "statusDatetime", "receivedDatetime"})));
  if (report) {
    if (code == "103") i.kind = incoming_kind::provider_stop;
    whom(i, reached_by(q->get({"recipient"})));
    if (i.kind == incoming_kind::delivery) i.refused.reset();
    return p;
  }
  whom(i, reached_by(q->get({"originator", "sender"})));
  words(i, q->all("body"));
  words(i, q->all("incomingMessage"));
  words(i, q->all("payload"));
  return p;
}

result<payload> read_vonage(std::string_view bytes) {
  auto q = parameters::read(bytes);
  if (!q) return q.error();
  payload p;
  auto const code = q->get({"err-code"}), state = detail::lower(q->get({"status"}));
  bool const report = !code.empty() || (!state.empty() && q->all("text").empty());
  incoming& i = add(p, report ? incoming_kind::delivery : incoming_kind::message, report ? (code.empty() || code == "0" ? "status:" + state : "error:" + code) : "text");
  i.message_id = q->get({"messageId", "message_uuid", "message-id"});
  put_time(i, time_of(q->get({"message-timestamp", "timestamp"})));
  auto const by = [&](char const* name) {
    std::string who = q->get({"msisdn", name});
    if (json const* const j = q->object())
      if (json const* const x = member(*j, name); x != nullptr && x->is_object()) who = !text(*x, "number").empty() ? text(*x, "number") : text(*x, "id");
    reached r = reached_by(who);
    if (r.who && detail::lower(q->get({"channel"})) == "whatsapp") r.on = channel::whatsapp;
    if (detail::lower(q->get({"channel"})) == "messenger") r = {channel::messenger, page_scoped(who)};
    return r;
  };
  if (report) {
    if (code == "9") i.kind = incoming_kind::provider_stop;
    whom(i, by("to"));
    if (i.kind == incoming_kind::delivery) i.refused.reset();
    return p;
  }
  whom(i, by("from"));
  words(i, q->all("text"));
  if (i.text.empty())
    if (auto const keyword = q->get({"keyword"}); !keyword.empty()) i.text = keyword;
  if (i.text.empty() && q->object() != nullptr) {
    if (json const* const m = member(*q->object(), "message")) {
      if (json const* const c = member(*m, "content")) i.text = text(*c, "text");
      if (i.text.empty()) i.hints = strings_below(*m);
    }
    for (char const* const medium : {"image", "audio", "video", "file"})
      if (member(*q->object(), medium) != nullptr) i.media = medium;
  }
  if (detail::lower(q->get({"concat"})) == "true") {
    message_part const part{q->get({"concat-ref"}), small(q->get({"concat-part"})), small(q->get({"concat-total"}))};
    if (part.number >= 1 && part.number <= part.total && part.total > 1) i.part = part;
  }
  return p;
}

result<payload> read_telnyx(std::string_view bytes) {
  auto j = parse_json(bytes);
  if (!j) return j.error();
  payload p;
  json const* data = member(*j, "data");
  if (data == nullptr) data = &*j;
  json const* body = member(*data, "payload");
  if (body == nullptr) body = data;
  std::string const type = text(*data, "event_type");
  bool const ours = detail::lower(text(*body, "direction")) == "outbound" || type == "message.sent" || type == "message.finalized";
  bool const inbound = !ours && (type == "message.received" || detail::lower(text(*body, "direction")) == "inbound" || (type.empty() && member(*body, "text") != nullptr));
  incoming& i = add(p, inbound ? incoming_kind::message : ours ? incoming_kind::delivery : incoming_kind::unknown, type.empty() ? "text" : type);
  i.message_id = text(*body, "id");
  auto const at = time_of(member(*body, "received_at"));
  put_time(i, at.at || at.unreadable ? at : time_of(member(*data, "occurred_at")));
  auto const number = [&](char const* key) {
    json const* x = member(*body, key);
    if (x != nullptr && x->is_array() && !x->empty()) x = &x->front();
    return reached_by(x == nullptr ? "" : x->is_object() ? text(*x, "phone_number") : text(x));
  };
  if (inbound) {
    whom(i, number("from"));
    i.text = text(*body, "text");
    for_each(*body, "media", [&](json const& m) { i.media = text(m, "content_type").substr(0, text(m, "content_type").find('/')); });
    return p;
  }
  bool stopped = false;
  auto const look = [&](json const& e) {
    i.what = "error:" + text(e, "code");
    if (text(e, "code") == "40300") stopped = true;
  };
  for_each(*body, "errors", look);
  for_each(*j, "errors", look);
  for_each(*body, "to", [&](json const& to) { for_each(to, "errors", look); });
  if (stopped) i.kind = incoming_kind::provider_stop;
  whom(i, number("to"));
  if (!stopped) i.refused.reset();
  if (i.kind == incoming_kind::unknown) i.hints = strings_below(*body);
  return p;
}

}  // namespace jawort::receive
