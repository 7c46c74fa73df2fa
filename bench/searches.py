"""Searching published dumps of more and more articles of 3 KB: phrases alone, and the desk over HTTP."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.desk import CLIENTS, OURS, late, measured, published, served
from bench.pipeline import scratch
from bench.readers import asked_of
from crawler.dump.snapshot import reading
from crawler.text.search_text import fold

WORDS = 120  # a word count that gives articles of 3 KB
QUERIES = (
    '"hội nghị"', '"chè shan tuyết"', '"chuyển giao công nghệ"', '"nghiệm thu đề tài"', '"đo lường"',
    '"sở hữu trí tuệ"', '"doanh nghiệp" "đổi mới"', '"an toàn bức xạ"', '"nông dân"', '"mường lai"',
)  # fmt: skip
# In a dump an article's row is its place in time.
ORDERS = {
    "newest 20, by row": "articles_fts.rowid",
    "newest 20, by date": "articles.published desc",
    "best 20": "rank",
}


def main(sizes: Sequence[int], seconds: float) -> None:
    """Print a column for each size."""
    columns: list[dict[str, str]] = []
    for size in sizes:
        with scratch() as folder:
            database = published(folder, size, WORDS)
            columns.append(_phrases(database) | _desk(database, seconds))
    print(
        f"\nsearch in a published dump, one archive a size, ms\n"
        f"phrases: {len(QUERIES)}, typed with and without accents; median / slowest, CPU\n"
        f"desk: {CLIENTS} clients, {seconds:.0f} s each; p50 / p95"
    )
    print(f"{'articles':30}" + "".join(f"{size:>18,}" for size in sizes))
    for name in columns[0]:
        print(f"{name:30}" + "".join(f"{column[name]:>18}" for column in columns))


def _phrases(database: Path) -> dict[str, str]:
    with reading(database) as conn:
        found = {name: _times(conn, order) for name, order in ORDERS.items()}
    return {
        f"phrases, {name}": f"{median(times):,.1f} / {max(times):,.0f}"
        for name, times in found.items()
    }


def _times(conn: sqlite3.Connection, order: str) -> list[float]:
    taken = []
    for query in (*QUERIES, *map(fold, QUERIES)):
        began = time.process_time()
        conn.execute(
            "select articles.id, articles.title from articles_fts join articles on articles.rowid = "
            f"articles_fts.rowid where articles_fts match ? order by {order} limit 20",
            (query,),
        ).fetchall()
        taken.append(1000 * (time.process_time() - began))
    return taken


def _desk(database: Path, seconds: float) -> dict[str, str]:
    found = {}
    with served(database, *OURS) as port:
        for name, path_of in asked_of(database).items():
            times = measured(port, path_of, seconds)
            found[f"desk, {name}"] = f"{median(times):,.0f} / {late(times):,.0f}"
    return found
