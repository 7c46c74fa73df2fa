"""Sitemaps that do not help: those whose articles are gone, and those that lead only to each other."""

from __future__ import annotations

import sqlite3

from crawler.archive.frontier.queue import Visit
from crawler.items import Page

SITEMAP_TRIED, SITEMAP_TRUE = 20, 0.1  # articles tried of a sitemap; the share that must be there
IDLE, IDLE_SHARE = 20, 1.0  # sitemaps without anything new; and as many as had something
NESTED = 2  # indexes below an index (the protocol has none at all)
ENDLESS = "sitemap_endless"  # the reason of the row in `issues`


def wants_sitemap(conn: sqlite3.Connection, visit: Visit, page: Page) -> bool:
    """Whether a sitemap that another one names is to be read.

    Indexes that name themselves by ever new addresses would take the whole night: no more of them are
    read once many in a row have led to no new article.
    """
    if visit.kind == "sitemap" and visit.depth >= NESTED:
        detail = f"indexes within indexes, {visit.depth} deep: {visit.url}"
    else:
        idle, fruitful = conn.execute(
            "select count(*) filter (where fruit is null), count(*) filter (where fruit is not null) "
            "from _frontier where portal = ? and kind = 'sitemap' and state = 'done' and sweep = "
            "(select number from _sweeps where portal = _frontier.portal)",
            (page.portal,),
        ).fetchone()
        if idle < IDLE + IDLE_SHARE * fruitful:
            return True
        left = conn.execute(
            "update _frontier set state = 'skipped' "
            "where portal = ? and kind = 'sitemap' and state = 'pending'",
            (page.portal,),
        ).rowcount
        detail = f"{idle} sitemaps without a new article; {left} not asked for"
    conn.execute(
        "insert into issues(url, seen_at, reason, portal, detail) values (?, ?, ?, ?, ?) "
        "on conflict do nothing",
        (page.capture.url, page.capture.fetched_at, ENDLESS, page.portal, detail),
    )
    return False


def sitemaps_given_up(conn: sqlite3.Connection, portal: str, since: str) -> str | None:
    """Why sitemaps were left unread in this run."""
    row = conn.execute(
        "select detail from issues where portal = ? and reason = ? and seen_at >= ? "
        "order by seen_at limit 1",
        (portal, ENDLESS, since),
    ).fetchone()
    return row[0] if row else None


def doubt_sitemap(conn: sqlite3.Connection, visit: Visit, page: Page) -> None:
    """Ask for no more of a sitemap's articles when hardly any of the first ones was there."""
    url, asked, there = conn.execute(
        "select source.url, count(*), count(*) filter (where exists("
        "select 1 from addresses where addresses.url = page.url)) "
        "from _frontier as page join _frontier as source on source.id = page.found_on "
        "where source.id = ? and source.kind = 'sitemap' "
        "and page.kind = 'article' and page.state = 'done'",
        (visit.found_on,),
    ).fetchone()
    if asked < SITEMAP_TRIED or there > SITEMAP_TRUE * asked:
        return
    left = conn.execute(
        "update _frontier set state = 'skipped' "
        "where found_on = ? and kind = 'article' and state = 'pending'",
        (visit.found_on,),
    ).rowcount
    if left:
        conn.execute(
            "insert into issues(url, seen_at, reason, portal, detail) values (?, ?, ?, ?, ?) "
            "on conflict do nothing",
            (url, page.capture.fetched_at, "sitemap_stale", page.portal,
             f"{there} of {asked} articles were there; {left} not asked for"),
        )  # fmt: skip
