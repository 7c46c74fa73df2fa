"""Kept answers → archive: each read as a crawl would have read it, the best look of a day saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.archive.articles.removed import was_removed
from crawler.archive.captures import address_looked_at, is_known, remember_warc
from crawler.captures import CaptureError, RecordPlace, read_capture
from crawler.extraction_pool import ExtractionJob
from crawler.items import Expected, Page, Reading, Via
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url, is_translation
from crawler.run.normalisers import Normalisers
from crawler.run.previous_captures import page_of
from crawler.run.run import Run

TOGETHER = 50  # pages in a transaction: nobody waits for one of them


@dataclass
class Filled:
    """What was done with the looks."""

    known: int = 0  # already in the archive
    read: int = 0
    unreadable: int = 0  # the record could not be read back


class CaptureImporter:
    """Puts looks at one portal into the archive; `places` come in order, day by day."""

    def __init__(self, run: Run, portal: Portal, settings: BaseSettings, *, via: Via) -> None:
        self.filled = Filled()
        self._names: dict[Path, str] = {}
        self._run, self._portal, self._via = run, portal, via
        self._normalise = Normalisers(settings)

    def fill(self, places: Iterable[RecordPlace]) -> None:
        """Read and save. Raises ArchiveError when a batch cannot be saved; it is not in then."""
        together: list[Page] = []
        for pages in self._days(places):
            together += pages
            if len(together) >= TOGETHER:  # never between two looks of one day
                self._run.storage.save_all(together)
                together = []
        if together:
            self._run.storage.save_all(together)

    def _jobs(self, places: Iterable[RecordPlace]) -> Iterator[ExtractionJob]:
        """The looks that are not in the archive yet."""
        learnt = self._run.portals[self._portal.slug].boilerplate
        for place in places:
            address = classify_url(place.url, self._portal)
            if address.kind not in ("article", "unknown"):
                continue
            key = address.key if address.kind == "article" else ""
            if was_removed(self._run.archive.conn, self._portal.slug, key=key, url=place.url):
                self.filled.known += 1
                continue
            if is_known(self._run.archive.conn, place.url, place.fetched_at):
                self.filled.known += 1
                continue
            try:
                fetched = read_capture(place, largest=self._run.workers.largest)
            except CaptureError:
                self.filled.unreadable += 1
                continue
            self.filled.read += 1
            expect: Expected | None = "article" if address.kind == "article" else None
            yield ExtractionJob(fetched, self._portal, address.key, expect, place, learnt)

    def _days(self, places: Iterable[RecordPlace]) -> Iterator[list[Page]]:
        """A day's looks at an article. Those at its best address are of the article; the others,
        its English or second-section copies, are looks and nothing more.
        """
        read = (
            (job, self._normalise(self._page(job, reading), self._portal))
            for job, reading in self._run.workers.read_all(self._jobs(places))
        )
        for (day, name), looks in groupby(
            read, key=lambda entry: look_of(entry[0].place, self._portal)
        ):
            pages = [page for _, page in looks]
            best = address_looked_at(self._run.archive.conn, self._portal.slug, name, day)
            if best is None:
                best = min(pages, key=_poverty).capture.url
            for page in pages:
                if page.capture.url != best:
                    page.reading = Reading()
            yield pages

    def _page(self, job: ExtractionJob, reading: Reading) -> Page:
        path: Path = job.place.path
        if path not in self._names:
            with self._run.archive.transaction() as conn:
                self._names[path] = remember_warc(conn, path, self._run.storage.folder)
        return page_of(job, reading, via=self._via, warc=self._names[path])


def look_of(place: RecordPlace, portal: Portal) -> tuple[str, str]:
    """The day and the article a capture is of."""
    address = classify_url(place.url, portal)
    return place.fetched_at[:10], address.key if address.kind == "article" else address.url


def _poverty(page: Page) -> tuple[bool, bool, bool, int, str]:
    """What a look lacks; the smaller the better."""
    article = page.reading.article
    return (
        article is None,
        is_translation(page.capture.url),
        article is None or article.published is None,
        -len(article.text) if article else 0,
        page.capture.url,
    )
