"""`scrapy backfill PORTAL --warc FILE … | --wayback [ENDPOINT]`: captures of others → archive."""

from __future__ import annotations

import argparse
import sqlite3
from functools import partial
from pathlib import Path
from typing import cast

from crawler.archive.captures import place_of
from crawler.archive.database import Archive
from crawler.backfill.files import take_files
from crawler.backfill.importer import CaptureImporter
from crawler.captures import CaptureError, readable_files
from crawler.captures.index import CaptureIndex
from crawler.cli import PortalCommand, arguments_of
from crawler.cluster.dealing import deal_all, options_of
from crawler.cluster.options import add_cluster_options, is_shared
from crawler.cluster.over_shards import Sharing
from crawler.crawl.arguments import ArgumentError, CrawlArguments
from crawler.messages import say, say_short
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.registry.portals import known_portals
from crawler.run.run import Run
from crawler.wayback import queue as ledger
from crawler.wayback.cdx import INTERNET_ARCHIVE, Period
from crawler.wayback.client import delay_for
from crawler.wayback.spider import WaybackSpider

STATES = ("listed", "saved", "known", "elsewhere", "missed", "failed")
HOSTS_NAMED = 5  # of those that are not the portal's


class Command(PortalCommand):
    def syntax(self) -> str:
        return "PORTAL --warc FILE … | PORTAL --wayback [ENDPOINT]"

    def short_desc(self) -> str:
        return "Bring captures made by others into the archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--warc", nargs="+", default=[], metavar="FILE")
        parser.add_argument(
            "--wayback", nargs="?", const=INTERNET_ARCHIVE, metavar="ENDPOINT",
            help="a web archive, or a pywb collection; default: the Internet Archive",
        )  # fmt: skip
        parser.add_argument("--from", dest="first", metavar="WHEN", help="2015, 2015-06 …")
        parser.add_argument("--to", dest="last", metavar="WHEN")
        parser.add_argument(
            "-a", dest="arguments", action="append", default=[], metavar="NAME=VALUE",
            help="max_pages=200: requests to the web archive in this run",
        )  # fmt: skip
        add_cluster_options(parser)

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if not args and opts.wayback and "/" not in opts.wayback:
            args, opts.wayback = [opts.wayback], INTERNET_ARCHIVE  # `--wayback yen_bai`
        if len(args) != 1 or bool(opts.warc) == bool(opts.wayback):
            self.fail(say("backfill_input"), 2)
            return
        if not self.known_portal(args[0]):
            return
        if is_shared(opts):
            self._deal(args[0], opts)
            return
        portal = known_portals(self.settings)[args[0]]
        try:
            if opts.warc:
                self._from_files(portal, opts.warc)
            else:
                self._from_wayback(portal, opts)
        except CaptureError as error:
            self.fail(error)
        except sqlite3.Error as error:
            self.fail(say("storage_failed", detail=error), 74)

    def _deal(self, portal: str, opts: argparse.Namespace) -> None:
        """In the portal's shard; files that are given go to the store first."""
        folder = Path(self.settings["CAPTURES_DIR"])
        try:
            files = [path for given in opts.warc for path in readable_files(Path(given), folder)]
        except CaptureError as error:
            self.fail(error)
            return
        options = tuple(part for pair in opts.arguments for part in ("-a", pair))
        options += options_of(opts, "from", "to", "wayback")
        options += ("--warc", *map(str, files)) if files else ()
        sharing = Sharing("backfill", "backfill", (portal,), options, files=tuple(files))
        deal_all(self, opts, sharing)

    def _from_wayback(self, portal: Portal, opts: argparse.Namespace) -> None:
        period = _period(opts.first, opts.last)
        if split_url(opts.wayback).scheme not in ("http", "https"):
            raise ArgumentError(
                say("argument_wrong", name="wayback", value=opts.wayback, wanted="https://host/…")
            )
        most = CrawlArguments.of(arguments_of(opts.arguments)).max_pages
        process = self.crawler_process
        delay = delay_for(opts.wayback, process.settings)
        process.settings.set("DOWNLOAD_DELAY", delay, priority="cmdline")
        process.settings.set("AUTOTHROTTLE_ENABLED", False, priority="cmdline")  # a fixed delay
        process.settings.set("REPLAY_WARC", "", priority="cmdline")  # it is the network we ask
        run = Run.open(process.settings, "backfill")
        reason = "shutdown"
        try:
            run.ledger.begin(portal)
            crawler = run.attach(process.create_crawler(WaybackSpider))
            process.crawl(crawler, portal=portal, endpoint=opts.wayback, period=period, most=most)
            process.start()
            spider = cast(WaybackSpider, crawler.spider)
            if not run.storage.failure:
                spider.save(run)  # what came before somebody pressed Ctrl-C
                reason = "filled"
        finally:
            states = ledger.states(run.archive.conn, portal.slug)
            run.ledger.end(portal.slug, reason)
            run.close()
        if run.storage.failure:
            self.fail(run.storage.failure, 74)
            return
        words = {name: states.get(name, 0) for name in STATES}
        run.progress.say(
            say_short("waybacked", portal=portal.slug, asked=spider.asker.asked, **words)
        )
        if spider.failed:
            self.fail(spider.failed)
        elif not states:
            hosts = ", ".join(portal.hosts)
            self.fail(say("wayback_nothing", hosts=hosts, endpoint=opts.wayback))
        elif spider.lost:
            self.exitcode = 1

    def _from_files(self, portal: Portal, files: list[str]) -> None:
        catalogue = CaptureIndex(portal)
        try:
            folder = Path(self.settings["CAPTURES_DIR"])
            for given in files:
                for path in readable_files(Path(given), folder):
                    catalogue.add(path)
            self._fill(portal, catalogue)
            self._take_files(portal, files)
        finally:
            catalogue.close()

    def _take_files(self, portal: Portal, files: list[str]) -> None:
        """The documents and pictures that its articles carry, where the files hold them, too."""
        folder = Path(self.settings["CAPTURES_DIR"])
        archive = Archive.open(Path(self.settings["ARCHIVE_DB"]))
        try:
            paths = [path for given in files for path in readable_files(Path(given), folder)]
            taken = take_files(archive, folder, portal.slug, paths)
        finally:
            archive.close()
        if taken:
            self.say(say_short("files_taken", count=taken, portal=portal.slug))

    def _fill(self, portal: Portal, catalogue: CaptureIndex) -> None:
        run = Run.open(self.settings, "backfill")
        filling = CaptureImporter(run, portal, self.settings, via="warc")
        reason = "shutdown"
        try:
            run.ledger.begin(portal)
            filling.fill(catalogue.looks(partial(place_of, run.archive.conn, run.storage.folder)))
            reason = "filled"
        finally:
            run.ledger.end(portal.slug, reason)
            run.close()
        if run.storage.failure:
            self.fail(run.storage.failure, 74)
            return
        self._account(run, portal, catalogue, filling)

    def _account(
        self, run: Run, portal: Portal, catalogue: CaptureIndex, filling: CaptureImporter
    ) -> None:
        """Say what was in the files and what became of it; damage is an exit code too."""
        counts, filled = catalogue.counts, filling.filled
        run.progress.say(
            say_short(
                "backfilled",
                answers=counts.answers,
                portal=portal.slug,
                own=counts.own,
                foreign=sum(counts.foreign.values()),
                read=filled.read,
                known=filled.known,
                unresolved=counts.unresolved,
            )
        )
        for path, offset, detail in counts.damage:
            self.fail(say("backfill_damaged", path=path, offset=offset, detail=detail))
        if filled.unreadable:
            self.fail(say("backfill_unreadable", count=filled.unreadable))
        if not counts.own:
            found = ", ".join(host for host, _ in counts.foreign.most_common(HOSTS_NAMED))
            hosts = ", ".join(portal.hosts)
            self.fail(say("backfill_nothing", portal=portal.slug, hosts=hosts, found=found or "-"))


def _period(first: str | None, last: str | None) -> Period:
    """Raises ArgumentError."""
    try:
        return Period.of(first, last)
    except ValueError as error:
        raise ArgumentError(
            say("argument_wrong", name="from/to", value=error, wanted="2015, 2015-06, 2015-06-30")
        ) from None
