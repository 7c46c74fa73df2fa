"""What goes with an article that is removed: the files that no other article carries."""

from __future__ import annotations

import sqlite3

from crawler.archive.articles.removed import remember_removed
from crawler.archive.redactions import drop_file, drop_looks


def carried_by(conn: sqlite3.Connection, article: int) -> tuple[set[str], set[str]]:
    """The addresses and the contents that an article has, or ever had, as its documents and pictures."""
    addresses = {
        url
        for table in ("attachments", "images", "article_files")
        for (url,) in conn.execute(f"select url from {table} where article = ?", (article,))
    }
    contents = {
        file
        for (file,) in conn.execute("select file from article_files where article = ?", (article,))
    }
    return addresses, contents


def forget_files(
    conn: sqlite3.Connection, portal: str, article: int, addresses: set[str], contents: set[str]
) -> int:
    """Take out what no other article carries; the article's own rows are gone already.

    Returns how many looks that were. None of them is asked for again.
    """
    gone = {address for address in addresses if not _is_carried(conn, "url", address)}
    for file in contents:
        if _is_carried(conn, "file", file):
            continue
        gone |= {
            url
            for (url,) in conn.execute(
                "select url from captures where digest = ? and article is null and portal = ?",
                (file, portal),
            )
        }
        conn.execute("delete from documents where file = ?", (file,))
        drop_file(conn, portal, file)
    remember_removed(conn, portal, article, gone)
    looks = 0
    for address in gone:
        looks += drop_looks(conn, "url = ? and portal = ? and article is null", (address, portal))
        conn.execute("delete from issues where url = ? and portal = ?", (address, portal))
        conn.execute(
            "delete from _frontier where portal = ? and name = ?", (portal, f"f:{address}")
        )
    return looks


def _is_carried(conn: sqlite3.Connection, column: str, value: str) -> bool:
    tables = ("article_files", "attachments", "images")
    return any(
        conn.execute(f"select 1 from {table} where {column} = ? limit 1", (value,)).fetchone()
        for table in tables
    )
