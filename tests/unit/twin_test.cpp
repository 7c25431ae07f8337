// fold and decide against their slow twin, on random histories with late, repeated and linked events.
#include <doctest/doctest.h>

#include <sstream>

#include <jawort/decision.hpp>

#include "../reference/slow.hpp"

using namespace jawort;

TEST_CASE("the fold equals its slow twin on 12,000 random histories") {
  std::uint64_t seed = 20261124;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return static_cast<std::size_t>((seed >> 33) % n); };
  constexpr std::array kinds{"requested", "requested", "confirmation-sent", "confirmation-sent", "confirmed", "confirmed", "given", "given", "given", "given", "given", "given", "renewed", "refused", "withdrawn", "withdrawn", "objected",
                             "revoked", "suspended", "resumed", "invalidated", "imported", "restricted", "unrestricted", "blocked", "unblocked", "platform-stopped", "platform-resumed", "wrong-number",
                             "number-cleared", "inbound", "address-linked", "address-linked", "address-changed", "erased"};
  constexpr std::array purposes{"newsletter", "newsletter", "newsletter/cruises", "newsletter/cruises/nile", "offers"};
  constexpr std::array numbers{"+491713920001", "+491713920002", "+491713920003"};
  notice_book notices;
  notice_view n;
  n.id = "n";
  n.version = 1;
  n.channels = {channel::whatsapp, channel::sms};
  n.purposes = {*purpose::parse("newsletter"), *purpose::parse("offers")};
  n.complete = n.specific = n.third_country = n.safeguard = n.standard_clauses = true;
  notices.add(n);
  policy calm;
  calm.quiet = quiet_mode::off;
  policy_book const rules{calm};
  instant const start = *instant::parse("2026-05-01T10:00:00Z");
  std::size_t permits = 0, linked = 0;
  for (int round = 0; round < 12000; ++round) {
    std::vector<event> events;
    std::vector<slow::event> plain;
    std::ostringstream told;
    // Half of the histories hold a whole sign-up, so that what disturbs one is met often.
    std::size_t step = random(2) == 0 ? 0 : 3;
    constexpr std::array sign_up{"requested", "confirmation-sent", "confirmed"};
    for (std::size_t i = 2 + random(11); i > 0; --i) {
      slow::event p;
      p.seq = static_cast<long>(plain.size());
      p.kind = kinds[random(kinds.size())];
      p.ms = start.ms() + static_cast<long long>(random(12)) * 86400000 * (random(4) == 0 ? 1 : 0) + static_cast<long long>(random(6)) * 3600000;
      p.who = numbers[random(4) == 0 ? random(3) : 0];
      bool const consent = p.kind == "requested" || p.kind == "confirmed" || p.kind == "given" || p.kind == "renewed" || p.kind == "confirmation-sent";
      if (consent || random(2) == 0) p.channel = random(5) == 0 && p.kind != "confirmed" ? "sms" : "whatsapp";
      if (consent || random(2) == 0) p.purpose = purposes[random(purposes.size())];
      if (p.kind == "inbound" && p.channel.empty()) p.channel = "whatsapp";
      if (p.kind == "confirmed" && random(6) == 0) p.via = "email";
      p.words = random(9) != 0;
      p.notice = random(9) != 0;
      if (step < sign_up.size() && random(2) == 0) {
        p.kind = sign_up[step];
        p.ms = start.ms() + static_cast<long long>(2 * step++ + 1) * 3600000;
        p.who = numbers[0];
        p.channel = "whatsapp";
        p.purpose = "newsletter";
        p.via.clear();
        p.words = p.notice = true;
      }
      if (p.kind == "address-linked" || p.kind == "address-changed") { p.other = numbers[random(3)]; ++linked; }
      if (p.other == p.who) p.other.clear();
      if ((p.kind == "address-linked" || p.kind == "address-changed") && p.other.empty()) continue;
      event e;
      e.seq = static_cast<sequence>(p.seq);
      e.kind = *event_kind_named(p.kind);
      e.occurred_at = e.recorded_at = *instant::from_ms(p.ms);
      e.who = *address::parse(p.who);
      if (!p.channel.empty()) e.on = channel_named(p.channel);
      if (!p.purpose.empty()) e.about = *purpose::parse(p.purpose);
      e.via = p.via;
      if (!p.other.empty()) e.other = *address::parse(p.other);
      // The request carries no notice, so that a yes stands on its own one alone, as in the twin.
      if (p.notice && p.kind != "requested") e.notice = 1;
      if (p.words) e.proof.set("text", "Start");
      e.source = "test";
      told << p.seq << ' ' << to_string(e.occurred_at) << ' ' << p.kind << ' ' << p.who << ' ' << p.channel << ' ' << p.purpose << ' ' << p.via << ' ' << p.other << (p.words ? "" : " no-words")
           << (p.notice ? "" : " no-notice") << '\n';
      plain.push_back(p);
      events.push_back(e);
    }
    for (int k = 0; k < 3; ++k) {
      char const* const about = purposes[random(purposes.size())];
      char const* const number = numbers[random(4) == 0 ? random(3) : 0];
      instant const at = start + milliseconds{static_cast<std::int64_t>(random(20)) * 43200000};
      address const who = *address::parse(number);
      auto const s = fold(events, who, {at, instant::latest()}, {&notices, &rules});
      auto const d = decide({&who, channel::whatsapp, *purpose::parse(about), at, true}, s, notices, rules);
      auto const a = slow::twin{plain, number, "whatsapp", about, at.ms()}.ask();
      permits += a.permit ? 1U : 0U;
      bool const same = (d.what == outcome::permit) == a.permit && name(d.status) == a.status;
      if (!same) {
        std::string codes;
        for (auto const& r : d.reasons) codes += std::string{name(r.code)} + " ";
        FAIL("asked ", number, " ", about, " at ", to_string(at), ": twin ", a.permit, " ", a.status, ", ours ", std::string{name(d.what)}, " ", std::string{name(d.status)}, " (", codes, ")\n", told.str());
      }
    }
  }
  MESSAGE(permits, " of 36000 answers permit; ", linked, " links");
  CHECK(permits > 1000);
}
