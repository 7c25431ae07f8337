#include "jawort/ledger/broadcast.hpp"

#include <charconv>
#include <set>
#include <thread>

#include "ask_list.hpp"
#include "snapshot.hpp"
#include "two_threads.hpp"
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

// --------------------------------------------------------------------------------------------------------- rows

namespace {
/// A plus and the digits.
std::string_view e164(std::uint64_t number, std::array<char, 24>& buffer) {
  buffer[0] = '+';
  auto const end = std::to_chars(buffer.data() + 1, buffer.data() + buffer.size(), number).ptr;
  return {buffer.data(), static_cast<std::size_t>(end - buffer.data())};
}
}  // namespace

void list_rows::put_input(packed& p, std::string_view input) {
  auto const at = inputs_.size();
  p.input = static_cast<std::uint32_t>(at);
  p.input_high = static_cast<std::uint8_t>(at >> 32);
  auto const size = static_cast<std::uint32_t>(input.size());
  inputs_.append(reinterpret_cast<char const*>(&size), sizeof size);
  inputs_.append(input);
}

std::string_view list_rows::input_of(packed const& p) const {
  auto const at = static_cast<std::size_t>(p.input_high) << 32 | p.input;
  std::uint32_t size = 0;
  std::memcpy(&size, inputs_.data() + at, sizeof size);
  return std::string_view{inputs_}.substr(at + sizeof size, size);
}

void list_rows::add(std::size_t line, std::string_view input, std::uint64_t number) {
  packed p;
  p.line = static_cast<std::uint32_t>(line);
  p.number = number;
  p.is_number = true;
  std::array<char, 24> buffer;
  p.same = e164(number, buffer) == input;
  if (!p.same) put_input(p, input);
  rows_.push_back(p);
}

void list_rows::add(std::size_t line, std::string_view input, std::optional<address> who) {
  if (who && who->kind() == address_kind::number) return add(line, input, who->digits());
  packed p;
  p.line = static_cast<std::uint32_t>(line);
  put_input(p, input);
  if (who) {
    others_.push_back(*std::move(who));
    p.number = others_.size();
  }
  rows_.push_back(p);
}

list_row list_rows::operator[](std::size_t k) const {
  packed const& p = rows_[k];
  list_row out;
  out.line = p.line;
  out.what = p.what;
  out.reasons = reasons_[p.reasons];
  if (p.is_number) out.who = *address::from_digits(p.number);
  else if (p.number != 0) out.who = other(p);
  if (p.same) out.input = written_ = out.who->text();
  else out.input = input_of(p);
  return out;
}

std::uint32_t list_rows::place_of(reason_list const& found) {
  std::array<char, 2 * reason_code_count> key;
  std::size_t size = 0;
  for (reason const& r : found) {
    key[size++] = static_cast<char>(r.code);
    key[size++] = static_cast<char>(r.what);
  }
  std::string_view const k{key.data(), size};
  auto at = places_.find(k);
  if (at == places_.end()) {
    at = places_.emplace(k, static_cast<std::uint32_t>(reasons_.size())).first;
    auto& kept = reasons_.emplace_back();
    for (reason const& r : found) kept.emplace_back(r.code, r.what);
  }
  return at->second;
}

// ------------------------------------------------------------------------------------------------------ reading

namespace {
constexpr std::size_t between_looks = 4096;   ///< rows between two looks at the clock and the stop

/// Passes bytes on and hashes them on the way: a list is read once, from a pipe as well.
class hashed_input final : public std::streambuf {
 public:
  explicit hashed_input(std::streambuf& from) : from_(from) { hash_.begin(); }
  /// Of everything, once it has been read to its end.
  std::string digest() { return crypto::hex(hash_.end()); }

 private:
  int_type underflow() override {
    auto const got = from_.sgetn(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    if (got <= 0) return traits_type::eof();
    hash_.more(std::string_view{buffer_}.substr(0, static_cast<std::size_t>(got)));
    setg(buffer_.data(), buffer_.data(), buffer_.data() + got);
    return traits_type::to_int_type(*gptr());
  }
  std::streambuf& from_;
  crypto::sha256 hash_;
  std::string buffer_ = std::string(1 << 16, '\0');
};

class list_reading {
 public:
  list_reading(ledger& book, channel on, std::optional<std::string> const& column, job_watch const& watch)
      : book_(book), on_(on), column_(column), watch_(watch), numbers_(book.region()) {}

  result<> read(table_reader& table, list_rows& out) {
    std::vector<std::string_view> fields;
    std::size_t line = 0;
    for (;;) {
      if (out.size() % between_looks == 0 && watch_.stopped()) return interrupted_error();
      if (layout_ && table.plain(fields, line)) {
        take(line, layout_->address_column < fields.size() ? fields[layout_->address_column] : std::string_view{}, out);
        continue;
      }
      auto row = table.next();
      if (!row) return row.error();
      if (!*row) return nothing{};
      table_row const& r = **row;
      if (!layout_) {
        auto found = find_address_column(r.fields, column_, numbers_, on_);
        if (!found) return found.error();
        layout_ = *found;
        if (layout_->has_header) continue;
      }
      std::string_view const input = layout_->address_column < r.fields.size() ? std::string_view{r.fields[layout_->address_column]} : std::string_view{};
      if (r.has_nul || r.too_long || r.bad_quotes) out.add(r.line, input, std::nullopt);
      else take(r.line, input, out);
    }
  }

 private:
  void take(std::size_t line, std::string_view input, list_rows& out) {
    if (auto const digits = numbers_.quick(input, on_); digits && *digits != 0) return out.add(line, input, *digits);
    std::optional<address> who;
    if (auto a = numbers_.parse(input, on_))
      if (auto reached = book_.reach(*a, on_)) who = *std::move(reached);
    out.add(line, input, std::move(who));
  }

  ledger& book_;
  channel on_;
  std::optional<std::string> const& column_;
  job_watch const& watch_;
  normaliser numbers_;
  std::optional<list_layout> layout_;
};
}  // namespace

result<read_rows> read_list(ledger& book, std::istream& in, std::string const& file_name, channel on, std::optional<std::string> const& column, job_watch const& watch) {
  read_rows out;
  hashed_input bytes{*in.rdbuf()};
  std::istream hashed{&bytes};
  auto table = table_reader::open(hashed);
  if (!table) return table.error();
  if (auto r = list_reading{book, on, column, watch}.read(*table, out.rows); !r) return r.error();
  out.sha256 = bytes.digest();
  if (out.rows.empty())
    return error{failure::environment, {file_name + ": die Liste ist leer", file_name + ": the list is empty"},
                 {"eine Adresse je Zeile, oder CSV mit Kopfzeile", "one address a line, or CSV with a header"}};
  return out;
}

// ------------------------------------------------------------------------------------------------------- asking

namespace {
verdict verdict_of(outcome o) {
  switch (o) {
    case outcome::permit: return verdict::permitted;
    case outcome::warn: return verdict::warned;
    case outcome::hold: return verdict::held;
    case outcome::deny: return verdict::denied;
  }
  return verdict::denied;
}

/// One check of one list, on one or two threads. Each thread has a part of the rows, ordered by key, and looks at its own
/// view of the ledger; both views are of the same tree, or one thread does all.
class list_check {
 public:
  static constexpr std::size_t worth_a_thread = 20000;   ///< rows
  list_check(ledger& book, list_rows& rows, question const& q, log::frontier const& tree, job_watch const& watch, state_snapshot const* states = nullptr)
      : i_(ledger_parts::of(book)), rows_(rows), q_(q), tree_(tree), watch_(watch), states_(states) {}

  /// Runs inside a snapshot of the ledger.
  void run() {
    order();
    q_.recipients = static_cast<std::uint32_t>(order_.size());
    if (i_.alarm) {
      auto const d = i_.denied_behind();
      for (keyed const& k : order_) set(k, d, rows_, 0);
      return;
    }
    std::span<keyed const> const all{order_};
    std::size_t const half = threads() > 1 ? all.size() / 2 : all.size();
    list_rows beside;   // collects the second thread's reasons
    std::optional<error> wrong;
    bool done_beside = half == all.size();
    std::thread second;
    if (!done_beside) {
      try {
        second = std::thread{[&] { done_beside = ask_beside(all.subspan(half), beside, wrong); }};
      } catch (std::system_error const&) {  // no thread to be had: all is asked here
      }
    }
    try {
      ask(i_, all.first(half), rows_, 0, true);
    } catch (...) {
      give_up_ = true;
      if (second.joinable()) second.join();
      throw;
    }
    if (second.joinable()) second.join();
    if (wrong) raise(*wrong);
    if (!done_beside) ask(i_, all.subspan(half), rows_, 0, true);
    else take_over(beside);
    if (left_.empty()) return;
    states_ = nullptr;
    std::sort(left_.begin(), left_.end());
    for (keyed& k : left_)
      if (auto const& p = rows_.all()[k.row]; !p.is_number) k.key = i_.state_key(rows_.other(p));
    std::sort(left_.begin(), left_.end());
    ask(i_, left_, rows_, 0, true);
  }

 private:
  static constexpr std::ptrdiff_t ahead = 8;
  static constexpr std::uint32_t from_beside = 1U << 23;

  /// Every address once, by key; the rows that repeat one are marked.
  void order() {
    order_.reserve(rows_.size());
    std::set<address> seen;
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      auto& p = rows_.all()[k];
      if (p.is_number) { order_.push_back({static_cast<address_key>(p.number), static_cast<std::uint32_t>(k)}); continue; }
      if (p.number == 0) continue;
      address const& who = rows_.other(p);
      if (seen.insert(who).second) order_.push_back({states_ != nullptr ? snapshot_asking::key_of(*states_, who) : i_.state_key(who), static_cast<std::uint32_t>(k)});
      else p.what = verdict::duplicate;
    }
    sort_order();
    auto kept = order_.begin();
    for (auto at = order_.begin(); at != order_.end(); ++at) {
      if (kept != order_.begin() && at->key >= 0 && at->key == std::prev(kept)->key) rows_.all()[at->row].what = verdict::duplicate;
      else *kept++ = *at;
    }
    order_.erase(kept, order_.end());
  }

  /// Each thread sorts the half that it will ask for.
  void sort_order() {
    auto const half = order_.begin() + static_cast<std::ptrdiff_t>(order_.size() / 2);
    bool const beside = threads() > 1;
    if (beside) std::nth_element(order_.begin(), half, order_.end());
    on_threads(beside ? 2 : 1, [&](unsigned k) { std::sort(k == 0 ? order_.begin() : half, k == 0 && beside ? half : order_.end()); });
  }

  [[nodiscard]] unsigned threads() const {
    if (watch_.threads != 0) return watch_.threads;
    return std::thread::hardware_concurrency() >= 2 && order_.size() >= worth_a_thread ? 2 : 1;
  }

  void set(keyed const& k, decision const& d, list_rows& reasons, std::uint32_t flag) {
    auto& p = rows_.all()[k.row];
    p.what = verdict_of(d.what);
    p.reasons = (reasons.place_of(d.reasons) | flag) & 0xffffffU;
  }

  void ask(ledger_parts::impl& i, std::span<keyed const> part, list_rows& reasons, std::uint32_t flag, bool watched) {
    if (states_ != nullptr) {
      snapshot_asking asking{*states_, q_};
      ask_with([&](keyed const& k, address const& who) {
        if (auto const* const d = asking.answer(k.key, who)) return set(k, *d, reasons, flag);
        std::lock_guard const lock{left_mutex_};
        left_.push_back(k);
      }, part, watched);
    } else {
      list_asking asking{i, q_};
      ask_with([&](keyed const& k, address const& who) { set(k, asking.answer(k.key, who), reasons, flag); }, part, watched);
    }
  }

  void ask_with(auto&& one, std::span<keyed const> part, bool watched) {
    std::size_t since = 0;
    for (keyed const& k : part) {
      if (&k + ahead < part.data() + part.size()) __builtin_prefetch(&rows_.all()[(&k + ahead)->row], 1);  // rows lie in another order
      auto const& p = rows_.all()[k.row];
      if (p.is_number) one(k, *address::from_digits(p.number));
      else one(k, rows_.other(p));
      if (++since < between_looks) continue;
      done_ += since;
      since = 0;
      if (give_up_ || watch_.stopped()) raise(interrupted_error());
      if (watched) watch_.show(done_, order_.size());
    }
    done_ += since;
  }

  /// False where the ledger has changed in between.
  bool ask_beside(std::span<keyed const> part, list_rows& reasons, std::optional<error>& wrong) {
    if (states_ != nullptr) {
      auto const r = guarded([&]() -> result<> { ask(i_, part, reasons, from_beside, false); return nothing{}; });
      if (!r) wrong = r.error();
      return true;
    }
    auto book = ledger::open(i_.path);
    if (!book) return false;
    auto& i = ledger_parts::of(*book);
    bool same = false;
    try {
      i.db->snapshot([&] {
        i.refresh();
        same = i.db->head().tree == tree_ && i.seen_sizes == i_.seen_sizes;
        if (same) ask(i, part, reasons, from_beside, false);
      });
    } catch (store_error const& e) {
      wrong = e.why;
    } catch (std::bad_alloc const&) {
      wrong = error{failure::environment, {"Speicher reicht nicht", "out of memory"}, {}};
    }
    return same;
  }

  /// The second thread's places become ours.
  void take_over(list_rows const& beside) {
    std::vector<std::uint32_t> ours(beside.reason_places());
    for (std::size_t k = 1; k < ours.size(); ++k) {
      reason_list list;
      for (reason const& r : beside.reasons_at(static_cast<std::uint32_t>(k))) list.add(r);
      ours[k] = rows_.place_of(list);
    }
    for (auto& p : rows_.all())
      if ((p.reasons & from_beside) != 0) p.reasons = ours[p.reasons & (from_beside - 1)] & 0xffffffU;
  }

  ledger_parts::impl& i_;
  list_rows& rows_;
  question q_;
  log::frontier const& tree_;
  job_watch const& watch_;
  state_snapshot const* states_;
  std::vector<keyed> order_, left_;   ///< left: what the snapshot could not tell
  std::mutex left_mutex_;
  std::atomic<std::size_t> done_{0};
  std::atomic<bool> give_up_{false};
};

void count(broadcast_report& report) {
  std::vector<std::uint64_t> by_place(report.rows.reason_places());
  for (auto const& p : report.rows.all()) {
    ++report.checked;
    ++by_place[p.reasons];
    switch (p.what) {
      case verdict::permitted: ++report.permitted; break;
      case verdict::warned: ++report.warned; break;
      case verdict::held: ++report.held; break;
      case verdict::denied: ++report.denied; break;
      case verdict::invalid: ++report.invalid; break;
      case verdict::duplicate: ++report.duplicates; break;
    }
  }
  for (std::size_t k = 0; k < by_place.size(); ++k)
    for (reason const& x : report.rows.reasons_at(static_cast<std::uint32_t>(k)))
      if (x.what != outcome::permit && by_place[k] != 0) report.reasons[x.code] += by_place[k];
  assert(report.permitted + report.warned + report.held + report.denied + report.invalid + report.duplicates == report.checked);
}
}  // namespace

result<broadcast_report> check_list(ledger& book, std::istream& in, std::string const& file_name, question q,
                                    std::optional<std::string> const& column, job_watch const& watch) {
  auto list = read_list(book, in, file_name, q.on, column, watch);
  if (!list) return list.error();
  broadcast_report report;
  report.list_sha256 = std::move(list->sha256);
  report.rows = std::move(list->rows);
  auto& i = ledger_parts::of(book);
  auto done = guarded([&]() -> result<> {
    i.db->snapshot([&] {
      i.refresh();
      auto const head = i.db->head();
      report.head = {i.origin, head.tree.size(), head.tree.root(i.hash)};
      list_check{book, report.rows, q, head.tree, watch}.run();
    });
    return nothing{};
  });
  if (!done) return done.error();
  count(report);
  return report;
}

result<broadcast_report> check_list(ledger& book, state_snapshot const& states, std::istream& in, std::string const& file_name, question q,
                                    std::optional<std::string> const& column, job_watch const& watch) {
  auto list = read_list(book, in, file_name, q.on, column, watch);
  if (!list) return list.error();
  broadcast_report report;
  report.list_sha256 = std::move(list->sha256);
  report.rows = std::move(list->rows);
  report.head = states.head();
  auto& i = ledger_parts::of(book);
  auto done = guarded([&]() -> result<> {
    i.db->snapshot([&] {
      i.refresh();
      list_check{book, report.rows, q, i.db->head().tree, watch, &states}.run();
    });
    return nothing{};
  });
  if (!done) return done.error();
  count(report);
  return report;
}

// ------------------------------------------------------------------------------------------------------ writing

namespace {
/// One field; NUL bytes, which no reader of CSV takes, are left out.
void put_field(std::string& out, std::string_view text) {
  if (text.find_first_of(std::string_view{",\"\r\n\0", 5}) == text.npos) { out += text; return; }
  bool const quoted = text.find_first_of(",\"\r\n") != text.npos;
  if (quoted) out += '"';
  for (char const c : text) {
    if (c == '\0') continue;
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

/// Rows as lines of CSV. Threads may share one: nothing in it changes.
class verdict_lines {
 public:
  explicit verdict_lines(list_rows const& rows) : rows_(rows), codes_(rows.reason_places()) {
    for (std::size_t k = 0; k < codes_.size(); ++k)
      for (reason const& x : rows.reasons_at(static_cast<std::uint32_t>(k))) codes_[k] += (codes_[k].empty() ? "" : ";") + std::string{name(x.code)};
  }

  /// `out` becomes the rows from `from` on, before `to` or the end.
  void put(std::size_t from, std::size_t to, std::string& out) const {
    out.clear();
    std::array<char, 24> buffer;
    for (std::size_t k = from; k < std::min(to, rows_.size()); ++k) {
      auto const& p = rows_.all()[k];
      out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), p.line).ptr);
      out += ',';
      std::string_view const number = p.is_number ? e164(p.number, buffer) : std::string_view{};
      if (p.same) out += number;
      else put_field(out, rows_.input_of(p));
      out += ',';
      if (p.what != verdict::invalid) {
        if (p.is_number) out += number;
        else if (p.number != 0) put_field(out, rows_.other(p).text());
      }
      out += ',';
      out += name(p.what);
      out += ',';
      out += codes_[p.reasons];
      out += '\n';
    }
  }

 private:
  list_rows const& rows_;
  std::vector<std::string> codes_;
};
}  // namespace

bool write_verdicts(broadcast_report const& r, std::function<bool(std::string_view)> const& write) {
  constexpr std::size_t piece = 8192;   // rows
  verdict_lines const lines{r.rows};
  bool const beside = r.rows.size() >= list_check::worth_a_thread && std::thread::hardware_concurrency() >= 2;
  std::array<std::string, 2> text;
  if (!write("line,input,address,verdict,reasons\n")) return false;
  for (std::size_t at = 0; at < r.rows.size(); at += 2 * piece) {
    on_threads(beside ? 2 : 1, [&](unsigned k) {
      for (unsigned mine = k; mine < text.size(); mine += beside ? 2 : 1) lines.put(at + mine * piece, at + (mine + 1) * piece, text[mine]);
    });
    for (auto const& t : text)
      if (!write(t)) return false;
  }
  return true;
}

}  // namespace jawort
