// The audit as lines for a terminal.
#include <fmt/format.h>

#include "document.hpp"

namespace jawort {
namespace {
using namespace audit;

std::size_t width(std::string_view s) {
  return static_cast<std::size_t>(std::count_if(s.begin(), s.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}
std::string padded(std::string const& s, std::size_t to, bool right) {
  std::string const space(to > width(s) ? to - width(s) : 0, ' ');
  return right ? space + s : s + space;
}

/// What entries stand behind numbers, listed at the end.
using behind_list = std::vector<std::pair<std::string, figure const*>>;

std::string lines_of(table const& t, behind_list& behind) {
  std::vector<std::size_t> widths;
  for (auto const& h : t.head) widths.push_back(width(h));
  for (auto const& row : t.rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width(row[i].text));
  auto const is_number = [&](std::size_t i) { return !t.rows.empty() && t.rows[0][i].number; };
  std::string out = "  " + t.caption + "\n    ";
  for (std::size_t i = 0; i < t.head.size(); ++i) out += padded(t.head[i], widths[i], is_number(i)) + "  ";
  out.erase(out.find_last_not_of(' ') + 1);
  out += "\n";
  for (auto const& row : t.rows) {
    std::string line = "    ";
    for (std::size_t i = 0; i < row.size(); ++i) {
      line += padded(row[i].text, widths[i], row[i].number) + "  ";
      if (row[i].behind != nullptr) behind.emplace_back(row[i].label, row[i].behind);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out + "\n";
}

/// Over time, a table; what a chart says of categories stands in a table beside it.
std::string lines_of(chart const& c, behind_list& behind) {
  if (c.categories) return {};
  table t{c.title, {""}, {}};
  for (auto const& s : c.series) t.head.push_back(s.name);
  for (std::size_t i = 0; i < c.labels.size(); ++i) {
    std::vector<cell> row{{c.labels[i], false, tone::plain, nullptr, {}, {}}};
    for (auto const& s : c.series) row.push_back({std::to_string(s.values[i]), true, tone::plain, nullptr, {}, {}});
    t.rows.push_back(std::move(row));
  }
  return lines_of(t, behind);
}

std::string lines_of(words const& w, behind_list&) {
  std::string out;
  for (std::size_t at = 0; at < w.text.size();) {
    auto const end = std::min(w.text.find('\n', at), w.text.size());
    out += "  " + inert_text(std::string_view{w.text}.substr(at, end - at)) + "\n";
    at = end + 1;
  }
  return w.verbatim ? out + "\n" : out;
}
}  // namespace

std::string audit_text(audit_report const& report, tongue lang) {
  document const d = write_document(report, lang);
  std::string out = d.title + "\n" + d.subtitle + "\n\n";
  behind_list behind;
  for (auto const& s : d.sections) {
    out += s.heading + "\n";
    for (auto const& block : s.blocks) out += std::visit([&](auto const& b) { return lines_of(b, behind); }, block);
    if (out.ends_with("\n\n")) continue;
    out += "\n";
  }
  out += lang == tongue::de ? "Einträge hinter den Zahlen\n" : "Entries behind the numbers\n";
  std::vector<std::string> said;
  for (auto const& [label, f] : behind) {
    auto const entries = f->entries();
    std::string line = fmt::format("  {}: {}", label, ranges_text(entries, 16));
    if (!f->complete() && !line.ends_with("…")) line += " …";
    if (std::find(said.begin(), said.end(), line) != said.end()) continue;
    out += line + "\n";
    said.push_back(std::move(line));
  }
  return out;
}

}  // namespace jawort
