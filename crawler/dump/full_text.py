"""Filling a full-text index that nobody reads yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

# Bytes of new entries that FTS5 keeps in memory before it writes a segment, to be merged later.
# https://sqlite.org/src/file/ext/fts5/fts5_config.c: a setting of the index, so it is put back.
WHILE_FILLING, USUAL = 64 * 2**20, 2**20


@contextmanager
def filling(conn: sqlite3.Connection, index: str) -> Iterator[None]:
    """Few large segments while it is filled, one segment when it is full: half the time."""
    _set(conn, index, WHILE_FILLING)
    yield
    conn.execute(f"insert into [{index}]([{index}]) values ('optimize')")
    _set(conn, index, USUAL)


def _set(conn: sqlite3.Connection, index: str, size: int) -> None:
    conn.execute(f"insert into [{index}]([{index}], rank) values ('hashsize', ?)", (size,))
