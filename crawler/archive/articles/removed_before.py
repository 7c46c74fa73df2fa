"""Removals that an archive knew, obeyed in the older copy that takes its place."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from crawler.archive.articles.removal import forget
from crawler.archive.articles.removed import hide_removed, remember_removed
from crawler.archive.introspect import columns_of
from crawler.archive.redactions import begin_removal

COLUMNS = ("article", "portal", "reason", "removed_at")


@dataclass(frozen=True, slots=True)
class KnownRemovals:
    """The rows of `removals` and of `_removed`."""

    rows: list[tuple[int, str, str, str]]
    names: list[tuple[str, str, int | None]]


def removals_known(path: Path) -> KnownRemovals | None:
    """What was removed from an archive; None when that cannot be read any more."""
    if not path.exists():
        return None
    try:
        with closing(
            sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
        ) as conn:
            rows = conn.execute(f"select {', '.join(COLUMNS)} from removals").fetchall()
            private = columns_of(conn, "_removed")
            return KnownRemovals(
                rows,
                conn.execute("select portal, name, article from _removed").fetchall()
                if private
                else [],
            )
    except sqlite3.Error:
        return None


def obey_removals(conn: sqlite3.Connection, known: KnownRemovals) -> int:
    """Remove from an archive what was removed from another; how many articles. The caller holds the transaction.

    Rows, free pages and files of captures are done with by `finish_removals`.
    """
    portals = {slug for (slug,) in conn.execute("select slug from portals")}
    conn.executemany(
        f"insert or ignore into removals({', '.join(COLUMNS)}) values (?, ?, ?, ?)",
        [row for row in known.rows if row[1] in portals],
    )
    for portal, name, article in known.names:
        remember_removed(conn, portal, article, [name])
    standing = conn.execute(
        "select id, articles.portal, key from articles join removals on article = id"
    ).fetchall()
    for article, portal, key in standing:
        remember_removed(conn, portal, article, [f"a:{key}"])
        begin_removal(conn, portal)
        forget(conn, article, portal)
    for portal in {row[1] for row in known.rows} & portals:
        hide_removed(conn, portal)
    return len(standing)
