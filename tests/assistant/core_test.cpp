// The assistant's pure parts: holidays against dates written down, hours, the table of replies against a slow twin, names
// that are no names, wording, the rota, response times.
#include <doctest/doctest.h>

#include <jawort/assistant/office.hpp>

#include <fstream>
#include <set>
#include <sstream>

using namespace jawort;

namespace {
date::year_month_day day(int y, unsigned m, unsigned d) { return date::year{y} / date::month{m} / date::day{d}; }
local_minute at(int y, unsigned m, unsigned d, int hour, int minute) { return local_minute{date::local_days{day(y, m, d)}} + std::chrono::minutes{hour * 60 + minute}; }
region where(char const* name) { return *region::parse(name); }

/// Easter by another way than the product's: Gauss's, with Lichtenberg's correction.
date::sys_days slow_easter(int x) {
  int const k = x / 100, m = 15 + (3 * k + 3) / 4 - (8 * k + 13) / 25, s = 2 - (3 * k + 3) / 4, a = x % 19, d = (19 * a + m) % 30;
  int const r = (d + a / 11) / 29, og = 21 + d - r, sz = 7 - (x + x / 4 + s) % 7, oe = 7 - (og - sz) % 7;
  return date::sys_days{day(x, 3, 1)} + date::days{og + oe - 1};
}
std::string names_of(char const* state, local_holidays const& local, int year) {
  std::string out;
  for (auto const& h : holidays_of(where(state), local, date::year{year})) {
    std::ostringstream o;
    o << h.on;
    out += (out.empty() ? "" : " ") + o.str().substr(5);
  }
  return out;
}
}  // namespace

TEST_CASE("Easter is the same by two ways from 1900 to 2299") {
  for (int y = 1900; y < 2300; ++y) CHECK(easter_sunday(date::year{y}) == slow_easter(y));
  CHECK(date::year_month_day{easter_sunday(date::year{2026})} == day(2026, 4, 5));
  CHECK(date::year_month_day{easter_sunday(date::year{2038})} == day(2038, 4, 25));  // as late as it can be
}

TEST_CASE("the holidays of the sixteen states are those that were written down") {
  std::ifstream in{JAWORT_ASSISTANT_TESTS "/holidays.tsv"};
  REQUIRE(in);
  int rows = 0;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::istringstream row{line};
    std::string state, year, dates;
    std::getline(row, state, '\t');
    std::getline(row, year, '\t');
    std::getline(row, dates);
    CAPTURE(state);
    CAPTURE(year);
    CHECK(names_of(state.c_str(), {}, std::stoi(year)) == dates);
    ++rows;
  }
  CHECK(rows == 80);
}

TEST_CASE("holidays that began, ended, happened once, or belong to a municipality") {
  auto const is = [](char const* state, local_holidays const& local, date::year_month_day d) { return holiday_on(where(state), local, d).has_value(); };
  CHECK_FALSE(is("BE", {}, day(2018, 3, 8)));
  CHECK(is("BE", {}, day(2019, 3, 8)));
  CHECK_FALSE(is("MV", {}, day(2022, 3, 8)));
  CHECK(is("MV", {}, day(2023, 3, 8)));
  CHECK_FALSE(is("TH", {}, day(2018, 9, 20)));
  CHECK(is("TH", {}, day(2019, 9, 20)));
  for (char const* north : {"HB", "HH", "NI", "SH"}) {
    CHECK_FALSE(is(north, {}, day(2016, 10, 31)));
    CHECK(is(north, {}, day(2018, 10, 31)));
  }
  CHECK(is("BY", {}, day(2017, 10, 31)));  // five hundred years of the Reformation, everywhere
  CHECK_FALSE(is("BY", {}, day(2018, 10, 31)));
  CHECK(is("BE", {}, day(2020, 5, 8)));
  CHECK_FALSE(is("BE", {}, day(2024, 5, 8)));
  CHECK_FALSE(is("BB", {}, day(2025, 5, 8)));
  CHECK_FALSE(is("BY", {}, day(2026, 8, 15)));
  CHECK(is("BY", {.assumption = true}, day(2026, 8, 15)));
  CHECK_FALSE(is("BY", {.assumption = true}, day(2026, 8, 8)));
  CHECK(is("BY", {.assumption = true, .augsburg = true}, day(2026, 8, 8)));
  CHECK_FALSE(is("SN", {}, day(2026, 6, 4)));
  CHECK(is("SN", {.corpus_christi = true}, day(2026, 6, 4)));
  CHECK(is("DE-BY", {}, day(2026, 1, 6)));
  CHECK_FALSE(region::parse("BX"));
  CHECK_FALSE(region::parse("by"));
}

TEST_CASE("Austria and Switzerland as data") {
  CHECK(names_of("AT", {}, 2026) == "01-01 01-06 04-06 05-01 05-14 05-25 06-04 08-15 10-26 11-01 12-08 12-25 12-26");
  CHECK(names_of("CH-ZH", {}, 2026) == "01-01 04-03 04-06 05-01 05-14 05-25 08-01 12-25 12-26");
  CHECK(names_of("CH-GE", {}, 2026) == "01-01 04-03 04-06 05-14 05-25 08-01 09-10 12-25 12-31");
  CHECK(names_of("CH-VD", {}, 2026) == "01-01 01-02 04-03 04-06 05-14 05-25 08-01 09-21 12-25");
  CHECK(names_of("CH-GL", {}, 2026) == "01-01 04-03 04-06 04-09 05-14 05-25 08-01 11-01 12-25 12-26");  // 2 April 2026 is Maundy Thursday
  CHECK(names_of("CH-GL", {}, 2027).find("04-01") != std::string::npos);
  CHECK(names_of("CH-TI", {}, 2026) == "01-01 01-06 03-19 04-06 05-01 05-14 05-25 06-04 06-29 08-01 08-15 11-01 12-08 12-25 12-26");
  CHECK(names_of("CH-VS", {}, 2026) == "01-01 03-19 05-14 06-04 08-01 08-15 11-01 12-08 12-25");
  CHECK(names_of("CH-AR", {}, 2026).find("12-26") == std::string::npos);   // a Saturday
  CHECK(names_of("CH-AR", {}, 2024).find("12-26") != std::string::npos);   // a Thursday
  CHECK(names_of("CH-NE", {}, 2023).find("01-02") != std::string::npos);   // a Monday
  CHECK(names_of("CH-NE", {}, 2026).find("01-02") == std::string::npos);
}

TEST_CASE("office hours: half-open, holidays, company holidays, days that are different") {
  office_hours h;
  CHECK(is_open(h, at(2026, 1, 1, 3, 0)));  // without hours the office is always there
  for (unsigned d = 1; d <= 5; ++d) h.week[d] = {{540, 750}, {840, 1080}};
  h.week[6] = {{600, 780}};
  h.state = where("BY");
  h.closed = {{day(2026, 12, 28), day(2026, 12, 31)}};
  h.different[day(2026, 11, 28)] = {{600, 960}};
  CHECK_FALSE(is_open(h, at(2026, 6, 2, 8, 59)));
  CHECK(is_open(h, at(2026, 6, 2, 9, 0)));
  CHECK(is_open(h, at(2026, 6, 2, 12, 29)));
  CHECK_FALSE(is_open(h, at(2026, 6, 2, 12, 30)));
  CHECK(next_open(h, at(2026, 6, 2, 12, 30)) == at(2026, 6, 2, 14, 0));
  CHECK(closed_since(h, at(2026, 6, 2, 13, 0)) == at(2026, 6, 2, 12, 30));
  CHECK(next_open(h, at(2026, 6, 3, 18, 0)) == at(2026, 6, 5, 9, 0));      // 4 June 2026 is Corpus Christi
  CHECK(closed_since(h, at(2026, 6, 5, 8, 0)) == at(2026, 6, 3, 18, 0));
  CHECK(next_open(h, at(2026, 6, 6, 13, 0)) == at(2026, 6, 8, 9, 0));      // Saturday to Monday
  CHECK(next_open(h, at(2026, 12, 24, 20, 0)) == at(2027, 1, 2, 10, 0));   // holidays, company holidays, New Year
  CHECK(is_open(h, at(2026, 11, 28, 15, 59)));
  CHECK_FALSE(is_open(h, at(2026, 11, 28, 16, 0)));
  h.different[day(2026, 6, 4)] = {{600, 720}};                              // open on a holiday, as said
  CHECK(next_open(h, at(2026, 6, 3, 18, 0)) == at(2026, 6, 4, 10, 0));
  office_hours never;
  never.week[1] = {{540, 600}};
  never.closed = {{day(2026, 1, 1), day(2027, 12, 31)}};
  CHECK_FALSE(next_open(never, at(2026, 3, 1, 0, 0)));
  CHECK_FALSE(closed_since(never, at(2027, 3, 1, 0, 0)));
}

TEST_CASE("the next opening in words") {
  auto const now = at(2026, 6, 2, 20, 15);  // a Tuesday
  CHECK(next_open_words(at(2026, 6, 2, 13, 0), at(2026, 6, 2, 14, 0), "de") == "heute um 14 Uhr");
  CHECK(next_open_words(now, at(2026, 6, 3, 9, 30), "de") == "morgen um 9:30 Uhr");
  CHECK(next_open_words(now, at(2026, 6, 5, 9, 0), "de") == "am Freitag um 9 Uhr");
  CHECK(next_open_words(now, at(2026, 6, 8, 9, 5), "de") == "am Montag um 9:05 Uhr");
  CHECK(next_open_words(now, at(2026, 6, 9, 9, 0), "de") == "am Dienstag, 9. Juni, um 9 Uhr");
  CHECK(next_open_words(now, at(2026, 6, 3, 9, 30), "en") == "tomorrow at 9:30");
  CHECK(next_open_words(now, at(2026, 6, 5, 14, 0), "en") == "on Friday at 14:00");
  CHECK(next_open_words(now, at(2026, 6, 9, 9, 0), "en") == "on Tuesday, 9 June, at 9:00");
  CHECK(next_open_words(now, std::nullopt, "de") == "so bald wie möglich");
  CHECK(next_open_words(at(2026, 6, 3, 0, 30), at(2026, 6, 3, 9, 0), "de") == "heute um 9 Uhr");
}

TEST_CASE("the salute fits the hour") {
  CHECK(salute_words(at(2026, 6, 2, 4, 59), "de") == "Guten Abend");
  CHECK(salute_words(at(2026, 6, 2, 5, 0), "de") == "Guten Morgen");
  CHECK(salute_words(at(2026, 6, 2, 11, 0), "de") == "Guten Tag");
  CHECK(salute_words(at(2026, 6, 2, 18, 0), "de") == "Guten Abend");
  CHECK(salute_words(at(2026, 6, 2, 9, 0), "en") == "Good morning");
  CHECK(salute_words(at(2026, 6, 2, 12, 0), "en") == "Good afternoon");
}

TEST_CASE("a name brings in nothing but a name") {
  for (char const* good : {"Anna", "Anna Berger", "Dr. Meier", "J. Weber", "Jean-Luc O’Neill", "Müller-Lüdenscheidt", "Łukasz Żak", "李小龙", "Ayşe Gül Yılmaz", "Иван Петров"}) CHECK(clean_name(good) == good);
  CHECK(clean_name("Anna 🌸") == "Anna");
  CHECK(clean_name("  Anna \t Berger ") == "Anna Berger");
  CHECK(clean_name("Anna\nBerger") == "Anna Berger");                 // no line break gets through
  CHECK(clean_name("An\u200Bna\u202E") == "Anna");                    // nor zero-width and bidi marks
  CHECK(clean_name("\u202Egro.live") == "");
  for (char const* bad : {"", "A", "evil.com", "www.evil.example", "https://evil.example", "anna@example.org", "{phone}", "{name}", "Anna{notice}", "+49 171 3920001", "Anna 50%", "<b>Anna</b>", "*Anna*", "Anna_", "Anna/Bob",
                          "a.b", "Gratis.Reise", "bit.ly", "Anna …", "AnnaAnnaAnnaAnnaAnnaAnnaAnnaAnnaAnnaAnnaA", "eins zwei drei vier fünf sechs", "\xff\xfe", "Anna\xc3", "t.me", "Anna|Bob", "12345"})
    CHECK_MESSAGE(clean_name(bad).empty(), std::string{bad});
}

TEST_CASE("templates are read once; what has no value leaves no gap") {
  reply_values v;
  v.name = "{phone}";
  v.phone = "123";
  CHECK(expand("Guten Tag {name}: {phone}", v) == "Guten Tag {phone}: 123");
  v.name.clear();
  CHECK(expand("Guten Tag {name}, hallo", v) == "Guten Tag, hallo");
  CHECK(expand("Danke, {name}. Gut.", v) == "Danke. Gut.");
  CHECK(expand("{name} hallo", v) == " hallo");
  CHECK(expand("a {unknown} {phone} {", v) == "a {unknown} 123 {");
  CHECK(expand("{{phone}}", v) == "{123}");
  CHECK(placeholders_in("{a} x {b}{c} {").size() == 3);
}

TEST_CASE("German or English") {
  CHECK(guess_language("Guten Tag, haben Sie noch etwas auf Kreta?") == "de");
  CHECK(guess_language("Hello, do you have anything on Crete?") == "en");
  CHECK(guess_language("Kreta 2026") == "");
  CHECK(guess_language("") == "");
}

TEST_CASE("the rota: a week each, stand-ins, weeks before the first") {
  rota r;
  r.order = {"Sabine Meier", "Jonas Weber", "Aylin Kaya"};
  r.since = day(2026, 1, 7);  // a Wednesday: its week counts
  CHECK(operator_on(r, day(2026, 1, 5)) == "Sabine Meier");
  CHECK(operator_on(r, day(2026, 1, 11)) == "Sabine Meier");  // Sunday
  CHECK(operator_on(r, day(2026, 1, 12)) == "Jonas Weber");
  CHECK(operator_on(r, day(2026, 1, 26)) == "Sabine Meier");
  CHECK(operator_on(r, day(2026, 1, 4)) == "Aylin Kaya");
  CHECK(operator_on(r, day(2025, 12, 28)) == "Jonas Weber");
  r.others.push_back({day(2026, 1, 14), day(2026, 1, 15), "Petra Sommer"});
  CHECK(operator_on(r, day(2026, 1, 13)) == "Jonas Weber");
  CHECK(operator_on(r, day(2026, 1, 15)) == "Petra Sommer");
  CHECK(operator_on(r, day(2026, 1, 16)) == "Jonas Weber");
  CHECK(operator_on({}, day(2026, 1, 16)).empty());
  // operator-named: the name of the rota closes a message, another does not.
  auto const names = with_operators({{"Reisestube"}, {}, {}, {}}, r);
  CHECK(read_message("Ihr Zimmer ist reserviert.\nViele Grüße\nJonas Weber", names).operator_named);
  CHECK_FALSE(read_message("Ihr Zimmer ist reserviert.\nViele Grüße\nIhr Team", names).operator_named);
  CHECK_FALSE(read_message("Ihr Zimmer ist reserviert.\nViele Grüße\nKlaus Fremd", names).operator_named);
  office o;
  o.name = "Reisestube";
  o.who = r;
  CHECK(closing(o, day(2026, 1, 12), "de") == "Viele Grüße\nJonas Weber\nReisestube");
  CHECK(closing(o, day(2026, 1, 12), "en") == "Kind regards\nJonas Weber\nReisestube");
}

// -- which reply wins ----------------------------------------------------------------------------------------------

namespace {
/// The table once more, as a person would tell it.
automatic_reply slow_reply(circumstances const& c) {
  using r = automatic_reply;
  if (c.machine) return r::nothing;
  if (c.group) return r::nothing;
  if (c.repeated) return r::nothing;
  if (c.own) return r::own;
  if (c.overtaken) return r::nothing;
  if (c.human) return c.open || c.told ? r::nothing : r::away;
  if (c.stepping) return c.asks_human ? r::handover : r::step;
  if (c.begins) return r::begin;
  if (c.told) return r::nothing;
  if (c.open) return c.first ? r::greeting : r::instant_reply;
  return c.first ? r::greeting_closed : r::away;
}
}  // namespace

TEST_CASE("every cell of the table: 4,096 circumstances against a slow twin, and no row that never decides") {
  std::set<std::string_view> decided;
  for (unsigned bits = 0; bits < 1U << circumstance_count; ++bits) {
    auto const b = [&](unsigned i) { return (bits >> i & 1U) != 0; };
    circumstances const c{b(0), b(1), b(2), b(3), b(4), b(5), b(6), b(7), b(8), b(9), b(10), b(11)};
    CHECK(detail::bits_of(c) == bits);
    auto const& row = which_reply(c);
    decided.insert(row.name);
    CHECK_MESSAGE(row.wins == slow_reply(c), bits);
  }
  for (auto const& row : reply_table) CHECK_MESSAGE(decided.contains(row.name), row.name);
}

// -- response times ------------------------------------------------------------------------------------------------

namespace {
struct talk {
  std::vector<event> events;
  address who = *address::parse("+491713920001");
  instant t0 = *instant::parse("2026-06-01T08:00:00Z");
  event& add(event_kind k, int minute) {
    event e;
    e.kind = k;
    e.seq = events.size();
    e.who = who;
    e.on = channel::whatsapp;
    e.occurred_at = e.recorded_at = t0 + std::chrono::minutes{minute};
    events.push_back(e);
    return events.back();
  }
  response_times measured() const {
    response_times t;
    measure(events, channel::whatsapp, t0, t0 + std::chrono::hours{24 * 28}, t);
    return t;
  }
};
response_times of(std::initializer_list<int> minutes, std::size_t unanswered = 0) {
  response_times t;
  for (int const m : minutes) t.answered.push_back(std::chrono::minutes{m});
  t.unanswered = unanswered;
  return t;
}
}  // namespace

TEST_CASE("a wait runs from the first unanswered message to a human's, never to a machine's") {
  talk k;
  k.add(event_kind::inbound, 0);
  k.add(event_kind::inbound, 3);
  k.add(event_kind::outbound, 4).proof.set(mark::automatic, "true");
  k.add(event_kind::outbound, 5).about = *purpose::parse("newsletter");   // a broadcast answers nobody
  k.add(event_kind::outbound, 30);
  auto t = k.measured();
  REQUIRE(t.answered.size() == 1);
  CHECK(t.answered[0] == std::chrono::minutes{30});
  k.add(event_kind::inbound, 40);            // "danke"
  CHECK(k.measured().last_words == 1);
  CHECK(k.measured().unanswered == 0);
  k.add(event_kind::outbound, 50);
  CHECK(k.measured().answered.size() == 2);
  k.add(event_kind::inbound, 60 * 48);       // a new question, never answered
  CHECK(k.measured().unanswered == 1);
  k.add(event_kind::inbound, 60 * 48 + 1).proof.set(mark::reply, "welcome");
  CHECK(k.measured().unanswered == 1);
  talk settled;
  settled.add(event_kind::inbound, 0).proof.set(mark::reply, "dialogue");
  settled.add(event_kind::inbound, 1).proof.set("message_id", "m1");
  auto& stop = settled.add(event_kind::withdrawn, 1);
  stop.proof.set("message_id", "m1");
  CHECK(settled.measured().waits() == 0);
  talk greeted;
  greeted.add(event_kind::inbound, 0).proof.set(mark::reply, "away");
  CHECK(greeted.measured().unanswered == 1);
}

TEST_CASE("the label is never better than the truth") {
  CHECK(label_for(of({0, 0, 1, 1, 1})) == response_label::instantly);
  CHECK(label_for(of({0, 0, 1, 1})) == response_label::none);                      // too few to say
  CHECK(label_for(of({0, 0, 2, 30, 30})) == response_label::minutes);
  CHECK(label_for(of({0, 0, 2, 11})) == response_label::none);
  CHECK(label_for(of({10, 10, 10, 10, 10})) == response_label::minutes);
  CHECK(label_for(of({11, 11, 11, 11, 11})) == response_label::hour);
  CHECK(label_for(of({60, 60, 60, 60, 60})) == response_label::hour);
  CHECK(label_for(of({61, 61, 61, 61, 61})) == response_label::hours);
  CHECK(label_for(of({361, 361, 361, 361, 361})) == response_label::day);
  CHECK(label_for(of({1441, 1441, 1441, 1441, 1441})) == response_label::none);
  CHECK(label_for(of({1, 1, 1, 200}, 1)) == response_label::instantly);
  CHECK(label_for(of({1, 1, 200}, 2)) == response_label::hours);                   // silence counts as endless
  CHECK(label_for(of({1, 1}, 3)) == response_label::none);
  CHECK(*of({1, 5}, 0).median() == std::chrono::minutes{5});                        // of two middle ones the longer
  for (auto const& chosen : response_steps())
    for (auto const& truth : response_steps()) {
      if (truth.label == response_label::automatic) continue;
      bool const better = chosen.label != response_label::automatic && chosen.label != response_label::none && chosen.at_most < truth.at_most;
      CHECK(promises_too_much(chosen.label, truth.label) == better);
    }
}
