"""What the indexes listed, what of it is worth asking for, what has come: one row a look and source.

States: `listed` by an index; `wanted`, or `passed` over as no different from its neighbours;
`fetched` with a copy in our own files, then `saved` in the archive; `known` there before;
`missed` this time; `refused` for good, with the reason. Each change is a transaction of its own, so
that a rescue that is killed goes on where it was.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from crawler.captures import same_digest
from crawler.registry.eras import Place
from crawler.rescue.sources import Answer, Query
from crawler.wayback.cdx import CdxRow

COLUMNS = (
    "source, url, timestamp, digest, mime, status, length, place, address, page, kind, state, "
    "reason, attempts, path, offset"
)
MOST_ATTEMPTS = 3  # at a capture that is not given out as it was listed
AGAIN_AFTER = 20.0  # hours before an index that grows is asked again


@dataclass(frozen=True, slots=True)
class Look:
    """One capture, at one source."""

    source: str
    url: str
    timestamp: str
    digest: str  # empty: not known
    mime: str
    status: str
    length: int
    place: str
    address: str
    page: str
    kind: str
    state: str
    reason: str | None
    attempts: int
    path: str | None
    offset: int | None

    @property
    def row(self) -> CdxRow:
        """As its source's index has it."""
        digest = self.digest or "-"
        return CdxRow(
            self.url, self.timestamp, self.mime, self.status, digest, self.length, self.place
        )


def take_up(conn: sqlite3.Connection, portal: str) -> None:
    """What was missed in an earlier run is wanted again, unless it failed too often."""
    conn.execute(
        "update _rescue set state = iif(attempts < ?, 'wanted', 'refused') "
        "where portal = ? and state = 'missed'",
        (MOST_ATTEMPTS, portal),
    )


def progress_of(
    conn: sqlite3.Connection, portal: str, source: str, query: Query, again_before: str
) -> tuple[bool, str | None]:
    """Whether a query has been answered to its end, and where to go on.

    One whose answer may grow is asked anew when it was answered before that moment.
    """
    row = conn.execute(
        "select state, resume, asked_at from _rescue_queries "
        "where portal = ? and source = ? and query = ?",
        (portal, source, query.name),
    ).fetchone()
    if row is None:
        return False, None
    state, resume, asked_at = row
    if state == "done" and query.grows and asked_at < again_before:
        return False, None
    return state == "done", resume


def put_down(
    conn: sqlite3.Connection,
    portal: str,
    source: str,
    query: Query,
    answer: Answer,
    places: Iterable[tuple[CdxRow, Place, str | None]],
    now: str,
) -> None:
    """Queue what one answer of an index lists, and note how far it came."""
    for row, place, refusal in places:
        add(conn, portal, source, row, place, refusal)
    conn.execute(
        "insert into _rescue_queries(portal, source, query, state, resume, asked_at) "
        "values (?, ?, ?, ?, ?, ?) on conflict do update set state = excluded.state, "
        "resume = excluded.resume, asked_at = excluded.asked_at",
        (portal, source, query.name, "open" if answer.resume else "done", answer.resume, now),
    )


def add(
    conn: sqlite3.Connection,
    portal: str,
    source: str,
    row: CdxRow,
    place: Place,
    refusal: str | None = None,
) -> None:
    conn.execute(
        f"insert into _rescue(portal, {COLUMNS}) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, null, null) on conflict do "
        # A file may have been replaced; where our copy is, nobody asks again.
        "update set place = excluded.place, length = excluded.length where path is null",
        (
            portal, source, row.url, row.timestamp, same_digest(row.digest), row.mime, row.status,
            row.length, row.place, place.url, place.page, place.kind,
            "refused" if refusal else "listed", refusal,
        ),
    )  # fmt: skip


def want(conn: sqlite3.Connection, portal: str, source: str, row: CdxRow) -> None:
    """Ask for a look after all that was only listed, or passed over for another."""
    conn.execute(
        "update _rescue set state = 'wanted', reason = null where portal = ? and source = ? "
        "and url = ? and timestamp = ? and state in ('listed', 'passed')",
        (portal, source, row.url, row.timestamp),
    )


def pages_to_choose(conn: sqlite3.Connection, portal: str) -> list[str]:
    """Pages of which something is listed that nobody has chosen or passed over yet."""
    found = conn.execute(
        "select distinct page from _rescue where portal = ? and state = 'listed' order by page",
        (portal,),
    )
    return [page for (page,) in found]


def looks_at(conn: sqlite3.Connection, portal: str, page: str) -> list[Look]:
    """Every look at a page, at any source, in order of time."""
    found = conn.execute(
        f"select {COLUMNS} from _rescue where portal = ? and page = ? "
        "order by timestamp, source, url",
        (portal, page),
    )
    return [Look(*row) for row in found]


def set_states(
    conn: sqlite3.Connection, portal: str, looks: Iterable[Look], state: str, reason: str | None
) -> None:
    conn.executemany(
        "update _rescue set state = ?, reason = ? where portal = ? and source = ? and url = ? "
        "and timestamp = ?",
        [(state, reason, portal, look.source, look.url, look.timestamp) for look in looks],
    )


def next_wanted(
    conn: sqlite3.Connection,
    portal: str,
    source: str,
    kinds: Collection[str],
    not_now: Collection[str],
) -> Look | None:
    """The next look that is wanted of a source; none whose bytes another source is giving just now."""
    among = ", ".join("?" * len(kinds))
    but = f"and digest not in ({', '.join('?' * len(not_now))})" if not_now else ""
    row = conn.execute(
        f"select {COLUMNS} from _rescue where portal = ? and source = ? and state = 'wanted' "
        f"and kind in ({among}) {but} order by kind, page, timestamp, url limit 1",
        (portal, source, *kinds, *not_now),
    ).fetchone()
    return Look(*row) if row else None


def same_bytes(conn: sqlite3.Connection, portal: str, digest: str) -> Look | None:
    """A look that has come already, of the bytes that an index gives this digest."""
    if not digest:
        return None
    row = conn.execute(
        f"select {COLUMNS} from _rescue where portal = ? and digest = ? and path is not null "
        "and state in ('fetched', 'saved') order by timestamp, source limit 1",
        (portal, digest),
    ).fetchone()
    return Look(*row) if row else None


def has_come(
    conn: sqlite3.Connection, portal: str, look: Look, path: str, offset: int | None
) -> None:
    conn.execute(
        "update _rescue set state = 'fetched', reason = null, path = ?, offset = ? "
        "where portal = ? and source = ? and url = ? and timestamp = ?",
        (path, offset, portal, look.source, look.url, look.timestamp),
    )


def fail(
    conn: sqlite3.Connection, portal: str, look: Look, reason: str, *, passing: bool, fault: bool
) -> None:
    """Set a look aside: `missed` may be had in another run, `refused` may not.

    `fault`: it is the look's own, so it counts against it. What others have of the same bytes, and
    was passed over for this one, is wanted in its place.
    """
    attempts = look.attempts + fault
    state = "missed" if passing and attempts < MOST_ATTEMPTS else "refused"
    conn.execute(
        "update _rescue set state = ?, reason = ?, attempts = ? "
        "where portal = ? and source = ? and url = ? and timestamp = ?",
        (state, reason, attempts, portal, look.source, look.url, look.timestamp),
    )
    conn.execute(
        "update _rescue set state = 'wanted', reason = null where portal = ? and page = ? "
        "and state = 'passed' and source <> ? and (digest = ? and digest <> '' "
        "or address = ? and timestamp = ?)",
        (portal, look.page, look.source, look.digest, look.address, look.timestamp),
    )


def want_redirects(conn: sqlite3.Connection, portal: str) -> int:
    """Ask where articles went that lists name and that were captured as redirects only."""
    pages = conn.execute(
        "select page, max(source || ' ' || timestamp) from _rescue as this where portal = ? "
        "and kind = 'article' and exists (select 1 from _rescue_entries as entry "
        "where entry.portal = this.portal and entry.key = this.page) group by page "
        "having min(state = 'refused' and reason = 'redirect') = 1 and max(leads_to is not null) = 0 "
        "and max(attempts) < ?",
        (portal, MOST_ATTEMPTS),
    ).fetchall()
    for page, last in pages:
        source, _, timestamp = last.rpartition(" ")
        conn.execute(
            "update _rescue set state = 'wanted' where portal = ? and page = ? and source = ? "
            "and timestamp = ?",
            (portal, page, source, timestamp),
        )
    return len(pages)


def has_moved(conn: sqlite3.Connection, portal: str, look: Look, key: str) -> None:
    """Where an article's redirect leads: the key of another, or nothing that is one."""
    conn.execute(
        "update _rescue set state = 'refused', reason = 'redirect', leads_to = ?, "
        "attempts = attempts + 1 where portal = ? and source = ? and url = ? and timestamp = ?",
        (key, portal, look.source, look.url, look.timestamp),
    )


def missed_with_bytes(conn: sqlite3.Connection, portal: str) -> list[Look]:
    """Looks that one source would not give and whose bytes another has given since."""
    found = conn.execute(
        f"select {COLUMNS} from _rescue as this where portal = ? and state = 'missed' "
        "and digest <> '' and exists (select 1 from _rescue as other where other.portal = "
        "this.portal and other.digest = this.digest and other.path is not null "
        "and other.state in ('fetched', 'saved')) order by page, timestamp",
        (portal,),
    )
    return [Look(*row) for row in found]


def complete_pages(conn: sqlite3.Connection, portal: str, most: int) -> Iterator[list[Look]]:
    """Looks that have come, page by page, of pages of which nothing is still to come."""
    pages = conn.execute(
        "select distinct page from _rescue as this where portal = ? and state = 'fetched' "
        "and not exists (select 1 from _rescue as other where other.portal = this.portal "
        "and other.page = this.page and other.state = 'wanted') order by page limit ?",
        (portal, most),
    ).fetchall()
    for (page,) in pages:
        found = conn.execute(
            f"select {COLUMNS} from _rescue where portal = ? and page = ? and state = 'fetched' "
            "order by timestamp, source, url",
            (portal, page),
        )
        yield [Look(*row) for row in found.fetchall()]


def waiting(conn: sqlite3.Connection, portal: str) -> int:
    """Looks that another run may bring."""
    return conn.execute(
        "select count(*) from _rescue where portal = ? and state in ('wanted', 'missed', 'listed', "
        "'fetched')",
        (portal,),
    ).fetchone()[0]
