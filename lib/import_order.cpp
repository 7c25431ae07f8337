#include "import_order.hpp"

#include <algorithm>

#include "own_bytes.hpp"

namespace jawort {
using own_bytes::put, own_bytes::take;
namespace {

constexpr std::size_t piece_size = 20000;   ///< events given at once, or a block more
constexpr std::size_t most_parts = 1024;
constexpr std::uint32_t none = 0xffffffff;

struct fixed {
  std::int64_t occurred_at;
  std::uint64_t who, other;                     ///< digits; 0: none, or the text follows
  std::uint32_t about, source, operator_name;   ///< numbers of texts
  std::uint32_t via, who_text, other_text;      ///< sizes
  std::uint32_t entries;                        ///< of evidence
  notice_number notice;
  std::uint8_t kind, on;
};

address address_of(std::uint64_t digits, std::string_view text) { return digits != 0 ? *address::from_digits(digits) : *address::parse(text); }

}  // namespace

spill::key import_order::key_of(address const& a) {
  if (a.kind() == address_kind::number) return static_cast<spill::key>(a.digits());
  std::string_view text = a.text();
  if (a.kind() == address_kind::page_scoped || a.kind() == address_kind::customer) text.remove_prefix(text.rfind(':') + 1);
  spill::key k = 1;
  for (std::size_t n = 0; n < 7; ++n) k = k << 8 | (n < text.size() ? static_cast<unsigned char>(text[n]) : 0);
  return k;
}

import_order::import_order(std::string folder, std::vector<spill::key> sample, std::uint64_t bytes, spill_limits const& limits) {
  auto const parts = std::clamp<std::size_t>(static_cast<std::size_t>(bytes / limits.part) + 1, 1, most_parts);
  spill_ = std::make_unique<spill>(std::move(folder), bounds_of(std::move(sample), parts), 1, limits);
  writer_ = std::make_unique<spill::writer>(*spill_);
}

std::uint32_t import_order::number_of(std::string const& text) {
  auto const [at, fresh] = numbers_.try_emplace(text, static_cast<std::uint32_t>(texts_.size()));
  if (fresh) texts_.push_back(text);
  return at->second;
}

void import_order::put(event const& e) {
  fixed f;
  std::memset(static_cast<void*>(&f), 0, sizeof f);
  f.occurred_at = e.occurred_at.ms();
  f.who = e.who->digits();
  f.about = e.about ? number_of(std::string{e.about->text()}) : none;
  f.source = number_of(e.source);
  f.operator_name = number_of(e.operator_name);
  f.via = static_cast<std::uint32_t>(e.via.size());
  std::string_view const who = f.who == 0 ? std::string_view{e.who->text()} : std::string_view{};
  f.who_text = static_cast<std::uint32_t>(who.size());
  std::string_view other;
  if (e.other) {
    f.other = e.other->digits();
    if (f.other == 0) other = e.other->text();
  }
  f.other_text = static_cast<std::uint32_t>(other.size());
  f.entries = static_cast<std::uint32_t>(e.proof.entries().size());
  f.notice = e.notice;
  f.kind = static_cast<std::uint8_t>(e.kind);
  f.on = e.on ? static_cast<std::uint8_t>(*e.on) : 0;
  record_.clear();
  own_bytes::put(record_, f);
  record_.append(e.via).append(who).append(other);
  for (auto const& [key, value] : e.proof.entries()) {
    own_bytes::put(record_, static_cast<std::uint32_t>(key.size()));
    own_bytes::put(record_, static_cast<std::uint32_t>(value.size()));
    record_.append(key).append(value);
  }
  writer_->put(key_of(*e.who), order_++, record_);
}

event import_order::read(std::string_view bytes) const {
  auto const f = take<fixed>(bytes);
  event e;
  e.kind = static_cast<event_kind>(f.kind);
  e.occurred_at = instant::clamped(f.occurred_at);
  if (f.on != 0) e.on = static_cast<channel>(f.on);
  if (f.about != none) e.about = *purpose::parse(texts_[f.about]);
  e.notice = f.notice;
  e.source = texts_[f.source];
  e.operator_name = texts_[f.operator_name];
  e.via = take(bytes, f.via);
  e.who = address_of(f.who, take(bytes, f.who_text));
  if (auto const text = take(bytes, f.other_text); f.other != 0 || !text.empty()) e.other = address_of(f.other, text);
  for (std::uint32_t n = 0; n < f.entries; ++n) {
    auto const key = take<std::uint32_t>(bytes), value = take<std::uint32_t>(bytes);
    auto const name = take(bytes, key);
    e.proof.set(name, take(bytes, value));
  }
  return e;
}

void import_order::all_put() {
  writer_->end();
  part_ = spill_->first();
}

std::vector<event> import_order::next() {
  std::vector<event> out;
  while (part_ < spill_->end() && out.size() < piece_size) {
    auto const block = spill_->take_block(part_);
    if (block) {
      for (auto const& r : block->records()) out.push_back(read(r.bytes));
    } else {
      ++part_;
      if (!out.empty()) break;
    }
  }
  return out;
}

bool import_order::again() {
  if (!spill_->again()) return false;
  writer_ = std::make_unique<spill::writer>(*spill_);
  return true;
}

}  // namespace jawort
