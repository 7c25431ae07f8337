# Keeping a ledger: copies of the checkpoints, new keys, backup and restore, the alarm and its end, a lost key file.
$ j() { jawort --ledger a.db --now "$now" --lang en "$@"; }; now=2026-01-01T09:00:00Z; n=$TESTDATA/examples/agency/newsletter.toml
$ j init --controller "Reisestube" --origin reise.example/jawort --test-clock
reise\.example/jawort/test\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}={0,2} (re)
Ledger a.db created, keys in a.db.keys (back them up apart), checkpoints in a.db.checkpoints.
$ vkey=$(j --json checkpoint | sed 's/.*"verifier_key":"\([^"]*\)".*/\1/'); j notice add "$n" >added; wc -l <added
1

# Further copies of the checkpoints.
$ mkdir stick; j anchor add stick
every checkpoint goes to $PWD/stick/a.db.checkpoints too from now on
$ j anchor add stick
jawort: this copy is written already: $PWD/stick/a.db.checkpoints
? 2
$ echo Hallo >letter.txt; j anchor add letter.txt
jawort: is not a file of this ledger's checkpoints: $PWD/letter.txt
  → name a new file, or a folder
? 1
$ now=2026-02-01T09:00:00Z; j record given +491713920001 --channel whatsapp --purpose newsletter --notice newsletter --evidence Start --operator Meier
#3 given 2026-02-01 09:00 UTC
$ j anchor list
a.db.checkpoints  4 checkpoints, the newest of size 4
$PWD/stick/a.db.checkpoints  4 checkpoints, the newest of size 4
$ cmp a.db.checkpoints stick/a.db.checkpoints
$ mv stick drawer; j record inbound +491713920001 --channel whatsapp --evidence Hallo
jawort: cannot write checkpoint: $PWD/stick/a.db.checkpoints: No such file or directory
  → everything is recorded; make the file reachable again, or strike it with `jawort anchor remove`
#4 inbound 2026-02-01 09:00 UTC
$ mv drawer stick; j anchor remove stick/a.db.checkpoints; j anchor list
stick/a.db.checkpoints is no longer written; the file stays
a.db.checkpoints  6 checkpoints, the newest of size 6
$ j --lang de anchor add stick; j --json anchor list
jeder Prüfpunkt steht von nun an auch in $PWD/stick/a.db.checkpoints
\{"alarm":false,"anchors":\[\{"path":"a\.db\.checkpoints","readable":true,"checkpoints":7,"newest":\{"origin":"reise\.example/jawort/test","size":7,"root":"[A-Za-z0-9+/=]{44}"\}\},\{"path":"\$PWD/stick/a\.db\.checkpoints","readable":true,"checkpoints":7,"newest":\{"origin":"reise\.example/jawort/test","size":7,"root":"[A-Za-z0-9+/=]{44}"\}\}\],"stamps":\[\],"test_clock":true\} (re)

# Backup.
$ j backup copy.db; stat -c %a copy.db
copy.db
copy.db.checkpoints
copy.db.anchors
Not with it is a.db.keys: without that file the backup cannot be proven. Back it up apart, in another place.
600
$ j backup copy.db
jawort: exists already: copy.db
  → take another name, or put the old file aside
? 2
$ j --json backup all.db --with-keys
\{"files":\["all\.db","all\.db\.checkpoints","all\.db\.anchors","all\.db\.keys"\],"checkpoint":\{"origin":"reise\.example/jawort/test","size":7,"root":"[A-Za-z0-9+/=]{44}"\},"with_keys":true,"test_clock":true\} (re)

# New keys.
$ now=2026-03-01T09:00:00Z; j key rotate
reise\.example/jawort/test\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}={0,2} (re)
New keys in a.db.keys; the old ones stay for verifying. Back that file up again now. Checkpoints carry both signatures from now on.
$ j checkpoint
reise.example/jawort/test
8
[A-Za-z0-9+/]{43}= (re)

— reise\.example/jawort/test [A-Za-z0-9+/]{90,92}={0,2} (re)
— reise\.example/jawort/test [A-Za-z0-9+/]{90,92}={0,2} (re)
$ j verify
sound: 8 entries reread, all leaves, states and checkpoints agree

# An older copy comes back.
$ now=2026-04-01T09:00:00Z; j record withdrawn +491713920001 --channel whatsapp --evidence Stop
#8 withdrawn 2026-04-01 09:00 UTC
$ j check +491713920001 --channel whatsapp --purpose newsletter --template | head -2
deny: +491713920001 · whatsapp · newsletter · withdrawn · 2026-04-01 09:00 UTC
  deny withdrawn  [#8]
$ mv a.db newest.db; cp copy.db a.db; chmod 600 a.db; now=2026-04-02T09:00:00Z; j check +491713920001 --channel whatsapp --purpose newsletter --template
deny: +491713920001 · whatsapp · newsletter · unknown · 2026-04-02 09:00 UTC
  deny ledger-behind-anchor
    The ledger is older than its newest checkpoint; stops may be missing.
    → Send nothing. Bring back the right file and run `jawort verify`.
? 3
$ j record inbound +491713920001 --channel whatsapp --evidence Hallo
jawort: the ledger is older than its newest checkpoint, or another one (size 9): nothing is recorded
  → put the newer copy back; if it is lost: `jawort anchor resolve --accept-loss --yes`
? 1
$ j verify
behind: there is a checkpoint of size 9 of reise.example/jawort/test (a.db.checkpoints), the ledger has only 7 entries of it
1 problems in 7 entries. Record nothing more, put the file aside and restore from your backup.
? 4
$ j anchor resolve
The newest checkpoint says: reise.example/jawort/test, size 9.
This ledger is older; 2 signed entries are missing from it, perhaps stops among them.
jawort: look for the newer copy first and put it back: nothing is lost then
  → if it is really gone: `jawort anchor resolve --accept-loss --yes`
? 2
$ j --lang de anchor resolve
Der neueste Prüfpunkt sagt: reise.example/jawort/test, Größe 9.
Dieses Hauptbuch ist älter; 2 unterschriebene Einträge fehlen darin, Abmeldungen vielleicht auch.
jawort: erst die neuere Kopie suchen und zurücklegen: damit ist nichts verloren
  → ist sie wirklich weg: `jawort anchor resolve --accept-loss --yes`
? 2
$ mv newest.db a.db; j anchor resolve
no alarm: the ledger is as far as its newest checkpoint
$ rm a.db; cp copy.db a.db; j anchor resolve --accept-loss --yes
The newest checkpoint says: reise.example/jawort/test, size 9.
This ledger is older; 2 signed entries are missing from it, perhaps stops among them.
Begun anew as reise.example/jawort/test#2, from #9; the first entry cites the lost checkpoint. Questions are answered again.
Enter the missing stops again before the next send (webhooks, inbox).
$ j --json verify
\{"ok":true,"events":8,"checkpoint":\{"size":1,"root":"[A-Za-z0-9+/=]{44}"\},"problems":\[\],"origins":\[\{"origin":"reise\.example/jawort/test","first_seq":0,"entries":7,"lost":2\},\{"origin":"reise\.example/jawort/test#2","first_seq":9,"entries":1,"lost":0\}\],"remarks":\["begun anew at #9; before it 2 entries are missing that had been signed"\],"test_clock":true\} (re)
$ j check +491713920001 --channel whatsapp --purpose newsletter --template | head -1
permit: +491713920001 · whatsapp · newsletter · given · 2026-04-02 09:00 UTC

# Restore: never over a ledger; the next origin.
$ j restore copy.db
jawort: exists already: a.db
  → take another name, or put the old file aside
? 10
$ rm a.db; j restore copy.db
a.db begun anew as reise.example/jawort/test#3, from #10
last known checkpoint: size 1
3 entries are missing: they were signed and are not in the backup. Stops may be among them: enter those again first (webhooks, inbox), then send.
reise\.example/jawort/test#3\+[0-9a-f]{8}\+A[A-Za-z0-9+/]{43}={0,2} (re)
$ j verify
begun anew at #10; before it 3 entries are missing that had been signed
sound: 9 entries reread, all leaves, states and checkpoints agree
$ now=2026-04-03T09:00:00Z; j record withdrawn +491713920001 --channel whatsapp --evidence Stop
#12 withdrawn 2026-04-03 09:00 UTC
$ rm -f a.db; j --json restore copy.db --checkpoint stick/a.db.checkpoints
\{"ledger":"a\.db","origin":"reise\.example/jawort/test#4","first_seq":13,"lost":6,"erased_again":0,"last_known":\{"origin":"reise\.example/jawort/test#3","size":3,"root":"[A-Za-z0-9+/=]{44}"\},"verifier_key":"[^"]*","test_clock":true\} (re)

# A damaged copy, a missing one.
$ dd if=/dev/zero of=copy.db bs=4096 seek=1 count=1 conv=notrunc 2>/dev/null; cp a.db.keys b.db.keys; jawort --ledger b.db --lang en restore copy.db
jawort: ledger is damaged: b.db.restoring: database disk image is malformed
  → restore it from your backup
? 4
$ jawort --ledger b.db --lang en restore none.db
jawort: no ledger there: none.db
  → create one with `jawort init`, or name the right one with --ledger
? 10

# Checkpoints kept elsewhere.
$ j checkpoint >kept; j verify --checkpoint kept --checkpoint stick/a.db.checkpoints
begun anew at #13; before it 6 entries are missing that had been signed
sound: 9 entries reread, all leaves, states and checkpoints agree
$ jawort --ledger o.db --lang en --quiet init --controller Other >ovkey; jawort --ledger o.db checkpoint >foreign; j verify --checkpoint foreign
checkpoint-signature: a checkpoint has no valid signature: foreign
begun anew at #13; before it 6 entries are missing that had been signed
1 problems in 9 entries. Record nothing more, put the file aside and restore from your backup.
? 4
$ j checkpoint stamp kept
jawort: kept: not a time stamp response
  → expected is a time stamping authority's answer (RFC 3161) to `openssl ts -query -data FILE -sha256 -cert`
? 2
$ j checkpoint cosign kept
jawort: kept: no signature of anybody else in it
? 1
$ j checkpoint cosign foreign
jawort: foreign: a checkpoint of another log: other.example/jawort
? 1

# The key file is lost.
$ mv a.db.keys away; j verify
jawort: key file is missing: a.db.keys
  → put it beside the ledger from your backup; without it nothing can be written or proven
? 1
$ j verify --key "$vkey"
key-file: without the key file it cannot be told whether the rows are what their leaves stand for; checked are the tree, the checkpoints, the order, the notices' words and what a leaf shows openly
begun anew at #13; before it 6 entries are missing that had been signed
1 problems in 9 entries. Record nothing more, put the file aside and restore from your backup.
? 4
$ j verify --key nonsense
jawort: not a verifier key: nonsense
  → as `jawort init` printed it: NAME+ID+KEY
? 2
$ mv away a.db.keys; j upgrade
jawort: ledger has the newest schema already (3)
$ j upgarde
jawort: unknown command 'upgarde'
  → did you mean upgrade?
? 2
