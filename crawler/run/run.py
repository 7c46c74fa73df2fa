"""A run: one process's time with the archive, over one portal or all of them."""

from __future__ import annotations

import sqlite3
import time
from functools import partial
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.settings import BaseSettings

from crawler.archive import runs
from crawler.archive.database import Archive, ArchiveError
from crawler.archive.frontier.queue import pending
from crawler.clock import now
from crawler.document_pool import DocumentPool
from crawler.extraction_pool import ExtractionPool
from crawler.http.limits import largest_body
from crawler.messages import say
from crawler.run.clock_check import ClockCheck
from crawler.run.ledger import RunLedger
from crawler.run.network import Network
from crawler.run.portal_run import PortalRun
from crawler.run.previous_captures import PreviousCaptures
from crawler.run.progress import Progress
from crawler.run.removal import finish_removals
from crawler.run.scrapy_parts import choose_parts
from crawler.run.storage import PageStorage


class Run:
    """Opens the archive and all that a crawl needs beside it, and knows how it all ended."""

    def __init__(self, archive: Archive, settings: BaseSettings, command: str) -> None:
        self.id = settings["RUN"] or now()
        self.archive, self.command = archive, command
        self.replayed = bool(settings.getlist("REPLAY_WARC"))
        hours = settings.getfloat("DEADLINE_HOURS")
        self.deadline = time.monotonic() + hours * 3600 if hours else None
        self.workers = ExtractionPool(
            settings.getint("WORKERS") or None, largest=largest_body(settings)
        )
        self.documents = DocumentPool()
        self.progress = Progress(
            quiet=settings.getbool("QUIET"), left=partial(pending, archive.conn)
        )
        self.portals: dict[str, PortalRun] = {}
        self.waiting: list[str] = []  # those that never had their turn
        self.network = Network(settings)
        self.storage = PageStorage(
            archive, settings, self.id, self.portals, self.progress,
            PreviousCaptures(archive, self.workers, settings),
        )  # fmt: skip
        self.ledger = RunLedger(
            archive, self.id, command,
            portals=self.portals, storage=self.storage, progress=self.progress,
        )  # fmt: skip
        self.clock = ClockCheck(runs.newest_run(archive.conn))
        self.untrue = False  # this machine's clock is wrong: nothing of the run is kept
        with archive.transaction() as conn:
            runs.record_provinces(conn)
            self.storage.settle(conn)
            self.killed = runs.note_killed(conn)
            runs.begin_run(conn, self.id, command, self.id)

    @classmethod
    def open(cls, settings: BaseSettings, command: str) -> Self:
        """Raises ArchiveError, with what to do, when the archive cannot be used."""
        archive = Archive.open(Path(settings["ARCHIVE_DB"]))
        try:
            run = cls(archive, settings, command)
        except sqlite3.Error as error:
            archive.close()
            raise ArchiveError(say("storage_failed", detail=error)) from error
        try:
            run.storage.check_disk()
            finish_removals(archive, Path(settings["CAPTURES_DIR"]))  # one that was cut off
        except (OSError, sqlite3.Error) as error:
            run.close()
            raise ArchiveError(say("storage_failed", detail=error)) from error
        except ArchiveError:
            run.close()
            raise
        return run

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """The run a crawler belongs to; commands attach it before the crawl begins.

        Raises NotConfigured where there is none: under `scrapy shell` and Scrapy's other commands.
        """
        run = getattr(crawler, "archive_run", None)
        if run is None:
            raise NotConfigured
        return run

    @staticmethod
    def has(crawler: Crawler) -> bool:
        """Whether a crawler belongs to a run."""
        return getattr(crawler, "archive_run", None) is not None

    def attach(self, crawler: Crawler) -> Crawler:
        choose_parts(crawler.settings)
        crawler.archive_run = self  # type: ignore[attr-defined]
        return crawler

    @property
    def stopping(self) -> bool:
        return self.ledger.interrupted

    @property
    def out_of_time(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    @property
    def exit_code(self) -> int:
        """0 clean, 1 something needs a look, 74 storage."""
        if self.storage.failure:
            return 74
        return int(not all(going.fine for going in self.portals.values()))

    def believes(self, date: str | None, host: str) -> bool:
        """Whether our clock may be right beside a server's; where it is not, the run ends."""
        if self.replayed:  # what was recorded tells the time of then
            return True
        if self.untrue:
            return False
        theirs = self.clock.ahead_of(date, now(), host)
        if theirs is not None:
            self.untrue = True
            self.storage.fail(say("clock_ahead", ours=now(), theirs=theirs))
        return theirs is None

    def close(self) -> None:
        """End the ledger and let go of everything; never raises."""
        self.progress.close()
        self.workers.close()
        self.documents.close()
        self.storage.close()
        try:
            with self.archive.transaction() as conn:
                outcome = {0: "ok", 1: "partly failed"}.get(self.exit_code, "storage")
                runs.end_run(conn, self.id, now(), outcome, self.exit_code)
                if self.untrue:
                    runs.forget_run(conn, self.id)
        except sqlite3.Error as error:
            self.storage.fail(say("storage_failed", detail=error))
        self.archive.close()
        if self.untrue and self.clock.is_first:
            self.archive.discard()  # all that it holds was written by a wrong clock
