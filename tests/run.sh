#!/usr/bin/env bash
# All tests in one command: installs what is missing, builds, runs. `tests/run.sh asan-ubsan` for another preset.
set -euo pipefail
cd "$(dirname "$0")/.."
preset=${1:-dev}
bash cmake/packages/ensure.sh build test
mkdir -p build
if ! { cmake --preset "$preset" && cmake --build --preset "$preset"; } >"build/test-$preset.log" 2>&1; then
  cat "build/test-$preset.log" >&2
  exit 1
fi
exec ctest --preset "$preset"
