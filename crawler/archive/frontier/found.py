"""What a page leads to, put into the frontier: articles, lists and further pages of this list."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from crawler.archive.frontier import copies
from crawler.archive.frontier.list_pages import wraps
from crawler.archive.frontier.queue import Visit, dump_form, insert
from crawler.archive.frontier.sitemaps import wants_sitemap
from crawler.items import Link, Page

BARREN_NEW = 3  # list pages in a row without anything new, where nobody has been before
BARREN_KNOWN = 1  # the same among pages that were read on an earlier night


def add_articles(
    conn: sqlite3.Connection, visit: Visit, portal: str, articles: Iterable[Link]
) -> int:
    """Queue the articles of a page; returns how many were new to the portal, or to its lists."""
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


def add_lists(
    conn: sqlite3.Connection,
    visit: Visit,
    page: Page,
    *,
    new: int,
    articles: Sequence[Link],
    sweep: int,
    deep: bool,
) -> None:
    """Queue what else a page leads to, as far as its chain of pages still brings anything new."""
    barren = 0 if new or visit.kind == "unknown" else visit.barren + 1
    ended = (not articles and visit.page > 1) or wraps(conn, visit)
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
