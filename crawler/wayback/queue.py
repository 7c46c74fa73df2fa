"""Captures in web archives: what an index listed, what of it has come, what is still to be asked for.

Everything a backfill does is put down as it is done, so one that is killed goes on where it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

KEPT = "('fetched', 'saved')"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A capture to be asked for."""

    url: str
    timestamp: str
    digest: str
    day: str
    page: str  # the article or, when nobody knows, the address


@dataclass(frozen=True, slots=True)
class Copy:
    """A capture that has come: where its bytes lie."""

    url: str
    timestamp: str
    path: str
    offset: int


def begin(conn: sqlite3.Connection, portal: str) -> None:
    """Ask the index anew, unless an earlier run has left something undone."""
    conn.execute(
        "update _wayback set state = 'listed' where portal = ? and state = 'missed'", (portal,)
    )
    left = conn.execute(
        "select 1 from _wayback where portal = ? and state = 'listed' limit 1", (portal,)
    ).fetchone()
    if left is None:
        conn.execute("delete from _wayback_queries where portal = ? and state = 'done'", (portal,))


def query_state(conn: sqlite3.Connection, portal: str, query: str) -> tuple[bool, str | None]:
    """Whether an index query has been answered to its end, and the key to go on with."""
    row = conn.execute(
        "select state, resume from _wayback_queries where portal = ? and query = ?", (portal, query)
    ).fetchone()
    return (row[0] == "done", row[1]) if row else (False, None)


def put_down(
    conn: sqlite3.Connection,
    portal: str,
    query: str,
    resume: str | None,
    rows: Iterable[Wanted],
) -> int:
    """Queue what one answer of an index lists and note how far it came; returns what is new."""
    before = conn.total_changes
    for row in rows:
        add(conn, portal, row)
    new = conn.total_changes - before
    conn.execute(
        "insert into _wayback_queries(portal, query, state, resume) values (?, ?, ?, ?) "
        "on conflict(portal, query) do update set state = excluded.state, resume = excluded.resume",
        (portal, query, "open" if resume else "done", resume),
    )
    return new


def add(conn: sqlite3.Connection, portal: str, row: Wanted, *, hops: int = 0) -> None:
    conn.execute(
        "insert into _wayback(portal, url, timestamp, digest, day, page, hops) "
        "values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
        (portal, row.url, row.timestamp, row.digest, row.day, row.page, hops),
    )


def next_wanted(conn: sqlite3.Connection, portal: str, since: str, until: str) -> Wanted | None:
    """The earliest capture that has not come, day by day and page by page."""
    row = conn.execute(
        "select url, timestamp, digest, day, page from _wayback where portal = ? "
        "and state = 'listed' and timestamp >= ? and timestamp <= ? "
        "order by day, page, timestamp, url limit 1",
        (portal, since, until),
    ).fetchone()
    return Wanted(*row) if row else None


def hops_of(conn: sqlite3.Connection, portal: str, row: Wanted) -> int:
    return conn.execute(
        "select hops from _wayback where portal = ? and url = ? and timestamp = ?",
        (portal, row.url, row.timestamp),
    ).fetchone()[0]


def same_bytes(conn: sqlite3.Connection, portal: str, digest: str) -> Copy | None:
    """A copy that has come already, of the bytes an index gives this digest."""
    if digest in ("", "-"):
        return None
    row = conn.execute(
        f"select url, timestamp, path, offset from _wayback where portal = ? and digest = ? "
        f"and state in {KEPT} and path is not null order by timestamp limit 1",
        (portal, digest),
    ).fetchone()
    return Copy(*row) if row else None


def settle(
    conn: sqlite3.Connection,
    portal: str,
    row: Wanted,
    state: str,
    *,
    path: str | None = None,
    offset: int | None = None,
) -> None:
    """`fetched` with its place, `known` already, `elsewhere` under another date, `failed` for good,
    or `missed` this time.
    """
    conn.execute(
        "update _wayback set state = ?, path = ?, offset = ? "
        "where portal = ? and url = ? and timestamp = ?",
        (state, path, offset, portal, row.url, row.timestamp),
    )


def complete_days(conn: sqlite3.Connection, portal: str) -> list[Copy]:
    """Copies not in the archive yet of whose page and day nothing is still to come, in order."""
    rows = conn.execute(
        "select url, timestamp, path, offset from _wayback as this where portal = ? "
        "and state = 'fetched' and not exists (select 1 from _wayback as other where "
        "other.portal = this.portal and other.day = this.day and other.page = this.page "
        "and other.state = 'listed') order by day, page, timestamp, url",
        (portal,),
    )
    return [Copy(*row) for row in rows]


def mark_saved(conn: sqlite3.Connection, portal: str, copies: Iterable[Copy]) -> None:
    conn.executemany(
        "update _wayback set state = 'saved' where portal = ? and url = ? and timestamp = ?",
        [(portal, copy.url, copy.timestamp) for copy in copies],
    )


def states(conn: sqlite3.Connection, portal: str) -> dict[str, int]:
    """How many captures are in which state."""
    return dict(
        conn.execute(
            "select state, count(*) from _wayback where portal = ? group by state", (portal,)
        ).fetchall()
    )
