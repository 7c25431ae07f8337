# python3 check.py state.tsv list.txt out: a dict over the exported state.
import sys
state = {}
with open(sys.argv[1]) as f:
    for line in f:
        number, word = line.rstrip("\n").split("\t")
        state[number] = word
seen = set()
with open(sys.argv[2]) as f, open(sys.argv[3], "w") as out:
    for line in f:
        number = line.rstrip("\n")
        if number not in seen:
            seen.add(number)
            out.write(number + "\t" + ("yes" if state.get(number) == "given" else "no") + "\n")
