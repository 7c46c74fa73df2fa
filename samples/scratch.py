"""Filling an archive that may be thrown away: nothing waits for the disk, and words wait for the end."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

CACHE_KIB = 1_500_000  # rows belong anywhere: half a million articles' b-trees fit
SEARCH = "type = 'trigger' and name like 'articles_search_%'"


@contextmanager
def unhurried(conn: sqlite3.Connection, *, searchable: bool = True) -> Iterator[None]:
    """Many rows into the archive that `conn` has to itself; it is lost when they do not all get in.

    In the end it is as one that a crawl filled, down to its settings. One that is only published
    need not be searchable: a dump makes an index of its own.
    """
    (cache,) = conn.execute("pragma cache_size").fetchone()
    _set(conn, journal_mode="off", synchronous="off", cache_size=-CACHE_KIB)
    triggers = conn.execute(f"select name, sql from sqlite_master where {SEARCH}").fetchall()
    for name, _ in triggers:
        conn.execute(f"drop trigger {name}")
    yield
    if searchable:  # a word's list is written once, not looked up for each article that has it
        conn.execute("insert into articles_fts(articles_fts) values ('rebuild')")
    for _, sql in triggers:
        conn.execute(sql)
    _set(conn, journal_mode="wal", synchronous="full", cache_size=cache)


def _set(conn: sqlite3.Connection, **settings: object) -> None:
    for name, value in settings.items():
        conn.execute(f"pragma {name} = {value}")
