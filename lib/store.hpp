// lib/store.hpp - the seam between the ledger and where it is kept. Internal.
//
// Append a batch of events with their leaves and states in one transaction; look states up in key order; scan events.
// Nothing above this header knows SQL. Failures are thrown as `store_error` and become `result`s at the ledger's face.
#pragma once
#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
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
  log::frontier tree;
  instant last_recorded;
};

struct stored_event {
  event e;
  log::leaf_bytes leaf{};
  std::uint16_t purpose_code = 0;
};

struct stored_state {
  instant horizon;
  std::string_view body;     ///< lives until the cursor moves
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
  /// More memory for what is read and written again and again, until it is called with false.
  virtual void expect_bulk(bool bulk) = 0;
  virtual address address_of(address_key key) = 0;
  virtual std::optional<address_row> row_of(address_key key) = 0;
  virtual std::vector<address_key> addresses_of(address_key subject) = 0;
  virtual void unite(address_key subject, address_key into) = 0;

  virtual void append(stored_event const& e, address_key who, std::optional<address_key> other) = 0;
  virtual std::vector<event> events_of(address_key key) = 0;      ///< of one address, in sequence
  virtual std::optional<stored_event> entry(sequence seq) = 0;    ///< nothing where it is not there, or erased
  virtual void scan(std::function<bool(stored_event const&)> const& each) = 0;  ///< all, in sequence; false stops
  virtual std::vector<event> events_about(std::uint16_t purpose_code) = 0;      ///< of one purpose, in sequence

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
};

/// A new SQLite ledger file (refused if anything is there), or an existing one.
std::unique_ptr<store> create_sqlite_store(std::string const& path);
std::unique_ptr<store> open_sqlite_store(std::string const& path);

/// Code of the schema that this version writes.
inline constexpr int schema_version = 2;

}  // namespace jawort
