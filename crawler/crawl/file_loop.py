"""One portal's way through its queue of files: what is asked for next, and when it is enough."""

from __future__ import annotations

import asyncio
import sqlite3
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from scrapy import Request
from scrapy.settings import BaseSettings

from crawler.archive.database import ArchiveError
from crawler.archive.files.queue import (
    START,
    FileVisit,
    begin_files,
    next_file,
    wanted,
    was_expected,
)
from crawler.clock import now
from crawler.items import FileLook
from crawler.messages import say, say_short
from crawler.monitoring.files import all_fail
from crawler.portals.hosts import is_beside
from crawler.portals.model import Portal
from crawler.run.files import FileStorage
from crawler.run.run import Run

HOPS = 5  # redirects in a row


@dataclass(slots=True)
class Spent:
    """What a portal's files have cost in a night."""

    asked: int = 0
    foreign: int = 0
    bytes: int = 0
    new: int = 0
    kept: int = 0  # of those that were asked for, also such as are known
    reasons: Counter[str] = field(default_factory=Counter)  # why others could not be had
    unusual: Counter[str] = field(
        default_factory=Counter
    )  # of them: new ones, and such as came before


class FileLoop:
    """Asks for one file at a time, each after the one before it is on disk and read.

    As with pages, what is asked for next is in the archive alone.
    """

    def __init__(self, run: Run, portal: Portal, settings: BaseSettings) -> None:
        self.run, self.portal = run, portal
        self.spent = Spent()
        self.visit: FileVisit | None = None  # the one in flight
        self._led_on: FileVisit | None = None  # where its answer sent us
        self._storage = FileStorage(run, portal.slug)
        self._most = settings.getint("FILES_A_NIGHT")
        self._most_foreign = settings.getint("FOREIGN_FILES_A_NIGHT")
        self._most_bytes = settings.getint("FILE_BYTES_A_NIGHT")
        self._revisits = settings.getint("FILE_REVISITS")
        self._place = START
        self._going_on = asyncio.Event()

    @property
    def captures(self) -> str:
        return self._storage.captures

    async def requests(self, parse: Any, failed: Any) -> AsyncIterator[Request]:
        try:
            async for request in self._requests(parse, failed):
                yield request
        except (sqlite3.Error, ArchiveError) as error:
            self.run.storage.fail(say("storage_failed", detail=error))

    async def _requests(self, parse: Any, failed: Any) -> AsyncIterator[Request]:
        conn, slug = self.run.archive.conn, self.portal.slug
        with self.run.archive.transaction():
            begin_files(
                conn, slug, now(),
                revisits=self._revisits, is_own=partial(is_beside, portal=self.portal),
            )  # fmt: skip
        await self._storage.read_waiting()
        while (visit := self._next()) is not None:
            self.visit = visit
            self._going_on.clear()
            yield self._request(visit, parse, failed)
            await self._going_on.wait()
            await self.run.network.hosts.rest(visit.url)

    def go_on(self) -> None:
        """The file in flight is saved, or saving it has failed: the next may be asked for."""
        self._going_on.set()

    def _next(self) -> FileVisit | None:
        """The next of the queue; where a redirect led comes before it."""
        run, spent = self.run, self.spent
        if run.storage.failure or run.stopping or run.out_of_time:
            return None
        if spent.asked >= self._most or spent.bytes >= self._most_bytes:
            return None
        visit = self._led_on
        while visit is None:
            visit = next_file(run.archive.conn, self.portal.slug, self._place)
            if visit is None:
                return None
            self._place = visit.place
            if run.network.hosts.of(visit.url).parked:
                visit = None  # another night
            elif visit.is_foreign and spent.foreign >= self._most_foreign:
                return None  # they stand last
        self._led_on = None
        spent.asked += 1
        spent.foreign += visit.is_foreign
        return visit

    def _request(self, visit: FileVisit, parse: Any, failed: Any) -> Request:
        request = Request(
            visit.url, callback=parse, errback=failed, dont_filter=True, meta={"file": visit}
        )
        request.headers["Accept"] = "*/*"
        if visit.etag and not visit.hops:
            request.headers["If-None-Match"] = visit.etag
        if visit.modified and not visit.hops:
            request.headers["If-Modified-Since"] = visit.modified
        return request

    async def saved(self, look: FileLook) -> None:
        """Keep what came of the file in flight, and read it. Raises ArchiveError."""
        visit, hosts = self.visit, self.run.network.hosts
        if visit is None:
            return
        hosts.note(visit.url, look.capture.outcome, visit.id)
        if hosts.of(visit.url).doubted:
            hosts.park(visit.url)  # after failures in a row its other files can wait
        self.spent.bytes += len(look.content)
        if look.target and visit.hops < HOPS:
            self._led_on = replace(
                visit, url=look.target, hops=visit.hops + 1, etag=None, modified=None
            )
        expected = was_expected(self.run.archive.conn, visit)
        kept = await self._storage.save(visit, look)
        self.spent.new += kept in ("new", "exchanged")
        self.spent.kept += kept in ("new", "exchanged", "known")
        if kept in ("absent", "refused"):
            reason = look.refusal.reason if look.refusal else look.capture.outcome
            self.spent.reasons[reason] += 1
            if expected:
                self.spent.unusual[reason] += 1

    def end(self, reason: str) -> None:
        """Close the portal's captures of files, and say how it went."""
        self._storage.close()
        if reason == "shutdown":
            self.run.ledger.interrupted = True
        spent, slug = self.spent, self.portal.slug
        try:
            alarm = all_fail(self.run.archive.conn, slug, kept=spent.kept, reasons=spent.unusual)
            if alarm is not None:
                self.run.ledger.notice(slug, alarm)
        except sqlite3.Error as error:
            self.run.storage.fail(say("storage_failed", detail=error))
        if self.spent.asked:
            self.run.progress.say(
                say_short(
                    "files_done", portal=self.portal.slug, new=self.spent.new,
                    failed=self.spent.reasons.total(), asked=self.spent.asked,
                    size=round(self.spent.bytes / 2**20, 1),
                    left=wanted(self.run.archive.conn, self.portal.slug),
                )
            )  # fmt: skip
