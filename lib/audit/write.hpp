// lib/audit/write.hpp - the sections of an audit, each written by a function of its own. Internal.
#pragma once
#include "document.hpp"

namespace jawort::audit {

/// What the writers of sections share: the report, the language, and a document that owns the sums.
class writer {
 public:
  writer(audit_report const& r, tongue t, document& d) : report(r), found(r.found), lang(t), doc(d) {}

  audit_report const& report;
  findings const& found;
  tongue lang;
  document& doc;

  [[nodiscard]] std::string say(char const* de, char const* en) const { return lang == tongue::de ? de : en; }
  template <class T>
  [[nodiscard]] std::string name_of(T const& x) const { return audit::say(words_of(x), lang); }

  [[nodiscard]] cell text(std::string s, tone how = tone::plain) const { return {std::move(s), false, how, nullptr, {}, {}}; }
  /// A number with the entries behind it. `how` is its tone where it is not nought.
  [[nodiscard]] cell count(figure const& f, std::string label, tone how = tone::plain) const {
    return {number_text(f.count(), lang), true, f.count() == 0 ? tone::plain : how, f.count() == 0 ? nullptr : &f, std::move(label), {}};
  }
  [[nodiscard]] cell plain_count(std::uint64_t n) const { return {number_text(n, lang), true, tone::plain, nullptr, {}, {}}; }
  [[nodiscard]] cell share(std::uint64_t part, std::uint64_t all) const;
  [[nodiscard]] cell length(std::optional<std::int64_t> seconds) const { return {seconds ? length_text(*seconds, lang) : "–", true, tone::plain, nullptr, {}, {}}; }
  [[nodiscard]] std::string scope_text(scope_key const& s) const { return name_of(s.on) + " · " + std::string{s.about.text()}; }
  /// The same where all groups of a channel share a row.
  [[nodiscard]] std::string row_text(scope_key const& s) const { return s.about.is_group() ? name_of(s.on) + " · " + say("Gruppen", "groups") : scope_text(s); }
  /// Several figures as one.
  [[nodiscard]] figure const& sum(auto const&... f) const {
    figure all;
    (all.add(f, 200), ...);
    return *doc.sum(std::move(all));
  }
  [[nodiscard]] figure const& sum_of(std::vector<figure const*> const& parts) const {
    figure all;
    for (figure const* f : parts) all.add(*f, 200);
    return *doc.sum(std::move(all));
  }
  /// `withdrawn, objected` with the entries they rest on.
  [[nodiscard]] std::string reasons_text(std::vector<reason> const& all) const;
};

/// The buckets that a chart shows: months joined to quarters or years where there are many.
struct axis {
  std::vector<int> ends;               ///< last bucket of each label
  std::vector<std::string> labels;
};
[[nodiscard]] axis axis_of(findings const& f);

section summary(writer& w);
section ledger_state(writer& w);
section consents(writer& w);
section double_opt_in_section(writer& w);
section stops(writer& w);
section sends(writer& w);
section stale(writer& w);
section proofs(writer& w);
section notices(writer& w);
section rights(writer& w);
section retention(writer& w);
section groups(writer& w);
section duties(writer& w);
section limits(writer& w);

}  // namespace jawort::audit
