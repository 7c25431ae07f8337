// jawort/rule.hpp - what each reason means: standing, citation in force on a day, words and remedy.
//
// One row a code, in the order of `reason_code`. Texts say what was found and what to do; they name no threshold, since
// thresholds are policy. A citation holds in [from, until); a ruling is cited from its own day on. In citations `{uwg}`
// stands for the number of § 7 Abs. 2 UWG that governs the channel on that day (calls and electronic mail have numbers of
// their own, and both moved on 28.5.2022), `{s}` for a source of which only a secondary summary was read.
// jawort is not legal advice.
//
//   citation_text(rule_of(reason_code::withdrawn), now, channel::whatsapp, tongue::de);   // "Art. 7 Abs. 3 DSGVO; …"
//
// Values; read by any number of threads.
#pragma once
#include <array>
#include <string>
#include <string_view>

#include "channel.hpp"
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

/// The languages that jawort speaks.
enum class tongue : std::uint8_t { de, en };

struct citation {
  std::string_view de, en;   ///< empty where the row is not used
  instant from;              ///< inclusive
  instant until;             ///< exclusive
};

struct rule {
  reason_code code;
  jawort::standing standing;
  outcome usual;             ///< the mildest that it says where it applies; a policy may raise it, never lower it
  instant holds_from;        ///< before this the rule is not applied
  std::array<citation, 4> citations;
  std::string_view text_de, text_en, remedy_de, remedy_en;

  [[nodiscard]] constexpr std::string_view text(tongue t) const { return t == tongue::de ? text_de : text_en; }
  [[nodiscard]] constexpr std::string_view remedy(tongue t) const { return t == tongue::de ? remedy_de : remedy_en; }
};

/// The days on which law changed.
namespace law {
inline constexpr instant begin = instant::earliest(), end = instant::latest();
inline constexpr instant gdpr = german_midnight(2018, 5, 25);      ///< DSGVO applies
inline constexpr instant uwg = german_midnight(2022, 5, 28);       ///< § 7 Abs. 2 UWG renumbered
inline constexpr instant tmg = german_midnight(2007, 3, 1);
inline constexpr instant ddg = german_midnight(2024, 5, 14);       ///< DDG follows TMG
inline constexpr instant dpf = german_midnight(2023, 7, 10);       ///< (EU) 2023/1795: adequacy of certified US companies
inline constexpr instant tkg = german_midnight(2021, 11, 1);       ///< Austria: TKG 2021 follows TKG 2003
inline constexpr instant button = german_midnight(2026, 6, 19);    ///< § 356a BGB
inline constexpr instant ccookie = german_midnight(2020, 5, 28);   ///< BGH I ZR 7/16
}  // namespace law

namespace detail {
using namespace law;
inline constexpr instant unclear_day = midnight(2012, 10, 17) + milliseconds{std::chrono::hours{22}};  // 18.10.2012, summer time
inline constexpr instant neutral_day = german_midnight(2016, 3, 17);

inline constexpr std::array<rule, reason_code_count> rule_rows{{
    {reason_code::evaluation_failed, standing::practice, outcome::deny, begin, {},
     "Eine Regel ließ sich nicht auswerten, weil ein Beleg unlesbar oder widersprüchlich ist.",
     "A rule could not be evaluated because evidence is malformed or contradicts itself.",
     "Den Beleg im Verlauf ansehen und die Einwilligung mit klaren Angaben neu einholen.",
     "Look at the evidence in the history and ask for consent anew with clear particulars."},
    {reason_code::ledger_behind_anchor, standing::practice, outcome::deny, begin, {},
     "Das Hauptbuch ist älter als sein neuester Prüfpunkt; es können Abmeldungen fehlen.",
     "The ledger is older than its newest checkpoint; stops may be missing.",
     "Nichts senden. Die richtige Datei zurückholen und `jawort verify` ausführen.",
     "Send nothing. Bring back the right file and run `jawort verify`."},
    {reason_code::erased, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 17 Abs. 1, 3 lit. b, e DSGVO", "Art. 17 Abs. 1, 3 lit. b, e DSGVO", gdpr, end}}},
     "Die Daten dieser Person wurden gelöscht; sie bleibt gesperrt.",
     "This person's data were erased; the person stays suppressed.",
     "Nicht anschreiben. Nur wenn die Person selbst neu einwilligt, geht es weiter.",
     "Do not write. It goes on only if the person consents anew."},
    {reason_code::objected, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 21 Abs. 2, 3 DSGVO", "Art. 21 Abs. 2, 3 DSGVO", gdpr, end}}},
     "Die Person hat der Werbung widersprochen.",
     "The person has objected to advertising.",
     "Auf keinem Kanal werben. Auch die Ausnahme für Bestandskunden ist damit zu.",
     "Advertise on no channel. The exception for existing customers is closed as well."},
    {reason_code::withdrawn, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 7 Abs. 3 DSGVO", "Art. 7 Abs. 3 DSGVO", gdpr, german_midnight(2022, 8, 5)}, {"Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 {s}", "Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 {s}", german_midnight(2022, 8, 5), end}}},
     "Die Einwilligung wurde widerrufen.",
     "The consent was withdrawn.",
     "Aus dem Verteiler nehmen. Wieder schreiben erst nach einer neuen Einwilligung.",
     "Take them off the list. Write again only after a new consent."},
    {reason_code::restricted, standing::statute, outcome::deny, gdpr, {{{"Art. 18 DSGVO", "Art. 18 DSGVO", gdpr, end}}},
     "Die Person hat verlangt, dass ihre Daten nur noch eingeschränkt verarbeitet werden.",
     "The person has had the processing of their data restricted.",
     "Nicht anschreiben, bis die Einschränkung aufgehoben ist.",
     "Do not write until the restriction is lifted."},
    {reason_code::whatsapp_marketing_stopped, standing::platform, outcome::deny, begin, {{{"WhatsApp: Abwahl von Marketing durch die Person", "WhatsApp: the person's opt-out from marketing", begin, end}}},
     "Die Person hat in WhatsApp Werbung von Ihnen abgeschaltet.",
     "The person has switched off your marketing in WhatsApp.",
     "Keine Werbung über WhatsApp, bis die Person sie dort wieder zulässt.",
     "No advertising by WhatsApp until the person allows it there again."},
    {reason_code::known_unwanted, standing::statute, outcome::deny, begin, {{{"§ 7 Abs. 1 S. 2 UWG", "§ 7 Abs. 1 S. 2 UWG", begin, end}}},
     "Die Person hat erkennbar gemacht, dass sie das nicht will (blockiert, abgelehnt oder beschwert).",
     "The person has shown that it is not wanted (blocked, refused or complained).",
     "Nicht anschreiben, solange das nicht ausdrücklich zurückgenommen ist.",
     "Do not write as long as that is not expressly taken back."},
    {reason_code::unclear_stop, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, unclear_day}, {"LG Braunschweig 18.10.2012 22 O 66/12 {s}", "LG Braunschweig 18.10.2012 22 O 66/12 {s}", unclear_day, end}}},
     "Die Person hat etwas geschrieben, das eine Abmeldung sein kann.",
     "The person wrote something that may be a stop.",
     "Einmal nachfragen, was gemeint war. Bis zur Antwort nichts senden.",
     "Ask once what was meant. Send nothing until they answer."},
    {reason_code::revoked, standing::practice, outcome::deny, begin, {},
     "Die Einwilligung wurde von uns selbst beendet.",
     "We ended the consent ourselves.",
     "Vor neuer Werbung um eine neue Einwilligung bitten.",
     "Ask for a new consent before advertising again."},
    {reason_code::confirmation_disputed, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, german_midnight(2011, 2, 10)}, {"BGH 10.2.2011 I ZR 164/09", "BGH 10.2.2011 I ZR 164/09", german_midnight(2011, 2, 10), end}}},
     "Die Person sagt, dass sie nicht selbst bestätigt hat.",
     "The person says that it was not them who confirmed.",
     "Nicht anschreiben und den Fall klären.",
     "Do not write, and clear the case up."},
    {reason_code::number_holder, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, german_midnight(2011, 5, 12)}, {"OLG Köln 12.5.2011 6 W 99/11 {s}", "OLG Köln 12.5.2011 6 W 99/11 {s}", german_midnight(2011, 5, 12), end}}},
     "Diese Nummer gehört vielleicht nicht (mehr) dieser Person.",
     "This number may not, or no longer, be this person's.",
     "Klären, wem die Nummer gehört, und mit `record number-cleared` eintragen.",
     "Find out whose number it is and record it with `record number-cleared`."},
    {reason_code::no_evidence, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a DSGVO; {uwg}", gdpr, end}}},
     "Das Hauptbuch weiß nichts von dieser Person.",
     "The ledger knows nothing of this person.",
     "Erst eine Einwilligung einholen, am besten mit der Bitte, selbst zuerst zu schreiben.",
     "Get a consent first; best ask them to write first."},
    {reason_code::imported_unproven, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO", "Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO", gdpr, german_midnight(2020, 5, 4)}, {"Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDSA-Leitlinien 05/2020 Nr. 108", "Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDPB Guidelines 05/2020 no. 108", german_midnight(2020, 5, 4), end}}},
     "Die Adresse kam mit einer Liste, ohne Beleg einer Einwilligung.",
     "The address came in with a list, without evidence of a consent.",
     "Nicht anschreiben. Den Beleg nachtragen, wenn es ihn gibt, sonst neu um Einwilligung bitten.",
     "Do not write. Record the evidence if there is any, otherwise get a new consent."},
    {reason_code::inbound_is_not_consent, standing::practice, outcome::deny, begin, {},
     "Die Person hat uns nur geschrieben; das ist keine Einwilligung in Werbung.",
     "The person only wrote to us; that is no consent to advertising.",
     "Die Frage beantworten, aber keine Werbung senden. Auf das Schlüsselwort hinweisen.",
     "Answer the question, but send no advertising. Point to the keyword."},
    {reason_code::double_opt_in_pending, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, german_midnight(2011, 2, 10)}, {"BGH 10.2.2011 I ZR 164/09", "BGH 10.2.2011 I ZR 164/09", german_midnight(2011, 2, 10), end}}},
     "Die Anmeldung ist noch nicht bestätigt.",
     "The sign-up is not confirmed yet.",
     "Auf die Antwort der Person warten; nicht erinnern.",
     "Wait for the person's answer; do not remind them."},
    {reason_code::confirmation_expired, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 5 Abs. 1 lit. e DSGVO", "Art. 5 Abs. 1 lit. e DSGVO", gdpr, end}}},
     "Die Anmeldung wurde nicht rechtzeitig bestätigt und ist verfallen.",
     "The sign-up was not confirmed in time and has lapsed.",
     "Nur neu fragen, wenn die Person sich selbst noch einmal anmeldet.",
     "Ask again only if the person signs up once more."},
    {reason_code::confirmed_on_other_channel, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, german_midnight(2011, 2, 10)}, {"BGH 10.2.2011 I ZR 164/09", "BGH 10.2.2011 I ZR 164/09", german_midnight(2011, 2, 10), end}}},
     "Bestätigt wurde auf einem anderen Weg; das beweist für diesen Kanal nichts.",
     "It was confirmed by another way, which proves nothing for this channel.",
     "Die Bestätigung auf dem Kanal einholen, auf dem gesendet werden soll.",
     "Get the confirmation on the channel that is to be used."},
    {reason_code::purpose_not_covered, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a DSGVO; {uwg}", gdpr, end}}},
     "Die Einwilligung gilt nicht für diesen Zweck.",
     "The consent is not for this purpose.",
     "Für diesen Zweck eigens um Einwilligung bitten.",
     "Ask for consent to this purpose."},
    {reason_code::demonstrable, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO", "Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO", gdpr, german_midnight(2020, 5, 4)}, {"Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDSA-Leitlinien 05/2020 Nr. 108", "Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDPB Guidelines 05/2020 no. 108", german_midnight(2020, 5, 4), end}}},
     "Der Nachweis der Einwilligung ist nicht vollständig.",
     "The proof of the consent is not whole.",
     "Im Verlauf sehen, was fehlt: Hinweis, Worte oder Handlung, Anfrage und Bestätigungsbitte. Nachtragen oder neu einholen.",
     "See in the history what is missing: notice, words or act, request and confirmation sent. Record it or ask anew."},
    {reason_code::channel_covered, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, german_midnight(2018, 2, 1)}, {"BGH 1.2.2018 III ZR 196/17", "BGH 1.2.2018 III ZR 196/17", german_midnight(2018, 2, 1), end}}},
     "Die Einwilligung gilt nicht für diesen Kanal.",
     "The consent is not for this channel.",
     "Den Kanal nutzen, der genannt wurde, oder für diesen neu fragen.",
     "Use the channel that was named, or ask anew for this one."},
    {reason_code::advertising_broad, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, german_midnight(2018, 7, 10)}, {"BGH 10.7.2018 VI ZR 225/17", "BGH 10.7.2018 VI ZR 225/17", german_midnight(2018, 7, 10), german_midnight(2025, 11, 13)}, {"BGH 10.7.2018 VI ZR 225/17; EuGH 13.11.2025 C-654/23 {s}", "BGH 10.7.2018 VI ZR 225/17; EuGH 13.11.2025 C-654/23 {s}", german_midnight(2025, 11, 13), end}}},
     "Diese Nachricht enthält Werbung; als Antwort oder Service geht sie deshalb nicht durch.",
     "This message contains advertising, so it does not pass as an answer or service.",
     "Den werbenden Teil streichen oder mit dem Werbezweck fragen, für den eingewilligt wurde (--purpose).",
     "Remove the advertising part, or ask for the advertising purpose that was consented to (--purpose)."},
    {reason_code::consent_required_electronic_mail, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a DSGVO; {uwg}", gdpr, end}}},
     "Es gibt keine Einwilligung und keine andere Grundlage für diese Nachricht.",
     "There is no consent and no other basis for this message.",
     "Nicht senden. Erst eine Einwilligung einholen.",
     "Do not send. Get a consent first."},
    {reason_code::consent_required_call, standing::statute, outcome::deny, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a DSGVO; {uwg}", gdpr, end}}},
     "Für Werbeanrufe fehlt die ausdrückliche Einwilligung.",
     "There is no express consent to advertising calls.",
     "Nicht anrufen. Erst eine Einwilligung für Anrufe einholen.",
     "Do not call. Get a consent to calls first."},
    {reason_code::sender_identified, standing::statute, outcome::deny, begin, {{{"§ 7 Abs. 2 Nr. 4 UWG", "§ 7 Abs. 2 Nr. 4 UWG", begin, uwg}, {"§ 7 Abs. 2 Nr. 3 UWG", "§ 7 Abs. 2 Nr. 3 UWG", uwg, end}}},
     "Aus der Nachricht geht nicht hervor, von wem sie kommt oder wohin man sich wenden kann, damit sie aufhört.",
     "The message does not say whom it is from, or where to turn to make it stop.",
     "Den eigenen Namen nennen und einen Weg, auf dem man antworten kann.",
     "Name yourselves, and a way to answer."},
    {reason_code::commercial_recognisable, standing::statute, outcome::deny, tmg, {{{"§ 6 TMG", "§ 6 TMG", tmg, ddg}, {"§ 6 DDG", "§ 6 DDG", ddg, end}}},
     "Dass dies Werbung ist und wer dahinter steht, ist nicht klar zu erkennen.",
     "That this is advertising, and on whose behalf, cannot clearly be seen.",
     "Den Auftraggeber nennen und nicht als Antwort oder private Nachricht verkleiden.",
     "Name the principal and do not dress it up as a reply or a private message."},
    {reason_code::frequency_promised, standing::practice, outcome::hold, begin, {},
     "So viele Nachrichten, wie versprochen waren, sind in diesem Zeitraum schon gesendet.",
     "As many messages as were promised have been sent in this period already.",
     "Später senden.",
     "Send later."},
    {reason_code::quiet_hours, standing::practice, outcome::warn, begin, {},
     "Beim Empfänger ist Ruhezeit (Abend, Nacht, Sonntag oder Feiertag).",
     "It is quiet time at the recipient's (evening, night, Sunday or holiday).",
     "Besser werktags am Tag senden.",
     "Better send on a working day by day."},
    {reason_code::consent_before_2018, standing::statute, outcome::permit, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"ErwGr. 171 DSGVO", "Recital 171 DSGVO", gdpr, end}}},
     "Die Einwilligung ist älter als die DSGVO.",
     "The consent is older than the GDPR.",
     "Seit dem 25.5.2018 muss belegt sein, dass sie nicht gekoppelt war und die Person alt genug; sonst neu einholen.",
     "Since 25 May 2018 it must be shown that it was not a condition of a contract and the person old enough; otherwise ask anew."},
    {reason_code::affirmative_act, standing::statute, outcome::deny, gdpr, {{{"Art. 4 Nr. 11, ErwGr. 32 DSGVO", "Art. 4 Nr. 11, recital 32 DSGVO", gdpr, ccookie}, {"Art. 4 Nr. 11, ErwGr. 32 DSGVO; BGH 28.5.2020 I ZR 7/16", "Art. 4 Nr. 11, recital 32 DSGVO; BGH 28.5.2020 I ZR 7/16", ccookie, end}}},
     "Die Person hat nichts Eindeutiges getan (Schweigen, vorangekreuztes Kästchen).",
     "The person did nothing unambiguous (silence, a pre-ticked box).",
     "Um eine eindeutige Handlung bitten, etwa das Schlüsselwort zu schreiben.",
     "Ask for a clear act, such as writing the keyword."},
    {reason_code::specific, standing::court, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, ccookie}, {"BGH 28.5.2020 I ZR 7/16", "BGH 28.5.2020 I ZR 7/16", ccookie, end}}},
     "Die gezeigten Worte nennen nicht Absender, Produkte und Zweck.",
     "The words shown do not name sender, products and purpose.",
     "Mit einem vollständigen Hinweis neu um Einwilligung bitten.",
     "Ask anew with a complete notice."},
    {reason_code::informed, standing::statute, outcome::deny, gdpr, {{{"Art. 7, 12, 13 DSGVO", "Art. 7, 12, 13 DSGVO", gdpr, end}}},
     "In den gezeigten Worten fehlte ein Pflichtteil.",
     "A mandatory part was missing from the words shown.",
     "`jawort notice check` zeigt, was fehlt; mit vollständigem Hinweis neu fragen.",
     "`jawort notice check` shows what is missing; ask anew with a complete notice."},
    {reason_code::distinguishable, standing::statute, outcome::hold, gdpr, {{{"Art. 7 Abs. 2 DSGVO", "Art. 7 Abs. 2 DSGVO", gdpr, end}}},
     "Die Einwilligung stand in den Geschäftsbedingungen.",
     "The consent stood within terms and conditions.",
     "Getrennt davon noch einmal fragen.",
     "Ask once more, apart from them."},
    {reason_code::coupling, standing::statute, outcome::warn, gdpr, {{{"Art. 7 Abs. 4, ErwGr. 43 DSGVO", "Art. 7 Abs. 4, recital 43 DSGVO", gdpr, end}}},
     "Der Vertrag hing von der Einwilligung ab.",
     "The contract was made conditional on the consent.",
     "Prüfen, ob sie freiwillig war; besser ohne Kopplung neu fragen.",
     "See whether it was freely given; better ask anew without the condition."},
    {reason_code::age_of_consent, standing::statute, outcome::hold, gdpr, {{{"Art. 8 DSGVO", "Art. 8 DSGVO", gdpr, end}}},
     "Die Person ist zu jung, und die Eltern haben nicht zugestimmt.",
     "The person is too young, and the parents have not agreed.",
     "Die Zustimmung der Eltern einholen und eintragen.",
     "Get the parents' consent and record it."},
    {reason_code::stale_consent, standing::practice, outcome::warn, begin, {{{"LG München I 8.4.2010 17 HK O 138/10", "LG München I 8.4.2010 17 HK O 138/10", german_midnight(2010, 4, 8), german_midnight(2018, 2, 1)}, {"kein Erlöschen allein durch Zeit: BGH 1.2.2018 III ZR 196/17; dagegen LG München I 8.4.2010 17 HK O 138/10", "no lapse by time alone: BGH 1.2.2018 III ZR 196/17; against: LG München I 8.4.2010 17 HK O 138/10", german_midnight(2018, 2, 1), german_midnight(2023, 2, 14)}, {"kein Erlöschen allein durch Zeit: BGH 1.2.2018 III ZR 196/17; dagegen LG München I 8.4.2010 17 HK O 138/10, AG München 14.2.2023 161 C 12736/22 {s}", "no lapse by time alone: BGH 1.2.2018 III ZR 196/17; against: LG München I 8.4.2010 17 HK O 138/10, AG München 14.2.2023 161 C 12736/22 {s}", german_midnight(2023, 2, 14), end}}},
     "Die Einwilligung wurde lange nicht genutzt.",
     "The consent has not been used for a long time.",
     "Bald nutzen oder die Person um Erneuerung bitten, wenn sie sich meldet.",
     "Use it soon, or ask for renewal when the person is in touch."},
    {reason_code::notice_changed, standing::authority, outcome::deny, gdpr, {{{"Art. 7 Abs. 1 DSGVO", "Art. 7 Abs. 1 DSGVO", gdpr, german_midnight(2020, 5, 4)}, {"EDSA-Leitlinien 05/2020 Nr. 110", "EDPB Guidelines 05/2020 no. 110", german_midnight(2020, 5, 4), end}}},
     "Zweck, Empfänger oder Verantwortlicher sind heute andere als in den Worten, denen zugestimmt wurde.",
     "Purpose, recipients or controller differ today from the words consented to.",
     "Mit dem neuen Hinweis neu um Einwilligung bitten.",
     "Ask for consent anew with the new notice."},
    {reason_code::third_country, standing::statute, outcome::deny, gdpr, {{{"Art. 44–49 DSGVO", "Art. 44–49 DSGVO", gdpr, dpf}, {"Art. 44–49 DSGVO; (EU) 2023/1795", "Art. 44–49 DSGVO; (EU) 2023/1795", dpf, german_midnight(2025, 9, 3)}, {"Art. 44–49 DSGVO; (EU) 2023/1795; EuG 3.9.2025 T-553/23 (Rechtsmittel C-703/25 P anhängig)", "Art. 44–49 DSGVO; (EU) 2023/1795; General Court 3.9.2025 T-553/23 (appeal C-703/25 P pending)", german_midnight(2025, 9, 3), end}}},
     "Der Anbieter des Kanals überträgt Daten in ein Drittland, und der Hinweis nennt das oder die Grundlage nicht.",
     "The channel's provider transfers data to a third country, and the notice does not name that or its basis.",
     "Den Hinweis um Drittland und Garantie ergänzen und neu fragen.",
     "Add third country and safeguard to the notice and ask anew."},
    {reason_code::confirmation_neutral, standing::court, outcome::deny, begin, {{{"OLG München 27.9.2012 29 U 1682/12 {s}", "OLG München 27.9.2012 29 U 1682/12 {s}", german_midnight(2012, 9, 27), neutral_day}, {"OLG Düsseldorf 17.3.2016 I-15 U 64/15; gegen jede solche Nachricht: OLG München 27.9.2012 29 U 1682/12 {s}", "OLG Düsseldorf 17.3.2016 I-15 U 64/15; against any such message: OLG München 27.9.2012 29 U 1682/12 {s}", neutral_day, end}}},
     "In der Bitte um Bestätigung steht Werbung.",
     "The request for confirmation contains advertising.",
     "Nur fragen, ob die Anmeldung stimmt; alles Werbende streichen.",
     "Ask only whether the sign-up is right; remove everything promotional."},
    {reason_code::confirmation_once, standing::practice, outcome::deny, begin, {},
     "An diese Adresse ging gerade erst oder schon zu oft eine Bitte um Bestätigung.",
     "A confirmation request went to this address just now, or too often already.",
     "Keine weitere senden; die Person kann selbst mit dem Schlüsselwort beginnen.",
     "Send no further one; the person can begin with the keyword themselves."},
    {reason_code::asked_by_message, standing::statute, outcome::deny, begin, {{{"{uwg}", "{uwg}", begin, end}}},
     "Die Nachricht bittet um Einwilligung, ohne dass die Person darum gebeten hat.",
     "The message asks for consent without the person having asked.",
     "Die Person auf anderem Weg gewinnen: Formular, Aushang, oder dass sie selbst zuerst schreibt.",
     "Win the person by another way: a form, a poster, or their writing first."},
    {reason_code::withdrawal_easy, standing::statute, outcome::hold, gdpr, {{{"Art. 7 Abs. 3 S. 4 DSGVO", "Art. 7 Abs. 3 S. 4 DSGVO", gdpr, end}}},
     "Der Hinweis bietet keine Abmeldung in einem Schritt auf demselben Kanal.",
     "The notice offers no way out on the same channel in one step.",
     "Ein Abmeldewort in den Hinweis aufnehmen und ihn neu veröffentlichen.",
     "Put a stop keyword into the notice and publish it anew."},
    {reason_code::whatsapp_window, standing::platform, outcome::deny, begin, {{{"WhatsApp Business Messaging Policy", "WhatsApp Business Messaging Policy", begin, end}}},
     "Die letzte Nachricht der Person ist zu lange her für eine freie Nachricht.",
     "The person's last message is too long ago for a free-form message.",
     "Eine genehmigte Vorlage verwenden (--template).",
     "Use an approved template (--template)."},
    {reason_code::messenger_window, standing::platform, outcome::deny, begin, {{{"Messenger-Plattformregeln {s}", "Messenger platform terms {s}", begin, end}}},
     "Die letzte Nachricht der Person ist zu lange her für Messenger.",
     "The person's last message is too long ago for Messenger.",
     "Warten, bis die Person wieder schreibt, oder einen anderen Kanal mit Einwilligung nutzen.",
     "Wait until the person writes again, or use another channel with consent."},
    {reason_code::whatsapp_app_newsletter, standing::platform, outcome::warn, begin, {{{"WhatsApp: Listen der App {s}", "WhatsApp: lists of the app {s}", begin, end}}},
     "Rundsendung mit der WhatsApp-App: Eine Liste fasst nur wenige Empfänger, und wer die Büronummer nicht gespeichert hat, bekommt nichts.",
     "A broadcast with the WhatsApp app: a list holds few recipients only, and who has not saved the office's number gets nothing.",
     "Über die Business-API senden oder die Liste teilen.",
     "Send by the business API, or split the list."},
    {reason_code::group_exposure, standing::statute, outcome::deny, begin, {{{"Art. 5 Abs. 1 lit. f, 6, 32 DSGVO", "Art. 5 Abs. 1 lit. f, 6, 32 DSGVO", gdpr, end}}},
     "Die Nummer eines Mitglieds würde für andere sichtbar, die sie nicht haben, und es hat dem für diese Gruppe nicht zugestimmt.",
     "A member's number would become visible to others who do not have it, and the member has not agreed for this group.",
     "Vorher fragen, stattdessen einzeln senden, jemanden weglassen oder die Gruppe teilen (`jawort group check`).",
     "Ask first, send one by one instead, leave somebody out, or split the group (`jawort group check`)."},
    {reason_code::group_profile_exposure, standing::practice, outcome::warn, begin, {},
     "Profilbild oder Status eines Mitglieds wären für Unbekannte in der Gruppe sichtbar.",
     "A member's profile photo or status would be visible to strangers in the group.",
     "Die Mitglieder auf ihre Sichtbarkeit hinweisen, bevor die Gruppe entsteht.",
     "Tell the members about their visibility before the group is made."},
    {reason_code::address_book_upload, standing::court, outcome::deny, begin, {{{"AG Bad Hersfeld 15.5.2017 F 120/17 EASO (umstritten)", "AG Bad Hersfeld 15.5.2017 F 120/17 EASO (contested)", german_midnight(2017, 5, 15), end}}},
     "Diese Nummer würde mit dem Adressbuch an den Messenger übertragen, ohne dass es dafür eine Grundlage gibt.",
     "This number would be uploaded to the messenger with the address book, without a basis for that.",
     "Den Kontakt vom Telefon nehmen (`jawort contacts check`).",
     "Take the contact off the phone (`jawort contacts check`)."},
    {reason_code::payment_data_in_chat, standing::platform, outcome::deny, begin, {{{"PCI DSS 4.2.2; Regeln der Plattform", "PCI DSS 4.2.2; the platform's terms", begin, end}}},
     "In der Nachricht steht eine Kartennummer oder IBAN.",
     "The message contains a payment card number or an IBAN.",
     "Zahlungsdaten nie in einen Chat schreiben; einen sicheren Zahlungslink senden.",
     "Never write payment data into a chat; send a secure payment link."},
    {reason_code::third_party_advertising, standing::court, outcome::deny, begin, {{{"Regeln der Plattform (WhatsApp)", "the platform's terms (WhatsApp)", begin, ccookie}, {"BGH 28.5.2020 I ZR 7/16; Regeln der Plattform (WhatsApp)", "BGH 28.5.2020 I ZR 7/16; the platform's terms (WhatsApp)", ccookie, end}}},
     "Die Nachricht wirbt für andere, und die Einwilligung nennt sie nicht.",
     "The message advertises others, and the consent does not name them.",
     "Fremde Werbung weglassen oder dafür eigens um Einwilligung bitten.",
     "Leave others' advertising out, or ask for consent to it."},
    {reason_code::operator_named, standing::practice, outcome::warn, begin, {},
     "Am Ende der persönlichen Nachricht fehlt der Name der Mitarbeiterin oder des Mitarbeiters.",
     "The name of the member of staff is missing at the end of a personal message.",
     "Mit dem eigenen Namen schließen.",
     "Close with your own name."},
    {reason_code::stop_hint_present, standing::statute, outcome::deny, begin, {{{"§ 7 Abs. 3 Nr. 4 UWG", "§ 7 Abs. 3 Nr. 4 UWG", begin, gdpr}, {"§ 7 Abs. 3 Nr. 4 UWG, Art. 21 Abs. 4 DSGVO", "§ 7 Abs. 3 Nr. 4 UWG, Art. 21 Abs. 4 DSGVO", gdpr, end}}},
     "In der Werbenachricht fehlt, wie man sich abmeldet.",
     "The advertising message does not say how to stop it.",
     "Einen Satz anhängen wie „Abmelden: mit Stop antworten“.",
     "Add a sentence such as “To unsubscribe, answer Stop”."},
    {reason_code::contract_by_message, standing::statute, outcome::warn, begin, {{{"§§ 312d, 312g, 312i BGB", "§§ 312d, 312g, 312i BGB", begin, button}, {"§§ 312d, 312g, 312i, 356a BGB", "§§ 312d, 312g, 312i, 356a BGB", button, end}}},
     "Angebot oder Buchung per Nachricht: Es fehlt, ob ein Widerrufsrecht besteht.",
     "An offer or booking by message: whether there is a right of withdrawal is missing.",
     "Über das Widerrufsrecht belehren oder sagen, dass es keines gibt (etwa bei Reisen zu festem Termin).",
     "Inform about the right of withdrawal, or say that there is none (as for dated travel services)."},
    {reason_code::austria, standing::statute, outcome::permit, begin, {{{"§ 107 TKG 2003 (Österreich)", "§ 107 TKG 2003 (Austria)", begin, tkg}, {"§ 174 TKG 2021 (Österreich)", "§ 174 TKG 2021 (Austria)", tkg, end}}},
     "Der Empfänger ist in Österreich oder steht auf der dortigen Sperrliste; geprüft wird auch nach dortigem Recht.",
     "The recipient is in Austria or on its opt-out list; Austrian law is applied as well.",
     "Bei E-Mail die Liste nach § 7 Abs. 2 ECG laden und beachten (`jawort austria-list FILE`); ohne Einwilligung nicht werben.",
     "For e-mail load and mind the list under § 7(2) ECG (`jawort austria-list FILE`); do not advertise without consent."},
    {reason_code::switzerland, standing::statute, outcome::permit, begin, {{{"Art. 3 Abs. 1 lit. o UWG (Schweiz)", "Art. 3 Abs. 1 lit. o UWG (Switzerland)", begin, end}}},
     "Der Empfänger ist in der Schweiz; dort gilt dieselbe Antwort nach dortigem Recht.",
     "The recipient is in Switzerland; the same answer holds under Swiss law.",
     "Nichts weiter zu tun.",
     "Nothing more to do."},
    {reason_code::jurisdiction_unchecked, standing::practice, outcome::warn, begin, {},
     "Der Empfänger ist in einem Land, dessen Recht hier nicht hinterlegt ist; geprüft wurde nach deutschem.",
     "The recipient is in a country whose law is not kept here; German rules were applied.",
     "Das Recht dieses Landes prüfen lassen.",
     "Have that country's law checked."},
    {reason_code::existing_customer_exception, standing::statute, outcome::permit, begin, {{{"§ 7 Abs. 3 UWG", "§ 7 Abs. 3 UWG", begin, end}}},
     "Bestandskunde: Adresse aus einem Verkauf, eigene ähnliche Angebote, Hinweis auf den Widerspruch, kein Widerspruch.",
     "Existing customer: address from a sale, own similar offers, notice of the right to object, no objection.",
     "In jeder Nachricht auf das Widerspruchsrecht hinweisen.",
     "Name the right to object in every message."},
    {reason_code::customer_wrote_first, standing::statute, outcome::permit, begin, {{{"Art. 6 Abs. 1 lit. b/f DSGVO", "Art. 6 Abs. 1 lit. b/f DSGVO", gdpr, end}}},
     "Antwort auf eine Frage der Person selbst.",
     "An answer to the person's own question.",
     "Nur antworten, keine Werbung anhängen.",
     "Only answer; add no advertising."},
    {reason_code::keyword_started, standing::statute, outcome::permit, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; {uwg}", gdpr, end}}},
     "Die Person hat selbst mit ihren Worten begonnen, nachdem sie den Hinweis sehen konnte.",
     "The person began with words of their own after the notice was public.",
     "Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.",
     "The consent is proven; name the way out in every message."},
    {reason_code::double_opt_in_confirmed, standing::statute, outcome::permit, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; {uwg}", gdpr, end}}},
     "Angemeldet, neutral gefragt und auf demselben Kanal bestätigt.",
     "Signed up, asked neutrally, and confirmed on the same channel.",
     "Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.",
     "The consent is proven; name the way out in every message."},
    {reason_code::consent_proven, standing::statute, outcome::permit, begin, {{{"§§ 4a, 28 Abs. 3 BDSG (alte Fassung); {uwg}", "§§ 4a, 28(3) BDSG (old); {uwg}", begin, gdpr}, {"Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; {uwg}", "Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; {uwg}", gdpr, end}}},
     "Die Einwilligung wurde durch eine Handlung gegeben und ist belegt.",
     "The consent was given by an act and is proven.",
     "Den Beleg (etwa das Blatt) aufbewahren; der Weg zur Abmeldung gehört in jede Nachricht.",
     "Keep the evidence (such as the form); name the way out in every message."},
}};

[[nodiscard]] constexpr bool rules_in_order() {
  for (std::size_t i = 0; i < rule_rows.size(); ++i) {
    rule const& r = rule_rows[i];
    if (static_cast<std::size_t>(r.code) != i || r.text_de.empty() || r.text_en.empty() || r.remedy_de.empty() || r.remedy_en.empty()) return false;
  }
  return true;
}
static_assert(rules_in_order(), "every code has its row, in order");
}  // namespace detail

/// Every rule, in the order of `reason_code`.
[[nodiscard]] constexpr std::array<rule, reason_code_count> const& all_rules() { return detail::rule_rows; }
[[nodiscard]] constexpr rule const& rule_of(reason_code c) { return detail::rule_rows[static_cast<std::size_t>(c)]; }

/// The citation in force at that time; nullptr where there is none.
[[nodiscard]] constexpr citation const* citation_at(rule const& r, instant at) {
  for (citation const& c : r.citations)
    if (!c.de.empty() && c.from <= at && at < c.until) return &c;
  return nullptr;
}

/// The number of § 7 Abs. 2 UWG for advertising on that channel on that day.
[[nodiscard]] constexpr std::string_view uwg_number(channel on, instant at) {
  if (on == channel::call) return at < law::uwg ? "§ 7 Abs. 2 Nr. 2 UWG" : "§ 7 Abs. 2 Nr. 1 UWG";
  return at < law::uwg ? "§ 7 Abs. 2 Nr. 3 UWG" : "§ 7 Abs. 2 Nr. 2 UWG";
}

/// A citation's words, its marks filled in.
[[nodiscard]] inline std::string citation_words(citation const& c, instant at, channel on, tongue in) {
  std::string out{in == tongue::de ? c.de : c.en};
  auto const fill = [&out](std::string_view mark, std::string_view with) {
    if (auto const p = out.find(mark); p != std::string::npos) out.replace(p, mark.size(), with);
  };
  fill("{uwg}", uwg_number(on, at));
  fill("{s}", in == tongue::de ? "(nach Sekundärquellen)" : "(according to secondary sources)");
  return out;
}

/// The words of the citation in force at that time for that channel; empty where there is none.
[[nodiscard]] inline std::string citation_text(rule const& r, instant at, channel on, tongue in) {
  citation const* const c = citation_at(r, at);
  return c == nullptr ? std::string{} : citation_words(*c, at, on, in);
}

}  // namespace jawort
