#include "jawort/ledger/broadcast.hpp"

#include <set>

#include "crypto.hpp"
#include "jawort/ledger/table.hpp"

namespace jawort {

std::string_view name(verdict v) {
  switch (v) {
    case verdict::permitted: return "permitted";
    case verdict::warned: return "warned";
    case verdict::held: return "held";
    case verdict::denied: return "denied";
    case verdict::invalid: return "invalid";
    case verdict::duplicate: return "duplicate";
  }
  return "";
}

namespace {
std::string digest_of(std::istream& in) {
  crypto::sha256 hash;
  hash.begin();
  std::string buffer(1 << 16, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    hash.more(std::string_view{buffer}.substr(0, static_cast<std::size_t>(in.gcount())));
  in.clear();
  in.seekg(0);
  return crypto::hex(hash.end());
}

verdict verdict_of(outcome o) {
  switch (o) {
    case outcome::permit: return verdict::permitted;
    case outcome::warn: return verdict::warned;
    case outcome::hold: return verdict::held;
    case outcome::deny: return verdict::denied;
  }
  return verdict::denied;
}
}  // namespace

result<read_rows> read_list(ledger& book, std::istream& in, std::string const& file_name, channel on, std::optional<std::string> const& column) {
  read_rows out;
  out.sha256 = digest_of(in);
  normaliser const numbers{book.region()};
  auto table = table_reader::open(in);
  if (!table) return table.error();
  std::optional<list_layout> layout;
  for (;;) {
    auto row = table->next();
    if (!row) return row.error();
    if (!*row) break;
    table_row const& r = **row;
    if (!layout) {
      auto found = find_address_column(r.fields, column, numbers, on);
      if (!found) return found.error();
      layout = *found;
      if (layout->has_header) continue;
    }
    list_row one;
    one.line = r.line;
    if (layout->address_column < r.fields.size()) one.input = r.fields[layout->address_column];
    if (!r.has_nul && !r.too_long && !r.bad_quotes)
      if (auto a = numbers.parse(one.input, on))
        if (auto reached = book.reach(*a, on)) one.who = *std::move(reached);
    out.rows.push_back(std::move(one));
  }
  if (out.rows.empty())
    return error{failure::environment, {file_name + ": die Liste ist leer", file_name + ": the list is empty"},
                 {"eine Adresse je Zeile, oder CSV mit Kopfzeile", "one address a line, or CSV with a header"}};
  return out;
}

result<broadcast_report> check_list(ledger& book, std::istream& in, std::string const& file_name, question q,
                                    std::optional<std::string> const& column) {
  auto list = read_list(book, in, file_name, q.on, column);
  if (!list) return list.error();
  broadcast_report report;
  report.list_sha256 = std::move(list->sha256);
  report.rows = std::move(list->rows);
  auto head = book.head();
  if (!head) return head.error();
  report.head = *head;

  std::set<address> seen;
  std::vector<address> ask;
  std::vector<std::size_t> row_of;
  for (std::size_t i = 0; i < report.rows.size(); ++i) {
    list_row& r = report.rows[i];
    if (!r.who) continue;
    if (!seen.insert(*r.who).second) { r.what = verdict::duplicate; continue; }
    ask.push_back(*r.who);
    row_of.push_back(i);
  }
  q.recipients = static_cast<std::uint32_t>(std::min<std::size_t>(ask.size(), UINT32_MAX));
  auto done = book.ask_all(q, ask, [&](std::size_t k, decision const& d) {
    report.rows[row_of[k]].what = verdict_of(d.what);
    report.rows[row_of[k]].reasons = d.reasons;
  });
  if (!done) return done.error();

  for (list_row const& r : report.rows) {
    ++report.checked;
    switch (r.what) {
      case verdict::permitted: ++report.permitted; break;
      case verdict::warned: ++report.warned; break;
      case verdict::held: ++report.held; break;
      case verdict::denied: ++report.denied; break;
      case verdict::invalid: ++report.invalid; break;
      case verdict::duplicate: ++report.duplicates; break;
    }
    for (reason const& x : r.reasons)
      if (x.what != outcome::permit) ++report.reasons[x.code];
  }
  assert(report.permitted + report.warned + report.held + report.denied + report.invalid + report.duplicates == report.checked);
  return report;
}

}  // namespace jawort
