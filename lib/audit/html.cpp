// The audit as one page: no script, nothing loaded, for screens, phones and paper.
#include <fmt/format.h>

#include "chart.hpp"

namespace jawort {
namespace {
using namespace audit;

constexpr std::size_t most_rows = 200;      // of a table that is no list; a ledger may have thousands of purposes
constexpr std::size_t all_ranges = 9000;    // of entries, over the whole page

constexpr std::string_view style = R"css(
:root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--soft:#57606a;--line:#d0d7de;--head:#f3f5f8;--link:#0a4fa3;--good:#1a6b34;--careful:#7a4b00;--bad:#a8132e;
--c0:#0b5cad;--c1:#b3541e;--c2:#2f7d32;--c3:#7b3fa0;--c4:#8a6d00;--c5:#a3143c;--c6:#5a6b80;--c7:#00727d}
@media screen and (prefers-color-scheme:dark){:root{--bg:#14171b;--fg:#e4e8ed;--soft:#a3adb9;--line:#3a424c;--head:#20252b;--link:#8abfff;--good:#7fd491;--careful:#f0c05a;--bad:#ff9aa8;
--c0:#6cb2ff;--c1:#ff9d5c;--c2:#7fd487;--c3:#cba3ff;--c4:#e0c04a;--c5:#ff7f9f;--c6:#a9b8cc;--c7:#4fd0dc}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0 auto;padding:1rem;max-width:62rem;background:var(--bg);color:var(--fg);font:1rem/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif;overflow-wrap:anywhere}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0}
h2{font-size:1.25rem;margin:2.2rem 0 .6rem;padding-top:.6rem;border-top:2px solid var(--line)}
p{margin:.5rem 0;max-width:46rem}
a{color:var(--link)}
a:focus-visible,.scroll:focus-visible,summary:focus-visible{outline:3px solid var(--link);outline-offset:2px}
.sub{color:var(--soft)}
.skip{position:absolute;left:-9999px}
.skip:focus{position:static}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1rem;list-style:none;padding:0;margin:.6rem 0}
.scroll{overflow-x:auto;margin:.8rem 0 1.2rem}
table{border-collapse:collapse;font-size:.92rem;min-width:min(100%,22rem)}
caption{text-align:left;font-weight:600;padding:.2rem 0 .4rem}
th,td{padding:.32rem .6rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top;overflow-wrap:break-word}
tbody th:first-child{min-width:7rem}
thead th.n{white-space:normal}
thead th{background:var(--head);border-bottom:2px solid var(--line)}
tbody th{font-weight:400}
.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.id{white-space:nowrap;font-variant-numeric:tabular-nums}
.long{min-width:15rem}
.hash{overflow-wrap:anywhere;font-family:ui-monospace,"DejaVu Sans Mono",monospace;font-size:.85em}
.good{color:var(--good)}
.careful{color:var(--careful);font-weight:600}
.bad{color:var(--bad);font-weight:700}
.careful a,.bad a{color:inherit}
figure{margin:1rem 0 1.4rem;max-width:38rem}
figcaption{font-weight:600;margin-bottom:.3rem}
svg{display:block;width:100%;height:auto}
.ax{font-size:11px;fill:var(--fg)}
.grid{stroke:var(--line);stroke-width:1;fill:none}
.s0{fill:var(--c0)}.s1{fill:var(--c1)}.s2{fill:var(--c2)}.s3{fill:var(--c3)}.s4{fill:var(--c4)}.s5{fill:var(--c5)}.s6{fill:var(--c6)}.s7{fill:var(--c7)}
.legend{display:flex;flex-wrap:wrap;gap:.1rem 1rem;list-style:none;margin:.3rem 0;padding:0;font-size:.9rem}
.legend span{display:inline-block;width:.8em;height:.8em;margin-right:.4em}
.b0{background:var(--c0)}.b1{background:var(--c1)}.b2{background:var(--c2)}.b3{background:var(--c3)}.b4{background:var(--c4)}.b5{background:var(--c5)}.b6{background:var(--c6)}.b7{background:var(--c7)}
summary{cursor:pointer;color:var(--link);font-size:.9rem}
pre{background:var(--head);padding:.6rem;white-space:pre-wrap;overflow-wrap:anywhere;font-size:.82rem}
dl{font-size:.92rem}
dt{font-weight:600;margin-top:.6rem}
dd{margin:0;color:var(--soft);font-variant-numeric:tabular-nums}
:target{background:var(--head);outline:2px solid var(--link)}
@media (max-width:34rem){caption{max-width:calc(100vw - 2rem)}.ax{font-size:13px}}
@page{size:A4;margin:16mm 14mm}
@media print{body{max-width:none;padding:0;font-size:10pt}nav,.skip,summary{display:none}.scroll{overflow:visible}table{font-size:8.5pt;width:100%}th,td{padding:1.2mm 1.4mm}tbody th{min-width:26mm}
.long{min-width:0}thead{display:table-header-group}tr,figure,pre,dt{break-inside:avoid}h2,caption,figcaption,dt{break-after:avoid}a{color:inherit;text-decoration:none}
*{-webkit-print-color-adjust:exact;print-color-adjust:exact}}
)css";

class page {
 public:
  page(document const& d, audit_report const& r, tongue lang) : d_(d), r_(r), lang_(lang) {}

  std::string written() {
    std::string body;
    for (auto const& s : d_.sections) {
      body += fmt::format("<section aria-labelledby=\"h-{}\"><h2 id=\"h-{}\">{}</h2>\n", s.id, s.id, html_escape(s.heading));
      for (auto const& b : s.blocks) std::visit([&](auto const& x) { put(body, x); }, b);
      body += "</section>\n";
    }
    return head() + body + entries() + "</main>\n</body>\n</html>\n";
  }

 private:
  [[nodiscard]] std::string say(char const* de, char const* en) const { return lang_ == tongue::de ? de : en; }

  std::string head() const {
    std::string out = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<meta name=\"referrer\" content=\"no-referrer\">\n"
        "<title>{}</title>\n<style>{}</style>\n</head>\n<body>\n<a class=\"skip\" href=\"#content\">{}</a>\n<header>\n<h1>{}</h1>\n<p class=\"sub\">{}</p>\n</header>\n<nav aria-label=\"{}\"><ul>",
        lang_ == tongue::de ? "de" : "en", html_escape(d_.title), style, say("Zum Inhalt", "Skip to content"), html_escape(d_.title), html_escape(d_.subtitle), say("Abschnitte", "Sections"));
    for (auto const& s : d_.sections) out += fmt::format("<li><a href=\"#h-{}\">{}</a></li>", s.id, html_escape(s.heading));
    return out + fmt::format("<li><a href=\"#h-entries\">{}</a></li></ul></nav>\n<main id=\"content\">\n", say("Einträge", "Entries"));
  }

  /// Escaped, with what stands between grave accents as code.
  static std::string marked(std::string_view text) {
    std::string out;
    bool code = false;
    for (std::size_t at = 0; at <= text.size();) {
      auto const end = std::min(text.find('`', at), text.size());
      out += html_escape(text.substr(at, end - at));
      if (end < text.size()) { out += code ? "</code>" : "<code>"; code = !code; }
      at = end + 1;
    }
    return code ? html_escape(text) : out;
  }

  void put(std::string& out, words const& w) const {
    if (w.verbatim) out += "<pre>" + html_escape(w.text) + "</pre>\n";
    else out += fmt::format("<p{}>{}</p>\n", class_of(w.how, ""), marked(w.text));
  }

  void put(std::string& out, table const& t) {
    std::size_t const shown = t.rows.size() > 0 && t.rows[0][0].text.starts_with('#') ? t.rows.size() : std::min(t.rows.size(), most_rows);
    out += fmt::format("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"{0}\"><table><caption>{1}</caption>\n<thead><tr>", html_escape(t.caption), marked(t.caption));
    for (std::size_t i = 0; i < t.head.size(); ++i) out += fmt::format("<th scope=\"col\"{}>{}</th>", !t.rows.empty() && t.rows[0][i].number ? " class=\"n\"" : "", html_escape(t.head[i]));
    out += "</tr></thead>\n<tbody>\n";
    for (std::size_t r = 0; r < shown; ++r) {
      out += "<tr>";
      for (std::size_t i = 0; i < t.rows[r].size(); ++i) put(out, t.rows[r][i], i == 0);
      out += "</tr>\n";
    }
    out += "</tbody></table></div>\n";
    if (shown < t.rows.size()) out += fmt::format("<p class=\"careful\">{}</p>\n", fmt::format(fmt::runtime(say("… und {} weitere Zeilen; vollständig in der JSON-Ausgabe.", "… and {} more rows; all of them are in the JSON output.")), number_text(t.rows.size() - shown, lang_)));
  }

  void put(std::string& out, cell const& c, bool first) {
    bool const hash = c.text.size() > 28 && c.text.find_first_of(" ") == std::string::npos && c.text.find_first_not_of("abcdefghijklmnopqrstuvwxyz-") != std::string::npos;
    bool const entry = !c.text.empty() && c.text[0] == '#';
    char const* const shape = c.number ? "n" : entry ? "id" : hash ? "hash" : c.text.size() > 60 ? "long" : "";
    std::string text = marked(c.text);
    if (!c.link.empty()) text = fmt::format("<a href=\"#h-{}\">{}</a>", c.link, text);
    if (c.behind != nullptr) text = fmt::format("<a href=\"#{}\">{}</a>", anchor(c), text);
    out += first ? fmt::format("<th scope=\"row\"{}>{}</th>", class_of(c.how, shape), text) : fmt::format("<td{}>{}</td>", class_of(c.how, shape), text);
  }

  void put(std::string& out, chart const& c) {
    std::string const id = fmt::format("c{}", ++charts_);
    out += fmt::format("<figure><figcaption>{}</figcaption>{}", html_escape(c.title), svg_of(c, id, lang_));
    if (!c.categories) {
      table t{c.title, {say("Zeit", "Time")}, {}};
      for (auto const& s : c.series) t.head.push_back(s.name);
      for (std::size_t i = 0; i < c.labels.size(); ++i) {
        std::vector<cell> row{{c.labels[i], false, tone::plain, nullptr, {}, {}}};
        for (auto const& s : c.series) row.push_back({number_text(static_cast<std::uint64_t>(std::max<std::int64_t>(s.values[i], 0)), lang_), true, tone::plain, nullptr, {}, {}});
        t.rows.push_back(std::move(row));
      }
      out += "<details><summary>" + say("Als Tabelle", "As a table") + "</summary>";
      put(out, t);
      out += "</details>";
    }
    out += "</figure>\n";
  }

  static std::string class_of(tone how, std::string shape) {
    if (how != tone::plain) shape += (shape.empty() ? "" : " ") + std::string{how == tone::good ? "good" : how == tone::careful ? "careful" : "bad"};
    return shape.empty() ? shape : " class=\"" + shape + "\"";
  }

  /// The list of entries behind a number; one for each label and figure.
  std::string anchor(cell const& c) {
    for (std::size_t i = 0; i < behind_.size(); ++i)
      if (behind_[i].first == c.label && behind_[i].second->count() == c.behind->count() && behind_[i].second->entries() == c.behind->entries()) return fmt::format("e{}", i + 1);
    behind_.emplace_back(c.label, c.behind);
    return fmt::format("e{}", behind_.size());
  }

  std::string entries() const {
    std::string out = fmt::format("<section aria-labelledby=\"h-entries\"><h2 id=\"h-entries\">{}</h2>\n<p>{}</p>\n<dl>\n", say("Einträge hinter den Zahlen", "Entries behind the numbers"),
                                  say("Nummern im Hauptbuch. Wo mehr Einträge sind, als hier stehen, sind es die neuesten.", "Numbers in the ledger. Where there are more entries than stand here, these are the newest."));
    std::size_t const most = std::clamp<std::size_t>(all_ranges / std::max<std::size_t>(behind_.size(), 1), 6, 200);
    for (std::size_t i = 0; i < behind_.size(); ++i) {
      auto const& [label, f] = behind_[i];
      auto const kept = f->entries();
      std::vector<sequence> const newest(kept.size() > most ? kept.end() - static_cast<std::ptrdiff_t>(most) : kept.begin(), kept.end());
      bool const some = !f->complete() || newest.size() < kept.size();
      out += fmt::format("<dt id=\"e{}\">{} ({})</dt><dd>{}{}</dd>\n", i + 1, html_escape(label), number_text(f->count(), lang_), some ? "… " : "", ranges_text(newest, most));
    }
    return out + "</dl>\n<p class=\"sub\">" + html_escape(r_.origin) + " · jawort</p>\n</section>\n";
  }

  document const& d_;
  audit_report const& r_;
  tongue lang_;
  int charts_ = 0;
  std::vector<std::pair<std::string, figure const*>> behind_;
};
}  // namespace

std::string audit_html(audit_report const& report, tongue lang) {
  document const d = write_document(report, lang);
  return page{d, report, lang}.written();
}

}  // namespace jawort
