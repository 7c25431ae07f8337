// Foreign bytes into every reader: nothing may crash, throw or run away. The first byte chooses the format, so that one
// corpus serves all; a build with -DJAWORT_FUZZ_FORMAT=N is a target of one format alone.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include <jawort/ledger/chat_export.hpp>
#include <jawort/ledger/payload.hpp>

using namespace jawort;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
#ifdef JAWORT_FUZZ_FORMAT
  unsigned const which = JAWORT_FUZZ_FORMAT;
#else
  unsigned const which = data[0] % 10U;
  ++data;
  --size;
#endif
  std::string_view const bytes{reinterpret_cast<char const*>(data), size};
  if (which == 8) {
    for (auto const order : {day_order::unsaid, day_order::day_first, day_order::month_first})
      if (auto c = read_chat_export(bytes, order))
        for (auto const& m : c->messages)
          if (m.line == 0 || m.local_ms <= 0) std::abort();
    return 0;
  }
  if (which == 9) {
    auto const checked = check_signature(payload_format::twilio, bytes, {"geheim", "AAAA", "https://x.example"});
    static_cast<void>(is_whole_payload(payload_format::whatsapp_cloud, bytes));
    return checked ? 0 : 0;
  }
  auto p = read_payload(static_cast<payload_format>(which), bytes);
  if (p)
    for (incoming const& i : p->items) {
      if (name(i.kind).empty()) std::abort();
      if (i.part && (i.part->number == 0 || i.part->number > i.part->total)) std::abort();
      // What names nobody is either refused, or of a kind that needs nobody.
      bool const needs = i.kind == incoming_kind::message || i.kind == incoming_kind::platform_stop || i.kind == incoming_kind::provider_stop || i.kind == incoming_kind::address_change;
      if (needs && !i.from && !i.refused) std::abort();
      if (i.kind == incoming_kind::address_change && !i.other && !i.refused) std::abort();
    }
  return 0;
}
