"""What every kind of web archive is to a rescue: it lists captures, and gives one out when asked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from crawler.items import Via
from crawler.messages import MessageError
from crawler.parsing import number
from crawler.wayback.cdx import CdxRow, Period
from crawler.wayback.client import ArchiveClient


@dataclass(frozen=True, slots=True)
class Query:
    """One question to an index: its name in the queue, and whether its answer may grow."""

    name: str
    grows: bool = True  # a monthly crawl that is over holds what it held


@dataclass(frozen=True, slots=True)
class Answer:
    """A part of what an index says, and where the next part begins."""

    rows: Sequence[CdxRow] = ()
    resume: str | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """A capture as an archive gave it out, or where it lies when it is on this machine."""

    timestamp: str
    status: int
    headers: Sequence[tuple[str, str]]
    body: bytes
    source_uri: str  # where it was had from
    head: bytes = b""  # of the original, byte for byte, where the archive keeps it so
    record: dict[str, str | None] = field(
        default_factory=dict
    )  # fields of the archive's own record
    place: tuple[str, int] | None = None  # a file on this machine, and the record in it


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The archive gives the capture at another time or address instead."""

    timestamp: str
    url: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The original was no page: it sent its readers to another address."""

    target: str


class RefusedError(MessageError):
    """A capture that was not given out as its index promised; `reason` is its name in the queue.

    One that is `passing` is asked for again in the next run.
    """

    def __init__(self, reason: str, detail: str = "", *, passing: bool = False) -> None:
        super().__init__(detail or reason)
        self.reason, self.passing = reason, passing


class Source(Protocol):
    """A web archive. Whatever it is asked goes through the client: guards, pauses, patience."""

    name: str  # in the queue: `internet-archive`, an address, a folder
    via: Via
    asked: ArchiveClient

    def may_ask(self, url: str) -> bool:
        """Whether an address is this archive's own."""
        ...

    def queries(self, prefixes: Sequence[str], period: Period) -> AsyncIterator[Query]:
        """What is to be asked about addresses that begin so. Raises UnansweredError."""
        ...

    async def answer(self, query: Query, resume: str | None, period: Period) -> Answer:
        """One part of an index's answer.

        Raises UnansweredError, and RefusedError when there is none about this very question.
        """
        ...

    async def fetch(self, row: CdxRow) -> Kept | Elsewhere | Moved:
        """One capture. Raises UnansweredError, and RefusedError when it is not what was listed."""
        ...

    def label(self, row: CdxRow) -> str:
        """What readers are told the archive is called."""
        ...

    def link(self, row: CdxRow) -> str | None:
        """Where readers can see the capture itself."""
        ...

    def seconds_a_request(self) -> float:
        """How long it is to be left alone between two requests."""
        ...


def start_of(row: CdxRow) -> tuple[str, int] | None:
    """The file of an archive that a row names, and where in it the record begins."""
    name, _, offset = row.place.rpartition(" ")
    at = number(offset)
    return (name, at) if name and at is not None else None
