"""`scrapy nightly`: all portals, or those named, side by side in one run."""

from __future__ import annotations

import argparse
import time

from scrapy.spiderloader import get_spider_loader

from crawler.archive import ArchiveError
from crawler.captures import CaptureError
from crawler.command import PortalCommand, arguments_of
from crawler.commands.crawl import crawl
from crawler.limits import ArgumentError
from crawler.messages import say_short

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
        names = args or [
            name for name in loader.list() if getattr(loader.load(name), "province", "")
        ]
        if not all(self.known_portal(name) for name in names):
            return
        started = time.monotonic()
        try:
            arguments = {"max_pages": BUDGET, **arguments_of(opts.arguments)}
            run = crawl(self, names, arguments, name="nightly")
        except (ArgumentError, CaptureError) as error:
            self.fail(error, 2)
            return
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            return
        done = run.portals.values()
        run.progress.say(
            say_short(
                "night",
                portals=len(done),
                ok=sum(going.fine for going in done),
                failed=sum(not going.fine for going in done),
                new=sum(going.tally.new for going in done),
                edited=sum(going.tally.edited for going in done),
                seconds=round(time.monotonic() - started, 1),
            )
        )
