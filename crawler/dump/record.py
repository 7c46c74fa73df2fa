"""From an article to the record of its page: in the captures here, or in a published WACZ."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.articles.removal import article_at
from crawler.archive.articles.removed import is_removed
from crawler.archive.captures import located
from crawler.captures import RecordPlace
from crawler.dump.folder import last_published
from crawler.dump.releases import manifest_of
from crawler.dump.wacz import place_in
from crawler.parsing import number

LOOKS = """
select captures.url, fetched_at, captures.portal, warc, offset, digest from captures
left join articles on articles.id = captures.article
where {} and warc is not null and offset is not null and fetched_at like ?
order by fetched_at = captured_at desc, fetched_at desc
"""


@dataclass(frozen=True, slots=True)
class Kept:
    """A look that was kept, and where its record lies by the table `captures`."""

    url: str
    fetched_at: str
    portal: str
    warc: str
    offset: int
    digest: str | None


def looks_at(conn: sqlite3.Connection, asked: str, moment: str) -> list[Kept]:
    """The kept looks at an article, by its number or address, or at another address.

    The one its text was read from comes first, then the latest. `moment` is how it begins.
    """
    article = number(asked)
    if article is None:
        article = article_at(conn, asked)
    where, value = ("captures.url = ?", asked) if article is None else ("article = ?", article)
    rows = conn.execute(LOOKS.format(where), (value, f"{moment}%"))
    return [Kept(*row) for row in rows]


def was_removed(conn: sqlite3.Connection, asked: str) -> bool:
    """Whether an article was removed; a dump knows of that by number alone."""
    article = number(asked)
    if article is not None:
        return is_removed(conn, article)
    if not has_table(conn, "_removed"):
        return False
    return bool(conn.execute("select 1 from _removed where name = ?", (asked,)).fetchone())


def has_table(conn: sqlite3.Connection, name: str) -> bool:
    found = conn.execute("select 1 from sqlite_master where name = ?", (name,))
    return bool(found.fetchone())


def place_here(conn: sqlite3.Connection, folder: Path, look: Kept) -> RecordPlace | None:
    """In the folder of captures, as a working archive knows it."""
    if not has_table(conn, "_warcs"):
        return None
    row = conn.execute("select path from _warcs where name = ?", (look.warc,)).fetchone()
    path = located(row[0], folder) if row else None
    if path is None or not path.is_file():
        return None
    return RecordPlace(path, look.offset, look.url, look.fetched_at)


def place_published(dumps: Path, look: Kept) -> RecordPlace | None:
    """In the WACZ of its portal and month, as the newest dump of a folder lists it."""
    newest = last_published(dumps)
    for one in manifest_of(dumps, newest).get("captures", []) if newest else []:
        path = dumps / one["file"]
        if (one["portal"], one["month"]) == (look.portal, look.fetched_at[:7]) and path.is_file():
            found = place_in(path, look.warc, look.offset)
            if found:
                return RecordPlace(path, found[0], look.url, look.fetched_at)
    return None
