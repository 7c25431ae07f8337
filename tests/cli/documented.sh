#!/usr/bin/env bash
# documented.sh BINARY SOURCE: every command is in the README or the manual, the manual page names every command, option
# and exit status, and completion knows every command.
set -uo pipefail
jawort=$1 source=$2
failed=0
say() { echo "$*" >&2; failed=1; }
for lang in de en; do
  help=$("$jawort" --lang $lang --help)
  man=$("$jawort" --lang $lang man | sed 's/\\-/-/g; s/\\fB//g; s/\\fR//g')
  mapfile -t names < <(sed -n '/^\(Befehle\|Commands\)/,/^$/s/^  \([a-z-]*\( [a-z-]\+\)\{0,1\}\) .*/\1/p' <<<"$help")
  [[ ${#names[@]} -gt 20 ]] || say "only ${#names[@]} commands found in the help"
  for name in "${names[@]}"; do
    grep -qF -- "jawort $name" "$source/README.md" "$source"/docs/*.md || say "not in the README nor in docs/: $name"
    grep -qF -- "jawort $name" <<<"$man" || say "not in the manual page: $name"
    # shellcheck disable=SC2086
    while read -r option _; do
      grep -qE -- "^$option( |\$)" <<<"$man" || say "not in the manual page: $name $option"
    done < <("$jawort" --lang $lang $name --help | sed -n 's/^  \(--[a-z-]*\).*/\1/p')
  done
  for status in 0 1 2 3 4 5 10 11 130; do
    grep -qE "^  $status +" <<<"$help" || say "exit status $status is not in the help"
    grep -qE "^$status\$" <<<"$man" || say "exit status $status is not in the manual page"
  done
done
fish=$("$jawort" completion fish)
for name in "${names[@]}"; do
  grep -qE -- "-a ${name##* }( |\$)" <<<"$fish" || say "fish does not complete $name"
done
bash -n <("$jawort" completion bash) || say "the completion for bash has a mistake"
# shellcheck disable=SC1090
words=$(source <("$jawort" completion bash); COMP_WORDS=(jawort broadcast check liste.csv --chan) COMP_CWORD=4; _jawort; echo "${COMPREPLY[@]}")
[[ $words == --channel ]] || say "bash completes 'broadcast check … --chan' as '$words'"
words=$(source <("$jawort" completion bash); COMP_WORDS=(jawort notice a) COMP_CWORD=2; _jawort; echo "${COMPREPLY[@]}")
[[ $words == add ]] || say "bash completes 'notice a' as '$words'"
exit $failed
