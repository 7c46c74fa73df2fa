"""What came of a visit, put down in the frontier: new rows, known ones, chains of pages."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import replace
from hashlib import sha256

from crawler.archive.frontier import copies
from crawler.archive.frontier.list_history import GIVEN_UP, amiss, lost_its_pages, remember
from crawler.archive.frontier.queue import (
    ATTEMPTS,
    BARREN_KNOWN,
    BARREN_NEW,
    BEFORE_SINCE,
    HOPS,
    Visit,
    dump_form,
    insert,
    set_state,
)
from crawler.archive.frontier.sitemaps import doubt_sitemap, wants_sitemap
from crawler.http.outcomes import GONE
from crawler.items import Link, Page, PageKind

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
        _describe(conn, visit, page, articles)
    if visit.kind == "list":
        _note_fault(conn, visit, page, articles)
    new = _add_articles(conn, visit, page.portal, articles)
    if new:
        conn.execute("update _frontier set fruit = ? where id = ?", (sweep, visit.id))
    _add_lists(conn, visit, page, new=new, articles=articles, sweep=sweep, deep=bool(deep))
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


def _describe(conn: sqlite3.Connection, visit: Visit, page: Page, articles: Sequence[Link]) -> None:
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


def _note_fault(
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
    if visit.recent and (not names or _wraps(conn, visit)):
        return "emptied"
    return None


def _says_gone(page: Page) -> bool:
    return page.reading.refusal is not None and page.reading.refusal.reason in GONE


def _add_articles(
    conn: sqlite3.Connection, visit: Visit, portal: str, articles: Iterable[Link]
) -> int:
    new = 0
    for link in articles:
        added = insert(
            conn,
            portal,
            link,
            rank=visit.rank + link.rank,
            depth=visit.depth,
            barren=0,
            hops=0,
            found_on=visit.id,
        )
        new += added or _adopted(conn, visit, portal, link)
        if not added or link.others:
            copies.remember(conn, portal, link)
        if not added:
            # A headline leads to a page that was only to be looked at some time.
            conn.execute(
                "update _frontier set kind = 'article', text = :text, rank = min(rank, :rank), "
                "state = 'pending' where portal = :portal and name = :name "
                "and (kind = 'unknown' and state in ('pending', 'skipped') "
                "or kind = 'article' and state = 'skipped' and :list)",
                {
                    "portal": portal, "name": link.name, "text": link.text, "rank": visit.rank,
                    "list": visit.kind != "sitemap",
                },
            )  # fmt: skip
        if not added and link.text:
            # The same list now prints another title: the article itself has been edited.
            conn.execute(
                "update _frontier set state = 'pending', attempts = 0, hops = 0, text = :text "
                "where portal = :portal and name = :name and found_on = :list "
                "and text <> '' and text <> :text",
                {"portal": portal, "name": link.name, "list": visit.id, "text": link.text},
            )
    return new


def _adopted(conn: sqlite3.Connection, visit: Visit, portal: str, link: Link) -> bool:
    """Whether a list shows for the first time what only an article had led to: it is new to the list."""
    if visit.kind == "article":
        return False
    return bool(
        conn.execute(
            "update _frontier set found_on = :list, rank = min(rank, :rank) "
            "where portal = :portal and name = :name and kind = 'article' "
            "and found_on in (select id from _frontier where portal = :portal and kind = 'article')",
            {"list": visit.id, "rank": visit.rank, "portal": portal, "name": link.name},
        ).rowcount
    )


def _add_lists(
    conn: sqlite3.Connection,
    visit: Visit,
    page: Page,
    *,
    new: int,
    articles: Sequence[Link],
    sweep: int,
    deep: bool,
) -> None:
    barren = 0 if new or visit.kind == "unknown" else visit.barren + 1
    ended = (not articles and visit.page > 1) or _wraps(conn, visit)
    for link in page.links:
        if link.kind == "article" or (ended and (link.kind != "unknown" or visit.kind != "list")):
            continue
        if link.kind == "sitemap" and not wants_sitemap(conn, visit, page):
            continue
        chain = barren if link.page > 1 else 0
        if chain < BARREN_NEW and insert(
            conn,
            page.portal,
            link,
            rank=visit.rank + 1 + link.rank,
            depth=visit.depth + (link.page == 1),  # its own further pages are no deeper
            barren=chain,
            hops=0,
            found_on=visit.id,
        ):
            continue
        if link.page > 1 or chain < BARREN_KNOWN or deep:
            conn.execute(
                "update _frontier set state = 'pending', attempts = 0, hops = 0, "
                "barren = :barren, rank = min(rank, :rank), form = :form, found_on = :list "
                "where portal = :portal and name = :name and sweep < :sweep "
                "and state <> 'pending' and kind = 'list' and page > 1 "
                "and (recent <> '' or article_links is null) and (:worthwhile or amiss is not null)",
                {
                    "barren": chain,
                    "rank": visit.rank + 1,
                    "form": dump_form(link.form),
                    "portal": page.portal,
                    "name": link.name,
                    "sweep": sweep,
                    "list": visit.id,
                    "worthwhile": chain < BARREN_KNOWN or deep,
                },
            )


def _wraps(conn: sqlite3.Connection, visit: Visit) -> bool:
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
