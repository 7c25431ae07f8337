// The slow twin of fold and decide: the same question answered by searching the sorted history, without a state.
//
// It shares no code with the product. One event comes before another on one line if it is earlier and their addresses
// had been linked by the time of the later one; everything else follows from that. It covers bars, stops, consents,
// requests and links for advertising on a telephone channel; not what a calendar adds (stale, frequency, quiet hours).
#pragma once
#include <algorithm>
#include <string>
#include <tuple>
#include <vector>

namespace slow {

struct event {
  long seq = 0;
  long long ms = 0;
  std::string kind, who, channel, purpose, via, other;
  bool words = true, notice = true;
};

struct answer {
  bool permit = false;
  std::string status;
};

class twin {
 public:
  twin(std::vector<event> events, std::string asked, std::string channel, std::string purpose, long long at)
      : asked_(std::move(asked)), c_(std::move(channel)), q_(std::move(purpose)), at_(at) {
    for (auto& e : events)
      if (e.ms <= at) all_.push_back(std::move(e));
    std::sort(all_.begin(), all_.end(), [](event const& a, event const& b) {
      bool const sa = stop(a.kind), sb = stop(b.kind);
      return a.ms != b.ms ? a.ms < b.ms : sa != sb ? !sa : a.seq < b.seq;
    });
  }

  answer ask() const {
    std::vector<std::size_t> mine;
    for (std::size_t i = 0; i < all_.size(); ++i)
      if (linked(all_[i].who, asked_, all_.size()) && !voided(i)) mine.push_back(i);
    std::string best;
    std::size_t best_at = 0;
    for (auto const i : mine)
      if (counts(i) && (best.empty() || rank(i) > rank(best_at))) {
        best = all_[i].kind == "renewed" ? "renewed" : "given";
        best_at = i;
      }
    answer a;
    a.permit = !best.empty() && !barred(mine);
    a.status = !best.empty() ? best : missing(mine);
    return a;
  }

 private:
  /// The most specific purpose, then what was confirmed or renewed before what was given in one step, then the latest.
  [[nodiscard]] std::tuple<std::size_t, bool, std::size_t> rank(std::size_t i) const { return {all_[i].purpose.size(), all_[i].kind != "given", i}; }
  static bool stop(std::string const& k) {
    for (char const* s : {"withdrawn", "objected", "refused", "revoked", "suspended", "invalidated", "blocked", "platform-stopped", "wrong-number", "restricted", "erased"})
      if (k == s) return true;
    return false;
  }
  static bool ends(std::string const& k) { return k == "withdrawn" || k == "objected" || k == "refused" || k == "revoked" || k == "invalidated" || k == "erased"; }
  static bool under(std::string const& below, std::string const& above) { return below == above || below.rfind(above + "/", 0) == 0; }

  /// Whether the addresses had been linked by the events before place `n`.
  bool linked(std::string const& a, std::string const& b, std::size_t n) const {
    std::vector<std::string> group{a};
    for (bool grown = true; grown;) {
      grown = false;
      for (std::size_t i = 0; i < n && i < all_.size(); ++i) {
        if (all_[i].kind != "address-linked" && all_[i].kind != "address-changed") continue;
        bool const x = std::find(group.begin(), group.end(), all_[i].who) != group.end(), y = std::find(group.begin(), group.end(), all_[i].other) != group.end();
        if (x != y) { group.push_back(x ? all_[i].other : all_[i].who); grown = true; }
      }
    }
    return std::find(group.begin(), group.end(), b) != group.end();
  }
  bool before(std::size_t i, std::size_t j) const { return i < j && linked(all_[i].who, all_[j].who, j + 1); }
  bool voided(std::size_t i) const {
    for (std::size_t k = i + 1; k < all_.size(); ++k)
      if (all_[k].kind == "erased" && before(i, k)) return true;
    return false;
  }
  bool everything(event const& e) const { return e.kind == "objected" || e.kind == "erased"; }
  bool touches(event const& m, std::string const& c, std::string const& q) const {
    return everything(m) || ((m.channel.empty() || m.channel == c) && (m.purpose.empty() || under(q, m.purpose)));
  }
  bool yields(event const& m, std::string const& p) const { return everything(m) || m.purpose.empty() || under(p, m.purpose); }

  /// What became of the request of this address, channel and purpose just before place `n`, on the line of place `n`.
  struct request { bool open = false, sent = false; long long since = 0; std::size_t place = 0; };
  request request_before(std::string const& who, std::string const& c, std::string const& p, std::size_t n) const {
    request r;
    for (std::size_t i = 0; i < n; ++i) {
      event const& e = all_[i];
      bool const same = e.who == who && e.channel == c && e.purpose == p, late = r.open && e.ms > r.since + week;
      if (ends(e.kind) && touches(e, c, p) && linked(e.who, who, i + 1)) r = {};
      else if (e.kind == "requested" && same) { bool const again = r.open && !late; r.sent = again && r.sent; r.open = true; r.since = e.ms; r.place = i; }
      else if (e.kind == "confirmation-sent" && same && r.open && !late) r.sent = true;
      else if (e.kind == "confirmed" && same && r.open && !late && r.sent && e.words && e.notice && e.via.empty()) r = {};
    }
    return r;
  }
  bool whole(std::size_t i) const {
    event const& e = all_[i];
    if (!e.words || !e.notice || voided(i)) return false;
    if (e.kind == "given" || e.kind == "renewed") return true;
    if (e.kind != "confirmed" || !e.via.empty()) return false;
    auto const r = request_before(e.who, e.channel, e.purpose, i);
    return r.open && r.sent && e.ms <= r.since + week;
  }
  bool overcome(std::size_t m) const {
    for (std::size_t j = m + 1; j < all_.size(); ++j)
      if (before(m, j) && all_[j].channel == c_ && under(q_, all_[j].purpose) && whole(j) && yields(all_[m], all_[j].purpose)) return true;
    return false;
  }
  bool stands(std::size_t m) const { return ends(all_[m].kind) && !voided(m) && touches(all_[m], c_, q_) && linked(all_[m].who, asked_, all_.size()) && !overcome(m); }
  bool counts(std::size_t j) const {
    if (all_[j].channel != c_ || !under(q_, all_[j].purpose) || !whole(j)) return false;
    for (std::size_t m = 0; m < all_.size(); ++m) {
      if (!ends(all_[m].kind) || voided(m) || !touches(all_[m], c_, q_) || !linked(all_[m].who, asked_, all_.size())) continue;
      if (before(m, j) ? !yields(all_[m], all_[j].purpose) : before(j, m) || !overcome(m)) return false;
    }
    return true;
  }

  /// The last of two opposite kinds on each line; a bar of any line stands.
  bool on(std::vector<std::size_t> const& mine, char const* bar, char const* lift, bool per_channel, char const* only = nullptr) const {
    for (auto const i : mine) {
      if (all_[i].kind != bar || (only != nullptr && !all_[i].channel.empty() && all_[i].channel != only)) continue;
      std::vector<std::string> channels{all_[i].channel};
      if (per_channel && all_[i].channel.empty()) channels = {"whatsapp", "messenger", "sms", "email", "call"};
      for (auto const& c : channels) {
        if (only != nullptr && c != only && !c.empty()) continue;
        bool lifted = false;
        for (auto const j : mine)
          if (all_[j].kind == lift && before(i, j) && (!per_channel || all_[j].channel.empty() || all_[j].channel == c)) lifted = true;
        if (!lifted) return true;
      }
    }
    return false;
  }
  bool barred(std::vector<std::size_t> const& mine) const {
    if (on(mine, "restricted", "unrestricted", false) || on(mine, "blocked", "unblocked", true) || on(mine, "platform-stopped", "platform-resumed", true, c_.c_str())) return true;
    bool bad_number = false;
    for (auto const i : mine) {
      event const& e = all_[i];
      if (e.who == asked_ && (e.kind == "wrong-number" || e.kind == "address-changed")) bad_number = true;
      if ((e.who == asked_ && e.kind == "number-cleared") || (e.other == asked_ && e.kind == "address-changed")) bad_number = false;
    }
    if (bad_number) return true;
    for (auto const i : mine) {
      if (all_[i].kind != "suspended" || !touches(all_[i], c_, q_) || overcome(i)) continue;
      bool lifted = false;
      for (auto const j : mine)
        if (all_[j].kind == "resumed" && before(i, j) && touches(all_[j], c_, q_)) lifted = true;
      if (!lifted) return true;
    }
    return false;
  }

  std::string missing(std::vector<std::size_t> const& mine) const {
    std::string status = "unknown";
    std::size_t latest = 0;
    for (auto const i : mine) {
      if (stands(i) && i >= latest) {
        latest = i;
        auto const& k = all_[i].kind;
        status = k == "erased" ? "unknown" : k == "objected" ? "withdrawn" : k;
      }
      if (all_[i].kind == "requested" && all_[i].channel == c_ && under(q_, all_[i].purpose)) {
        auto const r = request_before(all_[i].who, c_, all_[i].purpose, all_.size());
        if (r.open && r.place == i && i >= latest) { latest = i; status = at_ > r.since + week ? "expired" : "requested"; }
      }
    }
    return status;
  }

  static constexpr long long week = 7LL * 86400000;
  std::vector<event> all_;
  std::string asked_, c_, q_;
  long long at_;
};

}  // namespace slow
