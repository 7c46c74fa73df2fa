"""An archive that is filled all at once, for tests and benchmarks, is one that a crawl could leave."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from crawler.archive.introspect import expected, parts_of
from crawler.dump.snapshot import reading, write_snapshot
from samples.archive import fill


def test_what_is_filled_in_at_once_lacks_nothing(tmp_path):
    fill(tmp_path / "archive.db", 60, newest=date(2025, 6, 18), words=20)
    with closing(sqlite3.connect(tmp_path / "archive.db")) as conn:
        assert set(parts_of(conn)) == set(expected())
        assert conn.execute("pragma journal_mode").fetchone() == ("wal",)
        # Raises when the index differs from the articles.
        conn.execute("insert into articles_fts(articles_fts, rank) values ('integrity-check', 1)")
        found = conn.execute("select count(*) from articles_fts where articles_fts match 'san'")
        assert found.fetchone()[0] > 0
        assert conn.execute("select count(*) from articles").fetchone() == (60,)


def test_a_dump_does_not_need_the_index_it_is_made_without(tmp_path):
    """The same bytes, whether the archive was searchable or not."""
    for name, searchable in (("one", True), ("two", False)):
        working = tmp_path / f"{name}.working.db"
        fill(working, 30, newest=date(2025, 6, 18), words=20, searchable=searchable)
        with reading(working) as conn:
            write_snapshot(conn, tmp_path / f"{name}.db")
    assert (tmp_path / "one.db").read_bytes() == (tmp_path / "two.db").read_bytes()
