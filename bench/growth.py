"""What becomes dearer as the archive grows, and what must not: nights and filling."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from statistics import median

from bench.pipeline import Line, count, nightly, offline, scratch, table
from bench.server import serving
from crawler.archive.articles.save import save_article
from crawler.archive.database import Archive
from crawler.items import Article, Capture
from samples.articles import texts
from samples.scratch import unhurried

PORTALS = 20


def nights(sizes: Sequence[int], articles: int, runs: int) -> None:
    """A night with nothing new: the same sites, and archives of more and more older articles."""
    print(f"\nnightly, nothing new ({PORTALS} portals, medians of {runs} runs)")
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
    with unhurried(conn), archive.transaction():
        for number in range(have, size):
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
        table(f"{size:,} small pages from a WARC file, runs: {runs}", lines)
