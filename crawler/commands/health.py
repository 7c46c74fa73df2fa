"""`scrapy health`: how each portal is, and whether anything is wrong."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from crawler.archive.database import Archive, ArchiveError
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.messages import say, say_short
from crawler.monitoring.expectations import accept
from crawler.monitoring.health import Health, damage, health_of, portals_of


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[options] [portal …]"

    def short_desc(self) -> str:
        return "Say how each portal is; the exit code tells whether anything is wrong"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--verify", action="store_true", help="re-hash every text")
        parser.add_argument("--json", action="store_true", help="one JSON object a portal")
        parser.add_argument(
            "--accept", action="store_true",
            help="take the named portals as they are now for the measure of what comes",
        )  # fmt: skip

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if opts.accept:
            self._accept(args)
            return
        try:
            archive = Archive.read(Path(self.settings["ARCHIVE_DB"]))
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            return
        try:
            known = portals_of(archive.conn)
            for name in args:
                if name not in known and not self.known_portal(name):
                    return
            found = [health_of(archive.conn, name, now()) for name in args or known]
            problems = damage(archive.conn) if opts.verify else []
        finally:
            archive.close()
        for health in found:
            print(json.dumps(health.stored(), ensure_ascii=False) if opts.json else _line(health))
        bad = sum(1 for health in found if health.alarms)
        if not opts.json:
            print(say_short("health", portals=len(found), bad=bad))
        self.exitcode = 1 if bad else 0
        for problem in problems:
            self.fail(say("archive_damaged_part", detail=problem), 74)

    def _accept(self, names: list[str]) -> None:
        """Only by name: an alarm is never waved away for all portals at once."""
        if not names:
            self.fail(say("accept_nothing"), 2)
            return
        try:
            Archive.read(Path(self.settings["ARCHIVE_DB"])).close()
            archive = Archive.open(Path(self.settings["ARCHIVE_DB"]))
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            return
        try:
            known = portals_of(archive.conn)
            for name in names:
                if name not in known and not self.known_portal(name):
                    return
            with archive.transaction() as conn:
                for name in names:
                    accept(conn, name, now())
        finally:
            archive.close()
        print(say_short("accepted", portals=", ".join(names)))


def _line(health: Health) -> str:
    alarms = "; ".join(f"{a.code}{': ' + a.detail if a.detail else ''}" for a in health.alarms)
    shares = " ".join(
        f"{name} {share:.0%}" if share is not None else f"{name} -"
        for name, share in (("date", health.with_date), ("byline", health.with_byline))
    )
    return (
        f"{'!' if health.alarms else ' '} {health.portal:24} {(health.last_visit or '-')[:16]:16} "
        f"{health.articles:6} {(health.newest or '-')[:10]:10} {shares}  {alarms or 'ok'}"
    )
