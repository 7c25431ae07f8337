#include "jawort/ledger/receipt.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "crypto.hpp"

namespace jawort {
namespace {
using json = nlohmann::ordered_json;

result<std::string> random_uuid() {
  std::array<std::uint8_t, 16> b{};
  if (auto r = crypto::fill_random(b); !r) return r.error();
  b[6] = static_cast<std::uint8_t>((b[6] & 0x0f) | 0x40);
  b[8] = static_cast<std::uint8_t>((b[8] & 0x3f) | 0x80);
  auto const h = crypto::hex(b);
  return h.substr(0, 8) + "-" + h.substr(8, 4) + "-" + h.substr(12, 4) + "-" + h.substr(16, 4) + "-" + h.substr(20);
}

bool is_yes(event_kind k) { return k == event_kind::given || k == event_kind::renewed || k == event_kind::confirmed; }

/// Kinds that speak of consent: what was asked, agreed to, and taken back.
bool is_about_consent(event_kind k) { return static_cast<int>(k) >= 1 && static_cast<int>(k) <= 14; }

receipt_consent& consent_for(receipt& r, event const& e) {
  for (auto& c : r.consents)
    if (c.who == *e.who && c.on == *e.on && c.about == *e.about) return c;
  r.consents.push_back({*e.who, *e.on, *e.about, consent_status::unknown, {}, {}, {}});
  return r.consents.back();
}

void take(receipt_consent& c, event const& e, ledger const& book) {
  c.entries.push_back({e.seq, e.kind, e.occurred_at, e.via.empty() && e.on ? std::string{name(*e.on)} : e.via});
  if (is_yes(e.kind)) c.given_at = e.occurred_at;
  if (e.notice != 0 && e.notice <= book.published().size()) c.shown = book.published()[e.notice - 1];
}

/// A stop, or a row of a list, may be about several consents, or about none that anybody agreed to.
bool touches(event const& e, receipt_consent const& c) {
  return (!e.on || *e.on == c.on) && (!e.about || e.about->covers(c.about));
}
}  // namespace

result<receipt> receipt_of(ledger& book, address const& who, instant at) {
  auto events = book.history(who);
  if (!events) return events.error();
  std::erase_if(*events, [&](event const& e) { return !is_about_consent(e.kind) || e.occurred_at > at; });
  std::stable_sort(events->begin(), events->end(), [](event const& a, event const& b) { return a.occurred_at < b.occurred_at; });
  receipt r;
  for (event const& e : *events)
    if (e.on && e.about) consent_for(r, e);
  if (r.consents.empty())
    return error{failure::not_found, {"zu " + who.text() + " ist keine Einwilligung verzeichnet", "no consent of " + who.text() + " is on record"}, {}};
  for (event const& e : *events)
    for (auto& c : r.consents)
      if (e.on && e.about && !ends_or_bars(e.kind) ? c.who == *e.who && c.on == *e.on && c.about == *e.about : touches(e, c)) take(c, e, book);
  for (auto& c : r.consents) {
    question q;
    q.who = &c.who;
    q.on = c.on;
    q.about = c.about;
    q.at = at;
    auto const d = book.ask(q);
    if (!d) return d.error();
    c.status = d->status;
  }
  auto id = random_uuid();
  auto note = book.checkpoint_note();
  auto all = book.addresses_of(who);
  if (!id) return id.error();
  if (!note) return note.error();
  if (!all) return all.error();
  r.id = *std::move(id);
  r.issued_at = at;
  r.controller = book.controller();
  r.region = book.region();
  r.origin = book.origin();
  r.verifier_key = book.verifier_key();
  r.checkpoint = *std::move(note);
  r.addresses = *std::move(all);
  return r;
}

std::string_view dpv_name(consent_status s) {
  switch (s) {
    case consent_status::unknown: return "ConsentUnknown";
    case consent_status::requested: return "ConsentRequested";
    case consent_status::request_deferred: return "ConsentRequestDeferred";
    case consent_status::given: return "ConsentGiven";
    case consent_status::renewed: return "RenewedConsentGiven";
    case consent_status::refused: return "ConsentRefused";
    case consent_status::withdrawn: return "ConsentWithdrawn";
    case consent_status::revoked: return "ConsentRevoked";
    case consent_status::expired: return "ConsentExpired";
    case consent_status::invalidated: return "ConsentInvalidated";
  }
  return "";
}

namespace {
json time_literal(instant t) { return {{"@type", "xsd:dateTime"}, {"@value", to_string(t)}}; }

json controller_node(receipt const& r, receipt_consent const& c) {
  json j{{"@type", "dpv:DataController"}, {"dpv:hasName", r.controller}};
  if (!c.shown) return j;
  notice const& n = c.shown->words;
  if (!n.controller_name.empty()) j["dpv:hasName"] = n.controller_name;
  if (!n.controller_address.empty()) j["dpv:hasAddress"] = n.controller_address;
  if (!n.controller_contact.empty()) j["dpv:hasContact"] = n.controller_contact;
  return j;
}

json notice_node(published_notice const& n) {
  json j{{"@type", "dpv:ConsentNotice"}, {"dct:identifier", n.words.reference()}, {"dct:language", n.words.language}, {"dct:date", time_literal(n.words.published_at)},
         {"dct:description", n.words.text}, {"dpv:hasIdentifier", "sha256:" + n.digest_hex}};
  if (!n.words.privacy_url.empty()) j["dct:source"] = n.words.privacy_url;
  return j;
}

/// What the process is about, as the notice said it.
void add_processing(json& j, receipt_consent const& c) {
  j["dpv:hasPurpose"] = {{"@type", c.about.is_advertising() ? "dpv:DirectMarketing" : "dpv:Purpose"}, {"dct:title", c.about.text()}};
  j["dpv:hasLegalBasis"] = {{"@id", "dpv:Consent"}};
  if (!c.shown) return;
  notice const& n = c.shown->words;
  for (auto const& what : n.data_categories) j["dpv:hasPersonalData"].push_back({{"@type", "dpv:PersonalData"}, {"dct:title", what}});
  for (auto const& who : n.recipients) {
    json one{{"@type", "dpv:Recipient"}, {"dpv:hasName", who.name}};
    if (!who.country.empty()) one["dpv:hasLocation"] = who.country;
    if (!who.safeguard.empty()) one["dpv:hasSafeguard"] = who.safeguard;
    j["dpv:hasRecipient"].push_back(one);
  }
  if (!n.retention.empty()) j["dpv:hasStorageCondition"] = {{"@type", "dpv:StorageDuration"}, {"dct:description", n.retention}};
  if (!n.rights_text.empty()) j["dpv:hasRight"] = {{"@type", "dpv:DataSubjectRight"}, {"dct:description", n.rights_text}};
  if (!n.stop_keyword.empty() || !n.stop_text.empty())
    j["dpv:hasConsentControl"] = {{"@type", "dpv:WithdrawConsent"}, {"dpv:isExercisedAt", n.stop_text.empty() ? n.stop_keyword : n.stop_text}};
}

json consent_node(receipt const& r, receipt_consent const& c) {
  json j{{"@type", "dpv:ConsentRecord"}, {"dpv:hasConsentStatus", {{"@id", "dpv:" + std::string{dpv_name(c.status)}}}}, {"dpv:hasDataSubject", {{"@type", "dpv:DataSubject"}, {"dpv:hasIdentifier", c.who.text()}}},
         {"dpv:hasDataController", controller_node(r, c)}, {"dct:medium", name(c.on)}};
  add_processing(j, c);
  if (c.shown) j["dpv:hasNotice"] = notice_node(*c.shown);
  if (c.given_at) {
    j["dpv:isIndicatedBy"] = {{"@id", "dpv:DataSubject"}};
    j["dpv:isIndicatedAtTime"] = time_literal(*c.given_at);
  }
  for (auto const& e : c.entries) j["dct:hasPart"].push_back({{"dct:title", name(e.kind)}, {"dct:date", time_literal(e.at)}, {"dpv:hasIndicationMethod", e.via}, {"dct:identifier", r.origin + "#" + std::to_string(e.seq)}});
  return j;
}
}  // namespace

std::string to_dpv(receipt const& r) {
  json records = json::array();
  for (auto const& c : r.consents) records.push_back(consent_node(r, c));
  json const out{{"@context", {{"dpv", "https://w3id.org/dpv#"}, {"dct", "http://purl.org/dc/terms/"}, {"xsd", "http://www.w3.org/2001/XMLSchema#"}}},
                 {"@id", "urn:uuid:" + r.id}, {"@type", "dpv:ConsentReceipt"}, {"dct:issued", time_literal(r.issued_at)}, {"dct:publisher", r.controller},
                 {"dpv:hasJurisdiction", r.region}, {"dct:provenance", {{"dct:identifier", r.verifier_key}, {"dct:description", r.checkpoint}}}, {"dct:hasPart", records}};
  return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

namespace {
json kantara_purpose(receipt_consent const& c) {
  json j{{"purpose", c.about.text()}, {"purposeCategory", json::array({c.about.is_advertising() ? "6 - Marketing" : "1 - Core Function"})}, {"consentType", "EXPLICIT"},
         {"piiCategory", json::array()}, {"primaryPurpose", false}, {"termination", ""}, {"thirdPartyDisclosure", false}};
  if (!c.shown) return j;
  notice const& n = c.shown->words;
  j["piiCategory"] = n.data_categories;
  j["termination"] = n.stop_text.empty() ? n.retention : n.stop_text + (n.retention.empty() ? "" : " / " + n.retention);
  std::string names;
  for (auto const& who : n.recipients) names += (names.empty() ? "" : ", ") + who.name;
  j["thirdPartyDisclosure"] = !names.empty();
  if (!names.empty()) j["thirdPartyName"] = names;
  return j;
}

json kantara_receipt(receipt const& r, receipt_consent const& c, std::size_t number) {
  notice const* const n = c.shown ? &c.shown->words : nullptr;
  json controller{{"piiController", n != nullptr && !n->controller_name.empty() ? n->controller_name : r.controller}, {"contact", n != nullptr ? n->controller_contact : ""},
                  {"address", {{"streetAddress", n != nullptr ? n->controller_address : ""}, {"addressCountry", r.region}}}};
  auto const contact = n != nullptr ? n->controller_contact : std::string{};
  controller[contact.find('@') == contact.npos ? "phone" : "email"] = contact;
  std::string method;
  for (auto const& e : c.entries)
    if (is_yes(e.kind)) method = std::string{name(e.kind)} + " (" + e.via + ")";
  return {{"version", "KI-CR-v1.1.0"}, {"jurisdiction", r.region}, {"consentTimestamp", c.given_at->ms() / 1000}, {"collectionMethod", method},
          {"consentReceiptID", r.id + (number == 0 ? "" : "-" + std::to_string(number))}, {"publicKey", r.verifier_key}, {"language", n != nullptr ? n->language : "de"}, {"piiPrincipalId", c.who.text()},
          {"piiControllers", json::array({controller})}, {"policyUrl", n != nullptr ? n->privacy_url : ""},
          {"services", json::array({{{"service", name(c.on)}, {"purposes", json::array({kantara_purpose(c)})}}})}, {"sensitive", false}, {"spiCat", json::array()},
          {"consentStatus", name(c.status)}};
}
}  // namespace

std::string to_kantara(receipt const& r) {
  json out = json::array();
  for (auto const& c : r.consents)
    if (c.given_at) out.push_back(kantara_receipt(r, c, out.size()));
  return out.dump(2, ' ', false, json::error_handler_t::replace) + "\n";
}

namespace {
std::string_view words_of(consent_status s, bool de) {
  switch (s) {
    case consent_status::unknown: return de ? "keine Einwilligung" : "no consent";
    case consent_status::requested: return de ? "angefragt, noch nicht bestätigt" : "requested, not confirmed yet";
    case consent_status::request_deferred: return de ? "Anfrage aufgeschoben" : "request deferred";
    case consent_status::given: return de ? "erteilt" : "given";
    case consent_status::renewed: return de ? "erneuert" : "renewed";
    case consent_status::refused: return de ? "abgelehnt" : "refused";
    case consent_status::withdrawn: return de ? "von Ihnen widerrufen" : "withdrawn by you";
    case consent_status::revoked: return de ? "von uns aufgehoben" : "revoked by us";
    case consent_status::expired: return de ? "abgelaufen" : "expired";
    case consent_status::invalidated: return de ? "ungültig" : "invalidated";
  }
  return "";
}

std::string_view words_of(event_kind k, bool de) {
  switch (k) {
    case event_kind::requested: return de ? "angefragt" : "requested";
    case event_kind::confirmation_sent: return de ? "um Bestätigung gebeten" : "asked to confirm";
    case event_kind::confirmed: return de ? "von Ihnen bestätigt" : "confirmed by you";
    case event_kind::given: return de ? "von Ihnen erteilt" : "given by you";
    case event_kind::renewed: return de ? "von Ihnen erneuert" : "renewed by you";
    case event_kind::refused: return de ? "von Ihnen abgelehnt" : "refused by you";
    case event_kind::withdrawn: return de ? "von Ihnen widerrufen" : "withdrawn by you";
    case event_kind::objected: return de ? "von Ihnen widersprochen" : "objected to by you";
    case event_kind::revoked: return de ? "von uns aufgehoben" : "revoked by us";
    case event_kind::suspended: return de ? "ausgesetzt" : "suspended";
    case event_kind::resumed: return de ? "wieder aufgenommen" : "resumed";
    case event_kind::expired: return de ? "abgelaufen" : "expired";
    case event_kind::invalidated: return de ? "für ungültig erklärt" : "declared invalid";
    case event_kind::imported: return de ? "aus einer Liste übernommen" : "taken over from a list";
    default: return name(k);
  }
}

std::string minute_text(instant t) {
  auto const s = to_string(t);
  return s.substr(0, 10) + " " + s.substr(11, 5) + " UTC";
}

void add_consent_text(std::string& out, receipt_consent const& c, bool de) {
  auto const line = [&](char const* german, char const* english, std::string value) {
    while (value.ends_with('\n')) value.pop_back();
    std::string indented;
    for (char const ch : value) {
      if (ch != '\n' && indented.ends_with('\n')) indented += std::string(18, ' ');
      indented += ch;
    }
    if (!value.empty()) out += fmt::format("  {:<16}{}\n", de ? german : english, indented);
  };
  out += fmt::format("\n{} · {} · {}: {}\n", c.about.text(), name(c.on), c.who.text(), words_of(c.status, de));
  for (auto const& e : c.entries) out += fmt::format("  {}  {} ({}), #{}\n", minute_text(e.at), words_of(e.kind, de), e.via.empty() ? "–" : e.via, e.seq);
  if (!c.shown) return;
  notice const& n = c.shown->words;
  line("Hinweis", "notice", n.reference() + ", SHA-256 " + c.shown->digest_hex);
  line("Worte", "words", n.text);
  std::string data, recipients;
  for (auto const& d : n.data_categories) data += (data.empty() ? "" : ", ") + d;
  for (auto const& r : n.recipients) recipients += (recipients.empty() ? "" : ", ") + r.name + (r.country.empty() ? "" : " (" + r.country + ")");
  line("Daten", "data", data);
  line("Empfänger", "recipients", recipients);
  line("Speicherung", "retention", n.retention);
  line("Datenschutz", "privacy", n.privacy_url);
  line("Beenden", "to stop", n.stop_text);
  line("Ihre Rechte", "your rights", n.rights_text);
  line("Aufsicht", "authority", n.rights_authority);
}
}  // namespace

std::string to_text(receipt const& r, bool de) {
  std::string out = fmt::format("{}\n{} {}\n{}, {}\n", de ? "Einwilligungsbeleg" : "Consent receipt", de ? "Verantwortlich:" : "Controller:", r.controller,
                                de ? "ausgestellt " + minute_text(r.issued_at) : "issued " + minute_text(r.issued_at), r.id);
  for (auto const& c : r.consents) add_consent_text(out, c, de);
  out += fmt::format("\n{}\n{}\n", de ? "Nachprüfbar: die Nummern (#) stehen im unterschriebenen Protokoll, dessen Stand dies ist" : "Verifiable: the numbers (#) stand in the signed log, which this is the state of", r.checkpoint);
  out += fmt::format("{} {}\n", de ? "Prüfschlüssel:" : "Verifier key:", r.verifier_key);
  return out;
}

}  // namespace jawort
