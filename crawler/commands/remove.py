"""`scrapy remove URL --reason …`: take an article out of the archive at somebody's request."""

from __future__ import annotations

import argparse
from pathlib import Path

from crawler.archive import Archive, ArchiveError
from crawler.archive.removal import article_at, remove
from crawler.clock import now
from crawler.command import PortalCommand
from crawler.messages import say, say_short


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "URL --reason WHY"

    def short_desc(self) -> str:
        return "Remove an article on request"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", metavar="WHY", help="kept with the tombstone")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not opts.reason:
            self.fail(say("remove_input"), 2)
            return
        try:
            Archive.read(Path(self.settings["ARCHIVE_DB"])).close()
            archive = Archive.open(Path(self.settings["ARCHIVE_DB"]))
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            return
        try:
            article = article_at(archive.conn, args[0])
            if article is None:
                self.fail(say("remove_nothing", url=args[0]), 1)
                return
            with archive.transaction() as conn:
                gone = remove(conn, article, reason=opts.reason, now=now())
            archive.conn.execute("vacuum")  # what was deleted is not left in free pages
            print(say_short("removed", url=gone.url, versions=gone.versions))
        finally:
            archive.close()
