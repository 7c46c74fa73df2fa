"""What each host's robots.txt said when it was last asked."""

from __future__ import annotations

import sqlite3


def recall(conn: sqlite3.Connection, host: str, since: str) -> str | None:
    """The text fetched after `since`; None when it has to be asked for again."""
    row = conn.execute(
        "select body from _robots where host = ? and fetched_at > ?", (host, since)
    ).fetchone()
    return row[0] if row else None


def remember(conn: sqlite3.Connection, host: str, now: str, status: int, body: str) -> None:
    conn.execute(
        "insert or replace into _robots(host, fetched_at, status, body) values (?, ?, ?, ?)",
        (host, now, status, body),
    )
