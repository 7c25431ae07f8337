#!/usr/bin/env bash
# Runs a golden transcript against the real binary: run_transcript.sh BINARY FILE.t
#
# A transcript is what a person would see at the terminal:
#     # a comment, or an empty line, before a command
#     $ jawort --ledger a.db verify
#     > --json                 (a further line of the same command)
#     the expected output, stdout and stderr together
#     size [0-9]+ (re)         (a line that an extended regex must match as a whole)
#     no newline here (no-eol) (the last line, when the output does not end in one)
#     ? 3                      (the exit status, when it is not 0)
# One bash runs all commands of a file in a fresh folder of its own: files, `cd` and `export` carry over. The binary's
# folder is first in PATH, TESTDATA is the repository; in the output their machine's paths read $TESTDATA and $PWD.
# A mismatch prints a unified diff and ends with 1. UPDATE=1 rewrites the file with what came; lines (re) that still
# match stay. Output that would be taken for something else ("$ …", a last line "# …") is written as a regex.
set -uo pipefail

usage() { echo "usage: [UPDATE=1] run_transcript.sh BINARY FILE.t" >&2; exit 2; }
[[ $# -eq 2 ]] || usage
[[ -x $1 && ! -d $1 ]] || { echo "$1: no such program" >&2; exit 2; }
[[ -r $2 && ! -d $2 ]] || { echo "$2: cannot be read" >&2; exit 2; }
bin=$(cd "$(dirname "$1")" && pwd)
transcript=$2
testdata=$(cd "${TESTDATA:-$(dirname "$0")/../..}" && pwd)
mapfile -t lines <"$transcript"

# --- parse: preamble, command, expected lines and status of each block -------------------------------------------
is_filler() { [[ -z $1 || $1 == '#' || $1 == '# '* ]]; }

begins=() # indices of the lines that begin a command
for i in "${!lines[@]}"; do
  if [[ ${lines[i]} == '$ '* ]]; then begins+=("$i")
  elif [[ ${#begins[@]} -eq 0 ]] && ! is_filler "${lines[i]}"; then
    echo "$transcript:$((i + 1)): text before the first command; a comment begins with '# '" >&2
    exit 2
  fi
done
[[ ${#begins[@]} -gt 0 ]] || { echo "$transcript: no command in it" >&2; exit 2; }

scratch=$(mktemp -d)
trap 'chmod -R u+rwX "$scratch" 2>/dev/null; rm -rf "$scratch"' EXIT
mkdir "$scratch/io" "$scratch/work"
work=$(cd "$scratch/work" && pwd -P)

shown_to=() output_to=() wanted_status=() # ends (exclusive) of a block's command and expected output
for n in "${!begins[@]}"; do
  from=${begins[n]} to=${begins[n + 1]:-${#lines[@]}}
  command=${lines[from]:2} i=$((from + 1))
  while [[ $i -lt $to && ${lines[i]} == '> '* ]]; do command+=$'\n'${lines[i]:2}; i=$((i + 1)); done
  shown_to[n]=$i
  while [[ $to -gt $i ]] && is_filler "${lines[to - 1]}"; do to=$((to - 1)); done
  wanted_status[n]=
  if [[ $to -gt $i && ${lines[to - 1]} =~ ^\?\ ([0-9]+)$ ]]; then wanted_status[n]=${BASH_REMATCH[1]}; to=$((to - 1)); fi
  output_to[n]=$to
  printf '%s' "$command" >"$scratch/io/$n.command"
done

# --- run ---------------------------------------------------------------------------------------------------------
mapfile -t ours < <(compgen -v JAWORT_)
(
  cd "$work" || exit 1
  unset "${ours[@]}" LC_ALL LANGUAGE TZ COLUMNS UPDATE BASH_ENV
  export LANG=C.UTF-8 NO_COLOR=1 HOME=$work PATH=$bin:$PATH TESTDATA=$testdata
  umask 022
  # shellcheck disable=SC2016  # the inner bash expands these
  exec timeout "${TRANSCRIPT_TIMEOUT:-300}" bash --noprofile --norc -c '
    for (( __n = 0; __n < $2; __n++ )); do
      eval "$(<"$1/$__n.command")" >"$1/$__n.output" 2>&1 </dev/null
      echo $? >"$1/$__n.status"
    done' bash "$scratch/io" "${#begins[@]}" >/dev/null 2>&1
)

# --- render what came in the transcript's own form, keeping expected lines that match ------------------------------
matches() { # EXPECTED ACTUAL
  [[ $1 == "$2" ]] && return 0
  [[ $1 == *' (re)' ]] || return 1
  local regex="^(${1% (re)})\$"
  [[ $2 =~ $regex ]]
}
readable_as_output() { # would the parser take this line for output?
  [[ $1 != '$ '* && $1 != '> '* && $1 != *' (re)' && ! $1 =~ ^\?\ [0-9]+$ ]]
}
as_regex() {
  local escaped
  escaped=$(sed -E 's/[][(){}.*+?^$|\\]/\\&/g; s/^[#>]/[&]/' <<<"$1")
  printf '%s (re)' "${escaped:-()}"
}
render_output() { # N: lines of the block's actual output in `rendered`
  local n=$1 from=${shown_to[$1]} actual=() text line
  [[ -f $scratch/io/$n.output ]] || { rendered=("(not run: the shell had ended)"); return; }
  text=$(sed 's/\x00/\\0/g' "$scratch/io/$n.output"; printf x)
  text=${text%x}
  text=${text//"$work"/\$PWD}
  text=${text//"$testdata"/\$TESTDATA}
  if [[ -n $text ]]; then
    [[ $text == *$'\n' ]] || text+=$' (no-eol)\n'
    mapfile -t actual <<<"${text%$'\n'}"
  fi
  local expected=("${lines[@]:from:output_to[n]-from}") first=0 last_e last_a i e
  last_e=${#expected[@]} last_a=${#actual[@]} rendered=()
  while [[ $first -lt $last_e && $first -lt $last_a ]] && matches "${expected[first]}" "${actual[first]}"; do
    rendered+=("${expected[first]}"); first=$((first + 1))
  done
  local tail=()
  while [[ $last_e -gt $first && $last_a -gt $first ]] && matches "${expected[last_e - 1]}" "${actual[last_a - 1]}"; do
    last_e=$((last_e - 1)) last_a=$((last_a - 1)); tail=("${expected[last_e]}" "${tail[@]}")
  done
  e=$first
  for ((i = first; i < last_a; i++)); do
    line=${actual[i]}
    for ((k = e; k < last_e; k++)); do
      if matches "${expected[k]}" "$line"; then line=${expected[k]} e=$((k + 1)); break; fi
    done
    if [[ $k -ge $last_e ]] && ! readable_as_output "$line"; then line=$(as_regex "$line"); fi
    rendered+=("$line")
  done
  rendered+=("${tail[@]}")
  i=${#rendered[@]}
  if [[ $i -gt 0 ]] && is_filler "${rendered[i - 1]}"; then rendered[i - 1]=$(as_regex "${rendered[i - 1]}"); fi
  return 0
}

printf '%s\n' "${lines[@]}" >"$scratch/expected"
{
  [[ ${begins[0]} -eq 0 ]] || printf '%s\n' "${lines[@]:0:begins[0]}"
  for n in "${!begins[@]}"; do
    next=${begins[n + 1]:-${#lines[@]}}
    printf '%s\n' "${lines[@]:begins[n]:shown_to[n]-begins[n]}"
    render_output "$n"
    [[ ${#rendered[@]} -eq 0 ]] || printf '%s\n' "${rendered[@]}"
    status=ended
    [[ -f $scratch/io/$n.status ]] && status=$(<"$scratch/io/$n.status")
    [[ $status == 0 && ${wanted_status[n]} != 0 ]] || echo "? $status"
    after=${output_to[n]}
    [[ -z ${wanted_status[n]} ]] || after=$((after + 1))
    [[ $after -ge $next ]] || printf '%s\n' "${lines[@]:after:next-after}"
  done
} >"$scratch/actual"

cmp -s "$scratch/expected" "$scratch/actual" && exit 0
if [[ ${UPDATE:-} == 1 ]]; then
  if grep -qE '^\? ended$' "$scratch/actual"; then
    echo "$transcript: not updated, a command ended the shell or took too long" >&2
    diff -u --label "$transcript" --label "what came" "$scratch/expected" "$scratch/actual"
    exit 1
  fi
  cat "$scratch/actual" >"$transcript"
  echo "$transcript: updated"
  exit 0
fi
diff -u --label "$transcript" --label "what came" "$scratch/expected" "$scratch/actual"
exit 1
