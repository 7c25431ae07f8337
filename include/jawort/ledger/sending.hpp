// jawort/ledger/sending.hpp - the sending loop: ask before each single message, and let no message pass its stop.
//
// A check of a list decides when it is planned. Between the plan and the message a stop may arrive, so the loop asks again
// for each message, which costs one look at the person's stored state. `send_gate` goes one step further for threads of one
// process: a stop that is handed in through the gate waits for messages to the same person that are just leaving, and no
// message leaves after the stop was acknowledged.
//
//   auto gate = send_gate::open("jawort.db", {.on = channel::whatsapp, .about = *purpose::parse("newsletter"), .template_message = true});
//   for (auto const& who : recipients)                        // any number of threads
//     gate->send(who, system_now(), [&] { platform.send(who, text); });
//   gate->append({stop}, system_now());                       // the webhook's thread
//
// A stop that another process writes is seen by the next question; a message that is just leaving then is not called back.
//
// Thread safety: every member may be called from any number of threads. The gate owns its ledger handles, one a thread at
// work. Errors are those of the ledger; a question that fails sends nothing.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ledger.hpp"

namespace jawort {

/// What one call of `send_gate::send` came to.
struct send_answer {
  decision said;
  bool sent = false;
};

class send_gate {
 public:
  /// Opens the ledger at that path. Of `plan`, address and time are ignored.
  [[nodiscard]] static result<send_gate> open(std::string const& path, question const& plan);
  send_gate(send_gate&&) noexcept;
  send_gate& operator=(send_gate&&) noexcept;
  ~send_gate();

  /// May this one message go now? Asks the ledger as it is at this moment.
  [[nodiscard]] result<decision> may_send(address const& who, instant now);

  /// Asks, and calls `message` if the answer is permit or warn, before any stop of this person that comes through this gate
  /// is acknowledged. What `message` throws is passed on.
  [[nodiscard]] result<send_answer> send(address const& who, instant now, std::function<void()> const& message);

  /// Appends events. When it returns, no message to their people is leaving that was permitted before them.
  [[nodiscard]] result<append_report> append(std::vector<event> events, instant now);

 private:
  struct impl;
  explicit send_gate(std::unique_ptr<impl> i);
  std::unique_ptr<impl> impl_;
};

}  // namespace jawort
