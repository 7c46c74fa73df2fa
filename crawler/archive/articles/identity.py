"""Which archived article a reading is of."""

from __future__ import annotations

import sqlite3

from crawler.archive.articles.keys import first_key
from crawler.archive.frontier.queue import Visit
from crawler.archive.ids import stable_id
from crawler.items import Article


def known_id(conn: sqlite3.Connection, portal: str, article: Article) -> int | None:
    """The article that a reading is of, when the archive has it; nothing is written."""
    key = first_key(conn, portal, article.key)
    ident = stable_id(portal, key)
    if conn.execute("select 1 from articles where id = ?", (ident,)).fetchone():
        return ident
    row = conn.execute(
        "select articles.id from addresses join articles on articles.id = article "
        "where addresses.url = ? and portal = ?",
        (article.url, portal),
    ).fetchone()
    return row[0] if row else None


def may_be_saved_to(conn: sqlite3.Connection, portal: str, article: Article) -> set[int]:
    """Every article that `save_article` may take a reading for; nothing is written."""
    rows = conn.execute(
        "select article from addresses join articles on articles.id = article "
        "where addresses.url = ? and portal = ?",
        (article.url, portal),
    )
    return {
        stable_id(portal, article.key),
        stable_id(portal, first_key(conn, portal, article.key)),
        *(ident for (ident,) in rows),
    }


def renamed(conn: sqlite3.Connection, portal: str, article: Article) -> str:
    """The key an article has had at this very address, before its portal's patterns were mended."""
    row = conn.execute(
        "select key from addresses join articles on articles.id = article "
        "where addresses.url = ? and portal = ?",
        (article.url, portal),
    ).fetchone()
    if row is None or row[0] == article.key:
        return article.key
    conn.execute(
        "insert into _moved(portal, key, first_key) values (?, ?, ?) on conflict do nothing",
        (portal, article.key, row[0]),
    )
    return row[0]


def known_article(conn: sqlite3.Connection, portal: str, visit: Visit) -> int | None:
    """The article that was asked for, when the archive has it."""
    key = first_key(conn, portal, visit.name.removeprefix("a:"))
    row = conn.execute(
        "select id from articles where portal = ? and key = ?", (portal, key)
    ).fetchone()
    return row[0] if row else None
