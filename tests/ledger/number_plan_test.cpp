// The fast path for numbers says what libphonenumber says: every entry of its table asked again, and spellings at random.
#include <doctest/doctest.h>

#include <array>
#include <cstdlib>
#include <optional>

#include "../number_plan/number_plan_probe.hpp"
#include "jawort/ledger/normalise.hpp"
#include "number_plan.hpp"

using namespace jawort;
namespace {

/// All of it takes minutes: JAWORT_EXHAUSTIVE=1. Otherwise the mobile numbers of three countries in steps, and a sample.
bool exhaustive() { return std::getenv("JAWORT_EXHAUSTIVE") != nullptr; }

/// What normaliser::parse asked of the library before there was a fast path, in its own words.
int slow(std::string const& text) { return number_plan_probe::answer(text, text); }

/// 0 invalid, 1 valid for calls, 2 for messages too; nothing where the library is to be asked.
std::optional<int> quick(std::string const& text) {
  auto const call = by_plan(text, "49", false), message = by_plan(text, "49", true);
  if (call.what == plan_answer::library || message.what == plan_answer::library) return std::nullopt;
  CHECK((call.what == plan_answer::invalid || "+" + std::to_string(call.digits) == text));
  return call.what == plan_answer::invalid ? 0 : message.what == plan_answer::valid ? 2 : 1;
}

struct counts { std::size_t same = 0, other = 0, library = 0; };

void compare(std::string const& text, counts& c) {
  auto const q = quick(text);
  if (!q) { ++c.library; return; }
  if (*q == slow(text)) ++c.same;
  else { ++c.other; MESSAGE(text); }
}

/// Every fifth digit behind a prefix of four; in full, every sixth as well.
void compare_prefix(int code, unsigned prefix, counts& c, unsigned step) {
  for (unsigned length = number_plan_probe::shortest; length <= number_plan_probe::longest; ++length)
    for (unsigned fifth = prefix % step; fifth < 10; fifth += step)
      for (unsigned how = 0; how < 14; how += exhaustive() ? 1 : 6) {
        std::string const begin = std::to_string(prefix) + static_cast<char>('0' + fifth);
        compare("+" + std::to_string(code) + number_plan_probe::filled(length == 4 ? begin.substr(0, 4) : begin, length, how), c);
        if (length <= 5) break;
      }
}

}  // namespace

TEST_CASE("number plan: mobile prefixes of Germany, Austria and Switzerland, every length, valid and invalid") {
  counts c;
  unsigned const step = exhaustive() ? 1 : 5;
  for (unsigned p = 1500; p < 1800; ++p) compare_prefix(49, p, c, step);
  for (unsigned p = 6500; p < 7000; p += exhaustive() ? 1 : 7) compare_prefix(43, p, c, step);
  for (unsigned p = 7400; p < 8000; p += exhaustive() ? 1 : 7) compare_prefix(41, p, c, step);
  CHECK(c.other == 0);
  CHECK(c.same > 20 * c.library);  // the library is the exception here
  MESSAGE("same: " << c.same << ", left to the library: " << c.library);
}

TEST_CASE("number plan: every entry of the table") {
  counts c;
  unsigned const every = exhaustive() ? 1 : 389;
  for (int const code : number_plan_probe::countries)
    for (unsigned p = 1000 + static_cast<unsigned>(code) % every; p <= 9999; p += every) compare_prefix(code, p, c, exhaustive() ? 1 : 9);
  CHECK(c.other == 0);
  CHECK(c.same > 1000);
  MESSAGE("same: " << c.same << ", left to the library: " << c.library);
}

TEST_CASE("number plan: codes that no country has, every one, and every code that one has") {
  counts c;
  for (unsigned code = 100; code <= 999; ++code) {
    if (code == 490 || code == 430 || code == 410) continue;  // +49 (0)…: digits change, in the spellings below
    for (unsigned length = 1; length <= 12; length += exhaustive() ? 1 : 4)
      for (unsigned how = 0; how < 14; how += exhaustive() ? 1 : 7)
        compare("+" + std::to_string(code) + number_plan_probe::filled({}, length, how), c);
  }
  CHECK(c.other == 0);
  CHECK(c.same > 500);
  MESSAGE("same: " << c.same << ", left to the library: " << c.library);
  CHECK(by_plan("+999 123456789", "49", true).what == plan_answer::invalid);
  CHECK(by_plan("+1 999 123456789", "49", true).what == plan_answer::library);
}

TEST_CASE("number plan: spellings, right and wrong ones, against the library") {
  using namespace i18n::phonenumbers;
  std::uint64_t seed = 11;
  auto const random = [&](std::uint64_t n) { seed = seed * 6364136223846793005U + 1442695040888963407U; return (seed >> 33) % n; };
  constexpr std::array<char const*, 16> begins{"+49", "+49 (0)", "0049", "00 49 ", "0", "49", "+43", "0043", "+41 ", "+33 ", "+999 ", "", "+49-", "+0", "00", "+49 0"};
  constexpr std::array<char const*, 14> codes{"171", "1520", "160", "176", "664", "79", "6", "30", "89", "900", "180", "113", "7", "0171"};
  constexpr std::array<char const*, 8> signs{"", "", "", " ", "-", "/", "(", ") "};
  auto const& util = *PhoneNumberUtil::GetInstance();
  std::size_t decided = 0;
  for (int n = 0; n < (exhaustive() ? 400000 : 6000); ++n) {
    std::string text = begins[random(begins.size())];
    text += codes[random(codes.size())];
    for (auto left = 3 + random(9); left-- > 0;) (text += signs[random(signs.size())]) += static_cast<char>('0' + random(10));
    auto const v = by_plan(text, "49", false);
    if (v.what == plan_answer::library) continue;
    ++decided;
    // The ways that the library is asked in, in the order of lib/normalise.cpp.
    std::vector<std::string> tries{text};
    if (auto const from = text.find_first_of("+0123456789"); text[from] != '+' && text[from] != '0') {
      if (text.substr(from).starts_with("49")) tries.insert(tries.begin(), "+" + text.substr(from));
      tries.push_back("0" + text.substr(from));
    }
    std::uint64_t expected = 0;
    for (auto const& t : tries) {
      PhoneNumber p;
      if (util.Parse(t, "DE", &p) != PhoneNumberUtil::NO_PARSING_ERROR || p.has_extension() || !util.IsValidNumber(p)) continue;
      std::string e164;
      util.Format(p, PhoneNumberUtil::E164, &e164);
      expected = std::stoull(e164.substr(1));
      break;
    }
    INFO(text);
    CHECK(v.digits == expected);
  }
  CHECK(decided > 500);
}

TEST_CASE("number plan: what is no matter of it goes to the library") {
  for (char const* const text : {"", "+", "+49", "0171a", "24.11.2026", "2026-11-24", "4,9171E+11", "+1 212 555 0123", "+49 171 3920001 x5", "\xc2\xa0""0171 3920001"}) {
    INFO(text);
    CHECK(by_plan(text, "49", true).what == plan_answer::library);
  }
  CHECK(by_plan("0171 3920001", "33", true).what == plan_answer::library);  // another country's zero
  CHECK(by_plan("0171/392 00 01", "49", true).digits == 491713920001U);
  CHECK(by_plan("0664 1234567", "43", true).digits == 436641234567U);
}
