// lib/own_bytes.hpp - values as the bytes that they have in memory, for records that only this process reads. Internal.
#pragma once
#include <cassert>
#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace jawort::own_bytes {

template <class T>
void put(std::string& out, T const& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  out.append(reinterpret_cast<char const*>(&value), sizeof value);
}

/// Takes a value from the front. The bytes are those of `put`: too few is a mistake of ours.
template <class T>
T take(std::string_view& bytes) {
  static_assert(std::is_trivially_copyable_v<T>);
  T value;
  assert(bytes.size() >= sizeof value);
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return value;
}
inline std::string_view take(std::string_view& bytes, std::size_t size) {
  assert(bytes.size() >= size);
  auto const out = bytes.substr(0, size);
  bytes.remove_prefix(size);
  return out;
}

}  // namespace jawort::own_bytes
