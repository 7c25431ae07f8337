# What a person may ask for, at the terminal: timeline, access, restriction, erasure, and what time does.
$ export JAWORT_LANG=en JAWORT_LEDGER=$PWD/a.db; jawort --now 2022-01-01T00:00:00Z --quiet init --controller "Reisestube Silberkranich GmbH" --test-clock | cut -d+ -f1
$ jawort --now 2022-01-01T00:00:00Z --quiet notice add "$TESTDATA/examples/agency/newsletter.toml" | cut -d' ' -f1
$ printf '%s\n' occurred_at,event,address,channel,purpose,notice,evidence \
>   '2026-05-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,"{""text"":""Formular"",""customer"":""4711"",""ip"":""198.51.100.7""}"' \
>   '2026-05-01T10:00:01Z,confirmation-sent,+491713920001,whatsapp,newsletter,newsletter,' \
>   '2026-05-01T10:02:00Z,confirmed,+491713920001,whatsapp,newsletter,newsletter,"{""text"":""Start"",""message_id"":""wamid.AAA""}"' \
>   '2026-05-20T10:02:00Z,requested,+491713920002,whatsapp,newsletter,newsletter,' \
>   '2022-05-20T10:02:00Z,given,+491713920003,whatsapp,newsletter,newsletter,Start' > rows.csv; jawort --now 2026-05-20T10:05:00Z import rows.csv
$ jawort --quiet history "0171 3920001"
$ jawort --lang de history customer:4711 | head -12
$ jawort --json history +491713920001 --at 2026-05-01T10:00:00Z | head -c 420

# Restricted: nothing is sent.
$ jawort --now 2026-05-21T10:00:00Z restrict +491713920001 --reason "denies having asked" --operator Meier
$ jawort --now 2026-05-21T10:00:00Z restrict +491713920001
$ jawort --now 2026-05-21T10:00:00Z --json check +491713920001 --channel whatsapp --purpose newsletter --template | grep -o '"code":"restricted"'
$ jawort --now 2026-05-22T10:00:00Z unrestrict +491713920001 --operator Meier
$ jawort --now 2026-05-22T10:00:00Z --json unrestrict +491713920001

# Access, in the language of the notice.
$ jawort --now 2026-05-22T11:00:00Z access +491713920001 --requested 2026-05-21T09:00:00Z --answered --operator Meier | head -60
$ jawort --now 2026-05-22T11:00:00Z access +491713920001 --format html --out page.html --lang en; grep -c '<script\|http-equiv="refresh"\|src=' page.html; head -c 120 page.html
$ jawort --now 2026-05-22T11:00:00Z access customer:4711 --format json | grep -o '"requests":.*' | head -c 330
$ jawort --now 2026-05-22T11:00:00Z access +491713920009 --lang en | head -8
$ jawort access +491713920001 --format pdf

# Hostile words stay words.
$ printf '<script>alert(1)</script>\033[2J\xe2\x80\xae=cmd|calc' > words.txt; jawort --now 2026-05-23T10:00:00Z record inbound +491713920004 --channel whatsapp --evidence words.txt
$ jawort --quiet history +491713920004
$ jawort --now 2026-05-23T10:00:00Z access +491713920004 --format html | grep -o 'script[^ ]*' | sort -u

# What has expired and what must go.
$ jawort --now 2026-07-01T10:00:00Z sweep --dry-run
$ jawort --now 2026-07-01T10:00:00Z sweep
$ jawort --now 2026-07-01T10:00:00Z sweep
$ jawort --now 2026-07-01T10:00:00Z --json sweep

# Erasing.
$ jawort --now 2026-07-02T10:00:00Z erase +491713920001
$ jawort --now 2026-07-02T10:00:00Z erase +491713920001 --dry-run
$ jawort --now 2026-07-02T10:00:00Z erase +491713920001 --requested 2026-06-30T10:00:00Z --operator Meier --yes
$ jawort --now 2026-07-02T10:00:00Z --lang de erase +491713920001 --yes
$ jawort --now 2026-07-02T10:00:00Z check +491713920001 --channel whatsapp --purpose newsletter --template
$ jawort --now 2026-07-02T11:00:00Z --json import rows.csv | tail -1
$ jawort history +491713920001
$ jawort --now 2026-07-02T11:00:00Z access +491713920001 --lang en | sed -n '1,30p'
$ grep -c '491713920001\|wamid.AAA' a.db a.db.keys a.db.checkpoints a.db.erasures
$ jawort --now 2026-07-02T12:00:00Z --json erase +491713920001 --final --yes
$ jawort --now 2026-07-02T12:00:00Z erase +491713920009 --yes
$ jawort --json verify | sed 's/"checkpoint".*"problems"/"problems"/'
