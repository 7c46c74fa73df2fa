"""What came of a visit, put down in the frontier: new rows, known ones, chains of pages."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

from crawler.archive.frontier.found import add_articles, add_lists
from crawler.archive.frontier.list_pages import describe, note_fault
from crawler.archive.frontier.queue import ATTEMPTS, BEFORE_SINCE, HOPS, Visit, insert, set_state
from crawler.archive.frontier.sitemaps import doubt_sitemap
from crawler.http.outcomes import GONE
from crawler.items import Page, PageKind

OUR_FAULT = "internal_error"  # the outcome of a page that broke our own code
FAULTS = 5  # nights on which such a page is asked for


def settle(conn: sqlite3.Connection, visit: Visit, page: Page) -> int:
    """Put down what came of a visit and queue what it found; returns the number of new articles."""
    if may_pass(visit, page):
        conn.execute("update _frontier set attempts = attempts + 1 where id = ?", (visit.id,))
        return 0
    sweep, deep = conn.execute(
        "select number, deep from _sweeps where portal = ?", (page.portal,)
    ).fetchone() or (1, 1)
    if page.capture.outcome == OUR_FAULT:
        return _own_fault(conn, visit)
    if page.capture.outcome == "redirect":
        return _follow(conn, visit, page, sweep)
    if page.proved:
        visit = _proved(conn, visit, page.proved)
    refusal = page.reading.refusal
    older = refusal is not None and refusal.reason == BEFORE_SINCE
    conn.execute(
        "update _frontier set state = :state, form = '', sweep = :sweep, faults = 0, "
        "etag = iif(:same, coalesce(:etag, etag), :etag) where id = :id",
        {
            "state": "older" if older else "done",
            "sweep": sweep,
            "same": page.capture.outcome == "not_modified",
            "etag": page.mark and page.capture.etag,
            "id": visit.id,
        },
    )
    if page.capture.outcome == "not_modified":
        return 0
    if visit.kind == "article" and page.capture.outcome in GONE:
        doubt_sitemap(conn, visit, page)
    articles = [link for link in page.links if link.kind == "article"]
    if visit.kind != "article":
        describe(conn, visit, page, articles)
    if visit.kind == "list":
        note_fault(conn, visit, page, articles)
    new = add_articles(conn, visit, page.portal, articles)
    if new:
        conn.execute("update _frontier set fruit = ? where id = ?", (sweep, visit.id))
    add_lists(conn, visit, page, new=new, articles=articles, sweep=sweep, deep=bool(deep))
    return new


def _own_fault(conn: sqlite3.Connection, visit: Visit) -> int:
    """The page did nothing wrong: it is asked for again on later nights, as long as that may help."""
    conn.execute(
        "update _frontier set faults = faults + 1, attempts = 0, "
        "state = iif(faults + 1 < ?, 'parked', 'done') where id = ?",
        (FAULTS, visit.id),
    )
    return 0


def may_pass(visit: Visit, page: Page) -> bool:
    """Whether a failure is worth another look in the same night."""
    return page.retry and visit.attempts + 1 < ATTEMPTS


def _proved(conn: sqlite3.Connection, visit: Visit, kind: PageKind) -> Visit:
    """The row of a page that was taken for an article and is none."""
    conn.execute("update _frontier set kind = ? where id = ?", (kind, visit.id))
    return replace(visit, kind=kind)


def _follow(conn: sqlite3.Connection, visit: Visit, page: Page, sweep: int) -> int:
    """Queue a redirect's target: under the same row when it is the same page spelt otherwise."""
    target = next(iter(page.links), None)
    if target is None or visit.hops >= HOPS:
        set_state(conn, visit.id, "done")
        return 0
    if target.name == visit.name:
        conn.execute(
            "update _frontier set url = ?, hops = hops + 1 where id = ?", (target.url, visit.id)
        )
        return 0
    conn.execute("update _frontier set state = 'done', sweep = ? where id = ?", (sweep, visit.id))
    added = insert(
        conn,
        page.portal,
        target,
        rank=visit.rank,
        depth=visit.depth,
        barren=visit.barren,
        hops=visit.hops + 1,
        found_on=visit.found_on,
    )
    if visit.kind == target.kind == "article":
        _remember_move(conn, page.portal, visit.name, target.name)
    return int(added and target.kind == "article")


def _remember_move(conn: sqlite3.Connection, portal: str, old: str, new: str) -> None:
    """An archived article that redirects to an address nobody knew goes on under its first key."""
    old_key, new_key = old.removeprefix("a:"), new.removeprefix("a:")
    conn.execute(
        "insert into _moved(portal, key, first_key) "
        "select :portal, :new, coalesce((select first_key from _moved "
        "where portal = :portal and key = :old), :old) "
        "where exists(select 1 from articles where portal = :portal and key = :old) "
        "and not exists(select 1 from articles where portal = :portal and key = :new) "
        "on conflict do nothing",
        {"portal": portal, "old": old_key, "new": new_key},
    )
    conn.execute("update _frontier set due = null where portal = ? and name = ?", (portal, old))
