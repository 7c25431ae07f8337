// verify: what leaves commit to, how addresses are written and whose they are, and states, person by person.
#include "jawort/fold.hpp"
#include "leaf_check.hpp"
#include "verification.hpp"

namespace jawort {
namespace {

std::uint64_t mixed(std::uint64_t x) {  // the finisher of splitmix64
  x = (x ^ x >> 30) * 0xbf58476d1ce4e5b9U;
  x = (x ^ x >> 27) * 0x94d049bb133111ebU;
  return x ^ x >> 31;
}

template <class T>
T const* found_by(std::vector<T> const& sorted, address_key k, auto&& key_of) {
  auto const at = std::lower_bound(sorted.begin(), sorted.end(), k, [&](T const& x, address_key y) { return key_of(x) < y; });
  return at != sorted.end() && key_of(*at) == k ? &*at : nullptr;
}

people_problem problem_of(people_problem::order what, std::int64_t at, std::optional<sequence> seq, char const* kind, std::string de, std::string en) {
  return {what, at, {seq, kind, {std::move(de), std::move(en)}}};
}
}  // namespace

set_sum::set_sum() {
  if (auto const r = crypto::fill_random({reinterpret_cast<std::uint8_t*>(key_.data()), sizeof key_}); !r) raise(r.error());
}
void set_sum::add(address_key k, std::int64_t seq) {
  ++count_;
  sum_ += mixed(mixed(static_cast<std::uint64_t>(k) ^ key_[0]) + (static_cast<std::uint64_t>(seq) ^ key_[1]));
}
set_sum set_sum::empty() const {
  set_sum out = *this;
  out.count_ = out.sum_ = 0;
  return out;
}

void readable_addresses::read(store& db) {
  db.scan_address_rows(first_other_key, {}, [&](stored_address&& a) {
    if (!address::parse(a.text.value_or(""))) return;
    auto const place = static_cast<std::uint64_t>(a.row.key - first_other_key);
    if (place > near_.size() + (std::uint64_t{1} << 24)) { far_.insert(a.row.key); return; }
    if (place >= near_.size()) near_.resize(place + 1);
    near_[place] = true;
  });
}

bool readable_addresses::has(address_key k) const {
  if (k < first_other_key) return false;
  auto const place = static_cast<std::uint64_t>(k - first_other_key);
  return place < near_.size() && near_[place] ? true : far_.contains(k);
}

/// Stands for a row that has to be read the long way.
stored_row verification::mark_of(std::int64_t seq, address_key who) {
  stored_row mark;
  mark.seq = seq;
  mark.who = who;
  mark.plain = false;
  return mark;
}

/// What is needed of a row later: of its leaf only what must be recomputed.
void verification::put_person(spill::writer& out, stored_row const& row, bool readable) {
  record_.clear();
  std::array<char, leaf_secrets_size + 4> secrets;
  stored_row kept = row;
  if (!row.plain) {
    kept.marked = readable;
  } else if (foreign_key_) {
    kept.leaf = {};
  } else {
    std::memcpy(secrets.data(), row.leaf.data() + leaf_secrets_at, leaf_secrets_size);
    std::memcpy(secrets.data() + leaf_secrets_size, row.leaf.data() + 128, 4);  // the key's epoch
    kept.leaf = {secrets.data(), secrets.size()};
  }
  write_record(record_, kept);
  out.put(linked_.subject_of(*row.who), static_cast<std::uint64_t>(row.seq), record_);
}

/// One part of the spill, with what is stored of its people.
class people_part {
 public:
  people_part(verification& v, std::size_t p, std::vector<people_problem>& found) : v_(v), i_(v.i_), found_(found), maker_(v.i_.purposes, v.labels_, [this](address_key k) { return other_address(k); }) {
    from_ = v.spill_->lower(p);
    to_ = v.spill_->upper(p);
    part_ = v.spill_->take(p);
    std::lock_guard const lock{v_.db_mutex_};
    load();
  }

  void check() {
    auto const& records = part_.records();
    std::size_t at = 0, row = 0, stand = 0, link = 0;
    auto const links = v_.linked_.between(from_, to_);
    constexpr address_key none = std::numeric_limits<address_key>::max();
    for (;;) {
      address_key const key = std::min({at < records.size() ? records[at].k : none, row < addresses_.size() ? addresses_[row].row.key : none,
                                        stand < states_.size() ? states_[stand].key : none, link < links.size() ? links[link].subject : none});
      bool const entries = at < records.size() && records[at].k == key;
      bool any = entries;
      if (entries) {
        auto const person = person_at(records, at);
        read_person(person, at);
        at += person.size();
        v_.judged_ += person.size();
      } else {
        used_ = 0;
        last_.reset();
      }
      if (row < addresses_.size() && addresses_[row].row.key == key) { v_.check_address(addresses_[row++], found_); any = true; }
      if (stand < states_.size() && states_[stand].key == key) { ++stand; any = true; }
      for (; link < links.size() && links[link].subject == key; ++link) any = true;
      if (!any) return;
      if (v_.states_too_ && states_whole_ && v_.linked_.subject_of(key) == key && !v_.twisted_.contains(key)) check_states(key);
    }
  }

 private:
  struct state {
    address_key key = 0;
    instant horizon;
    std::size_t at = 0, size = 0;
  };
  static address_key key_of(stored_address const& a) { return a.row.key; }
  static address_key state_key(state const& s) { return s.key; }

  void load() {
    piece([&] { i_.db->scan_address_rows(from_, to_, [&](stored_address&& a) { addresses_.push_back(std::move(a)); }); });
    auto const take = [&](std::vector<state>& to, address_key key, instant horizon, std::string_view text) {
      to.push_back({key, horizon, bodies_.size(), text.size()});
      bodies_ += text;
    };
    states_whole_ = piece([&] { i_.db->scan_states(from_, to_, [&](address_key key, instant horizon, std::string_view text) { take(states_, key, horizon, text); }); });
    std::vector<address_key> keys;
    for (auto const& l : v_.linked_.between(from_, to_)) keys.push_back(l.key);
    std::sort(keys.begin(), keys.end());
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    piece([&] {
      for (address_key const k : keys)
        if (auto a = i_.db->stored_address_of(k)) linked_.push_back(*std::move(a));
    });
    bool const linked_whole = piece([&] { i_.db->states(keys, [&](std::size_t k, instant horizon, std::string_view text) { take(linked_states_, keys[k], horizon, text); }); });
    states_whole_ = states_whole_ && linked_whole;
  }
  /// Bytes that cannot be read end a piece, not the part; false where there were some.
  bool piece(std::function<void()> const& read) {
    try {
      read();
      return true;
    } catch (store_error const& e) {
      if (e.why.code != failure::damaged) throw;
      found_.push_back(problem_of(people_problem::damage, 0, {}, "damaged", e.why.message.de, e.why.message.en));
      return false;
    }
  }
  [[nodiscard]] stored_address const* stored(address_key k) const {
    auto const* const here = found_by(addresses_, k, key_of);
    return here != nullptr ? here : found_by(linked_, k, key_of);
  }
  [[nodiscard]] state const* state_of(address_key k) const {
    auto const* const here = found_by(states_, k, state_key);
    return here != nullptr ? here : found_by(linked_states_, k, state_key);
  }
  [[nodiscard]] std::string_view body(state const& s) const { return std::string_view{bodies_}.substr(s.at, s.size); }
  address other_address(address_key k) {
    if (auto const* const a = stored(k); a != nullptr && a->text)
      if (auto parsed = address::parse(*a->text)) return *std::move(parsed);
    std::lock_guard const lock{v_.db_mutex_};
    return i_.db->address_of(k);
  }

  /// The person's entries as events, each held against its leaf.
  void read_person(std::span<spill::record const> person, std::size_t at) {
    used_ = 0;
    last_.reset();
    broken_ = false;
    std::optional<address_key> whose;
    for (auto const& r : person) {
      look_ahead(part_.records(), at++);
      auto const row = read_record(r.bytes);
      if (row.plain || row.marked) last_ = std::max(last_.value_or(0), static_cast<sequence>(row.seq));
      if (used_ == events_.size()) events_.emplace_back();
      if (!row.plain || !maker_.make(row, events_[used_])) { broken_ = true; continue; }
      event const& e = events_[used_++];
      if (v_.foreign_key_) continue;
      check_leaf(row, e, whose != row.who);
      whose = row.who;
    }
  }
  void check_leaf(stored_row const& row, event const& e, bool another) {
    std::uint32_t epoch = 0;
    for (std::size_t k = 0; k < 4; ++k) epoch = epoch << 8 | static_cast<std::uint8_t>(row.leaf[leaf_secrets_size + k]);
    if (another) {
      whose_ = stored(*row.who);
      ready_ = nullptr;
    }
    auto const tell = [&](char const* kind, std::string de, std::string en) { found_.push_back(problem_of(people_problem::leaf, row.seq, e.seq, kind, std::move(de), std::move(en))); };
    auto* const check = check_of(epoch);
    if (check == nullptr) return tell("key", "Schlüssel der Epoche " + std::to_string(epoch) + " fehlt", "the key of epoch " + std::to_string(epoch) + " is missing");
    if (whose_ == nullptr) return tell("address", "die Zeile der Adresse fehlt", "the row of the address is missing");
    if (e.notice > i_.notices.size()) return tell("notice", "der genannte Hinweis fehlt", "the notice that it names is missing");
    if (check != ready_) {
      text_ = e.who->text();
      check->person(whose_->row.secret, text_);
      ready_ = check;
    }
    if (row.marked || !check->holds(row.leaf, e, i_.reference(e.notice)))
      tell("row", "die Zeile ist nicht mehr die, für die ihr Blatt steht", "the row is no longer what its leaf stands for");
  }
  /// Of a key epoch; nullptr where its key is missing.
  leaf_check* check_of(std::uint32_t epoch) {
    for (auto& [e, check] : checks_)
      if (e == epoch) return check.get();
    auto const* const master = i_.keys.master(epoch);
    if (master == nullptr) return nullptr;
    checks_.emplace_back(epoch, std::make_unique<leaf_check>(*master));
    return checks_.back().second.get();
  }

  /// The states of a person are folded anew; whoever has entries has one under each of their addresses, and nobody else.
  void check_states(address_key person) {
    members_.assign(1, person);
    for (auto const& l : v_.linked_.of(person)) members_.push_back(l.key);
    if (!last_) {
      for (address_key const m : members_)
        if (state_of(m) != nullptr) found_.push_back(problem_of(people_problem::state, m, {}, "state", "ein Stand gehört zu niemandem", "a state belongs to nobody"));
      return;
    }
    bool folded = false;
    for (address_key const m : members_) {
      bool const there = stored(m) != nullptr;
      auto const* const s = state_of(m);
      if (s == nullptr) {
        if (there) found_.push_back(problem_of(people_problem::missing, m, last_, "state", "zu dieser Person fehlt der gespeicherte Stand", "the stored state of this person is missing"));
      } else if (!there) {
        found_.push_back(problem_of(people_problem::state, m, {}, "state", "ein Stand gehört zu niemandem", "a state belongs to nobody"));
      } else {
        if (!folded) fold_person(person);
        folded = true;
        if (!folded_) {
          std::lock_guard const lock{v_.db_mutex_};
          v_.check_one_state(m, person, *last_, s->horizon, body(*s), found_);
        } else if (*folded_ != body(*s) || horizon_ != s->horizon) {
          found_.push_back(problem_of(people_problem::state, m, last_, "state", "der gespeicherte Stand folgt nicht aus den Einträgen", "the stored state does not follow from the entries"));
        }
      }
    }
  }
  /// Nothing where something of it has to be read the long way.
  void fold_person(address_key person) {
    folded_.reset();
    if (broken_ || (!is_number_key(person) && stored(person) == nullptr) || came_back()) return;
    auto const s = fold({events_.data(), used_}, maker_.address_of(person), {}, i_.folding_rules());
    folded_ = encode_state(s);
    horizon_ = s.last.at;
  }
  /// Whether something of them was erased: what that left belongs to their history.
  bool came_back() {
    if (!v_.erased_any_) return false;
    std::lock_guard const lock{v_.db_mutex_};
    std::vector<address> who;
    for (address_key const m : members_) who.push_back(i_.db->address_of(m));
    return !i_.forgotten(who).empty();
  }

  verification& v_;
  ledger_parts::impl& i_;
  std::vector<people_problem>& found_;
  event_maker maker_;
  std::optional<address_key> from_, to_;
  spill::part part_;
  std::vector<stored_address> addresses_, linked_;
  std::vector<state> states_, linked_states_;
  std::string bodies_;
  bool states_whole_ = true;
  // one person
  std::vector<event> events_;
  std::size_t used_ = 0;
  bool broken_ = false;
  std::optional<sequence> last_;
  std::vector<address_key> members_;
  std::optional<std::string> folded_;
  instant horizon_;
  std::vector<std::pair<std::uint32_t, std::unique_ptr<leaf_check>>> checks_;
  leaf_check* ready_ = nullptr;
  stored_address const* whose_ = nullptr;
  std::string text_;
};

void verification::check_people() {
  check_address_index();
  if (spill_ == nullptr) return;
  erased_any_ = false;
  part([&] { erased_any_ = i_.db->has_tombstones(); });
  states_too_ = !foreign_key_ || !erased_any_;
  find_twisted();
  std::vector<people_problem> found;
  do {
    std::atomic<std::size_t> next{spill_->first()};
    std::atomic<bool> give_up{false};
    std::mutex found_mutex;
    on_threads(threads_, [&](unsigned thread) {
      try {
        for (std::size_t p; !give_up && (p = next++) < spill_->end();) {
          auto more = check_part(p);
          std::lock_guard const lock{found_mutex};
          found.insert(found.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
          if (watch_.stopped()) raise(interrupted_error());
          if (thread == 0) watch_.show(std::min<std::uint64_t>((read_ + judged_) / 2, all_), all_);
        }
      } catch (...) {
        give_up = true;
        throw;
      }
    });
  } while (spill_->again() && (fill_again(), true));
  watch_.show(all_, all_);
  if (!states_too_)
    report_.remarks.push_back({"Stände nicht verglichen: was Löschungen hinterlassen, ist ohne Schlüsseldatei nicht zu finden", "states not compared: what erasures left cannot be found without the key file"});
  part([&] { check_twisted(found); });
  tell(found);
}

/// Bytes that cannot be read end the part, not the run.
std::vector<people_problem> verification::check_part(std::size_t p) {
  std::vector<people_problem> found;
  try {
    people_part{*this, p, found}.check();
  } catch (store_error const& e) {
    if (e.why.code != failure::damaged) throw;
    found.push_back(problem_of(people_problem::damage, 0, {}, "damaged", e.why.message.de, e.why.message.en));
  }
  return found;
}

/// Another pass over the rows, for the parts that had no room.
void verification::fill_again() {
  row_wish wish;
  wish.evidence.fill(true);
  wish.leaf = true;
  auto maker = names_alone();
  part([&] {
    spill::writer out{*spill_};
    i_.db->scan_rows(every_row_from, every_row_to, wish, [&](stored_row const& row) {
      if (!row.who) return true;
      stored_row kept = row;
      bool readable = true;
      if (is_quick(row, maker)) {
        kept.marked = !is_openly(log::detail::view(row.leaf), row.kind, true, row.purpose_code, row.occurred_at, row.notice);
      } else {
        kept = mark_of(row.seq, *row.who);
        readable = i_.db->row_at(row.seq).row.has_value();
      }
      put_person(out, kept, readable);
      if (watch_.stopped()) raise(interrupted_error());
      return true;
    });
    out.end();
  });
}

/// The index by which a person's entries are found, for a decision as of an earlier time, a history or an erasure, says the
/// same as the rows.
void verification::check_address_index() {
  part([&] {
    auto sum = rows_sum_.empty();
    std::pair<address_key, std::int64_t> before{std::numeric_limits<address_key>::min(), std::numeric_limits<std::int64_t>::min()};
    bool ordered = true;
    i_.db->scan_address_index([&](address_key k, std::int64_t seq) {
      sum.add(k, seq);
      ordered = ordered && before < std::pair{k, seq};
      before = {k, seq};
    });
    if (ordered && sum == rows_sum_) return;
    problem({}, "index", "das Verzeichnis der Adressen nennt andere Einträge, als es gibt; danach fehlten Einträge einer Person oder fremde kämen dazu",
            "the index of addresses names other entries than there are; by it a person's entries would be missing or a stranger's be added");
  });
}

/// Who belongs together follows from the entries; how an address is written, from its kind.
void verification::check_address(stored_address const& a, std::vector<people_problem>& found) const {
  bool const number = a.row.key < first_other_key;
  bool well = a.whole && number == !a.text;
  if (well && number) well = is_number_key(a.row.key);
  else if (well) {
    auto const parsed = address::parse(*a.text);
    well = parsed && parsed->kind() != address_kind::number && parsed->text() == *a.text;
  }
  if (!well) found.push_back(problem_of(people_problem::address, a.row.key, {}, "address", "eine Adresse ist nicht so geschrieben, wie sie es sein muss", "an address is not written as it must be"));
  if (joined(a.row.key) != a.row.subject)
    found.push_back(problem_of(people_problem::address, a.row.key, {}, "address", "die Adresse gehört zu einer anderen Person, als die Einträge sagen", "the address belongs to another person than the entries say"));
}

void verification::find_twisted() {
  for (auto& [k, into] : joined_) into = joined(k);  // short ways from here on
  std::set<address_key> roots;
  auto const look = [&](address_key k) {
    auto const entries = joined(k), stored = linked_.subject_of(k);
    if (entries != stored) roots.insert({k, entries, stored});
  };
  std::vector<address_key> keys;
  keys.reserve(2 * (joined_.size() + linked_.all().size()));
  for (auto const& [k, into] : joined_) keys.insert(keys.end(), {k, into});
  for (auto const& l : linked_.all()) keys.insert(keys.end(), {l.key, l.subject});
  for (address_key const k : keys) look(k);
  twisted_ = roots;
  if (roots.empty()) return;
  for (address_key const k : keys)
    if (roots.contains(joined(k)) || roots.contains(linked_.subject_of(k))) twisted_.insert(k);
}

/// The states of people of whom the tables say different things, the long way.
void verification::check_twisted(std::vector<people_problem>& found) {
  if (twisted_.empty() || !states_too_) return;
  std::unordered_map<address_key, sequence> people;
  for (auto const& [key, seq] : last_entries(twisted_)) {
    auto& last = people[joined(key)];
    last = std::max(last, seq);
  }
  for (address_key const key : twisted_) {
    bool const there = i_.db->stored_address_of(key).has_value();
    auto const person = people.find(joined(key));
    bool seen = false;
    i_.db->states({&key, 1}, [&](std::size_t, instant horizon, std::string_view body) {
      seen = true;
      if (!there || person == people.end()) found.push_back(problem_of(people_problem::state, key, {}, "state", "ein Stand gehört zu niemandem", "a state belongs to nobody"));
      else check_one_state(key, person->first, person->second, horizon, body, found);
    });
    if (there && person != people.end() && !seen)
      found.push_back(problem_of(people_problem::missing, key, person->second, "state", "zu dieser Person fehlt der gespeicherte Stand", "the stored state of this person is missing"));
  }
}

/// One state by the index: what cannot be read says so in its own words.
void verification::check_one_state(address_key key, address_key person, sequence last, instant horizon, std::string_view body, std::vector<people_problem>& found) {
  try {
    auto const s = fold(i_.events_of_subject(person), i_.db->address_of(person), {}, i_.folding_rules());
    if (encode_state(s) != body || s.last.at != horizon)
      found.push_back(problem_of(people_problem::state, key, last, "state", "der gespeicherte Stand folgt nicht aus den Einträgen", "the stored state does not follow from the entries"));
  } catch (store_error const& e) {
    if (e.why.code != failure::damaged) throw;
    found.push_back(problem_of(people_problem::state, key, last, "state", "der Stand ist nicht nachzurechnen: " + e.why.message.de, "the state cannot be folded anew: " + e.why.message.en));
  }
}

/// The last readable entry of each of those addresses: another pass over the rows, since only problems ask for it.
std::unordered_map<address_key, sequence> verification::last_entries(std::set<address_key> const& of) {
  std::unordered_map<address_key, sequence> out;
  row_wish wish;
  wish.evidence.fill(true);
  wish.leaf = true;
  auto maker = names_alone();
  i_.db->scan_rows(every_row_from, every_row_to, wish, [&](stored_row const& row) {
    if (row.who && of.contains(*row.who) && (is_quick(row, maker) || i_.db->row_at(row.seq).row)) out[*row.who] = static_cast<sequence>(row.seq);
    return true;
  });
  return out;
}

/// Puts what was found in its place: of leaves among what was said of the entries, in sequence; all else at the end.
void verification::tell(std::vector<people_problem>& found) {
  std::stable_sort(found.begin(), found.end(), [](people_problem const& a, people_problem const& b) { return a.what != b.what ? a.what < b.what : a.at < b.at; });
  // Each part may have met the same bytes.
  auto const same = [](people_problem const& a, people_problem const& b) { return a.what == people_problem::damage && b.what == a.what && a.told.text.en == b.told.text.en; };
  found.erase(std::unique(found.begin(), found.end(), same), found.end());
  std::set<address_key> asked;
  for (auto const& f : found)
    if (f.what == people_problem::address) asked.insert(f.at);
  if (!asked.empty()) {
    std::unordered_map<address_key, sequence> last;
    part([&] { last = last_entries(asked); });
    for (auto& f : found)
      if (auto const at = last.find(f.at); f.what == people_problem::address && at != last.end()) f.told.seq = at->second;
  }
  auto const leaves = std::find_if(found.begin(), found.end(), [](people_problem const& f) { return f.what != people_problem::leaf; });
  std::vector<verify_problem> merged(report_.problems.begin(), report_.problems.begin() + static_cast<std::ptrdiff_t>(entry_problems_));
  auto next = found.begin();
  for (std::size_t k = entry_problems_; k < report_.problems.size(); ++k) {
    auto& p = report_.problems[k];
    bool const among = k < entry_problems_end_;
    // Of one entry, its place is told before its leaf, its time and the checkpoints after.
    auto const first = [&](people_problem const& f) { return !among || (p.seq && (*f.told.seq < *p.seq || (*f.told.seq == *p.seq && p.kind != "sequence" && p.kind != "restore"))); };
    for (; next != leaves && first(*next); ++next) merged.push_back(std::move(next->told));
    merged.push_back(std::move(p));
  }
  for (; next != found.end(); ++next) merged.push_back(std::move(next->told));
  report_.problems = std::move(merged);
}

}  // namespace jawort
