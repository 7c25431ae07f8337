#include "vcard.hpp"

#include <algorithm>
#include <array>

#include "jawort/address.hpp"
#include "text_encoding.hpp"
#include "trimmed.hpp"

namespace jawort {
namespace {

struct physical_line {
  byte_span bytes;                   ///< with its end
  std::string text;                  ///< without; bytes as they are, or UTF-8 of UTF-16
};

/// The file's lines, one at a time.
class line_reader {
 public:
  explicit line_reader(std::string_view file) : file_(file), form_(form_of(file)), at_(form_.mark) {}

  [[nodiscard]] bool wide() const { return form_.width != text_width::bytes; }
  [[nodiscard]] bool next(physical_line& out) {
    if (at_ >= file_.size()) return false;
    std::size_t const unit = form_.unit();
    std::size_t end = at_;
    while (end < file_.size() && !is(end, '\n') && !is(end, '\r')) end += unit;
    end = std::min(end, file_.size());
    std::size_t after = end;
    if (after < file_.size()) {
      bool const cr = is(after, '\r');
      after += unit;
      if (cr && after < file_.size() && is(after, '\n')) after += unit;
    }
    after = std::min(after, file_.size());
    auto const raw = file_.substr(at_, end - at_);
    out = {{at_, after}, wide() ? from_utf16(raw, form_.width == text_width::utf16_big) : std::string{raw}};
    at_ = after;
    return true;
  }

 private:
  [[nodiscard]] bool is(std::size_t at, char c) const {
    if (form_.width == text_width::bytes) return file_[at] == c;
    if (at + 1 >= file_.size()) return false;
    bool const little = form_.width == text_width::utf16_little;
    return file_[at + (little ? 0 : 1)] == c && file_[at + (little ? 1 : 0)] == '\0';
  }
  std::string_view file_;
  text_form form_;
  std::size_t at_;
};

bool says(std::string_view line, std::string_view what) {
  line = trimmed(line);
  return line.size() == what.size() && detail::lower(line) == what;
}
bool begins_card(std::string_view line) { return says(line, "begin:vcard"); }
bool ends_card(std::string_view line) { return says(line, "end:vcard"); }

std::string upper(std::string_view s) {
  std::string out{s};
  for (char& c : out)
    if (detail::is_lower(c)) c = static_cast<char>(c - 'a' + 'A');
  return out;
}

/// What stands before the colon: name and parameters.
struct head {
  std::string name;
  bool quoted_printable = false;
  std::string charset;
  std::size_t colon = std::string::npos;
};

head head_of(std::string_view line) {
  head h;
  bool quoted = false;
  std::size_t from = 0, part = 0;
  auto const take = [&](std::string_view p) {
    if (part++ == 0) {
      auto const dot = p.rfind('.');
      h.name = upper(trimmed(dot == p.npos ? p : p.substr(dot + 1)));
      return;
    }
    auto const eq = p.find('=');
    std::string const key = eq == p.npos ? "" : upper(trimmed(p.substr(0, eq)));
    std::string const value = upper(trimmed(eq == p.npos ? p : p.substr(eq + 1)));
    if (value == "QUOTED-PRINTABLE" && (key.empty() || key == "ENCODING")) h.quoted_printable = true;
    if (key == "CHARSET") h.charset = value;
    if (key.empty() && (value == "UTF-8" || value == "WINDOWS-1252" || value.starts_with("ISO-8859-1"))) h.charset = value;
  };
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '"') quoted = !quoted;
    if (quoted || (line[i] != ';' && line[i] != ':')) continue;
    take(line.substr(from, i - from));
    from = i + 1;
    if (line[i] == ':') { h.colon = i; break; }
  }
  if (h.colon == std::string::npos) h.name.clear();
  return h;
}

int hex(char c) {
  if (detail::is_digit(c)) return c - '0';
  char const l = detail::to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

std::string from_quoted_printable(std::string_view s) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '=' && i + 2 < s.size() && hex(s[i + 1]) >= 0 && hex(s[i + 2]) >= 0) {
      out += static_cast<char>(hex(s[i + 1]) * 16 + hex(s[i + 2]));
      i += 2;
    } else {
      out += s[i];
    }
  }
  return out;
}

bool wanted(std::string_view name) {
  constexpr std::array<std::string_view, 9> names{"FN", "N", "ORG", "NICKNAME", "TEL", "X-MS-TEL", "IMPP", "X-WHATSAPP", "AGENT"};
  return std::find(names.begin(), names.end(), name) != names.end();
}

class reader {
 public:
  explicit reader(std::string_view bytes) : lines_(bytes) { ahead_there_ = lines_.next(ahead_); }

  [[nodiscard]] vcard_file run() {
    while (ahead_there_) {
      physical_line const line = take();
      if (depth_ == 0) outside(line);
      else inside(line);
    }
    if (depth_ != 0) close(card_.bytes.to, false);
    return std::move(out_);
  }

 private:
  physical_line take() {
    physical_line line = std::move(ahead_);
    ahead_there_ = lines_.next(ahead_);
    ++number_;
    return line;
  }

  void outside(physical_line const& line) {
    if (begins_card(line.text)) open(line);
    else if (!trimmed(line.text).empty()) out_.strays.push_back(number_);
  }
  void open(physical_line const& line) {
    card_ = {};
    card_.line = number_;
    card_.bytes = line.bytes;
    depth_ = 1;
    agent_ = false;
  }
  void close(std::size_t to, bool complete) {
    card_.bytes.to = to;
    card_.complete = complete;
    out_.cards.push_back(std::move(card_));
    depth_ = 0;
  }

  void inside(physical_line const& line) {
    if (begins_card(line.text)) {
      if (agent_) { ++depth_; agent_ = false; card_.bytes.to = line.bytes.to; return; }
      close(line.bytes.from, false);  // the card before breaks off here
      open(line);
      return;
    }
    if (ends_card(line.text)) {
      if (--depth_ == 0) close(line.bytes.to, true);
      else card_.bytes.to = line.bytes.to;
      return;
    }
    property(line);
  }

  [[nodiscard]] bool folded() const {
    return ahead_there_ && !ahead_.text.empty() && (ahead_.text[0] == ' ' || ahead_.text[0] == '\t');
  }
  void property(physical_line const& first) {
    std::size_t const number = number_;
    byte_span bytes = first.bytes;
    std::string start = first.text;
    head h = head_of(start);
    for (; h.colon == std::string::npos && folded(); h = head_of(start)) {  // a fold before the colon
      physical_line const more = take();
      bytes.to = more.bytes.to;
      start += std::string_view{more.text}.substr(1);
    }
    bool const keep = wanted(h.name);
    std::string value = h.colon == std::string::npos ? std::string{} : start.substr(h.colon + 1);
    bool soft = h.quoted_printable && value.ends_with('=');
    while (ahead_there_) {
      if (!folded() && (!soft || begins_card(ahead_.text) || ends_card(ahead_.text))) break;
      physical_line const more = take();
      bytes.to = more.bytes.to;
      if (soft) value.pop_back();
      std::string_view const text{more.text};
      if (keep) value += soft ? text : text.substr(1);  // a fold takes one blank away, in 2.1 it would stay: numbers do not care
      soft = h.quoted_printable && text.ends_with('=');
      if (!keep) value = soft ? "=" : "";
    }
    card_.bytes.to = bytes.to;
    agent_ = h.name == "AGENT" && trimmed(value).empty();
    if (!keep) return;
    if (h.quoted_printable) value = from_quoted_printable(value);
    if (!lines_.wide() || h.quoted_printable) {
      bool const other = !h.charset.empty() && h.charset != "UTF-8" && (h.charset == "WINDOWS-1252" || h.charset.starts_with("ISO-8859-1"));
      if (other || !is_utf8(value)) value = from_windows_1252(value);
    }
    card_.properties.push_back({h.name, std::string{trimmed(value)}, number, bytes});
  }

  line_reader lines_;
  physical_line ahead_;
  bool ahead_there_ = false, agent_ = false;
  std::size_t number_ = 0, depth_ = 0;
  vcard card_;
  vcard_file out_;
};
}  // namespace

vcard_file read_vcards(std::string_view bytes) { return reader{bytes}.run(); }

std::string without_escapes(std::string_view value) {
  std::string out;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] != '\\' || i + 1 == value.size()) { out += value[i]; continue; }
    char const c = value[++i];
    if (c == 'n' || c == 'N') out += '\n';
    else if (c == ',' || c == ';' || c == ':' || c == '\\') out += c;
    else { out += '\\'; out += c; }
  }
  return out;
}

}  // namespace jawort
