"""`scrapy backfill PORTAL --warc FILE…`: captures of others → archive, through the same reading."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from crawler.archive import ArchiveError
from crawler.archive.captured import place_of
from crawler.captures import CaptureError, readable_files
from crawler.catalogue import Catalogue
from crawler.command import PortalCommand
from crawler.facts import Portal
from crawler.filling import Filling
from crawler.messages import say, say_short
from crawler.portals import known_portals
from crawler.run import Run

HOSTS_NAMED = 5  # of those that are not the portal's


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "PORTAL --warc FILE …"

    def short_desc(self) -> str:
        return "Bring captures made by others into the archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--warc", nargs="+", default=[], metavar="FILE")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not opts.warc:
            self.fail(say("backfill_input"), 2)
            return
        if not self.known_portal(args[0]):
            return
        portal = known_portals(self.settings)[args[0]]
        catalogue = Catalogue(portal)
        try:
            folder = Path(self.settings["CAPTURES_DIR"])
            for given in opts.warc:
                for path in readable_files(Path(given), folder):
                    catalogue.add(path)
            self._fill(portal, catalogue)
        except CaptureError as error:
            self.fail(error)
        except ArchiveError as error:
            self.fail(error, error.exit_code)
        finally:
            catalogue.close()

    def _fill(self, portal: Portal, catalogue: Catalogue) -> None:
        run = Run.open(self.settings, "backfill")
        filling = Filling(run, portal, self.settings, via="warc")
        reason = "shutdown"
        try:
            run.begin(portal)
            filling.fill(catalogue.looks(partial(place_of, run.archive.conn)))
            reason = "filled"
        finally:
            run.end(portal.slug, reason)
            run.close()
        if run.storage_failure:
            self.fail(run.storage_failure, 74)
            return
        self._account(run, portal, catalogue, filling)

    def _account(self, run: Run, portal: Portal, catalogue: Catalogue, filling: Filling) -> None:
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
