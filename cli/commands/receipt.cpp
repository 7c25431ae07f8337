// receipt
#include "jawort/ledger/receipt.hpp"

#include <iostream>

#include "jawort/ledger/normalise.hpp"
#include "render.hpp"
#include "terminal.hpp"

namespace jawort::cli {
namespace {
/// Line by line, so that nobody's words can move a cursor.
std::string inert_lines(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    auto const end = text.find('\n');
    out += inert(text.substr(0, end)) + "\n";
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
  }
  return out;
}

int receipt_command(context& c) {
  auto const format = c.args.get("format").value_or(c.global.json ? "dpv" : "text");
  if (format != "text" && format != "dpv" && format != "kantara")
    return report(c, {failure::malformed, {"unbekanntes Format '" + format + "'", "unknown format '" + format + "'"}, {"text, dpv oder kantara", "text, dpv or kantara"}}, usage);
  int status = done;
  auto book = open_ledger(c, status);
  if (!book) return status;
  auto who = normaliser{book->region()}.parse(c.args.words[0], std::nullopt);
  if (!who) return report(c, who.error(), usage);
  auto r = receipt_of(*book, *who, now_of(c));
  if (!r) return report(c, r.error(), r.error().code == failure::not_found ? std::optional<int>{could_not} : std::nullopt);
  if (format == "text") std::cout << inert_lines(to_text(*r, c.global.lang == tongue::de));
  else std::cout << (format == "dpv" ? to_dpv(*r) : to_kantara(*r));
  return done;
}
}  // namespace

std::vector<command> receipt_commands() {
  return {{"receipt", "ADDRESS", 1, 1, {"der Einwilligungsbeleg für eine Person: wozu, wann, wie, und wie sie es beendet", "a person's consent receipt: what for, when, how, and how they stop it"},
           {"jawort receipt +491713920001", "jawort receipt +491713920001 --format dpv > beleg.jsonld"},
           {{"format", {"FORMAT", "FORMAT"}, {"text (Standard), dpv (JSON-LD, W3C Data Privacy Vocabulary), kantara (Consent Receipt 1.1)", "text (default), dpv (JSON-LD, W3C Data Privacy Vocabulary), kantara (Consent Receipt 1.1)"}}},
           receipt_command}};
}

}  // namespace jawort::cli
