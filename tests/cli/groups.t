# Groups and address books, as in docs/GROUPS.md.
$ export JAWORT_LANG=en JAWORT_LEDGER=a.db; now="--now 2026-06-01T10:00:00Z"
$ jawort --now 2026-05-01T08:00:00Z init --controller "Reisestube Silberkranich GmbH" --origin silberkranich.example.org/jawort --test-clock --quiet >/dev/null; jawort --now 2026-05-01T08:00:00Z notice add $TESTDATA/examples/agency/newsletter.toml >/dev/null

# Without a ledger or an agreement: everybody who is a stranger to somebody.
$ jawort $now --ledger none.db group check $TESTDATA/examples/agency/kreta.toml; ls none.db
jawort: no ledger there: none.db
  → create one with `jawort init`, or name the right one with --ledger
ls: cannot access 'none.db': No such file or directory
? 2
$ cp $TESTDATA/examples/agency/kreta.toml . && sed -i '/^id/d' kreta.toml && jawort $now group check kreta.toml
without --id nobody is taken to have agreed
deny: 9 members, 46 disclosures to strangers
  +491713920102 Anke Brandt → +491713920105 Ute Claussen
  +491713920102 Anke Brandt → +491713920106 Rolf Claussen
  +491713920102 Anke Brandt → +491713920107 Mia Dorn
  +491713920102 Anke Brandt → +491713920108 Eva Ellermann
  +491713920102 Anke Brandt → +491713920109 Franz Fuhrmann
  +491713920103 Jonas Brandt → +491713920105 Ute Claussen
  +491713920103 Jonas Brandt → +491713920106 Rolf Claussen
  +491713920103 Jonas Brandt → +491713920107 Mia Dorn
  +491713920103 Jonas Brandt → +491713920108 Eva Ellermann
  +491713920103 Jonas Brandt → +491713920109 Franz Fuhrmann
  +491713920104 Lea Brandt → +491713920105 Ute Claussen
  +491713920104 Lea Brandt → +491713920106 Rolf Claussen
  … and 34 more (all of them with --json, as a picture with --svg FILE)
  deny group-exposure
    A member's number would become visible to others who do not have it, and the member has not agreed for this group.
    Art. 5 Abs. 1 lit. f, 6, 32 DSGVO
    → Ask first, send one by one instead, leave somebody out, or split the group (`jawort group check`).
  warn group-profile-exposure
    A member's profile photo or status would be visible to strangers in the group.
    → Tell the members about their visibility before the group is made.

Ways out
  1. ask: 8 members
    +491713920102 Anke Brandt  – shown to 5
    +491713920103 Jonas Brandt  – shown to 5
    +491713920104 Lea Brandt  – shown to 5
    +491713920105 Ute Claussen  – shown to 6
    +491713920106 Rolf Claussen  – shown to 6
    +491713920107 Mia Dorn  – shown to 6 with profile
    +491713920108 Eva Ellermann  – shown to 6
    +491713920109 Franz Fuhrmann  – shown to 7
     Hello, may we add you to the WhatsApp group “Kreta im Oktober”? Your telephone number will then be visible to all 8 other members, also to people whom you do not know, and so will your profile photo and status, if everybody may see them. If you agree, please answer “Yes”. Without your yes we will not add you. You can withdraw it at any time; we will then remove you from the group.
  2. send one by one (broadcast): for 'service' permitted to 0 only, not to 9: 9 × no-evidence
     no exchange between members: each gets the message alone and does not see the others; answers reach the office only
  3. leave out: 5 (fewer is not possible)
    +491713920105 Ute Claussen
    +491713920106 Rolf Claussen
    +491713920107 Mia Dorn
    +491713920108 Eva Ellermann
    +491713920109 Franz Fuhrmann
  4. split: 4 groups without strangers (fewer is not possible)
    1: +491713920101 Reiseleitung, +491713920102 Anke Brandt, +491713920103 Jonas Brandt, +491713920104 Lea Brandt
    2: +491713920105 Ute Claussen, +491713920106 Rolf Claussen
    3: +491713920107 Mia Dorn, +491713920108 Eva Ellermann
    4: +491713920109 Franz Fuhrmann
? 3
$ JAWORT_LANG=de jawort $now group check kreta.toml --svg kreta.svg > text.txt; echo $?; head -3 text.txt; grep -c '<line' kreta.svg; grep -o 'Kreta im Oktober' kreta.svg
ohne --id gilt niemand als einverstanden
3
nein: 9 Mitglieder, 46 Offenlegungen an Fremde
  +491713920102 Anke Brandt → +491713920105 Ute Claussen
  +491713920102 Anke Brandt → +491713920106 Rolf Claussen
38
Kreta im Oktober

# Some agree, one of them withdraws; members come and go.
$ for n in 102 103 104 105 106; do jawort --now 2026-05-02T10:00:00Z record given +491713920$n --channel whatsapp --purpose group:kreta-2026 --notice newsletter --evidence '{"act":"counter"}' --operator Meier || break; done
#2 given 2026-05-02 10:00 UTC
#3 given 2026-05-02 10:00 UTC
#4 given 2026-05-02 10:00 UTC
#5 given 2026-05-02 10:00 UTC
#6 given 2026-05-02 10:00 UTC
$ for n in 101 102 103 105 109; do jawort --now 2026-05-03T10:00:00Z record group-member-added +491713920$n --channel whatsapp --purpose group:kreta-2026 --operator Meier >/dev/null || break; done
$ jawort --now 2026-05-20T10:00:00Z record withdrawn +491713920105 --channel whatsapp --purpose group:kreta-2026 --evidence "Bitte nehmen Sie mich aus der Gruppe" --operator Meier >/dev/null
$ jawort $now group show kreta-2026 --knows $TESTDATA/examples/agency/kreta.toml
+491713920101 Reiseleitung   2026-05-03 10:00 UTC  not agreed: unknown
+491713920102 Anke Brandt    2026-05-03 10:00 UTC  agreed
+491713920103 Jonas Brandt   2026-05-03 10:00 UTC  agreed
+491713920105 Ute Claussen   2026-05-03 10:00 UTC  not agreed: withdrawn, shown to 3 strangers
+491713920109 Franz Fuhrmann 2026-05-03 10:00 UTC  not agreed: unknown, shown to 3 strangers

remove from the group: the agreement has ended
    +491713920105 Ute Claussen

deny: 5 members, 6 disclosures to strangers
  +491713920105 Ute Claussen → +491713920102 Anke Brandt
  +491713920105 Ute Claussen → +491713920103 Jonas Brandt
  +491713920105 Ute Claussen → +491713920109 Franz Fuhrmann
  +491713920109 Franz Fuhrmann → +491713920102 Anke Brandt
  +491713920109 Franz Fuhrmann → +491713920103 Jonas Brandt
  +491713920109 Franz Fuhrmann → +491713920105 Ute Claussen
  deny group-exposure
    A member's number would become visible to others who do not have it, and the member has not agreed for this group.
    Art. 5 Abs. 1 lit. f, 6, 32 DSGVO
    → Ask first, send one by one instead, leave somebody out, or split the group (`jawort group check`).

Ways out
  1. ask: 2 members
    +491713920105 Ute Claussen  – shown to 3
    +491713920109 Franz Fuhrmann  – shown to 3
     Hello, may we add you to the WhatsApp group “Kreta im Oktober”? Your telephone number will then be visible to all 4 other members, also to people whom you do not know. If you agree, please answer “Yes”. Without your yes we will not add you. You can withdraw it at any time; we will then remove you from the group.
  2. send one by one (broadcast): for 'service' permitted to 0 only, not to 5: 5 × consent-required-electronic-mail
     no exchange between members: each gets the message alone and does not see the others; answers reach the office only
  3. leave out: 2 (fewer is not possible)
    +491713920105 Ute Claussen
    +491713920109 Franz Fuhrmann
  4. split: 3 groups without strangers (fewer is not possible)
    1: +491713920101 Reiseleitung, +491713920102 Anke Brandt, +491713920103 Jonas Brandt
    2: +491713920105 Ute Claussen
    3: +491713920109 Franz Fuhrmann
? 3
$ jawort $now group history kreta-2026 --knows $TESTDATA/examples/agency/kreta.toml
2026-05-02 10:00 UTC  #2      given                +491713920102         0 members
2026-05-02 10:00 UTC  #3      given                +491713920103         0 members
2026-05-02 10:00 UTC  #4      given                +491713920104         0 members
2026-05-02 10:00 UTC  #5      given                +491713920105         0 members
2026-05-02 10:00 UTC  #6      given                +491713920106         0 members
2026-05-03 10:00 UTC  #7      group-member-added   +491713920101         5 members
2026-05-03 10:00 UTC  #8      group-member-added   +491713920102         5 members  without agreement: shown to 0, sees 1
2026-05-03 10:00 UTC  #9      group-member-added   +491713920103         5 members  without agreement: shown to 0, sees 1
2026-05-03 10:00 UTC  #10     group-member-added   +491713920105         5 members  without agreement: shown to 0, sees 1
2026-05-03 10:00 UTC  #11     group-member-added   +491713920109         5 members  without agreement: shown to 3, sees 0
2026-05-20 10:00 UTC  #12     withdrawn            +491713920105         5 members
$ jawort $now --json group show kreta-2026 --knows $TESTDATA/examples/agency/kreta.toml | sed 's/,"ask_text":"[^"]*"//'
{"decision":"deny","members":5,"disclosures":6,"pairs":[{"of":"+491713920105","to":"+491713920102"},{"of":"+491713920105","to":"+491713920103"},{"of":"+491713920105","to":"+491713920109"},{"of":"+491713920109","to":"+491713920102"},{"of":"+491713920109","to":"+491713920103"},{"of":"+491713920109","to":"+491713920105"}],"ask":["+491713920105","+491713920109"],"leave_out":["+491713920105","+491713920109"],"split":[["+491713920101","+491713920102","+491713920103"],["+491713920105"],["+491713920109"]],"broadcast":{"possible":false,"loses":"no exchange between members: each gets the message alone and does not see the others; answers reach the office only","purpose":"service","permitted":0,"denied":5,"reasons":{"consent-required-electronic-mail":5}},"group":"kreta-2026","leave_out_at_least":2,"split_at_least":3,"profile_disclosures":0,"there_already":[],"reasons":[{"code":"group-exposure","outcome":"deny","standing":"statute","citation":"Art. 5 Abs. 1 lit. f, 6, 32 DSGVO","text":"A member's number would become visible to others who do not have it, and the member has not agreed for this group.","remedy":"Ask first, send one by one instead, leave somebody out, or split the group (`jawort group check`).","events":[]}],"at":"2026-06-01T10:00:00Z","remove":["+491713920105"],"there":[{"address":"+491713920101","since":"2026-05-03T10:00:00Z","seq":7,"agreed":false,"status":"unknown","shown_to":0,"reasons":["consent-required-electronic-mail"]},{"address":"+491713920102","since":"2026-05-03T10:00:00Z","seq":8,"agreed":true,"status":"given","shown_to":0,"reasons":["consent-proven"]},{"address":"+491713920103","since":"2026-05-03T10:00:00Z","seq":9,"agreed":true,"status":"given","shown_to":0,"reasons":["consent-proven"]},{"address":"+491713920105","since":"2026-05-03T10:00:00Z","seq":10,"agreed":false,"status":"withdrawn","shown_to":3,"reasons":["withdrawn"]},{"address":"+491713920109","since":"2026-05-03T10:00:00Z","seq":11,"agreed":false,"status":"unknown","shown_to":3,"reasons":["consent-required-electronic-mail"]}],"left":[],"test_clock":true}
$ jawort $now group show kreta-2026 --at 2026-05-10T10:00:00Z --knows $TESTDATA/examples/agency/kreta.toml | grep -c "remove from the group:"
0
? 1
$ jawort $now group check $TESTDATA/examples/agency/kreta.toml --id kreta-2026 | head -3
deny: 9 members, 25 disclosures to strangers
  +491713920105 Ute Claussen → +491713920102 Anke Brandt
  +491713920105 Ute Claussen → +491713920103 Jonas Brandt

# WhatsApp itself tells who came in later.
$ printf '{"entry":[{"changes":[{"field":"group_participants_update","value":{"groups":[{"group_id":"kreta-2026","type":"group_participants_add","timestamp":"1780135200","added_participants":[{"wa_id":"491713920107"}]}]}}]}]}' | jawort $now receive whatsapp-cloud -
{"message_id":"","address":"+491713920107","channel":"whatsapp","intent":"none","scope":null,"events":["group-member-added"],"sequences":[13],"reply":null,"skipped":null,"kind":"group-joined","what":"group_participants_add","line":1,"test_clock":true}
1 items: 1 recorded, 0 were there already, 0 refused
$ jawort $now group show kreta-2026 --knows $TESTDATA/examples/agency/kreta.toml | head -7
+491713920101 Reiseleitung   2026-05-03 10:00 UTC  not agreed: unknown
+491713920102 Anke Brandt    2026-05-03 10:00 UTC  agreed
+491713920103 Jonas Brandt   2026-05-03 10:00 UTC  agreed
+491713920105 Ute Claussen   2026-05-03 10:00 UTC  not agreed: withdrawn, shown to 4 strangers
+491713920109 Franz Fuhrmann 2026-05-03 10:00 UTC  not agreed: unknown, shown to 4 strangers
+491713920107 Mia Dorn       2026-05-30 10:00 UTC  not agreed: unknown, shown to 4 strangers
() (re)

# What is wrong in a file is told with its line.
$ printf 'members = ["+491713920101", "0171 39"]\n' > a.toml; jawort $now group check a.toml
jawort: a.toml:1: '0171 39': not a valid telephone number for messages
  → e.g. +49 171 3920001 or 0171 3920001
? 2
$ printf 'members = ["+491713920101"]\nknows = [["+491713920101", "+491713920999"]]\nmembres = 1\n' > a.toml; jawort $now group check a.toml
a.toml:3: unknown key 'membres' is left aside; did you mean members?
a.toml:2: '+491713920999' is no member and is left aside
without --id nobody is taken to have agreed
permit: 1 members, 0 disclosures to strangers
$ printf 'members = [\n' > a.toml; jawort $now group check a.toml
jawort: a.toml:1:13: not valid TOML: Error while parsing array: encountered end-of-file
? 2
$ printf '{"members": ["+491713920101", "+491713920102"]}' | jawort $now --json group check - | sed 's/,"ask_text":"[^"]*"//'
without --id nobody is taken to have agreed
{"decision":"deny","members":2,"disclosures":2,"pairs":[{"of":"+491713920101","to":"+491713920102"},{"of":"+491713920102","to":"+491713920101"}],"ask":["+491713920101","+491713920102"],"leave_out":["+491713920102"],"split":[["+491713920101"],["+491713920102"]],"broadcast":{"possible":false,"loses":"no exchange between members: each gets the message alone and does not see the others; answers reach the office only","purpose":"service","permitted":0,"denied":2,"reasons":{"consent-required-electronic-mail":2}},"group":null,"leave_out_at_least":1,"split_at_least":2,"profile_disclosures":0,"there_already":[],"reasons":[{"code":"group-exposure","outcome":"deny","standing":"statute","citation":"Art. 5 Abs. 1 lit. f, 6, 32 DSGVO","text":"A member's number would become visible to others who do not have it, and the member has not agreed for this group.","remedy":"Ask first, send one by one instead, leave somebody out, or split the group (`jawort group check`).","events":[]}],"at":"2026-06-01T10:00:00Z","test_clock":true}
$ jawort $now group check fehlt.toml
jawort: cannot read file, or it is empty: fehlt.toml
? 1
$ jawort $now group check kreta.toml --svg kreta.toml
without --id nobody is taken to have agreed
jawort: the input is not written over: kreta.toml
  → name another file
? 2

# The address book of the business phone.
$ printf 'BEGIN:VCARD\nVERSION:3.0\nFN:Anna Aal\nTEL:+49 171 3920201\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Heizung Huber\nTEL:034441/ 2 22 67\nEND:VCARD\nBEGIN:VCARD\nVERSION:3.0\nFN:Bert Bock\nTEL:+49 171 3920202\nTEL;TYPE=HOME:+49 30 1234567\nEND:VCARD\n' > telefon.vcf
$ for n in 201 202; do jawort --now 2026-05-04T10:00:00Z record inbound +491713920$n --channel whatsapp --operator Meier >/dev/null; done
$ jawort $now contacts check telefon.vcf --out sauber.vcf; cat sauber.vcf
deny: 3 contacts, 2 would be uploaded without a basis (2 numbers)
      9  Heizung Huber            +493444122267      not known to be on WhatsApp, and no agreement
     15  Bert Bock                +49301234567       not known to be on WhatsApp, and no agreement
  deny address-book-upload
    This number would be uploaded to the messenger with the address book, without a basis for that.
    AG Bad Hersfeld 15.5.2017 F 120/17 EASO (contested)
    → Take the contact off the phone (`jawort contacts check`).
BEGIN:VCARD
VERSION:3.0
FN:Anna Aal
TEL:+49 171 3920201
END:VCARD
BEGIN:VCARD
VERSION:3.0
FN:Bert Bock
TEL:+49 171 3920202
END:VCARD
$ jawort $now --json contacts check telefon.vcf
{"decision":"deny","contacts":3,"upload_without_basis":2,"remove":["+493444122267","+49301234567"],"format":"vcard","numbers":4,"not_known_on_whatsapp":2,"unreadable":[],"doubles":[],"damaged":[],"findings":[{"line":9,"name":"Heizung Huber","written":"034441/ 2 22 67","address":"+493444122267","why":"not-known-on-whatsapp"},{"line":15,"name":"Bert Bock","written":"+49 30 1234567","address":"+49301234567","why":"not-known-on-whatsapp"}],"registered_unreadable":0,"reasons":[{"code":"address-book-upload","outcome":"deny","standing":"court","citation":"AG Bad Hersfeld 15.5.2017 F 120/17 EASO (contested)","text":"This number would be uploaded to the messenger with the address book, without a basis for that.","remedy":"Take the contact off the phone (`jawort contacts check`).","events":[]}],"at":"2026-06-01T10:00:00Z","test_clock":true}
? 3
$ printf '+49 30 1234567\n034441/22267\n' > registriert.txt; jawort $now contacts check telefon.vcf --registered registriert.txt
warn: 3 contacts, 0 would be uploaded without a basis (0 numbers)
  2 × on WhatsApp by the list, but by nothing that the person did
  warn address-book-upload
    This number would be uploaded to the messenger with the address book, without a basis for that.
    AG Bad Hersfeld 15.5.2017 F 120/17 EASO (contested)
    → Take the contact off the phone (`jawort contacts check`).
$ jawort $now contacts check sauber.vcf
permit: 2 contacts, 0 would be uploaded without a basis (0 numbers)
$ jawort $now contacts check telefon.vcf --out telefon.vcf
jawort: the input is not written over: telefon.vcf
  → name another file
? 2
$ printf 'Name;Telefon\nAnna;0171 3920201\nHuber;034441/22267\n' > kontakte.csv; jawort $now contacts check kontakte.csv --out sauber.csv; cat sauber.csv
deny: 2 contacts, 1 would be uploaded without a basis (1 numbers)
      3  Huber                    +493444122267      not known to be on WhatsApp, and no agreement
  deny address-book-upload
    This number would be uploaded to the messenger with the address book, without a basis for that.
    AG Bad Hersfeld 15.5.2017 F 120/17 EASO (contested)
    → Take the contact off the phone (`jawort contacts check`).
Name;Telefon
Anna;0171 3920201
$ printf 'kein Adressbuch' | jawort $now contacts check -
no column of telephone numbers found: every cell was looked at
permit: 1 contacts, 0 would be uploaded without a basis (0 numbers)
