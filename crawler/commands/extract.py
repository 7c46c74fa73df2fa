"""`scrapy extract`: pages → articles as JSON lines, touching no archive."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, replace
from hashlib import sha256
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO, Any

from crawler.archive.ids import text_sha256
from crawler.captures import CaptureError, RecordPlace, Scan, read_capture, readable_files
from crawler.cli import PortalCommand
from crawler.clock import now
from crawler.extraction_pool import ExtractionJob, ExtractionPool
from crawler.extractor_version import extractor_version
from crawler.http.limits import largest_body
from crawler.http.outcomes import outcome_of_status
from crawler.items import Capture, Expected, Fetched, Page, Reading
from crawler.messages import say
from crawler.parsing import split_url
from crawler.portals.model import Portal
from crawler.portals.urls import PageUrl, classify_url
from crawler.registry.portals import known_portals, portal_of, unknown_portal
from crawler.registry.unknown_portal import portal_by_page
from crawler.run.normalisers import Normalisers

COLUMNS = (
    "title", "section", "summary", "text", "byline",
    "published", "published_precision", "published_raw", "published_from",
)  # fmt: skip


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "[--warc FILE … | --html FILE --url URL] [-o out.jsonl] [--portal SLUG]"

    def short_desc(self) -> str:
        return "Extract pages to JSON lines, without an archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--warc", nargs="+", default=[], metavar="FILE")
        parser.add_argument("--html", metavar="FILE", help="a saved page; needs --url")
        parser.add_argument("--url", help="the address of the page in --html")
        parser.add_argument("--portal", metavar="SLUG", help="use this portal's facts")
        parser.add_argument("--generic", action="store_true", help="hide what platforms are known")
        parser.add_argument("-o", "--output", metavar="FILE", help="default: standard output")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if bool(opts.warc) == bool(opts.html) or bool(opts.html) != bool(opts.url) or args:
            self.fail(say("extract_input"), 2)
            return
        if opts.portal and not self.known_portal(opts.portal):
            return
        try:
            if opts.warc:
                self._from_files(opts)
            else:
                self._extract(_html_page(Path(opts.html), opts.url), opts)
        except CaptureError as error:
            self.fail(error, 2)
        except OSError as error:
            self.fail(say("file_unusable", path=error.filename, detail=error.strerror), 2)

    def _from_files(self, opts: argparse.Namespace) -> None:
        """What a backfill would read of the files, and what it would say of the rest."""
        with TemporaryDirectory(prefix="extract-") as folder:
            given = [Path(path) for path in opts.warc]
            paths = [path for one in given for path in readable_files(one, Path(folder))]
            scans = [Scan(path) for path in paths]
            places = [_answers(scan) for scan in scans]  # before a line is written
            unread: list[CaptureError] = []
            self._extract(self._warc_pages(places, unread), opts)
        for scan in scans:
            for offset, detail in scan.damage:
                damaged = say("backfill_damaged", path=scan.path, offset=offset, detail=detail)
                self.fail(damaged, 2)
        if unread:
            self.fail(say("backfill_unreadable", count=len(unread)), 2)

    def _extract(self, pages: Iterator[Fetched], opts: argparse.Namespace) -> None:
        normalise = Normalisers(self.settings)
        finder = _Finder(known_portals(self.settings), opts.portal, opts.generic)
        workers = ExtractionPool(
            self.settings.getint("WORKERS") or None, largest=largest_body(self.settings)
        )
        try:
            with _opened(opts.output) as output:
                for job, reading in workers.read_all(finder.job(fetched) for fetched in pages):
                    _write(output, _line(job, reading, normalise))
        finally:
            workers.close()

    def _warc_pages(
        self, places: list[list[RecordPlace]], unread: list[CaptureError]
    ) -> Iterator[Fetched]:
        for place in chain.from_iterable(places):
            try:
                yield read_capture(place, largest=largest_body(self.settings))
            except CaptureError as error:
                unread.append(error)


@contextmanager
def _opened(name: str | None) -> Iterator[IO[str]]:
    if name is None:
        yield sys.stdout
        return
    with Path(name).open("w", encoding="utf-8") as output:
        yield output


class _Finder:
    """Finds the facts a page is read with."""

    def __init__(self, portals: dict[str, Portal], slug: str | None, generic: bool) -> None:
        self._portals = portals
        self._forced = portals[slug] if slug else None
        self._generic = generic

    def job(self, fetched: Fetched) -> ExtractionJob:
        portal = self._forced or portal_of(fetched.url, self._portals.values())
        described = portal is not None
        if portal is None:
            portal = portal_by_page(fetched)
        elif classify_url(fetched.url, portal).kind == "outside":
            # Facts were asked for by name: the page lies elsewhere, its address does not count.
            portal = replace(portal, hosts=(unknown_portal(fetched.url).hosts[0],), within=())
        if self._generic:
            portal = portal.generic()
        address = classify_url(fetched.url, portal)
        if address.kind == "skip" and not described:
            address = replace(
                address, kind="unknown"
            )  # no place to go by oneself, but one was asked
        if address.kind == "unknown":
            # A pattern that does not know the page is no proof: what it says itself counts.
            portal = replace(portal, article_urls=())
        return ExtractionJob(fetched, portal, address.key, _expected(address, fetched.url))


def _expected(address: PageUrl, url: str) -> Expected | None:
    if address.kind == "article":
        return "article"
    if address.kind != "unknown" or split_url(url).path.strip("/") == "":
        return None
    return "headline"


def _answers(scan: Scan) -> list[RecordPlace]:
    return [record.place for record in scan if not record.revisit]


def _html_page(path: Path, url: str) -> Iterator[Fetched]:
    yield Fetched(url, now(), 200, (("content-type", "text/html"),), path.read_bytes())


def _line(job: ExtractionJob, reading: Reading, normalise: Normalisers) -> dict[str, Any]:
    """One page as the archive would have it: `{"url", "refused"}` when it is no article."""
    fetched = job.fetched
    outcome, _ = outcome_of_status(fetched.status)
    if outcome != "ok":
        return {"url": fetched.url, "refused": outcome}
    article = reading.article
    if article:
        article.url, article.key = fetched.url, job.key or fetched.url
        capture = Capture(fetched.url, fetched.fetched_at, fetched.status)
        reading = normalise(Page(job.portal.slug, None, capture, reading), job.portal).reading
        article = reading.article
    if article is None:
        refusal = reading.refusal
        line = {"url": fetched.url, "refused": refusal.reason if refusal else "not_an_article"}
        return line | ({"detail": refusal.detail} if refusal and refusal.detail else {})
    return {
        "url": fetched.url,
        "portal": job.portal.slug,
        "key": article.key,
        **{column: getattr(article, column) for column in COLUMNS},
        "authors": [_without_key(asdict(author)) for author in article.authors],
        "images": [asdict(image) for image in article.images],
        "attachments": [asdict(file) for file in article.attachments],
        "notes": article.notes,
        "removed": article.removed,
        "captured_at": fetched.fetched_at,
        "digest": sha256(fetched.body).hexdigest(),
        "text_sha256": text_sha256(article.text),
        "extractor": extractor_version(),
    }


def _without_key(author: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in author.items() if name != "key"}


def _write(output: IO[str], line: dict[str, Any]) -> None:
    print(json.dumps(line, ensure_ascii=False), file=output)
