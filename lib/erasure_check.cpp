#include "erasure_check.hpp"

#include <algorithm>
#include <charconv>

namespace jawort {
namespace {

std::uint64_t big_endian(log::leaf_bytes const& leaf, std::size_t from, std::size_t bytes) {
  std::uint64_t out = 0;
  for (std::size_t k = from; k < from + bytes; ++k) out = out << 8 | leaf[k];
  return out;
}

/// "17.0,20.3"
std::optional<std::vector<std::pair<sequence, std::uint32_t>>> parse_gone(std::string_view text) {
  std::vector<std::pair<sequence, std::uint32_t>> out;
  while (!text.empty()) {
    auto const piece = text.substr(0, text.find(','));
    text.remove_prefix(std::min(text.size(), piece.size() + 1));
    std::pair<sequence, std::uint32_t> one{};
    auto const dot = piece.find('.');
    if (dot == piece.npos) return std::nullopt;
    auto const a = std::from_chars(piece.data(), piece.data() + dot, one.first);
    auto const b = std::from_chars(piece.data() + dot + 1, piece.data() + piece.size(), one.second);
    if (a.ec != std::errc{} || b.ec != std::errc{} || a.ptr != piece.data() + dot || b.ptr != piece.data() + piece.size()) return std::nullopt;
    out.push_back(one);
  }
  return out;
}

void extend(std::vector<sequence_range>& runs, sequence seq) {
  if (!runs.empty() && runs.back().second + 1 == seq) ++runs.back().second;
  else runs.emplace_back(seq, seq);
}

std::string number(sequence s) { return std::to_string(s); }
}  // namespace

bool erasure_check::take(stored_event const& s) {
  event const& e = s.e;
  if (e.who || is_ledger_kind(e.kind)) return false;
  if (e.kind != event_kind::erased) {
    compare(s);
    extend(stripped_, e.seq);
    return true;
  }
  // A leaf about a person whose row says `erased` and names nobody is a stripped one too.
  if ((s.leaf[5] & log::flag_subject) != 0) {
    compare(s);
    extend(stripped_, e.seq);
    return true;
  }
  auto covers = parse_ranges(e.proof.get("covers"));
  auto gone = parse_gone(e.proof.get("gone"));
  if (!covers || !gone || (!covers->empty() && covers->back().second >= e.seq)) {
    problem_(e.seq, "erased", "der Eintrag einer Löschung nennt nicht, was er abdeckt", "the entry of an erasure does not say what it covers");
    return false;
  }
  claims_[e.seq] = {*std::move(covers), std::string{e.proof.get("tombstones")}, std::string{e.proof.get("sealed")}};
  for (auto const& g : *gone) {
    auto const of = claims_.find(g.first);
    if (of == claims_.end() || of->second.sealed.empty())
      problem_(e.seq, "erased", "nennt ein Päckchen, das es nie gab", "names a box that never was");
    gone_.insert(g);
  }
  return false;
}

void erasure_check::compare(stored_event const& s) {
  event const& e = s.e;
  bool const kept = big_endian(s.leaf, 4, 1) == static_cast<std::uint64_t>(e.kind) && big_endian(s.leaf, 6, 2) == s.purpose_code &&
                    big_endian(s.leaf, 8, 8) * 60000 == static_cast<std::uint64_t>(e.occurred_at.ms()) && e.recorded_at == e.occurred_at &&
                    e.notice <= i_.notices.size() && std::equal(s.leaf.begin() + 96, s.leaf.begin() + 128, i_.digest_of(e.notice).begin());
  bool const bare = !e.on && e.via.empty() && !e.other && e.source.empty() && e.operator_name.empty() && e.proof.empty();
  if (!kept) problem_(e.seq, "row", "was von der gelöschten Zeile blieb, ist nicht, was ihr Blatt sagt", "what is left of the erased row is not what its leaf says");
  if (!bare) problem_(e.seq, "row", "in der gelöschten Zeile steht wieder etwas", "something stands in the erased row again");
}

void erasure_check::finish() {
  check_coverage();
  check_tombstones();
  check_boxes();
}

/// Runs of rows without a person against the ranges that entries cover: both ways.
void erasure_check::check_coverage() {
  std::vector<sequence_range> covered;
  for (auto const& [seq, c] : claims_) covered.insert(covered.end(), c.covers.begin(), c.covers.end());
  std::sort(covered.begin(), covered.end());
  auto const outside = [](std::vector<sequence_range> const& what, std::vector<sequence_range> const& of, auto&& each) {
    std::size_t k = 0;
    for (auto const& [first, last] : what)
      for (sequence at = first; at <= last; ++at) {
        while (k < of.size() && of[k].second < at) ++k;
        if (k == of.size() || of[k].first > at) each(at);
        else at = std::min(last, of[k].second);
      }
  };
  outside(stripped_, covered, [&](sequence at) {
    problem_(at, "row", "die Angaben zur Person fehlen, und kein Löscheintrag deckt das", "the personal columns are missing, and no erasure covers that");
  });
  outside(covered, stripped_, [&](sequence at) {
    problem_(at, "erased", "ein Löscheintrag nennt diese Zeile, und sie ist nicht gelöscht", "an erasure covers this row, and it is not erased");
  });
}

void erasure_check::check_tombstones() {
  std::map<sequence, std::vector<stored_tombstone>> of;
  i_.db->scan_tombstones([&](stored_tombstone const& t) { of[t.seq].push_back(t); });
  for (auto const& [seq, c] : claims_)
    if (tombstones_digest(i_.hash, of[seq]) != c.tombstones)
      problem_(seq, "tombstone", "die Grabsteine der Löschung #" + number(seq) + " sind nicht mehr dieselben; ein Import könnte Gelöschte wiederbeleben",
               "the tombstones of the erasure #" + number(seq) + " are not the same any more; an import could revive erased people");
  for (auto const& [seq, all] : of)
    if (!claims_.contains(seq)) problem_(seq, "tombstone", "ein Grabstein gehört zu keiner Löschung", "a tombstone belongs to no erasure");
}

void erasure_check::check_boxes() {
  std::map<sequence, std::vector<stored_box>> of;
  std::size_t tags = 0;
  i_.db->scan_boxes([&](stored_box const& b) {
    tags += b.tags.size();
    bool const gone = gone_.contains({b.seq, b.person});
    if (b.body.empty()) {
      if (!gone || !b.tags.empty() || b.until != instant::earliest()) problem_(b.seq, "box", "ein versiegeltes Päckchen fehlt, und keine Löschung deckt das", "a sealed box is missing, and no erasure covers that");
    } else if (gone) {
      problem_(b.seq, "box", "ein endgültig gelöschtes Päckchen ist wieder da", "a box that went for good is there again");
    } else if (box_digest(i_.hash, b) != b.digest || !open_sealed(i_.keys.lasting("box"), box_binding(b.seq, b.person, b.until), b.body)) {
      problem_(b.seq, "box", "ein versiegeltes Päckchen ist nicht mehr, was versiegelt wurde", "a sealed box is not what was sealed");
    }
    of[b.seq].push_back({b.seq, b.person, b.until, b.digest, {}, {}});
  });
  if (tags != i_.db->box_tags()) problem_({}, "box", "ein Suchmerkmal gehört zu keinem Päckchen", "a look-up tag belongs to no box");
  for (auto const& [seq, c] : claims_) {
    auto const at = of.find(seq);
    bool const same = c.sealed.empty() ? at == of.end() : at != of.end() && boxes_digest(i_.hash, at->second) == c.sealed;
    if (!same) problem_(seq, "box", "die versiegelten Päckchen der Löschung #" + number(seq) + " sind nicht mehr dieselben", "the sealed boxes of the erasure #" + number(seq) + " are not the same any more");
  }
  for (auto const& [seq, all] : of)
    if (!claims_.contains(seq)) problem_(seq, "box", "ein versiegeltes Päckchen gehört zu keiner Löschung", "a sealed box belongs to no erasure");
}

}  // namespace jawort
