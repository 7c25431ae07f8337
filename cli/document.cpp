#include "document.hpp"

#include <algorithm>

#include "terminal.hpp"

namespace jawort::cli {
namespace {

std::size_t characters(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// Each line inert by itself, so that the writer's own line breaks stay.
template <class Each>
void each_line(std::string_view text, Each&& each) {
  while (true) {
    auto const end = text.find('\n');
    auto line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    each(inert(line));
    if (end == std::string_view::npos) return;
    text.remove_prefix(end + 1);
  }
}

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--ink:#1b1b1f;--paper:#fff;--faint:#5a5a64;--line:#c9c9d2;--quote:#f4f4f7}
@media (prefers-color-scheme:dark){:root{--ink:#ececf1;--paper:#17171b;--faint:#a9a9b6;--line:#44444f;--quote:#222228}}
*{box-sizing:border-box}
body{font:1rem/1.5 system-ui,sans-serif;color:var(--ink);background:var(--paper);max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem;overflow-wrap:anywhere;hyphens:auto}
h1{font-size:1.6rem;line-height:1.25}h2{font-size:1.2rem;margin:2.2rem 0 .6rem;border-bottom:1px solid var(--line);padding-bottom:.2rem}
dl{display:grid;grid-template-columns:minmax(8rem,14rem) 1fr;gap:.3rem 1rem;margin:.6rem 0}dt{color:var(--faint)}dd{margin:0;white-space:pre-line}
blockquote{margin:.6rem 0;padding:.7rem 1rem;background:var(--quote);border-left:3px solid var(--line);white-space:pre-line}
table.fixed{table-layout:fixed}table{border-collapse:collapse;width:100%;margin:.6rem 0}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem .35rem 0;border-bottom:1px solid var(--line);white-space:pre-line}td:not(:last-child),th:not(:last-child){padding-right:1rem}
th{color:var(--faint);font-weight:600}
@media (max-width:40rem){dl{grid-template-columns:1fr;gap:0}dd{margin:0 0 .5rem}
table,tbody,tr,td{display:block;width:auto}thead,colgroup{display:none}tr{border-bottom:1px solid var(--line);padding:.5rem 0}td{border:0;padding:.1rem 0}td:empty{display:none}td::before{content:attr(data-name);display:block;color:var(--faint);font-size:.85rem}}
@media print{@page{size:A4;margin:18mm}body{max-width:none;padding:0;font-size:10pt}h2{break-after:avoid}tr{break-inside:avoid}thead{display:table-header-group}}
)css";

void html_table(std::string& out, document::table const& t) {
  // The roles keep it a table where a narrow screen shows the cells one below the other.
  out += t.widths.empty() ? "<table role=\"table\">" : "<table role=\"table\" class=\"fixed\"><colgroup>";
  for (int const w : t.widths) out += "<col style=\"width:" + std::to_string(w) + "%\">";
  out += t.widths.empty() ? "<thead><tr role=\"row\">" : "</colgroup><thead><tr role=\"row\">";
  for (auto const& h : t.head) out += "<th scope=\"col\" role=\"columnheader\">" + html_text(h) + "</th>";
  out += "</tr></thead><tbody>\n";
  for (auto const& row : t.rows) {
    out += "<tr role=\"row\">";
    for (std::size_t k = 0; k < row.size(); ++k) out += "<td role=\"cell\" data-name=\"" + html_text(t.head[k]) + "\">" + html_text(row[k]) + "</td>";
    out += "</tr>\n";
  }
  out += "</tbody></table>\n";
}

/// The first cells on one line, each further one that says something below it with its name.
void text_table(std::string& out, document::table const& t, std::size_t width) {
  std::size_t longest = 0;
  for (auto const& h : t.head) longest = std::max(longest, characters(h));
  for (auto const& row : t.rows) {
    if (&row != &t.rows.front()) out += "\n";
    for (std::size_t k = 0; k < row.size(); ++k) {
      if (row[k].empty()) continue;
      std::string const name = t.head[k] + std::string(longest - characters(t.head[k]) + 2, ' ');
      std::string const indent(longest + 4, ' ');
      std::string cell = wrapped(row[k], indent, width);
      out += (k == 0 ? "• " : "  ") + name + cell.substr(indent.size());
    }
  }
}
}  // namespace

void document::facts(std::vector<fact> all) {
  std::erase_if(all, [](fact const& f) { return f.value.empty(); });
  if (!all.empty()) blocks.push_back({{}, {}, {}, std::move(all), {}});
}

std::string html_text(std::string_view text) {
  std::string out;
  bool first = true;
  each_line(text, [&](std::string const& line) {
    if (!first) out += "\n";
    first = false;
    for (char const c : line) {
      switch (c) {
        case '&': out += "&amp;"; break;
        case '<': out += "&lt;"; break;
        case '>': out += "&gt;"; break;
        case '"': out += "&quot;"; break;
        case '\'': out += "&#39;"; break;
        default: out += c;
      }
    }
  });
  return out;
}

std::string wrapped(std::string_view text, std::string_view indent, std::size_t width) {
  std::string out;
  each_line(text, [&](std::string const& line) {
    std::string now{indent};
    std::size_t used = 0;
    std::string_view rest = line;
    while (!rest.empty()) {
      auto const space = rest.find(' ');
      auto const word = rest.substr(0, space);
      rest.remove_prefix(space == std::string_view::npos ? rest.size() : space + 1);
      if (word.empty()) continue;
      auto const n = characters(word);
      if (used != 0 && characters(indent) + used + 1 + n > width) {
        out += now + "\n";
        now = std::string{indent};
        used = 0;
      }
      now += (used == 0 ? "" : " ") + std::string{word};
      used += n + (used == 0 ? 0 : 1);
    }
    out += now + "\n";
  });
  return out;
}

std::string to_html(document const& d) {
  std::string out = "<!DOCTYPE html>\n<html lang=\"" + html_text(d.language) + "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>" +
                    html_text(d.title) + "</title>\n<style>" + std::string{style} + "</style>\n</head>\n<body>\n<main>\n<h1>" + html_text(d.title) + "</h1>\n";
  for (auto const& b : d.blocks) {
    if (!b.heading.empty()) out += "<h2>" + html_text(b.heading) + "</h2>\n";
    if (!b.paragraph.empty()) out += "<p>" + html_text(b.paragraph) + "</p>\n";
    if (!b.quote.empty()) out += "<blockquote>" + html_text(b.quote) + "</blockquote>\n";
    if (!b.facts.empty()) {
      out += "<dl>\n";
      for (auto const& f : b.facts) out += "<dt>" + html_text(f.name) + "</dt><dd>" + html_text(f.value) + "</dd>\n";
      out += "</dl>\n";
    }
    if (!b.grid.rows.empty()) html_table(out, b.grid);
  }
  return out + "</main>\n</body>\n</html>\n";
}

std::string to_text(document const& d, std::size_t width) {
  std::string out = inert(d.title) + "\n" + std::string(characters(inert(d.title)), '=') + "\n";
  for (auto const& b : d.blocks) {
    if (!b.heading.empty()) out += "\n" + inert(b.heading) + "\n" + std::string(characters(inert(b.heading)), '-') + "\n";
    if (!b.paragraph.empty()) out += wrapped(b.paragraph, "", width);
    if (!b.quote.empty()) out += wrapped(b.quote, "  | ", width);
    std::size_t longest = 0;
    for (auto const& f : b.facts) longest = std::max(longest, characters(f.name));
    for (auto const& f : b.facts) {
      std::string const indent(longest + 4, ' ');
      out += "  " + f.name + std::string(longest - characters(f.name) + 2, ' ') + wrapped(f.value, indent, width).substr(indent.size());
    }
    if (!b.grid.rows.empty()) text_table(out, b.grid, width);
  }
  return out;
}

}  // namespace jawort::cli
