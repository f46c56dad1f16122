"""How the uncached leaderboard does with few and with many connections, and how long answers take at half of the top rate."""
import re
import statistics

COUNTS = (1, 4, 16, 64, 256)
PERCENTILES = (
    "\ndone = function(summary, latency) io.write(string.format('percentiles %d %d %d\\n', latency:percentile(50), "
    "latency:percentile(99), latency:percentile(99.9))) end"
)


def measure(bench, port, seconds):
    script = bench.random_boards()
    top = {}
    for count in COUNTS:
        ours, theirs = [], []
        for _ in range(bench.options.rounds):
            ours.append(bench.wrk(port, script, seconds, count))
            theirs.append(bench.pgbench(seconds, bench.own_script(), clients=min(count, 8)))
        bench.row(f"uncached leaderboard, {count} connections, beside pgbench with {min(count, 8)}", ours, theirs, "", "requests/s")
        top[count] = statistics.median(ours)
    for count in (16, 256):
        # Every connection pauses between two requests for so long that all of them together come to half of the top rate.
        pause = max(1, round(1000 * count / (top[count] / 2) - 1000 * count / top[count]))
        text = bench.wrk_text(port, f"{script}\ndelay = function() return math.random(0, {2 * pause}) end{PERCENTILES}", seconds * 2, count)
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", text)[1])
        half, most, nearly_all = (int(part) / 1000 for part in re.search(r"percentiles (\d+) (\d+) (\d+)", text).groups())
        bench.note(f"time of an answer at {rate / top[count]:.0%} of that rate, {count} connections", f"{half:.1f}", "ms, median", "",
                   f"99 % {most:.1f}, 99.9 % {nearly_all:.1f}")
