// Anchors, time stamps, witnesses, the alarm and its end, new keys.
#include <sys/stat.h>

#include "jawort/ledger/anchor.hpp"
#include "kept_notes.hpp"
#include "verification.hpp"

namespace jawort {
namespace {
/// An entry of the ledger about itself, in a transaction of its own.
void tell(ledger_parts::impl& i, char const* key, std::string const& value, instant now) {
  stored_head head;
  i.db->transaction([&] {
    i.refresh();
    head = i.begin_writing(now);
    event e;
    e.kind = event_kind::policy_set;
    e.occurred_at = now;
    e.source = "jawort";
    e.proof.set(key, value);
    i.put(e, head, now, 0, {}, i.own_secret);
    i.db->put_head(head);
  });
  i.anchor(head);
}

result<std::string> full_path(std::string const& path, std::string const& ledger) {
  std::error_code why, not_there;
  auto full = std::filesystem::absolute(path, why);
  if (!why && std::filesystem::is_directory(full, not_there)) full /= std::filesystem::path{ledger}.filename().string() + ".checkpoints";
  full = full.lexically_normal();
  if (why || full.string().find('\n') != std::string::npos)
    return error{failure::malformed, {"kein brauchbarer Pfad: " + path, "not a usable path: " + path}, {}};
  return full.string();
}

error no_notes(std::string const& path) {
  return {failure::refused, {"ist keine Datei mit Prüfpunkten dieses Hauptbuchs: " + path, "is not a file of this ledger's checkpoints: " + path},
          {"eine neue Datei oder einen Ordner nennen", "name a new file, or a folder"}};
}

/// All bytes of the file are notes that one of our keys signed.
bool only_ours(ledger_parts::impl const& i, std::string const& path) {
  auto const text = file_text(path);
  if (!text) return false;
  auto const notes = read_notes(path, false);
  std::size_t bytes = 0;
  for (auto const& n : notes) {
    auto const c = i.keys.verified(n);
    if (!c || !origin_number(i.base_origin, c->origin)) return false;
    bytes += n.size() + 2;
  }
  return bytes == text->size();
}
}  // namespace

result<std::vector<anchor_copy>> anchor_copies(ledger& book) {
  auto const& i = ledger_parts::of(book);
  std::vector<anchor_copy> out;
  for (auto const& path : anchor_paths(i.path)) {
    anchor_copy a;
    a.path = path;
    a.readable = ::access(path.c_str(), R_OK) == 0;
    std::uint32_t number = 0;
    for (auto const& note : read_notes(path, false)) {
      auto const c = i.keys.verified(note);
      auto const n = c ? origin_number(i.base_origin, c->origin) : std::nullopt;
      if (!n) continue;
      ++a.notes;
      if (!a.newest || *n > number || (*n == number && c->size > a.newest->size)) { a.newest = c; number = *n; }
    }
    out.push_back(std::move(a));
  }
  return out;
}

result<std::string> add_anchor(ledger& book, std::string const& path, instant now) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::string> {
    i.refuse_while_alarmed();
    auto full = full_path(path, i.path);
    if (!full) raise(full.error());
    auto lines = file_lines(beside(i.path, "anchors"));
    std::error_code ignored;
    if (std::find(lines.begin(), lines.end(), *full) != lines.end() || std::filesystem::equivalent(*full, beside(i.path, "checkpoints"), ignored))
      raise({failure::already_exists, {"diese Kopie wird schon geschrieben: " + *full, "this copy is written already: " + *full}, {}});
    bool const there = std::filesystem::exists(*full, ignored);
    if (there && !only_ours(i, *full)) raise(no_notes(*full));
    auto const theirs = there ? read_notes(*full, false) : std::vector<std::string>{};
    std::set<std::string> const known(theirs.begin(), theirs.end());
    // A copy that was away for a while may know more than the file beside: then the ledger is the older one.
    std::vector<found_note> notes;
    for (auto const& n : theirs) notes.push_back({n, *full});
    i.db->snapshot([&] { i.check_anchor(notes); });
    i.refuse_while_alarmed();
    for (auto const& note : read_notes(beside(i.path, "checkpoints"), false))
      if (!known.contains(note))
        if (auto written = append_note(*full, note); !written) raise(written.error());
    std::string text;
    lines.push_back(*full);
    for (auto const& line : lines) text += line + "\n";
    if (auto written = replace_file(beside(i.path, "anchors"), text); !written) raise(written.error());
    tell(i, "anchor_added", *full, now);
    return *full;
  });
}

result<> remove_anchor(ledger& book, std::string const& path, instant now) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<> {
    i.refuse_while_alarmed();
    auto const lines = file_lines(beside(i.path, "anchors"));
    auto const full = full_path(path, i.path);
    std::string text, struck;
    for (auto const& line : lines) {
      if (line == path || (full && line == *full)) struck = line;
      else text += line + "\n";
    }
    if (struck.empty()) raise({failure::unknown_name, {"diese Kopie wird nicht geschrieben: " + path, "this copy is not written: " + path}, {"`jawort anchor list` zeigt alle", "`jawort anchor list` shows all"}});
    tell(i, "anchor_removed", struck, now);
    if (auto written = replace_file(beside(i.path, "anchors"), text); !written) raise(written.error());
    return nothing{};
  });
}

// --- the alarm ---------------------------------------------------------------------------------------------------

new_beginning ledger::impl::begin_anew(stored_head& head, log::checkpoint const& lost, std::vector<found_note> const& notes, char const* why, instant now) {
  std::uint32_t const last = origin_number(base_origin, lost.origin).value_or(1);
  // Sequence numbers go on behind the last one that any checkpoint tells of: the sizes of all beginnings, added.
  std::map<std::uint32_t, std::uint64_t> sizes{{head.restores + 1, head.tree.size()}};
  for (auto const& n : notes)
    if (auto const c = keys.verified(n.text))
      if (auto const number = origin_number(base_origin, c->origin); number && *number > head.restores) sizes[*number] = std::max(sizes[*number], c->size);
  sizes[last] = std::max(sizes[last], lost.size);
  sequence first = head.first_seq;
  std::string all;  // what was signed of each beginning that is cut off here: `verify` misses no more than that
  for (auto const& [number, size] : sizes) {
    first += size;
    all += (all.empty() ? "" : " ") + std::to_string(number) + ":" + std::to_string(size);
  }
  new_beginning begun{first, head.next(), first - head.next()};
  head.restores = std::max(last, head.restores + 1);
  head.first_seq = first;
  head.tree = {};
  origin = origin_name(base_origin, head.restores + 1);
  event e;
  e.kind = event_kind::restored;
  e.occurred_at = now;
  e.source = "jawort";
  e.proof.set("reason", why);
  e.proof.set("origin", origin);
  e.proof.set("first_seq", std::to_string(first));
  e.proof.set("present", std::to_string(begun.present));
  e.proof.set("signed", all);
  e.proof.set("previous_origin", lost.origin);
  e.proof.set("previous_size", std::to_string(lost.size));
  e.proof.set("previous_root", log::base64(log::bytes_view{lost.root}));
  e.proof.set("verifier", keys.verifier(origin));
  put(e, head, now, 0, {}, own_secret);
  return begun;
}

result<std::optional<resolved_loss>> loss(ledger& book) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::optional<resolved_loss>> {
    if (!i.alarm) return std::optional<resolved_loss>{};
    resolved_loss r;
    r.lost = i.alarm->newest;
    i.db->snapshot([&] {
      auto const head = i.read_head();
      if (r.lost.origin == i.origin) r.entries = r.lost.size - std::min(r.lost.size, head.tree.size());
      else r.entries = r.lost.size;
    });
    return std::optional{r};
  });
}

result<resolved_loss> accept_loss(ledger& book, instant now) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<resolved_loss> {
    if (!i.alarm)
      raise({failure::refused, {"kein Alarm: das Hauptbuch ist so weit wie sein neuester Prüfpunkt", "no alarm: the ledger is as far as its newest checkpoint"}, {}});
    resolved_loss r;
    r.lost = i.alarm->newest;
    auto const notes = read_anchors(i.path, false);
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      i.check_anchor(notes);  // somebody else may have resolved it meanwhile
      if (!i.alarm) raise({failure::refused, {"der Alarm ist schon beendet", "the alarm has been ended already"}, {}});
      i.alarm.reset();
      head = i.read_head();
      auto const begun = i.begin_anew(head, r.lost, notes, "accept-loss", now);
      i.db->put_head(head);
      r.origin = i.origin;
      r.first_seq = begun.first_seq;
      r.entries = begun.lost;
    });
    i.anchor(head);
    return r;
  });
}

result<std::string> rotate_keys(ledger& book, instant now) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::string> {
    stored_head head;
    i.db->transaction([&] {
      i.refresh();
      head = i.begin_writing(now);  // tells of the keys of a rotation that a crash cut off
      // Within the transaction, so that two rotations at once wait for each other.
      if (auto r = i.keys.rotate(beside(i.path, "keys")); !r) raise(r.error());
      i.announce_keys(head, now);
    });
    i.anchor(head);
    return i.keys.verifier(i.origin);
  });
}

// --- time stamps -------------------------------------------------------------------------------------------------

namespace {
/// Our signed notes that a stamp or a witness may speak of: every copy's, and the present one.
std::vector<std::string> notes_of(ledger_parts::impl& i, ledger& book) {
  std::vector<std::string> out;
  for (auto& n : read_anchors(i.path, false)) out.push_back(std::move(n.text));
  if (auto now = book.checkpoint_note()) out.push_back(*std::move(now));
  return out;
}

void refuse_if_not_ours(ledger_parts::impl& i, log::checkpoint const& c, std::string const& where) {
  log::digest root{};
  i.db->snapshot([&] {
    auto const head = i.read_head();
    if (c.origin == i.origin && c.size <= head.tree.size()) root = i.root_at(head, c.size);
    else if (c.origin != i.origin) root = c.root;  // of an earlier beginning: `verify` compares it
  });
  if (root != c.root)
    raise({failure::damaged, {where + ": unsere Unterschrift, aber nicht dieses Hauptbuch (Größe " + std::to_string(c.size) + ")", where + ": our signature, but not this ledger (size " + std::to_string(c.size) + ")"},
           {"es gibt zwei Fassungen dieses Hauptbuchs; `jawort verify --checkpoint` zeigt, ab wo", "there are two histories of this ledger; `jawort verify --checkpoint` shows from where"}});
}
}  // namespace

result<kept_stamp_info> keep_stamp(ledger& book, std::string const& der, std::string const& where, std::optional<std::string> const& ca_file) {
  auto& i = ledger_parts::of(book);
  auto const s = read_stamp(der, where);
  if (!s) return s.error();
  return guarded([&]() -> result<kept_stamp_info> {
    std::optional<std::string> stamped;
    for (auto const& note : notes_of(i, book))
      if (i.hash(note) == s->imprint && i.keys.verified(note)) stamped = note;
    if (!stamped)
      raise({failure::refused, {where + ": gestempelt ist kein Prüfpunkt dieses Hauptbuchs", where + ": what was stamped is no checkpoint of this ledger"},
             {"stempeln lassen, was `jawort checkpoint > FILE` schrieb, Byte für Byte", "have stamped what `jawort checkpoint > FILE` wrote, byte for byte"}});
    kept_stamp_info info;
    info.of = *i.keys.verified(*stamped);
    info.at = s->at;
    refuse_if_not_ours(i, info.of, where);
    if (ca_file) {
      if (auto good = check_authority(der, *stamped, *ca_file); !good) raise(good.error());
      info.authority_checked = true;
    }
    auto const folder = beside(i.path, "stamps");
    ::mkdir(folder.c_str(), 0700);
    std::string stem;
    for (int n = 1; n < 10000; ++n) {
      stem = folder + "/" + std::to_string(*origin_number(i.base_origin, info.of.origin)) + "-" + std::to_string(info.of.size) + "-" + std::to_string(n);
      auto const there = file_text(stem + ".tsr");
      if (there && *there == der) raise({failure::already_exists, {"dieser Zeitstempel liegt schon da: " + stem + ".tsr", "this time stamp is kept already: " + stem + ".tsr"}, {}});
      if (!there) break;
    }
    // The stamped bytes first: a stamp is never without them.
    for (auto const& [file, bytes] : {std::pair{stem + ".checkpoint", *stamped}, std::pair{stem + ".tsr", der}})
      if (auto written = replace_file(file, bytes); !written) raise(written.error());
    info.file = stem + ".tsr";
    return info;
  });
}

result<std::vector<kept_stamp_info>> stamps(ledger& book) {
  auto const& i = ledger_parts::of(book);
  std::vector<kept_stamp_info> out;
  for (auto const& k : kept_stamps(i.path)) {
    auto const s = read_stamp(k.der, k.file);
    auto const c = i.keys.verified(k.note);
    if (s && c) out.push_back({*c, s->at, k.file, false});
  }
  return out;
}

void verification::check_stamps() {
  for (auto const& k : kept_stamps(i_.path)) {
    auto const s = read_stamp(k.der, k.file);
    if (!s || i_.hash(k.note) != s->imprint)
      problem({}, "stamp", "der Zeitstempel gehört nicht zu seinem Prüfpunkt: " + k.file, "the time stamp does not belong to its checkpoint: " + k.file);
  }
}

// --- witnesses ---------------------------------------------------------------------------------------------------

namespace {
/// Sorts a note's foreign signatures; false where one of a known witness does not verify.
bool sort_signatures(ledger_parts::impl const& i, log::signed_note const& note, log::checkpoint const& c, std::vector<log::verifier> const& known, cosigned& out) {
  auto const ours = i.keys.verifiers(c.origin);
  crypto::sha256 hash;
  for (auto const& s : note.signatures) {
    auto const same = [&](log::verifier const& v) { return v.name == s.name && v.key_id == s.key_id; };
    if (std::any_of(ours.begin(), ours.end(), [&](std::string const& v) { return same(*log::parse_verifier(hash, v)); })) continue;
    auto const at = std::find_if(known.begin(), known.end(), same);
    if (at == known.end()) { out.unknown.push_back(s.name); continue; }
    if (log::check_signature(note, *at, crypto::ed25519_verify).state != log::signature_state::good) return false;
    out.verified.push_back(s.name);
  }
  return true;
}
}  // namespace

result<cosigned> keep_cosigned(ledger& book, std::string const& text, std::string const& where, std::optional<std::string> const& witness_key) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<cosigned> {
    auto const note = log::parse_note(text);
    auto const c = note ? log::parse_checkpoint(note->text) : std::nullopt;
    if (!c) raise({failure::malformed, {where + ": kein unterschriebener Prüfpunkt", where + ": not a signed checkpoint"}, {}});
    auto known = known_witnesses(i.path);
    if (witness_key) {
      auto const v = log::parse_verifier(i.hash, *witness_key);
      if (!v) raise({failure::malformed, {"kein Prüfschlüssel: " + *witness_key, "not a verifier key: " + *witness_key}, {"NAME+KENNUNG+SCHLÜSSEL", "NAME+ID+KEY"}});
      if (std::find(known.begin(), known.end(), *v) == known.end()) known.push_back(*v);
    }
    cosigned out;
    out.of = *c;
    if (!origin_number(i.base_origin, c->origin)) raise({failure::refused, {where + ": ein Prüfpunkt eines anderen Protokolls: " + c->origin, where + ": a checkpoint of another log: " + c->origin}, {}});
    if (!sort_signatures(i, *note, *c, known, out))
      raise({failure::damaged, {where + ": die Unterschrift eines Zeugen stimmt nicht", where + ": a witness's signature does not verify"}, {}});
    if (out.verified.empty() && out.unknown.empty()) raise({failure::refused, {where + ": keine Unterschrift eines anderen dabei", where + ": no signature of anybody else in it"}, {}});
    // A witness may have left our signature out, so the text is compared with the checkpoints that we signed.
    bool const signed_once = i.keys.verified(text) || [&] {
      for (auto const& ours : notes_of(i, book))
        if (auto const o = i.keys.verified(ours); o && *o == *c) return true;
      return false;
    }();
    if (!signed_once) raise({failure::refused, {where + ": diesen Prüfpunkt haben wir nicht unterschrieben", where + ": we did not sign this checkpoint"}, {}});
    refuse_if_not_ours(i, *c, where);
    std::string kept = text;
    if (!i.keys.verified(kept)) {  // ours goes with it, so that the note can be checked alone
      auto const full = i.keys.sign(*c);
      kept = full + text.substr(text.rfind("\n\n") + 2);
    }
    for (auto const& n : read_notes(beside(i.path, "witnessed"), false))
      if (n == kept) raise({failure::already_exists, {"dieser Prüfpunkt mit diesen Unterschriften liegt schon da", "this checkpoint with these signatures is kept already"}, {}});
    if (auto written = append_note(beside(i.path, "witnessed"), kept); !written) raise(written.error());
    if (witness_key) {
      auto lines = file_lines(beside(i.path, "witnesses"));
      if (std::find(lines.begin(), lines.end(), *witness_key) == lines.end()) lines.push_back(*witness_key);
      std::string all;
      for (auto const& line : lines) all += line + "\n";
      if (auto written = replace_file(beside(i.path, "witnesses"), all); !written) raise(written.error());
    }
    return out;
  });
}

void verification::check_witnessed() {
  auto const known = known_witnesses(i_.path);
  for (auto const& n : kept_witnessed(i_.path)) {
    auto const note = log::parse_note(n.text);
    auto const c = note ? log::parse_checkpoint(note->text) : std::nullopt;
    cosigned sorted;
    if (!c || (!foreign_key_ && !sort_signatures(i_, *note, *c, known, sorted)))
      problem({}, "cosignature", "die Unterschrift eines Zeugen stimmt nicht: " + n.file, "a witness's signature does not verify: " + n.file);
  }
}

}  // namespace jawort
