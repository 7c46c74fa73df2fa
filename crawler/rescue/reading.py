"""What has come is read into the archive: by the facts of its day, with its origin, list pages too."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from scrapy.settings import BaseSettings

from crawler.archive.articles.removed import was_removed
from crawler.archive.articles.revisions import version_after, version_before
from crawler.archive.captures import host_of, located, sold_domains
from crawler.backfill.importer import CaptureImporter, Read
from crawler.captures import RecordPlace
from crawler.extraction_pool import ExtractionJob, Rescue
from crawler.items import Fetched, Page, Reading
from crawler.registry.eras import Eras, Place
from crawler.rescue import queue
from crawler.rescue.copies import said, silence_copies
from crawler.rescue.queue import Look
from crawler.rescue.sources import Source
from crawler.run.run import Run

LED_TO = 3  # articles that a page must lead to, to be a list that more looks are worth
KEPT = "article"  # what a look came to that is a version of an article
ENTRY = """
insert into _rescue_entries(portal, key, url, title, printed, listed_at, last_listed, listed_on,
  via, source, source_url) values (:portal, :key, :url, :title, :printed, :at, :at, :on,
  :via, :source, :link)
on conflict do update set
  title = iif((length(excluded.title), excluded.title) > (length(title), title),
    excluded.title, title),
  printed = min(coalesce(printed, excluded.printed), coalesce(excluded.printed, printed)),
  last_listed = max(last_listed, excluded.last_listed),
  (url, listed_at, listed_on, via, source, source_url) = (select u, a, o, v, s, l from (
    select url as u, listed_at as a, listed_on as o, via as v, source as s, source_url as l
    union all select excluded.url, excluded.listed_at, excluded.listed_on, excluded.via,
      excluded.source, excluded.source_url) order by a, o, v, s limit 1)
"""


class RescueReader(CaptureImporter):
    """Reads looks that have come; whatever each came to is noted with it in one transaction."""

    def __init__(
        self, run: Run, eras: Eras, settings: BaseSettings, sources: Mapping[str, Source]
    ) -> None:
        super().__init__(run, eras.portal, settings, via="wayback")
        self._eras, self._sources = eras, sources
        self._looks: dict[tuple[str, str], Look] = {}
        self._places: dict[tuple[str, str], Place] = {}
        self._copies: set[tuple[str, str] | None] = set()  # that say what another address says
        self._sold = sold_domains(run.archive.conn, eras.portal.slug)

    def read(self, looks: Sequence[Look]) -> None:
        """Read and save; of two sources' one look the first counts. Raises ArchiveError."""
        ordered = sorted(looks, key=lambda look: (look.timestamp[:8], look.page, look.timestamp))
        self._looks = {}
        for look in ordered:
            self._looks.setdefault((look.url, look.row.fetched_at), look)
        self._places, self._copies = {}, set()
        folder = self.run.storage.folder
        self.fill(
            RecordPlace(located(look.path, folder), look.offset, look.url, look.row.fetched_at)
            for look in self._looks.values()
            if look.path is not None and look.offset is not None
        )
        with self.run.archive.transaction() as conn:
            self._settle_rest(conn, ordered)

    def _was_removed(self, place: RecordPlace) -> bool:
        there = self._eras.at(place.url, place.fetched_at[:10])
        key = there.key if there.kind == "article" else ""
        return was_removed(self.run.archive.conn, self.portal.slug, key=key, url=there.url)

    def _job(self, place: RecordPlace, fetched: Fetched) -> ExtractionJob | None:
        at = place.url, place.fetched_at
        look = self._looks[at]
        found, expect = self._eras.read_as(self._eras.at(look.url, place.fetched_at[:10]), fetched)
        self._places[at] = found
        since = self._sold.get(host_of(look.url))
        asked = Rescue(
            entries=found.kind != "article", sold=bool(since and since <= place.fetched_at)
        )
        learnt = self.run.portals[self.portal.slug].boilerplate
        return ExtractionJob(fetched, found.system, found.key, expect, place, learnt, asked)

    def _pages(self, places: Iterable[RecordPlace]) -> Iterator[Read]:
        """Every look, day by day, once it is known which address speaks for each article."""
        read = [(_light(job), page) for job, page in super()._pages(places)]
        named: dict[str, list[Page]] = defaultdict(list)
        for job, page in read:
            if page.reading.article:
                named[self._look_of((job, page))[1]].append(page)
        for pages in named.values():
            self._copies |= silence_copies(pages)
            self._copies |= {self._silence_known(page) for page in pages} - {None}
        yield from read

    def _silence_known(self, page: Page) -> tuple[str, str] | None:
        """The same for a look at another address than the one the archive knows an article by."""
        article, conn = page.reading.article, self.run.archive.conn
        if article is None:
            return None
        known = conn.execute(
            "select id, url from articles where portal = ? and key = ?",
            (self.portal.slug, article.key),
        ).fetchone()
        if known is None or known[1] == article.url:
            return None
        at = page.capture.fetched_at
        beside = version_before(conn, known[0], at) or version_after(conn, known[0], at)
        if beside is None or (beside.fields["title"], beside.fields["text"]) != said(page):
            return None
        page.reading = Reading()
        return page.capture.url, at

    def _look_of(self, read: Read) -> tuple[str, str]:
        place: RecordPlace = read[0].place
        return place.fetched_at[:10], self._looks[place.url, place.fetched_at].page

    def _page(self, job: ExtractionJob, reading: Reading) -> Page:
        page = super()._page(job, reading)
        look = self._looks[job.place.url, job.place.fetched_at]
        source = self._sources[look.source]
        page.via = source.via
        page.capture.source, page.capture.source_url = source.label(look.row), source.link(look.row)
        page.capture.source_digest = look.digest or None
        return page

    def _save(self, looks: list[Read]) -> None:
        self.run.storage.save_all((page for _, page in looks), partial(self._note, looks))

    def _note(self, looks: list[Read], conn: sqlite3.Connection) -> None:
        for _, page in looks:
            at = page.capture.url, page.capture.fetched_at
            look, place = self._looks[at], self._places[at]
            came_to = _result(page)
            if came_to == "parked":
                self._note_sold(conn, look, page)
            led_to = self._note_entries(conn, look, place, page) if came_to != "parked" else 0
            if at in self._copies:
                self._seen(conn, place.key, look)
            queue.set_states(conn, self.portal.slug, [look], "saved", came_to)
            if look.kind == "unknown":
                kind = KEPT if came_to == KEPT else "list" if led_to >= LED_TO else "other"
                self._judge(conn, look.page, kind)

    def _seen(self, conn: sqlite3.Connection, key: str, look: Look) -> None:
        """A copy at another address says the same: the article was there by then."""
        at = {"portal": self.portal.slug, "key": key, "seen": look.row.fetched_at}
        conn.execute(
            "update articles set first_seen = min(first_seen, :seen), "
            "last_seen = max(last_seen, :seen) where portal = :portal and key = :key",
            at,
        )

    def _note_entries(self, conn: sqlite3.Connection, look: Look, place: Place, page: Page) -> int:
        """Put down the articles that a list page lists; returns how many."""
        source = self._sources[look.source]
        listed = 0
        for entry in page.reading.entries:
            found = self._eras.listed(entry.url, entry.title, place)
            if found is None or found.url == look.address:
                continue
            if was_removed(conn, self.portal.slug, key=found.key, url=found.url):
                continue
            listed += 1
            conn.execute(
                ENTRY,
                {
                    "portal": self.portal.slug, "key": found.key, "url": found.url,
                    "title": entry.title, "printed": entry.printed,
                    "at": look.row.fetched_at, "on": look.url, "via": source.via,
                    "source": source.label(look.row), "link": source.link(look.row),
                },
            )  # fmt: skip
        return listed

    def _note_sold(self, conn: sqlite3.Connection, look: Look, page: Page) -> None:
        """From when a host had another owner, as far as anybody has seen."""
        host, since = host_of(look.url), look.row.fetched_at
        if since >= self._sold.get(host, "9"):
            return
        self._sold[host] = since
        detail = page.reading.refusal.detail if page.reading.refusal else ""
        conn.execute(
            "insert into _rescue_sold(portal, host, since, url, detail) values (?, ?, ?, ?, ?) "
            "on conflict do update set since = excluded.since, url = excluded.url, "
            "detail = excluded.detail",
            (self.portal.slug, host, since, look.url, detail),
        )

    def _judge(self, conn: sqlite3.Connection, page: str, kind: str) -> None:
        """What one look showed a page to be holds for all looks at it."""
        conn.execute(
            "update _rescue set kind = ? where portal = ? and page = ?",
            (kind, self.portal.slug, page),
        )
        if kind == "other":
            conn.execute(
                "update _rescue set state = 'passed', reason = null "
                "where portal = ? and page = ? and state = 'listed'",
                (self.portal.slug, page),
            )

    def _settle_rest(self, conn: sqlite3.Connection, looks: Sequence[Look]) -> None:
        """Looks that were not read now: the archive had them, or their record cannot be read."""
        for look in looks:
            state = conn.execute(
                "select state from _rescue where portal = ? and source = ? and url = ? "
                "and timestamp = ?",
                (self.portal.slug, look.source, look.url, look.timestamp),
            ).fetchone()[0]
            if state != "fetched":
                continue
            known = conn.execute(
                "select article from captures where url = ? and fetched_at = ?",
                (look.url, look.row.fetched_at),
            ).fetchone()
            came_to = (KEPT if known[0] is not None else "other") if known else "no_record"
            state = "known" if known else "refused"
            queue.set_states(conn, self.portal.slug, [look], state, came_to)


def _light(job: ExtractionJob) -> ExtractionJob:
    """Without the page itself, which has been read."""
    return replace(job, fetched=replace(job.fetched, body=b""))


def _result(page: Page) -> str:
    """What a look came to, in a word."""
    reading = page.reading
    if reading.article:
        return KEPT
    if page.capture.outcome != "ok":
        return page.capture.outcome
    if reading.refusal:
        return reading.refusal.reason
    if reading.unmatched:
        return "pattern_unmatched"
    return "list" if reading.entries else "copy"
