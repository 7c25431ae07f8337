// jawort/log/leaf.hpp - the 132 bytes of an entry that strangers may see.
//
// A leaf commits to the data subject and to everything else about the event by keyed hashes, so that it says nothing
// once the subject's secret is erased, and every proof stays valid:
//
//   "JWv1" | kind u8 | flags u8 | purpose u16be | minute u64be | nonce 16 | C_s 32 | C_e 32 | notice digest 32 | epoch u32be
//
//   k_s = HMAC(K, "jawort/v1/subject"  00 s address)      C_s = HMAC(k_s, "jawort/v1/commit" 00 nonce address)
//   k_e = HMAC(K, "jawort/v1/evidence" 00 s nonce)        C_e = HMAC(k_e, canonical bytes of the event)
//
// The MAC is passed in: a callable `digest operator()(bytes_view key, bytes_view message)` (HMAC-SHA-256).
// Values; no shared state.
#pragma once
#include <array>
#include <cstring>
#include <string>
#include <string_view>

#include "../event.hpp"
#include "merkle.hpp"

namespace jawort::log {

inline constexpr std::size_t leaf_size = 132;
using leaf_bytes = std::array<std::uint8_t, leaf_size>;
using secret = std::array<std::uint8_t, 32>;
using nonce = std::array<std::uint8_t, 16>;

/// Flags of a leaf.
inline constexpr std::uint8_t flag_subject = 1;  ///< the entry is about a data subject

struct leaf {
  event_kind kind{};
  std::uint8_t flags = 0;
  std::uint16_t purpose_code = 0;   ///< 0: all, or none
  std::uint64_t minute = 0;
  log::nonce nonce{};
  digest subject_commitment{};
  digest event_commitment{};
  digest notice_digest{};           ///< zeros if the event names none
  std::uint32_t epoch = 0;
};

namespace detail {
class writer {
 public:
  explicit writer(std::string& out) : out_(out) {}
  void number(std::uint64_t value, int bytes) {
    for (int i = bytes - 1; i >= 0; --i) out_ += static_cast<char>((value >> (8 * i)) & 0xff);
  }
  void raw(bytes_view b) { out_.append(reinterpret_cast<char const*>(b.data()), b.size()); }
  void text(std::string_view s) { out_.append(s); }
  void counted(std::string_view s) { number(s.size(), 4); out_.append(s); }

 private:
  std::string& out_;
};
[[nodiscard]] inline bytes_view view(std::string_view s) {
  return {reinterpret_cast<std::uint8_t const*>(s.data()), s.size()};
}
}  // namespace detail

[[nodiscard]] inline leaf_bytes encode(leaf const& l) {
  std::string out;
  out.reserve(leaf_size);
  detail::writer w{out};
  w.text("JWv1");
  w.number(static_cast<std::uint64_t>(l.kind), 1);
  w.number(l.flags, 1);
  w.number(l.purpose_code, 2);
  w.number(l.minute, 8);
  w.raw(l.nonce);
  w.raw(l.subject_commitment);
  w.raw(l.event_commitment);
  w.raw(l.notice_digest);
  w.number(l.epoch, 4);
  assert(out.size() == leaf_size);
  leaf_bytes bytes;
  std::memcpy(bytes.data(), out.data(), leaf_size);
  return bytes;
}

/// The canonical bytes that C_e commits to: every field of the event that is not in the leaf, in this order, each
/// text with its length (u32be) before it, times as milliseconds (u64be):
/// "JWe1", sequence, occurred_at, recorded_at, address, channel u8 (0 none), purpose, via, notice reference, other
/// address, source, operator, then the number of evidence entries (u32be) and each key and value in key order.
[[nodiscard]] inline std::string canonical_bytes(event const& e, std::string_view notice_reference) {
  std::string out;
  out.reserve(320);
  detail::writer w{out};
  w.text("JWe1");
  w.number(e.seq, 8);
  w.number(static_cast<std::uint64_t>(e.occurred_at.ms()), 8);
  w.number(static_cast<std::uint64_t>(e.recorded_at.ms()), 8);
  w.counted(e.who ? std::string_view{e.who->text()} : std::string_view{});
  w.number(e.on ? static_cast<std::uint64_t>(*e.on) : 0, 1);
  w.counted(e.about ? e.about->text() : std::string_view{});
  w.counted(e.via);
  w.counted(notice_reference);
  w.counted(e.other ? std::string_view{e.other->text()} : std::string_view{});
  w.counted(e.source);
  w.counted(e.operator_name);
  w.number(e.proof.entries().size(), 4);
  for (auto const& [key, value] : e.proof.entries()) {
    w.counted(key);
    w.counted(value);
  }
  return out;
}

template <class Mac>
[[nodiscard]] digest subject_key(Mac&& mac, secret const& master, secret const& s, std::string_view address) {
  std::string m{"jawort/v1/subject"};
  m += '\0';
  detail::writer{m}.raw(s);
  m += address;
  return mac(bytes_view{master}, detail::view(m));
}

template <class Mac>
[[nodiscard]] digest subject_commitment(Mac&& mac, digest const& subject_key, nonce const& n, std::string_view address) {
  std::string m;
  m.reserve(96);
  m += "jawort/v1/commit";
  m += '\0';
  detail::writer{m}.raw(n);
  m += address;
  return mac(bytes_view{subject_key}, detail::view(m));
}

template <class Mac>
[[nodiscard]] digest evidence_key(Mac&& mac, secret const& master, secret const& s, nonce const& n) {
  std::string m;
  m.reserve(96);
  m += "jawort/v1/evidence";
  m += '\0';
  detail::writer w{m};
  w.raw(s);
  w.raw(n);
  return mac(bytes_view{master}, detail::view(m));
}

/// The leaf of an event: `master` is the K of `epoch`, `s` the subject's secret (the ledger's own for ledger kinds).
template <class Mac>
[[nodiscard]] leaf_bytes make_leaf(Mac&& mac, event const& e, std::string_view notice_reference, digest const& notice_digest,
                                   std::uint16_t purpose_code, secret const& master, std::uint32_t epoch, secret const& s,
                                   nonce const& n) {
  leaf l;
  l.kind = e.kind;
  l.flags = e.who ? flag_subject : std::uint8_t{0};
  l.purpose_code = purpose_code;
  l.minute = e.occurred_at.minute();
  l.nonce = n;
  if (e.who) l.subject_commitment = subject_commitment(mac, subject_key(mac, master, s, e.who->text()), n, e.who->text());
  l.event_commitment = mac(bytes_view{evidence_key(mac, master, s, n)}, detail::view(canonical_bytes(e, notice_reference)));
  l.notice_digest = notice_digest;
  l.epoch = epoch;
  return encode(l);
}

}  // namespace jawort::log
