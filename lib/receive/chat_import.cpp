// What of an exported chat becomes facts.
#include <algorithm>

#include "../crypto.hpp"
#include "jawort/ledger/chat_export.hpp"
#include "jawort/ledger/zone.hpp"

namespace jawort {
namespace {

/// Central European local time as an instant; the hour that does not exist, or exists twice, as in standard time.
std::optional<instant> from_local(std::int64_t local_ms) {
  auto const here = address::parse("office@example.org").value();
  auto const guess = instant::clamped(local_ms - 3600000);
  std::int64_t const first = local_ms - utc_offset_minutes(here, guess) * 60000LL;
  auto const t = instant::from_ms(local_ms - utc_offset_minutes(here, instant::clamped(first)) * 60000LL);
  return t ? std::optional{*t} : std::nullopt;
}

bool has(std::string const& text, std::string_view word) { return text.find(word) != std::string::npos; }

class chat_importer {
 public:
  chat_importer(chat_file const& chat, chat_import_options const& o, instant now, std::string source) : chat_(chat), o_(o), now_(now), source_(std::move(source)) {}

  void read() {
    if (chat_.group)
      report.remarks.push_back({chat_.messages.front().line, "", {failure::refused, {"Gruppenchat: wer hier schreibt, hat nicht dem Büro geschrieben; nur Mitglieder und Nummernwechsel werden eingetragen",
                                                                                      "a group's chat: who writes here has not written to the office; only members and changes of number are recorded"}, {}}});
    for (chat_message const& m : chat_.messages) {
      if (m.author.empty()) system(m);
      else if (!chat_.group) message(m);
    }
  }
  std::vector<event> events;
  import_report report;

 private:
  void bad(chat_message const& m, char const* column, error why) {
    ++report.rows;
    report.bad.push_back({m.line, column, std::move(why)});
  }
  /// Counts a row; nothing if its time cannot be.
  event* put(chat_message const& m, event_kind kind, address const& who) {
    auto const at = from_local(m.local_ms);
    if (!at || *at > now_ + std::chrono::minutes{5}) {
      bad(m, "time", {failure::refused, {"Zeitpunkt liegt in der Zukunft", "time lies in the future"}, {"Tag und Monat vertauscht? --order dmy oder --order mdy", "day and month the wrong way round? --order dmy or --order mdy"}});
      return nullptr;
    }
    ++report.rows;
    event e;
    e.kind = kind;
    e.occurred_at = *at;
    e.who = who;
    e.source = source_;
    e.operator_name = o_.operator_name;
    events.push_back(std::move(e));
    return &events.back();
  }

  void message(chat_message const& m) {
    auto const numbers = numbers_in(m.author);
    bool const by_number = numbers.size() == 1 && m.author.find_first_of("+") != std::string::npos;
    if (!o_.self.empty() && m.author == o_.self) {
      if (auto const to = customer()) if (event* const e = put(m, event_kind::outbound, *to)) finish(*e, m);
      return;
    }
    auto const who = by_number ? std::optional{numbers.front()} : o_.other;
    if (!who) {
      bad(m, "author", {failure::malformed, {"wer ist das? Die Datei nennt nur einen Namen", "who is this? The file has only a name"},
                        {"--self NAME, wenn es das Büro ist; --address NUMMER, wenn es die Kundin oder der Kunde ist", "--self NAME if it is the office; --address NUMBER if it is the customer"}});
      return;
    }
    if (event* const e = put(m, event_kind::inbound, *who)) finish(*e, m);
  }

  /// Whose chat it is: given, or the one number that writes in it.
  [[nodiscard]] std::optional<address> customer() {
    if (o_.other) return o_.other;
    std::optional<address> one;
    for (chat_message const& m : chat_.messages)
      for (auto const& a : m.author.empty() ? std::vector<address>{} : numbers_in(m.author)) {
        if (one && *one != a) return std::nullopt;
        one = a;
      }
    return one;
  }

  void finish(event& e, chat_message const& m) {
    e.on = channel::whatsapp;
    if (m.medium) e.proof.set("media", "medium");
    // The words are not kept; their digest makes a second export of the same chat add nothing.
    crypto::sha256 hash;
    hash.begin();
    for (std::string const& part : {e.who->text(), std::to_string(m.local_ms), m.text}) { hash.more(part); hash.more(std::string_view{"\0", 1}); }
    e.proof.set("message_id", "chat:" + crypto::hex(log::bytes_view{hash.end()}).substr(0, 32));
  }

  void system(chat_message const& m) {
    auto const numbers = numbers_in(m.text);
    if (numbers.empty()) return;
    auto const low = detail::lower(m.text);
    if (numbers.size() == 2 && (has(low, "gewechselt") || has(low, "changed") || has(low, "geändert"))) {
      if (event* const e = put(m, event_kind::address_changed, numbers[0])) { e->other = numbers[1]; e->proof.set("act", "chat export"); }
      return;
    }
    bool const joined = has(low, "hinzugefügt") || has(low, "beigetreten") || has(low, " added") || has(low, " joined");
    bool const left = has(low, "entfernt") || has(low, "verlassen") || has(low, " removed") || has(low, " left");
    if (!joined && !left) return;
    // "A hat B entfernt": the last one named is the one it is about.
    if (event* const e = put(m, joined ? event_kind::group_member_added : event_kind::group_member_left, numbers.back())) {
      e->on = channel::whatsapp;
      e->about = group_purpose();
    }
  }

  /// Exports do not tell a group's id: the file's name stands for it.
  [[nodiscard]] purpose group_purpose() const {
    std::string id;
    auto const slash = o_.file_name.find_last_of("/\\");
    for (char const c : slash == std::string::npos ? o_.file_name : o_.file_name.substr(slash + 1)) {
      char const l = detail::to_lower(c);
      if (detail::is_lower(l) || detail::is_digit(l)) id += l;
      else if (!id.empty() && id.back() != '-') id += '-';
    }
    auto p = purpose::parse("group:" + (id.empty() ? std::string{"chat"} : id.substr(0, 100)));
    return p ? *p : purpose::parse("group:chat").value();
  }

  chat_file const& chat_;
  chat_import_options const& o_;
  instant now_;
  std::string source_;
};
}  // namespace

result<import_report> import_chat(ledger& book, std::string_view bytes, chat_import_options const& options, instant now) {
  auto chat = read_chat_export(bytes, options.order);
  if (!chat) return error{chat.error().code, {options.file_name + ": " + chat.error().message.de, options.file_name + ": " + chat.error().message.en}, chat.error().hint};
  crypto::sha256 hash;
  chat_importer job{*chat, options, now, "import:" + crypto::hex(log::bytes_view{hash(bytes)})};
  job.read();
  import_report& r = job.report;
  if ((!r.bad.empty() && !options.partial) || options.dry_run) {
    r.refused = r.bad.empty() || options.partial ? r.bad.size() : r.rows;
    r.rolled_back = !r.bad.empty() && !options.partial;
    return r;
  }
  std::size_t at = 0;
  auto done = book.append_all([&]() -> result<std::vector<event>> {
    std::vector<event> piece;
    for (; at < job.events.size() && piece.size() < 5000; ++at) piece.push_back(std::move(job.events[at]));
    return piece;
  }, now, [&](append_report const& a) {
    for (appended const x : a.each) ++(x == appended::added ? r.appended : x == appended::duplicate ? r.duplicates : r.suppressed);
  });
  if (!done) return done.error();
  r.refused = r.bad.size();
  return r;
}

}  // namespace jawort
