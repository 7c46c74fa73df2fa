"""Real portals' saved pages, over and over under other numbers, from a WARC file into an archive.

The pages are those of `../shared/captures` (SHARED_DIR); without them there is nothing to measure.
"""

from __future__ import annotations

import json
import re
import sys
from functools import partial
from itertools import cycle, islice
from pathlib import Path

from bench.extraction import SHARED
from bench.measure import cost_of
from bench.pipeline import BASE, CLI, ROOT, Line, count, scrapy, scratch, trafilatura_cli
from bench.pipeline import table as print_table
from crawler.captures import CaptureWriter, read_capture, responses
from crawler.items import Fetched

FILES = {"liferay": "ha_noi_liferay", "nukeviet": "nukeviet"}
NUMBER = re.compile(r"/view_content/(\d+)|-(\d+)\.html$")
STEP = 10_000_000  # between the numbers of two copies


def main(pages: int, runs: int) -> None:
    """Print a table for each system whose pages are there."""
    for system, name in FILES.items():
        source = SHARED / "captures" / f"{name}.warc.gz"
        if not source.is_file():
            print(f"\n{source} is absent: real pages were not measured")
            continue
        with scratch() as place:
            warc = place / "pages.warc.gz"
            size = write(warc, source, pages)
            lines = measured(system, warc, pages, runs)
        title = (
            f"{pages} articles of real pages ({system}, {size // pages // 1024} KB each), "
            f"from a WARC file, medians of {runs} runs"
        )
        print_table(title, lines, base=lines[-1])


def write(path: Path, source: Path, pages: int) -> int:
    """Copies of the articles in `source`, each under a number of its own; returns their bytes."""
    articles = list(
        {
            found[1] or found[2]: fetched
            for place in responses(source)
            if (found := NUMBER.search(place.url))
            and (fetched := read_capture(place)).status == 200
        }.items()
    )
    writer = CaptureWriter(path, software="bench", portal="saved")
    size = 0
    for at, (number, fetched) in enumerate(islice(cycle(articles), pages)):
        size += _keep(writer, fetched, number, str(int(number) + STEP * (at // len(articles) + 1)))
    writer.close()
    return size


def _keep(writer: CaptureWriter, fetched: Fetched, number: str, other: str) -> int:
    body = fetched.body.replace(number.encode(), other.encode())
    writer.keep(
        fetched.url.replace(number, other),
        fetched_at=fetched.fetched_at,
        status=200,
        headers=fetched.headers,
        body=body,
    )
    return len(body)


def measured(system: str, warc: Path, pages: int, runs: int) -> list[Line]:
    """Ours with the portal's platform known and unknown, reading anew, and the straightforward way."""
    ours = partial(scrapy, captured=True, portals=0)
    known, unknown = Line("backfill, known"), Line("backfill, unknown")
    anew, cli, plain = Line("reextract, known"), Line(CLI), Line(BASE)
    for _ in range(runs):
        for line in (known, unknown):
            with scratch() as folder:
                words = ("backfill", f"saved_{system}", "--warc", warc, "-q")
                line.costs.append(ours(*words, folder=folder, unknown=line is unknown))
                line.pages = pages
                if line is known:
                    # Where no address is known for an article's, a few without a date are doubted.
                    assert count(folder / "archive.db", "articles") == pages
                    anew.costs.append(ours("reextract", "-q", folder=folder))
                    anew.pages = pages
        with scratch() as folder:
            words = [sys.executable, "-m", "bench.straightforward", str(folder / "x.db"), str(warc)]
            plain.costs.append(cost_of(words, cwd=ROOT))
            cli.costs.append(trafilatura_cli(warc, folder))
            cli.pages = pages
            plain.pages = json.loads(plain.costs[-1].said.splitlines()[-1])["pages"]
    return [known, unknown, anew, cli, plain]
