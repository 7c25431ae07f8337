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
$ say() { printf '+491713920002\t%s\t%s\n' "$1" "$2" > n.tsv; jawort --now "$1" receive text n.tsv --channel whatsapp --office buero.toml --quiet | python3 -c 'import json,sys; j=json.loads(sys.stdin.readline()); print(j["events"], j["reply"] and (j["reply"]["kind"], j["reply"]["notice"]), j.get("dialogue"))'; }
$ say 2026-06-03T08:00:00Z Newsletter; say 2026-06-03T08:01:00Z 1; say 2026-06-03T08:02:00Z 2; say 2026-06-03T08:03:00Z Start
['inbound'] ('dialogue', '') {'id': 'anmeldung', 'step': 'themen', 'answers': {}, 'for_office': False}
['inbound'] ('dialogue', '') {'id': 'anmeldung', 'step': 'wie-oft', 'answers': {'themen': 'Kreuzfahrten'}, 'for_office': False}
['inbound', 'requested', 'confirmation-sent'] ('confirmation', 'newsletter-monatlich@1') {'id': 'anmeldung', 'step': 'ja', 'answers': {'themen': 'Kreuzfahrten', 'wie-oft': 'höchstens einmal'}, 'for_office': False}
['inbound', 'confirmed'] ('welcome', '') None
$ jawort --now 2026-06-03T08:04:00Z check +491713920002 --channel whatsapp --purpose newsletter/kreuzfahrten --template
erlaubt: +491713920002 · whatsapp · newsletter/kreuzfahrten · eingewilligt · 2026-06-03 08:04 UTC
  erlaubt double-opt-in-confirmed  [#8 #9 #11]
    Angemeldet, neutral gefragt und auf demselben Kanal bestätigt.
    Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG
    → Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.
$ jawort history +491713920002
2026-06-03 08:00 UTC  #5      inbound              whatsapp                              
                              dialogue: anmeldung
                              lang: de
                              message_id: made:65d3a578a82e91b3bb3b8bb04d08d48a
                              reply: dialogue
                              reply_digest: 239a3f83bcd8d94e
                              step: themen
2026-06-03 08:01 UTC  #6      inbound              whatsapp                              
                              answer: Kreuzfahrten
                              answered: themen
                              dialogue: anmeldung
                              lang: de
                              message_id: made:06b42fe81e76d6e1a519ef4c7e17fc62
                              purposes: newsletter/kreuzfahrten
                              reply: dialogue
                              reply_digest: 32b20d2d2fd05f96
                              step: wie-oft
2026-06-03 08:02 UTC  #7      inbound              whatsapp                              
                              answer: höchstens einmal
                              answered: wie-oft
                              chosen_notice: newsletter-monatlich
                              dialogue: anmeldung
                              lang: de
                              message_id: made:36c2eb19f1c7c8f090914f92bac3e070
                              reply: confirmation
                              reply_digest: 0cbf1c5d012231ba
                              step: ja
2026-06-03 08:02 UTC  #8      requested            whatsapp   newsletter/kreuzfahrten    newsletter-monatlich@1
                              act: dialogue
                              message_id: made:36c2eb19f1c7c8f090914f92bac3e070
                              „2“
2026-06-03 08:02 UTC  #9      confirmation-sent    whatsapp   newsletter/kreuzfahrten    newsletter-monatlich@1
                              message_id: made:36c2eb19f1c7c8f090914f92bac3e070
2026-06-03 08:03 UTC  #10     inbound              whatsapp                              
                              message_id: made:042d37276d1a7dcf03bf51b1b3ec137e
                              reply: welcome
                              reply_digest: 83954982f8a1069e
2026-06-03 08:03 UTC  #11     confirmed            whatsapp   newsletter/kreuzfahrten    newsletter-monatlich@1
                              message_id: made:042d37276d1a7dcf03bf51b1b3ec137e
                              „Start“
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
$ jawort --now 2026-06-03T18:00:00Z --json office show schnell.toml | python3 -c 'import json,sys; j=json.load(sys.stdin); print(j["open"], j["next_open"], j["operator"], j["response"][0])'
False 2026-06-05 09:00 Sabine Meier {'channel': 'whatsapp', 'answered': 0, 'unanswered': 1, 'last_words': 0, 'median_seconds': None, 'chosen': 'minutes', 'truth': 'none', 'label': 'none', 'text': '', 'worse_than_chosen': True}
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
