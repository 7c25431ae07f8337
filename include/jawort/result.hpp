// jawort/result.hpp - what can go wrong, as a value.
//
// Two kinds of failure are kept apart: what can happen (bad input, a full disk, a busy file) is a `result<T>`;
// what cannot happen is an assertion. Nothing in the library prints, exits or aborts on input.
//
// `result<T>` has the member names of C++23's std::expected, so that it can be replaced by it.
//
//   result<purpose> p = purpose::parse("newsletter");
//   if (!p) show(p.error().message.en, p.error().hint.en);
//   else use(*p);
//
// Thread safety: values; no shared state.
#pragma once
#include <cassert>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace jawort {

/// A sentence in the two languages that jawort speaks. Neither is ever empty in what the library returns, except
/// for a hint that does not exist.
struct bilingual {
  std::string de;
  std::string en;
  friend bool operator==(bilingual const&, bilingual const&) = default;
};

/// The stable classes of failure. The names that `code_name` gives are part of the command line's contract.
enum class failure : unsigned char {
  malformed,         ///< the input has not the form it must have; mend the input
  incomplete,        ///< a mandatory part is missing (a notice without a controller)
  unknown_name,      ///< a purpose, notice, kind or key that nobody declared
  refused,           ///< well formed, but a rule of the ledger says no
  not_found,         ///< no ledger, file or entry there
  already_exists,    ///< create found something in its place
  busy,              ///< another process held the ledger for longer than the wait
  wrong_version,     ///< written by a newer jawort
  damaged,           ///< stored bytes are not what was signed
  environment,       ///< the operating system said no (permissions, disk, memory)
  key_missing,       ///< the key file is not beside the ledger
  interrupted        ///< the user asked to stop; nothing half done
};

/// The stable text name of a failure class, e.g. "malformed".
[[nodiscard]] constexpr char const* code_name(failure f) noexcept {
  switch (f) {
    case failure::malformed: return "malformed";
    case failure::incomplete: return "incomplete";
    case failure::unknown_name: return "unknown-name";
    case failure::refused: return "refused";
    case failure::not_found: return "not-found";
    case failure::already_exists: return "already-exists";
    case failure::busy: return "busy";
    case failure::wrong_version: return "wrong-version";
    case failure::damaged: return "damaged";
    case failure::environment: return "environment";
    case failure::key_missing: return "key-missing";
    case failure::interrupted: return "interrupted";
  }
  return "unknown";
}

/// Why something could not be done, and what to do about it.
/// `message` repeats nothing personal beyond what the caller passed in.
struct error {
  failure code{};
  bilingual message;
  bilingual hint{};
};

/// Nothing, successfully.
struct nothing {
  friend bool operator==(nothing, nothing) = default;
};

/// Either a T or an error. Reading the side that is not there is a programming error (asserted).
template <class T = nothing>
class [[nodiscard]] result {
 public:
  using value_type = T;
  using error_type = jawort::error;

  result(T value) : state_(std::in_place_index<0>, std::move(value)) {}                 // NOLINT: as std::expected
  result(jawort::error why) : state_(std::in_place_index<1>, std::move(why)) {}         // NOLINT: as std::unexpected

  [[nodiscard]] bool has_value() const noexcept { return state_.index() == 0; }
  explicit operator bool() const noexcept { return has_value(); }

  [[nodiscard]] T const& value() const& { assert(has_value()); return *std::get_if<0>(&state_); }
  [[nodiscard]] T& value() & { assert(has_value()); return *std::get_if<0>(&state_); }
  [[nodiscard]] T&& value() && { assert(has_value()); return std::move(*std::get_if<0>(&state_)); }
  T const& operator*() const& { return value(); }
  T& operator*() & { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T const* operator->() const { return &value(); }
  T* operator->() { return &value(); }

  [[nodiscard]] jawort::error const& error() const& { assert(!has_value()); return *std::get_if<1>(&state_); }
  [[nodiscard]] jawort::error&& error() && { assert(!has_value()); return std::move(*std::get_if<1>(&state_)); }

  template <class U>
  [[nodiscard]] T value_or(U&& other) const& {
    return has_value() ? value() : static_cast<T>(std::forward<U>(other));
  }

 private:
  std::variant<T, jawort::error> state_;
};

}  // namespace jawort
