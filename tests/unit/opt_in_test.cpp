// The double opt-in: every cell of the table as it is written here, every cell as a history, a twin on random sequences.
#include <doctest/doctest.h>

#include <jawort/fold.hpp>

#include <sstream>

#include "../reference/slow_opt_in.hpp"

using namespace jawort;

namespace {
// State, input, next state, effect. Written out from the issue, not from the table.
constexpr std::string_view cells = R"(
none               request       requested          opened
none               sent          none               nothing
none               yes           none               unproven
none               yes-unproven  none               unproven
none               yes-elsewhere none               unproven
none               stop          stopped            nothing
none               dispute       disputed           nothing
none               lapse         none               nothing
requested          request       requested          extended
requested          sent          confirmation-sent  asked
requested          yes           requested          unproven
requested          yes-unproven  requested          unproven
requested          yes-elsewhere requested          wrong-channel
requested          stop          stopped            ended
requested          dispute       disputed           ended
requested          lapse         expired            ended
confirmation-sent  request       confirmation-sent  extended
confirmation-sent  sent          confirmation-sent  asked
confirmation-sent  yes           confirmed          consent
confirmation-sent  yes-unproven  confirmation-sent  unproven
confirmation-sent  yes-elsewhere confirmation-sent  wrong-channel
confirmation-sent  stop          stopped            ended
confirmation-sent  dispute       disputed           ended
confirmation-sent  lapse         expired            ended
confirmed          request       asked-again        opened
confirmed          sent          confirmed          nothing
confirmed          yes           confirmed          repeated
confirmed          yes-unproven  confirmed          repeated
confirmed          yes-elsewhere confirmed          repeated
confirmed          stop          stopped            ended
confirmed          dispute       disputed           ended
confirmed          lapse         confirmed          nothing
asked-again        request       asked-again        extended
asked-again        sent          sent-again         asked
asked-again        yes           asked-again        unproven
asked-again        yes-unproven  asked-again        unproven
asked-again        yes-elsewhere asked-again        wrong-channel
asked-again        stop          stopped            ended
asked-again        dispute       disputed           ended
asked-again        lapse         confirmed          ended
sent-again         request       sent-again         extended
sent-again         sent          sent-again         asked
sent-again         yes           confirmed          consent
sent-again         yes-unproven  sent-again         unproven
sent-again         yes-elsewhere sent-again         wrong-channel
sent-again         stop          stopped            ended
sent-again         dispute       disputed           ended
sent-again         lapse         confirmed          ended
expired            request       requested          opened
expired            sent          expired            nothing
expired            yes           expired            too-late
expired            yes-unproven  expired            too-late
expired            yes-elsewhere expired            too-late
expired            stop          stopped            nothing
expired            dispute       disputed           nothing
expired            lapse         expired            nothing
stopped            request       requested          opened
stopped            sent          stopped            nothing
stopped            yes           stopped            unproven
stopped            yes-unproven  stopped            unproven
stopped            yes-elsewhere stopped            unproven
stopped            stop          stopped            nothing
stopped            dispute       disputed           nothing
stopped            lapse         stopped            nothing
disputed           request       requested          opened
disputed           sent          disputed           nothing
disputed           yes           disputed           unproven
disputed           yes-unproven  disputed           unproven
disputed           yes-elsewhere disputed           unproven
disputed           stop          stopped            nothing
disputed           dispute       disputed           nothing
disputed           lapse         disputed           nothing
)";

template <class T>
T named(std::string const& text, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i)
    if (name(static_cast<T>(i)) == text) return static_cast<T>(i);
  FAIL(text);
  return {};
}

constexpr long long minute = 60000, day = 86400000;
instant const start = *instant::parse("2026-05-01T10:00:00Z");

notice_book const& notices() {
  static notice_book const book = [] {
    notice_book b;
    notice_view n;
    n.id = "n";
    n.version = 1;
    n.channels = {channel::whatsapp};
    n.purposes = {*purpose::parse("newsletter")};
    n.complete = n.specific = true;
    b.add(n);
    return b;
  }();
  return book;
}

event make(std::string const& what, long long at, sequence seq) {
  event e;
  e.seq = seq;
  e.occurred_at = e.recorded_at = start + milliseconds{at};
  e.who = *address::parse("+491713920001");
  e.on = channel::whatsapp;
  e.about = *purpose::parse("newsletter");
  e.source = "test";
  e.notice = 1;
  e.kind = what == "request" ? event_kind::requested : what == "sent" ? event_kind::confirmation_sent : what == "stop" ? event_kind::withdrawn
         : what == "dispute" ? event_kind::invalidated : event_kind::confirmed;
  if (what == "yes" || what == "yes-elsewhere") e.proof.set("text", "Start");
  if (what == "yes-elsewhere") e.via = "email";
  return e;
}

struct looked { opt_in_state state; subject_state s; };
looked look(std::vector<event> const& events, long long at) {
  static policy_book const policies;
  auto const who = *address::parse("+491713920001");
  auto s = fold(events, who, {start + milliseconds{at}, instant::latest()}, {&notices(), &policies});
  auto const about = *purpose::parse("newsletter");
  auto const* own = find_request(s, 0, channel::whatsapp, about);
  auto const state = opt_in_state_of(s, own, 0, channel::whatsapp, about, start + milliseconds{at});
  return {state, std::move(s)};
}

/// A history that ends in the state, and the time after it.
std::pair<std::vector<std::pair<std::string, long long>>, long long> history_of(opt_in_state s) {
  using p = std::vector<std::pair<std::string, long long>>;
  switch (s) {
    case opt_in_state::none: return {p{}, 5 * minute};
    case opt_in_state::requested: return {p{{"request", 0}}, 5 * minute};
    case opt_in_state::confirmation_sent: return {p{{"request", 0}, {"sent", minute}}, 5 * minute};
    case opt_in_state::confirmed: return {p{{"request", 0}, {"sent", minute}, {"yes", 2 * minute}}, 5 * minute};
    case opt_in_state::asked_again: return {p{{"request", 0}, {"sent", minute}, {"yes", 2 * minute}, {"request", 3 * minute}}, 5 * minute};
    case opt_in_state::sent_again: return {p{{"request", 0}, {"sent", minute}, {"yes", 2 * minute}, {"request", 3 * minute}, {"sent", 4 * minute}}, 5 * minute};
    case opt_in_state::expired: return {p{{"request", 0}, {"sent", minute}}, 8 * day};
    case opt_in_state::stopped: return {p{{"request", 0}, {"sent", minute}, {"stop", 2 * minute}}, 5 * minute};
    case opt_in_state::disputed: return {p{{"request", 0}, {"sent", minute}, {"dispute", 2 * minute}}, 5 * minute};
  }
  return {};
}
}  // namespace

TEST_CASE("the table of the double opt-in: every state with every input, as the table and as a history") {
  std::istringstream in{std::string{cells}};
  std::string state, input, next, effect;
  std::size_t seen = 0;
  while (in >> state >> input >> next >> effect) {
    ++seen;
    INFO(state << " + " << input);
    auto const s = named<opt_in_state>(state, opt_in_states);
    auto const i = named<opt_in_input>(input, opt_in_inputs);
    auto const to = step(s, i);
    CHECK(name(to.next) == next);
    CHECK(name(to.effect) == effect);

    auto const [steps, at] = history_of(s);
    std::vector<event> events;
    for (auto const& [what, when] : steps) events.push_back(make(what, when, events.size()));
    auto const before = look(events, at);
    CHECK(name(before.state) == state);
    long long const later = input == "lapse" ? at + 8 * day : at;
    if (input != "lapse") events.push_back(make(input, at, events.size()));
    auto const after = look(events, later);
    CHECK(name(after.state) == next);
    auto const counting = [](subject_state const& x) {
      return std::count_if(x.consents.begin(), x.consents.end(), [&](consent_record const& r) { return x.counts(r, channel::whatsapp, *purpose::parse("newsletter")); });
    };
    if (effect == "consent") CHECK(counting(after.s) == 1);
    if (effect == "unproven" || effect == "wrong-channel" || effect == "too-late" || effect == "repeated") CHECK(counting(after.s) == counting(before.s));
    if (effect == "wrong-channel") CHECK(after.s.requests.at(0).answered_elsewhere.has_value());
    if (effect == "unproven") CHECK_FALSE(after.s.unproven.empty());
    if (effect == "too-late" || effect == "repeated") CHECK(after.s.unproven.empty());
  }
  CHECK(seen == opt_in_states * opt_in_inputs);
}

TEST_CASE("the double opt-in equals its slow twin on 20,000 random sequences: the table, and the fold") {
  std::uint64_t seed = 4711;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return static_cast<std::size_t>((seed >> 33) % n); };
  constexpr std::array inputs{"request", "request", "sent", "sent", "yes", "yes", "yes-unproven", "yes-elsewhere", "stop", "dispute"};
  constexpr long long window = 7 * day;
  std::array<std::size_t, opt_in_states> met{};
  for (int round = 0; round < 20000; ++round) {
    std::vector<slow::opt_in_event> plain;
    std::vector<event> events;
    auto machine = opt_in_state::none;
    long long at = 0, open_until = -1;
    for (std::size_t n = 1 + random(9); n > 0; --n) {
      at += random(4) == 0 ? static_cast<long long>(random(9)) * day + minute : static_cast<long long>(1 + random(5)) * minute;
      if (open_until >= 0 && at > open_until) { machine = step(machine, opt_in_input::lapse).next; open_until = -1; }
      std::string const what = inputs[random(inputs.size())];
      auto const input = named<opt_in_input>(what, opt_in_inputs);
      auto const to = step(machine, input);
      machine = to.next;
      if (to.effect == opt_in_effect::opened || to.effect == opt_in_effect::extended) open_until = at + window;
      if (to.effect == opt_in_effect::consent || to.effect == opt_in_effect::ended) open_until = -1;
      plain.push_back({what, at});
      events.push_back(make(what, at, events.size()));
      slow::opt_in_twin const twin{plain, window};
      auto const want = twin.state(at);
      INFO("round " << round << " at " << at << " " << what);
      REQUIRE(name(machine) == want);
      REQUIRE(name(look(events, at).state) == want);
      ++met[static_cast<std::size_t>(machine)];
    }
  }
  for (std::size_t const n : met) CHECK(n > 30);
}

TEST_CASE("one confirmation in the cool-down, and no more than three that nobody answers") {
  using std::chrono::hours;
  confirmations_so_far none;
  CHECK(may_ask(none, start, hours{24}, 3) == asking::allowed);
  CHECK(may_ask({start, 1}, start + hours{24} - milliseconds{1}, hours{24}, 3) == asking::cooling_down);
  CHECK(may_ask({start, 1}, start + hours{24}, hours{24}, 3) == asking::allowed);
  CHECK(may_ask({start, 2}, start + hours{24}, hours{24}, 3) == asking::allowed);
  CHECK(may_ask({start, 3}, start + hours{24 * 365 * 20}, hours{24}, 3) == asking::too_many_unanswered);
  CHECK(may_ask({start, 0}, start + hours{1}, hours{24}, 3) == asking::cooling_down);
  CHECK(may_ask({start + hours{48}, 1}, start, hours{24}, 3) == asking::cooling_down);
}
