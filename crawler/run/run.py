"""A run: one process's time with the archive, over one portal or all of them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Self

from scrapy.crawler import Crawler
from scrapy.settings import BaseSettings

from crawler.archive import runs as ledger
from crawler.archive.articles.save import Saved, save_page
from crawler.archive.boilerplate import known_boilerplate, learn
from crawler.archive.database import Archive, ArchiveError
from crawler.archive.frontier.queue import Visit, pending
from crawler.captures import CaptureError, CaptureWriter
from crawler.clock import hours_ago, now
from crawler.extraction_pool import ExtractionPool
from crawler.extractor_version import extractor_version, portal_version
from crawler.http.outcomes import Forbidden
from crawler.http.politeness import HostQueue
from crawler.http.robotstxt import Rules
from crawler.items import Page
from crawler.messages import say
from crawler.monitoring.alarms import Alarm, failure_of
from crawler.monitoring.completeness import note_short_lists
from crawler.monitoring.expectations import unmet
from crawler.monitoring.health import raise_alarms
from crawler.monitoring.losses import note_losses
from crawler.monitoring.verdict import Verdict, failed, judge, with_alarms
from crawler.portals.model import Portal
from crawler.run.group_commit import GroupCommit
from crawler.run.portal_run import PortalRun
from crawler.run.previous_captures import PreviousCaptures
from crawler.run.progress import Progress

LEAST_FREE = 2**30  # bytes on the archive's disk below which a run stops
CHECK_DISK_EVERY = 50  # pages
GO_ON_WITHIN = 20  # hours in which a killed run is taken up where it was


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
        self.extractor = extractor_version()
        self.workers = ExtractionPool(settings.getint("WORKERS") or None)
        self.previous = PreviousCaptures(archive, self.workers, settings)
        self.progress = Progress(quiet=settings.getbool("QUIET"))
        self.portals: dict[str, PortalRun] = {}
        self.hosts = HostQueue(0.0 if self.replayed else settings.getfloat("DOWNLOAD_DELAY"))
        self.robots: dict[str, Rules | Forbidden] = {}  # by scheme and host
        hours = settings.getfloat("DEADLINE_HOURS")
        self.deadline = time.monotonic() + hours * 3600 if hours else None
        self._storage_failure: str | None = None
        self.stopping = False
        self._captures: dict[str, CaptureWriter] = {}
        self._saving = GroupCommit(archive, self._put)
        with archive.transaction() as conn:
            ledger.record_provinces(conn)
            ledger.begin_run(conn, self.id, command, self.id)

    @classmethod
    def open(cls, settings: BaseSettings, command: str) -> Self:
        """Raises ArchiveError, with what to do, when the archive cannot be used."""
        archive = Archive.open(Path(settings["ARCHIVE_DB"]))
        try:
            return cls(archive, settings, command)
        except sqlite3.Error as error:
            archive.close()
            raise ArchiveError(say("storage_failed", detail=error)) from error

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
            portal,
            time.monotonic(),
            resumed,
            portal_version(self.extractor, portal, learnt),
            learnt,
        )
        return self.portals[portal.slug]

    def redescribe(self, portal: Portal) -> None:
        """Go by other facts from here on: a stranger's platform has been recognised."""
        going = self.portals[portal.slug]
        going.portal = portal
        going.extractor = portal_version(self.extractor, portal, going.boilerplate)
        with self.archive.transaction() as conn:
            ledger.record_portals(conn, [portal])

    @property
    def storage_failure(self) -> str | None:
        """Why nothing more can be kept; the sentence a person is told."""
        if self._storage_failure is None and self.archive.failure:
            self._storage_failure = say("storage_failed", detail=self.archive.failure)
        return self._storage_failure

    @storage_failure.setter
    def storage_failure(self, sentence: str | None) -> None:
        self._storage_failure = sentence

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

    def keep(self, portal: str, url: str, **answer: Any) -> tuple[str, int]:
        """Write an answer to the portal's WARC file; returns its name and the record's offset.

        Begins to make it durable; `save` waits for that. Raises ArchiveError when it could not be
        kept: what is not kept has not been seen.
        """
        try:
            writer = self.captures(portal)
            offset = writer.keep(url, **answer)
        except (CaptureError, sqlite3.Error) as error:
            self.storage_failure = self.storage_failure or str(error)
            raise ArchiveError(self.storage_failure) from error
        self._saving.sync(writer, portal)
        return writer.path.name, offset

    async def save(self, page: Page, visit: Visit | None) -> None:
        """After it the page is in the archive, whatever happens next.

        Raises ArchiveError when the page could not be written; it is then still pending.
        """
        try:
            await self.previous.reread(page, self.portals[page.portal])
            await self._saving.save(page, visit)
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error
        self._show(self.portals[page.portal])

    def save_at_once(self, page: Page, visit: Visit | None) -> None:
        """`save` for those who cannot wait for others."""
        try:
            with self.archive.transaction() as conn:
                self.previous.reread_now(conn, page, self.portals[page.portal])
                self._put(conn, page, visit)
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self._show(self.portals[page.portal])

    def save_all(self, pages: Iterable[Page]) -> None:
        """Many pages nobody waits for, durable together. Raises ArchiveError; none is in then."""
        try:
            with self.archive.transaction() as conn:
                for page in pages:
                    self.previous.reread_now(conn, page, self.portals[page.portal])
                    self._put(conn, page, None)
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self.check_disk()
        for going in self.portals.values():
            self.progress.show(going)

    def _put(self, conn: sqlite3.Connection, page: Page, visit: Visit | None) -> None:
        going = self.portals[page.portal]
        saved = save_page(conn, page, visit=visit, extractor=going.extractor, now=now())
        if visit and saved.outcome == "edited" and saved.article is not None:
            note_losses(conn, saved.article, page.capture.fetched_at)
        self._count(going, page, visit, saved)
        ledger.count_portal(conn, self.id, page.portal, going.tally)

    def _failed(self, error: Exception) -> ArchiveError:
        self.storage_failure = say("storage_failed", detail=error)
        return ArchiveError(self.storage_failure)

    def _show(self, going: PortalRun) -> None:
        if going.tally.pages % CHECK_DISK_EVERY == 0:
            self.check_disk()
        self.progress.show(going)

    def check_disk(self) -> None:
        """Raise ArchiveError while there is still room to end in order."""
        free = self.archive.free_bytes()
        if free < self.least_free:
            self.storage_failure = say("disk_low", path=self.archive.path, free=free // 2**20)
            raise ArchiveError(self.storage_failure)

    def end(self, portal: str, reason: str) -> None:
        """Close a portal's account: what came of it, and why when it failed."""
        going = self.portals.get(portal)
        if going is None or going.verdict is not None:
            return  # it never began; whoever started it says why
        if reason == "shutdown":
            # Interrupted: the account stays open, and the next run goes on where this one was.
            self.stopping = True
            going.verdict = Verdict("capped", "interrupted")
        else:
            self._judge(going, reason)
        if portal in self._captures:
            self._captures.pop(portal).close()
        self.progress.finish(going, pending(self.archive.conn, portal))

    def _judge(self, going: PortalRun, reason: str) -> None:
        portal, conn = going.portal.slug, self.archive.conn
        left = pending(conn, portal)
        cut = reason if reason in ("budget", "deadline") else None
        if self.storage_failure:
            going.verdict = failed("storage", self.storage_failure.splitlines()[0])
        elif going.crash:
            going.verdict = failed("crashed", going.crash)
        elif reason == "filled":  # from captures: how the portal does today is another question
            going.verdict = Verdict("ok")
        else:
            verdict = judge(going.tally, going.looks, cut=cut, pending=left)
            noticed = [alarm for alarm in (going.left_alone, going.unmatched) if alarm]
            if noticed and verdict.outcome in ("ok", "capped"):
                verdict = with_alarms(verdict, (*noticed, *verdict.alarms))
            going.verdict = verdict
        try:
            with self.archive.transaction():
                self._book(going, left)
        except sqlite3.Error as error:
            self.storage_failure = say("storage_failed", detail=error)

    def _book(self, going: PortalRun, left: int) -> None:
        """Write the verdict, with what the portal's history adds to it."""
        portal, conn = going.portal.slug, self.archive.conn
        verdict = going.verdict
        if going.tally.new:
            learn(conn, portal, now())
        if verdict.outcome == "ok":
            note_short_lists(conn, portal, now())
        self._write(going, verdict, left)
        looked = self.command != "backfill" and going.tally.pages
        if looked and verdict.outcome != "failed":
            found = unmet(conn, portal, self.id, now(), undated=going.portal.undated)
            known = {alarm.code for alarm in verdict.alarms}
            found = [alarm for alarm in found if alarm.code not in known]
            if verdict.outcome == "partial":  # what went wrong tonight explains the rest
                found = [alarm for alarm in found if failure_of(alarm) is None]
            verdict = with_alarms(verdict, (*verdict.alarms, *found))
            if not verdict.alarms and not self._has_articles(portal) and verdict.outcome == "ok":
                empty = Alarm("no_articles", f"{going.tally.pages} pages read")
                verdict = with_alarms(verdict, (empty,))
            self._write(going, verdict, left)
        going.verdict = verdict
        if self.command != "backfill":
            going.news = raise_alarms(conn, self.id, portal, verdict.alarms, now())

    def _write(self, going: PortalRun, verdict: Verdict, left: int) -> None:
        ledger.end_portal(
            self.archive.conn, self.id, going.portal.slug, now(), verdict.outcome, verdict.failure,
            verdict.evidence, left,
        )  # fmt: skip

    def _has_articles(self, portal: str) -> bool:
        query = "select 1 from articles where portal = ? limit 1"
        return self.archive.conn.execute(query, (portal,)).fetchone() is not None

    def crashed(self, portal: Portal, error: BaseException) -> None:
        """Something in the spider broke; its account is closed as a failure by name."""
        if isinstance(error, sqlite3.Error | ArchiveError):
            self.storage_failure = self.storage_failure or say("storage_failed", detail=error)
        said = f"{type(error).__name__}: {error}"
        if portal.slug in self.portals:
            self.portals[portal.slug].crash = said[:300]
        else:
            self.never_began(portal.slug, said)

    def never_began(self, name: str, error: object) -> None:
        """A portal whose spider could not be imported or made: a failure like any other."""
        if name in self.portals or self.storage_failure:
            return
        with self.archive.transaction() as conn:
            ledger.record_stranger(conn, name)
            ledger.begin_portal(conn, self.id, name, now())
        portal = Portal(name, "", "", ("",))
        self.portals[name] = PortalRun(
            portal, time.monotonic(), False, self.extractor, frozenset(), crash=str(error)[:300]
        )
        self.end(name, "finished")

    @property
    def out_of_time(self) -> bool:
        return self.deadline is not None and time.monotonic() > self.deadline

    @property
    def exit_code(self) -> int:
        """0 clean, 1 something needs a look, 74 storage."""
        if self.storage_failure:
            return 74
        return int(not all(going.fine for going in self.portals.values()))

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
    def _count(going: PortalRun, page: Page, visit: Visit | None, saved: Saved) -> None:
        tally, outcome = going.tally, saved.outcome
        tally.pages += 1
        look = going.looks.note(page, visit)
        if look == "missing" and saved.article is None:
            look = None  # a link that was dead before anybody came
        if look in ("missing", "redirected", "unreadable"):
            setattr(tally, look, getattr(tally, look) + 1)
        if outcome == "error":
            tally.errors += 1
        elif outcome == "list":
            tally.lists += page.capture.outcome != "redirect"
        elif outcome != "absent":
            setattr(tally, outcome, getattr(tally, outcome) + 1)
