// The sweep: what expires, what goes, what stays; a second one does nothing.
#include "rights_support.hpp"

using namespace rights;

namespace {
sweep_report swept(ledger& book, char const* now, bool dry_run = false, std::size_t batch = 500) {
  sweep_options o;
  o.dry_run = dry_run;
  o.batch = batch;
  auto r = sweep(book, o, at(now));
  REQUIRE_MESSAGE(r, (r ? "" : r.error().message.en));
  return *std::move(r);
}

/// The dry run says what the real one then does; the second one finds nothing.
sweep_report twice(ledger& book, char const* now, std::size_t batch = 500) {
  auto const size = book.head()->size;
  auto const plan = swept(book, now, true, batch);
  CHECK(book.head()->size == size);
  auto const done = swept(book, now, false, batch);
  CHECK(plan.expired == done.expired);
  CHECK(plan.lapsed == done.lapsed);
  CHECK(plan.retention == done.retention);
  CHECK(plan.boxes == done.boxes);
  CHECK(plan.items.size() == done.items.size());
  CHECK(plan.kept.size() == done.kept.size());
  auto const after = book.head()->size;
  CHECK(swept(book, now, true, batch).nothing());
  CHECK(swept(book, now, false, batch).nothing());
  CHECK(book.head()->size == after);
  sound(book);
  return done;
}
}  // namespace

TEST_CASE("an unanswered request expires after its window, and its data go 30 days later") {
  scratch dir;
  auto book = fresh(dir);
  take(book,
       "2026-05-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,\"{\"\"ip\"\":\"\"198.51.100.77\"\",\"\"customer\"\":\"\"K-77123\"\"}\"\n"
       "2026-05-01T10:00:01Z,confirmation-sent,+491713920001,whatsapp,newsletter,newsletter,\n"
       "2026-05-01T10:00:00Z,requested,+491713920002,whatsapp,newsletter,newsletter,\n"
       "2026-05-01T10:05:00Z,inbound,+491713920002,whatsapp,,,Was kostet Kreta?\n"
       "2026-05-01T10:00:00Z,given,+491713920003,whatsapp,newsletter,newsletter,Start\n");
  CHECK(swept(book, "2026-05-08T10:00:00Z").nothing());          // the window's last instant
  auto const first = twice(book, "2026-05-08T10:00:00.001Z");
  CHECK(first.expired == 2);
  CHECK(first.lapsed == 0);
  auto const d = ask(book, "+491713920001", "2026-05-09T10:00:00Z");
  CHECK(d.reasons.has(reason_code::confirmation_expired));
  CHECK(d.status == consent_status::expired);
  CHECK(swept(book, "2026-06-07T10:00:00Z").nothing());
  auto const then = twice(book, "2026-06-07T10:00:00.001Z");
  CHECK(then.lapsed == 1);
  CHECK(then.items.front().who == who("+491713920001"));
  auto forms = number_forms("+491713920001");
  forms.insert(forms.end(), {"198.51.100.77", "K-77123"});
  nowhere(dir.path("a.db"), forms);
  CHECK(book.history(who("+491713920002"))->size() == 3);        // she wrote to us: not nothing but a request
  CHECK(ask(book, "+491713920001", "2026-06-08T10:00:00Z").what == outcome::deny);
  CHECK(ask(book, "+491713920003", "2026-06-08T10:00:00Z").may_send());
}

TEST_CASE("a late sweep does both at once") {
  scratch dir;
  auto book = fresh(dir);
  take(book, "2026-01-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,\n");
  auto const r = twice(book, "2026-05-01T10:00:00Z");
  CHECK(r.expired == 1);
  CHECK(r.lapsed == 1);
  CHECK(r.entries == 2);
}

TEST_CASE("an answer that arrives after the sweep still counts when it was in time") {
  scratch dir;
  auto book = fresh(dir);
  take(book,
       "2026-05-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,\n"
       "2026-05-01T10:00:01Z,confirmation-sent,+491713920001,whatsapp,newsletter,newsletter,\n");
  CHECK(swept(book, "2026-05-09T10:00:00Z").expired == 1);
  take(book, "2026-05-05T10:00:00Z,confirmed,+491713920001,whatsapp,newsletter,newsletter,Start\n");
  CHECK(ask(book, "+491713920001").may_send());
  CHECK(swept(book, "2026-06-09T10:00:00Z").nothing());
  sound(book);
}

TEST_CASE("people go for good when their date has come; the restricted and those who wait for an answer stay") {
  scratch dir;
  auto book = fresh(dir);
  take(book,
       "2022-03-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,Start\n"
       "2022-03-01T10:00:00Z,given,+491713920002,whatsapp,newsletter,newsletter,Start\n"
       "2022-03-01T10:00:00Z,given,+491713920003,whatsapp,newsletter,newsletter,Start\n"
       "2022-03-01T10:00:00Z,given,+491713920004,whatsapp,newsletter,newsletter,Start\n"
       "2022-03-02T10:00:00Z,restricted,+491713920002,,,,\n"
       "2022-03-02T10:00:00Z,access-requested,+491713920003,,,,\n"
       "2023-01-02T10:00:00Z,withdrawn,+491713920004,whatsapp,newsletter,,Stop\n"
       "2022-03-01T10:00:00Z,given,+491713920005,call,newsletter,newsletter,\"{\"\"act\"\":\"\"paper\"\"}\"\n");
  CHECK(swept(book, "2025-12-31T22:59:59Z").nothing());
  auto const r = twice(book, "2025-12-31T23:00:00Z");
  CHECK(r.retention == 1);
  REQUIRE(r.kept.size() == 2);
  CHECK(r.kept[0].restricted != r.kept[1].restricted);
  nowhere(dir.path("a.db"), number_forms("+491713920001"));
  CHECK(unseal(book, who("+491713920001"))->empty());            // for good: nothing is sealed
  CHECK(ask(book, "+491713920001", "2026-01-01T10:00:00Z").reasons.has(reason_code::erased));
  CHECK(twice(book, "2026-12-31T23:00:00Z").retention == 1);     // withdrawn in 2023
  CHECK(twice(book, "2027-03-01T09:59:59Z").nothing());
  CHECK(twice(book, "2027-03-01T10:00:00Z").retention == 1);     // five years after a call
  take(book, "2027-03-02T10:00:00Z,unrestricted,+491713920002,,,,\n", "2027-03-02T10:00:00Z");
  CHECK(twice(book, "2027-03-03T10:00:00Z").nothing());          // lifting it is an entry, too
  CHECK(twice(book, "2031-01-01T10:00:00Z").retention == 1);
}

TEST_CASE("boxes go when their date has come") {
  scratch dir;
  auto book = fresh(dir);
  take(book, "2022-03-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,Start\n");
  CHECK(gone(book, "+491713920001", "2023-05-01T10:00:00Z").sealed_until == at("2026-12-31T23:00:00Z"));
  CHECK(twice(book, "2026-12-31T22:00:00Z").nothing());
  CHECK(twice(book, "2026-12-31T23:00:00Z").boxes == 1);
  CHECK(unseal(book, who("+491713920001"))->empty());
  CHECK(ask(book, "+491713920001", "2027-01-01T10:00:00Z").reasons.has(reason_code::erased));
}

TEST_CASE("an erasure whose date has passed seals nothing") {
  scratch dir;
  auto book = fresh(dir);
  take(book, "2022-03-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter,Start\n");
  erasure_options o;
  o.requested = at("2022-04-01T10:00:00Z");
  auto const r = erase(book, who("+491713920001"), o, at("2026-05-01T10:00:00Z"));
  REQUIRE(r);
  CHECK(r->sealed_until == at("2029-12-31T23:00:00Z"));          // the answer to her request is an entry of today
}

TEST_CASE("many, in small transactions: linked people once, each entry covered") {
  scratch dir;
  auto book = fresh(dir);
  std::string rows;
  for (int k = 0; k < 60; ++k) {
    auto const number = "+4917139210" + std::to_string(10 + k);
    rows += "2022-03-01T10:00:00Z,given," + number + ",whatsapp,newsletter,newsletter,\"{\"\"text\"\":\"\"Start\"\",\"\"customer\"\":\"\"C" + std::to_string(k / 2) + "\"\"}\"\n";
  }
  take(book, rows + "2022-03-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,\n");
  auto const r = twice(book, "2027-01-01T10:00:00Z", 7);
  CHECK(r.retention == 30);
  CHECK(r.lapsed == 1);
  CHECK(r.entries == 60 + 60 + 2);                               // each has a link to its reference
  for (int k = 0; k < 60; k += 7) nowhere(dir.path("a.db"), number_forms("+4917139210" + std::to_string(10 + k)));
}
