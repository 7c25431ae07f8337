// The slow twin of the double opt-in: the state of one request, found by searching its history. Shares no code with the
// product.
//
// A yes is whole if a request is open when it is given and its confirmation was sent before. A request is open until its
// window has passed, counted from the latest of a chain of requests each of which came while the one before was open;
// a stop, a dispute or a whole yes in between breaks the chain.
#pragma once
#include <string>
#include <vector>

namespace slow {

struct opt_in_event {
  std::string what;      // request, sent, yes, yes-unproven, yes-elsewhere, stop, dispute
  long long at = 0;
};

class opt_in_twin {
 public:
  opt_in_twin(std::vector<opt_in_event> events, long long window) : all_(std::move(events)), window_(window) {}

  std::string state(long long at) const {
    std::size_t const n = all_.size();
    std::string const open = open_request(n, at);
    std::size_t const yes = last_whole(n), reset = last_reset(n);
    bool const stands = yes != none && (reset == none || reset < yes);
    if (!open.empty()) return stands ? (open == "sent" ? "sent-again" : "asked-again") : open == "sent" ? "confirmation-sent" : "requested";
    if (stands) return "confirmed";
    for (std::size_t i = n; i-- > 0;) {
      if (is_reset(i)) break;
      if (all_[i].what == "request") return "expired";
    }
    return reset == none ? "none" : all_[reset].what == "dispute" ? "disputed" : "stopped";
  }

  bool whole(std::size_t i) const { return all_[i].what == "yes" && open_request(i, all_[i].at) == "sent"; }

 private:
  static constexpr std::size_t none = static_cast<std::size_t>(-1);
  bool is_reset(std::size_t i) const { return all_[i].what == "stop" || all_[i].what == "dispute"; }
  std::size_t last_reset(std::size_t before) const {
    for (std::size_t i = before; i-- > 0;)
      if (is_reset(i)) return i;
    return none;
  }
  std::size_t last_whole(std::size_t before) const {
    for (std::size_t i = before; i-- > 0;)
      if (whole(i)) return i;
    return none;
  }
  bool breaks(std::size_t i) const { return is_reset(i) || whole(i); }

  /// "", "asked" or "sent", for a moment just before place `n`.
  std::string open_request(std::size_t n, long long at) const {
    std::size_t latest = none;
    for (std::size_t i = n; i-- > 0 && latest == none;) {
      if (breaks(i)) return "";
      if (all_[i].what == "request") latest = i;
    }
    if (latest == none || at > all_[latest].at + window_) return "";
    std::size_t first = latest;
    for (std::size_t i = latest; i-- > 0 && !breaks(i);)
      if (all_[i].what == "request") {
        if (all_[first].at > all_[i].at + window_) break;
        first = i;
      }
    for (std::size_t i = first; i < n; ++i) {
      if (all_[i].what != "sent") continue;
      long long asked = 0;
      for (std::size_t k = first; k < i; ++k)
        if (all_[k].what == "request") asked = all_[k].at;
      if (all_[i].at <= asked + window_) return "sent";
    }
    return "asked";
  }

  std::vector<opt_in_event> all_;
  long long window_;
};

}  // namespace slow
