#!/usr/bin/env bash
# run.sh COMPILER INCLUDE: each file here compiles as it stands, and does not with -DMUST_NOT_COMPILE.
set -uo pipefail
here=$(cd "$(dirname "$0")" && pwd)
failed=0
for file in "$here"/*.cpp; do
  try() { "$1" -std=c++20 -fsyntax-only -I "$2" "${@:3}" "$file" >/dev/null 2>&1; }
  try "$1" "$2" || { echo "$file does not compile even as it stands"; failed=1; }
  if try "$1" "$2" -DMUST_NOT_COMPILE; then echo "$file compiles with the mistake in it"; failed=1; fi
done
exit $failed
