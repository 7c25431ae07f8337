// jawort/event.hpp - append-only facts about consent.
//
// An event says what happened (kind), to whom (address), for which channel and purpose, when it happened
// (`occurred_at`) and when the ledger learned of it (`recorded_at`, never running backwards). State follows from
// events alone (fold.hpp).
//
// Integer codes and text names of kinds are stored and exchanged: never renumber, never rename.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "address.hpp"
#include "channel.hpp"
#include "purpose.hpp"
#include "time.hpp"

namespace jawort {

/// Place of an event in the ledger, counted from 0; also its index in the log's tree.
using sequence = std::uint64_t;

enum class event_kind : std::uint8_t {
  // consent
  requested = 1, confirmation_sent = 2, confirmed = 3, given = 4, renewed = 5, refused = 6, withdrawn = 7,
  objected = 8, revoked = 9, suspended = 10, resumed = 11, expired = 12, invalidated = 13, imported = 14,
  // standing
  restricted = 20, unrestricted = 21, blocked = 22, unblocked = 23, platform_stopped = 24, platform_resumed = 25,
  undeliverable = 26, wrong_number = 27, number_cleared = 28,
  // traffic
  inbound = 40, outbound = 41, sale_recorded = 42,
  // identity
  address_linked = 50, address_changed = 51,
  // groups
  group_member_added = 60, group_member_left = 61,
  // rights
  access_requested = 70, erasure_requested = 71, request_answered = 72, erased = 73,
  // ledger
  ledger_created = 90, notice_published = 91, policy_set = 92, key_rotated = 93, restored = 94
};

struct event_kind_name {
  event_kind kind;
  std::string_view name;
};

inline constexpr std::array<event_kind_name, 39> event_kinds{{
    {event_kind::requested, "requested"}, {event_kind::confirmation_sent, "confirmation-sent"},
    {event_kind::confirmed, "confirmed"}, {event_kind::given, "given"}, {event_kind::renewed, "renewed"},
    {event_kind::refused, "refused"}, {event_kind::withdrawn, "withdrawn"}, {event_kind::objected, "objected"},
    {event_kind::revoked, "revoked"}, {event_kind::suspended, "suspended"}, {event_kind::resumed, "resumed"},
    {event_kind::expired, "expired"}, {event_kind::invalidated, "invalidated"}, {event_kind::imported, "imported"},
    {event_kind::restricted, "restricted"}, {event_kind::unrestricted, "unrestricted"},
    {event_kind::blocked, "blocked"}, {event_kind::unblocked, "unblocked"},
    {event_kind::platform_stopped, "platform-stopped"}, {event_kind::platform_resumed, "platform-resumed"},
    {event_kind::undeliverable, "undeliverable"}, {event_kind::wrong_number, "wrong-number"},
    {event_kind::number_cleared, "number-cleared"}, {event_kind::inbound, "inbound"},
    {event_kind::outbound, "outbound"}, {event_kind::sale_recorded, "sale-recorded"},
    {event_kind::address_linked, "address-linked"}, {event_kind::address_changed, "address-changed"},
    {event_kind::group_member_added, "group-member-added"}, {event_kind::group_member_left, "group-member-left"},
    {event_kind::access_requested, "access-requested"}, {event_kind::erasure_requested, "erasure-requested"},
    {event_kind::request_answered, "request-answered"}, {event_kind::erased, "erased"},
    {event_kind::ledger_created, "ledger-created"}, {event_kind::notice_published, "notice-published"},
    {event_kind::policy_set, "policy-set"}, {event_kind::key_rotated, "key-rotated"},
    {event_kind::restored, "restored"},
}};

[[nodiscard]] constexpr std::string_view name(event_kind kind) {
  for (auto const& k : event_kinds)
    if (k.kind == kind) return k.name;
  return "";
}

[[nodiscard]] constexpr std::optional<event_kind> event_kind_named(std::string_view text) {
  for (auto const& k : event_kinds)
    if (k.name == text) return k.kind;
  return std::nullopt;
}

/// The kind with that stored code; nothing for a code that no kind has.
[[nodiscard]] constexpr std::optional<event_kind> event_kind_of(int code) {
  if (code < 0 || code > 255) return std::nullopt;
  auto const kind = static_cast<event_kind>(code);
  return name(kind).empty() ? std::nullopt : std::optional{kind};
}

/// Facts about the ledger itself rather than about a person.
[[nodiscard]] constexpr bool is_ledger_kind(event_kind k) { return static_cast<int>(k) >= 90; }

/// Kinds that end a consent or bar sending. They stand last among events of one instant, so that a stop wins a tie.
[[nodiscard]] constexpr bool ends_or_bars(event_kind k) {
  switch (k) {
    case event_kind::withdrawn: case event_kind::objected: case event_kind::refused: case event_kind::revoked:
    case event_kind::suspended: case event_kind::expired: case event_kind::invalidated: case event_kind::blocked:
    case event_kind::platform_stopped: case event_kind::wrong_number: case event_kind::restricted:
    case event_kind::erased: return true;
    default: return false;
  }
}

/// Kinds by which a person says no: never refused at the door for a notice or purpose that nobody knows, and taken
/// even with a time ahead of the clock.
[[nodiscard]] constexpr bool is_stop(event_kind k) {
  return ends_or_bars(k) && k != event_kind::expired;
}

/// Kinds that must name a channel and a purpose and, if any, a notice that exists.
[[nodiscard]] constexpr bool needs_channel_and_purpose(event_kind k) {
  return k == event_kind::requested || k == event_kind::confirmed || k == event_kind::given || k == event_kind::renewed;
}

/// What proves an event: the person's words, an act, circumstances. Keys are unique and sorted; values are text
/// (`true`, `false`, numbers and nested JSON as written). Plain words are the key `text`.
class evidence {
 public:
  using entry = std::pair<std::string, std::string>;

  /// Sets a key; an empty value removes it.
  void set(std::string_view key, std::string_view value) {
    auto const at = std::lower_bound(entries_.begin(), entries_.end(), key,
                                     [](entry const& e, std::string_view k) { return e.first < k; });
    bool const there = at != entries_.end() && at->first == key;
    if (value.empty()) {
      if (there) entries_.erase(at);
    } else if (there) {
      at->second = value;
    } else {
      entries_.emplace(at, std::string{key}, std::string{value});
    }
  }
  /// The value, or an empty view.
  [[nodiscard]] std::string_view get(std::string_view key) const {
    for (auto const& e : entries_)
      if (e.first == key) return e.second;
    return {};
  }
  [[nodiscard]] bool empty() const { return entries_.empty(); }
  [[nodiscard]] std::vector<entry> const& entries() const { return entries_; }
  friend bool operator==(evidence const&, evidence const&) = default;

 private:
  std::vector<entry> entries_;
};

/// The keys of evidence that rules look at; they may also stand as columns of an import.
inline constexpr std::array<std::string_view, 14> evidence_keys{
    "text", "message_id", "via", "act", "age", "parental_consent", "coupled", "in_terms",
    "number_given_by", "sale", "similar_goods", "objection_notice", "ip", "customer"};

/// Number of a notice version in a ledger or `notice_book`, from 1; 0 stands for none.
using notice_number = std::uint32_t;

/// A fact before and after it is in the ledger (`seq` and `recorded_at` are given by the ledger).
struct event {
  sequence seq = 0;
  event_kind kind{};
  instant occurred_at;
  instant recorded_at;
  std::optional<address> who;            ///< nothing only for ledger kinds
  std::optional<channel> on;             ///< nothing: all channels (stops), or not said
  std::optional<purpose> about;          ///< nothing: all purposes (stops), or not said
  std::string via;                       ///< how it came, where that is not `on`: a channel's name, "letter", "counter" …
  notice_number notice = 0;
  std::optional<address> other;          ///< the other (linked) or the new (changed) address
  std::string source;                    ///< what recorded it: "import:<digest>", "cli", a webhook's format
  std::string operator_name;             ///< who recorded it
  evidence proof;
};

/// The same fact: equal in all fields that say what happened, or the same provider message id for the same fact.
[[nodiscard]] inline bool repeats(event const& a, event const& b) {
  if (a.kind != b.kind || a.on != b.on || a.about != b.about) return false;
  if (a.kind == event_kind::imported && a.proof == b.proof) return true;  // a list read again says nothing new
  auto const id = a.proof.get("message_id");
  if (!id.empty() && id == b.proof.get("message_id")) return true;
  return a.occurred_at == b.occurred_at && a.via == b.via && a.notice == b.notice && a.other == b.other &&
         a.operator_name == b.operator_name && a.proof == b.proof;
}

// ---------------------------------------------------------------------------------------------------------------

/// A yes/no in evidence: absent, malformed, or said.
enum class answer : std::uint8_t { absent, no, yes, malformed };

/// What the fold and the rules look at in an event's evidence; trivially copyable, so that states stay small.
struct consent_facts {
  static constexpr std::int16_t no_age = -1;
  static constexpr std::int16_t malformed_age = -2;
  bool words_or_act = false;         ///< the person's words, or an act
  bool by_message = false;           ///< words by message, rather than an act (a sheet signed, a box ticked)
  bool no_affirmative_act = false;   ///< silence, a pre-ticked box, inactivity
  bool recorded_by = false;          ///< source or operator is named
  bool given_by_other = false;       ///< somebody else gave the number
  answer coupled{}, in_terms{}, parental_consent{};
  std::int16_t age = no_age;
  friend bool operator==(consent_facts const&, consent_facts const&) = default;
};

[[nodiscard]] inline answer answer_of(std::string_view text) {
  if (text.empty()) return answer::absent;
  auto const t = detail::lower(text);
  if (t == "true" || t == "yes" || t == "ja" || t == "1") return answer::yes;
  if (t == "false" || t == "no" || t == "nein" || t == "0") return answer::no;
  return answer::malformed;
}

[[nodiscard]] inline consent_facts facts_of(event const& e) {
  consent_facts f;
  auto const act = detail::lower(e.proof.get("act"));
  bool const words = !e.proof.get("text").empty();
  f.by_message = words && (act.empty() || act == "message" || act == "keyword" || act == "reply" || act == "sms");
  f.words_or_act = words || !act.empty();
  f.no_affirmative_act = act == "silence" || act == "pre-ticked" || act == "preticked" ||
                         act == "pre-ticked box" || act == "pre-ticked-box" || act == "preticked box" || act == "inactivity" || act == "implied";
  f.recorded_by = !e.source.empty() || !e.operator_name.empty();
  f.coupled = answer_of(e.proof.get("coupled"));
  f.in_terms = answer_of(e.proof.get("in_terms"));
  f.parental_consent = answer_of(e.proof.get("parental_consent"));
  auto const giver = detail::lower(e.proof.get("number_given_by"));
  f.given_by_other = !giver.empty() && giver != "self" && giver != "subject" && giver != "customer" &&
                     giver != "selbst" && giver != "person";
  if (auto const age = e.proof.get("age"); !age.empty()) {
    bool const digits = age.size() <= 3 && detail::all_of(age, detail::is_digit);
    int value = 0;
    if (digits) for (char const c : age) value = value * 10 + (c - '0');
    f.age = digits ? static_cast<std::int16_t>(value) : consent_facts::malformed_age;
  }
  return f;
}

/// Whether a recorded sale shows the conditions of the existing-customer exception that a history can show.
[[nodiscard]] inline bool sale_conditions_shown(evidence const& e) {
  auto const sale = e.get("sale");
  return !sale.empty() && answer_of(sale) != answer::no && answer_of(e.get("similar_goods")) == answer::yes &&
         answer_of(e.get("objection_notice")) == answer::yes;
}

}  // namespace jawort
