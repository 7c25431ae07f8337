// jawort/message/words.hpp - the words and phrases by which a message's nature is recognised. Internal to message.hpp.
//
// A phrase is words parted by blanks, folded as message.hpp folds text (small letters, ae oe ue ss, no apostrophes); `*` at
// the end stands for any ending of the last word. They are chosen so that an answer to a customer ("Ihr Angebot für Kreta")
// is none of it, and "unsere Angebote" is. A message that is taken for advertising by mistake is denied with its reason,
// which costs less than the other mistake.
#pragma once
#include <array>
#include <string_view>

namespace jawort::detail {
using namespace std::string_view_literals;

/// Promotion: § 7 UWG is broad; surveys, requests for reviews and newsletters count.
inline constexpr std::array promotional_words{
    "rabatt*"sv, "fruehbucher*"sv, "schnaeppchen*"sv, "sonderangebot*"sv, "sonderpreis*"sv, "aktionspreis*"sv,
    "aktionswoche*"sv, "aktionscode*"sv, "gutschein*"sv, "gewinnspiel*"sv, "verlosung*"sv, "last minute"sv,
    "lastminute*"sv, "restplaetze*"sv, "bestpreis*"sv, "tiefpreis*"sv, "top angebot*"sv, "angebot der woche"sv,
    "angebot des monats"sv, "reise des monats"sv, "nur noch heute"sv, "nur heute"sv, "solange der vorrat"sv,
    "nur fuer kurze zeit"sv, "jetzt buchen"sv, "jetzt sichern"sv, "gleich buchen"sv, "sichern sie sich"sv,
    "sichere dir"sv, "sparen sie"sv, "spare jetzt"sv, "jetzt sparen"sv, "prozent auf"sv, "% auf"sv, "bis zu %"sv,
    "profitieren sie"sv, "nicht verpassen"sv, "verpassen sie nicht"sv, "exklusiv fuer sie"sv, "exklusives angebot"sv,
    "unsere angebote*"sv, "unseren angeboten"sv, "unser aktuelles angebot"sv, "unsere aktuellen angebote"sv,
    "neue angebote"sv, "aktuelle angebote"sv, "tolle angebote"sv, "weitere angebote"sv, "viele angebote"sv,
    "unsere neuen reisen"sv, "unser neuer katalog"sv, "unsere neuen kataloge"sv, "neuer katalog"sv, "reisetipp*"sv,
    "entdecken sie"sv, "entdecke unsere*"sv, "kennen sie schon"sv, "haben sie schon an"sv, "wie waere es mit"sv,
    "lust auf"sv, "neu im programm"sv, "neu bei uns"sv, "besuchen sie unseren"sv, "besuchen sie uns"sv,
    "folgen sie uns"sv, "folge uns"sv, "liken sie"sv, "empfehlen sie uns"sv, "weiterempfehl*"sv, "unser newsletter"sv, "unseren newsletter"sv, "unserem newsletter"sv, "newsletter abonnier*"sv, "our newsletter"sv,
    "reisenews"sv, "infoabend*"sv, "hausmesse*"sv, "tag der offenen tuer"sv, "bewerten sie"sv, "bewerte uns"sv,
    "bewertung abgeben"sv, "eine bewertung"sv, "ihre bewertung"sv, "rezension*"sv, "umfrage*"sv, "zufriedenheit*"sv,
    "wie zufrieden"sv, "feedback geben"sv, "ihr feedback"sv, "ihre meinung ist"sv, "special offer*"sv, "our offers"sv,
    "our latest offers"sv, "our deals"sv, "great deals"sv, "discount*"sv, "voucher*"sv, "early bird"sv,
    "promo code"sv, "promotion*"sv, "book now"sv, "limited time"sv, "only today"sv, "dont miss"sv, "% off"sv,
    "save up to"sv, "follow us"sv, "rate us"sv, "review us"sv, "leave a review"sv, "survey*"sv, "how satisfied"sv,
    "recommend us"sv, "discover our"sv};

/// Words of a way out; `stop` itself counts only near one of the second list.
inline constexpr std::array way_out_words{
    "abmeld*"sv, "abzumelden"sv, "abbestell*"sv, "abzubestellen"sv, "austragen"sv, "auszutragen"sv,
    "werbung widersprechen"sv, "nutzung widersprechen"sv, "jederzeit widersprechen"sv, "jederzeit widerrufen"sv,
    "einwilligung widerrufen"sv, "keine nachrichten mehr"sv, "keine werbung mehr"sv, "unsubscrib*"sv, "opt out"sv,
    "optout"sv};
inline constexpr std::array stop_words{
    "stop"sv, "stopp"sv};
inline constexpr std::array stop_company{
    "antwort*"sv, "schreib*"sv, "sende*"sv, "senden"sv, "genuegt"sv, "mit"sv, "wort"sv, "beenden"sv, "ende"sv,
    "reply"sv, "text"sv, "answer"sv, "send"sv, "to"sv, "zum"sv};

/// The message says that nobody reads answers.
inline constexpr std::array no_reply_words{
    "bitte antworten sie nicht"sv, "bitte nicht auf diese"sv, "nicht auf diese nachricht antworten"sv,
    "nicht auf diese e mail"sv, "kann nicht beantwortet werden"sv, "keine antwort moeglich"sv, "noreply*"sv,
    "no reply"sv, "do not reply"sv, "dont reply"sv};
/// Some other way to reach the sender.
inline constexpr std::array other_way_words{
    "http*"sv, "www"sv, "tel"sv, "telefon*"sv, "rufen sie"sv, "call us"sv, "schreiben sie an"sv, "abmeldelink"sv,
    "link"sv};

/// Beginnings of a subject that pretend an earlier exchange.
inline constexpr std::array disguises{
    "re"sv, "aw"sv, "antw"sv, "wg"sv, "fw"sv, "fwd"sv};

/// The message asks for consent.
inline constexpr std::array consent_words{
    "duerfen wir ihnen"sv, "duerfen wir dir"sv, "moechten sie kuenftig"sv, "moechten sie unsere*"sv,
    "moechten sie regelmaessig"sv, "moechten sie nachrichten"sv, "willigen sie"sv, "stimmen sie zu"sv,
    "ihre einwilligung"sv, "um ihre zustimmung"sv, "anmelden mit start"sv, "antworten sie mit start"sv,
    "antworten sie mit ja"sv, "antworte mit start"sv, "schreiben sie start"sv, "mit start bestaetigen"sv,
    "abonnieren sie"sv, "may we send you"sv, "would you like to receive"sv, "reply start"sv, "answer start"sv,
    "reply yes"sv, "subscribe to"sv};

/// Somebody else's advertising, whoever it is.
inline constexpr std::array third_party_words{
    "werbepartner*"sv, "partnerangebot*"sv, "angebot unseres partners"sv, "angebote unserer partner"sv,
    "unser partner bietet"sv, "gesponsert*"sv, "sponsored"sv, "advertorial"sv, "im auftrag von"sv,
    "on behalf of our partner"sv, "our partners"sv, "werbebanner"sv};

/// An offer or a booking.
inline constexpr std::array contract_words{
    "verbindlich*"sv, "buchungsbestaetigung*"sv, "hiermit bestaetigen wir ihre buchung"sv,
    "ihre buchung ist bestaetigt"sv, "ich habe fuer sie gebucht"sv, "wir haben fuer sie gebucht"sv, 
    "ihr angebot"sv, "unser angebot fuer sie"sv, "unser angebot"sv, "folgendes angebot"sv, "angebot fuer"sv,
    "zum preis von"sv, "soll ich buchen"sv, "soll ich das buchen"sv, "sollen wir buchen"sv, "kostenpflichtig*"sv,
    "your offer"sv, "our offer"sv, "booking confirm*"sv, "shall i book"sv, "binding*"sv};
inline constexpr std::array withdrawal_words{
    "widerrufsrecht*"sv, "widerrufsbelehrung*"sv, "kein widerruf*"sv, "312g"sv, "right of withdrawal"sv,
    "right to withdraw"sv};

/// Ways to close a letter, before a name.
inline constexpr std::array closings{
    "gruesse*"sv, "gruessen"sv, "gruss"sv, "lg"sv, "vg"sv, "mfg"sv, "herzlichst"sv, "regards"sv, "sincerely"sv, "best"sv, "cheers"sv};
inline constexpr std::array possessives{"ihre"sv, "ihr"sv, "deine"sv, "dein"sv, "eure"sv, "euer"sv, "yours"sv, "your"sv};

/// Words that are a legal form, not part of a name that people write.
inline constexpr std::array legal_forms{
    "gmbh"sv, "mbh"sv, "ag"sv, "kg"sv, "kgaa"sv, "ug"sv, "ohg"sv, "gbr"sv, "ek"sv, "e"sv, "k"sv, "v"sv, "co"sv,
    "se"sv, "haftungsbeschraenkt"sv, "inh"sv, "inhaber"sv, "inhaberin"sv};

}  // namespace jawort::detail
