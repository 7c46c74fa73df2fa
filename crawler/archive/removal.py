"""Removal on request: the text and the names go everywhere, a tombstone stays."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

PARTS = (
    "article_authors", "images", "attachments", "removed_lines", "fingerprints", "addresses",
    "issues",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Removed:
    """An article that was asked away."""

    article: int
    portal: str
    url: str
    versions: int


def article_at(conn: sqlite3.Connection, url: str) -> int | None:
    """The article that has, or ever had, this address."""
    row = conn.execute(
        "select id from articles where url = :url union "
        "select article from addresses where url = :url limit 1",
        {"url": url},
    ).fetchone()
    return row[0] if row else None


def remove(conn: sqlite3.Connection, article: int, *, reason: str, now: str) -> Removed:
    """Take an article out of every table and the search; its hash and the reason are kept.

    What the captures' files hold is no longer pointed at. The next crawl does not bring it back.
    """
    portal, key, url, sha256 = conn.execute(
        "select portal, key, url, text_sha256 from articles where id = ?", (article,)
    ).fetchone()
    versions = conn.execute(
        "select count(*) from revisions where article = ?", (article,)
    ).fetchone()[0]
    conn.execute(
        "insert into removals(article, portal, key, url, text_sha256, reason, removed_at) "
        "values (?, ?, ?, ?, ?, ?, ?)",
        (article, portal, key, url, sha256, reason, now),
    )
    forget(conn, article, portal, key)
    return Removed(article, portal, url, versions)


def forget(conn: sqlite3.Connection, article: int, portal: str, key: str) -> None:
    """Take out all that is held of an article whose tombstone stands."""
    conn.execute(
        "update captures set article = null, warc = null, offset = null where article = ?",
        (article,),
    )
    for table in PARTS:
        conn.execute(f"delete from {table} where article = ?", (article,))
    conn.execute("delete from revisions where article = ?", (article,))
    conn.execute("delete from articles where id = ?", (article,))
    conn.execute("delete from authors where id not in (select author from article_authors)")
    conn.execute(
        "update _frontier set state = 'removed', text = '', due = null "
        "where portal = ? and name = ?",
        (portal, f"a:{key}"),
    )


def is_removed(conn: sqlite3.Connection, article: int) -> bool:
    return bool(conn.execute("select 1 from removals where article = ?", (article,)).fetchone())
