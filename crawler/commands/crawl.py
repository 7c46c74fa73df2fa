"""`scrapy crawl PORTAL`: one portal, into the archive."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from scrapy.commands import BaseRunSpiderCommand
from scrapy.settings import BaseSettings, Settings
from scrapy.spiderloader import get_spider_loader

from crawler.archive.runs import in_fair_order, retire
from crawler.captures import CaptureError, check_warc
from crawler.cli import PortalCommand, arguments_of
from crawler.crawl.arguments import ArgumentError
from crawler.crawl.declaration import DeclaredSpider
from crawler.crawl.file_pass import FilePass
from crawler.messages import say
from crawler.run.portal_queue import PortalQueue
from crawler.run.run import Run
from crawler.settings import CONTACT_UNSET


class Command(PortalCommand, BaseRunSpiderCommand):
    def syntax(self) -> str:
        return "[options] <portal>"

    def short_desc(self) -> str:
        return "Crawl one portal into the archive"

    def long_desc(self) -> str:
        return f"{self.short_desc()}; -a since=2026-01-01, -a max_pages=200, -a deep=1"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        add_no_files(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        arguments_of(opts.spargs)  # says in our own words what is wrong
        super().process_options(args, opts)
        heed_no_files(self.settings, opts)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            self.fail(say("portal_missing"), 2)
            return
        if not self.known_portal(args[0]):
            return
        if not issubclass(get_spider_loader(self.settings).load(args[0]), DeclaredSpider):
            self._crawl_without_archive(args[0], opts)
            return
        try:
            crawl(self, [args[0]], opts.spargs)
        except (ArgumentError, CaptureError) as error:
            self.fail(error, 2)

    def _crawl_without_archive(self, name: str, opts: argparse.Namespace) -> None:
        """A spider that is no portal's runs as under Scrapy's own command."""
        process = self.crawler_process
        process.crawl(process.create_crawler(name), **opts.spargs)
        process.start()
        self.exitcode = int(process.bootstrap_failed)


def add_no_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--no-files", action="store_true", help=say("help_no_files").line)


def heed_no_files(settings: Settings, opts: argparse.Namespace) -> None:
    """`--no-files`: what articles carry waits for another night."""
    if opts.no_files:
        settings.set("FILES", False, priority="cmdline")


def crawl(
    command: PortalCommand,
    names: list[str],
    arguments: dict[str, str],
    *,
    name: str = "crawl",
    broken: Mapping[str, str] = MappingProxyType({}),
    retired_but: Iterable[str] | None = None,
) -> Run:
    """Crawl portals in one process and one run; the command's exit code tells how it went.

    `retired_but` names all portals that are described; what others the archive has is not due.
    Raises ArgumentError, CaptureError or ArchiveError before anything is asked for.
    """
    process = command.crawler_process
    check(command, names, arguments)
    run = Run.open(process.settings, name)
    try:
        if retired_but is not None:
            with run.archive.transaction() as conn:
                retire(conn, retired_but)
        for portal, said in broken.items():
            run.ledger.never_began(portal, said)
        files = FilePass(process, run)
        queue = PortalQueue(
            process, run, in_fair_order(run.archive.conn, names), arguments, then=files.begin
        )
        queue.begin()
        process.start()
        run.waiting = sorted(queue.waiting)
    finally:
        run.close()
    if run.storage.failure:
        command.fail(run.storage.failure, 74)
    else:
        command.exitcode = run.exit_code
    return run


def check(command: PortalCommand, names: Iterable[str], arguments: Mapping[str, str]) -> None:
    """Raises ArgumentError or CaptureError where a crawl would be of no use."""
    settings = command.settings
    for portal in names:
        get_spider_loader(settings).load(portal).check(arguments)  # type: ignore[attr-defined]
    for path in settings.getlist("REPLAY_WARC"):
        check_warc(Path(path))
    refuse_nameless(settings)


def refuse_nameless(settings: BaseSettings) -> None:
    """Nobody is asked for pages by somebody who gives no address. Raises ArgumentError.

    Replayed captures and hosts of one's own ask nobody.
    """
    alone = settings.getlist("REPLAY_WARC") or settings.getlist("PRIVATE_HOSTS_ALLOWED")
    if settings["CONTACT"] == CONTACT_UNSET and not alone:
        raise ArgumentError(say("contact_missing"))
