// man, completion: both written from the table of commands, so that they say what the program takes.
#include <algorithm>
#include <iostream>
#include <set>

#include "../options.hpp"

namespace jawort::cli {
namespace {

/// A text for troff: nothing in it is a request or an escape.
std::string roff(std::string_view text) {
  std::string out = text.starts_with('.') || text.starts_with('\'') ? "\\&" : "";
  for (char const c : text) {
    if (c == '\\') out += "\\e";
    else if (c == '-') out += "\\-";
    else out += c;
  }
  return out;
}

std::string option_words(context const& c, option_spec const& o) {
  auto const& value = c.say(o.value);
  return "--" + o.name + (value.empty() ? "" : " " + value);
}

void man_command(context const& c, command const& cmd) {
  std::cout << ".SS \"" << roff("jawort " + cmd.name + (cmd.positionals.empty() ? "" : " " + cmd.positionals)) << "\"\n" << roff(c.say(cmd.summary)) << ".\n";
  for (auto const& o : cmd.options)
    std::cout << ".TP\n\\fB" << roff(option_words(c, o)) << "\\fR\n" << roff(c.say(o.what)) << (o.required ? c.say(" (nötig)", " (required)") : "") << "\n";
  for (auto const& e : cmd.examples) std::cout << ".PP\n.RS\n.nf\n" << roff(e) << "\n.fi\n.RE\n";
}

int man(context& c) {
  std::cout << ".TH JAWORT 1 \"\" \"jawort " << program_version << "\"\n.SH NAME\n"
            << c.say("jawort \\- Einwilligungen in Nachrichten: eine Antwort mit Gründen, und ihr Beweis\n",
                     "jawort \\- consent to being written to: one answer with reasons, and its proof\n")
            << c.say(".SH AUFRUF\n", ".SH SYNOPSIS\n") << ".B jawort\n" << c.say("[ANGABEN] BEFEHL …\n", "[OPTIONS] COMMAND …\n")
            << c.say(".SH BEFEHLE\n", ".SH COMMANDS\n");
  for (auto const& cmd : commands()) man_command(c, cmd);
  std::cout << c.say(".SH ÜBERALL\n", ".SH EVERYWHERE\n");
  for (auto const& o : global_option_specs())
    std::cout << ".TP\n\\fB" << roff(option_words(c, o)) << "\\fR\n" << roff(c.say(o.what)) << "\n";
  std::cout << c.say(".SH RÜCKGABE\n", ".SH EXIT STATUS\n");
  for (auto const& [status, what] : exit_meanings())
    std::cout << ".TP\n\\fB" << static_cast<int>(status) << "\\fR\n" << roff(c.say(what)) << "\n";
  std::cout << c.say(".SH UMGEBUNG\nJAWORT_LEDGER, JAWORT_LANG, NO_COLOR\n.SH HINWEIS\njawort ist keine Rechtsberatung.\n",
                     ".SH ENVIRONMENT\nJAWORT_LEDGER, JAWORT_LANG, NO_COLOR\n.SH NOTE\njawort is not legal advice.\n");
  return done;
}

/// Options of a command and those that go everywhere, as words.
std::string words_after(command const* cmd) {
  std::string out;
  if (cmd != nullptr)
    for (auto const& o : cmd->options) out += " --" + o.name;
  for (auto const& o : global_option_specs()) out += " --" + o.name;
  return out + " --help";
}

std::vector<std::string> first_words() {
  std::set<std::string> out;
  for (auto const& cmd : commands()) out.insert(cmd.name.substr(0, cmd.name.find(' ')));
  return {out.begin(), out.end()};
}

std::string joined(std::vector<std::string> const& words) {
  std::string out;
  for (auto const& w : words) out += (out.empty() ? "" : " ") + w;
  return out;
}

/// Second words of the commands that have two, by their first.
std::string second_words(std::string const& first) {
  std::vector<std::string> out;
  for (auto const& cmd : commands())
    if (cmd.name.starts_with(first + " ")) out.push_back(cmd.name.substr(first.size() + 1));
  return joined(out);
}

/// For bash, and for zsh after `bashcompinit`.
void complete_bash() {
  std::cout << "_jawort() {\n  local cur=${COMP_WORDS[COMP_CWORD]} words=() w\n  COMPREPLY=()\n"
               "  for w in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do [[ $w == -* ]] || words+=(\"$w\"); done\n"
               "  case \"${words[0]:-} ${words[1]:-}\" in\n";
  for (auto const& cmd : commands())
    if (cmd.name.find(' ') != std::string::npos)
      std::cout << "    \"" << cmd.name << "\") [[ $cur == -* ]] && COMPREPLY=($(compgen -W \"" << words_after(&cmd).substr(1) << "\" -- \"$cur\")) || COMPREPLY=($(compgen -f -- \"$cur\")); return;;\n";
  std::cout << "  esac\n  case \"${words[0]:-}\" in\n    \"\") COMPREPLY=($(compgen -W \"" << joined(first_words()) << words_after(nullptr) << "\" -- \"$cur\"));;\n";
  for (auto const& first : first_words()) {
    auto const second = second_words(first);
    auto const own = std::find_if(commands().begin(), commands().end(), [&](command const& cmd) { return cmd.name == first; });
    std::cout << "    " << first << ") ";
    if (!second.empty()) std::cout << "[[ $cur != -* && ${#words[@]} -eq 1 ]] && { COMPREPLY=($(compgen -W \"" << second << "\" -- \"$cur\")); return; }; ";
    std::cout << "[[ $cur == -* ]] && COMPREPLY=($(compgen -W \"" << words_after(own == commands().end() ? nullptr : &*own).substr(1) << "\" -- \"$cur\")) || COMPREPLY=($(compgen -f -- \"$cur\"));;\n";
  }
  std::cout << "  esac\n}\ncomplete -o filenames -F _jawort jawort\n";
}

std::string quoted_for_fish(std::string const& text) {
  std::string out = "'";
  for (char const ch : text) out += ch == '\'' || ch == '\\' ? std::string{'\\', ch} : std::string{ch};
  return out + "'";
}

void complete_fish(context const& c) {
  for (auto const& first : first_words()) std::cout << "complete -c jawort -n __fish_use_subcommand -a " << first << "\n";
  for (auto const& cmd : commands()) {
    auto const space = cmd.name.find(' ');
    std::string const first = cmd.name.substr(0, space);
    std::string here = "__fish_seen_subcommand_from " + first;
    if (space != std::string::npos) {
      std::string const second = cmd.name.substr(space + 1);
      std::cout << "complete -c jawort -n '" << here << "' -a " << second << " -d " << quoted_for_fish(c.say(cmd.summary)) << "\n";
      here += "; and __fish_seen_subcommand_from " + second;
    }
    for (auto const& o : cmd.options)
      std::cout << "complete -c jawort -n '" << here << "' -l " << o.name << (o.value.en.empty() ? "" : " -r") << " -d " << quoted_for_fish(c.say(o.what)) << "\n";
  }
  for (auto const& o : global_option_specs()) std::cout << "complete -c jawort -l " << o.name << (o.value.en.empty() ? "" : " -r") << " -d " << quoted_for_fish(c.say(o.what)) << "\n";
}

int completion(context& c) {
  auto const& shell = c.args.words[0];
  if (shell == "bash") complete_bash();
  else if (shell == "zsh") { std::cout << "autoload -U +X bashcompinit && bashcompinit\n"; complete_bash(); }
  else if (shell == "fish") complete_fish(c);
  else return report(c, {failure::malformed, {"bash, zsh oder fish, nicht " + shell, "bash, zsh or fish, not " + shell}, {}}, usage);
  return done;
}
}  // namespace

std::vector<command> manual_commands() {
  return {{"man", "", 0, 0, {"die Handbuchseite", "the manual page"}, {"jawort man | man -l -", "jawort man > /usr/local/share/man/man1/jawort.1"}, {}, man},
          {"completion", "SHELL", 1, 1, {"Vervollständigung für bash, zsh oder fish", "completion for bash, zsh or fish"},
           {"jawort completion bash > /etc/bash_completion.d/jawort", "jawort completion fish > ~/.config/fish/completions/jawort.fish"}, {}, completion}};
}

}  // namespace jawort::cli
