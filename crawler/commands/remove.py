"""`scrapy remove URL --reason …`: take an article out of the archive at somebody's request."""

from __future__ import annotations

import argparse
import sqlite3
from pathlib import Path

from crawler.archive.articles.removal import (
    article_at,
    article_of,
    lost_at,
    remove,
    remove_lost,
)
from crawler.archive.database import Archive
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.messages import say, say_short
from crawler.portals.urls import classify_url
from crawler.registry.portals import known_portals, portal_of, unknown_portal
from crawler.run.removal import finish_removals


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "URL --reason WHY"

    def short_desc(self) -> str:
        return "Remove an article on request"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--reason", metavar="WHY", help="kept in the table `removals`")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not opts.reason:
            self.fail(say("remove_input"), 2)
            return
        Archive.read(Path(self.settings["ARCHIVE_DB"])).close()
        archive = Archive.open(Path(self.settings["ARCHIVE_DB"]))
        try:
            self._remove(archive, args[0], opts.reason)
        except (sqlite3.Error, OSError) as error:
            self.fail(say("storage_failed", detail=error), 74)
        finally:
            archive.close()

    def _remove(self, archive: Archive, url: str, reason: str) -> None:
        self._finish(archive)
        portals = known_portals(self.settings)
        portal = portal_of(url, portals.values()) or unknown_portal(url)
        key = classify_url(url, portal).key
        article = article_at(archive.conn, url) or article_of(archive.conn, portal.slug, key)
        lost = None if article is not None else lost_at(archive.conn, url, portal.slug, key)
        if article is None and lost is None:
            self.fail(say("remove_nothing", url=url), 1)
            return
        with archive.transaction() as conn:
            if lost is not None:
                gone = remove_lost(conn, lost, reason=reason, now=now())
            elif article is not None:
                gone = remove(
                    conn, article, reason=reason, now=now(),
                    leads_to=lambda address: classify_url(address, portal).key,
                )  # fmt: skip
        self._finish(archive)
        self.say(say_short("removed", url=gone.url, versions=gone.versions))

    def _finish(self, archive: Archive) -> None:
        """This removal, and those before it that were cut off."""
        done = finish_removals(archive, Path(self.settings["CAPTURES_DIR"]))
        if done is None:
            return
        if done.records:
            self.say(say_short("redacted", records=done.records, files=done.files))
        for told in done.left:
            self.say(told)
