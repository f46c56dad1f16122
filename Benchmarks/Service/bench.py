"""Measures the service beside its neighbours; see Scripts/bench."""
import argparse
import csv
import datetime
import io
import itertools
import json
import os
import pathlib
import platform
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import connections
import corrections
import datasette_peer
import scale

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
# What anyone would write on these tables, and what the service sends.
SQL = (HERE / "leaderboard.sql").read_text()
OWN_SQL = (HERE / "page.sql").read_text()
EXPORT_SQL = (HERE / "export.sql").read_text()
CLIENTS = 32


def say(text):
    print("==>", text, file=sys.stderr, flush=True)


def right(condition, what):
    if not condition:
        sys.exit(f"error: wrong answer: {what}")


class Process:
    """A program that runs until the end of the block, and its processor time."""

    def __init__(self, *command, **options):
        self.log = tempfile.TemporaryFile()
        self.popen = subprocess.Popen(command, stdout=self.log, stderr=self.log, **options)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.popen.send_signal(signal.SIGTERM)
        try:
            self.popen.wait(30)
        except subprocess.TimeoutExpired:
            self.popen.kill()

    @property
    def cpu(self):
        """Seconds so far, its children's included."""
        pids, total = [self.popen.pid], 0
        while pids:
            pid = pids.pop()
            try:
                fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
                pids += map(int, pathlib.Path(f"/proc/{pid}/task/{pid}/children").read_text().split())
            except (FileNotFoundError, ProcessLookupError):
                continue
            total += int(fields[11]) + int(fields[12])
        return total / os.sysconf("SC_CLK_TCK")

    @property
    def resident(self):
        """Megabytes of memory."""
        status = pathlib.Path(f"/proc/{self.popen.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024


def get(port, path, **headers):
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers=headers)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, dict(answer.headers), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, dict(error.headers), error.read()


def wait(port, path="/livez"):
    for _ in range(600):
        try:
            if get(port, path)[0] < 500:
                return
        except OSError:
            pass
        time.sleep(0.1)
    sys.exit(f"error: nothing answers on port {port}")


class Bench:
    def __init__(self, options):
        self.options = options
        self.boards = max(1, options.claims // 100)
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="claimboard-bench-"))
        self.folder.chmod(0o755)
        self.rows = []

    # The database

    def psql(self, *arguments, sql=None, output=None):
        command = ["psql", "-XqAt", "-v", "ON_ERROR_STOP=1", self.dsn, *arguments]
        result = subprocess.run(command, input=sql, text=True, stdout=output or subprocess.PIPE, check=True)
        return (result.stdout or "").strip()

    def address(self):
        socket = (self.folder / "data/data/postmaster.pid").read_text().splitlines()[4]
        self.socket = socket
        self.dsn = f"host={socket} user=claimboard dbname=claimboard"

    def fill(self):
        say(f"Making {self.options.claims:,} claims on {self.boards:,} boards")
        variables = ["-v", f"claims={self.options.claims}", "-v", f"boards={self.boards}"]
        self.psql(*variables, "-f", str(HERE / "generate.sql"))

    def claimboard(self, *arguments):
        """What a command of the program prints."""
        command = [self.options.program, *arguments, "--database-url", self.dsn]
        return subprocess.run(command, text=True, capture_output=True, check=True).stdout.strip()

    def serve(self, port, *options):
        return Process(self.options.program, "serve", "--database-url", self.dsn, "--port", str(port), "--quiet", *options)

    # Right answers

    def expected(self, board):
        """The claims of a board's first page, best first, found without its index."""
        text = self.psql(
            sql=f"""SELECT json_agg(json_build_array(x.id, x.value::text)) FROM (
                SELECT c.id, c.value FROM claim c JOIN claim_benchmark b ON b.claim_id = c.id
                WHERE b.benchmark_id = {board} ORDER BY c.value DESC, c.id LIMIT 50) x"""
        )
        return json.loads(text)

    def check(self, port, boards):
        for board in boards:
            path = f"/v1/benchmarks/bench-{board}/leaderboard"
            status, headers, body = get(port, path)
            right(status == 200, f"{path}: {status}")
            entries = json.loads(body)["entries"]
            wanted = self.expected(board)
            right([[e["claim_id"], e["value"]] for e in entries] == wanted, f"{path} on port {port}")
            if headers.get("ETag"):
                right(get(port, path, **{"If-None-Match": headers["ETag"]})[0] == 304, f"{path}: no 304")
                right(get(port, path)[2] == body, f"{path}: another answer the second time")

    def check_more(self, port):
        board = random.randrange(self.boards) + 1
        best = self.expected(board)[0]
        sota = json.loads(get(port, f"/v1/benchmarks/bench-{board}/sota")[2])["best"][0]["entry"]
        right(sota["value"] == best[1], f"the best of board {board}")
        found = json.loads(get(port, f"/v1/benchmarks?q=bench%20{board}")[2])["items"]
        right(any(item["slug"] == f"bench-{board}" for item in found), f"search for bench {board}")
        table = get(port, f"/v1/benchmarks/bench-{board}/leaderboard.csv?limit=50")[2].decode()
        rows = list(csv.DictReader(table.splitlines()))
        right([int(row["claim_id"]) for row in rows] == [e[0] for e in self.expected(board)], f"CSV of board {board}")

    def check_writes(self, port):
        path = "/v1/benchmarks/gsm8k/leaderboard"
        before = get(port, path)[0]
        subprocess.run(
            [self.options.program, "ingest", "--database-url", self.dsn, "--quiet", str(ROOT / "Examples/papers.jsonl")],
            stdout=subprocess.DEVNULL,
            check=True,
        )
        for _ in range(100):
            if get(port, path)[0] == 200:
                break
            time.sleep(0.1)
        right(before == 404 and get(port, path)[0] == 200, "an ingest by another process does not show")

    # Measuring

    def wrk_text(self, port, script, seconds, clients):
        lua = self.folder / "script.lua"
        lua.write_text(script)
        command = ["wrk", "-t1", f"-c{clients}", f"-d{seconds}", "--latency", "-s", str(lua), f"http://127.0.0.1:{port}"]
        text = subprocess.run(command, text=True, capture_output=True, check=True).stdout
        right("Non-2xx" not in text and "Socket errors" not in text, text)
        return text

    def wrk(self, port, script, seconds, clients=CLIENTS):
        text = self.wrk_text(port, script, seconds, clients)
        return float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])

    def random_boards(self, count=None):
        return (
            "math.randomseed(os.time())\nrequest = function() return wrk.format('GET', '/v1/benchmarks/bench-' .. "
            f"math.random(1, {count or self.boards}) .. '/leaderboard') end"
        )

    def board_script(self, sql):
        return f"\\set board random(1, {self.boards})\n" + sql.replace("BOARD", ":board") + ";\n"

    def own_script(self):
        """The statement that the service sends, for pgbench."""
        return self.board_script(OWN_SQL)

    def pgbench_command(self, *options):
        program = shutil.which("pgbench") or sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/pgbench"))[-1]
        # PostgreSQL's tools take the connection apart.
        return [str(program), *options, "-h", self.socket, "-U", "claimboard", "claimboard"]

    def prepare_pgbench(self):
        """The tables of pgbench's own transaction."""
        subprocess.run(self.pgbench_command("-i", "-q"), capture_output=True, check=True)

    def pgbench(self, seconds, text=None, search_path="public", clients=8, builtin=None):
        script = self.folder / "board.pgbench"
        script.write_text(text or "")
        what = ["-b", builtin] if builtin else ["-f", str(script)]
        command = self.pgbench_command(
            "-n", "-M", "prepared", "-c", str(clients), "-j", str(min(2, clients)), "-T", str(seconds), *what)
        settings = dict(os.environ, PGOPTIONS=f"-c search_path={search_path}")
        text = subprocess.run(command, text=True, capture_output=True, check=True, env=settings).stdout
        return float(re.search(r"tps = ([\d.]+)", text)[1])

    def rounds(self, measurements):
        """Runs the measurements in turn, and gives for each its results, a round each."""
        results = {name: [] for name in measurements}
        for number in range(self.options.rounds):
            say(f"Round {number + 1} of {self.options.rounds}: {', '.join(measurements)}")
            for name, measure in measurements.items():
                results[name].append(measure())
        return results

    def row(self, what, ours, theirs, target, unit):
        ratios = [a / b for a, b in zip(ours, theirs)]
        self.rows.append((
            what,
            f"{statistics.median(ours):,.0f}",
            f"{statistics.median(theirs):,.0f}",
            unit,
            f"{statistics.median(ratios):.2f} ({min(ratios):.2f} to {max(ratios):.2f})",
            target,
        ))

    def note(self, what, value, unit, target="", more=""):
        self.rows.append((what, value, "", unit, more, target))

    def measure(self):
        seconds = self.options.seconds
        peer = dict(os.environ, PEER_DSN=f"postgresql://claimboard@/claimboard?host={self.socket}")
        sample = self.folder / "answer.json"
        say("Copying the boards into SQLite for Datasette")
        datasette_peer.fill(self)
        with (
            self.serve(18200, "--cache-megabytes", "0") as uncached,
            self.serve(18201) as cached,
            Process(sys.executable, "-m", "uvicorn", "--workers", "2", "--port", "18202", "--log-level", "error",
                    "fastapi_peer:app", env=peer, cwd=HERE),
            Process(*datasette_peer.command(self, 18205)),
        ):
            for port in (18200, 18201):
                wait(port)
            time.sleep(2)
            self.note("memory of an idle service", f"{cached.resident:.0f}", "MB", "at most 60")
            wait(18202, "/v1/benchmarks/bench-1/leaderboard")
            boards = random.sample(range(1, self.boards + 1), 20)
            for port in (18200, 18201, 18202):
                self.check(port, boards)
            self.check_more(18201)
            wait(18205)
            for board in boards:
                entries = json.loads(get(18205, datasette_peer.path(board))[2])
                right([e["claim_id"] for e in entries] == [e[0] for e in self.expected(board)], f"Datasette's board {board}")
            sample.write_bytes(get(18201, "/v1/benchmarks/bench-1/leaderboard")[2])
            tag = get(18201, "/v1/benchmarks/bench-1/leaderboard")[1]["ETag"]
            hot = min(self.boards, 1000)
            for board in range(1, hot + 1):
                get(18201, f"/v1/benchmarks/bench-{board}/leaderboard")
            fresh = f"wrk.headers['If-None-Match'] = '{tag}'\nwrk.path = '/v1/benchmarks/bench-1/leaderboard'"
            sota = self.random_boards().replace("leaderboard", "sota")
            datasette = (
                "math.randomseed(os.time())\nrequest = function() return wrk.format('GET', '/boards/leaderboard.json?_shape=array&board=' .. "
                f"math.random(1, {self.boards})) end"
            )
            cpu = []

            def leaderboard():
                before = uncached.cpu
                rate = self.wrk(18200, self.random_boards(), seconds)
                cpu.append((uncached.cpu - before) / max(1, rate * seconds) * 1e6)
                return rate

            with Process(self.options.bare, "18203", str(sample)) if self.options.bare else Process("true"):
                if self.options.bare:
                    wait(18203)
                results = self.rounds({
                    "leaderboard": leaderboard,
                    "pgbench": lambda: self.pgbench(seconds, self.own_script()),
                    "pgbench, joined": lambda: self.pgbench(seconds, self.board_script(SQL)),
                    "FastAPI": lambda: self.wrk(18202, self.random_boards(), seconds),
                    "Datasette": lambda: self.wrk(18205, datasette, seconds),
                    "cached": lambda: self.wrk(18201, self.random_boards(hot), seconds),
                    "304": lambda: self.wrk(18201, fresh, seconds),
                    "Hummingbird": lambda: self.wrk(18203, self.random_boards(), seconds),
                    "SOTA": lambda: self.wrk(18200, sota, seconds),
                })
            say("Few and many connections")
            connections.measure(self, 18200, max(2, seconds // 2))
            # One after the other: names that are all alike are the worst case for a search.
            searches = []
            for board in boards:
                start = time.monotonic()
                get(18200, f"/v1/benchmarks?q=bench%20{board}")
                searches.append(time.monotonic() - start)
        self.row("uncached leaderboard, beside pgbench -M prepared of the same statement", results["leaderboard"],
                 results["pgbench"], "at least 0.5", "requests/s")
        self.row("the same, beside pgbench -M prepared of the same answer joined from the tables", results["leaderboard"],
                 results["pgbench, joined"], "at least 0.5", "requests/s")
        self.row("the same, beside FastAPI, 2 workers, joined", results["leaderboard"], results["FastAPI"], "at least 4",
                 "requests/s")
        self.row("the same, beside Datasette on SQLite", results["leaderboard"], results["Datasette"], "", "requests/s")
        self.note("processor time of the service for it", f"{statistics.median(cpu):.0f}", "us", "at most 100")
        self.row("cached leaderboard, beside bare Hummingbird", results["cached"], results["Hummingbird"], "at least 0.8",
                 "requests/s")
        self.row("304, beside the same", results["304"], results["Hummingbird"], "at least 0.8", "requests/s")
        self.note("SOTA, uncached", f"{statistics.median(results['SOTA']):,.0f}", "requests/s")
        self.note("one search among names that are all alike", f"{statistics.median(searches) * 1000:.0f}", "ms")

    def measure_ingest(self):
        papers = self.folder / "papers.jsonl"
        make_papers(papers, self.options.papers)
        before = self.psql(sql="SELECT max(id) FROM paper")
        claim = self.psql(sql="SELECT max(id) FROM claim")
        position = self.psql(sql="SELECT position FROM log_head")
        start = time.monotonic()
        command = [self.options.program, "ingest", "--database-url", self.dsn, "--quiet", str(papers)]
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        took = time.monotonic() - start
        count = int(self.psql(sql=f"SELECT count(*) FROM paper WHERE id > {before}"))
        right(count == self.options.papers, f"{count} of {self.options.papers} papers")
        tables = {
            "paper": f"id > {before}", "paper_identifier": f"paper_id > {before}", "claim": f"paper_id > {before}",
            "paper_benchmark": f"paper_id > {before}", "model_size": f"paper_id > {before}",
            "link": f"paper_id > {before}", "sota_claim": f"paper_id > {before}",
            "board_entry": f"paper_id > {before}", "board_entry_history": f"paper_id > {before}",
            "claim_benchmark": f"claim_id > {claim}", "paper_reading": f"paper_id > {before}",
            "benchmark_change": f"log_position > {position}", "revision": f"log_position > {position}",
            "log": f"position > {position}",
        }
        self.psql(sql="CREATE SCHEMA bare;" + "".join(
            f"CREATE TABLE bare.{t} (LIKE public.{t} INCLUDING ALL EXCLUDING IDENTITY);" for t in tables))
        for table, condition in tables.items():
            self.psql("-c", f"\\copy (SELECT * FROM {table} WHERE {condition}) TO '{self.folder}/{table}.copy'")
        start = time.monotonic()
        for table in tables:
            self.psql("-c", f"\\copy bare.{table} FROM '{self.folder}/{table}.copy'")
        bare = time.monotonic() - start
        self.row(f"ingest of {count:,} papers with extraction, beside COPY of their rows", [count / took], [count / bare],
                 "at least 0.3", "papers/s")

    # Exports

    def add_history(self):
        say("Making their history")
        self.psql("-f", str(HERE / "history.sql"))

    def copy_sql(self):
        """COPY of the statement that the service sends for the claims' export of now."""
        snapshot = self.psql(sql="SELECT position || '-' || left(encode(hash, 'hex'), 12) FROM log_head")
        statement = EXPORT_SQL.replace("POSITION", snapshot.split("-")[0]).replace("SNAPSHOT", snapshot)
        return f"COPY ({statement}) TO STDOUT (FORMAT csv)"

    def check_export(self, port):
        """Whether the export has exactly the rows that PostgreSQL copies out."""
        copy = self.folder / "copy.csv"
        with copy.open("w") as file:
            self.psql(sql=self.copy_sql(), output=file)
        with copy.open(newline="") as theirs, urllib.request.urlopen(self.export_address(port), timeout=600) as answer:
            ours = csv.reader(io.TextIOWrapper(answer, newline=""))
            header = next(ours)
            count = 0
            for count, (row, wanted) in enumerate(itertools.zip_longest(ours, csv.reader(theirs)), 1):
                right(row == wanted, f"row {count} of the export: {row}, not {wanted}")
        right(header[0] == "claim_id" and count >= self.options.claims, f"{count} rows in the export")
        copy.unlink()

    def export_address(self, port):
        return f"http://127.0.0.1:{port}/v1/exports/claims.csv"

    def measure_export(self):
        first, growth = [], []
        with self.serve(18204) as service:
            wait(18204)
            self.check_export(18204)
            idle = service.resident
            copy = self.copy_sql()

            def export():
                start = time.monotonic()
                size = 0
                with urllib.request.urlopen(self.export_address(18204), timeout=600) as answer:
                    while chunk := answer.read1(1 << 18):
                        if not size:
                            first.append(time.monotonic() - start)
                        if size >> 24 != size + len(chunk) >> 24:
                            growth.append(service.resident - idle)
                        size += len(chunk)
                return 1 / (time.monotonic() - start)

            def bare():
                start = time.monotonic()
                self.psql(sql=copy, output=subprocess.DEVNULL)
                return 1 / (time.monotonic() - start)

            results = self.rounds({"export": export, "COPY": bare})
        rows = self.options.claims
        self.row("CSV of all claims, beside psql's COPY of the same statement", [rows * r for r in results["export"]],
                 [rows * r for r in results["COPY"]], "at least 0.7", "claims/s")
        self.note("its first byte", f"{statistics.median(first) * 1000:.0f}", "ms", "within 50")
        self.note("memory that it takes beyond the idle service's", f"{max(growth, default=0):.0f}", "MB", "at most 20")

    def report(self):
        lines = ["| what | Claimboard | beside it | | ratio (lowest to highest) | to reach |", "|---|---|---|---|---|---|"]
        lines += ["| " + " | ".join(row) + " |" for row in self.rows]
        text = "\n".join(lines)
        print(text)
        if self.options.write and not self.options.scale:
            commit = subprocess.run(["git", "-C", str(ROOT), "rev-parse", "--short", "HEAD"], text=True, capture_output=True)
            model = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
            head = (
                f"{datetime.date.today():%-d %B %Y}, commit {commit.stdout.strip()}, {model[1] if model else '?'}, "
                f"{os.cpu_count()} processors, Linux {platform.release()}, {self.options.claims:,} claims on "
                f"{self.boards:,} boards, {CLIENTS} connections, medians of {self.options.rounds} rounds of "
                f"{self.options.seconds} s; load average at the end {os.getloadavg()[1]:.1f}."
            )
            page = ROOT / "Docs/performance.md"
            mark = re.compile(r"<!-- bench -->.*<!-- /bench -->", re.S)
            page.write_text(mark.sub(lambda _: f"<!-- bench -->\n{head}\n\n{text}\n<!-- /bench -->", page.read_text()))

    def run(self):
        start = time.monotonic()
        try:
            with Process(self.options.program, "serve", "--data", str(self.folder / "data"), "--port", "18199"):
                wait(18199, "/readyz")
                self.address()
                if not self.options.scale:
                    self.fill()
                if self.options.smoke:
                    with self.serve(18200, "--cache-megabytes", "0"), self.serve(18201):
                        for port in (18200, 18201):
                            wait(port)
                            self.check(port, [1, 2, self.boards])
                            self.check_more(port)
                        self.add_history()
                        self.check_export(18201)
                        corrections.People(self, 18201, self.claimboard).check()
                        self.check_writes(18201)
                    say(f"All answers are right ({time.monotonic() - start:.0f} s)")
                    return
                if self.options.scale:
                    scale.measure(self, self.options.seconds, self.options.rounds)
                    self.report()
                    return
                self.measure()
                self.add_history()
                with self.serve(18206, "--no-rate-limits"):
                    wait(18206)
                    corrections.measure(self, 18206, self.options.seconds)
                self.measure_export()
                self.measure_ingest()
                self.report()
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)


def make_papers(path, count):
    """Papers in our own words, each with claims, a size, a link and a benchmark."""
    random.seed(7)
    nouns = ["translation", "parsing", "reasoning", "retrieval", "segmentation", "detection", "planning", "speech"]
    with path.open("w") as file:
        for number in range(count):
            model, noun = f"Zeta{number % 5000}", random.choice(nouns)
            abstract = (
                f"We present {model}, a model for {noun} with {random.randrange(1, 70)} billion parameters. It learns from "
                f"text and pictures in two steps, and needs no labels. On GSM8K, {model} reaches an accuracy of "
                f"{random.randrange(400, 990) / 10}%, and on MMLU {random.randrange(400, 990) / 10}%. It improves over the "
                f"best earlier system by {random.randrange(1, 90) / 10}%. Ablations show that each part is needed. "
                f"Code is available at https://github.com/example/zeta{number}."
            )
            paper = {"title": f"{model} for {noun}, part {number}", "abstract": abstract, "published": "2025-03-04",
                     "identifiers": [f"doi:10.5555/bench.{number}"]}
            file.write(json.dumps(paper) + "\n")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--program", required=True)
    parser.add_argument("--bare")
    parser.add_argument("--claims", type=int)
    parser.add_argument("--papers", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=6)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--scale", action="store_true")
    options = parser.parse_args()
    options.claims = options.claims or (20_000 if options.smoke else 1_000_000)
    Bench(options).run()


main()
