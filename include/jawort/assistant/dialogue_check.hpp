// jawort/assistant/dialogue_check.hpp - what is wrong with a dialogue, before anybody talks to it.
//
// Every step is reached and leads somewhere; on every way to a step that asks for consent a notice is chosen, and the
// notice is shown there or before, after it was chosen. Errors name the line. Pure.
#pragma once
#include <set>
#include <tuple>

#include "dialogue.hpp"
#include "wording.hpp"

namespace jawort {

struct dialogue_problem {
  std::size_t line = 0;
  bilingual text;
  bilingual hint;
};

namespace detail {

[[nodiscard]] inline bool shows_notice(dialogue_step const& s, bool german) {
  auto const all = placeholders_in(german || s.text.en.empty() ? s.text.de : s.text.en);
  return std::find(all.begin(), all.end(), "notice") != all.end();
}

/// Walks every way through a dialogue; what matters about a way is the step, the notice chosen and whether it was shown.
class dialogue_walk {
 public:
  explicit dialogue_walk(dialogue const& d) : d_(d) {}

  std::optional<dialogue_problem> run() {
    go(d_.steps.front(), "", false);
    if (!problem_)
      for (auto const& s : d_.steps)
        if (!seen_steps_.contains(s.id)) { fail(s, "Schritt '" + s.id + "' wird nie erreicht", "step '" + s.id + "' is never reached", {"ein anderer Schritt muss ihn mit next nennen", "another step must name it with next"}); break; }
    return problem_;
  }

 private:
  void fail(dialogue_step const& s, std::string de, std::string en, bilingual hint) {
    if (!problem_) problem_ = dialogue_problem{s.line, {std::move(de), std::move(en)}, std::move(hint)};
  }
  void go(dialogue_step const& s, std::string const& chosen, bool shown) {
    if (problem_ || !seen_.insert({s.id, chosen, shown}).second) return;
    seen_steps_.insert(s.id);
    std::string const notice = chosen.empty() && s.kind == step_kind::consent ? s.notice : chosen;
    bool const shows = shows_notice(s, true) && shows_notice(s, false);
    if (shows && s.kind != step_kind::consent && notice.empty()) {
      fail(s, "Schritt '" + s.id + "' zeigt {notice}, aber auf einem Weg hierher ist noch kein Hinweis gewählt", "step '" + s.id + "' shows {notice}, but on some way here none is chosen yet",
           {"den Hinweis vorher mit einer Antwort wählen (notice = …)", "choose the notice with an answer before it (notice = …)"});
      return;
    }
    if (s.kind == step_kind::consent) {
      if (notice.empty()) fail(s, "Schritt '" + s.id + "' bittet um eine Einwilligung, aber kein Hinweis ist gewählt", "step '" + s.id + "' asks for consent, but no notice is chosen", {"notice = \"ID\" in den Schritt schreiben", "write notice = \"ID\" into the step"});
      else if (!shows && !shown)
        fail(s, "Schritt '" + s.id + "' bittet um eine Einwilligung, ohne dass der Hinweis vorher zu lesen war", "step '" + s.id + "' asks for consent, and the notice was not shown before",
             {"{notice} in den Text dieses Schritts schreiben, in beiden Sprachen", "write {notice} into this step's text, in both languages"});
      return;
    }
    bool const seen_now = shown || shows;
    if (s.kind == step_kind::words) follow(s, s.next, notice, seen_now);
    for (auto const& a : s.answers) {
      bool const another = !a.notice.empty() && a.notice != notice;
      follow(s, a.next, a.notice.empty() ? notice : a.notice, seen_now && !another);
    }
  }
  void follow(dialogue_step const& from, std::string const& next, std::string const& notice, bool shown) {
    if (auto const* s = d_.find(next)) { go(*s, notice, shown); return; }
    std::vector<std::string> ids;
    for (auto const& s : d_.steps) ids.push_back(s.id);
    auto const near = nearest(next, ids);
    if (next.empty()) fail(from, "nach Schritt '" + from.id + "' geht es nicht weiter", "nothing follows step '" + from.id + "'", {"next = \"SCHRITT\" ergänzen", "add next = \"STEP\""});
    else fail(from, "unbekannter Schritt '" + next + "'", "unknown step '" + next + "'", near.empty() ? bilingual{} : bilingual{"meinten Sie " + near + "?", "did you mean " + near + "?"});
  }

  dialogue const& d_;
  std::set<std::tuple<std::string, std::string, bool>> seen_;
  std::set<std::string> seen_steps_;
  std::optional<dialogue_problem> problem_;
};
}  // namespace detail

/// The first thing that is wrong with the ways through a dialogue. It has at least one step.
[[nodiscard]] inline std::optional<dialogue_problem> check_ways(dialogue const& d) { return detail::dialogue_walk{d}.run(); }

/// Notices that may be chosen or shown, each once.
[[nodiscard]] inline std::vector<std::string> notices_of(dialogue const& d) {
  std::set<std::string> out;
  for (auto const& s : d.steps) {
    if (!s.notice.empty()) out.insert(s.notice);
    for (auto const& a : s.answers)
      if (!a.notice.empty()) out.insert(a.notice);
  }
  return {out.begin(), out.end()};
}
/// Topics that may be chosen, each once.
[[nodiscard]] inline std::vector<purpose> purposes_of(dialogue const& d) {
  std::set<purpose> out;
  for (auto const& s : d.steps)
    for (auto const& a : s.answers)
      if (a.about) out.insert(*a.about);
  return {out.begin(), out.end()};
}

}  // namespace jawort
