# Keeping a ledger: copies of the checkpoints, new keys, backup and restore, the alarm and its end, a lost key file.
$ j() { jawort --ledger a.db --now "$now" --lang en "$@"; }; now=2026-01-01T09:00:00Z; n=$TESTDATA/examples/agency/newsletter.toml
$ j init --controller "Reisestube" --origin reise.example/jawort --test-clock
$ vkey=$(j --json checkpoint | sed 's/.*"verifier_key":"\([^"]*\)".*/\1/'); j notice add "$n" >added; wc -l <added

# Further copies of the checkpoints.
$ mkdir stick; j anchor add stick
$ j anchor add stick
$ echo Hallo >letter.txt; j anchor add letter.txt
$ now=2026-02-01T09:00:00Z; j record given +491713920001 --channel whatsapp --purpose newsletter --notice newsletter --evidence Start --operator Meier
$ j anchor list
$ cmp a.db.checkpoints stick/a.db.checkpoints
$ mv stick drawer; j record inbound +491713920001 --channel whatsapp --evidence Hallo
$ mv drawer stick; j anchor remove stick/a.db.checkpoints; j anchor list
$ j --lang de anchor add stick; j --json anchor list

# Backup.
$ j backup copy.db; stat -c %a copy.db
$ j backup copy.db
$ j --json backup all.db --with-keys

# New keys.
$ now=2026-03-01T09:00:00Z; j key rotate
$ j checkpoint
$ j verify

# An older copy comes back.
$ now=2026-04-01T09:00:00Z; j record withdrawn +491713920001 --channel whatsapp --evidence Stop
$ j check +491713920001 --channel whatsapp --purpose newsletter --template | head -2
$ mv a.db newest.db; cp copy.db a.db; chmod 600 a.db; now=2026-04-02T09:00:00Z; j check +491713920001 --channel whatsapp --purpose newsletter --template
$ j record inbound +491713920001 --channel whatsapp --evidence Hallo
$ j verify
$ j anchor resolve
$ j --lang de anchor resolve
$ mv newest.db a.db; j anchor resolve
$ rm a.db; cp copy.db a.db; j anchor resolve --accept-loss --yes
$ j --json verify
$ j check +491713920001 --channel whatsapp --purpose newsletter --template | head -1

# Restore: never over a ledger; the next origin.
$ j restore copy.db
$ rm a.db; j restore copy.db
$ j verify
$ now=2026-04-03T09:00:00Z; j record withdrawn +491713920001 --channel whatsapp --evidence Stop
$ rm -f a.db; j --json restore copy.db --checkpoint stick/a.db.checkpoints

# A damaged copy, a missing one.
$ printf 'x' | dd of=copy.db bs=1 seek=9000 conv=notrunc 2>/dev/null; jawort --ledger b.db --lang en restore copy.db
$ jawort --ledger b.db --lang en restore none.db

# Checkpoints kept elsewhere.
$ j checkpoint >kept; j verify --checkpoint kept --checkpoint stick/a.db.checkpoints
$ jawort --ledger o.db --lang en --quiet init --controller Other >ovkey; jawort --ledger o.db checkpoint >foreign; j verify --checkpoint foreign
$ j checkpoint stamp kept
$ j checkpoint cosign kept
$ j checkpoint cosign foreign

# The key file is lost.
$ mv a.db.keys away; j verify
$ j verify --key "$vkey"
$ j verify --key nonsense
$ mv away a.db.keys; j upgrade
$ j upgarde
