"""The whole pipeline, page by page from loopback into an archive, beside what one would write first.

Each is a command of its own on the same pages, in turn, so that whatever else the machine does meets
all of them. Processor time is that of all processes of a command.
"""

from __future__ import annotations

import json
import os
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.corpus import MENUS, corpus
from bench.measure import Cost, cost_of
from bench.server import addresses, serving
from crawler.captures import CaptureWriter, read_capture, responses

ROOT = Path(__file__).resolve().parents[1]
BASE = "straightforward"
PORT = 8080  # that pages in a WARC file are of
CLI = "trafilatura's command"
NOTHING = "Scrapy, nothing done"
QUICKLY = ("-s", "DOWNLOAD_DELAY=0", "-s", "AUTOTHROTTLE_ENABLED=False", "-q")


@dataclass
class Line:
    """What one way of doing it cost, run for run."""

    name: str
    pages: int = 0
    costs: list[Cost] = field(default_factory=list)

    @property
    def rate(self) -> float:
        return median(self.pages / cost.seconds for cost in self.costs)

    @property
    def milliseconds(self) -> float:
        return median(1000 * cost.cpu / self.pages for cost in self.costs)


def scrapy(
    *words: object,
    folder: Path,
    port: int = 0,
    portals: int = 1,
    unknown: bool = False,
    captured: bool = False,
) -> Cost:
    """One of the project's commands, with the corpus (or saved pages) for its portals."""
    allowed = ",".join(f"{address}:{port}" for address in addresses(portals))
    env = {
        "BENCH_PORT": str(port), "BENCH_PORTALS": str(portals), "BENCH_UNKNOWN": str(int(unknown)),
        "BENCH_CAPTURED": str(int(captured)),
        "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "",
    }  # fmt: skip
    settings = {
        "SPIDER_MODULES": "bench.portals", "PRIVATE_HOSTS_ALLOWED": allowed,
        "ARCHIVE_DB": folder / "archive.db", "CAPTURES_DIR": folder / "captures",
    }  # fmt: skip
    given = [part for name, value in settings.items() for part in ("-s", f"{name}={value}")]
    return cost_of([sys.executable, "-m", "scrapy", *map(str, words), *given], env=env, cwd=ROOT)


def nightly(folder: Path, port: int, portals: int, *, unknown: bool = False) -> Cost:
    return scrapy(
        "nightly", "-a", "max_pages=1000000", *QUICKLY,
        folder=folder, port=port, portals=portals, unknown=unknown,
    )  # fmt: skip


def count(archive: Path, table: str) -> int:
    with closing(sqlite3.connect(archive)) as conn:
        return conn.execute(f"select count(*) from {table}").fetchone()[0]


@contextmanager
def scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        yield Path(name)


def crawls(portals: int, articles: int, runs: int, *, menus: int = MENUS) -> list[Line]:
    """Known portals, unknown ones, the straightforward way, and Scrapy alone."""
    lines = [Line(name) for name in ("known portals", "unknown portals", BASE, NOTHING)]
    with serving(portals, articles, menus=menus) as port:
        for _ in range(runs):
            for line in lines:
                with scratch() as folder:
                    line.costs.append(_crawl(line, folder, port, portals))
    return lines


def _crawl(line: Line, folder: Path, port: int, portals: int) -> Cost:
    if line.name.endswith("portals"):
        cost = nightly(folder, port, portals, unknown=line.name.startswith("unknown"))
        line.pages = count(folder / "archive.db", "captures")
        return cost
    target = "nothing" if line.name == NOTHING else str(folder / "archive.db")
    cost = cost_of(
        [sys.executable, "-m", "bench.straightforward", target],
        env={"BENCH_PORT": str(port), "BENCH_PORTALS": str(portals), "PYTHONDONTWRITEBYTECODE": ""},
        cwd=ROOT,
    )
    line.pages = json.loads(cost.said.splitlines()[-1])["pages"]
    return cost


def write_warc(path: Path, articles: int, *, light: bool = False) -> int:
    """All pages of one portal of the corpus as a WARC file."""
    site = corpus(1, articles, light=light)[0]
    writer = CaptureWriter(path, software="bench", portal="portal00")
    host = addresses(1)[0]
    pages = 0
    for address in site.site.addresses.values():
        answer = site.answer(address)
        writer.keep(
            f"http://{host}:{PORT}{address}",
            fetched_at="2025-06-20T13:00:00Z",
            status=200,
            headers=[("Content-Type", answer.content_type)],
            body=answer.body.encode(),
        )
        pages += 1
    writer.close()
    return pages


def trafilatura_cli(warc: Path, folder: Path) -> Cost:
    """trafilatura's own command over the pages of a WARC file, as files, on all cores."""
    files = folder / "files"
    files.mkdir(parents=True)
    for at, place in enumerate(responses(warc)):
        (files / f"{at}.html").write_bytes(read_capture(place).body)
    command = Path(sys.executable).with_name("trafilatura")
    words = [
        command, "--input-dir", files, "--output-dir", folder / "read", "--json",
        "--with-metadata", "--parallel", os.cpu_count() or 1,
    ]  # fmt: skip
    return cost_of([str(word) for word in words], cwd=ROOT)


def offline(articles: int, runs: int, *, light: bool = False) -> list[Line]:
    """Captures into an archive, and read anew there; heavy ones also by trafilatura's own command."""
    lines = [Line("backfill --warc"), Line("reextract")]
    cli = Line(CLI)
    with scratch() as place:
        warc = place / "pages.warc.gz"
        pages = write_warc(warc, articles, light=light)
        for _ in range(runs):
            with scratch() as folder:
                commands: tuple[Sequence[object], ...] = (
                    ("backfill", "portal00", "--warc", warc, "-q"),
                    ("reextract", "-q"),
                )
                for line, words in zip(lines, commands, strict=True):
                    line.costs.append(scrapy(*words, folder=folder, port=PORT))
                    line.pages = pages
                assert count(folder / "archive.db", "articles") == articles
                if not light:
                    cli.costs.append(trafilatura_cli(warc, folder / "peer"))
                    cli.pages = pages
    return lines if light else [*lines, cli]


def table(title: str, lines: Sequence[Line], base: Line | None = None) -> None:
    print(f"\n{title}")
    print(
        f"{'':22}{'pages':>7}{'pages/s':>9}{'× base':>8}{'ms CPU':>8}{'× base':>8}"
        f"{'main MiB':>10}{'worker':>8}"
    )
    for line in lines:
        faster = f"{line.rate / base.rate:8.1f}" if base else f"{'':8}"
        cheaper = f"{base.milliseconds / line.milliseconds:8.1f}" if base else f"{'':8}"
        print(
            f"{line.name:22}{line.pages:7}{line.rate:9.1f}{faster}{line.milliseconds:8.1f}{cheaper}"
            f"{max(cost.main_mib for cost in line.costs):10}"
            f"{max(cost.worker_mib for cost in line.costs):8}"
        )
