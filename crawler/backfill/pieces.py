"""A piece of what is to be read anew: kept looks that lie side by side, read where there is a core."""

from __future__ import annotations

import pickle
import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import ceil
from pathlib import Path

from crawler.archive.articles.unchanged import unchanged
from crawler.archive.captures import Captured
from crawler.archive.database import Archive, ArchiveError
from crawler.archive.runs import newest_run_row
from crawler.backfill.looks import DAMAGED, Outcome, PortalReader
from crawler.extraction_pool import read_here

LOOKS, BYTES = 32, 2**20  # of a piece at most; bytes are those of records, packed
RECORD = 2**16  # bytes, the most that a look is counted for: what follows it may be of others
SLICE = 5.0  # seconds after which a piece gives the rest back, so that none is long under way


@dataclass(frozen=True, slots=True)
class Sight:
    """Where a worker finds what the archive says, and how it knows that it is the same archive."""

    folder: Path  # from which the paths of captures lead
    archive: Path
    newest_run: tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Looks from one place in the files of captures to another, and what is to be known of them."""

    looks: tuple[Captured, ...]
    facts: Mapping[str, bytes]  # portal → its Facts, packed: once for all pieces
    sight: Sight
    largest: int  # bytes of a page
    suspects: frozenset[int] = frozenset()  # articles of which everything is to be told


def cut(looks: Sequence[Captured], *, most: int = LOOKS, size: int = BYTES) -> list[list[int]]:
    """Which looks, by number, make a piece: in the order of files and offsets, of bounded size."""
    order = sorted(range(len(looks)), key=lambda at: (str(looks[at].path), looks[at].offset))
    pieces: list[list[int]] = []
    held = 0
    for at, long in zip(order, _lengths([looks[at] for at in order]), strict=True):
        if not pieces or len(pieces[-1]) >= most or held + long > size:
            pieces.append([])
            held = 0
        pieces[-1].append(at)
        held += long
    return pieces


def tapered(pieces: Sequence[list[int]], workers: int) -> list[list[int]]:
    """The same with the last two of each worker in quarters: who is done first waits for less."""
    first = max(0, len(pieces) - 2 * workers)
    made = [*pieces[:first]]
    for piece in pieces[first:]:
        long = ceil(len(piece) / 4)
        made += (piece[at : at + long] for at in range(0, len(piece), long))
    return made


def _lengths(looks: Sequence[Captured]) -> Iterator[int]:
    """How many bytes each look takes in its file, as far as the next one tells."""
    for look, following in pairwise(looks):
        far = following.offset - look.offset if following.path == look.path else RECORD
        yield min(far, RECORD)
    yield from (RECORD for _ in looks[-1:])


def read_piece(piece: Piece) -> list[Outcome]:
    """Read a piece's looks in their order; fewer outcomes than looks when it took too long.

    An article that says what the archive says is not told again. The pages are read in this very
    process: whoever calls it makes sure that one may cost its process.
    """
    began = time.monotonic()
    outcomes: list[Outcome] = []
    for captured in piece.looks:
        outcomes.append(_read(captured, piece))
        if time.monotonic() - began > SLICE:
            break
    with _seen(piece.sight) as conn:
        if conn is None:
            return outcomes
        return [
            _told(conn, captured, outcome)
            if captured.article is not None and captured.article not in piece.suspects
            else outcome
            for captured, outcome in zip(piece.looks, outcomes, strict=False)
        ]


def _read(captured: Captured, piece: Piece) -> Outcome:
    reader = _reader(piece.facts[captured.portal])
    there = replace(captured, path=piece.sight.folder / captured.path)
    job = reader.job(there, piece.largest)
    if job is None:
        return DAMAGED
    return reader.outcome(captured, job, read_here(job, piece.largest))


def _told(conn: sqlite3.Connection, captured: Captured, outcome: Outcome) -> Outcome:
    """An outcome without what the archive says already."""
    ident, article, derived = captured.article, outcome.article, outcome.derived
    if ident is None or article is None or derived is None:
        return outcome
    same = unchanged(conn, ident, captured.fetched_at, article, outcome.stamp, derived)
    return Outcome(outcome.stamp, same=same) if same else outcome


@lru_cache(maxsize=2_000)
def _reader(facts: bytes) -> PortalReader:
    return PortalReader(pickle.loads(facts))


@contextmanager
def _seen(sight: Sight) -> Iterator[sqlite3.Connection | None]:
    """The archive as it is now, all looks of a piece at one moment; None where there is none.

    A copy that is older than the reading, or another archive, is none.
    """
    try:
        archive = Archive.read(sight.archive)
    except ArchiveError:
        yield None
        return
    try:
        archive.conn.execute("begin")
        same = newest_run_row(archive.conn) == sight.newest_run
        yield archive.conn if same else None
    finally:
        archive.close()
