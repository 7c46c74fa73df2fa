"""What the page without a server counts and narrows by: one number an entry and column, in a file.

A line of JSON says what the numbers stand for; the columns follow it, little-endian, one after the
other; all of it compressed by gzip, which browsers undo. The order is that of the hits.
"""

from __future__ import annotations

import gzip
import json
import sqlite3
import sys
from array import array
from collections.abc import Iterable, Iterator
from typing import Any

from crawler.dump.date_index import ROWS, authors_of
from crawler.parsing import number
from crawler.text.spelling import syllables

LONGEST = 2**16 - 1
SEARCHED = "files.text <> '' or files.type not like 'image/%'"
Row = tuple[
    int, str, str | None, str | None, str | None
]  # number, portal, published, section, authors


def columns_file(conn: sqlite3.Connection) -> bytes:
    """The columns of a dump's articles and of its documents; the same dump gives the same bytes."""
    head: dict[str, Any] = {}
    body: list[bytes] = []
    for name, rows in (("articles", _articles(conn)), ("files", _files(conn))):
        head[name], columns = _encoded(rows)
        body += columns
    body += map(_bytes, _heads(conn))
    named = {ident for part in head.values() for ident in part["authors"]}
    head["names"] = {
        ident: name
        for ident, name in conn.execute("select id, name from authors order by id")
        if ident in named
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":"))
    return gzip.compress(b"".join([text.encode(), b"\n", *body]), 9, mtime=0)


def _articles(conn: sqlite3.Connection) -> Iterator[Row]:
    return conn.execute(
        f"select position, portal, published, section, authors from {ROWS} order by position"
    )


def _heads(conn: sqlite3.Connection) -> tuple[array[Any], array[Any]]:
    """How many pairs of syllables each title has, and each summary: so far they reach in the index of pairs."""
    titles, summaries = array("H"), array("H")
    for title, summary in conn.execute("select title, summary from articles order by rowid"):
        titles.append(_pairs(title))
        summaries.append(_pairs(summary))
    return titles, summaries


def _pairs(text: str | None) -> int:
    return min(max(len(syllables(text or "")) - 1, 0), LONGEST)


def _files(conn: sqlite3.Connection) -> Iterator[Row]:
    """Each document by the newest article that carries it."""
    newest = (
        "select min(a.rowid) from article_files join articles as a on a.id = article "
        "where article_files.file = files.sha256"
    )
    return conn.execute(
        "select files.number, articles.portal, articles.published, articles.section, "
        f"{authors_of('articles.id')} from files join articles on articles.rowid = ({newest}) "
        f"where {SEARCHED} order by articles.published desc, files.number"
    )


def _encoded(rows: Iterable[Row]) -> tuple[dict[str, Any], list[bytes]]:
    portals: dict[str, int] = {}
    sections: dict[str, int] = {}
    numbers, portal, month, section = array("d"), array("H"), array("I"), array("H")
    named: list[list[int]] = []
    for row, slug, published, path, authors in rows:
        numbers.append(row)
        portal.append(portals.setdefault(slug, len(portals)))
        month.append(_month(published))
        section.append(1 + sections.setdefault(path, len(sections)) if path else 0)
        named.append(list(dict.fromkeys(map(int, authors.split(",")))) if authors else [])
    known = sorted({ident for one in named for ident in one})
    code = {ident: at for at, ident in enumerate(known)}
    counts = array("H", map(len, named))
    author = array("I", (code[ident] for one in named for ident in one))
    said = {
        "count": len(numbers), "portals": list(portals), "sections": list(sections),
        "authors": known, "authored": len(author),
        # A dump's articles are rows 1, 2, 3 …
        "numbered": list(numbers) != list(range(1, len(numbers) + 1)),
    }  # fmt: skip
    columns: list[array[Any]] = [month, author, portal, section, counts]
    return said, [_bytes(column) for column in [*([numbers] if said["numbered"] else []), *columns]]


def _month(published: str | None) -> int:
    """202403 of `2024-03-05T…`, 202400 of `2024`, 0 without a date."""
    year, month = (number(part) for part in ((published or "")[:4], (published or "")[5:7]))
    if not year:
        return 0
    return year * 100 + (month if month and month <= 12 else 0)


def _bytes(column: array[Any]) -> bytes:
    if sys.byteorder == "big":
        column.byteswap()
    return column.tobytes()
