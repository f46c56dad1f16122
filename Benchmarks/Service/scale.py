"""The cost of a board's first page as the data grow; see Scripts/bench --scale."""
import pathlib
import statistics

HERE = pathlib.Path(__file__).resolve().parent
SIZES = (10_000, 1_000_000, 10_000_000)
# A large board, one of a hundred entries, one of a single entry, in turn.
BOARDS = """\\set kind random(1, 3)
\\if :kind = 1
\\set board random(1, {large})
\\elif :kind = 2
\\set board random({hundred_from}, {hundred_to})
\\else
\\set board random({single_from}, {single_to})
\\endif
"""


def script(claims):
    large = 1 + max(0, claims // 2 - 1) // 1_000_000
    choice = BOARDS.format(
        large=large, hundred_from=101 + claims // 200, hundred_to=99 + claims * 9 // 1000,
        single_from=1_000_001 + claims * 9 // 10, single_to=1_000_000 + claims,
    )
    return choice + (HERE / "page.sql").read_text().replace("BOARD", ":board") + ";\n"


def measure(bench, seconds, rounds):
    """Rows for the table: transactions a second at each size, and how the cost grows."""
    for claims in SIZES:
        variables = ["-v", f"schema=scale_{claims}", "-v", f"claims={claims}"]
        bench.psql(*variables, "-f", str(HERE / "scale.sql"))
    rates = {claims: [] for claims in SIZES}
    for _ in range(rounds):
        for claims in SIZES:
            rates[claims].append(bench.pgbench(seconds, script(claims), f"scale_{claims},public"))
    small = rates[SIZES[0]]
    for claims in SIZES:
        costs = [a / b for a, b in zip(small, rates[claims])]
        bench.note(
            f"a board's first page among {claims:,} entries", f"{statistics.median(rates[claims]):,.0f}", "pages/s",
            "" if claims == SIZES[0] else "at most 1.5 times the cost of 10,000",
            f"{statistics.median(costs):.2f} ({min(costs):.2f} to {max(costs):.2f})",
        )
