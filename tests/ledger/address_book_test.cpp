// Address books: every form and encoding, what stays, and that every other byte is as it was; the shared fixtures where
// they are there.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>

#include <jawort/ledger/address_book.hpp>

#include "scratch.hpp"

using namespace jawort;

namespace {
normaliser const& numbers() {
  static normaliser const n{"DE"};
  return n;
}
instant at(char const* t) { return *instant::parse(t); }
instant const asked = at("2026-06-01T10:00:00Z");

address_book read(std::string const& bytes, char const* where = "handy.vcf") {
  auto book = read_address_book(bytes, where, numbers());
  REQUIRE(book);
  return *book;
}
/// Numbers listed as registered stay; all others go.
book_report check(address_book const& book, std::vector<std::string> const& staying = {}) {
  std::set<address> listed;
  for (auto const& s : staying) listed.insert(*address::parse(s));
  auto r = check_address_book(book, nullptr, listed, asked);
  REQUIRE(r);
  return *r;
}
std::string slurp(std::filesystem::path const& p) {
  std::ifstream in{p, std::ios::binary};
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}
std::string utf16(std::string const& ascii, bool big) {
  std::string out = big ? "\xfe\xff" : "\xff\xfe";
  for (char const c : ascii) {
    if (big) out += '\0';
    out += c;
    if (!big) out += '\0';
  }
  return out;
}
/// What must hold of every cleaned file.
void round_trip(address_book const& book, book_report const& report, std::set<address> const& listed, char const* where) {
  auto const clean = cleaned(book, report);
  auto const again = read_address_book(clean, where, numbers());
  REQUIRE(again);
  std::vector<std::string> expected, found;
  for (std::size_t c = 0; c < book.contacts.size(); ++c) {
    auto const& contact = book.contacts[c];
    bool any_denied = false, any_fine = false;
    for (std::size_t n = 0; n < contact.numbers.size(); ++n) {
      bool const fine = outcome_of(report.bases[c][n]) != outcome::deny;
      any_fine = any_fine || fine;
    }
    for (auto const& f : report.findings) any_denied = any_denied || f.contact == c;
    if (any_denied && !any_fine) continue;
    if (book.is == address_book::form::csv && contact.damaged) continue;
    std::string line = contact.name;
    for (std::size_t n = 0; n < contact.numbers.size(); ++n) {
      bool gone = false;
      for (auto const& f : report.findings) gone = gone || (f.contact == c && f.number == n);
      if (!gone) line += "|" + contact.numbers[n].written;
    }
    expected.push_back(line);
  }
  for (auto const& contact : again->contacts) {
    std::string line = contact.name;
    for (auto const& n : contact.numbers) line += "|" + n.written;
    found.push_back(line);
  }
  CHECK(found == expected);
  auto const second = check_address_book(*again, nullptr, listed, asked);
  REQUIRE(second);
  CHECK(second->findings.empty());
  CHECK(cleaned(*again, *second) == clean);
}
}  // namespace

TEST_CASE("vCard: of a card with other numbers the number goes, otherwise the card; every other byte stays") {
  std::string const anna = "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Anna\r\nitem1.TEL:0171 3920001\r\nitem1.X-ABLabel:Urlaub\r\n";
  std::string const more = "NOTE:a\r\n  folded\r\nEND:VCARD\r\n";
  std::string const gone = "TEL;TYPE=HOME;\r\n VOICE:034441/\r\n  2 22 67\r\n";
  std::string const bert = "begin:vcard\nfn:Bert\ntel:Handy\nend:vcard\n";
  std::string const cora = "BEGIN:VCARD\nFN:Cora\nTEL;VALUE=uri:tel:+49-171-392-0005;ext=102\nEND:VCARD\n";
  auto const book = read(anna + gone + more + "\r\n" + bert + cora + "\n");
  REQUIRE(book.contacts.size() == 3);
  auto const r = check(book, {"+491713920001"});
  CHECK(r.what == outcome::deny);
  CHECK(r.upload_without_basis == 2);
  REQUIRE(r.remove.size() == 2);
  CHECK(r.remove[0].text() == "+493444122267");
  CHECK(r.remove[1].text() == "+491713920005");
  CHECK(r.wordy == 1);
  CHECK(cleaned(book, r) == anna + more + "\r\n" + bert + "\n");
  round_trip(book, r, {*address::parse("+491713920001")}, "a.vcf");
  auto const all = check(book, {"+491713920001", "+493444122267", "+491713920005"});
  CHECK(all.what == outcome::warn);
  CHECK(cleaned(book, all) == book.bytes);
}

TEST_CASE("vCard: quoted-printable with soft breaks, windows-1252, UTF-16, a byte order mark") {
  std::string const card = "BEGIN:VCARD\r\nVERSION:2.1\r\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:J=C3=B6rg =\r\nM=C3=BCller\r\nTEL;CELL;QUOTED-PRINTABLE:0171=20=\r\n3920001\r\nEND:VCARD\r\n";
  auto const book = read(card);
  REQUIRE(book.contacts.size() == 1);
  CHECK(book.contacts[0].name == "Jörg Müller");
  REQUIRE(book.contacts[0].numbers.size() == 1);
  CHECK(book.contacts[0].numbers[0].who->text() == "+491713920001");
  CHECK(cleaned(book, check(book)).empty());

  auto const old = read("BEGIN:VCARD\nVERSION:2.1\nFN:S\xf6ren N\xfc\xdflebaum\nTEL:0171 3920001\nEND:VCARD\n");
  CHECK(old.contacts[0].name == "Sören Nüßlebaum");

  std::string const two = "BEGIN:VCARD\r\nFN:A\r\nTEL:0171 3920001\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:B\r\nTEL:0171 3920002\r\nEND:VCARD\r\n";
  for (bool const big : {false, true}) {
    auto const wide = read(utf16(two, big));
    REQUIRE(wide.contacts.size() == 2);
    auto const r = check(wide, {"+491713920002"});
    CHECK(cleaned(wide, r) == utf16(two.substr(two.size() / 2), big));
    round_trip(wide, r, {*address::parse("+491713920002")}, "a.vcf");
  }
  auto const marked = read("\xef\xbb\xbf" + two);
  CHECK(cleaned(marked, check(marked, {"+491713920002"})) == "\xef\xbb\xbf" + two.substr(two.size() / 2));
  CHECK(read("\xef\xbb\xbf").contacts.empty());
  CHECK(read("").contacts.empty());
}

TEST_CASE("vCard: cards that break off, cards in cards, strays, nonsense") {
  auto const cut = read("BEGIN:VCARD\nFN:A\nTEL:0171 3920001\nBEGIN:VCARD\nFN:B\nTEL:0171 39");
  REQUIRE(cut.contacts.size() == 2);
  CHECK(cut.contacts[0].damaged);
  CHECK(cut.contacts[1].damaged);
  CHECK(cut.contacts[1].numbers[0].line == 6);
  auto const r = check(cut, {"+491713920001"});
  CHECK(r.what == outcome::deny);  // a number cut short cannot be checked
  CHECK(cleaned(cut, r) == "BEGIN:VCARD\nFN:A\nTEL:0171 3920001\n");

  auto const within = read("BEGIN:VCARD\nVERSION:2.1\nFN:A\nAGENT:\nBEGIN:VCARD\nFN:Inner\nTEL:0171 3920001\nEND:VCARD\nTEL:0171 3920002\nEND:VCARD\n");
  REQUIRE(within.contacts.size() == 1);
  CHECK(within.contacts[0].numbers.size() == 2);
  auto const escaped = read("BEGIN:VCARD\nFN:A\nAGENT:BEGIN:VCARD\\nFN:Inner\\nTEL:0171 3920001\\nEND:VCARD\\n\nEND:VCARD\n");
  CHECK(escaped.contacts[0].numbers.size() == 1);

  auto const stray = read("hello\nBEGIN:VCARD\nFN:A\nEND:VCARD\nbye\n");
  CHECK(stray.strays == std::vector<std::size_t>{1, 5});
  CHECK_FALSE(read_address_book("hello\n", "a.vcf", numbers()));
  CHECK(check(read("BEGIN:VCARD\nTEL\nTEL:\nTEL;TYPE=\"a;b:c\":0171 3920001\nEND:VCARD\n")).remove.size() == 1);
}

TEST_CASE("vCard: a quoted-printable value does not swallow the end of its card") {
  auto const book = read("BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE:x=\nEND:VCARD\nBEGIN:VCARD\nTEL:0171 3920001\nEND:VCARD\n");
  REQUIRE(book.contacts.size() == 2);
  CHECK_FALSE(book.contacts[0].damaged);
}

TEST_CASE("CSV: columns of four programs, several values in a cell, quotes kept, rows gone as a whole") {
  std::string const google = "Name,Phone 1 - Type,Phone 1 - Value,Notes\n";
  auto const book = read(google + "Anna,Mobile,\"0171 3920001 ::: 0171 3920002 ::: 0171 3920003\",\"a \"\"b\"\"\nc\"\nBert,Mobile,0171 3920004,x\nCora,,,0171 3920009\n", "g.csv");
  REQUIRE(book.contacts.size() == 3);
  auto const r = check(book, {"+491713920002"});
  CHECK(r.upload_without_basis == 2);
  CHECK(cleaned(book, r) == google + "Anna,Mobile,\"0171 3920002\",\"a \"\"b\"\"\nc\"\nCora,,,0171 3920009\n");
  round_trip(book, r, {*address::parse("+491713920002")}, "g.csv");
  for (char const* header : {"First Name,Mobile Phone,Home Phone", "Vorname,Mobiltelefon,Telefon privat", "Vorname,Mobil-Tel.-Nr.,Tel. privat", "Name,Rufnummer (privat),Fax (privat)", "Nachname;Telefon (Mobil);Telefon (privat)"}) {
    char const d = std::string_view{header}.find(';') != std::string_view::npos ? ';' : ',';
    std::string const file = std::string{header} + "\r\nAnna" + d + "0171 3920001" + d + "03444 122267\r\n";
    auto const one = read(file, "o.csv");
    INFO(header);
    REQUIRE(one.contacts.size() == 1);
    CHECK(one.contacts[0].numbers.size() == 2);
    auto const partly = check(one, {"+491713920001"});
    CHECK(cleaned(one, partly) == std::string{header} + "\r\nAnna" + d + "0171 3920001" + d + "\r\n");
    auto const wide = read(utf16(file, false), "o.csv");
    CHECK(cleaned(wide, check(wide, {"+491713920001"})) == utf16(std::string{header} + "\r\nAnna" + d + "0171 3920001" + d + "\r\n", false));
  }
  auto const bare = read("Anna,0171 3920001\nBert,0171 39\n", "n.csv");
  CHECK(bare.by_look);
  CHECK(bare.contacts.size() == 2);
  CHECK(check(bare).findings.size() == 2);
  CHECK(read("Name,Fax-Nummer\nAnna,\"0171\n", "n.csv").contacts[0].damaged);
}

TEST_CASE("contacts: agreed, wrote, stopped, by list; Brazil's 9; doubles") {
  scratch s;
  auto book = ledger::create(s.path("a.db"), {"Agency", "agency.example/jawort", "DE", true}, at("2026-01-01T00:00:00Z"));
  REQUIRE(book);
  REQUIRE(book->publish(slurp(std::filesystem::path{JAWORT_EXAMPLES} / "newsletter.toml"), "newsletter.toml", at("2026-01-02T00:00:00Z"), false, at("2026-01-02T00:00:00Z")));
  auto const add = [&](char const* who, event_kind kind, std::optional<purpose> about, char const* when) {
    event e;
    e.kind = kind;
    e.who = *address::parse(who);
    e.on = channel::whatsapp;
    e.about = about;
    e.occurred_at = at(when);
    e.source = "test";
    if (kind == event_kind::given) e.notice = 1;
    e.proof.set("act", "paper");
    REQUIRE(book->append({e}, at("2026-05-30T00:00:00Z")));
  };
  add("+491713920001", event_kind::inbound, {}, "2026-05-01T10:00:00Z");
  add("+491713920002", event_kind::given, purpose::address_book(), "2026-05-01T10:00:00Z");
  add("+491713920003", event_kind::inbound, {}, "2026-05-01T10:00:00Z");
  add("+491713920003", event_kind::objected, {}, "2026-05-02T10:00:00Z");
  add("+554191234567", event_kind::inbound, {}, "2026-05-01T10:00:00Z");
  add("+491713920006", event_kind::inbound, {}, "2026-07-01T10:00:00Z");  // later than asked
  std::string text;
  for (char const* n : {"+491713920001", "+491713920002", "+491713920003", "+491713920004", "+491713920005", "+5541991234567", "+491713920006", "+491713920001"}) text += "BEGIN:VCARD\nTEL:" + std::string{n} + "\nEND:VCARD\n";
  auto const contacts = read(text);
  auto const r = check_address_book(contacts, &*book, {*address::parse("+491713920005")}, asked);
  REQUIRE(r);
  using enum contact_basis;
  std::vector<contact_basis> found;
  for (auto const& b : r->bases) found.push_back(b[0]);
  CHECK(found == std::vector<contact_basis>{wrote, agreed, stopped, none, registered, wrote, none, wrote});
  CHECK(r->doubles.size() == 1);
  CHECK(r->remove.size() == 3);
}

// --- the shared fixtures ---------------------------------------------------------------------------------------------

namespace {
std::filesystem::path fixtures() {
  if (char const* const f = std::getenv("JAWORT_FIXTURES")) return f;
  return std::filesystem::path{JAWORT_ROOT} / ".." / "shared" / "fixtures";
}
}  // namespace

TEST_CASE("fixtures: every address book has its outcome, and its cleaned file reads back") {
  if (!std::filesystem::exists(fixtures() / "vcard")) { MESSAGE("skipped: no fixtures"); return; }
  struct expected { char const* file; std::size_t contacts, numbers, readable, findings; };
  // Readable numbers from the files themselves; findings are those that carry a number nobody vouches for: words in a
  // number's place (a last row of column names in one file) carry none.
  std::vector<expected> const all{
      {"vcard/ez_John_Doe_ANDROID.vcf", 6, 9, 4, 9}, {"vcard/ez_John_Doe_MS_OUTLOOK.vcf", 1, 2, 0, 2}, {"vcard/ez_gmail-single2.vcf", 1, 11, 11, 11}, {"vcard/ez_outlook-2007.vcf", 1, 5, 0, 5},
      {"vcard/ez_rfc2426-example.vcf", 2, 4, 4, 4}, {"vcard/fk_AnsiIssueInvalidEncoding.vcf", 1, 0, 0, 0}, {"vcard/fk_Empty.vcf", 0, 0, 0, 0}, {"vcard/fk_LargeFile.vcf", 1000, 0, 0, 0},
      {"vcard/fk_MultiAnsiFilterTests_German.vcf", 1, 0, 0, 0}, {"vcard/fk_MultiAnsiFilterTests_v3Ansi.vcf", 2, 3, 2, 3}, {"vcard/fk_WhatsAppIssue.vcf", 1, 2, 0, 0}, {"vcard/fk_v2_1.vcf", 1, 7, 0, 1},
      {"vcard/fk_v3.vcf", 2, 3, 1, 3}, {"vcard/sabre_issue64.vcf", 1, 0, 0, 0}, {"csv/fk_Google.csv", 1, 10, 0, 0}, {"csv/fk_NoHeader.csv", 2, 0, 0, 0}, {"csv/fk_Outlook365.csv", 6, 25, 6, 6},
      {"csv/fk_Outlook365_DifferentColumnNamesLessColumns.csv", 6, 0, 0, 0}, {"csv/fk_ThunderbirdUtf8.csv", 1, 5, 0, 0}, {"csv/fk_ThunderbirdUtf8EnglishColumnsInvalidBDay.csv", 1, 5, 0, 0}};
  for (auto const& e : all) {
    INFO(std::string{e.file});
    auto const path = fixtures() / e.file;
    auto const book = read(slurp(path), path.string().c_str());
    auto const r = check(book);
    std::size_t n = 0, readable = 0;
    for (auto const& c : book.contacts)
      for (auto const& x : c.numbers) { ++n; readable += x.who ? 1U : 0U; }
    CHECK(book.contacts.size() == e.contacts);
    CHECK(n == e.numbers);
    CHECK(readable == e.readable);
    CHECK(r.findings.size() == e.findings);
    CHECK(r.damaged == 0);
    CHECK(r.what == (e.findings == 0 ? outcome::permit : outcome::deny));
    round_trip(book, r, {}, e.file);
  }
  auto const german = read(slurp(fixtures() / "vcard/fk_MultiAnsiFilterTests_German.vcf"));
  CHECK(german.contacts[0].name == "Sören Täve Nüßlebaum");
}

TEST_CASE("fixtures: telephone numbers are valid in their region; premium and shared-cost ones take no messages") {
  if (!std::filesystem::exists(fixtures() / "phones")) { MESSAGE("skipped: no fixtures"); return; }
  std::istringstream rows{slurp(fixtures() / "phones/libphonenumber_examples.tsv")};
  std::string line;
  std::size_t n = 0;
  for (std::getline(rows, line); std::getline(rows, line);) {
    std::istringstream fields{line};
    std::string region, code, type, number;
    fields >> region >> code >> type >> number;
    INFO(line);
    normaliser const here{region};
    auto const e164 = "+" + code + number;
    auto const a = here.parse(e164, std::nullopt);
    REQUIRE(a);
    CHECK(a->text() == e164);
    bool const reachable = type != "premiumRate" && type != "sharedCost";
    CHECK(here.parse(e164, channel::whatsapp).has_value() == reachable);
    CHECK(here.parse(e164, channel::call).has_value());
    ++n;
  }
  CHECK(n > 50);
  for (char const* region : {"DE", "AT", "BR"}) {
    auto const xml = slurp(fixtures() / ("phones/libphonenumber_" + std::string{region} + ".xml"));
    std::regex const example{"<exampleNumber>([0-9]+)</exampleNumber>"};
    normaliser const here{region};
    std::string const code = region == std::string{"DE"} ? "+49" : region == std::string{"AT"} ? "+43" : "+55";
    for (std::sregex_iterator it{xml.begin(), xml.end(), example}, end; it != end; ++it) {
      INFO(region << " " << (*it)[1].str());
      CHECK(here.parse(code + (*it)[1].str(), std::nullopt));
    }
  }
}

TEST_CASE("fixtures: which number WhatsApp may know under another") {
  if (!std::filesystem::exists(fixtures() / "phones")) { MESSAGE("skipped: no fixtures"); return; }
  std::istringstream rows{slurp(fixtures() / "phones/chatwoot_wa_id_variants.tsv")};
  std::string line;
  std::size_t n = 0;
  for (std::getline(rows, line); std::getline(rows, line); ++n) {
    std::istringstream fields{line};
    std::string name, stored, incoming, expected;
    for (std::string* f : {&name, &stored, &incoming, &expected}) std::getline(fields, *f, '\t');
    INFO(line);
    auto const plain = [](std::string s) {
      if (auto const plus = s.find('+'); plus != s.npos) s = s.substr(plus + 1);
      return s;
    };
    auto const wa_id = address::parse("+" + plain(incoming));
    if (stored.empty() || !wa_id) continue;
    std::istringstream several{stored};
    bool matched = false;
    for (std::string one; std::getline(several, one, '|');)
      for (auto const& a : whatsapp_numbers_of(*address::parse("+" + plain(one)))) matched = matched || a == *wa_id;
    bool const wanted = ("|" + stored + "|").find("|" + expected + "|") != std::string::npos;
    CHECK(matched == wanted);
  }
  CHECK(n == 12);
}
