// The readers on small payloads of their own: forms, mails, lines, exports, signatures.
#include <doctest/doctest.h>

#include <jawort/ledger/chat_export.hpp>
#include <jawort/ledger/payload.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#define JAWORT_HUB "1d88585cae3e449a08c782eea7789eff15b9d3776aa7f0253181df1efe8b191d"
#define JAWORT_TWILIO "Wck300gETt3JIh12Xs/kbKwUjMw="

using namespace jawort;

namespace {
incoming one(payload_format f, std::string_view bytes, channel on = channel::sms) {
  auto p = read_payload(f, bytes, on);
  REQUIRE(p);
  REQUIRE(p->items.size() == 1);
  return p->items[0];
}
}  // namespace

TEST_CASE("forms of the gateways") {
  auto i = one(payload_format::twilio, "From=+491713920001&Body=Stop+bitte&MessageSid=SM1&Body=&To=%2B49155");
  CHECK(i.from->text() == "+491713920001");
  CHECK(i.text == "Stop bitte");
  i = one(payload_format::twilio, "From=whatsapp%3A%2B491713920001&ExternalUserId=DE.4711&Body=Hallo&MessageSid=SM2");
  CHECK(i.on == channel::whatsapp);
  CHECK(i.also.at(0).text() == "DE.4711");
  i = one(payload_format::twilio, "From=whatsapp:US.1234&Body=Hallo&MessageSid=SM3");
  CHECK(i.from->text() == "US.1234");
  CHECK(one(payload_format::twilio, "From=%2B491713920001&Body=STOP&OptOutType=STOP&MessageSid=SM4").kind == incoming_kind::provider_stop);
  CHECK(one(payload_format::twilio, "To=%2B491713920001&MessageStatus=undelivered&ErrorCode=21610&MessageSid=SM5").kind == incoming_kind::provider_stop);
  CHECK(one(payload_format::twilio, "To=%2B491713920001&MessageStatus=delivered&MessageSid=SM6").kind == incoming_kind::delivery);
  CHECK(one(payload_format::twilio, "RnJvbT0lMkI0OTE3MTM5MjAwMDEmQm9keT1TdG9w").text == "Stop");   // the whole body in base64
  CHECK(one(payload_format::messagebird, "originator=491713920001&body=Stop&id=1&createdDatetime=2026-05-01T10:00:00%2B00:00").at == *instant::parse("2026-05-01T10:00:00Z"));
  CHECK(one(payload_format::messagebird, "recipient=491713920001&status=delivery_failed&statusErrorCode=103&id=1").kind == incoming_kind::provider_stop);
  i = one(payload_format::vonage, "msisdn=491713920001&to=4915&messageId=1&text=Sto&concat=true&concat-ref=7&concat-total=2&concat-part=1&message-timestamp=2026-05-01+10:00:00");
  CHECK(i.part->total == 2);
  CHECK(i.at == *instant::parse("2026-05-01T10:00:00Z"));
  CHECK(one(payload_format::vonage, R"({"to":"491713920001","status":"rejected","err-code":"9","messageId":"1"})").kind == incoming_kind::provider_stop);
  CHECK(one(payload_format::telnyx, R"({"data":{"event_type":"message.received","payload":{"id":"1","from":{"phone_number":"+491713920001"},"text":"Stop","received_at":"2026-05-01T10:00:00.000+00:00"}}})").text == "Stop");
  CHECK(one(payload_format::telnyx, R"({"data":{"event_type":"message.finalized","payload":{"id":"1","to":[{"phone_number":"+491713920001"}],"errors":[{"code":"40300"}]}}})").kind == incoming_kind::provider_stop);
  CHECK_FALSE(read_payload(payload_format::twilio, "no form at all"));
  CHECK(one(payload_format::text, "0171 3920001\t2026-05-01T10:00:00Z\tStop, bitte").from->text() == "+491713920001");
}

TEST_CASE("messenger: opting out comes as an opt-in, seconds and milliseconds, echoes are ours") {
  auto const optin = [](std::string const& key, std::string const& value) {
    return one(payload_format::messenger, R"({"sender":{"id":"42"},"timestamp":1777629600,"optin":{"type":"notification_messages",")" + key + R"(":")" + value + R"("}})");
  };
  CHECK(optin("notification_messages_status", "STOP_NOTIFICATIONS").kind == incoming_kind::platform_stop);
  CHECK(optin("notification_messages_status", "STOP NOTIFICATIONS").kind == incoming_kind::platform_stop);
  CHECK(optin("notification messages status", "stop notifications").kind == incoming_kind::platform_stop);
  CHECK(optin("notification_messages_status", "RESUME_NOTIFICATIONS").kind == incoming_kind::platform_resume);
  auto i = optin("notification_messages_token", "T");
  CHECK(i.kind == incoming_kind::message);
  CHECK(i.at == *instant::parse("2026-05-01T10:00:00Z"));
  CHECK(one(payload_format::messenger, R"({"sender":{"id":"42"},"recipient":{"id":"7"},"timestamp":1777629600000,"message":{"mid":"m","is_echo":true,"text":"Start"}})").kind == incoming_kind::echo);
  CHECK(one(payload_format::messenger, R"({"optin":{"user_ref":"abc"},"timestamp":1777629600000})").from->text() == "messenger:ref:abc");
}

TEST_CASE("mails: own words only, status reports, complaints") {
  auto i = one(payload_format::email, "From: =?utf-8?Q?J=C3=B6rg?= <Joerg@Example.org>\r\nSubject: =?utf-8?B?QWJtZWxkdW5n?=\r\nDate: Fri, 01 May 2026 12:00:00 +0200\r\nMessage-ID: <1@x>\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
                                      "Bitte l=F6schen\r\n\r\nAm 1. Mai 2026 schrieb Reisestube:\r\n> Antworten Sie mit Start\r\n-- \r\nJ. Beispiel");
  CHECK(i.from->text() == "joerg@example.org");
  CHECK(i.text == "Bitte löschen");
  CHECK(i.hints.at(0) == "Abmeldung");
  CHECK(i.at == *instant::parse("2026-05-01T10:00:00Z"));
  i = one(payload_format::email, "From: a@example.org\nSubject: Re: x\nContent-Type: text/html\n\n<html><head><style>p{}</style></head><p>Stop&nbsp;bitte</p><blockquote>Start</blockquote></html>");
  CHECK(i.text.find("Stop") != std::string::npos);
  CHECK(i.text.find("Start") == std::string::npos);
  CHECK(one(payload_format::email, "From: a@example.org\nAuto-Submitted: auto-replied\n\nIch bin nicht da. Stop.").automatic);
  i = one(payload_format::email, "From: mailer@x.example\nContent-Type: multipart/report; report-type=delivery-status; boundary=\"b\"\n\n--b\nContent-Type: text/plain\n\nfailed\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; weg@example.org\nAction: failed\nStatus: 5.1.1\n--b--\n");
  CHECK(i.kind == incoming_kind::undeliverable);
  CHECK(i.from->text() == "weg@example.org");
  i = one(payload_format::email, "From: fbl@x.example\nContent-Type: multipart/report; report-type=feedback-report; boundary=b\n\n--b\nContent-Type: message/feedback-report\n\nFeedback-Type: abuse\nOriginal-Rcpt-To: <satt@example.org>\n--b--");
  CHECK(i.kind == incoming_kind::complaint);
  CHECK(i.from->text() == "satt@example.org");
}

TEST_CASE("signatures, checked against values worked out with openssl") {
  CHECK(check_signature(payload_format::whatsapp_cloud, "{}", {"geheim", "sha256=" JAWORT_HUB, ""}));
  CHECK_FALSE(check_signature(payload_format::whatsapp_cloud, "{} ", {"geheim", "sha256=" JAWORT_HUB, ""}));
  CHECK_FALSE(check_signature(payload_format::whatsapp_cloud, "{}", {"falsch", "sha256=" JAWORT_HUB, ""}));
  CHECK_FALSE(check_signature(payload_format::whatsapp_cloud, "{}", {"geheim", "", ""}));
  CHECK(check_signature(payload_format::twilio, "b=2&a=1", {"geheim", JAWORT_TWILIO, "https://x.example/sms"}));
  CHECK_FALSE(check_signature(payload_format::twilio, "b=2&a=2", {"geheim", JAWORT_TWILIO, "https://x.example/sms"}));
  CHECK_FALSE(check_signature(payload_format::text, "x", {"geheim", "x", ""}));
}

TEST_CASE("exported chats: forms, halves of the day, what is no header, and the order of day and month") {
  auto const first = [](std::string_view line, day_order o = day_order::day_first) {
    auto c = read_chat_export(line, o);
    REQUIRE(c);
    return to_string(*instant::from_ms(c->messages.at(0).local_ms)) + " " + c->messages[0].author + "|" + c->messages[0].text;
  };
  CHECK(first("12.03.16, 14:05 - Erika: Hallo") == "2016-03-12T14:05:00Z Erika|Hallo");
  CHECK(first("[12.03.16, 14:05:11] Erika: Hallo") == "2016-03-12T14:05:11Z Erika|Hallo");
  CHECK(first("12.03.16, 2:05 nachm. - Erika: Hallo") == "2016-03-12T14:05:00Z Erika|Hallo");
  CHECK(first("12.03.16, 8:05 vorm. - E: x") == "2016-03-12T08:05:00Z E|x");
  CHECK(first("12.03.16, 7:05 morgens - E: x") == "2016-03-12T07:05:00Z E|x");
  CHECK(first("12.03.16, 1:05 mittags - E: x") == "2016-03-12T13:05:00Z E|x");
  CHECK(first("12.03.16, 12:05 mittags - E: x") == "2016-03-12T12:05:00Z E|x");
  CHECK(first("12.03.16, 9:05 abends - E: x") == "2016-03-12T21:05:00Z E|x");
  CHECK(first("12.03.16, 11:05 nachts - E: x") == "2016-03-12T23:05:00Z E|x");
  CHECK(first("12.03.16, 12:05 nachts - E: x") == "2016-03-12T00:05:00Z E|x");
  CHECK(first("12.03.16, 2:05 nachts - E: x") == "2016-03-12T02:05:00Z E|x");
  CHECK(first("12.03.16, 14:05 - \xe2\x80\xaa+49\xc2\xa0""171 3920001\xe2\x80\xac: Hallo").find("+49") != std::string::npos);
  CHECK(numbers_in("\xe2\x80\xaa+49\xc2\xa0""171 3920001\xe2\x80\xac").at(0).text() == "+491713920001");
  CHECK(first("[12.03.16, 14:05:11] Erika: \xe2\x80\x8eNachrichten und Anrufe sind Ende-zu-Ende-verschlüsselt.").find(" |") != std::string::npos);
  auto const two = *read_chat_export("12.03.16, 14:05 - E: eins\n2016-04-29 10:30:00\n13.03.16 kommen wir\n", day_order::unsaid);
  CHECK(two.messages.size() == 1);
  CHECK_FALSE(read_chat_export("3/4/16, 14:05 - E: x\n", day_order::unsaid));
  CHECK(read_chat_export("3/4/16, 14:05 - E: x\n25/4/16, 14:05 - E: x\n", day_order::unsaid)->inferred == day_order::day_first);
  CHECK(read_chat_export("3/4/16, 14:05 - E: x\n4/25/16, 14:05 - E: x\n", day_order::unsaid)->inferred == day_order::month_first);
  CHECK(read_chat_export("1/4/16, 14:05 - E: x\n2/3/16, 14:05 - E: x\n", day_order::unsaid)->inferred == day_order::month_first);   // by the order of the lines
}

TEST_CASE("exported chats: twelve forms that others wrote, with the time that they say") {
  char const* const there = std::getenv("JAWORT_FIXTURES");
  std::filesystem::path const folder = there != nullptr ? std::filesystem::path{there} : std::filesystem::path{JAWORT_ROOT} / ".." / "shared" / "fixtures";
  std::ifstream in{folder / "chat_export" / "pustur_formats.tsv"};
  if (!in) { MESSAGE("skipped: no fixtures"); return; }
  std::string line;
  std::size_t seen = 0;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    auto const a = line.find('\t'), b = line.rfind('\t');
    auto c = read_chat_export(line.substr(a + 1, b - a - 1), day_order::day_first);
    INFO(line);
    REQUIRE(c);
    ++seen;
    CHECK(c->messages[0].author == "a");
    CHECK(c->messages[0].text == "m");
    CHECK(c->messages[0].local_ms == instant::parse(line.substr(b + 1))->ms());
  }
  CHECK(seen == 12);
}
