# The audit of the example agency at the terminal. Keys, roots and signatures differ from run to run and read "…" here.
$ export JAWORT_LANG=de JAWORT_LEDGER=$PWD/a.db; data=$TESTDATA/examples/agency; keys() { sed -E 's#[A-Za-z0-9+/]{40,}=*#…#g; s#\+[0-9a-f]{8}\+…#+…#g'; }
$ jawort --now 2026-01-02T09:00:00+01:00 --quiet init --controller "Reisestube Silberkranich GmbH" --origin silberkranich.example.org/jawort --test-clock | keys
$ jawort --now 2026-01-02T09:00:00+01:00 notice add $data/newsletter.toml | keys
$ jawort --now 2026-07-01T11:55:00+02:00 import $data/events.csv
$ jawort --now 2026-07-01T12:00:00+02:00 audit | keys
$ jawort --now 2026-07-01T12:00:00+02:00 --lang en audit --from 2026-05-01T00:00:00+02:00 --to 2026-06-01T00:00:00+02:00 | keys
$ jawort --now 2026-07-01T12:00:00+02:00 audit --to 2026-06-01T00:00:00+02:00 --format json | keys | sed 's/,"\([a-z_]*\)":{/,\n"\1":{/g'
# As of a day before anything was entered there is nothing.
$ jawort --now 2026-07-01T12:00:00+02:00 --json audit --as-recorded 2026-06-01T00:00:00+02:00 --lang en | keys | cut -c1-700
$ jawort --now 2026-07-01T12:00:00+02:00 audit --format html --out bericht.html; head -c 15 bericht.html; grep -c '<section' bericht.html
# Errors
$ jawort audit --format pdf
$ jawort audit --from 2026-07-01T00:00:00Z --to 2026-07-01T00:00:00Z
$ jawort audit --from 2026-07-01
$ jawort audit --out a.db
$ jawort --ledger nirgends.db audit
$ jawort audit --help
