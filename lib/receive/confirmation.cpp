#include "jawort/ledger/confirmation.hpp"
#include "jawort/ledger/erasure.hpp"

#include <openssl/crypto.h>

#include <charconv>

#include "../ledger_impl.hpp"
#include "token.hpp"

namespace jawort {
namespace {

std::string hmac_hex(log::secret const& key, std::string_view label, std::string_view data) {
  std::string message{label};
  message += '\0';
  message += data;
  return crypto::hex(crypto::hmac_sha256{}(log::bytes_view{key}, log::detail::view(message)));
}

bool same(std::string_view a, std::string_view b) { return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0; }

/// `EPOCH:HEX`
std::string token_hash(ledger_parts::impl const& i, std::uint32_t epoch, std::string_view secret) {
  auto const* key = i.keys.master(epoch);
  return key == nullptr ? std::string{} : std::to_string(epoch) + ":" + hmac_hex(*key, "jawort/v1/confirm-token", secret);
}

std::string unsubscribe_mac(ledger_parts::impl const& i, std::uint32_t epoch, sequence seq, address const& who) {
  auto const* key = i.keys.master(epoch);
  return key == nullptr ? std::string{} : hmac_hex(*key, "jawort/v1/unsubscribe", std::to_string(seq) + " " + who.text()).substr(0, 32);
}

/// Whole seconds, as platforms tell the time of an answer.
instant whole_second(instant t) { return instant::clamped(t.ms() / 1000 * 1000); }

error known_notices(ledger const& book, std::string const& text) {
  std::string known;
  for (auto const& n : book.published()) known += (known.empty() ? "" : ", ") + n.words.reference();
  return error{failure::unknown_name, {"unbekannter Hinweis '" + text + "'", "unknown notice '" + text + "'"},
               {known.empty() ? "noch keiner veröffentlicht: jawort notice add FILE.toml" : "bekannt sind: " + known,
                known.empty() ? "none published yet: jawort notice add FILE.toml" : "known are: " + known}};
}

/// The version that can be used for a new request now, with everything that keeps it from being used.
result<published_notice const*> usable_notice(ledger const& book, confirmation_request const& r, instant now) {
  auto const split = r.notice.find('@');
  std::uint32_t version = 0;
  if (split != std::string::npos) {
    auto const digits = std::string_view{r.notice}.substr(split + 1);
    auto const [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
    if (wrong != std::errc{} || end != digits.data() + digits.size() || version == 0) return known_notices(book, r.notice);
  }
  auto const number = book.notices().number_of(std::string_view{r.notice}.substr(0, split), version, now);
  if (number == 0) return known_notices(book, r.notice);
  published_notice const& n = book.published()[number - 1];
  auto const no = [&](char const* de, char const* en, bilingual hint = {}) { return error{failure::refused, {n.words.reference() + ": " + de, n.words.reference() + ": " + en}, std::move(hint)}; };
  if (n.words.historical) return no("frühere Worte taugen nicht für neue Anfragen", "historical words cannot be used for new requests", {"den heutigen Hinweis veröffentlichen", "publish today's notice"});
  if (n.words.published_at > now) return no("noch nicht veröffentlicht", "not published yet");
  if (n.words.confirmation.empty()) return no("hat keine Bitte um Bestätigung", "has no confirmation", {"confirmation = \"…\" in den Hinweis schreiben und ihn neu veröffentlichen", "write confirmation = \"…\" into the notice and publish it anew"});
  return &n;
}

/// What forbids to write to this person even once: said by them, or about the number.
std::optional<std::pair<reason_code, sequence>> bar(subject_state const& s, confirmation_request const& r) {
  if (s.restricted) return std::pair{reason_code::restricted, *s.restricted};
  auto const who = s.index_of(r.who).value_or(0);
  if (s.address_standings[who].barred) return std::pair{reason_code::number_holder, *s.address_standings[who].barred};
  for (channel const c : all_channels)
    if (s.at(c).blocked) return std::pair{reason_code::known_unwanted, *s.at(c).blocked};
  if (s.at(r.on).platform_stopped)
    return std::pair{r.on == channel::whatsapp ? reason_code::whatsapp_marketing_stopped : reason_code::known_unwanted, *s.at(r.on).platform_stopped};
  if (auto const* m = s.suspended(r.on, r.about)) return std::pair{reason_code::unclear_stop, m->where.seq};
  return std::nullopt;
}

/// Fills in why it is refused; false if it is allowed.
bool refused(ledger const& book, std::vector<event> const& history, confirmation_request const& r, int erased_tries, instant now, asked_confirmation& out) {
  auto const s = fold(history, r.who, {}, {&book.notices(), &book.policies()});
  if (auto const b = bar(s, r)) {
    out.refused = b->first;
    out.rests_on.push_back(b->second);
    return true;
  }
  policy const& rules = book.policies().at(now);
  auto so_far = confirmations_of(history);
  so_far.unanswered += erased_tries;
  asking const may = may_ask(so_far, now, rules.confirmation_cooldown, rules.confirmation_tries);
  if (may == asking::allowed) return false;
  out.refused = reason_code::confirmation_once;
  for (event const& e : history)
    if (e.kind == event_kind::confirmation_sent && (may == asking::too_many_unanswered || e.occurred_at == so_far.newest)) out.rests_on.push_back(e.seq);
  if (may == asking::cooling_down) out.again_at = *so_far.newest + rules.confirmation_cooldown;
  return true;
}
}  // namespace

confirmations_so_far confirmations_of(std::span<event const> history) {
  std::vector<event const*> order;
  for (event const& e : history)
    if (e.kind == event_kind::requested || e.kind == event_kind::confirmation_sent || e.kind == event_kind::confirmed) order.push_back(&e);
  std::sort(order.begin(), order.end(), [](event const* a, event const* b) { return key_of(*a) < key_of(*b); });
  confirmations_so_far out;
  // One confirmation that is recorded twice (by us, and by the program that sends) is one: a new one has its own request.
  bool requested_since = true;
  std::vector<bool> answered;
  for (event const* e : order) {
    if (e->kind == event_kind::requested) requested_since = true;
    if (e->kind == event_kind::confirmation_sent) {
      if (requested_since || answered.empty()) answered.push_back(false);
      requested_since = false;
      out.newest = e->occurred_at;
    }
    if (e->kind == event_kind::confirmed && !answered.empty()) answered.back() = true;
  }
  out.unanswered = static_cast<int>(std::count(answered.begin(), answered.end(), false));
  return out;
}

result<asked_confirmation> request_confirmation(ledger& book, confirmation_request const& r, instant now) {
  if (r.on == channel::call || !r.who.fits(r.on))
    return error{failure::malformed, {"auf diesem Kanal lässt sich keine Bestätigung senden", "no confirmation can be sent on this channel"}, {"whatsapp, messenger, sms oder email, mit einer Adresse dafür", "whatsapp, messenger, sms or email, with an address for it"}};
  auto const n = usable_notice(book, r, now);
  if (!n) return n.error();
  asked_confirmation out;
  out.notice = (*n)->words.reference();
  out.language = (*n)->words.language;
  if (!(*n)->words.covers(r.about)) out.refused = reason_code::purpose_not_covered;
  else if (!(*n)->words.names(r.on)) out.refused = reason_code::channel_covered;
  if (out.refused) return out;

  std::string secret;
  if (r.on == channel::email) {
    std::array<std::uint8_t, 16> bits{};
    if (auto ok = crypto::fill_random(bits); !ok) return ok.error();
    secret = crypto::hex(log::bytes_view{bits});
  }
  instant const at = whole_second(now);
  auto const make = [&](event_kind kind) {
    event e;
    e.kind = kind;
    e.occurred_at = at;
    e.who = r.who;
    e.on = r.on;
    e.about = r.about;
    e.notice = (*n)->number;
    e.source = r.source.empty() ? "form" : r.source;
    e.operator_name = r.operator_name;
    return e;
  };
  int piece = 0;
  error const stop_here{failure::refused, {}, {}};  // rolls back: nothing is written for a refused request
  auto done = book.append_all([&]() -> result<std::vector<event>> {
    if (piece == 0) {
      ++piece;
      auto history = book.history(r.who);
      if (!history) return history.error();
      auto const before = unanswered_before_erasure(book, r.who);
      if (!before) return before.error();
      if (refused(book, *history, r, *before, now, out)) return stop_here;
      event e = make(event_kind::requested);
      e.proof = r.proof;
      return std::vector<event>{e};
    }
    if (piece == 1) {
      ++piece;
      event e = make(event_kind::confirmation_sent);
      if (!secret.empty()) {
        auto const& i = ledger_parts::of(book);
        out.token = receive::make_token(receive::token_kind::confirm, out.events.empty() ? 0 : out.events.front(), secret);
        e.proof.set("token_hash", token_hash(i, i.keys.epoch(), secret));
      }
      return std::vector<event>{e};
    }
    return std::vector<event>{};
  }, now, [&](append_report const& done_piece) {
    for (std::size_t k = 0; k < done_piece.each.size(); ++k)
      if (done_piece.each[k] == appended::added) out.events.push_back(done_piece.sequences[k]);
  });
  if (!done) {
    if (out.refused) { out.events.clear(); return out; }
    return done.error();
  }
  out.text = (*n)->words.confirmation;
  return out;
}

namespace {
/// The request that a token belongs to, and what has become of it.
struct token_place {
  token_answer answer;
  event request;
  std::string hash;
};

result<token_place> place_of(ledger& book, std::string_view token, instant now) {
  token_place out;
  auto const parts = receive::parse_token(token, receive::token_kind::confirm);
  if (!parts) return out;
  auto& i = ledger_parts::of(book);
  auto found = guarded([&]() -> result<std::optional<event>> {
    std::optional<event> e;
    i.db->snapshot([&] {
      if (auto s = i.db->entry(parts->seq)) e = std::move(s->e);
    });
    return e;
  });
  if (!found) return found.error();
  if (!*found || (*found)->kind != event_kind::requested || !(*found)->who || !(*found)->on || !(*found)->about) return out;
  event const& asked = **found;
  auto history = book.history(*asked.who);
  if (!history) return history.error();

  // Every hash that it could be is compared to its end, whether an earlier one was right or not.
  bool right = false, used = false;
  for (event const& e : *history) {
    auto const stored = e.proof.get("token_hash");
    if (stored.empty() || (e.kind != event_kind::confirmation_sent && e.kind != event_kind::confirmed)) continue;
    std::uint32_t epoch = 0;
    std::from_chars(stored.data(), stored.data() + stored.size(), epoch);
    auto const hash = token_hash(i, epoch, parts->secret);
    bool const equal = same(hash, stored);
    if (e.kind == event_kind::confirmation_sent && equal && e.who == asked.who && e.on == asked.on && e.about == asked.about) { right = true; out.hash = hash; }
    if (e.kind == event_kind::confirmed && equal) used = true;
  }
  if (!right) return out;
  out.request = asked;
  out.answer.who = asked.who;
  out.answer.on = asked.on;
  out.answer.about = asked.about;
  if (used) { out.answer.state = token_state::used; return out; }
  auto s = fold(*history, *asked.who, {now, instant::latest()}, {&book.notices(), &book.policies()});
  auto const who = s.index_of(*asked.who).value_or(0);
  open_request const* const r = find_request(s, who, *asked.on, *asked.about);
  // A later request does not keep an old mail's token alive.
  bool const own_window = now <= asked.occurred_at + book.policies().at(asked.occurred_at).confirmation_window;
  if (r != nullptr && !lapsed(*r, now) && own_window) out.answer.state = token_state::open;
  else if (r != nullptr || !own_window) out.answer.state = token_state::expired;
  else out.answer.state = token_state::ended;
  return out;
}
}  // namespace

result<token_answer> look_at_token(ledger& book, std::string_view token, instant now) {
  auto place = place_of(book, token, now);
  if (!place) return place.error();
  return place->answer;
}

result<token_answer> confirm_by_token(ledger& book, std::string_view token, instant now, std::string const& act) {
  token_answer out;
  bool asked = false;
  auto done = book.append_all([&]() -> result<std::vector<event>> {
    if (asked) return std::vector<event>{};
    asked = true;
    // Looked at under the lock: of two POSTs at once, one confirms.
    auto place = place_of(book, token, now);
    if (!place) return place.error();
    out = place->answer;
    if (out.state != token_state::open) return error{failure::refused, {}, {}};
    event e;
    e.kind = event_kind::confirmed;
    e.occurred_at = now;
    e.who = out.who;
    e.on = out.on;
    e.about = out.about;
    e.notice = place->request.notice;
    e.source = "confirmation-link";
    e.proof.set("act", act.empty() ? "link" : act);
    e.proof.set("token_hash", place->hash);
    return std::vector<event>{e};
  }, now, [&](append_report const& r) {
    if (!r.each.empty() && r.each[0] == appended::added) {
      out.state = token_state::confirmed;
      out.event = r.sequences[0];
    }
  });
  if (!done && out.state != token_state::unknown && out.state != token_state::open) return out;
  if (!done && done.error().code == failure::refused && done.error().message.en.empty()) return out;
  if (!done) return done.error();
  return out;
}

result<std::optional<std::string>> unsubscribe_token(ledger& book, address const& who) {
  auto history = book.history(who);
  if (!history) return history.error();
  auto& i = ledger_parts::of(book);
  std::vector<sequence> erasures;  // what stands for an erasure has no entry that names the person
  for (event const& e : *history)
    if (e.kind == event_kind::erased) erasures.push_back(e.seq);
  for (event const& e : *history)
    if (e.who == who && std::find(erasures.begin(), erasures.end(), e.seq) == erasures.end()) return std::optional{receive::make_token(receive::token_kind::unsubscribe, e.seq, unsubscribe_mac(i, i.keys.epoch(), e.seq, who))};
  return std::optional<std::string>{};
}

result<std::optional<address>> unsubscriber(ledger& book, std::string_view token) {
  auto const parts = receive::parse_token(token, receive::token_kind::unsubscribe);
  if (!parts) return std::optional<address>{};
  auto& i = ledger_parts::of(book);
  return guarded([&]() -> result<std::optional<address>> {
    std::optional<address> who;
    i.db->snapshot([&] {
      if (auto s = i.db->entry(parts->seq)) who = s->e.who;
    });
    if (!who) return who;
    bool right = false;
    for (std::uint32_t epoch = 1; epoch <= i.keys.epoch(); ++epoch)
      if (same(unsubscribe_mac(i, epoch, parts->seq, *who), parts->secret)) right = true;
    return right ? who : std::nullopt;
  });
}

}  // namespace jawort
