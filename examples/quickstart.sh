#!/usr/bin/env bash
# The main job in one command: installs what is missing, builds, and checks a broadcast list of the example agency.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
cd "$root"
bash cmake/packages/ensure.sh build
mkdir -p build
if ! { cmake --preset release && cmake --build --preset release --target jawort_cli; } >build/quickstart.log 2>&1; then
  cat build/quickstart.log >&2
  exit 1
fi

export JAWORT_LANG=${JAWORT_LANG:-de}
export PATH="$root/build/release:$PATH"
work=build/quickstart
rm -rf "$work" && mkdir -p "$work"
export JAWORT_LEDGER=$work/agentur.db
data=examples/agency

say() { printf '\n%s\n' "$*"; }
# Shows a command as a person would type it, runs it, and insists on its exit status.
step() {
  local expected=$1 status=0
  shift
  printf '\n$ %s\n' "$(printf '%q ' "$@")"
  "$@" || status=$?
  if [[ $status -ne $expected ]]; then
    echo "exit status $status, expected $expected" >&2
    exit 1
  fi
}
ask=(--channel whatsapp --purpose newsletter --template --at 2026-07-01T12:00:00+02:00)

say "# Ein Hauptbuch für das Beispiel-Reisebüro (Testuhr, damit jeder Lauf gleich ist)"
step 0 jawort --now 2026-01-02T09:00:00+01:00 init --controller "Reisestube Silberkranich GmbH" --origin silberkranich.example.org/jawort --test-clock
step 0 jawort --now 2026-01-02T09:00:00+01:00 notice add $data/newsletter.toml
step 0 jawort --now 2026-07-01T11:55:00+02:00 import $data/events.csv
say "# Darf der Newsletter an diese Liste? (3 heißt: nein, nicht an alle)"
step 3 jawort broadcast check $data/list.csv "${ask[@]}" --out $work/ergebnis.csv
say "# Nur der erlaubte Teil der Liste (0 heißt: ja)"
awk -F, 'NR == 1 { print "address" } $4 == "permitted" { print $3 }' $work/ergebnis.csv >$work/erlaubt.csv
step 0 jawort broadcast check $work/erlaubt.csv "${ask[@]}"
say "# Eine Person, mit Begründung und Verlauf"
denied=$(awk -F, '$4 == "denied" && $5 == "withdrawn" { print $3; exit }' $work/ergebnis.csv)
step 3 jawort check "$denied" "${ask[@]}"
step 0 jawort history "$denied"
say "# Ist das Hauptbuch noch das, was unterschrieben wurde?"
step 0 jawort verify
step 0 jawort checkpoint
say "Fertig. Das Programm ist build/release/jawort, das Beispiel liegt in $work, das Ergebnis je Zeile in $work/ergebnis.csv."
