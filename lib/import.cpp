#include "jawort/ledger/import.hpp"

#include <charconv>

#include "jawort/ledger/json.hpp"
#include "trimmed.hpp"

namespace jawort {
namespace {

std::string const& field(row_fields const& f, char const* key) {
  static std::string const none;
  auto const at = f.find(key);
  return at == f.end() ? none : at->second;
}

error bad(bilingual what, bilingual hint = {}) { return error{failure::malformed, std::move(what), std::move(hint)}; }

/// `newsletter@2`, or `newsletter` for the version in force then.
result<notice_number> notice_of(std::string const& text, notice_book const& book, instant at) {
  auto const split = text.find('@');
  std::uint32_t version = 0;
  if (split != std::string::npos) {
    auto const digits = std::string_view{text}.substr(split + 1);
    auto const [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (wrong != std::errc{} || end != digits.data() + digits.size() || version == 0)
      return bad({"Hinweis als id@version schreiben", "write a notice as id@version"}, {"z. B. newsletter@1", "e.g. newsletter@1"});
  }
  auto const n = book.number_of(std::string_view{text}.substr(0, split), version, at);
  if (n != 0) return n;
  std::string known;
  for (auto const& v : book.all()) known += (known.empty() ? "" : ", ") + v.id + "@" + std::to_string(v.version);
  return error{failure::unknown_name, {"unbekannter Hinweis '" + text + "'", "unknown notice '" + text + "'"},
               {known.empty() ? "noch keiner veröffentlicht: jawort notice add FILE.toml" : "bekannt sind: " + known,
                known.empty() ? "none published yet: jawort notice add FILE.toml" : "known are: " + known}};
}

/// The other address of a link or a change: the one value of the evidence that is an address.
result<nothing> take_other(event& e, normaliser const& numbers) {
  std::optional<std::string> key;
  for (auto const& [k, value] : e.proof.entries()) {
    if (k == "message_id" || k == "ip") continue;
    auto a = numbers.parse(value, std::nullopt);
    if (!a || (*a == *e.who && e.other)) continue;
    if (e.other == *e.who) e.other.reset();
    if (e.other && *e.other != *a) return bad({"zwei andere Adressen genannt", "two other addresses named"}, {"genau eine nennen", "name exactly one"});
    e.other = *a;
    key = k;
  }
  if (!e.other) return bad({"die andere Adresse fehlt", "the other address is missing"}, {"als Beleg (evidence) die andere Adresse nennen", "name the other address as evidence"});
  e.proof.set(*key, {});
  return nothing{};
}

std::string list_of_kinds() {
  std::string out;
  for (auto const& k : event_kinds)
    if (!is_ledger_kind(k.kind)) out += (out.empty() ? "" : ", ") + std::string{k.name};
  return out;
}

}  // namespace

result<event> read_event(row_fields const& f, notice_book const& notices, normaliser const& numbers, instant now, std::string& column) {
  event e;
  column = "event";
  auto const kind_text = detail::lower(trimmed(field(f, "event")));
  auto const kind = event_kind_named(kind_text);
  if (!kind || is_ledger_kind(*kind))
    return error{failure::unknown_name, {"unbekannte Art '" + kind_text + "'", "unknown kind '" + kind_text + "'"},
                 {"bekannt sind: " + list_of_kinds(), "known are: " + list_of_kinds()}};
  e.kind = *kind;

  column = "occurred_at";
  auto at = instant::parse(trimmed(field(f, "occurred_at")));
  if (!at) return at.error();
  e.occurred_at = *at;
  if (*at > now + std::chrono::minutes{5} && !is_stop(e.kind))
    return error{failure::refused, {"Zeitpunkt liegt in der Zukunft", "time lies in the future"},
                 {"Uhr und Zeitzone prüfen; nur Abmeldungen werden so angenommen", "check clock and zone; only stops are taken like this"}};

  column = "channel";
  if (auto const text = detail::lower(trimmed(field(f, "channel"))); !text.empty()) {
    e.on = channel_named(text);
    if (!e.on) return error{failure::unknown_name, {"unbekannter Kanal '" + text + "'", "unknown channel '" + text + "'"},
                            {"bekannt sind: whatsapp, messenger, sms, email, call", "known are: whatsapp, messenger, sms, email, call"}};
  } else if (needs_channel_and_purpose(e.kind)) {
    return bad({"Kanal fehlt", "channel is missing"}, {"eine Einwilligung gilt für einen Kanal: whatsapp, messenger, sms, email oder call", "a consent is for one channel: whatsapp, messenger, sms, email or call"});
  }

  column = "address";
  auto who = numbers.parse(field(f, "address"), e.on == channel::messenger ? e.on : std::nullopt);
  if (!who) return who.error();
  e.who = *who;

  column = "purpose";
  if (std::string const text{trimmed(field(f, "purpose"))}; !text.empty()) {
    auto p = purpose::parse(text);
    if (!p) return p.error();
    e.about = *p;
    if (needs_channel_and_purpose(e.kind) && !notices.declares(*p))
      return error{failure::unknown_name, {"kein Hinweis nennt den Zweck '" + text + "'", "no notice declares the purpose '" + text + "'"},
                   {"erst den Hinweis veröffentlichen: jawort notice add FILE.toml", "publish the notice first: jawort notice add FILE.toml"}};
  } else if (needs_channel_and_purpose(e.kind)) {
    return bad({"Zweck fehlt", "purpose is missing"}, {"eine Einwilligung gilt für einen Zweck, z. B. newsletter", "a consent is for a purpose, e.g. newsletter"});
  }

  column = "evidence";
  auto proof = parse_evidence(field(f, "evidence"));
  if (!proof) return proof.error();
  e.proof = *std::move(proof);
  for (auto const& [key, value] : f) {
    constexpr std::string_view own = " occurred_at event address channel purpose notice evidence operator ";
    if (!value.empty() && own.find(" " + key + " ") == std::string_view::npos && !key.empty()) e.proof.set(key, value);
  }
  e.operator_name = trimmed(field(f, "operator"));
  if (auto const via = detail::lower(e.proof.get("via")); !via.empty()) {
    auto const c = channel_named(via);
    e.via = c ? std::string{name(*c)} : via;
    e.proof.set("via", {});
  }

  column = "notice";
  if (std::string const text{trimmed(field(f, "notice"))}; !text.empty()) {
    auto n = notice_of(text, notices, e.occurred_at);
    if (n) e.notice = *n;
    else if (!is_stop(e.kind)) return n.error();
  }
  column = "evidence";
  if (e.kind == event_kind::address_linked || e.kind == event_kind::address_changed)
    if (auto r = take_other(e, numbers); !r) return r.error();
  return e;
}

}  // namespace jawort
