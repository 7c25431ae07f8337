#include "mail.hpp"

#include <array>

#include "values.hpp"

namespace jawort::receive {
namespace {
using std::string_view;

string_view trimmed(string_view s) {
  auto const from = s.find_first_not_of(" \t\r\n");
  if (from == s.npos) return {};
  return s.substr(from, s.find_last_not_of(" \t\r\n") - from + 1);
}

/// The next line without its end; `bytes` goes on behind it.
string_view next_line(string_view& bytes) {
  auto const end = std::min(bytes.find('\n'), bytes.size());
  auto line = bytes.substr(0, end);
  bytes.remove_prefix(std::min(end + 1, bytes.size()));
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

int hex_digit(char c) {
  if (detail::is_digit(c)) return c - '0';
  char const l = detail::to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

std::string quoted_printable(string_view s, bool in_header) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '_' && in_header) { out += ' '; continue; }
    if (s[i] != '=') { out += s[i]; continue; }
    if (i + 2 < s.size() && hex_digit(s[i + 1]) >= 0 && hex_digit(s[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(s[i + 1]) * 16 + hex_digit(s[i + 2]));
      i += 2;
    } else if (i + 1 < s.size() && s[i + 1] == '\n') {
      i += 1;
    } else if (i + 2 < s.size() && s[i + 1] == '\r' && s[i + 2] == '\n') {
      i += 2;
    } else if (i + 1 < s.size()) {
      out += s[i];
    }
  }
  return out;
}

bool is_utf8(string_view s) {
  for (std::size_t i = 0; i < s.size();) {
    auto const c = static_cast<unsigned char>(s[i]);
    std::size_t const more = c < 0x80 ? 0 : c >= 0xc2 && c < 0xe0 ? 1 : c >= 0xe0 && c < 0xf0 ? 2 : c >= 0xf0 && c < 0xf5 ? 3 : 9;
    if (more == 9 || i + more >= s.size() + (more == 0 ? 1 : 0)) return false;
    for (std::size_t k = 1; k <= more; ++k)
      if ((static_cast<unsigned char>(s[i + k]) & 0xc0) != 0x80) return false;
    i += more + 1;
  }
  return true;
}

void put_code_point(std::string& out, unsigned c) {
  if (c < 0x80) out += static_cast<char>(c);
  else if (c < 0x800) { out += static_cast<char>(0xc0 | c >> 6); out += static_cast<char>(0x80 | (c & 0x3f)); }
  else if (c < 0x10000) { out += static_cast<char>(0xe0 | c >> 12); out += static_cast<char>(0x80 | (c >> 6 & 0x3f)); out += static_cast<char>(0x80 | (c & 0x3f)); }
  else { out += static_cast<char>(0xf0 | c >> 18); out += static_cast<char>(0x80 | (c >> 12 & 0x3f)); out += static_cast<char>(0x80 | (c >> 6 & 0x3f)); out += static_cast<char>(0x80 | (c & 0x3f)); }
}

/// Anything that is no UTF-8 is read as windows-1252, which ISO 8859-1 is a part of.
std::string as_utf8(std::string s) {
  if (is_utf8(s)) return s;
  constexpr std::array<unsigned, 32> high{0x20ac, 0x81, 0x201a, 0x192, 0x201e, 0x2026, 0x2020, 0x2021, 0x2c6, 0x2030, 0x160, 0x2039, 0x152, 0x8d, 0x17d, 0x8f,
                                          0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x2dc, 0x2122, 0x161, 0x203a, 0x153, 0x9d, 0x17e, 0x178};
  std::string out;
  for (char const c : s) {
    auto const b = static_cast<unsigned char>(c);
    put_code_point(out, b >= 0x80 && b < 0xa0 ? high[b - 0x80] : b);
  }
  return out;
}

/// The value of `name=` among a header's parameters; quotes taken off.
std::string parameter(string_view header, string_view name) {
  auto const low = detail::lower(header);
  for (std::size_t at = low.find(';'); at != low.npos; at = low.find(';', at + 1)) {
    auto from = low.find_first_not_of(" \t", at + 1);
    if (from == low.npos || low.compare(from, name.size(), name) != 0) continue;
    from = low.find_first_not_of(" \t", from + name.size());
    if (from == low.npos || low[from] != '=') continue;
    auto value = trimmed(header.substr(from + 1));
    if (value.starts_with('"')) {
      value.remove_prefix(1);
      return std::string{value.substr(0, value.find('"'))};
    }
    return std::string{trimmed(value.substr(0, value.find(';')))};
  }
  return {};
}

void split_parts(mail_part& whole, string_view body, int depth) {
  std::string const mark = "--" + whole.boundary;
  std::optional<std::size_t> open;
  string_view rest = body;
  while (!rest.empty() && whole.parts.size() < 100) {
    std::size_t const at = body.size() - rest.size();
    auto const line = next_line(rest);
    if (!line.starts_with(mark)) continue;
    auto const tail = trimmed(line.substr(mark.size()));
    if (!tail.empty() && tail != "--") continue;
    if (open) whole.parts.push_back(parse_mail(body.substr(*open, at - *open), depth + 1));
    open = tail == "--" ? std::nullopt : std::optional{body.size() - rest.size()};
    if (!open) return;
  }
  if (open) whole.parts.push_back(parse_mail(body.substr(*open), depth + 1));  // cut off: take what is there
}

bool introduces_quote(string_view line) {
  auto const l = detail::lower(line);
  auto const has = [&](string_view w) { return l.find(w) != l.npos; };
  if (l.starts_with("-----") && (has("original") || has("ursprüngliche") || has("weitergeleitete") || has("forwarded"))) return true;
  if (l.starts_with("________________________________")) return true;
  bool const colon = l.ends_with(':');
  if (colon && (l.starts_with("am ") || l.starts_with("on ") || l.starts_with("le ") || l.starts_with("il ") || l.starts_with("el ") || l.starts_with("op ")) &&
      (has("schrieb") || has("wrote") || has("écrit") || has("scritto") || has("escribió") || has("schreef")))
    return true;
  bool const address = has("@") || has("<");
  return address && (l.starts_with("von: ") || l.starts_with("from: ") || l.starts_with("gesendet: ") || l.starts_with("sent: "));
}
}  // namespace

string_view mail_part::header(string_view name) const {
  for (auto const& [n, v] : headers)
    if (n == name) return v;
  return {};
}

mail_part const* mail_part::find(string_view wanted) const {
  if (type == wanted && !attachment) return this;
  for (auto const& p : parts)
    if (auto const* const found = p.find(wanted)) return found;
  return nullptr;
}

std::vector<std::pair<std::string, std::string>> parse_headers(string_view& bytes) {
  std::vector<std::pair<std::string, std::string>> out;
  while (!bytes.empty()) {
    auto const before = bytes;
    auto const line = next_line(bytes);
    if (line.empty()) return out;
    if ((line.front() == ' ' || line.front() == '\t') && !out.empty()) {
      out.back().second += ' ';
      out.back().second += trimmed(line);
      continue;
    }
    auto const colon = line.find(':');
    if (colon == line.npos || colon == 0 || line.substr(0, colon).find_first_of(" \t") != line.npos) {
      if (out.empty() && line.starts_with("From ")) continue;  // the first line of a mailbox file
      bytes = before;                                            // no header: the text begins here
      return out;
    }
    if (out.size() < 1000) out.emplace_back(detail::lower(line.substr(0, colon)), std::string{trimmed(line.substr(colon + 1))});
  }
  return out;
}

mail_part parse_mail(string_view bytes, int depth) {
  mail_part m;
  m.headers = parse_headers(bytes);
  if (auto const type = m.header("content-type"); !type.empty()) {
    m.type = detail::lower(trimmed(type.substr(0, type.find(';'))));
    m.boundary = parameter(type, "boundary");
    m.charset = detail::lower(parameter(type, "charset"));
    m.report_type = detail::lower(parameter(type, "report-type"));
  }
  m.attachment = detail::lower(m.header("content-disposition").substr(0, 10)) == "attachment";
  if (m.type.starts_with("multipart/") && !m.boundary.empty() && depth < 10) {
    split_parts(m, bytes, depth);
    return m;
  }
  auto const encoding = detail::lower(m.header("content-transfer-encoding"));
  m.body = std::string{bytes};
  if (encoding == "quoted-printable") m.body = quoted_printable(bytes, false);
  else if (encoding == "base64")
    if (auto plain = base64_decoded(bytes)) m.body = *std::move(plain);
  if (m.type.starts_with("text/")) m.body = as_utf8(std::move(m.body));
  if (m.type == "message/rfc822" && depth < 10) m.parts.push_back(parse_mail(m.body, depth + 1));
  return m;
}

std::string decoded_words(string_view s) {
  std::string out;
  bool word_before = false;
  while (!s.empty()) {
    auto const open = s.find("=?");
    if (open == s.npos) break;
    auto const charset_end = s.find('?', open + 2);
    auto const coding_end = charset_end == s.npos ? s.npos : s.find('?', charset_end + 1);
    auto const close = coding_end == s.npos ? s.npos : s.find("?=", coding_end + 1);
    if (close == s.npos) break;
    auto const between = s.substr(0, open);
    if (!word_before || between.find_first_not_of(" \t") != between.npos) out += between;  // space between two words is no space
    auto const coding = s.substr(charset_end + 1, coding_end - charset_end - 1), data = s.substr(coding_end + 1, close - coding_end - 1);
    std::string plain{data};
    if (coding == "Q" || coding == "q") plain = quoted_printable(data, true);
    else if (auto b = base64_decoded(data)) plain = *std::move(b);
    out += as_utf8(std::move(plain));
    word_before = true;
    s.remove_prefix(close + 2);
  }
  return as_utf8(out + std::string{s});
}

std::string mailbox_in(string_view h) {
  if (auto const semicolon = h.find(';'); semicolon != h.npos && h.find('@') > semicolon) h.remove_prefix(semicolon + 1);
  if (auto const open = h.rfind('<'); open != h.npos) {
    auto const inner = h.substr(open + 1);
    return std::string{trimmed(inner.substr(0, inner.find('>')))};
  }
  auto const first = h.substr(0, h.find(','));
  return std::string{trimmed(first.substr(0, first.find('(')))};
}

std::optional<instant> mail_date(string_view s) {
  if (auto const comma = s.find(','); comma != s.npos) s.remove_prefix(comma + 1);
  std::vector<std::string> words;
  while (words.size() < 6) {
    s = trimmed(s);
    if (s.empty() || s.front() == '(') break;
    auto const end = std::min(s.find_first_of(" \t"), s.size());
    words.emplace_back(s.substr(0, end));
    s.remove_prefix(end);
  }
  if (words.size() < 4) return std::nullopt;
  constexpr string_view months = "janfebmaraprmayjunjulaugsepoctnovdec";
  auto const month = months.find(detail::lower(words[1].substr(0, 3)));
  if (words[1].size() < 3 || month == months.npos || month % 3 != 0) return std::nullopt;
  std::string day = words[0], year = words[2], clock = words[3], zone = words.size() > 4 ? words[4] : "+0000";
  if (day.size() == 1) day.insert(0, "0");
  if (year.size() == 2) year.insert(0, year < "50" ? "20" : "19");
  if (clock.size() == 5) clock += ":00";
  auto const low = detail::lower(zone);
  if (low == "gmt" || low == "ut" || low == "utc" || low == "z") zone = "+0000";
  else if (low == "cet" || low == "mez") zone = "+0100";
  else if (low == "cest" || low == "mesz") zone = "+0200";
  if (zone.size() != 5 || (zone[0] != '+' && zone[0] != '-')) return std::nullopt;
  zone.insert(3, ":");
  std::string number = std::to_string(month / 3 + 1);
  if (number.size() == 1) number.insert(0, "0");
  auto t = instant::parse(year + "-" + number + "-" + day + "T" + clock + zone);
  return t ? std::optional{*t} : std::nullopt;
}

std::string own_words(string_view body) {
  std::string out;
  while (!body.empty()) {
    auto const line = next_line(body);
    auto const bare = trimmed(line);
    if (line == "-- " || line == "--") break;
    // "On … wrote:" may be broken over two lines.
    auto rest = body;
    std::string const with_next = std::string{bare} + " " + std::string{trimmed(next_line(rest))};
    if (introduces_quote(bare) || (!bare.empty() && (bare.starts_with("Am ") || bare.starts_with("On ")) && introduces_quote(with_next))) break;
    if (bare.starts_with('>')) continue;
    out += line;
    out += '\n';
  }
  return std::string{trimmed(out)};
}

std::string html_text(string_view page) {
  std::string out;
  int skipped = 0;
  auto const low = detail::lower(page);
  for (std::size_t i = 0; i < page.size();) {
    if (page[i] == '<') {
      auto const end = page.find('>', i);
      if (end == page.npos) break;
      string_view const tag = string_view{low}.substr(i + 1, end - i - 1);
      auto const is = [&](string_view name) { return tag.starts_with(name) && (tag.size() == name.size() || tag[name.size()] == ' ' || tag[name.size()] == '\n'); };
      for (string_view const block : {"blockquote", "style", "script", "head"}) {
        if (is(block) && !tag.ends_with('/')) ++skipped;
        if (tag.starts_with('/') && tag.substr(1) == block && skipped > 0) --skipped;
      }
      if (is("br") || tag == "br/" || is("p") || is("div") || tag == "/p" || tag == "/div" || is("tr") || is("li")) out += '\n';
      i = end + 1;
      continue;
    }
    if (page[i] == '&' && skipped == 0) {
      auto const end = page.find(';', i);
      if (end != page.npos && end - i <= 8) {
        auto const name = page.substr(i + 1, end - i - 1);
        constexpr std::array<std::pair<string_view, string_view>, 13> known{{{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"nbsp", " "}, {"auml", "ä"}, {"ouml", "ö"},
                                                                             {"uuml", "ü"}, {"Auml", "Ä"}, {"Ouml", "Ö"}, {"Uuml", "Ü"}, {"szlig", "ß"}, {"apos", "'"}}};
        bool done = false;
        for (auto const& [n, v] : known)
          if (name == n) { out += v; done = true; }
        if (!done && name.starts_with('#') && detail::all_of(name.substr(1), detail::is_digit) && name.size() > 1 && name.size() <= 7) {
          put_code_point(out, static_cast<unsigned>(std::stoul(std::string{name.substr(1)})) % 0x110000U);
          done = true;
        }
        if (done) { i = end + 1; continue; }
      }
    }
    if (skipped == 0) out += page[i];
    ++i;
  }
  return out;
}

}  // namespace jawort::receive
