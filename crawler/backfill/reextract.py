"""Kept looks read anew with today's rules: divided among processes, saved by one."""

from __future__ import annotations

import pickle
import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from hashlib import sha256
from pathlib import Path

from scrapy.settings import BaseSettings

from crawler.archive.articles.identity import may_be_saved_to
from crawler.archive.articles.reextract import save_reprieved, save_reread
from crawler.archive.articles.unchanged import confirm
from crawler.archive.boilerplate import known_boilerplate
from crawler.archive.captures import (
    Captured,
    captured_at,
    count_unreadable,
    readable,
    sold_domains,
)
from crawler.archive.runs import newest_run_row, platform_of
from crawler.backfill.division import WINDOW, Division, Read
from crawler.backfill.looks import Facts, Outcome, PortalReader
from crawler.backfill.pieces import LOOKS, Piece, Sight
from crawler.extraction_pool import ExtractionPool, reading_of
from crawler.extractor_version import extractor_version
from crawler.items import Reading
from crawler.registry.eras import Eras
from crawler.registry.portals import known_portals
from crawler.run.previous_captures import kept_answer


class Reextractor:
    """Reads every kept look anew, and puts what it finds into the archive."""

    def __init__(
        self, settings: BaseSettings, conn: sqlite3.Connection, workers: ExtractionPool
    ) -> None:
        self.damaged: Counter[Path] = Counter()
        self.absent = count_unreadable(conn)
        self.left_alone = 0  # looks that cost, or might have cost, the process that read them
        self._conn, self._workers = conn, workers
        self._folder = Path(settings["CAPTURES_DIR"])
        self._sight = Sight(
            Path.cwd(), Path(settings["ARCHIVE_DB"]).absolute(), newest_run_row(conn)
        )
        self._normalisers = settings.getdict("NORMALISERS")
        self._portals = known_portals(settings)
        self._rules = extractor_version()
        self._facts: dict[str, bytes] = {}
        self._readers: dict[str, PortalReader] = {}
        self._unread: set[tuple[int, str]] = set()
        self._after = ("", "")  # date and address of the last look that an earlier reading put down

    def stamp(self) -> str:
        """One name for all the rules there are today."""
        stamps = "".join(
            self._reader(portal.slug).stamp(portal) for portal in self._portals.values()
        )
        return sha256(stamps.encode()).hexdigest()

    def looks(
        self,
        executor: Executor,
        workers: int,
        after: tuple[str, str] = ("", ""),
        *,
        window: int = WINDOW,
        most: int = LOOKS,
    ) -> Iterator[list[Read]]:
        """Every look after a date and address, in that order, with what it came to; some at a time.

        The executor's workers read pieces; which of them reads what makes no difference.
        """
        division = Division(
            executor, workers, make=self._piece, alone=self._alone, concerns=self._concerns,
            window=window, most=most,
        )  # fmt: skip
        self._after = after
        for read in division.read(readable(self._conn, self._folder, after, refused=True)):
            self.left_alone = division.left_alone
            if looks := [look for look in read if not self._is_damaged(*look)]:
                yield looks

    def save(self, conn: sqlite3.Connection, captured: Captured, outcome: Outcome) -> None:
        """Put down what a look came to; the caller holds the transaction."""
        article, stamp = outcome.article, outcome.stamp
        if captured.article is not None and outcome.same is not None:
            confirm(conn, captured.article, captured.fetched_at, outcome.same, stamp)
        elif article is None:
            return  # what was read once is not taken away by rules that cannot read it
        elif captured.article is not None:
            save_reread(
                conn,
                captured.article,
                captured.fetched_at,
                article,
                stamp,
                unread=self,
                derived=outcome.derived,
            )
        elif outcome.capture is not None:
            save_reprieved(conn, captured.portal, article, outcome.capture, stamp)

    def __contains__(self, look: object) -> bool:
        """Whether a look at an article (its number, a date) could not be read anew."""
        match look:
            case (int(ident), str(seen)) if seen <= self._after[0]:  # who knew that was cut short
                captured = captured_at(self._conn, self._folder, ident, seen)
                return bool(captured and kept_answer(captured, self._workers.largest) is None)
        return look in self._unread

    def _is_damaged(self, captured: Captured, outcome: Outcome) -> bool:
        if outcome.damaged:
            self.damaged[captured.path] += 1
        return outcome.damaged

    def _piece(self, looks: Sequence[Captured], suspects: frozenset[int]) -> Piece:
        facts = {look.portal: self._facts_of(look.portal) for look in looks}
        return Piece(tuple(looks), facts, self._sight, self._workers.largest, suspects)

    def _alone(self, captured: Captured) -> tuple[Future[Reading], Callable[[], Outcome]] | None:
        """Begin to read a look as a crawl reads a page: in a process that only it can break."""
        reader = self._reader(captured.portal)
        job = reader.job(captured, self._workers.largest)
        if job is None:
            return None
        future = self._workers.read_job(job)
        return future, lambda: reader.outcome(captured, job, reading_of(future))

    def _concerns(self, captured: Captured, outcome: Outcome) -> Iterable[int]:
        """The articles that will not be what they are when this look is put down."""
        if captured.article is not None:
            if outcome.damaged:
                self._unread.add((captured.article, captured.fetched_at))
            return [captured.article] if outcome.damaged or outcome.article else []
        if outcome.article is None:
            return []
        return may_be_saved_to(self._conn, captured.portal, outcome.article)

    def _reader(self, slug: str) -> PortalReader:
        if slug not in self._readers:
            self._readers[slug] = PortalReader(pickle.loads(self._facts_of(slug)))
        return self._readers[slug]

    def _facts_of(self, slug: str) -> bytes:
        if slug not in self._facts:
            self._facts[slug] = pickle.dumps(self._gathered(slug))
        return self._facts[slug]

    def _gathered(self, slug: str) -> Facts:
        portal, others = self._portals.get(slug), list(self._portals.values())
        if portal is not None:
            hosts = Eras(portal).hosts
            others = [other for other in others if not set(hosts).isdisjoint(other.hosts)]
        return Facts(
            self._rules, self._normalisers, portal, platform_of(self._conn, slug),
            known_boilerplate(self._conn, slug), tuple(others), sold_domains(self._conn, slug),
        )  # fmt: skip
