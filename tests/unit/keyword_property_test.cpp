// What must not matter: case, space, punctuation, emoji, Unicode's forms, look-alike letters, politeness, quotations.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <utf8proc.h>

#include <cstdlib>
#include <random>

#include "keyword_support.hpp"
#include "reference/slow_keyword.hpp"

using namespace jawort;
using namespace keyword_test;

namespace {
using text_change = std::string (*)(std::string const&, std::string const& language);

std::string upper(std::string const& s, std::string const&) {
  std::string out;
  utf8proc_int32_t c = 0;
  for (auto const* p = reinterpret_cast<utf8proc_uint8_t const*>(s.c_str()); *p != 0;) {
    p += utf8proc_iterate(p, -1, &c);
    utf8proc_uint8_t b[4];
    auto const n = utf8proc_encode_char(utf8proc_toupper(c), b);
    out.append(reinterpret_cast<char const*>(b), static_cast<std::size_t>(n));
  }
  return out;
}
std::string form(std::string const& s, utf8proc_option_t o) {
  utf8proc_uint8_t* made = nullptr;
  auto const n = utf8proc_map(reinterpret_cast<utf8proc_uint8_t const*>(s.data()), static_cast<utf8proc_ssize_t>(s.size()), &made, o);
  std::string const out{reinterpret_cast<char const*>(made), static_cast<std::size_t>(n)};
  std::free(made);
  return out;
}
std::string composed(std::string const& s, std::string const&) { return form(s, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE)); }
std::string decomposed(std::string const& s, std::string const&) { return form(s, static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE)); }
std::string full_width(std::string const& s, std::string const&) {
  std::string out;
  for (char const c : s) {
    bool const letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) { out += c; continue; }
    utf8proc_uint8_t b[4];
    auto const n = utf8proc_encode_char(0xFEE0 + c, b);
    out.append(reinterpret_cast<char const*>(b), static_cast<std::size_t>(n));
  }
  return out;
}
std::string polite(std::string const& language, bool before) {
  if (language == "de") return before ? "Bitte " : ", danke";
  if (language == "en") return before ? "Please " : ", thanks";
  if (language == "fr") return before ? "Bonjour, " : ", merci";
  if (language == "it") return before ? "Per favore " : ", grazie";
  if (language == "es") return before ? "Por favor, " : ", gracias";
  if (language == "nl") return before ? "Hallo, " : ", bedankt";
  if (language == "pl") return before ? "Proszę " : ", dziękuję";
  return before ? "Lütfen " : ", teşekkürler";
}

struct named_change { char const* name; text_change change; };
named_change const changes[] = {
    {"capitals", upper},
    {"NFC", composed},
    {"NFD", decomposed},
    {"full width", full_width},
    {"space around", [](std::string const& s, std::string const&) { return "  \t" + s + " \n "; }},
    {"no-break space", [](std::string const& s, std::string const&) { return "\xC2\xA0" + s + "\xC2\xA0"; }},
    {"exclamation", [](std::string const& s, std::string const&) { return s + "!!!"; }},
    {"dots", [](std::string const& s, std::string const&) { return "... " + s + " ..."; }},
    {"stars", [](std::string const& s, std::string const&) { return "*" + s + "*"; }},
    {"in brackets", [](std::string const& s, std::string const&) { return "(" + s + ")"; }},
    {"in quotation marks", [](std::string const& s, std::string const&) { return "„" + s + "“"; }},
    {"emoji before", [](std::string const& s, std::string const&) { return "🙏😡 " + s; }},
    {"emoji after", [](std::string const& s, std::string const&) { return s + " 👍🏽🇩🇪1️⃣"; }},
    {"zero width", [](std::string const& s, std::string const&) { return "\xE2\x80\x8B\xE2\x80\xAD" + s.substr(0, 1) + "\xE2\x80\x8D" + s.substr(1) + "\xE2\x81\xA9"; }},
    {"polite before", [](std::string const& s, std::string const& l) { return polite(l, true) + s; }},
    {"polite after", [](std::string const& s, std::string const& l) { return s + polite(l, false); }},
};

std::vector<labelled> plain_stops() {
  std::vector<labelled> out;
  for (auto const& m : corpus("tune.tsv"))
    if (m.intent == "stop" && m.plain && !m.trap && m.text.find('\n') == std::string::npos) out.push_back(m);
  return out;
}
}  // namespace

TEST_CASE("What surrounds or disguises a stop does not change it") {
  std::size_t tried = 0;
  for (auto const& m : plain_stops()) {
    bool const begins_ascii = static_cast<unsigned char>(m.text[0]) < 0x80;
    for (auto const& [how, change] : changes) {
      auto const& name = how;  // clang 14: no structured binding in a lambda, and the check is one
      if (std::string_view{name} == "zero width" && !begins_ascii) continue;
      auto const text = change(m.text, m.language);
      CHECK_MESSAGE(answer(grammar().classify(text, topics())) == "stop", fmt::format("{}: {} ({})", name, text, m.id));
      CHECK_MESSAGE(answer(weighed().classify(text, topics())) == "stop", fmt::format("weighed, {}: {} ({})", name, text, m.id));
      ++tried;
    }
  }
  CHECK(tried > 2000);
}

TEST_CASE("One look-alike letter anywhere changes no stop") {
  struct twin { char latin; char const* other; };
  twin const twins[] = {{'a', "а"}, {'c', "с"}, {'e', "е"}, {'i', "і"}, {'o', "о"}, {'o', "ο"}, {'p', "р"}, {'s', "ѕ"}, {'x', "х"}, {'y', "у"},
                        {'A', "А"}, {'B', "Β"}, {'E', "Ε"}, {'K', "Κ"}, {'M', "М"}, {'N', "Ν"}, {'O', "Ο"}, {'P', "Р"}, {'S', "Ѕ"}, {'T', "Т"}, {'W', "Ԝ"}};
  for (auto const& m : plain_stops())
    for (auto const& [latin, other] : twins)
      for (auto at = m.text.find(latin); at != std::string::npos; at = m.text.find(latin, at + 1)) {
        auto text = m.text;
        text.replace(at, 1, other);
        CHECK_MESSAGE(answer(grammar().classify(text, topics())) == "stop", fmt::format("{} ({})", text, m.id));
        CHECK_MESSAGE(answer(weighed().classify(text, topics())) == "stop", fmt::format("weighed, {} ({})", text, m.id));
      }
}

TEST_CASE("A quoted stop below a new message makes none") {
  for (auto const& m : corpus("tune.tsv")) {
    if (m.intent != "none" || m.text.find('\n') != std::string::npos) continue;
    for (auto const* below : {"\n\n> Stop", "\n> Bitte keine Nachrichten mehr\n> danke", "\n\nAm 3. Mai 2026 um 10:12 schrieb Reisebüro Beispiel <info@beispiel.example>:\n> Stop",
                              "\n\nOn Mon, 4 May 2026 Example Travel wrote:\n\nSTOP", "\n\n-----Ursprüngliche Nachricht-----\nStop", "\n\nVon: Reisebüro\nGesendet: Montag\nStop"})
      for (auto const* g : {&grammar(), &weighed()}) CHECK_MESSAGE(g->classify(m.text + below, topics()).what != intent::stop, fmt::format("{}{}", m.text, below));
  }
}

TEST_CASE("The patterns agree with their slow twin on random words") {
  auto made = keyword::engine::compile(files());
  REQUIRE(made);
  std::mt19937 random{20261124};
  std::size_t matched = 0, tried = 0;
  for (auto const& l : (*made)->languages()) {
    std::size_t const classes = l.class_names.size();
    auto const light_names = [&] {
      slow::names out;
      for (std::size_t c = 0; c < classes; ++c)
        if (l.word_of[c].any(l.role.light)) out.insert(l.class_names[c]);
      return out;
    }();
    for (auto const& r : l.rules)
      for (int round = 0; round < 60; ++round) {
        // Words that the rule speaks of, among others.
        std::vector<std::size_t> wanted;
        for (auto const& p : r.parts)
          for (auto const& s : p.steps)
            for (std::size_t c = 0; c < classes; ++c)
              if (s.any.any(l.kind_of[c])) wanted.push_back(c);
        std::size_t const length = 1 + random() % 24;
        std::vector<keyword::class_set> tokens;
        std::vector<slow::names> words;
        keyword::class_set present{};
        slow::names whole;
        for (std::size_t i = 0; i < length; ++i) {
          keyword::class_set t{};
          slow::names w;
          for (std::size_t k = 0; k < 1 + random() % 2; ++k) {
            std::size_t const c = random() % 3 != 0 ? wanted[random() % wanted.size()] : random() % classes;
            t |= l.word_of[c];
            w.insert(l.class_names[c]);
          }
          present |= t;
          whole.insert(w.begin(), w.end());
          tokens.push_back(t);
          words.push_back(w);
        }
        if (random() % 3 == 0) { present |= keyword::class_set::of(keyword::asked_class); whole.insert("asked"); }
        if (random() % 3 == 0) { present |= keyword::class_set::of(keyword::first_class); whole.insert("first"); }
        if (random() % 3 == 0) { present |= keyword::class_set::of(keyword::mentioned_class); whole.insert("mentioned"); }
        keyword::extent where;
        bool const fast = keyword::match(r, tokens, present, l.role.light, where);
        auto const twin = slow::match(r.text, r.only, words, whole, light_names, keyword::widest);
        CHECK_MESSAGE(fast == twin.has_value(), r.id);
        if (fast && twin) {
          CHECK_MESSAGE(where.begin == twin->begin, r.id);
          CHECK_MESSAGE(where.end == twin->end, r.id);
          ++matched;
        }
        ++tried;
      }
  }
  MESSAGE(fmt::format("{} of {} random clauses matched", matched, tried));
  CHECK(matched > 5000);
}
