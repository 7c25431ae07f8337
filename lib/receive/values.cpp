#include "values.hpp"

#include <charconv>

#include "jawort/log/checkpoint.hpp"
#include "trimmed.hpp"

namespace jawort::receive {
namespace {
std::string_view without_mark(std::string_view s) {
  if (s.starts_with("\xef\xbb\xbf")) s.remove_prefix(3);
  return s;
}

/// quick_reply -> quickReply; MessageSid -> messageSid
std::string camel(std::string_view key) {
  std::string out;
  bool up = false;
  for (char const c : key) {
    if (c == '_') { up = true; continue; }
    bool const upper = up && detail::is_lower(c);
    out += upper ? static_cast<char>(c - 'a' + 'A') : c;
    up = false;
  }
  if (!out.empty()) out[0] = detail::to_lower(out[0]);
  return out;
}

int hex_digit(char c) {
  if (detail::is_digit(c)) return c - '0';
  char const l = detail::to_lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

void collect(json const& j, std::vector<std::string>& out, int depth) {
  if (out.size() >= 64 || depth > 32) return;
  if (j.is_string()) {
    auto const& s = j.get_ref<std::string const&>();
    if (!s.empty()) out.push_back(s.substr(0, 2000));
  } else if (j.is_structured()) {
    for (auto const& x : j) collect(x, out, depth + 1);
  }
}
}  // namespace

result<json> parse_json(std::string_view bytes) {
  auto const body = without_mark(bytes);
  json j = json::parse(body.begin(), body.end(), nullptr, false);
  if (j.is_discarded()) return refusal("kein gültiges JSON", "not valid JSON", "die Nutzlast unverändert übergeben, eine je Zeile", "hand the payload over as it came, one a line");
  return j;
}

json const* member(json const& j, std::string_view key) {
  if (!j.is_object()) return nullptr;
  if (auto const at = j.find(std::string{key}); at != j.end()) return &*at;
  if (auto const at = j.find(camel(key)); at != j.end()) return &*at;
  return nullptr;
}

std::string text(json const* j) {
  if (j == nullptr) return {};
  if (j->is_string()) return j->get<std::string>();
  if (j->is_number_integer()) return j->dump();
  return {};
}
std::string text(json const& j, std::string_view key) { return text(member(j, key)); }

void for_each(json const& j, std::string_view key, std::function<void(json const&)> const& each) {
  json const* const m = member(j, key);
  if (m == nullptr) return;
  if (m->is_array())
    for (auto const& x : *m) each(x);
  else if (!m->is_null())
    each(*m);
}

std::vector<std::string> strings_below(json const& j) {
  std::vector<std::string> out;
  collect(j, out, 0);
  return out;
}

read_time time_of(std::string_view raw) {
  auto const s = trimmed(raw);
  if (s.empty()) return {};
  if (detail::all_of(s, detail::is_digit)) {
    std::int64_t v = 0;
    auto const [end, wrong] = std::from_chars(s.data(), s.data() + s.size(), v);
    if (wrong != std::errc{} || end != s.data() + s.size()) return {std::nullopt, true};
    // Seconds until the year 5138, then milliseconds, then microseconds.
    if (v < 100'000'000'000) v *= 1000;
    else if (v >= 100'000'000'000'000) v /= 1000;
    auto t = instant::from_ms(v);
    return t ? read_time{*t, false} : read_time{std::nullopt, true};
  }
  std::string written{s};
  if (auto t = instant::parse(written)) return {*t, false};
  if (written.size() > 5 && (written[written.size() - 5] == '+' || written[written.size() - 5] == '-')) {  // +0000
    written.insert(written.size() - 2, ":");
    if (auto t = instant::parse(written)) return {*t, false};
  }
  // Vonage writes UTC without a zone.
  if (auto t = instant::parse(std::string{s} + "Z")) return {*t, false};
  return {std::nullopt, true};
}

read_time time_of(json const* j) {
  if (j == nullptr || j->is_null()) return {};
  if (j->is_number_float()) {
    double const v = j->get<double>();
    if (!(v >= 0) || v > 1e15) return {std::nullopt, true};
    return time_of(std::to_string(static_cast<std::int64_t>(v)));
  }
  if (!j->is_string() && !j->is_number_integer()) return {std::nullopt, true};
  return time_of(text(j));
}

void put_time(incoming& item, read_time t) {
  item.at = t.at;
  item.time_unreadable = t.unreadable;
}

std::optional<address> whatsapp_address(std::string_view raw) {
  auto const s = trimmed(raw);
  if (detail::looks_like_business_user(s)) {
    auto a = address::parse(s);
    return a ? std::optional{*a} : std::nullopt;
  }
  return gateway_number(s);
}

std::optional<address> gateway_number(std::string_view raw) {
  auto s = trimmed(raw);
  if (s.starts_with('+')) s.remove_prefix(1);
  else if (s.starts_with("00")) s.remove_prefix(2);
  if (s.empty() || s.size() > 15 || s.front() == '0' || !detail::all_of(s, detail::is_digit)) return std::nullopt;
  std::uint64_t v = 0;
  std::from_chars(s.data(), s.data() + s.size(), v);
  auto a = address::from_digits(v);
  return a ? std::optional{*a} : std::nullopt;
}

std::optional<address> page_scoped(std::string_view id) {
  auto a = address::parse("messenger:" + std::string{trimmed(id)});
  return a ? std::optional{*a} : std::nullopt;
}

error refusal(char const* de, char const* en, char const* hint_de, char const* hint_en) {
  return error{failure::malformed, {de, en}, {hint_de, hint_en}};
}

error no_address() {
  return refusal("niemand genannt, den es betrifft", "nobody named whom it is about", "die Nutzlast ansehen: Absender fehlt oder ist keine Nummer und keine Kennung",
                 "look at the payload: the sender is missing, or neither a number nor an id");
}

std::string percent_decoded(std::string_view s, bool plus_is_space) {
  std::string out;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '%' && i + 2 < s.size() && hex_digit(s[i + 1]) >= 0 && hex_digit(s[i + 2]) >= 0) {
      out += static_cast<char>(hex_digit(s[i + 1]) * 16 + hex_digit(s[i + 2]));
      i += 2;
    } else {
      out += s[i] == '+' && plus_is_space ? ' ' : s[i];
    }
  }
  return out;
}

form parse_form(std::string_view body) {
  form out;
  body = trimmed(without_mark(body));
  while (!body.empty()) {
    auto const end = std::min(body.find('&'), body.size());
    auto const pair = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (pair.empty()) continue;
    auto const eq = std::min(pair.find('='), pair.size());
    out.emplace_back(percent_decoded(pair.substr(0, eq), true), eq < pair.size() ? percent_decoded(pair.substr(eq + 1), true) : std::string{});
    if (out.size() > 10000) break;
  }
  return out;
}

std::optional<std::string> base64_decoded(std::string_view s) {
  std::string clean;
  for (char c : s) {
    if (c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
    if (c == '-') c = '+';
    if (c == '_') c = '/';
    clean += c;
  }
  while (clean.ends_with('=')) clean.pop_back();
  if (clean.size() % 4 == 1) return std::nullopt;
  // Bits that the last sign has too many are passed over, as every mail program does.
  std::string out;
  unsigned bits = 0, have = 0;
  for (char const c : clean) {
    unsigned v = 0;
    if (detail::is_upper(c)) v = static_cast<unsigned>(c - 'A');
    else if (detail::is_lower(c)) v = static_cast<unsigned>(c - 'a') + 26;
    else if (detail::is_digit(c)) v = static_cast<unsigned>(c - '0') + 52;
    else if (c == '+') v = 62;
    else if (c == '/') v = 63;
    else return std::nullopt;
    bits = (bits << 6 | v) & 0xffffff;
    have += 6;
    if (have >= 8) {
      have -= 8;
      out += static_cast<char>(bits >> have & 0xff);
    }
  }
  return out;
}

result<parameters> parameters::read(std::string_view raw) {
  parameters p;
  std::string body{trimmed(without_mark(raw))};
  if (!body.empty() && body.front() != '{' && body.find('&') == body.npos && body.find('%') == body.npos) {
    auto const eq = body.find('=');
    bool const padding_only = eq == body.npos || body.find_first_not_of('=', eq) == body.npos;
    if (auto plain = padding_only ? base64_decoded(body) : std::nullopt; plain && plain->find_first_of("={") != plain->npos) body = *plain;
  }
  if (!body.empty() && body.front() == '{') {
    auto j = parse_json(body);
    if (!j) return j.error();
    for (auto const& [key, value] : j->items()) {
      if (value.is_array())
        for (auto const& x : value) p.entries_.emplace_back(key, text(&x));
      else p.entries_.emplace_back(key, text(&value));
    }
    p.object_ = *std::move(j);
    return p;
  }
  if (!body.empty() && (body.front() == '[' || body.front() == '<')) return refusal("weder Formular noch JSON-Objekt", "neither a form nor a JSON object");
  p.entries_ = parse_form(body);
  bool const any = std::any_of(p.entries_.begin(), p.entries_.end(), [](auto const& e) { return !e.second.empty(); });
  if (!any) return refusal("kein Formular: name=wert&…", "not a form: name=value&…", "den Rumpf der Anfrage unverändert übergeben", "hand the body of the request over as it came");
  return p;
}

std::string parameters::get(std::initializer_list<std::string_view> names) const {
  for (auto const wanted : names)
    for (auto const& [key, value] : entries_)
      if (!value.empty() && detail::lower(key) == detail::lower(wanted)) return value;
  return {};
}

std::vector<std::string> parameters::all(std::string_view wanted) const {
  std::vector<std::string> out;
  for (auto const& [key, value] : entries_)
    if (detail::lower(key) == detail::lower(wanted) && !value.empty()) out.push_back(value);
  return out;
}

bool parameters::has(std::string_view wanted) const {
  return std::any_of(entries_.begin(), entries_.end(), [&](auto const& e) { return detail::lower(e.first) == detail::lower(wanted); });
}

}  // namespace jawort::receive
