#!/usr/bin/env bash
# Ctrl-C during an import, a list check, an audit and a verification: status 130, nothing half done. A line far too long is an error of
# its row and takes no memory. BINARY ROOT
set -u
jawort=$1 root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
fail() { echo "$1"; exit 1; }
export LC_ALL=C
"$jawort" --ledger a.db --quiet init --controller Agency >/dev/null || fail "no ledger"
"$jawort" --ledger a.db --quiet notice add "$root/examples/agency/newsletter.toml" >/dev/null || fail "no notice"
rows() {
  echo occurred_at,event,address,channel,purpose,notice,evidence
  awk -v n="$1" 'BEGIN { for (i = 0; i < n; ++i) printf "2026-05-%02dT%02d:%02d:00Z,inbound,+49171%07d,whatsapp,,,Hallo %d\n", 1 + i % 28, i % 24, i % 60, 3920000 + i % 50000, i }'
}
rows 2000 >few.csv
"$jawort" --ledger a.db --quiet import few.csv >/dev/null || fail "the import"
size() { "$jawort" --ledger a.db --json checkpoint | sed -E 's/.*"size":([0-9]+).*/\1/'; }
before=$(size)
rows 80000 >many.csv
# An interrupted job says 130; one that was faster than we were says what it came to, and is tried again. A background job of
# a script ignores SIGINT from the start: perl gives it back, and we wait until jawort itself runs.
interrupt() {
  local wanted=$1 wait; shift
  for wait in 0.3 0.1 0.05 0.6 0; do
    rm -f verdicts.csv
    for f in "" .keys .checkpoints; do cp a.db$f b.db$f; done
    perl -e '$SIG{INT} = "DEFAULT"; exec @ARGV' "$@" >out.txt 2>err.txt &
    local pid=$!
    until [[ $(readlink /proc/$pid/exe) != *perl* ]]; do sleep 0.02; done
    sleep "$wait"
    kill -INT $pid 2>/dev/null
    wait $pid
    local status=$?
    if [[ $status -eq 130 ]]; then
      [[ ! -s out.txt ]] || fail "an interrupted job gave an answer: $(cat out.txt)"
      grep -q interrupted err.txt && return 0  # it stopped by itself; the signal alone says nothing
      continue
    fi
    [[ $status -eq $wanted ]] || fail "$*: status $status: $(cat err.txt)"
  done
  fail "never interrupted: $*"
}
interrupt 0 "$jawort" --ledger b.db import many.csv
[[ $("$jawort" --ledger b.db --json checkpoint | sed -E 's/.*"size":([0-9]+).*/\1/') -eq $before ]] || fail "an interrupted import left something"
"$jawort" --ledger b.db --quiet verify >/dev/null || fail "the ledger does not verify"
cut -d, -f3 many.csv | tail -n +2 >list.txt
for n in 1 2 3 4 5 6; do cat list.txt; done >long-list.txt
interrupt 3 "$jawort" --ledger b.db broadcast check long-list.txt --channel whatsapp --purpose newsletter --out verdicts.csv
[[ ! -e verdicts.csv ]] || fail "an interrupted check left verdicts"
"$jawort" --ledger a.db --quiet import many.csv >/dev/null || fail "the second import"
interrupt 0 "$jawort" --ledger b.db audit
interrupt 0 "$jawort" --ledger b.db verify
"$jawort" --ledger b.db --quiet verify >/dev/null || fail "the ledger does not verify after a verification that was cut off"
# At a terminal it is shown how far a long job is, and nothing stays on the line; elsewhere nothing is.
if command -v script >/dev/null; then
  for job in audit verify; do
    script -qec "'$jawort' --ledger b.db --lang en $job" /dev/null >shown.txt </dev/null || fail "$job at a terminal"
    # A fast machine is done before there is anything to show.
    if grep -q 'entries/s' shown.txt; then
      grep -qE '(audit|verifying): [0-9]+ % · [0-9.]+ ?[kMG]? entries · .* entries/s' shown.txt || fail "progress of $job: $(cat shown.txt)"
      grep -qF $'\r\x1b[K' shown.txt || fail "the line of $job stays"
    fi
    "$jawort" --ledger b.db $job >/dev/null 2>err.txt || fail "$job"
    [[ ! -s err.txt ]] || fail "progress of $job without a terminal: $(cat err.txt)"
  done
fi

# One line of 60 megabytes, under a limit of 400 megabytes of address space for the whole process.
{ echo Handy; echo +491713920001; head -c 60000000 /dev/zero | tr '\0' 7; echo; echo +491713920002; } >long.txt
out=$( (ulimit -v 400000; "$jawort" --ledger a.db --json broadcast check long.txt --channel whatsapp --purpose newsletter --out verdicts.csv) 2>err.txt)
[[ $? -eq 3 ]] || fail "a long line: $(cat err.txt)"
[[ $out == *'"checked":3'*'"invalid":1'* ]] || fail "a long line: $out"
[[ $(wc -c <verdicts.csv) -lt 2000 ]] || fail "a long line was copied out"
{ head -n 2 few.csv; head -c 60000000 /dev/zero | tr '\0' 7; echo; tail -n 1 few.csv; } >long.csv
(ulimit -v 400000; "$jawort" --ledger a.db --json import long.csv) >out.txt 2>err.txt
[[ $? -eq 5 ]] || fail "a long row: $(cat out.txt err.txt)"
grep -q '"line":3' out.txt || fail "a long row is not named: $(cat out.txt)"
echo "interrupted and gone on; a line too long is told from the others"
