"""Lines that repeat over a portal's articles: learnt from the archive, kept in it, and audited."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from crawler.text.boilerplate import learn_boilerplate

NEWEST = 100  # articles of a portal that are learnt from


def known_boilerplate(conn: sqlite3.Connection, portal: str) -> frozenset[str]:
    """The fingerprints learnt of a portal so far."""
    found = conn.execute("select line from _boilerplate where portal = ?", (portal,))
    return frozenset(line for (line,) in found)


def learn(conn: sqlite3.Connection, portal: str, now: str) -> int:
    """Learn from the portal's newest articles; what was learnt before stays. Returns new lines."""
    texts = conn.execute(
        "select text from articles where portal = ? order by first_seen desc, id limit ?",
        (portal, NEWEST),
    ).fetchall()
    return remember(conn, portal, learn_boilerplate(text.split("\n") for (text,) in texts), now)


def remember(conn: sqlite3.Connection, portal: str, lines: Iterable[str], now: str) -> int:
    """Keep lines as learnt of a portal; returns how many are new."""
    before = conn.total_changes
    conn.executemany(
        "insert or ignore into _boilerplate(portal, line, learnt_at) values (?, ?, ?)",
        [(portal, line, now) for line in sorted(lines)],
    )
    return conn.total_changes - before
