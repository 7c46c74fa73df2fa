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
from typing import Any, ClassVar

from scrapy import Request, Spider
from scrapy.crawler import Crawler

from crawler.archive.articles.removed import was_removed
from crawler.archive.captures import Captured
from crawler.archive.database import ArchiveError
from crawler.archive.runs import platform_of
from crawler.captures import CaptureError
from crawler.clock import hours_ago, now
from crawler.items import Fetched
from crawler.platforms import PLATFORMS
from crawler.portals.model import Portal
from crawler.registry.eras import Eras, Place
from crawler.registry.portals import on_platform
from crawler.rescue import account, queue
from crawler.rescue.account import Sums
from crawler.rescue.fetching import Fetching, Going, Troubles
from crawler.rescue.plan import Planned, planned
from crawler.rescue.reading import RescueReader
from crawler.rescue.sources import Query, RefusedError, Source
from crawler.run.run import Run
from crawler.wayback.cdx import CdxRow, Period, prefixes
from crawler.wayback.client import (
    ASKING_ARCHIVES,
    LeftAloneError,
    OutOfBoundsError,
    UnansweredError,
)

IN_A_ROW = 3  # questions that an index does not answer: one crawl's shelf may be broken by itself
# Lists first: they tell which domains were sold, and what is missing.
KINDS = (("list",), ("article", "list", "unknown"))


@dataclass
class Outcome:
    """What became of a portal."""

    sums: Sums
    plan: list[Planned]
    sold: list[tuple[str, str]] = field(default_factory=list)


class RescueSpider(Spider):
    """Asks sources for the captures of portals, and reads what they give."""

    name = "rescue"
    custom_settings: ClassVar[dict[str, Any]] = ASKING_ARCHIVES  # type: ignore[misc]
    sources: list[Source]
    troubles: Troubles

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
        self._portals, self._make, self._period, self._plan = portals, make_sources, period, plan
        self._others = others

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> RescueSpider:
        spider = super().from_crawler(crawler, *args, **kwargs)
        spider.sources = spider._make(crawler)
        spider.troubles = Troubles(Run.of(crawler).progress.say)
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
        known = platform_of(run.archive.conn, portal.slug)
        if portal.platform is None and known in PLATFORMS:
            portal = on_platform(portal, PLATFORMS[known])  # as its crawl has recognised it
        eras = Eras(portal, self._others)
        run.ledger.begin(portal).rules = partial(_rules_of, eras)
        named = {source.name: source for source in self.sources}
        going = Going(eras, RescueReader(run, eras, self.crawler.settings, named))
        reason = "shutdown"
        try:
            with run.archive.transaction() as conn:
                queue.take_up(conn, portal.slug)
            await asyncio.gather(*(self._list(run, going, source) for source in self.sources))
            fetching = Fetching(run, going, self.sources, self.troubles)
            fetching.choose()
            plan = planned(run.archive.conn, portal.slug, self.sources)
            if not self._plan:
                for kinds in KINDS:
                    await fetching.everything(kinds)
                with run.archive.transaction() as conn:
                    queue.want_redirects(conn, portal.slug)
                await fetching.everything(KINDS[-1])
            self._settle(run, going, plan)
            reason = "filled"
        finally:
            if not run.storage.failure:
                run.ledger.end(portal.slug, reason)

    def _settle(self, run: Run, going: Going, plan: list[Planned]) -> None:
        with run.archive.transaction() as conn:
            sums = account.settle(conn, going.eras.portal)
            sold = account.raise_alarms(conn, run.id, going.slug)
        self.outcomes[going.slug] = Outcome(sums, plan, sold)

    # Listing what the sources have.

    async def _list(self, run: Run, going: Going, source: Source) -> None:
        """Put down all captures of the portal's addresses at one source."""
        if source.name in self.troubles.down:
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
                except (OutOfBoundsError, LeftAloneError):
                    raise
                except (UnansweredError, RefusedError, CaptureError) as error:
                    in_a_row += 1
                    self.troubles.lost += 1
                    self.troubles.say(source, f"{query.name}: {error}")
                    if in_a_row >= IN_A_ROW:
                        raise
        except (UnansweredError, RefusedError, CaptureError) as error:
            self.troubles.give_up(source, str(error))

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
