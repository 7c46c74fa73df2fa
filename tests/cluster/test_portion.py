"""A shard begins as an archive's own part; all parts together are the archive."""

from __future__ import annotations

import shutil
import sqlite3

import pytest

from crawler.archive.database import Archive
from crawler.archive.introspect import columns_of, stored_tables
from crawler.archive.merge.merge import attached, merge, writing
from crawler.archive.merge.portion import PARTS, carve, mark_of
from samples.archive import fill
from tests.desk.conftest import NEWEST
from tests.end_to_end.test_merge import everything
from tests.scrapy_command import rows


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    path = tmp_path_factory.mktemp("portion") / "archive.db"
    fill(path, 120, newest=NEWEST)
    return path


def portals_of(archive):
    return [slug for (slug,) in rows(archive, "select distinct portal from articles order by 1")]


def test_every_table_knows_whose_its_rows_are(archive):
    with sqlite3.connect(archive) as conn:
        for table in (*stored_tables(), *stored_tables(private=True)):
            assert table in PARTS or "portal" in columns_of(conn, table), table
    conn.close()


def test_all_parts_together_are_the_archive(archive, tmp_path):
    """Of every portal its part, into nothing: the archive, however the parts are dealt."""
    names = portals_of(archive)
    every = [slug for (slug,) in rows(archive, "select slug from portals")]
    assert len(names) >= 8
    whole = tmp_path / "whole.db"
    Archive.open(whole).close()
    cuts = [every[at::3] for at in range(3)]
    for at, cut in enumerate(cuts):
        carve(archive, tmp_path / f"{at}.db", cut)
        assert rows(tmp_path / f"{at}.db", "pragma foreign_key_check") == []
        assert {slug for (slug,) in rows(tmp_path / f"{at}.db", "select slug from portals")} == set(
            cut
        )
    with writing(whole) as conn:
        for at in (2, 0, 1):
            with attached(conn, tmp_path / f"{at}.db"):
                merge(conn)
    ours, wanted = everything(whole), everything(archive)
    for name in ("_reread", "_confirmed", "_merged", "runs"):
        ours.pop(name), wanted.pop(name)
    assert ours == wanted


def test_a_part_that_comes_back_changed_is_right(archive, tmp_path):
    """What the part's machine changed, added and dropped is so; all others' rows are as they were."""
    one, *_ = portals_of(archive)
    ours, part = tmp_path / "archive.db", tmp_path / "part.db"
    shutil.copy(archive, ours)
    carve(ours, part, [one])
    before = everything(ours)
    with sqlite3.connect(part) as conn:
        for article in (
            "update articles set title = 'A ' || title, extractor = 'z' where portal = ?",
            "insert into issues(url, seen_at, reason, portal) values ('u', 't', 'r', ?)",
            "update portals set host = 'elsewhere' where slug = ?",
        ):
            conn.execute(article, (one,))
    conn.close()
    taken = "select title from articles where portal = ? order by id"
    with writing(ours) as conn, attached(conn, part):
        merge(conn, newer=[one])
    assert rows(ours, taken, one) == rows(part, taken, one) != rows(archive, taken, one)
    assert rows(ours, "select host from portals where slug = ?", one) == [("elsewhere",)]
    with sqlite3.connect(part) as conn:
        conn.execute("delete from issues where url = 'u'")
        conn.execute("update articles set title = substr(title, 3)")
        conn.execute("update portals set host = ? where slug = ?",
                     (rows(archive, "select host from portals where slug = ?", one)[0][0], one))  # fmt: skip
        conn.execute("update articles set extractor = 'y'")
    conn.close()
    with writing(ours) as conn, attached(conn, part):
        merge(conn, newer=[one])
    after = everything(ours)
    with sqlite3.connect(ours) as conn:
        extractors = {row[0] for row in conn.execute("select extractor from articles where portal = ?", (one,))}  # fmt: skip
    conn.close()
    assert extractors == {"y"}
    assert {name for name in before if before[name] != after[name]} == {"articles"}


def test_a_mark_changes_with_what_it_marks(archive, tmp_path):
    copy = tmp_path / "archive.db"
    shutil.copy(archive, copy)
    one, other, *_ = portals_of(archive)
    with sqlite3.connect(copy) as conn:
        marks = [mark_of(conn, [one])]
        assert mark_of(conn, [one]) == marks[0]
        conn.execute("insert into _accepted values (?, '2099')", (other,))
        assert mark_of(conn, [one]) == marks[0]
        for change in (
            "insert or replace into _accepted values (?, '2099')",
            "insert into captures(url, fetched_at, portal, outcome) values ('u', '2099', ?, 'ok')",
            "insert into removals(article, portal, reason, removed_at) values (1, ?, 'x', '2099')",
            "insert into _removed(portal, name, article) values (?, 'n', 1)",
        ):
            conn.execute(change, (one,))
            marks.append(mark_of(conn, [one]))
    conn.close()
    assert len(set(marks)) == len(marks)
