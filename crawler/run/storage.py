"""Where a run's answers and pages are kept, and why nothing more can be."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from scrapy.settings import BaseSettings

from crawler.archive import runs as ledger
from crawler.archive.articles.save import save_page
from crawler.archive.captures import relative, settle_paths
from crawler.archive.database import Archive, ArchiveError
from crawler.archive.files.keep import Original, original_of
from crawler.archive.frontier.queue import Visit
from crawler.captures import CaptureError, CaptureWriter
from crawler.clock import now
from crawler.items import Page
from crawler.messages import say
from crawler.monitoring.losses import note_losses
from crawler.run.group_commit import GroupCommit
from crawler.run.portal_run import PortalRun
from crawler.run.previous_captures import PreviousCaptures
from crawler.run.progress import Progress

LEAST_FREE = 2**30  # bytes on the archive's disk below which a run stops
CHECK_DISK_EVERY = 50  # pages


class PageStorage:
    """Answers into WARC files, then pages into the archive: what is not kept was not seen."""

    def __init__(
        self,
        archive: Archive,
        settings: BaseSettings,
        run: str,
        portals: Mapping[str, PortalRun],
        progress: Progress,
        previous: PreviousCaptures,
    ) -> None:
        self._archive, self._run = archive, run
        self._portals, self._progress, self._previous = portals, progress, previous
        self.folder = Path(settings["CAPTURES_DIR"])
        self._software = settings["USER_AGENT"]
        self.least_free = settings.getint("LEAST_FREE_BYTES", LEAST_FREE)
        self._failure: str | None = None
        self._captures: dict[str, CaptureWriter] = {}
        self._commit = GroupCommit(archive, self._put)

    @property
    def failure(self) -> str | None:
        """Why nothing more can be kept; the sentence a person is told."""
        if self._failure is None and self._archive.failure:
            self._failure = say("storage_failed", detail=self._archive.failure)
        return self._failure

    def fail(self, error: object) -> ArchiveError:
        """Note the first failure; the error to be raised for it."""
        self._failure = self.failure or str(error)
        return ArchiveError(self._failure)

    def _failed(self, error: Exception) -> ArchiveError:
        return self.fail(say("storage_failed", detail=error))

    def settle(self, conn: sqlite3.Connection) -> None:
        """Bring the places of captures that earlier releases noted up to date."""
        settle_paths(conn, self.folder)

    def captures(self, portal: str) -> CaptureWriter:
        """The portal's WARC file of this run, begun when there is something to keep."""
        if portal not in self._captures:
            name = f"{portal}-{self._run.replace(':', '').replace('.', '')}.warc.gz"
            writer = CaptureWriter(self.folder / name, software=self._software, portal=portal)
            with self._archive.transaction() as conn:
                conn.execute(
                    "insert or replace into _warcs(name, path) values (?, ?)",
                    (name, relative(writer.path, self.folder)),
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
            raise self.fail(error) from error
        self._commit.sync(writer, portal)
        return writer.path.name, offset

    async def durable(self, portal: str) -> None:
        """Wait until what was kept for a portal is on disk."""
        await self._commit.synced(portal)

    async def save(self, page: Page, visit: Visit | None) -> None:
        """After it the page is in the archive, whatever happens next.

        Raises ArchiveError when the page could not be written; it is then still pending.
        """
        try:
            await self._previous.reread(page, self._portals[page.portal])
            await self._commit.save(page, visit)
        except (sqlite3.Error, OSError) as error:
            raise self._failed(error) from error
        self._show(self._portals[page.portal])

    def keep_again(
        self, portal: str, url: str, *, fetched_at: str, original: Original
    ) -> tuple[str, int]:
        """`keep` for an answer whose very bytes are kept already: a record that says so."""
        try:
            writer = self.captures(portal)
            offset = writer.keep_revisit(
                url, fetched_at=fetched_at, digest=f"sha256:{original.sha256}",
                original=original.url, original_at=original.seen_at,
            )  # fmt: skip
        except (CaptureError, sqlite3.Error) as error:
            raise self.fail(error) from error
        return writer.path.name, offset

    def original_of(self, digest: str) -> Original | None:
        """The first look at a file's content, when there was one."""
        return original_of(self._archive.conn, digest)

    def save_at_once(self, page: Page, visit: Visit | None) -> None:
        """`save` for those who cannot wait for others."""
        try:
            with self._archive.transaction() as conn:
                self._previous.reread_now(conn, page, self._portals[page.portal])
                self._put(conn, page, visit)
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self._show(self._portals[page.portal])

    def save_all(
        self, pages: Iterable[Page], then: Callable[[sqlite3.Connection], None] | None = None
    ) -> None:
        """Save pages in one transaction. Raises ArchiveError; then none of them is saved.

        `then`: what is noted of them in the same transaction.
        """
        try:
            with self._archive.transaction() as conn:
                for page in pages:
                    self._previous.reread_now(conn, page, self._portals[page.portal])
                    self._put(conn, page, None)
                if then:
                    then(conn)
        except sqlite3.Error as error:
            raise self._failed(error) from error
        self.check_disk()
        for going in self._portals.values():
            self._progress.show(going)

    def check_disk(self) -> None:
        """Raise ArchiveError when the disk is nearly full, while the run can still be closed."""
        free = self._archive.free_bytes()
        if free < self.least_free:
            raise self.fail(say("disk_low", path=self._archive.path, free=free // 2**20))

    def close(self, portal: str | None = None) -> None:
        """End a portal's WARC file, or all of them."""
        for name in [portal] if portal else list(self._captures):
            if name in self._captures:
                self._captures.pop(name).close()

    def _put(self, conn: sqlite3.Connection, page: Page, visit: Visit | None) -> None:
        going = self._portals[page.portal]
        saved = save_page(conn, page, visit=visit, extractor=going.extractor, now=now())
        if visit and saved.outcome == "edited" and saved.article is not None:
            note_losses(conn, saved.article, page.capture.fetched_at)
        going.count(page, visit, saved)
        ledger.count_portal(conn, self._run, page.portal, going.tally)

    def _show(self, going: PortalRun) -> None:
        if going.tally.pages % CHECK_DISK_EVERY == 0:
            self.check_disk()
        self._progress.show(going)
