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
from crawler.documents.kept_types import kept_type
from crawler.documents.media_types import UNKNOWN
from crawler.extraction_pool import ExtractionJob
from crawler.items import Expected, Fetched, Page, Reading, Via
from crawler.portals.languages import is_translation
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from crawler.run.normalisers import Normalisers
from crawler.run.previous_captures import page_of
from crawler.run.run import Run

Read = tuple[ExtractionJob, Page]

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
        self.run, self.portal, self._via = run, portal, via
        self._normalise = Normalisers(settings)

    def fill(self, places: Iterable[RecordPlace]) -> None:
        """Read and save. Raises ArchiveError when a batch cannot be saved; it is not in then."""
        together: list[Read] = []
        for looks in self._days(places):
            together += looks
            if len(together) >= TOGETHER:  # never between two looks of one day
                self._save(together)
                together = []
        if together:
            self._save(together)

    def _save(self, looks: list[Read]) -> None:
        self.run.storage.save_all(page for _, page in looks)

    def _jobs(self, places: Iterable[RecordPlace]) -> Iterator[ExtractionJob]:
        """The looks that are not in the archive yet."""
        for place in places:
            if self._was_removed(place):
                self.filled.known += 1
                continue
            if is_known(self.run.archive.conn, place.url, place.fetched_at):
                self.filled.known += 1
                continue
            try:
                fetched = read_capture(place, largest=self.run.workers.largest)
            except CaptureError:
                self.filled.unreadable += 1
                continue
            job = self._job(place, fetched)
            if job is not None:
                self.filled.read += 1
                yield job

    def _was_removed(self, place: RecordPlace) -> bool:
        """Whether a look is of an article that was removed on request."""
        address = classify_url(place.url, self.portal)
        key = address.key if address.kind == "article" else ""
        return was_removed(self.run.archive.conn, self.portal.slug, key=key, url=place.url)

    def _job(self, place: RecordPlace, fetched: Fetched) -> ExtractionJob | None:
        """How a look is to be read; None when it is of no article, or a document or a picture."""
        kind = kept_type(fetched.body) or UNKNOWN
        if kind != UNKNOWN and not kind.startswith("text/"):
            return None
        address = classify_url(place.url, self.portal)
        if address.kind not in ("article", "unknown"):
            return None
        expect: Expected | None = "article" if address.kind == "article" else None
        learnt = self.run.portals[self.portal.slug].boilerplate
        return ExtractionJob(fetched, self.portal, address.key, expect, place, learnt)

    def _days(self, places: Iterable[RecordPlace]) -> Iterator[list[Read]]:
        """A day's looks at an article. Those at its best address are of the article; the others,
        its English or second-section copies, are looks and nothing more.
        """
        for (day, name), together in groupby(self._pages(places), key=self._look_of):
            looks = list(together)
            pages = [page for _, page in looks]
            best = address_looked_at(self.run.archive.conn, self.portal.slug, name, day)
            if best is None:
                best = min(pages, key=_poverty).capture.url
            for page in pages:
                if page.capture.url != best:
                    page.reading = Reading()
            yield looks

    def _pages(self, places: Iterable[RecordPlace]) -> Iterator[Read]:
        """Every look as it was read, in the order of the places."""
        for job, reading in self.run.workers.read_all(self._jobs(places)):
            yield job, self._normalise(self._page(job, reading), job.portal)

    def _look_of(self, read: Read) -> tuple[str, str]:
        """The day and the article that a look is of."""
        return look_of(read[0].place, self.portal)

    def _page(self, job: ExtractionJob, reading: Reading) -> Page:
        path: Path = job.place.path
        if path not in self._names:
            with self.run.archive.transaction() as conn:
                self._names[path] = remember_warc(conn, path, self.run.storage.folder)
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
