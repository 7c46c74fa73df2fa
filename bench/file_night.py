"""What files cost the articles of a night: until the last article is saved, with files and without."""

from __future__ import annotations

import json
import os
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from samples.carried import furnish
from samples.portals import SITES
from samples.server import Served, serve

ROOT = Path(__file__).resolve().parents[1]
PORTALS, ARTICLES = 6, 24
DELAY = 0.1  # seconds between two requests to a portal


@dataclass(frozen=True, slots=True)
class Pair:
    """One night with files and one without, right after each other."""

    without: float  # seconds until the last article is saved
    with_files: float
    files: int

    @property
    def ratio(self) -> float:
        return self.with_files / self.without


def pairs(count: int) -> Iterator[Pair]:
    """Nights over the same portals, in pairs of changing order: what else the machine does, it does to both."""
    with ExitStack() as stack:
        sites = {
            f"portal{at}": furnish(SITES["yen_bai"](ARTICLES, seed=at)) for at in range(PORTALS)
        }
        served = {name: stack.enter_context(serve(site)) for name, site in sites.items()}
        for number in range(count):
            seconds = {}
            files = 0
            for is_on in (number % 2 == 0, number % 2 == 1):
                seconds[is_on], kept = _night(served, files=is_on)
                files = max(files, kept)
            yield Pair(seconds[False], seconds[True], files)


def _night(served: dict[str, Served], *, files: bool) -> tuple[float, int]:
    """Seconds from the start of the program to the last article, and how many files were kept."""
    with tempfile.TemporaryDirectory() as folder:
        archive, described = Path(folder, "archive.db"), Path(folder, "portals.json")
        described.write_text(
            json.dumps({name: {"url": f"{one.url}/", "platform": "sharepoint"} for name, one in served.items()}),
            encoding="utf-8",
        )  # fmt: skip
        hosts = ",".join(one.url.partition("://")[2] for one in served.values())
        words = [
            sys.executable, "-m", "scrapy", "nightly", *([] if files else ["--no-files"]),
            "-s", "SPIDER_MODULES=samples.spiders", "-s", f"PRIVATE_HOSTS_ALLOWED={hosts}",
            "-s", f"DOWNLOAD_DELAY={DELAY}", "-s", "AUTOTHROTTLE_ENABLED=False", "-s", "SNAPSHOTS=0",
            "-s", f"ARCHIVE_DB={archive}", "-s", f"CAPTURES_DIR={Path(folder, 'captures')}",
        ]  # fmt: skip
        began = time.perf_counter()
        process = subprocess.Popen(
            words, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env={**os.environ, "SAMPLE_PORTALS": str(described), "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        articles, last = 0, began
        while process.poll() is None:
            time.sleep(0.02)
            now = _count(archive, "articles")
            if now > articles:
                articles, last = now, time.perf_counter()
        now = _count(archive, "articles")
        if process.returncode or now != PORTALS * ARTICLES:
            raise RuntimeError(f"exit {process.returncode}, {now} articles")
        return last - began, _count(archive, "files")


def _count(archive: Path, table: str) -> int:
    if not archive.exists():
        return 0
    conn = sqlite3.connect(f"{archive.as_uri()}?mode=ro", uri=True)
    try:
        return int(conn.execute(f"select count(*) from {table}").fetchone()[0])
    except sqlite3.Error:
        return 0  # not there yet, or just being made
    finally:
        conn.close()


def told(count: int) -> Iterator[str]:
    """A line for each pair, and the median of their ratios."""
    found = []
    for pair in pairs(count):
        found.append(pair)
        yield (
            f"last article after {pair.without:.1f} s without files, {pair.with_files:.1f} s with "
            f"{pair.files} files: {pair.ratio:.3f}"
        )
    ratios = [pair.ratio for pair in found]
    yield f"{PORTALS} portals of {ARTICLES} articles, median of {count} pairs: {statistics.median(ratios):.3f}"
