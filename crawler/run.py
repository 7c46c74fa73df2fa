"""A run: one process's time with the archive, over one portal or all of them."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.archive import Archive, ArchiveError
from crawler.archive import runs as ledger
from crawler.archive.boilerplate import known_boilerplate, learn
from crawler.archive.completeness import note_short_lists
from crawler.archive.frontier import Visit, pending
from crawler.archive.runs import Tally
from crawler.archive.save import save_page
from crawler.captures import CaptureWriter
from crawler.clock import hours_ago, now
from crawler.facts import Portal
from crawler.items import Page
from crawler.messages import say
from crawler.progress import Progress
from crawler.stamp import extractor_stamp, learned_stamp
from crawler.workers import Workers

LEAST_FREE = 2**30  # bytes on the archive's disk below which a run stops
CHECK_DISK_EVERY = 50  # pages
GO_ON_WITHIN = 20  # hours in which a killed run is taken up where it was
BROKEN_LINK = frozenset({"http_404", "http_410", "redirect_home", "redirect_outside", "robots"})
# Pages answered 200 that say the site itself is not there, and the failure each is.
SITE_REFUSALS = {
    "block_page": "blocked",
    "maintenance": "maintenance",
    "server_error": "server_error",
    "login_page": "blocked",
    "js_shell": "site_changed",
    "parked": "site_changed",
    "default_page": "site_changed",
}


@dataclass(slots=True)
class PortalRun:
    """How one portal is doing in this run."""

    portal: Portal
    started: float
    resumed: bool
    extractor: str  # the rules its pages are read with: ours, and what was learnt of the portal
    boilerplate: frozenset[str]
    tally: Tally = field(default_factory=Tally)
    outcome: str | None = None
    failure: str | None = None
    evidence: str | None = None
    failures: dict[str, int] = field(default_factory=dict)  # outcome of a failed look → how many

    @property
    def seconds(self) -> float:
        return time.monotonic() - self.started


class Run:
    """Opens the archive, keeps the ledger, and knows how it all ended."""

    def __init__(self, archive: Archive, settings: BaseSettings, command: str) -> None:
        self.archive = archive
        self.command = command
        self.replayed = bool(settings.getlist("REPLAY_WARC"))
        self.captures_dir = Path(settings["CAPTURES_DIR"])
        self.least_free = settings.getint("LEAST_FREE_BYTES", LEAST_FREE)
        self.software = settings["USER_AGENT"]
        self.id = now()
        self.extractor = extractor_stamp()
        self.workers = Workers(settings.getint("WORKERS") or None)
        self.progress = Progress(quiet=settings.getbool("QUIET"))
        self.portals: dict[str, PortalRun] = {}
        self.slots = asyncio.Semaphore(settings.getint("PORTALS_AT_ONCE"))
        hours = settings.getfloat("DEADLINE_HOURS")
        self.deadline = time.monotonic() + hours * 3600 if hours else None
        self.storage_failure: str | None = None
        self._captures: dict[str, CaptureWriter] = {}
        with archive.transaction() as conn:
            ledger.record_provinces(conn)
            ledger.begin_run(conn, self.id, command, self.id)

    @classmethod
    def open(cls, settings: BaseSettings, command: str) -> Self:
        """Raises ArchiveError, with what to do, when the archive cannot be used."""
        return cls(Archive.open(Path(settings["ARCHIVE_DB"])), settings, command)

    @classmethod
    def of(cls, crawler: Crawler) -> Run:
        """The run a crawler belongs to; commands attach it before the crawl begins."""
        return crawler.archive_run  # type: ignore[attr-defined]

    def attach(self, crawler: Crawler) -> Crawler:
        crawler.archive_run = self  # type: ignore[attr-defined]
        return crawler

    def begin(self, portal: Portal) -> PortalRun:
        conn = self.archive.conn
        resumed = ledger.was_cut_short(conn, portal.slug, hours_ago(GO_ON_WITHIN))
        with self.archive.transaction():
            ledger.record_portals(conn, [portal])
            ledger.begin_portal(conn, self.id, portal.slug, now())
        learnt = known_boilerplate(conn, portal.slug)
        self.portals[portal.slug] = PortalRun(
            portal, time.monotonic(), resumed, learned_stamp(self.extractor, learnt), learnt
        )
        return self.portals[portal.slug]

    def captures(self, portal: str) -> CaptureWriter:
        """The portal's WARC file of this run, begun when there is something to keep."""
        if portal not in self._captures:
            name = f"{portal}-{self.id.replace(':', '').replace('.', '')}.warc.gz"
            writer = CaptureWriter(self.captures_dir / name, software=self.software, portal=portal)
            with self.archive.transaction() as conn:
                conn.execute(
                    "insert or replace into _warcs(name, path) values (?, ?)",
                    (name, str(writer.path)),
                )
            self._captures[portal] = writer
        return self._captures[portal]

    def save(self, page: Page, visit: Visit | None) -> None:
        """One transaction: after it the page is in the archive, whatever happens next.

        Raises ArchiveError when the page could not be written; it is then still pending.
        """
        going = self.portals[page.portal]
        try:
            with self.archive.transaction() as conn:
                saved = save_page(conn, page, visit=visit, extractor=going.extractor, now=now())
                self._count(going, page, saved.outcome)
                ledger.count_portal(conn, self.id, page.portal, going.tally)
        except sqlite3.Error as error:
            self.storage_failure = say("storage_failed", detail=error)
            raise ArchiveError(self.storage_failure) from error
        if going.tally.pages % CHECK_DISK_EVERY == 0:
            self.check_disk()
        self.progress.show(going)

    def save_all(self, pages: Iterable[Page]) -> None:
        """Many pages nobody waits for, durable together. Raises ArchiveError; none is in then."""
        try:
            with self.archive.transaction() as conn:
                for page in pages:
                    going = self.portals[page.portal]
                    saved = save_page(conn, page, visit=None, extractor=going.extractor, now=now())
                    self._count(going, page, saved.outcome)
                    ledger.count_portal(conn, self.id, page.portal, going.tally)
        except sqlite3.Error as error:
            self.storage_failure = say("storage_failed", detail=error)
            raise ArchiveError(self.storage_failure) from error
        self.check_disk()
        for going in self.portals.values():
            self.progress.show(going)

    def check_disk(self) -> None:
        """Raise ArchiveError while there is still room to end in order."""
        free = self.archive.free_bytes()
        if free < self.least_free:
            self.storage_failure = say("disk_low", path=self.archive.path, free=free // 2**20)
            raise ArchiveError(self.storage_failure)

    def end(self, portal: str, reason: str) -> None:
        """Close a portal's account: what came of it, and why when it failed."""
        going = self.portals[portal]
        outcome, failure, evidence = judge(going, reason, self.storage_failure)
        going.outcome, going.failure, going.evidence = outcome, failure, evidence
        left = pending(self.archive.conn, portal)
        if reason != "shutdown":  # interrupted: the next run goes on where this one was
            try:
                with self.archive.transaction() as conn:
                    ledger.end_portal(conn, self.id, portal, now(), outcome, failure, evidence)
                    if going.tally.new:
                        learn(conn, portal, now())
                    if outcome == "ok":
                        note_short_lists(conn, portal, now())
            except sqlite3.Error as error:
                self.storage_failure = say("storage_failed", detail=error)
        self.progress.finish(going, left)

    @property
    def out_of_time(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    @property
    def exit_code(self) -> int:
        """0 clean, 1 partly failed, 74 storage."""
        if self.storage_failure:
            return 74
        return int(any(going.outcome not in ("ok", "capped") for going in self.portals.values()))

    def close(self) -> None:
        """End the ledger and let go of everything; never raises."""
        self.workers.close()
        for writer in self._captures.values():
            writer.close()
        try:
            with self.archive.transaction() as conn:
                outcome = {0: "ok", 1: "partly failed"}.get(self.exit_code, "storage")
                ledger.end_run(conn, self.id, now(), outcome, self.exit_code)
        except sqlite3.Error as error:
            self.storage_failure = self.storage_failure or say("storage_failed", detail=error)
        self.archive.close()

    @staticmethod
    def _count(going: PortalRun, page: Page, outcome: str) -> None:
        tally = going.tally
        tally.pages += 1
        if outcome == "list":
            tally.lists += 1
        elif outcome == "error":
            tally.errors += 1
            name = page.capture.outcome
            going.failures[name] = going.failures.get(name, 0) + 1
        elif outcome != "absent":
            setattr(tally, outcome, getattr(tally, outcome) + 1)
            refusal = page.reading.refusal
            if outcome == "refused" and refusal and refusal.reason in SITE_REFUSALS:
                name = SITE_REFUSALS[refusal.reason]
                going.failures[name] = going.failures.get(name, 0) + 1


def judge(
    going: PortalRun, reason: str, storage_failure: str | None
) -> tuple[str, str | None, str | None]:
    """Outcome, failure class and evidence of a portal's run.

    Broken links are a portal's daily life. A portal is failed when nothing could be read, and
    partial when more than a tenth of what was asked for got no proper answer.
    """
    tally = going.tally
    if storage_failure:
        return "failed", "storage", storage_failure.splitlines()[0]
    if reason in ("shutdown", "capped", "deadline"):
        return "capped", None, None
    if reason == "filled":  # from captures: how the portal does today is another question
        return "ok", None, None
    nothing_read = tally.lists + tally.articles == 0
    troubles = {
        name: count
        for name, count in going.failures.items()
        if nothing_read or name not in BROKEN_LINK
    }
    worst = max(troubles, key=lambda name: troubles[name], default="")
    seen = f"{worst} × {troubles[worst]} / {tally.pages}" if worst else "no list page was read"
    if nothing_read:
        return "failed", _failure_class(worst) or "site_changed", seen
    if sum(troubles.values()) * 10 > tally.pages:
        return "partial", _failure_class(worst), seen
    return "ok", None, None


def _failure_class(outcome: str) -> str:
    """`http_404` → `http_4xx`; other outcomes name their own class."""
    if outcome.startswith("http_") and outcome[5:6] in ("4", "5"):
        return f"http_{outcome[5]}xx"
    return outcome
