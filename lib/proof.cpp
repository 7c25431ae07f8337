// Proofs of entries, and of the log's growth.
#include "jawort/ledger/proof.hpp"

#include "jawort/ledger/erasure.hpp"

#include "ledger_impl.hpp"
#include "proof_parts.hpp"

namespace jawort {

signed_tree::signed_tree(ledger_parts::impl& i) : nodes_(nullptr) {
  stored_head const h = i.read_head();
  first = h.first_seq;
  head = {i.origin, h.tree.size(), h.tree.root(i.hash)};
  note = i.keys.sign(head);
  nodes_ = std::make_unique<node_source>(*i.db, i.hash, first, head.size);
}

error not_the_signed_tree() {
  return {failure::damaged, {"die gespeicherten Einträge ergeben nicht den unterschriebenen Baumkopf", "the stored entries do not come to the signed tree head"},
          {"`jawort verify` zeigt, welche nicht stimmen", "`jawort verify` shows which are wrong"}};
}

namespace {
entry_proof proof_of(ledger_parts::impl& i, signed_tree& tree, sequence seq) {
  if (seq < tree.first)
    raise({failure::refused, {"Eintrag #" + std::to_string(seq) + " gehört zu einem früheren Ursprung", "entry #" + std::to_string(seq) + " belongs to an earlier origin"},
           {"der jetzige beginnt bei #" + std::to_string(tree.first), "the present one begins at #" + std::to_string(tree.first)}});
  entry_proof p;
  p.seq = seq;
  p.index = seq - tree.first;
  if (p.index >= tree.head.size)
    raise({failure::not_found, {"kein Eintrag #" + std::to_string(seq), "no entry #" + std::to_string(seq)},
           {"der letzte ist #" + std::to_string(tree.first + tree.head.size - 1), "the last one is #" + std::to_string(tree.first + tree.head.size - 1)}});
  bool found = false;
  i.db->scan_leaves(seq, 1, [&](log::leaf_bytes const& leaf) { p.leaf = leaf; found = true; });
  auto path = log::inclusion_proof(tree.nodes(), i.hash, p.index, tree.head.size);
  if (!found || !log::verify_inclusion(i.hash, p.index, tree.head.size, log::leaf_hash(i.hash, p.leaf), path, tree.head.root)) raise(not_the_signed_tree());
  p.file = log::text_of(log::tlog_proof{std::nullopt, p.index, std::move(path), tree.note});
  return p;
}

/// What opens the entry whose event and secret these are; nothing where the keys of its epoch are gone.
std::optional<opened_entry> opened_with(ledger_parts::impl& i, entry_proof const& p, log::leaf const& leaf, event const& e, log::secret const& s, opened_evidence evidence) {
  auto const* const master = i.keys.master(leaf.epoch);
  if (master == nullptr) return std::nullopt;
  opened_entry o;
  o.seq = p.seq;
  o.index = p.index;
  o.nonce = leaf.nonce;
  if (e.who) {
    o.address = e.who->text();
    o.k_s = log::subject_key(crypto::hmac_sha256{}, *master, s, o.address);
    if (log::subject_commitment(crypto::hmac_sha256{}, o.k_s, o.nonce, o.address) != leaf.subject_commitment) raise(not_the_signed_tree());
  }
  if (evidence == opened_evidence::yes) {
    o.k_e = log::evidence_key(crypto::hmac_sha256{}, *master, s, o.nonce);
    o.canonical = log::canonical_bytes(e, i.reference(e.notice));
    if (crypto::hmac_sha256{}(*o.k_e, log::detail::view(o.canonical)) != leaf.event_commitment) raise(not_the_signed_tree());
  }
  return o;
}

/// What opens the entry; nothing where its row was erased, or the keys of its epoch are gone.
std::optional<opened_entry> open_entry(ledger_parts::impl& i, entry_proof const& p, opened_evidence evidence) {
  auto const leaf = log::decode_leaf(p.leaf);
  auto const row = i.db->entry(p.seq);
  if (!leaf || !row) return std::nullopt;
  bool const subject = (leaf->flags & log::flag_subject) != 0;
  if (subject != row->e.who.has_value()) return std::nullopt;
  log::secret s = i.own_secret;
  if (subject) {
    auto const who = i.db->find(*row->e.who);
    if (!who) return std::nullopt;
    s = who->secret;
  }
  return opened_with(i, p, *leaf, row->e, s, evidence);
}

opening opening_of(ledger_parts::impl& i, signed_tree const& tree) {
  return {i.origin, i.keys.verifier(i.origin), tree.note, {}, {}};
}

void add_keys(ledger_parts::impl& i, address const& who, log::secret const& s, opening& into) {
  for (std::uint32_t epoch = 1; epoch <= i.keys.epoch(); ++epoch)
    if (auto const* const master = i.keys.master(epoch))
      into.keys.push_back({who.text(), epoch, log::subject_key(crypto::hmac_sha256{}, *master, s, who.text())});
}

/// The entries of an erased person, out of the boxes that the address opens.
void prove_sealed(ledger& book, ledger_parts::impl& i, signed_tree& tree, address const& who, opened_evidence evidence, proven& out) {
  auto const boxes = unseal(book, who);
  if (!boxes) raise(boxes.error());
  for (auto const& box : *boxes) {
    for (auto const& [a, s] : box.people) add_keys(i, a, s, out.opened);
    for (auto const& [e, intact] : box.events) {
      if (e.seq < tree.first) continue;
      out.proofs.push_back(proof_of(i, tree, e.seq));
      auto const leaf = log::decode_leaf(out.proofs.back().leaf);
      auto const own = std::find_if(box.people.begin(), box.people.end(), [&](auto const& p) { return p.first == *e.who; });
      if (!leaf || own == box.people.end()) raise(not_the_signed_tree());
      if (auto o = opened_with(i, out.proofs.back(), *leaf, e, own->second, evidence)) out.opened.entries.push_back(*std::move(o));
    }
  }
}
}  // namespace

result<proven> prove(ledger& book, sequence seq, opened_evidence evidence) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<proven> {
    proven out;
    i.db->snapshot([&] {
      i.refresh();
      signed_tree tree{i};
      out.opened = opening_of(i, tree);
      out.proofs.push_back(proof_of(i, tree, seq));
      if (auto o = open_entry(i, out.proofs[0], evidence)) out.opened.entries.push_back(*std::move(o));
    });
    return out;
  });
}

result<proven> prove(ledger& book, address const& who, opened_evidence evidence) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<proven> {
    proven out;
    i.db->snapshot([&] {
      i.refresh();
      auto const row = i.db->find(who);
      signed_tree tree{i};
      out.opened = opening_of(i, tree);
      prove_sealed(book, i, tree, who, evidence, out);
      if (!row && out.proofs.empty()) raise({failure::not_found, {"das Hauptbuch weiß nichts von " + who.text(), "the ledger knows nothing of " + who.text()}, {}});
      std::vector<sequence> all;
      if (row)
        for (address_key const key : i.db->addresses_of(row->subject)) {
          address const own = i.db->address_of(key);
          add_keys(i, own, i.db->row_of(key)->secret, out.opened);
          for (event const& e : i.db->events_of(key))
            if (e.seq >= tree.first) all.push_back(e.seq);
        }
      std::sort(all.begin(), all.end());
      for (sequence const seq : all) {
        out.proofs.push_back(proof_of(i, tree, seq));
        if (auto o = open_entry(i, out.proofs.back(), evidence)) out.opened.entries.push_back(*std::move(o));
      }
      if (out.proofs.empty())
        raise({failure::not_found, {"keine Einträge zu " + who.text(), "no entries about " + who.text()}, {}});
    });
    return out;
  });
}

result<std::string> prove_since(ledger& book, std::string_view old_note) {
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::string> {
    auto const old = i.keys.verified(old_note);
    if (!old)
      return error{failure::malformed, {"das ist kein von diesem Hauptbuch unterschriebener Prüfpunkt", "this is no checkpoint that this ledger signed"},
                   {"eine Datei, wie `jawort checkpoint` sie ausgibt", "a file as `jawort checkpoint` prints it"}};
    std::string out;
    i.db->snapshot([&] {
      signed_tree tree{i};
      if (old->origin != i.origin)
        raise({failure::refused, {"der Prüfpunkt gehört zum Ursprung " + old->origin + ", dieses Hauptbuch führt " + i.origin, "the checkpoint belongs to origin " + old->origin + ", this ledger keeps " + i.origin}, {}});
      if (old->size == 0)
        raise({failure::refused, {"von der Größe 0 aus gibt es nichts zu beweisen", "from size 0 there is nothing to prove"}, {}});
      if (old->size > tree.head.size)
        raise({failure::damaged, {"der Prüfpunkt hat " + std::to_string(old->size) + " Einträge, das Hauptbuch nur " + std::to_string(tree.head.size), "the checkpoint has " + std::to_string(old->size) + " entries, the ledger only " + std::to_string(tree.head.size)},
               {"es wurde auf einen älteren Stand zurückgesetzt", "it was put back to an older state"}});
      log::consistency_file file{old->size, log::consistency_proof(tree.nodes(), i.hash, old->size, tree.head.size), tree.note};
      if (!log::verify_consistency(i.hash, old->size, tree.head.size, file.proof, old->root, tree.head.root)) {
        bool const sound = log::root_of(tree.nodes(), i.hash, tree.head.size) == tree.head.root;
        raise(sound ? error{failure::damaged, {"Gabelung: bei Größe " + std::to_string(old->size) + " hatte das unterschriebene Buch andere Einträge", "fork: at size " + std::to_string(old->size) + " the signed ledger had other entries"},
                            {"den Prüfpunkt aufheben: er beweist es", "keep the checkpoint: it proves it"}}
                    : not_the_signed_tree());
      }
      out = log::text_of(file);
    });
    return out;
  });
}

}  // namespace jawort
