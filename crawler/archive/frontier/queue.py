"""The frontier: every address of a portal, what became of it, and which is next.

One row per page, named by what the page is (an article's key, a list's address), never by how it
was spelt. A row changes in the same transaction as what was learnt from the page, so the pending
rows are the queue of whoever starts next.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crawler.archive.articles.removed import was_removed
from crawler.items import Link, PageKind

ATTEMPTS = 2  # looks at a page that fails in a way that may pass
HOPS = 5  # redirects in a row
NEAR = 2  # clicks from a start page; lists farther off must pay for themselves, too
EXPLORED = 12  # pages that led to nothing new, before exploring must have paid for itself
EXPLORED_SHARE = 0.1  # of the articles that were found

BEFORE_SINCE = "before_since"  # the reason of an article that is older than the crawl wants

COLUMNS = (
    "id, name, kind, url, form, rank, page, depth, barren, attempts, hops, found_on, text, etag, "
    "recent, pagers, mark"
)


@dataclass(frozen=True, slots=True)
class Visit:
    """A row of the frontier, as the spider asks for it."""

    id: int
    name: str
    kind: PageKind
    url: str
    form: tuple[tuple[str, str], ...]
    rank: int
    page: int
    depth: int
    barren: int
    attempts: int
    hops: int
    found_on: int | None
    text: str
    etag: str | None
    recent: str = ""  # how many articles a list held at its last healthy looks
    pagers: int | None = None  # and how many links to further pages
    mark: str | None = None  # of its bytes, and of the rules they were read by


def visit_along(conn: sqlite3.Connection, portal: str, kind: str, along: float) -> Visit | None:
    """A pending page of a kind from anywhere in the queue: 0 is its head, 1 its end."""
    row = conn.execute(
        f"select {COLUMNS} from _frontier where portal = :portal and state = 'pending' "
        "and kind = :kind order by attempts, rank, id limit 1 offset "
        "(select cast(:along * max(count(*) - 1, 0) as integer) from _frontier "
        "where portal = :portal and state = 'pending' and kind = :kind)",
        {"portal": portal, "kind": kind, "along": along},
    ).fetchone()
    return _visit(row) if row else None


def next_visit(conn: sqlite3.Connection, portal: str) -> Visit | None:
    """What to ask for now: near pages before far ones, lists before the articles on them."""
    while True:
        row = conn.execute(
            f"select {COLUMNS} from _frontier where portal = ? and state = 'pending' "
            "order by attempts, rank, kind = 'article', id limit 1",
            (portal,),
        ).fetchone()
        if row is None:
            return None
        visit = _visit(row)
        far = visit.kind == "list" and visit.page == 1 and visit.depth > NEAR
        if (visit.kind == "unknown" or far) and not _exploring_pays(conn, portal):
            conn.execute(
                "update _frontier set state = 'skipped' where portal = ? and state = 'pending' "
                "and (kind = 'unknown' or (kind = 'list' and page = 1 and depth > ?))",
                (portal, NEAR),
            )
            continue
        return visit


def _visit(row: tuple[Any, ...]) -> Visit:
    values = dict(zip(COLUMNS.split(", "), row, strict=True))
    return Visit(**{**values, "form": _form(values["form"])})


def pending(conn: sqlite3.Connection, portal: str) -> int:
    return conn.execute(
        "select count(*) from _frontier where portal = ? and state = 'pending'", (portal,)
    ).fetchone()[0]


def park(conn: sqlite3.Connection, visits: Iterable[int]) -> None:
    """Set visits aside that failed because of their host, without counting an attempt."""
    conn.executemany(
        "update _frontier set state = 'parked', attempts = 0 where id = ?",
        [(visit,) for visit in visits],
    )


def take_up_parked(conn: sqlite3.Connection, portal: str) -> None:
    """Make visits pending again that were set aside because of their host."""
    conn.execute(
        "update _frontier set state = 'pending' where portal = ? and state = 'parked'", (portal,)
    )


def ask_again(conn: sqlite3.Connection, portal: str, names: Iterable[str]) -> bool:
    """Make pages that have answered before the next to be asked for; False when there is none."""
    asked = 0
    for name in names:
        asked += conn.execute(
            "update _frontier set state = 'pending', attempts = 0, hops = 0 "
            "where portal = ? and name = ? and state = 'done'",
            (portal, name),
        ).rowcount
    return bool(asked)


def set_state(conn: sqlite3.Connection, visit: int, state: str) -> None:
    conn.execute("update _frontier set state = ? where id = ?", (state, visit))


def _exploring_pays(conn: sqlite3.Connection, portal: str) -> bool:
    """Whether to go on: pages without anything new cost no more than a share of the articles."""
    idle, articles = conn.execute(
        "select count(*) filter (where kind in ('unknown', 'list') and page = 1 and fruit is null), "
        "count(*) filter (where kind = 'article') "
        "from _frontier where portal = ? and state = 'done' and found_on is not null",
        (portal,),
    ).fetchone()
    return idle < EXPLORED + EXPLORED_SHARE * articles


def insert(
    conn: sqlite3.Connection,
    portal: str,
    link: Link,
    *,
    rank: int,
    depth: int,
    barren: int,
    hops: int,
    found_on: int | None,
) -> bool:
    """Put a page down that is not known yet; False when it is, or was removed on request."""
    cursor = conn.execute(
        "insert into _frontier"
        "(portal, name, kind, url, form, rank, page, depth, barren, hops, found_on, text) "
        "values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict(portal, name) do nothing",
        (
            portal,
            link.name,
            link.kind,
            link.url,
            dump_form(link.form),
            rank,
            link.page,
            depth,
            barren,
            hops,
            found_on,
            link.text,
        ),
    )
    if cursor.rowcount != 1:
        return False
    key = link.name.removeprefix("a:") if link.kind == "article" else ""
    if was_removed(conn, portal, key=key, url=link.url):
        conn.execute(
            "update _frontier set state = 'removed', url = '', text = '' "
            "where portal = ? and name = ?",
            (portal, link.name),
        )
        return False
    return True


def dump_form(form: tuple[tuple[str, str], ...]) -> str:
    return json.dumps(form, ensure_ascii=False) if form else ""


def _form(stored: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(stored)) if stored else ()
