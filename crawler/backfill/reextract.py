"""Kept looks read anew with today's rules."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.archive.articles.reextract import save_reprieved, save_reread
from crawler.archive.boilerplate import known_boilerplate
from crawler.archive.captures import Captured, count_unreadable, readable, sold_since
from crawler.archive.runs import platform_of
from crawler.extraction_pool import ExtractionJob, ExtractionPool, Rescue
from crawler.extractor_version import extractor_version, portal_version
from crawler.items import Article, Fetched, Page
from crawler.parsing import join_url
from crawler.platforms import PLATFORMS
from crawler.portals.model import Portal
from crawler.registry.eras import Eras
from crawler.registry.portals import known_portals, on_platform, unknown_portal
from crawler.registry.unknown_portal import portal_by_page
from crawler.run.normalisers import Normalisers
from crawler.run.previous_captures import job_of, kept_answer, page_of


@dataclass(frozen=True, slots=True)
class Look:
    """A kept look, and what today's rules read on its page."""

    captured: Captured
    portal: Portal
    page: Page

    @property
    def at(self) -> tuple[str, str]:
        return self.captured.fetched_at, self.captured.url

    @property
    def article(self) -> Article | None:
        return self.page.reading.article


class Reextractor:
    """Reads every kept look anew, and puts what it finds into the archive."""

    def __init__(
        self, settings: BaseSettings, conn: sqlite3.Connection, workers: ExtractionPool
    ) -> None:
        self.damaged: Counter[Path] = Counter()
        self.absent = count_unreadable(conn)
        self._conn, self._workers = conn, workers
        self._folder = Path(settings["CAPTURES_DIR"])
        self._normalise = Normalisers(settings)
        self._portals = known_portals(settings)
        self._learnt: dict[str, frozenset[str]] = {}
        self._rules = extractor_version()
        self._stamps: dict[Portal, str] = {}
        self._eras: dict[str, Eras] = {}
        self._unread: set[tuple[int, str]] = set()

    def stamp(self) -> str:
        """One name for all the rules there are today."""
        stamps = "".join(self._stamp(portal) for portal in self._portals.values())
        return sha256(stamps.encode()).hexdigest()

    def looks(self, after: tuple[str, str] = ("", "")) -> Iterator[Look]:
        jobs = (
            self._job(captured)
            for captured in readable(self._conn, self._folder, after, refused=True)
        )
        for job, reading in self._workers.read_all(job for job in jobs if job):
            captured, place = job.place
            page = page_of(replace(job, place=place), reading, via="crawl", warc="")
            yield Look(captured, job.portal, self._normalise(page, job.portal))

    def save(self, conn: sqlite3.Connection, look: Look) -> None:
        captured, article = look.captured, look.article
        if article is None:
            return  # what was read once is not taken away by rules that cannot read it
        stamp = self._stamp(look.portal)
        if captured.article is not None:
            save_reread(
                conn, captured.article, captured.fetched_at, article, stamp, unread=self._unread
            )
        else:
            save_reprieved(conn, captured.portal, article, look.page.capture, stamp)

    def _job(self, captured: Captured) -> ExtractionJob | None:
        fetched = kept_answer(captured, self._workers.largest)
        if fetched is None:
            self.damaged[captured.path] += 1
            if captured.article is not None:
                self._unread.add((captured.article, captured.fetched_at))
            return None
        portal = self._portals.get(captured.portal)
        if portal is None:
            portal = self._stranger(captured, fetched)
            portal = replace(portal, start_urls=(join_url(captured.url, "/"),))
        job = job_of(captured, fetched, portal, self._learnt_of(portal.slug))
        if captured.rescued:
            job = self._of_its_day(job, captured, portal)
        return replace(job, place=(captured, job.place))

    def _of_its_day(self, job: ExtractionJob, captured: Captured, portal: Portal) -> ExtractionJob:
        """A look out of a web archive, read by the system and the owner its domain had then."""
        eras = self._eras_of(portal)
        there = eras.at(captured.url, captured.fetched_at[:10])
        place, expect = eras.read_as(there, job.fetched)
        since = sold_since(self._conn, portal.slug, captured.url)
        return replace(
            job, portal=place.system, key=captured.key or place.key, expect=expect,
            rescue=Rescue(sold=bool(since and since <= captured.fetched_at)),
        )  # fmt: skip

    def _eras_of(self, portal: Portal) -> Eras:
        if portal.slug not in self._eras:
            self._eras[portal.slug] = Eras(portal, self._portals.values())
        return self._eras[portal.slug]

    def _stranger(self, captured: Captured, fetched: Fetched) -> Portal:
        """A portal without a spider, on the platform that its crawl recognised."""
        known = platform_of(self._conn, captured.portal)
        if known in PLATFORMS:
            return on_platform(unknown_portal(captured.url), PLATFORMS[known])
        return portal_by_page(fetched)

    def _stamp(self, portal: Portal) -> str:
        if portal not in self._stamps:
            learnt = self._learnt_of(portal.slug)
            self._stamps[portal] = portal_version(self._rules, portal, learnt)
        return self._stamps[portal]

    def _learnt_of(self, slug: str) -> frozenset[str]:
        if slug not in self._learnt:
            self._learnt[slug] = known_boilerplate(self._conn, slug)
        return self._learnt[slug]
