"""`scrapy reextract`: all captures read anew with today's rules."""

from __future__ import annotations

import argparse
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.archive.articles.reextract import difference, end_progress, progress, set_progress
from crawler.archive.captures import Captured
from crawler.archive.database import Archive
from crawler.backfill.looks import Outcome
from crawler.backfill.processes import Processes, Readers
from crawler.backfill.reextract import Reextractor
from crawler.cli import PortalCommand
from crawler.cluster.dealing import deal_all, options_of, readers_of
from crawler.cluster.options import add_cluster_options
from crawler.cluster.over_shards import Sharing
from crawler.extraction_pool import ExtractionPool
from crawler.http.limits import largest_body
from crawler.messages import say, say_short
from crawler.run.run import Run

EXAMPLES = 3  # shown for each portal and field
SHOWN = 70  # characters of an example


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--dry-run]"

    def short_desc(self) -> str:
        return "Read all captures anew with today's rules"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--dry-run", action="store_true", help=say("help_dry_run").line)
        add_cluster_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.store:
            named = "" if opts.dry_run else "reextract"  # what changes nothing is no run
            sharing = Sharing("reextract", named, (), options_of(opts, "dry-run"),
                              positional=False, known=True, keeps=not opts.dry_run)  # fmt: skip
            deal_all(self, opts, sharing)
            return
        with self._readers(opts.scheduler) as readers:
            if opts.dry_run:
                self._show(readers)
            else:
                self._write(readers)

    def _readers(self, scheduler: str | None) -> Readers:
        """This machine's processes, or a scheduler's workers, who see the same files by the same paths."""
        if scheduler:
            return readers_of(scheduler, self.settings)
        return Processes(self.settings.getint("WORKERS") or None)

    def _show(self, readers: Readers) -> None:
        archive = Archive.read(_path(self.settings))
        count = self.settings.getint("WORKERS") or None
        workers = ExtractionPool(count, largest=largest_body(self.settings))
        report = Report()
        reader = Reextractor(self.settings, archive.conn, workers)
        try:
            for together in reader.looks(readers, readers.count):
                for captured, outcome in together:
                    report.note(archive.conn, captured, outcome)
        finally:
            workers.close()
            archive.close()
        self._tell(report, reader)

    def _write(self, readers: Readers) -> None:
        Archive.read(_path(self.settings)).close()  # there must be one: none is made here
        run = Run.open(self.settings, "reextract")
        report = Report()
        reader = Reextractor(self.settings, run.archive.conn, run.workers)
        try:
            self._put_all(run, readers, reader, report)
        except sqlite3.Error as error:
            run.storage.fail(say("storage_failed", detail=error))
        finally:
            run.close()
        if run.storage.failure:
            self.fail(run.storage.failure, 74)
        else:
            self._tell(report, reader)

    def _put_all(self, run: Run, readers: Readers, reader: Reextractor, report: Report) -> None:
        stamp = reader.stamp()
        after = progress(run.archive.conn, stamp)
        for together in reader.looks(readers, readers.count, after):
            with run.archive.transaction() as conn:
                for captured, outcome in together:
                    report.note(conn, captured, outcome)
                    reader.save(conn, captured, outcome)
                last, _ = together[-1]
                set_progress(conn, stamp, last.fetched_at, last.url)
        with run.archive.transaction() as conn:
            end_progress(conn)

    def _tell(self, report: Report, reader: Reextractor) -> None:
        for line in report.lines(unreadable=reader.absent):
            self.say(line)
        for path, count in reader.damaged.items():
            self.fail(say("reextract_damaged", path=path, count=count))
        if reader.left_alone:
            self.say(say_short("reextract_alone", count=reader.left_alone))


class Report:
    """What new rules change, per portal and field, with examples."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = {}
        self._looks = 0

    def note(self, conn: sqlite3.Connection, captured: Captured, outcome: Outcome) -> None:
        """Compare a look with what the archive has of it; before it is saved."""
        article = outcome.article
        self._looks += captured.article is not None
        if outcome.same is not None:
            return
        if article is None:
            if captured.article is not None:
                self._add(captured.portal, "refused", captured.url)
            return
        if captured.article is None:
            self._add(captured.portal, "new", captured.url)
            return
        changed = difference(conn, captured.article, captured.fetched_at, article)
        if changed is None:
            return
        for field in changed.fields:
            before, after = changed.before[field] or "", changed.after[field] or ""
            shown = len(self._examples.get((captured.portal, field), ())) >= EXAMPLES
            self._add(captured.portal, field, "" if shown else _beside(before, after))

    def lines(self, *, unreadable: int) -> Iterator[str]:
        for (portal, field), count in sorted(self._counts.items()):
            yield f"{portal}\t{field}\t{count}"
            for example in self._examples[portal, field]:
                yield f"    {example}"
        changed = sum(self._counts.values())
        yield say_short("reextracted", looks=self._looks, changed=changed, unreadable=unreadable)

    def _add(self, portal: str, field: str, example: str) -> None:
        self._counts[portal, field] += 1
        examples = self._examples.setdefault((portal, field), [])
        if len(examples) < EXAMPLES:
            examples.append(example)


def _beside(before: str, after: str) -> str:
    """Both values from the place where they part."""
    at = next(
        (i for i, (a, b) in enumerate(zip(before, after, strict=False)) if a != b),
        min(len(before), len(after)),
    )
    start = max(0, at - 10)
    return f"{before[start : start + SHOWN]!r} → {after[start : start + SHOWN]!r}"


def _path(settings: BaseSettings) -> Path:
    return Path(settings["ARCHIVE_DB"])
