"""`scrapy merge SHARD …`: what several machines crawled becomes one archive."""

from __future__ import annotations

import argparse
import sqlite3
from dataclasses import asdict
from pathlib import Path

from crawler.archive.database import Archive
from crawler.archive.merge.merge import attached, merge, writing
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.dump.folder import with_problems
from crawler.dump.gate import Minimum, problems_of
from crawler.dump.snapshot import reading
from crawler.messages import say, say_short
from crawler.portals.model import Portal
from crawler.portals.urls import classify_url
from crawler.registry.portals import known_portals


class Command(PortalCommand):
    requires_crawler_process = False
    _portals: dict[str, Portal] | None = None  # read when they are asked for

    def syntax(self) -> str:
        return "SHARD …"

    def short_desc(self) -> str:
        return "Merge archives of several machines into one"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--db", metavar="FILE", help="the archive to merge into; default ARCHIVE_DB"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        target = Path(opts.db or self.settings["ARCHIVE_DB"])
        shards = [Path(name) for name in args]
        if not shards:
            self.fail(say("merge_input"), 2)
            return
        if any(shard.exists() and target.exists() and shard.samefile(target) for shard in shards):
            self.fail(say("merge_itself", path=target), 2)
            return
        # All are looked at before anything is written.
        if not all(self._is_whole(shard) for shard in shards):
            return
        archive = Archive.open(target)
        try:
            self._merge(target, shards)
        finally:
            archive.close()

    def _leads_to(self, slug: str, url: str) -> str:
        if self._portals is None:
            self._portals = known_portals(self.settings)
        portal = self._portals.get(slug)
        return classify_url(url, portal).key if portal else ""

    def _is_whole(self, shard: Path) -> bool:
        Archive.read(shard).close()
        with reading(shard) as conn:
            problems = problems_of(conn, now=now(), least=Minimum(articles=0))
        if problems:
            self.fail(with_problems(say("merge_refused", path=shard), problems))
        return not problems

    def _merge(self, target: Path, shards: list[Path]) -> None:
        shard = shards[0]
        removed = 0
        try:
            with writing(target) as conn:
                for shard in shards:
                    with attached(conn, shard):
                        merged = merge(conn, self._leads_to)
                    removed += merged.removed
                    self.say(say_short("merged", path=shard, **asdict(merged)))
                if removed:
                    conn.execute("vacuum")  # what was removed is not left in free pages
        except sqlite3.Error as error:
            self.fail(say("merge_failed", path=shard, detail=error), 74)
