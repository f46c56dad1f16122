"""What users would write instead: FastAPI, asyncpg with prepared statements, orjson; the service's own query and members."""
import os
import pathlib
from contextlib import asynccontextmanager

import asyncpg
import orjson
from fastapi import FastAPI, Response

SQL = (pathlib.Path(__file__).parent / "leaderboard.sql").read_text().replace("BOARD", "$1")
BOARDS = "SELECT b.id FROM benchmark t JOIN board b ON b.benchmark_id = t.id WHERE t.slug = $1"
boards: dict[str, int] = {}


@asynccontextmanager
async def lifespan(app):
    app.pool = await asyncpg.create_pool(os.environ["PEER_DSN"], min_size=4, max_size=4)
    yield


app = FastAPI(lifespan=lifespan)


@app.get("/v1/benchmarks/{slug}/leaderboard")
async def leaderboard(slug: str):
    async with app.pool.acquire() as connection:
        board = boards.get(slug)
        if board is None:
            board = boards[slug] = await connection.fetchval(BOARDS, slug)
        rows = await connection.fetch(SQL, board)
    entries = [
        {
            "rank": place, "claim_id": r[2], "value": str(r[3]), "value_high": r[4], "bound": r[5], "aggregate": r[6],
            "model": {"slug": r[9], "name": r[10]}, "subject": r[7], "parameters": r[11],
            "paper": {"id": r[12], "title": r[13], "published": r[14], "url": r[15]}, "code_links": r[20],
            "evidence": r[19], "evidence_in": r[16], "evidence_start": r[17], "evidence_end": r[18],
            "confidence": r[21],
        }
        for place, r in enumerate(rows[:50], 1)
    ]
    return Response(orjson.dumps({"benchmark": {"slug": slug}, "entries": entries}), media_type="application/json")
