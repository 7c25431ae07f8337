# sh check.sh state.tsv list.txt out: sort and join on an exported state that is sorted already.
LC_ALL=C sort -u "$2" | LC_ALL=C join -t "$(printf '\t')" -a 1 -e none -o 0,2.2 - "$1" |
  awk -F '\t' '{ print $1 "\t" ($2 == "given" ? "yes" : "no") }' >"$3"
