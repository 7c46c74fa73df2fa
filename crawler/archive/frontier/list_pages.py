"""What a look at a list page says of the list: what it held, and whether it is as it should be."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from hashlib import sha256

from crawler.archive.frontier.list_history import GIVEN_UP, amiss, lost_its_pages, remember
from crawler.archive.frontier.queue import Visit
from crawler.http.outcomes import GONE
from crawler.items import Link, Page


def describe(conn: sqlite3.Connection, visit: Visit, page: Page, articles: Sequence[Link]) -> None:
    """What a list page held: how many articles and which, to tell a wrapped page from a new one.

    A look that failed says nothing of the list: what was known of it stands.
    """
    if page.capture.outcome in GONE or _says_gone(page):
        conn.execute(
            "update _frontier set misses = misses + 1, "
            "recent = iif(misses + 1 >= ?, '', recent) where id = ?",
            (GIVEN_UP, visit.id),
        )
    if page.capture.outcome != "ok" or page.reading.refusal:
        return
    names = sorted({link.name for link in articles})
    pagers = sum(link.page > 1 and link.kind == "list" for link in page.links)
    kept = lost_its_pages(visit.recent, len(names), visit.pagers, pagers)
    kind = "list" if names and visit.kind == "unknown" else visit.kind
    conn.execute(
        "update _frontier set article_links = ?, declared = ?, digest = ?, kind = ?, recent = ?, "
        "pagers = ?, mark = ?, misses = 0 where id = ?",
        (
            len(names),
            page.reading.declared_count,
            sha256("\n".join(names).encode()).hexdigest()[:16],
            kind,
            remember(visit.recent, len(names)),
            visit.pagers if kept else pagers,
            page.mark,
            visit.id,
        ),
    )


def note_fault(
    conn: sqlite3.Connection, visit: Visit, page: Page, articles: Sequence[Link]
) -> None:
    """Whether the list is as it should be; if not, it is asked for and read every night until it is.

    A list that stays as it is, byte for byte, stays wrong.
    """
    fault = _fault(conn, visit, page, {link.name for link in articles})
    if fault in GONE and visit.page == 1 and visit.found_on is not None:
        given_up = "select 1 from _frontier where id = ? and recent = ''"
        fault = None if conn.execute(given_up, (visit.id,)).fetchone() else fault
    # A site that is down for a night says nothing about what was wrong before.
    conn.execute(
        "update _frontier set amiss = iif(:down and amiss in ('emptied', 'shrunk', 'no_pages'), "
        "amiss, :fault) where id = :id",
        {"down": page.capture.outcome != "ok", "fault": fault, "id": visit.id},
    )
    if fault:
        unread = "update _frontier set mark = null, etag = null where id = ?"
        conn.executemany(unread, [(visit.id,), (visit.found_on,)])
    if page.capture.outcome == "ok" and not page.reading.refusal:
        # A page that nothing leads to any more is not wrong, nor is what came after it.
        conn.execute(
            "with recursive unlinked(id) as (select id from _frontier where found_on = :list "
            "and page > 1 and kind = 'list' and id <> :list "
            "and name not in (select value from json_each(:links)) "
            "union select f.id from _frontier f join unlinked on f.found_on = unlinked.id "
            "where f.page > 1 and f.kind = 'list' and f.id <> :list) "
            "update _frontier set amiss = null, state = iif(state = 'pending', 'done', state) "
            "where id in (select id from unlinked) and amiss is not null",
            {"list": visit.id, "links": json.dumps([link.name for link in page.links])},
        )


def _fault(conn: sqlite3.Connection, visit: Visit, page: Page, names: set[str]) -> str | None:
    refusal = page.reading.refusal
    if visit.page == 1 and not (visit.recent or visit.found_on is None):
        return None  # nobody has ever found anything there
    if page.capture.outcome != "ok":
        return page.capture.outcome
    if refusal:
        return refusal.reason
    if visit.page == 1:
        pagers = sum(link.page > 1 and link.kind == "list" for link in page.links)
        return amiss(visit.recent, len(names), visit.pagers, pagers)
    if visit.recent and (not names or wraps(conn, visit)):
        return "emptied"
    return None


def _says_gone(page: Page) -> bool:
    return page.reading.refusal is not None and page.reading.refusal.reason in GONE


def wraps(conn: sqlite3.Connection, visit: Visit) -> bool:
    """Whether a later page lists the very articles of one on the way to it."""
    if visit.page == 1 or visit.found_on is None:
        return False
    return bool(
        conn.execute(
            "with recursive before(id, found_on, digest) as ("
            "select id, found_on, digest from _frontier where id = :found_on and kind = 'list' union "
            "select f.id, f.found_on, f.digest from _frontier f join before on f.id = before.found_on "
            "where f.kind = 'list') select 1 from before where id <> :id "
            "and digest = (select digest from _frontier where id = :id)",
            {"id": visit.id, "found_on": visit.found_on},
        ).fetchone()
    )
