#include "jawort/ledger/permit.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "ledger_impl.hpp"

namespace jawort {
namespace {

constexpr std::string_view first_line = "jawort-permit/1";

std::string text_of(permit const& p) {
  std::string out{first_line};
  auto const line = [&out](std::string_view key, std::string_view value) { out += "\n"; out += key; out += ' '; out += value; };
  line("origin", p.origin);
  line("list", p.list_sha256);
  line("channel", name(p.on));
  line("purpose", p.about.text());
  line("template", p.template_message ? "yes" : "no");
  line("message", p.message_sha256.empty() ? "none" : p.message_sha256);
  line("recipients", std::to_string(p.recipients));
  line("checkpoint", std::to_string(p.basis.size) + " " + log::base64(log::bytes_view{p.basis.root}));
  line("issued", to_string(p.issued));
  line("expires", to_string(p.expires));
  return out + "\n";
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t v = 0;
  auto const [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), v);
  if (wrong != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return v;
}

/// Reads exactly the lines that `text_of` writes.
std::optional<permit> parse(std::string_view text) {
  constexpr std::array<std::string_view, 10> keys{"origin", "list", "channel", "purpose", "template", "message", "recipients", "checkpoint", "issued", "expires"};
  std::array<std::string_view, 10> v;
  auto const next = [&text]() -> std::string_view {
    auto const end = text.find('\n');
    auto const line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    return line;
  };
  if (next() != first_line) return std::nullopt;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    auto const line = next();
    if (line.substr(0, keys[i].size()) != keys[i] || line.size() <= keys[i].size() || line[keys[i].size()] != ' ') return std::nullopt;
    v[i] = line.substr(keys[i].size() + 1);
  }
  auto const on = channel_named(v[2]);
  auto about = purpose::parse(v[3]);
  auto const space = v[7].find(' ');
  auto const recipients = number(v[6]), size = number(v[7].substr(0, space));
  auto const root = space == std::string_view::npos ? std::nullopt : log::from_base64(v[7].substr(space + 1));
  auto const issued = instant::parse(v[8]), expires = instant::parse(v[9]);
  if (!text.empty() || !on || !about || !recipients || !size || !root || root->size() != 32 || !issued || !expires) return std::nullopt;
  permit p;
  p.origin = v[0];
  p.list_sha256 = v[1];
  p.on = *on;
  p.about = *std::move(about);
  p.template_message = v[4] == "yes";
  p.message_sha256 = v[5] == "none" ? std::string_view{} : v[5];
  p.recipients = *recipients;
  p.basis = {p.origin, *size, {}};
  std::memcpy(p.basis.root.data(), root->data(), root->size());
  p.issued = *issued;
  p.expires = *expires;
  return p;
}

std::uint64_t recipients_of(broadcast_report const& r) { return r.permitted + r.warned; }

error other_list(std::string const& file_name) {
  return {failure::refused, {file_name + ": das ist nicht die freigegebene Liste", file_name + ": this is not the list that was permitted"},
          {"die Liste neu prüfen (`jawort broadcast check … --permit`)", "check the list anew (`jawort broadcast check … --permit`)"}};
}
}  // namespace

result<std::string> issue_permit(ledger& book, broadcast_report const& checked, question const& q, std::string const& message_sha256, instant now) {
  if (checked.worst() == outcome::deny || checked.worst() == outcome::hold || checked.rows.empty())
    return error{failure::refused, {"keine Freigabe: nicht jede Zeile ist erlaubt", "no permit: not every row may be written to"},
                 {"die erlaubten Zeilen allein prüfen (--permitted-list FILE schreibt sie heraus)", "check the permitted rows alone (--permitted-list FILE writes them out)"}};
  permit p;
  p.origin = book.origin();
  p.list_sha256 = checked.list_sha256;
  p.on = q.on;
  p.about = q.about;
  p.template_message = q.template_message;
  p.message_sha256 = message_sha256;
  p.recipients = recipients_of(checked);
  p.basis = checked.head;
  p.issued = now;
  p.expires = now + book.rules().permit_validity;
  return book.sign(text_of(p));
}

result<permit> read_permit(ledger const& book, std::string_view note, std::string const& where) {
  auto const parsed = log::parse_note(note);
  auto p = parsed ? parse(parsed->text) : std::nullopt;
  if (!p) return error{failure::malformed, {where + ": keine Freigabe", where + ": not a permit"}, {"`jawort broadcast check LISTE … --permit FILE` schreibt eine", "`jawort broadcast check LIST … --permit FILE` writes one"}};
  if (p->origin != book.origin() || !book.signed_here(note))
    return error{failure::damaged, {where + ": nicht von diesem Hauptbuch unterschrieben, oder verändert", where + ": not signed by this ledger, or changed"}, {}};
  return *std::move(p);
}

result<rechecked> recheck_permit(ledger& book, permit const& p, std::istream& list, std::string const& file_name, question q,
                                 std::string const& message_sha256, std::optional<std::string> const& column) {
  if (q.at > p.expires)
    return error{failure::refused, {"die Freigabe ist am " + to_string(p.expires) + " abgelaufen", "the permit expired at " + to_string(p.expires)}, {"die Liste neu prüfen", "check the list anew"}};
  if (!p.message_sha256.empty() && p.message_sha256 != message_sha256)
    return error{failure::refused, {"die Nachricht ist nicht die freigegebene", "the message is not the one that was permitted"}, {"mit --message die freigegebene Nachricht angeben", "name the permitted message with --message"}};
  q.on = p.on;
  q.about = p.about;
  q.template_message = p.template_message;
  auto report = check_list(book, list, file_name, q, column);
  if (!report) return report.error();
  if (report->list_sha256 != p.list_sha256) return other_list(file_name);
  rechecked out;
  out.report = *std::move(report);
  out.events_since = out.report.head.size - std::min(out.report.head.size, p.basis.size);
  if (out.report.worst() <= outcome::warn) {
    auto fresh = issue_permit(book, out.report, q, p.message_sha256, q.at);
    if (!fresh) return fresh.error();
    out.renewed = *std::move(fresh);
  }
  return out;
}

result<std::size_t> record_sent(ledger& book, permit const& p, std::string_view note, std::istream& list, std::string const& file_name, instant at,
                                std::optional<std::string> const& column, std::string const& operator_name, instant now) {
  auto read = read_list(book, list, file_name, p.on, column);
  if (!read) return read.error();
  if (read->sha256 != p.list_sha256) return other_list(file_name);
  // One send an address a permit, however often this is called: the permit is the message's id.
  std::string const id = "permit:" + crypto::hex(crypto::sha256{}(note));
  std::vector<event> events;
  std::set<address> seen;
  for (list_row const& row : read->rows) {
    if (!row.who || !seen.insert(*row.who).second) continue;
    event e;
    e.kind = event_kind::outbound;
    e.occurred_at = at;
    e.who = row.who;
    e.on = p.on;
    e.about = p.about;
    e.source = "broadcast";
    e.operator_name = operator_name;
    e.proof.set("message_id", id);
    if (!p.message_sha256.empty()) e.proof.set("message_sha256", p.message_sha256);
    events.push_back(std::move(e));
  }
  auto done = book.append(std::move(events), now);
  if (!done) return done.error();
  return static_cast<std::size_t>(std::count(done->each.begin(), done->each.end(), appended::added));
}

}  // namespace jawort
