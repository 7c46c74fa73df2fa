"""How the tables came to be what they are: one entry for each migration that readers notice."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

from crawler.archive.introspect import SPACE, columns_of, parts_of


@dataclass(frozen=True, slots=True)
class Shape:
    """What a migration did to what is published: `+ table.column`, `- view`, `≠ index`."""

    version: int
    name: str
    says: str
    changes: tuple[str, ...]


Named = dict[str, str]  # a part or a column, and what is said of it in SQL


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Every version of the public tables, the first one first; private tables are nobody's matter."""
    # Only who publishes asks; each command would load pandas for it.
    from sqlite_utils import Database

    from crawler.archive.schema import migrations

    found: list[Shape] = []
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as conn:
        database, before = Database(conn), Named()
        steps = migrations.pending(database)
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            migrations.apply(database, stop_before=following.name if following else None)
            now = public_shape(conn)
            if changes := changed(before, now):
                says = " ".join((step.fn.__doc__ or "").split("\n\n")[0].split())
                found.append(Shape(len(found) + 1, step.name, says, tuple(changes)))
            before = now
    return tuple(found)


def public_shape(conn: sqlite3.Connection) -> Named:
    """The tables, columns and views that readers see; indexes and triggers are no matter of theirs."""
    shape = Named()
    for part in parts_of(conn):
        if part.is_private or part.kind not in ("table", "view") or "_fts_" in part.name:
            continue
        # A table's columns are told one by one.
        shape[f"{part.kind} {part.name}"] = "" if part.kind == "table" else SPACE.sub(" ", part.sql)
        if part.kind == "table":
            for column, kind in columns_of(conn, part.name).items():
                shape[f"{part.name}.{column}"] = kind
    return shape


def changed(before: Named, now: Named) -> list[str]:
    """What came, what went, what is another now; a new table's columns go without saying."""
    names = dict.fromkeys([*before, *now])
    whole = {name.removeprefix("table ") + "." for name in before.keys() ^ now.keys()}
    return [
        f"{'+' if name not in before else '-' if name not in now else '≠'} {name}"
        for name in names
        if before.get(name) != now.get(name) and "".join(name.partition(".")[:2]) not in whole
    ]
