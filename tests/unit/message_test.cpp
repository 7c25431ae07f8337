// What a message's words say: advertising, sender, way out, names, payment data.
#include <doctest/doctest.h>

#include <jawort/message_rules.hpp>

using namespace jawort;

namespace {
message_names const agency{{"Reisestube Silberkranich GmbH"}, {}, {"Musterflug AG"}, {}};
message_facts read(std::string_view text) { return read_message(text, agency); }
bool applies(std::string_view text, reason_code c, bool advertising = true, char const* at = "2026-06-01T10:00:00Z") {
  reason_list found;
  judge_message(read(text), {advertising, channel::whatsapp, *instant::parse(at), nullptr}, found);
  return found.has(c);
}
std::string const good = "Unsere Angebote: Kreta ab 499 Euro. Ihre Reisestube Silberkranich. Abmelden: einfach mit Stop antworten.";
}  // namespace

TEST_CASE("message: one promotional part makes it advertising, an answer does not") {
  for (char const* const text : {"Ihr Flug geht um 14:05 Uhr. Übrigens: 10 % auf Mietwagen!", "Danke für Ihre Buchung. Bitte bewerten Sie uns.",
                                 "Frühbucher sparen jetzt", "FRUEHBUCHER-RABATT", "Wie zufrieden waren Sie?", "Abonnieren Sie unseren Newsletter", "Book now and save up to 20 %",
                                 "Kennen Sie schon unsere neue Rundreise?"}) {
    CAPTURE(text);
    CHECK_FALSE(read(text).promotional.empty());
    CHECK(applies(text, reason_code::advertising_broad, false));
    CHECK_FALSE(applies(text, reason_code::advertising_broad, true));
  }
  for (char const* const text : {"Ihr Flug geht um 14:05 Uhr.", "Hier Ihr gewünschtes Angebot für Kreta.", "Ihre Anmeldung zum Newsletter ist beendet.", "Das Hotel liegt am Strand.",
                                 "Wir haben Ihre Frage erhalten und melden uns.", "Stopover in Dubai, 3 Stunden"}) {
    CAPTURE(text);
    CHECK(read(text).promotional.empty());
  }
}

TEST_CASE("message: the sender is named with or without its legal form, whatever the letters look like") {
  for (char const* const text : {"Ihre Reisestube Silberkranich", "REISESTUBE SILBERKRANICH GMBH", "Reisestube\nSilberkranich"}) CHECK(read(text).sender_named);
  for (char const* const text : {"Ihr Reisebüro", "Silberkranich", "Reisestube am Markt", ""}) CHECK_FALSE(read(text).sender_named);
  CHECK(applies("Unsere Angebote. Abmelden mit Stop", reason_code::sender_identified));
  CHECK_FALSE(applies(good, reason_code::sender_identified));
  CHECK(applies(good + " Bitte antworten Sie nicht auf diese Nachricht.", reason_code::sender_identified));
  CHECK_FALSE(applies(good + " Bitte antworten Sie nicht auf diese Nachricht, Telefon 09187 1234.", reason_code::sender_identified));
}

TEST_CASE("message: a way out is an instruction, not the syllable") {
  for (char const* const text : {"Abmelden: mit Stop antworten", "STOP zum Abbestellen", "Antworten Sie einfach mit STOPP", "Sie können jederzeit widersprechen", "Reply STOP to unsubscribe", "Keine Werbung mehr? Schreiben Sie uns."}) {
    CAPTURE(text);
    CHECK(read(text).way_out);
  }
  for (char const* const text : {"Zwischenstopp in Dubai", "Nonstop nach Kreta", "Ein Stop in Rom und weiter", "Widerrufsrecht besteht nicht", ""}) {
    CAPTURE(text);
    CHECK_FALSE(read(text).way_out);
  }
  CHECK(read_message("Mit Ende antworten, und Schluss", {{}, {}, {}, {"Ende"}}).way_out);
}

TEST_CASE("message: disguises, third parties, contracts, questions for consent") {
  CHECK(applies("AW: " + good, reason_code::commercial_recognisable));
  CHECK(applies("Betreff: Re: Ihre Anfrage\n" + good, reason_code::commercial_recognisable));
  CHECK_FALSE(applies(good, reason_code::commercial_recognisable));
  CHECK_FALSE(applies("Reise: " + good, reason_code::commercial_recognisable));
  CHECK(applies(good + " Partnerangebot: Mietwagen", reason_code::third_party_advertising));
  CHECK(applies(good + " Mit Musterflug nach Rom.", reason_code::third_party_advertising));
  CHECK(applies("Anzeige " + good, reason_code::third_party_advertising));
  notice_view consented;
  consented.words = detail::folded_words{"Angebote der Reisestube und von Musterflug"}.all();
  reason_list found;
  judge_message(read(good + " Mit Musterflug nach Rom."), {true, channel::whatsapp, *instant::parse("2026-06-01T10:00:00Z"), &consented}, found);
  CHECK_FALSE(found.has(reason_code::third_party_advertising));
  CHECK(applies("Hiermit bestätigen wir Ihre Buchung. Viele Grüße, Sabine Meier", reason_code::contract_by_message, false));
  CHECK_FALSE(read("Dürfen wir Ihnen künftig schreiben?").asks_for_consent.empty());
}

TEST_CASE("message: who signs a personal message") {
  for (char const* const text : {"Ihr Flug geht um 14:05 Uhr. Viele Grüße, Sabine Meier", "Alles klar!\nIhre Sabine Meier", "Bis dann\nLG Tom", "Best regards\nTom"}) {
    CAPTURE(text);
    CHECK(read(text).operator_named);
  }
  for (char const* const text : {"Ihr Flug geht um 14:05 Uhr.", "Viele Grüße, Ihr Team", "Viele Grüße\nIhre Reisestube Silberkranich", "Sabine Meier ist heute nicht da.\n\n\nMoin\na\nb\nc"}) {
    CAPTURE(text);
    CHECK_FALSE(read(text).operator_named);
  }
  message_names const two{{}, {"Meier", "Tom Blau"}, {}, {}};
  CHECK(read_message("Bis morgen! Sabine Meier", two).operator_named);
  CHECK_FALSE(read_message("Viele Grüße, Erika", two).operator_named);
}

TEST_CASE("payment data: cards and IBANs are found, telephones and tickets are not") {
  struct row { char const* text; char const* masked; };
  for (row const& x : {row{"Karte 4111 1111 1111 1111.", "Karte **** **** **** 1111."}, row{"5500-0000-0000-0004", "****-****-****-0004"}, row{"378282246310005", "***********0005"},
                       row{"am 12.05.2026 4111111111111111", "am 12.05.2026 ************1111"}, row{"DE89 3704 0044 0532 0130 00", "**** **** **** **** **30 00"},
                       row{"iban:de89370400440532013000!", "iban:******************3000!"}, row{"4111\xC2\xA0" "1111\xC2\xA0" "1111\xC2\xA0" "1111", "****\xC2\xA0****\xC2\xA0****\xC2\xA0" "1111"},
                       row{"４１１１１１１１１１１１１１１１", "************１１１１"}}) {
    CAPTURE(x.text);
    CHECK(mask_payment_data(x.text) == x.masked);
    CHECK(find_payment_data(x.text).size() == 1);
  }
  for (char const* const text : {"4111 1111 1111 1112", "+4915112345678901", "0049 1511 2345678", "220-2412345678", "Buchung 1234567890123", "DE88 3704 0044 0532 0130 00", "12.05.2026 14:05", "", "4111"}) {
    CAPTURE(text);
    CHECK(find_payment_data(text).empty());
    CHECK(mask_payment_data(text) == text);
  }
}

TEST_CASE("payment data: what is masked holds none any more, for every card that passes the check") {
  // Luhn's digit computed the plain way, right to left.
  std::uint64_t seed = 7;
  auto const random = [&seed](std::uint64_t below) { seed = seed * 6364136223846793005ULL + 1442695040888963407ULL; return (seed >> 33) % below; };
  for (int round = 0; round < 20000; ++round) {
    std::string digits = "4";
    while (digits.size() < 15) digits += static_cast<char>('0' + random(10));
    int sum = 0;
    for (std::size_t i = 0; i < 15; ++i) {
      int d = digits[14 - i] - '0';
      if (i % 2 == 0) { d *= 2; if (d > 9) d -= 9; }
      sum += d;
    }
    digits += static_cast<char>('0' + (10 - sum % 10) % 10);
    std::string text = "Nummer ";
    for (std::size_t i = 0; i < digits.size(); ++i) {
      text += digits[i];
      if (i % 4 == 3 && i < 15 && random(2) == 0) text += "-. "[random(3)];
    }
    REQUIRE(find_payment_data(text).size() == 1);
    auto const masked = mask_payment_data(text);
    REQUIRE(find_payment_data(masked).empty());
    REQUIRE(masked.size() == text.size());
    std::string wrong = text;
    wrong.back() = static_cast<char>('0' + (wrong.back() - '0' + 1) % 10);
    REQUIRE(find_payment_data(wrong).empty());
  }
}

TEST_CASE("message: bytes that are no UTF-8 are read, not refused") {
  std::string text = "Rabatt \xFF\xFE 4111111111111111 \x80";
  auto const m = read(text);
  CHECK_FALSE(m.promotional.empty());
  CHECK(m.payment_data.size() == 1);
}
