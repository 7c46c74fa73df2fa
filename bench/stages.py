"""Where the milliseconds of a page go: each stage alone, in one process, beside what it cannot beat.

The least of several times is taken for each page: what else the machine does only adds.
"""

from __future__ import annotations

import pickle
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean
from typing import Any

from isal import isal_zlib
from lxml import etree
from scrapy.settings import Settings

from bench.corpus import SHELLS, corpus
from crawler.archive.articles.save import save_page
from crawler.archive.database import Archive
from crawler.archive.runs import record_portals, record_provinces
from crawler.captures import CaptureWriter
from crawler.captures.writer import GZIP, LEVEL
from crawler.extract.blocks import parse, read_blocks
from crawler.extract.body import stripped
from crawler.extract.decode import decode
from crawler.extract.page import read_page
from crawler.items import Capture, Fetched, Page, Reading
from crawler.platforms import PLATFORMS
from crawler.portals.model import Portal
from crawler.registry.portals import on_platform, unknown_portal
from crawler.run.normalisers import Normalisers
from crawler.text.fingerprints import fingerprints
from crawler.text.search_text import search_text

REPEATS = 3
SEEN = "2025-06-20T13:00:00Z"


def main(articles: int) -> None:
    """Print the table for that many articles of each system."""
    pages: list[tuple[Fetched, Portal]] = []
    for site in corpus(len(SHELLS), articles):
        for path in site.site.addresses.values():
            url = f"http://{site.host}{path}"
            portal = on_platform(unknown_portal(url), PLATFORMS[site.system])
            body = site.answer(path).body.encode()
            pages.append((Fetched(url, SEEN, 200, (("content-type", "text/html"),), body), portal))
    print(f"\nstages, CPU ms for each of {len(pages)} heavy articles of {len(SHELLS)} systems")
    for name, milliseconds in _stages(pages).items():
        print(f"{name:44}{milliseconds:8.2f}")


def _stages(pages: list[tuple[Fetched, Portal]]) -> dict[str, float]:
    bodies = [fetched.body for fetched, _ in pages]
    texts = [decode(body, None).text for body in bodies]
    trees = [parse(text) for text in texts]
    readings = [read_page(fetched, portal, expect="article") for fetched, portal in pages]
    generic = [portal.generic() for _, portal in pages]
    articles = [reading.article for reading in readings if reading.article]
    with tempfile.TemporaryDirectory(prefix="bench-") as name:
        folder = Path(name)
        writer = CaptureWriter(folder / "x.warc.gz", software="bench", portal="x")
        found = {
            "capture: gzip alone": _each(_packed, bodies),
            "capture: WARC record, digests, gzip": _each(
                lambda body: writer.keep(
                    "http://x.vn/", fetched_at=SEEN, status=200, headers=(), body=body
                ),
                bodies,
            ),
            "to a worker and back: pickle": _each(
                lambda pair: pickle.loads(pickle.dumps(pair)),
                list(zip(pages, readings, strict=True)),
            ),
            "read: lxml parse alone (the floor)": _each(
                lambda body: etree.fromstring(body, etree.HTMLParser(encoding="utf-8")), bodies
            ),
            "read: decode": _each(lambda body: decode(body, None), bodies),
            "read: parse": _each(parse, texts),
            "read: lines": _each(read_blocks, trees),
            "read: trafilatura on the cut": _each(stripped, [_middle(tree) for tree in trees]),
            "read: all, known platform": _each(
                lambda page: read_page(*page, expect="article"), pages
            ),
            "read: all, unknown site": _each(
                lambda page: read_page(*page, expect="article"),
                [(fetched, portal) for (fetched, _), portal in zip(pages, generic, strict=True)],
            ),
            "save: search text": _each(
                lambda a: search_text(a.title, a.summary, a.text, a.byline), articles
            ),
            "save: fingerprints": _each(lambda a: fingerprints(a.text), articles),
        }
        writer.close()
        return found | _saving(folder, pages, readings)


def _saving(
    folder: Path, pages: list[tuple[Fetched, Portal]], readings: list[Reading]
) -> dict[str, float]:
    """Normalising and saving change what they are given: one time each."""
    normalise = Normalisers(Settings({"NORMALISERS": _normalisers()}))
    archive = Archive.open(folder / "archive.db")
    items = []
    for (fetched, portal), reading in zip(pages, readings, strict=True):
        if reading.article:
            reading.article.key = fetched.url
        capture = Capture(fetched.url, SEEN, 200)
        items.append((Page(portal.slug, None, capture, reading), portal))
    with archive.transaction() as conn:
        record_provinces(conn)
        record_portals(conn, {portal.slug: portal for _, portal in items}.values())
    spent = {
        "normalise": _once(lambda item: normalise(*item), items),
    }

    def save(item: tuple[Page, Portal]) -> None:
        with archive.transaction() as conn:
            save_page(conn, item[0], visit=None, extractor="bench", now=SEEN)

    spent["save: all, search index and commit"] = _once(save, items)
    archive.close()
    return spent


def _normalisers() -> dict[str, int]:
    from crawler import settings

    return settings.NORMALISERS


def _packed(body: bytes) -> bytes:
    packer = isal_zlib.compressobj(LEVEL, isal_zlib.DEFLATED, GZIP)
    return packer.compress(body) + packer.flush()


def _middle(tree: etree._Element) -> etree._Element:
    """An element with prose, of about an article's size."""
    return max(tree.iter("div"), key=lambda div: len(div.findall("p")))


def _each(work: Callable[[Any], object], inputs: list[Any]) -> float:
    return 1000 * mean(min(_timed(work, one) for _ in range(REPEATS)) for one in inputs)


def _once(work: Callable[[Any], object], inputs: list[Any]) -> float:
    return 1000 * mean(_timed(work, one) for one in inputs)


def _timed(work: Callable[[Any], object], one: Any) -> float:
    began = time.process_time()
    work(one)
    return time.process_time() - began
