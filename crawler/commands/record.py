"""`scrapy record URL|NUMBER`: the page an article was read from, as it was kept."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from crawler.archive.database import Archive, ArchiveError
from crawler.captures import CaptureError, read_capture
from crawler.cli import PortalCommand
from crawler.dump.folder import PublishError
from crawler.dump.record import looks_at, place_here, place_published, was_removed
from crawler.dump.snapshot import reading
from crawler.messages import say, say_short


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "URL|NUMBER [--dumps FOLDER] [--at MOMENT] [-o FILE]"

    def short_desc(self) -> str:
        return "Find the captured page of an article"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument(
            "--dumps", metavar="FOLDER", help="published files: the record is sought in their WACZ"
        )
        parser.add_argument(
            "--at", default="", metavar="MOMENT", help="how `fetched_at` begins: 2025-06-20"
        )
        parser.add_argument("-o", "--output", metavar="FILE", help="write the page's bytes there")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1:
            self.fail(say("record_input"), 2)
            return
        path, folder = Path(self.settings["ARCHIVE_DB"]), Path(self.settings["CAPTURES_DIR"])
        dumps = Path(opts.dumps) if opts.dumps else None
        try:
            Archive.read(path).close()
            with reading(path) as conn:
                looks = looks_at(conn, args[0], opts.at)
                if not looks:
                    key = "record_removed" if was_removed(conn, args[0]) else "record_unknown"
                    self.fail(say(key, asked=args[0]), 1)
                    return
                places = (
                    (look, place)
                    for look in looks
                    if (
                        place := place_published(dumps, look)
                        if dumps
                        else place_here(conn, folder, look)
                    )
                )
                found = next(places, None)
            if found is None:
                self.fail(say("record_elsewhere", warc=looks[0].warc, path=dumps or folder), 1)
                return
            look, place = found
            page = read_capture(place)
        except (ArchiveError, PublishError) as error:
            self.fail(error, error.exit_code)
            return
        except CaptureError as error:
            self.fail(error, 1)
            return
        where = {"url": look.url, "fetched_at": look.fetched_at, "warc": look.warc,
                 "offset": look.offset, "digest": look.digest, "file": str(place.path),
                 "file_offset": place.offset, "status": page.status, "bytes": len(page.body)}  # fmt: skip
        self.say(json.dumps(where, ensure_ascii=False, indent=2))
        if opts.output:
            Path(opts.output).write_bytes(page.body)
            self.say(say_short("record_written", path=opts.output))
