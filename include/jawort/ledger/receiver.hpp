// jawort/ledger/receiver.hpp - one payload of a platform in; facts in the ledger and replies to send out.
//
//   auto in = receiver::open("jawort.db");
//   auto report = in->feed(payload_format::whatsapp_cloud, body, system_now());     // from a webhook's handler
//   for (received const& r : report->items)
//     if (r.reply) send(*r.who, r.on, r.reply->text);
//
// A payload is in or out as a whole, and in when `feed` returns; what stands in it is looked at and recorded under the
// ledger's lock, so that two processes that get the same webhook record it once and ask once. Feeding a payload again
// adds nothing. One broken item never stops the rest: it is in the report with its reason.
//
// Replies are for sending at once. Each has passed `decide()` as a free message; what may not be sent is not there. A
// confirmation that is in a report is recorded as sent.
//
// Thread safety: any number of threads may call `feed` on one object; payloads are read at the same time, and recorded
// one after the other. Errors: those of the ledger (`busy`, `environment`, `damaged`), and `malformed` for bytes that are
// not of the format; nothing was recorded then.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../keyword.hpp"
#include "../reaction.hpp"
#include "../message.hpp"
#include "ledger.hpp"
#include "payload.hpp"

namespace jawort {

/// What should be answered, now, on the channel that the message came by.
struct outgoing_reply {
  reply_kind kind{};
  std::string text;
  std::string language;     ///< "de" or "en"
  std::string notice;       ///< `newsletter@2`, where the reply shows its words
  std::string id;           ///< by which it is reported as sent (reply_report.hpp)
};

/// Where a dialogue stands after a message.
struct dialogue_news {
  std::string id;
  std::string step;                                          ///< that is open now; empty: it is over
  std::vector<std::pair<std::string, std::string>> answers;  ///< so far
  bool for_office = false;                                   ///< over, and the answers are for somebody to work on
};

/// What became of one item of a payload.
struct received {
  incoming_kind kind{};
  std::string what;                        ///< the platform's own name of it
  std::string message_id;
  std::optional<address> who;
  channel on = channel::whatsapp;
  intent means = intent::none;
  stop_scope scope = stop_scope::unsaid;
  std::optional<purpose> topic;
  std::vector<event_kind> events;          ///< that were added
  std::vector<sequence> sequences;         ///< … and where
  std::optional<outgoing_reply> reply;
  std::optional<reply_kind> withheld;      ///< a reply that may not be sent
  std::optional<dialogue_news> dialogue;
  std::string skipped;                     ///< why nothing was done with it: a stable word; empty otherwise
  std::optional<error> refused;            ///< why it could not be taken; its stop, if there was one, is in `remarks`
  std::vector<bilingual> remarks;          ///< what a person should look at
  std::size_t payload_index = 0;           ///< which of the payloads fed it came in
};

struct receive_report {
  std::vector<received> items;
  std::map<std::string, std::uint64_t> unknown;   ///< kinds that nobody knows, and how often
  std::uint64_t added = 0, duplicates = 0, suppressed = 0, refused = 0;
};

/// What the words mean: the keyword grammar, or one's own.
using classifier = std::function<classification(std::string_view message, std::span<scope_word const> topics, weighing how)>;

struct receive_options {
  classifier classify;                     ///< empty: the grammar with the built-in languages
  std::string notice_id;                   ///< the notice that start words are for; empty: the one that fits
  weighing replies = weighing::careful;    ///< of words that a person writes to nobody but the sender; a group's and a button's payload are read by the rules alone
};

/// What an assistant is told about a message. Nothing is owned.
struct assistance {
  incoming const& message;
  classification const& said;
  std::span<event const> history;          ///< the person's events before this message
  instant written, now;
  std::span<offered_notice const> notices;
};

/// What it answers.
struct assisted {
  std::optional<outgoing_reply> reply;
  std::string own_words;                   ///< the reply without what it quotes: these words pass `decide()`
  evidence marks;                          ///< for the message's `inbound`
  std::vector<event> events;               ///< that follow from it (`requested`, `confirmation-sent`), if the reply may go out
  std::optional<dialogue_news> dialogue;
};

/// What comes before or beside the answers of the receiver (an away message, a greeting, a dialogue). Both functions are
/// called under the ledger's lock; what is answered passes `decide()` as a free message.
struct assistant {
  std::function<bool(assistance const&)> expects;      ///< whether the words are an answer that an open step offered; may be empty
  std::function<assisted(assistance const&)> answer;   ///< for a message to which the receiver itself has no reply
};

class receiver {
 public:
  [[nodiscard]] static result<receiver> open(std::string const& ledger_path, receive_options options = {});
  /// Takes over an open ledger.
  [[nodiscard]] static result<receiver> over(ledger book, receive_options options = {});
  receiver(receiver&&) noexcept;
  receiver& operator=(receiver&&) noexcept;
  ~receiver();

  /// Reads a payload and records what it says. `on` is the channel of `payload_format::text`.
  [[nodiscard]] result<receive_report> feed(payload_format format, std::string_view bytes, instant now, channel on = channel::sms);
  /// Payloads that were read already, in one transaction: all are in when it returns.
  [[nodiscard]] result<receive_report> take(payload_format format, std::vector<payload> payloads, instant now);

  /// Asks this for replies where the receiver has none.
  void set_assistant(assistant a);
  /// The ledger, for one thread at a time and not during `feed`.
  [[nodiscard]] ledger& book();

 private:
  struct impl;
  explicit receiver(std::unique_ptr<impl> i);
  std::unique_ptr<impl> impl_;
};

}  // namespace jawort
