// WhatsApp Cloud API webhooks. Several entries, changes and messages in one POST are normal; entries, changes and values
// also come bare. The field's name is often missing, so what is there decides, not what it is called.
#include "values.hpp"

namespace jawort::receive {
namespace {

/// The addresses by which one block of a payload names one person.
struct named {
  std::optional<address> number, user, parent;
  std::string name;
  [[nodiscard]] std::optional<address> first() const { return number ? number : user ? user : parent; }
  [[nodiscard]] bool shares(named const& o) const {
    return (number && number == o.number) || (user && user == o.user) || (parent && parent == o.parent);
  }
};

/// Ids and numbers turn up under each other's names: what they look like decides.
void take(named& n, std::string const& value) {
  auto const a = whatsapp_address(value);
  if (!a) return;
  bool const parent = a->kind() == address_kind::business_user && a->text().substr(3, 4) == "ENT.";
  auto& slot = a->kind() == address_kind::number ? n.number : parent ? n.parent : n.user;
  if (!slot) slot = a;
}

named contact_of(json const& c) {
  named n;
  for (char const* const key : {"wa_id", "user_id", "parent_user_id", "input"}) take(n, text(c, key));
  if (json const* const profile = member(c, "profile")) n.name = text(*profile, "name");
  return n;
}

class reader {
 public:
  explicit reader(payload& out) : out_(out) {}

  /// A whole POST, an entry, a change or a value: whichever it is.
  void any(json const& j, int depth = 0) {
    if (j.is_array() && depth < 4) {
      for (auto const& x : j) any(x, depth + 1);
      return;
    }
    if (member(j, "entry") != nullptr) for_each(j, "entry", [&](json const& e) { entry(e); });
    else if (member(j, "changes") != nullptr) entry(j);
    else if (member(j, "value") != nullptr) change(j);
    else if (j.is_object()) value(j, {});
    else unknown(j, "no-object");
  }

 private:
  void entry(json const& e) {
    if (member(e, "changes") == nullptr) { unknown(e, "entry-without-changes"); return; }
    for_each(e, "changes", [&](json const& c) { change(c); });
  }
  void change(json const& c) {
    json const* const v = member(c, "value");
    if (v == nullptr || !v->is_object()) { unknown(c, "change-without-value"); return; }
    value(*v, text(c, "field"));
  }

  void value(json const& v, std::string const& field) {
    contacts_.clear();
    for_each(v, "contacts", [&](json const& c) { contacts_.push_back(contact_of(c)); });
    field_ = field;
    bool known = false;
    auto const each = [&](char const* key, void (reader::*read)(json const&)) {
      if (member(v, key) == nullptr) return;
      known = true;
      for_each(v, key, [&](json const& x) { (this->*read)(x); });
    };
    each("messages", &reader::message);
    each("message_echoes", &reader::echo);
    each("statuses", &reader::status);
    each("user_preferences", &reader::preference);
    each("user_id_update", &reader::id_update);
    each("groups", &reader::group);
    if (json const* const id = member(v, "user_id"); id != nullptr && id->is_object()) { known = true; id_update(v); }
    for_each(v, "errors", [&](json const& e) {
      known = true;
      incoming& i = add(incoming_kind::delivery, "error:" + text(e, "code"));
      i.remarks.push_back({"die Plattform meldet einen Fehler der ganzen Anbindung", "the platform reports an error of the whole connection"});
    });
    if (!known) unknown(v, field.empty() ? "value-without-messages" : field);
  }

  incoming& add(incoming_kind kind, std::string what) {
    incoming i;
    i.kind = kind;
    i.on = channel::whatsapp;
    i.what = std::move(what);
    out_.items.push_back(std::move(i));
    return out_.items.back();
  }

  /// Nothing that we know: named, and its words kept for a look whether a stop hides in it.
  void unknown(json const& j, std::string what) {
    incoming& i = add(incoming_kind::unknown, std::move(what));
    i.hints = strings_below(j);
    if (contacts_.size() == 1) identify(i, contacts_.front());
  }

  static void identify(incoming& i, named const& n) {
    i.from = n.first();
    for (auto const& a : {n.user, n.parent})
      if (a && i.from && *a != *i.from) i.also.push_back(*a);
    if (i.name.empty()) i.name = n.name;
  }

  /// The contact block that belongs to what an item says about its sender.
  named const* contact_for(named const& said) const {
    for (auto const& c : contacts_)
      if (c.shares(said)) return &c;
    return contacts_.size() == 1 ? &contacts_.front() : nullptr;
  }

  /// Who it is from: the item's own word first, the contact block where that lacks something. Where both name a number and
  /// the numbers differ, the block's is kept aside: a stop counts for both.
  void person(incoming& i, named said, bool block_may_complete = true) {
    if (named const* const c = contact_for(said)) {
      i.name = c->name;
      bool const same = !said.first() || said.shares(*c) || (!said.number && said.user && !c->user) || (!c->number && !(said.user && c->user));
      if (same && block_may_complete) {
        if (!said.number) said.number = c->number;
        if (!said.user) said.user = c->user;
        if (!said.parent) said.parent = c->parent;
        if (said.number && c->number && said.number != c->number) i.instead = c->number;
      } else if (!same) {
        i.instead = c->first();
      }
    }
    identify(i, said);
    if (i.instead)
      i.remarks.push_back({"Nachricht und Kontaktblock nennen verschiedene Personen", "the item and its contact block name different people"});
    if (!i.from) i.refused = no_address();
  }

  void message(json const& m) {
    if (field_ == "smb_message_echoes") { echo(m); return; }
    std::string const type = text(m, "type");
    if (type == "system" || member(m, "system") != nullptr) { system(m); return; }
    incoming& i = add(incoming_kind::message, type);
    i.message_id = text(m, "id");
    put_time(i, time_of(member(m, "timestamp")));
    i.group = text(m, "group_id");
    named said;
    for (char const* const key : {"from", "from_user_id", "from_parent_user_id", "wa_id", "user_id"}) take(said, text(m, key));
    person(i, said);
    content(i, m, type, 0);
  }

  /// The words of a message, of whatever type.
  void content(incoming& i, json const& m, std::string const& type, int depth) {
    auto const words = [&](json const* from, std::initializer_list<char const*> keys) {
      if (from == nullptr) return;
      for (char const* const key : keys)
        if (auto const w = text(*from, key); !w.empty()) {
          if (i.text.empty()) i.text = w;
          else i.hints.push_back(w);
        }
    };
    if (type == "edit" && depth == 0) {
      if (json const* const e = member(m, "edit"))
        if (json const* const inner = member(*e, "message")) content(i, *inner, text(*inner, "type"), 1);
      return;
    }
    if (type == "revoke") return;  // what was written stays written: a revoked stop still stops
    words(member(m, "text"), {"body"});
    if (json const* const plain = member(m, "text"); plain != nullptr && plain->is_string() && i.text.empty()) i.text = text(plain);
    words(member(m, "button"), {"text", "payload"});
    if (json const* const k = member(m, "interactive"))
      for (char const* const reply : {"button_reply", "list_reply"}) words(member(*k, reply), {"title", "id", "description"});
    for (char const* const medium : {"image", "video", "audio", "voice", "document", "sticker", "location", "contacts", "order"})
      if (json const* const x = member(m, medium)) {
        i.media = medium;
        if (x->is_object()) words(x, {"caption"});
      }
    if (i.what.empty()) i.what = !i.text.empty() ? "text" : i.media;
    constexpr std::string_view known = " text button interactive image video audio voice document sticker location contacts order reaction edit revoke unsupported request_welcome ";
    if (i.text.empty() && i.media.empty() && known.find(" " + type + " ") == known.npos) {
      i.hints = strings_below(m);
      i.remarks.push_back({"Nachricht einer unbekannten Art", "a message of an unknown type"});
    }
  }

  void system(json const& m) {
    json const* const s = member(m, "system");
    json const& body = s != nullptr && s->is_object() ? *s : m;
    std::string const type = text(body, "type");
    incoming& i = add(incoming_kind::unknown, type.empty() ? "system" : type);
    i.message_id = text(m, "id");
    put_time(i, time_of(member(m, "timestamp")));
    named old, fresh;
    if (type == "user_changed_user_id") {
      i.kind = incoming_kind::address_change;
      take(old, text(body, "previous_user_id"));
      take(fresh, text(body, "user_id"));
    } else if (type.find("changed_number") != type.npos) {
      i.kind = incoming_kind::address_change;
      for (char const* const key : {"from", "from_user_id"}) take(old, text(m, key));
      take(old, text(body, "customer"));
      for (char const* const key : {"wa_id", "new_wa_id", "new_number"}) take(fresh, text(body, key));
    } else {
      if (type.find("identity") != type.npos) i.kind = incoming_kind::identity_change;
      named said;
      take(said, text(m, "from"));
      person(i, said);
      if (i.kind == incoming_kind::unknown) i.hints = strings_below(body);
      else i.remarks.push_back({"die Plattform hat die Identität der Person geändert: bei Zweifeln nachfragen", "the platform changed the person's identity: verify where in doubt"});
      return;
    }
    change_of(i, old, fresh);
  }

  static void change_of(incoming& i, named const& old, named const& fresh) {
    i.from = old.number && fresh.number ? old.number : old.user && fresh.user ? old.user : old.first();
    i.other = old.number && fresh.number ? fresh.number : old.user && fresh.user ? fresh.user : fresh.first();
    if (!i.from || !i.other || *i.from == *i.other)
      i.refused = refusal("Wechsel ohne alte oder neue Adresse", "a change without the old or the new address", "die Nutzlast ansehen und den Wechsel von Hand eintragen: jawort record address-changed",
                          "look at the payload and record the change by hand: jawort record address-changed");
  }

  void id_update(json const& u) {
    incoming& i = add(incoming_kind::address_change, "user_id_update");
    i.message_id = text(u, "id");
    put_time(i, time_of(member(u, "timestamp")));
    named old, fresh;
    json const* const id = member(u, "user_id");
    json const& both = id != nullptr && id->is_object() ? *id : u;
    for (char const* const key : {"previous", "previous_user_id", "old"}) take(old, text(both, key));
    for (char const* const key : {"current", "current_user_id", "new"}) take(fresh, text(both, key));
    change_of(i, old, fresh);
  }

  void echo(json const& m) {
    incoming& i = add(incoming_kind::echo, text(m, "type"));
    i.message_id = text(m, "id");
    put_time(i, time_of(member(m, "timestamp")));
    i.group = text(m, "group_id");
    named to;
    for (char const* const key : {"to", "to_user_id", "to_parent_user_id"}) take(to, text(m, key));
    if (json const* const t = member(m, "text"); t != nullptr && t->is_object()) i.text = text(*t, "body");
    identify(i, to);
  }

  void status(json const& s) {
    std::string const state = text(s, "status");
    incoming& i = add(incoming_kind::delivery, "status:" + state);
    put_time(i, time_of(member(s, "timestamp")));
    i.message_id = text(s, "id");
    bool stopped = false, unreachable = false;
    for_each(s, "errors", [&](json const& e) {
      std::string const code = text(e, "code");
      if (code == "131050") stopped = true;
      if (code == "131026") unreachable = true;
      i.what = "error:" + code;
    });
    if (stopped) { i.kind = incoming_kind::platform_stop; i.what = "error:131050"; }
    else if (unreachable) i.kind = incoming_kind::undeliverable;
    named said;
    for (char const* const key : {"recipient_id", "recipient_user_id", "recipient_parent_user_id"}) take(said, text(s, key));
    if (i.kind == incoming_kind::delivery) { identify(i, said); return; }
    person(i, said);
  }

  void preference(json const& p) {
    std::string const category = text(p, "category"), said_value = text(p, "value");
    incoming& i = add(incoming_kind::unknown, "user_preferences:" + (said_value.empty() ? std::string{"?"} : said_value));
    put_time(i, time_of(member(p, "timestamp")));
    named said;
    for (char const* const key : {"wa_id", "user_id", "parent_user_id", "from"}) take(said, text(p, key));
    person(i, said);
    std::string const value = detail::lower(said_value);
    if (value == "stop") i.kind = incoming_kind::platform_stop;
    else if (value == "resume" || value == "signup") i.kind = incoming_kind::platform_resume;
    else {
      // In a shape that nobody expected: what may be a stop is taken for one, and said.
      std::string all = value;
      for (auto const& s : strings_below(p)) all += " " + detail::lower(s);
      bool stops = false;
      for (char const* const word : {"stop", "opt-out", "opt_out", "optout", "opted out", "block", "unsubscribe", "disable", "revoke"})
        if (all.find(word) != all.npos) stops = true;
      if (stops) i.kind = incoming_kind::platform_stop;
      i.remarks.push_back({stops ? "Abmeldung in unerwarteter Form" : "Einstellung mit unbekanntem Wert", stops ? "a stop in an unexpected shape" : "a preference with an unknown value"});
    }
    if (i.kind == incoming_kind::platform_stop && !category.empty() && category != "marketing_messages")
      i.remarks.push_back({"Abmeldung einer anderen Kategorie: " + category, "a stop of another category: " + category});
    // A stop counts for everybody whom the payload names; a resumption only for the one whom the item itself names.
    if (i.kind == incoming_kind::platform_resume) i.instead.reset();
  }

  void group(json const& g) {
    std::string const type = text(g, "type"), id = text(g, "group_id");
    bool any = false;
    auto const members = [&](char const* key, incoming_kind kind) {
      for_each(g, key, [&](json const& p) {
        any = true;
        incoming& i = add(kind, type);
        put_time(i, time_of(member(g, "timestamp")));
        i.group = id;
        named who = contact_of(p);
        identify(i, who);
        if (!i.from) i.refused = no_address();
      });
    };
    members("added_participants", incoming_kind::group_joined);
    members("joined_participants", incoming_kind::group_joined);
    members("removed_participants", incoming_kind::group_left);
    members("left_participants", incoming_kind::group_left);
    if (any) return;
    incoming& i = add(incoming_kind::unknown, type.empty() ? field_ : type);
    i.group = id;
  }

  payload& out_;
  std::vector<named> contacts_;
  std::string field_;
};

}  // namespace

result<payload> read_whatsapp_cloud(std::string_view bytes) {
  auto j = parse_json(bytes);
  if (!j) return j.error();
  payload p;
  reader{p}.any(*j);
  return p;
}

}  // namespace jawort::receive
