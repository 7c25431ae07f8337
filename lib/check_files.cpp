// Verification from files alone.
#include "jawort/ledger/check_files.hpp"

#include <map>
#include <set>

#include "crypto.hpp"
#include "jawort/log/tile.hpp"
#include "jawort/log/verifier.hpp"

namespace jawort {
namespace {
using problems = std::vector<verify_problem>;

void add(problems& to, std::optional<sequence> seq, char const* kind, std::string de, std::string en) {
  to.push_back({seq, kind, {std::move(de), std::move(en)}});
}

std::string n(std::uint64_t number) { return std::to_string(number); }

/// The checkpoint of a note that the key signed; what else there is, is told.
std::optional<log::checkpoint> signed_checkpoint(std::string_view text, std::string_view verifier_key, problems& to, std::size_t* others = nullptr) {
  crypto::sha256 hash;
  auto const key = log::parse_verifier(hash, verifier_key);
  if (!key) {
    add(to, {}, "verifier-key", "der Prüfschlüssel ist keiner, oder seine Kennung passt nicht zu ihm", "the verifier key is none, or its id is not that of its key");
    return std::nullopt;
  }
  auto const note = log::parse_note(text);
  auto c = note ? log::parse_checkpoint(note->text) : std::nullopt;
  if (!c) {
    add(to, {}, "checkpoint", "der Prüfpunkt ist nicht zu lesen", "the checkpoint cannot be read");
    return std::nullopt;
  }
  if (c->origin != key->name) {
    add(to, {}, "origin", "der Prüfpunkt gehört zu " + c->origin + ", der Schlüssel zu " + key->name, "the checkpoint belongs to " + c->origin + ", the key to " + key->name);
    return std::nullopt;
  }
  auto const verify = [](log::bytes_view k, std::string_view m, log::bytes_view s) { return crypto::ed25519_verify(k, m, s); };
  auto const state = log::check_signature(*note, *key, verify).state;
  if (state == log::signature_state::absent)
    add(to, {}, "signature", "der Prüfpunkt ist mit diesem Schlüssel nicht unterschrieben", "the checkpoint is not signed with this key");
  if (state == log::signature_state::bad) add(to, {}, "signature", "die Unterschrift ist falsch", "the signature is wrong");
  if (state != log::signature_state::good) return std::nullopt;
  if (others != nullptr)
    *others = static_cast<std::size_t>(std::count_if(note->signatures.begin(), note->signatures.end(), [&](auto const& s) { return s.name != key->name || s.key_id != key->key_id; }));
  return c;
}

void not_in_tree(problems& to, std::optional<sequence> seq) {
  add(to, seq, "inclusion", "dieses Blatt steht nicht an dieser Stelle des unterschriebenen Baums", "this leaf does not stand at this place of the signed tree");
}
}  // namespace

file_check check_proof(std::string_view proof_file, std::string_view leaf, std::string_view verifier_key) {
  file_check out;
  auto const p = log::parse_tlog_proof(proof_file);
  if (!p) {
    add(out.problems, {}, "proof", "die Beweisdatei ist keine", "the proof file is none");
    return out;
  }
  out.index = p->index;
  out.entry = log::decode_leaf(log::detail::view(leaf));
  if (!out.entry) add(out.problems, {}, "leaf", "die Blattdatei ist kein Blatt von 132 Byte", "the leaf file is no leaf of 132 bytes");
  auto const c = signed_checkpoint(p->checkpoint, verifier_key, out.problems, &out.other_signatures);
  if (!c) return out;
  out.head = *c;
  crypto::sha256 hash;
  if (!log::verify_inclusion(hash, p->index, c->size, log::leaf_hash(hash, log::detail::view(leaf)), p->path, c->root)) not_in_tree(out.problems, {});
  return out;
}

file_check check_consistency(std::string_view consistency_file, std::string_view old_checkpoint, std::string_view verifier_key) {
  file_check out;
  auto const f = log::parse_consistency_file(consistency_file);
  if (!f) {
    add(out.problems, {}, "proof", "die Datei ist kein Konsistenzbeweis", "the file is no consistency proof");
    return out;
  }
  auto const old = signed_checkpoint(old_checkpoint, verifier_key, out.problems);
  auto const c = signed_checkpoint(f->checkpoint, verifier_key, out.problems, &out.other_signatures);
  if (!old || !c) return out;
  out.head = *c;
  out.index = old->size;
  crypto::sha256 hash;
  if (f->old_size != old->size)
    add(out.problems, {}, "old-size", "der Beweis beginnt bei Größe " + n(f->old_size) + ", der alte Prüfpunkt hat " + n(old->size), "the proof begins at size " + n(f->old_size) + ", the old checkpoint has " + n(old->size));
  else if (!log::verify_consistency(hash, old->size, c->size, f->proof, old->root, c->root))
    add(out.problems, {}, "consistency", "der alte Prüfpunkt ist nicht der Anfang des neuen, oder der Beweis ist falsch", "the old checkpoint is not the beginning of the new one, or the proof is wrong");
  return out;
}

namespace {
/// C_s and C_e of one opened entry against its leaf.
void check_commitments(opened_entry const& e, opened_check& found, problems& to) {
  log::leaf const& leaf = *found.leaf;
  if (leaf.nonce != e.nonce) add(to, e.seq, "nonce", "die Nonce ist nicht die des Blatts", "the nonce is not that of the leaf");
  bool const subject = (leaf.flags & log::flag_subject) != 0;
  if (subject == e.address.empty())
    add(to, e.seq, "address", subject ? "zu diesem Eintrag fehlt die Adresse" : "dieser Eintrag handelt von keiner Person", subject ? "the address of this entry is missing" : "this entry is about no person");
  else if (subject && log::subject_commitment(crypto::hmac_sha256{}, e.k_s, leaf.nonce, e.address) != leaf.subject_commitment)
    add(to, e.seq, "subject", "das Blatt gehört nicht zu dieser Adresse", "the leaf does not belong to this address");
  if (!e.k_e) return;
  if (crypto::hmac_sha256{}(*e.k_e, log::detail::view(e.canonical)) != leaf.event_commitment) {
    add(to, e.seq, "evidence", "der Beleg ist nicht der, für den das Blatt steht", "the evidence is not what the leaf stands for");
    return;
  }
  found.said = log::parse_canonical(e.canonical);
  if (!found.said)
    add(to, e.seq, "evidence", "der Beleg ist nicht zu lesen", "the evidence cannot be read");
  else if (found.said->seq != e.seq || found.said->address != e.address || found.said->occurred_ms / 60000 != leaf.minute)
    add(to, e.seq, "evidence", "der Beleg spricht von einem anderen Eintrag", "the evidence speaks of another entry");
}
}  // namespace

opening_check check_opening(opening const& o, file_reader const& beside, std::string_view verifier_key) {
  opening_check out;
  if (auto const c = signed_checkpoint(o.checkpoint, verifier_key, out.problems)) out.head = *c;
  if (o.entries.empty()) add(out.problems, {}, "opening", "die Öffnung öffnet keinen Eintrag", "the opening opens no entry");
  std::set<sequence> seen;
  for (opened_entry const& e : o.entries) {
    opened_check found;
    found.entry = &e;
    if (!seen.insert(e.seq).second) add(out.problems, e.seq, "opening", "der Eintrag steht doppelt in der Öffnung", "the entry stands twice in the opening");
    auto const leaf = beside(n(e.seq) + ".leaf"), proof = beside(n(e.seq) + ".tlog-proof");
    if (!leaf || !proof) {
      add(out.problems, e.seq, "file", "Blatt oder Beweis fehlt neben der Öffnung", "leaf or proof is missing beside the opening");
    } else {
      auto checked = check_proof(*proof, *leaf, verifier_key);
      for (auto& p : checked.problems) out.problems.push_back({e.seq, p.kind, p.text});
      if (checked.ok() && checked.index != e.index) add(out.problems, e.seq, "index", "der Beweis gilt für die Stelle " + n(checked.index), "the proof is for place " + n(checked.index));
      found.leaf = checked.entry;
      if (found.leaf) check_commitments(e, found, out.problems);
    }
    out.entries.push_back(std::move(found));
  }
  return out;
}

namespace {
/// Reads an exported log entry for entry; each bundle's entries are hashed and compared with its tile, each tile with the
/// one above, the whole with the signed root.
class tile_reading {
 public:
  tile_reading(file_reader const& files, problems& to) : files_(files), to_(to) {}

  void run(log::checkpoint const& head, std::function<void(std::uint64_t, log::bytes_view)> const& each) {
    for (log::tile const& t : log::tiles_of(head.size)) {
      auto const name = log::path_of(t);
      auto const bytes = files_(name);
      if (!bytes) {
        add(to_, {}, "tile", name + " fehlt", name + " is missing");
        whole_ = false;
      } else if (t.entries) {
        read_bundle(t, name, *bytes, each);
      } else {
        compare_tile(t, name, *bytes);
      }
    }
    if (whole_ && tree_.root(hash_) != head.root)
      add(to_, {}, "root", "die Einträge ergeben nicht den unterschriebenen Baumkopf", "the entries do not come to the signed root");
  }

 private:
  void read_bundle(log::tile const& t, std::string const& name, std::string const& bytes, std::function<void(std::uint64_t, log::bytes_view)> const& each) {
    auto const entries = log::parse_bundle(bytes, t.width);
    if (!entries) {
      add(to_, {}, "tile", name + " ist nicht zu lesen", name + " cannot be read");
      whole_ = false;
      return;
    }
    for (std::size_t k = 0; k < entries->size(); ++k) {
      each(t.index * log::tile_width + k, (*entries)[k]);
      if (whole_)
        tree_.append(log::leaf_hash(hash_, (*entries)[k]), hash_, [&](unsigned level, std::uint64_t index, log::digest const& d) {
          if (level % log::tile_height == 0) nodes_[{level / log::tile_height, index / log::tile_width}].push_back(d);
        });
    }
  }
  void compare_tile(log::tile const& t, std::string const& name, std::string const& bytes) {
    if (!whole_) return;  // nothing to compare with
    auto const at = nodes_.find({t.level, t.index});
    if (at == nodes_.end() || log::tile_bytes(at->second) != bytes) add(to_, {}, "tile", name + " folgt nicht aus den Einträgen", name + " does not follow from the entries");
  }

  file_reader const& files_;
  problems& to_;
  crypto::sha256 hash_;
  log::frontier tree_;
  std::map<std::pair<unsigned, std::uint64_t>, std::vector<log::digest>> nodes_;
  bool whole_ = true;
};

std::optional<log::checkpoint> head_of_tiles(file_reader const& tiles, std::string_view verifier_key, problems& to, std::size_t* others = nullptr) {
  auto const note = tiles("checkpoint");
  if (!note) {
    add(to, {}, "checkpoint", "im Ordner fehlt `checkpoint`", "the folder has no `checkpoint`");
    return std::nullopt;
  }
  return signed_checkpoint(*note, verifier_key, to, others);
}
}  // namespace

file_check check_tiles(file_reader const& tiles, std::string_view verifier_key) {
  file_check out;
  auto const head = head_of_tiles(tiles, verifier_key, out.problems, &out.other_signatures);
  if (!head) return out;
  out.head = *head;
  tile_reading{tiles, out.problems}.run(*head, [](std::uint64_t, log::bytes_view) {});
  return out;
}

void check_completeness(opening const& o, file_reader const& tiles, std::string_view verifier_key, opening_check& into) {
  auto const head = head_of_tiles(tiles, verifier_key, into.problems);
  if (!head) return;
  if (head->origin != o.origin) {
    add(into.problems, {}, "origin", "die Kacheln gehören zu " + head->origin + ", die Öffnung zu " + o.origin, "the tiles belong to " + head->origin + ", the opening to " + o.origin);
    return;
  }
  if (head->size < into.head.size)
    add(into.problems, {}, "tiles", "die Kacheln reichen nur bis " + n(head->size) + " Einträge, die Öffnung bis " + n(into.head.size), "the tiles reach only " + n(head->size) + " entries, the opening " + n(into.head.size));
  std::multimap<std::uint32_t, subject_key const*> keys;
  for (subject_key const& k : o.keys) keys.emplace(k.epoch, &k);
  std::set<std::uint64_t> known;
  for (opened_entry const& e : o.entries) known.insert(e.index);
  log::frontier tree;
  crypto::sha256 hash;
  bool fork = false;
  tile_reading{tiles, into.problems}.run(*head, [&](std::uint64_t index, log::bytes_view entry) {
    ++into.scanned;
    if (index < into.head.size) tree.append(log::leaf_hash(hash, entry), hash);
    if (tree.size() == into.head.size && index + 1 == into.head.size) fork = tree.root(hash) != into.head.root;
    auto const leaf = log::decode_leaf(entry);
    if (!leaf || (leaf->flags & log::flag_subject) == 0 || known.contains(index)) return;
    auto const [from, to] = keys.equal_range(leaf->epoch);
    for (auto k = from; k != to; ++k)
      if (log::subject_commitment(crypto::hmac_sha256{}, k->second->k_s, leaf->nonce, k->second->address) == leaf->subject_commitment) {
        into.left_out.push_back(index);
        if (index < into.head.size)
          add(into.problems, {}, "left-out", "die Öffnung verschweigt den Eintrag an der Stelle " + n(index) + " (" + std::string{name(leaf->kind)} + ")",
              "the opening leaves out the entry at place " + n(index) + " (" + std::string{name(leaf->kind)} + ")");
        break;
      }
  });
  if (fork) add(into.problems, {}, "fork", "Gabelung: die Kacheln haben andere Einträge als der Prüfpunkt der Öffnung", "fork: the tiles have other entries than the opening's checkpoint");
}

}  // namespace jawort
