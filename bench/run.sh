#!/usr/bin/env bash
# The measurements in one command: builds, generates the data, runs ours, the floor and the peers in turn, checks that all
# give the same answers, and writes a table (markdown) and a chart of growth (SVG).
#
#   bench/run.sh                               a minute or two: 10,000 and 100,000 events
#   bench/run.sh --sizes 10000,100000,1000000,10000000 --rounds 3 --out bench/RESULTS.md
#   bench/run.sh --install                     installs PostgreSQL too, if it is missing
set -euo pipefail
cd "$(dirname "$0")/.."
kinds=(build bench)
args=()
for a in "$@"; do
  if [[ $a == --install ]]; then kinds+=(bench-postgres); else args+=("$a"); fi
done
bash cmake/packages/ensure.sh "${kinds[@]}"
mkdir -p build
if ! { cmake --preset release -DJAWORT_BENCH=ON && cmake --build --preset release --target jawort_cli bench_generate bench_floor bench_limits bench_small; } >build/bench.log 2>&1; then
  cat build/bench.log >&2
  exit 1
fi
exec python3 bench/bench.py --binaries build/release "${args[@]}"
