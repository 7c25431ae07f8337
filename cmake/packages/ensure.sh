#!/usr/bin/env bash
# ensure.sh build|test … – installs what the lists beside this file name and the machine lacks. Asks nothing.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
missing=()
for kind in "$@"; do
  while read -r package _; do
    [[ -z $package || $package == \#* ]] && continue
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing+=("$package")
  done <"$here/debian-$kind.txt"
done
[[ ${#missing[@]} -eq 0 ]] && exit 0
as_root=()
if [[ $(id -u) -ne 0 ]]; then
  if command -v sudo >/dev/null && sudo -n true 2>/dev/null; then as_root=(sudo -n)
  else
    echo "jawort needs packages that this user may not install. Please have this run once:" >&2
    echo "  apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
  fi
fi
echo "installing: ${missing[*]}" >&2
log=$(mktemp)
if ! { "${as_root[@]}" apt-get update -qq && "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; } >"$log" 2>&1 </dev/null; then
  tail -n 30 "$log" >&2
  echo "the packages could not be installed" >&2
  exit 1
fi
rm -f "$log"
