"""The shape of an archive's tables: what this version expects, and what a file really has."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from functools import lru_cache

from crawler.archive.database import migrate
from crawler.archive.ids import MIGRATIONS

SPACE = re.compile(r"\s+")
NOT_OURS = ("sqlite_", "_sqlite_migrations", "idx__sqlite_migrations")  # kept by the libraries


@dataclass(frozen=True, slots=True)
class Part:
    """A table, index, trigger or view as `sqlite_master` has it."""

    kind: str
    name: str
    table: str
    sql: str

    @property
    def is_private(self) -> bool:
        return self.table.startswith("_") or self.name.startswith("_")


@lru_cache(maxsize=1)
def expected() -> tuple[Part, ...]:
    """Every part of an archive of this version, in the order in which they are made."""
    with closing(_made()) as conn:
        return tuple(parts_of(conn))


@lru_cache(maxsize=1)
def expected_migrations() -> frozenset[str]:
    with closing(_made()) as conn:
        return frozenset(applied_migrations(conn))


def _made() -> sqlite3.Connection:
    """An empty archive of this version."""
    conn = sqlite3.connect(":memory:", isolation_level=None)
    migrate(conn)
    return conn


def applied_migrations(conn: sqlite3.Connection, schema: str = "main") -> set[str]:
    if not conn.execute(
        f"select 1 from {schema}.sqlite_master where name = '_sqlite_migrations'"
    ).fetchone():
        return set()
    found = conn.execute(
        f"select name from {schema}._sqlite_migrations where migration_set = ?",
        (MIGRATIONS,),
    )
    return {name for (name,) in found}


def parts_of(conn: sqlite3.Connection, schema: str = "main") -> list[Part]:
    """What a database has, without what SQLite and its libraries keep for themselves."""
    rows = conn.execute(
        f"select type, name, tbl_name, coalesce(sql, '') from {schema}.sqlite_master order by rowid"
    )
    return [Part(*row) for row in rows if not str(row[1]).startswith(NOT_OURS)]


def is_shadow(name: str) -> bool:
    """Whether a table is one that a full-text index keeps its own content in."""
    return any(
        name.startswith(f"{part.name}_") for part in expected() if part.sql.startswith(VIRTUAL)
    )


VIRTUAL = "CREATE VIRTUAL TABLE"


def search_tables() -> list[str]:
    return [part.name for part in expected() if part.sql.startswith(VIRTUAL)]


def stored_tables(*, private: bool = False) -> list[str]:
    """The tables that hold rows of their own, those that others refer to first."""
    return [
        part.name
        for part in expected()
        if part.kind == "table"
        and part.is_private == private
        and not part.sql.startswith(VIRTUAL)
        and not is_shadow(part.name)
    ]


def columns_of(conn: sqlite3.Connection, table: str, schema: str = "main") -> dict[str, str]:
    """Stored columns and their types; generated ones are left out."""
    return {
        row[1]: row[2].lower() or "text"
        for row in conn.execute(f"pragma {schema}.table_xinfo([{table}])")
        if row[6] == 0
    }


def key_of(conn: sqlite3.Connection, table: str, schema: str = "main") -> list[str]:
    """The columns of a table's primary key, in its order."""
    rows = [row for row in conn.execute(f"pragma {schema}.table_info([{table}])") if row[5]]
    return [row[1] for row in sorted(rows, key=lambda row: row[5])]


def differences(conn: sqlite3.Connection, schema: str = "main") -> list[str]:
    """How a database's shape departs from the expected one, a phrase for each part."""
    wanted = {part.name: SPACE.sub(" ", part.sql) for part in expected()}
    found = {part.name: SPACE.sub(" ", part.sql) for part in parts_of(conn, schema)}
    kinds = {part.name: part.kind for part in (*expected(), *parts_of(conn, schema))}
    return [
        *(f"- {kinds[name]} {name}" for name in wanted if name not in found),
        *(f"+ {kinds[name]} {name}" for name in found if name not in wanted),
        *(
            f"≠ {kinds[name]} {name}"
            for name in wanted
            if name in found and found[name] != wanted[name]
        ),
    ]
