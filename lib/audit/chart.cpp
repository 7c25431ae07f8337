#include "chart.hpp"

#include <fmt/format.h>

#include <cmath>

namespace jawort::audit {
namespace {
constexpr double width = 420, height = 210, right = 8, top = 10, bottom = 26;
constexpr double plot_height = height - top - bottom;

/// The least of 1, 2, 5, 10, 20 … of which four reach `greatest`.
std::int64_t tick_step(std::int64_t greatest) {
  for (std::int64_t unit = 1;; unit *= 10)
    for (std::int64_t const k : {1, 2, 5})
      if (k * unit * 4 >= greatest) return k * unit;
}

std::int64_t greatest_of(chart const& c) {
  std::int64_t most = 1;
  for (std::size_t i = 0; i < c.labels.size(); ++i) {
    std::int64_t sum = 0;
    for (auto const& s : c.series) {
      sum += s.values[i];
      most = std::max(most, s.values[i]);
    }
    if (c.stacked) most = std::max(most, sum);
  }
  return most;
}

std::string value_text(std::int64_t v, tongue lang) { return number_text(static_cast<std::uint64_t>(std::max<std::int64_t>(v, 0)), lang); }

std::string described(chart const& c, tongue lang) {
  std::string out = c.what;
  for (auto const& s : c.series) {
    if (s.values.empty()) continue;
    if (c.categories) {
      for (std::size_t i = 0; i < c.labels.size(); ++i) out += " " + c.labels[i] + ": " + value_text(s.values[i], lang) + ".";
      continue;
    }
    out += fmt::format(" {}: {} {}, {} {}.", s.name, c.labels.front(), value_text(s.values.front(), lang), c.labels.back(), value_text(s.values.back(), lang));
  }
  return out;
}

std::string opened(chart const& c, std::string const& id, double h, tongue lang) {
  return fmt::format("<svg role=\"img\" viewBox=\"0 0 {:g} {:g}\" aria-labelledby=\"{}t {}d\"><title id=\"{}t\">{}</title><desc id=\"{}d\">{}</desc>", width, h, id, id, id, html_escape(c.title), id, html_escape(described(c, lang)));
}

std::string grid(std::int64_t step, std::int64_t most, double left, tongue lang) {
  std::string out;
  for (std::int64_t v = 0; v <= most; v += step) {
    double const y = top + plot_height * (1 - static_cast<double>(v) / static_cast<double>(most));
    out += fmt::format("<path class=\"grid\" d=\"M{:g} {:.1f}H{:g}\"/><text class=\"ax\" x=\"{:g}\" y=\"{:.1f}\" text-anchor=\"end\">{}</text>", left, y, width - right, left - 5, y + 3.5, value_text(v, lang));
  }
  return out;
}

std::string labels_below(chart const& c, double left, double slot) {
  std::string out;
  std::size_t const n = c.labels.size(), every = (n + 4) / 5;
  for (std::size_t i = 0; i < n; ++i) {
    // Every so many counted from the end, so that the last is always named.
    if ((n - 1 - i) % every != 0) continue;
    double const x = left + slot * (static_cast<double>(i) + 0.5);
    bool const first = x < left + 24, last = x > width - right - 24;
    out += fmt::format("<text class=\"ax\" x=\"{:.1f}\" y=\"{:g}\" text-anchor=\"{}\">{}</text>", first ? left : last ? width - right : x, height - 9, first ? "start" : last ? "end" : "middle", html_escape(c.labels[i]));
  }
  return out;
}

std::string bar(double x, double y, double w, double h, std::size_t series) {
  return h <= 0 ? std::string{} : fmt::format("<rect class=\"s{}\" x=\"{:.1f}\" y=\"{:.1f}\" width=\"{:.1f}\" height=\"{:.1f}\"/>", series % 8, x, y, std::max(w, 0.6), h);
}

std::string upright(chart const& c, std::string const& id, tongue lang) {
  std::int64_t const step = tick_step(greatest_of(c)), most = (greatest_of(c) + step - 1) / step * step;
  double const left = 12 + 6.6 * static_cast<double>(value_text(most, lang).size());  // room for the greatest number
  double const slot = (width - left - right) / static_cast<double>(c.labels.size()), inner = slot * 0.8;
  std::string out = opened(c, id, height, lang) + grid(step, most, left, lang);
  for (std::size_t i = 0; i < c.labels.size(); ++i) {
    double const x = left + slot * static_cast<double>(i) + slot * 0.1;
    double base = top + plot_height;
    for (std::size_t k = 0; k < c.series.size(); ++k) {
      double const h = plot_height * static_cast<double>(c.series[k].values[i]) / static_cast<double>(most);
      if (c.stacked) { base -= h; out += bar(x, base, inner, h, k); continue; }
      double const w = inner / static_cast<double>(c.series.size());
      out += bar(x + w * static_cast<double>(k), base - h, w, h, k);
    }
  }
  return out + labels_below(c, left, slot) + "</svg>";
}

/// One bar under each name.
std::string lying(chart const& c, std::string const& id, tongue lang) {
  constexpr double row = 34;
  double const most = static_cast<double>(greatest_of(c));
  std::string out = opened(c, id, row * static_cast<double>(c.labels.size()) + 4, lang);
  for (std::size_t i = 0; i < c.labels.size(); ++i) {
    double const y = row * static_cast<double>(i) + 4, w = (width - 2) * static_cast<double>(c.series[0].values[i]) / most;
    out += fmt::format("<text class=\"ax\" x=\"0\" y=\"{:g}\">{}: {}</text>", y + 12, html_escape(c.labels[i]), value_text(c.series[0].values[i], lang));
    out += bar(0, y + 16, w, 11, 0);
  }
  return out + "</svg>";
}
}  // namespace

std::string html_escape(std::string_view text) {
  std::string out;
  for (char const c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\'': out += "&#39;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string svg_of(chart const& c, std::string const& id, tongue lang) {
  std::string out = c.categories ? lying(c, id, lang) : upright(c, id, lang);
  if (c.series.size() < 2) return out;
  out += "<ul class=\"legend\">";
  for (std::size_t k = 0; k < c.series.size(); ++k) out += fmt::format("<li><span class=\"b{}\"></span>{}</li>", k % 8, html_escape(c.series[k].name));
  return out + "</ul>";
}

}  // namespace jawort::audit
