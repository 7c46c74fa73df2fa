"""The key an article is known by for ever, whatever its portal calls it today."""

from __future__ import annotations

import sqlite3


def first_key(conn: sqlite3.Connection, portal: str, key: str) -> str:
    """The key under which an article that moved was first known."""
    row = conn.execute(
        "select first_key from _moved where portal = ? and key = ?", (portal, key)
    ).fetchone()
    return row[0] if row else key


def later_keys(conn: sqlite3.Connection, portal: str, key: str) -> list[str]:
    """The keys under which an article went on when its address changed."""
    found = conn.execute("select key from _moved where portal = ? and first_key = ?", (portal, key))
    return [row[0] for row in found]
