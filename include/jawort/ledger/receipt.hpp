// jawort/ledger/receipt.hpp - the consent receipt that a person is given: what they agreed to, when, how, and how to stop.
//
//   auto book = ledger::open("jawort.db");
//   auto r = receipt_of(*book, *address::parse("+491713920001"), now);
//   std::cout << to_text(*r, tongue::de);       // or to_dpv(*r), to_kantara(*r)
//
// Each channel and purpose that the person was ever asked about, or agreed to, is a consent of its own with its status now
// (names of the W3C Data Privacy Vocabulary), the notice's words that were shown, and the entries that say so. Withdrawn
// and lapsed ones are in it: a receipt that shows only yeses would mislead. Values; `receipt_of` as the ledger.
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace jawort {

struct receipt_entry {
  sequence seq = 0;
  event_kind kind{};
  instant at;
  std::string via;                    ///< the channel, or how else it came
};

struct receipt_consent {
  address who;
  channel on{};
  purpose about;
  consent_status status{};
  std::optional<instant> given_at;    ///< of the latest yes
  std::optional<published_notice> shown;
  std::vector<receipt_entry> entries; ///< in the order in which they happened
};

struct receipt {
  std::string id;                     ///< a random UUID
  instant issued_at;
  std::string controller, region, origin, verifier_key, checkpoint;
  std::vector<address> addresses;
  std::vector<receipt_consent> consents;
};

/// `not_found` where the ledger knows no consent, request or stop of that person.
[[nodiscard]] result<receipt> receipt_of(ledger& book, address const& who, instant at);

/// JSON-LD in terms of the W3C Data Privacy Vocabulary (https://w3id.org/dpv#).
[[nodiscard]] std::string to_dpv(receipt const& r);
/// The fields of the Kantara Initiative's Consent Receipt 1.1, one receipt a consent: a JSON array.
[[nodiscard]] std::string to_kantara(receipt const& r);
/// For people, in their language.
[[nodiscard]] std::string to_text(receipt const& r, bool german);

/// The vocabulary's name of a status, e.g. `ConsentGiven`.
[[nodiscard]] std::string_view dpv_name(consent_status s);

}  // namespace jawort
