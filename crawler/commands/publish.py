"""`scrapy publish`: a checked snapshot for others, the same bytes from the same archive."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crawler.archive.database import Archive, ArchiveError
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.dump.folder import PublishError
from crawler.dump.gate import Minimum
from crawler.dump.publish import PublishOptions, publish
from crawler.messages import say_short
from crawler.settings import CONTACT_UNSET

METADATA = Path(__file__).parents[2] / "metadata.yml"
KEEP = 7  # dumps in the folder


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--out FOLDER]"

    def short_desc(self) -> str:
        return "Write a checked snapshot with its checksums"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--out", default="dist", metavar="FOLDER")
        parser.add_argument(
            "--min-articles", type=int, default=1, metavar="N", help="refuse fewer articles"
        )
        parser.add_argument(
            "--may-lose", type=int, default=0, metavar="N",
            help="let N rows of the last dump be missing, for once",
        )  # fmt: skip
        parser.add_argument(
            "--keep", type=int, default=KEEP, metavar="N", help=f"dumps to keep; default {KEEP}"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        path, out = Path(self.settings["ARCHIVE_DB"]), Path(opts.out)
        least = Minimum(opts.min_articles, opts.may_lose)
        contact = self.settings["CONTACT"]
        contact = "" if contact == CONTACT_UNSET else contact
        wish = PublishOptions(least, max(1, opts.keep), contact, METADATA)
        try:
            Archive.read(path).close()
            done = publish(path, out, wish, now=now())
        except (ArchiveError, PublishError) as error:
            self.fail(error, error.exit_code)
            return
        for remark in done.remarks:  # each of them something that could not be done
            print(remark.line, file=sys.stderr)
        for file in done.files:
            self.say(out / file)
        self.say(say_short("published" if done.files else "published_already", path=out))
