// Invented consent histories for the measurements, the same on every machine for the same seed.
//
//   bench_generate EVENTS SEED FOLDER
//
// Skewed as life is: three in ten events are of somebody new, the others fall on people so that few have long histories and
// most have one or two events. Some events are late, some people are linked with a mailbox or erased, one list entry in
// twenty is no number although it is as long as one. Writes into FOLDER
//   events.csv      for `jawort import`
//   consents.csv    the same facts for the peers: seq,number,channel,purpose,kind,milliseconds
//   state.tsv       number and last word (given, withdrawn) for whatsapp and newsletter, sorted: an export that peers start from
//   list.txt        E.164, four in five known, some twice; mixed.txt the same numbers as offices write them
//   special.txt     numbers whose answer needs more than the last word (linked, erased): not compared with the peers
//   more.csv        a tenth as many events again, of the time after
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <string>
#include <vector>

#include "jawort/time.hpp"

namespace {
using jawort::instant;

/// xoshiro256** would be more than is needed: splitmix64 passes the tests that matter here and has one word of state.
class dice {
 public:
  explicit dice(std::uint64_t seed) : state_(seed) {}
  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15U);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
  }
  std::uint64_t below(std::uint64_t n) { return next() % n; }
  double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

 private:
  std::uint64_t state_;
};

/// The n-th person's number. The last seven digits alone differ between any two of ten million.
std::uint64_t number_of(std::uint64_t n) {
  static constexpr std::uint64_t prefixes[] = {49171, 49172, 49173, 49160, 49170, 49175, 491520, 491577, 491511, 491627, 491743, 491765, 49171, 49151 * 10 + 2, 49171, 49172,
                                               43664, 43676, 4179, 4178, 3361, 3162, 49171, 49162};
  std::uint64_t const mixed = n * 0x9e3779b97f4a7c15U >> 40;
  return prefixes[mixed % (sizeof prefixes / sizeof *prefixes)] * 10000000U + n * 7368787U % 10000000U;
}

struct person {
  std::int64_t at = -1;      ///< of the last word that counts
  bool given = false, stop_last = false, special = false, gone = false;
};

void number(std::string& out, std::uint64_t n) { out += std::to_string(n); }

class writer {
 public:
  explicit writer(std::string const& path) : file_(path, std::ios::binary) {}
  ~writer() { flush(); }
  std::string text;
  void line() { if (text.size() > (1U << 20U)) flush(); }
  void flush() { file_.write(text.data(), static_cast<std::streamsize>(text.size())); text.clear(); }

 private:
  std::ofstream file_;
};

/// As offices write it.
std::string written(std::uint64_t digits, std::uint64_t style) {
  std::string const e164 = "+" + std::to_string(digits);
  std::string const code = e164.substr(1, 2);
  if (code != "49" && style < 7) style = 7;
  std::string const rest = e164.substr(3);
  switch (style) {
    case 0: return "0" + rest;
    case 1: return "0" + rest.substr(0, 3) + " " + rest.substr(3);
    case 2: return "0" + rest.substr(0, 3) + "/" + rest.substr(3);
    case 3: return "0049" + rest;
    case 4: return "+49 (0)" + rest.substr(0, 3) + " " + rest.substr(3);
    case 5: return "0" + rest.substr(0, 3) + "-" + rest.substr(3);
    case 6: return "49" + rest;
    case 7: return e164.substr(0, 3) + " " + rest.substr(0, 3) + " " + rest.substr(3);
    default: return e164;
  }
}

class world {
 public:
  world(std::uint64_t events, std::uint64_t seed, std::string folder) : count_(events), dice_(seed), folder_(std::move(folder)) {}

  void write() {
    {
      writer events{folder_ + "/events.csv"}, consents{folder_ + "/consents.csv"};
      head(events, consents);
      for (std::uint64_t i = 0; i < count_; ++i) one(events, &consents, i + 2, begin_ + static_cast<std::int64_t>(i) * (end_ - begin_) / static_cast<std::int64_t>(count_));
    }
    write_state();
    write_lists();
    writer more{folder_ + "/more.csv"};
    more.text = header;
    std::uint64_t const extra = std::max<std::uint64_t>(count_ / 10, 1);
    for (std::uint64_t i = 0; i < extra; ++i) one(more, nullptr, 0, end_ + static_cast<std::int64_t>(i) * 86400000 / static_cast<std::int64_t>(extra));
  }

 private:
  static constexpr char const* header = "occurred_at,event,address,channel,purpose,notice,evidence\n";

  void head(writer& events, writer&) { events.text = header; }

  std::uint64_t whom() {
    if (people_.empty() || dice_.below(10) < 3) {
      people_.emplace_back();
      return people_.size() - 1;
    }
    for (;;) {
      double const u = dice_.unit();
      auto const n = static_cast<std::uint64_t>(u * u * static_cast<double>(people_.size()));
      if (!people_[n].gone) return n;
    }
  }

  void one(writer& events, writer* consents, std::uint64_t seq, std::int64_t at) {
    std::uint64_t const n = whom();
    person& p = people_[n];
    std::uint64_t const digits = number_of(n);
    bool const fresh = n + 1 == people_.size() && p.at < 0;
    std::uint64_t const roll = dice_.below(1000);
    if (dice_.below(100) < 3) at -= static_cast<std::int64_t>(dice_.below(30ULL * 86400000));
    at = std::max(at, begin_);
    char const *kind = "inbound", *channel = "whatsapp", *purpose = "";
    std::string proof = "Hallo";
    std::string notice;
    if (roll < (fresh ? 700U : 170U)) {
      kind = "given"; purpose = dice_.below(10) == 0 ? "offers" : "newsletter"; proof = "Start"; notice = "newsletter";
    } else if (roll < (fresh ? 720U : 290U)) {
      kind = "withdrawn"; proof = "Stop";
      auto const scope = dice_.below(10);
      purpose = scope == 0 ? "offers" : scope < 3 ? "" : "newsletter";
      if (scope == 1) channel = "";
    } else if (roll < (fresh ? 740U : 490U) && at < end_ - 40LL * 86400000) {
      kind = "outbound"; purpose = "newsletter"; proof.clear();
    } else if (roll < 493 && !fresh) {
      kind = "address-linked"; channel = ""; proof = "kunde" + std::to_string(n) + "x" + std::to_string(seq) + "@example.org"; p.special = true;
    } else if (roll < 494 && !fresh) {
      kind = "erased"; channel = ""; proof.clear(); p.special = p.gone = true;
    } else {
      proof = "Guten Tag, " + std::to_string(dice_.below(100000)) + " Fragen zur Reise";
    }
    std::string_view const k = kind, about = purpose;
    bool const given = k == "given", stop = k == "withdrawn";
    if ((given && about == "newsletter") || (stop && about != "offers"))
      if (at > p.at || (at == p.at && (stop || !p.stop_last))) { p.at = at; p.given = given; p.stop_last = stop; }
    std::string& e = events.text;
    e += to_string(instant::clamped(at)); e += ','; e += kind; e += ",+"; number(e, digits); e += ','; e += channel; e += ','; e += purpose; e += ',';
    e += notice; e += ',';
    if (proof.find(',') != proof.npos) { e += '"'; e += proof; e += '"'; } else e += proof;
    e += '\n';
    events.line();
    if (consents == nullptr) return;
    std::string& c = consents->text;
    number(c, seq); c += ','; number(c, digits); c += ','; c += channel; c += ','; c += purpose; c += ','; c += kind; c += ','; number(c, static_cast<std::uint64_t>(at)); c += '\n';
    consents->line();
  }

  void write_state() {
    std::vector<std::pair<std::string, bool>> all;
    writer special{folder_ + "/special.txt"};
    for (std::uint64_t n = 0; n < people_.size(); ++n) {
      std::string const digits = "+" + std::to_string(number_of(n));
      if (people_[n].at >= 0) all.emplace_back(digits, people_[n].given);
      if (people_[n].special) { special.text += digits + "\n"; special.line(); }
    }
    std::sort(all.begin(), all.end());
    writer state{folder_ + "/state.tsv"};
    for (auto const& [digits, given] : all) { state.text += digits + (given ? "\tgiven\n" : "\twithdrawn\n"); state.line(); }
  }

  void write_lists() {
    writer list{folder_ + "/list.txt"}, mixed{folder_ + "/mixed.txt"};
    std::uint64_t const rows = std::max<std::uint64_t>(count_ / 10, 100);
    std::uint64_t last = number_of(0);
    for (std::uint64_t i = 0; i < rows; ++i) {
      auto const roll = dice_.below(100);
      std::string bad;
      if (roll < 80) last = number_of(dice_.below(people_.size()));
      else if (roll < 94) last = number_of(people_.size() + dice_.below(std::max<std::uint64_t>(people_.size(), 1000)));
      else if (roll < 99) bad = (dice_.below(2) == 0 ? "+49113" : "+99917") + std::to_string(10000000 + dice_.below(90000000));
      // else: the last one again
      if (bad.empty()) bad = "+" + std::to_string(last), mixed.text += written(last, dice_.below(10));
      else mixed.text += bad;
      list.text += bad + "\n";
      mixed.text += "\n";
      list.line();
      mixed.line();
    }
  }

  std::uint64_t count_;
  dice dice_;
  std::string folder_;
  std::vector<person> people_;
  std::int64_t begin_ = instant::parse("2024-08-01T06:00:00Z")->ms(), end_ = instant::parse("2026-05-30T18:00:00Z")->ms();
};
}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return std::puts("bench_generate EVENTS SEED FOLDER"), 2;
  world{std::strtoull(argv[1], nullptr, 10), std::strtoull(argv[2], nullptr, 10), argv[3]}.write();
}
