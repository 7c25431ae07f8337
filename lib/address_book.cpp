#include "jawort/ledger/address_book.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <sstream>

#include "jawort/ledger/table.hpp"
#include "text_encoding.hpp"
#include "trimmed.hpp"
#include "vcard.hpp"

namespace jawort {
namespace {

std::size_t digits_in(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return detail::is_digit(c); }));
}

/// A telephone number as address books write it: also a `tel:` URI with parameters (RFC 3966), and with an extension or
/// a pause behind it, which reach the same subscriber.
std::optional<address> read_number(std::string_view raw, normaliser const& numbers) {
  std::string text = without_escapes(trimmed(raw));
  auto const parse = [&](std::string const& t) -> std::optional<address> {
    auto a = numbers.parse(t, std::nullopt);
    if (a && a->kind() == address_kind::number) return *std::move(a);
    return std::nullopt;
  };
  std::string const lower = detail::lower(text);
  if (lower.starts_with("tel:")) {
    auto const end = text.find(';');
    std::string const plain = text.substr(4, end == text.npos ? end : end - 4);
    if (auto const context = lower.find(";phone-context=+"); context != lower.npos && !plain.starts_with('+'))
      return parse(text.substr(context + 15, text.find(';', context + 15) - context - 15) + plain);
    return parse(plain);
  }
  if (auto a = parse(text)) return a;
  for (std::string_view const behind : {",", ";", " ext", "ext.", " x", "p", "w"})
    if (auto const at = lower.find(behind); at != lower.npos && at > 5 && digits_in(lower.substr(0, at)) > 5)
      if (auto a = parse(text.substr(0, at))) return a;
  return std::nullopt;
}

// --- vCard -----------------------------------------------------------------------------------------------------------

std::string name_of(vcard const& card) {
  for (char const* const key : {"FN", "ORG", "NICKNAME", "N"})
    for (auto const& p : card.properties) {
      if (p.name != key) continue;
      std::string name = without_escapes(p.value);
      if (p.name != "FN") std::replace(name.begin(), name.end(), ';', ' ');
      if (auto const t = trimmed(name); !t.empty()) return std::string{t};
    }
  return {};
}

/// A card inside a property's value (AGENT, vCard 3.0): its numbers leave the phone with it.
void numbers_within(vcard_property const& p, book_contact& out, normaliser const& numbers) {
  for (auto const& card : read_vcards(without_escapes(p.value)).cards)
    for (auto const& inner : card.properties)
      if (inner.name == "TEL" && !inner.value.empty())
        out.numbers.push_back({p.line, inner.value, read_number(inner.value, numbers), p.bytes.from, p.bytes.to, p.bytes.from, p.bytes.to, false});
}

book_contact contact_of(vcard const& card, normaliser const& numbers) {
  book_contact out;
  out.line = card.line;
  out.name = name_of(card);
  out.from = card.bytes.from;
  out.to = card.bytes.to;
  out.damaged = !card.complete;
  for (auto const& p : card.properties) {
    std::string_view value{p.value};
    std::string const lower = detail::lower(value);
    if (p.name == "AGENT") { numbers_within(p, out, numbers); continue; }
    if (p.name == "IMPP") {
      auto const scheme = lower.substr(0, lower.find(':'));
      if (scheme != "whatsapp" && scheme != "tel" && scheme != "sms") continue;
      value = value.substr(scheme.size() + 1);
    } else if (p.name != "TEL" && p.name != "X-MS-TEL" && p.name != "X-WHATSAPP") {
      continue;
    }
    if (trimmed(value).empty()) continue;
    out.numbers.push_back({p.line, std::string{value}, read_number(value, numbers), p.bytes.from, p.bytes.to, p.bytes.from, p.bytes.to, false});
  }
  return out;
}

// --- CSV -------------------------------------------------------------------------------------------------------------

/// The words of a column's name, lower-case.
std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out(1);
  for (char const c : detail::lower(name)) {
    bool const part = detail::is_letter(c) || static_cast<unsigned char>(c) >= 0x80;
    if (part) out.back() += c;
    else if (!out.back().empty()) out.emplace_back();
  }
  if (out.back().empty()) out.pop_back();
  return out;
}

bool one_of(std::string const& word, auto const& list) { return std::find(list.begin(), list.end(), word) != list.end(); }

/// A column of telephone numbers, as Google, Outlook, Thunderbird and Windows name them in German and English.
bool holds_numbers(std::string_view name) {
  constexpr std::array<std::string_view, 5> about{"type", "label", "typ", "art", "bezeichnung"};
  constexpr std::array<std::string_view, 26> exact{"phone", "phones", "telephone", "telefon", "tel", "mobile", "mobil", "mobiltelefon", "handy", "handynummer", "fax", "telefax",
                                                   "pager", "isdn", "telex", "callback", "rufnummer", "telefonnummer", "mobilnummer", "whatsapp", "faxnummer", "funkruf", "festnetz", "rückruf", "rückmeldung", "cell"};
  bool found = false;
  for (auto const& w : words_of(name)) {
    if (one_of(w, about)) return false;
    bool const ends = w.ends_with("telefon") || w.ends_with("phone") || w.ends_with("telefonnummer") || w.ends_with("rufnummer") || w.starts_with("telefon") || w.starts_with("mobiltel");
    found = found || one_of(w, exact) || ends;
  }
  return found;
}

bool holds_names(std::string_view name) {
  constexpr std::array<std::string_view, 15> exact{"name", "vorname", "nachname", "first", "last", "given", "family", "middle", "anzeigename", "display", "company", "firma", "organization", "organisation", "nickname"};
  for (auto const& w : words_of(name))
    if (one_of(w, exact)) return true;
  return false;
}

/// The first row names columns, rather than holding a contact.
bool is_header(std::vector<std::string> const& row) {
  constexpr std::array<std::string_view, 8> others{"email", "mail", "title", "titel", "address", "adresse", "notes", "notizen"};
  return std::any_of(row.begin(), row.end(), [&](std::string const& cell) {
    if (digits_in(cell) > 3) return false;
    if (holds_numbers(cell) || holds_names(cell)) return true;
    auto const w = words_of(cell);
    return std::any_of(w.begin(), w.end(), [&](std::string const& x) { return one_of(x, others); });
  });
}

/// Without a column for it: a cell that is a number, or looks like one that cannot be read.
bool looks_like_number(std::string const& cell) {
  auto const t = trimmed(cell);
  bool const plain = detail::all_of(t, [](char c) { return detail::is_digit(c) || std::string_view{"+-/(). \t"}.find(c) != std::string_view::npos || static_cast<unsigned char>(c) >= 0x80; });
  return plain && digits_in(t) >= 6;
}

class csv_reader {
 public:
  csv_reader(address_book& book, normaliser const& numbers) : book_(book), numbers_(numbers), form_(form_of(book.bytes)) {
    constexpr std::string_view mark = " ::: ";  // Google's, between several values
    for (char const c : mark) {
      if (form_.width == text_width::utf16_big) separator_ += '\0';
      separator_ += c;
      if (form_.width == text_width::utf16_little) separator_ += '\0';
    }
  }

  [[nodiscard]] result<nothing> run() {
    std::istringstream in{book_.bytes};
    auto table = table_reader::open(in);
    if (!table) return table.error();
    table->keep_spans();
    for (bool first = true;; first = false) {
      auto row = table->next();
      if (!row) return row.error();
      if (!*row) break;
      if (first && begins(**row)) continue;
      contact(**row);
    }
    return nothing{};
  }

 private:
  /// Whether the first row is a header, and which columns hold what.
  bool begins(table_row const& row) {
    bool const header = is_header(row.fields);
    for (std::size_t k = 0; header && k < row.fields.size(); ++k) {
      if (holds_numbers(row.fields[k])) number_columns_.push_back(k);
      if (holds_names(row.fields[k])) name_columns_.push_back(k);
    }
    book_.by_look = number_columns_.empty();
    return header;
  }

  void contact(table_row const& row) {
    book_contact out;
    out.line = row.line;
    out.from = row.begin;
    out.to = row.end;
    out.damaged = row.bad_quotes || row.too_long || row.has_nul;
    if (!out.damaged) {
      for (std::size_t const k : name_columns_)
        if (k < row.fields.size() && !trimmed(row.fields[k]).empty()) {
          if (out.name.size() + row.fields[k].size() > 60) continue;
          out.name += (out.name.empty() ? "" : " ") + std::string{trimmed(row.fields[k])};
        }
      if (book_.by_look) {
        for (std::size_t k = 0; k < row.fields.size(); ++k)
          if (looks_like_number(row.fields[k]) || row.fields[k].find(" ::: ") != std::string::npos) cell(row, k, out);
      } else {
        for (std::size_t const k : number_columns_)
          if (k < row.fields.size()) cell(row, k, out);
      }
    }
    book_.contacts.push_back(std::move(out));
  }

  /// One cell with no, one or several numbers.
  void cell(table_row const& row, std::size_t k, book_contact& out) {
    if (trimmed(row.fields[k]).empty()) return;
    std::size_t const cell_from = k == 0 ? row.begin : row.ends[k - 1] + form_.unit(), cell_to = row.ends[k];
    std::string_view const raw = std::string_view{book_.bytes}.substr(cell_from, cell_to - cell_from);
    // Within the quotes, where there are any.
    auto const is_quote = [&](std::size_t at) { return raw[at + (form_.width == text_width::utf16_big ? 1 : 0)] == '"'; };
    std::size_t from = 0, to = raw.size();
    if (from + form_.unit() < to && is_quote(from) && is_quote(to - form_.unit())) {
      from += form_.unit();
      to -= form_.unit();
    }
    std::string const& text = row.fields[k];
    bool second = false;
    for (std::size_t text_at = 0;;) {
      auto const text_end = text.find(" ::: ", text_at);
      auto raw_end = raw.find(separator_, from);
      if (text_end == text.npos || raw_end == raw.npos || raw_end >= to) raw_end = to;
      std::string const value = text.substr(text_at, raw_end == to ? std::string::npos : text_end - text_at);
      if (!trimmed(value).empty()) {
        out.numbers.push_back({row.line, value, read_number(value, numbers_), cell_from + from, cell_from + raw_end, cell_from, cell_to, second});
        second = true;
      }
      if (raw_end == to) break;
      text_at = text_end + 5;
      from = raw_end + separator_.size();
    }
  }

  address_book& book_;
  normaliser const& numbers_;
  text_form form_;
  std::string separator_;
  std::vector<std::size_t> number_columns_, name_columns_;
};

/// The first words of a vCard file, whatever its encoding.
bool is_vcard(std::string_view bytes) {
  auto const form = form_of(bytes);
  std::string_view const start = bytes.substr(form.mark, 4096);
  std::string const text = form.width == text_width::bytes ? std::string{start} : from_utf16(start, form.width == text_width::utf16_big);
  return detail::lower(text).find("begin:vcard") != std::string::npos;
}
bool says_nothing(std::string_view bytes) {
  auto const form = form_of(bytes);
  return detail::all_of(bytes.substr(form.mark), [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; });
}
}  // namespace

result<address_book> read_address_book(std::string bytes, std::string const& where, normaliser const& numbers) {
  address_book book;
  book.bytes = std::move(bytes);
  bool const by_name = detail::lower(where).ends_with(".vcf") || detail::lower(where).ends_with(".vcard");
  if (is_vcard(book.bytes)) {
    auto file = read_vcards(book.bytes);
    for (auto const& card : file.cards) book.contacts.push_back(contact_of(card, numbers));
    book.strays = std::move(file.strays);
    return book;
  }
  if (by_name && !says_nothing(book.bytes))
    return error{failure::malformed, {where + ":1: keine vCard: BEGIN:VCARD fehlt", where + ":1: not a vCard: BEGIN:VCARD is missing"},
                 {"aus den Kontakten neu ausgeben; eine Tabelle als .csv benennen", "export it from the contacts anew; name a table .csv"}};
  book.is = by_name ? address_book::form::vcard : address_book::form::csv;
  if (book.is == address_book::form::vcard) return book;
  if (auto const r = csv_reader{book, numbers}.run(); !r) return r.error();
  return book;
}

result<registered_list> read_registered(std::string const& bytes, normaliser const& numbers) {
  std::istringstream in{bytes};
  auto table = table_reader::open(in);
  if (!table) return table.error();
  registered_list out;
  std::optional<list_layout> layout;
  for (;;) {
    auto row = table->next();
    if (!row) return row.error();
    if (!*row) return out;
    auto const& fields = (*row)->fields;
    if (!layout) {
      auto found = find_address_column(fields, std::nullopt, numbers, channel::whatsapp);
      if (!found) return found.error();
      layout = *found;
      if (layout->has_header) continue;
    }
    auto const a = layout->address_column < fields.size() ? numbers.parse(fields[layout->address_column], channel::whatsapp)
                                                          : result<address>{error{failure::malformed, {"", ""}, {}}};
    if (a) out.numbers.insert(*a);
    else ++out.unreadable;
  }
}

}  // namespace jawort
