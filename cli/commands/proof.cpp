// prove, export tiles, and verify from files alone
#include <fmt/format.h>

#include <filesystem>
#include <fstream>
#include <iostream>

#include "jawort/ledger/check_files.hpp"
#include "jawort/ledger/normalise.hpp"
#include "render.hpp"
#include "safe_file.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
namespace fs = std::filesystem;

/// What was not there is a matter of the question, not of the ledger; what does not match what was signed is exit 4.
int report_proof(context const& c, error const& why) {
  if (why.code == failure::not_found) return report(c, why, could_not);
  if (why.code == failure::damaged) return report(c, why, not_verified);
  return report(c, why);
}

/// `#12` or `12`; an address begins with `+`, `0`, a letter.
std::optional<sequence> sequence_in(std::string_view word) {
  if (word.starts_with("#")) word.remove_prefix(1);
  if (word.empty() || word.size() > 18 || (word.size() > 1 && word[0] == '0') || !detail::all_of(word, detail::is_digit)) return std::nullopt;
  return std::stoull(std::string{word});
}

result<> make_folder(std::string const& path) {
  std::error_code why;
  fs::create_directories(path, why);
  if (why) return error{failure::environment, {"Ordner nicht anzulegen: " + path, "cannot create folder: " + path}, {}};
  return nothing{};
}

std::string_view bytes_of(log::leaf_bytes const& leaf) { return {reinterpret_cast<char const*>(leaf.data()), leaf.size()}; }

result<> write_proofs(std::string const& folder, proven const& p) {
  if (auto r = make_folder(folder); !r) return r.error();
  auto const put = [&](std::string const& name, std::string_view bytes) { return write_beside((fs::path{folder} / name).string(), std::string{bytes}, ""); };
  for (entry_proof const& e : p.proofs) {
    if (auto r = put(std::to_string(e.seq) + ".leaf", bytes_of(e.leaf)); !r) return r.error();
    if (auto r = put(std::to_string(e.seq) + ".tlog-proof", e.file); !r) return r.error();
  }
  return put("opening.json", to_json(p.opened));
}

int prove_growth(context const& c, ledger& book) {
  auto old = read_text(*c.args.get("since"));
  if (!old) return report(c, old.error());
  auto file = prove_since(book, *old);
  if (!file) return report_proof(c, file.error());
  if (auto r = write_beside(c.args.get("out").value_or("-"), *file, *c.args.get("since")); !r) return report(c, r.error());
  return done;
}

void print_proven(context const& c, ledger const& book, proven const& p, std::string const& folder) {
  auto const path = [&](std::string const& name) { return (fs::path{folder} / name).string(); };
  if (c.global.json) {
    json entries = json::array();
    for (entry_proof const& e : p.proofs)
      entries.push_back({{"seq", e.seq}, {"index", e.index}, {"leaf", path(std::to_string(e.seq) + ".leaf")}, {"proof", path(std::to_string(e.seq) + ".tlog-proof")}});
    print_json({{"origin", p.opened.origin}, {"verifier_key", p.opened.verifier_key}, {"entries", entries}, {"opened", p.opened.entries.size()}, {"opening", path("opening.json")}}, &book);
    return;
  }
  if (c.global.quiet) return;
  for (entry_proof const& e : p.proofs) {
    auto const leaf = log::decode_leaf(e.leaf);
    std::cout << fmt::format("#{:<6} {:<20} {}  {}\n", e.seq, leaf ? name(leaf->kind) : "", path(std::to_string(e.seq) + ".leaf"), path(std::to_string(e.seq) + ".tlog-proof"));
  }
  std::cout << fmt::format(fmt::runtime(c.say("{}: öffnet {} Einträge; ein Geheimnis der Person, nur für sie und wem sie es zeigt\n", "{}: opens {} entries; the person's secret, for them and for whom they show it to\n")), path("opening.json"), p.opened.entries.size())
            << c.say("prüfen: jawort verify --opening ", "check: jawort verify --opening ") << path("opening.json") << " --key " << p.opened.verifier_key << "\n";
}

int prove_command(context& c) {
  bool const since = c.args.has("since");
  if (since == !c.args.words.empty())
    return report(c, {failure::malformed, {"entweder ein Eintrag oder eine Adresse, oder --since", "either an entry or an address, or --since"}, {"jawort prove --help", "jawort prove --help"}}, usage);
  if (!since && !c.args.has("out"))
    return report(c, {failure::malformed, {"--out fehlt", "--out is missing"}, {"jawort prove " + c.args.words[0] + " --out beweis", "jawort prove " + c.args.words[0] + " --out proof"}}, usage);
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  if (since) return prove_growth(c, *book);
  auto const evidence = c.args.has("evidence") ? opened_evidence::yes : opened_evidence::no;
  auto const& word = c.args.words[0];
  auto p = [&]() -> result<proven> {
    if (auto const seq = sequence_in(word)) return prove(*book, *seq, evidence);
    auto who = normaliser{book->region()}.parse(word, std::nullopt);
    if (!who) return who.error();
    return prove(*book, *who, evidence);
  }();
  if (!p) return p.error().code == failure::malformed ? report(c, p.error(), usage) : report_proof(c, p.error());
  auto const folder = *c.args.get("out");
  if (auto r = write_proofs(folder, *p); !r) return report(c, r.error());
  print_proven(c, *book, *p, folder);
  return done;
}

int export_command(context& c) {
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto r = export_tiles(*book, c.args.words[0]);
  if (!r) return report_proof(c, r.error());
  if (c.global.json)
    print_json({{"origin", r->head.origin}, {"size", r->head.size}, {"root", log::base64(log::bytes_view{r->head.root})}, {"old_size", r->old_size}, {"written", r->written}, {"removed", r->removed}}, &*book);
  else if (!c.global.quiet)
    std::cout << fmt::format(fmt::runtime(c.say("{} Einträge in {}: {} Dateien geschrieben, {} schmalere entfernt\n", "{} entries in {}: {} files written, {} narrower ones removed\n")), r->head.size, c.args.words[0], r->written, r->removed);
  return done;
}

// --- verify from files alone -------------------------------------------------------------------------------------

json problems_json(context const& c, std::vector<verify_problem> const& problems) {
  json out = json::array();
  for (auto const& p : problems) out.push_back({{"seq", p.seq ? json(*p.seq) : json(nullptr)}, {"kind", p.kind}, {"text", c.say(p.text)}});
  return out;
}

void print_problems(context const& c, std::vector<verify_problem> const& problems) {
  for (auto const& p : problems)
    std::cout << painted(p.kind, paint::bad, c.global.colour) << (p.seq ? fmt::format(" #{}", *p.seq) : "") << ": " << inert(c.say(p.text)) << "\n";
  if (!problems.empty()) std::cout << c.say("nicht bewiesen\n", "not proven\n");
}

instant minute_of(log::leaf const& l) { return instant::clamped(static_cast<std::int64_t>(std::min<std::uint64_t>(l.minute, INT64_MAX / 60000)) * 60000); }

json leaf_json(log::leaf const& l) {
  return {{"kind", name(l.kind)}, {"minute", to_string(minute_of(l))}, {"purpose_code", l.purpose_code}, {"epoch", l.epoch}, {"about_a_person", (l.flags & log::flag_subject) != 0}};
}

int finish(context const& c, json j, std::vector<verify_problem> const& problems, std::string const& good) {
  bool const ok = problems.empty();
  if (c.global.json) {
    j["problems"] = problems_json(c, problems);
    print_json(j, nullptr);
  } else {
    print_problems(c, problems);
    if (ok) std::cout << good << "\n";
  }
  return ok ? done : not_verified;
}

json head_json(bool ok, log::checkpoint const& head) {
  if (head.origin.empty()) return {{"ok", ok}};
  return {{"ok", ok}, {"origin", head.origin}, {"size", head.size}, {"root", log::base64(log::bytes_view{head.root})}};
}

int verify_proof(context const& c, std::string const& key) {
  auto proof = read_text(*c.args.get("proof"));
  if (!proof) return report(c, proof.error());
  if (!c.args.has("leaf")) return report(c, {failure::malformed, {"--leaf fehlt", "--leaf is missing"}, {"die Blattdatei neben dem Beweis", "the leaf file beside the proof"}}, usage);
  auto leaf = read_text(*c.args.get("leaf"));
  if (!leaf) return report(c, leaf.error());
  auto const r = check_proof(*proof, *leaf, key);
  json j = head_json(r.ok(), r.head);
  j["index"] = r.index;
  if (r.entry) j["entry"] = leaf_json(*r.entry);
  j["other_signatures"] = r.other_signatures;
  std::string good;
  if (r.ok())
    good = fmt::format(fmt::runtime(c.say("bewiesen: {} vom {} steht an der Stelle {} von {} Einträgen in {}", "proven: {} of {} stands at place {} of {} entries in {}")), name(r.entry->kind), readable(minute_of(*r.entry)), r.index, r.head.size, inert(r.head.origin));
  return finish(c, j, r.problems, good);
}

int verify_consistency_file(context const& c, std::string const& key) {
  auto file = read_text(*c.args.get("consistency"));
  if (!file) return report(c, file.error());
  if (!c.args.has("old")) return report(c, {failure::malformed, {"--old fehlt", "--old is missing"}, {"der alte Prüfpunkt, von dem der Beweis ausgeht", "the old checkpoint that the proof begins at"}}, usage);
  auto old = read_text(*c.args.get("old"));
  if (!old) return report(c, old.error());
  auto const r = check_consistency(*file, *old, key);
  json j = head_json(r.ok(), r.head);
  j["old_size"] = r.index;
  return finish(c, j, r.problems, fmt::format(fmt::runtime(c.say("bewiesen: {} ist von {} auf {} Einträge nur gewachsen", "proven: {} has only grown, from {} to {} entries")), inert(r.head.origin), r.index, r.head.size));
}

file_reader files_in(fs::path folder) {
  return [folder = std::move(folder)](std::string const& name) -> std::optional<std::string> {
    std::ifstream in{folder / name, std::ios::binary};
    if (!in) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{in}, {}};
  };
}

json opened_json(opened_check const& e) {
  json j{{"seq", e.entry->seq}, {"index", e.entry->index}, {"address", e.entry->address}};
  if (e.leaf) j["entry"] = leaf_json(*e.leaf);
  if (!e.said) return j;
  auto const& s = *e.said;
  json evidence = json::object();
  for (auto const& [k, v] : s.evidence) evidence[k] = v;
  auto const time = [](std::uint64_t ms) { return to_string(instant::clamped(static_cast<std::int64_t>(std::min<std::uint64_t>(ms, INT64_MAX)))); };
  j["said"] = {{"occurred_at", time(s.occurred_ms)}, {"recorded_at", time(s.recorded_ms)}, {"channel", s.channel == 0 ? "" : std::string{name(static_cast<channel>(s.channel))}},
               {"purpose", s.purpose}, {"via", s.via}, {"notice", s.notice}, {"other_address", s.other}, {"source", s.source}, {"operator", s.operator_name}, {"evidence", evidence}};
  return j;
}

void print_opened(context const& c, opening_check const& r) {
  for (opened_check const& e : r.entries) {
    if (!e.leaf) continue;
    std::cout << fmt::format("{}  #{:<6} {:<20} {}\n", readable(minute_of(*e.leaf)), e.entry->seq, name(e.leaf->kind), inert(e.entry->address));
    if (!e.said) continue;
    auto const channel_name = e.said->channel == 0 ? std::string{} : std::string{name(static_cast<channel>(e.said->channel))};
    std::cout << fmt::format("                              {} {} {}\n", channel_name, inert(e.said->purpose), inert(e.said->notice));
    for (auto const& [k, v] : e.said->evidence)
      std::cout << "                              " << (k == "text" ? c.say("„", "“") + inert(v) + c.say("“", "”") : inert(k) + ": " + inert(v)) << "\n";
  }
}

int verify_opening(context const& c, std::string const& key) {
  auto const path = *c.args.get("opening");
  auto text = read_text(path);
  if (!text) return report(c, text.error());
  auto o = parse_opening(*text);
  if (!o) return report(c, o.error(), not_verified);
  auto r = check_opening(*o, files_in(fs::path{path}.parent_path()), key);
  bool const searched = c.args.has("tiles");
  if (searched) check_completeness(*o, files_in(*c.args.get("tiles")), key, r);
  json j = head_json(r.ok(), r.head);
  j["entries"] = json::array();
  for (auto const& e : r.entries) j["entries"].push_back(opened_json(e));
  j["scanned"] = r.scanned;
  j["left_out"] = r.left_out;
  if (!c.global.json) print_opened(c, r);
  auto good = fmt::format(fmt::runtime(c.say("bewiesen: {} Einträge gehören zu dieser Person und stehen unter den {} in {}", "proven: {} entries are this person's and stand among the {} in {}")), r.entries.size(), r.head.size, inert(r.head.origin));
  if (searched) good += fmt::format(fmt::runtime(c.say("; {} Einträge durchsucht, bis zum Prüfpunkt fehlt keiner", "; {} entries searched, none is missing up to the checkpoint")), r.scanned);
  if (!r.left_out.empty()) good += fmt::format(fmt::runtime(c.say(", danach kamen {} hinzu", ", {} came after it")), r.left_out.size());
  return finish(c, j, r.problems, good);
}

int verify_tiles(context const& c, std::string const& key) {
  auto const r = check_tiles(files_in(*c.args.get("tiles")), key);
  json j = head_json(r.ok(), r.head);
  return finish(c, j, r.problems, fmt::format(fmt::runtime(c.say("bewiesen: die {} Einträge ergeben den unterschriebenen Baumkopf von {}", "proven: the {} entries come to the signed root of {}")), r.head.size, inert(r.head.origin)));
}

bool asks_for_files(context const& c) {
  return c.args.has("proof") || c.args.has("consistency") || c.args.has("opening") || c.args.has("tiles") || c.args.has("leaf") || c.args.has("old");
}
}  // namespace

std::optional<int> verify_files(context& c) {
  if (!asks_for_files(c)) return std::nullopt;
  auto const key = c.args.get("key");
  if (!key)
    return report(c, {failure::malformed, {"--key fehlt", "--key is missing"},
                      {"der Prüfschlüssel, den das Büro veröffentlicht hat; einer aus derselben Datei beweist nichts", "the verifier key that the agency published; one from the same file proves nothing"}}, usage);
  if (c.args.has("proof")) return verify_proof(c, *key);
  if (c.args.has("consistency")) return verify_consistency_file(c, *key);
  if (c.args.has("opening")) return verify_opening(c, *key);
  if (c.args.has("tiles")) return verify_tiles(c, *key);
  return report(c, {failure::malformed, {"--proof, --consistency, --opening oder --tiles fehlt", "--proof, --consistency, --opening or --tiles is missing"}, {"jawort verify --help", "jawort verify --help"}}, usage);
}

std::vector<option_spec> file_verification_options() {
  bilingual const file{"DATEI", "FILE"}, folder{"ORDNER", "FOLDER"};
  return {{"proof", file, {"ohne Hauptbuch: ein .tlog-proof …", "without a ledger: a .tlog-proof …"}},
          {"leaf", file, {"… für dieses Blatt", "… for this leaf"}},
          {"consistency", file, {"ohne Hauptbuch: ein Beweis von `prove --since` …", "without a ledger: a proof by `prove --since` …"}},
          {"old", file, {"… von diesem alten Prüfpunkt an", "… from this old checkpoint on"}},
          {"opening", file, {"ohne Hauptbuch: die Einträge einer Person, mit Blättern und Beweisen daneben", "without a ledger: one person's entries, with leaves and proofs beside it"}},
          {"tiles", folder, {"ohne Hauptbuch: alle Einträge; mit --opening: ob einer der Person fehlt", "without a ledger: all entries; with --opening: whether one of the person's is missing"}},
          {"key", {"SCHLÜSSEL", "VKEY"}, {"der veröffentlichte Prüfschlüssel", "the published verifier key"}}};
}

std::vector<command> proof_commands() {
  bilingual const file{"DATEI", "FILE"}, place{"ORDNER|DATEI", "FOLDER|FILE"};
  return {
      {"prove", "SEQ|ADDRESS", 0, 1, {"beweist Einträge für andere: Blatt, Beweis und Öffnung, je Person", "proves entries to others: leaf, proof and opening, one person's only"},
       {"jawort prove +491713920001 --out beweis", "jawort prove 12 --out beweis --evidence", "jawort prove --since alt.checkpoint > seither.consistency"},
       {{"out", place, {"wohin", "where to"}},
        {"evidence", {}, {"auch öffnen, was die Belege sagen", "open what the evidence says as well"}},
        {"since", file, {"dass das Protokoll seit diesem Prüfpunkt nur gewachsen ist", "that the log has only grown since this checkpoint"}}},
       prove_command},
      {"export tiles", "FOLDER", 1, 1, {"das ganze Protokoll als Dateien (C2SP tlog-tiles), ohne Personenbezug; nur was neu ist", "the whole log as files (C2SP tlog-tiles), without personal data; only what is new"},
       {"jawort export tiles protokoll"}, {}, export_command},
  };
}

}  // namespace jawort::cli
