// lib/audit/chart.hpp - a chart as inline SVG, with a title, a description and a legend. Internal.
#pragma once
#include "document.hpp"

namespace jawort::audit {

[[nodiscard]] std::string html_escape(std::string_view text);
/// `id` is unique on the page.
[[nodiscard]] std::string svg_of(chart const& c, std::string const& id, tongue lang);

}  // namespace jawort::audit
