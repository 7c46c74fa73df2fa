"""What a dump held must be in the next one, table by table."""

from __future__ import annotations

import sqlite3

import pytest

from crawler.archive.database import Archive
from crawler.archive.ids import stable_id
from crawler.archive.runs import record_portals, record_provinces
from crawler.dump.gate import KEPT, PARTS, Minimum, problems_of
from crawler.dump.snapshot import write_snapshot
from tests.monitoring.test_expectations import Portal

NOW = "2025-03-11T00:00:00Z"
FILE = "a" * 64
ROWS = (
    "insert into images values (1, 1, 'https://k.vn/a.jpg', null, null)",
    "insert into attachments values (1, 1, 'https://k.vn/a.pdf', null, null)",
    "insert into authors values (5, 'Thu Hà', 'person', 'thu ha')",
    "insert into article_authors values (1, 1, 5, 'author', null, '')",
    "insert into removed_lines values (1, 'Lượt xem')",
    "insert into fingerprints values (7, 1)",
    "insert into addresses values ('https://k.vn/1', 1, '2025-03-01T22:00:00Z')",
    "insert into issues(url, seen_at, reason, portal, article) values "
    "('https://k.vn/1', '2025-03-01T22:00:00Z', 'x', 'yen_bai', 1)",
    f"insert into files(sha256, number, url, type, bytes, first_seen, last_seen) values ('{FILE}', "
    f"{stable_id(FILE)}, 'https://k.vn/a.pdf', 'application/pdf', 1, '2025-03-01T22:00:00Z', "
    "'2025-03-01T22:00:00Z')",
    f"insert into documents(file, number, raws) values ('{FILE}', '12', '{{}}')",
    "insert into article_files values (1, 'https://k.vn/a.pdf', "
    f"'{FILE}', '2025-03-01T22:00:00Z', '2025-03-01T22:00:00Z')",
    "insert into alarms select portal, run, 'dns', '', started_at from run_portals limit 1",
)


@pytest.fixture
def both(tmp_path, portals):
    """An archive and the dump that was made of it."""
    archive = Archive.open(tmp_path / "archive.db")
    with archive.transaction() as conn:
        record_provinces(conn)
        record_portals(conn, [portals["yen_bai"]])
    Portal(archive).month()
    for row in ROWS:
        archive.conn.execute(row)
    write_snapshot(archive.conn, tmp_path / "last.db")
    archive.conn.execute("pragma foreign_keys = off")
    yield archive.conn, tmp_path / "last.db"
    archive.close()


def lost(both) -> str:
    conn, last = both
    found = problems_of(conn, now=NOW, least=Minimum(), before=last)
    return "\n".join(str(problem) for problem in found if "last.db" in str(problem))


def test_nothing_is_lost_when_nothing_changed(both):
    assert lost(both) == ""


@pytest.mark.parametrize(
    "table", [*PARTS, "addresses", "alarms", "files", "documents", "article_files"]
)
def test_a_row_that_vanished_is_told(both, table):
    for referring in ("documents", "article_files") if table == "files" else ():
        both[0].execute(f"delete from {referring}")
    both[0].execute(f"delete from {table}")
    assert f"rows of {table}" in lost(both)


def test_another_look_may_take_a_picture_away(both):
    both[0].execute("update articles set last_seen = '2025-03-10T23:00:00Z' where id = 1")
    both[0].execute("delete from images")
    assert lost(both) == ""


def test_files_go_with_a_removed_article(both):
    conn: sqlite3.Connection = both[0]
    for table in ("documents", "article_files", "files"):
        conn.execute(f"delete from {table}")
    assert "rows of files" in lost(both)
    conn.execute(
        "insert into removals(article, portal, reason, removed_at) "
        "select id, portal, 'asked', last_seen from articles where id = 1"
    )
    assert "rows of files" not in lost(both) and "rows of documents" not in lost(both)


def test_every_public_table_is_watched(both):
    conn: sqlite3.Connection = both[0]
    tables = {
        name
        for (name,) in conn.execute(
            "select name from sqlite_master where type = 'table' and name not like '\\_%' escape '\\'"
            " and name not like '%\\_fts%' escape '\\' and name not like 'sqlite%'"
        )
    }
    assert tables == {*KEPT, *PARTS, "authors"}, "authors go when nobody names them any more"
