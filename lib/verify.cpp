// verify: rereads and rehashes every entry, grows the tree anew and compares it with the checkpoints outside.
#include <sstream>

#include "jawort/ledger/json.hpp"
#include "kept_notes.hpp"
#include "verification.hpp"

namespace jawort {

verification::verification(ledger_parts::impl& i, std::vector<std::pair<std::string, std::string>> const& checkpoints, job_watch watch, std::optional<std::string> foreign_key)
    : i_(i), watch_(std::move(watch)), foreign_key_(std::move(foreign_key)),
      erasures_(i, [this](std::optional<sequence> seq, char const* kind, std::string de, std::string en) { problem(seq, kind, std::move(de), std::move(en)); }), threads_(1) {
  read_checkpoints(checkpoints);
  i_.db->stop_on(watch_.stop);
}

verification::~verification() { i_.db->stop_on(nullptr); }

void verification::problem(std::optional<sequence> seq, char const* kind, std::string de, std::string en) {
  report_.problems.push_back({seq, kind, {std::move(de), std::move(en)}});
}

void verification::part(std::function<void()> const& body) {
  try {
    body();
  } catch (store_error const& e) {
    if (e.why.code != failure::damaged) throw;
    problem({}, "damaged", e.why.message.de, e.why.message.en);
  }
}

verify_report verification::run() {
  i_.db->snapshot([&] {
    part([&] { check_file(); });
    part([&] { i_.refresh(); });
    check_entries();
    part([&] { if (!foreign_key_) erasures_.finish(); });
    part([&] { check_head(); });
    part([&] { check_nodes(); });
    part([&] { check_meta(); });
    part([&] { check_notices(); });
    part([&] { check_policies(); });
    part([&] { check_austrian_list(); });
    check_people();
    check_anchor_list();
    check_witnessed();
    check_stamps();
    if (foreign_key_) say_without_keys();
  });
  return std::move(report_);
}

void verification::say_without_keys() {
  problem({}, "key-file", "ohne Schlüsseldatei ist nicht zu prüfen, ob die Zeilen die sind, für die ihre Blätter stehen; geprüft sind Baum, Prüfpunkte, Reihenfolge, Worte der Hinweise und was ein Blatt offen zeigt",
          "without the key file it cannot be told whether the rows are what their leaves stand for; checked are the tree, the checkpoints, the order, the notices' words and what a leaf shows openly");
  if (other_keys_ > 0)
    report_.remarks.push_back({std::to_string(other_keys_) + " Prüfpunkte anderer Schlüssel nicht verglichen", std::to_string(other_keys_) + " checkpoints of other keys were not compared"});
}

// --- checkpoints -------------------------------------------------------------------------------------------------

void verification::read_checkpoints(std::vector<std::pair<std::string, std::string>> const& given) {
  auto const kept = read_anchors(i_.path, false);
  if (kept.empty())
    problem({}, "anchor", "neben dem Hauptbuch liegt kein Prüfpunkt; ein älterer Stand der Datei fiele nicht auf", "no checkpoint lies beside the ledger; an older copy of the file would go unnoticed");
  for (auto const& n : kept) take_checkpoint(n.text, n.file, true);
  for (auto const& n : kept_witnessed(i_.path)) take_checkpoint(n.text, n.file, true);
  for (auto const& s : kept_stamps(i_.path)) take_checkpoint(s.note, s.file, true);
  for (auto const& [where, note] : given) take_checkpoint(note, where, false);
  std::sort(anchors_.begin(), anchors_.end(), [](anchored const& a, anchored const& b) {
    return a.number != b.number ? a.number < b.number : a.what.size < b.what.size;
  });
  // Many copies hold the same notes.
  auto const same = [](anchored const& a, anchored const& b) { return a.number == b.number && a.what == b.what; };
  anchors_.erase(std::unique(anchors_.begin(), anchors_.end(), same), anchors_.end());
}

/// The checkpoint of a note that our key signed; or, without a key file, the one that we were given.
std::optional<log::checkpoint> verification::verified(std::string const& note, bool& another_key) {
  if (!foreign_key_) return i_.keys.verified(note);
  auto const parsed = log::parse_note(note);
  auto const key = log::parse_verifier(i_.hash, *foreign_key_);
  auto const said = parsed ? log::parse_checkpoint(parsed->text) : std::nullopt;
  if (!key || !said || !origin_number(i_.base_origin, said->origin)) return std::nullopt;
  log::verifier here = *key;  // a restore gives the log another name, and the same key another id
  here.name = said->origin;
  here.key_id = log::key_id_of(i_.hash, here.name, here.type, here.public_key);
  auto const state = log::check_signature(*parsed, here, crypto::ed25519_verify).state;
  another_key = state == log::signature_state::absent;
  return state == log::signature_state::good ? said : std::nullopt;
}

void verification::take_checkpoint(std::string const& note, std::string const& file, bool beside_us) {
  bool another_key = false;
  auto const c = verified(note, another_key);
  if (!c) {
    if (another_key && beside_us) ++other_keys_;  // of an epoch before or after the key that we were given
    else problem({}, "checkpoint-signature", "ein Prüfpunkt trägt keine gültige Unterschrift: " + file, "a checkpoint has no valid signature: " + file);
    return;
  }
  if (auto const number = origin_number(i_.base_origin, c->origin)) anchors_.push_back({*c, *number, file});
  else problem({}, "checkpoint-origin", "der Prüfpunkt gehört zu einem anderen Protokoll: " + file, "the checkpoint belongs to another log: " + file);
}

/// Compares with the checkpoints of the size that the tree now has.
void verification::pass_checkpoints(sequence seq) {
  auto const before = [&](anchored const& a) { return a.number < number_ || (a.number == number_ && a.what.size < tree_.size()); };
  while (next_anchor_ < anchors_.size() && before(anchors_[next_anchor_])) ++next_anchor_;
  for (; next_anchor_ < anchors_.size() && anchors_[next_anchor_].number == number_ && anchors_[next_anchor_].what.size == tree_.size(); ++next_anchor_)
    if (anchors_[next_anchor_].what.root != tree_.root(i_.hash))
      problem(seq, "checkpoint", "bis hierher ist das Buch nicht das des unterschriebenen Prüfpunkts der Größe " + std::to_string(tree_.size()) + " (" + anchors_[next_anchor_].file + ")",
              "up to here the ledger is not that of the signed checkpoint of size " + std::to_string(tree_.size()) + " (" + anchors_[next_anchor_].file + ")");
}

// --- entries -----------------------------------------------------------------------------------------------------

void verification::check_entries() {
  origin_ = i_.base_origin;
  entry_problems_ = report_.problems.size();
  part([&] { all_ = i_.db->next_sequence(); });
  part([&] { threads_ = threads_for(i_, watch_); });
  // What is missing in these where the file is damaged, the long way of reading a row looks for once more.
  part([&] { labels_ = i_.db->labels(); });
  part([&] { linked_ = linked_addresses{*i_.db}; });
  part([&] { readable_.read(*i_.db); });
  make_spill();
  // Rows are read on this thread and hashed on another, which has the tree and the report to itself meanwhile.
  part([&] {
    spill::writer out{*spill_};
    relay<entry_piece> rows{[&](entry_piece& p) { check_piece(p, out); }, threads_ > 1};
    try {
      read_entries(*i_.db, rows);
    } catch (store_error const&) {
      rows.pass();  // what was read before the damage counts
      rows.finish();
      out.end();
      throw;
    }
    rows.pass();
    rows.finish();
    out.end();
  });
  end_origin(nullptr);
  report_.head = {origin_, tree_.size(), tree_.root(i_.hash)};
  entry_problems_end_ = report_.problems.size();
}

void verification::make_spill() {
  constexpr std::uint64_t bytes_a_record = 210;
  try {
    spill_ = spill_for(i_, all_ * bytes_a_record, 1);
  } catch (store_error const& e) {
    if (e.why.code != failure::damaged) throw;
    spill_ = spill_for(i_, 0, 1);  // one part will do; what is damaged is told elsewhere
  }
}

void verification::read_entries(store& db, relay<entry_piece>& to) {
  constexpr std::size_t piece_bytes = 1U << 17;
  row_wish wish;
  wish.evidence.fill(true);
  wish.leaf = true;
  auto maker = names_alone();
  auto const clear = [&] {
    entry_piece& p = to.piece();
    p.bytes.clear();
    p.ends.clear();
    p.odd_ones.clear();
  };
  clear();
  db.scan_rows(every_row_from, every_row_to, wish, [&](stored_row const& row) {
    ++read_;
    if (row.who) rows_sum_.add(*row.who, row.seq);
    entry_piece& p = to.piece();
    if (is_quick(row, maker)) {
      write_record(p.bytes, row);
    } else {
      stored_row odd;
      odd.seq = row.seq;
      odd.plain = false;
      write_record(p.bytes, odd);
      auto whole = db.row_at(row.seq);
      auto whose = row.who ? db.stored_address_of(*row.who) : std::nullopt;
      p.odd_ones.push_back({std::move(whole), std::move(whose)});
    }
    p.ends.push_back(p.bytes.size());
    if (p.bytes.size() < piece_bytes) return true;
    to.pass();
    clear();
    if (watch_.stopped()) raise(interrupted_error());
    watch_.show(std::min<std::uint64_t>(read_ / 2, all_), all_);
    return true;
  });
}

/// Nearly every row: of a person, or erased, with everything in its range and readable. All others are read the long way,
/// which also says what is wrong with them.
bool verification::is_quick(stored_row const& row, event_maker& maker) {
  auto const readable = [&](address_key k) { return is_number_key(k) || readable_.has(k); };
  if (!row.plain || is_ledger_kind(row.kind) || !maker.knows(row) || !is_evidence(row.evidence)) return false;
  if (!row.who) return !row.other && row.kind != event_kind::erased;
  return readable(*row.who) && (!row.other || readable(*row.other));
}

/// For rows that are looked at for their names, or have no address.
event_maker verification::names_alone() const {
  return {i_.purposes, labels_, [](address_key k) -> address { raise({failure::damaged, {"Adresse fehlt: " + std::to_string(k), "address is missing: " + std::to_string(k)}, {}}); }};
}

void verification::check_piece(entry_piece const& piece, spill::writer& out) {
  std::size_t from = 0, odd = 0;
  for (std::size_t const end : piece.ends) {
    auto const row = read_record(std::string_view{piece.bytes}.substr(from, end - from));
    if (row.plain) check_entry(row, out);
    else check_odd_entry(piece.odd_ones[odd++], out);
    from = end;
  }
}

void verification::check_entry(stored_row const& row, spill::writer& out) {
  ++report_.events;
  auto const seq = static_cast<sequence>(row.seq);
  check_place(seq, row.kind, nullptr);
  expected_ = seq + 1;
  auto const leaf = log::detail::view(row.leaf);
  if (!row.who) {  // of an erased person: what is left of it is compared with its leaf
    auto maker = names_alone();
    stored_event s;
    s.purpose_code = row.purpose_code;
    std::memcpy(s.leaf.data(), row.leaf.data(), s.leaf.size());
    [[maybe_unused]] bool const made = maker.make(row, s.e);
    assert(made);  // `is_quick` looked
    erasures_.take(s);
    return grow(leaf, seq);
  }
  stored_row kept = row;
  kept.marked = !is_openly(leaf, row.kind, true, row.purpose_code, row.occurred_at, row.notice);
  if (foreign_key_ && kept.marked) problem(seq, "row", "die Zeile ist nicht die, für die ihr Blatt steht", "the row is not what its leaf stands for");
  check_clock(seq, row.recorded_at);
  grow(leaf, seq);
  remember_link(row.kind, row.who, row.other);
  put_person(out, kept, true);
}

void verification::check_odd_entry(entry_piece::odd const& odd, spill::writer& out) {
  audited_row const& a = odd.row;
  auto const seq = static_cast<sequence>(a.seq);
  ++report_.events;
  check_place(seq, a.row ? a.row->e.kind : event_kind{}, a.row ? &a.row->e : nullptr);
  expected_ = seq + 1;
  if (a.who) put_person(out, mark_of(a.seq, *a.who), a.row.has_value());
  if (!a.row) {
    problem(seq, "row", "die Zeile ist nicht lesbar: " + a.flaw.de, "the row cannot be read: " + a.flaw.en);
    whole_ = false;
    return;
  }
  stored_event const& s = *a.row;
  bool const stripped = erasures_.take(s);
  if (!stripped && !foreign_key_) check_row(odd);
  else if (!stripped && !is_openly(log::bytes_view{s.leaf}, s.e.kind, s.e.who.has_value(), s.purpose_code, s.e.occurred_at, s.e.notice))
    problem(seq, "row", "die Zeile ist nicht die, für die ihr Blatt steht", "the row is not what its leaf stands for");
  if (!stripped) check_clock(seq, s.e.recorded_at);
  grow(log::bytes_view{s.leaf}, seq);
  remember_link(s.e.kind, a.who, a.other);
  remember(s.e);
}

void verification::check_clock(sequence seq, instant recorded_at) {
  if (recorded_at < last_recorded_) problem(seq, "clock", "die Zeit des Eintragens läuft rückwärts", "the time of recording runs backwards");
  last_recorded_ = std::max(last_recorded_, recorded_at);
}

void verification::grow(log::bytes_view leaf, sequence seq) {
  tree_.append(log::leaf_hash(i_.hash, leaf), i_.hash);
  if (whole_) pass_checkpoints(seq);
}

/// Whether the entry stands where it must: directly behind the one before, or at the beginning of a new origin. `whole` is
/// there for every kind that is about the ledger.
void verification::check_place(sequence seq, event_kind kind, event const* whole) {
  if (whole != nullptr && kind == event_kind::restored) {
    end_origin(whole);
    return;
  }
  bool const readable = kind != event_kind{};
  if (readable && (kind == event_kind::ledger_created) != (seq == 0))
    problem(seq, "sequence", "das Hauptbuch beginnt nicht mit seinem ersten Eintrag", "the ledger does not begin with its first entry");
  if (seq == expected_) return;
  auto const last = std::to_string(seq - 1);
  if (seq == expected_ + 1) problem(expected_, "sequence", "Nummer " + last + " fehlt", "number " + last + " is missing");
  else problem(expected_, "sequence", "Nummern " + std::to_string(expected_) + " bis " + last + " fehlen", "numbers " + std::to_string(expected_) + " to " + last + " are missing");
  whole_ = false;  // every later position of the tree is another
}

namespace {
std::optional<std::uint64_t> number_in(event const& e, char const* key) {
  auto const text = e.proof.get(key);
  if (text.empty() || text.size() > 18 || !detail::all_of(text, detail::is_digit)) return std::nullopt;
  return std::stoull(std::string{text});
}

/// `1:9 2:4`: how many entries were signed of each beginning that a restore cut off.
std::map<std::uint32_t, std::uint64_t> signed_sizes(event const& e) {
  std::map<std::uint32_t, std::uint64_t> out;
  std::istringstream words{std::string{e.proof.get("signed")}};
  std::uint32_t number = 0;
  std::uint64_t size = 0;
  for (char colon = 0; words >> number >> colon >> size && colon == ':';) out[number] = size;
  return out;
}
}  // namespace

/// The tree of an origin is complete: at the end of the ledger, or where a restore begins another.
void verification::end_origin(event const* restored) {
  verified_origin ended{origin_, first_seq_, tree_.size(), 0};
  std::map<std::uint32_t, std::uint64_t> known;
  std::uint32_t next = std::numeric_limits<std::uint32_t>::max();
  if (restored != nullptr) {
    auto const first = number_in(*restored, "first_seq"), present = number_in(*restored, "present");
    auto const number = origin_number(i_.base_origin, restored->proof.get("origin"));
    if (!first || !present || !number || *first != restored->seq || *present != expected_ || *number <= number_)
      problem(restored->seq, "restore", "der Neubeginn passt nicht zu den Einträgen davor", "the new beginning does not fit the entries before it");
    known = signed_sizes(*restored);
    next = number.value_or(number_ + 1);
    ended.lost = restored->seq - std::min(expected_, restored->seq);
    auto const at = std::to_string(restored->seq), lost = std::to_string(ended.lost);
    report_.remarks.push_back({"bei #" + at + " neu begonnen; davor fehlen " + lost + " Einträge, die unterschrieben waren", "begun anew at #" + at + "; before it " + lost + " entries are missing that had been signed"});
  }
  report_.origins.push_back(ended);
  pass_lost_checkpoints(next, known);
  if (restored == nullptr) return;
  number_ = next;
  origin_ = origin_name(i_.base_origin, number_);
  first_seq_ = expected_ = restored->seq;
  tree_ = {};
  whole_ = true;
}

/// Checkpoints of more than is there: fine up to what the restore knew to be lost. Of each beginning the newest is named.
void verification::pass_lost_checkpoints(std::uint32_t next, std::map<std::uint32_t, std::uint64_t> const& known) {
  for (; next_anchor_ < anchors_.size() && anchors_[next_anchor_].number < next; ++next_anchor_) {
    anchored const& a = anchors_[next_anchor_];
    if (next_anchor_ + 1 < anchors_.size() && anchors_[next_anchor_ + 1].number == a.number) continue;
    std::uint64_t const here = a.number == number_ ? tree_.size() : 0;
    auto const lost = known.find(a.number);
    if (a.what.size <= std::max(here, lost == known.end() ? 0 : lost->second) || (a.number == number_ && !whole_)) continue;
    problem({}, "behind", "Prüfpunkt der Größe " + std::to_string(a.what.size) + " von " + a.what.origin + " liegt vor (" + a.file + "), das Buch hat davon nur " + std::to_string(here) + " Einträge",
            "there is a checkpoint of size " + std::to_string(a.what.size) + " of " + a.what.origin + " (" + a.file + "), the ledger has only " + std::to_string(here) + " entries of it");
  }
}

void verification::check_row(entry_piece::odd const& odd) {
  stored_event const& s = *odd.row.row;
  event const& e = s.e;
  log::nonce n{};
  std::memcpy(n.data(), s.leaf.data() + 16, n.size());
  std::uint32_t epoch = 0;
  for (std::size_t k = 128; k < 132; ++k) epoch = epoch << 8 | s.leaf[k];
  auto const* master = i_.keys.master(epoch);
  if (master == nullptr)
    problem(e.seq, "key", "Schlüssel der Epoche " + std::to_string(epoch) + " fehlt", "the key of epoch " + std::to_string(epoch) + " is missing");
  else if (odd.row.who && !odd.whose)
    problem(e.seq, "address", "die Zeile der Adresse fehlt", "the row of the address is missing");
  else if (e.notice > i_.notices.size())
    problem(e.seq, "notice", "der genannte Hinweis fehlt", "the notice that it names is missing");
  else if (log::make_leaf(crypto::hmac_sha256{}, e, i_.reference(e.notice), i_.digest_of(e.notice), s.purpose_code, *master, epoch, odd.whose ? odd.whose->row.secret : i_.own_secret, n) != s.leaf)
    problem(e.seq, "row", "die Zeile ist nicht mehr die, für die ihr Blatt steht", "the row is no longer what its leaf stands for");
}

/// What a leaf shows without keys: kind, whether it is about a person, purpose, minute, the notice's words.
bool verification::is_openly(log::bytes_view leaf, event_kind kind, bool who, std::uint16_t purpose_code, instant occurred_at, notice_number notice) const {
  auto const number = [&](std::size_t from, std::size_t bytes) {
    std::uint64_t v = 0;
    for (std::size_t k = from; k < from + bytes; ++k) v = v << 8 | leaf[k];
    return v;
  };
  static constexpr log::digest none{};
  log::digest const& words = notice == 0 || notice > i_.notices.size() ? none : i_.notice_digests[notice - 1];
  return std::memcmp(leaf.data(), "JWv1", 4) == 0 && leaf[4] == static_cast<std::uint8_t>(kind) && leaf[5] == (who ? log::flag_subject : 0) && number(6, 2) == purpose_code &&
         number(8, 8) == occurred_at.minute() && std::memcmp(leaf.data() + 96, words.data(), words.size()) == 0;
}

void verification::remember_link(event_kind kind, std::optional<address_key> who, std::optional<address_key> other) {
  if (!who || !other || (kind != event_kind::address_linked && kind != event_kind::address_changed)) return;
  auto const into = joined(*who), from = joined(*other);
  if (into != from) joined_[from] = into;
}

void verification::remember(event const& e) {
  switch (e.kind) {
    case event_kind::ledger_created: created_ = e; break;
    case event_kind::notice_published: published_.push_back(e); break;
    case event_kind::key_rotated: announced_epoch_ = std::max(announced_epoch_, static_cast<std::uint32_t>(number_in(e, "epoch").value_or(0))); break;
    case event_kind::policy_set:
      if (!e.proof.get("austrian_list").empty()) austrian_list_ = e;
      else if (!e.proof.get("anchor_added").empty() || !e.proof.get("anchor_removed").empty()) anchor_changes_.push_back(e);
      else policies_set_.push_back(e);
      break;
    default: break;
  }
}

address_key verification::joined(address_key k) const {
  for (auto at = joined_.find(k); at != joined_.end(); at = joined_.find(k)) k = at->second;
  return k;
}

// --- the face ----------------------------------------------------------------------------------------------------

result<verify_report> ledger::verify(std::vector<std::pair<std::string, std::string>> const& checkpoints, job_watch const& watch) {
  // The checkpoints are read before the snapshot is taken: others go on signing.
  return guarded([&]() -> result<verify_report> { return verification{*impl_, checkpoints, watch}.run(); });
}

result<verify_report> ledger::verify_without_keys(std::string const& path, std::string const& verifier_key, job_watch const& watch) {
  if (!log::parse_verifier(crypto::sha256{}, verifier_key))
    return error{failure::malformed, {"kein Prüfschlüssel: " + verifier_key, "not a verifier key: " + verifier_key}, {"so, wie ihn `jawort init` ausgab: NAME+KENNUNG+SCHLÜSSEL", "as `jawort init` printed it: NAME+ID+KEY"}};
  return guarded([&]() -> result<verify_report> {
    ledger::impl i{path};
    i.db = open_sqlite_store(path);
    i.db->snapshot([&] { i.load_without_keys(); });
    return verification{i, {}, watch, verifier_key}.run();
  });
}

}  // namespace jawort
