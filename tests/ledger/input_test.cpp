// Numbers and tables as offices write them.
#include <doctest/doctest.h>

#include <sstream>

#include <jawort/ledger/json.hpp>
#include <jawort/ledger/keys.hpp>
#include <jawort/ledger/table.hpp>
#include <jawort/ledger/zone.hpp>

using namespace jawort;

TEST_CASE("every German spelling of one number") {
  normaliser const n{"DE"};
  for (char const* text : {"+491713920001", "0171/3920001", "0171 392 00 01", "(0171) 39200-01", "0171-3920001", "0171.392.00.01", "0049 171 3920001", "+49 (0)171 3920001",
                           "+49 (171) 3920001", "491713920001", "1713920001", "tel:+491713920001", "whatsapp:+491713920001", " +49\xc2\xa0""171\xc2\xa0""3920001 ",
                           "\xe2\x80\xaa+49 171 3920001\xe2\x80\xac", "'+491713920001", "\"0171 3920001\"", "\xef\xbc\x90\xef\xbc\x91\xef\xbc\x97\xef\xbc\x91 3920001", "0171 – 3920001"}) {
    auto a = n.parse(text, channel::whatsapp);
    CHECK_MESSAGE((a && a->text() == "+491713920001"), text);
  }
}

TEST_CASE("what is no number says so") {
  normaliser const n{"DE"};
  for (char const* text : {"", "Handy", "kein Handy", "0123/579", "+49", "0800 REISEN", "4,91714E+11", "12345", "US1349120865", "0171 3920001 Durchwahl 5", "kunde@example.org", "+4917139200012345678"})
    CHECK_FALSE_MESSAGE(n.parse(text, channel::whatsapp), text);
  CHECK(n.parse("Kunde <kunde@Example.org>", channel::email)->text() == "kunde@example.org");
  CHECK(n.parse("4815162342", channel::messenger)->text() == "messenger:4815162342");
  CHECK(n.parse("0911 123456", channel::whatsapp)->text() == "+49911123456");
  for (std::uint64_t i = 0; i < 100; ++i) {
    CHECK(n.parse("+" + std::to_string(491713920000U + i), channel::sms));
    CHECK(n.parse("+" + std::to_string(4917604069000U + i), channel::sms));
  }
}

namespace {
std::vector<table_row> rows(std::string const& text) {
  std::istringstream in{text};
  auto t = table_reader::open(in);
  REQUIRE(t);
  std::vector<table_row> out;
  while (auto r = t->next()) {
    if (!*r) break;
    out.push_back(**r);
  }
  return out;
}
}  // namespace

TEST_CASE("tables: BOM, CRLF, semicolons, quotes, blank lines, physical line numbers") {
  auto const r = rows("\xef\xbb\xbfname;handy\r\n\r\n\"Meier; Eva\";0171\r\n\"zwei\r\nZeilen\";\"a\"\"b\"\r\nletzte;1");
  REQUIRE(r.size() == 4);
  CHECK(r[0].fields == std::vector<std::string>{"name", "handy"});
  CHECK(r[1].line == 3);
  CHECK(r[1].fields[0] == "Meier; Eva");
  CHECK(r[2].fields[1] == "a\"b");
  CHECK(r[3].line == 6);
  CHECK(rows("").empty());
  CHECK(rows("\n\n \n").empty());
  CHECK(rows("a,\"b").back().bad_quotes);
  CHECK(rows(std::string{"a\0b,c\n", 6})[0].has_nul);
  CHECK(rows("B\xf6hm,1\n")[0].fields[0] == "Böhm");
  CHECK(rows(std::string{"\xff\xfe" "a\0,\0b\0\n\0", 10})[0].fields[1] == "b");
  CHECK(rows("x," + std::string(3000000, 'y') + "\nz,1\n").size() == 2);
}

TEST_CASE("the column of addresses") {
  normaliser const n{"DE"};
  CHECK(find_address_column({"Name", "Telefon", "Handy"}, {}, n, channel::whatsapp)->address_column == 2);
  CHECK(find_address_column({"Name", "Telefon", "E-Mail"}, {}, n, channel::email)->address_column == 2);
  CHECK_FALSE(find_address_column({"+491713920001"}, {}, n, channel::whatsapp)->has_header);
  CHECK(find_address_column({"A", "B"}, "b", n, {})->address_column == 1);
  CHECK_FALSE(find_address_column({"A", "B"}, "c", n, {}));
  CHECK_FALSE(find_address_column({"A", "B"}, {}, n, {}));
}

TEST_CASE("evidence: words, JSON, and no half of either") {
  CHECK(parse_evidence("Start")->get("text") == "Start");
  CHECK(parse_evidence("{\"age\":15,\"coupled\":false}")->get("coupled") == "false");
  CHECK_FALSE(parse_evidence("{\"age\":"));
  auto const e = *parse_evidence("{\"b\":\"2\",\"a\":\"1\"}");
  CHECK(to_json(e) == "{\"a\":\"1\",\"b\":\"2\"}");
}

TEST_CASE("local time and holidays") {
  auto const de = *address::parse("+491713920001"), at = *address::parse("+436641234567");
  CHECK(utc_offset_minutes(de, *instant::parse("2026-06-01T10:00:00Z")) == 120);
  CHECK(utc_offset_minutes(de, *instant::parse("2026-01-01T10:00:00Z")) == 60);
  CHECK(is_holiday(de, *instant::parse("2026-04-06T10:00:00Z")));        // Easter Monday
  CHECK(is_holiday(de, *instant::parse("2026-10-02T22:30:00Z")));        // 3 October has begun in Berlin
  CHECK_FALSE(is_holiday(at, *instant::parse("2026-10-03T10:00:00Z")));
  CHECK_FALSE(is_holiday(de, *instant::parse("2026-04-07T10:00:00Z")));
}
