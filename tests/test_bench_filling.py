"""An archive that is filled all at once, for tests and benchmarks, is one that a crawl could leave."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date

from crawler.archive.shape import expected, parts_of
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
