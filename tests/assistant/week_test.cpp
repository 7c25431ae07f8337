// A week of an office, replayed message by message; the replies are those of a file that was read.
//
// week.ndjson is made by make_week.py (invented people and numbers). A line is a webhook with the time at which it came, or
// a message that somebody of the office wrote. The test reports each reply as sent two seconds later; on Messenger the
// platform then echoes it. UPDATE_WEEK=1 writes week.golden anew; whoever does that reads it.
#include <cstdlib>
#include <map>

#include "desk.hpp"

using namespace desks;

namespace {
std::string const folder = std::string{JAWORT_ROOT} + "/tests/assistant/";

struct replay {
  desk d;
  std::string out;
  std::map<std::string, int> counted;
  std::size_t messages = 0;

  void line(nlohmann::json const& j) {
    instant const now = at(j.at("now"));
    if (j.contains("by")) {
      event e;
      e.kind = event_kind::outbound;
      e.who = *address::parse(j.at("to").get<std::string>());
      e.on = *channel_named(j.at("channel").get<std::string>());
      e.occurred_at = now;
      e.source = "cli";
      e.operator_name = j.at("by");
      REQUIRE(d.in.book().append({e}, now));
      put(now, e.on, e.who->text(), "        " + j.at("by").get<std::string>() + " antwortet von Hand");
      return;
    }
    auto const format = *payload_format_named(j.at("format").get<std::string>());
    std::string const body = j.at("body").is_string() ? j.at("body").get<std::string>() : j.at("body").dump();
    auto const report = d.feed(format, body, now);
    for (received const& r : report.items) {
      ++messages;
      item(now, r, j.value("words", ""));
    }
  }

 private:
  void put(instant now, std::optional<channel> on, std::string_view who, std::string const& text) {
    auto const local = office_minute(*load(), now);
    constexpr std::array<char const*, 7> days{"So", "Mo", "Di", "Mi", "Do", "Fr", "Sa"};
    out += days[date::weekday{date::floor<date::days>(local)}.c_encoding()] + date::format(" %d.%m. %H:%M", local) + "  " + std::string{name(*on)} + "  " + std::string{who} + "\n" + text + "\n";
  }
  static office const* load() {
    static office const o = *load_office(agency + "buero.toml");
    return &o;
  }
  void item(instant now, received const& r, std::string const& words) {
    std::string text = "        > " + words + "\n        [" + kinds(r) + (r.skipped.empty() ? "" : std::string{r.events.empty() ? "" : ", "} + r.skipped) + "] " + kind_of(r);
    if (r.dialogue) {
      text += "  {" + r.dialogue->id + "/" + r.dialogue->step + (r.dialogue->for_office ? " für das Büro:" : "");
      if (r.dialogue->for_office)
        for (auto const& [key, value] : r.dialogue->answers) text += " " + key + "=" + value + ";";
      text += "}";
    }
    counted[kind_of(r)]++;
    if (r.reply) {
      std::string shown;
      std::istringstream lines{r.reply->text};
      int n = 0;
      for (std::string one; std::getline(lines, one); ++n) {
        if (r.reply->kind == reply_kind::confirmation && n > 0 && lines.rdbuf()->in_avail() > 250) continue;  // the notice is in examples/agency
        shown += "\n        < " + one;
      }
      text += shown;
      sent(now, r);
    }
    put(now, r.on, r.who ? r.who->text() : "-", text);
  }
  void sent(instant now, received const& r) {
    auto const then = now + std::chrono::seconds{2};
    if (r.on == channel::messenger) {
      auto const id = std::string{r.who->text().substr(r.who->text().find(':') + 1)};
      auto const echo = d.feed(payload_format::messenger, messenger(id, r.reply->text, "echo-" + r.reply->id, then, true), then).items.at(0);
      CHECK(kinds(echo) == "outbound");
      CHECK(*report_reply_sent(d.in.book(), {r.reply->id, then, "echo-" + r.reply->id}, then) == reported::already);
    } else {
      CHECK(*report_reply_sent(d.in.book(), {r.reply->id, then, ""}, then) == reported::recorded);
    }
  }
};
}  // namespace

TEST_CASE("a week of the office: the replies are those that were read") {
  std::ifstream in{folder + "week.ndjson"};
  REQUIRE(in);
  replay week;
  for (std::string line; std::getline(in, line);)
    if (!line.empty()) week.line(nlohmann::json::parse(line));
  CHECK(week.messages >= 300);
  std::string summary = "\n# " + std::to_string(week.messages) + " Meldungen:";
  for (auto const& [kind, n] : week.counted) summary += " " + kind + " " + std::to_string(n) + ",";
  summary.back() = '\n';
  week.out += summary;
  if (std::getenv("UPDATE_WEEK") != nullptr) {
    std::ofstream{folder + "week.golden"} << week.out;
    MESSAGE("week.golden was written: read it");
    return;
  }
  std::istringstream came{week.out}, golden{file_text(folder + "week.golden")};
  std::size_t n = 0;
  for (std::string is, wanted; ++n;) {
    bool const more = !std::getline(came, is).fail(), expected = !std::getline(golden, wanted).fail();
    if (!more && !expected) break;
    REQUIRE_MESSAGE((more == expected && is == wanted), "week.golden:" << n << ": wanted \"" << wanted << "\", came \"" << is << "\"");
  }
  CHECK(week.d.in.book().verify()->ok());
}
