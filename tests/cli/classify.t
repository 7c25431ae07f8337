# What messages ask for.
$ printf 'Stop\nBitte keine Angebote mehr, danke\nSTOP alles\nja\nKein Interesse\nBitte den Flug stornieren\nDanke!\n' > antworten.txt; jawort --lang de classify antworten.txt --topic angebote=offers
Stop	Stop
Stop (offers)	Bitte keine Angebote mehr, danke
Stop (alles)	STOP alles
bloßes Ja	ja
unklar	Kein Interesse
unklar	Bitte den Flug stornieren
nichts	Danke!
$ jawort --json classify antworten.txt
{"text":"Stop","intent":"stop","scope":"unsaid","language":"de","matched":"Stop","topic":null,"bare_yes":false}
{"text":"Bitte keine Angebote mehr, danke","intent":"stop","scope":"unsaid","language":"de","matched":"keine Angebote mehr","topic":null,"bare_yes":false}
{"text":"STOP alles","intent":"stop","scope":"everything","language":"de","matched":"STOP","topic":null,"bare_yes":false}
{"text":"ja","intent":"none","scope":null,"language":null,"matched":"","topic":null,"bare_yes":true}
{"text":"Kein Interesse","intent":"unclear","scope":null,"language":"de","matched":"Kein Interesse","topic":null,"bare_yes":false}
{"text":"Bitte den Flug stornieren","intent":"unclear","scope":null,"language":"de","matched":"Flug stornieren","topic":null,"bare_yes":false}
{"text":"Danke!","intent":"none","scope":null,"language":null,"matched":"","topic":null,"bare_yes":false}
$ echo "Bitte keine Angebote mehr, danke" | jawort classify --lang en --explain --topic angebote=offers
stop (offers)	Bitte keine Angebote mehr, danke
  read: "keine Angebote mehr"  de/no-more-messages = none-of .. message|ads|topic .. more unless asked booking
  weighed: 100 % stop: class message +1.26, rule stop +1.14, rule stop plain +1.09, class more +0.95, classes neg more +0.93
$ printf 'Stop \033[31m\xff\r\n' | jawort --json classify -
{"text":"Stop \u001b[31m�","intent":"unclear","scope":null,"language":"de","matched":"Stop \u001b[31m�","topic":null,"bare_yes":false}
$ echo Stop | jawort classify - --json --explain
{"text":"Stop","intent":"stop","scope":"unsaid","language":"de","matched":"Stop","topic":null,"bare_yes":false,"begin":0,"end":4,"rule":"de/stop","pattern":"stop"}
$ jawort classify fehlt.txt --lang de
jawort: fehlt.txt: nicht lesbar
? 1
$ jawort classify --lang en --topic 'x=Not allowed'
jawort: --topic x=Not allowed: character not allowed in a purpose
  → --topic cruises=newsletter/cruises,offers
? 2
$ printf 'language xx\nclass stop = halt\nclass start = halt\n' > xx.words; echo halt | jawort classify --lang en --keywords xx.words
jawort: xx.words:3: 'halt' is 'start', but 'stop' at xx.words:2
  → take the word out of one of the two classes
? 1
$ printf 'extend de\nclass stop = Feierabend\n' > mehr.words; echo Feierabend | jawort --lang en classify --keywords mehr.words
stop	Feierabend
$ mkdir leer; echo Stop | jawort --lang de classify --keywords leer
jawort: leer: nicht lesbar
  → eine Datei oder ein Ordner mit Dateien *.words
? 1

# What no rule knows is weighed, with what weighed most; English that may be talk among people only on request.
$ echo "Ich wäre froh, wenn hier künftig Ruhe einkehrt." | jawort classify --lang en --explain --weigh none
none	Ich wäre froh, wenn hier künftig Ruhe einkehrt.
$ echo "Ich wäre froh, wenn hier künftig Ruhe einkehrt." | jawort classify --lang en --explain
stop	Ich wäre froh, wenn hier künftig Ruhe einkehrt.
  read: "Ich wäre froh, wenn hier künftig Ruhe einkehrt"  weighed/stop
  weighed: 91 % stop: class more +0.88, class light +0.54, classes light more +0.53, class peace +0.40, part <kun +0.39
$ echo "Ich wäre froh, wenn hier künftig Ruhe einkehrt." | jawort classify --json --explain
{"text":"Ich wäre froh, wenn hier künftig Ruhe einkehrt.","intent":"stop","scope":"unsaid","language":"de","matched":"Ich wäre froh, wenn hier künftig Ruhe einkehrt","topic":null,"bare_yes":false,"begin":0,"end":48,"rule":"weighed/stop","pattern":null,"sure":0.912,"weighed":[{"feature":"class more","weighs":0.88},{"feature":"class light","weighs":0.543},{"feature":"classes light more","weighs":0.529},{"feature":"class peace","weighs":0.402},{"feature":"part <kun","weighs":0.389}]}
$ echo "Danke, bis morgen" | jawort classify
none	Danke, bis morgen
$ echo "I would be glad of some peace from now on." > ruhe.txt; jawort classify --lang en ruhe.txt; jawort classify --lang en --weigh all ruhe.txt
none	I would be glad of some peace from now on.
none	I would be glad of some peace from now on.
$ jawort classify --lang en --weigh some ruhe.txt
jawort: there is no --weigh 'some'
  → none, careful or all
? 2
# Weights of one's own that cannot be read are refused with their line.
$ printf 'weights 1\nbias 0 0 0 0 0 0 0 0 0\nscale 0.5\nword ruhe\t1 2\n' > eigene.weights; jawort classify --keywords eigene.weights --lang en <<< "Ruhe"
jawort: eigene.weights:4: line not understood
  → the form is in docs/KEYWORDS.md, e.g. word danke<tab>12 0 -3 0 0 0 0 0 0
? 1
# What is received is read with the same words and weights; what is written in a group without weights.
$ export JAWORT_LEDGER=$PWD/a.db JAWORT_LANG=en; jawort --now 2026-01-01T00:00:00Z --quiet init --controller "Reisestube" --test-clock | cut -d+ -f1
reisestube.example/jawort/test
$ printf '+491713920001\t2026-05-01T10:00:00Z\tFeierabend\n' > eins.tsv; jawort --now 2026-05-01T10:00:01Z --quiet receive text eins.tsv --channel sms | grep -o '"intent":"[a-z]*"'
"intent":"none"
$ printf '+491713920002\t2026-05-01T10:00:00Z\tFeierabend\n' > zwei.tsv; jawort --now 2026-05-01T10:00:01Z --quiet receive text zwei.tsv --channel sms --keywords mehr.words | grep -o '"intent":"[a-z]*"'
"intent":"stop"
$ printf '+491713920003\t2026-05-01T10:00:00Z\tIch wäre froh, wenn hier künftig Ruhe einkehrt.\n' > drei.tsv; jawort --now 2026-05-01T10:00:01Z --quiet receive text drei.tsv --channel sms --weigh none | grep -o '"intent":"[a-z]*"'
"intent":"none"
$ sed 's/0003/0004/' drei.tsv > vier.tsv; jawort --now 2026-05-01T10:00:01Z --quiet receive text vier.tsv --channel sms | grep -o '"intent":"[a-z]*"'
"intent":"stop"
$ echo '{"messages":[{"from":"491713920005","id":"a","timestamp":"1777629600","type":"text","text":{"body":"Ich wäre froh, wenn hier künftig Ruhe einkehrt."}}]}' > fuenf.json; jawort --now 2026-05-01T10:00:01Z --quiet receive whatsapp-cloud fuenf.json | grep -o '"intent":"[a-z]*"'
"intent":"stop"
$ sed 's/0005/0006/; s/"id":"a"/"id":"b","group_id":"G1"/' fuenf.json > sechs.json; jawort --now 2026-05-01T10:00:01Z --quiet receive whatsapp-cloud sechs.json --weigh all | grep -o '"intent":"[a-z]*"'
"intent":"none"
$ jawort receive text eins.tsv --channel sms --keywords xx.words
jawort: xx.words:3: 'halt' is 'start', but 'stop' at xx.words:2
  → take the word out of one of the two classes
? 1
# Its help.
$ jawort classify --help --lang en
jawort classify [FILE] – what messages ask for: stop, start, help, …, one a line

Examples
  echo "Bitte keine Nachrichten mehr" | jawort classify -
  jawort classify antworten.txt --topic kreuzfahrten=newsletter/cruises,angebote=offers --json

Options
  --explain                with the rule and the words that decided
  --topic WORD=PURPOSE,…   names of topics as recipients write them
  --weigh none|careful|all whether what no rule knows is weighed: no; yes, but no English small talk (default); all
  --keywords FILE|FOLDER   your own *.words language files beside those that come along
