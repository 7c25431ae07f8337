// cli/options.hpp - one table of commands and options: parsing, help and did-you-mean come from it.
#pragma once
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "jawort/result.hpp"
#include "jawort/rule.hpp"
#include "jawort/time.hpp"

namespace jawort::cli {

/// Exit statuses, as CONTRACT fixes them.
enum exit_status : int {
  done = 0, could_not = 1, usage = 2, answer_is_no = 3, not_verified = 4, rows_refused = 5, no_ledger = 10, ledger_busy = 11,
  interrupted = 130
};

struct global_options {
  std::string ledger = "jawort.db";
  std::optional<instant> now;
  bool json = false;
  bool quiet = false;
  bool colour = false;
  tongue lang = tongue::en;
  bool lang_given = false;   ///< --lang was said
};

/// A named option. Without `value` it is a flag.
struct option_spec {
  std::string name;
  bilingual value;   ///< what stands for the value in help; empty for a flag
  bilingual what;
  bool required = false;
  bool many = false;   ///< may stand there more than once; the values are kept a line each
};

/// What a command got: positional arguments in order, options by name.
struct arguments {
  std::vector<std::string> words;
  std::map<std::string, std::string> options;
  [[nodiscard]] bool has(std::string const& name) const { return options.contains(name); }
  [[nodiscard]] std::optional<std::string> get(std::string const& name) const {
    auto const at = options.find(name);
    return at == options.end() ? std::nullopt : std::optional{at->second};
  }
};

struct context {
  global_options global;
  arguments args;
  /// The text in the language of this call.
  [[nodiscard]] std::string const& say(bilingual const& t) const { return global.lang == tongue::de ? t.de : t.en; }
  [[nodiscard]] std::string say(char const* de, char const* en) const { return global.lang == tongue::de ? de : en; }
};

struct command {
  std::string name;                       ///< "check", "broadcast check"
  std::string positionals;                ///< "ADDRESS"
  std::size_t least_words = 0, most_words = 0;
  bilingual summary;
  std::vector<std::string> examples;
  std::vector<option_spec> options;
  int (*run)(context&);
};

/// Every command, in the order of help.
[[nodiscard]] std::vector<command> const& commands();

/// The options that go with every command, and what each exit status means: for help, manual page and completion.
[[nodiscard]] std::vector<option_spec> const& global_option_specs();
[[nodiscard]] std::vector<std::pair<exit_status, bilingual>> const& exit_meanings();
inline constexpr char const* program_version = "0.1.0";

/// Rows of the table that stand beside their commands.
[[nodiscard]] std::vector<command> manual_commands();
[[nodiscard]] std::vector<command> receive_commands();

/// Parses and runs; the only way in.
[[nodiscard]] int run(int argc, char const* const* argv);

/// Prints an error on stderr (as JSON with --json) and gives the exit status that belongs to it, or `status`.
int report(context const& c, error const& why, std::optional<int> status = std::nullopt);

/// The time of this call: --now, or the system's clock.
[[nodiscard]] instant now_of(context const& c);

/// An option that must be RFC 3339, if it is there.
[[nodiscard]] result<std::optional<instant>> time_option(context const& c, std::string const& name);

// The commands' bodies, in cli/commands/.
int init(context&);
int notice_add(context&);
int notice_check(context&);
int notice_list(context&);
int notice_show(context&);
int import_rows(context&);
int record(context&);
int check(context&);
int broadcast_check(context&);
int history(context&);
int checkpoint(context&);
std::vector<command> rule_commands();
std::vector<command> message_commands();
std::vector<command> permit_commands();
std::vector<command> group_commands();
std::vector<command> contacts_commands();
std::vector<command> audit_commands();
std::vector<command> rights_commands();
std::vector<command> access_commands();
std::vector<command> sweep_commands();
int verify(context&);

// Commands that bring their own rows of the table.
std::vector<command> keyword_commands();
std::vector<command> ledger_commands();

/// What `verify` of the ledger itself takes.
std::vector<option_spec> verify_options();
std::vector<command> proof_commands();
std::vector<command> receipt_commands();
std::vector<command> office_commands();

/// `verify` from files alone; nothing where it is about the ledger.
std::optional<int> verify_files(context&);
std::vector<option_spec> file_verification_options();

}  // namespace jawort::cli
