"""A working archive made of a published dump: its public tables, and a queue that knows them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from crawler.archive.articles.removed import hide_removed
from crawler.archive.captures import relative
from crawler.archive.database import migrate
from crawler.archive.introspect import columns_of, key_of, stored_tables

# Known articles wait for their next look as long as they are old, as after any look.
QUEUE = """
insert into _frontier(portal, name, kind, url, state, due)
select portal, 'a:' || key, 'article', url, 'done', strftime('%Y-%m-%dT%H:%M:%SZ', last_seen, '+' ||
  cast(max(1, min(180, coalesce(julianday(last_seen) - julianday(substr(published, 1, 10)), 30)))
  as integer) || ' days')
from articles order by id
"""
# What dumps of earlier releases said of removed articles.
REMOVED = """
insert or ignore into _removed(portal, name, article)
select portal, 'a:' || key, article from dump.removals union
select portal, url, article from dump.removals
"""


def make_archive(dump: Path, target: Path, captures: Path) -> None:
    """Write the archive to a new file. `captures` is the folder where WARC files lie."""
    with closing(sqlite3.connect(target, isolation_level=None)) as conn:
        migrate(conn)
        conn.execute("attach ? as dump", (str(dump),))
        conn.execute("begin")
        for table in stored_tables():
            there = columns_of(conn, table, "dump")
            names = ", ".join(f"[{name}]" for name in columns_of(conn, table) if name in there)
            if names:
                conn.execute(
                    f"insert into main.[{table}]({names}) select {names} from dump.[{table}] "
                    f"order by {_order(conn, table)}"
                )
        conn.execute(QUEUE)
        if "key" in columns_of(conn, "removals", "dump"):
            conn.execute(REMOVED)
            for (portal,) in conn.execute("select distinct portal from removals").fetchall():
                hide_removed(conn, portal)
        kept = conn.execute("select distinct warc from main.captures where warc is not null")
        conn.executemany(
            "insert or ignore into _warcs(name, path) values (?, ?)",
            [
                (name, relative(captures / name, captures))
                for (name,) in kept.fetchall()
                if (captures / name).is_file()
            ],
        )
        conn.execute("commit")
        conn.execute("detach dump")


def _order(conn: sqlite3.Connection, table: str) -> str:
    """Of two readings of one look the last one counts: revisions keep the order they were made in."""
    return "rowid" if table == "revisions" else ", ".join(key_of(conn, table))
