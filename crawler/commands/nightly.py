"""`scrapy nightly`: all portals, or those named, side by side in one run."""

from __future__ import annotations

import argparse
import sys
import time

from scrapy.spiderloader import get_spider_loader

from crawler.archive.database import ArchiveError
from crawler.captures import CaptureError
from crawler.cli import PortalCommand, arguments_of
from crawler.commands.crawl import crawl
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say_short
from crawler.run.notify import Report, notify
from crawler.run.run import Run

BUDGET = "500"  # requests a portal and night; what did not fit is first tomorrow


class Command(PortalCommand):
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
        parser.add_argument("--hours", type=float, help="begin no request after this long")

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if opts.db:
            self.settings.set("ARCHIVE_DB", opts.db, priority="cmdline")
        if opts.hours:
            self.settings.set("DEADLINE_HOURS", opts.hours, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        loader = get_spider_loader(self.settings)
        broken = dict(getattr(loader, "broken", {}))
        names = args or [
            name for name in loader.list() if getattr(loader.load(name), "province", "")
        ]
        if args:
            broken = {name: said for name, said in broken.items() if name in args}
            names = [name for name in args if name not in broken]
        if not all(self.known_portal(name) for name in names):
            return
        started = time.monotonic()
        try:
            arguments = {"max_pages": BUDGET, **arguments_of(opts.arguments)}
            run = crawl(self, names, arguments, name="nightly", broken=broken)
        except (ArgumentError, CaptureError) as error:
            self.fail(error, 2)
            return
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            return
        self._sum_up(run, time.monotonic() - started)

    def _sum_up(self, run: Run, seconds: float) -> None:
        """The night's last line, and a word to whoever wants to be told."""
        done = run.portals.values()
        look = sorted(going.portal.slug for going in done if not going.fine)
        summary = say_short(
            "night",
            portals=len(done),
            ok=len(done) - len(look),
            failed=len(look),
            new=sum(going.tally.new for going in done),
            edited=sum(going.tally.edited for going in done),
            seconds=round(seconds, 1),
        )
        run.progress.say(summary)
        if look:
            run.progress.say(say_short("look_at", portals=", ".join(look)))
        report = Report.of(run.id, self.exitcode, summary, done)
        for problem in notify(report, self.settings):
            print(say_short("not_told", detail=problem), file=sys.stderr)
