// jawort/keyword/read.hpp - the way of one message through the engine.
#pragma once
#include "engine.hpp"

namespace jawort::keyword {

/// What each token is in each language that has any of them. Rows are filled only as far as the sentence goes.
inline void engine::give_meaning(reading& r, sentence const& s) const {
  class_set const unknown = class_set::of(unknown_class);
  std::size_t const n = languages_.size();
  r.speaks = 0;
  r.says = false;
  bool spoken = false;
  for (std::size_t i = 0; i < s.size; ++i) {
    token const& t = s.tokens[i];
    spoken = spoken || t.kind == token_kind::word;
    r.says = r.says || (t.kind != token_kind::emoji && t.kind != token_kind::mail_address);
    for (auto const& m : words_.meanings(t.word)) r.speaks |= 1U << m.language;
  }
  for (std::size_t l = 0; l < n; ++l) {
    r.known[l] = 0;
    if (r.found.view(l).names_left > 0) r.speaks |= 1U << l;
    if ((r.speaks >> l & 1U) != 0) std::fill_n(r.meant[l].begin(), s.size, unknown);
  }
  for (std::size_t i = 0; i < s.size; ++i) {
    token const& t = s.tokens[i];
    if (t.kind == token_kind::word || (t.kind == token_kind::emoji && !spoken)) {
      for (auto const& m : words_.meanings(t.word)) {
        r.meant[m.language][i] = m.classes;
        r.known[m.language] += m.classes.any(languages_[m.language].role.loan) ? 1U : 2U;  // a borrowed word tells less
      }
      continue;
    }
    for (std::size_t l = 0; l < n; ++l) {
      if ((r.speaks >> l & 1U) == 0) continue;
      r.meant[l][i] = class_set::of(t.kind == token_kind::number ? number_class : t.kind == token_kind::link ? link_class : t.kind == token_kind::emoji ? emoji_class : mail_class);
      // An emoji beside words is decoration, except where it is itself a stop.
      if (t.kind == token_kind::emoji)
        if (class_set const is = words_.meaning_of(t.word, l); is.any(languages_[l].role.stop)) r.meant[l][i] = is;
    }
  }
  find_phrases(r, s);
  find_topics(r, s);
}

/// A phrase stands for all its words, in the languages that have it.
inline void engine::find_phrases(reading& r, sentence const& s) const {
  for (std::size_t i = 0; i < s.size; ++i) {
    if (!words_.begins_phrase(s.tokens[i].word)) continue;
    std::uint32_t place = 0;
    word_id longest = no_word;
    std::size_t length = 0;
    for (std::size_t k = i; k < s.size; ++k) {
      if (k > i && (s.breaks >> k & 1U) != 0) break;
      place = words_.phrase_step(place, s.tokens[k].word);
      if (place == 0) break;
      if (word_id const w = words_.phrase_end(place); w != no_word) { longest = w; length = k + 1 - i; }
    }
    if (longest == no_word) continue;
    for (auto const& m : words_.meanings(longest)) {
      auto const& role = languages_[m.language].role;
      for (std::size_t k = i; k < i + length; ++k) {
        if (r.meant[m.language][k].any(class_set::of(unknown_class))) r.known[m.language] += m.classes.any(role.loan) ? 1U : 2U;
        class_set& is = r.meant[m.language][k];
        if (role.loose(m.classes)) is = k == i ? is.without(class_set::of(unknown_class)) | m.classes : is.without(class_set::of(unknown_class)) | role.as_light;
        else is = k == i ? m.classes : role.as_polite;
      }
    }
    i += length - 1;
  }
}

inline void engine::find_topics(reading& r, sentence const& s) const {
  std::fill_n(r.named.begin(), s.size, nullptr);
  class_set const is = class_set::of(topic_class), unknown = class_set::of(unknown_class);
  for (std::size_t i = 0; i < s.size; ++i) {
    std::size_t length = 0;
    scope_word const* const w = r.topics.find(s, i, length);
    if (w == nullptr) continue;
    for (std::size_t k = i; k < i + length; ++k) {
      r.named[k] = w;
      for (std::size_t l = 0; l < languages_.size(); ++l) {
        if ((r.speaks >> l & 1U) == 0) continue;
        if (r.meant[l][k].any(unknown)) r.known[l] += 1;
        r.meant[l][k] = r.meant[l][k].without(unknown) | is;
      }
    }
    i += length - 1;
  }
}

/// Unknown words behind a greeting or a title are a name, behind a closing formula a signature.
inline void engine::note_names(reading& r, sentence const& s, std::size_t l) const {
  auto const& role = languages_[l].role;
  auto& view = r.found.view(l);
  std::size_t name = 0;
  for (std::size_t i = 0; i < s.size; ++i) {
    class_set& c = r.meant[l][i];
    if (c.any(role.closing)) { view.names_left = 6; continue; }
    if (c.any(role.greeting | role.title)) { name = 2; continue; }
    bool const unknown = c.any(class_set::of(unknown_class));
    if (unknown && name > 0) { --name; c = role.as_title; }
    else if (unknown && view.names_left > 0) { --view.names_left; c = role.as_closing; }
    else name = 0;
  }
}

/// "Am 3. Mai schrieb …:" - what follows is not the sender's, unless only the lines with `>` are quoted.
inline bool engine::history(reading const& r, sentence const& s, scanner const& from) const {
  for (std::size_t l = 0; l < languages_.size(); ++l) {
    if ((r.speaks >> l & 1U) == 0) continue;
    auto const& lang = languages_[l];
    if (s.heads && r.meant[l][0].any(lang.role.header)) {
      word_id const next = from.header_of_next_line();
      if (next != no_word && words_.meaning_of(next, l).any(lang.role.header)) return true;
    }
    if (!s.announces) continue;
    class_set present{};
    for (std::size_t i = 0; i < s.size; ++i) present |= r.meant[l][i];
    extent where;
    for (auto const& q : lang.rules)
      if (q.kind == rule_kind::history && match(q, {r.meant[l].data(), s.size}, present, flags{}, where)) return true;
  }
  return false;
}

/// Bit i: token i begins a clause, as language `l` reads the sentence ("want" is *because* in Dutch and divides there
/// alone). People who dictate set no commas: a long clause is divided at "and" and "so" too; `joins` are all of these.
inline std::uint64_t engine::clause_starts(reading const& r, sentence const& s, std::size_t l, std::uint64_t& joins) const {
  constexpr std::size_t long_clause = 14;
  auto const& role = languages_[l].role;
  std::uint64_t starts = s.breaks | 1U;
  joins = 0;
  for (std::size_t i = 1; i < s.size; ++i) {
    class_set const& c = r.meant[l][i];
    std::uint64_t const here = std::uint64_t{1} << i;
    if (c.any(role.nobreak)) starts &= ~here;  // "…, but rather …" goes on
    if (c.any(role.breaks)) starts |= here;
    if (c.any(role.join)) joins |= here;
  }
  std::uint64_t out = starts;
  for (std::uint64_t rest = starts; rest != 0;) {
    auto const from = static_cast<std::size_t>(std::countr_zero(rest));
    rest &= rest - 1;
    std::size_t const to = rest == 0 ? s.size : std::min<std::size_t>(s.size, static_cast<std::size_t>(std::countr_zero(rest)));
    std::uint64_t const inside = to >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << to) - 1;
    if (to > from + long_clause) out |= joins & inside & ~((std::uint64_t{1} << from) - 1);
  }
  return out;
}

inline void engine::read_sentence(reading& r, sentence const& s) const {
  r.requests = 0;
  for (std::size_t l = 0; l < languages_.size(); ++l) {
    if ((r.speaks >> l & 1U) == 0) {  // not a word of it
      if (r.says) r.found.found_content(l, false, false);
      continue;
    }
    auto const& role = languages_[l].role;
    flags all;
    for (std::size_t i = 0; i < s.size; ++i) all.bits |= r.meant[l][i].bits[0];
    if ((all.bits & role.request.bits) != 0) r.requests |= 1U << l;
    if (r.found.view(l).names_left > 0 || (all.bits & role.naming().bits) != 0) note_names(r, s, l);
    r.found.view(l).known += r.known[l];
  }
  std::uint32_t const most = most_known(r);
  for (std::size_t l = 0; l < languages_.size(); ++l) {
    if ((r.speaks >> l & 1U) == 0) continue;
    // A language that knows far fewer words than another is not the one that was written.
    bool const likely = r.known[l] > 0 && r.known[l] * 4 >= most * 3;
    r.frame = nullptr;
    std::uint64_t joins = 0, rest = likely ? clause_starts(r, s, l, joins) : 1U;
    std::uint64_t const starts = rest;
    std::uint64_t spoke = 0, keywords = 0;           // bit i: the clause that begins at i said something, or was a keyword
    while (rest != 0) {
      auto const from = static_cast<std::size_t>(std::countr_zero(rest));
      rest &= rest - 1;
      std::size_t const to = rest == 0 ? s.size : std::min<std::size_t>(s.size, static_cast<std::size_t>(std::countr_zero(rest)));
      if (from >= s.size) break;
      if (likely) {
        auto const what = read_clause(r, s, l, from, to, joins);
        (what == said::keyword ? keywords : spoke) |= what == said::nothing ? 0U : std::uint64_t{1} << from;
      } else if (!all_light(r, s, l)) {
        r.found.found_content(l, s.asks, false);
      }
    }
    if (likely && r.frame == nullptr) read_neighbours(r, s, l, starts, spoke, keywords);
  }
  r.found.end_sentence();
  ++r.sentences;
}

/// What one clause begins the next may end, if it has a word that goes on and says nothing alone: "I no longer allow you,
/// to write to me." A keyword that the next clause turns to something else is doubted: "Stop, to call me Sir."
inline void engine::read_neighbours(reading& r, sentence const& s, std::size_t l, std::uint64_t starts, std::uint64_t spoke, std::uint64_t keywords) const {
  auto const end_of = [&](std::uint64_t behind) { return behind == 0 ? s.size : std::min<std::size_t>(s.size, static_cast<std::size_t>(std::countr_zero(behind))); };
  while (true) {
    auto const from = static_cast<std::size_t>(std::countr_zero(starts));
    starts &= starts - 1;                            // the one behind it
    if (starts == 0 || static_cast<std::size_t>(std::countr_zero(starts)) >= s.size) return;
    auto const next = static_cast<std::size_t>(std::countr_zero(starts));
    if ((spoke >> from & 1U) != 0 || ((spoke | keywords) >> next & 1U) != 0) continue;
    std::uint64_t const third = starts & (starts - 1), fourth = third & (third - 1);
    std::size_t const to = end_of(third);
    bool const goes_on = std::any_of(r.meant[l].begin() + static_cast<std::ptrdiff_t>(next), r.meant[l].begin() + static_cast<std::ptrdiff_t>(to),
                                     [&](class_set const& c) { return c.any(languages_[l].role.goes_on); });
    if (!goes_on) continue;
    if (read_clause(r, s, l, from, to, 0, true) != said::nothing) continue;
    if ((keywords >> from & 1U) != 0) r.found.view(l).sentence_doubt = true;
    else if (to < s.size) read_clause(r, s, l, from, end_of(fourth), 0, true);  // "The permission, to write to me, I withdraw."
  }
}

inline bool engine::all_light(reading const& r, sentence const& s, std::size_t l) const {
  return std::all_of(r.meant[l].begin(), r.meant[l].begin() + static_cast<std::ptrdiff_t>(s.size), [&](class_set const& c) { return c.any(languages_[l].role.light); });
}

/// A clause with `joins` is read again in parts where it says nothing as a whole, or where a part may ask for more than the
/// whole: "send the invoice and take me off", "do not write any more and delete my number".
/// `joined`: two clauses that said nothing apart are read as one.
inline engine::said engine::read_clause(reading& r, sentence const& s, std::size_t l, std::size_t from, std::size_t to, std::uint64_t joins, bool joined) const {
  auto const& lang = languages_[l];
  clause c;
  c.of = &s;
  c.size = 0;
  c.from = from;
  c.to = to;
  c.present = class_set{};
  std::size_t quoted = 0;
  bool light = true, outside_light = true;
  flags const quiet = lang.role.light;
  for (std::size_t i = from; i < to; ++i) {
    bool const in = s.tokens[i].quoted;
    quoted += in ? 1U : 0U;
    bool const silent = r.meant[l][i].any(quiet);
    light = light && silent;
    outside_light = outside_light && (in || silent);
  }
  c.quoted = quoted == to - from;
  c.light = light;
  // A yes that only fills ("schreibt mir gerne wieder") is no answer.
  flags const says = light ? lang.role.keyword() : lang.role.keyword().without(lang.role.yes), filling = lang.role.polite | flags::of(emoji_class);
  bool const hide = quoted > 0 && !c.quoted && !outside_light;  // words cited within a sentence
  for (std::size_t i = from; i < to; ++i) {
    class_set const t = hide && s.tokens[i].quoted ? class_set::of(unknown_class) : r.meant[l][i];
    c.present |= t;
    if (t.any(filling) && !t.any(says)) continue;
    c.tokens[c.size] = t;
    c.place[c.size++] = static_cast<std::uint8_t>(i);
  }
  bool const asks = s.asks && to == s.size && (r.requests >> l & 1U) == 0;
  if (asks) c.present |= class_set::of(asked_class);
  if (r.sentences == 0 && from == 0) c.present |= class_set::of(first_class);
  if (s.heads) c.present |= class_set::of(colon_class);
  if ((r.mentioned >> l & 1U) != 0) c.present |= class_set::of(mentioned_class);
  auto& view = r.found.view(l);
  if (c.light) {
    for (std::size_t i = from; i < to; ++i) view.sentence_topics.add(r.named[i]);
    view.everything = view.everything || c.present.any(lang.role.everything);
  }
  view.contact = view.contact || c.present.any(lang.role.contact | lang.role.annoyed | flags::of(topic_class));
  bool any = false;
  std::uint64_t const inside = to >= 64 ? ~std::uint64_t{0} : (std::uint64_t{1} << to) - 1;
  std::uint64_t const within = joins & inside & ~((std::uint64_t{2} << from) - 1);
  bool vetoed = false;
  if (apply_rules(r, l, c, within, any, vetoed)) return said::keyword;
  auto const told = [&any] { return any ? said::something : said::nothing; };
  if (c.light || c.quoted || joined) return told();
  if (within != 0 && !vetoed && r.known[l] == most_known(r)) {
    std::size_t begin = from;
    for (std::uint64_t rest = within; rest != 0; rest &= rest - 1) {
      auto const at = static_cast<std::size_t>(std::countr_zero(rest));
      any = read_clause(r, s, l, begin, at, 0) != said::nothing || any;
      begin = at;
    }
    any = read_clause(r, s, l, begin, to, 0) != said::nothing || any;
    return told();
  }
  r.found.found_content(l, c.present.any(lang.role.booking) || asks, c.present.any(lang.role.correction));
  if (c.present.any(lang.role.neg)) view.doubted = true;
  return told();
}

/// Tries the rules that hang on the classes present; `any` if one fits. True if the clause is only a keyword. A veto that
/// reaches over one of `joins` behind which a request begins anew does not count: "I do not need it and please sign me off."
inline bool engine::apply_rules(reading& r, std::size_t l, clause const& c, std::uint64_t joins, bool& any, bool& vetoed) const {
  auto const& lang = languages_[l];
  bool keyword = false;
  rule const* veto = nullptr;
  extent where;
  auto const report = [&](rule const& q, extent e) {
    any = true;
    finding f{};
    // "I do not mean to unsubscribe, but who are you?" - what denies a wish does not deny a question.
    bool const question = q.what == intent::help || q.what == intent::access;
    bool const framed = r.frame != nullptr && q.what != intent::none && !(question && r.frame->what == intent::none);
    f.why = framed ? r.frame : &q;
    f.what = f.why->what;
    f.language = static_cast<std::uint8_t>(l);
    f.known = r.known[l];
    f.begin = c.of->tokens[c.place[e.begin]].begin;
    f.end = c.of->tokens[c.place[e.end - 1]].end;
    f.everything = q.everything;
    auto& view = r.found.view(l);
    topics_named named{};
    for (std::size_t i = c.from; i < c.to; ++i) named.add(r.named[i]);
    if (f.what == intent::stop) {
      view.everything = view.everything || c.present.any(lang.role.everything);
      view.topics.add(named);
    } else if (f.what == intent::start) {
      view.start_topics.add(named);
    }
    if (q.kind == rule_kind::keyword && !framed) {
      keyword = true;
      view.exclaimed = view.exclaimed || (q.what == intent::stop && c.present.any(lang.role.interjection));
      if (!c.quoted) r.found.found_keyword(f, q.alone);
      else r.found.found(f, true);
    } else if (f.what != intent::none) {
      r.found.found(f, c.quoted);
    } else {
      r.found.found_nothing();
    }
  };
  auto const each = [&](compiled::hooks const& hooks, auto&& use) {
    auto const& triggers = hooks.triggers.bits;
    for (std::size_t word = 0; word < triggers.size(); ++word)
      for (std::uint64_t bits = triggers[word] & c.present.bits[word]; bits != 0; bits &= bits - 1)
        for (auto const& h : hooks.by_class[word * 64 + static_cast<std::size_t>(std::countr_zero(bits))])
          if (h.may_fit(c.present)) use(lang.rules[h.rule]);
  };
  std::span<class_set const> const tokens{c.tokens.data(), c.size};
  each(lang.before, [&](rule const& q) {
    if (q.kind == rule_kind::mention) {
      ++r.tried;
      extent here;
      if (!c.quoted && match(q, tokens, c.present, lang.role.light, here)) r.mentioned |= 1U << l;
      return;
    }
    if (q.kind == rule_kind::frame) {
      if (r.frame != nullptr) return;
      ++r.tried;
      extent here;
      if (match(q, tokens, c.present, lang.role.light, here)) r.frame = &q;
      return;
    }
    if (veto != nullptr && rank_of(q.what) <= rank_of(veto->what)) return;
    ++r.tried;
    extent here;
    if (match(q, tokens, c.present, lang.role.light, here)) { veto = &q; where = here; }
  });
  if (veto != nullptr) {
    std::size_t const first = c.place[where.begin], last = c.place[where.end - 1];
    for (std::uint64_t rest = joins; rest != 0 && r.known[l] == most_known(r); rest &= rest - 1) {
      auto const at = static_cast<std::size_t>(std::countr_zero(rest));
      if (at > first && at < last && at + 1 < c.of->size && r.meant[l][at + 1].any(lang.role.polite | lang.role.want)) return false;
    }
    report(*veto, where);
    vetoed = true;
    return false;
  }
  each(lang.after, [&](rule const& q) {
    ++r.tried;
    if (match(q, tokens, c.present, lang.role.light, where)) report(q, where);
  });
  return keyword;
}

/// `each` is called with every sentence after it was read.
template <class Each>
void engine::read_all(reading& r, std::size_t& steps, Each const& each) const {
  scanner from{r.message, folds_, words_};
  sentence s;
  while (from.next(s)) {
    give_meaning(r, s);
    if ((s.announces || s.heads) && history(r, s, from)) {
      if (from.quoted_line_follows()) continue;
      break;
    }
    read_sentence(r, s);
    each(s);
  }
  steps = from.steps() + r.tried;
}

/// Most messages are only a keyword and need no weighing: sentences are weighed from the first that says more, and where
/// one came before it, in a second pass.
inline classification engine::classify(std::string_view message, std::span<scope_word const> topics, weighing how) const {
  topic_finder const named{topics, folds_, words_};
  reading r{message, named, languages_.size()};
  std::size_t steps = 0;
  weighed w;
  bool const weigh = how != weighing::none && !weights_.empty();
  bool left_out = !weigh;
  read_all(r, steps, [&](sentence const& s) {
    left_out = left_out || r.found.only_keywords();
    if (!left_out) weigh_sentence(r, s, w);
  });
  auto c = r.found.answer(codes_);
  if (!weigh || r.found.only_keywords()) return c;
  if (left_out) {
    reading again{message, named, languages_.size()};
    w = {};
    read_all(again, steps, [&](sentence const& s) { weigh_sentence(again, s, w); });
  }
  second_opinion(r.found, w, how, c);
  return c;
}

inline std::size_t engine::steps(std::string_view message) const {
  reading r{message, topic_finder{{}, folds_, words_}, languages_.size()};
  std::size_t steps = 0;
  read_all(r, steps, [](sentence const&) {});
  return steps;
}

}  // namespace jawort::keyword
