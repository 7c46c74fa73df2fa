"""What was captured: which looks are known, and which can be read again."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Captured:
    """A kept look at an article page."""

    portal: str
    url: str
    fetched_at: str
    path: Path
    offset: int
    article: int
    key: str


def is_known(conn: sqlite3.Connection, url: str, fetched_at: str) -> bool:
    return bool(
        conn.execute(
            "select 1 from captures where url = ? and fetched_at = ?", (url, fetched_at)
        ).fetchone()
    )


def readable(conn: sqlite3.Connection) -> Iterator[Captured]:
    """Every kept look at an article, oldest first."""
    rows = conn.execute(
        "select captures.portal, captures.url, fetched_at, path, offset, articles.id, key "
        "from captures join articles on articles.id = captures.article "
        "join _warcs on _warcs.name = captures.warc where outcome = 'ok' "
        "order by fetched_at, captures.url"
    ).fetchall()
    for portal, url, fetched_at, path, offset, article, key in rows:
        yield Captured(portal, url, fetched_at, Path(path), offset, article, key)


def count_unreadable(conn: sqlite3.Connection) -> int:
    """Looks at articles whose WARC file is not known here, as in a downloaded dump."""
    return conn.execute(
        "select count(*) from captures where outcome = 'ok' and article is not null "
        "and (warc is null or warc not in (select name from _warcs))"
    ).fetchone()[0]


def remember_warcs(conn: sqlite3.Connection, paths: list[Path]) -> None:
    conn.executemany(
        "insert or replace into _warcs(name, path) values (?, ?)",
        [(path.name, str(path.absolute())) for path in paths],
    )
