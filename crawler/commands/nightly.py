"""`scrapy nightly`: all portals, or those named, side by side in one run."""

from __future__ import annotations

import argparse
import sqlite3
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from scrapy.spiderloader import get_spider_loader

from crawler.archive.database import Archive, ArchiveError
from crawler.archive.snapshots import take
from crawler.captures import CaptureError
from crawler.cli import PortalCommand, arguments_of
from crawler.cluster.dealing import deal
from crawler.cluster.options import add_cluster_options, is_shared
from crawler.cluster.over_shards import Sharing, fairly
from crawler.commands.crawl import add_no_files, check, crawl, heed_no_files
from crawler.crawl.arguments import ArgumentError, CrawlArguments
from crawler.messages import say, say_short
from crawler.monitoring.estimate import estimate
from crawler.monitoring.files import file_state
from crawler.run.notify import told
from crawler.run.report import Report, stand
from crawler.run.run import Run

BUDGET = "500"  # requests a portal and night; what did not fit is first tomorrow


class Command(PortalCommand):
    _remarks: list[str] = []  # noqa: RUF012 -- of a night that was dealt: who did not get it done

    def syntax(self) -> str:
        return "[options] [portal …]"

    def short_desc(self) -> str:
        return "Crawl all portals, or those named, in parallel"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE",
            help="since=2026-01-01, max_pages=500 (each portal), deep=1",
        )  # fmt: skip
        parser.add_argument("--db", metavar="FILE", help="the archive; default ARCHIVE_DB")
        parser.add_argument(
            "--estimate", action="store_true",
            help="ask nobody; say what each portal has left, and how many nights that takes",
        )  # fmt: skip
        add_no_files(parser)
        parser.add_argument("--hours", type=float, help="begin no request after this long")
        add_cluster_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        heed_no_files(self.settings, opts)
        if opts.db:
            self.settings.set("ARCHIVE_DB", opts.db, priority="cmdline")
        if opts.hours is not None:
            self.settings.set("DEADLINE_HOURS", opts.hours, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.hours is not None and opts.hours <= 0:
            self.fail(say("hours_wrong", value=opts.hours), 2)
            return
        loader = get_spider_loader(self.settings)
        broken = dict(getattr(loader, "broken", {}))
        declared = [name for name in loader.list() if getattr(loader.load(name), "province", "")]
        names = args or declared
        if args:
            broken = {name: said for name, said in broken.items() if name in args}
            names = [name for name in args if name not in broken]
        if not all(self.known_portal(name) for name in names):
            return
        if opts.estimate:
            try:
                self._estimate(names, opts)
            except ArgumentError as error:
                self.fail(error, 2)
            except ArchiveError as error:
                self.fail(error, error.exit_code)
            return
        started = time.monotonic()
        try:
            arguments = {"max_pages": BUDGET, **arguments_of(opts.arguments)}
            retired_but = None if args else [*declared, *broken]
            if is_shared(opts):
                run = self._deal(names, arguments, opts, broken, retired_but)
            else:
                run = crawl(
                    self, names, arguments, name="nightly", broken=broken, retired_but=retired_but
                )
        except (ArgumentError, CaptureError) as error:
            self.fail(error, 2)
            return
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            self._notify(Report.failure(error.exit_code, str(error)))
            return
        self._sum_up(run, time.monotonic() - started)

    def _deal(
        self, names: list[str], arguments: dict[str, str], opts: argparse.Namespace,
        broken: dict[str, str], retired_but: list[str] | None,
    ) -> Run:  # fmt: skip
        """The night of many machines: each does what one does, for the portals it is dealt."""
        check(self, names, arguments)
        options = tuple(
            part for name, value in arguments.items() for part in ("-a", f"{name}={value}")
        )
        sharing = Sharing(
            "nightly", "nightly", tuple(fairly(self.settings, names)), options, broken=broken,
            retired_but=retired_but,
        )  # fmt: skip
        run, dealt = deal(self, opts, sharing)
        self._remarks = dealt.remarks
        return run

    def _estimate(self, names: list[str], opts: argparse.Namespace) -> None:
        """What every portal has left, the longest way last."""
        limits = CrawlArguments.of({"max_pages": BUDGET, **arguments_of(opts.arguments)})
        archive = Archive.read(Path(self.settings["ARCHIVE_DB"]))
        try:
            found = [
                estimate(
                    archive.conn, name, budget=limits.max_pages or int(BUDGET), hours=opts.hours,
                    delay=self.settings.getfloat("DOWNLOAD_DELAY"),
                )
                for name in names
            ]  # fmt: skip
        finally:
            archive.close()
        for one in sorted(found, key=lambda one: (one.nights, one.portal)):
            self.say(
                say_short(
                    "estimate", portal=one.portal, known=one.known, waiting=one.waiting,
                    seconds=round(one.seconds, 1), a_night=one.a_night, nights=one.nights,
                )
            )  # fmt: skip
        nights = max((one.nights for one in found), default=0)
        self.say(say_short("left", waiting=sum(one.waiting for one in found), nights=nights))

    def _left(self, run: Run, names: Iterable[str]) -> list[str]:
        """What waits for other nights, when anything does."""
        limit = self.settings.getfloat("DEADLINE_HOURS") or None
        delay = self.settings.getfloat("DOWNLOAD_DELAY")
        try:
            archive = Archive.read(run.archive.path)
        except ArchiveError:
            return []
        try:
            found = [
                estimate(archive.conn, name, budget=int(BUDGET), hours=limit, delay=delay)
                for name in names
            ]
        finally:
            archive.close()
        waiting, nights = (
            sum(one.waiting for one in found),
            max((one.nights for one in found), default=0),
        )
        return [say_short("left", waiting=waiting, nights=nights)] if waiting else []

    def _files(self, run: Run) -> str:
        """How the files of articles stand; empty where there are none."""
        try:
            archive = Archive.read(run.archive.path)
        except ArchiveError:
            return ""
        try:
            state = file_state(archive.conn, run.id)
        finally:
            archive.close()
        return stand(state, self.settings) if state.kept or state.wanted else ""

    def _sum_up(self, run: Run, seconds: float) -> None:
        """The night's last lines, and a word to whoever wants to be told."""
        done = run.portals.values()
        look = sorted(going.portal.slug for going in done if not going.fine)
        if run.waiting and not self.exitcode:
            self.exitcode = 1  # a night that did not come to all of them is not a good one
        summary = say_short(
            "night",
            portals=len(done),
            ok=len(done) - len(look),
            failed=len(look),
            new=sum(going.tally.new for going in done),
            edited=sum(going.tally.edited for going in done),
            seconds=round(seconds, 1),
        )
        remarks = [say_short("killed_before", run=killed) for killed in run.killed]
        if run.waiting:
            remarks.append(say_short("not_begun", portals=", ".join(run.waiting)))
        remarks += self._snapshot(run)
        files = self._files(run)
        for line in (summary, *self._left(run, run.portals), *([files] if files else [])):
            run.progress.say(line)
        for line in remarks:  # each of them something that went wrong
            print(line, file=sys.stderr)
        remarks += self._remarks  # said already, when it happened
        if run.storage.failure:  # said already, where the crawl ended
            remarks.append(run.storage.failure.replace("\n  ", " | "))
        if look:
            run.progress.say(say_short("look_at", portals=", ".join(look)))
        self._notify(Report.of(run.id, self.exitcode, summary, done, remarks, files))

    def _snapshot(self, run: Run) -> list[str]:
        """A copy of the archive to go back to; what kept it from being made."""
        keep = self.settings.getint("SNAPSHOTS")
        if keep <= 0 or run.storage.failure:
            return []
        try:
            archive = Archive.open(run.archive.path)
            try:
                if archive.free_bytes() < run.storage.least_free + 2 * archive.path.stat().st_size:
                    said = say_short("disk_low", path=archive.path,
                                     free=archive.free_bytes() // 2**20)  # fmt: skip
                    return [say_short("snapshot_failed", detail=said)]
                take(archive, run.id, keep)
            finally:
                archive.close()
        except (ArchiveError, OSError, sqlite3.Error) as error:
            return [say_short("snapshot_failed", detail=error)]
        return []

    def _notify(self, report: Report) -> None:
        for sentence in told(report, self.settings):
            print(sentence, file=sys.stderr)
