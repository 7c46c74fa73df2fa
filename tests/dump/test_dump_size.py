"""A dump is small: its rows are numbered for the search index, and stay so whatever happens to it."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date

import pytest

from bench.desk import MOST, weights
from crawler.dump.snapshot import reading, write_snapshot
from samples.archive import fill

COUNT = 1000
FOUND = (
    "select articles.id, articles.title from articles join articles_fts on articles.rowid = articles_fts.rowid "
    "where articles_fts match ? order by articles.rowid"
)


@pytest.fixture(scope="module")
def archives(tmp_path_factory):
    """A working archive of articles of 3 KB, and its dump."""
    folder = tmp_path_factory.mktemp("size")
    working, dump = folder / "working.db", folder / "archive.db"
    fill(working, COUNT, newest=date(2026, 11, 24), words=120)
    with reading(working) as conn:
        write_snapshot(conn, dump)
    return working, dump


def test_the_search_and_all_indexes_weigh_little_beside_short_articles(archives):
    try:
        weight = weights(archives[1])
    except sqlite3.OperationalError as error:
        pytest.skip(f"this SQLite cannot tell what weighs what: {error}")
    assert 2500 < weight.text < 3500
    assert weight.search < MOST * weight.text


def test_the_newest_comes_first_and_a_vacuum_changes_nothing(archives, tmp_path):
    copy = shutil.copy(archives[1], tmp_path / "copy.db")
    with closing(sqlite3.connect(copy, isolation_level=None)) as conn:
        rows = conn.execute("select rowid, id, published from articles order by rowid").fetchall()
        assert [row[0] for row in rows] == list(range(1, COUNT + 1))
        days = [published or "" for _, _, published in rows]
        assert days == sorted(days, reverse=True)
        before = conn.execute(FOUND, ('"nhãn hiệu"',)).fetchall()
        conn.execute("vacuum")
        assert conn.execute(FOUND, ('"nhãn hiệu"',)).fetchall() == before != []
        conn.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")


def test_archive_and_dump_are_asked_the_same_way(archives):
    found = []
    for path in archives:
        with reading(path) as conn:
            found.append(sorted(conn.execute(FOUND, ("doi moi",)).fetchall()))
            assert conn.execute("select type from pragma_table_info('articles')").fetchone() == (
                "INTEGER",
            )
    assert found[0] == found[1] != []
