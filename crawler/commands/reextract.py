"""`scrapy reextract`: all captures read anew with today's rules."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.addresses import address_of
from crawler.archive import Archive, ArchiveError
from crawler.archive.boilerplate import known_boilerplate
from crawler.archive.captured import Captured, count_unreadable, readable
from crawler.archive.reread import Reread, difference, save_reread
from crawler.captures import CaptureError, Place, read_capture
from crawler.command import PortalCommand
from crawler.facts import Portal
from crawler.filling import TOGETHER, page_of
from crawler.items import Article
from crawler.messages import say_short
from crawler.normalising import Normalisers
from crawler.platforms import LOOKED_AT
from crawler.portals import known_portals, stranger
from crawler.run import Run
from crawler.stamp import learned_stamp
from crawler.workers import Job, Workers, in_batches

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
        parser.add_argument(
            "--dry-run", action="store_true", help="chỉ in những gì sẽ đổi / only print the changes"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        try:
            if opts.dry_run:
                self._show()
            else:
                self._write()
        except CaptureError as error:
            self.fail(error)
        except ArchiveError as error:
            self.fail(error, error.exit_code)

    def _show(self) -> None:
        archive = Archive.read(_path(self.settings))
        workers = Workers(self.settings.getint("WORKERS") or None)
        report = Report()
        try:
            for captured, article in self._read(archive, workers):
                report.note(
                    captured,
                    article
                    and difference(archive.conn, captured.article, captured.fetched_at, article),
                    refused=article is None,
                )
            report.unreadable = count_unreadable(archive.conn)
        finally:
            workers.close()
            archive.close()
        report.print()

    def _write(self) -> None:
        Archive.read(_path(self.settings)).close()  # there must be one: none is made here
        run = Run.open(self.settings, "reextract")
        report = Report()
        try:
            for together in in_batches(self._read(run.archive, run.workers), TOGETHER):
                with run.archive.transaction() as conn:
                    for captured, article in together:
                        changed = None
                        if article:
                            look = (captured.article, captured.fetched_at, article)
                            changed = difference(conn, *look)
                            learnt = known_boilerplate(conn, captured.portal)
                            save_reread(conn, *look, learned_stamp(run.extractor, learnt))
                        report.note(captured, changed, refused=article is None)
            report.unreadable = count_unreadable(run.archive.conn)
        finally:
            run.close()
        report.print()

    def _read(
        self, archive: Archive, workers: Workers
    ) -> Iterator[tuple[Captured, Article | None]]:
        normalise = Normalisers(self.settings)
        portals = known_portals(self.settings)
        learnt = {slug: known_boilerplate(archive.conn, slug) for slug in portals}
        jobs = (_job(captured, portals, learnt) for captured in readable(archive.conn))
        for job, reading in workers.read_all(jobs):
            captured, place = job.place
            page = page_of(_at(job, place), reading, via="crawl", warc="")
            yield captured, normalise(page, job.portal).reading.article


class Report:
    """What new rules change, per portal and field, with examples."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, str]] = Counter()
        self._examples: dict[tuple[str, str], list[str]] = {}
        self._looks = 0
        self.unreadable = 0

    def note(self, captured: Captured, changed: Reread | None, *, refused: bool) -> None:
        self._looks += 1
        if refused:
            self._add(captured.portal, "refused", captured.url)
        for field in changed.fields if changed else ():
            before, after = changed.before[field] or "", changed.after[field] or ""
            self._add(captured.portal, field, _beside(before, after))

    def print(self) -> None:
        for (portal, field), count in sorted(self._counts.items()):
            print(f"{portal}\t{field}\t{count}")
            for example in self._examples[portal, field]:
                print(f"    {example}")
        print(
            say_short(
                "reextracted",
                looks=self._looks,
                changed=sum(self._counts.values()),
                unreadable=self.unreadable,
            )
        )

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


def _job(captured: Captured, portals: dict[str, Portal], learnt: dict[str, frozenset[str]]) -> Job:
    place = Place(captured.path, captured.offset, captured.url, captured.fetched_at)
    fetched = read_capture(place)
    portal = portals.get(captured.portal)
    if portal is None:
        portal = stranger(captured.url, fetched.body[:LOOKED_AT].decode("utf-8", "replace"))
    kind = address_of(captured.url, portal).kind
    expect = "article" if kind == "article" else None
    boilerplate = learnt.get(portal.slug, frozenset())
    return Job(fetched, portal, captured.key, expect, (captured, place), boilerplate)


def _at(job: Job, place: Place) -> Job:
    return replace(job, place=place)


def _path(settings: BaseSettings) -> Path:
    return Path(settings["ARCHIVE_DB"])
