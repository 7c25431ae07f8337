#!/usr/bin/env bash
# The real binary: exit statuses and messages for good and bad input. statuses.sh BINARY ROOT
set -u
jawort=$1 root=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
unset JAWORT_LEDGER JAWORT_LANG
export LANG=C.UTF-8 NO_COLOR=1
passed=0 failed=0
# expect STATUS PATTERN COMMAND… – the status, and a pattern that output and errors together must match
expect() {
  local status=$1 pattern=$2 out got=0
  shift 2
  out=$("$@" 2>&1) || got=$?
  if [[ $got -eq $status ]] && grep -qE -- "$pattern" <<<"$out"; then passed=$((passed + 1))
  else failed=$((failed + 1)); printf 'FAILED (status %s, wanted %s and /%s/): %s\n%s\n' "$got" "$status" "$pattern" "$*" "$out"; fi
}
j() { "$jawort" --ledger a.db --now 2026-07-01T09:55:00Z "$@"; }
q=(--channel whatsapp --purpose newsletter --template --at 2026-07-01T10:00:00Z)

expect 10 'no ledger there' j check +491713920001 "${q[@]}"
expect 2 '' "$jawort"
expect 0 'Commands' "$jawort" --help
expect 0 'Befehle' "$jawort" --lang de --help
expect 2 'did you mean verify' "$jawort" verfy
expect 2 'controller is missing' "$jawort" init
expect 0 '^agency' "$jawort" --ledger a.db --now 2026-01-01T00:00:00Z init --controller Agency --origin agency.example/jawort --test-clock
expect 10 'exists already' "$jawort" --ledger a.db --now 2026-01-01T00:00:00Z init --controller Agency --test-clock
expect 2 'no notice published yet' j check +491713920001 "${q[@]}"
printf 'id = "x"\nlanguage = "de"\n' >short.toml
expect 3 'controller.name' "$jawort" notice check short.toml
expect 3 'short.toml: incomplete notice' j notice add short.toml
printf 'id = "x"\nchanels = ["whatsapp"]\n' >typo.toml
expect 2 "typo.toml:2: unknown key 'chanels'" j notice add typo.toml
printf 'id = "x\n' >broken.toml
expect 2 'broken.toml:1' "$jawort" notice check broken.toml
expect 0 'newsletter@1' "$jawort" --ledger a.db --now 2026-01-02T00:00:00Z notice add "$root/examples/agency/newsletter.toml"
expect 0 'complete' "$jawort" notice check "$root/examples/agency/newsletter.toml"
expect 0 'newsletter@1' j notice list
expect 0 '^id = ' j notice show newsletter
expect 0 '665 appended' j import "$root/examples/agency/events.csv"
expect 0 '665 duplicates' j import "$root/examples/agency/events.csv"
expect 0 '"rows":665,"appended":0,"duplicates":665,"suppressed":0,"refused":0' j --json import "$root/examples/agency/events.csv"

h=occurred_at,event,address,channel,purpose,notice,evidence
printf '%s\n2026-05-01T10:00:00Z,given,+491713920095,whatsapp,newsletter,newsletter,Start\n2026-05-01T10:00:00,given,+491713920098,whatsapp,newsletter,newsletter,Start\n' $h >zone.csv
expect 5 'zone.csv:3: occurred_at: time without a zone' j import zone.csv
expect 3 'no-evidence' j check +491713920095 "${q[@]}"
expect 5 '1 appended.*1 refused' j import zone.csv --partial
expect 0 'keyword-started' j check +491713920095 "${q[@]}"
printf '%s\n2026-05-01T10:00:00Z,gifen,+491713920098,,,,\n' $h >kind.csv
expect 5 "kind.csv:2: event: unknown kind 'gifen'" j import kind.csv
printf '%s\n2026-05-01T10:00:00Z,given,+491713920098,whatsapp,cars,newsletter,Start\n' $h >purpose.csv
expect 5 "no notice declares the purpose 'cars'" j import purpose.csv
printf '%s\n2026-05-01T10:00:00Z,given,+491713920098,whatsapp,newsletter,newsletter@9,Start\n' $h >version.csv
expect 5 "unknown notice 'newsletter@9'" j import version.csv
printf '%s\n2026-09-01T10:00:00Z,given,+491713920098,whatsapp,newsletter,newsletter,Start\n' $h >future.csv
expect 5 'lies in the future' j import future.csv
printf '%s\n2026-05-01T10:00:00Z,given,+491713920098,whatsapp,newsletter,newsletter,"Sta\n' $h >quote.csv
expect 5 'quote.csv:2: .*quotation marks' j import quote.csv
printf 'event,address\ngiven,+491713920098\n' >header.csv
expect 1 "column 'occurred_at' is missing" j import header.csv
expect 1 'cannot read file' j import nowhere.csv
: >empty.csv
expect 1 'empty' j import empty.csv
printf 'Handy\n0171 3920099\n' >list.csv
expect 0 '1 appended' j import list.csv --format list
expect 0 '1 duplicates' j import list.csv --format list
expect 3 'imported-unproven' j check '0171 3920099' "${q[@]}"

expect 0 '#' j record withdrawn +491713920095 --channel whatsapp --evidence 'Bitte keine Nachrichten mehr' --operator Meier
expect 3 'withdrawn' j check +491713920095 "${q[@]}"
expect 0 'keyword-started' "$jawort" --ledger a.db check +491713920095 --channel whatsapp --purpose newsletter --template --at 2026-06-30T10:00:00Z
expect 0 'Meier' j history +491713920095
expect 2 'letters in a number' j check 0171ABC "${q[@]}"
expect 2 'unknown channel' j check +491713920095 --channel fax --purpose newsletter
expect 2 '--channel is missing' j check +491713920095 --purpose newsletter
expect 2 'did you mean --purpose' j check +491713920095 --channel whatsapp --purpos newsletter
expect 2 'unknown option' j check +491713920095 --chan whatsapp --purpose newsletter
expect 2 'expected: jawort check ADDRESS' j check +491713920095 -491713920001 "${q[@]}"
expect 2 'time without a zone' j check +491713920095 --channel whatsapp --purpose newsletter --at 2026-07-01T10:00:00
expect 2 '^{"error":{"code":"malformed"' j --json check 0171ABC "${q[@]}"
expect 3 '"decision":"deny","address":"\+491713920095","channel":"whatsapp","purpose":"newsletter","status":"withdrawn".*"test_clock":true' j --json check +491713920095 "${q[@]}"

expect 3 '117 checked: ' j broadcast check "$root/examples/agency/list.csv" "${q[@]}" --out verdicts.csv
expect 0 '^line,input,address,verdict,reasons$' head -1 verdicts.csv
expect 0 '^118$' bash -c 'wc -l <verdicts.csv'
awk -F, 'NR == 1 {print "address"} $4 == "permitted" {print $3}' verdicts.csv >permitted.csv
expect 0 ' 0 denied' j broadcast check permitted.csv "${q[@]}"
expect 0 'permit' bash -c "'$jawort' --ledger a.db broadcast check - ${q[*]} <permitted.csv"
expect 1 'the list is empty' j broadcast check empty.csv "${q[@]}"
expect 1 'cannot read list' j broadcast check nowhere.csv "${q[@]}"
printf '\xef\xbb\xbfName;Handy\r\n\r\nA;0171 3920095\r\nB;kunde@example.org\r\nC;"0171/3920095"\r\nD;a\0b\r\n' >odd.csv
expect 3 '"checked":4,"permitted":0,"warned":0,"held":0,"denied":1,"invalid":2,"duplicates":1' j --json broadcast check odd.csv "${q[@]}" --out odd.out
expect 0 '^3,0171 3920095,\+491713920095,denied,withdrawn$' cat odd.out
expect 0 '^4,kunde@example.org,,invalid,$' cat odd.out
expect 0 '^5,0171/3920095,\+491713920095,duplicate,$' cat odd.out
expect 2 'columns are: Name, Handy' j broadcast check odd.csv "${q[@]}" --column Fax

expect 0 'sound' j verify
expect 0 '^— agency.example/jawort/test ' j checkpoint
expect 2 'needs a ledger with a test clock' bash -c "'$jawort' --ledger b.db init --controller B >/dev/null 2>&1; '$jawort' --ledger b.db --now 2026-01-01T00:00:00Z record inbound +491713920001"
echo 'hello, this is only a text file and no ledger of anybody, long enough to look like one; hello, this is only a text file' >text.db
expect 1 'not a jawort ledger' "$jawort" --ledger text.db verify
mv a.db.keys kept
expect 1 'key file is missing' j verify
mv kept a.db.keys
sqlite3 a.db 'PRAGMA user_version=99'
expect 1 'newer version' j verify
sqlite3 a.db 'PRAGMA user_version=3; UPDATE event SET occurred_at=occurred_at+1 WHERE seq=5'
expect 4 'row #5' j verify
if [[ $(id -u) -ne 0 ]]; then
  mkdir shut && cp b.db b.db.keys shut/ && chmod 500 shut
  expect 1 '' "$jawort" --ledger shut/b.db record inbound +491713920001
  chmod 700 shut
fi
echo "$passed passed, $failed failed"
[[ $failed -eq 0 ]]
