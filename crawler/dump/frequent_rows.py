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

from crawler.dump.phrase_index import LONGEST, Tables, loose, pairs_of
from crawler.text.spelling import syllables

SHARE = 0.1  # of all rows
LEAST = 2_000  # rows; fewer are listed in no time
SAMPLE = 1_000  # rows in which phrases are counted
LEVEL = 1  # of zlib: the bits of a tenth of the rows take half the place
SET = ord("1")
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
            found = _listed(conn, table, name)
            if len(found) >= least:
                conn.execute(
                    f"insert into {tables.frequent}(said, articles, rows) values (?, ?, ?)",
                    (name, len(found), packed(found, rows)),
                )


def _listed(conn: sqlite3.Connection, table: str, name: str) -> list[int]:
    sql = f"select rowid from {table} where {table} match ?"
    return [row for (row,) in conn.execute(sql, (f'"{name}"',))]


def packed(rows: Iterable[int], last: int) -> bytes:
    """A bit for each row from 1 on, the first of a byte the highest, compressed."""
    size = -(-last // 8)
    bits = bytearray(b"0") * (8 * size)
    for row in rows:
        bits[row - 1] = SET
    return zlib.compress(int(bits, 2).to_bytes(size, "big"), LEVEL)


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
