// The sending loop: a stop that arrives between planning and sending is honoured.
//
//   02_sending_loop LEDGER      a ledger with the example agency's data (examples/quickstart.sh makes one)
#include <cstdio>
#include <jawort/ledger/sending.hpp>
#include <string>
#include <vector>

using namespace jawort;

int main(int argc, char** argv) {
  if (argc != 2) return std::fprintf(stderr, "usage: 02_sending_loop LEDGER\n"), 2;
  instant const noon = *instant::parse("2026-07-01T10:00:00Z");
  question plan;
  plan.on = channel::whatsapp;
  plan.about = *purpose::parse("newsletter");
  plan.template_message = true;

  auto gate = send_gate::open(argv[1], plan);
  if (!gate) return std::fprintf(stderr, "%s\n", gate.error().message.en.c_str()), 1;

  // Planned in the morning: who could be written to then.
  std::vector<address> planned;
  for (int i = 1; i <= 60; ++i) {
    char number[16];
    std::snprintf(number, sizeof number, "+4917139200%02d", i);
    address const who = *address::parse(number);
    auto const d = gate->may_send(who, noon);
    if (d && d->may_send()) planned.push_back(who);
  }
  if (planned.size() < 3) return std::fprintf(stderr, "nobody to write to\n"), 1;
  std::printf("planned: %zu messages\n", planned.size());

  std::size_t sent = 0, held_back = 0;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (i == 1) {  // the webhook's thread, while the loop runs: the last of the planned writes "Stop"
      event stop;
      stop.kind = event_kind::withdrawn;
      stop.occurred_at = noon;
      stop.who = planned.back();
      stop.on = channel::whatsapp;
      stop.source = "webhook";
      stop.proof.set("text", "Stop");
      if (auto r = gate->append({stop}, noon); !r) return std::fprintf(stderr, "%s\n", r.error().message.en.c_str()), 1;
    }
    auto const r = gate->send(planned[i], noon, [&] { ++sent; /* platform.send(planned[i], text) */ });
    if (!r) return std::fprintf(stderr, "%s\n", r.error().message.en.c_str()), 1;
    if (!r->sent) {
      ++held_back;
      std::printf("held back: %s\n", std::string{name(r->said.reasons[0].code)}.c_str());
    }
  }
  std::printf("sent: %zu, held back: %zu\n", sent, held_back);
}
