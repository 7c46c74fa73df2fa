"""Kept looks at one portal read anew: from the record to an article, in whatever process that is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from scrapy.settings import Settings

from crawler.archive.articles.rows import Derived
from crawler.archive.articles.unchanged import Unchanged
from crawler.archive.captures import Captured, host_of
from crawler.extraction_pool import ExtractionJob, Rescue
from crawler.extractor_version import portal_version
from crawler.items import Article, Capture, Fetched, Reading
from crawler.parsing import join_url
from crawler.platforms import PLATFORMS
from crawler.portals.model import Portal
from crawler.registry.eras import Eras
from crawler.registry.portals import on_platform, unknown_portal
from crawler.registry.unknown_portal import portal_by_page
from crawler.run.normalisers import Normalisers
from crawler.run.previous_captures import job_of, kept_answer, page_of


@dataclass(frozen=True, slots=True)
class Facts:
    """All that must be known of a portal to read its looks; goes along with them."""

    rules: str  # the version of the rules of reading
    normalisers: Mapping[str, int]
    portal: Portal | None  # None: nobody described it
    platform: str | None = None  # which a crawl of it recognised
    learnt: frozenset[str] = frozenset()
    rivals: tuple[Portal, ...] = ()  # others on its hosts
    sold: Mapping[str, str] | None = None  # host → from when it had another owner


@dataclass(frozen=True, slots=True)
class Outcome:
    """What reading a look anew came to. Neither an article nor damage: a page that is refused."""

    stamp: str = ""  # of the rules that read it
    article: Article | None = None
    derived: Derived | None = None  # from the article's words
    capture: Capture | None = None  # of a page that was refused before
    same: Unchanged | None = None  # the archive says what the page says: it need not be told again
    damaged: bool = False  # its record could not be read back


DAMAGED = Outcome(damaged=True)


class PortalReader:
    """Reads kept looks at a portal by the facts about it."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._normalise = Normalisers(Settings({"NORMALISERS": dict(facts.normalisers)}))
        self._stamps: dict[Portal, str] = {}
        self._eras: dict[Portal, Eras] = {}

    def job(self, captured: Captured, largest: int) -> ExtractionJob | None:
        """What is to be read, out of its file; None when the record is damaged."""
        fetched = kept_answer(captured, largest)
        if fetched is None:
            return None
        portal = self._facts.portal or self._stranger(captured, fetched)
        job = job_of(captured, fetched, portal, self._facts.learnt)
        return self._of_its_day(job, captured, portal) if captured.rescued else job

    def outcome(self, captured: Captured, job: ExtractionJob, reading: Reading) -> Outcome:
        """What was read, as a crawl would save it."""
        page = self._normalise(page_of(job, reading, via="crawl", warc=""), job.portal)
        article, capture = page.reading.article, page.capture
        if captured.article is None:
            return Outcome(self.stamp(job.portal), article, capture=capture)
        derived = Derived.of(article) if article else None
        return Outcome(self.stamp(job.portal), article, derived)

    def stamp(self, portal: Portal) -> str:
        """By which rules a page of the portal is read."""
        if portal not in self._stamps:
            version = portal_version(self._facts.rules, portal, self._facts.learnt)
            self._stamps[portal] = version
        return self._stamps[portal]

    def _stranger(self, captured: Captured, fetched: Fetched) -> Portal:
        """A portal without a spider, on the platform that its crawl recognised."""
        known = self._facts.platform
        if known in PLATFORMS:
            portal = on_platform(unknown_portal(captured.url), PLATFORMS[known])
        else:
            portal = portal_by_page(fetched)
        return replace(portal, start_urls=(join_url(captured.url, "/"),))

    def _of_its_day(self, job: ExtractionJob, captured: Captured, portal: Portal) -> ExtractionJob:
        """A look out of a web archive, read by the system and the owner its domain had then."""
        if portal not in self._eras:
            self._eras[portal] = Eras(portal, self._facts.rivals)
        eras = self._eras[portal]
        there = eras.at(captured.url, captured.fetched_at[:10])
        place, expect = eras.read_as(there, job.fetched)
        since = (self._facts.sold or {}).get(host_of(captured.url))
        return replace(
            job, portal=place.system, key=captured.key or place.key, expect=expect,
            rescue=Rescue(sold=bool(since and since <= captured.fetched_at)),
        )  # fmt: skip
