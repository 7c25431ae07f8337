# The office assistant at the terminal: checking an office's file, replies of receive, reporting them, response times, the rota.
$ export JAWORT_LANG=de JAWORT_LEDGER=$PWD/a.db; cp "$TESTDATA"/examples/agency/{buero,anmeldung,reisewunsch}.toml .; jawort office check buero.toml
Reisestube Silberkranich: in Ordnung
  Dialog anmeldung: 3 Schritte (anmeldung.toml)
  Dialog reisewunsch: 4 Schritte (reisewunsch.toml)
jawort: kein Hauptbuch, daher sind die Hinweise der Dialoge nicht geprüft
$ jawort --now 2026-01-01T00:00:00Z --quiet init --controller "Reisestube Silberkranich GmbH" --test-clock | cut -d+ -f1
reisestube-silberkranich-gmbh.example/jawort/test
# Without their notices the dialogues cannot run.
$ jawort office check buero.toml
jawort: Hinweis 'newsletter' ist nicht veröffentlicht
  → jawort notice list; jawort notice add FILE.toml
? 3
$ jawort --now 2026-01-01T00:00:00Z --quiet notice add "$TESTDATA/examples/agency/newsletter.toml" | cut -d' ' -f1
newsletter@1
$ jawort --now 2026-01-01T00:00:00Z --quiet notice add "$TESTDATA/examples/agency/newsletter-monatlich.toml" | cut -d' ' -f1
newsletter-monatlich@1
$ jawort office check buero.toml
Reisestube Silberkranich: in Ordnung
  Dialog anmeldung: 3 Schritte (anmeldung.toml)
  Dialog reisewunsch: 4 Schritte (reisewunsch.toml)
$ jawort --json office check buero.toml
{"ok":true,"office":"Reisestube Silberkranich","notices_checked":true,"dialogues":[{"id":"anmeldung","file":"anmeldung.toml","steps":3},{"id":"reisewunsch","file":"reisewunsch.toml","steps":4}],"test_clock":true}
# Mistakes are named with their line, in both languages.
$ sed 's/^\[away\]/[awya]/' buero.toml > falsch.toml; jawort office check falsch.toml
jawort: falsch.toml:34: unbekannter Schlüssel 'awya'
  → meinten Sie away?
? 2
$ sed 's/{next_open}/{next_opne}/' buero.toml > falsch.toml; jawort --lang en office check falsch.toml
jawort: falsch.toml:31: there is no placeholder {next_opne} here
  → did you mean {next_open}?
? 2
$ sed 's/Wenn es eilt: /Sparen Sie jetzt: /' buero.toml > falsch.toml; jawort office check falsch.toml
jawort: falsch.toml:39: 'de' wirbt („sparen sie“): eine automatische Antwort darf das nicht
  → die Stelle streichen; Werbung braucht eine Einwilligung
? 2
$ cp anmeldung.toml gut.toml; sed -i 's/^{notice}$/Kurz gefragt:/' anmeldung.toml; jawort office check buero.toml; cp gut.toml anmeldung.toml
jawort: anmeldung.toml:72: Schritt 'ja' bittet um eine Einwilligung, ohne dass der Hinweis vorher zu lesen war
  → {notice} in den Text dieses Schritts schreiben, in beiden Sprachen
$ jawort receive text - --channel sms --office falsch.toml
jawort: falsch.toml:39: 'de' wirbt („sparen sie“): eine automatische Antwort darf das nicht
  → die Stelle streichen; Werbung braucht eine Einwilligung
? 2
# A message at night, its reply, and the report that it was sent: once.
$ printf '+491713920001\t2026-06-02T22:15:00+02:00\tHaben Sie noch etwas auf Kreta?\n' > n.tsv; jawort --now 2026-06-02T20:15:02Z receive text n.tsv --channel whatsapp --office buero.toml --quiet
{"message_id":"","address":"+491713920001","channel":"whatsapp","intent":"none","scope":null,"events":["inbound"],"sequences":[3],"reply":{"text":"Guten Abend, schön, dass Sie uns schreiben. Im Moment ist niemand im Büro. Wir sind morgen um 9 Uhr wieder da und melden uns dann bei Ihnen. Wenn es nicht warten kann, rufen Sie uns bitte an: +49 89 99998 123.","kind":"greeting","language":"de","notice":"","id":"r-3"},"skipped":null,"kind":"message","what":"text","line":1,"test_clock":true}
$ jawort --now 2026-06-02T20:15:05Z sent r-3
r-3: eingetragen
$ jawort --now 2026-06-02T20:15:06Z sent r-3 --message-id wamid.9
r-3: stand schon da
$ jawort sent r-1
jawort: keine Antwort 'r-1'
  → die id steht bei `receive` unter reply.id, z. B. r-1042
? 2
$ jawort --now 2026-06-02T20:16:00Z --json sent x
{"error":{"code":"unknown-name","message":"keine Antwort 'x'","hint":"die id steht bei `receive` unter reply.id, z. B. r-1042"}}
? 2
# The webhook again: nothing is said twice.
$ jawort --now 2026-06-02T20:17:00Z receive text n.tsv --channel whatsapp --office buero.toml --quiet
{"message_id":"","address":"+491713920001","channel":"whatsapp","intent":"none","scope":null,"events":[],"sequences":[],"reply":null,"skipped":"duplicate","kind":"message","what":"text","line":1,"test_clock":true}
# A dialogue goes on from call to call.
$ say() { printf '+491713920002\t%s\t%s\n' "$1" "$2" > n.tsv; jawort --now "$1" receive text n.tsv --channel whatsapp --office buero.toml --quiet | head -n 1 | jq -c '[.events, (.reply | if . then [.kind, .notice] else null end), .dialogue]'; }
$ say 2026-06-03T08:00:00Z Newsletter; say 2026-06-03T08:01:00Z 1; say 2026-06-03T08:02:00Z 2; say 2026-06-03T08:03:00Z Start
[["inbound"],["dialogue",""],{"id":"anmeldung","step":"themen","answers":{},"for_office":false}]
[["inbound"],["dialogue",""],{"id":"anmeldung","step":"wie-oft","answers":{"themen":"Kreuzfahrten"},"for_office":false}]
[["inbound","requested","confirmation-sent"],["confirmation","newsletter-monatlich@1"],{"id":"anmeldung","step":"ja","answers":{"themen":"Kreuzfahrten","wie-oft":"höchstens einmal"},"for_office":false}]
[["inbound","confirmed"],["welcome",""],null]
$ jawort --now 2026-06-03T08:04:00Z check +491713920002 --channel whatsapp --purpose newsletter/kreuzfahrten --template
erlaubt: +491713920002 · whatsapp · newsletter/kreuzfahrten · eingewilligt · 2026-06-03 08:04 UTC
  erlaubt double-opt-in-confirmed  [#8 #9 #11]
    Angemeldet, neutral gefragt und auf demselben Kanal bestätigt.
    Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG
    → Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.
$ jawort history +491713920002
2026-06-03 08:00 UTC  #5  Nachricht an uns (inbound) · WhatsApp
    Beleg       dialogue: anmeldung
    Beleg       lang: de
    Beleg       message_id: made:65d3a578a82e91b3bb3b8bb04d08d48a
    Beleg       reply: dialogue
    Beleg       reply_digest: 239a3f83bcd8d94e
    Beleg       step: themen
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)
2026-06-03 08:01 UTC  #6  Nachricht an uns (inbound) · WhatsApp
    Beleg       answer: Kreuzfahrten
    Beleg       answered: themen
    Beleg       dialogue: anmeldung
    Beleg       lang: de
    Beleg       message_id: made:06b42fe81e76d6e1a519ef4c7e17fc62
    Beleg       purposes: newsletter/kreuzfahrten
    Beleg       reply: dialogue
    Beleg       reply_digest: 32b20d2d2fd05f96
    Beleg       step: wie-oft
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)
2026-06-03 08:02 UTC  #7  Nachricht an uns (inbound) · WhatsApp
    Beleg       answer: höchstens einmal
    Beleg       answered: wie-oft
    Beleg       chosen_notice: newsletter-monatlich
    Beleg       dialogue: anmeldung
    Beleg       lang: de
    Beleg       message_id: made:36c2eb19f1c7c8f090914f92bac3e070
    Beleg       reply: confirmation
    Beleg       reply_digest: 0cbf1c5d012231ba
    Beleg       step: ja
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)
2026-06-03 08:02 UTC  #8  Anmeldung eingetragen (requested) · WhatsApp · newsletter/kreuzfahrten
    gesagt      „2“
    gezeigt     newsletter-monatlich@1
    Beleg       act: dialogue
    Beleg       message_id: made:36c2eb19f1c7c8f090914f92bac3e070
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)
2026-06-03 08:02 UTC  #9  um Bestätigung gebeten (confirmation-sent) · WhatsApp · newsletter/kreuzfahrten
    gezeigt     newsletter-monatlich@1
    Beleg       message_id: made:36c2eb19f1c7c8f090914f92bac3e070
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)
2026-06-03 08:03 UTC  #10  Nachricht an uns (inbound) · WhatsApp
    Beleg       message_id: made:042d37276d1a7dcf03bf51b1b3ec137e
    Beleg       reply: welcome
    Beleg       reply_digest: 83954982f8a1069e
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)
2026-06-03 08:03 UTC  #11  bestätigt (confirmed) · WhatsApp · newsletter/kreuzfahrten
    gesagt      „Start“
    gezeigt     newsletter-monatlich@1
    Beleg       message_id: made:042d37276d1a7dcf03bf51b1b3ec137e
    Herkunft    Ihre Nachricht, wie die Plattform sie übermittelte (text)

Was gezeigt wurde
newsletter-monatlich@1  de  2026-01-01 00:00 UTC  sha256 994bd509d89160c04f68bf38e63e2886fd2a1ada92fd948106aff8d7fe292796
  | Ja, die Reisestube Silberkranich GmbH, Musterhausen, darf mir Werbung für Reisen schicken, und
  | zwar auf dem Weg, den ich hier angebe: per WhatsApp oder per E-Mail.
  | 
  | Was Sie bekommen: unseren Newsletter mit Reisetipps und Neuigkeiten zu Pauschalreisen,
  | Kreuzfahrten, Städtereisen und Rundreisen (Sie können auch nur Kreuzfahrten oder nur
  | Städtereisen wählen) und, wenn Sie das ankreuzen, einzelne Reiseangebote aus unserem Büro.
  | Werbung für andere Unternehmen schicken wir nicht.
  | 
  | Wie oft: höchstens eine Nachricht in 28 Tagen, alles zusammengezählt.
  | 
  | So melden Sie sich an: Wählen Sie dies im Gespräch mit uns, oder tragen Sie Ihre Nummer oder
  | Adresse ein. Sie erhalten dort eine einzige Nachricht mit der Bitte um Bestätigung; antworten
  | Sie darauf mit „Start“. Ohne Ihr „Start“ schicken wir nichts.
  | 
  | Was wir speichern: Mobilnummer oder E-Mail-Adresse, Namen, gewählte Themen, dazu Zeitpunkt und
  | Wortlaut von Anmeldung und Abmeldung als Nachweis. WhatsApp-Nachrichten laufen über die WhatsApp
  | Ireland Limited; dabei können Daten in die USA an die WhatsApp LLC und die Meta Platforms, Inc.
  | gelangen.
  | 
  | Abmelden können Sie sich jederzeit mit Wirkung für die Zukunft: Antworten Sie mit „Stop“. Die
  | Angaben sind freiwillig, eine Buchung hängt nicht davon ab. Mehr dazu, auch zu Ihren Rechten:
  | https://silberkranich.example.org/datenschutz
  | 
  Bitte um Bestätigung:
  | Guten Tag, hier ist die Reisestube Silberkranich GmbH, Musterhausen. Diese Nummer oder Adresse
  | wurde bei uns für den Newsletter eingetragen. Waren Sie das und möchten Sie ihn erhalten? Dann
  | antworten Sie bitte innerhalb von sieben Tagen mit „Start“. Wenn nicht, brauchen Sie nichts zu
  | tun: Wir fragen nicht noch einmal und löschen die Eintragung. Hinweise:
  | https://silberkranich.example.org/datenschutz
  | 
# Who answers, when is somebody there, how fast.
$ jawort --now 2026-06-03T18:00:00Z office show buero.toml
Reisestube Silberkranich
Ortszeit 2026-06-03 20:00: geschlossen; wieder da am Freitag um 9 Uhr
Es antwortet: Sabine Meier

Schluss einer persönlichen Nachricht
  Viele Grüße
  Sabine Meier
  Reisestube Silberkranich

Feiertage 2026 (DE-BY)
  2026-01-01  Neujahr
  2026-01-06  Heilige Drei Könige
  2026-04-03  Karfreitag
  2026-04-06  Ostermontag
  2026-05-01  Tag der Arbeit
  2026-05-14  Christi Himmelfahrt
  2026-05-25  Pfingstmontag
  2026-06-04  Fronleichnam
  2026-08-15  Mariä Himmelfahrt
  2026-10-03  Tag der Deutschen Einheit
  2026-11-01  Allerheiligen
  2026-12-25  1. Weihnachtstag
  2026-12-26  2. Weihnachtstag

Antwortzeit der letzten 28 Tage
  whatsapp   keine Angabe (Median –; 0 beantwortet, 1 offen)
  messenger  keine Angabe (Median –; 0 beantwortet, 0 offen)
  sms        keine Angabe (Median –; 0 beantwortet, 0 offen)
$ jawort --lang en --now 2026-06-03T09:00:00Z office show buero.toml | head -5
Reisestube Silberkranich
Local time 2026-06-03 11:00: open
Answers: Sabine Meier

Close of a personal message
$ sed 's/^label = "automatic"/label = "minutes"/' buero.toml > schnell.toml; jawort --now 2026-06-03T18:00:00Z office show schnell.toml | tail -8

Antwortzeit der letzten 28 Tage
  whatsapp   keine Angabe (Median –; 0 beantwortet, 1 offen)
             WARNUNG: gewählt ist „Antwortet normalerweise innerhalb von ein paar Minuten“; so wenige Wartezeiten belegen das nicht
  messenger  keine Angabe (Median –; 0 beantwortet, 0 offen)
             WARNUNG: gewählt ist „Antwortet normalerweise innerhalb von ein paar Minuten“; so wenige Wartezeiten belegen das nicht
  sms        keine Angabe (Median –; 0 beantwortet, 0 offen)
             WARNUNG: gewählt ist „Antwortet normalerweise innerhalb von ein paar Minuten“; so wenige Wartezeiten belegen das nicht
$ jawort --now 2026-06-03T18:00:00Z --json office show schnell.toml | jq -c '[.open, .next_open, .operator, .response[0]]'
[false,"2026-06-05 09:00","Sabine Meier",{"channel":"whatsapp","answered":0,"unanswered":1,"last_words":0,"median_seconds":null,"chosen":"minutes","truth":"none","label":"none","text":"","worse_than_chosen":true}]
# The rota's names close a personal message.
$ printf 'Guten Tag, Ihr Zimmer ist reserviert.\nViele Grüße\nJonas Weber\n' > m.txt; jawort message check m.txt --office buero.toml
erlaubt: Service
$ printf 'Guten Tag, Ihr Zimmer ist reserviert.\nViele Grüße\nKlaus Fremd\n' > m.txt; jawort message check m.txt --office buero.toml
Warnung: Service
  Warnung operator-named
    Am Ende der persönlichen Nachricht fehlt der Name der Mitarbeiterin oder des Mitarbeiters.
    → Mit dem eigenen Namen schließen.
$ jawort verify
in Ordnung: 12 Einträge neu gelesen, alle Blätter, Stände und Prüfpunkte stimmen
