// The floor of a list check: read, parse, sort, write a verdict for each line, on one thread, deciding nothing.
//
//   bench_floor LIST OUT
//
// What any program pays that reads the list and writes the table of verdicts; ours is measured against it.
#include <algorithm>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return std::puts("bench_floor LIST OUT"), 2;
  std::ifstream in{argv[1], std::ios::binary | std::ios::ate};
  std::string all(static_cast<std::size_t>(in.tellg()), '\0');
  in.seekg(0);
  in.read(all.data(), static_cast<std::streamsize>(all.size()));
  struct row { char const* begin; std::uint32_t size; bool permitted; };
  std::vector<row> rows;
  std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
  for (char const *at = all.data(), *end = at + all.size(); at < end;) {
    auto const* stop = static_cast<char const*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    if (stop == nullptr) stop = end;
    std::uint64_t digits = 0;
    for (char const* c = at; c < stop; ++c)
      if (*c >= '0' && *c <= '9') digits = digits * 10 + static_cast<std::uint64_t>(*c - '0');
    order.emplace_back(digits, static_cast<std::uint32_t>(rows.size()));
    rows.push_back({at, static_cast<std::uint32_t>(stop - at), false});
    at = stop + 1;
  }
  std::sort(order.begin(), order.end());
  for (auto const& [digits, k] : order) rows[k].permitted = digits % 2 == 0;  // a verdict must be put somewhere
  std::ofstream out{argv[2], std::ios::binary};
  std::string text = "line,input,address,verdict,reasons\n";
  std::uint32_t line = 0;
  for (auto const& r : rows) {
    char number[12];
    auto const end = std::to_chars(number, number + sizeof number, ++line).ptr;
    text.append(number, end);
    text += ',';
    text.append(r.begin, r.size);
    text += ',';
    text.append(r.begin, r.size);
    text += r.permitted ? ",permitted,keyword-started\n" : ",denied,withdrawn\n";
    if (text.size() > (1U << 20U)) { out << text; text.clear(); }
  }
  out << text << std::flush;
  return out ? 0 : 1;
}
