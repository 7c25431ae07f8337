#include "jawort/ledger/table.hpp"

#include <algorithm>
#include <array>
#include <cstring>

#include "text_encoding.hpp"

namespace jawort {
namespace {
constexpr std::size_t longest_row = 1 << 20;

std::string folded(std::string_view s) {
  auto const from = s.find_first_not_of(" \t");
  if (from == s.npos) return {};
  return detail::lower(s.substr(from, s.find_last_not_of(" \t") - from + 1));
}
}  // namespace

bool table_reader::fill() {
  base_ += buffer_.size();
  buffer_.resize(1 << 16);
  in_->read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
  buffer_.resize(static_cast<std::size_t>(in_->gcount()));
  at_ = 0;
  progress_->store(base_ + buffer_.size(), std::memory_order_relaxed);
  return !buffer_.empty();
}

int table_reader::raw() {
  if (at_ == buffer_.size() && !fill()) return -1;
  return static_cast<unsigned char>(buffer_[at_++]);
}

void table_reader::utf16() {
  pending_from_ = base_ + at_;
  pending_.clear();
  pending_at_ = 0;
  auto const unit = [&]() -> std::int32_t {
    int const a = raw(), b = raw();
    if (a < 0 || b < 0) return -1;
    return wide_ == 1 ? a | b << 8 : b | a << 8;
  };
  std::int32_t code = unit();
  if (code < 0) return;
  if (code >= 0xd800 && code < 0xdc00) {
    auto const low = unit();
    if (low >= 0xdc00 && low < 0xe000) {
      code = 0x10000 + ((code - 0xd800) << 10) + (low - 0xdc00);
    } else {  // half a pair: what follows it, perhaps a line's end, must stay
      put_utf8(pending_, 0xfffd);
      if (low < 0) return;
      code = low;
    }
  }
  if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
  put_utf8(pending_, code);
}

std::uint64_t table_reader::offset() const {
  if (pending_at_ >= pending_.size()) return base_ + at_;
  return pending_from_ + (pending_at_ == 3 ? 2 : 0);  // behind the sign for half a pair stands what followed it
}

int table_reader::get() {
  if (wide_ == 0) return raw();
  if (pending_at_ == pending_.size()) utf16();
  return pending_at_ < pending_.size() ? static_cast<unsigned char>(pending_[pending_at_++]) : -1;
}

int table_reader::peek() {
  if (wide_ == 0) return at_ == buffer_.size() && !fill() ? -1 : static_cast<unsigned char>(buffer_[at_]);
  if (pending_at_ == pending_.size()) utf16();
  return pending_at_ < pending_.size() ? static_cast<unsigned char>(pending_[pending_at_]) : -1;
}

result<table_reader> table_reader::open(std::istream& in) {
  table_reader r{in};
  r.fill();
  std::string_view const head = r.buffer_;
  if (head.substr(0, 3) == "\xef\xbb\xbf") r.at_ = 3;
  else if (head.substr(0, 2) == "\xff\xfe") { r.wide_ = 1; r.at_ = 2; }
  else if (head.substr(0, 2) == "\xfe\xff") { r.wide_ = 2; r.at_ = 2; }
  // The delimiter is the most frequent one in the first line that says anything. In UTF-16 the zero bytes do no harm.
  std::array<std::size_t, 4> counts{};
  constexpr std::string_view candidates = ",;\t|";
  bool quoted = false, said = false;
  for (char const c : head.substr(r.at_)) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r') && said) break;
    if (c != '\n' && c != '\r' && c != ' ' && c != '\0') said = true;
    if (auto const k = candidates.find(c); !quoted && k != candidates.npos) ++counts[k];
  }
  auto const most = std::max_element(counts.begin(), counts.end());
  if (*most > 0) r.delimiter_ = candidates[static_cast<std::size_t>(most - counts.begin())];
  return r;
}

bool table_reader::plain(std::vector<std::string_view>& fields, std::size_t& line) {
  if (wide_ != 0 || spans_) return false;
  for (;;) {
    char const* const from = buffer_.data() + at_;
    auto const* const end = static_cast<char const*>(std::memchr(from, '\n', buffer_.size() - at_));
    if (end == nullptr) return false;
    std::string_view text{from, static_cast<std::size_t>(end - from)};
    if (text.ends_with('\r')) text.remove_suffix(1);
    bool odd = false, high = false, said = false;
    for (char const c : text) {
      odd = odd || c == '"' || c == '\r' || c == '\0';
      high = high || static_cast<unsigned char>(c) >= 0x80;
      said = said || (c != ' ' && c != '\t' && c != delimiter_);
    }
    if (odd || text.size() > longest_row) return false;
    if (!said && !text.empty()) return false;  // blanks or empty fields alone: looked at closely by `next`
    if (said) {
      fields.clear();
      for (std::string_view rest = text;;) {
        auto const cut = rest.find(delimiter_);
        fields.push_back(rest.substr(0, cut));
        if (high && !is_utf8(fields.back())) return false;
        if (cut == rest.npos) break;
        rest.remove_prefix(cut + 1);
      }
      line = line_;
    }
    ++line_;
    at_ = static_cast<std::size_t>(end - buffer_.data()) + 1;
    if (said) return true;
  }
}

result<std::optional<table_row>> table_reader::next() {
  for (;;) {
    table_row row;
    row.line = line_;
    row.begin = offset();
    std::string field;
    std::size_t size = 0;
    bool quoted = false, was_quoted = false, any = false, ended = false;
    std::uint64_t field_end = 0;
    auto const close = [&] {
      if (row.too_long) return;  // a row of a gigabyte of commas must not become as many fields
      if (spans_) row.ends.push_back(field_end);
      if (!is_utf8(field)) field = from_windows_1252(field);
      row.fields.push_back(std::move(field));
      field.clear();
      was_quoted = false;
    };
    while (!ended) {
      if (spans_) field_end = offset();
      int const c = get();
      if (c < 0) {
        if (in_->bad()) return error{failure::environment, {"Lesen abgebrochen", "reading failed"}, {}};
        if (quoted) row.bad_quotes = true;
        if (!any) return std::optional<table_row>{};
        break;
      }
      if (c == '\r' && peek() == '\n') {
        if (quoted) { field += "\r"; ++size; continue; }
        get();
        ++line_;
        ended = true;
        break;
      }
      bool const newline = c == '\n' || c == '\r';
      if (newline) ++line_;
      if (newline && !quoted) { ended = true; break; }
      any = true;
      if (c == 0) row.has_nul = true;
      if (++size > longest_row) { row.too_long = true; field.clear(); }
      if (quoted) {
        if (c == '"') {
          if (peek() == '"') { get(); field += '"'; } else { quoted = false; was_quoted = true; }
        } else if (!row.too_long) {
          field += static_cast<char>(c);
        }
      } else if (c == static_cast<unsigned char>(delimiter_)) {
        close();
      } else if (c == '"' && field.find_first_not_of(' ') == field.npos && !was_quoted) {
        field.clear();
        quoted = true;
      } else {
        if (was_quoted && c != ' ') row.bad_quotes = true;
        if (!(was_quoted && c == ' ') && !row.too_long) field += static_cast<char>(c);
      }
    }
    if (!any) continue;
    row.end = offset();
    close();
    bool const blank = std::all_of(row.fields.begin(), row.fields.end(), [](std::string const& f) { return f.find_first_not_of(" \t") == f.npos; });
    if (blank && !row.has_nul && !row.too_long && row.fields.size() == 1) continue;
    return std::optional{std::move(row)};
  }
}

result<list_layout> find_address_column(std::vector<std::string> const& first_row, std::optional<std::string> const& wanted,
                                        normaliser const& numbers, std::optional<channel> on) {
  std::vector<std::string> names;
  std::string listed;
  for (auto const& cell : first_row) {
    names.push_back(folded(cell));
    listed += (listed.empty() ? "" : ", ") + cell;
  }
  auto const column_named = [&](std::string const& name) -> std::optional<std::size_t> {
    auto const at = std::find(names.begin(), names.end(), name);
    return at == names.end() ? std::nullopt : std::optional{static_cast<std::size_t>(at - names.begin())};
  };
  if (wanted) {
    if (auto const k = column_named(folded(*wanted))) return list_layout{true, *k};
    return error{failure::unknown_name, {"keine Spalte '" + *wanted + "'", "no column '" + *wanted + "'"}, {"Spalten sind: " + listed, "columns are: " + listed}};
  }
  constexpr std::array<char const*, 19> telephone{"whatsapp", "mobil", "mobile", "handy", "handynummer", "mobilnummer", "mobiltelefon", "address", "adresse", "phone",
                                                  "telefon", "telephone", "telefonnummer", "rufnummer", "tel", "nummer", "number", "phone number", "tel."};
  constexpr std::array<char const*, 8> mail{"email", "e-mail", "mail", "e-mail-adresse", "mailadresse", "emailadresse", "address", "adresse"};
  auto const first_of = [&](auto const& known) -> std::optional<std::size_t> {
    for (char const* const n : known)
      if (auto const k = column_named(n)) return k;
    return std::nullopt;
  };
  std::optional<std::size_t> found = on == channel::email ? first_of(mail) : first_of(telephone);
  if (!found) found = on == channel::email ? first_of(telephone) : first_of(mail);
  if (found) return list_layout{true, *found};
  // No header: the cell that looks most like an address. A bare figure (a customer number) may be a valid number, too.
  auto const likeness = [&](std::string const& cell) {
    auto const a = numbers.parse(cell, on);
    if (!a) return numbers.parse(cell, std::nullopt) ? 1 : 0;
    if (on == channel::email) return a->kind() == address_kind::mailbox ? 3 : 2;
    auto const first = cell.find_first_of("+0123456789");
    return a->kind() != address_kind::number || (first != cell.npos && (cell[first] == '+' || cell[first] == '0')) ? 3 : 2;
  };
  int best = 0;
  list_layout data;
  for (std::size_t k = 0; k < first_row.size(); ++k)
    if (int const l = likeness(first_row[k]); l > best) best = l, data = {false, k};
  if (best > 0) return data;
  if (first_row.size() == 1) return list_layout{false, 0};
  return error{failure::unknown_name, {"keine Spalte mit Adressen erkannt", "no column of addresses found"}, {"mit --column eine nennen; Spalten sind: " + listed, "name one with --column; columns are: " + listed}};
}

}  // namespace jawort
