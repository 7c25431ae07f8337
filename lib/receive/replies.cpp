#include "replies.hpp"

namespace jawort::receive {
namespace {
std::string stop_word(notice const* n) { return n == nullptr || n->stop_keyword.empty() ? "Stop" : n->stop_keyword; }
std::string start_word(notice const* n) { return n == nullptr || n->keyword.empty() ? "Start" : n->keyword; }

std::string without_end(std::string s) {
  while (!s.empty() && (s.back() == '\n' || s.back() == ' ')) s.pop_back();
  return s;
}

bilingual words(reply_kind kind, notice const* n, std::string const& controller) {
  std::string const start = start_word(n), stop = stop_word(n);
  std::string const shown = n == nullptr ? std::string{} : without_end(n->text) + "\n\n";
  switch (kind) {
    case reply_kind::none: break;
    case reply_kind::confirmation:
      return {shown + "Möchten Sie diese Nachrichten erhalten? Dann antworten Sie bitte noch einmal mit „" + start + "“. Ohne Ihre Antwort schicken wir nichts.",
              shown + "Would you like to receive these messages? Then please answer “" + start + "” once more. Without your answer we send nothing."};
    case reply_kind::welcome:
      return {"Vielen Dank, Ihre Anmeldung bei " + controller + " ist eingetragen. Abmelden können Sie sich jederzeit: Antworten Sie einfach mit „" + stop + "“.",
              "Thank you, your sign-up with " + controller + " is recorded. You can leave at any time: just answer “" + stop + "”."};
    case reply_kind::resumed:
      return {"Vielen Dank für die Antwort. Es bleibt alles, wie es war. Abmelden können Sie sich jederzeit mit „" + stop + "“.",
              "Thank you for your answer. Everything stays as it was. You can leave at any time with “" + stop + "”."};
    case reply_kind::goodbye:
      return {"Sie sind abgemeldet und erhalten von " + controller + " auf diesem Weg keine Werbung mehr.", "You are unsubscribed and will get no more advertising from " + controller + " by this channel."};
    case reply_kind::help: {
      std::string const contact = n == nullptr || n->controller_contact.empty() ? std::string{} : n->controller_contact;
      return {"Sie schreiben mit " + controller + "." + (contact.empty() ? "" : " Sie erreichen uns auch so: " + contact + ".") + " Mit „" + start + "“ melden Sie sich für unsere Nachrichten an, mit „" + stop + "“ jederzeit ab.",
              "You are writing to " + controller + "." + (contact.empty() ? "" : " You can also reach us like this: " + contact + ".") + " “" + start + "” signs you up for our messages, “" + stop + "” ends them at any time."};
    }
    case reply_kind::question:
      return {"Wir sind nicht sicher, ob wir Sie richtig verstanden haben, und schicken Ihnen vorerst keine Werbung. Sollen wir Ihnen weiterhin schreiben? Antworten Sie bitte mit „Ja“ oder mit „" + stop + "“.",
              "We are not sure that we understood you, and send you no advertising for the time being. Shall we go on writing to you? Please answer “Yes” or “" + stop + "”."};
    case reply_kind::access:
      return {"Wir haben Ihre Anfrage erhalten und teilen Ihnen innerhalb eines Monats mit, welche Daten wir über Sie gespeichert haben.", "We have received your request and will tell you within a month which data we hold about you."};
    case reply_kind::erasure:
      return {"Wir haben Ihren Wunsch erhalten, löschen Ihre Daten und melden uns innerhalb eines Monats. Werbung schicken wir Ihnen ab sofort nicht mehr.",
              "We have received your request, will erase your data and answer within a month. From now on we send you no advertising."};
    case reply_kind::dispute:
      return {"Danke für den Hinweis. Wir haben die Anmeldung gestrichen und schicken Ihnen keine Werbung.", "Thank you for telling us. We have struck out the sign-up and send you no advertising."};
    case reply_kind::greeting: case reply_kind::away: case reply_kind::instant: case reply_kind::dialogue: case reply_kind::handover: break;  // an assistant's
  }
  return {};
}

void add(std::vector<scope_word>& out, std::string_view word, purpose const& p) {
  for (auto const& w : out)
    if (w.word == word) return;
  if (!word.empty()) out.push_back({std::string{word}, p});
}
}  // namespace

outgoing_reply make_reply(reply_kind kind, notice const* n, std::string_view language, std::string const& controller) {
  outgoing_reply r;
  r.kind = kind;
  // In the person's language where we speak it; a notice is shown in its own, with a question that fits it.
  bool const own = kind == reply_kind::confirmation && n != nullptr;
  std::string_view const spoken = own ? std::string_view{n->language} : !language.empty() ? language : n != nullptr ? std::string_view{n->language} : std::string_view{"de"};
  r.language = spoken == "de" || (spoken != "en" && n != nullptr && n->language == "de") ? "de" : "en";
  auto const both = words(kind, n, controller);
  r.text = r.language == "de" ? both.de : both.en;
  if (own) r.notice = n->reference();
  return r;
}

std::vector<scope_word> topic_words(std::vector<published_notice> const& notices) {
  constexpr std::array<std::array<std::string_view, 5>, 8> synonyms{{
      {"offers", "angebote", "reiseangebote", "sonderangebote", "deals"}, {"cruises", "kreuzfahrten", "kreuzfahrt", "schiffsreisen", "cruise"},
      {"city-trips", "städtereisen", "staedtereisen", "citytrips", "städtetrips"}, {"newsletter", "rundbrief", "rundschreiben", "infobrief", "newsletters"},
      {"kreuzfahrten", "cruises", "cruise", "kreuzfahrt", "schiffsreisen"}, {"staedtereisen", "städtereisen", "city trips", "städtetrips", "citytrips"},
      {"survey", "umfrage", "umfragen", "befragung", "surveys"}, {"last-minute", "lastminute", "last minute", "restplätze", "restplaetze"}}};
  std::vector<scope_word> out;
  for (auto const& n : notices) {
    if (n.words.historical) continue;
    for (purpose const& p : n.words.purposes) {
      auto const text = p.text();
      auto const slash = text.rfind('/');
      std::string_view const last = slash == text.npos ? text : text.substr(slash + 1);
      add(out, last, p);
      for (auto const& row : synonyms)
        if (row[0] == last)
          for (std::size_t i = 1; i < row.size(); ++i) add(out, row[i], p);
    }
  }
  return out;
}

}  // namespace jawort::receive
