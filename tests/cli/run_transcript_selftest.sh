#!/usr/bin/env bash
# Does the transcript runner see what it must see? A small shell script stands in for the binary.
set -uo pipefail
runner=$(cd "$(dirname "$0")" && pwd)/run_transcript.sh
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch" || exit 1
unset UPDATE TESTDATA TRANSCRIPT_TIMEOUT
mkdir bin
cat >bin/jawort <<'END'
#!/usr/bin/env bash
case $1 in
  say) shift; printf '%s\n' "$@" ;;
  both) echo to stdout; echo to stderr >&2; echo to stdout again ;;
  no) echo "the answer is no"; exit 3 ;;
  bare) printf 'no newline' ;;
  env) echo "ledger=${JAWORT_LEDGER-unset} lang=${JAWORT_LANG-unset} LANG=$LANG color=${NO_COLOR-unset} all=${LC_ALL-unset}" ;;
  read) cat; echo "end of input" ;;
esac
END
chmod +x bin/jawort

passed=0 failed=0
# expect STATUS NAME [PATTERN] – runs NAME.t, from standard input, and wants this status and, in the output, the pattern
expect() {
  local status=$1 name=$2 pattern=${3-} got=0 out
  cat >"$name.t"
  out=$(bash "$runner" bin/jawort "$name.t" 2>&1) || got=$?
  if [[ $got -eq $status ]] && { [[ -z $pattern ]] || grep -qE -- "$pattern" <<<"$out"; }; then passed=$((passed + 1))
  else failed=$((failed + 1)); printf 'FAILED %s: status %s, wanted %s and /%s/\n%s\n' "$name" "$got" "$status" "$pattern" "$out"; fi
}
# same NAME TEXT – the file NAME.t holds this text
same() {
  if [[ $(<"$1.t") == "$2" ]]; then passed=$((passed + 1))
  else failed=$((failed + 1)); printf 'FAILED %s: the file is\n%s\nwanted\n%s\n' "$1" "$(<"$1.t")" "$2"; fi
}

# What must pass.
expect 0 plain <<'END'
# a comment

$ jawort say hello
hello

# another
$ jawort both
to stdout
to stderr
to stdout again
$ jawort no
the answer is no
? 3
$ true
$ jawort bare
no newline (no-eol)
END
expect 0 continued <<'END'
$ jawort say one \
> two
one
two
$ for word in a b; do
>   jawort say $word
> done
a
b
END
expect 0 regex <<'END'
$ jawort say 'at 12:30' '[x]' 'costs (re)'
at [0-9]{2}:[0-9]{2} (re)
[x]
costs \(re\) (re)
END
expect 0 carried <<'END'
$ export JAWORT_LEDGER=a.db; echo kept >file; mkdir sub; cd sub
$ jawort env; cat ../file
ledger=a.db lang=unset LANG=C.UTF-8 color=1 all=unset
kept
END
JAWORT_LEDGER=outside.db JAWORT_LANG=de LC_ALL=C expect 0 clean <<'END'
$ jawort env
ledger=unset lang=unset LANG=C.UTF-8 color=1 all=unset
$ jawort read
end of input
$ ls -A
END
expect 0 paths <<'END'
$ echo "$TESTDATA/file and $PWD/file"; test -f "$TESTDATA/tests/cli/run_transcript.sh"
$TESTDATA/file and $PWD/file
END
expect 0 inside <<'END'
$ jawort say a '' '# b' '' c
a

# b

c
$ jawort say '' # the last line is empty
() (re)
END

# What must fail, and show it.
expect 1 other_output '^\+hello$' <<'END'
$ jawort say hello
hallo
END
expect 1 more_output '^\+two$' <<'END'
$ jawort say one two
one
END
expect 1 less_output '^-two$' <<'END'
$ jawort say one
one
two
END
expect 1 no_output '^\+hello$' <<'END'
$ jawort say hello
END
expect 1 other_order '^[-+]to stdout again$' <<'END'
$ jawort both
to stdout
to stdout again
to stderr
END
expect 1 status_not_told '^\+\? 3$' <<'END'
$ jawort no
the answer is no
END
expect 1 other_status '^-\? 4$' <<'END'
$ jawort no
the answer is no
? 4
END
expect 1 status_too_much '^-\? 3$' <<'END'
$ jawort say fine
fine
? 3
END
expect 1 regex_is_whole '^\+at 12:30$' <<'END'
$ jawort say 'at 12:30'
[0-9]{2}:[0-9]{2} (re)
END
expect 1 regex_broken '^\+hello$' <<'END'
$ jawort say hello
hel(lo (re)
END
expect 1 newline_missing '^\+no newline \(no-eol\)$' <<'END'
$ jawort bare
no newline
END
expect 1 empty_last_line '^\+\(\) \(re\)$' <<'END'
$ jawort say a ''
a

$ true
END
expect 1 comment_or_output '^\+\[#\] b \(re\)$' <<'END'
$ jawort say a '# b'
a
# b
END
expect 1 unknown_command 'command not found' <<'END'
$ jawurt say hello
END
expect 1 shell_ended '^\+\? ended$' <<'END'
$ jawort say a; exit 0
a
$ jawort say b
b
END
TRANSCRIPT_TIMEOUT=1 expect 1 too_slow '^\+\? ended$' <<'END'
$ sleep 20
END
expect 2 text_first 'text_first.t:1: ' <<'END'
hello
$ jawort say hello
END
expect 2 nothing 'no command' <<'END'
# only a comment
END

# What UPDATE=1 writes; the result must pass as it stands, and updating again must change nothing.
UPDATE=1 expect 0 update 'updated' <<'END'
# kept

$ jawort say 'at 12:30' new
at [0-9:]+ (re)
old

# kept too
$ jawort no
? 4
$ jawort say '$ a' '> b' '? 3' 'c (re)' '(x)*' '' '# d'
END
updated='# kept

$ jawort say '"'at 12:30'"' new
at [0-9:]+ (re)
new

# kept too
$ jawort no
the answer is no
? 3
$ jawort say '"'\$ a' '> b' '? 3' 'c (re)' '(x)*' '' '# d'"'
\$ a (re)
[>] b (re)
\? 3 (re)
c \(re\) (re)
(x)*

[#] d (re)'
same update "$updated"
expect 0 update <<<"$updated"
UPDATE=1 expect 0 update <<<"$updated"
same update "$updated"
UPDATE=1 expect 1 update_ended 'not updated' <<'END'
$ exit 5
END

echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
