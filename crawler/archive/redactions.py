"""Looks that were removed, whose records files of captures still hold: what is to be taken out of them.

A row is written in the transaction that deletes the look, and goes when the file is done: a removal that
is killed at any moment is finished by whoever opens the archive for a run, or by the next removal.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from crawler.archive.captures import located

WHOLE = ""  # in the place of a file: a removal of that portal is not finished


@dataclass(frozen=True, slots=True)
class Owed:
    """What is to be taken out of a file of captures."""

    warc: str
    path: Path | None  # None: nobody knows where it is
    offsets: frozenset[int]
    urls: frozenset[str]  # any answer of these addresses, too
    spared: frozenset[int]  # what something that stays still points at


def drop_looks(conn: sqlite3.Connection, where: str, values: Iterable[Any]) -> int:
    """Delete looks, and remember where their records lie; returns how many that were."""
    values = tuple(values)
    conn.execute(
        "insert or ignore into _redactions(portal, warc, offset) select portal, warc, offset "
        f"from captures where warc is not null and {where}",
        values,
    )
    portals = conn.execute(f"select distinct portal from captures where {where}", values).fetchall()
    for (portal,) in portals:
        begin_removal(conn, portal)
    return conn.execute(f"delete from captures where {where}", values).rowcount


def drop_file(conn: sqlite3.Connection, portal: str, sha256: str) -> None:
    """Delete a content; its first record may be another portal's, and of a look removed long ago."""
    conn.execute(
        "insert or ignore into _redactions(portal, warc, offset) select ?, warc, offset from files "
        "where sha256 = ? and warc is not null",
        (portal, sha256),
    )
    conn.execute("delete from files where sha256 = ?", (sha256,))


def begin_removal(conn: sqlite3.Connection, portal: str) -> None:
    """A removal is not done before `end_removals`, whatever happens in between."""
    conn.execute(
        "insert or ignore into _redactions(portal, warc, offset) values (?, ?, 0)", (portal, WHOLE)
    )


def unfinished(conn: sqlite3.Connection) -> list[str]:
    """The portals of which a removal was begun and never ended."""
    return [
        portal
        for (portal,) in conn.execute(
            "select portal from _redactions where warc = ? order by 1", (WHOLE,)
        )
    ]


def end_removals(conn: sqlite3.Connection, portals: Iterable[str]) -> None:
    conn.executemany(
        "delete from _redactions where portal = ? and warc = ?",
        [(portal, WHOLE) for portal in portals],
    )


def owed(conn: sqlite3.Connection, folder: Path) -> list[Owed]:
    """What every file still holds of what was removed.

    Of a removal that is not finished all files of the portal are looked through: a run that was killed
    has written records that no row ever pointed at.
    """
    offsets: dict[str, set[int]] = {}
    for warc, offset in conn.execute(
        "select warc, offset from _redactions where warc <> ?", (WHOLE,)
    ):
        offsets.setdefault(warc, set()).add(offset)
    paths = {
        name: located(path, folder) for name, path in conn.execute("select name, path from _warcs")
    }
    urls: dict[str, frozenset[str]] = {}
    for portal in unfinished(conn):
        removed = frozenset(
            name
            for (name,) in conn.execute(
                "select name from _removed where portal = ? and name like 'http%'", (portal,)
            )
        )
        known = {path.absolute() for path in paths.values()}
        for path in folder.glob(f"{portal}-*.warc*"):
            if path.absolute() not in known:
                paths[path.name] = path
        urls |= {name: removed for name in paths if Path(name).name.startswith(f"{portal}-")}
    spared = _pointed_at(conn, offsets.keys() | urls.keys())
    return [
        Owed(
            warc, paths.get(warc), frozenset(offsets.get(warc, ())), urls.get(warc, frozenset()),
            frozenset(spared.get(warc, ())),
        )
        for warc in sorted(offsets.keys() | urls.keys())
    ]  # fmt: skip


def settle(conn: sqlite3.Connection, warc: str) -> None:
    """A file holds nothing any more that was removed."""
    conn.execute("delete from _redactions where warc = ?", (warc,))


def _pointed_at(conn: sqlite3.Connection, warcs: set[str]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for table in ("captures", "files"):
        for warc, offset in conn.execute(
            f"select warc, offset from {table} where warc is not null"
        ):
            if warc in warcs:
                found.setdefault(warc, set()).add(offset)
    return found
