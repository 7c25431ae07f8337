// jawort/state.hpp - what follows from a data subject's events: consents, stops, requests, bars, traffic.
//
// A `subject_state` is plain data, made by the fold (fold.hpp) and read by `decide` (decision.hpp). It does not depend
// on the moment of a question as long as that is not before the last event folded: what time changes (a lapsed
// request, a stale consent) is computed when asked.
//
// Stops are marks beside the consents and never delete them: a topic that was stopped by name outlives a new consent
// to the purpose above it (docs/DECISIONS.md, "The meaning of histories", 1).
//
// `W3C DPV` names of status: unknown, requested, request-deferred, given, renewed, refused, withdrawn, revoked,
// expired, invalidated.
#pragma once
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "event.hpp"

namespace jawort {

/// Consent status, as of the W3C Data Privacy Vocabulary. Stored; never renumber.
enum class consent_status : std::uint8_t {
  unknown = 0, requested = 1, request_deferred = 2, given = 3, renewed = 4, refused = 5, withdrawn = 6, revoked = 7,
  expired = 8, invalidated = 9
};

[[nodiscard]] constexpr std::string_view name(consent_status s) {
  switch (s) {
    case consent_status::unknown: return "unknown";
    case consent_status::requested: return "requested";
    case consent_status::request_deferred: return "request-deferred";
    case consent_status::given: return "given";
    case consent_status::renewed: return "renewed";
    case consent_status::refused: return "refused";
    case consent_status::withdrawn: return "withdrawn";
    case consent_status::revoked: return "revoked";
    case consent_status::expired: return "expired";
    case consent_status::invalidated: return "invalidated";
  }
  return "";
}

/// Place of an event in the fold: later is greater. Comparable within one line of branches only (see `branches`).
using fold_position = std::uint32_t;
/// A subject has one branch until addresses are linked: there two branches end and a third begins.
using branch_index = std::uint16_t;
/// Index into `subject_state::addresses`.
using address_index = std::uint16_t;

struct place {
  fold_position pos = 0;
  branch_index branch = 0;
  sequence seq = 0;
  friend bool operator==(place const&, place const&) = default;
};

/// A consent with its whole proof.
struct consent_record {
  place where;
  event_kind kind{};                 ///< given, renewed or confirmed
  channel on{};
  purpose about = purpose::service();
  address_index who = 0;
  notice_number notice = 0;
  instant since;
  instant last_use;                  ///< `since` if never used
  consent_facts facts;
  sequence requested_seq = 0;        ///< of a confirmed: its request and the confirmation sent
  sequence sent_seq = 0;
  friend bool operator==(consent_record const&, consent_record const&) = default;
};

/// Something that ends, bars or frees: withdrawn, objected, refused, revoked, suspended, resumed, expired,
/// invalidated, erased.
struct stop_mark {
  place where;
  event_kind kind{};
  std::optional<channel> on;         ///< nothing: all
  std::optional<purpose> about;      ///< nothing: all but `service`; all of them for `erased`
  friend bool operator==(stop_mark const&, stop_mark const&) = default;

  [[nodiscard]] bool covers(channel c, purpose const& q) const {
    if (on && *on != c) return false;
    if (about) return about->covers(q);
    return kind == event_kind::erased || !q.is_service();
  }
  /// Whether a later consent (or request, or resumption) for `p` is specific enough to overcome this mark.
  [[nodiscard]] bool yields_to(purpose const& p) const { return !about || about->covers(p); }
};

/// A double opt-in that was begun and not finished.
struct open_request {
  place where;                       ///< of the latest `requested`
  channel on{};
  purpose about = purpose::service();
  address_index who = 0;
  notice_number notice = 0;
  instant since;                     ///< the window runs from here …
  instant until;                     ///< … to here, its last instant included; as the policy of `since` had it
  std::optional<sequence> closed;    ///< `expired` was recorded, whatever the window says
  std::optional<sequence> sent;      ///< the confirmation sent for it
  std::optional<sequence> answered_elsewhere;  ///< a yes came, by another channel
  std::optional<sequence> answered_unproven;   ///< a yes came, and something of its proof is missing
  friend bool operator==(open_request const&, open_request const&) = default;
};

/// A given, renewed or confirmed whose proof is not whole.
struct unproven_consent {
  place where;
  channel on{};
  purpose about = purpose::service();
  friend bool operator==(unproven_consent const&, unproven_consent const&) = default;
};

/// A row of a list that came in without evidence, or a recorded sale: what it is for.
struct scope_mark {
  place where;
  std::optional<channel> on;
  std::optional<purpose> about;
  friend bool operator==(scope_mark const&, scope_mark const&) = default;
  [[nodiscard]] bool covers(channel c, purpose const& q) const {
    return (!on || *on == c) && (!about || about->covers(q));
  }
};

/// A message that was sent for a purpose.
struct send_mark {
  instant at;
  channel on{};
  purpose about = purpose::service();
  friend bool operator==(send_mark const&, send_mark const&) = default;
};

struct channel_standing {
  std::optional<sequence> blocked;
  std::optional<sequence> platform_stopped;
  std::optional<sequence> inbound;   ///< the last message from the person
  instant last_inbound;
  friend bool operator==(channel_standing const&, channel_standing const&) = default;
};

struct address_standing {
  std::optional<sequence> barred;    ///< wrong-number, or changed away
  std::optional<place> cleared;
  friend bool operator==(address_standing const&, address_standing const&) = default;
};

/// The order in which events are folded.
struct fold_key {
  instant at;
  bool last = false;                 ///< kinds that end or bar, in their instant
  sequence seq = 0;
  friend auto operator<=>(fold_key const&, fold_key const&) = default;
};
[[nodiscard]] inline fold_key key_of(event const& e) { return {e.occurred_at, ends_or_bars(e.kind), e.seq}; }

struct subject_state {
  std::vector<address> addresses;
  std::vector<address_standing> address_standings;  ///< as many as addresses
  std::vector<consent_record> consents;
  std::vector<stop_mark> marks;
  std::vector<open_request> requests;
  std::vector<unproven_consent> unproven;
  std::vector<scope_mark> imports;
  std::vector<scope_mark> sales;
  std::vector<send_mark> sends;                      ///< in order of time within a branch
  std::array<channel_standing, channel_slots> channels{};
  std::optional<sequence> restricted;
  std::optional<sequence> objected_ever;
  std::vector<branch_index> branches{0};             ///< where each branch goes on; itself while it is open
  std::uint64_t events = 0;
  fold_position next_pos = 0;
  fold_key last;
  friend bool operator==(subject_state const&, subject_state const&) = default;

  [[nodiscard]] branch_index current_branch() const { return static_cast<branch_index>(branches.size() - 1); }
  [[nodiscard]] channel_standing const& at(channel c) const { return channels[static_cast<std::size_t>(c)]; }
  [[nodiscard]] channel_standing& at(channel c) { return channels[static_cast<std::size_t>(c)]; }
  [[nodiscard]] std::optional<address_index> index_of(address const& a) const {
    for (std::size_t i = 0; i < addresses.size(); ++i)
      if (addresses[i] == a) return static_cast<address_index>(i);
    return std::nullopt;
  }

  /// `b` follows from `a`: the same branch, or a later one that `a` went into.
  [[nodiscard]] bool leads_to(branch_index a, branch_index b) const {
    while (a != b && branches[a] != a) a = branches[a];
    return a == b;
  }
  /// `a` came before `b` on one line. Places on branches that had not met yet are neither before nor after.
  [[nodiscard]] bool before(place const& a, place const& b) const {
    return a.branch == b.branch ? a.pos < b.pos : leads_to(a.branch, b.branch);
  }

  /// Whether some consent for a covering purpose came after the mark and is specific enough to overcome it.
  [[nodiscard]] bool overcome(stop_mark const& m, channel c, purpose const& q) const {
    return std::any_of(consents.begin(), consents.end(), [&](consent_record const& r) {
      return r.on == c && r.about.covers(q) && m.yields_to(r.about) && before(m.where, r.where);
    });
  }

  /// A mark that ends consents and still stands against the question.
  [[nodiscard]] bool stands(stop_mark const& m, channel c, purpose const& q) const {
    return m.kind != event_kind::resumed && m.kind != event_kind::suspended && m.covers(c, q) && !overcome(m, c, q);
  }

  /// Whether the consent counts for the question: nothing that ends it came after, or stands beside it unanswered.
  [[nodiscard]] bool counts(consent_record const& r, channel c, purpose const& q) const {
    if (r.on != c || !r.about.covers(q)) return false;
    return std::none_of(marks.begin(), marks.end(), [&](stop_mark const& m) {
      if (m.kind == event_kind::resumed || m.kind == event_kind::suspended || !m.covers(c, q)) return false;
      if (before(m.where, r.where)) return !m.yields_to(r.about);
      if (before(r.where, m.where)) return true;
      return !overcome(m, c, q);
    });
  }

  /// The suspension that stands against the question, if any.
  [[nodiscard]] stop_mark const* suspended(channel c, purpose const& q) const {
    for (stop_mark const& m : marks) {
      if (m.kind != event_kind::suspended || !m.covers(c, q) || overcome(m, c, q)) continue;
      bool const lifted = std::any_of(marks.begin(), marks.end(), [&](stop_mark const& r) {
        return r.kind == event_kind::resumed && r.covers(c, q) && before(m.where, r.where);
      });
      if (!lifted) return &m;
    }
    return nullptr;
  }

  /// Something by which the person (or the platform for them) said no stands against the question: a start word that
  /// comes after it is a request, never a consent.
  [[nodiscard]] bool follows_stop(channel c, purpose const& q) const {
    for (channel const any : all_channels)
      if (at(any).blocked) return true;
    return at(c).platform_stopped || suspended(c, q) != nullptr ||
           std::any_of(marks.begin(), marks.end(), [&](stop_mark const& m) { return stands(m, c, q); });
  }

  /// A bar that is no ending of consent stands: nothing may go to this address on this channel for this purpose.
  [[nodiscard]] bool barred(address_index who, channel c, purpose const& q) const {
    if (restricted || address_standings[who].barred) return true;
    if (at(c).platform_stopped && q.is_advertising()) return true;
    for (channel const any : all_channels)
      if (at(any).blocked) return true;
    return suspended(c, q) != nullptr;
  }
};

}  // namespace jawort
