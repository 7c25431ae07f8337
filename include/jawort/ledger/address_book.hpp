// jawort/ledger/address_book.hpp - address books as phones and offices export them: read, checked, cleaned.
//
// vCard 2.1, 3.0, 4.0, and the CSV exports of Google, Outlook, Thunderbird and Windows, in UTF-8, UTF-16 and windows-1252.
// `cleaned` gives the file without the numbers that may not stay: of a contact with other numbers the number alone goes,
// otherwise the contact; every other byte is as it was.
//
//   auto book = read_address_book(bytes, "handy.vcf", normaliser{"DE"});
//   auto report = check_address_book(*book, &ledger, listed, now);
//   write(cleaned(*book, report->stays));
//
// Errors: `malformed` for a file that is no address book. Nothing is written anywhere. Memory: a few times the file.
#pragma once
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "../address_book.hpp"
#include "ledger.hpp"
#include "normalise.hpp"

namespace jawort {

struct book_number {
  std::size_t line = 0;              ///< physical line, from 1
  std::string written;               ///< as it stands there
  std::optional<address> who;        ///< nothing: unreadable
  std::size_t from = 0, to = 0;      ///< its bytes: a property's lines, or a value in a cell
  std::size_t cell_from = 0, cell_to = 0;   ///< of the cell, quotes included; equal for a vCard
  bool same_cell = false;            ///< shares its cell with the number before it
};

struct book_contact {
  std::size_t line = 0;
  std::string name;
  std::vector<book_number> numbers;
  std::size_t from = 0, to = 0;      ///< its bytes
  bool damaged = false;              ///< a card that breaks off, or a row that cannot be told apart
};

struct address_book {
  enum class form : std::uint8_t { vcard, csv };
  form is = form::vcard;
  std::string bytes;
  std::vector<book_contact> contacts;
  std::vector<std::size_t> strays;   ///< lines of a vCard file that belong to no card
  bool by_look = false;              ///< a CSV without columns of numbers: every cell was looked at
};

/// `where` names the file in errors.
[[nodiscard]] result<address_book> read_address_book(std::string bytes, std::string const& where, normaliser const& numbers);

struct book_finding {
  std::size_t contact = 0, number = 0;   ///< places in the address book
  contact_basis why{};
};

struct book_report {
  outcome what = outcome::permit;
  reason_list reasons;                   ///< address-book-upload
  std::vector<std::vector<contact_basis>> bases;   ///< of each number of each contact
  std::vector<book_finding> findings;    ///< denied, in the file's order
  std::vector<address> remove;           ///< the numbers denied, each once
  std::size_t upload_without_basis = 0;  ///< contacts with such a number
  std::size_t damaged = 0;
  std::size_t wordy = 0;                 ///< numbers that are words only: nothing is transferred
  std::vector<std::pair<address, std::vector<std::size_t>>> doubles;   ///< a number in several contacts, and their places
};

/// Checks each number. Without a ledger nobody is known to have agreed or written. `registered`: numbers on WhatsApp.
[[nodiscard]] result<book_report> check_address_book(address_book const& book, ledger* ledger_or_null, std::set<address> const& registered,
                                                     instant at, instant as_recorded = instant::latest());

/// The file with what the report denies taken out. Damaged rows of CSV go as well: nobody can say what is in them.
[[nodiscard]] std::string cleaned(address_book const& book, book_report const& report);

/// Numbers on WhatsApp, one a line or as a CSV list; what cannot be read is counted.
struct registered_list {
  std::set<address> numbers;
  std::size_t unreadable = 0;
};
[[nodiscard]] result<registered_list> read_registered(std::string const& bytes, normaliser const& numbers);

}  // namespace jawort
