#include "person_words.hpp"

namespace jawort::cli {

bilingual kind_words(event_kind k) {
  switch (k) {
    case event_kind::requested: return {"Anmeldung eingetragen", "sign-up entered"};
    case event_kind::confirmation_sent: return {"um Bestätigung gebeten", "asked to confirm"};
    case event_kind::confirmed: return {"bestätigt", "confirmed"};
    case event_kind::given: return {"eingewilligt", "consented"};
    case event_kind::renewed: return {"Einwilligung erneuert", "consent renewed"};
    case event_kind::refused: return {"abgelehnt", "refused"};
    case event_kind::withdrawn: return {"widerrufen", "withdrawn"};
    case event_kind::objected: return {"jeder Werbung widersprochen", "objected to all advertising"};
    case event_kind::revoked: return {"von uns beendet", "ended by us"};
    case event_kind::suspended: return {"ausgesetzt, bis klar ist, was gemeint war", "suspended until it is clear what was meant"};
    case event_kind::resumed: return {"nach Rückfrage fortgesetzt", "resumed after asking"};
    case event_kind::expired: return {"Anmeldung ohne Antwort abgelaufen", "sign-up expired without an answer"};
    case event_kind::invalidated: return {"für ungültig erklärt", "declared invalid"};
    case event_kind::imported: return {"aus einer Liste übernommen", "taken over from a list"};
    case event_kind::restricted: return {"Verarbeitung eingeschränkt", "processing restricted"};
    case event_kind::unrestricted: return {"Einschränkung aufgehoben", "restriction lifted"};
    case event_kind::blocked: return {"uns blockiert", "blocked us"};
    case event_kind::unblocked: return {"Blockierung aufgehoben", "unblocked us"};
    case event_kind::platform_stopped: return {"Werbung bei der Plattform abgestellt", "advertising stopped at the platform"};
    case event_kind::platform_resumed: return {"Werbung bei der Plattform wieder zugelassen", "advertising allowed again at the platform"};
    case event_kind::undeliverable: return {"Nachricht nicht zustellbar", "message undeliverable"};
    case event_kind::wrong_number: return {"als falsche Nummer gemeldet", "reported as a wrong number"};
    case event_kind::number_cleared: return {"Nummer geklärt", "number cleared"};
    case event_kind::inbound: return {"Nachricht an uns", "message to us"};
    case event_kind::outbound: return {"Nachricht von uns", "message from us"};
    case event_kind::sale_recorded: return {"Kauf vermerkt", "sale recorded"};
    case event_kind::address_linked: return {"zwei Adressen derselben Person", "two addresses of the same person"};
    case event_kind::address_changed: return {"Adresse geändert", "address changed"};
    case event_kind::group_member_added: return {"in eine Gruppe aufgenommen", "added to a group"};
    case event_kind::group_member_left: return {"aus einer Gruppe ausgetreten", "left a group"};
    case event_kind::access_requested: return {"Auskunft verlangt", "access requested"};
    case event_kind::erasure_requested: return {"Löschung verlangt", "erasure requested"};
    case event_kind::request_answered: return {"Anfrage beantwortet", "request answered"};
    case event_kind::erased: return {"gelöscht", "erased"};
    case event_kind::ledger_created: case event_kind::notice_published: case event_kind::policy_set: case event_kind::key_rotated: case event_kind::restored: break;
  }
  return {std::string{name(k)}, std::string{name(k)}};
}

bilingual channel_words(channel c) {
  switch (c) {
    case channel::whatsapp: return {"WhatsApp", "WhatsApp"};
    case channel::messenger: return {"Messenger", "Messenger"};
    case channel::sms: return {"SMS", "SMS"};
    case channel::email: return {"E-Mail", "e-mail"};
    case channel::call: return {"Anruf", "call"};
  }
  return {};
}

bilingual purpose_words(purpose const& p) {
  std::string const text{p.text()};
  if (p.is_service()) return {"Antwort auf Ihre Frage (service)", "answer to your question (service)"};
  if (text == "address-book") return {"Adressbuch des Telefons (address-book)", "the phone's address book (address-book)"};
  if (text.starts_with("group:")) return {"Gruppe " + text.substr(6), "group " + text.substr(6)};
  return {text, text};
}

bilingual source_words(std::string const& source) {
  if (source.starts_with("receive:")) return {"Ihre Nachricht, wie die Plattform sie übermittelte (" + source.substr(8) + ")", "your message, as the platform delivered it (" + source.substr(8) + ")"};
  // The beginning of the digest is enough for a person; JSON has all of it.
  if (source.starts_with("import:")) return {"eine eingelesene Datei (SHA-256 " + source.substr(7, 12) + "…)", "a file that was read in (SHA-256 " + source.substr(7, 12) + "…)"};
  if (source == "cli") return {"von uns eingetragen", "entered by us"};
  if (source == "form") return {"ein Formular", "a form"};
  if (source == "sweep" || source == "jawort") return {"selbsttätig vermerkt", "noted automatically"};
  return {source, source};
}

std::string last_day(instant until) { return to_string(until - milliseconds{1}).substr(0, 10); }

json event_json(ledger const& book, event const& e, bool operators) {
  json j{{"seq", e.seq}, {"event", name(e.kind)}, {"occurred_at", to_string(e.occurred_at)}, {"recorded_at", to_string(e.recorded_at)}, {"address", e.who->text()},
         {"channel", e.on ? std::string{name(*e.on)} : std::string{}}, {"purpose", e.about ? std::string{e.about->text()} : std::string{}}, {"via", e.via},
         {"notice", e.notice == 0 || e.notice > book.published().size() ? "" : book.published()[e.notice - 1].words.reference()}, {"source", e.source}};
  if (operators) j["operator"] = e.operator_name;
  if (e.other) j["other_address"] = e.other->text();
  json proof = json::object();
  for (auto const& [k, v] : e.proof.entries()) proof[k] = v;
  j["evidence"] = proof;
  return j;
}

json words_json(published_notice const& n) {
  auto const& w = n.words;
  json channels = json::array(), purposes = json::array(), recipients = json::array();
  for (auto const c : w.channels) channels.push_back(name(c));
  for (auto const& p : w.purposes) purposes.push_back(p.text());
  for (auto const& r : w.recipients)
    recipients.push_back({{"name", r.name}, {"country", r.country}, {"third_country", detail::third_country(r.country)}, {"safeguard", r.safeguard}});
  return {{"notice", w.reference()}, {"published_at", to_string(w.published_at)}, {"sha256", n.digest_hex}, {"language", w.language}, {"channels", channels}, {"purposes", purposes},
          {"text", w.text}, {"confirmation", w.confirmation}, {"keyword", w.keyword}, {"products", w.products},
          {"frequency", {{"max", w.frequency_max}, {"days", w.frequency_days}}},
          {"controller", {{"name", w.controller_name}, {"address", w.controller_address}, {"contact", w.controller_contact}, {"data_protection_officer", w.data_protection_officer}}},
          {"data_categories", w.data_categories}, {"retention", w.retention}, {"recipients", recipients}, {"privacy_url", w.privacy_url}, {"privacy_sha256", w.privacy_sha256},
          {"stop", {{"keyword", w.stop_keyword}, {"text", w.stop_text}}}, {"rights", {{"text", w.rights_text}, {"authority", w.rights_authority}}}};
}

}  // namespace jawort::cli
