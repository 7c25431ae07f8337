// Foreign bytes into every reader of the log's files: nothing may crash, and what is read is written again byte for byte
// (signature lines aside, which are kept as parts). The first byte chooses the reader.
#include <openssl/sha.h>

#include <cstdlib>

#include <jawort/log/canonical.hpp>
#include <jawort/log/tile.hpp>
#include <jawort/log/verifier.hpp>

using namespace jawort::log;

namespace {
digest sha256(bytes_view data) {
  digest d{};
  SHA256(data.data(), data.size(), d.data());
  return d;
}
void insist(bool good) {
  if (!good) std::abort();
}
}  // namespace

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  unsigned const which = *data % 9U;
  std::string_view const bytes{reinterpret_cast<char const*>(data + 1), size - 1};
  switch (which) {
    case 0:
      if (auto const n = parse_note(bytes)) {
        std::string again = n->text + "\n";
        for (auto const& s : n->signatures) again += signature_line(s.name, s.key_id, s.bytes);
        insist(again == bytes);
        for (auto const& s : n->signatures) static_cast<void>(parse_cosignature(s.bytes));
      }
      break;
    case 1:
      if (auto const c = parse_checkpoint(bytes)) insist(text_of(*c) == bytes);
      break;
    case 2:
      if (auto const p = parse_tlog_proof(bytes)) insist(text_of(*p) == bytes);
      break;
    case 3:
      if (auto const c = parse_consistency_file(bytes)) insist(text_of(*c) == bytes);
      break;
    case 4:
      if (auto const t = parse_tile_path(bytes)) insist(path_of(*t) == bytes);
      break;
    case 5:
      if (auto const b = parse_bundle(bytes, 3)) {
        std::string again;
        for (auto const& e : *b) add_entry(again, e);
        insist(again == bytes);
      }
      break;
    case 6: static_cast<void>(parse_verifier(sha256, bytes)); break;
    case 7: static_cast<void>(parse_canonical(bytes)); break;
    default:
      if (auto const l = decode_leaf(detail::view(bytes))) {
        auto const again = encode(*l);
        insist(std::memcmp(again.data(), bytes.data(), leaf_size) == 0);
      }
  }
  return 0;
}
