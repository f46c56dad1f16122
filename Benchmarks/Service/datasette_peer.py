"""Datasette beside the service: all boards in SQLite, a page of one by a canned query."""
import csv
import json
import pathlib
import sqlite3
import sys

COLUMNS = (
    "board", "sort_key", "claim_id", "value", "value_high", "bound", "aggregate", "subject", "model_slug", "model_name", "parameters",
    "paper_id", "title", "published", "url", "evidence_source", "evidence_start", "evidence_end", "evidence", "code_url", "confidence",
)
ENTRIES = """
SELECT e.board_id, e.sort_key, c.id, c.value, c.value_high, c.bound, c.aggregate, c.subject, d.slug, d.name, e.parameters,
    p.id, p.title, left(to_char(p.published, 'YYYY-MM-DD'), p.published_precision), p.url,
    c.evidence_source, c.evidence_start, c.evidence_end, c.evidence, l.url, c.confidence
FROM board_entry e JOIN claim c ON c.id = e.claim_id JOIN paper p ON p.id = c.paper_id JOIN model d ON d.id = c.model_id
LEFT JOIN link l ON l.paper_id = p.id AND l.kind = 'code'
"""
PAGE = f"SELECT {', '.join(COLUMNS[2:])} FROM entry WHERE board = cast(:board AS integer) ORDER BY sort_key, claim_id LIMIT 50"


def fill(bench):
    """Copies the boards into SQLite, with the index that a page needs."""
    copied = bench.folder / "entries.csv"
    with copied.open("w") as file:
        bench.psql(sql=f"COPY ({ENTRIES}) TO STDOUT (FORMAT csv)", output=file)
    database = sqlite3.connect(bench.folder / "boards.db")
    database.execute("CREATE TABLE entry (" + ", ".join(
        f"{name} {'numeric' if name in ('board', 'sort_key', 'claim_id', 'paper_id') else 'text'}" for name in COLUMNS) + ")")
    with copied.open(newline="") as file:
        database.executemany(f"INSERT INTO entry VALUES ({', '.join('?' * len(COLUMNS))})", csv.reader(file))
    database.execute("CREATE INDEX page ON entry (board, sort_key, claim_id)")
    database.commit()
    database.close()
    copied.unlink()
    queries = {"databases": {"boards": {"queries": {"leaderboard": {"sql": PAGE}}}}}
    (bench.folder / "datasette.json").write_text(json.dumps(queries))


def command(bench, port):
    return [str(pathlib.Path(sys.executable).with_name("datasette")), "serve", "--immutable", str(bench.folder / "boards.db"),
            "--metadata", str(bench.folder / "datasette.json"), "--port", str(port)]


def path(board):
    return f"/boards/leaderboard.json?board={board}&_shape=array"
