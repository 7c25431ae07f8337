// request, confirm, receive
#include <fmt/format.h>

#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>

#include "grammar.hpp"
#include "jawort/ledger/confirmation.hpp"
#include "jawort/ledger/json.hpp"
#include "jawort/ledger/normalise.hpp"
#include "jawort/ledger/office_assistant.hpp"
#include "jawort/ledger/receiver.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {

std::optional<std::string> read_all(std::string const& file) {
  std::ostringstream all;
  if (file == "-") {
    all << std::cin.rdbuf();
    return all.str();
  }
  std::ifstream in{file, std::ios::binary};
  if (!in) return std::nullopt;
  all << in.rdbuf();
  return all.str();
}

error unreadable(std::string const& file) { return {failure::environment, {"Datei nicht lesbar: " + file, "cannot read file: " + file}, {}}; }

// -- request and confirm -----------------------------------------------------------------------------------------

int refused_request(context const& c, ledger const& book, confirmation_request const& r, asked_confirmation const& a, instant now) {
  reason_list reasons;
  reason why{*a.refused, outcome::deny};
  for (sequence const s : a.rests_on)
    if (why.event_count < why.events.size()) why.events[why.event_count++] = s;
  reasons.add(why);
  if (c.global.json) {
    json j{{"decision", "deny"}, {"address", r.who.text()}, {"channel", name(r.on)}, {"purpose", r.about.text()}, {"notice", a.notice}, {"at", to_string(now)},
           {"reasons", reasons_json(c, reasons, now, r.on)}, {"confirmation", nullptr}, {"events", json::array()}};
    j["again_at"] = a.again_at ? json(to_string(*a.again_at)) : json(nullptr);
    print_json(j, &book);
    return answer_is_no;
  }
  std::cout << reason_text(c, why, now, r.on);
  if (a.again_at) std::cout << c.say("  wieder möglich ab ", "  possible again from ") << readable(*a.again_at) << "\n";
  return answer_is_no;
}

int request(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto const on = channel_named(c.args.get("channel").value_or(""));
  if (!on) return report(c, {failure::unknown_name, {"unbekannter Kanal", "unknown channel"}, {"bekannt sind: whatsapp, messenger, sms, email", "known are: whatsapp, messenger, sms, email"}}, usage);
  auto about = purpose::parse(c.args.get("purpose").value_or(""));
  if (!about) return report(c, about.error(), usage);
  if (!book->notices().declares(*about))
    return report(c, {failure::unknown_name, {"kein Hinweis nennt den Zweck '" + std::string{about->text()} + "'", "no notice declares the purpose '" + std::string{about->text()} + "'"}, {"jawort notice list", "jawort notice list"}}, usage);
  auto who = normaliser{book->region()}.parse(c.args.words[0], on);
  if (!who) return report(c, who.error(), usage);
  confirmation_request r{*who, *on, *about, c.args.get("notice").value_or(""), c.args.get("source").value_or("cli"), c.args.get("operator").value_or(""), {}};
  if (auto const text = c.args.get("evidence")) {
    auto proof = parse_evidence(*text);
    if (!proof) return report(c, proof.error(), usage);
    r.proof = *std::move(proof);
  }
  instant const now = now_of(c);
  auto a = request_confirmation(*book, r, now);
  if (!a) {
    auto const code = a.error().code;
    return report(c, a.error(), code == failure::refused ? std::optional<int>{answer_is_no} : code == failure::malformed || code == failure::unknown_name ? std::optional<int>{usage} : std::nullopt);
  }
  if (!a->allowed()) return refused_request(c, *book, r, *a, now);
  if (c.global.json) {
    json words{{"text", a->text}, {"language", a->language}};
    if (!a->token.empty()) words["token"] = a->token;
    print_json({{"decision", "permit"}, {"address", who->text()}, {"channel", name(*on)}, {"purpose", about->text()}, {"notice", a->notice}, {"at", to_string(now)},
                {"reasons", json::array()}, {"confirmation", words}, {"events", a->events}}, &*book);
    return done;
  }
  std::string text = a->text;
  while (text.ends_with('\n')) text.pop_back();
  std::cout << text << "\n";
  if (!a->token.empty()) std::cout << "\n" << a->token << "\n";
  if (!c.global.quiet)
    std::cerr << c.say("jawort: eingetragen als gesendet; jetzt genau einmal über diesen Kanal schicken\n", "jawort: recorded as sent; send it now, once, by this channel\n");
  return done;
}

int confirm(context& c) {
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto a = c.args.has("dry-run") ? look_at_token(*book, c.args.words[0], now_of(c)) : confirm_by_token(*book, c.args.words[0], now_of(c), c.args.get("act").value_or("link"));
  if (!a) return report(c, a.error());
  bool const good = a->state == token_state::confirmed || a->state == token_state::used || (a->state == token_state::open && c.args.has("dry-run"));
  if (c.global.json) {
    json j{{"result", name(a->state)}, {"address", a->who ? json(a->who->text()) : json(nullptr)}, {"channel", a->on ? json(name(*a->on)) : json(nullptr)},
           {"purpose", a->about ? json(a->about->text()) : json(nullptr)}, {"seq", a->event ? json(*a->event) : json(nullptr)}};
    print_json(j, &*book);
    return good ? done : answer_is_no;
  }
  bilingual words;
  switch (a->state) {
    case token_state::open: words = {"offen: ein POST würde bestätigen", "open: a POST would confirm"}; break;
    case token_state::confirmed: words = {"bestätigt", "confirmed"}; break;
    case token_state::used: words = {"war schon bestätigt", "was confirmed before"}; break;
    case token_state::expired: words = {"abgelaufen: bitte neu anmelden", "expired: please sign up again"}; break;
    case token_state::ended: words = {"beendet: dazwischen kam eine Abmeldung", "ended: a stop came in between"}; break;
    case token_state::unknown: words = {"unbekannt", "unknown"}; break;
  }
  std::cout << c.say(words) << (a->who ? ": " + a->who->text() : std::string{}) << "\n";
  return good ? done : answer_is_no;
}

// -- receive -----------------------------------------------------------------------------------------------------

json item_json(context const& c, received const& r, std::size_t line) {
  json j{{"message_id", r.message_id}, {"address", r.who ? r.who->text() : std::string{}}, {"channel", name(r.on)}, {"intent", name_of(r.means)}};
  j["scope"] = r.topic ? json(r.topic->text()) : protects(r.means) ? json(name_of(r.scope)) : json(nullptr);
  json events = json::array();
  for (event_kind const k : r.events) events.push_back(name(k));
  j["events"] = events;
  j["sequences"] = r.sequences;
  j["reply"] = nullptr;
  if (r.reply) j["reply"] = {{"text", r.reply->text}, {"kind", name(r.reply->kind)}, {"language", r.reply->language}, {"notice", r.reply->notice}, {"id", r.reply->id}};
  if (r.dialogue) {
    json answers = json::object();
    for (auto const& [key, value] : r.dialogue->answers) answers[key] = value;
    j["dialogue"] = {{"id", r.dialogue->id}, {"step", r.dialogue->step.empty() ? json(nullptr) : json(r.dialogue->step)}, {"answers", answers}, {"for_office", r.dialogue->for_office}};
  }
  j["skipped"] = r.refused ? json("refused") : r.skipped.empty() ? json(nullptr) : json(r.skipped);
  j["kind"] = name(r.kind);
  j["what"] = r.what;
  if (r.withheld) j["withheld"] = name(*r.withheld);
  if (!r.remarks.empty()) {
    j["remarks"] = json::array();
    for (auto const& x : r.remarks) j["remarks"].push_back(c.say(x));
  }
  if (r.refused) j["error"] = {{"code", code_name(r.refused->code)}, {"message", c.say(r.refused->message)}, {"hint", c.say(r.refused->hint)}};
  j["line"] = line;
  return j;
}

/// Reads payloads, feeds them in groups, prints what became of each.
class receiving {
 public:
  receiving(context const& c, receiver& in, payload_format format, channel on, instant now) : c_(c), in_(in), format_(format), on_(on), now_(now) {}

  std::optional<int> run(std::istream& in) {
    std::string line;
    while (std::getline(in, line)) {
      ++line_;
      if (line.find_first_not_of(" \t\r") == line.npos) continue;
      if (whole_ && !is_whole_payload(format_, line)) {
        // Not one a line: the rest is one payload, unless it cannot be read as one and its lines can.
        std::string all = line + "\n";
        while (all.size() <= greatest_payload && std::getline(in, line)) all += line + "\n";
        if (auto p = read_payload(format_, all, on_, in_.book().region())) { payloads_.push_back(*std::move(p)); lines_.push_back(line_); }
        else split(all);
        whole_ = false;
        continue;
      }
      whole_ = false;
      put(line, line_);
      // Group while there is more at hand; a slow stream is answered line by line.
      if (payloads_.size() >= 200 || in.rdbuf()->in_avail() <= 0)
        if (auto const status = flush()) return status;
    }
    return flush();
  }
  std::optional<int> one(std::string const& bytes) {
    put(bytes, 1);
    return flush();
  }

  int finish() const {
    if (!c_.global.quiet && !c_.global.json) {
      std::cerr << fmt::format(fmt::runtime(c_.say("{} Meldungen: {} eingetragen, {} standen schon da, {} abgelehnt\n", "{} items: {} recorded, {} were there already, {} refused\n")), items_, added_, duplicates_, refused_);
      for (auto const& [what, n] : unknown_) std::cerr << fmt::format(fmt::runtime(c_.say("  unbekannte Art {}: {}\n", "  unknown kind {}: {}\n")), inert(what), n);
    }
    return refused_ > 0 ? rows_refused : done;
  }

 private:
  void split(std::string const& all) {
    std::istringstream rest{all};
    std::string line;
    std::size_t n = line_ - 1;
    while (std::getline(rest, line)) {
      ++n;
      if (line.find_first_not_of(" \t\r") != line.npos) put(line, n);
    }
    line_ = n;
  }

  void put(std::string const& bytes, std::size_t line) {
    auto p = read_payload(format_, bytes, on_, in_.book().region());
    if (!p) {  // a payload that cannot be read is an item that was refused; the rest goes on
      payload broken;
      broken.items.emplace_back();
      broken.items.back().what = "payload";
      broken.items.back().on = on_;
      broken.items.back().refused = p.error();
      broken.items.back().hints.push_back(bytes.substr(0, 2000));
      payloads_.push_back(std::move(broken));
    } else {
      payloads_.push_back(*std::move(p));
    }
    lines_.push_back(line);
  }

  std::optional<int> flush() {
    if (payloads_.empty()) return std::nullopt;
    auto r = in_.take(format_, std::move(payloads_), now_);
    payloads_.clear();
    if (!r) return report(c_, r.error());
    for (received const& x : r->items) {
      ++items_;
      std::size_t const line = lines_[x.payload_index];
      print_json(item_json(c_, x, line), &in_.book());
      if (c_.global.quiet || c_.global.json) continue;
      if (x.refused) {
        std::cerr << fmt::format("{}:{}: {}\n", name(format_), line, inert(c_.say(x.refused->message)));
        if (auto const& hint = c_.say(x.refused->hint); !hint.empty()) std::cerr << "  → " << hint << "\n";
      }
      for (auto const& remark : x.remarks) std::cerr << fmt::format("{}:{}: {}\n", name(format_), line, inert(c_.say(remark)));
    }
    std::cout.flush();
    lines_.clear();
    added_ += r->added;
    duplicates_ += r->duplicates;
    refused_ += r->refused;
    for (auto const& [what, n] : r->unknown) unknown_[what] += n;
    return std::nullopt;
  }

  context const& c_;
  receiver& in_;
  payload_format format_;
  channel on_;
  instant now_;
  bool whole_ = true;   ///< nothing was read yet: it may still be one payload over many lines
  std::size_t line_ = 0, items_ = 0;
  std::vector<payload> payloads_;
  std::vector<std::size_t> lines_;
  std::uint64_t added_ = 0, duplicates_ = 0, refused_ = 0;
  std::map<std::string, std::uint64_t> unknown_;
};

/// The grammar stays with the function.
classifier reading_with(keyword_grammar grammar) {
  return [g = std::make_shared<keyword_grammar const>(std::move(grammar))](std::string_view text, std::span<scope_word const> topics, weighing how) { return g->classify(text, topics, how); };
}

int receive(context& c) {
  auto const format = payload_format_named(c.args.words[0]);
  if (!format) {
    std::string known;
    for (auto const& [f, text] : payload_formats) known += (known.empty() ? "" : ", ") + std::string{text};
    return report(c, {failure::unknown_name, {"unbekanntes Format '" + c.args.words[0] + "'", "unknown format '" + c.args.words[0] + "'"}, {"bekannt sind: " + known, "known are: " + known}}, usage);
  }
  std::string const file = c.args.words.size() > 1 ? c.args.words[1] : "-";
  channel on = channel::sms;
  if (auto const text = c.args.get("channel")) {
    auto const named = channel_named(*text);
    if (!named) return report(c, {failure::unknown_name, {"unbekannter Kanal '" + *text + "'", "unknown channel '" + *text + "'"}, {}}, usage);
    on = *named;
  } else if (*format == payload_format::text) {
    return report(c, {failure::malformed, {"text braucht --channel", "text needs --channel"}, {"z. B. --channel sms", "e.g. --channel sms"}}, usage);
  }
  std::optional<signature_context> signature;
  if (c.args.has("secret-file") || c.args.has("signature")) {
    signature.emplace();
    signature->signature = c.args.get("signature").value_or("");
    signature->url = c.args.get("url").value_or("");
    auto const secret = c.args.get("secret-file");
    if (!secret) return report(c, {failure::malformed, {"zur Unterschrift fehlt --secret-file", "--secret-file is missing for the signature"}, {}}, usage);
    auto const text = read_all(*secret);
    if (!text) return report(c, unreadable(*secret));
    signature->secret = *text;
  }
  std::optional<office> desk;
  if (auto const path = c.args.get("office")) {
    auto o = load_office(*path);
    if (!o) return report(c, o.error(), o.error().code == failure::environment ? could_not : usage);
    desk = *std::move(o);
  }
  receive_options options{{}, c.args.get("notice").value_or(desk ? desk->notice : ""), {}};
  auto const how = weighing_of(c);
  if (!how) return report(c, how.error(), usage);
  options.replies = *how;
  if (c.args.get("keywords")) {
    auto grammar = grammar_of(c);
    if (!grammar) return report(c, grammar.error(), could_not);
    options.classify = reading_with(*std::move(grammar));
  }
  int status = done;
  auto book = open_ledger(c, status, true);
  if (!book) return status;
  auto in = receiver::over(*std::move(book), std::move(options));
  if (!in) return report(c, in.error(), usage);
  if (desk) {
    auto helper = office_assistant(*std::move(desk), in->book());
    if (!helper) return report(c, helper.error(), usage);
    in->set_assistant(*std::move(helper));
  }
  receiving job{c, *in, *format, on, now_of(c)};
  std::optional<int> failed;
  if (signature || *format == payload_format::email) {
    auto const bytes = read_all(file);
    if (!bytes) return report(c, unreadable(file));
    if (signature)
      if (auto ok = check_signature(*format, *bytes, *signature); !ok) return report(c, ok.error(), ok.error().code == failure::malformed ? usage : rows_refused);
    failed = job.one(*bytes);
  } else if (file == "-") {
    failed = job.run(std::cin);
  } else {
    std::ifstream stream{file, std::ios::binary};
    if (!stream) return report(c, unreadable(file));
    failed = job.run(stream);
  }
  return failed ? *failed : job.finish();
}
}  // namespace

std::vector<command> receive_commands() {
  bilingual const file{"DATEI", "FILE"};
  option_spec const on{"channel", {"KANAL", "CHANNEL"}, {"whatsapp, messenger, sms oder email", "whatsapp, messenger, sms or email"}, true};
  option_spec of_text = on;
  of_text.required = false;
  of_text.what = {"Kanal des Formats text, das ihn nicht sagt", "channel of the format text, which does not say it"};
  return {
      {"request", "ADDRESS", 1, 1, {"bittet um Bestätigung: trägt die Anfrage ein und gibt die eine neutrale Nachricht aus", "asks for confirmation: records the request and prints the one neutral message"},
       {"jawort request +491713920001 --channel whatsapp --purpose newsletter --notice newsletter", "jawort --json request kunde@example.org --channel email --purpose newsletter --notice newsletter"},
       {on, {"purpose", {"ZWECK", "PURPOSE"}, {"wofür, z. B. newsletter", "what for, e.g. newsletter"}, true},
        {"notice", {"ID[@VERSION]", "ID[@VERSION]"}, {"die gezeigten Worte", "the words shown"}, true},
        {"source", {"QUELLE", "SOURCE"}, {"welches Formular oder Programm", "which form or program"}},
        {"evidence", {"TEXT", "TEXT"}, {"Worte oder JSON zur Anfrage", "words or JSON about the request"}},
        {"operator", {"NAME", "NAME"}, {"wer einträgt", "who records it"}}},
       request},
      {"confirm", "TOKEN", 1, 1, {"bestätigt eine E-Mail-Adresse mit dem Token aus der Mail (für POST, nie für GET)", "confirms an e-mail address by the token of the mail (for POST, never for GET)"},
       {"jawort confirm jc-17-0123456789abcdef0123456789abcdef", "jawort confirm jc-17-0123456789abcdef0123456789abcdef --dry-run"},
       {{"act", {"TEXT", "TEXT"}, {"was die Person getan hat (link)", "what the person did (link)"}}, {"dry-run", {}, {"nur nachsehen, nichts eintragen (für GET)", "only look, record nothing (for GET)"}}},
       confirm},
      {"receive", "FORMAT [FILE|-]", 1, 2, {"liest, was Plattformen senden: Webhooks, Formulare, Mails, Textzeilen", "reads what platforms send: webhooks, forms, mails, lines of text"},
       {"jawort receive whatsapp-cloud webhook.json", "jawort receive whatsapp-cloud - --secret-file app-secret --signature sha256=…", "jawort receive text nachrichten.tsv --channel sms"},
       {of_text, {"secret-file", file, {"Geheimnis der Plattform; verlangt eine gültige Unterschrift", "the platform's secret; demands a valid signature"}},
        {"signature", {"WERT", "VALUE"}, {"Unterschrift aus der Kopfzeile der Anfrage", "signature from the request's header"}},
        {"url", {"URL", "URL"}, {"aufgerufene Adresse (Twilio, MessageBird)", "the address that was called (Twilio, MessageBird)"}},
        {"notice", {"ID", "ID"}, {"für welchen Hinweis ein Startwort gilt", "which notice a start word is for"}},
        {"office", file, {"Antwortassistent: Öffnungszeiten, Texte, Dialoge (docs/ASSISTANT.md)", "assistant: hours, texts, dialogues (docs/ASSISTANT.md)"}},
        weigh_option(), keywords_option()},
       receive},
  };
}

}  // namespace jawort::cli
