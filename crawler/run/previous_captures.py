"""Like with like: an article read by earlier rules is read anew from its capture before it is compared."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from hashlib import sha256
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.archive.articles.identity import known_id
from crawler.archive.articles.reextract import save_reread
from crawler.archive.articles.revisions import read_by_other_rules
from crawler.archive.captures import Captured, captured_at
from crawler.archive.database import Archive
from crawler.captures import CaptureError, RecordPlace, read_capture
from crawler.extraction_pool import ExtractionJob, ExtractionPool, reading_of
from crawler.http.outcomes import outcome_of_status
from crawler.items import Capture, Expected, Fetched, Page, Reading, Via
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from crawler.run.normalisers import Normalisers
from crawler.run.portal_run import PortalRun

UNREADABLE = "previous_unreadable"


class PreviousCaptures:
    """Reads the versions next to a page anew when other rules read them.

    After it, what differs between two versions is the portal's doing: neither deploying new rules
    between two nights nor the order of crawling and `reextract` hides or invents an edit.
    """

    def __init__(self, archive: Archive, pool: ExtractionPool, settings: BaseSettings) -> None:
        self._archive, self._pool = archive, pool
        self._folder = Path(settings["CAPTURES_DIR"])
        self._normalise = Normalisers(settings)

    async def reread(self, page: Page, going: PortalRun) -> None:
        """Before a page of a crawl is saved. Raises sqlite3.Error and OSError as saving does."""
        for captured, job in self._stale(page, going):
            future = self._pool.read_job(job)
            await asyncio.wait([asyncio.wrap_future(future)])
            put = partial(self._put, captured, job, reading_of(future), going)
            await self._archive.write(put)

    def reread_now(self, conn: sqlite3.Connection, page: Page, going: PortalRun) -> None:
        """The same for those who hold a transaction."""
        for captured, job in self._stale(page, going):
            self._put(captured, job, reading_of(self._pool.read_job(job)), going, conn)

    def _stale(self, page: Page, going: PortalRun) -> list[tuple[Captured, ExtractionJob]]:
        """The captures to be read anew; an article says which could not be read back."""
        article, conn = page.reading.article, self._archive.conn
        ident = known_id(conn, page.portal, article) if article else None
        if article is None or ident is None:
            return []
        found = []
        for seen in read_by_other_rules(conn, ident, page.capture.fetched_at, going.extractor):
            captured = captured_at(conn, self._folder, ident, seen)
            fetched = kept_answer(captured, self._pool.largest) if captured else None
            if captured is None or fetched is None:
                article.notes.append(f"{UNREADABLE}: {seen}")
            else:
                portal = going.rules(captured, fetched) if going.rules else going.portal
                job = job_of(captured, fetched, portal, going.boilerplate)
                found.append((captured, job))
        return found

    def _put(
        self,
        captured: Captured,
        job: ExtractionJob,
        reading: Reading,
        going: PortalRun,
        conn: sqlite3.Connection,
    ) -> None:
        page = self._normalise(page_of(job, reading, via="crawl", warc=""), job.portal)
        article = page.reading.article
        if article is not None and captured.article is not None:
            save_reread(conn, captured.article, captured.fetched_at, article, going.extractor)


def kept_answer(captured: Captured, largest: int) -> Fetched | None:
    """The answer as it was kept; None when its record is damaged, or another lies there now."""
    try:
        fetched = read_capture(_place(captured), largest=largest)
    except CaptureError:
        return None
    if captured.digest and sha256(fetched.body).hexdigest() != captured.digest:
        return None
    return fetched


def job_of(
    captured: Captured, fetched: Fetched, portal: Portal, boilerplate: frozenset[str]
) -> ExtractionJob:
    """A kept answer as work for the pool."""
    address = classify_url(captured.url, portal)
    expect: Expected | None = "article" if address.kind == "article" else None
    key = captured.key or address.key
    return ExtractionJob(fetched, portal, key, expect, _place(captured), boilerplate)


def _place(captured: Captured) -> RecordPlace:
    return RecordPlace(captured.path, captured.offset, captured.url, captured.fetched_at)


def page_of(job: ExtractionJob, reading: Reading, *, via: Via, warc: str) -> Page:
    """A kept answer as the item a crawl would have made of it."""
    fetched: Fetched = job.fetched
    outcome, _ = outcome_of_status(fetched.status)
    if outcome != "ok":
        reading = Reading()
    if reading.article:
        reading.article.url = classify_url(fetched.url, job.portal).url
        reading.article.key = job.key or reading.article.url
    reading.links = []
    capture = Capture(
        url=fetched.url,
        fetched_at=fetched.fetched_at,
        status=fetched.status,
        outcome=outcome,
        warc=warc,
        offset=job.place.offset,
        digest=sha256(fetched.body).hexdigest(),
        etag=fetched.header("etag"),
        last_modified=fetched.header("last-modified"),
        location=fetched.header("location"),
    )
    return Page(job.portal.slug, None, capture, reading, via=via)
