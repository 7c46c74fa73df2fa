"""The spider that fetches a portal's captures from a web archive, one request at a time."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.archive.captures import is_known
from crawler.archive.database import ArchiveError
from crawler.backfill.importer import CaptureImporter, look_of
from crawler.captures import CaptureError, RecordPlace
from crawler.downloader.responses import header_of, header_pairs
from crawler.messages import say
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.run.run import Run
from crawler.wayback import queue as ledger
from crawler.wayback.cdx import (
    MOST_ROWS,
    ROWS,
    CdxRow,
    Endpoint,
    Index,
    Parameters,
    Period,
    captured_at,
    endpoints,
    is_wanted,
    memento_timestamp,
    moment_of,
    original_headers,
    prefixes,
    read_index,
)
from crawler.wayback.client import (
    ASKING_ARCHIVES,
    ArchiveClient,
    LeftAloneError,
    OutOfBoundsError,
    UnansweredError,
    is_memento,
    patience_with,
)
from crawler.wayback.queue import Wanted

IN_VAIN = 5  # captures in a row that could not be had: the archive itself is in trouble
LARGEST_INDEX = 256 * 2**20  # bytes of an answer
SAVED_EVERY = 200  # captures between two times that they are read into the archive
HOPS = 3  # from a capture to the nearest one there is


class WaybackSpider(Spider):
    """Lists what a web archive has of a portal, fetches it, and has it read as it comes."""

    name = "wayback"
    asker: ArchiveClient
    filling: CaptureImporter
    custom_settings: ClassVar[dict[str, Any]] = ASKING_ARCHIVES  # type: ignore[misc]

    def __init__(self, portal: Portal, endpoint: str, period: Period, most: int | None) -> None:
        super().__init__()
        self.portal, self.given = portal, endpoint
        self.period = period
        self.most = most
        self.lost = 0  # captures that could not be had in this run
        self.failed: str | None = None  # why the archive could not be used
        self._in_vain = 0
        self._since_saved = 0

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> WaybackSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.asker = ArchiveClient(crawler, patience_with(spider.given, crawler.settings))
        spider.filling = CaptureImporter(
            Run.of(crawler), spider.portal, crawler.settings, via="wayback"
        )
        return spider

    def may_ask(self, url: str) -> bool:
        """The archive that was named, and nobody else."""
        return split_url(url).netloc == split_url(self.given).netloc

    async def start(self) -> AsyncIterator[Request]:
        run = Run.of(self.crawler)
        with run.archive.transaction() as conn:
            ledger.begin(conn, self.portal.slug)
        try:
            archive = await self._list(run)
            await self._fetch(run, archive)
            self.save(run)
        except UnansweredError as error:
            self.failed = str(error)
        except (ArchiveError, CaptureError, sqlite3.Error) as error:
            run.storage.fail(error)
        return
        yield  # nothing is left to the engine: each answer decides what is asked next

    def save(self, run: Run) -> None:
        """Read what has come into the archive, day by day."""
        copies = ledger.complete_days(run.archive.conn, self.portal.slug)
        self.filling.fill(
            RecordPlace(Path(copy.path), copy.offset, copy.url, moment_of(copy.timestamp))
            for copy in copies
        )
        with run.archive.transaction() as conn:
            ledger.mark_saved(conn, self.portal.slug, copies)
        self._since_saved = 0

    # Listing what the archive has.

    async def _list(self, run: Run) -> Endpoint:
        """Put down all captures of the portal's addresses."""
        candidates = endpoints(self.given)
        for prefix in prefixes(self.portal):
            query = f"{self.given} {prefix} {self.period.first}-{self.period.last}"
            done, resume = ledger.query_state(run.archive.conn, self.portal.slug, query)
            while not done:
                candidates, index = await self._index(candidates, prefix, resume)
                resume = index.resume_key
                wanted = [self._wanted(row) for row in index.rows if is_wanted(row, self.portal)]
                with run.archive.transaction() as conn:
                    ledger.put_down(conn, self.portal.slug, query, resume, wanted)
                done = resume is None
        return candidates[0]

    async def _index(
        self, candidates: list[Endpoint], prefix: str, resume: str | None
    ) -> tuple[list[Endpoint], Index]:
        """One answer of the index, and the endpoint that gave it."""
        period: Parameters = {"from": self.period.first or None, "to": self.period.last or None}
        for endpoint in candidates:
            paged: Parameters = {"limit": ROWS, "showResumeKey": "true", "resumeKey": resume}
            try:
                body = await self._ask_index(endpoint.query(prefix, period | paged))
                index = read_index(body, limit=ROWS)
                if not index.whole:  # no key to go on with: all at once
                    fields = "timestamp,url,mime,status,digest"
                    everything: Parameters = {"limit": MOST_ROWS, "fl": fields}
                    body = await self._ask_index(endpoint.query(prefix, period | everything))
                    index = read_index(body, limit=MOST_ROWS)
                if not index.whole:
                    raise ValueError(f"more than {MOST_ROWS} captures; --from, --to")
            except ValueError as error:
                failure = f"{endpoint.index}: {error}"
                continue
            return [endpoint], index
        raise UnansweredError(say("wayback_no_index", detail=failure))

    async def _ask_index(self, url: str) -> bytes:
        """Raises ValueError when the address is no index."""
        response = await self.asker.ask(url, maxsize=LARGEST_INDEX)
        if response.status != 200:
            raise ValueError(f"http_{response.status}")
        return response.body

    def _wanted(self, row: CdxRow) -> Wanted:
        day, page = look_of(RecordPlace(Path(), 0, row.url, row.fetched_at), self.portal)
        return Wanted(row.url, row.timestamp, row.digest, day, page)

    # Fetching what was listed.

    async def _fetch(self, run: Run, archive: Endpoint) -> None:
        conn, slug = run.archive.conn, self.portal.slug
        while (row := ledger.next_wanted(conn, slug, *self.period.bounds)) is not None:
            full = self.most is not None and self.asker.asked >= self.most
            if full or run.out_of_time or run.storage.failure:
                return
            if is_known(conn, row.url, moment_of(row.timestamp)):
                self._settle(run, row, "known")
            elif not self._repeat(run, row):
                await self._capture(run, archive, row)
            self._since_saved += 1
            if self._since_saved >= SAVED_EVERY:
                self.save(run)

    def _repeat(self, run: Run, row: Wanted) -> bool:
        """Put down a capture of bytes that have come already, without asking for them again."""
        copy = ledger.same_bytes(run.archive.conn, self.portal.slug, row.digest)
        if copy is None:
            return False
        run.storage.captures(self.portal.slug).keep_revisit(
            row.url,
            fetched_at=moment_of(row.timestamp),
            digest=f"sha1:{row.digest}",
            original=copy.url,
            original_at=moment_of(copy.timestamp),
        )
        self._settle(run, row, "fetched", path=copy.path, offset=copy.offset)
        return True

    async def _capture(self, run: Run, archive: Endpoint, row: Wanted) -> None:
        try:
            response = await self.asker.ask(archive.capture(row.timestamp, row.url))
        except (OutOfBoundsError, LeftAloneError):
            raise
        except UnansweredError:
            self._in_vain += 1
            if self._in_vain >= IN_VAIN:
                raise
            self._lose(run, row, "missed")
            return
        self._in_vain = 0
        memento = memento_timestamp(header_of(response, "Memento-Datetime"))
        nearest = captured_at(header_of(response, "Location") or "")
        if 300 <= response.status < 400 and nearest and not is_memento(response):
            self._follow(run, row, *nearest)
        elif response.status != 200 and not is_memento(response):
            self._lose(run, row, "failed")
        elif memento and memento != row.timestamp:
            self._keep(run, row, memento, response)
        else:
            self._keep(run, row, row.timestamp, response)

    def _follow(self, run: Run, row: Wanted, timestamp: str, url: str) -> None:
        """The archive gives the nearest capture instead: that one is asked for in its own right."""
        conn, slug = run.archive.conn, self.portal.slug
        hops = ledger.hops_of(conn, slug, row) + 1
        listed = CdxRow(url, timestamp, "-", "-", "-")
        with run.archive.transaction():
            if hops <= HOPS and is_wanted(listed, self.portal):
                ledger.add(conn, slug, self._wanted(listed), hops=hops)
            ledger.settle(conn, slug, row, "elsewhere")

    def _keep(self, run: Run, row: Wanted, timestamp: str, response: Response) -> None:
        """Write a capture to our own WARC, then put down that it has come, under its own date."""
        writer = run.storage.captures(self.portal.slug)
        offset = writer.keep_copy(
            row.url,
            fetched_at=moment_of(timestamp),
            status=response.status,
            headers=original_headers(header_pairs(response.headers)),
            body=response.body,
            source=response.url,
        )
        digest = row.digest if timestamp == row.timestamp else "-"
        own = self._wanted(CdxRow(row.url, timestamp, "-", "-", digest))
        with run.archive.transaction() as conn:
            ledger.add(conn, self.portal.slug, own)
            if timestamp != row.timestamp:
                ledger.settle(conn, self.portal.slug, row, "elsewhere")
            ledger.settle(
                conn, self.portal.slug, own, "fetched", path=str(writer.path), offset=offset
            )

    def _lose(self, run: Run, row: Wanted, state: str) -> None:
        """`missed` is asked for again in the next run; `failed` is what the archive will not give."""
        self.lost += 1
        self._settle(run, row, state)

    def _settle(self, run: Run, row: Wanted, state: str, **place: Any) -> None:
        with run.archive.transaction() as conn:
            ledger.settle(conn, self.portal.slug, row, state, **place)
