# The office assistant at the terminal: checking an office's file, replies of receive, reporting them, response times, the rota.
$ export JAWORT_LANG=de JAWORT_LEDGER=$PWD/a.db; cp "$TESTDATA"/examples/agency/{buero,anmeldung,reisewunsch}.toml .; jawort office check buero.toml
$ jawort --now 2026-01-01T00:00:00Z --quiet init --controller "Reisestube Silberkranich GmbH" --test-clock | cut -d+ -f1
# Without their notices the dialogues cannot run.
$ jawort office check buero.toml
$ jawort --now 2026-01-01T00:00:00Z --quiet notice add "$TESTDATA/examples/agency/newsletter.toml" | cut -d' ' -f1
$ jawort --now 2026-01-01T00:00:00Z --quiet notice add "$TESTDATA/examples/agency/newsletter-monatlich.toml" | cut -d' ' -f1
$ jawort office check buero.toml
$ jawort --json office check buero.toml
# Mistakes are named with their line, in both languages.
$ sed 's/^\[away\]/[awya]/' buero.toml > falsch.toml; jawort office check falsch.toml
$ sed 's/{next_open}/{next_opne}/' buero.toml > falsch.toml; jawort --lang en office check falsch.toml
$ sed 's/Wenn es eilt: /Sparen Sie jetzt: /' buero.toml > falsch.toml; jawort office check falsch.toml
$ cp anmeldung.toml gut.toml; sed -i 's/^{notice}$/Kurz gefragt:/' anmeldung.toml; jawort office check buero.toml; cp gut.toml anmeldung.toml
$ jawort receive text - --channel sms --office falsch.toml
# A message at night, its reply, and the report that it was sent: once.
$ printf '+491713920001\t2026-06-02T22:15:00+02:00\tHaben Sie noch etwas auf Kreta?\n' > n.tsv; jawort --now 2026-06-02T20:15:02Z receive text n.tsv --channel whatsapp --office buero.toml --quiet
$ jawort --now 2026-06-02T20:15:05Z sent r-3
$ jawort --now 2026-06-02T20:15:06Z sent r-3 --message-id wamid.9
$ jawort sent r-1
$ jawort --now 2026-06-02T20:16:00Z --json sent x
# The webhook again: nothing is said twice.
$ jawort --now 2026-06-02T20:17:00Z receive text n.tsv --channel whatsapp --office buero.toml --quiet
# A dialogue goes on from call to call.
$ say() { printf '+491713920002\t%s\t%s\n' "$1" "$2" > n.tsv; jawort --now "$1" receive text n.tsv --channel whatsapp --office buero.toml --quiet | python3 -c 'import json,sys; j=json.loads(sys.stdin.readline()); print(j["events"], j["reply"] and (j["reply"]["kind"], j["reply"]["notice"]), j.get("dialogue"))'; }
$ say 2026-06-03T08:00:00Z Newsletter; say 2026-06-03T08:01:00Z 1; say 2026-06-03T08:02:00Z 2; say 2026-06-03T08:03:00Z Start
$ jawort --now 2026-06-03T08:04:00Z check +491713920002 --channel whatsapp --purpose newsletter/kreuzfahrten --template
$ jawort history +491713920002
# Who answers, when is somebody there, how fast.
$ jawort --now 2026-06-03T18:00:00Z office show buero.toml
$ jawort --lang en --now 2026-06-03T09:00:00Z office show buero.toml | head -5
$ sed 's/^label = "automatic"/label = "minutes"/' buero.toml > schnell.toml; jawort --now 2026-06-03T18:00:00Z office show schnell.toml | tail -8
$ jawort --now 2026-06-03T18:00:00Z --json office show schnell.toml | python3 -c 'import json,sys; j=json.load(sys.stdin); print(j["open"], j["next_open"], j["operator"], j["response"][0])'
# The rota's names close a personal message.
$ printf 'Guten Tag, Ihr Zimmer ist reserviert.\nViele Grüße\nJonas Weber\n' > m.txt; jawort message check m.txt --office buero.toml
$ printf 'Guten Tag, Ihr Zimmer ist reserviert.\nViele Grüße\nKlaus Fremd\n' > m.txt; jawort message check m.txt --office buero.toml
$ jawort verify
