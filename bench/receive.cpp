// 100,000 WhatsApp webhooks from one stream into a ledger: how long, how much of it reading, against the floor of writing.
//
//   bench_receive [COUNT] [GROUP] [FOLDER]
//
// COUNT webhooks (100,000) of 20,000 people: four in five plain questions, the rest starts, stops and delivery reports;
// GROUP of them a transaction (200, as `jawort receive` groups a file; 1 is one commit a webhook). Prints seconds, webhooks
// a second, and the share of reading, which has to stay below a fifth.
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <string>
#include <vector>

#include <jawort/ledger/receiver.hpp>

using namespace jawort;
using clock_type = std::chrono::steady_clock;

namespace {
constexpr char const* notice_text = R"(id = "newsletter"
language = "de"
channels = ["whatsapp"]
purposes = ["newsletter"]
keyword = "Start"
double_opt_in = true
text = "Ja, die Beispiel GmbH darf mir den Newsletter per WhatsApp schicken."
confirmation = "Bitte antworten Sie mit Start."
[frequency]
max = 4
days = 28
[content]
products = ["Reisen"]
[controller]
name = "Beispiel GmbH"
address = "Musterweg 1, 90000 Musterhausen"
contact = "datenschutz@example.org"
[data]
categories = ["Mobilnummer"]
retention = "bis zur Abmeldung"
[[recipient]]
name = "WhatsApp"
country = "US"
safeguard = "Standardvertragsklauseln"
[privacy]
url = "https://example.org/datenschutz"
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
[stop]
keyword = "Stop"
text = "Abmelden jederzeit mit Stop."
[rights]
text = "Auskunft, Berichtigung, Löschung, Einschränkung, Widerspruch, Übertragbarkeit."
authority = "BayLDA"
data_required = false
automated_decisions = false
)";

std::string webhook(std::size_t k, std::int64_t seconds) {
  std::string const who = "4917139" + std::to_string(20000 + k * 7919 % 20000), id = "wamid." + std::to_string(k);
  std::string const head = R"({"object":"whatsapp_business_account","entry":[{"id":"102290129340398","changes":[{"field":"messages","value":{"messaging_product":"whatsapp","metadata":{"display_phone_number":"4915550783881","phone_number_id":"106540352242922"},)";
  std::string const time = std::to_string(seconds);
  if (k % 10 == 0)
    return head + R"("statuses":[{"id":")" + id + R"(","status":"delivered","timestamp":")" + time + R"(","recipient_id":")" + who + R"(","conversation":{"id":"7270432eae37498234f4444b35ffc5","origin":{"type":"marketing"}},"pricing":{"billable":true,"pricing_model":"CBP","category":"marketing"}}]}}]}]})";
  std::string const words = k % 20 == 7 ? "Start" : k % 20 == 13 ? "Stop" : "Guten Tag, haben Sie noch ein Zimmer mit Balkon in der ersten Augustwoche?";
  return head + R"("contacts":[{"profile":{"name":"Kundin Beispiel"},"wa_id":")" + who + R"("}],"messages":[{"from":")" + who + R"(","id":")" + id + R"(","timestamp":")" + time + R"(","type":"text","text":{"body":")" + words + R"("}}]}}]}]})";
}
}  // namespace

int main(int argc, char** argv) {
  std::size_t const count = argc > 1 ? std::stoul(argv[1]) : 100000, group = argc > 2 ? std::stoul(argv[2]) : 200;
  std::filesystem::path const folder = argc > 3 ? argv[3] : std::filesystem::temp_directory_path();
  std::string dir = (folder / "jawort-bench-XXXXXX").string();
  if (::mkdtemp(dir.data()) == nullptr) return 1;
  auto const t0 = *instant::parse("2026-05-01T06:00:00Z");
  ledger_options o;
  o.controller = "Beispiel GmbH";
  o.test_clock = true;
  auto book = ledger::create(dir + "/a.db", o, t0);
  if (!book || !book->publish(notice_text, "notice", t0, false, t0)) return std::puts("no ledger"), 1;
  auto in = receiver::over(*std::move(book));
  if (!in) return 1;

  std::vector<std::string> lines;
  lines.reserve(count);
  std::size_t bytes = 0;
  for (std::size_t k = 0; k < count; ++k) {
    lines.push_back(webhook(k, t0.ms() / 1000 + static_cast<std::int64_t>(k / 8)));
    bytes += lines.back().size();
  }
  std::chrono::nanoseconds reading{0}, all{0};
  std::uint64_t added = 0;
  instant const now = t0 + milliseconds{static_cast<std::int64_t>(count / 8 + 60) * 1000};
  auto const begin = clock_type::now();
  for (std::size_t k = 0; k < count;) {
    auto const from = clock_type::now();
    std::vector<payload> some;
    for (; k < count && some.size() < group; ++k) {
      auto p = read_payload(payload_format::whatsapp_cloud, lines[k]);
      if (!p) return std::puts("unreadable"), 1;
      some.push_back(*std::move(p));
    }
    reading += clock_type::now() - from;
    auto r = in->take(payload_format::whatsapp_cloud, std::move(some), now);
    if (!r) return std::printf("%s\n", r.error().message.en.c_str()), 1;
    added += r->added;
  }
  all = clock_type::now() - begin;
  double const s = std::chrono::duration<double>(all).count(), read = std::chrono::duration<double>(reading).count();
  std::printf("webhooks %zu  bytes %zu  group %zu  events %llu\n", count, bytes, group, static_cast<unsigned long long>(added));
  std::printf("seconds %.2f  a second %.0f  reading %.2f s = %.1f %%  (below 20 %%: %s)\n", s, static_cast<double>(count) / s, read, 100 * read / s, read < s / 5 ? "yes" : "NO");
  std::filesystem::remove_all(dir);
  return read < s / 5 ? 0 : 1;
}
