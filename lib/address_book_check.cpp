// What the ledger knows of each number of an address book, and the file without those that may not stay.
#include <algorithm>
#include <array>
#include <map>

#include "jawort/ledger/address_book.hpp"

namespace jawort {
namespace {

/// Words that the person sent on WhatsApp: a message, or a consent given by one.
bool is_word_on_whatsapp(event const& e) {
  if (e.on != channel::whatsapp || !(e.via.empty() || e.via == name(channel::whatsapp))) return false;
  if (e.kind == event_kind::inbound) return true;
  return (e.kind == event_kind::confirmed || e.kind == event_kind::given || e.kind == event_kind::renewed) && facts_of(e).by_message;
}

/// Reasons for which a number goes, whatever else is known.
bool is_stop(reason_code c) {
  constexpr std::array<reason_code, 9> stops{reason_code::erased, reason_code::objected, reason_code::withdrawn, reason_code::restricted, reason_code::known_unwanted,
                                             reason_code::revoked, reason_code::confirmation_disputed, reason_code::number_holder, reason_code::ledger_behind_anchor};
  return std::find(stops.begin(), stops.end(), c) != stops.end();
}

class checking {
 public:
  checking(ledger* book, std::set<address> const& registered, moment when) : book_(book), registered_(registered), when_(when) {}

  [[nodiscard]] result<contact_basis> basis(address const& a) {
    if (auto const known = known_.find(a); known != known_.end()) return known->second;
    contact_evidence e;
    for (address const& id : whatsapp_numbers_of(a)) {
      e.registered = e.registered || registered_.contains(id);
      if (book_ == nullptr) continue;
      question q;
      q.who = &id;
      q.on = channel::whatsapp;
      q.about = purpose::address_book();
      q.at = when_.at;
      q.as_recorded = when_.as_recorded;
      auto const d = book_->ask(q);
      if (!d) return d.error();
      e.agreed = e.agreed || d->may_send();
      for (reason const& r : d->reasons) e.stopped = e.stopped || is_stop(r.code);
      auto const history = book_->history(id, when_.as_recorded);
      if (!history) return history.error();
      e.wrote = e.wrote || wrote(*history);
    }
    auto const b = judge_contact(e);
    known_.emplace(a, b);
    return b;
  }

 private:
  /// After the last erasure, if there was one.
  [[nodiscard]] bool wrote(std::vector<event> const& history) const {
    instant erased = instant::earliest();
    bool any = false;
    for (event const& e : history)
      if (when_.sees(e) && e.kind == event_kind::erased && (!any || e.occurred_at > erased)) { erased = e.occurred_at; any = true; }
    return std::any_of(history.begin(), history.end(), [&](event const& e) {
      return when_.sees(e) && is_word_on_whatsapp(e) && (!any || e.occurred_at > erased);
    });
  }

  ledger* book_;
  std::set<address> const& registered_;
  moment when_;
  std::map<address, contact_basis> known_;
};

/// A value that is words only ("Handy") transfers no number.
bool words_only(std::string const& written) {
  return std::count_if(written.begin(), written.end(), [](char c) { return detail::is_digit(c); }) < 3;
}

bool stays(book_contact const& c, book_report const& r, std::size_t contact, std::size_t number) {
  contact_basis const b = r.bases[contact][number];
  return outcome_of(b) != outcome::deny || (b == contact_basis::unreadable && words_only(c.numbers[number].written));
}
}  // namespace

result<book_report> check_address_book(address_book const& book, ledger* ledger_or_null, std::set<address> const& registered, instant at, instant as_recorded) {
  book_report out;
  checking check{ledger_or_null, registered, {at, as_recorded}};
  std::map<address, std::vector<std::size_t>> places;
  std::set<address> removed;
  for (std::size_t c = 0; c < book.contacts.size(); ++c) {
    auto const& contact = book.contacts[c];
    if (contact.damaged) ++out.damaged;
    auto& bases = out.bases.emplace_back();
    bool found = false;
    for (std::size_t n = 0; n < contact.numbers.size(); ++n) {
      auto const& number = contact.numbers[n];
      bases.push_back(contact_basis::unreadable);
      if (number.who) {
        auto const b = check.basis(*number.who);
        if (!b) return b.error();
        bases.back() = *b;
        if (auto& at_places = places[*number.who]; at_places.empty() || at_places.back() != c) at_places.push_back(c);
      }
      if (bases.back() == contact_basis::registered) out.reasons.add({reason_code::address_book_upload, outcome::warn});
      if (stays(contact, out, c, n)) {
        if (bases.back() == contact_basis::unreadable) ++out.wordy;
        continue;
      }
      found = true;
      out.findings.push_back({c, n, bases.back()});
      if (number.who && removed.insert(*number.who).second) out.remove.push_back(*number.who);
    }
    if (found) ++out.upload_without_basis;
  }
  bool const unreadable_rows = book.is == address_book::form::csv && out.damaged != 0;
  if (!out.findings.empty() || unreadable_rows) out.reasons.add({reason_code::address_book_upload, outcome::deny});
  out.what = out.reasons.worst();
  for (auto& [a, contacts] : places)
    if (contacts.size() > 1) out.doubles.emplace_back(a, std::move(contacts));
  return out;
}

namespace {
/// What of a cell or card goes: the number's own bytes, and of several in one cell a separator with it.
void cut_numbers(book_contact const& c, book_report const& r, std::size_t place, std::vector<std::pair<std::size_t, std::size_t>>& cuts) {
  for (std::size_t first = 0; first < c.numbers.size();) {
    std::size_t last = first + 1;
    while (last < c.numbers.size() && c.numbers[last].same_cell) ++last;
    bool any_stays = false;
    for (std::size_t n = first; n < last; ++n) any_stays = any_stays || stays(c, r, place, n);
    if (!any_stays) cuts.emplace_back(c.numbers[first].cell_from, c.numbers[first].cell_to);
    bool kept_before = false;
    for (std::size_t n = first; any_stays && n < last; ++n) {
      if (stays(c, r, place, n)) { kept_before = true; continue; }
      if (kept_before) cuts.emplace_back(c.numbers[n - 1].to, c.numbers[n].to);
      else cuts.emplace_back(c.numbers[n].from, n + 1 < last ? c.numbers[n + 1].from : c.numbers[n].to);
    }
    first = last;
  }
}
}  // namespace

std::string cleaned(address_book const& book, book_report const& report) {
  std::vector<std::pair<std::size_t, std::size_t>> cuts;
  for (std::size_t c = 0; c < book.contacts.size(); ++c) {
    auto const& contact = book.contacts[c];
    std::size_t going = 0, staying = 0;
    for (std::size_t n = 0; n < contact.numbers.size(); ++n) ++(stays(contact, report, c, n) ? staying : going);
    bool const untold = book.is == address_book::form::csv && contact.damaged;
    bool const readable_stays = std::any_of(report.bases[c].begin(), report.bases[c].end(), [](contact_basis b) { return outcome_of(b) != outcome::deny; });
    if (untold || (going != 0 && !readable_stays)) cuts.emplace_back(contact.from, contact.to);
    else if (going != 0) cut_numbers(contact, report, c, cuts);
  }
  std::sort(cuts.begin(), cuts.end());
  std::string out;
  std::size_t at = 0;
  for (auto const& [from, to] : cuts) {
    if (from > at) out.append(book.bytes, at, from - at);
    at = std::max(at, to);
  }
  out.append(book.bytes, at, std::string::npos);
  return out;
}

}  // namespace jawort
