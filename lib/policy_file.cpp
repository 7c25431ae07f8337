#include "jawort/ledger/policy_file.hpp"

#include <fmt/format.h>

#include <map>
#include <variant>

#include "toml_reading.hpp"

namespace jawort {
namespace {

using std::chrono::hours;

struct days_of { milliseconds policy::* member; };
struct hours_of { milliseconds policy::* member; };
struct minute_of_day { int policy::* member; };
using names_list = std::vector<std::string> policy::*;
using member = std::variant<days_of, hours_of, minute_of_day, int policy::*, bool policy::*, quiet_mode policy::*, names_list>;

struct key_row {
  char const* section;
  char const* key;
  member where;
  int least, most;   ///< of numbers
  char const *de, *en;
};

/// One row a threshold; reading, showing and the help come from it.
std::vector<key_row> const& rows() {
  using p = policy;
  static std::vector<key_row> const all{
      {"confirmation", "window_days", days_of{&p::confirmation_window}, 1, 30, "so lange gilt eine Bitte um Bestätigung (länger als 30 Tage bewahrt WhatsApp nichts auf)", "how long a request for confirmation holds (WhatsApp keeps nothing longer than 30 days)"},
      {"confirmation", "cooldown_hours", hours_of{&p::confirmation_cooldown}, 1, 8760, "Abstand zwischen zwei Bitten an dieselbe Adresse", "time between two requests to the same address"},
      {"confirmation", "tries", &p::confirmation_tries, 1, 10, "unbeantwortete Bitten an eine Adresse, insgesamt", "unanswered requests to one address, ever"},
      {"confirmation", "pending_data_days", days_of{&p::pending_data}, 1, 30, "so lange bleiben personenbezogene Daten einer verfallenen Anmeldung", "how long personal data of a lapsed sign-up stay"},
      {"stale-consent", "warn_months", &p::stale_warn_months, 1, 120, "ungenutzt seit so vielen Monaten: Warnung", "unused for so many months: warn"},
      {"stale-consent", "hold_months", &p::stale_hold_months, 1, 120, "… zurückhalten", "… hold"},
      {"stale-consent", "deny_months", &p::stale_deny_months, 1, 120, "… nein", "… deny"},
      {"age-of-consent", "years", &p::age_of_consent, 16, 21, "Alter, ab dem jemand selbst einwilligt (Art. 8 DSGVO: 16)", "age from which somebody consents themselves (Art. 8 DSGVO: 16)"},
      {"customer-wrote-first", "days", days_of{&p::conversation}, 1, 30, "so lange gehört eine Antwort zur Frage der Person", "how long an answer belongs to the person's question"},
      {"whatsapp-window", "hours", hours_of{&p::platform_window}, 1, 24, "freie Nachricht so lange nach der letzten der Person (WhatsApp, Messenger)", "free-form message so long after the person's last (WhatsApp, Messenger)"},
      {"messenger-window", "human_agent_days", days_of{&p::human_agent_window}, 1, 7, "Antwort eines Menschen im Messenger, ohne Werbung", "a human's answer on Messenger, without advertising"},
      {"quiet-hours", "mode", &p::quiet, 0, 0, "off, warn oder hold", "off, warn or hold"},
      {"quiet-hours", "from", minute_of_day{&p::quiet_from_minute}, 0, 0, "Ortszeit des Empfängers, eingeschlossen", "the recipient's local time, inclusive"},
      {"quiet-hours", "until", minute_of_day{&p::quiet_until_minute}, 0, 0, "ausgeschlossen", "exclusive"},
      {"quiet-hours", "sundays", &p::quiet_sundays, 0, 0, "Sonntage und Feiertage ganz", "Sundays and holidays all day"},
      {"existing-customer-exception", "email", &p::existing_customer_email, 0, 0, "Ausnahme für Bestandskunden bei E-Mail", "exception for existing customers by e-mail"},
      {"existing-customer-exception", "sms", &p::existing_customer_sms, 0, 0, "… bei SMS", "… by SMS"},
      {"existing-customer-exception", "whatsapp", &p::existing_customer_whatsapp, 0, 0, "… bei WhatsApp (gerichtlich nicht erprobt; die Plattform verlangt eine Einwilligung)", "… by WhatsApp (untested in court; the platform asks for opt-in)"},
      {"existing-customer-exception", "messenger", &p::existing_customer_messenger, 0, 0, "… bei Messenger (ebenso)", "… by Messenger (likewise)"},
      {"whatsapp-app-newsletter", "used", &p::whatsapp_app, 0, 0, "das Büro sendet mit der App, nicht über die Business-API", "the office sends with the app, not the business API"},
      {"whatsapp-app-newsletter", "limit", &p::whatsapp_app_limit, 1, 256, "Empfänger einer Liste der App", "recipients of one list of the app"},
      {"permit", "hours", hours_of{&p::permit_validity}, 1, 168, "so lange gilt die Freigabe einer Liste", "how long a permit for a list is valid"},
      {"retention", "years", &p::retention_years, 3, 30, "Nachweis wird so lange nach letzter Nutzung oder Widerruf aufbewahrt", "proof is kept so long after the last use or the withdrawal"},
      {"retention", "years_calls", &p::retention_years_calls, 5, 30, "… bei Anrufen (§ 7a UWG)", "… for calls (§ 7a UWG)"},
      {"message", "senders", &p::senders, 0, 0, "Namen, unter denen das Büro bekannt ist, neben dem des Verantwortlichen", "names by which the office is known, besides the controller's"},
      {"message", "operators", &p::operators, 0, 0, "wer persönliche Nachrichten unterschreibt; leer: irgendein Name", "who signs personal messages; empty: any name"},
      {"message", "third_parties", &p::third_parties, 0, 0, "andere, für deren Angebote eine Nachricht werben könnte", "others whose goods a message might advertise"},
  };
  return all;
}

std::string quoted(std::string const& s) {
  std::string out = "\"";
  for (char const c : s) {
    if (c == '"' || c == '\\') out += '\\';
    if (static_cast<unsigned char>(c) < 0x20) out += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
    else out += c;
  }
  return out + "\"";
}

char const* mode_name(quiet_mode m) { return m == quiet_mode::off ? "off" : m == quiet_mode::warn ? "warn" : "hold"; }

/// A value as TOML.
struct shown {
  policy const& p;
  std::string operator()(days_of m) const { return std::to_string((p.*m.member) / hours{24}); }
  std::string operator()(hours_of m) const { return std::to_string((p.*m.member) / hours{1}); }
  std::string operator()(minute_of_day m) const { return fmt::format("\"{:02}:{:02}\"", p.*m.member / 60, p.*m.member % 60); }
  std::string operator()(int policy::* m) const { return std::to_string(p.*m); }
  std::string operator()(bool policy::* m) const { return p.*m ? "true" : "false"; }
  std::string operator()(quiet_mode policy::* m) const { return quoted(mode_name(p.*m)); }
  std::string operator()(names_list m) const {
    std::string out;
    for (auto const& s : p.*m) out += (out.empty() ? "" : ", ") + quoted(s);
    return "[" + out + "]";
  }
};

/// A value out of TOML.
struct taken {
  reading& in;
  toml::table const& t;
  key_row const& row;
  policy& p;

  void operator()(days_of m) const { span(m.member, hours{24}); }
  void operator()(hours_of m) const { span(m.member, hours{1}); }
  void span(milliseconds policy::* m, hours unit) const {
    auto n = static_cast<int>((p.*m) / unit);
    in.number(t, row.key, n, row.least, row.most);
    p.*m = n * unit;
  }
  void operator()(minute_of_day m) const {
    std::string text;
    in.text(t, row.key, text);
    if (text.empty()) return;
    bool const form = text.size() == 5 && text[2] == ':' && detail::is_digit(text[0]) && detail::is_digit(text[1]) && detail::is_digit(text[3]) && detail::is_digit(text[4]);
    int const minute = form ? ((text[0] - '0') * 10 + text[1] - '0') * 60 + (text[3] - '0') * 10 + text[4] - '0' : -1;
    if (minute < 0 || minute >= 24 * 60 || text[3] > '5') in.type(*t.get(row.key), row.key, "Uhrzeit wie \"20:00\"", "time of day such as \"20:00\"");
    else p.*m.member = minute;
  }
  void operator()(int policy::* m) const { in.number(t, row.key, p.*m, row.least, row.most); }
  void operator()(bool policy::* m) const { in.flag(t, row.key, p.*m); }
  void operator()(quiet_mode policy::* m) const {
    std::string text = mode_name(p.*m);
    in.text(t, row.key, text);
    for (auto const q : {quiet_mode::off, quiet_mode::warn, quiet_mode::hold})
      if (text == mode_name(q)) { p.*m = q; return; }
    in.type(*t.get(row.key), row.key, "\"off\", \"warn\" oder \"hold\"", "\"off\", \"warn\" or \"hold\"");
  }
  void operator()(names_list m) const {
    if (t.get(row.key) == nullptr) return;
    (p.*m).clear();
    in.texts(t, row.key, [&](std::string const& v, std::size_t line) {
      if (v.find_first_not_of(" \t") == std::string::npos) in.fail(line, "leerer Name in '" + std::string{row.key} + "'", "empty name in '" + std::string{row.key} + "'", {});
      else (p.*m).push_back(v);
    });
  }
};

void read_severities(reading& in, toml::table const& t, policy& p) {
  std::set<std::string> codes;
  for (auto const n : reason_names) codes.emplace(n);
  in.known(t, "severity.", codes);
  for (auto const& [key, node] : t) {
    auto const code = reason_code_named(key.str());
    if (!code) continue;
    std::size_t const line = node.source().begin.line;
    std::string const id{key.str()};
    std::string text;
    in.text(t, id.c_str(), text);
    auto const o = outcome_named(text);
    outcome const usual = rule_of(*code).usual;
    if (!o || *o == outcome::permit) in.fail(line, "'" + id + "' muss \"warn\", \"hold\" oder \"deny\" sein", "'" + id + "' must be \"warn\", \"hold\" or \"deny\"", {});
    else if (is_ground(*code)) in.fail(line, "'" + id + "' ist ein Grund zu senden und hat keine Strenge", "'" + id + "' is a ground to send and has no severity", {"die Ausnahme für Bestandskunden schaltet [existing-customer-exception]", "[existing-customer-exception] switches the exception for customers"});
    else if (*o < usual) in.fail(line, "'" + id + "' lässt sich nicht unter " + std::string{name(usual)} + " senken", "'" + id + "' cannot be lowered below " + std::string{name(usual)}, {"eine Strenge kann nur erhöht werden", "a severity can only be raised"});
    else p.severity[static_cast<std::size_t>(*code)] = *o;
  }
}
}  // namespace

result<policy> parse_policy(std::string_view source, std::string const& where) {
  auto const parsed = parse_toml(source, where);
  if (!parsed) return parsed.error();
  reading in{*parsed, where};
  policy p;
  std::set<std::string> sections{"severity"};
  std::map<std::string, std::set<std::string>> keys;
  for (auto const& row : rows()) {
    sections.insert(row.section);
    keys[row.section].insert(row.key);
  }
  in.known(*parsed, "", sections);
  for (auto const& [section, known] : keys) in.known(in.section(section.c_str()), section + ".", known);
  for (auto const& row : rows()) std::visit(taken{in, in.section(row.section), row, p}, row.where);
  read_severities(in, in.section("severity"), p);
  auto const line_of = [&](char const* section) {
    auto const* s = parsed->get(section);
    return s == nullptr ? std::size_t{1} : static_cast<std::size_t>(s->source().begin.line);
  };
  if (p.stale_warn_months > p.stale_hold_months || p.stale_hold_months > p.stale_deny_months)
    in.fail(line_of("stale-consent"), "warn_months, hold_months und deny_months müssen aufsteigen", "warn_months, hold_months and deny_months must not fall", {});
  if (in.problem) return *in.problem;
  return p;
}

std::vector<policy_item> policy_items(policy const& p) {
  policy const standard;
  std::vector<policy_item> out;
  for (auto const& row : rows())
    out.push_back({std::string{row.section} + "." + row.key, std::visit(shown{p}, row.where), std::visit(shown{standard}, row.where), {row.de, row.en}});
  for (std::size_t i = 0; i < reason_code_count; ++i)
    if (p.severity[i] != outcome::permit)
      out.push_back({"severity." + std::string{reason_names[i]}, quoted(std::string{name(p.severity[i])}), quoted(std::string{name(all_rules()[i].usual)}),
                     {"mindestens so streng", "at least so severe"}});
  return out;
}

std::string policy_toml(policy const& p, tongue in) {
  std::string out = in == tongue::de ? "# Richtlinie: was hier nicht steht, hat seinen Standardwert.\n" : "# Policy: what is not here has its default.\n";
  std::string section;
  for (auto const& item : policy_items(p)) {
    auto const dot = item.key.find('.');
    if (item.key.substr(0, dot) != section) {
      section = item.key.substr(0, dot);
      out += "\n[" + section + "]\n";
    }
    std::string const left = item.key.substr(dot + 1) + " = " + item.value;
    out += fmt::format("{:<30} # {}{}\n", left, in == tongue::de ? item.meaning.de : item.meaning.en,
                       item.value == item.standard ? "" : (in == tongue::de ? " (Standard: " : " (default: ") + item.standard + ")");
  }
  return out;
}

}  // namespace jawort
