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
$ echo "Bitte keine Angebote mehr, danke" | jawort classify --lang en --explain --topic angebote=offers
$ printf 'Stop \033[31m\xff\r\n' | jawort --json classify -
$ echo Stop | jawort classify - --json --explain
$ jawort classify fehlt.txt --lang de
$ jawort classify --lang en --topic 'x=Not allowed'
$ printf 'language xx\nclass stop = halt\nclass start = halt\n' > xx.words; echo halt | jawort classify --lang en --keywords xx.words
$ printf 'extend de\nclass stop = Feierabend\n' > mehr.words; echo Feierabend | jawort --lang en classify --keywords mehr.words
$ mkdir leer; echo Stop | jawort --lang de classify --keywords leer
