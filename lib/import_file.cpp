#include <algorithm>
#include <atomic>
#include <future>
#include <sstream>

#include "crypto.hpp"
#include "import_order.hpp"
#include "jawort/ledger/import.hpp"
#include "jawort/ledger/table.hpp"
#include "ledger_impl.hpp"
#include "people.hpp"
#include "trimmed.hpp"
#include "two_threads.hpp"

namespace jawort {
namespace {

constexpr std::size_t piece_size = 20000;           ///< rows of a file that become events, and then entries, at once
constexpr std::uint64_t worth_a_thread = 1 << 20;   ///< bytes of a file

error bad(bilingual what, bilingual hint) { return error{failure::malformed, std::move(what), std::move(hint)}; }
/// Rolls back; what it means is in the report.
error not_to_stay() { return error{failure::refused, {}, {}}; }
bool is_not_to_stay(error const& e) { return e.code == failure::refused && e.message.en.empty(); }

/// The rows of a file as events, in their order.
class importing {
 public:
  importing(ledger& book, table_reader& rows, import_options const& o, instant now, std::string source)
      : book_(book), rows_(rows), o_(o), now_(now), source_(std::move(source)), numbers_(book.region()) {}

  result<> header() {
    if (o_.list) return nothing{};
    auto first = rows_.next();
    if (!first) return first.error();
    if (!*first) return error{failure::refused, {o_.file_name + ": die Datei ist leer", o_.file_name + ": the file is empty"}, {}};
    for (auto const& cell : (*first)->fields) header_.push_back(detail::lower(trimmed(cell)));
    for (char const* const needed : {"occurred_at", "event", "address"})
      if (std::find(header_.begin(), header_.end(), needed) == header_.end()) {
        auto const at = o_.file_name + ":" + std::to_string((*first)->line) + ": ";
        return error{failure::malformed, {at + "Spalte '" + needed + "' fehlt in der Kopfzeile", at + "column '" + needed + "' is missing in the header"},
                     {"Kopfzeile: occurred_at,event,address,channel,purpose,notice,evidence", "header: occurred_at,event,address,channel,purpose,notice,evidence"}};
      }
    return nothing{};
  }

  result<std::vector<event>> more() {
    std::vector<event> piece;
    for (;;) {
      if (piece.size() >= piece_size) return piece;
      if (report.rows % 1024 == 0 && o_.watch.stopped()) return interrupted_error();
      if (std::size_t line = 0; (!o_.list || !first_) && rows_.plain(fields_, line)) {
        take(line, {}, fields_, piece);
        continue;
      }
      auto row = rows_.next();
      if (!row) return row.error();
      if (!*row) break;
      if (o_.list && first_) {
        first_ = false;
        auto layout = find_address_column((*row)->fields, o_.column, numbers_, o_.on);
        if (!layout) return layout.error();
        column_ = layout->address_column;
        if (layout->has_header) continue;
      }
      fields_.assign((*row)->fields.begin(), (*row)->fields.end());
      take((*row)->line, flaw_of(**row), fields_, piece);
    }
    return piece;
  }
  /// Whether a row was bad that keeps the whole file out.
  [[nodiscard]] bool bad_file() const { return !report.bad.empty() && !o_.partial; }

  void count(append_report const& r) {
    for (appended const a : r.each) {
      if (a == appended::added) ++report.appended;
      else if (a == appended::duplicate) ++report.duplicates;
      else ++report.suppressed;
    }
  }
  import_report report;

 private:
  static std::optional<error> flaw_of(table_row const& row) {
    if (row.has_nul) return bad({"NUL-Zeichen in der Zeile", "NUL byte in the row"}, {"die Datei neu ausgeben lassen", "have the file exported anew"});
    if (row.too_long) return bad({"Zeile ist zu lang", "row is too long"}, {"fehlt ein Anführungszeichen?", "is a quotation mark missing?"});
    if (row.bad_quotes) return bad({"Anführungszeichen passen nicht zusammen", "quotation marks do not match"}, {"\" im Text als \"\" schreiben", "write \" inside text as \"\""});
    return std::nullopt;
  }

  void take(std::size_t line, std::optional<error> flaw, std::span<std::string_view const> fields, std::vector<event>& piece) {
    ++report.rows;
    std::string column;
    auto e = flaw ? result<event>{*std::move(flaw)} : read(fields, column);
    if (!e) {
      report.bad.push_back({line, column, e.error()});
      if (!o_.partial) piece.clear();   // its rows are still looked at, and nothing of them is taken
      return;
    }
    if (e->occurred_at > now_ + std::chrono::minutes{5})
      report.remarks.push_back({line, "occurred_at", {failure::refused, {"Abmeldung mit Zeitpunkt in der Zukunft angenommen", "stop with a time in the future was taken"}, {}}});
    if (o_.partial || report.bad.empty()) piece.push_back(*std::move(e));
  }

  /// The row's fields are put into the same map again and again: its keys and memory stay.
  result<event> read(std::span<std::string_view const> row, std::string& column) {
    row_fields& f = row_;
    if (o_.list) {
      column = "address";
      f["event"] = "imported";
      f["occurred_at"] = to_string(now_);
      if (o_.on) f["channel"] = name(*o_.on);
      if (o_.about) f["purpose"] = o_.about->text();
      f["address"] = column_ < row.size() ? row[column_] : std::string_view{};
    } else {
      if (row.size() > header_.size())
        return bad({std::to_string(row.size()) + " Felder, die Kopfzeile hat " + std::to_string(header_.size()), std::to_string(row.size()) + " fields, the header has " + std::to_string(header_.size())},
                   {"Felder mit Komma oder Anführungszeichen in \"…\" setzen", "put fields with commas or quotation marks in \"…\""});
      for (auto& [key, value] : f) value.clear();
      for (std::size_t i = 0; i < row.size(); ++i) f[header_[i]] = row[i];
    }
    if (!o_.operator_name.empty() && f["operator"].empty()) f["operator"] = o_.operator_name;
    auto e = read_event(f, book_, numbers_, now_, column);
    if (e) e->source = source_;
    return e;
  }

  ledger& book_;
  table_reader& rows_;
  import_options const& o_;
  instant now_;
  std::string source_;
  normaliser numbers_;
  std::vector<std::string> header_;
  std::vector<std::string_view> fields_;
  row_fields row_;
  bool first_ = true;
  std::size_t column_ = 0;
};

/// The next piece is read on a second thread while the last one is written.
class read_ahead {
 public:
  using piece = result<std::vector<event>>;
  read_ahead(std::function<piece()> more, bool ahead) : more_(std::move(more)), ahead_(ahead) {}
  ~read_ahead() { end(); }
  read_ahead(read_ahead const&) = delete;
  read_ahead& operator=(read_ahead const&) = delete;

  piece next() {
    if (!ahead_) return more_();
    piece now = next_.valid() ? next_.get() : more_();
    if (now && !now->empty()) next_ = std::async(std::launch::async, more_);
    return now;
  }
  /// Waits for what is still being read.
  void end() {
    if (next_.valid()) next_.wait();
  }

 private:
  std::function<piece()> more_;
  bool ahead_;
  std::future<piece> next_;
};

/// How large the file is, and what stands in its events as their source.
struct file_of_rows {
  std::string source;
  std::uint64_t size = 0;
  explicit file_of_rows(std::istream& in) {
    crypto::sha256 hash;
    hash.begin();
    std::string buffer(1 << 16, '\0');
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0) {
      hash.more(std::string_view{buffer}.substr(0, static_cast<std::size_t>(in.gcount())));
      size += static_cast<std::uint64_t>(in.gcount());
    }
    source = "import:" + crypto::hex(hash.end());
    rewind(in);
  }
  static void rewind(std::istream& in) {
    in.clear();
    in.seekg(0);
  }
};

/// The events of a large file in order of their addresses (import_order.hpp). The file is read to its end before the first
/// is given, and again where they find no room.
class ordered_rows {
 public:
  ordered_rows(ledger& book, std::istream& in, file_of_rows const& file, import_options const& o, instant now, bool two_threads)
      : book_(book), in_(in), file_(file), o_(o), now_(now), two_threads_(two_threads),
        order_(spill_folder(ledger_parts::of(book)), sample(), file.size, ledger_parts::of(book).spilling) {
    file_of_rows::rewind(in_);
  }

  result<> fill(importing& job, table_reader const& rows) {
    return put_all(job, [&](std::size_t events) {
      events_ += events;
      o_.watch.show(rows.bytes_read(), 2 * file_.size);
    });
  }

  result<std::vector<event>> more() {
    for (;;) {
      if (o_.watch.stopped()) return interrupted_error();
      auto piece = order_.next();
      given_.fetch_add(piece.size(), std::memory_order_relaxed);
      if (!piece.empty() || !order_.again()) return piece;
      file_of_rows::rewind(in_);
      auto rows = table_reader::open(in_);
      if (!rows) return rows.error();
      importing once_more{book_, *rows, o_, now_, file_.source};
      if (auto r = once_more.header(); !r) return r.error();
      if (auto r = put_all(once_more, [](std::size_t) {}); !r) return r.error();
    }
  }

  /// Each byte counts twice: read, and written.
  void show() const {
    auto const given = static_cast<double>(given_.load(std::memory_order_relaxed));
    o_.watch.show(file_.size + static_cast<std::uint64_t>(static_cast<double>(file_.size) * given / static_cast<double>(std::max<std::uint64_t>(1, events_))), 2 * file_.size);
  }

 private:
  result<> put_all(importing& job, std::function<void(std::size_t)> const& tell) {
    relay<std::vector<event>> putting{[&](std::vector<event>& piece) {
      for (event const& e : piece) order_.put(e);
    }, two_threads_};
    for (;;) {
      auto piece = job.more();
      if (!piece) return piece.error();
      if (piece->empty()) break;
      tell(piece->size());
      putting.piece() = *std::move(piece);
      putting.pass();
    }
    putting.finish();
    order_.all_put();
    return nothing{};
  }

  /// Addresses of some rows from everywhere in the file. Where rows cannot be told apart like this (UTF-16, line breaks in
  /// fields), there are fewer or none.
  std::vector<spill::key> sample() {
    constexpr std::uint64_t most = 8192;
    std::string some = line_behind(0, true);
    for (std::uint64_t n = 0; n < most; ++n) some += line_behind(file_.size / most * n, false);
    std::istringstream text{some};
    auto rows = table_reader::open(text);
    import_options o = o_;
    o.partial = true;
    std::vector<spill::key> out;
    if (!rows) return out;
    importing job{book_, *rows, o, now_, file_.source};
    if (auto r = job.header(); !r) return out;
    for (;;) {
      auto const piece = job.more();
      if (!piece || piece->empty()) return out;
      for (event const& e : *piece) out.push_back(import_order::key_of(*e.who));
    }
  }
  /// The first whole line behind that byte, or at it, if it is a short one.
  std::string line_behind(std::uint64_t at, bool here) {
    std::string text(4096, '\0');
    in_.clear();
    in_.seekg(static_cast<std::streamoff>(at));
    in_.read(text.data(), static_cast<std::streamsize>(text.size()));
    text.resize(static_cast<std::size_t>(std::max<std::streamsize>(0, in_.gcount())));
    auto const from = here ? 0 : text.find('\n') + 1;   // npos + 1: from the beginning, no line's
    auto const end = text.find('\n', from);
    return end == text.npos || (!here && from == 0) ? std::string{} : text.substr(from, end + 1 - from);
  }

  ledger& book_;
  std::istream& in_;
  file_of_rows const& file_;
  import_options const& o_;
  instant now_;
  bool two_threads_;
  import_order order_;
  std::uint64_t events_ = 0;
  std::atomic<std::uint64_t> given_ = 0;
};

import_report reported(importing& job, result<> const& done, import_options const& options) {
  import_report& r = job.report;
  r.refused = r.bad.size();
  if (done || (options.dry_run && !job.bad_file())) return std::move(r);  // what is, or what would have been
  r.appended = r.duplicates = r.suppressed = 0;
  r.refused = r.rows;
  r.rolled_back = true;
  return std::move(r);
}

result<import_report> read_and_append(ledger& book, std::istream& in, import_options const& options, instant now) {
  file_of_rows const file{in};
  bool const two = options.watch.threads == 0 ? file.size > worth_a_thread : options.watch.threads > 1;
  std::optional<ordered_rows> ordered;
  if (import_order::worth(file.size, ledger_parts::of(book).spilling)) ordered.emplace(book, in, file, options, now, two);
  auto rows = table_reader::open(in);
  if (!rows) return rows.error();
  importing job{book, *rows, options, now, file.source};
  if (auto r = job.header(); !r) return r.error();
  if (ordered) {
    if (auto r = ordered->fill(job, *rows); !r) return r.error();
    if (job.bad_file()) return reported(job, not_to_stay(), options);
  }
  read_ahead pieces{[&] { return ordered ? ordered->more() : job.more(); }, two};
  auto done = book.append_all([&]() -> result<std::vector<event>> {
    if (ordered) ordered->show();
    else options.watch.show(rows->bytes_read(), file.size);
    auto piece = pieces.next();
    if (piece && piece->empty() && (options.dry_run || job.bad_file())) return not_to_stay();
    return piece;
  }, now, [&](append_report const& r) { job.count(r); });
  pieces.end();
  if (!done && !is_not_to_stay(done.error())) return done.error();
  return reported(job, done, options);
}

}  // namespace

result<import_report> import_file(ledger& book, std::istream& in, import_options const& options, instant now) {
  return guarded([&] { return read_and_append(book, in, options, now); });
}

}  // namespace jawort
