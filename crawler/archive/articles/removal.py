"""Removal on request: text and names leave every table; a row in `removals` says so."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass

from crawler.archive.files.removal import carried_by, forget_files

PARTS = (
    "article_authors", "images", "attachments", "removed_lines", "fingerprints", "addresses",
    "issues", "article_files",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Removed:
    """What was removed: the article's address, and how many versions of it there were."""

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


def article_of(conn: sqlite3.Connection, portal: str, key: str) -> int | None:
    """The article of that key, whatever address it was asked for under."""
    row = conn.execute(
        "select id from articles where portal = ? and key = coalesce((select first_key from _moved "
        "where _moved.portal = articles.portal and _moved.key = ?), ?)",
        (portal, key, key),
    ).fetchone()
    return row[0] if row else None


def remove(
    conn: sqlite3.Connection,
    article: int,
    *,
    reason: str,
    now: str,
    leads_to: Callable[[str], str],
) -> Removed:
    """Take an article out of every table and the search; its hash and the reason are kept.

    What the captures' files hold is no longer pointed at. The next crawl does not bring it back.
    `leads_to` gives the key of the article that an address is of.
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
    forget(conn, article, portal, key, leads_to=leads_to)
    return Removed(article, portal, url, versions)


def forget(
    conn: sqlite3.Connection,
    article: int,
    portal: str,
    key: str,
    *,
    leads_to: Callable[[str], str] | None = None,
) -> None:
    """Delete every row of an article that has its row in `removals`."""
    keys = {key, *_moved_to(conn, portal, key)}
    known = conn.execute("select url from addresses where article = ?", (article,)).fetchall()
    addresses = {url for (url,) in known}
    if leads_to:
        # Its copies in another language or section are looks of their own, with the same words.
        looked_at = conn.execute(
            "select distinct url from captures where portal = ? and article is null "
            "union select distinct url from issues where portal = ?",
            (portal, portal),
        )
        addresses |= {url for (url,) in looked_at if leads_to(url) in keys}
    conn.execute(
        "update captures set article = null, warc = null, offset = null where article = ?",
        (article,),
    )
    for address in addresses:
        conn.execute(
            "update captures set warc = null, offset = null where url = ? and portal = ?",
            (address, portal),
        )
        conn.execute("delete from issues where url = ? and portal = ?", (address, portal))
    carried = carried_by(conn, article)
    for table in PARTS:
        conn.execute(f"delete from {table} where article = ?", (article,))
    forget_files(conn, portal, *carried)
    conn.execute("delete from revisions where article = ?", (article,))
    conn.execute("delete from _confirmed where article = ?", (article,))
    conn.execute("delete from articles where id = ?", (article,))
    conn.execute("delete from authors where id not in (select author from article_authors)")
    conn.executemany(
        "update _frontier set state = 'removed', text = '', due = null "
        "where portal = ? and name = ?",
        [(portal, f"a:{one}") for one in keys],
    )
    conn.executemany(
        "delete from _copies where portal = ? and name = ?",
        [(portal, f"a:{one}") for one in keys],
    )


def _moved_to(conn: sqlite3.Connection, portal: str, key: str) -> list[str]:
    """The keys under which an article went on when its address changed."""
    found = conn.execute("select key from _moved where portal = ? and first_key = ?", (portal, key))
    return [row[0] for row in found]


def is_removed(conn: sqlite3.Connection, article: int) -> bool:
    return bool(conn.execute("select 1 from removals where article = ?", (article,)).fetchone())
