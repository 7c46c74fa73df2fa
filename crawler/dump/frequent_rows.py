"""The rows of what stands in many rows: one bit each, so that a question reads no long lists.

A list of a hundred thousand rows takes an index ten milliseconds, and a phrase of two such pairs takes
three times that; their bits are read at once. Nothing but speed hangs on which phrases are here: whatever
is not is asked of the indexes.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from crawler.dump.phrase_index import LONGEST, Tables, loose, pairs_of
from crawler.text.spelling import syllables

SHARE = 0.1  # of all rows
LEAST = 2_000  # rows; fewer are listed in no time
SAMPLE = 1_000  # rows in which phrases are counted
LEVEL = 1  # of zlib: the bits of a tenth of the rows take half the place
Run = tuple[str, ...]


def write_frequent(
    conn: sqlite3.Connection, tables: Tables, sample: Iterable[Sequence[str | None]], rows: int
) -> None:
    """Keep the rows of frequent syllables and phrases; `rows` is the last one's number."""
    least = max(LEAST, SHARE * rows)
    if rows < least:
        return
    said = [[syllables(part) for part in parts if part] for parts in sample]
    for table, names in ((tables.words, _words(conn, tables, least)),
                         (tables.pairs, map(pairs_of, _phrases(said)))):  # fmt: skip
        for name in names:
            found = listed(conn, table, f'"{name}"')
            if len(found) >= least:
                conn.execute(
                    f"insert into {tables.frequent}(said, articles, rows) values (?, ?, ?)",
                    (name, len(found), packed(found, rows)),
                )


def listed(conn: sqlite3.Connection, table: str, match: str) -> NDArray[np.int64]:
    """All rows of a match as one value: with a row at a time readers wait for each other."""
    sql = f"select group_concat(rowid) from {table} where {table} match ?"
    found = conn.execute(sql, (match,)).fetchone()[0]
    return np.fromstring(found or "", dtype=np.int64, sep=",")


def packed(rows: NDArray[np.int64], last: int) -> bytes:
    bits = np.zeros(last, dtype=bool)
    bits[rows - 1] = True
    return zlib.compress(np.packbits(bits).tobytes(), LEVEL)


def unpacked(kept: bytes) -> NDArray[np.bool_]:
    """Whether row 1, 2, 3 … is one of them; up to seven more than there are rows."""
    bits = np.frombuffer(zlib.decompress(kept), dtype=np.uint8)
    return np.unpackbits(bits).view(bool)


def _words(conn: sqlite3.Connection, tables: Tables, least: float) -> list[str]:
    """Syllables of that many rows, then those that may be when their accents do not count."""
    counted: Counter[str] = Counter()
    printed = []
    for word, articles in conn.execute(f"select printed, articles from {tables.syllables}"):
        counted[loose(word)] += articles
        if articles >= least:
            printed.append(word)
    return sorted(printed) + sorted(word for word, count in counted.items() if count >= least)


def _phrases(said: Sequence[Sequence[list[str]]]) -> Iterator[Run]:
    """Phrases that a tenth of these rows hold, the shorter first."""
    least = SHARE * len(said)
    known: set[Run] = set()
    for size in range(2, LONGEST + 1):
        counted: Counter[Run] = Counter()
        for parts in said:
            counted.update(
                {
                    run
                    for words in parts
                    for run in zip(*(words[at:] for at in range(size)), strict=False)
                    # One of which a piece is rare is rare.
                    if size == 2 or (run[1:] in known and run[:-1] in known)
                }
            )
        known = {run for run, count in counted.items() if count >= least}
        yield from sorted(known)
