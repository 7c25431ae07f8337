#include "number_plan.hpp"

#include <array>
#include <memory>
#include <optional>

namespace jawort {
namespace {
/// Bit n: national numbers of n digits.
struct plan_class { unsigned messages, valid, open; };
/// From this prefix of four digits on, up to the next run of the country.
struct plan_run { std::uint16_t country, prefix, kind; };

#include "number_plan.inc"

constexpr std::size_t prefix_digits = 4, longest_national = 14;
constexpr int no_country = -1;

/// A run of each prefix of each country, found by two steps.
class plans {
 public:
  plans() {
    country_.fill(no_country);
    int count = 0;
    for (plan_run const& r : runs)
      if (country_[r.country] == no_country) country_[r.country] = count++;
    for (auto const code : calling_codes) assigned_[code] = true;
    kind_ = std::make_unique<std::uint16_t[]>(static_cast<std::size_t>(count) * 10000);
    for (std::size_t k = 0; k < std::size(runs); ++k) {
      bool const last = k + 1 == std::size(runs) || runs[k + 1].country != runs[k].country;
      unsigned const end = last ? 10000U : runs[k + 1].prefix;
      for (unsigned p = runs[k].prefix; p < end; ++p) kind_[static_cast<std::size_t>(country_[runs[k].country]) * 10000 + p] = runs[k].kind;
    }
  }
  [[nodiscard]] bool assigned(unsigned code) const { return code < assigned_.size() && assigned_[code]; }
  [[nodiscard]] bool knows(unsigned country) const { return country < country_.size() && country_[country] != no_country; }
  [[nodiscard]] plan_class const& of(unsigned country, unsigned prefix) const {
    return classes[kind_[static_cast<std::size_t>(country_[country]) * 10000 + prefix]];
  }

 private:
  std::array<int, 1000> country_{};
  std::array<bool, 1000> assigned_{};
  std::unique_ptr<std::uint16_t[]> kind_;
};

plans const& all_plans() {
  static plans const all;
  return all;
}

unsigned value(std::string_view digits) {
  unsigned v = 0;
  for (char const c : digits) v = v * 10 + static_cast<unsigned>(c - '0');
  return v;
}

/// `national` without its leading 0.
plan_verdict judge(unsigned country, std::string_view national, bool for_messages) {
  if (national.size() < prefix_digits || national.size() > longest_national || national.front() == '0') return {};
  plan_class const& c = all_plans().of(country, value(national.substr(0, prefix_digits)));
  unsigned const bit = 1U << national.size();
  if ((c.open & bit) != 0) return {};
  if (((for_messages ? c.messages : c.valid) & bit) == 0) return {plan_answer::invalid, 0};
  std::uint64_t digits = country;
  for (char const d : national) digits = digits * 10 + static_cast<std::uint64_t>(d - '0');
  return {plan_answer::valid, digits};
}

/// National plans where a 0 stands before the number, and 00 before a country's code.
bool zero_plan(std::string_view code) { return code == "49" || code == "43" || code == "41"; }

/// What follows a plus.
plan_verdict international(std::string_view digits, bool for_messages) {
  constexpr std::size_t longest_code = 3;
  if (digits.size() <= longest_code || digits.front() == '0') return {};
  for (std::size_t size = 1; size <= longest_code; ++size) {
    auto const code = digits.substr(0, size);
    if (!all_plans().assigned(value(code))) continue;
    if (!all_plans().knows(value(code))) return {};
    auto national = digits.substr(size);
    if (national.front() != '0') return judge(value(code), national, for_messages);
    if (!zero_plan(code)) return {};
    auto const without = judge(value(code), national.substr(1), for_messages);  // +49 (0)171 …
    return without.what == plan_answer::valid ? without : plan_verdict{};
  }
  return {plan_answer::invalid, 0};  // no country's code begins so
}

struct spelling {
  std::array<char, 20> digits;
  std::size_t size = 0;
  bool plus = false;
};

/// The digits, where nothing but them, a plus in front and the usual signs between them is there.
std::optional<spelling> spelled(std::string_view s) {
  spelling out;
  bool dash = false;
  while (!s.empty() && s.front() == ' ') s.remove_prefix(1);
  if (!s.empty() && s.front() == '+') { out.plus = true; s.remove_prefix(1); }
  if (s.empty() || s.front() < '0' || s.front() > '9') return std::nullopt;
  for (char const c : s) {
    if (c >= '0' && c <= '9') {
      if (out.size == out.digits.size()) return std::nullopt;
      out.digits[out.size++] = c;
    } else if (c == '-') {
      dash = true;
    } else if (c != ' ' && c != '/' && c != '(' && c != ')') {
      return std::nullopt;
    }
  }
  if (dash && out.size == 8) return std::nullopt;  // may be a date
  return out;
}
}  // namespace

plan_verdict by_plan(std::string_view written, std::string_view home, bool for_messages) {
  auto const s = spelled(written);
  if (!s) return {};
  std::string_view const digits{s->digits.data(), s->size};
  if (s->plus) return international(digits, for_messages);
  if (!zero_plan(home)) return {};
  // Without a plus only a yes is taken: there are further ways to read what is not valid in the first one.
  auto const yes = [](plan_verdict v) { return v.what == plan_answer::valid ? v : plan_verdict{}; };
  if (digits.substr(0, 2) == "00") return yes(international(digits.substr(2), for_messages));
  if (digits.front() == '0') return yes(judge(value(home), digits.substr(1), for_messages));
  if (digits.substr(0, 2) == home) return yes(international(digits, for_messages));
  return yes(judge(value(home), digits, for_messages));
}

}  // namespace jawort
