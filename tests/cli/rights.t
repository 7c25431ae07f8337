# What a person may ask for, at the terminal: timeline, access, restriction, erasure, and what time does.
$ export JAWORT_LANG=en JAWORT_LEDGER=$PWD/a.db; jawort --now 2022-01-01T00:00:00Z --quiet init --controller "Reisestube Silberkranich GmbH" --test-clock | cut -d+ -f1
reisestube-silberkranich-gmbh.example/jawort/test
$ jawort --now 2022-01-01T00:00:00Z --quiet notice add "$TESTDATA/examples/agency/newsletter.toml" | cut -d' ' -f1
newsletter@1
$ printf '%s\n' occurred_at,event,address,channel,purpose,notice,evidence \
>   '2026-05-01T10:00:00Z,requested,+491713920001,whatsapp,newsletter,newsletter,"{""text"":""Formular"",""customer"":""4711"",""ip"":""198.51.100.7""}"' \
>   '2026-05-01T10:00:01Z,confirmation-sent,+491713920001,whatsapp,newsletter,newsletter,' \
>   '2026-05-01T10:02:00Z,confirmed,+491713920001,whatsapp,newsletter,newsletter,"{""text"":""Start"",""message_id"":""wamid.AAA""}"' \
>   '2026-05-20T10:02:00Z,requested,+491713920002,whatsapp,newsletter,newsletter,' \
>   '2022-05-20T10:02:00Z,given,+491713920003,whatsapp,newsletter,newsletter,Start' > rows.csv; jawort --now 2026-05-20T10:05:00Z import rows.csv
5 rows: 5 appended, 0 duplicates, 0 suppressed (erased people), 0 refused
$ jawort --quiet history "0171 3920001"
2026-05-01 10:00 UTC  #2  sign-up entered (requested) · WhatsApp · newsletter
    said        “Formular”
    shown       newsletter@1
    evidence    customer: 4711
    evidence    ip: 198.51.100.7
    source      a file that was read in (SHA-256 94ac7d6b83b3…) · recorded 2026-05-20 10:05 UTC
2026-05-01 10:00 UTC  #3  two addresses of the same person (address-linked)
    and         customer:4711
    source      a file that was read in (SHA-256 94ac7d6b83b3…) · recorded 2026-05-20 10:05 UTC
2026-05-01 10:00 UTC  #4  asked to confirm (confirmation-sent) · WhatsApp · newsletter
    shown       newsletter@1
    source      a file that was read in (SHA-256 94ac7d6b83b3…) · recorded 2026-05-20 10:05 UTC
2026-05-01 10:02 UTC  #5  confirmed (confirmed) · WhatsApp · newsletter
    said        “Start”
    shown       newsletter@1
    evidence    message_id: wamid.AAA
    source      a file that was read in (SHA-256 94ac7d6b83b3…) · recorded 2026-05-20 10:05 UTC
$ jawort --lang de history customer:4711 | head -12
2026-05-01 10:00 UTC  #2  Anmeldung eingetragen (requested) · WhatsApp · newsletter  +491713920001
    gesagt      „Formular“
    gezeigt     newsletter@1
    Beleg       customer: 4711
    Beleg       ip: 198.51.100.7
    Herkunft    eine eingelesene Datei (SHA-256 94ac7d6b83b3…) · eingetragen 2026-05-20 10:05 UTC
2026-05-01 10:00 UTC  #3  zwei Adressen derselben Person (address-linked)  +491713920001
    und         customer:4711
    Herkunft    eine eingelesene Datei (SHA-256 94ac7d6b83b3…) · eingetragen 2026-05-20 10:05 UTC
2026-05-01 10:00 UTC  #4  um Bestätigung gebeten (confirmation-sent) · WhatsApp · newsletter  +491713920001
    gezeigt     newsletter@1
    Herkunft    eine eingelesene Datei (SHA-256 94ac7d6b83b3…) · eingetragen 2026-05-20 10:05 UTC
$ jawort --json history +491713920001 --at 2026-05-01T10:00:00Z | head -c 420
{"address":"+491713920001","events":[{"seq":2,"event":"requested","occurred_at":"2026-05-01T10:00:00Z","recorded_at":"2026-05-20T10:05:00Z","address":"+491713920001","channel":"whatsapp","purpose":"newsletter","via":"","notice":"newsletter@1","source":"import:94ac7d6b83b3f879c29fa99e871e929fa19d1f2b415d3f2b76f3229ed44882d9","operator":"","evidence":{"customer":"4711","ip":"198.51.100.7","text":"Formular"}},{"seq":3," (no-eol)

# Restricted: nothing is sent.
$ jawort --now 2026-05-21T10:00:00Z restrict +491713920001 --reason "denies having asked" --operator Meier
+491713920001: restricted: nothing is sent, and no sweep erases anything, until `jawort unrestrict` (Art. 18 DSGVO)  [#8]
$ jawort --now 2026-05-21T10:00:00Z restrict +491713920001
+491713920001: was restricted already; nothing to do
$ jawort --now 2026-05-21T10:00:00Z --json check +491713920001 --channel whatsapp --purpose newsletter --template | grep -o '"code":"restricted"'
"code":"restricted"
$ jawort --now 2026-05-22T10:00:00Z unrestrict +491713920001 --operator Meier
+491713920001: restriction lifted; the person has to be told beforehand (Art. 18(3) DSGVO)  [#9]
$ jawort --now 2026-05-22T10:00:00Z --json unrestrict +491713920001
{"result":"nothing","event":"unrestricted","address":"+491713920001","restricted":false,"seq":null,"test_clock":true}

# Access, in the language of the notice.
$ jawort --now 2026-05-22T11:00:00Z access +491713920001 --requested 2026-05-21T09:00:00Z --answered --operator Meier | head -60
Auskunft über Ihre Daten
========================
  Verantwortlich         Reisestube Silberkranich GmbH
  Anschrift              Am Mühlsteg 4, 90000 Musterhausen
  Erreichbar             datenschutz@silberkranich.example.org, WhatsApp +49 171 3920000
  Stand                  2026-05-22 11:00 UTC
  Ihre Adressen bei uns  +491713920001, customer:4711

Was heute gilt
--------------
• Kanal  WhatsApp
  Zweck  newsletter
  Stand  eingewilligt
  Folge  wir dürfen Ihnen schreiben

Jeder Eintrag
-------------
• Wann (UTC)        2026-05-01 10:00
                    eingetragen 2026-05-20 10:05
  Was               Anmeldung eingetragen
                    WhatsApp, newsletter
                    +491713920001
  Worte und Belege  „Formular“
                    customer: 4711
                    ip: 198.51.100.7
                    gezeigt: newsletter@1
  Herkunft          eine eingelesene Datei (SHA-256 94ac7d6b83b3…)

• Wann (UTC)        2026-05-01 10:00
                    eingetragen 2026-05-20 10:05
  Was               zwei Adressen derselben Person
                    +491713920001
  Worte und Belege  andere Adresse: customer:4711
  Herkunft          eine eingelesene Datei (SHA-256 94ac7d6b83b3…)

• Wann (UTC)        2026-05-01 10:00
                    eingetragen 2026-05-20 10:05
  Was               um Bestätigung gebeten
                    WhatsApp, newsletter
                    +491713920001
  Worte und Belege  gezeigt: newsletter@1
  Herkunft          eine eingelesene Datei (SHA-256 94ac7d6b83b3…)

• Wann (UTC)        2026-05-01 10:02
                    eingetragen 2026-05-20 10:05
  Was               bestätigt
                    WhatsApp, newsletter
                    +491713920001
  Worte und Belege  „Start“
                    message_id: wamid.AAA
                    gezeigt: newsletter@1
  Herkunft          eine eingelesene Datei (SHA-256 94ac7d6b83b3…)

• Wann (UTC)        2026-05-21 09:00
                    eingetragen 2026-05-22 11:00
  Was               Auskunft verlangt
                    +491713920001
  Herkunft          von uns eingetragen

• Wann (UTC)        2026-05-21 10:00
$ jawort --now 2026-05-22T11:00:00Z access +491713920001 --format html --out page.html --lang en; grep -c '<script\|http-equiv="refresh"\|src=' page.html; head -c 120 page.html
8 entries, 2 addresses: page.html
0
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initia (no-eol)
$ jawort --now 2026-05-22T11:00:00Z access customer:4711 --format json | grep -o '"requests":.*' | head -c 330
"requests":[{"request":"access-requested","seq":10,"requested_at":"2026-05-21T09:00:00Z","answer_due":"2026-06-21T09:00:00Z","answered_at":"2026-05-22T11:00:00Z"}],"kept_until":"2029-12-31","erased":[],"sealed":[],"test_clock":true}
$ jawort --now 2026-05-22T11:00:00Z access +491713920009 --lang en | head -8
Your data with us
=================
  controller              Reisestube Silberkranich GmbH
  as of                   2026-05-22 11:00 UTC
  your addresses with us  +491713920009
We store nothing about this address.

Your rights
$ jawort access +491713920001 --format pdf
jawort: --format is json, html or text
? 2

# Hostile words stay words.
$ printf '<script>alert(1)</script>\033[2J\xe2\x80\xae=cmd|calc' > words.txt; jawort --now 2026-05-23T10:00:00Z record inbound +491713920004 --channel whatsapp --evidence words.txt
#12 inbound 2026-05-23 10:00 UTC
$ jawort --quiet history +491713920004
2026-05-23 10:00 UTC  #12  message to us (inbound) · WhatsApp
    said        “<script>alert(1)</script>\x1b[2J\u20..=cmd|calc”
    source      entered by us
$ jawort --now 2026-05-23T10:00:00Z access +491713920004 --format html | grep -o 'script[^ ]*' | sort -u
script&gt;alert(1)&lt;/script&gt;\x1b[2J\u20..=cmd|calc”</td><td

# What has expired and what must go.
$ jawort --now 2026-07-01T10:00:00Z sweep --dry-run
      1  sign-up without an answer: expires (request-expired)
         2026-05-27 10:02 UTC  +491713920002 · whatsapp · newsletter
      1  never confirmed: data go for good (lapsed-request)
         2026-06-26 10:02 UTC  +491713920002
      1  proof no longer needed: is erased (retention)
         2025-12-31 23:00 UTC  +491713920003
jawort: only shown, nothing written
$ jawort --now 2026-07-01T10:00:00Z sweep
      1  sign-up without an answer: expires (request-expired)
         2026-05-27 10:02 UTC  +491713920002 · whatsapp · newsletter
      1  never confirmed: data go for good (lapsed-request)
         2026-06-26 10:02 UTC  +491713920002
      1  proof no longer needed: is erased (retention)
         2025-12-31 23:00 UTC  +491713920003
$ jawort --now 2026-07-01T10:00:00Z sweep
nothing to do
$ jawort --now 2026-07-01T10:00:00Z --json sweep
{"dry_run":false,"expired":0,"lapsed":0,"retention":0,"boxes":0,"entries":0,"bytes":"gone","items":[],"kept":[],"test_clock":true}

# Erasing.
$ jawort --now 2026-07-02T10:00:00Z erase +491713920001
jawort: an erasure cannot be taken back; nothing was erased
  → repeat with --yes; --dry-run shows first what would go
? 2
$ jawort --now 2026-07-02T10:00:00Z erase +491713920001 --dry-run
+491713920001: 8 entries would go; the proof would stay sealed until 2029-12-31
  the same person: customer:4711
$ jawort --now 2026-07-02T10:00:00Z erase +491713920001 --requested 2026-06-30T10:00:00Z --operator Meier --yes
+491713920001: erased, proof sealed: 10 entries  [#18]
  the same person: customer:4711
  gone: addresses, the person's secret, state, words, message ids, sources, exact times
  stays: sealed, what a court would need: address, keys, words, exact times; opens only with the
  address and the key file – until 2029-12-31
    because: proof of consent, defence of claims (Art. 17(3)(b), (e) DSGVO)
  stays: a tombstone: a keyed value that names nobody without the key file
    because: so that no import and no old list revives the person (Art. 17(3)(b) DSGVO)
  stays: 132 bytes of each entry, with kind, purpose, notice and minute
    because: so that all proofs and checkpoints stay valid; without the person's secret they say
    nothing to anybody
  requested 2026-06-30 10:00 UTC, to be answered by 2026-07-30 10:00 UTC
$ jawort --now 2026-07-02T10:00:00Z --lang de erase +491713920001 --yes
+491713920001: schon gelöscht; nichts zu tun
  bleibt: versiegelt, was ein Gericht bräuchte: Adresse, Schlüssel, Worte, genaue Zeiten; zu öffnen
  nur mit der Adresse und der Schlüsseldatei – bis 2029-12-31
    weil: Nachweis der Einwilligung, Abwehr von Ansprüchen (Art. 17 Abs. 3 lit. b, e DSGVO)
  bleibt: ein Grabstein: ein Schlüsselwert, der ohne Schlüsseldatei niemanden nennt
    weil: damit kein Import und keine alte Liste die Person wiederbelebt (Art. 17 Abs. 3 lit. b
    DSGVO)
$ jawort --now 2026-07-02T10:00:00Z check +491713920001 --channel whatsapp --purpose newsletter --template
deny: +491713920001 · whatsapp · newsletter · unknown · 2026-07-02 10:00 UTC
  deny erased  [#18]
    This person's data were erased; the person stays suppressed.
    Art. 17 Abs. 1, 3 lit. b, e DSGVO
    → Do not write. It goes on only if the person consents anew.
? 3
$ jawort --now 2026-07-02T11:00:00Z --json import rows.csv | tail -1
{"type":"summary","rows":5,"appended":0,"duplicates":0,"suppressed":5,"refused":0,"bad":0,"rolled_back":false,"test_clock":true}
$ jawort history +491713920001
2026-07-02 10:00 UTC  #18  erased (erased)
    source      noted automatically
$ jawort --now 2026-07-02T11:00:00Z access +491713920001 --lang en | sed -n '1,30p'
Your data with us
=================
  controller              Reisestube Silberkranich GmbH
  address                 Am Mühlsteg 4, 90000 Musterhausen
  contact                 datenschutz@silberkranich.example.org, WhatsApp +49 171 3920000
  as of                   2026-07-02 11:00 UTC
  your addresses with us  +491713920001

Every entry
-----------
• when (UTC)          2026-07-02 10:00
  what                erased
                      +491713920001
  source              noted automatically

Sealed proof
------------
These entries are erased. What a court would need stays sealed until 2029-12-31 and opens only when
your address is presented (Art. 17(3)(b), (e) GDPR). It holds:
• when (UTC)          2026-05-01 10:00
                      recorded 2026-05-20 10:05
  what                sign-up entered
                      WhatsApp, newsletter
                      +491713920001
  words and evidence  “Formular”
                      customer: 4711
                      ip: 198.51.100.7
                      shown: newsletter@1
  source              a file that was read in (SHA-256 94ac7d6b83b3…)
() (re)
$ grep -c '491713920001\|wamid.AAA' a.db a.db.keys a.db.checkpoints a.db.erasures
a.db:0
a.db.keys:0
a.db.checkpoints:0
a.db.erasures:0
? 1
$ jawort --now 2026-07-02T12:00:00Z --json erase +491713920001 --final --yes
{"result":"finalised","address":"+491713920001","addresses":["+491713920001"],"entries":0,"entry":19,"boxes_gone":1,"sealed_until":null,"stays":[{"what":"tombstone","text":"a tombstone: a keyed value that names nobody without the key file","why":"so that no import and no old list revives the person (Art. 17(3)(b) DSGVO)","until":null}],"requested_at":null,"answer_due":null,"bytes":"gone","test_clock":true}
$ jawort --now 2026-07-02T12:00:00Z erase +491713920009 --yes
+491713920009: nothing was stored; from now on a tombstone keeps imports out  [#20]
  stays: a tombstone: a keyed value that names nobody without the key file
    because: so that no import and no old list revives the person (Art. 17(3)(b) DSGVO)
$ jawort --json verify | sed 's/"checkpoint".*"problems"/"problems"/'
{"ok":true,"events":21,"problems":[],"origins":[{"origin":"reisestube-silberkranich-gmbh.example/jawort/test","first_seq":0,"entries":21,"lost":0}],"remarks":[],"test_clock":true}

# Somebody who was erased starts anew: asked as anybody, and only their yes counts.
$ printf '+491713920001\t2026-07-04T10:00:00Z\tStart\n' | jawort --now 2026-07-04T10:00:01Z receive text - --channel whatsapp 2>/dev/null | grep -o '"events":[^]]*]'
"events":["inbound","requested","confirmation-sent"]
$ jawort --now 2026-07-04T10:01:00Z --json check +491713920001 --channel whatsapp --purpose newsletter --template | cut -c1-110
{"decision":"deny","address":"+491713920001","channel":"whatsapp","purpose":"newsletter","status":"requested",
$ printf '+491713920001\t2026-07-04T10:05:00Z\tStart\n' | jawort --now 2026-07-04T10:05:01Z receive text - --channel whatsapp 2>/dev/null | grep -o '"events":[^]]*]\|"kind":"welcome"'
"events":["inbound","confirmed"]
"kind":"welcome"
$ jawort --now 2026-07-04T10:06:00Z --json check +491713920001 --channel whatsapp --purpose newsletter --template | cut -c1-110
{"decision":"permit","address":"+491713920001","channel":"whatsapp","purpose":"newsletter","status":"given","a
