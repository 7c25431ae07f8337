# The rule book at the terminal: policy, rules on a day, messages, explanations, permits, one's own cases.
$ export JAWORT_LANG=de JAWORT_LEDGER=$PWD/a.db; jawort --now 2022-01-01T00:00:00Z --quiet init --controller "Reisestube Silberkranich GmbH" --test-clock | cut -d+ -f1
reisestube-silberkranich-gmbh.example/jawort/test
$ jawort --now 2022-01-01T00:00:00Z notice add "$TESTDATA/examples/agency/newsletter.toml"
newsletter@1  2022-01-01 00:00 UTC  sha256 685fba097dc1bf7c926d74a4aaa19a48b6d4460a085e3bbb7d889ca9b213f648
$ jawort --now 2026-05-01T10:00:00Z record given "0171 3920001" --channel whatsapp --purpose newsletter --notice newsletter --evidence Start --operator Meier --customer 4711
#2 given 2026-05-01 10:00 UTC
$ jawort --now 2026-05-01T10:00:00Z record given "0171 3920002" --channel whatsapp --purpose newsletter --notice newsletter --evidence Start --operator Meier
#4 given 2026-05-01 10:00 UTC
$ jawort policy show
# die Voreinstellung; noch keine Richtlinie gesetzt
# Richtlinie: was hier nicht steht, hat seinen Standardwert.

[confirmation]
window_days = 7                # so lange gilt eine Bitte um Bestätigung (länger als 30 Tage bewahrt WhatsApp nichts auf)
cooldown_hours = 24            # Abstand zwischen zwei Bitten an dieselbe Adresse
tries = 3                      # unbeantwortete Bitten an eine Adresse, insgesamt
pending_data_days = 30         # so lange bleiben personenbezogene Daten einer verfallenen Anmeldung

[stale-consent]
warn_months = 17               # ungenutzt seit so vielen Monaten: Warnung
hold_months = 24               # … zurückhalten
deny_months = 48               # … nein

[age-of-consent]
years = 16                     # Alter, ab dem jemand selbst einwilligt (Art. 8 DSGVO: 16)

[customer-wrote-first]
days = 7                       # so lange gehört eine Antwort zur Frage der Person

[whatsapp-window]
hours = 24                     # freie Nachricht so lange nach der letzten der Person (WhatsApp, Messenger)

[messenger-window]
human_agent_days = 7           # Antwort eines Menschen im Messenger, ohne Werbung

[quiet-hours]
mode = "warn"                  # off, warn oder hold
from = "20:00"                 # Ortszeit des Empfängers, eingeschlossen
until = "08:00"                # ausgeschlossen
sundays = true                 # Sonntage und Feiertage ganz

[existing-customer-exception]
email = true                   # Ausnahme für Bestandskunden bei E-Mail
sms = true                     # … bei SMS
whatsapp = false               # … bei WhatsApp (gerichtlich nicht erprobt; die Plattform verlangt eine Einwilligung)
messenger = false              # … bei Messenger (ebenso)

[whatsapp-app-newsletter]
used = false                   # das Büro sendet mit der App, nicht über die Business-API
limit = 256                    # Empfänger einer Liste der App

[permit]
hours = 24                     # so lange gilt die Freigabe einer Liste

[retention]
years = 3                      # Nachweis wird so lange nach letzter Nutzung oder Widerruf aufbewahrt
years_calls = 5                # … bei Anrufen (§ 7a UWG)

[message]
senders = []                   # Namen, unter denen das Büro bekannt ist, neben dem des Verantwortlichen
operators = []                 # wer persönliche Nachrichten unterschreibt; leer: irgendein Name
third_parties = []             # andere, für deren Angebote eine Nachricht werben könnte
$ printf '[stale-consent]\nwarn_month = 3\n' > falsch.toml; jawort --now 2026-05-02T10:00:00Z policy set falsch.toml
jawort: falsch.toml:2: unbekannter Schlüssel 'stale-consent.warn_month'
  → meinten Sie stale-consent.warn_months?
? 2
$ printf '[severity]\nwithdrawn = "warn"\n' > milder.toml; jawort --now 2026-05-02T10:00:00Z policy set milder.toml
jawort: milder.toml:2: 'withdrawn' lässt sich nicht unter deny senken
  → eine Strenge kann nur erhöht werden
? 2
$ printf '[quiet-hours]\nmode = "hold"\n[message]\noperators = ["Sabine Meier"]\n' > richtlinie.toml; jawort --now 2026-05-02T10:00:00Z policy set richtlinie.toml
Richtlinie #5, gilt ab 2026-05-02 10:00 UTC
  quiet-hours.mode: "warn" → "hold"
  message.operators: [] → ["Sabine Meier"]
$ jawort --now 2026-05-02T10:00:00Z policy set richtlinie.toml
jawort: genau diese Richtlinie gilt schon
? 1
$ jawort check customer:4711 --channel whatsapp --purpose newsletter --template --at 2026-06-01T19:00:00Z
zurückhalten: +491713920001 · whatsapp · newsletter · eingewilligt · 2026-06-01 19:00 UTC
  zurückhalten quiet-hours
    Beim Empfänger ist Ruhezeit (Abend, Nacht, Sonntag oder Feiertag).
    → Besser werktags am Tag senden.
  erlaubt keyword-started  [#2]
    Die Person hat selbst mit ihren Worten begonnen, nachdem sie den Hinweis sehen konnte.
    Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG
    → Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.
  Richtlinie #5
? 3
$ jawort --json check 01713920001 --channel whatsapp --purpose newsletter --template --at 2026-06-01T10:00:00Z
{"decision":"permit","address":"+491713920001","channel":"whatsapp","purpose":"newsletter","status":"given","at":"2026-06-01T10:00:00Z","reasons":[{"code":"keyword-started","outcome":"permit","standing":"statute","citation":"Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG","text":"Die Person hat selbst mit ihren Worten begonnen, nachdem sie den Hinweis sehen konnte.","remedy":"Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.","events":[2]}],"policy":5,"test_clock":true}
$ jawort check 01713920001 --channel whatsapp --purpose newsletter --template --at 2026-06-01T10:00:00Z --explain
erlaubt: +491713920001 · whatsapp · newsletter · eingewilligt · 2026-06-01 10:00 UTC
  erlaubt keyword-started  [#2]
    Die Person hat selbst mit ihren Worten begonnen, nachdem sie den Hinweis sehen konnte.
    Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG
    → Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.
  Richtlinie #5

Jede Regel, und was sie sah
  evaluation-failed                  –  die Belege, auf die es ankommt
  ledger-behind-anchor               –  Hauptbuch und Prüfpunkte daneben
  erased                             –  kein solcher Eintrag
  objected                           –  kein solcher Eintrag
  withdrawn                          –  kein solcher Eintrag
  restricted                         –  nicht vermerkt: Einschränkung
  whatsapp-marketing-stopped         –  nicht vermerkt: Abwahl in WhatsApp
  known-unwanted                     –  kein solcher Eintrag
  unclear-stop                       –  nicht vermerkt: unklare Worte
  revoked                            –  kein solcher Eintrag
  confirmation-disputed              –  kein solcher Eintrag
  number-holder                      –  nicht vermerkt: Meldung, dass die Nummer jemand anderem gehört
  no-evidence                        –  2 Einträge zu dieser Person
  imported-unproven                  –  0 Einträge aus Listen ohne Beleg
  inbound-is-not-consent             –  keine Nachricht der Person auf diesem Kanal
  double-opt-in-pending              –  keine offene Anmeldung
  confirmation-expired               –  keine offene Anmeldung
  confirmed-on-other-channel         –  nicht vermerkt: Bestätigung auf anderem Weg
  purpose-not-covered                –  eingewilligt: whatsapp newsletter #2
  demonstrable                       –  1 Einwilligungen mit ganzem, 0 ohne ganzen Nachweis
  channel-covered                    –  eingewilligt: whatsapp newsletter #2
  advertising-broad                  –  keine Nachricht angegeben (--message)
  consent-required-electronic-mail   –  Einwilligung #2 vom 2026-05-01
  consent-required-call              –  Einwilligung #2 vom 2026-05-01
  sender-identified                  –  keine Nachricht angegeben (--message)
  commercial-recognisable            –  keine Nachricht angegeben (--message)
  frequency-promised                 –  0 Nachrichten auf diesem Kanal in 28 Tagen, versprochen höchstens 4
  quiet-hours                        –  beim Empfänger 12:00 Uhr
  consent-before-2018                –  gegeben am 2026-05-01
  affirmative-act                    –  Worte oder Handlung der Person
  specific                           –  Hinweis newsletter@1: ✓
  informed                           –  Hinweis newsletter@1: ✓
  distinguishable                    –  in den Geschäftsbedingungen: nicht vermerkt
  coupling                           –  an den Vertrag gekoppelt: nicht vermerkt
  age-of-consent                     –  kein Alter vermerkt
  stale-consent                      –  zuletzt genutzt oder gegeben am 2026-05-01; Grenzen 17, 24, 48 Monate
  notice-changed                     –  eingewilligt in newsletter@1, neueste Fassung newsletter@1
  third-country                      –  Hinweis nennt Drittland: ja, Garantie: ja
  confirmation-neutral               –  keine Nachricht angegeben (--message)
  confirmation-once                  –  gehört zu `jawort request`
  asked-by-message                   –  keine Nachricht angegeben (--message)
  withdrawal-easy                    –  Hinweis newsletter@1: ✓
  whatsapp-window                    –  keine Nachricht der Person auf diesem Kanal; genehmigte Vorlage
  messenger-window                   –  keine Nachricht der Person auf diesem Kanal; genehmigte Vorlage
  whatsapp-app-newsletter            –  gesendet wird über die Business-API (Richtlinie)
  group-exposure                     –  gehört zu `jawort group check`
  group-profile-exposure             –  gehört zu `jawort group check`
  address-book-upload                –  gehört zu `jawort contacts check`
  payment-data-in-chat               –  keine Nachricht angegeben (--message)
  third-party-advertising            –  keine Nachricht angegeben (--message)
  operator-named                     –  keine Nachricht angegeben (--message)
  stop-hint-present                  –  keine Nachricht angegeben (--message)
  contract-by-message                –  keine Nachricht angegeben (--message)
  austria                            –  Rufnummer mit +49
  switzerland                        –  Rufnummer mit +49
  jurisdiction-unchecked             –  Rufnummer mit +49
  existing-customer-exception        –  für diesen Kanal abgeschaltet (Richtlinie)
  customer-wrote-first               –  keine Nachricht der Person auf diesem Kanal
  keyword-started                    erlaubt  Einwilligung #2 vom 2026-05-01
  double-opt-in-confirmed            –  Einwilligung #2 vom 2026-05-01
  consent-proven                     –  Einwilligung #2 vom 2026-05-01
$ jawort --json --lang en rules --at 2017-01-01T00:00:00Z --channel call | tr '{' '\n' | grep '"code":"consent-required-call"'
"code":"consent-required-call","outcome":"deny","standing":"statute","in_force":true,"holds_from":null,"citation":"§§ 4a, 28(3) BDSG (old); § 7 Abs. 2 Nr. 2 UWG","citations":[
$ jawort rules --at 2017-01-01T00:00:00Z | grep -A2 '^withdrawn'
withdrawn                          deny  statute   
    Die Einwilligung wurde widerrufen.
    §§ 4a, 28 Abs. 3 BDSG (alte Fassung); § 7 Abs. 2 Nr. 3 UWG
$ jawort --lang en rules --at 2026-06-01T00:00:00Z | grep -A2 '^withdrawn'
withdrawn                          deny  statute   
    The consent was withdrawn.
    Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 (according to secondary sources)
$ printf 'Unsere Angebote: Kreta ab 499 Euro.\nIhre Reisestube Silberkranich\nAbmelden: einfach mit Stop antworten.\n' > werbung.txt; jawort message check werbung.txt --purpose newsletter
erlaubt: Werbung („unsere angebote“)
$ printf 'Ihr Flug geht um 14:05 Uhr. 10 %% auf Mietwagen!\nKarte 4111 1111 1111 1111\nViele Grüße, Sabine Meier\n' | jawort message check -
nein: Werbung („% auf“)
  nein sender-identified
    Aus der Nachricht geht nicht hervor, von wem sie kommt oder wohin man sich wenden kann, damit sie aufhört.
    § 7 Abs. 2 Nr. 3 UWG
    → Den eigenen Namen nennen und einen Weg, auf dem man antworten kann.
  nein commercial-recognisable
    Dass dies Werbung ist und wer dahinter steht, ist nicht klar zu erkennen.
    § 6 DDG
    → Den Auftraggeber nennen und nicht als Antwort oder private Nachricht verkleiden.
  nein payment-data-in-chat
    In der Nachricht steht eine Kartennummer oder IBAN.
    PCI DSS 4.2.2; Regeln der Plattform
    → Zahlungsdaten nie in einen Chat schreiben; einen sicheren Zahlungslink senden.
  nein stop-hint-present
    In der Werbenachricht fehlt, wie man sich abmeldet.
    § 7 Abs. 3 Nr. 4 UWG, Art. 21 Abs. 4 DSGVO
    → Einen Satz anhängen wie „Abmelden: mit Stop antworten“.

Mit verdeckten Zahlungsdaten
  Ihr Flug geht um 14:05 Uhr. 10 % auf Mietwagen!
  Karte **** **** **** 1111
  Viele Grüße, Sabine Meier
? 3
$ jawort check 01713920001 --channel whatsapp --purpose newsletter --template --at 2026-06-01T10:00:00Z --message werbung.txt
erlaubt: +491713920001 · whatsapp · newsletter · eingewilligt · 2026-06-01 10:00 UTC
  erlaubt keyword-started  [#2]
    Die Person hat selbst mit ihren Worten begonnen, nachdem sie den Hinweis sehen konnte.
    Art. 6 Abs. 1 lit. a, Art. 7 DSGVO; § 7 Abs. 2 Nr. 2 UWG
    → Die Einwilligung ist belegt; der Weg zur Abmeldung gehört in jede Nachricht.
  Richtlinie #5
$ printf '+491713920001\n0171 3920002\n' > liste.txt; jawort --now 2026-06-01T10:00:00Z broadcast check liste.txt --channel whatsapp --purpose newsletter --template --message werbung.txt --permit freigabe.txt
2 geprüft: 2 erlaubt, 0 mit Warnung, 0 zurückhalten, 0 nein, 0 unlesbar, 0 doppelt

erlaubt
      1  +491713920001            keyword-started
      2  +491713920002            keyword-started
$ grep -v '^—' freigabe.txt
jawort-permit/1
origin reisestube-silberkranich-gmbh.example/jawort/test
list 957f5a2ab744c4795267d6af23afab7efc18d7a0807a60030d5e9efcf444dfc0
channel whatsapp
purpose newsletter
template yes
message 6cb8298978dc8343e3e6ef58423bd49c5948375051e463a1bf2e7b8b4e636d14
recipients 2
checkpoint 6 [A-Za-z0-9+/]{43}= (re)
issued 2026-06-01T10:00:00Z
expires 2026-06-02T10:00:00Z
() (re)
$ jawort --now 2026-06-01T10:05:00Z broadcast recheck freigabe.txt liste.txt
jawort: die Nachricht ist nicht die freigegebene
  → mit --message die freigegebene Nachricht angeben
? 3
$ jawort --now 2026-06-01T10:05:00Z broadcast recheck freigabe.txt liste.txt --message werbung.txt
0 neue Einträge seit der Freigabe
2 geprüft: 2 erlaubt, 0 mit Warnung, 0 zurückhalten, 0 nein, 0 unlesbar, 0 doppelt

erlaubt
      1  +491713920001            keyword-started
      2  +491713920002            keyword-started
$ jawort --now 2026-06-01T10:06:00Z record withdrawn 01713920002 --channel whatsapp --evidence Stop --operator Meier
#6 withdrawn 2026-06-01 10:06 UTC
$ jawort --now 2026-06-01T10:07:00Z --quiet broadcast recheck freigabe.txt liste.txt --message werbung.txt --permitted-list darf.txt
1 neue Einträge seit der Freigabe
2 geprüft: 1 erlaubt, 0 mit Warnung, 0 zurückhalten, 1 nein, 0 unlesbar, 0 doppelt

erlaubt
      1  +491713920001            keyword-started

nein
      2  +491713920002            withdrawn

Gründe
      1 × withdrawn – Die Einwilligung wurde widerrufen.
          Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 (nach Sekundärquellen)
          → Aus dem Verteiler nehmen. Wieder schreiben erst nach einer neuen Einwilligung.
? 3
$ cat darf.txt
+491713920001
$ jawort --now 2026-06-01T10:08:00Z broadcast sent freigabe.txt darf.txt
jawort: darf.txt: das ist nicht die freigegebene Liste
  → die Liste neu prüfen (`jawort broadcast check … --permit`)
? 3
$ sed -i 's/recipients 2/recipients 3/' freigabe.txt; jawort --now 2026-06-01T10:08:00Z broadcast sent freigabe.txt liste.txt
jawort: freigabe.txt: nicht von diesem Hauptbuch unterschrieben, oder verändert
? 4
$ jawort --now 2026-06-01T10:09:00Z broadcast check darf.txt --channel whatsapp --purpose newsletter --template --permit freigabe.txt
1 geprüft: 1 erlaubt, 0 mit Warnung, 0 zurückhalten, 0 nein, 0 unlesbar, 0 doppelt

erlaubt
      1  +491713920001            keyword-started
$ jawort --now 2026-06-01T10:10:00Z broadcast sent freigabe.txt darf.txt; jawort --now 2026-06-01T10:11:00Z broadcast sent freigabe.txt darf.txt
1 Sendungen eingetragen
0 Sendungen eingetragen
$ jawort --now 2026-06-01T10:12:00Z broadcast check liste.txt --channel whatsapp --purpose newsletter --template --permit nie.txt > nie.out; head -1 nie.out; ls nie.txt
jawort: keine Freigabe, weil nicht jede Zeile erlaubt ist; --permitted-list FILE schreibt die erlaubten heraus
2 geprüft: 1 erlaubt, 0 mit Warnung, 0 zurückhalten, 1 nein, 0 unlesbar, 0 doppelt
ls: cannot access 'nie.txt': No such file or directory
? 2
$ printf '@firma.example\n' > ecg.txt; jawort --now 2026-06-01T10:12:00Z austria-list ecg.txt
1 Einträge geladen
$ mkdir faelle; cp "$TESTDATA/examples/agency/newsletter.toml" faelle/; printf 'notices = [{file = "newsletter.toml", published = "2022-01-01T00:00:00Z"}]\n[defaults]\naddress = "+491713920001"\nchannel = "whatsapp"\npurpose = "newsletter"\ntemplate = true\nat = "2026-06-01T10:00:00Z"\n[[case]]\nname = "ein Stop gilt sofort"\nhistory = """\n2026-05-01T10:00:00Z,given,+491713920001,whatsapp,newsletter,newsletter@1,Start\n2026-05-02T10:00:00Z,withdrawn,+491713920001,whatsapp,,,Stop\n"""\n[[case.ask]]\ndecision = "deny"\nfirst = "withdrawn"\n[[case]]\nname = "hier ist die Erwartung falsch"\n[[case.ask]]\ndecision = "permit"\n' > faelle/a.toml; jawort test faelle/a.toml
✓     8  ein Stop gilt sofort
✗    17  hier ist die Erwartung falsch
           +491713920001 · whatsapp · newsletter · 2026-06-01 10:00 UTC
           decision: erwartet permit, ist deny
2 Fälle: 1 richtig, 1 falsch, 0 offen
? 3
$ sed -i 's/"permit"/"deny"/' faelle/a.toml; jawort --lang en test faelle/a.toml
✓     8  ein Stop gilt sofort
✓    17  hier ist die Erwartung falsch
2 cases: 2 right, 0 wrong, 0 open
$ printf '[[case]]\nnam = "x"\n' > faelle/b.toml; jawort test faelle/b.toml
jawort: faelle/b.toml:2: unbekannter Schlüssel 'case.nam'
  → meinten Sie case.name?
? 2
