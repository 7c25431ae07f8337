// Raw mails: replies of people, delivery status notifications (RFC 3464), abuse reports (RFC 5965); and the raw HTTP
// request of a one-click unsubscribe (RFC 8058), which is a POST and never a GET.
#include "mail.hpp"
#include "token.hpp"
#include "values.hpp"

namespace jawort::receive {
namespace {

std::optional<address> mailbox(std::string_view text) {
  auto a = address::parse(detail::lower(mailbox_in(text)));
  return a && a->kind() == address_kind::mailbox ? std::optional{*a} : std::nullopt;
}

incoming& add(payload& p, incoming_kind kind, std::string what) {
  p.items.emplace_back();
  p.items.back().kind = kind;
  p.items.back().on = channel::email;
  p.items.back().what = std::move(what);
  return p.items.back();
}

/// When our own server took it in, if it says so; the sender's clock otherwise.
void put_date(incoming& i, mail_part const& m) {
  if (auto const received = m.header("received"); !received.empty())
    if (auto const at = received.rfind(';'); at != received.npos) i.at = mail_date(received.substr(at + 1));
  if (!i.at) i.at = mail_date(m.header("date"));
  i.time_unreadable = !i.at && !m.header("date").empty();
}

void delivery_status(payload& p, mail_part const& m) {
  mail_part const* const status = m.find("message/delivery-status");
  std::string_view rest = status == nullptr ? std::string_view{} : std::string_view{status->body};
  std::size_t const before = p.items.size();
  while (!rest.empty()) {
    auto const fields = parse_headers(rest);
    if (fields.empty()) {
      if (!rest.empty() && rest.front() != '\n' && rest.front() != '\r') break;
      if (!rest.empty()) rest.remove_prefix(1);
      continue;
    }
    auto const get = [&](std::string_view name) -> std::string_view {
      for (auto const& [n, v] : fields)
        if (n == name) return v;
      return {};
    };
    if (get("final-recipient").empty() && get("original-recipient").empty()) continue;
    auto const action = detail::lower(get("action")), code = std::string{get("status")};
    bool const gone = action == "failed" && code.starts_with('5');
    incoming& i = add(p, gone ? incoming_kind::undeliverable : incoming_kind::delivery, "dsn:" + action + ":" + code);
    i.message_id = std::string{m.header("message-id")};
    put_date(i, m);
    i.from = mailbox(get("original-recipient"));
    if (!i.from) i.from = mailbox(get("final-recipient"));
    if (!i.from && gone) i.refused = no_address();
  }
  if (p.items.size() == before) {
    incoming& i = add(p, incoming_kind::unknown, "dsn-without-recipient");
    put_date(i, m);
  }
}

void abuse_report(payload& p, mail_part const& m) {
  mail_part const* const report = m.find("message/feedback-report");
  std::string_view rest = report == nullptr ? std::string_view{} : std::string_view{report->body};
  auto const fields = parse_headers(rest);
  std::string kind = "abuse";
  std::optional<address> who;
  for (auto const& [n, v] : fields) {
    if (n == "feedback-type") kind = detail::lower(v);
    if ((n == "original-rcpt-to" || n == "removal-recipient") && !who) who = mailbox(v);
  }
  if (!who)
    for (char const* const type : {"message/rfc822", "text/rfc822-headers"})
      if (mail_part const* const original = m.find(type); original != nullptr && !who) {
        std::string_view body = original->body;
        for (auto const& [n, v] : parse_headers(body))
          if (n == "to" && !who) who = mailbox(v);
      }
  bool const meant = kind != "not-spam";
  incoming& i = add(p, meant ? incoming_kind::complaint : incoming_kind::delivery, "arf:" + kind);
  i.message_id = std::string{m.header("message-id")};
  put_date(i, m);
  i.from = who;
  if (!who && meant) {
    i.refused = no_address();
    i.remarks.push_back({"Beschwerde ohne lesbaren Empfänger: von Hand austragen", "a complaint without a readable recipient: stop it by hand"});
  }
}

bool from_machine(mail_part const& m) {
  auto const submitted = detail::lower(m.header("auto-submitted"));
  auto const precedence = detail::lower(m.header("precedence"));
  return (!submitted.empty() && submitted != "no") || precedence == "auto_reply" || precedence == "bulk" || precedence == "junk" || !m.header("x-autoreply").empty() ||
         !m.header("x-autorespond").empty();
}

/// RFC 3834: lists, bounces and senders that nobody reads get no automatic reply. What they say still counts.
bool from_many(mail_part const& m, std::string const& local) {
  auto const precedence = detail::lower(m.header("precedence")), back = std::string{m.header("return-path")};
  bool const nobody = local.starts_with("noreply") || local.starts_with("no-reply") || local.starts_with("donotreply") || local.starts_with("do-not-reply") ||
                      local.starts_with("owner-") || local.find("-request@") != local.npos;
  return nobody || precedence == "list" || back == "<>" || !m.header("list-id").empty() || !m.header("list-unsubscribe").empty() || !m.header("x-loop").empty() || !m.header("x-auto-response-suppress").empty();
}

void reply(payload& p, mail_part const& m) {
  auto const sender = mailbox(m.header("from"));
  auto const local = detail::lower(mailbox_in(m.header("from")).substr(0, 14));
  if (local.starts_with("mailer-daemon") || local.starts_with("postmaster")) {
    incoming& i = add(p, incoming_kind::unknown, "bounce-without-status");
    put_date(i, m);
    return;
  }
  incoming& i = add(p, incoming_kind::message, "reply");
  i.message_id = std::string{m.header("message-id")};
  put_date(i, m);
  i.from = sender;
  if (!sender) i.refused = no_address();
  i.automatic = from_machine(m);
  i.mass = from_many(m, detail::lower(mailbox_in(m.header("from"))));
  std::string const subject = decoded_words(m.header("subject"));
  mail_part const* text = m.find("text/plain");
  std::string all;
  if (text != nullptr) {
    all = text->body;
    i.text = own_words(text->body);
  } else if (mail_part const* const page = m.find("text/html")) {
    all = page->body;
    i.text = own_words(html_text(page->body));
  }
  std::string_view about = subject;
  bool answer = false;
  for (std::string_view const mark : {"re:", "aw:", "antw:", "fwd:", "wg:"})
    if (detail::lower(about.substr(0, mark.size())) == mark) answer = true;
  // A subject that the person wrote themself speaks too; one that repeats ours does not.
  if (!about.empty() && !answer) {
    if (i.text.empty()) i.text = subject;
    else i.hints.push_back(subject);
  }
  i.token = find_token(all, token_kind::confirm);
  if (i.token.empty()) i.token = find_token(subject, token_kind::confirm);
  for (auto const& part : m.parts)
    if (part.attachment || part.type.starts_with("image/")) i.media = part.type.substr(0, part.type.find('/'));
}

/// POST /abmelden?… HTTP/1.1, its headers, and `List-Unsubscribe=One-Click` in the body.
payload one_click(std::string_view bytes) {
  payload p;
  auto const line_end = std::min(bytes.find('\n'), bytes.size());
  std::string_view line = bytes.substr(0, line_end);
  bytes.remove_prefix(std::min(line_end + 1, bytes.size()));
  bool const post = line.starts_with("POST ");
  line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
  std::string_view const target = line.substr(0, line.find_first_of(" \r"));
  [[maybe_unused]] auto const http_headers = parse_headers(bytes);
  bool const agreed = bytes.find("List-Unsubscribe=One-Click") != bytes.npos ||
                      (bytes.find("name=\"List-Unsubscribe\"") != bytes.npos && bytes.find("One-Click") != bytes.npos);
  incoming& i = add(p, incoming_kind::unsubscribe, "one-click");
  if (!post || !agreed) {
    i.kind = incoming_kind::unknown;
    i.refused = refusal("keine Abmeldung mit einem Klick: RFC 8058 verlangt POST mit List-Unsubscribe=One-Click", "not a one-click unsubscribe: RFC 8058 wants POST with List-Unsubscribe=One-Click",
                        "GET darf nichts ändern: Prüfprogramme rufen jeden Verweis auf", "GET must not change anything: scanners call every link");
    return p;
  }
  i.token = find_token(percent_decoded(target, false), token_kind::unsubscribe);
  auto const query = target.find('?');
  if (i.token.empty() && query != target.npos)
    for (auto const& [name, value] : parse_form(target.substr(query + 1)))
      if (!i.from) i.from = mailbox(value);
  if (i.token.empty() && !i.from) i.from = mailbox(percent_decoded(target.substr(target.rfind('/') + 1), false));
  if (i.token.empty() && !i.from) i.refused = no_address();
  return p;
}
}  // namespace

result<payload> read_email(std::string_view bytes) {
  while (!bytes.empty() && (bytes.front() == '\n' || bytes.front() == '\r')) bytes.remove_prefix(1);
  auto const first = bytes.substr(0, bytes.find('\n'));
  if (first.find(" HTTP/1") != first.npos || first.find(" HTTP/2") != first.npos) return one_click(bytes);
  mail_part const m = parse_mail(bytes);
  if (m.headers.empty()) return refusal("keine E-Mail: kein Kopf", "not a mail: no headers", "die rohe Nachricht mit ihrem Kopf übergeben", "hand over the raw message with its headers");
  payload p;
  if (m.type == "multipart/report" && (m.report_type == "feedback-report" || m.find("message/feedback-report") != nullptr)) abuse_report(p, m);
  else if ((m.type == "multipart/report" && m.report_type == "delivery-status") || m.find("message/delivery-status") != nullptr) delivery_status(p, m);
  else reply(p, m);
  return p;
}

}  // namespace jawort::receive
