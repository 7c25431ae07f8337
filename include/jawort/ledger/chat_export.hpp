// jawort/ledger/chat_export.hpp - WhatsApp's exported chats, as evidence of who wrote first.
//
// Android `12.03.16, 14:05 - Name: text`, iOS `[12.03.16, 14:05:11] Name: text`, the 12-hour forms of German phones
// (vorm., nachm., morgens, mittags, abends, nachts), other countries' dates. Lines without a header go on with the message
// before. The file's times are the phone's local time.
//
//   auto chat = read_chat_export(bytes, day_order::unsaid);
//   chat->messages[0].author;      // "+49 171 3920001", or the name that the phone's address book had
//
// Which of two numbers is the day is inferred: from a number above 12, from dots (nobody writes the month first with
// dots), from the order of the lines. Where the file does not tell, that is an error that asks for it.
// Bounds: 64 MiB. Thread safety: functions without shared state (`import_chat`: as the ledger's).
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "import.hpp"

namespace jawort {

enum class day_order : std::uint8_t { unsaid, day_first, month_first };

struct chat_message {
  std::size_t line = 0;              ///< physical line of its header, from 1
  std::int64_t local_ms = 0;         ///< the phone's local time, counted as if it were UTC
  std::string author;                ///< as the file has it; empty for a line of the system
  std::string text;                  ///< the author's words, or the system's
  bool medium = false;
};

struct chat_file {
  std::vector<chat_message> messages;
  bool group = false;
  day_order inferred = day_order::unsaid;   ///< what ambiguous dates were read as; `unsaid` where none was ambiguous
};

/// Errors: `malformed` for a file without a single header, and where day and month cannot be told apart.
[[nodiscard]] result<chat_file> read_chat_export(std::string_view bytes, day_order order);

/// All `+…` numbers in a text, in its order, canonical.
[[nodiscard]] std::vector<address> numbers_in(std::string_view text);

struct chat_import_options {
  std::string file_name;             ///< for messages
  day_order order = day_order::unsaid;
  std::string self;                  ///< the office's own name in the chat
  std::optional<address> other;      ///< whom every other name in the chat stands for
  std::string operator_name;
  bool partial = false, dry_run = false;
};

/// Records a chat: messages of a customer as `inbound`, the office's own as `outbound` without a purpose, changes of number.
/// No consent comes of it, and no words are kept. In a group's chat only members and changes are recorded: who writes in a
/// group has not written to the office. Times are taken for Central European local time. Rows add up as in `import_file`.
[[nodiscard]] result<import_report> import_chat(ledger& book, std::string_view bytes, chat_import_options const& options, instant now);

}  // namespace jawort
