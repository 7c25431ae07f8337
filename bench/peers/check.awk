# awk -f check.awk state.tsv list.txt
BEGIN { FS = "\t" }
FNR == NR { if ($2 == "given") yes[$1] = 1; next }
!($0 in seen) { seen[$0] = 1; print $0 "\t" (($0 in yes) ? "yes" : "no") }
