"""A dump: the archive's public tables, written anew in one order, so that the same rows are the
same bytes, however the archive came to have them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crawler.archive.ids import APPLICATION_ID
from crawler.archive.introspect import (
    columns_of,
    expected,
    is_shadow,
    key_of,
    search_tables,
    stored_tables,
)
from crawler.dump.date_index import NEWEST_FIRST, build_by_date
from crawler.dump.full_text import filling

PAGE_SIZE = 4096
CACHE_KIB = 65_536
# An article's id is a hash: as a row number it costs the search index six bytes for every word of
# every article. In a dump the articles are rows 1, 2, 3 … from the newest on; with `desc` SQLite
# keeps the id as a column of its own, and the numbers, having no gaps, outlive a vacuum.
ARTICLES = ("id integer primary key,", "id integer primary key desc,")
# What a run says of storage that failed names this machine's folders; readers need it not.
UNTOLD = {("run_portals", "evidence"): "iif(failure = 'storage', null, evidence)"}


@contextmanager
def reading(path: Path) -> Iterator[sqlite3.Connection]:
    """A database opened for reading only."""
    conn = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, timeout=30
    )
    try:
        yield conn
    finally:
        conn.close()


def write_snapshot(conn: sqlite3.Connection, target: Path) -> None:
    """Write the public tables of the open archive to a new file.

    The caller holds a read transaction when others may be writing.
    """
    target.unlink(missing_ok=True)
    with _writing(target) as dump:
        for part in expected():
            if part.kind == "table" and not part.is_private and not is_shadow(part.name):
                dump.execute(part.sql.replace(*ARTICLES) if part.name == "articles" else part.sql)
        dump.execute("begin")
        for table in stored_tables():
            _copy(conn, dump, table)
        dump.execute("commit")
        for table in search_tables():
            with filling(dump, table):
                dump.execute(f"insert into [{table}]([{table}]) values ('rebuild')")
        build_by_date(dump)
        for kind in ("index", "trigger", "view"):
            for part in expected():
                if part.kind == kind and not part.is_private:
                    dump.execute(part.sql)
        dump.execute(f"pragma application_id = {APPLICATION_ID}")
        dump.execute("vacuum")


@contextmanager
def _writing(path: Path) -> Iterator[sqlite3.Connection]:
    # A half-written dump is thrown away, so nothing needs to be recoverable.
    conn = sqlite3.connect(path, isolation_level=None)
    try:
        conn.execute(f"pragma page_size = {PAGE_SIZE}")
        conn.execute("pragma journal_mode = off")
        conn.execute("pragma synchronous = off")
        conn.execute(f"pragma cache_size = -{CACHE_KIB}")
        yield conn
    finally:
        conn.close()


def _copy(source: sqlite3.Connection, dump: sqlite3.Connection, table: str) -> None:
    names = list(columns_of(source, table))
    wanted = ", ".join(UNTOLD.get((table, name), f"[{name}]") for name in names)
    rows = source.execute(f"select {wanted} from [{table}] order by {_order(source, table)}")
    listed = ", ".join(f"[{name}]" for name in names)
    marks = ", ".join("?" * len(names))
    dump.executemany(f"insert into [{table}]({listed}) values ({marks})", rows)


def _order(conn: sqlite3.Connection, table: str) -> str:
    if table == "articles":
        return NEWEST_FIRST
    # Two readings of one look follow each other as they were made: the last one counts.
    if table == "revisions":
        return "article, seen_at, rowid"
    return ", ".join(f"[{name}]" for name in key_of(conn, table))


def counts(conn: sqlite3.Connection) -> dict[str, int]:
    """Rows of each public table."""
    return {
        table: conn.execute(f"select count(*) from [{table}]").fetchone()[0]
        for table in stored_tables()
    }


def day_of(conn: sqlite3.Connection) -> str:
    """The day the archive was last added to, `20250620`: a dump's date is its content's."""
    newest = conn.execute("select max(started_at) from runs").fetchone()[0] or "1970-01-01"
    return newest[:10].replace("-", "")
