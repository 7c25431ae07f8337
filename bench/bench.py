"""Runs ours, the floor and the peers in turn; see bench/run.sh. Standard library only."""
import argparse
import collections
import concurrent.futures
import datetime
import json
import multiprocessing
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
AT = "2026-06-02T10:00:00Z"      # a Tuesday morning: no quiet hours
NOW = "2026-06-02T09:00:00Z"
QUESTION = ["--channel", "whatsapp", "--purpose", "newsletter", "--template"]
POSTGRES = sorted(d for d in ([os.path.join("/usr/lib/postgresql", v, "bin") for v in os.listdir("/usr/lib/postgresql")]
                              if os.path.isdir("/usr/lib/postgresql") else []) if os.path.exists(os.path.join(d, "initdb")))


class Failed(Exception):
    pass


def run_and_measure(command, stdin):
    """In the small process: the peak memory of a child counts what its parent had when it was made."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, open(stdin or os.devnull) as given:
        begin = time.perf_counter()
        child = subprocess.Popen(command, stdin=given, stdout=out, stderr=err)
        _, status, usage = os.wait4(child.pid, 0)
        seconds = time.perf_counter() - begin
        out.seek(0)
        err.seek(0)
        return os.waitstatus_to_exitcode(status), seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, out.read().decode(), err.read()[-2000:].decode(errors="replace")


SMALL_PROCESS = concurrent.futures.ProcessPoolExecutor(1, multiprocessing.get_context("fork"))
SMALL_PROCESS.submit(os.getpid).result()  # made now, before there are answers to compare


def timed(command, stdin=None, good=(0,)):
    """Seconds by the clock, seconds of processor, peak memory in KiB, what it printed."""
    status, seconds, cpu, memory, out, err = SMALL_PROCESS.submit(run_and_measure, command, stdin).result()
    if status not in good:
        raise Failed(f"{' '.join(map(str, command))}: {status}: {err}")
    return seconds, cpu, memory, out


class Results:
    """Every run of every job at every size."""

    def __init__(self):
        self.runs = collections.defaultdict(list)

    def add(self, size, job, seconds, cpu=None, memory=None):
        self.runs[size, job].append((seconds, cpu, memory))

    def median(self, size, job, what=0):
        values = [r[what] for r in self.runs.get((size, job), []) if r[what] is not None]
        return statistics.median(values) if values else None


class Postgres:
    """A cluster of its own, in the work folder, under a user of its own when we are root."""

    def __init__(self, folder):
        self.bin = POSTGRES[-1]
        self.folder = folder
        self.as_user = []
        os.makedirs(folder, exist_ok=True)
        if os.getuid() == 0:
            shutil.chown(folder, "postgres", "postgres")
            self.as_user = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
        self.data, self.socket = os.path.join(folder, "data"), folder
        self._run("initdb", "-D", self.data, "-A", "trust", "-E", "UTF8", "--locale=C")
        self._run("pg_ctl", "-D", self.data, "-w", "-l", os.path.join(folder, "log"), "-o",
                  f"-k {self.socket} -c listen_addresses='' -c shared_buffers=512MB -c work_mem=256MB -c max_wal_size=4GB", "start")

    def _run(self, tool, *args):
        subprocess.run([*self.as_user, os.path.join(self.bin, tool), *args], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd=self.folder)

    def psql(self, sql):
        return [*self.as_user, os.path.join(self.bin, "psql"), "-h", self.socket, "-d", "postgres", "-q", "-v", "ON_ERROR_STOP=1", "-f", sql]

    def load(self, state):
        sql = os.path.join(self.folder, "load.sql")
        with open(sql, "w") as f:
            f.write("DROP TABLE IF EXISTS state; CREATE TABLE state(number text PRIMARY KEY, word text NOT NULL);\n"
                    f"\\copy state FROM '{state}'\nVACUUM ANALYZE state;\n")
        timed(self.psql(sql))

    def stop(self):
        self._run("pg_ctl", "-D", self.data, "-m", "fast", "stop")


class Bench:
    def __init__(self, options):
        self.o = options
        self.jawort = os.path.join(options.binaries, "jawort")
        self.tool = lambda name: os.path.join(options.binaries, "bench", name)
        self.results = Results()
        self.notes = []
        self.counts = {}
        self.snapshot_bytes = {}
        self.postgres = None

    def say(self, text):
        if not self.o.quiet:
            print(text, file=sys.stderr, flush=True)

    # -- answers ------------------------------------------------------------------------------------------------

    def peers_answers(self, path):
        with open(path) as f:
            return dict(line.rstrip("\n").split("\t") for line in f)

    def our_answers(self, path):
        out = {}
        with open(path) as f:
            next(f)
            for line in f:
                _, written, address, verdict, _ = line.rstrip("\n").split(",", 4)
                if verdict != "duplicate":
                    out[address or written] = "yes" if verdict in ("permitted", "warned") else "no"
        return out

    def compare(self, folder, size, answers, name):
        if self.reference is None:
            self.reference = answers
            return
        bad = [n for n in self.reference if n not in self.special and self.reference[n] != answers.get(n)]
        if bad or len(answers) != len(self.reference):
            raise Failed(f"{name} at {size}: {len(bad)} answers differ, of {len(answers)} (first: {bad[:3]})")

    # -- one size -----------------------------------------------------------------------------------------------

    def at_size(self, size):
        folder = os.path.join(self.o.work, str(size))
        os.makedirs(folder, exist_ok=True)
        path = lambda name: os.path.join(folder, name)
        self.say(f"{size} events: generating")
        timed([self.tool("bench_generate"), str(size), str(self.o.seed), folder])
        with open(path("special.txt")) as f:
            self.special = set(f.read().split())
        self.reference = None
        with open(path("list.txt")) as f:
            self.counts[size] = sum(1 for _ in f)
        big = size > self.o.few_rounds_above
        rounds = 1 if big else self.o.rounds
        for _ in range(rounds):
            self.fresh(size, path)
        self.say(f"{size} events: questions")
        for r in range(self.o.rounds):
            self.questions(size, path, folder, slow_too=r == 0 or not big)
        self.say(f"{size} events: verification, audit, single events, growth")
        for r in range(rounds):
            self.checks(size, path)
        if not self.o.keep:
            shutil.rmtree(folder)

    def ledger(self, *args, good=(0,)):
        return timed([self.jawort, "--now", NOW, "--quiet", *args], good=good)

    def fresh(self, size, path):
        """From nothing: our import, the peer's, and bare inserts."""
        self.say(f"{size} events: importing")
        for name in os.listdir(path("")):
            if name.startswith(("a.db", "peer.db", "bare.db")):
                os.unlink(path(name))
        ledger = ["--ledger", path("a.db")]
        self.ledger(*ledger, "init", "--controller", "Reisebüro Beispiel", "--test-clock")
        self.ledger(*ledger, "notice", "add", os.path.join(HERE, "../examples/agency/newsletter.toml"), "--published", "2024-07-01T08:00:00Z")
        seconds, cpu, memory, out = self.ledger(*ledger, "--json", "import", path("events.csv"))
        summary = json.loads(out.strip().split("\n")[-1])
        if summary["rows"] != size or summary["refused"] != 0:
            raise Failed(f"import at {size}: {summary}")
        self.results.add(size, "import", seconds, cpu, memory)
        script = f".read {HERE}/peers/schema.sql\n.mode csv\n.import {path('consents.csv')} consents\n"
        seconds, cpu, memory, _ = timed(["sqlite3", path("peer.db")], stdin=self.script(script, path))
        self.results.add(size, "import: sqlite3 .import, one table", seconds, cpu, memory)
        seconds, cpu, memory, out = timed([self.tool("bench_limits"), "insert", path("a.db"), path("bare.db")])
        self.results.add(size, "import: bare inserts of the same rows", float(out), cpu, memory)
        timed(["sqlite3", path("peer.db"), "CREATE INDEX consents_number ON consents(number, at, kind, channel, purpose);"])

    def script(self, text, path):
        with open(path("script.sql"), "w") as f:
            f.write(text)
        return path("script.sql")

    def questions(self, size, path, folder, slow_too):
        out = path("out")
        ours = lambda data, extra=(): self.ledger("--ledger", path("a.db"), "--json", "broadcast", "check", path(data), *QUESTION, "--at", AT, "--out", out, *extra, good=(3,))

        def run(name, call, answers):
            if os.path.exists(out):
                os.unlink(out)
            seconds, cpu, memory, _ = call()
            self.results.add(size, name, seconds, cpu, memory)
            if answers is not None:
                self.compare(folder, size, answers(out), name)

        run("check: floor", lambda: timed([self.tool("bench_floor"), path("list.txt"), out]), None)
        run("check", lambda: ours("list.txt"), self.our_answers)
        run("check: mixed notation", lambda: ours("mixed.txt"), None)
        run("check: sort | join, sorted export", lambda: timed(["sh", HERE + "/peers/check.sh", path("state.tsv"), path("list.txt"), out]), self.peers_answers)
        if self.postgres:
            self.with_postgres(size, path, run, out)
        run("check: awk, export", lambda: timed(["sh", "-c", f"awk -f {HERE}/peers/check.awk {path('state.tsv')} {path('list.txt')} >{out}"]), self.peers_answers)
        run("check: Python dict, export", lambda: timed(["python3", HERE + "/peers/check.py", path("state.tsv"), path("list.txt"), out]), self.peers_answers)
        if not slow_too:
            return
        for name, what in (("correlated", "correlated, good index"), ("group", "GROUP BY"), ("window", "window")):
            with open(f"{HERE}/peers/{name}.sql") as f:
                text = f.read().replace("LIST", path("list.txt")).replace("OUT", out)
            run(f"check: sqlite3, {what}", lambda: timed(["sqlite3", path("peer.db")], stdin=self.script(text, path)), self.peers_answers)
        if "second" in self.o.also:
            seconds, self.snapshot_bytes[size] = map(float, timed([self.tool("bench_limits"), "second", path("a.db"), path("list.txt"), out, AT])[3].split())
            self.results.add(size, "check: second, in-memory snapshot", seconds)
            self.compare(folder, size, self.our_answers(out), "snapshot")

    def with_postgres(self, size, path, run, out):
        if self.loaded != size:
            self.postgres.load(path("state.tsv"))
            self.loaded = size
        sql = os.path.join(self.postgres.folder, "check.sql")
        with open(HERE + "/peers/postgres.sql") as f, open(sql, "w") as to:
            to.write(f.read().replace("LIST", path("list.txt")).replace("OUT", out))
        os.chmod(path(""), 0o777)
        run("check: PostgreSQL, current state", lambda: timed(self.postgres.psql(sql)), self.peers_answers)

    def checks(self, size, path):
        seconds, cpu, memory, out = self.ledger("--ledger", path("a.db"), "--json", "verify")
        if not json.loads(out)["ok"]:
            raise Failed(f"verify at {size}: {out[:500]}")
        self.results.add(size, "verify", seconds, cpu, memory)
        self.results.add(size, "verify: bare scan, two threads", float(timed([self.tool("bench_limits"), "scan", path("a.db")])[3]))
        seconds, cpu, memory, out = self.ledger("--ledger", path("a.db"), "audit", "--format", "html", "--out", path("audit.html"))
        self.results.add(size, "audit", seconds, cpu, memory)
        seconds, cpu, memory, _ = self.ledger("--ledger", path("a.db"), "import", path("more.csv"))
        self.results.add(size, "import: a tenth more", seconds, cpu, memory)
        os.unlink(path("more.csv"))
        ours, bare = map(float, timed([self.tool("bench_limits"), "durable", path("a.db")])[3].split())
        self.results.add(size, "one event, durable (p50)", ours / 1000)
        self.results.add(size, "one event: pwrite + fdatasync of 4 KiB (p50)", bare / 1000)
        timed([self.tool("bench_generate"), str(size), str(self.o.seed), path("")])

    # -- everything ---------------------------------------------------------------------------------------------

    def run(self):
        self.loaded = None
        if POSTGRES:
            self.postgres = Postgres(os.path.join(self.o.work, "postgres"))
        else:
            self.notes.append("PostgreSQL was not measured: it is not installed (bench/run.sh --install).")
            self.say(self.notes[-1])
        try:
            for size in self.o.sizes:
                self.at_size(size)
        finally:
            if self.postgres:
                self.postgres.stop()
        self.say("small pieces")
        out = timed([self.tool("bench_small"), "--benchmark_format=json", "--benchmark_min_time=0.3"])[3]
        self.small = [(b["name"], b["cpu_time"], b["time_unit"]) for b in json.loads(out)["benchmarks"]]


def machine():
    model = "unknown processor"
    with open("/proc/cpuinfo") as f:
        for line in f:
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    with open("/proc/meminfo") as f:
        memory = int(f.readline().split()[1]) / 1048576
    system = next((line.split("=", 1)[1].strip().strip('"') for line in open("/etc/os-release") if line.startswith("PRETTY_NAME")), "")
    tool = lambda *c: subprocess.run(c, capture_output=True, text=True).stdout.split("\n")[0]
    return (f"{model}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GiB of memory; {system}, Linux {platform.release()}; "
            f"{tool('g++', '--version')}; SQLite {tool('sqlite3', '--version').split()[0]}; load average when it ended: {os.getloadavg()[0]:.1f}")


def main():
    p = argparse.ArgumentParser(prog="bench/run.sh")
    p.add_argument("--binaries", default="build/release")
    p.add_argument("--sizes", type=lambda s: [int(float(x)) for x in s.split(",")], default=[10000, 100000], help="numbers of events, by commas; the list has a tenth as many rows")
    p.add_argument("--rounds", type=int, default=3)
    p.add_argument("--few-rounds-above", type=int, default=1000000, help="above this many events imports, verification and slow peers run once")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--work", default=None, help="folder for the data; must be on a real disk")
    p.add_argument("--out", default="build/bench.md")
    p.add_argument("--keep", action="store_true", help="keep the data")
    p.add_argument("--quiet", action="store_true")
    o = p.parse_args()
    o.also = ["second"] if "second" in subprocess.run([os.path.join(o.binaries, "bench", "bench_limits")], capture_output=True, text=True).stdout else []
    own = o.work is None
    o.work = o.work or tempfile.mkdtemp(prefix="jawort-bench-")
    os.makedirs(o.work, exist_ok=True)
    os.chmod(o.work, 0o755)
    bench = Bench(o)
    begin = time.time()
    try:
        bench.run()
    except Failed as why:
        print(f"bench: {why}", file=sys.stderr)
        return 1
    finally:
        if own and not o.keep:
            shutil.rmtree(o.work, ignore_errors=True)
    sys.path.insert(0, HERE)
    import report
    report.write(o, bench, machine(), datetime.datetime.now(datetime.timezone.utc), time.time() - begin)
    print(o.out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
