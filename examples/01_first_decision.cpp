// The first decision: the pure core alone, no database.
#include <cstdio>
#include <jawort/decision.hpp>

int main() {
  using namespace jawort;
  notice_book notices;                                    // the words people agreed to; none published yet
  policy_book const policies;                             // the cautious defaults
  address const who = *address::parse("+491713920001");
  event asked{.kind = event_kind::inbound, .occurred_at = *instant::parse("2026-06-01T09:00:00Z"), .who = who, .on = channel::whatsapp};
  question const q{&who, channel::whatsapp, *purpose::parse("newsletter"), *instant::parse("2026-06-01T10:00:00Z"), true};
  decision const d = decide(q, fold({&asked, 1}, who, {q.at}, {&notices, &policies}), notices, policies);
  std::printf("%s: %s\n", name(d.what).data(), name(d.reasons[0].code).data());
}
