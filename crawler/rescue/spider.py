"""The spider that asks every source for what it holds of some portals, and has it read as it comes.

Portal by portal: all indexes, the choice of looks, then the looks, each source at its own pace and
never two of them for the same bytes.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawler.archive.articles.removed import was_removed
from crawler.archive.captures import Captured, is_known, relative
from crawler.archive.database import ArchiveError
from crawler.captures import CaptureError
from crawler.clock import hours_ago, now
from crawler.items import Fetched
from crawler.messages import say_short
from crawler.portals.model import Portal
from crawler.registry.eras import Eras, Place
from crawler.rescue import account, queue
from crawler.rescue.account import Sums
from crawler.rescue.choice import choose
from crawler.rescue.plan import Planned, planned
from crawler.rescue.queue import Look
from crawler.rescue.reading import RescueReader
from crawler.rescue.sources import Elsewhere, Kept, Moved, Query, RefusedError, Source
from crawler.run.run import Run
from crawler.wayback.cdx import CdxRow, Period, moment_of, prefixes
from crawler.wayback.client import OutOfBoundsError, UnansweredError

IN_VAIN = 5  # captures in a row that could not be had: the source itself is in trouble
IN_A_ROW = 3  # questions that an index does not answer: one crawl's shelf may be broken by itself
SAVED_EVERY = 200  # looks between two times that they are read into the archive
TOGETHER = 100  # pages of which all looks are held in memory while they are read
HOPS = 3  # from a capture to the nearest one there is
# Lists first: they tell which domains were sold, and what is missing.
KINDS = (("list",), ("article", "list", "unknown"))


@dataclass
class Going:
    """One portal in this run."""

    eras: Eras
    reader: RescueReader
    in_flight: set[str] = field(default_factory=set)  # digests that a source is giving just now
    hops: dict[tuple[str, str, str], int] = field(default_factory=dict)
    fetched: int = 0  # since they were read last

    @property
    def slug(self) -> str:
        return self.eras.portal.slug


@dataclass
class Outcome:
    """What became of a portal."""

    sums: Sums
    plan: list[Planned]
    sold: list[tuple[str, str]] = field(default_factory=list)


class RescueSpider(Spider):
    """Asks sources for the captures of portals, and reads what they give."""

    name = "rescue"
    custom_settings: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        # robots.txt is for those who explore; an archive's index and captures are its interface.
        # What is kept is written by this spider, under the date and address of the original.
        "DOWNLOADER_MIDDLEWARES": {
            "crawler.downloader.middlewares.private_hosts.PrivateHostsMiddleware": 50,
            "crawler.downloader.middlewares.content_coding.UnpackedMiddleware": 590,
        },
        "ITEM_PIPELINES": {},
        "AUTOTHROTTLE_ENABLED": False,
        "DOWNLOAD_TIMEOUT": 180,
    }
    sources: list[Source]

    def __init__(
        self,
        portals: Sequence[Portal],
        make_sources: Callable[[Crawler], list[Source]],
        period: Period,
        *,
        others: Sequence[Portal],
        plan: bool,
    ) -> None:
        super().__init__()
        self.outcomes: dict[str, Outcome] = {}
        self.down: dict[str, str] = {}  # source → why it is asked no more in this run
        self.lost = 0  # looks that could not be had in this run
        self._portals, self._make, self._period, self._plan = portals, make_sources, period, plan
        self._others = others
        self._in_vain: dict[str, int] = {}

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> RescueSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.sources = spider._make(crawler)
        return spider

    def may_ask(self, url: str) -> bool:
        """The archives that were named, and nobody else."""
        return any(source.may_ask(url) for source in self.sources)

    async def start(self) -> AsyncIterator[Request]:
        run = Run.of(self.crawler)
        try:
            for portal in self._portals:
                if run.out_of_time or run.stopping:
                    break
                await self._rescue(run, portal)
        except (ArchiveError, CaptureError, sqlite3.Error) as error:
            run.storage.fail(error)
        return
        yield  # nothing is left to the engine: each answer decides what is asked next

    async def _rescue(self, run: Run, portal: Portal) -> None:
        eras = Eras(portal, self._others)
        run.ledger.begin(portal).rules = partial(_rules_of, eras)
        named = {source.name: source for source in self.sources}
        going = Going(eras, RescueReader(run, eras, self.crawler.settings, named))
        reason = "shutdown"
        try:
            with run.archive.transaction() as conn:
                queue.take_up(conn, portal.slug)
            await self._each(self._list(run, going, source) for source in self.sources)
            self._choose(run, going)
            plan = planned(run.archive.conn, portal.slug, self.sources)
            if not self._plan:
                for kinds in KINDS:
                    await self._fetch_all(run, going, kinds)
                with run.archive.transaction() as conn:
                    queue.want_redirects(conn, portal.slug)
                await self._fetch_all(run, going, KINDS[-1])
            self._settle(run, going, plan)
            reason = "filled"
        finally:
            if not run.storage.failure:
                run.ledger.end(portal.slug, reason)

    @staticmethod
    async def _each(tasks: Iterable[Any]) -> None:
        """All sources side by side; what breaks one for good breaks all."""
        await asyncio.gather(*tasks)

    def _settle(self, run: Run, going: Going, plan: list[Planned]) -> None:
        with run.archive.transaction() as conn:
            sums = account.settle(conn, going.eras.portal)
            sold = account.raise_alarms(conn, run.id, going.slug)
        self.outcomes[going.slug] = Outcome(sums, plan, sold)

    # Listing what the sources have.

    async def _list(self, run: Run, going: Going, source: Source) -> None:
        """Put down all captures of the portal's addresses at one source."""
        if source.name in self.down:
            return
        starts = [prefix for system in going.eras.systems for prefix in prefixes(system)]
        in_a_row = 0
        try:
            async for query in source.queries(list(dict.fromkeys(starts)), self._period):
                if run.out_of_time or run.stopping or run.storage.failure:
                    return
                try:
                    await self._answers(run, going, source, query)
                    in_a_row = 0
                except OutOfBoundsError:
                    raise
                except (UnansweredError, RefusedError, CaptureError) as error:
                    in_a_row += 1
                    self.lost += 1
                    self._say_down(run, source, f"{query.name}: {error}")
                    if in_a_row >= IN_A_ROW:
                        raise
        except (UnansweredError, RefusedError, CaptureError) as error:
            self._give_up(run, source, str(error))

    async def _answers(self, run: Run, going: Going, source: Source, query: Query) -> None:
        """All that an index says to one question, each part put down as it comes."""
        conn, again = run.archive.conn, hours_ago(queue.AGAIN_AFTER)
        done, resume = queue.progress_of(conn, going.slug, source.name, query, again)
        while not done and not run.out_of_time:
            answer = await source.answer(query, resume, self._period)
            places = list(self._placed(conn, going.eras, answer.rows))
            with run.archive.transaction():
                queue.put_down(conn, going.slug, source.name, query, answer, places, now())
            resume = answer.resume
            done = resume is None

    @staticmethod
    def _placed(
        conn: sqlite3.Connection, eras: Eras, rows: Iterable[CdxRow]
    ) -> Iterable[tuple[CdxRow, Place, str | None]]:
        """The rows that may be of the portal's articles or lists, and why some are of no use.

        What was removed on request is not put down at all.
        """
        for row in rows:
            place = eras.at(row.url, row.fetched_at[:10])
            key = place.key if place.kind == "article" else ""
            if place.kind in ("article", "list", "unknown") and not was_removed(
                conn, eras.portal.slug, key=key, url=place.url
            ):
                yield row, place, refusal_of(row)

    def _choose(self, run: Run, going: Going) -> int:
        with run.archive.transaction() as conn:
            return choose(conn, going.slug, [source.name for source in self.sources])

    def _give_up(self, run: Run, source: Source, why: str) -> None:
        """Ask a source nothing more in this run; the others go on."""
        self.down[source.name] = why
        self._say_down(run, source, why)

    @staticmethod
    def _say_down(run: Run, source: Source, why: str) -> None:
        run.progress.say(say_short("rescue_down", source=source.name, detail=why.splitlines()[0]))

    # Fetching what was chosen.

    async def _fetch_all(self, run: Run, going: Going, kinds: Sequence[str]) -> None:
        """Everything that is wanted of these kinds, until reading it asks for nothing more."""
        while True:
            await self._each(self._fetch(run, going, source, kinds) for source in self.sources)
            self._repeat_missed(run, going)
            before = queue.waiting(run.archive.conn, going.slug)
            self._read(run, going)
            stopped = run.out_of_time or run.stopping or run.storage.failure
            if not self._choose(run, going) or stopped:
                return
            if queue.waiting(run.archive.conn, going.slug) >= before and not going.fetched:
                return

    async def _fetch(self, run: Run, going: Going, source: Source, kinds: Sequence[str]) -> None:
        conn = run.archive.conn
        while source.name not in self.down:
            if run.out_of_time or run.stopping or run.storage.failure:
                return
            busy = going.in_flight
            look = queue.next_wanted(conn, going.slug, source.name, kinds, busy)
            if look is None:
                if not busy or not self._waits_for(conn, going, source, kinds):
                    return
                await asyncio.sleep(0.05)  # until another source has given those bytes, or has not
                continue
            if is_known(conn, look.url, look.row.fetched_at):
                self._known(run, going, look)
            elif not self._repeat(run, going, look):
                await self._ask(run, going, source, look)
                going.fetched += 1
            if going.fetched >= SAVED_EVERY:
                self._read(run, going)

    @staticmethod
    def _waits_for(
        conn: sqlite3.Connection, going: Going, source: Source, kinds: Sequence[str]
    ) -> bool:
        return queue.next_wanted(conn, going.slug, source.name, kinds, ()) is not None

    async def _ask(self, run: Run, going: Going, source: Source, look: Look) -> None:
        if look.digest:
            going.in_flight.add(look.digest)
        try:
            given = await source.fetch(look.row)
        except OutOfBoundsError as error:
            self._give_up(run, source, str(error))
        except UnansweredError as error:
            self._in_vain[source.name] = self._in_vain.get(source.name, 0) + 1
            self._fail(run, going, look, "unanswered", passing=True, fault=False)
            if self._in_vain[source.name] >= IN_VAIN:
                self._give_up(run, source, str(error))
        except RefusedError as error:
            self._in_vain[source.name] = 0
            self._fail(run, going, look, error.reason, passing=error.passing, fault=True)
        else:
            self._in_vain[source.name] = 0
            if isinstance(given, Elsewhere):
                self._follow(run, going, source, look, given)
            elif isinstance(given, Moved):
                self._note_moved(run, going, look, given)
            else:
                self._keep(run, going, look, given)
        finally:
            going.in_flight.discard(look.digest)

    def _fail(
        self, run: Run, going: Going, look: Look, reason: str, *, passing: bool, fault: bool
    ) -> None:
        self.lost += 1
        with run.archive.transaction() as conn:
            queue.fail(conn, going.slug, look, reason, passing=passing, fault=fault)

    def _known(self, run: Run, going: Going, look: Look) -> None:
        """The archive has this very look: it is nothing to ask for."""
        with run.archive.transaction() as conn:
            article = conn.execute(
                "select article from captures where url = ? and fetched_at = ?",
                (look.url, look.row.fetched_at),
            ).fetchone()[0]
            came_to = "other" if article is None else "article"
            queue.set_states(conn, going.slug, [look], "known", came_to)

    def _repeat(self, run: Run, going: Going, look: Look) -> bool:
        """Put down a look at bytes that have come already, without asking for them again."""
        if look.status.startswith("3"):
            return False  # the same empty page leads everywhere
        copy = queue.same_bytes(run.archive.conn, going.slug, look.digest)
        if copy is None or copy.path is None:
            return False
        run.storage.captures(going.slug).keep_revisit(
            look.url,
            fetched_at=look.row.fetched_at,
            digest=f"sha1:{look.digest}",
            original=copy.url,
            original_at=copy.row.fetched_at,
        )
        with run.archive.transaction() as conn:
            queue.has_come(conn, going.slug, look, copy.path, copy.offset)
        return True

    def _repeat_missed(self, run: Run, going: Going) -> None:
        """What one source would not give, another has given meanwhile."""
        for look in queue.missed_with_bytes(run.archive.conn, going.slug):
            if self._repeat(run, going, look):
                self.lost -= 1

    def _follow(self, run: Run, going: Going, source: Source, look: Look, there: Elsewhere) -> None:
        """The archive gives the nearest capture instead: that one is asked for in its own right."""
        hops = going.hops.get((look.source, look.url, look.timestamp), 0) + 1
        going.hops[look.source, there.url, there.timestamp] = hops
        with run.archive.transaction() as conn:
            queue.set_states(conn, going.slug, [look], "refused", "elsewhere")
            try:
                day = moment_of(there.timestamp)[:10]
            except ValueError:
                return
            place = going.eras.at(there.url, day)
            same = (there.url, there.timestamp) == (look.url, look.timestamp)
            if hops <= HOPS and not same and place.kind in ("article", "list", "unknown"):
                row = CdxRow(there.url, there.timestamp, "-", "-", "-")
                queue.add(conn, going.slug, source.name, row, place, state="wanted")

    def _note_moved(self, run: Run, going: Going, look: Look, given: Moved) -> None:
        """A redirect is no look at an article, and tells where it went."""
        there = going.eras.at(given.target, look.row.fetched_at[:10])
        key = there.key if there.kind == "article" else ""
        with run.archive.transaction() as conn:
            queue.has_moved(conn, going.slug, look, key)

    def _keep(self, run: Run, going: Going, look: Look, given: Kept) -> None:
        """Write a capture to our own WARC, then put down that it has come, under its own date."""
        if given.place is not None:
            path, offset = Path(given.place[0]), given.place[1]
        else:
            writer = run.storage.captures(going.slug)
            path = writer.path
            offset = writer.keep_copy(
                look.url,
                fetched_at=moment_of(given.timestamp),
                status=given.status,
                headers=given.headers,
                body=given.body,
                source=given.source_uri,
                head=given.head,
                more=given.record,
            )
        where = relative(path, run.storage.folder)
        with run.archive.transaction() as conn:
            if given.timestamp == look.timestamp:
                queue.has_come(conn, going.slug, look, where, offset)
                return
            place = going.eras.at(look.url, moment_of(given.timestamp)[:10])
            row = CdxRow(look.url, given.timestamp, look.mime, look.status, "-")
            queue.set_states(conn, going.slug, [look], "refused", "elsewhere")
            queue.add(conn, going.slug, look.source, row, place)
            queue.has_come(conn, going.slug, Look(
                look.source, look.url, given.timestamp, "", look.mime, look.status, 0, "",
                place.url, place.page, place.kind, "listed", None, 0, None, None,
            ), where, offset)  # fmt: skip

    def _read(self, run: Run, going: Going) -> None:
        """Read what has come of pages of which nothing is still to come."""
        going.fetched = 0
        while True:
            looks = [
                look
                for page in queue.complete_pages(run.archive.conn, going.slug, TOGETHER)
                for look in page
            ]
            if not looks:
                return
            going.reader.read(looks)


def _rules_of(eras: Eras, captured: Captured, fetched: Fetched) -> Portal:
    """By whose facts an earlier look is read anew, before another is compared with it."""
    there = eras.at(captured.url, captured.fetched_at[:10])
    return eras.read_as(there, fetched)[0].system


def refusal_of(row: CdxRow) -> str | None:
    """Why a capture is of no use, by its index alone; None when it may be an article or a list."""
    if row.status not in ("200", "-"):
        return "redirect" if row.status.startswith("3") else f"http_{row.status}"
    kind = row.mime.partition(";")[0].strip().lower()
    useful = "html" in kind or kind in ("-", "unk", "warc/revisit", "text/plain", "no-type")
    return None if useful else "not_html"
