# ruff: noqa: N999 -- Scrapy calls a command by the name of its module.
"""`scrapy read-files [PORTAL …]`: read what is kept and nobody has read; `--ocr` recognises scans."""

from __future__ import annotations

import argparse
import sqlite3
import time
from collections.abc import Iterator
from concurrent.futures import Future
from itertools import islice
from pathlib import Path

from crawler.archive.database import Archive
from crawler.archive.files.readings import count_waiting, save_reading, waiting
from crawler.cli import PortalCommand
from crawler.cluster.dealing import deal_all, options_of
from crawler.cluster.options import add_cluster_options, is_shared
from crawler.cluster.over_shards import Sharing
from crawler.document_pool import (
    PROCESSES,
    DocumentPool,
    FileJob,
    FileReading,
    file_reading_of,
)
from crawler.messages import say, say_short

AHEAD = 2 * PROCESSES  # files given to the workers before the first of them is saved
EVERY = 60.0  # seconds between two lines of progress


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [portal …]"

    def short_desc(self) -> str:
        return "Read the kept documents that nobody has read"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--db", metavar="FILE", help="the archive; default ARCHIVE_DB")
        parser.add_argument("--ocr", action="store_true", help=say("help_ocr").line)
        parser.add_argument("--again", action="store_true", help=say("help_again").line)
        parser.add_argument("--hours", type=float, help=say("help_hours_read").line)
        add_cluster_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.hours is not None and opts.hours <= 0:
            self.fail(say("hours_wrong", value=opts.hours), 2)
            return
        if not all(self.known_portal(name) for name in args):
            return
        if is_shared(opts):
            if opts.db:
                self.settings.set("ARCHIVE_DB", opts.db, priority="cmdline")
            options = options_of(opts, "ocr", "again", "hours")
            deal_all(self, opts, Sharing("read-files", "", tuple(args), options, known=True))
            return
        path = Path(opts.db or self.settings["ARCHIVE_DB"])
        Archive.read(path).close()
        archive = Archive.open(path)
        try:
            self._read(archive, args, opts)
        except sqlite3.Error as error:
            self.fail(say("storage_failed", detail=error), 74)
        finally:
            archive.close()

    def _read(self, archive: Archive, portals: list[str], opts: argparse.Namespace) -> None:
        # It brings numpy along, which every command would load: Scrapy loads them all for any one.
        from crawler.documents.tesseract import can_recognise

        ocr = opts.ocr and can_recognise()
        if opts.ocr and not ocr:
            self.fail(say("ocr_missing", scans=count_waiting(archive.conn)[1]), 1)
        started = said = time.monotonic()
        deadline = started + opts.hours * 3600 if opts.hours else None
        read = problems = facts = 0
        workers = DocumentPool(ocr=ocr)
        try:
            queue = self._queue(archive, portals, ocr=ocr, again=opts.again)
            for job, reading in _in_order(workers, queue, deadline):
                with archive.transaction() as conn:
                    save_reading(conn, job.sha256, reading.document, located=reading.located)
                read += 1
                problems += reading.document.problem is not None
                facts += reading.document.facts is not None
                if time.monotonic() - said >= EVERY:
                    said = time.monotonic()
                    self._say(read, facts, problems, said - started)
        finally:
            workers.close()
        self._say(read, facts, problems, time.monotonic() - started)
        unread, scans = count_waiting(archive.conn)
        if unread or scans:
            self.say(say_short("files_wait", unread=unread, scans=scans))

    def _say(self, read: int, facts: int, problems: int, seconds: float) -> None:
        told = say_short("files_read", read=read, facts=facts, problems=problems,
                         seconds=round(seconds, 1))  # fmt: skip
        self.say(told)

    def _queue(
        self, archive: Archive, portals: list[str], *, ocr: bool, again: bool
    ) -> Iterator[FileJob]:
        folder, after = Path(self.settings["CAPTURES_DIR"]), 0
        while jobs := waiting(archive.conn, folder, portals, ocr=ocr, again=again, after=after):
            after = jobs[-1][0]
            for _, job in jobs:
                yield job


def _in_order(
    workers: DocumentPool, jobs: Iterator[FileJob], deadline: float | None
) -> Iterator[tuple[FileJob, FileReading]]:
    """What the workers read, in the order of the jobs; none is begun after the deadline.

    What was not saved when this is killed is still waiting.
    """
    ahead: list[tuple[FileJob, Future[FileReading]]] = []
    while True:
        if deadline is None or time.monotonic() < deadline:
            ahead += [
                (job, workers.read_kept(job)) for job in islice(jobs, max(0, AHEAD - len(ahead)))
            ]
        if not ahead:
            return
        job, future = ahead.pop(0)
        yield job, file_reading_of(job, future)
