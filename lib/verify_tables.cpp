// verify: every table beside the entries is compared with what the entries say.
#include "verification.hpp"

namespace jawort {
namespace {
std::string shown(bool value) { return value ? "true" : "false"; }
}  // namespace

/// The subtrees that are kept so that proofs are quick follow from the leaves.
void verification::check_nodes() {
  if (!whole_) return;  // the leaves that they come from are not all there
  check_kept_nodes(*i_.db, i_.hash, first_seq_, tree_.size(), tree_.root(i_.hash), [&](bilingual text) { report_.problems.push_back({{}, "node", std::move(text)}); });
}

/// Pages, indexes and the tables themselves. An index that does not match its table would answer otherwise than it.
void verification::check_file() {
  for (auto const& flaw : i_.db->file_flaws()) problem({}, "file", "die Datei ist beschädigt: " + flaw, "the file is damaged: " + flaw);
}

void verification::check_head() {
  auto const head = i_.db->head();
  if (whole_ && head.tree != tree_) problem({}, "tree", "der gespeicherte Baumkopf passt nicht zu den Einträgen", "the stored tree head does not match the entries");
  if (head.first_seq != first_seq_ || head.restores + 1 != number_)
    problem({}, "tree", "der gespeicherte Anfang des Protokolls passt nicht zu den Einträgen", "the stored beginning of the log does not match the entries");
  if (head.last_recorded != last_recorded_)
    problem({}, "clock", "die gespeicherte letzte Zeit ist nicht die des letzten Eintrags", "the stored last time is not that of the last entry");
}

void verification::check_meta() {
  auto const expect = [&](char const* key, std::string const& found, std::string_view wanted) {
    if (found != wanted) problem({}, "meta", "die Angabe '" + std::string{key} + "' ist nicht die des ersten Eintrags", "the setting '" + std::string{key} + "' is not that of the first entry");
  };
  if (i_.announced_epoch() != announced_epoch_) problem({}, "meta", "die Schlüsselepoche ist nicht die der Einträge", "the key epoch is not that of the entries");
  if (!created_) return;  // its absence has been told
  event const& e = *created_;
  expect("origin", i_.base_origin, e.proof.get("origin"));
  expect("controller", i_.controller, e.proof.get("controller"));
  // Ledgers of schema 1 did not write these two down.
  if (auto const v = e.proof.get("region"); !v.empty()) expect("region", i_.region, v);
  if (auto const v = e.proof.get("test_clock"); !v.empty()) expect("test_clock", shown(i_.test_clock), v);
  else if (i_.test_clock && !i_.base_origin.ends_with("/test")) expect("test_clock", "true", "false");
}

void verification::check_notices() {
  auto const stored = i_.db->notices();
  std::vector<event const*> told(stored.size() + 1, nullptr);
  for (event const& e : published_) {
    if (e.notice == 0 || e.notice > stored.size() || told[e.notice] != nullptr) problem(e.seq, "notice", "der veröffentlichte Hinweis fehlt", "the notice that was published is missing");
    else told[e.notice] = &e;
  }
  for (std::size_t k = 0; k < stored.size(); ++k) {
    stored_notice const& n = stored[k];
    std::string const reference = n.id + "@" + std::to_string(n.version);
    event const* const e = told[k + 1];
    if (e == nullptr) {
      problem({}, "notice", "kein Eintrag sagt, dass " + reference + " veröffentlicht wurde", "no entry says that " + reference + " was published");
      continue;
    }
    auto const digest = crypto::hex(i_.hash(n.body));
    if (digest != crypto::hex(n.digest) || digest != e->proof.get("sha256"))
      problem(e->seq, "notice", "die Worte von " + reference + " passen nicht zu ihrem Fingerabdruck", "the words of " + reference + " do not match their digest");
    if (reference != e->proof.get("notice") || n.published_at != e->occurred_at || n.recorded_at != e->recorded_at || shown(n.historical) != (e->proof.get("historical").empty() ? "false" : e->proof.get("historical")))
      problem(e->seq, "notice", "Name, Fassung, Zeiten oder Art von " + reference + " sind nicht die des Eintrags", "name, version, times or kind of " + reference + " are not those of the entry");
  }
}

void verification::check_policies() {
  auto const stored = i_.db->policies();
  for (std::size_t k = 0; k < std::max(stored.size(), policies_set_.size()); ++k) {
    if (k >= stored.size()) { problem(policies_set_[k].seq, "policy", "die gesetzte Richtlinie fehlt", "the policy that was set is missing"); continue; }
    if (k >= policies_set_.size()) { problem({}, "policy", "kein Eintrag setzte die Richtlinie " + std::to_string(k + 1), "no entry set policy " + std::to_string(k + 1)); continue; }
    stored_policy const& p = stored[k];
    event const& e = policies_set_[k];
    if (p.seq != e.seq || p.from != e.occurred_at || p.recorded_at != e.recorded_at || crypto::hex(i_.hash(p.body)) != e.proof.get("sha256"))
      problem(e.seq, "policy", "die gespeicherte Richtlinie ist nicht die des Eintrags", "the stored policy is not that of the entry");
  }
}

void verification::check_austrian_list() {
  auto const stored = i_.db->austrian_list();
  std::string rows;
  for (auto const& d : stored) rows.append(reinterpret_cast<char const*>(d.data()), d.size());
  if (!austrian_list_ ? !stored.empty() : crypto::hex(i_.hash(rows)) != austrian_list_->proof.get("rows_sha256"))
    problem(austrian_list_ ? std::optional{austrian_list_->seq} : std::nullopt, "austrian-list", "die gespeicherte österreichische Liste ist nicht die geladene", "the stored Austrian list is not the one that was loaded");
}

/// The further copies that entries speak of are those that are written.
void verification::check_anchor_list() {
  std::set<std::string> wanted;
  for (event const& e : anchor_changes_) {
    if (auto const v = e.proof.get("anchor_added"); !v.empty()) wanted.emplace(v);
    if (auto const v = e.proof.get("anchor_removed"); !v.empty()) wanted.erase(std::string{v});
  }
  auto const lines = file_lines(beside(i_.path, "anchors"));
  std::set<std::string> const found(lines.begin(), lines.end());
  for (auto const& path : wanted)
    if (!found.contains(path)) problem({}, "anchor", "die Kopie der Prüfpunkte wird nicht mehr geschrieben, obwohl kein Eintrag sie strich: " + path, "the copy of the checkpoints is no longer written, although no entry struck it: " + path);
  for (auto const& path : found)
    if (::access(path.c_str(), R_OK) != 0)
      report_.remarks.push_back({"Kopie der Prüfpunkte nicht erreichbar, ohne sie verglichen: " + path, "copy of the checkpoints not reachable, compared without it: " + path});
}

}  // namespace jawort
