"""Kept pages read anew by one worker process and by two: wall, processor time, the writer's share.

Each reading begins with a copy of the same archive; the numbers of workers take turns.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.captured import FILES, write
from bench.extraction import SHARED
from bench.measure import Cost
from bench.pipeline import PORT, count, scrapy, scratch, write_warc

WORKERS = (1, 2)
# As if older rules had read them: every text is another one.
OLDER = (
    "drop trigger revisions_keep",
    "update articles set text = text || char(10) || 'Lượt xem: 12', extractor = '0+old'",
    "update revisions set text = text || char(10) || 'Lượt xem: 12', extractor = '0+old'",
)
# As if older rules had read the same of them.
STAMPED = (
    "drop trigger revisions_keep",
    "update articles set extractor = '0+old'",
    "update revisions set extractor = '0+old'",
)
WAYS = {"nothing": STAMPED, "every text": OLDER}


@dataclass
class Reading:
    """What reading anew cost with so many workers, run for run."""

    workers: int
    costs: list[Cost] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        return median(cost.seconds for cost in self.costs)

    @property
    def cpu(self) -> float:
        return median(cost.cpu for cost in self.costs)

    @property
    def main(self) -> float:
        return median(cost.main_cpu for cost in self.costs)


def main(pages: int, runs: int) -> None:
    """Print a table for pages of each system that is there, else for generated ones."""
    real = {
        system: SHARED / "captures" / f"{name}.warc.gz"
        for system, name in FILES.items()
        if (SHARED / "captures" / f"{name}.warc.gz").is_file()
    }
    for system, source in real.items():
        with scratch() as folder:
            warc = folder / "pages.warc.gz"
            write(warc, source, pages)
            _table(f"real pages ({system})", folder, warc, f"saved_{system}", pages, runs)
    if not real:
        print(f"\n{SHARED / 'captures'} is absent: generated pages are read instead")
        with scratch() as folder:
            warc = folder / "pages.warc.gz"
            write_warc(warc, pages)
            _table("generated pages (SharePoint)", folder, warc, "portal00", pages, runs)


def _table(title: str, folder: Path, warc: Path, portal: str, pages: int, runs: int) -> None:
    captured = portal.startswith("saved_")
    place = {"captured": captured, "portals": 0} if captured else {"port": PORT}
    scrapy("backfill", portal, "--warc", warc, "-q", folder=folder, **place)  # type: ignore[arg-type]
    assert count(folder / "archive.db", "articles") == pages
    # What every command costs before its first page; a word that is wrong would tell less.
    idle = [_read(folder, (*STAMPED, "delete from _warcs"), 1, place) for _ in range(runs)]
    start = median(cost.main_cpu for cost in idle)
    print(
        f"\n{pages:,} {title} read anew, medians of {runs} runs in turn, load {os.getloadavg()[0]:.1f}"
        f"\n{'changes':12}{'workers':>8}{'seconds':>9}{'×':>6}{'CPU s':>8}{'CPU/wall':>9}"
        f"{'ms a page':>10}{'writer ms':>10}{'of it':>7}"
    )
    for way, statements in WAYS.items():
        readings = [Reading(workers) for workers in WORKERS]
        for _ in range(runs):
            for reading in readings:
                reading.costs.append(_read(folder, statements, reading.workers, place))
        for reading in readings:
            writer = 1000 * (reading.main - start) / pages
            every = 1000 * (reading.cpu - start) / pages
            print(
                f"{way:12}{reading.workers:8}{reading.seconds:9.1f}"
                f"{readings[0].seconds / reading.seconds:6.2f}{reading.cpu:8.1f}"
                f"{reading.cpu / reading.seconds:9.2f}{every:10.2f}{writer:10.2f}"
                f"{writer / every:7.0%}"
            )


def _read(
    folder: Path, statements: tuple[str, ...], workers: int, place: dict[str, object]
) -> Cost:
    """Read a copy of the archive anew, after it was changed by some SQL."""
    with scratch() as copy:
        shutil.copy(folder / "archive.db", copy / "archive.db")
        (copy / "captures").symlink_to(folder / "captures")
        with closing(sqlite3.connect(copy / "archive.db")) as conn, conn:
            for statement in statements:
                conn.execute(statement)
        return scrapy("reextract", "-q", "-s", f"WORKERS={workers}", folder=copy, **place)  # type: ignore[arg-type]
