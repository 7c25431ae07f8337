# Help and answers, word for word.
$ jawort --help
jawort – may I write to this person on this channel, and how do I prove it?

Examples
  jawort init --controller "Reisebüro Beispiel" --origin reisebuero.example/jawort
  jawort notice add newsletter.toml
  jawort import ereignisse.csv
  jawort broadcast check liste.csv --channel whatsapp --purpose newsletter --template --out ergebnis.csv
  jawort check +491713920001 --channel whatsapp --purpose newsletter --template

Commands (jawort COMMAND --help)
  init               creates a ledger, with its key file and checkpoint file beside it
  notice add         publishes a notice: the words that people agree to
  notice check       says what a notice lacks
  notice list        all notices and their versions
  notice show        the words of a version, as they were published
  import             reads events or lists from CSV
  record             records a single event
  check              may I write to this person?
  broadcast check    may I write to everybody on this list?
  history            everything that the ledger knows of a person
  checkpoint         the newest signed checkpoint
  verify             rereads every row and compares it with what was signed
  broadcast recheck  just before sending: does the permit still hold?
  broadcast sent     records that the list was sent to
  message check      checks a message's words: advertising, sender, way out, payment data
  policy show        every threshold with its meaning, as a file
  policy set         sets the policy from now on; the change becomes an entry
  rules              all rules with their source on a day
  austria-list       loads the list under § 7(2) ECG (Austria) of e-mail addresses
  test               your own cases: history, question, expected answer
  request            asks for confirmation: records the request and prints the one neutral message
  confirm            confirms an e-mail address by the token of the mail (for POST, never for GET)
  receive            reads what platforms send: webhooks, forms, mails, lines of text
  classify           what messages ask for: stop, start, help, …, one a line
  group check        whose number would a group show to whom, and what are the ways out?
  group show         who is in the group, who agreed, and who must be removed
  group history      what happened in the group, and what each addition disclosed
  contacts check     which contacts must leave the phone before a messenger uploads them
  prove              proves entries to others: leaf, proof and opening, one person's only
  export tiles       the whole log as files (C2SP tlog-tiles), without personal data; only what is new
  receipt            a person's consent receipt: what for, when, how, and how they stop it
  audit              the audit report: consents, sends, stops, deadlines, duties
  office check       checks an office's file and its dialogues
  office show        open? who answers? holidays, and how fast the office really answers
  sent               reports that a reply of receive was sent
  backup             copies the ledger, even while others write
  restore            makes a ledger of a backup again, as a new beginning
  upgrade            brings a ledger of an older version up to date
  key rotate         new keys; the old ones stay for verifying
  anchor add         writes every checkpoint to this file too
  anchor remove      no longer writes this copy
  anchor list        all copies of the checkpoints, and the time stamps
  anchor resolve     ends the alarm that there is a newer checkpoint
  checkpoint stamp   keeps a time stamp (RFC 3161) of a checkpoint
  checkpoint cosign  keeps a checkpoint with witnesses' signatures
  access             everything about a person, for the person (Art. 15, 20)
  erase              erases a person; the proof stays sealed until its date (Art. 17)
  restrict           restricts processing: nothing is sent, nothing erased (Art. 18)
  unrestrict         lifts the restriction
  sweep              tidies up: what has expired is marked, what must go goes
  man                the manual page
  completion         completion for bash, zsh or fish

Everywhere
  --ledger FILE    the ledger (else JAWORT_LEDGER, else jawort.db)
  --now TIME       replaces the clock; for writing only with init --test-clock
  --json           the answer as JSON
  --lang de|en     language (else JAWORT_LANG, else the system's)
  --quiet          the answer only
  --color WHEN     colours: auto, always or never

Exit status (send on 0 only)
  0                done; for a question: permitted, warnings allowed
  1                could not be done (files, environment)
  2                wrong command line
  3                the answer is no
  4                ledger or proof is not what was signed
  5                rows or items refused, each named
  10               no ledger there (for init: there is one already)
  11               ledger busy for too long
  130              interrupted, nothing half done

jawort is not legal advice.
$ jawort --lang de --help
jawort – darf ich dieser Person auf diesem Kanal schreiben, und wie beweise ich es?

Beispiele
  jawort init --controller "Reisebüro Beispiel" --origin reisebuero.example/jawort
  jawort notice add newsletter.toml
  jawort import ereignisse.csv
  jawort broadcast check liste.csv --channel whatsapp --purpose newsletter --template --out ergebnis.csv
  jawort check +491713920001 --channel whatsapp --purpose newsletter --template

Befehle (jawort BEFEHL --help)
  init               legt ein Hauptbuch an, mit Schlüsseldatei und Prüfpunktdatei daneben
  notice add         veröffentlicht einen Hinweis: die Worte, denen Menschen zustimmen
  notice check       sagt, was einem Hinweis fehlt
  notice list        alle Hinweise und ihre Fassungen
  notice show        die Worte einer Fassung, wie sie veröffentlicht wurden
  import             liest Ereignisse oder Listen aus CSV
  record             trägt ein einzelnes Ereignis ein
  check              darf ich dieser Person schreiben?
  broadcast check    darf ich allen auf dieser Liste schreiben?
  history            alles, was das Hauptbuch von einer Person weiß
  checkpoint         der neueste unterschriebene Prüfpunkt
  verify             liest jede Zeile neu und vergleicht sie mit dem, was unterschrieben ist
  broadcast recheck  kurz vor dem Senden: gilt die Freigabe noch?
  broadcast sent     trägt ein, dass an die Liste gesendet wurde
  message check      prüft die Worte einer Nachricht: Werbung, Absender, Abmeldung, Zahlungsdaten
  policy show        jeder Schwellenwert mit seiner Bedeutung, als Datei
  policy set         setzt die Richtlinie von jetzt an; die Änderung wird ein Eintrag
  rules              alle Regeln mit ihrer Quelle an einem Tag
  austria-list       lädt die Liste nach § 7 Abs. 2 ECG (Österreich) für E-Mail-Adressen
  test               eigene Fälle: Verlauf, Frage, erwartete Antwort
  request            bittet um Bestätigung: trägt die Anfrage ein und gibt die eine neutrale Nachricht aus
  confirm            bestätigt eine E-Mail-Adresse mit dem Token aus der Mail (für POST, nie für GET)
  receive            liest, was Plattformen senden: Webhooks, Formulare, Mails, Textzeilen
  classify           was Nachrichten wollen: Stop, Start, Hilfe, …, eine je Zeile
  group check        wessen Nummer würde in einer Gruppe für wen sichtbar, und welche Auswege gibt es?
  group show         wer in der Gruppe ist, wer zugestimmt hat und wer hinausmuss
  group history      was in der Gruppe geschah, und was jede Aufnahme offenlegte
  contacts check     welche Kontakte vom Telefon müssen, bevor ein Messenger sie überträgt
  prove              beweist Einträge für andere: Blatt, Beweis und Öffnung, je Person
  export tiles       das ganze Protokoll als Dateien (C2SP tlog-tiles), ohne Personenbezug; nur was neu ist
  receipt            der Einwilligungsbeleg für eine Person: wozu, wann, wie, und wie sie es beendet
  audit              der Prüfbericht: Einwilligungen, Sendungen, Abmeldungen, Fristen, Pflichten
  office check       prüft die Datei eines Büros und ihre Dialoge
  office show        geöffnet? wer antwortet? Feiertage, und wie schnell das Büro wirklich antwortet
  sent               meldet, dass eine Antwort von receive gesendet wurde
  backup             sichert das Hauptbuch, auch während andere schreiben
  restore            macht aus einer Sicherung wieder ein Hauptbuch, als neuer Beginn
  upgrade            bringt ein Hauptbuch einer älteren Version auf den neuesten Stand
  key rotate         neue Schlüssel; die alten bleiben zum Prüfen
  anchor add         schreibt jeden Prüfpunkt auch in diese Datei
  anchor remove      schreibt diese Kopie nicht mehr
  anchor list        alle Kopien der Prüfpunkte und die Zeitstempel
  anchor resolve     beendet den Alarm, dass ein neuerer Prüfpunkt vorliegt
  checkpoint stamp   bewahrt einen Zeitstempel (RFC 3161) eines Prüfpunkts auf
  checkpoint cosign  bewahrt einen Prüfpunkt mit Unterschriften von Zeugen auf
  access             alles über eine Person, für die Person (Art. 15, 20)
  erase              löscht eine Person; der Nachweis bleibt bis zu seinem Datum versiegelt (Art. 17)
  restrict           schränkt die Verarbeitung ein: nichts wird gesendet, nichts gelöscht (Art. 18)
  unrestrict         hebt die Einschränkung auf
  sweep              räumt auf: was abgelaufen ist, wird vermerkt; was gehen muss, geht
  man                die Handbuchseite
  completion         Vervollständigung für bash, zsh oder fish

Überall
  --ledger DATEI   das Hauptbuch (sonst JAWORT_LEDGER, sonst jawort.db)
  --now ZEIT       ersetzt die Uhr; zum Schreiben nur bei init --test-clock
  --json           Antwort als JSON
  --lang de|en     Sprache (sonst JAWORT_LANG, sonst die des Systems)
  --quiet          nur die Antwort
  --color WANN     Farben: auto, always oder never

Rückgabe (senden nur bei 0)
  0                erledigt; bei einer Frage: erlaubt, auch mit Warnung
  1                ging nicht (Dateien, Umgebung)
  2                falscher Aufruf
  3                die Antwort ist nein
  4                Hauptbuch oder Beweis ist nicht, was unterschrieben wurde
  5                Zeilen oder Meldungen abgelehnt, jede genannt
  10               kein Hauptbuch da (bei init: es gibt schon eines)
  11               Hauptbuch zu lange belegt
  130              abgebrochen, nichts halb getan

jawort ist keine Rechtsberatung.
$ jawort --lang de broadcast check --help
jawort broadcast check LIST – darf ich allen auf dieser Liste schreiben?

Beispiele
  jawort broadcast check liste.csv --channel whatsapp --purpose newsletter --template --out ergebnis.csv

Angaben
  --channel KANAL          whatsapp, messenger, sms, email oder call (nötig)
  --purpose ZWECK          wofür, z. B. newsletter (nötig)
  --template               von der Plattform genehmigte Vorlage, keine freie Nachricht
  --column SPALTE          Spalte der Adresse
  --message DATEI          die Nachricht; ihre Worte werden mitgeprüft
  --at ZEIT                gefragt für diesen Zeitpunkt statt jetzt
  --as-recorded ZEIT       mit dem Wissensstand des Hauptbuchs von damals
  --out DATEI              CSV mit dem Ergebnis jeder Zeile
  --permitted-list DATEI   die erlaubten Adressen, je Zeile eine
  --permit DATEI           unterschriebene Freigabe, wenn jede Zeile erlaubt ist
$ jawort --lang en broadcast check --help
jawort broadcast check LIST – may I write to everybody on this list?

Examples
  jawort broadcast check liste.csv --channel whatsapp --purpose newsletter --template --out ergebnis.csv

Options
  --channel CHANNEL        whatsapp, messenger, sms, email or call (required)
  --purpose PURPOSE        what for, e.g. newsletter (required)
  --template               a template that the platform approved, not a free-form message
  --column COLUMN          column of the address
  --message FILE           the message; its words are checked as well
  --at TIME                asked for this time instead of now
  --as-recorded TIME       with what the ledger knew then
  --out FILE               CSV with each row's verdict
  --permitted-list FILE    the permitted addresses, one a line
  --permit FILE            signed permit, if every row may be written to
$ jawort --ledger a.db --now 2026-01-02T08:00:00Z --quiet init --controller Agency --origin agency.example/jawort --test-clock | cut -d+ -f1
agency.example/jawort/test
$ jawort --ledger a.db --now 2026-01-02T08:00:00Z notice add "$TESTDATA/examples/agency/newsletter.toml"
newsletter@1  2026-01-02 08:00 UTC  sha256 685fba097dc1bf7c926d74a4aaa19a48b6d4460a085e3bbb7d889ca9b213f648
$ jawort --ledger a.db --now 2026-07-01T09:55:00Z import "$TESTDATA/examples/agency/events.csv"
665 rows: 665 appended, 0 duplicates, 0 suppressed (erased people), 0 refused
$ jawort --ledger a.db broadcast check "$TESTDATA/examples/agency/list.csv" --channel whatsapp --purpose newsletter --template --at 2026-07-01T10:00:00Z
117 checked: 52 permitted, 1 warned, 7 held, 54 denied, 1 invalid, 2 duplicates

permitted
      5  +491713920029            double-opt-in-confirmed
      7  +491713920026            double-opt-in-confirmed
     11  +491713920094            keyword-started
         … and 49 more (all of them with --out FILE)

warned
     35  +4917604069035           coupling;keyword-started

held
     13  +491713920061            frequency-promised;double-opt-in-confirmed
     30  +4917604069014           frequency-promised;double-opt-in-confirmed
     44  +4917604069000           frequency-promised;double-opt-in-confirmed
     58  +4917604069044           age-of-consent;keyword-started
     86  +491713920091            frequency-promised;double-opt-in-confirmed
    101  +491713920041            frequency-promised;double-opt-in-confirmed
    114  +491713920060            distinguishable;consent-proven

denied
      2  +4917604069007           no-evidence
      3  +4917604069092           confirmation-expired
      4  +491713920049            purpose-not-covered
      6  +4917604069049           imported-unproven
      8  +491713920002            imported-unproven
      9  +491713920063            purpose-not-covered
     10  +4917604069068           no-evidence
     15  +491713920083            purpose-not-covered
     16  +4917604069030           no-evidence
     17  +491713920084            confirmation-expired
     18  +491713920027            inbound-is-not-consent
     19  +491713920007            objected
         … and 42 more (all of them with --out FILE)

invalid
     73  kein Handy               

duplicates
     48  +4917604069008           
    102  +491713920033            

Reasons
      1 × objected – The person has objected to advertising.
          Art. 21 Abs. 2, 3 DSGVO
          → Advertise on no channel. The exception for existing customers is closed as well.
      5 × withdrawn – The consent was withdrawn.
          Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 (according to secondary sources)
          → Take them off the list. Write again only after a new consent.
      1 × restricted – The person has had the processing of their data restricted.
          Art. 18 DSGVO
          → Do not write until the restriction is lifted.
      1 × whatsapp-marketing-stopped – The person has switched off your marketing in WhatsApp.
          WhatsApp: the person's opt-out from marketing
          → No advertising by WhatsApp until the person allows it there again.
      2 × known-unwanted – The person has shown that it is not wanted (blocked, refused or complained).
          § 7 Abs. 1 S. 2 UWG
          → Do not write as long as that is not expressly taken back.
      1 × unclear-stop – The person wrote something that may be a stop.
          LG Braunschweig 18.10.2012 22 O 66/12 (according to secondary sources)
          → Ask once what was meant. Send nothing until they answer.
      1 × revoked – We ended the consent ourselves.
          → Ask for a new consent before advertising again.
      1 × confirmation-disputed – The person says that it was not them who confirmed.
          BGH 10.2.2011 I ZR 164/09
          → Do not write, and clear the case up.
      3 × number-holder – This number may not, or no longer, be this person's.
          OLG Köln 12.5.2011 6 W 99/11 (according to secondary sources)
          → Find out whose number it is and record it with `record number-cleared`.
      7 × no-evidence – The ledger knows nothing of this person.
          Art. 6 Abs. 1 lit. a DSGVO; § 7 Abs. 2 Nr. 2 UWG
          → Get a consent first; best ask them to write first.
      6 × imported-unproven – The address came in with a list, without evidence of a consent.
          Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDPB Guidelines 05/2020 no. 108
          → Do not write. Record the evidence if there is any, otherwise get a new consent.
      8 × inbound-is-not-consent – The person only wrote to us; that is no consent to advertising.
          → Answer the question, but send no advertising. Point to the keyword.
      4 × double-opt-in-pending – The sign-up is not confirmed yet.
          BGH 10.2.2011 I ZR 164/09
          → Wait for the person's answer; do not remind them.
      4 × confirmation-expired – The sign-up was not confirmed in time and has lapsed.
          Art. 5 Abs. 1 lit. e DSGVO
          → Ask again only if the person signs up once more.
      1 × confirmed-on-other-channel – It was confirmed by another way, which proves nothing for this channel.
          BGH 10.2.2011 I ZR 164/09
          → Get the confirmation on the channel that is to be used.
      6 × purpose-not-covered – The consent is not for this purpose.
          Art. 6 Abs. 1 lit. a DSGVO; § 7 Abs. 2 Nr. 2 UWG
          → Ask for consent to this purpose.
      1 × demonstrable – The proof of the consent is not whole.
          Art. 5 Abs. 2, Art. 7 Abs. 1 DSGVO; EDPB Guidelines 05/2020 no. 108
          → See in the history what is missing: notice, words or act, request and confirmation sent. Record it or ask anew.
      1 × channel-covered – The consent is not for this channel.
          BGH 1.2.2018 III ZR 196/17
          → Use the channel that was named, or ask anew for this one.
      5 × frequency-promised – As many messages as were promised have been sent in this period already.
          → Send later.
      1 × distinguishable – The consent stood within terms and conditions.
          Art. 7 Abs. 2 DSGVO
          → Ask once more, apart from them.
      1 × coupling – The contract was made conditional on the consent.
          Art. 7 Abs. 4, recital 43 DSGVO
          → See whether it was freely given; better ask anew without the condition.
      1 × age-of-consent – The person is too young, and the parents have not agreed.
          Art. 8 DSGVO
          → Get the parents' consent and record it.
? 3
$ jawort --ledger a.db --lang de check 0171/3920034 --channel whatsapp --purpose newsletter --template --at 2026-07-01T10:00:00Z
nein: +491713920034 · whatsapp · newsletter · widerrufen · 2026-07-01 10:00 UTC
  nein withdrawn  [#615]
    Die Einwilligung wurde widerrufen.
    Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 (nach Sekundärquellen)
    → Aus dem Verteiler nehmen. Wieder schreiben erst nach einer neuen Einwilligung.
? 3
$ jawort --ledger a.db --json --lang en check 0171/3920034 --channel whatsapp --purpose newsletter --template --at 2026-07-01T10:00:00Z
{"decision":"deny","address":"+491713920034","channel":"whatsapp","purpose":"newsletter","status":"withdrawn","at":"2026-07-01T10:00:00Z","reasons":[{"code":"withdrawn","outcome":"deny","standing":"statute","citation":"Art. 7 Abs. 3 DSGVO; AG München 5.8.2022 142 C 1633/22 (according to secondary sources)","text":"The consent was withdrawn.","remedy":"Take them off the list. Write again only after a new consent.","events":[615]}],"policy":null,"test_clock":true}
? 3
$ jawort --ledger a.db history 0171/3920034
2026-03-03 00:07 UTC  #169  consented (given) · WhatsApp · newsletter
    said        “Start”
    shown       newsletter@1
    source      a file that was read in (SHA-256 764bc32431f7…) · recorded 2026-07-01 09:55 UTC
2026-03-05 09:02 UTC  #186  message from us (outbound) · WhatsApp · newsletter
    said        “Newsletter März: Osterferien”
    shown       newsletter@1
    source      a file that was read in (SHA-256 764bc32431f7…) · recorded 2026-07-01 09:55 UTC
2026-04-09 08:15 UTC  #277  message from us (outbound) · WhatsApp · newsletter
    said        “Newsletter April: Pfingsten am Wasser”
    shown       newsletter@1
    source      a file that was read in (SHA-256 764bc32431f7…) · recorded 2026-07-01 09:55 UTC
2026-05-07 08:06 UTC  #409  message from us (outbound) · WhatsApp · newsletter
    said        “Newsletter Mai: Städte im Sommer”
    shown       newsletter@1
    source      a file that was read in (SHA-256 764bc32431f7…) · recorded 2026-07-01 09:55 UTC
2026-06-11 08:04 UTC  #553  message from us (outbound) · WhatsApp · newsletter
    said        “Newsletter Juni: Last Minute”
    shown       newsletter@1
    source      a file that was read in (SHA-256 764bc32431f7…) · recorded 2026-07-01 09:55 UTC
2026-06-11 08:26 UTC  #615  withdrawn (withdrawn) · WhatsApp
    said        “Ich möchte das bitte nicht mehr bekommen.”
    evidence    message_id: wamid.HBgMNDkxNzEzOTIwMDM0FQIAEhgUNEQyODEzMDBENzhGNzkxODNFMjEA
    source      a file that was read in (SHA-256 764bc32431f7…) · recorded 2026-07-01 09:55 UTC

What was shown
newsletter@1  de  2026-01-02 08:00 UTC  sha256 685fba097dc1bf7c926d74a4aaa19a48b6d4460a085e3bbb7d889ca9b213f648
  | Ja, die Reisestube Silberkranich GmbH, Musterhausen, darf mir Werbung für Reisen schicken, und
  | zwar auf dem Weg, den ich hier angebe: per WhatsApp oder per E-Mail.
  | 
  | Was Sie bekommen: unseren Newsletter mit Reisetipps und Neuigkeiten zu Pauschalreisen,
  | Kreuzfahrten, Städtereisen und Rundreisen (Sie können auch nur Kreuzfahrten oder nur
  | Städtereisen wählen) und, wenn Sie das ankreuzen, einzelne Reiseangebote aus unserem Büro.
  | Werbung für andere Unternehmen schicken wir nicht.
  | 
  | Wie oft: höchstens vier Nachrichten in 28 Tagen, alles zusammengezählt.
  | 
  | So melden Sie sich an: Tragen Sie Ihre Nummer oder Adresse ein. Sie erhalten dort eine einzige
  | Nachricht mit der Bitte um Bestätigung; antworten Sie darauf mit „Start“. Oder schreiben Sie uns
  | selbst per WhatsApp „Start“ an +49 171 3920000. Ohne Ihr „Start“ schicken wir nichts.
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
  Request to confirm:
  | Guten Tag, hier ist die Reisestube Silberkranich GmbH, Musterhausen. Diese Nummer oder Adresse
  | wurde bei uns für den Newsletter eingetragen. Waren Sie das und möchten Sie ihn erhalten? Dann
  | antworten Sie bitte innerhalb von sieben Tagen mit „Start“. Wenn nicht, brauchen Sie nichts zu
  | tun: Wir fragen nicht noch einmal und löschen die Eintragung. Hinweise:
  | https://silberkranich.example.org/datenschutz
  | 
$ jawort --ledger a.db verify
sound: 673 entries reread, all leaves, states and checkpoints agree
