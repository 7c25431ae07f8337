#include "tree_nodes.hpp"

namespace jawort {
namespace {
constexpr std::size_t most_blocks = 64;  // of 16 KiB

[[noreturn]] void missing(sequence from) {
  auto const where = "#" + std::to_string(from);
  throw store_error{error{failure::damaged, {"Einträge fehlen ab " + where, "entries are missing from " + where + " on"}, {"`jawort verify` zeigt, welche", "`jawort verify` shows which"}}};
}

std::string name_of(kept_node const& n) {
  return std::to_string(n.first) + "/" + std::to_string(n.level) + "/" + std::to_string(n.index);
}
}  // namespace

std::vector<log::digest> node_source::base(unsigned tile_level, std::uint64_t index) {
  std::uint64_t const from = index * log::tile_width, all = log::hashes_on(tile_level, size_);
  assert(from < all);
  std::uint64_t const count = std::min(log::tile_width, all - from);
  std::vector<log::digest> out;
  out.reserve(count);
  if (tile_level == 0) {
    db_.scan_leaves(first_ + from, count, [&](log::leaf_bytes const& leaf) { out.push_back(log::leaf_hash(hash_, leaf)); });
    if (out.size() != count) missing(first_ + from);
    return out;
  }
  unsigned const level = tile_level * log::tile_height;
  for (std::uint64_t k = from; k < from + count; ++k) {
    auto const kept = db_.node(first_, level, k);
    out.push_back(kept ? *kept : log::tile_root(base(tile_level - 1, k), hash_));
  }
  return out;
}

node_source::levels const& node_source::block(unsigned tile_level, std::uint64_t index) {
  auto const key = std::pair{tile_level, index};
  if (auto const at = blocks_.find(key); at != blocks_.end()) return at->second;
  if (blocks_.size() >= most_blocks) blocks_.clear();
  levels made;
  made[0] = base(tile_level, index);
  for (std::size_t l = 1; l < made.size(); ++l)
    for (std::size_t k = 0; k + 1 < made[l - 1].size(); k += 2) made[l].push_back(log::node_hash(hash_, made[l - 1][k], made[l - 1][k + 1]));
  return blocks_.emplace(key, std::move(made)).first->second;
}

log::digest node_source::operator()(unsigned level, std::uint64_t index) {
  unsigned const within = level % log::tile_height;
  std::uint64_t const per_block = log::tile_width >> within;
  return block(level / log::tile_height, index / per_block)[within].at(index % per_block);
}

std::vector<log::digest> node_source::tile(unsigned tile_level, std::uint64_t index) { return block(tile_level, index)[0]; }

namespace {
/// Every node of the present tree that should be kept, made from the leaves.
void make_nodes(store& db, crypto::sha256& hash, sequence first, std::uint64_t size, std::function<void(kept_node const&)> const& each) {
  log::frontier tree;
  db.scan_leaves(first, size, [&](log::leaf_bytes const& leaf) {
    tree.append(log::leaf_hash(hash, leaf), hash, [&](unsigned level, std::uint64_t index, log::digest const& d) {
      if (is_kept(level)) each({first, level, index, d});
    });
  });
}

/// Whether the nodes kept on level 8, and the leaves behind them, come to the root: then each of them is right, and so
/// are those above if they come from the ones below. Gives false on any doubt.
bool fold_to_root(store& db, crypto::sha256& hash, std::vector<kept_node> const& nodes, sequence first, std::uint64_t size, log::digest const& root) {
  std::uint64_t const blocks = log::hashes_on(1, size);
  log::frontier tree;
  std::vector<kept_node> above;
  std::size_t at = 0;
  for (; at < nodes.size() && nodes[at].level == log::tile_height; ++at) {
    if (nodes[at].index != at) return false;
    tree.append(nodes[at].value, hash, [&](unsigned level, std::uint64_t index, log::digest const& d) {
      if (is_kept(level)) above.push_back({first, level + log::tile_height, index, d});
    });
  }
  if (at != blocks) return false;
  std::stable_sort(above.begin(), above.end(), [](kept_node const& a, kept_node const& b) { return a.level < b.level; });
  if (!std::equal(above.begin(), above.end(), nodes.begin() + static_cast<std::ptrdiff_t>(at), nodes.end(), [](kept_node const& a, kept_node const& b) {
        return a.level == b.level && a.index == b.index && a.value == b.value;
      })) return false;
  log::frontier tail;
  db.scan_leaves(first + blocks * log::tile_width, size % log::tile_width, [&](log::leaf_bytes const& leaf) { tail.append(log::leaf_hash(hash, leaf), hash); });
  if (tail.size() != size % log::tile_width) return false;
  if (size == 0) return true;
  std::vector<log::digest> edge = tree.edge();
  edge.insert(edge.end(), tail.edge().begin(), tail.edge().end());
  auto const whole = log::frontier::from(size, std::move(edge));
  return whole && whole->root(hash) == root;
}
using told = std::function<void(bilingual)>;

void foreign(kept_node const& n, told const& problem) {
  problem({"Knoten " + name_of(n) + " gehört nicht in den Baum", "node " + name_of(n) + " does not belong in the tree"});
}
void wrong(kept_node const& n, told const& problem) {
  problem({"Knoten " + name_of(n) + " des Baums folgt nicht aus den Blättern", "node " + name_of(n) + " of the tree does not follow from the leaves"});
}

/// Names each node of the present tree that is wrong, missing or too many.
void compare_all(store& db, crypto::sha256& hash, std::vector<kept_node> const& nodes, sequence first, std::uint64_t size, told const& problem) {
  std::map<std::pair<unsigned, std::uint64_t>, kept_node> there;
  for (kept_node const& n : nodes) there.insert_or_assign({n.level, n.index}, n);
  make_nodes(db, hash, first, size, [&](kept_node const& n) {
    auto const at = there.find({n.level, n.index});
    if (at == there.end()) {
      problem({"Knoten " + name_of(n) + " des Baums fehlt", "node " + name_of(n) + " of the tree is missing"});
      return;
    }
    if (at->second.value != n.value) wrong(n, problem);
    there.erase(at);
  });
  for (auto const& [place, n] : there) foreign(n, problem);
}

/// The nodes of an origin before a restore: each against its own leaves, which all lie before the present origin.
void check_each(store& db, crypto::sha256& hash, std::vector<kept_node> const& nodes, sequence present, told const& problem) {
  for (kept_node const& n : nodes) {
    bool const possible = is_kept(n.level) && n.level < 48 && n.index < (std::uint64_t{1} << (62 - n.level)) &&
                          n.first < present && ((n.index + 1) << n.level) <= present - n.first;
    if (!possible) { foreign(n, problem); continue; }
    log::frontier tree;
    std::uint64_t const count = std::uint64_t{1} << n.level;
    db.scan_leaves(n.first + (n.index << n.level), count, [&](log::leaf_bytes const& leaf) { tree.append(log::leaf_hash(hash, leaf), hash); });
    if (tree.size() != count || tree.root(hash) != n.value) wrong(n, problem);
  }
}
}  // namespace

void check_kept_nodes(store& db, crypto::sha256& hash, sequence first, std::uint64_t size, log::digest const& root,
                      std::function<void(bilingual)> const& problem) {
  std::map<sequence, std::vector<kept_node>> by_first;
  db.scan_nodes([&](kept_node const& n) { by_first[n.first].push_back(n); });
  by_first.try_emplace(first);
  for (auto const& [begin, nodes] : by_first) {
    if (begin != first) check_each(db, hash, nodes, first, problem);
    else if (!fold_to_root(db, hash, nodes, first, size, root)) compare_all(db, hash, nodes, first, size, problem);
  }
}

void rebuild_kept_nodes(store& db, crypto::sha256& hash, sequence first, std::uint64_t size) {
  std::vector<kept_node> made;  // a statement cannot be read and written through at once
  make_nodes(db, hash, first, size, [&](kept_node const& n) { made.push_back(n); });
  for (kept_node const& n : made) db.put_node(n);
}

}  // namespace jawort
