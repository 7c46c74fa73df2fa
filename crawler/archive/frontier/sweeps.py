"""A sweep: what a portal is asked for anew, on this night and once a month."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from crawler.archive.frontier.queue import insert, pending
from crawler.items import Link

DEEP_EVERY = 30  # days between sweeps over all pages of all lists
# Lists that never were first with anything (by month, by tag) have turns of so many, in the order in
# which their portal showed them: the same in every archive, whatever the numbers of its rows.
TURNS = 7


def begin_sweep(
    conn: sqlite3.Connection,
    portal: str,
    seeds: Iterable[Link],
    *,
    now: str,
    deep: bool,
    resume: bool,
    revisits: int,
) -> None:
    """Make the start pages, the known first list pages and what is due pending again.

    With `resume` (the last run was cut short) nothing is asked for twice: the queue is as it was.
    """
    if resume and pending(conn, portal):
        return
    deep = deep or _is_long_since_deep(conn, portal, now)
    number = conn.execute(
        "insert into _sweeps(portal, number, deep, started_at, last_deep) "
        "values (:portal, 1, 1, :now, :now) on conflict(portal) do update set "
        "number = number + 1, deep = :deep, started_at = :now, "
        "last_deep = iif(:deep, :now, last_deep) returning number",
        {"portal": portal, "now": now, "deep": deep},
    ).fetchone()[0]
    for seed in seeds:
        insert(conn, portal, seed, rank=seed.rank, depth=0, barren=0, hops=0, found_on=None)
        conn.execute(
            "update _frontier set state = 'pending', attempts = 0, hops = 0, barren = 0 "
            "where portal = ? and name = ?",
            (portal, seed.name),
        )
    conn.execute(
        "update _frontier set state = 'pending', attempts = 0, hops = 0, barren = 0 "
        "where portal = :portal and kind = 'list' and page = 1 and recent <> '' and form = '' "
        "and (:deep or fruit is not null or amiss is not null or id in (select id from (select id, "
        "row_number() over (order by id) as turn from _frontier where portal = :portal "
        "and kind = 'list' and page = 1) where turn % :turns = :number % :turns) "
        "or id in (select found_on from _frontier where portal = :portal and amiss is not null))",
        {
            "portal": portal,
            "deep": deep,
            "number": number,
            "turns": TURNS,
        },
    )
    # A further page that was wrong is asked for itself, and the one that leads to it: new articles
    # are no longer what brings anybody there. One that only a form leads to has no address.
    conn.execute(
        "update _frontier set state = 'pending', attempts = 0, hops = 0 "
        "where id in (select id from _frontier where portal = :portal and amiss is not null union "
        "select found_on from _frontier where portal = :portal and amiss is not null) "
        "and kind = 'list' and page > 1 and name = 'l:' || url",
        {"portal": portal},
    )
    conn.execute(
        "update _frontier set state = 'pending', attempts = 0, hops = 0, rank = 1000 "
        "where id in (select id from _frontier where portal = ? and due <= ? and kind <> 'file' "
        "order by due, id limit ?)",
        (portal, now, revisits),
    )
    if deep:
        conn.execute(
            "update _frontier set state = 'pending', attempts = 0, hops = 0 "
            "where portal = ? and kind in ('feed', 'sitemap')",
            (portal,),
        )


def _is_long_since_deep(conn: sqlite3.Connection, portal: str, now: str) -> bool:
    """Articles that appear with an old date stand deep in the lists: every page is due again."""
    row = conn.execute(
        "select julianday(?) - julianday(last_deep) from _sweeps where portal = ?", (now, portal)
    ).fetchone()
    return row is not None and (row[0] or 0) > DEEP_EVERY


def is_deep(conn: sqlite3.Connection, portal: str) -> bool:
    """Whether the present sweep goes over all pages of all lists."""
    row = conn.execute("select deep from _sweeps where portal = ?", (portal,)).fetchone()
    return bool(row and row[0])


def reopen_older(conn: sqlite3.Connection, portal: str) -> None:
    """Articles that an earlier `since` passed over are wanted again."""
    conn.execute(
        "update _frontier set state = 'pending', attempts = 0 where portal = ? and state = 'older'",
        (portal,),
    )
