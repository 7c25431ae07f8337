// Prints lib/number_plan.inc: for the first digits of national numbers of a few countries, which lengths libphonenumber
// takes for valid whatever digits follow, and which lengths cannot be told from the first digits alone.
//
//   cmake --build --preset dev --target number_plan_table && build/dev/tests/number_plan_table > lib/number_plan.inc
//
// Run it anew when libphonenumber changes; tests/ledger/number_plan_test.cpp fails then. Takes some minutes.
#include <cstdio>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "number_plan_probe.hpp"

int main() {
  using namespace jawort::number_plan_probe;
  std::map<masks, int> classes;
  std::vector<masks> order;
  std::string runs;
  for (int const code : countries) {
    std::string line;
    int before = -1, in_line = 0;
    for (unsigned prefix = 1000; prefix <= 9999; ++prefix) {
      masks const m = probe(code, prefix);
      auto const [at, fresh] = classes.try_emplace(m, static_cast<int>(order.size()));
      if (fresh) order.push_back(m);
      if (at->second == before) continue;
      before = at->second;
      line += "{" + std::to_string(code) + "," + std::to_string(prefix) + "," + std::to_string(before) + "},";
      if (++in_line % 12 == 0) line += "\n";
    }
    runs += line + "\n";
    std::fprintf(stderr, "+%d: %d runs\n", code, in_line);
  }
  std::printf("// Made by tests/number_plan/make_table.cpp from libphonenumber's metadata; do not edit.\n"
              "// A bit stands for a length of the national number: takes messages, valid, cannot be told.\n"
              "constexpr plan_class classes[] = {\n");
  for (masks const& m : order) std::printf("{0x%x,0x%x,0x%x},\n", m.messages, m.valid, m.open);
  std::printf("};\nconstexpr plan_run runs[] = {\n%s};\n", runs.c_str());
  std::set<int> codes;
  i18n::phonenumbers::PhoneNumberUtil::GetInstance()->GetSupportedCallingCodes(&codes);
  std::printf("// Every calling code there is.\nconstexpr std::uint16_t calling_codes[] = {");
  int in_line = 0;
  for (int const code : codes) std::printf("%s%d,", in_line++ % 24 == 0 ? "\n" : "", code);
  std::printf("\n};\n");
}
