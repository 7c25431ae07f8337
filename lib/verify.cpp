// verify: rereads and rehashes every row, refolds every state, compares with the checkpoints outside.
#include <set>

#include "erasure_check.hpp"
#include "ledger_impl.hpp"

namespace jawort {

result<verify_report> ledger::verify() {
  impl& i = *impl_;
  return guarded([&]() -> result<verify_report> {
    verify_report report;
    auto const problem = [&](std::optional<sequence> seq, char const* kind, std::string de, std::string en) {
      report.problems.push_back({seq, kind, {std::move(de), std::move(en)}});
    };
    i.db->snapshot([&] {
      i.refresh();
      std::vector<log::checkpoint> anchors;
      for (auto const& note : read_notes(i.anchor_path(), false)) {
        auto const c = i.keys.verified(note);
        if (!c) problem({}, "checkpoint-signature", "ein Prüfpunkt in der Datei daneben trägt keine gültige Unterschrift", "a checkpoint in the file beside has no valid signature");
        else if (c->origin == i.origin) anchors.push_back(*c);
      }
      std::sort(anchors.begin(), anchors.end(), [](auto const& a, auto const& b) { return a.size < b.size; });

      for (auto const& n : i.notices)
        if (crypto::hex(i.hash(n.body)) != n.digest_hex)
          problem({}, "notice", "Worte von " + n.words.reference() + " passen nicht zu ihrem Fingerabdruck", "the words of " + n.words.reference() + " do not match their digest");

      log::frontier tree;
      instant last_recorded;
      erasure_check erasures{i, problem};
      std::size_t next_anchor = 0;
      i.db->scan([&](stored_event const& s) {
        event const& e = s.e;
        ++report.events;
        if (e.seq != tree.size()) {
          problem(e.seq, "sequence", "Nummer " + std::to_string(tree.size()) + " fehlt", "number " + std::to_string(tree.size()) + " is missing");
          return false;  // every later position of the tree would be wrong as well
        }
        log::nonce n{};
        std::memcpy(n.data(), s.leaf.data() + 16, n.size());
        std::uint32_t epoch = 0;
        for (std::size_t k = 128; k < 132; ++k) epoch = epoch << 8 | s.leaf[k];
        auto const* master = i.keys.master(epoch);
        std::optional<address_row> row;
        if (e.who) row = i.db->find(*e.who);
        bool const stripped = erasures.take(s);
        if (stripped) {
          // What is left of it was compared with its leaf.
        } else if (master == nullptr) {
          problem(e.seq, "key", "Schlüssel der Epoche " + std::to_string(epoch) + " fehlt", "the key of epoch " + std::to_string(epoch) + " is missing");
        } else if (e.who && !row) {
          problem(e.seq, "address", "die Zeile der Adresse fehlt", "the row of the address is missing");
        } else if (e.notice > i.notices.size()) {
          problem(e.seq, "notice", "der genannte Hinweis fehlt", "the notice that it names is missing");
        } else {
          auto const again = log::make_leaf(crypto::hmac_sha256{}, e, i.reference(e.notice), i.digest_of(e.notice), s.purpose_code,
                                            *master, epoch, row ? row->secret : i.own_secret, n);
          if (again != s.leaf)
            problem(e.seq, "row", "die Zeile ist nicht mehr die, für die ihr Blatt steht", "the row is no longer what its leaf stands for");
        }
        if (!stripped && e.recorded_at < last_recorded) problem(e.seq, "clock", "die Zeit des Eintragens läuft rückwärts", "the time of recording runs backwards");
        if (!stripped) last_recorded = e.recorded_at;
        tree.append(log::leaf_hash(i.hash, s.leaf), i.hash);
        for (; next_anchor < anchors.size() && anchors[next_anchor].size <= tree.size(); ++next_anchor)
          if (anchors[next_anchor].size == tree.size() && anchors[next_anchor].root != tree.root(i.hash))
            problem(e.seq, "checkpoint", "bis hierher stimmt das Buch nicht mit dem unterschriebenen Prüfpunkt der Größe " + std::to_string(tree.size()),
                    "up to here the ledger is not what the signed checkpoint of size " + std::to_string(tree.size()) + " says");
        return true;
      });
      erasures.finish();
      if (next_anchor < anchors.size())
        problem({}, "behind", "Prüfpunkt der Größe " + std::to_string(anchors.back().size) + " liegt vor, das Buch hat nur " + std::to_string(tree.size()) + " Einträge",
                "there is a checkpoint of size " + std::to_string(anchors.back().size) + ", the ledger has only " + std::to_string(tree.size()) + " entries");
      auto const head = i.db->head();
      if (head.tree != tree) problem({}, "tree", "der gespeicherte Baumkopf passt nicht zu den Einträgen", "the stored tree head does not match the entries");
      report.head = {i.origin, tree.size(), tree.root(i.hash)};
      check_kept_nodes(*i.db, i.hash, first_seq_of(head), tree.size(), report.head.root, [&](bilingual text) { report.problems.push_back({{}, "node", std::move(text)}); });

      std::set<address_key> with_state;
      i.db->scan_states([&](address_key key, instant horizon, std::string_view body) {
        with_state.insert(key);
        auto const row = i.db->row_of(key);
        if (!row) { problem({}, "state", "ein Stand gehört zu keiner Adresse", "a state belongs to no address"); return; }
        auto const events = i.events_of_subject(row->subject);
        std::optional<sequence> const last = events.empty() ? std::nullopt : std::optional{events.back().seq};
        auto const s = fold(events, i.db->address_of(row->subject), {}, i.folding_rules());
        if (encode_state(s) != body || s.last.at != horizon)
          problem(last, "state", "der gespeicherte Stand folgt nicht aus den Einträgen", "the stored state does not follow from the entries");
      });
      i.db->scan([&](stored_event const& s) {
        if (s.e.who)
          if (auto const row = i.db->find(*s.e.who); row && with_state.insert(row->key).second)
            problem(s.e.seq, "state", "zu dieser Person fehlt der gespeicherte Stand", "the stored state of this person is missing");
        return true;
      });
    });
    return report;
  });
}

}  // namespace jawort
