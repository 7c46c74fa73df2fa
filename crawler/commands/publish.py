"""`scrapy publish`: a checked snapshot for others, the same bytes from the same archive."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from crawler.archive.database import Archive, ArchiveError
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.dump.contents import PublishOptions
from crawler.dump.datapackage import NOBODY
from crawler.dump.folder import PublishError
from crawler.dump.gate import Minimum
from crawler.dump.publish import publish
from crawler.dump.signing import Signer, SigningKeyError
from crawler.dump.site import write_site
from crawler.messages import say, say_short
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
        parser.add_argument(
            "--site", metavar="FOLDER", help="write a page without a server there, for a file host"
        )
        parser.add_argument(
            "--no-captures", action="store_true", help="publish no captures (WACZ files)"
        )
        parser.add_argument(
            "--address", default=None, metavar="URL",
            help="where the site is found, for feeds and citations; else KHCN_ADDRESS",
        )  # fmt: skip

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        path, out = Path(self.settings["ARCHIVE_DB"]), Path(opts.out)
        least = Minimum(opts.min_articles, opts.may_lose)
        contact = self.settings["CONTACT"]
        contact = "" if contact == CONTACT_UNSET else contact
        address = self.settings["PUBLIC_ADDRESS"] if opts.address is None else opts.address
        address = f"{address.rstrip('/')}/" if address else ""
        captures = None if opts.no_captures else Path(self.settings["CAPTURES_DIR"])
        key = self.settings["SIGNING_KEY"]
        try:
            signer = Signer.read(Path(key)) if key and captures else None
            wish = PublishOptions(
                least, max(1, opts.keep), contact, METADATA, captures, signer, address
            )
            Archive.read(path).close()
            done = publish(path, out, wish, now=now())
        except (ArchiveError, PublishError) as error:
            self.fail(error, error.exit_code)
            return
        except SigningKeyError as error:
            self.fail(error, 2)
            return
        for remark in done.remarks:  # each of them something that could not be done
            print(remark.line, file=sys.stderr)
        for file in done.files:
            self.say(out / file)
        self.say(say_short("published" if done.files else "published_already", path=out))
        if opts.site:
            self._site(out, Path(opts.site), contact, address)

    def _site(self, out: Path, site: Path, contact: str, address: str) -> None:
        try:
            write_site(out, site, contact=contact or NOBODY, address=address)
        except OSError as error:
            detail = f"{error.filename or ''} {error.strerror or error}".strip()
            self.fail(say("publish_failed", path=site, detail=detail), 74)
            return
        self.say(say_short("site_written", path=site))
