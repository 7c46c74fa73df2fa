"""Every sortable column of every public table: each row on one page, none on two, none on none."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from crawler.archive.introspect import stored_tables
from crawler.dump.snapshot import reading, write_snapshot
from publish.desk.table_order import VIEW_KEYS, in_order
from samples.archive import fill
from tests.desk.conftest import served

TABLES = [*stored_tables(), *VIEW_KEYS]


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    """A hundred articles, so that every page of every table can be asked for."""
    folder = tmp_path_factory.mktemp("order")
    fill(folder / "working.db", 100, newest=date(2026, 11, 24), words=20)
    with closing(sqlite3.connect(folder / "working.db")) as conn:
        conn.execute("delete from run_portals where rowid % 40")
        conn.execute("delete from fingerprints where article % 7")
        conn.commit()
    with reading(folder / "working.db") as conn:
        write_snapshot(conn, folder / "archive.db")
    return folder / "archive.db"


@pytest.mark.parametrize("table", TABLES)
def test_each_row_once(small, table):
    datasette = served(small, max_returned_rows=1000, sql_time_limit_ms=60_000)

    async def pages() -> None:
        await datasette.invoke_startup()
        with closing(sqlite3.connect(small)) as conn:
            count = conn.execute(f"select count(*) from [{table}]").fetchone()[0]
            names = [row[1] for row in conn.execute(f"pragma table_xinfo([{table}])")]
        size = max(3, count // 9)
        for name in names:
            for way in ("_sort", "_sort_desc"):
                seen: list[str] = []
                path = f"/archive/{table}.json?{way}={name}&_size={size}&_shape=objects&_nofacet=1"
                while path:
                    said = (await datasette.client.get(path)).json()
                    assert said.get("ok", True), (table, name, said)
                    seen += [repr(row) for row in said["rows"]]
                    path = (said.get("next_url") or "").replace("http://localhost", "")
                assert len(seen) == count == len(set(seen)), (table, name, way, len(set(seen)))

    asyncio.run(pages())


@pytest.mark.parametrize(
    ("sql", "key", "ordered"),
    [
        ("select a from t order by a limit 8", ("id",), "select a from t order by a, id limit 8"),
        ("select a from t order by [a b] desc limit 8", ("id", "x"), "select a from t order by [a b] desc, id, x limit 8"),
        ("select a from t order by id limit 8", ("id",), "select a from t order by id limit 8"),
        ("select a from t order by a, id limit 8", ("id",), "select a from t order by a, id limit 8"),
        ("select a from t order by a limit 8 offset 3", ("id",), "select a from t order by a, id limit 8 offset 3"),
        ("select a from t order by a limit 8", (), "select a from t order by a limit 8"),
    ],
)  # fmt: skip
def test_the_key_follows_the_column(sql, key, ordered):
    assert in_order(sql, key) == ordered
