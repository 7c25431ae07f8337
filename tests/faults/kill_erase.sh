#!/usr/bin/env bash
# Kills erasures and sweeps at random moments: a person is there as a whole or erased as a whole, the ledger verifies, and
# the next call finishes what was left. At the end no byte of anybody erased is in any file. BINARY ROOT
set -u
jawort=$1 root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
fail() { echo "$*"; exit 1; }
j() { "$jawort" --ledger a.db "$@"; }
people=24
number() { printf '+49171392%04d' "$1"; }
j --quiet init --controller Agency >/dev/null || fail init
j notice add "$root/examples/agency/newsletter.toml" --published 2026-01-01T00:00:00Z --historical >/dev/null || fail notice
{
  echo occurred_at,event,address,channel,purpose,notice,evidence
  for i in $(seq 1 $people); do for k in $(seq 10 40); do
    printf '2026-05-01T10:00:%02dZ,inbound,%s,whatsapp,,,Wortlaut%04dEnde %s\n' $((k - 10)) "$(number "$i")" "$i" "$k"
  done; done
} >rows.csv
j --quiet import rows.csv >/dev/null || fail import
entries() { j --json history "$(number "$1")" | grep -o '"event":"inbound"' | wc -l; }
# How long one takes on this machine now, so that the kills fall all over it.
began=$(date +%s%N); j erase +4915100000000 --yes >/dev/null || fail "erase"; took=$((($(date +%s%N) - began) / 1000000 + 1))
killed=0 between=0
for i in $(seq 1 $people); do
  before=$(j --json verify | sed -E 's/.*"events":([0-9]+).*/\1/')
  j erase "$(number "$i")" --yes >out.txt 2>/dev/null &
  pid=$!
  ms=$((RANDOM % took)); sleep "$(printf '%d.%03d' $((ms / 1000)) $((ms % 1000)))"
  kill -9 $pid 2>/dev/null && killed=$((killed + 1))
  wait $pid 2>/dev/null
  j --json verify >verify.json || fail "round $i: $(cat verify.json)"
  after=$(sed -E 's/.*"events":([0-9]+).*/\1/' verify.json)
  n=$(entries "$i")
  [[ $n -eq 31 || $n -eq 0 ]] || fail "round $i: $n entries are left"
  [[ $n -eq 0 || $after -eq $before ]] || fail "round $i: entries of an erasure without the erasure"
  # Committed, and killed before the bytes were gone: the next call finishes.
  if [[ $n -eq 0 ]] && j --json sweep --dry-run | grep -q '"bytes":"pending"'; then between=$((between + 1)); fi
  if [[ $((i % 3)) -eq 0 ]]; then j sweep >/dev/null || fail "round $i: sweep"; else j erase "$(number "$i")" --yes >/dev/null || fail "round $i: erase"; fi
  if [[ $(entries "$i") -eq 0 ]]; then
    for f in a.db a.db-wal a.db-shm a.db.keys a.db.checkpoints a.db.erasures; do
      [[ ! -e $f ]] || ! grep -qaF "Wortlaut$(printf %04d "$i")Ende" "$f" || fail "round $i: words are left in $f"
    done
  fi
done
for i in $(seq 1 $people); do j --quiet erase "$(number "$i")" --final --yes >/dev/null || fail "final $i"; done
for f in a.db a.db-wal a.db-shm a.db.keys a.db.checkpoints a.db.erasures; do
  [[ ! -e $f ]] || ! grep -qaE 'Wortlaut[0-9]|49171392' "$f" || fail "words or numbers are left in $f"
done
j --json verify | grep -q '"ok":true' || fail verify
echo "$people erasures, $killed killed while running, $between of them between the commit and the rewriting of the file"
[[ $killed -gt 0 ]]
