// The form of exported chats: headers, dates, system lines.
#include "jawort/ledger/chat_export.hpp"

#include <date/date.h>

#include <array>
#include <charconv>

namespace jawort {
namespace {

/// Marks that carry no meaning: direction, zero width, byte order.
std::size_t mark_size(std::string_view s) {
  if (s.size() < 3) return 0;
  auto const last = static_cast<unsigned char>(s[2]);
  if (s.starts_with("\xe2\x80") && (last == 0x8b || last == 0x8e || last == 0x8f || (last >= 0xaa && last <= 0xae))) return 3;
  if (s.starts_with("\xe2\x81") && last >= 0xa6 && last <= 0xa9) return 3;
  return s.starts_with("\xef\xbb\xbf") ? 3 : 0;
}
std::size_t space_size(std::string_view s) {
  if (s.empty()) return 0;
  if (s[0] == ' ' || s[0] == '\t') return 1;
  if (s.starts_with("\xc2\xa0")) return 2;
  return s.starts_with("\xe2\x80\xaf") || s.starts_with("\xe2\x80\x89") ? 3 : 0;
}

/// Reads along a line; a failed step leaves `good` false.
class cursor {
 public:
  explicit cursor(std::string_view s) : s_(s) {}
  bool good = true;

  void pass(bool spaces) {
    for (;;) {
      auto n = mark_size(s_);
      if (n == 0 && spaces) n = space_size(s_);
      if (n == 0) return;
      s_.remove_prefix(n);
    }
  }
  bool take(char c) {
    pass(false);
    if (!s_.starts_with(c)) return false;
    s_.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view w) {
    std::string low = detail::lower(s_.substr(0, w.size()));
    if (low != w) return false;
    s_.remove_prefix(w.size());
    return true;
  }
  /// Digits, at most four; how many in `size`.
  unsigned number(std::size_t& size, std::size_t most = 4) {
    pass(false);
    size = 0;
    unsigned v = 0;
    while (size < s_.size() && size < most && detail::is_digit(s_[size])) v = v * 10 + static_cast<unsigned>(s_[size++] - '0');
    if (size == 0 || (size < s_.size() && detail::is_digit(s_[size]))) good = false;
    s_.remove_prefix(size);
    return v;
  }
  [[nodiscard]] std::string_view rest() const { return s_; }

 private:
  std::string_view s_;
};

enum class style : std::uint8_t { none, bracket, dash, colon, space };

struct header {
  style how = style::none;
  std::array<unsigned, 3> date{};
  std::array<std::size_t, 3> widths{};
  char separator = 0;
  unsigned hour = 0, minute = 0, second = 0;
  std::string_view rest;
};

/// The half of the day as phones write it, put on to the hour.
void half_of_day(cursor& c, unsigned& hour) {
  cursor t = c;
  t.pass(true);
  auto const add = [&](bool after_noon) {
    if (hour == 12) hour = after_noon ? 12 : 0;
    else if (after_noon && hour < 12) hour += 12;
  };
  // a. m., a.m., AM, p.M. with any space in between
  cursor latin = t;
  bool const a = latin.take_word("a"), p = !a && latin.take_word("p");
  if (a || p) {
    latin.take('.');
    latin.pass(true);
    if (latin.take_word("m")) {
      latin.take('.');
      auto const next = latin.rest();
      if (next.empty() || !detail::is_letter(next.front())) { add(p); c = latin; return; }
    }
  }
  struct word { std::string_view text; int kind; };  // 0 before noon, 1 after noon, 2 around noon, 3 night
  for (word const& w : {word{"vorm.", 0}, word{"nachm.", 1}, word{"morgens", 0}, word{"früh", 0}, word{"mittags", 2}, word{"abends", 1}, word{"nachts", 3}}) {
    cursor g = t;
    if (!g.take_word(w.text)) continue;
    if (w.kind == 0) add(false);
    if (w.kind == 1) add(true);
    if (w.kind == 2) add(hour != 11 && hour != 10);
    if (w.kind == 3) add(hour >= 8 && hour != 12);
    c = g;
    return;
  }
  cursor u = t;
  if (u.take_word("uhr")) c = u;
}

header read_header(std::string_view line) {
  header h;
  cursor c{line};
  c.pass(true);
  bool const bracket = c.take('[');
  for (std::size_t k = 0; k < 3; ++k) {
    c.pass(k > 0 && h.separator == '.');
    h.date[k] = c.number(h.widths[k]);
    if (!c.good) return h;
    if (k == 2) break;
    char sep = 0;
    for (char const s : {'.', '/', '-'})
      if (c.take(s)) { sep = s; break; }
    if (sep == 0 || (h.separator != 0 && sep != h.separator)) return h;
    h.separator = sep;
  }
  if (h.separator == '.') c.take('.');
  c.take(',');
  std::string_view const before = c.rest();
  c.pass(true);
  if (c.rest().size() == before.size()) return h;
  for (std::string_view const w : {"klo ", "um ", "at ", "kl. "}) c.take_word(w);
  c.pass(true);
  std::size_t width = 0;
  h.hour = c.number(width, 2);
  bool const dots = c.good && c.take('.');
  if (!dots && !c.take(':')) return h;
  h.minute = c.number(width, 2);
  if (!c.good || width != 2) return h;
  cursor seconds = c;
  if (seconds.take(dots ? '.' : ':')) {
    unsigned const s = seconds.number(width, 2);
    if (seconds.good && width == 2) { h.second = s; c = seconds; }
  }
  if (h.hour > 24 || h.minute > 59 || h.second > 60) return h;
  half_of_day(c, h.hour);
  if (h.hour == 24) h.hour = 0;
  cursor after = c;
  if (bracket) {
    c.pass(true);
    if (!c.take(']')) return h;
    h.how = style::bracket;
    if (space_size(c.rest()) > 0) c.pass(true);
    h.rest = c.rest();
    // The mark that iOS puts before lines of its system is kept for the reader of the rest.
    return h;
  }
  c.pass(true);
  auto const r = c.rest();
  if (r.starts_with("- ") || r.starts_with("\xe2\x80\x93 ")) {
    h.how = style::dash;
    h.rest = r.substr(r.starts_with("- ") ? 2 : 4);
  } else if (after.take(':') && space_size(after.rest()) > 0) {
    after.pass(true);
    h.how = style::colon;
    h.rest = after.rest();
  } else if (!r.empty() && r.size() < c.rest().size() + 1) {
    h.how = style::space;
    h.rest = r;
  }
  return h;
}

bool has(std::string_view text, std::string_view word) { return text.find(word) != text.npos; }

bool is_encryption_notice(std::string_view t) {
  auto const l = detail::lower(t);
  return (has(l, "ende-zu-ende") && (has(l, "verschlüssel") || has(l, "VERSCHLÜSSEL"))) || has(l, "end-to-end encrypt") || has(l, "end-to-end-encrypt");
}

bool is_medium(std::string_view t) {
  auto const l = detail::lower(t);
  for (std::string_view const w : {"<medien ausgeschlossen>", "<media omitted>", "(datei angehängt)", "(file attached)", "<anhang:", "<attached:", " weggelassen", " omitted", "<medien weggelassen>"})
    if (has(l, w)) return true;
  return false;
}

/// Splits what follows a header into author and words.
void author_and_text(header const& h, chat_message& m) {
  std::string_view rest = h.rest;
  std::string_view bare = rest;
  while (auto const n = mark_size(bare)) bare.remove_prefix(n);
  auto colon = rest.find(':');
  while (colon != rest.npos && colon + 1 < rest.size() && space_size(rest.substr(colon + 1)) == 0 && mark_size(rest.substr(colon + 1)) == 0) colon = rest.find(':', colon + 1);
  auto const author = colon == rest.npos ? std::string_view{} : rest.substr(0, colon);
  bool const quoted = has(author, "\"") || has(author, "„") || has(author, "“");
  if (colon == rest.npos || author.empty() || author.size() > 120 || quoted) {
    m.text = bare;
    return;
  }
  auto text = rest.substr(colon + 1);
  if (auto const n = space_size(text)) text.remove_prefix(n);
  bool const marked = mark_size(text) > 0;
  while (auto const n = mark_size(text)) text.remove_prefix(n);
  // iOS puts a mark before what the system says under a contact's or a group's name.
  if (is_encryption_notice(text) || (marked && !is_medium(text))) {
    m.text = text;
    return;
  }
  std::string_view name = author;
  while (auto const n = mark_size(name)) name.remove_prefix(n);
  m.author = name;
  while (m.author.size() >= 3 && mark_size(std::string_view{m.author}.substr(m.author.size() - 3)) == 3) m.author.resize(m.author.size() - 3);
  m.text = text;
  m.medium = is_medium(text);
}

std::optional<std::int64_t> local_time(header const& h, bool day_first, bool& ambiguous) {
  unsigned y = 0, mo = 0, d = 0;
  ambiguous = false;
  auto const pick = [&](unsigned first, unsigned second) {
    bool const tells_day = first > 12, tells_month = second > 12;
    ambiguous = !tells_day && !tells_month && first != second;
    bool const df = tells_day || (!tells_month && day_first);
    d = df ? first : second;
    mo = df ? second : first;
  };
  if (h.widths[0] == 4 || h.date[0] > 31) { y = h.date[0]; mo = h.date[1]; d = h.date[2]; if (mo > 12) std::swap(mo, d); }
  else if (h.widths[1] == 4) { y = h.date[1]; pick(h.date[0], h.date[2]); }
  else { y = h.date[2]; pick(h.date[0], h.date[1]); }
  if (y < 100) y += 2000;
  date::year_month_day const ymd{date::year{static_cast<int>(y)}, date::month{mo}, date::day{d}};
  if (!ymd.ok() || y < 2009 || y > 2999) return std::nullopt;
  std::int64_t const days = date::sys_days{ymd}.time_since_epoch().count();
  return ((days * 24 + h.hour) * 60 + h.minute) * 60000LL + h.second * 1000LL;
}

/// Which order the file itself tells, if it does.
struct evidence_of_order {
  bool day = false, month = false;
  std::size_t ambiguous_line = 0;
};

bool rises(std::vector<std::pair<std::size_t, header>> const& all, bool day_first) {
  std::int64_t last = 0;
  for (auto const& [line, h] : all) {
    bool ambiguous = false;
    auto const t = local_time(h, day_first, ambiguous);
    if (!t || *t < last) return false;
    last = *t;
  }
  return true;
}
}  // namespace

std::vector<address> numbers_in(std::string_view s) {
  std::vector<address> out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] != '+') continue;
    std::string digits = "+";
    std::size_t k = i + 1;
    for (std::size_t end = k; end < s.size();) {
      auto const at = s.substr(end);
      if (detail::is_digit(at[0])) { digits += at[0]; k = ++end; continue; }
      std::size_t n = space_size(at);
      if (n == 0) n = mark_size(at);
      if (n == 0 && (at[0] == '-' || at[0] == '(' || at[0] == ')' || at[0] == '/')) n = 1;
      if (n == 0) break;
      end += n;
    }
    if (auto a = address::parse(digits)) out.push_back(*a);
    i = k - 1;
  }
  return out;
}

result<chat_file> read_chat_export(std::string_view bytes, day_order order) {
  constexpr std::size_t greatest = std::size_t{64} << 20;
  if (bytes.size() > greatest) return error{failure::malformed, {"Export größer als 64 MiB", "export greater than 64 MiB"}, {}};
  chat_file out;
  std::vector<std::pair<std::size_t, header>> headers;
  style first = style::none;
  std::size_t line_number = 0;
  while (!bytes.empty()) {
    auto const end = std::min(bytes.find('\n'), bytes.size());
    auto line = bytes.substr(0, end);
    bytes.remove_prefix(std::min(end + 1, bytes.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++line_number;
    header h = read_header(line);
    // A line that begins with a date may be one that goes on: only the forms that this file's headers have are headers.
    bool fits = h.how != style::none && (first == style::none || (first == style::bracket) == (h.how == style::bracket)) && (h.how != style::space || first == style::none || first == style::space);
    chat_message m;
    if (fits) {
      author_and_text(h, m);
      bool ambiguous = false;
      bool const day_fits = local_time(h, true, ambiguous).has_value() || local_time(h, false, ambiguous).has_value();
      if (!day_fits || (h.how == style::space && m.author.empty())) fits = false;
    }
    if (!fits) {
      if (!out.messages.empty()) out.messages.back().text += "\n" + std::string{line};
      continue;
    }
    if (first == style::none) first = h.how;
    m.line = line_number;
    out.messages.push_back(std::move(m));
    headers.emplace_back(line_number, h);
  }
  if (out.messages.empty())
    return error{failure::malformed, {"kein WhatsApp-Export: keine Zeile mit Datum, Uhrzeit und Namen", "not a WhatsApp export: no line with date, time and name"},
                 {"in WhatsApp: Chat öffnen, Mehr, Chat exportieren, ohne Medien", "in WhatsApp: open the chat, More, Export chat, without media"}};

  evidence_of_order seen;
  for (auto const& [line, h] : headers) {
    bool ambiguous = false;
    static_cast<void>(local_time(h, true, ambiguous));
    bool const year_first = h.widths[0] == 4 || h.date[0] > 31;
    unsigned const a = h.date[0], b = h.widths[1] == 4 ? h.date[2] : h.date[1];
    if (ambiguous && h.separator != '.' && seen.ambiguous_line == 0) seen.ambiguous_line = line;
    if (!year_first && a > 12) seen.day = true;
    if (!year_first && b > 12) seen.month = true;
  }
  bool day_first = order != day_order::month_first;
  if (order == day_order::unsaid && seen.ambiguous_line != 0) {
    if (seen.day != seen.month) {
      day_first = seen.day;
    } else {
      bool const by_day = rises(headers, true), by_month = rises(headers, false);
      if (by_day == by_month || (seen.day && seen.month)) {
        auto const at = "Zeile " + std::to_string(seen.ambiguous_line), at_en = "line " + std::to_string(seen.ambiguous_line);
        return error{failure::malformed, {at + ": Tag und Monat lassen sich nicht unterscheiden", at_en + ": day and month cannot be told apart"},
                     {"angeben, was zuerst steht: --order dmy (Tag) oder --order mdy (Monat)", "say what stands first: --order dmy (day) or --order mdy (month)"}};
      }
      day_first = by_day;
    }
  }
  if (seen.ambiguous_line != 0) out.inferred = day_first ? day_order::day_first : day_order::month_first;

  std::vector<std::string> authors;
  for (std::size_t k = 0; k < headers.size(); ++k) {
    chat_message& m = out.messages[k];
    header const& h = headers[k].second;
    bool ambiguous = false;
    auto t = local_time(h, h.separator == '.' && order == day_order::unsaid && !(seen.month && !seen.day) ? true : day_first, ambiguous);
    if (!t) t = local_time(h, !day_first, ambiguous);
    m.local_ms = *t;
    if (!m.author.empty() && std::find(authors.begin(), authors.end(), m.author) == authors.end()) authors.push_back(m.author);
    auto const low = detail::lower(m.text);
    if (m.author.empty() && (has(low, " gruppe") || has(low, "created group") || has(low, "hinzugefügt") || has(low, " added") || has(low, "entfernt") || has(low, " removed") || has(low, "beigetreten")))
      out.group = true;
  }
  out.group = out.group || authors.size() > 2;
  return out;
}

}  // namespace jawort
