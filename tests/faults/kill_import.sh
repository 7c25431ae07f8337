#!/usr/bin/env bash
# Kills a running import at 20 random moments: a file is in or out as a whole, and the ledger verifies. BINARY ROOT
set -u
jawort=$1 root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
{
  echo occurred_at,event,address,channel,purpose,notice,evidence
  for i in $(seq 0 99); do for d in $(seq 10 28); do
    printf '2026-05-%02dT10:00:00Z,inbound,+4917139200%02d,whatsapp,,,Hallo %s\n' "$d" "$i" "$d"
  done; done
} >rows.csv
rows=$(($(wc -l <rows.csv) - 1))
"$jawort" --ledger a.db --quiet init --controller Agency >/dev/null || exit 1
count() { "$jawort" --ledger a.db --json verify | sed -E 's/.*"ok":(true|false),"events":([0-9]+).*/\1 \2/'; }
acknowledged=1 killed=0
for round in $(seq 1 20); do
  sed "s/Hallo/Hallo $round/" rows.csv >now.csv
  rm -f out.txt  # the last round's words must not count where this one dies before it opens the file
  "$jawort" --ledger a.db import now.csv >out.txt 2>/dev/null &
  pid=$!
  sleep "0.$(printf '%03d' $((RANDOM % 120)))"
  kill -9 $pid 2>/dev/null && killed=$((killed + 1))
  wait $pid 2>/dev/null
  grep -qs "^$rows rows" out.txt && acknowledged=$((acknowledged + rows))
  read -r ok events <<<"$(count)"
  if [[ $ok != true || $events -lt $acknowledged || $(((events - 1) % rows)) -ne 0 ]]; then
    echo "round $round: ok=$ok events=$events acknowledged=$acknowledged"
    exit 1
  fi
  acknowledged=$events  # committed before the kill, though not told: it counts from here on
done
echo "20 rounds, $killed killed while running, $events events, all whole"
[[ $killed -gt 0 ]]
