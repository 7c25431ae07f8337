// libFuzzer: any bytes are a message; the span lies inside it, the answer is the same twice.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "jawort/keyword.hpp"

namespace {
jawort::keyword_grammar const& grammar() {
  static auto const g = [] {
    std::vector<jawort::language_source> files;
    for (std::string const code : {"de", "en", "fr", "it", "es", "nl", "pl", "tr"}) {
      std::ifstream in{std::string{JAWORT_KEYWORDS} + "/" + code + ".words", std::ios::binary};
      files.push_back({code, {std::istreambuf_iterator<char>{in}, {}}});
    }
    auto made = jawort::keyword_grammar::load(files);
    if (!made) std::abort();
    return *std::move(made);
  }();
  return g;
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  std::string_view const text{reinterpret_cast<char const*>(data), size};
  static jawort::scope_word const topics[] = {{"angebote", *jawort::purpose::parse("offers")}, {"city trips", *jawort::purpose::parse("newsletter/city-trips")}};
  auto const a = grammar().classify(text, topics), b = grammar().classify(text, topics);
  if (a.begin > a.end || a.end > size || a.what != b.what || a.begin != b.begin || a.why != b.why) std::abort();
  if (size < 4096) {  // a language file of any bytes is read or refused
    jawort::language_source const one[] = {{"fuzz", std::string{text}}};
    (void)jawort::keyword_grammar::load(one);
  }
  return 0;
}
