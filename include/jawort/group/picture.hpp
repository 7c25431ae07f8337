// jawort/group/picture.hpp - a group as a picture (SVG): who would be shown to whom.
//
// Up to sixteen members stand in a circle with lines between them: green where both have each other's numbers, red arrows
// from whose number to whom it would be shown. More of them make a table: a row for whose number, a column for who sees it,
// red where nobody agreed to that. Members stand by the groups into which `split` parts them, so that families and travel
// parties are blocks along the diagonal; who is in the smallest set to leave out is marked.
//
//   std::string const svg = draw_group(facts, answer, {"Kreta 2026", {"Anna", "…0002"}}, tongue::de);
//
// Pure; labels are escaped, and control characters left out. At 1,024 members a few megabytes.
#pragma once
#include <fmt/format.h>

#include <cmath>
#include <string>
#include <string_view>
#include <vector>

#include "../group.hpp"
#include "../rule.hpp"

namespace jawort::group {

struct picture_labels {
  std::string title;
  std::vector<std::string> members;   ///< one for each, short
};

namespace detail {

[[nodiscard]] inline std::string xml(std::string_view text) {
  std::string out;
  for (char const c : text) {
    if (c == '&') out += "&amp;";
    else if (c == '<') out += "&lt;";
    else if (c == '>') out += "&gt;";
    else if (c == '"') out += "&quot;";
    else if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
  }
  return out;
}

/// Length in letters, as far as UTF-8 tells: bytes that continue a letter are not counted.
[[nodiscard]] inline std::size_t letters(std::string_view text) {
  std::size_t n = 0;
  for (char const c : text) n += (static_cast<unsigned char>(c) & 0xc0U) != 0x80U ? 1U : 0U;
  return n;
}
[[nodiscard]] inline std::string shortened(std::string_view text, std::size_t most) {
  if (letters(text) <= most) return std::string{text};
  std::string out;
  std::size_t n = 0;
  for (char const c : text) {
    if ((static_cast<unsigned char>(c) & 0xc0U) != 0x80U && ++n == most) break;
    out += c;
  }
  return out + "…";
}

class drawing {
 public:
  drawing(group_facts const& facts, group_answer const& answer, picture_labels const& labels, tongue in)
      : facts_(facts), answer_(answer), labels_(labels), in_(in), left_out_(facts.size()) {
    for (auto const& part : answer.split.groups) order_.insert(order_.end(), part.begin(), part.end());
    for (member const m : answer.cover.leave_out) left_out_.set(m);
  }

  [[nodiscard]] std::string run() { return facts_.size() <= 16 ? circle() : table(); }

 private:
  static constexpr char const* red = "#c62828";
  static constexpr char const* green = "#2e7d32";
  static constexpr char const* pale = "#e3efe4";
  static constexpr char const* amber = "#ef6c00";
  static constexpr char const* ink = "#1f2933";
  static constexpr char const* grey = "#52606d";

  [[nodiscard]] char const* say(char const* de, char const* en) const { return in_ == tongue::de ? de : en; }
  [[nodiscard]] std::string label(member m, std::size_t most) const {
    return m < labels_.members.size() ? xml(shortened(labels_.members[m], most)) : std::string{};
  }

  void open(double width, double height) {
    out_ = fmt::format("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{0:.0f}\" height=\"{1:.0f}\" viewBox=\"0 0 {0:.0f} {1:.0f}\" "
                       "font-family=\"DejaVu Sans, Verdana, Arial, sans-serif\" fill=\"{2}\">\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n",
                       width, height, ink);
  }
  void text(double x, double y, double size, std::string_view what, char const* more = "") {
    out_ += fmt::format("<text x=\"{:.1f}\" y=\"{:.1f}\" font-size=\"{:.1f}\"{}>{}</text>\n", x, y, size, more, what);
  }
  /// Title, and what was found, above every picture.
  void heading(double size) {
    auto const& e = answer_.exposed;
    text(24, 18 + size, size, xml(labels_.title), " font-weight=\"bold\"");
    text(24, 30 + 1.9 * size, size * 0.7,
         fmt::format(fmt::runtime(say("{} Mitglieder · {} Offenlegungen an Fremde · weglassen: {} · Gruppen ohne Fremde: {}",
                                      "{} members · {} disclosures to strangers · leave out: {} · groups without strangers: {}")),
                     e.size(), e.disclosures(), answer_.cover.leave_out.size(), answer_.split.groups.size()),
         fmt::format(" fill=\"{}\"", grey).c_str());
  }

  // --- up to sixteen: a circle ---------------------------------------------------------------------------------------

  struct point { double x, y; };

  [[nodiscard]] std::string circle() {
    constexpr double width = 860, height = 830, cx = 430, cy = 420, radius = 245, dot = 22;
    open(width, height);
    out_ += fmt::format("<defs><marker id=\"shown\" viewBox=\"0 0 10 10\" refX=\"9\" refY=\"5\" markerWidth=\"11\" markerHeight=\"11\" markerUnits=\"userSpaceOnUse\" "
                        "orient=\"auto-start-reverse\"><path d=\"M0 0L10 5L0 10z\" fill=\"{}\"/></marker></defs>\n", red);
    heading(20);
    std::vector<point> at(facts_.size());
    for (std::size_t k = 0; k < order_.size(); ++k) {
      double const angle = -1.5707963 + 6.2831853 * static_cast<double>(k) / static_cast<double>(order_.size());
      at[order_[k]] = {cx + radius * std::cos(angle), cy + radius * std::sin(angle)};
    }
    for (member a = 0; a < facts_.size(); ++a)
      for (member b = a + 1; b < facts_.size(); ++b) line(a, b, at[a], at[b], dot);
    for (std::size_t k = 0; k < order_.size(); ++k) node(order_[k], at[order_[k]], {cx, cy}, dot);
    double const y = height - 62;
    legend_line(24, y, green, "", say("haben einander die Nummer", "have each other's numbers"));
    legend_line(300, y, red, " marker-end=\"url(#shown)\"", say("Nummer wird gezeigt, ohne Zustimmung", "number is shown without agreement"));
    legend_dot(24, y + 32, pale, green, say("hat zugestimmt oder ist niemandem fremd", "has agreed, or is a stranger to nobody"));
    legend_dot(392, y + 32, "#ffffff", red, say("fragen", "ask"));
    legend_dot(500, y + 32, "#fff3e0", amber, say("in der kleinsten Menge zum Weglassen", "in the smallest set to leave out"));
    return out_ + "</svg>\n";
  }

  void line(member a, member b, point p, point q, double dot) {
    bool const ab = answer_.exposed.of_to(a, b), ba = answer_.exposed.of_to(b, a);
    bool const both_know = facts_.knows.has(a, b) && facts_.knows.has(b, a);
    if (!ab && !ba && !both_know) return;
    double const length = std::hypot(q.x - p.x, q.y - p.y), gap = dot + 3;
    double const dx = (q.x - p.x) / length * gap, dy = (q.y - p.y) / length * gap;
    bool const shown = ab || ba;
    out_ += fmt::format("<line x1=\"{:.1f}\" y1=\"{:.1f}\" x2=\"{:.1f}\" y2=\"{:.1f}\" stroke=\"{}\" stroke-width=\"{}\"{}{}/>\n", p.x + dx, p.y + dy, q.x - dx, q.y - dy,
                        shown ? red : green, shown ? "1.6" : "4", ab ? " marker-end=\"url(#shown)\"" : "", ba ? " marker-start=\"url(#shown)\"" : "");
  }

  void node(member m, point p, point centre, double dot) {
    bool const asked = answer_.exposed.shown_to(m) != 0;
    char const* const edge = left_out_.has(m) ? amber : asked ? red : green;
    out_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"{:.1f}\" fill=\"{}\" stroke=\"{}\" stroke-width=\"3\"/>\n", p.x, p.y, dot,
                        left_out_.has(m) ? "#fff3e0" : asked ? "#ffffff" : pale, edge);
    text(p.x, p.y + 6, 16, std::to_string(m + 1), " text-anchor=\"middle\" font-weight=\"bold\"");
    bool const right = p.x > centre.x + 20, left = p.x < centre.x - 20;
    double const x = right ? p.x + dot + 10 : left ? p.x - dot - 10 : p.x;
    double const y = right || left ? p.y : p.y < centre.y ? p.y - dot - 24 : p.y + dot + 20;
    std::string const anchor = fmt::format(" text-anchor=\"{}\"", right ? "start" : left ? "end" : "middle");
    text(x, y, 15, label(m, 16), anchor.c_str());
    auto const n = answer_.exposed.shown_to(m);
    std::string const below = n == 0 ? "" : fmt::format(fmt::runtime(say("sichtbar für {}{}", "shown to {}{}")), n, facts_.open_profile.has(m) ? say(" + Profil", " + profile") : "");
    if (!below.empty()) text(x, y + 17, 12, below, fmt::format("{} fill=\"{}\"", anchor, red).c_str());
  }

  void legend_line(double x, double y, char const* colour, char const* end, char const* what) {
    out_ += fmt::format("<line x1=\"{0:.1f}\" y1=\"{1:.1f}\" x2=\"{2:.1f}\" y2=\"{1:.1f}\" stroke=\"{3}\" stroke-width=\"{4}\"{5}/>\n", x, y, x + 44, colour, *end == '\0' ? 4 : 2, end);
    text(x + 54, y + 5, 14, what);
  }
  void legend_dot(double x, double y, char const* fill, char const* edge, char const* what) {
    out_ += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"9\" fill=\"{}\" stroke=\"{}\" stroke-width=\"3\"/>\n", x + 10, y, fill, edge);
    text(x + 28, y + 5, 14, what);
  }

  // --- more: a table -------------------------------------------------------------------------------------------------

  [[nodiscard]] std::string table() {
    std::size_t const n = facts_.size();
    double const cell = n <= 40 ? 20 : n <= 100 ? 14 : n <= 300 ? 10 : 3;
    bool const labelled = cell >= 10;
    double const font = cell * 0.8, type = n <= 40 ? 20 : n <= 100 ? 24 : 36;
    std::size_t longest = 4;
    for (auto const& l : labels_.members) longest = std::max(longest, std::min<std::size_t>(letters(l), 16));
    double const side = labelled ? static_cast<double>(longest + 5) * font * 0.66 + 12 : 60;
    double const left = 24 + side, top = 50 + 3.4 * type + side, edge = cell * static_cast<double>(n);
    double const right = labelled ? 6 * font : 0;
    open(std::max(left + edge + right + 24, 760.0), top + edge + 8 * type);
    heading(type);
    text(left, top - side - 8, type * 0.6, say("Spalte: wer die Nummer sähe →", "column: who would see the number →"), fmt::format(" fill=\"{}\"", grey).c_str());
    text(0, 0, type * 0.6, say("← Zeile: wessen Nummer", "← row: whose number"),
         fmt::format(" fill=\"{}\" text-anchor=\"end\" transform=\"translate({:.1f},{:.1f}) rotate(-90)\"", grey, 18.0 + type * 0.2, top).c_str());
    out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\"/>\n", left, top, edge, edge, "#f4f6f8");
    cells(left, top, cell, pale, [&](member of, member to) { return of != to && !answer_.exposed.of_to(of, to); });
    cells(left, top, cell, red, [&](member of, member to) { return answer_.exposed.of_to(of, to); });
    cells(left, top, cell, "#9aa5b1", [](member of, member to) { return of == to; });
    grid(left, top, cell, edge);
    if (labelled) rows(left, top, cell, font, edge);
    table_legend(left, top + edge + 1.6 * type, type * 0.7);
    return out_ + "</svg>\n";
  }

  /// Runs of one colour as one path: a row is a line as thick as a cell.
  void cells(double left, double top, double cell, char const* colour, auto&& is) {
    std::string path;
    for (std::size_t r = 0; r < order_.size(); ++r)
      for (std::size_t c = 0; c < order_.size();) {
        if (!is(order_[r], order_[c])) { ++c; continue; }
        std::size_t end = c;
        while (end < order_.size() && is(order_[r], order_[end])) ++end;
        path += fmt::format("M{:.0f} {:.1f}h{:.0f}", left + cell * static_cast<double>(c), top + cell * (static_cast<double>(r) + 0.5), cell * static_cast<double>(end - c));
        c = end;
      }
    if (!path.empty()) out_ += fmt::format("<path d=\"{}\" stroke=\"{}\" stroke-width=\"{:.1f}\" fill=\"none\"/>\n", path, colour, cell);
  }

  /// Fine lines between cells, strong ones between the groups of the split.
  void grid(double left, double top, double cell, double edge) {
    std::string fine, strong;
    auto const both = [&](std::string& path, std::size_t k) {
      double const at = cell * static_cast<double>(k);
      path += fmt::format("M{:.1f} {:.1f}v{:.1f}M{:.1f} {:.1f}h{:.1f}", left + at, top, edge, left, top + at, edge);
    };
    if (cell >= 10)
      for (std::size_t k = 1; k < order_.size(); ++k) both(fine, k);
    std::size_t k = 0;
    bool const few = answer_.split.groups.size() * 3 < order_.size() * 2;  // groups of one each part nothing
    for (auto const& part : answer_.split.groups)
      if (k += part.size(); few && k < order_.size()) both(strong, k);
    if (!fine.empty()) out_ += fmt::format("<path d=\"{}\" stroke=\"#ffffff\" stroke-width=\"{}\" fill=\"none\"/>\n", fine, cell >= 14 ? "1.5" : "1");
    if (!strong.empty()) out_ += fmt::format("<path d=\"{}\" stroke=\"{}\" stroke-width=\"{}\" fill=\"none\"/>\n", strong, ink, cell >= 10 ? "1.4" : "0.6");
    out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"none\" stroke=\"{}\" stroke-width=\"2\"/>\n", left, top, edge, edge, ink);
  }

  void rows(double left, double top, double cell, double font, double edge) {
    for (std::size_t k = 0; k < order_.size(); ++k) {
      member const m = order_[k];
      double const middle = cell * (static_cast<double>(k) + 0.5) + font * 0.36;
      bool const out = left_out_.has(m);
      std::string const style = fmt::format(" fill=\"{}\"{}", out ? amber : ink, out ? " font-weight=\"bold\"" : "");
      std::string const what = fmt::format("{} {}", m + 1, label(m, 16));
      text(left - 6, top + middle, font, what, (style + " text-anchor=\"end\"").c_str());
      text(0, 0, font, what, fmt::format("{} transform=\"translate({:.1f},{:.1f}) rotate(-90)\"", style, left + middle, top - 6).c_str());
      if (auto const n = answer_.exposed.shown_to(m); n != 0)
        text(left + edge + 6, top + middle, font, fmt::format("{}{}", n, facts_.open_profile.has(m) ? " +P" : ""), fmt::format(" fill=\"{}\"", red).c_str());
    }
  }

  void table_legend(double left, double y, double size) {
    auto const box = [&](char const* colour, char const* what) {
      out_ += fmt::format("<rect x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\" fill=\"{}\" stroke=\"{}\"/>\n", left, y - size * 0.85, size, size, colour, grey);
      text(left + 1.6 * size, y, size, what);
      y += 1.6 * size;
    };
    box(red, say("Nummer würde einem Fremden gezeigt, ohne Zustimmung", "number would be shown to a stranger without agreement"));
    box(pale, say("hat die Nummer schon, oder sie wird mit Zustimmung gezeigt", "has the number already, or it is shown with agreement"));
    text(left, y, size, say("fett und orange: in der kleinsten Menge zum Weglassen", "bold and orange: in the smallest set to leave out"), fmt::format(" fill=\"{}\" font-weight=\"bold\"", amber).c_str());
    text(left, y + 1.6 * size, size, say("rechts: wie vielen die Nummer gezeigt würde (+P: mit Profil) · Kästen: Gruppen ohne Fremde", "at the right: to how many the number would be shown (+P: with profile) · boxes: groups without strangers"));
  }

  group_facts const& facts_;
  group_answer const& answer_;
  picture_labels const& labels_;
  tongue in_;
  bit_set left_out_;
  std::vector<member> order_;
  std::string out_;
};
}  // namespace detail

[[nodiscard]] inline std::string draw_group(group_facts const& facts, group_answer const& answer, picture_labels const& labels, tongue in) {
  return detail::drawing{facts, answer, labels, in}.run();
}

}  // namespace jawort::group
