"""`scrapy rescue [PORTAL …]`: everything that web archives still hold of portals → archive."""

from __future__ import annotations

import argparse
import time
from functools import partial
from pathlib import Path
from typing import cast

from scrapy.crawler import Crawler
from scrapy.settings import SETTINGS_PRIORITIES, BaseSettings

from crawler.archive.database import ArchiveBusyError
from crawler.captures import CaptureError
from crawler.cli import PortalCommand
from crawler.cluster.dealing import deal_all, options_of
from crawler.cluster.options import add_cluster_options, is_shared
from crawler.cluster.over_shards import Sharing
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say, say_short
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.registry.portals import known_portals
from crawler.rescue.common_crawl import COMMON_CRAWL, DATA, CommonCrawlSource
from crawler.rescue.local_files import local_source
from crawler.rescue.memento import MementoSource
from crawler.rescue.plan import Planned
from crawler.rescue.sources import Source
from crawler.rescue.spider import RescueSpider
from crawler.run.network import Network
from crawler.run.run import Run
from crawler.wayback.cdx import INTERNET_ARCHIVE, Period
from crawler.wayback.client import ArchiveClient, patience_with

NAMED = {"internet-archive": INTERNET_ARCHIVE, "common-crawl": COMMON_CRAWL}
WAIT = 20.0  # seconds between two tries at an archive that somebody else writes to


class Command(PortalCommand):
    def syntax(self) -> str:
        return "[options] [PORTAL …]"

    def short_desc(self) -> str:
        return "Bring in all that web archives hold of the portals"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--source", dest="sources", action="append", default=[], metavar="SOURCE",
            help="internet-archive, common-crawl, an archive's address, a collinfo.json's, a file or "
            "folder of WARC/WACZ; may be given again. Default: RESCUE_SOURCES",
        )  # fmt: skip
        parser.add_argument("--from", dest="first", metavar="WHEN", help="2008, 2015-06 …")
        parser.add_argument("--to", dest="last", metavar="WHEN")
        parser.add_argument(
            "--plan", action="store_true",
            help="ask the indexes only; say how many requests, hours and bytes it will be",
        )  # fmt: skip
        parser.add_argument(
            "--hours", type=float,
            help="begin no request after this long; within it, wait for others who write",
        )  # fmt: skip
        add_cluster_options(parser)

    def process_options(self, args: list[str], opts: argparse.Namespace) -> None:
        super().process_options(args, opts)
        if opts.hours is not None:
            self.settings.set("DEADLINE_HOURS", opts.hours, priority="cmdline")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.hours is not None and opts.hours <= 0:
            self.fail(say("hours_wrong", value=opts.hours), 2)
            return
        portals = known_portals(self.settings)
        if not all(self.known_portal(name) for name in args):
            return
        try:
            wanted = [portals[name] for name in dict.fromkeys(args)] or list(portals.values())
            period = _period(opts.first, opts.last)
            given = opts.sources or self.settings.getlist("RESCUE_SOURCES")
            _check(given)
            if is_shared(opts):
                self._deal([portal.slug for portal in wanted], given, opts)
                return
            self._rescue(wanted, given, period, plan=opts.plan, hours=opts.hours)
        except CaptureError as error:
            self.fail(error)

    def _deal(self, names: list[str], given: list[str], opts: argparse.Namespace) -> None:
        """Group by group; a source that is a file must be where every machine sees it."""
        there = [str(Path(name).absolute()) if Path(name).exists() else name for name in given]
        options = tuple(part for name in there for part in ("--source", name))
        options += options_of(opts, "from", "to", "plan")
        sharing = Sharing("rescue", "backfill", tuple(names), options, one_host=True,
                          keeps=True)  # fmt: skip
        deal_all(self, opts, sharing)

    def _rescue(
        self, portals: list[Portal], given: list[str], period: Period, *, plan: bool,
        hours: float | None,
    ) -> None:  # fmt: skip
        process = self.crawler_process
        settings = process.settings
        settings.set("AUTOTHROTTLE_ENABLED", False, priority="cmdline")  # a fixed pause
        if (settings.getpriority("DOWNLOAD_DELAY") or 0) < SETTINGS_PRIORITIES["cmdline"]:
            settings.set("DOWNLOAD_DELAY", 0, priority="cmdline")  # each source has its own
        settings.set("REPLAY_WARC", "", priority="cmdline")  # it is the network we ask
        run = self._open(settings, hours)
        try:
            crawler = run.attach(process.create_crawler(RescueSpider))
            make = partial(sources_of, given)
            process.crawl(
                crawler, portals=portals, make_sources=make, period=period, plan=plan,
                others=list(known_portals(self.settings).values()),
            )  # fmt: skip
            process.start()
            spider = cast(RescueSpider, crawler.spider)
        finally:
            run.close()
        if run.storage.failure:
            self.fail(run.storage.failure, 74)
            return
        if left := [portal.slug for portal in portals if portal.slug not in spider.outcomes]:
            self.say(say_short("rescue_left", portals=", ".join(left)))
        self._account(run, spider, plan=plan)

    def _open(self, settings: BaseSettings, hours: float | None) -> Run:
        """The archive, as soon as nobody else writes to it; at once or not at all without `--hours`."""
        started, told = time.monotonic(), False
        while True:
            try:
                run = Run.open(settings, "backfill")
            except ArchiveBusyError:
                if hours is None or time.monotonic() - started + WAIT > hours * 3600:
                    raise
                if not told:
                    self.say(say_short("rescue_waits", path=settings["ARCHIVE_DB"]))
                    told = True
                time.sleep(WAIT)
                continue
            if run.deadline is not None:
                run.deadline -= time.monotonic() - started
            return run

    def _account(self, run: Run, spider: RescueSpider, *, plan: bool) -> None:
        for slug, outcome in spider.outcomes.items():
            if plan:
                for part in outcome.plan:
                    self.say(say_short("rescue_plan", portal=slug, **_figures(part)))
            else:
                sums = outcome.sums
                self.say(
                    say_short(
                        "rescued", portal=slug, known=sums.known, captured=sums.captured,
                        read=sums.read, refused=sums.refused, waiting=sums.waiting, lost=sums.lost,
                    )
                )  # fmt: skip
            for host, since in outcome.sold:
                self.say(say_short("rescue_sold", portal=slug, host=host, since=since[:10]))
        if plan:
            parts = [part for outcome in spider.outcomes.values() for part in outcome.plan]
            self._whole_plan(parts)
        for source, why in spider.troubles.down.items():
            self.fail(say("rescue_source_down", source=source, detail=why.splitlines()[0]))
        for path, offset, detail in (
            damage for source in spider.sources for damage in getattr(source, "damage", ())
        ):
            self.fail(say("backfill_damaged", path=path, offset=offset, detail=detail))
        if spider.troubles.lost > 0:
            self.fail(say("rescue_missed", count=spider.troubles.lost))

    def _whole_plan(self, parts: list[Planned]) -> None:
        """All portals together: sources are asked side by side, so the slowest one says how long."""
        sources = dict.fromkeys(part.source for part in parts)
        hours = [sum(part.hours for part in parts if part.source == name) for name in sources]
        self.say(
            say_short(
                "rescue_plan_whole",
                requests=sum(part.requests for part in parts),
                megabytes=round(sum(part.length for part in parts) / 2**20, 1),
                hours=round(max(hours, default=0.0), 1),
            )
        )


def _figures(part: Planned) -> dict[str, object]:
    return {
        "source": part.source,
        "requests": part.requests,
        "megabytes": round(part.length / 2**20, 1),
        "hours": round(part.hours, 1),
    }


def sources_of(given: list[str], crawler: Crawler) -> list[Source]:
    """The sources that somebody named, in that order, each with its pause."""
    settings = crawler.settings
    found: list[Source] = []
    for name in given:
        address = NAMED.get(name, name)
        client = ArchiveClient(crawler, patience_with(address, settings))
        if split_url(address).scheme not in ("http", "https"):
            found.append(local_source(address, Path(settings["CAPTURES_DIR"]), client))
            continue
        source: Source
        if split_url(address).path.endswith(".json"):
            data = settings["COMMON_CRAWL_DATA"]
            if not data:
                data = DATA if address == COMMON_CRAWL else address.rpartition("/")[0] + "/"
            source = CommonCrawlSource(address, data, client, settings)
            places = [address, data]
        else:
            source, places = MementoSource(address, client, settings), [address]
        for place in places:
            pause = source.seconds_a_request() * max(1, settings.getint("SHARED_BY"))
            Network.of(crawler).hosts.slow_down(place, pause)
        found.append(source)
    return found


def _check(given: list[str]) -> None:
    """Raises ArgumentError for what is no source."""
    for name in given:
        address = NAMED.get(name, name)
        if split_url(address).scheme in ("http", "https") or Path(address).exists():
            continue
        wanted = ", ".join((*NAMED, "https://…", "FILE", "FOLDER"))
        raise ArgumentError(say("argument_wrong", name="source", value=name, wanted=wanted))


def _period(first: str | None, last: str | None) -> Period:
    """Raises ArgumentError."""
    try:
        return Period.of(first, last)
    except ValueError as error:
        raise ArgumentError(
            say("argument_wrong", name="from/to", value=error, wanted="2015, 2015-06, 2015-06-30")
        ) from None
