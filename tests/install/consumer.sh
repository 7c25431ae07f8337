#!/usr/bin/env bash
# consumer.sh BUILD SOURCE: installs what was built, and has two outside projects find it, link it and run it.
set -euo pipefail
build=$1 source=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
run() { "$@" >"$work/log" 2>&1 || { cat "$work/log"; echo "failed: $*" >&2; exit 1; }; }
run cmake --install "$build" --prefix "$work/usr"
for use in core ledger; do
  run cmake -S "$source/tests/install/$use" -B "$work/$use" -DCMAKE_PREFIX_PATH="$work/usr" -DEXAMPLE="$source/examples/01_first_decision.cpp" \
    -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS="${3:-}"
  run cmake --build "$work/$use"
done
[[ $("$work/core/uses_core") == "deny: inbound-is-not-consent" ]] || { echo "uses_core says something else" >&2; exit 1; }
if ldd "$work/core/uses_core" | grep -i sqlite; then echo "the core links SQLite" >&2; exit 1; fi
export JAWORT_LEDGER=$work/a.db
run "$work/usr/bin/jawort" init --controller Beispiel
[[ $("$work/ledger/uses_ledger" "$work/a.db") == "deny: no-evidence" ]] || { echo "uses_ledger says something else" >&2; exit 1; }
