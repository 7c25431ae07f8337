"""A table (markdown) and a chart of growth (SVG) from what bench.py measured."""
import html
import math
import os

JOBS = [  # the job, and what it is compared with
    ("check", ["check: floor", "check: second, in-memory snapshot", "check: mixed notation", "check: sort | join, sorted export", "check: awk, export",
               "check: PostgreSQL, current state", "check: Python dict, export", "check: sqlite3, correlated, good index", "check: sqlite3, GROUP BY",
               "check: sqlite3, window"]),
    ("import", ["import: bare inserts of the same rows", "import: sqlite3 .import, one table", "import: a tenth more"]),
    ("verify", ["verify: bare scan, two threads"]),
    ("audit", ["verify: bare scan, two threads"]),
    ("one event, durable (p50)", ["one event: pwrite + fdatasync of 4 KiB (p50)"]),
]


BUSY = ("**The machine was busy with other work while this ran** (see the load average): by the clock these figures say little, the more so the longer a job took. "
        "Compare seconds of processor, and repeat the run on a quiet machine before quoting any ratio.")


def seconds(s):
    if s is None:
        return "–"
    return f"{s * 1000:.2f} ms" if s < 0.01 else f"{s * 1000:.0f} ms" if s < 1 else f"{s:.2f} s" if s < 20 else f"{s:.0f} s"


def ratio(a, b):
    return "–" if a is None or b is None else f"{a / b:.2f}"


def number(n):
    return f"{n:,}".replace(",", " ")


def times_table(b, sizes):
    rows = ["| job, whole process, median | " + " | ".join(f"{number(s)} events" for s in sizes) + " | × ours, at the largest |", "|---|" + "---|" * (len(sizes) + 1)]
    for ours, others in JOBS:
        for job in [ours, *others]:
            if all(b.results.median(s, job) is None for s in sizes):
                continue
            name = f"**{job}**" if job == ours else job.replace("|", chr(92) + "|")
            rows.append(f"| {name} | " + " | ".join(seconds(b.results.median(s, job)) for s in sizes) +
                        f" | {'1' if job == ours else ratio(b.results.median(sizes[-1], job), b.results.median(sizes[-1], ours))} |")
    return rows


def goals(b, sizes):
    """The goals of the design at the largest size; a ratio within one run each."""
    s = sizes[-1]
    m = lambda job: b.results.median(s, job)
    sql = [x for x in (m(j) for j in JOBS[0][1] if j.startswith("check: sqlite3")) if x]
    small = {name: value for name, value, _ in b.small}
    rows = []

    def goal(what, bound, value, good):
        rows.append(f"| {what} | {bound} | {value} | {'–' if good is None else 'yes' if good else 'no'} |")

    def quotient(what, a, c, most=None, least=None):
        if a is None or c is None:
            goal(what, f"≤ {most}" if most else f"≥ {least}", "not measured", None)
        else:
            goal(what, f"≤ {most}" if most else f"≥ {least}", f"{a / c:.2f}", a / c <= most if most else a / c >= least)

    quotient("check against the floor program", m("check"), m("check: floor"), most=5)
    quotient("`sort \\| join` against check", m("check: sort | join, sorted export"), m("check"), least=1)
    quotient("PostgreSQL against check", m("check: PostgreSQL, current state"), m("check"), least=10)
    quotient("best hand-written SQL against check", min(sql) if sql else None, m("check"), least=20)
    quotient("mixed notation against E.164", m("check: mixed notation"), m("check"), most=2)
    quotient("second check by the snapshot against the floor program", m("check: second, in-memory snapshot"), m("check: floor"), most=2)
    quotient("`.import` into one table against import", m("import: sqlite3 .import, one table"), m("import"), least=2)
    quotient("import against bare inserts", m("import"), m("import: bare inserts of the same rows"), most=3)
    quotient("one durable event against a 4 KiB fdatasync", m("one event, durable (p50)"), m("one event: pwrite + fdatasync of 4 KiB (p50)"), most=1.5)
    quotient("bare scan of the rows against verify", m("verify: bare scan, two threads"), m("verify"), least=0.6)
    quotient("audit against the bare scan of the rows", m("audit"), m("verify: bare scan, two threads"), most=3)
    goal("one decision, permitted", "≤ 200 ns", f"{small['decision_permitted']:.0f} ns", small["decision_permitted"] <= 200)
    goal("classify", "≥ 1 000 000 a second", number(round(1e9 / small["classify_short"])), small["classify_short"] <= 1000)
    goal("group of 1,024, disclosures", "≤ 10 ms", f"{small['group_disclosures']:.2f} ms", small["group_disclosures"] <= 10)
    memory, rows_in_list = b.results.median(s, "check", 2), b.counts[s]
    most = 64 * 1024 + 40 * rows_in_list / 1024
    goal("memory of check", f"≤ {most / 1024:.0f} MiB", f"{memory / 1024:.0f} MiB", memory <= most)
    return ["| goal, at the largest size | bound | measured | met |", "|---|---|---|---|", *rows]


def processor_table(b, sizes):
    """On a busy machine the clock says little: seconds of processor, user and system, of the whole process."""
    rows = ["| seconds of processor, median | " + " | ".join(f"{number(s)} events" for s in sizes) + " | × ours, at the largest |", "|---|" + "---|" * (len(sizes) + 1)]
    for ours, others in JOBS[:4]:
        for job in [ours, *others]:
            if all(b.results.median(s, job, 1) is None for s in sizes):
                continue
            rows.append(f"| {'**' + job + '**' if job == ours else job.replace('|', chr(92) + '|')} | " + " | ".join(seconds(b.results.median(s, job, 1)) for s in sizes) +
                        f" | {'1' if job == ours else ratio(b.results.median(sizes[-1], job, 1), b.results.median(sizes[-1], ours, 1))} |")
    rows += ["", "PostgreSQL works in its server, `.import`'s and the bare insert's figures hold the reading of rows, and ours is on two threads; compare with that in mind."]
    return rows


def memory_table(b, sizes):
    rows = ["| peak memory, MiB | " + " | ".join(f"{number(s)} events" for s in sizes) + " |", "|---|" + "---|" * len(sizes)]
    for job in ("check", "check: mixed notation", "import", "import: a tenth more", "verify", "audit"):
        values = [b.results.median(s, job, 2) for s in sizes]
        rows.append(f"| {job} | " + " | ".join("–" if v is None else f"{v / 1024:.0f}" for v in values) + " |")
    if b.snapshot_bytes:
        rows.append("| snapshot, bytes a known address | " + " | ".join("–" if s not in b.snapshot_bytes else f"{b.snapshot_bytes[s]:.0f}" for s in sizes) + " |")
    return rows


def small_table(b):
    rows = ["| small piece | processor time |", "|---|---|"]
    rows += [f"| {name} | {value:.3g} {unit} |" for name, value, unit in b.small]
    return rows


def chart(b, sizes):
    """Seconds against events, both logarithmic; a line a job."""
    width, height, left, right, top, bottom = 960, 560, 80, 380, 40, 60
    lines = [("check", "#0b6e4f", 3), ("check: floor", "#8d99ae", 2), ("check: mixed notation", "#52b788", 2), ("check: second, in-memory snapshot", "#95d5b2", 2),
             ("check: sort | join, sorted export", "#b08968", 1.5), ("check: PostgreSQL, current state", "#336791", 1.5), ("check: Python dict, export", "#e9c46a", 1.5),
             ("check: sqlite3, correlated, good index", "#c1121f", 1.5), ("import", "#6a4c93", 3), ("import: sqlite3 .import, one table", "#b185db", 1.5),
             ("verify", "#f77f00", 3), ("audit", "#d62828", 3), ("verify: bare scan, two threads", "#fcbf49", 1.5)]
    lines = [(job, colour, w, [(s, b.results.median(s, job)) for s in sizes if b.results.median(s, job)]) for job, colour, w in lines]
    lines = [x for x in lines if x[3]]
    values = [v for x in lines for _, v in x[3]]
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    first, last = math.log10(sizes[0]), math.log10(sizes[-1])
    x = lambda s: left + (0.5 if first == last else (math.log10(s) - first) / (last - first)) * (width - left - right)
    y = lambda v: height - bottom - (math.log10(v) - low) / (high - low) * (height - top - bottom)
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="13">', f'<rect width="{width}" height="{height}" fill="#fff"/>',
           f'<text x="{left}" y="24" font-size="16">Seconds by number of events; the list has a tenth as many rows</text>']
    for p in range(low, high + 1):
        label = f"{10 ** p:g} s"
        out += [f'<line x1="{left}" x2="{width - right}" y1="{y(10 ** p):.1f}" y2="{y(10 ** p):.1f}" stroke="#ddd"/>', f'<text x="{left - 8}" y="{y(10 ** p) + 4:.1f}" text-anchor="end">{label}</text>']
    for s in sizes:
        out += [f'<line x1="{x(s):.1f}" x2="{x(s):.1f}" y1="{top}" y2="{height - bottom}" stroke="#eee"/>', f'<text x="{x(s):.1f}" y="{height - bottom + 20}" text-anchor="middle">{number(s)}</text>']
    out.append(f'<text x="{(left + width - right) / 2}" y="{height - 14}" text-anchor="middle">events in the ledger</text>')
    placed = []
    for job, colour, w, points in sorted(lines, key=lambda l: -l[3][-1][1]):
        at = y(points[-1][1])
        while any(abs(at - p) < 16 for p in placed):
            at += 1
        placed.append(at)
        out.append(f'<polyline fill="none" stroke="{colour}" stroke-width="{w}" points="{" ".join(f"{x(s):.1f},{y(v):.1f}" for s, v in points)}"/>')
        out += [f'<circle cx="{x(s):.1f}" cy="{y(v):.1f}" r="{w + 1}" fill="{colour}"/>' for s, v in points]
        end = x(points[-1][0])
        out += [f'<line x1="{end + 4:.1f}" y1="{y(points[-1][1]):.1f}" x2="{width - right + 34}" y2="{at:.1f}" stroke="{colour}" stroke-width="0.7"/>',
                f'<text x="{width - right + 38}" y="{at + 4:.1f}" fill="{colour}">{html.escape(job)}, {seconds(points[-1][1])}</text>']
    return "\n".join([*out, "</svg>"]) + "\n"


def write(o, b, machine, when, took):
    sizes = [s for s in o.sizes]
    picture = os.path.splitext(o.out)[0] + ".svg"
    os.makedirs(os.path.dirname(o.out) or ".", exist_ok=True)
    lines = ["# What the bench printed", "",
             f"{when:%Y-%m-%d %H:%M} UTC, in {took / 60:.0f} minutes, by `bench/run.sh --sizes {','.join(map(str, sizes))} --rounds {o.rounds}`; seed {o.seed}.", "",
             f"Machine: {machine}.", "",
             f"Lists: {', '.join(number(b.counts[s]) + ' rows' for s in sizes)}. Ours is the whole process with all rules and reasons; the peers answer the last word alone, from an export or a table that is there. "
             f"Medians of {o.rounds} round{'s' if o.rounds > 1 else ''} in turn ({1 if sizes[-1] > o.few_rounds_above else o.rounds} for imports, verification and the slow peers at the largest size). All ways gave the same answer for every number of the list, "
             "apart from linked and erased people, of whom the peers know nothing.", "",
             *([BUSY, ""] if os.getloadavg()[0] > 1.5 * os.cpu_count() else []),
             *b.notes, "" if b.notes else "", *times_table(b, sizes), "", *processor_table(b, sizes), "", *goals(b, sizes), "", *memory_table(b, sizes), "", *small_table(b), "",
             f"![Growth]({os.path.basename(picture)})", ""]
    with open(o.out, "w") as f:
        f.write("\n".join(lines))
    with open(picture, "w") as f:
        f.write(chart(b, sizes))
