#!/usr/bin/env bash
# The worked example: one of the planned messages is held back, because its stop arrived while the loop was running.
set -euo pipefail
jawort=$1 loop=$2 root=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work" || exit 1
{
  "$jawort" --ledger a.db --now 2022-01-01T00:00:00Z init --controller "Reisestube Silberkranich GmbH" --test-clock
  "$jawort" --ledger a.db --now 2022-01-01T00:00:00Z notice add "$root/examples/agency/newsletter.toml"
  "$jawort" --ledger a.db --now 2026-07-01T09:00:00Z import "$root/examples/agency/events.csv"
} >/dev/null 2>&1
said=$("$loop" a.db)
echo "$said"
planned=$(sed -n 's/^planned: \([0-9]*\) messages$/\1/p' <<<"$said")
grep -q '^held back: withdrawn$' <<<"$said"
grep -q "^sent: $((planned - 1)), held back: 1\$" <<<"$said"
