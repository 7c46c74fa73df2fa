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
from typing import NamedTuple

from samples.carried import furnish
from samples.portals import SITES
from samples.server import Served, serve

ROOT = Path(__file__).resolve().parents[1]
PORTALS, ARTICLES = 6, 24
DELAY = 0.1  # seconds between two requests to a portal


class Spent(NamedTuple):
    """Seconds by the wall and of processors, those of worker processes too."""

    seconds: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Pair:
    """One night with files and one without, right after each other."""

    without: Spent  # until the last article is saved
    with_files: Spent
    files: int

    @property
    def ratio(self) -> float:
        return self.with_files.seconds / self.without.seconds

    @property
    def cpu_ratio(self) -> float:
        return self.with_files.cpu / self.without.cpu


def pairs(count: int) -> Iterator[Pair]:
    """Nights over the same portals, in pairs of changing order: what else the machine does, it does to both."""
    with ExitStack() as stack:
        sites = {
            f"portal{at}": furnish(SITES["yen_bai"](ARTICLES, seed=at)) for at in range(PORTALS)
        }
        served = {name: stack.enter_context(serve(site)) for name, site in sites.items()}
        for number in range(count):
            spent = {}
            files = 0
            for is_on in (number % 2 == 0, number % 2 == 1):
                spent[is_on], kept = _night(served, files=is_on)
                files = max(files, kept)
            yield Pair(spent[False], spent[True], files)


def _night(served: dict[str, Served], *, files: bool) -> tuple[Spent, int]:
    """From the start of the program to the last article, and how many files were kept."""
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
            start_new_session=True,
        )  # fmt: skip
        articles, last = 0, Spent(0, 0)
        while process.poll() is None:
            time.sleep(0.02)
            now = _count(archive, "articles")
            if now > articles:
                articles, last = now, Spent(time.perf_counter() - began, _cpu(process.pid))
        now = _count(archive, "articles")
        if process.returncode or now != PORTALS * ARTICLES:
            raise RuntimeError(f"exit {process.returncode}, {now} articles")
        return last, _count(archive, "files")


def _cpu(session: int) -> float:
    """Seconds of CPU that all processes of a session have had; Linux alone tells."""
    ticks = 0
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except OSError:
            continue  # it has just ended
        if int(fields[3]) == session:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


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
            f"last article after {pair.without.seconds:.1f} s without files, {pair.with_files.seconds:.1f} s "
            f"with {pair.files}: {pair.ratio:.3f}; CPU {pair.without.cpu:.2f} s, {pair.with_files.cpu:.2f} s: "
            f"{pair.cpu_ratio:.3f}"
        )
    time_ratio, cpu_ratio = (
        statistics.median(getattr(pair, name) for pair in found) for name in ("ratio", "cpu_ratio")
    )
    yield (
        f"{PORTALS} portals of {ARTICLES} articles, medians of {count} pairs: time {time_ratio:.3f}, "
        f"CPU {cpu_ratio:.3f}"
    )
