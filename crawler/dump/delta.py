"""What leads from one dump to the next, as SQL that any SQLite applies."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from crawler.archive.introspect import columns_of, key_of, parts_of, stored_tables
from crawler.dump.date_index import FORGET_ALL
from crawler.dump.snapshot import reading

# Looks, which may be at an address that is no longer to be named, and the column of their moment.
BY_MOMENT = {"captures": "fetched_at", "issues": "seen_at"}
# The shell eats a carriage return at the end of a line, and text ends at a NUL for it.
UNPRINTABLE = ("\0", "\r")


def literal(value: Any) -> str:
    """A value as SQL that gives back exactly this value."""
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str):
        if any(mark in value for mark in UNPRINTABLE):
            return f"cast(x'{value.encode().hex()}' as text)"
        return "'" + value.replace("'", "''") + "'"
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return "9e999" if value > 0 else "-9e999"
    return repr(value)


def same_shape(old: Path, new: Path) -> bool:
    with reading(old) as was, reading(new) as now:
        return set(parts_of(was)) == set(parts_of(now))


def delta(old: Path, new: Path) -> Iterator[str]:
    """SQL that turns the old dump into the new one: every row of every table, and the search.

    The triggers that keep the history as it is make way for it and come back at the end.
    """
    with reading(new) as conn:
        conn.execute("attach ? as old", (f"{old.absolute().as_uri()}?mode=ro",))
        yield "pragma foreign_keys = off;\n"
        yield from _guard(conn)
        # The index by date is of the old dump's articles; searches do without it.
        yield f"begin immediate;\n{FORGET_ALL}"
        guards = [part for part in parts_of(conn) if part.kind == "trigger" and _guards(part.sql)]
        for part in guards:
            yield f"drop trigger {part.name};\n"
        for table in stored_tables():
            yield from _gone(conn, table)
            yield from _changed(conn, table)
            yield from _new(conn, table)
        for part in guards:
            yield f"{part.sql};\n"
        yield "commit;\n"


def _guards(sql: str) -> bool:
    return "raise(" in sql


def _guard(conn: sqlite3.Connection) -> Iterator[str]:
    """Stops at once on any other database than the old dump, given `sqlite3 -bail`."""
    counts = " and ".join(
        f"(select count(*) from [{table}]) = {count}"
        for table in stored_tables()
        for (count,) in conn.execute(f"select count(*) from old.[{table}]")
    )
    yield (
        "create temp table base(whole constraint the_dump_this_delta_is_for check (whole));\n"
        f"insert into base select {counts};\ndrop table base;\n"
    )


def _gone(conn: sqlite3.Connection, table: str) -> Iterator[str]:
    """Rows that are no more. What was removed on request is not named by words or addresses."""
    keys = key_of(conn, table)
    if "article" in columns_of(conn, table) and table != "removals":
        removed = conn.execute(
            f"select distinct article from old.[{table}] where article in "
            "(select article from main.removals) order by 1"
        ).fetchall()
        for (article,) in removed:
            yield f"delete from [{table}] where article = {article};\n"
        kept = "coalesce(o.article, 0) not in (select article from main.removals)"
    else:
        kept = "true"
    if table in BY_MOMENT:
        yield from _gone_by_moment(conn, table, kept)
        return
    listed = ", ".join(f"o.[{key}]" for key in keys)
    for row in conn.execute(
        f"select {listed} from old.[{table}] o where not exists "
        f"(select 1 from main.[{table}] m where {_joined(keys)}) and {kept} order by {listed}"
    ):
        yield f"delete from [{table}] where {_where(keys, row)};\n"


def _gone_by_moment(conn: sqlite3.Connection, table: str, kept: str) -> Iterator[str]:
    """Looks are named by their moment and, of several in one, by their place among them."""
    keys, moment = key_of(conn, table), BY_MOMENT[table]
    order = ", ".join(f"[{key}]" for key in keys)
    found = conn.execute(
        f"select at, place, portal from (select *, [{moment}] as at, row_number() over "
        f"(partition by portal, [{moment}] order by {order}) - 1 as place from old.[{table}] o "
        f"where {kept}) as o where not exists "
        # The last of a moment first: what is before it keeps its place.
        f"(select 1 from main.[{table}] m where {_joined(keys)}) order by at, portal, place desc"
    ).fetchall()
    for at, place, portal in found:
        of = f"[{moment}] = {literal(at)} and portal = {literal(portal)}"
        yield (
            f"delete from [{table}] where rowid = (select rowid from [{table}] where {of} "
            f"order by {order} limit 1 offset {place});\n"
        )


def _changed(conn: sqlite3.Connection, table: str) -> Iterator[str]:
    """Only the columns that differ: a look at an article that is as it was costs a line."""
    keys = key_of(conn, table)
    others = [name for name in columns_of(conn, table) if name not in keys]
    if not others:
        return
    size = len(others)
    was, now = (", ".join(f"{side}.[{name}]" for name in others) for side in "om")
    listed = ", ".join(f"m.[{key}]" for key in keys)
    for row in conn.execute(
        f"select {listed}, {was}, {now} from main.[{table}] m join old.[{table}] o "
        f"on {_joined(keys)} where ({was}) is not ({now}) order by {listed}"
    ):
        before, after = row[len(keys) : len(keys) + size], row[len(keys) + size :]
        changes = ", ".join(
            f"[{name}] = {literal(value)}"
            for name, old, value in zip(others, before, after, strict=True)
            if old != value or type(old) is not type(value)
        )
        yield f"update [{table}] set {changes} where {_where(keys, row)};\n"


def _new(conn: sqlite3.Connection, table: str) -> Iterator[str]:
    keys, names = key_of(conn, table), list(columns_of(conn, table))
    listed = ", ".join(f"[{name}]" for name in names)
    # In the dump's own order, which is that of its rows: two readings of one look keep theirs.
    order = "m.rowid" if table == "revisions" else ", ".join(f"m.[{key}]" for key in keys)
    for row in conn.execute(
        f"select {', '.join(f'm.[{name}]' for name in names)} from main.[{table}] m "
        f"where not exists (select 1 from old.[{table}] o where {_joined(keys)}) order by {order}"
    ):
        yield f"insert into [{table}]({listed}) values ({', '.join(map(literal, row))});\n"


def _joined(keys: list[str]) -> str:
    return " and ".join(f"m.[{key}] = o.[{key}]" for key in keys)


def _where(keys: list[str], row: tuple[Any, ...]) -> str:
    return " and ".join(f"[{key}] = {literal(row[at])}" for at, key in enumerate(keys))
