#!/usr/bin/env bash
# verify_by_hand.sh BINARY ROOT [SIZE…]: a ledger grows to each size; checkpoint, inclusion, consistency, tiles and openings
# are checked with openssl, sha256sum and the shell functions of docs/VERIFYING.md, never with our binary. Then one thing is
# changed in each, and must be found.
set -uo pipefail
jawort=$(realpath "$1") root=$(realpath "$2")
shift 2
sizes=${*:-1 2 255 256 257 1000 70000}
# Of a large log every 40th bundle of entries is hashed (each is 511 hashes, and a process or two for each level), the tiles
# above wholly; JAWORT_BY_HAND=full hashes every entry.
step_for() { if [[ ${JAWORT_BY_HAND:-} == full || $1 -lt 5000 ]]; then echo 1; else echo 40; fi; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Files by the thousand: in memory where there is a gigabyte.
[[ $(df --output=avail /dev/shm 2>/dev/null | tail -n 1) -lt 1000000 ]] || { rmdir "$work"; work=$(mktemp -d -p /dev/shm); }
export TMPDIR=$work
cd "$work" || exit 1
export JAWORT_LEDGER=$work/a.db JAWORT_LANG=en

sed -n '/^```bash$/,/^```$/p' "$root/docs/VERIFYING.md" | grep -v '^```' > by_hand.sh
[[ -s by_hand.sh ]] || { echo "no commands in docs/VERIFYING.md"; exit 1; }
# shellcheck disable=SC1091
. ./by_hand.sh

failures=0
good() { if ! "$@" >said 2>&1; then echo "should hold: $* ($(cat said))"; failures=$((failures + 1)); fi; }
bad() { if "$@" >said 2>&1; then echo "should not hold: $*"; failures=$((failures + 1)); fi; }

"$jawort" --now 2026-01-02T09:00:00+01:00 init --controller Beispiel --origin agency.example/jawort --test-clock --json > init.json || exit 1
key=$("$jawort" --json checkpoint | sed 's/.*"verifier_key":"\([^"]*\)".*/\1/')

now=1 olds=
for size in $sizes; do
  if [[ $size -gt $now ]]; then
    awk -v from="$now" -v to="$size" 'BEGIN {
      print "occurred_at,event,address,channel,purpose,notice,evidence"
      for (n = from; n < to; n++) printf "2026-01-02T09:%02d:00+01:00,imported,+49151%08d,whatsapp,newsletter,,list\n", n % 60, n }' > rows.csv
    "$jawort" --now 2026-01-03T09:00:00+01:00 --quiet import rows.csv > /dev/null || { echo "import to $size"; exit 1; }
    now=$size
  fi
  "$jawort" checkpoint > "cp.$size"
  [[ $(size_of "cp.$size") == "$size" ]] || { echo "size $(size_of "cp.$size") instead of $size"; exit 1; }
  good check_signature "cp.$size" "$key"

  for index in $(printf '%s\n' 0 1 $((size / 3)) 254 255 256 511 $((size - 2)) $((size - 1)) | sort -nu); do
    [[ $index -ge 0 && $index -lt $size ]] || continue
    "$jawort" --quiet prove "$index" --out proof > /dev/null || failures=$((failures + 1))
    good check_inclusion "proof/$index.tlog-proof" "proof/$index.leaf" "$key"
  done
  for old in $olds $size; do
    "$jawort" prove --since "cp.$old" --out "since.$old" || failures=$((failures + 1))
    good check_consistency "since.$old" "cp.$old" "$key"
  done
  "$jawort" --quiet export tiles log > /dev/null || failures=$((failures + 1))
  cmp -s log/checkpoint "cp.$size" || { echo "tiles of $size: another checkpoint"; failures=$((failures + 1)); }
  good check_tiles log "$key" "$(step_for "$size")"
  # A partial tile gives way to the wider one, so the folder has exactly the files of this size.
  wanted=0 count=$size
  while [[ $count -gt 0 ]]; do wanted=$((wanted + (count + 255) / 256)); count=$((count / 256)); done
  [[ $(find log -type f | wc -l) -eq $((wanted + (size + 255) / 256 + 1)) ]] || { echo "tiles of $size: $(find log -type f | wc -l) files"; failures=$((failures + 1)); }
  olds="$olds $size"
done

# One person's entries, and what they say.
"$jawort" --quiet --now 2026-01-04T09:00:00+01:00 record withdrawn +4915100000001 --channel whatsapp --evidence 'Bitte nicht mehr' --operator Meier > /dev/null || failures=$((failures + 1))
"$jawort" --quiet prove +4915100000001 --evidence --out person > /dev/null || failures=$((failures + 1))
entries=$(jq '.entries | length' person/opening.json)
[[ $entries -eq 2 ]] || { echo "$entries entries opened instead of 2"; failures=$((failures + 1)); }
for ((n = 0; n < entries; n++)); do
  seq=$(jq ".entries[$n].sequence" person/opening.json) k_s=$(jq -r ".entries[$n].k_s" person/opening.json) k_e=$(jq -r ".entries[$n].k_e" person/opening.json)
  jq -r ".entries[$n].canonical" person/opening.json | base64 -d > canonical
  good check_inclusion "person/$seq.tlog-proof" "person/$seq.leaf" "$key"
  good check_person "person/$seq.leaf" +4915100000001 "$k_s"
  good check_evidence "person/$seq.leaf" "$k_e" canonical
  bad check_person "person/$seq.leaf" +4915100000002 "$k_s"
  bad check_person proof/1.leaf +4915100000002 "$k_s"
  printf x >> canonical
  bad check_evidence "person/$seq.leaf" "$k_e" canonical
done
grep -q 'Bitte nicht mehr' <(jq -r '.entries[1].canonical' person/opening.json | base64 -d) || { echo "the words are not in the evidence"; failures=$((failures + 1)); }

# What was changed is found.
changed() { # FILE OFFSET: flips a bit of a copy
  local byte
  byte=$(xxd -s "$2" -l 1 -p "$1")
  printf '%02x' $((0x$byte ^ 1)) | xxd -r -p | dd of="$1" bs=1 seek="$2" conv=notrunc status=none
}
last=${sizes##* }
if [[ $last -gt 257 ]]; then
  cp proof/255.leaf x.leaf && changed x.leaf 40 && bad check_inclusion proof/255.tlog-proof x.leaf "$key"
  bad check_inclusion proof/255.tlog-proof proof/256.leaf "$key"
  bad check_inclusion proof/255.tlog-proof proof/255.leaf "other.example/log${key#agency.example/jawort}"
  sed "s/^index 255/index 254/" proof/255.tlog-proof > x.proof && bad check_inclusion x.proof proof/255.leaf "$key"
  sed "s/^$last\$/$((last + 1))/" "cp.$last" > x.cp && bad check_signature x.cp "$key"
  bad check_consistency since.256 cp.257 "$key"
  sed 2d since.256 > x.since && bad check_consistency x.since cp.256 "$key"
  cp -r log x && changed x/tile/0/000 17 && bad check_tiles x "$key" 40; rm -rf x
  cp -r log x && changed x/tile/entries/000 3000 && bad check_tiles x "$key" 40; rm -rf x
  cp -r log x && cp cp.257 x/checkpoint && bad check_tiles x "$key" 40; rm -rf x
fi
[[ $failures -eq 0 ]] || { echo "$failures failures"; exit 1; }
echo "sizes $sizes: checkpoint, inclusion, consistency, tiles, openings hold by hand"
