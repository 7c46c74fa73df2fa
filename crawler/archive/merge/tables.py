"""The rows of one table of a shard, joined with the archive's own."""

from __future__ import annotations

import sqlite3

from crawler.archive.articles.removal import PARTS
from crawler.archive.introspect import columns_of, key_of
from crawler.archive.merge.conflicts import RULES, Row

NOT_REMOVED = "{} not in (select article from main.removals)"


def count_rows(conn: sqlite3.Connection, table: str) -> int:
    return conn.execute(f"select count(*) from main.[{table}]").fetchone()[0]


def join_table(
    conn: sqlite3.Connection, table: str, *, where: str = "", newer: bool = False
) -> None:
    """Add the rows that are absent; of those that differ, keep what the table's rule says.

    `newer`: keep the shard's.
    """
    keys, names = key_of(conn, table), list(columns_of(conn, table))
    listed = ", ".join(f"[{name}]" for name in names)
    source = f"select {', '.join(f's.[{name}]' for name in names)} from shard.[{table}] as s"
    conditions = [where] if where else []
    if table in PARTS or table == "captures":
        conditions.append(NOT_REMOVED.format("coalesce(s.article, -1)"))
    narrowed = f"{source} where {' and '.join(conditions)}" if conditions else source
    conn.execute(f"create temp table coming as {narrowed}")
    matched = " and ".join(f"m.[{key}] = c.[{key}]" for key in keys)
    try:
        for ours, theirs in _differing(conn, table, names, matched):
            put_row(conn, table, keys, theirs if newer else RULES[table](ours, theirs), ours)
        conn.execute(
            f"insert into main.[{table}]({listed}) select {listed} from temp.coming as c "
            f"where not exists (select 1 from main.[{table}] as m where {matched})"
        )
    finally:
        conn.execute("drop table temp.coming")


def _differing(
    conn: sqlite3.Connection, table: str, names: list[str], matched: str
) -> list[tuple[Row, Row]]:
    ours, theirs = (", ".join(f"{side}.[{name}]" for name in names) for side in "mc")
    found = conn.execute(
        f"select {ours}, {theirs} from temp.coming as c join main.[{table}] as m on {matched} "
        f"where ({ours}) is not ({theirs})"
    ).fetchall()
    size = len(names)
    return [
        (
            dict(zip(names, row[:size], strict=True)),
            dict(zip(names, row[size:], strict=True)),
        )
        for row in found
    ]


def put_row(conn: sqlite3.Connection, table: str, keys: list[str], row: Row, ours: Row) -> None:
    if row == ours:
        return
    others = [name for name in row if name not in keys and row[name] != ours[name]]
    conn.execute(
        f"update main.[{table}] set {', '.join(f'[{name}] = ?' for name in others)} "
        f"where {' and '.join(f'[{key}] = ?' for key in keys)}",
        [row[name] for name in others] + [row[key] for key in keys],
    )
