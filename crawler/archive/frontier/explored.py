"""What the archive shows of a portal whose addresses follow no known pattern."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from crawler.archive.frontier.queue import Visit

PROMOTED = 60  # the rank of a page that was taken for an article late


def proved(conn: sqlite3.Connection, portal: str) -> list[tuple[str, bool]]:
    """The pages that were read, by address, and whether each was an article."""
    return [
        (url, bool(article))
        for url, article in conn.execute(
            "select url, exists(select 1 from addresses where addresses.url = _frontier.url) "
            "from _frontier where portal = ? and state = 'done' and page = 1 and form = '' "
            "and kind in ('article', 'unknown', 'list') and found_on is not null order by id",
            (portal,),
        )
    ]


def is_archived(conn: sqlite3.Connection, portal: str, name: str) -> bool:
    """Whether the archive has an article of that name."""
    return bool(
        conn.execute(
            "select 1 from articles where portal = ? and key = ?",
            (portal, name.removeprefix("a:")),
        ).fetchone()
    )


def is_from_start(conn: sqlite3.Connection, visit: Visit) -> bool:
    """Whether a page was found on a start page."""
    return bool(
        conn.execute(
            "select 1 from _frontier where id = ? and found_on is null", (visit.found_on,)
        ).fetchone()
    )


def dated_articles(conn: sqlite3.Connection, portal: str) -> tuple[int, int]:
    """How many of the portal's articles have a date, and how many there are."""
    return conn.execute(
        "select count(published), count(*) from articles where portal = ?", (portal,)
    ).fetchone()


def redirects(conn: sqlite3.Connection, portal: str) -> list[tuple[str, str]]:
    """The addresses that were answered by a redirect, each with where it pointed."""
    return conn.execute(
        "select distinct url, location from captures where portal = ? and location is not null",
        (portal,),
    ).fetchall()


def promote(conn: sqlite3.Connection, portal: str, alike: Callable[[str], bool]) -> None:
    """Take pages that wait to be explored for articles, where their addresses look like theirs."""
    waiting = conn.execute(
        "select id, url from _frontier where portal = ? and kind = 'unknown' and page = 1 "
        "and state in ('pending', 'skipped') order by id",
        (portal,),
    ).fetchall()
    conn.executemany(
        "update _frontier set kind = 'article', state = 'pending', rank = min(rank, ?) where id = ?",
        [(PROMOTED, ident) for ident, url in waiting if alike(url)],
    )
