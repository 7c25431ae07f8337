#!/usr/bin/env python3
"""Makes week.ndjson: a week in the example agency, 1 to 7 June 2026 (Thursday is Corpus Christi). Everybody is invented;
the numbers are from the ranges that the Bundesnetzagentur keeps for films. No randomness but a counter.
Run: python3 tests/assistant/make_week.py > tests/assistant/week.ndjson"""
import json
from datetime import datetime, timedelta, timezone

BERLIN = timezone(timedelta(hours=2))
DAYS = dict(Mo=1, Di=2, Mi=3, Do=4, Fr=5, Sa=6, So=7)
lines, counter = [], [0]


def at(text):
    day, clock = text.split()
    h, m, *s = [int(x) for x in clock.split(":")]
    return datetime(2026, 6, DAYS[day], h, m, s[0] if s else 0, tzinfo=BERLIN)


def stamp(t):
    return t.astimezone(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def number(n):
    return f"4917139200{n:02d}"


def wa(when, n, words, name=None, delay=1, ident=None, kind="text", again=None):
    t = at(when)
    counter[0] += 1
    m = {"from": number(n), "id": ident or f"wamid.{counter[0]:04d}", "timestamp": str(int(t.timestamp())), "type": kind}
    if kind == "text":
        m["text"] = {"body": words}
    elif kind == "reaction":
        m["reaction"] = {"message_id": "wamid.out", "emoji": words}
    else:
        m[kind] = {"id": "medium"}
    value = {"messages": [m]}
    if name:
        value["contacts"] = [{"wa_id": number(n), "profile": {"name": name}}]
    body = {"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [{"field": "messages", "value": value}]}]}
    for d in [delay] + ([again] if again else []):
        lines.append((t + timedelta(seconds=d), {"format": "whatsapp-cloud", "words": words if kind == "text" else f"({kind}) {words}".strip(), "body": body}))


def fb(when, n, words, delay=1, again=None):
    t = at(when)
    counter[0] += 1
    one = {"sender": {"id": f"71002003004{n:02d}"}, "recipient": {"id": "900100200300"}, "timestamp": int(t.timestamp()) * 1000 + 120,
           "message": {"mid": f"m_{counter[0]:04d}", "text": words}}
    body = {"object": "page", "entry": [{"id": "900100200300", "time": one["timestamp"], "messaging": [one]}]}
    for d in [delay] + ([again] if again else []):
        lines.append((t + timedelta(seconds=d), {"format": "messenger", "words": words, "body": body}))


def sms(when, n, words, again=None):
    t = at(when)
    counter[0] += 1
    body = {"From": f"+49176040690{n:02d}", "To": "+498999998123", "Body": words, "MessageSid": f"SM{counter[0]:032d}"}
    for d in [1] + ([again] if again else []):
        lines.append((t + timedelta(seconds=d), {"format": "twilio", "words": words, "body": body}))


def hand(when, channel, n, who="Sabine Meier"):
    to = {"whatsapp": "+" + number(n), "sms": f"+49176040690{n:02d}", "messenger": f"messenger:71002003004{n:02d}"}[channel]
    lines.append((at(when), {"by": who, "to": to, "channel": channel}))


def delivered(when, n):
    t = at(when)
    value = {"statuses": [{"id": "wamid.out", "status": "delivered", "timestamp": str(int(t.timestamp())), "recipient_id": number(n)}]}
    lines.append((t + timedelta(seconds=1), {"format": "whatsapp-cloud", "words": "(delivered)", "body": {"entry": [{"changes": [{"field": "messages", "value": value}]}]}}))


# -- Monday -----------------------------------------------------------------------------------------------------------
wa("Mo 00:40:10", 1, "Guten Abend, wir überlegen gerade, ob wir im September nach Kreta fliegen. Haben Sie da etwas?", "Anna Berger")
wa("Mo 00:41:30", 1, "Zwei Erwachsene, ein Kind")
hand("Mo 09:20", "whatsapp", 1)
wa("Mo 09:24:00", 1, "Das ging ja schnell, danke")
wa("Mo 09:25:10", 1, "Gibt es das Hotel auch mit Halbpension?")
hand("Mo 09:40", "whatsapp", 1)
wa("Mo 09:41:00", 1, "👍", kind="reaction")
wa("Mo 19:05:00", 1, "Eine Frage noch: Reicht der Personalausweis?")
hand("Di 09:05", "whatsapp", 1)
wa("Mo 09:02:00", 2, "Moin, sind Sie heute Nachmittag da?", "Käpt’n Hansen")
hand("Mo 09:10", "whatsapp", 2)
wa("Mo 09:11:20", 2, "Prima")
wa("Mo 10:00:00", 3, "Newsletter", "Lisa 🌻 Sommer")
wa("Mo 10:00:40", 3, "1")
wa("Mo 10:01:15", 3, "2")
wa("Mo 10:03:02", 3, "Start")
wa("Mo 10:05:00", 3, "Super, danke!")
wa("Mo 11:10:00", 4, "Newsletter", "Peter Klein")
wa("Mo 11:10:50", 4, "Was kostet das denn?")
wa("Mo 11:11:40", 4, "ich meine den Newsletter")
hand("Mo 11:30", "whatsapp", 4)
wa("Mo 11:31:00", 4, "Ach so, kostenlos. Dann überlege ich noch")
wa("Mo 12:29:30", 5, "Hallo, erreiche ich Sie jetzt noch?", "www.billig-urlaub.example")
wa("Mo 12:45:00", 5, "Sie sind wohl beim Essen")
hand("Mo 14:02", "whatsapp", 5)
wa("Mo 13:10:00", 6, "Guten Tag, meine Mutter braucht Hilfe beim Umbuchen", "{phone}")
wa("Mo 14:30:00", 7, "Hello, do you also book ferries to Corsica?", "Emma Clarke")
hand("Mo 15:10", "whatsapp", 7)
wa("Mo 15:12:00", 7, "Thank you, that is very kind")
wa("Mo 16:00:00", 8, "Start", "Maria Huber")
wa("Mo 16:04:00", 8, "Freue mich")
wa("Mo 17:55:00", 9, "Newsletter", "Tom Wagner")
wa("Mo 17:56:00", 9, "1 und 2")
wa("Mo 17:57:00", 9, "Stop")
wa("Mo 17:58:00", 9, "1")
wa("Mo 18:02:00", 9, "Stop")
wa("Mo 20:15:00", 10, "Reisewunsch", "Familie Aydın")
wa("Mo 20:16:00", 10, "Irgendwohin ans Meer, am liebsten Türkei oder Griechenland")
wa("Mo 20:17:30", 10, "Herbstferien, eine Woche")
wa("Mo 20:18:20", 10, "2 Erwachsene und 2 Kinder (9 und 12)", again=40)
wa("Mo 20:21:00", 10, "Ach ja, bitte mit Pool")
hand("Di 09:30", "whatsapp", 10)
fb("Mo 08:30", 1, "Hallo! Wann macht ihr auf?")
fb("Mo 09:00", 2, "Ist die Kreuzfahrt im Schaufenster noch zu haben?")
fb("Mo 09:30", 2, "Die mit dem weißen Schiff")
fb("Mo 22:10", 3, "Good evening, are you open tomorrow?")
fb("Mo 22:11", 3, "And do you speak English?")
sms("Mo 09:15", 1, "Guten Tag, hier Frau Winter, bitte rufen Sie mich zurück")
hand("Mo 09:50", "sms", 1)
sms("Mo 21:00", 2, "Flug verspätet, was nun?")
sms("Mo 21:04", 2, "Wir stehen in Palma")
sms("Mo 10:10", 3, "STOP")
sms("Mo 10:12", 3, "Stop!!")
# -- Tuesday ----------------------------------------------------------------------------------------------------------
wa("Di 07:58:00", 11, "Guten Morgen, wann ist mein Reisepass abgelaufen? Spaß. Wann sind Sie da?", "Dr. K. Vogel")
wa("Di 09:05:00", 11, "Ich komme um zehn vorbei")
wa("Di 10:20:00", 12, "Bitte keine Nachrichten mehr", "Horst")
wa("Di 10:21:00", 12, "Danke")
wa("Di 11:00:00", 13, "Bitte stornieren", "Jana Wolf")
wa("Di 11:01:30", 13, "Ich meine die Buchung nach Rom")
hand("Di 11:15", "whatsapp", 13)
wa("Di 11:16:00", 13, "Ja")
wa("Di 14:10:00", 14, "", kind="image")
wa("Di 14:11:00", 14, "Das ist das Hotel", "Uwe Krüger")
hand("Di 14:50", "whatsapp", 14)
wa("Di 14:52:00", 14, "Genau das")
wa("Di 15:00:00", 15, "Newsletter bitte", "Sofia Rossi")
wa("Di 15:00:30", 15, "alles")
wa("Di 15:01:00", 15, "viermal")
wa("Di 15:02:10", 15, "Ja")
wa("Di 16:40:00", 16, "Newsletter", "Björn")
wa("Di 16:41:00", 16, "Städtereisen")
wa("Di 16:42:00", 16, "einmal")
wa("Di 16:43:00", 16, "Doch lieber nicht")
wa("Di 17:00:00", 17, "Löschen Sie bitte alle meine Daten", "Renate Scholz")
wa("Di 17:02:00", 17, "Danke")
wa("Di 22:40:00", 18, "Reisewunsch", "Nina Peters")
wa("Di 22:41:00", 18, "Norwegen, mit dem Schiff")
wa("Di 22:42:00", 18, "Mitarbeiter")
wa("Di 23:30:00", 2, "Kann ich morgen früh kurz anrufen?")
fb("Di 09:10", 1, "Danke, bis nachher")
fb("Di 12:40", 4, "Reisewunsch")
fb("Di 12:41", 4, "Kanada", again=30)
fb("Di 12:42", 4, "nächsten Sommer, drei Wochen")
fb("Di 12:43", 4, "zu zweit")
fb("Di 15:20", 5, "Habt ihr auch Reisen für Singles?")
hand("Di 15:45", "messenger", 5)
fb("Di 15:47", 5, "Super, ich komme vorbei")
fb("Di 19:30", 6, "Hallo?")
fb("Di 19:31", 6, "Jemand da?")
sms("Di 09:40", 4, "Wo bleiben meine Unterlagen? Müller")
hand("Di 12:10", "sms", 4)
sms("Di 12:35", 4, "Danke")
sms("Di 18:30", 5, "Angebot")
sms("Di 18:31", 5, "Ostsee")
sms("Di 18:33", 5, "im August, eine Woche")
sms("Di 18:34", 5, "4 Personen")
# -- Wednesday: open in the morning only, and the evening before the holiday --------------------------------------------
wa("Mi 09:30:00", 19, "Guten Tag, ist die Reise nach Lissabon bestätigt?", "Carla Neumann")
hand("Mi 09:55", "whatsapp", 19)
wa("Mi 09:58:00", 19, "Wunderbar")
wa("Mi 12:31:00", 20, "Habe ich Sie gerade verpasst?", "Ole")
wa("Mi 20:00:00", 20, "Dann bis Freitag")
wa("Mi 10:00:00", 21, "Start Kreuzfahrten", "Gerda Lang")
wa("Mi 10:30:00", 22, "Newsletter", "Mehmet Kaya")
wa("Mi 10:31:00", 22, "3")
# the answer "1" comes twice, and once more out of order
wa("Mi 10:32:00", 22, "1", again=5)
wa("Mi 10:31:30", 22, "ach, und guten Morgen", delay=95)
wa("Mi 10:34:00", 22, "Start")
wa("Mi 11:00:00", 23, "Sind Sie Meiers Blumenladen?", "Ingo Brandt")
wa("Mi 11:01:00", 23, "Falsche Nummer")
wa("Mi 18:30:00", 24, "Hello, our flight tomorrow was cancelled. What can we do?", "James Hill")
wa("Mi 18:32:00", 24, "It is urgent")
delivered("Mi 18:30:10", 24)
fb("Mi 09:05", 7, "Ist Reiseleitung bei der Rundreise dabei?")
hand("Mi 10:15", "messenger", 7)
fb("Mi 10:20", 7, "Merci!")
fb("Mi 16:00", 8, "Reisewunsch")
fb("Mi 16:01", 8, "Island")
hand("Mi 16:02", "messenger", 8, "Jonas Weber")
fb("Mi 16:03", 8, "im Winter")
fb("Mi 21:45", 9, "Kann man bei euch auch Gutscheine kaufen?")
sms("Mi 08:55", 6, "Guten Morgen, bin um 9 da")
sms("Mi 22:20", 6, "Habe meine Brille bei Ihnen vergessen")
# -- Thursday: Corpus Christi -------------------------------------------------------------------------------------------
wa("Do 10:00:00", 25, "Guten Tag, sind Sie heute da?", "Theo Maurer")
wa("Do 10:05:00", 25, "Ach, Fronleichnam")
wa("Do 11:00:00", 1, "Die Ausweise sind gefunden, alles gut")
wa("Do 14:00:00", 26, "Newsletter", "Birgit Haas")
wa("Do 14:01:00", 26, "1, 2")
wa("Do 14:02:00", 26, "2")
wa("Do 14:05:00", 26, "Start")
wa("Do 15:30:00", 27, "Reiseanfrage", "Yusuf Demir")
wa("Do 15:31:00", 27, "Japan")
wa("Do 15:32:00", 27, "zur Kirschblüte")
wa("Do 15:33:00", 27, "2")
wa("Do 22:00:00", 28, "Hallo, ich bin neu hier", "Kim")
wa("Do 22:01:00", 28, "Welche Daten haben Sie über mich gespeichert?")
fb("Do 12:00", 10, "Schönen Feiertag! Morgen wieder da?")
fb("Do 12:05", 10, "Brückentag?")
fb("Do 18:00", 9, "Oder online?")
sms("Do 09:00", 7, "Zug faellt aus, kommen wir noch zum Schiff?")
sms("Do 09:10", 7, "Bitte dringend")
# -- Friday ---------------------------------------------------------------------------------------------------------------
hand("Fr 09:02", "whatsapp", 20)
hand("Fr 09:04", "whatsapp", 24)
hand("Fr 09:08", "whatsapp", 25)
hand("Fr 09:15", "messenger", 9)
hand("Fr 09:20", "sms", 7, "Jonas Weber")
wa("Fr 09:10:00", 24, "Thanks, we found another flight")
wa("Fr 09:30:00", 29, "Guten Morgen! Haben Sie noch Plätze im Bus nach Prag?", "Elke Simon")
hand("Fr 10:05", "whatsapp", 29)
wa("Fr 10:07:00", 29, "Wir nehmen zwei")
hand("Fr 10:20", "whatsapp", 29)
wa("Fr 10:22:00", 29, "🙏")
wa("Fr 11:00:00", 12, "Start")
wa("Fr 11:05:00", 12, "Start")
wa("Fr 12:00:00", 9, "Newsletter")
wa("Fr 12:01:00", 9, "2")
wa("Fr 12:02:00", 9, "1")
wa("Fr 12:03:00", 9, "Start")
wa("Fr 13:00:00", 30, "Tag, ich wollte nach dem Visum fragen", "Olga P.")
wa("Fr 14:01:00", 30, "Ist schon dringend")
hand("Fr 14:20", "whatsapp", 30)
wa("Fr 16:55:00", 31, "Schaffe es nicht mehr bis fünf, haben Sie morgen auf?", "Max")
wa("Fr 17:01:00", 31, "Oder soll ich anrufen?")
fb("Fr 10:00", 11, "Hi, what is the price for the trip to Prague?")
hand("Fr 10:30", "messenger", 11, "Aylin Kaya")
fb("Fr 10:31", 11, "Great, thanks")
fb("Fr 17:30", 12, "Quote")
fb("Fr 17:31", 12, "Scotland, by train")
fb("Fr 17:32", 12, "I would like to go in May")
fb("Fr 17:33", 12, "just me")
sms("Fr 09:45", 8, "Ihre Nachricht vom Mai: bitte nehmen Sie mich aus dem Verteiler")
sms("Fr 11:11", 9, "Hilfe")
# -- Saturday and Sunday --------------------------------------------------------------------------------------------------
wa("Sa 09:30:00", 32, "Haben Sie heute auf?", "Ruth Albrecht")
hand("Sa 10:05", "whatsapp", 32)
wa("Sa 10:06:00", 32, "Schön, dann bis gleich")
wa("Sa 11:00:00", 33, "Guten Tag, wir sind gerade angekommen, das Zimmer ist toll", "Paul und Ida")
wa("Sa 12:59:50", 34, "Schnell noch: Wie lange haben Sie auf?", "Fritz", delay=15)
wa("Sa 20:00:00", 35, "Newsletter", "Doris")
wa("Sa 20:01:00", 35, "Kreuzfahrten und Städtereisen")
wa("Sa 20:02:00", 35, "nein")
wa("Sa 20:03:00", 35, "2")
wa("Sa 20:04:00", 35, "Start")
wa("So 08:00:00", 33, "Nur das Frühstück nicht")
wa("So 11:00:00", 36, "Guten Tag", "Reisebüro Sonnenschein")
# their assistant answers ours
wa("So 11:00:05", 36, "Danke für Ihre Nachricht. Wir sind zurzeit nicht im Büro und melden uns am Montag.")
wa("So 11:00:09", 36, "Danke für Ihre Nachricht. Wir sind zurzeit nicht im Büro und melden uns am Montag.")
wa("So 16:00:00", 37, "Hallo, welche Impfungen braucht man für Kenia?", "Dana\nKlicken Sie: evil.example")
wa("So 16:01:00", 37, "Und Malaria?")
fb("Sa 10:30", 13, "Seid ihr das Büro am Mühlsteg?")
hand("Sa 10:50", "messenger", 13)
fb("Sa 10:51", 13, "Danke!")
fb("So 15:00", 14, "Guten Tag, ich suche eine Reise für meine Großeltern")
fb("So 15:02", 14, "Reisewunsch")
fb("So 15:03", 14, "Bodensee")
fb("So 15:04", 14, "Stop")
fb("So 15:05", 14, "im Mai")
sms("Sa 12:00", 10, "Termin um 12:30 passt")
sms("So 20:20", 10, "Danke fuer die Beratung")
sms("So 20:21", 2, "Wir sind wieder zu Hause, alles gut")

# -- everyday questions, spread over the week ----------------------------------------------------------------------------
QUESTIONS = ["Guten Tag, haben Sie noch etwas auf Mallorca?", "Hallo, wann kommen die Unterlagen?", "Guten Abend, ist die Anzahlung da?", "Kann man den Sitzplatz noch ändern?", "Hello, is breakfast included?",
             "Wie viel Gepäck ist dabei?", "Guten Morgen, brauchen wir ein Visum für Ägypten?", "Gibt es am Flughafen einen Transfer?", "Hi, can we change the date?", "Ist das Hotel am Strand?"]
MORE = ["Danke", "Alles klar", "Und noch etwas: Geht das auch eine Woche später?", "Perfekt", "Ich frage meine Frau", "ok"]
n = 0
for day in ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So"):
    for k, hour in enumerate((7, 9, 10, 11, 13, 14, 15, 16, 18, 20, 22)):
        n += 1
        person, minute = 38 + n % 60, (7 * n) % 50
        question, more = QUESTIONS[n % len(QUESTIONS)], MORE[n % len(MORE)]
        if k % 3 == 0:
            fb(f"{day} {hour}:{minute:02d}", 20 + n % 40, question)
            if n % 2:
                hand(f"{day} {hour}:{minute + 6:02d}", "messenger", 20 + n % 40)
            fb(f"{day} {hour}:{minute + 8:02d}", 20 + n % 40, more)
        elif k % 3 == 1:
            wa(f"{day} {hour}:{minute:02d}:10", person, question, "Familie Beck" if n % 4 else None)
            if 9 <= hour < 18 and day not in ("Do", "So"):
                hand(f"{day} {hour}:{minute + 4:02d}", "whatsapp", person)
            wa(f"{day} {hour}:{minute + 5:02d}:10", person, more)
        else:
            sms(f"{day} {hour}:{minute:02d}", 20 + n % 40, question)

for when, line in sorted(lines, key=lambda x: x[0]):
    print(json.dumps({"now": stamp(when), **line}, ensure_ascii=False, separators=(",", ":")))
