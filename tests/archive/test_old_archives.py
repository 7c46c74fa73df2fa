"""Archives that earlier releases made are opened, brought up to date, and lose nothing.

`first_schema.db.zst` was made with the first schema and is never made again: a change to the schema
is a migration, and this archive must come out of it as a new one would be.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import zstandard

from crawler.archive.articles.removed import was_removed
from crawler.archive.database import Archive
from crawler.archive.from_dump import make_archive
from crawler.archive.ids import KNOWN_MIGRATIONS, stable_id
from crawler.monitoring.health import damage

KEPT = Path(__file__).with_name("first_schema.db.zst")


@pytest.fixture
def old(tmp_path) -> Path:
    path = tmp_path / "archive.db"
    path.write_bytes(zstandard.ZstdDecompressor().decompress(KEPT.read_bytes()))
    return path


def shape(conn: sqlite3.Connection) -> dict[str, list[tuple]]:
    """Every table and view with its columns, and every index and trigger by name."""
    named = conn.execute(
        "select type, name from sqlite_master where name not like 'sqlite\\_%' escape '\\'"
    ).fetchall()
    columns = {
        name: [tuple(row[1:]) for row in conn.execute(f"pragma table_xinfo([{name}])")]
        for kind, name in named
        if kind in ("table", "view")
    }
    return columns | {"": sorted(named)}


def test_an_old_archive_becomes_a_new_one(old, tmp_path):
    archive, fresh = Archive.open(old), Archive.open(tmp_path / "fresh.db")
    assert shape(archive.conn) == shape(fresh.conn)
    applied = archive.conn.execute("select name from _sqlite_migrations").fetchall()
    assert {name for (name,) in applied} == set(KNOWN_MIGRATIONS)
    archive.close()
    fresh.close()


def test_nothing_is_lost_and_the_search_still_finds(old):
    conn = sqlite3.connect(old)
    tables = ("articles", "revisions", "authors", "captures", "portals", "runs")
    before = {name: conn.execute(f"select count(*) from {name}").fetchone() for name in tables}
    texts = conn.execute("select id, title, text, text_sha256 from articles order by id").fetchall()
    conn.close()
    archive = Archive.open(old)
    now = archive.conn
    assert {
        name: now.execute(f"select count(*) from {name}").fetchone() for name in tables
    } == before
    assert (
        now.execute("select id, title, text, text_sha256 from articles order by id").fetchall()
        == texts
    )
    assert len(texts) == 24 and damage(now) == []
    found = now.execute(
        "select count(*) from articles_fts where articles_fts match 'khoa hoc'"
    ).fetchone()
    assert found[0] > 0
    archive.close()
    Archive.open(old).close()  # and once more, with nothing left to do


def test_what_was_removed_before_is_public_by_its_number_alone(old):
    with sqlite3.connect(old) as conn:
        (ident, portal, key, url, digest), (other,) = (
            conn.execute("select id, portal, key, url, text_sha256 from articles order by id").fetchone(),
            conn.execute("select max(url) from addresses").fetchone(),
        )  # fmt: skip
        conn.execute(
            "insert into removals values (?, ?, ?, ?, ?, 'asked', '2025-02-02T00:00:00.000Z')",
            (ident, portal, key, url, digest),
        )
        conn.execute("insert into _moved values (?, 'later', ?)", (portal, key))
        before = conn.execute("select count(*) from captures where url <> ?", (url,)).fetchone()
        # As an earlier release left a removed article's looks: at its address, and at another of it.
        conn.execute("update captures set article = null, warc = null where url = ?", (url,))
        conn.execute(
            "insert into captures(url, fetched_at, portal, outcome) "
            "values ('https://other.vn/1', '2025-01-01T00:00:00.000Z', ?, 'ok')",
            (portal,),
        )
    conn.close()
    archive = Archive.open(old)
    now = archive.conn
    assert now.execute("select * from removals order by article = ? desc", (ident,)).fetchall() == [
        (ident, portal, "asked", "2025-02-02T00:00:00.000Z", 0),
        (stable_id(portal, "later"), portal, "asked", "2025-02-02T00:00:00.000Z", 0),
    ]
    names = {name for (name,) in now.execute("select name from _removed")}
    assert names == {url, f"a:{key}", "a:later", "https://other.vn/1"} and other not in names
    assert now.execute("select count(*) from captures").fetchone() == before
    assert now.execute("select count(*) from captures where url = ?", (url,)).fetchone() == (0,)
    archive.close()


def test_a_dump_of_an_earlier_release_says_what_was_removed(old, tmp_path):
    with sqlite3.connect(old) as conn:
        portal, key, url = conn.execute("select portal, key, url from articles").fetchone()
        conn.execute(
            "insert into removals values (7, ?, 'gone', 'https://gone.vn/1', 'x', 'asked', '2025-02-02')",
            (portal,),
        )
        conn.execute(
            "insert into captures(url, fetched_at, portal, outcome) "
            "values ('https://gone.vn/1', '2025-01-01T00:00:00.000Z', ?, 'ok')",
            (portal,),
        )
    conn.close()
    make_archive(old, tmp_path / "made.db", tmp_path)
    with sqlite3.connect(tmp_path / "made.db") as now:
        assert was_removed(now, portal, key="gone", url="https://other.vn/")
        assert was_removed(now, portal, key="", url="https://gone.vn/1")
        assert not was_removed(now, portal, key=key, url=url)
        assert now.execute("select article, reason from removals").fetchall() == [(7, "asked")]
        assert now.execute("select 1 from captures where url like '%gone.vn%'").fetchall() == []
    now.close()
