"""The desk over 100,000 articles: p95 over HTTP at eight clients, beside stock Datasette's pages.

`python -m bench.desk [--articles N] [--seconds S] [--keep FOLDER]`
"""

from __future__ import annotations

import argparse
import http.client
import random
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from statistics import median
from typing import NamedTuple
from urllib.parse import quote

from bench.readers import ASKED, Asking, asked_of, some_ids
from crawler.dump.snapshot import reading, write_snapshot
from samples.archive import fill

ROOT = Path(__file__).resolve().parents[1]
SERVING = ROOT / ".venv/bin/python"
CLIENTS = 8
WORDS = 340  # a word count that gives bodies of about the 5,500 characters real portals have
WANTED = {
    "search, newest first": 150,
    "search, never asked": 150,
    "search, best first": 600,
    "article": 100,
    "home": 150,
}
MOST = 1.6  # times the text: what the search with its phrases may weigh
OURS = ("--template-dir", "publish/templates", "--plugins-dir", "publish/plugins",
        "--static", "desk:publish/static", "--setting", "num_sql_threads", "2")  # fmt: skip


@contextmanager
def served(database: Path, *options: str) -> Iterator[int]:
    """Datasette on a free port, until the block ends."""
    port = _free_port()
    # What the desk wears is no part of the environment in which peers are installed.
    python = SERVING if SERVING.exists() else sys.executable
    command = [str(python), "-m", "datasette", "-i", str(database), "-m", "metadata.yml", *options,
               "--host", "127.0.0.1", "--port", str(port)]  # fmt: skip
    process = subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(1200):  # rows of a dump are counted first
            try:
                _ask(port, "/-/versions.json")
                break
            except OSError:
                time.sleep(0.1)
        else:
            raise RuntimeError(f"Datasette does not answer: {' '.join(command)}")
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def _ask(port: int, path: str) -> float:
    began = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        if answer.status >= 400:
            raise RuntimeError(f"{answer.status} {path}")
    finally:
        connection.close()
    return 1000 * (time.perf_counter() - began)


def measured(port: int, path_of: Asking, seconds: float) -> list[float]:
    """Milliseconds of every answer that eight clients got in that time, shortest first."""
    _ask(port, path_of(random.Random(0)))
    times: list[float] = []
    failed: list[Exception] = []
    end = time.monotonic() + seconds

    def client(number: int) -> None:
        chance = random.Random(number)
        try:
            while time.monotonic() < end:
                times.append(_ask(port, path_of(chance)))
        except (RuntimeError, OSError) as error:
            failed.append(error)

    threads = [threading.Thread(target=client, args=(number,)) for number in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    return sorted(times)


def late(times: list[float]) -> float:
    """p95."""
    return times[int(len(times) * 0.95)]


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.desk", description=__doc__)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--words", type=int, default=WORDS)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--keep", type=Path, help="a folder where the archive stays for next time")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        database = published(options.keep or Path(folder), options.articles, options.words)
        sizes(database)
        compare(database, options.seconds)
    return 0


def published(folder: Path, articles: int, words: int) -> Path:
    """A dump of that many articles of about four times as many words each."""
    folder.mkdir(parents=True, exist_ok=True)
    working, database = folder / "working.db", folder / "archive.db"
    if not database.is_file():
        began = time.monotonic()
        fill(working, articles, newest=date(2026, 11, 24), words=words, searchable=False)
        filled = time.monotonic()
        with reading(working) as conn:
            write_snapshot(conn, database)
        working.unlink()
        print(
            f"{articles:,} articles filled in in {filled - began:.0f} s, published in "
            f"{time.monotonic() - filled:.0f} s: {database.stat().st_size // 2**20:,} MiB",
            flush=True,
        )
    return database


class Weights(NamedTuple):
    """Bytes an article."""

    articles: int
    text: float
    search: float
    indexes: float


def weights(database: Path) -> Weights:
    """What the text weighs, the search, and all other indexes."""
    conn = sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)
    try:
        text, count = conn.execute(
            "select sum(length(cast(coalesce(title, '') || coalesce(summary, '') || text as blob)))"
            ", count(*) from articles"
        ).fetchone()
        search, indexes = conn.execute(
            "select sum(iif(name like 'articles_fts%', pgsize, 0)), sum(iif(name in (select name "
            "from sqlite_master where type = 'index') and name not like 'articles_fts%', pgsize, 0)"
            ") from dbstat"
        ).fetchone()
    finally:
        conn.close()
    return Weights(count, text / count, search / count, indexes / count)


def sizes(database: Path) -> None:
    """What the search and all indexes weigh beside the text."""
    count, text, search, indexes = weights(database)
    print(
        f"\n{count} articles, {text:.0f} bytes of text each; of the text's size: "
        f"search {search / text:.2f} (wanted: {MOST} at most), other indexes {indexes / text:.2f}"
    )


def compare(database: Path, seconds: float) -> None:
    desk, idents = asked_of(database), some_ids(database)
    table = lambda c: f"/archive/articles?_search={quote(c.choice(ASKED))}&_sort_desc=published"
    row = lambda c: f"/archive/articles/{c.choice(idents)}"
    stock = {
        "search, newest first": table,
        "search, never asked": table,
        "search, best first": lambda c: f"/archive/tim?q={quote(c.choice(ASKED))}",
        "article": row,
        "home": lambda c: "/",
    }
    slow = ("--setting", "sql_time_limit_ms", "20000", "--setting", "facet_time_limit_ms", "20000")
    with served(database, *OURS) as mine, served(database, *slow) as theirs:
        print(f"\n{CLIENTS} clients, {seconds:.0f} s each; milliseconds")
        print(
            f"{'':22}{'answers/s':>10}{'p50':>8}{'p95':>8}{'wanted':>8}{'stock p95':>11}{'ratio':>7}"
        )
        for name, path_of in desk.items():
            times = measured(mine, path_of, seconds)
            p95, beside = late(times), late(measured(theirs, stock[name], seconds / 2))
            print(
                f"{name:22}{len(times) / seconds:10.1f}{median(times):8.0f}{p95:8.0f}"
                f"{WANTED[name]:8}{beside:11.0f}{beside / p95:7.1f}"
            )


if __name__ == "__main__":
    sys.exit(main())
