"""`scrapy crawl PORTAL`: one portal, into the archive."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from crawler.archive.database import ArchiveError
from crawler.archive.runs import in_fair_order
from crawler.captures import CaptureError, check_warc
from crawler.cli import PortalCommand, arguments_of
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say
from crawler.run.portal_queue import PortalQueue
from crawler.run.run import Run


class Command(PortalCommand):
    def syntax(self) -> str:
        return "[options] <portal>"

    def short_desc(self) -> str:
        return "Crawl one portal into the archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE",
            help="since=2026-01-01, max_pages=200, deep=1",
        )  # fmt: skip

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            self.fail(say("portal_missing"), 2)
            return
        if not self.known_portal(args[0]):
            return
        try:
            crawl(self, [args[0]], arguments_of(opts.arguments))
        except (ArgumentError, CaptureError) as error:
            self.fail(error, 2)
        except ArchiveError as error:
            self.fail(error, error.exit_code)


def crawl(
    command: PortalCommand,
    names: list[str],
    arguments: dict[str, str],
    *,
    name: str = "crawl",
    broken: Mapping[str, str] = MappingProxyType({}),
) -> Run:
    """Crawl portals in one process and one run; the command's exit code tells how it went.

    Raises ArgumentError, CaptureError or ArchiveError before anything is asked for.
    """
    process = command.crawler_process
    for portal in names:
        process.spider_loader.load(portal).check(arguments)  # type: ignore[attr-defined]
    for path in process.settings.getlist("REPLAY_WARC"):
        check_warc(Path(path))
    run = Run.open(process.settings, name)
    try:
        for portal, said in broken.items():
            run.never_began(portal, said)
        PortalQueue(process, run, in_fair_order(run.archive.conn, names), arguments).begin()
        process.start()
    finally:
        run.close()
    if run.storage_failure:
        command.fail(run.storage_failure, 74)
    else:
        command.exitcode = run.exit_code
    return run
