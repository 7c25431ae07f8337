#!/usr/bin/env bash
# append_while_proving.sh BINARY [SECONDS]: two processes append while a third takes checkpoints and proves. Every checkpoint
# must be consistent with every earlier one, every proof must hold, and no append may be lost. JAWORT_SOAK=60 for a minute.
set -uo pipefail
jawort=$(realpath "$1")
seconds=${JAWORT_SOAK:-${2:-4}}
work=$(mktemp -d)
trap 'touch "$work/stop"; wait; rm -rf "$work"' EXIT
cd "$work" || exit 1
export JAWORT_LEDGER=$work/a.db JAWORT_LANG=en
"$jawort" --quiet init --controller Beispiel --origin agency.example/jawort > /dev/null || exit 1
key=$("$jawort" --json checkpoint | sed 's/.*"verifier_key":"\([^"]*\)".*/\1/')

append() { # NUMBER: rows in batches of changing size, until told to stop
  local n=0
  while [[ ! -e stop ]]; do
    awk -v who="$1" -v from="$n" -v count="$((1 + n % 90))" 'BEGIN {
      print "occurred_at,event,address,channel,purpose,notice,evidence"
      for (k = from; k < from + count; k++) printf "2026-01-02T09:00:00Z,imported,+4915%d%08d,whatsapp,newsletter,,list\n", who, k }' > "rows.$1"
    "$jawort" --quiet import "rows.$1" > "said.$1" 2>&1 || { echo "append $1: $(cat "said.$1")" >> failures; return; }
    n=$((n + 1 + n % 90))
    echo "$n" > "count.$1"
  done
}
append 1 &
append 2 &
failed() { echo "$*" >> failures; }

end=$((SECONDS + seconds)) taken=0 checked=0
while [[ $SECONDS -lt $end || $taken -lt 3 ]]; do
  "$jawort" checkpoint > "cp.$taken" || failed "checkpoint $taken"
  for ((k = 0; k <= taken; k++)); do
    "$jawort" prove --since "cp.$k" --out since || failed "since $k at $taken"
    "$jawort" verify --consistency since --old "cp.$k" --key "$key" > said 2>&1 || failed "$k to $taken: $(cat said)"
    checked=$((checked + 1))
  done
  size=$(sed -n 2p "cp.$taken") seq=$((RANDOM % size))
  "$jawort" --quiet prove "$seq" --out proof || failed "prove $seq"
  "$jawort" verify --proof "proof/$seq.tlog-proof" --leaf "proof/$seq.leaf" --key "$key" > said 2>&1 || failed "proof of $seq: $(cat said)"
  taken=$((taken + 1))
done
touch stop
wait
"$jawort" --quiet verify > said 2>&1 || failed "verify: $(cat said)"
size=$("$jawort" checkpoint | sed -n 2p)
[[ $size -eq $((1 + $(cat count.1) + $(cat count.2))) ]] || failed "$size entries after $(cat count.1) and $(cat count.2) appended"
[[ ! -e failures ]] || { head -n 20 failures; exit 1; }
echo "$taken checkpoints of a ledger of $size entries, $checked pairs consistent"
