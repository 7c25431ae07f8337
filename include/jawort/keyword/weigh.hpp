// jawort/keyword/weigh.hpp - the words of a message put on the scales, and the answer that comes of it.
#pragma once
#include "engine.hpp"

namespace jawort::keyword {

/// The id of an answer that the weights gave, as `why`.
[[nodiscard]] constexpr std::string_view weighed_id(intent i) {
  switch (i) {
    case intent::start: return "weighed/start";
    case intent::stop: return "weighed/stop";
    case intent::help: return "weighed/help";
    case intent::access: return "weighed/access";
    case intent::erase: return "weighed/erase";
    case intent::wrong_number: return "weighed/wrong-number";
    case intent::dispute: return "weighed/dispute";
    case intent::unclear: return "weighed/unclear";
    case intent::none: break;
  }
  return {};
}

/// The language that knows most words of the sentence under way; the number of languages if none knows any.
inline std::size_t engine::best_known(reading const& r) const {
  std::size_t best = languages_.size();
  for (std::size_t l = 0; l < languages_.size(); ++l)
    if (r.known[l] > 0 && (best == languages_.size() || r.known[l] > r.known[best])) best = l;
  return best;
}

/// The words of a sentence that are weighed, with their classes in the language that knows most of them; none of a sentence
/// without a word that anybody knows.
inline void engine::weighable(reading const& r, sentence const& s, word_room& room) const {
  room.size = 0;
  std::size_t const l = best_known(r);
  if (l == languages_.size()) return;
  auto const quiet = [&](std::size_t i) {
    return s.tokens[i].quoted || s.tokens[i].kind == token_kind::emoji || r.meant[l][i].any(languages_[l].role.polite);
  };
  std::size_t from = 0, to = s.size, used = 0;
  while (from < to && quiet(from)) ++from;
  while (to > from && quiet(to - 1)) --to;
  static std::array<side, 5> const signs{side::of("#word"), side::of("#emoji"), side::of("#number"), side::of("#link"), side::of("#mail")};
  for (std::size_t i = from; i < to; ++i) {
    token const& t = s.tokens[i];
    if (t.quoted) continue;
    auto& w = room.words[room.size++];
    bool const spelt = t.kind == token_kind::word && t.text_size > 0;
    w.word = spelt ? side::of(s.spelling(t)) : signs[static_cast<std::size_t>(t.kind)];
    w.letters = spelt && std::all_of(w.word.text.begin(), w.word.text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    std::size_t const first = used;
    r.meant[l][i].each([&](std::size_t kind) {
      for (auto const g : languages_[l].groups_of[kind])
        if (used < first + word_room::most_groups) room.groups[used++] = g;
    });
    w.groups = {room.groups.data() + first, used - first};
  }
}

inline void engine::weigh_sentence(reading const& r, sentence const& s, weighed& w) const {
  word_room room;
  weighable(r, s, room);
  load here;
  each_feature({room.words.data(), room.size}, groups_, s.asks, [&](feature const& f) {
    auto const* const found = weights_.find(f);
    if (found != nullptr) here.add(*found);
    if (f.kind == feature_kind::word) { ++w.words; w.known += found != nullptr ? 1U : 0U; }
  });
  std::size_t const l = best_known(r);
  if (l < languages_.size()) w.words_in[l] += static_cast<std::uint32_t>(room.size);
  for (std::size_t i = 0; i < room.size; ++i)
    for (auto const g : room.words[i].groups) w.of_messages = w.of_messages || of_messages_[g];
  if (here.features == 0) return;
  typename weighed::place const place{0, s.tokens[0].begin, s.tokens[s.size - 1].end, {}, false, static_cast<std::uint8_t>(l)};
  topics_named named{};
  bool everything = false;
  for (std::size_t i = 0; i < s.size; ++i) {
    named.add(r.named[i]);
    everything = everything || r.meant[l][i].any(languages_[l].role.everything);
    w.books = w.books || r.meant[l][i].any(languages_[l].role.booking);
  }
  for (std::size_t i = 0; i < intents; ++i) {
    if (w.any && here.sum[i] <= w.most[i].sum) continue;
    w.most[i] = place;
    w.most[i].sum = here.sum[i];
    w.most[i].topics = named;
    w.most[i].everything = everything;
  }
  w.all.add(here);
  w.any = true;
}

/// What the rules answer, as features. A veto that says "none" tells more than silence.
template <class Use>
void engine::weigh_rules(verdict const& found, classification const& c, Use const& use) const {
  auto const what = side::of(jawort::name_of(c.what));
  use(feature{feature_kind::answer, what, {}});
  use(feature{feature_kind::answer, what, side::of(found.how())});
}

template <class Use>
bool engine::weigh(std::string_view message, std::span<scope_word const> topics, Use const& use) const {
  reading r{message, topic_finder{topics, folds_, words_}, languages_.size()};
  std::size_t steps = 0;
  auto const tell = [&](feature const& f) { use(f, weights_.empty() ? nullptr : weights_.find(f)); };
  word_room room;
  read_all(r, steps, [&](sentence const& s) {
    weighable(r, s, room);
    each_feature({room.words.data(), room.size}, groups_, s.asks, tell);
  });
  auto const c = r.found.answer(codes_);
  weigh_rules(r.found, c, tell);
  return !r.found.only_keywords();
}

/// The bounds that a message must reach; none where nothing can be said of it, or there is a reserve that it does not pass.
inline std::optional<weights::bounds> engine::bounds_for(weighed const& w, weighing how) const {
  if (w.words < 2) return std::nullopt;  // a word alone, "Angebot", is what the rules say it is
  auto bounds = weights_.sure();
  auto const l = static_cast<std::size_t>(std::max_element(w.words_in.begin(), w.words_in.end()) - w.words_in.begin());
  auto const* const reserve = how == weighing::careful && l < codes_.size() ? weights_.reserve_of(codes_[l]) : nullptr;
  if (reserve == nullptr) return bounds;
  if (!w.of_messages || w.known < reserve->known * w.words) return std::nullopt;
  bounds.stop = reserve->stop;
  bounds.unclear = reserve->unclear;
  return bounds;
}

inline void engine::second_opinion(verdict const& found, weighed& w, weighing how, classification& c) const {
  if (!w.any || found.how() == "denied") return;  // where a rule says that nothing is asked, it knows the words better
  auto const bounds = bounds_for(w, how);
  if (!bounds) return;
  weigh_rules(found, c, [&](feature const& f) {
    if (auto const* const weighs = weights_.find(f)) w.all.add(*weighs);
  });
  auto const p = probabilities(weights_, w.all);
  intent what = settle(*bounds, c.what, p);
  if (what == intent::stop && c.what == intent::unclear && w.books) what = intent::unclear;  // a booking is never a stop
  auto const of = [&p](intent i) { return p[static_cast<std::size_t>(i)]; };
  c.sure = of(what);
  if (what == c.what) return;
  double const sure = c.sure;
  c = {};
  c.what = what;
  c.sure = sure;
  if (what == intent::none) return;
  c.why = weighed_id(what);
  intent const speaks = what == intent::unclear && of(intent::stop) > of(intent::unclear) ? intent::stop : what;
  auto const& place = w.most[static_cast<std::size_t>(speaks)];
  c.language = codes_[place.language];
  c.begin = place.begin;
  c.end = place.end;
  if (what != intent::stop && what != intent::start) return;
  if (place.topics.one != nullptr && !place.topics.several) c.topic = place.topics.one->means;
  if (what == intent::stop) c.scope = c.topic ? stop_scope::topic : place.everything ? stop_scope::everything : stop_scope::unsaid;
}

}  // namespace jawort::keyword
