"""Corrections proposed and accepted over HTTP, beside pgbench's own transaction of five statements."""
import http.client
import itertools
import json
import statistics
import threading
import time

CLIENTS = 8


class People:
    """Who proposes and who decides, with their tokens."""

    def __init__(self, bench, port, run):
        self.port = port
        self.tokens = []
        for name, role in (("proposer", "contributor"), ("decider", "reviewer")):
            run("account", "create", name, "--role", role)
            self.tokens.append(run("token", "create", name))
        self.claims = itertools.count(1, 7)
        self.lock = threading.Lock()
        self.took = []

    def ask(self, connection, method, path, token, body=None, **headers):
        headers["Authorization"] = f"Bearer {token}"
        connection.request(method, path, body and json.dumps(body), {**headers, "Content-Type": "application/json"})
        answer = connection.getresponse()
        text = answer.read()
        if answer.status >= 300:
            raise SystemExit(f"error: wrong answer: {method} {path}: {answer.status} {text[:300]!r}")
        return answer.headers, json.loads(text)

    def correct(self, connection):
        """Gives one claim another value, and looks whether it has it."""
        with self.lock:
            claim = next(self.claims)
        value = f"{claim % 9000 / 100 + 5:.2f}"
        proposed = {"target": {"type": "claim", "id": claim}, "operation": "update", "patch": {"value": value}, "reason": "Misread"}
        start = time.monotonic()
        headers, correction = self.ask(connection, "POST", "/v1/corrections", self.tokens[0], proposed)
        accept = f"/v1/corrections/{correction['id']}/accept"
        self.ask(connection, "POST", accept, self.tokens[1], {"reason": "As printed"}, **{"If-Match": headers["ETag"]})
        self.took.append(time.monotonic() - start)
        return claim, value

    def check(self):
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        claim, value = self.correct(connection)
        _, shown = self.ask(connection, "GET", f"/v1/claims/{claim}", self.tokens[0])
        if shown["value"].rstrip("0").rstrip(".") != value.rstrip("0").rstrip("."):
            raise SystemExit(f"error: wrong answer: claim {claim} has {shown['value']}, not {value}")

    def rate(self, seconds):
        """Corrections a second, by some clients at once."""
        end = time.monotonic() + seconds
        counts = []

        def work():
            connection = http.client.HTTPConnection("127.0.0.1", self.port)
            count = 0
            while time.monotonic() < end:
                self.correct(connection)
                count += 1
            counts.append(count)

        threads = [threading.Thread(target=work) for _ in range(CLIENTS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(counts) / seconds


def measure(bench, port, seconds):
    people = People(bench, port, bench.claimboard)
    people.check()
    bench.prepare_pgbench()
    results = bench.rounds({
        "correction": lambda: people.rate(seconds),
        "pgbench's own": lambda: bench.pgbench(seconds, builtin="tpcb-like"),
    })
    bench.row(f"a correction, proposed and accepted, {CLIENTS} clients, beside pgbench's own transaction (tpcb-like, scale 1)",
              results["correction"], results["pgbench's own"], "", "corrections/s")
    took = sorted(people.took)
    bench.note("one, proposed and accepted, among these", f"{statistics.median(took) * 1000:.1f}", "ms", "",
               f"99 % within {took[len(took) * 99 // 100] * 1000:.1f}")
