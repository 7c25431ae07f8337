// The small pieces, by Google Benchmark: one decision, a message classified, a leaf, a number, the tree, a group of 1,024.
#include <benchmark/benchmark.h>

#include "crypto.hpp"
#include "jawort/decision.hpp"
#include "jawort/group.hpp"
#include "jawort/ledger/keywords.hpp"
#include "jawort/ledger/normalise.hpp"
#include "jawort/log/leaf.hpp"
#include "state_codec.hpp"

using namespace jawort;

namespace {
instant at(char const* t) { return *instant::parse(t); }

notice_book notices() {
  notice_view n;
  n.id = "newsletter";
  n.version = 1;
  n.published_at = at("2022-01-01T00:00:00Z");
  n.channels = {channel::whatsapp};
  n.purposes = {*purpose::parse("newsletter"), *purpose::parse("offers")};
  n.frequency_max = 4;
  n.frequency_days = 28;
  n.controller = "agency";
  n.recipients = {"WhatsApp"};
  n.complete = n.specific = n.third_country = n.safeguard = n.standard_clauses = true;
  notice_book book;
  book.add(n);
  return book;
}

std::vector<event> history(address const& who) {
  std::vector<event> out;
  for (auto const& [kind, when] : {std::pair{event_kind::given, "2026-01-01T10:00:00Z"}, std::pair{event_kind::outbound, "2026-05-01T10:00:00Z"},
                                   std::pair{event_kind::inbound, "2026-05-31T11:00:00Z"}}) {
    event e;
    e.seq = out.size() + 1;
    e.kind = kind;
    e.occurred_at = e.recorded_at = at(when);
    e.who = who;
    e.on = channel::whatsapp;
    e.about = *purpose::parse("newsletter");
    e.notice = kind == event_kind::given ? 1 : 0;
    e.source = "bench";
    e.proof.set("text", "Start");
    out.push_back(e);
  }
  return out;
}

struct scene {
  notice_book book = notices();
  policy_book policies;
  address who = *address::parse("+491713920001");
  std::vector<event> events = history(who);
  subject_state state = fold(events, who, {}, {&book, &policies});
  question q{&who, channel::whatsapp, *purpose::parse("newsletter"), at("2026-06-01T10:00:00Z"), true, 120};
};

void decision_permitted(benchmark::State& s) {
  scene const c;
  for (auto _ : s) benchmark::DoNotOptimize(decide(c.q, c.state, c.book, c.policies));
}
void decision_without_evidence(benchmark::State& s) {
  scene const c;
  subject_state const none = fold({}, c.who, {}, {&c.book, &c.policies});
  for (auto _ : s) benchmark::DoNotOptimize(decide(c.q, none, c.book, c.policies));
}
void state_decoded(benchmark::State& s) {
  scene const c;
  std::string const body = encode_state(c.state);
  for (auto _ : s) benchmark::DoNotOptimize(decode_state(body));
}
void state_folded(benchmark::State& s) {
  scene const c;
  for (auto _ : s) benchmark::DoNotOptimize(fold(c.events, c.who, {}, {&c.book, &c.policies}));
}
void leaf_made(benchmark::State& s) {
  scene const c;
  log::secret const master{1}, own{2};
  crypto::hmac_sha256 const mac;
  for (auto _ : s) benchmark::DoNotOptimize(log::make_leaf(mac, c.events[0], "newsletter@1", {}, 1, master, 0, own, {}));
}
void merkle_append(benchmark::State& s) {
  crypto::sha256 hash;
  log::frontier tree;
  log::digest const leaf{7};
  for (auto _ : s) tree.append(leaf, hash);
}
void classify_short(benchmark::State& s) {
  static std::vector<std::string> const words{"Stop", "Ja", "Danke!", "Bitte keine Nachrichten mehr", "Ok, bis morgen", "abmelden bitte", "Wann kommen die Unterlagen?", "Kein Interesse"};
  auto const& grammar = built_in_grammar();
  std::size_t k = 0;
  for (auto _ : s) benchmark::DoNotOptimize(grammar.classify(words[k++ % words.size()], {}));
}
void normalise(benchmark::State& s, char const* text) {
  normaliser const n{"DE"};
  for (auto _ : s) benchmark::DoNotOptimize(n.parse(text, channel::whatsapp));
}

/// 1,024 members in parties of four, every third of whom agreed.
group::group_facts big_group() {
  group::group_facts g{1024};
  for (group::member m = 0; m < 1024; m = static_cast<group::member>(m + 4)) g.circle({m, static_cast<group::member>(m + 1), static_cast<group::member>(m + 2), static_cast<group::member>(m + 3)});
  for (group::member m = 0; m < 1024; m = static_cast<group::member>(m + 3)) g.agreed.set(m);
  return g;
}
void group_disclosures(benchmark::State& s) {
  auto const g = big_group();
  for (auto _ : s) benchmark::DoNotOptimize(group::exposure{g}.disclosures());
}
}  // namespace

BENCHMARK(decision_permitted);
BENCHMARK(decision_without_evidence);
BENCHMARK(state_decoded);
BENCHMARK(state_folded);
BENCHMARK(leaf_made);
BENCHMARK(merkle_append);
BENCHMARK(classify_short);
BENCHMARK_CAPTURE(normalise, e164, "+491713920001");
BENCHMARK_CAPTURE(normalise, german, "0171/392 00 01");
BENCHMARK_CAPTURE(normalise, french, "+33 6 12 34 56 78");
BENCHMARK(group_disclosures)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
