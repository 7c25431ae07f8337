#include "jawort/ledger/import.hpp"

#include <charconv>
#include <future>

#include "crypto.hpp"
#include "jawort/ledger/json.hpp"
#include "jawort/ledger/table.hpp"

namespace jawort {
namespace {

constexpr std::size_t piece_size = 20000;   ///< rows of a file that become events, and then entries, at once

std::string const& field(row_fields const& f, char const* key) {
  static std::string const none;
  auto const at = f.find(key);
  return at == f.end() ? none : at->second;
}

std::string trimmed(std::string const& s) {
  auto const from = s.find_first_not_of(" \t\r\n");
  if (from == std::string::npos) return {};
  return s.substr(from, s.find_last_not_of(" \t\r\n") - from + 1);
}

error bad(bilingual what, bilingual hint = {}) { return error{failure::malformed, std::move(what), std::move(hint)}; }

/// `newsletter@2`, or `newsletter` for the version in force then.
result<notice_number> notice_of(std::string const& text, notice_book const& book, instant at) {
  auto const split = text.find('@');
  std::uint32_t version = 0;
  if (split != std::string::npos) {
    auto const digits = std::string_view{text}.substr(split + 1);
    auto const [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (wrong != std::errc{} || end != digits.data() + digits.size() || version == 0)
      return bad({"Hinweis als id@version schreiben", "write a notice as id@version"}, {"z. B. newsletter@1", "e.g. newsletter@1"});
  }
  auto const n = book.number_of(std::string_view{text}.substr(0, split), version, at);
  if (n != 0) return n;
  std::string known;
  for (auto const& v : book.all()) known += (known.empty() ? "" : ", ") + v.id + "@" + std::to_string(v.version);
  return error{failure::unknown_name, {"unbekannter Hinweis '" + text + "'", "unknown notice '" + text + "'"},
               {known.empty() ? "noch keiner veröffentlicht: jawort notice add FILE.toml" : "bekannt sind: " + known,
                known.empty() ? "none published yet: jawort notice add FILE.toml" : "known are: " + known}};
}

/// The other address of a link or a change: the one value of the evidence that is an address.
result<nothing> take_other(event& e, normaliser const& numbers) {
  std::optional<std::string> key;
  for (auto const& [k, value] : e.proof.entries()) {
    if (k == "message_id" || k == "ip") continue;
    auto a = numbers.parse(value, std::nullopt);
    if (!a || (*a == *e.who && e.other)) continue;
    if (e.other == *e.who) e.other.reset();
    if (e.other && *e.other != *a) return bad({"zwei andere Adressen genannt", "two other addresses named"}, {"genau eine nennen", "name exactly one"});
    e.other = *a;
    key = k;
  }
  if (!e.other) return bad({"die andere Adresse fehlt", "the other address is missing"}, {"als Beleg (evidence) die andere Adresse nennen", "name the other address as evidence"});
  e.proof.set(*key, {});
  return nothing{};
}

std::string list_of_kinds() {
  std::string out;
  for (auto const& k : event_kinds)
    if (!is_ledger_kind(k.kind)) out += (out.empty() ? "" : ", ") + std::string{k.name};
  return out;
}

/// Which event column a header cell names; other cells are keys of evidence.
std::string column_name(std::string const& header) { return detail::lower(trimmed(header)); }

}  // namespace

result<event> read_event(row_fields const& f, notice_book const& notices, normaliser const& numbers, instant now, std::string& column) {
  event e;
  column = "event";
  auto const kind_text = detail::lower(trimmed(field(f, "event")));
  auto const kind = event_kind_named(kind_text);
  if (!kind || is_ledger_kind(*kind))
    return error{failure::unknown_name, {"unbekannte Art '" + kind_text + "'", "unknown kind '" + kind_text + "'"},
                 {"bekannt sind: " + list_of_kinds(), "known are: " + list_of_kinds()}};
  e.kind = *kind;

  column = "occurred_at";
  auto at = instant::parse(trimmed(field(f, "occurred_at")));
  if (!at) return at.error();
  e.occurred_at = *at;
  if (*at > now + std::chrono::minutes{5} && !is_stop(e.kind))
    return error{failure::refused, {"Zeitpunkt liegt in der Zukunft", "time lies in the future"},
                 {"Uhr und Zeitzone prüfen; nur Abmeldungen werden so angenommen", "check clock and zone; only stops are taken like this"}};

  column = "channel";
  if (auto const text = detail::lower(trimmed(field(f, "channel"))); !text.empty()) {
    e.on = channel_named(text);
    if (!e.on) return error{failure::unknown_name, {"unbekannter Kanal '" + text + "'", "unknown channel '" + text + "'"},
                            {"bekannt sind: whatsapp, messenger, sms, email, call", "known are: whatsapp, messenger, sms, email, call"}};
  } else if (needs_channel_and_purpose(e.kind)) {
    return bad({"Kanal fehlt", "channel is missing"}, {"eine Einwilligung gilt für einen Kanal: whatsapp, messenger, sms, email oder call", "a consent is for one channel: whatsapp, messenger, sms, email or call"});
  }

  column = "address";
  auto who = numbers.parse(field(f, "address"), e.on == channel::messenger ? e.on : std::nullopt);
  if (!who) return who.error();
  e.who = *who;

  column = "purpose";
  if (auto const text = trimmed(field(f, "purpose")); !text.empty()) {
    auto p = purpose::parse(text);
    if (!p) return p.error();
    e.about = *p;
    if (needs_channel_and_purpose(e.kind) && !notices.declares(*p))
      return error{failure::unknown_name, {"kein Hinweis nennt den Zweck '" + text + "'", "no notice declares the purpose '" + text + "'"},
                   {"erst den Hinweis veröffentlichen: jawort notice add FILE.toml", "publish the notice first: jawort notice add FILE.toml"}};
  } else if (needs_channel_and_purpose(e.kind)) {
    return bad({"Zweck fehlt", "purpose is missing"}, {"eine Einwilligung gilt für einen Zweck, z. B. newsletter", "a consent is for a purpose, e.g. newsletter"});
  }

  column = "evidence";
  auto proof = parse_evidence(field(f, "evidence"));
  if (!proof) return proof.error();
  e.proof = *std::move(proof);
  for (auto const& [key, value] : f) {
    constexpr std::string_view own = " occurred_at event address channel purpose notice evidence operator ";
    if (!value.empty() && own.find(" " + key + " ") == std::string_view::npos && !key.empty()) e.proof.set(key, value);
  }
  e.operator_name = trimmed(field(f, "operator"));
  if (auto const via = detail::lower(e.proof.get("via")); !via.empty()) {
    auto const c = channel_named(via);
    e.via = c ? std::string{name(*c)} : via;
    e.proof.set("via", {});
  }

  column = "notice";
  if (auto const text = trimmed(field(f, "notice")); !text.empty()) {
    auto n = notice_of(text, notices, e.occurred_at);
    if (n) e.notice = *n;
    else if (!is_stop(e.kind)) return n.error();
  }
  column = "evidence";
  if (e.kind == event_kind::address_linked || e.kind == event_kind::address_changed)
    if (auto r = take_other(e, numbers); !r) return r.error();
  return e;
}

namespace {
class importing {
 public:
  importing(ledger& book, table_reader& rows, import_options const& o, instant now, std::string source)
      : book_(book), rows_(rows), o_(o), now_(now), source_(std::move(source)), numbers_(book.region()) {}

  result<> header() {
    if (o_.list) return nothing{};
    auto first = rows_.next();
    if (!first) return first.error();
    if (!*first) return error{failure::refused, {o_.file_name + ": die Datei ist leer", o_.file_name + ": the file is empty"}, {}};
    for (auto const& cell : (*first)->fields) header_.push_back(column_name(cell));
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
    bool const end = piece.empty();
    if (end && (o_.dry_run || (!report.bad.empty() && !o_.partial))) return error{failure::refused, {}, {}};
    return piece;
  }

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
      if (!o_.partial) piece.clear();
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

constexpr std::uint64_t worth_a_thread = 1 << 20;   ///< bytes of a file

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
}  // namespace

result<import_report> import_file(ledger& book, std::istream& in, import_options const& options, instant now) {
  crypto::sha256 hash;
  hash.begin();
  std::uint64_t size = 0;
  std::string buffer(1 << 16, '\0');
  while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size())) || in.gcount() > 0)
    hash.more(std::string_view{buffer}.substr(0, static_cast<std::size_t>(in.gcount()))), size += static_cast<std::uint64_t>(in.gcount());
  std::string const source = "import:" + crypto::hex(hash.end());
  in.clear();
  in.seekg(0);

  auto rows = table_reader::open(in);
  if (!rows) return rows.error();
  importing job{book, *rows, options, now, source};
  if (auto r = job.header(); !r) return r.error();
  read_ahead pieces{[&] { return job.more(); }, options.watch.threads != 1 && size > worth_a_thread};
  auto done = book.append_all([&] {
    options.watch.show(rows->bytes_read(), size);
    return pieces.next();
  }, now, [&](append_report const& r) { job.count(r); });
  pieces.end();
  if (!done) {
    bool const ours = done.error().code == failure::refused && done.error().message.en.empty();
    if (!ours) return done.error();
    if (options.dry_run && (job.report.bad.empty() || options.partial)) {  // what would have been
      job.report.refused = job.report.bad.size();
      return job.report;
    }
    job.report.appended = job.report.duplicates = job.report.suppressed = 0;
    job.report.refused = job.report.rows;
    job.report.rolled_back = true;
    return job.report;
  }
  job.report.refused = job.report.bad.size();
  return job.report;
}

}  // namespace jawort
