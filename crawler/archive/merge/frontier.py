"""The queue of a shard: pages by their names, numbers are each archive's own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from crawler.archive.introspect import columns_of
from crawler.archive.merge.conflicts import RULES, Row


def merge_frontier(conn: sqlite3.Connection, *, newer: bool = False) -> None:
    """Take over the pages to be asked, and the links between them; `newer`: as the shard has them."""
    names = [name for name in columns_of(conn, "_frontier") if name not in ("id", "found_on")]
    listed = ", ".join(names)

    def named(schema: str, condition: str = "true") -> str:
        return (
            f"select {', '.join(f'f.[{name}]' for name in names)}, (select l.name from "
            f"{schema}._frontier l where l.id = f.found_on) as found_name "
            f"from {schema}._frontier f where {condition} order by f.id"
        )

    conn.execute(f"create temp table theirs as {named('shard')}")
    conn.execute(f"create temp table ours as {named('main')}")
    for side in ("ours", "theirs"):
        conn.execute(f"create unique index temp.{side}_name on {side}(portal, name)")
    every = [*names, "found_name"]
    a, b = (", ".join(f"{side}.[{name}]" for name in every) for side in ("o", "t"))
    found = conn.execute(
        f"select {a}, {b} from temp.theirs t join temp.ours o using (portal, name) "
        f"where ({a}) is not ({b})"
    ).fetchall()
    conn.execute(
        f"insert into main._frontier({listed}) select {listed} from temp.theirs t where not exists "
        "(select 1 from temp.ours o where o.portal = t.portal and o.name = t.name) order by rowid"
    )
    # Links between pages once all pages are there.
    conn.execute(
        "update main._frontier set found_on = (select l.id from temp.theirs t join "
        "main._frontier l on l.portal = t.portal and l.name = t.found_name "
        "where t.portal = _frontier.portal and t.name = _frontier.name) "
        "where not exists (select 1 from temp.ours o where o.portal = _frontier.portal "
        "and o.name = _frontier.name)"
    )
    for row in found:
        ours = dict(zip(every, row[: len(every)], strict=True))
        theirs = dict(zip(every, row[len(every) :], strict=True))
        row = theirs if newer and ours["state"] != "removed" else RULES["_frontier"](ours, theirs)
        _settle(conn, row, names)
    conn.execute("drop table temp.theirs")
    conn.execute("drop table temp.ours")


def _settle(conn: sqlite3.Connection, row: Row, names: Iterable[str]) -> None:
    values = [row[name] for name in names]
    conn.execute(
        f"update main._frontier set {', '.join(f'[{name}] = ?' for name in names)}, found_on = "
        "(select id from main._frontier l where l.portal = ? and l.name = ?) "
        "where portal = ? and name = ?",
        (*values, row["portal"], row["found_name"], row["portal"], row["name"]),
    )
