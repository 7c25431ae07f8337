// Tables as offices export them.
#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include <jawort/ledger/table.hpp>

using namespace jawort;

namespace {
using cells = std::vector<std::string>;

std::vector<table_row> rows(std::string const& text) {
  std::istringstream in{text};
  auto t = table_reader::open(in);
  REQUIRE(t);
  std::vector<table_row> out;
  for (;;) {
    auto r = t->next();
    REQUIRE(r);
    if (!*r) return out;
    out.push_back(**r);
  }
}

char delimiter_of(std::string const& text) {
  std::istringstream in{text};
  return table_reader::open(in)->delimiter();
}

std::string utf16(std::u16string_view text, bool little) {
  std::string out = little ? "\xff\xfe" : "\xfe\xff";
  for (char16_t const c : text) {
    char const low = static_cast<char>(c & 0xff), high = static_cast<char>(c >> 8);
    out += little ? low : high;
    out += little ? high : low;
  }
  return out;
}
}  // namespace

TEST_CASE("line ends, blank lines and physical line numbers") {
  for (std::string const end : {"\n", "\r\n", "\r"}) {
    auto const r = rows("a,b" + end + end + "  " + end + "\"zwei" + end + "Zeilen\",2" + end + "c,3");
    REQUIRE(r.size() == 3);
    CHECK(r[0].line == 1);
    CHECK(r[1].line == 4);
    CHECK(r[1].fields == cells{"zwei" + end + "Zeilen", "2"});
    CHECK(r[2].line == 6);
    CHECK(r[2].fields == cells{"c", "3"});
  }
  CHECK(rows("").empty());
  CHECK(rows("\n\r\n \r").empty());
}

TEST_CASE("quotes") {
  CHECK(rows("\"Meier; \"\"Eva\"\"\";1\n")[0].fields == cells{"Meier; \"Eva\"", "1"});
  CHECK(rows("a,\"\",b")[0].fields == cells{"a", "", "b"});
  CHECK_FALSE(rows("\"a\" ,b")[0].bad_quotes);
  CHECK(rows("\"a\"b,c")[0].bad_quotes);
  CHECK(rows("a,\"b\nc,d").back().bad_quotes);
}

TEST_CASE("the delimiter is the most frequent of the first line, outside quotes") {
  CHECK(delimiter_of("a,b") == ',');
  CHECK(delimiter_of("\n\na;b,c;d") == ';');
  CHECK(delimiter_of("a\tb") == '\t');
  CHECK(delimiter_of("a|b") == '|');
  CHECK(delimiter_of("\"a,b,c\";d") == ';');
  CHECK(delimiter_of("a\nb;c") == ',');
  CHECK(delimiter_of("") == ',');
}

TEST_CASE("encodings") {
  CHECK(rows("\xef\xbb\xbf" "name;1")[0].fields == cells{"name", "1"});
  CHECK(rows("B\xf6hm \x80;Böhm\n")[0].fields == cells{"Böhm €", "Böhm"});
  for (bool const little : {true, false}) {
    auto const r = rows(utf16(u"Böhm;\U0001F600\r\nx;y", little));
    REQUIRE(r.size() == 2);
    CHECK(r[0].fields == cells{"Böhm", "\xf0\x9f\x98\x80"});
    CHECK(r[1].line == 2);
    std::u16string half = u"a;b\nc;d";
    half[2] = char16_t{0xd83d};  // half a pair must not swallow the line's end
    CHECK(rows(utf16(half, little)).size() == 2);
    half[2] = char16_t{0xde00};
    CHECK(rows(utf16(half, little))[0].fields == cells{"a", "\xef\xbf\xbd"});
  }
}

TEST_CASE("rows that are not to be trusted are flagged") {
  CHECK(rows(std::string{"a\0b,c\n", 6})[0].has_nul);
  auto const longer = rows("x," + std::string(3000000, 'y') + "\nz,1\n");
  REQUIRE(longer.size() == 2);
  CHECK(longer[0].too_long);
  CHECK(longer[1].line == 2);
  CHECK_FALSE(longer[1].too_long);
  CHECK(rows(std::string(3000000, ',') + "\n")[0].fields.size() <= 1U << 20);
}

TEST_CASE("the column of addresses by its name") {
  normaliser const n{"DE"};
  auto const column = [&](cells const& first, std::optional<channel> on) { return find_address_column(first, {}, n, on); };
  for (std::string const name : {"address", "adresse", "phone", "telephone", "telefon", "telefonnummer", "tel", "mobil", "mobile", "handy", "handynummer",
                           "mobilnummer", "rufnummer", "nummer", "number", "whatsapp", "email", "e-mail", "mail", "mailadresse", " Handy ", "E-Mail"}) {
    auto const l = column({"Name", name}, {});
    CHECK_MESSAGE((l && l->has_header && l->address_column == 1), name);
  }
  CHECK(column({"Telefon", "E-Mail", "Mobil"}, channel::whatsapp)->address_column == 2);
  CHECK(column({"Telefon", "E-Mail", "Mobil"}, channel::email)->address_column == 1);
  CHECK(find_address_column({"A", " B "}, "b", n, {})->address_column == 1);
  auto const missing = find_address_column({"Name", "Ort"}, "handy", n, {});
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == failure::unknown_name);
  CHECK(missing.error().hint.en.find("Name, Ort") != std::string::npos);
}

TEST_CASE("a list without a header") {
  normaliser const n{"DE"};
  auto const column = [&](cells const& first, channel on) { return find_address_column(first, {}, n, on); };
  auto const one = column({"+491713920001"}, channel::whatsapp);
  REQUIRE(one);
  CHECK_FALSE(one->has_header);
  CHECK_FALSE(column({"Kontakt"}, channel::whatsapp)->has_header);
  CHECK(column({"Eva", "0171 3920001"}, channel::whatsapp)->address_column == 1);
  CHECK(column({"24.11.2026", "+491713920001"}, channel::whatsapp)->address_column == 1);
  CHECK(column({"2411202612", "+491713920001"}, channel::whatsapp)->address_column == 1);  // a customer number that is valid as a number
  CHECK(column({"0171 3920001", "kunde@example.org"}, channel::email)->address_column == 1);
  CHECK(column({"Name", "Ort"}, channel::email).error().code == failure::unknown_name);
}
