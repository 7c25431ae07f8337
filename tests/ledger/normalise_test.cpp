// Addresses as people write them: one row for each spelling.
#include <doctest/doctest.h>

#include <string>
#include <vector>

#include <jawort/ledger/normalise.hpp>

using namespace jawort;

namespace {
struct spelling {
  std::string text, canonical;
};

void all_become(std::vector<spelling> const& rows, std::optional<channel> on, std::string const& region = "DE") {
  normaliser const n{region};
  for (auto const& row : rows) {
    auto const a = n.parse(row.text, on);
    CHECK_MESSAGE(a, row.text, ": ", a ? "" : a.error().message.en);
    if (a) CHECK_MESSAGE(a->text() == row.canonical, row.text);
  }
}

void all_refused(std::vector<std::string> const& rows, std::optional<channel> on) {
  normaliser const n{"DE"};
  for (auto const& text : rows) {
    auto const a = n.parse(text, on);
    CHECK_FALSE_MESSAGE(a, text, " became ", a ? a->text() : "");
    if (a) continue;
    CHECK(a.error().code == failure::malformed);
    CHECK_FALSE_MESSAGE(a.error().hint.de.empty(), text);
    CHECK_FALSE_MESSAGE(a.error().hint.en.empty(), text);
  }
}
}  // namespace

TEST_CASE("numbers in German spelling") {
  std::string const it = "+491713920001";
  all_become({{"+491713920001", it}, {"+49 171 3920001", it}, {"0049 171 3920001", it}, {"+49 (0)171 3920001", it},
              {"+49 (0) 171 / 392 00 01", it}, {"0049 (0)171 3920001", it}, {"+49 (171) 3920001", it}, {"(0171) 392-00 01", it},
              {"0171/3920001", it}, {"0171-3920001", it}, {"0171.392.00.01", it}, {"0171 \xe2\x80\x93 3920001", it},
              {"0171\xe2\x88\x92" "3920001", it}},
             channel::whatsapp);
  all_become({{"0911 123456", "+49911123456"}, {"034441/ 2 22 67", "+493444122267"}, {"+43 664 1234567", "+436641234567"}}, channel::whatsapp);
  all_become({{"0664 1234567", "+436641234567"}}, channel::sms, "AT");
  all_become({{"079 123 45 67", "+41791234567"}}, channel::sms, "CH");
}

TEST_CASE("what a spreadsheet ate, and what it left") {
  std::string const it = "+491713920001";
  // The + goes before the 0: read as national, 491713920001 would be a valid landline in Leer.
  all_become({{"491713920001", it}, {"49 171 3920001", it}, {"(49) 171 3920001", it}, {"(+49) 171 3920001", it}, {"1713920001", it},
              {"171 3920001", it}, {"(171) 3920001", it}, {"'+491713920001", it}, {"\"0171 3920001\"", it}, {"=+491713920001", it}},
             channel::sms);
}

TEST_CASE("marks that copying brings along") {
  std::string const it = "+491713920001";
  all_become({{" \t0171 3920001\r\n", it}, {"+49\xc2\xa0" "171\xc2\xa0" "3920001", it}, {"\xe2\x80\xaa+49 171 3920001\xe2\x80\xac", it},
              {"\xe2\x81\xa6+491713920001\xe2\x81\xa9", it}, {"\xe2\x80\x8e+49\xe2\x80\x8b" "1713920001", it},
              {"\xef\xbb\xbf+491713920001", it}, {"\xef\xbc\x8b\xef\xbc\x94\xef\xbc\x99 171 3920001", it},
              {"\xef\xbc\x94\xef\xbc\x99\xef\xbc\x91\xef\xbc\x97\xef\xbc\x91" "3920001", it},  // full-width 49171: the + was eaten
              {"tel:+49-171-3920001", it}, {"whatsapp:+491713920001", it}, {"WhatsApp: +49 171 3920001", it}},
             std::nullopt);
}

TEST_CASE("the numbers of the examples are valid") {
  normaliser const n{"DE"};
  for (std::uint64_t i = 0; i < 100; ++i) {
    CHECK(n.parse("+" + std::to_string(491713920000U + i), channel::call));
    CHECK(n.parse("+" + std::to_string(4917604069000U + i), channel::call));
  }
}

TEST_CASE("what is no number says so, with a remedy") {
  all_refused({"", " ", "Handy", "kein Handy", "0123/579", "+49", "+4917", "112", "12345", "0800 REISEN", "0171-FLOWERS", "US1349120865",
               "+4917139200012345678", "0171 3920001 / 0172 3920002", "+49 171 3920001 (privat)", std::string{"0171 3920001\0" "9", 14}},
              channel::whatsapp);
  all_refused({"030 1234567 ext. 5", "030 1234567 x5", "030 1234567#5", "030 1234567,5", "030 1234567;5", "tel:+49301234567;ext=5"}, std::nullopt);
  // Three figures of a date make a number that the library calls valid (Aachen, Paderborn).
  all_refused({"24.11.2026", "1.2.2026", "2026-11-24"}, std::nullopt);
}

TEST_CASE("a number rounded by a spreadsheet has its own message") {
  normaliser const n{"DE"};
  auto const words = n.parse("Handy", channel::sms).error().hint.en;
  for (std::string const text : {"4,91714E+11", "4.91714E+11", "4.91714E11", "4,9e+11"}) {
    auto const a = n.parse(text, channel::sms);
    REQUIRE_FALSE_MESSAGE(a, text);
    CHECK_MESSAGE(a.error().hint.en != words, text);
    CHECK_MESSAGE(a.error().message.en.find("spreadsheet") != std::string::npos, text);
  }
}

TEST_CASE("addresses of the other kinds") {
  all_become({{"Kunde@Example.org", "kunde@example.org"}, {"Kunde <kunde@Example.org>", "kunde@example.org"},
              {"\"Kunde, K.\" <kunde@example.org>", "kunde@example.org"}, {"<kunde@example.org>", "kunde@example.org"},
              {"mailto:kunde@example.org", "kunde@example.org"}},
             channel::email);
  all_become({{"4815162342", "messenger:4815162342"}, {"messenger:4815162342", "messenger:4815162342"}}, channel::messenger);
  all_become({{"US.13491208655302741918", "US.13491208655302741918"}, {"whatsapp:US.1234abc", "US.1234abc"}}, channel::whatsapp);
  all_become({{"customer:K-4711", "customer:K-4711"}}, std::nullopt);
}

TEST_CASE("an address that the channel cannot reach") {
  all_refused({"kunde@example.org", "messenger:4815162342"}, channel::whatsapp);
  all_refused({"US.13491208655302741918", "kunde@example.org"}, channel::sms);
  all_refused({"+491713920001", "kunde@example.org"}, channel::messenger);
  normaliser const n{"DE"};
  CHECK(n.parse("kunde@example.org", channel::call).error().hint.en.find("telephone number") != std::string::npos);
}
