"""`scrapy publish`: a checked snapshot for others, the same bytes from the same archive."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from crawler.archive import Archive, ArchiveError
from crawler.archive.snapshot import day_of, gate
from crawler.command import PortalCommand
from crawler.messages import say, say_short
from crawler.publishing import last_published, publish

METADATA = Path(__file__).parents[2] / "metadata.yml"


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--out FOLDER]"

    def short_desc(self) -> str:
        return "Write a checked snapshot with its checksums"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--out", default="dist", metavar="FOLDER")
        parser.add_argument("--min-articles", type=int, default=1, metavar="N")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        path, out = Path(self.settings["ARCHIVE_DB"]), Path(opts.out)
        try:
            archive = Archive.read(path)
        except ArchiveError as error:
            self.fail(error, error.exit_code)
            return
        try:
            before = last_published(out)
            problems = gate(
                archive.conn, least=opts.min_articles, before=before.articles if before else None
            )
            day = day_of(archive.conn)
        except (ArchiveError, json.JSONDecodeError, KeyError) as error:
            self.fail(say("file_unusable", path=out / "latest.json", detail=error), 1)
            return
        except Exception as error:  # noqa: BLE001
            # A file so damaged that it cannot even be asked is refused like any other.
            problems, day = [str(error)], ""
        finally:
            archive.close()
        if problems:
            for problem in problems[:10]:
                self.fail(say("publish_refused", path=path, detail=problem), 1)
            return
        try:
            files = publish(path, out, day, METADATA)
        except OSError as error:
            self.fail(say("file_unusable", path=error.filename or out, detail=error.strerror), 1)
            return
        for file in files:
            print(out / file)
        print(say_short("published" if files else "published_already", path=out))
