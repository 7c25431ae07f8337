# The audit of the example agency at the terminal. Keys, roots and signatures differ from run to run and read "…" here.
$ export JAWORT_LANG=de JAWORT_LEDGER=$PWD/a.db; data=$TESTDATA/examples/agency; keys() { sed -E 's#[A-Za-z0-9+/]{40,}=*#…#g; s#\+[0-9a-f]{8}\+…#+…#g'; }
$ jawort --now 2026-01-02T09:00:00+01:00 --quiet init --controller "Reisestube Silberkranich GmbH" --origin silberkranich.example.org/jawort --test-clock | keys
silberkranich.example.…
$ jawort --now 2026-01-02T09:00:00+01:00 notice add $data/newsletter.toml | keys
newsletter@1  2026-01-02 08:00 UTC  sha256 …
$ jawort --now 2026-07-01T11:55:00+02:00 import $data/events.csv
665 Zeilen: 665 eingetragen, 0 doppelt, 0 gesperrt (gelöschte Personen), 0 abgelehnt
$ jawort --now 2026-07-01T12:00:00+02:00 audit | keys
Prüfbericht – Reisestube Silberkranich GmbH
Zeitraum: Beginn (2026-01-02) bis 2026-07-01 10:00 UTC · erstellt 2026-07-01 10:00 UTC

Auf einen Blick
  Was auffällt
    Prüfung                                                   Ergebnis  Näheres
    Sendungen, die nach heutigem Wissen nicht erlaubt waren          2  Sendungen
    davon trotz einer Abmeldung, die schon eingetragen war           0  Abmeldungen
    Sendungen, die nach damaligem Wissen nicht erlaubt waren         0  Sendungen
    Einwilligungen ohne ganzen Beleg                                 1  Belege
    Adressen nur aus einer Liste, ohne Beleg                         7  Belege
    Einwilligungen, die in 90 Tagen zu alt werden                    0  Alternde Einwilligungen
    Auskunft oder Löschung überfällig                                0  Rechte
    Auskunft oder Löschung offen, in der Frist                       0  Rechte
    Belege, deren Aufbewahrung endete                                3  Aufbewahrung
    Hinweise mit Lücken                                              0  Hinweise
    Gruppen, die Nummern offenlegen                                  0  Gruppen

Das Hauptbuch
  Stand
    Angabe                                           Wert
    Verantwortlicher                                 Reisestube Silberkranich GmbH
    Ursprung                                         silberkranich.example.org/jawort/test
    Einträge                                         673
    davon über Personen, bis zum Ende des Zeitraums  671
    über das Hauptbuch selbst oder über Gelöschte    2
    Personen                                         124
    davon mit mehreren Adressen                      9
    Adressen                                         133
    erstes und letztes Ereignis                      2026-01-02 – 2026-06-30
    Prüfpunkt: Größe                                 673
    Prüfpunkt: Wurzel                                …
    Prüfschlüssel                                    silberkranich.example.…
    Uhr                                              Testuhr: kein echtes Hauptbuch

  Der Prüfpunkt dazu, unterschrieben. Ob jeder Eintrag noch der ist, für den er steht, sagt `jawort verify`.
  silberkranich.example.org/jawort/test
  673
  …
  
  — silberkranich.example.org/jawort/test …

  Einträge des Zeitraums nach Art
    Art                            Name               Anzahl
    Anfrage                        requested              83
    Bitte um Bestätigung versandt  confirmation-sent      83
    Bestätigung                    confirmed              74
    Einwilligung                   given                  35
    Ablehnung                      refused                 1
    Widerruf                       withdrawn              13
    Widerspruch                    objected                1
    Beendet durch das Büro         revoked                 1
    Unklare Abmeldung              suspended               2
    Unklarheit aufgelöst           resumed                 1
    Bestätigung bestritten         invalidated             1
    Aus einer Liste                imported               10
    Verarbeitung eingeschränkt     restricted              1
    Blockiert                      blocked                 2
    Blockade aufgehoben            unblocked               1
    Auf der Plattform abbestellt   platform-stopped        1
    Falsche Nummer                 wrong-number            1
    Nachricht von der Person       inbound                25
    Sendung                        outbound              324
    Adressen verbunden             address-linked          8
    Adresse geändert               address-changed         1
    Auskunft verlangt              access-requested        1
    Verlangen beantwortet          request-answered        1

Einwilligungen
  Gezählt wird je Person, Kanal und Zweck; verbundene Adressen sind eine Person. Stand ist das Ende des Zeitraums. „Unbekannt“ heißt: nur aus einer Liste, oder ohne ganzen Beleg.
  Stand nach Kanal und Zweck
    Kanal · Zweck                        unbekannt  angefragt  eingewilligt  abgelehnt  widerrufen  vom Büro beendet  verfallen  bestritten  zusammen
    E-Mail · newsletter                          0          0             2          0           1                 0          0           0         3
    WhatsApp · newsletter                        8          4            75          1           8                 1          6           1       104
    WhatsApp · newsletter/kreuzfahrten           0          0             3          0           0                 0          0           0         3
    WhatsApp · newsletter/staedtereisen          0          0             1          0           0                 0          0           0         1
    WhatsApp · offers                            0          0            11          0           1                 0          0           0        12

  Stand nach dem Weg, auf dem sie kamen
    Weg                               unbekannt  angefragt  eingewilligt  abgelehnt  widerrufen  vom Büro beendet  verfallen  bestritten  zusammen
    Anfrage ohne Bestätigung                  0          3             0          1           0                 0          4           0         8
    Anfrage und Bestätigung                   0          1            62          0           6                 1          2           1        73
    Erste Nachricht der Person                1          0            23          0           3                 0          0           0        27
    Handlung (Papier, am Schalter …)          0          0             7          0           1                 0          0           0         8
    Liste ohne Beleg                          7          0             0          0           0                 0          0           0         7

  Stand über die Zeit
             eingewilligt  angefragt  unbekannt  widerrufen  verfallen  abgelehnt  vom Büro beendet  bestritten
    2026-01            25          0          9           0          0          0                 0           0
    2026-02            47          0          9           1          1          0                 0           0
    2026-03            60          0          9           2          2          0                 0           1
    2026-04            77          1          8           5          2          1                 0           1
    2026-05            92          0          8           7          5          1                 1           1
    2026-06            92          4          8          10          6          1                 1           1
    2026-07            92          4          8          10          6          1                 1           1

  Bestehende Einwilligungen nach Kanal und Zweck
             WhatsApp · newsletter  WhatsApp · offers  WhatsApp · newsletter/kreuzfahrten  E-Mail · newsletter  WhatsApp · newsletter/staedtereisen
    2026-01                     21                  3                                   1                    0                                    0
    2026-02                     38                  7                                   1                    1                                    0
    2026-03                     48                  8                                   2                    2                                    0
    2026-04                     60                 11                                   2                    3                                    1
    2026-05                     74                 11                                   3                    3                                    1
    2026-06                     75                 11                                   3                    2                                    1
    2026-07                     75                 11                                   3                    2                                    1

  Bestehende Einwilligungen nach dem Weg
             Anfrage und Bestätigung  Erste Nachricht der Person  Handlung (Papier, am Schalter …)
    2026-01                       18                           6                                 1
    2026-02                       34                          11                                 2
    2026-03                       43                          13                                 4
    2026-04                       54                          16                                 7
    2026-05                       60                          24                                 8
    2026-06                       62                          23                                 7
    2026-07                       62                          23                                 7

  Zusagen und Abmeldungen
             Zusagen  Abmeldungen und Sperren
    2026-01       25                        0
    2026-02       24                        1
    2026-03       15                        4
    2026-04       20                        6
    2026-05       21                        7
    2026-06        4                        6
    2026-07        0                        0

  Wer darf am Ende des Zeitraums angeschrieben werden? Ruhezeiten bleiben außer Betracht.
    Kanal · Zweck                        erlaubt  mit Warnung  zurückzuhalten  nicht erlaubt
    E-Mail · newsletter                        2            0               0              1
    WhatsApp · newsletter                     61            1               7             35
    WhatsApp · newsletter/kreuzfahrten         3            0               0              0
    WhatsApp · newsletter/staedtereisen        1            0               0              0
    WhatsApp · offers                          6            0               5              1

  Was dem Anschreiben entgegensteht oder zur Vorsicht rät
    Grund                       Bedeutung                                                                                         Anzahl
    objected                    Die Person hat der Werbung widersprochen.                                                              1
    withdrawn                   Die Einwilligung wurde widerrufen.                                                                     9
    restricted                  Die Person hat verlangt, dass ihre Daten nur noch eingeschränkt verarbeitet werden.                    1
    whatsapp-marketing-stopped  Die Person hat in WhatsApp Werbung von Ihnen abgeschaltet.                                             1
    known-unwanted              Die Person hat erkennbar gemacht, dass sie das nicht will (blockiert, abgelehnt oder beschwert).       2
    unclear-stop                Die Person hat etwas geschrieben, das eine Abmeldung sein kann.                                        1
    revoked                     Die Einwilligung wurde von uns selbst beendet.                                                         1
    confirmation-disputed       Die Person sagt, dass sie nicht selbst bestätigt hat.                                                  1
    number-holder               Diese Nummer gehört vielleicht nicht (mehr) dieser Person.                                             2
    imported-unproven           Die Adresse kam mit einer Liste, ohne Beleg einer Einwilligung.                                        7
    double-opt-in-pending       Die Anmeldung ist noch nicht bestätigt.                                                                4
    confirmation-expired        Die Anmeldung wurde nicht rechtzeitig bestätigt und ist verfallen.                                     5
    confirmed-on-other-channel  Bestätigt wurde auf einem anderen Weg; das beweist für diesen Kanal nichts.                            1
    demonstrable                Der Nachweis der Einwilligung ist nicht vollständig.                                                   1
    frequency-promised          So viele Nachrichten, wie versprochen waren, sind in diesem Zeitraum schon gesendet.                  10
    distinguishable             Die Einwilligung stand in den Geschäftsbedingungen.                                                    1
    coupling                    Der Vertrag hing von der Einwilligung ab.                                                              1
    age-of-consent              Die Person ist zu jung, und die Eltern haben nicht zugestimmt.                                         1

Anfrage und Bestätigung (Double-Opt-in)
  Was aus den Anfragen des Zeitraums wurde
    Schritt               Anzahl   Anteil
    angefragt                 83  100,0 %
    Bestätigung versandt      83  100,0 %
    bestätigt                 71   85,5 %
    verfallen                  6    7,2 %
    bestritten                 1    1,2 %
    vorher abgemeldet          1    1,2 %
    noch offen                 4    4,8 %

  Von der Anfrage bis zur Bestätigung vergingen im Median 9 h 6 min, bei neun von zehn höchstens 2 Tage 10 h.

Abmeldungen und Sperren
  Wie schnell sie ins Hauptbuch kamen: von der Erklärung bis zum Eintrag
    Art                           Anzahl        Median   95 % binnen       längste
    Ablehnung                          1  76 Tage 23 h  76 Tage 23 h  76 Tage 23 h
    Widerruf                          13  54 Tage 12 h      127 Tage      127 Tage
    Widerspruch                        1       78 Tage       78 Tage       78 Tage
    Beendet durch das Büro             1  32 Tage 18 h  32 Tage 18 h  32 Tage 18 h
    Unklare Abmeldung                  2  19 Tage 16 h  54 Tage 20 h  54 Tage 20 h
    Bestätigung bestritten             1  95 Tage 22 h  95 Tage 22 h  95 Tage 22 h
    Verarbeitung eingeschränkt         1  28 Tage 22 h  28 Tage 22 h  28 Tage 22 h
    Blockiert                          2   82 Tage 1 h      116 Tage      116 Tage
    Auf der Plattform abbestellt       1  54 Tage 23 h  54 Tage 23 h  54 Tage 23 h
    Falsche Nummer                     1   54 Tage 1 h   54 Tage 1 h   54 Tage 1 h

  Sendungen trotz Abmeldung oder Sperre
    Wissen beim Senden                    Anzahl
    stand beim Senden schon im Hauptbuch       0
    wurde erst später eingetragen              0

Sendungen
  Sendungen des Zeitraums, beurteilt nach heutigem Wissen
    Ergebnis                                    Anzahl   Anteil
    erlaubt                                        321   99,0 %
    mit Warnung                                      1    0,3 %
    zurückzuhalten                                   0    0,0 %
    nicht erlaubt                                    2    0,6 %
    nicht zu beurteilen: ohne Kanal oder Zweck       0    0,0 %
    zusammen                                       324  100,0 %

  Damals und heute
    Nach dem Wissen beim Senden                         heute: erlaubt  heute: nicht erlaubt
    erlaubt                                                          0                     0
    nicht erlaubt                                                    0                     0
    Sendung erst mehr als einen Tag später eingetragen             322                     2

  Sendungen über die Zeit
             erlaubt  nicht erlaubt
    2026-01        2              0
    2026-02       24              0
    2026-03       50              0
    2026-04       62              0
    2026-05       79              1
    2026-06      105              1
    2026-07        0              0

  Warum nicht, nach heutigem Wissen
    Grund                             Bedeutung                                                                   Anzahl
    consent-required-electronic-mail  Es gibt keine Einwilligung und keine andere Grundlage für diese Nachricht.       2

  Nicht erlaubte Sendungen, die neuesten zuerst
    Eintrag  gesendet              Kanal · Zweck       nach damaligem Wissen  nach heutigem Wissen
    #621     2026-06-12 07:08 UTC  WhatsApp · service  später eingetragen     nicht erlaubt: consent-required-electronic-mail
    #468     2026-05-07 13:02 UTC  WhatsApp · service  später eingetragen     nicht erlaubt: consent-required-electronic-mail

Alternde Einwilligungen
  Nach der Regel über lange nicht genutzte Einwilligungen (Schwellen: Richtlinie), wenn nichts geschieht
    Folge           schon jetzt  in den nächsten 90 Tagen
    mit Warnung               0                         0
    zurückzuhalten            0                         0
    nicht erlaubt             0                         0

Einwilligungen ohne ganzen Beleg
  Am Ende des Zeitraums
    Was fehlt                                            Anzahl
    Zusage da, Beleg unvollständig (demonstrable)             1
    nur aus einer Liste, kein Beleg (imported-unproven)       7

Hinweise
  Fassungen der Worte, denen Menschen zustimmen
    Fassung       öffentlich seit  Kanäle            Zwecke                                                                 Anfragen  Zusagen  Lücken
    newsletter@1  2026-01-02       WhatsApp, E-Mail  newsletter, newsletter/kreuzfahrten, newsletter/staedtereisen, offers        83       83  keine

  Fingerabdrücke der Dateien (SHA-256)
    Fassung       SHA-256
    newsletter@1  …

Rechte der Personen
  Auskunft und Löschung: Frist ein Monat (Art. 12 Abs. 3 DSGVO)
    Stand        Anzahl
    beantwortet       1

  Die Verlangen, die neuesten zuerst
    Eintrag  Art                verlangt    Frist       beantwortet        Stand
    #526     Auskunft verlangt  2026-05-26  2026-06-26  2026-05-28 [#529]  beantwortet

Aufbewahrung
  Was nach der Richtlinie gehen darf oder muss (`jawort sweep`)
    Frist                                                                           Anzahl
    Personen ohne bestehende Einwilligung, deren Beleg nicht länger gebraucht wird       0
    verfallene Anfragen, deren Daten gelöscht sein sollten                               3

Gruppen
  Keine Gruppe mit Mitgliedern.

Pflichten des Büros
  Was das Hauptbuch zu jeder Pflicht sagen kann. „Von Hand“ heißt: dazu weiß es nichts, bitte selbst belegen.
  Prüfliste
    Pflicht                                                                                               Stand       Was das Hauptbuch zeigt                                                                                                                        Zu tun
    Keine Werbung ohne Einwilligung oder nach einer Abmeldung (§ 7 UWG, Art. 6, 7 Abs. 3, Art. 21 DSGVO)  ✗ Lücke     2 von 324 Sendungen nicht erlaubt, 0 trotz eingetragener Abmeldung                                                                             Vor jedem Versand prüfen (`broadcast check`, Versandschleife); die genannten Fälle klären.
    Jede Einwilligung ist nachweisbar (Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO)                                ✗ Lücke     1 ohne ganzen Beleg, 7 nur aus einer Liste                                                                                                     Nicht anschreiben; Belege nachtragen oder neu fragen.
    Vollständige Hinweise (Art. 13 DSGVO)                                                                 ✓ belegt    1 Fassungen, 0 mit Lücken                                                                                                                      –
    Auskunft und Löschung binnen eines Monats (Art. 12 Abs. 3, 15, 17 DSGVO)                              ✓ belegt    0 überfällig, 0 zu spät beantwortet, 0 offen in der Frist                                                                                      –
    Nichts länger behalten als nötig (Art. 5 Abs. 1 lit. e, Art. 17 DSGVO)                                ✗ Lücke     0 Personen und 3 verfallene Anfragen sind fällig                                                                                               `jawort sweep --dry-run` ansehen, dann `jawort sweep`.
    Gruppen legen keine Nummern ohne Zustimmung offen (Art. 5 Abs. 1 lit. f, Art. 6, 32 DSGVO)            ✓ belegt    0 Gruppen mit Mitgliedern, 0 mit Offenlegungen                                                                                                 –
    Grundlage für jede Übermittlung in ein Drittland (Art. 44–49 DSGVO)                                   ✓ belegt    1 Empfänger in Drittländern, 0 davon ohne genannte Garantie                                                                                    Prüfen, ob die genannte Garantie noch gilt (Liste der zertifizierten Unternehmen, Standardvertragsklauseln).
    Vertrag mit jedem Auftragsverarbeiter (Art. 28 DSGVO)                                                 ✎ von Hand  genannte Empfänger: E-Mail-Dienstleister als Auftragsverarbeiter, WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc.  Für jeden prüfen, ob er Auftragsverarbeiter ist, und den Vertrag ablegen.
    Verzeichnis der Verarbeitungstätigkeiten (Art. 30 DSGVO)                                              ✎ von Hand  Zwecke: newsletter, newsletter/kreuzfahrten, newsletter/staedtereisen, offers; Empfänger, Daten und Fristen stehen in den Hinweisen            Das Verzeichnis selbst führen; die Angaben hier gehören hinein.
    Unversehrtheit und Vertraulichkeit (Art. 32 DSGVO)                                                    ✎ von Hand  673 Einträge unter einem unterschriebenen Prüfpunkt                                                                                            `jawort verify` laufen lassen, Prüfpunkte außer Haus aufbewahren, Sicherungen und Zugriffsrechte belegen.

  Empfänger, wie die Hinweise sie nennen (Art. 13, 28, 30, 44 ff. DSGVO)
    Empfänger                                                                    Land  Garantie für das Drittland                                                                                                                                                                  genannt in
    WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc.  US    Angemessenheitsbeschluss (EU) 2023/1795 vom 10. Juli 2023, soweit der Empfänger danach zertifiziert ist; im Übrigen Standardvertragsklauseln nach dem Durchführungsbeschluss (EU) 2021/914  newsletter@1
    E-Mail-Dienstleister als Auftragsverarbeiter                                 DE    kein Drittland                                                                                                                                                                              newsletter@1

Was dieser Bericht nicht sagt
  Dieser Bericht ist keine Rechtsberatung. Er rechnet aus, was aus den Einträgen folgt; was nie eingetragen wurde, kennt er nicht.
  Sendungen werden als genehmigte Vorlagen und ohne ihre Worte beurteilt: das 24-Stunden-Fenster der Plattformen und Regeln über den Text prüft vor dem Senden `check --message`.
  „Damals“ ist, was bis zum Augenblick der Sendung eingetragen war. Wurde die Sendung selbst erst mehr als einen Tag später eingetragen, war das Hauptbuch nicht dabei; dann zählt das Urteil nach heutigem Wissen.
  Der Bericht nennt Einträge mit ihren Nummern, keine Adressen und keine Worte von Personen, damit er weitergegeben werden kann. Beurteilt ist auch, was bis zum Ende des Zeitraums geschah und später eingetragen wurde, wenn kein Wissensstand genannt ist.

Einträge hinter den Zahlen
  nicht erlaubte Sendungen, heute: 468, 621
  Beleg unvollständig: 130
  nur aus einer Liste: 2, 3, 5, 6, 8, 10, 11
  Aufbewahrung beendet: 81, 238, 386
  Einträge: Anfrage: 12, 15, 17, 18, 24, 27, 32, 34, 38, 43, 47, 49, 55, 56, 64, 66, 70, 71, 80 …
  Einträge: Bitte um Bestätigung versandt: 13, 16, 19, 20, 25, 29, 33, 35, 39, 44, 48, 50, 57, 58, 65, 67, 72, 73, 81 …
  Einträge: Bestätigung: 14, 21–23, 26, 30, 36, 40, 41, 45, 53, 59–61, 68, 74–76, 108, 113, 118, 119, 122, 126 …
  Einträge: Einwilligung: 31, 37, 51, 52, 54, 62, 69, 79, 83, 109, 110, 130, 137, 156, 169, 226, 227, 259, 261 …
  Einträge: Ablehnung: 347
  Einträge: Widerruf: 138, 222, 252, 266, 324, 327, 469, 492, 508, 615, 620, 622, 638
  Einträge: Widerspruch: 342
  Einträge: Beendet durch das Büro: 532
  Einträge: Unklare Abmeldung: 467, 619
  Einträge: Unklarheit aufgelöst: 470
  Einträge: Bestätigung bestritten: 260
  Einträge: Aus einer Liste: 2–11
  Einträge: Verarbeitung eingeschränkt: 536
  Einträge: Blockiert: 224, 335
  Einträge: Blockade aufgehoben: 356
  Einträge: Auf der Plattform abbestellt: 463
  Einträge: Falsche Nummer: 472
  Einträge: Nachricht von der Person: 42, 63, 77, 123, 154, 157, 348, 357, 369, 374, 388, 394, 398, 477, 482, 488 …
  Einträge: Sendung: 321–323, 358–367, 380, 389, 404–462, 464–466, 468, 489, 495–507, 531, 534, 537, 539, 546–614, 616–618, 621 …
  Einträge: Adressen verbunden: 28, 171, 262, 264, 349, 391, 518, 627
  Einträge: Adresse geändert: 368
  Einträge: Auskunft verlangt: 526
  Einträge: Verlangen beantwortet: 529
  E-Mail · newsletter: eingewilligt: 136, 261
  E-Mail · newsletter: widerrufen: 259
  E-Mail · newsletter: 136, 259, 261
  WhatsApp · newsletter: unbekannt: 2, 3, 5, 6, 8, 10, 11, 130
  WhatsApp · newsletter: angefragt: 129, 654, 656, 660
  WhatsApp · newsletter: eingewilligt: 14, 21, 23, 30, 31, 36, 37, 40, 41, 51–54, 59, 62, 69, 74, 79, 83, 110, 118, 122 …
  WhatsApp · newsletter: abgelehnt: 340
  WhatsApp · newsletter: widerrufen: 26, 61, 76, 109, 113, 169, 227, 257
  WhatsApp · newsletter: vom Büro beendet: 108
  WhatsApp · newsletter: verfallen: 80, 237, 385, 486, 493, 543
  WhatsApp · newsletter: bestritten: 241
  WhatsApp · newsletter: 2, 3, 5, 6, 8, 10, 11, 14, 21, 23, 26, 30, 31, 36, 37, 40, 41, 51–54, 59, 61, 62, 69, 74 …
  WhatsApp · newsletter/kreuzfahrten: eingewilligt: 68, 233, 478
  WhatsApp · newsletter/kreuzfahrten: 68, 233, 478
  WhatsApp · newsletter/staedtereisen: eingewilligt: 271
  WhatsApp · newsletter/staedtereisen: 271
  WhatsApp · offers: eingewilligt: 22, 60, 119, 144, 153, 163, 258, 337, 351, 384, 401
  WhatsApp · offers: widerrufen: 75
  WhatsApp · offers: 22, 60, 75, 119, 144, 153, 163, 258, 337, 351, 384, 401
  Anfrage ohne Bestätigung: angefragt: 654, 656, 660
  Anfrage ohne Bestätigung: abgelehnt: 340
  Anfrage ohne Bestätigung: verfallen: 80, 237, 385, 543
  Anfrage ohne Bestätigung: 80, 237, 340, 385, 543, 654, 656, 660
  Anfrage und Bestätigung: angefragt: 129
  Anfrage und Bestätigung: eingewilligt: 14, 21–23, 30, 36, 40, 41, 53, 59, 60, 68, 74, 118, 119, 122, 126, 133, 136, 143, 144, 147 …
  Anfrage und Bestätigung: widerrufen: 26, 61, 75, 76, 113, 257
  Anfrage und Bestätigung: vom Büro beendet: 108
  Anfrage und Bestätigung: verfallen: 486, 493
  Anfrage und Bestätigung: bestritten: 241
  Anfrage und Bestätigung: 14, 21–23, 26, 30, 36, 40, 41, 53, 59–61, 68, 74–76, 108, 113, 118, 119, 122, 126, 129 …
  Erste Nachricht der Person: unbekannt: 130
  Erste Nachricht der Person: eingewilligt: 31, 51, 52, 54, 62, 69, 79, 83, 110, 137, 271, 338, 339, 387, 397, 475, 478, 487 …
  Erste Nachricht der Person: widerrufen: 109, 169, 227
  Erste Nachricht der Person: 31, 51, 52, 54, 62, 69, 79, 83, 109, 110, 130, 137, 169, 227, 271, 338, 339, 387, 397 …
  Handlung (Papier, am Schalter …): eingewilligt: 37, 156, 226, 261, 352, 370, 528
  Handlung (Papier, am Schalter …): widerrufen: 259
  Handlung (Papier, am Schalter …): 37, 156, 226, 259, 261, 352, 370, 528
  Liste ohne Beleg: unbekannt: 2, 3, 5, 6, 8, 10, 11
  Liste ohne Beleg: 2, 3, 5, 6, 8, 10, 11
  E-Mail · newsletter: erlaubt: 136, 261
  E-Mail · newsletter: nicht erlaubt: 259
  WhatsApp · newsletter: erlaubt: 14, 23, 30, 31, 36, 37, 40, 41, 51–54, 62, 74, 83, 110, 122, 126, 133, 137, 147, 150 …
  WhatsApp · newsletter: mit Warnung: 515
  WhatsApp · newsletter: zurückzuhalten: 21, 59, 118, 143, 162, 226, 387
  WhatsApp · newsletter: nicht erlaubt: 2, 3, 5, 6, 8, 10, 11, 26, 61, 69, 76, 79, 80, 108, 109, 113, 129, 130, 169, 177, 227, 230 …
  WhatsApp · newsletter/kreuzfahrten: erlaubt: 68, 233, 478
  WhatsApp · newsletter/staedtereisen: erlaubt: 271
  WhatsApp · offers: erlaubt: 153, 258, 337, 351, 384, 401
  WhatsApp · offers: zurückzuhalten: 22, 60, 119, 144, 163
  WhatsApp · offers: nicht erlaubt: 75
  Stand: objected: 61
  Stand: withdrawn: 26, 75, 76, 109, 113, 169, 227, 257, 259
  Stand: restricted: 230
  Stand: whatsapp-marketing-stopped: 177
  Stand: known-unwanted: 69, 340
  Stand: unclear-stop: 270
  Stand: revoked: 108
  Stand: confirmation-disputed: 241
  Stand: number-holder: 79, 370
  Stand: imported-unproven: 2, 3, 5, 6, 8, 10, 11
  Stand: double-opt-in-pending: 129, 654, 656, 660
  Stand: confirmation-expired: 80, 237, 385, 486, 543
  Stand: confirmed-on-other-channel: 493
  Stand: demonstrable: 130
  Stand: frequency-promised: 21, 22, 59, 60, 118, 119, 143, 144, 162, 163
  Stand: distinguishable: 226
  Stand: coupling: 515
  Stand: age-of-consent: 387
  Double-Opt-in: angefragt: 12, 15, 17, 18, 24, 27, 32, 34, 38, 43, 47, 49, 55, 56, 64, 66, 70, 71, 80 …
  Double-Opt-in: Bestätigung versandt: 12, 15, 17, 18, 24, 27, 32, 34, 38, 43, 47, 49, 55, 56, 64, 66, 70, 71, 80 …
  Double-Opt-in: bestätigt: 12, 15, 17, 18, 24, 27, 32, 34, 38, 43, 47, 49, 55, 56, 64, 66, 70, 71, 82 …
  Double-Opt-in: verfallen: 80, 237, 385, 395, 490, 543
  Double-Opt-in: bestritten: 239
  Double-Opt-in: vorher abgemeldet: 340
  Double-Opt-in: noch offen: 654, 656, 658, 660
  Ablehnung: 347
  Widerruf: 138, 222, 252, 266, 324, 327, 469, 492, 508, 615, 620, 622, 638
  Widerspruch: 342
  Beendet durch das Büro: 532
  Unklare Abmeldung: 467, 619
  Bestätigung bestritten: 260
  Verarbeitung eingeschränkt: 536
  Blockiert: 224, 335
  Auf der Plattform abbestellt: 463
  Falsche Nummer: 472
  Sendungen: erlaubt: 317–319, 321–323, 358–367, 380, 389, 404–462, 464–466, 489, 495–507, 531, 534, 537, 539, 546–589, 591–614, 616–618 …
  Sendungen: mit Warnung: 590
  Sendungen: nicht erlaubt: 468, 621
  Sendungen: 321–323, 358–367, 380, 389, 404–462, 464–466, 468, 489, 495–507, 531, 534, 537, 539, 546–614, 616–618, 621 …
  Sendungen: später eingetragen, heute erlaubt: 318, 319, 321–323, 358–367, 380, 389, 404–462, 464–466, 489, 495–507, 531, 534, 537, 539, 546–614, 616–618, 629–636 …
  Sendungen: später eingetragen, heute nicht erlaubt: 468, 621
  Sendungen, heute: consent-required-electronic-mail: 468, 621
  Anfragen mit newsletter@1: 12, 15, 17, 18, 24, 27, 32, 34, 38, 43, 47, 49, 55, 56, 64, 66, 70, 71, 80 …
  Zusagen mit newsletter@1: 22, 26, 30, 31, 37, 40, 45, 51–54, 60–62, 68, 69, 76, 79, 83, 108–110, 129, 133, 136, 137 …
  Verlangen: beantwortet: 526
  verfallene Anfragen: 81, 238, 386
$ jawort --now 2026-07-01T12:00:00+02:00 --lang en audit --from 2026-05-01T00:00:00+02:00 --to 2026-06-01T00:00:00+02:00 | keys
Audit report – Reisestube Silberkranich GmbH
Period: 2026-04-30 22:00 UTC to 2026-05-31 21:59:59 UTC · made 2026-07-01 10:00 UTC

At a glance
  What stands out
    Check                                                    Result  More
    sends that were not permitted, as known now                   1  Sends
    of these in spite of a stop already entered                   0  Stops
    sends that were not permitted by what was recorded then       0  Sends
    consents without a whole proof                                1  Proofs
    addresses from a list alone, without evidence                 7  Proofs
    consents that grow too old within 90 days                     0  Growing stale
    access or erasure overdue                                     0  Rights
    access or erasure open, in time                               0  Rights
    proofs whose retention has ended                              2  Retention
    notices with gaps                                             0  Notices
    groups that disclose numbers                                  0  Groups

The ledger
  State
    Item                                                 Value
    Controller                                           Reisestube Silberkranich GmbH
    Origin                                               silberkranich.example.org/jawort/test
    Entries                                              673
    of these about persons, up to the end of the period  534
    about the ledger itself or about erased persons      2
    Persons                                              115
    of these with several addresses                      8
    Addresses                                            123
    first and last event                                 2026-01-02 – 2026-05-30
    Checkpoint: size                                     673
    Checkpoint: root                                     …
    Verifier key                                         silberkranich.example.…
    Clock                                                test clock: no real ledger

  Its checkpoint, signed. Whether each entry is still what it stands for is said by `jawort verify`.
  silberkranich.example.org/jawort/test
  673
  …
  
  — silberkranich.example.org/jawort/test …

  Entries of the period by kind
    Kind                     Name               Number
    request                  requested              12
    confirmation sent        confirmation-sent      12
    confirmation             confirmed              12
    consent given            given                   9
    withdrawal               withdrawn               3
    revoked by the agency    revoked                 1
    unclear stop             suspended               1
    suspension lifted        resumed                 1
    stopped on the platform  platform-stopped        1
    wrong number             wrong-number            1
    message from the person  inbound                11
    send                     outbound               80
    addresses linked         address-linked          2
    access requested         access-requested        1
    request answered         request-answered        1

Consents
  Counted for each person, channel and purpose; linked addresses are one person. As of the end of the period. “Unknown” means: from a list alone, or without a whole proof.
  Status by channel and purpose
    Channel · purpose                    unknown  given  refused  withdrawn  revoked  expired  invalidated  total
    WhatsApp · newsletter                      8     74        1          6        1        5            1     96
    WhatsApp · newsletter/kreuzfahrten         0      3        0          0        0        0            0      3
    WhatsApp · newsletter/staedtereisen        0      1        0          0        0        0            0      1
    WhatsApp · offers                          0     11        0          1        0        0            0     12
    e-mail · newsletter                        0      3        0          0        0        0            0      3

  Status by the way in
    Way in                        unknown  given  refused  withdrawn  revoked  expired  invalidated  total
    act (paper, counter …)              0      8        0          0        0        0            0      8
    double opt-in                       0     60        0          6        1        2            1     70
    list without evidence               7      0        0          0        0        0            0      7
    request without confirmation        0      0        1          0        0        3            0      4
    the person's first message          1     24        0          1        0        0            0     26

  Status over time
           given  requested  unknown  withdrawn  expired  refused  revoked  invalidated
    04-30     77          1        8          5        2        1        0            1
    05-01     77          1        8          5        2        1        0            1
    05-02     77          1        8          5        2        1        0            1
    05-03     77          1        8          5        2        1        0            1
    05-04     77          2        8          5        2        1        0            1
    05-05     78          1        8          5        3        1        0            1
    05-06     80          2        8          5        3        1        0            1
    05-07     79          2        8          6        3        1        0            1
    05-08     81          2        8          6        3        1        0            1
    05-09     82          1        8          6        3        1        0            1
    05-10     82          1        8          6        3        1        0            1
    05-11     84          1        8          6        3        1        0            1
    05-12     84          1        8          5        4        1        0            1
    05-13     85          0        8          5        4        1        0            1
    05-14     85          0        8          5        4        1        0            1
    05-15     86          0        8          5        4        1        0            1
    05-16     86          0        8          5        4        1        0            1
    05-17     86          0        8          5        4        1        0            1
    05-18     86          1        8          5        4        1        0            1
    05-19     85          1        8          6        4        1        0            1
    05-20     85          1        8          7        4        1        0            1
    05-21     86          2        8          7        4        1        0            1
    05-22     88          1        8          7        4        1        0            1
    05-23     88          3        8          7        4        1        0            1
    05-24     88          3        8          7        4        1        0            1
    05-25     89          2        8          7        5        1        0            1
    05-26     92          0        8          7        5        1        0            1
    05-27     92          0        8          7        5        1        0            1
    05-28     93          0        8          7        5        1        0            1
    05-29     92          0        8          7        5        1        1            1
    05-30     92          0        8          7        5        1        1            1
    05-31     92          0        8          7        5        1        1            1

  Standing consents by channel and purpose
           WhatsApp · newsletter  WhatsApp · offers  WhatsApp · newsletter/kreuzfahrten  e-mail · newsletter  WhatsApp · newsletter/staedtereisen
    04-30                     60                 11                                   2                    3                                    1
    05-01                     60                 11                                   2                    3                                    1
    05-02                     60                 11                                   2                    3                                    1
    05-03                     60                 11                                   2                    3                                    1
    05-04                     60                 11                                   2                    3                                    1
    05-05                     61                 11                                   2                    3                                    1
    05-06                     62                 12                                   2                    3                                    1
    05-07                     61                 12                                   2                    3                                    1
    05-08                     63                 12                                   2                    3                                    1
    05-09                     64                 12                                   2                    3                                    1
    05-10                     64                 12                                   2                    3                                    1
    05-11                     65                 12                                   3                    3                                    1
    05-12                     65                 12                                   3                    3                                    1
    05-13                     66                 12                                   3                    3                                    1
    05-14                     66                 12                                   3                    3                                    1
    05-15                     67                 12                                   3                    3                                    1
    05-16                     67                 12                                   3                    3                                    1
    05-17                     67                 12                                   3                    3                                    1
    05-18                     67                 12                                   3                    3                                    1
    05-19                     66                 12                                   3                    3                                    1
    05-20                     67                 11                                   3                    3                                    1
    05-21                     68                 11                                   3                    3                                    1
    05-22                     70                 11                                   3                    3                                    1
    05-23                     70                 11                                   3                    3                                    1
    05-24                     70                 11                                   3                    3                                    1
    05-25                     71                 11                                   3                    3                                    1
    05-26                     74                 11                                   3                    3                                    1
    05-27                     74                 11                                   3                    3                                    1
    05-28                     75                 11                                   3                    3                                    1
    05-29                     74                 11                                   3                    3                                    1
    05-30                     74                 11                                   3                    3                                    1
    05-31                     74                 11                                   3                    3                                    1

  Standing consents by way in
           double opt-in  the person's first message  act (paper, counter …)
    04-30             54                          16                       7
    05-01             54                          16                       7
    05-02             54                          16                       7
    05-03             54                          16                       7
    05-04             54                          16                       7
    05-05             55                          16                       7
    05-06             56                          17                       7
    05-07             55                          17                       7
    05-08             56                          18                       7
    05-09             57                          18                       7
    05-10             57                          18                       7
    05-11             58                          19                       7
    05-12             58                          19                       7
    05-13             59                          19                       7
    05-14             59                          19                       7
    05-15             59                          20                       7
    05-16             59                          20                       7
    05-17             59                          20                       7
    05-18             59                          20                       7
    05-19             58                          20                       7
    05-20             57                          21                       7
    05-21             57                          22                       7
    05-22             58                          23                       7
    05-23             58                          23                       7
    05-24             58                          23                       7
    05-25             59                          23                       7
    05-26             61                          24                       7
    05-27             61                          24                       7
    05-28             61                          24                       8
    05-29             60                          24                       8
    05-30             60                          24                       8
    05-31             60                          24                       8

  Yeses and stops
           yeses  stops and bars
    04-30      0               0
    05-01      0               0
    05-02      0               0
    05-03      0               0
    05-04      0               0
    05-05      1               0
    05-06      2               0
    05-07      0               3
    05-08      2               1
    05-09      1               0
    05-10      0               0
    05-11      2               0
    05-12      0               0
    05-13      1               0
    05-14      1               0
    05-15      1               0
    05-16      0               0
    05-17      0               0
    05-18      0               0
    05-19      1               1
    05-20      1               1
    05-21      1               0
    05-22      2               0
    05-23      0               0
    05-24      0               0
    05-25      1               0
    05-26      3               0
    05-27      0               0
    05-28      1               0
    05-29      0               1
    05-30      0               0
    05-31      0               0

  Who may be written to at the end of the period? Quiet hours are left out of account.
    Channel · purpose                    permitted  with a warning  to be held  denied
    WhatsApp · newsletter                       67               1           2      26
    WhatsApp · newsletter/kreuzfahrten           3               0           0       0
    WhatsApp · newsletter/staedtereisen          1               0           0       0
    WhatsApp · offers                           11               0           0       1
    e-mail · newsletter                          3               0           0       0

  What stands against writing, or asks for care
    Reason                      Meaning                                                                       Number
    objected                    The person has objected to advertising.                                            1
    withdrawn                   The consent was withdrawn.                                                         6
    whatsapp-marketing-stopped  The person has switched off your marketing in WhatsApp.                            1
    known-unwanted              The person has shown that it is not wanted (blocked, refused or complained).       2
    revoked                     We ended the consent ourselves.                                                    1
    confirmation-disputed       The person says that it was not them who confirmed.                                1
    number-holder               This number may not, or no longer, be this person's.                               2
    imported-unproven           The address came in with a list, without evidence of a consent.                    7
    confirmation-expired        The sign-up was not confirmed in time and has lapsed.                              4
    confirmed-on-other-channel  It was confirmed by another way, which proves nothing for this channel.            1
    demonstrable                The proof of the consent is not whole.                                             1
    distinguishable             The consent stood within terms and conditions.                                     1
    coupling                    The contract was made conditional on the consent.                                  1
    age-of-consent              The person is too young, and the parents have not agreed.                          1

Double opt-in
  What became of the requests of the period
    Step               Number    Share
    requested              12  100.0 %
    confirmation sent      12  100.0 %
    confirmed              10   83.3 %
    expired                 2   16.6 %

  From request to confirmation the median time was 9 h 6 min, for nine in ten at most 2 days 21 h.

Stops and bars
  How soon they were in the ledger: from the stop to its entry
    Kind                     Number        Median    95% within       longest
    withdrawal                    3   43 days 1 h  54 days 12 h  54 days 12 h
    revoked by the agency         1  32 days 18 h  32 days 18 h  32 days 18 h
    unclear stop                  1  54 days 20 h  54 days 20 h  54 days 20 h
    stopped on the platform       1  54 days 23 h  54 days 23 h  54 days 23 h
    wrong number                  1   54 days 1 h   54 days 1 h   54 days 1 h

  Sends in spite of a stop or bar
    Known when sent            Number
    was in the ledger already       0
    was entered later               0

Sends
  Sends of the period, judged as known now
    Outcome                            Number    Share
    permitted                              79   98.7 %
    with a warning                          0    0.0 %
    to be held                              0    0.0 %
    denied                                  1    1.2 %
    not judged: no channel or purpose       0    0.0 %
    total                                  80  100.0 %

  Then and now
    By what was known when sent         now: permitted  now: not permitted
    permitted                                        0                   0
    not permitted                                    0                   0
    send entered more than a day later              79                   1

  Sends over time
           permitted  not permitted
    04-30          0              0
    05-01          0              0
    05-02          0              0
    05-03          0              0
    05-04          1              0
    05-05          0              0
    05-06          0              0
    05-07         62              1
    05-08          0              0
    05-09          0              0
    05-10          0              0
    05-11          0              0
    05-12          0              0
    05-13          0              0
    05-14          0              0
    05-15          0              0
    05-16          1              0
    05-17          0              0
    05-18          0              0
    05-19          0              0
    05-20         13              0
    05-21          0              0
    05-22          0              0
    05-23          0              0
    05-24          0              0
    05-25          0              0
    05-26          0              0
    05-27          0              0
    05-28          0              0
    05-29          1              0
    05-30          1              0
    05-31          0              0

  Why not, as known now
    Reason                            Meaning                                                   Number
    consent-required-electronic-mail  There is no consent and no other basis for this message.       1

  Sends that were not permitted, the newest first
    Entry  sent                  Channel · purpose   as recorded then  as known now
    #468   2026-05-07 13:02 UTC  WhatsApp · service  entered later     denied: consent-required-electronic-mail

Consents growing stale
  By the rule on consents long unused (thresholds: policy), if nothing happens
    Consequence     already  within 90 days
    with a warning        0               0
    to be held            0               0
    denied                0               0

Consents without a whole proof
  At the end of the period
    What is missing                                     Number
    a yes, but its proof is not whole (demonstrable)         1
    from a list alone, no evidence (imported-unproven)       7

Notices
  Versions of the words that people agree to
    Version       public since  Channels          Purposes                                                               Requests  Yeses  Gaps
    newsletter@1  2026-01-02    WhatsApp, e-mail  newsletter, newsletter/kreuzfahrten, newsletter/staedtereisen, offers        12     18  none

  Digests of the files (SHA-256)
    Version       SHA-256
    newsletter@1  …

Rights of persons
  Access and erasure: one month (Art. 12(3) GDPR)
    State     Number
    answered       1

  The requests, the newest first
    Entry  Kind              asked       due         answered           State
    #526   access requested  2026-05-26  2026-06-26  2026-05-28 [#529]  answered

Retention
  What may or must go by the policy (`jawort sweep`)
    Rule                                                                     Number
    persons without a standing consent whose proof is not needed any longer       0
    lapsed requests whose data should be gone                                     2

Groups
  No group with members.

Duties of the office
  What the ledger can say of each duty. “By hand” means: it knows nothing of that, please show it yourself.
  Checklist
    Duty                                                                                       State      What the ledger shows                                                                                                                        To do
    no advertising without consent or after a stop (§ 7 UWG, Art. 6, 7 Abs. 3, Art. 21 DSGVO)  ✗ gap      1 of 80 sends not permitted, 0 in spite of a stop entered                                                                                    Check before every send (`broadcast check`, the sending loop); look into the cases named.
    each consent can be proved (Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO)                            ✗ gap      1 without a whole proof, 7 from a list alone                                                                                                 Do not write to them; record the evidence or ask anew.
    complete notices (Art. 13 DSGVO)                                                           ✓ shown    1 versions, 0 with gaps                                                                                                                      –
    access and erasure within one month (Art. 12 Abs. 3, 15, 17 DSGVO)                         ✓ shown    0 overdue, 0 answered late, 0 open in time                                                                                                   –
    keep nothing longer than needed (Art. 5 Abs. 1 lit. e, Art. 17 DSGVO)                      ✗ gap      0 persons and 2 lapsed requests are due                                                                                                      Look at `jawort sweep --dry-run`, then `jawort sweep`.
    groups disclose no numbers without agreement (Art. 5 Abs. 1 lit. f, Art. 6, 32 DSGVO)      ✓ shown    0 groups with members, 0 with disclosures                                                                                                    –
    a basis for each transfer to a third country (Art. 44–49 DSGVO)                            ✓ shown    1 recipients in third countries, 0 of them without a safeguard named                                                                         Check that the safeguard still holds (list of certified companies, standard contractual clauses).
    a contract with each processor (Art. 28 DSGVO)                                             ✎ by hand  recipients named: E-Mail-Dienstleister als Auftragsverarbeiter, WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc.  For each, find out whether it is a processor, and file the contract.
    record of processing activities (Art. 30 DSGVO)                                            ✎ by hand  purposes: newsletter, newsletter/kreuzfahrten, newsletter/staedtereisen, offers; recipients, data and periods are in the notices             Keep the record yourself; what stands here belongs in it.
    integrity and confidentiality (Art. 32 DSGVO)                                              ✎ by hand  673 entries under a signed checkpoint                                                                                                        Run `jawort verify`, keep checkpoints outside the house, document backups and access rights.

  Recipients as the notices name them (Art. 13, 28, 30, 44 ff. GDPR)
    Recipient                                                                    Country  Safeguard for the third country                                                                                                                                                             named in
    WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc.  US       Angemessenheitsbeschluss (EU) 2023/1795 vom 10. Juli 2023, soweit der Empfänger danach zertifiziert ist; im Übrigen Standardvertragsklauseln nach dem Durchführungsbeschluss (EU) 2021/914  newsletter@1
    E-Mail-Dienstleister als Auftragsverarbeiter                                 DE       no third country                                                                                                                                                                            newsletter@1

What this report does not say
  This report is not legal advice. It works out what follows from the entries; it does not know what was never entered.
  Sends are judged as approved templates and without their words: the platforms' 24-hour window and the rules about the text are checked before sending by `check --message`.
  “Then” is what was entered up to the moment of the send. Where the send itself was entered more than a day later, the ledger was not there; then the judgement as known now counts.
  The report names entries by their numbers, and no addresses and no words of persons, so that it can be handed on. What happened by the end of the period and was entered later is judged as well, unless a state of knowledge is given.

Entries behind the numbers
  sends not permitted, now: 468
  proof not whole: 130
  from a list alone: 2, 3, 5, 6, 8, 10, 11
  retention ended: 81, 238
  entries: request: 390, 395, 399, 402, 471, 479, 483, 490, 511, 516, 517, 519
  entries: confirmation sent: 392, 396, 400, 403, 473, 480, 484, 491, 512, 520, 522, 524
  entries: confirmation: 393, 401, 474, 476, 481, 485, 486, 493, 513, 521, 523, 525
  entries: consent given: 397, 475, 478, 487, 509, 510, 515, 527, 528
  entries: withdrawal: 469, 492, 508
  entries: revoked by the agency: 532
  entries: unclear stop: 467
  entries: suspension lifted: 470
  entries: stopped on the platform: 463
  entries: wrong number: 472
  entries: message from the person: 388, 394, 398, 477, 482, 488, 494, 514, 530, 533, 535
  entries: send: 389, 404–462, 464–466, 468, 489, 495–507, 531, 534
  entries: addresses linked: 391, 518
  entries: access requested: 526
  entries: request answered: 529
  WhatsApp · newsletter: unknown: 2, 3, 5, 6, 8, 10, 11, 130
  WhatsApp · newsletter: given: 14, 21, 23, 30, 31, 36, 37, 40, 41, 51–54, 59, 62, 69, 74, 79, 83, 110, 118, 122 …
  WhatsApp · newsletter: refused: 340
  WhatsApp · newsletter: withdrawn: 26, 61, 76, 109, 113, 129
  WhatsApp · newsletter: revoked: 108
  WhatsApp · newsletter: expired: 80, 237, 385, 486, 493
  WhatsApp · newsletter: invalidated: 241
  WhatsApp · newsletter: 2, 3, 5, 6, 8, 10, 11, 14, 21, 23, 26, 30, 31, 36, 37, 40, 41, 51–54, 59, 61, 62, 69, 74 …
  WhatsApp · newsletter/kreuzfahrten: given: 68, 233, 478
  WhatsApp · newsletter/kreuzfahrten: 68, 233, 478
  WhatsApp · newsletter/staedtereisen: given: 271
  WhatsApp · newsletter/staedtereisen: 271
  WhatsApp · offers: given: 22, 60, 119, 144, 153, 163, 258, 337, 351, 384, 401
  WhatsApp · offers: withdrawn: 75
  WhatsApp · offers: 22, 60, 75, 119, 144, 153, 163, 258, 337, 351, 384, 401
  e-mail · newsletter: given: 136, 259, 261
  e-mail · newsletter: 136, 259, 261
  act (paper, counter …): given: 37, 156, 226, 259, 261, 352, 370, 528
  act (paper, counter …): 37, 156, 226, 259, 261, 352, 370, 528
  double opt-in: given: 14, 21–23, 30, 36, 40, 41, 53, 59, 60, 68, 74, 118, 119, 122, 126, 133, 136, 143, 144, 147 …
  double opt-in: withdrawn: 26, 61, 75, 76, 113, 129
  double opt-in: revoked: 108
  double opt-in: expired: 486, 493
  double opt-in: invalidated: 241
  double opt-in: 14, 21–23, 26, 30, 36, 40, 41, 53, 59–61, 68, 74–76, 108, 113, 118, 119, 122, 126, 129 …
  list without evidence: unknown: 2, 3, 5, 6, 8, 10, 11
  list without evidence: 2, 3, 5, 6, 8, 10, 11
  request without confirmation: refused: 340
  request without confirmation: expired: 80, 237, 385
  request without confirmation: 80, 237, 340, 385
  the person's first message: unknown: 130
  the person's first message: given: 31, 51, 52, 54, 62, 69, 79, 83, 110, 137, 169, 227, 271, 338, 339, 387, 397, 475 …
  the person's first message: withdrawn: 109
  the person's first message: 31, 51, 52, 54, 62, 69, 79, 83, 109, 110, 130, 137, 169, 227, 271, 338, 339, 387, 397 …
  WhatsApp · newsletter: permitted: 14, 21, 23, 30, 31, 36, 37, 40, 41, 51–54, 59, 62, 74, 83, 110, 118, 122, 126, 133 …
  WhatsApp · newsletter: with a warning: 515
  WhatsApp · newsletter: to be held: 226, 387
  WhatsApp · newsletter: denied: 2, 3, 5, 6, 8, 10, 11, 26, 61, 69, 76, 79, 80, 108, 109, 113, 129, 130, 177, 237, 241, 340 …
  WhatsApp · newsletter/kreuzfahrten: permitted: 68, 233, 478
  WhatsApp · newsletter/staedtereisen: permitted: 271
  WhatsApp · offers: permitted: 22, 60, 119, 144, 153, 163, 258, 337, 351, 384, 401
  WhatsApp · offers: denied: 75
  e-mail · newsletter: permitted: 136, 259, 261
  standing: objected: 61
  standing: withdrawn: 26, 75, 76, 109, 113, 129
  standing: whatsapp-marketing-stopped: 177
  standing: known-unwanted: 69, 340
  standing: revoked: 108
  standing: confirmation-disputed: 241
  standing: number-holder: 79, 370
  standing: imported-unproven: 2, 3, 5, 6, 8, 10, 11
  standing: confirmation-expired: 80, 237, 385, 486
  standing: confirmed-on-other-channel: 493
  standing: demonstrable: 130
  standing: distinguishable: 226
  standing: coupling: 515
  standing: age-of-consent: 387
  double opt-in: requested: 390, 395, 399, 402, 471, 479, 483, 490, 511, 516, 517, 519
  double opt-in: confirmation sent: 390, 395, 399, 402, 471, 479, 483, 490, 511, 516, 517, 519
  double opt-in: confirmed: 390, 399, 402, 471, 479, 483, 511, 516, 517, 519
  double opt-in: expired: 395, 490
  withdrawal: 469, 492, 508
  revoked by the agency: 532
  unclear stop: 467
  stopped on the platform: 463
  wrong number: 472
  sends: permitted: 389, 404–462, 464–466, 489, 495–507, 531, 534
  sends: denied: 468
  sends: 389, 404–462, 464–466, 468, 489, 495–507, 531, 534
  sends: entered later, permitted now: 389, 404–462, 464–466, 489, 495–507, 531, 534
  sends: entered later, not permitted now: 468
  sends, now: consent-required-electronic-mail: 468
  requests with newsletter@1: 390, 395, 399, 402, 471, 479, 483, 490, 511, 516, 517, 519
  yeses with newsletter@1: 397, 401, 474–476, 478, 481, 485–487, 493, 509, 510, 513, 515, 525, 527, 528
  requests: answered: 526
  lapsed requests: 81, 238
$ jawort --now 2026-07-01T12:00:00+02:00 audit --to 2026-06-01T00:00:00+02:00 --format json | keys | sed 's/,"\([a-z_]*\)":{/,\n"\1":{/g'
{"audit":1,"made_at":"2026-07-01T10:00:00Z",
"period":{"from":null,"to":"2026-05-31T22:00:00Z","as_recorded":null},
"ledger":{"controller":"Reisestube Silberkranich GmbH","origin":"silberkranich.example.org/jawort/test","region":"DE","entries":673,"of_people":534,"not_of_people":2,"restores":0,"persons":115,"addresses":123,"linked_persons":8,"first":"2026-01-02T08:41:00Z","last":"2026-05-30T15:30:25Z",
"checkpoint":{"size":673,"root":"…","note":"silberkranich.example.org/jawort/test\n673\…\n\n\u2014 silberkranich.example.org/jawort/test …\n"},"verifier_key":"silberkranich.example.…","behind_checkpoint":false,
"kinds":{"requested":{"count":75,"entries":[12,15,17,18,24,27,32,34,38,43,47,49,55,56,64,66,70,71,80,82,111,114,115,120,124,127,131,134,139,140,145,148,151,158,159,164,167,170,173,178,228,231,234,237,239,249,253,254,263,268,320,328,331,332,340,343,344,353,371,375,376,377,385,390,395,399,402,471,479,483,490,511,516,517,519]},"confirmation-sent":{"count":75,"entries":[13,16,19,20,25,29,33,35,39,44,48,50,57,58,65,67,72,73,81,84,112,116,117,121,125,128,132,135,141,142,146,149,152,160,161,165,168,172,174,179,229,232,235,238,240,250,255,256,265,269,325,329,333,334,341,345,346,354,372,378,379,381,386,392,396,400,403,473,480,484,491,512,520,522,524]},
"confirmed":{"count":71,"entries":[14,21,22,23,26,30,36,40,41,45,53,59,60,61,68,74,75,76,108,113,118,119,122,126,129,133,136,143,144,147,150,153,162,163,166,175,176,177,225,230,233,236,241,251,257,258,267,270,326,330,336,337,350,351,355,373,382,383,384,393,401,474,476,481,485,486,493,513,521,523,525]},
"given":{"count":34,"entries":[31,37,51,52,54,62,69,79,83,109,110,130,137,156,169,226,227,259,261,271,338,339,352,370,387,397,475,478,487,509,510,515,527,528]},
"refused":{"count":1,"entries":[347]},
"withdrawn":{"count":9,"entries":[138,222,252,266,324,327,469,492,508]},
"objected":{"count":1,"entries":[342]},
"revoked":{"count":1,"entries":[532]},
"suspended":{"count":1,"entries":[467]},
"resumed":{"count":1,"entries":[470]},
"invalidated":{"count":1,"entries":[260]},
"imported":{"count":10,"entries":[2,3,4,5,6,7,8,9,10,11]},
"blocked":{"count":2,"entries":[224,335]},
"unblocked":{"count":1,"entries":[356]},"platform-stopped":{"count":1,"entries":[463]},"wrong-number":{"count":1,"entries":[472]},
"inbound":{"count":21,"entries":[42,63,77,123,154,157,348,357,369,374,388,394,398,477,482,488,494,514,530,533,535]},
"outbound":{"count":218,"entries":[46,78,85,86,87,88,89,90,91,92,93,94,95,96,97,98,99,100,101,102,103,104,105,106,107,155,180,181,182,183,184,185,186,187,188,189,190,191,192,193,194,195,196,197,198,199,200,201,202,203,204,205,206,207,208,209,210,211,212,213,214,215,216,217,218,219,220,221,223,242,243,244,245,246,247,248,272,273,274,275,276,277,278,279,280,281,282,283,284,285,286,287,288,289,290,291,292,293,294,295,296,297,298,299,300,301,302,303,304,305,306,307,308,309,310,311,312,313,314,315,316,317,318,319,321,322,323,358,359,360,361,362,363,364,365,366,367,380,389,404,405,406,407,408,409,410,411,412,413,414,415,416,417,418,419,420,421,422,423,424,425,426,427,428,429,430,431,432,433,434,435,436,437,438,439,440,441,442,443,444,445,446,447,448,449,450,451,452,453,454,455,456,457,458,459,460,461,462,464,465,466,468,489,495,496,497,498,499,500,501,502,503,504,505,506,507,531,534]},"address-linked":{"count":7,"entries":[28,171,262,264,349,391,518]},"address-changed":{"count":1,"entries":[368]},"access-requested":{"count":1,"entries":[526]},"request-answered":{"count":1,"entries":[529]}}},
"consents":{"at_end":[{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"given","count":46,"entries":[14,21,23,30,36,40,41,53,59,74,118,122,126,133,143,147,150,162,166,175,176,177,225,230,236,251,257,267,270,326,330,336,350,355,373,382,383,393,474,476,481,485,513,521,523,525]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"withdrawn","count":5,"entries":[26,61,76,113,129]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"revoked","count":1,"entries":[108]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"expired","count":2,"entries":[486,493]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"invalidated","count":1,"entries":[241]},{"channel":"whatsapp","purpose":"newsletter","way_in":"first-message","status":"unknown","count":1,"entries":[130]},{"channel":"whatsapp","purpose":"newsletter","way_in":"first-message","status":"given","count":22,"entries":[31,51,52,54,62,69,79,83,110,137,169,227,338,339,387,397,475,487,509,510,515,527]},{"channel":"whatsapp","purpose":"newsletter","way_in":"first-message","status":"withdrawn","count":1,"entries":[109]},{"channel":"whatsapp","purpose":"newsletter","way_in":"act","status":"given","count":6,"entries":[37,156,226,352,370,528]},{"channel":"whatsapp","purpose":"newsletter","way_in":"request","status":"refused","count":1,"entries":[340]},{"channel":"whatsapp","purpose":"newsletter","way_in":"request","status":"expired","count":3,"entries":[80,237,385]},{"channel":"whatsapp","purpose":"newsletter","way_in":"list","status":"unknown","count":7,"entries":[2,3,5,6,8,10,11]},{"channel":"whatsapp","purpose":"newsletter/kreuzfahrten","way_in":"double-opt-in","status":"given","count":2,"entries":[68,233]},{"channel":"whatsapp","purpose":"newsletter/kreuzfahrten","way_in":"first-message","status":"given","count":1,"entries":[478]},{"channel":"whatsapp","purpose":"newsletter/staedtereisen","way_in":"first-message","status":"given","count":1,"entries":[271]},{"channel":"whatsapp","purpose":"offers","way_in":"double-opt-in","status":"given","count":11,"entries":[22,60,119,144,153,163,258,337,351,384,401]},{"channel":"whatsapp","purpose":"offers","way_in":"double-opt-in","status":"withdrawn","count":1,"entries":[75]},{"channel":"email","purpose":"newsletter","way_in":"double-opt-in","status":"given","count":1,"entries":[136]},{"channel":"email","purpose":"newsletter","way_in":"act","status":"given","count":2,"entries":[259,261]}],"over_time":[{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"given","from_the_end_of":[["2026-01-31T23:59:59.999Z",14],["2026-02-28T23:59:59.999Z",25],["2026-03-31T23:59:59.999Z",32],["2026-04-30T23:59:59.999Z",40],["2026-05-31T21:59:59.999Z",46]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"withdrawn","from_the_end_of":[["2026-02-28T23:59:59.999Z",1],["2026-03-31T23:59:59.999Z",2],["2026-04-30T23:59:59.999Z",4],["2026-05-31T21:59:59.999Z",5]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"revoked","from_the_end_of":[["2026-05-31T21:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"expired","from_the_end_of":[["2026-05-31T21:59:59.999Z",2]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"double-opt-in","status":"invalidated","from_the_end_of":[["2026-03-31T23:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"first-message","status":"unknown","from_the_end_of":[["2026-02-28T23:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"first-message","status":"given","from_the_end_of":[["2026-01-31T23:59:59.999Z",6],["2026-02-28T23:59:59.999Z",11],["2026-03-31T23:59:59.999Z",13],["2026-04-30T23:59:59.999Z",15],["2026-05-31T21:59:59.999Z",22]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"first-message","status":"withdrawn","from_the_end_of":[["2026-04-30T23:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"act","status":"given","from_the_end_of":[["2026-01-31T23:59:59.999Z",1],["2026-02-28T23:59:59.999Z",2],["2026-03-31T23:59:59.999Z",3],["2026-04-30T23:59:59.999Z",5],["2026-05-31T21:59:59.999Z",6]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"request","status":"requested","from_the_end_of":[["2026-04-30T23:59:59.999Z",1],["2026-05-31T21:59:59.999Z",0]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"request","status":"refused","from_the_end_of":[["2026-04-30T23:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"request","status":"expired","from_the_end_of":[["2026-02-28T23:59:59.999Z",1],["2026-03-31T23:59:59.999Z",2],["2026-05-31T21:59:59.999Z",3]]},{"channel":"whatsapp","purpose":"newsletter","way_in":"list","status":"unknown","from_the_end_of":[["2026-01-31T23:59:59.999Z",9],["2026-02-28T23:59:59.999Z",8],["2026-04-30T23:59:59.999Z",7]]},{"channel":"whatsapp","purpose":"newsletter/kreuzfahrten","way_in":"double-opt-in","status":"given","from_the_end_of":[["2026-01-31T23:59:59.999Z",1],["2026-03-31T23:59:59.999Z",2]]},{"channel":"whatsapp","purpose":"newsletter/kreuzfahrten","way_in":"first-message","status":"given","from_the_end_of":[["2026-05-31T21:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"newsletter/staedtereisen","way_in":"first-message","status":"given","from_the_end_of":[["2026-04-30T23:59:59.999Z",1]]},{"channel":"whatsapp","purpose":"offers","way_in":"double-opt-in","status":"given","from_the_end_of":[["2026-01-31T23:59:59.999Z",3],["2026-02-28T23:59:59.999Z",7],["2026-03-31T23:59:59.999Z",8],["2026-04-30T23:59:59.999Z",11]]},{"channel":"whatsapp","purpose":"offers","way_in":"double-opt-in","status":"withdrawn","from_the_end_of":[["2026-05-31T21:59:59.999Z",1]]},{"channel":"email","purpose":"newsletter","way_in":"double-opt-in","status":"given","from_the_end_of":[["2026-02-28T23:59:59.999Z",1]]},{"channel":"email","purpose":"newsletter","way_in":"act","status":"given","from_the_end_of":[["2026-03-31T23:59:59.999Z",1],["2026-04-30T23:59:59.999Z",2]]}],"may_be_written_to":[{"channel":"whatsapp","purpose":"newsletter",
"outcomes":{"permit":{"count":67,"entries":[14,21,23,30,31,36,37,40,41,51,52,53,54,59,62,74,83,110,118,122,126,133,137,143,147,150,156,162,166,169,175,176,225,227,230,236,251,257,267,270,326,330,336,338,339,350,352,355,373,382,383,393,397,474,475,476,481,485,487,509,510,513,521,523,525,527,528]},
"warn":{"count":1,"entries":[515]},
"hold":{"count":2,"entries":[226,387]},
"deny":{"count":26,"entries":[2,3,5,6,8,10,11,26,61,69,76,79,80,108,109,113,129,130,177,237,241,340,370,385,486,493]}},
"reasons":{"objected":{"count":1,"entries":[61]},
"withdrawn":{"count":5,"entries":[26,76,109,113,129]},"whatsapp-marketing-stopped":{"count":1,"entries":[177]},"known-unwanted":{"count":2,"entries":[69,340]},
"revoked":{"count":1,"entries":[108]},"confirmation-disputed":{"count":1,"entries":[241]},"number-holder":{"count":2,"entries":[79,370]},"imported-unproven":{"count":7,"entries":[2,3,5,6,8,10,11]},"confirmation-expired":{"count":4,"entries":[80,237,385,486]},"confirmed-on-other-channel":{"count":1,"entries":[493]},
"demonstrable":{"count":1,"entries":[130]},
"distinguishable":{"count":1,"entries":[226]},
"coupling":{"count":1,"entries":[515]},"age-of-consent":{"count":1,"entries":[387]}}},{"channel":"whatsapp","purpose":"newsletter/kreuzfahrten",
"outcomes":{"permit":{"count":3,"entries":[68,233,478]},
"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":0,"entries":[]}},
"reasons":{}},{"channel":"whatsapp","purpose":"newsletter/staedtereisen",
"outcomes":{"permit":{"count":1,"entries":[271]},
"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":0,"entries":[]}},
"reasons":{}},{"channel":"whatsapp","purpose":"offers",
"outcomes":{"permit":{"count":11,"entries":[22,60,119,144,153,163,258,337,351,384,401]},
"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":1,"entries":[75]}},
"reasons":{"withdrawn":{"count":1,"entries":[75]}}},{"channel":"email","purpose":"newsletter",
"outcomes":{"permit":{"count":3,"entries":[136,259,261]},
"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":0,"entries":[]}},
"reasons":{}}],"flows":[{"from":"2026-01-01T00:00:00Z","yes":25,"stop":0,"send_permitted":2,"send_unlawful":0},{"from":"2026-02-01T00:00:00Z","yes":24,"stop":1,"send_permitted":24,"send_unlawful":0},{"from":"2026-03-01T00:00:00Z","yes":15,"stop":4,"send_permitted":50,"send_unlawful":0},{"from":"2026-04-01T00:00:00Z","yes":20,"stop":6,"send_permitted":62,"send_unlawful":0},{"from":"2026-05-01T00:00:00Z","yes":21,"stop":7,"send_permitted":79,"send_unlawful":1}]},
"double_opt_in":{"requested":{"count":75,"entries":[12,15,17,18,24,27,32,34,38,43,47,49,55,56,64,66,70,71,80,82,111,114,115,120,124,127,131,134,139,140,145,148,151,158,159,164,167,170,173,178,228,231,234,237,239,249,253,254,263,268,320,328,331,332,340,343,344,353,371,375,376,377,385,390,395,399,402,471,479,483,490,511,516,517,519]},
"confirmation_sent":{"count":75,"entries":[12,15,17,18,24,27,32,34,38,43,47,49,55,56,64,66,70,71,80,82,111,114,115,120,124,127,131,134,139,140,145,148,151,158,159,164,167,170,173,178,228,231,234,237,239,249,253,254,263,268,320,328,331,332,340,343,344,353,371,375,376,377,385,390,395,399,402,471,479,483,490,511,516,517,519]},
"confirmed":{"count":68,"entries":[12,15,17,18,24,27,32,34,38,43,47,49,55,56,64,66,70,71,82,111,114,115,120,124,127,131,134,139,140,145,148,151,158,159,164,167,170,173,178,228,231,234,249,253,254,263,268,320,328,331,332,343,344,353,371,375,376,377,390,399,402,471,479,483,511,516,517,519]},
"expired":{"count":5,"entries":[80,237,385,395,490]},
"disputed":{"count":1,"entries":[239]},
"stopped":{"count":1,"entries":[340]},
"erased":{"count":0,"entries":[]},
"open":{"count":0,"entries":[]},
"time_to_confirm":{"count":69,"median_seconds":32800,"p90_seconds":214000,"p95_seconds":230000,"longest_seconds":272000}},
"stops":{"refused":{"count":1,"entries":[347],
"until_entered":{"count":1,"median_seconds":6650000,"p90_seconds":6650000,"p95_seconds":6650000,"longest_seconds":6650000}},
"withdrawn":{"count":9,"entries":[138,222,252,266,324,327,469,492,508],
"until_entered":{"count":9,"median_seconds":7170000,"p90_seconds":11000000,"p95_seconds":11000000,"longest_seconds":11000000}},
"objected":{"count":1,"entries":[342],
"until_entered":{"count":1,"median_seconds":6740000,"p90_seconds":6740000,"p95_seconds":6740000,"longest_seconds":6740000}},
"revoked":{"count":1,"entries":[532],
"until_entered":{"count":1,"median_seconds":2830000,"p90_seconds":2830000,"p95_seconds":2830000,"longest_seconds":2830000}},
"suspended":{"count":1,"entries":[467],
"until_entered":{"count":1,"median_seconds":4740000,"p90_seconds":4740000,"p95_seconds":4740000,"longest_seconds":4740000}},
"invalidated":{"count":1,"entries":[260],
"until_entered":{"count":1,"median_seconds":8290000,"p90_seconds":8290000,"p95_seconds":8290000,"longest_seconds":8290000}},
"blocked":{"count":2,"entries":[224,335],
"until_entered":{"count":2,"median_seconds":7090000,"p90_seconds":10100000,"p95_seconds":10100000,"longest_seconds":10100000}},"platform-stopped":{"count":1,"entries":[463],
"until_entered":{"count":1,"median_seconds":4750000,"p90_seconds":4750000,"p95_seconds":4750000,"longest_seconds":4750000}},"wrong-number":{"count":1,"entries":[472],
"until_entered":{"count":1,"median_seconds":4670000,"p90_seconds":4670000,"p95_seconds":4670000,"longest_seconds":4670000}}},
"sends":{"all":{"count":218,"entries":[46,78,85,86,87,88,89,90,91,92,93,94,95,96,97,98,99,100,101,102,103,104,105,106,107,155,180,181,182,183,184,185,186,187,188,189,190,191,192,193,194,195,196,197,198,199,200,201,202,203,204,205,206,207,208,209,210,211,212,213,214,215,216,217,218,219,220,221,223,242,243,244,245,246,247,248,272,273,274,275,276,277,278,279,280,281,282,283,284,285,286,287,288,289,290,291,292,293,294,295,296,297,298,299,300,301,302,303,304,305,306,307,308,309,310,311,312,313,314,315,316,317,318,319,321,322,323,358,359,360,361,362,363,364,365,366,367,380,389,404,405,406,407,408,409,410,411,412,413,414,415,416,417,418,419,420,421,422,423,424,425,426,427,428,429,430,431,432,433,434,435,436,437,438,439,440,441,442,443,444,445,446,447,448,449,450,451,452,453,454,455,456,457,458,459,460,461,462,464,465,466,468,489,495,496,497,498,499,500,501,502,503,504,505,506,507,531,534]},
"not_judged":{"count":0,"entries":[]},
"as_known_now":{"permit":{"count":217,"entries":[46,78,85,86,87,88,89,90,91,92,93,94,95,96,97,98,99,100,101,102,103,104,105,106,107,155,180,181,182,183,184,185,186,187,188,189,190,191,192,193,194,195,196,197,198,199,200,201,202,203,204,205,206,207,208,209,210,211,212,213,214,215,216,217,218,219,220,221,223,242,243,244,245,246,247,248,272,273,274,275,276,277,278,279,280,281,282,283,284,285,286,287,288,289,290,291,292,293,294,295,296,297,298,299,300,301,302,303,304,305,306,307,308,309,310,311,312,313,314,315,316,317,318,319,321,322,323,358,359,360,361,362,363,364,365,366,367,380,389,404,405,406,407,408,409,410,411,412,413,414,415,416,417,418,419,420,421,422,423,424,425,426,427,428,429,430,431,432,433,434,435,436,437,438,439,440,441,442,443,444,445,446,447,448,449,450,451,452,453,454,455,456,457,458,459,460,461,462,464,465,466,489,495,496,497,498,499,500,501,502,503,504,505,506,507,531,534]},
"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":1,"entries":[468]}},
"then_and_now":{"permitted_both":{"count":0,"entries":[]},
"permitted_then_only":{"count":0,"entries":[]},
"permitted_now_only":{"count":0,"entries":[]},
"permitted_neither":{"count":0,"entries":[]},
"entered_later_permitted_now":{"count":217,"entries":[46,78,85,86,87,88,89,90,91,92,93,94,95,96,97,98,99,100,101,102,103,104,105,106,107,155,180,181,182,183,184,185,186,187,188,189,190,191,192,193,194,195,196,197,198,199,200,201,202,203,204,205,206,207,208,209,210,211,212,213,214,215,216,217,218,219,220,221,223,242,243,244,245,246,247,248,272,273,274,275,276,277,278,279,280,281,282,283,284,285,286,287,288,289,290,291,292,293,294,295,296,297,298,299,300,301,302,303,304,305,306,307,308,309,310,311,312,313,314,315,316,317,318,319,321,322,323,358,359,360,361,362,363,364,365,366,367,380,389,404,405,406,407,408,409,410,411,412,413,414,415,416,417,418,419,420,421,422,423,424,425,426,427,428,429,430,431,432,433,434,435,436,437,438,439,440,441,442,443,444,445,446,447,448,449,450,451,452,453,454,455,456,457,458,459,460,461,462,464,465,466,489,495,496,497,498,499,500,501,502,503,504,505,506,507,531,534]},
"entered_later_not_permitted_now":{"count":1,"entries":[468]}},
"reasons_as_known_now":{"consent-required-electronic-mail":{"count":1,"entries":[468]}},
"reasons_as_recorded_then":{},
"after_stop":{"entered_before":{"count":0,"entries":[]},
"entered_later":{"count":0,"entries":[]}},"unlawful_count":1},
"stale":{"ahead_days":90,
"already":{"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":0,"entries":[]}},
"becomes":{"warn":{"count":0,"entries":[]},
"hold":{"count":0,"entries":[]},
"deny":{"count":0,"entries":[]}}},
"proofs":{"not_whole":{"count":1,"entries":[130]},
"imported":{"count":7,"entries":[2,3,5,6,8,10,11]}},"notices":[{"notice":"newsletter@1","sha256":"…","language":"de","published_at":"2026-01-02T08:00:00Z","recorded_at":"2026-01-02T08:00:00Z","historical":false,"channels":["whatsapp","email"],"purposes":["newsletter","newsletter/kreuzfahrten","newsletter/staedtereisen","offers"],"gaps":[],
"requests":{"count":75,"entries":[12,15,17,18,24,27,32,34,38,43,47,49,55,56,64,66,70,71,80,82,111,114,115,120,124,127,131,134,139,140,145,148,151,158,159,164,167,170,173,178,228,231,234,237,239,249,253,254,263,268,320,328,331,332,340,343,344,353,371,375,376,377,385,390,395,399,402,471,479,483,490,511,516,517,519]},
"consents":{"count":81,"entries":[22,26,30,31,37,40,45,51,52,53,54,60,61,62,68,69,76,79,83,108,109,110,129,133,136,137,143,144,147,150,153,156,163,166,169,175,176,177,225,226,227,233,236,251,258,259,261,267,270,271,326,330,336,338,339,350,351,352,355,370,373,384,387,397,401,474,475,476,478,481,485,486,487,493,509,510,513,515,525,527,528]}}],
"rights":{"states":{"answered":{"access-requested":{"count":1,"entries":[526]}}},"requests":[{"seq":526,"kind":"access-requested","asked_at":"2026-05-26T08:50:00Z","deadline":"2026-06-26T08:50:00Z","answer":529,"answered_at":"2026-05-28T12:15:00Z","state":"answered"}]},
"retention":{"persons_due":{"count":0,"entries":[]},
"lapsed_requests_due":{"count":2,"entries":[81,238]}},"groups":[],
"duties":{"checklist":[{"id":"advertising","state":"gap","citation":"\u00a7 7 UWG, Art. 6, 7 Abs. 3, Art. 21 DSGVO","duty":"Keine Werbung ohne Einwilligung oder nach einer Abmeldung","finding":"1 von 218 Sendungen nicht erlaubt, 0 trotz eingetragener Abmeldung","to_do":"Vor jedem Versand pr\u00fcfen (`broadcast check`, Versandschleife); die genannten F\u00e4lle kl\u00e4ren."},{"id":"proof","state":"gap","citation":"Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO","duty":"Jede Einwilligung ist nachweisbar","finding":"1 ohne ganzen Beleg, 7 nur aus einer Liste","to_do":"Nicht anschreiben; Belege nachtragen oder neu fragen."},{"id":"information","state":"shown","citation":"Art. 13 DSGVO","duty":"Vollst\u00e4ndige Hinweise","finding":"1 Fassungen, 0 mit L\u00fccken","to_do":""},{"id":"requests","state":"shown","citation":"Art. 12 Abs. 3, 15, 17 DSGVO","duty":"Auskunft und L\u00f6schung binnen eines Monats","finding":"0 \u00fcberf\u00e4llig, 0 zu sp\u00e4t beantwortet, 0 offen in der Frist","to_do":""},{"id":"storage","state":"gap","citation":"Art. 5 Abs. 1 lit. e, Art. 17 DSGVO","duty":"Nichts l\u00e4nger behalten als n\u00f6tig","finding":"0 Personen und 2 verfallene Anfragen sind f\u00e4llig","to_do":"`jawort sweep --dry-run` ansehen, dann `jawort sweep`."},{"id":"groups","state":"shown","citation":"Art. 5 Abs. 1 lit. f, Art. 6, 32 DSGVO","duty":"Gruppen legen keine Nummern ohne Zustimmung offen","finding":"0 Gruppen mit Mitgliedern, 0 mit Offenlegungen","to_do":""},{"id":"transfers","state":"shown","citation":"Art. 44\u201349 DSGVO","duty":"Grundlage f\u00fcr jede \u00dcbermittlung in ein Drittland","finding":"1 Empf\u00e4nger in Drittl\u00e4ndern, 0 davon ohne genannte Garantie","to_do":"Pr\u00fcfen, ob die genannte Garantie noch gilt (Liste der zertifizierten Unternehmen, Standardvertragsklauseln)."},{"id":"processor-contract","state":"by-hand","citation":"Art. 28 DSGVO","duty":"Vertrag mit jedem Auftragsverarbeiter","finding":"genannte Empf\u00e4nger: E-Mail-Dienstleister als Auftragsverarbeiter, WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc.","to_do":"F\u00fcr jeden pr\u00fcfen, ob er Auftragsverarbeiter ist, und den Vertrag ablegen."},{"id":"processing-record","state":"by-hand","citation":"Art. 30 DSGVO","duty":"Verzeichnis der Verarbeitungst\u00e4tigkeiten","finding":"Zwecke: newsletter, newsletter/kreuzfahrten, newsletter/staedtereisen, offers; Empf\u00e4nger, Daten und Fristen stehen in den Hinweisen","to_do":"Das Verzeichnis selbst f\u00fchren; die Angaben hier geh\u00f6ren hinein."},{"id":"security","state":"by-hand","citation":"Art. 32 DSGVO","duty":"Unversehrtheit und Vertraulichkeit","finding":"673 Eintr\u00e4ge unter einem unterschriebenen Pr\u00fcfpunkt","to_do":"`jawort verify` laufen lassen, Pr\u00fcfpunkte au\u00dfer Haus aufbewahren, Sicherungen und Zugriffsrechte belegen."}],"recipients":[{"name":"WhatsApp Ireland Limited, Dublin, mit WhatsApp LLC und Meta Platforms, Inc.","country":"US","third_country":true,"safeguard":"Angemessenheitsbeschluss (EU) 2023/1795 vom 10. Juli 2023, soweit der Empf\u00e4nger danach zertifiziert ist; im \u00dcbrigen Standardvertragsklauseln nach dem Durchf\u00fchrungsbeschluss (EU) 2021/914","notices":["newsletter@1"]},{"name":"E-Mail-Dienstleister als Auftragsverarbeiter","country":"DE","third_country":false,"safeguard":"Keine \u00dcbermittlung in ein Drittland; Vertrag nach Art. 28 DSGVO","notices":["newsletter@1"]}]},"test_clock":true,"unlawful_sends":[{"seq":468,"occurred_at":"2026-05-07T13:02:00Z","recorded_at":"2026-07-01T09:55:00Z","channel":"whatsapp","purpose":"service","entered_later":true,
"as_recorded_then":{"decision":"deny","reasons":[{"code":"no-evidence","outcome":"deny","events":[]}]},
"as_known_now":{"decision":"deny","reasons":[{"code":"consent-required-electronic-mail","outcome":"deny","events":[]}]}}]}
# As of a day before anything was entered there is nothing.
$ jawort --now 2026-07-01T12:00:00+02:00 --json audit --as-recorded 2026-06-01T00:00:00+02:00 --lang en | keys | cut -c1-700
{"audit":1,"made_at":"2026-07-01T10:00:00Z","period":{"from":null,"to":"2026-07-01T10:00:00.001Z","as_recorded":"2026-05-31T22:00:00Z"},"ledger":{"controller":"Reisestube Silberkranich GmbH","origin":"silberkranich.example.org/jawort/test","region":"DE","entries":673,"of_people":0,"not_of_people":2,"restores":0,"persons":0,"addresses":0,"linked_persons":0,"first":null,"last":null,"checkpoint":{"size":673,"root":"…","note":"silberkranich.example.org/jawort/test\n673\…\n\n\u2014 silberkranich.example.org/jawort/test …\n"},"verifier_key":"silberkranich.example.…","behind_checkpoint":false,"kinds":{}},"consents":{"at_end":[],"over_time":[],"may_be_written_to":[],"flows":[]},"double_opt_i
$ jawort --now 2026-07-01T12:00:00+02:00 audit --format html --out bericht.html; head -c 15 bericht.html; grep -c '<section' bericht.html
<!doctype html>15
# Errors
$ jawort audit --format pdf
jawort: unbekanntes Format 'pdf'
  → text, json oder html
? 2
$ jawort audit --from 2026-07-01T00:00:00Z --to 2026-07-01T00:00:00Z
jawort: der Zeitraum ist leer
  → --from liegt vor --to
? 2
$ jawort audit --from 2026-07-01
jawort: --from: kein Zeitpunkt nach RFC 3339
  → RFC 3339 mit Zone schreiben, z. B. 2026-06-01T12:00:00+02:00
? 2
$ jawort audit --out a.db
jawort: das Hauptbuch wird nicht überschrieben: a.db
  → mit --out eine andere Datei nennen
? 2
$ jawort --ledger nirgends.db audit
jawort: kein Hauptbuch: nirgends.db
  → mit `jawort init` anlegen oder mit --ledger das richtige nennen
? 10
$ jawort audit --help
jawort audit – der Prüfbericht: Einwilligungen, Sendungen, Abmeldungen, Fristen, Pflichten

Beispiele
  jawort audit --format html --out bericht.html
  jawort audit --from 2026-01-01T00:00:00+01:00 --to 2027-01-01T00:00:00+01:00
  jawort audit --to 2026-04-05T00:00:00+02:00 --as-recorded 2026-04-05T00:00:00+02:00 --format json

Angaben
  --from ZEIT              Beginn des Zeitraums, eingeschlossen (sonst der Beginn des Hauptbuchs)
  --to ZEIT                sein Ende, ausgeschlossen (sonst jetzt)
  --as-recorded ZEIT       mit dem Wissensstand des Hauptbuchs von damals
  --format FORMAT          text, json oder html
  --out DATEI              dorthin statt auf die Ausgabe
