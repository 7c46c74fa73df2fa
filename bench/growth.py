"""What becomes dearer as the archive grows, and what must not: nights, filling, searching."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from statistics import median

from bench.pipeline import Line, count, nightly, offline, scratch, table
from bench.server import serving
from crawler.archive import Archive
from crawler.archive.save import save_article
from crawler.archive.search import fold
from crawler.items import Article, Capture
from samples.archive import fill
from samples.articles import texts

PORTALS = 20
BATCH = 1_000
QUERIES = (
    '"hội nghị"', '"chè shan tuyết"', '"chuyển giao công nghệ"', '"nghiệm thu đề tài"', '"đo lường"',
    '"sở hữu trí tuệ"', '"doanh nghiệp" "đổi mới"', '"an toàn bức xạ"', '"nông dân"', '"mường lai"',
)  # fmt: skip


def nights(sizes: Sequence[int], articles: int, runs: int) -> None:
    """A night with nothing new: the same sites, and archives of more and more older articles."""
    print(f"\nnightly, nothing new ({PORTALS} portals)")
    print(
        f"{'articles':>10}{'requests':>10}{'× first':>9}{'CPU s':>8}{'× first':>9}{'main MiB':>10}"
    )
    first: tuple[float, float] | None = None
    with serving(PORTALS, articles, light=True) as port, scratch() as folder:
        archive = folder / "archive.db"
        nightly(folder, port, PORTALS)
        for size in sizes:
            _inflate(archive, size)
            costs, requests = [], []
            for _ in range(runs):
                before = count(archive, "captures")
                costs.append(nightly(folder, port, PORTALS))
                requests.append(count(archive, "captures") - before)
            asked, cpu = median(requests), median(cost.cpu for cost in costs)
            first = first or (asked, cpu)
            print(
                f"{count(archive, 'articles'):10}{asked:10.0f}{asked / first[0]:9.2f}{cpu:8.2f}"
                f"{cpu / first[1]:9.2f}{max(cost.main_mib for cost in costs):10}"
            )


def _inflate(path: Path, size: int) -> None:
    """Give the portals older articles, known and not due, until there are so many."""
    archive = Archive.open(path)
    conn = archive.conn
    portals = [slug for (slug,) in conn.execute("select slug from portals order by slug")]
    text = "\n".join(texts()["topic"][0]["body"])
    have = count(path, "articles")
    for start in range(have, size, BATCH):
        with archive.transaction():
            for number in range(start, min(start + BATCH, size)):
                portal = portals[number % len(portals)]
                article = Article(
                    url=f"http://{portal}.invalid/{number}", key=f"old/{number}", text=text,
                    title=f"Bài cũ số {number}", published="2015-03-04",
                    published_precision="day", published_raw="04/03/2015", published_from="page",
                )  # fmt: skip
                seen = Capture(article.url, "2020-01-01T00:00:00Z", 200)
                save_article(conn, portal, article, seen, via="crawl", extractor="bench")
                conn.execute(
                    "insert into _frontier(portal, name, kind, url, state, sweep, due) "
                    "values (?, ?, 'article', ?, 'done', 1, '2999-01-01T00:00:00Z')",
                    (portal, f"a:{article.key}", article.url),
                )
    archive.close()


def fillings(sizes: Sequence[int], runs: int) -> None:
    """Small pages from a WARC file: pages a second and memory must not depend on their number."""
    for size in sizes:
        lines: list[Line] = offline(size, runs, light=True)
        table(f"{size} small pages", lines[:2])


def searches(sizes: Sequence[int]) -> None:
    """Phrases in the plain database, the newest twenty and the best twenty."""
    print(f"\nsearch, {len(QUERIES)} phrases typed with and without accents, ms (median, slowest)")
    print(f"{'articles':>10}{'newest 20':>18}{'best 20':>18}{'MB':>8}")
    for size in sizes:
        with scratch() as folder:
            path = folder / "archive.db"
            fill(path, size, newest=date(2025, 6, 18))
            with closing(sqlite3.connect(path)) as conn:
                newest = _times(conn, "order by articles.published desc limit 20")
                best = _times(conn, "order by rank limit 20")
            print(f"{size:10}{_shown(newest)}{_shown(best)}{path.stat().st_size // 2**20:8}")


def _times(conn: sqlite3.Connection, order: str) -> list[float]:
    taken = []
    for query in (*QUERIES, *map(fold, QUERIES)):
        began = time.process_time()
        conn.execute(
            "select articles.id, articles.title from articles_fts join articles on articles.rowid = "
            f"articles_fts.rowid where articles_fts match ? {order}",
            (query,),
        ).fetchall()
        taken.append(1000 * (time.process_time() - began))
    return taken


def _shown(times: list[float]) -> str:
    return f"{median(times):10.1f}{max(times):8.1f}"
