"""What was removed on request in any of the archives that are merged."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from crawler.archive.articles.keys import first_key
from crawler.archive.articles.removal import forget
from crawler.archive.articles.removed import hide_removed, remember_removed, was_removed
from crawler.archive.ids import stable_id
from crawler.archive.merge.tables import NOT_REMOVED, count_rows

LeadsTo = Callable[[str, str], str]  # portal and address → the key of the article there, or ""


def obey_removals(conn: sqlite3.Connection, leads_to: LeadsTo | None) -> int:
    """What was removed anywhere is removed here: the archive's own rows, and the names in the shard."""
    conn.execute(
        "insert or ignore into _removed(portal, name, article) "
        "select r.portal, s.url, r.article from shard.addresses s join main.removals r "
        "on r.article = s.article union "
        "select r.portal, s.url, r.article from shard.captures s join main.removals r "
        "on r.article = s.article union "
        "select r.portal, 'a:' || s.key, r.article from shard.articles s join main.removals r "
        "on r.article = s.id"
    )
    if leads_to is not None:
        _name_copies(conn, leads_to)
    asked = conn.execute(
        "select article, removals.portal from removals join articles on id = article"
    ).fetchall()
    for article, portal in asked:
        remember_removed(conn, portal, article, [f"a:{_key_of(conn, article)}"])
        forget(conn, article, portal)
    return len(asked)


def _key_of(conn: sqlite3.Connection, article: int) -> str:
    return conn.execute("select key from articles where id = ?", (article,)).fetchone()[0]


def _name_copies(conn: sqlite3.Connection, leads_to: LeadsTo) -> None:
    """Looks at a removed article under addresses that only its portal's patterns tell."""
    looked_at = conn.execute(
        "select distinct portal, url from (select portal, url from main.captures union all "
        "select portal, url from shard.captures) where portal in (select portal from main.removals)"
    ).fetchall()
    for portal, url in looked_at:
        key = leads_to(portal, url)
        if key and was_removed(conn, portal, key=key, url=url):
            remember_removed(conn, portal, stable_id(portal, first_key(conn, portal, key)), [url])


def hide_what_came(conn: sqlite3.Connection) -> None:
    """Take out what the shard's rows say of removed articles, also those that read nothing."""
    portals = conn.execute("select distinct portal from main.removals").fetchall()
    for (portal,) in portals:
        titles = conn.execute(
            "select title from shard.articles where portal = ? and title is not null "
            "and id in (select article from main.removals)",
            (portal,),
        ).fetchall()
        hide_removed(conn, portal, [title for (title,) in titles])


def named_on_what_stays(conn: sqlite3.Connection) -> str:
    """SQL for the authors to keep: those named on an article that was not removed."""
    if not count_rows(conn, "removals"):
        return ""
    return (
        "s.id in (select author from shard.article_authors where "
        + NOT_REMOVED.format("article")
        + ")"
    )
