"""`scrapy health`: how each portal is, and whether anything is wrong."""

from __future__ import annotations

import argparse
import json
import sqlite3
from dataclasses import asdict
from pathlib import Path
from textwrap import indent

from scrapy.spiderloader import get_spider_loader

from crawler.archive.database import Archive
from crawler.archive.redactions import unfinished
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.messages import say, say_short
from crawler.monitoring.context import accept
from crawler.monitoring.files import file_state
from crawler.monitoring.health import (
    Health,
    damage,
    health_of,
    killed_runs,
    portals_of,
    run_in_flight,
)
from crawler.run.report import Told, stand

SHOWN = 20  # problems of a damaged file


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
        path = Path(self.settings["ARCHIVE_DB"])
        archive = Archive.read(path)
        try:
            self._tell(archive, path, args, opts)
        except sqlite3.Error as error:
            self.fail(say("archive_damaged_part", detail=error), 74)
        finally:
            archive.close()

    def _tell(
        self, archive: Archive, path: Path, names: list[str], opts: argparse.Namespace
    ) -> None:
        problems = damage(archive.conn) if opts.verify else []
        if problems:
            for problem in problems[:SHOWN]:
                self.fail(say("archive_damaged_part", detail=problem), 74)
            return
        known = portals_of(archive.conn)
        for name in names:
            if name not in known and not self.known_portal(name):
                return
        running = run_in_flight(archive.conn, path)
        declared = set(get_spider_loader(self.settings).list())
        killed = killed_runs(archive.conn, running)
        found = [health_of(archive.conn, name, now(), running=running) for name in names or known]
        for health in found:
            if health.portal not in declared:
                health.alarms = []
            if opts.json:
                files = asdict(file_state(archive.conn, now(), health.portal))
                print(json.dumps(health.stored() | {"files": files}, ensure_ascii=False))
            elif health.alarms or not opts.quiet:
                print(_line(health, described=health.portal in declared))
        bad = sum(1 for health in found if health.alarms)
        if not opts.json:
            state = file_state(archive.conn, now(), names[0] if len(names) == 1 else None)
            if (state.kept or state.wanted) and not opts.quiet:
                print(stand(state, self.settings))
            if waiting := unfinished(archive.conn):
                print(say_short("redactions_wait", portals=", ".join(waiting)))
            for run in killed:
                print(say_short("unfinished_run", run=run))
            if bad or not opts.quiet:
                print(say_short("health", portals=len(found), bad=bad))
        self.exitcode = 1 if bad or killed else 0

    def _accept(self, names: list[str]) -> None:
        """Only by name: an alarm is never waved away for all portals at once."""
        if not names:
            self.fail(say("accept_nothing"), 2)
            return
        Archive.read(Path(self.settings["ARCHIVE_DB"])).close()
        archive = Archive.open(Path(self.settings["ARCHIVE_DB"]))
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
        self.say(say_short("accepted", portals=", ".join(names)))


def _line(health: Health, *, described: bool) -> str:
    """A portal's line, and under it each alarm: what, since when, what to do."""
    state = "ok" if described else say_short("no_spider")
    if health.alarms:
        state = ", ".join(alarm.code for alarm in health.alarms)
    shares = " ".join(
        f"{name} {share:.0%}" if share is not None else f"{name} -"
        for name, share in (("date", health.with_date), ("byline", health.with_byline))
    )
    line = (
        f"{'!' if health.alarms else ' '} {health.portal:24} {(health.last_visit or '-')[:16]:16} "
        f"{health.articles:6} {(health.newest or '-')[:10]:10} {shares}  {state}"
    )
    told = [Told(health.portal, a.code, a.detail, a.since) for a in health.alarms]
    return "\n".join([line, *(indent(alarm.text, "    ") for alarm in told)])
