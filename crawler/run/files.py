"""Where a portal's files are kept in a run, and how they are read."""

from __future__ import annotations

import asyncio
import sqlite3
from functools import partial
from typing import TYPE_CHECKING

from crawler.archive.files.keep import Kept, save_file
from crawler.archive.files.queue import FileVisit
from crawler.archive.files.readings import save_reading, waiting
from crawler.clock import now
from crawler.document_pool import file_reading_of
from crawler.items import FileLook
from crawler.messages import say

if TYPE_CHECKING:
    from crawler.run.run import Run

FILES = "-files"  # behind a portal's name: its captures that hold files
CHECK_DISK_EVERY = 20  # files


class FileStorage:
    """Files into a WARC file of their own, then into the archive; each is read when it is there."""

    def __init__(self, run: Run, portal: str) -> None:
        self._run, self._portal = run, portal
        self._saved = 0

    @property
    def captures(self) -> str:
        """The name of the portal's captures that hold its files."""
        return self._portal + FILES

    async def save(self, visit: FileVisit, look: FileLook) -> Kept:
        """After it the look is in the archive. Raises ArchiveError; the file is then still wanted."""
        run, found = self._run, []
        try:
            await run.storage.durable(self.captures)
            await run.archive.write(lambda conn: found.append(save_file(conn, visit, look, now())))
        except (sqlite3.Error, OSError) as error:
            raise run.storage.fail(say("storage_failed", detail=error)) from error
        self._saved += 1
        if self._saved % CHECK_DISK_EVERY == 0:
            run.storage.check_disk()
        if found[0] in ("new", "exchanged"):
            await self.read_waiting()
        return found[0]

    async def read_waiting(self) -> None:
        """Read what nobody has read of the portal's files: the last one, or what a kill left."""
        run = self._run
        conn, after = run.archive.conn, 0
        while jobs := waiting(conn, run.storage.folder, [self._portal], after=after, most=20):
            after = jobs[-1][0]
            for _, job in jobs:
                if run.stopping or run.out_of_time:
                    return
                future = run.documents.read_kept(job)
                await asyncio.wait([asyncio.wrap_future(future)])
                reading = file_reading_of(job, future)
                put = partial(
                    save_reading, sha256=job.sha256, reading=reading.document,
                    located=reading.located,
                )  # fmt: skip
                try:
                    await run.archive.write(put)
                except sqlite3.Error as error:
                    raise run.storage.fail(say("storage_failed", detail=error)) from error

    def close(self) -> None:
        self._run.storage.close(self.captures)
