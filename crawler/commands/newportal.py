"""`scrapy newportal URL`: look at a site, write its spider, its sample pages and what they say."""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from pathlib import Path
from typing import Any

from crawler.archive.database import Archive
from crawler.archive.first_visit import Found, found_on
from crawler.captures import CaptureError, CaptureWriter, read_capture
from crawler.cli import PortalCommand
from crawler.commands.crawl import crawl
from crawler.crawl.arguments import ArgumentError
from crawler.messages import say, say_short
from crawler.parsing import split_url
from crawler.portals.provinces import PROVINCES
from crawler.registry.portals import unknown_portal
from crawler.registry.scaffold import Declared, draft, province_of, spider_source

LOOK = "40"  # pages of a first visit
KEPT = 3  # articles kept as sample pages
EXAMPLES = 3


def _kept(found: Found) -> list[dict[str, Any]]:
    """The articles that can be sample pages: those whose text was read, unless most of it was not."""
    pages = {place.url for place in found.pages}
    read = [a for a in found.articles if a["text"] and a["url"] in pages]
    return read if 2 * len(read) > len(found.articles) else []


class Command(PortalCommand):
    def syntax(self) -> str:
        return "[options] URL"

    def short_desc(self) -> str:
        return "Look at a site and write its spider"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--province", metavar="SLUG", help="yen_bai, ha_noi …")
        parser.add_argument(
            "--name", metavar="SLUG", help="the spider's name; default: the province"
        )
        parser.add_argument(
            "--into", metavar="FOLDER", default=".", help="where spiders/ and tests/ are"
        )

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        url = args[0] if len(args) == 1 else ""
        if split_url(url).scheme not in ("http", "https"):
            self.fail(say("newportal_input"), 2)
            return
        province: str = opts.province or province_of(url) or ""
        if province not in PROVINCES:
            self.fail(say("province_unknown", name=opts.province or url), 2)
            return
        slug = re.sub(r"\W", "_", opts.name or province)
        target = Path(opts.into) / "spiders" / f"{slug}.py"
        if target.exists():
            self.fail(say("spider_exists", path=target), 2)
            return
        try:
            with tempfile.TemporaryDirectory() as folder:
                found = self._look(url, Path(folder))
                if not found.articles:
                    self.fail(say("newportal_nothing", url=url), 1)
                    return
                if not _kept(found):
                    self.fail(say("newportal_wordless", url=found.articles[0]["url"]), 1)
                    return
                declared = draft(url, slug, province, found)
                self._write(declared, found, Path(opts.into), target)
        except (ArgumentError, CaptureError) as error:
            self.fail(error, 2)
        except OSError as error:
            self.fail(say("file_unusable", path=error.filename, detail=error.strerror), 1)

    def _look(self, url: str, folder: Path) -> Found:
        """A short crawl into an archive of its own."""
        self.settings.set("ARCHIVE_DB", str(folder / "look.db"), priority="cmdline")
        self.settings.set("CAPTURES_DIR", str(folder / "captures"), priority="cmdline")
        crawl(self, ["portal"], {"url": url, "max_pages": LOOK}, name="newportal")
        self.exitcode = 0
        archive = Archive.read(folder / "look.db")
        try:
            return found_on(archive.conn, unknown_portal(url).slug, folder / "captures")
        finally:
            archive.close()

    def _write(self, declared: Declared, found: Found, into: Path, target: Path) -> None:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(spider_source(declared), encoding="utf-8")
        samples = into / "tests" / "portals" / declared.slug
        samples.mkdir(parents=True, exist_ok=True)
        pages = samples / "pages.warc.gz"
        pages.unlink(missing_ok=True)
        writer = CaptureWriter(pages, software="newportal", portal=declared.slug)
        kept = {place.url: place for place in found.pages}
        golden = _kept(found)[:KEPT]
        for article in golden:
            place = kept[article["url"]]
            fetched = read_capture(place)
            writer.keep(
                place.url, fetched_at=place.fetched_at, status=fetched.status,
                headers=list(fetched.headers), body=fetched.body,
            )  # fmt: skip
        writer.close()
        (samples / "golden.json").write_text(
            json.dumps({"reviewed": False, "articles": golden}, ensure_ascii=False, indent=2)
            + "\n",
            encoding="utf-8",
        )
        self._report(declared, found, target, samples)

    def _report(self, declared: Declared, found: Found, target: Path, samples: Path) -> None:
        self.say(f"{target}\n{samples / 'golden.json'}")
        self.say(f"platform      {declared.portal.platform or '?'}")
        self.say(f"articles      {len(found.articles)}")
        for name, values in (
            ("article_urls", declared.portal.article_urls),
            ("lists", found.lists),
            ("feeds", found.feeds),
            ("dates", [a["published_raw"] for a in found.articles if a["published_raw"]]),
            ("bylines", [a["byline"] for a in found.articles if a["byline"]]),
        ):
            for value in list(dict.fromkeys(values))[:EXAMPLES]:
                self.say(f"{name:13} {value}")
        if declared.unknown:
            self.say(say_short("newportal_unknown", what=", ".join(declared.unknown)))
        self.say(say("newportal_review", path=samples / "golden.json"))
