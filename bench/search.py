"""`python -m bench.search`: does a question find the phrase it means, and how fast.

Relevance: phrases out of the articles themselves, asked with and without accents, in both orders; of
the first ten hits, how many hold the very phrase. Beside it stock Datasette's `_search` and plain
FTS5 by bm25. Latency: questions nobody asked before, eight readers, at several sizes.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from itertools import islice
from pathlib import Path
from statistics import median
from urllib.parse import quote

from bench.desk import CLIENTS, OURS, late, measured, published, served
from crawler.archive.articles.save import save_article
from crawler.archive.database import Archive
from crawler.archive.runs import record_portals, record_provinces
from crawler.dump.snapshot import reading, write_snapshot
from crawler.items import Article, Capture
from crawler.text.folding import fold
from crawler.text.spelling import syllables
from publish.desk.filters import read_question
from publish.desk.queries.columns import load
from publish.desk.queries.portals import places
from publish.desk.queries.search import Source, search
from publish.desk.query_parser import understand
from samples.archive import fill, sample_portals

SHARED = Path(__file__).resolve().parents[2] / "shared" / "captures"
WORDS = 120  # a word count that gives articles of 3 KB
TEN = 10
QUESTIONS = 300
PHRASES, LEAST = 120, 10  # phrases tried, and the fewest articles that hold one
# What stands between phrases rather than in them: no reader asks for `và các`.
LOOSE = frozenset(
    [
        "và",
        "các",
        "của",
        "cho",
        "trong",
        "với",
        "là",
        "có",
        "được",
        "những",
        "đã",
        "này",
        "khi",
        "để",
        "từ",
        "đến",
        "tại",
        "do",
    ]
)
COLUMNS = ("desk, newest first", "desk, best first", "stock, newest", "FTS5 bm25")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="bench.search", description=__doc__)
    parser.add_argument("--sizes", default="10000,100000,500000", help="articles, for the latency")
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--keep", type=Path, help="a folder where archives stay for next time")
    parser.add_argument("--only", choices=("relevance", "latency"))
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        kept.mkdir(parents=True, exist_ok=True)
        if options.only != "latency":
            relevance("sample articles", sample_archive(kept / "samples"))
            if SHARED.is_dir():
                relevance("articles of real portals", real_archive(kept / "real"))
            else:
                print(f"{SHARED} is not there: no real articles are tried")
        if options.only != "relevance":
            latency(kept, [int(size) for size in options.sizes.split(",")], options.seconds)
    return 0


def sample_archive(folder: Path) -> Path:
    return _dumped(folder, lambda path: fill(path, 3000, newest=date(2026, 11, 24), words=60))


def real_archive(folder: Path) -> Path:
    """What the gold of the stored pages says, as articles of the sample portals."""

    def take(path: Path) -> None:
        archive = Archive.open(path)
        portals = sample_portals()
        with archive.transaction() as conn:
            record_provinces(conn)
            record_portals(conn, portals)
            for number, told in enumerate(_gold()):
                url = f"https://a.example/{number}"
                day = told.get("date") or None
                article = Article(url, str(number), title=told.get("title"), text=told["text"],
                                  published=day, published_precision="day" if day else None)  # fmt: skip
                capture = Capture(url, "2026-01-01T00:00:00Z")
                slug = portals[number % len(portals)].slug
                save_article(conn, slug, article, capture, via="warc", extractor="bench")
        archive.close()

    return _dumped(folder, take)


def _gold() -> Iterator[dict[str, str]]:
    for path in sorted(SHARED.glob("*.gold.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            told = json.loads(line)
            if told.get("text"):
                yield told


def _dumped(folder: Path, make: Callable[[Path], None]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    database = folder / "archive.db"
    if not database.is_file():
        make(folder / "working.db")
        with reading(folder / "working.db") as conn:
            write_snapshot(conn, database)
    return database


def relevance(name: str, database: Path) -> list[list[float]]:
    """Print the share of first hits that hold the phrase; gives the rows."""
    with closing(sqlite3.connect(f"{database.as_uri()}?mode=ro", uri=True)) as conn:
        texts = dict(conn.execute(
            "select id, coalesce(title, '') || ' | ' || coalesce(summary, '') || ' | ' || text "
            "from articles"
        ).fetchall())  # fmt: skip
        said = {ident: f" {' '.join(syllables(text))} " for ident, text in texts.items()}
        phrases = phrases_of(list(texts.values()))
        known, columns = places(conn), load(conn)
        print(f"\n{name}: {len(texts)} articles, {len(phrases)} phrases, hits among the first {TEN} "
              "that hold the very phrase")  # fmt: skip
        print(f"{'':20}" + "".join(f"{column:>20}" for column in COLUMNS))
        table = []
        for label, ask in (("without accents", fold), ("with accents", str)):
            shares: list[list[float]] = [[] for _ in COLUMNS]
            for phrase in phrases:
                asked = ask(phrase)
                found = [
                    _desk(conn, known, columns, asked, ""),
                    _desk(conn, known, columns, asked, "sat"),
                    _stock(conn, asked, "a.published desc"),
                    _stock(conn, asked, "rank"),
                ]
                wanted = f" {' '.join(syllables(phrase))} "
                for share, hits in zip(shares, found, strict=True):
                    right = sum(wanted in said[ident] for ident in hits)
                    share.append(right / len(hits) if hits else 0.0)
            table.append([sum(share) / len(share) for share in shares])
            print(f"{label:20}" + "".join(f"{share:20.3f}" for share in table[-1]))
        _nonsense(conn, known, columns, phrases)
    return table


def phrases_of(texts: list[str]) -> list[str]:
    """Phrases of two to four syllables that many articles hold, drawn by lot."""
    counted: Counter[str] = Counter()
    for text in texts:
        counted.update(set(_runs(text)))
    common = sorted(phrase for phrase, count in counted.items() if count >= LEAST)
    return sorted(random.Random(5).sample(common, min(PHRASES, len(common))))


def _runs(text: str) -> Iterator[str]:
    for clause in re.split(r"[^\w\s]|\n", text):
        words = syllables(clause)
        for size in (2, 3, 4):
            for at in range(len(words) - size + 1):
                run = words[at : at + size]
                if all(word.isalpha() and len(word) > 1 and word not in LOOSE for word in run):
                    yield " ".join(run)


def _desk(conn, known, columns, asked: str, order: str) -> list[int]:  # noqa: ANN001
    question = read_question({"q": asked, "xep": order})
    return search(conn, understand(asked), question, known, columns).articles[:TEN]


def _stock(conn: sqlite3.Connection, asked: str, order: str) -> list[int]:
    match = " ".join(f'"{word}"' for word in asked.split())
    return [row[0] for row in conn.execute(
        "select a.id from articles_fts join articles as a on a.rowid = articles_fts.rowid "
        f"where articles_fts match ? order by {order} limit {TEN}", (match,)
    )]  # fmt: skip


def _nonsense(conn, known, columns, phrases: list[str]) -> None:  # noqa: ANN001
    """Phrases nobody printed: none may be answered as if somebody had."""
    chance = random.Random(9)
    false = tried = 0
    while tried < 100:
        words = [word for phrase in chance.sample(phrases, 2) for word in phrase.split()]
        chance.shuffle(words)
        asked, tried = " ".join(words[:4]), tried + 1
        source = Source(
            conn, understand(asked), read_question({"q": asked, "dau": "dung"}), known, columns
        )
        kind = next((kind for kind, _ in source.sections()), "none")
        held = conn.execute(
            "select count(*) from articles_fts where articles_fts match ?",
            (f'{{title summary text}} : "{asked}"',),
        ).fetchone()[0]
        false += kind == "phrase" and not held
    print(f"phrases nobody printed, shown as printed: {false} of {tried}")


def latency(folder: Path, sizes: list[int], seconds: float) -> None:
    print(f"\n{CLIENTS} readers, {seconds:.0f} s each, questions nobody asked before; ms p50 / p95")
    print(f"{'articles':>10}{'desk, first page':>20}{'answers/s':>11}{'stock _search':>20}{'FTS5 bm25 (tim)':>20}{'search alone, CPU':>20}")  # fmt: skip
    for size in sizes:
        database = published(folder / f"{size}", size, WORDS)
        questions = unasked(database)
        alone = work(database, questions)
        with served(database, *OURS) as port:
            mine = measured(port, lambda c, q=questions: f"/tim?q={quote(next(q))}", seconds)
        slow = ("--setting", "sql_time_limit_ms", "30000")
        with served(database, *slow) as port:
            table = measured(
                port,
                lambda c, q=questions: (
                    f"/archive/articles?_search={quote(next(q))}&_nofacet=1"
                    "&_nosuggest=1&_sort_desc=published"
                ),
                seconds / 3,
            )
            rank = measured(port, lambda c, q=questions: f"/archive/tim?q={quote(next(q))}", seconds / 3)  # fmt: skip
        told = [f"{median(times):,.0f} / {late(times):,.0f}" for times in (mine, table, rank)]
        print(
            f"{size:>10,}{told[0]:>20}{len(mine) / seconds:>11.1f}{told[1]:>20}{told[2]:>20}"
            f"{f'{median(alone):.1f} / {late(alone):.1f}':>20}"
        )


def work(database: Path, questions: Iterator[str]) -> list[float]:
    """Milliseconds of processor time that finding takes, the page not included; least first."""
    times = []
    with reading(database) as conn:
        known, columns = places(conn), load(conn)
        for asked in islice(questions, QUESTIONS):
            began = time.thread_time()
            search(conn, understand(asked), read_question({"q": asked}), known, columns)
            times.append(1000 * (time.thread_time() - began))
    return sorted(times)


def unasked(database: Path) -> Iterator[str]:
    """Phrases of two to five words out of the texts, every other without accents; none twice."""
    chance = random.Random(3)
    with reading(database) as conn:
        count = conn.execute("select count(*) from articles").fetchone()[0]
        rows = chance.sample(range(1, count + 1), min(count, 3000))
        texts = [
            conn.execute("select text from articles where rowid = ?", (row,)).fetchone()[0]
            for row in rows
        ]
    asked: set[str] = set()

    def drawn() -> Iterator[str]:
        while True:
            words = re.findall(r"[^\W_]+", chance.choice(chance.choice(texts).split("\n")))
            size = chance.randint(2, 5)
            at = chance.randrange(max(1, len(words) - size))
            phrase = " ".join(words[at : at + size])
            question = fold(phrase) if len(asked) % 2 else phrase
            if len(words) > size and question not in asked:
                asked.add(question)
                yield question

    return drawn()


if __name__ == "__main__":
    sys.exit(main())
