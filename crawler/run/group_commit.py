"""Group commit: pages that are ready at the same time share one transaction and one sync."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from functools import partial

from crawler.archive.database import Archive
from crawler.archive.frontier.queue import Visit
from crawler.captures import CaptureWriter
from crawler.items import Page

Put = Callable[[sqlite3.Connection, Page, Visit | None], None]
Waiting = tuple[Page, Visit | None, "asyncio.Future[None]"]


class GroupCommit:
    """Writes what waits in one transaction, and what came meanwhile in the next.

    The disk is waited for in threads: with one portal a page is written as soon as it is read, with
    many the pages of one wait share the next.
    """

    def __init__(self, archive: Archive, put: Put) -> None:
        self._archive = archive
        self._put = put
        self._waiting: list[Waiting] = []
        self._writing: asyncio.Task[None] | None = None
        self._syncing: dict[str, list[asyncio.Future[None]]] = {}

    def sync(self, writer: CaptureWriter, portal: str) -> None:
        """Begin to put a capture on disk, while its page is being read."""
        begun = asyncio.get_running_loop().run_in_executor(None, writer.sync)
        self._syncing.setdefault(portal, []).append(begun)

    async def synced(self, portal: str) -> None:
        """Wait for the captures that were begun to be put on disk."""
        await asyncio.gather(*self._syncing.pop(portal, ()))

    async def save(self, page: Page, visit: Visit | None) -> None:
        """Ends when the page is on disk, its capture before the rows that point at it.

        Raises what writing raised; the page is then not in the archive.
        """
        await self.synced(page.portal)
        done = asyncio.get_running_loop().create_future()
        self._waiting.append((page, visit, done))
        if self._writing is None:
            self._writing = asyncio.create_task(self._write())
        await done

    async def _write(self) -> None:
        while self._waiting:
            together, self._waiting = self._waiting, []
            failed: dict[asyncio.Future[None], Exception] = {}
            try:
                await self._archive.write(partial(self._put_all, together, failed))
            except Exception as error:  # noqa: BLE001
                # Whatever it was: everybody whose page is not in the archive hears of it.
                failed = {done: error for _, _, done in together}
            for _, _, done in together:
                if done in failed:
                    done.set_exception(failed[done])
                elif not done.done():
                    done.set_result(None)
        self._writing = None

    def _put_all(
        self,
        together: list[Waiting],
        failed: dict[asyncio.Future[None], Exception],
        conn: sqlite3.Connection,
    ) -> None:
        for page, visit, done in together:
            conn.execute("savepoint page")
            try:
                self._put(conn, page, visit)
            except sqlite3.Error:
                raise
            except Exception as error:  # noqa: BLE001
                # One page that cannot be put down takes none of the others with it.
                conn.execute("rollback to page")
                failed[done] = error
            conn.execute("release page")
