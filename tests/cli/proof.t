# Proofs for others: made from a ledger, checked from files alone.
$ export JAWORT_LANG=en
$ jawort --now 2026-01-02T09:00:00+01:00 --json init --controller "Reisestube Silberkranich GmbH" --origin silberkranich.example.org/jawort --test-clock > init.json; jawort --now 2026-01-02T09:00:00+01:00 --quiet notice add $TESTDATA/examples/agency/newsletter.toml > added; export key=$(jawort --json checkpoint | sed 's/.*"verifier_key":"\([^"]*\)".*/\1/')
$ jawort checkpoint > old.checkpoint; sed 3,5d old.checkpoint
silberkranich.example.org/jawort/test
2
$ jawort --now 2026-02-01T10:00:00+01:00 record given +491713920001 --channel whatsapp --purpose newsletter --notice newsletter --evidence Start --operator Meier
#2 given 2026-02-01 09:00 UTC
$ jawort --now 2026-02-01T10:05:00+01:00 record inbound +491713920002 --channel whatsapp --evidence 'Guten Tag'
#3 inbound 2026-02-01 09:05 UTC
$ jawort --now 2026-03-01T18:30:00+01:00 record withdrawn +491713920001 --channel whatsapp --evidence 'Bitte nicht mehr' --operator Meier
#4 withdrawn 2026-03-01 17:30 UTC

# One person's entries.
$ jawort prove +491713920001 --out proof --evidence
#2      given                proof/2.leaf  proof/2.tlog-proof
#4      withdrawn            proof/4.leaf  proof/4.tlog-proof
proof/opening.json: opens 2 entries; the person's secret, for them and for whom they show it to
check: jawort verify --opening proof/opening\.json --key silberkranich\.example\.org/jawort/test\+[0-9a-f]{8}\+[A-Za-z0-9/+=]+ (re)
$ ls proof; stat -c %a proof/opening.json
2.leaf
2.tlog-proof
4.leaf
4.tlog-proof
opening.json
600
$ jawort verify --proof proof/2.tlog-proof --leaf proof/2.leaf --key $key
proven: given of 2026-02-01 09:00 UTC stands at place 2 of 5 entries in silberkranich.example.org/jawort/test
$ jawort --json verify --proof proof/2.tlog-proof --leaf proof/2.leaf --key $key
\{"ok":true,"origin":"silberkranich\.example\.org/jawort/test","size":5,"root":"[A-Za-z0-9/+=]+","index":2,"entry":\{"kind":"given","minute":"2026-02-01T09:00:00Z","purpose_code":1,"epoch":1,"about_a_person":true\},"other_signatures":0,"problems":\[\]\} (re)
$ jawort verify --opening proof/opening.json --key $key
2026-02-01 09:00 UTC  #2      given                +491713920001
                              whatsapp newsletter newsletter@1
                              “Start”
2026-03-01 17:30 UTC  #4      withdrawn            +491713920001
                              whatsapp  
                              “Bitte nicht mehr”
proven: 2 entries are this person's and stand among the 5 in silberkranich.example.org/jawort/test
$ jawort --lang de verify --opening proof/opening.json --key $key
2026-02-01 09:00 UTC  #2      given                +491713920001
                              whatsapp newsletter newsletter@1
                              „Start“
2026-03-01 17:30 UTC  #4      withdrawn            +491713920001
                              whatsapp  
                              „Bitte nicht mehr“
bewiesen: 2 Einträge gehören zu dieser Person und stehen unter den 5 in silberkranich.example.org/jawort/test

# What does not prove it.
$ jawort verify --proof proof/2.tlog-proof --leaf proof/4.leaf --key $key
inclusion: this leaf does not stand at this place of the signed tree
not proven
? 4
$ jawort --json verify --proof proof/2.tlog-proof --leaf proof/4.leaf --key $key
\{"ok":false,"origin":"silberkranich\.example\.org/jawort/test","size":5,"root":"[A-Za-z0-9/+=]+","index":2,"entry":\{"kind":"withdrawn","minute":"2026-03-01T17:30:00Z","purpose_code":0,"epoch":1,"about_a_person":true\},"other_signatures":0,"problems":\[\{"seq":null,"kind":"inclusion","text":"this leaf does not stand at this place of the signed tree"\}\]\} (re)
? 4
$ jawort verify --proof proof/2.tlog-proof --leaf proof/2.leaf --key example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k
origin: the checkpoint belongs to silberkranich.example.org/jawort/test, the key to example.com/foo
not proven
? 4
$ jawort verify --proof proof/2.leaf --leaf proof/2.leaf --key $key
proof: the proof file is none
not proven
? 4
$ sed 's/+491713920001/+491713920002/' proof/opening.json > proof/other.json; jawort verify --opening proof/other.json --key $key | tail -n 5
subject #2: the leaf does not belong to this address
evidence #2: the evidence speaks of another entry
subject #4: the leaf does not belong to this address
evidence #4: the evidence speaks of another entry
not proven
$ jawort verify --proof proof/2.tlog-proof --leaf proof/2.leaf
jawort: --key is missing
  → the verifier key that the agency published; one from the same file proves nothing
? 2
$ jawort verify --leaf proof/2.leaf --key $key
jawort: --proof, --consistency, --opening or --tiles is missing
  → jawort verify --help
? 2
$ jawort verify --opening old.checkpoint --key $key
jawort: not an opening: JSON
  → a file as `jawort prove` writes it
? 4

# The whole log, and whether an opening leaves anything out.
$ jawort export tiles log
5 entries in log: 2 files written, 0 narrower ones removed
$ jawort verify --tiles log --key $key
proven: the 5 entries come to the signed root of silberkranich.example.org/jawort/test
$ jawort verify --opening proof/opening.json --tiles log --key $key | tail -n 1
proven: 2 entries are this person's and stand among the 5 in silberkranich.example.org/jawort/test; 5 entries searched, none is missing up to the checkpoint
$ jq 'del(.entries[1])' proof/opening.json > proof/hidden.json; jawort verify --opening proof/hidden.json --tiles log --key $key | tail -n 2
left-out: the opening leaves out the entry at place 4 (withdrawn)
not proven
$ jawort --now 2026-03-02T10:00:00+01:00 --quiet record inbound +491713920001 --channel whatsapp --evidence 'Noch eine Frage'; jawort export tiles log
#5 inbound 2026-03-02 09:00 UTC
6 entries in log: 2 files written, 2 narrower ones removed
$ jawort verify --opening proof/opening.json --tiles log --key $key | tail -n 1
proven: 2 entries are this person's and stand among the 5 in silberkranich.example.org/jawort/test; 6 entries searched, none is missing up to the checkpoint, 1 came after it
$ jawort --json export tiles log
\{"origin":"silberkranich\.example\.org/jawort/test","size":6,"root":"[A-Za-z0-9/+=]+","old_size":6,"written":0,"removed":0,"test_clock":true\} (re)
$ find log -type f | sort
log/checkpoint
log/tile/0/000.p/6
log/tile/entries/000.p/6

# Growth since a checkpoint.
$ jawort prove --since old.checkpoint > since; head -n 1 since
old 2
$ jawort verify --consistency since --old old.checkpoint --key $key
proven: silberkranich.example.org/jawort/test has only grown, from 2 to 6 entries
$ jawort --json verify --consistency since --old old.checkpoint --key $key
\{"ok":true,"origin":"silberkranich\.example\.org/jawort/test","size":6,"root":"[A-Za-z0-9/+=]+","old_size":2,"problems":\[\]\} (re)
$ jawort checkpoint > new.checkpoint; jawort verify --consistency since --old new.checkpoint --key $key
old-size: the proof begins at size 2, the old checkpoint has 6
not proven
? 4
$ jawort prove --since proof/2.leaf
jawort: this is no checkpoint that this ledger signed
  → a file as `jawort checkpoint` prints it
? 1

# Another history under the same keys.
$ mkdir fork; cp jawort.db.keys fork; jawort --now 2026-01-02T09:00:00+01:00 --quiet --ledger fork/x.db init --controller Andere --origin silberkranich.example.org/jawort --test-clock > init.txt; mv fork/x.db fork/jawort.db; rm fork/x.db.*; jawort --now 2026-01-03T10:00:00+01:00 --ledger fork/jawort.db --quiet record inbound +491713920007 --channel whatsapp --evidence Hallo
#1 inbound 2026-01-03 09:00 UTC
$ jawort --ledger fork/jawort.db prove --since old.checkpoint
jawort: fork: at size 2 the signed ledger had other entries
  → keep the checkpoint: it proves it
? 4
$ jawort --ledger fork/jawort.db export tiles log
jawort: fork: the tiles in log are not the beginning of this ledger
  → keep the folder: its checkpoint proves it
? 4

# One entry, and what is not there.
$ jawort prove '#0' --out one --quiet; ls one
0.leaf
0.tlog-proof
opening.json
$ jawort --json prove 0 --out one
\{"origin":"silberkranich\.example\.org/jawort/test","verifier_key":"silberkranich\.example\.org/jawort/test\+[0-9a-f]{8}\+[A-Za-z0-9/+=]+","entries":\[\{"seq":0,"index":0,"leaf":"one/0\.leaf","proof":"one/0\.tlog-proof"\}\],"opened":1,"opening":"one/opening\.json","test_clock":true\} (re)
$ jawort prove 99 --out one
jawort: no entry #99
  → the last one is #5
? 1
$ jawort prove +491713920009 --out one
jawort: the ledger knows nothing of +491713920009
? 1
$ jawort prove 0
jawort: --out is missing
  → jawort prove 0 --out proof
? 2
$ jawort prove
jawort: either an entry or an address, or --since
  → jawort prove --help
? 2
$ jawort prove 'Herr Meier' --out one
jawort: not an address: letters in a number
  → e.g. +49 171 3920001 or 0171 3920001
? 2

# Receipts.
$ jawort --now 2026-02-15T10:00:00+01:00 receipt +491713920001 | sed 's/^\(issued [^,]*\), .*/\1/'
Consent receipt
Controller: Reisestube Silberkranich GmbH
issued 2026-02-15 09:00 UTC

newsletter · whatsapp · +491713920001: given
  2026-02-01 09:00 UTC  given by you (whatsapp), #2
  notice          newsletter@1, SHA-256 685fba097dc1bf7c926d74a4aaa19a48b6d4460a085e3bbb7d889ca9b213f648
  words           Ja, die Reisestube Silberkranich GmbH, Musterhausen, darf mir Werbung für Reisen schicken, und zwar auf dem Weg, den ich hier angebe: per WhatsApp oder per E-Mail.

                  Was Sie bekommen: unseren Newsletter mit Reisetipps und Neuigkeiten zu Pauschalreisen, Kreuzfahrten, Städtereisen und Rundreisen (Sie können auch nur Kreuzfahrten oder nur Städtereisen wählen) und, wenn Sie das ankreuzen, einzelne Reiseangebote aus unserem Büro. Werbung für andere Unternehmen schicken wir nicht.

                  Wie oft: höchstens vier Nachrichten in 28 Tagen, alles zusammengezählt.

                  So melden Sie sich an: Tragen Sie Ihre Nummer oder Adresse ein. Sie erhalten dort eine einzige Nachricht mit der Bitte um Bestätigung; antworten Sie darauf mit „Start“. Oder schreiben Sie uns selbst per WhatsApp „Start“ an +49 171 3920000. Ohne Ihr „Start“ schicken wir nichts.

                  Was wir speichern: Mobilnummer oder E-Mail-Adresse, Namen, gewählte Themen, dazu Zeitpunkt und Wortlaut von Anmeldung und Abmeldung als Nachweis. WhatsApp-Nachrichten laufen über die WhatsApp Ireland Limited; dabei können Daten in die USA an die WhatsApp LLC und die Meta Platforms, Inc. gelangen.

                  Abmelden können Sie sich jederzeit mit Wirkung für die Zukunft: Antworten Sie mit „Stop“. Die Angaben sind freiwillig, eine Buchung hängt nicht davon ab. Mehr dazu, auch zu Ihren Rechten: https://silberkranich.example.org/datenschutz
  data            Mobilnummer oder E-Mail-Adresse, Name, gewählte Themen, Zeitpunkt und Wortlaut von Anmeldung und Abmeldung, Zeitpunkt der gesendeten Nachrichten
  recipients      WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc. (US), E-Mail-Dienstleister als Auftragsverarbeiter (DE)
  retention       Bis zur Abmeldung; danach nur der Nachweis, bis zum 31. Dezember des dritten Jahres nach der Abmeldung oder der letzten Nachricht, mindestens drei Jahre nach der letzten Nachricht (§§ 195, 199 BGB). Nicht bestätigte Anmeldungen verfallen nach sieben Tagen und werden 30 Tage später gelöscht.
  privacy         https://silberkranich.example.org/datenschutz
  to stop         Antworten Sie jederzeit mit „Stop“ auf demselben Weg, oder mit „Stop“ und dem Thema, wenn Sie nur dieses nicht mehr möchten. Das gilt sofort und für die Zukunft; was bis dahin geschickt wurde, bleibt rechtmäßig. Es kostet nichts außer den üblichen Übermittlungskosten.
  your rights     Sie haben das Recht auf Auskunft, Berichtigung, Löschung, Einschränkung der Verarbeitung und Datenübertragbarkeit und können der Verarbeitung für Werbung jederzeit widersprechen (Art. 15 bis 18, 20, 21 DSGVO).
  authority       Bayerisches Landesamt für Datenschutzaufsicht (BayLDA), Promenade 18, 91522 Ansbach

Verifiable: the numbers (#) stand in the signed log, which this is the state of
silberkranich.example.org/jawort/test
6
[A-Za-z0-9/+]{43}= (re)

— silberkranich\.example\.org/jawort/test [A-Za-z0-9/+=]+ (re)

Verifier key: silberkranich\.example\.org/jawort/test\+[0-9a-f]{8}\+[A-Za-z0-9/+=]+ (re)
$ jawort --now 2026-03-15T10:00:00+01:00 --lang de receipt 0171-3920001 | sed -n '5,8p'
newsletter · whatsapp · +491713920001: von Ihnen widerrufen
  2026-02-01 09:00 UTC  von Ihnen erteilt (whatsapp), #2
  2026-03-01 17:30 UTC  von Ihnen widerrufen (whatsapp), #4
  Hinweis         newsletter@1, SHA-256 685fba097dc1bf7c926d74a4aaa19a48b6d4460a085e3bbb7d889ca9b213f648
$ jawort --now 2026-03-15T10:00:00+01:00 receipt +491713920001 --format dpv | jq -c '."dct:hasPart"[0] | [."@type", ."dpv:hasConsentStatus"."@id", ."dpv:isIndicatedAtTime"."@value", ."dpv:hasNotice"."dct:identifier", ."dpv:hasConsentControl"."@type"]'
["dpv:ConsentRecord","dpv:ConsentWithdrawn","2026-02-01T09:00:00Z","newsletter@1","dpv:WithdrawConsent"]
$ jawort --now 2026-03-15T10:00:00+01:00 receipt +491713920001 --format kantara | jq -c '.[0] | [.version, .jurisdiction, .consentTimestamp, .collectionMethod, .language, .piiPrincipalId, .services[0].service, .consentStatus]'
["KI-CR-v1.1.0","DE",1769936400,"given (whatsapp)","de","+491713920001","whatsapp","withdrawn"]
$ jawort receipt +491713920009
jawort: no consent of +491713920009 is on record
? 1
$ jawort receipt +491713920001 --format pdf
jawort: unknown format 'pdf'
  → text, dpv or kantara
? 2
