// lib/store.hpp - the seam between the ledger and where it is kept. Internal.
//
// Append a batch of events with their leaves and states in one transaction; look states up in key order; scan events.
// Nothing above this header knows SQL. Failures are thrown as `store_error` and become `result`s at the ledger's face.
#pragma once
#include <array>
#include <atomic>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "jawort/event.hpp"
#include "jawort/log/leaf.hpp"
#include "jawort/result.hpp"

namespace jawort {

struct store_error {
  error why;
};

using sha1_digest = std::array<std::uint8_t, 20>;

/// Integer key of an address: the digits of a number; counted from `first_other_key` for every other kind.
using address_key = std::int64_t;
inline constexpr address_key first_other_key = std::int64_t{1} << 60;

struct address_row {
  address_key key = 0;
  address_key subject = 0;   ///< key of the first address of the subject; the own key while not linked
  log::secret secret{};
};

struct stored_notice {
  std::string id;
  std::uint32_t version = 0;
  instant published_at, recorded_at;
  bool historical = false;
  std::string body;          ///< the file's bytes
  log::digest digest{};
};

struct stored_policy {
  instant from, recorded_at;
  sequence seq = 0;
  std::string body;          ///< the file's bytes
};

struct stored_head {
  log::frontier tree;          ///< of the present origin
  instant last_recorded;
  sequence first_seq = 0;      ///< of the first entry of the present origin: its tree begins there
  std::uint32_t restores = 0;  ///< how often the ledger began anew from an older copy
  [[nodiscard]] sequence next() const { return first_seq + tree.size(); }
};

struct kept_node {
  sequence first = 0;        ///< first entry of the origin whose tree it is
  unsigned level = 0;
  std::uint64_t index = 0;
  log::digest value{};
};

struct stored_event {
  event e;
  log::leaf_bytes leaf{};
  std::uint16_t purpose_code = 0;
};

/// One entry of the index by which an address's events are found.
struct indexed_event {
  address_key who = 0;
  sequence seq = 0;
  friend auto operator<=>(indexed_event const&, indexed_event const&) = default;
};

/// A row of the entries as it is stored; names (purpose, labels, addresses) are the numbers that stand for them.
struct stored_row {
  std::int64_t seq = 0;
  std::optional<address_key> who, other;
  event_kind kind{};
  std::uint8_t channel = 0;                     ///< 0: none
  std::uint16_t purpose_code = 0;
  notice_number notice = 0;
  std::uint32_t source = 0, operator_name = 0;  ///< labels; 0: none
  instant occurred_at, recorded_at;
  std::string_view via, evidence, leaf;
  bool plain = true;                            ///< each column lies in its range; what is wrong with another, `row_at` says
  bool marked = false;                          ///< for the caller
};

/// Bounds of a walk over every row, whatever numbers they have.
inline constexpr std::int64_t every_row_from = std::numeric_limits<std::int64_t>::min(), every_row_to = std::numeric_limits<std::int64_t>::max();

/// What is read of each row.
struct row_wish {
  std::array<bool, 256> evidence{};             ///< by kind
  bool leaf = false;
};

/// A row as verification meets it, whatever is in it.
struct audited_row {
  std::int64_t seq = 0;
  std::optional<address_key> who, other;
  std::optional<stored_event> row;   ///< nothing where it cannot be read
  bilingual flaw;                    ///< why not
};

struct stored_address {
  address_row row;
  std::optional<std::string> text;
  bool whole = true;                 ///< the secret has its length
};

/// What stays of an erased address: a keyed digest by which imports and questions find it.
struct stored_tombstone {
  log::digest tag{};
  sequence seq = 0;           ///< of the `erased` entry
  std::uint32_t person = 0;   ///< counts the people whom that entry erased
  bool objected = false;      ///< had objected to advertising, which is for good
  std::uint32_t tries = 0;    ///< confirmations that were sent to them and never answered
};

/// The sealed proof of an erased person; after `empty_box` its body and tags are gone, the digest stays.
struct stored_box {
  sequence seq = 0;
  std::uint32_t person = 0;
  instant until;                     ///< kept until
  log::digest digest{};
  std::string body;
  std::vector<log::digest> tags;     ///< sorted
};

struct stored_state {
  instant horizon;
  std::string_view body;     ///< lives until the cursor moves
};

/// What a connection is about to do.
enum class workload : std::uint8_t {
  events,   ///< one after the other, anybody's: what a connection begins with
  import,   ///< many at once: pages are read and written again and again
  walk      ///< from one end to the other, each page once: few pages, that stay in the processor's cache
};

/// Looks states up by ascending keys: goes along with them where they are dense, seeks where they are not.
class state_cursor {
 public:
  virtual ~state_cursor() = default;
  /// Keys never descend. False where the key has no state.
  virtual bool seek(address_key key, stored_state& out) = 0;
};

class store {
 public:
  virtual ~store() = default;

  /// Runs `body` as one write transaction that sees the latest commit of any process; commits if it returns.
  virtual void transaction(std::function<void()> const& body) = 0;
  /// Runs `body` on one unchanging view of the ledger.
  virtual void snapshot(std::function<void()> const& body) = 0;

  virtual std::string meta(std::string const& key) = 0;
  virtual void put_meta(std::string const& key, std::string const& value) = 0;
  virtual stored_head head() = 0;
  virtual void put_head(stored_head const& head) = 0;
  virtual std::vector<purpose> purposes() = 0;                    ///< index + 1 is the code
  virtual void add_purpose(std::uint16_t code, purpose const& p) = 0;
  virtual std::vector<stored_notice> notices() = 0;               ///< index + 1 is the number
  virtual void add_notice(notice_number number, stored_notice const& n) = 0;

  virtual std::vector<stored_policy> policies() = 0;              ///< in the order in which they were set
  virtual void add_policy(stored_policy const& p) = 0;
  /// How many purposes, notices and policies there are, and whether Austria's list is there: a reader sees what is new.
  virtual std::array<std::int64_t, 4> catalogue_sizes() = 0;
  /// The list under § 7 Abs. 2 ECG (Austria), as SHA-1 digests; `replace` takes the place of the whole list.
  virtual void replace_austrian_list(std::span<sha1_digest const> digests) = 0;
  virtual bool has_austrian_list() = 0;
  virtual bool on_austrian_list(sha1_digest const& digest) = 0;

  virtual std::optional<address_row> find(address const& a) = 0;
  virtual address_row add(address const& a, log::secret const& secret) = 0;
  virtual address_row add_number(address_key key, log::secret const& secret) = 0;
  /// How many pages are worth keeping, until it is called again.
  virtual void expect(workload w) = 0;
  virtual address address_of(address_key key) = 0;
  virtual std::optional<address_row> row_of(address_key key) = 0;
  virtual std::vector<address_key> addresses_of(address_key subject) = 0;
  virtual void unite(address_key subject, address_key into) = 0;
  virtual void scan_addresses(std::function<void(address_key, address const&)> const& each) = 0;  ///< by key

  /// The index is the caller's, by `index`: a bulk writes its entries sorted and many at once.
  virtual void append(stored_event const& e, address_key who, std::optional<address_key> other) = 0;
  virtual void index(std::span<indexed_event const> entries) = 0;
  virtual std::vector<event> events_of(address_key key) = 0;      ///< of one address, as the index has them, in sequence
  virtual std::optional<stored_event> entry(sequence seq) = 0;    ///< nothing where it is not there, or erased
  virtual void scan(std::function<bool(stored_event const&)> const& each) = 0;  ///< all, in sequence; false stops
  virtual std::vector<event> events_about(std::uint16_t purpose_code) = 0;      ///< of one purpose, in sequence
  /// The leaves of `count` entries from `from` on, as they are stored, in sequence; fewer where rows are missing.
  virtual void scan_leaves(sequence from, std::uint64_t count, std::function<void(log::leaf_bytes const&)> const& each) = 0;

  /// Complete subtrees of 256, 65,536 … entries (levels 8, 16 …) of the tree that begins at entry `first`, kept so that a
  /// proof does not hash the whole ledger. They follow from the leaves; see lib/tree_nodes.hpp.
  virtual void put_node(kept_node const& n) = 0;
  virtual std::optional<log::digest> node(sequence first, unsigned level, std::uint64_t index) = 0;
  virtual void scan_nodes(std::function<void(kept_node const&)> const& each) = 0;  ///< by first, level, index

  /// The number behind the last event.
  virtual sequence next_sequence() = 0;
  /// Addresses of the events from that number on, each once; nothing where an event among them changes rows of others (an
  /// erasure, a restore).
  virtual std::optional<std::vector<address_key>> touched_since(sequence from) = 0;

  virtual void put_state(address_key key, instant horizon, std::string const& body) = 0;
  /// The stored state of each key, in the keys' order (sorted, without doubles); keys without one are passed over.
  virtual void states(std::span<address_key const> keys,
                      std::function<void(std::size_t index, instant horizon, std::string_view body)> const& each) = 0;
  /// Not beyond the snapshot or transaction that it is made in.
  virtual std::unique_ptr<jawort::state_cursor> state_cursor() = 0;
  virtual void scan_states(std::function<void(address_key, instant horizon, std::string_view body)> const& each) = 0;

  /// The rows of the entries from `from` on, before `to`, in sequence, whatever is in them; false stops. Their views live
  /// until `each` returns.
  virtual void scan_rows(std::int64_t from, std::int64_t to, row_wish const& wish, std::function<bool(stored_row const&)> const& each) = 0;
  virtual std::unordered_map<std::int64_t, std::string> labels() = 0;
  /// Addresses that belong to another's person, with that person's key, as far as the index of them says.
  virtual void scan_linked(std::function<void(address_key, address_key subject)> const& each) = 0;
  /// Addresses of `count` entries or fewer that lie far apart.
  virtual std::vector<address_key> sample_addresses(std::size_t count) = 0;
  // For verification: what is stored, without trust in it.
  virtual audited_row row_at(std::int64_t seq) = 0;              ///< a row that is there; why it cannot be read
  virtual std::vector<stored_address> address_rows() = 0;                        ///< in order of their keys
  /// Addresses and states with keys from `from` on, before `to` (nothing: without a bound), in order.
  virtual void scan_address_rows(std::optional<address_key> from, std::optional<address_key> to, std::function<void(stored_address&&)> const& each) = 0;
  virtual void scan_states(std::optional<address_key> from, std::optional<address_key> to,
                           std::function<void(address_key, instant horizon, std::string_view body)> const& each) = 0;
  virtual std::optional<stored_address> stored_address_of(address_key key) = 0;
  virtual std::vector<std::pair<std::string, std::string>> meta_rows() = 0;
  virtual std::vector<sha1_digest> austrian_list() = 0;                          ///< sorted
  /// Pages, indexes of SQLite's and tables that are not as they must be.
  virtual std::vector<std::string> file_flaws() = 0;
  /// Calls `each` for what the index of addresses holds, in its order.
  virtual void scan_address_index(std::function<void(address_key, std::int64_t seq)> const& each) = 0;
  /// What takes long ends with `failure::interrupted` once that is true; null: never. Not owned.
  virtual void stop_on(std::atomic<bool> const* stop) = 0;

  /// Adds what the newest schema has and an older one has not; within a transaction.
  virtual void upgrade() = 0;
  /// A consistent copy into an empty file, while others write.
  virtual void copy_to(std::string const& path) = 0;

  // Erasure. A row whose personal columns went keeps its sequence, kind, purpose, notice, minute and leaf, and has no address.
  virtual void strip(sequence seq, instant minute) = 0;
  virtual void forget(address_key key) = 0;                       ///< the address's row, its secret, its state
  virtual void add_tombstone(stored_tombstone const& t) = 0;
  virtual bool has_tombstones() = 0;
  virtual std::vector<stored_tombstone> tombstones(log::digest const& tag) = 0;             ///< by sequence
  virtual void scan_tombstones(std::function<void(stored_tombstone const&)> const& each) = 0; ///< by sequence, then tag
  virtual void add_box(stored_box const& b) = 0;
  virtual std::vector<stored_box> boxes(log::digest const& tag) = 0;                        ///< that are not empty, by sequence
  virtual void scan_boxes(std::function<void(stored_box const&)> const& each) = 0;          ///< by sequence, then person
  virtual std::size_t box_tags() = 0;                             ///< how many there are in all
  virtual std::vector<std::pair<sequence, std::uint32_t>> boxes_due(instant now, std::size_t most) = 0;  ///< `until` is not after `now`
  virtual void empty_box(sequence seq, std::uint32_t person) = 0;
  virtual void drop_unused_labels() = 0;
  virtual void delete_meta(std::string const& key) = 0;
  /// Rewrites the file and empties the WAL, so that no byte of deleted rows is left; outside of any transaction. False
  /// where another process that reads keeps them alive for longer than `wait`.
  virtual bool scrub(milliseconds wait) = 0;
};

/// A new SQLite ledger file (refused if anything is there), or an existing one.
std::unique_ptr<store> create_sqlite_store(std::string const& path);
/// `older` opens one of an older schema, for `upgrade` alone.
std::unique_ptr<store> open_sqlite_store(std::string const& path, bool older = false);

/// Code of the schema that this version writes.
inline constexpr int schema_version = 3;

}  // namespace jawort
