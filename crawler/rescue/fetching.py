"""Fetching what was chosen of a portal: each source at its own pace, never two for the same bytes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from crawler.archive.captures import is_known, relative
from crawler.messages import say_short
from crawler.registry.eras import Eras
from crawler.rescue import queue
from crawler.rescue.choice import choose
from crawler.rescue.queue import Look
from crawler.rescue.reading import RescueReader
from crawler.rescue.sources import Elsewhere, Kept, Moved, RefusedError, Source
from crawler.run.run import Run
from crawler.wayback.cdx import CdxRow, moment_of
from crawler.wayback.client import LeftAloneError, OutOfBoundsError, UnansweredError

IN_VAIN = 5  # captures in a row that could not be had: the source itself is in trouble
SAVED_EVERY = 200  # looks between two times that they are read into the archive
TOGETHER = 100  # pages of which all looks are held in memory while they are read
HOPS = 3  # from a capture to the nearest one there is


@dataclass
class Troubles:
    """What went wrong in a run, over all its portals."""

    tell: Callable[[str], None]
    down: dict[str, str] = field(default_factory=dict)  # source → why it is asked no more
    in_vain: dict[str, int] = field(default_factory=dict)
    lost: int = 0  # looks and answers of indexes that could not be had

    def say(self, source: Source, why: str) -> None:
        detail = why.splitlines()[0] if why else ""
        self.tell(say_short("rescue_down", source=source.name, detail=detail))

    def give_up(self, source: Source, why: str) -> None:
        """Ask a source nothing more in this run; the others go on."""
        self.down[source.name] = why
        self.say(source, why)


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


class Fetching:
    """Asks for what is wanted of one portal, keeps it, and has it read page by page."""

    def __init__(
        self, run: Run, going: Going, sources: Sequence[Source], troubles: Troubles
    ) -> None:
        self.run, self.going, self.sources, self.troubles = run, going, sources, troubles

    def choose(self) -> int:
        """Decide about what is listed; returns how many looks are wanted of it."""
        with self.run.archive.transaction() as conn:
            return choose(conn, self.going.slug, [source.name for source in self.sources])

    async def everything(self, kinds: Sequence[str]) -> None:
        """Everything that is wanted of these kinds, until reading it asks for nothing more."""
        while True:
            await asyncio.gather(*(self._fetch(source, kinds) for source in self.sources))
            self._repeat_missed()
            before = queue.waiting(self.run.archive.conn, self.going.slug)
            self._read()
            stopped = self.run.out_of_time or self.run.stopping or self.run.storage.failure
            if not self.choose() or stopped:
                return
            if (
                queue.waiting(self.run.archive.conn, self.going.slug) >= before
                and not self.going.fetched
            ):
                return

    async def _fetch(self, source: Source, kinds: Sequence[str]) -> None:
        conn = self.run.archive.conn
        while source.name not in self.troubles.down:
            if self.run.out_of_time or self.run.stopping or self.run.storage.failure:
                return
            busy = self.going.in_flight
            look = queue.next_wanted(conn, self.going.slug, source.name, kinds, busy)
            if look is None:
                if not busy or not self._waits_for(source, kinds):
                    return
                await asyncio.sleep(0.05)  # until another source has given those bytes, or has not
                continue
            if is_known(conn, look.url, look.row.fetched_at):
                self._known(look)
            elif not self._repeat(look):
                await self._ask(source, look)
                self.going.fetched += 1
            if self.going.fetched >= SAVED_EVERY:
                self._read()

    def _waits_for(self, source: Source, kinds: Sequence[str]) -> bool:
        conn = self.run.archive.conn
        return queue.next_wanted(conn, self.going.slug, source.name, kinds, ()) is not None

    async def _ask(self, source: Source, look: Look) -> None:
        if look.digest:
            self.going.in_flight.add(look.digest)
        try:
            given = await source.fetch(look.row)
        except (OutOfBoundsError, LeftAloneError) as error:
            self.troubles.give_up(source, str(error))
        except UnansweredError as error:
            self.troubles.in_vain[source.name] = self.troubles.in_vain.get(source.name, 0) + 1
            self._fail(look, "unanswered", passing=True, fault=False)
            if self.troubles.in_vain[source.name] >= IN_VAIN:
                self.troubles.give_up(source, str(error))
        except RefusedError as error:
            self.troubles.in_vain[source.name] = 0
            self._fail(look, error.reason, passing=error.passing, fault=True)
        else:
            self.troubles.in_vain[source.name] = 0
            if isinstance(given, Elsewhere):
                self._follow(source, look, given)
            elif isinstance(given, Moved):
                self._note_moved(look, given)
            else:
                self._keep(look, given)
        finally:
            self.going.in_flight.discard(look.digest)

    def _fail(self, look: Look, reason: str, *, passing: bool, fault: bool) -> None:
        self.troubles.lost += 1
        with self.run.archive.transaction() as conn:
            queue.fail(conn, self.going.slug, look, reason, passing=passing, fault=fault)

    def _known(self, look: Look) -> None:
        """The archive has this very look: it is nothing to ask for."""
        with self.run.archive.transaction() as conn:
            article = conn.execute(
                "select article from captures where url = ? and fetched_at = ?",
                (look.url, look.row.fetched_at),
            ).fetchone()[0]
            came_to = "other" if article is None else "article"
            queue.set_states(conn, self.going.slug, [look], "known", came_to)

    def _repeat(self, look: Look) -> bool:
        """Put down a look at bytes that have come already, without asking for them again."""
        if look.status.startswith("3"):
            return False  # the same empty page leads everywhere
        copy = queue.same_bytes(self.run.archive.conn, self.going.slug, look.digest)
        if copy is None or copy.path is None:
            return False
        self.run.storage.captures(self.going.slug).keep_revisit(
            look.url,
            fetched_at=look.row.fetched_at,
            digest=look.digest if ":" in look.digest else f"sha1:{look.digest}",
            original=copy.url,
            original_at=copy.row.fetched_at,
        )
        with self.run.archive.transaction() as conn:
            queue.has_come(conn, self.going.slug, look, copy.path, copy.offset)
        return True

    def _repeat_missed(self) -> None:
        """What one source would not give, another has given meanwhile."""
        for look in queue.missed_with_bytes(self.run.archive.conn, self.going.slug):
            if self._repeat(look):
                self.troubles.lost -= 1

    def _follow(self, source: Source, look: Look, there: Elsewhere) -> None:
        """The archive gives the nearest capture instead: that one is asked for in its own right."""
        hops = self.going.hops.get((look.source, look.url, look.timestamp), 0) + 1
        self.going.hops[look.source, there.url, there.timestamp] = hops
        with self.run.archive.transaction() as conn:
            queue.set_states(conn, self.going.slug, [look], "refused", "elsewhere")
            try:
                day = moment_of(there.timestamp)[:10]
            except ValueError:
                return
            place = self.going.eras.at(there.url, day)
            same = (there.url, there.timestamp) == (look.url, look.timestamp)
            if hops <= HOPS and not same and place.kind in ("article", "list", "unknown"):
                row = CdxRow(there.url, there.timestamp, "-", "-", "-")
                queue.add(conn, self.going.slug, source.name, row, place)
                queue.want(conn, self.going.slug, source.name, row)

    def _note_moved(self, look: Look, given: Moved) -> None:
        """A redirect is no look at an article, and tells where it went."""
        there = self.going.eras.at(given.target, look.row.fetched_at[:10])
        key = there.key if there.kind == "article" else ""
        with self.run.archive.transaction() as conn:
            queue.has_moved(conn, self.going.slug, look, key)

    def _keep(self, look: Look, given: Kept) -> None:
        """Write a capture to our own WARC, then put down that it has come, under its own date."""
        if given.place is not None:
            path, offset = Path(given.place[0]), given.place[1]
        else:
            writer = self.run.storage.captures(self.going.slug)
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
        where = relative(path, self.run.storage.folder)
        with self.run.archive.transaction() as conn:
            if given.timestamp == look.timestamp:
                queue.has_come(conn, self.going.slug, look, where, offset)
                return
            place = self.going.eras.at(look.url, moment_of(given.timestamp)[:10])
            row = CdxRow(look.url, given.timestamp, look.mime, look.status, "-")
            queue.set_states(conn, self.going.slug, [look], "refused", "elsewhere")
            queue.add(conn, self.going.slug, look.source, row, place)
            queue.has_come(conn, self.going.slug, Look(
                look.source, look.url, given.timestamp, "", look.mime, look.status, 0, "",
                place.url, place.page, place.kind, "listed", None, 0, None, None,
            ), where, offset)  # fmt: skip

    def _read(self) -> None:
        """Read what has come of pages of which nothing is still to come."""
        self.going.fetched = 0
        while True:
            looks = [
                look
                for page in queue.complete_pages(self.run.archive.conn, self.going.slug, TOGETHER)
                for look in page
            ]
            if not looks:
                return
            self.going.reader.read(looks)
