"""`scrapy backfill PORTAL --warc FILE…`: captures of others → archive, through the same reading."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import groupby
from pathlib import Path

from crawler.addresses import LANGUAGES, address_of
from crawler.archive import ArchiveError
from crawler.archive.captured import is_known, remember_warcs
from crawler.captures import CaptureError, Place, check_warc, read_capture, responses
from crawler.command import PortalCommand
from crawler.facts import Portal
from crawler.items import Capture, Fetched, Page, Reading
from crawler.messages import say
from crawler.normalising import Normalisers
from crawler.outcomes import outcome_of_status
from crawler.portals import known_portals
from crawler.run import Run
from crawler.workers import Job, in_batches

TOGETHER = 50  # pages in a transaction: nobody waits for one of them


class Command(PortalCommand):
    requires_crawler_process = False

    def syntax(self) -> str:
        return "PORTAL --warc FILE …"

    def short_desc(self) -> str:
        return "Bring captures made by others into the archive"

    def add_options(self, parser: argparse.ArgumentParser) -> None:
        super().add_options(parser)
        parser.add_argument("--warc", nargs="+", default=[], metavar="FILE")

    def run(self, args: list[str], opts: argparse.Namespace) -> None:
        if len(args) != 1 or not opts.warc:
            self.fail(say("backfill_input"), 2)
            return
        if not self.known_portal(args[0]):
            return
        paths = [Path(path) for path in opts.warc]
        try:
            for path in paths:
                check_warc(path)
            self._fill(known_portals(self.settings)[args[0]], paths)
        except CaptureError as error:
            self.fail(error)
        except ArchiveError as error:
            self.fail(error, error.exit_code)

    def _fill(self, portal: Portal, paths: list[Path]) -> None:
        run = Run.open(self.settings, "backfill")
        reason = "shutdown"
        try:
            run.begin(portal)
            with run.archive.transaction() as conn:
                remember_warcs(conn, paths)
            jobs = _jobs(run, portal, _in_time_order(paths, portal))
            for pages in in_batches(
                _pages(run, portal, jobs, Normalisers(self.settings)), TOGETHER
            ):
                run.save_all(pages)
            reason = "finished"
        finally:
            run.end(portal.slug, reason)
            run.close()
        self.exitcode = 74 if run.storage_failure else 0


def _in_time_order(paths: Iterable[Path], portal: Portal) -> list[Place]:
    """Every capture, day by day, so that versions follow each other as they were published.

    Within a day the looks at one article stand together: its English or second-section copy is
    no new version of it.
    """
    places = [place for path in paths for place in responses(path)]
    return sorted(places, key=lambda p: (*_look(p, portal), p.fetched_at, p.url))


def _look(place: Place, portal: Portal) -> tuple[str, str]:
    """The day and the article a capture is of."""
    address = address_of(place.url, portal)
    return place.fetched_at[:10], address.key if address.kind == "article" else address.url


def _is_foreign(url: str) -> bool:
    """Whether an address names a language that is not Vietnamese."""
    return any(f"/{language}/" in url.lower() for language in LANGUAGES - {"vi", "vi-vn"})


def _jobs(run: Run, portal: Portal, places: Iterable[Place]) -> Iterator[Job]:
    """The portal's article pages that are not in the archive yet."""
    for place in places:
        address = address_of(place.url, portal)
        if address.kind not in ("article", "unknown"):
            continue
        if is_known(run.archive.conn, place.url, place.fetched_at):
            continue
        expect = "article" if address.kind == "article" else None
        learnt = run.portals[portal.slug].boilerplate
        yield Job(read_capture(place), portal, address.key, expect, place, learnt)


def _pages(run: Run, portal: Portal, jobs: Iterable[Job], normalise: Normalisers) -> Iterator[Page]:
    """The best look at each article and day: the one that says most, in Vietnamese."""
    read = (
        (job, normalise(page_of(job, reading, via="warc"), portal))
        for job, reading in run.workers.read_all(jobs)
    )
    for _, looks in groupby(read, key=lambda entry: _look(entry[0].place, portal)):
        yield min((page for _, page in looks), key=_poverty)


def _poverty(page: Page) -> tuple[bool, bool, bool, int, str]:
    """What a look lacks; the smaller the better."""
    article = page.reading.article
    return (
        article is None,
        _is_foreign(page.capture.url),
        article is None or article.published is None,
        -len(article.text) if article else 0,
        page.capture.url,
    )


def page_of(job: Job, reading: Reading, *, via: str) -> Page:
    """A kept answer as the item a crawl would have made of it."""
    fetched: Fetched = job.fetched
    outcome, _ = outcome_of_status(fetched.status)
    if outcome != "ok":
        reading = Reading()
    if reading.article:
        reading.article.url = address_of(fetched.url, job.portal).url
        reading.article.key = job.key or reading.article.url
    reading.links = []
    capture = Capture(
        url=fetched.url,
        fetched_at=fetched.fetched_at,
        status=fetched.status,
        outcome=outcome,
        warc=job.place.path.name,
        offset=job.place.offset,
        digest=sha256(fetched.body).hexdigest(),
        etag=fetched.header("etag"),
        last_modified=fetched.header("last-modified"),
        location=fetched.header("location"),
    )
    return Page(job.portal.slug, None, capture, reading, via=via)
