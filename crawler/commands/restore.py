"""`scrapy restore`: a working archive again, from the last snapshot or dump and the captures since."""

from __future__ import annotations

import argparse
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path

from crawler.archive.articles.removed_before import (
    KnownRemovals,
    obey_removals,
    removals_known,
)
from crawler.archive.captures import place_of
from crawler.archive.database import Archive, lock
from crawler.archive.from_dump import make_archive
from crawler.archive.snapshots import (
    Copy,
    copy,
    look_at,
    set_aside,
    snapshots_of,
    stamp_in,
    stamp_of,
)
from crawler.backfill.files import take_files
from crawler.backfill.importer import CaptureImporter
from crawler.captures import CaptureError
from crawler.captures.index import CaptureIndex
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.dump.snapshot import reading
from crawler.messages import say, say_short
from crawler.registry.portals import known_portals
from crawler.run.files import FILES
from crawler.run.removal import finish_removals
from crawler.run.run import Run


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[FILE]"

    def short_desc(self) -> str:
        return "Make the archive anew from the last snapshot or dump and the captures since"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--dumps", default="dist", metavar="FOLDER", help="where `scrapy publish` writes"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) > 1:
            self.fail(say("restore_input"), 2)
            return
        path = Path(self.settings["ARCHIVE_DB"])
        given = [Path(name) for name in args]
        found = self._best(given or [*snapshots_of(path), Path(opts.dumps) / "archive.db"])
        if found is None:
            self.fail(say("restore_nothing", path=path), 74)
            return
        try:
            aside = self._put(found, path)
            self.say(say_short("restored", path=path, source=found.path, newest=found.newest_run))
            if aside:
                self.say(say_short("set_aside", path=aside))
            self._read_since(found, path)
        except (OSError, sqlite3.Error) as error:
            self.fail(say("storage_failed", detail=error), 74)

    def _best(self, candidates: list[Path]) -> Copy | None:
        """The newest copy that is whole; one that a wrong clock made is none."""
        whole = []
        for path in candidates:
            try:
                found = look_at(path)
            except ValueError as error:
                if path.exists():
                    self.say(say_short("restore_unusable", path=path, detail=error))
                continue
            if found.newest_run > now():
                detail = f"{found.newest_run} > {now()}"
                self.say(say_short("restore_unusable", path=path, detail=detail))
                continue
            whole.append(found)
        return max(whole, key=lambda found: (found.newest_run, not found.is_dump), default=None)

    def _put(self, found: Copy, path: Path) -> Path | None:
        """Set aside what is there and put the copy in its place; returns what was set aside."""
        part = path.with_name(f"{path.name}.restoring")
        with closing(lock(path)):
            part.unlink(missing_ok=True)
            if found.is_dump:
                make_archive(found.path, part, Path(self.settings["CAPTURES_DIR"]))
            else:
                with reading(found.path) as source:
                    copy(source, part)
            self._obey(removals_known(path), found, part)
            aside = set_aside(path, now())
            part.replace(path)
        Archive.open(path).close()  # brought up to date, and in the working archive's own mode
        return aside

    def _obey(self, known: KnownRemovals | None, found: Copy, part: Path) -> None:
        """Take out of a copy what was removed since it was made, before it takes the archive's place."""
        if known is None:
            if found.is_dump:  # snapshots are replaced by a removal
                self.say(say_short("restore_removals_unknown", newest=found.newest_run))
            return
        archive = Archive.open(part)
        try:
            with archive.transaction() as conn:
                obey_removals(conn, known)
            finish_removals(archive, Path(self.settings["CAPTURES_DIR"]))
        finally:
            archive.close()

    def _read_since(self, found: Copy, path: Path) -> None:
        """Read the captures that the copy does not know, portal by portal."""
        files: dict[str, list[Path]] = {}
        since, until = stamp_of(found.newest_run), stamp_of(now())
        for file in sorted(Path(self.settings["CAPTURES_DIR"]).glob("*.warc.gz")):
            stamp = stamp_in(file.name)
            if stamp > until:
                self.say(say_short("restore_future", path=file))
            elif stamp >= since:
                files.setdefault(file.name.partition(f"-{stamp}")[0], []).append(file)
        portals = known_portals(self.settings)
        read = 0
        for name, paths in sorted(files.items()):  # a portal's pages before what they carry
            if name in portals:
                read += self._read(name, paths)
            elif (portal := name.removesuffix(FILES)) in portals:
                self._take_files(portal, paths)
            else:
                self.say(say_short("restore_undescribed", portal=name, count=len(paths)))
        with closing(sqlite3.connect(path)) as conn:
            count = conn.execute("select count(*) from articles").fetchone()[0]
        self.say(say_short("restore_read", read=read, files=sum(map(len, files.values())),
                            articles=count))  # fmt: skip

    def _take_files(self, portal: str, paths: list[Path]) -> None:
        """What the portal's articles carry, as far as these files hold it."""
        archive = Archive.open(Path(self.settings["ARCHIVE_DB"]))
        try:
            for path in paths:
                try:
                    take_files(archive, Path(self.settings["CAPTURES_DIR"]), portal, [path])
                except CaptureError as error:
                    self.say(say_short("restore_unusable", path=path, detail=error))
        finally:
            archive.close()

    def _read(self, name: str, paths: list[Path]) -> int:
        portal = known_portals(self.settings)[name]
        catalogue = CaptureIndex(portal)
        run = Run.open(self.settings, "backfill")
        filling = CaptureImporter(run, portal, self.settings, via="crawl")
        reason = "shutdown"
        try:
            run.ledger.begin(portal)
            for path in paths:
                try:
                    catalogue.add(path)
                except CaptureError as error:
                    self.say(say_short("restore_unusable", path=path, detail=error))
            filling.fill(catalogue.looks(partial(place_of, run.archive.conn, run.storage.folder)))
            reason = "filled"
        finally:
            run.ledger.end(name, reason)
            run.close()
            catalogue.close()
        return filling.filled.read
