// jawort/rule.hpp - what each reason means: standing, citation in force on a day, words and remedy.
//
// One row a code, in the order of `reason_code`. Texts say what was found and what to do; they name no threshold, since
// thresholds are policy. A citation holds in [from, until). jawort is not legal advice.
//
//   rule const& r = rule_of(reason_code::withdrawn);
//   citation_at(r, now);   // "Art. 7 Abs. 3 DSGVO"
//
// Values; read by any number of threads.
#pragma once
#include <array>
#include <string_view>

#include "reason.hpp"
#include "time.hpp"

namespace jawort {

/// What a rule rests on. `platform`: a messenger's own terms; `practice`: a cautious default of ours, no legal source.
enum class standing : std::uint8_t { statute, court, authority, platform, practice };

[[nodiscard]] constexpr std::string_view name(standing s) {
  switch (s) {
    case standing::statute: return "statute";
    case standing::court: return "court";
    case standing::authority: return "authority";
    case standing::platform: return "platform";
    case standing::practice: return "practice";
  }
  return "";
}

struct citation {
  std::string_view text;
  instant from;    ///< inclusive
  instant until;   ///< exclusive
};

struct rule {
  reason_code code;
  jawort::standing standing;
  std::array<citation, 3> citations;   ///< those not used have no text
  std::string_view text_de, text_en, remedy_de, remedy_en;
};

namespace detail::law {
inline constexpr instant begin = instant::earliest(), end = instant::latest();
inline constexpr instant gdpr = german_midnight(2018, 5, 25), uwg = german_midnight(2022, 5, 28);
[[nodiscard]] constexpr std::array<citation, 3> always(std::string_view t) { return {{{t, begin, end}, {}, {}}}; }
[[nodiscard]] constexpr std::array<citation, 3> since_gdpr(std::string_view t) { return {{{t, gdpr, end}, {}, {}}}; }
[[nodiscard]] constexpr std::array<citation, 3> uwg_numbered(std::string_view before, std::string_view after) { return {{{before, begin, uwg}, {after, uwg, end}, {}}}; }
[[nodiscard]] constexpr std::array<citation, 3> none() { return {}; }
inline constexpr std::array<citation, 3> consent{{{"§ 7 Abs. 2 Nr. 3 UWG; §§ 4a, 28 Abs. 3 BDSG (alte Fassung)", begin, gdpr},
                                                  {"Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 3 UWG", gdpr, uwg},
                                                  {"Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG", uwg, end}}};
}  // namespace detail::law

inline constexpr std::array<rule, reason_code_count> rules{{
    {reason_code::evaluation_failed, standing::practice, detail::law::none(),
     "Eine Regel ließ sich nicht auswerten, weil ein Beleg unlesbar oder widersprüchlich ist.", "A rule could not be evaluated because evidence is malformed or contradicts itself.",
     "Den Beleg im Verlauf ansehen und die Einwilligung mit klaren Angaben neu einholen.", "Look at the evidence in the history and ask for consent anew with clear particulars."},
    {reason_code::ledger_behind_anchor, standing::practice, detail::law::none(),
     "Das Hauptbuch ist älter als sein neuester Prüfpunkt; es können Abmeldungen fehlen.", "The ledger is older than its newest checkpoint; stops may be missing.",
     "Nichts senden. Die richtige Datei zurückholen und `jawort verify` ausführen.", "Send nothing. Bring back the right file and run `jawort verify`."},
    {reason_code::erased, standing::statute, detail::law::since_gdpr("Art. 17 Abs. 1, 3 lit. b, e DSGVO"),
     "Die Daten dieser Person wurden gelöscht; sie bleibt gesperrt.", "This person's data were erased; the person stays suppressed.",
     "Nicht anschreiben. Nur wenn die Person selbst neu einwilligt, geht es weiter.", "Do not write. It goes on only if the person consents anew."},
    {reason_code::objected, standing::statute, detail::law::since_gdpr("Art. 21 Abs. 2, 3 DSGVO"),
     "Die Person hat der Werbung widersprochen.", "The person has objected to advertising.",
     "Auf keinem Kanal werben. Auch die Ausnahme für Bestandskunden ist damit zu.", "Advertise on no channel. The exception for existing customers is closed as well."},
    {reason_code::withdrawn, standing::statute, detail::law::since_gdpr("Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 (nach Sekundärquellen)"),
     "Die Einwilligung wurde widerrufen.", "The consent was withdrawn.",
     "Aus dem Verteiler nehmen. Wieder schreiben erst nach einer neuen Einwilligung.", "Take them off the list. Write again only after a new consent."},
    {reason_code::restricted, standing::statute, detail::law::since_gdpr("Art. 18 DSGVO"),
     "Die Person hat verlangt, dass ihre Daten nur noch eingeschränkt verarbeitet werden.", "The person has had the processing of their data restricted.",
     "Nicht anschreiben, bis die Einschränkung aufgehoben ist.", "Do not write until the restriction is lifted."},
    {reason_code::whatsapp_marketing_stopped, standing::platform, detail::law::always("WhatsApp: Abwahl von Marketing durch die Person"),
     "Die Person hat in WhatsApp Werbung von Ihnen abgeschaltet.", "The person has switched off your marketing in WhatsApp.",
     "Keine Werbung über WhatsApp, bis die Person sie dort wieder zulässt.", "No advertising by WhatsApp until the person allows it there again."},
    {reason_code::known_unwanted, standing::statute, detail::law::always("§ 7 Abs. 1 S. 2 UWG"),
     "Die Person hat erkennbar gemacht, dass sie das nicht will (blockiert, abgelehnt oder beschwert).", "The person has shown that it is not wanted (blocked, refused or complained).",
     "Nicht anschreiben, solange das nicht ausdrücklich zurückgenommen ist.", "Do not write as long as that is not expressly taken back."},
    {reason_code::unclear_stop, standing::court, detail::law::always("LG Braunschweig 18.10.2012 22 O 66/12 (nach Sekundärquellen)"),
     "Die Person hat etwas geschrieben, das eine Abmeldung sein kann.", "The person wrote something that may be a stop.",
     "Einmal nachfragen, was gemeint war. Bis zur Antwort nichts senden.", "Ask once what was meant. Send nothing until they answer."},
    {reason_code::revoked, standing::practice, detail::law::none(),
     "Die Einwilligung wurde von uns selbst beendet.", "We ended the consent ourselves.",
     "Vor neuer Werbung um eine neue Einwilligung bitten.", "Ask for a new consent before advertising again."},
    {reason_code::confirmation_disputed, standing::court, detail::law::always("BGH 10.2.2011 I ZR 164/09"),
     "Die Person sagt, dass sie nicht selbst bestätigt hat.", "The person says that it was not them who confirmed.",
     "Nicht anschreiben und den Fall klären.", "Do not write, and clear the case up."},
    {reason_code::number_holder, standing::court, detail::law::always("OLG Köln 12.5.2011 6 W 99/11 (nach Sekundärquellen)"),
     "Diese Nummer gehört vielleicht nicht (mehr) dieser Person.", "This number may not, or no longer, be this person's.",
     "Klären, wem die Nummer gehört, und mit `record number-cleared` eintragen.", "Find out whose number it is and record it with `record number-cleared`."},
    {reason_code::no_evidence, standing::statute, detail::law::uwg_numbered("§ 7 Abs. 2 Nr. 3 UWG", "§ 7 Abs. 2 Nr. 2 UWG"),
     "Das Hauptbuch weiß nichts von dieser Person.", "The ledger knows nothing of this person.",
     "Erst eine Einwilligung einholen, am besten mit der Bitte, selbst zuerst zu schreiben.", "Get a consent first; best ask them to write first."},
    {reason_code::imported_unproven, standing::statute, detail::law::since_gdpr("Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDSA-Leitlinien 05/2020 Nr. 108"),
     "Die Adresse kam mit einer Liste, ohne Beleg einer Einwilligung.", "The address came in with a list, without evidence of a consent.",
     "Nicht anschreiben. Den Beleg nachtragen, wenn es ihn gibt, sonst neu um Einwilligung bitten.", "Do not write. Record the evidence if there is any, otherwise get a new consent."},
    {reason_code::inbound_is_not_consent, standing::practice, detail::law::none(),
     "Die Person hat uns nur geschrieben; das ist keine Einwilligung in Werbung.", "The person only wrote to us; that is no consent to advertising.",
     "Die Frage beantworten, aber keine Werbung senden. Auf das Schlüsselwort hinweisen.", "Answer the question, but send no advertising. Point to the keyword."},
    {reason_code::double_opt_in_pending, standing::court, detail::law::always("BGH 10.2.2011 I ZR 164/09"),
     "Die Anmeldung ist noch nicht bestätigt.", "The sign-up is not confirmed yet.",
     "Auf die Antwort der Person warten; nicht erinnern.", "Wait for the person's answer; do not remind them."},
    {reason_code::confirmation_expired, standing::statute, detail::law::since_gdpr("Art. 5 Abs. 1 lit. e DSGVO"),
     "Die Anmeldung wurde nicht rechtzeitig bestätigt und ist verfallen.", "The sign-up was not confirmed in time and has lapsed.",
     "Nur neu fragen, wenn die Person sich selbst noch einmal anmeldet.", "Ask again only if the person signs up once more."},
    {reason_code::confirmed_on_other_channel, standing::court, detail::law::always("BGH 10.2.2011 I ZR 164/09"),
     "Bestätigt wurde auf einem anderen Weg; das beweist für diesen Kanal nichts.", "It was confirmed by another way, which proves nothing for this channel.",
     "Die Bestätigung auf dem Kanal einholen, auf dem gesendet werden soll.", "Get the confirmation on the channel that is to be used."},
    {reason_code::purpose_not_covered, standing::statute, detail::law::since_gdpr("Art. 6 Abs. 1 lit. a DSGVO"),
     "Die Einwilligung gilt nicht für diesen Zweck.", "The consent is not for this purpose.",
     "Für diesen Zweck eigens um Einwilligung bitten.", "Ask for consent to this purpose."},
    {reason_code::demonstrable, standing::statute, detail::law::since_gdpr("Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDSA-Leitlinien 05/2020 Nr. 108"),
     "Der Nachweis der Einwilligung ist nicht vollständig.", "The proof of the consent is not whole.",
     "Im Verlauf sehen, was fehlt: Hinweis, Worte oder Handlung, Anfrage und Bestätigungsbitte. Nachtragen oder neu einholen.", "See in the history what is missing: notice, words or act, request and confirmation sent. Record it or ask anew."},
    {reason_code::channel_covered, standing::court, detail::law::always("BGH 1.2.2018 III ZR 196/17"),
     "Die Einwilligung gilt nicht für diesen Kanal.", "The consent is not for this channel.",
     "Den Kanal nutzen, der genannt wurde, oder für diesen neu fragen.", "Use the channel that was named, or ask anew for this one."},
    {reason_code::consent_required_electronic_mail, standing::statute, detail::law::uwg_numbered("§ 7 Abs. 2 Nr. 3 UWG", "§ 7 Abs. 2 Nr. 2 UWG"),
     "Es gibt keine Einwilligung und keine andere Grundlage für diese Nachricht.", "There is no consent and no other basis for this message.",
     "Nicht senden. Erst eine Einwilligung einholen.", "Do not send. Get a consent first."},
    {reason_code::consent_required_call, standing::statute, detail::law::uwg_numbered("§ 7 Abs. 2 Nr. 2 UWG", "§ 7 Abs. 2 Nr. 1 UWG"),
     "Für Werbeanrufe fehlt die ausdrückliche Einwilligung.", "There is no express consent to advertising calls.",
     "Nicht anrufen. Erst eine Einwilligung für Anrufe einholen.", "Do not call. Get a consent to calls first."},
    {reason_code::frequency_promised, standing::practice, detail::law::none(),
     "So viele Nachrichten, wie versprochen waren, sind in diesem Zeitraum schon gesendet.", "As many messages as were promised have been sent in this period already.",
     "Später senden.", "Send later."},
    {reason_code::quiet_hours, standing::practice, detail::law::none(),
     "Beim Empfänger ist Ruhezeit (Abend, Nacht, Sonntag oder Feiertag).", "It is quiet time at the recipient's (evening, night, Sunday or holiday).",
     "Besser werktags am Tag senden.", "Better send on a working day by day."},
    {reason_code::consent_before_2018, standing::statute,
     {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); § 7 Abs. 2 Nr. 3 UWG", detail::law::begin, detail::law::gdpr}, {"ErwGr. 171 DSGVO", detail::law::gdpr, detail::law::end}, {}}},
     "Die Einwilligung ist älter als die DSGVO.", "The consent is older than the GDPR.",
     "Seit dem 25.5.2018 muss belegt sein, dass sie nicht gekoppelt war und die Person alt genug; sonst neu einholen.", "Since 25 May 2018 it must be shown that it was not a condition of a contract and the person old enough; otherwise ask anew."},
    {reason_code::affirmative_act, standing::statute, detail::law::since_gdpr("Art. 4 Nr. 11, ErwGr. 32 DSGVO; BGH 28.5.2020 I ZR 7/16"),
     "Die Person hat nichts Eindeutiges getan (Schweigen, vorangekreuztes Kästchen).", "The person did nothing unambiguous (silence, a pre-ticked box).",
     "Um eine eindeutige Handlung bitten, etwa das Schlüsselwort zu schreiben.", "Ask for a clear act, such as writing the keyword."},
    {reason_code::specific, standing::court, detail::law::always("BGH 28.5.2020 I ZR 7/16"),
     "Die gezeigten Worte nennen nicht Absender, Produkte und Zweck.", "The words shown do not name sender, products and purpose.",
     "Mit einem vollständigen Hinweis neu um Einwilligung bitten.", "Ask anew with a complete notice."},
    {reason_code::informed, standing::statute, detail::law::since_gdpr("Art. 7, 12, 13 DSGVO"),
     "In den gezeigten Worten fehlte ein Pflichtteil.", "A mandatory part was missing from the words shown.",
     "`jawort notice check` zeigt, was fehlt; mit vollständigem Hinweis neu fragen.", "`jawort notice check` shows what is missing; ask anew with a complete notice."},
    {reason_code::distinguishable, standing::statute, detail::law::since_gdpr("Art. 7 Abs. 2 DSGVO"),
     "Die Einwilligung stand in den Geschäftsbedingungen.", "The consent stood within terms and conditions.",
     "Getrennt davon noch einmal fragen.", "Ask once more, apart from them."},
    {reason_code::coupling, standing::statute, detail::law::since_gdpr("Art. 7 Abs. 4, ErwGr. 43 DSGVO"),
     "Der Vertrag hing von der Einwilligung ab.", "The contract was made conditional on the consent.",
     "Prüfen, ob sie freiwillig war; besser ohne Kopplung neu fragen.", "See whether it was freely given; better ask anew without the condition."},
    {reason_code::age_of_consent, standing::statute, detail::law::since_gdpr("Art. 8 DSGVO"),
     "Die Person ist zu jung, und die Eltern haben nicht zugestimmt.", "The person is too young, and the parents have not agreed.",
     "Die Zustimmung der Eltern einholen und eintragen.", "Get the parents' consent and record it."},
    {reason_code::stale_consent, standing::practice, detail::law::always("kein Erlöschen allein durch Zeit: BGH 1.2.2018 III ZR 196/17; dagegen LG München I 8.4.2010 17 HK O 138/10, AG München 14.2.2023 161 C 12736/22 (nach Sekundärquellen)"),
     "Die Einwilligung wurde lange nicht genutzt.", "The consent has not been used for a long time.",
     "Bald nutzen oder die Person um Erneuerung bitten, wenn sie sich meldet.", "Use it soon, or ask for renewal when the person is in touch."},
    {reason_code::notice_changed, standing::authority, detail::law::since_gdpr("EDSA-Leitlinien 05/2020 Nr. 110"),
     "Zweck, Empfänger oder Verantwortlicher sind heute andere als in den Worten, denen zugestimmt wurde.", "Purpose, recipients or controller differ today from the words consented to.",
     "Mit dem neuen Hinweis neu um Einwilligung bitten.", "Ask for consent anew with the new notice."},
    {reason_code::third_country, standing::statute, {{{"Art. 44–49 DSGVO", detail::law::gdpr, german_midnight(2023, 7, 10)},
      {"Art. 44–49 DSGVO; (EU) 2023/1795; EuG 3.9.2025 T-553/23 (Rechtsmittel C-703/25 P anhängig)", german_midnight(2023, 7, 10), detail::law::end}, {}}},
     "Der Anbieter des Kanals überträgt Daten in ein Drittland, und der Hinweis nennt das oder die Grundlage nicht.", "The channel's provider transfers data to a third country, and the notice does not name that or its basis.",
     "Den Hinweis um Drittland und Garantie ergänzen und neu fragen.", "Add third country and safeguard to the notice and ask anew."},
    {reason_code::whatsapp_window, standing::platform, detail::law::always("WhatsApp Business Messaging Policy"),
     "Die letzte Nachricht der Person ist zu lange her für eine freie Nachricht.", "The person's last message is too long ago for a free-form message.",
     "Eine genehmigte Vorlage verwenden (--template).", "Use an approved template (--template)."},
    {reason_code::messenger_window, standing::platform, detail::law::always("Messenger-Plattformregeln (nach Sekundärquellen)"),
     "Die letzte Nachricht der Person ist zu lange her für Messenger.", "The person's last message is too long ago for Messenger.",
     "Warten, bis die Person wieder schreibt, oder einen anderen Kanal mit Einwilligung nutzen.", "Wait until the person writes again, or use another channel with consent."},
    {reason_code::austria, standing::statute, detail::law::always("§ 174 TKG 2021 (Österreich)"),
     "Der Empfänger ist in Österreich; dort gilt dieselbe Antwort nach dortigem Recht.", "The recipient is in Austria; the same answer holds under Austrian law.",
     "Die Liste nach § 7 Abs. 2 ECG (Österreich) beachten.", "Mind the list under § 7(2) ECG (Austria)."},
    {reason_code::switzerland, standing::statute, detail::law::always("Art. 3 Abs. 1 lit. o UWG (Schweiz)"),
     "Der Empfänger ist in der Schweiz; dort gilt dieselbe Antwort nach dortigem Recht.", "The recipient is in Switzerland; the same answer holds under Swiss law.",
     "Nichts weiter zu tun.", "Nothing more to do."},
    {reason_code::jurisdiction_unchecked, standing::practice, detail::law::none(),
     "Der Empfänger ist in einem Land, dessen Recht hier nicht hinterlegt ist; geprüft wurde nach deutschem.", "The recipient is in a country whose law is not kept here; German rules were applied.",
     "Das Recht dieses Landes prüfen lassen.", "Have that country's law checked."},
    {reason_code::existing_customer_exception, standing::statute, detail::law::always("§ 7 Abs. 3 UWG"),
     "Bestandskunde: Adresse aus einem Verkauf, eigene ähnliche Angebote, Hinweis auf den Widerspruch, kein Widerspruch.", "Existing customer: address from a sale, own similar offers, notice of the right to object, no objection.",
     "In jeder Nachricht auf das Widerspruchsrecht hinweisen.", "Name the right to object in every message."},
    {reason_code::customer_wrote_first, standing::statute, detail::law::since_gdpr("Art. 6 Abs. 1 lit. b/f DSGVO"),
     "Antwort auf eine Frage der Person selbst.", "An answer to the person's own question.",
     "Nur antworten, keine Werbung anhängen.", "Only answer; add no advertising."},
    {reason_code::keyword_started, standing::statute, detail::law::consent,
     "Die Person hat selbst mit ihren Worten begonnen, nachdem sie den Hinweis sehen konnte.", "The person began with words of their own after the notice was public.",
     "Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.", "The consent is proven; name the way out in every message."},
    {reason_code::double_opt_in_confirmed, standing::statute, detail::law::consent,
     "Angemeldet, neutral gefragt und auf demselben Kanal bestätigt.", "Signed up, asked neutrally, and confirmed on the same channel.",
     "Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.", "The consent is proven; name the way out in every message."},
    {reason_code::consent_proven, standing::statute, detail::law::consent,
     "Die Einwilligung wurde durch eine Handlung gegeben und ist belegt.", "The consent was given by an act and is proven.",
     "Den Beleg (etwa das Blatt) aufbewahren; der Weg zur Abmeldung gehört in jede Nachricht.", "Keep the evidence (such as the form); name the way out in every message."},
}};

[[nodiscard]] constexpr rule const& rule_of(reason_code c) { return rules[static_cast<std::size_t>(c)]; }

/// The citation in force at that time; empty where there is none.
[[nodiscard]] constexpr std::string_view citation_at(rule const& r, instant at) {
  for (citation const& c : r.citations)
    if (!c.text.empty() && c.from <= at && at < c.until) return c.text;
  return {};
}

namespace detail {
[[nodiscard]] constexpr bool rules_in_order() {
  for (std::size_t i = 0; i < rules.size(); ++i)
    if (static_cast<std::size_t>(rules[i].code) != i || rules[i].text_de.empty() || rules[i].text_en.empty() || rules[i].remedy_de.empty() || rules[i].remedy_en.empty()) return false;
  return true;
}
static_assert(rules_in_order(), "every code has its row, in order");
}  // namespace detail

}  // namespace jawort
