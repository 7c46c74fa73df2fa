"""The queue of files: rows of the frontier of a kind of their own, which no page waits for.

A row is `wanted` until it was asked for, then `done`, and `wanted` again when it is due. Its name is
`f:` and the address as articles have it; `url` is where a redirect led from there.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from crawler.archive.files.carried import FOREIGN, PICTURE, QUEUE_ONE, UNQUEUED
from crawler.archive.frontier.queue import ATTEMPTS, HOPS
from crawler.http.outcomes import GONE
from crawler.items import FileLook

LOOKS_IN_VAIN = 3  # at an address that says it has nothing
SOONEST, LATEST = 7, 180  # days between two looks at a document; a picture is looked at rarely


@dataclass(frozen=True, slots=True)
class FileVisit:
    """A file to be asked for."""

    id: int
    address: str  # as articles have it
    url: str  # where it is asked for
    rank: int
    attempts: int
    hops: int
    etag: str | None
    modified: str | None  # when the server says it was changed last
    text: str  # what it is called beside the link

    @property
    def place(self) -> tuple[int, int, int]:
        """Its place in the queue."""
        return self.attempts, self.rank, self.id

    @property
    def is_foreign(self) -> bool:
        return self.rank >= FOREIGN


_COLUMNS = "id, substr(name, 3), url, rank, attempts, hops, etag, modified, text"
START = (-1, 0, 0)  # before every place


def queue_files(conn: sqlite3.Connection, article: int) -> None:
    """Queue what an article carries, as far as nobody knows it; the caller holds the transaction."""
    for statement in QUEUE_ONE:
        conn.execute(statement, {"article": article})


def is_queued(conn: sqlite3.Connection, article: int) -> bool:
    """Whether all that an article carries is known to the queue."""
    return conn.execute(UNQUEUED, {"article": article}).fetchone() is None


def begin_files(
    conn: sqlite3.Connection, portal: str, now: str, *, revisits: int, is_own: Callable[[str], bool]
) -> None:
    """Make so many of those that are due wanted again, and put what lies elsewhere last."""
    conn.execute(
        "update _frontier set attempts = 0 where portal = ? and state = 'wanted' and attempts > 0",
        (portal,),
    )
    conn.execute(
        "update _frontier set state = 'wanted', attempts = 0, hops = 0, due = null where id in "
        "(select id from _frontier where portal = ? and due <= ? and kind = 'file' "
        "order by due, id limit ?)",
        (portal, now, revisits),
    )
    waiting = conn.execute(
        "select id, substr(name, 3) from _frontier where portal = ? and state = 'wanted' "
        f"and rank < {FOREIGN}",
        (portal,),
    ).fetchall()
    conn.executemany(
        f"update _frontier set rank = rank + {FOREIGN} where id = ?",
        [(ident,) for ident, address in waiting if not is_own(address)],
    )


def next_file(
    conn: sqlite3.Connection, portal: str, after: tuple[int, int, int]
) -> FileVisit | None:
    """The file whose place is next; what no article carries any more is passed over for good."""
    while True:
        row = conn.execute(
            f"select {_COLUMNS} from _frontier where portal = ? and state = 'wanted' "
            "and (attempts, rank, id) > (?, ?, ?) order by attempts, rank, id limit 1",
            (portal, *after),
        ).fetchone()
        if row is None:
            return None
        visit = FileVisit(*row)
        if carrier_of(conn, visit.address) is not None:
            return visit
        conn.execute("update _frontier set state = 'done', due = null where id = ?", (visit.id,))


def visit_of(conn: sqlite3.Connection, portal: str, address: str) -> FileVisit | None:
    """The row of an address that articles of a portal carry."""
    row = conn.execute(
        f"select {_COLUMNS} from _frontier where portal = ? and name = ? and kind = 'file'",
        (portal, f"f:{address}"),
    ).fetchone()
    return FileVisit(*row) if row else None


def carrier_of(conn: sqlite3.Connection, address: str) -> int | None:
    """An article that has a document or a picture of this address."""
    row = conn.execute(
        "select article from attachments where url = :url union all "
        "select article from images where url = :url order by 1 limit 1",
        {"url": address},
    ).fetchone()
    return row[0] if row else None


def was_expected(conn: sqlite3.Connection, visit: FileVisit) -> bool:
    """Whether a file should be there: one was, or nobody has asked yet."""
    return conn.execute(
        "select exists (select 1 from article_files where url = :address) "
        "or not exists (select 1 from captures where url = :url)",
        {"address": visit.address, "url": visit.url},
    ).fetchone()[0]


def settle_file(conn: sqlite3.Connection, visit: FileVisit, look: FileLook, now: str) -> None:
    """Put down what came of asking, and when to ask again."""
    outcome = look.capture.outcome
    if look.target and visit.hops < HOPS:
        conn.execute(
            "update _frontier set url = ?, hops = hops + 1 where id = ?",
            (look.target, visit.id),
        )
        return
    if look.retry and visit.attempts + 1 < ATTEMPTS:
        conn.execute(
            "update _frontier set attempts = attempts + 1, url = substr(name, 3), hops = 0 "
            "where id = ?",
            (visit.id,),
        )
        return
    well = outcome == "not_modified" or look.type is not None
    misses = conn.execute(
        "update _frontier set state = 'done', attempts = 0, hops = 0, url = substr(name, 3), "
        "misses = iif(:well, 0, misses + 1), "
        "etag = iif(:outcome = 'not_modified', coalesce(:etag, etag), :etag), "
        "modified = iif(:outcome = 'not_modified', coalesce(:modified, modified), :modified) "
        "where id = :id returning misses",
        {
            "id": visit.id,
            "well": well,
            "outcome": outcome,
            "etag": look.capture.etag,
            "modified": look.capture.last_modified,
        },
    ).fetchone()[0]
    conn.execute(
        "update _frontier set due = ? where id = ?",
        (_due(conn, visit, outcome, misses, now), visit.id),
    )


def _due(
    conn: sqlite3.Connection, visit: FileVisit, outcome: str, misses: int, now: str
) -> str | None:
    """When to look again: documents as rarely as they are old, what failed ever more rarely."""
    if misses:
        known = conn.execute(
            "select 1 from article_files where url = ?", (visit.address,)
        ).fetchone()
        if outcome in GONE and misses >= LOOKS_IN_VAIN and not known:
            return None
        return _after(now, min(2 ** (misses - 1) * SOONEST, LATEST))
    if visit.rank % FOREIGN == PICTURE:
        return _after(now, LATEST)
    age = conn.execute(
        "select julianday(?) - julianday(max(first_seen)) from article_files where url = ?",
        (now, visit.address),
    ).fetchone()[0]
    return _after(now, max(SOONEST, min(int(age or 0), LATEST)))


def _after(now: str, days: int) -> str:
    moment = datetime.fromisoformat(now).astimezone(UTC) + timedelta(days=days)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def wanted(conn: sqlite3.Connection, portal: str) -> int:
    """How many files of a portal wait to be asked for."""
    return conn.execute(
        "select count(*) from _frontier where portal = ? and state = 'wanted'", (portal,)
    ).fetchone()[0]
